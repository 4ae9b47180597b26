//! Schemas as they are written: every keyword read, checked and given a place.
//!
//! What a schema becomes in Rust is decided in [`super::types`].

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    names,
    parse::{
        self, Document,
        node::{Entry, Node, Place, Value},
    },
};

/// A schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Where it stands: its key if it has one, else its value.
    pub place: Place,
    /// What it says about values.
    pub kind: Kind,
    /// Where `type` (or what stands for it) is written.
    pub kind_place: Place,
    /// Whether `null` is a value.
    pub nullable: bool,
    /// What it is.
    pub description: Option<String>,
    /// Where the fact comes from.
    pub sources: Vec<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Only ever received.
    pub read_only: bool,
    /// Only ever sent.
    pub write_only: bool,
    /// Personal or secret.
    pub sensitive: bool,
    /// Whether `""` means absent.
    pub empty_as_null: bool,
    /// Whether `new()` takes it although it may be absent.
    pub new: Option<NewArgument>,
    /// The name of the member in Rust, and where it is given.
    pub rust: Option<(String, Place)>,
    /// What the number counts.
    pub unit: Option<Unit>,
    /// What is checked before sending.
    pub constraints: Vec<Constraint>,
    /// What the provider takes when it is left out.
    pub default: Option<String>,
    /// Where the values of its keywords stand.
    pub places: IndexMap<String, Place>,
    /// The `type` beside a composition, which must agree with it.
    pub beside: Option<(String, Place)>,
}

/// What a schema says about values.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A named schema.
    Ref(String),
    /// A string.
    String(Option<String>),
    /// One of a list of strings, to which the provider may add.
    Enum(Vec<EnumValue>),
    /// A whole number.
    Integer(Option<String>),
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array(Box<Schema>),
    /// A mapping.
    Object(Object),
    /// All of these at once.
    AllOf(Vec<Schema>),
    /// One of these.
    Alternatives(Vec<Schema>, Option<Discriminator>),
}

/// The members of an object.
#[derive(Clone, Debug)]
pub struct Object {
    /// The members that are known.
    pub members: IndexMap<String, Schema>,
    /// Those that are always there, and where it is said.
    pub required: IndexMap<String, Place>,
    /// The others.
    pub additional: Additional,
}

impl Object {
    fn is_alike(&self, other: &Object) -> bool {
        let is_there = |(name, member): (&String, &Schema)| {
            other.members.get(name).is_some_and(|it| it.is_alike(member))
        };
        let additional = match (&self.additional, &other.additional) {
            (Additional::Unspecified, Additional::Unspecified) => true,
            (Additional::Kept, Additional::Kept) => true,
            (Additional::Schema(a), Additional::Schema(b)) => a.is_alike(b),
            _ => false,
        };
        additional
            && self.members.len() == other.members.len()
            && self.members.iter().all(is_there)
            && self.required.len() == other.required.len()
            && self.required.keys().all(|it| other.required.contains_key(it))
    }
}

/// Members that no schema names.
#[derive(Clone, Debug)]
pub enum Additional {
    /// Nothing is said: they may come and are ignored.
    Unspecified,
    /// They are kept.
    Kept,
    /// They are kept and have a schema.
    Schema(Box<Schema>),
}

/// A listed value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// As JSON spells it.
    pub wire: String,
    /// Where it stands.
    pub place: Place,
    /// What it means.
    pub description: Option<String>,
    /// Its name in Rust, if the value cannot be one.
    pub rust: Option<String>,
}

/// How the alternatives are told apart.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// The member that tells.
    pub property: String,
    /// Where it is named.
    pub place: Place,
    /// Its values: value → name of the alternative.
    pub mapping: Vec<(String, String)>,
}

/// What `new()` takes for a member that may be absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewArgument {
    /// The member's own type.
    Required,
    /// This alternative of its type.
    Alternative(String),
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money in major units, such as dollars.
    Major,
    /// Money in minor units, such as cents.
    Minor,
    /// An exchange rate.
    Rate,
    /// Hundredths.
    Percent,
    /// Any other exact decimal.
    Factor,
}

