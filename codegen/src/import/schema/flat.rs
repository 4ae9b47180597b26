//! What all parts of a schema say about a value, gathered in one place.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    import::{
        Importer,
        schema::{
            Part,
            class::{self, Class},
            heirs::Heir,
            is_annotation,
        },
        shape,
        tree::{Target, Tree},
    },
    parse::node::{Entry, Node, Place, Value},
};

/// The schemas of one member.
#[derive(Clone, Debug)]
pub(in crate::import) enum Spec<'t> {
    /// All of these hold.
    All(Vec<&'t Node>),
    /// One of these holds.
    Any(Vec<&'t Node>),
}

impl<'t> Spec<'t> {
    pub(in crate::import) fn nodes(&self) -> &[&'t Node] {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes,
        }
    }

    fn add(&mut self, node: &'t Node) {
        match self {
            Self::All(nodes) => {
                if !nodes.iter().any(|it| it.place == node.place) {
                    nodes.push(node);
                }
            }
            // Both together cannot be said; the alternatives say more.
            Self::Any(_) => {}
        }
    }
}

/// A reference to an object that stays one.
#[derive(Clone, Debug)]
pub(in crate::import) struct Reference<'t> {
    /// The component.
    pub(in crate::import) name: String,
    /// Its schema.
    pub(in crate::import) node: &'t Node,
    /// Where the reference stands.
    pub(in crate::import) place: Place,
}

/// Alternatives, one of which holds.
#[derive(Clone, Debug)]
pub(in crate::import) struct Group<'t> {
    pub(in crate::import) place: Place,
    pub(in crate::import) items: Vec<&'t Node>,
    pub(in crate::import) discriminator: Option<&'t Node>,
    /// Whether a value is one of them only.
    pub(in crate::import) is_exclusive: bool,
}

/// A flat schema.
#[derive(Clone, Debug)]
pub(in crate::import) struct Flat<'t> {
    /// Where the schema stands.
    pub(in crate::import) place: Place,
    /// Where it says what its values are.
    pub(in crate::import) kind_place: Place,
    /// Keywords that apply to the value itself; the outermost wins.
    pub(in crate::import) keys: BTreeMap<&'t str, &'t Entry>,
    /// The types that are allowed, if anything is said.
    pub(in crate::import) types: Option<Vec<Class>>,
    pub(in crate::import) nullable: bool,
    /// Listed values.
    pub(in crate::import) values: Option<Vec<&'t Node>>,
    pub(in crate::import) properties: IndexMap<&'t str, Spec<'t>>,
    pub(in crate::import) property_places: BTreeMap<&'t str, Place>,
    pub(in crate::import) required: IndexMap<&'t str, Place>,
    pub(in crate::import) additional: Option<&'t Node>,
    pub(in crate::import) has_patterns: bool,
    pub(in crate::import) items: Vec<&'t Node>,
    pub(in crate::import) refs: Vec<Reference<'t>>,
    pub(in crate::import) groups: Vec<Group<'t>>,
    /// Nothing satisfies it.
    pub(in crate::import) is_never: bool,
    /// Members that are there in some cases only, with what is said then.
    conditional: IndexMap<&'t str, Vec<&'t Node>>,
    /// The schemas that all this was said by.
    gathered: BTreeSet<Place>,
    /// Those of which only the members count.
    joined: BTreeSet<Place>,
}

impl<'t> Flat<'t> {
    pub(in crate::import) fn new(place: Place) -> Self {
        Self {
            place,
            kind_place: place,
            keys: BTreeMap::new(),
            types: None,
            nullable: false,
            values: None,
            properties: IndexMap::new(),
            property_places: BTreeMap::new(),
            required: IndexMap::new(),
            additional: None,
            has_patterns: false,
            items: Vec::new(),
            refs: Vec::new(),
            groups: Vec::new(),
            is_never: false,
            conditional: IndexMap::new(),
            gathered: BTreeSet::new(),
            joined: BTreeSet::new(),
        }
    }

