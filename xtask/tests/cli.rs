//! The command line, from outside: what it prints and how it exits.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

use tempfile::TempDir;
use xtask::workspace::Workspace;

#[track_caller]
fn run(args: &[&str], expected_code: i32) -> String {
    // It finds the workspace from wherever it is called.
    run_in(&std::env::temp_dir(), args, expected_code)
}

#[track_caller]
fn run_in(folder: &Path, args: &[&str], expected_code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.args(args).current_dir(folder).output().expect("the program runs");
    text_of(&output, expected_code)
}

/// What was printed: the standard output, then the one for errors.
#[track_caller]
fn text_of(output: &Output, expected_code: i32) -> String {
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
    let text = run(&["generate", "--check", "nobody"], 2);
    assert!(text.starts_with("error: there is no specs/nobody.yaml; providers are "), "{text}");
    let text = run(&["generate", "--check", "../nobody.yaml"], 2);
    assert!(text.starts_with("error: `../nobody.yaml` is no provider; providers are "), "{text}");
}

#[test]
fn a_spec_instead_of_its_provider() {
    let providers = Workspace::find().and_then(|it| it.providers()).expect("specs can be read");
    let provider = &providers[0];
    for name in [format!("specs/{provider}.yaml"), format!("{provider}.yaml")] {
        let text = run(&["generate", "--check", &name], 2);
        let expected = format!("error: `{name}` is no provider; did you mean `{provider}`?\n");
        assert_eq!(text, expected);
    }
}

#[test]
fn what_is_named_twice_is_done_once() {
    let providers = Workspace::find().and_then(|it| it.providers()).expect("specs can be read");
    let text = run(&["generate", "--check", &providers[0], &providers[0]], 0);
    assert_eq!(text.matches("Fresh").count(), 1, "{text}");
    let folder = folder(&[("apis/acme.yaml", document()), ("apis/parts/payout.yaml", part())]);
    for args in
        [["apis", "apis/"], ["apis", "apis/acme.yaml"], ["apis/acme.yaml", "apis"], [".", "apis"]]
    {
        let text = run_in(folder.path(), &[&["try"][..], &args].concat(), 0);
        assert!(text.contains("Finished 1 document\n"), "{text}");
        assert!(text.contains("Skipped 1 file without"), "{text}");
    }
}

#[test]
fn numbers_that_mean_nothing() {
    for args in [
        ["fuzz", "--count", "0"],
        ["fuzz", "--jobs", "0"],
        ["fuzz", "--seconds-per-document", "0"],
        ["bench", "--size", "0"],
    ] {
        let text = run(&args, 2);
        assert!(text.contains("invalid value '0' for '--"), "{text}");
    }
}

#[test]
fn nothing_to_measure() {
    let folder = folder(&[("acme.yaml", "openapi: 3.0.3\ninfo: [\n")]);
    let text = run_in(folder.path(), &["bench", "acme.yaml"], 1);
    assert!(text.ends_with("Failed nothing was measured: 1 document skipped\n"), "{text}");
}

#[test]
fn a_command_that_does_not_exist() {
    let text = run(&["genrate"], 2);
    assert!(text.contains("a similar subcommand exists: 'generate'"), "{text}");
}

