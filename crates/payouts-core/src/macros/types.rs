//! Macros that make the types of the generated clients.
//!
//! A generated file is a table of names and documentation; what the types do
//! is written here once.

mod builder;
mod constraints;
mod newtype;
mod object;
mod open_enum;
mod schema;
#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the types are written as clients write them")]
mod tests;
