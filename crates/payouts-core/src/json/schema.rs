//! JSON Schemas of what the macros make.

use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Of a string newtype.
#[must_use]
pub fn string() -> Schema {
    json_schema!({ "type": "string" })
}

/// Of an integer that may be a string.
#[must_use]
pub fn integer_or_string() -> Schema {
    json_schema!({ "type": ["integer", "string"] })
}

/// Of a string with known values, open to others.
#[must_use]
pub fn open_enum<'a>(known: impl Iterator<Item = &'a str>) -> Schema {
    let known: Vec<&str> = known.collect();
    json_schema!({ "type": "string", "examples": known })
}

/// Of a union.
#[must_use]
pub fn union<const N: usize>(alternatives: [Schema; N]) -> Schema {
    json_schema!({ "anyOf": alternatives.to_vec() })
}

/// Finds out, where a macro knows the type, whether it has a schema.
///
/// The crate of the type has a feature of its own for that, which may be off.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T> Probe<T> {
    /// Asks about `T`.
    #[must_use]
    #[allow(clippy::new_without_default, reason = "for macros only")]
    pub fn new() -> Probe<T> {
        Probe(PhantomData)
    }
}

/// The type has a schema.
pub trait Described {
    /// It, or a reference to it.
    fn subschema(&self, generator: &mut SchemaGenerator) -> Schema;
}

impl<T: JsonSchema> Described for Probe<T> {
    fn subschema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// The type has no schema.
pub trait Any {
    /// One that takes anything.
    fn subschema(&self, generator: &mut SchemaGenerator) -> Schema;
}

impl<T> Any for &Probe<T> {
    fn subschema(&self, _: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}
