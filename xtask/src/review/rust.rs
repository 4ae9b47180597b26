//! What changed in the public API of a client crate, from the compiler's own
//! view of it: rustdoc's JSON of both sides, item by item.
//!
//! A client shows types of the runtime. What changes in those that it shows is
//! part of its API and told here, too. So are arguments that change places, which
//! no caller's compiler sees if they are of one type.

mod judge;
mod krate;
mod names;
mod rustdoc;
mod signature;
mod surface;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, Result};

use super::report::{ItemChange, Meaning, RustReview};
use krate::Krate;
use surface::Surface;

/// Compares the public API of `crates/<krate>` in two folders, each of which
/// holds a complete workspace. One of them may be without the crate.
///
/// `target` is a target folder that both share, so that dependencies are
/// compiled once. What is found is kept in it, by the content of the crate and
/// of what it depends on, so that an unchanged side is not compiled again.
pub(crate) fn review(base: &Path, head: &Path, krate: &str, target: &Path) -> RustReview {
    match changes(base, head, krate, target) {
        Ok(items) => RustReview::Items(items),
        Err(error) => RustReview::Unknown { reason: format!("{error:#}") },
    }
}

fn changes(base: &Path, head: &Path, krate: &str, target: &Path) -> Result<Vec<ItemChange>> {
    let find = |folder: &Path| Krate::find(folder, krate);
    let (old, new) = match (find(base).context("base")?, find(head).context("head")?) {
        (None, None) => return Ok(Vec::new()),
        (None, Some(_)) => return Ok(vec![whole(krate, Meaning::New)]),
        (Some(_), None) => return Ok(vec![whole(krate, Meaning::BreaksRust)]),
        (Some(old), Some(new)) if old.key == new.key => return Ok(Vec::new()),
        (Some(old), Some(new)) => (old, new),
    };
    let before = rustdoc::surface(&old, target).context("base")?;
    let after = rustdoc::surface(&new, target).context("head")?;
    let mut changes = judge::compare(&before, &after);
    for (old, new) in old.path_dependencies.iter().zip_same(&new.path_dependencies) {
        if old.key != new.key {
            changes.extend(of_runtime(old, new, [&before, &after], target)?);
        }
    }
    changes.sort_by_key(|it| std::cmp::Reverse(it.meaning));
    Ok(changes)
}

/// What changed in another crate of the workspace, as far as the client shows it.
fn of_runtime(
    old: &Krate,
    new: &Krate,
    shown_by: [&Surface; 2],
    target: &Path,
) -> Result<Vec<ItemChange>> {
    let before = rustdoc::surface(old, target).context("base")?;
    let after = rustdoc::surface(new, target).context("head")?;
    let mut names = BTreeSet::new();
    for surface in shown_by {
        surface.names_of(&old.name, &mut names);
    }
    let before = before.shown(&mut names.clone());
    let after = after.shown(&mut names);
    let mut changes = judge::compare(&before, &after);
    for change in &mut changes {
        let of = format!("of `{}`", old.name);
        change.reason = Some(match change.reason.take() {
            None => of,
            Some(reason) => format!("{of}: {reason}"),
        });
    }
    Ok(changes)
}

/// A crate that one side does not have.
fn whole(krate: &str, meaning: Meaning) -> ItemChange {
    let name = Some(format!("crate {krate}"));
    match meaning {
        Meaning::New => ItemChange { before: None, after: name, meaning, reason: None },
        _ => ItemChange { before: name, after: None, meaning, reason: None },
    }
}

/// Pairs crates of the same name.
trait ZipSame<'a> {
    fn zip_same(self, others: &'a [Krate]) -> Vec<(&'a Krate, &'a Krate)>;
}

impl<'a, I: Iterator<Item = &'a Krate>> ZipSame<'a> for I {
    fn zip_same(self, others: &'a [Krate]) -> Vec<(&'a Krate, &'a Krate)> {
        let pair = |it: &'a Krate| Some((it, others.iter().find(|other| other.name == it.name)?));
        self.filter_map(pair).collect()
    }
}
