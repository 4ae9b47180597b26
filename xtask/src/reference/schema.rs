//! Schemas in plain words, member by member.

use std::collections::{BTreeMap, BTreeSet};

use codegen::model::{
    Api,
    schema::{Additional, Constraint, Discriminator, Kind, Object, Schema, Unit},
};

use super::{MOST_ROWS, Note, Row, Tone, Word, fact};
use crate::shell;

/// Schemas deeper than this are named, not told.
const DEEPEST: usize = 8;

/// Which way values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// To the provider: without what is only ever received.
    Sent,
    /// From the provider: without what is only ever sent.
    Received,
    /// Any: what other schemas define is named and not told again.
    Defined,
}

/// What is said about a value.
pub(crate) struct Facts {
    /// What kind of value.
    pub(crate) kind: Vec<Word>,
    /// What else.
    pub(crate) notes: Vec<Note>,
}

impl Facts {
    /// What a schema says.
    pub(crate) fn of(api: &Api, schema: &Schema) -> Self {
        let mut facts = Self { kind: kind(api, schema), notes: Vec::new() };
        let mut next = Some(schema);
        for _ in 0..=DEEPEST {
            let Some(schema) = next else { break };
            facts.add(schema);
            next = match &schema.kind {
                Kind::Ref(name) => api.schemas.get(name),
                // `allOf: [{$ref: …}]` is an annotated reference.
                Kind::AllOf(parts) => only(parts),
                _ => None,
            };
        }
        facts
    }

    fn add(&mut self, schema: &Schema) {
        let unit = schema.unit.map(|it| match it {
            Unit::Major => Note::new(Tone::Money, "money in major units, such as dollars"),
            Unit::Minor => Note::new(Tone::Money, "money in minor units, such as cents"),
            Unit::Rate => Note::plain("an exchange rate"),
            Unit::Percent => Note::plain("hundredths"),
            Unit::Factor => Note::plain("an exact decimal"),
        });
        let flags = [
            (schema.nullable, Note::plain("or null")),
            (schema.empty_as_null, Note::plain("“” means absent")),
            (schema.read_only, Note::plain("only ever received")),
            (schema.write_only, Note::plain("only ever sent")),
            (schema.sensitive, sensitive()),
            (schema.deprecated, Note::new(Tone::Deprecated, "should not be used any more")),
        ];
        let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, it)| it);
        let limits = schema.constraints.iter().map(|it| Note::plain(limit(it)));
        let default = schema.default.as_ref().map(|it| Note::plain(format!("{it} if left out")));
        for note in unit.into_iter().chain(flags).chain(limits).chain(default) {
            // A reference and its target may say the same.
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }
}

/// What stands at values that nobody may see.
pub(super) fn sensitive() -> Note {
    Note::new(Tone::Sensitive, "personal or secret")
}

fn counted(n: u64, word: &str) -> String {
    shell::counted(usize::try_from(n).unwrap_or(usize::MAX), word)
}

