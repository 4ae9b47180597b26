//! Answers: their statuses, bodies and headers.

use codegen::parse::node::{Entry, Node};

use super::{Walker, changed, found::Judged, is_true, is_unsaid, union, words::was_is};
use crate::review::report::{Direction, Meaning};

impl<'d> Walker<'_, 'd> {
    pub(super) fn responses(&mut self, base: &'d Node, head: &'d Node) {
        let (Some(a), Some(b)) = (base.get("responses"), head.get("responses")) else { return };
        for (status, a, b) in union(a, b) {
            let pairs = self.pairs(a, b);
            let subject = format!("answer {status}");
            let is_success = status.starts_with(['2', '3']);
            self.within(
                |here| {
                    here.part.clone_from(&subject);
                    here.direction = Some(Direction::Response);
                },
                |walk| match (a, b) {
                    (Some(a), Some(b)) => walk.response(&subject, &a.value, &b.value),
                    (Some(_), None) => {
                        let summary = format!("The answer `{status}` is gone.");
                        let judged = Judged::Rule(Meaning::BreaksWire);
                        walk.emit("status-removed", &subject, summary, pairs, judged);
                    }
                    _ => {
                        let summary = format!("The answer `{status}` is new.");
                        let meaning = if is_success { Meaning::BreaksWire } else { Meaning::New };
                        walk.emit("status-added", &subject, summary, pairs, Judged::Rule(meaning));
                    }
                },
            );
        }
    }

    fn response(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        self.reference(subject, base, head);
        let (base, head) = (self.base.resolved(base), self.head.resolved(head));
        for (key, a, b) in changed(base, head) {
            let pairs = self.pairs(a, b);
            let summary = format!("{}.", was_is(key, a, b));
            match key {
                "description" | "x-source" => self.words(key, subject, a, b),
                "content" => match (a, b) {
                    (Some(_), Some(_)) => {}
                    (a, _) => {
                        let what =
                            if a.is_some() { "nothing is in it now" } else { "it has a body now" };
                        let summary = format!("The {subject}: {what}.");
                        let judged = Judged::Rule(Meaning::BreaksWire);
                        self.emit("answer-body-changed", subject, summary, pairs, judged);
                    }
                },
                "headers" => {}
                _ => self.extension(key, subject, summary, pairs, a, b),
            }
        }
        if let (Some(a), Some(b)) = (base.get("content"), head.get("content")) {
            self.content(subject, a, b);
        }
        self.headers(subject, base.entry("headers"), head.entry("headers"));
    }

    fn headers(&mut self, subject: &str, base: Option<&'d Entry>, head: Option<&'d Entry>) {
        let (Some(a), Some(b)) = (base, head) else {
            if base.is_some() || head.is_some() {
                let (what, meaning) = match base {
                    Some(_) => ("Its headers are gone.", Meaning::BreaksWire),
                    None => ("It has headers now.", Meaning::New),
                };
                let pairs = self.pairs(base, head);
                self.emit(
                    "headers-changed",
                    subject,
                    what.to_owned(),
                    pairs,
                    Judged::Rule(meaning),
                );
            }
            return;
        };
        for (name, a, b) in union(&a.value, &b.value) {
            let pairs = self.pairs(a, b);
            let label = format!("header {name}");
            match (a, b) {
                (Some(a), Some(b)) => {
                    self.reference(&label, &a.value, &b.value);
                    let (old, new) = (self.base.resolved(&a.value), self.head.resolved(&b.value));
                    self.within(
                        |here| here.part = format!("{subject}, header {name}"),
                        |walk| walk.header(&label, old, new),
                    );
                }
                (Some(_), None) => {
                    let summary = format!("The header `{name}` is gone.");
                    let judged = Judged::Rule(Meaning::BreaksWire);
                    self.emit("header-removed", &label, summary, pairs, judged);
                }
                _ => {
                    let summary = format!("The header `{name}` is new.");
                    self.emit("header-added", &label, summary, pairs, Judged::Rule(Meaning::New));
                }
            }
        }
    }

    fn header(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        for (key, a, b) in changed(base, head) {
            let pairs = self.pairs(a, b);
            let summary = format!("{}.", was_is(key, a, b));
            match key {
                "schema" => {}
                "description" | "example" | "examples" | "x-source" => {
                    self.words(key, subject, a, b)
                }
                "required" | "deprecated" if is_unsaid(a) && is_unsaid(b) => {
                    let judged = Judged::Rule(Meaning::Documentation);
                    self.emit("written-differently", subject, summary, pairs, judged);
                }
                "required" => {
                    let meaning =
                        if is_true(head, "required") { Meaning::New } else { Meaning::BreaksWire };
                    self.emit(
                        "header-required-changed",
                        subject,
                        summary,
                        pairs,
                        Judged::Rule(meaning),
                    );
                }
                _ => self.extension(key, subject, summary, pairs, a, b),
            }
        }
        self.slot(subject, base.get("schema"), head.get("schema"));
    }
}
