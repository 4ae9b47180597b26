//! Schemas as other people write them, rewritten as our specs write them.
//!
//! A schema is first made flat: what its parts say about a value is gathered,
//! references to objects stay references. What is flat is then written out: as
//! an object, a list, a scalar, a union, or, where nothing of that says it all,
//! as JSON of any kind, which loses nothing.

pub(super) mod class;
mod flat;
pub(super) mod heirs;
mod scalar;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics,
    import::{
        DeadReference, Importer, Inline,
        build::{self, Map},
        infer, naming,
        schema::{
            class::Class,
            flat::{Flat, Group, Spec},
        },
        tree::{self, Dead, Target},
    },
    model::schema as dialect,
    names,
    parse::{
        self,
        node::{Node, Place, Value},
    },
};

/// Where a schema is used, for names and for what they tell.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// What a type of its own would be called.
    pub(super) hint: String,
    /// The member or parameter that it is the schema of.
    pub(super) member: String,
}

impl Use {
    pub(super) fn new(hint: impl Into<String>, member: &str) -> Self {
        Self { hint: hint.into(), member: member.to_owned() }
    }

    fn inside(&self, part: &str) -> Self {
        Self { hint: format!("{}{part}", self.hint), member: self.member.clone() }
    }
}

/// A schema and the name it has if it is a component.
#[derive(Clone, Debug)]
pub(in crate::import) struct Part<'t> {
    node: &'t Node,
    name: Option<String>,
    /// What the document calls it.
    written: Option<String>,
    /// Where it is named.
    place: Place,
}

impl<'t> Importer<'t> {
    /// Writes out a schema where it is used.
    pub(super) fn schema(&mut self, node: &'t Node, at: &Use) -> Node {
        self.spec(&Spec::All(vec![node]), at)
    }

    /// Writes out the components that have been referred to, and those that these
    /// refer to.
    pub(super) fn drain(&mut self) {
        while let Some((name, node)) = self.queue.pop_front() {
            let flat = self.flat(&[node]);
            let at = Use::new(name.clone(), "");
            let body = described(self.emit(flat, &at), &name);
            self.components.push((node.place, name, body));
        }
    }

    fn spec(&mut self, spec: &Spec<'t>, at: &Use) -> Node {
        match spec {
            Spec::All(nodes) => {
                if let [node] = nodes.as_slice()
                    && let Some(reference) = self.annotated_reference(node)
                {
                    return reference;
                }
                let key = (false, nodes.iter().map(|it| it.place).collect::<Vec<Place>>());
                if let Some(known) = self.inlined(nodes[0].place, &key) {
                    return known;
                }
                let flat = self.flat(nodes);
                self.hoisted(flat, key, at)
            }
            Spec::Any(nodes) => {
                let key = (true, nodes.iter().map(|it| it.place).collect::<Vec<Place>>());
                if let Some(known) = self.inlined(nodes[0].place, &key) {
                    return known;
                }
                let mut flat = Flat::new(nodes[0].place);
                flat.group(Group {
                    place: nodes[0].place,
                    items: nodes.clone(),
                    discriminator: None,
                    is_exclusive: false,
                });
                self.reduce(&mut flat);
                self.hoisted(flat, key, at)
            }
        }
    }

    /// What was written out before, used once more.
    fn inlined(&self, place: Place, key: &(bool, Vec<Place>)) -> Option<Node> {
        let Inline { name, nullable } = self.inline.get(key)?;
        let reference = self.reference(place, name);
        Some(if *nullable { nullable_reference(place, reference) } else { reference })
    }

    /// A type that has no name of its own gets one and becomes a component.
    fn hoisted(&mut self, flat: Flat<'t>, key: (bool, Vec<Place>), at: &Use) -> Node {
        if !self.is_type(&flat) {
            return self.emit(flat, at);
        }
        let place = flat.place;
        let name = self.naming.ty(&at.hint);
        // Before its members: one of them may lead back here.
        let nullable = flat.nullable;
        self.inline.insert(key, Inline { name: name.clone(), nullable });
        let mut flat = flat;
        flat.nullable = false;
        let at = Use::new(name.clone(), &at.member);
        let body = described(self.emit(flat, &at), &name);
        self.components.push((place, name.clone(), body));
        let reference = self.reference(place, &name);
        if nullable { nullable_reference(place, reference) } else { reference }
    }

