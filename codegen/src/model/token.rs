//! Tokens that are fetched: `x-token` of a security scheme.

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    model::{
        content::Format,
        operation::Operation,
        pointer::{self, Target},
        schema::{map, string, text},
        security::{Scheme, SchemeKind, Token},
        types::Types,
    },
    parse::node::Entry,
};

/// Reads `x-token`.
pub(crate) fn read(written: &Entry, diags: &mut Diagnostics) -> Token {
    let node = &written.value;
    diags.known_keys(node, "`x-token`", &["operation", "request", "token", "expires_in"]);
    for key in ["operation", "request", "token"] {
        if node.as_map().is_some() && node.get(key).is_none() {
            diags.missing_key(node, written.key_place, "`x-token`", key);
        }
    }
    let mut request = IndexMap::new();
    for entry in map(node, "request", diags) {
        if let Some(credential) = string(&entry.value, "the name of a credential", diags) {
            request.insert(entry.key.clone(), credential);
        }
    }
    Token {
        operation: text(node, "operation", diags).unwrap_or_default(),
        request,
        token: text(node, "token", diags).unwrap_or_default(),
        expires_in: text(node, "expires_in", diags),
        node: node.clone(),
    }
}

/// An exchange must be an operation that sends what it is given, answers what
/// is looked for, and needs no token itself.
pub(crate) fn check(
    schemes: &[Scheme],
    operations: &[Operation],
    types: &Types<'_>,
    diags: &mut Diagnostics,
) {
    for scheme in schemes {
        let SchemeKind::Token(token) = &scheme.kind else { continue };
        let place = |key: &str| token.node.get(key).map_or(token.node.place, |it| it.place);
        let Some(operation) = operations.iter().find(|it| it.id == token.operation) else {
            let ids: Vec<&str> = operations.iter().map(|it| it.id.as_str()).collect();
            diags.token_operation(place("operation"), &token.operation, &ids);
            continue;
        };
        if operation.security.iter().flatten().any(|it| *it == scheme.name) {
            diags.token(
                place("operation"),
                "names an operation that needs this token itself",
                "write `security: []` at the operation",
            );
        }
        let is_json = operation.output_format == Format::Json
            && operation.body.as_ref().is_none_or(|it| it.format == Format::Json);
        if !is_json {
            diags.token(
                place("operation"),
                "names an operation whose bodies are not JSON",
                "a token can be given to the client instead: remove `x-token`",
            );
        }
        members(token, operation, schemes, types, diags);
        let pointers = [("token", Some(&token.token)), ("expires_in", token.expires_in.as_ref())];
        for (key, pointer) in pointers {
            let Some(pointer) = pointer else { continue };
            let from = operation.output.as_ref().map(Target::new);
            pointer::lead(types, from.as_ref(), pointer, place(key), diags);
        }
    }
}

/// The members of the exchange's body are the operation's, and all that it
/// requires.
fn members(
    token: &Token,
    operation: &Operation,
    schemes: &[Scheme],
    types: &Types<'_>,
    diags: &mut Diagnostics,
) {
    let request = token.node.get("request");
    let object = operation.body.as_ref().and_then(|it| types.object(&it.schema));
    let members: Vec<&str> =
        object.iter().flat_map(|it| it.members.keys()).map(String::as_str).collect();
    let mut misspelt: Vec<&str> = Vec::new();
    for (member, credential) in &token.request {
        let Some(entry) = request.and_then(|it| it.entry(member)) else { continue };
        if !members.contains(&member.as_str()) {
            diags.token_member(entry.key_place, member, &operation.id, &members);
            misspelt.extend(diagnostics::nearest(member, members.iter().copied()));
        }
        if schemes.iter().any(|it| it.name == *credential) {
            diags.token(
                entry.value.place,
                "has a credential that is called like a scheme",
                "give the credential another name",
            );
        }
    }
    for (required, _) in object.iter().flat_map(|it| &it.required) {
        if !token.request.contains_key(required) && !misspelt.contains(&required.as_str()) {
            let place = request.map_or(token.node.place, |it| it.place);
            diags.token(
                place,
                &format!("lacks `{required}`, which `{}` requires", operation.id),
                &format!("add `{required}: <credential>`"),
            );
        }
    }
}
