//! `review`: what a change of the specs means, told so that a reviewer can decide.
//!
//! Three views that must agree: the spec by the meaning of its schemas
//! (`spec`), the client's public API by the compiler (`rust`), and the lines of
//! the generated source (`source`). `report` holds what they found, `version`
//! what follows from it, and `format` prints it. `git` has both sides.

mod accepted;
mod changelog;
mod crates;
mod format;
mod git;
pub mod report;
mod rust;
mod source;
mod spec;
mod version;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use codegen::Source;

use crate::{
    shell,
    usage::Usage,
    workspace::{Files, Workspace, no_provider},
};

use format::ProviderPages;
use git::{Repository, Side};
use report::{
    Change, Meaning, OperationInfo, ProviderReview, Review, RustReview, SpecReview, Unreadable,
    Written,
};

/// Below the root: copies of both sides, and what cargo makes of them.
const FOLDER: &str = "target/review";

/// What all clients stand on, and show in part.
const RUNTIME: &str = "crates/payouts-core";

/// What re-exports all clients.
const FACADE: &str = "crates/payouts";

/// What is compared, and how it is told.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these; all that changed if none is named.
    pub providers: Vec<String>,
    /// A revision; the merge base with the default branch if there is none.
    pub base: Option<String>,
    /// A revision; the work tree if there is none.
    pub head: Option<String>,
    /// How it is told; the endings of the outputs tell it if there is none.
    pub format: Option<Format>,
    /// Files to write; the standard output if there is none.
    pub outputs: Vec<PathBuf>,
    /// Does not ask the compiler.
    pub no_rust: bool,
}

/// How a review is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// For other programs.
    Json,
    /// A page that needs nothing else.
    Html,
}

/// Compares two sides and tells what changed; fails if that must not be merged.
///
/// # Errors
///
/// If the sides cannot be had, or something cannot be read or written.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let started = Instant::now();
    let formats = options.outputs.iter().map(|path| Ok((path, Format::of(path, options.format)?)));
    let outputs = formats.collect::<Result<Vec<_>>>()?;
    let (review, pages) = both_sides(workspace, options)?;
    let print = |format, color| match format {
        Format::Text => format::text(&review, color),
        Format::Markdown => format::markdown(&review),
        Format::Json => format::json(&review),
        Format::Html => format::html(&review, &pages),
    };
    for (path, format) in &outputs {
        std::fs::write(path, print(*format, codegen::Color::Never))
            .with_context(|| format!("cannot write {}", path.display()))?;
        shell::status("Written", &path.display().to_string());
    }
    if outputs.is_empty() {
        shell::out(print(options.format.unwrap_or_default(), shell::color_of_output()).trim_end());
    }
    Ok(verdict(&review, started.elapsed()))
}

impl Format {
    /// The format that a file's name tells, or else the one that is asked for; it is
    /// a mistake if they are not the same.
    fn of(path: &Path, asked: Option<Self>) -> Result<Self> {
        let told = match path.extension().and_then(|it| it.to_str()) {
            Some("txt") => Some(Self::Text),
            Some("md") => Some(Self::Markdown),
            Some("json") => Some(Self::Json),
            Some("html") => Some(Self::Html),
            _ => None,
        };
        let path = path.display();
        match (told, asked) {
            (Some(told), Some(asked)) if told != asked => Err(Usage::error(format!(
                "{path} would not be what its name says; leave out `--format`, or name it otherwise"
            ))),
            (Some(it), _) | (None, Some(it)) => Ok(it),
            (None, None) => Err(Usage::error(format!(
                "{path} does not end in .txt, .md, .json or .html; name its format: `--format FORMAT`"
            ))),
        }
    }
}

/// The last words, and whether the change may be merged.
fn verdict(review: &Review, took: Duration) -> ExitCode {
    for (name, problems, version) in review.judged() {
        for problem in problems {
            shell::failure("Failed", &format!("{name}: {problem}"));
        }
        // What breaks is among the problems.
        if version.required < report::Bump::Major {
            for want in version.wants() {
                shell::warning("Missing", &format!("{name}: {want}"));
            }
        }
    }
    for problem in &review.refused {
        shell::failure("Refused", problem);
    }
    let providers = shell::counted(review.providers.len(), "changed provider");
    if review.fails() {
        shell::error(&format!("this must not be merged as it is; {}", advice(review)));
        return ExitCode::FAILURE;
    }
    shell::status("Reviewed", &format!("{providers} in {took:.2?}"));
    ExitCode::SUCCESS
}