/// Something checked before a request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// `minLength`, `maxLength`, `minItems`, `maxItems`.
    Length(&'static str, u64),
    /// `minimum`, `maximum`, exclusive or not, `multipleOf`: exact text.
    Bound(&'static str, String),
    /// `pattern`.
    Pattern(String),
    /// `uniqueItems`.
    UniqueItems,
    /// A limit of each item of a list or value of a mapping, which is itself a list.
    Each(Box<Constraint>),
}

impl Constraint {
    /// The keyword that says it.
    pub(crate) fn keyword(&self) -> &'static str {
        match self {
            Constraint::Length(key, _) => key,
            Constraint::Bound("exclusive_minimum", _) => "exclusiveMinimum",
            Constraint::Bound("exclusive_maximum", _) => "exclusiveMaximum",
            Constraint::Bound("multiple_of", _) => "multipleOf",
            Constraint::Bound(name, _) => name,
            Constraint::Pattern(_) => "pattern",
            Constraint::UniqueItems => "uniqueItems",
            Constraint::Each(it) => it.keyword(),
        }
    }

    /// Whether it is about how many or which items there are.
    pub(crate) fn is_of_list(&self) -> bool {
        matches!(
            self,
            Constraint::Length("minItems" | "maxItems", _)
                | Constraint::UniqueItems
                | Constraint::Each(_)
        )
    }
}

impl Schema {
    /// Whether both have the same values, whatever is said about them.
    pub(crate) fn is_alike(&self, other: &Schema) -> bool {
        let stated = |it: &Schema| {
            (it.nullable, it.read_only, it.write_only, it.sensitive, it.empty_as_null, it.unit)
        };
        let all = |a: &[Schema], b: &[Schema]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_alike(b))
        };
        stated(self) == stated(other)
            && self.constraints == other.constraints
            && match (&self.kind, &other.kind) {
                (Kind::Any, Kind::Any) | (Kind::Number, Kind::Number) => true,
                (Kind::Boolean, Kind::Boolean) => true,
                (Kind::Ref(a), Kind::Ref(b)) => a == b,
                (Kind::String(a), Kind::String(b)) | (Kind::Integer(a), Kind::Integer(b)) => a == b,
                (Kind::Enum(a), Kind::Enum(b)) => {
                    a.iter().map(|it| &it.wire).eq(b.iter().map(|it| &it.wire))
                }
                (Kind::Array(a), Kind::Array(b)) => a.is_alike(b),
                (Kind::Object(a), Kind::Object(b)) => a.is_alike(b),
                (Kind::AllOf(a), Kind::AllOf(b)) => all(a, b),
                (Kind::Alternatives(a, _), Kind::Alternatives(b, _)) => all(a, b),
                _ => false,
            }
    }

    /// Visits this schema and those inside it, without following references.
    pub(crate) fn walk<'s>(&'s self, visit: &mut impl FnMut(&'s Schema)) {
        visit(self);
        match &self.kind {
            Kind::Array(items) => items.walk(visit),
            Kind::Object(object) => {
                object.members.values().for_each(|it| it.walk(visit));
                if let Additional::Schema(it) = &object.additional {
                    it.walk(visit);
                }
            }
            Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
                parts.iter().for_each(|it| it.walk(visit))
            }
            Kind::Any
            | Kind::Ref(_)
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Integer(_)
            | Kind::Number
            | Kind::Boolean => {}
        }
    }

    /// The JSON type of its values, if there is one.
    pub(crate) fn json_type(&self, schemas: &IndexMap<String, Schema>) -> Option<&'static str> {
        match &self.kind {
            Kind::Any => None,
            Kind::Ref(name) => schemas.get(name)?.json_type(schemas),
            Kind::String(_) | Kind::Enum(_) => Some("string"),
            Kind::Integer(_) => Some("integer"),
            Kind::Number => Some("number"),
            Kind::Boolean => Some("boolean"),
            Kind::Array(_) => Some("array"),
            Kind::Object(_) => Some("object"),
            Kind::AllOf(parts) => parts.first()?.json_type(schemas),
            Kind::Alternatives(parts, _) => {
                let first = parts.first()?.json_type(schemas)?;
                parts.iter().all(|it| it.json_type(schemas) == Some(first)).then_some(first)
            }
        }
    }
}

/// The keys a schema can have.
const KEYS: &[&str] = &[
    "$ref",
    "type",
    "format",
    "enum",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
    "nullable",
    "description",
    "title",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "example",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "pattern",
    "externalDocs",
    "x-source",
    "x-unit",
    "x-sensitive",
    "x-empty-as-null",
    "x-enumDescriptions",
    "x-enum-varnames",
    "x-new",
    "x-rust-name",
];

/// The formats of each type.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "date-time",
            "date",
            "civil-date-time",
            "epoch-millis",
            "uri",
            "email",
            "uuid",
            "time",
            "binary",
        ],
    ),
    ("integer", &["int32", "int64", "uint64", "epoch-millis"]),
    ("number", &["double", "float"]),
];

/// The formats of a type.
pub(crate) fn formats(ty: &str) -> &'static [&'static str] {
    FORMATS.iter().find(|(it, _)| *it == ty).map_or(&[], |(_, it)| it)
}

