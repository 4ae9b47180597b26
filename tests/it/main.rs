//! The tests of the workspace's behaviour, in one binary.

mod conformance;
mod robustness;
