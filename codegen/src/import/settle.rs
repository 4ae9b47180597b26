//! Last: what can only be told once all components are written.
//!
//! Types that would be infinite get an end, `null` gets a type beside it, and
//! what nothing refers to is left out.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    import::build,
    model::composition::{self, Edges, Excess},
    parse::{
        Component,
        node::{Entry, Node, Value},
    },
};

/// The components of a document, by name.
pub(super) type Components = IndexMap<String, Component>;

/// Finishes the components and the paths that use them.
pub(super) fn settle(
    components: &mut Components,
    paths: &mut [Entry],
    root: &mut Node,
    warnings: &mut Diagnostics,
) {
    circles(components, warnings);
    files(components, paths, root, warnings);
    parameters(components, paths, warnings);
    endless(components, warnings);
    types_of_null(components, paths, root);
    unused(components, paths, root);
}

/// The component that a reference names.
fn target(node: &Node) -> Option<&str> {
    let text = node.get("$ref")?.as_str()?;
    text.split_once("#/components/schemas/").map(|(_, name)| name)
}

/// The components that values of a schema are, too.
fn values<'n>(node: &'n Node, found: &mut Vec<&'n str>) {
    if let Some(name) = target(node) {
        found.push(name);
        return;
    }
    for key in ["allOf", "oneOf"] {
        let parts = node.get(key).and_then(Node::as_list).unwrap_or_default();
        parts.iter().for_each(|it| values(it, found));
    }
}

/// The components that stand in the type of a schema, because they have none of
/// their own.
fn parts<'n>(node: &'n Node, found: &mut Vec<&'n str>) {
    if let Some(name) = target(node) {
        found.push(name);
        return;
    }
    let inner = match node.get("allOf").and_then(Node::as_list) {
        Some([only]) => Some(only),
        Some(_) => None,
        None if node.get("properties").is_none() => {
            node.get("items").or_else(|| node.get("additionalProperties"))
        }
        None => node.get("items"),
    };
    inner.into_iter().for_each(|it| parts(it, found));
}

/// Components that are nothing but references to themselves become JSON, and so
/// do those whose references go on for too long.
fn circles(components: &mut Components, warnings: &mut Diagnostics) {
    for targets in [values, parts] {
        let edge = |(name, it): (&'_ String, &'_ Component)| {
            let mut found = Vec::new();
            targets(&it.node, &mut found);
            let found: Vec<String> = found.into_iter().map(str::to_owned).collect();
            (name.clone(), found)
        };
        let edges: Vec<(String, Vec<String>)> = components.iter().map(edge).collect();
        let edges: Edges<'_> = edges
            .iter()
            .map(|(name, found)| (name.as_str(), found.iter().map(String::as_str).collect()))
            .collect();
        for (name, excess) in composition::excesses(&edges) {
            let Some(component) = components.get_mut(name) else { continue };
            let why = match excess {
                Excess::Circle => "it is defined as itself",
                Excess::Parts => "it is composed of too many schemas",
            };
            warnings.kept_as_json(component.name_place, why);
            component.node = build::map(component.node.place, Vec::new());
        }
    }
}

/// Only a part of a multipart body is a file; elsewhere bytes are text.
fn files(
    components: &mut Components,
    paths: &mut [Entry],
    root: &Node,
    warnings: &mut Diagnostics,
) {
    let mut parts: BTreeSet<String> = BTreeSet::new();
    let mut elsewhere: Vec<String> = Vec::new();
    for path in paths.iter_mut() {
        let Value::Map(methods) = &mut path.value.value else { continue };
        for method in methods {
            bodies(&mut method.value, &mut parts, &mut elsewhere, warnings);
        }
    }
    let mut names: Vec<&str> = Vec::new();
    references(root, &mut names);
    elsewhere.extend(names.into_iter().map(str::to_owned));
    // What a part holds is no part.
    for name in &parts {
        let mut names: Vec<&str> = Vec::new();
        if let Some(component) = components.get(name) {
            references(&component.node, &mut names);
        }
        elsewhere.extend(names.into_iter().map(str::to_owned));
    }
    let mut reached: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = elsewhere.pop() {
        if !reached.insert(name.clone()) {
            continue;
        }
        let mut names: Vec<&str> = Vec::new();
        if let Some(component) = components.get(&name) {
            references(&component.node, &mut names);
        }
        elsewhere.extend(names.into_iter().map(str::to_owned));
    }
    for (name, component) in components {
        if !parts.contains(name) || reached.contains(name) {
            no_file(&mut component.node, warnings);
        }
    }
}

