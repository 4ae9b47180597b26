//! Other people's documents: OpenAPI 3.0 and 3.1 as it is found, rewritten as
//! our specs are written.
//!
//! What comes out is a document of our dialect, with the places of the one that
//! went in; everything behind it is the same as for our own specs. What a type
//! cannot express becomes JSON of any kind, which loses nothing, and is told as
//! a warning. What is wrong is an error.

mod build;
mod document;
mod identify;
mod infer;
mod naming;
mod operation;
mod origin;
mod propose;
mod schema;
mod settle;
mod shape;
mod skip;
mod splice;
mod text;
mod tree;
pub(crate) mod write;

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
        schema::{
            class::{Class, Members},
            heirs::Heirs,
        },
        tree::{Dead, Named, Tree},
    },
    model::{self, types::Direction},
    parse::{
        Component, Document,
        node::{Entry, Node, Place},
    },
    render::Output,
    source::{Source, SourceFile},
};

/// The tag of the only source of such a document: itself.
const SOURCE: &str = "document";

/// What to do with what cannot be expressed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Leave out the operations that cannot be expressed, instead of failing.
    pub keep_going: bool,
}

/// A client of somebody else's document.
#[derive(Debug)]
pub struct Imported {
    /// The files.
    pub output: Output,
    /// The document in our dialect.
    pub document: Document,
    /// What was assumed, renamed, left out and kept as JSON.
    pub warnings: Diagnostics,
    /// Operations that were left out.
    pub skipped: Vec<Skipped>,
    /// What a person must decide.
    pub proposals: Vec<Proposal>,
    /// Which schemas the types come from, in the order of the document, as far as
    /// their values are JSON.
    pub origins: Vec<Origin>,
    /// The document as it was read: the path of each file and what it says.
    pub read: Vec<(String, Node)>,
}

/// A type and the schema that it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file that the schema stands in.
    pub path: String,
    /// The schema's JSON Pointer in that file.
    pub pointer: String,
    /// The type's name in Rust.
    pub ty: String,
    /// Which way it travels; sent, if both ways.
    pub direction: Direction,
    /// Whether the schema allows `null`: where it is used, the type is an `Option`.
    pub nullable: bool,
}

/// An operation that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its method and path.
    pub operation: String,
    /// What is wrong with it.
    pub reason: String,
}

/// A line that was proposed and must be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// JSON Pointer of the mapping that the line belongs to.
    pub pointer: String,
    /// The key of the line.
    pub key: String,
    /// What is proposed.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// Turns somebody else's document into a client crate.
///
/// # Errors
///
/// Everything that is wrong with it, at once.
pub fn import(source: &Source, options: ImportOptions) -> Result<Imported, Diagnostics> {
    let files: Arc<[SourceFile]> = source.files.iter().cloned().collect();
    let mut diags = Diagnostics::new(Arc::clone(&files));
    let mut parsed: Vec<(String, Node)> = Vec::new();
    for (file_idx, file) in source.files.iter().enumerate() {
        if let Some(node) = text::node(file, file_idx, &mut diags) {
            parsed.push((file.path.clone(), node));
        }
    }
    diags.ok()?;
    let tree = splice::spliced(Tree::new(parsed), &mut diags);
    diags.ok()?;
    let mut without: BTreeMap<Site, Skipped> = BTreeMap::new();
    loop {
        let mut rewritten = rewrite(&tree, &source.provider, &files, &without)?;
        let document = &rewritten.document;
        let api = rewritten.diags.ok().and_then(|()| model::api(document));
        let made = api.and_then(|api| Ok((crate::output(&api, document)?, api)));
        let complaints = match made {
            Ok((output, api)) => {
                return Ok(Imported {
                    output,
                    proposals: propose::proposals(document),
                    origins: origin::of(&tree, &rewritten.schemas, &api),
                    document: rewritten.document,
                    warnings: rewritten.warnings.into_warnings(),
                    skipped: without.into_values().collect(),
                    read: tree.into_files(),
                });
            }
            Err(complaints) => complaints,
        };
        let found = skip::operations(&rewritten, &complaints);
        if !options.keep_going || found.is_empty() {
            return Err(complaints);
        }
        without.extend(found);
    }
}

