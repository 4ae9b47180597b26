//! `new-provider`: what must exist before a maintainer can write a spec.

use std::process::ExitCode;

use anyhow::{Context, Result};
use codegen::{ImportOptions, Imported, parse::node::Node, refine};
use toml_edit::{DocumentMut, Item};

use crate::{
    shell::{self, MessageFormat},
    text::{visible, word},
    tidy, try_documents,
    usage::Usage,
    workspace::{CLIENT_FEATURES, Workspace},
};

/// Starts a provider.
///
/// # Errors
///
/// If the name cannot be one, or something of that name exists.
pub fn run(workspace: &Workspace, name: &str) -> Result<ExitCode> {
    check_name(workspace, name)?;
    start(workspace, name, name, &spec(name))?;
    shell::plain(&format!(
        "\nNext: describe the API in specs/{name}.yaml (specs/README.md says how), put documented\n\
         samples into specs/examples/{name}/, and run `cargo xtask generate {name}`."
    ));
    Ok(ExitCode::SUCCESS)
}

/// Starts a provider with somebody else's document, rewritten in our dialect.
///
/// # Errors
///
/// If the name cannot be one, something of that name exists, or the document
/// cannot be read.
pub fn run_from(
    workspace: &Workspace,
    name: &str,
    document: &str,
    options: ImportOptions,
    format: MessageFormat,
) -> Result<ExitCode> {
    check_name(workspace, name)?;
    let source = try_documents::source(document, name)?;
    let imported = match codegen::import(&source, options) {
        Ok(it) => it,
        Err(diagnostics) => {
            shell::complaints(&diagnostics, format);
            let document = source.files.first().map_or(document, |it| &it.path);
            let errors = shell::counted(diagnostics.errors().count(), "error");
            shell::failure("Failed", &format!("{document}: {errors}; nothing was written"));
            if !options.keep_going {
                shell::plain("`--keep-going` leaves out operations that cannot be expressed");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let head = format!(
        "# The API of {name}, begun with a document of theirs: check every line against the\n\
         # documentation. specs/README.md describes the dialect.\n"
    );
    let title = imported.document.root.get("info").and_then(|it| it.get("title"));
    let title = title.and_then(Node::as_str).unwrap_or(name);
    start(workspace, name, title, &(head + &imported.spec()))?;
    shell::plain(&format!("\n{}", decisions(name, document, options, &imported)));
    Ok(ExitCode::SUCCESS)
}

/// What a person must still do.
fn decisions(name: &str, document: &str, options: ImportOptions, imported: &Imported) -> String {
    let mut text = String::from("What you must still decide:\n");
    if !imported.skipped.is_empty() {
        let operations = shell::counted(imported.skipped.len(), "operation");
        text.push_str(&format!("- what becomes of {operations} that cannot be expressed:\n"));
    }
    for it in &imported.skipped {
        text.push_str(&format!("    {}: {}\n", visible(&it.operation), visible(&it.reason)));
    }
    if !imported.proposals.is_empty() {
        text.push_str(&format!(
            "- {} with `CONFIRM` in specs/{name}.yaml: check each against the documentation and\n  \
             remove its mark; `cargo xtask generate` waits for that\n",
            shell::counted(imported.proposals.len(), "line")
        ));
    }
    for it in &imported.proposals {
        let pointer = visible(&it.pointer);
        text.push_str(&format!("    {pointer}, `{}`: {}\n", it.key, it.reason));
    }
    let n_warnings = imported.warnings.warnings().count();
    if n_warnings > 0 {
        let warnings = shell::counted(n_warnings, "warning");
        let document = word(document);
        let keep_going = if options.keep_going { " --keep-going" } else { "" };
        text.push_str(&format!(
            "- whether it is right what was assumed, renamed, left out and kept as JSON:\n  \
             `cargo xtask try {document}{keep_going} --warnings` shows {warnings}\n"
        ));
    }
    text.push_str(&format!(
        "- whether a repeat may pay twice, and how to find out what became of a payout:\n  \
         `x-idempotency` and `x-reconcile` of each operation that moves money\n\
         - what must not be printed: `x-sensitive`; what numbers count: `x-unit`\n\
         - documented samples, in specs/examples/{name}/\n\
         Then run `cargo xtask generate {name}`."
    ));
    text
}

/// Writes the spec, and all that must exist around it.
fn start(workspace: &Workspace, name: &str, title: &str, spec: &str) -> Result<()> {
    let krate = format!("payouts-{name}");
    let title = cell(title);

    // Everything is prepared before anything is written.
    let root = with_row(
        &text(workspace, "Cargo.toml")?,
        &format!(
            "{krate} = {{ path = \"crates/{krate}\", version = \"0.1.0\", default-features = false }}"
        ),
        client_key,
    )?;
    let facade = with_row(
        &facade_features(&text(workspace, "crates/payouts/Cargo.toml")?, name, &krate)?,
        &format!("{krate} = {{ workspace = true, optional = true }}"),
        client_key,
    )?;
    let facade = with_row(&facade, &format!("{name} = [\"dep:{krate}\"]"), feature_key)?;
    let tests = with_row(
        &text(workspace, "tests/Cargo.toml")?,
        &format!("{krate} = {{ workspace = true, features = [\"rustls\"] }}"),
        client_key,
    )?;
    let readme = with_row(
        &text(workspace, "README.md")?,
        &format!("| {title} | [`{krate}`](crates/{krate}/README.md) | `{name}` |"),
        readme_key,
    )?;
    let facade_readme = with_row(
        &text(workspace, "crates/payouts/README.md")?,
        &format!("| `{name}` | {title} |"),
        facade_readme_key,
    )?;

    let header = codegen::render::header(name);
    let files = [
        (format!("specs/{name}.yaml"), spec.to_owned()),
        (format!("crates/{krate}/Cargo.toml"), manifest(name)),
        (format!("crates/{krate}/src/lib.rs"), format!("{header}\n\n//! Not generated yet.\n")),
        ("Cargo.toml".to_owned(), root),
        ("crates/payouts/Cargo.toml".to_owned(), facade),
        ("tests/Cargo.toml".to_owned(), tests),
        ("README.md".to_owned(), readme),
        ("crates/payouts/README.md".to_owned(), facade_readme),
    ];
    for (path, text) in files {
        let verb = if workspace.read(&path)?.is_some() { "Updated" } else { "Created" };
        workspace.write(&path, &text)?;
        shell::status(verb, &path);
    }
    Ok(())
}

/// A title in a table: text that means what it says, and one cell.
fn cell(title: &str) -> String {
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    // Code is not escaped, and ends a cell as well.
    refine::escape(&line).replace("\\|", "|").replace('|', "\\|")
}

fn check_name(workspace: &Workspace, name: &str) -> Result<()> {
    if !is_word(name) {
        return Err(Usage::error(format!(
            "`{name}` cannot be a provider's name; write one lower-case word of letters and digits, such as `acme`"
        )));
    }
    for path in [format!("specs/{name}.yaml"), format!("crates/payouts-{name}/Cargo.toml")] {
        if workspace.read(&path)?.is_some() {
            return Err(Usage::error(format!("{path} exists already; nothing was changed")));
        }
    }
    if let Some(taken) = taken(workspace, name)? {
        return Err(Usage::error(format!("`{name}` is taken: {taken}; choose another word")));
    }
    Ok(())
}

/// Whether a provider's name has this form.
fn is_word(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
}

/// What else is called so, in Rust or in the workspace.
fn taken(workspace: &Workspace, name: &str) -> Result<Option<String>> {
    // `gen` is one since the edition of 2024; syn knows those before.
    if syn::parse_str::<syn::Ident>(name).is_err() || name == "gen" {
        return Ok(Some("it is a keyword of Rust".to_owned()));
    }
    if ["std", "core", "alloc", "test"].contains(&name) {
        return Ok(Some("it is a crate of Rust itself".to_owned()));
    }
    if name == "examples" {
        return Ok(Some("specs/examples has the samples".to_owned()));
    }
    let facade = manifest_at(workspace, "crates/payouts/Cargo.toml")?;
    let client: DocumentMut = manifest(name).parse().context("the template is TOML")?;
    let has = |manifest: &DocumentMut, table: &str| {
        manifest.get(table).and_then(|it| it.get(name)).is_some()
    };
    if has(&facade, "features") {
        return Ok(Some("it is a feature of the facade".to_owned()));
    }
    if has(&client, "features") {
        return Ok(Some("it is a feature of every client".to_owned()));
    }
    let root = manifest_at(workspace, "Cargo.toml")?;
    let dependencies = root.get("workspace").and_then(|it| it.get("dependencies"));
    if dependencies.and_then(|it| it.get(name)).is_some() {
        return Ok(Some("the workspace has a dependency of that name".to_owned()));
    }
    let package = format!("payouts-{name}");
    for path in tidy::members(workspace)? {
        let found = manifest_at(workspace, &path)?;
        let found = found.get("package").and_then(|it| it.get("name")).and_then(Item::as_str);
        if found == Some(&package) {
            return Ok(Some(format!("{path} is of the package `{package}`")));
        }
    }
    Ok(None)
}

fn manifest_at(workspace: &Workspace, path: &str) -> Result<DocumentMut> {
    text(workspace, path)?.parse().with_context(|| format!("{path} is not TOML"))
}

fn text(workspace: &Workspace, path: &str) -> Result<String> {
    workspace.read(path)?.with_context(|| format!("{path} is missing"))
}

/// A text with a row more, among its siblings in their order.
///
/// `key` gives the sorting key of a sibling, and nothing for any other line.
fn with_row(text: &str, row: &str, key: fn(&str) -> Option<&str>) -> Result<String> {
    let own = key(row).context("the row is a sibling of the others")?;
    let siblings: Vec<(usize, &str)> =
        text.lines().enumerate().filter_map(|(idx, line)| Some((idx, key(line)?))).collect();
    let (last, _) = siblings.last().context("there is no other provider to follow")?;
    let after = siblings.iter().find(|(_, it)| *it > own).map(|(idx, _)| *idx);
    let at = after.unwrap_or(last + 1);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(at, row);
    Ok(lines.join("\n") + "\n")
}

/// The crate in `payouts-acme = …`.
fn client_key(line: &str) -> Option<&str> {
    let name = line.split(" = ").next()?.strip_prefix("payouts-")?;
    (name != "core" && line.contains(" = ")).then_some(name)
}

/// The feature in `acme = ["dep:payouts-acme"]`.
fn feature_key(line: &str) -> Option<&str> {
    let (name, parts) = line.split_once(" = ")?;
    parts.starts_with("[\"dep:payouts-").then_some(name)
}

/// The crate in a row of the README's table.
fn readme_key(line: &str) -> Option<&str> {
    line.starts_with("| ").then_some(line)?.split("(crates/payouts-").nth(1)
}

/// The provider in a row of the facade's table of features, in which others are
/// beside them.
fn facade_readme_key(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("| `")?.split_once("` |")?;
    (is_word(name) && name != "all" && !CLIENT_FEATURES.contains(&name)).then_some(name)
}

/// The facade's manifest with the features that enable something in every client.
fn facade_features(text: &str, name: &str, krate: &str) -> Result<String> {
    let mut manifest: DocumentMut =
        text.parse().context("crates/payouts/Cargo.toml is not TOML")?;
    let features = manifest.get_mut("features").context("the facade has no features")?;
    push(features, "all", name)?;
    for feature in CLIENT_FEATURES {
        push(features, feature, &format!("{krate}?/{feature}"))?;
    }
    Ok(manifest.to_string())
}

/// Adds a part to a feature, whose parts are sorted.
fn push(features: &mut Item, feature: &str, text: &str) -> Result<()> {
    let array = features.get_mut(feature).and_then(Item::as_array_mut);
    let array = array.with_context(|| format!("the facade has no feature `{feature}`"))?;
    let after = array.iter().position(|it| it.as_str().is_some_and(|it| it > text));
    array.insert(after.unwrap_or(array.len()), text);
    array.fmt();
    Ok(())
}

/// The manifest of a client, written once and then owned by people.
pub(crate) fn manifest(name: &str) -> String {
    format!(
        r#"[package]
name = "payouts-{name}"
description = "Typed client for {name}, safe for money."
version = "0.1.0"
rust-version = "1.88"
readme = "README.md"
edition.workspace = true
license.workspace = true
repository.workspace = true
publish.workspace = true

# Said explicitly, so that the workspace loads even if the file is gone.
[lib]
path = "src/lib.rs"

[features]
default = ["rustls", "tracing"]
# TLS by rustls.
rustls = ["payouts-core/rustls"]
# TLS by the system's library.
native-tls = ["payouts-core/native-tls"]
# A span per call and an event per attempt.
tracing = ["payouts-core/tracing"]
# JSON Schemas of all types.
schemars = ["dep:schemars", "payouts-core/schemars"]

[dependencies]
payouts-core.workspace = true
schemars = {{ workspace = true, optional = true }}
serde.workspace = true

[dev-dependencies]
tokio.workspace = true

[lints]
workspace = true
"#
    )
}

/// A spec that generates, to be replaced piece by piece.
fn spec(name: &str) -> String {
    format!(
        r#"# The API of {name}. specs/README.md describes the dialect.
openapi: 3.0.3

info:
  title: {name}
  version: '1'
  description: Payouts by {name}.
  license:
    name: MIT OR Apache-2.0
    url: https://opensource.org/license/mit

# Where the facts come from; every tag is cited by an `x-source`.
x-sources:
  docs: https://docs.{name}.example/payouts

servers:
  - url: https://api.{name}.example/v1
    description: The live API.
    x-environment: Production

security:
  - apiKey: []

paths:
  /payouts:
    post:
      operationId: create_payout
      summary: Pays a beneficiary.
      x-source: [docs]
      # May a repeat pay twice? `none`, `repeatable`, or `{{header: Idempotency-Key}}`.
      x-idempotency: none
      # How to find out what became of a call whose outcome is unknown.
      x-reconcile:
        operation: get_payout
        match: reference
        how: Read the payout back and compare its reference.
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/PayoutRequest'
      responses:
        '200':
          description: The payout was accepted.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Payout'
        '400':
          description: The request is not valid; the body is not documented.

  /payouts/{{payout_id}}:
    get:
      operationId: get_payout
      summary: Reads a payout.
      x-source: [docs]
      parameters:
        - name: payout_id
          in: path
          required: true
          description: The payout to read.
          schema:
            $ref: '#/components/schemas/PayoutId'
      responses:
        '200':
          description: The payout.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Payout'
        '404':
          description: There is no such payout; the body is not documented.

components:
  securitySchemes:
    apiKey:
      type: apiKey
      in: header
      name: X-Api-Key
      description: The key from the dashboard.

  schemas:
    PayoutId:
      type: string
      description: Id of a payout.

    PayoutRequest:
      type: object
      description: A payout to make.
      required: [amount, currency, account_number]
      properties:
        amount:
          type: integer
          format: uint64
          x-unit: minor
          description: How much to pay.
        currency:
          type: string
          description: ISO 4217 code of the currency.
        account_number:
          type: string
          description: The account that receives the money.
          x-sensitive: true
        reference:
          type: string
          description: Your own reference.

    Payout:
      type: object
      description: A payout that was made.
      required: [id, status]
      properties:
        id:
          $ref: '#/components/schemas/PayoutId'
        status:
          $ref: '#/components/schemas/PayoutStatus'
        reference:
          type: string
          description: Your own reference.

    PayoutStatus:
      type: string
      description: How far a payout has come.
      enum: [pending, paid, failed]
      x-enumDescriptions:
        pending: Accepted, not final.
        paid: The money has arrived.
        failed: Nothing was paid.
"#
    )
}

#[cfg(test)]
mod tests;
