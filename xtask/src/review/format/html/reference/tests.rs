//! One operation before and after.

use codegen::{Source, SourceFile};

use super::{Lines, Side, html};

const SPEC: &str = include_str!("../../example/head.yaml");

fn side(spec: &str) -> Side {
    let files = vec![SourceFile::new("specs/acme.yaml", spec)];
    Side::new(&Source { provider: "acme".to_owned(), files, samples: Vec::new() })
}

#[test]
fn parameters_of_the_same_name_are_not_confused() {
    let path = "- {name: reference, in: path, required: true, description: Yours.,";
    let query = "- {name: reference, in: query, x-rust-name: theirs, description: Theirs., schema: {type: string}}\n        ";
    let base = side(&SPEC.replacen(path, &format!("{query}{path}"), 1));
    let head = side(&SPEC.replacen(path, &format!("{}{path}", query.replace("Theirs", "Its")), 1));
    let [old, new] = [&base, &head].map(|it| Some((it, it.call("get_payout", "")?)));
    let html = html(old, new, Lines::Changed);
    assert_eq!(html.matches("<tr class=\"changed\">").count(), 1, "{html}");
    assert!(html.contains("<del>Theirs") && html.contains("<ins>Its"), "{html}");
}
