//! Tests of the module above.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Decimal, MinorUnits, Patch, Sensitive, Timestamp, wire};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Texts {
    #[serde(with = "wire::text")]
    amount: Decimal,
    #[serde(default, with = "wire::text", skip_serializing_if = "Option::is_none")]
    minor: Option<MinorUnits>,
    #[serde(default, with = "wire::text", skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(default, with = "wire::text", skip_serializing_if = "Vec::is_empty")]
    list: Vec<Decimal>,
    #[serde(default, with = "wire::text", skip_serializing_if = "Option::is_none")]
    more: Option<Vec<Option<i64>>>,
    #[serde(default, with = "wire::text", skip_serializing_if = "Patch::is_keep")]
    change: Patch<Decimal>,
    #[serde(default, with = "wire::text", skip_serializing_if = "BTreeMap::is_empty")]
    map: BTreeMap<String, MinorUnits>,
    #[serde(default, with = "wire::text", skip_serializing_if = "Option::is_none")]
    hidden: Option<Sensitive<Box<Decimal>>>,
}

#[track_caller]
fn texts(json: &str, encoded: &str) {
    let texts: Texts = serde_json::from_str(json).expect(json);
    assert_eq!(serde_json::to_string(&texts).expect("encodes"), encoded);
    let again: Texts = serde_json::from_str(encoded).expect(encoded);
    assert_eq!(again, texts);
}

#[test]
fn text_from_strings_and_numbers() {
    texts(r#"{"amount": "10.50"}"#, r#"{"amount":"10.50"}"#);
    texts(
        r#"{"amount": 12345678901234567.89, "minor": 5, "count": 7}"#,
        r#"{"amount":"12345678901234567.89","minor":"5","count":"7"}"#,
    );
}

#[test]
fn text_in_containers() {
    texts(
        r#"{"amount": 1, "list": [1.10, "2"], "more": [1, "", null], "change": null}"#,
        r#"{"amount":"1","list":["1.10","2"],"more":["1",null,null],"change":null}"#,
    );
    texts(
        r#"{"amount": 1, "change": "3", "map": {"a": 1}, "hidden": 4.0}"#,
        r#"{"amount":"1","change":"3","map":{"a":"1"},"hidden":"4.0"}"#,
    );
}

#[test]
fn empty_text_is_none() {
    for empty in ["\"\"", "null"] {
        let json = format!(
            r#"{{"amount": 1, "minor": {empty}, "count": {empty}, "hidden": {empty}, "more": null}}"#
        );
        texts(&json, r#"{"amount":"1"}"#);
    }
}

#[test]
fn text_errors_tell_place_and_type_only() {
    let message = |json: &str| {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let error = serde_path_to_error::deserialize::<_, Texts>(&mut deserializer);
        error.expect_err(json).to_string()
    };
    assert_eq!(
        message(r#"{"amount": "1", "list": ["1", "planted"]}"#),
        "list[1]: invalid type: string, expected a decimal number or its digits \
         at line 1 column 40"
    );
    assert!(message(r#"{"amount": ""}"#).starts_with("amount: invalid type: string"));
    assert!(message(r#"{"amount": null}"#).starts_with("amount: invalid type: null"));
    assert!(message(r#"{"amount": 1, "count": -1}"#).starts_with("count: invalid type: number"));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Times {
    #[serde(with = "wire::epoch_millis")]
    at: Timestamp,
    #[serde(default, with = "wire::epoch_millis_text")]
    paid_at: Option<Timestamp>,
}

#[test]
fn epoch_millis() {
    let expected = r#"{"at":1712042205773,"paid_at":"1712042205773"}"#;
    for json in [
        expected,
        r#"{"at": "1712042205773", "paid_at": 1712042205773}"#,
        r#"{"at": 1.712042205773e12, "paid_at": 1712042205773.0}"#,
    ] {
        let times: Times = serde_json::from_str(json).expect(json);
        assert_eq!(times.at.to_string(), "2024-04-02T07:16:45.773Z");
        assert_eq!(serde_json::to_string(&times).expect("encodes"), expected);
    }
    for json in [r#"{"at": 0}"#, r#"{"at": 0, "paid_at": ""}"#, r#"{"at": 0, "paid_at": null}"#] {
        let times: Times = serde_json::from_str(json).expect(json);
        assert_eq!(times.paid_at, None);
    }
    for json in [r#"{"at": ""}"#, r#"{"at": 0.5}"#, r#"{"at": 99999999999999999}"#] {
        assert!(serde_json::from_str::<Times>(json).is_err(), "{json}");
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct Empties {
    #[serde(default, deserialize_with = "wire::empty_as_none")]
    note: Option<String>,
    #[serde(default, deserialize_with = "wire::empty_as_none")]
    amount: Option<Decimal>,
    #[serde(default, deserialize_with = "wire::empty_as_none")]
    list: Option<Vec<Decimal>>,
}

#[test]
fn empty_as_none() {
    let none = Empties { note: None, amount: None, list: None };
    for json in [
        "{}",
        r#"{"note": "", "amount": "", "list": ""}"#,
        r#"{"note": null, "amount": null, "list": null}"#,
    ] {
        let empties: Empties = serde_json::from_str(json).expect(json);
        assert_eq!(empties, none);
    }
    let json = r#"{"note": " ", "amount": 12345678901234567.89, "list": [1]}"#;
    let some: Empties = serde_json::from_str(json).expect(json);
    assert_eq!(some.note.as_deref(), Some(" "));
    assert_eq!(some.amount.map(|it| it.to_string()).as_deref(), Some("12345678901234567.89"));
    assert_eq!(some.list, Some(vec![Decimal::from(1)]));

    let error = serde_json::from_str::<Empties>(r#"{"amount": "planted"}"#).expect_err("no amount");
    assert_eq!(
        error.to_string(),
        "invalid value: string, expected a value of the documented type at line 1 column 21"
    );
}
