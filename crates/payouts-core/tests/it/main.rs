//! Calls of a small made-up provider against a real HTTP server on loopback.

#[expect(unreachable_pub, reason = "it is written as a crate of its own")]
mod acme;
mod bodies;
mod display;
mod outcomes;
mod requests;
// The server of the tests of all crates. This one cannot depend on those
// tests, which depend on it.
#[path = "../../../../tests/src/server.rs"]
#[expect(unreachable_pub, reason = "it is a public module of another crate, too")]
mod server;
