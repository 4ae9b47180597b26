//! Media types: which one of a body is used, and how its members are written.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    model::{
        operation::{Body, Operation},
        schema::{Additional, Kind, Object, Schema, flag, text},
        types::{Scalar, Shape, Type, TypeRef, Types},
    },
    parse::node::{Entry, Node, Place},
};

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One JSON value.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Parts, one per member.
    Multipart,
    /// A text.
    Text,
    /// Bytes.
    Binary,
}

/// How a member of a form or of a body of parts is written, if not as usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    /// A list with commas.
    Commas,
    /// A list with spaces.
    Spaces,
    /// A list with pipes.
    Pipes,
    /// A list with indexes.
    Deep,
    /// An object without its name.
    Spread,
    /// JSON.
    Json,
    /// A file, with its media type if there is only one.
    File(Option<String>),
    /// A text of a media type.
    TextAs(String),
    /// JSON of a media type.
    JsonAs(String),
}

/// A declared media type that can be used.
#[derive(Debug)]
pub(crate) struct Media<'n> {
    pub(crate) entry: &'n Entry,
    pub(crate) format: Format,
    /// What is sent or asked for.
    pub(crate) name: String,
}

/// Which way a body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Request,
    Response,
}

/// Reads a media type; nothing if it cannot be used.
pub(crate) fn media(entry: &Entry, way: Way) -> Option<Media<'_>> {
    let declared = entry.key.trim();
    let is_visible = declared.bytes().all(|it| it.is_ascii_graphic() || it == b' ');
    let essence = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (ty, subtype) = essence.split_once('/')?;
    let is_token = |it: &str| {
        !it.is_empty()
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$&-^_.+*%'|~`".contains(&it))
    };
    if !is_visible || !is_token(ty) || !is_token(subtype) {
        return None;
    }
    let format = match (ty, subtype) {
        ("*", "*") | ("application", "*") | ("application" | "text", "json") => Format::Json,
        _ if subtype.ends_with("+json") => Format::Json,
        ("application", "x-www-form-urlencoded") => match way {
            Way::Request => Format::Form,
            Way::Response => Format::Text,
        },
        ("multipart", "form-data" | "mixed" | "related" | "*") if way == Way::Request => {
            Format::Multipart
        }
        ("text", _) | ("application", "xml") => Format::Text,
        _ if subtype.ends_with("+xml") => Format::Text,
        _ => Format::Binary,
    };
    let name = match (essence.contains('*'), format, way) {
        (false, ..) => declared.to_owned(),
        (true, Format::Json, _) => "application/json".to_owned(),
        (true, Format::Multipart, _) => "multipart/form-data".to_owned(),
        (true, Format::Text, Way::Request) => "text/plain".to_owned(),
        (true, _, Way::Response) => declared.to_owned(),
        // No request is of any kind of picture.
        (true, Format::Form | Format::Binary, Way::Request) => return None,
    };
    Some(Media { entry, format, name })
}

/// The one that is used, and the others that could be.
pub(crate) fn choose<'n>(mut media: Vec<Media<'n>>) -> Option<(Media<'n>, Vec<Media<'n>>)> {
    let best = media
        .iter()
        .enumerate()
        .min_by_key(|(idx, it)| (it.format, it.entry.key != "application/json", *idx));
    let (idx, _) = best?;
    let chosen = media.remove(idx);
    Some((chosen, media))
}

/// How `encoding` says that a member is written.
#[derive(Debug)]
pub(crate) struct WrittenStyle {
    member: String,
    place: Place,
    /// Media type, and where it stands.
    content_type: Option<(String, Place)>,
    style: Option<(String, Place)>,
    explode: Option<bool>,
}

