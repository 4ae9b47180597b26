//! A made-up review, as the tests of the formats print it.

use codegen::{Source, SourceFile};

use crate::review::{
    format::ProviderPages,
    report::{
        Bump, Change, CrateReview, Direction, Effect, FileLines, ItemChange, Meaning,
        OperationInfo, ProviderReview, Reconciliation, Review, RustReview, SourceReview,
        SpecReview, Unreadable, VersionReview, Written,
    },
};

const PATH: &str = "specs/acme.yaml";
const BASE: &str = include_str!("example/base.yaml");
const HEAD: &str = include_str!("example/head.yaml");

/// Everything at once: a provider with all kinds of changes, one that cannot be
/// read, one with a single new member, and two that are as they were.
pub(super) fn review() -> Review {
    Review {
        base: "origin/main".to_owned(),
        head: "4f2a9c1".to_owned(),
        base_commit: Some("0d1e2f3".to_owned()),
        head_commit: Some("4f2a9c1".to_owned()),
        link: Some("https://code.example/{rev}/{path}#L{line}".to_owned()),
        providers: vec![acme(), unreadable(), harmless()],
        crates: vec![facade()],
        unchanged: vec!["globex".to_owned(), "hooli".to_owned()],
        refused: Vec::new(),
    }
}

/// Nothing has changed at all.
pub(super) fn nothing() -> Review {
    let unchanged = vec!["acme".to_owned()];
    Review { providers: Vec::new(), crates: Vec::new(), unchanged, ..review() }
}

/// Of the provider whose spec can be read on both sides.
pub(super) fn pages() -> Vec<ProviderPages> {
    let source = |text: &str| Source {
        provider: "acme".to_owned(),
        files: vec![SourceFile::new(PATH, text)],
        samples: Vec::new(),
    };
    vec![ProviderPages::new("acme", Some(&source(BASE)), Some(&source(HEAD)))]
}

fn acme() -> ProviderReview {
    ProviderReview {
        provider: "acme".to_owned(),
        spec: Ok(SpecReview {
            changes: changes(),
            operations: operations(),
            reconciliation: Reconciliation {
                n_places: 17,
                n_explained: 16,
                unexplained: vec![(
                    line(BASE, "x-dedupe: [/id]"),
                    line(HEAD, "x-dedupe: [/id]"),
                )],
            },
        }),
        rust: RustReview::Items(items()),
        source: SourceReview {
            files: vec![
                file("crates/payouts-acme/src/client.rs", 58, 3),
                file("crates/payouts-acme/src/types.rs", 31, 24),
            ],
            notes: vec!["`PayoutRequest.note` is checked before sending: `max_length` 140".to_owned()],
            stale: vec!["crates/payouts-acme/src/error.rs".to_owned()],
        },
        version: VersionReview {
            krate: "payouts-acme".to_owned(),
            base: Some("0.1.0".to_owned()),
            head: Some("0.1.0".to_owned()),
            required: Bump::Major,
            needed: Some("0.2.0".to_owned()),
            has_changelog_entry: false,
            proposed_entry: "### payouts-acme 0.2.0\n\n- **Breaking:** `PayoutMethod::Wallet` is gone.\n- `cancel_payout`.\n"
                .to_owned(),
            accepted: Vec::new(),
        },
    }
}

fn unreadable() -> ProviderReview {
    let complaints = "error[unknown-reference]: `$ref` names a schema that does not exist\n  \
         --> specs/initech.yaml:412:23\n";
    ProviderReview {
        provider: "initech".to_owned(),
        spec: Err(Unreadable { side: "head".to_owned(), complaints: complaints.to_owned() }),
        rust: RustReview::Unknown { reason: "error[E0412]: cannot find type `Payuot`".to_owned() },
        source: SourceReview::default(),
        version: VersionReview {
            krate: "payouts-initech".to_owned(),
            base: Some("1.4.2".to_owned()),
            head: Some("1.4.2".to_owned()),
            required: Bump::None,
            needed: None,
            has_changelog_entry: true,
            proposed_entry: String::new(),
            accepted: Vec::new(),
        },
    }
}

/// Something new, in a version that says so.
pub(super) fn harmless() -> ProviderReview {
    let effect = effect("get_balance", "answer 200", Direction::Response, Meaning::New);
    ProviderReview {
        provider: "umbrella".to_owned(),
        spec: Ok(SpecReview {
            changes: vec![Change {
                rule: "member-added".to_owned(),
                subject: "Balance.reserved".to_owned(),
                summary: "`Balance.reserved` is new and can be absent.".to_owned(),
                meaning: Meaning::New,
                alarm: None,
                before: None,
                after: Some(Written {
                    path: "specs/umbrella.yaml".to_owned(),
                    line: 77,
                    column: 9,
                    text: "reserved: {type: string, x-unit: major}".to_owned(),
                }),
                effects: vec![effect],
                n_places: 1,
            }],
            operations: vec![operation("get_balance", "GET /balance", "Reads the balance.")],
            reconciliation: Reconciliation { n_places: 1, n_explained: 1, unexplained: Vec::new() },
        }),
        rust: RustReview::Skipped,
        source: SourceReview::default(),
        version: VersionReview {
            krate: "payouts-umbrella".to_owned(),
            base: Some("2.0.0".to_owned()),
            head: Some("2.1.0".to_owned()),
            required: Bump::Minor,
            needed: None,
            has_changelog_entry: true,
            proposed_entry: String::new(),
            accepted: Vec::new(),
        },
    }
}

