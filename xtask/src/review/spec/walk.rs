//! Both documents side by side, from each operation down to the last keyword:
//! what changed, in the words of the API, and who uses it.

mod alarm;
mod alternatives;
mod answer;
mod document;
mod found;
mod member;
mod operation;
mod parameter;
mod reach;
mod schema;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use codegen::parse::node::{Entry, Node, Value};
use indexmap::{IndexMap, IndexSet};

use self::words::{was_is, words_summary};
pub(super) use self::{
    found::{Example, Found, Judged, Slot, Use, first},
    words::title,
};
use super::{
    Renames,
    pairing::Operations,
    places::{self, Pair},
    side::{Side, component_of, same},
};
use crate::review::report::{Direction, Meaning};

/// Where the walk is.
#[derive(Clone, Default)]
struct Here {
    operation: String,
    /// `body`, `answer 200`.
    part: String,
    direction: Option<Direction>,
    slot: Option<usize>,
    /// Members that lead here.
    path: Vec<String>,
    /// Whether this is an amount, or a part of one.
    is_amount: bool,
    is_among_exclusive: bool,
}

/// Walks.
pub(super) struct Walker<'w, 'd> {
    base: &'w Side<'d>,
    head: &'w Side<'d>,
    pub(super) renames: Renames,
    pub(super) found: Vec<Found<'d>>,
    /// The index of what was found, by its rule, words and places.
    known: BTreeMap<(&'static str, String, Vec<Pair>), usize>,
    pub(super) slots: Vec<Slot<'d>>,
    /// Components of the head, by the operations that use them.
    pub(super) users: IndexMap<String, IndexSet<Use>>,
    /// The same, by the values in which they are used.
    used: BTreeSet<(String, String, Direction, Option<usize>)>,
    here: Here,
    /// The components that this value has been walked through, and where they stood:
    /// what counts as an amount or excludes others elsewhere must be told there, too.
    seen: BTreeSet<(String, String, bool, bool)>,
}

impl<'w, 'd> Walker<'w, 'd> {
    pub(super) fn new(base: &'w Side<'d>, head: &'w Side<'d>) -> Self {
        Self {
            base,
            head,
            renames: Renames::default(),
            found: Vec::new(),
            known: BTreeMap::new(),
            slots: Vec::new(),
            users: IndexMap::new(),
            used: BTreeSet::new(),
            here: Here::default(),
            seen: BTreeSet::new(),
        }
    }

    fn emit(
        &mut self,
        rule: &'static str,
        subject: &str,
        summary: String,
        pairs: Vec<Pair>,
        judged: Judged<'d>,
    ) {
        self.emit_alarming(rule, subject, summary, pairs, judged, None);
    }

    fn emit_alarming(
        &mut self,
        rule: &'static str,
        subject: &str,
        summary: String,
        pairs: Vec<Pair>,
        judged: Judged<'d>,
        alarm: Option<&str>,
    ) {
        let used = (!self.here.operation.is_empty()).then(|| self.here());
        let alarm = alarm.map(str::to_owned).or_else(|| {
            let amount = self.here.is_amount.then_some("an amount of money, its unit or currency");
            amount.map(str::to_owned)
        });
        let key = (rule, summary.clone(), pairs.clone());
        let idx = *self.known.entry(key).or_insert_with(|| {
            let (subject, uses, alarm) = (subject.to_owned(), IndexSet::new(), alarm.clone());
            self.found.push(Found { rule, subject, summary, pairs, judged, alarm, uses });
            self.found.len() - 1
        });
        let found = &mut self.found[idx];
        // What is an amount in one place need not be one in the first.
        found.alarm = found.alarm.take().or(alarm);
        found.uses.extend(used);
    }

    fn here(&self) -> Use {
        let Here { operation, part, direction, slot, path, is_among_exclusive, .. } = &self.here;
        let part = match (part.is_empty(), path.is_empty()) {
            (true, _) => "the call".to_owned(),
            (false, true) => part.clone(),
            (false, false) => format!("{part} › {}", path.join(" › ")),
        };
        let direction = direction.unwrap_or(Direction::Call);
        let (slot, is_among_exclusive) = (*slot, *is_among_exclusive);
        let member = path.last().filter(|it| !it.contains([' ', '['])).cloned();
        Use { operation: operation.clone(), part, direction, slot, is_among_exclusive, member }
    }

    /// Tells of something inside what stands here.
    fn within<R>(
        &mut self,
        change: impl FnOnce(&mut Here),
        walk: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let before = self.here.clone();
        change(&mut self.here);
        let result = walk(self);
        self.here = before;
        result
    }

