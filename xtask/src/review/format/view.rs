//! What all formats show in the same order: changes by operation, and their numbers.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::review::report::{
    Bump, Change, CrateReview, Effect, ItemChange, Meaning, OperationInfo, ProviderReview, Review,
    RustReview, SpecReview, VersionReview,
};

/// The meanings as they are shown, the worst first.
pub(super) const MEANINGS: [Meaning; 4] =
    [Meaning::BreaksWire, Meaning::BreaksRust, Meaning::New, Meaning::Documentation];

/// A change as one operation sees it.
pub(super) struct Entry<'r> {
    pub(super) change: &'r Change,
    /// Which of the provider's changes it is, from 0.
    pub(super) change_idx: usize,
    /// The worst that it means for the operation.
    pub(super) meaning: Meaning,
    pub(super) effects: Vec<&'r Effect>,
}

/// An operation that something has changed for.
pub(super) struct Operation<'r> {
    /// Its id; nothing for what is about no operation in particular.
    pub(super) id: &'r str,
    pub(super) title: &'r str,
    pub(super) summary: &'r str,
    /// The worst first.
    pub(super) entries: Vec<Entry<'r>>,
}

impl<'r> Operation<'r> {
    /// The entries that mean this.
    pub(super) fn of(&self, meaning: Meaning) -> impl Iterator<Item = &Entry<'r>> {
        self.entries.iter().filter(move |it| it.meaning == meaning)
    }
}

/// The changes under each operation that they affect, in the spec's order; then
/// those that are about none in particular.
pub(super) fn by_operation(spec: &SpecReview) -> Vec<Operation<'_>> {
    let mut operations: Vec<Operation<'_>> = spec.operations.iter().map(named).collect();
    let mut positions: BTreeMap<&str, usize> =
        spec.operations.iter().enumerate().map(|(idx, it)| (it.id.as_str(), idx)).collect();
    let mut rest: Vec<Entry<'_>> = Vec::new();
    for (change_idx, change) in spec.changes.iter().enumerate() {
        let mut effects: BTreeMap<usize, Vec<&Effect>> = BTreeMap::new();
        for effect in &change.effects {
            let id = effect.operation.as_str();
            let idx = *positions.entry(id).or_insert_with(|| {
                operations.push(Operation { id, title: "", summary: "", entries: Vec::new() });
                operations.len() - 1
            });
            effects.entry(idx).or_default().push(effect);
        }
        if effects.is_empty() {
            rest.push(Entry { change, change_idx, meaning: change.meaning, effects: Vec::new() });
        }
        for (idx, effects) in effects {
            let meaning = effects.iter().map(|it| it.meaning).max().unwrap_or(change.meaning);
            operations[idx].entries.push(Entry { change, change_idx, meaning, effects });
        }
    }
    if !rest.is_empty() {
        operations.push(Operation { id: "", title: "", summary: "", entries: rest });
    }
    operations.retain(|it| !it.entries.is_empty());
    for operation in &mut operations {
        operation.entries.sort_by_key(|it| Reverse(it.meaning));
    }
    operations
}

fn named(info: &OperationInfo) -> Operation<'_> {
    Operation { id: &info.id, title: &info.title, summary: &info.summary, entries: Vec::new() }
}

/// How many changes there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) breaks_wire: usize,
    pub(super) breaks_rust: usize,
    pub(super) new: usize,
    pub(super) documentation: usize,
    pub(super) alarms: usize,
}

impl Counts {
    pub(super) fn of(spec: &SpecReview) -> Self {
        let count = |it: Meaning| spec.changes.iter().filter(|change| change.meaning == it).count();
        Self {
            breaks_wire: count(Meaning::BreaksWire),
            breaks_rust: count(Meaning::BreaksRust),
            new: count(Meaning::New),
            documentation: count(Meaning::Documentation),
            alarms: alarms(spec).count(),
        }
    }

    pub(super) fn get(self, meaning: Meaning) -> usize {
        match meaning {
            Meaning::BreaksWire => self.breaks_wire,
            Meaning::BreaksRust => self.breaks_rust,
            Meaning::New => self.new,
            Meaning::Documentation => self.documentation,
        }
    }
}

