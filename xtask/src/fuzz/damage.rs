//! Documents as no one would write them.
//!
//! Most damages change the values: what is left is still JSON or YAML, and gets
//! far into the generator. Some change the text.

use std::collections::BTreeSet;

use codegen::parse::{
    json,
    node::{Entry, Node, Place, Value},
};
use serde_json::json;

use super::write;
use crate::numbers::Numbers;

/// A damaged file.
pub(super) struct Damaged {
    pub(super) text: String,
    /// What it is now.
    pub(super) extension: &'static str,
}

/// Where the value stands is not known before it is written.
const NOWHERE: Place = Place { file_idx: 0, start: 0, end: 0 };

/// Stands for what is only put into the text: no tree could be so deep.
const HOLE: &str = "(a hole)";

/// Names and texts that have surprised someone before.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", " ", "\u{0}", "\u{1}", "\n", "a\nb", "\r\n", "\t", "\u{7f}", "\u{85}", "\u{a0}",
    "\u{2028}", "\u{feff}", "\u{fffd}", "\u{202e}x", "é", "日本", "ß", "ﬁ", "İ", "ǅ", "e\u{301}",
    "👍", "👩‍👩‍👧", "Ünïcödé", "١٢", "²", "_", "__", "-", "--", ".", "..", "...", "/", "//", "\\",
    "1", "0", "123abc", "-1", "+1", "1e999", "0x1F", "1_000", "NaN", "self", "Self", "super",
    "crate", "r#type", "type", "fn", "async", "try", "gen", "dyn", "union", "box", "Option",
    "Vec", "String", "Box", "Result", "Ok", "Err", "Some", "None", "Default", "Client", "Error",
    "new", "send", "clone", "drop", "from", "into", "body", "page", "Unrecognized", "std", "core",
    "`", "``", "\"", "\"#", "'", "*/", "/*", "//!", "#", "#!", "{", "}", "{}", "{{", "}}", "{x",
    "x}", "{x}{y}", "/{x}/{x}", "/{}", "/a?b=c", "/a#b", "%", "%%", "%zz", "%00", "&amp;", "<a>",
    "[x](y)", "[x]", "$", "$ref", "$0", "~", "~0", "~1", "#/", "#/components",
    "#/components/schemas", "#/components/schemas/", "#/paths", "a.b", "a b", "a-b", "a_b", "aB",
    "AB", "A", "Ab", "null", "true", "false", "yes", "~", "string", "integer", "number",
    "boolean", "array", "object", "any", "file", "date", "date-time", "uuid", "binary", "byte",
    "uint64", "int32", "decimal", "email", "2XX", "200", "201", "204", "default", "DEFAULT",
    "299", "099", "600", "1XX", "get", "post", "GET", "head", "options", "trace", "query", "path",
    "header", "cookie", "form", "simple", "deepObject", "spaceDelimited", "pipeDelimited",
    "matrix", "label", "apiKey", "http", "oauth2", "openIdConnect", "mutualTLS", "bearer",
    "basic", "application/json", "application/xml", "text/plain", "*/*", "multipart/form-data",
    "application/x-www-form-urlencoded", "application/octet-stream", ";", "application/", "/json",
    "http://", "https://x", "https://x/{y}", "//x", "ftp://x", "https://[::1", "3.0.0", "3.1.0",
    "3.2", "2.0", "^(a+)+$", "(", "[", "a{99999}", "\\p{L}", "(?=x)", "Accept", "Content-Type",
    "Authorization", "accept", "x-\u{e9}",
    "a very long sentence that is no name at all, and goes on and on, so that nobody would want it to be the name of a type in any language",
];

