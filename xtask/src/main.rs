//! The automation of this repository: flags, the root's path and a `match`.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, Parser, Subcommand, builder::RangedU64ValueParser};
use codegen::ImportOptions;

use xtask::{
    bench, check, docs, explain,
    fuzz::{self, Plan},
    generate, lint, new_provider,
    review::{self, Format},
    shell::{self, MessageFormat},
    try_documents::{self, Options},
    usage::Usage,
    workspace::Workspace,
};

/// Turns the hand-written specs into client crates, and checks the repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Flags {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask generate                 write the clients of all specs
  cargo xtask generate acme            write one client, after editing specs/acme.yaml
  cargo xtask generate --check         say whether the committed clients are fresh
  cargo xtask lint --short             one line per complaint, for an editor
  cargo xtask try openapi.json         what would become of somebody else's document
  cargo xtask explain no-success       what a complaint means
  cargo xtask new-provider acme        start specs/acme.yaml and crates/payouts-acme
  cargo xtask new-provider acme --from openapi.json
                                       the same, with somebody else's document
  cargo xtask review                   what the change at hand means for callers
  cargo xtask docs --open              one site of everything that is documented
  cargo fidelity openapi.json          whether the types are what the schemas say
  cargo xtask check                    everything that CI checks, fast things first

Exit codes:
  0  all is well
  1  something failed: a spec has errors, a check did not pass
  2  the command line is wrong
  3  `generate --check` found files that are not fresh";

const TRY_EXAMPLES: &str = "\
Examples:
  cargo xtask try openapi.json                  one document
  cargo xtask try ../apis --json                all documents in a folder, for a script
  cargo xtask try ../apis --compile             and does the compiler take them?
  curl -s https://acme.example/openapi.yaml | cargo xtask try -

Exit codes:
  0  all documents were taken
  1  one was not
  2  the command line is wrong, or a folder has no document";

const REVIEW_EXAMPLES: &str = "\
Examples:
  cargo xtask review                               the work tree against the default branch
  cargo xtask review acme --no-rust                one provider, without asking the compiler
  cargo xtask review --base v1 --head v2           two revisions
  cargo xtask review --output a.md --output a.html for a pull request

Exit codes:
  0  the change may be merged
  1  it must not: a breaking change is not declared, or something cannot be told; or the
     review could not be made. The last line says which
  2  the command line is wrong, or a revision does not exist";

const DOCS_EXAMPLES: &str = "\
Examples:
  cargo xtask docs --open                          build the site and look at it
  cargo xtask docs --no-rustdoc                    in a second, without the crates
  cargo xtask docs --output /tmp/payouts-docs      somewhere else

Exit codes:
  0  the site is written
  1  a spec has errors, rustdoc complains or a link leads nowhere; the earlier site stays
  2  the command line is wrong";

const FUZZ_EXAMPLES: &str = "\
Examples:
  cargo xtask fuzz                                    our specs and fixtures, damaged
  cargo xtask fuzz --documents ../apis --count 100000 other people's documents, damaged
  cargo xtask fuzz --seed 7 --first 1234 --count 1    the case that a failure names

Exit codes:
  0  all cases were generated from or refused
  1  one was not; target/fuzz/ has it
  2  the command line is wrong, or a folder has no document";

const GENERATE_CODES: &str = "\
Exit codes:
  0  all is written; with `--check`, all is fresh
  1  a spec has errors, or a file cannot be written
  2  the command line is wrong, or there is no such provider
  3  `--check` found files that are not fresh";

const CHECK_CODES: &str = "\
Exit codes:
  0  all is well
  1  a check did not pass; the last line says which
  2  the command line is wrong";

const LINT_CODES: &str = "\
Exit codes:
  0  nobody complains
  1  somebody does, or Redocly was demanded and cannot be run
  2  the command line is wrong, or there is no such provider";

