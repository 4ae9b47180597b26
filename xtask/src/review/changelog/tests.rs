//! What a page says about a crate, and what it should say.

use super::{Changelog, proposed, says_breaking};
use crate::review::{
    report::{Bump, Change, Direction, Effect, ItemChange, Meaning},
    version::Version,
};

const PAGE: &str = "\
# Changelog

## Unreleased

- `payouts-acme` 0.3.0: pays
  faster.
- `payouts-acme-two` 0.9.0: is new.

### payouts-zeta

- Nothing yet.

## 2026-02-01

- `payouts-acme` 0.2.1: mended.
- `payouts-acme` v0.2.0 was the first.

## payouts-zeta 1.0.0 (2026-01-01)

- Everything.
";

fn version(text: &str) -> Version {
    Version::parse(text).expect("it is a version")
}

#[test]
fn what_is_announced_and_what_is_released() {
    let page = Changelog::parse(PAGE);
    assert!(page.is_unreleased("payouts-acme", &version("0.3.0")));
    assert!(!page.is_unreleased("payouts-acme", &version("0.2.1")));
    assert!(!page.is_unreleased("payouts-acme", &version("0.9.0")));
    assert!(!page.is_unreleased("payouts", &version("0.3.0")));
    assert_eq!(page.released("payouts-acme"), [version("0.2.1"), version("0.2.0")]);
    assert_eq!(page.released("payouts-zeta"), [version("1.0.0")]);
    assert_eq!(page.released("payouts-acme-two"), []);
}

#[test]
fn only_new_entries_of_the_crate_count() {
    let base = Changelog::parse(PAGE);
    let entries = |text: &str, krate: &str| -> Vec<String> {
        let page = Changelog::parse(text);
        page.new_entries(&base, krate).into_iter().map(ToOwned::to_owned).collect()
    };
    assert!(entries(PAGE, "payouts-acme").is_empty());
    let added = PAGE.replace(
        "### payouts-zeta",
        "- `payouts-acme`: is\n  *Breaking*.\n\n### payouts-zeta\n\n- Slower.",
    );
    assert_eq!(entries(&added, "payouts-acme"), ["`payouts-acme`: is *Breaking*."]);
    assert_eq!(entries(&added, "payouts-zeta"), ["payouts-zeta: Slower."]);
    assert!(entries(&added, "payouts").is_empty());
    // A line that says something else is new, one in a closed section is not.
    let reworded = PAGE.replace("faster", "slower");
    assert_eq!(entries(&reworded, "payouts-acme"), ["`payouts-acme` 0.3.0: pays slower."]);
    assert!(entries(&PAGE.replace("mended", "broken"), "payouts-acme").is_empty());
    // A release closes the section: what stood in it is not new, what is added is.
    let released = PAGE
        .replace("## Unreleased", "## Unreleased\n\n## 2026-03-01")
        .replace("- `payouts-acme-two`", "- `payouts-acme`: and more.\n- `payouts-acme-two`");
    assert_eq!(entries(&released, "payouts-acme"), ["`payouts-acme`: and more."]);
}

#[test]
fn a_word_says_that_something_breaks() {
    for text in ["**Breaking:** x", "x (breaking)", "A breaking change"] {
        assert!(says_breaking(text), "{text}");
    }
    for text in ["non-breaking", "Not breaking", "nothing breaking", "unbreaking", "It breaks", ""]
    {
        assert!(!says_breaking(text), "{text}");
    }
}

fn change(meaning: Meaning, subject: &str, summary: &str, operations: &[&str]) -> Change {
    let effect = |it: &&str| Effect {
        operation: (*it).to_owned(),
        part: "body".to_owned(),
        direction: Direction::Request,
        meaning,
        counter_example: None,
    };
    Change {
        rule: String::new(),
        subject: subject.to_owned(),
        summary: summary.to_owned(),
        meaning,
        alarm: None,
        before: None,
        after: None,
        effects: operations.iter().map(effect).collect(),
        n_places: 1,
    }
}

#[test]
fn an_entry_to_paste() {
    let changes = [
        change(Meaning::New, "Payout.note", "`Payout.note` is new.", &["create_payout"]),
        change(Meaning::Documentation, "Payout", "reworded", &["get_payout"]),
        change(
            Meaning::BreaksWire,
            "Payout.method",
            "the value `wallet`\nis gone",
            &["get_payout", "create_payout", "get_payout"],
        ),
    ];
    let changes: Vec<_> = changes.iter().collect();
    let item = ItemChange {
        before: Some("pub a: u8".to_owned()),
        after: Some("pub a: u16".to_owned()),
        meaning: Meaning::BreaksRust,
        reason: None,
    };
    assert_eq!(
        proposed("`payouts-acme` 0.2.0", Bump::Major, &changes, &[&item]),
        "- `payouts-acme` 0.2.0: **Breaking:** `Payout.method`: the value `wallet` is gone (`create_payout`, `get_payout`).\n\
         - `payouts-acme` 0.2.0: `Payout.note` is new (`create_payout`).\n"
    );
    assert_eq!(
        proposed("`payouts-acme` 0.1.1", Bump::Patch, &changes[1..2], &[]),
        "- `payouts-acme` 0.1.1: better documentation of `get_payout`.\n"
    );
    // What only the compiler sees is told as it says it.
    assert_eq!(
        proposed("`payouts-acme`", Bump::Major, &changes[..1], &[&item]),
        "- `payouts-acme`: **Breaking:** `pub a: u8` is now `pub a: u16`.\n\
         - `payouts-acme`: `Payout.note` is new (`create_payout`).\n"
    );
    let many: Vec<_> = std::iter::repeat_n(&item, 13).collect();
    let entry = proposed("`payouts-acme`", Bump::Major, &[], &many);
    assert!(entry.ends_with("- `payouts-acme`: **Breaking:** 3 more items of the public API.\n"));
    assert_eq!(entry.lines().count(), 11);
    assert_eq!(proposed("`payouts-acme`", Bump::None, &changes[1..2], &[]), "");
}
