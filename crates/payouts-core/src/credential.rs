//! Credentials: which of them a request needs, and how they get into it.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::Secret;
use crate::api::{Api, ClientCredentials, Operation, Scheme, SchemeKind};
use crate::error::BuildError;
use crate::path;
use crate::signature;
use crate::token::Exchange;
use crate::transport::Outgoing;

/// A credential that a client can be given: the builder's method and the name
/// in the spec.
pub(crate) type Slot = (&'static str, &'static str);

/// The credentials of a client.
pub(crate) struct Credentials {
    api: &'static Api,
    slots: &'static [Slot],
    secrets: BTreeMap<&'static str, Secret>,
}

/// Credentials that an operation needs and the client does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CredentialError {
    /// The builder's methods that would help, such as `api_key and api_secret, or jwt`.
    Missing(String),
    /// The builder's method whose value cannot be in a header.
    Unusable(&'static str),
}

impl Credentials {
    pub(crate) fn new(api: &'static Api, slots: &'static [Slot]) -> Self {
        Self { api, slots, secrets: BTreeMap::new() }
    }

    pub(crate) fn set(&mut self, name: &'static str, secret: Secret) {
        self.secrets.insert(name, secret);
    }

    /// Complains about a credential that no header can hold, such as one with
    /// the line break of the file it was read from.
    pub(crate) fn check(&self) -> Result<(), BuildError> {
        for scheme in self.api.schemes {
            let place = match scheme.kind {
                SchemeKind::Signature(_) => continue,
                SchemeKind::QueryKey { .. } => "a query",
                SchemeKind::CookieKey { .. } => "a cookie",
                _ => "a header",
            };
            if let Some(secret) = self.secrets.get(scheme.name) {
                value(&scheme.kind, secret).ok_or_else(|| {
                    let problem = format!("is not a value that {place} can hold");
                    BuildError::new(self.setter(scheme.name), problem)
                })?;
            }
        }
        Ok(())
    }

