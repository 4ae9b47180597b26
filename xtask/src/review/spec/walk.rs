//! Both documents side by side, from each operation down to the last keyword:
//! what changed, in the words of the API, and who uses it.

use std::collections::{BTreeMap, BTreeSet};

use codegen::parse::node::{Entry, Node, Place, Value};
use indexmap::IndexMap;

use super::{
    Renames,
    pairing::{self, Operations},
    places::{self, Pair, span},
    side::{Side, WrittenOperation, component_of, same, short},
    view::{Shape, View, WORDS, shape},
};
use crate::review::report::{Direction, Meaning};

/// How it is found out what a change means.
#[derive(Clone)]
pub(super) enum Judged<'d> {
    /// By a rule, the same in every direction.
    Rule(Meaning),
    /// By a rule: what it means for what is sent, and for what is received.
    Directions(Meaning, Meaning),
    /// The same, of values: the whole may be equal nevertheless.
    Values(Meaning, Meaning, Example<'d>),
    /// By comparing the values of two schemas.
    Views(Box<View<'d>>, Box<View<'d>>),
    /// By comparing the values of two schemas that are written differently.
    Nodes(&'d Node, &'d Node),
}

/// Where a value that is not right any more comes from.
#[derive(Clone)]
pub(super) enum Example<'d> {
    /// This one, as JSON.
    Value(String),
    /// One that two schemas do not agree on.
    Views(Box<View<'d>>, Box<View<'d>>),
}

/// Where a change counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) operation: String,
    pub(super) part: String,
    pub(super) direction: Direction,
    /// The whole value that it is part of.
    pub(super) slot: Option<usize>,
    /// Whether it is in one of several alternatives of which exactly one must fit, or
    /// in what must not fit.
    pub(super) is_among_exclusive: bool,
}

/// A change that was found.
pub(super) struct Found<'d> {
    pub(super) rule: &'static str,
    pub(super) subject: String,
    pub(super) summary: String,
    pub(super) pairs: Vec<Pair>,
    pub(super) judged: Judged<'d>,
    pub(super) alarm: Option<String>,
    pub(super) uses: Vec<Use>,
    /// The member that the change is in, to show its values as JSON.
    pub(super) member: Option<String>,
}

/// A whole value: a body, a parameter, an answer.
pub(super) struct Slot<'d> {
    pub(super) base: &'d Node,
    pub(super) head: &'d Node,
    pub(super) direction: Direction,
}

/// Where the walk is.
#[derive(Clone, Default)]
struct Here {
    operation: String,
    /// `body`, `answer 200`.
    part: String,
    direction: Option<Direction>,
    slot: Option<usize>,
    /// Members that lead here.
    path: Vec<String>,
    /// Whether this is an amount, or a part of one.
    is_amount: bool,
    is_among_exclusive: bool,
}

/// Walks.
pub(super) struct Walker<'w, 'd> {
    base: &'w Side<'d>,
    head: &'w Side<'d>,
    pub(super) renames: Renames,
    pub(super) found: Vec<Found<'d>>,
    /// The index of what was found, by its rule, words and places.
    known: BTreeMap<(&'static str, String, Vec<Pair>), usize>,
    pub(super) slots: Vec<Slot<'d>>,
    /// Components of the head, by the operations that use them.
    pub(super) users: IndexMap<String, Vec<Use>>,
    here: Here,
    seen: BTreeSet<(String, String)>,
}

impl<'w, 'd> Walker<'w, 'd> {
    pub(super) fn new(base: &'w Side<'d>, head: &'w Side<'d>) -> Self {
        Self {
            base,
            head,
            renames: Renames::default(),
            found: Vec::new(),
            known: BTreeMap::new(),
            slots: Vec::new(),
            users: IndexMap::new(),
            here: Here::default(),
            seen: BTreeSet::new(),
        }
    }

    fn emit(
        &mut self,
        rule: &'static str,
        subject: &str,
        summary: String,
        pairs: Vec<Pair>,
        judged: Judged<'d>,
    ) {
        self.emit_alarming(rule, subject, summary, pairs, judged, None);
    }

