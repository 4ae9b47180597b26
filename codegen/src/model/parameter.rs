//! How the values of parameters are written: `style`, `explode`, `content`.

use crate::{
    diagnostics::Diagnostics,
    model::{
        operation::Location,
        schema::flag,
        types::{Encoding, Scalar, Shape, TypeRef, Types, Use},
    },
    parse::node::{Node, Place},
};

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As text.
    Text,
    /// Into the query, one pair per item.
    Each,
    /// Into the query, items separated by commas.
    Joined,
    /// In a style.
    Styled(Style),
    /// In a style of the query that keeps reserved characters.
    Reserved(Style),
}

/// The styles of OpenAPI, as the runtime calls them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Style {
    Simple,
    SimpleExploded,
    Label,
    LabelExploded,
    Matrix,
    MatrixExploded,
    Form,
    FormExploded,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

/// How a parameter is written, as far as the parameter itself says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrittenStyle {
    style: Style,
    /// Where it is written, if it is.
    place: Option<Place>,
    reserved: bool,
}

/// Reads `style`, `explode` and `allowReserved`, or `content` instead of them.
pub(crate) fn style(node: &Node, location: Location, diags: &mut Diagnostics) -> WrittenStyle {
    let written = node.entry("style");
    let reserved = node.entry("allowReserved");
    let is_reserved = flag(node, "allowReserved", diags);
    if node.get("content").is_some() {
        for entry in [written, node.entry("explode"), reserved].into_iter().flatten() {
            diags.no_effect(entry.key_place, &[&entry.key], "`content` says how it is written");
        }
        return WrittenStyle { style: Style::Json, place: None, reserved: false };
    }
    if let Some(entry) = reserved.filter(|_| is_reserved && location != Location::Query) {
        diags.no_effect(entry.key_place, &["allowReserved"], "only in the query");
    }
    let known: &[&str] = match location {
        Location::Path => &["simple", "label", "matrix"],
        Location::Query => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Location::Header => &["simple"],
        Location::Cookie => &["form"],
    };
    let mut name = known[0];
    if let Some(entry) = written {
        match known.iter().find(|it| entry.value.as_str() == Some(it)) {
            Some(found) => name = found,
            None => diags.parameter_style(entry.value.place, &entry.value, known),
        }
    }
    let explode = match node.get("explode") {
        Some(_) => flag(node, "explode", diags),
        None => name == "form",
    };
    let style = match (name, explode) {
        ("simple", false) => Style::Simple,
        ("simple", true) => Style::SimpleExploded,
        ("label", false) => Style::Label,
        ("label", true) => Style::LabelExploded,
        ("matrix", false) => Style::Matrix,
        ("matrix", true) => Style::MatrixExploded,
        ("spaceDelimited", false) => Style::SpaceDelimited,
        ("pipeDelimited", false) => Style::PipeDelimited,
        ("deepObject", _) => Style::DeepObject,
        ("form", false) => Style::Form,
        _ => Style::FormExploded,
    };
    WrittenStyle { style, place: written.map(|it| it.value.place), reserved: is_reserved }
}

/// What a style sees of a value.
#[derive(Clone, Copy)]
enum Seen {
    Text,
    List,
    Object,
    /// Whatever it is when it is sent.
    Any,
    Nested(&'static str),
}

/// How a value of this type is written, if it can be.
pub(crate) fn form(
    written: WrittenStyle,
    location: Location,
    used: &Use,
    types: &Types<'_>,
    place: Place,
    diags: &mut Diagnostics,
) -> Option<Form> {
    let is_text = matches!(used.encoding, Encoding::Natural | Encoding::Text);
    if !is_text || (written.style == Style::Json && used.encoding == Encoding::Text) {
        diags.parameter_encoding(place);
        return None;
    }
    let seen = seen(&used.ty, types);
    if let Seen::Nested(what) = seen
        && !matches!(written.style, Style::Json | Style::DeepObject)
    {
        diags.parameter_shape(place, what);
        return None;
    }
    if let (
        Seen::Text,
        Some(place),
        Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject,
    ) = (seen, written.place, written.style)
    {
        diags.no_effect(place, &["style"], "the value has neither items nor members");
    }
    if written.reserved {
        return Some(Form::Reserved(written.style));
    }
    Some(match (location, written.style, seen) {
        (Location::Path | Location::Header, Style::Simple | Style::SimpleExploded, Seen::Text)
        | (Location::Query, Style::Form | Style::FormExploded, Seen::Text) => Form::Text,
        (Location::Query, Style::FormExploded, Seen::List) => Form::Each,
        (Location::Query, Style::Form, Seen::List) => Form::Joined,
        (_, style, _) => Form::Styled(style),
    })
}

/// What a style sees of a value.
fn seen(ty: &TypeRef, types: &Types<'_>) -> Seen {
    let is_flat = |ty: &TypeRef| matches!(item(ty, types), Seen::Text | Seen::Any);
    match ty {
        TypeRef::List(items) if is_flat(items) => Seen::List,
        TypeRef::List(_) => Seen::Nested("a list of lists or objects"),
        TypeRef::Map(values) if is_flat(values) => Seen::Object,
        TypeRef::Map(_) => Seen::Nested("a mapping to lists or objects"),
        TypeRef::Named(name) => match types.shape(name) {
            Some(Shape::Struct(it)) if !it.members.iter().all(|it| is_flat(&it.ty)) => {
                Seen::Nested("an object that holds lists or objects")
            }
            _ => item(ty, types),
        },
        TypeRef::Nullable(it) | TypeRef::Sensitive(it) => seen(it, types),
        TypeRef::Scalar(_) => item(ty, types),
    }
}

/// The same without looking inside.
fn item(ty: &TypeRef, types: &Types<'_>) -> Seen {
    match ty {
        TypeRef::Scalar(Scalar::Json) => Seen::Any,
        TypeRef::Scalar(Scalar::JsonObject) | TypeRef::Map(_) => Seen::Object,
        TypeRef::Scalar(_) => Seen::Text,
        TypeRef::List(_) => Seen::List,
        TypeRef::Nullable(it) | TypeRef::Sensitive(it) => item(it, types),
        TypeRef::Named(name) => match types.shape(name) {
            Some(Shape::Struct(_)) => Seen::Object,
            Some(Shape::Union(_)) => Seen::Any,
            _ => Seen::Text,
        },
    }
}