/// Words that mean something in a document.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "openapi", "info", "title", "version", "servers", "url", "variables", "enum", "default",
    "paths", "parameters", "name", "in", "required", "schema", "content", "style", "explode",
    "requestBody", "responses", "headers", "description", "summary", "tags", "operationId",
    "deprecated", "security", "components", "schemas", "securitySchemes", "examples", "example",
    "requestBodies", "callbacks", "links", "webhooks", "type", "format", "items", "properties",
    "additionalProperties", "allOf", "oneOf", "anyOf", "not", "nullable", "readOnly", "writeOnly",
    "discriminator", "propertyName", "mapping", "const", "prefixItems", "patternProperties",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
    "pattern", "minItems", "maxItems", "uniqueItems", "multipleOf", "minProperties", "$ref",
    "$defs", "$id", "$dynamicRef", "encoding", "scheme", "bearerFormat", "flows", "tokenUrl",
    "scopes", "allowReserved", "x-unit", "x-rust-name", "x-sensitive", "x-enum-varnames",
    "x-idempotency", "x-reconcile", "x-paging", "x-environment", "x-webhooks", "x-verification",
    "x-source", "x-sources", "x-new", "contentEncoding", "contentMediaType", "if", "then", "else",
    "dependentRequired", "unevaluatedProperties",
];

/// Numbers that do not fit anywhere.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "0", "-0", "1", "-1", "2", "0.1", "1.0", "1e2", "1E+2", "1e999", "-1e999", "1e-999",
    "9007199254740993", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
    "-9223372036854775809", "18446744073709551615", "18446744073709551616",
    "99999999999999999999999999999999", "0.00000000000000000000000000000001",
    "12345678901234567890.123456789012345678901234567890", "200", "404",
];

/// In bytes: thousands of values with names of many kilobytes are cut off here, and
/// so is a document that is longer before it is damaged, of which nobody is told.
const LONGEST: usize = 12 << 20;

/// Where schemas are that lead from one to the next.
const LINK: &str = "#/components/schemas/Link";

/// A damaged copy of a file.
pub(super) fn damaged(
    text: &str,
    root: Option<&Node>,
    parts: &[Node],
    numbers: &mut Numbers,
) -> Damaged {
    let Some(root) = root else {
        return Damaged { text: broken(text.to_owned(), numbers), extension: "yaml" };
    };
    let mut root = if numbers.one_in(100) { root.clone() } else { part_of(root, numbers) };
    // A document that is only a part of another is worth trying as it is.
    if !numbers.one_in(20) {
        let most = 1 + numbers.below(10);
        let n_damages = 1 + numbers.below(most);
        for _ in 0..n_damages {
            damage(&mut root, parts, numbers);
        }
    }
    if numbers.one_in(12) {
        long(&mut root, numbers);
    }
    if numbers.one_in(50)
        && let Some(node) = any(&mut root, numbers)
    {
        *node = text_node(HOLE);
    }
    let is_json = numbers.one_in(2);
    let mut text = if is_json { write::json(&root) } else { write::yaml(&root) };
    if let Some(at) = text.find(&format!("\"{HOLE}\"")) {
        let end = at + HOLE.len() + 2;
        text.replace_range(at..end, &deep(is_json, numbers));
    }
    if numbers.one_in(25) {
        text = broken(text, numbers);
    }
    let mut ends = (0..=text.len().min(LONGEST)).rev();
    text.truncate(ends.find(|it| text.is_char_boundary(*it)).unwrap_or_default());
    Damaged { text, extension: if is_json { "json" } else { "yaml" } }
}

fn values(value: &serde_json::Value) -> Node {
    json::node(&value.to_string(), 0).unwrap_or_else(|_| text_node(""))
}

fn text_node(text: &str) -> Node {
    Node { value: Value::String(text.to_owned()), place: NOWHERE }
}

fn map_node(entries: Vec<(&str, Node)>) -> Node {
    let entry = |(key, value): (&str, Node)| entry(key, value);
    Node { value: Value::Map(entries.into_iter().map(entry).collect()), place: NOWHERE }
}

fn list_node(items: Vec<Node>) -> Node {
    Node { value: Value::List(items), place: NOWHERE }
}

fn entry(key: &str, value: Node) -> Entry {
    Entry { key: key.to_owned(), key_place: NOWHERE, value }
}

