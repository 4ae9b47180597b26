//! What a document says about itself: title, servers, security.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::{
    diagnostics::did_you_mean,
    import::{
        Importer, SOURCE,
        build::{self, Map},
        naming::{self, Numbers},
        shape,
    },
    names,
    parse::{
        Component,
        node::{Entry, Node, Place, Value},
    },
};

impl<'t> Importer<'t> {
    /// Complains about what is no OpenAPI document at all.
    pub(super) fn version(&mut self) {
        let root = self.tree.root();
        let start = Place { end: root.place.start, ..root.place };
        if root.as_map().is_none() {
            self.diags.wrong_kind(root.place, "the document", "a mapping", root.kind());
            return;
        }
        let version = root.entry("openapi").or_else(|| root.entry("swagger"));
        match version.map(|it| (it, crate::parse::scalar_text(&it.value))) {
            Some((it, Some(text))) => {
                if it.key == "swagger" || !(text.starts_with("3.0") || text.starts_with("3.1")) {
                    self.diags.foreign_version(it.value.place, &text);
                }
            }
            Some((Entry { key, value, .. }, None)) => {
                self.diags.wrong_kind(value.place, &format!("`{key}`"), "a string", value.kind());
            }
            None => self.diags.missing_key(root, start, "the root", "openapi"),
        }
        for key in ["info", "components", "servers"] {
            let Some(found) = root.get(key) else { continue };
            let is_right = match key {
                "servers" => found.as_list().is_some(),
                _ => found.as_map().is_some(),
            };
            if !is_right && !matches!(found.value, Value::Null) {
                let wanted = if key == "servers" { "a list" } else { "a mapping" };
                self.diags.wrong_kind(found.place, &format!("`{key}`"), wanted, found.kind());
            }
        }
        self.shape(root, &shape::ROOT);
        if let Some(info) = root.get("info") {
            self.shape(info, &shape::INFO);
        }
        if let Some(components) = root.get("components") {
            self.components(components);
        }
    }

    /// A section that is misspelt is one mistake, however much refers to it.
    fn components(&mut self, node: &'t Node) {
        for section in shape::COMPONENTS.misspelt(node) {
            self.misspelt_sections.insert(section);
        }
        self.shape(node, &shape::COMPONENTS);
    }

    /// The root of a document in our dialect.
    pub(super) fn root(&mut self, webhooks: Vec<Entry>, has_operations: bool) -> Node {
        let root = self.tree.root();
        let place = root.place;
        let mut map = Map::new(place);
        map.text("openapi", "3.0.3");
        let info = root.get("info");
        let text = |key: &str| {
            info.and_then(|it| it.get(key))
                .and_then(Node::as_str)
                .map(str::trim)
                .filter(|it| !it.is_empty())
        };
        let mut about = Map::new(info.map_or(place, |it| it.place));
        about.text("title", text("title").unwrap_or("An API"));
        about.text("version", text("version").unwrap_or("0"));
        about.text("description", text("description").unwrap_or("An API."));
        map.add("info", about.node());
        if has_operations || !webhooks.is_empty() {
            let mut sources = Map::new(place);
            sources.text(SOURCE, text("title").unwrap_or("An API"));
            map.add("x-sources", sources.node());
        }
        let servers = root.get("servers").map(|it| self.servers_of(it, None));
        let servers = servers.unwrap_or_else(|| build::list(place, vec![undocumented(place, "")]));
        map.add("servers", servers);
        if let Some(security) = root.entry("security") {
            map.push(build::entry("security", security.key_place, self.security(&security.value)));
        }
        map.add("paths", build::map(place, Vec::new()));
        if !webhooks.is_empty() {
            map.add("x-webhooks", build::map(place, webhooks));
        }
        map.node()
    }

