//! What JSON Pointers (RFC 6901) lead to in values of a type.

use crate::{
    diagnostics::Diagnostics,
    model::types::{Encoding, Presence, Shape, TypeRef, Types},
    parse::node::Place,
};

/// What a pointer leads to.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) ty: TypeRef,
    pub(crate) encoding: Encoding,
    /// Whether it, or something on the way, is personal or secret.
    pub(crate) sensitive: bool,
    pub(crate) presence: Presence,
}

/// Why a pointer leads nowhere.
struct Nowhere {
    /// The first member that is not there.
    name: String,
    /// What could stand in its place.
    known: Vec<String>,
}

impl Target {
    /// A value of a type.
    pub(crate) fn new(ty: &TypeRef) -> Self {
        let (encoding, presence) = (Encoding::Natural, Presence::Required);
        Self { ty: ty.clone(), encoding, sensitive: false, presence }
    }
}

/// What a pointer leads to; a complaint if that is nothing.
pub(crate) fn lead(
    types: &Types<'_>,
    from: Option<&Target>,
    pointer: &str,
    place: Place,
    diags: &mut Diagnostics,
) -> Option<Vec<Target>> {
    // An operation that answers nothing has no type.
    let Some(from) = from else {
        diags.pointer(place, pointer, pointer.trim_start_matches('/'), &[]);
        return None;
    };
    follow(types, from, pointer)
        .map_err(|it| diags.pointer(place, pointer, &it.name, &it.known))
        .ok()
}

/// All that a pointer into `from` can lead to: several things where one of
/// several shapes is on the way.
fn follow(types: &Types<'_>, from: &Target, pointer: &str) -> Result<Vec<Target>, Nowhere> {
    let mut names = pointer.split('/');
    if names.next() != Some("") {
        return Err(Nowhere { name: pointer.to_owned(), known: Vec::new() });
    }
    let mut targets = shapes(types, from);
    for name in names {
        let name = name.replace("~1", "/").replace("~0", "~");
        let (mut next, mut known) = (Vec::new(), Vec::new());
        for target in &targets {
            let TypeRef::Named(ty) = &target.ty else { continue };
            let Some(Shape::Struct(strukt)) = types.shape(ty) else { continue };
            for member in &strukt.members {
                if member.wire == name {
                    let target = Target {
                        ty: member.ty.clone(),
                        encoding: member.encoding,
                        sensitive: target.sensitive || member.sensitive,
                        presence: member.presence,
                    };
                    next.extend(shapes(types, &target));
                } else if !known.contains(&member.wire) {
                    known.push(member.wire.clone());
                }
            }
        }
        if next.is_empty() {
            return Err(Nowhere { name, known });
        }
        targets = next;
    }
    Ok(targets)
}

/// The alternatives of a union, or the thing itself.
fn shapes(types: &Types<'_>, target: &Target) -> Vec<Target> {
    let name = match &target.ty {
        TypeRef::Named(name) => name,
        TypeRef::Nullable(it) => {
            let presence = Presence::Nullable;
            return shapes(types, &Target { ty: (**it).clone(), presence, ..target.clone() });
        }
        TypeRef::Sensitive(it) => {
            return shapes(
                types,
                &Target { ty: (**it).clone(), sensitive: true, ..target.clone() },
            );
        }
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) => return vec![target.clone()],
    };
    let sensitive = target.sensitive || types.is_sensitive(name);
    let target = Target { sensitive, ..target.clone() };
    let Some(Shape::Union(union)) = types.shape(name) else { return vec![target] };
    let alternative = |ty: &TypeRef| Target { ty: ty.clone(), ..target.clone() };
    union.variants.iter().map(|it| alternative(&it.ty)).collect()
}
