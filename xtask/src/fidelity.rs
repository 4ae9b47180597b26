//! `fidelity`: whether the types of other people's documents are what their
//! schemas say.
//!
//! Values are made from the schemas as they were published. Those that an
//! independent validator accepts are decoded into the generated types and
//! encoded again, which must lose nothing and satisfy the schema as well.
//! Schemas that become no type of their own, such as lists, are met as members.

mod instances;
mod json;
mod judge;
mod pattern;
mod program;
mod schema;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
};

use anyhow::{Context, Result};
use codegen::{ImportOptions, Imported, Origin, model::types::Direction, parse::node::Node};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{
    shell::{self, Progress},
    text::visible,
    try_documents::{self, collect},
    workspace::Workspace,
};

use instances::Maker;
use json::Json;
use program::{Answer, Program};
use schema::Schemas;

/// How types are compared with schemas.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many values are made for each schema.
    pub n_instances: usize,
    /// Print the result as JSON.
    pub json: bool,
}

/// An exception that is known and has a reason.
struct Explained {
    reason: &'static str,
    is_it: fn(&Exception) -> bool,
}

/// All exceptions that there may be.
const EXPLAINED: &[Explained] = &[
    Explained {
        reason: "JSON Schema counts `1.0` and `1e3` as integers; the integers of Rust do not",
        is_it: |it| it.message.starts_with("invalid type: floating point `") && is_whole(it),
    },
    Explained {
        reason: "a member that is `null`, or that nothing declares, is not encoded again, and \
                 counts for `minProperties`",
        is_it: |it| it.cause == "encoded against `minProperties`",
    },
    Explained {
        reason: "an integer has at most 64 bits",
        is_it: |it| {
            it.message.starts_with("invalid value: integer `18446744073709551615`, expected i64")
                || it.message.starts_with("invalid type: floating point `1.2345678901234568e29`")
        },
    },
    Explained {
        reason: "the last hours of the year 9999 are beyond the instants of `jiff`",
        is_it: |it| {
            it.cause == NO_TIMESTAMP && it.instance.contains("\"9999-12-31T23:59:59.999Z\"")
        },
    },
];

const NO_TIMESTAMP: &str =
    "not decoded: invalid type: string, expected an RFC 0 date and time with an offset";

/// Whether the number that was not taken is an integer all the same.
fn is_whole(exception: &Exception) -> bool {
    let number = exception.message.split('`').nth(1).unwrap_or_default();
    json::exact(number).is_some_and(|(_, _, exponent)| exponent >= 0)
        && exception.message.contains("`, expected i")
}

/// A value that did not come back as it should.
#[derive(Clone, Debug)]
struct Exception {
    document: String,
    /// Where the schema stands.
    pointer: String,
    ty: String,
    instance: String,
    /// What was encoded, if it was.
    encoded: Option<String>,
    /// Where in the value, if that is known.
    path: String,
    /// What is wrong, without what differs from value to value.
    cause: String,
    /// What is wrong in full.
    message: String,
}

/// What is known about a document.
#[derive(Debug, Default)]
struct Row {
    document: String,
    n_schemas: usize,
    /// Schemas that no value was found for.
    empty: Vec<String>,
    n_instances: usize,
    n_decoded: usize,
    n_valid: usize,
    exceptions: Vec<Exception>,
    /// Operations that cannot be expressed, whose types are not compared.
    skipped: Vec<String>,
    failed: Option<String>,
}

/// A schema, its type and its values.
struct Case<'n> {
    pointer: String,
    ty: String,
    direction: Direction,
    node: &'n Node,
    instances: Vec<Json>,
}

