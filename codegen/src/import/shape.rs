//! Which keys the objects of OpenAPI have, and what stands behind them.
//!
//! What nobody reads has no effect, and is told: a key that does not exist, or
//! a value of another kind than its key has. If the key that an object cannot
//! do without is most likely the one that is misspelt, that is an error.

use std::collections::BTreeSet;

use crate::{
    diagnostics::nearest,
    import::Importer,
    parse::node::{Node, Place, Value},
};

/// What stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Flag,
    Map,
    List,
    /// Anything, or something that is looked at elsewhere.
    Any,
}

/// An object of OpenAPI.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is called in a message.
    what: &'static str,
    keys: &'static [(&'static str, Holds)],
    /// Keys that it cannot do without.
    needed: &'static [&'static str],
}

use Holds::{Any, Flag, List, Map, Text};

pub(super) const ROOT: Shape = Shape {
    what: "the root",
    keys: &[
        ("openapi", Any),
        ("info", Any),
        ("jsonSchemaDialect", Text),
        ("servers", Any),
        ("paths", Any),
        ("webhooks", Map),
        ("components", Any),
        ("security", List),
        ("tags", List),
        ("externalDocs", Map),
    ],
    needed: &[],
};

pub(super) const INFO: Shape = Shape {
    what: "`info`",
    keys: &[
        ("title", Text),
        ("summary", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Map),
        ("license", Map),
        // `1.0` without quotes is a number.
        ("version", Any),
    ],
    needed: &[],
};

pub(super) const COMPONENTS: Shape = Shape {
    what: "`components`",
    keys: &[
        ("schemas", Map),
        ("responses", Map),
        ("parameters", Map),
        ("examples", Map),
        ("requestBodies", Map),
        ("headers", Map),
        ("securitySchemes", Map),
        ("links", Map),
        ("callbacks", Map),
        ("pathItems", Map),
    ],
    needed: &["schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes"],
};

pub(super) const SERVER: Shape = Shape {
    what: "a server",
    keys: &[("url", Any), ("description", Text), ("variables", Map)],
    needed: &["url"],
};

pub(super) const SERVER_VARIABLE: Shape = Shape {
    what: "a server variable",
    keys: &[("enum", List), ("default", Any), ("description", Text)],
    needed: &[],
};

pub(super) const PATH: Shape = Shape {
    what: "a path",
    keys: &[
        ("$ref", Any),
        ("summary", Text),
        ("description", Text),
        ("get", Any),
        ("put", Any),
        ("post", Any),
        ("delete", Any),
        ("options", Any),
        ("head", Any),
        ("patch", Any),
        ("trace", Any),
        ("servers", List),
        ("parameters", Any),
    ],
    needed: &[],
};

pub(super) const OPERATION: Shape = Shape {
    what: "an operation",
    keys: &[
        ("operationId", Text),
        ("summary", Text),
        ("description", Text),
        ("tags", List),
        ("externalDocs", Map),
        ("deprecated", Flag),
        ("parameters", Any),
        ("requestBody", Any),
        ("responses", Any),
        ("security", List),
        ("servers", List),
        ("callbacks", Map),
    ],
    needed: &[],
};

pub(super) const PARAMETER: Shape = Shape {
    what: "a parameter",
    keys: &[
        ("name", Any),
        ("in", Any),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Any),
        ("explode", Any),
        ("allowReserved", Any),
        ("schema", Any),
        ("content", Map),
        ("example", Any),
        ("examples", Any),
    ],
    needed: &["name", "in"],
};

pub(super) const HEADER: Shape = Shape {
    what: "a header",
    keys: &[
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Any),
        ("explode", Any),
        ("allowReserved", Any),
        ("schema", Any),
        ("content", Map),
        ("example", Any),
        ("examples", Any),
    ],
    needed: &[],
};

pub(super) const BODY: Shape = Shape {
    what: "a request body",
    keys: &[("description", Text), ("required", Flag), ("content", Any)],
    needed: &[],
};

