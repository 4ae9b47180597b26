//! What only a person can decide: lines of the rewritten document that were
//! guessed, or that hold what is safe until somebody knows better.

use crate::{
    import::{Proposal, infer},
    parse::{
        Document,
        node::{Entry, Node},
    },
};

/// Everything that has to be confirmed, in the order of the document.
pub(super) fn proposals(document: &Document) -> Vec<Proposal> {
    let mut found = Found { proposals: Vec::new() };
    for (idx, server) in
        document.root.get("servers").and_then(Node::as_list).unwrap_or_default().iter().enumerate()
    {
        found.server(server, &format!("/servers/{idx}"));
    }
    let webhooks = document.root.get("x-webhooks").and_then(Node::as_map).unwrap_or_default();
    for webhook in webhooks {
        let pointer = format!("/x-webhooks/{}/post", escaped(&webhook.key));
        let reason = "how does the provider prove that an event is its own?";
        found.add(&pointer, "x-verification", "", reason);
    }
    for path in &document.paths {
        for method in path.value.as_map().unwrap_or_default() {
            let pointer = format!("/paths/{}/{}", escaped(&path.key), method.key);
            found.operation(document, method, &pointer);
        }
    }
    for (name, schema) in document.components.get("schemas").into_iter().flatten() {
        found.schema(name, &schema.node, &format!("/components/schemas/{}", escaped(name)));
    }
    found.proposals
}

struct Found {
    proposals: Vec<Proposal>,
}

impl Found {
    fn add(&mut self, pointer: &str, key: &str, value: &str, reason: &str) {
        self.proposals.push(Proposal {
            pointer: pointer.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
        });
    }

    fn server(&mut self, server: &Node, pointer: &str) {
        if server.get("x-environment").is_some() {
            self.add(pointer, "x-environment", "", "is this what the environment is called?");
        }
        if server.get("x-undocumented").is_some() {
            self.add(pointer, "x-undocumented", "", "is there a host that can be documented?");
        }
    }

    fn operation(&mut self, document: &Document, method: &Entry, pointer: &str) {
        let node = &method.value;
        if node.get("x-idempotency").is_some() {
            let reason = match key_header(node) {
                Some(header) => format!(
                    "may a repeat do it twice? `{{header: {header}}}` if the provider recognises repeats by it, `repeatable` if they have no effect"
                ),
                None => {
                    "may a repeat do it twice? `repeatable` if it has no further effect".to_owned()
                }
            };
            self.add(pointer, "x-idempotency", "", &reason);
            let reason = "how is an unknown outcome found out? `{operation: …, match: …, how: …}`";
            self.add(pointer, "x-reconcile", "", reason);
        }
        if method.key == "get"
            && let Some(paging) = paging(document, node)
        {
            self.add(pointer, "x-paging", &paging, "is the list read like this?");
        }
        let parameters = node.get("parameters").and_then(Node::as_list).unwrap_or_default();
        for (idx, parameter) in parameters.iter().enumerate() {
            let name = parameter.get("name").and_then(Node::as_str).unwrap_or_default();
            let at = format!("{pointer}/parameters/{idx}");
            if parameter.get("x-sensitive").is_some() {
                self.add(&at, "x-sensitive", "", "personal or secret? guessed by its name");
            }
            if let Some(schema) = parameter.get("schema") {
                self.schema(name, schema, &format!("{at}/schema"));
            }
        }
    }

