//! Other people's documents: OpenAPI 3.0 and 3.1 as it is found, rewritten as
//! our specs are written.
//!
//! What comes out is a document of our dialect, with the places of the one that
//! went in; everything behind it is the same as for our own specs. What a type
//! cannot express becomes JSON of any kind, which loses nothing, and is told as
//! a warning. What is wrong is an error.

mod build;
mod document;
mod infer;
mod naming;
mod operation;
mod schema;
mod settle;
mod text;
mod tree;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    rc::Rc,
    sync::Arc,
};

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    import::{
        naming::Naming,
        schema::class::{Class, Members},
        tree::Tree,
    },
    parse::{
        Component, Document,
        node::{Entry, Node, Place},
    },
    source::{Source, SourceFile},
};

/// The tag of the only source of such a document: itself.
const SOURCE: &str = "document";

/// A document in our dialect.
#[derive(Debug)]
pub struct Rewritten {
    /// The document.
    pub document: Document,
    /// What was assumed, renamed, left out and kept as JSON.
    pub warnings: Diagnostics,
}

/// Rewrites a document; operations whose path and method are in `without` are
/// left out.
///
/// # Errors
///
/// Everything that is wrong with it, at once.
pub fn rewrite(source: &Source) -> Result<Rewritten, Diagnostics> {
    let files: Arc<[SourceFile]> = source.files.iter().cloned().collect();
    let mut diags = Diagnostics::new(Arc::clone(&files));
    let mut parsed: Vec<(String, Node)> = Vec::new();
    for (file_idx, file) in source.files.iter().enumerate() {
        if let Some(node) = text::node(file, file_idx, &mut diags) {
            parsed.push((file.path.clone(), node));
        }
    }
    diags.ok()?;
    let tree = Tree::new(parsed);
    let mut importer = Importer::new(&tree, &source.provider, &files, diags);
    importer.version();
    importer.diags.ok()?;
    importer.document(&source.provider, files)
}

/// What is known while a document is rewritten.
struct Importer<'t> {
    tree: &'t Tree,
    diags: Diagnostics,
    warnings: Diagnostics,
    naming: Naming,
    /// The components' names, by the places of their schemas.
    named: BTreeMap<Place, String>,
    /// Types that have no name in the document, by the schemas they come from.
    inline: BTreeMap<(bool, Vec<Place>), String>,
    /// Components that are referred to and not written yet.
    queue: VecDeque<(String, &'t Node)>,
    /// Components that are written.
    components: Vec<(Place, String, Node)>,
    /// The operations' names, by their places.
    operations: BTreeMap<Place, String>,
    /// The names of security schemes.
    schemes: BTreeMap<String, String>,
    classes: BTreeMap<Place, Class>,
    members: BTreeMap<Place, Rc<Members<'t>>>,
    /// References that lead nowhere and have been told.
    dead: BTreeSet<(String, bool)>,
    checked: BTreeSet<Place>,
}

impl<'t> Importer<'t> {
    fn new(tree: &'t Tree, provider: &str, files: &Arc<[SourceFile]>, diags: Diagnostics) -> Self {
        Self {
            tree,
            diags,
            warnings: Diagnostics::new(Arc::clone(files)),
            naming: Naming::new(provider),
            named: BTreeMap::new(),
            inline: BTreeMap::new(),
            queue: VecDeque::new(),
            components: Vec::new(),
            operations: BTreeMap::new(),
            schemes: BTreeMap::new(),
            classes: BTreeMap::new(),
            members: BTreeMap::new(),
            dead: BTreeSet::new(),
            checked: BTreeSet::new(),
        }
    }

    fn root_path(&self) -> &'t str {
        self.tree.path_of(self.tree.root().place)
    }

    fn document(
        mut self,
        provider: &str,
        files: Arc<[SourceFile]>,
    ) -> Result<Rewritten, Diagnostics> {
        let schemes = self.security_schemes();
        self.name_operations();
        let mut paths: Vec<Entry> = self.paths();
        let webhooks = self.webhooks();
        let mut root = self.root(webhooks, !paths.is_empty());
        self.drain();
        self.diags.ok()?;

        self.leftover();
        // In the order of the document.
        self.components.sort_by_key(|(place, ..)| *place);
        let start = self.tree.root().place;
        let mut components: IndexMap<String, Component> = IndexMap::new();
        for (place, name, node) in std::mem::take(&mut self.components) {
            // All names are those of the root file, whatever file they come from.
            let name_place = if place.file_idx == start.file_idx { place } else { start };
            components.insert(name, Component { name_place, node });
        }
        settle::settle(&mut components, &mut paths, &mut root, &mut self.warnings);
        let mut kinds: IndexMap<String, IndexMap<String, Component>> = IndexMap::new();
        kinds.insert("schemas".to_owned(), components);
        kinds.insert("securitySchemes".to_owned(), schemes);
        let document = Document {
            provider: provider.to_owned(),
            files,
            root,
            paths,
            components: kinds,
            samples: IndexMap::new(),
        };
        self.warnings.sort();
        Ok(Rewritten { document, warnings: self.warnings })
    }

    /// Schemas that nothing refers to.
    fn leftover(&mut self) {
        let root = self.tree.root();
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        for entry in schemas.and_then(Node::as_map).unwrap_or_default() {
            if !self.named.contains_key(&entry.value.place) {
                self.warnings.left_out(entry.key_place, &entry.key);
            }
        }
    }

    /// Complains once about keys that a schema does not have.
    fn check_keys(&mut self, node: &Node) {
        const KEYS: &[&str] = &[
            "$ref",
            "$schema",
            "$id",
            "$anchor",
            "$comment",
            "$defs",
            "definitions",
            "$dynamicRef",
            "$dynamicAnchor",
            "$vocabulary",
            "type",
            "format",
            "enum",
            "const",
            "items",
            "prefixItems",
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "unevaluatedProperties",
            "unevaluatedItems",
            "additionalItems",
            "allOf",
            "oneOf",
            "anyOf",
            "not",
            "if",
            "then",
            "else",
            "dependentSchemas",
            "dependentRequired",
            "dependencies",
            "contains",
            "minContains",
            "maxContains",
            "discriminator",
            "nullable",
            "description",
            "title",
            "deprecated",
            "readOnly",
            "writeOnly",
            "default",
            "example",
            "examples",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "pattern",
            "externalDocs",
            "xml",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "summary",
        ];
        if self.checked.insert(node.place) {
            self.unknown_keys(node, "a schema", KEYS);
        }
    }
}