/// The values of a file, as an import reads them.
///
/// # Errors
///
/// If it is neither YAML nor JSON.
pub fn values(file: &SourceFile) -> Result<Node, Diagnostics> {
    let mut diags = Diagnostics::new(std::iter::once(file.clone()).collect());
    let node = text::node(file, 0, &mut diags);
    diags.ok()?;
    node.ok_or(diags)
}

/// Where an operation stands, and the path or webhook that lists it: several can
/// list the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Site {
    operation: Place,
    path: Place,
}

/// A document in our dialect, and what was said about it.
struct Rewritten {
    document: Document,
    diags: Diagnostics,
    warnings: Diagnostics,
    /// Where the references are needed that lead nowhere, by the places where that
    /// is told.
    users: BTreeMap<Place, BTreeSet<Place>>,
    /// Where each operation stood.
    operations: BTreeMap<String, Site>,
    /// The components that schemas have become.
    schemas: BTreeMap<Place, Inline>,
}

/// The component that a schema has become.
#[derive(Clone, Debug)]
struct Inline {
    name: String,
    /// Whether `null` is said where it is used, and not by the component.
    nullable: bool,
}

/// What leads nowhere, however often it is written.
struct DeadReference<'t> {
    nodes: Vec<&'t Node>,
    /// Where these are needed: there, or where something leads to them.
    users: BTreeSet<Place>,
    /// What it should lead to, as in `schema`.
    kind: &'static str,
    why: Dead,
}

impl DeadReference<'_> {
    fn new(kind: &'static str, why: Dead) -> Self {
        Self { nodes: Vec::new(), users: BTreeSet::new(), kind, why }
    }
}

/// Rewrites a document without some of its operations.
fn rewrite(
    tree: &Tree,
    provider: &str,
    files: &Arc<[SourceFile]>,
    without: &BTreeMap<Site, Skipped>,
) -> Result<Rewritten, Diagnostics> {
    let mut importer = Importer::new(tree, provider, files, without);
    importer.version();
    importer.diags.ok()?;
    Ok(importer.document(provider, files))
}

/// What is known while a document is rewritten.
struct Importer<'t> {
    tree: &'t Tree,
    /// Operations to leave out.
    without: &'t BTreeMap<Site, Skipped>,
    diags: Diagnostics,
    warnings: Diagnostics,
    naming: Naming,
    /// The components' names, by the places of their schemas.
    named: BTreeMap<Place, String>,
    /// Schemas whose content stands where they are referred to.
    written_out: BTreeSet<Place>,
    /// Types that have no name in the document, by the schemas they come from.
    inline: BTreeMap<(bool, Vec<Place>), Inline>,
    /// Components that are referred to and not written yet.
    queue: VecDeque<(String, &'t Node)>,
    /// Components that are written.
    components: Vec<(Place, String, Node)>,
    /// The operations' names, by their places.
    operations: BTreeMap<Site, String>,
    /// The operations that a path has listed.
    shared: BTreeSet<Place>,
    /// The names of security schemes.
    schemes: BTreeMap<String, String>,
    /// The security schemes that are named and nowhere declared.
    undeclared: BTreeSet<String>,
    /// The security schemes that have no scopes, and whether their roles are still to
    /// be told.
    unscoped: BTreeMap<String, bool>,
    /// The scopes that security schemes declare.
    scopes: BTreeMap<String, BTreeSet<&'t str>>,
    classes: BTreeMap<Place, Class>,
    /// Components that extend others, once one of these is asked what it stands for.
    heirs: Option<Heirs<'t>>,
    members: BTreeMap<Place, Rc<Members<'t>>>,
    /// References that lead nowhere, by what they name.
    dead: BTreeMap<Named, DeadReference<'t>>,
    checked: BTreeSet<Place>,
    /// Patterns, and whether the runtime can check them.
    patterns: BTreeMap<&'t str, bool>,
    /// Whether a description that is no text has been told.
    told_words: bool,
    /// What has no effect, because its key or its kind is wrong.
    ignored: Vec<&'t Node>,
    /// What `components` has in another spelling.
    misspelt_sections: BTreeSet<&'static str>,
}