    /// Whether a flat schema becomes a type that needs a name.
    fn is_type(&mut self, flat: &Flat<'t>) -> bool {
        if !flat.groups.is_empty() {
            return true;
        }
        match flat.refs.as_slice() {
            [] => match self.kinds(flat).as_slice() {
                [Class::Object] => !flat.properties.is_empty() || !flat.required.is_empty(),
                [Class::String] => flat.values.as_ref().is_some_and(|it| !it.is_empty()),
                _ => false,
            },
            [_] => flat.has_object(),
            _ => true,
        }
    }

    /// `{$ref: …}` to a component, written at `place`.
    pub(super) fn reference(&self, place: Place, name: &str) -> Node {
        let from = self.tree.path_of(place);
        let text = tree::reference(from, self.root_path(), "schemas", name);
        let mut map = Map::new(place);
        map.text("$ref", text);
        map.node()
    }

    /// The name of what a reference leads to, which will be a component.
    pub(super) fn named(&mut self, target: &Target<'t>) -> String {
        if let Some(name) = self.named.get(&target.node.place) {
            return name.clone();
        }
        let wanted = wanted_name(target);
        let name = self.naming.ty(&wanted);
        if name != wanted && self.is_component(target) {
            self.warnings.renamed(target.node.place, &wanted, &name);
        }
        self.named.insert(target.node.place, name.clone());
        self.queue.push_back((name.clone(), target.node));
        name
    }

    fn is_component(&self, target: &Target<'t>) -> bool {
        matches!(target.segments.as_slice(), [first, second, _] if first == "components" && second == "schemas")
    }

