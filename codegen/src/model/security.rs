//! Where the API is served and how callers identify themselves.

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    model::{
        schema::{self, flag, map, string, text},
        token,
    },
    names,
    parse::{
        Document,
        node::{Entry, Node, Place},
    },
};

/// A base URL.
#[derive(Clone, Debug)]
pub struct Server {
    /// With `{variables}`.
    pub url: String,
    /// The environment's name in Rust; `None` if no host is documented.
    pub environment: Option<String>,
    /// What it is.
    pub description: String,
    /// What the caller fills in.
    pub variables: Vec<ServerVariable>,
}

/// A part of a base URL that the caller fills in.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the template.
    pub wire: String,
    /// Its name in Rust.
    pub rust: String,
    /// What it is.
    pub description: String,
    /// Its values, if they are listed.
    pub allowed: Vec<String>,
}

/// The servers of an operation that is not where all others are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnServers {
    /// Environment → base URL.
    pub urls: Vec<(String, String)>,
    /// What the path of a caller's own base URL ends with, and what stands there
    /// for this operation.
    pub custom: (String, String),
}

/// A credential and how it is sent.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name in the spec.
    pub name: String,
    /// What it is.
    pub description: String,
    /// How it is sent.
    pub kind: SchemeKind,
    /// Where it is declared.
    pub place: Place,
}

/// How a credential is sent.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// In a header of its own.
    ApiKey {
        /// The header.
        header: String,
    },
    /// In the query.
    QueryKey {
        /// The parameter.
        name: String,
    },
    /// In a cookie.
    CookieKey {
        /// The cookie.
        name: String,
    },
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// Computed for every attempt.
    Signature {
        /// The header.
        header: String,
        /// The credential that signs.
        secret: String,
        /// The template of what is signed.
        message: String,
        /// The template of the header's value.
        value: String,
    },
    /// `Authorization: Bearer …`, with a token that an operation answers.
    Token(Token),
    /// The same, with a token that OAuth 2.0 gives for a client's id and secret.
    ClientCredentials {
        /// Where: relative to the server, or whole; `None` if the caller must say.
        token_url: Option<String>,
        /// What a token can be good for, and what that means.
        scopes: IndexMap<String, String>,
    },
    /// By the certificate of the caller's HTTP client.
    MutualTls,
}

/// How a token is fetched.
#[derive(Clone, Debug)]
pub struct Token {
    /// The operation that answers it.
    pub operation: String,
    /// Member of its body → credential.
    pub request: IndexMap<String, String>,
    /// JSON Pointer to the token in the answer.
    pub token: String,
    /// JSON Pointer to its lifetime in seconds.
    pub expires_in: Option<String>,
    /// Where `x-token` is written.
    pub(crate) node: Node,
}

/// The servers of the document.
pub(crate) fn servers(doc: &Document, diags: &mut Diagnostics) -> Vec<Server> {
    let Some(written) = doc.root.get("servers") else { return Vec::new() };
    list(written, Level::Root, diags)
}

/// Whose servers they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    /// A path or an operation.
    Own,
}

