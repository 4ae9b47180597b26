//! `cargo xtask review`, from outside: real repositories with a made-up provider.

use std::{fs, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;
use xtask::{generate, shell::MessageFormat, workspace::Workspace};

/// A provider with one operation.
const SPEC: &str = include_str!("made_up/acme.yaml");

const CHANGELOG: &str = "# Changelog

## Unreleased

- `payouts-acme` 0.1.0: the first.
";

/// A repository with the provider `acme`, generated and committed on `main`.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write(".gitignore", "/target\n");
        repository.write("CHANGELOG.md", CHANGELOG);
        repository.write("specs/acme.yaml", SPEC);
        repository.write(
            "crates/payouts-acme/Cargo.toml",
            "[package]\nname = \"payouts-acme\"\nversion = \"0.1.0\"\n",
        );
        repository.generate();
        repository.commit();
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    fn rename(&self, from: &str, to: &str) {
        let (from, to) = (self.path().join(from), self.path().join(to));
        fs::create_dir_all(to.parent().expect("it is in the folder")).expect("writable");
        fs::rename(from, to).expect("writable");
    }

    fn generate(&self) {
        let workspace = Workspace::at(self.path());
        generate::write(&workspace, &[], MessageFormat::Human).expect("writable");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "A change."]);
    }

    #[track_caller]
    fn git(&self, args: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=Somebody", "-c", "user.email=somebody@acme.example"])
            .args(args)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("git is there");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it is UTF-8").trim().to_owned()
    }

    /// What is printed on both outputs.
    #[track_caller]
    fn review(&self, args: &[&str], expected_code: i32) -> (String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["review", "--no-rust", "--workspace"])
            .arg(self.path())
            .args(args)
            .current_dir(self.path())
            .env_remove("GITHUB_SERVER_URL")
            .env_remove("GITHUB_REPOSITORY")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("the program runs");
        let text = |it: Vec<u8>| String::from_utf8(it).expect("it is UTF-8");
        let (told, messages) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(expected_code), "{told}{messages}");
        (told, messages)
    }

    #[track_caller]
    fn json(&self, args: &[&str], expected_code: i32) -> Value {
        let (told, _) = self.review(&[&["--format", "json"], args].concat(), expected_code);
        serde_json::from_str(&told).expect("it is JSON and nothing else")
    }

    /// Removes the provider, which breaks everybody.
    fn remove_acme(&self) {
        self.git(&["rm", "--quiet", "-r", "specs/acme.yaml", "crates/payouts-acme", "tests"]);
    }
}

#[test]
fn an_unchanged_provider() {
    let repository = Repository::new();
    let review = repository.json(&[], 0);
    let commit = repository.git(&["rev-parse", "HEAD"]);
    assert_eq!(review["base"].as_str(), Some(&commit[..12]));
    assert_eq!(review["head"], "the work tree");
    assert_eq!(review["providers"].as_array().map(Vec::len), Some(0));
    assert_eq!(review["unchanged"][0], "acme");
    let (_, messages) = repository.review(&[], 0);
    assert!(messages.contains("   Reviewed 0 changed providers in "), "{messages}");
}

#[test]
fn a_change_that_is_not_committed() {
    let repository = Repository::new();
    repository.write("specs/acme.yaml", SPEC.replace("Reads a payout.", "Reads one payout."));
    let before = repository.git(&["status", "--porcelain"]);
    let index = fs::read(repository.path().join(".git/index")).expect("there is an index");
    let review = repository.json(&[], 0);
    let acme = &review["providers"][0];
    assert_eq!(acme["provider"], "acme");
    let paths = |list: &str, key: Option<&str>| -> Vec<String> {
        let list = acme["source"][list].as_array().expect("a list");
        let path = |it: &Value| key.map_or(it, |key| &it[key]).as_str().map(ToOwned::to_owned);
        list.iter().filter_map(path).collect()
    };
    let client = "crates/payouts-acme/src/client.rs".to_owned();
    assert!(paths("stale", None).contains(&client), "{acme}");
    assert!(paths("files", Some("path")).contains(&client), "{acme}");
    assert_eq!(acme["version"]["base"], "0.1.0");
    assert_eq!(repository.git(&["status", "--porcelain"]), before, "the work tree is as it was");
    let after = fs::read(repository.path().join(".git/index")).expect("there is an index");
    assert_eq!(after, index, "and so is the index");
    // Between two revisions it is not there yet.
    assert_eq!(repository.json(&["--head", "HEAD"], 0)["unchanged"][0], "acme");
}