fn limit(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Length(key, n) => match *key {
            "minLength" => format!("at least {}", counted(*n, "character")),
            "maxLength" => format!("at most {}", counted(*n, "character")),
            "minItems" => format!("at least {}", counted(*n, "item")),
            "maxItems" => format!("at most {}", counted(*n, "item")),
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

/// What kind of value it is.
pub(crate) fn kind(api: &Api, schema: &Schema) -> Vec<Word> {
    let mut words = Words(Vec::new());
    words.add(api, schema, 0);
    words.0
}

struct Words(Vec<Word>);

impl Words {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Word::Text(last)) => last.push_str(text),
            _ => self.0.push(Word::Text(text.to_owned())),
        }
    }

    fn add(&mut self, api: &Api, schema: &Schema, depth: usize) {
        match &schema.kind {
            Kind::Any => self.text("any value"),
            Kind::Ref(name) => {
                self.0.push(Word::Schema(name.clone()));
                if let Some(it) = api.schemas.get(name)
                    && depth < DEEPEST
                    && !matches!(it.kind, Kind::Object(_) | Kind::AllOf(_))
                {
                    self.text(": ");
                    self.add(api, it, depth + 1);
                }
            }
            Kind::String(None) => self.text("text"),
            Kind::String(Some(format)) => self.text(&format!("text ({format})")),
            Kind::Enum(values) => {
                self.text("one of ");
                for (idx, value) in values.iter().enumerate() {
                    if idx > 0 {
                        self.text(", ");
                    }
                    self.0.push(Word::Value(value.wire.clone()));
                }
            }
            Kind::Integer(None) => self.text("whole number"),
            Kind::Integer(Some(format)) => self.text(&format!("whole number ({format})")),
            Kind::Number => self.text("number"),
            Kind::Boolean => self.text("true or false"),
            Kind::Array(items) if depth < DEEPEST => {
                self.text("list, each ");
                self.add(api, items, depth + 1);
            }
            Kind::Array(_) => self.text("list"),
            Kind::Object(it) => match &it.additional {
                Additional::Schema(values) if it.members.is_empty() && depth < DEEPEST => {
                    self.text("mapping, each value ");
                    self.add(api, values, depth + 1);
                }
                _ => self.text("object"),
            },
            Kind::AllOf(parts) => match only(parts) {
                Some(only) => self.add(api, only, depth),
                None => self.text("object"),
            },
            Kind::Alternatives(parts, _) if depth < DEEPEST => {
                self.text("one of these: ");
                for (idx, part) in parts.iter().enumerate() {
                    if idx > 0 {
                        self.text("; ");
                    }
                    self.add(api, part, depth + 1);
                }
            }
            Kind::Alternatives(..) => self.text("one of several"),
        }
    }
}

/// The members of a value, and theirs.
pub(crate) fn members(api: &Api, schema: &Schema, way: Way) -> Vec<Row> {
    let mut ctx = Ctx {
        api,
        way,
        rows: Vec::new(),
        open: Vec::new(),
        told: BTreeMap::new(),
        alternatives: BTreeSet::new(),
        required: BTreeSet::new(),
    };
    ctx.inside(schema, "", 0);
    let Ctx { mut rows, required, .. } = ctx;
    for row in rows.iter_mut().filter(|it| !it.is_alternative) {
        row.notes.insert(0, Note::need(required.contains(&row.path)));
    }
    rows
}

struct Ctx<'a> {
    api: &'a Api,
    way: Way,
    rows: Vec<Row>,
    /// The named schemas that are being told: one inside itself is only named.
    open: Vec<&'a str>,
    /// The rows and schemas of the members that are told, by their paths: several
    /// parts may have the same.
    told: BTreeMap<String, (usize, &'a Schema)>,
    /// The paths of the alternatives that are told.
    alternatives: BTreeSet<String>,
    /// The paths of those that any part requires.
    required: BTreeSet<String>,
}

impl<'a> Ctx<'a> {
    /// The members of the value at `path`.
    fn inside(&mut self, schema: &'a Schema, path: &str, depth: usize) {
        if depth > DEEPEST || self.rows.len() > MOST_ROWS {
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
            Kind::AllOf(parts) => parts.iter().for_each(|it| self.inside(it, path, depth)),
            Kind::Alternatives(parts, told_apart) => {
                self.alternatives(parts, told_apart.as_ref(), path, depth);
            }
            Kind::Any
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Integer(_)
            | Kind::Number
            | Kind::Boolean => {}
        }
    }

    /// The same, unless another schema defines the members.
    fn inside_member(&mut self, schema: &'a Schema, path: &str, depth: usize) {
        if self.way != Way::Defined || !refers(schema) {
            self.inside(schema, path, depth);
        }
    }

