//! One operation or webhook: what it is on the left, how it looks on the right.

use codegen::{
    model::{
        operation::{Idempotency, Operation},
        types::Docs,
        webhook::{Verification, Webhook},
    },
    parse::node::Place,
    refine::{self, Usage},
};

use super::{
    Ctx,
    members::{self, Anchors},
};
use crate::{
    html::{breakable, code, escape, slug},
    reference::{self, Part, Role, Row, Topic},
};

/// An operation.
pub(super) fn html(ctx: &Ctx<'_>, it: &Operation) -> String {
    let parts = reference::operation(ctx.api, it);
    let (class, words) = repeats(&it.idempotency);
    let deprecated = match it.docs.deprecated {
        true => "<span class=\"badge deprecated\">deprecated</span>",
        false => "",
    };
    let head = format!(
        "<p class=\"address\"><span class=\"method {}\">{}</span> <code>{}</code></p>\n\
         <p class=\"about\">{}</p>\n<p><span class=\"badge {class}\">{words}</span> {deprecated}</p>\n",
        it.method.to_lowercase(),
        escape(&it.method),
        escape(&it.path).replace('/', "/<wbr>"),
        escape(&it.summary)
    );
    let own = |row: &Row| match row.topic {
        Topic::Address | Topic::Summary | Topic::Deprecation => false,
        Topic::Servers => it.servers.is_some(),
        Topic::Other => true,
    };
    let article = Article { ctx, id: &it.id, docs: &it.docs, place: it.place };
    article.html(&head, &parts, &own, &refine::call(ctx.api, it))
}

/// A webhook.
pub(super) fn webhook(ctx: &Ctx<'_>, it: &Webhook) -> String {
    let parts = reference::webhook(ctx.api, it);
    let (class, words) = match &it.verification {
        Verification::HmacSha256 { .. } => ("good", "signed by the provider"),
        Verification::Basic => ("good", "proved by HTTP Basic"),
        Verification::None(_) => ("bad", "not proved: a hint only"),
    };
    let head = format!(
        "<p class=\"address\"><span class=\"method hook\">WEBHOOK</span></p>\n<p class=\"about\">{}</p>\n\
         <p><span class=\"badge {class}\">{words}</span></p>\n",
        escape(&it.summary)
    );
    let own = |row: &Row| row.topic == Topic::Other;
    let article = Article { ctx, id: &it.id, docs: &it.docs, place: it.place };
    article.html(&head, &parts, &own, &refine::receive(ctx.api, it))
}

/// Whether a repeat does harm, in two words, and how they are shown.
pub(super) fn repeats(it: &Idempotency) -> (&'static str, &'static str) {
    match it {
        Idempotency::Safe => ("good", "only reads"),
        Idempotency::None => ("bad", "may be done twice"),
        Idempotency::Repeatable => ("good", "repeat has no effect"),
        Idempotency::Key(_) => ("good", "repeat recognised by key"),
    }
}

/// What operations and webhooks have in common.
struct Article<'c> {
    ctx: &'c Ctx<'c>,
    id: &'c str,
    docs: &'c Docs,
    place: Place,
}

