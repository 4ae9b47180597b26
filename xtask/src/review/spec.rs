//! What a change of a spec means for those who call the API.
//!
//! `walk` goes through both documents and says what changed and who uses it;
//! `wire` decides on the values of schemas; what follows is put together here.
//! `places` finds every difference without knowing what it means, and is what the
//! report is held against.

mod example;
mod pairing;
mod places;
mod side;
mod view;
mod walk;
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use codegen::{Color, Source, parse, parse::Document, parse::node::Node};

use super::report::{
    Change, Direction, Effect, Meaning, OperationInfo, Reconciliation, SpecReview, Unreadable,
};
use pairing::Operations;
use places::Pair;
use side::{Side, Which, component_of};
use walk::{Example, Found, Judged, Use, Walker};
use wire::{Verdict, Writer};

/// Components that have another name now: kind and old name → new name.
#[derive(Clone, Debug, Default)]
struct Renames {
    names: BTreeMap<(String, String), String>,
}

impl Renames {
    fn add(&mut self, kind: &str, base: &str, head: &str) {
        // Two cannot become one.
        if !self.is_target(kind, head) {
            self.names.entry((kind.to_owned(), base.to_owned())).or_insert_with(|| head.to_owned());
        }
    }

    /// The name that a component has now.
    fn get<'r>(&'r self, kind: &str, base: &'r str) -> &'r str {
        let key = (kind.to_owned(), base.to_owned());
        self.names.get(&key).map_or(base, String::as_str)
    }

    fn is_target(&self, kind: &str, head: &str) -> bool {
        self.names.iter().any(|((it, _), name)| it == kind && name == head)
    }
}

/// Compares two editions of a spec.
///
/// # Errors
///
/// If one of them is not a right spec.
pub(crate) fn spec(base: &Source, head: &Source) -> Result<SpecReview, Unreadable> {
    // A head that cannot be read is never accepted, so it is told first.
    let after = document(head, "head")?;
    let before = document(base, "base")?;
    let base = Side { which: Which::Base, document: &before };
    let head = Side { which: Which::Head, document: &after };
    let operations = pairing::operations(&base, &head);
    let mut walker = Walker::new(&base, &head);
    walker.documents(&operations);
    let places = places::documents(&base, &head, &operations, &walker.renames);
    walker.rest(&places);
    let judge = Judge::new(&base, &head, &walker);
    let mut changes = judge.changes();
    let reconciliation = reconcile(&base, &head, &places, &walker);
    if places.is_empty() && texts(&base) != texts(&head) {
        changes.push(layout());
    }
    changes.sort_by_key(|it| std::cmp::Reverse(it.meaning));
    let operations = infos(&base, &head, &operations);
    Ok(SpecReview { changes, operations, reconciliation })
}

fn document(source: &Source, side: &str) -> Result<Document, Unreadable> {
    // The model finds mistakes that the parser cannot see.
    let read = codegen::load(source).and_then(|_| parse::document(source));
    read.map_err(|it| Unreadable { side: side.to_owned(), complaints: it.render(Color::Never) })
}

/// The texts of the spec's files.
fn texts<'d>(side: &Side<'d>) -> Vec<(&'d str, &'d str)> {
    let files = side.document.files.iter().filter(|it| it.path.ends_with(".yaml"));
    files.map(|it| (it.path.as_str(), it.text.as_str())).collect()
}

/// Comments, order, quotes: nothing that a document says.
fn layout() -> Change {
    Change {
        rule: "layout-changed".to_owned(),
        subject: "the spec".to_owned(),
        summary: "Only comments, the order of keys or the layout have changed.".to_owned(),
        meaning: Meaning::Documentation,
        alarm: None,
        before: None,
        after: None,
        effects: Vec::new(),
        n_places: 0,
    }
}

/// The operations and webhooks, as they are now, then those that are gone.
fn infos(base: &Side<'_>, head: &Side<'_>, operations: &Operations<'_>) -> Vec<OperationInfo> {
    let text = |node: &Node, key: &str| {
        node.get(key).and_then(Node::as_str).unwrap_or_default().to_owned()
    };
    let info = |it: &side::WrittenOperation<'_>| OperationInfo {
        id: it.id().unwrap_or_default().to_owned(),
        title: walk::title(it),
        summary: text(it.node, "summary"),
    };
    let mut found: Vec<OperationInfo> = head.operations().iter().map(info).collect();
    found.extend(operations.removed.iter().map(info));
    for side in [head, base] {
        let webhooks = side.document.root.get("x-webhooks").and_then(Node::as_map);
        for entry in webhooks.unwrap_or_default() {
            if !found.iter().any(|it| it.id == entry.key) {
                let post = entry.value.get("post");
                let summary = post.map(|it| text(it, "summary")).unwrap_or_default();
                let title = "webhook".to_owned();
                found.push(OperationInfo { id: entry.key.clone(), title, summary });
            }
        }
    }
    found
}