/// A few operations of a document and what they refer to.
fn part_of(root: &Node, numbers: &mut Numbers) -> Node {
    let Some(entries) = root.as_map() else { return root.clone() };
    let is_plain = !numbers.one_in(4);
    let copy = |entry: &Entry| {
        let mut entry = entry.clone();
        if is_plain {
            plain(&mut entry.value);
        }
        entry
    };
    let collected = |entries: Vec<Entry>| Node { value: Value::Map(entries), place: NOWHERE };
    let mut small: Vec<Entry> = Vec::new();
    let mut rest: Vec<(String, String)> = Vec::new();
    for it in entries.iter().filter(|it| it.key != "components") {
        let paths = it.value.as_map().filter(|it| !it.is_empty());
        let kept = match paths.filter(|_| it.key == "paths") {
            Some(paths) => {
                let n_kept = 1 + numbers.below(4);
                let kept: BTreeSet<usize> =
                    (0..n_kept).map(|_| numbers.below(paths.len())).collect();
                entry(&it.key, collected(kept.iter().map(|idx| copy(&paths[*idx])).collect()))
            }
            None => copy(it),
        };
        components(&kept.value, &mut rest);
        small.push(kept);
    }
    // Most documents hold more schemas than a case has time for.
    let most = 1 + numbers.below(40);
    let mut names: BTreeSet<(String, String)> = BTreeSet::new();
    let definitions = root.get("components");
    while let Some((kind, name)) = rest.pop() {
        if names.len() > most || !names.insert((kind.clone(), name.clone())) {
            continue;
        }
        if let Some(found) = definitions.and_then(|it| it.get(&kind)?.get(&name)) {
            components(found, &mut rest);
        }
    }
    let mut kinds: Vec<Entry> = Vec::new();
    for kind in definitions.and_then(Node::as_map).unwrap_or_default() {
        let is_kept = |it: &&Entry| {
            kind.key == "securitySchemes" || names.contains(&(kind.key.clone(), it.key.clone()))
        };
        let kept: Vec<Entry> =
            kind.value.as_map().unwrap_or_default().iter().filter(is_kept).map(copy).collect();
        if !kept.is_empty() {
            kinds.push(entry(&kind.key, collected(kept)));
        }
    }
    if !kinds.is_empty() {
        small.push(entry("components", collected(kinds)));
    }
    collected(small)
}

fn member<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    entries.iter_mut().find(|it| it.key == key).map(|it| &mut it.value)
}

/// Without what the generator only copies.
fn plain(node: &mut Node) {
    match &mut node.value {
        Value::Map(entries) => {
            entries.retain(|it| {
                let is_text = matches!(it.value.value, Value::String(_));
                !(it.key == "example"
                    || it.key == "examples"
                    || (is_text && it.key == "description"))
            });
            entries.iter_mut().for_each(|it| plain(&mut it.value));
        }
        Value::List(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

/// The components that a value refers to.
fn components(node: &Node, found: &mut Vec<(String, String)>) {
    match &node.value {
        Value::String(text) => {
            let name = text.split_once("#/components/").and_then(|(_, it)| it.split_once('/'));
            found.extend(name.map(|(kind, name)| (kind.to_owned(), name.to_owned())));
        }
        Value::Map(entries) => entries.iter().for_each(|it| components(&it.value, found)),
        Value::List(items) => items.iter().for_each(|it| components(it, found)),
        _ => {}
    }
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Map(entries) => 1 + entries.iter().map(|it| size(&it.value)).sum::<usize>(),
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// The value that comes as number `n` when all are counted.
fn nth<'n>(node: &'n mut Node, n: &mut usize) -> Option<&'n mut Node> {
    if *n == 0 {
        return Some(node);
    }
    *n -= 1;
    match &mut node.value {
        Value::Map(entries) => entries.iter_mut().find_map(|it| nth(&mut it.value, n)),
        Value::List(items) => items.iter_mut().find_map(|it| nth(it, n)),
        _ => None,
    }
}

fn any<'n>(root: &'n mut Node, numbers: &mut Numbers) -> Option<&'n mut Node> {
    let mut n = numbers.below(size(root));
    nth(root, &mut n)
}

