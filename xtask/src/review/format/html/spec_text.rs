//! The text of a spec before and after, side by side, where it differs.

use std::{ops::Range, time::Duration};

use similar::{DiffTag, TextDiff};

use super::{marks::marked, pages::ProviderPages};
use crate::html::escape;

/// Unchanged lines that are shown around a change.
const CONTEXT: usize = 3;

/// After this the rest of a file is told as changed: a page must come to an end.
const LONGEST: Duration = Duration::from_secs(5);

/// Neighbouring lines of which some changed.
pub(super) struct Hunk {
    pub(super) path: String,
    /// Lines from 0.
    pub(super) before: Range<usize>,
    pub(super) after: Range<usize>,
    rows: String,
}

/// All places where the texts of a provider differ.
pub(super) fn hunks(pages: &ProviderPages) -> Vec<Hunk> {
    let mut paths: Vec<&str> = Vec::new();
    let sides = [&pages.base, &pages.head];
    for file in sides.iter().filter_map(|it| it.as_ref()).flat_map(|it| &it.files) {
        if !paths.contains(&file.path.as_str()) {
            paths.push(&file.path);
        }
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    for path in paths {
        let [before, after] = sides.map(|side| {
            let files = side.iter().flat_map(|it| &it.files);
            files.into_iter().find(|it| it.path == path).map_or("", |it| it.text.as_str())
        });
        hunks.extend(of_file(path, before, after));
    }
    hunks
}

fn of_file(path: &str, before: &str, after: &str) -> Vec<Hunk> {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let diff = TextDiff::configure().timeout(LONGEST).diff_slices(&old, &new);
    let mut hunks: Vec<Hunk> = Vec::new();
    for group in diff.grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let mut rows = String::new();
        for op in &group {
            let (a, b) = (op.old_range(), op.new_range());
            for idx in 0..a.len().max(b.len()) {
                let a = a.clone().nth(idx).and_then(|it| Some((it + 1, *old.get(it)?)));
                let b = b.clone().nth(idx).and_then(|it| Some((it + 1, *new.get(it)?)));
                rows.push_str(&row(op.tag(), a, b));
            }
        }
        hunks.push(Hunk {
            path: path.to_owned(),
            before: first.old_range().start..last.old_range().end,
            after: first.new_range().start..last.new_range().end,
            rows,
        });
    }
    hunks
}

/// A line of both sides: its number and its text.
fn row(tag: DiffTag, before: Option<(usize, &str)>, after: Option<(usize, &str)>) -> String {
    let class = if tag == DiffTag::Equal { " class=\"same\"" } else { "" };
    let (old, new) = match (before, after) {
        (Some((_, a)), Some((_, b))) => marked(a, b),
        (a, b) => {
            let text = |it: Option<(usize, &str)>| escape(it.map_or("", |(_, text)| text));
            (text(a), text(b))
        }
    };
    let cell = |number: Option<(usize, &str)>, class: &str, text: &str| match number {
        None => "<td class=\"n none\"></td><td class=\"none\"></td>".to_owned(),
        Some((number, _)) => {
            format!("<td class=\"n\">{number}</td><td class=\"{class}\">{text}</td>")
        }
    };
    let (before, after) = (cell(before, "old", &old), cell(after, "new", &new));
    format!("<tr{class}>{before}{after}</tr>\n")
}

impl Hunk {
    /// Whether it shows one of these lines, from 0.
    pub(super) fn shows_before(&self, path: &str, lines: &Range<usize>) -> bool {
        self.path == path && overlap(&self.before, lines)
    }

    pub(super) fn shows_after(&self, path: &str, lines: &Range<usize>) -> bool {
        self.path == path && overlap(&self.after, lines)
    }

    /// As a table.
    pub(super) fn html(&self) -> String {
        let path = escape(&self.path);
        let (before, after) = (lines(&self.before), lines(&self.after));
        format!(
            "<table class=\"diff\"><caption>{path}: {before} before, {after} after</caption>\n\
             <thead><tr><th scope=\"col\"><span class=\"quiet\">Line</span></th><th scope=\"col\">Before</th>\
             <th scope=\"col\"><span class=\"quiet\">Line</span></th><th scope=\"col\">After</th></tr></thead>\n\
             <tbody>\n{}</tbody></table>\n",
            self.rows
        )
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn lines(range: &Range<usize>) -> String {
    match range.len() {
        0 => "nothing".to_owned(),
        1 => format!("line {}", range.end),
        _ => format!("lines {}–{}", range.start + 1, range.end),
    }
}