/// Whether any type has this format.
fn is_format(name: &str) -> bool {
    FORMATS.iter().any(|(_, it)| it.contains(&name))
}

/// Reads the schema at `node`, which is called `place`.
pub(crate) fn read(doc: &Document, node: &Node, place: Place, diags: &mut Diagnostics) -> Schema {
    if node.get("$ref").is_none() {
        without_effect(node, &["x-rust-name"], "only members and parameters are named", diags);
    }
    any(doc, node, place, diags)
}

/// Reads the schema of a member, which can have a name in Rust.
fn member(doc: &Document, node: &Node, place: Place, diags: &mut Diagnostics) -> Schema {
    let rust = if node.get("$ref").is_none() { rust_name(node, diags) } else { None };
    Schema { rust, ..any(doc, node, place, diags) }
}

/// The name in Rust that a member or parameter asks for.
pub(crate) fn rust_name(node: &Node, diags: &mut Diagnostics) -> Option<(String, Place)> {
    let name = text(node, "x-rust-name", diags)?;
    let place = node.get("x-rust-name")?.place;
    let wanted = names::snake(&name);
    if wanted != name {
        diags.not_a_member_name(place, &name, &wanted);
    }
    Some((name, place))
}

fn any(doc: &Document, node: &Node, place: Place, diags: &mut Diagnostics) -> Schema {
    let mut schema = Schema {
        place,
        kind: Kind::Any,
        kind_place: place,
        nullable: flag(node, "nullable", diags),
        description: text(node, "description", diags),
        sources: sources(node, diags),
        deprecated: flag(node, "deprecated", diags),
        read_only: flag(node, "readOnly", diags),
        write_only: flag(node, "writeOnly", diags),
        sensitive: flag(node, "x-sensitive", diags),
        empty_as_null: flag(node, "x-empty-as-null", diags),
        new: None,
        rust: None,
        unit: unit(node, diags),
        constraints: constraints(node, diags),
        default: default(node),
        places: node
            .as_map()
            .into_iter()
            .flatten()
            .map(|it| (it.key.clone(), it.value.place))
            .collect(),
        beside: None,
    };
    if node.as_map().is_none() {
        diags.wrong_kind(node.place, "a schema", "a mapping", node.kind());
        return schema;
    }
    if let Some(target) = node.entry("$ref") {
        schema.kind_place = target.value.place;
        if let Some(name) = component_name(doc, &target.value, "schemas", "schema", diags) {
            diags.reference_siblings(node);
            schema.kind = Kind::Ref(name);
        }
        return schema;
    }
    diags.known_keys(node, "a schema", KEYS);
    kind(doc, node, &mut schema, diags);
    for key in ["default", "example"] {
        if let Some((found, why)) = value_problem(node, key) {
            let shown = parse::scalar_text(found).unwrap_or_else(|| json_text(found));
            diags.value_contradicts(found.place, key, &shown, &why);
        }
    }
    schema.new = text(node, "x-new", diags).map(|it| match it.as_str() {
        "required" => NewArgument::Required,
        _ => NewArgument::Alternative(it),
    });
    if let (Some(entry), Some(NewArgument::Alternative(found))) = (node.entry("x-new"), &schema.new)
        && !matches!(found.as_str(), "integer" | "string")
    {
        diags.new_without_type(entry.value.place, found);
    }
    if let Some(entry) = node.entry("nullable")
        && schema.nullable
        && !TYPED.iter().chain(&["type"]).any(|it| node.get(it).is_some())
    {
        diags.unless_misspelt(node, "type", |it| it.nullable_without_type(entry.key_place));
    }
    if let (true, true, Some(entry)) =
        (schema.read_only, schema.write_only, node.entry("writeOnly"))
    {
        diags.no_effect(entry.key_place, &["writeOnly"], "it is never sent, being `readOnly`");
    }
    schema
}

