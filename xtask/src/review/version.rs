//! How a crate's version must rise, and whether it has.

use std::fmt;

use anyhow::{Context, Result};
use toml_edit::{DocumentMut, Item};

use super::{
    accepted::{self, Accepted, Breaking},
    changelog::{self, Changelog},
    git::{Repository, Side},
    report::{Bump, Meaning, RustReview, SpecReview, Unreadable, VersionReview},
};
use crate::workspace::Files;

/// The three numbers that decide; what follows them does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// Reads `1.2.3`, whatever stands behind `-` or `+`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers = text.split(['-', '+']).next()?;
        let mut numbers = numbers.split('.').map(|it| it.parse().ok());
        let version =
            Self { major: numbers.next()??, minor: numbers.next()??, patch: numbers.next()?? };
        numbers.next().is_none().then_some(version)
    }

    /// The least version that may follow, by cargo's rules.
    pub(crate) fn raised(self, bump: Bump) -> Self {
        let Self { major, minor, patch } = self;
        let major_of = |it: u64| Self { major: it.saturating_add(1), minor: 0, patch: 0 };
        let minor_of = |it: u64| Self { major, minor: it.saturating_add(1), patch: 0 };
        let patch_of = |it: u64| Self { major, minor, patch: it.saturating_add(1) };
        match (bump, major, minor) {
            (Bump::None, ..) => self,
            // Every 0.0.x breaks the one before.
            (_, 0, 0) | (Bump::Patch, ..) | (Bump::Minor, 0, _) => patch_of(patch),
            (Bump::Major, 0, _) | (Bump::Minor, ..) => minor_of(minor),
            (Bump::Major, ..) => major_of(major),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// A crate that changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'s> {
    /// Its name.
    pub(crate) krate: &'s str,
    /// What changed in its spec, if it has one.
    pub(crate) spec: Option<&'s Result<SpecReview, Unreadable>>,
    /// What changed in its public API.
    pub(crate) rust: &'s RustReview,
    /// Whether its source changed, seen by callers or not.
    pub(crate) has_other_source: bool,
}

/// What both sides say about versions.
pub(crate) struct History<'r> {
    base: &'r Side<'r>,
    head: &'r Side<'r>,
    tags: Vec<String>,
    changelogs: (Changelog, Changelog),
}

