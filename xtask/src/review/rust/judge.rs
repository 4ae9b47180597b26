//! Pairs the items of two sides and says what each change means for code that
//! was written against the old one.

mod fold;

use std::collections::BTreeMap;

use super::{
    names,
    signature::{ARGUMENT_END, Signature},
    surface::{Item, Space, Surface},
};
use crate::review::report::{ItemChange, Meaning};
use fold::Fold;

/// What changed, in the order of the items.
pub(super) fn compare(base: &Surface, head: &Surface) -> Vec<ItemChange> {
    let ctx = Ctx { base, head, fold: Fold::between(base, head) };
    let mut pairs: BTreeMap<(&str, Space), Both<'_>> = BTreeMap::new();
    for item in &base.items {
        pairs.entry((&item.path, item.space)).or_default().0.push(item);
    }
    for item in &head.items {
        let (old, new) = pairs.entry((&item.path, item.space)).or_default();
        // Implementations for different arguments share a path.
        match old.iter().position(|it| ctx.is_same(it, item)) {
            Some(at) => drop(old.remove(at)),
            None => new.push(item),
        }
    }
    let mut changes = Vec::new();
    for (old, new) in pairs.into_values() {
        let n_changed = old.len().min(new.len());
        for (old, new) in old.iter().zip(&new) {
            changes.extend(ctx.changed(old, new));
        }
        changes.extend(old[n_changed..].iter().filter_map(|it| ctx.removed(it)));
        changes.extend(new[n_changed..].iter().filter_map(|it| ctx.added(it)));
    }
    changes
}

/// Items of the old and the new side that share a path.
type Both<'s> = (Vec<&'s Item>, Vec<&'s Item>);

/// What it means, and why.
type Verdict = (Meaning, Option<String>);

struct Ctx<'s> {
    base: &'s Surface,
    head: &'s Surface,
    fold: Fold<'s>,
}

