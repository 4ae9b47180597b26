//! `error.rs`: what an operation can answer instead of a success, by status.

use crate::{
    model::{Api, operation::Operation},
    names,
    refine::{Chunk, KrateFile, docs, types::type_text},
};

/// The file.
pub(crate) fn file(api: &Api) -> KrateFile {
    let mut chunks = Vec::new();
    if api.operations.iter().flat_map(|it| &it.errors).any(|it| it.ty.is_some()) {
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
