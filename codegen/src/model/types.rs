//! What the schemas become: the types of the client crate.
//!
//! A schema with read-only or write-only members that travels both ways
//! becomes two types. Everything else becomes one.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    model::schema::{
        self, Constraint, Discriminator, EnumValue, Kind, NewArgument, Object, Schema, Unit,
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
    /// Whether it has something to check before it is sent, or holds what has.
    pub limited: bool,
    /// Whether its schema allows `null`: where it is used, it is an `Option`.
    pub nullable: bool,
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
    /// The mapping of the members that no schema names, if they are kept.
    pub additional: Option<Additional>,
}

/// Members that no schema names.
#[derive(Clone, Debug)]
pub struct Additional {
    /// The type of the mapping.
    pub ty: TypeRef,
    /// What they are.
    pub docs: Docs,
    /// What is checked before sending.
    pub constraints: Vec<Constraint>,
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

    /// Whether `new()` takes it.
    pub(crate) fn is_in_new(&self) -> bool {
        self.is_needed() || self.presence == Presence::Nullable
    }
}

/// Whether a member can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It is always there, and may be `null`.
    Nullable,
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
    /// The discriminator, which can be absent, has one of these values, or it
    /// is absent and these members are there.
    ValuesOrMembers(Vec<String>, Vec<String>),
    /// These members are there.
    Members(Vec<String>),
    /// The value is of this JSON type.
    Json(&'static str),
}

impl Chosen {
    /// The values of the discriminator that choose it.
    fn values_mut(&mut self) -> Option<&mut Vec<String>> {
        match self {
            Self::Values(values) | Self::ValuesOrMembers(values, _) => Some(values),
            Self::Members(_) | Self::Json(_) => None,
        }
    }
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
    /// An item, a value of a mapping or a whole body that can be `null`.
    Nullable(Box<TypeRef>),
    /// An item, an alternative or a whole body that is personal or secret.
    Sensitive(Box<TypeRef>),
}

impl TypeRef {
    /// The type of the crate that it is, or that it is a list or mapping of.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            TypeRef::Named(name) => Some(name),
            TypeRef::Scalar(_) => None,
            TypeRef::List(it)
            | TypeRef::Map(it)
            | TypeRef::Nullable(it)
            | TypeRef::Sensitive(it) => it.name(),
        }
    }

    /// The type without `null` in it, which a parameter cannot be.
    pub(crate) fn present(self) -> TypeRef {
        match self {
            TypeRef::Nullable(it) => it.present(),
            TypeRef::List(it) => TypeRef::List(Box::new(it.present())),
            TypeRef::Map(it) => TypeRef::Map(Box::new(it.present())),
            TypeRef::Sensitive(it) => TypeRef::Sensitive(Box::new(it.present())),
            TypeRef::Named(_) | TypeRef::Scalar(_) => self,
        }
    }

    /// Whether something is said about single values of it.
    pub(crate) fn is_wrapped(&self) -> bool {
        match self {
            TypeRef::Nullable(_) | TypeRef::Sensitive(_) => true,
            TypeRef::List(it) | TypeRef::Map(it) => it.is_wrapped(),
            TypeRef::Named(_) | TypeRef::Scalar(_) => false,
        }
    }
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
    /// Whether the type, or that of the items, does not show its values.
    pub hides: bool,
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
    /// Takes what is said about the items of a list or mapping; its type is theirs.
    fn hold(&mut self, what: &str, items: Use) -> TypeRef {
        self.encoding = items.encoding;
        self.sensitive |= items.sensitive;
        self.hides = items.hides;
        self.docs.facts.extend(each(what, &items.docs.facts));
        self.constraints.extend(of_each(items.constraints));
        if items.nullable { TypeRef::Nullable(Box::new(items.ty)) } else { items.ty }
    }

    /// The type of a value that is no member: what is said about the value has
    /// no other place there.
    pub(crate) fn whole(&self) -> TypeRef {
        let ty = self.alternative();
        if self.nullable { TypeRef::Nullable(Box::new(ty)) } else { ty }
    }

    /// The type of a value that shows nothing if it is sensitive.
    fn alternative(&self) -> TypeRef {
        if self.sensitive && !self.hides { hidden(&self.ty) } else { self.ty.clone() }
    }

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
    /// Named schemas that are bodies of `PATCH`.
    patches: BTreeSet<String>,
    /// The places of others that are.
    inline_patches: BTreeSet<Place>,
    /// Named schemas that others are composed of.
    parts: BTreeSet<String>,
    /// The same, with the ways that these travel.
    joined: BTreeSet<(String, Direction)>,
    /// Named schemas whose types differ between the directions.
    split: BTreeSet<&'s str>,
    defined: IndexMap<String, Type>,
}

