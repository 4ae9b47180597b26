//! Text as HTML: everything is escaped here, and nowhere else.

use crate::text::{self, Piece};

/// Text that is nothing but text, in an element or an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text::visible(text).chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            it => escaped.push(it),
        }
    }
    escaped
}

/// A sentence with `code` in backticks.
pub(crate) fn sentence(text: &str) -> String {
    pieces(&text::pieces(text))
}

pub(crate) fn pieces(pieces: &[Piece<'_>]) -> String {
    let piece = |it: &Piece<'_>| match *it {
        Piece::Text(text) => escape(text),
        Piece::Code(text) => code(text),
        Piece::Subject(text) => format!("<code class=\"subject\">{}</code>", escape(text)),
    };
    pieces.iter().map(piece).collect()
}

pub(crate) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// What can stand in `id` and `href`.
pub(crate) fn slug(text: &str) -> String {
    let allowed =
        |it: char| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it } else { '_' };
    text.chars().map(allowed).collect()
}

/// A name that can be broken where its words begin.
pub(crate) fn breakable(name: &str) -> String {
    let mut text = String::new();
    let mut last = ' ';
    for it in name.chars() {
        if last == '_' || last.is_lowercase() && it.is_uppercase() {
            text.push('\u{0}');
        }
        text.push(it);
        last = it;
    }
    text.split('\u{0}').map(escape).collect::<Vec<_>>().join("<wbr>")
}
