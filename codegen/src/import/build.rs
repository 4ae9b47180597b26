//! Values that stand where others stood: what the rest of the pipeline reads
//! has the places of the document it came from.

use crate::parse::node::{Entry, Node, Place, Value};

/// A text.
pub(super) fn text(place: Place, text: impl Into<String>) -> Node {
    Node { value: Value::String(text.into()), place }
}

/// A truth.
pub(super) fn flag(place: Place, value: bool) -> Node {
    Node { value: Value::Bool(value), place }
}

/// A list.
pub(super) fn list(place: Place, items: Vec<Node>) -> Node {
    Node { value: Value::List(items), place }
}

/// A mapping.
pub(super) fn map(place: Place, entries: Vec<Entry>) -> Node {
    Node { value: Value::Map(entries), place }
}

/// A member of a mapping.
pub(super) fn entry(key: impl Into<String>, key_place: Place, value: Node) -> Entry {
    Entry { key: key.into(), key_place, value }
}

/// A mapping that is written key by key.
pub(super) struct Map {
    place: Place,
    entries: Vec<Entry>,
}

impl Map {
    pub(super) fn new(place: Place) -> Self {
        Self { place, entries: Vec::new() }
    }

    pub(super) fn add(&mut self, key: &str, value: Node) {
        let place = value.place;
        self.entries.push(entry(key, place, value));
    }

    pub(super) fn text(&mut self, key: &str, value: impl Into<String>) {
        let place = self.place;
        self.entries.push(entry(key, place, text(place, value)));
    }

    pub(super) fn flag(&mut self, key: &str, value: bool) {
        let place = self.place;
        self.entries.push(entry(key, place, flag(place, value)));
    }

    /// Copies a member as it is written.
    pub(super) fn copy(&mut self, entry: &Entry) {
        self.entries.push(entry.clone());
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Adds a sentence to a text, or begins it.
    pub(super) fn append(&mut self, key: &str, sentence: &str) {
        let known = self.entries.iter_mut().find(|it| it.key == key);
        match known.map(|it| &mut it.value.value) {
            Some(Value::String(text)) => {
                text.push_str("\n\n");
                text.push_str(sentence);
            }
            _ => self.text(key, sentence),
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|it| it.key == key)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn node(self) -> Node {
        map(self.place, self.entries)
    }
}
