//! Every place at which two documents differ, found without knowing what it means.
//!
//! What the review tells is held against this list, so that nothing is missing.

use std::collections::BTreeSet;

use codegen::parse::node::{Entry, Node, Place, Value};

use super::{
    Renames,
    pairing::{self, Operations},
    side::{Side, component_of},
};

/// A place that differs: where it was, where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) before: Option<Place>,
    pub(super) after: Option<Place>,
}

impl Pair {
    pub(super) fn new(before: Option<Place>, after: Option<Place>) -> Self {
        Self { before, after }
    }

    /// Whether this place is part of another.
    pub(super) fn is_within(self, other: Self) -> bool {
        let inside = |it: Option<Place>, all: Option<Place>| match (it, all) {
            (Some(it), Some(all)) => {
                it.file_idx == all.file_idx && all.start <= it.start && it.end <= all.end
            }
            (None, _) => true,
            (Some(_), None) => false,
        };
        inside(self.before, other.before) && inside(self.after, other.after)
    }
}

/// Both key and value.
pub(super) fn span(entry: &Entry) -> Place {
    Place { end: entry.value.place.end.max(entry.key_place.end), ..entry.key_place }
}

/// Where two documents differ.
pub(super) fn documents(
    base: &Side<'_>,
    head: &Side<'_>,
    operations: &Operations<'_>,
    renames: &Renames,
) -> Vec<Pair> {
    let mut found = Finder { renames, pairs: Vec::new() };
    let without = ["paths", "components"];
    found.maps(&base.document.root, &head.document.root, &without);
    let mut items: BTreeSet<(Place, Place)> = BTreeSet::new();
    for (before, after) in &operations.both {
        if before.path != after.path {
            found.changed(Some(before.path_place), Some(after.path_place));
        }
        if before.method != after.method {
            found.changed(Some(before.key_place), Some(after.key_place));
        }
        found.nodes(before.node, after.node);
        if items.insert((before.item.place, after.item.place)) {
            found.maps(before.item, after.item, &pairing::METHODS);
        }
    }
    for it in &operations.removed {
        found.changed(Some(it.span()), None);
    }
    for it in &operations.added {
        found.changed(None, Some(it.span()));
    }
    found.components(base, head);
    for (path, before) in &base.document.samples {
        match head.document.samples.get(path) {
            Some(after) => found.nodes(before, after),
            None => found.changed(Some(before.place), None),
        }
    }
    for (path, after) in &head.document.samples {
        if !base.document.samples.contains_key(path) {
            found.changed(None, Some(after.place));
        }
    }
    found.pairs.sort_unstable();
    found.pairs.dedup();
    found.pairs
}

/// Where two values differ.
pub(super) fn values(base: &Node, head: &Node, renames: &Renames) -> Vec<Pair> {
    let mut found = Finder { renames, pairs: Vec::new() };
    found.nodes(base, head);
    found.pairs
}

/// Where two entries differ, one of which may be missing.
pub(super) fn entries(base: Option<&Entry>, head: Option<&Entry>, renames: &Renames) -> Vec<Pair> {
    match (base, head) {
        (Some(base), Some(head)) => values(&base.value, &head.value, renames),
        (base, head) => vec![Pair::new(base.map(span), head.map(span))],
    }
}

struct Finder<'r> {
    renames: &'r Renames,
    pairs: Vec<Pair>,
}

impl Finder<'_> {
    fn changed(&mut self, before: Option<Place>, after: Option<Place>) {
        self.pairs.push(Pair::new(before, after));
    }

    fn components(&mut self, base: &Side<'_>, head: &Side<'_>) {
        let empty = indexmap::IndexMap::new();
        for (kind, before) in &base.document.components {
            let after = head.document.components.get(kind).unwrap_or(&empty);
            for (name, it) in before {
                let new_name = self.renames.get(kind, name);
                match after.get(new_name) {
                    Some(other) => {
                        if new_name != name {
                            self.changed(Some(it.name_place), Some(other.name_place));
                        }
                        self.nodes(&it.node, &other.node);
                    }
                    None => self.changed(Some(component_span(it)), None),
                }
            }
        }
        for (kind, after) in &head.document.components {
            let before = base.document.components.get(kind).unwrap_or(&empty);
            for (name, it) in after {
                if !before.contains_key(name) && !self.renames.is_target(kind, name) {
                    self.changed(None, Some(component_span(it)));
                }
            }
        }
    }

    fn nodes(&mut self, base: &Node, head: &Node) {
        match (&base.value, &head.value) {
            (Value::Map(_), Value::Map(_)) => match (component_of(base), component_of(head)) {
                (None, None) => self.maps(base, head, &[]),
                (Some((kind, a)), Some((_, b))) => {
                    if self.renames.get(kind, a) != b {
                        self.changed(Some(base.place), Some(head.place));
                    }
                }
                _ => self.changed(Some(base.place), Some(head.place)),
            },
            (Value::List(a), Value::List(b)) => {
                let matched = pairing::items(a, b, self.renames);
                for &(before, after) in &matched.both {
                    self.nodes(before, after);
                }
                for it in &matched.removed {
                    self.changed(Some(it.place), None);
                }
                for it in &matched.added {
                    self.changed(None, Some(it.place));
                }
                if matched.is_reordered {
                    self.changed(Some(base.place), Some(head.place));
                }
            }
            _ => {
                if !super::side::same(base, head) {
                    self.changed(Some(base.place), Some(head.place));
                }
            }
        }
    }

    fn maps(&mut self, base: &Node, head: &Node, without: &[&str]) {
        let is_seen = |it: &&Entry| !without.contains(&it.key.as_str());
        for before in base.as_map().unwrap_or_default().iter().filter(is_seen) {
            match head.entry(&before.key) {
                Some(after) => self.nodes(&before.value, &after.value),
                None => parts(before).into_iter().for_each(|it| self.changed(Some(it), None)),
            }
        }
        for after in head.as_map().unwrap_or_default().iter().filter(is_seen) {
            if base.entry(&after.key).is_none() {
                parts(after).into_iter().for_each(|it| self.changed(None, Some(it)));
            }
        }
    }
}

/// The places of an entry that came or went: of members and their names, one each.
fn parts(entry: &Entry) -> Vec<Place> {
    match (entry.key.as_str(), &entry.value.value) {
        ("required", Value::List(names)) if !names.is_empty() => {
            names.iter().map(|it| it.place).collect()
        }
        ("properties", Value::Map(members)) if !members.is_empty() => {
            members.iter().map(span).collect()
        }
        _ => vec![span(entry)],
    }
}

/// Both name and definition.
pub(super) fn component_span(it: &codegen::parse::Component) -> Place {
    Place { end: it.node.place.end.max(it.name_place.end), ..it.name_place }
}