    /// What a `$ref` leads to; complains if that is nothing.
    pub(super) fn follow(&mut self, reference: &'t Node, kind: &'static str) -> Option<Target<'t>> {
        let tree = self.tree;
        let target = match kind {
            "schema" => tree.follow(reference),
            _ => tree.follow_to_end(reference),
        };
        match target {
            Ok(target) => {
                if let Some(found) = other_kind(&target, kind) {
                    if is_misplaced(target.node, kind) {
                        self.written_out.insert(target.node.place);
                        return Some(target);
                    }
                    let wanted = format!("a reference to {}", diagnostics::article(kind));
                    let found = diagnostics::article(found);
                    self.diags.wrong_kind(reference.place, "`$ref`", &wanted, &found);
                    return None;
                }
                Some(target)
            }
            Err(lost) => {
                let dead = self.dead.entry(tree.named_by(lost.reference));
                let dead = dead.or_insert_with(|| DeadReference::new(kind, lost.why));
                dead.nodes.push(lost.reference);
                dead.users.insert(reference.place);
                None
            }
        }
    }

    /// Complains about the references that lead nowhere, once for all of a name.
    ///
    /// Returns where they are needed, by the places of the complaints.
    pub(super) fn dead_references(&mut self) -> BTreeMap<Place, BTreeSet<Place>> {
        let mut users: BTreeMap<Place, BTreeSet<Place>> = BTreeMap::new();
        for mut dead in std::mem::take(&mut self.dead).into_values() {
            dead.nodes.sort_by_key(|it| it.place);
            dead.nodes.dedup_by_key(|it| it.place);
            let [first, ..] = dead.nodes.as_slice() else { continue };
            self.dead_reference(first, &dead);
            users.insert(first.place, dead.users);
        }
        users
    }

    fn dead_reference(&mut self, reference: &Node, dead: &DeadReference<'t>) {
        let written = reference.as_str().unwrap_or_default();
        // A section that is misspelt has been told.
        let section = written.strip_prefix("#/components/").and_then(|it| it.split('/').next());
        if section.is_some_and(|it| self.misspelt_sections.contains(it)) {
            return;
        }
        let DeadReference { nodes, kind, why, .. } = dead;
        match why {
            Dead::Missing | Dead::File if self.is_in_another_form(reference, kind) => {
                let name = written.rsplit(['/', '#']).next();
                self.diags.malformed_reference(reference.place, kind, section_of(kind), name);
            }
            Dead::Missing => {
                let (path, pointer) = written.split_once('#').unwrap_or((written, ""));
                let (parent, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
                let known = self.neighbours(path, parent, reference);
                let known: Vec<(&str, Place)> =
                    known.iter().map(|(name, at)| (name.as_str(), *at)).collect();
                self.diags.unknown_reference(reference.place, kind, name, &known, nodes.len());
            }
            _ => why.tell(reference, &mut self.diags),
        }
    }

    /// Whether a component is called what a reference ends in, which is written as
    /// no reference is.
    fn is_in_another_form(&self, reference: &Node, kind: &str) -> bool {
        let written = reference.as_str().unwrap_or_default();
        let (file, pointer) = written.split_once('#').unwrap_or(("", written));
        let (parent, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        let pointer = format!("/components/{}", section_of(kind));
        file.is_empty()
            && parent != pointer
            && (written.contains('#') || parent.is_empty())
            && self
                .tree
                .lookup(self.tree.path_of(reference.place), &pointer)
                .is_some_and(|it| self.tree.child(it, name).is_some())
    }

    /// What stands beside the place that a reference leads to.
    pub(super) fn neighbours(
        &self,
        path: &str,
        parent: &str,
        reference: &Node,
    ) -> Vec<(String, Place)> {
        let from = self.tree.path_of(reference.place);
        let path =
            if path.is_empty() { Some(from.to_owned()) } else { parse::relative(from, path) };
        let Some(path) = path else { return Vec::new() };
        let found = self.tree.lookup(&path, parent).and_then(Node::as_map);
        let entries = found.unwrap_or_default().iter();
        entries.map(|it| (it.key.clone(), it.key_place)).collect()
    }

    /// A reference with nothing but annotations beside it.
    fn annotated_reference(&mut self, node: &'t Node) -> Option<Node> {
        let entries = node.as_map()?;
        let mut found: Option<&'t Node> = None;
        let mut or_null = false;
        for entry in entries {
            match entry.key.as_str() {
                "$ref" => found = Some(&entry.value),
                "allOf" | "oneOf" | "anyOf" if found.is_none() => {
                    let is_null = |it: &&Node| class::is_null(it);
                    let items = entry.value.as_list()?;
                    or_null = entry.key != "allOf" && items.iter().any(|it| is_null(&it));
                    let mut others = items.iter().filter(|it| entry.key == "allOf" || !is_null(it));
                    let (Some(only), None) = (others.next(), others.next()) else { return None };
                    if only.as_map()?.len() != 1 {
                        return None;
                    }
                    found = Some(only.get("$ref")?);
                }
                // The type of what is referred to stands beside it at times.
                "type"
                    if entry.value.as_str().is_some()
                        && entry.value.as_str().is_none_or(|it| it != "null") => {}
                key if is_annotation(key) => {}
                _ => return None,
            }
        }
        let target = self.follow(found?, "schema")?;
        // A reference that is one value more than its target.
        if target.node.as_map().is_none() {
            return Some(self.anything(node.place));
        }
        let name = self.named(&target);
        let mut map = Map::new(node.place);
        let nullable = or_null || is_true(node, "nullable");
        let description = description(node);
        let deprecated = is_true(node, "deprecated");
        let default = node.get("default");
        let reference = self.reference(found?.place, &name);
        if !nullable && description.is_none() && !deprecated && default.is_none() {
            return Some(reference);
        }
        if nullable {
            map.flag("nullable", true);
        }
        map.add("allOf", build::list(node.place, vec![reference]));
        if let Some(description) = description {
            map.text("description", description);
        }
        if deprecated {
            map.flag("deprecated", true);
        }
        if let Some(default) = default.and_then(default_text) {
            map.add("default", default);
        }
        Some(map.node())
    }

    /// A default that is none of the values is not told to anybody.
    fn checked(&mut self, node: Node) -> Node {
        let Some((found, why)) = dialect::value_problem(&node, "default") else { return node };
        let shown = parse::scalar_text(found).unwrap_or_default();
        self.warnings.value_contradicts(found.place, "default", &shown, &why);
        without(node, &["default"])
    }

    /// Limits that leave no value are not checked.
    fn ranged(&mut self, node: Node) -> Node {
        let mut wrong: Vec<String> = Vec::new();
        for (low, high) in dialect::empty_ranges(&node) {
            let second = high.value.place;
            self.warnings.empty_range(low.value.place, &low.key, &high.key, second);
            wrong.extend([low.key.clone(), high.key.clone()]);
            if low.key == "minimum" {
                wrong.extend(["exclusiveMinimum".to_owned(), "exclusiveMaximum".to_owned()]);
            }
        }
        let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
        if wrong.is_empty() { node } else { without(node, &wrong) }
    }

    /// JSON of any kind.
    pub(super) fn anything(&self, place: Place) -> Node {
        build::map(place, Vec::new())
    }

    /// JSON of any kind, because nothing else says it all.
    fn kept_as_json(&mut self, flat: &Flat<'t>, why: &str) -> Node {
        self.warnings.kept_as_json(flat.kind_place, why);
        let mut map = Map::new(flat.place);
        self.annotations(flat, &mut map);
        map.node()
    }

    /// Writes out what is flat.
    fn emit(&mut self, flat: Flat<'t>, at: &Use) -> Node {
        let node = self.emitted(flat, at);
        self.checked(node)
    }

    fn emitted(&mut self, flat: Flat<'t>, at: &Use) -> Node {
        if !flat.groups.is_empty() {
            return self.union(flat, at);
        }
        if flat.is_never {
            return self.kept_as_json(&flat, "nothing satisfies `false`");
        }
        match flat.refs.len() {
            0 => self.plain(flat, at),
            1 if !flat.has_object() => {
                let reference = self.reference(flat.refs[0].place, &flat.refs[0].name);
                self.beside(&flat, reference)
            }
            _ => self.composed(flat, at),
        }
    }

    /// An annotated reference.
    fn beside(&mut self, flat: &Flat<'t>, reference: Node) -> Node {
        let mut map = Map::new(flat.place);
        if flat.nullable {
            map.flag("nullable", true);
        }
        map.add("allOf", build::list(flat.place, vec![reference]));
        self.annotations(flat, &mut map);
        map.node()
    }

    /// What is said about a schema rather than about its values.
    fn annotations(&mut self, flat: &Flat<'t>, map: &mut Map) {
        let description = flat.keys.get("description").or_else(|| flat.keys.get("title"));
        if let Some(text) =
            description.and_then(|it| it.value.as_str()).filter(|it| !it.trim().is_empty())
        {
            map.text("description", text);
        }
        if flat.keys.get("deprecated").is_some_and(|it| matches!(it.value.value, Value::Bool(true)))
        {
            map.flag("deprecated", true);
        }
        if let Some(default) = flat.keys.get("default").and_then(|it| default_text(&it.value)) {
            map.add("default", default);
        }
    }

    /// A schema without references and alternatives.
    fn plain(&mut self, flat: Flat<'t>, at: &Use) -> Node {
        match self.kinds(&flat).as_slice() {
            [] => {
                let mut map = Map::new(flat.place);
                self.annotations(&flat, &mut map);
                map.node()
            }
            [Class::Object] => self.object(flat, at),
            [Class::Array] => self.array(flat, at),
            [_] => {
                let node = self.scalar(&flat, at);
                self.ranged(node)
            }
            kinds => {
                let kinds = kinds.to_vec();
                self.mixed(flat, &kinds, at)
            }
        }
    }

    fn array(&mut self, flat: Flat<'t>, at: &Use) -> Node {
        let mut map = Map::new(flat.place);
        map.push(build::entry("type", flat.kind_place, build::text(flat.kind_place, "array")));
        if flat.nullable {
            map.flag("nullable", true);
        }
        self.annotations(&flat, &mut map);
        let items = match flat.items.as_slice() {
            items if flat.keys.contains_key("prefixItems") => {
                let items = items.to_vec();
                self.any_item(&flat, items, at)
            }
            [] => {
                self.warnings.assumed(
                    flat.kind_place,
                    "nothing is said about the items of a list",
                    "they are JSON of any kind",
                );
                self.anything(flat.place)
            }
            [only] if only.as_list().is_some() => {
                self.warnings.kept_as_json(only.place, "each item has a schema of its own");
                self.anything(only.place)
            }
            items => {
                let spec = Spec::All(items.to_vec());
                self.spec(&spec, &at.inside("Item"))
            }
        };
        map.add("items", items);
        self.limits(&flat, &["minItems", "maxItems", "uniqueItems"], &mut map);
        self.ranged(map.node())
    }

    /// The items of a list whose first ones have schemas of their own.
    fn any_item(&mut self, flat: &Flat<'t>, rest: Vec<&'t Node>, at: &Use) -> Node {
        let prefix = flat.keys.get("prefixItems").map(|it| &it.value);
        let mut nodes: Vec<&'t Node> =
            prefix.and_then(Node::as_list).unwrap_or_default().iter().collect();
        let most = flat.keys.get("maxItems").and_then(|it| match &it.value.value {
            Value::Number(it) => it.parse::<usize>().ok(),
            _ => None,
        });
        let is_closed = rest.iter().any(|it| is_false(it))
            || flat.keys.get("unevaluatedItems").is_some_and(|it| is_false(&it.value))
            || most.is_some_and(|it| it <= nodes.len());
        match (is_closed, rest.as_slice()) {
            (true, _) => {}
            (false, [only]) if only.as_map().is_some_and(|it| !it.is_empty()) => nodes.push(only),
            (false, _) => nodes.clear(),
        }
        if nodes.is_empty() {
            self.warnings.kept_as_json(flat.kind_place, "further items can be anything");
            return self.anything(flat.place);
        }
        self.spec(&Spec::Any(nodes), &at.inside("Item"))
    }

    /// Several objects as one.
    fn composed(&mut self, flat: Flat<'t>, at: &Use) -> Node {
        let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
        // What this requires, its parts may declare.
        let mut clash = flat.required.keys().any(|it| !flat.properties.contains_key(it));
        let mut rust: BTreeSet<String> = BTreeSet::new();
        let mut members: Vec<(&'t str, &'t Node)> = Vec::new();
        for part in &flat.refs {
            members.extend(
                self.members(part.node)
                    .iter()
                    .flat_map(|(name, nodes)| nodes.iter().map(|it| (*name, *it))),
            );
        }
        let own = flat.properties.iter().flat_map(|(name, spec)| {
            spec.nodes().iter().map(|it| (*name, *it)).collect::<Vec<_>>()
        });
        members.extend(own);
        for (name, node) in members {
            match seen.insert(name, node.place) {
                Some(first) if first != node.place => clash = true,
                Some(_) => {}
                None => clash |= !rust.insert(names::snake(name)),
            }
        }
        let nodes: Vec<&'t Node> = flat.refs.iter().map(|it| it.node).collect();
        // So may another part what one of them requires.
        for node in &nodes {
            let declared = self.members(node);
            let required = self.required(node);
            clash |= required.iter().any(|it| seen.contains_key(it) && !declared.contains_key(it));
        }
        let mut further: Vec<&'t Node> = flat.additional.into_iter().collect();
        nodes.iter().for_each(|it| self.further(it, &mut further, 0));
        clash |= further.iter().any(|it| !flat::same(it, further[0]));
        let object_refs = nodes.iter().all(|it| self.class(it) == Class::Object);
        if clash || !object_refs {
            let mut merged = flat;
            for part in std::mem::take(&mut merged.refs) {
                self.object_part(part.node, &mut merged, 0);
            }
            return self.object(merged, at);
        }
        let mut map = Map::new(flat.place);
        let mut parts: Vec<Node> = Vec::new();
        for part in &flat.refs {
            parts.push(self.reference(part.place, &part.name));
        }
        let mut head = Map::new(flat.place);
        if flat.nullable {
            head.flag("nullable", true);
        }
        self.annotations(&flat, &mut head);
        if flat.has_object() {
            let mut own = flat.clone();
            own.refs.clear();
            own.nullable = false;
            own.keys.clear();
            parts.push(self.object(own, at));
        }
        map.add("allOf", build::list(flat.kind_place, parts));
        if head.is_empty() || !head.has("description") {
            head.text("description", infer::sentence(&at.hint));
        }
        let Value::Map(entries) = head.node().value else { return map.node() };
        entries.into_iter().for_each(|it| map.push(it));
        map.node()
    }

    /// What an object, own and composed, says about members that it does not name.
    fn further(&self, node: &'t Node, found: &mut Vec<&'t Node>, depth: usize) {
        const KEYS: [&str; 3] =
            ["additionalProperties", "unevaluatedProperties", "patternProperties"];
        let says = |it: &&Node| !is_false(it);
        found.extend(KEYS.iter().filter_map(|it| node.get(it)).filter(says));
        if depth > 16 {
            return;
        }
        if let Some(Ok(target)) = node.get("$ref").map(|it| self.tree.follow(it)) {
            self.further(target.node, found, depth + 1);
        }
        for part in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
            self.further(part, found, depth + 1);
        }
    }

    /// An object with its own members.
    fn object(&mut self, flat: Flat<'t>, at: &Use) -> Node {
        let mut map = Map::new(flat.place);
        map.push(build::entry("type", flat.kind_place, build::text(flat.kind_place, "object")));
        if flat.nullable {
            map.flag("nullable", true);
        }
        self.annotations(&flat, &mut map);
        let mut taken = naming::Members::default();
        let mut properties: Vec<crate::parse::node::Entry> = Vec::new();
        for (wire, spec) in &flat.properties {
            let rust = taken.name(wire, names::RESERVED_MEMBERS);
            let place = flat.property_places.get(wire).copied().unwrap_or(flat.place);
            let value = self.property(wire, spec, rust, at);
            properties.push(build::entry(*wire, place, value));
        }
        let mut required: Vec<Node> = Vec::new();
        for (name, place) in &flat.required {
            if !flat.properties.contains_key(name) {
                // One that is required itself is not what another is meant to be.
                let known = flat.properties.keys().copied().take(FEW);
                let known = known.filter(|it| !flat.required.contains_key(it));
                let what = match diagnostics::nearest(name, known) {
                    Some(near) => {
                        format!("`required` names `{name}`, but the property is called `{near}`")
                    }
                    None => format!("`required` names `{name}`, which is not a property"),
                };
                self.warnings.assumed(*place, &what, "it is a member of any kind");
                let rust = taken.name(name, names::RESERVED_MEMBERS);
                let mut value = Map::new(*place);
                value.text("description", infer::sentence(name));
                if let Some(rust) = rust {
                    value.text("x-rust-name", rust);
                }
                properties.push(build::entry(*name, *place, value.node()));
            }
            required.push(build::text(*place, *name));
        }
        if !required.is_empty() {
            map.add("required", build::list(required[0].place, required));
        }
        if !properties.is_empty() {
            map.add("properties", build::map(flat.place, properties));
        }
        if let Some(additional) = self.additional(&flat, at) {
            map.add("additionalProperties", additional);
        }
        map.node()
    }

    fn additional(&mut self, flat: &Flat<'t>, at: &Use) -> Option<Node> {
        if flat.has_patterns {
            return Some(build::flag(flat.place, true));
        }
        let found = flat.additional?;
        match &found.value {
            Value::Bool(false) => None,
            Value::Bool(true) => Some(build::flag(found.place, true)),
            Value::Map(entries) if entries.is_empty() => Some(build::flag(found.place, true)),
            Value::Map(_) => {
                let value = self.schema(found, &at.inside("Value"));
                // Anything is what `true` says.
                match value.as_map() {
                    Some([]) => Some(build::flag(found.place, true)),
                    _ => Some(value),
                }
            }
            _ => {
                let what = "`additionalProperties`";
                self.diags.wrong_kind(found.place, what, "a schema or a boolean", found.kind());
                None
            }
        }
    }

    /// A member with what is known about it beside its schema.
    fn property(&mut self, wire: &str, spec: &Spec<'t>, rust: Option<String>, at: &Use) -> Node {
        let place = spec.nodes()[0].place;
        let inner = Use::new(format!("{}{}", at.hint, names::pascal(wire)), wire);
        let value = described(self.spec(spec, &inner), wire);
        let mut beside = Map::new(place);
        // What one part says expressly is said against another.
        let only = |key: &str| {
            let denied =
                |it: &Node| it.get(key).is_some_and(|it| matches!(it.value, Value::Bool(false)));
            spec.nodes().iter().any(|it| self.says(it, key, 0))
                && !spec.nodes().iter().any(|it| denied(it))
        };
        let (read_only, write_only) = (only("readOnly"), only("writeOnly"));
        if read_only && !write_only {
            beside.flag("readOnly", true);
        }
        if write_only && !read_only {
            beside.flag("writeOnly", true);
        }
        if infer::is_sensitive(wire) && self.holds_text(&value) {
            beside.flag("x-sensitive", true);
        }
        if let Some(rust) = rust {
            beside.text("x-rust-name", rust);
        }
        annotated(value, beside)
    }

    /// Whether a value of this schema is text or a number, as far as is seen here.
    fn holds_text(&self, value: &Node) -> bool {
        match value.get("type").and_then(Node::as_str) {
            Some("string" | "integer" | "number") => true,
            Some("array") => value.get("items").is_some_and(|it| self.holds_text(it)),
            Some(_) => false,
            None => {
                value.get("oneOf").is_some()
                    || value.get("$ref").is_some()
                    || value.get("allOf").is_some()
            }
        }
    }

    /// Whether a schema, or what it refers to, has this flag.
    fn says(&self, node: &Node, key: &str, depth: usize) -> bool {
        if is_true(node, key) {
            return true;
        }
        if depth > 8 {
            return false;
        }
        let parts = node.get("allOf").and_then(Node::as_list).unwrap_or_default();
        if let ([only], true) = (parts, node.get("$ref").is_none())
            && self.says(only, key, depth + 1)
        {
            return true;
        }
        match node.get("$ref").map(|it| self.tree.follow(it)) {
            Some(Ok(target)) => self.says(target.node, key, depth + 1),
            _ => false,
        }
    }
}

