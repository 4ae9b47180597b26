//! JSON that a schema describes, made without randomness.
//!
//! It is made with more zeal than care: what a validator does not accept is
//! thrown away.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use codegen::{
    model::types::Direction,
    parse::node::{Node, Value},
};

use super::{
    json::Json,
    pattern,
    schema::{Flat, Schemas},
};

/// Deeper than values are nested; who comes here is in a circle.
const MAX_DEPTH: usize = 24;

/// Where members that can be left out are left out.
const FULL_DEPTH: usize = 3;

/// How much of a value is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// What must be there.
    Least,
    /// All that is declared, down to a depth.
    Full,
}

/// Makes values of schemas.
pub(super) struct Maker<'s, 'n> {
    schemas: &'s Schemas<'n>,
    direction: Direction,
    /// Texts, by what a schema says about them.
    texts: RefCell<BTreeMap<String, Vec<Json>>>,
}

impl<'s, 'n> Maker<'s, 'n> {
    pub(super) fn new(schemas: &'s Schemas<'n>, direction: Direction) -> Self {
        Self { schemas, direction, texts: RefCell::default() }
    }

    /// Values that may satisfy a schema, the most telling ones first.
    pub(super) fn candidates(&self, node: &'n Node) -> Vec<Json> {
        let mut found: Vec<Json> = Vec::new();
        let choices = self.schemas.choices(&[node]);
        for size in [Size::Least, Size::Full] {
            for choice in &choices {
                found.extend(self.make(choice.clone(), size, 0));
            }
        }
        found.extend(self.make(self.at_once(node), Size::Full, 0));
        for choice in &choices {
            if is_object(choice) {
                self.objects(choice, &mut found);
                if choice.is_nullable {
                    found.push(Json::Null);
                }
            } else {
                found.extend(self.scalars(choice));
            }
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        found.retain(|it| seen.insert(it.write()));
        found
    }

    /// All alternatives as if they were parts, which some can be.
    fn at_once(&self, node: &'n Node) -> Flat<'n> {
        let mut flat = self.schemas.flat(&[node]);
        for _ in 0..MAX_DEPTH {
            for item in std::mem::take(&mut flat.groups).into_iter().flatten() {
                self.schemas.gather(item, &mut flat, 0);
            }
        }
        flat
    }

    /// An object with each member in each of its forms.
    fn objects(&self, flat: &Flat<'n>, found: &mut Vec<Json>) {
        let Some(Json::Map(least)) = self.make(flat.clone(), Size::Least, 0) else { return };
        for (name, nodes) in self.travelling(flat) {
            let mut values: Vec<Json> = Vec::new();
            for choice in self.schemas.choices(&nodes) {
                values.extend(self.make(choice.clone(), Size::Full, 1));
                values.extend(self.scalars(&choice));
            }
            for value in values {
                let mut members = least.clone();
                members.insert(name.to_owned(), value);
                found.push(Json::Map(members));
            }
        }
        let mut others: Vec<Json> = Vec::new();
        if !flat.is_closed {
            match flat.additional.as_slice() {
                [] | [Node { value: Value::Bool(_), .. }] => {
                    others.push(Json::Map(BTreeMap::from([(
                        "exact".to_owned(),
                        Json::List(vec![Json::number("12345678901234567.89"), Json::Null]),
                    )])))
                }
                nodes => {
                    for choice in self.schemas.choices(nodes) {
                        others.extend(self.make(choice.clone(), Size::Full, 1));
                        others.extend(self.scalars(&choice));
                    }
                }
            }
        }
        for other in others {
            let mut members = least.clone();
            members.insert("x-not declared ü".to_owned(), other);
            found.push(Json::Map(members));
        }
    }

    /// The members that are there in this direction.
    fn travelling(&self, flat: &Flat<'n>) -> Vec<(&'n str, Vec<&'n Node>)> {
        let all = flat.properties.iter();
        all.filter(|(_, nodes)| !self.schemas.stays(nodes, self.direction)).cloned().collect()
    }

    /// One value.
    fn make(&self, mut flat: Flat<'n>, size: Size, depth: usize) -> Option<Json> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut first = 0;
        while !flat.groups.is_empty() {
            let group = flat.groups.remove(0);
            // Deep down another one may lead out of a circle.
            first = if depth > MAX_DEPTH / 2 { (first + 1) % group.len().max(1) } else { 0 };
            if let Some(it) = group.get(first) {
                self.schemas.gather(it, &mut flat, 0);
            }
        }
        if let Some(values) = &flat.values {
            return values.first().map(|it| Json::of(it));
        }
        match kind(&flat) {
            "object" => {
                let mut members = BTreeMap::new();
                for (name, nodes) in self.travelling(&flat) {
                    let is_required = flat.required.contains(&name);
                    if !is_required && (size == Size::Least || depth >= FULL_DEPTH) {
                        continue;
                    }
                    match self.make(self.schemas.flat(&nodes), size, depth + 1) {
                        Some(value) => {
                            members.insert(name.to_owned(), value);
                        }
                        None if is_required => return None,
                        None => {}
                    }
                }
                for name in &flat.required {
                    if !flat.properties.iter().any(|(it, _)| it == name) {
                        members.entry((*name).to_owned()).or_insert_with(|| Json::text("any"));
                    }
                }
                if let ([node, ..], Size::Full) = (flat.additional.as_slice(), size)
                    && flat.properties.is_empty()
                    && let Some(value) = self.make(self.schemas.flat(&[node]), size, depth + 1)
                {
                    members.insert("a key".to_owned(), value);
                }
                Some(Json::Map(members))
            }
            "array" => {
                let least = count(&flat, "minItems").unwrap_or(0);
                let n = if size == Size::Full && depth < FULL_DEPTH { least.max(1) } else { least };
                let mut items = Vec::new();
                for _ in 0..n.min(50) {
                    items.push(self.make(self.schemas.flat(&flat.items), size, depth + 1)?);
                }
                Some(Json::List(items))
            }
            _ => self.scalars(&flat).into_iter().next(),
        }
    }

    /// Telling values of a schema, an ordinary one first.
    fn scalars(&self, flat: &Flat<'n>) -> Vec<Json> {
        let mut found: Vec<Json> = Vec::new();
        if let Some(values) = &flat.values {
            found.extend(values.iter().map(|it| Json::of(it)));
        } else {
            let kinds: Vec<&str> =
                if flat.types.len() > 1 { flat.types.clone() } else { vec![kind(flat)] };
            for kind in kinds {
                match kind {
                    "string" => found.extend(self.strings(flat)),
                    "integer" | "number" => found.extend(numbers(flat, kind)),
                    "boolean" => found.extend([Json::Bool(true), Json::Bool(false)]),
                    "array" => self.lists(flat, &mut found),
                    "object" => found.push(Json::Map(BTreeMap::new())),
                    _ => found.extend([
                        Json::text("any"),
                        Json::number("12345678901234567.89"),
                        Json::Bool(false),
                        Json::List(vec![Json::Null]),
                        Json::Map(BTreeMap::from([("a".to_owned(), Json::number("1E2"))])),
                        Json::Null,
                    ]),
                }
            }
        }
        if flat.is_nullable {
            found.push(Json::Null);
        }
        found
    }

    /// Texts, those that are allowed first.
    fn strings(&self, flat: &Flat<'n>) -> Vec<Json> {
        let mut limits = serde_json::Map::new();
        for key in ["format", "pattern", "minLength", "maxLength"] {
            if let Some(value) = flat.keys.get(key).and_then(|it| Json::of(it).value()) {
                limits.insert(key.to_owned(), value);
            }
        }
        let limits = serde_json::Value::Object(limits);
        let key = limits.to_string();
        if let Some(known) = self.texts.borrow().get(&key) {
            return known.clone();
        }
        let mut found = strings(flat);
        let options = jsonschema::options().should_validate_formats(true);
        if let Ok(validator) = options.build(&limits) {
            let is_wrong = |it: &Json| it.value().is_none_or(|it| !validator.is_valid(&it));
            found.sort_by_key(is_wrong);
        }
        self.texts.borrow_mut().insert(key, found.clone());
        found
    }

    fn lists(&self, flat: &Flat<'n>, found: &mut Vec<Json>) {
        let least = count(flat, "minItems").unwrap_or(0);
        found.push(Json::List(Vec::new()));
        let mut all: Vec<Json> = Vec::new();
        for choice in self.schemas.choices(&flat.items) {
            all.extend(self.make(choice.clone(), Size::Least, 1));
            all.extend(self.scalars(&choice));
        }
        all.truncate(30);
        for item in &all {
            found.push(Json::List(vec![item.clone(); least.clamp(1, 50)]));
        }
        let most = count(flat, "maxItems").unwrap_or(all.len());
        all.truncate(most);
        found.push(Json::List(all));
    }
}

fn is_object(flat: &Flat<'_>) -> bool {
    kind(flat) == "object"
}

/// The kind of value that is made first.
fn kind<'n>(flat: &Flat<'n>) -> &'n str {
    if let Some(first) = flat.types.first() {
        return first;
    }
    let has = |keys: &[&str]| keys.iter().any(|it| flat.keys.contains_key(it));
    if !flat.properties.is_empty() || !flat.required.is_empty() || !flat.additional.is_empty() {
        "object"
    } else if !flat.items.is_empty() || has(&["minItems", "maxItems"]) {
        "array"
    } else if has(&["minLength", "maxLength", "pattern", "format"]) {
        "string"
    } else if has(&["minimum", "maximum", "multipleOf"]) {
        "number"
    } else {
        "any"
    }
}

