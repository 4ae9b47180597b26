//! Schemas in plain words, member by member.

use codegen::model::{
    Api,
    schema::{Additional, Constraint, Kind, Object, Schema, Unit},
};

use super::{MOST_ROWS, Row};

/// Schemas deeper than this are named, not told.
const DEEPEST: usize = 8;

/// What is said about a value.
pub(super) struct Facts {
    /// What kind of value.
    kind: String,
    /// What else.
    pub(super) notes: Vec<String>,
}

impl Facts {
    pub(super) fn of(api: &Api, schema: &Schema) -> Self {
        let mut facts = Self { kind: kind(api, schema, 0), notes: Vec::new() };
        facts.add(schema);
        if let Kind::Ref(name) = &schema.kind
            && let Some(target) = api.schemas.get(name)
        {
            facts.add(target);
        }
        facts
    }

    fn add(&mut self, schema: &Schema) {
        let unit = schema.unit.map(|it| match it {
            Unit::Major => "money in major units, such as dollars",
            Unit::Minor => "money in minor units, such as cents",
            Unit::Rate => "an exchange rate",
            Unit::Percent => "hundredths",
            Unit::Factor => "an exact decimal",
        });
        let flags = [
            (schema.nullable, "or null"),
            (schema.empty_as_null, "“” means absent"),
            (schema.read_only, "only ever received"),
            (schema.write_only, "only ever sent"),
            (schema.sensitive, "personal or secret"),
            (schema.deprecated, "should not be used any more"),
        ];
        let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, text)| text);
        self.notes.extend(unit.into_iter().chain(flags).map(str::to_owned));
        self.notes.extend(schema.constraints.iter().map(limit));
        self.notes.extend(schema.default.as_ref().map(|it| format!("{it} if left out")));
    }

    pub(super) fn text(self) -> String {
        std::iter::once(self.kind).chain(self.notes).collect::<Vec<_>>().join(", ")
    }
}

fn limit(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Length(key, n) => match *key {
            "minLength" | "min_length" => format!("at least {n} characters"),
            "maxLength" | "max_length" => format!("at most {n} characters"),
            "minItems" | "min_items" => format!("at least {n} items"),
            "maxItems" | "max_items" => format!("at most {n} items"),
            key => format!("{key} {n}"),
        },
        Constraint::Bound(key, n) => match *key {
            "minimum" => format!("at least {n}"),
            "maximum" => format!("at most {n}"),
            "exclusive_minimum" => format!("more than {n}"),
            "exclusive_maximum" => format!("less than {n}"),
            "multiple_of" => format!("a multiple of {n}"),
            key => format!("{key} {n}"),
        },
        Constraint::Pattern(pattern) => format!("matches {pattern}"),
        Constraint::UniqueItems => "no item twice".to_owned(),
        Constraint::Each(it) => format!("each {}", limit(it)),
    }
}

fn kind(api: &Api, schema: &Schema, depth: usize) -> String {
    match &schema.kind {
        Kind::Any => "any value".to_owned(),
        Kind::Ref(name) => match api.schemas.get(name) {
            Some(it) if depth < DEEPEST && !matches!(it.kind, Kind::Object(_) | Kind::AllOf(_)) => {
                format!("{name}: {}", kind(api, it, depth + 1))
            }
            _ => name.clone(),
        },
        Kind::String(None) => "text".to_owned(),
        Kind::String(Some(format)) => format!("text ({format})"),
        Kind::Enum(values) => {
            let values: Vec<&str> = values.iter().map(|it| it.wire.as_str()).collect();
            format!("one of {}", values.join(", "))
        }
        Kind::Integer(None) => "whole number".to_owned(),
        Kind::Integer(Some(format)) => format!("whole number ({format})"),
        Kind::Number => "number".to_owned(),
        Kind::Boolean => "true or false".to_owned(),
        Kind::Array(items) if depth < DEEPEST => {
            format!("list, each {}", kind(api, items, depth + 1))
        }
        Kind::Array(_) => "list".to_owned(),
        Kind::Object(it) => match &it.additional {
            Additional::Schema(values) if it.members.is_empty() && depth < DEEPEST => {
                format!("mapping, each value {}", kind(api, values, depth + 1))
            }
            _ => "object".to_owned(),
        },
        Kind::AllOf(_) => "object".to_owned(),
        Kind::Alternatives(parts, _) if depth < DEEPEST => {
            let parts: Vec<String> = parts.iter().map(|it| kind(api, it, depth + 1)).collect();
            format!("one of these: {}", parts.join("; "))
        }
        Kind::Alternatives(..) => "one of several".to_owned(),
    }
}

/// The members of a value, and theirs.
pub(super) fn members(api: &Api, schema: &Schema) -> Vec<Row> {
    let mut ctx = Ctx { api, rows: Vec::new(), open: Vec::new() };
    ctx.inside(schema, "", 0);
    ctx.rows
}

struct Ctx<'a> {
    api: &'a Api,
    rows: Vec<Row>,
    /// The named schemas that are being told: one inside itself is only named.
    open: Vec<&'a str>,
}

impl<'a> Ctx<'a> {
    /// The members of the value at `path`.
    fn inside(&mut self, schema: &'a Schema, path: &str, depth: usize) {
        if depth > DEEPEST || self.rows.len() >= MOST_ROWS {
            return;
        }
        match &schema.kind {
            Kind::Ref(name) => {
                let Some(target) = self.api.schemas.get(name) else { return };
                if !self.open.contains(&name.as_str()) {
                    self.open.push(name);
                    self.inside(target, path, depth);
                    self.open.pop();
                }
            }
            Kind::Array(items) => self.inside(items, path, depth),
            Kind::Object(object) => self.object(object, path, depth),
            Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
                parts.iter().for_each(|it| self.inside(it, path, depth));
            }
            Kind::Any
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Integer(_)
            | Kind::Number
            | Kind::Boolean => {}
        }
    }

    fn object(&mut self, object: &'a Object, path: &str, depth: usize) {
        for (name, member) in &object.members {
            let path = format!("{path}/{name}");
            let mut facts = Facts::of(self.api, member);
            let need = if object.required.contains_key(name) { "required" } else { "optional" };
            facts.notes.insert(0, need.to_owned());
            self.rows.push(Row {
                name: name.clone(),
                depth,
                kind: facts.text(),
                docs: member.description.clone().unwrap_or_default(),
                path: path.clone(),
            });
            self.inside(member, &path, depth + 1);
        }
        if let Additional::Schema(values) = &object.additional {
            self.inside(values, &format!("{path}/*"), depth + 1);
        }
    }
}
