//! Schemas, keyword by keyword.

use std::collections::BTreeSet;

use codegen::parse::node::{Node, Value};

use super::{
    Here, Walker,
    alarm::is_amount,
    found::{Example, Judged},
    words::was_is_nodes,
};
use crate::review::{
    report::Meaning,
    spec::{
        pairing,
        places::{self, Pair, span},
        side::{Side, component_of, same, short},
        view::{Shape, View, Words, shape},
        wire,
    },
};

impl<'d> Walker<'_, 'd> {
    pub(super) fn schema(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        self.notice_renames(base, head);
        if let Some((_, name)) = component_of(head) {
            self.is_used(name);
            let old = component_of(base).map_or(String::new(), |(_, it)| it.to_owned());
            let Here { is_amount, is_among_exclusive, .. } = self.here;
            let step = (old, name.to_owned(), is_amount, is_among_exclusive);
            if !step.0.is_empty() && !self.seen.insert(step) {
                return;
            }
        }
        let renames = self.renames.clone();
        let renamed = |name: &str| renames.get("schemas", name).to_owned();
        let (before, after) = (shape(base, &renamed), shape(head, &str::to_owned));
        let (old, new) = (View::of(self.base, base), View::of(self.head, head));
        let written = subject;
        let subject = new.name.unwrap_or(subject).to_owned();
        if before != after {
            let summary = match (&before, &after) {
                (Shape::Reference(a), Shape::Reference(b)) => {
                    format!("`{written}` is a `{b}`, was a `{a}`.")
                }
                (Shape::Plain, Shape::Reference(b)) => {
                    format!("`{written}` is written as `{b}` now.")
                }
                (Shape::Reference(a), Shape::Plain) => {
                    format!("`{written}` is written in place now, was `{a}`.")
                }
                _ => {
                    let parts = parts_changed(&before, &after);
                    format!("`{subject}` is put together differently{parts}.")
                }
            };
            let judged = Judged::Nodes(base, head);
            self.written_differently(&subject, summary, base, head, judged);
        }
        let is_amount = self.here.is_amount || is_amount(&old) || is_amount(&new);
        let is_partial = old.is_partial || new.is_partial;
        self.within(
            |here| {
                here.is_amount = is_amount;
                here.is_among_exclusive |= is_partial;
            },
            |walk| {
                for name in &new.parts {
                    walk.is_used(name);
                }
                walk.words_of_parts(&subject, &old, &new, before == after);
                walk.keys(&subject, &old, &new);
                walk.members(&subject, &old, &new);
            },
        );
    }

    /// Notes that a component is used here, once for each value of the call.
    fn is_used(&mut self, name: &str) {
        let used = self.here();
        let value = (name.to_owned(), used.operation.clone(), used.direction, used.slot);
        if self.used.insert(value) {
            self.users.entry(name.to_owned()).or_default().insert(used);
        }
    }

    /// What the parts of a schema say to people.
    fn words_of_parts(
        &mut self,
        subject: &str,
        old: &View<'d>,
        new: &View<'d>,
        is_same_shape: bool,
    ) {
        let mut before = old.words.clone();
        let mut after = new.words.clone();
        let mut both = Vec::new();
        let renames = self.renames.clone();
        let name = |it: Option<&'d str>| it.map(|it| renames.get("schemas", it).to_owned());
        let mut pair = |belongs: &dyn Fn(&Words<'d>, &Words<'d>) -> bool| {
            before.retain(|a| {
                let found = after.iter().position(|b| belongs(a, b));
                both.extend(found.map(|at| (*a, after.remove(at))));
                found.is_none()
            });
        };
        let is_kind = |a: &Words<'d>, b: &Words<'d>| a.entry.key == b.entry.key;
        let is_owner = |a: &Words<'d>, b: &Words<'d>| name(a.owner).as_deref() == b.owner;
        let says = |a: &Words<'d>, b: &Words<'d>| same(&a.entry.value, &b.entry.value);
        pair(&|a, b| is_kind(a, b) && is_owner(a, b) && says(a, b));
        // What is put together differently has its words elsewhere.
        pair(&|a, b| !is_same_shape && is_kind(a, b) && says(a, b));
        pair(&|a, b| is_kind(a, b) && is_owner(a, b));
        for (a, b) in both {
            if !says(&a, &b) {
                let subject = b.owner.unwrap_or(subject);
                self.words(&b.entry.key, subject, Some(a.entry), Some(b.entry));
            }
        }
        // Components that came or went are told as such.
        let is_on = |side: &Side<'d>, it: &Words<'d>| {
            it.owner.is_none_or(|name| side.component("schemas", name).is_some())
        };
        before.retain(|it| is_on(self.head, it));
        after.retain(|it| is_on(self.base, it));
        for it in before {
            self.words(&it.entry.key, it.owner.unwrap_or(subject), Some(it.entry), None);
        }
        for it in after {
            self.words(&it.entry.key, it.owner.unwrap_or(subject), None, Some(it.entry));
        }
    }

    /// One alternative has to fit instead of any, or the other way round.
    fn choice(
        &mut self,
        subject: &str,
        (old, before): (&View<'d>, &'d str),
        (new, after): (&View<'d>, &'d str),
    ) {
        let subject = new.owner_of_key(after).unwrap_or(subject);
        let words = |key: &str| match key {
            "oneOf" => "exactly one",
            _ => "one or more",
        };
        let summary = format!(
            "A value of `{subject}` fits {} of its alternatives (`{after}`), was {} (`{before}`).",
            words(after),
            words(before)
        );
        let pairs = vec![
            Pair::new(old.entry(before).map(span), None),
            Pair::new(None, new.entry(after).map(span)),
        ];
        let mut view = old.clone();
        view.keys.shift_remove(before);
        view.keys.extend(new.keys.get_key_value(after).map(|(key, it)| (*key, *it)));
        let views = Judged::Views(Box::new(old.clone()), Box::new(view));
        self.emit("alternatives-changed", subject, summary, pairs, views.clone());
        let is_exclusive = new.get("discriminator").is_none();
        self.within(
            |here| here.is_among_exclusive |= is_exclusive,
            |walk| {
                let lists = (old.get(before), new.get(after));
                walk.alternatives(subject, after, lists, Vec::new(), &views);
            },
        );
    }

    /// The keywords of a schema, but its members.
    fn keys(&mut self, subject: &str, old: &View<'d>, new: &View<'d>) {
        let mut all: BTreeSet<&str> = old.keys.keys().chain(new.keys.keys()).copied().collect();
        if let (Some(a), Some(b)) = (choice(old), choice(new))
            && a != b
        {
            all.retain(|it| ![a, b].contains(it));
            self.choice(subject, (old, a), (new, b));
        }
        for key in all {
            let owner = new.owner_of_key(key).or_else(|| old.owner_of_key(key));
            let subject = owner.unwrap_or(subject);
            let (a, b) = (old.get(key), new.get(key));
            let is_same = match (a, b) {
                (Some(a), Some(b)) => places::values(a, b, &self.renames).is_empty(),
                _ => false,
            };
            let nested =
                matches!(key, "items" | "additionalProperties" | "not" | "oneOf" | "anyOf");
            if is_same && !nested {
                continue;
            }
            let pairs = match (a, b) {
                (Some(a), Some(b)) => places::values(a, b, &self.renames),
                _ => vec![Pair::new(old.entry(key).map(span), new.entry(key).map(span))],
            };
            let summary = format!("`{subject}`: {}.", was_is_nodes(key, a, b));
            let views = || {
                let mut after = old.clone();
                match new.keys.get(key) {
                    Some(it) => after
                        .keys
                        .insert(new.keys.get_key_value(key).map_or("", |(key, _)| key), *it),
                    None => after.keys.shift_remove(key),
                };
                Judged::Views(Box::new(old.clone()), Box::new(after))
            };
            use Meaning::{BreaksRust, BreaksWire, Documentation, New};
            match key {
                "readOnly" | "writeOnly" | "deprecated" | "x-sensitive"
                    if old.is_true(key) == new.is_true(key) =>
                {
                    let judged = Judged::Rule(Documentation);
                    self.emit("written-differently", subject, summary, pairs, judged);
                }
                "default" => {
                    self.emit(
                        "default-changed",
                        subject,
                        summary,
                        pairs,
                        Judged::Directions(BreaksWire, Documentation),
                    );
                }
                "readOnly" | "writeOnly" => {
                    let judged = visibility(key, old, new);
                    self.emit("visibility-changed", subject, summary, pairs, judged);
                }
                "deprecated" => {
                    self.emit("deprecation-changed", subject, summary, pairs, Judged::Rule(New))
                }
                "x-enum-varnames" | "x-rust-name" | "x-new" => {
                    self.emit(
                        "rust-name-changed",
                        subject,
                        summary,
                        pairs,
                        Judged::Rule(BreaksRust),
                    );
                }
                "enum" => self.listed(subject, (a, b), pairs, views()),
                "format" => {
                    let is_decided = is_decided_format(old) && is_decided_format(new);
                    let judged = if is_decided { views() } else { Judged::Rule(BreaksWire) };
                    self.emit("format-changed", subject, summary, pairs, judged);
                }
                "discriminator" => self.discriminator(subject, (a, b), pairs, (old, new)),
                "items" | "additionalProperties" | "not" => match (a, b) {
                    (Some(a), Some(b))
                        if matches!(a.value, Value::Map(_)) && matches!(b.value, Value::Map(_)) =>
                    {
                        self.nested(subject, key, a, b);
                    }
                    _ if is_same => {}
                    _ => self.emit("values-changed", subject, summary, pairs, views()),
                },
                "oneOf" | "anyOf" => {
                    let is_exclusive = key == "oneOf" && old.get("discriminator").is_none();
                    self.within(
                        |here| here.is_among_exclusive |= is_exclusive,
                        |walk| walk.alternatives(subject, key, (a, b), pairs, &views()),
                    );
                }
                "type" | "nullable" | "pattern" | "minLength" | "maxLength" | "minimum"
                | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "minItems" | "maxItems"
                | "uniqueItems" | "multipleOf" | "minProperties" | "maxProperties" => {
                    let rule = match key {
                        "type" => "type-changed",
                        "nullable" => "nullable-changed",
                        _ => "limit-changed",
                    };
                    self.emit(rule, subject, summary, pairs, views());
                }
                _ => {
                    let entries = (a.is_some(), b.is_some());
                    self.schema_extension(key, subject, summary, pairs, entries);
                }
            }
        }
    }

    /// What a schema says of values inside, or of those that it excludes.
    fn nested(&mut self, subject: &str, key: &str, base: &'d Node, head: &'d Node) {
        let step = match key {
            "items" => "[]",
            "additionalProperties" => "[other]",
            _ => "not this",
        };
        self.within(
            |here| {
                here.path.push(step.to_owned());
                here.is_among_exclusive |= key == "not";
            },
            |walk| walk.schema(&format!("{subject}{step}"), base, head),
        );
    }

    pub(super) fn schema_extension(
        &mut self,
        key: &str,
        subject: &str,
        summary: String,
        pairs: Vec<Pair>,
        (was, is): (bool, bool),
    ) {
        use Meaning::{BreaksRust, BreaksWire, New};
        match key {
            "x-unit" => {
                let alarm = Some("the unit of an amount");
                self.emit_alarming(
                    "unit-changed",
                    subject,
                    summary,
                    pairs,
                    Judged::Rule(BreaksWire),
                    alarm,
                );
            }
            "x-sensitive" => {
                let alarm = (was && !is).then_some("a value that must not be shown");
                self.emit_alarming(
                    "sensitivity-changed",
                    subject,
                    summary,
                    pairs,
                    Judged::Rule(BreaksRust),
                    alarm,
                );
            }
            "x-empty-as-null" => {
                self.emit("empty-changed", subject, summary, pairs, Judged::Rule(New))
            }
            _ => self.emit("other-changed", subject, summary, pairs, Judged::Rule(BreaksWire)),
        }
    }

    /// The values of an enum, one by one.
    fn listed(
        &mut self,
        subject: &str,
        (a, b): (Option<&'d Node>, Option<&'d Node>),
        pairs: Vec<Pair>,
        views: Judged<'d>,
    ) {
        let (Some(a), Some(b)) = (a, b) else {
            let summary = format!("`{subject}`: {}.", was_is_nodes("enum", a, b));
            return self.emit("values-changed", subject, summary, pairs, views);
        };
        let list = |it: &'d Node| it.as_list().unwrap_or_default();
        let matched = pairing::items(list(a), list(b), &self.renames);
        for it in &matched.removed {
            let summary = format!("`{subject}` has no value `{}` any more.", short(it));
            let pairs = vec![Pair::new(Some(it.place), None)];
            let judged =
                Judged::Values(Meaning::BreaksWire, Meaning::New, Example::Value(short(it)));
            self.emit("enum-value-removed", subject, summary, pairs, judged);
        }
        for it in &matched.added {
            let summary = format!("`{subject}` has the new value `{}`.", short(it));
            let pairs = vec![Pair::new(None, Some(it.place))];
            let judged =
                Judged::Values(Meaning::New, Meaning::BreaksWire, Example::Value(short(it)));
            self.emit("enum-value-added", subject, summary, pairs, judged);
        }
        if matched.is_reordered {
            let summary = format!("The values of `{subject}` stand in another order.");
            let pairs = vec![Pair::new(Some(a.place), Some(b.place))];
            self.emit(
                "enum-reordered",
                subject,
                summary,
                pairs,
                Judged::Rule(Meaning::Documentation),
            );
        }
    }
}

