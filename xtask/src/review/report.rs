//! What a review tells, as data; the formats print it and decide nothing.

use serde::Serialize;

use super::accepted::{self, PUBLIC_API, UNKNOWN, UNREADABLE};
use crate::shell::counted;

/// What a change means for those who call the API, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// Nothing but words: descriptions, examples, order.
    Documentation,
    /// Something is possible that was not, and nothing is lost.
    New,
    /// Callers must change their Rust; what they send and get is as before.
    BreaksRust,
    /// What callers sent is not taken any more, or they get what they were not told of.
    BreaksWire,
}

/// Whose value a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// What callers send.
    Request,
    /// What they get, webhooks included.
    Response,
    /// The call itself: its address, credentials, safety.
    Call,
}

/// One side of a change, where it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The file, from the repository's root.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is written there, shortened: one line or a few.
    pub text: String,
}

/// What a change means for one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The operation's or webhook's id.
    pub operation: String,
    /// Where in it, in words: `body`, `parameter limit`, `answer 200`.
    pub part: String,
    /// Whose value it is.
    pub direction: Direction,
    /// What the change means here.
    pub meaning: Meaning,
    /// A value, as JSON, that was right and is not any more, or the other way round.
    pub counter_example: Option<String>,
}

/// One change, told once, with all that it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The kind of change, in kebab-case: `enum-value-removed`.
    pub rule: String,
    /// What is changed, as people name it: `Payout.status`, `POST /payouts`, `server Sandbox`.
    pub subject: String,
    /// What happened to it, a sentence with `code` in backticks.
    pub summary: String,
    /// The worst of the effects.
    pub meaning: Meaning,
    /// Why money is in danger, if it is: amounts, units, idempotency, credentials, servers.
    pub alarm: Option<String>,
    /// Before; nothing if it is new.
    pub before: Option<Written>,
    /// After; nothing if it is gone.
    pub after: Option<Written>,
    /// What it means, operation by operation. Empty if it is about none in particular.
    pub effects: Vec<Effect>,
    /// How many changed places of the spec it explains.
    pub n_places: usize,
}

/// An operation or webhook that a review may speak of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationInfo {
    /// Its id, after the change if it has been renamed.
    pub id: String,
    /// `POST /payouts`, or `webhook`.
    pub title: String,
    /// What it does, in the spec's words.
    pub summary: String,
}

/// All changed places, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reconciliation {
    /// Places of the spec that differ.
    pub n_places: usize,
    /// Those that a change explains.
    pub n_explained: usize,
    /// The others, as they are written: before and after.
    pub unexplained: Vec<(Option<Written>, Option<Written>)>,
}

/// What changed in a spec.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SpecReview {
    /// The changes, the worst first, then as the spec has them.
    pub changes: Vec<Change>,
    /// The operations and webhooks of both sides, in the spec's order.
    pub operations: Vec<OperationInfo>,
    /// Whether everything is told.
    pub reconciliation: Reconciliation,
}

/// A spec that cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// `base` or `head`.
    pub side: String,
    /// The complaints, as `cargo xtask lint` prints them, without colour.
    pub complaints: String,
}

/// A public item of a client crate that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// As it was; nothing if it is new.
    pub before: Option<String>,
    /// As it is; nothing if it is gone.
    pub after: Option<String>,
    /// [`Meaning::BreaksRust`], [`Meaning::New`] or, if no caller can tell, [`Meaning::Documentation`].
    pub meaning: Meaning,
    /// Why, where it is not plain.
    pub reason: Option<String>,
}

/// What changed in the public API of a client crate, as the compiler sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RustReview {
    /// Item by item; empty if nothing changed.
    Items(Vec<ItemChange>),
    /// It could not be found out.
    Unknown {
        /// What the compiler said.
        reason: String,
    },
    /// It was not asked for.
    Skipped,
}

/// Changed lines of a generated file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileLines {
    /// The file, from the repository's root.
    pub path: String,
    /// Lines that are new.
    pub added: usize,
    /// Lines that are gone.
    pub removed: usize,
}

/// What changed in the generated source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceReview {
    /// The files that changed.
    pub files: Vec<FileLines>,
    /// What shows here only, in words: a pattern, a limit.
    pub notes: Vec<String>,
    /// Generated files that are not what the spec of their side gives.
    pub stale: Vec<String>,
}

/// How a version must rise, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// Nothing that users get has changed.
    None,
    /// Words, and mended mistakes.
    Patch,
    /// Something new. In `0.x`, the last number rises.
    Minor,
    /// Something breaks. In `0.x`, the middle number rises.
    Major,
}

/// The version of a crate, against what its changes need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionReview {
    /// The crate's name.
    #[serde(rename = "crate")]
    pub krate: String,
    /// Before, if there was the crate.
    pub base: Option<String>,
    /// After, if there is the crate.
    pub head: Option<String>,
    /// What the changes need.
    pub required: Bump,
    /// The least version that would be enough; nothing if it has risen so far since its
    /// last release.
    pub needed: Option<String>,
    /// Whether CHANGELOG.md speaks of the change, and of what breaks as `breaking`.
    pub has_changelog_entry: bool,
    /// An entry, ready to paste, in Markdown.
    pub proposed_entry: String,
    /// Breaking changes that somebody has accepted, and why.
    pub accepted: Vec<String>,
}

