//! Alternatives, and what tells them apart.

use codegen::parse::node::Node;

use super::{
    Walker, changed,
    found::Judged,
    words::{was_is, was_is_nodes},
};
use crate::review::{
    report::Meaning,
    spec::{
        pairing,
        places::Pair,
        side::{component_of, short},
        view::View,
    },
};

impl<'d> Walker<'_, 'd> {
    pub(super) fn alternatives(
        &mut self,
        subject: &str,
        key: &str,
        (a, b): (Option<&'d Node>, Option<&'d Node>),
        pairs: Vec<Pair>,
        views: &Judged<'d>,
    ) {
        let (Some(a), Some(b)) = (a, b) else {
            let summary = format!("`{subject}`: {}.", was_is_nodes(key, a, b));
            return self.emit("alternatives-changed", subject, summary, pairs, views.clone());
        };
        let list = |it: &'d Node| it.as_list().unwrap_or_default();
        for (before, after) in list(a).iter().zip(list(b)) {
            self.notice_renames(before, after);
        }
        let matched = pairing::items(list(a), list(b), &self.renames);
        let name = |it: &Node| component_of(it).map_or_else(|| short(it), |(_, it)| it.to_owned());
        for it in &matched.removed {
            let summary = format!("`{subject}` has no alternative `{}` any more.", name(it));
            let pairs = vec![Pair::new(Some(it.place), None)];
            self.emit("alternative-removed", subject, summary, pairs, views.clone());
        }
        for it in &matched.added {
            let summary = format!("`{subject}` has the new alternative `{}`.", name(it));
            let pairs = vec![Pair::new(None, Some(it.place))];
            self.emit("alternative-added", subject, summary, pairs, views.clone());
        }
        if matched.is_reordered {
            let summary = format!("The alternatives of `{subject}` stand in another order.");
            let pairs = vec![Pair::new(Some(a.place), Some(b.place))];
            // Those that nothing tells apart are tried in order.
            self.emit(
                "alternatives-reordered",
                subject,
                summary,
                pairs,
                Judged::Rule(Meaning::New),
            );
        }
        for &(before, after) in &matched.both {
            let step = format!("as {}", name(after).chars().take(40).collect::<String>());
            self.within(|here| here.path.push(step), |walk| walk.schema(subject, before, after));
        }
    }

    pub(super) fn discriminator(
        &mut self,
        subject: &str,
        (a, b): (Option<&'d Node>, Option<&'d Node>),
        pairs: Vec<Pair>,
        (old, new): (&View<'d>, &View<'d>),
    ) {
        // What a value chose may fall to an alternative that no value chooses, and
        // the other way round.
        let at_least = |request, response| {
            let views = (Box::new(old.clone()), Box::new(new.clone()));
            Judged::AtLeast(request, response, views.0, views.1)
        };
        let (Some(a), Some(b)) = (a, b) else {
            let summary = format!("`{subject}`: {}.", was_is_nodes("discriminator", a, b));
            return self.emit(
                "discriminator-changed",
                subject,
                summary,
                pairs,
                Judged::Rule(Meaning::BreaksWire),
            );
        };
        for (key, x, y) in changed(a, b) {
            let (Some(("mapping", x)), Some(y)) = (x.map(|it| (key, it)), y) else {
                let pairs = self.pairs(x, y);
                let summary =
                    format!("`{subject}` is told apart differently: {}.", was_is(key, x, y));
                self.emit(
                    "discriminator-changed",
                    subject,
                    summary,
                    pairs,
                    Judged::Rule(Meaning::BreaksWire),
                );
                continue;
            };
            for (value, x, y) in changed(&x.value, &y.value) {
                let pairs = self.pairs(x, y);
                let (summary, judged) = match (x, y) {
                    (Some(_), None) => (
                        format!("`{value}` chooses no alternative of `{subject}` any more."),
                        at_least(Meaning::BreaksWire, Meaning::New),
                    ),
                    (None, _) => (
                        format!("`{value}` chooses an alternative of `{subject}`."),
                        at_least(Meaning::New, Meaning::BreaksWire),
                    ),
                    _ => {
                        let old =
                            x.and_then(|it| it.value.as_str()).and_then(|it| it.rsplit('/').next());
                        let new =
                            y.and_then(|it| it.value.as_str()).and_then(|it| it.rsplit('/').next());
                        let is_same =
                            old.is_some() && old.map(|it| self.renames.get("schemas", it)) == new;
                        let meaning =
                            if is_same { Meaning::Documentation } else { Meaning::BreaksWire };
                        (
                            format!("`{value}` chooses another alternative of `{subject}`."),
                            Judged::Rule(meaning),
                        )
                    }
                };
                self.emit("discriminator-changed", subject, summary, pairs, judged);
            }
        }
    }
}
