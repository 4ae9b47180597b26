//! Alternatives.
//!
//! What tells alternatives apart is looked for in this order: a discriminator,
//! a member whose listed values differ, the kind of the value, the members that
//! must be there. Objects that nothing tells apart become one, with the members
//! of all.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    import::{
        Importer,
        build::{self, Map},
        schema::{
            Part, Use,
            class::Class,
            flat::{Flat, Group, Spec},
            nullable_reference, of_nullable,
        },
        shape, tree,
    },
    names,
    parse::node::{Node, Place, Value},
};

/// An alternative that is about to be written.
struct Alternative<'t> {
    parts: Vec<Part<'t>>,
    /// The values of the discriminator that choose it.
    tags: Vec<String>,
    /// What must be there.
    required: Vec<&'t str>,
}

/// A member and its listed values in each alternative.
type Listed<'t> = (&'t str, Vec<Vec<String>>);

/// More alternatives than any type has.
pub(super) const MAX_ALTERNATIVES: usize = 512;

impl<'t> Importer<'t> {
    /// Writes out a schema with alternatives.
    pub(super) fn union(&mut self, mut flat: Flat<'t>, at: &Use) -> Node {
        let mut groups = std::mem::take(&mut flat.groups);
        for group in &mut groups {
            let mut items = Vec::new();
            let mut seen = BTreeSet::new();
            for item in &group.items {
                self.splice(item, &mut items, &mut seen, 0);
            }
            group.items = items;
        }
        let is_object =
            |it: &mut Self, node: &'t Node| matches!(it.class(node), Class::Object | Class::Base);
        let all_objects = groups.iter().all(|group| {
            let items: Vec<&'t Node> = group.items.clone();
            items.iter().all(|it| is_object(self, it))
        });
        let has_base = flat.has_object() || !flat.refs.is_empty();
        match (groups.as_slice(), all_objects) {
            ([_], _) if !has_base => {
                let group = groups.remove(0);
                self.alternatives_of(flat, group, at)
            }
            // Common members belong to each alternative.
            ([group], true) => {
                let group = group.clone();
                self.extended(flat, group, at)
            }
            (groups, true) => {
                let groups = groups.to_vec();
                for group in groups {
                    self.members_of_all(&group.items, &mut flat);
                }
                self.object_of(flat, at)
            }
            _ => self.kept_as_json(&flat, "its alternatives have nothing that tells them apart"),
        }
    }

    /// What an alternative that is itself alternatives consists of.
    fn splice(
        &mut self,
        item: &'t Node,
        items: &mut Vec<&'t Node>,
        seen: &mut BTreeSet<Place>,
        depth: usize,
    ) {
        if !seen.insert(item.place) || items.len() > MAX_ALTERNATIVES {
            return;
        }
        let node = match item.get("$ref").map(|it| self.tree.follow(it)) {
            Some(Ok(target)) => target.node,
            _ => item,
        };
        if node.place != item.place && !seen.insert(node.place) {
            return;
        }
        if self.class(node) == Class::Union && depth < 8 {
            let groups: Vec<&'t Node> =
                ["oneOf", "anyOf"].iter().filter_map(|it| node.get(it)).collect();
            let has_more =
                ["properties", "allOf", "required"].iter().any(|it| node.get(it).is_some());
            if let ([only], false) = (groups.as_slice(), has_more) {
                for inner in only.as_list().unwrap_or_default() {
                    if !super::class::is_null(inner) {
                        self.splice(inner, items, seen, depth + 1);
                    }
                }
                return;
            }
        }
        items.push(item);
    }

