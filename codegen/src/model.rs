//! Second stage: what a document means, in our words.
//!
//! Everything that a spec can get wrong is found here; after this stage
//! generation cannot fail.

pub mod operation;
pub(crate) mod samples;
pub mod schema;
pub mod security;
pub mod types;

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    model::{
        operation::{Operation, Webhook},
        schema::Schema,
        security::{Scheme, Server},
        types::{Direction, Type, Types},
    },
    names,
    parse::{self, Document, node::{Entry, Node}},
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
    /// What the provider calls.
    pub webhooks: Vec<Webhook>,
}

/// Reads the meaning of a document, complaining about everything at once.
pub fn api(doc: &Document) -> Result<Api, Diagnostics> {
    let mut diags = Diagnostics::new(std::sync::Arc::clone(&doc.files));
    root(doc, &mut diags);

    let schemas = schemas(doc, &mut diags);
    let servers = security::servers(doc, &mut diags);
    let schemes = security::schemes(doc, &mut diags);
    let mut written = operation::read(doc, &schemes, &mut diags);
    dangling(doc, &mut diags);
    beside(&schemas, &written, &mut diags);
    // What follows would only repeat these complaints in other words.
    diags.ok()?;

    let mut types = Types::new(&schemas);
    written.reach(&mut types);
    types.define_all(&mut diags);
    let (operations, webhooks) = written.resolve(&mut types, &mut diags);
    clashes(doc, &types, &operations, &webhooks, &mut diags);
    let sources = sources(doc, &mut diags);
    samples::check(doc, &schemas, &written, &mut diags);
    unused(doc, &types, &written, &mut diags);
    let api = Api {
        provider: doc.provider.clone(),
        title: info(doc, "title"),
        description: info(doc, "description"),
        sources,
        servers,
        schemes,
        types: types.finish(),
        operations,
        webhooks,
        schemas: schemas.clone(),
    };
    diags.ok()?;
    Ok(api)
}

fn root(doc: &Document, diags: &mut Diagnostics) {
    let keys = [
        "openapi", "info", "servers", "security", "tags", "externalDocs", "paths", "components",
        "x-sources", "x-webhooks",
    ];
    diags.known_keys(&doc.root, "the root", &keys);
    for key in ["openapi", "info", "servers", "paths"] {
        if doc.root.get(key).is_none() {
            diags.missing_key(&doc.root, doc.root.place, "the root", key);
        }
    }
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
    let kinds = ["schemas", "parameters", "responses", "headers", "requestBodies", "securitySchemes", "examples"];
    for (kind, definitions) in &doc.components {
        if !kinds.contains(&kind.as_str())
            && let Some(first) = definitions.values().next()
        {
            let help = crate::diagnostics::did_you_mean(kind, kinds);
            diags.unknown_component_kind(first.name_place, kind, help);
        }
    }
}

fn info(doc: &Document, key: &str) -> String {
    let text = doc.root.get("info").and_then(|it| it.get(key)).and_then(Node::as_str);
    text.unwrap_or_default().trim().to_owned()
}

fn schemas(doc: &Document, diags: &mut Diagnostics) -> IndexMap<String, Schema> {
    let Some(written) = doc.components.get("schemas") else { return IndexMap::new() };
    let schemas: IndexMap<String, Schema> = written
        .iter()
        .map(|(name, it)| (name.clone(), schema::read(doc, &it.node, it.name_place, diags)))
        .collect();
    for (name, schema) in &schemas {
        if leads_to(name, schema, &schemas, 0) {
            diags.circular_reference(schema.place, name);
        }
    }
    schemas
}