    fn emit_alarming(
        &mut self,
        rule: &'static str,
        subject: &str,
        summary: String,
        pairs: Vec<Pair>,
        judged: Judged<'d>,
        alarm: Option<&str>,
    ) {
        let used = (!self.here.operation.is_empty()).then(|| self.here());
        let alarm = alarm.map(str::to_owned).or_else(|| {
            let amount = self.here.is_amount.then_some("an amount of money, its unit or currency");
            amount.map(str::to_owned)
        });
        let member = self.here.path.last().filter(|it| !it.contains([' ', '[']));
        let member = member.cloned();
        let key = (rule, summary.clone(), pairs.clone());
        let idx = *self.known.entry(key).or_insert_with(|| {
            let (subject, uses) = (subject.to_owned(), Vec::new());
            self.found.push(Found { rule, subject, summary, pairs, judged, alarm, uses, member });
            self.found.len() - 1
        });
        let found = &mut self.found[idx];
        if let Some(used) = used
            && !found.uses.contains(&used)
        {
            found.uses.push(used);
        }
    }

    fn here(&self) -> Use {
        let Here { operation, part, direction, slot, path, is_among_exclusive, .. } = &self.here;
        let part = match (part.is_empty(), path.is_empty()) {
            (true, _) => "the call".to_owned(),
            (false, true) => part.clone(),
            (false, false) => format!("{part} › {}", path.join(" › ")),
        };
        let direction = direction.unwrap_or(Direction::Call);
        let (slot, is_among_exclusive) = (*slot, *is_among_exclusive);
        Use { operation: operation.clone(), part, direction, slot, is_among_exclusive }
    }

    /// Tells of something inside what stands here.
    fn within<R>(
        &mut self,
        change: impl FnOnce(&mut Here),
        walk: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let before = self.here.clone();
        change(&mut self.here);
        let result = walk(self);
        self.here = before;
        result
    }

    /// The whole of both documents.
    pub(super) fn documents(&mut self, operations: &Operations<'d>) {
        for (before, after) in &operations.both {
            self.operation(before, after);
        }
        for it in &operations.removed {
            let (id, title) = (it.id().unwrap_or("?"), title(it));
            self.here.operation = id.to_owned();
            let pairs = vec![Pair::new(Some(it.span()), None)];
            let summary = format!("`{title}` is gone.");
            self.emit(
                "operation-removed",
                &title,
                summary,
                pairs,
                Judged::Rule(Meaning::BreaksWire),
            );
        }
        for it in &operations.added {
            let (id, title) = (it.id().unwrap_or("?"), title(it));
            self.here.operation = id.to_owned();
            let pairs = vec![Pair::new(None, Some(it.span()))];
            let summary = format!("`{title}` is new.");
            self.emit("operation-added", &title, summary, pairs, Judged::Rule(Meaning::New));
        }
        self.here = Here::default();
        self.webhooks();
        self.root(operations);
        self.components();
        self.samples();
    }

    fn root(&mut self, operations: &Operations<'d>) {
        let (base, head) = (&self.base.document.root, &self.head.document.root);
        for (key, before, after) in changed(base, head) {
            let pairs = self.pairs(before, after);
            match key {
                "paths" | "components" | "x-webhooks" => {}
                "info" | "tags" | "externalDocs" | "x-sources" | "openapi" => {
                    self.words(key, "the spec", before, after);
                }
                // Told at each operation that has none of its own.
                "security" => {}
                "servers" => {
                    let uses = operations.both.iter().filter(|(_, it)| {
                        it.node.get("servers").is_none() && it.item.get("servers").is_none()
                    });
                    let ids: Vec<&str> = uses.filter_map(|(_, it)| it.id()).collect();
                    self.servers(
                        before.map(|it| &it.value),
                        after.map(|it| &it.value),
                        &ids,
                        pairs,
                    );
                }
                _ => self.other(key, "the spec", before, after, Meaning::BreaksWire),
            }
        }
    }