impl<'r> History<'r> {
    /// Reads the changelogs and the tags.
    pub(crate) fn read(
        repository: &Repository,
        base: &'r Side<'r>,
        head: &'r Side<'r>,
    ) -> Result<Self> {
        let changelog = |side: &Side<'_>| -> Result<Changelog> {
            Ok(Changelog::parse(&side.read("CHANGELOG.md")?.unwrap_or_default()))
        };
        let changelogs = (changelog(base)?, changelog(head)?);
        Ok(Self { base, head, tags: repository.tags()?, changelogs })
    }

    /// Judges a crate; beside it, the acceptances that accept nothing.
    pub(crate) fn review(
        &self,
        subject: &Subject<'_>,
        accepted: &[Accepted],
    ) -> Result<(VersionReview, Vec<String>)> {
        let &Subject { krate, spec, rust, has_other_source } = subject;
        let breaking = accepted::breaking(spec, rust);
        let spec = spec.and_then(|it| it.as_ref().ok());
        let (settled, refused) = accepted::settle(krate, &breaking, accepted);
        let required = required(spec, rust, has_other_source, &breaking, &settled);
        let (old, new) = &self.changelogs;
        let entries = new.new_entries(old, krate);
        let has_changelog_entry = match required {
            Bump::Major => entries.iter().any(|it| changelog::says_breaking(it)),
            _ => !entries.is_empty(),
        };
        let versions = self.versions(krate, required)?;
        let title = match versions.needed.as_ref().or(versions.head.as_ref()) {
            Some(version) => format!("`{krate}` {version}"),
            None => format!("`{krate}`"),
        };
        let changes: Vec<_> = spec.iter().flat_map(|it| &it.changes).collect();
        let items: Vec<_> = match rust {
            RustReview::Items(items) => items.iter().collect(),
            RustReview::Unknown { .. } | RustReview::Skipped => Vec::new(),
        };
        let review = VersionReview {
            has_changelog_entry,
            proposed_entry: changelog::proposed(&title, required, &changes, &items),
            accepted: settled.iter().flatten().map(|it| it.told()).collect(),
            ..versions
        };
        Ok((review, refused))
    }

    /// Both versions of a crate against what its changes need, without a word about the
    /// changelog: that speaks of the clients, of which the facade has its changes.
    pub(crate) fn versions(&self, krate: &str, required: Bump) -> Result<VersionReview> {
        let (base, head) = (version(self.base, krate)?, version(self.head, krate)?);
        let needed = head.as_deref().and_then(Version::parse).and_then(|head| {
            let base = base.as_deref().and_then(Version::parse);
            let needed = self.last_release(krate, base)?.raised(required).max(base?);
            (head < needed).then_some(needed)
        });
        Ok(VersionReview {
            krate: krate.to_owned(),
            base,
            head,
            required,
            needed: needed.map(|it| it.to_string()),
            has_changelog_entry: true,
            proposed_entry: String::new(),
            accepted: Vec::new(),
        })
    }

    /// The greatest version that users may have; none if there was no release.
    ///
    /// The base's version counts unless the changelog announces it and it has no tag.
    fn last_release(&self, krate: &str, base: Option<Version>) -> Option<Version> {
        let prefix = format!("{krate}-v");
        let tagged = self.tags.iter().filter_map(|it| Version::parse(it.strip_prefix(&prefix)?));
        let (changelog, _) = &self.changelogs;
        let base = base.filter(|it| !changelog.is_unreleased(krate, it));
        tagged.chain(changelog.released(krate)).chain(base).max()
    }
}

/// The greatest rise that any change asks for.
fn required(
    spec: Option<&SpecReview>,
    rust: &RustReview,
    has_other_source: bool,
    breaking: &[Breaking<'_>],
    settled: &[Option<&Accepted>],
) -> Bump {
    if breaking.len() > settled.iter().flatten().count() {
        return Bump::Major;
    }
    let items = match rust {
        RustReview::Items(items) => items.as_slice(),
        RustReview::Unknown { .. } | RustReview::Skipped => &[],
    };
    let changes = spec.iter().flat_map(|it| &it.changes).map(|it| it.meaning);
    let greatest = changes.chain(items.iter().map(|it| it.meaning)).max();
    match greatest {
        // What breaks is accepted: users are told of it as of what is new.
        Some(Meaning::New | Meaning::BreaksRust | Meaning::BreaksWire) => Bump::Minor,
        // Samples and comments of a spec are not in the crate.
        Some(Meaning::Documentation) | None if has_other_source => Bump::Patch,
        Some(Meaning::Documentation) | None => Bump::None,
    }
}

/// The version of a crate, as its manifest or the workspace's says.
fn version(side: &Side<'_>, krate: &str) -> Result<Option<String>> {
    let manifest = |path: &str| -> Result<Option<DocumentMut>> {
        let Some(text) = side.read(path)? else { return Ok(None) };
        let manifest = text.parse();
        manifest.map(Some).with_context(|| format!("{path} is not TOML in {}", side.name))
    };
    let Some(own) = manifest(&format!("crates/{krate}/Cargo.toml"))? else { return Ok(None) };
    let text = |it: Option<&Item>| it.and_then(Item::as_str).map(ToOwned::to_owned);
    let version = own.get("package").and_then(|it| it.get("version"));
    if version.and_then(|it| it.get("workspace")).and_then(Item::as_bool) == Some(true) {
        let root = manifest("Cargo.toml")?;
        let shared = root.as_ref().and_then(|it| it.get("workspace")?.get("package"));
        return Ok(text(shared.and_then(|it| it.get("version"))));
    }
    Ok(text(version))
}

#[cfg(test)]
mod tests;
