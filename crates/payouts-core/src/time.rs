//! Instants, dates and civil date-times, as providers write them.
//!
//! Thin types of our own, so that the version of a time library is not part
//! of a client's interface. Conversions are behind the features `jiff`,
//! `chrono` and `time`.

use std::error;
use std::fmt;

mod civil;
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
mod convert;
mod timestamp;

#[cfg(test)]
mod tests;

pub use self::civil::{CivilDateTime, Date};
pub use self::timestamp::Timestamp;

/// A text or number is not a point in time of the expected form.
///
/// It does not hold the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeError {
    expected: &'static str,
}

impl TimeError {
    pub(crate) const fn expected(expected: &'static str) -> TimeError {
        TimeError { expected }
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl error::Error for TimeError {}
