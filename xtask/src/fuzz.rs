//! `fuzz`: the generator neither panics nor hangs, whatever the document.
//!
//! Each case is made from the seed and its number alone, so that it can be had
//! again. A case that fails is made small and written into target/fuzz/.
//! Nothing else in the repository changes.

mod damage;
mod shrink;
mod write;

use std::{
    collections::BTreeMap,
    fs,
    io::{IsTerminal, Write as _},
    ops::RangeInclusive,
    process::ExitCode,
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use codegen::{
    Diagnostics, Format, ImportOptions, Output, Source, SourceFile, import,
    parse::node::{Node, Value},
};

use crate::{
    clock::Clock,
    shell, text,
    try_documents::{
        caught,
        collect::{self, Found},
        remember_panics,
    },
    workspace::Workspace,
};

use crate::numbers::Numbers;
use damage::Damaged;

/// Cases in a row that are made from the same document, because reading it takes
/// longer than generating from a part of it.
const PER_DOCUMENT: u64 = 25;

/// Where the cases that fail are written.
const FOLDER: &str = "target/fuzz";

/// Which cases are tried.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// What the cases are made from.
    pub seed: u64,
    /// The number of the first case.
    pub first: u64,
    /// How many there are.
    pub count: u64,
    /// How many are tried at once.
    pub jobs: usize,
    /// What takes longer on the processor is a hang.
    pub limit: Duration,
}

/// Tries damaged documents and says which of them the generator does not survive.
///
/// # Errors
///
/// If something that was named cannot be read, or nothing can be written.
pub fn run(workspace: &Workspace, named: &[String], plan: Plan) -> Result<ExitCode> {
    let corpus = Corpus::new(workspace, named)?;
    let documents = shell::counted(corpus.documents.len(), "document");
    shell::status("Damaging", &format!("{documents} with seed {}", plan.seed));
    let (totals, failures) = tried(workspace, &corpus, named, plan)?;
    let Totals { n_generated, n_refused, slowest, .. } = &totals;
    let (slowest_case, slowest) = slowest;
    let summary = format!(
        "{n_generated} cases generated from, {n_refused} refused; the slowest, {slowest_case}, took {:.2} s",
        slowest.as_secs_f64()
    );
    if failures.is_empty() {
        shell::status("Finished", &summary);
        return Ok(ExitCode::SUCCESS);
    }
    for failure in failures.values() {
        let Failure { what, case, n_cases, path } = failure;
        let times = if *n_cases > 1 { format!(" and {} more", n_cases - 1) } else { String::new() };
        let again = again(named, plan, *case);
        shell::failure(
            "Failed",
            &format!("case {case}{times}: {what}\n{0:>13}{path}\n{0:>13}again: `{again}`", ""),
        );
    }
    shell::plain(&summary);
    shell::failure("Failed", &shell::counted(failures.len(), "bug"));
    Ok(ExitCode::FAILURE)
}

/// The command that has one case again: other documents would give another.
fn again(named: &[String], plan: Plan, case: u64) -> String {
    let Plan { seed, limit, .. } = plan;
    let mut command = format!(
        "cargo xtask fuzz --seed {seed} --first {case} --count 1 --seconds-per-document {}",
        limit.as_secs()
    );
    if !named.is_empty() {
        let words: Vec<String> = named.iter().map(|it| text::word(it)).collect();
        command.push_str(&format!(" --documents {}", words.join(" ")));
    }
    command
}

/// The documents that cases are made from.
pub(crate) struct Corpus {
    documents: Vec<Original>,
    /// Small values of our own specs, to be put where others stand.
    parts: Vec<Node>,
}

enum Original {
    /// Our own, and everything of it.
    Spec(Source),
    /// Somebody else's, which is read when it is needed.
    Found(Found),
}

impl Original {
    fn source(&self) -> Option<Source> {
        match self {
            Self::Spec(it) => Some(it.clone()),
            Self::Found(it) => it.source().ok(),
        }
    }
}

