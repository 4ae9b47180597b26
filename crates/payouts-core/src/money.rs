//! Amounts with their currency, the only place where amounts are added.

use std::error;
use std::fmt;

use crate::{Decimal, MinorUnits};

mod iso4217;
#[cfg(test)]
mod tests;

/// An amount in major units, with its currency.
///
/// ```
/// use payouts_core::{Decimal, MinorUnits, Money};
///
/// let fee = Money::from_minor(MinorUnits::new(250), "EUR")?;
/// let total = Money::new(Decimal::new(1000, 2), "EUR").checked_add(&fee)?;
/// assert_eq!(total.to_string(), "12.50 EUR");
/// assert_eq!(total.to_minor()?, MinorUnits::new(1250));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: String,
}

impl Money {
    /// An amount in major units of a currency, such as `"EUR"`.
    ///
    /// Codes of ISO 4217 are taken in any case and kept in upper case; other
    /// currencies are kept as they are.
    #[must_use]
    pub fn new(amount: Decimal, currency: impl AsRef<str>) -> Money {
        let currency = currency.as_ref();
        let upper = currency.to_ascii_uppercase();
        let currency = match iso4217::exponent(&upper) {
            Some(_) => upper,
            None => currency.to_owned(),
        };
        Money { amount, currency }
    }

    /// An amount in minor units of a currency of ISO 4217.
    ///
    /// # Errors
    ///
    /// If it is not known how many minor units make a major one.
    pub fn from_minor(
        amount: MinorUnits,
        currency: impl AsRef<str>,
    ) -> Result<Money, UnknownCurrency> {
        let currency = currency.as_ref().to_ascii_uppercase();
        let exponent = iso4217::exponent(&currency).ok_or(UnknownCurrency(()))?;
        Ok(Money { amount: Decimal::new(amount.get(), exponent), currency })
    }

    /// The amount in minor units.
    ///
    /// # Errors
    ///
    /// [`MoneyError::UnknownCurrency`] if it is not known how many minor units
    /// make a major one, [`MoneyError::Inexact`] if there would be a rest
    /// (nothing is rounded), [`MoneyError::Overflow`] if the count is too large.
    pub fn to_minor(&self) -> Result<MinorUnits, MoneyError> {
        let exponent = iso4217::exponent(&self.currency).ok_or(MoneyError::UnknownCurrency)?;
        match self.amount.at_scale(exponent) {
            Some(count) => Ok(MinorUnits::new(count)),
            None if self.amount.scale() > exponent => Err(MoneyError::Inexact),
            None => Err(MoneyError::Overflow),
        }
    }

    /// The amount in major units.
    #[must_use]
    pub const fn amount(&self) -> Decimal {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The sum of two amounts of the same currency.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the currencies differ,
    /// [`MoneyError::Overflow`] if the sum is too large.
    pub fn checked_add(&self, other: &Money) -> Result<Money, MoneyError> {
        self.combined(other, Decimal::checked_add)
    }

    /// The difference of two amounts of the same currency.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the currencies differ,
    /// [`MoneyError::Overflow`] if the difference is too large.
    pub fn checked_sub(&self, other: &Money) -> Result<Money, MoneyError> {
        self.combined(other, Decimal::checked_sub)
    }

    fn combined(
        &self,
        other: &Money,
        combine: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        let amount = combine(self.amount, other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Money { amount, currency: self.currency.clone() })
    }
}

/// The amount and the currency: `12.50 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// It is not known how many minor units make a major unit of a currency.
///
/// It does not hold the currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCurrency(());

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the currency has no minor unit in ISO 4217")
    }
}

impl error::Error for UnknownCurrency {}

/// Why an operation on [`Money`] has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MoneyError {
    /// The two amounts are not of the same currency.
    CurrencyMismatch,
    /// The result has more digits than can be kept.
    Overflow,
    /// The amount is not a whole number of minor units.
    Inexact,
    /// It is not known how many minor units make a major one.
    UnknownCurrency,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MoneyError::CurrencyMismatch => "the currencies differ",
            MoneyError::Overflow => "the result has too many digits",
            MoneyError::Inexact => "the amount is not a whole number of minor units",
            MoneyError::UnknownCurrency => "the currency has no minor unit in ISO 4217",
        })
    }
}

impl error::Error for MoneyError {}

impl From<UnknownCurrency> for MoneyError {
    fn from(_: UnknownCurrency) -> MoneyError {
        MoneyError::UnknownCurrency
    }
}
