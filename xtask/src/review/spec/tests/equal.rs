//! The same API in other words: whatever it does to Rust, nothing breaks on the wire.

use codegen::{Source, SourceFile};

use super::{BASE, edited, schema, shown, source};
use crate::review::{report::Meaning, spec::spec};

const PAYEE_USED: &str = "        payee: {$ref: '#/components/schemas/Payee'}\n        priority";

#[track_caller]
fn equal_sources(base: &Source, head: &Source) {
    for (base, head) in [(base, head), (head, base)] {
        let review = match spec(base, head) {
            Ok(it) => it,
            Err(it) => panic!("{} cannot be read:\n{}", it.side, it.complaints),
        };
        let told = &review.reconciliation;
        let breaks = review.changes.iter().any(|it| it.meaning == Meaning::BreaksWire);
        assert!(!breaks && told.unexplained.is_empty(), "{}", shown(&review));
        assert!(!review.changes.is_empty(), "something is told");
    }
}

#[track_caller]
fn equal(edits: &[(&str, &str)]) {
    equal_sources(&source(BASE), &source(&edited(edits)));
}

/// The base spec in several files.
fn split(root: &str, files: &[(&str, &str)]) -> Source {
    let mut all = source(root);
    let more = files.iter().map(|(path, text)| SourceFile::new(*path, text));
    all.files.extend(more);
    all
}

#[test]
fn keys_in_another_order() {
    let name = "        name: {type: string, x-sensitive: true, description: A name.}\n";
    let iban = "        iban: {type: string, x-sensitive: true, description: An account., maxLength: 34}\n";
    equal(&[(&format!("{name}{iban}"), &format!("{iban}{name}"))]);
    equal(&[(
        "{type: string, description: Ours., maxLength: 35}",
        "{maxLength: 35, description: Ours., type: string}",
    )]);
}

#[test]
fn required_members_in_another_order() {
    equal(&[("required: [amount, method, reference]", "required: [reference, method, amount]")]);
}

#[test]
fn values_in_another_order() {
    equal(&[("enum: [bank, wallet]", "enum: [wallet, bank]")]);
}

#[test]
fn a_schema_in_place() {
    let body = schema("Payee").replacen("    Payee:\n", "", 1).replace("\n      ", "\n          ");
    let inline = format!(
        "        payee:\n          {}        priority",
        body.trim_start().trim_end_matches(' ')
    );
    let head = BASE.replacen(PAYEE_USED, &inline, 1);
    let head = head.replace(
        "        payee: {$ref: '#/components/schemas/Payee'}\n        created_at",
        &inline.replace("        priority", "        created_at"),
    );
    equal_sources(&source(BASE), &source(&head.replace(schema("Payee"), "")));
}

#[test]
fn one_part_around_a_reference() {
    let wrapped = PAYEE_USED.replace(
        "{$ref: '#/components/schemas/Payee'}",
        "{allOf: [{$ref: '#/components/schemas/Payee'}], description: Whom.}",
    );
    equal(&[(PAYEE_USED, &wrapped)]);
}

#[test]
fn parts_in_place() {
    let parts = "    Payee:\n      description: Who is paid.\n      allOf:\n        - type: object\n          required: [name]\n          properties:\n            name: {type: string, x-sensitive: true, description: A name.}\n        - $ref: '#/components/schemas/Account'\n    Account:\n      type: object\n      description: An account.\n      properties:\n        iban: {type: string, x-sensitive: true, description: An account., maxLength: 34}\n";
    equal(&[(schema("Payee"), parts)]);
}

#[test]
fn parts_in_another_order() {
    let parts = |a: &str, b: &str| {
        format!(
            "    Payee:\n      description: Who is paid.\n      allOf:\n{a}{b}    Account:\n      type: object\n      description: An account.\n      properties:\n        iban: {{type: string, x-sensitive: true, description: An account., maxLength: 34}}\n"
        )
    };
    let (name, account) = (
        "        - {type: object, required: [name], properties: {name: {type: string, x-sensitive: true, description: A name.}}}\n",
        "        - $ref: '#/components/schemas/Account'\n",
    );
    let base = BASE.replace(schema("Payee"), &parts(name, account));
    let head = BASE.replace(schema("Payee"), &parts(account, name));
    equal_sources(&source(&base), &source(&head));
}

#[test]
fn words_in_another_place() {
    let wrapped = |description: &str| {
        PAYEE_USED.replace(
            "{$ref: '#/components/schemas/Payee'}",
            &format!(
                "{{allOf: [{{$ref: '#/components/schemas/Payee'}}]{description}, x-source: [docs]}}"
            ),
        )
    };
    let base = BASE.replace(PAYEE_USED, &wrapped(", description: Whom."));
    let head = BASE
        .replace(PAYEE_USED, &wrapped(""))
        .replace("description: Who is paid.", "description: Whom.");
    equal_sources(&source(&base), &source(&head));
}

