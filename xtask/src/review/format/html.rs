//! One page that works offline, for people who do not program as well.

mod marks;
mod overview;
mod pages;
mod reference;
mod spec_text;

use std::{cmp::Reverse, collections::BTreeSet};

pub(crate) use self::pages::ProviderPages;
use self::{
    pages::{Call, Side},
    reference::Lines,
    spec_text::Hunk,
};
use crate::{
    html::{code, escape, pieces, sentence, slug},
    review::{
        format::{
            view::{self, Entry, MEANINGS, Operation},
            words,
        },
        report::{
            Change, CrateReview, ItemChange, Meaning, ProviderReview, Review, RustReview,
            SpecReview, VersionReview, Written,
        },
    },
};

const STYLE: &str = concat!(include_str!("../../html/base.css"), include_str!("html/page.css"));
const SCRIPT: &str = concat!(include_str!("../../html/base.js"), include_str!("html/page.js"));

/// After this many bytes spec text is linked to instead of repeated, and only
/// the lines of the reference that changed are shown.
const MOST_REPEATED: usize = 4_000_000;

/// A review as a page, whose own anchors begin with `ui:`, as none from elsewhere
/// can; `pages` has both sides of each provider's spec.
pub(crate) fn html(review: &Review, pages: &[ProviderPages]) -> String {
    let mut page = Page { review, text: String::new(), room: MOST_REPEATED };
    page.head();
    page.overview();
    for provider in &review.providers {
        let pages = pages.iter().find(|it| it.provider == provider.provider);
        page.provider(provider, pages);
    }
    review.crates.iter().for_each(|it| page.krate(it));
    page.foot();
    page.text
}

struct Page<'r> {
    review: &'r Review,
    text: String,
    /// How many bytes may still be repeated.
    room: usize,
}

impl<'r> Page<'r> {
    fn add(&mut self, html: &str) {
        self.text.push_str(html);
    }