/// What it means that a member is shown to one side only, or to both.
/// How a schema chooses between alternatives, if it does in one way.
fn choice(view: &View<'_>) -> Option<&'static str> {
    match (view.get("oneOf"), view.get("anyOf")) {
        (Some(_), None) => Some("oneOf"),
        (None, Some(_)) => Some("anyOf"),
        _ => None,
    }
}

fn visibility<'d>(key: &str, old: &View<'d>, new: &View<'d>) -> Judged<'d> {
    use Meaning::{BreaksWire, Documentation};
    let shown = || Example::Views(Box::new(old.clone()), Box::new(old.clone()));
    match (key, new.is_true(key)) {
        ("readOnly", true) => Judged::Directions(BreaksWire, Documentation),
        (_, true) => Judged::Directions(Documentation, BreaksWire),
        // It may have to be there, which the whole decides.
        ("readOnly", false) => Judged::Values(BreaksWire, Documentation, shown()),
        (_, false) => Judged::Values(Documentation, BreaksWire, shown()),
    }
}

/// Whether it is known which texts or numbers are of the format.
fn is_decided_format(view: &View<'_>) -> bool {
    view.text("format")
        .is_none_or(|it| wire::is_known_format(it) || matches!(it, "int32" | "int64" | "uint64"))
}

/// Which named parts of a schema came and went, as the end of a sentence.
pub(super) fn parts_changed(before: &Shape, after: &Shape) -> String {
    let names = |it: &Shape| -> Vec<String> {
        match it {
            Shape::Parts(parts) => parts
                .iter()
                .filter_map(|it| match it {
                    Shape::Reference(name) => Some(format!("`{name}`")),
                    Shape::Parts(_) | Shape::Plain => None,
                })
                .collect(),
            Shape::Reference(name) => vec![format!("`{name}`")],
            Shape::Plain => Vec::new(),
        }
    };
    let (old, new) = (names(before), names(after));
    let without = |all: &[String], known: &[String]| {
        let left = all.iter().filter(|it| !known.contains(it));
        left.cloned().collect::<Vec<_>>().join(", ")
    };
    match (without(&new, &old), without(&old, &new)) {
        (came, went) if came.is_empty() && went.is_empty() => String::new(),
        (came, went) if went.is_empty() => format!(", with {came}"),
        (came, went) if came.is_empty() => format!(", without {went}"),
        (came, went) => format!(", with {came} and without {went}"),
    }
}
