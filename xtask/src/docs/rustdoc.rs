//! The documentation of all crates, by rustdoc; its warnings are failures.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{shell, workspace::Workspace};

/// Below the root: what rustdoc writes.
const FOLDER: &str = "target/docs";

/// Where the crates are documented, and which they are.
pub(super) struct Rustdoc {
    /// Holds a folder per crate and what they share.
    pub(super) folder: PathBuf,
    /// The crates, by the names of their folders.
    pub(super) crates: Vec<String>,
}

/// Documents the crates; nothing if rustdoc complains, which it prints.
///
/// # Errors
///
/// If cargo cannot be run.
pub(super) fn build(workspace: &Workspace) -> Result<Option<Rustdoc>> {
    shell::status("Documenting", "all crates");
    let crates = crates(workspace)?;
    let folder = workspace.path(&format!("{FOLDER}/doc"));
    // What all crates share, such as the search, keeps crates that are gone.
    if documented(&folder)?.iter().any(|it| !crates.contains(it)) {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    let compiled =
        ["CARGO_BUILD_BUILD_DIR", "CARGO_TARGET_DIR"].into_iter().find_map(std::env::var_os);
    let compiled = compiled.map_or_else(|| workspace.path("target"), PathBuf::from);
    let mut command = shell::cargo(workspace.root());
    // A folder of its own, so that it holds these crates and no others; what is
    // compiled for it is that of all other commands.
    let status = command
        .env("CARGO_BUILD_BUILD_DIR", compiled)
        .env("RUSTDOCFLAGS", "-D warnings")
        .args(["doc", "--workspace", "--no-deps", "--all-features", "--target-dir"])
        .arg(workspace.path(FOLDER))
        .status();
    if !status.context("cannot run cargo doc")?.success() {
        return Ok(None);
    }
    let found = documented(&folder)?;
    Ok(Some(Rustdoc {
        crates: crates.into_iter().filter(|it| found.contains(it)).collect(),
        folder,
    }))
}

/// The crates of the workspace that have documentation.
fn crates(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let output = shell::cargo(workspace.root())
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata cannot tell what the crates are: {}", output.status);
    }
    let metadata: Value =
        serde_json::from_slice(&output.stdout).context("cargo metadata does not answer JSON")?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let targets = packages.iter().filter_map(|it| it["targets"].as_array()).flatten();
    let documented = targets.filter(|it| it["doc"] == true);
    let names = documented.filter_map(|it| it["name"].as_str());
    Ok(names.map(|it| it.replace('-', "_")).collect())
}

/// The crates that the folder has.
fn documented(folder: &PathBuf) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    let context = || format!("cannot read {}", folder.display());
    for entry in fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        if entry.path().join("index.html").is_file() {
            found.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found.remove("src");
    Ok(found)
}
