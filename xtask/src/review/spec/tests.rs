//! Reviews of made-up specs.
