//! Tests of the module above.

use super::*;

#[track_caller]
fn encodes(value: impl Parameter, encoded: &str) {
    assert_eq!(value.encode(), encoded);
    assert_eq!(Box::new(&value).encode(), encoded);
}

#[test]
fn each_in_its_own_form() {
    encodes("a/b c", "a/b c");
    encodes(String::from("a"), "a");
    encodes(true, "true");
    encodes(-7_i64, "-7");
    encodes(u64::MAX, "18446744073709551615");
    encodes(Decimal::new(1050, 2), "10.50");
    encodes(MinorUnits::new(1050), "1050");
    encodes(IntegerOrString::from(7), "7");
    encodes(IntegerOrString::from("x"), "x");
    encodes(Sensitive::new("name"), "name");
    let at = Timestamp::from_unix_millis(1_712_042_205_773).expect("in range");
    encodes(at, "2024-04-02T07:16:45.773Z");
    let date = Date::new(2024, 2, 29).expect("a day");
    encodes(date, "2024-02-29");
    encodes(CivilDateTime::new(date, 8, 5).expect("a minute"), "2024-02-29 08:05");
}
