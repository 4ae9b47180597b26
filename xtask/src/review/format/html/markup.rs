//! Text as HTML: everything is escaped here, and nowhere else.

use crate::review::format::words::{self, Piece};

/// Text that is nothing but text, in an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in words::visible(text).chars() {
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
pub(super) fn sentence(text: &str) -> String {
    pieces(&words::pieces(text))
}

pub(super) fn pieces(pieces: &[Piece<'_>]) -> String {
    let piece = |it: &Piece<'_>| match *it {
        Piece::Text(text) => escape(text),
        Piece::Code(text) => code(text),
        Piece::Subject(text) => format!("<code class=\"subject\">{}</code>", escape(text)),
    };
    pieces.iter().map(piece).collect()
}

pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// What can stand in `id` and `href`.
pub(super) fn slug(text: &str) -> String {
    let allowed =
        |it: char| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it } else { '_' };
    text.chars().map(allowed).collect()
}