    /// The servers of a path or an operation.
    pub(super) fn own_servers(&mut self, node: &'t Node) -> Node {
        let root = self.tree.root().get("servers").and_then(Node::as_list).unwrap_or_default();
        let variables = root.iter().filter_map(|it| it.get("variables")?.as_map()).flatten();
        let chosen: Vec<_> = variables.map(|it| (it.key.as_str(), default_of(it))).collect();
        self.servers_of(node, Some(&chosen))
    }

    /// Servers with the names of their environments. The caller chooses all their
    /// variables, or these; every other has the default that its own server gives.
    fn servers_of(&mut self, node: &'t Node, chosen: Option<&[(&str, Option<&str>)]>) -> Node {
        let place = node.place;
        let mut written: Vec<Node> = Vec::new();
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut numbers = Numbers::default();
        let items = node.as_list().unwrap_or_default();
        let mut prefix = String::new();
        for item in items {
            self.shape(item, &shape::SERVER);
            let Some(url) = item.get("url").and_then(Node::as_str) else {
                match item.get("url") {
                    Some(url) => self.diags.wrong_kind(url.place, "`url`", "a string", url.kind()),
                    None => self.diags.missing_key(item, item.place, "a server", "url"),
                }
                continue;
            };
            let mut url = url.to_owned();
            let variables = item.get("variables").and_then(Node::as_map).unwrap_or_default();
            for it in variables {
                let (variable, Some(value)) = (it.key.as_str(), default_of(it)) else { continue };
                if chosen.is_none_or(|all| all.contains(&(variable, Some(value)))) {
                    continue;
                }
                let filled = url.replace(&format!("{{{variable}}}"), value);
                if filled != url {
                    let what = format!("only this URL has the variable `{variable}`");
                    let place = it.value.get("default").map_or(it.key_place, |it| it.place);
                    self.warnings.assumed(place, &what, &format!("it is `{value}`"));
                    url = filled;
                }
            }
            let trimmed = url.trim().trim_end_matches('/');
            let is_base = trimmed.starts_with("https://")
                && !trimmed.contains(['?', '#', '@', ' '])
                && trimmed.len() > "https://".len();
            if !is_base {
                let at = item.get("url").map_or(item.place, |it| it.place);
                self.warnings.assumed(
                    at,
                    &format!("`{url}` is not a base URL that is safe to use"),
                    "the caller has to give one",
                );
                if trimmed.starts_with('/') && !trimmed.contains(['?', '#', '@', ' ', '{']) {
                    prefix = trimmed.to_owned();
                }
                continue;
            }
            let description = item.get("description").and_then(Node::as_str).unwrap_or_default();
            let name = environment(description, trimmed, items.len() == 1, &names, &mut numbers);
            names.insert(name.clone());
            let mut map = Map::new(item.place);
            let url_place = item.get("url").map_or(item.place, |it| it.place);
            map.push(build::entry("url", url_place, build::text(url_place, trimmed)));
            map.text(
                "description",
                if description.trim().is_empty() { name.as_str() } else { description },
            );
            map.text("x-environment", name);
            if let Some(variables) = self.variables(item, trimmed) {
                map.add("variables", variables);
            }
            written.push(map.node());
        }
        if written.is_empty() {
            written.push(undocumented(place, &prefix));
        }
        build::list(place, written)
    }

