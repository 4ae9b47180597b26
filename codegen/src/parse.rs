//! First stage: the spec's files become one document in which every value
//! knows its place.
//!
//! The files of a spec share one set of components; the root's paths may point
//! into the others. What the values mean is the next stage's concern.

pub mod json;
pub mod node;
pub(crate) mod yaml;

use std::{collections::BTreeMap, sync::Arc};

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    parse::node::{Entry, Node, Place, Value},
    source::{Source, SourceFile},
};

/// A spec, parsed.
#[derive(Debug)]
pub struct Document {
    /// The provider.
    pub provider: String,
    /// Every text a place can point into: the spec's files, then the samples.
    pub files: Arc<[SourceFile]>,
    /// The root file's mapping.
    pub root: Node,
    /// The paths, with references into other files followed.
    pub paths: Vec<Entry>,
    /// The components of all files: kind → name → definition.
    pub components: IndexMap<String, IndexMap<String, Component>>,
    /// The samples: path → parsed sample.
    pub samples: IndexMap<String, Node>,
}

/// A named definition under `components`.
#[derive(Debug)]
pub struct Component {
    /// Where its name stands.
    pub name_place: Place,
    /// The definition.
    pub node: Node,
}

impl Document {
    /// The path of the file that `place` is in.
    pub fn path_of(&self, place: Place) -> &str {
        &self.files[place.file_idx as usize].path
    }
}

/// Parses all files of a spec.
pub fn document(source: &Source) -> Result<Document, Diagnostics> {
    let source = &in_order(source);
    let files: Arc<[SourceFile]> = source.files.iter().chain(&source.samples).cloned().collect();
    let mut diagnostics = Diagnostics::new(Arc::clone(&files));
    let mut roots = Vec::new();
    for (file_idx, file) in source.files.iter().enumerate() {
        let Some(node) = yaml::node(file, file_idx, &mut diagnostics) else { continue };
        if node.as_map().is_some() {
            roots.push((file_idx, node));
        } else {
            diagnostics.wrong_kind(node.place, "the file", "a mapping", node.kind());
        }
    }
    let samples = samples(source, &mut diagnostics);
    diagnostics.ok()?;

    let components = components(&roots, &mut diagnostics);
    diagnostics.ok()?;
    let paths = paths(&roots, &files, &mut diagnostics);
    diagnostics.ok()?;
    let (_, root) = roots.swap_remove(0);
    Ok(Document { provider: source.provider.clone(), files, root, paths, components, samples })
}

/// The source in an order that does not depend on who listed its files.
fn in_order(source: &Source) -> Source {
    let mut source = source.clone();
    if let [_root, resources @ ..] = source.files.as_mut_slice() {
        resources.sort_by(|a, b| a.path.cmp(&b.path));
    }
    source.samples.sort_by(|a, b| a.path.cmp(&b.path));
    source
}

/// Splits a `$ref` into the file it points into and the segments behind `#`.
///
/// `from` is the path of the file that holds the reference.
pub fn reference(text: &str, from: &str) -> Option<(String, Vec<String>)> {
    let (file, pointer) = text.split_once('#')?;
    let path = if file.is_empty() { from.to_owned() } else { relative(from, file)? };
    let segments = pointer.strip_prefix('/')?.split('/');
    let segments = segments.map(|it| it.replace("~1", "/").replace("~0", "~")).collect();
    Some((path, segments))
}

