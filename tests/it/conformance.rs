//! Every documented sample decodes into the generated types and loses nothing.

use payouts_tests::conformance::Conformance;

#[track_caller]
fn check(provider: &str) {
    let conformance = Conformance::of(provider).expect("the spec is right");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/examples/");
    let verdicts =
        conformance.folder(format!("{folder}{provider}").as_ref()).expect("there are samples");
    let failed: Vec<_> = verdicts.iter().filter(|it| !it.failures.is_empty()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

payouts_tests::test_each_provider!(check);