    fn variables(&mut self, server: &'t Node, url: &str) -> Option<Node> {
        let mut written: Vec<Entry> = Vec::new();
        let declared = server.get("variables").and_then(Node::as_map).unwrap_or_default();
        let named: Vec<&str> =
            url.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0)).collect();
        let is_used = |it: &&Entry| {
            let variable = format!("{{{}}}", it.key);
            let written = server.get("url").and_then(Node::as_str);
            written.is_some_and(|it| it.contains(&variable))
        };
        let mut spare: Vec<&Entry> = declared.iter().filter(|it| !is_used(it)).collect();
        for name in named {
            if written.iter().any(|it| it.key == name) {
                continue;
            }
            let found = declared.iter().find(|it| it.key == name);
            match found {
                Some(found) => self.shape(&found.value, &shape::SERVER_VARIABLE),
                None => {
                    // Two names for one variable are one mistake.
                    let meant = spare.pop();
                    let what = match meant {
                        Some(it) => {
                            format!("the URL names `{{{name}}}`, and `{}` is declared", it.key)
                        }
                        None => format!("the URL names `{{{name}}}`, which is not declared"),
                    };
                    let place = server.get("url").map_or(server.place, |it| it.place);
                    let place = self.within(place, &format!("{{{name}}}"));
                    self.warnings.assumed(place, &what, "the caller gives its value");
                }
            }
            let place = found.map_or(server.place, |it| it.key_place);
            let mut map = Map::new(place);
            let text = |key: &str| found.and_then(|it| it.value.get(key)).and_then(Node::as_str);
            map.text("default", text("default").unwrap_or_default());
            map.text(
                "description",
                text("description")
                    .filter(|it| !it.trim().is_empty())
                    .unwrap_or("A part of the URL."),
            );
            written.push(build::entry(name, place, map.node()));
        }
        for it in spare {
            self.warnings.left_out(it.key_place, &it.key);
        }
        (!written.is_empty()).then(|| build::map(server.place, written))
    }

    /// The part of a text that a complaint is about, if it stands there as it is.
    pub(super) fn within(&self, place: Place, part: &str) -> Place {
        self.diags.within(place, part)
    }

    /// Requirements, under the names that the schemes got, as far as these are declared.
    pub(super) fn security(&mut self, node: &'t Node) -> Node {
        let Some(items) = node.as_list() else { return node.clone() };
        for entry in items.iter().filter_map(Node::as_map).flatten() {
            self.undeclared_scheme(entry);
            if let Some(role) = entry.value.as_list().and_then(<[Node]>::first)
                && self.unscoped.get_mut(&entry.key).is_some_and(std::mem::take)
            {
                // Their meaning is said nowhere, and none of them is sent.
                let name = crate::parse::scalar_text(role).unwrap_or_default();
                self.warnings.left_out(role.place, &name);
            }
            let Some(known) = self.scopes.get(&entry.key) else { continue };
            for scope in entry.value.as_list().unwrap_or_default() {
                let Some(name) = scope.as_str().filter(|it| !known.contains(it)) else { continue };
                let near = did_you_mean(name, known.iter().copied().take(FEW));
                let near = near.unwrap_or_else(|| "it is documented as it is".to_owned());
                let what = format!("`{}` has no scope `{name}`", entry.key);
                self.warnings.assumed(scope.place, &what, &near);
            }
        }
        let renamed = |it: &Entry| {
            let key = self.schemes.get(&it.key).cloned().unwrap_or_else(|| it.key.clone());
            let has_scopes = !self.unscoped.contains_key(&it.key) || it.value.as_list().is_none();
            let value =
                if has_scopes { it.value.clone() } else { build::list(it.value.place, Vec::new()) };
            Entry { key, value, ..it.clone() }
        };
        let is_declared = |it: &&Entry| self.schemes.contains_key(&it.key);
        let is_whole =
            |it: &&Node| it.as_map().is_none_or(|it| it.iter().all(|it| is_declared(&it)));
        let has_whole = items.iter().any(|it| is_whole(&it));
        let usable = items.iter().filter(|it| !has_whole || is_whole(it));
        let written = usable.map(|it| match it.as_map() {
            Some(entries) => {
                build::map(it.place, entries.iter().filter(is_declared).map(renamed).collect())
            }
            None => it.clone(),
        });
        build::list(node.place, written.collect())
    }

    /// Tells of a scheme that no one declares, however many operations name it.
    fn undeclared_scheme(&mut self, named: &Entry) {
        let is_told = self.misspelt_sections.contains("securitySchemes");
        if is_told
            || self.schemes.contains_key(&named.key)
            || !self.undeclared.insert(named.key.clone())
        {
            return;
        }
        let near = did_you_mean(&named.key, self.schemes.keys().map(String::as_str));
        let near = near.map(|it| format!(", {it}")).unwrap_or_default();
        self.warnings.assumed(
            named.key_place,
            &format!("no security scheme is called `{}`{near}", named.key),
            "the request is made without it",
        );
    }

    /// The security schemes, with names that differ in Rust, too.
    pub(super) fn security_schemes(&mut self) -> IndexMap<String, Component> {
        let mut schemes = IndexMap::new();
        let components = self.tree.root().get("components");
        let written = components.and_then(|it| it.get("securitySchemes")).and_then(Node::as_map);
        let mut taken = naming::Members::default();
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        for entry in written.unwrap_or_default() {
            let target = match entry.value.get("$ref") {
                Some(reference) => self.follow(reference, "security scheme").map(|it| it.node),
                None => Some(&entry.value),
            };
            let Some(target) = target else {
                // It has its complaint.
                renamed.insert(entry.key.clone(), entry.key.clone());
                continue;
            };
            self.shape(target, &shape::SECURITY_SCHEME);
            if let Some(flows) = target.get("flows") {
                self.shape(flows, &shape::FLOWS);
            }
            let flows = target.get("flows").and_then(Node::as_map).unwrap_or_default();
            for flow in flows {
                let is_asked_for = flow.key == "clientCredentials";
                let shape = if is_asked_for { &shape::CREDENTIALS_FLOW } else { &shape::FLOW };
                self.shape(&flow.value, shape);
            }
            let scopes = flows.iter().filter_map(|it| it.value.get("scopes")?.as_map()).flatten();
            let scopes: BTreeSet<&'t str> = scopes.map(|it| it.key.as_str()).collect();
            if !scopes.is_empty() {
                self.scopes.insert(entry.key.clone(), scopes);
            }
            let name = match taken.name(&entry.key, names::RESERVED_BUILDER) {
                Some(name) => name,
                None => entry.key.clone(),
            };
            renamed.insert(entry.key.clone(), name.clone());
            let ty = target.get("type").and_then(Node::as_str);
            if !matches!(ty, Some("oauth2" | "openIdConnect")) {
                self.unscoped.insert(entry.key.clone(), true);
            }
            let node = if target.as_map().is_some() { self.scheme(target) } else { target.clone() };
            schemes.insert(name, Component { name_place: entry.key_place, node });
        }
        self.schemes = renamed;
        schemes
    }

    /// A security scheme, with what the caller can give.
    fn scheme(&mut self, node: &'t Node) -> Node {
        let ty = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let http = node.get("scheme").filter(|_| ty == "http");
        let foreign = http.and_then(|it| Some((it, it.as_str()?))).filter(|(_, it)| {
            !it.eq_ignore_ascii_case("basic") && !it.eq_ignore_ascii_case("bearer")
        });
        let mut map = Map::new(node.place);
        if let Some((written, scheme)) = foreign {
            let near = did_you_mean(scheme, ["basic", "bearer"]);
            let near = near.map(|it| format!(", {it}")).unwrap_or_default();
            self.warnings.assumed(
                written.place,
                &format!("nothing is known about the scheme `{scheme}`{near}"),
                "the caller gives the whole header `Authorization`",
            );
            map.text("type", "apiKey");
            map.text("in", "header");
            map.text("name", "Authorization");
            node.entry("description").into_iter().for_each(|it| map.copy(it));
            return map.node();
        }
        for part in node.as_map().unwrap_or_default() {
            match part.key.as_str() {
                "flows" if ty == "oauth2" => {
                    let flows = self.flows(&part.value);
                    map.push(build::entry("flows", part.key_place, flows));
                }
                key if scheme_keys(ty).contains(&key) => map.copy(part),
                _ => {}
            }
        }
        if ty == "oauth2" && !map.has("flows") {
            map.add("flows", build::map(node.place, Vec::new()));
        }
        map.node()
    }

    /// The ways to get a token, without one that has no URL that is safe to use.
    fn flows(&mut self, node: &'t Node) -> Node {
        let Some(entries) = node.as_map() else { return node.clone() };
        let mut written: Vec<Entry> = Vec::new();
        for entry in entries {
            let url = entry.value.get("tokenUrl").and_then(Node::as_str).map(str::trim);
            let is_safe = url.is_some_and(|it| {
                !it.contains(['{', '}', '?', '#', '@', ' '])
                    && (it.starts_with("https://") || !it.contains(':'))
            });
            if entry.key == "clientCredentials" && !is_safe {
                self.warnings.assumed(
                    entry.key_place,
                    "a grant without a `tokenUrl` that is safe to use",
                    "the caller gives a token",
                );
            } else if !entry.key.starts_with("x-") {
                let flow = with_said_scopes(&entry.value);
                written.push(build::entry(&entry.key, entry.key_place, flow));
            }
        }
        build::map(node.place, written)
    }
}