    /// Whether it says something about members itself.
    pub(in crate::import) fn has_object(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || self.has_patterns
            || self.additional.is_some_and(|it| !matches!(it.value, Value::Bool(false)))
    }

    fn types(&mut self, found: Vec<Class>) {
        self.types = Some(match self.types.take() {
            None => found,
            Some(known) => {
                let is_shared = |it: &Class| {
                    found.contains(it) || (*it == Class::Integer && found.contains(&Class::Number))
                };
                let mut shared: Vec<Class> = known.iter().copied().filter(is_shared).collect();
                if known.contains(&Class::Number) && found.contains(&Class::Integer) {
                    shared.push(Class::Integer);
                }
                // Parts that contradict each other: the first one counts.
                if shared.is_empty() { known } else { shared }
            }
        });
    }
}

/// Whether two schemas are written alike.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    if a.place == b.place {
        return true;
    }
    match (&a.value, &b.value) {
        (Value::Map(a), Value::Map(b)) => {
            let mut pairs = a.iter().zip(b);
            a.len() == b.len() && pairs.all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Null, Value::Null) => true,
        _ => match (crate::parse::scalar_text(a), crate::parse::scalar_text(b)) {
            (Some(first), Some(second)) => {
                first == second && a.as_str().is_some() == b.as_str().is_some()
            }
            _ => false,
        },
    }
}

/// Deeper nesting of parts than any schema has.
const MAX_DEPTH: usize = 48;

