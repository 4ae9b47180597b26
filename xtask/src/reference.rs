//! An operation as reference pages tell it: parts, and lines that can be compared.
//!
//! This decides what is said and in which words. How it looks, and what it is
//! compared with, is the business of each page.

mod call;
pub(crate) mod schema;

use codegen::{
    Source, SourceFile,
    model::{
        Api,
        operation::{Answer, Body, Location, Operation, Parameter},
        schema::Schema,
        webhook::Webhook,
    },
    parse::node::Place,
};

use self::schema::{Facts, Way};

/// More is counted, not shown.
const MOST_ROWS: usize = 600;

/// What is told together: the parameters, a body.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its heading.
    pub(crate) title: String,
    /// What it is about.
    pub(crate) role: Role,
    /// What it tells, in order.
    pub(crate) rows: Vec<Row>,
    /// The files with its documented samples.
    pub(crate) samples: Vec<String>,
}

/// What a part is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// How it is called, and what that means.
    Call,
    /// What stands in the path, the query, headers and cookies.
    Parameters,
    /// What is sent.
    Body,
    /// What a status means, or several: `201`, `4XX`, `default`.
    Answer(String),
    /// What all answers say in headers.
    Headers,
}

/// What a line of the call is about, where pages tell it apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Topic {
    /// The method and the path.
    Address,
    /// What it is for.
    Summary,
    /// Where it is served.
    Servers,
    /// That it should not be used.
    Deprecation,
    /// Anything else.
    #[default]
    Other,
}

/// One fact, such as a member.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Its name with those of all that it is in; for a parameter, with where it stands,
    /// because one in the path and one in the query may have the same name.
    pub(crate) path: String,
    /// Its name.
    pub(crate) name: String,
    /// What it is about.
    pub(crate) topic: Topic,
    /// In how many others it is.
    pub(crate) depth: usize,
    /// Whether it is no member but one of several things that a value can be.
    pub(crate) is_alternative: bool,
    /// What its values are.
    pub(crate) kind: Vec<Word>,
    /// What else is said about them.
    pub(crate) notes: Vec<Note>,
    /// What it is for.
    pub(crate) docs: String,
    /// The tags of the pages where that is said.
    pub(crate) sources: Vec<String>,
}

/// A word of what values are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// Our own words.
    Text(String),
    /// The name of a schema.
    Schema(String),
    /// Something from the spec: a value, a header.
    Value(String),
    /// The id of an operation.
    Operation(String),
    /// The name of a credential.
    Credential(String),
}

/// Something that is said about values beside what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// How much it matters.
    pub(crate) tone: Tone,
    /// The words.
    pub(crate) text: String,
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It must be there.
    Required,
    /// It may be left out, which is usual.
    Optional,
    /// It is about money.
    Money,
    /// It must not be seen.
    Sensitive,
    /// It should not be used.
    Deprecated,
    /// Anything else.
    Plain,
}

impl Row {
    /// What its values are, and what else is said about them, as a text.
    pub(crate) fn said(&self) -> String {
        let kind: String = self.kind.iter().map(Word::text).collect();
        let notes = self.notes.iter().map(|it| it.text.as_str());
        let all: Vec<&str> =
            std::iter::once(kind.as_str()).chain(notes).filter(|it| !it.is_empty()).collect();
        all.join(", ")
    }
}

impl Word {
    /// As it reads.
    pub(crate) fn text(&self) -> &str {
        match self {
            Word::Text(it)
            | Word::Schema(it)
            | Word::Value(it)
            | Word::Operation(it)
            | Word::Credential(it) => it,
        }
    }
}

impl Note {
    fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }

    fn plain(text: impl Into<String>) -> Self {
        Self::new(Tone::Plain, text)
    }

    fn need(is_required: bool) -> Self {
        match is_required {
            true => Self::new(Tone::Required, "required"),
            false => Self::new(Tone::Optional, "optional"),
        }
    }
}

/// What is told about an operation.
pub(crate) fn operation(api: &Api, it: &Operation) -> Vec<Part> {
    let mut parts = vec![Part::new("The call", Role::Call, call::operation(api, it))];
    parts.extend(parameters(api, it));
    parts.extend(it.body.as_ref().map(|it| body(api, it)));
    parts.extend(it.answers.iter().map(|it| answer(api, it)));
    if !it.headers.is_empty() {
        let header = |(name, docs): &(String, String)| Row {
            docs: docs.clone(),
            ..fact(name, "header of answers")
        };
        let rows = it.headers.iter().map(header).collect();
        parts.push(Part::new("Headers of answers", Role::Headers, rows));
    }
    parts
}

