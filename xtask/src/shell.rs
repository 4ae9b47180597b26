//! Messages in cargo's way, a right-aligned verb in colour and what it is about; and
//! cargo itself.

use std::{
    io::{IsTerminal, Write},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use codegen::{Diagnostics, Format};

use crate::text::visible;

const GREEN: &str = "\u{1b}[1;32m";
const YELLOW: &str = "\u{1b}[1;33m";
const RED: &str = "\u{1b}[1;31m";
const RESET: &str = "\u{1b}[0m";

/// Something is done or under way.
pub fn status(verb: &str, what: &str) {
    told(GREEN, verb, what);
}

/// Something wants attention.
pub fn warning(verb: &str, what: &str) {
    told(YELLOW, verb, what);
}

/// Something failed.
pub fn failure(verb: &str, what: &str) {
    told(RED, verb, what);
}

/// What is told may be a path of strangers.
fn told(color: &str, verb: &str, what: &str) {
    anstream::eprintln!("{color}{verb:>12}{RESET} {}", visible(what));
}

/// The last word of a command that could not do its work.
pub fn error(what: &str) {
    anstream::eprintln!("{RED}error{RESET}: {}", visible(what));
}

/// Text as it is.
pub fn plain(text: &str) {
    anstream::eprintln!("{text}");
}

/// What a command was asked for, for other programs to read.
pub fn out(text: &str) {
    anstream::println!("{text}");
}

/// Whether diagnostics should be in colour.
pub fn color() -> codegen::Color {
    color_of(anstream::AutoStream::choice(&std::io::stderr()))
}

/// Whether what a command was asked for should be in colour.
pub fn color_of_output() -> codegen::Color {
    color_of(anstream::AutoStream::choice(&std::io::stdout()))
}

fn color_of(choice: anstream::ColorChoice) -> codegen::Color {
    if choice == anstream::ColorChoice::Never {
        codegen::Color::Never
    } else {
        codegen::Color::Always
    }
}

/// How complaints are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// With the lines of the spec, as rustc does.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON object per line, on the standard output.
    Json,
    /// Annotations of GitHub's workflows, on the standard output.
    Github,
}

/// Prints complaints; for people, no more of them than they can read.
pub fn complaints(diagnostics: &Diagnostics, format: MessageFormat) {
    first_complaints(diagnostics, format, 100);
}

/// Prints complaints; for people, only the first of them.
pub fn first_complaints(diagnostics: &Diagnostics, format: MessageFormat, most: usize) {
    match format {
        MessageFormat::Human => plain(&format!("{}\n", diagnostics.render_first(most, color()))),
        MessageFormat::Short => plain(diagnostics.format(Format::Short).trim_end()),
        MessageFormat::Json => out(diagnostics.format(Format::Json).trim_end()),
        MessageFormat::Github => out(diagnostics.format(Format::Github).trim_end()),
    }
    if let (MessageFormat::Human, Some(first)) = (format, diagnostics.items().next()) {
        plain(&format!("For more about a complaint: `cargo xtask explain {}`", first.code));
    }
}

/// The cargo that has started this program, to be run in a folder.
pub fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

/// `1 error`, `2 errors`.
pub fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// A line that is replaced while work goes on; shown only to people, and only
/// if the work takes longer than a second.
pub struct Progress {
    started: Instant,
    shown: bool,
}

impl Progress {
    /// Starts the clock.
    pub fn start() -> Self {
        Self { started: Instant::now(), shown: false }
    }

    /// Work has come to `what`, which is number `done` of `all`.
    pub fn step(&mut self, what: &str, done: usize, all: usize) {
        if self.started.elapsed() > Duration::from_secs(1) && std::io::stderr().is_terminal() {
            anstream::eprint!(
                "\r\u{1b}[K{GREEN}{:>12}{RESET} {}/{all} {what}",
                "Working",
                done + 1
            );
            let _ = std::io::stderr().flush();
            self.shown = true;
        }
    }

    /// Removes the line and tells how long it took.
    pub fn finish(self) -> Duration {
        if self.shown {
            anstream::eprint!("\r\u{1b}[K");
        }
        self.started.elapsed()
    }
}
