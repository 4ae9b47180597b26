//! For the terminal, as cargo and rustc speak.

use codegen::Color;

use crate::{
    review::{
        format::{
            view::{self, Entry, MEANINGS, Operation},
            words::{self, one_line},
        },
        report::{
            Change, Meaning, ProviderReview, Review, RustReview, SpecReview, VersionReview, Written,
        },
    },
    text::{Piece, visible},
};

/// A review for people at a terminal.
pub(crate) fn text(review: &Review, color: Color) -> String {
    let mut out = Out { text: String::new(), color };
    if review.is_empty() {
        let (base, head) = (one_line(&review.base), one_line(&review.head));
        out.line(0, &format!("nothing changed between {base} and {head}"));
    }
    for provider in &review.providers {
        let style = if provider.fails() { RED } else { GREEN };
        let verdict = out.painted(style, &one_line(&view::verdict(provider)));
        out.line(0, &verdict);
    }
    for it in &review.crates {
        let style = if it.problems().is_empty() { GREEN } else { RED };
        let verdict = out.painted(style, &one_line(&view::verdict_of_crate(it)));
        out.line(0, &verdict);
    }
    if !review.unchanged.is_empty() {
        out.line(0, &format!("unchanged: {}", one_line(&review.unchanged.join(", "))));
    }
    for refused in &review.refused {
        let error = out.painted(RED, "error");
        out.line(0, &format!("{error}: {}", one_line(refused)));
    }
    for provider in &review.providers {
        out.provider(provider);
    }
    for it in &review.crates {
        out.rust(&it.version.krate, &it.rust);
        if it.rust != RustReview::Skipped {
            out.version(&it.version);
        }
    }
    out.text
}

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const GREEN: &str = "\u{1b}[1;32m";
const YELLOW: &str = "\u{1b}[1;33m";
const BLUE: &str = "\u{1b}[1;34m";
const RESET: &str = "\u{1b}[0m";

struct Out {
    text: String,
    color: Color,
}

