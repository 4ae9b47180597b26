//! `Decimal` and `MinorUnits` against fractions of whole numbers of any size.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

use super::config;
use crate::{Decimal, DecimalError, MinorUnits};

/// The exact value of a decimal number in any spelling.
pub(super) fn exact(text: &str) -> BigRational {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().expect("exponents in tests are small");
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().expect("digits");
    let n_fraction = i32::try_from(fraction.len()).expect("numbers in tests are short");
    BigRational::from(digits) * BigRational::from(BigInt::from(10)).pow(exponent - n_fraction)
}

pub(super) fn value(decimal: Decimal) -> BigRational {
    scaled(decimal.coefficient(), decimal.scale())
}

pub(super) fn scaled(coefficient: i128, scale: u32) -> BigRational {
    BigRational::new(coefficient.into(), BigInt::from(10).pow(scale))
}

/// The value times ten to the power of `scale`, if that is a whole number.
pub(super) fn coefficient(value: &BigRational, scale: u32) -> Option<BigInt> {
    let scaled = value * BigRational::from(BigInt::from(10).pow(scale));
    scaled.is_integer().then(|| scaled.to_integer())
}

/// Whether a `Decimal` must be able to hold the value.
fn fits(value: &BigRational) -> bool {
    let limit = BigInt::from(10).pow(38);
    (0..=38).any(|scale| {
        coefficient(value, scale).is_some_and(|it| *it.magnitude() < *limit.magnitude())
    })
}

/// A number as JSON spells it: up to 45 digits on either side of the point,
/// with zeros at the end, an exponent, a sign, or none of these.
pub(super) fn number() -> impl Strategy<Value = String> {
    let whole = prop_oneof![Just(String::from("0")), "[1-9][0-9]{0,3}", "[1-9][0-9]{0,44}"];
    let fraction = prop_oneof![
        3 => Just(String::new()),
        3 => "\\.[0-9]{1,3}0{0,3}",
        1 => "\\.[0-9]{1,45}",
    ];
    let exponent = prop_oneof![
        3 => Just(String::new()),
        1 => "[eE][+-]?[0-9]",
        1 => "[eE][+-]?[1-5][0-9]",
    ];
    ("-?", whole, fraction, exponent)
        .prop_map(|(sign, whole, fraction, exponent)| format!("{sign}{whole}{fraction}{exponent}"))
}

