//! `types.rs`: what is sent and received.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use quote::format_ident;
use syn::{
    Attribute, Field, Fields, FieldsNamed, Item, ItemStruct, Type as RustType, parse_quote,
    token::Brace,
};

use crate::{
    bind::Rust,
    lower,
    model::{
        Api,
        schema::{Constraint, NewArgument},
        types::{
            Additional, Chosen, Docs, Encoding, Member, Presence, Scalar, Shape, Struct, Type,
            TypeRef, Union, Variant,
        },
    },
    refine::{Chunk, KrateFile, docs},
};

/// The file.
pub(crate) fn file(rust: &Rust, api: &Api) -> KrateFile {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut body: Vec<Chunk> = Vec::new();
    for ty in api.types.values() {
        match &ty.shape {
            Shape::Struct(strukt) => {
                body.push(struct_item(rust, api, ty, strukt).into());
                if ty.sensitive {
                    body.push(Chunk::Table(format!(
                        "payouts_core::redacted_debug! {{ {} }}\n",
                        ty.name
                    )));
                }
                if strukt.additional.is_some() {
                    body.push(Chunk::Table(additional_table(ty, strukt)));
                }
                if ty.sent {
                    body.push(Chunk::Table(builder_table(rust, api, ty, strukt)));
                    if ty.limited {
                        body.push(Chunk::Table(constraints_table(api, ty, strukt)));
                    }
                }
            }
            Shape::Enum(variants) => body.push(Chunk::Table(enum_table(api, ty, variants))),
            Shape::StringNewtype => newtype(api, ty, "string_newtype", &mut body),
            Shape::IntegerOrStringNewtype => {
                newtype(api, ty, "integer_or_string_newtype", &mut body)
            }
            Shape::Union(union) => body.push(Chunk::Table(union_table(rust, api, ty, union))),
        }
    }
    chunks.extend(uses(api).into_iter().map(Chunk::from));
    chunks.extend(body);
    KrateFile {
        name: "types.rs".to_owned(),
        docs: format!("What is sent to {} and what it answers.", api.title),
        chunks,
    }
}

