//! Text from specs, harmless in GitHub's Markdown.

use crate::{
    review::format::words,
    text::{self, Piece},
};

/// What stands behind a character that GitHub would make a mention or a
/// reference to an issue of: nobody sees it, and no link is made.
const BREAK: char = '\u{200b}';

/// Text in one line that means nothing but itself.
pub(super) fn plain(text: &str, most: usize) -> String {
    let text = words::short(text, most);
    let mut escaped = String::new();
    for (idx, it) in text.char_indices() {
        let is_plain = match it {
            ',' | ';' | ':' | '\'' | '"' | '/' | '%' | '?' | '(' => true,
            // `1.` and `1)` begin lists.
            '.' | ')' => !text[..idx].ends_with(|it: char| it.is_ascii_digit()),
            _ => false,
        };
        if it.is_ascii_punctuation() && !is_plain {
            escaped.push('\\');
        }
        escaped.push(it);
        if is_linked(&text, idx, it) {
            escaped.push(BREAK);
        }
    }
    escaped
}

/// The same where HTML stands: the titles of folded parts, where no Markdown is
/// read, and those of open ones, where it is.
pub(super) fn html(text: &str) -> String {
    let text = words::one_line(text);
    let mut escaped = String::new();
    for (idx, it) in text.char_indices() {
        match it {
            '&' | '<' | '>' | '"' | '`' | '*' | '_' | '[' | ']' | '!' | '\\' | '~' => {
                escaped.push_str(&format!("&#{};", u32::from(it)));
            }
            _ => escaped.push(it),
        }
        if is_linked(&text, idx, it) {
            escaped.push(BREAK);
        }
    }
    escaped
}

/// Whether GitHub looks for something to link to behind this character.
fn is_linked(text: &str, idx: usize, it: char) -> bool {
    let before = &text.as_bytes()[..idx];
    match it {
        '@' | '#' => true,
        // `https://…`, `mailto:…`
        ':' => text[idx + 1..].starts_with(|it: char| !it.is_whitespace()),
        '.' => before.len() >= 3 && before[before.len() - 3..].eq_ignore_ascii_case(b"www"),
        _ => false,
    }
}

/// Text as code, in one line.
pub(super) fn code(text: &str, most: usize) -> String {
    let text = words::short(text, most);
    if text.is_empty() {
        return "*empty*".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The same in a table, where a bar would end the cell even in code.
pub(super) fn cell(text: &str, most: usize) -> String {
    code(text, most).replace('|', "\\|")
}

/// A sentence with `code` in backticks.
pub(super) fn sentence(text: &str, most: usize) -> String {
    pieces(&text::pieces(&words::short(text, most)), most)
}

/// The pieces of a sentence, each of no more than `most` characters.
pub(super) fn pieces(pieces: &[Piece<'_>], most: usize) -> String {
    let piece = |it: &Piece<'_>| match *it {
        Piece::Text(text) => {
            // The spaces around code stay.
            let start = if text.starts_with(' ') { " " } else { "" };
            let end = if text.ends_with(' ') && text.len() > 1 { " " } else { "" };
            format!("{start}{}{end}", plain(text, most))
        }
        Piece::Code(text) => code(text, most),
        Piece::Subject(text) => format!("**{}**", code(text, most)),
    };
    pieces.iter().map(piece).collect()
}

/// Lines as a block of code that nothing in them can end.
pub(super) fn block(language: &str, text: &str) -> String {
    let text = text::visible(text.trim_end());
    let fence = "`".repeat(longest_run(&text).max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

fn longest_run(text: &str) -> usize {
    text.split(|it| it != '`').map(str::len).max().unwrap_or(0)
}
