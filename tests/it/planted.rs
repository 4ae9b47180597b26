//! JSON values that fill a whole schema, with a canary wherever the spec says
//! that a value is sensitive, and wherever any JSON may stand.

use codegen::model::schema::{Additional, Constraint, Kind, Object, Schema};
use indexmap::IndexMap;

/// What must not be shown: a text, a date and a number.
pub(crate) const CANARIES: [&str; 3] = ["canary", "1907-07-17", "70907"];

/// Makes values.
pub(crate) struct Planter<'a> {
    schemas: &'a IndexMap<String, Schema>,
    /// Which alternative is taken, counted round.
    choice: usize,
    /// Whether the values keep what is checked before sending.
    fits: Fits,
    /// How many canaries there are in the values so far.
    pub(crate) n_planted: usize,
}

/// Which values are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fits {
    /// Values that a provider may answer, which are never checked.
    Received,
    /// Values that can be sent.
    Sent,
}

/// What is known about a value from what is around it.
#[derive(Clone, Copy, Default)]
struct Known {
    is_sensitive: bool,
    is_number: bool,
}

impl<'a> Planter<'a> {
    pub(crate) fn new(schemas: &'a IndexMap<String, Schema>, choice: usize) -> Self {
        Self { schemas, choice, fits: Fits::Received, n_planted: 0 }
    }

    /// Makes values that can be sent.
    pub(crate) fn sent(schemas: &'a IndexMap<String, Schema>, choice: usize) -> Self {
        Self { fits: Fits::Sent, ..Self::new(schemas, choice) }
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
        let is_sensitive = known.is_sensitive || matches!(schema.kind, Kind::Any);
        match self.fits {
            Fits::Received => self.leaf(plain, canary, is_sensitive),
            Fits::Sent => {
                let (plain, canary) = (fit(plain, schema), fit(canary, schema));
                self.leaf(&plain, &canary, is_sensitive)
            }
        }
    }

    fn leaf(&mut self, plain: &str, canary: &str, is_sensitive: bool) -> String {
        if is_sensitive {
            self.n_planted += usize::from(CANARIES.iter().any(|it| canary.contains(it)));
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
                if self.fits == Fits::Sent && member.read_only {
                    continue;
                }
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

/// A value that keeps the constraints of its schema, which may cost the canary.
fn fit(value: &str, schema: &Schema) -> String {
    let mut value = value.to_owned();
    for constraint in &schema.constraints {
        let is_text = value.starts_with('"');
        let text = value.trim_matches('"').to_owned();
        match constraint {
            Constraint::Pattern(pattern) => match pattern.as_str() {
                "^https://" => value = format!("\"https://{text}\""),
                "^[0-9]+$" => value = "\"70907\"".to_owned(),
                "^[A-Z]{2}$" => value = "\"GB\"".to_owned(),
                r"^[\w\s\-]+$" => {}
                other => panic!("no value is known to keep `{other}`"),
            },
            Constraint::Length("minLength", length) => {
                let length = usize::try_from(*length).expect("lengths are small");
                value = format!("\"{text:x<length$}\"");
            }
            Constraint::Length("maxLength", length) => {
                let length = usize::try_from(*length).expect("lengths are small");
                value = format!("\"{text:.length$}\"");
            }
            Constraint::Bound("maximum", most) if !is_text => {
                let bound = |it: &str| it.parse::<i64>().expect("bounds of the specs are integers");
                if bound(&text) > bound(most) {
                    value.clone_from(most);
                }
            }
            // One item is enough, and no canary is too small.
            Constraint::Length(..)
            | Constraint::Bound(..)
            | Constraint::UniqueItems
            | Constraint::Each(_) => {}
        }
    }
    value
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
