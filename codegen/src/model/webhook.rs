//! Webhooks: how a provider proves that an event is its own, and what makes two
//! deliveries the same event.

use crate::{
    diagnostics::Diagnostics,
    model::{
        RECEIVED,
        operation::WrittenOperation,
        pointer::{self, Target},
        schema::{Schema, list, string, text},
        types::{Docs, Scalar, Shape, TypeRef, Types},
    },
    names,
    parse::node::{Entry, Node, Place, Value},
};

/// Something that the provider calls.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// What it tells, in one line.
    pub summary: String,
    /// What else is known.
    pub docs: Docs,
    /// What it carries.
    pub ty: TypeRef,
    /// As written.
    pub schema: Schema,
    /// Paths of the documented samples.
    pub samples: Vec<String>,
    /// How the provider proves that an event is its own.
    pub verification: Verification,
    /// JSON pointers to what together identifies an event; none if nothing does.
    pub dedupe: Vec<String>,
    /// Where its id stands.
    pub place: Place,
}

/// How a provider proves that an event is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verification {
    /// By HMAC-SHA256.
    HmacSha256 {
        /// The header that holds the hex digits.
        header: String,
        /// What may stand before the digits; empty for nothing.
        prefix: String,
        /// The template of what is signed.
        message: String,
        /// The header with the time of the signature, and how many seconds it
        /// may be off.
        timestamp: Option<(String, u32)>,
    },
    /// By the credentials of HTTP Basic.
    Basic,
    /// Not at all; the reason.
    None(String),
}

/// A webhook as written.
#[derive(Debug)]
pub(crate) struct WrittenWebhook {
    pub(crate) operation: WrittenOperation,
    verification: Verification,
    dedupe: Vec<(String, Place)>,
}

impl WrittenWebhook {
    /// Reads what a webhook has beside what operations have.
    pub(crate) fn new(operation: WrittenOperation, post: &Entry, diags: &mut Diagnostics) -> Self {
        let verification = verification(post, diags);
        Self {
            operation,
            // After a complaint nobody asks.
            verification: verification.unwrap_or(Verification::Basic),
            dedupe: dedupe(&post.value, diags),
        }
    }

    /// Gives the event its type.
    pub(crate) fn resolve(
        &self,
        types: &mut Types<'_>,
        diags: &mut Diagnostics,
    ) -> Option<Webhook> {
        let WrittenOperation { operation, body, .. } = &self.operation;
        let body = body.as_ref()?;
        let used = types.used(&body.schema, &names::pascal(&operation.id), RECEIVED, diags);
        Some(Webhook {
            id: operation.id.clone(),
            summary: operation.summary.clone(),
            docs: operation.docs.clone(),
            ty: used.whole(),
            schema: body.schema.clone(),
            samples: body.sample_paths(),
            verification: self.verification.clone(),
            dedupe: self.dedupe.iter().map(|(it, _)| it.clone()).collect(),
            place: operation.place,
        })
    }

    /// The pointers must lead to scalars that may be stored and shown.
    pub(crate) fn check(&self, webhooks: &[Webhook], types: &Types<'_>, diags: &mut Diagnostics) {
        let Some(webhook) = webhooks.iter().find(|it| it.id == self.operation.operation.id) else {
            return;
        };
        for (pointer, place) in &self.dedupe {
            check(pointer, *place, &webhook.ty, types, diags);
        }
    }
}

fn verification(post: &Entry, diags: &mut Diagnostics) -> Option<Verification> {
    let Some(written) = post.value.entry("x-verification") else {
        diags.missing_key(&post.value, post.key_place, "a webhook", "x-verification");
        return None;
    };
    let node = &written.value;
    let Some(entries) = node.as_map() else {
        if node.as_str() == Some("basic") {
            return Some(Verification::Basic);
        }
        diags.verification(node.place);
        return None;
    };
    diags.known_keys(node, "`x-verification`", &["hmac-sha256", "none"]);
    match entries {
        [entry] if entry.key == "hmac-sha256" => hmac(entry, diags),
        [entry] if entry.key == "none" => {
            let reason = text(node, "none", diags)?;
            if reason.is_empty() {
                diags.verification_part(
                    entry.value.place,
                    "`none` without a reason",
                    "say what is known about it: `none: The pages do not mention a signature.`",
                );
            }
            Some(Verification::None(reason))
        }
        _ => {
            diags.unless_misspelt(node, "none", |it| it.verification(node.place));
            None
        }
    }
}

fn hmac(entry: &Entry, diags: &mut Diagnostics) -> Option<Verification> {
    let node = &entry.value;
    diags.known_keys(node, "`hmac-sha256`", &["header", "prefix", "message", "timestamp"]);
    node.as_map()?;
    let header = header(entry, "`hmac-sha256`", diags);
    let mut part = |key: &str| {
        let found = node.get(key)?;
        Some((string(found, &format!("`{key}`"), diags)?, found.place))
    };
    let (prefix, message) = (part("prefix"), part("message"));
    if let Some((prefix, place)) = &prefix
        && (prefix.is_empty() || !prefix.chars().all(|it| it.is_ascii_graphic()))
    {
        diags.verification_part(
            *place,
            "`prefix` is not what can stand before the digits",
            "write it as in `prefix: 'sha256='`, or remove it",
        );
    }
    let timestamp = node.entry("timestamp");
    if let Some((message, place)) = &message {
        template(message, *place, timestamp.is_some(), diags);
    }
    let message = message.map_or_else(|| "{body}".to_owned(), |(it, _)| it);
    let timestamp = timestamp.and_then(|it| {
        if !message.contains("{timestamp}") {
            diags.verification_part(
                it.key_place,
                "a time that is not signed proves nothing",
                "write what is signed, as in `message: '{timestamp}.{body}'`, or remove `timestamp`",
            );
        }
        window(it, header.as_deref(), diags)
    });
    let prefix = prefix.map(|(it, _)| it).unwrap_or_default();
    Some(Verification::HmacSha256 { header: header?, prefix, message, timestamp })
}

