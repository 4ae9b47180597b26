//! Whether the documented samples and the schemas agree.
//!
//! A contradiction is reported at the schema that causes it, because that is
//! what a maintainer has just edited.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    model::{
        operation::{Written, WrittenBody},
        schema::{Additional, Constraint, Kind, Schema, Unit},
        types::Types,
    },
    parse::{
        Document,
        node::{Node, Place, Value},
    },
};

/// Checks every sample that the operations refer to.
pub(crate) fn check(
    doc: &Document,
    schemas: &IndexMap<String, Schema>,
    types: &Types<'_>,
    written: &Written,
    diags: &mut Diagnostics,
) {
    let webhooks = written.webhooks.iter().map(|it| &it.operation);
    let operations = webhooks.clone().chain(&written.operations);
    let ids = operations.map(|it| it.operation.id.as_str()).collect();
    let spare = schemas.iter().filter(|(name, _)| !types.is_used(name)).collect();
    let ids_are_wrong =
        diags.items().any(|it| matches!(it.code, "duplicate-operation" | "not-an-operation-id"));
    let (used, found) = (Vec::new(), Vec::new());
    let mut ctx = Ctx { doc, schemas, spare, ids, ids_are_wrong, used, found };
    for webhook in webhooks {
        if let Some(body) = &webhook.body {
            ctx.body(body, "request", diags);
        }
    }
    for operation in &written.operations {
        if let Some(body) = &operation.body {
            ctx.body(body, "request", diags);
        }
        for response in &operation.responses {
            if let Some(body) = &response.body {
                ctx.body(body, &format!("response.{}", response.pattern), diags);
            }
        }
        for (path, place) in &operation.parameter_samples {
            ctx.name(path, *place, "request", diags);
            ctx.parameters(path, operation);
        }
    }
    for path in doc.samples.keys().filter(|it| !ctx.used.contains(it)) {
        let file_idx = doc.samples[path].place.file_idx;
        diags.unused_sample(Place { file_idx, start: 0, end: 1 });
    }
    // Samples that contradict the same line in the same way have one cause.
    let mut found: BTreeMap<(Place, String), (Contradiction, usize)> = BTreeMap::new();
    for it in ctx.found {
        found.entry((it.place, it.what.clone())).or_insert((it, 0)).1 += 1;
    }
    for (it, n_times) in found.into_values() {
        diags.sample_contradicts(it.place, it.label, it.sample, it.what, it.help, n_times);
    }
}

struct Ctx<'a> {
    doc: &'a Document,
    schemas: &'a IndexMap<String, Schema>,
    /// Those that nothing refers to.
    spare: Vec<(&'a String, &'a Schema)>,
    ids: Vec<&'a str>,
    /// Whether an id is not what it is meant to be, which has been told.
    ids_are_wrong: bool,
    used: Vec<String>,
    found: Vec<Contradiction>,
}

struct Contradiction {
    place: Place,
    label: String,
    sample: Place,
    what: String,
    help: Option<String>,
}

impl Contradiction {
    /// Blames a keyword of the schema.
    fn at(self, schema: &Schema, key: &str) -> Self {
        Self { place: schema.places.get(key).copied().unwrap_or(self.place), ..self }
    }
}