impl Corpus {
    /// The specs and fixtures, and what is named.
    pub(crate) fn new(workspace: &Workspace, named: &[String]) -> Result<Self> {
        let mut documents = Vec::new();
        for provider in workspace.providers()? {
            documents.push(Original::Spec(workspace.source(&provider)?));
        }
        let mut fixtures: BTreeMap<&str, Vec<SourceFile>> = BTreeMap::new();
        let paths = workspace.files("tests/fixtures", ".yaml")?;
        for path in &paths {
            let Some((folder, name)) = path.rsplit_once('/') else { continue };
            let text = workspace.read(path)?.context("it has just been listed")?;
            let files = fixtures.entry(folder).or_default();
            let at = if name == "spec.yaml" { 0 } else { files.len() };
            files.insert(at, SourceFile::new(path, &text));
        }
        let mut parts = Vec::new();
        for files in fixtures.into_values() {
            for file in &files {
                let root = import::values(file).ok();
                parts.extend(root.iter().flat_map(small_parts));
            }
            let provider = "acme".to_owned();
            documents.push(Original::Spec(Source { provider, files, samples: Vec::new() }));
        }
        let found = collect::documents(named)?.found;
        // Theirs are what is asked for; ours are only the salt.
        if !found.is_empty() {
            documents.truncate(found.len().max(1));
        }
        documents.extend(found.into_iter().map(Original::Found));
        if documents.is_empty() {
            bail!("there is no document to damage");
        }
        Ok(Self { documents, parts })
    }
}

/// The schemas, operations and responses of a document.
fn small_parts(root: &Node) -> Vec<Node> {
    let mut parts = Vec::new();
    let mut rest = vec![(root, 0)];
    while let Some((node, depth)) = rest.pop() {
        if (2..9).contains(&depth) && matches!(node.value, Value::Map(_)) {
            parts.push(node.clone());
        }
        rest.extend(node.as_map().unwrap_or_default().iter().map(|it| (&it.value, depth + 1)));
        rest.extend(node.as_list().unwrap_or_default().iter().map(|it| (it, depth + 1)));
    }
    parts
}

/// A document as it was read.
struct Read {
    idx: usize,
    source: Source,
    roots: Vec<Option<Node>>,
}

fn read(corpus: &Corpus, idx: usize) -> Option<Read> {
    let source = corpus.documents[idx].source()?;
    let roots = source.files.iter().map(|it| import::values(it).ok()).collect();
    Some(Read { idx, source, roots })
}

/// A case: what is given to the generator, and how.
#[derive(Clone)]
pub(crate) struct Case {
    source: Source,
    /// The file that was damaged.
    file_idx: usize,
    as_spec: bool,
    keep_going: bool,
}

fn case(corpus: &Corpus, read: &mut Option<Read>, seed: u64, number: u64) -> Option<Case> {
    let mut numbers = Numbers::new(seed, number / PER_DOCUMENT);
    let idx = numbers.below(corpus.documents.len());
    if read.as_ref().is_none_or(|it| it.idx != idx) {
        *read = self::read(corpus, idx);
    }
    let read = read.as_ref()?;
    let mut numbers = Numbers::new(seed ^ 0x5eed, number);
    let mut source = read.source.clone();
    let is_spec = matches!(corpus.documents[idx], Original::Spec(_));
    let as_spec = is_spec && numbers.one_in(2);
    let file_idx = if numbers.one_in(4) { numbers.below(source.files.len()) } else { 0 };
    let keep_going = numbers.one_in(2);
    let file = &mut source.files[file_idx];
    let root = read.roots.get(file_idx).and_then(Option::as_ref);
    let Damaged { text, extension } =
        damage::damaged(&file.text, root, &corpus.parts, &mut numbers);
    // The root's name is nobody's reference.
    if file_idx == 0 && !as_spec {
        let stem = file.path.rsplit_once('.').map_or(&*file.path, |(it, _)| it);
        file.path = format!("{stem}.{extension}");
    }
    file.text = text;
    Some(Case { source, file_idx, as_spec, keep_going })
}

/// What became of a case.
enum Outcome {
    Generated,
    Refused,
    Failed(String),
}

/// What the generator gives: files and warnings, or complaints.
type Generated = Result<(Output, Option<Diagnostics>), Diagnostics>;

/// Generates and says what is wrong with what comes out, and how long the
/// generator took.
fn outcome(case: &Case) -> (Outcome, Duration) {
    let before = Clock::now();
    let generated = caught(|| generated(case));
    let took = before.elapsed();
    let outcome = generated.and_then(|it| caught(|| judged(case, it)));
    (outcome.unwrap_or_else(|panic| Outcome::Failed(format!("panic: {panic}"))), took)
}

fn generated(case: &Case) -> Generated {
    if case.as_spec {
        codegen::generate(&case.source).map(|it| (it, None))
    } else {
        let options = ImportOptions { keep_going: case.keep_going };
        codegen::import(&case.source, options).map(|it| (it.output, Some(it.warnings)))
    }
}

