//! Conversions to and from `rust_decimal`.

use super::{Decimal, DecimalError};

/// Keeps the value and its digits.
///
/// # Errors
///
/// If the number has more digits than the other type can hold (28).
impl TryFrom<Decimal> for rust_decimal::Decimal {
    type Error = DecimalError;

    fn try_from(decimal: Decimal) -> Result<rust_decimal::Decimal, DecimalError> {
        let to_theirs = |it: Decimal| {
            rust_decimal::Decimal::try_from_i128_with_scale(it.coefficient, it.scale)
                .map_err(|_| DecimalError::TooManyDigits)
        };
        // Zeros at the end of a fraction can go when there is no room for them.
        to_theirs(decimal).or_else(|_| to_theirs(decimal.reduced()))
    }
}

/// Keeps the value and its digits.
impl From<rust_decimal::Decimal> for Decimal {
    fn from(decimal: rust_decimal::Decimal) -> Decimal {
        // Its scale is at most 28.
        Decimal::new(decimal.mantissa(), decimal.scale())
    }
}
