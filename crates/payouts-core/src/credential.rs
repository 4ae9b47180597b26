//! Credentials: which of them a request needs, and how they get into it.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::Secret;
use crate::api::{Api, Operation, Scheme, SchemeKind, TokenExchange};
use crate::error::BuildError;
use crate::path;
use crate::signature;

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
            let is_plain = !matches!(scheme.kind, SchemeKind::Signature(_));
            if is_plain && let Some(secret) = self.secrets.get(scheme.name) {
                header_value(&scheme.kind, secret).ok_or_else(|| {
                    BuildError::new(
                        self.setter(scheme.name),
                        "is not a value that a header can hold",
                    )
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
        if let Some(alternative) = alternatives.iter().find(is_complete) {
            return Ok(alternative);
        }
        let ways = alternatives.iter().flat_map(|it| self.ways(it));
        let missing: Vec<String> = ways.map(|it| self.missing(&it).join(" and ")).collect();
        Err(CredentialError::Missing(missing.join(", or ")))
    }

    /// The exchange that fetches the token of a scheme, unless the client was
    /// given one, or cannot fetch one.
    pub(crate) fn exchange(&self, scheme: &'static Scheme) -> Option<&'static TokenExchange> {
        let SchemeKind::Token(exchange) = scheme.kind else { return None };
        let has = |(_, name): &(&str, &str)| self.secrets.contains_key(name);
        exchange.request.iter().all(has).then_some(exchange)
    }

    /// A JSON object with these members and credentials.
    pub(crate) fn object(&self, members: &[(&'static str, &'static str)]) -> Bytes {
        let text = |name| self.secrets.get(name).map_or("", Secret::expose);
        let members: BTreeMap<&str, &str> =
            members.iter().map(|(member, name)| (*member, text(name))).collect();
        let json = serde_json::to_vec(&members).expect("a map of texts is JSON");
        Bytes::from(json)
    }

    /// Adds the headers of the chosen schemes. `millis` gives the time of this
    /// attempt and is asked only if a signature needs it; `token` is what was
    /// fetched, if one of them needs that.
    pub(crate) fn apply(
        &self,
        chosen: &[&'static str],
        token: Option<&Secret>,
        millis: impl Fn() -> i64,
        headers: &mut HeaderMap,
    ) -> Result<(), CredentialError> {
        for scheme in chosen.iter().filter_map(|it| self.api.scheme(it)) {
            let unusable = || CredentialError::Unusable(self.setter(scheme.name));
            let mut value = match &scheme.kind {
                SchemeKind::Signature(signature) => {
                    let text = signature::sign(signature, millis(), |name| self.secrets.get(name));
                    let text = text.map(Zeroizing::new).ok_or_else(unusable)?;
                    path::header_value(&text)
                }
                kind @ SchemeKind::Token(_) => {
                    let fixed = || self.secrets.get(scheme.name);
                    token.or_else(fixed).and_then(|it| header_value(kind, it))
                }
                kind => self.secrets.get(scheme.name).and_then(|it| header_value(kind, it)),
            }
            .ok_or_else(unusable)?;
            value.set_sensitive(true);
            let name = HeaderName::try_from(scheme.kind.header()).map_err(|_| unusable())?;
            headers.insert(name, value);
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
        Some(_) | None => vec![vec![name]],
    }
}

/// The header value of a scheme that is not computed.
fn header_value(kind: &SchemeKind, secret: &Secret) -> Option<HeaderValue> {
    let secret = secret.expose();
    if secret.is_empty() || path::header_value(secret).is_none() {
        return None;
    }
    let text = match kind {
        SchemeKind::ApiKey { .. } => secret.to_owned(),
        SchemeKind::Bearer | SchemeKind::Token(_) => format!("Bearer {secret}"),
        SchemeKind::Basic => format!("Basic {}", BASE64.encode(secret)),
        SchemeKind::Signature(_) => return None,
    };
    path::header_value(&Zeroizing::new(text))
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
        ],
    };

    static SLOTS: &[Slot] = &[
        ("api_key", "apiKey"),
        ("api_secret", "apiSecret"),
        ("jwt", "jwt"),
        ("basic", "basic"),
        ("token", "token"),
        ("account_id", "accountId"),
        ("app_secret", "appSecret"),
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
        let mut headers = HeaderMap::new();
        let token = credentials
            .api
            .schemes
            .iter()
            .find_map(|it| credentials.exchange(it))
            .map(|_| Secret::new("fetched"));
        let res = credentials
            .choose(&operation(security))
            .and_then(|it| credentials.apply(it, token.as_ref(), || 7, &mut headers))
            .map_err(|it| it.to_string());
        let sent: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().expect("the value is text")))
            .collect();
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
