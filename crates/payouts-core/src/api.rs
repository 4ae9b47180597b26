//! What a generated client knows about its provider, as plain statics.
//!
//! These types are written out by the generator and read by the runtime.
//! They decide nothing themselves.

use http::Method;

/// A provider's API: who it is and how requests are authorised.
///
/// Written by the generator, once per client.
#[derive(Debug)]
pub struct Api {
    /// The provider, one lower-case word.
    pub provider: &'static str,
    /// The provider's name as people write it.
    pub title: &'static str,
    /// The version of the client crate, for the `User-Agent` header.
    pub version: &'static str,
    /// How requests can be authorised.
    pub schemes: &'static [Scheme],
}

impl Api {
    /// The scheme that has this name in the spec.
    pub(crate) fn scheme(&self, name: &str) -> Option<&'static Scheme> {
        self.schemes.iter().find(|it| it.name == name)
    }
}

/// One way to authorise a request.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the spec.
    pub name: &'static str,
    /// What it adds to a request.
    pub kind: SchemeKind,
}

/// What a [`Scheme`] adds to a request.
#[derive(Debug)]
#[non_exhaustive]
pub enum SchemeKind {
    /// The credential itself, as the value of a header.
    ApiKey {
        /// The header's name.
        header: &'static str,
    },
    /// The credential itself, as the value of a parameter of the query.
    QueryKey {
        /// The parameter's name.
        name: &'static str,
    },
    /// The credential itself, as the value of a cookie.
    CookieKey {
        /// The cookie's name.
        name: &'static str,
    },
    /// `Authorization: Bearer <credential>`.
    Bearer,
    /// `Authorization: Basic …` of a credential written `user:password`.
    Basic,
    /// A header whose value is computed for every attempt.
    Signature(&'static Signature),
    /// `Authorization: Bearer <token>`, with a token that is fetched, or the
    /// credential itself if the client was given that instead.
    Token(&'static TokenExchange),
    /// The same, with a token that OAuth 2.0 gives for a client's id and
    /// secret.
    ClientCredentials(&'static ClientCredentials),
}

impl SchemeKind {
    /// The header this scheme sets, if it sets one.
    pub(crate) fn header(&self) -> Option<&'static str> {
        match self {
            Self::ApiKey { header } => Some(header),
            Self::Bearer | Self::Basic | Self::Token(_) | Self::ClientCredentials(_) => {
                Some("authorization")
            }
            Self::Signature(signature) => Some(signature.header),
            Self::CookieKey { .. } => Some("cookie"),
            Self::QueryKey { .. } => None,
        }
    }
}

/// A header value made with HMAC-SHA256.
///
/// `message` and `value` are templates: `{epochMillis}` is the time of the
/// attempt in milliseconds since 1970, the name of a credential in braces is
/// that credential, and `{signature}` (in `value`) is the signature of
/// `message` in lower-case hexadecimal digits.
#[derive(Debug)]
pub struct Signature {
    /// The header's name.
    pub header: &'static str,
    /// Name of the credential that is the key.
    pub secret: &'static str,
    /// Template of what is signed.
    pub message: &'static str,
    /// Template of the header's value.
    pub value: &'static str,
}

/// How a token is fetched in exchange for credentials.
#[derive(Debug)]
pub struct TokenExchange {
    /// The operation that answers the token; it needs no token itself.
    pub operation: &'static Operation,
    /// The members of its body and the credentials that are their values.
    pub request: &'static [(&'static str, &'static str)],
    /// JSON Pointer to the token in the answer.
    pub token: &'static str,
    /// JSON Pointer to the token's lifetime in seconds.
    pub expires_in: Option<&'static str>,
}

/// How a token is fetched with the client credentials grant of OAuth 2.0
/// (RFC 6749, section 4.4).
///
/// The client authenticates itself by HTTP Basic. It asks for the scopes that
/// the caller names; for none, unless told, which leaves the choice to the
/// provider.
#[derive(Debug)]
pub struct ClientCredentials {
    /// Name of the credential that is the client's id.
    pub client_id: &'static str,
    /// Name of the credential that is the client's secret.
    pub client_secret: &'static str,
    /// Where tokens are; `None` if the caller must say.
    pub(crate) token_url: Option<&'static str>,
    /// What failures and traces call it.
    pub(crate) operation: Operation,
}

impl ClientCredentials {
    /// A grant whose tokens come from a URL, relative to the server's or whole.
    ///
    /// A whole one is used with a documented server only; with any other, and
    /// if there is none here, the caller must say where tokens are.
    pub const fn new(
        client_id: &'static str,
        client_secret: &'static str,
        token_url: Option<&'static str>,
    ) -> Self {
        let path = match token_url {
            Some(url) => url,
            None => "",
        };
        let operation = Operation {
            id: "fetch_token",
            method: Method::POST,
            path,
            security: &[],
            idempotency: Idempotency::Repeatable,
            reconcile: Reconcile::Impossible("ask for another token"),
            success: &[200],
        };
        Self { client_id, client_secret, token_url, operation }
    }
}

/// One operation of a provider: a method, a path and what may be done with it.
///
/// An [`Error`](crate::Error) carries its operation, so that a caller can ask
/// how to find out what happened:
///
/// ```
/// use payouts_core::{Operation, Reconcile};
///
/// fn advice(operation: &Operation) -> String {
///     match operation.reconcile {
///         Reconcile::With { operation, matching, .. } => {
///             format!("look for {matching} with {}", operation.id)
///         }
///         Reconcile::Impossible(reason) => format!("ask the provider: {reason}"),
///         _ => String::from("send it again"),
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Operation {
    /// Its name, that of the client's method.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the server's URL, with parameters in braces.
    pub path: &'static str,
    /// Alternatives of sets of scheme names; an empty set needs nothing.
    pub security: &'static [&'static [&'static str]],
    /// Whether sending it twice is harmless.
    pub idempotency: Idempotency,
    /// How to find out what became of a call.
    pub reconcile: Reconcile,
    /// The declared statuses that mean success: 2xx and 3xx.
    pub success: &'static [u16],
}

/// Whether a call may be sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Idempotency {
    /// It only reads.
    Safe,
    /// Nothing protects from doing it twice.
    None,
    /// Doing it again has no further effect.
    Repeatable,
    /// The provider recognises a repeat by the value of this header.
    Key(&'static str),
}

/// How to find out what became of a call whose outcome is unknown.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Reconcile {
    /// It only reads: there is nothing to find out.
    NotNeeded,
    /// Another operation shows it.
    With {
        /// That operation.
        operation: &'static Operation,
        /// The value of the request to look for.
        matching: &'static str,
        /// How, in a sentence.
        how: &'static str,
    },
    /// The API cannot tell, for this reason.
    Impossible(&'static str),
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) static LOG_IN: Operation = Operation {
        id: "log_in",
        method: Method::POST,
        path: "/token",
        security: &[],
        idempotency: Idempotency::Repeatable,
        reconcile: Reconcile::Impossible("Ask for another token."),
        success: &[200],
    };

    pub(crate) static EXCHANGE: TokenExchange = TokenExchange {
        operation: &LOG_IN,
        request: &[("account", "accountId"), ("secret", "appSecret")],
        token: "/data/token",
        expires_in: Some("/data/life"),
    };
}
