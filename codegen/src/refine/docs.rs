//! Documentation: the spec's words as rustdoc that reads well and has no
//! broken links.

use std::borrow::Cow;

use proc_macro2::{Ident, Span};
use quote::quote;
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, Lit, LitStr, Meta, MetaNameValue, Token, token::Bracket,
};

use crate::model::{Api, types::Docs};

/// Text is wrapped near this column.
const WIDTH: usize = 90;

/// The lines of an item's documentation.
pub(crate) fn lines(api: &Api, docs: &Docs) -> Vec<String> {
    lines_within(api, docs, &[])
}

/// The lines of a part of an item, which need not repeat the item's sources.
pub(crate) fn lines_within(api: &Api, docs: &Docs, parent: &[String]) -> Vec<String> {
    let mut lines = paragraphs(&docs.text);
    if !docs.facts.is_empty() {
        separate(&mut lines);
        lines.extend(wrap(&escape(&docs.facts.join(" "))));
    }
    if docs.sources != parent {
        source_line(&docs.sources, &mut lines);
    }
    linked(api, lines)
}

/// Says where facts come from.
pub(crate) fn source_line(sources: &[String], lines: &mut Vec<String>) {
    let mut tags: Vec<String> = sources.iter().map(|it| format!("\\[{it}\\]")).collect();
    tags.dedup();
    if !tags.is_empty() {
        separate(lines);
        lines.extend(wrap(&format!("Source: {}.", tags.join(", "))));
    }
}

/// Turns the tags of sources into links to their pages.
pub(crate) fn linked(api: &Api, mut lines: Vec<String>) -> Vec<String> {
    let mut definitions = Vec::new();
    for (tag, page) in &api.sources {
        let written = format!("\\[{tag}\\]");
        if !lines.iter().any(|it| it.contains(&written)) {
            continue;
        }
        let link = match address(page) {
            Some(url) => {
                definitions.push(format!("[{tag}]: {url}"));
                // A link that follows another would be its target.
                format!("[{tag}][]")
            }
            None => format!("`{tag}`"),
        };
        for line in &mut lines {
            *line = line.replace(&written, &link);
        }
    }
    if !definitions.is_empty() {
        separate(&mut lines);
        lines.extend(definitions);
    }
    lines
}

/// Free text as Markdown paragraphs.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split("\n\n").filter(|it| !it.trim().is_empty()) {
        separate(&mut lines);
        let is_list = paragraph.trim_start().starts_with(['-', '*', '|', '1']);
        if is_list {
            lines.extend(paragraph.lines().map(|it| escape(it.trim_end())));
        } else {
            let joined = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.extend(wrap(&escape(&joined)));
        }
    }
    lines
}

/// The first address in a source's description.
pub fn address(text: &str) -> Option<&str> {
    let start = text.find("https://")?;
    let url = text[start..].split([' ', ',', ')', ';', '\n']).next()?;
    let plain = url
        .chars()
        .all(|it| it.is_ascii_graphic() && !matches!(it, '(' | '<' | '>' | '{' | '}' | '…'));
    plain.then_some(url.trim_end_matches('.'))
}

/// An empty line, unless nothing stands before it.
pub(crate) fn separate(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|it| !it.is_empty()) {
        lines.push(String::new());
    }
}

