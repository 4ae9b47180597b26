//! `try`: what becomes of other people's documents.
//!
//! Nothing in the repository changes.

pub(crate) mod collect;
pub(crate) mod compile;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use codegen::{Diagnostics, ImportOptions, Imported, Skipped, Source};
use serde_json::{Value, json};

use crate::{
    shell::{self, MessageFormat, Progress},
    text::visible,
    usage::Usage,
    workspace::Workspace,
};

use collect::Found;

/// Deeply nested documents need more than a thread has.
const STACK: usize = 256 * 1024 * 1024;

/// How documents are tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Leave out operations that cannot be expressed.
    pub keep_going: bool,
    /// Show warnings in full.
    pub warnings: bool,
    /// Print the result as JSON.
    pub json: bool,
    /// Compile what was generated.
    pub compile: bool,
    /// How complaints are printed.
    pub format: MessageFormat,
}

/// Tries documents and says how they fared.
///
/// # Errors
///
/// If something that was named cannot be read, or cargo cannot be run.
pub fn run(workspace: &Workspace, named: &[String], options: Options) -> Result<ExitCode> {
    if options.json && matches!(options.format, MessageFormat::Json | MessageFormat::Github) {
        return Err(Usage::error(
            "`--json` and this `--message-format` both want the standard output; choose one"
                .to_owned(),
        ));
    }
    let documents = collect::documents(named)?;
    if documents.n_parts > 0 {
        let files = shell::counted(documents.n_parts, "file");
        shell::status("Skipped", &format!("{files} without a key `openapi` at the top"));
    }
    let mut rows = generated(&documents.found, options)?;
    let mut compiled = None;
    if options.compile {
        compiled = Some(compile::run(workspace, &mut rows)?);
    }
    // Of many documents nobody reads everything.
    let most = if rows.len() == 1 { 100 } else { 5 };
    for row in &rows {
        report(row, options, most);
    }
    if options.json {
        shell::out(&json(&rows).to_string());
    } else if let Some(table) = table(&rows, compiled.is_some()) {
        // What a document says about its version is anything.
        shell::out(&visible(&table));
    }
    let n_failed = rows.iter().filter(|it| it.has_failed()).count();
    let documents = shell::counted(rows.len(), "document");
    if n_failed > 0 {
        shell::failure("Failed", &format!("{n_failed} of {documents}"));
        return Ok(ExitCode::FAILURE);
    }
    shell::status("Finished", &documents);
    Ok(ExitCode::SUCCESS)
}

/// A document with all files of its folder that its references reach.
///
/// # Errors
///
/// If it is no file, or cannot be read.
pub(crate) fn source(document: &str, provider: &str) -> Result<Source> {
    Found::named(document, provider)?.source()
}

/// A document and what became of it.
struct Row {
    found: Found,
    outcome: Outcome,
    took: Duration,
    /// What the compiler says, as it prints it; empty if it was not asked.
    compiler: Vec<String>,
}

enum Outcome {
    Generated(Generated),
    Refused(Diagnostics),
    Panicked(String),
    /// It is no text, or not there any more.
    Unreadable(String),
}

struct Generated {
    n_operations: usize,
    n_types: usize,
    n_lines: usize,
    warnings: Diagnostics,
    skipped: Vec<Skipped>,
    /// Kept only to be compiled.
    files: Vec<(String, String)>,
}

impl Row {
    fn has_failed(&self) -> bool {
        !self.compiler.is_empty() || !matches!(self.outcome, Outcome::Generated(_))
    }

    fn complaints(&self) -> Option<&Diagnostics> {
        match &self.outcome {
            Outcome::Generated(it) => Some(&it.warnings),
            Outcome::Refused(it) => Some(it),
            Outcome::Panicked(_) | Outcome::Unreadable(_) => None,
        }
    }

    fn n_warnings(&self) -> usize {
        self.complaints().map_or(0, |it| it.warnings().count())
    }

    fn n_errors(&self) -> usize {
        match &self.outcome {
            Outcome::Generated(_) => self.compiler.len(),
            Outcome::Refused(it) => it.errors().count(),
            Outcome::Panicked(_) | Outcome::Unreadable(_) => 1,
        }
    }
}