/// Any decimal that there is; many small ones.
pub(super) fn decimal() -> impl Strategy<Value = Decimal> {
    let coefficient = prop_oneof![
        any::<i128>(),
        any::<i64>().prop_map(i128::from),
        -2000..2000_i128,
        Just(i128::MAX),
        Just(i128::MIN),
    ];
    let scale = prop_oneof![0..4_u32, 0..=38_u32];
    (coefficient, scale).prop_map(|(coefficient, scale)| Decimal::new(coefficient, scale))
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_number_keeps_its_value(text in number()) {
        let expected = exact(&text);
        match text.parse::<Decimal>() {
            Ok(decimal) => {
                prop_assert_eq!(value(decimal), expected.clone());
                prop_assert_eq!(exact(&decimal.to_string()), expected);
            }
            Err(error) => {
                prop_assert_eq!(error, DecimalError::TooManyDigits);
                prop_assert!(!fits(&expected));
            }
        }
    }

    #[test]
    fn up_to_38_digits_are_kept_as_they_are(
        text in "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,19})?"
    ) {
        let decimal: Decimal = text.parse().expect("38 digits fit");
        let is_zero = text.bytes().all(|it| !matches!(it, b'1'..=b'9'));
        let expected = if is_zero { text.trim_start_matches('-') } else { &text };
        prop_assert_eq!(decimal.to_string(), expected);
        prop_assert_eq!(serde_json::to_string(&decimal).expect("it encodes"), expected);
    }

    #[test]
    fn a_number_and_its_text_in_json_are_the_same(text in number()) {
        let number = serde_json::from_str::<Decimal>(&text);
        let quoted = serde_json::from_str::<Decimal>(&format!("{text:?}"));
        prop_assert_eq!(number.is_ok(), quoted.is_ok());
        if let (Ok(number), Ok(quoted)) = (number, quoted) {
            prop_assert_eq!(value(number), exact(&text));
            prop_assert_eq!(number.to_string(), quoted.to_string());
            let encoded = serde_json::to_string(&number).expect("it encodes");
            prop_assert_eq!(exact(&encoded), exact(&text));
        }
    }

    #[test]
    fn thousands_may_be_separated_in_a_string(
        first in "-?[1-9][0-9]{0,2}",
        groups in prop::collection::vec("[0-9]{3}", 1..6),
        fraction in "(\\.[0-9]{1,4})?",
    ) {
        let plain = format!("{first}{}{fraction}", groups.concat());
        let grouped = format!("{first},{}{fraction}", groups.join(","));
        let decoded: Decimal = serde_json::from_str(&format!("{grouped:?}")).expect("grouped");
        prop_assert_eq!(decoded.to_string(), plain);
        prop_assert_eq!(grouped.parse::<Decimal>(), Err(DecimalError::NotANumber));
    }

    /// What is a number is decided by a pattern that nobody here wrote twice.
    #[test]
    fn only_numbers_are_numbers(text in prop_oneof!["[-+.,0-9eE ]{0,12}", "\\PC{0,8}"]) {
        let pattern = r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$";
        let is_number = regex_lite::Regex::new(pattern).expect("a pattern").is_match(&text);
        let not_a_number = text.parse::<Decimal>() == Err(DecimalError::NotANumber);
        prop_assert_eq!(is_number, !not_a_number);
    }

    #[test]
    fn order_is_that_of_the_values(a in decimal(), b in decimal()) {
        prop_assert_eq!(a.cmp(&b), value(a).cmp(&value(b)));
        prop_assert_eq!(a == b, value(a) == value(b));
    }

    #[test]
    fn equal_numbers_have_the_same_hash(a in decimal(), zeros in 0..6_u32) {
        let longer = a.coefficient().checked_mul(10_i128.pow(zeros));
        let scale = a.scale() + zeros;
        if let Some(Ok(b)) = longer.map(|it| Decimal::try_new(it, scale)) {
            prop_assert_eq!(a, b);
            prop_assert_eq!(hash(&a), hash(&b));
        }
    }

    #[test]
    fn other_scales_are_exact(a in decimal(), scale in 0..=38_u32) {
        let expected = coefficient(&value(a), scale).and_then(|it| i128::try_from(it).ok());
        prop_assert_eq!(a.at_scale(scale), expected);
    }

    #[test]
    fn multiples_are_told(a in decimal(), step in decimal()) {
        if let Some(is_multiple) = a.is_multiple_of(step) {
            prop_assert_eq!(is_multiple, (value(a) / value(step)).is_integer());
        }
    }

    #[test]
    fn a_text_of_a_decimal_is_that_decimal(a in decimal()) {
        prop_assert_eq!(exact(&a.to_string()), value(a));
        let json = serde_json::to_string(&a).expect("it encodes");
        prop_assert_eq!(exact(&json), value(a));
    }

    #[test]
    fn minor_units_are_whole_or_nothing(text in number()) {
        let expected = exact(&text);
        match serde_json::from_str::<MinorUnits>(&text) {
            Ok(units) => prop_assert_eq!(scaled(units.get(), 0), expected),
            Err(_) => prop_assert!(!expected.is_integer() || !fits(&expected)),
        }
    }

    #[test]
    fn minor_units_keep_every_digit(count in any::<i128>()) {
        let units = MinorUnits::new(count);
        for json in [count.to_string(), format!("\"{count}\"")] {
            prop_assert_eq!(serde_json::from_str::<MinorUnits>(&json).expect("digits"), units);
        }
        prop_assert_eq!(serde_json::to_string(&units).expect("it encodes"), count.to_string());
        prop_assert_eq!(count.to_string().parse::<MinorUnits>(), Ok(units));
    }
}
