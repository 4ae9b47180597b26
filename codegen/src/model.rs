//! Second stage: what a document means, in our words.
//!
//! Everything that a spec can get wrong is found here; what fails behind this stage
//! is a case that nobody thought of.

pub(crate) mod composition;
pub mod content;
pub mod header;
pub mod operation;
pub mod paging;
pub mod parameter;
pub(crate) mod pointer;
pub(crate) mod samples;
pub mod schema;
pub mod security;
pub(crate) mod token;
pub mod types;
pub mod webhook;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    model::{
        header::ResponseHeader,
        operation::Operation,
        schema::Schema,
        security::{Scheme, Server},
        types::{Direction, Type, Types},
        webhook::Webhook,
    },
    names,
    parse::{
        self, Document,
        node::{Entry, Node, Place},
    },
};

/// A provider's API.
#[derive(Clone, Debug)]
pub struct Api {
    /// One lower-case word.
    pub provider: String,
    /// The provider's name, for people.
    pub title: String,
    /// What the API is for.
    pub description: String,
    /// Where facts come from: tag → page.
    pub sources: IndexMap<String, String>,
    /// Where it is served.
    pub servers: Vec<Server>,
    /// How callers identify themselves.
    pub schemes: Vec<Scheme>,
    /// The named schemas, as written.
    pub schemas: IndexMap<String, Schema>,
    /// The types of the client crate.
    pub types: IndexMap<String, Type>,
    /// What can be called.
    pub operations: Vec<Operation>,
    /// What answers say beside their bodies.
    pub headers: Vec<ResponseHeader>,
    /// What the provider calls.
    pub webhooks: Vec<Webhook>,
}

/// Reads the meaning of a document, complaining about everything at once.
pub fn api(doc: &Document) -> Result<Api, Diagnostics> {
    let mut diags = Diagnostics::new(std::sync::Arc::clone(&doc.files));
    sections(doc, &mut diags);
    // Without its sections nothing in a document can be found.
    diags.ok()?;

    about(doc, &mut diags);
    let schemas = schemas(doc, &mut diags);
    if composition::check(&schemas, &mut diags) {
        // Whoever follows such a reference never comes back.
        diags.ok()?;
    }
    let servers = security::servers(doc, &mut diags);
    let schemes = security::schemes(doc, &servers, &mut diags);
    let mut written = operation::read(doc, &servers, &mut diags);
    dangling(doc, &mut diags);
    beside(&schemas, &written, &mut diags);
    // What follows would only repeat these complaints in other words.
    diags.ok()?;

    let mut types = Types::new(&schemas);
    written.reach(&mut types);
    types.define_all(&mut diags);
    let (operations, webhooks) = written.resolve(&mut types, &mut diags);
    let headers = header::constants(written.headers(), &mut types, &mut diags);
    types.endless(&mut diags);
    content::files(&operations, &webhooks, types.defined(), &mut diags);
    token::check(&schemes, &operations, &types, &mut diags);
    clashes(&types, &operations, &webhooks, &mut diags);
    let sources = sources(doc, &mut diags);
    let n_complaints = diags.len();
    samples::check(doc, &schemas, &types, &written, &mut diags);
    // What a wrong reference leaves unused or without a member has been told by
    // its sample.
    if diags.len() == n_complaints {
        written.matching(&types, &mut diags);
        written.webhooks.iter().for_each(|it| it.check(&webhooks, &types, &mut diags));
    }
    if diags.is_empty() {
        unused(doc, &types, &written, &mut diags);
    }
    let api = Api {
        provider: doc.provider.clone(),
        title: one_line(&info(doc, "title")),
        description: info(doc, "description"),
        sources,
        servers,
        schemes,
        types: types.finish(),
        operations,
        headers,
        webhooks,
        schemas: schemas.clone(),
    };
    diags.ok()?;
    Ok(api)
}

fn sections(doc: &Document, diags: &mut Diagnostics) {
    let keys = [
        "openapi",
        "info",
        "servers",
        "security",
        "tags",
        "externalDocs",
        "paths",
        "components",
        "x-sources",
        "x-webhooks",
    ];
    diags.known_keys(&doc.root, "the root", &keys);
    for key in ["openapi", "info", "servers", "paths"] {
        if doc.root.get(key).is_none() {
            diags.missing_key(
                &doc.root,
                Place { end: doc.root.place.start, ..doc.root.place },
                "the root",
                key,
            );
        }
    }
    for key in ["paths", "x-webhooks", "x-sources"] {
        schema::map(&doc.root, key, diags);
    }
}

