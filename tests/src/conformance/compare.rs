//! Compares a sample with what its type encodes, under the schema.

use codegen::{
    model::schema::{Additional, Discriminator, Kind, Object, Schema, Unit},
    parse::node::{Node, Value},
};
use payouts_core::Timestamp;

use super::numbers;
use crate::table::Role;

/// The schemas of a provider, by name.
pub(crate) type Schemas = indexmap::IndexMap<String, Schema>;

/// What was found.
pub(crate) struct Comparison<'a> {
    schemas: &'a Schemas,
    role: Role,
    pub(crate) failures: Vec<String>,
    pub(crate) notes: Vec<String>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(schemas: &'a Schemas, role: Role) -> Self {
        Self { schemas, role, failures: Vec::new(), notes: Vec::new() }
    }

    /// Compares `sample` with `encoded` (`None` if it was left out).
    pub(crate) fn value(
        &mut self,
        path: &str,
        schema: &Schema,
        sample: &Node,
        encoded: Option<&Node>,
    ) {
        if matches!(resolve(schema, self.schemas).kind, Kind::Any) {
            let same = match encoded {
                Some(encoded) => equal(sample, encoded),
                None => matches!(sample.value, Value::Null),
            };
            if !same {
                self.fail(path, "a free value changed");
            }
            return;
        }
        let absent = encoded.is_none_or(|it| matches!(it.value, Value::Null));
        if matches!(sample.value, Value::Null) {
            match (self.nullable(schema), absent) {
                (true, true) => {}
                (true, false) => self.fail(path, "`null` became a value"),
                (false, _) => self.fail(path, "`null`, which the spec does not declare"),
            }
            return;
        }
        if sample.as_str() == Some("") && self.empty_as_null(schema) && absent {
            return;
        }
        let Some(encoded) = encoded else {
            self.fail(path, "lost");
            return;
        };
        self.present(path, resolve(schema, self.schemas), schema, sample, encoded);
    }

    fn present(&mut self, path: &str, schema: &Schema, at: &Schema, sample: &Node, encoded: &Node) {
        match &schema.kind {
            Kind::Any | Kind::Ref(_) => {}
            Kind::Boolean => match (&sample.value, &encoded.value) {
                (Value::Bool(a), Value::Bool(b)) if a == b => {}
                _ => self.fail(path, "changed, or not the boolean of the spec"),
            },
            Kind::Integer(_) | Kind::Number => match &sample.value {
                Value::Number(_) => self.number(path, sample, encoded),
                _ => {
                    self.fail(path, &format!("{}, where the spec declares a number", sample.kind()))
                }
            },
            Kind::Enum(_) => self.text(path, sample, encoded),
            Kind::String(format) => match (schema.unit.or(at.unit), format.as_deref()) {
                (Some(_), _) | (None, Some("epoch-millis")) => match &sample.value {
                    Value::String(_) => self.number(path, sample, encoded),
                    _ => self.fail(
                        path,
                        &format!("{}, where the spec declares a string", sample.kind()),
                    ),
                },
                (None, Some("date-time")) => self.instant(path, sample, encoded),
                _ => self.text(path, sample, encoded),
            },
            Kind::Array(items) => match (&sample.value, &encoded.value) {
                (Value::List(a), Value::List(b)) if a.len() == b.len() => {
                    for (idx, (sample, encoded)) in a.iter().zip(b).enumerate() {
                        self.value(&format!("{path}[{idx}]"), items, sample, Some(encoded));
                    }
                }
                (Value::List(_), Value::List(_)) => self.fail(path, "items were lost or added"),
                _ => self.fail(path, &format!("{}, where the spec declares a list", sample.kind())),
            },
            Kind::Object(_) | Kind::AllOf(_) => self.object(path, schema, sample, encoded),
            Kind::Alternatives(alternatives, discriminator) => {
                if alternatives.iter().all(is_scalar) {
                    self.scalar_alternatives(
                        path,
                        schema.unit.or(at.unit),
                        alternatives,
                        sample,
                        encoded,
                    );
                    return;
                }
                if let Some(chosen) = by_discriminator(alternatives, discriminator.as_ref(), sample)
                {
                    self.value(path, chosen, sample, Some(encoded));
                    return;
                }
                // The alternative that explains the sample best.
                let attempts = alternatives.iter().map(|it| {
                    let mut attempt = Comparison::new(self.schemas, self.role);
                    attempt.value(path, it, sample, Some(encoded));
                    attempt
                });
                let best = attempts.min_by_key(|it| (it.failures.len(), it.notes.len()));
                if let Some(best) = best {
                    // A value that no alternative explains is kept as it came.
                    if !best.failures.is_empty() && equal(sample, encoded) {
                        self.notes.push(format!("unrecognized: {path}"));
                    } else {
                        self.failures.extend(best.failures);
                        self.notes.extend(best.notes);
                    }
                }
            }
        }
    }

    fn scalar_alternatives(
        &mut self,
        path: &str,
        unit: Option<Unit>,
        alternatives: &[Schema],
        sample: &Node,
        encoded: &Node,
    ) {
        let declared = alternatives.iter().any(|it| match (&it.kind, &sample.value) {
            (Kind::String(_), Value::String(_)) => true,
            (Kind::Integer(_), Value::Number(it)) => !it.contains(['.', 'e', 'E']),
            (Kind::Number, Value::Number(_)) => true,
            _ => false,
        });
        if !declared {
            self.fail(path, &format!("{}, which the spec does not declare", sample.kind()));
        } else if unit.is_some() {
            self.number(path, sample, encoded);
        } else if !equal(sample, encoded) {
            self.fail(path, "changed");
        }
    }

    fn object(&mut self, path: &str, schema: &Schema, sample: &Node, encoded: &Node) {
        let (Some(members), Some(found)) = (sample.as_map(), encoded.as_map()) else {
            self.fail(path, &format!("{}, where the spec declares an object", sample.kind()));
            return;
        };
        let parts = parts(schema, self.schemas);
        let free = parts.iter().all(|it| it.members.is_empty());
        for entry in members {
            let path = format!("{path}.{}", entry.key);
            let encoded = encoded.get(&entry.key);
            let declared = parts.iter().find_map(|it| it.members.get(&entry.key));
            let additional = parts.iter().find_map(|it| match &it.additional {
                Additional::Unspecified => free.then_some(None),
                Additional::Kept => Some(None),
                Additional::Schema(it) => Some(Some(it)),
            });
            match (declared, additional) {
                (Some(member), _) if member.read_only && self.role == Role::Request => {
                    self.notes.push(format!("read-only: {path}"));
                }
                (Some(member), _) if member.write_only && self.role != Role::Request => {
                    self.notes.push(format!("write-only: {path}"));
                }
                (Some(member), _) => self.value(&path, member, &entry.value, encoded),
                (None, Some(Some(schema))) => self.value(&path, schema, &entry.value, encoded),
                (None, Some(None)) => {
                    if !encoded.is_some_and(|it| equal(&entry.value, it)) {
                        self.fail(&path, "a member beyond the spec was lost or changed");
                    }
                    if !free {
                        self.notes.push(format!("unknown: {path}"));
                    }
                }
                (None, None) => self.notes.push(format!("unknown: {path}")),
            }
        }
        for entry in found {
            if !members.iter().any(|it| it.key == entry.key) {
                self.fail(&format!("{path}.{}", entry.key), "made up by encoding");
            }
        }
    }

    fn number(&mut self, path: &str, sample: &Node, encoded: &Node) {
        if !numbers::equal(&scalar_text(sample), &scalar_text(encoded)) {
            self.fail(path, "the number changed");
        }
    }

    fn text(&mut self, path: &str, sample: &Node, encoded: &Node) {
        match (sample.as_str(), encoded.as_str()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(_), _) => self.fail(path, "the text changed"),
            (None, _) => {
                self.fail(path, &format!("{}, where the spec declares a string", sample.kind()))
            }
        }
    }

    fn instant(&mut self, path: &str, sample: &Node, encoded: &Node) {
        let instant = |it: &Node| it.as_str().and_then(|it| it.parse::<Timestamp>().ok());
        match (instant(sample), instant(encoded)) {
            (Some(a), Some(b)) if a == b => {}
            _ => self.fail(path, "the instant changed"),
        }
    }

    fn fail(&mut self, path: &str, reason: &str) {
        self.failures.push(format!("{path}: {reason}"));
    }

    pub(crate) fn nullable(&self, schema: &Schema) -> bool {
        self.any(schema, |it| it.nullable)
    }

    pub(crate) fn empty_as_null(&self, schema: &Schema) -> bool {
        self.any(schema, |it| it.empty_as_null)
    }

    /// Whether the schema, or what it annotates, says something.
    fn any(&self, schema: &Schema, says: fn(&Schema) -> bool) -> bool {
        says(schema)
            || match &schema.kind {
                Kind::Ref(name) => self.schemas.get(name).is_some_and(|it| self.any(it, says)),
                Kind::AllOf(parts) if parts.len() == 1 => self.any(&parts[0], says),
                Kind::Alternatives(parts, _) => parts.iter().any(|it| self.any(it, says)),
                _ => false,
            }
    }
}