    /// Servers, one by one.
    fn servers(
        &mut self,
        base: Option<&'d Node>,
        head: Option<&'d Node>,
        operations: &[&str],
        all: Vec<Pair>,
    ) {
        const ALARM: Option<&str> = Some("the server that calls are sent to");
        let list = |it: Option<&'d Node>| it.and_then(Node::as_list).unwrap_or_default();
        let matched = pairing::items(list(base), list(head), &self.renames);
        let name = |it: &Node| {
            let text = |key: &str| it.get(key).and_then(Node::as_str);
            format!("server {}", text("x-environment").or_else(|| text("url")).unwrap_or("?"))
        };
        let mut told: Vec<(&'static str, String, String, Vec<Pair>, Meaning)> = Vec::new();
        for &it in &matched.removed {
            let url = it.get("url").map(short).unwrap_or_default();
            let summary = format!("The {} at `{url}` is gone.", name(it));
            let pairs = vec![Pair::new(Some(it.place), None)];
            told.push(("server-removed", name(it), summary, pairs, Meaning::BreaksWire));
        }
        for &it in &matched.added {
            let url = it.get("url").map(short).unwrap_or_default();
            let summary = format!("The {} at `{url}` is new.", name(it));
            let pairs = vec![Pair::new(None, Some(it.place))];
            told.push(("server-added", name(it), summary, pairs, Meaning::New));
        }
        for &(before, after) in &matched.both {
            for (key, a, b) in changed(before, after) {
                let meaning = match key {
                    "description" => Meaning::Documentation,
                    "x-environment" => Meaning::BreaksRust,
                    _ => Meaning::BreaksWire,
                };
                let summary = format!("The {}: {}.", name(after), was_is(key, a, b));
                told.push(("server-changed", name(after), summary, self.pairs(a, b), meaning));
            }
        }
        if matched.is_reordered {
            let summary = "The servers stand in another order.".to_owned();
            told.push((
                "servers-reordered",
                "servers".to_owned(),
                summary,
                all,
                Meaning::Documentation,
            ));
        }
        let fixed = !self.here.operation.is_empty();
        for (rule, subject, summary, pairs, meaning) in told {
            for id in operations {
                if !fixed {
                    self.here.operation = (*id).to_owned();
                }
                let judged = Judged::Rule(meaning);
                self.emit_alarming(rule, &subject, summary.clone(), pairs.clone(), judged, ALARM);
            }
            if operations.is_empty() {
                self.emit_alarming(rule, &subject, summary, pairs, Judged::Rule(meaning), ALARM);
            }
        }
        if !fixed {
            self.here = Here::default();
        }
    }

    fn samples(&mut self) {
        let (base, head) = (self.base.document, self.head.document);
        let id = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.split('.').next().unwrap_or(name).to_owned()
        };
        let judged = || Judged::Rule(Meaning::Documentation);
        for (path, before) in &base.samples {
            let pairs = match head.samples.get(path) {
                Some(after) => places::values(before, after, &self.renames),
                None => vec![Pair::new(Some(before.place), None)],
            };
            if !pairs.is_empty() {
                self.here.operation = id(path);
                let summary = format!("The sample `{path}` has changed.");
                self.emit("sample-changed", path, summary, pairs, judged());
            }
        }
        for (path, after) in &head.samples {
            if !base.samples.contains_key(path) {
                self.here.operation = id(path);
                let pairs = vec![Pair::new(None, Some(after.place))];
                let summary = format!("The sample `{path}` is new.");
                self.emit("sample-added", path, summary, pairs, judged());
            }
        }
        self.here = Here::default();
    }

    /// Components that came and went; what changed in one has been told where it is used.
    fn components(&mut self) {
        let (base, head) = (self.base.document, self.head.document);
        let one = |kind: &str| kind.trim_end_matches('s').to_owned();
        for (kind, before) in &base.components {
            for (name, it) in before {
                let new_name = self.renames.get(kind, name).to_owned();
                let after = head.components.get(kind).and_then(|all| all.get(&new_name));
                let meaning =
                    if kind == "schemas" { Meaning::BreaksRust } else { Meaning::Documentation };
                match after {
                    None => {
                        let pairs = vec![Pair::new(Some(places::component_span(it)), None)];
                        let summary = format!("The {} `{name}` is gone.", one(kind));
                        self.emit("component-removed", name, summary, pairs, Judged::Rule(meaning));
                    }
                    Some(other) if new_name != *name => {
                        let pairs = vec![Pair::new(Some(it.name_place), Some(other.name_place))];
                        let summary =
                            format!("The {} `{name}` is called `{new_name}` now.", one(kind));
                        let users = self.users.get(&new_name).cloned().unwrap_or_default();
                        self.emit(
                            "component-renamed",
                            &new_name,
                            summary,
                            pairs,
                            Judged::Rule(meaning),
                        );
                        if let Some(found) = self.found.last_mut() {
                            found.uses = users;
                        }
                    }
                    Some(other) if kind == "securitySchemes" => {
                        self.scheme(name, &it.node, &other.node);
                    }
                    Some(_) => {}
                }
            }
        }
        for (kind, after) in &head.components {
            for (name, it) in after {
                let is_old = base.components.get(kind).is_some_and(|all| all.contains_key(name));
                if !is_old && !self.renames.is_target(kind, name) {
                    let pairs = vec![Pair::new(None, Some(places::component_span(it)))];
                    let summary = format!("The {} `{name}` is new.", one(kind));
                    let users = self.users.get(name).cloned().unwrap_or_default();
                    self.emit("component-added", name, summary, pairs, Judged::Rule(Meaning::New));
                    if let Some(found) = self.found.last_mut() {
                        found.uses = users;
                    }
                }
            }
        }
    }

