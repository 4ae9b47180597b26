//! Programs that decode values into the types of a document and encode them
//! again.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{shell, try_documents::compile, workspace::Workspace};

/// The scratch workspace; its target folder is that of `try --compile`.
const FOLDER: &str = "target/try/fidelity";

/// A program for one document.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) provider: String,
    /// The generated `types.rs`.
    pub(super) types: String,
    /// The types, as they are written in another module.
    pub(super) names: Vec<String>,
}

/// What became of a value.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// It was decoded, and this was encoded.
    Encoded(String),
    /// It was not decoded, and why.
    Refused(String),
    Panicked,
}

/// Compiles the programs; those that cannot be compiled are named in the result.
///
/// # Errors
///
/// If a file cannot be written, or cargo cannot be run.
pub(super) fn compile(
    workspace: &Workspace,
    programs: &[Program],
) -> Result<BTreeMap<String, String>> {
    let crates = workspace.path(&format!("{FOLDER}/crates"));
    fs::create_dir_all(&crates).context("cannot make target/try/fidelity/crates")?;
    // What stays as it is need not be compiled again.
    for entry in fs::read_dir(&crates).context("cannot read target/try/fidelity/crates")? {
        let entry = entry.context("cannot read target/try/fidelity/crates")?;
        if !programs.iter().any(|it| entry.file_name() == it.provider.as_str()) {
            fs::remove_dir_all(entry.path()).context("cannot empty target/try/fidelity/crates")?;
        }
    }
    let scratch = Workspace::at(&workspace.path(FOLDER));
    for program in programs {
        let folder = format!("crates/{}", program.provider);
        scratch.write(&format!("{folder}/Cargo.toml"), &manifest(&program.provider))?;
        scratch.write(&format!("{folder}/src/types.rs"), &program.types)?;
        scratch.write(&format!("{folder}/src/main.rs"), &main(&program.names))?;
    }
    scratch.write("Cargo.toml", &compile::manifest(workspace)?)?;
    if let Some(lock) = workspace.read("Cargo.lock")? {
        scratch.write("Cargo.lock", &lock)?;
    }
    shell::status("Compiling", &shell::counted(programs.len(), "program"));
    let output = shell::cargo(scratch.root())
        .env("CARGO_TARGET_DIR", target(workspace))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .args(["build", "--workspace", "--keep-going", "--quiet", "--message-format=short"])
        .output()
        .context("cannot run cargo build")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut failed = BTreeMap::new();
    for program in programs {
        let prefix = format!("crates/{}/", program.provider);
        let of_this: Vec<&str> = said.lines().filter(|it| it.contains(&prefix)).collect();
        if of_this.iter().any(|it| it.contains(": error")) {
            failed.insert(program.provider.clone(), of_this.join("\n"));
        }
    }
    if !output.status.success() && failed.is_empty() {
        bail!("cargo build failed:\n{said}");
    }
    Ok(failed)
}

/// Has a program decode and encode values, each given with the index of its type.
///
/// # Errors
///
/// If the program cannot be run or does not answer.
pub(super) fn run(
    workspace: &Workspace,
    provider: &str,
    values: &[(usize, String)],
) -> Result<Vec<Answer>> {
    let path = target(workspace).join("debug").join(binary(provider));
    let path = path.with_extension(std::env::consts::EXE_EXTENSION);
    let mut child = Command::new(&path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {}", path.display()))?;
    let mut stdin = child.stdin.take().context("a program has an input")?;
    let input: String = values.iter().map(|(idx, it)| format!("{idx}\t{it}\n")).collect();
    // The program answers while it is asked.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().context("cannot wait for a program")?;
    let written = writer.join().is_ok_and(|it| it.is_ok());
    let output = String::from_utf8_lossy(&output.stdout);
    let answers: Vec<Answer> = output.split('\n').filter_map(answer).collect();
    if !written || answers.len() != values.len() {
        bail!("the program for {provider} answered {} of {} values", answers.len(), values.len());
    }
    Ok(answers)
}

fn target(workspace: &Workspace) -> std::path::PathBuf {
    workspace.path("target/try/target")
}

fn answer(line: &str) -> Option<Answer> {
    let (verb, text) = line.split_once('\t')?;
    Some(match verb {
        "encoded" => Answer::Encoded(text.to_owned()),
        "refused" => Answer::Refused(text.to_owned()),
        _ => Answer::Panicked,
    })
}

fn binary(provider: &str) -> String {
    format!("fidelity-{provider}")
}

fn manifest(provider: &str) -> String {
    format!(
        r#"[package]
name = "{}"
version = "0.0.0"
edition.workspace = true

[features]
schemars = []

[dependencies]
payouts-core.workspace = true
serde.workspace = true
serde_json.workspace = true
"#,
        binary(provider)
    )
}

fn main(names: &[String]) -> String {
    let table: String = names.iter().map(|it| format!("    again::<{it}>,\n")).collect();
    format!(
        r#"#[allow(dead_code, deprecated, unused_imports)]
mod types;

use std::io::Write;

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> Result<String, String> {{
    let value: T = serde_json::from_str(text).map_err(|it| it.to_string())?;
    serde_json::to_string(&value).map_err(|it| format!("not encoded: {{it}}"))
}}

const TYPES: &[fn(&str) -> Result<String, String>] = &[
{table}];

fn main() {{
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lines() {{
        let line = line.expect("the input is text");
        let (idx, text) = line.split_once('\t').expect("each line has an index and a value");
        let ty = TYPES[idx.parse::<usize>().expect("an index is a number")];
        let answer = match std::panic::catch_unwind(|| ty(text)) {{
            Ok(Ok(it)) => format!("encoded\t{{it}}"),
            Ok(Err(it)) => format!("refused\t{{}}", it.replace('\n', " ")),
            Err(_) => "panicked\t".to_owned(),
        }};
        writeln!(out, "{{answer}}").expect("somebody listens");
    }}
}}
"#
    )
}