/// Imports of what the types name.
fn uses(api: &Api) -> Vec<Item> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let structs = api.types.values().filter_map(|it| match &it.shape {
        Shape::Struct(strukt) => Some(strukt),
        _ => None,
    });
    for strukt in structs {
        if let Some(additional) = &strukt.additional {
            scalar_names(&additional.ty, &mut names);
        }
        for member in &strukt.members {
            scalar_names(&member.ty, &mut names);
            match member.presence {
                Presence::Required | Presence::Nullable => {}
                Presence::Optional => {
                    names.insert("skip_serializing_none");
                }
                Presence::Patch => {
                    names.insert("Patch");
                }
            }
            if member.sensitive {
                names.insert("Sensitive");
            }
            if member.encoding != Encoding::Natural || member.empty_as_null {
                names.insert("wire");
            }
        }
        names.insert("serde");
    }
    for ty in api.types.values() {
        if let Shape::Union(union) = &ty.shape {
            union.variants.iter().for_each(|it| scalar_names(&it.ty, &mut names));
        }
    }
    let mut uses: Vec<Item> = Vec::new();
    if names.remove("BTreeMap") {
        uses.push(parse_quote!(
            use std::collections::BTreeMap;
        ));
    }
    let has_structs = names.remove("serde");
    if !names.is_empty() {
        let names = names.iter().map(|it| format_ident!("{it}"));
        uses.push(parse_quote!(use payouts_core::{#(#names),*};));
    }
    if has_structs {
        uses.push(parse_quote!(
            use serde::{Deserialize, Serialize};
        ));
    }
    uses
}

/// Whether a type of the crate stands in `ty`.
pub(crate) fn has_name(ty: &TypeRef) -> bool {
    ty.name().is_some()
}

/// The imports that a type needs.
pub(crate) fn scalar_names(ty: &TypeRef, names: &mut BTreeSet<&str>) {
    match ty {
        TypeRef::Named(_) => {}
        TypeRef::List(it) | TypeRef::Nullable(it) => scalar_names(it, names),
        TypeRef::Sensitive(it) => {
            names.insert("Sensitive");
            scalar_names(it, names);
        }
        TypeRef::Map(it) => {
            names.insert("BTreeMap");
            scalar_names(it, names);
        }
        TypeRef::Scalar(
            Scalar::String | Scalar::Bool | Scalar::I32 | Scalar::I64 | Scalar::U64,
        ) => {}
        TypeRef::Scalar(it) => {
            names.insert(scalar_text(*it));
        }
    }
}

fn struct_item(rust: &Rust, api: &Api, ty: &Type, strukt: &Struct) -> Item {
    let name = format_ident!("{}", ty.name);
    let mut attrs = docs::attributes(&docs::lines(api, &ty.docs));
    attrs.extend(docs::deprecated(&ty.docs));
    let is_skipping = strukt.members.iter().any(|it| it.presence == Presence::Optional);
    if is_skipping {
        attrs.push(parse_quote!(#[skip_serializing_none]));
    }
    let all_optional = strukt.members.iter().all(|it| it.presence != Presence::Required);
    attrs.push(match (all_optional && !ty.sent, ty.sensitive) {
        (true, false) => {
            parse_quote!(#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)])
        }
        (true, true) => parse_quote!(#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]),
        (false, false) => parse_quote!(#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]),
        (false, true) => parse_quote!(#[derive(Clone, PartialEq, Serialize, Deserialize)]),
    });
    attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]));
    let camel = is_camel(strukt);
    match (camel, strukt.additional.is_some()) {
        (true, true) => {
            attrs.push(parse_quote!(#[serde(rename_all = "camelCase", remote = "Self")]))
        }
        (true, false) => attrs.push(parse_quote!(#[serde(rename_all = "camelCase")])),
        (false, true) => attrs.push(parse_quote!(#[serde(remote = "Self")])),
        (false, false) => {}
    }
    if ty.sent {
        attrs.push(parse_quote!(#[non_exhaustive]));
    }
    let mut fields: Vec<Field> =
        strukt.members.iter().map(|it| field(rust, api, ty, it, camel, is_skipping)).collect();
    if let Some(additional) = &strukt.additional {
        let docs = additional_docs(additional);
        let docs = docs::attributes(&docs::lines_within(api, &docs, &ty.docs.sources));
        let full: RustType =
            syn::parse_str(&type_text(&additional.ty)).expect("types are written in Rust");
        fields.push(parse_quote!(#(#docs)* #[serde(skip)] pub additional: #full));
    }
    // What stands above is not parsed a second time.
    let mut item: ItemStruct = parse_quote!(pub struct #name {});
    item.attrs = attrs;
    item.fields = Fields::Named(FieldsNamed {
        brace_token: Brace::default(),
        named: fields.into_iter().collect(),
    });
    Item::Struct(item)
}

/// The documentation of members that no schema names.
fn additional_docs(additional: &Additional) -> Docs {
    let what = "Members that the spec does not name.";
    let text = match additional.docs.text.as_str() {
        "" => what.to_owned(),
        text => format!("{what}\n\n{text}"),
    };
    Docs { text, ..additional.docs.clone() }
}

fn field(
    rust: &Rust,
    api: &Api,
    ty: &Type,
    member: &Member,
    camel: bool,
    is_skipping: bool,
) -> Field {
    let name = format_ident!("{}", member.rust);
    let full = member_type(rust, ty, member);
    let mut attrs = docs::attributes(&docs::lines_within(api, &member.docs, &ty.docs.sources));
    attrs.extend(docs::deprecated(&member.docs));
    if member.presence == Presence::Nullable && is_skipping {
        attrs.push(parse_quote!(#[serialize_always]));
    }
    attrs.extend(serde_attribute(member, camel));
    if member.encoding != Encoding::Natural {
        let text = crate::render::type_text(&full);
        attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(with = #text))]));
    }
    Field { attrs, ..parse_quote!(pub #name: #full) }
}

/// The member's type with all its wrappers.
pub(crate) fn member_type(rust: &Rust, ty: &Type, member: &Member) -> RustType {
    let inner = inner_type(rust, ty, member);
    match member.presence {
        Presence::Required => inner,
        Presence::Nullable | Presence::Optional => parse_quote!(Option<#inner>),
        Presence::Patch => parse_quote!(Patch<#inner>),
    }
}

/// The member's type when it is there.
fn inner_type(rust: &Rust, ty: &Type, member: &Member) -> RustType {
    let bound = rust.members.get(&ty.name).and_then(|it| it.get(&member.rust));
    let bound = bound.expect("progenitor binds every member of the lowered document");
    let bound = wrapped(bound, &member.ty);
    if member.sensitive { parse_quote!(Sensitive<#bound>) } else { bound }
}

/// The type that progenitor found, with what it did not need to see.
pub(crate) fn wrapped(bound: &RustType, ty: &TypeRef) -> RustType {
    match ty {
        TypeRef::Named(_) | TypeRef::Scalar(_) => bound.clone(),
        TypeRef::Nullable(it) => {
            let inner = wrapped(bound, it);
            parse_quote!(Option<#inner>)
        }
        TypeRef::Sensitive(it) => {
            let inner = wrapped(bound, it);
            parse_quote!(Sensitive<#inner>)
        }
        // What is behind a list or mapping needs no box, so nothing else was decided there.
        TypeRef::List(_) | TypeRef::Map(_) if ty.is_wrapped() => {
            syn::parse_str(&type_text(ty)).expect("types are written in Rust")
        }
        TypeRef::List(_) | TypeRef::Map(_) => bound.clone(),
    }
}

fn serde_attribute(member: &Member, camel: bool) -> Option<Attribute> {
    let mut parts: Vec<String> = Vec::new();
    let by_rule = if camel { camel_case(&member.rust) } else { member.rust.clone() };
    if by_rule != member.wire {
        parts.push(format!("rename = {:?}", member.wire));
    }
    let with = match member.encoding {
        Encoding::Natural => None,
        Encoding::Text => Some("wire::text"),
        Encoding::EpochMillis => Some("wire::epoch_millis"),
        Encoding::EpochMillisText => Some("wire::epoch_millis_text"),
    };
    match (with, member.presence, member.empty_as_null) {
        (Some(with), Presence::Required, _) => parts.push(format!("with = {with:?}")),
        (Some(with), Presence::Nullable | Presence::Optional, _) => {
            parts.push(format!("default, with = {with:?}"))
        }
        (with, Presence::Patch, _) => {
            parts.push("default, skip_serializing_if = \"Patch::is_keep\"".to_owned());
            parts.extend(with.map(|it| format!("with = {it:?}")));
        }
        (None, Presence::Nullable | Presence::Optional, true) => {
            parts.push("default, deserialize_with = \"wire::empty_as_none\"".to_owned());
        }
        (None, Presence::Required | Presence::Nullable | Presence::Optional, _) => {}
    }
    let parts: proc_macro2::TokenStream = parts.join(", ").parse().expect("attributes are tokens");
    (!parts.is_empty()).then(|| parse_quote!(#[serde(#parts)]))
}

/// Whether most members are written in camelCase.
fn is_camel(strukt: &Struct) -> bool {
    let wins = strukt
        .members
        .iter()
        .filter(|it| it.wire != it.rust && it.wire == camel_case(&it.rust))
        .count();
    let losses = strukt
        .members
        .iter()
        .filter(|it| it.wire == it.rust && it.wire != camel_case(&it.rust))
        .count();
    wins > losses
}

/// As serde's `rename_all` does it.
fn camel_case(rust: &str) -> String {
    let mut text = String::new();
    let mut upper = false;
    for it in rust.chars() {
        match it {
            '_' => upper = true,
            it if upper && !text.is_empty() => {
                text.push(it.to_ascii_uppercase());
                upper = false;
            }
            it => {
                text.push(it);
                upper = false;
            }
        }
    }
    text
}

/// What stands above an item in a table.
fn head(api: &Api, ty: &Type) -> String {
    let docs = docs::comment(&docs::lines(api, &ty.docs), "    ");
    let deprecated = if ty.docs.deprecated { "    #[deprecated]\n" } else { "" };
    format!("{docs}{deprecated}")
}

fn enum_table(api: &Api, ty: &Type, variants: &[Variant]) -> String {
    let docs = head(api, ty);
    let mut rows = String::new();
    for variant in variants {
        rows.push_str(&docs::comment(
            &docs::linked(api, docs::paragraphs(&variant.docs)),
            "        ",
        ));
        rows.push_str(&format!("        {} = {:?},\n", variant.rust, variant.wire));
    }
    format!("payouts_core::open_enum! {{\n{docs}    pub enum {} {{\n{rows}    }}\n}}\n", ty.name)
}

/// Adds a newtype; those that follow each other share a table.
fn newtype(api: &Api, ty: &Type, name: &str, body: &mut Vec<Chunk>) {
    let docs = head(api, ty);
    let sensitive = if ty.sensitive { "(sensitive)" } else { "" };
    let row = format!("{docs}    pub struct {}{sensitive};\n", ty.name);
    let head = format!("payouts_core::{name}! {{\n");
    match body.last_mut() {
        Some(Chunk::Table(table)) if table.starts_with(&head) => {
            table.truncate(table.len() - "}\n".len());
            table.push_str(&format!("\n{row}}}\n"));
        }
        _ => body.push(Chunk::Table(format!("{head}{row}}}\n"))),
    }
}

fn union_table(rust: &Rust, api: &Api, ty: &Type, union: &Union) -> String {
    let docs = head(api, ty);
    let by = union.by.as_ref().map(|it| format!(" by {it:?}")).unwrap_or_default();
    let mut rows = String::new();
    for (idx, variant) in union.variants.iter().enumerate() {
        rows.push_str(&docs::comment(
            &docs::linked(api, docs::paragraphs(&variant.docs)),
            "        ",
        ));
        let bound = rust.members.get(&ty.name).and_then(|it| it.get(&lower::alternative(idx)));
        let bound = bound.expect("progenitor binds every alternative of the lowered document");
        let holds = crate::render::type_text(&wrapped(bound, &variant.ty));
        let list = |values: &[String]| {
            values.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>().join(", ")
        };
        let chosen = match &variant.chosen {
            Chosen::Values(values) => format!(" = [{}]", list(values)),
            Chosen::ValuesOrMembers(values, members) => {
                format!(" = [{}] requires [{}]", list(values), list(members))
            }
            Chosen::Members(members) if members.is_empty() => String::new(),
            Chosen::Members(members) => format!(" requires [{}]", list(members)),
            Chosen::Json(kind) => format!(" is {kind}"),
        };
        rows.push_str(&format!("        {}({holds}){chosen},\n", variant.rust));
    }
    format!("payouts_core::union! {{\n{docs}    pub enum {}{by} {{\n{rows}    }}\n}}\n", ty.name)
}

/// A type that progenitor did not need to see.
pub(crate) fn type_text(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(name) => name.clone(),
        TypeRef::List(items) => format!("Vec<{}>", type_text(items)),
        TypeRef::Map(values) => format!("BTreeMap<String, {}>", type_text(values)),
        TypeRef::Nullable(it) => format!("Option<{}>", type_text(it)),
        TypeRef::Sensitive(it) => format!("Sensitive<{}>", type_text(it)),
        TypeRef::Scalar(scalar) => scalar_text(*scalar).to_owned(),
    }
}

/// The Rust name of a scalar.
pub(crate) fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Bool => "bool",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::U64 => "u64",
        Scalar::Decimal => "Decimal",
        Scalar::MinorUnits => "MinorUnits",
        Scalar::Timestamp => "Timestamp",
        Scalar::Date => "Date",
        Scalar::CivilDateTime => "CivilDateTime",
        Scalar::Json => "Json",
        Scalar::JsonObject => "JsonObject",
        Scalar::IntegerOrString => "IntegerOrString",
        Scalar::Bytes => "Bytes",
        Scalar::File => "File",
    }
}

fn additional_table(ty: &Type, strukt: &Struct) -> String {
    let names: Vec<String> = strukt.members.iter().map(|it| format!("{:?}", it.wire)).collect();
    let one =
        format!("payouts_core::additional_members! {{ {} {{ {} }} }}\n", ty.name, names.join(", "));
    if one.len() <= 100 {
        return one;
    }
    let mut rows = String::new();
    let mut row = String::from("       ");
    for name in &names {
        if row.len() + name.len() + 2 > 99 {
            rows.push_str(&row);
            rows.push('\n');
            row = String::from("       ");
        }
        row.push_str(&format!(" {name},"));
    }
    rows.push_str(&row);
    format!("payouts_core::additional_members! {{\n    {} {{\n{rows}\n    }}\n}}\n", ty.name)
}

/// What `new()` takes for a member.
pub(crate) fn new_argument(member: &Member) -> Option<&'static str> {
    match &member.new {
        _ if member.presence == Presence::Required => None,
        Some(NewArgument::Alternative(ty)) if ty == "integer" => Some("i64"),
        Some(NewArgument::Alternative(_)) => Some("String"),
        Some(NewArgument::Required) | None => None,
    }
}

fn builder_table(rust: &Rust, api: &Api, ty: &Type, strukt: &Struct) -> String {
    let argument = |it: &Member| {
        let inner = crate::render::type_text(&inner_type(rust, ty, it));
        match (it.presence, new_argument(it)) {
            (Presence::Required, _) => format!("{}: {inner}", it.rust),
            (Presence::Nullable | Presence::Optional, Some(argument)) => {
                format!("{}: {argument} as some", it.rust)
            }
            (Presence::Nullable, None) if it.new.is_none() => {
                format!("{}: impl Into<Option<{inner}>> as into", it.rust)
            }
            (Presence::Nullable | Presence::Optional, None) => {
                format!("{}: {inner} as some", it.rust)
            }
            (Presence::Patch, _) => format!("{}: {inner} as into", it.rust),
        }
    };
    let arguments: Vec<String> =
        strukt.members.iter().filter(|it| it.is_in_new()).map(argument).collect();
    let one = arguments.join(", ");
    let arguments = if one.len() <= 80 {
        one
    } else {
        format!("\n            {},\n        ", arguments.join(",\n            "))
    };
    let mut rows = String::new();
    for member in strukt.members.iter().filter(|it| !it.is_in_new()) {
        let summary = crate::model::types::summary(&member.docs.text);
        let summary = docs::linked(api, docs::paragraphs(&summary));
        rows.push_str(&docs::comment(&summary, "        "));
        if member.docs.deprecated {
            rows.push_str("        #[deprecated]\n");
        }
        let patch = if member.presence == Presence::Patch { "patch " } else { "" };
        let inner = crate::render::type_text(&inner_type(rust, ty, member));
        rows.push_str(&format!("        {}: {patch}{inner};\n", member.rust));
    }
    if let Some(additional) = &strukt.additional {
        rows.push_str(&format!(
            "        /// Members that the spec does not name.\n        additional: default {};\n",
            type_text(&additional.ty)
        ));
    }
    format!(
        "payouts_core::builder! {{\n    {} {{\n        new({arguments});\n{rows}    }}\n}}\n",
        ty.name
    )
}

/// Members with the same checks share a row.
fn constraints_table(api: &Api, ty: &Type, strukt: &Struct) -> String {
    let mut groups: IndexMap<String, Vec<&str>> = IndexMap::new();
    let members = strukt.members.iter().map(|it| (it.rust.as_str(), &it.constraints, &it.ty));
    let additional = strukt.additional.iter().map(|it| ("additional", &it.constraints, &it.ty));
    for (name, constraints, ty) in members.chain(additional) {
        let mut checks: Vec<String> = constraints.iter().map(rule).collect();
        if has_checks(api, ty) {
            checks.push("nested()".to_owned());
        }
        if !checks.is_empty() {
            groups.entry(checks.join(", ")).or_default().push(name);
        }
    }
    let mut rows = String::new();
    for (checks, members) in groups {
        let mut row = String::from("        ");
        for (idx, member) in members.iter().enumerate() {
            let part = if idx == 0 { (*member).to_owned() } else { format!(" | {member}") };
            let width = row.rsplit('\n').next().unwrap_or_default().len();
            if width + part.len() > 96 {
                row.push_str("\n           ");
            }
            row.push_str(&part);
        }
        rows.push_str(&format!("{row}: {checks};\n"));
    }
    format!("payouts_core::constraints! {{\n    {} {{\n{rows}    }}\n}}\n", ty.name)
}

/// The runtime's rule for a constraint.
pub(crate) fn rule(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Length("minLength", it) => format!("min_length({it})"),
        Constraint::Length("maxLength", it) => format!("max_length({it})"),
        Constraint::Length("minItems", it) => format!("min_items({it})"),
        Constraint::Length(_, it) => format!("max_items({it})"),
        Constraint::Bound(name, it) => format!("{name}({it:?})"),
        Constraint::Pattern(it) => format!("pattern({})", raw_string(it)),
        Constraint::UniqueItems => "unique_items()".to_owned(),
        Constraint::Each(it) => format!("each(|at, it| {})", rule_call(&rule(it), "it")),
    }
}

/// The rule for what is called `value`: `at.max_length(value, 50)`.
pub(crate) fn rule_call(rule: &str, value: &str) -> String {
    let (name, arguments) = rule.split_once('(').expect("a rule is a call");
    let separator = if arguments == ")" { "" } else { ", " };
    format!("at.{name}({value}{separator}{arguments}")
}

/// A raw string literal, with as many signs as it takes.
fn raw_string(text: &str) -> String {
    let n_signs =
        (0..).find(|it| !text.contains(&format!("\"{}", "#".repeat(*it)))).unwrap_or_default();
    let signs = "#".repeat(n_signs);
    format!("r{signs}\"{text}\"{signs}")
}

/// Whether a value has something to check inside.
pub(crate) fn has_checks(api: &Api, ty: &TypeRef) -> bool {
    ty.name().and_then(|it| api.types.get(it)).is_some_and(|it| it.limited)
}

#[cfg(test)]
mod tests;
