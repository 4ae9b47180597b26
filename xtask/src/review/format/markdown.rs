//! A comment on a pull request, from which a reviewer decides in one minute.

mod budget;
mod escape;

use std::{cmp::Reverse, collections::BTreeSet};

use crate::review::{
    format::{
        markdown::{
            budget::{Folding, Item, Section, fit},
            escape::{block, cell, code, html, pieces, plain, sentence},
        },
        view::{self, Counts, Entry, Operation},
        words,
    },
    report::{
        Bump, Change, CrateReview, ItemChange, Meaning, ProviderReview, Review, RustReview,
        SpecReview, VersionReview, Written,
    },
};

/// By this the comment of an earlier run is found again.
pub(super) const MARKER: &str = "<!-- payouts review -->";

/// GitHub takes 65,536 characters; bytes are never fewer.
const MOST: usize = 65_000;

/// Longer values are shortened: this many characters are read at a glance.
const LONGEST: usize = 160;

/// What keeps a change from being merged is told one by one, up to here.
const MOST_PROBLEMS: usize = 20;

/// A review as a comment, in no more than GitHub takes.
pub(crate) fn markdown(review: &Review) -> String {
    let head = head(review);
    let foot = foot(review);
    let sections: Vec<Section> =
        review.providers.iter().flat_map(|it| Ctx { review, provider: it }.sections()).collect();
    let room = MOST.saturating_sub(head.len() + foot.len());
    format!("{head}{}{foot}", fit(&sections, room))
}

/// The marker, the verdict and the table.
fn head(review: &Review) -> String {
    let mut text = format!("{MARKER}\n## {}\n\n", title(review));
    if !review.is_empty() {
        text.push_str(
            "| crate | money | wire | Rust | new | documentation | version |\n\
             |---|---|---|---|--:|--:|---|\n",
        );
    }
    review.providers.iter().for_each(|it| text.push_str(&row(it)));
    review.crates.iter().for_each(|it| text.push_str(&row_of_crate(it)));
    text.push('\n');
    let problems = view::problems(review);
    let shown: Vec<String> = problems
        .iter()
        .take(MOST_PROBLEMS)
        .map(|it| format!("- 🛑 {}\n", sentence(it, 2 * LONGEST)))
        .collect();
    text.push_str(&shown.concat());
    if problems.len() > MOST_PROBLEMS {
        text.push_str(&format!("- and {} more\n", problems.len() - MOST_PROBLEMS));
    }
    if !problems.is_empty() {
        text.push('\n');
    }
    text
}

fn title(review: &Review) -> &'static str {
    let is_broken =
        |it: &ProviderReview| it.spec.as_ref().map(Counts::of).is_ok_and(|it| it.breaks_wire > 0);
    if review.fails() {
        "🛑 API review: not to be merged as it is"
    } else if review.is_empty() {
        "✅ API review: nothing changed"
    } else if review.providers.iter().any(is_broken) {
        "⚠️ API review: breaks callers, and says so"
    } else if review.providers.iter().any(|it| view::n_broken_items(&it.rust) > 0) {
        "⚠️ API review: breaks Rust code, and says so"
    } else if review.providers.iter().any(|it| it.rust == RustReview::Skipped) {
        "✅ API review: breaks nobody on the wire; Rust was not compared"
    } else {
        "✅ API review: breaks nobody"
    }
}

fn row(review: &ProviderReview) -> String {
    let crate_name = cell(&review.version.krate, LONGEST);
    let version = version_cell(&review.version);
    let spec = match &review.spec {
        Ok(spec) => spec,
        Err(unreadable) => {
            let side = plain(&unreadable.side, LONGEST);
            return format!(
                "| {crate_name} | | 🛑 the spec of {side} cannot be read | | | | {version} |\n"
            );
        }
    };
    let counts = Counts::of(spec);
    let bad = |n: usize| if n == 0 { "—".to_owned() } else { format!("**breaks** ({n})") };
    let alarms = match counts.alarms {
        0 => "—".to_owned(),
        n => format!("🚨 **{}**", view::counted(n, "alarm")),
    };
    let rust = match &review.rust {
        RustReview::Unknown { .. } => "🛑 unknown".to_owned(),
        RustReview::Skipped if counts.breaks_rust == 0 => "not compared".to_owned(),
        _ => match view::n_broken_items(&review.rust) {
            0 => bad(counts.breaks_rust),
            n => format!("**breaks** ({})", view::counted(n, "item")),
        },
    };
    let wire = bad(counts.breaks_wire);
    let (new, documentation) = (counts.new, counts.documentation);
    format!("| {crate_name} | {alarms} | {wire} | {rust} | {new} | {documentation} | {version} |\n")
}

