//! What the schemas become: the types of the client crate.
//!
//! A schema with read-only or write-only members that travels both ways
//! becomes two types. Everything else becomes one.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    model::schema::{
        Additional, Constraint, Discriminator, EnumValue, Kind, NewArgument, Object, Schema, Unit,
    },
    names,
    parse::node::Place,
};

/// A type of the client crate.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its name in Rust.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// What it looks like.
    pub shape: Shape,
    /// Whether it is ever sent.
    pub sent: bool,
    /// Whether it holds personal or secret text as a whole.
    pub sensitive: bool,
    /// Where its schema stands.
    pub place: Place,
}

/// What people should know about an item.
#[derive(Clone, Debug, Default)]
pub struct Docs {
    /// The spec's description.
    pub text: String,
    /// Facts that the schema states: limits, units, defaults.
    pub facts: Vec<String>,
    /// Tags of the sources.
    pub sources: Vec<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// What a type looks like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Named members.
    Struct(Struct),
    /// Listed values, and any other.
    Enum(Vec<Variant>),
    /// A string of its own kind.
    StringNewtype,
    /// An integer or a string of its own kind.
    IntegerOrStringNewtype,
    /// One of several shapes.
    Union(Union),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its members, in the order of the spec.
    pub members: Vec<Member>,
    /// Whether members that no schema names are kept.
    pub additional: bool,
}

/// A member of a struct.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name in Rust.
    pub rust: String,
    /// Its name in JSON.
    pub wire: String,
    /// What it is.
    pub docs: Docs,
    /// Its type, without the wrappers that the other fields ask for.
    pub ty: TypeRef,
    /// Whether it can be left out.
    pub presence: Presence,
    /// How it is written in JSON.
    pub encoding: Encoding,
    /// Personal or secret.
    pub sensitive: bool,
    /// `""` means absent.
    pub empty_as_null: bool,
    /// What `new()` takes although it is optional.
    pub new: Option<NewArgument>,
    /// What is checked before sending.
    pub constraints: Vec<Constraint>,
}

impl Member {
    /// Whether every value that we make has it.
    pub(crate) fn is_needed(&self) -> bool {
        self.presence == Presence::Required || self.new.is_some()
    }
}

/// Whether a member can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It may be absent or `null`.
    Optional,
    /// Absent and `null` mean different things.
    Patch,
}

/// How a value is written in JSON, where its type alone does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As the type does it.
    Natural,
    /// A number in a string.
    Text,
    /// Milliseconds since 1970 as an integer.
    EpochMillis,
    /// Milliseconds since 1970 in a string.
    EpochMillisText,
}

/// A listed value.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name in Rust.
    pub rust: String,
    /// Its value in JSON.
    pub wire: String,
    /// What it means.
    pub docs: String,
}

/// Alternatives.
#[derive(Clone, Debug)]
pub struct Union {
    /// The member that tells them apart.
    pub by: Option<String>,
    /// The alternatives.
    pub variants: Vec<UnionVariant>,
}

/// An alternative.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name in Rust.
    pub rust: String,
    /// What it holds.
    pub ty: TypeRef,
    /// What it is.
    pub docs: String,
    /// When it is chosen.
    pub chosen: Chosen,
}

/// When an alternative is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The discriminator has one of these values.
    Values(Vec<String>),
    /// These members are there.
    Members(Vec<String>),
    /// The value is of this JSON type.
    Json(&'static str),
}

/// The type of a member, argument or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeRef {
    /// A type of the crate.
    Named(String),
    /// A type that every client has.
    Scalar(Scalar),
    /// A list.
    List(Box<TypeRef>),
    /// A mapping with free keys.
    Map(Box<TypeRef>),
}

/// Types that every client has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
    /// 64 bits, not negative.
    U64,
    /// Exact decimal.
    Decimal,
    /// Money in minor units.
    MinorUnits,
    /// An instant.
    Timestamp,
    /// A day.
    Date,
    /// A day and a time without a zone.
    CivilDateTime,
    /// Any JSON value.
    Json,
    /// Any JSON object.
    JsonObject,
    /// An integer or a string.
    IntegerOrString,
    /// Bytes that are a whole body.
    Bytes,
    /// Bytes that are a part of a body.
    File,
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From us to the provider.
    Sent,
    /// From the provider to us.
    Received,
}

