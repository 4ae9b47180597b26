//! Which values have which encoding.

use serde::Serialize;
use serde::de::{Deserialize, Deserializer};
use serde::ser::Serializer;
use serde_json::value::RawValue;

use super::{WireForm, epoch_millis, epoch_millis_text, text};
use crate::json::{self, Token};
use crate::{Decimal, MinorUnits, Timestamp};

/// Implements an encoding by how the value is written and how it is read.
macro_rules! leaf {
    ($value:ty, $form:ty, $expected:literal, $encode:expr, $read:expr) => {
        impl WireForm<$form> for $value {
            fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $encode(self).serialize(serializer)
            }

            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                json::scalar(deserializer, $expected, $read)
            }

            fn decode_present<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Self>, D::Error> {
                let raw = Box::<RawValue>::deserialize(deserializer)?;
                let token = Token::of(raw.get());
                if token.is_empty() {
                    return Ok(None);
                }
                let read: fn(&Token<'_>) -> Option<Self> = $read;
                read(&token).map(Some).ok_or_else(|| json::unexpected(&token, $expected))
            }
        }
    };
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        leaf!(
            $integer,
            text,
            "an integer or its digits",
            <$integer>::to_string,
            |token| <$integer>::try_from(json::integer(token)?).ok()
        );
    )*};
}

leaf!(Decimal, text, "a decimal number or its digits", Decimal::to_string, Decimal::from_token);
leaf!(
    MinorUnits,
    text,
    "a whole number of minor units or its digits",
    MinorUnits::to_string,
    MinorUnits::from_token
);
integers!(i32, i64, u32, u64);

leaf!(Timestamp, epoch_millis, "milliseconds since 1970", Timestamp::unix_millis, from_millis);
leaf!(
    Timestamp,
    epoch_millis_text,
    "milliseconds since 1970",
    |at: &Timestamp| at.unix_millis().to_string(),
    from_millis
);

fn from_millis(token: &Token<'_>) -> Option<Timestamp> {
    let millis = i64::try_from(json::integer(token)?).ok()?;
    Timestamp::from_unix_millis(millis).ok()
}
