//! Brackets that go over lines, one kind at a time.

use super::{closed, shallow_lines};

/// The text with the spaces that it lacks, told as dots.
fn indented(text: &str) -> String {
    let mut text = text.to_owned();
    for line in shallow_lines(&text).iter().rev() {
        text.insert_str(line.start, &".".repeat(line.n_missing));
    }
    text
}

#[test]
fn lines_that_are_indented_no_more_than_their_key() {
    assert_eq!(indented("a:\n  b: [\n    1\n  ]\n"), "a:\n  b: [\n    1\n.  ]\n");
    assert_eq!(indented("a: {\nb: 1,\n\n}\n"), "a: {\n.b: 1,\n\n.}\n");
    assert_eq!(indented("'a: b': [\n]\n"), "'a: b': [\n.]\n");
}

#[test]
fn lines_that_are_indented_no_more_than_their_dash() {
    assert_eq!(indented("a:\n  - [\n  ]\n  - 2\n"), "a:\n  - [\n.  ]\n  - 2\n");
    assert_eq!(indented("- a: [\n  ]\n"), "- a: [\n.  ]\n", "the key is what counts");
    assert_eq!(indented("- - {\n  }\n"), "- - {\n.  }\n");
}

#[test]
fn lines_that_are_indented_enough() {
    for text in ["a: [\n 1\n ]\n", "a: [1]\nb: 2\n", "{\na: 1\n}\n", "a:\n  [\n  1\n  ]\n"] {
        assert_eq!(indented(text), text);
    }
}

#[test]
fn texts_are_left_as_they_are() {
    let text = "a: |\n  b: [\n  ]\nc: >-\n  d: {\n  }\n";
    assert_eq!(indented(text), text);
    let below = "- a: |\n    b: [\n    ]\n  c: [\n  ]\n";
    assert_eq!(indented(below), "- a: |\n    b: [\n    ]\n  c: [\n.  ]\n");
}

#[test]
fn the_end_of_brackets() {
    fn end(text: &str) -> Option<&str> {
        closed(text, 0).map(|it| &text[..=it])
    }
    assert_eq!(end("[1, {a: [2]}] # ]"), Some("[1, {a: [2]}]"));
    assert_eq!(end(r#"["]", "\"]", ']', 'it''s ]'] x"#), Some(r#"["]", "\"]", ']', 'it''s ]']"#));
    assert_eq!(end("[it's, a\"b]"), Some("[it's, a\"b]"), "these quotes begin no text");
    assert_eq!(end("[a, # ]\n # ']\n b#]"), Some("[a, # ]\n # ']\n b#]"));
    assert_eq!(end("[1, [2]"), None);
    assert_eq!(end("['a]"), None);
}
