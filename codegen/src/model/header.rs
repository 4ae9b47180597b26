//! Headers of responses: what each is called and what its values are.

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    model::{
        RECEIVED,
        schema::Schema,
        types::{Encoding, Scalar, TypeRef, Types},
    },
    names,
};

/// A header of a response as an operation declares it.
#[derive(Clone, Debug)]
pub(crate) struct WrittenHeader {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) schema: Option<Schema>,
    pub(crate) sensitive: bool,
}

/// A header of responses, the same for all operations.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its constant in Rust.
    pub constant: String,
    /// Its name in HTTP.
    pub wire: String,
    /// The type of its value.
    pub ty: TypeRef,
    /// Personal or secret.
    pub sensitive: bool,
    /// What it is.
    pub docs: String,
}

/// All headers, in the order of the document. One that operations declare with
/// different types is text.
pub(crate) fn constants<'w>(
    written: impl Iterator<Item = &'w WrittenHeader>,
    types: &mut Types<'_>,
    diags: &mut Diagnostics,
) -> Vec<ResponseHeader> {
    let mut headers: IndexMap<String, ResponseHeader> = IndexMap::new();
    for it in written {
        let (ty, sensitive) = value(it, types, diags);
        let sensitive = sensitive || it.sensitive;
        // HTTP does not tell upper from lower case.
        match headers.get_mut(&it.name.to_ascii_lowercase()) {
            Some(found) => {
                if found.ty != ty {
                    found.ty = TypeRef::Scalar(Scalar::String);
                }
                found.sensitive |= sensitive;
                if found.docs.is_empty() {
                    found.docs.clone_from(&it.description);
                }
            }
            None => {
                let header = ResponseHeader {
                    constant: String::new(),
                    wire: it.name.clone(),
                    ty,
                    sensitive,
                    docs: it.description.clone(),
                };
                headers.insert(it.name.to_ascii_lowercase(), header);
            }
        }
    }
    // Names that differ in signs only.
    let mut n_uses: IndexMap<String, usize> = IndexMap::new();
    for header in headers.values_mut() {
        let name = names::constant(&header.wire);
        let n_before = n_uses.entry(name.clone()).or_default();
        *n_before += 1;
        header.constant = if *n_before == 1 { name } else { format!("{name}_{n_before}") };
    }
    headers.into_values().collect()
}

/// The type of a header's value, and whether its schema is sensitive. What is
/// no scalar is text.
fn value(
    header: &WrittenHeader,
    types: &mut Types<'_>,
    diags: &mut Diagnostics,
) -> (TypeRef, bool) {
    let text = TypeRef::Scalar(Scalar::String);
    let Some(schema) = header.schema.as_ref().filter(|it| types.is_scalar(it)) else {
        return (text, header.schema.as_ref().is_some_and(|it| it.sensitive));
    };
    let used = types.used(schema, "", RECEIVED, diags);
    match used.encoding {
        Encoding::Natural | Encoding::Text => (used.ty, used.sensitive),
        Encoding::EpochMillis | Encoding::EpochMillisText => (text, used.sensitive),
    }
}
