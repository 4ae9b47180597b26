//! Tests of the module above.

use super::*;
use crate::{constraints, open_enum, string_newtype};

open_enum! {
    enum Currency {
        Eur = "EUR",
    }
}

string_newtype! {
    struct Reference(sensitive);
}

/// A type that can break each rule.
struct Draft {
    text: Sensitive<String>,
    reference: Option<Reference>,
    currency: Currency,
    id: String,
    amount: Decimal,
    minor: Patch<MinorUnits>,
    count: Option<u64>,
    list: Option<Vec<String>>,
    lines: Vec<Line>,
    groups: Option<Vec<Sensitive<Vec<Option<String>>>>>,
    by_name: BTreeMap<String, Vec<u64>>,
}

struct Line {
    r#type: String,
}

constraints! { Draft {
    text: min_length(2);
    text | reference: max_length(4);
    currency: min_length(3), max_length(3);
    id: pattern(r"^[@~\-\.\w]+$"), pattern(r"^(?=look-ahead)");
    amount: minimum("0"), exclusive_maximum("100.00"), multiple_of("0.01");
    minor: exclusive_minimum("0"), maximum("18446744073709551615");
    count: minimum("1"), maximum("12345678901234567890");
    list: min_items(1), max_items(3), unique_items(), max_length(5);
    lines: nested();
    groups: max_items(2), each(|at, it| at.max_items(it, 1)), max_length(3);
    by_name: each(|at, it| at.unique_items(it)), each(|at, it| at.each(it, |at, it| at.minimum(it, "1")));
} }

constraints! { Line {
    r#type: min_length(1);
} }

fn draft() -> Draft {
    Draft {
        text: Sensitive::new("abc".to_owned()),
        reference: None,
        currency: Currency::Eur,
        id: "a-b.c".to_owned(),
        amount: Decimal::new(1050, 2),
        minor: Patch::Keep,
        count: None,
        list: None,
        lines: Vec::new(),
        groups: None,
        by_name: BTreeMap::new(),
    }
}

/// Checks the problems of a draft that was changed.
#[track_caller]
fn finds(change: impl FnOnce(&mut Draft), expected: &[&str]) {
    let mut draft = draft();
    change(&mut draft);
    let found: Vec<String> = problems(&draft).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn lists_in_lists() {
    let texts = |it: &[&str]| it.iter().map(|it| Some((*it).to_owned())).collect::<Vec<_>>();
    finds(
        |it| it.groups = Some(vec![texts(&["a"]).into(), texts(&["planted", "b"]).into()]),
        &["`groups[1]`: expected at most 1 item", "`groups[1][0]`: expected at most 3 characters"],
    );
    finds(|it| it.groups = Some(vec![vec![None].into()]), &[]);
    finds(
        |it| it.by_name = BTreeMap::from([("planted".to_owned(), vec![1, 1, 0])]),
        &[
            "`by_name[*][1]`: expected another value than [0]",
            "`by_name[*][2]`: expected at least 1",
        ],
    );
}

#[test]
fn nothing_to_find() {
    finds(|_| {}, &[]);
}

#[test]
fn lengths_count_characters() {
    finds(|it| it.text = "éééé".into(), &[]);
    finds(|it| it.text = "é".into(), &["`text`: expected at least 2 characters"]);
    finds(|it| it.text = "planted".into(), &["`text`: expected at most 4 characters"]);
    finds(
        |it| it.reference = Some("planted".into()),
        &["`reference`: expected at most 4 characters"],
    );
    finds(|it| it.currency = "euros".into(), &["`currency`: expected at most 3 characters"]);
}

#[test]
fn patterns() {
    finds(
        |it| it.id = "planted planted".to_owned(),
        &[r"`id`: expected text that matches `^[@~\-\.\w]+$`"],
    );
    finds(|it| it.id = "é".to_owned(), &[r"`id`: expected text that matches `^[@~\-\.\w]+$`"]);
}

#[test]
fn bounds_are_exact() {
    finds(|it| it.amount = Decimal::new(0, 2), &[]);
    finds(|it| it.amount = Decimal::new(9999, 2), &[]);
    finds(|it| it.amount = Decimal::new(-1, 2), &["`amount`: expected at least 0"]);
    finds(|it| it.amount = Decimal::from(100), &["`amount`: expected less than 100.00"]);
    finds(|it| it.amount = Decimal::new(5, 3), &["`amount`: expected a multiple of 0.01"]);
    finds(|it| it.minor = Patch::Clear, &[]);
    finds(|it| it.minor = MinorUnits::new(u64::MAX).into(), &[]);
    finds(|it| it.minor = MinorUnits::new(0).into(), &["`minor`: expected more than 0"]);
    finds(
        |it| it.minor = MinorUnits::new(i128::from(u64::MAX) + 1).into(),
        &["`minor`: expected at most 18446744073709551615"],
    );
    finds(|it| it.count = Some(12_345_678_901_234_567_890), &[]);
    finds(
        |it| it.count = Some(12_345_678_901_234_567_891),
        &["`count`: expected at most 12345678901234567890"],
    );
}

#[test]
fn lists() {
    let list = |items: &[&str]| Some(items.iter().map(|it| (*it).to_owned()).collect());
    finds(|it| it.list = list(&["a", "b", "c"]), &[]);
    finds(|it| it.list = list(&[]), &["`list`: expected at least 1 item"]);
    finds(
        |it| it.list = list(&["a", "b", "a", "a"]),
        &[
            "`list`: expected at most 3 items",
            "`list[2]`: expected another value than [0]",
            "`list[3]`: expected another value than [0]",
        ],
    );
    finds(|it| it.list = list(&["a", "planted"]), &["`list[1]`: expected at most 5 characters"]);
}

#[test]
fn nested_places() {
    let line = |text: &str| Line { r#type: text.to_owned() };
    finds(
        |it| it.lines = vec![line("a"), line("")],
        &["`lines[1].type`: expected at least 1 character"],
    );
    let map = BTreeMap::from([("planted".to_owned(), Some(Box::new(line(""))))]);
    let found = problems(&map);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path(), "[*].type");
    assert_eq!(found[0].expected(), "at least 1 character");
}

#[test]
fn all_at_once() {
    finds(
        |it| {
            it.text = "planted".into();
            it.amount = Decimal::new(-15, 1);
        },
        &["`text`: expected at most 4 characters", "`amount`: expected at least 0"],
    );
}
