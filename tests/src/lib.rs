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