    /// Places of schemas that nothing has told of: members that moved between the
    /// parts of a schema, a schema that is put together from parts now.
    pub(super) fn rest(&mut self, places: &[Pair]) {
        let (base, head) = (self.base.document, self.head.document);
        let schemas = |it: &'d codegen::parse::Document| it.components.get("schemas");
        let told: Vec<Pair> = self.found.iter().flat_map(|it| it.pairs.iter().copied()).collect();
        let open: Vec<Pair> = places
            .iter()
            .filter(|it| !told.iter().any(|all| it.is_within(*all)))
            .copied()
            .collect();
        for (name, before) in schemas(base).into_iter().flatten() {
            let new_name = self.renames.get("schemas", name).to_owned();
            let Some(after) = schemas(head).and_then(|it| it.get(&new_name)) else { continue };
            let whole = Pair::new(
                Some(places::component_span(before)),
                Some(places::component_span(after)),
            );
            let pairs: Vec<Pair> = open.iter().filter(|it| it.is_within(whole)).copied().collect();
            if pairs.is_empty() {
                continue;
            }
            let summary = format!("`{new_name}` is put together differently.");
            let judged = Judged::Nodes(&before.node, &after.node);
            self.emit("written-differently", &new_name, summary, pairs, judged);
            let users = self.users.get(&new_name).cloned().unwrap_or_default();
            if let Some(found) = self.found.last_mut() {
                found.uses = users;
            }
        }
    }

    /// How callers show who they are.
    fn scheme(&mut self, name: &str, base: &'d Node, head: &'d Node) {
        const ALARM: Option<&str> = Some("credentials and how they are sent");
        let users: Vec<String> = self.users_of_scheme(name);
        for (key, before, after) in changed(base, head) {
            let meaning = match key {
                "description" | "x-source" | "bearerFormat" => Meaning::Documentation,
                _ => Meaning::BreaksWire,
            };
            let subject = format!("credential {name}");
            let summary = format!("The credential `{name}`: {}.", was_is(key, before, after));
            let pairs = self.pairs(before, after);
            for id in &users {
                self.here.operation.clone_from(id);
                let judged = Judged::Rule(meaning);
                self.emit_alarming(
                    "credential-changed",
                    &subject,
                    summary.clone(),
                    pairs.clone(),
                    judged,
                    ALARM,
                );
            }
            self.here = Here::default();
            if users.is_empty() {
                let judged = Judged::Rule(meaning);
                self.emit_alarming("credential-changed", &subject, summary, pairs, judged, ALARM);
            }
        }
    }

    fn users_of_scheme(&self, name: &str) -> Vec<String> {
        let root = self.head.document.root.get("security");
        let uses = |it: &WrittenOperation<'_>| {
            let security = it.node.get("security").or(root);
            let mut all = security.and_then(Node::as_list).unwrap_or_default().iter();
            all.any(|it| it.get(name).is_some())
        };
        let operations = self.head.operations();
        let users = operations.iter().filter(|it| uses(it));
        users.filter_map(|it| Some(it.id()?.to_owned())).collect()
    }

    fn webhooks(&mut self) {
        let of = |side: &Side<'d>| side.document.root.get("x-webhooks");
        let none = Node { value: Value::Map(Vec::new()), place: self.base.document.root.place };
        let (before, after) = (of(self.base), of(self.head));
        let entries = |it: Option<&'d Node>| it.and_then(Node::as_map).unwrap_or_default();
        drop(none);
        for entry in entries(before) {
            self.here.operation.clone_from(&entry.key);
            match after.and_then(|it| it.entry(&entry.key)) {
                None => {
                    let summary = format!("The webhook `{}` is gone.", entry.key);
                    let pairs = vec![Pair::new(Some(span(entry)), None)];
                    self.emit(
                        "webhook-removed",
                        &entry.key,
                        summary,
                        pairs,
                        Judged::Rule(Meaning::BreaksWire),
                    );
                }
                Some(other) => self.webhook(&entry.key, &entry.value, &other.value),
            }
        }
        for entry in entries(after) {
            if before.and_then(|it| it.entry(&entry.key)).is_none() {
                self.here.operation.clone_from(&entry.key);
                let summary = format!("The webhook `{}` is new.", entry.key);
                let pairs = vec![Pair::new(None, Some(span(entry)))];
                self.emit("webhook-added", &entry.key, summary, pairs, Judged::Rule(Meaning::New));
            }
        }
        self.here = Here::default();
    }

