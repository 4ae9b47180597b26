//! The committed clients are fresh, and the writer keeps its promises.

use crate::{
    generate::{self, STALE},
    shell::MessageFormat,
    workspace::{Workspace, scratch},
};

fn code(code: std::process::ExitCode) -> String {
    format!("{code:?}")
}

#[track_caller]
fn is(found: std::process::ExitCode, wanted: u8) {
    assert_eq!(code(found), code(std::process::ExitCode::from(wanted)));
}

#[test]
fn the_committed_clients_are_fresh() {
    let workspace = Workspace::find().expect("tests run in the workspace");
    is(generate::check(&workspace, &[], MessageFormat::Human).expect("specs can be read"), 0);
}

#[test]
fn a_new_provider_generates_and_is_fresh_afterwards() {
    let (_folder, workspace) = scratch();
    is(generate::check(&workspace, &[], MessageFormat::Human).expect("specs can be read"), STALE);
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("files can be written"), 0);
    is(generate::check(&workspace, &[], MessageFormat::Human).expect("specs can be read"), 0);
    let client = workspace.read("crates/payouts-delta/src/client.rs").expect("readable");
    assert!(client.is_some_and(|it| it.contains("pub fn create_payout(")));
}

#[test]
fn a_fresh_file_is_not_touched() {
    let (_folder, workspace) = scratch();
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("files can be written"), 0);
    let path = workspace.path("crates/payouts-delta/src/types.rs");
    let before = std::fs::metadata(&path).and_then(|it| it.modified()).expect("it exists");
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("files can be written"), 0);
    assert_eq!(std::fs::metadata(&path).and_then(|it| it.modified()).expect("it exists"), before);
}

#[test]
fn line_ends_of_a_checkout_do_not_matter() {
    let (_folder, workspace) = scratch();
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("files can be written"), 0);
    for path in ["specs/delta.yaml", "crates/payouts-delta/src/types.rs"] {
        let text = workspace.read(path).expect("readable").expect("exists");
        workspace.write(path, &text.replace('\n', "\r\n")).expect("writable");
    }
    is(generate::check(&workspace, &[], MessageFormat::Human).expect("specs can be read"), 0);
}

#[test]
fn an_error_in_a_spec_writes_nothing() {
    let (_folder, workspace) = scratch();
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("files can be written"), 0);
    let before = workspace.read("crates/payouts-delta/src/types.rs").expect("readable");
    let spec = workspace.read("specs/delta.yaml").expect("readable").expect("exists");
    let broken = spec.replace("enum: [pending, paid, failed]", "enum: [pending, paid, faild]");
    workspace.write("specs/delta.yaml", &broken).expect("writable");
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("specs can be read"), 1);
    assert_eq!(workspace.read("crates/payouts-delta/src/types.rs").expect("readable"), before);
}

#[test]
fn a_marked_file_that_nothing_generates_is_removed() {
    let (_folder, workspace) = scratch();
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("files can be written"), 0);
    let left = "crates/payouts-delta/src/old.rs";
    workspace
        .write(left, &format!("{}\n\n//! Old.\n", codegen::render::header("delta")))
        .expect("writable");
    let own = "crates/payouts-delta/src/own.rs";
    workspace.write(own, "//! By hand.\n").expect("writable");
    is(generate::check(&workspace, &[], MessageFormat::Human).expect("specs can be read"), STALE);
    is(generate::write(&workspace, &[], MessageFormat::Human).expect("files can be written"), 0);
    assert_eq!(workspace.read(left).expect("readable"), None);
    assert!(workspace.read(own).expect("readable").is_some(), "people's files stay");
}

#[test]
fn a_file_without_the_marker_is_not_overwritten() {
    let (_folder, workspace) = scratch();
    let path = "crates/payouts-delta/src/types.rs";
    workspace.write(path, "//! By hand.\n").expect("writable");
    let error = generate::write(&workspace, &[], MessageFormat::Human)
        .expect_err("a person's file is in the way");
    assert_eq!(
        error.to_string(),
        "crates/payouts-delta/src/types.rs does not begin with the marker of generated files, \
         so a person may have written it; remove it first"
    );
    assert_eq!(workspace.read(path).expect("readable").as_deref(), Some("//! By hand.\n"));
}

#[test]
fn an_unknown_provider() {
    let (_folder, workspace) = scratch();
    let error = generate::write(&workspace, &["dleta".to_owned()], MessageFormat::Human)
        .expect_err("there is none");
    assert_eq!(error.to_string(), "there is no specs/dleta.yaml; providers are delta");
}