/// What a schema becomes where it is used.
#[derive(Clone, Debug)]
pub struct Use {
    /// The type.
    pub ty: TypeRef,
    /// How it is written in JSON.
    pub encoding: Encoding,
    /// Whether `null` is a value.
    pub nullable: bool,
    /// Personal or secret.
    pub sensitive: bool,
    /// `""` means absent.
    pub empty_as_null: bool,
    /// What `new()` takes.
    pub new: Option<NewArgument>,
    /// What is checked before sending.
    pub constraints: Vec<Constraint>,
    /// What it is.
    pub docs: Docs,
}

impl Use {
    /// Complains unless the type alone says how the value is written: only a
    /// member of an object can have an encoding of its own.
    pub(crate) fn natural(&self, schema: &Schema, diags: &mut Diagnostics) {
        if self.encoding != Encoding::Natural {
            diags.unsupported_composition(
                schema.kind_place,
                "schema",
                "a number or time that is written in its own way must be a member of an object",
                "make it a member, or an array that is a member",
            );
        }
    }
}

/// Builds the types from the schemas.
pub(crate) struct Types<'s> {
    schemas: &'s IndexMap<String, Schema>,
    directions: BTreeMap<String, BTreeSet<Direction>>,
    patches: BTreeSet<String>,
    /// Named schemas that others are composed of.
    parts: BTreeSet<String>,
    defined: IndexMap<String, Type>,
}

impl<'s> Types<'s> {
    pub(crate) fn new(schemas: &'s IndexMap<String, Schema>) -> Self {
        Self {
            schemas,
            directions: BTreeMap::new(),
            patches: BTreeSet::new(),
            parts: BTreeSet::new(),
            defined: IndexMap::new(),
        }
    }

