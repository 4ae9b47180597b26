//! What the walk finds: changes, how it is found out what they mean, and where they count.

use codegen::parse::node::{Node, Place};
use indexmap::IndexSet;

use crate::review::{
    report::{Direction, Meaning},
    spec::{places::Pair, view::View},
};

/// How it is found out what a change means.
#[derive(Clone)]
pub(in crate::review::spec) enum Judged<'d> {
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
pub(in crate::review::spec) enum Example<'d> {
    /// This one, as JSON.
    Value(String),
    /// One that two schemas do not agree on.
    Views(Box<View<'d>>, Box<View<'d>>),
}

/// Where a change counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::review::spec) struct Use {
    pub(in crate::review::spec) operation: String,
    pub(in crate::review::spec) part: String,
    pub(in crate::review::spec) direction: Direction,
    /// The whole value that it is part of.
    pub(in crate::review::spec) slot: Option<usize>,
    /// Whether it is in one of several alternatives of which exactly one must fit, in
    /// what must not fit, or in parts that say different things about the same: what is
    /// right by itself need not be right there.
    pub(in crate::review::spec) is_among_exclusive: bool,
    /// The member that the change is in, to show its values as JSON.
    pub(in crate::review::spec) member: Option<String>,
}

/// A change that was found.
pub(in crate::review::spec) struct Found<'d> {
    pub(in crate::review::spec) rule: &'static str,
    pub(in crate::review::spec) subject: String,
    pub(in crate::review::spec) summary: String,
    pub(in crate::review::spec) pairs: Vec<Pair>,
    pub(in crate::review::spec) judged: Judged<'d>,
    pub(in crate::review::spec) alarm: Option<String>,
    pub(in crate::review::spec) uses: IndexSet<Use>,
}

/// A whole value: a body, a parameter, an answer.
pub(in crate::review::spec) struct Slot<'d> {
    pub(in crate::review::spec) base: &'d Node,
    pub(in crate::review::spec) head: &'d Node,
    pub(in crate::review::spec) direction: Direction,
}

/// A place that is shown for several pairs.
pub(in crate::review::spec) fn first(pairs: &[Pair]) -> (Option<Place>, Option<Place>) {
    pairs.first().map_or((None, None), |it| (it.before, it.after))
}