fn kind(doc: &Document, node: &Node, schema: &mut Schema, diags: &mut Diagnostics) {
    let compositions = ["allOf", "oneOf", "anyOf"].iter().filter_map(|it| node.entry(it));
    let compositions: Vec<&Entry> = compositions.collect();
    if let [_, second, ..] = compositions.as_slice() {
        diags.unsupported_composition(
            second.key_place,
            &second.key,
            "there is another composition beside it",
            "name one of them under `components.schemas` and refer to it",
        );
        return;
    }
    if let [composition] = compositions.as_slice() {
        schema.kind_place = composition.key_place;
        schema.beside = node.get("type").and_then(|it| Some((it.as_str()?.to_owned(), it.place)));
        let items = composition.value.as_list().unwrap_or_default();
        if items.is_empty() || items.iter().any(|it| it.as_map().is_none()) {
            let what = format!("`{}`", composition.key);
            let wrong = items.iter().find(|it| it.as_map().is_none()).unwrap_or(&composition.value);
            let found = if wrong.as_list().is_some_and(<[Node]>::is_empty) {
                "an empty list"
            } else {
                wrong.kind()
            };
            diags.wrong_kind(wrong.place, &what, "a list of schemas", found);
            return;
        }
        let mut parts: Vec<Schema> =
            items.iter().map(|it| read(doc, it, first_place(it), diags)).collect();
        let mut references: Vec<&Node> = Vec::new();
        for target in items.iter().filter_map(|it| it.get("$ref")) {
            if let Some(first) = references.iter().find(|it| it.as_str() == target.as_str()) {
                diags.duplicate_value(
                    target.place,
                    target.as_str().unwrap_or_default(),
                    first.place,
                );
            }
            references.push(target);
        }
        // With a discriminator there may be others tomorrow.
        let is_open = node.get("discriminator").is_some();
        if composition.key != "allOf" && items.len() == 1 && !is_open {
            diags.unsupported_composition(
                composition.key_place,
                &composition.key,
                "it has a single alternative",
                "write `allOf` to annotate a reference, or the schema itself",
            );
        }
        if composition.key == "allOf" {
            if node.get("properties").is_some() {
                let mut own = schema.clone();
                own.kind = Kind::Object(object(doc, node, diags));
                own.description = None;
                parts.push(own);
            } else {
                without_effect(
                    node,
                    &["required", "additionalProperties"],
                    "there are no `properties` beside it",
                    diags,
                );
            }
            without_effect(
                node,
                &[SHAPES, &["discriminator", "x-unit"]].concat(),
                "`allOf` says what this is",
                diags,
            );
            schema.kind = Kind::AllOf(parts);
        } else {
            let why = "the alternatives say what this is";
            without_effect(
                node,
                &[SHAPES, &["properties", "required", "additionalProperties"]].concat(),
                why,
                diags,
            );
            schema.kind = Kind::Alternatives(parts, discriminator(doc, node, items, diags));
        }
        return;
    }
    without_effect(node, &["discriminator"], "there are no alternatives", diags);
    let Some(ty) = node.entry("type") else {
        let shape = TYPED.iter().find_map(|it| node.entry(it));
        if let Some(entry) = shape {
            diags.missing_key(
                node,
                entry.key_place,
                &format!("a schema with `{}`", entry.key),
                "type",
            );
        }
        return;
    };
    schema.kind_place = ty.value.place;
    let format = text(node, "format", diags);
    let format_place = node.get("format").map_or(schema.kind_place, |it| it.place);
    let known_format = |name: &str, diags: &mut Diagnostics| {
        let found = format.clone()?;
        // That of another type is a sign that the type is wrong.
        if !is_format(&found) {
            diags.unknown_format(format_place, &found, name, formats(name));
        }
        Some(found)
    };
    schema.kind = match ty.value.as_str() {
        Some("string") if node.get("enum").is_some() => Kind::Enum(enum_values(node, diags)),
        Some("string") => Kind::String(known_format("string", diags)),
        Some("integer") => Kind::Integer(known_format("integer", diags)),
        Some("number") => {
            known_format("number", diags);
            Kind::Number
        }
        Some("boolean") => Kind::Boolean,
        Some("array") => match node.entry("items") {
            Some(items) => Kind::Array(Box::new(read(doc, &items.value, items.key_place, diags))),
            None => {
                diags.unless_misspelt(node, "items", |it| it.items_missing(ty.value.place));
                Kind::Any
            }
        },
        Some("object") => Kind::Object(object(doc, node, diags)),
        Some(found) => {
            diags.unknown_type(ty.value.place, found);
            Kind::Any
        }
        None => {
            diags.type_not_a_string(ty.value.place, ty.value.kind());
            Kind::Any
        }
    };
    misplaced_keys(node, &schema.kind, ty, diags);
    if matches!(schema.kind, Kind::Number) && schema.unit == Some(Unit::Minor) {
        diags.minor_unit_needs_integer(schema.kind_place);
    }
}