    /// Notes that `schema` travels this way, and all that it refers to.
    pub(crate) fn reach(&mut self, schema: &Schema, direction: Direction) {
        match &schema.kind {
            Kind::Ref(name) => {
                if self.directions.entry(name.clone()).or_default().insert(direction)
                    && let Some(target) = self.schemas.get(name)
                {
                    self.reach(target, direction);
                }
            }
            Kind::Array(items) => self.reach(items, direction),
            Kind::Object(object) => {
                for member in object.members.values() {
                    if travels(member, direction) {
                        self.reach(member, direction);
                    }
                }
                if let Additional::Schema(it) = &object.additional {
                    self.reach(it, direction);
                }
            }
            Kind::AllOf(parts) if parts.len() > 1 => {
                for part in parts {
                    // Its members become those of the composed type.
                    match &part.kind {
                        Kind::Ref(name) => {
                            self.parts.insert(name.clone());
                            if let Some(target) = self.schemas.get(name) {
                                self.reach(target, direction);
                            }
                        }
                        _ => self.reach(part, direction),
                    }
                }
            }
            Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
                for part in parts {
                    self.reach(part, direction);
                }
            }
            Kind::Any
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Integer(_)
            | Kind::Number
            | Kind::Boolean => {}
        }
    }

    /// Whether values of `schema` are scalars that need no type, or a named one.
    pub(crate) fn is_scalar(&self, schema: &Schema) -> bool {
        match &schema.kind {
            Kind::Ref(name) => self
                .schemas
                .get(name)
                .is_some_and(|it| matches!(it.kind, Kind::Enum(_)) || self.is_scalar(it)),
            Kind::AllOf(parts) if parts.len() == 1 => self.is_scalar(&parts[0]),
            Kind::Alternatives(parts, _) => scalar_alternatives(parts).is_some(),
            Kind::String(_) | Kind::Integer(_) | Kind::Number | Kind::Boolean => true,
            _ => false,
        }
    }

    /// Notes that `schema` is the body of a `PATCH`.
    pub(crate) fn patch(&mut self, schema: &Schema) {
        if let Kind::Ref(name) = &schema.kind {
            self.patches.insert(name.clone());
        }
    }

    /// Defines the types of all named schemas that are used.
    pub(crate) fn define_all(&mut self, diags: &mut Diagnostics) {
        let schemas = self.schemas;
        for (name, schema) in schemas {
            let directions = self.directions.get(name).cloned().unwrap_or_default();
            if self.splits(name) && directions.len() == 2 {
                self.define_named(name, schema, Direction::Received, diags);
                self.define_named(name, schema, Direction::Sent, diags);
            } else if let Some(direction) = directions.first() {
                self.define_named(name, schema, *direction, diags);
            }
        }
    }

    /// Complains about types whose values hold one of their own kind, and so never end.
    pub(crate) fn endless(&self, diags: &mut Diagnostics) {
        let mut ending: BTreeSet<&str> = BTreeSet::new();
        loop {
            let ends = |ty: &TypeRef| match ty {
                TypeRef::Named(name) => ending.contains(name.as_str()),
                TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) => true,
            };
            let found: Vec<&str> = self
                .defined
                .iter()
                .filter(|(name, ty)| {
                    !ending.contains(name.as_str())
                        && match &ty.shape {
                            Shape::Struct(it) => {
                                it.members.iter().all(|it| !it.is_needed() || ends(&it.ty))
                            }
                            Shape::Union(it) => it.variants.iter().any(|it| ends(&it.ty)),
                            Shape::Enum(_)
                            | Shape::StringNewtype
                            | Shape::IntegerOrStringNewtype => true,
                        }
                })
                .map(|(name, _)| name.as_str())
                .collect();
            if found.is_empty() {
                break;
            }
            ending.extend(found);
        }
        // One complaint: the others may only hold the first.
        if let Some((name, ty)) =
            self.defined.iter().find(|(name, _)| !ending.contains(name.as_str()))
        {
            diags.endless_type(ty.place, name);
        }
    }

    /// Notes that `schema` stands where nothing is made of it, and all that it
    /// refers to.
    pub(crate) fn mention(&mut self, schema: &Schema) {
        let schemas = self.schemas;
        let mut found: Vec<String> = Vec::new();
        let mut collect = |it: &Schema| {
            if let Kind::Ref(name) = &it.kind {
                found.push(name.clone());
            }
        };
        schema.walk(&mut collect);
        while let Some(name) = found.pop() {
            if !self.parts.contains(&name)
                && let Some(target) = schemas.get(&name)
            {
                self.parts.insert(name);
                target.walk(&mut |it| {
                    if let Kind::Ref(name) = &it.kind {
                        found.push(name.clone());
                    }
                });
            }
        }
    }

    /// What a reference leads to, annotated or not.
    pub(crate) fn target<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        match &schema.kind {
            Kind::Ref(name) => self.schemas.get(name).map_or(schema, |it| self.target(it)),
            Kind::AllOf(parts) if parts.len() == 1 => self.target(&parts[0]),
            _ => schema,
        }
    }

    /// The types so far.
    pub(crate) fn defined(&self) -> &IndexMap<String, Type> {
        &self.defined
    }

    /// The finished types, in the order of the spec.
    pub(crate) fn finish(self) -> IndexMap<String, Type> {
        self.defined
    }

    /// Whether a named schema travels either way.
    pub(crate) fn is_used(&self, name: &str) -> bool {
        self.directions.contains_key(name) || self.parts.contains(name)
    }

    /// Whether a type of this name is personal or secret by itself.
    pub(crate) fn is_sensitive(&self, rust: &str) -> bool {
        self.defined.get(rust).is_some_and(|it| it.sensitive)
    }

    /// What a type of this name looks like.
    pub(crate) fn shape(&self, rust: &str) -> Option<&Shape> {
        self.defined.get(rust).map(|it| &it.shape)
    }

    /// Where a type of this name comes from.
    pub(crate) fn place(&self, rust: &str) -> Option<Place> {
        self.defined.get(rust).map(|it| it.place)
    }

    fn define_named(
        &mut self,
        name: &str,
        schema: &Schema,
        direction: Direction,
        diags: &mut Diagnostics,
    ) {
        let rust = self.rust_name(name, direction);
        let wanted = names::pascal(name);
        if wanted != name {
            diags.not_a_type_name(schema.place, name, &wanted);
        }
        let patch = self.patches.contains(name);
        self.define(&rust, schema, direction, patch, diags);
    }

    fn rust_name(&self, name: &str, direction: Direction) -> String {
        let both = self.directions.get(name).is_some_and(|it| it.len() == 2);
        if both && direction == Direction::Sent && self.splits(name) {
            format!("{name}Request")
        } else {
            name.to_owned()
        }
    }

    /// Whether the type differs between the directions.
    fn splits(&self, name: &str) -> bool {
        fn visit(types: &Types<'_>, schema: &Schema, seen: &mut BTreeSet<String>) -> bool {
            match &schema.kind {
                Kind::Ref(name) => {
                    seen.insert(name.clone())
                        && types.schemas.get(name).is_some_and(|it| visit(types, it, seen))
                }
                Kind::Array(items) => visit(types, items, seen),
                Kind::Object(object) => {
                    let additional = match &object.additional {
                        Additional::Schema(it) => visit(types, it, seen),
                        _ => false,
                    };
                    additional
                        || object
                            .members
                            .values()
                            .any(|it| it.read_only || it.write_only || visit(types, it, seen))
                }
                Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
                    parts.iter().any(|it| visit(types, it, seen))
                }
                _ => false,
            }
        }
        let mut seen = BTreeSet::from([name.to_owned()]);
        self.schemas.get(name).is_some_and(|it| visit(self, it, &mut seen))
    }

    /// Defines the type called `rust` for `schema`, if it needs one.
    fn define(
        &mut self,
        rust: &str,
        schema: &Schema,
        direction: Direction,
        patch: bool,
        diags: &mut Diagnostics,
    ) {
        let shape = match self.form(schema) {
            Form::Struct => {
                let Some(object) = self.object(schema) else {
                    diags.unsupported_composition(
                        schema.kind_place,
                        "allOf",
                        "a part is not an object",
                        "`allOf` joins objects; annotate a single reference with it, or write the schema out",
                    );
                    return;
                };
                // Reserve the place in the order before the members take theirs.
                self.insert(rust, schema, Shape::StringNewtype, direction, diags);
                let members = self.members(rust, &object, direction, patch, diags);
                let additional = !matches!(object.additional, Additional::Unspecified);
                let shape = Shape::Struct(Struct { members, additional });
                if let Some(it) = self.defined.get_mut(rust) {
                    it.shape = shape;
                }
                return;
            }
            Form::Enum(values) => Shape::Enum(variants(&values, diags)),
            Form::StringNewtype => Shape::StringNewtype,
            Form::IntegerOrStringNewtype => Shape::IntegerOrStringNewtype,
            Form::Union(alternatives, discriminator) => {
                self.insert(rust, schema, Shape::StringNewtype, direction, diags);
                let union =
                    self.union(rust, &alternatives, discriminator.as_ref(), direction, diags);
                if let Some(it) = self.defined.get_mut(rust) {
                    it.shape = Shape::Union(union);
                }
                return;
            }
            Form::Inline => return,
        };
        self.insert(rust, schema, shape, direction, diags);
    }

    fn insert(
        &mut self,
        rust: &str,
        schema: &Schema,
        shape: Shape,
        direction: Direction,
        diags: &mut Diagnostics,
    ) {
        if names::RESERVED_TYPES.contains(&rust) {
            diags.reserved_name(schema.place, rust);
        }
        if let Some(first) = self.defined.get(rust) {
            // An inline type of a schema that several places refer to.
            if first.place != schema.place {
                diags.type_clash(schema.place, rust, first.place);
            }
            return;
        }
        let both =
            |name: &str| self.directions.get(name).is_some_and(|it| it.contains(&Direction::Sent));
        let sent = direction == Direction::Sent || (!self.splits(rust) && both(rust));
        let docs = Docs {
            text: schema.description.clone().unwrap_or_default(),
            facts: Vec::new(),
            sources: schema.sources.clone(),
            deprecated: schema.deprecated,
        };
        let ty = Type {
            name: rust.to_owned(),
            docs,
            shape,
            sent,
            sensitive: schema.sensitive,
            place: schema.place,
        };
        self.defined.insert(rust.to_owned(), ty);
    }

    /// What kind of type a schema wants.
    fn form(&self, schema: &Schema) -> Form {
        match &schema.kind {
            Kind::Object(object) if object.members.is_empty() => Form::Inline,
            Kind::Object(_) => Form::Struct,
            Kind::Enum(values) => Form::Enum(values.clone()),
            Kind::String(format) if format.is_none() && schema.unit.is_none() => {
                Form::StringNewtype
            }
            Kind::AllOf(parts) => match parts.as_slice() {
                // An annotated reference.
                [Schema { kind: Kind::Ref(_), .. }] => Form::Inline,
                _ => Form::Struct,
            },
            Kind::Alternatives(alternatives, discriminator) => {
                match scalar_alternatives(alternatives) {
                    Some(_) if schema.unit.is_some() => Form::Inline,
                    Some(_) => Form::IntegerOrStringNewtype,
                    None => Form::Union(alternatives.clone(), discriminator.clone()),
                }
            }
            _ => Form::Inline,
        }
    }

    /// The members of an object, own and composed.
    pub(crate) fn object(&self, schema: &Schema) -> Option<Object> {
        match &schema.kind {
            Kind::Object(object) => Some(object.clone()),
            Kind::Ref(name) => self.object(self.schemas.get(name)?),
            Kind::AllOf(parts) => {
                let mut all = Object {
                    members: IndexMap::new(),
                    required: Vec::new(),
                    additional: Additional::Unspecified,
                };
                for part in parts {
                    let object = self.object(part)?;
                    all.members.extend(object.members);
                    all.required.extend(object.required);
                    if !matches!(object.additional, Additional::Unspecified) {
                        all.additional = object.additional;
                    }
                }
                Some(all)
            }
            _ => None,
        }
    }

    fn members(
        &mut self,
        parent: &str,
        object: &Object,
        direction: Direction,
        patch: bool,
        diags: &mut Diagnostics,
    ) -> Vec<Member> {
        // What parts of a composition require may stand in any of them.
        for (name, place) in
            object.required.iter().filter(|(it, _)| !object.members.contains_key(it))
        {
            let near = diagnostics::nearest(name, object.members.keys().map(String::as_str));
            let near = near.and_then(|it| Some((it, object.members.get(it)?.place)));
            diags.required_not_a_property(*place, name, near);
        }
        let mut members: Vec<Member> = Vec::new();
        let mut places: IndexMap<String, Place> = IndexMap::new();
        for (wire, member) in &object.members {
            if !travels(member, direction) {
                continue;
            }
            let rust = names::snake(wire);
            if let Some(first) = places.insert(rust.clone(), member.place) {
                diags.member_clash(member.place, &rust, first);
            }
            if names::RESERVED_MEMBERS.contains(&rust.as_str()) {
                diags.reserved_name(member.place, &rust);
            }
            let used =
                self.used(member, &format!("{parent}{}", names::pascal(wire)), direction, diags);
            let required = object.required.iter().any(|(it, _)| it == wire);
            let presence = match (required, used.nullable) {
                (true, false) => Presence::Required,
                (false, true) if patch => Presence::Patch,
                _ => Presence::Optional,
            };
            if let (Presence::Required, Some(place)) =
                (presence, member.places.get("x-empty-as-null"))
            {
                diags.no_effect(*place, &["x-empty-as-null"], "the member is required");
            }
            self.new_argument(member, presence, diags);
            members.push(Member {
                rust,
                wire: wire.clone(),
                docs: used.docs,
                ty: used.ty,
                presence,
                encoding: used.encoding,
                sensitive: used.sensitive,
                empty_as_null: used.empty_as_null,
                new: used.new,
                constraints: used.constraints,
            });
        }
        members
    }

    /// Whether `new()` can take a member as its `x-new` says.
    fn new_argument(&self, member: &Schema, presence: Presence, diags: &mut Diagnostics) {
        let (Some(new), Some(place)) = (&member.new, member.places.get("x-new")) else { return };
        match new {
            NewArgument::Alternative(ty) if !self.has_alternative(member, ty) => {
                diags.new_without_type(*place, ty)
            }
            _ if presence == Presence::Required => {
                diags.no_effect(*place, &["x-new"], "the member is required anyway")
            }
            NewArgument::Required | NewArgument::Alternative(_) => {}
        }
    }

    fn has_alternative(&self, schema: &Schema, ty: &str) -> bool {
        match &schema.kind {
            Kind::Ref(name) => {
                self.schemas.get(name).is_some_and(|it| self.has_alternative(it, ty))
            }
            Kind::AllOf(parts) if parts.len() == 1 => self.has_alternative(&parts[0], ty),
            Kind::Alternatives(parts, _) => {
                parts.iter().any(|it| it.json_type(self.schemas) == Some(ty))
            }
            _ => false,
        }
    }

    /// What `schema` becomes where it is used; an inline type is called `name`.
    pub(crate) fn used(
        &mut self,
        schema: &Schema,
        name: &str,
        direction: Direction,
        diags: &mut Diagnostics,
    ) -> Use {
        let mut result = Use {
            ty: TypeRef::Scalar(Scalar::Json),
            encoding: Encoding::Natural,
            nullable: schema.nullable,
            sensitive: schema.sensitive,
            empty_as_null: schema.empty_as_null,
            new: schema.new.clone(),
            constraints: schema.constraints.clone(),
            docs: Docs {
                text: schema.description.clone().unwrap_or_default(),
                facts: facts(schema),
                sources: schema.sources.clone(),
                deprecated: schema.deprecated,
            },
        };
        match &schema.kind {
            Kind::Any => {}
            Kind::Ref(target) => return self.referred(target, result, direction, diags),
            Kind::AllOf(parts) => match parts.as_slice() {
                [Schema { kind: Kind::Ref(target), .. }] => {
                    return self.referred(target, result, direction, diags);
                }
                _ => result.ty = self.inline(name, schema, direction, diags),
            },
            Kind::String(format) => {
                (result.ty, result.encoding) = string(format.as_deref(), schema.unit);
                let is_text = result.ty == TypeRef::Scalar(Scalar::String);
                let limits = schema.constraints.iter().filter_map(|it| match it {
                    Constraint::Length(key, _) => Some(*key),
                    Constraint::Pattern(_) => Some("pattern"),
                    Constraint::Bound(..) | Constraint::UniqueItems => None,
                });
                let limits: Vec<&str> = limits.filter(|_| !is_text).collect();
                if !limits.is_empty() {
                    diags.no_effect(
                        schema.kind_place,
                        &limits,
                        "the format says how it is written",
                    );
                    result.constraints.clear();
                }
            }
            Kind::Integer(format) => {
                (result.ty, result.encoding) = integer(format.as_deref(), schema.unit);
                if result.ty == TypeRef::Scalar(Scalar::MinorUnits) {
                    result.constraints.extend(range(format.as_deref(), &result.constraints));
                }
            }
            Kind::Number => {
                if schema.unit.is_none() {
                    diags.number_without_unit(schema.kind_place);
                }
                result.ty = TypeRef::Scalar(Scalar::Decimal);
            }
            Kind::Boolean => result.ty = TypeRef::Scalar(Scalar::Bool),
            Kind::Enum(_) => result.ty = self.inline(name, schema, direction, diags),
            Kind::Array(items) => {
                let items = self.used(items, &format!("{name}Item"), direction, diags);
                result.encoding = items.encoding;
                result.sensitive |= items.sensitive;
                result.ty = TypeRef::List(Box::new(items.ty));
            }
            Kind::Object(object) if object.members.is_empty() => {
                result.ty = match &object.additional {
                    Additional::Schema(it) => {
                        let values = self.used(it, &format!("{name}Value"), direction, diags);
                        result.encoding = values.encoding;
                        result.sensitive |= values.sensitive;
                        TypeRef::Map(Box::new(values.ty))
                    }
                    Additional::Unspecified | Additional::Kept => {
                        TypeRef::Scalar(Scalar::JsonObject)
                    }
                };
            }
            Kind::Object(_) => result.ty = self.inline(name, schema, direction, diags),
            Kind::Alternatives(alternatives, _) => match scalar_alternatives(alternatives) {
                Some(first) => {
                    result.nullable |= alternatives.iter().any(|it| it.nullable);
                    if let Some(unit) = schema.unit {
                        result.ty = TypeRef::Scalar(if unit == Unit::Minor {
                            Scalar::MinorUnits
                        } else {
                            Scalar::Decimal
                        });
                        if matches!(first.kind, Kind::String(_)) {
                            result.encoding = Encoding::Text;
                        }
                    } else if alternatives.iter().any(|it| matches!(it.kind, Kind::Number)) {
                        diags.number_without_unit(schema.kind_place);
                    } else {
                        result.ty = TypeRef::Scalar(Scalar::IntegerOrString);
                    }
                }
                None => result.ty = self.inline(name, schema, direction, diags),
            },
        }
        result
    }

    /// A use of a named schema: its own facts, then those written at the use.
    fn referred(
        &mut self,
        target: &str,
        at: Use,
        direction: Direction,
        diags: &mut Diagnostics,
    ) -> Use {
        let Some(schema) = self.schemas.get(target) else { return at };
        let mut used = match self.form(schema) {
            Form::Inline => self.used(schema, target, direction, diags),
            _ => Use {
                ty: TypeRef::Named(self.rust_name(target, direction)),
                encoding: Encoding::Natural,
                nullable: schema.nullable,
                sensitive: schema.sensitive && !matches!(self.form(schema), Form::StringNewtype),
                empty_as_null: schema.empty_as_null,
                new: None,
                constraints: schema.constraints.clone(),
                docs: Docs {
                    text: schema.description.clone().unwrap_or_default(),
                    facts: facts(schema),
                    ..Docs::default()
                },
            },
        };
        used.nullable |= at.nullable;
        used.sensitive |= at.sensitive;
        used.empty_as_null |= at.empty_as_null;
        used.new = at.new;
        used.constraints.extend(at.constraints);
        used.docs.facts.extend(at.docs.facts);
        used.docs.sources = at.docs.sources;
        used.docs.deprecated |= at.docs.deprecated;
        if !at.docs.text.is_empty() {
            used.docs.text = at.docs.text;
        } else {
            // The type says the rest.
            used.docs.text = summary(&used.docs.text);
        }
        used
    }

    fn inline(
        &mut self,
        name: &str,
        schema: &Schema,
        direction: Direction,
        diags: &mut Diagnostics,
    ) -> TypeRef {
        self.define(name, schema, direction, false, diags);
        TypeRef::Named(name.to_owned())
    }

    fn union(
        &mut self,
        parent: &str,
        alternatives: &[Schema],
        discriminator: Option<&Discriminator>,
        direction: Direction,
        diags: &mut Diagnostics,
    ) -> Union {
        let mut variants: Vec<UnionVariant> = Vec::new();
        let mut places: IndexMap<String, Place> = IndexMap::new();
        for (idx, alternative) in alternatives.iter().enumerate() {
            let name = match &alternative.kind {
                Kind::Ref(name) => name.clone(),
                Kind::AllOf(parts) if parts.len() == 1 => match &parts[0].kind {
                    Kind::Ref(name) => name.clone(),
                    _ => format!("Variant{}", idx + 1),
                },
                Kind::Array(_) => "List".to_owned(),
                Kind::String(_) => "Text".to_owned(),
                Kind::Integer(_) | Kind::Number => "Number".to_owned(),
                Kind::Boolean => "Flag".to_owned(),
                _ => format!("Variant{}", idx + 1),
            };
            let used = self.used(alternative, &format!("{parent}{name}"), direction, diags);
            used.natural(alternative, diags);
            let mapped = discriminator.map(|it| {
                let values = it.mapping.iter().filter(|(_, target)| *target == name);
                values.map(|(value, _)| value.clone()).collect::<Vec<_>>()
            });
            let chosen = match mapped {
                Some(values) if !values.is_empty() => Chosen::Values(values),
                _ => match self.json_type(alternative) {
                    "object" => {
                        let object = self.object(alternative);
                        let required = object.map(|it| it.required).unwrap_or_default();
                        Chosen::Members(required.into_iter().map(|(it, _)| it).collect())
                    }
                    other => Chosen::Json(other),
                },
            };
            if let Some(first) = places.insert(name.clone(), alternative.place) {
                diags.member_clash(alternative.place, &name, first);
            }
            variants.push(UnionVariant {
                rust: name,
                ty: used.ty,
                docs: summary(&used.docs.text),
                chosen,
            });
        }
        for (idx, variant) in variants.iter().enumerate() {
            let hides = |it: &UnionVariant| match (&it.chosen, &variant.chosen) {
                (Chosen::Members(first), Chosen::Members(then)) => {
                    first.iter().all(|it| then.contains(it))
                }
                (Chosen::Json(first), Chosen::Json(then)) => first == then,
                _ => false,
            };
            if let Some(first) = variants[..idx].iter().position(hides) {
                diags.alternative_never_chosen(alternatives[idx].place, alternatives[first].place);
            }
        }
        let objects = variants.iter().filter(|it| !matches!(it.chosen, Chosen::Json(_))).count();
        if objects == 1 && variants.len() > 1 && discriminator.is_none() {
            for variant in &mut variants {
                if let Chosen::Members(_) = variant.chosen {
                    variant.chosen = Chosen::Json("object");
                }
            }
        }
        Union { by: discriminator.map(|it| it.property.clone()), variants }
    }

    fn json_type(&self, schema: &Schema) -> &'static str {
        match &schema.kind {
            Kind::Ref(name) => self.schemas.get(name).map_or("object", |it| self.json_type(it)),
            Kind::Array(_) => "array",
            Kind::String(_) | Kind::Enum(_) => "string",
            Kind::Integer(_) | Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Any | Kind::Object(_) | Kind::AllOf(_) | Kind::Alternatives(..) => "object",
        }
    }
}

