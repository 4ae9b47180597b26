//! The crate's README, which is its documentation too.

use indexmap::IndexMap;

use crate::{
    model::{
        Api,
        operation::{Idempotency, Operation, Reconcile},
    },
    refine::{
        client::{self, Purpose},
        docs, webhooks,
    },
};

/// The text.
pub(crate) fn text(api: &Api) -> String {
    let mut text = format!("# payouts-{}\n\n", api.provider);
    text.push_str(&format!("Typed client for {}, safe for money.\n\n", docs::escape(&api.title)));
    for line in docs::linked(api, docs::paragraphs(&api.description)) {
        text.push_str(&line);
        text.push('\n');
    }
    if !api.operations.is_empty() {
        text.push_str("\n## Example\n\n");
        text.push_str(&example(api));
        text.push_str(
            "\n## Operations\n\n| method | what it does | sending twice |\n|---|---|---|\n",
        );
        for it in &api.operations {
            let method = format!(
                "[`{0}`](https://docs.rs/payouts-{1}/latest/payouts_{1}/struct.Client.html#method.{0})",
                it.id, api.provider
            );
            text.push_str(&format!(
                "| {method} | {} | {} |\n",
                docs::escape(&it.summary),
                repetition(it)
            ));
        }
        text.push_str(&unknown_outcomes(api));
    }
    if !api.webhooks.is_empty() {
        text.push_str("\n## Webhooks\n\nA function takes the request as it came and gives the event with its type.\n\n| function | what it tells | proof |\n|---|---|---|\n");
        for it in &api.webhooks {
            let function = format!(
                "[`{0}`](https://docs.rs/payouts-{1}/latest/payouts_{1}/fn.{0}.html)",
                webhooks::function(it),
                api.provider
            );
            text.push_str(&format!(
                "| {function} | {} | {} |\n",
                docs::escape(&it.summary),
                webhooks::proof(it)
            ));
        }
    }
    text.push_str("\n## Features\n\n| feature | effect |\n|---|---|\n| `rustls` (default) | TLS by rustls |\n| `native-tls` | TLS by the system's library |\n| `tracing` (default) | a span per call, an event per attempt |\n| `schemars` | `JsonSchema` for every type |\n");
    if !api.sources.is_empty() {
        text.push_str("\n## Sources\n\nWhere the facts in this documentation come from.\n\n");
        for (tag, page) in &api.sources {
            text.push_str(&format!("- `{tag}`: {}\n", docs::escape(page)));
        }
    }
    text
}

fn repetition(operation: &Operation) -> &'static str {
    match operation.idempotency {
        Idempotency::Safe => "only reads",
        Idempotency::None => "**may do it twice**",
        Idempotency::Repeatable => "no further effect",
        Idempotency::Key(_) => "recognised by its key",
    }
}

/// What to do about each operation that may have been done, grouped by what
/// protects from doing it twice. A list, because the ways to find out are
/// sentences.
fn unknown_outcomes(api: &Api) -> String {
    let mut groups: IndexMap<String, String> = IndexMap::new();
    for it in &api.operations {
        let Some(protection) = protection(&it.idempotency) else { continue };
        let item = format!("- `{}`: {}\n", it.id, way_to_find_out(&it.reconcile));
        groups.entry(protection).or_default().push_str(&item);
    }
    if groups.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "\n## When the outcome is unknown\n\n\
         If `error.outcome()` is `Outcome::Unknown`, the call may have been done.\n\
         What only reads can be sent again; for everything else, the lists below say how to find out.\n\
         `error.reconcile()` says what is said here, and `error.reconcile_value()` gives the value to look for.\n\
         What to do step by step is in [RUNBOOK.md](../../RUNBOOK.md).\n",
    );
    for (protection, items) in &groups {
        text.push_str(&format!("\n{protection}\n\n{items}"));
    }
    text
}

