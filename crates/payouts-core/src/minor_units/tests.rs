//! Tests of the module above.

use super::*;

#[track_caller]
fn decoded(json: &str) -> Option<i128> {
    serde_json::from_str(json).ok().map(MinorUnits::get)
}

#[test]
fn json_integers() {
    assert_eq!(decoded("2000"), Some(2000));
    assert_eq!(decoded("2000.0"), Some(2000));
    assert_eq!(decoded("2e3"), Some(2000));
    assert_eq!(decoded("2.5e1"), Some(25));
    assert_eq!(decoded("-7"), Some(-7));
    assert_eq!(decoded("\"2200\""), Some(2200));
    assert_eq!(decoded("18446744073709551616"), Some(18_446_744_073_709_551_616));
}

#[test]
fn not_a_count() {
    // Digits with a point in a string are an amount in major units.
    for json in ["20.5", "\"2000.00\"", "\"2,000\"", "\"\"", "null", "true", "[]", "1e40"] {
        assert_eq!(decoded(json), None, "{json}");
    }
    let error = serde_json::from_str::<MinorUnits>("\"planted\"").expect_err("not a count");
    assert!(!error.to_string().contains("planted"));
}

#[test]
fn encoded_as_integer() {
    let encoded = |count: i128| serde_json::to_string(&MinorUnits::new(count)).expect("encodes");
    assert_eq!(encoded(2000), "2000");
    assert_eq!(encoded(u64::MAX.into()), "18446744073709551615");
    assert_eq!(encoded(i128::MAX), i128::MAX.to_string());
    assert_eq!(decoded(&encoded(i128::MIN)), Some(i128::MIN));
}

#[test]
fn conversions() {
    assert_eq!(MinorUnits::from(5_u64), MinorUnits::new(5_i32));
    assert_eq!(u64::try_from(MinorUnits::new(5)), Ok(5));
    assert!(u64::try_from(MinorUnits::new(-5)).is_err());
    assert!(i64::try_from(MinorUnits::new(u64::MAX)).is_err());
    assert_eq!("150".parse(), Ok(MinorUnits::new(150)));
    assert_eq!(MinorUnits::new(-150).to_string(), "-150");
    assert!(MinorUnits::new(2) > MinorUnits::new(-3));
    let error = "1.50".parse::<MinorUnits>().expect_err("not digits");
    assert_eq!(error.to_string(), "expected a whole number of minor units");
}