/// What the document says about itself.
fn about(doc: &Document, diags: &mut Diagnostics) {
    if let Some(version) = doc.root.get("openapi")
        && !version.as_str().is_some_and(|it| it.starts_with("3.0."))
    {
        diags.unsupported_version(version.place);
    }
    if let Some(info) = doc.root.entry("info") {
        let keys = ["title", "version", "description", "license", "contact", "termsOfService"];
        diags.known_keys(&info.value, "`info`", &keys);
        for key in ["title", "version", "description"] {
            if schema::text(&info.value, key, diags).is_none() {
                diags.missing_key(&info.value, info.key_place, "`info`", key);
            }
        }
    }
}

fn info(doc: &Document, key: &str) -> String {
    let text = doc.root.get("info").and_then(|it| it.get(key)).and_then(Node::as_str);
    text.unwrap_or_default().trim().to_owned()
}

/// What is written where there is room for one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn schemas(doc: &Document, diags: &mut Diagnostics) -> IndexMap<String, Schema> {
    let Some(written) = doc.components.get("schemas") else { return IndexMap::new() };
    let schema = |(name, it): (&String, &parse::Component)| {
        (name.clone(), schema::read(doc, &it.node, it.name_place, diags))
    };
    written.iter().map(schema).collect()
}

/// The source tags, all of which must be cited, and nothing else.
fn sources(doc: &Document, diags: &mut Diagnostics) -> IndexMap<String, String> {
    let entries = doc.root.get("x-sources").and_then(Node::as_map).unwrap_or_default();
    let known: Vec<&str> = entries.iter().map(|it| it.key.as_str()).collect();
    let mut cited: Vec<&Node> = Vec::new();
    for node in values(doc) {
        citations(node, &mut cited);
    }
    let mut unknown: Vec<&str> = Vec::new();
    for (tag, text) in cited.iter().filter_map(|it| Some((it, it.as_str()?))) {
        if !known.contains(&text) && !unknown.contains(&text) {
            diags.unknown_source(tag.place, text, &known);
            unknown.push(text);
        }
    }
    // A source that is not used may be the one that a wrong tag means.
    for entry in entries.iter().filter(|_| unknown.is_empty()) {
        if !cited.iter().any(|it| it.as_str() == Some(entry.key.as_str())) {
            diags.unused_source(entry.key_place, &entry.key);
        }
    }
    let page = |it: &Entry| {
        Some((it.key.clone(), schema::string(&it.value, "the page of a source", diags)?))
    };
    entries.iter().filter_map(page).collect()
}

/// All that is written in the document.
fn values(doc: &Document) -> impl Iterator<Item = &Node> {
    let members = doc
        .root
        .as_map()
        .unwrap_or_default()
        .iter()
        .filter(|it| it.key != "components" && it.key != "paths");
    let components = doc.components.values().flat_map(IndexMap::values).map(|it| &it.node);
    members.map(|it| &it.value).chain(doc.paths.iter().map(|it| &it.value)).chain(components)
}

fn citations<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
    for entry in node.as_map().unwrap_or_default() {
        if entry.key == "x-source" {
            found.extend(entry.value.as_list().unwrap_or_default());
        } else {
            citations(&entry.value, found);
        }
    }
    for item in node.as_list().unwrap_or_default() {
        citations(item, found);
    }
}

/// References to components that do not exist.
fn dangling(doc: &Document, diags: &mut Diagnostics) {
    let mut references: Vec<&Node> = Vec::new();
    for node in values(doc) {
        collect_references(node, &mut references);
    }
    let target = |it: &Node| {
        let (path, segments) = parse::reference(it.as_str()?, doc.path_of(it.place))?;
        let [first, section, name] = segments.as_slice() else { return None };
        (first == "components").then(|| (path, section.clone(), name.clone()))
    };
    let targets: Vec<(&Node, (String, String, String))> =
        references.into_iter().filter_map(|it| Some((it, target(it)?))).collect();
    let mut n_references: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, (_, _, name)) in &targets {
        *n_references.entry(name).or_default() += 1;
    }
    let mut explained: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (node, (path, section, name)) in &targets {
        let empty = IndexMap::new();
        let known = doc.components.get(section).unwrap_or(&empty);
        let found = known.get(name).filter(|it| doc.path_of(it.name_place) == path);
        if found.is_some() || explained.contains(&(section.as_str(), name.as_str())) {
            continue;
        }
        // One reference is as likely misspelt as the definition; several are not.
        let n_here = n_references[name.as_str()];
        let candidate = diagnostics::nearest(name, known.keys().map(String::as_str))
            .filter(|it| n_here > 1 && !n_references.contains_key(it));
        explained.insert((section, name));
        match candidate.and_then(|it| Some((it, known.get(it)?))) {
            Some((candidate, definition)) => {
                diags.misspelt_definition(definition.name_place, candidate, name, node.place);
            }
            None => {
                let known: Vec<(&str, Place)> =
                    known.iter().map(|(name, it)| (name.as_str(), it.name_place)).collect();
                let kind = singular(section);
                diags.unknown_reference(node.place, kind, name, &known, n_here);
            }
        }
    }
}