#[test]
fn alternatives_in_another_order() {
    let schemas = "    Target:\n      description: Where to.\n      oneOf: [{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Wallet'}]\n      discriminator: {propertyName: kind, mapping: {bank: '#/components/schemas/Bank', wallet: '#/components/schemas/Wallet'}}\n    Bank:\n      type: object\n      description: A bank.\n      required: [kind, number]\n      properties:\n        kind: {type: string, description: Which.}\n        number: {type: string, x-sensitive: true, description: A number.}\n    Wallet:\n      type: object\n      description: A wallet.\n      required: [kind]\n      properties:\n        kind: {type: string, description: Which.}\n    Payout:\n";
    let base = BASE.replace("    Payout:\n", schemas).replace(
        PAYEE_USED,
        &format!("        to: {{$ref: '#/components/schemas/Target'}}\n{PAYEE_USED}"),
    );
    let head = base.replace(
        "[{$ref: '#/components/schemas/Bank'}, {$ref: '#/components/schemas/Wallet'}]",
        "[{$ref: '#/components/schemas/Wallet'}, {$ref: '#/components/schemas/Bank'}]",
    );
    assert_ne!(base, head);
    equal_sources(&source(&base), &source(&head));
}

#[test]
fn a_schema_under_another_name() {
    let head = BASE
        .replace("schemas/Payee'", "schemas/Recipient'")
        .replace("    Payee:\n", "    Recipient:\n");
    equal_sources(&source(BASE), &source(&head));
}

#[test]
fn a_schema_in_another_file() {
    let file = format!("components:\n  schemas:\n{}{}", schema("Payee"), schema("Sum"));
    let root = BASE.replace(schema("Payee"), "").replace(schema("Sum"), "");
    let root = ["Payee", "Sum"].iter().fold(root, |text, name| {
        text.replace(
            &format!("'#/components/schemas/{name}'"),
            &format!("'acme/common.yaml#/components/schemas/{name}'"),
        )
    });
    equal_sources(&source(BASE), &split(&root, &[("specs/acme/common.yaml", &file)]));
    // One file becomes two.
    let one = |name: &str| format!("components:\n  schemas:\n{}", schema(name));
    let in_two = root.replace(
        "acme/common.yaml#/components/schemas/Sum",
        "acme/sum.yaml#/components/schemas/Sum",
    );
    let two = split(
        &in_two,
        &[("specs/acme/common.yaml", &one("Payee")), ("specs/acme/sum.yaml", &one("Sum"))],
    );
    equal_sources(&split(&root, &[("specs/acme/common.yaml", &file)]), &two);
}

#[test]
fn a_path_in_another_file() {
    let (start, rest) = BASE.split_once("  /payouts/{payout_id}:\n").unwrap_or_default();
    let (path, components) = rest.split_once("components:\n").unwrap_or_default();
    let path = path.replace("'#/components", "'../acme.yaml#/components");
    let file = format!("paths:\n  /payouts/{{payout_id}}:\n{path}");
    let root = format!(
        "{start}  /payouts/{{payout_id}}:\n    $ref: 'acme/payouts.yaml#/paths/~1payouts~1{{payout_id}}'\ncomponents:\n{components}"
    );
    equal_sources(&source(BASE), &split(&root, &[("specs/acme/payouts.yaml", &file)]));
}

#[test]
fn flags_that_are_false() {
    equal(&[(
        "description: Ours., maxLength: 35}",
        "description: Ours., maxLength: 35, nullable: false, deprecated: false, readOnly: false}",
    )]);
    equal(&[(
        "format: int64, description: How soon.,",
        "format: int64, description: How soon., minimum: -9223372036854775808,",
    )]);
}

#[test]
fn a_part_under_another_name() {
    let parts = "    Payee:\n      description: Who is paid.\n      allOf:\n        - {type: object, required: [name], properties: {name: {type: string, x-sensitive: true, description: A name.}}}\n        - $ref: '#/components/schemas/Account'\n    Account:\n      type: object\n      description: An account.\n      properties:\n        iban: {type: string, x-sensitive: true, description: An account., maxLength: 34}\n";
    let base = BASE.replace(schema("Payee"), parts);
    let head = base
        .replace("schemas/Account'", "schemas/Holder'")
        .replace("    Account:\n", "    Holder:\n");
    let review = spec(&source(&base), &source(&head)).unwrap_or_default();
    assert_eq!(
        review.changes.iter().map(|it| it.rule.as_str()).collect::<Vec<_>>(),
        ["component-renamed"]
    );
}

#[test]
fn a_member_in_another_part() {
    let parts = |own: &str, required: &str, account: &str| {
        format!(
            "    Payee:\n      description: Who is paid.\n      allOf:\n        - {{type: object, {own}properties: {{age: {{type: integer, description: Years.}}{account}\n        - $ref: '#/components/schemas/Account'\n    Account:\n      type: object\n      description: An account.\n{required}"
        )
    };
    let name = "name: {type: string, x-sensitive: true, description: A name.}";
    let iban = "        iban: {type: string, x-sensitive: true, description: An account., maxLength: 34}\n";
    let base = parts(
        "required: [name], ",
        &format!("      properties:\n{iban}"),
        &format!(", {name}}}}}"),
    );
    let head = parts(
        "",
        &format!("      required: [name]\n      properties:\n{iban}        {name}\n"),
        "}}",
    );
    let (base, head) = (BASE.replace(schema("Payee"), &base), BASE.replace(schema("Payee"), &head));
    equal_sources(&source(&base), &source(&head));
}
