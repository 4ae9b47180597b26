//! Tests of the module above.

use super::*;

#[track_caller]
fn from_minor(count: i64, currency: &str) -> String {
    Money::from_minor(MinorUnits::new(count), currency).expect(currency).to_string()
}

#[track_caller]
fn to_minor(amount: &str, currency: &str) -> Result<i128, MoneyError> {
    let amount = amount.parse().expect(amount);
    Money::new(amount, currency).to_minor().map(MinorUnits::get)
}

#[test]
fn minor_units_by_currency() {
    assert_eq!(from_minor(1250, "EUR"), "12.50 EUR");
    assert_eq!(from_minor(1250, "JPY"), "1250 JPY");
    assert_eq!(from_minor(1250, "KWD"), "1.250 KWD");
    assert_eq!(from_minor(1250, "CLF"), "0.1250 CLF");
    assert_eq!(from_minor(-5, "usd"), "-0.05 USD");
    assert_eq!(to_minor("12.50", "EUR"), Ok(1250));
    assert_eq!(to_minor("12.5", "EUR"), Ok(1250));
    assert_eq!(to_minor("12.500", "EUR"), Ok(1250));
    assert_eq!(to_minor("1250", "JPY"), Ok(1250));
    assert_eq!(to_minor("1250.00", "VND"), Ok(1250));
    assert_eq!(to_minor("1.25", "TND"), Ok(1250));
}

#[test]
fn nothing_is_rounded() {
    assert_eq!(to_minor("12.505", "EUR"), Err(MoneyError::Inexact));
    assert_eq!(to_minor("0.5", "JPY"), Err(MoneyError::Inexact));
    assert_eq!(to_minor(&"9".repeat(38), "EUR"), Err(MoneyError::Overflow));
}

#[test]
fn unknown_currencies() {
    assert_eq!(Money::from_minor(MinorUnits::new(1), "USDT"), Err(UnknownCurrency(())));
    assert_eq!(to_minor("1", "XAU"), Err(MoneyError::UnknownCurrency));
    assert_eq!(Money::new(Decimal::from(1), "USDt").currency(), "USDt");
}

#[test]
fn each_currency_is_listed_once() {
    let n_currencies = |exponent| {
        let letters = || b'A'..=b'Z';
        letters()
            .flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])))
            .filter(|code| {
                let code = str::from_utf8(code).expect("letters");
                iso4217::exponent(code) == Some(exponent)
            })
            .count()
    };
    assert_eq!([0, 2, 3, 4].map(n_currencies), [17, 141, 7, 2]);
    assert_eq!(iso4217::exponent("eur"), None);
}

#[test]
fn sums_of_one_currency() {
    let euros = |coefficient| Money::new(Decimal::new(coefficient, 2), "EUR");
    let sum = euros(1000).checked_add(&euros(250)).expect("one currency");
    assert_eq!(sum, euros(1250));
    let difference = euros(1000).checked_sub(&euros(1250)).expect("one currency");
    assert_eq!(difference.to_string(), "-2.50 EUR");
    assert_eq!(euros(1).checked_add(&Money::new(1.into(), "eur")), Ok(euros(101)));

    let dollars = Money::new(Decimal::new(250, 2), "USD");
    assert_eq!(euros(1000).checked_add(&dollars), Err(MoneyError::CurrencyMismatch));
    assert_eq!(euros(1000).checked_sub(&dollars), Err(MoneyError::CurrencyMismatch));
    let huge = Money::new(Decimal::new(i128::MAX, 0), "EUR");
    assert_eq!(huge.checked_add(&huge), Err(MoneyError::Overflow));
}
