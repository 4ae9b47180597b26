//! No documented sample stops decoding, and none loses anything, when the
//! provider changes it in a way that it does not announce.

use std::{collections::BTreeMap, fs};

use payouts_tests::conformance::{Conformance, Kind};
use xtask::workspace::Workspace;

/// Changes every sample of a provider in every way.
#[track_caller]
fn check(provider: &str) {
    let conformance = Conformance::of(provider).expect("the spec is right");
    let workspace = Workspace::find().expect("tests run in the workspace");
    let folder = format!("specs/examples/{provider}");
    let files = workspace.files(&folder, ".json").expect("samples can be read");
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut failed = Vec::new();
    for file in &files {
        let text = fs::read_to_string(workspace.root().join(file)).expect("a sample can be read");
        for mutated in conformance.mutations(file, &text).expect("it is a sample") {
            *counts.entry(mutated.kind).or_default() += 1;
            let failures = mutated.failures.iter();
            failed.extend(
                failures.map(|it| format!("{file}: {:?} {}: {it}", mutated.kind, mutated.path)),
            );
        }
    }
    eprintln!("{provider}: {} samples, {counts:?}", files.len());
    assert!(failed.is_empty(), "{} changes fail:\n{}", failed.len(), failed.join("\n"));
    for kind in Kind::ALL {
        assert!(counts.contains_key(&kind), "{kind:?} never happened");
    }
}

payouts_tests::test_each_provider!(check);
