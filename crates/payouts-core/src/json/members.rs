//! Members of an object that a type does not name.
//!
//! serde's `flatten` would buffer all members and lose the digits of numbers;
//! here each unnamed member is decoded, or kept as its source text, while the
//! object streams by.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde::ser::{Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

/// The name of a struct that keeps the members that it does not name.
pub(super) const KEEPS_OTHERS: &str = "payouts_core::additional_members";

/// Gives a struct its named members and collects the others.
#[derive(Debug)]
#[doc(hidden)]
pub struct Separating<'a, D, A> {
    deserializer: D,
    known: &'static [&'static str],
    additional: &'a mut BTreeMap<String, A>,
}

impl<'a, D, A> Separating<'a, D, A> {
    /// Collects into `additional` what is not in `known`.
    pub fn new(
        deserializer: D,
        known: &'static [&'static str],
        additional: &'a mut BTreeMap<String, A>,
    ) -> Separating<'a, D, A> {
        Separating { deserializer, known, additional }
    }
}

impl<'de, D: Deserializer<'de>, A: Deserialize<'de>> Deserializer<'de> for Separating<'_, D, A> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let Separating { deserializer, known, additional } = self;
        deserializer.deserialize_map(Separating { deserializer: visitor, known, additional })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let Separating { deserializer, known, additional } = self;
        let visitor = Separating { deserializer: visitor, known, additional };
        deserializer.deserialize_struct(KEEPS_OTHERS, known, visitor)
    }

    // The trait wants every method named, those of floats too: all of them read an object.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
        ignored_any
    }
}

impl<'de, V: Visitor<'de>, A: Deserialize<'de>> Visitor<'de> for Separating<'_, V, A> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.deserializer.expecting(f)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<V::Value, M::Error> {
        let Separating { deserializer: visitor, known, additional } = self;
        visitor.visit_map(Separating { deserializer: map, known, additional })
    }
}

impl<'de, M: MapAccess<'de>, A: Deserialize<'de>> MapAccess<'de> for Separating<'_, M, A> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, M::Error> {
        while let Some(name) = self.deserializer.next_key::<String>()? {
            if self.known.contains(&name.as_str()) {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
            let value: A = self.deserializer.next_value()?;
            // Of two members with one name the last counts, as in most readers.
            self.additional.insert(name, value);
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, M::Error> {
        self.deserializer.next_value_seed(seed)
    }
}

/// Writes the named members of a struct and then the others.
#[derive(Debug)]
#[doc(hidden)]
pub struct Joining<'a, S, A> {
    serializer: S,
    known: &'static [&'static str],
    additional: &'a BTreeMap<String, A>,
}

impl<'a, S, A> Joining<'a, S, A> {
    /// Adds `additional`; a name in `known` always means the named member.
    pub fn new(
        serializer: S,
        known: &'static [&'static str],
        additional: &'a BTreeMap<String, A>,
    ) -> Joining<'a, S, A> {
        Joining { serializer, known, additional }
    }
}

impl<M: SerializeMap, A: Serialize> SerializeStruct for Joining<'_, M, A> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.serializer.serialize_entry(name, value)
    }

    fn end(mut self) -> Result<M::Ok, M::Error> {
        for (name, value) in self.additional {
            if !self.known.contains(&name.as_str()) {
                self.serializer.serialize_entry(name, value)?;
            }
        }
        self.serializer.end()
    }
}

/// What only a struct with named members can be asked for.
fn not_a_struct<E: serde::ser::Error>() -> E {
    E::custom("only a struct with named members can have additional ones")
}

macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $result:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$result, S::Error> {
            Err(not_a_struct())
        }
    )*};
}

impl<'a, S: Serializer, A: Serialize> Serializer for Joining<'a, S, A> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Joining<'a, S::SerializeMap, A>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        let Joining { serializer, known, additional } = self;
        let serializer = serializer.serialize_map(None)?;
        Ok(Joining { serializer, known, additional })
    }

    // What is no object is refused, floats like all the rest.
    refuse! {
        serialize_bool(bool) -> S::Ok;
        serialize_i8(i8) -> S::Ok;
        serialize_i16(i16) -> S::Ok;
        serialize_i32(i32) -> S::Ok;
        serialize_i64(i64) -> S::Ok;
        serialize_u8(u8) -> S::Ok;
        serialize_u16(u16) -> S::Ok;
        serialize_u32(u32) -> S::Ok;
        serialize_u64(u64) -> S::Ok;
        serialize_f32(f32) -> S::Ok;
        serialize_f64(f64) -> S::Ok;
        serialize_char(char) -> S::Ok;
        serialize_str(&str) -> S::Ok;
        serialize_bytes(&[u8]) -> S::Ok;
        serialize_none() -> S::Ok;
        serialize_unit() -> S::Ok;
        serialize_unit_struct(&'static str) -> S::Ok;
        serialize_unit_variant(&'static str, u32, &'static str) -> S::Ok;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeStructVariant;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<S::Ok, S::Error> {
        Err(not_a_struct())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(not_a_struct())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(not_a_struct())
    }
}
