//! The trait behind the encodings, and what it means for containers.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::{Patch, Sensitive};

/// A value that has the encoding `F`.
///
/// Implemented here for the types that each module of [`wire`](crate::wire)
/// lists, and for containers of them.
pub trait WireForm<F>: Sized {
    /// Writes the value in this encoding.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads the value from this encoding, or from one that is as clear.
    ///
    /// # Errors
    ///
    /// If the JSON value has another form.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Like [`WireForm::decode`], for a JSON value that is not `null` and may
    /// still stand for nothing.
    ///
    /// # Errors
    ///
    /// If the JSON value has another form.
    fn decode_present<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        Self::decode(deserializer).map(Some)
    }
}

/// Encodes a borrowed value in the form `F`.
struct Encoded<'a, T, F>(&'a T, PhantomData<F>);

impl<T: WireForm<F>, F> Serialize for Encoded<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer)
    }
}

/// A value decoded from the form `F`.
struct Decoded<T, F>(T, PhantomData<F>);

impl<'de, T: WireForm<F>, F> Deserialize<'de> for Decoded<T, F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(|it| Decoded(it, PhantomData))
    }
}

impl<F, T: WireForm<F>> WireForm<F> for Option<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Encoded(value, PhantomData)),
            None => serializer.serialize_none(),
        }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }
}

struct OptionVisitor<T, F>(PhantomData<(T, F)>);

impl<'de, T: WireForm<F>, F> Visitor<'de> for OptionVisitor<T, F> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::decode_present(deserializer)
    }
}

impl<F, T: WireForm<F>> WireForm<F> for Patch<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Patch::Set(value) => value.encode(serializer),
            Patch::Keep | Patch::Clear => serializer.serialize_none(),
        }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::decode(deserializer).map(Patch::from)
    }
}

impl<F, T: WireForm<F>> WireForm<F> for Vec<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|it| Encoded(it, PhantomData)))
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Decoded<T, F>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|it| it.0).collect())
    }
}

impl<F, T: WireForm<F>> WireForm<F> for BTreeMap<String, T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, it)| (name, Encoded(it, PhantomData))))
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = BTreeMap::<String, Decoded<T, F>>::deserialize(deserializer)?;
        Ok(members.into_iter().map(|(name, it)| (name, it.0)).collect())
    }
}

impl<F, T: WireForm<F>> WireForm<F> for Box<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).encode(serializer)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Box::new)
    }

    fn decode_present<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::decode_present(deserializer)?.map(Box::new))
    }
}

impl<F, T: WireForm<F>> WireForm<F> for Sensitive<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.expose().encode(serializer)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Sensitive::new)
    }

    fn decode_present<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::decode_present(deserializer)?.map(Sensitive::new))
    }
}
