//! Each feature of the dialect and the code it becomes.
//!
//! A fixture is a folder with a small spec. The comments at its top say which
//! of the generated code belongs to the feature: `# show: types` is all of
//! `types.rs`, `# show: client impl Client` the items of `client.rs` in which
//! this stands, `# show: docs` keeps the documentation. Where today's output is
//! wrong, `# wrong: ` says so.

use std::{
    fs,
    path::{Path, PathBuf},
};

use codegen::{Source, SourceFile};

/// Compares what a fixture becomes with the snapshot beside it.
#[track_caller]
fn check(feature: &str) {
    let folder = fixtures().join(feature);
    let spec = read(&folder.join("spec.yaml"));
    let output = match codegen::generate(&source(&folder, &spec)) {
        Ok(it) => it,
        Err(diagnostics) => panic!("{diagnostics}"),
    };
    let shown = shown(&spec, &output.files);
    assert!(shown.lines().count() <= 120, "{feature} shows more than one feature needs:\n{shown}");
    insta::with_settings!({
        snapshot_path => folder,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(feature, shown);
    });
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

#[track_caller]
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fixture as the spec of a provider: its other files are resources.
#[track_caller]
fn source(folder: &Path, spec: &str) -> Source {
    let mut files = vec![SourceFile::new("specs/acme.yaml", spec)];
    for name in names(folder) {
        if name.ends_with(".yaml") && name != "spec.yaml" {
            files.push(SourceFile::new(format!("specs/acme/{name}"), &read(&folder.join(&name))));
        }
    }
    Source { provider: "acme".to_owned(), files, samples: Vec::new() }
}

/// The names in a folder, sorted.
#[track_caller]
fn names(folder: &Path) -> Vec<String> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let name = |it: fs::DirEntry| it.file_name().into_string().expect("fixtures have plain names");
    let mut names: Vec<String> =
        entries.map(|it| name(it.expect("a folder can be read"))).collect();
    names.sort();
    names
}

/// The code that the comments at the top of a spec ask for.
#[track_caller]
fn shown(spec: &str, files: &[(String, String)]) -> String {
    let wishes: Vec<&str> = spec.lines().map_while(|it| it.strip_prefix("# show: ")).collect();
    assert!(!wishes.is_empty(), "a fixture begins with `# show: `");
    let docs = wishes.contains(&"docs");
    let mut text = String::new();
    for wish in wishes.into_iter().filter(|it| *it != "docs") {
        let (name, part) = wish.split_once(' ').unwrap_or((wish, ""));
        let end = match name {
            "tests" => "tests/src/generated/acme.rs".to_owned(),
            _ => format!("/src/{name}.rs"),
        };
        let file = files.iter().find(|(path, _)| path.ends_with(&end)).map(|(_, text)| text);
        let items = items(file.expect("`# show: ` names a generated file"), docs);
        let items: Vec<String> = items.into_iter().filter(|it| it.contains(part)).collect();
        assert!(!items.is_empty(), "`# show: {wish}` finds nothing");
        let heading = format!("// {name}.rs\n\n");
        if !text.contains(&heading) {
            text.push_str(&heading);
        }
        text.push_str(&items.join("\n"));
        text.push('\n');
    }
    text
}

/// The items of a generated file, without what is the same in every fixture.
fn items(text: &str, docs: bool) -> Vec<String> {
    // What is inside an item is indented.
    let mut items: Vec<String> = Vec::new();
    let mut begins = true;
    for line in text.lines() {
        if line.is_empty() {
            begins = true;
        } else if std::mem::take(&mut begins) && !line.starts_with([' ', '}']) {
            items.push(String::new());
        }
        let noise = !docs && line.trim_start().starts_with("///") || NOISE.contains(&line);
        if let (false, false, Some(item)) = (noise, line.is_empty(), items.last_mut()) {
            item.push_str(line);
            item.push('\n');
        }
    }
    items.retain(|it| !it.is_empty() && !BOILERPLATE.iter().any(|start| it.starts_with(start)));
    items
}

/// Attributes of every struct.
const NOISE: &[&str] = &[
    "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]",
    "#[cfg_attr(feature = \"schemars\", derive(schemars::JsonSchema))]",
];

