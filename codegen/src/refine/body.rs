//! How bodies are written and read, as calls into the runtime.

use crate::{
    model::{
        Api,
        content::{Format, Style},
        operation::{Body, Operation},
        types::{Scalar, Shape, TypeRef},
    },
    names,
    refine::types::{has_checks, type_text},
};

/// How a body is encoded.
pub(crate) struct Encoder {
    /// Whether it is checked in a step of its own.
    pub(crate) is_checked: bool,
    /// The method of the runtime's call.
    pub(crate) method: &'static str,
    /// Its arguments after the body.
    pub(crate) arguments: String,
    /// The media type, if it is not the method's own.
    pub(crate) media_type: Option<String>,
}

/// How an operation's body is encoded.
pub(crate) fn encoder(api: &Api, body: &Body) -> Encoder {
    let is_checked = has_checks(api, &body.ty);
    let (method, usual) = match body.format {
        Format::Json if is_checked && body.required => ("checked_json", "application/json"),
        Format::Json => ("json", "application/json"),
        Format::Form => ("form", "application/x-www-form-urlencoded"),
        Format::Multipart => ("multipart", "multipart/form-data"),
        Format::Text => ("text", "text/plain"),
        Format::Binary => ("binary", "application/octet-stream"),
    };
    let styles: Vec<String> =
        body.styles.iter().map(|(name, it)| format!("({name:?}, {})", style(it))).collect();
    let arguments = match body.format {
        Format::Form | Format::Multipart => format!("&[{}]", styles.join(", ")),
        Format::Json | Format::Text | Format::Binary => String::new(),
    };
    Encoder {
        is_checked: is_checked && method != "checked_json",
        method,
        arguments,
        media_type: (body.media_type != usual).then(|| body.media_type.clone()),
    }
}

fn style(style: &Style) -> String {
    let (kind, variant) = match style {
        Style::Commas => ("Form", "Commas".to_owned()),
        Style::Spaces => ("Form", "Spaces".to_owned()),
        Style::Pipes => ("Form", "Pipes".to_owned()),
        Style::Deep => ("Form", "Deep".to_owned()),
        Style::Spread => ("Form", "Spread".to_owned()),
        Style::Json => ("Form", "Json".to_owned()),
        Style::File(None) => ("Part", "File".to_owned()),
        Style::File(Some(it)) => ("Part", format!("FileAs({it:?})")),
        Style::TextAs(it) => ("Part", format!("TextAs({it:?})")),
        Style::JsonAs(it) => ("Part", format!("JsonAs({it:?})")),
    };
    format!("payouts_core::{kind}Style::{variant}")
}

/// The row of the setter of a body that can be left out.
pub(crate) fn setter(api: &Api, body: &Body) -> String {
    let Encoder { is_checked, method, arguments, media_type } = encoder(api, body);
    let checked = if is_checked { "checked " } else { "" };
    let media_type = media_type.map(|it| format!(" as {it:?}")).unwrap_or_default();
    let ty = type_text(&body.ty);
    format!("        body: {ty} => {checked}body {method}({arguments}){media_type};\n")
}

/// What a success is, and how it is read: `Payout`, or
/// `Sensitive<String> as text("text/csv")`.
pub(crate) fn output(operation: &Operation) -> String {
    let accept = operation.accept.join(", ");
    if !operation.successes.is_empty() {
        return format!("{}Success as status({accept:?})", names::pascal(&operation.id));
    }
    let ty = operation.output.as_ref().map(|it| answer(it, operation.output_format));
    let ty = ty.unwrap_or_else(|| "()".to_owned());
    match reader(operation.output_format) {
        "json" if matches!(accept.as_str(), "" | "application/json") => ty,
        reader => format!("{ty} as {reader}({accept:?})"),
    }
}

/// The type of an answer: what is no JSON may be anything, so it is not shown.
pub(crate) fn answer(ty: &TypeRef, format: Format) -> String {
    match format {
        Format::Text | Format::Binary => format!("Sensitive<{}>", type_text(ty)),
        Format::Json | Format::Form | Format::Multipart => type_text(ty),
    }
}

/// The runtime's name for how an answer is read.
pub(crate) fn reader(format: Format) -> &'static str {
    match format {
        Format::Json | Format::Form | Format::Multipart => "json",
        Format::Text => "text",
        Format::Binary => "binary",
    }
}

/// All types of the answers of successes, with how they are written.
pub(crate) fn answers(operation: &Operation) -> impl Iterator<Item = (&TypeRef, Format)> {
    let output = operation.output.iter().map(|it| (it, operation.output_format));
    let cases = operation.successes.iter().filter_map(|it| Some((it.ty.as_ref()?, it.format)));
    output.chain(cases)
}

/// Whether files are sent.
pub(crate) fn has_files(api: &Api) -> bool {
    fn is_file(ty: &TypeRef) -> bool {
        match ty {
            TypeRef::List(it)
            | TypeRef::Map(it)
            | TypeRef::Nullable(it)
            | TypeRef::Sensitive(it) => is_file(it),
            TypeRef::Scalar(it) => *it == Scalar::File,
            TypeRef::Named(_) => false,
        }
    }
    api.types.values().any(|it| match &it.shape {
        Shape::Struct(it) => it.members.iter().any(|it| is_file(&it.ty)),
        Shape::Enum(_) | Shape::StringNewtype | Shape::IntegerOrStringNewtype | Shape::Union(_) => {
            false
        }
    })
}

/// What the documentation says about media types, if there is anything to say.
pub(crate) fn docs(operation: &Operation) -> Option<String> {
    let list =
        |types: &[String]| types.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let mut sentences = Vec::new();
    if let Some(body) = &operation.body
        && (body.format != Format::Json || !body.others.is_empty())
    {
        let mut text = format!("The body is sent as `{}`", body.media_type);
        if !body.others.is_empty() {
            text.push_str(&format!("; the provider takes {}, too", list(&body.others)));
        }
        sentences.push(format!("{text}."));
    }
    let is_plain = operation.accept.iter().all(|it| it == "application/json");
    if !is_plain || !operation.not_accepted.is_empty() {
        let mut text = format!("Answers are asked for as {}", list(&operation.accept));
        if !operation.not_accepted.is_empty() {
            text.push_str(&format!("; the provider has {}, too", list(&operation.not_accepted)));
        }
        sentences.push(format!("{text}."));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