#[test]
fn help_teaches() {
    let text = run(&["--help"], 0);
    for word in [
        "generate",
        "check",
        "lint",
        "explain",
        "try",
        "review",
        "docs",
        "new-provider",
        "Examples:",
    ] {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
    let text = run(&["generate", "--help"], 0);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Nothing is written if any spec has errors"), "{text}");
}

#[test]
fn each_command_tells_its_exit_codes() {
    for command in [
        "generate",
        "check",
        "lint",
        "try",
        "bench",
        "fuzz",
        "fidelity",
        "explain",
        "review",
        "docs",
        "new-provider",
    ] {
        let text = run(&[command, "--help"], 0);
        let (_, codes) = text.split_once("Exit codes:\n").unwrap_or_else(|| panic!("{text}"));
        for code in ["  0  ", "\n  1  ", "\n  2  the command line is wrong"] {
            assert!(codes.contains(code), "{code:?} is missing in {text}");
        }
    }
}

#[cfg(not(feature = "fidelity"))]
#[test]
fn fidelity_has_a_command_of_its_own() {
    let text = run(&["fidelity", "apis"], 2);
    assert_eq!(
        text,
        "error: this is built without the independent validator; run `cargo fidelity apis`\n"
    );
    assert!(run(&["fidelity"], 2).ends_with("run `cargo fidelity DOCUMENT`\n"));
    let text = run(&["fidelity", "my api.json", "--values", "5", "--json"], 2);
    assert!(text.ends_with("run `cargo fidelity 'my api.json' --values 5 --json`\n"), "{text}");
    let text = run(&["--help"], 0);
    assert!(text.contains("  cargo fidelity "), "{text}");
}

#[test]
fn a_complaint_is_explained() {
    let text = run(&["explain", "unknown-reference"], 0);
    for part in [
        "unknown-reference\n\nA `$ref` names a component",
        "error[unknown-reference]: ",
        "= help: ",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    // The example says how it is mended, and that is enough.
    let (_, help) = text.split_once("= help: ").expect("it has just been found");
    let help = help.lines().next().expect("a line");
    assert_eq!(text.matches(help).count(), 1, "{text}");
    assert_eq!(run(&["explain", "error[unknown-reference]"], 0), text);
}

#[test]
fn a_complaint_that_does_not_exist() {
    let text = run(&["explain", "unknown-refernce"], 2);
    assert_eq!(
        text,
        "error: there is no complaint `unknown-refernce`; did you mean `unknown-reference`?\n"
    );
}

#[test]
fn a_mistake_of_the_command_line_exits_with_2() {
    for args in [
        &["new-provider", "Acme"][..],
        &["new-provider", "type"],
        &["review", "--output", "review.pdf"],
        &["review", "--output", "review.html", "--format", "json"],
        &["try", "acme.yaml", "--json", "--message-format", "json"],
    ] {
        let text = run(args, 2);
        assert!(text.contains("error: "), "{text}");
    }
}

#[test]
fn all_complaints_are_listed() {
    let text = run(&["explain"], 0);
    assert!(text.lines().count() > 100, "{text}");
    // A code, and where its cause starts.
    let column = |line: &str| {
        let (code, cause) = line.split_once("  ").unwrap_or_else(|| panic!("no column in {line}"));
        assert!(!code.contains(' '), "{line}");
        line.len() - cause.trim_start().len()
    };
    let columns: BTreeSet<usize> = text.lines().map(column).collect();
    assert_eq!(columns.len(), 1, "{text}");
    let line = text.lines().find(|it| it.starts_with("unknown-reference "));
    let cause = "  A `$ref` names a component that no file of the spec defines";
    assert!(line.is_some_and(|it| it.ends_with(cause)), "{line:?}");
}

/// A document that needs nothing but one part, and that part.
static IN_TWO: LazyLock<[String; 2]> = LazyLock::new(|| {
    let whole = include_str!("made_up/acme.yaml");
    let (paths, components) = whole.split_once("components:\n").expect("it has schemas");
    let paths = paths.replace("'#/components", "'parts/payout.yaml#/components");
    [paths, format!("components:\n{components}")]
});

fn document() -> &'static str {
    &IN_TWO[0]
}

fn part() -> &'static str {
    &IN_TWO[1]
}

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }
    folder
}

/// The row of a document in the table, without what was measured.
#[track_caller]
fn row(text: &str, document: &str) -> String {
    let line = text.lines().find(|it| it.starts_with(document));
    let line = line.unwrap_or_else(|| panic!("{document} is missing in {text}"));
    let cells: Vec<&str> = line.split_whitespace().collect();
    assert!(cells.ends_with(&["s"]), "it says how long it took: {line}");
    cells[..cells.len() - 2].join(" ")
}

