//! Reviews of a made-up spec and one change of it.

mod edges;
mod equal;

use codegen::{Source, SourceFile};
use insta::assert_snapshot;

use super::spec;
use crate::review::report::{Change, SpecReview};

const BASE: &str = include_str!("tests/base.yaml");

fn source(text: &str) -> Source {
    let files = vec![SourceFile::new("specs/acme.yaml", text)];
    Source { provider: "acme".to_owned(), files, samples: Vec::new() }
}

fn review(base: &str, head: &str) -> SpecReview {
    match spec(&source(base), &source(head)) {
        Ok(it) => it,
        Err(it) => panic!("{} cannot be read:\n{}", it.side, it.complaints),
    }
}

/// The spec with these texts in place of those.
#[track_caller]
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands there once");
        text.replace(from, to)
    })
}

/// The text of a schema, from its name to the next.
#[track_caller]
fn schema(name: &str) -> &'static str {
    let (_, schemas) = BASE.split_once("  schemas:\n").expect("there are some");
    let start = schemas.find(&format!("    {name}:\n")).expect("there is a schema of this name");
    let rest = &schemas[start..];
    let lines = rest.split_inclusive('\n');
    let n = 1 + lines.skip(1).take_while(|it| it.starts_with("      ")).count();
    let len: usize = rest.split_inclusive('\n').take(n).map(str::len).sum();
    &rest[..len]
}

fn shown(review: &SpecReview) -> String {
    let mut lines = Vec::new();
    for change in &review.changes {
        let Change { rule, summary, meaning, alarm, .. } = change;
        let alarm = alarm.as_ref().map_or(String::new(), |it| format!(" (!) {it}"));
        lines.push(format!("{meaning:?} {rule}: {summary}{alarm}"));
        for it in &change.effects {
            let example =
                it.counter_example.as_ref().map_or(String::new(), |it| format!(", such as {it}"));
            lines.push(format!(
                "  {}: {}: {:?} {:?}{example}",
                it.operation, it.part, it.direction, it.meaning
            ));
        }
    }
    let told = &review.reconciliation;
    lines.push(format!("{} of {} places explained", told.n_explained, told.n_places));
    for (before, after) in &told.unexplained {
        lines.push(format!("unexplained: {before:?} {after:?}"));
    }
    lines.join("\n")
}

/// What is told of a change of the spec.
#[track_caller]
fn told(edits: &[(&str, &str)]) -> String {
    shown(&review(BASE, &edited(edits)))
}

#[test]
fn nothing() {
    assert_snapshot!(shown(&review(BASE, BASE)), @"0 of 0 places explained");
}