    /// An object of which all alternatives are possible at once.
    fn members_of_all(&mut self, items: &[&'t Node], flat: &mut Flat<'t>) {
        let mut members: BTreeMap<&'t str, Vec<&'t Node>> = BTreeMap::new();
        let mut order: Vec<&'t str> = Vec::new();
        let mut required: Option<Vec<&'t str>> = None;
        for item in items {
            for (name, nodes) in self.members(item).iter() {
                let known = members.entry(name).or_default();
                if known.is_empty() {
                    order.push(name);
                }
                for node in nodes {
                    if !known.iter().any(|it| it.place == node.place) {
                        known.push(node);
                    }
                }
            }
            let own = self.required(item);
            required = Some(match required {
                None => own,
                Some(known) => known.into_iter().filter(|it| own.contains(it)).collect(),
            });
            let keeps = item.get("additionalProperties");
            if keeps.is_some_and(|it| !matches!(it.value, Value::Bool(false))) {
                flat.has_patterns = true;
            }
        }
        // As they stand in the document.
        order.sort_by_key(|it| members[it].first().map(|it| it.place));
        for name in order {
            let nodes = members.remove(name).unwrap_or_default();
            let Some(first) = nodes.first() else { continue };
            flat.property_places.entry(name).or_insert(first.place);
            let spec = if nodes.len() == 1 { Spec::All(nodes) } else { Spec::Any(nodes) };
            flat.properties.entry(name).or_insert(spec);
        }
        for name in required.unwrap_or_default() {
            if flat.properties.contains_key(name) {
                let place = flat.place;
                flat.required.entry(name).or_insert(place);
            }
        }
        flat.types = Some(vec![Class::Object]);
    }

    fn object_of(&mut self, flat: Flat<'t>, at: &Use) -> Node {
        if flat.refs.is_empty() { self.plain(flat, at) } else { self.composed(flat, at) }
    }

    /// Alternatives that all have the members of `base`, too.
    fn extended(&mut self, base: Flat<'t>, group: Group<'t>, at: &Use) -> Node {
        let mut alternatives: Vec<Alternative<'t>> = Vec::new();
        for item in &group.items {
            let part = self.alternative(item);
            let required = self.required(part.node);
            alternatives.push(Alternative { parts: vec![part], tags: Vec::new(), required });
        }
        let own = group.discriminator.filter(|it| {
            // What all of them have tells nothing apart, and may yet be meant.
            let by = it.get("propertyName").and_then(Node::as_str);
            by.is_none_or(|it| !base.properties.contains_key(it))
        });
        let by = match (own, group.discriminator) {
            (None, Some(discriminator)) => self.declared_tags(&mut alternatives, discriminator),
            _ => self.tags(&mut alternatives, group.discriminator, group.is_exclusive),
        };
        let untagged = alternatives.iter().filter(|it| it.tags.is_empty());
        let required: Vec<BTreeSet<&str>> =
            untagged.map(|it| it.required.iter().copied().collect()).collect();
        let hides = |idx: usize| required[..idx].iter().any(|it| it.is_subset(&required[idx]));
        if (0..required.len()).any(hides) {
            // Nothing tells them apart.
            let mut flat = base;
            self.members_of_all(&group.items, &mut flat);
            return self.object_of(flat, at);
        }
        let mut written: Vec<(Node, Vec<String>)> = Vec::new();
        for (idx, alternative) in alternatives.into_iter().enumerate() {
            let Some(part) = alternative.parts.first() else { continue };
            let name = part
                .written
                .clone()
                .or_else(|| Some(part.node.get("title")?.as_str()?.to_owned()))
                .map_or_else(|| format!("Variant{}", idx + 1), |it| names::pascal(&it));
            let key_place = part.node.place;
            let mut flat = base.clone();
            flat.keys.clear();
            flat.nullable = false;
            flat.place = key_place;
            flat.kind_place = key_place;
            self.object_part(part.node, &mut flat, 0);
            let inner = Use::new(format!("{}{name}", at.hint), &at.member);
            let key = (false, vec![base.place, key_place]);
            let node = match self.inlined(key_place, &key) {
                Some(known) => known,
                None => self.hoisted(flat, key, &inner),
            };
            written.push((node, alternative.tags));
        }
        self.write(&base, group.place, written, by)
    }

    /// Alternatives without common members.
    fn alternatives_of(&mut self, flat: Flat<'t>, group: Group<'t>, at: &Use) -> Node {
        let mut objects: Vec<Alternative<'t>> = Vec::new();
        let mut others: BTreeMap<&'static str, Vec<&'t Node>> = BTreeMap::new();
        for item in &group.items {
            let class = self.class(item);
            let kind = match class {
                Class::Object | Class::Base => {
                    let part = self.alternative(item);
                    // One that stands for others takes what is left.
                    let required = match class {
                        Class::Base => Vec::new(),
                        _ => self.required(part.node),
                    };
                    objects.push(Alternative { parts: vec![part], tags: Vec::new(), required });
                    continue;
                }
                Class::Array => "array",
                Class::String => "string",
                Class::Integer | Class::Number => "number",
                Class::Boolean => "boolean",
                Class::Union | Class::Any => {
                    return self.kept_as_json(&flat, "one of its alternatives can be anything");
                }
            };
            others.entry(kind).or_default().push(item);
        }
        let by = self.tags(&mut objects, group.discriminator, group.is_exclusive);
        let objects = self.told_apart(objects);
        if let ([only], true) = (objects.as_slice(), others.is_empty())
            && only.parts.len() > 1
        {
            let nodes: Vec<&'t Node> = only.parts.iter().map(|it| it.node).collect();
            let mut flat = flat;
            self.members_of_all(&nodes, &mut flat);
            return self.object_of(flat, at);
        }
        let mut written: Vec<(Node, Vec<String>)> = Vec::new();
        for (idx, alternative) in objects.into_iter().enumerate() {
            let node = self.write_object(&alternative, at, idx);
            written.push((node, alternative.tags));
        }
        for (kind, nodes) in others {
            let node = match (kind, nodes.as_slice()) {
                (_, [only]) => self.schema(only, &at.inside(&names::pascal(kind))),
                ("array", _) => {
                    self.warnings
                        .kept_as_json(group.place, "several of its alternatives are lists");
                    let mut map = Map::new(group.place);
                    map.text("type", "array");
                    map.add("items", self.anything(group.place));
                    map.node()
                }
                _ => {
                    let spec = Spec::Any(nodes);
                    self.spec(&spec, &at.inside(&names::pascal(kind)))
                }
            };
            // An alternative that is anything leaves nothing to the others.
            if node.as_map().is_some_and(<[_]>::is_empty) {
                return self.kept_as_json(&flat, "one of its alternatives can be anything");
            }
            written.push((node, Vec::new()));
        }
        if let ([(only, _)], None) = (written.as_slice(), &by) {
            let only = only.clone();
            if only.get("$ref").is_some() {
                return self.beside(&flat, only);
            }
            return match flat.nullable {
                true => nullable_reference(flat.place, only),
                false => only,
            };
        }
        self.write(&flat, group.place, written, by)
    }

    fn write_object(&mut self, alternative: &Alternative<'t>, at: &Use, idx: usize) -> Node {
        match alternative.parts.as_slice() {
            [Part { name: Some(name), place, .. }] => self.reference(*place, name),
            [part] => {
                let title = part.node.get("title").and_then(Node::as_str).map(names::pascal);
                let name = title.unwrap_or_else(|| format!("Variant{}", idx + 1));
                self.schema(part.node, &at.inside(&name))
            }
            parts => {
                let nodes: Vec<&'t Node> = parts.iter().map(|it| it.node).collect();
                let mut flat = Flat::new(nodes[0].place);
                self.members_of_all(&nodes, &mut flat);
                let key = (true, nodes.iter().map(|it| it.place).collect());
                match self.inlined(flat.place, &key) {
                    Some(known) => known,
                    None => self.hoisted(flat, key, at),
                }
            }
        }
    }

    /// Finds what tells objects apart: the member, and its values for each.
    fn tags(
        &mut self,
        objects: &mut [Alternative<'t>],
        discriminator: Option<&'t Node>,
        is_exclusive: bool,
    ) -> Option<String> {
        let by = discriminator.and_then(|it| it.get("propertyName"));
        let declared = by.and_then(Node::as_str);
        if let (Some(discriminator), None) = (discriminator, by)
            && discriminator.as_map().is_some()
            && !shape::DISCRIMINATOR.is_misspelt(discriminator, "propertyName")
        {
            let place = Place { end: discriminator.place.start, ..discriminator.place };
            let what = "a discriminator without `propertyName`";
            self.warnings.assumed(place, what, "the alternatives are told apart otherwise");
        }
        let declared = declared.filter(|name| self.has_member(objects, name, by));
        if let (Some(_), Some(discriminator)) = (declared, discriminator) {
            return self.declared_tags(objects, discriminator);
        }
        self.listed_tags(objects, is_exclusive)
    }

    /// What a discriminator says about which value chooses which alternative.
    fn declared_tags(
        &mut self,
        objects: &mut [Alternative<'t>],
        discriminator: &'t Node,
    ) -> Option<String> {
        let by = discriminator.get("propertyName").and_then(Node::as_str)?;
        let mapping = discriminator.get("mapping").and_then(Node::as_map).unwrap_or_default();
        let mut mapped: Vec<(String, Place)> = Vec::new();
        for entry in mapping {
            match self.mapped(&entry.value) {
                Some(target) => mapped.push((entry.key.clone(), target.node.place)),
                None => {
                    let target = entry.value.as_str().unwrap_or_default();
                    let known: Vec<String> =
                        objects.iter().filter_map(|it| it.parts.first()?.written.clone()).collect();
                    self.warnings.discriminator_mapping(entry.value.place, target, &known);
                }
            }
        }
        let mut listed: BTreeMap<String, usize> = BTreeMap::new();
        let names: BTreeSet<String> =
            objects.iter().filter_map(|it| it.parts.first()?.written.clone()).collect();
        for object in objects.iter_mut() {
            let Some(part) = object.parts.first() else { continue };
            object.tags = mapped
                .iter()
                .filter(|(_, place)| *place == part.node.place)
                .map(|(value, _)| value.clone())
                .collect();
            if object.tags.is_empty() {
                object.tags = self.tags_without_mapping(part, by, &names);
                object.tags.retain(|tag| mapped.iter().all(|(value, _)| value != tag));
                for tag in &object.tags {
                    *listed.entry(tag.clone()).or_default() += 1;
                }
            }
        }
        // What several of them list chooses none.
        for object in objects.iter_mut() {
            object.tags.retain(|it| listed.get(it).is_none_or(|n| *n == 1));
        }
        objects.iter().any(|it| !it.tags.is_empty()).then(|| by.to_owned())
    }

    /// The values that choose an alternative that no mapping names: those that it
    /// lists, but not the names of others, which it may have from what they share.
    fn tags_without_mapping(
        &mut self,
        part: &Part<'t>,
        by: &str,
        names: &BTreeSet<String>,
    ) -> Vec<String> {
        let members = self.members(part.node);
        let listed = members.get(by).and_then(|it| self.listed_values(it));
        match (listed, &part.written) {
            (Some(listed), Some(own)) if listed.contains(own) => {
                let path = self.tree.path_of(part.node.place);
                let is_other =
                    |it: &str| names.contains(it) || self.tree.component(path, it).is_some();
                listed.into_iter().filter(|it| it == own || !is_other(it)).collect()
            }
            (Some(listed), _) => listed,
            (None, Some(name)) => vec![name.clone()],
            (None, None) => Vec::new(),
        }
    }

    /// A member whose listed values choose.
    fn listed_tags(
        &mut self,
        objects: &mut [Alternative<'t>],
        is_exclusive: bool,
    ) -> Option<String> {
        let (by, tags) = self.listed_apart(objects, is_exclusive)?;
        for (object, tags) in objects.iter_mut().zip(tags) {
            object.tags = tags;
        }
        Some(by.to_owned())
    }

    /// A member that has other listed values in each of the objects, and which.
    ///
    /// If a value is one of them only, they need not require it, and those that
    /// do not have it at all are told apart in another way. Else it may be
    /// several at once, and all must require it.
    fn listed_apart(
        &mut self,
        objects: &[Alternative<'t>],
        is_exclusive: bool,
    ) -> Option<Listed<'t>> {
        let all: Vec<_> = objects.iter().map(|it| self.members(it.parts[0].node)).collect();
        let mut n_having: BTreeMap<&'t str, usize> = BTreeMap::new();
        for name in all.iter().flat_map(|it| it.keys()) {
            *n_having.entry(name).or_default() += 1;
        }
        let least = if is_exclusive { 2 } else { objects.len().max(2) };
        n_having.retain(|_, n| *n >= least);
        let mut best: Option<((usize, usize), Listed<'t>)> = None;
        for (by, n) in n_having {
            let required = objects.iter().filter(|it| it.required.contains(&by)).count();
            if !is_exclusive && required < n {
                continue;
            }
            if best.as_ref().is_some_and(|(rank, _)| *rank >= (n, required)) {
                continue;
            }
            let mut taken: BTreeSet<String> = BTreeSet::new();
            let tags = all.iter().map(|members| match members.get(by) {
                None => Some(Vec::new()),
                Some(nodes) => {
                    let values = self.listed_values(nodes)?;
                    values.iter().all(|it| taken.insert(it.clone())).then_some(values)
                }
            });
            if let Some(tags) = tags.collect::<Option<Vec<_>>>() {
                best = Some(((n, required), (by, tags)));
            }
        }
        best.map(|(_, listed)| listed)
    }

    /// Whether an alternative has the member that tells which one it is.
    fn has_member(
        &mut self,
        objects: &[Alternative<'t>],
        name: &str,
        by: Option<&'t Node>,
    ) -> bool {
        let mut known: Vec<&'t str> = Vec::new();
        for part in objects.iter().flat_map(|it| &it.parts) {
            let members = self.members(part.node);
            if members.contains_key(name) {
                return true;
            }
            known.extend(members.keys());
        }
        let Some(by) = by.filter(|_| !known.is_empty()) else { return true };
        self.warnings.discriminator_property(by.place, name, &known);
        false
    }

    /// The listed texts of a member.
    pub(super) fn listed_values(&self, nodes: &[&'t Node]) -> Option<Vec<String>> {
        for node in nodes {
            let node = match node.get("$ref").map(|it| self.tree.follow(it)) {
                Some(Ok(target)) => target.node,
                _ => node,
            };
            let listed = node.get("enum").and_then(Node::as_list).unwrap_or_default();
            let values: Option<Vec<String>> = listed
                .iter()
                .chain(node.get("const"))
                .map(|it| it.as_str().map(str::to_owned))
                .collect();
            if let Some(values) = values.filter(|it| !it.is_empty()) {
                return Some(values);
            }
        }
        None
    }

    /// Objects that can be told apart; those that cannot are one.
    fn told_apart(&mut self, objects: Vec<Alternative<'t>>) -> Vec<Alternative<'t>> {
        let (tagged, untagged): (Vec<_>, Vec<_>) =
            objects.into_iter().partition(|it| !it.tags.is_empty());
        let mut merged: Vec<Alternative<'t>> = Vec::new();
        for object in untagged {
            match merged.iter_mut().find(|it| it.required == object.required) {
                Some(same) => same.parts.extend(object.parts),
                None => merged.push(object),
            }
        }
        // The one that requires more is tried first.
        merged.sort_by_key(|it| std::cmp::Reverse(it.required.len()));
        tagged.into_iter().chain(merged).collect()
    }

    /// Writes the union.
    fn write(
        &mut self,
        flat: &Flat<'t>,
        place: Place,
        written: Vec<(Node, Vec<String>)>,
        by: Option<String>,
    ) -> Node {
        let mut map = Map::new(flat.place);
        // If one alternative can be `null`, all of it can.
        let or_null = |(it, _): &(Node, Vec<String>)| of_nullable(it).is_some();
        if flat.nullable || written.iter().any(or_null) {
            map.flag("nullable", true);
        }
        let mut mapping = Map::new(place);
        let mut alternatives: Vec<Node> = Vec::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (node, tags) in written {
            let node = of_nullable(&node).cloned().unwrap_or(node);
            if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
                if !seen.insert(reference.to_owned()) {
                    continue;
                }
                let name = reference.rsplit('/').next().unwrap_or_default();
                let from = self.tree.path_of(place);
                let target = tree::reference(from, self.root_path(), "schemas", name);
                for tag in tags {
                    mapping.push(build::entry(tag, place, build::text(place, target.clone())));
                }
            }
            alternatives.push(node);
        }
        map.push(build::entry("oneOf", place, build::list(place, alternatives)));
        if let (Some(by), false) = (by, mapping.is_empty()) {
            let mut discriminator = Map::new(place);
            discriminator.text("propertyName", by);
            discriminator.add("mapping", mapping.node());
            map.add("discriminator", discriminator.node());
        }
        self.annotations(flat, &mut map);
        map.node()
    }
}