/// What helps with what keeps a change from being merged.
fn advice(review: &Review) -> String {
    let must_declare = review
        .judged()
        .any(|(_, _, it)| it.required == report::Bump::Major && !it.wants().is_empty());
    if !review.refused.is_empty() {
        format!("mend {} first", accepted::PATH)
    } else if must_declare {
        "CONTRIBUTING.md says how to declare or accept a breaking change".to_owned()
    } else {
        "mend what is told above".to_owned()
    }
}

/// Finds both sides and compares them.
fn both_sides(workspace: &Workspace, options: &Options) -> Result<(Review, Vec<ProviderPages>)> {
    let repository = Repository::open(workspace.root())?;
    let head = options.head.as_deref().map(|it| repository.revision(it)).transpose()?;
    let base = match &options.base {
        Some(name) => repository.revision(name)?,
        None => repository.default_base(head.as_ref())?,
    };
    let base = Side::revision(&repository, &base)?;
    let head = match &head {
        Some(head) => Side::revision(&repository, head)?,
        None => Side::work_tree(&repository)?,
    };
    shell::status("Comparing", &format!("{} with {}", base.name, head.name));
    let sides = Sides { workspace, repository: &repository, base: &base, head: &head };
    sides.compare(options)
}

/// What is compared.
struct Sides<'r> {
    workspace: &'r Workspace,
    repository: &'r Repository,
    base: &'r Side<'r>,
    head: &'r Side<'r>,
}

impl Sides<'_> {
    fn compare(&self, options: &Options) -> Result<(Review, Vec<ProviderPages>)> {
        let Self { base, head, .. } = *self;
        let (mut changed, same) = self.providers(&options.providers)?;
        let mut unchanged = Vec::new();
        let has_other_runtime = !base.is_same(head, &[RUNTIME]);
        let mut unseen: Vec<String> = Vec::new();
        for provider in same {
            if has_other_runtime && options.no_rust {
                unseen.push(format!("payouts-{provider}"));
                unchanged.push(provider);
            } else if has_other_runtime && self.shows_change_of_runtime(&provider)? {
                changed.push(provider);
            } else {
                unchanged.push(provider);
            }
        }
        changed.sort();
        let generator = source::Generator::of(self.repository, head)?;
        let history = version::History::read(self.repository, base, head)?;
        let (mut accepted, mut refused) = accepted::read(base, head);
        if options.no_rust {
            unseen.extend(changed.iter().map(|it| format!("payouts-{it}")));
            unseen.extend(has_other_runtime.then(|| crates::name(RUNTIME).to_owned()));
            // Only the compiler knows whether they accept anything.
            accepted.retain(|it| !it.is_of_api(&unseen));
        }
        let mut pages = Vec::new();
        let mut providers = Vec::new();
        for provider in changed {
            shell::status("Reviewing", &provider);
            let sources = [base, head].map(|it| self.source(it, &provider));
            let spec = spec_review(&sources);
            let [base_source, head_source] =
                sources.each_ref().map(|it| it.as_ref()?.as_ref().ok());
            let mut lines = source::review(base, head, &provider, head_source, generator)?;
            let rust = match options.no_rust {
                true => RustReview::Skipped,
                false => self.rust(&format!("payouts-{provider}"), &lines.replaced)?,
            };
            lines.review.notes.extend(source::notes(&spec, &rust, &lines.review));
            let subject = version::Subject {
                krate: &format!("payouts-{provider}"),
                spec: Some(&spec),
                rust: &rust,
                has_other_source: !lines.review.files.is_empty(),
            };
            let (version, refused_here) = history.review(&subject, &accepted)?;
            refused.extend(refused_here);
            pages.push(ProviderPages::new(&provider, base_source, head_source));
            let source = lines.review;
            providers.push(ProviderReview { provider, spec, rust, source, version });
        }
        let mut crates = Vec::new();
        if options.providers.is_empty() {
            let has_rust = !options.no_rust;
            let (found, of_them) = crates::review(self, &history, &providers, &accepted, has_rust)?;
            crates = found;
            refused.extend(of_them);
            refused.extend(accepted::of_others(&accepted, &providers, &crates));
        }
        let review = Review {
            base: base.name.clone(),
            head: head.name.clone(),
            base_commit: base.commit.clone(),
            head_commit: head.commit.clone(),
            link: self.repository.link(|it| std::env::var(it).ok())?,
            providers,
            crates,
            unchanged,
            refused,
        };
        Ok((review, pages))
    }

    /// Those that changed, and those that did not, as far as they are asked for.
    fn providers(&self, named: &[String]) -> Result<(Vec<String>, Vec<String>)> {
        let mut known = self.base.providers()?;
        known.extend(self.head.providers()?);
        known.sort();
        known.dedup();
        for name in named {
            if !known.contains(name) {
                return Err(no_provider("neither side has a", name, &known));
            }
        }
        known.retain(|it| named.is_empty() || named.contains(it));
        Ok(known.into_iter().partition(|it| {
            let paths = [
                format!("specs/{it}.yaml"),
                format!("specs/{it}"),
                format!("specs/examples/{it}"),
                format!("crates/payouts-{it}"),
                format!("tests/src/generated/{it}.rs"),
            ];
            !self.base.is_same(self.head, &paths.each_ref().map(String::as_str))
        }))
    }

    /// A spec, if the side has it; the reason if it cannot even be read as text.
    fn source(&self, side: &Side<'_>, provider: &str) -> Option<Result<Source, String>> {
        let has = side.has(&format!("specs/{provider}.yaml"));
        has.then(|| side.source(provider).map_err(|it| format!("error: {it:#}")))
    }

    /// What the compiler says, if there is anything that it could say.
    fn rust(&self, krate: &str, replaced: &[(String, String)]) -> Result<RustReview> {
        let paths = [&format!("crates/{krate}"), RUNTIME, "Cargo.toml"];
        if replaced.is_empty() && self.base.is_same(self.head, &paths) {
            return Ok(RustReview::Items(Vec::new()));
        }
        let trees = self.workspace.path(&format!("{FOLDER}/trees"));
        let base = self.base.extract(&trees, &[])?;
        let head = self.head.extract(&trees, replaced)?;
        let target = self.workspace.path(&format!("{FOLDER}/target"));
        Ok(rust::review(&base, &head, krate, &target))
    }

    /// Whether the runtime has changed what a client shows of it.
    fn shows_change_of_runtime(&self, provider: &str) -> Result<bool> {
        let is_same = match self.rust(&format!("payouts-{provider}"), &[])? {
            RustReview::Items(items) => items.is_empty(),
            RustReview::Unknown { .. } => false,
            RustReview::Skipped => true,
        };
        Ok(!is_same)
    }
}

