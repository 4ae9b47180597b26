//! `specs/accepted.toml`: breaking changes that may go out without a greater version.
//!
//! An entry counts in the change that adds it and never again, so that an old
//! one does not accept something new. Each accepts exactly one change.

use toml_edit::{DocumentMut, Item, TableLike};

use super::{
    git::Side,
    report::{
        Change, CrateReview, ItemChange, Meaning, ProviderReview, RustReview, SpecReview,
        Unreadable,
    },
};
use crate::workspace::Files;

/// Where people write what they accept.
pub(crate) const PATH: &str = "specs/accepted.toml";

/// The rule of what only the compiler sees; its subject is the item as it was, or
/// [`UNKNOWN`].
pub(crate) const PUBLIC_API: &str = "public-api";

/// The subject of a public API that the compiler does not tell.
pub(crate) const UNKNOWN: &str = "unknown";

/// The rule of a base that cannot be read; its subject is `base`. Without it, nobody
/// could mend one. A head that cannot be read is never accepted.
pub(crate) const UNREADABLE: &str = "unreadable";

/// A breaking change that somebody has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    krate: String,
    rule: String,
    subject: String,
    /// What exactly happened, where rule and subject fit several changes.
    summary: Option<String>,
    reason: String,
}

/// A change that breaks something.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Breaking<'r> {
    Spec(&'r Change),
    Item(&'r ItemChange),
    /// Nobody can tell what the compiler would say.
    UnknownApi,
    /// Nobody can tell what there was.
    UnreadableBase,
}

impl Breaking<'_> {
    fn rule(&self) -> &str {
        match self {
            Self::Spec(it) => &it.rule,
            Self::Item(_) | Self::UnknownApi => PUBLIC_API,
            Self::UnreadableBase => UNREADABLE,
        }
    }

    fn subject(&self) -> &str {
        match self {
            Self::Spec(it) => &it.subject,
            Self::Item(it) => it.before.as_deref().or(it.after.as_deref()).unwrap_or_default(),
            Self::UnknownApi => UNKNOWN,
            Self::UnreadableBase => "base",
        }
    }

    fn summary(&self) -> &str {
        match self {
            Self::Spec(it) => &it.summary,
            Self::Item(it) => it.after.as_deref().unwrap_or_default(),
            Self::UnknownApi | Self::UnreadableBase => "",
        }
    }
}

impl Accepted {
    /// As a review tells it.
    pub(crate) fn told(&self) -> String {
        format!("{} {}", what(&self.rule, &self.subject), self.reason)
    }

    /// Whether it accepts a change of the public API of one of these crates.
    pub(crate) fn is_of_api(&self, crates: &[String]) -> bool {
        self.rule == PUBLIC_API && crates.iter().any(|it| self.is_of(it))
    }

    fn is_of(&self, krate: &str) -> bool {
        self.krate == krate
    }

    fn accepts(&self, change: &Breaking<'_>) -> bool {
        self.rule == change.rule()
            && self.subject == change.subject()
            && self.summary.as_ref().is_none_or(|it| it == change.summary())
    }

    fn refused(&self, why: &str) -> String {
        format!("{PATH}: `{}` of `{}` in `{}` {why}", self.rule, self.subject, self.krate)
    }
}

/// How what is accepted begins, as a review tells it.
pub(crate) fn what(rule: &str, subject: &str) -> String {
    format!("`{rule}` of `{subject}`:")
}

/// What the head accepts and the base does not, and what is wrong with the file.
pub(crate) fn read(base: &Side<'_>, head: &Side<'_>) -> (Vec<Accepted>, Vec<String>) {
    let entries = |side: &Side<'_>| match side.read(PATH) {
        Ok(text) => parse(&text.unwrap_or_default()),
        Err(error) => Err(format!("{PATH}: {error:#}")),
    };
    // The base may be wrong; then the head has to say everything again.
    let mut old = entries(base).unwrap_or_default();
    match entries(head) {
        Err(problem) => (Vec::new(), vec![problem]),
        Ok(mut entries) => {
            entries.retain(|it| match old.iter().position(|old| old == it) {
                Some(idx) => {
                    old.swap_remove(idx);
                    false
                }
                None => true,
            });
            (entries, Vec::new())
        }
    }
}