/// Generates from all documents, on all cores.
fn generated(found: &[Found], options: Options) -> Result<Vec<Row>> {
    let mut progress = Progress::start();
    let next = AtomicUsize::new(0);
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let n_threads = thread::available_parallelism().map_or(1, |it| it.get()).min(found.len());
    remember_panics();
    thread::scope(|scope| -> Result<()> {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..n_threads {
            let (sender, next) = (sender.clone(), &next);
            let work = move || {
                while let Some((idx, it)) = take(found, next) {
                    // Nobody listens only if this command is failing already.
                    let _ = sender.send((idx, one(it, options)));
                }
            };
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
                .context("cannot start a thread")?;
        }
        drop(sender);
        for (idx, row) in receiver {
            progress.step(&row.found.path, rows.len(), found.len());
            rows.push((idx, row));
        }
        Ok(())
    })?;
    progress.finish();
    rows.sort_by_key(|(idx, _)| *idx);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// Does work that may go deep.
///
/// # Errors
///
/// If there is no thread for it, or the work panics.
#[cfg(feature = "fidelity")]
pub(crate) fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let done = worker.context("cannot start a thread")?.join();
        done.map_err(|_| anyhow::anyhow!("the generator panicked"))
    })
}

fn take<'f>(found: &'f [Found], next: &AtomicUsize) -> Option<(usize, &'f Found)> {
    let idx = next.fetch_add(1, Ordering::Relaxed);
    Some((idx, found.get(idx)?))
}

thread_local! {
    /// Whether panics of this thread are expected, and told in a row.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Panics of the generator are kept instead of printed.
pub(crate) fn remember_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !IS_QUIET.get() {
            return print(info);
        }
        let payload = info.payload();
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        let text = text.unwrap_or("for an unknown reason");
        let text = text.lines().next().unwrap_or_default();
        let place = info.location().map(|it| format!(" ({}:{})", it.file(), it.line()));
        LAST_PANIC.set(Some(format!("{text}{}", place.unwrap_or_default())));
    }));
}

fn one(found: &Found, options: Options) -> Row {
    let started = Instant::now();
    let outcome = unless_it_panics(|| outcome(found, options));
    Row { found: found.clone(), outcome, took: started.elapsed(), compiler: Vec::new() }
}

fn unless_it_panics(work: impl FnOnce() -> Outcome) -> Outcome {
    caught(work).unwrap_or_else(Outcome::Panicked)
}

/// What `work` makes, or the message and the place of its panic.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    IS_QUIET.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    IS_QUIET.set(false);
    outcome.map_err(|_| LAST_PANIC.take().unwrap_or_default())
}

fn outcome(found: &Found, options: Options) -> Outcome {
    let source = match found.source() {
        Ok(it) => it,
        Err(error) => return Outcome::Unreadable(format!("{error:#}")),
    };
    match codegen::import(&source, ImportOptions { keep_going: options.keep_going }) {
        Ok(it) => Outcome::Generated(Generated::new(it, options)),
        Err(diagnostics) => Outcome::Refused(diagnostics),
    }
}

impl Generated {
    fn new(imported: Imported, options: Options) -> Self {
        let Imported { output, warnings, skipped, .. } = imported;
        let code = output.files.iter().filter(|(path, _)| is_client_code(path));
        let lines = code.flat_map(|(_, text)| text.lines().map(str::trim));
        let n_lines = lines.filter(|it| !it.is_empty() && !it.starts_with("//")).count();
        Self {
            n_operations: output.summary.operations,
            n_types: output.summary.types,
            n_lines,
            warnings,
            skipped,
            files: if options.compile { output.files } else { Vec::new() },
        }
    }
}

/// Whether a generated file is part of the client, and Rust.
fn is_client_code(path: &str) -> bool {
    path.starts_with("crates/") && path.ends_with(".rs")
}

/// What is to be said about one document, before the table.
fn report(row: &Row, options: Options, most: usize) {
    let path = &row.found.path;
    match &row.outcome {
        Outcome::Generated(it) => {
            if options.warnings && !it.warnings.is_empty() {
                shell::first_complaints(&it.warnings, options.format, most);
            }
            for it in &it.skipped {
                shell::warning("Left out", &format!("{} of {path}: {}", it.operation, it.reason));
            }
            for it in row.compiler.iter().take(most) {
                shell::plain(it);
            }
            if !row.compiler.is_empty() {
                let errors = shell::counted(row.compiler.len(), "complaint");
                shell::failure("Failed", &format!("{path}: {errors} of the compiler"));
            }
        }
        Outcome::Refused(it) => {
            shell::first_complaints(it, options.format, most);
            let errors = shell::counted(it.errors().count(), "error");
            shell::failure("Failed", &format!("{path}: {errors}"));
        }
        Outcome::Panicked(it) => shell::failure("Panicked", &format!("{path}: {it}")),
        Outcome::Unreadable(it) => shell::failure("Failed", it),
    }
}

