//! Changes that are easily told wrongly.

use insta::assert_snapshot;

use super::{BASE, edited, review, schema, shown, source, told};
use crate::review::spec::spec;

const PAYEE: &str = "      description: Who is paid.\n      required: [name]\n";
const DETAILS: &str =
    "        payee: {$ref: '#/components/schemas/Payee'}\n        priority: {type: integer,";
const EXPAND: &str = "        - {name: expand, in: query, description: How much., schema: {type: string, enum: [payee, fees]}}\n";
/// A payee of parts, with the first of them.
const NAMED: &str = "    Payee:\n      description: Who is paid.\n      allOf:\n        - {type: object, required: [name], properties: {name: {type: string, x-sensitive: true, description: A name.}}}\n";
/// A second part, and its schema.
const ACCOUNT: &str = "        - $ref: '#/components/schemas/Account'\n    Account:\n      type: object\n      description: An account.\n      properties: {iban: {type: string, x-sensitive: true, description: An account.}}\n";
const ROOT_SECURITY: &str = "security: [{apiKey: []}]\n";

#[test]
fn a_path_moves_and_its_parameter_is_renamed() {
    assert_snapshot!(told(&[("  /payouts/{payout_id}:", "  /payments/{id}:"), ("name: payout_id,", "name: id,")]), @r#"
    BreaksWire operation-moved: It is `GET /payments/{id}` now, was `GET /payouts/{payout_id}`.
      get_payout: the call: Call BreaksWire
    Documentation path-parameter-renamed: `name` is `"id"`, was `"payout_id"`.
      get_payout: parameter id: Request Documentation
    3 of 3 places explained
    "#);
}

#[test]
fn the_parameters_of_a_path_change_places() {
    let base = BASE.replace("/payouts/{payout_id}:", "/{group}/payouts/{payout_id}:").replace(
        "        - {name: payout_id, in: path,",
        "        - {name: group, in: path, required: true, description: Whose., schema: {type: integer}}\n        - {name: payout_id, in: path,",
    );
    let head = base.replace("/{group}/payouts/{payout_id}:", "/payouts/{payout_id}/of/{group}:");
    assert_snapshot!(shown(&review(&base, &head)), @"
    BreaksWire operation-moved: It is `GET /payouts/{payout_id}/of/{group}` now, was `GET /{group}/payouts/{payout_id}`.
      get_payout: the call: Call BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn all_webhooks_come_at_once_and_go() {
    let webhooks = "x-webhooks:\n  payout_paid:\n    post:\n      operationId: payout_paid\n      summary: A payout is paid.\n      x-source: [docs]\n      x-verification: basic\n      requestBody:\n        required: true\n        description: The payout.\n        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Payout'}\n      responses:\n        '200': {description: Taken.}\npaths:\n";
    let head = BASE.replacen("paths:\n", webhooks, 1);
    assert_snapshot!(shown(&review(BASE, &head)), @"
    New webhook-added: The webhook `payout_paid` is new.
      payout_paid: the call: Call New
    1 of 1 places explained
    ");
    assert_snapshot!(shown(&review(&head, BASE)), @"
    BreaksWire webhook-removed: The webhook `payout_paid` is gone.
      payout_paid: the call: Call BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn credentials_are_written_in_another_place() {
    let own = |base: &str, security: &str| {
        let from = |id: &str| format!("      operationId: {id}\n");
        let to = |id: &str| format!("{}      security: {security}\n", from(id));
        ["create_payout", "get_payout"]
            .iter()
            .fold(base.to_owned(), |text, id| text.replace(&from(id), &to(id)))
    };
    let head = own(&BASE.replace(ROOT_SECURITY, "security: []\n"), "[{apiKey: []}]");
    assert_snapshot!(shown(&review(BASE, &head)), @"
    Documentation written-differently: Its credentials are written in another place.
      create_payout: the call: Call Documentation
    Documentation written-differently: Its credentials are written in another place.
      get_payout: the call: Call Documentation
    Documentation documentation-changed: The security of the spec has changed.
    3 of 3 places explained
    ");
    // What no operation inherits says nothing.
    let after = head.replace("security: []\n", "");
    assert_snapshot!(shown(&review(&head, &after)), @"
    Documentation documentation-changed: The security of the spec is gone.
    1 of 1 places explained
    ");
    let open = own(BASE, "[{apiKey: []}, {}]");
    assert_snapshot!(shown(&review(BASE, &open)), @r#"
    New security-changed: Callers authenticate with `[{"apiKey":[]},{}]`, it was `[{"apiKey":[]}]`. (!) credentials and how they are sent
      create_payout: the call: Call New
    New security-changed: Callers authenticate with `[{"apiKey":[]},{}]`, it was `[{"apiKey":[]}]`. (!) credentials and how they are sent
      get_payout: the call: Call New
    2 of 2 places explained
    "#);
}

#[test]
fn a_shared_parameter_becomes_another() {
    assert_snapshot!(told(&[("x-idempotency: {header: Idempotency-Key}", "x-idempotency: {header: X-Request-Id}"), ("      name: Idempotency-Key\n", "      name: X-Request-Id\n")]), @r#"
    BreaksWire parameter-removed: The header parameter `Idempotency-Key` is gone. (!) whether a call may be sent again
      create_payout: the call: Call BreaksWire
    BreaksWire required-parameter-added: The header parameter `X-Request-Id` is new; it must be sent.
      create_payout: parameter X-Request-Id: Request BreaksWire
    BreaksWire idempotency-changed: `x-idempotency.header` is `"X-Request-Id"`, was `"Idempotency-Key"`. (!) whether a call may be sent again
      create_payout: the call: Call BreaksWire
    2 of 2 places explained
    "#);
}

#[test]
fn all_parameters_of_an_operation_go() {
    let both = "      parameters:\n        - $ref: '#/components/parameters/IdempotencyKey'\n";
    let component =
        BASE.split_once("  parameters:\n    IdempotencyKey:").map_or("", |(_, rest)| rest);
    let component = component.split_once("  schemas:").map_or("", |(it, _)| it);
    let component = format!("  parameters:\n    IdempotencyKey:{component}");
    assert_snapshot!(told(&[(both, ""), (&component, ""), ("x-idempotency: {header: Idempotency-Key}", "x-idempotency: none")]), @r#"
    BreaksWire parameter-removed: The header parameter `Idempotency-Key` is gone. (!) whether a call may be sent again
      create_payout: the call: Call BreaksWire
    BreaksWire idempotency-changed: `x-idempotency` is `"none"`, was `{"header":"Idempotency-Key"}`. (!) whether a call may be sent again
      create_payout: the call: Call BreaksWire
    Documentation component-removed: The parameter `IdempotencyKey` is gone.
      create_payout: parameters: Request Documentation
    3 of 3 places explained
    "#);
}

#[test]
fn a_parameter_moves_to_its_path() {
    let own = "        - {name: payout_id, in: path, required: true, description: Which., schema: {type: string}}\n";
    let head = edited(&[
        (own, ""),
        (
            "  /payouts/{payout_id}:\n",
            &format!("  /payouts/{{payout_id}}:\n    parameters:\n{}", own.replacen("  ", "", 1)),
        ),
    ]);
    assert_snapshot!(shown(&review(BASE, &head)), @"
    Documentation written-differently: It is written in another place.
      get_payout: parameter payout_id: Request Documentation
    Documentation written-differently: Its parameters are written in another place.
      get_payout: the call: Call Documentation
    2 of 2 places explained
    ");
}

#[test]
fn what_goes_without_saying_is_said() {
    let said = EXPAND.replace("in: query", "in: query, style: form, explode: true");
    assert_snapshot!(told(&[(EXPAND, &said), ("note: {type: string,", "note: {type: string, deprecated: false, readOnly: false,")]), @r#"
    Documentation written-differently: `PayoutRequest.note`: `deprecated` is `false` now.
      create_payout: body › note: Request Documentation
    Documentation written-differently: `PayoutRequest.note`: `readOnly` is `false` now.
      create_payout: body › note: Request Documentation
    Documentation written-differently: `style` is `"form"` now.
      get_payout: parameter expand: Request Documentation
    Documentation written-differently: `explode` is `true` now.
      get_payout: parameter expand: Request Documentation
    4 of 4 places explained
    "#);
}

#[test]
fn a_style_is_another() {
    let list = EXPAND
        .replace("{type: string, enum: [payee, fees]}", "{type: array, items: {type: string}}");
    let base = BASE.replace(EXPAND, &list);
    let head =
        base.replace("{name: expand, in: query,", "{name: expand, in: query, explode: false,");
    assert_snapshot!(shown(&review(&base, &head)), @"
    BreaksWire style-changed: `explode` is `false` now.
      get_payout: parameter expand: Request BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn a_number_is_an_amount_in_its_second_place_only() {
    let uses = format!(
        "        size: {{$ref: '#/components/schemas/Count'}}\n        total_fee: {{$ref: '#/components/schemas/Count'}}\n{DETAILS}"
    );
    let base = edited(&[
        (DETAILS, &uses),
        (
            "    Payee:\n",
            "    Count: {type: integer, description: A number., maximum: 100}\n    Payee:\n",
        ),
    ]);
    let head = base.replace("maximum: 100", "maximum: 50");
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire limit-changed: `Count`: `maximum` is `50`, was `100`. (!) an amount of money, its unit or currency
      create_payout: body › size: Request BreaksWire, such as {"size":51}
      create_payout: body › total_fee: Request BreaksWire, such as {"total_fee":51}
    1 of 1 places explained
    "#);
}

#[test]
fn a_part_has_words_of_its_own() {
    let parts = "      description: Who is paid.\n      allOf:\n        - {type: object, required: [name], properties: {name: {type: string, x-sensitive: true, description: A name.}}}\n        - $ref: '#/components/schemas/Account'\n    Account:\n      type: object\n      description: An account.\n      properties:\n";
    let plain = format!(
        "{PAYEE}      properties:\n        name: {{type: string, x-sensitive: true, description: A name.}}\n"
    );
    let base = BASE.replace(&format!("      type: object\n{plain}"), parts);
    let head = base.replace(
        "- {type: object, required: [name],",
        "- {type: object, description: A person., required: [name],",
    );
    assert_snapshot!(shown(&review(&base, &head)), @"
    Documentation documentation-changed: The description of Payee is new.
      create_payout: body › payee: Request Documentation
      create_payout: answer 201 › payee: Response Documentation
      get_payout: answer 200 › payee: Response Documentation
    1 of 1 places explained
    ");
    let head = base.replace("maxLength: 34", "maxLength: 30").replace(
        "properties: {name: {type: string,",
        "properties: {name: {type: string, maxLength: 9,",
    );
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire limit-changed: `Payee.name`: `maxLength` is `9` now.
      create_payout: body › payee › name: Request BreaksWire, such as {"name":"1111111111"}
      create_payout: answer 201 › payee › name: Response New
      get_payout: answer 200 › payee › name: Response New
    BreaksWire limit-changed: `Account.iban`: `maxLength` is `30`, was `34`.
      create_payout: body › payee › iban: Request BreaksWire, such as {"iban":"1111111111111111111111111111111"}
      create_payout: answer 201 › payee › iban: Response New
      get_payout: answer 200 › payee › iban: Response New
    2 of 2 places explained
    "#);
}

#[test]
fn an_alternative_is_new() {
    let schemas = "    Target:\n      description: Where to.\n      oneOf: [{$ref: '#/components/schemas/Bank'}]\n      discriminator: {propertyName: kind, mapping: {bank: '#/components/schemas/Bank'}}\n    Bank:\n      type: object\n      description: A bank.\n      required: [kind, number]\n      properties:\n        kind: {type: string, description: Which.}\n        number: {type: string, x-sensitive: true, description: A number.}\n    PayoutMethod:\n";
    let wallet = "    Wallet:\n      type: object\n      description: A wallet.\n      required: [kind, id]\n      properties:\n        kind: {type: string, description: Which.}\n        id: {type: string, description: Which.}\n    PayoutMethod:\n";
    let base = edited(&[
        (DETAILS, &format!("        to: {{$ref: '#/components/schemas/Target'}}\n{DETAILS}")),
        ("    PayoutMethod:\n", schemas),
    ]);
    let head = base
        .replace(
            "oneOf: [{$ref: '#/components/schemas/Bank'}]",
            "oneOf: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Wallet'}]",
        )
        .replace(
            "{bank: '#/components/schemas/Bank'}",
            "{bank: '#/components/schemas/Bank', wallet: '#/components/schemas/Wallet'}",
        )
        .replace("    PayoutMethod:\n", wallet);
    assert_snapshot!(shown(&review(&base, &head)), @"
    New discriminator-changed: `wallet` chooses an alternative of `Target`.
      create_payout: body › to: Request New
    New alternative-added: `Target` has the new alternative `Wallet`.
      create_payout: body › to: Request New
    New component-added: The schema `Wallet` is new.
      create_payout: body: Request New
    3 of 3 places explained
    ");
    assert_snapshot!(shown(&review(&head, &base)), @r#"
    BreaksWire discriminator-changed: `wallet` chooses no alternative of `Target` any more.
      create_payout: body › to: Request BreaksWire
    BreaksWire alternative-removed: `Target` has no alternative `Wallet` any more.
      create_payout: body › to: Request BreaksWire, such as {"to":{"id":"","kind":"wallet"}}
    BreaksRust component-removed: The schema `Wallet` is gone.
      create_payout: body: Request BreaksRust
    3 of 3 places explained
    "#);
}

#[test]
fn a_member_that_could_be_anything_is_declared() {
    let base = BASE.replace(PAYEE, &format!("{PAYEE}      additionalProperties: true\n"));
    let head = base.replace(
        "        iban: {type: string, x-sens",
        "        bic: {type: string, description: A bank.}\n        iban: {type: string, x-sens",
    );
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire member-added: `Payee.bic` is new and can be left out; it could be anything before.
      create_payout: body › payee: Request BreaksWire, such as {"payee":{"bic":0,"name":"x"}}
      create_payout: answer 201 › payee: Response New
      get_payout: answer 200 › payee: Response New
    1 of 1 places explained
    "#);
}

#[test]
fn a_member_that_is_not_sent_is_gone() {
    let member = "        made_by: {type: string, readOnly: true, description: By whom.}\n";
    let base = edited(&[(DETAILS, &format!("{member}{DETAILS}"))]);
    assert_snapshot!(shown(&review(&base, BASE)), @"
    Documentation member-removed: `PayoutRequest.made_by` is gone.
      create_payout: body: Request Documentation
    1 of 1 places explained
    ");
}

#[test]
fn a_variable_of_a_server_is_another() {
    let server = "{url: https://api.acme.example, description: Live., x-environment: Production}";
    let variable = "{url: 'https://{region}.acme.example', description: Live., x-environment: Production, variables: {region: {default: eu, description: Where., enum: [eu, us]}}}";
    let base = BASE.replace(server, variable);
    assert_snapshot!(shown(&review(&base, &base.replace("enum: [eu, us]", "enum: [eu]"))), @r#"
    BreaksWire server-changed: The server Production: `variables.region.enum` is `["eu"]`, was `["eu","us"]`. (!) the server that calls are sent to
      create_payout: the call: Call BreaksWire
      get_payout: the call: Call BreaksWire
    1 of 1 places explained
    "#);
}

#[test]
fn a_list_of_unique_values() {
    let base = edited(&[(
        "note: {type: string, nullable: true,",
        "note: {type: array, items: {type: string},",
    )]);
    let head = base.replace("note: {type: array,", "note: {type: array, uniqueItems: true,");
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire limit-changed: `PayoutRequest.note`: `uniqueItems` is `true` now.
      create_payout: body › note: Request BreaksWire, such as {"note":["x","x"]}
    1 of 1 places explained
    "#);
}

#[test]
fn the_head_is_told_first_if_neither_side_can_be_read() {
    let broken = |with: &str| source(&format!("{BASE}{with}"));
    let complaint = spec(&broken("  a: [\n"), &broken("  b: {\n")).err();
    assert_eq!(complaint.map(|it| it.side).as_deref(), Some("head"));
}

#[test]
fn a_value_falls_to_the_alternative_that_none_chooses() {
    let schemas = "    Target:\n      description: Where to.\n      anyOf: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Wallet'}]\n      discriminator: {propertyName: kind, mapping: {bank: '#/components/schemas/Bank', wallet: '#/components/schemas/Wallet'}}\n    Bank:\n      type: object\n      description: A bank.\n      required: [kind, number]\n      properties:\n        kind: {type: string, description: Which.}\n        number: {type: string, x-sensitive: true, description: A number.}\n    Wallet:\n      type: object\n      description: A wallet.\n      required: [kind]\n      properties:\n        kind: {type: string, description: Which.}\n    Payout:\n";
    let base = edited(&[
        ("    Payout:\n", schemas),
        (
            "        created_at:",
            "        to: {$ref: '#/components/schemas/Target'}\n        created_at:",
        ),
    ]);
    let head = base.replace("{bank: '#/components/schemas/Bank', wallet", "{wallet");
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire discriminator-changed: `bank` chooses no alternative of `Target` any more.
      create_payout: answer 201 › to: Response BreaksWire, such as {"to":{"kind":"","number":"x"}}
      get_payout: answer 200 › to: Response BreaksWire, such as {"to":{"kind":"","number":"x"}}
    1 of 1 places explained
    "#);
    assert_snapshot!(shown(&review(&head, &base)), @"
    BreaksWire discriminator-changed: `bank` chooses an alternative of `Target`.
      create_payout: answer 201 › to: Response BreaksWire
      get_payout: answer 200 › to: Response BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn a_member_comes_that_could_be_a_number_only() {
    let base = BASE.replace(
        PAYEE,
        &format!("{PAYEE}      additionalProperties: {{type: integer, description: A number.}}\n"),
    );
    let head = base.replace("        iban: {type: string, x-sens", "        bic: {type: string, description: A bank.}\n        iban: {type: string, x-sens").replace("required: [name]", "required: [name, bic]");
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire required-member-added: `Payee.bic` is new and must be there.
      create_payout: body › payee: Request BreaksWire
      create_payout: answer 201 › payee: Response BreaksWire, such as {"payee":{"bic":"","name":"x"}}
      get_payout: answer 200 › payee: Response BreaksWire, such as {"payee":{"bic":"","name":"x"}}
    2 of 2 places explained
    "#);
}

#[test]
fn a_member_must_be_sent_that_was_read_only() {
    let base =
        BASE.replace("reference: {type: string,", "reference: {type: string, readOnly: true,");
    assert_snapshot!(shown(&review(&base, BASE)), @"
    BreaksWire visibility-changed: `PayoutRequest.reference`: `readOnly` is gone, was `true`.
      create_payout: body › reference: Request BreaksWire
    1 of 1 places explained
    ");
}

#[test]
fn a_part_says_what_all_other_members_are() {
    let age = "        - {type: object, properties: {age: {type: integer, description: Years.}}}\n";
    let base = BASE.replace(schema("Payee"), &[NAMED, age].concat());
    let head = base.replace("{type: object, properties: {age", "{type: object, additionalProperties: {type: integer, description: Others.}, properties: {age");
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire values-changed: `Payee`: `additionalProperties` is `{"description":"Others.","type":"integer"}` now.
      create_payout: body › payee: Request BreaksWire, such as {"amount":{"currency":"USD","value":"x"},"method":"bank","payee":{"name":"x"},"reference":"x"}
      create_payout: answer 201 › payee: Response New
      get_payout: answer 200 › payee: Response New
    1 of 1 places explained
    "#);
}

#[test]
fn a_union_is_null_too() {
    let schemas = "    Target:\n      description: Where to.\n      oneOf: [{$ref: '#/components/schemas/Bank'}]\n      discriminator: {propertyName: kind, mapping: {bank: '#/components/schemas/Bank'}}\n    Bank:\n      type: object\n      description: A bank.\n      required: [kind]\n      properties:\n        kind: {type: string, description: Which.}\n    Payout:\n";
    let to = "        to: {type: object, allOf: [{$ref: '#/components/schemas/Target'}], description: Where to.}\n        created_at:";
    let base = edited(&[("    Payout:\n", schemas), ("        created_at:", to)]);
    let head = base.replace("to: {type: object,", "to: {type: object, nullable: true,");
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire nullable-changed: `Payout.to`: `nullable` is `true` now.
      create_payout: answer 201 › to: Response BreaksWire, such as {"to":null}
      get_payout: answer 200 › to: Response BreaksWire, such as {"to":null}
    1 of 1 places explained
    "#);
}

#[test]
fn a_part_is_new() {
    let base = BASE.replace(schema("Payee"), &[NAMED, ACCOUNT].concat());
    let head = base
        .replace("        - $ref: '#/components/schemas/Account'\n", "        - $ref: '#/components/schemas/Account'\n        - $ref: '#/components/schemas/Person'\n")
        .replace("    Payout:\n", "    Person:\n      type: object\n      description: A person.\n      properties: {age: {type: integer, description: Years.}}\n    Payout:\n");
    assert_snapshot!(shown(&review(&base, &head)), @"
    New member-added: `Person.age` is new and can be left out.
      create_payout: body › payee: Request New
      create_payout: answer 201 › payee: Response New
      get_payout: answer 200 › payee: Response New
    New component-added: The schema `Person` is new.
      create_payout: body › payee: Request New
      create_payout: answer 201 › payee: Response New
      get_payout: answer 200 › payee: Response New
    New written-differently: `Payee` is put together differently, with `Person`.
      create_payout: body › payee: Request New
      create_payout: answer 201 › payee: Response New
      get_payout: answer 200 › payee: Response New
    2 of 2 places explained
    ");
}

#[test]
fn two_parts_say_what_all_other_members_are() {
    let open =
        NAMED.replacen("required: [name]", "required: [name], additionalProperties: true", 1);
    let base = BASE.replace(schema("Payee"), &[&open, ACCOUNT].concat());
    let head = base.replace(
        "      description: An account.\n",
        "      description: An account.\n      additionalProperties: {type: string, description: Others.}\n",
    );
    let review = review(&base, &head);
    let sent =
        review.changes.iter().flat_map(|it| &it.effects).filter(|it| it.part.starts_with("body"));
    assert!(sent.into_iter().any(|it| it.meaning == crate::review::report::Meaning::BreaksWire));
}

/// An operation that sends one of two alternatives that nothing tells apart, and
/// the second one's member.
fn with_alternatives(key: &str, member: &str) -> String {
    let path = "  /targets: {post: {operationId: add_target, summary: A., x-source: [docs], x-idempotency: none, x-reconcile: {none: No.}, requestBody: {required: true, description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Target'}}}}, responses: {'204': {description: D.}}}}\ncomponents:\n";
    let target = "    Target:\n      description: Where to.\n      KEY: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Person'}]\n";
    let bank = "    Bank:\n      type: object\n      description: An account.\n      required: [name, at]\n      properties: {name: {type: string, description: Who.}, at: {type: array, description: Since when., items: {type: string}}}\n";
    let person = "    Person:\n      type: object\n      description: A person.\n      properties: {MEMBER}\n";
    let schemas = format!("{target}{bank}{person}    PayoutMethod:\n");
    let schemas = schemas.replace("KEY", key).replace("MEMBER", member);
    edited(&[("components:\n", path), ("    PayoutMethod:\n", &schemas)])
}

#[test]
fn only_one_alternative_may_fit_from_now_on() {
    let with = |key| with_alternatives(key, "name: {type: string, description: Who.}");
    let (base, head) = (with("anyOf"), with("oneOf"));
    // Whoever reads an account sees a person, too.
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire alternatives-changed: A value of `Target` fits exactly one of its alternatives (`oneOf`), was one or more (`anyOf`).
      add_target: body: Request BreaksWire, such as {"at":[],"name":""}
    2 of 2 places explained
    "#);
    assert_snapshot!(shown(&review(&head, &base)), @"
    New alternatives-changed: A value of `Target` fits one or more of its alternatives (`anyOf`), was exactly one (`oneOf`).
      add_target: body: Request New
    2 of 2 places explained
    ");
}

#[test]
fn an_alternative_is_told_apart_by_what_callers_do_not_send() {
    let at = "at: {type: integer, readOnly: true, description: Since when.}";
    let base = with_alternatives("oneOf", at);
    let head = base
        .replace("items: {type: string}", "items: {type: string, format: date}")
        .replace(at, &format!("{at}, d: {{type: integer, minimum: 1, description: How many.}}"));
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire format-changed: `Bank.at[]`: `format` is `"date"` now.
      add_target: body › as Bank › at › []: Request BreaksWire, such as ""
    New member-added: `Person.d` is new and can be left out.
      add_target: body › as Person: Request New
    2 of 2 places explained
    "#);
}

#[test]
fn a_name_that_callers_chose_freely_is_not_sent_any_more() {
    let payee = schema("Payee");
    let open = |others: &str| {
        format!("{payee}      additionalProperties: {{type: integer, description: Any.{others}}}\n")
    };
    let (name, own) =
        ("        name:", "        score: {type: integer, readOnly: true, description: Ours.}\n");
    let base = BASE.replace(payee, &open(", minimum: 3"));
    let head = BASE.replace(payee, &open("").replacen(name, &format!("{own}{name}"), 1));
    assert_snapshot!(shown(&review(&base, &head)), @r#"
    BreaksWire limit-changed: `Payee[other]`: `minimum` is gone, was `3`.
      create_payout: body › payee › [other]: Request New
      create_payout: answer 201 › payee › [other]: Response BreaksWire, such as 0
      get_payout: answer 200 › payee › [other]: Response BreaksWire, such as 0
    BreaksWire member-added: `Payee.score` is new and can be left out; it could be anything before.
      create_payout: body › payee: Request BreaksWire
      create_payout: answer 201 › payee: Response BreaksWire, such as {"payee":{"name":"x","score":0}}
      get_payout: answer 200 › payee: Response BreaksWire, such as {"payee":{"name":"x","score":0}}
    2 of 2 places explained
    "#);
}
