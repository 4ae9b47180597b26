//! The tests of the workspace's behaviour, in one binary.

mod canary;
mod conformance;
mod determinism;
mod diagnostics;
mod dialect;
mod faults;
mod fixtures;
mod mutations;
mod operations;
#[expect(unreachable_pub, reason = "a client is written as clients are")]
mod paging;
mod planted;
mod reviewed;
mod robustness;
mod storm;
mod surface;
mod webhooks;
mod wire;