/// What breaks, in the order of the review.
pub(crate) fn breaking<'r>(
    spec: Option<&'r Result<SpecReview, Unreadable>>,
    rust: &'r RustReview,
) -> Vec<Breaking<'r>> {
    let mut breaking = Vec::new();
    match spec {
        Some(Ok(spec)) => {
            let changes = spec.changes.iter().filter(|it| it.meaning >= Meaning::BreaksRust);
            breaking.extend(changes.map(Breaking::Spec));
        }
        Some(Err(it)) if it.side == "base" => breaking.push(Breaking::UnreadableBase),
        Some(Err(_)) | None => {}
    }
    match rust {
        RustReview::Items(items) => {
            let items = items.iter().filter(|it| it.meaning >= Meaning::BreaksRust);
            breaking.extend(items.map(Breaking::Item));
        }
        RustReview::Unknown { .. } => breaking.push(Breaking::UnknownApi),
        RustReview::Skipped => {}
    }
    breaking
}

/// Which of the breaking changes are accepted, in their order, and what is refused.
pub(crate) fn settle<'a>(
    krate: &str,
    breaking: &[Breaking<'_>],
    accepted: &'a [Accepted],
) -> (Vec<Option<&'a Accepted>>, Vec<String>) {
    let mut settled: Vec<Option<&Accepted>> = vec![None; breaking.len()];
    let mut refused = Vec::new();
    for entry in accepted.iter().filter(|it| it.is_of(krate)) {
        let matching: Vec<usize> =
            (0..breaking.len()).filter(|it| entry.accepts(&breaking[*it])).collect();
        match matching.as_slice() {
            [] => refused.push(entry.refused("is no breaking change of this review")),
            [idx] if settled[*idx].is_some() => refused.push(entry.refused("stands there twice")),
            [idx] => settled[*idx] = Some(entry),
            many => refused.push(entry.refused(&format!(
                "is not one change but {}, so it accepts none of them; a `summary` says which",
                many.len()
            ))),
        }
    }
    (settled, refused)
}

/// Refuses entries of crates that did not change.
pub(crate) fn of_others(
    accepted: &[Accepted],
    changed: &[ProviderReview],
    crates: &[CrateReview],
) -> Vec<String> {
    let changed = changed.iter().map(|it| &it.version).chain(crates.iter().map(|it| &it.version));
    let known: Vec<&str> = changed.map(|it| it.krate.as_str()).collect();
    let others = accepted.iter().filter(|it| !known.iter().any(|krate| it.is_of(krate)));
    others.map(|it| it.refused("is about a crate that did not change")).collect()
}

fn parse(text: &str) -> Result<Vec<Accepted>, String> {
    let document: DocumentMut = text.parse().map_err(|error| format!("{PATH}: {error}"))?;
    let mut entries = Vec::new();
    for (key, item) in document.iter() {
        let Some(tables) = item.as_array_of_tables().filter(|_| key == "accepted") else {
            return Err(format!("{PATH}: `{key}` means nothing here; write `[[accepted]]`"));
        };
        for table in tables {
            entries.push(entry(table)?);
        }
    }
    Ok(entries)
}

fn entry(table: &dyn TableLike) -> Result<Accepted, String> {
    let known = ["crate", "rule", "subject", "summary", "reason"];
    if let Some((key, _)) = table.iter().find(|(key, _)| !known.contains(key)) {
        return Err(format!("{PATH}: an entry has no `{key}`, only {}", known.join(", ")));
    }
    let text = |key: &str| {
        let text = table.get(key).and_then(Item::as_str).map(str::trim);
        let text = text.filter(|it| !it.is_empty()).map(ToOwned::to_owned);
        text.ok_or_else(|| format!("{PATH}: an entry needs `{key} = \"…\"`"))
    };
    Ok(Accepted {
        krate: text("crate")?,
        rule: text("rule")?,
        subject: text("subject")?,
        summary: table.get("summary").map(|_| text("summary")).transpose()?,
        reason: text("reason")?,
    })
}

#[cfg(test)]
mod tests;