impl<'s> Types<'s> {
    pub(crate) fn new(schemas: &'s IndexMap<String, Schema>) -> Self {
        Self {
            schemas,
            directions: BTreeMap::new(),
            patches: BTreeSet::new(),
            inline_patches: BTreeSet::new(),
            parts: BTreeSet::new(),
            joined: BTreeSet::new(),
            split: split(schemas),
            defined: IndexMap::new(),
        }
    }

    /// Notes that `schema` travels this way, and all that it refers to.
    pub(crate) fn reach(&mut self, schema: &Schema, direction: Direction) {
        let schemas = self.schemas;
        let mut found: Vec<String> = Vec::new();
        self.reach_inside(schema, direction, &mut found);
        // A chain of references can be as long as the document.
        while let Some(name) = found.pop() {
            if let Some(target) = schemas.get(&name) {
                self.reach_inside(target, direction, &mut found);
            }
        }
    }

    /// The same without what is referred to, which is found.
    fn reach_inside(&mut self, schema: &Schema, direction: Direction, found: &mut Vec<String>) {
        match &schema.kind {
            Kind::Ref(name) => {
                if self.directions.entry(name.clone()).or_default().insert(direction) {
                    found.push(name.clone());
                }
            }
            Kind::Array(items) => self.reach_inside(items, direction, found),
            Kind::Object(object) => {
                for member in object.members.values() {
                    if travels(member, direction) {
                        self.reach_inside(member, direction, found);
                    }
                }
                if let schema::Additional::Schema(it) = &object.additional {
                    self.reach_inside(it, direction, found);
                }
            }
            Kind::AllOf(parts) if parts.len() > 1 => {
                for part in parts {
                    // Its members become those of the composed type.
                    match &part.kind {
                        Kind::Ref(name) => {
                            self.parts.insert(name.clone());
                            if self.joined.insert((name.clone(), direction)) {
                                found.push(name.clone());
                            }
                        }
                        _ => self.reach_inside(part, direction, found),
                    }
                }
            }
            Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
                for part in parts {
                    self.reach_inside(part, direction, found);
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
        match &schema.kind {
            Kind::Ref(name) => {
                if self.patches.insert(name.clone())
                    && let Some(target) = self.schemas.get(name)
                {
                    self.patch_parts(target);
                }
            }
            _ => {
                self.inline_patches.insert(schema.place);
                self.patch_parts(schema);
            }
        }
    }

    /// Each of the shapes that a body can have is one.
    fn patch_parts(&mut self, schema: &Schema) {
        match &schema.kind {
            Kind::AllOf(parts) if parts.len() == 1 => self.patch(&parts[0]),
            Kind::Alternatives(parts, _) => parts.iter().for_each(|it| self.patch(it)),
            _ => {}
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
    ///
    /// A type that could not be defined has its complaint: it is no reason for another.
    pub(crate) fn endless(&self, diags: &mut Diagnostics) {
        let other = |ty| direct(ty).filter(|it| self.defined.contains_key(*it));
        // How many others each type waits for, and who waits for it.
        let mut n_missing: BTreeMap<&str, usize> = BTreeMap::new();
        let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut ended: Vec<&str> = Vec::new();
        for (name, ty) in &self.defined {
            let (n_needed, others) = match &ty.shape {
                Shape::Struct(it) => {
                    let needed = it.members.iter().filter(|it| it.is_needed());
                    let others: Vec<&str> = needed.filter_map(|it| other(&it.ty)).collect();
                    (others.len(), others)
                }
                // One alternative that ends is enough.
                Shape::Union(it) => {
                    let others: Vec<&str> =
                        it.variants.iter().filter_map(|it| other(&it.ty)).collect();
                    (usize::from(others.len() == it.variants.len()), others)
                }
                Shape::Enum(_) | Shape::StringNewtype | Shape::IntegerOrStringNewtype => {
                    (0, Vec::new())
                }
            };
            if n_needed == 0 {
                ended.push(name);
            }
            n_missing.insert(name, n_needed);
            for other in others {
                waiting.entry(other).or_default().push(name);
            }
        }
        while let Some(name) = ended.pop() {
            for user in waiting.get(name).into_iter().flatten() {
                if let Some(n_missing) = n_missing.get_mut(user).filter(|it| **it > 0) {
                    *n_missing -= 1;
                    if *n_missing == 0 {
                        ended.push(user);
                    }
                }
            }
        }
        // One complaint: the others may only hold the first.
        if let Some((name, ty)) =
            self.defined.iter().find(|(name, _)| n_missing.get(name.as_str()) != Some(&0))
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
    pub(crate) fn finish(mut self) -> IndexMap<String, Type> {
        let limited: BTreeSet<String> =
            limited(&self.defined).into_iter().map(str::to_owned).collect();
        for name in limited {
            if let Some(it) = self.defined.get_mut(&name) {
                it.limited = true;
            }
        }
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
        if let Form::Struct | Form::Union(..) = self.form(schema)
            && !schema.constraints.is_empty()
        {
            let keys: Vec<&str> = schema.constraints.iter().map(Constraint::keyword).collect();
            diags.no_effect(schema.kind_place, &keys, "its values are of another type");
        }
        let patch = direction == Direction::Sent && self.patches.contains(name);
        self.define(&rust, schema, direction, patch, diags);
    }

    fn rust_name(&self, name: &str, direction: Direction) -> String {
        let both = self.directions.get(name).is_some_and(|it| it.len() == 2);
        if both && direction == Direction::Sent && self.splits(name) {
            sent_name(name, |it| self.schemas.contains_key(it))
        } else {
            name.to_owned()
        }
    }

    /// Whether the type differs between the directions.
    fn splits(&self, name: &str) -> bool {
        self.split.contains(name)
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
                self.differing(schema, diags);
                // Reserve the place in the order before the members take theirs.
                self.insert(rust, schema, Shape::StringNewtype, direction, diags);
                let members = self.members(rust, &object, direction, patch, diags);
                let additional = self.additional(rust, &object, direction, diags);
                let shape = Shape::Struct(Struct { members, additional });
                if let Some(it) = self.defined.get_mut(rust) {
                    it.shape = shape;
                }
                return;
            }
            Form::Enum(values) => Shape::Enum(variants(values, diags)),
            Form::StringNewtype => Shape::StringNewtype,
            Form::IntegerOrStringNewtype => Shape::IntegerOrStringNewtype,
            Form::Union(alternatives, discriminator) => {
                self.insert(rust, schema, Shape::StringNewtype, direction, diags);
                let union = self.union(rust, alternatives, discriminator, direction, diags);
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
            limited: false,
            nullable: self.is_nullable(schema),
            place: schema.place,
        };
        self.defined.insert(rust.to_owned(), ty);
    }

    /// What kind of type a schema wants.
    fn form<'a>(&self, schema: &'a Schema) -> Form<'a> {
        match &schema.kind {
            Kind::Object(object) if object.members.is_empty() => Form::Inline,
            Kind::Object(_) => Form::Struct,
            Kind::Enum(values) => Form::Enum(values),
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
                    Some(_) if schema.unit.is_some() || common(alternatives).is_some() => {
                        Form::Inline
                    }
                    Some(_) => Form::IntegerOrStringNewtype,
                    None => Form::Union(alternatives, discriminator.as_ref()),
                }
            }
            _ => Form::Inline,
        }
    }