/// What says nothing without a `type`.
const TYPED: &[&str] = &[
    "properties",
    "items",
    "enum",
    "format",
    "required",
    "additionalProperties",
    "x-enumDescriptions",
    "x-unit",
    "x-enum-varnames",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// What says what the values are, beside `type` and compositions.
const SHAPES: &[&str] = &["enum", "x-enumDescriptions", "x-enum-varnames", "items", "format"];

/// Keywords that say nothing beside others.
fn without_effect(node: &Node, keys: &[&str], why: &str, diags: &mut Diagnostics) {
    let found: Vec<&Entry> = keys.iter().filter_map(|it| node.entry(it)).collect();
    let names: Vec<&str> = found.iter().map(|it| it.key.as_str()).collect();
    if let Some(first) = found.first() {
        diags.unless_misspelt(node, "type", |it| it.no_effect(first.key_place, &names, why));
    }
}

/// Keywords that say nothing about a schema of this type.
fn misplaced_keys(node: &Node, kind: &Kind, ty: &Entry, diags: &mut Diagnostics) {
    let Some(name) = ty.value.as_str().filter(|_| !matches!(kind, Kind::Any)) else { return };
    let is_text = matches!(kind, Kind::String(_) | Kind::Enum(_));
    let is_number = matches!(kind, Kind::Integer(_) | Kind::Number);
    // A format that no type has is complained about elsewhere.
    let format = node.get("format").and_then(Node::as_str).unwrap_or_default();
    let is_own_format = match kind {
        Kind::Enum(_) => false,
        _ => formats(name).contains(&format) || !formats(name).is_empty() && !is_format(format),
    };
    let checks: [(&[&str], bool); 7] = [
        (&["enum", "x-enumDescriptions", "x-enum-varnames"], matches!(kind, Kind::Enum(_))),
        (&["items", "minItems", "maxItems", "uniqueItems"], matches!(kind, Kind::Array(_))),
        (&["properties", "required", "additionalProperties"], matches!(kind, Kind::Object(_))),
        (&["minLength", "maxLength", "pattern"], is_text),
        (&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"], is_number),
        (&["x-unit"], is_number || matches!(kind, Kind::String(_))),
        (&["format"], is_own_format),
    ];
    let mut misplaced: Vec<(&str, Place)> = checks
        .iter()
        .filter(|(_, applies)| !applies)
        .flat_map(|(keys, _)| keys.iter().filter_map(|it| node.entry(it)))
        .map(|it| (it.key.as_str(), it.key_place))
        .collect();
    misplaced.sort_by_key(|(_, place)| *place);
    diags.unless_misspelt(node, "type", |it| {
        it.misplaced_keywords(ty.value.place, name, &misplaced)
    });
}

fn object(doc: &Document, node: &Node, diags: &mut Diagnostics) -> Object {
    let mut members = IndexMap::new();
    let (properties, strays): (Vec<&Entry>, Vec<&Entry>) =
        map(node, "properties", diags).iter().partition(|it| it.value.as_map().is_some());
    diags.strays(node, &strays, "a schema");
    for entry in properties {
        members.insert(entry.key.clone(), member(doc, &entry.value, entry.key_place, diags));
    }
    if let Some(entry) = node.entry("required")
        && members.is_empty()
    {
        diags.unless_misspelt(node, "properties", |it| {
            it.required_without_properties(entry.key_place)
        });
    }
    let mut required: IndexMap<String, Place> = IndexMap::new();
    for item in list(node, "required", diags) {
        let Some(name) = item.as_str() else {
            diags.wrong_kind(item.place, "a name in `required`", "a string", item.kind());
            continue;
        };
        if let Some(first) = required.get(name) {
            diags.duplicate_value(item.place, name, *first);
        }
        // A part of an `allOf` may require what another part declares.
        if !members.is_empty() && !members.contains_key(name) && node.get("allOf").is_none() {
            let near = diagnostics::nearest(name, members.keys().map(String::as_str));
            let near = near.and_then(|it| Some((it, members.get(it)?.place)));
            diags.unless_misspelt(node, name, |it| {
                it.required_not_a_property(item.place, name, near)
            });
        }
        required.entry(name.to_owned()).or_insert(item.place);
    }
    let additional = match node.entry("additionalProperties") {
        None => Additional::Unspecified,
        Some(entry) => match &entry.value.value {
            Value::Bool(true) => Additional::Kept,
            Value::Bool(false) => Additional::Unspecified,
            Value::Map(entries) if entries.is_empty() => Additional::Kept,
            _ => Additional::Schema(Box::new(read(doc, &entry.value, entry.key_place, diags))),
        },
    };
    Object { members, required, additional }
}

fn enum_values(node: &Node, diags: &mut Diagnostics) -> Vec<EnumValue> {
    let mut values: Vec<EnumValue> = Vec::new();
    let mut first_places: BTreeMap<&str, Place> = BTreeMap::new();
    let items = list(node, "enum", diags);
    for item in items {
        let Some(wire) = item.as_str() else {
            match parse::scalar_text(item) {
                Some(shown) => diags.enum_value_not_a_string(item.place, &shown),
                None => diags.wrong_kind(item.place, "an enum value", "a string", item.kind()),
            }
            continue;
        };
        if let Some(first) = first_places.get(wire) {
            diags.duplicate_value(item.place, wire, *first);
            continue;
        }
        first_places.insert(wire, item.place);
        let value =
            EnumValue { wire: wire.to_owned(), place: item.place, description: None, rust: None };
        values.push(value);
    }
    // Names and meanings go with the values as they were meant.
    if values.len() == items.len() && !values.is_empty() {
        describe(node, &mut values, diags);
        name(node, &mut values, diags);
    }
    values
}

/// Gives the values their names in Rust.
fn name(node: &Node, values: &mut [EnumValue], diags: &mut Diagnostics) {
    let Some(names) = node.entry("x-enum-varnames") else { return };
    let items = list(node, "x-enum-varnames", diags);
    if names.value.as_list().is_some() && items.len() != values.len() {
        diags.enum_varnames_count(names.key_place, items.len(), values.len());
        return;
    }
    for (value, item) in values.iter_mut().zip(items) {
        value.rust = string(item, "a name in `x-enum-varnames`", diags);
        if let Some(name) = &value.rust
            && names::pascal(name) != *name
        {
            diags.not_a_variant_name(item.place, name, &names::pascal(name));
        }
    }
}

/// Gives the values their meanings, which must be complete.
fn describe(node: &Node, values: &mut [EnumValue], diags: &mut Diagnostics) {
    let Some(descriptions) =
        node.entry("x-enumDescriptions").filter(|it| it.value.as_map().is_some())
    else {
        map(node, "x-enumDescriptions", diags);
        return;
    };
    let mut unknown: Vec<&Entry> = Vec::new();
    for entry in descriptions.value.as_map().unwrap_or_default() {
        match values.iter_mut().find(|it| it.wire == entry.key) {
            Some(value) => {
                let text = string(&entry.value, "the meaning of a value", diags);
                value.description = Some(text.unwrap_or_default());
            }
            None => unknown.push(entry),
        }
    }
    let mut missing: Vec<&EnumValue> =
        values.iter().filter(|it| it.description.is_none()).collect();
    missing.retain(|value| {
        let near = diagnostics::nearest(&value.wire, unknown.iter().map(|it| it.key.as_str()));
        let Some(position) = unknown.iter().position(|it| Some(it.key.as_str()) == near) else {
            return true;
        };
        let entry = unknown.remove(position);
        diags.enum_description_differs(&value.wire, value.place, &entry.key, entry.key_place);
        false
    });
    match (missing.as_slice(), unknown.as_slice()) {
        ([value], [entry]) => {
            diags.enum_description_differs(&value.wire, value.place, &entry.key, entry.key_place);
        }
        (missing, unknown) => {
            let names: Vec<&str> = missing.iter().map(|it| it.wire.as_str()).collect();
            if !names.is_empty() {
                let place = descriptions.key_place;
                diags.unless_misspelt(node, names[0], |it| {
                    it.enum_descriptions_incomplete(place, &names)
                });
            }
            for entry in unknown {
                diags.enum_description_unknown(entry.key_place, &entry.key);
            }
        }
    }
}

fn discriminator(
    doc: &Document,
    node: &Node,
    alternatives: &[Node],
    diags: &mut Diagnostics,
) -> Option<Discriminator> {
    let written = node.entry("discriminator")?;
    diags.known_keys(&written.value, "a discriminator", &["propertyName", "mapping"]);
    let Some(property) = text(&written.value, "propertyName", diags) else {
        diags.missing_key(&written.value, written.key_place, "a discriminator", "propertyName");
        return None;
    };
    let references: Vec<&Node> = alternatives.iter().filter_map(|it| it.get("$ref")).collect();
    let names: Vec<String> =
        references.iter().filter_map(|it| Some(component(doc, it)?.0)).collect();
    let is_complete = names.len() == references.len();
    let mut mapping = Vec::new();
    for entry in map(&written.value, "mapping", diags) {
        let target = entry.value.as_str().unwrap_or_default();
        let name = match component(doc, &entry.value) {
            Some((name, _)) => name,
            None => target.to_owned(),
        };
        if names.contains(&name) {
            mapping.push((entry.key.clone(), name));
        } else if is_complete {
            diags.discriminator_mapping(entry.value.place, target, &names);
        }
    }
    if written.value.get("mapping").is_none() {
        // A schema's own name is its value.
        mapping.extend(names.into_iter().map(|it| (it.clone(), it)));
    }
    let place = written.value.get("propertyName").map_or(written.value.place, |it| it.place);
    Some(Discriminator { property, place, mapping })
}

/// The name and section a component reference points at.
fn component(doc: &Document, target: &Node) -> Option<(String, String)> {
    let from = doc.path_of(target.place);
    let (path, segments) = parse::reference(target.as_str()?, from)?;
    let [first, section, name] = segments.as_slice() else { return None };
    let found = doc.components.get(section)?.get(name)?;
    (first == "components" && doc.path_of(found.name_place) == path)
        .then(|| (name.clone(), section.clone()))
}

/// Follows a reference to `components.<section>`, complaining if it leads nowhere.
pub(crate) fn component_name(
    doc: &Document,
    target: &Node,
    section: &str,
    kind: &str,
    diags: &mut Diagnostics,
) -> Option<String> {
    match component(doc, target) {
        Some((name, found)) if found == section => return Some(name),
        _ => {}
    }
    let Some(written) = target.as_str() else {
        diags.wrong_kind(target.place, "`$ref`", "a string", target.kind());
        return None;
    };
    let from = doc.path_of(target.place);
    // A name that does not exist is complained about once, for all references.
    let dangling = parse::reference(written, from)
        .is_some_and(|(_, it)| it.len() == 3 && it[0] == "components" && it[1] == section);
    if !dangling {
        let name = written.rsplit(['/', '#']).next().unwrap_or_default();
        let known = doc.components.get(section).and_then(|it| it.get(name));
        let is_near = !written.contains(".yaml")
            && known.is_some_and(|it| doc.path_of(it.name_place) == from);
        diags.malformed_reference(target.place, kind, section, is_near.then_some(name));
    }
    None
}

fn constraints(node: &Node, diags: &mut Diagnostics) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    for key in ["minLength", "maxLength", "minItems", "maxItems"] {
        let Some(entry) = node.entry(key) else { continue };
        match &entry.value.value {
            Value::Number(it) if it.parse::<u64>().is_ok() => {
                constraints.push(Constraint::Length(key, it.parse().unwrap_or_default()));
            }
            _ => {
                let found = parse::scalar_text(&entry.value).map(|it| format!("`{it}`"));
                diags.bad_number(
                    entry.value.place,
                    key,
                    &found.unwrap_or_else(|| entry.value.kind().to_owned()),
                );
            }
        }
    }
    for (key, exclusive_key) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
        ("multipleOf", "multipleOf"),
    ] {
        let exclusive = key != exclusive_key && flag(node, exclusive_key, diags);
        let Some(entry) = node.entry(key) else {
            without_effect(node, &[exclusive_key], &format!("there is no `{key}`"), diags);
            continue;
        };
        match &entry.value.value {
            Value::Number(it) => {
                let name = match (key, exclusive) {
                    ("minimum", true) => "exclusive_minimum",
                    ("minimum", false) => "minimum",
                    ("maximum", true) => "exclusive_maximum",
                    ("maximum", false) => "maximum",
                    _ => "multiple_of",
                };
                constraints.push(Constraint::Bound(name, it.clone()));
            }
            _ => diags.wrong_kind(
                entry.value.place,
                &format!("`{key}`"),
                "a number",
                entry.value.kind(),
            ),
        }
    }
    if let Some(pattern) = text(node, "pattern", diags) {
        let place = node.get("pattern").map_or(node.place, |it| it.place);
        diags.pattern(place, &pattern);
        constraints.push(Constraint::Pattern(pattern));
    }
    for (low, high) in empty_ranges(node) {
        diags.empty_range(low.value.place, &low.key, &high.key, high.value.place);
    }
    if flag(node, "uniqueItems", diags) {
        constraints.push(Constraint::UniqueItems);
    }
    constraints
}

