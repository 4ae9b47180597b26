//! What a document means.

use crate::{
    model::types::{Encoding, Presence, Shape, summary},
    source::{Source, SourceFile},
};

use super::*;

fn meaning(schemas: &str) -> Api {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1', description: Payouts.}}\nx-sources: {{docs: a page}}\n\
         servers:\n  - {{url: 'https://api.acme.example', x-environment: Production}}\n\
         paths:\n  /payouts:\n    patch:\n      operationId: update\n      summary: Changes.\n      x-source: [docs]\n      \
         x-idempotency: repeatable\n      x-reconcile: {{none: nothing reads it}}\n      \
         requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Payout'}}}}}}}}\n      \
         responses:\n        '200':\n          description: All.\n          content:\n            application/json:\n              \
         schema: {{$ref: '#/components/schemas/Payout'}}\n\
         components:\n  schemas:\n{schemas}"
    );
    let source = Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new("specs/acme.yaml", &text)],
        samples: Vec::new(),
    };
    crate::load(&source).expect("the spec is right")
}

fn members(api: &Api, name: &str) -> Vec<(String, Presence, Encoding)> {
    match &api.types[name].shape {
        Shape::Struct(it) => {
            it.members.iter().map(|it| (it.rust.clone(), it.presence, it.encoding)).collect()
        }
        other => panic!("{name} is no struct: {other:?}"),
    }
}

#[test]
fn a_type_for_each_direction_where_they_differ() {
    let api = meaning(
        "    Payout:\n      type: object\n      required: [id, amount]\n      properties:\n        \
         id: {type: string, readOnly: true}\n        pin: {type: string, writeOnly: true}\n        \
         amount: {type: string, x-unit: minor}\n",
    );
    let names: Vec<&String> = api.types.keys().collect();
    assert_eq!(names, ["Payout", "PayoutRequest"]);
    assert_eq!(
        members(&api, "Payout"),
        [
            ("id".to_owned(), Presence::Required, Encoding::Natural),
            ("amount".to_owned(), Presence::Required, Encoding::Text)
        ]
    );
    assert_eq!(
        members(&api, "PayoutRequest"),
        [
            ("pin".to_owned(), Presence::Optional, Encoding::Natural),
            ("amount".to_owned(), Presence::Required, Encoding::Text)
        ]
    );
}

#[test]
fn absent_and_null_differ_in_a_patch() {
    let api = meaning(
        "    Payout:\n      type: object\n      properties:\n        note: {type: string, nullable: true}\n        \
         at: {type: integer, format: epoch-millis}\n",
    );
    assert_eq!(
        members(&api, "Payout"),
        [
            ("note".to_owned(), Presence::Patch, Encoding::Natural),
            ("at".to_owned(), Presence::Optional, Encoding::EpochMillis)
        ]
    );
}

#[test]
fn order_is_that_of_the_spec() {
    let api = meaning(
        "    Zeta: {type: string}\n    Payout:\n      type: object\n      properties:\n        \
         z: {$ref: '#/components/schemas/Zeta'}\n        inner: {type: object, properties: {a: {type: string}}}\n        \
         a: {$ref: '#/components/schemas/Alpha'}\n    Alpha: {type: string}\n",
    );
    let names: Vec<&String> = api.types.keys().collect();
    assert_eq!(names, ["Zeta", "Payout", "PayoutInner", "Alpha"]);
}

#[test]
fn the_first_sentence() {
    assert_eq!(summary("Pays. And more."), "Pays.");
    assert_eq!(summary("Pays\na person.\n\nMore."), "Pays a person.");
    assert_eq!(summary(""), "");
}