#[test]
fn a_breaking_change_must_be_declared() {
    let repository = Repository::new();
    repository.remove_acme();
    let (_, messages) = repository.review(&[], 1);
    assert!(
        messages.contains("Failed acme: CHANGELOG.md: `## Unreleased` must say what changes in `payouts-acme`, in a line that says `breaking`"),
        "{messages}"
    );
    assert!(messages.ends_with("error: this must not be merged as it is; CONTRIBUTING.md says how to declare or accept a breaking change\n"), "{messages}");
    let review = repository.json(&[], 1);
    let version = &review["providers"][0]["version"];
    assert_eq!(version["required"], "major");
    // The proposed entry does it.
    let entry = version["proposed_entry"].as_str().expect("a text");
    assert_eq!(
        entry,
        "- `payouts-acme`: **Breaking:** `acme`: the client with its 1 operation is gone.\n"
    );
    repository.write("CHANGELOG.md", format!("{CHANGELOG}{entry}"));
    repository.review(&[], 0);
}

#[test]
fn a_breaking_change_can_be_accepted_once() {
    let repository = Repository::new();
    repository.remove_acme();
    let entry = "[[accepted]]\ncrate = 'payouts-acme'\nrule = 'provider-removed'\nsubject = 'acme'\nreason = 'Nobody used it.'\n";
    repository.write("specs/accepted.toml", entry);
    let (_, messages) = repository.review(&[], 0);
    assert!(messages.contains("Missing acme: CHANGELOG.md: "), "{messages}");
    let review = repository.json(&[], 0);
    assert_eq!(
        review["providers"][0]["version"]["accepted"][0],
        "`provider-removed` of `acme`: Nobody used it."
    );
    // It must say exactly what is accepted.
    repository.write("specs/accepted.toml", entry.replace("'acme'", "'Acme'"));
    let (_, messages) = repository.review(&[], 1);
    assert!(
        messages.contains("Refused specs/accepted.toml: `provider-removed` of `Acme` in `payouts-acme` is no breaking change of this review"),
        "{messages}"
    );
    assert!(messages.contains("Failed acme: "), "{messages}");
    // Nothing is accepted in advance, or because it was accepted before.
    repository.git(&["reset", "--quiet", "--hard"]);
    repository.write("specs/accepted.toml", entry);
    let (_, messages) = repository.review(&[], 1);
    assert!(messages.contains("is about a crate that did not change"), "{messages}");
    repository.commit();
    repository.remove_acme();
    let (_, messages) = repository.review(&[], 1);
    assert!(messages.contains("Failed acme: ") && !messages.contains("Refused"), "{messages}");
}

#[test]
fn nothing_of_the_facade_is_accepted() {
    let repository = Repository::new();
    repository
        .write("crates/payouts/Cargo.toml", "[package]\nname = 'payouts'\nversion = '0.3.0'\n");
    repository.commit();
    repository.write("crates/payouts/src/lib.rs", "");
    let entry = "[[accepted]]\ncrate = 'payouts'\nrule = 'public-api'\nsubject = 'pub mod payouts::acme'\nreason = 'Nobody used it.'\n";
    repository.write("specs/accepted.toml", entry);
    let (_, messages) = repository.review(&[], 1);
    let expected = "Refused specs/accepted.toml: `public-api` of `pub mod payouts::acme` in `payouts` is no breaking change of this review";
    assert_eq!(messages.matches(expected).count(), 1, "{messages}");
}