/// Any mapping or list that is not empty.
fn any_collection<'n>(root: &'n mut Node, numbers: &mut Numbers) -> Option<&'n mut Node> {
    let is_one = |it: &Node| match &it.value {
        Value::Map(entries) => !entries.is_empty(),
        Value::List(items) => !items.is_empty(),
        _ => false,
    };
    for _ in 0..20 {
        let mut n = numbers.below(size(root));
        if nth(root, &mut n.clone()).is_some_and(|it| is_one(it)) {
            return nth(root, &mut n);
        }
    }
    None
}

/// One change of the values.
fn damage(root: &mut Node, parts: &[Node], numbers: &mut Numbers) {
    match numbers.below(15) {
        0 => drop_one(root, numbers),
        1 => {
            // The same key twice is refused at once; most often it gets another.
            let is_same = numbers.one_in(8);
            let Some(node) = any_collection(root, numbers) else { return };
            match &mut node.value {
                Value::Map(entries) => {
                    let mut entry = numbers.of(entries).clone();
                    if !is_same {
                        entry.key.push('2');
                    }
                    entries.insert(numbers.below(entries.len() + 1), entry);
                }
                Value::List(items) => {
                    let item = numbers.of(items).clone();
                    items.push(item);
                }
                _ => {}
            }
        }
        2 => {
            if let Some(node) = any(root, numbers) {
                *node = other_kind(node.clone(), numbers);
            }
        }
        3 => {
            let key = name(numbers);
            if let Some(Value::Map(entries)) = any_collection(root, numbers).map(|it| &mut it.value)
            {
                let idx = numbers.below(entries.len());
                // References follow only by chance: most lead nowhere now.
                entries[idx].key = key;
            }
        }
        4 | 5 => {
            let from_here = numbers.one_in(2);
            let part = match any(root, numbers) {
                Some(found) if from_here => found.clone(),
                _ if parts.is_empty() => return,
                _ => numbers.of(parts).clone(),
            };
            if let Some(node) = any(root, numbers).filter(|_| size(&part) < 2000) {
                *node = part;
            }
        }
        6 => {
            if let Some(node) = any_collection(root, numbers) {
                match &mut node.value {
                    Value::Map(entries) => {
                        let (a, b) = (numbers.below(entries.len()), numbers.below(entries.len()));
                        let kept = entries[a].value.clone();
                        entries[a].value = entries[b].value.clone();
                        entries[b].value = kept;
                    }
                    Value::List(items) => items.reverse(),
                    _ => {}
                }
            }
        }
        7..=9 => {
            let reference = reference(root, numbers);
            let (key, value) = keyword(&reference, numbers);
            let Some(node) = any_collection(root, numbers) else { return };
            if let Value::Map(entries) = &mut node.value {
                entries.retain(|it| it.key != key);
                entries.insert(numbers.below(entries.len() + 1), entry(&key, value));
            }
        }
        10 | 11 => {
            let reference = map_node(vec![("$ref", text_node(&reference(root, numbers)))]);
            if let Some(node) = any(root, numbers) {
                *node = reference;
            }
        }
        12 => {
            // A name, and whatever refers to it.
            let names: Vec<String> = schemas(root).iter().map(|it| it.key.clone()).collect();
            if names.is_empty() {
                return;
            }
            let (old, new) = (numbers.of(&names).clone(), name(numbers));
            rename(root, &old, &new);
        }
        13 => {
            if let Some(Value::String(text)) = any(root, numbers).map(|it| &mut it.value) {
                *text = name(numbers);
            }
        }
        _ => {
            if let Some(node) = any(root, numbers) {
                node.value = Value::Number((*numbers.of(NUMBERS)).to_owned());
            }
        }
    }
}

