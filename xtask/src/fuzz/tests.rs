//! What a damaged document is tried for.

use std::time::Duration;

use super::{Corpus, Outcome, Plan, again, case, outcome, tried};
use crate::{try_documents::remember_panics, workspace::Workspace};

/// A few hundred cases in every run; `cargo xtask fuzz` tries as many as there
/// is time for.
#[test]
fn damaged_documents_are_generated_from_or_refused() {
    remember_panics();
    let workspace = Workspace::find().expect("this is the workspace");
    let corpus = Corpus::new(&workspace, &[]).expect("the specs are readable");
    let mut read = None;
    let (mut n_generated, mut n_refused) = (0, 0);
    for number in 0..300 {
        let Some(case) = case(&corpus, &mut read, 1, number) else { continue };
        match outcome(&case).0 {
            Outcome::Generated => n_generated += 1,
            Outcome::Refused => n_refused += 1,
            Outcome::Failed(what) => {
                panic!("{what}; again: `cargo xtask fuzz --seed 1 --first {number} --count 1`")
            }
        }
    }
    assert!(n_generated > 30, "only {n_generated} cases got through");
    assert!(n_refused > 30, "only {n_refused} cases were refused");
}

#[test]
fn cases_are_the_same_in_every_run() {
    let workspace = Workspace::find().expect("this is the workspace");
    let corpus = Corpus::new(&workspace, &[]).expect("the specs are readable");
    for number in [0, 30, 60] {
        let text = || {
            let case = case(&corpus, &mut None, 7, number).expect("a case");
            case.source.files[case.file_idx].text.clone()
        };
        assert_eq!(text(), text());
    }
}

#[test]
fn a_number_can_be_the_largest_there_is() {
    let corpus = Corpus::new(&Workspace::find().expect("this is the workspace"), &[]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = Workspace::at(folder.path());
    for (first, count, n_cases) in [(u64::MAX, 1, 1), (u64::MAX - 1, 3, 2), (24, 2, 2)] {
        let plan = Plan { seed: 1, first, count, jobs: 1, limit: Duration::from_secs(60) };
        let corpus = corpus.as_ref().expect("the specs are readable");
        let (totals, _) = tried(&workspace, corpus, &[], plan).expect("threads can be started");
        assert_eq!(totals.n_generated + totals.n_refused, n_cases, "{first}");
    }
}

#[test]
fn a_failure_can_be_had_again() {
    let plan = Plan { seed: 7, first: 1000, count: 500, jobs: 2, limit: Duration::from_secs(2) };
    assert_eq!(
        again(&[], plan, 1234),
        "cargo xtask fuzz --seed 7 --first 1234 --count 1 --seconds-per-document 2"
    );
    // What the cases are made from decides what they are.
    assert_eq!(
        again(&["../apis".to_owned(), "my api.yaml".to_owned()], plan, 1234),
        "cargo xtask fuzz --seed 7 --first 1234 --count 1 --seconds-per-document 2 --documents ../apis 'my api.yaml'"
    );
}
