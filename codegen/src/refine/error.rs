//! `error.rs`: what an operation can answer instead of a success, by status.

use std::collections::BTreeSet;

use crate::{
    model::{Api, operation::Operation, types::TypeRef},
    names,
    refine::{
        Chunk, KrateFile, docs,
        types::{has_name, scalar_names, type_text},
    },
};

/// The file.
pub(crate) fn file(api: &Api) -> KrateFile {
    let mut chunks = Vec::new();
    let bodies: Vec<&TypeRef> =
        api.operations.iter().flat_map(|it| &it.errors).filter_map(|it| it.ty.as_ref()).collect();
    let mut names = BTreeSet::new();
    bodies.iter().for_each(|it| scalar_names(it, &mut names));
    if names.remove("BTreeMap") {
        chunks.push(Chunk::Table("use std::collections::BTreeMap;\n".to_owned()));
    }
    if !names.is_empty() {
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        chunks.push(Chunk::Table(format!("use payouts_core::{{{names}}};\n")));
    }
    if bodies.iter().any(|it| has_name(it)) {
        chunks.push(Chunk::Table("use crate::types::*;\n".to_owned()));
    }
    chunks.extend(api.operations.iter().map(|it| Chunk::Table(table(api, it))));
    KrateFile {
        name: "error.rs".to_owned(),
        docs: "What each operation can answer instead of a success, by status.".to_owned(),
        chunks,
    }
}

fn table(api: &Api, operation: &Operation) -> String {
    let name = names::pascal(&operation.id);
    let mut rows = String::new();
    for case in &operation.errors {
        rows.push_str(&docs::comment(&docs::linked(api, docs::paragraphs(&case.docs)), "        "));
        let holds = case.ty.as_ref().map(|it| format!("({})", type_text(it))).unwrap_or_default();
        rows.push_str(&format!("        {}{holds} = {:?},\n", case.variant, case.pattern));
    }
    let rows = if rows.is_empty() { "{}".to_owned() } else { format!("{{\n{rows}    }}") };
    format!(
        "payouts_core::operation_error! {{\n    /// What [`Client::{0}`](crate::Client::{0}) can answer instead of a success.\n    pub enum {name}Error {rows}\n}}\n",
        operation.id
    )
}