fn drop_one(root: &mut Node, numbers: &mut Numbers) {
    let Some(node) = any_collection(root, numbers) else { return };
    match &mut node.value {
        Value::Map(entries) => drop(entries.remove(numbers.below(entries.len()))),
        Value::List(items) => drop(items.remove(numbers.below(items.len()))),
        _ => {}
    }
}

fn name(numbers: &mut Numbers) -> String {
    match numbers.below(12) {
        0 => numbers.of(TEXTS).repeat(1 + numbers.below(3000)),
        1 => format!("{}{}", numbers.of(TEXTS), numbers.of(TEXTS)),
        2..=4 => key(numbers),
        _ => (*numbers.of(TEXTS)).to_owned(),
    }
}

fn text(of: &[&str], numbers: &mut Numbers) -> String {
    (*numbers.of(of)).to_owned()
}

fn key(numbers: &mut Numbers) -> String {
    text(KEYS, numbers)
}

fn other_kind(node: Node, numbers: &mut Numbers) -> Node {
    let value = match numbers.below(9) {
        0 => Value::Null,
        1 => Value::Bool(numbers.one_in(2)),
        2 => Value::Number((*numbers.of(NUMBERS)).to_owned()),
        3 => Value::String(name(numbers)),
        4 => Value::List(Vec::new()),
        5 => Value::Map(Vec::new()),
        6 => Value::List(vec![node]),
        7 => match node.value {
            Value::Map(entries) => Value::List(entries.into_iter().map(|it| it.value).collect()),
            Value::List(items) => {
                let entry = |(idx, it): (usize, Node)| entry(&format!("k{idx}"), it);
                Value::Map(items.into_iter().enumerate().map(entry).collect())
            }
            _ => Value::Map(vec![entry(&key(numbers), node)]),
        },
        _ => Value::Map(vec![entry(&key(numbers), node)]),
    };
    Node { value, place: NOWHERE }
}