/// Whether following bare references from `schema` comes back to `name`.
fn leads_to(name: &str, schema: &Schema, schemas: &IndexMap<String, Schema>, depth: usize) -> bool {
    let targets: Vec<&str> = match &schema.kind {
        schema::Kind::Ref(target) => vec![target],
        schema::Kind::AllOf(parts) | schema::Kind::Alternatives(parts, _) => parts
            .iter()
            .filter_map(|it| match &it.kind {
                schema::Kind::Ref(target) => Some(target.as_str()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    depth < schemas.len() + 1
        && targets.iter().any(|target| {
            *target == name
                || schemas.get(*target).is_some_and(|it| leads_to(name, it, schemas, depth + 1))
        })
}

/// The source tags, all of which must be cited, and nothing else.
fn sources(doc: &Document, diags: &mut Diagnostics) -> IndexMap<String, String> {
    let written = doc.root.entry("x-sources");
    let entries = written.and_then(|it| it.value.as_map()).unwrap_or_default();
    let known: Vec<&str> = entries.iter().map(|it| it.key.as_str()).collect();
    let mut cited: Vec<&Node> = Vec::new();
    let members = doc.root.as_map().unwrap_or_default().iter().filter(|it| it.key != "components" && it.key != "paths");
    let components = doc.components.values().flat_map(IndexMap::values).map(|it| &it.node);
    for node in members.map(|it| &it.value).chain(doc.paths.iter().map(|it| &it.value)).chain(components) {
        citations(node, &mut cited);
    }
    for tag in &cited {
        let text = tag.as_str().unwrap_or_default();
        if !known.contains(&text) {
            diags.unknown_source(tag.place, text, &known);
        }
    }
    for entry in entries {
        if !cited.iter().any(|it| it.as_str() == Some(entry.key.as_str())) {
            diags.unused_source(entry.key_place, &entry.key);
        }
    }
    let text = |it: &Entry| it.value.as_str().unwrap_or_default().to_owned();
    entries.iter().map(|it| (it.key.clone(), text(it))).collect()
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
    let root = doc.root.as_map().unwrap_or_default().iter().filter(|it| it.key != "components" && it.key != "paths");
    let components = doc.components.values().flat_map(IndexMap::values).map(|it| &it.node);
    for node in root.map(|it| &it.value).chain(doc.paths.iter().map(|it| &it.value)).chain(components) {
        collect_references(node, &mut references);
    }
    let target = |it: &Node| {
        let (path, segments) = parse::reference(it.as_str()?, doc.path_of(it.place))?;
        let [first, section, name] = segments.as_slice() else { return None };
        (first == "components").then(|| (path, section.clone(), name.clone()))
    };
    let targets: Vec<(&Node, (String, String, String))> =
        references.into_iter().filter_map(|it| Some((it, target(it)?))).collect();
    let mut explained: Vec<(&str, &str)> = Vec::new();
    for (node, (path, section, name)) in &targets {
        let empty = IndexMap::new();
        let known = doc.components.get(section).unwrap_or(&empty);
        let found = known.get(name).filter(|it| doc.path_of(it.name_place) == path);
        if found.is_some() || explained.contains(&(section, name)) {
            continue;
        }
        let is_unused = |it: &&str| !targets.iter().any(|(_, (_, _, used))| used == it);
        // One reference is as likely misspelt as the definition; several are not.
        let n_references = targets.iter().filter(|(_, (_, _, it))| it == name).count();
        let candidate = crate::diagnostics::nearest(name, known.keys().map(String::as_str))
            .filter(|it| n_references > 1 && is_unused(it));
        match candidate.and_then(|it| Some((it, known.get(it)?))) {
            Some((candidate, definition)) => {
                diags.misspelt_definition(definition.name_place, candidate, name, node.place);
                explained.push((section, name));
            }
            None => {
                let known: Vec<(&str, String)> =
                    known.iter().map(|(name, it)| (name.as_str(), diags.position(it.name_place))).collect();
                let kind = singular(section);
                diags.unknown_reference(node.place, kind, name, &known);
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
fn beside(schemas: &IndexMap<String, Schema>, written: &operation::Written, diags: &mut Diagnostics) {
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
fn unused(doc: &Document, types: &Types<'_>, written: &operation::Written, diags: &mut Diagnostics) {
    for (kind, definitions) in &doc.components {
        let singular = singular(kind);
        if singular == "component" {
            continue;
        }
        for (name, definition) in definitions {
            let used = match kind.as_str() {
                "schemas" => types.is_used(name),
                _ => written.refers_to(kind, name),
            };
            if !used {
                diags.unused_component(definition.name_place, singular, name);
            }
        }
    }
}

/// Names that two things share.
fn clashes(
    doc: &Document,
    types: &Types<'_>,
    operations: &[Operation],
    webhooks: &[Webhook],
    diags: &mut Diagnostics,
) {
    let mut first = IndexMap::new();
    let ids = operations.iter().map(|it| (&it.id, it.place)).chain(webhooks.iter().map(|it| (&it.id, it.place)));
    for (id, place) in ids {
        if let Some(first) = first.insert(id.clone(), place) {
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
    for operation in operations {
        for name in [names::pascal(&operation.id), format!("{}Error", names::pascal(&operation.id))] {
            if types.is_used(&name) {
                diags.type_clash(operation.place, &name, doc.components["schemas"][&name].name_place);
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
