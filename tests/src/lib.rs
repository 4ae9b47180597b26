//! What the tests of the generated clients share.

pub mod conformance;
mod generated;
pub mod server;
pub mod table;

pub use generated::PROVIDERS;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// Those of the runbook do, too.
#[cfg(doctest)]
#[doc = include_str!("../../RUNBOOK.md")]
struct Runbook;