/// Compares types with schemas and says how they fared.
///
/// # Errors
///
/// If something that was named cannot be read, or cargo cannot be run.
pub fn run(workspace: &Workspace, named: &[String], options: Options) -> Result<ExitCode> {
    let documents = collect::documents(named)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut imported: Vec<(usize, String, Imported)> = Vec::new();
    let mut progress = Progress::start();
    for (idx, found) in documents.found.iter().enumerate() {
        progress.step(&found.path, idx, documents.found.len());
        let mut row = Row { document: found.path.clone(), ..Row::default() };
        let source = found.source()?;
        let result = try_documents::with_stack(|| {
            codegen::import(&source, ImportOptions { keep_going: true })
        })?;
        match result {
            Ok(it) => {
                let skipped = it.skipped.iter();
                row.skipped =
                    skipped.map(|it| format!("{}: {}", it.operation, it.reason)).collect();
                imported.push((rows.len(), found.provider.clone(), it));
            }
            Err(it) => row.failed = Some(format!("refused: {} errors", it.errors().count())),
        }
        rows.push(row);
    }
    progress.finish();
    let programs: Vec<Program> =
        imported.iter().filter_map(|(_, provider, it)| program_for(provider, it)).collect();
    let failed = program::compile(workspace, &programs)?;
    let mut progress = Progress::start();
    for (done, (idx, provider, it)) in imported.iter().enumerate() {
        let row = &mut rows[*idx];
        progress.step(&row.document, done, imported.len());
        if let Some(said) = failed.get(provider) {
            row.failed = Some(format!("not compiled:\n{said}"));
        } else {
            try_documents::with_stack(|| judge(workspace, provider, it, row, options))??;
        }
    }
    progress.finish();
    if options.json {
        shell::out(&as_json(&rows).to_string());
    } else {
        shell::out(&visible(&report(&rows)));
    }
    let n_open = rows.iter().flat_map(|it| &it.exceptions).filter(|it| reason(it).is_none());
    let n_open = n_open.count() + rows.iter().filter(|it| it.failed.is_some()).count();
    if n_open > 0 {
        shell::failure("Failed", &format!("{n_open} unexplained"));
        return Ok(ExitCode::FAILURE);
    }
    shell::status("Finished", &shell::counted(rows.len(), "document"));
    Ok(ExitCode::SUCCESS)
}

fn reason(exception: &Exception) -> Option<&'static str> {
    EXPLAINED.iter().find(|it| (it.is_it)(exception)).map(|it| it.reason)
}

/// The types that can be compared, each once, as they are written where they are used.
fn names(imported: &Imported) -> Vec<String> {
    let names: BTreeSet<String> = imported.origins.iter().map(used).collect();
    names.into_iter().collect()
}

/// A type as it is written where it is used.
fn used(origin: &Origin) -> String {
    match origin.nullable {
        true => format!("Option<types::{}>", origin.ty),
        false => format!("types::{}", origin.ty),
    }
}

fn program_for(provider: &str, imported: &Imported) -> Option<Program> {
    let is_types = |path: &str| path.starts_with("crates/") && path.ends_with("/types.rs");
    let (_, types) = imported.output.files.iter().find(|(path, _)| is_types(path))?;
    let (provider, types) = (provider.to_owned(), types.clone());
    Some(Program { provider, types, names: names(imported) })
}

fn judge(
    workspace: &Workspace,
    provider: &str,
    imported: &Imported,
    row: &mut Row,
    options: Options,
) -> Result<()> {
    let names = names(imported);
    if names.is_empty() {
        return Ok(());
    }
    let schemas = Schemas::new(&imported.read);
    for direction in [Direction::Sent, Direction::Received] {
        let mut cases: Vec<Case<'_>> = Vec::new();
        for it in imported.origins.iter().filter(|it| it.direction == direction) {
            let node = schemas.at(&it.path, &it.pointer).context("a schema is where it was")?;
            let (pointer, ty) = (it.pointer.clone(), used(it));
            cases.push(Case { pointer, ty, direction, node, instances: Vec::new() });
        }
        if cases.is_empty() {
            continue;
        }
        let roots: Vec<&Node> = cases.iter().map(|it| it.node).collect();
        let mut document = schemas.document(&roots, direction);
        let (base, all) = document.finish(&schemas);
        let registry = jsonschema::Registry::new()
            .add(base, all)
            .and_then(|it| it.prepare())
            .with_context(|| format!("cannot read the schemas of {provider}"))?;
        let mut validators: Vec<Option<Validator>> = Vec::new();
        for case in &mut cases {
            let reference = document.reference(case.node);
            let options_of_it = jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .with_registry(&registry)
                .should_validate_formats(true);
            let validator = match options_of_it.build(&reference) {
                Ok(it) => it,
                Err(error) => {
                    row.empty.push(format!("{}: no schema: {error}", case.pointer));
                    validators.push(None);
                    continue;
                }
            };
            case.instances = accepted(&schemas, case, &validator, options.n_instances);
            row.n_schemas += 1;
            if case.instances.is_empty() {
                row.empty.push(case.pointer.clone());
            }
            validators.push(Some(validator));
        }
        let mut values: Vec<(usize, String)> = Vec::new();
        for case in &cases {
            let idx = names.binary_search(&case.ty).unwrap_or_default();
            values.extend(case.instances.iter().map(|it| (idx, it.write())));
        }
        let mut answers = program::run(workspace, provider, &values)?.into_iter();
        for (case, validator) in cases.iter().zip(&validators) {
            for instance in &case.instances {
                let answer = answers.next().context("there is an answer to each value")?;
                let Some(validator) = validator else { continue };
                one(&schemas, case, validator, instance, &answer, row);
            }
        }
    }
    Ok(())
}

