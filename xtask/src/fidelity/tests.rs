//! What is made of schemas, and what is seen as a loss.

use codegen::{
    model::types::Direction,
    parse::{json::node, node::Node},
};
use serde_json::json;

use super::{Exception, instances::Maker, json::Json, judge, reason, schema::Schemas, spread};

fn files(version: &str, schemas: &str) -> Vec<(String, Node)> {
    let text = format!(r#"{{"openapi": "{version}", "components": {{"schemas": {schemas}}}}}"#);
    vec![("acme.json".to_owned(), node(&text, 0).expect("a test's document is JSON"))]
}

#[track_caller]
fn lowered(version: &str, schemas: &str, direction: Direction) -> serde_json::Value {
    let files = files(version, schemas);
    let schemas = Schemas::new(&files);
    let root = schemas.at("acme.json", "/components/schemas/A").expect("there is an A");
    schemas.document(&[root], direction).finish(&schemas).1["$defs"].take()
}

#[track_caller]
fn made(schema: &str) -> Vec<String> {
    let files = files("3.1.0", &format!(r#"{{"A": {schema}}}"#));
    let schemas = Schemas::new(&files);
    let root = schemas.at("acme.json", "/components/schemas/A").expect("there is an A");
    let made = Maker::new(&schemas, Direction::Received).candidates(root);
    made.iter().map(Json::write).collect()
}

#[track_caller]
fn lost(schema: &str, before: &str, after: &str) -> Vec<String> {
    let files = files("3.1.0", &format!(r#"{{"A": {schema}}}"#));
    let schemas = Schemas::new(&files);
    let root = schemas.at("acme.json", "/components/schemas/A").expect("there is an A");
    let json = |text: &str| Json::parse(text).expect("a test's value is JSON");
    let found =
        judge::differences(&schemas, root, Direction::Received, &json(before), &json(after));
    found.into_iter().map(|it| format!("{}: {}", it.path, it.what)).collect()
}

#[test]
fn openapi_30_as_json_schema() {
    let schemas = r##"{
        "A": {"type": "object", "properties": {
            "b": {"$ref": "#/components/schemas/B", "nullable": true},
            "c": {"type": "integer", "nullable": true, "minimum": 0, "exclusiveMinimum": true},
            "d": {"type": "integer", "format": "int32"}
        }},
        "B": {"type": "string", "xml": {}}
    }"##;
    let int32 = json!({"minimum": i32::MIN, "maximum": i32::MAX});
    assert_eq!(
        lowered("3.0.3", schemas, Direction::Received),
        json!({
            "0": {"type": ["object"], "properties": {
                "b": {"$ref": "urn:schemas#/$defs/1"},
                "c": {"type": ["integer", "null"], "minimum": 0, "exclusiveMinimum": 0},
                "d": {"type": ["integer"], "format": "int32", "allOf": [int32]}
            }},
            "1": {"type": ["string"]}
        })
    );
}

#[test]
fn what_does_not_travel_is_not_required() {
    let schemas = r#"{"A": {"required": ["a", "b", "c"], "properties": {
        "a": {"readOnly": true}, "b": {"writeOnly": true}, "c": {}
    }}}"#;
    let required = |direction| lowered("3.1.0", schemas, direction)["0"]["required"].take();
    assert_eq!(required(Direction::Sent), json!(["b", "c"]));
    assert_eq!(required(Direction::Received), json!(["a", "c"]));
}

#[test]
fn values_of_an_object() {
    let made = made(
        r#"{"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
            "a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": ["boolean", "null"]}
        }}"#,
    );
    let expected = [
        r#"{"a":"x"}"#,
        r#"{"a":"x","b":true}"#,
        r#"{"a":"y"}"#,
        r#"{"a":"x","b":false}"#,
        r#"{"a":"x","b":null}"#,
    ];
    assert_eq!(made, expected);
}

#[test]
fn values_of_each_alternative() {
    let made = made(
        r#"{"oneOf": [{"const": "x"}, {"properties": {"a": {"const": 1}}, "additionalProperties": false}]}"#,
    );
    for it in [r#""x""#, "{}", r#"{"a":1}"#] {
        assert!(made.iter().any(|made| made == it), "{it} is missing in {made:?}");
    }
}