impl<'t> Importer<'t> {
    /// What these schemas say together.
    pub(in crate::import) fn flat(&mut self, nodes: &[&'t Node]) -> Flat<'t> {
        let mut flat = Flat::new(nodes[0].place);
        let mut open: Vec<Place> = Vec::new();
        for node in nodes {
            self.gather(node, &mut flat, &mut open);
        }
        self.reduce(&mut flat);
        self.add_conditional(&mut flat);
        flat
    }

    /// What is a member in some cases only is an optional one.
    fn add_conditional(&mut self, flat: &mut Flat<'t>) {
        for (name, nodes) in std::mem::take(&mut flat.conditional) {
            let inherited = flat.refs.iter().map(|it| it.node).collect::<Vec<_>>();
            if inherited.iter().any(|it| self.members(it).contains_key(name)) {
                continue;
            }
            let Some(first) = nodes.first() else { continue };
            flat.property_places.entry(name).or_insert(first.place);
            let spec = if nodes.len() == 1 { Spec::All(nodes) } else { Spec::Any(nodes) };
            flat.properties.entry(name).or_insert(spec);
        }
    }

    /// Remembers the members of a branch of `if`, or of one of its relatives.
    fn conditional(&mut self, branch: &'t Node, flat: &mut Flat<'t>) {
        if branch.as_map().is_none() {
            return;
        }
        let members = self.members(branch);
        let mut members: Vec<_> = members.iter().collect();
        // As they stand in the document.
        members.sort_by_key(|(_, nodes)| nodes.first().map(|it| it.place));
        for (name, nodes) in members {
            let known = flat.conditional.entry(name).or_default();
            for node in nodes {
                if !known.iter().any(|it| same(it, node)) {
                    known.push(node);
                }
            }
        }
    }

    fn gather(&mut self, node: &'t Node, flat: &mut Flat<'t>, open: &mut Vec<Place>) {
        let Some(entries) = node.as_map() else {
            match node.value {
                Value::Bool(true) => {}
                Value::Bool(false) => flat.is_never = true,
                _ => self.diags.wrong_kind(node.place, "a schema", "a mapping", node.kind()),
            }
            return;
        };
        // What was gathered already says nothing new.
        if open.len() > MAX_DEPTH || !flat.gathered.insert(node.place) {
            return;
        }
        open.push(node.place);
        self.shape(node, &shape::SCHEMA);
        if let Some(discriminator) = node.get("discriminator") {
            self.shape(discriminator, &shape::DISCRIMINATOR);
        }
        for entry in entries {
            self.keyword(node, entry, flat, open);
        }
        if self.is_base(node) {
            self.base(node, flat);
        }
        open.pop();
    }

    fn keyword(
        &mut self,
        node: &'t Node,
        entry: &'t Entry,
        flat: &mut Flat<'t>,
        open: &mut Vec<Place>,
    ) {
        let value = &entry.value;
        match entry.key.as_str() {
            "$ref" => self.part(value, flat, open),
            "type" => self.types(value, flat),
            "nullable" => flat.nullable |= matches!(value.value, Value::Bool(true)),
            "enum" => match value.as_list() {
                Some(items) => self.values(items.iter().collect(), flat),
                None => self.diags.wrong_kind(value.place, "`enum`", "a list", value.kind()),
            },
            "const" => self.values(vec![value], flat),
            "properties" => self.properties(value, flat),
            "required" => match value.as_list() {
                Some(items) => {
                    let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
                    for item in items {
                        match item.as_str() {
                            Some(name) => {
                                if let Some(first) = seen.insert(name, item.place) {
                                    self.warnings.duplicate_value(item.place, name, first);
                                }
                                flat.required.entry(name).or_insert(item.place);
                            }
                            None => {
                                let what = "a name in `required`";
                                self.diags.wrong_kind(item.place, what, "a string", item.kind());
                            }
                        }
                    }
                }
                // As JSON Schema had it before its fourth draft.
                None if matches!(value.value, Value::Bool(_)) => {
                    self.warnings.not_checked(entry.key_place, "required");
                }
                None => self.diags.wrong_kind(value.place, "`required`", "a list", value.kind()),
            },
            "additionalProperties" | "unevaluatedProperties" => self.additional_of(value, flat),
            "$dynamicRef" | "$recursiveRef" => {
                let why = "what it refers to depends on who refers to it";
                self.warnings.kept_as_json(entry.key_place, why);
            }
            "patternProperties" => {
                self.warnings.not_checked(entry.key_place, "patternProperties");
                let is_closed =
                    ["additionalProperties", "unevaluatedProperties"].iter().any(|it| {
                        node.get(it).is_some_and(|it| matches!(it.value, Value::Bool(false)))
                    });
                match value.as_map() {
                    // Whatever is there has this schema.
                    Some([only])
                        if is_closed && only.value.as_map().is_some_and(|it| !it.is_empty()) =>
                    {
                        self.additional_of(&only.value, flat);
                    }
                    _ => flat.has_patterns = true,
                }
            }
            "items" => {
                if !flat.items.iter().any(|it| it.place == value.place) {
                    flat.items.push(value);
                }
            }
            "allOf" => match value.as_list() {
                Some(parts) => parts.iter().for_each(|it| self.gather(it, flat, open)),
                None => {
                    self.diags.wrong_kind(value.place, "`allOf`", "a list of schemas", value.kind())
                }
            },
            "oneOf" | "anyOf" => match value.as_list() {
                Some(items) => {
                    flat.group(Group {
                        place: entry.key_place,
                        items: items.iter().collect(),
                        discriminator: node.get("discriminator"),
                        is_exclusive: entry.key == "oneOf",
                    });
                }
                None => {
                    let what = format!("`{}`", entry.key);
                    self.diags.wrong_kind(value.place, &what, "a list of schemas", value.kind());
                }
            },
            "then" | "else" => {
                self.warnings.not_checked(entry.key_place, &entry.key);
                self.conditional(value, flat);
            }
            "dependentSchemas" | "dependencies" => {
                self.warnings.not_checked(entry.key_place, &entry.key);
                for branch in value.as_map().unwrap_or_default() {
                    self.conditional(&branch.value, flat);
                }
            }
            "not" | "if" | "dependentRequired" | "contains" | "minContains" | "maxContains"
            | "propertyNames" | "minProperties" | "maxProperties" | "additionalItems" => {
                self.warnings.not_checked(entry.key_place, &entry.key);
            }
            _ => {
                flat.keys.entry(&entry.key).or_insert(entry);
            }
        }
    }

    /// What further members are: the part that says most counts.
    fn additional_of(&mut self, value: &'t Node, flat: &mut Flat<'t>) {
        let says = |it: &Node| it.as_map().is_some_and(|it| !it.is_empty());
        match flat.additional {
            Some(known) if says(known) && says(value) => {
                if !same(known, value) && !flat.has_patterns {
                    flat.has_patterns = true;
                    let why = "parts of it say different things about further members";
                    self.warnings.kept_as_json(value.place, why);
                }
            }
            Some(_) if !says(value) => {}
            Some(_) | None => flat.additional = Some(value),
        }
    }

    fn types(&mut self, value: &'t Node, flat: &mut Flat<'t>) {
        let items: Vec<&Node> = match &value.value {
            Value::String(_) | Value::Null => vec![value],
            Value::List(items) => items.iter().collect(),
            _ => {
                self.diags.type_not_a_string(value.place, value.kind());
                return;
            }
        };
        let mut found: Vec<Class> = Vec::new();
        let mut null = false;
        for item in items {
            match item.as_str() {
                Some("null") => null = true,
                None if matches!(item.value, Value::Null) => null = true,
                Some("any") => return,
                Some(name) => match class::of_type(name) {
                    Some(class) if !found.contains(&class) => found.push(class),
                    Some(_) => {}
                    None => self.diags.unknown_type(item.place, name),
                },
                None => self.diags.type_not_a_string(item.place, item.kind()),
            }
        }
        flat.nullable |= null;
        flat.kind_place = value.place;
        // Every integer is a number.
        if found.contains(&Class::Number) {
            found.retain(|it| *it != Class::Integer);
        }
        if !found.is_empty() {
            if flat.types.as_ref().is_some_and(|known| !overlap(known, &found)) {
                self.warnings.assumed(
                    value.place,
                    "the parts of a schema have types that exclude each other",
                    "the first one counts",
                );
            }
            flat.types(found);
        }
    }

    fn values(&mut self, items: Vec<&'t Node>, flat: &mut Flat<'t>) {
        let is_null = |it: &&Node| matches!(it.value, Value::Null);
        // The values speak for themselves, whatever `nullable` says.
        flat.nullable |= items.iter().any(is_null);
        let listed = |it: &Node| crate::parse::scalar_text(it);
        let mut values: Vec<&Node> = Vec::new();
        let mut first_places: BTreeMap<(bool, String), Place> = BTreeMap::new();
        for item in items.into_iter().filter(|it| !is_null(it)) {
            // `1` and `"1"` are two values; a list or a mapping is like no other.
            let first = listed(item).and_then(|text| {
                let key = (item.as_str().is_some(), text);
                let known = first_places.get(&key).copied();
                first_places.entry(key).or_insert(item.place);
                known
            });
            match first {
                Some(first) => {
                    let shown = listed(item).unwrap_or_default();
                    self.warnings.duplicate_value(item.place, &shown, first);
                }
                None => values.push(item),
            }
        }
        flat.values = Some(match flat.values.take() {
            None => values,
            Some(known) => {
                let found: BTreeSet<Option<String>> = values.iter().map(|it| listed(it)).collect();
                let is_shared = |it: &&Node| found.contains(&listed(it));
                let shared: Vec<&Node> = known.iter().copied().filter(is_shared).collect();
                if shared.is_empty() { known } else { shared }
            }
        });
    }

    fn properties(&mut self, value: &'t Node, flat: &mut Flat<'t>) {
        let Some(entries) = value.as_map() else {
            self.diags.wrong_kind(value.place, "`properties`", "a mapping", value.kind());
            return;
        };
        for entry in entries {
            if let Some(reference) = class::members_elsewhere(entry) {
                if let Some(target) = self.follow(reference, "list of members")
                    && flat.joined.insert(target.node.place)
                {
                    self.written_out.insert(target.node.place);
                    self.properties(target.node, flat);
                }
                continue;
            }
            match &entry.value.value {
                Value::Map(_) | Value::Bool(_) => {}
                // Nothing is said about it.
                Value::Null => {
                    self.warnings.assumed(
                        entry.key_place,
                        &format!("nothing is said about `{}`", entry.key),
                        "it is JSON of any kind",
                    );
                }
                _ => {
                    let what = "a schema";
                    self.diags.wrong_kind(entry.value.place, what, "a mapping", entry.value.kind());
                    continue;
                }
            }
            flat.property_places.entry(&entry.key).or_insert(entry.key_place);
            match flat.properties.get_mut(entry.key.as_str()) {
                Some(known) => known.add(&entry.value),
                None => {
                    flat.properties.insert(&entry.key, Spec::All(vec![&entry.value]));
                }
            }
        }
    }

    /// What a reference in a composition leads to.
    fn part(&mut self, reference: &'t Node, flat: &mut Flat<'t>, open: &mut Vec<Place>) {
        let Some(target) = self.follow(reference, "schema") else {
            // There is an error; whatever is written out now goes nowhere.
            return;
        };
        let node = target.node;
        match self.class(node) {
            Class::Object => self.keep_reference(&target, reference.place, flat),
            Class::Base => self.object_part(node, flat, 0),
            Class::Union if open.iter().any(|it| self.has_alternative(node, *it)) => {
                self.object_part(node, flat, 0);
            }
            _ => {
                self.written_out.insert(node.place);
                self.gather(node, flat, open);
            }
        }
    }

    fn keep_reference(&mut self, target: &Target<'t>, place: Place, flat: &mut Flat<'t>) {
        if flat.refs.iter().any(|it| it.node.place == target.node.place) {
            return;
        }
        let name = self.named(target);
        flat.refs.push(Reference { name, node: target.node, place });
    }

    /// The members of an object, without what it stands for.
    pub(in crate::import) fn object_part(
        &mut self,
        node: &'t Node,
        flat: &mut Flat<'t>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH || !flat.joined.insert(node.place) {
            return;
        }
        if let Some(reference) = node.get("$ref")
            && let Some(target) = self.follow(reference, "schema")
        {
            self.object_part(target.node, flat, depth + 1);
        }
        for part in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
            self.object_part(part, flat, depth + 1);
        }
        for entry in node.as_map().unwrap_or_default() {
            match entry.key.as_str() {
                "properties"
                | "required"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "patternProperties"
                | "then"
                | "else"
                | "dependentSchemas"
                | "dependencies" => {
                    self.keyword(node, entry, flat, &mut Vec::new());
                }
                _ => {}
            }
        }
        if depth == 0 {
            self.add_conditional(flat);
        }
        if flat.types.is_none() {
            flat.types = Some(vec![Class::Object]);
        }
    }

