//! Whether a schema still takes, or still gives, what it did: decided on what
//! schemas mean, not on how they are written.
//!
//! `jsonschema` answers "yes" only if it can prove it; whatever it cannot prove
//! is taken for a break.

use std::{cell::RefCell, collections::BTreeSet};

use codegen::parse::node::{Node, Value};
use jsonschema::canonical::{self, CanonicalSchema, Containment, Satisfiability};
use serde_json::{Map, Value as Json, json};

use super::{
    example,
    side::{Side, Which, component_of, to_json},
    view::View,
};
use crate::review::report::Direction;

/// What became of the values of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They are the same.
    Equal,
    /// Nothing that was right is wrong.
    Compatible,
    /// Something that was right is wrong, or nobody can prove that it is not.
    Breaking {
        /// Such a value, if one was found; it has been tried on both schemas.
        example: Option<String>,
        /// Whether it is proved.
        is_proved: bool,
    },
}

/// Compares two schemas, each a whole document in JSON Schema.
pub(super) fn verdict(base: &Json, head: &Json, direction: Direction) -> Verdict {
    if base == head {
        return Verdict::Equal;
    }
    // Old values must be right for whoever reads them next.
    let (kept, wanted) = match direction {
        Direction::Response => (head, base),
        Direction::Request | Direction::Call => (base, head),
    };
    let broken = |lost: Option<&Json>, is_proved: bool| {
        let example = tried(kept, wanted, lost);
        Verdict::Breaking { is_proved: is_proved || example.is_some(), example }
    };
    let (Some(kept_set), Some(wanted_set)) = (canonical(kept), canonical(wanted)) else {
        return broken(None, false);
    };
    // A schema that takes nothing is a sign that it has been misread.
    if kept_set.satisfiability() == Satisfiability::No {
        return broken(None, false);
    }
    let is_proved = match wanted_set.covers(&kept_set) {
        Ok(Containment::Yes) => {
            let is_equal = kept_set.covers(&wanted_set).is_ok_and(|it| it == Containment::Yes);
            return if is_equal { Verdict::Equal } else { Verdict::Compatible };
        }
        answer => answer.is_ok_and(|it| it == Containment::No),
    };
    let lost = kept_set.subtract(&wanted_set).ok();
    let lost = lost.filter(|it| it.satisfiability() != Satisfiability::No);
    broken(lost.map(|it| it.to_json_schema()).as_ref(), is_proved)
}

/// A value that was right and is not any more, if one is found.
pub(super) fn counter_example(base: &Json, head: &Json, direction: Direction) -> Option<String> {
    match verdict(base, head, direction) {
        Verdict::Breaking { example, .. } => example,
        Verdict::Equal | Verdict::Compatible => None,
    }
}

fn canonical(schema: &Json) -> Option<CanonicalSchema> {
    canonical::options().offline().should_validate_formats(true).canonicalize(schema).ok()
}

/// A value that one schema takes and the other does not, tried on both.
fn tried(kept: &Json, wanted: &Json, lost: Option<&Json>) -> Option<String> {
    let validator = |schema| jsonschema::options().should_validate_formats(true).build(schema).ok();
    let (is_kept, is_wanted) = (validator(kept)?, validator(wanted)?);
    let candidates = lost.into_iter().chain([kept]).flat_map(example::values);
    let mut found: Vec<String> = candidates
        .filter(|it| is_kept.is_valid(it) && !is_wanted.is_valid(it))
        .map(|it| it.to_string())
        .collect();
    // The shortest tells most.
    found.sort_by_key(|it| (it.len(), it.clone()));
    found.into_iter().next()
}

/// Writes schemas of both sides as JSON Schema.
///
/// What is sent is written strictly: callers send no members that are not declared,
/// and may send all that are. What is received may have any others. Which one of
/// the alternatives a value is, whoever reads it decides, and undeclared members do
/// not tell: what must be told apart is written as it is read.
pub(super) struct Writer<'w, 'd> {
    pub(super) base: &'w Side<'d>,
    pub(super) head: &'w Side<'d>,
    /// Components that are the same on both sides, with all they refer to.
    pub(super) shared: &'w BTreeSet<String>,
    pub(super) direction: Direction,
    /// The components that are being written in place.
    open: RefCell<Vec<String>>,
}