#[test]
fn what_was_not_looked_at_is_not_refused() {
    let repository = Repository::new();
    let entry = "[[accepted]]\ncrate = 'payouts-core'\nrule = 'public-api'\nsubject = 'pub fn payouts_core::x()'\nreason = 'Nobody used it.'\n";
    repository.write("specs/accepted.toml", entry);
    // It is as it was, which is plain without the compiler.
    let (_, messages) = repository.review(&[], 1);
    assert!(messages.contains("is about a crate that did not change"), "{messages}");
    repository.write("crates/payouts-core/src/lib.rs", "");
    let (_, messages) = repository.review(&[], 0);
    assert!(!messages.contains("Refused"), "{messages}");
    // A client shows what the runtime has, and its own source can say more than its spec.
    repository.write("specs/accepted.toml", entry.replace("payouts-core", "payouts-acme"));
    let (_, messages) = repository.review(&[], 0);
    assert!(!messages.contains("Refused"), "{messages}");
    repository.write("specs/accepted.toml", entry.replace("payouts-core", "payouts-nobody"));
    let (_, messages) = repository.review(&[], 1);
    assert!(messages.contains("is about a crate that did not change"), "{messages}");
}

#[test]
fn what_cannot_be_read_is_mended_and_not_declared() {
    let repository = Repository::new();
    repository.write("specs/accepted.toml", "[[accepted]\n");
    let (_, messages) = repository.review(&[], 1);
    let last = "error: this must not be merged as it is; mend specs/accepted.toml first\n";
    assert!(messages.ends_with(last), "{messages}");
    repository.git(&["clean", "--quiet", "--force", "specs"]);
    repository.write("specs/acme.yaml", "openapi: [");
    let (_, messages) = repository.review(&[], 1);
    let last = "error: this must not be merged as it is; mend what is told above\n";
    assert!(messages.ends_with(last), "{messages}");
}

#[test]
fn a_renamed_provider_is_removed_and_added() {
    let repository = Repository::new();
    repository.rename("specs/acme.yaml", "specs/other.yaml");
    repository.rename("crates/payouts-acme", "crates/payouts-other");
    let review = repository.json(&[], 1);
    let rules: Vec<_> = (0..2)
        .map(|idx| {
            let provider = &review["providers"][idx];
            (provider["provider"].as_str(), provider["spec"]["changes"][0]["rule"].as_str())
        })
        .collect();
    assert_eq!(
        rules,
        [(Some("acme"), Some("provider-removed")), (Some("other"), Some("provider-added")),]
    );
    assert_eq!(review["providers"][1]["spec"]["operations"][0]["id"], "get_payout");
}

#[test]
fn a_spec_that_cannot_be_read() {
    let repository = Repository::new();
    for spec in [SPEC.replace("type: object", "type: objct").into_bytes(), vec![b'x', 0xff]] {
        repository.write("specs/acme.yaml", spec);
        let (_, messages) = repository.review(&[], 1);
        let expected = "Failed acme: the spec of the head cannot be read";
        assert!(messages.contains(expected), "{messages}");
        let unreadable = &repository.json(&[], 1)["providers"][0]["unreadable"];
        assert_eq!(unreadable["side"], "head");
        assert!(unreadable["complaints"].as_str().is_some_and(|it| it.contains("error")));
    }
    // On the other side, too.
    repository.commit();
    repository.write("specs/acme.yaml", SPEC);
    let review = repository.json(&["--base", "HEAD"], 1);
    assert_eq!(review["providers"][0]["unreadable"]["side"], "base");
    // Whoever mends it can say so.
    let entry = "[[accepted]]\ncrate = 'payouts-acme'\nrule = 'unreadable'\nsubject = 'base'\nreason = 'Mended.'\n";
    repository.write("specs/accepted.toml", entry);
    repository.review(&["--base", "HEAD"], 0);
    repository.write("specs/acme.yaml", "");
    repository.write("specs/accepted.toml", entry.replace("'base'", "'head'"));
    repository.review(&["--base", "HEAD"], 1);
}

#[test]
fn only_the_named_providers() {
    let repository = Repository::new();
    repository.write("specs/other.yaml", SPEC.replace("Acme", "Other"));
    repository.generate();
    let review = repository.json(&["acme"], 0);
    assert_eq!(review["providers"].as_array().map(Vec::len), Some(0));
    assert_eq!(review["unchanged"].as_array().map(Vec::len), Some(1));
    let review = repository.json(&["other"], 0);
    assert_eq!(review["providers"][0]["provider"], "other");
    let (_, messages) = repository.review(&["nobody"], 2);
    assert_eq!(
        messages.lines().last(),
        Some("error: neither side has a specs/nobody.yaml; providers are acme, other")
    );
}