impl Ctx<'_> {
    fn is_same(&self, old: &Item, new: &Item) -> bool {
        let is_text_same = self.text(old, self.base) == self.text(new, self.head);
        let rest = |it: &Item| {
            let detail = it.detail.clone().filter(|_| it.kind != "function");
            Item { text: String::new(), detail, ..it.clone() }
        };
        is_text_same && rest(old) == rest(new) && moved_argument(old, new).is_none()
    }

    /// The text as it is compared: without what is told by other means.
    fn text(&self, item: &Item, surface: &Surface) -> String {
        let text = item.text.replace("#[non_exhaustive] ", "");
        match &item.owner {
            Some(owner) if item.space == Space::Value => {
                names::replaced(&text, "Self", &format!("{}::{owner}", surface.krate))
            }
            _ => text,
        }
    }

    fn removed(&self, old: &Item) -> Option<ItemChange> {
        if self.fold.is_gone_with_owner(old) {
            return None;
        }
        let name = names::last(&old.path);
        let reason = match (old.space, old.kind.as_str()) {
            (Space::Feature, _) => Some("cargo refuses a feature that does not exist".to_owned()),
            (Space::Impl, "impl") => self.lost(old),
            (Space::Type | Space::Value, _) => self.fold.of_removed(old),
            (Space::Member, "variant") => {
                Some(format!("patterns that name `{name}` do not compile"))
            }
            (Space::Member, _) => Some(format!("nothing is called `{name}` any more")),
            _ => None,
        };
        Some(self.change(Some(old), None, (Meaning::BreaksRust, reason)))
    }

    fn added(&self, new: &Item) -> Option<ItemChange> {
        if self.fold.is_new_with_owner(new) {
            return None;
        }
        let breaks = |reason: String| (Meaning::BreaksRust, Some(reason));
        let owner = new.owner.as_deref();
        let old_owner = owner.and_then(|it| self.fold.old(it)).filter(|it| !it.is_open);
        let verdict = match (old_owner, new.kind.as_str()) {
            (Some(owner), "struct_field") => {
                breaks(format!("`{}` can be made by naming all of its fields", owner.path))
            }
            (Some(owner), "variant") => {
                breaks(format!("a `match` on `{}` need not have an arm for others", owner.path))
            }
            (Some(owner), _) if new.is_required => {
                breaks(format!("who implements `{}` must write it, too", owner.path))
            }
            (_, "impl") if new.text.contains("core::ops::drop::Drop for ") => {
                breaks("fields cannot be moved out of it any more".to_owned())
            }
            _ if matches!(new.space, Space::Type | Space::Value) => {
                (Meaning::New, self.fold.of_added(new))
            }
            _ => (Meaning::New, None),
        };
        Some(self.change(None, Some(new), verdict))
    }

    fn changed(&self, old: &Item, new: &Item) -> Option<ItemChange> {
        let verdict = self.verdict(old, new)?;
        Some(self.change(Some(old), Some(new), verdict))
    }

    fn verdict(&self, old: &Item, new: &Item) -> Option<Verdict> {
        let name = names::last(&old.path);
        let breaks = |reason: &str| Some((Meaning::BreaksRust, Some(reason.to_owned())));
        let is_new = |reason: &str| Some((Meaning::New, Some(reason.to_owned())));
        if old.kind != new.kind {
            let kind = |it: &Item| it.kind.replace('_', " ");
            return breaks(&format!("was a {}, is a {}", kind(old), kind(new)));
        }
        let (before, after) = (self.text(old, self.base), self.text(new, self.head));
        let moved = moved_argument(old, new).and_then(|it| {
            breaks(&format!(
                "`{it}` has another place: what was given there compiles, as another argument"
            ))
        });
        if before != after {
            return match old.kind.as_str() {
                "feature" if keeps_defaults(&before, &after) => {
                    is_new("more is switched on by default")
                }
                "feature" => breaks("what was switched on by default must be asked for"),
                "struct_field" => breaks(&of_types(&before, &after)),
                "function" => match of_functions(&before, &after, name) {
                    (Meaning::New, _) if moved.is_some() => moved,
                    verdict => Some(verdict),
                },
                "struct" if old.detail.as_deref() == Some("tuple") && old.is_open => {
                    of_tuples(&before, &after)
                }
                "variant" => breaks("what is in it is another type"),
                "use" => breaks("it is another item of the same name"),
                _ => Some((Meaning::BreaksRust, None)),
            };
        }
        if moved.is_some() {
            return moved;
        }
        if old.kind == "use" && old.detail != new.detail {
            return breaks("it is another item of the same name");
        }
        if !old.is_open && new.is_open {
            return match old.kind.as_str() {
                "enum" => breaks("a `match` must have an arm for others now"),
                "trait" => breaks("it can be implemented by no one else any more"),
                _ => breaks("it cannot be made by naming all of its fields any more"),
            };
        }
        if !old.is_open && old.detail != new.detail && matches!(&*old.kind, "struct" | "variant") {
            return breaks("it is written in another form");
        }
        if !old.is_required && new.is_required && !self.is_owner_open(old) {
            return breaks("who implements the trait must write it now");
        }
        if !old.is_deprecated && new.is_deprecated {
            return is_new("deprecated: the compiler warns who uses it");
        }
        if !old.is_must_use && new.is_must_use {
            return is_new("the compiler warns who does not use what it gives");
        }
        if old.is_open && !new.is_open {
            return is_new("all that is in it can be named now");
        }
        if matches!(&*old.kind, "constant" | "assoc_const") && old.detail != new.detail {
            return is_new("it has another value");
        }
        Some((Meaning::Documentation, None))
    }

    /// Whether a trait's item belongs to a trait that only its crate implements.
    fn is_owner_open(&self, old: &Item) -> bool {
        let owner = old.owner.as_deref().and_then(|it| self.fold.old(it));
        owner.is_some_and(|it| it.is_open)
    }

    /// What cannot be done with a type that lost a trait.
    fn lost(&self, old: &Item) -> Option<String> {
        let text = names::short(&old.text, &self.base.krate);
        let (trait_, ty) = text.split_once(" for ")?;
        let trait_ = trait_.rsplit(' ').next()?;
        let ty = ty.split(" where ").next()?;
        Some(match trait_ {
            "Send" => format!("a `{ty}` cannot be handed to another thread any more"),
            "Sync" => format!("a `{ty}` cannot be shared between threads any more"),
            "Unpin" => format!("a `{ty}` that is pinned cannot be moved any more"),
            "UnwindSafe" | "RefUnwindSafe" => {
                format!("a `{ty}` cannot cross `catch_unwind` any more")
            }
            "Default" => format!("`{ty}::default()` is gone"),
            "Clone" | "Copy" => format!("a `{ty}` cannot be copied any more"),
            it => match it.strip_prefix("From<").and_then(|it| it.strip_suffix('>')) {
                Some(from) => {
                    format!("a `{from}` is not taken where a `{ty}` is asked for any more")
                }
                None => format!("`{ty}` is not `{it}` any more"),
            },
        })
    }

    fn change(&self, old: Option<&Item>, new: Option<&Item>, verdict: Verdict) -> ItemChange {
        let (meaning, reason) = verdict;
        let text = |how: fn(&Item, &Surface) -> String| {
            (old.map(|it| how(it, self.base)), new.map(|it| how(it, self.head)))
        };
        let forms = [short, decorated, full, named];
        let mut told = forms.iter().map(|it| text(*it)).filter(|(old, new)| old != new);
        let (before, after) = told.next().unwrap_or_else(|| text(full));
        ItemChange { before, after, meaning, reason }
    }
}

