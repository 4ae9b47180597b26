//! The command line, from outside: what it prints and how it exits.

use std::process::{Command, Output};

use xtask::workspace::Workspace;

#[track_caller]
fn run(args: &[&str], expected_code: i32) -> String {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(args)
        // It finds the workspace from wherever it is called.
        .current_dir(std::env::temp_dir())
        .output()
        .expect("the program runs");
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(expected_code), "{text}");
    text
}

#[test]
fn from_another_folder_the_clients_are_fresh_as_well() {
    let text = run(&["generate", "--check"], 0);
    assert!(text.contains("Fresh"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colours where nobody looks: {text}");
}

#[test]
fn one_provider() {
    let providers = Workspace::find().and_then(|it| it.providers()).expect("specs can be read");
    let text = run(&["generate", "--check", &providers[0]], 0);
    assert_eq!(text.matches("Fresh").count(), 1, "{text}");
}

#[test]
fn a_provider_that_does_not_exist() {
    let text = run(&["generate", "--check", "nobody"], 1);
    assert!(text.starts_with("error: there is no specs/nobody.yaml; providers are "), "{text}");
}

#[test]
fn a_command_that_does_not_exist() {
    let text = run(&["genrate"], 2);
    assert!(text.contains("a similar subcommand exists: 'generate'"), "{text}");
}

#[test]
fn help_teaches() {
    let text = run(&["--help"], 0);
    for word in ["generate", "check", "lint", "explain", "new-provider", "Examples:", "Exit codes:"]
    {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
    let text = run(&["generate", "--help"], 0);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Nothing is written if any spec has errors"), "{text}");
}

#[test]
fn a_complaint_is_explained() {
    let text = run(&["explain", "unknown-reference"], 0);
    for part in [
        "unknown-reference\n\nA `$ref` names a component",
        "error[unknown-reference]: ",
        "To fix this: ",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(run(&["explain", "error[unknown-reference]"], 0), text);
}

#[test]
fn a_complaint_that_does_not_exist() {
    let text = run(&["explain", "unknown-refernce"], 1);
    assert_eq!(
        text,
        "error: there is no complaint `unknown-refernce`; did you mean `unknown-reference`?\n"
    );
}

#[test]
fn all_complaints_are_listed() {
    let text = run(&["explain"], 0);
    assert!(text.lines().count() > 100, "{text}");
    let line =
        "unknown-reference           A `$ref` names a component that no file of the spec defines\n";
    assert!(text.contains(line), "{text}");
}