fn judged(case: &Case, generated: Generated) -> Outcome {
    let (output, warnings) = match generated {
        Ok(it) => it,
        Err(diagnostics) => {
            return match badly_told(&diagnostics, &case.source) {
                _ if diagnostics.errors().next().is_none() => {
                    Outcome::Failed("refused without an error".to_owned())
                }
                Some(why) => Outcome::Failed(why),
                None => Outcome::Refused,
            };
        }
    };
    if let Some(warnings) = warnings {
        if let Some(error) = warnings.errors().next() {
            return Outcome::Failed(format!("an error among the warnings: {}", error.code));
        }
        if let Some(why) = badly_told(&warnings, &case.source) {
            return Outcome::Failed(why);
        }
    }
    for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        if let Err(error) = syn::parse_file(text) {
            let name = path.rsplit('/').next().unwrap_or_default();
            return Outcome::Failed(format!("{name} is no Rust: {error}"));
        }
    }
    Outcome::Generated
}

/// What is wrong with the complaints: each has a place in a file, and can be shown.
fn badly_told(diagnostics: &Diagnostics, source: &Source) -> Option<String> {
    let files: Vec<&SourceFile> = source.files.iter().chain(&source.samples).collect();
    for it in diagnostics.items() {
        for label in std::iter::once(&it.primary).chain(&it.secondary) {
            let place = label.place;
            let len = files.get(place.file_idx as usize).map_or(0, |it| it.text.len());
            let range = place.start as usize..=place.end as usize;
            if range.is_empty() || *range.end() > len {
                return Some(format!("`{}` has a place outside of the file", it.code));
            }
        }
        if it.message.contains('\n') || it.message.is_empty() {
            return Some(format!("`{}` is not one line", it.code));
        }
    }
    let shown = diagnostics.render_first(20, codegen::Color::Never);
    let all = [Format::Short, Format::Json].map(|it| diagnostics.format(it));
    (!diagnostics.is_empty() && (shown.is_empty() || all.iter().any(String::is_empty)))
        .then(|| "complaints are not shown".to_owned())
}

/// A bug, with the first case that has shown it.
struct Failure {
    what: String,
    case: u64,
    n_cases: u64,
    path: String,
}

#[derive(Default)]
struct Totals {
    n_generated: u64,
    n_refused: u64,
    n_failed: u64,
    slowest: (u64, Duration),
}

/// What the threads tell.
enum Told {
    Begun { job: usize, number: u64 },
    Done { job: usize, number: u64, outcome: Outcome, took: Duration, case: Box<Case> },
}

/// Tries all cases. What is the same bug is told once.
fn tried(
    workspace: &Workspace,
    corpus: &Corpus,
    named: &[String],
    plan: Plan,
) -> Result<(Totals, BTreeMap<String, Failure>)> {
    remember_panics();
    let next = AtomicU64::new(0);
    let mut totals = Totals::default();
    let mut failures: BTreeMap<String, Failure> = BTreeMap::new();
    let started = Instant::now();
    let mut shown = Instant::now();
    thread::scope(|scope| -> Result<()> {
        let (sender, receiver) = mpsc::channel();
        for job in 0..plan.jobs.max(1) {
            let (sender, next) = (sender.clone(), &next);
            // The stack is that of every thread: who calls the generator has no more.
            thread::Builder::new()
                .name(format!("fuzz-{job}"))
                .spawn_scoped(scope, move || work(workspace, corpus, plan, job, next, &sender))
                .context("cannot start a thread")?;
        }
        drop(sender);
        let mut open: BTreeMap<usize, (u64, Instant)> = BTreeMap::new();
        loop {
            let told = match receiver.recv_timeout(Duration::from_millis(500)) {
                Ok(it) => it,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {
                    let limit = plan.limit * 30;
                    if let Some((job, (number, _))) =
                        open.iter().find(|(_, it)| it.1.elapsed() > limit)
                    {
                        let path = running(*job);
                        let again = again(named, plan, *number);
                        shell::failure(
                            "Hangs",
                            &format!("case {number}\n{0:>13}{path}\n{0:>13}again: `{again}`", ""),
                        );
                        // The thread cannot be ended, and never ends.
                        std::process::exit(1);
                    }
                    continue;
                }
            };
            match told {
                Told::Begun { job, number } => {
                    open.insert(job, (number, Instant::now()));
                }
                Told::Done { job, number, outcome, took, case } => {
                    open.remove(&job);
                    let what = match outcome {
                        _ if took > plan.limit => {
                            Some(format!("it takes {:.1} s", took.as_secs_f64()))
                        }
                        Outcome::Failed(what) => Some(what),
                        Outcome::Generated => {
                            totals.n_generated += 1;
                            None
                        }
                        Outcome::Refused => {
                            totals.n_refused += 1;
                            None
                        }
                    };
                    totals.slowest = totals.slowest.max_by_time((number, took));
                    if let Some(what) = what {
                        totals.n_failed += 1;
                        tell(workspace, &mut failures, plan, what, number, *case)?;
                    }
                }
            }
            if shown.elapsed() > Duration::from_secs(5) {
                shown = Instant::now();
                progress(&totals, &failures, plan, started);
            }
        }
    })?;
    if std::io::stderr().is_terminal() {
        anstream::eprint!("\r\u{1b}[K");
    }
    Ok((totals, failures))
}