    fn head(&mut self) {
        let (base, head) = (escape(&self.review.base), escape(&self.review.head));
        self.add(&format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
             base-uri 'none'; form-action 'none'\">\n\
             <link rel=\"icon\" href=\"data:,\">\n\
             <title>API review: {base} → {head}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#ui:main\">Skip to the changes</a>\n\
             <header>\n<h1>API review</h1>\n<p>{} → {}</p>\n</header>\n",
            code(&self.review.base),
            code(&self.review.head)
        ));
        self.toolbar();
        self.add("<div class=\"columns\">\n");
        self.contents();
        self.add("<main id=\"ui:main\" tabindex=\"-1\">\n");
    }

    fn toolbar(&mut self) {
        let mut boxes = String::new();
        for meaning in MEANINGS {
            let (key, name) = (key(meaning), words::meaning(meaning));
            boxes.push_str(&format!(
                "<label class=\"chip {key}\"><input type=\"checkbox\" name=\"meaning\" value=\"{key}\" checked> {name}</label>\n"
            ));
        }
        self.add(&format!(
            "<form class=\"toolbar\" role=\"search\" hidden>\n\
             <label class=\"search\"><span>Search</span> <input type=\"search\" id=\"ui:search\" \
             placeholder=\"operation, member, value …\" autocomplete=\"off\" spellcheck=\"false\"></label>\n\
             <fieldset><legend>Show</legend>\n{boxes}\
             <label class=\"chip alarm\"><input type=\"checkbox\" id=\"ui:alarms\"> money alarms only</label>\n\
             </fieldset>\n<output id=\"ui:shown\" for=\"ui:search\"></output>\n</form>\n"
        ));
    }

    /// What leads to all operations.
    fn contents(&mut self) {
        let mut html = String::from(
            "<nav aria-label=\"Contents\"><details open id=\"ui:contents\"><summary>Contents</summary>\n<ul>\n<li><a href=\"#ui:overview\">Overview</a></li>\n",
        );
        for provider in &self.review.providers {
            let name = slug(&provider.provider);
            html.push_str(&format!(
                "<li><a href=\"#{name}\">{}</a>\n<ul>\n",
                escape(&provider.provider)
            ));
            let operations = provider.spec.as_ref().map(view::by_operation).unwrap_or_default();
            for operation in &operations {
                let anchor = anchor(provider, operation);
                let label = label(operation);
                let n = operation.entries.len();
                let worst = operation.entries.first().map_or("", |it| key(it.meaning));
                html.push_str(&format!(
                    "<li data-for=\"{anchor}\"><a href=\"#{anchor}\">{}</a> <span class=\"count {worst}\">{n}</span></li>\n",
                    escape(label)
                ));
            }
            html.push_str("</ul></li>\n");
        }
        for it in &self.review.crates {
            let name = escape(&it.version.krate);
            html.push_str(&format!("<li><a href=\"#{}\">{name}</a></li>\n", anchor_of_crate(it)));
        }
        html.push_str("</ul></details></nav>\n");
        self.add(&html);
    }

    fn provider(&mut self, provider: &'r ProviderReview, pages: Option<&ProviderPages>) {
        let anchor = slug(&provider.provider);
        self.add(&format!(
            "<section class=\"provider\" id=\"{anchor}\" aria-labelledby=\"{anchor}-title\">\n\
             <h2 id=\"{anchor}-title\">{}</h2>\n<p>{}</p>\n",
            escape(&provider.provider),
            escape(&view::verdict(provider))
        ));
        match &provider.spec {
            Ok(spec) => self.spec(provider, spec, pages),
            Err(unreadable) => self.add(&format!(
                "<p class=\"verdict bad\">The spec of {} cannot be read.</p>\n<pre>{}</pre>\n",
                escape(&unreadable.side),
                escape(unreadable.complaints.trim_end())
            )),
        }
        self.rust(&provider.rust, &anchor);
        self.source(provider);
        self.version(&provider.version);
        self.add("</section>\n");
    }

    /// A crate that no spec is for.
    fn krate(&mut self, review: &CrateReview) {
        let CrateReview { reason, rust, version } = review;
        let (name, anchor) = (escape(&version.krate), anchor_of_crate(review));
        self.add(&format!(
            "<section class=\"provider\" id=\"{anchor}\" aria-labelledby=\"{anchor}-title\">\n\
             <h2 id=\"{anchor}-title\">{name}</h2>\n<p>{}; {}</p>\n",
            sentence(reason),
            escape(&view::version(version))
        ));
        self.rust(rust, &anchor);
        self.version(version);
        self.add("</section>\n");
    }

    fn spec(
        &mut self,
        provider: &ProviderReview,
        spec: &SpecReview,
        pages: Option<&ProviderPages>,
    ) {
        let hunks = pages.map(spec_text::hunks).unwrap_or_default();
        for operation in view::by_operation(spec) {
            self.operation(provider, &operation, pages, &hunks);
        }
        self.add("<p class=\"nothing\" hidden>Nothing here matches.</p>\n");
        self.reconciliation(spec);
        if hunks.is_empty() {
            return;
        }
        let anchor = slug(&provider.provider);
        let n = view::counted(hunks.len(), "place");
        self.add(&format!("<details><summary>The whole spec text that changed: {n}</summary>\n"));
        for (idx, hunk) in hunks.iter().enumerate() {
            self.add(&format!("<div id=\"{anchor}-text{idx}\">\n{}</div>\n", hunk.html()));
        }
        self.add("</details>\n");
    }

    fn operation(
        &mut self,
        provider: &ProviderReview,
        operation: &Operation<'_>,
        pages: Option<&ProviderPages>,
        hunks: &[Hunk],
    ) {
        let anchor = anchor(provider, operation);
        let title = match operation.title {
            "" => String::new(),
            title => format!(" <code class=\"call\">{}</code>", escape(title)),
        };
        self.add(&format!(
            "<article class=\"operation\" id=\"{anchor}\" aria-labelledby=\"{anchor}-title\">\n\
             <h3 id=\"{anchor}-title\"><a href=\"#{anchor}\">{}</a>{title}</h3>\n<p>{}</p>\n",
            escape(label(operation)),
            escape(operation.summary)
        ));
        for meaning in MEANINGS {
            let mut entries = operation.of(meaning).peekable();
            if entries.peek().is_none() {
                continue;
            }
            let key = key(meaning);
            let name = words::meaning(meaning);
            self.add(&format!(
                "<div class=\"group\"><h4 class=\"{key}\">{name}</h4>\n<ul class=\"changes\">\n"
            ));
            for entry in entries {
                self.change(&format!("{anchor}-{}", entry.change_idx + 1), entry);
            }
            self.add("</ul></div>\n");
        }
        if let Some(pages) = pages {
            self.both_sides(provider, operation, pages, hunks);
        }
        self.add("</article>\n");
    }

    fn change(&mut self, anchor: &str, entry: &Entry<'_>) {
        let change = entry.change;
        let alarm = match &change.alarm {
            None => String::new(),
            Some(why) => {
                format!("<p class=\"why\"><strong>Money alarm:</strong> {}</p>\n", sentence(why))
            }
        };
        let is_alarm = if change.alarm.is_some() { " data-alarm" } else { "" };
        let parts = match entry.effects.as_slice() {
            [] => String::new(),
            effects => {
                let parts = words::parts(effects, entry.meaning);
                format!("<p class=\"where\">in {}</p>\n", escape(&parts))
            }
        };
        let mut examples = String::new();
        for (value, text) in words::counter_examples(&entry.effects) {
            examples.push_str(&format!("<p class=\"example\">{} {text}</p>\n", code(value)));
        }
        let sides = self.sides(change);
        self.add(&format!(
            "<li class=\"change\" id=\"{anchor}\" data-meaning=\"{}\"{is_alarm}>\n\
             <h5>{} <a class=\"anchor\" href=\"#{anchor}\" aria-label=\"Link to this change\">#</a></h5>\n\
             {alarm}{parts}{sides}{examples}<p class=\"rule\">{}</p>\n</li>\n",
            key(entry.meaning),
            pieces(&words::headline(change)),
            escape(&change.rule)
        ));
    }

    /// What is written on both sides of a change.
    fn sides(&self, change: &Change) -> String {
        let (before, after) = (&change.before, &change.after);
        let text =
            |it: &Option<Written>| it.as_ref().map_or("", |it| it.text.trim_end()).to_owned();
        let (old, new) = match (before, after) {
            (Some(_), Some(_)) => marks::marked(&text(before), &text(after)),
            _ => (escape(&text(before)), escape(&text(after))),
        };
        let side = |it: &Option<Written>,
                    class: &str,
                    name: &str,
                    commit: &Option<String>,
                    text: &str| match it {
            None => format!("<div class=\"none\"><p>{name}</p><p>nothing</p></div>"),
            Some(it) => {
                let place = escape(&words::place(it));
                let place = match words::link(self.review, commit, it) {
                    Some(url) => format!("<a href=\"{}\">{place}</a>", escape(&url)),
                    None => place,
                };
                format!("<div class=\"{class}\"><p>{name} · {place}</p><pre>{text}</pre></div>")
            }
        };
        let before = side(before, "old", "Before", &self.review.base_commit, &old);
        let after = side(after, "new", "After", &self.review.head_commit, &new);
        format!("<div class=\"sides\">{before}{after}</div>\n")
    }

    /// The spec text and the reference of an operation, before and after.
    fn both_sides<'p>(
        &mut self,
        provider: &ProviderReview,
        operation: &Operation<'p>,
        pages: &'p ProviderPages,
        hunks: &[Hunk],
    ) {
        let call = |side: &'p Option<Side>| {
            let side = side.as_ref()?;
            Some((side, side.call(operation.id, operation.title)?))
        };
        let (base, head) = (call(&pages.base), call(&pages.head));
        if base.is_some() || head.is_some() {
            let lines = if self.room == 0 { Lines::Changed } else { Lines::All };
            let tables = reference::html(base, head, lines);
            self.room = self.room.saturating_sub(tables.len());
            self.add(&format!(
                "<details class=\"reference\"><summary>Reference, before and after</summary>\n\
                 <label><input type=\"checkbox\" class=\"only\"> only what changed</label>\n{tables}</details>\n"
            ));
        }
        let found = of_operation(operation, base, head, hunks);
        if found.is_empty() {
            return;
        }
        let n = view::counted(found.len(), "place");
        self.add(&format!("<details><summary>Spec text, before and after: {n}</summary>\n"));
        for (idx, hunk) in found {
            let html = hunk.html();
            if html.len() <= self.room {
                self.room -= html.len();
                self.add(&html);
            } else {
                let anchor = slug(&provider.provider);
                self.add(&format!(
                    "<p><a href=\"#{anchor}-text{idx}\">{}</a></p>\n",
                    escape(&hunk.path)
                ));
            }
        }
        self.add("</details>\n");
    }

    fn reconciliation(&mut self, spec: &SpecReview) {
        let it = &spec.reconciliation;
        let class = if it.unexplained.is_empty() { "good" } else { "bad" };
        self.add(&format!("<p class=\"verdict {class}\">{}</p>\n", words::reconciliation(it)));
        for (before, after) in &it.unexplained {
            let change = Change {
                rule: String::new(),
                subject: String::new(),
                summary: String::new(),
                meaning: Meaning::BreaksWire,
                alarm: None,
                before: before.clone(),
                after: after.clone(),
                effects: Vec::new(),
                n_places: 1,
            };
            let sides = self.sides(&change);
            self.add(&format!("<p>Not explained:</p>\n{sides}"));
        }
    }

    fn rust(&mut self, rust: &RustReview, anchor: &str) {
        match rust {
            RustReview::Skipped => {}
            RustReview::Unknown { reason } => self.add(&format!(
                "<h3 id=\"{anchor}-rust\">Rust</h3>\n<p class=\"verdict bad\">The public API cannot be compared.</p>\n<pre>{}</pre>\n",
                escape(reason.trim_end())
            )),
            RustReview::Items(items) if items.is_empty() => {}
            RustReview::Items(items) => {
                let mut sorted: Vec<&ItemChange> = items.iter().collect();
                sorted.sort_by_key(|it| Reverse(it.meaning));
                let rows: String = sorted.into_iter().map(item).collect();
                let n = view::counted(items.len(), "item");
                self.add(&format!(
                    "<details id=\"{anchor}-rust\"><summary>Public API in Rust: {n}</summary>\n\
                     <table class=\"ref\"><thead><tr><th scope=\"col\">Meaning</th><th scope=\"col\">Before</th>\
                     <th scope=\"col\">After</th></tr></thead>\n<tbody>\n{rows}</tbody></table></details>\n"
                ));
            }
        }
    }

    fn source(&mut self, provider: &ProviderReview) {
        let source = &provider.source;
        if !source.stale.is_empty() {
            let files: String =
                source.stale.iter().map(|it| format!("<li>{}</li>\n", code(it))).collect();
            self.add(&format!(
                "<p class=\"verdict bad\">Generated files are not what their spec gives; run <code>cargo xtask generate</code>.</p>\n<ul>\n{files}</ul>\n"
            ));
        }
        if source.files.is_empty() && source.notes.is_empty() {
            return;
        }
        let notes: String =
            source.notes.iter().map(|it| format!("<li>{}</li>\n", sentence(it))).collect();
        let files: String = source
            .files
            .iter()
            .map(|it| format!("<li>{} +{} −{}</li>\n", code(&it.path), it.added, it.removed))
            .collect();
        let n = view::counted(source.files.len(), "file");
        self.add(&format!(
            "<details><summary>Generated lines: {n}</summary>\n<ul>\n{notes}{files}</ul></details>\n"
        ));
    }

    fn version(&mut self, version: &VersionReview) {
        let accepted: String = version
            .accepted
            .iter()
            .map(|it| format!("<p>Accepted: {}</p>\n", sentence(it)))
            .collect();
        self.add(&accepted);
        if !version.proposed_entry.is_empty() {
            let open = if version.has_changelog_entry { "" } else { " open" };
            self.add(&format!(
                "<details{open}><summary>Entry for CHANGELOG.md</summary>\n<pre>{}</pre></details>\n",
                escape(version.proposed_entry.trim_end())
            ));
        }
    }

    fn foot(&mut self) {
        self.add(&format!("</main>\n</div>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    }
}

/// No provider is called like this.
fn anchor_of_crate(review: &CrateReview) -> String {
    format!("crate-{}", slug(&review.version.krate))
}

/// The places of the spec text that an operation's changes are in.
fn of_operation<'h>(
    operation: &Operation<'_>,
    base: Option<(&Side, Call<'_>)>,
    head: Option<(&Side, Call<'_>)>,
    hunks: &'h [Hunk],
) -> Vec<(usize, &'h Hunk)> {
    let mut before = Vec::new();
    let mut after = Vec::new();
    let own = |it: Option<(&Side, Call<'_>)>| {
        let (side, call) = it?;
        side.lines(call).map(|(path, lines)| (path.to_owned(), lines))
    };
    before.extend(own(base));
    after.extend(own(head));
    let line = |it: &Option<Written>| {
        let it = it.as_ref()?;
        let n_lines = it.text.lines().count().max(1);
        Some((it.path.clone(), it.line.saturating_sub(1)..it.line.saturating_sub(1) + n_lines))
    };
    for entry in &operation.entries {
        before.extend(line(&entry.change.before));
        after.extend(line(&entry.change.after));
    }
    // Many changes may point to the same lines.
    let before: BTreeSet<(String, usize, usize)> = before.into_iter().map(key_of).collect();
    let after: BTreeSet<(String, usize, usize)> = after.into_iter().map(key_of).collect();
    let shows = |hunk: &Hunk| {
        before.iter().any(|(path, start, end)| hunk.shows_before(path, &(*start..*end)))
            || after.iter().any(|(path, start, end)| hunk.shows_after(path, &(*start..*end)))
    };
    hunks.iter().enumerate().filter(|(_, it)| shows(it)).collect()
}

fn key_of((path, lines): (String, std::ops::Range<usize>)) -> (String, usize, usize) {
    (path, lines.start, lines.end)
}

fn item(it: &ItemChange) -> String {
    let meaning = words::meaning(it.meaning);
    let key = key(it.meaning);
    let reason = it.reason.as_ref().map(|it| format!("<p>{}</p>", sentence(it)));
    let (old, new) = match (&it.before, &it.after) {
        (Some(before), Some(after)) => marks::marked(before, after),
        (before, after) => {
            let text = |it: &Option<String>| escape(it.as_deref().unwrap_or_default());
            (text(before), text(after))
        }
    };
    let cell = |label: &str, class: &str, word: &str, text: &str| match text {
        "" => format!("<td class=\"none\" data-label=\"{label}\">{word}</td>"),
        text => format!("<td class=\"{class}\" data-label=\"{label}\"><code>{text}</code></td>"),
    };
    format!(
        "<tr class=\"changed\"><th scope=\"row\"><span class=\"badge {key}\">{meaning}</span>{}</th>{}{}</tr>\n",
        reason.unwrap_or_default(),
        cell("Before", "old", "not there", &old),
        cell("After", "new", "gone", &new)
    )
}

fn anchor(provider: &ProviderReview, operation: &Operation<'_>) -> String {
    let id = if operation.id.is_empty() { "whole" } else { operation.id };
    format!("{}--{}", slug(&provider.provider), slug(id))
}

fn label<'o>(operation: &Operation<'o>) -> &'o str {
    if operation.id.is_empty() { "the API as a whole" } else { operation.id }
}

/// The class of what means this.
fn key(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::BreaksWire => "breaks-wire",
        Meaning::BreaksRust => "breaks-rust",
        Meaning::New => "new-thing",
        Meaning::Documentation => "documentation",
    }
}