/// What kind of type a schema wants.
enum Form {
    Struct,
    Enum(Vec<EnumValue>),
    StringNewtype,
    IntegerOrStringNewtype,
    Union(Vec<Schema>, Option<Discriminator>),
    /// None of its own.
    Inline,
}

/// The first alternative, if all are numbers or strings.
fn scalar_alternatives(alternatives: &[Schema]) -> Option<&Schema> {
    let all = alternatives
        .iter()
        .all(|it| matches!(it.kind, Kind::String(_) | Kind::Integer(_) | Kind::Number));
    alternatives.first().filter(|_| all)
}

fn travels(schema: &Schema, direction: Direction) -> bool {
    match direction {
        Direction::Sent => !schema.read_only,
        Direction::Received => !schema.write_only,
    }
}

fn string(format: Option<&str>, unit: Option<Unit>) -> (TypeRef, Encoding) {
    let (scalar, encoding) = match (unit, format) {
        (Some(Unit::Minor), _) => (Scalar::MinorUnits, Encoding::Text),
        (Some(_), _) => (Scalar::Decimal, Encoding::Text),
        (None, Some("date-time")) => (Scalar::Timestamp, Encoding::Natural),
        (None, Some("date")) => (Scalar::Date, Encoding::Natural),
        (None, Some("civil-date-time")) => (Scalar::CivilDateTime, Encoding::Natural),
        (None, Some("epoch-millis")) => (Scalar::Timestamp, Encoding::EpochMillisText),
        (None, Some("binary")) => (Scalar::File, Encoding::Natural),
        (None, _) => (Scalar::String, Encoding::Natural),
    };
    (TypeRef::Scalar(scalar), encoding)
}