fn list(written: &Node, level: Level, diags: &mut Diagnostics) -> Vec<Server> {
    let Some(items) = written.as_list().filter(|it| !it.is_empty()) else {
        diags.wrong_kind(written.place, "`servers`", "a list of servers", written.kind());
        return Vec::new();
    };
    let mut servers: Vec<Server> = Vec::new();
    let mut places: IndexMap<String, Place> = IndexMap::new();
    for item in items {
        diags.known_keys(
            item,
            "a server",
            &["url", "description", "variables", "x-environment", "x-undocumented"],
        );
        let Some(url) = text(item, "url", diags) else {
            if item.get("url").is_none() {
                diags.missing_key(item, item.place, "a server", "url");
            }
            continue;
        };
        let environment = text(item, "x-environment", diags);
        let place = item.entry("x-environment").map_or(item.place, |it| it.value.place);
        match (&environment, flag(item, "x-undocumented", diags)) {
            (Some(_), true) => diags.server(
                place,
                "a server that is not documented is no environment",
                "remove `x-environment` or `x-undocumented`",
            ),
            (None, true) if level == Level::Own => diags.server(
                place,
                "an operation of a documented server cannot be on one that is not",
                "write its `url` and `x-environment`",
            ),
            // They may be matched by their position.
            (None, false) if level == Level::Own => {}
            (None, false) => diags.missing_key(item, item.place, "a server", "x-environment"),
            (Some(name), false) if names::pascal(name) != *name || name == "Custom" => diags
                .server(
                    place,
                    "not the name of an environment",
                    "write a name in PascalCase, such as `Production`",
                ),
            _ => {}
        }
        let variables = variables(item, &url, diags);
        if !url.starts_with("https://") || url.ends_with('/') || url.contains(['?', '#', '@']) {
            let place = item.get("url").map_or(item.place, |it| it.place);
            diags.server(
                place,
                "not a base URL",
                "write `https://host/path` without a slash at the end",
            );
        }
        if let Some(first) = environment.as_ref().and_then(|it| places.insert(it.clone(), place)) {
            diags.duplicate_value(place, environment.as_deref().unwrap_or_default(), first);
        }
        let description = text(item, "description", diags).unwrap_or_default();
        servers.push(Server { url, environment, description, variables });
    }
    servers
}

fn variables(server: &Node, url: &str, diags: &mut Diagnostics) -> Vec<ServerVariable> {
    let mut variables = Vec::new();
    let named: Vec<&str> =
        url.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0)).collect();
    let declared = map(server, "variables", diags);
    // Two names for one variable are one mistake.
    let mut unknown: Vec<&str> = named.clone();
    unknown.retain(|it| declared.iter().all(|entry| entry.key != *it));
    for entry in declared {
        diags.known_keys(&entry.value, "a server variable", &["default", "description", "enum"]);
        if entry.value.as_map().is_none() {
            continue;
        }
        let meant = unknown.first().filter(|_| !named.contains(&entry.key.as_str()));
        if !named.contains(&entry.key.as_str()) && meant.is_none() {
            diags.server(
                entry.key_place,
                "the URL does not have this variable",
                "use it in `url` or remove it",
            );
        }
        variables.push(ServerVariable {
            wire: entry.key.clone(),
            rust: names::snake(&entry.key),
            description: text(&entry.value, "description", diags).unwrap_or_default(),
            allowed: allowed(&entry.value, diags),
        });
    }
    let place = server.get("url").map_or(server.place, |it| it.place);
    for name in unknown {
        let mut spare = declared.iter().map(|it| it.key.as_str()).filter(|it| !named.contains(it));
        let help = match diagnostics::did_you_mean(name, spare.clone()) {
            Some(near) => near,
            None => match spare.next_back() {
                Some(spare) => format!("`{spare}` is declared; write the same name in both places"),
                None => "declare it under `variables`".to_owned(),
            },
        };
        let place = diags.within(place, &format!("{{{name}}}"));
        diags.server(place, "a variable of the URL is not declared", &help);
    }
    variables
}

fn allowed(variable: &Node, diags: &mut Diagnostics) -> Vec<String> {
    let values = schema::list(variable, "enum", diags);
    let text = |it: &Node| schema::string(it, "a value of a server variable", diags);
    values.iter().filter_map(text).collect()
}

