//! `lint`: our own rules, then Redocly, which knows only OpenAPI.

use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, bail};

use crate::{
    generate,
    shell::{self, MessageFormat},
    workspace::Workspace,
};

/// Lints the specs of the named providers.
///
/// # Errors
///
/// If a file cannot be read, or Redocly is demanded and cannot be run.
pub fn run(
    workspace: &Workspace,
    named: &[String],
    redocly: bool,
    format: MessageFormat,
) -> Result<ExitCode> {
    let providers = workspace.select(named)?;
    if generate::plan(workspace, &providers, format)?.is_none() {
        return Ok(ExitCode::FAILURE);
    }
    shell::status("Linted", &format!("{}: no complaints of ours", providers.join(", ")));
    match linter(workspace) {
        Ok(program) => independent(workspace, &program, &providers),
        Err(error) if redocly => Err(error),
        Err(error) => {
            shell::warning("Skipped", &format!("Redocly: {error:#}"));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn independent(workspace: &Workspace, program: &PathBuf, providers: &[String]) -> Result<ExitCode> {
    let output = Command::new(program)
        .current_dir(workspace.root())
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
        .args(["lint", "--config", "specs/redocly.yaml"])
        .args(providers.iter().map(|it| format!("specs/{it}.yaml")))
        .output()
        .context("cannot run Redocly")?;
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let warned = text.contains("warning.") || text.contains("warnings.");
    if output.status.success() && !warned {
        shell::status("Linted", &format!("{}: no complaints of Redocly", providers.join(", ")));
        return Ok(ExitCode::SUCCESS);
    }
    shell::plain(&text);
    shell::failure("Failed", "Redocly has complaints");
    Ok(ExitCode::FAILURE)
}

/// The linter, installed below `target/` if it is not there yet.
fn linter(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.path("target/node");
    let program = folder.join("node_modules").join(".bin").join(if cfg!(windows) {
        "redocly.cmd"
    } else {
        "redocly"
    });
    let wanted =
        workspace.read("xtask/node/package.json")?.context("xtask/node/package.json is missing")?;
    // Written last, so that a broken installation is begun again.
    let installed = workspace.read("target/node/installed.json")?;
    if program.exists() && installed.as_ref() == Some(&wanted) {
        return Ok(program);
    }
    shell::status("Installing", "Redocly into target/node");
    fs::create_dir_all(&folder).context("cannot make target/node")?;
    workspace.write("target/node/package.json", &wanted)?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(npm)
        .current_dir(&folder)
        .args(["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"])
        .output()
        .context("npm is not there; it comes with Node")?;
    if !output.status.success() {
        bail!("npm could not install it:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    workspace.write("target/node/installed.json", &wanted)?;
    Ok(program)
}