impl Out {
    fn painted(&self, style: &str, text: &str) -> String {
        match self.color {
            Color::Always => format!("{style}{text}{RESET}"),
            Color::Never => text.to_owned(),
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.text.extend(std::iter::repeat_n(' ', indent));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }

    fn heading(&mut self, style: &str, text: &str, rest: &str) {
        let heading = self.painted(style, &one_line(text));
        self.text.push('\n');
        self.line(0, &format!("{heading}{}", visible(rest)));
    }

    fn provider(&mut self, review: &ProviderReview) {
        match &review.spec {
            Ok(spec) => self.spec(spec),
            Err(unreadable) => {
                let rest = format!(": the spec of {} cannot be read", unreadable.side);
                self.heading(RED, &format!("error[{}]", review.provider), &rest);
                for line in visible(unreadable.complaints.trim_end()).lines() {
                    self.line(2, line);
                }
            }
        }
        self.rust(&review.version.krate, &review.rust);
        self.source(review);
        self.version(&review.version);
        if let Ok(spec) = &review.spec {
            self.reconciliation(&review.provider, spec);
        }
    }

    fn spec(&mut self, spec: &SpecReview) {
        let operations = view::by_operation(spec);
        for (_, change) in view::alarms(spec) {
            self.alarm(change);
        }
        for operation in &operations {
            self.operation(operation);
        }
    }

    fn alarm(&mut self, change: &Change) {
        let rest = format!(": {}", headline(change));
        self.heading(RED, "money alarm", &rest);
        self.written(2, change);
        let why = change.alarm.as_deref().unwrap_or_default();
        self.line(2, &format!("= why: {}", one_line(why)));
        let mut operations: Vec<&str> =
            change.effects.iter().map(|it| it.operation.as_str()).collect();
        operations.dedup();
        if !operations.is_empty() {
            self.line(2, &format!("= in: {}", one_line(&operations.join(", "))));
        }
    }

    fn operation(&mut self, operation: &Operation<'_>) {
        match operation.id {
            "" => self.heading(BOLD, "the API as a whole", ""),
            id => {
                let rest = format!("  {}", one_line(operation.title));
                self.heading(BOLD, &one_line(id), rest.trim_end());
            }
        }
        for meaning in MEANINGS {
            let mut entries = operation.of(meaning).peekable();
            if entries.peek().is_some() {
                let heading = self.painted(style(meaning), words::meaning(meaning));
                self.line(2, &heading);
            }
            for entry in entries {
                self.entry(entry);
            }
        }
    }

    fn entry(&mut self, entry: &Entry<'_>) {
        let change = entry.change;
        if entry.meaning == Meaning::Documentation {
            self.line(4, &format!("{}  {}", headline(change), places(change)));
            return;
        }
        self.line(4, &headline(change));
        if !entry.effects.is_empty() {
            self.line(6, &format!("in {}", one_line(&words::parts(&entry.effects, entry.meaning))));
        }
        self.written(6, change);
        for (value, sentence) in words::counter_examples(&entry.effects) {
            self.line(6, &format!("= `{}` {sentence}", one_line(value)));
        }
    }

    /// Where a change is, and what stands there.
    fn written(&mut self, indent: usize, change: &Change) {
        let arrow = self.painted(BLUE, "-->");
        self.line(indent, &format!("{arrow} {}", places(change)));
        let sides = [(&change.before, RED, '-'), (&change.after, GREEN, '+')];
        for (written, style, sign) in sides {
            let Some(written) = written else { continue };
            for line in visible(written.text.trim_end()).lines() {
                let line = self.painted(style, &format!("{sign} {line}"));
                self.line(indent, &line);
            }
        }
    }

    fn rust(&mut self, krate: &str, rust: &RustReview) {
        match rust {
            RustReview::Skipped => {}
            RustReview::Unknown { reason } => {
                let rest = format!(": the public API of {krate} cannot be compared");
                self.heading(RED, "error", &rest);
                for line in visible(reason.trim_end()).lines() {
                    self.line(2, line);
                }
            }
            RustReview::Items(items) if items.is_empty() => {}
            RustReview::Items(items) => {
                let n = view::counted(items.len(), "public item");
                self.heading(BOLD, "Rust", &format!(": {n} of {krate} changed"));
                for meaning in MEANINGS {
                    let mut of = items.iter().filter(|it| it.meaning == meaning).peekable();
                    if of.peek().is_some() {
                        let heading = self.painted(style(meaning), words::meaning(meaning));
                        self.line(2, &heading);
                    }
                    for item in of {
                        let sides = [(&item.before, RED, '-'), (&item.after, GREEN, '+')];
                        for (side, style, sign) in sides {
                            let Some(side) = side else { continue };
                            let line = self.painted(style, &format!("{sign} {}", one_line(side)));
                            self.line(4, &line);
                        }
                        if let Some(reason) = &item.reason {
                            self.line(4, &format!("= {}", one_line(reason)));
                        }
                    }
                }
            }
        }
    }

    fn source(&mut self, review: &ProviderReview) {
        let source = &review.source;
        if !source.files.is_empty() || !source.notes.is_empty() {
            let added: usize = source.files.iter().map(|it| it.added).sum();
            let removed: usize = source.files.iter().map(|it| it.removed).sum();
            let n = view::counted(source.files.len(), "file");
            let krate = &review.version.krate;
            self.heading(BOLD, "generated", &format!(": {n} of {krate}, +{added} -{removed}"));
            for file in &source.files {
                self.line(
                    2,
                    &format!("{} +{} -{}", one_line(&file.path), file.added, file.removed),
                );
            }
            for note in &source.notes {
                self.line(2, &format!("= {}", one_line(note)));
            }
        }
        if !source.stale.is_empty() {
            let krate = &review.version.krate;
            let rest = format!(": generated files of {krate} are not what their spec gives");
            self.heading(RED, "error", &rest);
            for path in &source.stale {
                self.line(2, &one_line(path));
            }
            self.line(2, "= help: run `cargo xtask generate` and commit what it writes");
        }
    }

    fn version(&mut self, version: &VersionReview) {
        let told = view::version(version);
        self.heading(BOLD, "version", &format!(" of {}: {}", version.krate, one_line(&told)));
        for reason in &version.accepted {
            self.line(2, &format!("= accepted: {}", one_line(reason)));
        }
        if !version.has_changelog_entry && !version.proposed_entry.is_empty() {
            self.line(2, "= help: an entry for CHANGELOG.md:");
            for line in visible(version.proposed_entry.trim_end()).lines() {
                self.line(6, line);
            }
        }
    }

    fn reconciliation(&mut self, provider: &str, spec: &SpecReview) {
        let it = &spec.reconciliation;
        let style = if it.unexplained.is_empty() { GREEN } else { RED };
        self.heading(style, provider, &format!(": {}", words::reconciliation(it)));
        for (before, after) in &it.unexplained {
            self.line(2, &format!("not explained: {}", both_places(before, after)));
            for (written, sign) in [(before, '-'), (after, '+')] {
                let Some(written) = written else { continue };
                for line in visible(written.text.trim_end()).lines() {
                    self.line(4, &format!("{sign} {line}"));
                }
            }
        }
    }
}

fn style(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::BreaksWire => RED,
        Meaning::BreaksRust => YELLOW,
        Meaning::New => GREEN,
        Meaning::Documentation => BLUE,
    }
}

fn headline(change: &Change) -> String {
    let piece = |it: &Piece<'_>| match *it {
        Piece::Text(text) => text.to_owned(),
        Piece::Code(text) | Piece::Subject(text) => format!("`{text}`"),
    };
    let sentence: String = words::headline(change).iter().map(piece).collect();
    format!("{} [{}]", one_line(&sentence), one_line(&change.rule))
}

fn places(change: &Change) -> String {
    both_places(&change.before, &change.after)
}

fn both_places(before: &Option<Written>, after: &Option<Written>) -> String {
    let text = match (before, after) {
        (Some(before), Some(after)) => {
            format!("{} → {}", words::place(before), words::place(after))
        }
        (Some(before), None) => format!("{}, gone", words::place(before)),
        (None, Some(after)) => words::place(after),
        (None, None) => "nowhere in particular".to_owned(),
    };
    one_line(&text)
}