fn count(flat: &Flat<'_>, key: &str) -> Option<usize> {
    number(flat, key)?.parse().ok()
}

fn number<'n>(flat: &Flat<'n>, key: &str) -> Option<&'n str> {
    match &flat.keys.get(key)?.value {
        Value::Number(it) => Some(it),
        _ => None,
    }
}

fn strings(flat: &Flat<'_>) -> Vec<Json> {
    let least = count(flat, "minLength").unwrap_or(0);
    let most = count(flat, "maxLength").unwrap_or(usize::MAX);
    let pattern = flat.keys.get("pattern").and_then(|it| it.as_str());
    let format = flat.keys.get("format").and_then(|it| it.as_str()).unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    let formatted: &[&str] = match format {
        "date-time" => &[
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05.123456789+05:30",
            "2026-01-02T03:04:05.120-00:00",
            "2026-01-02t03:04:05z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999Z",
            "2016-12-31T23:59:60Z",
        ],
        "date" => &["2026-01-02", "2024-02-29", "0001-01-01", "9999-12-31"],
        "time" => &["03:04:05Z"],
        "uuid" => &["f81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
        "uri" | "url" | "uri-reference" | "iri" => &["https://acme.example/a?b=%C3%BC#c"],
        "email" => &["a@acme.example"],
        "hostname" => &["acme.example"],
        "ipv4" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "byte" => &["w7w=", ""],
        "duration" => &["P1D"],
        _ => &[],
    };
    found.extend(formatted.iter().map(|it| (*it).to_owned()));
    if let Some(pattern) = pattern {
        found.extend(pattern::matching(pattern, least));
        found.extend(pattern::matching(pattern, most.min(least + 40)));
        found.extend(["text", "Text1", "https://acme.example"].map(str::to_owned));
    }
    if formatted.is_empty() && pattern.is_none() {
        found.push("text".repeat(least / 4 + 1).chars().take(most.max(least)).collect());
    }
    for it in ["", "12.50", "1", "Zoë \"東京\" \\ 🏦 \u{2028}\n", "null"] {
        found.push(it.to_owned());
    }
    found.push("é".repeat(least));
    if most <= 5000 {
        found.push("🏦".repeat(most));
        found.push("x".repeat(most));
    }
    found.into_iter().map(Json::String).collect()
}

fn numbers(flat: &Flat<'_>, kind: &str) -> Vec<Json> {
    let mut found: Vec<&str> = vec!["1"];
    for key in ["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"] {
        found.extend(number(flat, key));
    }
    found.extend(["0", "10", "-1", "1.0", "1e3", "1.5E+2"]);
    found.extend(["2147483647", "-2147483648", "9007199254740993", "9223372036854775807"]);
    found.extend([
        "-9223372036854775808",
        "18446744073709551615",
        "123456789012345678901234567890",
    ]);
    if kind == "number" {
        found.extend(["12.34", "-0.5", "12345678901234567.89", "1e-7", "100.10", "0.1"]);
    }
    found.into_iter().map(Json::number).collect()
}
