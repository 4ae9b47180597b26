//! A new provider fits in among the others, and a wrong name changes nothing.

use std::{fs, process::ExitCode};

use codegen::{ImportOptions, Source, SourceFile};

use crate::{
    generate, new_provider,
    shell::MessageFormat,
    tidy,
    workspace::{Workspace, scratch},
};

#[track_caller]
fn refused(name: &str) -> String {
    let (_folder, workspace) = scratch();
    let before = workspace.read("Cargo.toml").expect("readable");
    let error = new_provider::run(&workspace, name).expect_err("the name is wrong");
    assert_eq!(workspace.read("Cargo.toml").expect("readable"), before, "nothing changes");
    error.to_string()
}

#[test]
fn several_providers_stay_sorted() {
    let (_folder, workspace) = scratch();
    for name in ["beta", "aaa", "zulu"] {
        new_provider::run(&workspace, name).expect("a new provider");
    }
    let text = workspace.read("Cargo.toml").expect("readable").expect("exists");
    let order: Vec<&str> =
        text.lines().filter_map(|it| it.strip_prefix("payouts-")?.split(" = ").next()).collect();
    assert_eq!(order, ["core", "aaa", "beta", "delta", "zulu"]);
    let facade = workspace.read("crates/payouts/Cargo.toml").expect("readable").expect("exists");
    assert!(facade.contains("all = [\"aaa\", \"beta\", \"delta\", "), "{facade}");
    // Other features stay behind those of providers.
    let readme = workspace.read("crates/payouts/README.md").expect("readable").expect("exists");
    let rows: Vec<&str> = readme.lines().skip(2).filter_map(|it| it.split('`').nth(1)).collect();
    let expected = ["aaa", "beta", "delta", "zulu", "all", "rustls", "tracing", "schemars"];
    assert_eq!(rows, expected);
    assert_eq!(tidy::problems(&workspace).expect("files can be read"), Vec::<String>::new());
}

#[test]
fn a_provider_is_in_both_tables() {
    let (_folder, workspace) = scratch();
    new_provider::run(&workspace, "beta").expect("a new provider");
    let row = |path: &str| {
        let text = workspace.read(path).expect("readable").expect("exists");
        text.lines().find(|it| it.contains("`beta`")).unwrap_or_default().to_owned()
    };
    assert_eq!(
        row("README.md"),
        "| beta | [`payouts-beta`](crates/payouts-beta/README.md) | `beta` |"
    );
    assert_eq!(row("crates/payouts/README.md"), "| `beta` | beta |");
}

/// Somebody else's document says what they are called.
#[test]
fn a_title_of_strangers_is_text_in_one_cell() {
    for (title, cell) in [
        ("Acme | Pay", "Acme \\| Pay"),
        ("Acme <beta> [x](y)\\n*Pay*", "Acme \\<beta\\> \\[x\\](y) \\*Pay\\*"),
        ("`a|b` API", "`a\\|b` API"),
    ] {
        let document = DOCUMENT.replacen("\"Acme\"", &format!("\"{title}\""), 1);
        let (_folder, workspace, _) = started_from(&document);
        for path in ["README.md", "crates/payouts/README.md"] {
            let text = workspace.read(path).expect("readable").expect("exists");
            assert!(text.contains(&format!("| {cell} |")), "{path}: {text}");
        }
    }
}

#[test]
fn a_name_that_is_no_word() {
    for name in ["Delta", "delta-pay", "1pay", "", "delta/../x", "açme"] {
        assert_eq!(
            refused(name),
            format!(
                "`{name}` cannot be a provider's name; write one lower-case word of letters and digits, such as `acme`"
            )
        );
    }
}

#[test]
fn a_name_that_is_taken() {
    for (name, why) in [
        ("core", "it is a crate of Rust itself"),
        ("std", "it is a crate of Rust itself"),
        ("examples", "specs/examples has the samples"),
        ("all", "it is a feature of the facade"),
        ("rustls", "it is a feature of the facade"),
        ("tracing", "it is a feature of the facade"),
        ("default", "it is a feature of every client"),
        ("tests", "tests/Cargo.toml is of the package `payouts-tests`"),
    ] {
        assert_eq!(refused(name), format!("`{name}` is taken: {why}; choose another word"));
    }
    assert_eq!(refused("delta"), "specs/delta.yaml exists already; nothing was changed");
}

#[test]
fn a_name_that_is_a_keyword() {
    // Strict ones, reserved ones, and one that only the newest edition has.
    for name in ["type", "async", "try", "box", "yield", "final", "macro", "abstract", "do", "gen"]
    {
        assert_eq!(
            refused(name),
            format!("`{name}` is taken: it is a keyword of Rust; choose another word")
        );
    }
}

/// The facade's features, the clients' and all packages are taken in the repository, too.
#[test]
fn no_name_of_the_repository_is_free() {
    let workspace = Workspace::find().expect("tests run in the workspace");
    for name in ["tests", "core", "tracing", "native", "serde", "codegen", "xtask"] {
        let taken = super::taken(&workspace, name).expect("manifests can be read");
        assert_eq!(taken.is_some(), name != "native", "{name}: {taken:?}");
    }
}