/// A schema with a description, which is its name if nothing else is said.
fn described(schema: Node, name: &str) -> Node {
    let is_described = ["description", "$ref", "allOf"].iter().any(|it| schema.get(it).is_some());
    let place = schema.place;
    match schema.value {
        Value::Map(mut entries) if !is_described => {
            let text = build::text(place, infer::sentence(name));
            entries.push(build::entry("description", place, text));
            build::map(place, entries)
        }
        value => Node { value, place },
    }
}

/// A reference that can be `null`.
fn nullable_reference(place: Place, reference: Node) -> Node {
    let mut map = Map::new(place);
    map.flag("nullable", true);
    map.add("allOf", build::list(place, vec![reference]));
    map.node()
}

/// The reference in what `nullable_reference` has made.
fn of_nullable(node: &Node) -> Option<&Node> {
    match (node.as_map()?, node.get("allOf")?.as_list()?) {
        ([_, _], [reference]) if is_true(node, "nullable") => Some(reference),
        _ => None,
    }
}

/// A value with more said about it.
fn annotated(value: Node, beside: Map) -> Node {
    let Value::Map(added) = beside.node().value else { return value };
    if added.is_empty() {
        return value;
    }
    let place = value.place;
    if value.get("$ref").is_some() {
        let mut map = Map::new(place);
        map.add("allOf", build::list(place, vec![value]));
        added.into_iter().for_each(|it| map.push(it));
        return map.node();
    }
    match value.value {
        Value::Map(mut entries) => {
            entries.extend(added);
            build::map(place, entries)
        }
        other => Node { value: other, place },
    }
}

