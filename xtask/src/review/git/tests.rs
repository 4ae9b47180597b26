//! Real repositories in temporary folders.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use super::{Repository, Revision, Side, WORK_TREE, github_home};
use crate::workspace::Files;

/// A repository with one commit on `main`.
pub(crate) struct Scratch {
    folder: TempDir,
}

impl Scratch {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scratch = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        scratch.git(&["init", "--quiet", "--initial-branch=main"]);
        for (path, text) in files {
            scratch.write(path, text);
        }
        scratch.commit("The first.");
        scratch
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    #[track_caller]
    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(self.path(), args)
    }

    pub(crate) fn open(&self) -> Repository {
        Repository::open(self.path()).expect("it is a repository")
    }
}

#[track_caller]
fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Somebody", "-c", "user.email=somebody@acme.example"])
        .args(["-c", "protocol.file.allow=always"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is UTF-8").trim().to_owned()
}

fn side<'r>(repository: &'r Repository, name: &str) -> Side<'r> {
    let revision = repository.revision(name).expect("there is such a revision");
    Side::revision(repository, &revision).expect("it can be read")
}

#[track_caller]
fn text(side: &Side<'_>, path: &str) -> Option<String> {
    side.read(path).expect("it can be read")
}

#[test]
fn the_work_tree_with_all_that_is_not_committed() {
    let scratch = Scratch::new(&[
        (".gitignore", "/ignored.yaml\n"),
        ("specs/changed.yaml", "1\n"),
        ("specs/staged.yaml", "1\n"),
        ("specs/staged-then-changed.yaml", "1\n"),
        ("specs/removed.yaml", "1\n"),
        ("specs/unstaged.yaml", "1\n"),
        ("specs/same.yaml", "1\n"),
    ]);
    scratch.write("specs/staged.yaml", "2\n");
    scratch.write("specs/staged-then-changed.yaml", "2\n");
    scratch.git(&["add", "--all"]);
    scratch.git(&["rm", "--quiet", "--cached", "specs/unstaged.yaml"]);
    for path in [
        "specs/changed.yaml",
        "specs/staged-then-changed.yaml",
        "specs/new folder/ü.yaml",
        "ignored.yaml",
    ] {
        scratch.write(path, "3\n");
    }
    fs::remove_file(scratch.path().join("specs/removed.yaml")).expect("it is there");
    // Written again, with the same content.
    scratch.write("specs/same.yaml", "1\n");
    let index = fs::read(scratch.path().join(".git/index")).expect("there is an index");

    let repository = scratch.open();
    let (base, head) = (side(&repository, "HEAD"), Side::work_tree(&repository).expect("readable"));
    assert_eq!((head.name.as_str(), &head.commit), (WORK_TREE, &None));
    assert_eq!(base.commit, Some(scratch.git(&["rev-parse", "HEAD"])));
    assert_eq!(text(&head, "specs/changed.yaml").as_deref(), Some("3\n"));
    assert_eq!(text(&head, "specs/staged.yaml").as_deref(), Some("2\n"));
    assert_eq!(text(&head, "specs/staged-then-changed.yaml").as_deref(), Some("3\n"));
    assert_eq!(text(&head, "specs/unstaged.yaml").as_deref(), Some("1\n"));
    assert_eq!(text(&head, "specs/new folder/ü.yaml").as_deref(), Some("3\n"));
    assert_eq!(text(&head, "specs/removed.yaml"), None);
    assert_eq!(text(&head, "ignored.yaml"), None);
    assert_eq!(text(&base, "specs/removed.yaml").as_deref(), Some("1\n"));
    assert_eq!(text(&base, "specs/changed.yaml").as_deref(), Some("1\n"));
    assert!(base.is_same(&head, &["specs/same.yaml", "specs/unstaged.yaml", ".gitignore"]));
    for path in ["specs/changed.yaml", "specs/staged.yaml", "specs/removed.yaml", "specs"] {
        assert!(!base.is_same(&head, &[path]), "{path}");
    }
    let after = fs::read(scratch.path().join(".git/index")).expect("there is an index");
    assert_eq!(after, index, "the index is not written");
}