#[test]
fn documents_in_a_folder() {
    let folder = folder(&[
        ("apis/acme.yaml", document()),
        ("apis/parts/payout.yaml", part()),
        ("apis/broken.yml", "openapi: 3.0.3\ninfo: [\n"),
        ("apis/package.json", "{\"name\": \"openapi\"}"),
        ("apis/.hidden/acme.yaml", document()),
        ("apis/notes.md", "openapi: 3.0.3\n"),
    ]);
    let text = run_in(folder.path(), &["try", "apis"], 1);
    assert!(text.contains("Skipped 2 files without a key `openapi` at the top"), "{text}");
    assert!(row(&text, "apis/acme.yaml").starts_with("apis/acme.yaml 3.0.3 1 1 "), "{text}");
    assert!(row(&text, "apis/acme.yaml").ends_with(" 0"), "no errors: {text}");
    assert_eq!(row(&text, "apis/broken.yml"), "apis/broken.yml 3.0.3 - - - 0 1");
    assert!(text.contains("error[yaml-slip]: "), "{text}");
    assert!(text.contains("\nerrors: 1 yaml-slip\n"), "{text}");
    assert!(text.contains("Failed 1 of 2 documents"), "{text}");
}

/// Who looks at a terminal sees what is there, whatever a document says.
#[test]
fn what_nobody_can_see_is_shown_by_its_number() {
    let wrong =
        "  \"/\\u202ex\": {get: {responses: {'200': {$ref: '#/components/responses/Gone'}}}}\n";
    let path = document().replacen("paths:\n", &format!("paths:\n{wrong}"), 1);
    let version = document().replacen("openapi: 3.0.3", "openapi: \"3.0.3\u{202e}\"", 1);
    let parts = ("parts/payout.yaml", part());
    let folder = folder(&[("path.yaml", &path), ("version.yaml", &version), parts]);
    for (args, expected_code) in [
        (&["path.yaml", "--keep-going", "--warnings"][..], 0),
        (&["path.yaml", "version.yaml"], 1),
        (&["path.yaml", "version.yaml", "--short"], 1),
    ] {
        let text = run_in(folder.path(), &[&["try"], args].concat(), expected_code);
        assert!(text.contains("\\u{202e}") && !text.contains('\u{202e}'), "{text}");
    }
}

fn with_input(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("it has an input");
    stdin.write_all(input.as_bytes()).expect("it reads its input");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_document_from_the_standard_input() {
    let text = text_of(&with_input(&["try", "-", "--short"], "openapi: 3.0.3\ninfo: [\n"), 1);
    assert!(text.contains("<stdin>:"), "{text}");
    assert!(text.contains(": error[yaml-slip]: "), "{text}");
    assert_eq!(row(&text, "<stdin>"), "<stdin> 3.0.3 - - - 0 1");
}

/// Nothing is written, so it can be asked for in the repository.
#[test]
fn a_provider_from_what_is_no_document() {
    let folder = folder(&[("apis/acme.yaml", document())]);
    let args = ["new-provider", "novel", "--from"];
    let text = run_in(folder.path(), &[&args[..], &["apis"]].concat(), 2);
    assert_eq!(text, "error: apis is a folder; name the document in it\n");
    let text = run_in(folder.path(), &[&args[..], &["nothing.yaml"]].concat(), 2);
    assert_eq!(text, "error: there is no file or folder `nothing.yaml`\n");
    let text = text_of(&with_input(&[&args[..], &["-", "--short"]].concat(), "openapi: ["), 1);
    assert!(text.contains("<stdin>:1:") && text.contains("nothing was written"), "{text}");
    let text = run(&["new-provider", "novel", "--keep-going"], 2);
    assert!(text.contains("--from <DOCUMENT>"), "{text}");
}

#[test]
fn a_document_does_not_choose_what_is_read() {
    let files = [
        ("apis/acme.yaml", document().replace("parts/payout.yaml", "../secret/payout.yaml")),
        ("secret/payout.yaml", part().to_owned()),
    ];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let folder = folder(&files);
    // Whoever names the whole folder allows it.
    for (named, expected_code) in [("apis/acme.yaml", 1), ("apis", 1), (".", 0)] {
        run_in(folder.path(), &["try", named], expected_code);
    }
}

#[test]
fn a_document_that_does_not_exist() {
    let text = run(&["try", "nothing.yaml"], 2);
    assert_eq!(text, "error: there is no file or folder `nothing.yaml`\n");
}

#[test]
fn a_folder_without_a_document() {
    let folder = folder(&[("other/compose.yaml", "services: {}\n")]);
    fs::create_dir(folder.path().join("empty")).expect("writable");
    for name in ["empty", "other"] {
        let expected = format!(
            "error: there is no document in {name}: no .json, .yaml or .yml file that has a key `openapi` at the top\n"
        );
        for command in [&["try"][..], &["bench"], &["fuzz", "--count", "1", "--documents"]] {
            assert_eq!(run_in(folder.path(), &[command, &[name]].concat(), 2), expected);
        }
    }
}

#[test]
fn the_result_for_other_programs() {
    let folder = folder(&[
        ("acme.yaml", document()),
        ("parts/payout.yaml", part()),
        ("x.json", "{\"openapi\": 1}"),
    ]);
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["try", ".", "--json", "--message-format", "short"])
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let found: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("the output is JSON and nothing else");
    let [acme, x] = found["documents"].as_array().map(Vec::as_slice).expect("a list") else {
        panic!("two documents: {found}")
    };
    assert_eq!(acme["path"], "./acme.yaml");
    assert_eq!(
        (&acme["failed"], &acme["operations"], &acme["types"]),
        (&false.into(), &1.into(), &1.into())
    );
    assert_eq!((&x["failed"], &x["openapi"]), (&true.into(), &"1".into()));
    assert!(x["errors"].as_object().is_some_and(|it| !it.is_empty()), "{found}");
}

