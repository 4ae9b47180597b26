//! The reference of a provider: a page of what can be called, one of its schemas.

mod facts;
mod members;
mod operation;
mod schemas;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use codegen::{
    Diagnostics, SourceFile,
    model::{
        Api,
        operation::{Idempotency, Operation},
        schema::Kind as SchemaKind,
    },
    parse::node::Place,
};

use super::{
    markdown,
    site::{Content, Entry, Group, Kind, Page},
};
use crate::{
    html::{breakable, code, escape, slug},
    reference::{
        self,
        schema::{self, Way},
    },
    shell::counted,
    workspace::Workspace,
};

/// A provider with everything that is told about it.
pub(super) struct Provider {
    pub(super) name: String,
    /// Of its crate.
    pub(super) version: String,
    pub(super) api: Api,
    /// The spec, in the order in which places count its files.
    files: Vec<SourceFile>,
    samples: Vec<SourceFile>,
}

impl Provider {
    /// Reads a spec and its samples, or says what is wrong with them.
    ///
    /// # Errors
    ///
    /// If files cannot be read.
    pub(super) fn read(
        workspace: &Workspace,
        name: &str,
    ) -> Result<std::result::Result<Self, Diagnostics>> {
        let source = workspace.source(name)?;
        let api = match codegen::load(&source) {
            Ok(api) => api,
            Err(complaints) => return Ok(Err(complaints)),
        };
        let (name, files) = (name.to_owned(), reference::files(&source));
        let version = version(workspace, &name)?;
        Ok(Ok(Self { name, version, api, files, samples: source.samples }))
    }

    /// The address of what can be called.
    pub(super) fn page(&self) -> String {
        format!("reference/{}.html", self.name)
    }

    /// The address of the schemas.
    pub(super) fn schemas_page(&self) -> String {
        format!("reference/{}-schemas.html", self.name)
    }
}

/// The version of a client; nothing if there is no crate yet.
fn version(workspace: &Workspace, name: &str) -> Result<String> {
    let path = format!("crates/payouts-{name}/Cargo.toml");
    let Some(text) = workspace.read(&path)? else { return Ok(String::new()) };
    let manifest: toml_edit::DocumentMut =
        text.parse().with_context(|| format!("{path} is not TOML"))?;
    let version = manifest.get("package").and_then(|it| it.get("version"));
    Ok(version.and_then(|it| it.as_str()).unwrap_or_default().to_owned())
}

/// Whether nothing protects an operation from being done twice.
pub(super) fn may_pay_twice(operation: &Operation) -> bool {
    operation.idempotency == Idempotency::None
}

/// Both pages of a provider.
pub(super) fn pages(provider: &Provider, has_rustdoc: bool, has_runbook: bool) -> Vec<Page> {
    let source = |(tag, page): (&String, &String)| {
        let href = match codegen::refine::address(page) {
            Some(url) => url.to_owned(),
            None => format!("{}.html#{}", provider.name, facts::source_anchor(tag)),
        };
        (tag.clone(), href)
    };
    let sources = provider.api.sources.iter().map(source);
    let ctx = Ctx { provider, api: &provider.api, sources: sources.collect(), has_rustdoc };
    vec![ctx.calls(has_runbook), schemas::page(&ctx)]
}

/// What all parts of a page need.
struct Ctx<'p> {
    provider: &'p Provider,
    api: &'p Api,
    /// The tags of sources, and what they lead to.
    sources: Vec<(String, String)>,
    has_rustdoc: bool,
}