    fn webhook(&mut self, name: &str, base: &'d Node, head: &'d Node) {
        let subject = format!("webhook {name}");
        for (key, before, after) in changed(base, head) {
            if key != "post" {
                self.other(key, &subject, before, after, Meaning::BreaksWire);
            }
        }
        let (Some(before), Some(after)) = (base.get("post"), head.get("post")) else { return };
        if let (Some(a), Some(b)) = (before.get("requestBody"), after.get("requestBody")) {
            self.within(
                |here| {
                    here.part = "event".to_owned();
                    here.direction = Some(Direction::Response);
                },
                |walk| walk.body(&subject, a, b),
            );
        }
        for (key, a, b) in changed(before, after) {
            match key {
                "requestBody" if a.is_some() && b.is_some() => {}
                "summary" | "description" | "x-source" | "externalDocs" | "tags" => {
                    self.words(key, &subject, a, b);
                }
                "operationId" => {
                    let summary = was_is(key, a, b);
                    let pairs = self.pairs(a, b);
                    let judged = Judged::Rule(Meaning::BreaksRust);
                    self.emit("operation-renamed", &subject, format!("{summary}."), pairs, judged);
                }
                "x-verification" | "x-dedupe" => {
                    let alarm = Some("how events are verified and told apart");
                    let summary = format!("{}.", was_is(key, a, b));
                    let pairs = self.pairs(a, b);
                    let judged = Judged::Rule(Meaning::BreaksWire);
                    self.emit_alarming(
                        "verification-changed",
                        &subject,
                        summary,
                        pairs,
                        judged,
                        alarm,
                    );
                }
                // What we answer to an event is no promise to a caller.
                "responses" => self.words(key, &subject, a, b),
                _ => self.other(key, &subject, a, b, Meaning::BreaksWire),
            }
        }
    }

