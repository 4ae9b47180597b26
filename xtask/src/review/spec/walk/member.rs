//! Members of objects: which came and went, and which must be there.

use std::collections::BTreeSet;

use codegen::parse::node::{Entry, Node};

use super::{
    Walker,
    alarm::is_money_name,
    found::{Example, Judged},
    is_false,
};
use crate::review::{
    report::Meaning,
    spec::{
        places::{Pair, span},
        view::View,
    },
};

/// A member of one side or both.
struct Member<'w, 'd> {
    /// Its name.
    name: &'d str,
    /// As people name it.
    subject: String,
    /// The objects before and after.
    old: &'w View<'d>,
    new: &'w View<'d>,
    /// Where it is said that it must be there.
    was: Option<&'d Node>,
    is: Option<&'d Node>,
}

impl<'d> Walker<'_, 'd> {
    pub(super) fn members(&mut self, subject: &str, old: &View<'d>, new: &View<'d>) {
        let names: Vec<&'d str> = old
            .members
            .keys()
            .chain(new.members.keys().filter(|it| !old.members.contains_key(*it)))
            .copied()
            .collect();
        for name in names {
            let owner = new.owner_of_member(name).or_else(|| old.owner_of_member(name));
            let member = Member {
                name,
                subject: format!("{}.{name}", owner.unwrap_or(subject)),
                old,
                new,
                was: old.required.get(name).copied(),
                is: new.required.get(name).copied(),
            };
            let before = old.members.get(name).map(|(_, it)| *it);
            let after = new.members.get(name).map(|(_, it)| *it);
            let is_amount = self.here.is_amount || is_money_name(name);
            self.within(
                |here| here.is_amount = is_amount,
                |walk| match (before, after) {
                    (Some(a), Some(b)) => walk.stayed(&member, a, b),
                    (Some(a), None) => walk.went(&member, a),
                    (None, Some(b)) => walk.came(&member, b),
                    (None, None) => {}
                },
            );
        }
        self.undeclared(subject, old, new);
    }

    fn stayed(&mut self, member: &Member<'_, 'd>, a: &'d Entry, b: &'d Entry) {
        let Member { name, subject, was, is, .. } = member;
        self.within(
            |here| here.path.push((*name).to_owned()),
            |walk| walk.schema(subject, &a.value, &b.value),
        );
        let pair = vec![Pair::new(was.map(|it| it.place), is.map(|it| it.place))];
        match (was, is) {
            (Some(_), None) => {
                let summary = format!("`{subject}` can be left out; it was always there.");
                let judged = member.values(Meaning::New, Meaning::BreaksWire);
                self.emit("member-optional", subject, summary, pair, judged);
            }
            (None, Some(_)) => {
                let summary = format!("`{subject}` must be there; it could be left out.");
                let judged = member.values(Meaning::BreaksWire, Meaning::New);
                self.emit("member-required", subject, summary, pair, judged);
            }
            _ => {}
        }
    }

    fn went(&mut self, member: &Member<'_, 'd>, a: &'d Entry) {
        let Member { subject, was, .. } = member;
        let mut pairs = vec![Pair::new(Some(span(a)), None)];
        pairs.extend(was.map(|it| Pair::new(Some(it.place), None)));
        let summary = format!("`{subject}` is gone.");
        // Whoever reads it does not find it, even if it could be missing;
        // what only the provider sets is not sent, and the other way round.
        let is_hidden = |flag| View::of(self.base, &a.value).is_true(flag);
        let meaning = |flag| match is_hidden(flag) {
            true => Meaning::Documentation,
            false => Meaning::BreaksWire,
        };
        let judged = Judged::Directions(meaning("readOnly"), meaning("writeOnly"));
        self.emit("member-removed", subject, summary, pairs, judged);
    }

    fn came(&mut self, member: &Member<'_, 'd>, b: &'d Entry) {
        use Meaning::{BreaksWire, New};
        let Member { subject, old, is, .. } = member;
        let is_open = old.get("additionalProperties").is_some_and(|it| !is_false(it));
        let mut pairs = vec![Pair::new(None, Some(span(b)))];
        pairs.extend(is.map(|it| Pair::new(None, Some(it.place))));
        let summary = match is {
            Some(_) => format!("`{subject}` is new and must be there."),
            None if is_open => {
                format!("`{subject}` is new and can be left out; it could be anything before.")
            }
            None => format!("`{subject}` is new and can be left out."),
        };
        let rule = if is.is_some() { "required-member-added" } else { "member-added" };
        let judged = match is {
            // What was sent or came as any other member may not be right any more.
            Some(_) if is_open => member.at_least(BreaksWire),
            None if is_open => member.at_least(New),
            Some(_) => member.values(BreaksWire, New),
            None => member.values(New, New),
        };
        self.emit(rule, subject, summary, pairs, judged);
    }

    /// Names that are required and not declared among the members.
    fn undeclared(&mut self, subject: &str, old: &View<'d>, new: &View<'d>) {
        let undeclared = |it: &&&'d str, view: &View<'d>| !view.members.contains_key(**it);
        let names: BTreeSet<&str> = old
            .required
            .keys()
            .filter(|it| undeclared(it, old))
            .chain(new.required.keys().filter(|it| undeclared(it, new)))
            .copied()
            .collect();
        for name in names {
            let (was, is) = (old.required.get(name), new.required.get(name));
            if was.is_some() != is.is_some() {
                let pairs = vec![Pair::new(was.map(|it| it.place), is.map(|it| it.place))];
                let summary = format!("Whether `{subject}.{name}` must be there has changed.");
                let judged = if is.is_some() {
                    Judged::Directions(Meaning::BreaksWire, Meaning::New)
                } else {
                    Judged::Directions(Meaning::New, Meaning::BreaksWire)
                };
                self.emit("member-required", subject, summary, pairs, judged);
            }
        }
    }
}

impl<'d> Member<'_, 'd> {
    /// The object before, and the same with this member as it is after.
    fn views(&self) -> (Box<View<'d>>, Box<View<'d>>) {
        let Self { name, old, new, is, .. } = *self;
        let mut changed = old.clone();
        match new.members.get_key_value(name) {
            Some((key, it)) => changed.members.insert(key, *it),
            None => changed.members.shift_remove(name),
        };
        match is {
            Some(it) => changed.required.insert(name, it),
            None => changed.required.shift_remove(name),
        };
        (Box::new(old.clone()), Box::new(changed))
    }

    fn values(&self, request: Meaning, response: Meaning) -> Judged<'d> {
        let (old, changed) = self.views();
        Judged::Values(request, response, Example::Views(old, changed))
    }

    fn at_least(&self, request: Meaning) -> Judged<'d> {
        let (old, changed) = self.views();
        Judged::AtLeast(request, Meaning::New, old, changed)
    }
}