/// The servers of a path or an operation, one for each environment of the
/// document; nothing if they are the same.
///
/// A client of one environment must never reach a host of another, so lists
/// that cannot be matched are refused.
pub(crate) fn own_servers(
    written: &Entry,
    root: &[Server],
    diags: &mut Diagnostics,
) -> Option<OwnServers> {
    let n_complaints = diags.len();
    let servers = list(&written.value, Level::Own, diags);
    let place = written.key_place;
    let environments: Vec<(&Server, &String)> =
        root.iter().filter_map(|it| Some((it, it.environment.as_ref()?))).collect();
    if diags.len() > n_complaints || servers.is_empty() {
        return None;
    }
    let is_named = servers.iter().any(|it| it.environment.is_some());
    let mut urls = Vec::new();
    let mut custom: Vec<(String, String)> = Vec::new();
    for (idx, (of_root, environment)) in environments.iter().enumerate() {
        let found = match is_named {
            true => servers.iter().find(|it| it.environment.as_ref() == Some(environment)),
            false => servers.get(idx),
        };
        let Some(found) = found.filter(|_| servers.len() == environments.len()) else { continue };
        let is_known = |it: &ServerVariable| of_root.variables.iter().any(|of| of.wire == it.wire);
        if !found.variables.iter().all(is_known) {
            diags.server(
                place,
                "a server has a variable that the environment does not have",
                "use the variables of the document's servers, or write its value into the URL",
            );
            return None;
        }
        urls.push(((*environment).clone(), found.url.clone()));
        custom.push(replacement(&of_root.url, &found.url));
    }
    if urls.len() != environments.len() || environments.is_empty() {
        diags.server(
            place,
            "these servers do not correspond to those of the document",
            "write one for each `x-environment` of the document's `servers`, with the same name",
        );
        return None;
    }
    if environments.iter().zip(&urls).all(|((it, _), (_, url))| it.url == *url) {
        return None;
    }
    let first = custom.first().cloned().unwrap_or_default();
    let is_same = custom.iter().all(|it| *it == first) && !first.0.contains('{');
    let custom = if is_same && !first.1.contains('{') { first } else { Default::default() };
    Some(OwnServers { urls, custom })
}

/// The end of the path of one base URL, and what stands there in another on the
/// same host.
fn replacement(from: &str, to: &str) -> (String, String) {
    let ((origin, from), (other, to)) = (split(from), split(to));
    match to.strip_prefix(from) {
        _ if !origin.eq_ignore_ascii_case(other) => Default::default(),
        Some(rest) if rest.is_empty() || rest.starts_with('/') => (String::new(), rest.to_owned()),
        _ => (from.to_owned(), to.to_owned()),
    }
}

/// A URL as its origin and the rest.
fn split(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |it| it + 3);
    let end = url[start..].find('/').map_or(url.len(), |it| start + it);
    url.split_at(end)
}

/// Where tokens are: relative to the server if they are on one of the
/// document's, and nowhere if it is not known of which server another host is.
fn token_url(
    written: &Node,
    url: &str,
    root: &[Server],
    diags: &mut Diagnostics,
) -> Option<String> {
    if !url.contains("://") {
        return Some(url.to_owned());
    }
    if !url.starts_with("https://") || url.contains(['#', '@', '{']) {
        let help = "write `https://host/path`, or a path";
        diags.server(written.place, "not the URL of tokens", help);
        return None;
    }
    let (origin, path) = split(url);
    let is_here = |it: &Server| split(&it.url).0.eq_ignore_ascii_case(origin);
    let n_environments = root.iter().filter(|it| it.environment.is_some()).count();
    match root.iter().any(is_here) {
        true if path.is_empty() => Some("/".to_owned()),
        true => Some(path.to_owned()),
        false => (n_environments <= 1).then(|| url.to_owned()),
    }
}