/// Which members an object has besides the declared ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// None, as callers write it.
    Closed,
    /// Those of the other parts of the same value, which are written by callers too.
    Beside,
    /// Any, and so have the objects in it: as it is read.
    Open,
}

impl Rest {
    const ALL: [Self; 3] = [Self::Closed, Self::Beside, Self::Open];

    fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Beside => "beside",
            Self::Open => "open",
        }
    }

    /// For other parts of the same value.
    fn beside(self) -> Self {
        if self == Self::Open { Self::Open } else { Self::Beside }
    }

    /// For the values of members and the items of lists.
    fn within(self) -> Self {
        if self == Self::Open { Self::Open } else { Self::Closed }
    }
}

impl<'w, 'd> Writer<'w, 'd> {
    pub(super) fn new(
        base: &'w Side<'d>,
        head: &'w Side<'d>,
        shared: &'w BTreeSet<String>,
        direction: Direction,
    ) -> Self {
        Self { base, head, shared, direction, open: RefCell::default() }
    }

    /// A schema as a document of its own.
    pub(super) fn document(&self, node: &'d Node, which: Which) -> Json {
        self.with_definitions(self.node(node, which, self.rest()))
    }

    /// A view as a document of its own, its members as they are on their sides.
    pub(super) fn view(&self, view: &View<'d>) -> Json {
        self.with_definitions(self.flat(view, self.rest()))
    }

    fn rest(&self) -> Rest {
        if self.direction == Direction::Response { Rest::Open } else { Rest::Closed }
    }

    fn with_definitions(&self, schema: Json) -> Json {
        let mut definitions = Map::new();
        let mut wanted = Vec::new();
        names(&schema, &mut wanted);
        while let Some(name) = wanted.pop() {
            if definitions.contains_key(&name) {
                continue;
            }
            let mut parts = name.splitn(3, '.');
            let which = if parts.next() == Some("base") { Which::Base } else { Which::Head };
            let rest =
                parts.next().and_then(|it| Rest::ALL.into_iter().find(|rest| rest.name() == it));
            let node = self.side(which).component("schemas", parts.next().unwrap_or_default());
            self.open.borrow_mut().push(name.clone());
            let rest = rest.unwrap_or_else(|| self.rest());
            let schema = node.map_or(Json::Bool(true), |it| self.node(it, which, rest));
            self.open.borrow_mut().pop();
            names(&schema, &mut wanted);
            definitions.insert(name, schema);
        }
        json!({"allOf": [schema], "$defs": definitions})
    }

    fn side(&self, which: Which) -> &'w Side<'d> {
        match which {
            Which::Base => self.base,
            Which::Head => self.head,
        }
    }

    fn node(&self, node: &'d Node, which: Which, rest: Rest) -> Json {
        if let Some(("schemas", name)) = component_of(node) {
            let is_shared = self.shared.contains(name);
            let side = match which {
                _ if is_shared => "both",
                Which::Base => "base",
                Which::Head => "head",
            };
            let name = format!("{side}.{}.{name}", rest.name());
            // What changed is written in place, where it can be compared; what leads
            // back to itself cannot.
            let is_in_place = !is_shared && !self.open.borrow().contains(&name);
            if is_in_place && let Some((_, referent)) = self.side(which).referent(node) {
                self.open.borrow_mut().push(name);
                let schema = self.node(referent, which, rest);
                self.open.borrow_mut().pop();
                return schema;
            }
            return json!({"$ref": format!("#/$defs/{name}")});
        }
        match &node.value {
            Value::Bool(it) => Json::Bool(*it),
            Value::Map(_) => {
                let whole = View::of(self.side(which), node);
                // Parts that say different things are written as parts.
                let is_whole = !whole.is_partial || node.get("allOf").is_none();
                self.flat(&if is_whole { whole } else { View::shallow(which, node) }, rest)
            }
            _ => Json::Bool(true),
        }
    }