impl<'t> Importer<'t> {
    fn new(
        tree: &'t Tree,
        provider: &str,
        files: &Arc<[SourceFile]>,
        without: &'t BTreeMap<Site, Skipped>,
    ) -> Self {
        Self {
            tree,
            without,
            diags: Diagnostics::new(Arc::clone(files)),
            warnings: Diagnostics::new(Arc::clone(files)),
            naming: Naming::new(provider),
            named: BTreeMap::new(),
            written_out: BTreeSet::new(),
            inline: BTreeMap::new(),
            queue: VecDeque::new(),
            components: Vec::new(),
            operations: BTreeMap::new(),
            shared: BTreeSet::new(),
            schemes: BTreeMap::new(),
            undeclared: BTreeSet::new(),
            unscoped: BTreeMap::new(),
            scopes: BTreeMap::new(),
            classes: BTreeMap::new(),
            heirs: None,
            members: BTreeMap::new(),
            dead: BTreeMap::new(),
            checked: BTreeSet::new(),
            patterns: BTreeMap::new(),
            told_words: false,
            ignored: Vec::new(),
            misspelt_sections: BTreeSet::new(),
        }
    }

    fn root_path(&self) -> &'t str {
        self.tree.path_of(self.tree.root().place)
    }

    fn document(mut self, provider: &str, files: &Arc<[SourceFile]>) -> Rewritten {
        let schemes = self.security_schemes();
        self.name_operations();
        let mut paths: Vec<Entry> = self.paths();
        let webhooks = self.webhooks();
        let mut root = self.root(webhooks, !paths.is_empty());
        self.drain();
        let users = self.dead_references();
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
        if !self.diags.has_errors() {
            settle::settle(&mut components, &mut paths, &mut root, &mut self.warnings);
        }
        let mut kinds: IndexMap<String, IndexMap<String, Component>> = IndexMap::new();
        kinds.insert("schemas".to_owned(), components);
        kinds.insert("securitySchemes".to_owned(), schemes);
        let document = Document {
            provider: provider.to_owned(),
            files: Arc::clone(files),
            root,
            paths,
            components: kinds,
            samples: IndexMap::new(),
        };
        let operations = self.operations.into_iter().map(|(site, name)| (name, site)).collect();
        let named = self.named.into_iter();
        let mut schemas: BTreeMap<Place, Inline> =
            named.map(|(place, name)| (place, Inline { name, nullable: false })).collect();
        for ((_, places), inline) in self.inline {
            // What is gathered from several places is the schema of none.
            if let [place] = places.as_slice() {
                schemas.entry(*place).or_insert(inline);
            }
        }
        let (diags, warnings) = (self.diags, self.warnings);
        Rewritten { document, diags, warnings, users, operations, schemas }
    }

    /// Schemas that nothing refers to.
    fn leftover(&mut self) {
        let root = self.tree.root();
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        let excused = self.excused();
        for entry in schemas.and_then(Node::as_map).unwrap_or_default() {
            let place = entry.value.place;
            let is_used = self.named.contains_key(&place)
                || self.written_out.contains(&place)
                || self.tree.is_spliced(place);
            // What would refer to it has been told.
            if !is_used && !excused.contains(&place) {
                self.warnings.left_out(entry.key_place, &entry.key);
            }
        }
    }
}

#[cfg(test)]
mod tests;