/// The alternative that the sample names itself.
pub(crate) fn by_discriminator<'s>(
    alternatives: &'s [Schema],
    discriminator: Option<&Discriminator>,
    sample: &Node,
) -> Option<&'s Schema> {
    let discriminator = discriminator?;
    let value = sample.get(&discriminator.property)?.as_str()?;
    let (_, name) = discriminator.mapping.iter().find(|(mapped, _)| mapped == value)?;
    alternatives.iter().find(|it| matches!(&it.kind, Kind::Ref(found) if found == name))
}

/// The schema behind references and annotations.
pub(crate) fn resolve<'s>(schema: &'s Schema, schemas: &'s Schemas) -> &'s Schema {
    match &schema.kind {
        Kind::Ref(name) => schemas.get(name).map_or(schema, |it| resolve(it, schemas)),
        Kind::AllOf(parts) if parts.len() == 1 => resolve(&parts[0], schemas),
        _ => schema,
    }
}

pub(crate) fn parts<'s>(schema: &'s Schema, schemas: &'s Schemas) -> Vec<&'s Object> {
    match &schema.kind {
        Kind::Object(object) => vec![object],
        Kind::Ref(name) => schemas.get(name).map(|it| parts(it, schemas)).unwrap_or_default(),
        Kind::AllOf(all) => all.iter().flat_map(|it| parts(it, schemas)).collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn is_scalar(schema: &Schema) -> bool {
    matches!(schema.kind, Kind::String(_) | Kind::Integer(_) | Kind::Number)
}

/// The text of a number, or of a string that holds one.
fn scalar_text(node: &Node) -> String {
    match &node.value {
        Value::Number(text) | Value::String(text) => text.clone(),
        _ => String::new(),
    }
}

/// Whether two free values are the same: numbers by exact value, members in
/// any order.
fn equal(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => numbers::equal(a, b),
        (Value::String(a), Value::String(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Map(a), Value::Map(other)) => {
            a.len() == other.len()
                && a.iter().all(|it| b.get(&it.key).is_some_and(|b| equal(&it.value, b)))
        }
        _ => false,
    }
}
