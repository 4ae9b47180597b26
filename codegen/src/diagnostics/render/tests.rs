//! The renderings, on one complaint that has everything.

use std::sync::Arc;

use insta::assert_snapshot;

use super::{Color, Diagnostics, Format, MOST};
use crate::{diagnostics::Severity, parse::node::Place, source::SourceFile};

fn files(texts: &[(&str, &str)]) -> Arc<[SourceFile]> {
    texts.iter().map(|(path, text)| SourceFile::new(*path, text)).collect()
}

/// Where a word stands in the first file.
#[track_caller]
fn place(diagnostics: &Diagnostics, word: &str) -> Place {
    let start = diagnostics.files[0].text.find(word).expect("the word is there");
    let number = |it: usize| u32::try_from(it).expect("a small file");
    Place { file_idx: 0, start: number(start), end: number(start + word.len()) }
}

/// An error with a second place, and a warning before it.
fn acme() -> Diagnostics {
    let text = "größe: 1\nnames:\n  - a, 100%\n  - b\n  - a, 100%\n";
    let mut diagnostics = Diagnostics::new(files(&[("specs/acme.yaml", text)]));
    let (first, second) = (place(&diagnostics, "a, 100%"), place(&diagnostics, "b\n  - a"));
    let second = Place { start: second.start + 6, end: second.start + 13, ..second };
    diagnostics.duplicate_value(second, "a, 100%", first);
    let unused = place(&diagnostics, "1");
    diagnostics.unused_source(unused, "größe");
    diagnostics.items.last_mut().expect("one was made").warning();
    diagnostics.settle();
    diagnostics
}

