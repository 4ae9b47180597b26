//! The dialect's documentation, its JSON Schema and the specs name the same
//! extensions.

use std::collections::BTreeSet;

use xtask::workspace::Workspace;

fn read(path: &str) -> String {
    let workspace = Workspace::find().expect("tests run in the workspace");
    workspace.read(path).expect("it can be read").expect("it exists")
}

/// The keys in the first column of the table.
fn documented() -> BTreeSet<String> {
    let text = read("specs/README.md");
    let rows = text.lines().filter_map(|it| it.strip_prefix("| `x-"));
    rows.filter_map(|it| Some(format!("x-{}", it.split('`').next()?))).collect()
}

#[test]
fn every_extension_has_a_json_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(&read("specs/extensions.schema.json")).expect("it is JSON");
    let defined = schema["$defs"].as_object().expect("it has definitions");
    assert_eq!(defined.keys().cloned().collect::<BTreeSet<_>>(), documented());
}

#[test]
fn every_extension_that_a_spec_uses_is_documented() {
    let workspace = Workspace::find().expect("tests run in the workspace");
    let documented = documented();
    for path in workspace.files("specs", ".yaml").expect("specs can be read") {
        for line in read(&path).lines() {
            let key =
                line.trim_start().trim_start_matches("- ").split(':').next().unwrap_or_default();
            let is_extension =
                key.starts_with("x-") && line.contains(':') && !key.contains([' ', '\'']);
            // Names of HTTP headers begin alike.
            let is_header = key.eq_ignore_ascii_case("x-api-key") || key.starts_with("X-");
            assert!(!is_extension || is_header || documented.contains(key), "{path}: {line}");
        }
    }
}
