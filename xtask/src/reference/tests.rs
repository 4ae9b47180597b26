//! What reference pages say about a small API.

use codegen::{Source, SourceFile, model::Api};
use insta::assert_snapshot;

use super::*;

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Acme, version: '1', description: Pays.}
x-sources: {docs: https://docs.acme.example}
servers: [{url: https://api.acme.example, x-environment: Production}]
security: [{apiKey: []}]
paths:
  /payouts:
    get:
      operationId: list_payouts
      summary: Lists them.
      x-source: [docs]
      x-paging: {page: page, items: [/items]}
      parameters: [{name: page, in: query, description: Which., schema: {type: integer}}]
      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: {type: array, description: They., items: {$ref: '#/components/schemas/Wallet'}}
    post:
      operationId: create_payout
      summary: Pays somebody.
      x-source: [docs]
      x-idempotency: {header: Idempotency-Key}
      x-reconcile: {none: There is no way.}
      parameters:
        - {name: Idempotency-Key, in: header, description: A key., schema: {type: string}}
        - {name: page, in: query, description: Which., schema: {type: integer, minimum: 1}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Payout'}}}
      responses:
        '201':
          description: It is on its way.
          content: {application/json: {schema: {$ref: '#/components/schemas/Payout'}}}
        default: {description: It was refused.}
components:
  securitySchemes:
    apiKey: {type: apiKey, in: header, name: Authorization, description: The key.}
  schemas:
    Payout:
      type: object
      description: A payout.
      required: [to, amount]
      properties:
        id: {type: string, readOnly: true, description: Its id.}
        amount: {type: string, x-unit: major, description: How much.}
        to: {$ref: '#/components/schemas/Payee'}
    Payee:
      description: Who is paid.
      oneOf: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Wallet'}]
      discriminator:
        propertyName: kind
        mapping: {bank: '#/components/schemas/Bank', wallet: '#/components/schemas/Wallet'}
    Bank:
      type: object
      description: A bank account.
      required: [kind, iban]
      properties:
        kind: {type: string, enum: [bank], description: Tells what it is.}
        iban: {type: string, x-sensitive: true, maxLength: 34, description: The account.}
    Wallet:
      type: object
      description: A wallet.
      required: [kind]
      properties:
        kind: {type: string, enum: [wallet], description: Tells what it is.}
";

fn api() -> Api {
    api_of(SPEC)
}

#[track_caller]
fn api_of(spec: &str) -> Api {
    let files = vec![SourceFile::new("specs/acme.yaml", spec)];
    let source = Source { provider: "acme".to_owned(), files, samples: Vec::new() };
    codegen::load(&source)
        .unwrap_or_else(|it| panic!("{}", it.render_first(100, codegen::Color::Never)))
}

fn told(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(&format!("{}\n", part.title));
        for row in &part.rows {
            let indent = "  ".repeat(row.depth + 1);
            let docs = if row.docs.is_empty() { "" } else { " — " };
            text.push_str(&format!("{indent}{}: {}{docs}{}\n", row.name, row.said(), row.docs));
        }
    }
    text
}

#[test]
fn an_operation() {
    let api = api();
    assert_snapshot!(told(&operation(&api, &api.operations[1])), @"
    The call
      address: POST /payouts
      what it does: Pays somebody.
      servers: https://api.acme.example
      credentials: apiKey
      sent twice: a repeat is recognised by the header Idempotency-Key — The client tries again by itself, with the same key and the same bytes. It makes a key if none is given.
      outcome unknown: cannot be found out — There is no way.
    Parameters
      page: whole number, optional, in the query, at least 1 — Which.
    Body
      the body: Payout, as application/json — A payout.
      amount: text, required, money in major units, such as dollars — How much.
      to: Payee: one of these: Bank; Wallet, required
        either: Bank, if kind is bank
          kind: one of bank, required — Tells what it is.
          iban: text, required, personal or secret, at most 34 characters — The account.
        or: Wallet, if kind is wallet
          kind: one of wallet, required — Tells what it is.
    Answer 201
      the answer: Payout — It is on its way.
      id: text, optional, only ever received — Its id.
      amount: text, required, money in major units, such as dollars — How much.
      to: Payee: one of these: Bank; Wallet, required
        either: Bank, if kind is bank
          kind: one of bank, required — Tells what it is.
          iban: text, required, personal or secret, at most 34 characters — The account.
        or: Wallet, if kind is wallet
          kind: one of wallet, required — Tells what it is.
    Answer default
      the answer: no documented body — It was refused.
    ");
}

#[test]
fn a_list() {
    let api = api();
    assert_snapshot!(told(&operation(&api, &api.operations[0])), @"
    The call
      address: GET /payouts
      what it does: Lists them.
      servers: https://api.acme.example
      credentials: apiKey
      sent twice: it only reads — The client tries again by itself.
      answers: in pages, by page — The client gives all items as one stream with `items()`, and the answers as they come with `pages()`.
    Parameters
      page: whole number, optional, in the query — Which.
    Answer 200
      the answer: object — A page.
      items: list, each Wallet, optional — They.
        kind: one of wallet, required — Tells what it is.
    ");
}

#[test]
fn limits_in_words() {
    let wallet = "Wallet:\n      type: object\n      description: A wallet.\n      required: [kind]\n      properties:\n";
    let members = "        name: {type: string, minLength: 1, maxLength: 35, description: Its name.}\n        \
                   tags: {type: array, minItems: 1, maxItems: 2, description: Yours., items: {type: string}}\n";
    let api = api_of(&SPEC.replacen(wallet, &[wallet, members].concat(), 1));
    let rows = schema::members(&api, &api.schemas["Wallet"], Way::Defined);
    assert_snapshot!(told(&[Part::new("Wallet", Role::Body, rows)]), @"
    Wallet
      name: text, optional, at least 1 character, at most 35 characters — Its name.
      tags: list, each text, optional, at least 1 item, at most 2 items — Yours.
      kind: one of wallet, required — Tells what it is.
    ");
}

#[test]
fn what_several_parts_say_is_told_once() {
    let schemas = "    Wallet:
      description: A wallet.
      allOf:
        - $ref: '#/components/schemas/Kind'
        - $ref: '#/components/schemas/Strict'
    Strict:
      description: One that says its name.
      allOf:
        - $ref: '#/components/schemas/Kind'
        - {type: object, required: [name], properties: {name: {type: string, description: Its name.}, size: {type: string, description: Its size.}}}
    Kind:
      type: object
      description: A kind of account.
      required: [kind]
      properties:
        kind: {type: string, enum: [wallet], description: Tells what it is.}
        name: {type: string, description: Its name.}
";
    let (start, _) = SPEC.split_once("    Wallet:\n").expect("it is the last");
    let api = api_of(&format!("{start}{schemas}"));
    let rows = schema::members(&api, &api.schemas["Wallet"], Way::Defined);
    assert_snapshot!(told(&[Part::new("Wallet", Role::Body, rows)]), @"
    Wallet
      kind: one of wallet, required — Tells what it is.
      name: text, required — Its name.
      size: text, optional — Its size.
    ");
}

/// As the Rust type has it.
#[test]
fn of_parts_that_differ_the_last_is_told() {
    let schemas = "    Wallet:
      description: A wallet.
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            kind: {type: string, enum: [wallet], deprecated: true, description: Look at the name.}
            owner: {type: object, description: Theirs., properties: {name: {type: string, description: In full.}}}
            to: {description: To., oneOf: [{$ref: '#/components/schemas/Bank'}, {type: object, description: Cash., properties: {at: {type: string, description: At.}}}]}
    Base:
      type: object
      description: What there was first.
      required: [kind]
      properties:
        kind: {type: string, enum: [wallet], x-source: [docs], description: Tells what it is.}
        owner: {type: object, description: Whose it is., properties: {name: {type: string, description: A name.}}}
        to: {description: Where to., oneOf: [{$ref: '#/components/schemas/Bank'}, {type: object, description: Cash., properties: {at: {type: string, description: Where.}}}]}
        size: {type: string, description: Its size.}
";
    let (start, _) = SPEC.split_once("    Wallet:\n").expect("it is the last");
    let api = api_of(&format!("{start}{schemas}"));
    let rows = schema::members(&api, &api.schemas["Wallet"], Way::Defined);
    assert!(rows[0].sources.is_empty(), "those of the first part");
    assert_snapshot!(told(&[Part::new("Wallet", Role::Body, rows)]), @"
    Wallet
      kind: one of wallet, required, should not be used any more — Look at the name.
      owner: object, optional — Theirs.
        name: text, optional — In full.
      to: one of these: Bank; object, optional — To.
        either: Bank
        or: object
          at: text, optional — At.
      size: text, optional — Its size.
    ");
}

#[test]
fn a_schema_names_others() {
    let api = api();
    let rows = |name: &str| schema::members(&api, &api.schemas[name], Way::Defined);
    assert_snapshot!(told(&[Part::new("Payout", Role::Body, rows("Payout"))]), @"
    Payout
      id: text, optional, only ever received — Its id.
      amount: text, required, money in major units, such as dollars — How much.
      to: Payee: one of these: Bank; Wallet, required
    ");
    assert_snapshot!(told(&[Part::new("Payee", Role::Body, rows("Payee"))]), @"
    Payee
      either: Bank, if kind is bank
      or: Wallet, if kind is wallet
    ");
}

#[test]
fn a_part_has_an_end() {
    let rows = (0..2 * MOST_ROWS).map(|it| fact(&it.to_string(), "text")).collect();
    let part = Part::new("Body", Role::Body, rows);
    assert_eq!(part.rows.len(), MOST_ROWS + 1);
    assert_eq!(part.rows[MOST_ROWS].said(), "more than can be shown here");
}