fn collect_references<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
    for entry in node.as_map().unwrap_or_default() {
        if entry.key == "$ref" {
            found.push(&entry.value);
        } else {
            collect_references(&entry.value, found);
        }
    }
    for item in node.as_list().unwrap_or_default() {
        collect_references(item, found);
    }
}

/// The `type` beside a reference must be that of its target.
fn beside(
    schemas: &IndexMap<String, Schema>,
    written: &operation::Written,
    diags: &mut Diagnostics,
) {
    let mut check = |schema: &Schema| {
        if let Some((found, place)) = &schema.beside
            && let Some(wanted) = schema.json_type(schemas)
            && wanted != *found
        {
            diags.type_beside_reference(*place, found, wanted);
        }
    };
    schemas.values().for_each(|it| it.walk(&mut check));
    written.schemas().for_each(|it| it.walk(&mut check));
}

fn singular(section: &str) -> &'static str {
    match section {
        "schemas" => "schema",
        "parameters" => "parameter",
        "responses" => "response",
        "headers" => "header",
        "requestBodies" => "request body",
        "examples" => "example",
        _ => "component",
    }
}

/// Components that nothing refers to.
fn unused(
    doc: &Document,
    types: &Types<'_>,
    written: &operation::Written,
    diags: &mut Diagnostics,
) {
    let mut unused: IndexMap<(&str, &str), &parse::Component> = IndexMap::new();
    for (section, definitions) in doc.components.iter().filter(|(it, _)| *it != "securitySchemes") {
        for (name, definition) in definitions {
            let used = match section.as_str() {
                "schemas" => types.is_used(name),
                _ => written.refers_to(section, name),
            };
            if !used {
                unused.insert((section, name), definition);
            }
        }
    }
    // What only an unused one refers to is not worth a complaint of its own.
    let parts = |it: &parse::Component| {
        let mut references: Vec<&Node> = Vec::new();
        collect_references(&it.node, &mut references);
        let target = |it: &Node| {
            let (_, segments) = parse::reference(it.as_str()?, doc.path_of(it.place))?;
            let position = |(section, name): &(&str, &str)| segments[1..] == [*section, *name];
            unused.keys().position(|it| segments.len() == 3 && position(it))
        };
        references.into_iter().filter_map(target).collect::<Vec<usize>>()
    };
    let parts: Vec<Vec<usize>> = unused.values().map(|it| parts(it)).collect();
    let is_part =
        |idx: &usize| parts.iter().enumerate().any(|(other, it)| other != *idx && it.contains(idx));
    let (inner, outer): (Vec<usize>, Vec<usize>) = (0..unused.len()).partition(is_part);
    let mut explained: BTreeSet<usize> = BTreeSet::new();
    for idx in outer.into_iter().chain(inner) {
        let ((section, name), definition) = unused.get_index(idx).expect("it is one of them");
        if !explained.contains(&idx) {
            diags.unused_component(definition.name_place, singular(section), name);
        }
        let mut rest = vec![idx];
        while let Some(idx) = rest.pop() {
            if explained.insert(idx) {
                rest.extend(&parts[idx]);
            }
        }
    }
}

/// Names that two things share.
fn clashes(
    types: &Types<'_>,
    operations: &[Operation],
    webhooks: &[Webhook],
    diags: &mut Diagnostics,
) {
    let mut ids: IndexMap<&str, Place> = IndexMap::new();
    let all = operations
        .iter()
        .map(|it| (&it.id, it.place))
        .chain(webhooks.iter().map(|it| (&it.id, it.place)));
    for (id, place) in all {
        if let Some(first) = ids.insert(id, place) {
            diags.duplicate_operation(place, id, first);
        }
        let wanted = names::snake(id);
        if wanted != *id {
            diags.not_an_operation_id(place, id, &wanted);
        }
        if names::RESERVED_METHODS.contains(&id.as_str()) {
            diags.reserved_name(place, id);
        }
    }
    let mut calls: IndexMap<String, &Operation> = IndexMap::new();
    for operation in operations {
        let call = names::pascal(&operation.id);
        let success = (!operation.successes.is_empty()).then(|| format!("{call}Success"));
        for name in success.into_iter().chain([format!("{call}Error"), call]) {
            if names::RESERVED_TYPES.contains(&name.as_str()) {
                diags.reserved_name(operation.place, &name);
            }
            if let Some(first) = types.place(&name) {
                diags.type_clash(operation.place, &name, first);
            }
            match calls.insert(name.clone(), operation) {
                Some(first) if first.id != operation.id => {
                    diags.type_clash(operation.place, &name, first.place)
                }
                _ => {}
            }
        }
    }
}

/// Which way values of an operation travel; shared by the submodules.
pub(crate) const SENT: Direction = Direction::Sent;
/// The other way.
pub(crate) const RECEIVED: Direction = Direction::Received;

#[cfg(test)]
mod tests;