impl Ctx<'_> {
    fn body(&mut self, body: &WrittenBody, wanted: &str, diags: &mut Diagnostics) {
        for (path, place) in &body.samples {
            self.name(path, *place, wanted, diags);
            let sample = &self.doc.samples[path];
            let found = self.value(&body.schema, sample);
            let fits = |(_, it): &&(&String, &Schema)| {
                sample.as_map().is_some() && self.value(it, sample).is_empty()
            };
            match (&body.schema.kind, self.spare.iter().find(fits)) {
                (Kind::Ref(name), Some((other, it))) if !found.is_empty() => {
                    diags.sample_fits_another(
                        body.schema.kind_place,
                        name,
                        other,
                        it.place,
                        sample.place,
                    );
                }
                _ => self.found.extend(found),
            }
        }
    }

    /// Samples are found by their names, so the names must be right.
    ///
    /// A shared response may refer to the sample of any operation.
    fn name(&mut self, path: &str, place: Place, wanted: &str, diags: &mut Diagnostics) {
        self.used.push(path.to_owned());
        let file = path.rsplit('/').next().unwrap_or_default();
        let (id, rest) = file.split_once('.').unwrap_or_default();
        let known = id == "error" || self.ids.contains(&id);
        if !known && self.ids_are_wrong {
            return;
        }
        if !known || !rest.starts_with(&format!("{wanted}.")) {
            let status = if wanted == "request" { ".200" } else { "" };
            diags.sample_name(place, path, &format!("<operation_id>.{wanted}{status}.json"));
        }
    }

    fn parameters(&mut self, path: &str, operation: &super::operation::WrittenOperation) {
        let sample = &self.doc.samples[path];
        for entry in sample.as_map().unwrap_or_default() {
            let parameter = operation.parameters.iter().find(|it| it.name == entry.key);
            let Some(parameter) = parameter else {
                let known = operation.parameters.iter().map(|it| it.name.as_str());
                self.found.push(Contradiction {
                    place: operation.operation.place,
                    label: "this operation has no such parameter".to_owned(),
                    sample: entry.key_place,
                    what: format!("no parameter is called `{}`", entry.key),
                    help: diagnostics::did_you_mean(&entry.key, known),
                });
                continue;
            };
            // Parameters are text, whatever their type.
            if entry.value.as_str().is_none() {
                self.found.push(contradiction(
                    &parameter.schema,
                    &entry.value,
                    "a parameter is a string in a sample",
                ));
            } else if let Some(values) = self.enum_values(&parameter.schema)
                && !values.iter().any(|it| Some(it.as_str()) == entry.value.as_str())
            {
                self.found.push(contradiction(
                    &parameter.schema,
                    &entry.value,
                    "the value is not listed",
                ));
            }
        }
    }

    fn enum_values(&self, schema: &Schema) -> Option<Vec<String>> {
        match &schema.kind {
            Kind::Enum(values) => Some(values.iter().map(|it| it.wire.clone()).collect()),
            Kind::Ref(name) => self.enum_values(self.schemas.get(name)?),
            _ => None,
        }
    }

    fn value(&self, schema: &Schema, node: &Node) -> Vec<Contradiction> {
        if matches!(node.value, Value::Null) && self.nullable(schema) {
            return Vec::new();
        }
        if schema.empty_as_null && node.as_str() == Some("") {
            return Vec::new();
        }
        let mut found = match &schema.kind {
            Kind::Any => Vec::new(),
            Kind::Ref(name) => {
                self.schemas.get(name).map(|it| self.value(it, node)).unwrap_or_default()
            }
            Kind::AllOf(parts) => match parts.as_slice() {
                [only] => self.value(only, node),
                _ => self.object(schema, node),
            },
            Kind::Object(_) => self.object(schema, node),
            Kind::Array(items) => match &node.value {
                Value::List(nodes) => nodes.iter().flat_map(|it| self.value(items, it)).collect(),
                _ => vec![mismatch(schema, node, "a list")],
            },
            Kind::Boolean => match node.value {
                Value::Bool(_) => Vec::new(),
                _ => vec![mismatch(schema, node, "a boolean")],
            },
            Kind::Enum(values) => match node.as_str() {
                None => vec![mismatch(schema, node, "a string")],
                Some(text) if values.iter().any(|it| it.wire == text) => Vec::new(),
                Some(text) => {
                    let near = values.iter().min_by_key(|it| {
                        usize::from(diagnostics::did_you_mean(text, [it.wire.as_str()]).is_none())
                    });
                    let place = near
                        .filter(|it| diagnostics::did_you_mean(text, [it.wire.as_str()]).is_some());
                    vec![Contradiction {
                        place: place.map_or(schema.kind_place, |it| it.place),
                        label: format!("`{text}` is not listed"),
                        sample: node.place,
                        what: "a value that the enum does not list".to_owned(),
                        help: Some(format!("list `{text}`")),
                    }]
                }
            },
            Kind::String(format) => match node.as_str() {
                None => vec![mismatch(schema, node, "a string")],
                Some(text) => string_problem(schema, format.as_deref(), text)
                    .map(|it| {
                        contradiction(schema, node, it)
                            .at(schema, if schema.unit.is_some() { "x-unit" } else { "format" })
                    })
                    .into_iter()
                    .collect(),
            },
            Kind::Integer(_) => match &node.value {
                Value::Number(text) if !text.contains(['.', 'e', 'E']) => Vec::new(),
                _ => vec![mismatch(schema, node, "an integer")],
            },
            Kind::Number => match node.value {
                Value::Number(_) => Vec::new(),
                _ => vec![mismatch(schema, node, "a number")],
            },
            Kind::Alternatives(alternatives, discriminator) => {
                let chosen = discriminator.as_ref().and_then(|it| {
                    let value = node.get(&it.property)?.as_str()?;
                    let (_, name) = it.mapping.iter().find(|(mapped, _)| mapped == value)?;
                    alternatives
                        .iter()
                        .find(|it| matches!(&it.kind, Kind::Ref(found) if found == name))
                });
                match chosen {
                    Some(chosen) => self.value(chosen, node),
                    None if alternatives.iter().any(|it| self.value(it, node).is_empty()) => {
                        Vec::new()
                    }
                    None => {
                        // The alternative that comes nearest explains best.
                        let nearest =
                            alternatives.iter().map(|it| self.value(it, node)).min_by_key(Vec::len);
                        match nearest {
                            Some(found) if found.len() <= 2 => found,
                            _ => vec![contradiction(schema, node, "no alternative fits")],
                        }
                    }
                }
            }
        };
        if found.is_empty() {
            found.extend(constraint_problem(schema, node).map(|key| {
                let than = if key.starts_with("max") { "longer" } else { "shorter" };
                contradiction(schema, node, &format!("{than} than `{key}`")).at(schema, key)
            }));
        }
        found
    }

    fn nullable(&self, schema: &Schema) -> bool {
        schema.nullable
            || match &schema.kind {
                Kind::Any => true,
                Kind::Ref(name) => self.schemas.get(name).is_some_and(|it| self.nullable(it)),
                Kind::AllOf(parts) if parts.len() == 1 => self.nullable(&parts[0]),
                Kind::Alternatives(alternatives, _) => {
                    alternatives.iter().any(|it| self.nullable(it))
                }
                _ => false,
            }
    }

    fn object(&self, schema: &Schema, node: &Node) -> Vec<Contradiction> {
        let Some(entries) = node.as_map() else { return vec![mismatch(schema, node, "a mapping")] };
        let parts = self.parts(schema);
        let mut found = Vec::new();
        let members: Vec<(&String, &Schema)> = parts.iter().flat_map(|it| &it.members).collect();
        let mut additional = None;
        let free = members.is_empty();
        let mut misspelt: Vec<String> = Vec::new();
        for part in &parts {
            match &part.additional {
                Additional::Unspecified => {}
                Additional::Kept => additional = Some(None),
                Additional::Schema(it) => additional = Some(Some(it)),
            }
        }
        for entry in entries {
            match (members.iter().find(|(name, _)| **name == entry.key), additional) {
                (Some((_, member)), _) => found.extend(self.value(member, &entry.value)),
                (None, Some(Some(it))) => found.extend(self.value(it, &entry.value)),
                (None, None | Some(None)) if free => {}
                (None, None | Some(None)) => {
                    let missing: Vec<&str> = members
                        .iter()
                        .map(|(name, _)| name.as_str())
                        .filter(|name| !entries.iter().any(|it| it.key == **name))
                        .collect();
                    let near = diagnostics::nearest(&entry.key, missing.iter().copied());
                    // Other members may come; one that is nearly declared is misspelt.
                    if additional.is_some() && near.is_none() {
                        continue;
                    }
                    let near_place = members
                        .iter()
                        .find(|(name, _)| Some(name.as_str()) == near)
                        .map(|(_, it)| it.place);
                    misspelt.extend(near.map(str::to_owned));
                    found.push(Contradiction {
                        place: near_place.unwrap_or(schema.place),
                        label: format!("no member is called `{}`", entry.key),
                        sample: entry.key_place,
                        what: format!("`{}` is not declared", entry.key),
                        help: Some(format!("declare `{}`, or correct this name", entry.key)),
                    });
                }
            }
        }
        for (name, place) in parts.iter().flat_map(|it| &it.required) {
            if !misspelt.contains(name) && !entries.iter().any(|it| it.key == *name) {
                found.push(Contradiction {
                    place: *place,
                    label: "not always there".to_owned(),
                    sample: Place { end: node.place.start + 1, ..node.place },
                    what: format!("`{name}` is required, but the sample does not have it"),
                    help: Some("remove it here if it can be absent".to_owned()),
                });
            }
        }
        found
    }

    fn parts<'s>(&'s self, schema: &'s Schema) -> Vec<&'s super::schema::Object> {
        match &schema.kind {
            Kind::Object(object) => vec![object],
            Kind::Ref(name) => self.schemas.get(name).map(|it| self.parts(it)).unwrap_or_default(),
            Kind::AllOf(parts) => parts.iter().flat_map(|it| self.parts(it)).collect(),
            _ => Vec::new(),
        }
    }
}

