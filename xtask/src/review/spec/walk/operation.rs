//! Operations: what is sent, what is answered, and under which conditions.

use codegen::parse::node::{Entry, Node};

use super::{
    Here, Walker, changed,
    found::{Judged, Slot},
    is_true, is_unsaid, union,
    words::{title, was_is},
};
use crate::review::{
    report::{Direction, Meaning},
    spec::{
        pairing,
        places::{Pair, span},
        side::{Side, WrittenOperation, same, short},
    },
};

impl<'d> Walker<'_, 'd> {
    pub(super) fn operation(
        &mut self,
        before: &WrittenOperation<'d>,
        after: &WrittenOperation<'d>,
    ) {
        let id = after.id().unwrap_or("?").to_owned();
        let title = title(after);
        self.here = Here { operation: id, ..Here::default() };
        self.seen.clear();
        let is_moved = pairing::template(before.path) != pairing::template(after.path);
        if before.path != after.path && !is_moved && before.method == after.method {
            let pairs = vec![Pair::new(Some(before.path_place), Some(after.path_place))];
            let summary = format!("The path is written `{}`, was `{}`.", after.path, before.path);
            self.emit(
                "path-parameter-renamed",
                after.path,
                summary,
                pairs,
                Judged::Rule(Meaning::Documentation),
            );
        } else if before.path != after.path || before.method != after.method {
            let mut pairs = Vec::new();
            if before.path != after.path {
                pairs.push(Pair::new(Some(before.path_place), Some(after.path_place)));
            }
            if before.method != after.method {
                pairs.push(Pair::new(Some(before.key_place), Some(after.key_place)));
            }
            let summary = format!("It is `{title}` now, was `{}`.", self::title(before));
            self.emit("operation-moved", &title, summary, pairs, Judged::Rule(Meaning::BreaksWire));
        }
        self.parameters(before, after);
        self.security(before, after, &title);
        self.request_body(before.node, after.node, &title);
        self.responses(before.node, after.node);
        for (key, a, b) in changed(before.item, after.item) {
            match key {
                "parameters" => {}
                "summary" | "description" => self.words(key, before.path, a, b),
                "servers" => {
                    let pairs = self.pairs(a, b);
                    let id = self.here.operation.clone();
                    self.servers(a.map(|it| &it.value), b.map(|it| &it.value), &[&id], pairs);
                }
                key if pairing::METHODS.contains(&key) => {}
                _ => self.other(key, before.path, a, b, Meaning::BreaksWire),
            }
        }
        for (key, a, b) in changed(before.node, after.node) {
            self.operation_key(key, a, b, &title);
        }
    }

    fn operation_key(
        &mut self,
        key: &str,
        before: Option<&'d Entry>,
        after: Option<&'d Entry>,
        title: &str,
    ) {
        let pairs = self.pairs(before, after);
        let summary = format!("{}.", was_is(key, before, after));
        match key {
            "parameters" | "requestBody" | "responses" | "security" => {}
            "summary"
            | "description"
            | "tags"
            | "externalDocs"
            | "x-source"
            | "x-parameter-examples" => self.words(key, title, before, after),
            "operationId" => {
                self.emit(
                    "operation-renamed",
                    title,
                    summary,
                    pairs,
                    Judged::Rule(Meaning::BreaksRust),
                );
            }
            "deprecated" if is_unsaid(before) && is_unsaid(after) => {
                let judged = Judged::Rule(Meaning::Documentation);
                self.emit("written-differently", title, summary, pairs, judged);
            }
            "deprecated" => {
                self.emit("deprecation-changed", title, summary, pairs, Judged::Rule(Meaning::New));
            }
            "servers" => {
                let id = self.here.operation.clone();
                let value = |it: Option<&'d Entry>| it.map(|it| &it.value);
                self.servers(value(before), value(after), &[&id], pairs);
            }
            "x-idempotency" => {
                let protects =
                    |it: Option<&Entry>| it.is_some_and(|it| it.value.as_str() != Some("none"));
                // What was protected must stay so, in the same way.
                let meaning = if protects(before) { Meaning::BreaksWire } else { Meaning::New };
                let alarm = Some("whether a call may be sent again");
                self.emit_alarming(
                    "idempotency-changed",
                    title,
                    summary,
                    pairs,
                    Judged::Rule(meaning),
                    alarm,
                );
            }
            "x-reconcile" => {
                let alarm = Some("how to find out what became of a payment");
                self.emit_alarming(
                    "reconcile-changed",
                    title,
                    summary,
                    pairs,
                    Judged::Rule(Meaning::New),
                    alarm,
                );
            }
            "x-paging" => {
                let meaning = if before.is_some() { Meaning::BreaksRust } else { Meaning::New };
                self.emit("paging-changed", title, summary, pairs, Judged::Rule(meaning));
            }
            _ => self.other(key, title, before, after, Meaning::BreaksWire),
        }
    }

    /// Requirements, with those of the document where an operation has none.
    fn security(
        &mut self,
        before: &WrittenOperation<'d>,
        after: &WrittenOperation<'d>,
        title: &str,
    ) {
        let of = |side: &Side<'d>, it: &WrittenOperation<'d>| {
            it.node.entry("security").or_else(|| side.document.root.entry("security"))
        };
        let (a, b) = (of(self.base, before), of(self.head, after));
        let mut pairs = self.pairs(a, b);
        let is_same = pairs.is_empty();
        let own = |it: &WrittenOperation<'d>| it.node.entry("security").map(span);
        let (old, new) = (own(before), own(after));
        if old.is_some() != new.is_some() {
            pairs.push(Pair::new(old, new));
        }
        if pairs.is_empty() {
            return;
        }
        if is_same {
            let summary = "Its credentials are written in another place.".to_owned();
            let judged = Judged::Rule(Meaning::Documentation);
            return self.emit("written-differently", title, summary, pairs, judged);
        }
        let list = |it: Option<&'d Entry>| it.and_then(|it| it.value.as_list()).unwrap_or_default();
        let matched = pairing::items(list(a), list(b), &self.renames);
        let is_empty = |it: &Node| it.as_map().is_some_and(<[Entry]>::is_empty);
        let is_for_all = list(b).is_empty() || list(b).iter().any(is_empty);
        let is_kept = is_for_all
            || matched.removed.is_empty()
                && matched.both.iter().all(|(a, b)| same(a, b))
                && !list(a).is_empty();
        let meaning = if is_kept { Meaning::New } else { Meaning::BreaksWire };
        let text = |it: Option<&'d Entry>| it.map_or("nothing".to_owned(), |it| short(&it.value));
        let summary = format!("Callers authenticate with `{}`, it was `{}`.", text(b), text(a));
        let alarm = Some("credentials and how they are sent");
        self.emit_alarming("security-changed", title, summary, pairs, Judged::Rule(meaning), alarm);
    }

    fn request_body(&mut self, base: &'d Node, head: &'d Node, title: &str) {
        let (a, b) = (base.entry("requestBody"), head.entry("requestBody"));
        let body = |here: &mut Here| {
            here.part = "body".to_owned();
            here.direction = Some(Direction::Request);
        };
        match (a, b) {
            (Some(a), Some(b)) => {
                self.within(body, |walk| walk.body(title, &a.value, &b.value));
            }
            (None, None) => {}
            (a, b) => {
                let is_needed =
                    b.is_some_and(|it| is_true(self.head.resolved(&it.value), "required"));
                let (rule, summary, meaning) = match b {
                    None => ("body-removed", "The body is gone.", Meaning::BreaksWire),
                    Some(_) if is_needed => {
                        ("body-added", "A body is new; it must be sent.", Meaning::BreaksWire)
                    }
                    Some(_) => ("body-added", "A body is new; it can be sent.", Meaning::New),
                };
                let pairs = vec![Pair::new(a.map(span), b.map(span))];
                self.within(body, |walk| {
                    walk.emit(rule, title, summary.to_owned(), pairs, Judged::Rule(meaning));
                });
            }
        }
    }

    pub(super) fn body(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        self.reference(subject, base, head);
        let (base, head) = (self.base.resolved(base), self.head.resolved(head));
        for (key, a, b) in changed(base, head) {
            let pairs = self.pairs(a, b);
            let summary = format!("The body: {}.", was_is(key, a, b));
            match key {
                "required" if is_unsaid(a) && is_unsaid(b) => {
                    let judged = Judged::Rule(Meaning::Documentation);
                    self.emit("written-differently", subject, summary, pairs, judged);
                }
                "required" => {
                    let meaning =
                        if is_true(head, "required") { Meaning::BreaksWire } else { Meaning::New };
                    self.emit(
                        "body-required-changed",
                        subject,
                        summary,
                        pairs,
                        Judged::Rule(meaning),
                    );
                }
                "description" | "x-source" => self.words(key, subject, a, b),
                "content" if a.is_some() && b.is_some() => {}
                _ => self.extension(key, subject, summary, pairs, a, b),
            }
        }
        if let (Some(a), Some(b)) = (base.get("content"), head.get("content")) {
            self.content(subject, a, b);
        }
    }

    pub(super) fn content(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        let is_request = self.here.direction == Some(Direction::Request);
        for (key, a, b) in union(base, head) {
            let pairs = self.pairs(a, b);
            match (a, b) {
                (Some(a), Some(b)) => self.media(subject, key, &a.value, &b.value),
                (Some(_), None) => {
                    let summary = format!("The media type `{key}` is gone.");
                    let judged = Judged::Rule(Meaning::BreaksWire);
                    self.emit("media-type-removed", subject, summary, pairs, judged);
                }
                _ => {
                    let summary = format!("The media type `{key}` is new.");
                    let meaning = if is_request { Meaning::New } else { Meaning::BreaksWire };
                    self.emit("media-type-added", subject, summary, pairs, Judged::Rule(meaning));
                }
            }
        }
    }

    fn media(&mut self, subject: &str, media: &str, base: &'d Node, head: &'d Node) {
        for (key, a, b) in changed(base, head) {
            let pairs = self.pairs(a, b);
            let summary = format!("`{media}`: {}.", was_is(key, a, b));
            match key {
                "schema" => {}
                "example" | "examples" => self.words(key, subject, a, b),
                _ => self.extension(key, subject, summary, pairs, a, b),
            }
        }
        self.slot(subject, base.get("schema"), head.get("schema"));
    }

    /// A whole value of the call.
    pub(super) fn slot(&mut self, subject: &str, base: Option<&'d Node>, head: Option<&'d Node>) {
        let (Some(a), Some(b)) = (base, head) else {
            if let Some(it) = base.or(head) {
                let pairs = vec![match base {
                    Some(_) => Pair::new(Some(it.place), None),
                    None => Pair::new(None, Some(it.place)),
                }];
                let summary = "Whether a schema is declared has changed.".to_owned();
                self.emit(
                    "schema-changed",
                    subject,
                    summary,
                    pairs,
                    Judged::Rule(Meaning::BreaksWire),
                );
            }
            return;
        };
        let direction = self.here.direction.unwrap_or(Direction::Call);
        self.slots.push(Slot { base: a, head: b, direction });
        let slot = Some(self.slots.len() - 1);
        self.seen.clear();
        self.within(|here| here.slot = slot, |walk| walk.schema(subject, a, b));
    }

    pub(super) fn extension(
        &mut self,
        key: &str,
        subject: &str,
        summary: String,
        pairs: Vec<Pair>,
        a: Option<&'d Entry>,
        b: Option<&'d Entry>,
    ) {
        match key {
            "x-rust-name" => {
                self.emit(
                    "rust-name-changed",
                    subject,
                    summary,
                    pairs,
                    Judged::Rule(Meaning::BreaksRust),
                );
            }
            key if key.starts_with("x-") => {
                self.schema_extension(key, subject, summary, pairs, (a.is_some(), b.is_some()));
            }
            _ => self.emit(
                "other-changed",
                subject,
                summary,
                pairs,
                Judged::Rule(Meaning::BreaksWire),
            ),
        }
    }
}
