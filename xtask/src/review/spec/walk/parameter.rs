//! Parameters: which belong together, and what became of them.

use codegen::parse::node::Node;

use super::{
    Walker,
    alarm::{idempotency_alarm, is_money_name},
    changed,
    found::Judged,
    is_true,
    words::{title, was_is},
};
use crate::review::{
    report::{Direction, Meaning},
    spec::{
        pairing,
        places::{Pair, span},
        side::{Side, WrittenOperation, component_of},
    },
};

impl<'d> Walker<'_, 'd> {
    pub(super) fn parameters(
        &mut self,
        before: &WrittenOperation<'d>,
        after: &WrittenOperation<'d>,
    ) {
        let a = written_parameters(self.base, before);
        let mut b = written_parameters(self.head, after);
        let renamed = renamed(before.path, after.path);
        let moved = self.moved_lists(before, after);
        for old in &a {
            let name = match (old.location, renamed.iter().find(|(name, _)| *name == old.name)) {
                ("path", Some((_, new_name))) => *new_name,
                _ => old.name,
            };
            let found = b.iter().position(|it| it.location == old.location && it.name == name);
            let label = format!("parameter {}", old.name);
            match found.map(|idx| b.remove(idx)) {
                Some(new) => self.within(
                    |here| {
                        here.part = format!("parameter {}", new.name);
                        here.direction = Some(Direction::Request);
                        here.is_amount = is_money_name(new.name);
                    },
                    |walk| walk.parameter(old, &new),
                ),
                None => {
                    let mut pairs = vec![Pair::new(Some(old.node.place), None)];
                    // One that all share may have become another.
                    let shared = |it: &&Parameter<'_>| {
                        old.component.is_some() && it.component == old.component
                    };
                    let new = b.iter().find(shared).map(|it| it.resolved.place);
                    pairs.extend(new.map(|it| Pair::new(Some(old.resolved.place), Some(it))));
                    pairs.extend(&moved);
                    let summary = format!("The {} parameter `{}` is gone.", old.location, old.name);
                    let alarm = idempotency_alarm(old.name);
                    let judged = Judged::Rule(Meaning::BreaksWire);
                    self.emit_alarming("parameter-removed", &label, summary, pairs, judged, alarm);
                }
            }
        }
        for new in b {
            let label = format!("parameter {}", new.name);
            let mut pairs = vec![Pair::new(None, Some(new.node.place))];
            pairs.extend(&moved);
            let (rule, what, meaning) = if is_true(new.resolved, "required") {
                ("required-parameter-added", "must be sent", Meaning::BreaksWire)
            } else {
                ("parameter-added", "can be sent", Meaning::New)
            };
            let summary =
                format!("The {} parameter `{}` is new; it {what}.", new.location, new.name);
            let alarm = idempotency_alarm(new.name);
            self.within(
                |here| {
                    here.part.clone_from(&label);
                    here.direction = Some(Direction::Request);
                },
                |walk| {
                    walk.emit_alarming(rule, &label, summary, pairs, Judged::Rule(meaning), alarm)
                },
            );
        }
        let is_told = |it: &Pair| {
            self.found.iter().any(|found| found.pairs.iter().any(|all| it.is_within(*all)))
        };
        if !moved.iter().all(is_told) {
            let summary = "Its parameters are written in another place.".to_owned();
            let judged = Judged::Rule(Meaning::Documentation);
            self.emit("written-differently", &title(after), summary, moved, judged);
        }
    }

    /// Lists of parameters that came or went as a whole.
    fn moved_lists(
        &self,
        before: &WrittenOperation<'d>,
        after: &WrittenOperation<'d>,
    ) -> Vec<Pair> {
        let list = |it: &'d Node| it.entry("parameters").map(span);
        [(before.node, after.node), (before.item, after.item)]
            .into_iter()
            .map(|(a, b)| (list(a), list(b)))
            .filter(|(a, b)| a.is_some() != b.is_some())
            .map(|(a, b)| Pair::new(a, b))
            .collect()
    }

    fn parameter(&mut self, old: &Parameter<'d>, new: &Parameter<'d>) {
        let subject = format!("parameter {}", new.name);
        self.reference(&subject, old.node, new.node);
        if old.is_own != new.is_own {
            let summary = "It is written in another place.".to_owned();
            let pairs =
                vec![Pair::new(Some(old.node.place), None), Pair::new(None, Some(new.node.place))];
            let judged = Judged::Rule(Meaning::Documentation);
            self.emit("written-differently", &subject, summary, pairs, judged);
        }
        for (key, a, b) in changed(old.resolved, new.resolved) {
            let pairs = self.pairs(a, b);
            let summary = format!("{}.", was_is(key, a, b));
            match key {
                // The order of the path's parameters says which is which.
                "name" => {
                    let pairs = vec![
                        Pair::new(Some(old.node.place), None),
                        Pair::new(None, Some(new.node.place)),
                    ];
                    let judged = Judged::Rule(Meaning::Documentation);
                    self.emit("path-parameter-renamed", &subject, summary, pairs, judged);
                }
                "style" | "explode" if style(old.resolved) == style(new.resolved) => {
                    let judged = Judged::Rule(Meaning::Documentation);
                    self.emit("written-differently", &subject, summary, pairs, judged);
                }
                "required" | "deprecated" | "allowReserved"
                    if is_true(old.resolved, key) == is_true(new.resolved, key) =>
                {
                    let judged = Judged::Rule(Meaning::Documentation);
                    self.emit("written-differently", &subject, summary, pairs, judged);
                }
                "style" | "explode" | "allowReserved" => {
                    let judged = Judged::Rule(Meaning::BreaksWire);
                    self.emit("style-changed", &subject, summary, pairs, judged);
                }
                "required" => {
                    let meaning = if is_true(new.resolved, "required") {
                        Meaning::BreaksWire
                    } else {
                        Meaning::New
                    };
                    self.emit(
                        "parameter-required-changed",
                        &subject,
                        summary,
                        pairs,
                        Judged::Rule(meaning),
                    );
                }
                "description" | "example" | "examples" | "x-source" => {
                    self.words(key, &subject, a, b);
                }
                "deprecated" => {
                    self.emit(
                        "deprecation-changed",
                        &subject,
                        summary,
                        pairs,
                        Judged::Rule(Meaning::New),
                    );
                }
                "schema" => {}
                "content" if a.is_some() && b.is_some() => {}
                _ => self.extension(key, &subject, summary, pairs, a, b),
            }
        }
        self.slot(&subject, old.resolved.get("schema"), new.resolved.get("schema"));
        if let (Some(a), Some(b)) = (old.resolved.get("content"), new.resolved.get("content")) {
            self.content(&subject, a, b);
        }
    }
}