/// The security schemes of the document.
pub(crate) fn schemes(doc: &Document, servers: &[Server], diags: &mut Diagnostics) -> Vec<Scheme> {
    let mut schemes = Vec::new();
    for (name, component) in doc.components.get("securitySchemes").into_iter().flatten() {
        let node = &component.node;
        let keys = [
            "type",
            "in",
            "name",
            "scheme",
            "bearerFormat",
            "description",
            "flows",
            "openIdConnectUrl",
            "x-signature",
            "x-token",
            "x-source",
        ];
        diags.known_keys(node, "a security scheme", &keys);
        let Some(kind) = scheme_kind(node, component.name_place, servers, diags) else { continue };
        schemes.push(Scheme {
            name: name.clone(),
            description: text(node, "description", diags).unwrap_or_default(),
            kind,
            place: component.name_place,
        });
    }
    let declared = doc.components.get("securitySchemes");
    let declared: Vec<&str> =
        declared.into_iter().flat_map(IndexMap::keys).map(String::as_str).collect();
    let mut setters: IndexMap<String, Place> = IndexMap::new();
    for scheme in schemes.iter().filter(|it| !matches!(it.kind, SchemeKind::MutualTls)) {
        let setter = names::snake(&scheme.name);
        if let Some(first) = setters.insert(setter.clone(), scheme.place) {
            diags.member_clash(scheme.place, &setter, first);
        }
    }
    for scheme in &schemes {
        let SchemeKind::Signature { secret, message, value, .. } = &scheme.kind else { continue };
        let mut known = vec!["epochMillis"];
        known.extend(declared.iter().filter(|it| **it != scheme.name));
        let written = doc.components["securitySchemes"][&scheme.name].node.get("x-signature");
        let place =
            |key: &str| written.and_then(|it| it.get(key)).map_or(scheme.place, |it| it.place);
        for (key, template) in [("message", message), ("value", value)] {
            if key == "value" {
                known.push("signature");
            }
            for name in
                template.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(it, _)| it)
            {
                if !known.contains(&name) {
                    diags.signature_variable(place(key), name, &known);
                }
            }
        }
        if declared.contains(&secret.as_str()) {
            diags.signature(
                place("secret"),
                "has a secret that is called like a scheme",
                "give the secret another name",
            );
        }
    }
    schemes
}

fn scheme_kind(
    node: &Node,
    place: Place,
    servers: &[Server],
    diags: &mut Diagnostics,
) -> Option<SchemeKind> {
    let mut part = |key: &str| {
        let found = text(node, key, diags);
        if node.get(key).is_none() {
            diags.missing_key(node, place, "a security scheme", key);
        }
        Some((found?, node.get(key)?.place))
    };
    let (ty, ty_place) = part("type")?;
    match ty.as_str() {
        "apiKey" => {
            let (location, header) = (part("in"), part("name"));
            let ((location, location_place), (header, _)) = (location?, header?);
            misplaced(
                node,
                &["scheme", "bearerFormat", "flows", "openIdConnectUrl", "x-token"],
                diags,
            );
            if location != "header" {
                misplaced(node, &["x-signature"], diags);
            }
            match location.as_str() {
                "header" => Some(signature(node, header, diags)),
                "query" => Some(SchemeKind::QueryKey { name: header }),
                "cookie" => Some(SchemeKind::CookieKey { name: header }),
                _ => {
                    let what = format!(
                        "a key in the `{location}`, which is not `header`, `query` or `cookie`,"
                    );
                    diags.unsupported_scheme(location_place, &what);
                    None
                }
            }
        }
        "http" => {
            let (scheme, scheme_place) = part("scheme")?;
            let keys = ["in", "name", "flows", "openIdConnectUrl", "x-signature"];
            misplaced(node, &keys, diags);
            match scheme.to_ascii_lowercase().as_str() {
                "bearer" => Some(bearer(node, diags)),
                "basic" => {
                    misplaced(node, &["x-token"], diags);
                    Some(SchemeKind::Basic)
                }
                _ => {
                    diags.unsupported_scheme(scheme_place, &format!("the scheme `{scheme}`"));
                    None
                }
            }
        }
        "oauth2" => {
            let keys = ["in", "name", "scheme", "bearerFormat", "openIdConnectUrl"];
            misplaced(node, &[&keys[..], &["x-signature", "x-token"]].concat(), diags);
            flows(node, place, servers, diags)
        }
        "openIdConnect" => {
            let keys = ["in", "name", "scheme", "bearerFormat", "flows", "x-signature", "x-token"];
            misplaced(node, &keys, diags);
            if node.get("openIdConnectUrl").is_none() {
                diags.missing_key(node, place, "a security scheme", "openIdConnectUrl");
            }
            Some(SchemeKind::Bearer)
        }
        "mutualTLS" => {
            let keys = ["in", "name", "scheme", "bearerFormat", "flows", "openIdConnectUrl"];
            misplaced(node, &[&keys[..], &["x-signature", "x-token"]].concat(), diags);
            Some(SchemeKind::MutualTls)
        }
        _ => {
            diags.unsupported_scheme(ty_place, &format!("`{ty}`"));
            None
        }
    }
}

