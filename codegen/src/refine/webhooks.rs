//! `webhooks.rs`: a function per webhook.

use crate::{
    model::{
        Api,
        types::TypeRef,
        webhook::{Verification, Webhook},
    },
    refine::{
        Chunk, KrateFile, docs,
        types::{scalar_names, type_text},
    },
};

/// The file, if the provider calls anything.
pub(crate) fn file(api: &Api) -> Option<KrateFile> {
    if api.webhooks.is_empty() {
        return None;
    }
    let rows: Vec<String> = api.webhooks.iter().map(|it| row(api, it)).collect();
    Some(KrateFile {
        name: "webhooks.rs".to_owned(),
        docs: "What the provider calls: a function per webhook.".to_owned(),
        chunks: vec![Chunk::Table(format!("payouts_core::webhooks! {{\n{}}}\n", rows.join("\n")))],
    })
}

/// The name of a webhook's function.
pub(crate) fn function(webhook: &Webhook) -> String {
    match webhook.verification {
        Verification::HmacSha256 { .. } | Verification::Basic => format!("verify_{}", webhook.id),
        Verification::None(_) => format!("read_unverified_{}", webhook.id),
    }
}

/// How the provider proves that an event is its own, in a few words.
pub(crate) fn proof(webhook: &Webhook) -> String {
    match &webhook.verification {
        Verification::HmacSha256 { header, .. } => format!("HMAC-SHA256 in `{header}`"),
        Verification::Basic => "HTTP Basic credentials".to_owned(),
        Verification::None(_) => "**none, anybody can send it**".to_owned(),
    }
}

fn row(api: &Api, webhook: &Webhook) -> String {
    let docs = docs::comment(&lines(api, webhook), "    ");
    let deprecated = if webhook.docs.deprecated { "    #[deprecated]\n" } else { "" };
    let name = function(webhook);
    let ty = event_type(&webhook.ty);
    let id = &webhook.id;
    let pointers: Vec<String> = webhook.dedupe.iter().map(|it| format!("{it:?}")).collect();
    let pointers = pointers.join(", ");
    let row = match &webhook.verification {
        Verification::HmacSha256 { header, prefix, message, timestamp } => {
            let timestamp = timestamp.as_ref().map_or("None".to_owned(), |(header, tolerance)| {
                format!("Some(payouts_core::TimestampHeader {{ header: {header:?}, tolerance: {tolerance} }})")
            });
            format!(
                "(secrets, headers, body) -> {ty} = {id:?},\n        HmacSha256 {{ header: {header:?}, prefix: {prefix:?}, message: {message:?}, timestamp: {timestamp} }},\n        [{pointers}]"
            )
        }
        Verification::Basic => {
            format!("(secrets, headers, body) -> {ty} = {id:?}, Basic, [{pointers}]")
        }
        Verification::None(_) => format!("(body) -> {ty} = {id:?}, [{pointers}]"),
    };
    format!("{docs}{deprecated}    pub fn {name}{row};\n")
}

/// The type of an event, by paths that need no import.
fn event_type(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(name) => format!("crate::{name}"),
        TypeRef::List(items) => format!("Vec<{}>", event_type(items)),
        TypeRef::Map(values) => {
            format!("std::collections::BTreeMap<String, {}>", event_type(values))
        }
        TypeRef::Nullable(it) => format!("Option<{}>", event_type(it)),
        TypeRef::Sensitive(it) => format!("payouts_core::Sensitive<{}>", event_type(it)),
        TypeRef::Scalar(_) => {
            let mut names = std::collections::BTreeSet::new();
            scalar_names(ty, &mut names);
            let krate = if names.is_empty() { "" } else { "payouts_core::" };
            format!("{krate}{}", type_text(ty))
        }
    }
}

