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
mod tests;