fn reconcile(
    base: &Side<'_>,
    head: &Side<'_>,
    places: &[Pair],
    walker: &Walker<'_, '_>,
) -> Reconciliation {
    let told: Vec<Pair> = walker.found.iter().flat_map(|it| it.pairs.iter().copied()).collect();
    let is_told = |place: &&Pair| told.iter().any(|it| place.is_within(*it));
    let n_explained = places.iter().filter(is_told).count();
    let unexplained = places.iter().filter(|it| !is_told(it));
    let written =
        |it: &Pair| (it.before.map(|it| base.written(it)), it.after.map(|it| head.written(it)));
    Reconciliation {
        n_places: places.len(),
        n_explained,
        unexplained: unexplained.map(written).collect(),
    }
}

/// Nothing can make this better.
const WORST: Meaning = Meaning::BreaksWire;

/// What a change means at a place, and a value that shows it.
type Meant = (Meaning, Option<String>);

/// Says what was found means.
struct Judge<'j, 'w, 'd> {
    base: &'j Side<'d>,
    head: &'j Side<'d>,
    walker: &'j Walker<'w, 'd>,
    /// Components that say the same on both sides, with all they refer to.
    shared: BTreeSet<String>,
}

impl<'j, 'w, 'd> Judge<'j, 'w, 'd> {
    fn new(base: &'j Side<'d>, head: &'j Side<'d>, walker: &'j Walker<'w, 'd>) -> Self {
        Self { base, head, walker, shared: shared(base, head) }
    }

    fn writer(&self, direction: Direction) -> Writer<'_, 'd> {
        Writer::new(self.base, self.head, &self.shared, direction)
    }