/// What a component is called if nothing forbids it.
fn wanted_name(target: &Target<'_>) -> String {
    const WORDS: [&str; 14] = [
        "components",
        "schemas",
        "definitions",
        "$defs",
        "properties",
        "paths",
        "responses",
        "content",
        "schema",
        "requestBody",
        "parameters",
        "items",
        "application/json",
        "allOf",
    ];
    let last = target.segments.last();
    let words: Vec<&str> =
        target.segments.iter().map(String::as_str).filter(|it| !WORDS.contains(it)).collect();
    let stem = || {
        let file = target.path.rsplit('/').next().unwrap_or_default();
        file.split('.').next().unwrap_or_default().to_owned()
    };
    match (last, words.as_slice()) {
        (None, _) | (_, []) => names::pascal(&stem()),
        (_, [only]) => names::pascal(only),
        (_, [.., first, second]) => format!("{}{}", names::pascal(first), names::pascal(second)),
    }
}

/// A mapping without some of its members.
fn without(node: Node, keys: &[&str]) -> Node {
    let place = node.place;
    match node.value {
        Value::Map(mut entries) => {
            entries.retain(|it| !keys.contains(&it.key.as_str()));
            build::map(place, entries)
        }
        value => Node { value, place },
    }
}

/// What says nothing about values.
fn is_annotation(key: &str) -> bool {
    matches!(
        key,
        "description"
            | "title"
            | "deprecated"
            | "readOnly"
            | "writeOnly"
            | "example"
            | "examples"
            | "externalDocs"
            | "nullable"
            | "default"
            | "xml"
            | "summary"
            | "$comment"
    ) || key.starts_with("x-")
}