#[test]
fn paths_are_whole() {
    let scratch = Scratch::new(&[
        ("specs/acme.yaml", ""),
        ("specs/acme/payouts.yaml", ""),
        ("specs/acme-two/payouts.yaml", ""),
        ("specs/examples/acme/deep/x.json", ""),
        ("specs/redocly.yaml", ""),
    ]);
    let repository = scratch.open();
    let head = side(&repository, "main");
    assert_eq!(head.files("specs/acme", ".yaml").expect("readable"), ["specs/acme/payouts.yaml"]);
    assert_eq!(
        head.files("specs/examples/acme", ".json").expect("readable"),
        ["specs/examples/acme/deep/x.json"]
    );
    assert_eq!(head.providers().expect("readable"), ["acme"]);
    let source = head.source("acme").expect("readable");
    let paths: Vec<_> = source.files.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["specs/acme.yaml", "specs/acme/payouts.yaml"]);
    assert_eq!(source.samples.len(), 1);
}

#[test]
fn many_and_large_files_come_whole() {
    let large = "0123456789".repeat(300_000);
    let scratch = Scratch::new(&[("a", &large), ("b", ""), ("c", "no end of line")]);
    let repository = scratch.open();
    let head = side(&repository, "HEAD");
    for _ in 0..3 {
        assert_eq!(text(&head, "a").as_deref(), Some(large.as_str()));
        assert_eq!(text(&head, "b").as_deref(), Some(""));
        assert_eq!(text(&head, "c").as_deref(), Some("no end of line"));
    }
}

#[test]
fn a_file_that_is_no_text() {
    let scratch = Scratch::new(&[]);
    scratch.write("specs/acme.yaml", [b'a', 0xff]);
    scratch.commit("Bytes.");
    scratch.write("specs/acme.yaml", [b'b', 0xff]);
    let repository = scratch.open();
    let work_tree = Side::work_tree(&repository).expect("readable");
    for (side, first) in [(side(&repository, "HEAD"), 'a'), (work_tree, 'b')] {
        assert_eq!(
            complaint(side.read("specs/acme.yaml")),
            "specs/acme.yaml is not UTF-8: invalid utf-8 sequence of 1 bytes from index 1"
        );
        // A spec is read all the same, and complained about.
        let source = side.source("acme").expect("it is read");
        assert_eq!(source.files[0].text, format!("{first}\u{fffd}"));
    }
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let scratch = Scratch::new(&[("secret", "1")]);
    let link = |name: &str| {
        std::os::unix::fs::symlink("/etc/passwd", scratch.path().join(name)).expect("writable");
    };
    link("committed.yaml");
    scratch.commit("A link.");
    link("untracked.yaml");
    let repository = scratch.open();
    for side in [side(&repository, "HEAD"), Side::work_tree(&repository).expect("readable")] {
        assert_eq!(text(&side, "committed.yaml"), None);
        assert_eq!(text(&side, "untracked.yaml"), None);
    }
}

#[test]
fn a_workspace_below_the_root() {
    let scratch = Scratch::new(&[
        ("rust/specs/acme.yaml", "1\n"),
        ("rust/specs/other.yaml", "1\n"),
        ("outside.yaml", "1\n"),
    ]);
    scratch.write("rust/specs/acme.yaml", "2\n");
    scratch.write("outside.yaml", "2\n");
    let repository = Repository::open(&scratch.path().join("rust")).expect("it is in one");
    let head = Side::work_tree(&repository).expect("readable");
    assert_eq!(head.providers().expect("readable"), ["acme", "other"]);
    assert_eq!(text(&head, "specs/acme.yaml").as_deref(), Some("2\n"));
    assert_eq!(text(&side(&repository, "HEAD"), "specs/acme.yaml").as_deref(), Some("1\n"));
    scratch.git(&["remote", "add", "origin", "git@github.com:acme/payouts.git"]);
    assert_eq!(
        repository.link(|_| None).expect("git answers").as_deref(),
        Some("https://github.com/acme/payouts/blob/{rev}/rust/{path}#L{line}")
    );
}

