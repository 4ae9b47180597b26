//! Dates and date-times without a zone.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::TimeError;
use super::timestamp::without_excess_digits;
use crate::json::{self, Token};

const DATE_FORM: &str = "a date YYYY-MM-DD";
const EPOCH: jiff::civil::DateTime = jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
const DATE_TIME_FORM: &str = "a date and time YYYY-MM-DD hh:mm";

/// A day of the calendar, `YYYY-MM-DD`.
///
/// ```
/// use payouts_core::Date;
///
/// let date = Date::new(2024, 2, 29)?;
/// assert_eq!(date.to_string(), "2024-02-29");
/// assert_eq!(date, "2024-02-29".parse()?);
/// # Ok::<(), payouts_core::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub(super) jiff::civil::Date);

impl Date {
    /// A day by its year, month (1 to 12) and day of the month (1 to 31).
    ///
    /// # Errors
    ///
    /// If there is no such day, or the year is not between 0 and 9999.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Date, TimeError> {
        let error = TimeError::expected("a day of the calendar");
        let (Ok(month), Ok(day), 0..) = (i8::try_from(month), i8::try_from(day), year) else {
            return Err(error);
        };
        jiff::civil::Date::new(year, month, day).map(Date).map_err(|_| error)
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(&self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(&self) -> u8 {
        self.0.day().unsigned_abs()
    }

    pub(crate) fn from_token(token: &Token<'_>) -> Option<Date> {
        match token {
            Token::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl FromStr for Date {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Date, TimeError> {
        // The library would take a date-time as well and drop the time.
        match text.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _] => {}
            _ => return Err(TimeError::expected(DATE_FORM)),
        }
        text.parse().map(Date).map_err(|_| TimeError::expected(DATE_FORM))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        json::scalar(deserializer, DATE_FORM, Date::from_token)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(Date => { "type": "string", "format": "date" });

/// A day and a time of day without a zone, `YYYY-MM-DD hh:mm`.
///
/// Which zone is meant is up to the provider. `T` between day and time, and
/// seconds, are read too; seconds are written only if they are not zero.
///
/// ```
/// use payouts_core::{CivilDateTime, Date};
///
/// let from = CivilDateTime::new(Date::new(2024, 2, 29)?, 8, 5)?;
/// assert_eq!(from.to_string(), "2024-02-29 08:05");
/// assert_eq!(from, "2024-02-29T08:05:00".parse()?);
/// # Ok::<(), payouts_core::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDateTime(pub(super) jiff::civil::DateTime);

impl CivilDateTime {
    /// A minute of a day: `hour` is 0 to 23, `minute` is 0 to 59.
    ///
    /// # Errors
    ///
    /// If the hour or the minute is out of range.
    pub fn new(date: Date, hour: u8, minute: u8) -> Result<CivilDateTime, TimeError> {
        let error = TimeError::expected("an hour below 24 and a minute below 60");
        let (Ok(hour), Ok(minute)) = (i8::try_from(hour), i8::try_from(minute)) else {
            return Err(error);
        };
        match jiff::civil::Time::new(hour, minute, 0, 0) {
            Ok(time) => Ok(CivilDateTime(date.0.to_datetime(time))),
            Err(_) => Err(error),
        }
    }

    /// The day.
    #[must_use]
    pub fn date(&self) -> Date {
        Date(self.0.date())
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub fn hour(&self) -> u8 {
        self.0.hour().unsigned_abs()
    }

    /// The minute, 0 to 59.
    #[must_use]
    pub fn minute(&self) -> u8 {
        self.0.minute().unsigned_abs()
    }

    /// The second, 0 to 59.
    #[must_use]
    pub fn second(&self) -> u8 {
        self.0.second().unsigned_abs()
    }

    /// Whole minutes since 1970-01-01 00:00; what is finer is dropped.
    pub(crate) fn minutes(&self) -> i64 {
        // Towards the past, also before 1970, so that order is kept.
        self.0.duration_since(EPOCH).as_secs().div_euclid(60)
    }

    /// So many minutes after 1970-01-01 00:00, if there is such a time.
    pub(crate) fn from_minutes(minutes: i64) -> Option<CivilDateTime> {
        EPOCH
            .checked_add(jiff::SignedDuration::from_secs(minutes.checked_mul(60)?))
            .ok()
            .map(CivilDateTime)
    }

    pub(crate) fn from_token(token: &Token<'_>) -> Option<CivilDateTime> {
        match token {
            Token::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl FromStr for CivilDateTime {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<CivilDateTime, TimeError> {
        let error = TimeError::expected(DATE_TIME_FORM);
        let (date, time) = text.split_once([' ', 'T', 't']).ok_or(error)?;
        let date: Date = date.parse().map_err(|_| error)?;
        // An offset would make it an instant; the library would drop it.
        let is_time = |it: u8| it.is_ascii_digit() || matches!(it, b':' | b'.' | b',');
        if !(time.contains(':') && time.bytes().all(is_time)) {
            return Err(error);
        }
        let time = without_excess_digits(time).parse().map_err(|_| error)?;
        Ok(CivilDateTime(date.0.to_datetime(time)))
    }
}

impl fmt::Display for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.0.date(), self.0.time());
        if time.second() == 0 && time.subsec_nanosecond() == 0 {
            return write!(f, "{date} {:02}:{:02}", time.hour(), time.minute());
        }
        write!(f, "{date} {time}")
    }
}

impl fmt::Debug for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CivilDateTime({self})")
    }
}

impl Serialize for CivilDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CivilDateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CivilDateTime, D::Error> {
        json::scalar(deserializer, DATE_TIME_FORM, CivilDateTime::from_token)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(CivilDateTime => { "type": "string" });