/// The values that the validator accepts.
fn accepted<'n>(
    schemas: &Schemas<'n>,
    case: &Case<'n>,
    validator: &Validator,
    most: usize,
) -> Vec<Json> {
    let candidates = Maker::new(schemas, case.direction).candidates(case.node);
    let is_valid = |it: &&Json| it.value().is_some_and(|it| validator.is_valid(&it));
    // Beyond the first ones, from everywhere in the list.
    let order = spread(candidates.len(), most / 2);
    order
        .into_iter()
        .filter_map(|idx| candidates.get(idx))
        .filter(is_valid)
        .take(most)
        .cloned()
        .collect()
}

/// The first few numbers below `n` in their order, the others in leaps.
fn spread(n: usize, n_first: usize) -> Vec<usize> {
    let n_first = n_first.min(n);
    let rest = n - n_first;
    let mut order: Vec<usize> = (0..n_first).collect();
    let greatest = |mut a: usize, mut b: usize| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let step = (rest * 5 / 13..).find(|it| *it > 0 && greatest(*it, rest) == 1).unwrap_or(1);
    order.extend((0..rest).map(|idx| n_first + idx * step % rest));
    order
}

/// What is wrong with one value.
fn one<'n>(
    schemas: &Schemas<'n>,
    case: &Case<'n>,
    validator: &Validator,
    instance: &Json,
    answer: &Answer,
    row: &mut Row,
) {
    row.n_instances += 1;
    let document = row.document.clone();
    let exception = |path: &str, cause: String, message: String, encoded: Option<&str>| Exception {
        document: document.clone(),
        pointer: case.pointer.clone(),
        ty: case.ty.clone(),
        instance: instance.write(),
        encoded: encoded.map(str::to_owned),
        path: path.to_owned(),
        cause,
        message,
    };
    let encoded = match answer {
        Answer::Encoded(it) => it,
        Answer::Refused(it) => {
            let cause = format!("not decoded: {}", without_values(it));
            row.exceptions.push(exception("", cause, it.clone(), None));
            return;
        }
        Answer::Panicked => {
            row.exceptions.push(exception("", "it panics".to_owned(), String::new(), None));
            return;
        }
    };
    row.n_decoded += 1;
    let parsed = Json::parse(encoded);
    let value = parsed.as_ref().and_then(Json::value);
    let (Some(parsed), Some(value)) = (parsed, value) else {
        let cause = "what was encoded is no JSON".to_owned();
        row.exceptions.push(exception("", cause, String::new(), Some(encoded)));
        return;
    };
    let mut is_fine = true;
    if let Err(error) = validator.validate(&value) {
        let keyword = error.schema_path().to_string();
        let keyword = keyword.rsplit('/').find(|it| it.parse::<usize>().is_err());
        let cause = format!("encoded against `{}`", keyword.unwrap_or_default());
        let path = error.instance_path().to_string();
        row.exceptions.push(exception(&path, cause, error.to_string(), Some(encoded)));
        is_fine = false;
    } else {
        row.n_valid += 1;
    }
    let found = judge::differences(schemas, case.node, case.direction, instance, &parsed);
    if let (Some(first), true) = (found.first(), is_fine) {
        let message = format!("{} at {}", first.what, first.path);
        row.exceptions.push(exception(&first.path, first.what.to_owned(), message, Some(encoded)));
    }
}

