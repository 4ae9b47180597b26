//! The tests of the workspace's behaviour, in one binary.

mod canary;
mod conformance;
mod determinism;
mod diagnostics;
mod dialect;
mod fixtures;
mod operations;
mod robustness;
mod surface;
mod wire;
