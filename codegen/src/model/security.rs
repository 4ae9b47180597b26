//! Where the API is served and how callers identify themselves.

use indexmap::IndexMap;

use crate::{
    diagnostics::Diagnostics,
    model::{
        schema::{flag, map, text},
        token,
    },
    names,
    parse::{
        Document,
        node::{Node, Place},
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
    for entry in map(server, "variables", diags) {
        diags.known_keys(&entry.value, "a server variable", &["default", "description", "enum"]);
        if entry.value.as_map().is_none() {
            continue;
        }
        if !url.contains(&format!("{{{}}}", entry.key)) {
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
        });
    }
    let place = server.get("url").map_or(server.place, |it| it.place);
    for name in url.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(it, _)| it) {
        if !variables.iter().any(|it| it.wire == name) {
            diags.server(
                place,
                "a variable of the URL is not declared",
                "declare it under `variables`",
            );
        }
    }
    variables
}

/// The security schemes of the document.
pub(crate) fn schemes(doc: &Document, diags: &mut Diagnostics) -> Vec<Scheme> {
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
            "x-signature",
            "x-token",
            "x-source",
        ];
        diags.known_keys(node, "a security scheme", &keys);
        let Some(kind) = scheme_kind(node, component.name_place, diags) else { continue };
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

fn scheme_kind(node: &Node, place: Place, diags: &mut Diagnostics) -> Option<SchemeKind> {
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
            if location != "header" {
                diags.unsupported_scheme(location_place, &format!("a key in the {location}"));
            }
            misplaced(node, &["scheme", "bearerFormat", "x-token"], diags);
            Some(signature(node, header, diags))
        }
        "http" => {
            let (scheme, scheme_place) = part("scheme")?;
            misplaced(node, &["in", "name", "x-signature"], diags);
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
        _ => {
            diags.unsupported_scheme(ty_place, &format!("`{ty}`"));
            None
        }
    }
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
