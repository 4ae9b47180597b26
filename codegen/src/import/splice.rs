//! References where OpenAPI has none: `paths: {$ref: paths.yaml}` and their like.
//!
//! Bundlers follow a reference wherever it stands, so documents of many files have
//! them in place of whole sections and lists. What they lead to is put there before
//! the document is read; what keeps its own `$ref` in OpenAPI is left alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::Diagnostics,
    import::tree::Tree,
    parse::node::{Entry, Node, Place, Value},
};

/// What stands somewhere in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Root,
    Components,
    Path,
    Operation,
    Parameter,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Schema,
    Discriminator,
    SecurityScheme,
    Flows,
    Flow,
    Server,
    /// Something without parts that matter here.
    Plain,
}

/// How something stands behind its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    One(Kind),
    Map(Kind),
    List(Kind),
    /// The members of an object.
    Members,
}

use Held::{List, Map, Members, One};

impl Held {
    fn is_list(self) -> bool {
        matches!(self, List(_))
    }

    /// Whether a reference is followed where it is read: OpenAPI allows it, or it may
    /// lead back to what it stands in.
    fn has_references(self) -> bool {
        match self {
            One(kind) => matches!(
                kind,
                Kind::Path
                    | Kind::Operation
                    | Kind::Parameter
                    | Kind::RequestBody
                    | Kind::Response
                    | Kind::Schema
                    | Kind::SecurityScheme
            ),
            Members => true,
            Map(_) | List(_) => false,
        }
    }
}

/// What an object holds behind a key.
fn held(kind: Kind, key: &str) -> Option<Held> {
    let found = match (kind, key) {
        (Kind::Root, "paths" | "webhooks") => Map(Kind::Path),
        (Kind::Root, "components") => One(Kind::Components),
        (Kind::Root, "info") => One(Kind::Plain),
        (Kind::Root | Kind::Path | Kind::Operation, "servers") => List(Kind::Server),
        (Kind::Root | Kind::Operation, "security" | "tags") => List(Kind::Plain),
        (Kind::Components, "schemas") => Map(Kind::Schema),
        (Kind::Components | Kind::Operation, "responses") => Map(Kind::Response),
        (Kind::Components, "parameters")
        | (Kind::Components | Kind::Response | Kind::Encoding, "headers") => Map(Kind::Parameter),
        (Kind::Components, "requestBodies") => Map(Kind::RequestBody),
        (Kind::Components, "securitySchemes") => Map(Kind::SecurityScheme),
        (Kind::Components, "pathItems") => Map(Kind::Path),
        (
            Kind::Path,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace",
        ) => One(Kind::Operation),
        (Kind::Path | Kind::Operation, "parameters") => List(Kind::Parameter),
        (Kind::Operation, "requestBody") => One(Kind::RequestBody),
        (Kind::Parameter | Kind::RequestBody | Kind::Response, "content") => Map(Kind::MediaType),
        (Kind::Parameter | Kind::MediaType, "schema") => One(Kind::Schema),
        (Kind::MediaType, "encoding") => Map(Kind::Encoding),
        (Kind::Schema, "properties") => Members,
        (Kind::Schema, "patternProperties" | "$defs" | "definitions" | "dependentSchemas") => {
            Map(Kind::Schema)
        }
        (Kind::Schema, "allOf" | "oneOf" | "anyOf" | "prefixItems") => List(Kind::Schema),
        (
            Kind::Schema,
            "items"
            | "not"
            | "additionalProperties"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames",
        ) => One(Kind::Schema),
        (Kind::Schema, "required" | "enum") => List(Kind::Plain),
        (Kind::Schema, "discriminator") => One(Kind::Discriminator),
        (Kind::Discriminator, "mapping") => Map(Kind::Plain),
        (Kind::SecurityScheme, "flows") => One(Kind::Flows),
        (Kind::Flows, _) => One(Kind::Flow),
        (Kind::Flow, "scopes") => Map(Kind::Plain),
        (Kind::Server, "variables") => Map(Kind::Plain),
        _ => return None,
    };
    Some(found)
}

