//! Lines of generated files.

use super::{Generator, changed_lines, notes, review};
use crate::{
    generate,
    review::{
        git::{Repository, Side},
        report::{
            Change, FileLines, ItemChange, Meaning, RustReview, SourceReview, SpecReview,
            Unreadable,
        },
    },
    shell::MessageFormat,
    workspace::{Files, Workspace, scratch},
};

#[test]
fn lines_are_counted() {
    assert_eq!(changed_lines("a\nb\nc\n", "a\nc\n"), (0, 1));
    assert_eq!(changed_lines("", "a\nb\n"), (2, 0));
    assert_eq!(changed_lines("a\nb\n", "a\nx\nb\n"), (1, 0));
    assert_eq!(changed_lines("a\n", "a\n"), (0, 0));
}

fn git(workspace: &Workspace, args: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.args(["-c", "user.name=Somebody", "-c", "user.email=somebody@acme.example"]);
    let output = command.args(args).current_dir(workspace.root()).output().expect("git is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The lines of `delta` in the work tree against the last commit.
fn lines(workspace: &Workspace) -> (super::SourceReview, Vec<(String, String)>) {
    let repository = Repository::open(workspace.root()).expect("it is a repository");
    let base = repository.revision("HEAD").expect("it exists");
    let base = Side::revision(&repository, &base).expect("readable");
    let head = Side::work_tree(&repository).expect("readable");
    let generator = Generator::of(&repository, &head).expect("readable");
    let source = head.source("delta").expect("readable");
    let lines = review(&base, &head, "delta", Some(&source), generator).expect("readable");
    (lines.review, lines.replaced)
}

#[test]
fn what_is_not_generated_yet_is_compared_as_it_will_be() {
    let (_folder, workspace) = scratch();
    generate::write(&workspace, &[], MessageFormat::Human).expect("writable");
    git(&workspace, &["init", "--quiet", "--initial-branch=main"]);
    git(&workspace, &["add", "--all"]);
    git(&workspace, &["commit", "--quiet", "--message", "The first."]);
    let (found, replaced) = lines(&workspace);
    assert_eq!((found.files.len(), found.stale.len(), replaced.len()), (0, 0, 0));

    let spec = workspace.read("specs/delta.yaml").expect("readable").expect("exists");
    let changed = spec.replacen("summary: ", "summary: Now ", 1);
    assert_ne!(spec, changed);
    workspace.write("specs/delta.yaml", &changed).expect("writable");
    let (stale, replaced) = lines(&workspace);
    let client = "crates/payouts-delta/src/client.rs";
    assert!(stale.stale.iter().any(|it| it == client), "{:?}", stale.stale);
    assert!(stale.files.iter().any(|it| it.path == client), "{:?}", stale.files);
    assert!(replaced.iter().any(|(path, text)| path == client && text.contains("Now ")));
    assert_eq!(stale.notes.len(), 1);

    // The same lines once it is generated, and with other line ends.
    generate::write(&workspace, &[], MessageFormat::Human).expect("writable");
    let text = workspace.read(client).expect("readable").expect("exists");
    workspace.write(client, &text.replace('\n', "\r\n")).expect("writable");
    let (fresh, replaced) = lines(&workspace);
    assert_eq!((fresh.stale.len(), replaced.len(), fresh.notes.len()), (0, 0, 0));
    assert_eq!(fresh.files, stale.files);

    workspace.write("crates/payouts-delta/src/old.rs", &text).expect("writable");
    let (found, _) = lines(&workspace);
    assert_eq!(found.stale, ["crates/payouts-delta/src/old.rs"]);
}

#[test]
fn what_no_signature_shows_is_explained() {
    let change = |rule: &str, meaning: Meaning| Change {
        rule: rule.to_owned(),
        subject: "Payout.name".to_owned(),
        summary: format!("It is {rule}."),
        meaning,
        alarm: None,
        before: None,
        after: None,
        effects: Vec::new(),
        n_places: 1,
    };
    let changes = vec![
        change("limit-changed", Meaning::BreaksWire),
        change("member-removed", Meaning::BreaksRust),
        change("member-added", Meaning::New),
        change("documentation-changed", Meaning::Documentation),
    ];
    let spec = Ok(SpecReview { changes, ..SpecReview::default() });
    let file = FileLines { path: String::new(), added: 1, removed: 0 };
    let lines = SourceReview { files: vec![file], ..SourceReview::default() };
    let item = ItemChange {
        before: None,
        after: Some("pub a: u8".to_owned()),
        meaning: Meaning::New,
        reason: None,
    };
    let words = "The words of the documentation.";
    let api = RustReview::Items(vec![item]);
    assert_eq!(notes(&spec, &api, &lines), ["It is limit-changed.", words]);
    // If the compiler sees nothing at all, all of it shows here only.
    let same = RustReview::Items(Vec::new());
    assert_eq!(notes(&spec, &same, &lines), ["It is limit-changed.", "It is member-added.", words]);
    // If nobody has asked it, that is all there is to say where the lines come from.
    let unknown = RustReview::Unknown { reason: String::new() };
    for rust in [RustReview::Skipped, unknown] {
        assert_eq!(
            notes(&spec, &rust, &lines),
            ["It is limit-changed.", "It is member-removed.", "It is member-added.", words]
        );
    }
    assert!(notes(&spec, &same, &SourceReview::default()).is_empty());
    let unreadable = Unreadable { side: "head".to_owned(), complaints: String::new() };
    assert!(notes(&Err(unreadable), &same, &lines).is_empty());
}
