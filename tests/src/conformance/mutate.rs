//! Small changes to a sample that a provider may make without notice.
//!
//! They are made in the text, so that everything else keeps its spelling.

use std::ops::Range;

use codegen::{
    model::schema::{Additional, Kind as Shape, Schema},
    parse::node::{Entry, Node},
};

use super::compare::{self, Comparison, Schemas};
use crate::table::Role;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The value of an enum is one that nobody has listed.
    Novel,
    /// An optional member is not there.
    Removed,
    /// An optional member is `null`.
    Nulled,
    /// An optional string is `""`.
    Emptied,
    /// An object has one more member.
    Unknown,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Novel, Self::Removed, Self::Nulled, Self::Emptied, Self::Unknown];
}

/// A sample with one change, or with all changes of one kind at once.
pub(super) struct Mutation {
    pub(super) kind: Kind,
    pub(super) path: String,
    /// The changed sample.
    pub(super) text: String,
    /// What the type must keep of it: without the members that stand for
    /// nothing although the spec does not say that they can.
    pub(super) expected: String,
    /// The changed member, if it is one of the body itself.
    pub(super) top_level: Option<String>,
    /// Whether the spec says that the value can be so.
    pub(super) declared: bool,
}

/// All changes to the sample `node`, whose source is `text`.
pub(super) fn mutations(
    schemas: &Schemas,
    role: Role,
    schema: &Schema,
    node: &Node,
    text: &str,
) -> Vec<Mutation> {
    let mut finder = Finder { schemas, role, text, found: Vec::new() };
    finder.value("$", schema, node);
    let changes = finder.found;
    let mut mutations: Vec<Mutation> = Vec::new();
    for change in &changes {
        let mut mutation = mutation(text, change.kind, &change.path, &[change]);
        mutation.top_level =
            change.path.strip_prefix("$.").filter(|it| !it.contains(['.', '['])).map(str::to_owned);
        mutation.declared = change.expected == change.edit;
        mutations.push(mutation);
    }
    for kind in Kind::ALL {
        let mut of_kind: Vec<&Change> = changes.iter().filter(|it| it.kind == kind).collect();
        of_kind.sort_by_key(|it| it.edit.at.start);
        // What is inside a member that is gone need not be changed, too.
        let mut end = 0;
        of_kind.retain(|it| {
            let is_outside = it.edit.at.start >= end;
            if is_outside {
                end = it.edit.at.end;
            }
            is_outside
        });
        if of_kind.len() > 1 {
            mutations.push(mutation(text, kind, "all at once", &of_kind));
        }
    }
    mutations
}

fn mutation(text: &str, kind: Kind, path: &str, changes: &[&Change]) -> Mutation {
    Mutation {
        kind,
        path: path.to_owned(),
        text: edited(text, changes.iter().map(|it| &it.edit)),
        expected: edited(text, changes.iter().map(|it| &it.expected)),
        top_level: None,
        declared: true,
    }
}

/// The text with all edits made, which are in order.
fn edited<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut result = String::new();
    let mut end = 0;
    for edit in edits {
        result.push_str(&text[end..edit.at.start]);
        result.push_str(&edit.by);
        end = edit.at.end;
    }
    result.push_str(&text[end..]);
    without_gaps(&result)
}

/// Stands where a member was; JSON cannot have this character.
const GONE: char = '\0';

/// Without the commas of members that are gone.
fn without_gaps(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(GONE) {
        result.push_str(before);
        result.truncate(result.trim_end().len());
        rest = match result.strip_suffix(',') {
            Some(kept) => {
                result.truncate(kept.len());
                after
            }
            None => after.trim_start().strip_prefix(',').unwrap_or(after),
        };
    }
    result.push_str(rest);
    result
}

#[derive(Clone, PartialEq, Eq)]
struct Edit {
    at: Range<usize>,
    by: String,
}

struct Change {
    kind: Kind,
    path: String,
    edit: Edit,
    /// The edit whose result the decoded value must be equal to.
    expected: Edit,
}

struct Finder<'a> {
    schemas: &'a Schemas,
    role: Role,
    text: &'a str,
    found: Vec<Change>,
}