/// `target`, as written in the file `from`, relative to the workspace's root.
pub fn relative(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            "" => return None,
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn samples(source: &Source, diagnostics: &mut Diagnostics) -> IndexMap<String, Node> {
    let mut samples = IndexMap::new();
    for (sample_idx, sample) in source.samples.iter().enumerate() {
        let file_idx = source.files.len() + sample_idx;
        match json::node(&sample.text, file_idx) {
            Ok(node) => {
                samples.insert(sample.path.clone(), node);
            }
            Err(offset) => {
                let file_idx = u32::try_from(file_idx).expect("a spec has few files");
                let start = u32::try_from(offset).expect("a sample is small");
                diagnostics.json_syntax(Place { file_idx, start, end: start });
            }
        }
    }
    samples
}

/// What can be defined by name.
const KINDS: [&str; 7] = [
    "schemas",
    "parameters",
    "responses",
    "headers",
    "requestBodies",
    "securitySchemes",
    "examples",
];

fn components(
    roots: &[(usize, Node)],
    diagnostics: &mut Diagnostics,
) -> IndexMap<String, IndexMap<String, Component>> {
    let mut components: IndexMap<String, IndexMap<String, Component>> = IndexMap::new();
    for (position, (_, root)) in roots.iter().enumerate() {
        if position > 0 {
            diagnostics.known_keys(root, "a resource file", &["paths", "components"]);
        }
        let Some(kinds) = root.get("components") else { continue };
        diagnostics.known_keys(kinds, "`components`", &KINDS);
        for kind in kinds.as_map().unwrap_or_default() {
            let Some(definitions) = kind.value.as_map() else {
                let what = format!("`{}`", kind.key);
                diagnostics.wrong_kind(kind.value.place, &what, "a mapping", kind.value.kind());
                continue;
            };
            let known = components.entry(kind.key.clone()).or_default();
            for definition in definitions {
                if let Some(first) = known.get(&definition.key) {
                    diagnostics.duplicate_component(
                        definition.key_place,
                        &definition.key,
                        first.name_place,
                    );
                    continue;
                }
                let component =
                    Component { name_place: definition.key_place, node: definition.value.clone() };
                known.insert(definition.key.clone(), component);
            }
        }
    }
    components
}

fn paths(
    roots: &[(usize, Node)],
    files: &[SourceFile],
    diagnostics: &mut Diagnostics,
) -> Vec<Entry> {
    let mut used: Vec<Place> = Vec::new();
    let mut is_complete = true;
    let mut paths = Vec::new();
    let Some(written) = roots[0].1.get("paths").and_then(Node::as_map) else { return paths };
    for entry in written {
        let Some(target) = entry.value.entry("$ref") else {
            paths.push(entry.clone());
            continue;
        };
        let from = &files[entry.key_place.file_idx as usize].path;
        let found =
            target.value.as_str().and_then(|it| reference(it, from)).and_then(|(path, it)| {
                let (_, root) = roots.iter().find(|(idx, _)| files[*idx].path == path)?;
                match it.as_slice() {
                    [kind, name] if kind == "paths" => root.get("paths")?.entry(name),
                    _ => None,
                }
            });
        match found {
            Some(found) => {
                used.push(found.key_place);
                let value = Node { value: found.value.value.clone(), place: found.value.place };
                paths.push(Entry { key: entry.key.clone(), key_place: found.key_place, value });
                if found.key != entry.key {
                    diagnostics.path_differs(
                        entry.key_place,
                        &entry.key,
                        found.key_place,
                        &found.key,
                    );
                }
            }
            None => {
                is_complete = false;
                let known: Vec<String> = roots[1..]
                    .iter()
                    .flat_map(|(idx, root)| references(&files[*idx].path, root, from))
                    .collect();
                let written = target.value.as_str().unwrap_or_default();
                diagnostics.unknown_path_reference(target.value.place, written, &known);
            }
        }
    }
    twins(&paths, diagnostics);
    // A path that is not listed may be the one that a wrong reference means.
    for (_, root) in roots[1..].iter().filter(|_| is_complete) {
        for entry in root.get("paths").and_then(Node::as_map).unwrap_or_default() {
            if !used.contains(&entry.key_place) {
                diagnostics.unused_path(entry.key_place, &entry.key);
            }
        }
    }
    paths
}

/// Complains about paths that differ in nothing but the names of parameters.
fn twins(paths: &[Entry], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    for path in paths {
        let first = *seen.entry(without_names(&path.key)).or_insert(path);
        if first.key != path.key {
            diagnostics.path_twice(path.key_place, &path.key, first.key_place, &first.key);
        }
    }
}

/// What is sent of a path: what stands behind `?` or `#` only tells it from
/// another one.
pub(crate) fn sent_path(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

/// The parameters that a path says to be in its query, and their values.
pub(crate) fn path_query(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let path = path.split('#').next().unwrap_or_default();
    let query = path.split_once('?').map_or("", |(_, it)| it);
    let pairs = query.split('&').map(|it| it.split_once('=').unwrap_or((it, "")));
    pairs.filter(|(name, _)| !name.is_empty())
}

/// A path template without the names of its parameters.
pub(crate) fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    shape
}

/// How the file `from` refers to the paths of the file `path`.
fn references(path: &str, root: &Node, from: &str) -> Vec<String> {
    let folder = from.rsplit_once('/').map_or("", |(it, _)| it);
    let path = path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/');
    let keys =
        root.get("paths").and_then(Node::as_map).unwrap_or_default().iter().map(|it| &it.key);
    keys.map(|it| format!("{path}#/paths/{}", it.replace('~', "~0").replace('/', "~1"))).collect()
}

/// The text of a scalar, for messages.
pub(crate) fn scalar_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => Some("null".to_owned()),
        Value::Bool(it) => Some(it.to_string()),
        Value::Number(it) | Value::String(it) => Some(it.clone()),
        Value::List(_) | Value::Map(_) => None,
    }
}

#[cfg(test)]
mod tests;
