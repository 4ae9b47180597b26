//! Operations and webhooks of other people's documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    import::{
        Importer, Site,
        build::{self, Map},
        infer, naming,
        schema::{Use, class::Class},
        shape,
        tree::Dead,
    },
    model::types::Direction,
    names,
    parse::{
        self,
        node::{Entry, Node, Place, Value},
    },
};

/// Among more neighbours than these nobody looks for one of nearly the same name.
const MANY: usize = 1000;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

/// Setters and arguments that every call has.
fn reserved() -> Vec<&'static str> {
    names::RESERVED_SETTERS.iter().copied().chain(["body", "idempotency_key"]).collect()
}

impl<'t> Importer<'t> {
    /// The names of all operations, before any type gets one.
    pub(super) fn name_operations(&mut self) {
        let paths = self.tree.root().get("paths").and_then(Node::as_map).unwrap_or_default();
        for path in paths {
            let Some(item) = self.path_item(&path.value) else { continue };
            for method in item.as_map().unwrap_or_default() {
                if METHODS.contains(&method.key.as_str())
                    && let Some(node) = self.operation_of(method)
                {
                    let words = words(&path.key);
                    let fallback = format!("{} {words}", method.key);
                    let at = (method.key_place, path.key_place);
                    self.name_operation(node, at, &fallback, &words);
                }
            }
        }
        for (webhook, method, node) in self.written_webhooks() {
            let fallback = format!("{} event", webhook.key);
            let at = (method.key_place, webhook.key_place);
            self.name_operation(node, at, &fallback, &webhook.key);
        }
    }

