//! Scalars mean one thing or are refused.

use super::*;

fn kind(text: &str) -> String {
    match plain(text) {
        Plain::Value(Value::Null) => "null".to_owned(),
        Plain::Value(Value::Bool(it)) => it.to_string(),
        Plain::Value(Value::Number(it)) => format!("number {it}"),
        Plain::Value(Value::String(it)) => format!("string {it}"),
        Plain::Value(_) => "collection".to_owned(),
        Plain::Ambiguous => "ambiguous".to_owned(),
    }
}

#[test]
fn scalars_that_mean_one_thing() {
    for (text, expected) in [
        ("null", "null"),
        ("true", "true"),
        ("12", "number 12"),
        ("-12", "number -12"),
        ("18446744073709551615", "number 18446744073709551615"),
        ("10.50", "number 10.50"),
        ("abc", "string abc"),
        ("3.0.3", "string 3.0.3"),
        ("5XX", "string 5XX"),
        ("x1", "string x1"),
        ("/payouts/{id}", "string /payouts/{id}"),
        ("USD", "string USD"),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn scalars_that_readers_disagree_about() {
    for text in [
        "no",
        "NO",
        "yes",
        "on",
        "Off",
        "y",
        "N",
        "~",
        "Null",
        "TRUE",
        "012",
        "00123456789",
        "1_000",
        "0x1f",
        "0o17",
        "1e400",
        "1e2",
        ".inf",
        "-.INF",
        ".nan",
        "12:30",
        "2024-01-31",
        "18446744073709551616",
        "+1",
    ] {
        assert_eq!(kind(text), "ambiguous", "{text}");
    }
}

/// The line that ends the block of the line with `<`, and whether that goes on.
#[track_caller]
fn ended(text: &str) -> Option<(String, bool)> {
    let offset = text.find('<').expect("a line is marked");
    let text = text.replace('<', "");
    let (end, continued) = end_of_block(&text, offset)?;
    let line = text[end..line_end(&text, end)].to_owned();
    Some((line, matches!(continued, Continued::Yes)))
}

#[test]
fn a_line_that_is_indented_too_little_ends_the_block() {
    assert_eq!(
        ended("a:\n  b:\n    x: 1\n c:\n    x: 1\n  <d:\n    x: 1\n"),
        Some(("c:".to_owned(), true))
    );
}

#[test]
fn a_line_that_is_indented_too_much_has_no_block() {
    assert_eq!(ended("a:\n  b:\n    x: 1\n   <c: 1\n"), Some(("b:".to_owned(), false)));
}

#[test]
fn items_do_not_go_on_with_a_mapping() {
    assert_eq!(
        ended("a:\n  required:\n    - x\n  properties:\n      type: string\n    <x: 1\n"),
        Some(("properties:".to_owned(), false))
    );
}

#[test]
fn comments_and_empty_lines_end_nothing() {
    assert_eq!(ended("a:\n  b: 1\n# why\n\n  <c: 1\n"), None);
}

#[test]
fn tabs_in_the_indentation() {
    assert_eq!(
        tab_in_indentation("a: x\ty\n  b: 1\n"),
        None,
        "a tab inside a line indents nothing"
    );
    assert_eq!(tab_in_indentation("a:\n  \tb: 1\n"), Some(5));
    assert_eq!(tab_in_indentation("a: x\ty\n\tb: 1\n"), Some(7), "not only the first tab counts");
}

#[test]
fn places_of_collections() {
    let file = SourceFile::new("specs/acme.yaml", "a:\n  b: [1, 2]\nc: {d: x}\n");
    let mut diagnostics = Diagnostics::new([file.clone()].into());
    let root = node(&file, 0, &mut diagnostics).expect("it is YAML");
    let text = |key: &str, it: &Node| {
        let place = it.get(key).expect("it is there").place;
        file.text[place.start as usize..place.end as usize].trim_end().to_owned()
    };
    assert_eq!(text("a", &root), "b: [1, 2]");
    assert_eq!(text("b", root.get("a").expect("it is there")), "[1, 2]");
    assert_eq!(text("c", &root), "{d: x}");
}