/// The documents as a table, with totals if there are several.
fn table(rows: &[Row], is_compiled: bool) -> Option<String> {
    let head =
        ["document", "openapi", "operations", "types", "lines", "warnings", "errors", "time"];
    let mut cells: Vec<Vec<String>> = vec![head.iter().map(|it| (*it).to_owned()).collect()];
    let mut totals = [0; 5];
    let mut took = Duration::ZERO;
    for row in rows {
        let sizes = match &row.outcome {
            Outcome::Generated(it) => Some([it.n_operations, it.n_types, it.n_lines]),
            _ => None,
        };
        let mut line =
            vec![row.found.path.clone(), row.found.version.clone().unwrap_or("?".to_owned())];
        for idx in 0..3 {
            line.push(sizes.map_or("-".to_owned(), |it| it[idx].to_string()));
            totals[idx] += sizes.map_or(0, |it| it[idx]);
        }
        for (idx, n) in [row.n_warnings(), row.n_errors()].into_iter().enumerate() {
            line.push(n.to_string());
            totals[3 + idx] += n;
        }
        line.push(seconds(row.took));
        took += row.took;
        cells.push(line);
    }
    if rows.is_empty() {
        return None;
    }
    if rows.len() > 1 {
        let mut line = vec!["total".to_owned(), String::new()];
        line.extend(totals.map(|it| it.to_string()));
        line.push(seconds(took));
        cells.push(line);
    }
    let mut text = aligned(&cells);
    let by_code = |title: &str, codes: BTreeMap<&str, usize>| {
        let codes: Vec<String> = codes.iter().map(|(code, n)| format!("{n} {code}")).collect();
        if codes.is_empty() { String::new() } else { format!("\n{title}: {}", codes.join(", ")) }
    };
    let all = || rows.iter().filter_map(Row::complaints);
    text.push_str(&by_code("warnings", codes(all().flat_map(Diagnostics::warnings))));
    text.push_str(&by_code("errors", codes(all().flat_map(Diagnostics::errors))));
    if is_compiled {
        let n = rows.iter().filter(|it| !it.compiler.is_empty()).count();
        text.push_str(&format!("\nthe compiler complains about {}", shell::counted(n, "client")));
    }
    Some(text)
}

/// How many complaints there are of each code.
fn codes<'d>(
    complaints: impl Iterator<Item = &'d codegen::diagnostics::Diagnostic>,
) -> BTreeMap<&'d str, usize> {
    let mut codes = BTreeMap::new();
    for it in complaints {
        *codes.entry(it.code).or_default() += 1;
    }
    codes
}

fn seconds(took: Duration) -> String {
    format!("{:.2} s", took.as_secs_f64())
}

/// Texts to the left in the first two columns, numbers to the right in the others.
pub(crate) fn aligned(cells: &[Vec<String>]) -> String {
    let n_columns = cells.first().map_or(0, Vec::len);
    let width = |idx: usize| cells.iter().map(|it| it[idx].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..n_columns).map(width).collect();
    let line = |cells: &Vec<String>| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(idx, (cell, width))| match idx {
            0 | 1 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        padded.collect::<Vec<String>>().join("  ").trim_end().to_owned()
    };
    cells.iter().map(line).collect::<Vec<String>>().join("\n")
}

/// The documents as JSON, for other programs.
fn json(rows: &[Row]) -> Value {
    let row = |row: &Row| {
        let mut it = json!({
            "path": row.found.path,
            "openapi": row.found.version,
            "failed": row.has_failed(),
            "seconds": row.took.as_secs_f64(),
            "warnings": codes(row.complaints().into_iter().flat_map(Diagnostics::warnings)),
            "errors": codes(row.complaints().into_iter().flat_map(Diagnostics::errors)),
            "compiler": row.compiler,
        });
        match &row.outcome {
            Outcome::Generated(generated) => {
                let skipped = generated.skipped.iter();
                let skipped =
                    skipped.map(|it| json!({"operation": it.operation, "reason": it.reason}));
                it["operations"] = json!(generated.n_operations);
                it["types"] = json!(generated.n_types);
                it["lines"] = json!(generated.n_lines);
                it["skipped"] = skipped.collect();
            }
            Outcome::Refused(_) => {}
            Outcome::Panicked(text) => it["panicked"] = json!(text),
            Outcome::Unreadable(text) => it["unreadable"] = json!(text),
        }
        it
    };
    json!({ "documents": rows.iter().map(row).collect::<Value>() })
}

#[cfg(test)]
mod tests {
    use super::{Outcome, remember_panics, unless_it_panics};

    #[test]
    fn a_panic_is_a_row_of_the_table() {
        remember_panics();
        let found = unless_it_panics(|| panic!("the moon is gone\nsince yesterday"));
        let Outcome::Panicked(text) = found else { panic!("it has panicked") };
        assert!(text.starts_with("the moon is gone (") && text.contains("try_documents"), "{text}");
    }
}
