//! The catalogue notices what is missing in it.

use super::*;
use crate::workspace::scratch;

const CONSTRUCTOR: &str = "\
//! Complaints.

/// Flags.
impl Diagnostics {
    /// A flag is neither up nor down. Nobody can see it.
    ///
    /// `place` is where it hangs.
    pub(crate) fn half_mast(&mut self, place: Place) {
        self.push(\"half-mast\", \"a flag\".to_owned(), place, \"here\").help(\"raise it\");
    }
}
";

const TEST: &str = "\
//! Their full text.

#[test]
fn half_mast() {
    assert_snapshot!(complaint, @\"
    error[half-mast]: a flag
     --> flags.yaml:1:1
      |
      = help: raise it
    \");
}
";

/// The problems in a catalogue of one complaint, after a change.
#[track_caller]
fn problems_after(path: &str, from: &str, to: &str) -> Vec<String> {
    let (_folder, workspace) = catalogue();
    let text = workspace.read(path).expect("readable").expect("exists");
    assert!(text.contains(from), "{path} has no `{from}`");
    workspace.write(path, &text.replace(from, to)).expect("writable");
    problems(&workspace).expect("sources can be read")
}

fn catalogue() -> (tempfile::TempDir, Workspace) {
    let (folder, workspace) = scratch();
    workspace.write("codegen/src/diagnostics.rs", CONSTRUCTOR).expect("writable");
    workspace.write(TESTS, TEST).expect("writable");
    (folder, workspace)
}

#[test]
fn a_complaint_is_read_from_its_source() {
    let (_folder, workspace) = catalogue();
    assert_eq!(problems(&workspace).expect("sources can be read"), Vec::<String>::new());
    let (path, text) = page(&workspace).expect("sources can be read").expect("there is one");
    assert_eq!(path, PAGE);
    let (_, text) = text.split_once("\n## ").expect("there is a topic");
    assert_eq!(
        text,
        "Flags\n\n### half-mast\n\nA flag is neither up nor down.\nNobody can see it.\n\n\
         To fix the example: raise it\n\n\
         ```text\nerror[half-mast]: a flag\n --> flags.yaml:1:1\n  |\n  = help: raise it\n```\n"
    );
}

#[test]
fn a_code_that_is_not_the_name() {
    assert_eq!(
        problems_after("codegen/src/diagnostics.rs", "\"half-mast\"", "\"half-mats\""),
        [
            "codegen/src/diagnostics.rs: the complaint of `half_mast` is called `half-mats`; write `half-mast`"
        ]
    );
}

#[test]
fn a_complaint_without_a_cause() {
    let cause = "    /// A flag is neither up nor down. Nobody can see it.\n    ///\n    /// `place` is where it hangs.\n";
    assert_eq!(
        problems_after("codegen/src/diagnostics.rs", cause, ""),
        [
            "codegen/src/diagnostics.rs: say in a doc comment of `half_mast` what causes the complaint"
        ]
    );
}

#[test]
fn a_complaint_without_a_test() {
    let wanted =
        ["tests/it/diagnostics.rs: add a test `half_mast` with a snapshot of `[half-mast]`"];
    assert_eq!(problems_after(TESTS, "fn half_mast", "fn full_mast"), wanted);
    assert_eq!(problems_after(TESTS, "error[half-mast]", "error[full-mast]"), wanted);
}
