//! Rust names for what JSON, HTTP and OpenAPI call otherwise.

/// A field, argument, method or module.
pub(crate) fn snake(wire: &str) -> String {
    let mut name = String::new();
    words(&symbols(wire), |word| {
        if !name.is_empty() {
            name.push('_');
        }
        name.extend(word.chars().map(|it| it.to_ascii_lowercase()));
    });
    let name = leading_letter(&name, "_", "n");
    if is_keyword(&name) { format!("{name}_") } else { name }
}

/// A type or variant.
pub(crate) fn pascal(wire: &str) -> String {
    let mut name = String::new();
    words(&symbols(wire), |word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|it| it.to_ascii_uppercase()));
        name.extend(letters.map(|it| it.to_ascii_lowercase()));
    });
    let name = leading_letter(&name, "", "N");
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// A type or variant that is called after another.
pub(crate) fn longer(pascal: &str, by: &str) -> String {
    // `Self_` has its stroke only because it would be a keyword.
    format!("{}{by}", pascal.trim_end_matches('_'))
}

/// A constant.
pub(crate) fn shouty(wire: &str) -> String {
    let mut name = String::new();
    words(&symbols(wire), |word| {
        if !name.is_empty() {
            name.push('_');
        }
        name.extend(word.chars().map(|it| it.to_ascii_uppercase()));
    });
    name
}

/// A constant that others may know by any name, keywords and digits included.
pub(crate) fn constant(wire: &str) -> String {
    leading_letter(&shouty(wire), "_", "N").to_ascii_uppercase()
}

/// The static of an operation, which stands beside the type of its calls.
pub(crate) fn operation(id: &str) -> String {
    let name = constant(id);
    // The list of all operations is there as well.
    if name == pascal(id) || name == "OPERATIONS" { format!("{name}_") } else { name }
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
            it if it.is_ascii() => text.push(' '),
            it => match letter(it) {
                Some(plain) if it.is_uppercase() => {
                    text.push_str(&plain[..1].to_ascii_uppercase());
                    text.push_str(&plain[1..]);
                }
                Some(plain) => text.push_str(plain),
                None => text.push(' '),
            },
        }
    }
    text
}

/// Whether anything of a name is left in Rust.
pub(crate) fn is_told(wire: &str) -> bool {
    wire.chars().any(|it| it.is_ascii_alphanumeric() || letter(it).is_some())
}

/// A Latin letter without its marks.
fn letter(marked: char) -> Option<&'static str> {
    const LETTERS: &[(&str, &str)] = &[
        ("àáâãäåāăą", "a"),
        ("çćĉċč", "c"),
        ("ďđð", "d"),
        ("èéêëēĕėęě", "e"),
        ("ĝğġģ", "g"),
        ("ĥħ", "h"),
        ("ìíîïĩīĭįıİ", "i"),
        ("ĵ", "j"),
        ("ķ", "k"),
        ("ĺļľŀł", "l"),
        ("ñńņňŋ", "n"),
        ("òóôõöøōŏő", "o"),
        ("ŕŗř", "r"),
        ("śŝşšș", "s"),
        ("ţťŧț", "t"),
        ("ùúûüũūŭůűų", "u"),
        ("ŵ", "w"),
        ("ýÿŷ", "y"),
        ("źżž", "z"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("ß", "ss"),
        ("þ", "th"),
    ];
    let small = marked.to_lowercase().next()?;
    // One of them is a plain letter when it is small.
    let is_it = |(all, _): &&(&str, _)| all.contains([marked, small]);
    LETTERS.iter().find(is_it).map(|(_, plain)| *plain)
}

/// The words of what [`symbols`] has left: as heck finds them, which is slower
/// because it takes all letters of the world.
fn words<'t>(text: &'t str, mut found: impl FnMut(&'t str)) {
    #[derive(Clone, Copy, PartialEq)]
    enum Case {
        None,
        Lower,
        Upper,
    }
    for part in text.split(' ').filter(|it| !it.is_empty()) {
        let letters = part.as_bytes();
        let mut start = 0;
        // Of the last letter of the word so far.
        let mut case = Case::None;
        for (idx, pair) in letters.windows(2).enumerate() {
            let [here, next] = [pair[0], pair[1]];
            let case_here = match here {
                it if it.is_ascii_lowercase() => Case::Lower,
                it if it.is_ascii_uppercase() => Case::Upper,
                _ => case,
            };
            if case_here == Case::Lower && next.is_ascii_uppercase() {
                found(&part[start..=idx]);
                start = idx + 1;
                case = Case::None;
            } else if case == Case::Upper && here.is_ascii_uppercase() && next.is_ascii_lowercase()
            {
                found(&part[start..idx]);
                start = idx;
                case = Case::None;
            } else {
                case = case_here;
            }
        }
        found(&part[start..]);
    }
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
    "From",
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
