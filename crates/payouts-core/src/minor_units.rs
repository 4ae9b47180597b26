//! Amounts of money as a count of the currency's smallest units.

use std::error;
use std::fmt;
use std::num::TryFromIntError;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::{self, Token};

#[cfg(test)]
mod tests;

/// An amount in minor units: cents for euros, whole yen for yen.
///
/// In JSON it is an integer. It is read from any number that is exactly
/// integral (`2000`, `2000.0`, `2e3`) or from a string of digits.
/// There is no arithmetic on it; see [`Money`](crate::Money) for that.
///
/// ```
/// use payouts_core::MinorUnits;
///
/// let cents = MinorUnits::new(1050);
/// assert_eq!(cents.get(), 1050);
/// assert_eq!(u64::try_from(cents)?, 1050);
/// # Ok::<(), std::num::TryFromIntError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinorUnits(i128);

impl MinorUnits {
    /// So many minor units.
    #[must_use]
    pub fn new(count: impl Into<i128>) -> MinorUnits {
        MinorUnits(count.into())
    }

    /// How many minor units.
    #[must_use]
    pub const fn get(self) -> i128 {
        self.0
    }

    /// Reads what a provider sent, from an integral number or digits.
    pub(crate) fn from_token(token: &Token<'_>) -> Option<MinorUnits> {
        json::integer(token).map(MinorUnits)
    }
}

/// A text is not a whole number of minor units.
///
/// It does not hold the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinorUnitsError(());

impl fmt::Display for MinorUnitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a whole number of minor units")
    }
}

impl error::Error for MinorUnitsError {}

/// Reads digits, with a sign if any.
impl FromStr for MinorUnits {
    type Err = MinorUnitsError;

    fn from_str(text: &str) -> Result<MinorUnits, MinorUnitsError> {
        text.parse().map(MinorUnits).map_err(|_| MinorUnitsError(()))
    }
}

impl fmt::Display for MinorUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for MinorUnits {
            fn from(count: $integer) -> MinorUnits {
                MinorUnits(i128::from(count))
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl TryFrom<MinorUnits> for u64 {
    type Error = TryFromIntError;

    fn try_from(units: MinorUnits) -> Result<u64, TryFromIntError> {
        u64::try_from(units.0)
    }
}

impl TryFrom<MinorUnits> for i64 {
    type Error = TryFromIntError;

    fn try_from(units: MinorUnits) -> Result<i64, TryFromIntError> {
        i64::try_from(units.0)
    }
}

impl Serialize for MinorUnits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Not every format has 128-bit integers; all have these.
        if let Ok(count) = i64::try_from(self.0) {
            return serializer.serialize_i64(count);
        }
        match u64::try_from(self.0) {
            Ok(count) => serializer.serialize_u64(count),
            Err(_) => serializer.serialize_i128(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for MinorUnits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MinorUnits, D::Error> {
        json::scalar(deserializer, "a whole number of minor units", MinorUnits::from_token)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(MinorUnits => { "type": ["integer", "string"] });