/// The template of what is signed.
fn template(message: &str, place: Place, has_timestamp: bool, diags: &mut Diagnostics) {
    let known: &[&str] = if has_timestamp { &["body", "timestamp"] } else { &["body"] };
    let named: Vec<&str> =
        message.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(it, _)| it).collect();
    let mut is_known = true;
    for name in named.iter().filter(|it| !known.contains(it)) {
        diags.verification_variable(place, name, known);
        is_known = false;
    }
    if is_known && !named.contains(&"body") {
        diags.verification_part(
            place,
            "a signature that does not cover the body proves nothing",
            "write `{body}` where the body stands in what is signed",
        );
    }
}

/// The header of a timestamp and its tolerance.
fn window(
    entry: &Entry,
    signature: Option<&str>,
    diags: &mut Diagnostics,
) -> Option<(String, u32)> {
    let node = &entry.value;
    diags.known_keys(node, "`timestamp`", &["header", "tolerance"]);
    node.as_map()?;
    let header = header(entry, "`timestamp`", diags);
    if let (Some(header), Some(signature)) = (&header, signature)
        && header.eq_ignore_ascii_case(signature)
    {
        diags.verification_part(
            node.get("header").map_or(node.place, |it| it.place),
            "the time and the signature stand in the same header",
            "write the header that holds the time alone",
        );
    }
    let Some(tolerance) = node.get("tolerance") else {
        diags.missing_key(node, entry.key_place, "`timestamp`", "tolerance");
        return None;
    };
    let seconds = match &tolerance.value {
        Value::Number(text) => text.parse::<u32>().ok().filter(|it| *it > 0),
        _ => None,
    };
    if seconds.is_none() {
        diags.verification_part(
            tolerance.place,
            "`tolerance` is not a number of seconds",
            "write a whole number from 1 on, such as `300`",
        );
    }
    Some((header?, seconds?))
}

/// The `header` of a part of a verification.
fn header(entry: &Entry, what: &str, diags: &mut Diagnostics) -> Option<String> {
    let node = &entry.value;
    let Some(written) = node.get("header") else {
        diags.missing_key(node, entry.key_place, what, "header");
        return None;
    };
    let name = text(node, "header", diags)?;
    let is_name = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    if name.is_empty() || !name.chars().all(is_name) {
        diags.verification_part(
            written.place,
            "not the name of a header",
            "write it as in `header: X-Signature`",
        );
        return None;
    }
    Some(name)
}

fn dedupe(node: &Node, diags: &mut Diagnostics) -> Vec<(String, Place)> {
    let mut pointers: Vec<(String, Place)> = Vec::new();
    for item in list(node, "x-dedupe", diags) {
        let Some(pointer) = string(item, "a part of `x-dedupe`", diags) else { continue };
        match pointers.iter().find(|(it, _)| *it == pointer) {
            Some((_, first)) => diags.duplicate_value(item.place, &pointer, *first),
            None => pointers.push((pointer, item.place)),
        }
    }
    if let Some(entry) = node.entry("x-dedupe")
        && entry.value.as_list().is_some_and(<[Node]>::is_empty)
    {
        diags.dedupe(
            entry.value.place,
            "`x-dedupe` names nothing",
            "name what identifies an event, or remove it if nothing does",
        );
    }
    pointers
}

fn check(pointer: &str, place: Place, event: &TypeRef, types: &Types<'_>, diags: &mut Diagnostics) {
    let Some(targets) = pointer::lead(types, Some(&Target::new(event)), pointer, place, diags)
    else {
        return;
    };
    if !targets.iter().all(|it| is_scalar(&it.ty, types)) {
        diags.dedupe(
            place,
            "this is more than one value",
            "name a string, a number or a boolean in it",
        );
    }
    if targets.iter().any(|it| it.sensitive) {
        diags.dedupe(
            place,
            "this is sensitive, but ids of events are stored and shown",
            "name something else",
        );
    }
}

fn is_scalar(ty: &TypeRef, types: &Types<'_>) -> bool {
    match ty {
        TypeRef::Named(name) => {
            !matches!(types.shape(name), Some(Shape::Struct(_) | Shape::Union(_)))
        }
        TypeRef::Scalar(Scalar::Json | Scalar::JsonObject) | TypeRef::List(_) | TypeRef::Map(_) => {
            false
        }
        TypeRef::Nullable(it) | TypeRef::Sensitive(it) => is_scalar(it, types),
        TypeRef::Scalar(_) => true,
    }
}