    /// Complains about members that parts of a composition declare differently.
    fn differing(&self, schema: &Schema, diags: &mut Diagnostics) {
        fn visit<'s>(
            types: &Types<'s>,
            schema: &'s Schema,
            members: &mut IndexMap<&'s str, &'s Schema>,
            diags: &mut Diagnostics,
        ) {
            match &schema.kind {
                Kind::Object(object) => {
                    for (name, member) in &object.members {
                        if let Some(first) = members.insert(name, member)
                            && first.place != member.place
                            && !first.is_alike(member)
                        {
                            diags.member_declared_differently(member.place, name, first.place);
                        }
                    }
                }
                Kind::Ref(name) => {
                    if let Some(target) = types.schemas.get(name) {
                        visit(types, target, members, diags);
                    }
                }
                Kind::AllOf(parts) => {
                    parts.iter().for_each(|it| visit(types, it, members, diags));
                }
                _ => {}
            }
        }
        if let Kind::AllOf(parts) = &schema.kind
            && parts.len() > 1
        {
            let mut members = IndexMap::new();
            visit(self, schema, &mut members, diags);
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
                    required: IndexMap::new(),
                    additional: schema::Additional::Unspecified,
                };
                for part in parts {
                    let object = self.object(part)?;
                    all.members.extend(object.members);
                    all.required.extend(object.required);
                    if !matches!(object.additional, schema::Additional::Unspecified) {
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
            object.required.iter().filter(|(it, _)| !object.members.contains_key(*it))
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
            let (rust, place) =
                member.rust.clone().unwrap_or_else(|| (names::snake(wire), member.place));
            if let Some(first) = places.insert(rust.clone(), place) {
                diags.member_clash(place, &rust, first);
            }
            if names::RESERVED_MEMBERS.contains(&rust.as_str()) {
                diags.reserved_name(place, &rust);
            }
            let used =
                self.used(member, &names::longer(parent, &names::pascal(wire)), direction, diags);
            let required = object.required.contains_key(wire);
            let presence = match (required, used.nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                (false, true) if patch => Presence::Patch,
                (false, _) => Presence::Optional,
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

    /// The mapping of the members that no schema names.
    fn additional(
        &mut self,
        parent: &str,
        object: &Object,
        direction: Direction,
        diags: &mut Diagnostics,
    ) -> Option<Additional> {
        let schema = match &object.additional {
            schema::Additional::Unspecified => return None,
            schema::Additional::Schema(it) if !matches!(it.kind, Kind::Any) => it,
            schema::Additional::Kept | schema::Additional::Schema(_) => {
                return Some(Additional {
                    ty: TypeRef::Scalar(Scalar::JsonObject),
                    docs: Docs::default(),
                    constraints: Vec::new(),
                });
            }
        };
        let mut used = self.used(schema, &format!("{parent}Additional"), direction, diags);
        used.natural(schema, diags);
        let mut docs = std::mem::take(&mut used.docs);
        docs.facts = each("value", &docs.facts).into_iter().collect();
        Some(Additional {
            ty: TypeRef::Map(Box::new(used.whole())),
            docs,
            constraints: of_each(used.constraints).collect(),
        })
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
            nullable: self.is_nullable(schema),
            sensitive: schema.sensitive,
            hides: schema.sensitive && matches!(self.form(schema), Form::Struct),
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
                    let mut result = self.referred(target, result, direction, diags);
                    self.limits(schema, &mut result, diags);
                    return result;
                }
                _ => result.ty = self.inline(name, schema, direction, diags),
            },
            Kind::String(format) => {
                (result.ty, result.encoding) = string(format.as_deref(), schema.unit);
            }
            Kind::Integer(format) => {
                (result.ty, result.encoding) =
                    integer(format.as_deref(), schema.unit, &schema.constraints);
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
                result.ty = TypeRef::List(Box::new(result.hold("item", items)));
            }
            Kind::Object(object) if object.members.is_empty() => {
                result.ty = match &object.additional {
                    schema::Additional::Schema(it) => {
                        let values = self.used(it, &format!("{name}Value"), direction, diags);
                        TypeRef::Map(Box::new(result.hold("value", values)))
                    }
                    schema::Additional::Unspecified | schema::Additional::Kept => {
                        TypeRef::Scalar(Scalar::JsonObject)
                    }
                };
            }
            Kind::Object(_) => result.ty = self.inline(name, schema, direction, diags),
            Kind::Alternatives(alternatives, _) => match scalar_alternatives(alternatives) {
                Some(first) => {
                    result.sensitive |= alternatives.iter().any(|it| it.sensitive);
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
                    } else if let Some(scalar) = common(alternatives) {
                        result.ty = TypeRef::Scalar(scalar);
                    } else {
                        result.ty = TypeRef::Scalar(Scalar::IntegerOrString);
                    }
                }
                None => result.ty = self.inline(name, schema, direction, diags),
            },
        }
        self.limits(schema, &mut result, diags);
        result
    }

    /// Complains about limits that say nothing about values of a type, and
    /// leaves them out.
    fn limits(&self, schema: &Schema, used: &mut Use, diags: &mut Diagnostics) {
        let applies =
            |it: &Constraint| !schema.constraints.contains(it) || self.applies(it, &used.ty);
        let (kept, others) = std::mem::take(&mut used.constraints).into_iter().partition(applies);
        used.constraints = kept;
        let others: Vec<Constraint> = others;
        if !others.is_empty() {
            let keys: Vec<&str> = others.iter().map(Constraint::keyword).collect();
            let why = match &schema.kind {
                Kind::String(_) | Kind::Integer(_) => "the format says how it is written",
                _ => "its values are of another type",
            };
            let place = others.first().and_then(|it| schema.places.get(it.keyword())).copied();
            diags.no_effect(place.unwrap_or(schema.kind_place), &keys, why);
        }
    }

    /// Whether a limit says something about values of a type.
    fn applies(&self, constraint: &Constraint, ty: &TypeRef) -> bool {
        match (constraint, ty) {
            (it, TypeRef::List(_)) if it.is_of_list() => true,
            (it, _) if it.is_of_list() => false,
            (
                it,
                TypeRef::List(inner)
                | TypeRef::Map(inner)
                | TypeRef::Nullable(inner)
                | TypeRef::Sensitive(inner),
            ) => self.applies(it, inner),
            (Constraint::Bound(..), TypeRef::Scalar(it)) => match it {
                Scalar::I32 | Scalar::I64 | Scalar::U64 | Scalar::Decimal | Scalar::MinorUnits => {
                    true
                }
                Scalar::String
                | Scalar::Bool
                | Scalar::Timestamp
                | Scalar::Date
                | Scalar::CivilDateTime
                | Scalar::Json
                | Scalar::JsonObject
                | Scalar::IntegerOrString
                | Scalar::Bytes
                | Scalar::File => false,
            },
            (Constraint::Bound(..), TypeRef::Named(_)) => false,
            (_, TypeRef::Scalar(it)) => matches!(it, Scalar::String | Scalar::IntegerOrString),
            (_, TypeRef::Named(name)) => match self.schemas.get(name).map(|it| self.form(it)) {
                Some(Form::Struct | Form::Union(..)) => false,
                Some(_) => true,
                // An inline type.
                None => matches!(self.shape(name), Some(Shape::Enum(_))),
            },
        }
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
            form => Use {
                ty: TypeRef::Named(self.rust_name(target, direction)),
                encoding: Encoding::Natural,
                nullable: self.is_nullable(schema),
                sensitive: schema.sensitive && !matches!(form, Form::StringNewtype),
                hides: schema.sensitive && form.hides(),
                empty_as_null: schema.empty_as_null,
                new: None,
                constraints: match form {
                    Form::Struct | Form::Union(..) => Vec::new(),
                    _ => schema.constraints.clone(),
                },
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
        let patch = self.inline_patches.contains(&schema.place);
        self.define(name, schema, direction, patch, diags);
        TypeRef::Named(name.to_owned())
    }

    /// Complains if no alternative has the member that tells which one it is.
    fn told_by_a_member(
        &self,
        discriminator: &Discriminator,
        alternatives: &[Schema],
        diags: &mut Diagnostics,
    ) {
        let objects: Vec<Object> = alternatives.iter().filter_map(|it| self.object(it)).collect();
        if objects.len() < alternatives.len() {
            return;
        }
        let mut known: Vec<&str> = Vec::new();
        for object in &objects {
            if object.members.contains_key(&discriminator.property) {
                return;
            }
            known.extend(object.members.keys().map(String::as_str));
        }
        if !known.is_empty() {
            diags.discriminator_property(discriminator.place, &discriminator.property, &known);
        }
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
        // Where each of them stands.
        let mut written: Vec<Place> = Vec::new();
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
            let used = self.used(alternative, &names::longer(parent, &name), direction, diags);
            used.natural(alternative, diags);
            let mapped = discriminator.map(|it| {
                let values = it.mapping.iter().filter(|(_, target)| *target == name);
                values.map(|(value, _)| value.clone()).collect::<Vec<_>>()
            });
            let required =
                self.object(alternative).map(|it| it.required.into_keys().collect::<Vec<_>>());
            let mut chosen = match (mapped, discriminator) {
                (Some(values), Some(discriminator)) if !values.is_empty() => match required {
                    Some(members) if !members.contains(&discriminator.property) => {
                        Chosen::ValuesOrMembers(values, members)
                    }
                    _ => Chosen::Values(values),
                },
                _ => match self.json_type(alternative) {
                    "object" => Chosen::Members(required.unwrap_or_default()),
                    other => Chosen::Json(other),
                },
            };
            if let Some(first) = places.insert(name.clone(), alternative.place) {
                diags.member_clash(alternative.place, &name, first);
            }
            let ty = used.alternative();
            // Names of one type are one alternative: its values stay what they are.
            if let Some(known) = variants.iter_mut().find(|it| it.ty == ty)
                && let (Some(values), Some(more)) = (known.chosen.values_mut(), chosen.values_mut())
            {
                values.append(more);
                if let TypeRef::Named(name) = ty {
                    known.rust = name;
                }
                continue;
            }
            written.push(alternative.place);
            variants.push(UnionVariant {
                rust: name,
                ty,
                docs: match summary(&used.docs.text) {
                    text if text.is_empty() => kind_of_value(&alternative.kind).to_owned(),
                    text => text,
                },
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
                diags.alternative_never_chosen(written[idx], written[first]);
            }
        }
        if let Some(it) = discriminator {
            self.told_by_a_member(it, alternatives, diags);
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

    /// Whether `null` is one of its values.
    fn is_nullable(&self, schema: &Schema) -> bool {
        schema.nullable
            || match &schema.kind {
                Kind::Ref(name) => self.schemas.get(name).is_some_and(|it| self.is_nullable(it)),
                Kind::AllOf(parts) if parts.len() == 1 => self.is_nullable(&parts[0]),
                Kind::Alternatives(parts, _) => parts.iter().any(|it| self.is_nullable(it)),
                _ => false,
            }
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

/// What stands for a description that is missing.
fn kind_of_value(kind: &Kind) -> &'static str {
    match kind {
        Kind::Array(_) => "A list.",
        Kind::String(_) | Kind::Enum(_) => "A text.",
        Kind::Integer(_) | Kind::Number => "A number.",
        Kind::Boolean => "`true` or `false`.",
        Kind::Any | Kind::Ref(_) => "A value.",
        Kind::Object(_) | Kind::AllOf(_) | Kind::Alternatives(..) => "An object.",
    }
}

/// The type, shown to nobody. How long a list is may be seen.
fn hidden(ty: &TypeRef) -> TypeRef {
    match ty {
        TypeRef::List(it) => TypeRef::List(Box::new(hidden(it))),
        TypeRef::Map(it) => TypeRef::Map(Box::new(hidden(it))),
        TypeRef::Nullable(it) => TypeRef::Nullable(Box::new(hidden(it))),
        TypeRef::Sensitive(_) => ty.clone(),
        TypeRef::Named(_) | TypeRef::Scalar(_) => TypeRef::Sensitive(Box::new(ty.clone())),
    }
}

/// What the type is called that is sent, where what is received has the name of the
/// schema; another schema may be called so.
pub(crate) fn sent_name(name: &str, is_taken: impl FnOnce(&str) -> bool) -> String {
    let usual = names::longer(name, "Request");
    if is_taken(&usual) { names::longer(name, "Input") } else { usual }
}

/// The named schemas that differ between the directions: those with members
/// that travel one way only, and those that hold them.
fn split(schemas: &IndexMap<String, Schema>) -> BTreeSet<&str> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut found: Vec<&str> = Vec::new();
    for (name, schema) in schemas {
        let mut differs = false;
        schema.walk(&mut |it| match &it.kind {
            Kind::Ref(target) => users.entry(target).or_default().push(name),
            Kind::Object(it) => {
                differs |= it.members.values().any(|it| it.read_only || it.write_only);
            }
            _ => {}
        });
        if differs {
            found.push(name);
        }
    }
    spread(found, &users)
}

/// The types with something to check, and those that hold them.
fn limited(types: &IndexMap<String, Type>) -> BTreeSet<&str> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut found: Vec<&str> = Vec::new();
    for (name, ty) in types {
        let (is_limited, parts): (bool, Vec<&TypeRef>) = match &ty.shape {
            Shape::Struct(it) => {
                let members = it.members.iter().map(|it| (&it.constraints, &it.ty));
                let all = members.chain(it.additional.iter().map(|it| (&it.constraints, &it.ty)));
                (all.clone().any(|(it, _)| !it.is_empty()), all.map(|(_, ty)| ty).collect())
            }
            Shape::Union(it) => (false, it.variants.iter().map(|it| &it.ty).collect()),
            Shape::Enum(_) | Shape::StringNewtype | Shape::IntegerOrStringNewtype => {
                (false, Vec::new())
            }
        };
        if is_limited {
            found.push(name);
        }
        for part in parts {
            if let Some(target) = part.name() {
                users.entry(target).or_default().push(name);
            }
        }
    }
    spread(found, &users)
}

/// What was found, and all that uses it.
fn spread<'s>(
    mut found: Vec<&'s str>,
    users: &BTreeMap<&'s str, Vec<&'s str>>,
) -> BTreeSet<&'s str> {
    let mut all: BTreeSet<&str> = found.iter().copied().collect();
    while let Some(name) = found.pop() {
        for user in users.get(name).into_iter().flatten() {
            if all.insert(user) {
                found.push(user);
            }
        }
    }
    all
}

