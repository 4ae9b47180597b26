//! One side of a change: a document, and what its references lead to.

use codegen::parse::{
    Document,
    node::{Node, Place, Value},
};

use crate::review::report::Written;

/// Whose document something is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Which {
    /// Before the change.
    Base,
    /// After it.
    Head,
}

/// A document, before or after.
pub(super) struct Side<'d> {
    pub(super) which: Which,
    pub(super) document: &'d Document,
}

/// An operation as it is written.
#[derive(Clone, Copy)]
pub(super) struct WrittenOperation<'d> {
    pub(super) path: &'d str,
    pub(super) path_place: Place,
    pub(super) method: &'d str,
    pub(super) key_place: Place,
    pub(super) item: &'d Node,
    pub(super) node: &'d Node,
}

/// Longer excerpts say no more.
const MAX_EXCERPT: usize = 400;

impl<'d> Side<'d> {
    /// The operations, in the spec's order.
    pub(super) fn operations(&self) -> Vec<WrittenOperation<'d>> {
        let mut found = Vec::new();
        for path in &self.document.paths {
            for entry in path.value.as_map().unwrap_or_default() {
                if super::pairing::METHODS.contains(&entry.key.as_str()) {
                    found.push(WrittenOperation {
                        path: &path.key,
                        path_place: path.key_place,
                        method: &entry.key,
                        key_place: entry.key_place,
                        item: &path.value,
                        node: &entry.value,
                    });
                }
            }
        }
        found
    }

    /// The component of a kind that a reference names.
    pub(super) fn component(&self, kind: &str, name: &str) -> Option<&'d Node> {
        self.document.components.get(kind)?.get(name).map(|it| &it.node)
    }

    /// What a node refers to, if it is a reference, and the name of that.
    pub(super) fn referent(&self, node: &'d Node) -> Option<(&'d str, &'d Node)> {
        let (kind, name) = component_of(node)?;
        Some((name, self.component(kind, name)?))
    }

    /// The node itself, or what it refers to in the end.
    pub(super) fn resolved(&self, node: &'d Node) -> &'d Node {
        let mut node = node;
        // Circles of references are refused by the model.
        for _ in 0..32 {
            match self.referent(node) {
                Some((_, next)) => node = next,
                None => break,
            }
        }
        node
    }

    /// Where something is written, and what.
    pub(super) fn written(&self, place: Place) -> Written {
        let file = &self.document.files[place.file_idx as usize];
        let start = place.start as usize;
        let line_start = file.text[..start].rfind('\n').map_or(0, |it| it + 1);
        let line = file.text[..start].matches('\n').count() + 1;
        let column = file.text[line_start..start].chars().count() + 1;
        let text = excerpt(&file.text, place, column - 1);
        Written { path: file.path.clone(), line, column, text }
    }
}

/// The text of a place, without the indentation it stands in.
fn excerpt(text: &str, place: Place, indent: usize) -> String {
    let written = text[place.start as usize..place.end as usize].trim_end();
    let lines = written.lines().map(|line| {
        let blank = line.len() - line.trim_start_matches(' ').len();
        &line[blank.min(indent)..]
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    match text.char_indices().nth(MAX_EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The kind and name of the component that a node refers to.
pub(super) fn component_of(node: &Node) -> Option<(&str, &str)> {
    let text = node.get("$ref")?.as_str()?;
    let (_, pointer) = text.split_once("#/components/")?;
    pointer.split_once('/')
}

/// Whether two nodes say the same, wherever they are written, in whatever order.
pub(super) fn same(base: &Node, head: &Node) -> bool {
    match (&base.value, &head.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) | (Value::String(a), Value::String(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            if let (Some(a), Some(b)) = (component_of(base), component_of(head)) {
                // A reference may lead through another file.
                return a == b;
            }
            let has = |it: &codegen::parse::node::Entry| {
                head.get(&it.key).is_some_and(|other| same(&it.value, other))
            };
            a.len() == b.len() && a.iter().all(has)
        }
        _ => false,
    }
}

/// A scalar or a short value in one line, as JSON.
pub(super) fn short(node: &Node) -> String {
    let text = to_json(node).to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A node as JSON.
pub(super) fn to_json(node: &Node) -> serde_json::Value {
    use serde_json::Value as Json;
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(it) => Json::Bool(*it),
        // YAML's numbers that JSON cannot say are refused when they are read.
        Value::Number(it) => serde_json::from_str(it).unwrap_or_else(|_| Json::String(it.clone())),
        Value::String(it) => Json::String(it.clone()),
        Value::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|it| (it.key.clone(), to_json(&it.value))).collect())
        }
    }
}
