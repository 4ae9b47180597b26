//! Objects that stand for those that extend them.

use std::collections::BTreeMap;

use crate::{
    import::{Importer, schema::union::MAX_ALTERNATIVES, tree::Tree},
    parse::node::{Node, Place},
};

/// A component that extends another by `allOf`.
#[derive(Clone, Copy, Debug)]
pub(in crate::import) struct Heir<'t> {
    /// What the document calls it.
    pub(in crate::import) name: &'t str,
    /// Its schema.
    pub(in crate::import) node: &'t Node,
}

/// The components that extend others, by the places of these.
pub(in crate::import) type Heirs<'t> = BTreeMap<Place, Vec<Heir<'t>>>;

/// Reads them from all files.
fn heirs(tree: &Tree) -> Heirs<'_> {
    let mut heirs = Heirs::new();
    for (_, root) in tree.files() {
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        for entry in schemas.and_then(Node::as_map).unwrap_or_default() {
            let parts = entry.value.get("allOf").and_then(Node::as_list).unwrap_or_default();
            for reference in parts.iter().filter_map(|it| it.get("$ref")) {
                if let Ok(target) = tree.follow(reference) {
                    let heir = Heir { name: &entry.key, node: &entry.value };
                    heirs.entry(target.node.place).or_default().push(heir);
                }
            }
        }
    }
    heirs
}

impl<'t> Importer<'t> {
    /// The components that extend a schema, at any distance, in the order of the
    /// document: the names of these are the values of its discriminator. Those beyond
    /// the number of alternatives that a union can have are left out.
    pub(in crate::import) fn heirs(&mut self, node: &Node) -> Vec<Heir<'t>> {
        let tree = self.tree;
        let known = self.heirs.get_or_insert_with(|| heirs(tree));
        let mut found: BTreeMap<Place, Heir<'t>> = BTreeMap::new();
        let mut rest: Vec<Place> = vec![node.place];
        while let Some(place) = rest.pop().filter(|_| found.len() <= MAX_ALTERNATIVES) {
            for heir in known.get(&place).into_iter().flatten() {
                if heir.node.place != node.place && found.insert(heir.node.place, *heir).is_none() {
                    rest.push(heir.node.place);
                }
            }
        }
        found.into_values().collect()
    }

    /// Whether an object stands for others: those that its discriminator maps to,
    /// or those that extend it, unless it lists itself among them.
    pub(in crate::import) fn is_base(&mut self, node: &'t Node) -> bool {
        let Some(discriminator) = node.get("discriminator") else { return false };
        if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
            return false;
        }
        match discriminator.get("mapping") {
            Some(mapping) => mapping.as_map().is_some_and(|it| !it.is_empty()),
            None => match discriminator.get("propertyName").and_then(Node::as_str) {
                Some(by) => {
                    let n_heirs = self.heirs(node).len();
                    (1..=MAX_ALTERNATIVES).contains(&n_heirs) && !self.lists_itself(node, by)
                }
                None => false,
            },
        }
    }

    /// Whether a component's name is one of the values of its discriminator.
    fn lists_itself(&mut self, node: &'t Node, by: &str) -> bool {
        let Some(own) = self.tree.component_name(node) else { return false };
        let members = self.members(node);
        let listed = members.get(by).and_then(|it| self.listed_values(it)).unwrap_or_default();
        listed.iter().any(|it| it == own)
    }
}
