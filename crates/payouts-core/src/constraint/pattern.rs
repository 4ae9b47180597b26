//! Regular expressions of the specs, each compiled once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use regex_lite::Regex;

static COMPILED: Mutex<BTreeMap<&'static str, Option<Regex>>> = Mutex::new(BTreeMap::new());

/// The expression, or `None` if the engine does not understand it.
///
/// Patterns are literals in generated code, so there are only so many.
pub(super) fn compiled(pattern: &'static str) -> Option<Regex> {
    // A panic cannot leave the map half changed.
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    compiled.entry(pattern).or_insert_with(|| Regex::new(pattern).ok()).clone()
}
