//! JSON values that fill a whole schema, with a canary wherever the spec says
//! that a value is sensitive, and wherever any JSON may stand.

use codegen::model::schema::{Additional, Kind, Object, Schema};
use indexmap::IndexMap;

/// What must not be shown: a text, a date and a number.
pub(crate) const CANARIES: [&str; 3] = ["canary", "1907-07-17", "70907"];

/// Makes values.
pub(crate) struct Planter<'a> {
    schemas: &'a IndexMap<String, Schema>,
    /// Which alternative is taken, counted round.
    choice: usize,
    /// How many canaries there are in the values so far.
    pub(crate) n_planted: usize,
}

/// What is known about a value from what is around it.
#[derive(Clone, Copy, Default)]
struct Known {
    is_sensitive: bool,
    is_number: bool,
}

impl<'a> Planter<'a> {
    pub(crate) fn new(schemas: &'a IndexMap<String, Schema>, choice: usize) -> Self {
        Self { schemas, choice, n_planted: 0 }
    }

    /// A value of a schema, as JSON.
    pub(crate) fn value(&mut self, schema: &'a Schema) -> String {
        self.at(schema, Known::default())
    }

    fn at(&mut self, schema: &'a Schema, known: Known) -> String {
        let known = Known {
            is_sensitive: known.is_sensitive || schema.sensitive,
            is_number: known.is_number || schema.unit.is_some(),
        };
        let (plain, canary) = match &schema.kind {
            Kind::Ref(name) => return self.at(&self.schemas[name], known),
            Kind::Array(items) => return format!("[{}]", self.at(items, known)),
            Kind::Object(_) | Kind::AllOf(_) => return self.object(schema, known, None),
            Kind::Alternatives(alternatives, discriminator) => {
                let chosen = &alternatives[self.choice % alternatives.len()];
                let Kind::Ref(name) = &chosen.kind else { return self.at(chosen, known) };
                let tag = discriminator.as_ref().and_then(|it| {
                    let (value, _) = it.mapping.iter().find(|(_, mapped)| mapped == name)?;
                    Some((it.property.as_str(), value.as_str()))
                });
                let chosen = &self.schemas[name];
                let is_sensitive = known.is_sensitive || chosen.sensitive;
                return match tag {
                    Some(_) => self.object(chosen, Known { is_sensitive, ..known }, tag),
                    None => self.at(chosen, known),
                };
            }
            Kind::Any => (r#""canary""#, r#""canary""#),
            Kind::Enum(values) => {
                let first = values.first().map_or("", |it| it.wire.as_str());
                return self.leaf(&format!("{first:?}"), r#""canary""#, known.is_sensitive);
            }
            Kind::Boolean => ("true", "true"),
            Kind::Integer(_) | Kind::Number => ("1", "70907"),
            Kind::String(_) if known.is_number => (r#""1""#, r#""70907""#),
            Kind::String(format) => match format.as_deref() {
                Some("date") => (r#""2026-01-31""#, r#""1907-07-17""#),
                Some("date-time") => (r#""2026-01-31T00:00:00Z""#, r#""1907-07-17T00:00:00Z""#),
                Some("epoch-millis") => (r#""1""#, r#""70907""#),
                _ => (r#""plain""#, r#""canary""#),
            },
        };
        self.leaf(plain, canary, known.is_sensitive || matches!(schema.kind, Kind::Any))
    }

    fn leaf(&mut self, plain: &str, canary: &str, is_sensitive: bool) -> String {
        if is_sensitive {
            self.n_planted += usize::from(plain != canary || canary.contains("canary"));
            return canary.to_owned();
        }
        plain.to_owned()
    }

    /// An object with all members of its parts. `tag` is a member whose value
    /// is given.
    fn object(&mut self, schema: &'a Schema, known: Known, tag: Option<(&str, &str)>) -> String {
        let mut parts = Vec::new();
        parts_of(schema, self.schemas, &mut parts);
        if parts.is_empty() {
            // All of one, that is, a scalar with an annotation.
            let Kind::AllOf(all) = &schema.kind else { return "{}".to_owned() };
            return self.at(&all[0], known);
        }
        let mut members = Vec::new();
        for part in parts {
            for (name, member) in &part.members {
                let value = match tag {
                    Some((property, value)) if property == name => format!("{value:?}"),
                    _ => self.at(member, known),
                };
                members.push((name.clone(), value));
            }
            let is_free = part.members.is_empty();
            match &part.additional {
                Additional::Schema(it) => members.push(("key".to_owned(), self.at(it, known))),
                Additional::Unspecified if !is_free => {}
                Additional::Kept | Additional::Unspecified => {
                    self.n_planted += 1;
                    members.push(("unknown".to_owned(), r#"{"a": ["canary", 70907]}"#.to_owned()));
                }
            }
        }
        members.sort();
        members.dedup_by(|a, b| a.0 == b.0);
        let members: Vec<_> = members.iter().map(|(name, it)| format!("{name:?}: {it}")).collect();
        format!("{{{}}}", members.join(", "))
    }
}

/// The objects that a schema consists of.
fn parts_of<'a>(
    schema: &'a Schema,
    schemas: &'a IndexMap<String, Schema>,
    parts: &mut Vec<&'a Object>,
) {
    match &schema.kind {
        Kind::Object(object) => parts.push(object),
        Kind::Ref(name) => parts_of(&schemas[name], schemas, parts),
        Kind::AllOf(all) => all.iter().for_each(|it| parts_of(it, schemas, parts)),
        _ => {}
    }
}