/// Collects what the bodies of an operation refer to, by what they are.
fn bodies(
    operation: &mut Node,
    parts: &mut BTreeSet<String>,
    elsewhere: &mut Vec<String>,
    warnings: &mut Diagnostics,
) {
    let Value::Map(entries) = &mut operation.value else { return };
    for entry in entries {
        if entry.key == "responses"
            && let Value::Map(responses) = &mut entry.value.value
        {
            for response in responses {
                let content = member(&mut response.value, "content");
                let Some(Node { value: Value::Map(content), .. }) = content else { continue };
                let json = content.iter_mut().filter(|it| super::operation::is_json(&it.key));
                json.for_each(|it| no_file(&mut it.value, warnings));
            }
        }
        let content = match entry.key.as_str() {
            "requestBody" => member(&mut entry.value, "content"),
            _ => None,
        };
        let Some(Node { value: Value::Map(content), .. }) = content else {
            let mut names: Vec<&str> = Vec::new();
            references(&entry.value, &mut names);
            elsewhere.extend(names.into_iter().map(str::to_owned));
            continue;
        };
        for media in content {
            let is_parts = media.key.starts_with("multipart/");
            let mut names: Vec<&str> = Vec::new();
            references(&media.value, &mut names);
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            match is_parts {
                true => parts.extend(names),
                false => elsewhere.extend(names),
            }
            if super::operation::is_json(&media.key) {
                no_file(&mut media.value, warnings);
            }
        }
    }
}

fn no_file(node: &mut Node, warnings: &mut Diagnostics) {
    match &mut node.value {
        Value::Map(entries) => {
            let is_text =
                entries.iter().any(|it| it.key == "type" && it.value.as_str() == Some("string"));
            entries.retain(|it| {
                let is_file = is_text && it.key == "format" && it.value.as_str() == Some("binary");
                if is_file {
                    warnings.assumed(
                        it.value.place,
                        "a file that is not a part of a body",
                        "it is text",
                    );
                }
                !is_file
            });
            entries.iter_mut().for_each(|it| no_file(&mut it.value, warnings));
        }
        Value::List(items) => items.iter_mut().for_each(|it| no_file(it, warnings)),
        _ => {}
    }
}

/// A parameter is text, a number, or a list or mapping of these.
fn parameters(components: &Components, paths: &mut [Entry], warnings: &mut Diagnostics) {
    for path in paths {
        let Value::Map(methods) = &mut path.value.value else { continue };
        for method in methods {
            let Some(parameters) = member(&mut method.value, "parameters") else { continue };
            let Value::List(items) = &mut parameters.value else { continue };
            for item in items {
                let place = item.place;
                let is_deep = item.get("style").and_then(Node::as_str) == Some("deepObject");
                if let Some(schema) = member(item, "schema")
                    && !fits(schema, components, is_deep, 0)
                {
                    warnings.assumed(
                        place,
                        "a parameter of a kind that has no text",
                        "it is a string, which the caller writes",
                    );
                    let ty =
                        build::entry("type", schema.place, build::text(schema.place, "string"));
                    *schema = build::map(schema.place, vec![ty]);
                }
                if item.get("schema").is_some_and(|it| is_scalar(it, components, 0)) {
                    plain_style(item);
                }
            }
        }
    }
}

fn member<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    entries.iter_mut().find(|it| it.key == key).map(|it| &mut it.value)
}

/// Styles that only lists and objects have.
fn plain_style(parameter: &mut Node) {
    if let Value::Map(entries) = &mut parameter.value {
        entries.retain(|it| {
            let style = it.value.as_str().unwrap_or_default();
            it.key != "style" || !matches!(style, "deepObject" | "spaceDelimited" | "pipeDelimited")
        });
    }
}

fn is_scalar(node: &Node, components: &Components, depth: usize) -> bool {
    if let (Some(name), true) = (target(node), depth < 16) {
        return components.get(name).is_some_and(|it| is_scalar(&it.node, components, depth + 1));
    }
    matches!(
        node.get("type").and_then(Node::as_str),
        Some("string" | "integer" | "number" | "boolean")
    )
}

