//! The automation of this repository: flags, the root's path and a `match`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use xtask::{check, generate, lint, new_provider, shell, workspace::Workspace};

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
  cargo xtask new-provider acme        start specs/acme.yaml and crates/payouts-acme
  cargo xtask check                    everything that CI checks, fast things first

Exit codes:
  0  all is well
  1  something failed: a spec has errors, a check did not pass
  2  the command line is wrong
  3  `generate --check` found files that are not fresh";

#[derive(Subcommand)]
enum Command {
    /// Write the client crates from their specs
    ///
    /// Reads specs/<provider>.yaml (and specs/<provider>/*.yaml), checks it
    /// together with the documented samples, and writes the generated files of
    /// crates/payouts-<provider>. Nothing is written if any spec has errors.
    Generate {
        /// Providers to generate; all if none is named
        providers: Vec<String>,
        /// Write nothing; exit with 3 if a file is not what would be written
        #[arg(long)]
        check: bool,
    },
    /// Run everything that CI checks, fast things first
    Check,
    /// Lint the specs: our own rules, then Redocly if Node is there
    Lint {
        /// Providers to lint; all if none is named
        providers: Vec<String>,
        /// Fail if Redocly cannot be run
        #[arg(long)]
        redocly: bool,
    },
    /// Start a provider: spec, crate, feature and README row
    NewProvider {
        /// One lower-case word, the same in specs/, crates/ and the facade's features
        name: String,
    },
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let outcome = Workspace::find().and_then(|workspace| match flags.command {
        Command::Generate { providers, check: false } => generate::write(&workspace, &providers),
        Command::Generate { providers, check: true } => generate::check(&workspace, &providers),
        Command::Check => check::run(&workspace),
        Command::Lint { providers, redocly } => lint::run(&workspace, &providers, redocly),
        Command::NewProvider { name } => new_provider::run(&workspace, &name),
    });
    match outcome {
        Ok(code) => code,
        Err(error) => {
            shell::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
