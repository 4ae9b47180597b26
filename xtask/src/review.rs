//! `review`: what a change of the specs means, told so that a reviewer can decide.
//!
//! Three views that must agree: the spec by the meaning of its schemas
//! (`spec`), the client's public API by the compiler (`rust`), and the lines of
//! the generated source (`source`). `report` holds what they found, `version`
//! what follows from it, and `format` prints it.

pub mod report;
mod spec;