impl<'a> Finder<'a> {
    fn value(&mut self, path: &str, at: &'a Schema, node: &Node) {
        let schema = compare::resolve(at, self.schemas);
        match &schema.kind {
            Shape::Enum(_) if node.as_str().is_some() => {
                self.change(Kind::Novel, path, span(node), "\"a novel value\"");
            }
            Shape::Array(items) => {
                for (idx, item) in node.as_list().unwrap_or_default().iter().enumerate() {
                    self.value(&format!("{path}[{idx}]"), items, item);
                }
            }
            Shape::Object(_) | Shape::AllOf(_) => self.object(path, schema, node),
            Shape::Alternatives(alternatives, discriminator)
                if !alternatives.iter().all(compare::is_scalar) =>
            {
                let by_itself =
                    compare::by_discriminator(alternatives, discriminator.as_ref(), node);
                let best = || {
                    alternatives.iter().min_by_key(|it| {
                        let mut attempt = Comparison::new(self.schemas, self.role);
                        attempt.value(path, it, node, Some(node));
                        (attempt.failures.len(), attempt.notes.len())
                    })
                };
                if let Some(chosen) = by_itself.or_else(best) {
                    self.value(path, chosen, node);
                }
            }
            Shape::Any
            | Shape::Ref(_)
            | Shape::String(_)
            | Shape::Enum(_)
            | Shape::Integer(_)
            | Shape::Number
            | Shape::Boolean
            | Shape::Alternatives(..) => {}
        }
    }

    fn object(&mut self, path: &str, schema: &'a Schema, node: &Node) {
        let Some(entries) = node.as_map() else { return };
        let parts = compare::parts(schema, self.schemas);
        let typed = parts.iter().find_map(|it| match &it.additional {
            Additional::Schema(it) => Some(it),
            Additional::Unspecified | Additional::Kept => None,
        });
        // A value of a map has the type of its values.
        let novel = match (typed, entries.first()) {
            (None, _) => Some("{\"digits\": [12345678901234567.890]}"),
            (Some(_), Some(first)) => Some(&self.text[span(&first.value)]),
            (Some(_), None) => None,
        };
        if let Some(novel) = novel {
            let start = span(node).start + 1;
            let comma = if entries.is_empty() { "" } else { ", " };
            let novel = format!("\"novel_member\": {novel}{comma}");
            self.change(Kind::Unknown, path, start..start, &novel);
        }
        for entry in entries {
            let path = format!("{path}.{}", entry.key);
            let member = parts.iter().find_map(|it| it.members.get(&entry.key));
            let Some(member) = member else {
                if let Some(values) = typed {
                    self.value(&path, values, &entry.value);
                }
                continue;
            };
            let is_kept = match self.role {
                Role::Request => !member.read_only,
                Role::Event | Role::Response(_) | Role::Parameter(_) => !member.write_only,
            };
            if !is_kept {
                continue;
            }
            let is_required =
                parts.iter().flat_map(|it| &it.required).any(|(it, _)| *it == entry.key);
            if !is_required || self.nullable(member) {
                self.optional(&path, member, entry);
            }
            self.value(&path, member, &entry.value);
        }
    }

    fn optional(&mut self, path: &str, member: &'a Schema, entry: &Entry) {
        let value = &entry.value;
        let gone =
            Edit { at: entry.key_place.start as usize..span(value).end, by: GONE.to_string() };
        self.change(Kind::Removed, path, gone.at.clone(), &gone.by);
        let is_any = matches!(compare::resolve(member, self.schemas).kind, Shape::Any);
        self.change(Kind::Nulled, path, span(value), "null");
        if !self.nullable(member) && !is_any {
            self.expect(gone.clone());
        }
        if value.as_str().is_some() {
            self.change(Kind::Emptied, path, span(value), "\"\"");
            if !holds_empty_text(compare::resolve(member, self.schemas), member) {
                self.expect(gone);
            }
        }
    }

    fn nullable(&self, schema: &Schema) -> bool {
        Comparison::new(self.schemas, self.role).nullable(schema)
    }

    fn change(&mut self, kind: Kind, path: &str, at: Range<usize>, by: &str) {
        let edit = Edit { at, by: by.to_owned() };
        self.found.push(Change { kind, path: path.to_owned(), expected: edit.clone(), edit });
    }

    /// The last change must decode to what this edit gives.
    fn expect(&mut self, edit: Edit) {
        if let Some(last) = self.found.last_mut() {
            last.expected = edit;
        }
    }
}

/// Whether the type of a string can be `""`.
fn holds_empty_text(schema: &Schema, at: &Schema) -> bool {
    let unit = schema.unit.or(at.unit);
    match &schema.kind {
        Shape::String(format) => {
            let is_time = matches!(
                format.as_deref(),
                Some("date-time" | "date" | "civil-date-time" | "epoch-millis")
            );
            unit.is_none() && !is_time
        }
        _ => unit.is_none(),
    }
}

fn span(node: &Node) -> Range<usize> {
    node.place.start as usize..node.place.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn without(text: &str, expected: &str) {
        assert_eq!(without_gaps(&text.replace('_', &GONE.to_string())), expected);
    }

    #[test]
    fn commas_go_with_their_members() {
        without("{_}", "{}");
        without("{_, b}", "{ b}");
        without("{a, _}", "{a}");
        without("{a,\n _,\n c}", "{a,\n c}");
        without("{_,\n _, c, _}", "{ c}");
        without("{_, _, _}", "{}");
        without("{a, {_}, _}", "{a, {}}");
    }
}