    /// A view in place, without the definitions it needs.
    fn flat(&self, view: &View<'d>, rest: Rest) -> Json {
        let mut schema = Map::new();
        let mut ends: Vec<Json> = Vec::new();
        let keys = &view.keys;
        // Alternatives and parts know nothing of each other's members.
        let is_alone = view.members.is_empty() && !keys.contains_key("allOf");
        let beside = if is_alone { rest } else { rest.beside() };
        let text = |key: &str| view.text(key);
        let is_true = |key: &str| view.is_true(key);
        let is_null_too = is_true("nullable");
        // What must fit its parts or alternatives as well is `null` beside them.
        let is_in_parts = ["allOf", "oneOf", "anyOf", "not"].iter().any(|it| keys.contains_key(it));
        let is_nullable = is_null_too && !is_in_parts;
        let hidden = self.hidden(view);
        let visible = |it: &&str| !hidden.contains(it);
        if !view.members.is_empty() {
            let members = view.members.values().filter_map(|(which, it)| {
                let is_written = visible(&it.key.as_str());
                let schema = match self.direction {
                    Direction::Response if !is_written => return None,
                    // Callers do not send it, whatever else they may.
                    Direction::Request if !is_written && rest != Rest::Open => Json::Bool(false),
                    // Whoever reads a request still checks what callers need not send.
                    _ => self.node(&it.value, *which, rest.within()),
                };
                Some((it.key.clone(), schema))
            });
            schema.insert("properties".to_owned(), Json::Object(members.collect()));
        }
        if !view.required.is_empty() {
            let names: Vec<&str> = view.required.keys().copied().filter(visible).collect();
            schema.insert("required".to_owned(), json!(names));
        }
        for (&key, &(which, entry)) in keys {
            let node = &entry.value;
            let written = |it: &'d Node| self.node(it, which, rest.within());
            let alternatives = |rest: Rest| match view.get("discriminator") {
                Some(_) => self.told_apart(view, key, (which, rest)),
                None => {
                    let items = node.as_list().unwrap_or_default().iter();
                    (key, items.map(|it| self.node(it, which, rest)).collect())
                }
            };
            match key {
                "type" => {
                    let Some(ty) = node.as_str() else { continue };
                    let ty = if is_nullable { json!([ty, "null"]) } else { json!(ty) };
                    schema.insert("type".to_owned(), ty);
                }
                "enum" => {
                    let mut values: Vec<Json> =
                        node.as_list().unwrap_or_default().iter().map(to_json).collect();
                    if is_nullable && !values.contains(&Json::Null) {
                        values.push(Json::Null);
                    }
                    schema.insert("enum".to_owned(), Json::Array(values));
                }
                "format" => match (text("type"), node.as_str()) {
                    (Some("integer"), Some("int32")) => {
                        ends.push(json!({"minimum": i32::MIN, "maximum": i32::MAX}));
                    }
                    (Some("integer"), Some("int64")) => {
                        ends.push(json!({"minimum": i64::MIN, "maximum": i64::MAX}));
                    }
                    // What is greater cannot be compared.
                    (Some("integer"), Some("uint64")) => ends.push(json!({"minimum": 0})),
                    (Some("string"), Some(format)) if is_known_format(format) => {
                        schema.insert("format".to_owned(), json!(format));
                    }
                    _ => {}
                },
                "minimum" | "maximum" => {
                    let (exclusive, other) = match key {
                        "minimum" => ("exclusiveMinimum", "minimum"),
                        _ => ("exclusiveMaximum", "maximum"),
                    };
                    let key = if is_true(exclusive) { exclusive } else { other };
                    let end = to_json(node);
                    if end != json!(u64::MAX) {
                        schema.insert(key.to_owned(), end);
                    }
                }
                "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems" | "uniqueItems"
                | "multipleOf" | "minProperties" | "maxProperties" => {
                    schema.insert(key.to_owned(), to_json(node));
                }
                "items" | "additionalProperties" => {
                    schema.insert(key.to_owned(), written(node));
                }
                "not" => {
                    schema.insert(key.to_owned(), self.node(node, which, Rest::Open));
                }
                "oneOf" | "anyOf" => match alternatives(beside) {
                    ("oneOf", items) => {
                        let (_, read) = alternatives(Rest::Open);
                        if read != items {
                            ends.push(json!({"anyOf": items}));
                        }
                        schema.insert(key.to_owned(), Json::Array(read));
                    }
                    (key, items) => drop(schema.insert(key.to_owned(), Json::Array(items))),
                },
                "allOf" => {
                    let items = node.as_list().unwrap_or_default().iter();
                    let items = items.map(|it| self.node(it, which, beside));
                    schema.insert(key.to_owned(), Json::Array(items.collect()));
                }
                _ => {}
            }
        }
        if rest == Rest::Closed
            && !is_in_parts
            && !view.members.is_empty()
            && !schema.contains_key("additionalProperties")
        {
            schema.insert("additionalProperties".to_owned(), Json::Bool(false));
        }
        if !ends.is_empty() {
            let mut all = match schema.remove("allOf") {
                Some(Json::Array(all)) => all,
                _ => Vec::new(),
            };
            all.extend(ends);
            schema.insert("allOf".to_owned(), Json::Array(all));
        }
        if is_null_too && is_in_parts {
            return json!({"anyOf": [{"type": "null"}, schema]});
        }
        Json::Object(schema)
    }

