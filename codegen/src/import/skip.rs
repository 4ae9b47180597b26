//! Which operations a complaint is about, so that the others can go on.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    import::Skipped,
    parse::{
        Document,
        node::{Node, Place},
    },
};

/// The operations that what is complained about belongs to: directly, or by a
/// schema that they use. None if one of the complaints is about more than that.
pub(super) fn operations(
    document: &Document,
    known: &BTreeMap<String, Place>,
    complaints: &Diagnostics,
) -> BTreeMap<Place, Skipped> {
    let mut skipped: BTreeMap<Place, Skipped> = BTreeMap::new();
    let written = written(document);
    let schemas = document.components.get("schemas");
    for complaint in complaints.errors() {
        let is_here = |it: &Node| is_about(it, complaint);
        // The schemas that are wrong, and all that use one of them.
        let mut wrong: BTreeSet<&str> = BTreeSet::new();
        for (name, component) in schemas.into_iter().flatten() {
            if is_here(&component.node) {
                wrong.insert(name);
            }
        }
        let mut grown = !wrong.is_empty();
        while grown {
            grown = false;
            for (name, component) in schemas.into_iter().flatten() {
                if !wrong.contains(name.as_str()) && uses(&component.node, &wrong) {
                    grown |= wrong.insert(name);
                }
            }
        }
        let mut is_explained = false;
        for (title, node) in &written {
            let id = node.get("operationId").and_then(Node::as_str).unwrap_or_default();
            let Some(place) = known.get(id) else { continue };
            if is_here(node) || uses(node, &wrong) || holds(*place, complaint.primary.place) {
                is_explained = true;
                let skip = || Skipped {
                    operation: title.clone(),
                    reason: format!(
                        "{}: {}",
                        complaints.position(complaint.primary.place),
                        complaint.message
                    ),
                };
                skipped.entry(*place).or_insert_with(skip);
            }
        }
        if !is_explained {
            return BTreeMap::new();
        }
    }
    skipped
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

/// Whether something in `node` stands where the complaint is.
fn is_about(node: &Node, complaint: &Diagnostic) -> bool {
    let at = complaint.primary.place;
    if node.place.file_idx == at.file_idx && node.place.start == at.start {
        return true;
    }
    let entries = node.as_map().unwrap_or_default();
    entries.iter().any(|it| it.key_place.start == at.start && it.key_place.file_idx == at.file_idx)
        || entries.iter().any(|it| is_about(&it.value, complaint))
        || node.as_list().unwrap_or_default().iter().any(|it| is_about(it, complaint))
        || (holds(node.place, at) && node.as_map().is_none() && node.as_list().is_none())
}

fn holds(outer: Place, inner: Place) -> bool {
    outer.file_idx == inner.file_idx && (outer.start..=outer.end).contains(&inner.start)
}

fn uses(node: &Node, wrong: &BTreeSet<&str>) -> bool {
    if wrong.is_empty() {
        return false;
    }
    let name = node.get("$ref").and_then(Node::as_str).and_then(|it| it.rsplit_once("schemas/"));
    name.is_some_and(|(_, it)| wrong.contains(it))
        || node.as_map().unwrap_or_default().iter().any(|it| uses(&it.value, wrong))
        || node.as_list().unwrap_or_default().iter().any(|it| uses(it, wrong))
}
