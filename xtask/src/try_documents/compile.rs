//! Whether the compiler takes what was generated, warnings included.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use toml_edit::{DocumentMut, Item};

use super::{Outcome, Row};
use crate::{
    new_provider,
    shell::{self, Progress},
    workspace::Workspace,
};

/// The scratch workspace, which shares its target folder among all documents.
const FOLDER: &str = "target/try";

/// Compiles what was generated and writes what the compiler says into the rows.
///
/// # Errors
///
/// If a file cannot be written, or cargo fails for another reason than the code.
pub(super) fn run(workspace: &Workspace, rows: &mut [Row]) -> Result<()> {
    let crates = workspace.path(&format!("{FOLDER}/crates"));
    if crates.exists() {
        fs::remove_dir_all(&crates).context("cannot empty target/try/crates")?;
    }
    let scratch = Workspace::at(&workspace.path(FOLDER));
    let mut members = BTreeMap::new();
    for (idx, row) in rows.iter_mut().enumerate() {
        let Outcome::Generated(generated) = &mut row.outcome else { continue };
        let provider = &row.found.provider;
        for (path, text) in std::mem::take(&mut generated.files) {
            if path.starts_with("crates/") {
                scratch.write(&path, &text)?;
            }
        }
        let name = format!("payouts-{provider}");
        scratch.write(&format!("crates/{name}/Cargo.toml"), &new_provider::manifest(provider))?;
        members.insert(name, idx);
    }
    if members.is_empty() {
        return Ok(());
    }
    scratch.write("Cargo.toml", &manifest(workspace)?)?;
    // The versions that the clients of this repository are compiled with.
    if let Some(lock) = workspace.read("Cargo.lock")? {
        scratch.write("Cargo.lock", &lock)?;
    }
    check(&scratch, rows, &members)
}

/// The root manifest of the scratch workspace: that of the repository, with
/// other members.
pub(crate) fn manifest(workspace: &Workspace) -> Result<String> {
    let text = workspace.read("Cargo.toml")?.context("Cargo.toml is missing")?;
    let mut manifest: DocumentMut = text.parse().context("Cargo.toml is not TOML")?;
    manifest["workspace"]["members"] = toml_edit::value(toml_edit::Array::from_iter(["crates/*"]));
    manifest.remove("profile");
    let dependencies = manifest["workspace"]["dependencies"]
        .as_table_like_mut()
        .context("Cargo.toml has no dependencies of the workspace")?;
    for (_, it) in dependencies.iter_mut() {
        let Some(path) = it.get("path").and_then(Item::as_str) else { continue };
        let path = workspace.path(path).to_string_lossy().into_owned();
        it["path"] = toml_edit::value(path);
    }
    Ok(manifest.to_string())
}

/// Runs cargo and sorts what the compiler says by documents.
fn check(scratch: &Workspace, rows: &mut [Row], members: &BTreeMap<String, usize>) -> Result<()> {
    let mut child = shell::cargo(scratch.root())
        .env("CARGO_TARGET_DIR", scratch.path("target"))
        .env("CARGO_INCREMENTAL", "0")
        .args(["check", "--workspace", "--keep-going", "--quiet"])
        // All of the generated code; TLS is the runtime's, and takes minutes.
        .args(["--no-default-features", "--features", "tracing,schemars"])
        .arg("--message-format=json-diagnostic-rendered-ansi")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run cargo check")?;
    let stdout = child.stdout.take().context("cargo has an output")?;
    let stderr = child.stderr.take().context("cargo has an output for errors")?;
    let errors = std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default());
    let mut progress = Progress::start();
    let mut n_compiled = 0;
    for line in BufReader::new(stdout).lines() {
        let line = line.context("cannot read what cargo says")?;
        let Ok(message) = serde_json::from_str::<Value>(&line) else { continue };
        let name = message["target"]["name"].as_str().unwrap_or_default().replace('_', "-");
        let Some(idx) = members.get(&name) else {
            progress.step(&format!("after {name}"), n_compiled, members.len());
            continue;
        };
        match message["reason"].as_str() {
            Some("compiler-artifact") => {
                progress.step(&rows[*idx].found.path, n_compiled, members.len());
                n_compiled += 1;
            }
            Some("compiler-message") => {
                rows[*idx].compiler.extend(complaint(&message["message"]));
            }
            _ => {}
        }
    }
    let status = child.wait().context("cannot wait for cargo check")?;
    let took = progress.finish();
    let has_complaints = rows.iter().any(|it| !it.compiler.is_empty());
    if !status.success() && !has_complaints {
        bail!("cargo check failed:\n{}", errors.join().unwrap_or_default());
    }
    shell::status("Compiled", &format!("{} in {took:.0?}", shell::counted(n_compiled, "client")));
    Ok(())
}

/// What the compiler says, unless it only counts what it has said.
fn complaint(message: &Value) -> Option<String> {
    let has_place = message["spans"].as_array().is_some_and(|it| !it.is_empty());
    let text = message["rendered"].as_str()?.trim_end();
    (has_place || !message["code"].is_null()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::complaint;

    #[test]
    fn a_lint() {
        let message = json!({"code": {"code": "dead_code"}, "spans": [{}], "rendered": "warning: never used\n"});
        assert_eq!(complaint(&message).as_deref(), Some("warning: never used"));
    }

    #[test]
    fn an_error_without_a_code() {
        let message = json!({"code": null, "spans": [{}], "rendered": "error: expected `;`\n"});
        assert_eq!(complaint(&message).as_deref(), Some("error: expected `;`"));
    }

    #[test]
    fn a_count() {
        let message = json!({"code": null, "spans": [], "rendered": "error: aborting\n"});
        assert_eq!(complaint(&message), None);
    }
}
