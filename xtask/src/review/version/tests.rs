//! Which version is enough.

use super::{History, Subject, Version};
use crate::review::{
    accepted,
    git::{Repository, Side, tests::Scratch},
    report::{
        Bump, Change, FileLines, Meaning, RustReview, SourceReview, SpecReview, VersionReview,
    },
};

const MANIFEST: &str = "crates/payouts-acme/Cargo.toml";

fn manifest(version: &str) -> String {
    format!("[package]\nname = \"payouts-acme\"\nversion = \"{version}\"\n")
}

fn scratch(version: &str, changelog: &str) -> Scratch {
    Scratch::new(&[(MANIFEST, &manifest(version)), ("CHANGELOG.md", changelog)])
}

/// A change of the spec with a meaning, as the version sees it.
fn judged(scratch: &Scratch, meaning: Meaning) -> (VersionReview, Vec<String>) {
    let change = Change {
        rule: "enum-value-removed".to_owned(),
        subject: "Payout.method".to_owned(),
        summary: "the value `wallet` is gone".to_owned(),
        meaning,
        alarm: None,
        before: None,
        after: None,
        effects: Vec::new(),
        n_places: 1,
    };
    let spec = SpecReview { changes: vec![change], ..SpecReview::default() };
    let file = FileLines { path: String::new(), added: 1, removed: 0 };
    let source = SourceReview { files: vec![file], ..SourceReview::default() };
    review(&scratch.open(), spec, &source)
}

fn review(
    repository: &Repository,
    spec: SpecReview,
    source: &SourceReview,
) -> (VersionReview, Vec<String>) {
    let base = repository.revision("HEAD").expect("it exists");
    let base = Side::revision(repository, &base).expect("readable");
    let head = Side::work_tree(repository).expect("readable");
    let history = History::read(repository, &base, &head).expect("readable");
    let (accepted, _) = accepted::read(&base, &head);
    let rust = RustReview::Items(Vec::new());
    let subject = Subject {
        krate: "payouts-acme",
        spec: Some(&Ok(spec)),
        rust: &rust,
        has_other_source: !source.files.is_empty(),
    };
    history.review(&subject, &accepted).expect("readable")
}

#[test]
fn versions_rise_by_cargos_rules() {
    for (version, major, minor, patch) in [
        ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ("0.2.3", "0.3.0", "0.2.4", "0.2.4"),
        ("1.2.3", "2.0.0", "1.3.0", "1.2.4"),
        ("1.2.3-rc.1+x", "2.0.0", "1.3.0", "1.2.4"),
    ] {
        let version = Version::parse(version).expect("it is a version");
        assert_eq!(version.raised(Bump::Major).to_string(), major);
        assert_eq!(version.raised(Bump::Minor).to_string(), minor);
        assert_eq!(version.raised(Bump::Patch).to_string(), patch);
        assert_eq!(version.raised(Bump::None), version);
    }
    for text in ["", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.-3", "1.2.99999999999999999999"] {
        assert_eq!(Version::parse(text), None, "{text}");
    }
}

#[test]
fn a_breaking_change_is_declared_by_version_and_changelog() {
    let scratch = scratch("0.1.0", "## Unreleased\n");
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert_eq!((found.required, found.needed.is_none()), (Bump::Major, false));
    assert_eq!(found.needed.as_deref(), Some("0.2.0"));
    assert_eq!(
        found.wants(),
        [
            "crates/payouts-acme/Cargo.toml: the version must rise to 0.2.0",
            "CHANGELOG.md: `## Unreleased` must say what changes in `payouts-acme`, in a line that says `breaking`",
        ]
    );
    // What is proposed is enough.
    assert_eq!(
        found.proposed_entry,
        "- `payouts-acme` 0.2.0: **Breaking:** `Payout.method`: the value `wallet` is gone.\n"
    );
    scratch.write("CHANGELOG.md", format!("## Unreleased\n\n{}", found.proposed_entry));
    scratch.write(MANIFEST, manifest("0.1.1"));
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert!(found.needed.is_some(), "it is not enough of a rise");
    scratch.write(MANIFEST, manifest("0.2.0"));
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert_eq!((found.base.as_deref(), found.head.as_deref()), (Some("0.1.0"), Some("0.2.0")));
    assert!(found.needed.is_none() && found.has_changelog_entry && found.wants().is_empty());
    // An entry that does not say it is none.
    scratch.write("CHANGELOG.md", "## Unreleased\n\n- `payouts-acme` 0.2.0: better.\n");
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert!(found.needed.is_none() && !found.has_changelog_entry);
}

