//! What the workspace's tests know about a client: how each sample is decoded
//! and encoded, and how each operation is called.

use crate::{
    model::{
        Api,
        content::Format,
        operation::Operation,
        types::{Scalar, Shape, TypeRef},
        webhook::Verification,
    },
    refine::{
        Chunk, KrateFile,
        client::{self, Purpose},
        example,
        types::type_text,
        webhooks,
    },
};

/// The file of a provider.
pub(crate) fn file(api: &Api) -> KrateFile {
    let mut rows = String::new();
    for operation in &api.operations {
        let id = &operation.id;
        let body = operation.body.as_ref();
        match body.filter(|it| !matches!(it.format, Format::Text | Format::Binary)) {
            Some(body) => rows.push_str(&row("request", id, None, &body.ty)),
            None => {
                for parameter in &operation.parameters {
                    let item = match &parameter.ty {
                        TypeRef::List(items) => items,
                        ty => ty,
                    };
                    if is_text(api, item) {
                        rows.push_str(&row("parameter", id, Some(&parameter.wire), item));
                    }
                }
            }
        }
        let output = operation.output.as_ref();
        if let Some(output) = output.filter(|_| operation.output_format == Format::Json) {
            for status in &operation.success {
                rows.push_str(&row("response", id, Some(&status.to_string()), output));
            }
            if !operation.success.iter().any(|it| (200..300).contains(it)) {
                rows.push_str(&row("response", id, Some("2XX"), output));
            }
        }
        for case in operation.successes.iter().filter(|it| it.format == Format::Json) {
            if let Some(ty) = &case.ty {
                rows.push_str(&row("response", id, Some(&case.pattern), ty));
            }
        }
        for case in &operation.errors {
            if let Some(ty) = &case.ty {
                rows.push_str(&row("response", id, Some(&case.pattern), ty));
            }
        }
    }
    for webhook in &api.webhooks {
        rows.push_str(&row("event", &webhook.id, None, &webhook.ty));
    }
    let calls: String = api.operations.iter().map(|it| call(api, it)).collect();
    let paged = api.operations.iter().filter_map(|it| list(api, it)).collect::<String>();
    let list = if paged.is_empty() { "" } else { ", list" };
    let hooks: String = api
        .webhooks
        .iter()
        .map(|it| {
            let arguments = match it.verification {
                Verification::HmacSha256 { .. } | Verification::Basic => "secrets, headers, body",
                Verification::None(_) => "body",
            };
            format!("    hook!({:?}, {}({arguments})),\n", it.id, webhooks::function(it))
        })
        .collect();
    let hook = if hooks.is_empty() { "" } else { ", hook" };
    let krate = format!("payouts_{}", api.provider);
    let credentials = client::credentials(api);
    let setters = |purposes: &[Purpose]| {
        let wanted = credentials.iter().filter(|it| purposes.contains(&it.purpose));
        let setters = wanted.map(|it| format!("{} = {:?}", it.method, format!("test-{}", it.name)));
        setters.collect::<Vec<_>>().join(", ")
    };
    let given = setters(&[Purpose::Sent, Purpose::Fixed]);
    let fetched = setters(&[Purpose::Exchanged]);
    let urls: Vec<String> = client::token_urls(api).into_iter().map(|(it, _)| it).collect();
    let urls = match urls.as_slice() {
        [] => String::new(),
        urls => format!(",\n    token_urls: [{}]", urls.join(", ")),
    };
    let text = format!(
        "use std::collections::BTreeMap;\n\nuse {krate}::*;\n\nuse crate::table::{{Call, Codec, Hook, List, Provider, call, client{hook}{list}}};\n\n/// The provider.\npub(crate) static PROVIDER: Provider = Provider {{\n    name: {:?},\n    operations: OPERATIONS,\n    codecs: CODECS,\n    calls: CALLS,\n    hooks: HOOKS,\n    lists: LISTS,\n}};\n\nclient! {{\n    given: [{given}],\n    fetched: [{fetched}]{urls}\n}}\n\nstatic CODECS: &[Codec] = &[\n{rows}];\n\nstatic CALLS: &[Call] = &[\n{calls}];\n\nstatic HOOKS: &[Hook] = &[\n{hooks}];\n\nstatic LISTS: &[List] = &[\n{paged}];\n",
        api.provider
    );
    let text = if text.contains("BTreeMap<") {
        text
    } else {
        text.replacen("use std::collections::BTreeMap;\n\n", "", 1)
    };
    KrateFile {
        name: format!("{}.rs", api.provider),
        docs: format!(
            "How the samples of {} are decoded, and how its operations are called.",
            api.title
        ),
        chunks: vec![Chunk::Table(text)],
    }
}

/// Whether a value is text in a parameter.
fn is_text(api: &Api, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(it) => !matches!(it, Scalar::Json | Scalar::JsonObject),
        TypeRef::Named(name) => {
            let shape = api.types.get(name).map(|it| &it.shape);
            !matches!(shape, Some(Shape::Struct(_) | Shape::Union(_)))
        }
        TypeRef::Nullable(it) | TypeRef::Sensitive(it) => is_text(api, it),
        TypeRef::List(_) | TypeRef::Map(_) => false,
    }
}

fn row(kind: &str, id: &str, detail: Option<&str>, ty: &TypeRef) -> String {
    let ty = type_text(ty);
    match detail {
        None => format!("    Codec::{kind}::<{ty}>({id:?}),\n"),
        Some(detail) => format!("    Codec::{kind}::<{ty}>({id:?}, {detail:?}),\n"),
    }
}

/// A closure that reads a list to its end.
fn list(api: &Api, operation: &Operation) -> Option<String> {
    let setters = client::paging_setters(operation, operation.paging.as_ref()?);
    let (arguments, _) = example::arguments(api, operation);
    let (id, arguments) = (&operation.id, arguments.join(", "));
    let setters: String = setters.iter().map(|it| format!(".{it}")).collect();
    Some(format!("    list!({id:?}, |client| client.{id}({arguments}){setters}),\n"))
}

/// A closure that calls an operation with all its arguments.
fn call(api: &Api, operation: &Operation) -> String {
    let text = |text: &str| format!("settings.text({text:?})");
    let required = example::parameters(api, operation, |it| it.required, text);
    let mut arguments: Vec<_> = required.into_iter().map(|(_, value)| value).collect();
    let body = operation.body.as_ref().map(|it| match it.format {
        Format::Text => "settings.text(\"body\")".to_owned(),
        Format::Binary => example::body(api, it),
        Format::Json | Format::Form | Format::Multipart => {
            format!("settings.body({})", example::body(api, it))
        }
    });
    let is_required = operation.body.as_ref().is_some_and(|it| it.required);
    let setter = match body {
        Some(body) if is_required => {
            arguments.push(body);
            String::new()
        }
        Some(body) => format!(".body({body})"),
        None => String::new(),
    };
    let optional = example::parameters(api, operation, |it| !it.required, text);
    let setters: String = optional.iter().map(|(name, it)| format!(".{name}({it})")).collect();
    let (id, arguments) = (&operation.id, arguments.join(", "));
    format!("    call!({id:?}, |client, settings| client.{id}({arguments}){setters}{setter}),\n")
}
