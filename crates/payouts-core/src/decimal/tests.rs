//! Tests of the module above.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::*;

#[track_caller]
fn decimal(text: &str) -> Decimal {
    text.parse().expect(text)
}

/// Checks that a text is read, and how it is shown again.
#[track_caller]
fn shows(text: &str, shown: &str) {
    assert_eq!(decimal(text).to_string(), shown);
}

/// Checks that a JSON value is read, and how it is encoded again.
#[track_caller]
fn recodes(json: &str, encoded: &str) {
    let decoded: Decimal = serde_json::from_str(json).expect(json);
    assert_eq!(serde_json::to_string(&decoded).expect("it encodes"), encoded);
}

#[test]
fn digits_are_kept() {
    shows("10.50", "10.50");
    shows("0", "0");
    shows("0.00", "0.00");
    shows("-0.05", "-0.05");
    shows("12345678901234567.89", "12345678901234567.89");
    shows("0.10000000000000000000000000000000000001", "0.10000000000000000000000000000000000001");
}

#[test]
fn spellings() {
    shows("+7", "7");
    shows("007.50", "7.50");
    shows(".5", "0.5");
    shows("5.", "5");
    shows("-0", "0");
    shows("1e2", "100");
    shows("1.50E+1", "15.0");
    shows("15e-1", "1.5");
    shows("0e999999999999999999999", "0");
}

#[test]
fn up_to_38_digits() {
    let digits = "9".repeat(38);
    shows(&digits, &digits);
    shows("1e37", &format!("1{}", "0".repeat(37)));
    assert_eq!("9".repeat(39).parse::<Decimal>(), Err(DecimalError::TooManyDigits));
    assert_eq!("1e39".parse::<Decimal>(), Err(DecimalError::TooManyDigits));
    assert_eq!("1e-39".parse::<Decimal>(), Err(DecimalError::TooManyDigits));
    assert_eq!("1e999999999999999999999".parse::<Decimal>(), Err(DecimalError::TooManyDigits));
    assert_eq!("1e-999999999999999999999".parse::<Decimal>(), Err(DecimalError::TooManyDigits));
}

#[test]
fn zeros_without_room_go() {
    shows(&format!("1.5{}", "0".repeat(60)), &format!("1.5{}", "0".repeat(36)));
    shows(&format!("0.{}", "0".repeat(60)), &format!("0.{}", "0".repeat(38)));
}

#[test]
fn not_a_number() {
    for text in ["", "-", "+-1", ".", "e2", "1e", "1e+", "1.2.3", " 1", "1 ", "1,021.00", "1_000"] {
        assert_eq!(text.parse::<Decimal>(), Err(DecimalError::NotANumber), "{text:?}");
    }
    for text in ["NaN", "inf", "0x10", "١", "1é", "é", "1e2.0", "--1"] {
        assert_eq!(text.parse::<Decimal>(), Err(DecimalError::NotANumber), "{text:?}");
    }
}

#[test]
fn parts_of_a_number() {
    let amount = Decimal::new(1050, 2);
    assert_eq!((amount.coefficient(), amount.scale()), (1050, 2));
    assert_eq!(amount.to_string(), "10.50");
    assert!(Decimal::new(0, 5).is_zero());
    assert!(Decimal::new(-1, 5).is_negative());
    assert_eq!(Decimal::new(i128::MIN, 38).to_string().len(), 41);
    assert_eq!(Decimal::try_new(1, 39), Err(DecimalError::TooManyDigits));
    const FEE: Decimal = Decimal::new(5, 1);
    assert_eq!(FEE, decimal("0.5"));
}

#[test]
fn from_integers() {
    assert_eq!(Decimal::from(u64::MAX).to_string(), "18446744073709551615");
    assert_eq!(Decimal::from(i64::MIN).to_string(), "-9223372036854775808");
    assert_eq!(Decimal::from(7_u8), decimal("7.0"));
}

#[test]
fn equal_by_value() {
    let hash = |it: Decimal| {
        let mut hasher = DefaultHasher::new();
        it.hash(&mut hasher);
        hasher.finish()
    };
    for (a, b) in [("10.50", "10.5"), ("0", "0.00"), ("1e2", "100"), ("-3", "-3.000")] {
        assert_eq!(decimal(a), decimal(b));
        assert_eq!(hash(decimal(a)), hash(decimal(b)));
    }
    // The same binary fraction, but not the same number.
    assert_ne!(decimal("12345678901234567.89"), decimal("12345678901234568.00"));
}