/// Reads `encoding` of a media type.
pub(crate) fn encoding(media: &Node, diags: &mut Diagnostics) -> Vec<WrittenStyle> {
    let mut styles = Vec::new();
    for entry in super::schema::map(media, "encoding", diags) {
        let node = &entry.value;
        diags.known_keys(node, "an encoding", &["contentType", "style", "explode"]);
        let mut part = |key: &str| {
            let value = text(node, key, diags)?;
            Some((value, node.get(key)?.place))
        };
        styles.push(WrittenStyle {
            member: entry.key.clone(),
            place: entry.key_place,
            content_type: part("contentType"),
            style: part("style"),
            explode: node.get("explode").map(|_| flag(node, "explode", diags)),
        });
    }
    styles
}

/// How the members of a body are written, as far as it is not the usual way.
pub(crate) fn styles(
    format: Format,
    schema: &Schema,
    written: &[WrittenStyle],
    types: &Types<'_>,
    diags: &mut Diagnostics,
) -> Vec<(String, Style)> {
    let object = types.object(schema);
    let none = IndexMap::new();
    let members = object.as_ref().map_or(&none, |it: &Object| &it.members);
    for it in written.iter().filter(|it| !members.contains_key(&it.member)) {
        let known: Vec<&str> = members.keys().map(String::as_str).collect();
        diags.encoding_member(it.place, &it.member, &known);
    }
    let by_member: BTreeMap<&str, &WrittenStyle> =
        written.iter().map(|it| (it.member.as_str(), it)).collect();
    let mut styles = Vec::new();
    for (name, member) in members.iter().filter(|(_, it)| !it.read_only) {
        let written = by_member.get(name.as_str()).copied();
        let style = match format {
            Format::Multipart => part_style(types, member, written, diags),
            _ => written.and_then(|it| form_style(types, member, it, diags)),
        };
        styles.extend(style.map(|it| (name.clone(), it)));
    }
    styles
}

/// What a member is, as far as its encoding cares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Member {
    Scalar,
    Object,
    List,
    File,
}

