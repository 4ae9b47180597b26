//! Tests of the module above.

use std::collections::HashSet;

use super::*;

#[track_caller]
fn json(text: &str) -> Json {
    Json::from_text(text).expect(text)
}

#[test]
fn source_text_is_kept() {
    let text = r#"{"b": 12345678901234567.890, "a": [1e2, "\u00e9"]}"#;
    assert_eq!(json(text).as_text(), text);
    assert_eq!(serde_json::to_string(&json(text)).expect("encodes"), text);
    assert_eq!(json(" 1 ").as_text(), "1");

    let members: JsonObject = serde_json::from_str(text).expect("an object");
    assert_eq!(members["b"].as_text(), "12345678901234567.890");
}

#[test]
fn only_json() {
    for text in ["", "{", "{'a': 1}", "1 2", "planted", "NaN"] {
        let error = Json::from_text(text).expect_err(text);
        assert!(!error.to_string().contains("planted"));
    }
}

#[test]
fn typed() {
    let amount: Decimal = json("12345678901234567.89").decode().expect("a number");
    assert_eq!(amount.to_string(), "12345678901234567.89");
    assert!(json("\"planted\"").decode::<Vec<u8>>().is_err());
}

#[test]
fn made_from_values() {
    assert_eq!(Json::from("a \"b\"").as_text(), r#""a \"b\"""#);
    assert_eq!(Json::from(String::from("a")).as_text(), "\"a\"");
    assert_eq!(Json::from(true).as_text(), "true");
    assert_eq!(Json::from(-5).as_text(), "-5");
    assert_eq!(Json::from(Decimal::new(1050, 2)).as_text(), "10.50");
    assert_eq!(Json::from(MinorUnits::new(5)).as_text(), "5");
    assert_eq!(Json::from(serde_json::json!({"a": [null]})).as_text(), r#"{"a":[null]}"#);
    assert!(Json::default().is_null());
    assert!(!Json::from("null").is_null());
}

#[test]
fn equal_without_white_space() {
    assert_eq!(json("{ \"a\" : [ 1 , 2 ] }"), json("{\"a\":[1,2]}"));
    assert_ne!(json("\"a b\""), json("\"ab\""));
    assert_ne!(json(r#""\" a""#), json(r#""\"a""#));
    assert_eq!(json(r#"["\\", 1]"#), json(r#"["\\",1]"#));
    assert_ne!(json("1.0"), json("1"));
    let distinct: HashSet<Json> = ["[1, 2]", "[1,2]", "[12]"].map(json).into_iter().collect();
    assert_eq!(distinct.len(), 2);
}

#[test]
fn debug_shows_no_value() {
    assert_eq!(format!("{:?}", json(r#"{"iban": "planted"}"#)), "Json(object, 19 bytes)");
    assert_eq!(format!("{:?}", json("\"planted\"")), "Json(string, 9 bytes)");
    assert_eq!(format!("{:?}", json("null")), "Json(null, 4 bytes)");
    let members: JsonObject = serde_json::from_str(r#"{"a": "planted"}"#).expect("an object");
    assert_eq!(format!("{members:?}"), r#"{"a": Json(string, 9 bytes)}"#);
}

#[test]
fn tokens() {
    let text = |text: &str| Token::of(text).scalar_text().map(str::to_owned);
    assert_eq!(text("\"\"").as_deref(), Some(""));
    assert_eq!(text(r#""\"a\"""#).as_deref(), Some("\"a\""));
    assert_eq!(text("-1.50").as_deref(), Some("-1.50"));
    assert_eq!(text("false").as_deref(), Some("false"));
    assert_eq!(text("null"), None);
    assert_eq!(text("[]"), None);
    // Half of a character is JSON, but no text.
    assert_eq!(text(r#""\ud800""#), None);
    assert_eq!(Token::of(r#""\ud800""#).kind(), "string");
}

#[test]
fn deep_json_is_kept() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(json(&deep).as_text(), deep);
}
