//! The tests of the workspace's behaviour, in one binary.

mod canary;
mod conformance;
mod determinism;
mod robustness;
mod operations;
mod surface;
mod wire;