fn contradiction(schema: &Schema, node: &Node, what: &str) -> Contradiction {
    Contradiction {
        place: schema.kind_place,
        label: "this says otherwise".to_owned(),
        sample: Place { end: node.place.end, ..node.place },
        what: what.to_owned(),
        help: None,
    }
}

fn mismatch(schema: &Schema, node: &Node, wanted: &str) -> Contradiction {
    Contradiction {
        place: schema.kind_place,
        label: format!("this says {wanted}"),
        sample: node.place,
        what: format!("{} where the schema has {wanted}", node.kind()),
        help: matches!(node.value, Value::Null).then(|| "write `nullable: true`".to_owned()),
    }
}

fn string_problem(schema: &Schema, format: Option<&str>, text: &str) -> Option<&'static str> {
    let digits = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit());
    let number = text.strip_prefix('-').unwrap_or(text);
    match (schema.unit, format) {
        (Some(Unit::Minor), _) => (!digits(number)).then_some("not whole minor units"),
        (Some(_), _) => {
            let plain = number.replace(',', "");
            let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "0"));
            (!digits(whole) || !digits(fraction)).then_some("not a decimal number")
        }
        (None, Some("epoch-millis")) => (!digits(text)).then_some("not milliseconds"),
        (None, Some("date")) => (!is_date(text)).then_some("not a date"),
        (None, Some("civil-date-time")) => {
            let shape = text.len() >= 16 && is_date(&text[..10]) && text.as_bytes()[13] == b':';
            (!shape).then_some("not a date and time")
        }
        (None, Some("date-time")) => {
            let zone =
                text.ends_with(['Z', 'z']) || text.len() > 19 && text[19..].contains(['+', '-']);
            let shape = text.len() >= 20
                && is_date(&text[..10])
                && matches!(text.as_bytes()[10], b'T' | b't' | b' ');
            (!shape || !zone).then_some("not an instant with a zone")
        }
        _ => None,
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(idx, it)| if idx == 4 || idx == 7 { *it == b'-' } else { it.is_ascii_digit() })
}

/// Lengths only: bounds of amounts need exact arithmetic, which the runtime has.
fn constraint_problem(schema: &Schema, node: &Node) -> Option<&'static str> {
    let length = match &node.value {
        Value::String(text) => text.chars().count(),
        Value::List(items) => items.len(),
        _ => return None,
    };
    schema.constraints.iter().find_map(|it| match it {
        Constraint::Length(key @ ("maxLength" | "maxItems"), limit) if length as u64 > *limit => {
            Some(*key)
        }
        Constraint::Length(key @ ("minLength" | "minItems"), limit) if (length as u64) < *limit => {
            Some(*key)
        }
        _ => None,
    })
}
