//! Which schema each type was made of, for whoever compares the two.

use std::collections::BTreeMap;

use crate::{
    import::{Inline, Origin, tree::Tree},
    model::{
        Api,
        types::{self, Direction, Scalar, Shape, TypeRef},
    },
    parse::node::{Node, Place, Value},
};

/// The types of `api` and the schemas that they come from.
pub(super) fn of(tree: &Tree, schemas: &BTreeMap<Place, Inline>, api: &Api) -> Vec<Origin> {
    let mut origins: Vec<Origin> = Vec::new();
    for (path, root) in tree.files() {
        let mut pointer = String::new();
        visit(root, &mut pointer, &mut |place, pointer| {
            let Some(Inline { name, nullable }) = schemas.get(&place) else { return };
            let mut add = |ty: &str, direction| {
                let (path, pointer) = (path.clone(), pointer.to_owned());
                let nullable = *nullable || api.types.get(ty).is_some_and(|it| it.nullable);
                origins.push(Origin { path, pointer, ty: ty.to_owned(), direction, nullable });
            };
            let place = |name: &str| api.types.get(name).map(|it| it.place);
            let request =
                types::sent_name(name, |it| place(it).is_some_and(|it| Some(it) != place(name)));
            match (place(name), place(&request)) {
                // Both halves come from one schema.
                (Some(received), Some(sent)) if received == sent => {
                    add(name, Direction::Received);
                    add(&request, Direction::Sent);
                }
                (Some(_), _) if is_multipart(api, name) => {}
                (Some(_), _) => {
                    let is_sent = api.types.get(name).is_some_and(|it| it.sent);
                    add(name, if is_sent { Direction::Sent } else { Direction::Received });
                }
                (None, _) => {}
            }
        });
    }
    origins
}

/// Whether a type is written as the parts of a body, and not as JSON.
fn is_multipart(api: &Api, name: &str) -> bool {
    fn has_bytes(ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Scalar(it) => matches!(it, Scalar::Bytes | Scalar::File),
            TypeRef::List(it)
            | TypeRef::Map(it)
            | TypeRef::Nullable(it)
            | TypeRef::Sensitive(it) => has_bytes(it),
            TypeRef::Named(_) => false,
        }
    }
    match api.types.get(name).map(|it| &it.shape) {
        Some(Shape::Struct(it)) => it.members.iter().any(|it| has_bytes(&it.ty)),
        _ => false,
    }
}

/// Calls `found` with every place and its JSON Pointer.
fn visit(node: &Node, pointer: &mut String, found: &mut impl FnMut(Place, &str)) {
    found(node.place, pointer);
    let length = pointer.len();
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                pointer.push('/');
                pointer.push_str(&entry.key.replace('~', "~0").replace('/', "~1"));
                visit(&entry.value, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::List(items) => {
            for (idx, item) in items.iter().enumerate() {
                pointer.push('/');
                pointer.push_str(&idx.to_string());
                visit(item, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