/// The item as it is printed.
fn short(item: &Item, surface: &Surface) -> String {
    let text = match &item.detail {
        Some(source) if item.kind == "use" && names::last(source) == item.path => {
            return format!("use {source}");
        }
        Some(source) if item.kind == "use" => return format!("use {source} as {}", item.path),
        Some(value) if item.kind.contains("const") => format!("{} = {value}", item.text),
        _ => item.text.clone(),
    };
    without_pub(&names::short(&text, &surface.krate))
}

/// The item with what can be told of it besides its text.
fn decorated(item: &Item, surface: &Surface) -> String {
    let mut text = short(item, surface);
    if item.is_must_use {
        text.insert_str(0, "#[must_use] ");
    }
    if item.is_deprecated {
        text.insert_str(0, "#[deprecated] ");
    }
    match item.kind.as_str() {
        "struct" | "enum" if item.is_open => text.push_str(" { /* and others */ }"),
        "trait" if item.is_open => text.push_str(" { /* sealed */ }"),
        _ if item.is_required => text.push(';'),
        _ => {}
    }
    text
}

/// The item with all paths, where they make the difference.
fn full(item: &Item, _: &Surface) -> String {
    without_pub(&item.text)
}

/// A function with the names of its arguments.
fn named(item: &Item, surface: &Surface) -> String {
    let text = short(item, surface);
    let names = item.detail.as_deref().filter(|_| item.kind == "function");
    match (Signature::of(&text), names) {
        (Some(it), Some(names)) => {
            let argument = |(name, ty): (&str, &&str)| match name {
                "self" => (*ty).to_owned(),
                _ => format!("{name}: {ty}"),
            };
            let arguments: Vec<_> =
                names.split(ARGUMENT_END).zip(&it.arguments).map(argument).collect();
            format!("{}({}) {}", it.head, arguments.join(", "), it.tail).trim_end().to_owned()
        }
        _ => text,
    }
}

fn without_pub(text: &str) -> String {
    text.strip_prefix("pub ").map_or_else(|| text.replacen("] pub ", "] ", 1), str::to_owned)
}

/// The first argument of a function that stood in another place before, in which the
/// compiler takes it as well.
fn moved_argument<'i>(old: &'i Item, new: &Item) -> Option<&'i str> {
    if old.kind != "function" || new.kind != "function" {
        return None;
    }
    let names = |it: &'i str| it.split(ARGUMENT_END).enumerate().filter(|(_, it)| *it != "_");
    let types = Signature::of(&old.text)?.arguments;
    let (old, new) = (old.detail.as_deref()?, new.detail.as_deref()?);
    // Of another type, it is another argument whose name was taken.
    let is_moved = |(at, name): &(usize, &str)| {
        new.split(ARGUMENT_END).enumerate().any(|(now, it)| {
            it == *name && now != *at && types.get(now).is_some_and(|it| types.get(*at) == Some(it))
        })
    };
    names(old).find(is_moved).map(|(_, name)| name)
}

fn keeps_defaults(before: &str, after: &str) -> bool {
    let list = |text: &str| -> Vec<String> {
        let inside = text.split_once('[').map_or("", |(_, it)| it.trim_end_matches(']'));
        inside.split(", ").map(str::to_owned).collect()
    };
    let after = list(after);
    list(before).iter().all(|it| it.is_empty() || after.contains(it))
}

fn of_types(before: &str, after: &str) -> String {
    let ty = |text: &str| text.split_once(": ").map_or("", |(_, it)| it).to_owned();
    let (before, after) = (ty(before), ty(after));
    let option = |it: &str| format!("core::option::Option<{it}>");
    if after == option(&before) {
        "it may be absent".to_owned()
    } else if before == option(&after) {
        "it is always there".to_owned()
    } else {
        "it is of another type".to_owned()
    }
}

fn of_functions(before: &str, after: &str, name: &str) -> Verdict {
    let (Some(old), Some(new)) = (Signature::of(before), Signature::of(after)) else {
        return (Meaning::BreaksRust, None);
    };
    if new.takes_what_was_taken_by(&old) {
        let takes_more = old.arguments != new.arguments;
        let reason = takes_more.then(|| format!("`{name}()` takes what it took, and more"));
        return (Meaning::New, reason);
    }
    (Meaning::BreaksRust, new.difference(&old, name))
}

/// Private fields of a tuple are nobody's business.
fn of_tuples(before: &str, after: &str) -> Option<Verdict> {
    let is_kept = match (Signature::of(before), Signature::of(after)) {
        (Some(old), Some(new)) => {
            let is_kept = |(old, new): (&&str, &&str)| *old == "_" || old == new;
            old.head == new.head
                && old.arguments.iter().zip(&new.arguments).all(is_kept)
                && old.arguments[new.arguments.len().min(old.arguments.len())..]
                    .iter()
                    .all(|it| *it == "_")
        }
        _ => false,
    };
    let verdict = if is_kept { Meaning::New } else { Meaning::BreaksRust };
    Some((verdict, None))
}