#[test]
fn the_endings_of_outputs_tell_their_formats() {
    let repository = Repository::new();
    repository.remove_acme();
    let outputs = ["a.md", "a.json", "a.html", "a.txt"].map(|it| format!("target/{it}"));
    repository.write("target/x", "");
    let args: Vec<&str> = outputs.iter().flat_map(|it| ["--output", it]).collect();
    let (told, messages) = repository.review(&args, 1);
    assert_eq!(told, "", "what is written is not printed");
    for output in &outputs {
        assert!(messages.contains(&format!("Written {output}")), "{messages}");
    }
    let read = |path: &str| fs::read_to_string(repository.path().join(path)).expect("written");
    assert!(read("target/a.md").contains("<!-- payouts review -->"), "{}", read("target/a.md"));
    assert!(serde_json::from_str::<Value>(&read("target/a.json")).is_ok());
    assert!(read("target/a.html").to_lowercase().starts_with("<!doctype html>"));
    let (_, messages) = repository.review(&["--output", "target/a.pdf"], 2);
    assert!(messages.contains("does not end in .txt, .md, .json or .html"), "{messages}");
    let args = ["--output", "target/b.json", "--output", "target/b.html", "--format", "json"];
    let (_, messages) = repository.review(&args, 2);
    assert_eq!(
        messages,
        "error: target/b.html would not be what its name says; leave out `--format`, or name it otherwise\n"
    );
    assert!(!repository.path().join("target/b.json").exists());
    repository.review(&["--output", "target/a.log", "--format", "json"], 1);
    assert!(serde_json::from_str::<Value>(&read("target/a.log")).is_ok());
}

#[test]
fn revisions_that_cannot_be_had() {
    let repository = Repository::new();
    let (told, messages) = repository.review(&["--base", "mian"], 2);
    assert_eq!(told, "");
    assert_eq!(messages, "error: there is no revision `mian`; did you mean `main`?\n");
    let (_, messages) = repository.review(&["--head=--all"], 2);
    assert_eq!(messages, "error: there is no revision `--all`\n");
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::rename(repository.path().join(".git"), folder.path().join("git")).expect("writable");
    let (_, messages) = repository.review(&[], 1);
    assert!(messages.contains(" is not in a git repository: "), "{messages}");
}

#[test]
fn what_re_exports_a_client_breaks_with_it() {
    let repository = Repository::new();
    let manifest = |version: &str| format!("[package]\nname = 'payouts'\nversion = '{version}'\n");
    repository.write("crates/payouts/Cargo.toml", manifest("0.3.0"));
    repository.commit();
    repository.write("specs/acme.yaml", SPEC.replace("required: [id]", "required: []"));
    repository.generate();
    repository
        .write("CHANGELOG.md", format!("{CHANGELOG}- Breaking: `payouts-acme` needs no id.\n"));
    let review = repository.json(&[], 1);
    assert_eq!(review["providers"][0]["problems"].as_array().map(Vec::len), Some(0));
    let version = &review["crates"][0]["version"];
    assert_eq!(
        (version["crate"].as_str(), version["needed"].as_str()),
        (Some("payouts"), Some("0.4.0"))
    );
    let (told, messages) = repository.review(&[], 1);
    let expected = "payouts: it re-exports `payouts-acme`; needs 0.4.0, has 0.3.0";
    assert!(told.contains(expected), "{told}");
    let expected = "Failed payouts: crates/payouts/Cargo.toml: the version must rise to 0.4.0, because it re-exports `payouts-acme`";
    assert!(messages.contains(expected), "{messages}");
    repository.write("crates/payouts/Cargo.toml", manifest("0.4.0"));
    repository.review(&[], 0);
    // A review of one provider says nothing of others.
    assert_eq!(repository.json(&["acme"], 0)["crates"].as_array().map(Vec::len), Some(0));
}
