//! Instants.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::TimeError;
use crate::json::{self, Token};

const FORM: &str = "an RFC 3339 date and time with an offset";
const RANGE: &str = "a time between the years -9999 and 9999";

/// An instant, to the nanosecond.
///
/// It is read from RFC 3339 with any offset and any number of fraction digits
/// (those after the ninth are dropped), and written in UTC with 0, 3, 6 or 9
/// fraction digits, as many as it needs.
///
/// ```
/// use payouts_core::Timestamp;
///
/// let at: Timestamp = "2024-04-02T09:16:45.773+02:00".parse()?;
/// assert_eq!(at.to_string(), "2024-04-02T07:16:45.773Z");
/// assert_eq!(at.unix_millis(), 1_712_042_205_773);
/// # Ok::<(), payouts_core::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub(super) jiff::Timestamp);

impl Timestamp {
    /// The time of the system's clock.
    #[must_use]
    pub fn now() -> Timestamp {
        Timestamp(jiff::Timestamp::now())
    }

    /// So many milliseconds after 1970-01-01T00:00:00Z, before it if negative.
    ///
    /// # Errors
    ///
    /// If the year is not between -9999 and 9999.
    pub fn from_unix_millis(millis: i64) -> Result<Timestamp, TimeError> {
        jiff::Timestamp::from_millisecond(millis)
            .map(Timestamp)
            .map_err(|_| TimeError::expected(RANGE))
    }

    /// So many nanoseconds after 1970-01-01T00:00:00Z, before it if negative.
    ///
    /// # Errors
    ///
    /// If the year is not between -9999 and 9999.
    pub fn from_unix_nanos(nanos: i128) -> Result<Timestamp, TimeError> {
        jiff::Timestamp::from_nanosecond(nanos)
            .map(Timestamp)
            .map_err(|_| TimeError::expected(RANGE))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; what is finer is dropped.
    #[must_use]
    pub fn unix_millis(&self) -> i64 {
        // Towards the past, also before 1970, so that order is kept.
        let nanos = self.0.as_nanosecond().div_euclid(1_000_000);
        i64::try_from(nanos).expect("milliseconds of the years -9999 to 9999 fit")
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix_nanos(&self) -> i128 {
        self.0.as_nanosecond()
    }

    pub(crate) fn from_token(token: &Token<'_>) -> Option<Timestamp> {
        match token {
            Token::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl FromStr for Timestamp {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Timestamp, TimeError> {
        let text = without_excess_digits(text);
        text.parse().map(Timestamp).map_err(|_| TimeError::expected(FORM))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.0.as_nanosecond().rem_euclid(1_000_000_000);
        let n_digits = match nanos {
            0 => 0,
            _ if nanos % 1_000_000 == 0 => 3,
            _ if nanos % 1_000 == 0 => 6,
            _ => 9,
        };
        write!(f, "{:.n_digits$}", self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        json::scalar(deserializer, FORM, Timestamp::from_token)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(Timestamp => { "type": "string", "format": "date-time" });

/// Drops fraction digits after the ninth, which `jiff` does not take.
pub(super) fn without_excess_digits(text: &str) -> Cow<'_, str> {
    let Some((whole, rest)) = text.split_once(['.', ',']) else {
        return Cow::Borrowed(text);
    };
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if n_digits <= 9 {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{whole}.{}{}", &rest[..9], &rest[n_digits..]))
}