pub(super) const MEDIA_TYPE: Shape = Shape {
    what: "a media type",
    keys: &[
        ("schema", Any),
        ("itemSchema", Any),
        ("example", Any),
        ("examples", Any),
        ("encoding", Map),
    ],
    needed: &[],
};

pub(super) const ENCODING: Shape = Shape {
    what: "an encoding",
    keys: &[
        ("contentType", Text),
        ("headers", Map),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
    ],
    needed: &[],
};

pub(super) const RESPONSE: Shape = Shape {
    what: "a response",
    keys: &[
        ("summary", Text),
        ("description", Text),
        ("headers", Map),
        ("content", Any),
        ("links", Map),
    ],
    needed: &[],
};

pub(super) const SECURITY_SCHEME: Shape = Shape {
    what: "a security scheme",
    keys: &[
        ("type", Any),
        ("in", Any),
        ("name", Any),
        ("scheme", Any),
        ("bearerFormat", Text),
        ("description", Text),
        ("flows", Any),
        ("openIdConnectUrl", Any),
        ("oauth2MetadataUrl", Text),
        ("deprecated", Flag),
    ],
    needed: &["type", "in", "name", "scheme", "flows", "openIdConnectUrl"],
};

pub(super) const FLOWS: Shape = Shape {
    what: "`flows`",
    keys: &[
        ("implicit", Map),
        ("password", Map),
        ("clientCredentials", Map),
        ("authorizationCode", Map),
        ("deviceAuthorization", Map),
    ],
    needed: &["clientCredentials"],
};

const FLOW_KEYS: &[(&str, Holds)] = &[
    ("authorizationUrl", Any),
    ("deviceAuthorizationUrl", Any),
    ("tokenUrl", Any),
    ("refreshUrl", Any),
    ("scopes", Map),
];

pub(super) const FLOW: Shape = Shape { what: "a flow", keys: FLOW_KEYS, needed: &[] };

/// A flow by which tokens are fetched.
pub(super) const CREDENTIALS_FLOW: Shape =
    Shape { what: "a flow", keys: FLOW_KEYS, needed: &["tokenUrl"] };

pub(super) const DISCRIMINATOR: Shape = Shape {
    what: "a discriminator",
    keys: &[("propertyName", Text), ("mapping", Map), ("defaultMapping", Text)],
    needed: &[],
};

pub(super) const SCHEMA: Shape = Shape {
    what: "a schema",
    keys: &[
        ("$ref", Any),
        ("$schema", Any),
        ("$id", Any),
        ("$anchor", Any),
        ("$comment", Any),
        ("$defs", Any),
        ("definitions", Any),
        ("$dynamicRef", Any),
        ("$dynamicAnchor", Any),
        ("$recursiveRef", Any),
        ("$recursiveAnchor", Any),
        ("$vocabulary", Any),
        ("type", Any),
        ("format", Any),
        ("enum", Any),
        ("const", Any),
        ("items", Any),
        ("prefixItems", Any),
        ("properties", Any),
        ("required", Any),
        ("additionalProperties", Any),
        ("patternProperties", Map),
        ("propertyNames", Any),
        ("unevaluatedProperties", Any),
        ("unevaluatedItems", Any),
        ("additionalItems", Any),
        ("allOf", Any),
        ("oneOf", Any),
        ("anyOf", Any),
        ("not", Any),
        ("if", Any),
        ("then", Any),
        ("else", Any),
        ("dependentSchemas", Any),
        ("dependentRequired", Any),
        ("dependencies", Any),
        ("contains", Any),
        ("minContains", Any),
        ("maxContains", Any),
        ("discriminator", Map),
        ("nullable", Flag),
        ("description", Text),
        ("title", Text),
        ("deprecated", Flag),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("default", Any),
        ("example", Any),
        ("examples", Any),
        ("minLength", Any),
        ("maxLength", Any),
        ("minimum", Any),
        ("maximum", Any),
        ("exclusiveMinimum", Any),
        ("exclusiveMaximum", Any),
        ("multipleOf", Any),
        ("minItems", Any),
        ("maxItems", Any),
        ("uniqueItems", Any),
        ("minProperties", Any),
        ("maxProperties", Any),
        ("pattern", Any),
        ("externalDocs", Any),
        ("xml", Any),
        ("contentEncoding", Any),
        ("contentMediaType", Any),
        ("contentSchema", Any),
        ("summary", Any),
    ],
    needed: &[],
};