/// The row of a crate that no spec is for.
fn row_of_crate(review: &CrateReview) -> String {
    let CrateReview { reason, rust, version } = review;
    let rust = match (rust, view::n_broken_items(rust)) {
        (RustReview::Unknown { .. }, _) => "🛑 unknown".to_owned(),
        (RustReview::Skipped, _) if version.required == Bump::Major => "**breaks**".to_owned(),
        (_, 0) => "—".to_owned(),
        (_, n) => format!("**breaks** ({})", view::counted(n, "item")),
    };
    let (name, reason) = (cell(&version.krate, LONGEST), sentence(reason, LONGEST));
    let version = version_cell(version);
    format!("| {name} | — | — | {rust} | | | {version}: {reason} |\n")
}

fn version_cell(version: &VersionReview) -> String {
    let wants = version.wants();
    let sign = match version.required {
        Bump::None => "",
        _ if wants.is_empty() => "✅ ",
        Bump::Major => "🛑 ",
        Bump::Patch | Bump::Minor => "⚠️ ",
    };
    format!("{sign}{}", plain(&view::version(version), LONGEST))
}

fn foot(review: &Review) -> String {
    let mut text = String::new();
    for provider in &review.providers {
        if let Ok(spec) = &provider.spec {
            let it = &spec.reconciliation;
            let sign = if it.unexplained.is_empty() { "✓" } else { "🛑" };
            let name = code(&provider.provider, LONGEST);
            text.push_str(&format!("{sign} {name}: {}  \n", words::reconciliation(it)));
        }
    }
    if !review.unchanged.is_empty() {
        let names: Vec<String> = review.unchanged.iter().map(|it| code(it, LONGEST)).collect();
        text.push_str(&format!("Unchanged: {}  \n", names.join(", ")));
    }
    let (base, head) = (code(&review.base, LONGEST), code(&review.head, LONGEST));
    text.push_str(&format!(
        "<sub>{base} → {head}, by <code>cargo xtask review</code>; the page among the artifacts of this run shows both sides.</sub>\n"
    ));
    text
}

/// A provider of a review.
#[derive(Clone, Copy)]
struct Ctx<'r> {
    review: &'r Review,
    provider: &'r ProviderReview,
}