/// A flow as it is known, whose scopes all have words, if only none.
fn with_said_scopes(flow: &Node) -> Node {
    let said = |scope: &Entry| {
        let meaning = scope.value.as_str().unwrap_or_default();
        build::entry(&scope.key, scope.key_place, build::text(scope.value.place, meaning))
    };
    let part = |it: &Entry| match it.value.as_map() {
        Some(scopes) if it.key == "scopes" => {
            let scopes = scopes.iter().map(said).collect();
            build::entry(&it.key, it.key_place, build::map(it.value.place, scopes))
        }
        _ => it.clone(),
    };
    match flow.as_map() {
        Some(parts) => {
            let known = parts.iter().filter(|it| FLOW_KEYS.contains(&it.key.as_str()));
            build::map(flow.place, known.map(part).collect())
        }
        None => flow.clone(),
    }
}

/// The keys of a flow.
const FLOW_KEYS: [&str; 4] = ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"];

/// The keys of a security scheme.
fn scheme_keys(ty: &str) -> &'static [&'static str] {
    match ty {
        "apiKey" => &["type", "description", "in", "name"],
        "http" => &["type", "description", "scheme", "bearerFormat"],
        "oauth2" => &["type", "description", "flows"],
        "openIdConnect" => &["type", "description", "openIdConnectUrl"],
        _ => &["type", "description"],
    }
}

