//! Several files become one document.

use super::*;

fn parsed(files: &[(&str, &str)]) -> Result<Document, String> {
    let files = files.iter().map(|(path, text)| SourceFile::new(*path, text)).collect();
    let source = Source { provider: "acme".to_owned(), files, samples: Vec::new() };
    document(&source).map_err(|it| it.to_string())
}

#[test]
fn references_into_other_files() {
    let from = "specs/acme.yaml";
    let segments = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        reference("acme/payouts.yaml#/paths/~1payouts~1{id}", from),
        Some(("specs/acme/payouts.yaml".to_owned(), segments(&["paths", "/payouts/{id}"])))
    );
    assert_eq!(
        reference("#/components/schemas/A~0B", from),
        Some((from.to_owned(), segments(&["components", "schemas", "A~B"])))
    );
    assert_eq!(
        reference("../acme.yaml#/a", "specs/acme/payouts.yaml"),
        Some(("specs/acme.yaml".to_owned(), segments(&["a"])))
    );
    assert_eq!(reference("acme.yaml", from), None);
    assert_eq!(reference("../../../x.yaml#/a", from), None);
    assert_eq!(relative(from, "/etc/passwd"), None);
}

#[test]
fn paths_and_components_of_resource_files() {
    let document = parsed(&[
        ("specs/acme.yaml", "paths:\n  /a:\n    $ref: 'acme/a.yaml#/paths/~1a'\n"),
        (
            "specs/acme/a.yaml",
            "paths:\n  /a:\n    get: {}\ncomponents:\n  schemas:\n    A: {type: string}\n",
        ),
    ])
    .expect("it parses");
    assert_eq!(document.paths.len(), 1);
    assert_eq!(document.path_of(document.paths[0].key_place), "specs/acme/a.yaml");
    assert!(document.components["schemas"].contains_key("A"));
}

#[test]
fn places_survive_letters_of_several_bytes() {
    let document = parsed(&[("specs/acme.yaml", "a: 'é…'\nb: x\n")]).expect("it parses");
    let entry = document.root.entry("b").expect("it is there");
    let file = &document.files[0].text;
    assert_eq!(&file[entry.value.place.start as usize..entry.value.place.end as usize], "x");
}

#[test]
fn line_ends_do_not_matter() {
    let unix = parsed(&[("specs/acme.yaml", "a:\n  - x\n")]).expect("it parses");
    let windows = parsed(&[("specs/acme.yaml", "a:\r\n  - x\r\n")]).expect("it parses");
    assert_eq!(format!("{:?}", unix.root), format!("{:?}", windows.root));
}
