//! Encodings that a provider spells in its own way, for `#[serde(with = …)]`.
//!
//! All of them work on a value, on `Option`, `Vec`, `Box`, `Sensitive` and
//! `Patch` of it, and on maps to it. They decode leniently: a number may come
//! as a string and a string as a number, and `""` and `null` are `None`.
//!
//! ```
//! use payouts_core::{Decimal, Timestamp, wire};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! struct Payout {
//!     #[serde(with = "wire::text")]
//!     amount: Decimal,
//!     #[serde(default, with = "wire::epoch_millis")]
//!     paid_at: Option<Timestamp>,
//!     #[serde(default, deserialize_with = "wire::empty_as_none")]
//!     note: Option<String>,
//! }
//!
//! let payout: Payout = serde_json::from_str(r#"{"amount": 10.50, "paid_at": "", "note": ""}"#)?;
//! assert_eq!(
//!     serde_json::to_string(&payout)?,
//!     r#"{"amount":"10.50","paid_at":null,"note":null}"#,
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, Unexpected};
use serde::ser::Serializer;
use serde_json::value::RawValue;

use crate::json::Token;

mod form;
mod leaves;
#[cfg(test)]
mod tests;

pub use self::form::WireForm;

/// Makes an encoding: a type, not a module, because `schemars` takes what
/// stands behind serde's `with` for a type and asks it for a schema.
macro_rules! encoding {
    ($(#[$meta:meta])* $name:ident, $described:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        #[expect(non_camel_case_types, reason = "serde's `with` reads as the path of a module")]
        pub enum $name {}

        impl $name {
            /// Encodes; for `#[serde(with = …)]`.
            ///
            /// # Errors
            ///
            /// Those of the serializer.
            pub fn serialize<T: WireForm<$name>, S: Serializer>(
                value: &T,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                value.encode(serializer)
            }

            /// Decodes; for `#[serde(with = …)]`.
            ///
            /// # Errors
            ///
            /// If the JSON value has another form. The value is not shown.
            pub fn deserialize<'de, T: WireForm<$name>, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<T, D::Error> {
                T::decode(deserializer)
            }
        }

        // It may be a list or a map of such values, so the type is left open.
        #[cfg(feature = "schemars")]
        crate::__json_schema!($name => { "description": $described });
    };
}

encoding! {
    /// Numbers in a JSON string: `"10.50"`. Decodes numbers, too.
    ///
    /// For [`Decimal`](crate::Decimal), [`MinorUnits`](crate::MinorUnits) and
    /// integers.
    text, "numbers, as digits in strings"
}

encoding! {
    /// Instants as milliseconds since 1970 in a JSON integer.
    /// Decodes digits in a string, too.
    epoch_millis, "instants, as milliseconds since 1970"
}

encoding! {
    /// Instants as milliseconds since 1970, as digits in a JSON string.
    /// Decodes integers, too.
    epoch_millis_text, "instants, as milliseconds since 1970, as digits in strings"
}

/// Decodes `""`, `null` and, with `#[serde(default)]`, an absent member as
/// `None`.
///
/// # Errors
///
/// If the JSON value is something else and not a `T`. The value is not shown.
pub fn empty_as_none<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let token = Token::of(raw.get());
    if token.is_empty() {
        return Ok(None);
    }
    // The inner message could quote the value, so only its place is told.
    serde_json::from_str(raw.get()).map(Some).map_err(|_| {
        let kind = Unexpected::Other(token.kind());
        D::Error::invalid_value(kind, &"a value of the documented type")
    })
}