trait Slowest {
    fn max_by_time(self, other: Self) -> Self;
}

impl Slowest for (u64, Duration) {
    fn max_by_time(self, other: Self) -> Self {
        if other.1 > self.1 { other } else { self }
    }
}

fn progress(totals: &Totals, failures: &BTreeMap<String, Failure>, plan: Plan, started: Instant) {
    let Totals { n_generated, n_refused, n_failed, .. } = totals;
    let done = n_generated + n_refused + n_failed;
    let line = format!(
        "{done}/{} cases, {n_generated} generated from, {n_refused} refused, {n_failed} failed ({}), {} s",
        plan.count,
        shell::counted(failures.len(), "bug"),
        started.elapsed().as_secs()
    );
    if std::io::stderr().is_terminal() {
        anstream::eprint!("\r\u{1b}[K{line}");
        let _ = std::io::stderr().flush();
    } else {
        shell::plain(&line);
    }
}

/// The file of the case that a thread is at: an overflow of the stack ends the
/// process, and this is what is left.
fn running(job: usize) -> String {
    format!("{FOLDER}/running-{job}")
}

fn work(
    workspace: &Workspace,
    corpus: &Corpus,
    plan: Plan,
    job: usize,
    next: &AtomicU64,
    sender: &mpsc::Sender<Told>,
) {
    let path = workspace.path(&running(job));
    let _ = fs::create_dir_all(workspace.path(FOLDER));
    let mut read: Option<Read> = None;
    // A block of cases is made from one document, which is read once.
    while let Some(numbers) = block(plan, next.fetch_add(1, Ordering::Relaxed)) {
        for number in numbers {
            let Some(case) = case(corpus, &mut read, plan.seed, number) else { continue };
            let _ = fs::write(&path, &case.source.files[case.file_idx].text);
            let _ = sender.send(Told::Begun { job, number });
            let (outcome, took) = outcome(&case);
            let _ = sender.send(Told::Done { job, number, outcome, took, case: Box::new(case) });
        }
    }
    let _ = fs::remove_file(path);
}

/// The cases of a block; nothing if all are in earlier ones.
fn block(plan: Plan, idx: u64) -> Option<RangeInclusive<u64>> {
    let last = plan.first.saturating_add(plan.count.checked_sub(1)?);
    let start = (plan.first / PER_DOCUMENT).checked_add(idx)?.checked_mul(PER_DOCUMENT)?;
    let end = start.saturating_add(PER_DOCUMENT - 1);
    (start <= last).then(|| start.max(plan.first)..=end.min(last))
}

/// Remembers a failure, with a small document that shows it.
fn tell(
    workspace: &Workspace,
    failures: &mut BTreeMap<String, Failure>,
    plan: Plan,
    what: String,
    number: u64,
    case: Case,
) -> Result<()> {
    let kind = kind(&what);
    if let Some(known) = failures.get_mut(&kind) {
        known.n_cases += 1;
        return Ok(());
    }
    let small = if what.starts_with("it takes") {
        case
    } else {
        let is_same =
            |it: &Case| matches!(outcome(it).0, Outcome::Failed(it) if self::kind(&it) == kind);
        shrink::smallest(case, is_same)
    };
    let file = &small.source.files[small.file_idx];
    let extension = file.path.rsplit('.').next().unwrap_or("yaml");
    let path = format!("{FOLDER}/seed-{}-case-{number}.{extension}", plan.seed);
    workspace.write(&path, &file.text)?;
    let how = if small.as_spec { "as a spec" } else { "imported" };
    let keep = if small.keep_going { ", keep going" } else { "" };
    let path = format!("{path} ({} of {how}{keep})", file.path);
    shell::failure("Found", &format!("case {number}: {what}\n{:>13}{path}", ""));
    failures.insert(kind, Failure { what, case: number, n_cases: 1, path });
    Ok(())
}

/// What makes two failures the same bug: the message without numbers and names.
fn kind(what: &str) -> String {
    if what.starts_with("it takes") {
        return "it takes too long".to_owned();
    }
    // The place of a panic stands at the end and says most.
    match what.rsplit_once(" (") {
        Some((_, place)) if what.starts_with("panic") => place.to_owned(),
        _ => what.to_owned(),
    }
}

#[cfg(test)]
mod tests;
