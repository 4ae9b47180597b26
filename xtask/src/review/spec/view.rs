//! A schema's members, wherever they are written: behind a reference, in the
//! parts of an `allOf`, or in place.

use std::collections::BTreeMap;

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
    /// The component that the schema refers to, if it does.
    pub(super) name: Option<&'d str>,
    /// The components that its parts refer to, wherever they stand.
    pub(super) parts: Vec<&'d str>,
    /// What all parts say to people, the outermost first.
    pub(super) words: Vec<Words<'d>>,
    /// The components that keys are written in, as far as they are in any.
    key_owners: BTreeMap<&'d str, &'d str>,
    /// The same of members.
    member_owners: BTreeMap<&'d str, &'d str>,
    /// The members of each part that says what all other members are: to it, those of
    /// the other parts are others.
    limits: Vec<Vec<&'d str>>,
    /// Whether parts say different things about the same, so that no view tells all.
    pub(super) is_partial: bool,
}

/// Something that only people read, and the component that it is written in.
#[derive(Clone, Copy)]
pub(super) struct Words<'d> {
    pub(super) owner: Option<&'d str>,
    pub(super) entry: &'d Entry,
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
        let mut node = node;
        // Circles of references are refused by the model.
        for _ in 0..32 {
            let Some((name, referent)) = side.referent(node) else { break };
            (view.name, node) = (Some(name), referent);
        }
        view.add(side, node, view.name, 0);
        let all = &view.members;
        view.is_partial |= view.limits.iter().any(|it| all.keys().any(|name| !it.contains(name)));
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

    fn add(&mut self, side: &Side<'d>, node: &'d Node, owner: Option<&'d str>, depth: usize) {
        // Circles of parts are refused by the model.
        if depth > 32 {
            return;
        }
        if let Some((name, referent)) = side.referent(node) {
            self.parts.push(name);
            return self.add(side, referent, Some(name), depth + 1);
        }
        if node.get("additionalProperties").is_some_and(|it| !matches!(it.value, Value::Bool(true)))
        {
            let own = node.get("properties").and_then(Node::as_map).unwrap_or_default();
            self.limits.push(own.iter().map(|it| it.key.as_str()).collect());
        }
        for entry in node.as_map().unwrap_or_default() {
            match (entry.key.as_str(), &entry.value.value) {
                ("allOf", Value::List(_)) => {}
                ("properties", Value::Map(members)) => {
                    for member in members {
                        let known = self.members.entry(&member.key).or_insert_with(|| {
                            self.member_owners.extend(owner.map(|it| (member.key.as_str(), it)));
                            (side.which, member)
                        });
                        self.is_partial |= !same(&known.1.value, &member.value);
                    }
                }
                ("required", Value::List(names)) => {
                    for name in names {
                        if let Some(text) = name.as_str() {
                            self.required.entry(text).or_insert(name);
                        }
                    }
                }
                _ => self.key(side, entry, owner),
            }
        }
        // What stands beside the parts wins over what stands in them.
        for part in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
            self.add(side, part, owner, depth + 1);
        }
    }

    fn key(&mut self, side: &Side<'d>, entry: &'d Entry, owner: Option<&'d str>) {
        if WORDS.contains(&entry.key.as_str()) {
            return self.words.push(Words { owner, entry });
        }
        let (_, known) = self.keys.entry(&entry.key).or_insert_with(|| {
            self.key_owners.extend(owner.map(|it| (entry.key.as_str(), it)));
            (side.which, entry)
        });
        self.is_partial |= !same(&known.value, &entry.value);
    }

    /// The component that a key is written in, if it is in one.
    pub(super) fn owner_of_key(&self, key: &str) -> Option<&'d str> {
        self.key_owners.get(key).copied()
    }

    /// The component that a member is written in, if it is in one.
    pub(super) fn owner_of_member(&self, name: &str) -> Option<&'d str> {
        self.member_owners.get(name).copied()
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
