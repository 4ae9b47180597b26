//! What the tests of the generated clients share.

pub mod conformance;
mod generated;
pub mod server;
pub mod table;

pub use generated::PROVIDERS;