impl Ctx<'_> {
    fn calls(&self, has_runbook: bool) -> Page {
        let Self { provider, api, .. } = self;
        let mut contents = Vec::new();
        let mut section = |body: &mut String, anchor: &str, title: &str, html: String| {
            if !html.is_empty() {
                body.push_str(&format!("<h2 id=\"{anchor}\">{title}</h2>\n{html}"));
                contents.push(Content {
                    anchor: anchor.to_owned(),
                    title: title.to_owned(),
                    is_inner: false,
                });
                return true;
            }
            false
        };
        let mut body = self.head();
        section(&mut body, "part:environments", "Environments", facts::environments(self));
        section(&mut body, "part:authentication", "Authentication", facts::authentication(self));
        section(&mut body, "part:overview", "Operations at a glance", self.overview(has_runbook));
        let operations: String =
            api.operations.iter().map(|it| operation::html(self, it)).collect();
        let webhooks: String = api.webhooks.iter().map(|it| operation::webhook(self, it)).collect();
        let has_operations = section(&mut body, "part:operations", "Operations", operations);
        let has_webhooks = section(&mut body, "part:webhooks", "Webhooks", webhooks);
        section(&mut body, "part:sources", "Sources", facts::sources(self));
        let inner = |id: &String| Content { anchor: slug(id), title: id.clone(), is_inner: true };
        let after = |contents: &[Content], anchor: &str| {
            contents.iter().position(|it| it.anchor == anchor).map_or(0, |it| it + 1)
        };
        if has_webhooks {
            let at = after(&contents, "part:webhooks");
            contents.splice(at..at, api.webhooks.iter().map(|it| inner(&it.id)));
        }
        if has_operations {
            let at = after(&contents, "part:operations");
            contents.splice(at..at, api.operations.iter().map(|it| inner(&it.id)));
        }
        Page {
            path: provider.page(),
            title: api.title.clone(),
            group: Group::Reference,
            source: self.spec(),
            body: format!("<div class=\"reference\">\n{body}</div>\n"),
            contents,
            entries: self.entries(),
        }
    }

    fn spec(&self) -> String {
        format!("specs/{}.yaml", self.provider.name)
    }

    fn head(&self) -> String {
        let Self { provider, api, .. } = self;
        let krate = format!("payouts-{}", provider.name);
        let krate = match self.has_rustdoc {
            true => format!(
                "<a href=\"../rustdoc/{}/index.html\">{}</a>",
                krate.replace('-', "_"),
                code(&krate)
            ),
            false => code(&krate),
        };
        let facts = [
            ("Crate", format!("{krate} {}", escape(&provider.version))),
            ("Operations", api.operations.len().to_string()),
            ("Webhooks", api.webhooks.len().to_string()),
            (
                "Schemas",
                format!("<a href=\"{}-schemas.html\">{}</a>", provider.name, api.schemas.len()),
            ),
            ("Spec", code(&self.spec())),
        ];
        let facts: String = facts
            .iter()
            .map(|(name, value)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n"))
            .collect();
        format!(
            "<h1>{}</h1>\n<dl class=\"summary\">\n{facts}</dl>\n<div class=\"prose\">\n{}</div>\n",
            escape(&api.title),
            self.text(&api.description)
        )
    }

    /// All operations in one table, for whoever looks for one.
    fn overview(&self, has_runbook: bool) -> String {
        let row = |it: &Operation| {
            let anchor = slug(&it.id);
            let (class, words) = operation::repeats(&it.idempotency);
            format!(
                "<tr><th scope=\"row\"><a href=\"#{anchor}\">{}</a></th><td>{}</td>\
                 <td data-label=\"Sent twice\"><span class=\"badge {class}\">{words}</span></td></tr>\n",
                breakable(&it.id),
                escape(&it.summary)
            )
        };
        let rows: String = self.api.operations.iter().map(row).collect();
        let n_paying = self.api.operations.iter().filter(|it| may_pay_twice(it)).count();
        let note = match (n_paying, has_runbook) {
            (0, _) | (_, false) => String::new(),
            (n, true) => format!(
                "<p>Nothing protects {} from being done twice. After an unknown outcome, follow the \
                 <a href=\"../runbook.html\">runbook</a>.</p>\n",
                counted(n, "operation")
            ),
        };
        format!(
            "{note}<table class=\"overview\">\n<thead><tr><th scope=\"col\">Operation</th>\
             <th scope=\"col\">What it does</th><th scope=\"col\">Sent twice</th></tr></thead>\n\
             <tbody>\n{rows}</tbody></table>\n"
        )
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for it in &self.api.operations {
            entries.push(Entry {
                kind: Kind::Operation,
                anchor: slug(&it.id),
                title: it.id.clone(),
                detail: format!("{} {} · {}", it.method, it.path, it.summary),
            });
            for (name, docs) in inline_members(self.api, it) {
                entries.push(Entry {
                    kind: Kind::Member,
                    anchor: slug(&it.id),
                    title: name,
                    detail: format!("{} · {docs}", it.id),
                });
            }
            let rows = reference::parameters(self.api, it).map_or_else(Vec::new, |it| it.rows);
            let anchors = members::anchors(&it.id, &rows);
            entries.extend(members::entries(Kind::Parameter, &it.id, &rows, &anchors));
        }
        for it in &self.api.webhooks {
            entries.push(Entry {
                kind: Kind::Webhook,
                anchor: slug(&it.id),
                title: it.id.clone(),
                detail: it.summary.clone(),
            });
        }
        entries
    }

    /// A text of the spec, in which operations and sources are links.
    fn text(&self, text: &str) -> String {
        markdown::text(text, &self.sources, &|it| self.called(it))
    }

    /// Where facts come from, and where they are written.
    fn provenance(&self, tags: &[String], place: Place) -> String {
        let cited = self.cited(tags).map_or_else(String::new, |it| format!("{it} · "));
        format!("<p class=\"place\">{cited}{}</p>\n", escape(&self.place(place)))
    }

    /// Where facts come from, if that is said.
    fn cited(&self, tags: &[String]) -> Option<String> {
        let link = |tag: &String| match self.sources.iter().find(|(it, _)| it == tag) {
            Some((_, url)) => {
                format!("<a class=\"source\" href=\"{}\">{}</a>", escape(url), escape(tag))
            }
            None => escape(tag),
        };
        let mut seen: Vec<&String> = Vec::new();
        for tag in tags {
            if !seen.contains(&tag) {
                seen.push(tag);
            }
        }
        let links: Vec<String> = seen.into_iter().map(link).collect();
        (!links.is_empty()).then(|| format!("Source: {}", links.join(", ")))
    }

    /// Where something that can be called is told about.
    fn called(&self, id: &str) -> Option<String> {
        let is_known = self.api.operations.iter().any(|it| it.id == id)
            || self.api.webhooks.iter().any(|it| it.id == id);
        is_known.then(|| format!("{}.html#{}", self.provider.name, slug(id)))
    }

    /// A link to something that can be called.
    fn operation(&self, id: &str) -> Option<String> {
        Some(format!("<a href=\"{}\">{}</a>", escape(&self.called(id)?), code(id)))
    }

    /// An item of the client crate, with a link if there is its documentation.
    fn item(&self, name: &str, page: &str) -> String {
        match self.has_rustdoc {
            true => {
                let page = format!("../rustdoc/payouts_{}/{page}", self.provider.name);
                format!("<a href=\"{}\">{}</a>", escape(&page), code(name))
            }
            false => code(name),
        }
    }

    /// `specs/acme.yaml:12`.
    fn place(&self, place: Place) -> String {
        match reference::line(&self.provider.files, place) {
            Some((file, line_idx)) => format!("{}:{}", file.path, line_idx + 1),
            None => self.spec(),
        }
    }
}

/// The members of bodies and answers that no named schema defines.
fn inline_members(api: &Api, it: &Operation) -> BTreeMap<String, String> {
    let answers = it.answers.iter().filter_map(|it| it.body.as_ref().map(|(it, _)| it));
    let schemas = it.body.iter().map(|it| &it.schema).chain(answers);
    let inline = schemas.filter(|it| !matches!(it.kind, SchemaKind::Ref(_)));
    let rows = inline.flat_map(|it| schema::members(api, it, Way::Defined));
    rows.filter(|it| !it.is_alternative).map(|it| (it.name, it.docs)).collect()
}
