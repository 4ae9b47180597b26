//! Parameters: which belong together, and what became of them.

use super::*;

impl<'d> Walker<'_, 'd> {
    pub(super) fn parameters(
        &mut self,
        before: &WrittenOperation<'d>,
        after: &WrittenOperation<'d>,
    ) {
        let a = written_parameters(self.base, before);
        let mut b = written_parameters(self.head, after);
        let renamed: Vec<(&str, &str)> = pairing::parameters(before.path)
            .into_iter()
            .zip(pairing::parameters(after.path))
            .collect();
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
                    let pairs = vec![Pair::new(Some(old.node.place), None)];
                    let summary = format!("The {} parameter `{}` is gone.", old.location, old.name);
                    let alarm = idempotency_alarm(old.name);
                    let judged = Judged::Rule(Meaning::BreaksWire);
                    self.emit_alarming("parameter-removed", &label, summary, pairs, judged, alarm);
                }
            }
        }
        for new in b {
            let label = format!("parameter {}", new.name);
            let pairs = vec![Pair::new(None, Some(new.node.place))];
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
    }

    fn parameter(&mut self, old: &Parameter<'d>, new: &Parameter<'d>) {
        let subject = format!("parameter {}", new.name);
        self.reference(&subject, old.node, new.node);
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
}

fn written_parameters<'d>(side: &Side<'d>, operation: &WrittenOperation<'d>) -> Vec<Parameter<'d>> {
    let of = |it: &'d Node| it.get("parameters").and_then(Node::as_list).unwrap_or_default();
    let mut found: Vec<Parameter<'d>> = Vec::new();
    for node in of(operation.node).iter().chain(of(operation.item)) {
        let resolved = side.resolved(node);
        let text = |key: &str| resolved.get(key).and_then(Node::as_str).unwrap_or_default();
        let (location, name) = (text("in"), text("name"));
        // An operation's own wins.
        if !found.iter().any(|it| it.location == location && it.name == name) {
            found.push(Parameter { location, name, node, resolved });
        }
    }
    found
}