    /// What a path lists behind a method: the operation, or where it is written.
    fn operation_of(&mut self, method: &'t Entry) -> Option<&'t Node> {
        match method.value.get("$ref") {
            Some(reference) => self.follow(reference, "operation").map(|it| it.node),
            None => Some(&method.value),
        }
    }

    /// What is listed at `path` becomes a method; another path may list it, too.
    fn name_operation(
        &mut self,
        node: &'t Node,
        (place, path): (Place, Place),
        fallback: &str,
        words: &str,
    ) {
        let written = node.get("operationId").and_then(Node::as_str);
        let written = written.filter(|it| it.chars().any(|it| it.is_ascii_alphanumeric()));
        let is_shared = self.shared.contains(&node.place);
        let wanted = match written {
            Some(written) if is_shared => format!("{written} {words}"),
            Some(written) => written.to_owned(),
            None => fallback.to_owned(),
        };
        let name = self.naming.method(&wanted);
        match written {
            None if shape::OPERATION.is_misspelt(node, "operationId") => {}
            None => self.warnings.assumed(
                if is_shared { path } else { place },
                "an operation without `operationId`",
                &format!("it is called `{name}`"),
            ),
            Some(written) if is_shared => self.warnings.assumed(
                path,
                &format!("`{written}` is an operation of another path, too"),
                &format!("here it is called `{name}`"),
            ),
            Some(written) if names::snake(written) != name => {
                let at = node.get("operationId").map_or(place, |it| it.place);
                self.warnings.renamed(at, written, &name);
            }
            Some(_) => {}
        }
        self.shared.insert(node.place);
        self.operations.insert(Site { operation: node.place, path }, name);
    }

    fn path_item(&mut self, node: &'t Node) -> Option<&'t Node> {
        match node.get("$ref") {
            Some(reference) => self.follow(reference, "path").map(|it| it.node),
            None => Some(node),
        }
    }

    /// All paths, rewritten.
    pub(super) fn paths(&mut self) -> Vec<Entry> {
        let mut written: Vec<Entry> = Vec::new();
        let Some(paths) = self.tree.root().get("paths") else { return written };
        let Some(entries) = paths.as_map() else {
            if !matches!(paths.value, Value::Null) {
                self.diags.wrong_kind(paths.place, "`paths`", "a mapping", paths.kind());
            }
            return written;
        };
        let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
        for path in entries {
            if path.key.starts_with("x-") {
                continue;
            }
            let key = self.path_key(path);
            let first = *seen.entry(parse::without_names(&key)).or_insert(path);
            if first.key != path.key {
                self.warnings.path_twice(path.key_place, &path.key, first.key_place, &first.key);
            }
            let Some(item) = self.path_item(&path.value) else { continue };
            let Some(members) = item.as_map() else {
                self.diags.wrong_kind(item.place, "a path", "a mapping", item.kind());
                continue;
            };
            if item.place != path.value.place {
                let beside = path.value.as_map().unwrap_or_default().iter();
                for entry in beside.filter(|it| it.key != "$ref" && !it.key.starts_with("x-")) {
                    self.warnings.left_out(entry.key_place, &entry.key);
                }
            }
            self.shape(item, &shape::PATH);
            let mut map = Map::new(path.value.place);
            for method in members {
                match method.key.as_str() {
                    name if METHODS.contains(&name) => {
                        let Some(node) = self.operation_of(method) else { continue };
                        let site = Site { operation: node.place, path: path.key_place };
                        if self.without.contains_key(&site) {
                            continue;
                        }
                        if let Some(operation) = self.operation(&key, site, method, node, item) {
                            map.push(build::entry(name, method.key_place, operation));
                        }
                    }
                    "trace" => self.warnings.left_out(method.key_place, "trace"),
                    _ => {}
                }
            }
            if !map.is_empty() {
                written.push(build::entry(key, path.key_place, map.node()));
            }
        }
        written
    }

    /// A path template, without what cannot be in one.
    fn path_key(&mut self, path: &Entry) -> String {
        let trimmed = path.key.trim();
        let key = if trimmed.starts_with('/') { trimmed.to_owned() } else { format!("/{trimmed}") };
        if key != path.key {
            let what = format!("`{}` is not the path of a URL", path.key);
            self.warnings.assumed(path.key_place, &what, &format!("it is `{key}`"));
        }
        key
    }

    /// What the path of an operation says about its query becomes parameters.
    fn queried(&mut self, path: &str, place: Place, declared: &BTreeSet<&str>) -> Vec<Node> {
        let mut parameters: Vec<Node> = Vec::new();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (name, value) in parse::path_query(path) {
            if declared.contains(name) || !told.insert(name) {
                continue;
            }
            let what = format!("the path has the query `{name}={value}`");
            self.warnings.assumed(place, &what, "it is a parameter, which the caller gives");
            let mut map = Map::new(place);
            map.text("name", name);
            map.text("in", "query");
            map.flag("required", true);
            map.text("description", format!("The path says `{value}`."));
            let mut schema = Map::new(place);
            schema.text("type", "string");
            map.add("schema", schema.node());
            parameters.push(map.node());
        }
        parameters
    }

    fn operation(
        &mut self,
        path: &str,
        site: Site,
        method: &'t Entry,
        node: &'t Node,
        item: &'t Node,
    ) -> Option<Node> {
        if node.as_map().is_none() {
            self.diags.wrong_kind(node.place, "an operation", "a mapping", node.kind());
            return None;
        }
        self.shape(node, &shape::OPERATION);
        let id = self.operations.get(&site).cloned().unwrap_or_default();
        let mut map = self.head(node, method.key_place, &id);
        let call = names::pascal(&id);
        if !matches!(method.key.as_str(), "get" | "head" | "options") {
            map.text("x-idempotency", "none");
            let mut reconcile = Map::new(method.key_place);
            reconcile.text("none", "The document says nothing about it.");
            map.add("x-reconcile", reconcile.node());
        }
        let parameters = self.parameters(path, site.path, item, node, &call);
        if !parameters.is_empty() {
            map.add("parameters", build::list(node.place, parameters));
        }
        let at = Use::new(format!("{call}Request"), "");
        if let Some(body) = node.get("requestBody").and_then(|it| self.body(it, &at)) {
            map.add("requestBody", body);
        }
        map.add("responses", self.responses(node, method.key_place, &call));
        if let Some(security) = node.entry("security") {
            map.push(build::entry("security", security.key_place, self.security(&security.value)));
        }
        if let Some(entry) = node.entry("callbacks") {
            self.warnings.left_out(entry.key_place, "callbacks");
        }
        if let Some(servers) = node.entry("servers").or_else(|| item.entry("servers")) {
            map.push(build::entry("servers", servers.key_place, self.own_servers(&servers.value)));
        }
        Some(map.node())
    }

    /// What operations and webhooks have in common.
    fn head(&mut self, node: &'t Node, place: Place, id: &str) -> Map {
        let mut map = Map::new(node.place);
        let id_place = node.get("operationId").map_or(place, |it| it.place);
        map.push(build::entry("operationId", id_place, build::text(id_place, id)));
        let text = |key: &str| {
            node.get(key).and_then(Node::as_str).map(str::trim).filter(|it| !it.is_empty())
        };
        let summary = match (text("summary"), text("description")) {
            (Some(summary), _) => summary.to_owned(),
            (None, Some(description)) => crate::model::types::summary(description),
            (None, None) => {
                let is_told = node.get("summary").is_some_and(|it| it.as_str().is_none())
                    || shape::OPERATION.is_misspelt(node, "summary");
                if !is_told {
                    self.warnings.assumed(
                        place,
                        "an operation without `summary`",
                        "its id stands in for it",
                    );
                }
                infer::sentence(id)
            }
        };
        map.text("summary", summary);
        if let (Some(_), Some(description)) = (text("summary"), text("description")) {
            map.text("description", description);
        } else if let Some(description) = text("description") {
            let rest = description.strip_prefix(&crate::model::types::summary(description));
            if let Some(rest) = rest.map(str::trim).filter(|it| !it.is_empty()) {
                map.text("description", rest);
            }
        }
        if matches!(node.get("deprecated").map(|it| &it.value), Some(Value::Bool(true))) {
            map.flag("deprecated", true);
        }
        map.add("x-source", build::list(place, vec![build::text(place, super::SOURCE)]));
        map
    }

    fn parameters(
        &mut self,
        path: &str,
        path_place: Place,
        item: &'t Node,
        node: &'t Node,
        call: &str,
    ) -> Vec<Node> {
        let mut found: Vec<(&'t Node, &'t Node)> = Vec::new();
        let mut lists: Vec<&'t Node> = Vec::new();
        lists.extend(node.get("parameters"));
        lists.extend(item.get("parameters"));
        for list in lists {
            let Some(items) = list.as_list() else {
                self.diags.wrong_kind(list.place, "`parameters`", "a list", list.kind());
                continue;
            };
            for written in items {
                let target = match written.get("$ref") {
                    Some(reference) => self.follow(reference, "parameter").map(|it| it.node),
                    None => Some(written),
                };
                let Some(target) = target else { continue };
                self.shape(target, &shape::PARAMETER);
                let same = |(other, _): &&(&Node, &Node)| {
                    let text = |it: &Node, key: &str| {
                        it.get(key).and_then(Node::as_str).map(str::to_owned)
                    };
                    text(other, "name") == text(target, "name")
                        && text(other, "in") == text(target, "in")
                };
                match found.iter().find(same) {
                    // What the operation says replaces what the path says.
                    Some((_, first)) if items.iter().any(|it| it.place == first.place) => {
                        let name = target.get("name").and_then(Node::as_str).unwrap_or_default();
                        self.warnings.duplicate_value(written.place, name, first.place);
                    }
                    Some(_) => {}
                    None => found.push((target, written)),
                }
            }
        }
        let named: Vec<&str> = parse::sent_path(path)
            .split('{')
            .skip(1)
            .filter_map(|it| Some(it.split_once('}')?.0))
            .collect();
        let reserved = reserved();
        let mut members = naming::Members::default();
        let mut parameters: Vec<Node> = Vec::new();
        let mut declared: BTreeSet<&str> = BTreeSet::new();
        let mut spare: Vec<(&str, Place)> = Vec::new();
        let in_query = found.iter().map(|(it, _)| *it);
        let in_query = in_query.filter(|it| it.get("in").and_then(Node::as_str) == Some("query"));
        let in_query: BTreeSet<&str> = in_query.filter_map(|it| it.get("name")?.as_str()).collect();
        // Those of the path come first, and keep their names.
        found.sort_by_key(|(it, _)| it.get("in").and_then(Node::as_str) != Some("path"));
        for (parameter, written) in found {
            let place = written.place;
            if parameter.as_map().is_none() {
                self.diags.wrong_kind(
                    parameter.place,
                    "a parameter",
                    "a mapping",
                    parameter.kind(),
                );
                continue;
            }
            let (Some(name), Some(location)) = (parameter.get("name"), parameter.get("in")) else {
                let key = if parameter.get("name").is_none() { "name" } else { "in" };
                let at = Place { end: parameter.place.start, ..parameter.place };
                self.diags.missing_key(parameter, at, "a parameter", key);
                continue;
            };
            let (Some(name), Some(location_text)) = (name.as_str(), location.as_str()) else {
                let wrong = if name.as_str().is_none() { name } else { location };
                self.diags.wrong_kind(
                    wrong.place,
                    "a parameter's name and place",
                    "a string",
                    wrong.kind(),
                );
                continue;
            };
            match location_text {
                "path" if !named.contains(&name) => {
                    spare.push((name, place));
                    continue;
                }
                "path" => {
                    declared.insert(name);
                }
                "header"
                    if ["accept", "content-type", "authorization"]
                        .contains(&name.to_ascii_lowercase().as_str()) =>
                {
                    // OpenAPI says that these are described elsewhere.
                    if name.eq_ignore_ascii_case("authorization") {
                        self.warnings.assumed(
                            place,
                            &format!("a header parameter called `{name}`, which OpenAPI ignores"),
                            "it is sent as far as `security` says so",
                        );
                    } else {
                        self.warnings.left_out(place, name);
                    }
                    continue;
                }
                _ => {}
            }
            if let ("path", Some(required)) = (location_text, parameter.get("required"))
                && matches!(required.value, Value::Bool(false))
            {
                let what = format!("the path parameter `{name}` is not required");
                self.warnings.assumed(required.place, &what, "it is: a path has all its parts");
            }
            let rust = members.name(name, &reserved);
            parameters.push(self.parameter(parameter, place, name, location_text, rust, call));
        }
        for name in named {
            if !declared.contains(name) && declared.insert(name) {
                // Two names for one parameter are one mistake.
                let what = match spare.pop() {
                    Some((other, _)) => {
                        format!(
                            "the path names `{{{name}}}`, and the parameter is called `{other}`"
                        )
                    }
                    None => format!("the path names `{{{name}}}`, which no parameter declares"),
                };
                let at = self.within(path_place, &format!("{{{name}}}"));
                self.warnings.assumed(at, &what, "it is a string");
                let mut map = Map::new(path_place);
                map.text("name", name);
                map.text("in", "path");
                map.flag("required", true);
                map.text("description", infer::sentence(name));
                if let Some(rust) = members.name(name, &reserved) {
                    map.text("x-rust-name", rust);
                }
                let mut schema = Map::new(path_place);
                schema.text("type", "string");
                map.add("schema", schema.node());
                parameters.push(map.node());
            }
        }
        for (name, place) in spare {
            self.warnings.left_out(place, name);
        }
        let queried = self.queried(path, path_place, &in_query);
        parameters.extend(queried);
        parameters
    }

    /// The only alternative that can be written as a `deepObject`, as in
    /// `created[gt]=5`, where a plain value is possible as well.
    fn deep_alternative(&mut self, parameter: &'t Node, schema: &'t Node) -> Option<&'t Node> {
        if parameter.get("style").and_then(Node::as_str) != Some("deepObject") {
            return None;
        }
        let schema = match schema.get("$ref").map(|it| self.tree.follow(it)) {
            Some(Ok(target)) => target.node,
            _ => schema,
        };
        let items = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_list()?;
        let classes: Vec<Class> = items.iter().map(|it| self.class(it)).collect();
        let is_scalar = |it: &&Class| {
            matches!(it, Class::String | Class::Integer | Class::Number | Class::Boolean)
        };
        let n_scalars = classes.iter().filter(is_scalar).count();
        let object = classes.iter().position(|it| *it == Class::Object)?;
        (n_scalars > 0 && n_scalars + 1 == items.len()).then(|| &items[object])
    }

    fn parameter(
        &mut self,
        node: &'t Node,
        place: Place,
        name: &str,
        location: &str,
        rust: Option<String>,
        call: &str,
    ) -> Node {
        let mut map = Map::new(place);
        map.text("name", name);
        node.entry("in").into_iter().for_each(|it| map.copy(it));
        let is_required =
            matches!(node.get("required").map(|it| &it.value), Some(Value::Bool(true)));
        if is_required || location == "path" {
            map.flag("required", true);
        }
        let text = node.get("description").and_then(Node::as_str);
        let text = text.filter(|it| !it.trim().is_empty()).map(str::to_owned);
        map.text("description", text.unwrap_or_else(|| infer::sentence(name)));
        if matches!(node.get("deprecated").map(|it| &it.value), Some(Value::Bool(true))) {
            map.flag("deprecated", true);
        }
        if infer::is_sensitive(name) {
            map.flag("x-sensitive", true);
        }
        if let Some(rust) = rust {
            map.text("x-rust-name", rust);
        }
        let at = Use::new(format!("{call}{}", names::pascal(name)), name);
        let content = node.get("content").and_then(Node::as_map).and_then(<[Entry]>::first);
        match (node.get("schema"), content) {
            (Some(schema), _) => {
                for entry in
                    ["style", "explode", "allowReserved"].iter().filter_map(|it| node.entry(it))
                {
                    let style = entry.value.as_str().unwrap_or_default();
                    if entry.key == "style" && !styles(location).contains(&style) {
                        self.warnings.assumed(
                            entry.value.place,
                            &format!("`{style}` is no style of such a parameter"),
                            "it is written in the usual style",
                        );
                    } else if entry.key == "allowReserved" && location != "query" {
                        self.warnings.left_out(entry.key_place, "allowReserved");
                    } else {
                        map.copy(entry);
                    }
                }
                let schema = match self.deep_alternative(node, schema) {
                    Some(object) => {
                        self.warnings.assumed(
                            object.place,
                            "one of several alternatives has the style `deepObject`",
                            "it is what is sent",
                        );
                        object
                    }
                    None => schema,
                };
                let schema = self.schema(schema, &at);
                map.add("schema", schema);
            }
            (None, Some(media)) if !is_json(&media.key) => {
                self.warnings.assumed(
                    media.key_place,
                    "a parameter that is neither text nor JSON",
                    "it is a string, which the caller writes",
                );
                let mut schema = Map::new(place);
                schema.text("type", "string");
                map.add("schema", schema.node());
            }
            (None, Some(media)) => {
                let schema = match media.value.get("schema") {
                    Some(schema) => self.schema(schema, &at),
                    None => self.anything(media.value.place),
                };
                let mut content = Map::new(media.value.place);
                content.add("schema", schema);
                let entry = build::entry(media.key.clone(), media.key_place, content.node());
                map.add("content", build::map(media.key_place, vec![entry]));
            }
            (None, None) => {
                if !shape::PARAMETER.is_misspelt(node, "schema")
                    && !shape::PARAMETER.is_misspelt(node, "content")
                {
                    let what = format!("nothing is said about the parameter `{name}`");
                    self.warnings.assumed(place, &what, "it is a string");
                }
                let mut schema = Map::new(place);
                schema.text("type", "string");
                map.add("schema", schema.node());
            }
        }
        map.node()
    }

    /// A request body.
    fn body(&mut self, node: &'t Node, at: &Use) -> Option<Node> {
        let target = match node.get("$ref") {
            Some(reference) => self.follow(reference, "request body")?.node,
            None => node,
        };
        if target.as_map().is_none() {
            self.diags.wrong_kind(target.place, "a request body", "a mapping", target.kind());
            return None;
        }
        self.shape(target, &shape::BODY);
        let content = self.content(target, at, Direction::Sent)?;
        let mut map = Map::new(node.place);
        if matches!(target.get("required").map(|it| &it.value), Some(Value::Bool(true))) {
            map.flag("required", true);
        }
        if let Some(text) =
            target.get("description").and_then(Node::as_str).filter(|it| !it.trim().is_empty())
        {
            map.text("description", text);
        }
        map.add("content", content);
        Some(map.node())
    }

    fn content(&mut self, node: &'t Node, at: &Use, direction: Direction) -> Option<Node> {
        let content = node.get("content")?;
        let Some(entries) = content.as_map() else {
            self.diags.wrong_kind(content.place, "`content`", "a mapping", content.kind());
            return None;
        };
        if entries.is_empty() {
            return None;
        }
        let mut written: Vec<Entry> = Vec::new();
        // What is sent and read is one of them; the others need no types.
        let is_bytes = |it: &Entry| {
            let schema = it.value.get("schema");
            schema.and_then(|it| it.get("format")).and_then(Node::as_str) == Some("binary")
        };
        // Bytes are no JSON, whatever they are called.
        let rank = |it: &&Entry| match rank(&it.key) {
            0 if is_bytes(it) => 6,
            rank => rank,
        };
        let best = entries.iter().min_by_key(rank)?;
        for media in entries {
            if media.key != best.key {
                self.warnings.left_out(media.key_place, &media.key);
                continue;
            }
            self.shape(&media.value, &shape::MEDIA_TYPE);
            self.examples(&media.value);
            let mut map = Map::new(media.value.place);
            let kind = match (kind(&media.key), direction) {
                // What is read of these is what was sent.
                (Kind::Form, Direction::Received) => Kind::Text,
                (Kind::Parts, Direction::Received) => Kind::Bytes,
                (kind, _) => kind,
            };
            if let Some(schema) = media.value.get("schema") {
                match kind {
                    Kind::Form | Kind::Parts if self.is_no_object(schema) => {
                        self.warnings.assumed(
                            media.key_place,
                            "a body of members has a schema that is no object",
                            "it is an object of any kind",
                        );
                    }
                    Kind::Json | Kind::Form | Kind::Parts => {
                        let schema = self.schema(schema, at);
                        map.add("schema", schema);
                    }
                    // Text and bytes are what they are.
                    Kind::Text | Kind::Bytes if self.class(schema) != Class::String => {
                        self.warnings.assumed(
                            media.key_place,
                            "a body that is no JSON has a schema that is no string",
                            "it is sent and read as it is",
                        );
                    }
                    Kind::Text | Kind::Bytes => {}
                }
            }
            if let (Some(encoding), Kind::Form | Kind::Parts) = (media.value.get("encoding"), kind)
            {
                let encoding = self.encoding(encoding, media.value.get("schema"), kind);
                map.add("encoding", encoding);
            }
            let is_range = direction == Direction::Sent && media.key.contains('*');
            let key = match kind {
                Kind::Bytes if is_range => "application/octet-stream",
                Kind::Text if is_range => "text/plain",
                // A list of media types: what is read and sent is of the first.
                _ => media.key.split(',').next().map_or(&*media.key, str::trim_end),
            };
            if key != media.key {
                self.warnings.assumed(
                    media.key_place,
                    &format!("`{}` is not one media type", media.key),
                    &format!("it is `{key}`"),
                );
            }
            written.push(build::entry(key, media.key_place, map.node()));
        }
        Some(build::map(content.place, written))
    }

    /// Whether no value of a schema has members.
    fn is_no_object(&mut self, schema: &'t Node) -> bool {
        matches!(
            self.class(schema),
            Class::Array | Class::String | Class::Integer | Class::Number | Class::Boolean
        )
    }

    /// Examples are not used, but one that leads nowhere is a slip.
    fn examples(&mut self, node: &'t Node) {
        for entry in node.get("examples").and_then(Node::as_map).unwrap_or_default() {
            let Some(reference) = entry.value.get("$ref") else { continue };
            if self.tree.follow(reference).is_err_and(|it| it.why == Dead::Missing) {
                let written = reference.as_str().unwrap_or_default();
                let (path, pointer) = written.split_once('#').unwrap_or((written, ""));
                let (parent, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
                let known = self.neighbours(path, parent, reference);
                let known: Vec<(&str, Place)> =
                    known.iter().take(MANY).map(|(name, at)| (name.as_str(), *at)).collect();
                self.warnings.unknown_reference(reference.place, "example", name, &known, 1);
            }
        }
    }

    /// How members are written, as far as we write it.
    fn encoding(&mut self, node: &'t Node, schema: Option<&'t Node>, kind: Kind) -> Node {
        let members = schema.map(|it| self.members(it));
        let mut written: Vec<Entry> = Vec::new();
        for entry in node.as_map().unwrap_or_default() {
            self.shape(&entry.value, &shape::ENCODING);
            let is_member = members.as_ref().is_some_and(|it| it.contains_key(entry.key.as_str()));
            let member = members.as_ref().and_then(|it| it.get(entry.key.as_str())?.first());
            let is_list = member.is_some_and(|it| self.class(it) == Class::Array);
            let is_scalar = member.is_some_and(|it| {
                let class = self.class(it);
                matches!(class, Class::String | Class::Integer | Class::Number | Class::Boolean)
            });
            let explode = entry.value.get("explode").map(|it| &it.value);
            let is_apart = is_list && !matches!(explode, Some(Value::Bool(false)));
            let has_usual_style = match entry.value.get("style").and_then(Node::as_str) {
                // OpenAPI 3.0 has styles in forms only.
                Some(style) => {
                    self.is_version("3.0") || (style == "form" && (is_apart || is_scalar))
                }
                None => true,
            };
            let mut parts: Vec<Entry> = Vec::new();
            for part in entry.value.as_map().unwrap_or_default() {
                let is_known = match (part.key.as_str(), kind) {
                    // A list is a part per item, each of them text.
                    ("contentType", Kind::Parts) => {
                        let media = part.value.as_str().unwrap_or_default();
                        !(is_list && media.starts_with("text/plain"))
                    }
                    ("style" | "explode", Kind::Parts) => !has_usual_style,
                    ("style" | "explode", _) => !is_scalar,
                    (key, _) => key == "contentType",
                };
                if is_known {
                    parts.push(part.clone());
                }
            }
            if is_member && !parts.is_empty() {
                let value = build::map(entry.value.place, parts);
                written.push(build::entry(entry.key.clone(), entry.key_place, value));
            } else {
                self.warnings.left_out(entry.key_place, &entry.key);
            }
        }
        build::map(node.place, written)
    }

    /// Whether the document is one of this version.
    fn is_version(&self, version: &str) -> bool {
        let found = self.tree.root().get("openapi").and_then(crate::parse::scalar_text);
        found.is_some_and(|it| it.starts_with(version))
    }

    fn responses(&mut self, node: &'t Node, place: Place, call: &str) -> Node {
        let mut written: Vec<Entry> = Vec::new();
        let responses = node.get("responses").filter(|it| !matches!(it.value, Value::Null));
        let entries = responses.and_then(Node::as_map).unwrap_or_default();
        if let Some(found) = responses
            && found.as_map().is_none()
        {
            self.diags.wrong_kind(found.place, "`responses`", "a mapping", found.kind());
        }
        let n_successes = entries
            .iter()
            .filter(|it| it.key.starts_with('2') && it.value.get("content").is_some())
            .count();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for entry in entries {
            if entry.key.starts_with("x-") {
                continue;
            }
            let pattern = match entry.key.to_ascii_uppercase().as_str() {
                "DEFAULT" => "default".to_owned(),
                other => other.to_owned(),
            };
            let is_code = pattern.len() == 3
                && matches!(pattern.as_bytes()[0], b'1'..=b'5')
                && (pattern[1..].bytes().all(|it| it.is_ascii_digit()) || &pattern[1..] == "XX");
            if !is_code && pattern != "default" {
                self.diags.status(entry.key_place, &entry.key);
                continue;
            }
            // Nobody waits for a 1xx, and a range of redirections is none that we follow.
            if pattern.starts_with('1') || pattern == "3XX" || !seen.insert(pattern.clone()) {
                self.warnings.left_out(entry.key_place, &entry.key);
                continue;
            }
            let suffix = match pattern.starts_with('2') && n_successes < 2 {
                true => "Response".to_owned(),
                false => names::status(&pattern),
            };
            let at = Use::new(format!("{call}{suffix}Body"), "");
            let target = match entry.value.get("$ref") {
                Some(reference) => self.follow(reference, "response").map(|it| it.node),
                None => Some(&entry.value),
            };
            let Some(target) = target else { continue };
            if target.as_map().is_none() && !matches!(target.value, Value::Null) {
                self.diags.wrong_kind(target.place, "a response", "a mapping", target.kind());
                continue;
            }
            written.push(build::entry(
                pattern.clone(),
                entry.key_place,
                self.response(target, &pattern, &at),
            ));
        }
        // What is answered by default is answered to a success, too.
        let has_success = written.iter().any(|it| it.key.starts_with('2'));
        let default = written.iter().find(|it| it.key == "default");
        if let (false, true, Some(default)) = (has_success, written.len() > 1, default) {
            let success = Entry { key: "2XX".to_owned(), ..default.clone() };
            written.insert(0, success);
        }
        let is_success = |it: &Entry| it.key.starts_with('2') || it.key == "default";
        if !written.iter().any(is_success) {
            if !shape::OPERATION.is_misspelt(node, "responses") {
                self.warnings.assumed(
                    place,
                    "an operation without a success",
                    "it is a 200 without a body",
                );
            }
            let mut response = Map::new(place);
            response.text("description", "A success; nothing is said about its body.");
            written.insert(0, build::entry("200", place, response.node()));
        }
        build::map(responses.map_or(place, |it| it.place), written)
    }

    fn response(&mut self, node: &'t Node, pattern: &str, at: &Use) -> Node {
        self.shape(node, &shape::RESPONSE);
        if let Some(entry) = node.entry("links") {
            self.warnings.left_out(entry.key_place, &entry.key);
        }
        let mut map = Map::new(node.place);
        let text = node.get("description").and_then(Node::as_str).map(str::trim);
        let text = text.filter(|it| !it.is_empty());
        map.text("description", text.map_or_else(|| reason(pattern), str::to_owned));
        let headers = self.headers(node);
        if !headers.is_empty() {
            map.add("headers", build::map(node.place, headers));
        }
        if let Some(content) = self.content(node, at, Direction::Received) {
            map.add("content", content);
        }
        map.node()
    }

    fn headers(&mut self, node: &'t Node) -> Vec<Entry> {
        let mut written: Vec<Entry> = Vec::new();
        for entry in node.get("headers").and_then(Node::as_map).unwrap_or_default() {
            if entry.key.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let target = match entry.value.get("$ref") {
                Some(reference) => self.follow(reference, "header").map(|it| it.node),
                None => Some(&entry.value),
            };
            let Some(target) = target.filter(|it| it.as_map().is_some()) else { continue };
            self.shape(target, &shape::HEADER);
            let mut map = Map::new(entry.value.place);
            if let Some(text) = target.get("description").and_then(Node::as_str) {
                map.text("description", text);
            }
            if matches!(target.get("required").map(|it| &it.value), Some(Value::Bool(true))) {
                map.flag("required", true);
            }
            if infer::is_sensitive(&entry.key) {
                map.flag("x-sensitive", true);
            }
            if let Some(schema) = target.get("schema") {
                let at = Use::new(names::pascal(&entry.key), &entry.key);
                let schema = self.schema(schema, &at);
                map.add("schema", schema);
            }
            written.push(build::entry(entry.key.clone(), entry.key_place, map.node()));
        }
        written
    }

    /// Webhooks, each with its method and its operation.
    fn written_webhooks(&mut self) -> Vec<(&'t Entry, &'t Entry, &'t Node)> {
        let mut found: Vec<(&'t Entry, &'t Entry, &'t Node)> = Vec::new();
        for key in ["webhooks", "x-webhooks"] {
            let entries = self.tree.root().get(key).and_then(Node::as_map).unwrap_or_default();
            for entry in entries {
                let Some(item) = self.path_item(&entry.value) else { continue };
                self.shape(item, &shape::PATH);
                let mut methods = item.as_map().unwrap_or_default().iter();
                let Some(method) = methods.find(|it| METHODS.contains(&it.key.as_str())) else {
                    continue;
                };
                found.extend(self.operation_of(method).map(|it| (entry, method, it)));
            }
        }
        found
    }

    /// All webhooks, rewritten.
    pub(super) fn webhooks(&mut self) -> Vec<Entry> {
        let mut written: Vec<Entry> = Vec::new();
        for (webhook, method, node) in self.written_webhooks() {
            let name = webhook.key.as_str();
            let site = Site { operation: node.place, path: webhook.key_place };
            if self.without.contains_key(&site) {
                continue;
            }
            self.shape(node, &shape::OPERATION);
            let id = self.operations.get(&site).cloned().unwrap_or_default();
            let mut map = self.head(node, method.key_place, &id);
            let at = Use::new(format!("{}Payload", names::pascal(&id)), "");
            let body = node.get("requestBody").and_then(|it| self.body(it, &at));
            let is_json = |it: &Node| {
                let content = it.get("content").and_then(Node::as_map).unwrap_or_default();
                content.iter().any(|it| rank(&it.key) == 0 && it.value.get("schema").is_some())
            };
            let Some(body) = body.filter(is_json) else {
                self.warnings.left_out(method.key_place, name);
                continue;
            };
            map.add("requestBody", body);
            let mut verification = Map::new(method.key_place);
            verification.text("none", "The document says nothing about it.");
            map.add("x-verification", verification.node());
            let mut response = Map::new(method.key_place);
            response.text("description", "The event was received.");
            let response = build::entry("200", method.key_place, response.node());
            map.add("responses", build::map(method.key_place, vec![response]));
            let post = build::entry("post", method.key_place, map.node());
            let item = build::map(method.value.place, vec![post]);
            written.push(build::entry(name, method.key_place, item));
        }
        written
    }
}

/// The styles of a parameter, by where it is.
fn styles(location: &str) -> &'static [&'static str] {
    match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    }
}

/// What is sent or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
    Parts,
    Text,
    Bytes,
}