impl Shape {
    /// The key that another one is most likely meant to be.
    fn meant(&self, key: &str) -> Option<&'static str> {
        nearest(key, self.keys.iter().map(|(it, _)| *it))
    }

    /// What `node` needs and has in another spelling.
    pub(super) fn misspelt(&self, node: &Node) -> Vec<&'static str> {
        self.needed.iter().copied().filter(|it| self.is_misspelt(node, it)).collect()
    }

    /// Whether `node` has a key that is most likely this one, misspelt.
    pub(super) fn is_misspelt(&self, node: &Node, key: &str) -> bool {
        node.get(key).is_none()
            && node.as_map().unwrap_or_default().iter().any(|it| {
                !it.key.starts_with("x-")
                    && self.keys.iter().all(|(known, _)| *known != it.key)
                    && self.meant(&it.key) == Some(key)
            })
    }
}

impl<'t> Importer<'t> {
    /// Tells once what has no effect in an object.
    pub(super) fn shape(&mut self, node: &'t Node, shape: &Shape) {
        let Some(entries) = node.as_map() else { return };
        if !self.checked.insert(node.place) {
            return;
        }
        for entry in entries {
            if entry.key.starts_with("x-") {
                continue;
            }
            let Some((key, holds)) = shape.keys.iter().find(|(it, _)| *it == entry.key) else {
                let known: Vec<&str> = shape.keys.iter().map(|(it, _)| *it).collect();
                let meant = shape.meant(&entry.key);
                let is_needed =
                    meant.is_some_and(|it| shape.needed.contains(&it) && node.get(it).is_none());
                if is_needed {
                    self.diags.misspelt_key(node, entry, shape.what, &known);
                } else {
                    self.warnings.ignored_key(entry.key_place, shape.what, &entry.key, &known);
                }
                self.ignored.push(&entry.value);
                continue;
            };
            let wanted = match (holds, &entry.value.value) {
                (Text, Value::String(_)) | (Flag, Value::Bool(_)) => continue,
                (Map, Value::Map(_)) | (List, Value::List(_)) | (Any, _) => continue,
                // Texts in files of their own, as other tools have them: the first
                // stands in for all.
                (Text, Value::Map(_)) if entry.value.get("$ref").is_some() => {
                    if !std::mem::replace(&mut self.told_words, true) {
                        let what = format!("a `{key}` that is no text");
                        let instead = "such texts are left out of the documentation";
                        self.warnings.assumed(entry.value.place, &what, instead);
                    }
                    continue;
                }
                (Text, _) => "a string",
                (Flag, _) => "`true` or `false`",
                (Map, _) => "a mapping",
                (List, _) => "a list",
            };
            let found = entry.value.kind();
            self.warnings.wrong_kind(entry.value.place, &format!("`{key}`"), wanted, found);
            self.ignored.push(&entry.value);
        }
    }

    /// The places that what is ignored would lead to.
    pub(super) fn excused(&self) -> BTreeSet<Place> {
        let mut seen: BTreeSet<Place> = BTreeSet::new();
        let mut rest: Vec<&Node> = self.ignored.clone();
        while let Some(node) = rest.pop() {
            if let Some(Ok(target)) = node.get("$ref").map(|it| self.tree.follow(it))
                && seen.insert(target.node.place)
            {
                rest.push(target.node);
            }
            match &node.value {
                Value::Map(entries) => rest.extend(entries.iter().map(|it| &it.value)),
                Value::List(items) => rest.extend(items),
                _ => {}
            }
        }
        seen
    }
}
