//! The generated source: which lines changed, and whether they are what the spec gives.

use std::collections::BTreeSet;

use anyhow::Result;
use codegen::Source;
use similar::{ChangeTag, TextDiff};

use super::{
    git::{Repository, Side},
    report::{FileLines, Meaning, RustReview, SourceReview, SpecReview, Unreadable},
};
use crate::{generate, workspace::Files};

/// Parts of the names of rules whose changes no signature shows.
const UNSEEN: [&str; 18] = [
    "credential",
    "default",
    "empty",
    "format",
    "idempotency",
    "limit",
    "media-type",
    "moved",
    "paging",
    "path-parameter-renamed",
    "reconcile",
    "reordered",
    "sample",
    "security",
    "sensitiv",
    "server",
    "status",
    "verification",
];

/// Whether what this program generates says anything about the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generator {
    /// It is the head's.
    OfHead,
    /// It is another, so its files may differ from the committed ones.
    Another,
}

impl Generator {
    /// This program was built from the work tree; so is the head, or it has the same
    /// generator, or none.
    pub(crate) fn of(repository: &Repository, head: &Side<'_>) -> Result<Self> {
        const PATHS: [&str; 3] = ["codegen", "rust-toolchain.toml", "rustfmt.toml"];
        let is_same = head.commit.is_none()
            || !head.has("codegen")
            || head.is_same(&Side::work_tree(repository)?, &PATHS);
        Ok(if is_same { Self::OfHead } else { Self::Another })
    }
}

/// What was found, and the files that the head should have.
pub(crate) struct Lines {
    pub(crate) review: SourceReview,
    /// Path → text of what is stale, as the spec gives it.
    pub(crate) replaced: Vec<(String, String)>,
}

/// Compares the generated files of both sides.
///
/// If the head's are stale, those are compared that its spec gives.
pub(crate) fn review(
    base: &Side<'_>,
    head: &Side<'_>,
    provider: &str,
    source: Option<&Source>,
    generator: Generator,
) -> Result<Lines> {
    let mut review = SourceReview::default();
    let mut replaced = Vec::new();
    let mut paths: BTreeSet<String> = generated(base, provider)?.into_iter().collect();
    paths.extend(generated(head, provider)?);
    match source.filter(|_| generator == Generator::OfHead).map(generate::rendered).transpose()? {
        Some(Ok(files)) => {
            for (path, text) in &files {
                if read(head, path)? != *text {
                    review.stale.push(path.clone());
                    replaced.push((path.clone(), text.clone()));
                    paths.insert(path.clone());
                }
            }
            review.stale.extend(generate::leftover(head, provider, &files)?);
            if !review.stale.is_empty() {
                review.notes.push(format!(
                    "The committed client is not what its spec gives; the lines and the Rust API are those that `cargo xtask generate {provider}` would write."
                ));
            }
        }
        // The view of the spec says what is wrong with it.
        Some(Err(_)) => {}
        None if source.is_some() => review.notes.push(
            "The generator of this side is another than the one that compares, so nobody looked whether the client is fresh.".to_owned(),
        ),
        None => {}
    }
    for path in paths {
        let fresh = replaced.iter().find(|(it, _)| *it == path).map(|(_, text)| text);
        if fresh.is_none() && base.id(&path) == head.id(&path) {
            continue;
        }
        let before = read(base, &path)?;
        let after = fresh.map_or_else(|| read(head, &path), |it| Ok(it.clone()))?;
        let (added, removed) = changed_lines(&before, &after);
        if added + removed > 0 {
            review.files.push(FileLines { path, added, removed });
        }
    }
    Ok(Lines { review, replaced })
}

/// What of the spec's changes shows in these lines and in no signature.
pub(crate) fn notes(
    spec: &Result<SpecReview, Unreadable>,
    rust: &RustReview,
    source: &SourceReview,
) -> Vec<String> {
    let Ok(spec) = spec else { return Vec::new() };
    if source.files.is_empty() {
        return Vec::new();
    }
    // Without the compiler, nothing else tells where the lines come from.
    let (is_compared, is_same_api) = match rust {
        RustReview::Items(items) => (true, items.is_empty()),
        RustReview::Unknown { .. } | RustReview::Skipped => (false, true),
    };
    let is_unseen =
        |it: Meaning| it != Meaning::Documentation && (it != Meaning::BreaksRust || !is_compared);
    let changes = spec.changes.iter().filter(|it| is_unseen(it.meaning));
    let unseen =
        changes.filter(|it| is_same_api || UNSEEN.iter().any(|part| it.rule.contains(part)));
    let mut notes: Vec<String> = Vec::new();
    for change in unseen {
        if !notes.contains(&change.summary) {
            notes.push(change.summary.clone());
        }
    }
    if spec.changes.iter().any(|it| it.meaning == Meaning::Documentation) {
        notes.push("The words of the documentation.".to_owned());
    }
    notes
}

/// The generated files of a provider.
fn generated(side: &Side<'_>, provider: &str) -> Result<Vec<String>> {
    let folder = format!("crates/payouts-{provider}");
    let mut paths = side.files(&format!("{folder}/src"), "")?;
    let others = [format!("{folder}/README.md"), format!("tests/src/generated/{provider}.rs")];
    paths.extend(others.into_iter().filter(|it| side.has(it)));
    Ok(paths)
}

/// A text with the same line ends everywhere; nothing if there is no such file.
fn read(side: &Side<'_>, path: &str) -> Result<String> {
    Ok(side.read(path)?.unwrap_or_default().replace("\r\n", "\n"))
}

/// Lines that are new, and lines that are gone.
fn changed_lines(before: &str, after: &str) -> (usize, usize) {
    let diff = TextDiff::from_lines(before, after);
    let (mut added, mut removed) = (0, 0);
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Insert => added += 1,
            ChangeTag::Delete => removed += 1,
            ChangeTag::Equal => {}
        }
    }
    (added, removed)
}

#[cfg(test)]
mod tests;