fn member(types: &Types<'_>, schema: &Schema) -> Member {
    match &types.target(schema).kind {
        Kind::Array(items) if member(types, items) == Member::File => Member::File,
        Kind::Array(_) => Member::List,
        Kind::String(Some(format)) if format == "binary" => Member::File,
        Kind::Object(_) | Kind::AllOf(_) => Member::Object,
        Kind::Alternatives(parts, _) => match parts.first() {
            Some(first) if member(types, first) == Member::Object => Member::Object,
            _ => Member::Scalar,
        },
        _ => Member::Scalar,
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/json") || essence.ends_with("+json")
}

fn form_style(
    types: &Types<'_>,
    schema: &Schema,
    written: &WrittenStyle,
    diags: &mut Diagnostics,
) -> Option<Style> {
    let member = member(types, schema);
    if let Some((media_type, place)) = &written.content_type {
        if is_json(media_type) {
            return Some(Style::Json);
        }
        if member != Member::Scalar || !media_type.starts_with("text/plain") {
            diags.encoding(*place, media_type);
        }
        return None;
    }
    let (style, place) = match &written.style {
        Some((style, place)) => (Some(style.as_str()), *place),
        None => (None, written.place),
    };
    let explode = written.explode.unwrap_or(matches!(style, None | Some("form")));
    match (style, member, explode) {
        (None | Some("form"), Member::Scalar, _) => None,
        (None | Some("form"), Member::List, true) => None,
        (None | Some("form"), Member::List, false) => Some(Style::Commas),
        (None, Member::Object, true) => None,
        (Some("form"), Member::Object, true) => Some(Style::Spread),
        (Some("spaceDelimited"), Member::List, false) => Some(Style::Spaces),
        (Some("pipeDelimited"), Member::List, false) => Some(Style::Pipes),
        (Some("spaceDelimited" | "pipeDelimited"), Member::List, true) => None,
        (Some("deepObject"), Member::List, _) => Some(Style::Deep),
        (Some("deepObject"), Member::Object, _) => None,
        _ => {
            diags.encoding(place, style.unwrap_or("form"));
            None
        }
    }
}

fn part_style(
    types: &Types<'_>,
    schema: &Schema,
    written: Option<&WrittenStyle>,
    diags: &mut Diagnostics,
) -> Option<Style> {
    let member = member(types, schema);
    if let Some(it) = written
        && let Some((style, place)) = &it.style
    {
        diags.encoding(*place, style);
    }
    let content_type = written.and_then(|it| it.content_type.as_ref());
    match (member, content_type) {
        (Member::File, None) => Some(Style::File(None)),
        (Member::File, Some((media_type, _))) => {
            let is_one = !media_type.contains([',', '*']);
            Some(Style::File(is_one.then(|| media_type.trim().to_owned())))
        }
        (_, None) => None,
        (_, Some((media_type, _))) if is_json(media_type) => {
            Some(Style::JsonAs(media_type.clone()))
        }
        (Member::Scalar, Some((media_type, _))) if !media_type.contains([',', '*']) => {
            Some(Style::TextAs(media_type.clone()))
        }
        (_, Some((media_type, place))) => {
            diags.encoding(*place, media_type);
            None
        }
    }
}

/// Complains unless a schema can stand for a body of this format.
pub(crate) fn schema(format: Format, schema: &Schema, types: &Types<'_>, diags: &mut Diagnostics) {
    let target = types.target(schema);
    match (format, &target.kind) {
        (Format::Json, _) => {}
        (Format::Text | Format::Binary, Kind::Any | Kind::String(_) | Kind::Enum(_)) => {}
        (Format::Text, _) => diags.body_schema(schema.kind_place, "a text", "`type: string`"),
        (Format::Binary, _) => {
            diags.body_schema(schema.kind_place, "bytes", "`type: string, format: binary`")
        }
        (Format::Form | Format::Multipart, Kind::Object(_) | Kind::Any) => {}
        (Format::Form | Format::Multipart, Kind::AllOf(_) | Kind::Alternatives(..))
            if member(types, target) == Member::Object => {}
        (Format::Form, _) => diags.body_schema(schema.kind_place, "a form", "`type: object`"),
        (Format::Multipart, _) => {
            diags.body_schema(schema.kind_place, "sent as parts", "`type: object`")
        }
    }
}

/// The same for schemas of which one type is made, so that successes can be
/// compared before they have types.
pub(crate) fn shape(schema: &Schema) -> String {
    match &schema.kind {
        Kind::Ref(name) => name.clone(),
        Kind::AllOf(parts) if parts.len() == 1 => shape(&parts[0]),
        Kind::Any => "{}".to_owned(),
        Kind::String(format) => format!("string {format:?} {:?}", schema.unit),
        Kind::Integer(format) => format!("integer {format:?} {:?}", schema.unit),
        Kind::Number => "number".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Array(items) => format!("[{}]", shape(items)),
        Kind::Object(Object { members, additional, .. }) if members.is_empty() => {
            match additional {
                Additional::Schema(it) => format!("{{{}}}", shape(it)),
                Additional::Unspecified | Additional::Kept => "object".to_owned(),
            }
        }
        Kind::Alternatives(parts, None)
            if parts
                .iter()
                .all(|it| matches!(it.kind, Kind::String(_) | Kind::Integer(_) | Kind::Number)) =>
        {
            let parts: Vec<String> = parts.iter().map(shape).collect();
            format!("({}) {:?}", parts.join(" | "), schema.unit)
        }
        Kind::Enum(_) | Kind::AllOf(_) | Kind::Alternatives(..) | Kind::Object(_) => {
            format!("at {:?}", schema.place)
        }
    }
}

/// Complains about files that are not members of a body of parts.
pub(crate) fn files(
    operations: &[Operation],
    webhooks: &[super::webhook::Webhook],
    types: &IndexMap<String, Type>,
    diags: &mut Diagnostics,
) {
    let holders = holders(types);
    if holders.is_empty() && !operations.iter().any(has_bare_file) {
        return;
    }
    let holds = |ty: &TypeRef| holds(ty, &holders);
    let mut complained: BTreeSet<Place> = BTreeSet::new();
    let mut complain = |schema: &Schema| {
        if complained.insert(schema.kind_place) {
            diags.file_outside_parts(schema.kind_place);
        }
    };
    for operation in operations {
        let is_misplaced = |body: &&Body| match body.format {
            Format::Multipart => nests_files(body, types, &holders),
            _ => holds(&body.ty),
        };
        if let Some(body) = operation.body.as_ref().filter(is_misplaced) {
            complain(&body.schema);
        }
        for (ty, schema) in operation.answers() {
            if holds(ty) {
                complain(schema);
            }
        }
        for parameter in operation.parameters.iter().filter(|it| holds(&it.ty)) {
            complain(&parameter.schema);
        }
    }
    for webhook in webhooks.iter().filter(|it| holds(&it.ty)) {
        complain(&webhook.schema);
    }
}

fn has_bare_file(operation: &Operation) -> bool {
    let nothing = BTreeSet::new();
    let body = operation.body.iter().map(|it| &it.ty);
    let parameters = operation.parameters.iter().map(|it| &it.ty);
    let mut all = body.chain(operation.answers().map(|(ty, _)| ty)).chain(parameters);
    all.any(|it| holds(it, &nothing))
}

/// Whether the values of a body of parts have files inside their members.
fn nests_files(body: &Body, types: &IndexMap<String, Type>, holders: &BTreeSet<&str>) -> bool {
    let TypeRef::Named(name) = &body.ty else { return holds(&body.ty, holders) };
    let file = TypeRef::Scalar(Scalar::File);
    match types.get(name).map(|it| &it.shape) {
        Some(Shape::Struct(strukt)) => strukt.members.iter().any(|it| {
            let is_direct = it.ty == file || it.ty == TypeRef::List(Box::new(file.clone()));
            !is_direct && holds(&it.ty, holders)
        }),
        _ => holds(&body.ty, holders),
    }
}

fn holds(ty: &TypeRef, holders: &BTreeSet<&str>) -> bool {
    match ty {
        TypeRef::Named(name) => holders.contains(name.as_str()),
        TypeRef::List(it) | TypeRef::Map(it) | TypeRef::Nullable(it) | TypeRef::Sensitive(it) => {
            holds(it, holders)
        }
        TypeRef::Scalar(it) => *it == Scalar::File,
    }
}

/// The types that hold a file somewhere inside.
fn holders(types: &IndexMap<String, Type>) -> BTreeSet<&str> {
    fn name(ty: &TypeRef) -> Option<&str> {
        match ty {
            TypeRef::Named(name) => Some(name),
            TypeRef::List(it)
            | TypeRef::Map(it)
            | TypeRef::Nullable(it)
            | TypeRef::Sensitive(it) => name(it),
            TypeRef::Scalar(_) => None,
        }
    }
    let nothing = BTreeSet::new();
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut found: Vec<&str> = Vec::new();
    for (user, ty) in types {
        let inside: Vec<&TypeRef> = match &ty.shape {
            Shape::Struct(it) => it.members.iter().map(|it| &it.ty).collect(),
            Shape::Union(it) => it.variants.iter().map(|it| &it.ty).collect(),
            Shape::Enum(_) | Shape::StringNewtype | Shape::IntegerOrStringNewtype => Vec::new(),
        };
        for it in inside {
            if holds(it, &nothing) {
                found.push(user);
            }
            if let Some(used) = name(it) {
                users.entry(used).or_default().push(user);
            }
        }
    }
    let mut holders = BTreeSet::new();
    while let Some(it) = found.pop() {
        if holders.insert(it) {
            found.extend(users.get(it).into_iter().flatten());
        }
    }
    holders
}

#[cfg(test)]
mod tests;