    /// The first alternative of an operation for which everything is there.
    pub(crate) fn choose(
        &self,
        operation: &Operation,
    ) -> Result<&'static [&'static str], CredentialError> {
        let alternatives = operation.security;
        if alternatives.is_empty() {
            return Ok(&[]);
        }
        let is_complete =
            |it: &&&[&'static str]| self.ways(it).iter().any(|it| self.missing(it).is_empty());
        // What needs nothing comes last, or no credential would ever be sent.
        let (open, others): (Vec<_>, Vec<_>) = alternatives.iter().partition(|it| it.is_empty());
        if let Some(alternative) = others.into_iter().chain(open).find(is_complete) {
            return Ok(alternative);
        }
        let ways = alternatives.iter().flat_map(|it| self.ways(it));
        let missing: Vec<String> = ways.map(|it| self.missing(&it).join(" and ")).collect();
        Err(CredentialError::Missing(missing.join(", or ")))
    }

    /// The exchange that fetches the token of a scheme, unless the client was
    /// given one, or cannot fetch one.
    pub(crate) fn exchange(&self, scheme: &'static Scheme) -> Option<Exchange> {
        let has = |name: &str| self.secrets.contains_key(name);
        match scheme.kind {
            SchemeKind::Token(exchange) => {
                let is_complete = exchange.request.iter().all(|(_, name)| has(name));
                is_complete.then_some(Exchange::Operation(exchange))
            }
            SchemeKind::ClientCredentials(grant) => {
                let is_complete = has(grant.client_id) && has(grant.client_secret);
                is_complete.then_some(Exchange::Grant(grant))
            }
            _ => None,
        }
    }

    /// `Authorization: Basic …` of a client's id and secret, each encoded
    /// first: RFC 6749, section 2.3.1.
    pub(crate) fn basic(&self, grant: &ClientCredentials) -> Option<HeaderValue> {
        let text = |name| Some(Zeroizing::new(path::encode(self.secrets.get(name)?.expose())));
        let (id, secret) = (text(grant.client_id)?, text(grant.client_secret)?);
        let both = Zeroizing::new(format!("{}:{}", *id, *secret));
        let text = Zeroizing::new(format!("Basic {}", BASE64.encode(&*both)));
        let mut value = path::header_value(&text)?;
        value.set_sensitive(true);
        Some(value)
    }

    /// A JSON object with these members and credentials.
    pub(crate) fn object(&self, members: &[(&'static str, &'static str)]) -> Bytes {
        let text = |name| self.secrets.get(name).map_or("", Secret::expose);
        let members: BTreeMap<&str, &str> =
            members.iter().map(|(member, name)| (*member, text(name))).collect();
        let json = serde_json::to_vec(&members).expect("a map of texts is JSON");
        Bytes::from(json)
    }

    /// Adds what the chosen schemes say. `millis` gives the time of this
    /// attempt and is asked only if a signature needs it; `token` is what was
    /// fetched, if one of them needs that.
    pub(crate) fn apply(
        &self,
        chosen: &[&'static str],
        token: Option<&Secret>,
        millis: impl Fn() -> i64,
        request: &mut Outgoing,
    ) -> Result<(), CredentialError> {
        for scheme in chosen.iter().filter_map(|it| self.api.scheme(it)) {
            let unusable = || CredentialError::Unusable(self.setter(scheme.name));
            let text = match &scheme.kind {
                SchemeKind::Signature(signature) => {
                    let text = signature::sign(signature, millis(), |name| self.secrets.get(name));
                    text.map(Zeroizing::new)
                }
                kind => {
                    let fetched = token.filter(|_| is_fetched(kind));
                    let secret = fetched.or_else(|| self.secrets.get(scheme.name));
                    secret.and_then(|it| value(kind, it))
                }
            };
            let text = text.ok_or_else(unusable)?;
            match (&scheme.kind, scheme.kind.header()) {
                (SchemeKind::QueryKey { name }, _) => {
                    let mut query = request.url.query().unwrap_or_default().to_owned();
                    path::push_pair(&mut query, name, &text);
                    request.url.set_query(Some(&query));
                }
                (SchemeKind::CookieKey { name }, _) => {
                    push_cookie(&mut request.headers, name, &text).ok_or_else(unusable)?;
                }
                (_, header) => {
                    let mut value = path::header_value(&text).ok_or_else(unusable)?;
                    value.set_sensitive(true);
                    let name = HeaderName::try_from(header.ok_or_else(unusable)?);
                    request.headers.insert(name.map_err(|_| unusable())?, value);
                }
            }
        }
        Ok(())
    }

    /// The sets of credentials that are enough for a set of schemes.
    fn ways(&self, schemes: &[&'static str]) -> Vec<Vec<&'static str>> {
        let mut ways = vec![Vec::new()];
        for name in schemes {
            let parts = sets(self.api.scheme(name), name);
            let with = |way: &Vec<&'static str>| {
                let way = way.clone();
                parts.iter().map(move |part| [way.as_slice(), part].concat())
            };
            ways = ways.iter().flat_map(with).collect();
        }
        ways
    }

    /// The builder's methods for those of these credentials that are not set.
    fn missing(&self, names: &[&'static str]) -> Vec<&'static str> {
        let mut missing = Vec::new();
        for name in names {
            let setter = self.setter(name);
            if !self.secrets.contains_key(name) && !missing.contains(&setter) {
                missing.push(setter);
            }
        }
        missing
    }

    fn setter(&self, name: &'static str) -> &'static str {
        self.slots.iter().find(|(_, it)| *it == name).map_or(name, |(setter, _)| setter)
    }
}

/// Shows which credentials are set.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.secrets.keys().map(|it| self.setter(it))).finish()
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(setters) => write!(f, "no credential, set {setters}"),
            Self::Unusable(setter) => write!(f, "credential {setter} cannot be in a header"),
        }
    }
}

/// The sets of credentials that are enough for a scheme, the best one first.
fn sets(scheme: Option<&'static Scheme>, name: &'static str) -> Vec<Vec<&'static str>> {
    match scheme.map(|it| &it.kind) {
        Some(SchemeKind::Signature(signature)) => {
            vec![signature::credentials(signature).collect()]
        }
        Some(SchemeKind::Token(exchange)) => {
            vec![exchange.request.iter().map(|(_, name)| *name).collect(), vec![name]]
        }
        Some(SchemeKind::ClientCredentials(grant)) => {
            vec![vec![grant.client_id, grant.client_secret], vec![name]]
        }
        Some(_) | None => vec![vec![name]],
    }
}

/// Whether the scheme's credential can be a token that is fetched.
fn is_fetched(kind: &SchemeKind) -> bool {
    matches!(kind, SchemeKind::Token(_) | SchemeKind::ClientCredentials(_))
}

/// What a scheme that is not computed sends, if it can be sent.
fn value(kind: &SchemeKind, secret: &Secret) -> Option<Zeroizing<String>> {
    let secret = secret.expose();
    if secret.is_empty() || path::header_value(secret).is_none() {
        return None;
    }
    let text = match kind {
        SchemeKind::ApiKey { .. } => secret.to_owned(),
        SchemeKind::QueryKey { .. } => path::encode(secret),
        SchemeKind::CookieKey { .. } => is_cookie(secret).then(|| secret.to_owned())?,
        SchemeKind::Bearer | SchemeKind::Token(_) | SchemeKind::ClientCredentials(_) => {
            format!("Bearer {secret}")
        }
        SchemeKind::Basic => format!("Basic {}", BASE64.encode(secret)),
        SchemeKind::Signature(_) => return None,
    };
    Some(Zeroizing::new(text))
}

/// Whether a text can be the value of a cookie: RFC 6265, section 4.1.1.
fn is_cookie(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_graphic() && !b"\",;\\".contains(&it))
}

