//! Fifth stage: the client crate we want, from progenitor's types and the
//! API's meaning.
//!
//! Every emitter is a function named for what it returns. What is one idea
//! repeated (listed values, setters, declared statuses) is written as a table
//! that a macro of the runtime expands.

mod body;
mod client;
mod docs;
mod error;
mod example;
mod operation;
mod readme;
mod tests_table;
mod types;
mod webhooks;

pub use self::docs::{address, escape};
use crate::{
    bind::Rust,
    model::{
        Api,
        operation::Operation,
        types::{Shape, Type},
        webhook::Webhook,
    },
    names,
};

/// The files of a client crate.
#[derive(Debug)]
pub struct Krate {
    /// Rust files: path → content.
    pub files: Vec<KrateFile>,
    /// The README, which is also the crate's documentation.
    pub readme: String,
    /// What the workspace's tests know about the operations.
    pub tests: KrateFile,
}

/// A Rust file.
#[derive(Debug)]
pub struct KrateFile {
    /// Its name.
    pub name: String,
    /// What it is responsible for, as the module's documentation.
    pub docs: String,
    /// What is in it.
    pub chunks: Vec<Chunk>,
}

/// A part of a file.
#[derive(Debug)]
pub enum Chunk {
    /// Ordinary items.
    Item(Box<syn::Item>),
    /// A table, as text: formatters do not look into macros.
    Table(String),
}

impl From<syn::Item> for Chunk {
    fn from(item: syn::Item) -> Self {
        Self::Item(Box::new(item))
    }
}

/// Stands only in clients that have deprecated types: they are marked for the
/// callers, and used by the client itself.
const ALLOWED: &str =
    "#![allow(deprecated, reason = \"what is deprecated is still a part of the API\")]\n";

/// How an operation is called from Rust, as the client's documentation shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// The item of the client crate: `Client::create_payout`.
    pub item: String,
    /// Where rustdoc tells about it, from the crate's folder on.
    pub page: String,
    /// An example that compiles.
    pub example: String,
    /// What it fails with.
    pub error: String,
    /// Where rustdoc tells about that, if it is the client's own.
    pub error_page: Option<String>,
}

/// How an operation is called.
pub fn call(api: &Api, operation: &Operation) -> Usage {
    let id = &operation.id;
    let error = format!("{}Error", names::pascal(id));
    Usage {
        item: format!("Client::{id}"),
        page: format!("struct.Client.html#method.{id}"),
        example: shown(&client::example_lines(api, operation)),
        error_page: Some(format!("enum.{error}.html")),
        error,
    }
}

/// How an event of a webhook is read.
pub fn receive(api: &Api, webhook: &Webhook) -> Usage {
    let function = webhooks::function(webhook);
    Usage {
        page: format!("fn.{function}.html"),
        example: shown(&webhooks::example_lines(api, webhook)),
        item: function,
        error: "WebhookError".to_owned(),
        error_page: None,
    }
}

/// Where rustdoc tells about a type, from the crate's folder on.
pub fn type_page(ty: &Type) -> String {
    let kind = match ty.shape {
        Shape::Struct(_) | Shape::StringNewtype | Shape::IntegerOrStringNewtype => "struct",
        Shape::Enum(_) | Shape::Union(_) => "enum",
    };
    format!("{kind}.{}.html", ty.name)
}

/// A block of code without its fences and what rustdoc does not show.
fn shown(lines: &[String]) -> String {
    let is_shown = |it: &&String| !it.starts_with("```") && !it.starts_with("# ");
    lines.iter().filter(is_shown).map(|it| format!("{it}\n")).collect()
}

/// The client crate of an API. Cannot fail.
pub fn krate(rust: &Rust, api: &Api) -> Krate {
    let mut files = vec![client::lib_file(api)];
    // A provider that only calls others has no client.
    if !api.operations.is_empty() {
        files.extend([client::client_file(rust, api), operation::file(api), error::file(api)]);
    }
    if !api.types.is_empty() {
        files.push(types::file(rust, api));
    }
    files.extend(webhooks::file(api));
    let mut tests = tests_table::file(api);
    if api.types.values().any(|it| it.docs.deprecated) {
        for file in files.iter_mut().filter(|it| it.name != "lib.rs").chain([&mut tests]) {
            file.chunks.insert(0, Chunk::Table(ALLOWED.to_owned()));
        }
    }
    Krate { files, readme: readme::text(api), tests }
}
