//! Checks samples, documented or captured in production, against a client.

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;
use payouts_tests::conformance::Conformance;

/// Decodes every sample with the generated type, encodes it again, and says what was lost
///
/// Files are called `<operation_id>.<request|response>.<status>[.<n>].json`.
/// Requests of operations without a body hold the path and query parameters as
/// strings; inbound webhooks are requests under the webhook's name;
/// `error.response.<status>` is the error body of every operation.
#[derive(Parser)]
#[command(
    name = "conformance",
    after_help = "Exit codes: 0 all passed, 1 some failed, 2 the command line is wrong or nothing could be read"
)]
struct Flags {
    /// The provider, such as `revere`
    provider: String,
    /// Where the samples are; folders in it are looked into
    folder: PathBuf,
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let verdicts = Conformance::of(&flags.provider).and_then(|it| it.folder(&flags.folder));
    let verdicts = match verdicts {
        Ok(verdicts) => verdicts,
        Err(error) => {
            anstream::eprintln!("\u{1b}[1;31merror\u{1b}[0m: {error:#}");
            return ExitCode::from(2);
        }
    };
    let mut n_failed = 0;
    for verdict in &verdicts {
        if verdict.failures.is_empty() {
            anstream::println!("\u{1b}[32mok\u{1b}[0m   {}", verdict.file);
        } else {
            n_failed += 1;
            for failure in &verdict.failures {
                anstream::println!("\u{1b}[1;31mFAIL\u{1b}[0m {}: {failure}", verdict.file);
            }
        }
        for note in &verdict.notes {
            anstream::println!("     {note}");
        }
    }
    anstream::println!("{} passed, {n_failed} failed", verdicts.len() - n_failed);
    if n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