    fn alternatives(
        &mut self,
        parts: &'a [Schema],
        told_apart: Option<&Discriminator>,
        path: &str,
        depth: usize,
    ) {
        for (idx, part) in parts.iter().enumerate() {
            let name = match &part.kind {
                Kind::Ref(name) => name.clone(),
                _ => format!("alternative {}", idx + 1),
            };
            let at = self.rows.len();
            let path = format!("{path}|{name}");
            let is_new = self.alternatives.insert(path.clone());
            if is_new {
                // Its row stands before those of its members, whose places are known.
                self.rows.push(Row::default());
            }
            self.inside_member(part, &path, depth + 1);
            if !is_new {
                continue;
            }
            // Scalars are told by what kind of value it is.
            if self.rows.len() == at + 1 && !is_object(self.api, part) {
                self.rows.pop();
                continue;
            }
            let mut kind = match &part.kind {
                Kind::Ref(name) => vec![Word::Schema(name.clone())],
                _ => vec![Word::Text("object".to_owned())],
            };
            let values = told_apart.iter().flat_map(|it| {
                let own = it.mapping.iter().filter(|(_, schema)| *schema == name);
                own.map(|(value, _)| (&it.property, value))
            });
            for (idx, (property, value)) in values.enumerate() {
                let word = if idx == 0 { ", if " } else { " or " };
                kind.push(Word::Text(word.to_owned()));
                if idx == 0 {
                    kind.push(Word::Value(property.clone()));
                    kind.push(Word::Text(" is ".to_owned()));
                }
                kind.push(Word::Value(value.clone()));
            }
            let word = if idx == 0 { "either" } else { "or" };
            self.rows[at] = Row { path, depth, kind, is_alternative: true, ..fact(word, "") };
        }
    }

    fn object(&mut self, object: &'a Object, path: &str, depth: usize) {
        self.required.extend(object.required.keys().map(|it| format!("{path}/{it}")));
        for (name, member) in &object.members {
            let is_hidden = match self.way {
                Way::Sent => member.read_only,
                Way::Received => member.write_only,
                Way::Defined => false,
            };
            if is_hidden {
                continue;
            }
            let path = format!("{path}/{name}");
            let earlier = self.told.get(&path).copied();
            if earlier.is_some_and(|(_, it)| std::ptr::eq(it, member)) {
                continue;
            }
            let facts = Facts::of(self.api, member);
            let row = Row {
                name: name.clone(),
                depth,
                kind: facts.kind,
                notes: facts.notes,
                docs: member.description.clone().unwrap_or_default(),
                sources: member.sources.clone(),
                path: path.clone(),
                ..Row::default()
            };
            let idx = earlier.map_or(self.rows.len(), |(idx, _)| idx);
            match self.rows.get_mut(idx) {
                // The Rust type has the member of the last part, too.
                Some(it) => *it = row,
                None => self.rows.push(row),
            }
            self.told.insert(path.clone(), (idx, member));
            self.inside_member(member, &path, depth + 1);
        }
        if let Additional::Schema(values) = &object.additional {
            self.inside_member(values, &format!("{path}/*"), depth + 1);
        }
    }
}

/// What an annotated reference refers with.
fn only(parts: &[Schema]) -> Option<&Schema> {
    match parts {
        [only] => Some(only),
        _ => None,
    }
}

/// Whether another schema says what the members of a value are.
fn refers(schema: &Schema) -> bool {
    match &schema.kind {
        Kind::Ref(_) => true,
        Kind::Array(items) => refers(items),
        Kind::AllOf(parts) => only(parts).is_some_and(refers),
        _ => false,
    }
}

fn is_object(api: &Api, schema: &Schema) -> bool {
    match &schema.kind {
        Kind::Ref(name) => api.schemas.get(name).is_some_and(|it| {
            matches!(it.kind, Kind::Object(_) | Kind::AllOf(_) | Kind::Alternatives(..))
        }),
        Kind::Object(_) | Kind::AllOf(_) => true,
        _ => false,
    }
}
