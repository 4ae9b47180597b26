//! The words for what a review holds, the same in all formats.

use std::fmt::Write as _;

use crate::{
    review::report::{Change, Direction, Effect, Meaning, Reconciliation, Review, Written},
    text::{Piece, pieces, visible},
};

/// What a change means, as the heading of a group.
pub(super) fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::BreaksWire => "breaks the wire",
        Meaning::BreaksRust => "breaks Rust",
        Meaning::New => "new",
        Meaning::Documentation => "documentation only",
    }
}

/// `body (request), answer 201 (response): new`; what is not the operation's worst is told.
pub(super) fn parts(effects: &[&Effect], worst: Meaning) -> String {
    let part = |it: &&Effect| {
        let text = match it.direction {
            Direction::Request => format!("{} (request)", it.part),
            Direction::Response => format!("{} (response)", it.part),
            // Whose value it is does not matter for an address.
            Direction::Call => it.part.clone(),
        };
        if it.meaning == worst { text } else { format!("{text}: {}", meaning(it.meaning)) }
    };
    effects.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// The values that show what a change means, each with its sentence.
pub(super) fn counter_examples<'r>(effects: &[&'r Effect]) -> Vec<(&'r str, &'static str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for effect in effects {
        let Some(value) = effect.counter_example.as_deref() else { continue };
        let sentence = match (effect.meaning, effect.direction) {
            (Meaning::BreaksWire, Direction::Request) => "was accepted, is not any more",
            (Meaning::BreaksWire, Direction::Response) => "may come now, could not before",
            (Meaning::BreaksWire, Direction::Call) => "was right, is not any more",
            (Meaning::BreaksRust, Direction::Response) => "does not come any more",
            (_, Direction::Response) => "may come now, could not before",
            (_, Direction::Request) => "is accepted now, was not before",
            (_, Direction::Call) => "is right now, was not before",
        };
        if !found.contains(&(value, sentence)) {
            found.push((value, sentence));
        }
    }
    found
}

/// `54 places changed, 54 explained`.
pub(super) fn reconciliation(it: &Reconciliation) -> String {
    let places = super::view::counted(it.n_places, "place");
    format!("{places} changed, {} explained", it.n_explained)
}

/// `specs/acme.yaml:12`.
pub(super) fn place(written: &Written) -> String {
    format!("{}:{}", written.path, written.line)
}

/// Where a line can be looked at, if anywhere.
pub(super) fn link(review: &Review, commit: &Option<String>, written: &Written) -> Option<String> {
    let (template, commit) = (review.link.as_deref()?, commit.as_deref()?);
    template.starts_with("https://").then(|| {
        template
            .replace("{rev}", &percent_encoded(commit))
            .replace("{path}", &percent_encoded(&written.path))
            .replace("{line}", &written.line.to_string())
    })
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Visible, in one line.
pub(super) fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Visible, in one line of no more than `most` characters.
pub(super) fn short(text: &str, most: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(most) {
        None => line,
        Some(_) => {
            let end = line.char_indices().nth(most.saturating_sub(1)).map_or(0, |(idx, _)| idx);
            format!("{}…", &line[..end])
        }
    }
}

/// What happened to what, as a sentence; it may name what it is about itself.
pub(super) fn headline(change: &Change) -> Vec<Piece<'_>> {
    let pieces = pieces(&change.summary);
    let subject = Piece::Subject(&change.subject);
    let mut is_named = false;
    let mut named: Vec<Piece<'_>> = Vec::new();
    for piece in pieces {
        let is_subject = !is_named && piece == Piece::Code(&change.subject);
        is_named |= is_subject;
        named.push(if is_subject { subject } else { piece });
    }
    if !is_named && !change.subject.is_empty() {
        named.splice(0..0, [subject, Piece::Text(": ")]);
    }
    named
}