/// The changes that put money in danger, with their numbers.
pub(super) fn alarms(spec: &SpecReview) -> impl Iterator<Item = (usize, &Change)> {
    spec.changes.iter().enumerate().filter(|(_, it)| it.alarm.is_some())
}

/// The public items that changed, if the compiler was asked.
pub(super) fn items(rust: &RustReview) -> &[ItemChange] {
    match rust {
        RustReview::Items(items) => items,
        RustReview::Unknown { .. } | RustReview::Skipped => &[],
    }
}

/// How many public items callers may have to change their code for.
pub(super) fn n_broken_items(rust: &RustReview) -> usize {
    items(rust).iter().filter(|it| it.meaning >= Meaning::BreaksRust).count()
}

/// What keeps a change from being merged, a sentence each.
pub(super) fn problems(review: &Review) -> Vec<String> {
    let of = |(name, problems, _): (&str, Vec<String>, &VersionReview)| {
        let told = problems.into_iter().map(|it| format!("`{name}`: {it}"));
        told.collect::<Vec<_>>()
    };
    review.refused.iter().cloned().chain(review.judged().flat_map(of)).collect()
}

/// A provider's part in one line: `acme: breaks the wire (2), 3 new; needs 0.2.0, has 0.1.0`.
pub(super) fn verdict(review: &ProviderReview) -> String {
    format!("{}: {}; {}", review.provider, meanings(review), version(&review.version))
}

/// The same of a crate that no spec is for.
pub(super) fn verdict_of_crate(review: &CrateReview) -> String {
    let CrateReview { reason, version: it, .. } = review;
    format!("{}: {reason}; {}", it.krate, version(it))
}

/// The first half of the verdict.
fn meanings(review: &ProviderReview) -> String {
    let counts = match &review.spec {
        Ok(spec) => Counts::of(spec),
        Err(unreadable) => return format!("the spec of {} cannot be read", unreadable.side),
    };
    let mut parts: Vec<String> = Vec::new();
    let mut part = |n: usize, text: String| {
        if n > 0 {
            parts.push(text);
        }
    };
    part(counts.breaks_wire, format!("breaks the wire ({})", counts.breaks_wire));
    match n_broken_items(&review.rust) {
        0 => part(counts.breaks_rust, format!("breaks Rust ({})", counts.breaks_rust)),
        n => part(n, format!("breaks Rust ({})", counted(n, "item"))),
    }
    part(counts.new, format!("{} new", counts.new));
    part(counts.documentation, format!("{} documentation", counts.documentation));
    if parts.is_empty() {
        // What callers cannot see has a changelog that says so, too.
        parts.push(match (items(&review.rust).len(), review.source.files.is_empty()) {
            (0, true) => "nothing changed for callers".to_owned(),
            (0, false) => "only the generated source changed".to_owned(),
            (n, _) => format!("{} of the public API new", counted(n, "item")),
        });
    }
    match review.rust {
        RustReview::Unknown { .. } => parts.push("Rust cannot be compared".to_owned()),
        RustReview::Skipped => parts.push("Rust was not compared".to_owned()),
        RustReview::Items(_) => {}
    }
    parts.join(", ")
}

/// The second half: whether the version says what has happened.
pub(super) fn version(version: &VersionReview) -> String {
    let has = version.head.as_deref();
    let mut text = match (version.required, &version.base, has) {
        (Bump::None, ..) => return "needs no new version".to_owned(),
        (_, None, None) => return "there is no crate".to_owned(),
        (_, _, None) => return "the crate is gone".to_owned(),
        (_, None, Some(has)) => format!("a new crate, {has}"),
        (_, _, Some(has)) => match &version.needed {
            None => format!("{has} is enough"),
            Some(needed) => format!("needs {needed}, has {has}"),
        },
    };
    if !version.has_changelog_entry {
        text.push_str(", no entry in CHANGELOG.md");
    }
    if !version.accepted.is_empty() {
        text.push_str(", accepted");
    }
    text
}

/// `1 place`, `2 places`.
pub(super) fn counted(n: usize, word: &str) -> String {
    crate::shell::counted(n, word)
}