    fn changes(&self) -> Vec<Change> {
        let mut slots: BTreeMap<usize, Verdict> = BTreeMap::new();
        let mut judged: Vec<(&Found<'d>, Vec<Meant>)> = Vec::new();
        for found in &self.walker.found {
            let mut meanings: BTreeMap<Direction, Meant> = BTreeMap::new();
            let uses = found.uses.iter().map(|it| {
                let is_about_values =
                    !matches!(found.judged, Judged::Rule(_) | Judged::Directions(..));
                let meant = meanings.entry(it.direction);
                let (meaning, example) =
                    meant.or_insert_with(|| self.meaning(found, it.direction)).clone();
                let example = example.map(|value| in_member(it, value));
                let Some(slot) = it.slot.filter(|_| is_about_values) else {
                    return (meaning, example);
                };
                let whole = slots.entry(slot).or_insert_with(|| self.slot(slot));
                let least = least(found, it.direction);
                match whole {
                    Verdict::Breaking { .. } => (meaning, example),
                    _ if least == WORST => (WORST, example),
                    Verdict::Equal => (least, None),
                    Verdict::Compatible => (meaning.min(Meaning::New).max(least), None),
                }
            });
            let uses = uses.collect();
            judged.push((found, uses));
        }
        // A whole that breaks although none of its parts does breaks by all of them.
        for (&slot, verdict) in &slots {
            let Verdict::Breaking { example, is_proved } = verdict else { continue };
            let of = |it: &Use| it.slot == Some(slot);
            // Of what is not decided as a whole, the parts decide, unless a part that
            // takes more can make the whole take less.
            let are_parts_enough = judged.iter().all(|(found, _)| {
                found.uses.iter().filter(|it| of(it)).all(|it| !it.is_among_exclusive)
            });
            if !is_proved && are_parts_enough {
                continue;
            }
            let breaks = judged.iter().any(|(found, uses)| {
                found
                    .uses
                    .iter()
                    .zip(uses)
                    .any(|(it, (meaning, _))| of(it) && *meaning == Meaning::BreaksWire)
            });
            if breaks {
                continue;
            }
            for (found, uses) in &mut judged {
                if matches!(found.judged, Judged::Rule(_) | Judged::Directions(..)) {
                    continue;
                }
                for (it, (meaning, shown)) in found.uses.iter().zip(uses) {
                    if of(it) {
                        *meaning = Meaning::BreaksWire;
                        shown.clone_from(example);
                    }
                }
            }
        }
        judged.into_iter().map(|(found, uses)| self.change(found, uses)).collect()
    }

    fn slot(&self, slot: usize) -> Verdict {
        let slot = &self.walker.slots[slot];
        let writer = self.writer(slot.direction);
        let before = writer.document(slot.base, Which::Base);
        let after = writer.document(slot.head, Which::Head);
        wire::verdict(&before, &after, slot.direction)
    }

    fn meaning(&self, found: &Found<'d>, direction: Direction) -> Meant {
        let pick = |request, response| pick(direction, request, response);
        let verdict = match &found.judged {
            Judged::Rule(it) => return (*it, None),
            Judged::Directions(request, response) => {
                return (pick(*request, *response), None);
            }
            Judged::Values(request, response, example) => {
                let meaning = pick(*request, *response);
                let example = match example {
                    _ if meaning != Meaning::BreaksWire => None,
                    Example::Value(it) => Some(it.clone()),
                    Example::Views(before, after) => {
                        let writer = self.writer(direction);
                        let (before, after) = (writer.view(before), writer.view(after));
                        wire::counter_example(&before, &after, direction)
                    }
                };
                return (meaning, example);
            }
            Judged::AtLeast(..) if least(found, direction) == WORST => return (WORST, None),
            Judged::AtLeast(_, _, before, after) | Judged::Views(before, after) => {
                let writer = self.writer(direction);
                wire::verdict(&writer.view(before), &writer.view(after), direction)
            }
            Judged::Nodes(before, after) => {
                let writer = self.writer(direction);
                let before = writer.document(before, Which::Base);
                let after = writer.document(after, Which::Head);
                wire::verdict(&before, &after, direction)
            }
        };
        let least = least(found, direction);
        match verdict {
            Verdict::Equal => (least, None),
            Verdict::Compatible => (least.max(Meaning::New), None),
            Verdict::Breaking { example, .. } => (Meaning::BreaksWire, example),
        }
    }

    fn change(&self, found: &Found<'d>, uses: Vec<Meant>) -> Change {
        let fallback = match found.judged {
            Judged::Rule(it) => it,
            Judged::Directions(a, b) | Judged::Values(a, b, _) => a.max(b),
            Judged::AtLeast(..) | Judged::Views(..) | Judged::Nodes(..) => {
                self.meaning(found, Direction::Request).0
            }
        };
        let worst = uses.iter().map(|(it, _)| *it).max().unwrap_or(fallback);
        let effects = found.uses.iter().zip(uses).map(|(it, (meaning, counter_example))| Effect {
            operation: it.operation.clone(),
            part: it.part.clone(),
            direction: it.direction,
            meaning,
            counter_example,
        });
        let (before, after) = walk::first(&found.pairs);
        Change {
            rule: found.rule.to_owned(),
            subject: found.subject.clone(),
            summary: found.summary.clone(),
            meaning: worst,
            alarm: found.alarm.clone(),
            before: before.map(|it| self.base.written(it)),
            after: after.map(|it| self.head.written(it)),
            effects: effects.collect(),
            n_places: found.pairs.len(),
        }
    }
}

fn pick(direction: Direction, request: Meaning, response: Meaning) -> Meaning {
    match direction {
        Direction::Response => response,
        Direction::Request | Direction::Call => request,
    }
}

/// What no comparison of values can make of a change.
fn least(found: &Found<'_>, direction: Direction) -> Meaning {
    match &found.judged {
        Judged::AtLeast(request, response, ..) => pick(direction, *request, *response),
        _ => Meaning::Documentation,
    }
}

/// A value with the name of the member that it is of.
fn in_member(used: &Use, value: String) -> String {
    match &used.member {
        Some(name) => format!("{{{name:?}:{value}}}"),
        None => value,
    }
}

/// The schemas that say the same on both sides, with all they refer to.
fn shared(base: &Side<'_>, head: &Side<'_>) -> BTreeSet<String> {
    let empty = indexmap::IndexMap::new();
    let of = |side: &Side<'_>| -> BTreeSet<String> {
        side.document.components.get("schemas").unwrap_or(&empty).keys().cloned().collect()
    };
    let is_same = |name: &String| {
        let both = (base.component("schemas", name), head.component("schemas", name));
        matches!(both, (Some(a), Some(b)) if side::same(a, b))
    };
    let mut shared: BTreeSet<String> = of(base).into_iter().filter(is_same).collect();
    loop {
        let leads_out = |name: &&String| {
            let node = head.component("schemas", name);
            node.is_some_and(|it| !referred(it).iter().all(|it| shared.contains(*it)))
        };
        let out: Vec<String> = shared.iter().filter(leads_out).cloned().collect();
        if out.is_empty() {
            return shared;
        }
        out.iter().for_each(|it| {
            shared.remove(it);
        });
    }
}

/// The schemas that a node refers to.
fn referred(node: &Node) -> Vec<&str> {
    use codegen::parse::node::Value;
    if let Some((_, name)) = component_of(node) {
        return vec![name];
    }
    match &node.value {
        Value::List(items) => items.iter().flat_map(referred).collect(),
        Value::Map(entries) => entries.iter().flat_map(|it| referred(&it.value)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