/// What changed in a spec between base and head; a whole provider is one change.
fn spec_review(
    [base, head]: &[Option<Result<Source, String>>; 2],
) -> Result<SpecReview, Unreadable> {
    let side = |name: &str, source: &Option<Result<Source, String>>| match source {
        None => Ok(None),
        Some(Ok(source)) => Ok(Some(source.clone())),
        Some(Err(complaints)) => {
            Err(Unreadable { side: name.to_owned(), complaints: complaints.clone() })
        }
    };
    // A head that cannot be read is never accepted, so it is told first.
    let head = side("head", head)?;
    match (side("base", base)?, head) {
        (Some(base), Some(head)) => spec::spec(&base, &head),
        (None, Some(head)) => whole(&head, "head"),
        (Some(base), None) => whole(&base, "base"),
        (None, None) => Ok(SpecReview::default()),
    }
}

/// A provider that only one side has.
fn whole(source: &Source, side: &str) -> Result<SpecReview, Unreadable> {
    let api = codegen::load(source).map_err(|it| Unreadable {
        side: side.to_owned(),
        complaints: it.render_first(100, codegen::Color::Never),
    })?;
    let operations = api.operations.iter().map(|it| OperationInfo {
        id: it.id.clone(),
        title: format!("{} {}", it.method, it.path),
        summary: it.summary.clone(),
    });
    let operations: Vec<_> = operations.collect();
    let n_operations = shell::counted(operations.len(), "operation");
    let written = source.files.first().map(|it| Written {
        path: it.path.clone(),
        line: 1,
        column: 1,
        text: api.title.clone(),
    });
    let change = match side {
        "head" => Change {
            rule: "provider-added".to_owned(),
            subject: source.provider.clone(),
            summary: format!("a new client with {n_operations}"),
            meaning: Meaning::New,
            alarm: None,
            before: None,
            after: written,
            effects: Vec::new(),
            n_places: 0,
        },
        _ => Change {
            rule: "provider-removed".to_owned(),
            subject: source.provider.clone(),
            summary: format!("the client with its {n_operations} is gone"),
            meaning: Meaning::BreaksWire,
            alarm: None,
            before: written,
            after: None,
            effects: Vec::new(),
            n_places: 0,
        },
    };
    Ok(SpecReview { changes: vec![change], operations, ..SpecReview::default() })
}
