//! Both documents side by side, from each operation down to the last keyword:
//! what changed, in the words of the API, and who uses it.

mod alternatives;
mod answer;
mod document;
mod member;
mod operation;
mod parameter;
mod reach;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use codegen::parse::node::{Entry, Node, Place, Value};
use indexmap::IndexMap;

use super::{
    Renames,
    pairing::{self, Operations},
    places::{self, Pair, span},
    side::{Side, WrittenOperation, component_of, same, short},
    view::{Shape, View, Words, shape},
};
use crate::review::report::{Direction, Meaning};

/// How it is found out what a change means.
#[derive(Clone)]
pub(super) enum Judged<'d> {
    /// By a rule, the same in every direction.
    Rule(Meaning),
    /// By a rule: what it means for what is sent, and for what is received.
    Directions(Meaning, Meaning),
    /// The same, of values: the whole may be equal nevertheless.
    Values(Meaning, Meaning, Example<'d>),
    /// By a rule and by comparing the values of two schemas: the worse of both counts.
    AtLeast(Meaning, Meaning, Box<View<'d>>, Box<View<'d>>),
    /// By comparing the values of two schemas.
    Views(Box<View<'d>>, Box<View<'d>>),
    /// By comparing the values of two schemas that are written differently.
    Nodes(&'d Node, &'d Node),
}

/// Where a value that is not right any more comes from.
#[derive(Clone)]
pub(super) enum Example<'d> {
    /// This one, as JSON.
    Value(String),
    /// One that two schemas do not agree on.
    Views(Box<View<'d>>, Box<View<'d>>),
}

/// Where a change counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) operation: String,
    pub(super) part: String,
    pub(super) direction: Direction,
    /// The whole value that it is part of.
    pub(super) slot: Option<usize>,
    /// Whether it is in one of several alternatives of which exactly one must fit, in
    /// what must not fit, or in parts that say different things about the same: what is
    /// right by itself need not be right there.
    pub(super) is_among_exclusive: bool,
    /// The member that the change is in, to show its values as JSON.
    pub(super) member: Option<String>,
}

/// A change that was found.
pub(super) struct Found<'d> {
    pub(super) rule: &'static str,
    pub(super) subject: String,
    pub(super) summary: String,
    pub(super) pairs: Vec<Pair>,
    pub(super) judged: Judged<'d>,
    pub(super) alarm: Option<String>,
    pub(super) uses: Vec<Use>,
}

/// A whole value: a body, a parameter, an answer.
pub(super) struct Slot<'d> {
    pub(super) base: &'d Node,
    pub(super) head: &'d Node,
    pub(super) direction: Direction,
}

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
    pub(super) users: IndexMap<String, Vec<Use>>,
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
            let (subject, uses, alarm) = (subject.to_owned(), Vec::new(), alarm.clone());
            self.found.push(Found { rule, subject, summary, pairs, judged, alarm, uses });
            self.found.len() - 1
        });
        let found = &mut self.found[idx];
        // What is an amount in one place need not be one in the first.
        found.alarm = found.alarm.take().or(alarm);
        if let Some(used) = used
            && !found.uses.contains(&used)
        {
            found.uses.push(used);
        }
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

/// `POST /payouts`.
pub(super) fn title(it: &WrittenOperation<'_>) -> String {
    format!("{} {}", it.method.to_ascii_uppercase(), it.path)
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

fn was_is(key: &str, a: Option<&Entry>, b: Option<&Entry>) -> String {
    was_is_nodes(key, a.map(|it| &it.value), b.map(|it| &it.value))
}

fn was_is_nodes(key: &str, a: Option<&Node>, b: Option<&Node>) -> String {
    match (a, b) {
        (Some(a), Some(b)) => match only_difference(a, b) {
            Some((inner, a, b)) => was_is_nodes(&format!("{key}.{inner}"), a, b),
            None => format!("`{key}` is `{}`, was `{}`", short(b), short(a)),
        },
        (Some(a), None) => format!("`{key}` is gone, was `{}`", short(a)),
        (_, Some(b)) => format!("`{key}` is `{}` now", short(b)),
        (None, None) => format!("`{key}` has changed"),
    }
}

/// The one key in which two mappings differ, if it is one.
fn only_difference<'d>(
    a: &'d Node,
    b: &'d Node,
) -> Option<(&'d str, Option<&'d Node>, Option<&'d Node>)> {
    let is_plain = |it: &Node| it.as_map().is_some() && component_of(it).is_none();
    if !is_plain(a) || !is_plain(b) {
        return None;
    }
    match changed(a, b).as_slice() {
        [(key, a, b)] if a.is_some() || b.is_some() => {
            Some((key, a.map(|it| &it.value), b.map(|it| &it.value)))
        }
        _ => None,
    }
}

fn words_summary(subject: &str, key: &str, a: Option<&Node>, b: Option<&Node>) -> String {
    // `tags`, `responses`, `enumDescriptions`; `info` and `description` are one.
    let is_many = key.ends_with('s');
    let what = match (a, b) {
        (None, _) if is_many => "are new",
        (None, _) => "is new",
        (_, None) if is_many => "are gone",
        (_, None) => "is gone",
        _ if is_many => "have changed",
        _ => "has changed",
    };
    format!("The {} of {subject} {what}.", key.trim_start_matches("x-"))
}

/// Whether a schema is an amount of money.
fn is_amount(view: &View<'_>) -> bool {
    matches!(view.text("x-unit"), Some("major" | "minor"))
}

/// Whether a member's name speaks of money.
fn is_money_name(name: &str) -> bool {
    let mut words = Vec::new();
    let mut word = String::new();
    for it in name.chars() {
        if it.is_uppercase() || !it.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
        }
        if it.is_alphanumeric() {
            word.extend(it.to_lowercase());
        }
    }
    words.push(word);
    let known =
        ["amount", "currency", "fee", "fees", "price", "balance", "money", "total", "cents"];
    words.iter().any(|it| known.contains(&it.as_str()))
}

fn idempotency_alarm(name: &str) -> Option<&'static str> {
    let is_key = name.to_ascii_lowercase().contains("idempot");
    is_key.then_some("whether a call may be sent again")
}

/// A place that is shown for several pairs.
pub(super) fn first(pairs: &[Pair]) -> (Option<Place>, Option<Place>) {
    pairs.first().map_or((None, None), |it| (it.before, it.after))
}
