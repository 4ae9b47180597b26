//! Calls of a small made-up provider against a real HTTP server on loopback.

#[expect(unreachable_pub, reason = "it is written as a crate of its own")]
mod acme;
mod bodies;
mod display;
mod outcomes;
mod requests;
mod server;
