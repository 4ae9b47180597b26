//! Messages in cargo's way: a right-aligned verb in colour, then what it is about.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

const GREEN: &str = "\u{1b}[1;32m";
const YELLOW: &str = "\u{1b}[1;33m";
const RED: &str = "\u{1b}[1;31m";
const RESET: &str = "\u{1b}[0m";

/// Something is done or under way.
pub fn status(verb: &str, what: &str) {
    anstream::eprintln!("{GREEN}{verb:>12}{RESET} {what}");
}

/// Something wants attention.
pub fn warning(verb: &str, what: &str) {
    anstream::eprintln!("{YELLOW}{verb:>12}{RESET} {what}");
}

/// Something failed.
pub fn failure(verb: &str, what: &str) {
    anstream::eprintln!("{RED}{verb:>12}{RESET} {what}");
}

/// The last word of a command that could not do its work.
pub fn error(what: &str) {
    anstream::eprintln!("{RED}error{RESET}: {what}");
}

/// Text as it is.
pub fn plain(text: &str) {
    anstream::eprintln!("{text}");
}

/// Whether diagnostics should be in colour.
pub fn color() -> codegen::Color {
    let choice = anstream::AutoStream::choice(&std::io::stderr());
    if choice == anstream::ColorChoice::Never {
        codegen::Color::Never
    } else {
        codegen::Color::Always
    }
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
