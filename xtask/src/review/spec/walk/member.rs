//! Members of objects: which came and went, and which must be there.

use super::*;

impl<'d> Walker<'_, 'd> {
    pub(super) fn members(&mut self, subject: &str, old: &View<'d>, new: &View<'d>) {
        let names: Vec<&'d str> = old
            .members
            .keys()
            .chain(new.members.keys().filter(|it| !old.members.contains_key(*it)))
            .copied()
            .collect();
        let is_open = old.get("additionalProperties").is_some_and(|it| !is_false(it));
        for name in names {
            let owner = new.owner_of_member(name).or_else(|| old.owner_of_member(name));
            let member = format!("{}.{name}", owner.unwrap_or(subject));
            let before = old.members.get(name).map(|(_, it)| *it);
            let after = new.members.get(name).map(|(_, it)| *it);
            let is_amount = self.here.is_amount || is_money_name(name);
            let was = old.required.get(name).copied();
            let is = new.required.get(name).copied();
            let changed = || {
                let mut changed = old.clone();
                match new.members.get_key_value(name) {
                    Some((key, it)) => changed.members.insert(key, *it),
                    None => changed.members.shift_remove(name),
                };
                match is {
                    Some(it) => changed.required.insert(name, it),
                    None => changed.required.shift_remove(name),
                };
                Example::Views(Box::new(old.clone()), Box::new(changed))
            };
            let at_least = |request| match changed() {
                Example::Views(a, b) => Judged::AtLeast(request, Meaning::New, a, b),
                Example::Value(_) => Judged::Rule(Meaning::BreaksWire),
            };
            use Meaning::{BreaksWire, Documentation, New};
            let inside = |here: &mut Here| here.is_amount = is_amount;
            match (before, after) {
                (Some(a), Some(b)) => {
                    self.within(
                        |here| {
                            here.path.push(name.to_owned());
                            here.is_amount = is_amount;
                        },
                        |walk| walk.schema(&member, &a.value, &b.value),
                    );
                    let pair = vec![Pair::new(was.map(|it| it.place), is.map(|it| it.place))];
                    match (was, is) {
                        (Some(_), None) => {
                            let summary =
                                format!("`{member}` can be left out; it was always there.");
                            let judged = Judged::Values(New, BreaksWire, changed());
                            self.within(inside, |walk| {
                                walk.emit("member-optional", &member, summary, pair, judged);
                            });
                        }
                        (None, Some(_)) => {
                            let summary =
                                format!("`{member}` must be there; it could be left out.");
                            let judged = Judged::Values(BreaksWire, New, changed());
                            self.within(inside, |walk| {
                                walk.emit("member-required", &member, summary, pair, judged);
                            });
                        }
                        _ => {}
                    }
                }
                (Some(a), None) => {
                    let mut pairs = vec![Pair::new(Some(span(a)), None)];
                    pairs.extend(was.map(|it| Pair::new(Some(it.place), None)));
                    let summary = format!("`{member}` is gone.");
                    // Whoever reads it does not find it, even if it could be missing;
                    // what only the provider sets is not sent, and the other way round.
                    let is_hidden = |flag| View::of(self.base, &a.value).is_true(flag);
                    let meaning = |flag| if is_hidden(flag) { Documentation } else { BreaksWire };
                    let judged = Judged::Directions(meaning("readOnly"), meaning("writeOnly"));
                    self.within(inside, |walk| {
                        walk.emit("member-removed", &member, summary, pairs, judged)
                    });
                }
                (None, Some(b)) => {
                    let mut pairs = vec![Pair::new(None, Some(span(b)))];
                    let summary = match is {
                        Some(it) => {
                            pairs.push(Pair::new(None, Some(it.place)));
                            format!("`{member}` is new and must be there.")
                        }
                        None if is_open => format!(
                            "`{member}` is new and can be left out; it could be anything before."
                        ),
                        None => format!("`{member}` is new and can be left out."),
                    };
                    let rule = if is.is_some() { "required-member-added" } else { "member-added" };
                    let judged = match is {
                        // What was sent or came as any other member may not be right any more.
                        Some(_) if is_open => at_least(BreaksWire),
                        None if is_open => at_least(New),
                        Some(_) => Judged::Values(BreaksWire, New, changed()),
                        None => Judged::Values(New, New, changed()),
                    };
                    self.within(inside, |walk| walk.emit(rule, &member, summary, pairs, judged));
                }
                (None, None) => {}
            }
        }
        // Names that are required and not declared among the members.
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