impl<'r> Ctx<'r> {
    fn sections(self) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        match &self.provider.spec {
            Ok(spec) => {
                let operations = view::by_operation(spec);
                sections.push(self.unexplained(spec));
                sections.push(self.alarms(spec));
                sections.push(self.group(&operations, Meaning::BreaksWire, Folding::Open, 3));
                sections.push(self.group(&operations, Meaning::BreaksRust, Folding::Open, 4));
                sections.push(self.version());
                sections.push(self.group(&operations, Meaning::New, Folding::Folded, 6));
                sections.push(self.group(&operations, Meaning::Documentation, Folding::Folded, 8));
            }
            Err(unreadable) => {
                let complaints = block("text", &shortened(&unreadable.complaints, 12_000));
                let title = format!("the spec of {} cannot be read", unreadable.side);
                sections.push(self.section(
                    &title,
                    Folding::Open,
                    0,
                    "complaint",
                    vec![complaints],
                ));
                sections.push(self.version());
            }
        }
        sections.push(self.rust());
        sections.push(self.source());
        sections.insert(0, self.stale());
        sections.retain(|it| !it.items.is_empty());
        sections
    }

    fn section(
        self,
        title: &str,
        folding: Folding,
        rank: u8,
        word: &'static str,
        texts: Vec<String>,
    ) -> Section {
        let items = texts.into_iter().map(|text| Item { heading: String::new(), text });
        let name = html(&self.provider.provider);
        let title = format!("<code>{name}</code> {}", html(title));
        Section { title, folding, rank, word, items: items.collect(), n_more: 0 }
    }

    fn unexplained(self, spec: &SpecReview) -> Section {
        let pairs = &spec.reconciliation.unexplained;
        let text = |(before, after): &(Option<Written>, Option<Written>)| {
            format!("- {}{}\n", self.places(before, after), values(before, after))
        };
        let title = "🛑 changed, and not explained";
        let texts = pairs.iter().map(text).collect();
        self.section(title, Folding::Open, 0, "place", texts)
    }

    fn alarms(self, spec: &SpecReview) -> Section {
        let text = |(_, change): (usize, &Change)| {
            let why = change.alarm.as_deref().unwrap_or_default();
            let mut operations: Vec<&str> =
                change.effects.iter().map(|it| it.operation.as_str()).collect();
            operations.dedup();
            let at = if operations.is_empty() {
                String::new()
            } else {
                format!("  \n  in {}", codes(&operations))
            };
            format!("{}  \n  **{}**{at}\n", self.change(change), sentence(why, 2 * LONGEST))
        };
        let texts = view::alarms(spec).map(text).collect();
        self.section("🚨 money alarms", Folding::Open, 1, "alarm", texts)
    }

    /// The changes that mean the same, by operation.
    fn group(
        self,
        operations: &[Operation<'r>],
        meaning: Meaning,
        folding: Folding,
        rank: u8,
    ) -> Section {
        let mut items: Vec<Item> = Vec::new();
        let (mut n_bytes, mut n_more) = (0, 0);
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for operation in operations {
            let heading = match operation.id {
                "" => "**the API as a whole**\n".to_owned(),
                id => format!("{} {}\n", code(id, LONGEST), plain(operation.title, LONGEST)),
            };
            for entry in operation.of(meaning) {
                if n_bytes > MOST {
                    n_more += 1;
                    continue;
                }
                let text = match told.insert(entry.change_idx) {
                    true => self.entry(entry),
                    false => self.again(entry),
                };
                n_bytes += text.len();
                items.push(Item { heading: format!("\n{heading}"), text });
            }
        }
        let name = html(&self.provider.provider);
        let count = match folding {
            Folding::Open => String::new(),
            Folding::Folded => format!(" ({})", items.len() + n_more),
        };
        let title = format!("<code>{name}</code> {}{count}", words::meaning(meaning));
        Section { title, folding, rank, word: "change", items, n_more }
    }

    fn entry(self, entry: &Entry<'_>) -> String {
        let mut text = self.change(entry.change);
        if entry.meaning > Meaning::Documentation && !entry.effects.is_empty() {
            let parts = words::parts(&entry.effects, entry.meaning);
            text.push_str(&format!("  \n  in {}", plain(&parts, 2 * LONGEST)));
        }
        for (value, sentence) in words::counter_examples(&entry.effects) {
            text.push_str(&format!("  \n  {} {sentence}", code(value, LONGEST)));
        }
        text.push('\n');
        text
    }

    /// A change that stands above, under another operation.
    fn again(self, entry: &Entry<'_>) -> String {
        let parts = words::parts(&entry.effects, entry.meaning);
        format!("- {} As above, in {}\n", headline(entry.change), plain(&parts, 2 * LONGEST))
    }

    /// What happened, from what to what, and where.
    fn change(self, change: &Change) -> String {
        let places = self.places(&change.before, &change.after);
        let values = values(&change.before, &change.after);
        format!("- {} {places}{values}", headline(change))
    }

    fn places(self, before: &Option<Written>, after: &Option<Written>) -> String {
        let place = |written: &Written, commit: &Option<String>| {
            let text = code(&words::place(written), LONGEST);
            match words::link(self.review, commit, written) {
                Some(url) => format!("[{text}]({url})"),
                None => text,
            }
        };
        let before = before.as_ref().map(|it| place(it, &self.review.base_commit));
        let after = after.as_ref().map(|it| place(it, &self.review.head_commit));
        match (before, after) {
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (Some(before), None) => format!("{before}, gone"),
            (None, Some(after)) => after,
            (None, None) => "nowhere in particular".to_owned(),
        }
    }

    fn version(self) -> Section {
        let version = &self.provider.version;
        let mut texts: Vec<String> = Vec::new();
        for reason in &version.accepted {
            texts.push(format!("- accepted: {}\n", sentence(reason, 2 * LONGEST)));
        }
        let is_wanted = !version.has_changelog_entry && !version.proposed_entry.is_empty();
        if is_wanted {
            let entry = block("markdown", &shortened(&version.proposed_entry, 6_000));
            texts.push(format!("An entry for CHANGELOG.md, ready to paste:\n\n{entry}"));
        }
        let title = match view::version(version) {
            _ if texts.is_empty() => String::new(),
            text => format!("version: {text}"),
        };
        self.section(&title, Folding::Open, 2, "part", texts)
    }

    fn rust(self) -> Section {
        let items = match &self.provider.rust {
            RustReview::Skipped => return self.section("", Folding::Folded, 9, "item", Vec::new()),
            RustReview::Unknown { reason } => {
                let reason = block("text", &shortened(reason, 4_000));
                let title = "🛑 the public API cannot be compared";
                return self.section(title, Folding::Open, 0, "complaint", vec![reason]);
            }
            RustReview::Items(items) => items,
        };
        let mut sorted: Vec<&ItemChange> = items.iter().collect();
        sorted.sort_by_key(|it| Reverse(it.meaning));
        let title = format!("public API: {}", view::counted(items.len(), "item"));
        self.section(&title, Folding::Folded, 5, "item", sorted.into_iter().map(item).collect())
    }

    fn source(self) -> Section {
        let source = &self.provider.source;
        let note = |it: &String| format!("- {}\n", sentence(it, 2 * LONGEST));
        let mut texts: Vec<String> = source.notes.iter().map(note).collect();
        let file = |it: &crate::review::report::FileLines| {
            format!("- {} +{} −{}\n", code(&it.path, LONGEST), it.added, it.removed)
        };
        texts.extend(source.files.iter().map(file));
        let added: usize = source.files.iter().map(|it| it.added).sum();
        let removed: usize = source.files.iter().map(|it| it.removed).sum();
        let n = view::counted(source.files.len(), "file");
        let title = format!("generated lines: +{added} −{removed} in {n}");
        self.section(&title, Folding::Folded, 7, "line", texts)
    }

    fn stale(self) -> Section {
        let stale = &self.provider.source.stale;
        let texts = stale.iter().map(|it| format!("- {}\n", code(it, LONGEST))).collect();
        let title = "⚠️ not what the spec gives: run cargo xtask generate";
        self.section(title, Folding::Open, 0, "file", texts)
    }
}

