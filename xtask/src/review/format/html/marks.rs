//! What differs between two texts, word by word.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::html::escape;

/// Longer texts are marked as a whole: the words of a page tell nothing.
const LONGEST: usize = 4_000;

/// Both texts as HTML, with what is gone and what is new in them marked.
pub(super) fn marked(before: &str, after: &str) -> (String, String) {
    if before == after {
        return (escape(before), escape(after));
    }
    if before.len().max(after.len()) > LONGEST || before.is_empty() || after.is_empty() {
        return (mark("del", before), mark("ins", after));
    }
    let (old, new) = (words(before), words(after));
    let mut marked = (String::new(), String::new());
    let (mut gone, mut added) = (String::new(), String::new());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (a, b) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        // A space between two changed words belongs to them.
        let is_between = a.trim().is_empty() && !(gone.is_empty() && added.is_empty());
        if op.tag() == DiffTag::Equal && !is_between {
            flush(&mut marked, &mut gone, &mut added);
            marked.0.push_str(&escape(&a));
            marked.1.push_str(&escape(&b));
        } else {
            gone.push_str(&a);
            added.push_str(&b);
        }
    }
    flush(&mut marked, &mut gone, &mut added);
    marked
}

/// Adds what differs. Spaces at its ends that are on both sides are not marked.
fn flush(marked: &mut (String, String), gone: &mut String, added: &mut String) {
    let is_spaced = gone.ends_with(' ') && added.ends_with(' ');
    let end = if is_spaced { " " } else { "" };
    marked.0.push_str(&mark("del", gone.strip_suffix(end).unwrap_or(gone)));
    marked.1.push_str(&mark("ins", added.strip_suffix(end).unwrap_or(added)));
    marked.0.push_str(end);
    marked.1.push_str(end);
    gone.clear();
    added.clear();
}

/// Runs of letters and digits, runs of spaces, and everything else by itself.
fn words(text: &str) -> Vec<&str> {
    let kind = |it: char| match it {
        '_' => 1,
        it if it.is_alphanumeric() => 1,
        it if it.is_whitespace() => 2,
        _ => 0,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (idx, it) in text.char_indices() {
        let kind = kind(it);
        if last.is_some_and(|last| last != kind || kind == 0) {
            words.push(&text[start..idx]);
            start = idx;
        }
        last = Some(kind);
    }
    words.push(&text[start..]);
    words
}

fn mark(element: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<{element}>{}</{element}>", escape(text))
}
