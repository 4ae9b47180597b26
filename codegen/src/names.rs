//! Rust names for what JSON, HTTP and OpenAPI call otherwise.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// A field, argument, method or module.
pub(crate) fn snake(wire: &str) -> String {
    let name = leading_letter(&symbols(wire).to_snake_case(), "_", "n");
    if is_keyword(&name) { format!("{name}_") } else { name }
}

/// A type or variant.
pub(crate) fn pascal(wire: &str) -> String {
    let name = leading_letter(&symbols(wire).to_upper_camel_case(), "", "N");
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// A constant.
pub(crate) fn shouty(wire: &str) -> String {
    symbols(wire).to_shouty_snake_case()
}

/// A constant that others may know by any name, keywords and digits included.
pub(crate) fn constant(wire: &str) -> String {
    leading_letter(&shouty(wire), "_", "N").to_ascii_uppercase()
}

/// The variant of a response status, as HTTP calls it.
pub(crate) fn status(pattern: &str) -> String {
    let name = match pattern {
        "default" => "Other",
        "1XX" => "Informational",
        "2XX" => "Success",
        "3XX" => "Redirection",
        "4XX" => "ClientError",
        "5XX" => "ServerError",
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritativeInformation",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        "300" => "MultipleChoices",
        "301" => "MovedPermanently",
        "302" => "Found",
        "303" => "SeeOther",
        "304" => "NotModified",
        "307" => "TemporaryRedirect",
        "308" => "PermanentRedirect",
        "400" => "BadRequest",
        "401" => "Unauthorized",
        "402" => "PaymentRequired",
        "403" => "Forbidden",
        "404" => "NotFound",
        "405" => "MethodNotAllowed",
        "406" => "NotAcceptable",
        "408" => "RequestTimeout",
        "409" => "Conflict",
        "410" => "Gone",
        "412" => "PreconditionFailed",
        "413" => "ContentTooLarge",
        "415" => "UnsupportedMediaType",
        "418" => "ImATeapot",
        "422" => "UnprocessableContent",
        "423" => "Locked",
        "424" => "FailedDependency",
        "425" => "TooEarly",
        "428" => "PreconditionRequired",
        "429" => "TooManyRequests",
        "451" => "UnavailableForLegalReasons",
        "500" => "InternalServerError",
        "501" => "NotImplemented",
        "502" => "BadGateway",
        "503" => "ServiceUnavailable",
        "504" => "GatewayTimeout",
        code => return format!("Status{code}"),
    };
    name.to_owned()
}

/// Signs that carry meaning become words, so that `+1` and `-1` differ.
fn symbols(wire: &str) -> String {
    let mut text = String::new();
    for (idx, it) in wire.chars().enumerate() {
        match it {
            '+' => text.push_str(" plus "),
            '-' if idx == 0 => text.push_str(" minus "),
            '&' => text.push_str(" and "),
            '%' => text.push_str(" percent "),
            '\'' => {}
            it if it.is_ascii_alphanumeric() => text.push(it),
            _ => text.push(' '),
        }
    }
    text
}

/// An identifier does not begin with a digit and is not empty.
fn leading_letter(name: &str, empty: &str, prefix: &str) -> String {
    match name.chars().next() {
        None => format!("{prefix}{empty}one"),
        Some(it) if it.is_ascii_digit() => format!("{prefix}{empty}{name}"),
        Some(_) => name.to_owned(),
    }
}

fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.contains(&name)
}

/// Type names that every client has already.
pub(crate) const RESERVED_TYPES: &[&str] = &[
    "Api",
    "BTreeMap",
    "Box",
    "BuildError",
    "Bytes",
    "Call",
    "CivilDateTime",
    "Client",
    "ClientBuilder",
    "Cursor",
    "Date",
    "Decimal",
    "Default",
    "Deserialize",
    "Environment",
    "Err",
    "Error",
    "ErrorKind",
    "Event",
    "File",
    "HeaderMap",
    "Idempotency",
    "IntegerOrString",
    "Items",
    "Json",
    "JsonObject",
    "Method",
    "MinorUnits",
    "Money",
    "None",
    "Ok",
    "Operation",
    "OperationError",
    "Option",
    "Outcome",
    "Page",
    "Pages",
    "Patch",
    "PreparedCall",
    "Reconcile",
    "Response",
    "Result",
    "RetryPolicy",
    "Scheme",
    "SchemeKind",
    "Secret",
    "Sensitive",
    "Serialize",
    "Server",
    "Signature",
    "Some",
    "StatusCode",
    "String",
    "Timestamp",
    "TokenExchange",
    "Unrecognized",
    "Vec",
    "WebhookError",
    "WebhookErrorKind",
];

/// Names that every struct has already: its constructor and what is left over.
pub(crate) const RESERVED_MEMBERS: &[&str] = &["additional", "new"];

/// Method names that every client has already.
pub(crate) const RESERVED_METHODS: &[&str] = &["builder", "connection"];

/// Method names that every builder has already.
pub(crate) const RESERVED_BUILDER: &[&str] = &[
    "attempt_timeout",
    "build",
    "clock",
    "connect_timeout",
    "http",
    "max_response_size",
    "retry",
    "timeout",
    "transport",
    "user_agent_suffix",
];

/// Setter names that every call has already.
pub(crate) const RESERVED_SETTERS: &[&str] = &[
    "send",
    "timeout",
    "attempt_timeout",
    "header",
    "retry",
    "prepare",
    "into_future",
    "pages",
    "items",
    "resume",
];

#[cfg(test)]
mod tests;