#[test]
fn a_copy_is_made_once() {
    let scratch = Scratch::new(&[
        ("Cargo.toml", "[workspace]\n"),
        ("README.md", "1"),
        ("specs/acme.yaml", "1"),
        ("crates/payouts-acme/src/lib.rs", "// 1\n"),
        ("crates/payouts-acme/README.md", "1"),
    ]);
    let trees = tempfile::tempdir().expect("a temporary folder");
    let repository = scratch.open();
    let base = side(&repository, "HEAD").extract(trees.path(), &[]).expect("it can be copied");
    let read = |folder: &Path, path: &str| fs::read_to_string(folder.join(path)).ok();
    assert_eq!(read(&base, "crates/payouts-acme/src/lib.rs").as_deref(), Some("// 1\n"));
    assert_eq!(read(&base, "crates/payouts-acme/README.md").as_deref(), Some("1"));
    assert_eq!((read(&base, "README.md"), read(&base, "specs/acme.yaml")), (None, None));

    // What cargo does not read makes no other copy, and a copy is not made again.
    scratch.write("specs/acme.yaml", "2");
    fs::write(base.join("mark"), "").expect("writable");
    let head = Side::work_tree(&repository).expect("readable");
    assert_eq!(head.extract(trees.path(), &[]).expect("it can be copied"), base);
    assert!(base.join("mark").is_file());

    let replaced = [("crates/payouts-acme/src/lib.rs".to_owned(), "// 2\n".to_owned())];
    let other = head.extract(trees.path(), &replaced).expect("it can be copied");
    assert_eq!(read(&other, "crates/payouts-acme/src/lib.rs").as_deref(), Some("// 2\n"));
    assert_eq!(read(&base, "crates/payouts-acme/src/lib.rs").as_deref(), Some("// 1\n"));
}

#[test]
fn old_copies_are_removed() {
    let scratch = Scratch::new(&[("crates/x", "")]);
    let trees = tempfile::tempdir().expect("a temporary folder");
    let repository = scratch.open();
    for n in 0..20 {
        scratch.write("crates/x", n.to_string());
        let side = Side::work_tree(&repository).expect("readable");
        let copy = side.extract(trees.path(), &[]).expect("it can be copied");
        assert!(copy.join("crates/x").is_file());
    }
    let n_copies = fs::read_dir(trees.path()).expect("readable").count();
    assert!((2..=11).contains(&n_copies), "{n_copies}");
}

#[track_caller]
fn complaint<T>(result: anyhow::Result<T>) -> String {
    let error = result.err().expect("it fails");
    format!("{error:#}")
}

#[test]
fn where_there_is_no_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = complaint(Repository::open(folder.path()));
    assert!(text.contains(" is not in a git repository: "), "{text}");
}

#[test]
fn a_revision_that_does_not_exist() {
    let scratch = Scratch::new(&[]);
    scratch.git(&["update-ref", "refs/remotes/origin/trunk", "HEAD"]);
    let repository = scratch.open();
    for (name, expected) in [
        ("mian", "there is no revision `mian`; did you mean `main`?"),
        ("trunk", "there is no revision `trunk`; did you mean `origin/trunk`?"),
        ("0123456789", "there is no revision `0123456789`"),
        // Neither a flag nor a file of git's.
        ("--output=x", "there is no revision `--output=x`"),
        ("HEAD:specs", "there is no revision `HEAD:specs`"),
        ("", "there is no revision ``"),
    ] {
        assert_eq!(complaint(repository.revision(name)), expected);
    }
}