/// More scopes than these are not searched for one of nearly the same name.
const FEW: usize = 200;

/// What a variable of a server is if nobody chooses it.
fn default_of(variable: &Entry) -> Option<&str> {
    variable.value.get("default")?.as_str()
}

/// A server that nobody knows.
fn undocumented(place: Place, prefix: &str) -> Node {
    let mut map = Map::new(place);
    map.text("url", format!("https://undocumented.example{prefix}"));
    map.text("description", "No host is documented.");
    map.flag("x-undocumented", true);
    map.node()
}

/// What an environment is called.
fn environment(
    description: &str,
    url: &str,
    is_only: bool,
    taken: &BTreeSet<String>,
    numbers: &mut Numbers,
) -> String {
    let host = url.trim_start_matches("https://").split('/').next().unwrap_or_default();
    let text = format!("{description} {host}").to_ascii_lowercase();
    let known = [
        ("sandbox", "Sandbox"),
        ("staging", "Staging"),
        ("-test.", "Test"),
        ("test ", "Test"),
        ("live", "Production"),
        ("production", "Production"),
        ("prod ", "Production"),
    ];
    let found = known.iter().find(|(part, _)| text.contains(part)).map(|(_, name)| *name);
    let name = found.map_or_else(
        || match (is_only || taken.is_empty(), names::pascal(description)) {
            (true, _) => "Production".to_owned(),
            (false, name)
                if name.len() <= 30 && description.chars().any(|it| it.is_ascii_alphabetic()) =>
            {
                name
            }
            (false, _) => "Server".to_owned(),
        },
        str::to_owned,
    );
    let name = if name == "Custom" { "Server".to_owned() } else { name };
    numbers.numbered(&name, "", |it| !taken.contains(it))
}