#[test]
fn what_was_generated_is_compiled() {
    let folder = folder(&[("acme.yaml", document()), ("parts/payout.yaml", part())]);
    let text = run_in(folder.path(), &["try", "acme.yaml", "--compile"], 0);
    assert!(text.contains("Compiled 1 client in "), "{text}");
    assert!(text.contains("the compiler complains about 0 clients"), "{text}");
}

/// Complaints in all formats, about a spec in a workspace of its own.
#[test]
fn complaints_for_editors_and_code_review() {
    let folder = folder(&[("acme.yaml", "openapi: 3.0.3\ninfo: [\n")]);
    let text = run_in(folder.path(), &["try", "acme.yaml", "--message-format", "json"], 1);
    let line = text.lines().next().expect("a line");
    let complaint: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
    assert_eq!(complaint["code"], "yaml-slip");
    let text = run_in(folder.path(), &["try", "acme.yaml", "--message-format", "github"], 1);
    assert!(text.starts_with("::error file=acme.yaml,line="), "{text}");
    let text = run_in(folder.path(), &["try", "acme.yaml", "--message-format", "loud"], 2);
    assert!(text.contains("[possible values: human, short, json, github]"), "{text}");
}

/// The whole way takes a compiler, so there is one document for all of it.
#[cfg(feature = "fidelity")]
#[test]
fn types_are_what_their_schemas_say() {
    let folder = TempDir::new().expect("a folder can be made");
    let path = folder.path().join("acme.json");
    let document = r##"{
        "openapi": "3.0.3",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example"}],
        "paths": {"/payouts": {"post": {
            "operationId": "createPayout",
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Payout"}}}},
            "responses": {"200": {"description": "Paid.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Payout"}}}}}
        }}},
        "components": {"schemas": {"Payout": {
            "type": "object",
            "required": ["id", "amount"],
            "properties": {
                "id": {"type": "string", "readOnly": true},
                "amount": {"type": "number", "minimum": 0},
                "count": {"type": "integer"},
                "status": {"type": "string", "enum": ["paid", "failed"]}
            }
        }}}
    }"##;
    fs::write(&path, document).expect("a file can be written");
    let path = path.to_string_lossy().into_owned();
    let text = run(&["fidelity", &path, "--values", "60", "--json"], 0);
    let line = text.lines().find(|it| it.starts_with('{')).expect("there is a result");
    let result: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
    let document = &result["documents"][0];
    // The payout as it is sent and as it is received, and its status.
    assert_eq!(document["schemas"], 3, "{text}");
    assert_eq!(document["failed"], serde_json::Value::Null, "{text}");
    let n_values = document["values"].as_u64().expect("a number");
    let n_exceptions = document["exceptions"].as_array().expect("a list").len() as u64;
    assert!(n_values > 40, "{text}");
    assert!(n_exceptions > 0, "integers with a fraction are explained: {text}");
    assert_eq!(document["decoded"].as_u64(), Some(n_values - n_exceptions), "{text}");
    assert_eq!(document["valid"], document["decoded"], "{text}");
}
