//! `lib.rs` and `client.rs`: what a caller holds.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{FnArg, ImplItem, ImplItemFn, Item, ItemImpl, parse_quote};

use crate::{
    bind::Rust,
    model::{
        Api,
        operation::{Idempotency, Location, Operation, Parameter, Reconcile},
        paging::{Paging, PagingForm},
        parameter::{Form, Style},
        security::{OwnServers, Scheme, SchemeKind, Server},
    },
    names,
    refine::{
        Chunk, KrateFile, body, docs, example,
        types::{has_checks, has_name, rule, rule_call, scalar_names, wrapped},
    },
};

/// `lib.rs`.
pub(crate) fn lib_file(api: &Api) -> KrateFile {
    let mut chunks: Vec<Chunk> = Vec::new();
    chunks.extend(recursion_limit(api));
    let mut modules = Vec::new();
    let mut module = |name: &str| {
        let name = format_ident!("{name}");
        chunks.push(parse_item(quote!(
            mod #name;
        )));
        modules.push(quote!(#name::*));
    };
    if !api.operations.is_empty() {
        ["client", "error", "operations"].into_iter().for_each(&mut module);
    }
    if !api.types.is_empty() {
        module("types");
    }
    if !api.webhooks.is_empty() {
        module("webhooks");
    }
    let mut webhooks = None;
    if !api.webhooks.is_empty() {
        webhooks = Some(quote!(Event, WebhookError, WebhookErrorKind,));
    }
    let files = body::has_files(api).then(|| quote!(File,));
    if !modules.is_empty() {
        chunks.push(parse_item(quote!(pub use crate::{#(#modules),*};)));
    }
    chunks.push(parse_item(quote!(
        #[doc(no_inline)]
        pub use payouts_core::{
            BuildError, Bytes, CivilDateTime, Cursor, Date, Decimal, Error, ErrorKind, HeaderMap,
            Idempotency, IntegerOrString, Items, Json, JsonObject, MinorUnits, Money, Operation,
            OperationError, Outcome, Page, Pages, Patch, PreparedCall, Reconcile, Response,
            RetryPolicy, Secret, Sensitive, Server, StatusCode, Timestamp, Unrecognized,
            #webhooks #files http, reqwest,
        };
    )));
    KrateFile { name: "lib.rs".to_owned(), docs: String::new(), chunks }
}

/// The macro that makes a call calls itself for each of its setters.
fn recursion_limit(api: &Api) -> Option<Chunk> {
    const FEW: usize = 100;
    let most = api.operations.iter().map(|it| it.parameters.len()).max()?;
    (most > FEW).then(|| Chunk::Table(format!("#![recursion_limit = \"{}\"]\n", most + FEW)))
}

fn parse_item(tokens: proc_macro2::TokenStream) -> Chunk {
    let item: Item = parse_quote!(#tokens);
    Chunk::from(item)
}

/// `client.rs`.
pub(crate) fn client_file(rust: &Rust, api: &Api) -> KrateFile {
    let mut chunks: Vec<Chunk> = Vec::new();
    let has_environments = api.servers.iter().any(|it| it.environment.is_some());
    let signed = api.schemes.iter().any(|it| matches!(it.kind, SchemeKind::Signature { .. }));
    let mut core = vec![format_ident!("Api")];
    if api.schemes.iter().any(|it| !matches!(it.kind, SchemeKind::MutualTls)) {
        core.extend([format_ident!("Scheme"), format_ident!("SchemeKind")]);
    }
    if has_environments {
        core.push(format_ident!("Server"));
    }
    if signed {
        core.push(format_ident!("Signature"));
    }
    if api.schemes.iter().any(|it| matches!(it.kind, SchemeKind::Token(_))) {
        core.push(format_ident!("TokenExchange"));
    }
    core.sort();
    let mut names = BTreeSet::new();
    for operation in &api.operations {
        operation
            .parameters
            .iter()
            .filter(|it| it.required)
            .for_each(|it| scalar_names(&it.ty, &mut names));
        operation
            .body
            .iter()
            .filter(|it| it.required)
            .for_each(|it| scalar_names(&it.ty, &mut names));
    }
    if names.remove("BTreeMap") {
        chunks.push(parse_item(quote!(
            use std::collections::BTreeMap;
        )));
    }
    core.extend(names.into_iter().map(|it| format_ident!("{it}")));
    core.sort();
    chunks.push(parse_item(quote!(use payouts_core::{#(#core),*};)));
    let needed = |it: &Operation| {
        let given = it.parameters.iter().filter(|it| it.required).map(|it| &it.ty);
        let bodies = it.body.iter().filter(|it| it.required);
        given.chain(bodies.map(|it| &it.ty)).any(has_name)
    };
    let types = api.operations.iter().any(needed).then(|| quote!(, types::*));
    chunks.push(parse_item(quote!(use crate::{operations, operations::* #types};)));
    chunks.push(Chunk::Table(client_table(api)));
    chunks.push(client_impl(rust, api).into());
    if has_environments {
        chunks.extend(environment_items(api).into_iter().map(Chunk::from));
    }
    chunks.push(Chunk::Table(api_table(api)));
    KrateFile {
        name: "client.rs".to_owned(),
        docs: format!("The client for {} and how it is built.", api.title),
        chunks,
    }
}

fn client_table(api: &Api) -> String {
    let mut rows = String::new();
    for it in credentials(api) {
        rows.push_str(&docs::comment(&docs::linked(api, docs::paragraphs(&it.docs)), "        "));
        rows.push_str(&format!("        {} = {:?},\n", it.method, it.name));
    }
    let mut urls = String::new();
    for (method, scheme) in token_urls(api) {
        let said = match &scheme.kind {
            SchemeKind::ClientCredentials { token_url: Some(url), .. } if url.contains("://") => {
                format!("`{url}` for the documented servers; must be given with any other server.")
            }
            SchemeKind::ClientCredentials { token_url: Some(url), .. } => {
                format!("`{url}` on the client's server if not set.")
            }
            _ => "It must be given, because it is not documented for each server.".to_owned(),
        };
        let docs = format!("Where tokens are fetched.\n\n{said}");
        urls.push_str(&docs::comment(&docs::paragraphs(&docs), "        "));
        urls.push_str(&format!("        {method} = {:?},\n", scheme.name));
    }
    let urls = if urls.is_empty() { urls } else { format!("    token urls {{\n{urls}    }}\n") };
    let scopes = scopes_table(api);
    let title = docs::escape(&api.title);
    format!(
        "payouts_core::client! {{\n    /// Client for {title}.\n    ///\n    /// Cheap to clone; clones share their connections.\n    pub struct Client;\n    /// Builds a [`Client`].\n    pub struct ClientBuilder for API {{\n{rows}    }}\n{urls}{scopes}}}\n"
    )
}

/// The builder's methods that take scopes.
fn scopes_table(api: &Api) -> String {
    let mut rows = String::new();
    for scheme in &api.schemes {
        let SchemeKind::ClientCredentials { scopes, .. } = &scheme.kind else { continue };
        if scopes.is_empty() {
            continue;
        }
        let listed = scopes.iter().map(|(name, meaning)| match meaning.as_str() {
            "" => format!("- `{name}`\n"),
            meaning => format!("- `{name}`: {}\n", crate::model::types::summary(meaning)),
        });
        let text = format!(
            "The scopes to ask a token for; if not set, the provider chooses.\n\n{}",
            listed.collect::<String>()
        );
        let method = grant_setter(api, &scheme.name, "scopes");
        rows.push_str(&docs::comment(&docs::paragraphs(&text), "        "));
        rows.push_str(&format!("        {method} = {:?},\n", scheme.name));
    }
    if rows.is_empty() { rows } else { format!("    scopes {{\n{rows}    }}\n") }
}

/// What a caller can be asked for.
pub(crate) struct Credential {
    /// The builder's method.
    pub(crate) method: String,
    /// Its name in the spec.
    pub(crate) name: String,
    /// The scheme that needs it.
    pub(crate) scheme: String,
    /// What it is for.
    pub(crate) purpose: Purpose,
    docs: String,
}

/// What a credential is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It goes into requests.
    Sent,
    /// A token is fetched with it.
    Exchanged,
    /// It goes into requests instead of a token that is fetched.
    Fixed,
}

/// All credentials, in the order of the spec.
pub(crate) fn credentials(api: &Api) -> Vec<Credential> {
    let mut credentials = Vec::new();
    for scheme in &api.schemes {
        let mut push = |name: &str, purpose, docs: String| {
            let method = match name.strip_prefix(&format!("{}.", scheme.name)) {
                Some(part) => grant_setter(api, &scheme.name, part),
                None => setter(name),
            };
            credentials.push(Credential {
                method,
                name: name.to_owned(),
                scheme: scheme.name.clone(),
                purpose,
                docs,
            });
        };
        let docs = |name: &str| {
            if scheme.description.is_empty() {
                return format!("The credential `{name}`.");
            }
            scheme.description.clone()
        };
        match &scheme.kind {
            SchemeKind::Signature { secret, .. } => push(secret, Purpose::Sent, docs(secret)),
            SchemeKind::ApiKey { .. }
            | SchemeKind::QueryKey { .. }
            | SchemeKind::CookieKey { .. }
            | SchemeKind::Bearer
            | SchemeKind::Basic => push(&scheme.name, Purpose::Sent, docs(&scheme.name)),
            SchemeKind::MutualTls => {}
            SchemeKind::ClientCredentials { .. } => {
                let method = |part: &str| grant_setter(api, &scheme.name, part);
                for (part, what) in [("client_id", "id"), ("client_secret", "secret")] {
                    let text = format!(
                        "{}\n\nThe client's {what} in the client credentials grant of OAuth 2.0. \
                         A token is fetched with it when one is needed, again before it expires, \
                         and once after a 401; calls that need a token at the same time share \
                         one.",
                        docs(&scheme.name)
                    );
                    push(&format!("{}.{part}", scheme.name), Purpose::Exchanged, text);
                }
                let text = format!(
                    "{}\n\nInstead of `{}` and `{}`: a token that was fetched elsewhere. It is \
                     used as it is and never renewed.",
                    docs(&scheme.name),
                    method("client_id"),
                    method("client_secret"),
                );
                push(&scheme.name, Purpose::Fixed, text);
            }
            SchemeKind::Token(token) => {
                let mut instead: Vec<String> = Vec::new();
                for (member, name) in &token.request {
                    let docs = format!(
                        "Sent as `{member}` with `{}`, whose answer is the token of other \
                         calls.\n\nThat is called when a token is needed, again before it \
                         expires, and once after a 401; calls that need a token at the same time \
                         share one exchange.",
                        token.operation
                    );
                    push(name, Purpose::Exchanged, docs);
                    instead.push(format!("`{}`", names::snake(name)));
                }
                let docs = format!(
                    "{}\n\nInstead of {}: a token that was fetched elsewhere. It is used as it \
                     is and never renewed.",
                    docs(&scheme.name),
                    instead.join(" and ")
                );
                push(&scheme.name, Purpose::Fixed, docs);
            }
        }
    }
    credentials
}

/// The builder's method for a credential.
fn setter(name: &str) -> String {
    let name = names::snake(name);
    if names::RESERVED_BUILDER.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The builder's method for a part of a grant: named for its scheme if another
/// one could be meant.
fn grant_setter(api: &Api, scheme: &str, part: &str) -> String {
    let is_grant = |it: &Scheme| matches!(it.kind, SchemeKind::ClientCredentials { .. });
    let is_only = || api.schemes.iter().filter(|it| is_grant(it)).nth(1).is_none();
    let is_taken = || api.schemes.iter().any(|it| names::snake(&it.name) == part);
    if is_only() && !is_taken() {
        part.to_owned()
    } else {
        format!("{}_{part}", names::snake(scheme))
    }
}

/// The builder's methods that say where tokens are, and their schemes.
pub(crate) fn token_urls(api: &Api) -> Vec<(String, &Scheme)> {
    let is_grant = |it: &&Scheme| matches!(it.kind, SchemeKind::ClientCredentials { .. });
    let schemes = api.schemes.iter().filter(is_grant);
    schemes.map(|it| (grant_setter(api, &it.name, "token_url"), it)).collect()
}

fn client_impl(rust: &Rust, api: &Api) -> Item {
    // Thousands of methods are not made tokens and parsed once more.
    let mut client: ItemImpl = parse_quote!(
        impl Client {}
    );
    client.items.extend(api.operations.iter().map(|it| ImplItem::Fn(method(rust, api, it))));
    Item::Impl(client)
}

fn method(rust: &Rust, api: &Api, operation: &Operation) -> ImplItemFn {
    let name = format_ident!("{}", operation.id);
    let call = format_ident!("{}", names::pascal(&operation.id));
    let constant = format_ident!("{}", names::operation(&operation.id));
    let signature = &rust.signatures[&operation.id];
    let given: Vec<_> = operation.parameters.iter().filter(|it| it.required).collect();
    let mut arguments: Vec<FnArg> = Vec::new();
    let mut steps = quote!(self.connection.call(&operations::#constant));
    if let Some(OwnServers { urls, custom: (old, new) }) = &operation.servers {
        let urls = urls.iter().map(|(environment, url)| quote!((#environment, #url)));
        steps.extend(quote!(.server(&[#(#urls),*], (#old, #new))));
    }
    for parameter in &given {
        let argument = format_ident!("{}", parameter.rust);
        let ty = wrapped(&signature.arguments[&parameter.rust], &parameter.ty);
        arguments.push(parse_quote!(#argument: #ty));
        for rule in rules(api, parameter) {
            let name = &parameter.rust;
            let rule = rule_call(&rule, &format!("&{name}"));
            let rule: proc_macro2::TokenStream = rule.parse().expect("a rule is a call");
            steps.extend(quote!(.check(#name, |at| #rule)));
        }
        let wire = &parameter.wire;
        let (step, style) = step(parameter);
        let step = format_ident!("{step}");
        let style = style.map(|it| format_ident!("{it}"));
        let style = style.map(|it| quote!(payouts_core::Style::#it,));
        steps.extend(quote!(.#step(#wire, #style &#argument)));
    }
    if let Some(body) = operation.body.as_ref().filter(|it| it.required) {
        let ty = wrapped(&signature.arguments["body"], &body.ty);
        arguments.push(parse_quote!(body: #ty));
        for constraint in &body.constraints {
            let check = rule_call(&rule(constraint), "&body");
            let check: proc_macro2::TokenStream = check.parse().expect("a rule is a call");
            steps.extend(quote!(.check("body", |at| #check)));
        }
        let encoder = body::encoder(api, body);
        if encoder.is_checked {
            steps.extend(quote!(.checked(&body)));
        }
        let step = format_ident!("{}", encoder.method);
        let rest: proc_macro2::TokenStream =
            encoder.arguments.parse().expect("arguments are tokens");
        let comma = (!rest.is_empty()).then(|| quote!(,));
        steps.extend(quote!(.#step(&body #comma #rest)));
        if let Some(media_type) = encoder.media_type {
            steps.extend(quote!(.media_type(#media_type)));
        }
    }
    let mut method: ImplItemFn = parse_quote! {
        pub fn #name(&self, #(#arguments),*) -> #call {
            #call(#steps)
        }
    };
    // There are more lines of documentation than of anything else: they are not parsed.
    method.attrs = docs::attributes(&method_docs(api, operation));
    method.attrs.extend(docs::deprecated(&operation.docs));
    method
}

/// The runtime's step that writes a parameter, and the style it takes.
pub(crate) fn step(parameter: &Parameter) -> (&'static str, Option<String>) {
    let style = |style: Style| Some(format!("{style:?}"));
    match (parameter.location, parameter.form) {
        (Location::Path, Form::Text) => ("path", None),
        (Location::Path, Form::Styled(it)) => ("path_as", style(it)),
        (Location::Query, Form::Text) => ("query", None),
        (Location::Query, Form::Each) => ("query_each", None),
        (Location::Query, Form::Joined) => ("query_joined", None),
        (Location::Query, Form::Styled(it)) => ("query_as", style(it)),
        (Location::Query, Form::Reserved(it)) => ("query_reserved", style(it)),
        (Location::Header, Form::Text) => ("header", None),
        (Location::Header, Form::Styled(it)) => ("header_as", style(it)),
        (Location::Cookie, Form::Styled(it)) => ("cookie_as", style(it)),
        (_, Form::Each | Form::Joined | Form::Reserved(_)) | (Location::Cookie, Form::Text) => {
            unreachable!("the model writes it so in the query only")
        }
    }
}

/// The rules that are checked before a parameter is sent.
pub(crate) fn rules(api: &Api, parameter: &Parameter) -> Vec<String> {
    let nested = has_checks(api, &parameter.ty).then(|| "nested()".to_owned());
    parameter.constraints.iter().map(rule).chain(nested).collect()
}

fn method_docs(api: &Api, operation: &Operation) -> Vec<String> {
    let mut lines = docs::paragraphs(&operation.summary);
    docs::separate(&mut lines);
    lines.extend(docs::paragraphs(&operation.docs.text));
    docs::separate(&mut lines);
    lines.push(format!("`{} {}`", operation.method, operation.path));
    if let Some(servers) = &operation.servers {
        docs::separate(&mut lines);
        lines.push("Served elsewhere than other operations:".to_owned());
        for (environment, url) in &servers.urls {
            lines.push(format!("- in `{environment}`: `{url}`"));
        }
    }
    let scopes = operation.scopes.iter().filter(|(_, it)| !it.is_empty());
    for (scheme, scopes) in scopes {
        let scopes: Vec<String> = scopes.iter().map(|it| format!("`{it}`")).collect();
        docs::separate(&mut lines);
        let text = format!("A token of `{scheme}` needs the scopes {}.", scopes.join(", "));
        lines.extend(docs::wrapped(&text));
    }
    let required: Vec<_> = operation.parameters.iter().filter(|it| it.required).collect();
    if !required.is_empty() {
        docs::separate(&mut lines);
        for parameter in required {
            let text = crate::model::types::summary(&parameter.docs.text);
            lines.push(format!("- `{}`: {}", parameter.rust, docs::escape(&text)));
        }
    }
    if let Some(text) = body::docs(operation) {
        docs::separate(&mut lines);
        lines.extend(docs::wrapped(&text));
    }
    if !operation.headers.is_empty() {
        docs::separate(&mut lines);
        lines.push("Answers carry the headers".to_owned());
        for (name, text) in &operation.headers {
            let text = crate::model::types::summary(text);
            let found = api.headers.iter().find(|it| it.wire.eq_ignore_ascii_case(name));
            let name = match found {
                Some(it) => format!("[`{name}`](crate::headers::{})", it.constant),
                None => format!("`{name}`"),
            };
            lines.push(format!("- {name}: {}", docs::escape(&text)));
        }
    }
    if let Some(paging) = &operation.paging {
        lines.extend(["".to_owned(), "# Pages".to_owned(), String::new()]);
        lines.extend(paging_lines(operation, paging));
    }
    lines.extend(["".to_owned(), "# Sending twice".to_owned(), String::new()]);
    lines.extend(repetition(api, operation));
    lines.extend(["".to_owned(), "# Errors".to_owned(), String::new()]);
    lines.push(format!(
        "[`{}Error`](crate::{}Error), by status.",
        names::pascal(&operation.id),
        names::pascal(&operation.id)
    ));
    lines.extend(["".to_owned(), "# Examples".to_owned(), String::new()]);
    lines.extend(example_lines(api, operation));
    if let Some(paging) = &operation.paging {
        docs::separate(&mut lines);
        lines.extend(items_example(api, operation, paging));
    }
    docs::source_line(&operation.docs.sources, &mut lines);
    docs::linked(api, lines)
}

/// How a list is read to its end.
fn paging_lines(operation: &Operation, paging: &Paging) -> Vec<String> {
    let call = names::pascal(&operation.id);
    let text = match &paging.form {
        PagingForm::Offset { offset, limit, .. } => {
            format!("page after page by `{offset}`, of as many items as `{limit}` says")
        }
        PagingForm::Page { page, .. } => format!("page after page by `{page}`"),
        PagingForm::Window { from, to, limit, .. } => format!(
            "by windows of time, because there are no pages: `{from}`, `{to}` and `{limit}` must be given, and a window with `{limit}` items or more is halved. Choose a `{limit}` that the provider answers in full: if fewer came although there are more, nothing would show it"
        ),
    };
    docs::wrapped(&format!(
        "[`items`](crate::{call}::items) reads the list to its end, {text}. [`pages`](crate::{call}::pages) gives the answers as they come."
    ))
}

/// An example of the items that compiles.
fn items_example(api: &Api, operation: &Operation, paging: &Paging) -> Vec<String> {
    let (arguments, mut used) = example::arguments(api, operation);
    let krate = format!("payouts_{}", api.provider);
    let setters = paging_setters(operation, paging);
    used.extend(
        setters.iter().any(|it| it.contains("CivilDateTime")).then(|| "CivilDateTime".to_owned()),
    );
    let mut lines = vec!["```no_run".to_owned()];
    lines.push(format!(
        "# async fn example(client: {krate}::Client) -> Result<(), {krate}::Error> {{"
    ));
    lines.extend(import_lines(&krate, used));
    let call = format!("{}({})", operation.id, arguments.join(", "));
    if setters.is_empty() && call.len() <= 60 {
        lines.push(format!("let mut items = client.{call}.items();"));
    } else {
        lines.extend(["let mut items = client".to_owned(), format!("    .{call}")]);
        lines.extend(setters.iter().map(|it| format!("    .{it}")));
        lines.push("    .items();".to_owned());
    }
    lines.push("while let Some(item) = items.next().await {".to_owned());
    lines.push("    println!(\"{:?}\", item?);".to_owned());
    lines.extend(["}", "# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// What must be set before a list can be read to its end.
pub(crate) fn paging_setters(operation: &Operation, paging: &Paging) -> Vec<String> {
    let PagingForm::Window { from, to, limit, .. } = &paging.form else { return Vec::new() };
    let time =
        |time: &str| format!("\"{time}\".parse::<CivilDateTime>().expect(\"a date and time\")");
    let values = [
        (from, time("2026-01-01 00:00")),
        (to, time("2026-02-01 00:00")),
        (limit, "100".to_owned()),
    ];
    let setter = |(wire, value): (&String, String)| {
        let given = operation.parameters.iter().find(|it| it.wire == *wire && !it.required)?;
        Some(format!("{}({value})", given.rust))
    };
    values.into_iter().filter_map(setter).collect()
}

/// What an example needs from the crate.
fn import_lines(krate: &str, names: BTreeSet<String>) -> Vec<String> {
    let names: Vec<String> = names.into_iter().collect();
    match names.as_slice() {
        [] => Vec::new(),
        [only] => vec![format!("use {krate}::{only};"), String::new()],
        names => vec![format!("use {krate}::{{{}}};", names.join(", ")), String::new()],
    }
}

fn repetition(api: &Api, operation: &Operation) -> Vec<String> {
    let mut text = match &operation.idempotency {
        Idempotency::Safe => "This only reads, so it can be sent again at any time.".to_owned(),
        Idempotency::None => {
            "A second call may do it twice: after an unknown outcome, find out before sending again.".to_owned()
        }
        Idempotency::Repeatable => "Sending it again has no further effect.".to_owned(),
        Idempotency::Key(header) => format!(
            "The provider recognises a repeat by the header `{header}`, which is generated if it is not given."
        ),
    };
    match &operation.reconcile {
        Reconcile::NotNeeded => {}
        Reconcile::With { operation: with, matching, how } => {
            let exists = api.operations.iter().any(|it| it.id == *with);
            let link =
                if exists { format!("[`{with}`](Client::{with})") } else { format!("`{with}`") };
            let how = docs::escape(how);
            text.push_str(&format!(" To find out, call {link} and look for `{matching}`. {how}"));
        }
        Reconcile::Impossible(reason) => {
            text.push_str(&format!(" There is no way to look it up: {}", docs::escape(reason)));
        }
    }
    docs::wrapped(&text)
}

/// An example that compiles.
pub(crate) fn example_lines(api: &Api, operation: &Operation) -> Vec<String> {
    let (arguments, mut used) = example::arguments(api, operation);
    used.insert("Client".to_owned());
    let krate = format!("payouts_{}", api.provider);
    let call = format!("client.{}({})", operation.id, arguments.join(", "));
    let mut lines = vec!["```no_run".to_owned()];
    lines.push(format!(
        "# async fn example(client: {krate}::Client) -> Result<(), {krate}::Error> {{"
    ));
    used.remove("Client");
    lines.extend(import_lines(&krate, used));
    if call.len() + 34 <= 96 {
        lines.push(format!("let answer = {call}.send().await?;"));
    } else {
        lines.push("let answer = client".to_owned());
        if arguments.join(", ").len() + operation.id.len() <= 84 {
            lines.push(format!("    .{}({})", operation.id, arguments.join(", ")));
        } else {
            lines.push(format!("    .{}(", operation.id));
            lines.extend(arguments.iter().map(|it| format!("        {it},")));
            lines.push("    )".to_owned());
        }
        lines.push("    .send()".to_owned());
        lines.push("    .await?;".to_owned());
    }
    lines.push("println!(\"{answer:?}\");".to_owned());
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    lines.push("```".to_owned());
    lines
}

fn environment_items(api: &Api) -> Vec<Item> {
    let servers: Vec<(&Server, &String)> =
        api.servers.iter().filter_map(|it| Some((it, it.environment.as_ref()?))).collect();
    let variants = servers.iter().map(|(server, name)| {
        let ident = format_ident!("{name}");
        let mut lines = docs::paragraphs(&server.description);
        docs::separate(&mut lines);
        lines.push(format!("`{}`", server.url));
        let docs = docs::attributes(&docs::linked(api, lines));
        let fields = server.variables.iter().map(|it| {
            let field = format_ident!("{}", it.rust);
            let mut lines = docs::paragraphs(&it.description);
            if !it.allowed.is_empty() {
                let allowed: Vec<String> = it.allowed.iter().map(|it| format!("`{it}`")).collect();
                docs::separate(&mut lines);
                lines.extend(docs::wrapped(&format!("One of {}.", allowed.join(", "))));
            }
            let docs = docs::attributes(&docs::linked(api, lines));
            quote!(#(#docs)* #field: String)
        });
        if server.variables.is_empty() {
            quote!(#(#docs)* #ident)
        } else {
            quote!(#(#docs)* #ident { #(#fields),* })
        }
    });
    // Only what depends on the environment asks for it.
    let is_foreign = |it: &Scheme| match &it.kind {
        SchemeKind::ClientCredentials { token_url, .. } => {
            token_url.as_ref().is_some_and(|it| it.contains("://"))
        }
        _ => false,
    };
    let is_matched =
        api.operations.iter().any(|it| it.servers.is_some()) || api.schemes.iter().any(is_foreign);
    let arms = servers.iter().map(|(server, name)| {
        let ident = format_ident!("{name}");
        let url = &server.url;
        let fields: Vec<_> =
            server.variables.iter().map(|it| format_ident!("{}", it.rust)).collect();
        let pairs = server.variables.iter().zip(&fields).map(|(it, field)| {
            let wire = &it.wire;
            quote!((#wire, #field.as_str()))
        });
        let new = match is_matched {
            true => quote!(Server::documented(#name, #url, &[#(#pairs),*])),
            false => quote!(Server::new(#url, &[#(#pairs),*])),
        };
        let listed = server.variables.iter().filter(|it| !it.allowed.is_empty());
        let checks = listed.map(|it| {
            let (wire, field, allowed) = (&it.wire, format_ident!("{}", it.rust), &it.allowed);
            quote!(.one_of(#wire, #field.as_str(), &[#(#allowed),*]))
        });
        if fields.is_empty() {
            quote!(Environment::#ident => #new)
        } else {
            quote!(Environment::#ident { #(#fields),* } => #new #(#checks)*)
        }
    });
    let title = &api.title;
    let docs = docs::attributes(&[
        format!("Where {title} is served."),
        String::new(),
        "[`Client::builder`] takes any other base URL as text.".to_owned(),
    ]);
    vec![
        parse_quote! {
            #(#docs)*
            #[derive(Clone, Debug, PartialEq, Eq)]
            #[non_exhaustive]
            pub enum Environment {
                #(#variants,)*
            }
        },
        parse_quote! {
            impl From<Environment> for Server {
                fn from(environment: Environment) -> Self {
                    match environment {
                        #(#arms,)*
                    }
                }
            }
        },
    ]
}

fn api_table(api: &Api) -> String {
    let mut rows = String::new();
    let mut grants = String::new();
    for scheme in &api.schemes {
        let kind = match &scheme.kind {
            // The HTTP client has the certificate.
            SchemeKind::MutualTls => continue,
            SchemeKind::QueryKey { name } => format!("SchemeKind::QueryKey {{ name: {name:?} }}"),
            SchemeKind::CookieKey { name } => format!("SchemeKind::CookieKey {{ name: {name:?} }}"),
            SchemeKind::ClientCredentials { token_url, .. } => {
                let constant = format!("{}_GRANT", names::constant(&scheme.name));
                let (id, secret) = (
                    format!("{}.client_id", scheme.name),
                    format!("{}.client_secret", scheme.name),
                );
                grants.push_str(&format!(
                    "static {constant}: payouts_core::ClientCredentials =\n    payouts_core::ClientCredentials::new({id:?}, {secret:?}, {token_url:?});\n\n"
                ));
                format!("SchemeKind::ClientCredentials(&{constant})")
            }
            SchemeKind::ApiKey { header } => format!("SchemeKind::ApiKey {{ header: {header:?} }}"),
            SchemeKind::Bearer => "SchemeKind::Bearer".to_owned(),
            SchemeKind::Basic => "SchemeKind::Basic".to_owned(),
            SchemeKind::Signature { header, secret, message, value } => format!(
                "SchemeKind::Signature(&Signature {{ header: {header:?}, secret: {secret:?}, message: {message:?}, value: {value:?} }})"
            ),
            SchemeKind::Token(token) => {
                let request: Vec<String> =
                    token.request.iter().map(|pair| format!("{pair:?}")).collect();
                format!(
                    "SchemeKind::Token(&TokenExchange {{ operation: &operations::{}, request: &[{}], token: {:?}, expires_in: {:?} }})",
                    names::operation(&token.operation),
                    request.join(", "),
                    token.token,
                    token.expires_in,
                )
            }
        };
        rows.push_str(&format!("        Scheme {{ name: {:?}, kind: {kind} }},\n", scheme.name));
    }
    format!(
        "{grants}pub(crate) static API: Api = Api {{\n    provider: {:?},\n    title: {:?},\n    version: env!(\"CARGO_PKG_VERSION\"),\n    schemes: &[\n{rows}    ],\n}};\n",
        api.provider, api.title
    )
}
