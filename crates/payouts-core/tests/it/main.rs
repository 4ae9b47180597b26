//! Calls of a small made-up provider against a real HTTP server on loopback.

#[expect(unreachable_pub, reason = "it is written as a crate of its own")]
mod acme;
mod bodies;
mod connections;
mod display;
mod grants;
mod media_types;
mod outcomes;
mod prepared;
mod requests;
mod retries;
mod styles;
mod tokens;
#[cfg(feature = "tracing")]
mod traces;
mod transport;
// The server of the tests of all crates. This one cannot depend on those
// tests, which depend on it.
#[path = "../../../../tests/src/server.rs"]
#[expect(unreachable_pub, reason = "it is a public module of another crate, too")]
#[expect(dead_code, reason = "other tests use the rest of it")]
mod server;