/// What a media type is.
fn kind(media: &str) -> Kind {
    let essence = media.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "text/json" | "*/*" | "application/*" => Kind::Json,
        "application/x-www-form-urlencoded" => Kind::Form,
        "application/xml" => Kind::Text,
        it if it.ends_with("+json") => Kind::Json,
        it if it.ends_with("+xml") => Kind::Text,
        it if it.starts_with("multipart/") => Kind::Parts,
        it if it.starts_with("text/") => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// Which of several media types is used: JSON first.
fn rank(media: &str) -> u8 {
    match kind(media) {
        Kind::Json => 0,
        Kind::Form => 1,
        Kind::Parts => 2 + u8::from(!media.starts_with("multipart/form-data")),
        Kind::Text => 4,
        Kind::Bytes => 5,
    }
}

/// Whether a body of this media type is JSON.
pub(super) fn is_json(media: &str) -> bool {
    rank(media) == 0
}

/// The words of a path, for an operation that has no name.
fn words(path: &str) -> String {
    path.split('/')
        .filter(|it| !it.is_empty())
        .map(|it| match it.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(parameter) => format!("by {parameter}"),
            None => it.replace(['{', '}'], " "),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a status means if nothing is said about it.
fn reason(pattern: &str) -> String {
    match pattern {
        "default" => "Any other answer.".to_owned(),
        pattern if pattern.starts_with('2') => "A success.".to_owned(),
        pattern => format!("Answered with {pattern}."),
    }
}