fn headline(change: &Change) -> String {
    pieces(&words::headline(change), 2 * LONGEST)
}

fn item(it: &ItemChange) -> String {
    let code = |text: &Option<String>| text.as_ref().map(|it| code(it, 2 * LONGEST));
    let what = match (code(&it.before), code(&it.after)) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(before), None) => format!("{before}, gone"),
        (None, Some(after)) => after,
        (None, None) => String::new(),
    };
    let reason = it.reason.as_ref().map(|it| format!(": {}", sentence(it, LONGEST)));
    let meaning = words::meaning(it.meaning);
    format!("- {meaning}: {what}{}\n", reason.unwrap_or_default())
}

/// From what to what, on a line of its own.
fn values(before: &Option<Written>, after: &Option<Written>) -> String {
    let value = |it: &Written| code(&it.text, LONGEST);
    match (before.as_ref().map(value), after.as_ref().map(value)) {
        (Some(before), Some(after)) => format!("  \n  {before} → {after}"),
        (Some(value), None) | (None, Some(value)) => format!("  \n  {value}"),
        (None, None) => String::new(),
    }
}

/// As many of them as can be read.
fn codes(texts: &[&str]) -> String {
    const MOST_NAMES: usize = 12;
    let shown: Vec<String> = texts.iter().take(MOST_NAMES).map(|it| code(it, LONGEST)).collect();
    match texts.len().saturating_sub(MOST_NAMES) {
        0 => shown.join(", "),
        n => format!("{} and {n} more", shown.join(", ")),
    }
}

/// The first lines, of no more than `most` bytes together.
fn shortened(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut n_left = 0;
    for line in text.lines() {
        if n_left == 0 && shown.len() + line.len() < most {
            shown.push_str(line);
            shown.push('\n');
        } else {
            n_left += 1;
        }
    }
    format!("{shown}… and {} more", view::counted(n_left, "line"))
}