#[test]
fn the_default_base_is_where_the_head_left_the_default_branch() {
    let scratch = Scratch::new(&[]);
    let first = scratch.git(&["rev-parse", "HEAD"]);
    scratch.git(&["switch", "--quiet", "--create", "topic"]);
    scratch.commit("On the topic.");
    scratch.git(&["switch", "--quiet", "main"]);
    scratch.commit("On the default branch.");
    let second = scratch.git(&["rev-parse", "HEAD"]);
    scratch.git(&["switch", "--quiet", "topic"]);
    let repository = scratch.open();
    let base = |head: Option<&Revision>| repository.default_base(head).expect("there is one");
    assert_eq!(base(None).commit, first);
    assert_eq!(base(None).name, first[..12]);
    // A remote's branch is before one's own; the remote says which is its default.
    scratch.git(&["update-ref", "refs/remotes/origin/main", "topic"]);
    assert_eq!(base(None).commit, scratch.git(&["rev-parse", "topic"]));
    scratch.git(&["update-ref", "refs/remotes/origin/trunk", "main"]);
    scratch.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"]);
    assert_eq!(base(None).commit, first);
    let main = repository.revision("main").expect("there is one");
    assert_eq!(base(Some(&main)).commit, second);
}

#[test]
fn without_a_default_branch() {
    let scratch = Scratch::new(&[]);
    scratch.git(&["branch", "--move", "trunk"]);
    assert_eq!(
        complaint(scratch.open().default_base(None)),
        "there is neither `origin/HEAD` nor `origin/main` nor `main` to compare with; name a revision: `--base REV`"
    );
    scratch.git(&["switch", "--quiet", "--orphan", "main"]);
    assert_eq!(
        complaint(scratch.open().default_base(None)),
        "there is no commit yet, so there is nothing to compare with"
    );
    scratch.commit("Another beginning.");
    scratch.git(&["switch", "--quiet", "trunk"]);
    assert_eq!(
        complaint(scratch.open().default_base(None)),
        "the head has no history in common with `main`; name a revision: `--base REV`"
    );
}

#[test]
fn a_shallow_clone_without_the_merge_base() {
    let scratch = Scratch::new(&[]);
    let first = scratch.git(&["rev-parse", "HEAD"]);
    scratch.git(&["switch", "--quiet", "--create", "topic"]);
    scratch.commit("On the topic.");
    scratch.git(&["switch", "--quiet", "main"]);
    scratch.commit("On the default branch.");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let origin = format!("file://{}", scratch.path().display());
    let args =
        ["clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=topic", &origin, "."];
    git(folder.path(), &args);
    let repository = Repository::open(folder.path()).expect("it is a repository");
    assert_eq!(
        complaint(repository.default_base(None)),
        "this clone is shallow and ends before the merge base with `origin/HEAD`; `git fetch --unshallow` brings the rest (in a workflow, `fetch-depth: 0`)"
    );
    assert_eq!(
        complaint(repository.revision(&first)),
        format!(
            "there is no revision `{first}` in this shallow clone; `git fetch --unshallow` brings the rest (in a workflow, `fetch-depth: 0`)"
        )
    );
}

#[test]
fn pages_at_github() {
    for address in [
        "https://github.com/acme/pay.outs.git",
        "https://github.com/acme/pay.outs/",
        "https://user:token@github.com/acme/pay.outs",
        "git@github.com:acme/pay.outs.git",
        "ssh://git@github.com/acme/pay.outs.git",
    ] {
        let home = github_home(address);
        assert_eq!(home.as_deref(), Some("https://github.com/acme/pay.outs"), "{address}");
    }
    for address in [
        "",
        "../payouts",
        "https://gitlab.example/acme/payouts",
        "https://github.com.example/acme/payouts",
        "https://github.com/acme",
        "https://github.com/acme/payouts/more",
        "https://github.com/acme/pay{rev}",
    ] {
        assert_eq!(github_home(address), None, "{address}");
    }
}

#[test]
fn in_a_workflow_the_environment_says_where() {
    let scratch = Scratch::new(&[]);
    scratch.git(&["remote", "add", "origin", "https://elsewhere.example/acme/payouts"]);
    let repository = scratch.open();
    assert_eq!(repository.link(|_| None).expect("git answers"), None);
    let env = |name: &str| match name {
        "GITHUB_SERVER_URL" => Some("https://github.acme.example".to_owned()),
        "GITHUB_REPOSITORY" => Some("acme/payouts".to_owned()),
        _ => None,
    };
    assert_eq!(
        repository.link(env).expect("git answers").as_deref(),
        Some("https://github.acme.example/acme/payouts/blob/{rev}/{path}#L{line}")
    );
}
