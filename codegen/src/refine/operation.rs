//! `operations.rs`: the calls and what the runtime must know about them.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::{
    model::{
        Api,
        header::ResponseHeader,
        operation::{Idempotency, Operation, Reconcile},
        paging::{Paging, PagingForm},
        security::SchemeKind,
    },
    names,
    refine::{
        Chunk, KrateFile, body, client, docs,
        types::{has_name, rule, scalar_names, type_text},
    },
};

/// The file.
pub(crate) fn file(api: &Api) -> KrateFile {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut core = BTreeSet::from(["Idempotency", "Method", "Operation", "Reconcile"]);
    for operation in &api.operations {
        operation
            .parameters
            .iter()
            .filter(|it| !it.required)
            .for_each(|it| scalar_names(&it.ty, &mut core));
        let bodies = operation.body.iter().filter(|it| !it.required);
        bodies.for_each(|it| scalar_names(&it.ty, &mut core));
        for (ty, format) in body::answers(operation) {
            scalar_names(ty, &mut core);
            core.extend((body::reader(format) != "json").then_some("Sensitive"));
        }
        if let Some(paging) = &operation.paging {
            scalar_names(&paging.item, &mut core);
            core.extend(paging.sensitive.then_some("Sensitive"));
        }
    }
    for header in &api.headers {
        scalar_names(&header.ty, &mut core);
        core.extend(header.sensitive.then_some("Sensitive"));
    }
    if core.remove("BTreeMap") {
        chunks.push(Chunk::Table("use std::collections::BTreeMap;\n".to_owned()));
    }
    let core: Vec<&str> = core.into_iter().collect();
    chunks.push(Chunk::Table(format!("use payouts_core::{{{}}};\n", core.join(", "))));
    let needed = |it: &Operation| {
        let optional = it.parameters.iter().filter(|it| !it.required).map(|it| &it.ty);
        let item = it.paging.as_ref().map(|it| &it.item);
        let bodies = it.body.iter().filter(|it| !it.required).map(|it| &it.ty);
        let answers = body::answers(it).map(|(it, _)| it);
        optional.chain(bodies).chain(answers).chain(item).any(has_name)
    };
    let in_headers = api.headers.iter().any(|it| has_name(&it.ty));
    let types = if in_headers || api.operations.iter().any(needed) {
        "{error::*, types::*}"
    } else {
        "error::*"
    };
    chunks.push(Chunk::Table(format!("use crate::{types};\n")));
    for operation in &api.operations {
        chunks.push(Chunk::Table(call_table(api, operation)));
        if !operation.successes.is_empty() {
            chunks.push(Chunk::Table(success_table(api, operation)));
        }
        chunks.push(Chunk::Table(statics(api, operation)));
    }
    chunks.push(Chunk::Table(all(api)));
    chunks.extend(headers_table(api).map(Chunk::Table));
    KrateFile {
        name: "operations.rs".to_owned(),
        docs: "Calls that have not been sent yet, and what is known about each operation."
            .to_owned(),
        chunks,
    }
}

fn call_table(api: &Api, operation: &Operation) -> String {
    let name = names::pascal(&operation.id);
    let output = body::output(operation);
    let mut rows = String::new();
    for parameter in operation.parameters.iter().filter(|it| !it.required) {
        let mut lines = docs::paragraphs(&parameter.docs.text);
        if !parameter.docs.facts.is_empty() {
            docs::separate(&mut lines);
            lines.extend(docs::wrapped(&docs::escape(&parameter.docs.facts.join(" "))));
        }
        rows.push_str(&docs::comment(&docs::linked(api, lines), "        "));
        if parameter.docs.deprecated {
            rows.push_str("        #[deprecated]\n");
        }
        let (step, style) = client::step(parameter);
        let style = style.map(|it| format!(", {it}")).unwrap_or_default();
        let rules: String =
            client::rules(api, parameter).iter().map(|it| format!(", {it}")).collect();
        rows.push_str(&format!(
            "        {}: {} => {step}({:?}{style}){rules};\n",
            parameter.rust,
            type_text(&parameter.ty),
            parameter.wire
        ));
    }
    if let Some(body) = operation.body.as_ref().filter(|it| !it.required) {
        let mut lines = docs::paragraphs(&body.docs.text);
        if lines.is_empty() {
            lines.push("What is sent; nothing if it is not given.".to_owned());
        }
        rows.push_str(&docs::comment(&docs::linked(api, lines), "        "));
        rows.push_str(&body::setter(api, body));
    }
    if let Idempotency::Key(header) = &operation.idempotency {
        rows.push_str("        /// By which the provider recognises a repeat; generated if it is not given.\n");
        rows.push_str(&format!("        idempotency_key: key({header:?});\n"));
    }
    let rows = if rows.is_empty() { "{}".to_owned() } else { format!("{{\n{rows}    }}") };
    let paging = operation.paging.as_ref().map(paging_row).unwrap_or_default();
    format!(
        "payouts_core::operation! {{\n    /// A call of [`Client::{0}`](crate::Client::{0}) that has not been sent yet.\n    pub struct {name} -> {output}, {name}Error {rows}\n{paging}}}\n",
        operation.id
    )
}

