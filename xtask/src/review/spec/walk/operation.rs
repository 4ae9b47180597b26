//! Operations: what is sent, what is answered, and under which conditions.

use super::*;

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
        if pairing::parameters(before.path) != pairing::parameters(after.path)
            && before.path.split('{').count() == after.path.split('{').count()
            && before.method == after.method
        {
            let pairs = vec![Pair::new(Some(before.path_place), Some(after.path_place))];
            let summary = format!("The path is written `{}`, was `{}`.", after.path, before.path);
            self.emit(
                "path-parameter-renamed",
                &title,
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
        let pairs = self.pairs(a, b);
        if pairs.is_empty() {
            return;
        }
        let list = |it: Option<&'d Entry>| it.and_then(|it| it.value.as_list()).unwrap_or_default();
        let matched = pairing::items(list(a), list(b), &self.renames);
        let is_kept = matched.removed.is_empty()
            && matched.both.iter().all(|(a, b)| same(a, b))
            && !list(a).is_empty();
        let meaning = if is_kept { Meaning::New } else { Meaning::BreaksWire };
        let text = |it: Option<&'d Entry>| it.map_or("nothing".to_owned(), |it| short(&it.value));
        let summary = format!("Callers authenticate with `{}`, it was `{}`.", text(b), text(a));
        let alarm = Some("credentials and how they are sent");
        self.emit_alarming("security-changed", title, summary, pairs, Judged::Rule(meaning), alarm);
    }

    fn parameters(&mut self, before: &WrittenOperation<'d>, after: &WrittenOperation<'d>) {
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

    fn content(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
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

    fn responses(&mut self, base: &'d Node, head: &'d Node) {
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

    /// A whole value of the call.
    fn slot(&mut self, subject: &str, base: Option<&'d Node>, head: Option<&'d Node>) {
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

    fn extension(
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
