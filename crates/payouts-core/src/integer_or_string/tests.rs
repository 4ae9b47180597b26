//! Tests of the module above.

use super::*;

#[track_caller]
fn decoded(json: &str) -> Option<IntegerOrString> {
    serde_json::from_str(json).ok()
}

#[test]
fn encoded_as_it_came() {
    for json in ["1", "\"1\"", "\"\"", "-7", "\"a b\"", "340282366920938463463374607431768211"] {
        let value = decoded(json).expect(json);
        assert_eq!(serde_json::to_string(&value).expect("encodes"), json);
    }
    assert_eq!(decoded("2e3").map(|it| it.to_text()).as_deref(), Some("2000"));
    for json in ["1.5", "null", "true", "{}", "[1]"] {
        assert!(decoded(json).is_none(), "{json}");
    }
}

#[test]
fn one_and_the_text_one_are_equal() {
    assert_eq!(IntegerOrString::from(1), IntegerOrString::from("1"));
    assert_ne!(IntegerOrString::from(1), IntegerOrString::from("01"));
    assert_eq!(IntegerOrString::from(1).cmp(&IntegerOrString::from("1")), Ordering::Equal);
}

#[test]
fn integers() {
    assert_eq!(IntegerOrString::from(u64::MAX).as_integer(), Some(u64::MAX.into()));
    assert_eq!(IntegerOrString::from("42").as_integer(), Some(42));
    assert_eq!(IntegerOrString::from("042").as_integer(), None);
    assert_eq!(IntegerOrString::from("a").as_integer(), None);
}

#[test]
fn shown() {
    assert_eq!(IntegerOrString::from(7).to_string(), "7");
    assert_eq!(format!("{:?}", IntegerOrString::from(7)), "7");
    assert_eq!(format!("{:?}", IntegerOrString::from("7")), "\"7\"");
}