#[test]
fn values_of_what_contains_itself() {
    let made =
        made(r##"{"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}"##);
    assert!(made.iter().any(|it| it == r#"{"a":{"a":{"a":{}}}}"#), "{made:?}");
}

#[test]
fn exact_numbers_are_among_the_values() {
    assert!(made(r#"{"type": "number"}"#).iter().any(|it| it == "12345678901234567.89"));
    assert!(made("{}").iter().any(|it| it == "12345678901234567.89"));
}

#[test]
fn what_is_a_loss() {
    let schema = r#"{"type": "object", "properties": {
        "a": {"type": "number"}, "b": {"type": "string"}, "c": {"type": "array", "items": {}},
        "d": {"type": "string", "format": "date-time"}, "e": {"type": "string", "writeOnly": true}
    }}"#;
    assert_eq!(lost(schema, r#"{"a": 1}"#, "{}"), ["/a: a declared member is lost"]);
    assert_eq!(
        lost(schema, r#"{"a": 12345678901234567.89}"#, r#"{"a": 12345678901234568}"#),
        ["/a: a number is another"]
    );
    assert_eq!(lost(schema, r#"{"b": "x"}"#, r#"{"b": "X"}"#), ["/b: a text is another"]);
    assert_eq!(
        lost(schema, r#"{"c": [1, 2]}"#, r#"{"c": [1]}"#),
        ["/c: a value is of another kind"]
    );
    assert_eq!(
        lost(schema, r#"{"c": [{"x": 1}]}"#, r#"{"c": [{}]}"#),
        ["/c/0/x: an additional member is lost"]
    );
    assert_eq!(lost(schema, "{}", r#"{"a": null}"#), ["/a: a member was added"]);
    let before = r#"{"d": "2026-01-02T03:04:05Z"}"#;
    assert_eq!(lost(schema, before, r#"{"d": "2026-01-02T03:04:06Z"}"#), ["/d: a text is another"]);
}

#[test]
fn what_is_no_loss() {
    let schema = r#"{"type": "object", "properties": {
        "a": {"type": "number"}, "d": {"type": "string", "format": "date-time"},
        "e": {"type": "string", "writeOnly": true}
    }}"#;
    let before = r#"{"a": 1.50, "d": "2026-01-02T03:04:05+01:00", "e": "x", "f": "undeclared"}"#;
    let after = r#"{"a": 15e-1, "d": "2026-01-02T02:04:05Z"}"#;
    assert_eq!(lost(schema, before, after), Vec::<String>::new());
    assert_eq!(lost(schema, r#"{"a": null}"#, "{}"), Vec::<String>::new());
}

/// The member `b` of a value that is the first alternative is not declared.
#[test]
fn members_of_other_alternatives() {
    let schema = r#"{"oneOf": [
        {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["x"]}, "a": {}}},
        {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["y"]}, "b": {}}}
    ]}"#;
    let none = Vec::<String>::new();
    assert_eq!(lost(schema, r#"{"kind": "x", "b": 1}"#, r#"{"kind": "x"}"#), none);
    assert_eq!(
        lost(schema, r#"{"kind": "y", "b": 1}"#, r#"{"kind": "y"}"#),
        ["/b: a declared member is lost"]
    );
    let nested = r#"{"oneOf": [
        {"required": ["kind"], "properties": {"kind": {"enum": ["x"]}, "of": {"properties": {"a": {}}}}},
        {"required": ["kind"], "properties": {"kind": {"enum": ["y"]}, "of": {"properties": {"b": {}}}}}
    ]}"#;
    let before = r#"{"kind": "x", "of": {"a": 1, "b": 1}}"#;
    assert_eq!(lost(nested, before, r#"{"kind": "x", "of": {"a": 1}}"#), none);
    assert_eq!(
        lost(nested, before, r#"{"kind": "x", "of": {"b": 1}}"#),
        ["/of/a: a declared member is lost"]
    );
    let any = r#"{"anyOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#;
    assert_eq!(lost(any, r#"{"a": 1, "b": 1}"#, r#"{"a": 1}"#), ["/b: a declared member is lost"]);
}

#[test]
fn members_that_are_kept() {
    let schema = r#"{"type": "object", "properties": {"a": {}}, "additionalProperties": true}"#;
    assert_eq!(lost(schema, r#"{"b": 1}"#, "{}"), ["/b: an additional member is lost"]);
}

#[test]
fn every_number_once() {
    for n in [0, 1, 2, 7, 50] {
        let mut order = spread(n, 3);
        assert_eq!(
            order.iter().take(3).copied().collect::<Vec<_>>(),
            (0..n.min(3)).collect::<Vec<_>>()
        );
        order.sort_unstable();
        assert_eq!(order, (0..n).collect::<Vec<_>>());
    }
}

#[test]
fn what_is_explained() {
    let exception = |message: &str| Exception {
        document: String::new(),
        pointer: String::new(),
        ty: String::new(),
        instance: String::new(),
        encoded: None,
        path: String::new(),
        cause: String::new(),
        message: message.to_owned(),
    };
    let is_explained = |message: &str| reason(&exception(message)).is_some();
    assert!(is_explained(
        "invalid type: floating point `1000.0`, expected i32 at line 1 column 13"
    ));
    assert!(!is_explained("invalid type: floating point `1.5`, expected i32 at line 1 column 13"));
    assert!(!is_explained("missing field `iban` at line 1 column 15"));
}