/// Adds `name=value` to the cookies; nothing comes back if it cannot be one.
pub(crate) fn push_cookie(headers: &mut HeaderMap, name: &str, value: &str) -> Option<()> {
    let before = headers.get(COOKIE).map(|it| it.to_str()).transpose().ok()?;
    let text = match before {
        Some(before) => format!("{before}; {name}={value}"),
        None => format!("{name}={value}"),
    };
    let mut all = path::header_value(&Zeroizing::new(text)).filter(|_| is_cookie(value))?;
    all.set_sensitive(true);
    headers.insert(COOKIE, all);
    Some(())
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::api::tests::EXCHANGE;
    use crate::api::{Idempotency, Reconcile, Signature};

    static API: Api = Api {
        provider: "acme",
        title: "Acme",
        version: "0.1.0",
        schemes: &[
            Scheme { name: "apiKey", kind: SchemeKind::ApiKey { header: "x-api-key" } },
            Scheme { name: "jwt", kind: SchemeKind::Bearer },
            Scheme { name: "basic", kind: SchemeKind::Basic },
            Scheme {
                name: "signature",
                kind: SchemeKind::Signature(&Signature {
                    header: "signature",
                    secret: "apiSecret",
                    message: "{epochMillis}.{apiKey}",
                    value: "{epochMillis}.{signature}",
                }),
            },
            Scheme { name: "token", kind: SchemeKind::Token(&EXCHANGE) },
            Scheme { name: "queryKey", kind: SchemeKind::QueryKey { name: "a[k]" } },
            Scheme { name: "session", kind: SchemeKind::CookieKey { name: "sid" } },
            Scheme { name: "oauth", kind: SchemeKind::ClientCredentials(&GRANT) },
        ],
    };

    static GRANT: ClientCredentials =
        ClientCredentials::new("oauth.id", "oauth.secret", Some("/oauth/token"));

    static SLOTS: &[Slot] = &[
        ("api_key", "apiKey"),
        ("api_secret", "apiSecret"),
        ("jwt", "jwt"),
        ("basic", "basic"),
        ("token", "token"),
        ("account_id", "accountId"),
        ("app_secret", "appSecret"),
        ("query_key", "queryKey"),
        ("session", "session"),
        ("oauth", "oauth"),
        ("client_id", "oauth.id"),
        ("client_secret", "oauth.secret"),
    ];

    fn operation(security: &'static [&'static [&'static str]]) -> Operation {
        Operation {
            id: "get",
            method: Method::GET,
            path: "/",
            security,
            idempotency: Idempotency::Safe,
            reconcile: Reconcile::NotNeeded,
            success: &[200],
        }
    }

    fn credentials(secrets: &[(&'static str, &str)]) -> Credentials {
        let mut credentials = Credentials::new(&API, SLOTS);
        for (name, secret) in secrets {
            credentials.set(name, Secret::new(*secret));
        }
        credentials
    }

    #[track_caller]
    fn check(
        secrets: &[(&'static str, &str)],
        security: &'static [&'static [&'static str]],
        expected: Result<&[(&str, &str)], &str>,
    ) {
        let credentials = credentials(secrets);
        let mut request = Outgoing {
            method: Method::GET,
            url: "https://api.acme.example/a?b=c".parse().expect("it is a URL"),
            headers: HeaderMap::new(),
            body: None,
        };
        let token = credentials
            .api
            .schemes
            .iter()
            .find_map(|it| credentials.exchange(it))
            .map(|_| Secret::new("fetched"));
        let res = credentials
            .choose(&operation(security))
            .and_then(|it| credentials.apply(it, token.as_ref(), || 7, &mut request))
            .map_err(|it| it.to_string());
        let headers = request.headers;
        let mut sent: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().expect("the value is text")))
            .collect();
        sent.extend(request.url.query().filter(|it| *it != "b=c").map(|it| ("query", it)));
        assert_eq!(res.as_ref().map(|()| sent.as_slice()).map_err(String::as_str), expected);
        assert!(headers.values().all(HeaderValue::is_sensitive));
    }

    #[test]
    fn adds_what_schemes_say() {
        check(&[("apiKey", "k")], &[&["apiKey"]], Ok(&[("x-api-key", "k")]));
        check(&[("jwt", "t")], &[&["jwt"]], Ok(&[("authorization", "Bearer t")]));
        let basic = [("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")];
        check(&[("basic", "Aladdin:open sesame")], &[&["basic"]], Ok(&basic));
        check(&[("jwt", "t")], &[&[]], Ok(&[]));
        check(&[("jwt", "t")], &[], Ok(&[]));
    }

    #[test]
    fn takes_the_first_complete_alternative() {
        let both: &[&[&str]] = &[&["apiKey"], &["jwt"]];
        check(&[("jwt", "t")], both, Ok(&[("authorization", "Bearer t")]));
        check(&[("apiKey", "k"), ("jwt", "t")], both, Ok(&[("x-api-key", "k")]));
        check(&[], &[&["jwt"], &[]], Ok(&[]));
        check(&[("jwt", "t")], &[&[], &["jwt"]], Ok(&[("authorization", "Bearer t")]));
    }

    #[test]
    fn keys_can_be_in_the_query_and_in_cookies() {
        let query = [("query", "b=c&a%5Bk%5D=k%26x%3D%20y")];
        check(&[("queryKey", "k&x= y")], &[&["queryKey"]], Ok(&query));
        check(&[("session", "k+/=")], &[&["session"]], Ok(&[("cookie", "sid=k+/=")]));
        for secret in ["a b", "a;b", "a,b", "a\"b", r"a\b", "ä"] {
            let error = credentials(&[("session", secret)]).check().expect_err("it is refused");
            assert_eq!(error.to_string(), "`session` is not a value that a cookie can hold");
        }
        let error = credentials(&[("queryKey", "k\n")]).check().expect_err("it is refused");
        assert_eq!(error.to_string(), "`query_key` is not a value that a query can hold");
    }

    #[test]
    fn a_grant_wants_id_and_secret_or_a_token() {
        let alternatives: &[&[&str]] = &[&["oauth"]];
        let fetched = [("authorization", "Bearer fetched")];
        check(&[("oauth.id", "i"), ("oauth.secret", "s")], alternatives, Ok(&fetched));
        check(&[("oauth", "given")], alternatives, Ok(&[("authorization", "Bearer given")]));
        check(
            &[("oauth.id", "i")],
            alternatives,
            Err("no credential, set client_secret, or oauth"),
        );
    }

    #[test]
    fn id_and_secret_are_encoded_before_they_are_joined() {
        let credentials = credentials(&[("oauth.id", "a:b"), ("oauth.secret", "c d%")]);
        let value = credentials.basic(&GRANT).expect("both are there");
        assert!(value.is_sensitive());
        let text = value.to_str().expect("it is text").strip_prefix("Basic ").expect("it is Basic");
        assert_eq!(BASE64.decode(text).expect("it is Base64"), b"a%3Ab:c%20d%25");
    }

    #[test]
    fn names_what_is_missing() {
        check(&[], &[&["jwt"]], Err("no credential, set jwt"));
        check(
            &[("apiKey", "k")],
            &[&["apiKey", "signature"], &["jwt"]],
            Err("no credential, set api_secret, or jwt"),
        );
        check(&[], &[&["apiKey", "signature"]], Err("no credential, set api_key and api_secret"));
    }

    #[test]
    fn a_token_is_fetched_or_given() {
        let alternatives: &[&[&str]] = &[&["token"]];
        let fetched = [("authorization", "Bearer fetched")];
        let credentials = [("accountId", "a"), ("appSecret", "s")];
        check(&credentials, alternatives, Ok(&fetched));
        check(&[("token", "given")], alternatives, Ok(&[("authorization", "Bearer given")]));
        let both = [("accountId", "a"), ("appSecret", "s"), ("token", "given")];
        check(&both, alternatives, Ok(&fetched));
        check(&[("appSecret", "s")], alternatives, Err("no credential, set account_id, or token"));
        check(&[], alternatives, Err("no credential, set account_id and app_secret, or token"));
    }

    #[test]
    fn an_exchange_sends_its_credentials() {
        let credentials = credentials(&[("accountId", "a\"b"), ("appSecret", "s")]);
        let body = credentials.object(EXCHANGE.request);
        assert_eq!(body.as_ref(), br#"{"account":"a\"b","secret":"s"}"#);
    }

    #[test]
    fn refuses_values_that_no_header_can_hold() {
        for secret in ["", "canary\n", " canary", "can\r\nary: x", "canarÿ"] {
            let error = credentials(&[("apiKey", secret)]).check().expect_err("it is refused");
            assert_eq!(error.to_string(), "`api_key` is not a value that a header can hold");
            check(
                &[("apiKey", secret)],
                &[&["apiKey"]],
                Err("credential api_key cannot be in a header"),
            );
        }
        assert_eq!(credentials(&[("apiSecret", "any\n")]).check(), Ok(()));
    }

    #[test]
    fn shows_names_only() {
        let credentials = credentials(&[("apiKey", "canary"), ("jwt", "canary")]);
        assert_eq!(format!("{credentials:?}"), r#"{"api_key", "jwt"}"#);
    }
}
