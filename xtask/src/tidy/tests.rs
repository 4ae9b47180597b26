//! The repository is tidy, and tidying notices when it is not.

use crate::{
    tidy,
    workspace::{Workspace, scratch},
};

#[test]
fn the_repository_is_tidy() {
    let workspace = Workspace::find().expect("tests run in the workspace");
    assert!(tidy::run(&workspace).expect("files can be read"), "see the problems above");
}

#[track_caller]
fn problem_after(path: &str, from: &str, to: &str) -> String {
    let (_folder, workspace) = scratch();
    let text = workspace.read(path).expect("readable").expect("exists");
    assert!(text.contains(from), "{path} has no `{from}`");
    workspace.write(path, &text.replacen(from, to, 1)).expect("writable");
    let problems = tidy::problems(&workspace).expect("files can be read");
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.into_iter().next().expect("one problem")
}

#[test]
fn a_scratch_workspace_is_tidy() {
    let (_folder, workspace) = scratch();
    assert_eq!(tidy::problems(&workspace).expect("files can be read"), Vec::<String>::new());
}

#[test]
fn a_client_without_serde() {
    let problem = problem_after("crates/payouts-delta/Cargo.toml", "serde.workspace = true\n", "");
    assert_eq!(
        problem,
        "crates/payouts-delta/Cargo.toml: [dependencies] needs `serde.workspace = true`; generated code uses it"
    );
}

#[test]
fn a_client_with_a_dependency_of_its_own() {
    let problem = problem_after(
        "crates/payouts-delta/Cargo.toml",
        "[dependencies]\n",
        "[dependencies]\nanyhow = \"1\"\n",
    );
    assert_eq!(
        problem,
        "crates/payouts-delta/Cargo.toml: generated code does not use `anyhow`; remove it"
    );
}

#[test]
fn a_client_without_the_lints() {
    let problem =
        problem_after("crates/payouts-delta/Cargo.toml", "[lints]\nworkspace = true\n", "");
    assert_eq!(problem, "crates/payouts-delta/Cargo.toml: add `[lints]` with `workspace = true`");
}

#[test]
fn a_provider_without_a_row() {
    let problem = problem_after("README.md", "(crates/payouts-delta/README.md)", "");
    assert_eq!(problem, "README.md: the table of providers has no row for `payouts-delta`");
}

#[test]
fn a_provider_without_a_row_of_its_feature() {
    let problem = problem_after("crates/payouts/README.md", "| `delta` |", "| delta |");
    assert_eq!(problem, "crates/payouts/README.md: the table of features has no row for `delta`");
}

#[test]
fn a_provider_without_a_feature() {
    let problem =
        problem_after("crates/payouts/Cargo.toml", "delta = [\"dep:payouts-delta\"]\n", "");
    assert_eq!(problem, "crates/payouts/Cargo.toml: there is no feature `delta`");
}

#[test]
fn a_module_without_a_first_line() {
    let problem = problem_after("codegen/src/lib.rs", "//! Nothing.", "fn nothing() {}");
    assert_eq!(
        problem,
        "codegen/src/lib.rs: begin with a line `//!` that says what the module is responsible for"
    );
}

#[test]
fn a_generator_that_names_a_provider() {
    let problem = problem_after("codegen/src/lib.rs", "//! Nothing.", "//! Nothing but Delta.");
    assert_eq!(
        problem,
        "codegen/src/lib.rs: names the provider `delta`; what serves all providers names none"
    );
}