/// Whether a value of this schema can be written into a request's head.
fn fits(node: &Node, components: &Components, is_deep: bool, depth: usize) -> bool {
    if depth > 16 {
        return false;
    }
    if let Some(name) = target(node) {
        return components
            .get(name)
            .is_some_and(|it| fits(&it.node, components, is_deep, depth + 1));
    }
    if let Some([only]) = node.get("allOf").and_then(Node::as_list) {
        return fits(only, components, is_deep, depth + 1);
    }
    if node.get("allOf").is_some() {
        return is_deep || is_flat(node, components, depth);
    }
    match node.get("type").and_then(Node::as_str) {
        Some("string" | "integer" | "number" | "boolean") => true,
        Some("array") => node.get("items").is_some_and(|it| fits_as_item(it, components)),
        Some("object") => is_deep || is_flat(node, components, depth),
        // A number or a text.
        None => node.get("oneOf").and_then(Node::as_list).is_some_and(|it| {
            it.iter().all(|it| {
                matches!(
                    it.get("type").and_then(Node::as_str),
                    Some("string" | "integer" | "number")
                )
            })
        }),
        Some(_) => false,
    }
}

/// Whether an object holds neither lists nor objects.
fn is_flat(node: &Node, components: &Components, depth: usize) -> bool {
    if depth > 16 {
        return false;
    }
    if let Some(name) = target(node) {
        return components.get(name).is_some_and(|it| is_flat(&it.node, components, depth + 1));
    }
    let is_value = |it: &Node| !is_nested(it, components, depth + 1);
    let parts = node.get("allOf").and_then(Node::as_list).unwrap_or_default();
    let members = node.get("properties").and_then(Node::as_map).unwrap_or_default();
    let further = node.get("additionalProperties").filter(|it| it.as_map().is_some());
    parts.iter().all(|it| is_flat(it, components, depth + 1))
        && members.iter().all(|it| is_value(&it.value))
        && further.is_none_or(is_value)
}

/// Whether a value is a list or an object, or may be too deep to tell.
fn is_nested(node: &Node, components: &Components, depth: usize) -> bool {
    if depth > 16 {
        return true;
    }
    if let Some(name) = target(node) {
        let target = components.get(name);
        return target.is_none_or(|it| is_nested(&it.node, components, depth + 1));
    }
    match node.get("allOf").and_then(Node::as_list) {
        Some([only]) => is_nested(only, components, depth + 1),
        Some(_) => true,
        None => {
            matches!(node.get("type").and_then(Node::as_str), Some("array" | "object"))
                && node.get("oneOf").is_none()
        }
    }
}

fn fits_as_item(node: &Node, components: &Components) -> bool {
    let resolved = match target(node) {
        Some(name) => components.get(name).map(|it| &it.node),
        None => Some(node),
    };
    let ty = resolved.and_then(|it| it.get("type")).and_then(Node::as_str);
    matches!(ty, Some("string" | "integer" | "number" | "boolean"))
}

/// Members that lead back and must be there need not be there.
fn endless(components: &mut Components, warnings: &mut Diagnostics) {
    // Who may end once another does.
    let mut users: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, component) in components.values().enumerate() {
        let mut names: Vec<&str> = Vec::new();
        references(&component.node, &mut names);
        names.sort_unstable();
        names.dedup();
        for name in names {
            users.entry(name.to_owned()).or_default().push(idx);
        }
    }
    let mut ending: BTreeSet<String> = BTreeSet::new();
    let mut rest: Vec<usize> = (0..components.len()).rev().collect();
    let mut first_open = 0;
    loop {
        while let Some(idx) = rest.pop() {
            let Some((name, component)) = components.get_index(idx) else { continue };
            if !ending.contains(name) && ends(&component.node, &ending, components) {
                ending.insert(name.clone());
                rest.extend(users.get(name).into_iter().flatten());
            }
        }
        // All before it end, and go on doing so.
        let is_open = |idx: &usize| {
            components.get_index(*idx).is_some_and(|(name, _)| !ending.contains(name))
        };
        let Some(idx) = (first_open..components.len()).find(is_open) else { return };
        first_open = idx;
        let Some((_, component)) = components.get_index_mut(idx) else { return };
        if relax(&mut component.node, &ending) {
            warnings.assumed(
                component.name_place,
                "a value of this never ends",
                "the member that leads back can be left out",
            );
        } else {
            // Nothing to relax here: what it is composed of will be.
            component.node = build::map(component.node.place, Vec::new());
            warnings.kept_as_json(component.name_place, "a value of it never ends");
        }
        rest.push(idx);
    }
}

