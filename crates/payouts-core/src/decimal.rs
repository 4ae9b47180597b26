//! Exact decimal numbers, read from and written to their digits.
//!
//! There is no arithmetic here on purpose: adding two bare amounts loses the
//! currency. Convert to a decimal crate for calculations, or use [`Money`].
//!
//! [`Money`]: crate::Money

use std::cmp::Ordering;
use std::error;
use std::fmt;
use std::hash;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::{self, Token};

#[cfg(feature = "rust_decimal")]
mod convert;
#[cfg(test)]
mod tests;

/// The most digits after the point that a [`Decimal`] can have.
const MAX_SCALE: u32 = 38;
/// The most digits that a [`Decimal`] read from a text keeps as they are.
const MAX_DIGITS: usize = 38;

/// An exact decimal number, such as an amount in major units or a rate.
///
/// It keeps the digits it was written with: `10.50` is shown and sent as
/// `10.50`. Comparison, equality and hashing go by value: `10.50 == 10.5`.
/// In JSON it is a number with exactly these digits, whatever other crates
/// make of `serde_json`'s features; it is read from a number or from a string,
/// in which thousands may be separated by commas (`"1,021.00"`).
///
/// Up to 38 digits are kept, in front of and behind the point together.
///
/// ```
/// use payouts_core::Decimal;
///
/// let amount: Decimal = "10.50".parse()?;
/// assert_eq!(amount, Decimal::new(1050, 2));
/// assert_eq!(amount.to_string(), "10.50");
/// # Ok::<(), payouts_core::DecimalError>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct Decimal {
    coefficient: i128,
    scale: u32,
}

impl Decimal {
    /// `coefficient` divided by ten `scale` times: `new(1050, 2)` is `10.50`.
    ///
    /// # Panics
    ///
    /// If `scale` is more than 38. Use [`Decimal::try_new`] for a scale that
    /// is not known beforehand.
    #[must_use]
    pub const fn new(coefficient: i128, scale: u32) -> Decimal {
        match Decimal::try_new(coefficient, scale) {
            Ok(decimal) => decimal,
            Err(_) => panic!("a decimal has at most 38 digits after the point"),
        }
    }

    /// Like [`Decimal::new`], for a scale that is not known beforehand.
    ///
    /// # Errors
    ///
    /// If `scale` is more than 38.
    pub const fn try_new(coefficient: i128, scale: u32) -> Result<Decimal, DecimalError> {
        if scale > MAX_SCALE {
            return Err(DecimalError::TooManyDigits);
        }
        Ok(Decimal { coefficient, scale })
    }

    /// The number without its point: 1050 for `10.50`.
    #[must_use]
    pub const fn coefficient(&self) -> i128 {
        self.coefficient
    }

    /// How many digits are behind the point: 2 for `10.50`.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.scale
    }

    /// Whether the value is zero, with however many digits.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.coefficient == 0
    }

    /// Whether the value is less than zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.coefficient < 0
    }

    /// The sum with the larger of the two scales, if it can be held.
    pub(crate) fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let coefficient = self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?;
        Some(Decimal { coefficient, scale })
    }

    /// The difference with the larger of the two scales, if it can be held.
    pub(crate) fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let coefficient = self.at_scale(scale)?.checked_sub(other.at_scale(scale)?)?;
        Some(Decimal { coefficient, scale })
    }

    /// The coefficient of the same value with `scale` digits after the point,
    /// if that is exact and can be held.
    pub(crate) fn at_scale(self, scale: u32) -> Option<i128> {
        if scale >= self.scale {
            let factor = 10_i128.checked_pow(scale - self.scale)?;
            return self.coefficient.checked_mul(factor);
        }
        match 10_i128.checked_pow(self.scale - scale) {
            Some(divisor) if self.coefficient % divisor == 0 => Some(self.coefficient / divisor),
            _ => None,
        }
    }

    /// Whether `step` goes into this value without a rest.
    /// `None` if the numbers are too large to tell.
    pub(crate) fn is_multiple_of(self, step: Decimal) -> Option<bool> {
        let scale = self.scale.max(step.scale);
        let step = step.at_scale(scale)?;
        if step == 0 {
            return None;
        }
        let mut rest = self.coefficient.checked_rem(step)?;
        for _ in self.scale..scale {
            rest = rest.checked_mul(10)?.checked_rem(step)?;
        }
        Some(rest == 0)
    }

    /// Reads what a provider sent, from a number or a string.
    pub(crate) fn from_token(token: &Token<'_>) -> Option<Decimal> {
        match token {
            Token::Number(text) => parse(text).ok(),
            Token::Text(text) => parse_grouped(text).ok(),
            _ => None,
        }
    }

    /// The same value without zeros at the end of its fraction.
    fn reduced(self) -> Decimal {
        let Decimal { mut coefficient, mut scale } = self;
        while scale > 0 && coefficient % 10 == 0 {
            coefficient /= 10;
            scale -= 1;
        }
        Decimal { coefficient, scale }
    }

    /// The part in front of the point, and the part behind it as a count of
    /// 10⁻³⁸; both have the sign of the whole.
    fn parts(self) -> (i128, i128) {
        // 10³⁸ is less than `i128::MAX`, so neither power can overflow.
        let unit = 10_i128.pow(self.scale);
        let fraction = (self.coefficient % unit) * 10_i128.pow(MAX_SCALE - self.scale);
        (self.coefficient / unit, fraction)
    }
}