const BENCH_CODES: &str = "\
Exit codes:
  0  it was measured; documents that cannot be generated from are skipped
  1  nothing was
  2  the command line is wrong, or a folder has no document";

const FIDELITY_EXAMPLES: &str = "\
Examples:
  cargo fidelity openapi.json                   one document
  cargo fidelity ../apis --json                 all documents in a folder, for a script

Exit codes:
  0  types and schemas agree, or there is a reason why not
  1  they do not
  2  the command line is wrong, or a folder has no document";

const EXPLAIN_CODES: &str = "\
Exit codes:
  0  it is explained
  1  the generator's source cannot be read
  2  the command line is wrong, or there is no such complaint";

const NEW_PROVIDER_EXAMPLES: &str = "\
Examples:
  cargo xtask new-provider acme                 with a spec to be replaced piece by piece
  cargo xtask new-provider acme --from openapi.json
                                                with somebody else's document
  cargo xtask new-provider acme --from openapi.json --keep-going
                                                without what cannot be expressed

Exit codes:
  0  it is started
  1  the document has errors, or a file cannot be written; errors change nothing
  2  the command line is wrong, or the name cannot be a provider's";

#[derive(Subcommand)]
enum Command {
    /// Write the client crates from their specs
    ///
    /// Reads specs/<provider>.yaml (and specs/<provider>/*.yaml), checks it
    /// together with the documented samples, and writes the generated files of
    /// crates/payouts-<provider>. Nothing is written if any spec has errors.
    #[command(after_help = GENERATE_CODES)]
    Generate {
        /// Providers to generate; all if none is named
        providers: Vec<String>,
        /// Write nothing; exit with 3 if a file is not what would be written
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        messages: Messages,
    },
    /// Run everything that CI checks, fast things first
    #[command(after_help = CHECK_CODES)]
    Check,
    /// Lint the specs: our own rules, then Redocly if Node is there
    #[command(after_help = LINT_CODES)]
    Lint {
        /// Providers to lint; all if none is named
        providers: Vec<String>,
        /// Fail if Redocly cannot be run
        #[arg(long)]
        redocly: bool,
        #[command(flatten)]
        messages: Messages,
    },
    /// Try other people's documents: what would become of them?
    ///
    /// Takes OpenAPI 3.0 and 3.1 as it is found, in YAML or JSON, and writes
    /// nothing into the repository. References lead into other files of the
    /// document's folder, or of the folder that was named, and never further.
    #[command(after_help = TRY_EXAMPLES)]
    Try {
        /// Documents; folders, in which every file with a key `openapi` is one;
        /// `-` for the standard input
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// Leave out operations that cannot be expressed, and list them
        #[arg(long)]
        keep_going: bool,
        /// Show warnings in full instead of counting them
        #[arg(long)]
        warnings: bool,
        /// Compile the generated clients in target/try; warnings count as failures
        #[arg(long)]
        compile: bool,
        /// Print the result as one JSON object
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        messages: Messages,
    },
    /// Measure how long the generator takes, beside progenitor alone
    ///
    /// Without a document, ones of growing size are made up: the time should grow
    /// as they do.
    #[command(after_help = BENCH_CODES)]
    Bench {
        /// Documents, and folders with documents
        #[arg(value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// Schemas, and operations, of the smallest made-up document
        #[arg(long, default_value_t = 250, value_parser = at_least_one::<usize>())]
        size: usize,
    },
    /// Damage documents at random: does the generator panic or hang?
    ///
    /// Each case is made from a seed and its number, so that it can be had again.
    /// What fails is made small and written into target/fuzz/.
    #[command(after_help = FUZZ_EXAMPLES)]
    Fuzz {
        /// Folders or files with documents; of our own specs and fixtures, only as
        /// many are damaged beside them
        #[arg(long, num_args = 1.., value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// How many cases
        #[arg(long, default_value_t = 1000, value_parser = at_least_one::<u64>())]
        count: u64,
        /// The number of the first case
        #[arg(long, default_value_t = 0)]
        first: u64,
        /// What the cases are made from
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many cases at once
        #[arg(long, default_value_t = 2, value_parser = at_least_one::<usize>())]
        jobs: usize,
        /// What takes longer is a hang
        #[arg(long, default_value_t = 2, value_name = "SECONDS", value_parser = at_least_one::<u32>())]
        seconds_per_document: u32,
    },
    /// Compare the types of other people's documents with their schemas
    ///
    /// Makes values from the schemas, decodes and encodes them with the
    /// generated types, and has an independent validator judge the result, which
    /// only `cargo fidelity` is built with.
    #[command(after_help = FIDELITY_EXAMPLES)]
    Fidelity {
        /// Documents, or folders of them
        #[arg(required = cfg!(feature = "fidelity"), value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// How many values are made for each schema
        #[arg(long, default_value_t = VALUES, value_parser = at_least_one::<usize>())]
        values: usize,
        /// Print the result as one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Say what a complaint means, with an example; list all if none is named
    #[command(after_help = EXPLAIN_CODES)]
    Explain {
        /// What stands in brackets behind `error`, such as `unknown-reference`
        code: Option<String>,
    },
    /// Review a change: what it means for callers, and which version it needs
    ///
    /// Compares two sides of the repository: the specs by what they mean, the
    /// clients' public API by the compiler, the generated source by its lines.
    /// Nothing of the work tree is written to but target/review.
    #[command(after_help = REVIEW_EXAMPLES)]
    Review {
        /// Providers to review; all that changed if none is named
        providers: Vec<String>,
        /// The revision before [default: the merge base with the default branch]
        #[arg(long, value_name = "REV")]
        base: Option<String>,
        /// The revision after [default: the work tree, untracked files included]
        #[arg(long, value_name = "REV")]
        head: Option<String>,
        /// How it is told [default: what the output ends in, or text]
        #[arg(long, value_name = "FORMAT")]
        format: Option<Format>,
        /// A file to write instead of the standard output; can be given several times
        #[arg(long, value_name = "FILE")]
        output: Vec<PathBuf>,
        /// Do not ask the compiler what changed in the public API
        #[arg(long)]
        no_rust: bool,
        /// The workspace to review [default: the one that this program was built in]
        #[arg(long, value_name = "FOLDER")]
        workspace: Option<PathBuf>,
    },
    /// Build one site of everything that is documented, to be read without a network
    ///
    /// Reference pages of all specs with their samples, the documentation of all
    /// crates, the dialect, the diagnostics, the runbook and the other pages of
    /// the repository, with a search over them. Written to target/site, which is
    /// replaced as a whole.
    #[command(after_help = DOCS_EXAMPLES)]
    Docs {
        /// The folder to write; a new one, an empty one, or an earlier site
        #[arg(long, value_name = "FOLDER")]
        output: Option<PathBuf>,
        /// Leave out the documentation of the crates, which takes longest
        #[arg(long)]
        no_rustdoc: bool,
        /// Open the front page in a browser
        #[arg(long)]
        open: bool,
        /// The workspace to document [default: the one that this program was built in]
        #[arg(long, value_name = "FOLDER")]
        workspace: Option<PathBuf>,
    },
    /// Start a provider: spec, crate, feature and rows of the READMEs
    #[command(after_help = NEW_PROVIDER_EXAMPLES)]
    NewProvider {
        /// One lower-case word, the same in specs/, crates/ and the facade's features
        name: String,
        /// Begin with somebody else's OpenAPI document, rewritten in our dialect;
        /// `-` for the standard input
        #[arg(long, value_name = "DOCUMENT")]
        from: Option<String>,
        /// Leave out operations that cannot be expressed, and list them
        #[arg(long, requires = "from")]
        keep_going: bool,
        #[command(flatten)]
        messages: Messages,
    },
}

/// How many values are made for each schema, unless it is said.
const VALUES: usize = 20;

/// The command that has the validator.
#[cfg(not(feature = "fidelity"))]
fn cargo_fidelity(documents: &[String], values: usize, json: bool) -> String {
    let mut command = "cargo fidelity".to_owned();
    if documents.is_empty() {
        command.push_str(" DOCUMENT");
    }
    for it in documents {
        command.push_str(&format!(" {}", xtask::text::word(it)));
    }
    if values != VALUES {
        command.push_str(&format!(" --values {values}"));
    }
    if json {
        command.push_str(" --json");
    }
    command
}

/// A number of something, of which none would mean nothing.
fn at_least_one<T: TryFrom<u64> + Clone + Send + Sync + 'static>() -> RangedU64ValueParser<T> {
    RangedU64ValueParser::new().range(1..)
}

