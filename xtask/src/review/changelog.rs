//! CHANGELOG.md: what it says about a crate, and what it should say.

use super::{
    report::{Bump, Change, ItemChange, Meaning},
    version::Version,
};

/// The page of changes, as far as it is about crates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changelog {
    entries: Vec<Entry>,
}

/// A bullet with the lines that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// `## …` that it stands under.
    section: String,
    /// `### …` that it stands under, then its text.
    text: String,
}

impl Entry {
    fn is_unreleased(&self) -> bool {
        self.section.to_ascii_lowercase().contains("unreleased")
    }
}

impl Changelog {
    /// Reads a page.
    pub(crate) fn parse(text: &str) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        let (mut section, mut part) = (String::new(), String::new());
        let mut is_open = false;
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                section = title.trim().to_owned();
                part.clear();
                is_open = false;
                // A title may say what was released.
                entries.push(Entry { section: section.clone(), text: section.clone() });
            } else if let Some(title) = line.strip_prefix("### ") {
                part = title.trim().to_owned() + ": ";
                is_open = false;
            } else if let Some(text) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
                entries.push(Entry { section: section.clone(), text: format!("{part}{text}") });
                is_open = true;
            } else if line.starts_with('#') {
                is_open = false;
            } else if let Some(last) = entries.last_mut().filter(|_| is_open && !line.is_empty()) {
                last.text.push(' ');
                last.text.push_str(line.trim());
            }
        }
        Self { entries }
    }

    /// Whether a version of a crate is announced and not released.
    pub(crate) fn is_unreleased(&self, krate: &str, version: &Version) -> bool {
        let unreleased = self.entries.iter().filter(|it| it.is_unreleased());
        unreleased.flat_map(|it| versions(&it.text, krate)).any(|it| it == *version)
    }

    /// The versions of a crate that were released.
    pub(crate) fn released(&self, krate: &str) -> Vec<Version> {
        let released = self.entries.iter().filter(|it| !it.is_unreleased());
        released.flat_map(|it| versions(&it.text, krate)).collect()
    }

    /// What is said about a crate since `base`, in sections that were not closed then.
    pub(crate) fn new_entries(&self, base: &Self, krate: &str) -> Vec<&str> {
        let is_closed = |it: &Entry| {
            !it.is_unreleased() && base.entries.iter().any(|old| old.section == it.section)
        };
        let is_old = |it: &Entry| base.entries.iter().any(|old| old.text == it.text);
        let entries = self.entries.iter().filter(|it| it.text != it.section);
        entries
            .filter(|it| !is_closed(it) && !is_old(it) && names(&it.text, krate).next().is_some())
            .map(|it| it.text.as_str())
            .collect()
    }
}

/// Whether an entry says that something breaks.
pub(crate) fn says_breaking(entry: &str) -> bool {
    let text = entry.to_lowercase();
    let words: Vec<&str> =
        text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    words.iter().enumerate().any(|(idx, word)| {
        let before = idx.checked_sub(1).map(|it| words[it]);
        *word == "breaking" && !matches!(before, Some("non" | "not" | "no" | "nothing" | "never"))
    })
}

/// An entry to paste: what breaks first, a bullet per change.
pub(crate) fn proposed(
    title: &str,
    bump: Bump,
    changes: &[&Change],
    items: &[&ItemChange],
) -> String {
    const MOST_ITEMS: usize = 10;
    let mut bullets: Vec<(Meaning, String)> = Vec::new();
    let mut explained: Vec<String> = Vec::new();
    for change in changes {
        if change.meaning == Meaning::Documentation {
            explained.extend(operations(change));
        } else {
            bullets.push((change.meaning, sentence(change)));
        }
    }
    // What the spec's changes say about Rust need not be said twice.
    let is_told = |it: &&&ItemChange| !bullets.iter().any(|(meaning, _)| *meaning >= it.meaning);
    let told: Vec<_> = items
        .iter()
        .filter(|it| it.meaning > Meaning::Documentation)
        .filter(is_told)
        .copied()
        .collect();
    for item in told.iter().take(MOST_ITEMS) {
        bullets.push((item.meaning, item_sentence(item)));
    }
    if let Some(n_more @ 1..) = told.len().checked_sub(MOST_ITEMS) {
        bullets.push((told[MOST_ITEMS].meaning, format!("{n_more} more items of the public API.")));
    }
    bullets.sort_by_key(|(meaning, _)| std::cmp::Reverse(*meaning));
    if bullets.is_empty() && bump > Bump::None {
        explained.sort();
        explained.dedup();
        let of = match explained.is_empty() {
            true => String::new(),
            false => format!(" of {}", explained.join(", ")),
        };
        bullets.push((Meaning::Documentation, format!("better documentation{of}.")));
    }
    let line = |(meaning, text): (Meaning, String)| match meaning {
        Meaning::BreaksRust | Meaning::BreaksWire => format!("- {title}: **Breaking:** {text}\n"),
        Meaning::New | Meaning::Documentation => format!("- {title}: {text}\n"),
    };
    bullets.into_iter().map(line).collect()
}

/// What a change is, with the operations that it is about.
fn sentence(change: &Change) -> String {
    let summary = change.summary.trim_end_matches('.');
    let mut text = if summary.contains(change.subject.as_str()) {
        summary.to_owned()
    } else {
        format!("`{}`: {summary}", change.subject)
    };
    let operations = operations(change);
    if !operations.is_empty() {
        text.push_str(&format!(" ({})", operations.join(", ")));
    }
    text.push('.');
    // A line of a list is one line.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The operations that a change means most to: what breaks one may be new to another.
fn operations(change: &Change) -> Vec<String> {
    let effects = change.effects.iter().filter(|it| it.meaning == change.meaning);
    let mut operations: Vec<String> = effects.map(|it| format!("`{}`", it.operation)).collect();
    operations.sort();
    operations.dedup();
    operations
}

fn item_sentence(item: &ItemChange) -> String {
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => format!("`{before}` is now `{after}`."),
        (Some(before), None) => format!("`{before}` is gone."),
        (None, Some(after)) => format!("`{after}` is new."),
        (None, None) => String::new(),
    }
}

/// The versions that stand behind a crate's name: `` `payouts-acme` 0.1.0 ``.
fn versions(text: &str, krate: &str) -> Vec<Version> {
    let behind = names(text, krate).filter_map(|rest| {
        let rest = rest.trim_start_matches(|it: char| it == '`' || it == '@' || it.is_whitespace());
        let is_version = |it: char| it.is_ascii_alphanumeric() || ".-+".contains(it);
        let end = rest.find(|it| !is_version(it)).unwrap_or(rest.len());
        let word = rest[..end].trim_start_matches("v").trim_end_matches(['.', '-']);
        Version::parse(word)
    });
    behind.collect()
}

/// What stands behind each mention of a crate.
fn names<'t>(text: &'t str, krate: &str) -> impl Iterator<Item = &'t str> {
    let is_part = |it: char| it.is_alphanumeric() || it == '-' || it == '_';
    text.match_indices(krate).filter_map(move |(idx, found)| {
        let rest = &text[idx + found.len()..];
        let is_whole = !text[..idx].ends_with(is_part) && !rest.starts_with(is_part);
        is_whole.then_some(rest)
    })
}

#[cfg(test)]
mod tests;
