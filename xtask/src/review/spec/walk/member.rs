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
        for name in names {
            let member = format!("{subject}.{name}");
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
            use Meaning::{BreaksWire, New};
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
                    // Whoever reads it does not find it, even if it could be missing.
                    let judged = Judged::Directions(BreaksWire, BreaksWire);
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
                        None => format!("`{member}` is new and can be left out."),
                    };
                    let rule = if is.is_some() { "required-member-added" } else { "member-added" };
                    let request = if is.is_some() { BreaksWire } else { New };
                    let judged = Judged::Values(request, New, changed());
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