/// What re-exports a client that breaks.
fn facade() -> CrateReview {
    let version = VersionReview {
        krate: "payouts".to_owned(),
        has_changelog_entry: true,
        proposed_entry: String::new(),
        ..acme().version
    };
    let reason = "it re-exports `payouts-acme`".to_owned();
    CrateReview { reason, rust: RustReview::Skipped, version }
}

fn changes() -> Vec<Change> {
    use Direction::{Call, Request, Response};
    use Meaning::{BreaksRust, BreaksWire, Documentation, New};
    let amount = |operation, part| Effect {
        counter_example: Some(r#"{"amount":1250}"#.to_owned()),
        ..effect(operation, part, Response, BreaksWire)
    };
    let status = |operation, part| Effect {
        counter_example: Some(r#"{"status":"held"}"#.to_owned()),
        ..effect(operation, part, Response, New)
    };
    let answers = [
        ("payout_changed", "body"),
        ("list_payouts", "answer 200"),
        ("create_payout", "answer 201"),
        ("get_payout", "answer 200"),
    ];
    let renamed = |(operation, part)| effect(operation, part, Response, BreaksRust);
    let payout = "    Payout:\n";
    vec![
        Change {
            alarm: Some("`1250` was 1,250 dollars and is 12.50 dollars now".to_owned()),
            effects: answers.map(|(operation, part)| amount(operation, part)).to_vec(),
            ..change(
                "unit-changed",
                "Payout.amount",
                "`Payout.amount`: `x-unit` is `minor`, was `major`.",
                BreaksWire,
                Some(after(BASE, payout, "{type: string, x-unit: major, description: How much.}")),
                Some(after(HEAD, payout, "{type: integer, x-unit: minor, description: How much.}")),
            )
        },
        Change {
            effects: vec![
                Effect {
                    counter_example: Some(r#"{"method":"wallet"}"#.to_owned()),
                    ..effect("create_payout", "body", Request, BreaksWire)
                },
                Effect {
                    counter_example: Some(r#"{"method":"wallet"}"#.to_owned()),
                    ..effect("create_payout", "answer 201", Response, BreaksRust)
                },
                effect("payout_changed", "body", Response, BreaksRust),
                effect("list_payouts", "answer 200", Response, BreaksRust),
                effect("get_payout", "answer 200", Response, BreaksRust),
            ],
            ..change(
                "enum-value-removed",
                "PayoutMethod",
                "`PayoutMethod` has no value `\"wallet\"` any more.",
                BreaksWire,
                line(BASE, "enum: [bank, wallet, card]"),
                line(HEAD, "enum: [bank, card]"),
            )
        },
        Change {
            effects: answers.map(renamed).to_vec(),
            ..change(
                "schema-renamed",
                "BankAccount",
                "`BankAccount` is called `PayeeAccount` now.",
                BreaksRust,
                line(BASE, "    BankAccount:"),
                line(HEAD, "    PayeeAccount:"),
            )
        },
        Change {
            alarm: Some("what became of a payment".to_owned()),
            effects: answers.map(|(operation, part)| status(operation, part)).to_vec(),
            ..change(
                "enum-value-added",
                "Payout.status",
                "`Payout.status` has the new value `\"held\"`.",
                New,
                line(BASE, "enum: [pending, paid, failed]"),
                line(HEAD, "enum: [pending, held, paid, failed]"),
            )
        },
        Change {
            effects: vec![Effect {
                counter_example: Some("\"\u{2026}141 characters\"".to_owned()),
                ..effect("create_payout", "body", Request, BreaksWire)
            }],
            ..change(
                "limit-added",
                "PayoutRequest.note",
                "`PayoutRequest.note`: `maxLength` is `140`, was not there.",
                BreaksWire,
                None,
                Some(after(HEAD, "note: {type: string, ", "maxLength: 140")),
            )
        },
        Change {
            effects: vec![effect("create_payout", "body", Request, New)],
            ..change(
                "member-added",
                "PayoutRequest.purpose",
                "`PayoutRequest.purpose` is new and can be left out.",
                New,
                None,
                line(HEAD, "purpose: {type: string, description: Why it is paid.}"),
            )
        },
        Change {
            effects: vec![Effect {
                counter_example: Some("250".to_owned()),
                ..effect("list_payouts", "parameter limit", Request, New)
            }],
            ..change(
                "limit-raised",
                "parameter limit",
                "`maximum` is `500`, was `100`.",
                New,
                line(BASE, "maximum: 100"),
                line(HEAD, "maximum: 500"),
            )
        },
        Change {
            effects: vec![effect("cancel_payout", "the call", Call, New)],
            ..change(
                "operation-added",
                "PUT /payouts/{reference}/cancellation",
                "`PUT /payouts/{reference}/cancellation` is new.",
                New,
                None,
                line(HEAD, "operationId: cancel_payout"),
            )
        },
        Change {
            effects: vec![effect("create_payout", "the call", Call, Documentation)],
            ..change(
                "description-changed",
                "POST /payouts",
                "The description is another.",
                Documentation,
                line(BASE, "description: The money leaves your balance at once."),
                line(HEAD, "description: The money leaves your balance within a minute."),
            )
        },
        Change {
            effects: vec![effect("get_status", "the call", Call, Documentation)],
            ..change(
                "summary-changed",
                "GET /status",
                "The description is another.",
                Documentation,
                line(BASE, "summary: Says whether the API is up."),
                line(HEAD, "summary: Says whether the API is up and takes payouts."),
            )
        },
        Change {
            effects: vec![effect("create_payout", "answer 422", Response, Documentation)],
            ..change(
                "description-changed",
                "Problem.message",
                "The description is another.",
                Documentation,
                line(BASE, "description: For people."),
                line(HEAD, "description: What a person can do about it."),
            )
        },
        change(
            "title-changed",
            "info",
            "Written in another order.",
            Documentation,
            line(BASE, "info: {title: Acme"),
            line(HEAD, "info: {title: Acme"),
        ),
    ]
}

fn operations() -> Vec<OperationInfo> {
    vec![
        operation("payout_changed", "webhook", "A payout changed."),
        operation("list_payouts", "GET /payouts", "Lists payouts."),
        operation("create_payout", "POST /payouts", "Pays somebody."),
        operation("get_payout", "GET /payouts/{reference}", "Reads a payout."),
        operation("get_status", "GET /status", "Says whether the API is up and takes payouts."),
        operation(
            "cancel_payout",
            "PUT /payouts/{reference}/cancellation",
            "Cancels a payout that is still held.",
        ),
    ]
}

fn items() -> Vec<ItemChange> {
    let item = |before: &str, after: &str, meaning| ItemChange {
        before: (!before.is_empty()).then(|| before.to_owned()),
        after: (!after.is_empty()).then(|| after.to_owned()),
        meaning,
        reason: None,
    };
    vec![
        item("pub payouts_acme::PayoutMethod::Wallet", "", Meaning::BreaksRust),
        item(
            "pub payouts_acme::Payout::amount: Decimal",
            "pub payouts_acme::Payout::amount: MinorUnits",
            Meaning::BreaksRust,
        ),
        item(
            "pub struct payouts_acme::BankAccount",
            "pub struct payouts_acme::PayeeAccount",
            Meaning::BreaksRust,
        ),
        ItemChange {
            reason: Some("`Status` is not exhaustive".to_owned()),
            ..item("", "pub payouts_acme::Status::Held", Meaning::New)
        },
        item(
            "",
            "pub fn payouts_acme::Client::cancel_payout(&self, impl Into<String>) -> CancelPayout",
            Meaning::New,
        ),
    ]
}

/// A change without effects.
pub(super) fn change(
    rule: &str,
    subject: &str,
    summary: &str,
    meaning: Meaning,
    before: Option<Written>,
    after: Option<Written>,
) -> Change {
    Change {
        rule: rule.to_owned(),
        subject: subject.to_owned(),
        summary: summary.to_owned(),
        meaning,
        alarm: None,
        before,
        after,
        effects: Vec::new(),
        n_places: 1,
    }
}

pub(super) fn effect(
    operation: &str,
    part: &str,
    direction: Direction,
    meaning: Meaning,
) -> Effect {
    Effect {
        operation: operation.to_owned(),
        part: part.to_owned(),
        direction,
        meaning,
        counter_example: None,
    }
}

fn operation(id: &str, title: &str, summary: &str) -> OperationInfo {
    OperationInfo { id: id.to_owned(), title: title.to_owned(), summary: summary.to_owned() }
}

fn file(path: &str, added: usize, removed: usize) -> FileLines {
    FileLines { path: path.to_owned(), added, removed }
}

/// Where something stands in a spec.
fn line(spec: &str, text: &str) -> Option<Written> {
    spec.contains(text).then(|| written(spec, text, text.trim()))
}

/// Where something stands behind something else.
fn after(spec: &str, before: &str, text: &str) -> Written {
    let start = spec.find(before).expect("it is in the spec");
    let mut found = written(&spec[start..], text, text);
    found.line += spec[..start].matches('\n').count();
    found
}

fn written(spec: &str, text: &str, shown: &str) -> Written {
    let start = spec.find(text).expect("it is in the spec");
    let line = spec[..start].matches('\n').count() + 1;
    let column = start - spec[..start].rfind('\n').map_or(0, |it| it + 1) + 1;
    Written { path: PATH.to_owned(), line, column, text: shown.to_owned() }
}
