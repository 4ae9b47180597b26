//! What a document says beside its operations: servers, credentials, webhooks,
//! samples, and components that came and went.

use codegen::parse::node::Node;

use super::{Here, Walker, changed, found::Judged, schema, words::was_is};
use crate::review::{
    report::{Direction, Meaning},
    spec::{
        pairing::{self, Operations},
        places::{self, Pair, span},
        side::{Side, Which, WrittenOperation, short},
        view::shape,
    },
};

impl<'d> Walker<'_, 'd> {
    pub(super) fn root(&mut self, operations: &Operations<'d>) {
        let (base, head) = (&self.base.document.root, &self.head.document.root);
        let inherits = |(a, b): &(WrittenOperation<'_>, WrittenOperation<'_>)| {
            a.node.get("security").is_none() && b.node.get("security").is_none()
        };
        for (key, before, after) in changed(base, head) {
            let pairs = self.pairs(before, after);
            match key {
                "paths" | "components" | "x-webhooks" => {}
                "info" | "tags" | "externalDocs" | "x-sources" | "openapi" => {
                    self.words(key, "the spec", before, after);
                }
                // Told at each operation that has none of its own.
                "security" if operations.both.iter().any(inherits) => {}
                "security" => self.words(key, "the spec", before, after),
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
    pub(super) fn servers(
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

    pub(super) fn samples(&mut self) {
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
    pub(super) fn components(&mut self, operations: &Operations<'d>) {
        let (mut old_uses, mut new_uses) = (None, None);
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
                        let uses =
                            old_uses.get_or_insert_with(|| self.reach(Which::Base, operations));
                        let uses = uses.get(&(kind.as_str(), name.as_str())).cloned();
                        if let Some(found) = self.found.last_mut() {
                            found.uses = uses.unwrap_or_default();
                        }
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
                    let users = self.users.get(name).cloned().or_else(|| {
                        let uses =
                            new_uses.get_or_insert_with(|| self.reach(Which::Head, operations));
                        uses.get(&(kind.as_str(), name.as_str())).cloned()
                    });
                    self.emit("component-added", name, summary, pairs, Judged::Rule(Meaning::New));
                    if let Some(found) = self.found.last_mut() {
                        found.uses = users.unwrap_or_default();
                    }
                }
            }
        }
    }

    /// Places of schemas that nothing has told of: members that moved between the
    /// parts of a schema, a schema that is put together from parts now.
    pub(in crate::review::spec) fn rest(&mut self, places: &[Pair]) {
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
            let renamed = |name: &str| self.renames.get("schemas", name).to_owned();
            let old = shape(&before.node, &renamed);
            let parts = schema::parts_changed(&old, &shape(&after.node, &str::to_owned));
            let summary = format!("`{new_name}` is put together differently{parts}.");
            let judged = Judged::Nodes(&before.node, &after.node);
            self.emit("written-differently", &new_name, summary, pairs, judged);
            let users = self.users.get(&new_name).cloned().unwrap_or_default();
            if let Some(found) = self.found.last_mut() {
                found.uses = users;
            }
        }
    }

    /// How callers show who they are: all that changed in one, told at once.
    fn scheme(&mut self, name: &str, base: &'d Node, head: &'d Node) {
        const ALARM: Option<&str> = Some("credentials and how they are sent");
        let users: Vec<String> = self.users_of_scheme(name);
        let is_words = |key: &str| matches!(key, "description" | "x-source" | "bearerFormat");
        for meaning in [Meaning::BreaksWire, Meaning::Documentation] {
            let mut told = Vec::new();
            let mut pairs = Vec::new();
            for (key, before, after) in changed(base, head) {
                if is_words(key) == (meaning == Meaning::Documentation) {
                    told.push(was_is(key, before, after));
                    pairs.extend(self.pairs(before, after));
                }
            }
            if told.is_empty() {
                continue;
            }
            let subject = format!("credential {name}");
            let summary = format!("`{subject}`: {}.", told.join("; "));
            let alarm = ALARM.filter(|_| meaning == Meaning::BreaksWire);
            // Somebody must be told even if no operation uses it.
            let operations = if users.is_empty() { vec![String::new()] } else { users.clone() };
            for id in operations {
                self.here.operation = id;
                self.emit_alarming(
                    "credential-changed",
                    &subject,
                    summary.clone(),
                    pairs.clone(),
                    Judged::Rule(meaning),
                    alarm,
                );
            }
        }
        self.here = Here::default();
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

    pub(super) fn webhooks(&mut self) {
        let of = |side: &Side<'d>| side.document.root.get("x-webhooks");
        let (before, after) = (of(self.base), of(self.head));
        // All of them may have come or gone at once.
        let whole = |side: &Side<'d>| side.document.root.entry("x-webhooks").map(span);
        let (old, new) = (whole(self.base), whole(self.head));
        let alone = (old.is_some() != new.is_some()).then(|| Pair::new(old, new));
        let entries = |it: Option<&'d Node>| it.and_then(Node::as_map).unwrap_or_default();
        for entry in entries(before) {
            self.here.operation.clone_from(&entry.key);
            match after.and_then(|it| it.entry(&entry.key)) {
                None => {
                    let summary = format!("The webhook `{}` is gone.", entry.key);
                    let mut pairs = vec![Pair::new(Some(span(entry)), None)];
                    pairs.extend(alone);
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
                let mut pairs = vec![Pair::new(None, Some(span(entry)))];
                pairs.extend(alone);
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
}
