//! What other people write, and what becomes of it.

use insta::assert_snapshot;

use super::{ImportOptions, Imported, import};
use crate::{Diagnostics, Source, SourceFile};

mod documents;
mod operations;
mod planted;
mod schemas;

fn source(files: &[(&str, &str)]) -> Source {
    let files = files.iter().map(|(path, text)| SourceFile::new(*path, text));
    Source { provider: "acme".to_owned(), files: files.collect(), samples: Vec::new() }
}

fn imported(files: &[(&str, &str)]) -> Imported {
    match import(&source(files), ImportOptions::default()) {
        Ok(imported) => imported,
        Err(complaints) => panic!("{complaints}"),
    }
}

fn refused(files: &[(&str, &str)]) -> Diagnostics {
    match import(&source(files), ImportOptions::default()) {
        Ok(imported) => panic!("it was taken:\n{}", imported.spec()),
        Err(complaints) => complaints,
    }
}

/// The complaints, one line each.
fn lines(complaints: &Diagnostics) -> String {
    let line = |it: &crate::diagnostics::Diagnostic| {
        format!(
            "{}: {}: {}, {}",
            complaints.position(it.primary.place),
            it.code,
            it.message,
            it.primary.text
        )
    };
    complaints.items().map(line).collect::<Vec<_>>().join("\n")
}

/// What is shown of a rewritten document: a part of its text without marks, and
/// the warnings.
fn shown(imported: &Imported, from: &str, to: &str) -> String {
    let text = imported.spec();
    let start = text.find(from).map_or(0, |it| it + from.len());
    let end = text[start..].find(to).map_or(text.len(), |it| start + it);
    let without_marks = |it: &str| it.split("  # CONFIRM").next().unwrap_or_default().to_owned();
    let part: Vec<String> =
        text[start..end].trim_matches('\n').lines().map(without_marks).collect();
    let warnings = lines(&imported.warnings);
    if warnings.is_empty() { part.join("\n") } else { format!("{}\n\n{warnings}", part.join("\n")) }
}

/// A document whose only answer is a `Thing` with these components.
fn document(components: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Acme, version: '1'}}
servers: [{{url: https://api.acme.example}}]
paths:
  /things:
    get:
      operationId: get_thing
      summary: Reads a thing.
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/Thing'}}
components:
  schemas:
{components}"
    )
}

/// What becomes of the components.
#[track_caller]
fn schemas(components: &str) -> String {
    let document = document(components);
    shown(&imported(&[("acme.yaml", &document)]), "  schemas:", "\u{0}")
}
