//! Types that are new, gone or renamed, so that what belongs to them is not told
//! item by item.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    names,
    surface::{Item, Space, Surface},
};

/// The types of both sides.
pub(super) struct Fold<'s> {
    base: Side<'s>,
    head: Side<'s>,
    /// New names by old ones.
    renamed: BTreeMap<&'s str, &'s str>,
}

struct Side<'s> {
    types: BTreeMap<&'s str, &'s Item>,
    /// The lines of implementations.
    impls: BTreeSet<&'s str>,
    /// What belongs to each type.
    members: BTreeMap<&'s str, Vec<&'s Item>>,
}

impl<'s> Side<'s> {
    fn of(surface: &'s Surface) -> Self {
        let is_owner = |it: &&Item| it.space == Space::Type || it.kind == "variant";
        let types = surface.items.iter().filter(is_owner).map(|it| (&*it.path, it)).collect();
        let impls = surface.items.iter().filter(|it| it.kind == "impl").map(|it| &*it.text);
        let mut members: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
        for item in &surface.items {
            if let Some(owner) = &item.owner {
                members.entry(owner).or_default().push(item);
            }
        }
        Self { types, impls: impls.collect(), members }
    }

    /// What a type is but for its name.
    fn shape(&self, path: &str, krate: &str) -> Option<String> {
        let item = self.types.get(path).filter(|it| it.kind != "module")?;
        let members = self.members.get(path).into_iter().flatten();
        let full = format!("{krate}::{path}");
        let mut texts: Vec<String> =
            members.map(|it| names::replaced(&it.text, &full, "Self")).collect();
        texts.sort();
        texts.push(names::replaced(&item.text, &full, "Self"));
        Some(texts.join("\n"))
    }

    fn told(&self, path: &str) -> Option<String> {
        let members = self.members.get(path)?;
        let count = |kind: &str| members.iter().filter(|it| it.kind == kind).count();
        let counted = [
            (count("struct_field"), "field"),
            (count("variant"), "variant"),
            (count("function"), "function"),
        ];
        let parts: Vec<String> = counted
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| crate::shell::counted(*n, word))
            .collect();
        match parts.as_slice() {
            [] => None,
            [one] => Some(format!("with {one}")),
            [most @ .., last] => Some(format!("with {} and {last}", most.join(", "))),
        }
    }
}

impl<'s> Fold<'s> {
    pub(super) fn between(base: &'s Surface, head: &'s Surface) -> Self {
        let (old, new) = (Side::of(base), Side::of(head));
        let mut shapes = BTreeMap::new();
        for path in new.types.keys().filter(|it| !old.types.contains_key(*it)) {
            if let Some(shape) = new.shape(path, &head.krate) {
                shapes.insert(shape, *path);
            }
        }
        let gone = old.types.keys().filter(|it| !new.types.contains_key(*it));
        let gone: Vec<_> = gone.filter_map(|it| Some((*it, old.shape(it, &base.krate)?))).collect();
        let mut renamed = BTreeMap::new();
        // A type that names renamed ones is found in a later round.
        loop {
            let n_renamed = renamed.len();
            for (path, shape) in &gone {
                let shape = with_new_names(shape, &base.krate, &renamed);
                if !renamed.contains_key(path)
                    && let Some(now) = shapes.remove(&shape)
                {
                    renamed.insert(*path, now);
                }
            }
            if renamed.len() == n_renamed {
                break;
            }
        }
        renamed.extend(renamed_functions(base, head, &renamed));
        Self { base: old, head: new, renamed }
    }

    /// A type, trait or variant of the old side.
    pub(super) fn old(&self, path: &str) -> Option<&'s Item> {
        self.base.types.get(path).copied()
    }

    pub(super) fn is_gone_with_owner(&self, item: &Item) -> bool {
        is_folded(item, &self.base, &self.head)
    }

    pub(super) fn is_new_with_owner(&self, item: &Item) -> bool {
        is_folded(item, &self.head, &self.base)
    }

    /// What became of a type that is gone.
    pub(super) fn of_removed(&self, item: &Item) -> Option<String> {
        match self.renamed.get(&*item.path) {
            Some(now) => Some(format!("it is called `{now}` now")),
            None => self.base.told(&item.path),
        }
    }

    /// What a new type is.
    pub(super) fn of_added(&self, item: &Item) -> Option<String> {
        match self.renamed.iter().find(|(_, now)| **now == item.path) {
            Some((was, _)) => Some(format!("it was called `{was}`")),
            None => self.head.told(&item.path),
        }
    }
}

/// Text of the old side, with the new names of types.
fn with_new_names(text: &str, krate: &str, renamed: &BTreeMap<&str, &str>) -> String {
    let mut text = text.to_owned();
    for (was, now) in renamed {
        text = names::replaced(&text, &format!("{krate}::{was}"), &format!("{krate}::{now}"));
    }
    text
}

/// Functions that are the same but for their name. A renamed type in them is
/// proof enough; plain setters are too alike.
fn renamed_functions<'s>(
    base: &'s Surface,
    head: &'s Surface,
    renamed: &BTreeMap<&str, &str>,
) -> BTreeMap<&'s str, &'s str> {
    let functions = |surface: &'s Surface| {
        let functions = surface.items.iter().filter(|it| it.kind == "function");
        functions.map(|it| (&*it.path, it)).collect::<BTreeMap<_, _>>()
    };
    let shape = |it: &Item, text: &str, krate: &str| {
        let name = format!("{krate}::{}", it.path);
        (it.owner.clone(), names::replaced(text, &name, "Self"))
    };
    let (old, new) = (functions(base), functions(head));
    let added = new.iter().filter(|(path, _)| !old.contains_key(*path));
    let added: BTreeMap<_, _> =
        added.map(|(path, it)| (shape(it, &it.text, &head.krate), *path)).collect();
    let removed = old.iter().filter(|(path, _)| !new.contains_key(*path));
    let found = removed.filter_map(|(path, it)| {
        let text = with_new_names(&it.text, &base.krate, renamed);
        let now = added.get(&shape(it, &text, &base.krate)).filter(|_| text != it.text)?;
        Some((*path, *now))
    });
    found.collect()
}

/// Whether an item's owner is on its side only.
fn is_folded(item: &Item, side: &Side<'_>, other: &Side<'_>) -> bool {
    let is_alone = |path: &str| side.types.contains_key(path) && !other.types.contains_key(path);
    if item.kind == "assoc_type" && item.space == Space::Impl {
        let is_alone = |it: &str| side.impls.contains(it) && !other.impls.contains(it);
        if item.detail.as_deref().is_some_and(is_alone) {
            return true;
        }
    }
    let mut owner = item.owner.as_deref();
    while let Some(path) = owner {
        if is_alone(path) {
            return true;
        }
        owner = side.types.get(path).and_then(|it| it.owner.as_deref());
    }
    false
}
