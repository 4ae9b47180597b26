//! Text means in rustdoc what it means in the spec.

use super::*;

#[test]
fn accidental_markup_is_escaped() {
    assert_eq!(
        escape("see [docs] for <id> and a_b * c"),
        "see \\[docs\\] for \\<id\\> and a\\_b \\* c"
    );
}

#[test]
fn code_stays_as_it_is() {
    assert_eq!(escape("`[a]<b>` and [c]"), "`[a]<b>` and \\[c\\]");
}

#[test]
fn a_sign_without_a_partner_is_no_code() {
    assert_eq!(escape("a ` and [b]"), "a &#96; and \\[b\\]");
    assert_eq!(escape("`a` and ` [b]"), "`a` and &#96; \\[b\\]");
}

#[test]
fn what_rust_refuses_in_comments_is_not_there() {
    assert_eq!(paragraphs("- a\rb\u{7}c \u{202e}d`\u{2066}e`\n- f"), ["- a b c d`e`", "- f"]);
}

#[test]
fn addresses_become_links() {
    assert_eq!(escape("at https://a.example/b_c."), "at <https://a.example/b_c>.");
    assert_eq!(escape("(https://a.example)"), "(<https://a.example>)");
    assert_eq!(escape("https://{host}/x"), "`https://{host}/x`");
}

#[test]
fn paragraphs_are_wrapped() {
    let lines = paragraphs(&format!("{}\n\nSecond.", "word ".repeat(40)));
    assert!(lines.iter().all(|it| it.chars().count() <= WIDTH), "{lines:#?}");
    assert_eq!(lines.last().map(String::as_str), Some("Second."));
    assert!(lines.contains(&String::new()));
}

#[test]
fn a_code_span_is_never_broken() {
    let text = format!("{} `{}` end", "word ".repeat(16).trim_end(), "a b ".repeat(10).trim_end());
    for line in paragraphs(&text) {
        assert_eq!(line.matches('`').count() % 2, 0, "{line}");
    }
}

#[test]
fn no_line_becomes_an_item_by_accident() {
    for (sign, escaped) in
        [("-", "\\-"), ("+", "\\+"), (">", "\\>"), ("3.", "3\\."), ("1)", "1\\)")]
    {
        // The sign is the first word that does not fit.
        let text = format!("{} {sign} more", "w".repeat(WIDTH));
        assert_eq!(wrap(&text), ["w".repeat(WIDTH), format!("{escaped} more")]);
    }
}

#[test]
fn lists_keep_their_lines() {
    assert_eq!(paragraphs("- one\n- two"), ["- one", "- two"]);
}

#[test]
fn the_address_in_a_source() {
    assert_eq!(address("https://a.example/x"), Some("https://a.example/x"));
    assert_eq!(address("page A (https://a.example/x), partial"), Some("https://a.example/x"));
    assert_eq!(address("a book"), None);
    assert_eq!(address("https://a.example/{id}"), None);
}

#[test]
fn comments_have_no_trailing_blanks() {
    assert_eq!(
        comment(&["a".to_owned(), String::new(), "b".to_owned()], "  "),
        "  /// a\n  ///\n  /// b\n"
    );
}
