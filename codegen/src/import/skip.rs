//! Which operations a complaint is about, so that the others can go on.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    import::{Rewritten, Site, Skipped},
    parse::{
        Document,
        node::{Node, Place, Value},
    },
};

/// The operations that what is complained about belongs to: directly, or by a
/// schema that they use. None if one of the complaints is about more than that.
pub(super) fn operations(
    rewritten: &Rewritten,
    complaints: &Diagnostics,
) -> BTreeMap<Site, Skipped> {
    let Rewritten { document, users: needed, operations: known, .. } = rewritten;
    let places_of = |complaint: &Diagnostic| {
        let told = complaint.primary.place;
        std::iter::once(told).chain(needed.get(&told).into_iter().flatten().copied())
    };
    let complaints_by_start = {
        let mut found = Starts::new();
        for (idx, it) in complaints.errors().enumerate() {
            for place in places_of(it) {
                found.entry(start(place)).or_default().push(idx);
            }
        }
        found
    };
    // A document is read once, however much is wrong with it.
    let facts = |node: &Node| Facts::of(node, &complaints_by_start);
    let schemas: Vec<(&str, Facts)> = document
        .components
        .get("schemas")
        .into_iter()
        .flatten()
        .map(|(name, it)| (name.as_str(), facts(&it.node)))
        .collect();
    let mut users: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut about: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (idx, (_, facts)) in schemas.iter().enumerate() {
        for name in &facts.names {
            users.entry(name).or_default().push(idx);
        }
        for complaint in &facts.complaints {
            about.entry(*complaint).or_default().push(idx);
        }
    }
    let operations: Vec<(String, Site, Facts)> = written(document)
        .into_iter()
        .filter_map(|(title, node)| {
            let id = node.get("operationId").and_then(Node::as_str).unwrap_or_default();
            Some((title, *known.get(id)?, facts(node)))
        })
        .collect();

    let mut skipped: BTreeMap<Site, Skipped> = BTreeMap::new();
    for (idx, complaint) in complaints.errors().enumerate() {
        // The schemas that are wrong, and all that use one of them.
        let mut wrong: BTreeSet<&str> = BTreeSet::new();
        let mut rest: Vec<usize> = about.get(&idx).cloned().unwrap_or_default();
        while let Some(schema_idx) = rest.pop() {
            let (name, _) = schemas[schema_idx];
            if wrong.insert(name) {
                rest.extend(users.get(name).into_iter().flatten());
            }
        }
        let mut is_explained = false;
        for (title, site, facts) in &operations {
            if facts.complaints.contains(&idx)
                || facts.names.iter().any(|it| wrong.contains(it.as_str()))
                || holds(site.operation, complaint.primary.place)
                || needed
                    .get(&complaint.primary.place)
                    .is_some_and(|it| it.range(starts_in(site.operation)).next().is_some())
            {
                is_explained = true;
                let skip = || Skipped {
                    operation: title.clone(),
                    reason: format!(
                        "{}: {}",
                        complaints.position(complaint.primary.place),
                        complaint.message
                    ),
                };
                skipped.entry(*site).or_insert_with(skip);
            }
        }
        if !is_explained {
            return BTreeMap::new();
        }
    }
    skipped
}

/// Complaints, by where they are.
type Starts = BTreeMap<(u32, u32), Vec<usize>>;

fn start(place: Place) -> (u32, u32) {
    (place.file_idx, place.start)
}

/// What there is to know about a schema or an operation.
#[derive(Default)]
struct Facts {
    /// The schemas it refers to.
    names: BTreeSet<String>,
    /// The complaints about something in it.
    complaints: BTreeSet<usize>,
}

impl Facts {
    fn of(node: &Node, complaints: &Starts) -> Self {
        let mut facts = Self::default();
        facts.add(node, complaints);
        facts
    }

    fn add(&mut self, node: &Node, complaints: &Starts) {
        self.complaints.extend(complaints.get(&start(node.place)).into_iter().flatten());
        match &node.value {
            Value::Map(entries) => {
                let name = node.get("$ref").and_then(Node::as_str);
                let name = name.and_then(|it| it.rsplit_once("schemas/"));
                self.names.extend(name.map(|(_, it)| it.to_owned()));
                for entry in entries {
                    let here = complaints.get(&start(entry.key_place));
                    self.complaints.extend(here.into_iter().flatten());
                    self.add(&entry.value, complaints);
                }
            }
            Value::List(items) => items.iter().for_each(|it| self.add(it, complaints)),
            // A complaint can be about a part of a text.
            _ => {
                let end = (node.place.file_idx, node.place.end.max(node.place.start));
                let inside = complaints.range(start(node.place)..=end);
                self.complaints.extend(inside.flat_map(|(_, it)| it));
            }
        }
    }
}

/// All operations and webhooks, with what people call them.
fn written(document: &Document) -> Vec<(String, &Node)> {
    let mut found: Vec<(String, &Node)> = Vec::new();
    for path in &document.paths {
        for method in path.value.as_map().unwrap_or_default() {
            let title = format!("{} {}", method.key.to_ascii_uppercase(), path.key);
            found.push((title, &method.value));
        }
    }
    let webhooks = document.root.get("x-webhooks").and_then(Node::as_map).unwrap_or_default();
    for webhook in webhooks {
        found.extend(webhook.value.get("post").map(|it| (format!("webhook {}", webhook.key), it)));
    }
    found
}

/// The places that start in this one.
fn starts_in(outer: Place) -> RangeInclusive<Place> {
    Place { end: 0, ..outer }..=Place { start: outer.end, end: u32::MAX, ..outer }
}

fn holds(outer: Place, inner: Place) -> bool {
    outer.file_idx == inner.file_idx && (outer.start..=outer.end).contains(&inner.start)
}