fn integer(format: Option<&str>, unit: Option<Unit>) -> (TypeRef, Encoding) {
    let (scalar, encoding) = match (unit, format) {
        (Some(Unit::Minor), _) => (Scalar::MinorUnits, Encoding::Natural),
        (Some(_), _) => (Scalar::Decimal, Encoding::Natural),
        (None, Some("epoch-millis")) => (Scalar::Timestamp, Encoding::EpochMillis),
        (None, Some("int32")) => (Scalar::I32, Encoding::Natural),
        (None, Some("uint64")) => (Scalar::U64, Encoding::Natural),
        (None, _) => (Scalar::I64, Encoding::Natural),
    };
    (TypeRef::Scalar(scalar), encoding)
}

/// The bounds that a format implies and the type does not have.
fn range(format: Option<&str>, stated: &[Constraint]) -> Vec<Constraint> {
    let (least, greatest) = match format {
        Some("uint64") => ("0".to_owned(), u64::MAX.to_string()),
        Some("int64") => (i64::MIN.to_string(), i64::MAX.to_string()),
        Some("int32") => (i32::MIN.to_string(), i32::MAX.to_string()),
        _ => return Vec::new(),
    };
    let is_stated = |name: &str| {
        stated.iter().any(|it| matches!(it, Constraint::Bound(found, _) if *found == name))
    };
    let bounds = [("minimum", least), ("maximum", greatest)];
    bounds
        .into_iter()
        .filter(|(name, _)| !is_stated(name))
        .map(|(name, it)| Constraint::Bound(name, it))
        .collect()
}