/// A parameter, and where it is declared.
struct Parameter<'d> {
    location: &'d str,
    name: &'d str,
    node: &'d Node,
    resolved: &'d Node,
    /// The component that it is.
    component: Option<&'d str>,
    /// Whether it is the operation's own, not one of its path.
    is_own: bool,
}

/// The path's parameters that have other names: in the same path by their order.
fn renamed<'p>(before: &'p str, after: &'p str) -> Vec<(&'p str, &'p str)> {
    let (a, b) = (pairing::parameters(before), pairing::parameters(after));
    let is_same_path = pairing::template(before) == pairing::template(after);
    let both = a.iter().copied().zip(b.iter().copied());
    // Elsewhere, those that keep their names are the same.
    let is_left = |(x, y): &(&str, &str)| !b.contains(x) && !a.contains(y);
    both.filter(|it| is_same_path || a.len() == b.len() && is_left(it)).collect()
}

/// How a parameter is written, whether it says so or not.
fn style(parameter: &Node) -> (&str, bool) {
    let text = |key: &str| parameter.get(key).and_then(Node::as_str);
    let usual = match text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    let style = text("style").unwrap_or(usual);
    let explode = parameter.get("explode").map(|_| is_true(parameter, "explode"));
    (style, explode.unwrap_or(style == "form"))
}

fn written_parameters<'d>(side: &Side<'d>, operation: &WrittenOperation<'d>) -> Vec<Parameter<'d>> {
    let of = |it: &'d Node| it.get("parameters").and_then(Node::as_list).unwrap_or_default();
    let mut found: Vec<Parameter<'d>> = Vec::new();
    let own = of(operation.node).iter().map(|it| (it, true));
    for (node, is_own) in own.chain(of(operation.item).iter().map(|it| (it, false))) {
        let component = component_of(node).map(|(_, it)| it);
        let resolved = side.resolved(node);
        let text = |key: &str| resolved.get(key).and_then(Node::as_str).unwrap_or_default();
        let (location, name) = (text("in"), text("name"));
        // An operation's own wins.
        if !found.iter().any(|it| it.location == location && it.name == name) {
            found.push(Parameter { location, name, node, resolved, component, is_own });
        }
    }
    found
}