    /// Alternatives with the values that choose them.
    fn told_apart(
        &self,
        view: &View<'d>,
        key: &'d str,
        (which, rest): (Which, Rest),
    ) -> (&'d str, Vec<Json>) {
        let discriminator = view.get("discriminator");
        let property = discriminator.and_then(|it| it.get("propertyName")).and_then(Node::as_str);
        let mapping = discriminator
            .and_then(|it| it.get("mapping"))
            .and_then(Node::as_map)
            .unwrap_or_default();
        let mapped: Vec<&str> = mapping.iter().map(|it| it.key.as_str()).collect();
        let mut n_others = 0;
        let alternatives = view.get(key).and_then(Node::as_list).unwrap_or_default();
        let items = alternatives.iter().map(|item| {
            let name = component_of(item).map(|(_, it)| it);
            let values = mapping.iter().filter(|it| {
                let target = it.value.as_str().and_then(|it| it.rsplit('/').next());
                target.is_some() && target == name
            });
            let mut values: Vec<&str> = values.map(|it| it.key.as_str()).collect();
            if mapping.is_empty() {
                values.extend(name);
            }
            let schema = self.node(item, which, rest);
            let Some(property) = property else { return schema };
            if values.is_empty() {
                n_others += 1;
                // A value that chooses one alternative never reaches the others.
                let chosen = json!({"properties": {property: {"enum": mapped}}, "required": [property]});
                return json!({"allOf": [schema, {"not": chosen}]});
            }
            json!({"allOf": [schema, {"properties": {property: {"enum": values}}, "required": [property]}]})
        });
        let items = items.collect();
        // Alternatives that a value tells apart exclude each other.
        let is_told_apart = property.is_some() && n_others < 2;
        (if is_told_apart { "anyOf" } else { key }, items)
    }

    /// Members that are not sent in this direction.
    fn hidden(&self, view: &View<'d>) -> BTreeSet<&'d str> {
        let flag = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
            Direction::Call => return BTreeSet::new(),
        };
        let is_hidden =
            |which: Which, node: &'d Node| View::of(self.side(which), node).is_true(flag);
        let members = view.members.values().filter(|(which, it)| is_hidden(*which, &it.value));
        members.map(|(_, it)| it.key.as_str()).collect()
    }
}

/// The formats that JSON Schema knows and that are checked; a change of any
/// other is judged by a rule.
pub(super) fn is_known_format(format: &str) -> bool {
    matches!(
        format,
        "date-time"
            | "date"
            | "time"
            | "duration"
            | "email"
            | "hostname"
            | "ipv4"
            | "ipv6"
            | "uri"
            | "uri-reference"
            | "uuid"
    )
}

/// The definitions that a schema refers to.
fn names(schema: &Json, found: &mut Vec<String>) {
    match schema {
        Json::Object(members) => {
            if let Some(name) = members.get("$ref").and_then(Json::as_str) {
                found.extend(name.strip_prefix("#/$defs/").map(str::to_owned));
            }
            members.values().for_each(|it| names(it, found));
        }
        Json::Array(items) => items.iter().for_each(|it| names(it, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