    fn operation(&mut self, before: &WrittenOperation<'d>, after: &WrittenOperation<'d>) {
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

    fn body(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
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

    /// Whether the same thing is written in the same way.
    fn reference(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        match (component_of(base), component_of(head)) {
            (None, None) => {}
            (Some((kind, a)), Some((_, b))) => {
                self.notice_rename(kind, a, b);
                if self.renames.get(kind, a) != b {
                    let summary = format!("It refers to `{b}`, was `{a}`.");
                    self.written_differently(
                        subject,
                        summary,
                        base,
                        head,
                        Judged::Rule(Meaning::Documentation),
                    );
                }
            }
            _ => {
                let summary = "It is written in another place.".to_owned();
                self.written_differently(
                    subject,
                    summary,
                    base,
                    head,
                    Judged::Rule(Meaning::Documentation),
                );
            }
        }
    }

    fn written_differently(
        &mut self,
        subject: &str,
        summary: String,
        base: &'d Node,
        head: &'d Node,
        judged: Judged<'d>,
    ) {
        let pairs = vec![Pair::new(Some(base.place), Some(head.place))];
        self.emit("written-differently", subject, summary, pairs, judged);
    }

    /// A component that is not there any more, in whose place a new one stands, has
    /// been renamed.
    fn notice_rename(&mut self, kind: &str, base: &str, head: &str) {
        if base != head
            && self.head.component(kind, base).is_none()
            && self.base.component(kind, head).is_none()
        {
            self.renames.add(kind, base, head);
        }
    }

    fn notice_renames(&mut self, base: &'d Node, head: &'d Node) {
        if let (Some((kind, a)), Some((_, b))) = (component_of(base), component_of(head)) {
            self.notice_rename(kind, a, b);
        }
        let parts = |it: &'d Node| it.get("allOf").and_then(Node::as_list).unwrap_or_default();
        if parts(base).len() == parts(head).len() {
            for (a, b) in parts(base).iter().zip(parts(head)) {
                self.notice_renames(a, b);
            }
        }
    }

    fn schema(&mut self, subject: &str, base: &'d Node, head: &'d Node) {
        self.notice_renames(base, head);
        if let Some((_, name)) = component_of(head) {
            let used = self.here();
            let users = self.users.entry(name.to_owned()).or_default();
            let is_known =
                |it: &Use| (&it.operation, it.direction) == (&used.operation, used.direction);
            if !users.iter().any(is_known) {
                users.push(used);
            }
            let old = component_of(base).map_or(String::new(), |(_, it)| it.to_owned());
            if !old.is_empty() && !self.seen.insert((old, name.to_owned())) {
                return;
            }
        }
        let renames = self.renames.clone();
        let renamed = |name: &str| renames.get("schemas", name).to_owned();
        let (before, after) = (shape(base, &renamed), shape(head, &str::to_owned));
        let (old, new) = (View::of(self.base, base), View::of(self.head, head));
        let subject = new.names.last().map_or(subject, |it| *it).to_owned();
        if before != after {
            let replaced = match (&before, &after) {
                (Shape::Reference(a), Shape::Reference(b)) => Some((a.clone(), b.clone())),
                _ => None,
            };
            let summary = match &replaced {
                Some((a, b)) => format!("It is a `{b}`, was a `{a}`."),
                None => format!("`{subject}` is put together differently."),
            };
            let judged = Judged::Nodes(base, head);
            self.written_differently(&subject, summary, base, head, judged);
        }
        let is_amount = self.here.is_amount || is_amount(&old) || is_amount(&new);
        self.within(
            |here| here.is_amount = is_amount,
            |walk| {
                walk.keys(&subject, &old, &new);
                walk.members(&subject, &old, &new);
            },
        );
    }

    /// The keywords of a schema, but its members.
    fn keys(&mut self, subject: &str, old: &View<'d>, new: &View<'d>) {
        for (a, b) in old.other_words.iter().zip(&new.other_words) {
            if a.key == b.key && !same(&a.value, &b.value) {
                self.words(&a.key, subject, Some(a), Some(b));
            }
        }
        let all: BTreeSet<&str> = old.keys.keys().chain(new.keys.keys()).copied().collect();
        for key in all {
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
                key if WORDS.contains(&key) => {
                    let judged = Judged::Rule(Documentation);
                    self.emit(
                        "documentation-changed",
                        subject,
                        words_summary(subject, key, a, b),
                        pairs,
                        judged,
                    );
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
                    let is_now = new.is_true(key);
                    let judged = match (key, is_now) {
                        ("readOnly", true) => Judged::Directions(BreaksWire, Documentation),
                        ("readOnly", false) => Judged::Directions(New, Documentation),
                        (_, true) => Judged::Directions(Documentation, BreaksWire),
                        (_, false) => Judged::Directions(Documentation, New),
                    };
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
                    let text = |it: &View<'d>| it.text("format").map(str::to_owned);
                    let is_decided = |it: &Option<String>| {
                        it.as_deref().is_none_or(|it| {
                            super::wire::is_known_format(it)
                                || matches!(it, "int32" | "int64" | "uint64")
                        })
                    };
                    let judged = if is_decided(&text(old)) && is_decided(&text(new)) {
                        views()
                    } else {
                        Judged::Rule(BreaksWire)
                    };
                    self.emit("format-changed", subject, summary, pairs, judged);
                }
                "discriminator" => self.discriminator(subject, (a, b), pairs),
                "items" | "additionalProperties" | "not" => match (a, b) {
                    (Some(a), Some(b))
                        if matches!(a.value, Value::Map(_)) && matches!(b.value, Value::Map(_)) =>
                    {
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
                            |walk| walk.schema(&format!("{subject}{step}"), a, b),
                        );
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

    fn schema_extension(
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

    fn alternatives(
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

    fn discriminator(
        &mut self,
        subject: &str,
        (a, b): (Option<&'d Node>, Option<&'d Node>),
        pairs: Vec<Pair>,
    ) {
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
                        Judged::Directions(Meaning::BreaksWire, Meaning::New),
                    ),
                    (None, _) => (
                        format!("`{value}` chooses an alternative of `{subject}`."),
                        Judged::Directions(Meaning::New, Meaning::BreaksWire),
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

    fn members(&mut self, subject: &str, old: &View<'d>, new: &View<'d>) {
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

    /// Something that only people read.
    fn words(&mut self, key: &str, subject: &str, a: Option<&'d Entry>, b: Option<&'d Entry>) {
        let pairs = self.pairs(a, b);
        let summary = words_summary(subject, key, a.map(|it| &it.value), b.map(|it| &it.value));
        self.emit(
            "documentation-changed",
            subject,
            summary,
            pairs,
            Judged::Rule(Meaning::Documentation),
        );
    }

    fn other(
        &mut self,
        key: &str,
        subject: &str,
        a: Option<&'d Entry>,
        b: Option<&'d Entry>,
        meaning: Meaning,
    ) {
        let pairs = self.pairs(a, b);
        let summary = format!("{}.", was_is(key, a, b));
        self.emit("other-changed", subject, summary, pairs, Judged::Rule(meaning));
    }

    fn pairs(&self, a: Option<&Entry>, b: Option<&Entry>) -> Vec<Pair> {
        if a.is_none() && b.is_none() {
            return Vec::new();
        }
        places::entries(a, b, &self.renames)
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

/// `POST /payouts`.
pub(super) fn title(it: &WrittenOperation<'_>) -> String {
    format!("{} {}", it.method.to_ascii_uppercase(), it.path)
}

/// The keys of two mappings, each with what is behind it on both sides.
fn union<'d>(
    base: &'d Node,
    head: &'d Node,
) -> Vec<(&'d str, Option<&'d Entry>, Option<&'d Entry>)> {
    let entries = |it: &'d Node| it.as_map().unwrap_or_default().iter();
    let old = entries(base).map(|it| (it.key.as_str(), Some(it), head.entry(&it.key)));
    let new = entries(head).filter(|it| base.entry(&it.key).is_none());
    old.chain(new.map(|it| (it.key.as_str(), None, Some(it)))).collect()
}

/// The keys that do not say the same on both sides.
fn changed<'d>(
    base: &'d Node,
    head: &'d Node,
) -> Vec<(&'d str, Option<&'d Entry>, Option<&'d Entry>)> {
    let mut all = union(base, head);
    all.retain(|(_, a, b)| match (a, b) {
        (Some(a), Some(b)) => !same(&a.value, &b.value),
        _ => true,
    });
    all
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|it| matches!(it.value, Value::Bool(true)))
}

fn was_is(key: &str, a: Option<&Entry>, b: Option<&Entry>) -> String {
    was_is_nodes(key, a.map(|it| &it.value), b.map(|it| &it.value))
}

fn was_is_nodes(key: &str, a: Option<&Node>, b: Option<&Node>) -> String {
    match (a, b) {
        (Some(a), Some(b)) => format!("`{key}` is `{}`, was `{}`", short(b), short(a)),
        (Some(a), None) => format!("`{key}` is gone, was `{}`", short(a)),
        (_, Some(b)) => format!("`{key}` is `{}` now", short(b)),
        (None, None) => format!("`{key}` has changed"),
    }
}

fn words_summary(subject: &str, key: &str, a: Option<&Node>, b: Option<&Node>) -> String {
    let what = match (a, b) {
        (None, _) => "is new",
        (_, None) => "is gone",
        _ => "has changed",
    };
    format!("The {} of {subject} {what}.", key.trim_start_matches("x-"))
}

/// Whether a schema is an amount of money.
fn is_amount(view: &View<'_>) -> bool {
    matches!(view.text("x-unit"), Some("major" | "minor"))
}

/// Whether a member's name speaks of money.
fn is_money_name(name: &str) -> bool {
    let mut words = Vec::new();
    let mut word = String::new();
    for it in name.chars() {
        if it.is_uppercase() || !it.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
        }
        if it.is_alphanumeric() {
            word.extend(it.to_lowercase());
        }
    }
    words.push(word);
    let known =
        ["amount", "currency", "fee", "fees", "price", "balance", "money", "total", "cents"];
    words.iter().any(|it| known.contains(&it.as_str()))
}

fn idempotency_alarm(name: &str) -> Option<&'static str> {
    let is_key = name.to_ascii_lowercase().contains("idempot");
    is_key.then_some("whether a call may be sent again")
}

/// A place that is shown for several pairs.
pub(super) fn first(pairs: &[Pair]) -> (Option<Place>, Option<Place>) {
    pairs.first().map_or((None, None), |it| (it.before, it.after))
}