/// What the schema states, as sentences.
fn facts(schema: &Schema) -> Vec<String> {
    let mut facts = Vec::new();
    match schema.unit {
        Some(Unit::Major) => {
            facts.push("In major units of the currency, such as dollars.".to_owned())
        }
        Some(Unit::Minor) => {
            facts.push("In minor units of the currency, such as cents.".to_owned())
        }
        Some(Unit::Percent) => facts.push("In percent: `10` is a tenth.".to_owned()),
        Some(Unit::Rate | Unit::Factor) | None => {}
    }
    let items = |it: &u64| if *it == 1 { "1 item".to_owned() } else { format!("{it} items") };
    let characters =
        |it: &u64| if *it == 1 { "1 character".to_owned() } else { format!("{it} characters") };
    for constraint in &schema.constraints {
        facts.push(match constraint {
            Constraint::Length("minLength", it) => format!("At least {}.", characters(it)),
            Constraint::Length("maxLength", it) => format!("At most {}.", characters(it)),
            Constraint::Length("minItems", it) => format!("At least {}.", items(it)),
            Constraint::Length(_, it) => format!("At most {}.", items(it)),
            Constraint::Bound("minimum", it) => format!("At least {it}."),
            Constraint::Bound("maximum", it) => format!("At most {it}."),
            Constraint::Bound("exclusive_minimum", it) => format!("More than {it}."),
            Constraint::Bound("exclusive_maximum", it) => format!("Less than {it}."),
            Constraint::Bound(_, it) => format!("A multiple of {it}."),
            Constraint::Pattern(it) => format!("Matches `{it}`."),
            Constraint::UniqueItems => "No item twice.".to_owned(),
        });
    }
    if let Some(default) = &schema.default {
        facts.push(format!("The provider takes `{default}` if it is left out."));
    }
    facts
}

fn variants(values: &[EnumValue], diags: &mut Diagnostics) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut places: IndexMap<String, Place> = IndexMap::new();
    for value in values {
        let rust = value.rust.clone().unwrap_or_else(|| names::pascal(&value.wire));
        if let Some(first) = places.insert(rust.clone(), value.place) {
            diags.member_clash(value.place, &rust, first);
        }
        if rust == "Unrecognized" {
            diags.reserved_name(value.place, &rust);
        }
        variants.push(Variant {
            rust,
            wire: value.wire.clone(),
            docs: value.description.clone().unwrap_or_default(),
        });
    }
    variants
}

/// The first paragraph's first sentence.
pub(crate) fn summary(text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    match first.find(". ") {
        Some(end) => first[..=end].to_owned(),
        None => first,
    }
}