fn unit(node: &Node, diags: &mut Diagnostics) -> Option<Unit> {
    let entry = node.entry("x-unit")?;
    match entry.value.as_str() {
        Some("major") => Some(Unit::Major),
        Some("minor") => Some(Unit::Minor),
        Some("rate") => Some(Unit::Rate),
        Some("percent") => Some(Unit::Percent),
        Some("factor") => Some(Unit::Factor),
        found => {
            diags.unknown_unit(entry.value.place, found.unwrap_or(entry.value.kind()));
            None
        }
    }
}

/// Limits that no value keeps: the least and the greatest.
pub(crate) fn empty_ranges(node: &Node) -> Vec<(&Entry, &Entry)> {
    let pairs = [("minLength", "maxLength"), ("minItems", "maxItems"), ("minimum", "maximum")];
    let both = |(low, high): &(&str, &str)| Some((node.entry(low)?, node.entry(high)?));
    let is_empty = |(low, high): &(&Entry, &Entry)| {
        let number = |it: &Entry| match &it.value.value {
            Value::Number(it) => it.parse::<f64>().ok(),
            _ => None,
        };
        number(low).zip(number(high)).is_some_and(|(low, high)| low > high)
    };
    pairs.iter().filter_map(both).filter(is_empty).collect()
}

