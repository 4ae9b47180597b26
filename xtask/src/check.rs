//! `check`: everything that CI checks, fast things first.

use std::{process::ExitCode, time::Instant};

use anyhow::{Context, Result};

use crate::{
    docs, generate, lint,
    shell::{self, MessageFormat},
    tidy,
    workspace::Workspace,
};

/// Runs one check and says whether it passed.
type Step<'w> = Box<dyn Fn() -> Result<bool> + 'w>;

/// Runs all checks and stops at the first that fails.
///
/// # Errors
///
/// If a check cannot be run at all.
pub fn run(workspace: &Workspace) -> Result<ExitCode> {
    let started = Instant::now();
    let mut steps: Vec<(String, Step<'_>)> = vec![
        ("the format".to_owned(), Box::new(|| cargo(workspace, &["fmt", "--all", "--check"]))),
        (
            "that the clients are fresh".to_owned(),
            Box::new(|| {
                Ok(generate::check(workspace, &[], MessageFormat::default())? == ExitCode::SUCCESS)
            }),
        ),
        ("that the repository is tidy".to_owned(), Box::new(|| tidy::run(workspace))),
        (
            "the specs".to_owned(),
            Box::new(|| {
                Ok(lint::run(workspace, &[], in_ci(), MessageFormat::default())?
                    == ExitCode::SUCCESS)
            }),
        ),
        (
            "lints".to_owned(),
            Box::new(|| {
                let args = [
                    "clippy",
                    "--workspace",
                    "--all-targets",
                    "--all-features",
                    "--",
                    "-D",
                    "warnings",
                ];
                cargo(workspace, &args)
            }),
        ),
        ("tests".to_owned(), Box::new(|| cargo(workspace, &["test", "--workspace"]))),
        (
            "the tests of `cargo fidelity`".to_owned(),
            Box::new(|| cargo(workspace, &["test", "-p", "xtask", "--features", "fidelity"])),
        ),
        (
            "tests with `serde_json/arbitrary_precision`".to_owned(),
            Box::new(|| arbitrary_precision(workspace)),
        ),
        (
            "the documentation".to_owned(),
            Box::new(|| Ok(docs::run(workspace, &docs::Options::default())? == ExitCode::SUCCESS)),
        ),
    ];
    for provider in workspace.providers()? {
        let name = format!("the feature {provider} alone");
        steps.push((
            name,
            Box::new(move || {
                let features = format!("{provider},rustls");
                cargo(
                    workspace,
                    &["check", "-p", "payouts", "--no-default-features", "--features", &features],
                )
            }),
        ));
    }
    let n_steps = steps.len();
    for (idx, (what, step)) in steps.iter().enumerate() {
        shell::status("Checking", &format!("{what} ({}/{n_steps})", idx + 1));
        if !step()? {
            shell::failure("Failed", what);
            return Ok(ExitCode::FAILURE);
        }
    }
    shell::status("Finished", &format!("{n_steps} checks in {:.0?}", started.elapsed()));
    Ok(ExitCode::SUCCESS)
}

/// CI must not skip what a laptop may.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some()
}

fn cargo(workspace: &Workspace, args: &[&str]) -> Result<bool> {
    let status = shell::cargo(workspace.root()).args(args).status();
    Ok(status.with_context(|| format!("cannot run cargo {}", args.join(" ")))?.success())
}

/// A user's other dependencies may enable this feature, which changes how
/// `serde_json` reads and writes numbers everywhere; ours never do.
fn arbitrary_precision(workspace: &Workspace) -> Result<bool> {
    let with = ["--features", "serde_json/arbitrary_precision"];
    let runtime = ["test", "-p", "payouts-core", "--all-features", "--lib", "--tests"];
    let samples = ["test", "-p", "payouts-tests", "--test", "it"];
    let only = ["--", "conformance", "mutations", "wire"];
    Ok(cargo(workspace, &[&runtime[..], &with].concat())?
        && cargo(workspace, &[&samples[..], &with, &only].concat())?)
}
