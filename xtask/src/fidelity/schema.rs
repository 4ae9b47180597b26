//! The schemas of a document, as an independent validator reads them.
//!
//! What OpenAPI 3.0 says in its own way is said as JSON Schema says it. Nothing
//! of this is shared with the generator, whose reading is what is judged.

use std::{cell::RefCell, collections::BTreeMap};

use codegen::{
    model::types::Direction,
    parse::{
        self,
        node::{Node, Place, Value},
    },
};
use serde_json::{Map, Value as Out, json};

/// What the validator knows the schemas by.
const BASE: &str = "urn:schemas";

/// Longer chains of references and parts are circles.
const MAX_DEPTH: usize = 40;

/// The files of a document.
pub(super) struct Schemas<'n> {
    files: &'n [(String, Node)],
    is_30: bool,
    targets: RefCell<BTreeMap<(u32, String), Option<&'n Node>>>,
}

/// What the parts of a schema say together, read without care for detail: the
/// validator has the last word.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat<'n> {
    pub(super) types: Vec<&'n str>,
    pub(super) is_nullable: bool,
    pub(super) values: Option<Vec<&'n Node>>,
    pub(super) properties: Vec<(&'n str, Vec<&'n Node>)>,
    pub(super) required: Vec<&'n str>,
    pub(super) items: Vec<&'n Node>,
    /// `additionalProperties` and the like, if they allow anything.
    pub(super) additional: Vec<&'n Node>,
    /// Whether further members are forbidden.
    pub(super) is_closed: bool,
    pub(super) has_patterns: bool,
    pub(super) groups: Vec<Vec<&'n Node>>,
    /// Other keywords; the first of each.
    pub(super) keys: BTreeMap<&'n str, &'n Node>,
    /// The schemas it was gathered from.
    places: Vec<Place>,
}

impl<'n> Schemas<'n> {
    pub(super) fn new(files: &'n [(String, Node)]) -> Self {
        let version = files.first().and_then(|(_, root)| root.get("openapi")?.as_str());
        let is_30 = version.is_some_and(|it| it.starts_with("3.0"));
        Self { files, is_30, targets: RefCell::default() }
    }