/// How complaints are printed.
#[derive(Args)]
struct Messages {
    /// How complaints are printed: `human` shows the lines of the spec, `short`
    /// has one line each, `json` one object per line, `github` annotations
    #[arg(long, value_name = "FORMAT", default_value = "human", conflicts_with = "short")]
    message_format: MessageFormat,
    /// The same as `--message-format short`
    #[arg(long)]
    short: bool,
}

impl Messages {
    fn format(&self) -> MessageFormat {
        if self.short { MessageFormat::Short } else { self.message_format }
    }
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let outcome = Workspace::find().and_then(|workspace| match flags.command {
        Command::Generate { providers, check: false, messages } => {
            generate::write(&workspace, &providers, messages.format())
        }
        Command::Generate { providers, check: true, messages } => {
            generate::check(&workspace, &providers, messages.format())
        }
        Command::Check => check::run(&workspace),
        Command::Lint { providers, redocly, messages } => {
            lint::run(&workspace, &providers, redocly, messages.format())
        }
        Command::Try { documents, keep_going, warnings, compile, json, messages } => {
            let format = messages.format();
            let options = Options { keep_going, warnings, json, compile, format };
            try_documents::run(&workspace, &documents, options)
        }
        Command::Bench { documents, size } => bench::run(&documents, size),
        Command::Fuzz { documents, count, first, seed, jobs, seconds_per_document } => {
            let limit = Duration::from_secs(u64::from(seconds_per_document));
            let plan = Plan { seed, first, count, jobs, limit };
            fuzz::run(&workspace, &documents, plan)
        }
        #[cfg(feature = "fidelity")]
        Command::Fidelity { documents, values, json } => {
            let options = xtask::fidelity::Options { n_instances: values, json };
            xtask::fidelity::run(&workspace, &documents, options)
        }
        #[cfg(not(feature = "fidelity"))]
        Command::Fidelity { documents, values, json } => Err(Usage::error(format!(
            "this is built without the independent validator; run `{}`",
            cargo_fidelity(&documents, values, json)
        ))),
        Command::Review { providers, base, head, format, output, no_rust, workspace: other } => {
            let workspace = other.map_or(workspace, |it| Workspace::at(&it));
            let options =
                review::Options { providers, base, head, format, outputs: output, no_rust };
            review::run(&workspace, &options)
        }
        Command::Docs { output, no_rustdoc, open, workspace: other } => {
            let workspace = other.map_or(workspace, |it| Workspace::at(&it));
            docs::run(&workspace, &docs::Options { output, no_rustdoc, open })
        }
        Command::Explain { code } => explain::run(&workspace, code.as_deref()),
        Command::NewProvider { name, from: None, .. } => new_provider::run(&workspace, &name),
        Command::NewProvider { name, from: Some(document), keep_going, messages } => {
            let options = ImportOptions { keep_going };
            new_provider::run_from(&workspace, &name, &document, options, messages.format())
        }
    });
    match outcome {
        Ok(code) => code,
        Err(error) => {
            shell::error(&format!("{error:#}"));
            if error.is::<Usage>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