#[test]
fn what_is_new_raises_the_last_number() {
    let scratch = scratch("0.1.0", "## Unreleased\n");
    let (found, _) = judged(&scratch, Meaning::New);
    assert_eq!((found.required, found.needed.as_deref()), (Bump::Minor, Some("0.1.1")));
    let (found, _) = judged(&scratch, Meaning::Documentation);
    assert_eq!((found.required, found.needed.as_deref()), (Bump::Patch, Some("0.1.1")));
    scratch.write(MANIFEST, manifest("0.1.1"));
    let (found, _) = judged(&scratch, Meaning::New);
    assert!(found.needed.is_none());
}

#[test]
fn a_version_that_is_not_released_need_not_rise() {
    let announced = "## Unreleased\n\n- `payouts-acme` 0.1.0: the first.\n";
    let scratch = scratch("0.1.0", announced);
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert!(found.needed.is_none() && !found.has_changelog_entry, "but it must be told of");
    // A tag says that it was released, whatever the changelog says.
    scratch.git(&["tag", "payouts-acme-v0.1.0"]);
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert_eq!(found.needed.as_deref(), Some("0.2.0"));
}

#[test]
fn a_version_that_is_not_released_must_have_risen_enough() {
    let changelog = "## Unreleased\n\n- `payouts-acme` 0.1.1: more.\n\n## 2026-01-01\n\n- `payouts-acme` 0.1.0: the first.\n";
    let scratch = scratch("0.1.1", changelog);
    let (found, _) = judged(&scratch, Meaning::New);
    assert!(found.needed.is_none());
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert_eq!(found.needed.as_deref(), Some("0.2.0"));
}

#[test]
fn a_version_never_falls() {
    let scratch = scratch("0.2.0", "## Unreleased\n\n- `payouts-acme` 0.2.0: the first.\n");
    scratch.git(&["tag", "payouts-acme-v0.1.0"]);
    scratch.write(MANIFEST, manifest("0.1.5"));
    let (found, _) = judged(&scratch, Meaning::New);
    assert_eq!(found.needed.as_deref(), Some("0.2.0"));
}

#[test]
fn an_accepted_change_needs_no_greater_version() {
    let scratch = scratch("0.1.0", "## Unreleased\n\n- `payouts-acme` 0.1.0: the first.\n");
    let entry = "[[accepted]]\ncrate = 'payouts-acme'\nrule = 'enum-value-removed'\nsubject = 'Payout.method'\nreason = 'Nobody could use it.'\n";
    scratch.write(accepted::PATH, entry);
    let (found, refused) = judged(&scratch, Meaning::BreaksWire);
    assert_eq!((found.required, refused), (Bump::Minor, vec![]));
    assert_eq!(found.accepted, ["`enum-value-removed` of `Payout.method`: Nobody could use it."]);
    // It accepts what breaks and nothing else.
    let (found, refused) = judged(&scratch, Meaning::New);
    assert_eq!((found.accepted.len(), refused.len()), (0, 1));
}

#[test]
fn samples_and_comments_are_not_in_the_crate() {
    let scratch = scratch("0.1.0", "");
    let (found, _) = review(&scratch.open(), SpecReview::default(), &SourceReview::default());
    assert_eq!(found.required, Bump::None);
    assert_eq!(found.proposed_entry, "");
    assert!(found.needed.is_none() && found.wants().is_empty());
}

#[test]
fn a_version_of_the_workspace() {
    let scratch = scratch("0.1.0", "");
    scratch.write(MANIFEST, "[package]\nversion.workspace = true\n");
    scratch.write("Cargo.toml", "[workspace.package]\nversion = '0.2.0'\n");
    let (found, _) = judged(&scratch, Meaning::BreaksWire);
    assert_eq!(found.head.as_deref(), Some("0.2.0"));
    assert!(found.needed.is_none());
}