/// The files with what such references lead to in their places; complains about those
/// that lead nowhere.
pub(super) fn spliced(tree: Tree, diags: &mut Diagnostics) -> Tree {
    let mut search = Search {
        tree: &tree,
        found: BTreeMap::new(),
        seen: BTreeSet::new(),
        queue: vec![(tree.root(), One(Kind::Root))],
        diags,
    };
    while let Some((node, held)) = search.queue.pop() {
        search.held(node, held);
    }
    let found = search.found;
    if found.is_empty() {
        return tree;
    }
    let mut work = Work { found: &found, open: Vec::new(), n_spliced: 0 };
    let files = tree.files().iter().map(|(path, node)| (path.clone(), work.put(node)));
    let files = files.collect();
    let spliced = found.values().map(|it| it.place).collect();
    Tree::with_spliced(files, spliced)
}

/// More values than any document puts into others.
const MAX_SPLICED: usize = 1_000_000;

struct Search<'t, 'd> {
    tree: &'t Tree,
    /// What belongs where, by the places of the mappings with the references.
    found: BTreeMap<Place, &'t Node>,
    /// What references lead to, and has been or is yet to be gone through.
    seen: BTreeSet<(Place, Held)>,
    queue: Vec<(&'t Node, Held)>,
    diags: &'d mut Diagnostics,
}

impl<'t> Search<'t, '_> {
    fn held(&mut self, node: &'t Node, held: Held) {
        if let Some(reference) = node.get("$ref").filter(|it| it.as_str().is_some()) {
            match self.tree.follow_to_end(reference) {
                // What is another kind of value is not what was meant.
                Ok(target) if held.is_list() != target.node.as_list().is_some() => {}
                Ok(target) => {
                    if !held.has_references() {
                        self.found.insert(node.place, target.node);
                    }
                    if self.seen.insert((target.node.place, held)) {
                        self.queue.push((target.node, held));
                    }
                }
                Err(lost) if !held.has_references() => lost.why.tell(lost.reference, self.diags),
                // It has its complaint where it is read.
                Err(_) => {}
            }
        }
        let kind = match held {
            One(kind) => {
                for entry in node.as_map().unwrap_or_default() {
                    if let Some(held) = self::held(kind, &entry.key) {
                        self.held(&entry.value, held);
                    }
                }
                return;
            }
            Members => Kind::Schema,
            Map(kind) | List(kind) => kind,
        };
        let entries = node.as_map().unwrap_or_default().iter().map(|it| &it.value);
        let items = node.as_list().unwrap_or_default();
        entries.chain(items).for_each(|it| self.held(it, One(kind)));
    }
}

/// Puts what was found where it belongs.
struct Work<'t> {
    found: &'t BTreeMap<Place, &'t Node>,
    /// What is being put somewhere: within itself it stays a reference.
    open: Vec<Place>,
    n_spliced: usize,
}

impl Work<'_> {
    /// A value with what belongs into it.
    fn put(&mut self, node: &Node) -> Node {
        let target = self.found.get(&node.place).copied();
        if let Some(target) = target
            && !self.open.contains(&target.place)
            && self.n_spliced < MAX_SPLICED
        {
            self.open.push(target.place);
            let mut spliced = self.put(target);
            self.open.pop();
            // What stands beside the reference wins.
            if let (Value::Map(entries), Some(own)) = (&mut spliced.value, node.as_map()) {
                let own: Vec<&Entry> = own.iter().filter(|it| it.key != "$ref").collect();
                entries.retain(|it| own.iter().all(|own| own.key != it.key));
                let own: Vec<Entry> = own.into_iter().map(|it| self.entry(it)).collect();
                entries.splice(0..0, own);
            }
            return spliced;
        }
        if !self.open.is_empty() {
            self.n_spliced += 1;
        }
        let value = match &node.value {
            Value::List(items) => Value::List(items.iter().map(|it| self.put(it)).collect()),
            Value::Map(entries) => Value::Map(entries.iter().map(|it| self.entry(it)).collect()),
            value => value.clone(),
        };
        Node { value, place: node.place }
    }

    fn entry(&mut self, entry: &Entry) -> Entry {
        Entry { key: entry.key.clone(), key_place: entry.key_place, value: self.put(&entry.value) }
    }
}
