//! JSON Pointers into values that a schema describes.

use indexmap::IndexMap;

use crate::model::schema::{Additional, Kind, Schema};

/// The schema of the value that `pointer` names, if there can be one.
pub(crate) fn find<'s>(
    schema: &'s Schema,
    pointer: &str,
    schemas: &'s IndexMap<String, Schema>,
) -> Option<&'s Schema> {
    if pointer.is_empty() {
        return Some(schema);
    }
    let (token, rest) = match pointer.strip_prefix('/')?.split_once('/') {
        Some((token, rest)) => (token, &pointer[pointer.len() - rest.len() - 1..]),
        None => (&pointer[1..], ""),
    };
    let name = token.replace("~1", "/").replace("~0", "~");
    let child = |it: &'s Schema| find(it, rest, schemas);
    match &schema.kind {
        Kind::Ref(target) => find(schemas.get(target)?, pointer, schemas),
        Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
            parts.iter().find_map(|it| find(it, pointer, schemas))
        }
        Kind::Object(object) => match (object.members.get(&name), &object.additional) {
            (Some(member), _) => child(member),
            (None, Additional::Schema(it)) => child(it),
            (None, Additional::Unspecified | Additional::Kept) => None,
        },
        Kind::Array(items) => name.parse::<usize>().ok().and_then(|_| child(items)),
        Kind::Any
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::Integer(_)
        | Kind::Number
        | Kind::Boolean => None,
    }
}
