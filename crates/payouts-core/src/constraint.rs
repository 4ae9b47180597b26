//! Documented limits of requests, checked before sending.
//!
//! Answers are never checked: a provider may break its own rules, and the
//! money has moved all the same. A problem tells the place and the rule and
//! never the value.

use std::collections::BTreeMap;
use std::fmt;

use crate::{
    CivilDateTime, Date, Decimal, IntegerOrString, Json, MinorUnits, Patch, Sensitive, Timestamp,
};

mod pattern;
mod reach;
mod rules;
#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the types are written as clients write them")]
mod tests;

pub use self::reach::{Each, Items, Numbers, Texts};

/// A value whose documented limits can be checked before it is sent.
///
/// Containers check what is inside; scalars have no limits of their own.
/// The generated types implement it by [`constraints!`](crate::constraints).
pub trait Check {
    /// Reports every limit that the value does not keep.
    fn check(&self, at: &mut Checker<'_>);
}

/// All limits that `value` does not keep, in the order of its members.
pub(crate) fn problems(value: &(impl Check + ?Sized)) -> Vec<Problem> {
    let mut problems = Vec::new();
    value.check(&mut Checker { path: String::new(), problems: &mut problems });
    problems
}

/// The limits that an argument does not keep.
pub(crate) fn argument(name: &str, rules: impl FnOnce(&mut Checker<'_>)) -> Vec<Problem> {
    let mut problems = Vec::new();
    Checker { path: String::new(), problems: &mut problems }.member(name, rules);
    problems
}

/// A documented limit that a request does not keep.
///
/// It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    path: String,
    expected: String,
}

impl Problem {
    pub(crate) fn new(path: impl Into<String>, expected: impl Into<String>) -> Problem {
        Problem { path: path.into(), expected: expected.into() }
    }

    /// Where the value is, by the names of the Rust fields:
    /// `billing_address.lines[2]`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the value should be: `at most 45 characters`.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: expected {}", self.path, self.expected)
    }
}

/// Walks through a value and collects the [`Problem`]s.
///
/// Its rules look into `Option`, `Patch`, `Sensitive` and `Box`, and what is
/// absent keeps every rule; rules for texts and numbers hold for each item of
/// a list.
#[derive(Debug)]
pub struct Checker<'a> {
    path: String,
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    /// Checks a member, called by its Rust name.
    pub fn member(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name.strip_prefix("r#").unwrap_or(name));
        check(self);
        self.path.truncate(length);
    }

    /// Checks an item of a list, called by its zero-based position.
    pub fn item(&mut self, idx: usize, check: impl FnOnce(&mut Self)) {
        self.within(&format!("[{idx}]"), check);
    }

    /// Reports that the value at this place should be something else.
    pub fn report(&mut self, expected: impl Into<String>) {
        self.problems.push(Problem::new(self.path.clone(), expected));
    }

    fn within(&mut self, suffix: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(suffix);
        check(self);
        self.path.truncate(length);
    }
}

impl<T: Check + ?Sized> Check for &T {
    fn check(&self, at: &mut Checker<'_>) {
        (**self).check(at);
    }
}

impl<T: Check + ?Sized> Check for Box<T> {
    fn check(&self, at: &mut Checker<'_>) {
        (**self).check(at);
    }
}

impl<T: Check> Check for Option<T> {
    fn check(&self, at: &mut Checker<'_>) {
        if let Some(value) = self {
            value.check(at);
        }
    }
}

impl<T: Check> Check for Patch<T> {
    fn check(&self, at: &mut Checker<'_>) {
        if let Patch::Set(value) = self {
            value.check(at);
        }
    }
}

impl<T: Check> Check for Sensitive<T> {
    fn check(&self, at: &mut Checker<'_>) {
        self.expose().check(at);
    }
}

impl<T: Check> Check for [T] {
    fn check(&self, at: &mut Checker<'_>) {
        for (idx, item) in self.iter().enumerate() {
            at.item(idx, |at| item.check(at));
        }
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self, at: &mut Checker<'_>) {
        self.as_slice().check(at);
    }
}

/// The names of members are not shown, since they are free.
impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self, at: &mut Checker<'_>) {
        for value in self.values() {
            at.within("[*]", |at| value.check(at));
        }
    }
}

macro_rules! unlimited {
    ($($scalar:ty),* $(,)?) => {$(
        impl Check for $scalar {
            fn check(&self, _: &mut Checker<'_>) {}
        }
    )*};
}

unlimited!(
    (),
    bool,
    i8,
    i16,
    i32,
    i64,
    i128,
    u8,
    u16,
    u32,
    u64,
    u128,
    str,
    String,
    CivilDateTime,
    Date,
    Decimal,
    IntegerOrString,
    Json,
    MinorUnits,
    Timestamp,
);

/// Finds out, where a macro knows the type, whether it has limits at all.
///
/// `(&Probe(value)).check_if_any(at)` prefers the first implementation, because
/// method lookup tries fewer references first.
#[doc(hidden)]
#[derive(Debug)]
pub struct Probe<'a, T>(pub &'a T);

#[doc(hidden)]
pub trait ProbeCheck {
    fn check_if_any(&self, at: &mut Checker<'_>);
}

impl<T: Check> ProbeCheck for Probe<'_, T> {
    fn check_if_any(&self, at: &mut Checker<'_>) {
        self.0.check(at);
    }
}

#[doc(hidden)]
pub trait ProbeNothing {
    fn check_if_any(&self, at: &mut Checker<'_>);
}

impl<T> ProbeNothing for &Probe<'_, T> {
    fn check_if_any(&self, _: &mut Checker<'_>) {}
}
