//! The lowered document is one that progenitor always takes.

use crate::source::{Source, SourceFile};

use super::*;

#[test]
fn only_tame_names_and_shapes_are_left() {
    let text = "openapi: 3.0.3\ninfo: {title: Acme, version: '1', description: Payouts.}\nx-sources: {docs: a page}\n\
         servers:\n  - {url: 'https://api.acme.example', x-environment: Production}\n\
         paths:\n  /a/{x-id}/{type}:\n    get:\n      operationId: get_all\n      summary: Reads.\n      x-source: [docs]\n      \
         parameters:\n        - {name: type, in: path, required: true, description: Kind., schema: {type: string}}\n        \
         - {name: x-id, in: path, required: true, description: Id., schema: {type: string}}\n      \
         responses:\n        '200':\n          description: All.\n          content:\n            application/json:\n              \
         schema: {$ref: '#/components/schemas/All'}\n        '4XX': {description: None.}\n\
         components:\n  schemas:\n    All: {type: object, required: ['event.type'], properties: {'event.type': {type: string, maxLength: 3, default: abc}, '3ds': {type: string, nullable: true}}}\n";
    let source = Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new("specs/acme.yaml", text)],
        samples: Vec::new(),
    };
    let api = crate::load(&source).expect("the spec is right");
    let lowered = serde_json::to_value(document(&api)).expect("a document is JSON");
    let all = &lowered["components"]["schemas"]["All"];
    assert_eq!(
        all["required"],
        serde_json::json!(["event_type", "n_3ds"]),
        "optional ones are wrapped later"
    );
    assert_eq!(
        all["properties"]["event_type"],
        serde_json::json!({"type": "string"}),
        "no constraint, no default"
    );
    let path = lowered["paths"].as_object().and_then(|it| it.keys().next()).expect("one path");
    assert_eq!(path, "/get_all/{x_id}/{type_}");
    let responses = lowered["paths"][path]["post"]["responses"].as_object().expect("responses");
    assert_eq!(
        responses.keys().collect::<Vec<_>>(),
        ["200"],
        "progenitor asserts one success type"
    );
}
