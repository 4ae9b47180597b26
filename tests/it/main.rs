//! The tests of the workspace's behaviour, in one binary.

mod canary;
mod conformance;
mod robustness;
mod operations;
mod wire;