#[test]
fn for_people() {
    assert_snapshot!(acme().render(Color::Never), @"
    warning[unused-source]: the source `größe` is never used
     --> specs/acme.yaml:1:8
      |
    1 | größe: 1
      |        ^ nothing cites this
      |
      = help: cite it in `x-source` or remove it

    error[duplicate-value]: `a, 100%` stands twice
     --> specs/acme.yaml:5:5
      |
    3 |   - a, 100%
      |     ------- first here
    4 |   - b
    5 |   - a, 100%
      |     ^^^^^^^ again here
      |
      = help: remove one, or write another value
    ");
}

#[test]
fn short() {
    assert_snapshot!(acme().format(Format::Short), @"
    specs/acme.yaml:1:8: warning[unused-source]: the source `größe` is never used (cite it in `x-source` or remove it)
    specs/acme.yaml:5:5: error[duplicate-value]: `a, 100%` stands twice (remove one, or write another value)
    ");
}

#[test]
fn json() {
    assert_snapshot!(acme().format(Format::Json), @r#"
    {"code":"unused-source","severity":"warning","message":"the source `größe` is never used","labels":[{"path":"specs/acme.yaml","line":1,"column":8,"end_line":1,"end_column":9,"text":"nothing cites this","primary":true}],"help":"cite it in `x-source` or remove it"}
    {"code":"duplicate-value","severity":"error","message":"`a, 100%` stands twice","labels":[{"path":"specs/acme.yaml","line":5,"column":5,"end_line":5,"end_column":12,"text":"again here","primary":true},{"path":"specs/acme.yaml","line":3,"column":5,"end_line":3,"end_column":12,"text":"first here","primary":false}],"help":"remove one, or write another value"}
    "#);
}

#[test]
fn github() {
    assert_snapshot!(acme().format(Format::Github), @"
    ::warning file=specs/acme.yaml,line=1,endLine=1,col=8,endColumn=9,title=unused-source::the source `größe` is never used: nothing cites this%0Ahelp: cite it in `x-source` or remove it
    ::error file=specs/acme.yaml,line=5,endLine=5,col=5,endColumn=12,title=duplicate-value::`a, 100%25` stands twice: again here%0Aspecs/acme.yaml:3:5: first here%0Ahelp: remove one, or write another value
    ");
}

#[test]
fn a_path_that_would_end_a_property() {
    let mut diagnostics = Diagnostics::new(files(&[("a,b:c.yaml", "x\n")]));
    diagnostics.empty_file(place(&diagnostics, "x"));
    let text = diagnostics.format(Format::Github);
    assert!(text.starts_with("::error file=a%2Cb%3Ac.yaml,line=1,"), "{text}");
}

#[test]
fn only_errors_end_a_stage() {
    let mut diagnostics = acme();
    let found = diagnostics.clone().ok().expect_err("there is an error");
    assert_eq!((found.errors().count(), found.warnings().count()), (1, 1));
    diagnostics.items.retain(|it| it.severity == Severity::Warning);
    diagnostics.ok().expect("a warning is no error");
    assert_eq!(diagnostics.warnings().count(), 1, "and it is kept");
}

#[test]
fn what_two_stages_found_is_in_the_order_of_the_file() {
    let mut all = acme();
    let mut more = Diagnostics::new(Arc::clone(&all.files));
    more.empty_value(place(&all, "names"), None);
    all.merge(more);
    let codes: Vec<&str> = all.items().map(|it| it.code).collect();
    assert_eq!(codes, ["unused-source", "empty-value", "duplicate-value"]);
}

#[test]
fn what_was_found_in_other_files_keeps_its_place() {
    let mut all = acme();
    let mut more = Diagnostics::new(files(&[("specs/other.yaml", "\nx\n")]));
    more.empty_value(place(&more, "x"), None);
    all.merge(more);
    let last = all.items().last().expect("three were found");
    assert_eq!(all.position(last.primary.place), "specs/other.yaml:2:1");
}

#[test]
fn nobody_reads_thousands() {
    let text = "x\n".repeat(MOST + 5);
    let mut diagnostics = Diagnostics::new(files(&[("specs/acme.yaml", &text)]));
    for idx in 0..u32::try_from(MOST + 5).expect("a small number") {
        diagnostics.empty_value(Place { file_idx: 0, start: 2 * idx, end: 2 * idx + 1 }, None);
    }
    let shown = diagnostics.render(Color::Never);
    assert_eq!(shown.matches("error[empty-value]").count(), MOST);
    assert!(shown.ends_with("\n\nand 5 more"), "{shown}");
    assert_eq!(diagnostics.format(Format::Short).lines().count(), MOST + 5);
}

#[test]
fn a_document_on_one_line_is_shown_in_part() {
    let text = format!("{{{}\"here\": 1, {}}}", "\"é\": 0, ".repeat(2000), "\"b\": 0".repeat(2000));
    let mut diagnostics = Diagnostics::new(files(&[("specs/acme.json", &text)]));
    let here = place(&diagnostics, "\"here\"");
    diagnostics.duplicate_key(here, "here", Place { start: 1, end: 4, ..here });
    assert_snapshot!(diagnostics.render(Color::Never), @r#"
    error[duplicate-key]: the key `here` stands twice
    --> specs/acme.json:1:16002
     = note: again here: `"here"`
    ::: specs/acme.json:1:2
     = note: first here: `"é`
     = help: remove one, or begin a new mapping before the second: is a line missing or indented wrongly?
    "#);
}

#[test]
fn places_far_apart_have_a_snippet_each() {
    let text = format!("first: 1\n{}last: 1\n", "filler: of the file\n".repeat(5000));
    let mut diagnostics = Diagnostics::new(files(&[("specs/acme.yaml", &text)]));
    let (first, last) = (place(&diagnostics, "first"), place(&diagnostics, "last"));
    diagnostics.duplicate_key(last, "last", first);
    assert_snapshot!(diagnostics.render(Color::Never), @"
    error[duplicate-key]: the key `last` stands twice
        --> specs/acme.yaml:5002:1
         |
    5002 | last: 1
         | ^^^^ again here
         |
        ::: specs/acme.yaml:1:1
         |
       1 | first: 1
         | ----- first here
         |
         = help: remove one, or begin a new mapping before the second: is a line missing or indented wrongly?
    ");
}