/// Whether a value of the schema can have an end.
fn ends(node: &Node, ending: &BTreeSet<String>, components: &Components) -> bool {
    if let Some(name) = target(node) {
        return ending.contains(name) || !components.contains_key(name);
    }
    let list = |key: &str| node.get(key).and_then(Node::as_list);
    if let Some(parts) = list("oneOf") {
        return parts.iter().any(|it| ends(it, ending, components));
    }
    if !list("allOf").unwrap_or_default().iter().all(|it| ends(it, ending, components)) {
        return false;
    }
    let required = list("required").unwrap_or_default();
    let required: BTreeSet<&str> = required.iter().filter_map(Node::as_str).collect();
    let properties = node.get("properties").and_then(Node::as_map).unwrap_or_default();
    properties
        .iter()
        .filter(|it| required.contains(it.key.as_str()))
        .all(|it| is_nullable(&it.value) || ends(&it.value, ending, components))
}

fn is_nullable(node: &Node) -> bool {
    is_true(node, "nullable")
}

/// Makes the members optional that lead to what never ends.
fn relax(node: &mut Node, ending: &BTreeSet<String>) -> bool {
    let properties = node.get("properties").and_then(Node::as_map).unwrap_or_default();
    let endless: BTreeSet<String> = properties
        .iter()
        .filter(|it| {
            let mut names: Vec<&str> = Vec::new();
            references(&it.value, &mut names);
            names.iter().any(|it| !ending.contains(*it))
        })
        .map(|it| it.key.clone())
        .collect();
    let mut relaxed = false;
    if let Some(required) = member(node, "required")
        && let Value::List(items) = &mut required.value
    {
        let before = items.len();
        items.retain(|it| it.as_str().is_none_or(|it| !endless.contains(it)));
        relaxed = items.len() < before;
        if items.is_empty()
            && let Value::Map(entries) = &mut node.value
        {
            entries.retain(|it| it.key != "required");
        }
    }
    if let Some(parts) = member(node, "allOf")
        && let Value::List(items) = &mut parts.value
    {
        for item in items {
            relaxed |= relax(item, ending);
        }
    }
    relaxed
}

fn references<'n>(node: &'n Node, names: &mut Vec<&'n str>) {
    names.extend(target(node));
    for entry in node.as_map().unwrap_or_default() {
        references(&entry.value, names);
    }
    for item in node.as_list().unwrap_or_default() {
        references(item, names);
    }
}

/// OpenAPI 3.0 wants a type beside `nullable`.
fn types_of_null(components: &mut Components, paths: &mut [Entry], root: &mut Node) {
    let types: BTreeMap<String, Values> = components
        .iter()
        .map(|(name, it)| {
            let values = match json_type(&it.node, components, 0) {
                Some(ty) => Values::Of(ty),
                None if is_anything(&it.node, components, 0) => Values::Any,
                None => Values::Mixed,
            };
            (name.clone(), values)
        })
        .collect();
    for component in components.values_mut() {
        beside_null(&mut component.node, &types);
    }
    for path in paths {
        beside_null(&mut path.value, &types);
    }
    beside_null(root, &types);
}

/// What the values of a component are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Values {
    Of(&'static str),
    /// Of several types.
    Mixed,
    Any,
}

fn beside_null(node: &mut Node, types: &BTreeMap<String, Values>) {
    if is_nullable(node) && node.get("type").is_none() {
        let shape = ["allOf", "oneOf"].iter().find_map(|it| node.get(it)).and_then(Node::as_list);
        let parts = shape.unwrap_or_default();
        let is_scalars = node.get("oneOf").is_some()
            && parts.iter().all(|it| {
                matches!(
                    it.get("type").and_then(Node::as_str),
                    Some("string" | "integer" | "number")
                )
            });
        let found: Vec<Values> = parts
            .iter()
            .map(|it| match target(it) {
                Some(name) => types.get(name).copied().unwrap_or(Values::Any),
                None => match it.get("type").and_then(Node::as_str).and_then(known) {
                    Some(ty) => Values::Of(ty),
                    None => Values::Any,
                },
            })
            .collect();
        let ty = match found.as_slice() {
            [] => None,
            [first, rest @ ..] => {
                let same = rest.iter().all(|it| it == first);
                match first {
                    Values::Of(ty) if same => Some(*ty),
                    _ => Some("object"),
                }
            }
        };
        let any = node.get("allOf").is_some() && found.first() == Some(&Values::Any);
        if let Value::Map(entries) = &mut node.value {
            match ty {
                // Anything can be `null`.
                _ if any && entries.len() > 1 => {
                    entries.retain(|it| it.key != "nullable");
                }
                Some(ty) if !is_scalars => {
                    let place = node.place;
                    entries.insert(0, build::entry("type", place, build::text(place, ty)));
                }
                _ => entries.retain(|it| it.key != "nullable"),
            }
        }
    }
    match &mut node.value {
        Value::Map(entries) => entries.iter_mut().for_each(|it| beside_null(&mut it.value, types)),
        Value::List(items) => items.iter_mut().for_each(|it| beside_null(it, types)),
        _ => {}
    }
}