    /// What stands at a JSON Pointer.
    pub(super) fn at(&self, path: &str, pointer: &str) -> Option<&'n Node> {
        let mut node = self.files.iter().find(|(it, _)| it == path).map(|(_, it)| it)?;
        for segment in pointer.strip_prefix('/').into_iter().flat_map(|it| it.split('/')) {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            node = match &node.value {
                Value::List(items) => items.get(segment.parse::<usize>().ok()?)?,
                _ => node.get(&segment)?,
            };
        }
        Some(node)
    }

    /// What a `$ref` leads to, in one step.
    fn target(&self, reference: &'n Node) -> Option<&'n Node> {
        let text = reference.as_str()?;
        let key = (reference.place.file_idx, text.to_owned());
        if let Some(known) = self.targets.borrow().get(&key) {
            return *known;
        }
        let found = self.find(text, reference.place);
        self.targets.borrow_mut().insert(key, found);
        found
    }

    fn find(&self, text: &str, place: Place) -> Option<&'n Node> {
        let (from, _) = self.files.get(place.file_idx as usize)?;
        let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
        let path =
            if file.is_empty() { from.clone() } else { parse::relative(from, &decoded(file))? };
        self.at(&path, &decoded(pointer))
    }

    /// What schemas say together.
    pub(super) fn flat(&self, nodes: &[&'n Node]) -> Flat<'n> {
        let mut flat = Flat::default();
        nodes.iter().for_each(|it| self.gather(it, &mut flat, 0));
        flat
    }

    /// Adds what another schema says.
    pub(super) fn gather(&self, node: &'n Node, flat: &mut Flat<'n>, depth: usize) {
        if depth > MAX_DEPTH || flat.places.contains(&node.place) {
            return;
        }
        flat.places.push(node.place);
        if let Some(reference) = node.get("$ref") {
            if let Some(target) = self.target(reference) {
                self.gather(target, flat, depth + 1);
            }
            if self.is_30 {
                return;
            }
        }
        for entry in node.as_map().unwrap_or_default() {
            let value = &entry.value;
            match entry.key.as_str() {
                "type" => {
                    let own: Vec<&str> = match &value.value {
                        Value::List(items) => items.iter().filter_map(Node::as_str).collect(),
                        _ => value.as_str().into_iter().collect(),
                    };
                    flat.is_nullable |= own.contains(&"null");
                    let own: Vec<&str> = own.into_iter().filter(|it| *it != "null").collect();
                    if flat.types.is_empty() {
                        flat.types = own;
                    } else {
                        flat.types.retain(|it| own.contains(it));
                    }
                }
                "nullable" => flat.is_nullable |= is_true(value),
                "enum" => flat.values = value.as_list().map(|it| it.iter().collect()),
                "const" => flat.values = Some(vec![value]),
                "properties" => {
                    for property in value.as_map().unwrap_or_default() {
                        let key = property.key.as_str();
                        match flat.properties.iter_mut().find(|(it, _)| *it == key) {
                            Some((_, nodes)) => nodes.push(&property.value),
                            None => flat.properties.push((key, vec![&property.value])),
                        }
                    }
                }
                "required" => {
                    let names = value.as_list().unwrap_or_default();
                    flat.required.extend(names.iter().filter_map(Node::as_str));
                }
                "items" => flat.items.push(value),
                "additionalProperties" | "unevaluatedProperties" => match value.value {
                    Value::Bool(false) => flat.is_closed = true,
                    _ => flat.additional.push(value),
                },
                "patternProperties" => flat.has_patterns = true,
                "allOf" => {
                    for part in value.as_list().unwrap_or_default() {
                        self.gather(part, flat, depth + 1);
                    }
                }
                "oneOf" | "anyOf" => {
                    flat.groups.push(value.as_list().unwrap_or_default().iter().collect());
                }
                key => {
                    flat.keys.entry(key).or_insert(value);
                }
            }
        }
    }

    /// The schema with each of its alternatives chosen.
    pub(super) fn choices(&self, nodes: &[&'n Node]) -> Vec<Flat<'n>> {
        let mut open: Vec<Flat<'n>> = vec![self.flat(nodes)];
        let mut done: Vec<Flat<'n>> = Vec::new();
        while let Some(mut flat) = open.pop() {
            if flat.groups.is_empty() || done.len() > 200 {
                done.push(flat);
                continue;
            }
            let group = flat.groups.remove(0);
            for alternative in group.into_iter().rev() {
                let mut chosen = flat.clone();
                self.gather(alternative, &mut chosen, 0);
                open.push(chosen);
            }
        }
        done
    }

    /// All members that any part or alternative of the schemas declares, and
    /// whether others are kept.
    pub(super) fn declared(&self, nodes: &[&'n Node]) -> (BTreeMap<&'n str, Vec<&'n Node>>, bool) {
        let mut flat = self.flat(nodes);
        let mut n_groups = 0;
        while let Some(group) = flat.groups.get(n_groups).cloned() {
            n_groups += 1;
            group.into_iter().for_each(|it| self.gather(it, &mut flat, 0));
        }
        let keeps = !flat.additional.is_empty() || flat.has_patterns;
        (flat.properties.into_iter().collect(), keeps)
    }

    /// The schemas of the items, in any part or alternative.
    pub(super) fn items(&self, nodes: &[&'n Node]) -> Vec<&'n Node> {
        let mut flat = self.flat(nodes);
        let mut n_groups = 0;
        while let Some(group) = flat.groups.get(n_groups).cloned() {
            n_groups += 1;
            group.into_iter().for_each(|it| self.gather(it, &mut flat, 0));
        }
        flat.items
    }

    /// Whether a member does not travel this way.
    pub(super) fn stays(&self, nodes: &[&'n Node], direction: Direction) -> bool {
        let key = match direction {
            Direction::Sent => "readOnly",
            Direction::Received => "writeOnly",
        };
        // Beside a `$ref` OpenAPI 3.0 ignores it, but nobody writes it there in vain.
        nodes.iter().any(|it| it.get(key).is_some_and(is_true))
            || self.flat(nodes).keys.get(key).is_some_and(|it| is_true(it))
    }

    /// All that these schemas lead to, for the validator.
    pub(super) fn document(&self, roots: &[&'n Node], direction: Direction) -> Document<'n> {
        let mut document = Document { names: BTreeMap::new(), queue: Vec::new(), direction };
        for root in roots {
            document.name(root);
        }
        document
    }
}

/// Schemas for one direction, which refer to each other by number.
pub(super) struct Document<'n> {
    names: BTreeMap<Place, usize>,
    queue: Vec<&'n Node>,
    direction: Direction,
}

impl<'n> Document<'n> {
    fn name(&mut self, node: &'n Node) -> usize {
        let next = self.names.len();
        *self.names.entry(node.place).or_insert_with(|| {
            self.queue.push(node);
            next
        })
    }

    /// A schema that is the one at `node`.
    pub(super) fn reference(&mut self, node: &'n Node) -> Out {
        json!({ "$ref": format!("{BASE}#/$defs/{}", self.name(node)) })
    }

    /// The name and the content of all schemas.
    pub(super) fn finish(&mut self, schemas: &Schemas<'n>) -> (&'static str, Out) {
        let mut defs = Map::new();
        let mut next = 0;
        while let Some(node) = self.queue.get(next).copied() {
            let schema = self.schema(node, schemas);
            defs.insert(next.to_string(), schema);
            next += 1;
        }
        let schema = "https://json-schema.org/draft/2020-12/schema";
        (BASE, json!({ "$schema": schema, "$defs": defs }))
    }

    fn schema(&mut self, node: &'n Node, schemas: &Schemas<'n>) -> Out {
        let Some(entries) = node.as_map() else {
            return Out::Bool(!matches!(node.value, Value::Bool(false)));
        };
        let mut out = Map::new();
        let mut parts: Vec<Out> = Vec::new();
        if let Some(reference) = node.get("$ref") {
            match schemas.target(reference) {
                Some(target) => parts.push(self.reference(target)),
                None => return json!({}),
            }
            if schemas.is_30 {
                return parts.remove(0);
            }
        }
        let nullable = schemas.is_30 && node.get("nullable").is_some_and(is_true);
        for entry in entries {
            let value = &entry.value;
            let key = entry.key.as_str();
            match key {
                "type" => {
                    let mut names: Vec<Out> = match &value.value {
                        Value::List(items) => items.iter().map(plain).collect(),
                        _ => vec![plain(value)],
                    };
                    if nullable {
                        names.push(json!("null"));
                    }
                    out.insert("type".to_owned(), Out::Array(names));
                }
                "properties" | "patternProperties" | "dependentSchemas" => {
                    let members = value.as_map().unwrap_or_default().iter();
                    let members =
                        members.map(|it| (it.key.clone(), self.schema(&it.value, schemas)));
                    out.insert(key.to_owned(), Out::Object(members.collect()));
                }
                "items"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "not"
                | "if"
                | "then"
                | "else"
                | "propertyNames"
                | "contains"
                | "unevaluatedItems"
                    if value.as_list().is_none() =>
                {
                    out.insert(key.to_owned(), self.schema(value, schemas));
                }
                "oneOf" | "anyOf" | "prefixItems" => {
                    let items = value.as_list().unwrap_or_default().iter();
                    let items = items.map(|it| self.schema(it, schemas)).collect();
                    out.insert(key.to_owned(), Out::Array(items));
                }
                "allOf" => {
                    let items = value.as_list().unwrap_or_default().iter();
                    parts.extend(items.map(|it| self.schema(it, schemas)));
                }
                "required" => {
                    let names = value.as_list().unwrap_or_default().iter();
                    let properties = schemas.flat(&[node]).properties;
                    let stays = |name: &str| {
                        let found = properties.iter().find(|(it, _)| *it == name);
                        found.is_some_and(|(_, it)| schemas.stays(it, self.direction))
                    };
                    let names: Vec<&str> =
                        names.filter_map(Node::as_str).filter(|it| !stays(it)).collect();
                    out.insert("required".to_owned(), json!(names));
                }
                "exclusiveMinimum" | "exclusiveMaximum" => match value.value {
                    Value::Bool(true) => {
                        let plain_key =
                            if key == "exclusiveMinimum" { "minimum" } else { "maximum" };
                        if let Some(bound) = node.get(plain_key) {
                            out.insert(key.to_owned(), plain(bound));
                        }
                    }
                    Value::Bool(false) => {}
                    _ => {
                        out.insert(key.to_owned(), plain(value));
                    }
                },
                "pattern" => {
                    // What the validator cannot read it cannot assert.
                    let pattern = json!({ "pattern": plain(value) });
                    if jsonschema::options().build(&pattern).is_ok() {
                        out.insert(key.to_owned(), plain(value));
                    }
                }
                "format" => {
                    out.insert(key.to_owned(), plain(value));
                    let is_number = node.get("type").is_some_and(|it| {
                        let is_number =
                            |it: &Node| matches!(it.as_str(), Some("integer" | "number"));
                        is_number(it) || it.as_list().is_some_and(|it| it.iter().any(is_number))
                    });
                    match value.as_str() {
                        Some("int32") if is_number => {
                            parts.push(between(i32::MIN.into(), i32::MAX.into()))
                        }
                        Some("int64") if is_number => parts.push(between(i64::MIN, i64::MAX)),
                        _ => {}
                    }
                }
                "enum" | "const" | "minimum" | "maximum" | "multipleOf" | "minLength"
                | "maxLength" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
                | "maxProperties" | "dependentRequired" | "minContains" | "maxContains" => {
                    out.insert(key.to_owned(), plain(value));
                }
                _ => {}
            }
        }
        if !parts.is_empty() {
            out.insert("allOf".to_owned(), Out::Array(parts));
        }
        Out::Object(out)
    }
}

fn between(least: i64, greatest: i64) -> Out {
    json!({ "minimum": least, "maximum": greatest })
}

fn plain(node: &Node) -> Out {
    super::json::Json::of(node).value().unwrap_or_default()
}

pub(super) fn is_true(node: &Node) -> bool {
    matches!(node.value, Value::Bool(true))
}

/// Percent signs in references are as in URLs.
fn decoded(text: &str) -> String {
    let mut bytes: Vec<u8> = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match digits.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
