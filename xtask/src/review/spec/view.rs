//! A schema's members, wherever they are written: behind a reference, in the
//! parts of an `allOf`, or in place.

use codegen::parse::node::{Entry, Node, Value};
use indexmap::IndexMap;

use super::side::{Side, Which, same};

/// The members of a schema, each with the side it is from.
#[derive(Clone, Default)]
pub(super) struct View<'d> {
    pub(super) keys: IndexMap<&'d str, (Which, &'d Entry)>,
    /// The members of `properties` of all parts.
    pub(super) members: IndexMap<&'d str, (Which, &'d Entry)>,
    /// The names in `required` of all parts, with where they are written.
    pub(super) required: IndexMap<&'d str, &'d Node>,
    /// The components that were gone through, the outermost first.
    pub(super) names: Vec<&'d str>,
    /// What other parts say to people.
    pub(super) other_words: Vec<&'d Entry>,
    /// Whether parts say different things about the same, so that no view tells all.
    pub(super) is_partial: bool,
}

/// The keys that only people read.
pub(super) const WORDS: [&str; 8] = [
    "description",
    "title",
    "example",
    "examples",
    "externalDocs",
    "x-source",
    "x-enumDescriptions",
    "xml",
];

/// How a schema is put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// By reference to this component.
    Reference(String),
    /// From parts.
    Parts(Vec<Shape>),
    /// In place.
    Plain,
}

impl<'d> View<'d> {
    /// Looks at a schema.
    pub(super) fn of(side: &Side<'d>, node: &'d Node) -> Self {
        let mut view = Self::default();
        view.add(side, node, 0);
        view
    }

    /// A schema as it is written, its parts apart.
    pub(super) fn shallow(which: Which, node: &'d Node) -> Self {
        let mut view = Self::default();
        for entry in node.as_map().unwrap_or_default() {
            match (entry.key.as_str(), &entry.value.value) {
                ("properties", Value::Map(members)) => {
                    view.members.extend(members.iter().map(|it| (it.key.as_str(), (which, it))));
                }
                ("required", Value::List(names)) => {
                    view.required.extend(names.iter().filter_map(|it| Some((it.as_str()?, it))));
                }
                (key, _) => {
                    view.keys.insert(key, (which, entry));
                }
            }
        }
        view
    }

    fn add(&mut self, side: &Side<'d>, node: &'d Node, depth: usize) {
        // Circles of parts are refused by the model.
        if depth > 32 {
            return;
        }
        if let Some((name, referent)) = side.referent(node) {
            self.names.push(name);
            return self.add(side, referent, depth + 1);
        }
        for entry in node.as_map().unwrap_or_default() {
            match (entry.key.as_str(), &entry.value.value) {
                ("allOf", Value::List(_)) => {}
                ("properties", Value::Map(members)) => {
                    for member in members {
                        let (_, known) =
                            self.members.entry(&member.key).or_insert((side.which, member));
                        self.is_partial |= !same(&known.value, &member.value);
                    }
                }
                ("required", Value::List(names)) => {
                    for name in names {
                        if let Some(text) = name.as_str() {
                            self.required.entry(text).or_insert(name);
                        }
                    }
                }
                _ => self.key(side, entry),
            }
        }
        // What stands beside the parts wins over what stands in them.
        for part in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
            self.add(side, part, depth + 1);
        }
    }

    fn key(&mut self, side: &Side<'d>, entry: &'d Entry) {
        let is_new = !self.keys.contains_key(entry.key.as_str());
        let (_, known) = self.keys.entry(&entry.key).or_insert((side.which, entry));
        if WORDS.contains(&entry.key.as_str()) {
            self.other_words.extend((!is_new).then_some(entry));
        } else {
            self.is_partial |= !same(&known.value, &entry.value);
        }
    }

    /// A key and what it says, if it is there.
    pub(super) fn entry(&self, key: &str) -> Option<&'d Entry> {
        self.keys.get(key).map(|(_, it)| *it)
    }

    /// What a key says, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<&'d Node> {
        self.entry(key).map(|it| &it.value)
    }

    /// Whether a key says `true`.
    pub(super) fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|it| matches!(it.value, Value::Bool(true)))
    }

    /// The text behind a key.
    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.get(key)?.as_str()
    }
}

/// How a schema is put together; components by the names they have now.
pub(super) fn shape(node: &Node, renamed: &dyn Fn(&str) -> String) -> Shape {
    if let Some((_, name)) = super::side::component_of(node) {
        return Shape::Reference(renamed(name));
    }
    match node.get("allOf").and_then(Node::as_list) {
        Some(parts) => Shape::Parts(parts.iter().map(|it| shape(it, renamed)).collect()),
        None => Shape::Plain,
    }
}
