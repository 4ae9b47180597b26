//! The front page: what is where, and for whom.

use super::{
    guides::Guide,
    provider::Provider,
    site::{Group, Page, Site},
};
use crate::{html::escape, shell::counted};

/// The front page of a site with these pages.
pub(super) fn page(site: &Site, providers: &[Provider], guides: &[Guide]) -> Page {
    let mut body = String::from(
        "<h1>payouts</h1>\n<p class=\"lead\">Typed Rust clients for payout providers, safe for money. \
         Each client is generated from a hand-written spec; this site has both, and what to do when \
         something goes wrong.</p>\n",
    );
    body.push_str(&readers(site, providers));
    body.push_str(&table(site, providers));
    body.push_str("<h2 id=\"pages\">Guides</h2>\n<ul class=\"pages\">\n");
    for page in &site.pages {
        if !matches!(page.group, Group::Guides | Group::Project) {
            continue;
        }
        let text =
            guides.iter().find(|it| it.page == page.path).map_or(
                "The keys that specs have beside those of OpenAPI, as a JSON Schema.",
                |it| it.about,
            );
        body.push_str(&format!(
            "<li><a href=\"{}\">{}</a><span>{}</span></li>\n",
            page.path,
            escape(&page.title),
            escape(text)
        ));
    }
    body.push_str("</ul>\n");
    if !site.crates.is_empty() {
        body.push_str("<h2 id=\"crates\">Rust crates</h2>\n<p>Everything that is public, as rustdoc shows it.</p>\n<ul class=\"crates\">\n");
        for (name, path) in &site.crates {
            body.push_str(&format!(
                "<li><a href=\"{path}\"><code>{}</code></a></li>\n",
                escape(name)
            ));
        }
        body.push_str("</ul>\n");
    }
    Page {
        path: "index.html".to_owned(),
        title: "payouts".to_owned(),
        group: Group::Home,
        source: "the front page".to_owned(),
        body: format!("<div class=\"front\">\n{body}</div>\n"),
        contents: Vec::new(),
        entries: Vec::new(),
    }
}

/// Where each kind of reader begins.
fn readers(site: &Site, providers: &[Provider]) -> String {
    let has = |path: &str| site.pages.iter().any(|it| it.path == path);
    let link = |path: &str, text: &str| match has(path) {
        true => format!("<li><a href=\"{path}\">{text}</a></li>\n"),
        false => String::new(),
    };
    let first_crate = site.crates.iter().find(|(name, _)| name == "payouts");
    let first_crate = first_crate.map_or_else(String::new, |(_, path)| {
        format!("<li><a href=\"{path}\">The crate <code>payouts</code></a></li>\n")
    });
    let references: String =
        providers.iter().map(|it| link(&it.page(), &escape(&it.api.title))).collect();
    let cards = [
        (
            "You pay people from Rust",
            "Depend on a client: what each call takes, answers and may do twice.",
            [
                link("readme.html", "Pay someone"),
                first_crate,
                link("runbook.html", "When the outcome is unknown"),
            ]
            .concat(),
        ),
        (
            "You review a spec, or run payouts",
            "What each API is, in words and samples, with the source of every fact.",
            references,
        ),
        (
            "You edit a spec and generate",
            "What can be written, what each complaint means, and how a change is made.",
            [
                link("dialect.html", "The spec dialect"),
                link("extensions.html", "Its extensions"),
                link("diagnostics.html", "The diagnostics"),
                link("contributing.html", "Recipes"),
            ]
            .concat(),
        ),
    ];
    let card = |(title, about, links): &(&str, &str, String)| {
        format!(
            "<section class=\"card\"><h2>{title}</h2>\n<p>{about}</p>\n<ul>\n{links}</ul></section>\n"
        )
    };
    format!("<div class=\"cards\">\n{}</div>\n", cards.iter().map(card).collect::<String>())
}

fn table(site: &Site, providers: &[Provider]) -> String {
    let mut rows = String::new();
    for it in providers {
        let n_paying =
            it.api.operations.iter().filter(|it| super::provider::may_pay_twice(it)).count();
        let krate = format!("payouts-{}", it.name);
        let folder = krate.replace('-', "_");
        let krate = match site.crates.iter().find(|(name, _)| *name == folder) {
            Some((_, path)) => format!("<a href=\"{path}\"><code>{krate}</code></a>"),
            None => format!("<code>{krate}</code>"),
        };
        rows.push_str(&format!(
            "<tr><th scope=\"row\"><a href=\"{}\">{}</a></th><td data-label=\"Operations\">{}</td>\
             <td data-label=\"Webhooks\">{}</td><td data-label=\"Not protected\">{n_paying}</td>\
             <td data-label=\"Schemas\"><a href=\"{}\">{}</a></td><td data-label=\"Crate\">{krate}</td>\
             <td data-label=\"Version\">{}</td></tr>\n",
            it.page(),
            escape(&it.api.title),
            it.api.operations.len(),
            it.api.webhooks.len(),
            it.schemas_page(),
            counted(it.api.schemas.len(), "schema"),
            escape(&it.version)
        ));
    }
    format!(
        "<h2 id=\"providers\">Providers</h2>\n<table class=\"providers\">\n<thead><tr><th scope=\"col\">API</th>\
         <th scope=\"col\">Operations</th><th scope=\"col\">Webhooks</th>\
         <th scope=\"col\">Not protected</th><th scope=\"col\">Schemas</th><th scope=\"col\">Crate</th>\
         <th scope=\"col\">Version</th></tr></thead>\n<tbody>\n{rows}</tbody></table>\n"
    )
}