fn is_false(node: &Node) -> bool {
    matches!(node.value, Value::Bool(false))
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|it| matches!(it.value, Value::Bool(true)))
}

fn description(node: &Node) -> Option<String> {
    let text = node.get("description").or_else(|| node.get("title"))?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// A default in words.
fn default_text(node: &Node) -> Option<Node> {
    match &node.value {
        Value::Null | Value::List(_) | Value::Map(_) => None,
        _ => Some(node.clone()),
    }
}

/// More members than these are not searched for one of nearly the same name.
const FEW: usize = 200;

/// The section of `components` in which a kind of object is defined.
fn section_of(kind: &str) -> &'static str {
    match kind {
        "parameter" => "parameters",
        "response" => "responses",
        "request body" => "requestBodies",
        "header" => "headers",
        "security scheme" => "securitySchemes",
        "path" => "pathItems",
        _ => "schemas",
    }
}

/// What a reference leads to, if that is a component of another kind.
fn other_kind(target: &Target<'_>, kind: &str) -> Option<&'static str> {
    const KINDS: [&str; 6] =
        ["schema", "parameter", "response", "request body", "header", "security scheme"];
    let [components, section, _] = target.segments.as_slice() else { return None };
    let is_known = components == "components" && KINDS.contains(&kind);
    KINDS.into_iter().find(|it| is_known && *it != kind && section_of(it) == section)
}

/// Whether an object of this kind stands in the wrong section only: it has its keys.
fn is_misplaced(node: &Node, kind: &str) -> bool {
    let has = |key: &str| node.get(key).is_some();
    match kind {
        "parameter" => has("in") && has("name"),
        "response" | "request body" => has("content"),
        _ => false,
    }
}