/// Why a schema's default or example is none of its values.
pub(crate) fn value_problem<'n>(node: &'n Node, key: &str) -> Option<(&'n Node, String)> {
    let ty = node.get("type")?.as_str()?;
    let written = node.get(key)?;
    let number = |it: &Node| match &it.value {
        Value::Number(it) => it.parse::<f64>().ok(),
        _ => None,
    };
    let limit = |key: &str| node.get(key).and_then(number);
    let listed = node.get("enum").and_then(Node::as_list);
    let why = match (ty, &written.value) {
        (_, Value::Null) => return None,
        ("boolean", Value::Bool(_)) | ("array", Value::List(_)) | ("object", Value::Map(_)) => {
            return None;
        }
        ("integer", Value::Number(it)) if it.contains(['.', 'e', 'E']) => {
            "this is not whole".to_owned()
        }
        ("integer" | "number", Value::Number(_)) => {
            let found = number(written)?;
            if limit("minimum").is_some_and(|it| found < it) {
                "less than `minimum`".to_owned()
            } else if limit("maximum").is_some_and(|it| found > it) {
                "more than `maximum`".to_owned()
            } else {
                return None;
            }
        }
        ("string", Value::String(found)) => match listed {
            Some(values) if !values.iter().any(|it| it.as_str() == Some(found)) => {
                let known = values.iter().filter_map(Node::as_str);
                let near = diagnostics::did_you_mean(found, known);
                near.unwrap_or_else(|| "`enum` does not list this".to_owned())
            }
            _ => return None,
        },
        ("boolean" | "integer" | "number" | "string" | "array" | "object", _) => {
            format!("this is {}, and `type` says `{ty}`", written.kind())
        }
        _ => return None,
    };
    Some((written, why))
}