/// Why a text is not a [`Decimal`].
///
/// It does not hold the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecimalError {
    /// The text is not a decimal number.
    NotANumber,
    /// The number has more digits than can be kept.
    TooManyDigits,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DecimalError::NotANumber => "expected a decimal number",
            DecimalError::TooManyDigits => "expected a decimal number of at most 38 digits",
        })
    }
}

impl error::Error for DecimalError {}

/// Reads `10.50`, `-3`, `.5` or `1e2`; no spaces and no separators.
impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Decimal, DecimalError> {
        parse(text)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u128.pow(self.scale);
        let digits = self.coefficient.unsigned_abs();
        let mut text = (digits / unit).to_string();
        if self.scale > 0 {
            let width = self.scale as usize;
            text.push_str(&format!(".{:0width$}", digits % unit));
        }
        f.pad_integral(!self.is_negative(), "", &text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl hash::Hash for Decimal {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        let reduced = self.reduced();
        reduced.coefficient.hash(state);
        reduced.scale.hash(state);
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(integer: $integer) -> Decimal {
                Decimal { coefficient: i128::from(integer), scale: 0 }
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);

/// Writes a JSON number with exactly the digits of the value.
///
/// The digits survive in JSON text. A `serde_json::Value` keeps numbers as
/// binary fractions, so do not go through one.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = RawValue::from_string(self.to_string()).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        json::scalar(deserializer, "a decimal number", Decimal::from_token)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(Decimal => { "type": ["number", "string"] });

/// Reads digits with commas between thousands, as in `1,021.00`.
fn parse_grouped(text: &str) -> Result<Decimal, DecimalError> {
    if !text.contains(',') {
        return parse(text);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = unsigned.split(['.', 'e', 'E']).next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = matches!(first.len(), 1..=3) && groups.all(|it| it.len() == 3);
    let behind_whole = &unsigned[whole.len()..];
    if !grouped || behind_whole.contains(',') {
        return Err(DecimalError::NotANumber);
    }
    parse(&text.replace(',', ""))
}

fn parse(text: &str) -> Result<Decimal, DecimalError> {
    let (sign, unsigned) = match text.as_bytes().first() {
        Some(b'-') => ("-", &text[1..]),
        Some(b'+') => ("", &text[1..]),
        _ => ("", text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    // A text has fewer than 2⁶³ characters, so its length fits.
    let mut scale = (fraction.len() as i64).saturating_sub(exponent);

    let n_leading_zeros = digits.len() - digits.trim_start_matches('0').len();
    digits.drain(..n_leading_zeros);
    if digits.is_empty() {
        let scale = scale.clamp(0, i64::from(MAX_SCALE)) as u32;
        return Ok(Decimal { coefficient: 0, scale });
    }
    // Zeros at the end of a fraction can go when there is no room for them.
    while scale > 0
        && (scale > i64::from(MAX_SCALE) || digits.len() > MAX_DIGITS)
        && digits.ends_with('0')
    {
        digits.pop();
        scale -= 1;
    }
    if scale < 0 {
        let n_zeros = usize::try_from(-scale).map_err(|_| DecimalError::TooManyDigits)?;
        if n_zeros > MAX_DIGITS {
            return Err(DecimalError::TooManyDigits);
        }
        digits.extend(std::iter::repeat_n('0', n_zeros));
        scale = 0;
    }
    let scale = u32::try_from(scale).map_err(|_| DecimalError::TooManyDigits)?;
    let coefficient = format!("{sign}{digits}").parse().map_err(|_| DecimalError::TooManyDigits)?;
    Decimal::try_new(coefficient, scale)
}

/// Reads what stands behind the `e`; too large ones are cut off, not wrapped.
fn parse_exponent(text: &str) -> Result<i64, DecimalError> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    // Only a number of more than 18 digits can fail to parse here.
    let exponent = digits.parse().unwrap_or(i64::MAX / 2);
    Ok(if negative { -exponent } else { exponent })
}
