//! What the page begins with: the verdicts, a card for each crate, what endangers money.

use super::{Page, anchor, anchor_of_crate, label};
use crate::{
    html::{code, escape, pieces, sentence, slug},
    review::{
        format::{
            view::{self, Counts},
            words,
        },
        report::{Bump, Change, Meaning, ProviderReview, RustReview, VersionReview},
    },
};

impl Page<'_> {
    pub(super) fn overview(&mut self) {
        let review = self.review;
        let verdict = if review.fails() {
            "<p class=\"verdict bad\">Not to be merged as it is.</p>"
        } else if review.is_empty() {
            "<p class=\"verdict good\">Nothing changed.</p>"
        } else {
            "<p class=\"verdict good\">Nothing stands in the way of merging this.</p>"
        };
        self.add(&format!(
            "<section id=\"ui:overview\" aria-labelledby=\"ui:overview-title\">\n<h2 id=\"ui:overview-title\">Overview</h2>\n{verdict}\n"
        ));
        let problems: String = view::problems(review)
            .iter()
            .map(|it| format!("<li>{}</li>\n", sentence(it)))
            .collect();
        if !problems.is_empty() {
            self.add(&format!("<ul class=\"problems\">\n{problems}</ul>\n"));
        }
        for provider in &review.providers {
            self.card(provider);
        }
        for it in &review.crates {
            let class = if it.problems().is_empty() { "good" } else { "bad" };
            let anchor = anchor_of_crate(it);
            self.add(&format!(
                "<article class=\"card {class}\"><h3><a href=\"#{anchor}\">{}</a></h3>\n<dl>\n{}</dl></article>\n",
                escape(&it.version.krate),
                fact_of_version(&it.version)
            ));
        }
        if !review.unchanged.is_empty() {
            let names: Vec<String> = review.unchanged.iter().map(|it| code(it)).collect();
            self.add(&format!("<p>Unchanged: {}</p>\n", names.join(", ")));
        }
        let alarms: Vec<String> = review.providers.iter().flat_map(alarms).collect();
        if !alarms.is_empty() {
            self.add(&format!(
                "<h3 id=\"ui:money\">Money alarms</h3>\n<ul class=\"alarms\">\n{}</ul>\n",
                alarms.concat()
            ));
        }
        self.add("</section>\n");
    }

    /// The verdicts about a provider.
    fn card(&mut self, provider: &ProviderReview) {
        let name = escape(&provider.provider);
        let anchor = slug(&provider.provider);
        let class = if provider.fails() { "bad" } else { "good" };
        let mut facts = String::new();
        let mut fact = |name: &str, class: &str, text: &str| {
            facts.push_str(&self::fact(name, class, text));
        };
        match &provider.spec {
            Ok(spec) => {
                let counts = Counts::of(spec);
                let breaks = |n: usize, word: &str, class: &'static str| match n {
                    0 => ("same", "nothing breaks".to_owned()),
                    1 => (class, format!("1 {word} breaks")),
                    n => (class, format!("{n} {word}s break")),
                };
                let (class, text) = match counts.alarms {
                    0 => ("same", "no alarm".to_owned()),
                    n => ("alarm", view::counted(n, "alarm")),
                };
                fact("Money", class, &text);
                let (class, text) = breaks(counts.breaks_wire, "change", "breaks-wire");
                fact("On the wire", class, &text);
                let (class, text) = match &provider.rust {
                    RustReview::Unknown { .. } => ("alarm", "cannot be compared".to_owned()),
                    RustReview::Skipped if counts.breaks_rust == 0 => {
                        ("same", "not compared".to_owned())
                    }
                    rust => match view::n_broken_items(rust) {
                        0 => breaks(counts.breaks_rust, "change", "breaks-rust"),
                        n => breaks(n, "item", "breaks-rust"),
                    },
                };
                fact("In Rust", class, &text);
                let changes = |meaning| view::counted(counts.get(meaning), "change");
                fact("New", "same", &changes(Meaning::New));
                fact("Documentation", "same", &changes(Meaning::Documentation));
            }
            Err(unreadable) => {
                let text = format!("cannot be read ({})", escape(&unreadable.side));
                fact("Spec", "alarm", &text);
            }
        }
        facts.push_str(&fact_of_version(&provider.version));
        self.add(&format!(
            "<article class=\"card {class}\"><h3><a href=\"#{anchor}\">{name}</a></h3>\n<dl>\n{facts}</dl></article>\n"
        ));
    }
}

/// Whether a version says what has happened.
fn fact_of_version(version: &VersionReview) -> String {
    let class = match version.required {
        Bump::None => "same",
        _ if version.wants().is_empty() => "same",
        Bump::Major => "alarm",
        Bump::Patch | Bump::Minor => "breaks-rust",
    };
    fact("Version", &format!("version {class}"), &escape(&view::version(version)))
}

fn fact(name: &str, class: &str, text: &str) -> String {
    format!("<div class=\"{class}\"><dt>{name}</dt><dd>{text}</dd></div>\n")
}

fn alarms(provider: &ProviderReview) -> Vec<String> {
    let Ok(spec) = &provider.spec else { return Vec::new() };
    let operations = view::by_operation(spec);
    let alarm = |(idx, change): (usize, &Change)| {
        let at = operations.iter().filter(|it| it.entries.iter().any(|it| it.change_idx == idx));
        let links: Vec<String> = at
            .map(|it| {
                let anchor = anchor(provider, it);
                format!("<a href=\"#{anchor}-{}\">{}</a>", idx + 1, escape(label(it)))
            })
            .collect();
        let why = change.alarm.as_deref().unwrap_or_default();
        format!(
            "<li><p><span class=\"badge\">{}</span> {}</p>\n<p class=\"why\">{}</p>\n<p class=\"where\">in {}</p></li>\n",
            escape(&provider.provider),
            pieces(&words::headline(change)),
            sentence(why),
            links.join(", ")
        )
    };
    view::alarms(spec).map(alarm).collect()
}