/// A message without what differs from value to value.
fn without_values(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or_default();
    let mut text = String::new();
    let mut quote: Option<char> = None;
    for it in message.chars() {
        match quote {
            Some(end) if it == end => {
                quote = None;
                text.push(it);
            }
            Some(_) => {}
            None => {
                if matches!(it, '"' | '`') {
                    quote = Some(it);
                    text.push(it);
                } else if it.is_ascii_digit() {
                    if !text.ends_with('0') {
                        text.push('0');
                    }
                } else {
                    text.push(it);
                }
            }
        }
    }
    text
}

/// `99.5 %`
fn share(part: usize, all: usize) -> String {
    if all == 0 {
        return "-".to_owned();
    }
    // Rounded down: what is not all is never shown as all.
    let hundredths = part * 10_000 / all;
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

fn report(rows: &[Row]) -> String {
    let head = [
        "document",
        "",
        "schemas",
        "values",
        "decoded",
        "encoded valid",
        "exceptions",
        "unexplained",
    ];
    let mut cells: Vec<Vec<String>> = vec![head.iter().map(|it| (*it).to_owned()).collect()];
    let mut total = Row { document: "total".to_owned(), ..Row::default() };
    for row in rows {
        cells.push(line(row));
        total.n_schemas += row.n_schemas;
        total.n_instances += row.n_instances;
        total.n_decoded += row.n_decoded;
        total.n_valid += row.n_valid;
        total.exceptions.extend(row.exceptions.iter().cloned());
    }
    if rows.len() > 1 {
        cells.push(line(&total));
    }
    let mut text = try_documents::aligned(&cells);
    for row in rows {
        if let Some(it) = &row.failed {
            text.push_str(&format!("\n{}: {it}", row.document));
        }
        for it in &row.skipped {
            text.push_str(&format!("\n{}: left out: {it}", row.document));
        }
        for it in &row.empty {
            text.push_str(&format!("\n{}: no value was found for {it}", row.document));
        }
    }
    let mut groups: BTreeMap<(Option<&str>, &str), Vec<&Exception>> = BTreeMap::new();
    for it in &total.exceptions {
        groups.entry((reason(it), &it.cause)).or_default().push(it);
    }
    for ((reason, cause), them) in groups {
        text.push_str(&format!("\n\n{} × {cause}", them.len()));
        match reason {
            Some(it) => text.push_str(&format!("\n  explained: {it}")),
            None => {
                for it in distinct(&them).into_iter().take(5) {
                    text.push_str(&format!(
                        "\n  {}#{} ({})\n    {}\n    value:   {}",
                        it.document,
                        it.pointer,
                        it.ty,
                        it.message,
                        cut(&it.instance)
                    ));
                    if let Some(encoded) = &it.encoded {
                        text.push_str(&format!("\n    encoded: {}", cut(encoded)));
                    }
                }
            }
        }
    }
    text
}

/// One exception of each type.
fn distinct<'e>(them: &[&'e Exception]) -> Vec<&'e Exception> {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    them.iter().copied().filter(|it| seen.insert((&it.document, &it.ty))).collect()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn line(row: &Row) -> Vec<String> {
    vec![
        row.document.clone(),
        String::new(),
        row.n_schemas.to_string(),
        row.n_instances.to_string(),
        share(row.n_decoded, row.n_instances),
        share(row.n_valid, row.n_instances),
        row.exceptions.len().to_string(),
        row.exceptions.iter().filter(|it| reason(it).is_none()).count().to_string(),
    ]
}

fn as_json(rows: &[Row]) -> Value {
    let exception = |it: &Exception| {
        json!({
            "type": it.ty,
            "schema": it.pointer,
            "value": it.instance,
            "encoded": it.encoded,
            "path": it.path,
            "cause": it.cause,
            "message": it.message,
            "explained": reason(it),
        })
    };
    let row = |it: &Row| {
        json!({
            "path": it.document,
            "schemas": it.n_schemas,
            "without_values": it.empty,
            "values": it.n_instances,
            "decoded": it.n_decoded,
            "valid": it.n_valid,
            "left_out": it.skipped,
            "failed": it.failed,
            "exceptions": it.exceptions.iter().map(exception).collect::<Value>(),
        })
    };
    json!({ "documents": rows.iter().map(row).collect::<Value>() })
}
