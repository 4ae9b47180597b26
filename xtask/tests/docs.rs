//! `cargo xtask docs`, from outside: workspaces with a made-up provider.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// A provider with one operation.
const SPEC: &str = include_str!("made_up/acme.yaml");

struct Workspace {
    folder: TempDir,
}

impl Workspace {
    fn new() -> Self {
        let workspace = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        workspace.write("specs/acme.yaml", SPEC);
        workspace
            .write("RUNBOOK.md", "# Runbook\n\n## First\n\nSee [the spec](specs/acme.yaml).\n");
        workspace
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    /// What is printed.
    #[track_caller]
    fn docs(&self, args: &[&str], expected_code: i32) -> String {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["docs", "--no-rustdoc", "--workspace"])
            .arg(self.path())
            .args(args)
            .current_dir(self.path())
            .output()
            .expect("the program runs");
        let [out, messages] = [stdout, stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
        assert_eq!(status.code(), Some(expected_code), "{out}{messages}");
        assert_eq!(out, "", "what is said is for people");
        messages
    }

    /// The files of the site.
    fn site(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path().join("target/site"), "", &mut files);
        files
    }
}

fn collect(folder: &Path, path: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("there is a site") {
        let entry = entry.expect("readable");
        let path = format!("{path}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read_to_string(entry.path()).expect("readable"));
        }
    }
}

#[test]
fn a_site_is_written_and_replaced() {
    let workspace = Workspace::new();
    let messages = workspace.docs(&[], 0);
    assert!(messages.contains("   Built 4 pages in "), "{messages}");
    let first = workspace.site();
    let paths: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            ".payouts-site",
            "assets/search.js",
            "assets/site.css",
            "assets/site.js",
            "index.html",
            "reference/acme-schemas.html",
            "reference/acme.html",
            "runbook.html",
        ]
    );
    let page = &first["reference/acme.html"];
    for part in ["id=\"get_payout\"", "Reads a payout.", "../runbook.html", "Client::get_payout"] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    // Nothing has changed, and nothing does; what is no part of it any more goes.
    workspace.write("target/site/old.html", "");
    workspace.docs(&[], 0);
    assert_eq!(workspace.site(), first);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let workspace = Workspace::new();
    workspace.write("notes/thesis.txt", "Years of work.");
    let messages = workspace.docs(&["--output", "notes"], 1);
    assert_eq!(
        messages,
        "error: notes is not empty and holds no site of ours; name another folder, or remove it first\n"
    );
    assert!(workspace.path().join("notes/thesis.txt").is_file());
}

#[test]
fn what_is_broken_leaves_the_earlier_site() {
    let workspace = Workspace::new();
    workspace.docs(&[], 0);
    let site = workspace.site();
    workspace.write("RUNBOOK.md", "# Runbook\n\n[a](#gone)\n");
    let messages = workspace.docs(&[], 1);
    let expected = "  Broken RUNBOOK.md (runbook.html): the link `#gone` leads nowhere: runbook.html has no `#gone`\n\
                    error: 1 broken link on the site\n";
    assert!(messages.ends_with(expected), "{messages}");
    workspace.write("RUNBOOK.md", "# Runbook\n\n[a](specs/gone.md)\n");
    let messages = workspace.docs(&[], 1);
    let expected =
        "error: RUNBOOK.md: the link `specs/gone.md` leads nowhere: there is no specs/gone.md\n";
    assert_eq!(messages, expected);
    workspace.write("RUNBOOK.md", "# Runbook\n");
    workspace.write("specs/acme.yaml", &SPEC.replace("type: object", "type: objct"));
    let messages = workspace.docs(&[], 1);
    assert!(messages.contains("error[unknown-type]: "), "{messages}");
    assert!(messages.contains("Failed specs/acme.yaml"), "{messages}");
    assert_eq!(workspace.site(), site);
}

/// The site is there, and 1 would say that the earlier one is.
#[cfg(unix)]
#[test]
fn a_site_that_cannot_be_opened_is_written() {
    let workspace = Workspace::new();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["docs", "--no-rustdoc", "--open", "--workspace"])
        .arg(workspace.path())
        .env("PATH", workspace.path())
        .output()
        .expect("the program runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{messages}");
    let last = messages.lines().last().unwrap_or_default();
    assert!(last.starts_with("     Skipped cannot run ") && last.contains("index.html"), "{last}");
    assert!(workspace.site().contains_key("index.html"));
}

#[test]
fn help_teaches() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["docs", "--help"])
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in ["--no-rustdoc", "--output", "--open", "Examples:", "Exit codes:"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}