/// The type of the crate that a value of this type holds without a list or
/// mapping between them, which could be empty.
fn direct(ty: &TypeRef) -> Option<&str> {
    match ty {
        TypeRef::Named(name) => Some(name),
        TypeRef::Sensitive(it) => direct(it),
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) => None,
    }
}

/// What kind of type a schema wants.
enum Form<'s> {
    Struct,
    Enum(&'s [EnumValue]),
    StringNewtype,
    IntegerOrStringNewtype,
    Union(&'s [Schema], Option<&'s Discriminator>),
    /// None of its own.
    Inline,
}

impl Form<'_> {
    /// Whether the type of a sensitive schema does not show its values.
    fn hides(&self) -> bool {
        match self {
            Form::Struct | Form::StringNewtype | Form::IntegerOrStringNewtype => true,
            Form::Enum(_) | Form::Union(..) | Form::Inline => false,
        }
    }
}

/// The first alternative, if all are numbers or strings.
fn scalar_alternatives(alternatives: &[Schema]) -> Option<&Schema> {
    let all = alternatives
        .iter()
        .all(|it| matches!(it.kind, Kind::String(_) | Kind::Integer(_) | Kind::Number));
    alternatives.first().filter(|_| all)
}

/// What all alternatives are that are of one type, in different formats.
fn common(alternatives: &[Schema]) -> Option<Scalar> {
    let all = |is: fn(&Kind) -> bool| alternatives.iter().all(|it| is(&it.kind));
    if all(|it| matches!(it, Kind::String(_))) {
        return Some(Scalar::String);
    }
    let has = |format: &str| {
        let is = |it: &Schema| matches!(&it.kind, Kind::Integer(Some(found)) if found == format);
        alternatives.iter().any(is)
    };
    all(|it| matches!(it, Kind::Integer(_)))
        .then(|| if has("uint64") { Scalar::U64 } else { Scalar::I64 })
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

fn integer(
    format: Option<&str>,
    unit: Option<Unit>,
    constraints: &[Constraint],
) -> (TypeRef, Encoding) {
    let (scalar, encoding) = match (unit, format) {
        (Some(Unit::Minor), _) => (Scalar::MinorUnits, Encoding::Natural),
        (Some(_), _) => (Scalar::Decimal, Encoding::Natural),
        (None, Some("epoch-millis")) => (Scalar::Timestamp, Encoding::EpochMillis),
        (None, Some("int32")) => (Scalar::I32, Encoding::Natural),
        (None, Some("uint64")) => (Scalar::U64, Encoding::Natural),
        (None, None) if exceeds_i64(constraints) => (Scalar::U64, Encoding::Natural),
        (None, _) => (Scalar::I64, Encoding::Natural),
    };
    (TypeRef::Scalar(scalar), encoding)
}

/// Whether the values can be greater than 64 bits with a sign can hold, and
/// none is negative.
fn exceeds_i64(constraints: &[Constraint]) -> bool {
    let bound = |names: [&str; 2]| {
        constraints.iter().find_map(|it| match it {
            Constraint::Bound(name, it) if names.contains(name) => Some(it.as_str()),
            _ => None,
        })
    };
    let is_greater = |it: &str| it.parse::<i64>().is_err() && it.parse::<u128>().is_ok();
    bound(["maximum", "exclusive_maximum"]).is_some_and(is_greater)
        && !bound(["minimum", "exclusive_minimum"]).is_some_and(|it| it.starts_with('-'))
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
    facts.extend(schema.constraints.iter().map(limit));
    if let Some(default) = &schema.default {
        facts.push(format!("{LEFT_OUT} `{default}` if it is left out."));
    }
    facts
}

/// How the sentence on a default begins. An item cannot be left out.
const LEFT_OUT: &str = "The provider takes";

/// A limit as a sentence.
fn limit(constraint: &Constraint) -> String {
    let counted = |it: &u64, noun: &str| format!("{it} {noun}{}", if *it == 1 { "" } else { "s" });
    match constraint {
        Constraint::Length("minLength", it) => format!("At least {}.", counted(it, "character")),
        Constraint::Length("maxLength", it) => format!("At most {}.", counted(it, "character")),
        Constraint::Length("minItems", it) => format!("At least {}.", counted(it, "item")),
        Constraint::Length(_, it) => format!("At most {}.", counted(it, "item")),
        Constraint::Bound("minimum", it) => format!("At least {it}."),
        Constraint::Bound("maximum", it) => format!("At most {it}."),
        Constraint::Bound("exclusive_minimum", it) => format!("More than {it}."),
        Constraint::Bound("exclusive_maximum", it) => format!("Less than {it}."),
        Constraint::Bound(_, it) => format!("A multiple of {it}."),
        Constraint::Pattern(it) => format!("Matches `{it}`."),
        Constraint::UniqueItems => "No item twice.".to_owned(),
        Constraint::Each(it) => format!("Each item: {}", lower_case(&limit(it))),
    }
}

/// What is stated about the things that a list or mapping holds, as a sentence.
fn each(what: &str, facts: &[String]) -> Option<String> {
    let stated = facts.iter().filter(|it| !it.starts_with(LEFT_OUT));
    let stated: Vec<String> = stated.map(|it| lower_case(it.trim_end_matches('.'))).collect();
    (!stated.is_empty()).then(|| format!("Each {what}: {}.", stated.join("; ")))
}

fn lower_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |it| it.to_lowercase().chain(chars).collect())
}

/// Limits of items as limits of what holds them. Those of texts and numbers
/// hold for each item anyway.
fn of_each(constraints: Vec<Constraint>) -> impl Iterator<Item = Constraint> {
    constraints.into_iter().map(
        |it| {
            if it.is_of_list() { Constraint::Each(Box::new(it)) } else { it }
        },
    )
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
