//! What holds for all operations: where the API is, and who may call it.

use codegen::model::security::{Scheme, SchemeKind, Server};

use super::Ctx;
use crate::html::{code, escape, slug};

/// Where the API is served.
pub(super) fn environments(ctx: &Ctx<'_>) -> String {
    let row = |it: &Server| {
        let name = match &it.environment {
            Some(name) => code(&format!("Environment::{name}")),
            None => "your own address".to_owned(),
        };
        let variables: String = it
            .variables
            .iter()
            .map(|it| {
                let allowed: Vec<String> = it.allowed.iter().map(|it| code(it)).collect();
                let allowed = match allowed.as_slice() {
                    [] => String::new(),
                    allowed => format!(", one of {}", allowed.join(", ")),
                };
                format!("<p>{}{allowed}</p>{}", code(&it.wire), ctx.text(&it.description))
            })
            .collect();
        format!(
            "<div class=\"item\"><h3>{name}</h3>\n<p>{}</p>\n{}{variables}</div>\n",
            code(&it.url),
            ctx.text(&it.description)
        )
    };
    match ctx.api.servers.as_slice() {
        [] => "<p>No host is documented: the caller gives the address.</p>\n".to_owned(),
        servers => servers.iter().map(row).collect(),
    }
}

/// How callers identify themselves.
pub(super) fn authentication(ctx: &Ctx<'_>) -> String {
    let row = |it: &Scheme| {
        let anchor = scheme_anchor(&it.name);
        format!(
            "<div class=\"item\" id=\"{anchor}\"><h3>{}</h3>\n<div class=\"kind\">{}</div>\n{}\
             <p class=\"place\">{}</p></div>\n",
            code(&it.name),
            way(ctx, &it.kind),
            ctx.text(&it.description),
            escape(&ctx.place(it.place))
        )
    };
    ctx.api.schemes.iter().map(row).collect()
}

/// The anchor of a credential.
pub(super) fn scheme_anchor(name: &str) -> String {
    format!("auth:{}", slug(name))
}

/// The anchor of a page that facts come from.
pub(super) fn source_anchor(tag: &str) -> String {
    format!("source:{}", slug(tag))
}

/// How a credential is sent, in words.
fn way(ctx: &Ctx<'_>, kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { header } => format!("A key in the header {}.", code(header)),
        SchemeKind::QueryKey { name } => format!("A key in the query, as {}.", code(name)),
        SchemeKind::CookieKey { name } => format!("A key in the cookie {}.", code(name)),
        SchemeKind::Bearer => format!("A token: {}.", code("Authorization: Bearer …")),
        SchemeKind::Basic => {
            format!("A name and a password: {}.", code("Authorization: Basic …"))
        }
        SchemeKind::Signature { header, secret, message, value } => format!(
            "Computed for every attempt: the header {} is {}, signed with {} over {}.",
            code(header),
            code(value),
            code(secret),
            code(message)
        ),
        SchemeKind::Token(it) => {
            let from: Vec<String> = it.request.values().map(|it| code(it)).collect();
            format!(
                "A token: {}. The client fetches it with {} and {}, once for all calls, and renews it.",
                code("Authorization: Bearer …"),
                ctx.operation(&it.operation).unwrap_or_else(|| code(&it.operation)),
                from.join(" and ")
            )
        }
        SchemeKind::ClientCredentials { token_url, scopes } => {
            let place = match token_url {
                Some(url) => format!("from {}", code(url)),
                None => "from where the caller says".to_owned(),
            };
            let scope = |(name, docs): (&String, &String)| {
                format!("<div><dt>{}</dt><dd>{}</dd></div>\n", code(name), ctx.text(docs))
            };
            let scopes = match scopes.iter().map(scope).collect::<String>() {
                scopes if scopes.is_empty() => scopes,
                scopes => format!("<dl class=\"values\">\n{scopes}</dl>\n"),
            };
            format!(
                "A token by OAuth 2.0, {place}, for a client's id and secret. The client fetches and renews it.{scopes}"
            )
        }
        SchemeKind::MutualTls => "The certificate of the caller's HTTP client.".to_owned(),
    }
}

/// The pages that facts come from.
pub(super) fn sources(ctx: &Ctx<'_>) -> String {
    let row = |(tag, page): (&String, &String)| {
        let text = escape(page);
        let text = match codegen::refine::address(page).map(escape) {
            Some(url) => text.replacen(&url, &format!("<a href=\"{url}\">{url}</a>"), 1),
            None => text,
        };
        let anchor = source_anchor(tag);
        format!("<div id=\"{anchor}\"><dt>{}</dt><dd>{text}</dd></div>\n", code(tag))
    };
    match ctx.api.sources.is_empty() {
        true => String::new(),
        false => format!(
            "<dl class=\"sources\">\n{}</dl>\n",
            ctx.api.sources.iter().map(row).collect::<String>()
        ),
    }
}