    /// An object that stands for all that its discriminator maps to.
    fn base(&mut self, node: &'t Node, flat: &mut Flat<'t>) {
        let Some(discriminator) = node.get("discriminator") else { return };
        let mapping = discriminator.get("mapping");
        let mut items: Vec<&'t Node> = Vec::new();
        if mapping.is_none() {
            for Heir { name, node: heir } in self.heirs(node) {
                let path = self.tree.path_of(heir.place);
                if let Some(target) = self.tree.component(path, name) {
                    self.named(&target);
                    items.push(heir);
                }
            }
        }
        for entry in mapping.and_then(Node::as_map).unwrap_or_default() {
            if let Some(target) = self.mapped(&entry.value)
                && target.node.place != node.place
                && !items.iter().any(|it| it.place == target.node.place)
            {
                self.named(&target);
                items.push(target.node);
            }
        }
        if !items.is_empty() {
            // Each alternative has these members by extending this.
            if items.iter().all(|it| extends(self.tree, it, node.place)) {
                flat.properties.clear();
                flat.required.clear();
                flat.refs.clear();
                flat.additional = None;
            }
            let place = mapping.unwrap_or(discriminator).place;
            let discriminator = Some(discriminator);
            flat.group(Group { place, items, discriminator, is_exclusive: true });
        }
    }