fn lines(api: &Api, webhook: &Webhook) -> Vec<String> {
    let mut lines = docs::paragraphs(&webhook.summary);
    docs::separate(&mut lines);
    lines.extend(docs::paragraphs(&webhook.docs.text));
    lines.extend([String::new(), "# Proof".to_owned(), String::new()]);
    lines.extend(docs::wrapped(&proof_text(&webhook.verification)));
    lines.extend([String::new(), "# Repeats".to_owned(), String::new()]);
    lines.extend(docs::wrapped(&identity_text(&webhook.dedupe)));
    lines.extend([String::new(), "# Errors".to_owned(), String::new()]);
    lines.extend(docs::wrapped(errors_text(&webhook.verification)));
    lines.extend([String::new(), "# Examples".to_owned(), String::new()]);
    lines.extend(example_lines(api, webhook));
    docs::source_line(&webhook.docs.sources, &mut lines);
    docs::linked(api, lines)
}

fn proof_text(verification: &Verification) -> String {
    match verification {
        Verification::HmacSha256 { header, prefix, message, timestamp } => {
            let what = match message.as_str() {
                "{body}" => "the body as it came".to_owned(),
                message => format!("`{message}` with the body as it came"),
            };
            let prefix = match prefix.as_str() {
                "" => String::new(),
                prefix => format!(", with `{prefix}` before them or without"),
            };
            let timestamp = timestamp.as_ref().map_or(String::new(), |(header, tolerance)| {
                format!(" Its time, in the header `{header}`, may be {tolerance} seconds off.")
            });
            format!(
                "The header `{header}` must hold the HMAC-SHA256 of {what} by one of the secrets: hex digits of either case{prefix}.{timestamp} Give the body before anything has parsed it, and several secrets while one replaces another."
            )
        }
        Verification::Basic => "The header `Authorization` must hold the credentials of HTTP Basic, which are one of the secrets: `user:password`. A line feed behind them is tolerated. Give several secrets while one replaces another.".to_owned(),
        Verification::None(reason) => format!(
            "**None.** {} Anybody who knows the address can send such an event: treat it as a hint, and read back from the provider what it tells before you act on it.",
            docs::escape(reason)
        ),
    }
}

fn identity_text(pointers: &[String]) -> String {
    let quoted: Vec<String> = pointers.iter().map(|it| format!("`{it}`")).collect();
    match quoted.as_slice() {
        [] => "Nothing that identifies an event is documented, so [`Event::dedupe_id`](crate::Event::dedupe_id) is `None`.".to_owned(),
        [only] => format!(
            "[`Event::dedupe_id`](crate::Event::dedupe_id) is {only} of the event."
        ),
        [first @ .., last] => format!(
            "[`Event::dedupe_id`](crate::Event::dedupe_id) is made of {} and {last} of the event.",
            first.join(", ")
        ),
    }
}

fn errors_text(verification: &Verification) -> &'static str {
    match verification {
        Verification::HmacSha256 { .. } | Verification::Basic => {
            "[`WebhookError`](crate::WebhookError). An event that is proved but cannot be decoded is real: the error has its bytes."
        }
        Verification::None(_) => {
            "[`WebhookError`](crate::WebhookError), if the body cannot be decoded."
        }
    }
}

/// An example that compiles.
pub(crate) fn example_lines(api: &Api, webhook: &Webhook) -> Vec<String> {
    let krate = format!("payouts_{}", api.provider);
    let function = function(webhook);
    let lines = match &webhook.verification {
        Verification::None(_) => vec![
            format!("use {krate}::{{WebhookError, {function}}};"),
            String::new(),
            "fn receive(body: &[u8]) -> Result<(), WebhookError> {".to_owned(),
            format!("    let event = {function}(body)?;"),
        ],
        verification => {
            let secrets = match verification {
                Verification::Basic => {
                    r#"[Secret::new("user:new-password"), Secret::new("user:old-password")]"#
                }
                _ => r#"[Secret::new("the new one"), Secret::new("the old one")]"#,
            };
            vec![
                format!("use {krate}::{{HeaderMap, Secret, WebhookError, {function}}};"),
                String::new(),
                "fn receive(headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {"
                    .to_owned(),
                format!("    let secrets = {secrets};"),
                format!("    let event = {function}(&secrets, headers, body)?;"),
            ]
        }
    };
    let last = ["    println!(\"{event:?}\");", "    Ok(())", "}", "```"].map(str::to_owned);
    std::iter::once("```".to_owned()).chain(lines).chain(last).collect()
}