impl Article<'_> {
    fn html(
        &self,
        head: &str,
        parts: &[Part],
        is_own: &dyn Fn(&Row) -> bool,
        usage: &Usage,
    ) -> String {
        let (ctx, id, name) = (self.ctx, slug(self.id), breakable(self.id));
        let mut told = format!(
            "<h3 id=\"{id}:title\"><a href=\"#{id}\">{name}</a></h3>\n{head}<div class=\"prose\">\n{}</div>\n",
            ctx.text(&self.docs.text)
        );
        let mut answers = String::new();
        for part in parts {
            told.push_str(&match &part.role {
                Role::Call => self.facts(part, is_own),
                Role::Parameters | Role::Headers => self.part(part),
                Role::Body => self.body(part),
                Role::Answer(status) => {
                    answers.push_str(&self.answer(part, status));
                    String::new()
                }
            });
        }
        if !answers.is_empty() {
            told.push_str(&format!("<h4>Answers</h4>\n{answers}"));
        }
        told.push_str(&ctx.provenance(&self.docs.sources, self.place));
        let shown = self.shown(parts, usage);
        format!(
            "<section class=\"operation\" id=\"{id}\" aria-labelledby=\"{id}:title\">\n\
             <div class=\"told\">\n{told}</div>\n<div class=\"shown\">\n{shown}</div>\n</section>\n"
        )
    }

    fn facts(&self, part: &Part, is_own: &dyn Fn(&Row) -> bool) -> String {
        let fact = |row: &Row| {
            let text = members::said(self.ctx, row);
            let docs = self.ctx.text(&row.docs);
            format!("<div><dt>{}</dt><dd>{text}{docs}</dd></div>\n", escape(&sentence(&row.name)))
        };
        let rows = part.rows.iter().filter(|it| is_own(it) && !it.said().is_empty());
        format!("<dl class=\"facts\">\n{}</dl>\n", rows.map(fact).collect::<String>())
    }

    fn part(&self, part: &Part) -> String {
        let anchors = match part.role {
            Role::Parameters => members::anchors(self.id, &part.rows),
            Role::Call | Role::Body | Role::Answer(_) | Role::Headers => Anchors::new(),
        };
        let list = members::list(self.ctx, &part.rows, &anchors);
        format!("<h4>{}</h4>\n{list}", escape(&part.title))
    }

    fn body(&self, part: &Part) -> String {
        let Some((whole, rows)) = part.rows.split_first() else { return String::new() };
        format!(
            "<h4>{}</h4>\n<div class=\"line\">{}</div>\n{}{}",
            escape(&part.title),
            members::said(self.ctx, whole),
            self.ctx.text(&whole.docs),
            members::list(self.ctx, rows, &Anchors::new())
        )
    }

    fn answer(&self, part: &Part, status: &str) -> String {
        let Some((whole, rows)) = part.rows.split_first() else { return String::new() };
        let list = match rows {
            [] => String::new(),
            rows => format!(
                "<details><summary>{}<span class=\"quiet\"> of the answer {}</span></summary>\n{}</details>\n",
                crate::shell::counted(rows.iter().filter(|it| it.depth == 0).count(), "member"),
                escape(status),
                members::list(self.ctx, rows, &Anchors::new())
            ),
        };
        format!(
            "<div class=\"answer\"><div class=\"line\"><span class=\"status {}\">{}</span> {}</div>\n{}{list}</div>\n",
            status_class(status),
            escape(status),
            members::said(self.ctx, whole),
            self.ctx.text(&whole.docs)
        )
    }

    /// The call in Rust, and the documented samples.
    fn shown(&self, parts: &[Part], usage: &Usage) -> String {
        let item = self.ctx.item(&usage.item, &usage.page);
        let error = match &usage.error_page {
            Some(page) => self.ctx.item(&usage.error, page),
            None => code(&usage.error),
        };
        let name = format!("Rust example of {}", self.id);
        let mut html = format!(
            "<h4>In Rust</h4>\n<p class=\"item-name\">{item}, which fails with {error}</p>\n{}",
            block(&name, &usage.example)
        );
        for part in parts.iter().filter(|it| !it.samples.is_empty()) {
            let title = match part.role {
                Role::Body => "Request",
                Role::Parameters => "Parameters",
                _ => &part.title,
            };
            html.push_str(&format!("<h4>{}</h4>\n", escape(title)));
            for (idx, path) in part.samples.iter().enumerate() {
                html.push_str(&self.sample(path, idx == 0));
            }
        }
        html
    }

    fn sample(&self, path: &str, is_open: bool) -> String {
        let Some(file) = self.ctx.provider.samples.iter().find(|it| it.path == path) else {
            return String::new();
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        let made = match path.contains("/constructed/") {
            true => " <span class=\"note\">constructed</span>",
            false => "",
        };
        let open = if is_open { " open" } else { "" };
        format!(
            "<details class=\"sample\"{open}><summary>{}{made}</summary>\n{}</details>\n",
            escape(name),
            block(name, file.text.trim_end())
        )
    }
}

/// Code that can be copied, and scrolled with keys.
fn block(name: &str, text: &str) -> String {
    format!(
        "<div class=\"code\"><pre tabindex=\"0\" role=\"region\" aria-label=\"{}\"><code>{}</code></pre></div>\n",
        escape(name),
        escape(text)
    )
}

fn status_class(status: &str) -> &'static str {
    match status.as_bytes().first() {
        Some(b'2' | b'3') => "good",
        _ => "bad",
    }
}

/// With a capital.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |it| it.to_uppercase().chain(chars).collect())
}