/// A provider's part of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderReview {
    /// Its name.
    pub provider: String,
    /// The spec: what changed, or why that cannot be told.
    pub spec: Result<SpecReview, Unreadable>,
    /// The client's public API.
    pub rust: RustReview,
    /// The generated source.
    pub source: SourceReview,
    /// The crate's version and its changelog.
    pub version: VersionReview,
}

/// A crate that no spec is for: the runtime, or the facade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CrateReview {
    /// Why its version is looked at.
    pub reason: String,
    /// Its public API.
    pub rust: RustReview,
    /// Its version and its changelog.
    pub version: VersionReview,
}

/// Everything about a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Review {
    /// What is compared with, as it was asked for.
    pub base: String,
    /// What is compared; `the work tree` if it is not a revision.
    pub head: String,
    /// The commit that `base` is, for `{rev}`.
    pub base_commit: Option<String>,
    /// The commit that `head` is; nothing for the work tree, which nobody else can look at.
    pub head_commit: Option<String>,
    /// Where files can be looked at, with `{rev}`, `{path}` and `{line}` in it, if anywhere.
    pub link: Option<String>,
    /// The providers that changed.
    pub providers: Vec<ProviderReview>,
    /// The crates that no spec is for, if they change.
    pub crates: Vec<CrateReview>,
    /// The providers that did not.
    pub unchanged: Vec<String>,
    /// Acceptances that accept nothing, in words.
    pub refused: Vec<String>,
}

impl Review {
    /// Whether nothing changed for anybody.
    pub fn is_empty(&self) -> bool {
        self.providers.is_empty() && self.crates.is_empty()
    }

    /// Whether a breaking change is not declared, or a spec cannot be read: then it
    /// must not be merged.
    pub fn fails(&self) -> bool {
        !self.refused.is_empty() || self.judged().any(|(_, problems, _)| !problems.is_empty())
    }

    /// All that is judged: its name, what keeps the change from being merged, its version.
    pub fn judged(&self) -> impl Iterator<Item = (&str, Vec<String>, &VersionReview)> {
        let providers =
            self.providers.iter().map(|it| (it.provider.as_str(), it.problems(), &it.version));
        let crates =
            self.crates.iter().map(|it| (it.version.krate.as_str(), it.problems(), &it.version));
        providers.chain(crates)
    }
}

impl ProviderReview {
    /// Whether this provider's part keeps the change from being merged.
    pub fn fails(&self) -> bool {
        !self.problems().is_empty()
    }

    /// What keeps the change from being merged, a sentence each.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        match &self.spec {
            Err(it) if it.side == "base" && self.version.accepts(UNREADABLE, "base") => {}
            Err(it) => problems.push(format!("the spec of the {} cannot be read", it.side)),
            Ok(it) => match it.reconciliation.unexplained.len() {
                0 => {}
                n => problems.push(format!(
                    "{} of the spec changed and no rule explains it",
                    counted(n, "place")
                )),
            },
        }
        problems.extend(unknown_rust(&self.rust, &self.version));
        // What only adds or explains does not keep anybody from merging.
        if self.version.required == Bump::Major {
            problems.extend(self.version.wants());
        }
        problems
    }
}

impl CrateReview {
    /// What keeps the change from being merged, a sentence each.
    pub fn problems(&self) -> Vec<String> {
        let mut problems: Vec<String> =
            unknown_rust(&self.rust, &self.version).into_iter().collect();
        if self.version.required == Bump::Major {
            let because = |want| format!("{want}, because {}", self.reason);
            problems.extend(self.version.wants().into_iter().map(because));
        }
        problems
    }
}

/// What is wrong with a public API that the compiler does not tell, unless somebody
/// has accepted that.
fn unknown_rust(rust: &RustReview, version: &VersionReview) -> Option<String> {
    let RustReview::Unknown { reason } = rust else { return None };
    let reason = reason.lines().next().unwrap_or_default();
    let is_accepted = version.accepts(PUBLIC_API, UNKNOWN);
    (!is_accepted).then(|| format!("what changed in Rust cannot be told: {reason}"))
}

impl VersionReview {
    /// Whether somebody has accepted a breaking change.
    fn accepts(&self, rule: &str, subject: &str) -> bool {
        let what = accepted::what(rule, subject);
        self.accepted.iter().any(|it| it.starts_with(&what))
    }

    /// What the crate still wants, a sentence each.
    pub fn wants(&self) -> Vec<String> {
        let krate = &self.krate;
        let mut wants = Vec::new();
        if let Some(needed) = &self.needed {
            wants.push(format!("crates/{krate}/Cargo.toml: the version must rise to {needed}"));
        }
        if self.required > Bump::None && !self.has_changelog_entry {
            let breaking =
                if self.required == Bump::Major { ", in a line that says `breaking`" } else { "" };
            wants.push(format!(
                "CHANGELOG.md: `## Unreleased` must say what changes in `{krate}`{breaking}"
            ));
        }
        wants
    }
}