/// `#[doc]` attributes, one per line.
pub(crate) fn attributes(lines: &[String]) -> Vec<Attribute> {
    let attribute = |line: &String| {
        let text = if line.is_empty() { String::new() } else { format!(" {line}") };
        let value = Expr::Lit(ExprLit {
            attrs: Vec::new(),
            lit: Lit::Str(LitStr::new(&text, Span::call_site())),
        });
        // There are more of these than of anything else: nothing is parsed again.
        Attribute {
            pound_token: <Token![#]>::default(),
            style: AttrStyle::Outer,
            bracket_token: Bracket::default(),
            meta: Meta::NameValue(MetaNameValue {
                path: Ident::new("doc", Span::call_site()).into(),
                eq_token: <Token![=]>::default(),
                value,
            }),
        }
    };
    lines.iter().map(attribute).collect()
}

/// `///` lines for tables.
pub(crate) fn comment(lines: &[String], indent: &str) -> String {
    let line = |it: &String| {
        if it.is_empty() { format!("{indent}///\n") } else { format!("{indent}/// {it}\n") }
    };
    lines.iter().map(line).collect()
}

/// The attribute of an item that should not be used any more.
pub(crate) fn deprecated(docs: &Docs) -> Option<Attribute> {
    docs.deprecated.then(|| {
        let tokens = quote!(#[deprecated]);
        syn::parse_quote!(#tokens)
    })
}

/// A paragraph of ready Markdown as lines.
pub(crate) fn wrapped(text: &str) -> Vec<String> {
    wrap(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Breaks a paragraph into lines, never inside a code span.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut width = 0;
    for word in words(text) {
        let n_chars = if word.is_ascii() { word.len() } else { word.chars().count() };
        if !line.is_empty() && width + 1 + n_chars > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
            line.push_str(word);
            width += 1 + n_chars;
            continue;
        }
        width = n_chars;
        // A line that begins with such a sign would become a list or heading.
        if !lines.is_empty() && matches!(word, "-" | "+" | "*" | "#" | ">" | "|") {
            line = format!("\\{word}");
            width += 1;
        } else if !lines.is_empty() && is_item_number(word) {
            line = word.replace('.', "\\.").replace(')', "\\)");
            width += 1;
        } else {
            line.reserve(WIDTH);
            line.push_str(word);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// `1.` and `1)` begin an ordered list.
fn is_item_number(word: &str) -> bool {
    let digits = word.strip_suffix(['.', ')']).unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|it| it.is_ascii_digit())
}

/// Words, with code spans kept whole.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut is_open = false;
        for (idx, it) in text.bytes().enumerate() {
            match it {
                b'`' => is_open = !is_open,
                b' ' if !is_open => {
                    rest = Some(&text[idx + 1..]);
                    return Some(&text[..idx]);
                }
                _ => {}
            }
        }
        rest = None;
        Some(text)
    })
}

/// Makes text mean what it says: no accidental links, tags or addresses.
pub fn escape(text: &str) -> String {
    let text = &visible(text);
    let mut escaped = String::with_capacity(text.len() + 16);
    let n_signs = text.bytes().filter(|it| *it == b'`').count();
    for (idx, part) in text.split('`').enumerate() {
        if idx > 0 {
            // One that has no partner is no code.
            escaped.push_str(if idx == n_signs && n_signs % 2 == 1 { "&#96;" } else { "`" });
        }
        if idx % 2 == 1 && idx < n_signs {
            escaped.push_str(part);
        } else if part.contains("://") {
            for (word_idx, word) in part.split(' ').enumerate() {
                escaped.push_str(if word_idx > 0 { " " } else { "" });
                escape_word(word, &mut escaped);
            }
        } else {
            escape_signs(part, &mut escaped);
        }
    }
    escaped
}

/// Without the characters that Rust refuses in comments: a return without a
/// line's end, other controls, and those that turn the direction of what follows.
fn visible(text: &str) -> Cow<'_, str> {
    let is_control = |it: char| it.is_control() && !matches!(it, '\n' | '\t');
    let turns = |it: char| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.is_ascii() && !text.bytes().any(|it| is_control(it.into()))
        || !text.chars().any(|it| is_control(it) || turns(it))
    {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|it| !turns(*it));
    Cow::Owned(kept.map(|it| if is_control(it) { ' ' } else { it }).collect())
}

fn escape_word(word: &str, escaped: &mut String) {
    let Some(start) = word.find("https://").or_else(|| word.find("http://")) else {
        return escape_signs(word, escaped);
    };
    let url = word[start..].trim_end_matches(['.', ',', ')', ';', ':', ']']);
    let (before, after) = (&word[..start], &word[start + url.len()..]);
    let [opening, closing] = if url.contains(['{', '<']) { ["`"; 2] } else { ["<", ">"] };
    escape_word(before, escaped);
    escaped.push_str(opening);
    escaped.push_str(url);
    escaped.push_str(closing);
    escape_word(after, escaped);
}

fn escape_signs(text: &str, escaped: &mut String) {
    let mut start = 0;
    for (idx, it) in text.bytes().enumerate() {
        if matches!(it, b'[' | b']' | b'<' | b'>' | b'*' | b'_' | b'#' | b'|') {
            escaped.push_str(&text[start..idx]);
            escaped.push('\\');
            start = idx;
        }
    }
    escaped.push_str(&text[start..]);
}

#[cfg(test)]
mod tests;