/// What the operation answers, by status.
fn success_table(api: &Api, operation: &Operation) -> String {
    let mut rows = String::new();
    for case in &operation.successes {
        rows.push_str(&docs::comment(&docs::linked(api, docs::paragraphs(&case.docs)), "        "));
        let holds = case.ty.as_ref().map(|it| format!("({})", body::answer(it, case.format)));
        let reader = match (&case.ty, body::reader(case.format)) {
            (None, _) | (_, "json") => String::new(),
            (Some(_), reader) => format!(" as {reader}"),
        };
        rows.push_str(&format!(
            "        {}{}{reader} = {:?},\n",
            case.variant,
            holds.unwrap_or_default(),
            case.pattern
        ));
    }
    format!(
        "payouts_core::operation_success! {{\n    /// What [`Client::{0}`](crate::Client::{0}) answers, by status.\n    pub enum {1}Success {{\n{rows}    }}\n}}\n",
        operation.id,
        names::pascal(&operation.id)
    )
}

fn paging_row(paging: &Paging) -> String {
    let list = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|it| format!("{it:?}")).collect();
        format!("&[{}]", texts.join(", "))
    };
    let items = list(&paging.items);
    let form = match &paging.form {
        PagingForm::Offset { offset, limit, total, current } => format!(
            "Offset {{ offset: {offset:?}, limit: {limit:?}, total: {}, current: {}, items: {items} }}",
            list(total),
            list(current)
        ),
        PagingForm::Page { page, last, current } => format!(
            "Page {{ page: {page:?}, last: {}, current: {}, items: {items} }}",
            list(last),
            list(current)
        ),
        PagingForm::Window { from, to, limit, id } => format!(
            "Window {{ from: {from:?}, to: {to:?}, limit: {limit:?}, items: {items}, id: {id:?} }}"
        ),
    };
    let item = type_text(&paging.item);
    let item = if paging.sensitive { format!("Sensitive<{item}>") } else { item };
    let rules: String = paging.constraints.iter().map(|it| format!(", {}", rule(it))).collect();
    format!("    paging: {item} => {form}{rules};\n")
}

fn statics(api: &Api, operation: &Operation) -> String {
    let set = |it: &Vec<String>| {
        let is_sent = |it: &&String| {
            let scheme = api.schemes.iter().find(|scheme| scheme.name == **it);
            !matches!(scheme.map(|it| &it.kind), Some(SchemeKind::MutualTls))
        };
        let names: Vec<String> = it.iter().filter(is_sent).map(|it| format!("{it:?}")).collect();
        format!("&[{}]", names.join(", "))
    };
    let security: Vec<String> = operation.security.iter().map(set).collect();
    let idempotency = match &operation.idempotency {
        Idempotency::Safe => "Idempotency::Safe".to_owned(),
        Idempotency::None => "Idempotency::None".to_owned(),
        Idempotency::Repeatable => "Idempotency::Repeatable".to_owned(),
        Idempotency::Key(header) => format!("Idempotency::Key({header:?})"),
    };
    let reconcile = match &operation.reconcile {
        Reconcile::NotNeeded => "Reconcile::NotNeeded".to_owned(),
        Reconcile::Impossible(reason) => format!("Reconcile::Impossible({reason:?})"),
        Reconcile::With { operation, matching, how } => {
            format!(
                "Reconcile::With {{ operation: &{}, matching: {matching:?}, how: {how:?} }}",
                names::operation(operation),
            )
        }
    };
    let success: Vec<String> = operation.success.iter().map(u16::to_string).collect();
    format!(
        "pub(crate) static {}: Operation = Operation {{\n    id: {:?},\n    method: Method::{},\n    path: {:?},\n    security: &[{}],\n    idempotency: {idempotency},\n    reconcile: {reconcile},\n    success: &[{}],\n}};\n",
        names::operation(&operation.id),
        operation.id,
        operation.method,
        operation.path,
        security.join(", "),
        success.join(", "),
    )
}

fn all(api: &Api) -> String {
    let mut rows = String::new();
    let mut row = String::new();
    for operation in &api.operations {
        let name = format!(" {},", names::operation(&operation.id));
        if !row.is_empty() && row.len() + name.len() > 97 {
            rows.push_str(&format!("   {row}\n"));
            row.clear();
        }
        row.push_str(&name);
    }
    if !row.is_empty() {
        rows.push_str(&format!("   {row}\n"));
    }
    format!("payouts_core::operations! {{\n{rows}}}\n")
}

/// The headers of answers, grouped by type.
fn headers_table(api: &Api) -> Option<String> {
    let mut groups: IndexMap<String, String> = IndexMap::new();
    for it in &api.headers {
        let ty = header_type(it);
        let rows = groups.entry(ty).or_default();
        let text =
            if it.docs.is_empty() { format!("The header `{}`.", it.wire) } else { it.docs.clone() };
        rows.push_str(&docs::comment(&docs::linked(api, docs::paragraphs(&text)), "        "));
        rows.push_str(&format!("        {} = {:?},\n", it.constant, it.wire));
    }
    let groups: String =
        groups.iter().map(|(ty, rows)| format!("    {ty} {{\n{rows}    }}\n")).collect();
    (!groups.is_empty()).then(|| format!("payouts_core::response_headers! {{\n{groups}}}\n"))
}

fn header_type(header: &ResponseHeader) -> String {
    let ty = type_text(&header.ty);
    if header.sensitive { format!("Sensitive<{ty}>") } else { ty }
}