/// What is told about the parameters of an operation, if it has any.
pub(crate) fn parameters(api: &Api, it: &Operation) -> Option<Part> {
    if it.parameters.is_empty() {
        return None;
    }
    let rows = it.parameters.iter().map(|it| parameter(api, it)).collect();
    let part = Part::new("Parameters", Role::Parameters, rows);
    Some(Part { samples: it.parameter_samples.clone(), ..part })
}

/// What is told about a webhook.
pub(crate) fn webhook(api: &Api, it: &Webhook) -> Vec<Part> {
    let mut rows = vec![whole(api, "the event", &it.schema)];
    rows.extend(schema::members(api, &it.schema, Way::Received));
    let body = Part::new("Body", Role::Body, rows);
    vec![
        Part::new("The call", Role::Call, call::webhook(it)),
        Part { samples: it.samples.clone(), ..body },
    ]
}

impl Part {
    fn new(title: impl Into<String>, role: Role, mut rows: Vec<Row>) -> Self {
        if rows.len() > MOST_ROWS {
            rows.truncate(MOST_ROWS);
            rows.push(fact("…", "more than can be shown here"));
        }
        Self { title: title.into(), role, rows, samples: Vec::new() }
    }
}

fn parameter(api: &Api, it: &Parameter) -> Row {
    let (folder, place) = match it.location {
        Location::Path => ("path", "in the path"),
        Location::Query => ("query", "in the query"),
        Location::Header => ("header", "in a header"),
        Location::Cookie => ("cookie", "in a cookie"),
    };
    let mut facts = Facts::of(api, &it.schema);
    facts.notes.splice(0..0, [Note::need(it.required), Note::plain(place)]);
    if it.sensitive && !facts.notes.iter().any(|it| it.tone == Tone::Sensitive) {
        facts.notes.push(schema::sensitive());
    }
    Row {
        path: format!("{folder}/{}", it.wire),
        docs: it.docs.text.clone(),
        sources: it.docs.sources.clone(),
        kind: facts.kind,
        notes: facts.notes,
        ..fact(&it.wire, "")
    }
}

fn body(api: &Api, it: &Body) -> Part {
    let mut row = whole(api, "the body", &it.schema);
    row.docs.clone_from(&it.docs.text);
    row.notes.push(Note::plain(format!("as {}", it.media_type)));
    if !it.required {
        row.notes.push(Note::new(Tone::Optional, "may be left out"));
    }
    let mut rows = vec![row];
    rows.extend(schema::members(api, &it.schema, Way::Sent));
    Part { samples: it.samples.clone(), ..Part::new("Body", Role::Body, rows) }
}

fn answer(api: &Api, it: &Answer) -> Part {
    let mut row = match &it.body {
        None => fact("the answer", "no documented body"),
        Some((schema, media_type)) => {
            let mut row = whole(api, "the answer", schema);
            if media_type != "application/json" {
                row.notes.push(Note::plain(format!("as {media_type}")));
            }
            row
        }
    };
    row.docs.clone_from(&it.docs);
    let mut rows = vec![row];
    rows.extend(it.body.iter().flat_map(|(schema, _)| schema::members(api, schema, Way::Received)));
    let role = Role::Answer(it.pattern.clone());
    let part = Part::new(format!("Answer {}", it.pattern), role, rows);
    Part { samples: it.samples.clone(), ..part }
}

/// A value that is not the member of another.
fn whole(api: &Api, name: &str, schema: &Schema) -> Row {
    let Facts { kind, notes } = Facts::of(api, schema);
    Row { kind, notes, ..fact(name, "") }
}

fn fact(name: &str, kind: &str) -> Row {
    Row {
        path: name.to_owned(),
        name: name.to_owned(),
        kind: vec![Word::Text(kind.to_owned())],
        ..Row::default()
    }
}

/// The files of a spec, in the order in which places count them.
pub(crate) fn files(source: &Source) -> Vec<SourceFile> {
    let mut files = source.files.clone();
    if let [_root, resources @ ..] = files.as_mut_slice() {
        resources.sort_by(|a, b| a.path.cmp(&b.path));
    }
    files
}

/// The file of a place, and its line from 0.
pub(crate) fn line(files: &[SourceFile], place: Place) -> Option<(&SourceFile, usize)> {
    let file = files.get(place.file_idx as usize)?;
    let start = usize::try_from(place.start).ok()?;
    Some((file, file.text.get(..start)?.matches('\n').count()))
}

#[cfg(test)]
mod tests;