    /// What a value of a discriminator's mapping names.
    pub(in crate::import) fn mapped(&mut self, value: &'t Node) -> Option<Target<'t>> {
        let text = value.as_str()?;
        if !text.contains(['#', '/', '.']) {
            return self.tree.component(self.tree.path_of(value.place), text);
        }
        match self.tree.follow(value) {
            Ok(target) => Some(target),
            Err(_) => self.tree.component(self.tree.path_of(value.place), text),
        }
    }

    /// Resolves what alternatives can be resolved without a union.
    pub(in crate::import) fn reduce(&mut self, flat: &mut Flat<'t>) {
        for _ in 0..MAX_DEPTH {
            let groups = std::mem::take(&mut flat.groups);
            if groups.is_empty() {
                return;
            }
            let mut is_stable = true;
            for group in groups {
                let mut items: Vec<&'t Node> = Vec::new();
                for item in &group.items {
                    self.alternatives(item, &mut items, flat, 0);
                }
                // Whatever fits anything fits this.
                if items.iter().any(|it| class::is_anything(it)) {
                    continue;
                }
                let real: Vec<&'t Node> =
                    items.iter().copied().filter(|it| class::is_real(it)).collect();
                match real.as_slice() {
                    [] => {
                        if items.iter().any(|it| !class::is_null(it)) {
                            self.warnings.not_checked(group.place, "oneOf");
                        }
                    }
                    // Beside one that says what it is, the others say what is required.
                    [only] if group.discriminator.is_none() => {
                        is_stable = false;
                        self.gather(only, flat, &mut Vec::new());
                        self.add_conditional(flat);
                    }
                    items if self.are_scalars(items) => self.scalars(items, flat),
                    _ => flat.groups.push(Group { items: real, ..group }),
                }
            }
            if is_stable {
                return;
            }
        }
    }

    fn are_scalars(&mut self, items: &[&'t Node]) -> bool {
        items.iter().all(|it| {
            matches!(
                self.class(it),
                Class::String | Class::Integer | Class::Number | Class::Boolean
            )
        })
    }

    /// Scalars are one scalar, of all their types and with all their values.
    fn scalars(&mut self, items: &[&'t Node], flat: &mut Flat<'t>) {
        let mut types: Vec<Class> = Vec::new();
        let mut values: Vec<&'t Node> = Vec::new();
        let mut all_listed = true;
        let mut keys: Option<BTreeMap<&'t str, &'t Entry>> = None;
        for item in items {
            let mut one = Flat::new(item.place);
            self.gather(item, &mut one, &mut Vec::new());
            for class in self.kinds(&one) {
                if !types.contains(&class) {
                    types.push(class);
                }
            }
            flat.nullable |= one.nullable;
            all_listed &= one.values.is_some();
            values.extend(one.values.into_iter().flatten());
            let same = |a: &Entry, b: &Entry| {
                crate::parse::scalar_text(&a.value).is_some()
                    && crate::parse::scalar_text(&a.value) == crate::parse::scalar_text(&b.value)
            };
            keys = Some(match keys {
                None => one.keys,
                Some(known) => known
                    .into_iter()
                    .filter(|(key, it)| one.keys.get(key).is_some_and(|other| same(it, other)))
                    .collect(),
            });
        }
        if types.contains(&Class::Number) {
            types.retain(|it| *it != Class::Integer);
        }
        // An enum takes other values, too.
        if all_listed || types == [Class::String] {
            self.values(values, flat);
            if flat.values.as_ref().is_some_and(Vec::is_empty) {
                flat.values = None;
            }
        }
        for (key, entry) in keys.unwrap_or_default() {
            flat.keys.entry(key).or_insert(entry);
        }
        flat.types(types);
    }

    /// The alternatives of an alternative are alternatives.
    fn alternatives(
        &mut self,
        item: &'t Node,
        items: &mut Vec<&'t Node>,
        flat: &mut Flat<'t>,
        depth: usize,
    ) {
        if !matches!(item.value, Value::Map(_) | Value::Bool(_)) {
            self.diags.wrong_kind(item.place, "an alternative", "a schema", item.kind());
            return;
        }
        if class::is_null(item) {
            flat.nullable = true;
            return;
        }
        if item.get("nullable").is_some_and(|it| matches!(it.value, Value::Bool(true))) {
            flat.nullable = true;
        }
        let entries = item.as_map().unwrap_or_default();
        let mut shapes = entries.iter().filter(|it| !is_annotation(&it.key));
        if let (Some(only), None, true) = (shapes.next(), shapes.next(), depth < 8)
            && matches!(only.key.as_str(), "oneOf" | "anyOf")
            && let Some(inner) = only.value.as_list()
        {
            inner.iter().for_each(|it| self.alternatives(it, items, flat, depth + 1));
            return;
        }
        if !items.iter().any(|it| it.place == item.place) {
            items.push(item);
        }
    }

    /// The schema of an alternative, and its name if it is a component.
    pub(in crate::import) fn alternative(&mut self, item: &'t Node) -> Part<'t> {
        let is_component = self.tree.component_name(item).is_some();
        let has_parts = item.get("allOf").is_some();
        if let Some(reference) = lone_reference(item).filter(|_| !(is_component && has_parts))
            && let Some(target) = self.follow(reference, "schema")
        {
            let written = target.segments.last().cloned();
            let written = written.or_else(|| file_stem(&target.path));
            let name = self.named(&target);
            return Part { node: target.node, name: Some(name), written, place: reference.place };
        }
        let name = self.named.get(&item.place).cloned();
        let written = self.tree.component_name(item).map(str::to_owned);
        Part { node: item, written: written.or_else(|| name.clone()), name, place: item.place }
    }
}

impl<'t> Flat<'t> {
    pub(in crate::import) fn group(&mut self, group: Group<'t>) {
        self.kind_place = group.place;
        self.groups.push(group);
    }
}

/// The reference beside which, or beside whose part, nothing changes what is valid.
fn lone_reference(item: &Node) -> Option<&Node> {
    let only = |key: &str| {
        item.as_map().is_some_and(|it| it.iter().all(|it| it.key == key || is_annotation(&it.key)))
    };
    match item.get("allOf").and_then(Node::as_list) {
        Some(parts) if only("allOf") => {
            let says = |it: &&Node| {
                let says = |it: &Entry| it.key == "nullable" || !is_annotation(&it.key);
                it.as_map().is_none_or(|it| it.iter().any(says))
            };
            let mut parts = parts.iter().filter(says);
            match (parts.next(), parts.next()) {
                (Some(part), None) if part.get("$ref").is_some() => lone_reference(part),
                _ => None,
            }
        }
        _ if only("$ref") => item.get("$ref"),
        _ => None,
    }
}

/// Whether a value can be of both.
fn overlap(known: &[Class], found: &[Class]) -> bool {
    let numeric = |it: &Class| matches!(it, Class::Integer | Class::Number);
    known.iter().any(|it| found.contains(it) || (numeric(it) && found.iter().any(numeric)))
}

fn file_stem(path: &str) -> Option<String> {
    let file = path.rsplit('/').next()?;
    file.split('.').next().map(str::to_owned)
}

/// Whether a schema is composed of the one at `place`, at any distance.
fn extends(tree: &Tree, node: &Node, place: Place) -> bool {
    let mut seen: BTreeSet<Place> = BTreeSet::new();
    let mut rest = vec![node];
    while let Some(node) = rest.pop() {
        for part in node.get("allOf").and_then(Node::as_list).unwrap_or_default() {
            let Some(Ok(target)) = part.get("$ref").map(|it| tree.follow(it)) else { continue };
            if target.node.place == place {
                return true;
            }
            if seen.insert(target.node.place) {
                rest.push(target.node);
            }
        }
    }
    false
}
