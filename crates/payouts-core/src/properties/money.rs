//! `Money` against fractions of whole numbers of any size.

use num_rational::BigRational;
use proptest::prelude::*;

use super::config;
use super::exact::{coefficient, decimal, scaled, value};
use crate::{Decimal, MinorUnits, Money, MoneyError};

/// A currency and how many digits its minor unit has.
fn currency() -> impl Strategy<Value = (&'static str, u32)> {
    prop::sample::select(vec![("JPY", 0), ("eur", 2), ("USD", 2), ("KWD", 3), ("CLF", 4)])
}

/// Checks a sum of two terms, or that one of the three numbers is too large at
/// the larger of the two scales.
fn combines(
    result: Result<Money, MoneyError>,
    terms: [BigRational; 2],
    scale: u32,
) -> Result<(), TestCaseError> {
    let sum = &terms[0] + &terms[1];
    let is_too_large = terms.iter().chain([&sum]).any(|it| {
        let coefficient = coefficient(it, scale).expect("the larger scale is exact");
        i128::try_from(coefficient).is_err()
    });
    match result {
        Ok(money) => prop_assert_eq!(value(money.amount()), sum),
        Err(error) => {
            prop_assert_eq!(error, MoneyError::Overflow);
            prop_assert!(is_too_large);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn minor_units_become_major_and_minor_again(
        count in prop_oneof![any::<i128>(), -100_000..100_000_i128],
        (code, digits) in currency(),
    ) {
        let money = Money::from_minor(MinorUnits::new(count), code).expect("it is listed");
        prop_assert_eq!(value(money.amount()), scaled(count, digits));
        prop_assert_eq!(money.to_minor(), Ok(MinorUnits::new(count)));
        let behind_point = money.amount().to_string().split_once('.').map_or(0, |it| it.1.len());
        prop_assert_eq!(behind_point, digits as usize);
    }

    #[test]
    fn nothing_is_rounded(amount in decimal(), (code, digits) in currency()) {
        let expected = coefficient(&value(amount), digits);
        let result = Money::new(amount, code).to_minor();
        match expected.map(i128::try_from) {
            Some(Ok(count)) => prop_assert_eq!(result, Ok(MinorUnits::new(count))),
            Some(Err(_)) => prop_assert_eq!(result, Err(MoneyError::Overflow)),
            None => prop_assert_eq!(result, Err(MoneyError::Inexact)),
        }
    }

    #[test]
    fn sums_and_differences_are_exact(a in decimal(), b in decimal()) {
        let (one, other) = (Money::new(a, "EUR"), Money::new(b, "eur"));
        let scale = a.scale().max(b.scale());
        combines(one.checked_add(&other), [value(a), value(b)], scale)?;
        combines(one.checked_sub(&other), [value(a), -value(b)], scale)?;
    }

    #[test]
    fn everyday_sums_never_overflow(
        a in any::<i64>(), b in any::<i64>(), (scale_a, scale_b) in (0..=9_u32, 0..=9_u32),
    ) {
        let (a, b) = (Decimal::new(a.into(), scale_a), Decimal::new(b.into(), scale_b));
        let sum = Money::new(a, "EUR").checked_add(&Money::new(b, "EUR")).expect("it fits");
        prop_assert_eq!(value(sum.amount()), value(a) + value(b));
    }

    #[test]
    fn currencies_are_never_mixed(a in decimal(), b in decimal(), code in "[A-Z]{3}") {
        let result = Money::new(a, "EUR").checked_add(&Money::new(b, &code));
        if code != "EUR" {
            prop_assert_eq!(result, Err(MoneyError::CurrencyMismatch));
        }
    }
}