/// What the flows of OAuth 2.0 come down to: the client can fetch a token by
/// one of them only, by all others the caller does.
fn flows(
    node: &Node,
    place: Place,
    servers: &[Server],
    diags: &mut Diagnostics,
) -> Option<SchemeKind> {
    let Some(written) = node.entry("flows") else {
        diags.missing_key(node, place, "a security scheme", "flows");
        return None;
    };
    let known = ["implicit", "password", "clientCredentials", "authorizationCode"];
    diags.known_keys(&written.value, "`flows`", &known);
    let mut kind = SchemeKind::Bearer;
    for flow in map(node, "flows", diags) {
        let keys = ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"];
        diags.known_keys(&flow.value, "a flow", &keys);
        if flow.key != "clientCredentials" {
            continue;
        }
        match (flow.value.get("tokenUrl"), text(&flow.value, "tokenUrl", diags)) {
            (Some(written), Some(url)) => {
                let token_url = token_url(written, &url, servers, diags);
                let scopes = scopes(&flow.value, diags);
                kind = SchemeKind::ClientCredentials { token_url, scopes };
            }
            (None, _) => diags.missing_key(&flow.value, flow.key_place, "a flow", "tokenUrl"),
            (Some(_), None) => {}
        }
    }
    Some(kind)
}

/// The scopes that a flow declares.
fn scopes(flow: &Node, diags: &mut Diagnostics) -> IndexMap<String, String> {
    let mut scopes = IndexMap::new();
    for entry in map(flow, "scopes", diags) {
        let meaning = string(&entry.value, "what a scope is good for", diags);
        scopes.insert(entry.key.clone(), meaning.unwrap_or_default());
    }
    scopes
}

/// Keys of another type of scheme.
fn misplaced(node: &Node, keys: &[&str], diags: &mut Diagnostics) {
    for entry in keys.iter().filter_map(|it| node.entry(it)) {
        diags.no_effect(entry.key_place, &[&entry.key], "not with this type");
    }
}

fn bearer(node: &Node, diags: &mut Diagnostics) -> SchemeKind {
    match node.entry("x-token") {
        Some(written) => SchemeKind::Token(token::read(written, diags)),
        None => SchemeKind::Bearer,
    }
}

fn signature(node: &Node, header: String, diags: &mut Diagnostics) -> SchemeKind {
    let Some(written) = node.entry("x-signature") else { return SchemeKind::ApiKey { header } };
    diags.known_keys(&written.value, "`x-signature`", &["algorithm", "secret", "message", "value"]);
    let mut part = |key: &str| {
        let found = text(&written.value, key, diags);
        if written.value.get(key).is_none() {
            diags.missing_key(&written.value, written.key_place, "`x-signature`", key);
        }
        found.unwrap_or_default()
    };
    let algorithm = part("algorithm");
    let (secret, message, value) = (part("secret"), part("message"), part("value"));
    if let Some(place) = written.value.get("algorithm").map(|it| it.place)
        && algorithm != "hmac-sha256"
    {
        diags.signature(
            place,
            "knows only the algorithm `hmac-sha256`",
            "write `algorithm: hmac-sha256`",
        );
    }
    SchemeKind::Signature { header, secret, message, value }
}