#[test]
fn ordered_by_value() {
    let mut sorted = ["-10", "-9.99", "-0.5", "0", "0.05", "0.5", "1", "9.99", "10"].map(decimal);
    let expected = sorted;
    sorted.reverse();
    sorted.sort();
    assert_eq!(sorted, expected);

    let huge = Decimal::new(i128::MAX, 0);
    let tiny = Decimal::new(1, 38);
    assert!(huge > tiny && Decimal::new(i128::MIN, 0) < tiny && tiny > Decimal::default());
}

#[test]
fn json_numbers_are_exact() {
    recodes("10.50", "10.50");
    recodes("2000", "2000");
    recodes("12345678901234567.89", "12345678901234567.89");
    recodes("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827");
    recodes("1e2", "100");
    recodes("-0.05", "-0.05");
}

#[test]
fn json_strings_are_read() {
    recodes("\"10.50\"", "10.50");
    recodes("\"1,021.00\"", "1021.00");
    recodes("\"-1,234,567\"", "-1234567");
    recodes("\"\\u0031\"", "1");
}

#[test]
fn commas_only_between_thousands() {
    for json in ["\"1,5\"", "\"1,02\"", "\"1021,000\"", "\",100\"", "\"1,000,00\"", "\"1.000,00\""]
    {
        assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
    }
    for json in ["\"1,\"", "\",\"", "\"1,,000\"", "\"1,000.0,0\"", "\"1,000,\""] {
        assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
    }
}

#[test]
fn json_errors_show_no_value() {
    let message = |json| serde_json::from_str::<Decimal>(json).expect_err(json).to_string();
    assert_eq!(message("\"planted\""), "invalid type: string, expected a decimal number");
    assert!(message("null").starts_with("invalid type: null, expected a decimal number"));
    assert!(message("true").starts_with("invalid type: boolean, expected a decimal number"));
    assert!(message("[1]").starts_with("invalid type: array, expected a decimal number"));
    assert!(message("1e99").starts_with("invalid type: number, expected a decimal number"));
}

#[test]
fn in_options_and_lists() {
    let list: Vec<Option<Decimal>> = serde_json::from_str("[1.10, null, \"2\"]").expect("a list");
    assert_eq!(serde_json::to_string(&list).expect("it encodes"), "[1.10,null,2]");
}

#[test]
fn sums() {
    let sum = |a, b| decimal(a).checked_add(decimal(b)).map(|it| it.to_string());
    assert_eq!(sum("10.50", "0.005").as_deref(), Some("10.505"));
    assert_eq!(sum("1e37", "1e-38"), None);
    let difference = decimal("1").checked_sub(decimal("1.00"));
    assert_eq!(difference.map(|it| it.to_string()).as_deref(), Some("0.00"));
}

#[test]
fn multiples() {
    let of = |a, b| decimal(a).is_multiple_of(decimal(b));
    assert_eq!(of("10.50", "0.01"), Some(true));
    assert_eq!(of("10.505", "0.01"), Some(false));
    assert_eq!(of("-9", "3"), Some(true));
    assert_eq!(of("99999999999999999999999999999999999999", "0.0000000001"), Some(true));
    assert_eq!(of("1", "0"), None);
}

#[test]
fn formatting() {
    assert_eq!(
        format!("{:>8}|{:+}|{:08}", decimal("1.5"), decimal("1.5"), decimal("-1.5")),
        "     1.5|+1.5|-00001.5"
    );
    assert_eq!(format!("{:?}", decimal("1.50")), "Decimal(1.50)");
}

#[cfg(feature = "rust_decimal")]
#[test]
fn rust_decimal_both_ways() {
    let ours = decimal("-10.50");
    let theirs = rust_decimal::Decimal::try_from(ours).expect("it fits");
    assert_eq!(theirs.to_string(), "-10.50");
    assert_eq!(Decimal::from(theirs).to_string(), "-10.50");
    assert!(rust_decimal::Decimal::try_from(decimal(&"9".repeat(38))).is_err());
    let long = decimal("1.50000000000000000000000000000000000000");
    let theirs = rust_decimal::Decimal::try_from(long).expect("only zeros are lost");
    assert_eq!(theirs.to_string(), "1.5");
}

/// From every reader that `serde_json` has.
#[test]
fn json_from_other_sources() {
    let from_reader: Decimal = serde_json::from_reader(&b" 10.50 "[..]).expect("a number");
    assert_eq!(from_reader.to_string(), "10.50");
    let from_value: Decimal = serde_json::from_value("10.50".into()).expect("a number");
    assert_eq!(from_value.to_string(), "10.50");
}
