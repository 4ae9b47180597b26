//! Schemas that are referred to by what they call themselves: `$id` and `$anchor`.

use std::collections::BTreeMap;

use crate::parse::{
    self,
    node::{Node, Place, Value},
};

/// What schemas call themselves.
#[derive(Default)]
pub(super) struct Identifiers {
    /// By the resource and the anchor in it, which is empty for the resource itself.
    targets: BTreeMap<(String, String), Site>,
    /// The resources that references stand in, unless that is a file.
    bases: BTreeMap<Place, String>,
}

/// Where a schema stands.
#[derive(Clone)]
pub(super) struct Site {
    /// The file.
    pub(super) path: String,
    /// The segments of the JSON Pointer.
    pub(super) segments: Vec<String>,
}

impl Identifiers {
    /// Gathers them from all files.
    pub(super) fn of(files: &[(String, Node)]) -> Self {
        let mut found = Self::default();
        for (path, root) in files {
            let mut site = Site { path: path.clone(), segments: Vec::new() };
            found.visit(root, path, &mut site);
        }
        found
    }

    /// What a reference leads to that leads nowhere as a pointer: a schema, and the
    /// segments behind it.
    pub(super) fn target(&self, reference: &Node, path: &str) -> Option<Site> {
        let (uri, fragment) = match reference.as_str()?.split_once('#') {
            Some((uri, fragment)) => (uri, fragment),
            None => (reference.as_str()?, ""),
        };
        let base = self.bases.get(&reference.place).map_or(path, String::as_str);
        let resource = if uri.is_empty() { base.to_owned() } else { joined(base, uri) };
        let Some(pointer) = fragment.strip_prefix('/') else {
            return self.targets.get(&(resource, fragment.to_owned())).cloned();
        };
        let mut site = self.targets.get(&(resource, String::new())).cloned()?;
        let segments = pointer.split('/').map(|it| it.replace("~1", "/").replace("~0", "~"));
        site.segments.extend(segments);
        Some(site)
    }

    fn visit(&mut self, node: &Node, base: &str, site: &mut Site) {
        let entries = match &node.value {
            Value::Map(entries) => entries,
            Value::List(items) => {
                for (idx, item) in items.iter().enumerate() {
                    site.segments.push(idx.to_string());
                    self.visit(item, base, site);
                    site.segments.pop();
                }
                return;
            }
            _ => return,
        };
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let own = text("$id").map(|it| joined(base, it.trim_end_matches('#')));
        let base = own.as_deref().unwrap_or(base);
        let mut names: Vec<&str> = Vec::new();
        names.extend(own.as_ref().map(|_| ""));
        names.extend(text("$anchor"));
        names.extend(text("$dynamicAnchor"));
        for name in names {
            let key = (base.to_owned(), name.to_owned());
            self.targets.entry(key).or_insert_with(|| site.clone());
        }
        for entry in entries {
            if entry.key == "$ref" && base != site.path {
                self.bases.insert(entry.value.place, base.to_owned());
            }
            site.segments.push(entry.key.clone());
            self.visit(&entry.value, base, site);
            site.segments.pop();
        }
    }
}

/// A reference in a resource, in full.
fn joined(base: &str, reference: &str) -> String {
    if reference.contains("://") || reference.starts_with("urn:") {
        return reference.to_owned();
    }
    match base.split_once("://") {
        None => parse::relative(base, reference).unwrap_or_else(|| reference.to_owned()),
        Some((scheme, rest)) => {
            let host = rest.split('/').next().unwrap_or_default();
            let folder = rest.rsplit_once('/').map_or(rest, |(folder, _)| folder);
            match reference.strip_prefix('/') {
                Some(path) => format!("{scheme}://{host}/{path}"),
                None => format!("{scheme}://{folder}/{reference}"),
            }
        }
    }
}
