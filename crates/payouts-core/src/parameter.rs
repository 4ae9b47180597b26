//! How values are written in paths, queries and headers.

use crate::{
    CivilDateTime, Date, Decimal, IntegerOrString, MinorUnits, Sensitive, Timestamp, Unrecognized,
};

pub(crate) mod style;
#[cfg(test)]
mod tests;

pub use self::style::Style;

/// A value that can stand in a path, a query or a header.
///
/// The text is not escaped for a place: percent-encoding and the check of
/// header values happen where the request is made.
///
/// ```
/// use payouts_core::{Decimal, Parameter};
///
/// assert_eq!(Parameter::encode(&true), "true");
/// assert_eq!(Decimal::new(1050, 2).encode(), "10.50");
/// ```
pub trait Parameter {
    /// The value as text.
    fn encode(&self) -> String;
}

macro_rules! as_displayed {
    ($($parameter:ty),* $(,)?) => {$(
        impl Parameter for $parameter {
            fn encode(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

as_displayed!(
    bool,
    i8,
    i16,
    i32,
    i64,
    i128,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    str,
    String,
    CivilDateTime,
    Date,
    Decimal,
    IntegerOrString,
    MinorUnits,
    Timestamp,
    Unrecognized,
);

impl<T: Parameter> Parameter for Sensitive<T> {
    fn encode(&self) -> String {
        self.expose().encode()
    }
}

impl<T: Parameter + ?Sized> Parameter for &T {
    fn encode(&self) -> String {
        (**self).encode()
    }
}

impl<T: Parameter + ?Sized> Parameter for Box<T> {
    fn encode(&self) -> String {
        (**self).encode()
    }
}