/// How items begin that every client has.
const BOILERPLATE: &[&str] = &["// ", "//!", "#![doc", "use ", "mod ", "payouts_core::operations!"];

/// Every fixture has a test of its name.
#[test]
fn every_feature_has_a_test() {
    let tests = include_str!("fixtures.rs");
    let features = names(&fixtures());
    assert!(features.len() > 30, "the fixtures are found: {features:?}");
    let untested: Vec<&String> = features
        .iter()
        .filter(|it| !tests.contains(&format!("fn {it}() {{\n    check({it:?});")))
        .collect();
    assert!(untested.is_empty(), "no test is called {untested:?}");
}

#[test]
fn additional_members() {
    check("additional_members");
}

#[test]
fn all_of() {
    check("all_of");
}

#[test]
fn civil_date_time() {
    check("civil_date_time");
}

#[test]
fn computed_signature() {
    check("computed_signature");
}

#[test]
fn constraints() {
    check("constraints");
}

#[test]
fn credentials_elsewhere() {
    check("credentials_elsewhere");
}

#[test]
fn decimals_as_text() {
    check("decimals_as_text");
}

#[test]
fn defaults() {
    check("defaults");
}

#[test]
fn deprecated() {
    check("deprecated");
}

#[test]
fn empty_as_null() {
    check("empty_as_null");
}

#[test]
fn empty_success() {
    check("empty_success");
}

#[test]
fn enum_varnames() {
    check("enum_varnames");
}

#[test]
fn epoch_millis() {
    check("epoch_millis");
}

#[test]
fn error_statuses() {
    check("error_statuses");
}

#[test]
fn fetched_token() {
    check("fetched_token");
}

#[test]
fn form_body() {
    check("form_body");
}

#[test]
fn free_json() {
    check("free_json");
}

#[test]
fn idempotency_key() {
    check("idempotency_key");
}

#[test]
fn limits_of_items() {
    check("limits_of_items");
}

#[test]
fn map() {
    check("map");
}

#[test]
fn media_types() {
    check("media_types");
}

#[test]
fn minor_units() {
    check("minor_units");
}

#[test]
fn multipart_body() {
    check("multipart_body");
}

#[test]
fn new_argument() {
    check("new_argument");
}

#[test]
fn newtypes() {
    check("newtypes");
}

#[test]
fn nullable_items() {
    check("nullable_items");
}

#[test]
fn number_or_string() {
    check("number_or_string");
}

#[test]
fn oauth_scopes() {
    check("oauth_scopes");
}

#[test]
fn open_enum() {
    check("open_enum");
}

#[test]
fn optional_body() {
    check("optional_body");
}

#[test]
fn optional_vs_nullable() {
    check("optional_vs_nullable");
}

#[test]
fn own_servers() {
    check("own_servers");
}

#[test]
fn paging() {
    check("paging");
}

#[test]
fn parameter_styles() {
    check("parameter_styles");
}

#[test]
fn parameters() {
    check("parameters");
}

#[test]
fn patch() {
    check("patch");
}

#[test]
fn read_only_write_only() {
    check("read_only_write_only");
}

#[test]
fn recursive() {
    check("recursive");
}

#[test]
fn response_headers() {
    check("response_headers");
}

#[test]
fn rust_names() {
    check("rust_names");
}

#[test]
fn security_alternatives() {
    check("security_alternatives");
}

#[test]
fn sensitive() {
    check("sensitive");
}

#[test]
fn sensitive_items() {
    check("sensitive_items");
}

#[test]
fn server_variables() {
    check("server_variables");
}

#[test]
fn split_files() {
    check("split_files");
}

#[test]
fn successes_differ() {
    check("successes_differ");
}

#[test]
fn undocumented_server() {
    check("undocumented_server");
}

#[test]
fn union_by_discriminator() {
    check("union_by_discriminator");
}

#[test]
fn union_by_json_type() {
    check("union_by_json_type");
}

#[test]
fn union_by_members() {
    check("union_by_members");
}

#[test]
fn unused_media_types() {
    check("unused_media_types");
}

#[test]
fn webhooks() {
    check("webhooks");
}
