//! Progenitor gives every member and argument the type that we mean.

use crate::{
    lower,
    source::{Source, SourceFile},
};

use super::*;

fn bound(schemas: &str) -> Rust {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1', description: Payouts.}}\nx-sources: {{docs: a page}}\n\
         servers:\n  - {{url: 'https://api.acme.example', x-environment: Production}}\n\
         paths:\n  /all/{{type}}:\n    get:\n      operationId: get_all\n      summary: Reads.\n      x-source: [docs]\n      \
         parameters:\n        - {{name: type, in: path, required: true, description: Kind., schema: {{type: string}}}}\n      \
         responses:\n        '200':\n          description: All.\n          content:\n            application/json:\n              \
         schema: {{type: array, items: {{$ref: '#/components/schemas/All'}}}}\n        '404': {{description: None.}}\n\
         components:\n  schemas:\n{schemas}"
    );
    let source = Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new("specs/acme.yaml", &text)],
        samples: Vec::new(),
    };
    let api = crate::load(&source).expect("the spec is right");
    file(&lower::document(&api))
}

#[track_caller]
fn member(schema: &str, expected: &str) {
    let rust = bound(&format!("    All: {{type: object, properties: {{a: {schema}}}}}\n"));
    assert_eq!(crate::render::type_text(&rust.members["All"]["a"]), expected, "{schema}");
}

#[test]
fn scalars() {
    member("{type: string}", "String");
    member("{type: boolean}", "bool");
    member("{type: integer}", "i64");
    member("{type: integer, format: int32}", "i32");
    member("{type: integer, format: uint64}", "u64");
    member("{type: integer, x-unit: minor}", "MinorUnits");
    member("{type: number, x-unit: major}", "Decimal");
    member("{type: string, format: date-time}", "Timestamp");
    member("{type: string, format: date}", "Date");
    member("{type: string, format: civil-date-time}", "CivilDateTime");
    member("{type: string, format: epoch-millis}", "Timestamp");
    member("{oneOf: [{type: integer}, {type: string}]}", "IntegerOrString");
    member("{}", "Json");
    member("{type: object}", "JsonObject");
}

#[test]
fn collections() {
    member("{type: array, items: {type: string}}", "Vec<String>");
    member("{type: array, items: {type: array, items: {type: boolean}}}", "Vec<Vec<bool>>");
    member(
        "{type: object, additionalProperties: {type: number, x-unit: rate}}",
        "BTreeMap<String, Decimal>",
    );
}

#[test]
fn a_type_that_contains_itself_gets_a_box() {
    member("{$ref: '#/components/schemas/All'}", "Box<All>");
    member("{type: array, items: {$ref: '#/components/schemas/All'}}", "Vec<All>");
}

#[test]
fn a_signature() {
    let rust = bound("    All: {type: object, properties: {a: {type: string}}}\n");
    let signature = &rust.signatures["get_all"];
    let arguments: Vec<(String, String)> = signature
        .arguments
        .iter()
        .map(|(name, ty)| (name.clone(), crate::render::type_text(ty)))
        .collect();
    assert_eq!(arguments, [("type_".to_owned(), "String".to_owned())]);
    assert_eq!(crate::render::type_text(&signature.output), "Vec<All>");
}

/// A document whose schema `Wrong` progenitor refuses: no type can be made of it.
fn with_a_wrong_schema() -> OpenAPI {
    let text = r##"{
        "openapi": "3.0.3", "info": {"title": "Acme", "version": "0"}, "paths": {},
        "components": {"schemas": {
            "Right": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Wrong"}}},
            "Other": {"type": "string"},
            "Wrong": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Nothing"}}},
            "Last": {"type": "string"}
        }}
    }"##;
    serde_json::from_str(text).expect("it is a document")
}

#[test]
fn what_progenitor_does_not_take_is_found() {
    let lowered = with_a_wrong_schema();
    assert_eq!(checked(&lowered).expect_err("it is wrong"), Culprit::Type(2));
}

#[test]
fn an_operation_that_progenitor_does_not_take_is_found() {
    let mut lowered = with_a_wrong_schema();
    lowered.components = None;
    for (idx, id) in [Some("first"), None, Some("last")].into_iter().enumerate() {
        let operation = openapiv3::Operation {
            operation_id: id.map(str::to_owned),
            ..openapiv3::Operation::default()
        };
        let item = openapiv3::PathItem { post: Some(operation), ..openapiv3::PathItem::default() };
        lowered.paths.paths.insert(format!("/{idx}"), openapiv3::ReferenceOr::Item(item));
    }
    assert_eq!(checked(&lowered).expect_err("it is wrong"), Culprit::Operation(1));
}
