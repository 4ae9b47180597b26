//! What tests show to a browser, if there is one; CI must have one.

use std::{path::Path, process::Command};

use crate::workspace::Workspace;

/// Runs a script of tests/browser/ on a page, and fails with what it says is wrong.
#[track_caller]
pub(crate) fn run(script: &str, page: &Path) {
    let workspace = Workspace::find().expect("this is a workspace");
    let modules = workspace.path("target/node");
    let known = [
        "/usr/bin/chromium",
        "/usr/bin/google-chrome",
        "/usr/bin/chromium-browser",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    let browser = known.iter().find(|it| Path::new(it).exists());
    let has_playwright = modules.join("node_modules/playwright-core").exists();
    let Some(browser) = browser.filter(|_| has_playwright) else {
        let is_required = std::env::var_os("PAYOUTS_BROWSER").is_some();
        assert!(
            !is_required,
            "no browser is there, or `cargo xtask lint` has not installed playwright-core"
        );
        return;
    };
    // A browser leaves folders behind.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new("node")
        .env("TMPDIR", folder.path())
        .arg(workspace.path(&format!("xtask/tests/browser/{script}")))
        .args([page, modules.as_path(), Path::new(browser)])
        .output()
        .expect("node is there");
    let (problems, errors) = (&output.stdout, &output.stderr);
    let [problems, errors] = [problems, errors].map(|it| String::from_utf8_lossy(it));
    assert!(output.status.success(), "{problems}{errors}");
}