/// What the provider takes for an absent value, for people to read.
fn default(node: &Node) -> Option<String> {
    node.get("default").map(|it| parse::scalar_text(it).unwrap_or_else(|| json_text(it)))
}

/// A value as JSON.
fn json_text(node: &Node) -> String {
    let quoted = |it: &str| serde_json::Value::from(it).to_string();
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.clone(),
        Value::String(it) => quoted(it),
        Value::List(items) => {
            format!("[{}]", items.iter().map(json_text).collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) => {
            let member = |it: &Entry| format!("{}: {}", quoted(&it.key), json_text(&it.value));
            format!("{{{}}}", entries.iter().map(member).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A boolean keyword; absent is `false`.
pub(crate) fn flag(node: &Node, key: &str, diags: &mut Diagnostics) -> bool {
    match node.get(key).map(|it| (it, &it.value)) {
        None => false,
        Some((_, Value::Bool(it))) => *it,
        Some((found, _)) => {
            diags.wrong_kind(found.place, &format!("`{key}`"), "`true` or `false`", found.kind());
            false
        }
    }
}

/// A text keyword.
pub(crate) fn text(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<String> {
    let found = node.get(key)?;
    if found.as_str().is_none() {
        diags.wrong_kind(found.place, &format!("`{key}`"), "a string", found.kind());
    }
    found.as_str().map(|it| it.trim().to_owned())
}

/// A list keyword; absent is empty.
pub(crate) fn list<'n>(node: &'n Node, key: &str, diags: &mut Diagnostics) -> &'n [Node] {
    let Some(found) = node.get(key) else { return &[] };
    if found.as_list().is_none() {
        diags.wrong_kind(found.place, &format!("`{key}`"), "a list", found.kind());
    }
    found.as_list().unwrap_or_default()
}

/// A mapping keyword; absent is empty.
pub(crate) fn map<'n>(node: &'n Node, key: &str, diags: &mut Diagnostics) -> &'n [Entry] {
    let Some(found) = node.get(key) else { return &[] };
    if found.as_map().is_none() {
        diags.wrong_kind(found.place, &format!("`{key}`"), "a mapping", found.kind());
    }
    found.as_map().unwrap_or_default()
}

/// The text of a value that has no keyword of its own.
pub(crate) fn string(node: &Node, what: &str, diags: &mut Diagnostics) -> Option<String> {
    if node.as_str().is_none() {
        diags.wrong_kind(node.place, what, "a string", node.kind());
    }
    node.as_str().map(str::to_owned)
}

/// The source tags of a fact.
pub(crate) fn sources(node: &Node, diags: &mut Diagnostics) -> Vec<String> {
    let tags = list(node, "x-source", diags).iter();
    tags.filter_map(|it| string(it, "a tag in `x-source`", diags)).collect()
}

/// The first thing written in a value.
fn first_place(node: &Node) -> Place {
    match node.as_map() {
        Some([first, ..]) => first.key_place,
        _ => node.place,
    }
}
