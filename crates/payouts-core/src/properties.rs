//! What holds for every input, tried on random ones.
//!
//! `PROPTEST_CASES` says how many inputs each property is tried on. What a run
//! finds becomes a named test beside the code that was wrong.

use proptest::prelude::*;

#[allow(dead_code, unreachable_pub, reason = "the types are written as clients write them")]
mod decoding;
mod exact;
mod json_text;
mod money;
mod requests;
mod times;

/// As many cases as a warm `cargo test` has time for, or as many as asked for.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if is_asked { default.cases } else { 512 };
    ProptestConfig { cases, failure_persistence: None, ..default }
}