/// Renames a schema everywhere.
fn rename(node: &mut Node, old: &str, new: &str) {
    match &mut node.value {
        Value::String(text) => {
            if let Some(before) = text.strip_suffix(old).filter(|it| it.ends_with("/schemas/")) {
                *text = format!("{before}{}", new.replace('~', "~0").replace('/', "~1"));
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                if entry.key == old {
                    new.clone_into(&mut entry.key);
                }
                rename(&mut entry.value, old, new);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|it| rename(it, old, new)),
        _ => {}
    }
}

fn schemas(root: &Node) -> &[Entry] {
    root.get("components")
        .and_then(|it| it.get("schemas"))
        .and_then(Node::as_map)
        .unwrap_or_default()
}

/// A reference to something: most often to a schema.
fn reference(root: &Node, numbers: &mut Numbers) -> String {
    let schemas = schemas(root);
    if numbers.one_in(10) || schemas.is_empty() {
        let mut pointer = "#".to_owned();
        let mut node = root;
        for _ in 0..1 + numbers.below(9) {
            let next = match &node.value {
                Value::Map(entries) if !entries.is_empty() => {
                    let entry = numbers.of(entries);
                    pointer.push('/');
                    pointer.push_str(&entry.key.replace('~', "~0").replace('/', "~1"));
                    &entry.value
                }
                Value::List(items) if !items.is_empty() => {
                    let idx = numbers.below(items.len());
                    pointer.push_str(&format!("/{idx}"));
                    &items[idx]
                }
                _ => break,
            };
            node = next;
        }
        return pointer;
    }
    if numbers.one_in(20) {
        return (*numbers.of(TEXTS)).to_owned();
    }
    let name = &numbers.of(schemas).key;
    let inner = match numbers.below(30) {
        0 => "/properties",
        1 => "/allOf/0",
        2 => "/items",
        _ => "",
    };
    format!("#/components/schemas/{}{inner}", name.replace('~', "~0").replace('/', "~1"))
}

/// A keyword with a value that it can have, more or less.
fn keyword(reference: &str, numbers: &mut Numbers) -> (String, Node) {
    let number = |numbers: &mut Numbers| Node {
        value: Value::Number((*numbers.of(NUMBERS)).to_owned()),
        place: NOWHERE,
    };
    let flag = |value: bool| Node { value: Value::Bool(value), place: NOWHERE };
    let refer = || map_node(vec![("$ref", text_node(reference))]);
    let types: &[&str] = &["string", "integer", "number", "boolean", "array", "object", "null"];
    let typed = |numbers: &mut Numbers| map_node(vec![("type", text_node(&text(types, numbers)))]);
    let key = key(numbers);
    let key = &*key;
    let value = match key {
        "type" if numbers.one_in(3) => {
            list_node(vec![text_node(&text(types, numbers)), text_node(&text(types, numbers))])
        }
        "type" => text_node(&text(types, numbers)),
        "allOf"
        | "oneOf"
        | "anyOf"
        | "prefixItems"
        | "items"
        | "schema"
        | "additionalProperties"
        | "not" => {
            let mut schemas = Vec::new();
            for _ in 0..numbers.below(4) {
                schemas.push(match numbers.below(5) {
                    0 => typed(numbers),
                    1 => flag(true),
                    2 => map_node(vec![(
                        "properties",
                        map_node(vec![(*numbers.of(TEXTS), refer())]),
                    )]),
                    _ => refer(),
                });
            }
            match (key, schemas.pop()) {
                ("items" | "schema" | "additionalProperties" | "not", Some(it)) => it,
                (_, Some(it)) => {
                    schemas.push(it);
                    list_node(schemas)
                }
                (_, None) => list_node(Vec::new()),
            }
        }
        "properties" | "patternProperties" | "$defs" | "mapping" => {
            map_node(vec![(*numbers.of(TEXTS), refer()), (*numbers.of(TEXTS), typed(numbers))])
        }
        "required" if numbers.one_in(3) => flag(numbers.one_in(2)),
        "required" | "enum" | "examples" | "x-enum-varnames" | "tags" => {
            let mut items = Vec::new();
            for _ in 0..numbers.below(5) {
                items.push(if numbers.one_in(4) {
                    number(numbers)
                } else {
                    text_node(&name(numbers))
                });
            }
            list_node(items)
        }
        "discriminator" => map_node(vec![("propertyName", text_node(&text(TEXTS, numbers)))]),
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "explode" | "uniqueItems"
        | "x-sensitive" | "allowReserved" => flag(!numbers.one_in(4)),
        "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems"
        | "multipleOf" | "exclusiveMinimum" => number(numbers),
        "$ref" => text_node(reference),
        _ => match numbers.below(5) {
            0 => number(numbers),
            1 => refer(),
            2 => typed(numbers),
            _ => text_node(&name(numbers)),
        },
    };
    (key.to_owned(), value)
}

/// Many of something.
fn long(root: &mut Node, numbers: &mut Numbers) {
    let n = [50, 300, 3000][numbers.below(3)];
    match numbers.below(6) {
        // Schemas that lead from one to the next, in several ways.
        0 | 1 => {
            let way = numbers.below(12);
            let is_circle = numbers.one_in(2);
            let end = if is_circle { format!("{LINK}0") } else { reference(root, numbers) };
            // Each leads to the next, or to the next two: then there are more ways
            // than anybody can go.
            let refer = |idx: usize| match idx < n {
                true => format!("{LINK}{idx}"),
                false => end.clone(),
            };
            let schema = |idx: usize| {
                let one = json!({ "$ref": refer(idx + 1) });
                let two = json!([one, { "$ref": refer(idx + 2) }]);
                let own = format!("own{idx}");
                values(&match way {
                    0 => one,
                    1 => json!({ "allOf": [one] }),
                    2 => json!({ "oneOf": [one, { "type": "string" }] }),
                    3 => json!({ "type": "array", "items": one }),
                    4 => json!({ "properties": { "next": one }, "required": ["next"] }),
                    5 => json!({ "allOf": [one, { "properties": { own: {} } }] }),
                    6 => json!({ "type": "object", "additionalProperties": one }),
                    7 => json!({ "allOf": two }),
                    8 => json!({ "oneOf": two }),
                    9 => json!({ "anyOf": two, "nullable": true }),
                    10 => json!({ "type": "object", "properties": { "a": one, "b": two[1] } }),
                    _ => json!({ "allOf": [one, { "anyOf": two }], "properties": { "a": one } }),
                })
            };
            let links: Vec<Entry> =
                (0..n).map(|idx| entry(&format!("Link{idx}"), schema(idx))).collect();
            if member(root, "components").is_none()
                && let Value::Map(entries) = &mut root.value
            {
                entries.push(entry("components", map_node(Vec::new())));
            }
            let Some(components) = member(root, "components") else { return };
            if member(components, "schemas").is_none()
                && let Value::Map(entries) = &mut components.value
            {
                entries.push(entry("schemas", map_node(Vec::new())));
            }
            if let Some(Value::Map(entries)) = member(components, "schemas").map(|it| &mut it.value)
            {
                entries.extend(links);
            }
            for _ in 0..4 {
                if let Some(node) = any(root, numbers) {
                    *node = map_node(vec![("$ref", text_node(&refer(0)))]);
                }
            }
        }
        // One member, operation or schema so many times.
        _ => {
            let Some(node) = any_collection(root, numbers) else { return };
            let each = size(node);
            let n = (20_000 / each.max(1)).clamp(2, n);
            match &mut node.value {
                Value::Map(entries) => {
                    let model = numbers.of(entries).clone();
                    for idx in 0..n {
                        let key = format!("{}{idx}", model.key);
                        entries.push(Entry { key, ..model.clone() });
                    }
                }
                Value::List(items) => {
                    let model = numbers.of(items).clone();
                    for idx in 0..n {
                        items.push(match &model.value {
                            Value::String(text) => text_node(&format!("{text}{idx}")),
                            _ => model.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }
}

/// Text that is nested deeply, or repeats itself by aliases.
fn deep(is_json: bool, numbers: &mut Numbers) -> String {
    let depth = [60, 130, 1000, 10_000][numbers.below(4)];
    let (open, close) = match numbers.below(4) {
        0 => ("[", "]"),
        1 => ("{\"a\": ", "}"),
        2 => ("{\"type\": \"array\", \"items\": ", "}"),
        _ => ("{\"allOf\": [", "]}"),
    };
    if is_json || numbers.one_in(2) {
        let inner = if numbers.one_in(5) { "" } else { "{\"type\": \"string\"}" };
        return format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
    }
    if numbers.one_in(3) {
        return "&a {type: object, properties: {again: *a}}".to_owned();
    }
    // Nine to the power of nine, if anybody counted them out.
    let mut text = "[&a0 [x, x, x, x, x, x, x, x, x]".to_owned();
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        text.push_str(&format!(", &a{level} [{}]", vec![alias; 9].join(", ")));
    }
    text.push(']');
    text
}

/// One change of the text.
fn broken(mut text: String, numbers: &mut Numbers) -> String {
    if text.is_empty() {
        return text;
    }
    let at = floor(&text, numbers.below(text.len()));
    match numbers.below(4) {
        0 => text.truncate(at),
        1 => text.insert_str(at, &self::text(TEXTS, numbers)),
        2 => {
            let end = floor(&text, (at + 1 + numbers.below(200)).min(text.len()));
            text.replace_range(at..end.max(at), "");
        }
        _ => {
            let mut bytes = text.into_bytes();
            for _ in 0..1 + numbers.below(8) {
                let at = numbers.below(bytes.len());
                bytes[at] ^= 1 << numbers.below(8);
            }
            text = String::from_utf8_lossy(&bytes).into_owned();
        }
    }
    text
}

/// The nearest offset, at or before this one, at which a character begins.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