    /// The whole of both documents.
    pub(super) fn documents(&mut self, operations: &Operations<'d>) {
        for (before, after) in &operations.both {
            self.operation(before, after);
        }
        for it in &operations.removed {
            let (id, title) = (it.id().unwrap_or("?"), title(it));
            self.here.operation = id.to_owned();
            let pairs = vec![Pair::new(Some(it.span()), None)];
            let summary = format!("`{title}` is gone.");
            self.emit(
                "operation-removed",
                &title,
                summary,
                pairs,
                Judged::Rule(Meaning::BreaksWire),
            );
        }
        for it in &operations.added {
            let (id, title) = (it.id().unwrap_or("?"), title(it));
            self.here.operation = id.to_owned();
            let pairs = vec![Pair::new(None, Some(it.span()))];
            let summary = format!("`{title}` is new.");
            self.emit("operation-added", &title, summary, pairs, Judged::Rule(Meaning::New));
        }
        self.here = Here::default();
        self.webhooks();
        self.root(operations);
        self.components(operations);
        self.samples();
    }

    /// Whether the same thing is written in the same way.
    fn reference(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        match (component_of(base), component_of(head)) {
            (None, None) => {}
            (Some((kind, a)), Some((_, b))) => {
                self.notice_rename(kind, a, b);
                if self.renames.get(kind, a) != b {
                    let summary = format!("It refers to `{b}`, was `{a}`.");
                    self.written_differently(
                        subject,
                        summary,
                        base,
                        head,
                        Judged::Rule(Meaning::Documentation),
                    );
                }
            }
            _ => {
                let summary = "It is written in another place.".to_owned();
                self.written_differently(
                    subject,
                    summary,
                    base,
                    head,
                    Judged::Rule(Meaning::Documentation),
                );
            }
        }
    }

    fn written_differently(
        &mut self,
        subject: &str,
        summary: String,
        base: &'d Node,
        head: &'d Node,
        judged: Judged<'d>,
    ) {
        let pairs = vec![Pair::new(Some(base.place), Some(head.place))];
        self.emit("written-differently", subject, summary, pairs, judged);
    }

    /// A component that is not there any more, in whose place a new one stands, has
    /// been renamed.
    fn notice_rename(&mut self, kind: &str, base: &str, head: &str) {
        if base != head
            && self.head.component(kind, base).is_none()
            && self.base.component(kind, head).is_none()
        {
            self.renames.add(kind, base, head);
        }
    }

    fn notice_renames(&mut self, base: &'d Node, head: &'d Node) {
        if let (Some((kind, a)), Some((_, b))) = (component_of(base), component_of(head)) {
            self.notice_rename(kind, a, b);
        }
        let (base, head) = (self.base.resolved(base), self.head.resolved(head));
        let parts = |it: &'d Node| it.get("allOf").and_then(Node::as_list).unwrap_or_default();
        if parts(base).len() == parts(head).len() {
            for (a, b) in parts(base).iter().zip(parts(head)) {
                self.notice_renames(a, b);
            }
        }
    }

    /// Something that only people read.
    fn words(&mut self, key: &str, subject: &str, a: Option<&'d Entry>, b: Option<&'d Entry>) {
        let pairs = self.pairs(a, b);
        let summary = words_summary(subject, key, a.map(|it| &it.value), b.map(|it| &it.value));
        self.emit(
            "documentation-changed",
            subject,
            summary,
            pairs,
            Judged::Rule(Meaning::Documentation),
        );
    }

    fn other(
        &mut self,
        key: &str,
        subject: &str,
        a: Option<&'d Entry>,
        b: Option<&'d Entry>,
        meaning: Meaning,
    ) {
        let pairs = self.pairs(a, b);
        let summary = format!("{}.", was_is(key, a, b));
        self.emit("other-changed", subject, summary, pairs, Judged::Rule(meaning));
    }

    fn pairs(&self, a: Option<&Entry>, b: Option<&Entry>) -> Vec<Pair> {
        if a.is_none() && b.is_none() {
            return Vec::new();
        }
        places::entries(a, b, &self.renames)
    }
}

/// The keys of two mappings, each with what is behind it on both sides.
fn union<'d>(
    base: &'d Node,
    head: &'d Node,
) -> Vec<(&'d str, Option<&'d Entry>, Option<&'d Entry>)> {
    let entries = |it: &'d Node| it.as_map().unwrap_or_default().iter();
    let old = entries(base).map(|it| (it.key.as_str(), Some(it), head.entry(&it.key)));
    let new = entries(head).filter(|it| base.entry(&it.key).is_none());
    old.chain(new.map(|it| (it.key.as_str(), None, Some(it)))).collect()
}

/// The keys that do not say the same on both sides.
fn changed<'d>(
    base: &'d Node,
    head: &'d Node,
) -> Vec<(&'d str, Option<&'d Entry>, Option<&'d Entry>)> {
    let mut all = union(base, head);
    all.retain(|(_, a, b)| match (a, b) {
        (Some(a), Some(b)) => !same(&a.value, &b.value),
        _ => true,
    });
    all
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|it| matches!(it.value, Value::Bool(true)))
}

fn is_false(node: &Node) -> bool {
    matches!(node.value, Value::Bool(false))
}

/// Whether a flag is `false`, written or not.
fn is_unsaid(entry: Option<&Entry>) -> bool {
    entry.is_none_or(|it| is_false(&it.value))
}