/// What protects from doing it twice, as the head of a list; `None` for what
/// only reads.
fn protection(idempotency: &Idempotency) -> Option<String> {
    match idempotency {
        Idempotency::Safe => None,
        Idempotency::None => Some(
            "**Nothing protects these from being done twice.** Find out before sending one again:"
                .to_owned(),
        ),
        Idempotency::Repeatable => {
            Some("These can be sent again, which has no further effect:".to_owned())
        }
        Idempotency::Key(header) => Some(format!(
            "These can be sent again with the same `{header}` and the same arguments, while the provider remembers the key:"
        )),
    }
}

fn way_to_find_out(reconcile: &Reconcile) -> String {
    match reconcile {
        Reconcile::NotNeeded => "nothing needs to be found out.".to_owned(),
        Reconcile::With { operation, matching, how } => {
            format!("call `{operation}` and look for `{matching}`. {}", docs::escape(how))
        }
        Reconcile::Impossible(reason) => {
            format!("cannot be looked up. {}", docs::escape(reason))
        }
    }
}

/// Building a client and making the most important call.
fn example(api: &Api) -> String {
    let krate = format!("payouts_{}", api.provider);
    let environment = api.servers.iter().find_map(|it| Some((it, it.environment.as_ref()?)));
    let server = match &environment {
        Some((server, name)) if server.variables.is_empty() => format!("Environment::{name}"),
        Some((server, name)) => {
            let fields = server.variables.iter().map(|it| {
                let made_up = format!("your-{}", it.rust.replace('_', "-"));
                format!("{}: {:?}.into()", it.rust, it.allowed.first().unwrap_or(&made_up))
            });
            format!("Environment::{name} {{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        None => "\"https://host-from-your-account-manager.example\"".to_owned(),
    };
    let Some(operation) =
        api.operations.iter().find(|it| it.method != "GET").or(api.operations.first())
    else {
        return String::new();
    };
    // The credentials that this operation needs.
    let needed = operation.security.first().cloned().unwrap_or_default();
    let mut setters = String::new();
    for it in client::credentials(api) {
        if needed.contains(&it.scheme) && it.purpose != Purpose::Fixed {
            let variable = format!("{}_{}", api.provider, it.method).to_ascii_uppercase();
            setters.push_str(&format!("    .{}(Secret::from_env({variable:?})?)\n", it.method));
        }
    }
    let (arguments, mut used) = super::example::arguments(api, operation);
    used.insert("Client".to_owned());
    if environment.is_some() {
        used.insert("Environment".to_owned());
    }
    if !setters.is_empty() {
        used.insert("Secret".to_owned());
    }
    let imports = import(&krate, &used.into_iter().collect::<Vec<_>>());
    let mut rows = String::new();
    for argument in &arguments {
        rows.push_str(&format!("        {argument},\n"));
    }
    let call = if arguments.is_empty() {
        format!("    .{}()", operation.id)
    } else {
        format!("    .{}(\n{rows}    )", operation.id)
    };
    let statements = format!(
        "let client = Client::builder({server})\n{setters}    .build()?;\n\nlet answer = client\n{call}\n    .send()\n    .await?;\nprintln!(\"{{answer:?}}\");\nOk(())\n"
    );
    let mut body = String::new();
    for line in statements.lines() {
        let indent = if line.is_empty() { "" } else { "    " };
        body.push_str(&format!("{indent}{line}\n"));
    }
    format!(
        "```rust,no_run\n{imports}\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{body}}}\n```\n"
    )
}

/// A `use` of these names, in lines of the usual width.
fn import(krate: &str, names: &[String]) -> String {
    let one = format!("use {krate}::{{{}}};\n", names.join(", "));
    if one.len() <= 100 {
        return one;
    }
    let mut text = format!("use {krate}::{{\n");
    let mut row = String::from("   ");
    for name in names {
        if row.len() + name.len() + 2 > 99 {
            text.push_str(&format!("{row}\n"));
            row = String::from("   ");
        }
        row.push_str(&format!(" {name},"));
    }
    format!("{text}{row}\n}};\n")
}
