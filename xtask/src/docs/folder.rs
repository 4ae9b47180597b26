//! The folder of the site, which is replaced as a whole and only if it is ours.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// A file that says whose folder it is.
const MARKER: &str = ".payouts-site";

/// Whether the folder may be replaced.
///
/// # Errors
///
/// If it holds anything that is not of an earlier site.
pub(super) fn check(output: &Path) -> Result<()> {
    if !output.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(output);
    let mut entries = entries.with_context(|| format!("cannot read {}", output.display()))?;
    if entries.next().is_some() && !output.join(MARKER).is_file() {
        bail!(
            "{} is not empty and holds no site of ours; name another folder, or remove it first",
            output.display()
        );
    }
    Ok(())
}

/// Puts a site in the place of an earlier one. Until it is complete, the earlier
/// one stays.
///
/// # Errors
///
/// If something cannot be read or written.
pub(super) fn replace(
    output: &Path,
    files: &BTreeMap<String, String>,
    rustdoc: Option<&Path>,
) -> Result<()> {
    let context = || format!("cannot write {}", output.display());
    let whole = std::path::absolute(output).with_context(context)?;
    let parent = whole.parent().context("the site cannot be the root of the disk")?;
    fs::create_dir_all(parent).with_context(context)?;
    let temporary = TempDir::with_prefix_in(".payouts-site-", parent).with_context(context)?;
    let new = temporary.path().join("new");
    fs::create_dir(&new).with_context(context)?;
    fs::write(new.join(MARKER), "This folder is written by `cargo xtask docs`, and replaced.\n")
        .with_context(context)?;
    for (path, text) in files {
        let path = path.split('/').fold(new.clone(), |path, part| path.join(part));
        let folder = path.parent().context("files stand in folders")?;
        fs::create_dir_all(folder).with_context(context)?;
        fs::write(&path, text).with_context(context)?;
    }
    if let Some(rustdoc) = rustdoc {
        copy(rustdoc, &new.join("rustdoc"))
            .with_context(|| format!("cannot copy {}", rustdoc.display()))?;
    }
    let old = temporary.path().join("old");
    let result = swap(&new, &whole, &old);
    if result.is_err() && old.exists() {
        let kept = temporary.keep().join("old");
        return result.with_context(|| {
            format!("cannot write {}; the earlier site is in {}", output.display(), kept.display())
        });
    }
    result.with_context(context)
}

/// Puts `new` in the place of `whole`, which becomes `old`. If that fails, `whole` is
/// put back.
///
/// # Errors
///
/// If something cannot be renamed.
pub(super) fn swap(new: &Path, whole: &Path, old: &Path) -> std::io::Result<()> {
    if !whole.exists() {
        return fs::rename(new, whole);
    }
    fs::rename(whole, old)?;
    fs::rename(new, whole).or_else(|error| {
        fs::rename(old, whole)?;
        Err(error)
    })
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&path, &target)?;
        } else if kind.is_file() && !entry.file_name().to_string_lossy().starts_with('.') {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}