#[test]
fn operation_removed() {
    assert_snapshot!(told(&[("  /payouts/{payout_id}:\n    get:", "  /payment/{payout_id}:\n    get:"), ("operationId: get_payout", "operationId: get_payment"), ("operation: get_payout", "operation: get_payment")]), @r#"
    BreaksWire operation-removed: `GET /payouts/{payout_id}` is gone.
      get_payout: the call: Call BreaksWire
    New reconcile-changed: `x-reconcile.operation` is `"get_payment"`, was `"get_payout"`. (!) how to find out what became of a payment
      create_payout: the call: Call New
    New operation-added: `GET /payment/{payout_id}` is new.
      get_payment: the call: Call New
    3 of 3 places explained
    "#);
}

#[test]
fn request_member_required_is_new() {
    assert_snapshot!(told(&[("      required: [amount, method, reference]", "      required: [amount, method, reference, country]"), ("        payee: {$ref: '#/components/schemas/Payee'}\n        priority", "        country: {type: string, description: Where.}\n        payee: {$ref: '#/components/schemas/Payee'}\n        priority")]), @r#"
    BreaksWire required-member-added: `PayoutRequest.country` is new and must be there.
      create_payout: body: Request BreaksWire, such as {"amount":{"currency":"USD","value":"x"},"method":"bank","reference":""}
    2 of 2 places explained
    "#);
}

#[test]
fn request_member_optional_is_new() {
    assert_snapshot!(told(&[("        priority:", "        country: {type: string, description: Where.}\n        priority:")]), @"
    New member-added: `PayoutRequest.country` is new and can be left out.
      create_payout: body: Request New
    1 of 1 places explained
    ");
}

#[test]
fn response_enum_value_is_new() {
    assert_snapshot!(told(&[("enum: [pending, paid]", "enum: [pending, paid, failed]")]), @r#"
    BreaksWire enum-value-added: `Payout.status` has the new value `"failed"`.
      create_payout: answer 201 › status: Response BreaksWire, such as {"status":"failed"}
      get_payout: answer 200 › status: Response BreaksWire, such as {"status":"failed"}
    1 of 1 places explained
    "#);
}

#[test]
fn shared_enum_value_is_gone() {
    assert_snapshot!(told(&[("enum: [bank, wallet]", "enum: [bank]")]), @r#"
    BreaksWire enum-value-removed: `PayoutMethod` has no value `"wallet"` any more.
      create_payout: body › method: Request BreaksWire, such as {"method":"wallet"}
      create_payout: answer 201 › method: Response New
      get_payout: answer 200 › method: Response New
    1 of 1 places explained
    "#);
}

#[test]
fn request_type_is_another() {
    assert_snapshot!(told(&[("reference: {type: string, description: Ours., maxLength: 35}", "reference: {type: integer, description: Ours.}")]), @r#"
    BreaksWire type-changed: `PayoutRequest.reference`: `type` is `"integer"`, was `"string"`.
      create_payout: body › reference: Request BreaksWire, such as {"reference":""}
    New limit-changed: `PayoutRequest.reference`: `maxLength` is gone, was `35`.
      create_payout: body › reference: Request New
    2 of 2 places explained
    "#);
}

#[test]
fn status_is_gone() {
    assert_snapshot!(told(&[("        '409': {description: It exists.}\n", "")]), @"
    BreaksWire status-removed: The answer `409` is gone.
      create_payout: answer 409: Response BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn request_limit_is_lower() {
    assert_snapshot!(told(&[("maxLength: 35", "maxLength: 20")]), @r#"
    BreaksWire limit-changed: `PayoutRequest.reference`: `maxLength` is `20`, was `35`.
      create_payout: body › reference: Request BreaksWire, such as {"reference":"111111111111111111111"}
    1 of 1 places explained
    "#);
}

#[test]
fn auth_is_another() {
    assert_snapshot!(told(&[("{type: apiKey, in: header, name: X-Api-Key, description: The key.}", "{type: http, scheme: bearer, description: The key.}")]), @r#"
    BreaksWire credential-changed: `credential apiKey`: `type` is `"http"`, was `"apiKey"`; `in` is gone, was `"header"`; `name` is gone, was `"X-Api-Key"`; `scheme` is `"bearer"` now. (!) credentials and how they are sent
      create_payout: the call: Call BreaksWire
      get_payout: the call: Call BreaksWire
    4 of 4 places explained
    "#);
}

#[test]
fn server_is_another() {
    assert_snapshot!(told(&[("https://api.acme.example", "https://api2.acme.example")]), @r#"
    BreaksWire server-changed: The server Production: `url` is `"https://api2.acme.example"`, was `"https://api.acme.example"`. (!) the server that calls are sent to
      create_payout: the call: Call BreaksWire
      get_payout: the call: Call BreaksWire
    1 of 1 places explained
    "#);
}

#[test]
fn default_is_another() {
    assert_snapshot!(told(&[("default: 1", "default: 2")]), @"
    BreaksWire default-changed: `PayoutRequest.priority`: `default` is `2`, was `1`.
      create_payout: body › priority: Request BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn response_member_is_nullable() {
    assert_snapshot!(told(&[("id: {type: string, description: Names it.}", "id: {type: string, nullable: true, description: Names it.}")]), @r#"
    BreaksWire nullable-changed: `Payout.id`: `nullable` is `true` now.
      create_payout: answer 201 › id: Response BreaksWire, such as {"id":null}
      get_payout: answer 200 › id: Response BreaksWire, such as {"id":null}
    1 of 1 places explained
    "#);
}

#[test]
fn request_member_is_not_nullable() {
    assert_snapshot!(told(&[("note: {type: string, nullable: true,", "note: {type: string,")]), @r#"
    BreaksWire nullable-changed: `PayoutRequest.note`: `nullable` is gone, was `true`.
      create_payout: body › note: Request BreaksWire, such as {"note":null}
    1 of 1 places explained
    "#);
}

#[test]
fn path_parameter_is_renamed() {
    assert_snapshot!(told(&[("  /payouts/{payout_id}:", "  /payouts/{id}:"), ("name: payout_id,", "name: id,")]), @r#"
    Documentation path-parameter-renamed: The path is written `/payouts/{id}`, was `/payouts/{payout_id}`.
      get_payout: the call: Call Documentation
    Documentation path-parameter-renamed: `name` is `"id"`, was `"payout_id"`.
      get_payout: parameter id: Request Documentation
    3 of 3 places explained
    "#);
}

#[test]
fn words() {
    assert_snapshot!(told(&[("summary: Reads a payout.", "summary: Reads one payout."), ("description: An account.", "description: An account of a bank.")]), @"
    Documentation documentation-changed: The description of Payee.iban has changed.
      create_payout: body › payee › iban: Request Documentation
      create_payout: answer 201 › payee › iban: Response Documentation
      get_payout: answer 200 › payee › iban: Response Documentation
    Documentation documentation-changed: The summary of GET /payouts/{payout_id} has changed.
      get_payout: the call: Call Documentation
    2 of 2 places explained
    ");
}

#[test]
fn operation_is_renamed() {
    assert_snapshot!(told(&[("operationId: create_payout", "operationId: make_payout")]), @r#"
    BreaksRust operation-renamed: `operationId` is `"make_payout"`, was `"create_payout"`.
      make_payout: the call: Call BreaksRust
    1 of 1 places explained
    "#);
}

#[test]
fn media_type_is_another() {
    assert_snapshot!(told(&[("        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/PayoutRequest'}", "        content:\n          application/x-www-form-urlencoded:\n            schema: {$ref: '#/components/schemas/PayoutRequest'}")]), @"
    BreaksWire media-type-removed: The media type `application/json` is gone.
      create_payout: body: Request BreaksWire
    New media-type-added: The media type `application/x-www-form-urlencoded` is new.
      create_payout: body: Request New
    2 of 2 places explained
    ");
}

#[test]
fn response_member_is_optional() {
    assert_snapshot!(told(&[("required: [id, status, amount, method]", "required: [id, amount, method]")]), @r#"
    BreaksWire member-optional: `Payout.status` can be left out; it was always there.
      create_payout: answer 201: Response BreaksWire, such as {"amount":{"currency":"USD","value":"x"},"id":"","method":"bank"}
      get_payout: answer 200: Response BreaksWire, such as {"amount":{"currency":"USD","value":"x"},"id":"","method":"bank"}
    1 of 1 places explained
    "#);
}

#[test]
fn additional_members() {
    assert_snapshot!(told(&[("      description: Who is paid.\n", "      description: Who is paid.\n      additionalProperties: true\n")]), @"
    New values-changed: `Payee`: `additionalProperties` is `true` now.
      create_payout: body › payee: Request New
      create_payout: answer 201 › payee: Response Documentation
      get_payout: answer 200 › payee: Response Documentation
    1 of 1 places explained
    ");
}

#[test]
fn integer_is_smaller() {
    assert_snapshot!(told(&[("format: int64", "format: int32")]), @r#"
    BreaksWire format-changed: `PayoutRequest.priority`: `format` is `"int32"`, was `"int64"`.
      create_payout: body › priority: Request BreaksWire, such as {"priority":2147483648}
    1 of 1 places explained
    "#);
}

#[test]
fn time_becomes_date() {
    assert_snapshot!(told(&[("format: date-time", "format: date")]), @r#"
    BreaksWire format-changed: `Payout.created_at`: `format` is `"date"`, was `"date-time"`.
      create_payout: answer 201 › created_at: Response BreaksWire, such as {"created_at":"2026-01-31"}
      get_payout: answer 200 › created_at: Response BreaksWire, such as {"created_at":"2026-01-31"}
    1 of 1 places explained
    "#);
}

#[test]
fn response_member_is_gone() {
    assert_snapshot!(told(&[("        created_at: {type: string, format: date-time, description: When.}\n", "")]), @"
    BreaksWire member-removed: `Payout.created_at` is gone.
      create_payout: answer 201: Response BreaksWire
      get_payout: answer 200: Response BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn pattern_is_another() {
    assert_snapshot!(told(&[("^[A-Z]{3}$", "^[A-Z]{2,3}$")]), @r#"
    BreaksWire limit-changed: `Sum.currency`: `pattern` is `"^[A-Z]{2,3}$"`, was `"^[A-Z]{3}$"`. (!) an amount of money, its unit or currency
      create_payout: body › amount › currency: Request BreaksWire
      create_payout: answer 201 › amount › currency: Response BreaksWire, such as {"currency":"US"}
      get_payout: answer 200 › amount › currency: Response BreaksWire, such as {"currency":"US"}
    1 of 1 places explained
    "#);
}

#[test]
fn required_header_is_new() {
    assert_snapshot!(told(&[("        - {name: expand,", "        - {name: X-Trace, in: header, required: true, description: A trace., schema: {type: string}}\n        - {name: expand,")]), @"
    BreaksWire required-parameter-added: The header parameter `X-Trace` is new; it must be sent.
      get_payout: parameter X-Trace: Request BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn operation_is_new() {
    assert_snapshot!(told(&[("  /payouts/{payout_id}:", "  /balance:\n    get:\n      operationId: get_balance\n      summary: Reads the balance.\n      x-source: [docs]\n      responses:\n        '204': {description: None.}\n  /payouts/{payout_id}:")]), @"
    New operation-added: `GET /balance` is new.
      get_balance: the call: Call New
    1 of 1 places explained
    ");
}

#[test]
fn order_only() {
    assert_snapshot!(told(&[("        id: {type: string, description: Names it.}\n        status: {type: string, description: How far it is., enum: [pending, paid]}", "        status: {type: string, description: How far it is., enum: [pending, paid]}\n        id: {type: string, description: Names it.}")]), @"
    Documentation layout-changed: Only comments, the order of keys or the layout have changed.
    0 of 0 places explained
    ");
}

#[test]
fn schema_is_extracted() {
    assert_snapshot!(told(&[("        iban: {type: string, x-sensitive: true, description: An account., maxLength: 34}\n", "        iban: {$ref: '#/components/schemas/Iban'}\n    Iban: {type: string, x-sensitive: true, description: An account., maxLength: 34}\n")]), @"
    New component-added: The schema `Iban` is new.
      create_payout: body › payee › iban: Request New
      create_payout: answer 201 › payee › iban: Response New
      get_payout: answer 200 › payee › iban: Response New
    Documentation written-differently: `Payee.iban` is written as `Iban` now.
      create_payout: body › payee › iban: Request Documentation
      create_payout: answer 201 › payee › iban: Response Documentation
      get_payout: answer 200 › payee › iban: Response Documentation
    2 of 2 places explained
    ");
}

#[test]
fn extension_is_new() {
    assert_snapshot!(told(&[("description: Names it.}\n", "description: Names it., x-sensitive: true}\n")]), @"
    BreaksRust sensitivity-changed: `Payout.id`: `x-sensitive` is `true` now.
      create_payout: answer 201 › id: Response BreaksRust
      get_payout: answer 200 › id: Response BreaksRust
    1 of 1 places explained
    ");
}

#[test]
fn unit_is_another() {
    assert_snapshot!(told(&[("fee: {type: integer, x-unit: minor,", "fee: {type: number, x-unit: major,")]), @r#"
    BreaksWire type-changed: `Payout.fee`: `type` is `"number"`, was `"integer"`. (!) an amount of money, its unit or currency
      create_payout: answer 201 › fee: Response BreaksWire, such as {"fee":0.5}
      get_payout: answer 200 › fee: Response BreaksWire, such as {"fee":0.5}
    BreaksWire unit-changed: `Payout.fee`: `x-unit` is `"major"`, was `"minor"`. (!) the unit of an amount
      create_payout: answer 201 › fee: Response BreaksWire
      get_payout: answer 200 › fee: Response BreaksWire
    2 of 2 places explained
    "#);
}

#[test]
fn idempotency_is_gone() {
    assert_snapshot!(told(&[("x-idempotency: {header: Idempotency-Key}", "x-idempotency: none")]), @r#"
    BreaksWire idempotency-changed: `x-idempotency` is `"none"`, was `{"header":"Idempotency-Key"}`. (!) whether a call may be sent again
      create_payout: the call: Call BreaksWire
    1 of 1 places explained
    "#);
}

#[test]
fn schema_is_renamed() {
    let head = BASE.replace("Payee'", "Recipient'").replace("    Payee:", "    Recipient:");
    assert_snapshot!(shown(&review(BASE, &head)), @"
    BreaksRust component-renamed: The schema `Payee` is called `Recipient` now.
      create_payout: body › payee: Request BreaksRust
      create_payout: answer 201 › payee: Response BreaksRust
      get_payout: answer 200 › payee: Response BreaksRust
    1 of 1 places explained
    ");
}

#[test]
fn schema_is_renamed_and_changed() {
    let head = BASE.replace("Payee'", "Recipient'").replace("    Payee:", "    Recipient:");
    let head = head.replace("maxLength: 34", "maxLength: 30");
    assert_snapshot!(shown(&review(BASE, &head)), @r#"
    BreaksWire limit-changed: `Recipient.iban`: `maxLength` is `30`, was `34`.
      create_payout: body › payee › iban: Request BreaksWire, such as {"iban":"1111111111111111111111111111111"}
      create_payout: answer 201 › payee › iban: Response New
      get_payout: answer 200 › payee › iban: Response New
    BreaksRust component-renamed: The schema `Payee` is called `Recipient` now.
      create_payout: body › payee: Request BreaksRust
      create_payout: answer 201 › payee: Response BreaksRust
      get_payout: answer 200 › payee: Response BreaksRust
    2 of 2 places explained
    "#);
}

#[test]
fn parts_are_put_in_place() {
    let money = "type: object\n      description: An amount.\n      required: [value, currency]\n      properties:\n        value: {type: string, x-unit: major, description: How much.}\n        currency:";
    let parts = "description: An amount.\n      allOf:\n        - type: object\n          required: [value]\n          properties:\n            value: {type: string, x-unit: major, description: How much.}\n        - type: object\n          required: [currency]\n          properties:\n            currency:";
    assert_snapshot!(told(&[(money, parts)]), @"
    Documentation written-differently: `Sum` is put together differently.
      create_payout: body › amount: Request Documentation
      create_payout: answer 201 › amount: Response Documentation
      get_payout: answer 200 › amount: Response Documentation
    6 of 6 places explained
    ");
}

#[test]
fn words_of_a_part() {
    let plain = "      description: Who is paid.\n      required: [name]\n      properties:\n        name: {type: string, x-sensitive: true, description: A name.}\n        iban: {type: string, x-sensitive: true, description: An account., maxLength: 34}\n";
    let parts = "      description: Who is paid.\n      allOf:\n        - {type: object, description: A part., required: [name], properties: {name: {type: string, x-sensitive: true, description: A name.}}}\n        - {type: object, properties: {iban: {type: string, x-sensitive: true, description: An account.}}}\n";
    let base = BASE.replace(plain, parts);
    let head = base.replace("A part.", "One part.");
    assert_ne!(base, head);
    assert_snapshot!(shown(&review(&base, &head)), @"
    Documentation documentation-changed: The description of Payee has changed.
      create_payout: body › payee: Request Documentation
      create_payout: answer 201 › payee: Response Documentation
      get_payout: answer 200 › payee: Response Documentation
    1 of 1 places explained
    ");
}

#[test]
fn an_alternative_is_narrower_beside_one_that_takes_anything() {
    let plain = "        method: {$ref: '#/components/schemas/PayoutMethod'}\n        reference:";
    let union = "        method: {$ref: '#/components/schemas/PayoutMethod'}\n        to: {$ref: '#/components/schemas/Target'}\n        reference:";
    let schemas = "    Target:\n      description: Where to.\n      anyOf:\n        - {$ref: '#/components/schemas/Bank'}\n        - {$ref: '#/components/schemas/Other'}\n      discriminator:\n        propertyName: kind\n        mapping: {bank: '#/components/schemas/Bank'}\n    Bank:\n      type: object\n      description: A bank.\n      required: [kind, number]\n      properties:\n        kind: {type: string, description: Which.}\n        number: {type: string, x-sensitive: true, description: A number., maxLength: 20}\n    Other:\n      type: object\n      description: Anything else.\n      required: [kind]\n      properties: {kind: {type: string, description: Which.}}\n      additionalProperties: true\n    PayoutMethod:\n";
    let base = BASE.replacen(plain, union, 1).replace("    PayoutMethod:\n", schemas);
    let head = base.replace("maxLength: 20", "maxLength: 10");
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire limit-changed: `Bank.number`: `maxLength` is `10`, was `20`.
      create_payout: body › to › as Bank › number: Request BreaksWire, such as {"number":"11111111111"}
    1 of 1 places explained
    "#);
}
