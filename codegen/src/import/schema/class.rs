//! What a schema is about, without writing it out.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::{
    import::{Importer, schema::is_annotation},
    parse::node::{Entry, Node, Place, Value},
};

/// What the values of a schema are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Class {
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    /// One of several.
    Union,
    /// An object that others extend and that stands for all of them.
    Base,
    Any,
}

/// Members by name, each with all schemas that it has.
pub(in crate::import) type Members<'t> = BTreeMap<&'t str, Vec<&'t Node>>;

const MAX_DEPTH: usize = 48;

impl<'t> Importer<'t> {
    /// What the values of a schema are.
    pub(in crate::import) fn class(&mut self, node: &'t Node) -> Class {
        self.class_at(node, 0)
    }

    fn class_at(&mut self, node: &'t Node, depth: usize) -> Class {
        if let Some(class) = self.classes.get(&node.place) {
            return *class;
        }
        if depth > MAX_DEPTH {
            return Class::Any;
        }
        // Who comes back here while this is open learns nothing.
        self.classes.insert(node.place, Class::Any);
        let class = self.classify(node, depth);
        self.classes.insert(node.place, class);
        class
    }

    fn classify(&mut self, node: &'t Node, depth: usize) -> Class {
        if let Some(reference) = node.get("$ref") {
            return match self.tree.follow(reference) {
                Ok(target) => self.class_at(target.node, depth + 1),
                Err(_) => Class::Any,
            };
        }
        let mut parts: Vec<Class> = Vec::new();
        for key in ["oneOf", "anyOf"] {
            let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
            let real: Vec<&Node> = items.iter().filter(|it| is_real(it)).collect();
            match real.as_slice() {
                [] => {}
                // There may be others tomorrow.
                [_] if node.get("discriminator").is_some() => return Class::Union,
                [only] => parts.push(self.class_at(only, depth + 1)),
                _ => return Class::Union,
            }
        }
        for part in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
            let class = self.class_at(part, depth + 1);
            parts.push(match class {
                Class::Union if self.leads_to(part, node.place) => Class::Object,
                Class::Base => Class::Object,
                class => class,
            });
        }
        if parts.contains(&Class::Union) {
            return Class::Union;
        }
        if self.is_base(node) {
            return Class::Base;
        }
        let own = own_classes(node);
        if own.as_slice() == [Class::Object] || parts.contains(&Class::Object) {
            return Class::Object;
        }
        match own.as_slice() {
            [] => parts.into_iter().find(|it| *it != Class::Any).unwrap_or(Class::Any),
            [only] => *only,
            _ => Class::Union,
        }
    }

    /// Whether an alternative of what `part` refers to is the schema at `place`.
    pub(in crate::import) fn leads_to(&self, part: &Node, place: Place) -> bool {
        let Some(Ok(target)) = part.get("$ref").map(|it| self.tree.follow(it)) else {
            return false;
        };
        self.has_alternative(target.node, place)
    }

    /// Whether the schema at `place` is an alternative of `node`.
    pub(in crate::import) fn has_alternative(&self, node: &Node, place: Place) -> bool {
        ["oneOf", "anyOf"].iter().any(|key| {
            let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
            items.iter().any(|it| match it.get("$ref").map(|it| self.tree.follow(it)) {
                Some(Ok(found)) => found.node.place == place,
                _ => false,
            })
        })
    }

    /// The members of an object, own and composed.
    pub(in crate::import) fn members(&mut self, node: &'t Node) -> Rc<Members<'t>> {
        self.members_at(node, 0)
    }

    fn members_at(&mut self, node: &'t Node, depth: usize) -> Rc<Members<'t>> {
        if let Some(members) = self.members.get(&node.place) {
            return Rc::clone(members);
        }
        let mut members = Members::new();
        if depth > MAX_DEPTH {
            return Rc::new(members);
        }
        self.members.insert(node.place, Rc::new(Members::new()));
        if let Some(Ok(target)) = node.get("$ref").map(|it| self.tree.follow(it)) {
            let found = self.members_at(target.node, depth + 1);
            members.extend(found.iter().map(|(name, nodes)| (*name, nodes.clone())));
        }
        for part in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
            for (name, nodes) in self.members_at(part, depth + 1).iter() {
                add(&mut members, name, nodes);
            }
        }
        let listed = node.get("properties").and_then(Node::as_map).unwrap_or_default();
        for entry in listed {
            match members_elsewhere(entry).map(|it| self.tree.follow(it)) {
                Some(Ok(target)) => {
                    for entry in target.node.as_map().unwrap_or_default() {
                        add(&mut members, &entry.key, &[&entry.value]);
                    }
                }
                Some(Err(_)) => {}
                None => add(&mut members, &entry.key, &[&entry.value]),
            }
        }
        let members = Rc::new(members);
        self.members.insert(node.place, Rc::clone(&members));
        members
    }

    /// The members that an object must have.
    pub(in crate::import) fn required(&self, node: &'t Node) -> Vec<&'t str> {
        let mut names: Vec<&str> = Vec::new();
        let mut seen: BTreeSet<Place> = BTreeSet::new();
        let mut rest: Vec<&'t Node> = vec![node];
        while let Some(node) = rest.pop() {
            if !seen.insert(node.place) {
                continue;
            }
            if let Some(Ok(target)) = node.get("$ref").map(|it| self.tree.follow(it)) {
                rest.push(target.node);
            }
            rest.extend(node.get("allOf").and_then(Node::as_list).unwrap_or_default());
            let own = node.get("required").and_then(Node::as_list).unwrap_or_default();
            names.extend(own.iter().filter_map(Node::as_str));
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The reference of an entry of `properties` that is no member, but leads to
/// members: the schema of a member is no text.
pub(super) fn members_elsewhere(entry: &Entry) -> Option<&Node> {
    (entry.key == "$ref" && entry.value.as_str().is_some()).then_some(&entry.value)
}

fn add<'t>(members: &mut Members<'t>, name: &'t str, nodes: &[&'t Node]) {
    let known = members.entry(name).or_default();
    for node in nodes {
        if !known.iter().any(|it| it.place == node.place) {
            known.push(node);
        }
    }
}

/// Whether an alternative says more than what must be there.
pub(in crate::import) fn is_real(node: &Node) -> bool {
    let Some(entries) = node.as_map() else { return !matches!(node.value, Value::Bool(_)) };
    if is_null(node) {
        return false;
    }
    entries.iter().any(|it| {
        !is_annotation(&it.key)
            && !matches!(
                it.key.as_str(),
                "required"
                    | "not"
                    | "minProperties"
                    | "maxProperties"
                    | "if"
                    | "then"
                    | "else"
                    | "dependentRequired"
                    | "dependentSchemas"
                    | "propertyNames"
                    | "unevaluatedProperties"
            )
    })
}

/// Whether an alternative says nothing about values.
pub(in crate::import) fn is_anything(node: &Node) -> bool {
    match &node.value {
        Value::Bool(it) => *it,
        Value::Map(entries) => {
            entries.iter().all(|it| is_annotation(&it.key) && it.key != "nullable")
        }
        _ => false,
    }
}

/// Whether an alternative is `null` and nothing else.
pub(in crate::import) fn is_null(node: &Node) -> bool {
    let is_null = |it: &Node| matches!(it.value, Value::Null) || it.as_str() == Some("null");
    let all_null =
        |it: &Node| it.as_list().is_some_and(|it| !it.is_empty() && it.iter().all(is_null));
    node.get("type").is_some_and(|it| is_null(it) || all_null(it))
        || (node.get("type").is_none() && node.get("enum").is_some_and(all_null))
        || node.get("const").is_some_and(|it| matches!(it.value, Value::Null))
}

/// The kinds of values that a schema's own keywords speak of.
pub(in crate::import) fn own_classes(node: &Node) -> Vec<Class> {
    let names: Vec<&str> = match node.get("type").map(|it| &it.value) {
        Some(Value::String(it)) => vec![it.as_str()],
        Some(Value::List(items)) => items.iter().filter_map(Node::as_str).collect(),
        _ => Vec::new(),
    };
    let mut classes: Vec<Class> = names.iter().filter_map(|it| of_type(it)).collect();
    if classes.is_empty() {
        let values = node.get("enum").and_then(Node::as_list).unwrap_or_default();
        classes = of_values(values.iter().chain(node.get("const")));
    }
    if classes.is_empty() {
        classes.extend(of_keywords(|key| node.get(key).is_some()));
    }
    classes.dedup();
    classes
}

/// The class of a JSON Schema type; `null` has none.
pub(in crate::import) fn of_type(name: &str) -> Option<Class> {
    Some(match name {
        "object" => Class::Object,
        "array" => Class::Array,
        "string" => Class::String,
        "integer" => Class::Integer,
        "number" => Class::Number,
        "boolean" => Class::Boolean,
        _ => return None,
    })
}

/// The classes of listed values.
pub(in crate::import) fn of_values<'n>(values: impl Iterator<Item = &'n Node>) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    for class in values.filter_map(of_value) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    classes
}

fn of_value(value: &Node) -> Option<Class> {
    Some(match &value.value {
        Value::Null => return None,
        Value::Bool(_) => Class::Boolean,
        Value::Number(it) if it.contains(['.', 'e', 'E']) => Class::Number,
        Value::Number(_) => Class::Integer,
        Value::String(_) => Class::String,
        Value::List(_) => Class::Array,
        Value::Map(_) => Class::Object,
    })
}

/// What keywords without a `type` speak of.
pub(in crate::import) fn of_keywords(has: impl Fn(&str) -> bool) -> Option<Class> {
    let any = |keys: &[&str]| keys.iter().any(|it| has(it));
    if any(&["properties", "additionalProperties", "patternProperties"]) {
        return Some(Class::Object);
    }
    if any(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]) {
        return Some(Class::Array);
    }
    if any(&["pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType"])
    {
        return Some(Class::String);
    }
    if any(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
        return Some(Class::Number);
    }
    None
}
