//! What is accepted, and what is not.

use super::{Accepted, Breaking, PATH, PUBLIC_API, parse, read, settle};
use crate::review::{
    git::{Side, tests::Scratch},
    report::{Change, ItemChange, Meaning},
};

const ENTRY: &str = "\
[[accepted]]
crate = 'payouts-acme'
rule = 'max-length-lowered'
subject = 'Payout.reference'
reason = 'The provider never took longer ones.'
";

fn change(rule: &str, subject: &str) -> Change {
    Change {
        rule: rule.to_owned(),
        subject: subject.to_owned(),
        summary: String::new(),
        meaning: Meaning::BreaksWire,
        alarm: None,
        before: None,
        after: None,
        effects: Vec::new(),
        n_places: 1,
    }
}

fn accepted(text: &str) -> Vec<Accepted> {
    parse(text).expect("it is well written")
}

/// How many are accepted, and what is refused.
fn settled(changes: &[Change], entries: &str) -> (usize, Vec<String>) {
    let breaking: Vec<_> = changes.iter().map(Breaking::Spec).collect();
    let entries = accepted(entries);
    let (settled, refused) = settle("payouts-acme", &breaking, &entries);
    (settled.iter().flatten().count(), refused)
}

#[test]
fn an_entry_accepts_the_change_that_it_names() {
    let changes = [
        change("max-length-lowered", "Payout.name"),
        change("max-length-lowered", "Payout.reference"),
        change("max-length-added", "Payout.reference"),
    ];
    assert_eq!(settled(&changes, ENTRY), (1, vec![]));
    assert_eq!(
        accepted(ENTRY)[0].told(),
        "`max-length-lowered` of `Payout.reference`: The provider never took longer ones."
    );
}

#[test]
fn an_entry_that_names_nothing_is_refused() {
    let (n_accepted, refused) = settled(&[change("max-length-lowered", "Payout.name")], ENTRY);
    assert_eq!(n_accepted, 0);
    assert_eq!(
        refused,
        [
            "specs/accepted.toml: `max-length-lowered` of `Payout.reference` in `payouts-acme` is no breaking change of this review"
        ]
    );
}

#[test]
fn an_entry_that_names_several_changes_accepts_none() {
    let twice = || change("max-length-lowered", "Payout.reference");
    let (n_accepted, refused) = settled(&[twice(), twice()], ENTRY);
    assert_eq!(n_accepted, 0);
    assert!(
        refused[0].ends_with(
            "is not one change but 2, so it accepts none of them; a `summary` says which"
        )
    );
    // It can say which.
    let first = Change { summary: "It was 35.".to_owned(), ..twice() };
    let says = ENTRY.to_owned() + "summary = 'It was 35.'\n";
    assert_eq!(settled(&[first.clone(), twice()], &says), (1, vec![]));
    assert_eq!(settled(&[twice(), twice()], &says).0, 0);
    let (n_accepted, refused) = settled(&[twice()], &ENTRY.repeat(2));
    assert_eq!(n_accepted, 1);
    assert!(refused[0].ends_with("stands there twice"));
}

#[test]
fn an_entry_of_another_crate_says_nothing() {
    let other = ENTRY.replace("payouts-acme", "payouts-acme-two");
    assert_eq!(settled(&[change("max-length-lowered", "Payout.reference")], &other), (0, vec![]));
}

#[test]
fn an_item_is_named_as_it_was() {
    let item = ItemChange {
        before: Some("pub payouts_acme::Payout::id: String".to_owned()),
        after: Some("pub payouts_acme::Payout::id: Option<String>".to_owned()),
        meaning: Meaning::BreaksRust,
        reason: None,
    };
    let entry = ENTRY
        .replace("max-length-lowered", PUBLIC_API)
        .replace("Payout.reference", "pub payouts_acme::Payout::id: String");
    let entries = accepted(&entry);
    let (settled, refused) = settle("payouts-acme", &[Breaking::Item(&item)], &entries);
    assert_eq!((settled.iter().flatten().count(), refused), (1, vec![]));
}

#[test]
fn what_is_not_well_written_is_refused() {
    for (text, expected) in [
        (
            ENTRY.replace("reason", "because"),
            "an entry has no `because`, only crate, rule, subject, summary, reason",
        ),
        (ENTRY.replace("'Payout.reference'", "''"), "an entry needs `subject = \"…\"`"),
        (ENTRY.replace("rule = 'max-length-lowered'\n", ""), "an entry needs `rule = \"…\"`"),
        (ENTRY.replace("accepted", "accept"), "`accept` means nothing here; write `[[accepted]]`"),
        (
            ENTRY.replace("[[accepted]]", "[accepted]"),
            "`accepted` means nothing here; write `[[accepted]]`",
        ),
    ] {
        assert_eq!(parse(&text), Err(format!("{PATH}: {expected}")));
    }
    assert!(parse("[[accepted").is_err_and(|it| it.starts_with(PATH)));
}

#[test]
fn an_entry_counts_once() {
    let scratch = Scratch::new(&[(PATH, ENTRY)]);
    let repository = scratch.open();
    let new_entries = || {
        let base = repository.revision("HEAD").expect("it exists");
        let base = Side::revision(&repository, &base).expect("readable");
        read(&base, &Side::work_tree(&repository).expect("readable"))
    };
    assert_eq!(new_entries(), (vec![], vec![]));
    // A second one of the same kind is a new one.
    scratch.write(PATH, ENTRY.repeat(2));
    assert_eq!(new_entries(), (accepted(ENTRY), vec![]));
    scratch.write(PATH, "[[accepted");
    assert_eq!(new_entries().1.len(), 1);
}