    /// A schema of a member, a parameter or a component of this name.
    fn schema(&mut self, name: &str, schema: &Node, pointer: &str) {
        if let Some(unit) = schema.get("x-unit").and_then(Node::as_str) {
            let reason = match unit {
                "major" | "minor" => format!("an amount of money in {unit} units?"),
                "rate" | "percent" => format!("a {unit}?"),
                _ => "an exact decimal that is no money?".to_owned(),
            };
            self.add(pointer, "x-unit", "", &reason);
        } else if infer::is_amount(name)
            && matches!(schema.get("type").and_then(Node::as_str), Some("integer" | "string"))
            && schema.get("enum").is_none()
            && schema.get("format").and_then(Node::as_str).is_none_or(|it| it.starts_with("int"))
        {
            let reason = "an amount of money? then say `x-unit: minor` or `major`";
            self.add(pointer, "type", "", reason);
        }
        if schema.get("x-sensitive").is_some() {
            self.add(pointer, "x-sensitive", "", "personal or secret? guessed by its name");
        }
        let members = schema.get("properties").and_then(Node::as_map).unwrap_or_default();
        let has_currency = members.iter().any(|it| infer::is_currency(&it.key));
        for member in members {
            let at = format!("{pointer}/properties/{}", escaped(&member.key));
            // What stands beside a currency counts it.
            let name = match member.key.as_str() {
                "value" | "Value" if has_currency => "amount",
                name => name,
            };
            self.schema(name, &member.value, &at);
        }
        for key in ["allOf", "oneOf"] {
            let parts = schema.get(key).and_then(Node::as_list).unwrap_or_default();
            for (idx, part) in parts.iter().enumerate() {
                self.schema(name, part, &format!("{pointer}/{key}/{idx}"));
            }
        }
        for key in ["items", "additionalProperties"] {
            if let Some(part) = schema.get(key) {
                self.schema(name, part, &format!("{pointer}/{key}"));
            }
        }
    }
}

/// A header that by its name marks repeats.
fn key_header(operation: &Node) -> Option<&str> {
    let parameters = operation.get("parameters").and_then(Node::as_list)?;
    let headers =
        parameters.iter().filter(|it| it.get("in").and_then(Node::as_str) == Some("header"));
    let mut names = headers.filter_map(|it| it.get("name").and_then(Node::as_str));
    names.find(|it| infer::is_idempotency_key(it))
}

/// How a list seems to be read, if its parameters and its answer tell.
fn paging(document: &Document, operation: &Node) -> Option<String> {
    let parameters = operation.get("parameters").and_then(Node::as_list)?;
    let query = |names: &[&str]| {
        parameters.iter().find_map(|it| {
            let name = it.get("name").and_then(Node::as_str)?;
            let is_query = it.get("in").and_then(Node::as_str) == Some("query");
            let ty = it.get("schema").and_then(|it| it.get("type")).and_then(Node::as_str);
            let fits = names.contains(&name.to_ascii_lowercase().as_str());
            (is_query && fits && ty == Some("integer")).then_some(name)
        })
    };
    let items = items(document, operation)?;
    if let (Some(offset), Some(limit)) = (
        query(&["offset", "skip", "start"]),
        query(&["limit", "count", "page_size", "pagesize", "per_page"]),
    ) {
        return Some(format!("{{offset: {offset}, limit: {limit}, items: '{items}'}}"));
    }
    let page = query(&["page", "page_number", "pagenumber"])?;
    Some(format!("{{page: {page}, items: '{items}'}}"))
}

/// The place of the only list in the answer of a success.
fn items(document: &Document, operation: &Node) -> Option<String> {
    let responses = operation.get("responses").and_then(Node::as_map)?;
    let success = responses.iter().find(|it| it.key.starts_with('2'))?;
    let content = success.value.get("content").and_then(Node::as_map)?.first()?;
    let schema = resolved(document, content.value.get("schema")?)?;
    if schema.get("type").and_then(Node::as_str) == Some("array") {
        return Some(String::new());
    }
    let members = schema.get("properties").and_then(Node::as_map)?.iter();
    let mut lists = members.filter(|it| {
        resolved(document, &it.value)
            .is_some_and(|it| it.get("type").and_then(Node::as_str) == Some("array"))
    });
    match (lists.next(), lists.next()) {
        (Some(only), None) if !only.key.contains(['~', '/']) => Some(format!("/{}", only.key)),
        _ => None,
    }
}

/// The schema that a reference names, or the schema itself.
fn resolved<'n>(document: &'n Document, node: &'n Node) -> Option<&'n Node> {
    let only = match node.get("allOf").and_then(Node::as_list) {
        Some([only]) => only,
        _ => node,
    };
    let Some(reference) = only.get("$ref").and_then(Node::as_str) else { return Some(only) };
    let (_, name) = reference.rsplit_once('/')?;
    document.components.get("schemas")?.get(name).map(|it| &it.node)
}

/// A key as a segment of a JSON Pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