fn known(name: &str) -> Option<&'static str> {
    ["string", "integer", "number", "boolean", "array", "object"].into_iter().find(|it| *it == name)
}

/// Whether a schema says nothing about its values.
fn is_anything(node: &Node, components: &Components, depth: usize) -> bool {
    if let Some(name) = target(node) {
        let target = components.get(name).filter(|_| depth < 64);
        return target.is_none_or(|it| is_anything(&it.node, components, depth + 1));
    }
    if let Some([only]) = node.get("allOf").and_then(Node::as_list) {
        return is_anything(only, components, depth + 1);
    }
    ["type", "allOf", "oneOf"].iter().all(|it| node.get(it).is_none())
}

/// As the model sees it.
fn json_type(node: &Node, components: &Components, depth: usize) -> Option<&'static str> {
    if depth > 64 {
        return None;
    }
    if let Some(name) = target(node) {
        return json_type(&components.get(name)?.node, components, depth + 1);
    }
    if let Some(parts) = node.get("allOf").and_then(Node::as_list) {
        return json_type(parts.first()?, components, depth + 1);
    }
    if let Some(parts) = node.get("oneOf").and_then(Node::as_list) {
        let first = json_type(parts.first()?, components, depth + 1)?;
        let same = parts.iter().all(|it| json_type(it, components, depth + 1) == Some(first));
        return same.then_some(first);
    }
    known(node.get("type")?.as_str()?)
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Sent,
    Received,
}

/// What nothing refers to any more, and members that never travel.
fn unused(components: &mut Components, paths: &[Entry], root: &Node) {
    let mut reached: BTreeSet<(String, Way)> = BTreeSet::new();
    let mut rest: Vec<(String, Way)> = Vec::new();
    for path in paths {
        for method in path.value.as_map().unwrap_or_default() {
            for part in method.value.as_map().unwrap_or_default() {
                let way = if part.key == "responses" { Way::Received } else { Way::Sent };
                travelling(&part.value, way, &mut rest);
            }
        }
    }
    travelling(root, Way::Received, &mut rest);
    while let Some((name, way)) = rest.pop() {
        if !reached.contains(&(name.clone(), way))
            && let Some(component) = components.get(&name)
        {
            travelling(&component.node, way, &mut rest);
            reached.insert((name, way));
        }
    }
    components.retain(|name, component| {
        let has = |way| reached.contains(&(name.clone(), way));
        let (sent, received) = (has(Way::Sent), has(Way::Received));
        if sent != received {
            stay(&mut component.node, if sent { "readOnly" } else { "writeOnly" });
        }
        sent || received
    });
}

/// The components that travel with a value.
fn travelling(node: &Node, way: Way, found: &mut Vec<(String, Way)>) {
    found.extend(target(node).map(|it| (it.to_owned(), way)));
    let stays = match way {
        Way::Sent => "readOnly",
        Way::Received => "writeOnly",
    };
    for entry in node.as_map().unwrap_or_default() {
        if !is_true(&entry.value, stays) {
            travelling(&entry.value, way, found);
        }
    }
    for item in node.as_list().unwrap_or_default() {
        travelling(item, way, found);
    }
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|it| matches!(it.value, Value::Bool(true)))
}

/// Removes the members that never travel.
fn stay(node: &mut Node, key: &str) {
    let mut removed: BTreeSet<String> = BTreeSet::new();
    if let Some(Node { value: Value::Map(entries), .. }) = member(node, "properties") {
        entries.retain(|it| {
            let stays = is_true(&it.value, key);
            if stays {
                removed.insert(it.key.clone());
            }
            !stays
        });
    }
    if !removed.is_empty()
        && let Some(Node { value: Value::List(items), .. }) = member(node, "required")
    {
        items.retain(|it| it.as_str().is_none_or(|it| !removed.contains(it)));
    }
    if let Value::Map(entries) = &mut node.value {
        entries.retain(|it| {
            let is_empty = match &it.value.value {
                Value::List(items) => items.is_empty(),
                Value::Map(entries) => entries.is_empty(),
                _ => false,
            };
            !is_empty || !matches!(it.key.as_str(), "required" | "properties")
        });
    }
    if let Some(Node { value: Value::List(parts), .. }) = member(node, "allOf") {
        parts.iter_mut().for_each(|it| stay(it, key));
    }
}