/// A document of somebody else, with what no spec of ours may say.
const DOCUMENT: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Acme", "version": "1"},
  "servers": [{"url": "https://api.acme.example"}],
  "paths": {
    "/payouts/{id}": {
      "get": {
        "operationId": "getPayout",
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {
          "200": {
            "description": "OK",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Payout"}}}
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Payout": {
        "type": "object",
        "properties": {"id": {"type": "string"}, "note": {"type": ["string", "null"]}}
      }
    }
  }
}"##;

#[track_caller]
fn started_from(document: &str) -> (tempfile::TempDir, Workspace, ExitCode) {
    let (folder, workspace) = scratch();
    let path = folder.path().join("openapi.json");
    fs::write(&path, document).expect("writable");
    let path = path.to_str().expect("it is Unicode");
    let options = ImportOptions::default();
    let code = new_provider::run_from(&workspace, "beta", path, options, MessageFormat::Human);
    (folder, workspace, code.expect("the document can be read"))
}

#[test]
fn a_provider_from_somebody_elses_document_generates() {
    let (_folder, workspace, code) = started_from(DOCUMENT);
    assert_eq!(code, ExitCode::SUCCESS);
    assert_eq!(tidy::problems(&workspace).expect("files can be read"), Vec::<String>::new());
    let spec = workspace.read("specs/beta.yaml").expect("readable").expect("exists");
    let confirmed: Vec<&str> =
        spec.lines().map(|it| it.split("  # CONFIRM").next().unwrap_or_default()).collect();
    workspace.write("specs/beta.yaml", &confirmed.join("\n")).expect("writable");
    let code = generate::write(&workspace, &["beta".to_owned()], MessageFormat::Human);
    assert_eq!(code.expect("files can be written"), ExitCode::SUCCESS);
    let client = workspace.read("crates/payouts-beta/src/client.rs").expect("readable");
    assert!(client.is_some_and(|it| it.contains("pub fn get_payout(")));
}

#[test]
fn what_nobody_has_confirmed_is_not_generated() {
    let (_folder, workspace, _) = started_from(DOCUMENT);
    let spec = workspace.read("specs/beta.yaml").expect("readable").expect("exists");
    assert!(spec.contains("x-environment: Production  # CONFIRM: "), "{spec}");
    let code = generate::write(&workspace, &["beta".to_owned()], MessageFormat::Human);
    assert_eq!(code.expect("files can be read"), ExitCode::FAILURE);
}

#[test]
fn a_document_that_cannot_be_read_changes_nothing() {
    let (_folder, workspace, code) = started_from("{\"openapi\": \"3.1.0\", }");
    assert_eq!(code, ExitCode::FAILURE);
    assert_eq!(workspace.read("specs/beta.yaml").expect("readable"), None);
    assert_eq!(tidy::problems(&workspace).expect("files can be read"), Vec::<String>::new());
}

/// The same document with an operation that nothing can express.
fn with_a_wrong_reference() -> String {
    let path = r#""/payouts/{id}": {"#;
    let wrong = r##""put": {"responses": {"200": {"$ref": "#/components/responses/Nowhere"}}},"##;
    DOCUMENT.replacen(path, &format!("{path}{wrong}"), 1)
}

#[test]
fn what_cannot_be_expressed_is_left_out_if_it_is_asked_for() {
    let (folder, workspace, code) = started_from(&with_a_wrong_reference());
    assert_eq!(code, ExitCode::FAILURE);
    let path = folder.path().join("openapi.json");
    let path = path.to_str().expect("it is Unicode");
    let options = ImportOptions { keep_going: true };
    let code = new_provider::run_from(&workspace, "beta", path, options, MessageFormat::Human);
    assert_eq!(code.expect("the document can be read"), ExitCode::SUCCESS);
    let spec = workspace.read("specs/beta.yaml").expect("readable").expect("exists");
    assert!(spec.contains("get_payout") && !spec.contains("put:"), "{spec}");
}

#[test]
fn what_is_to_be_decided_names_the_document() {
    let document = with_a_wrong_reference().replacen("/payouts/{id}", "/\\u001b[2J/{id}", 1);
    let document = document.replacen("\"get\"", "\"post\"", 1);
    let source = SourceFile::new("my api.json", &document);
    let source = Source { provider: "beta".to_owned(), files: vec![source], samples: Vec::new() };
    let options = ImportOptions { keep_going: true };
    let imported = codegen::import(&source, options).expect("the rest can be expressed");
    let text = super::decisions("beta", "my api.json", options, &imported);
    for part in [
        "- what becomes of 1 operation that cannot be expressed:\n    PUT /\\u{1b}[2J/{id}: ",
        "    /paths/~1\\u{1b}[2J~1{id}/post, `x-idempotency`: ",
        "`cargo xtask try 'my api.json' --keep-going --warnings` shows ",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}
