//! A client's settings and what they become: one HTTP client, one server, one
//! set of credentials, shared by all calls.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use url::Url;

use crate::api::{Api, ClientCredentials, Operation, SchemeKind};
use crate::call::Call;
use crate::credential::{Credentials, Slot};
use crate::error::BuildError;
use crate::path;
use crate::server::{Base, Documented, Server, whole_url};
use crate::signature::Stamps;
use crate::token::{self, Exchange, TokenCell};
use crate::transport::{Custom, Transport};
use crate::{RetryPolicy, Secret, Timestamp};

/// What a client consists of, and all its calls share. Cheap to clone.
#[derive(Clone)]
pub struct Connection(Arc<Shared>);

struct Shared {
    api: &'static Api,
    base: Base,
    documented: Option<Documented>,
    credentials: Credentials,
    /// One per scheme whose token is fetched.
    tokens: Vec<(&'static str, TokenCell)>,
    transport: Transport,
    user_agent: HeaderValue,
    limits: Limits,
    clock: Clock,
    stamps: Stamps,
}

/// Where the time comes from.
type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Bounds of a call; time-outs can be set per call as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// For all attempts and the waiting between them.
    pub(crate) total: Duration,
    pub(crate) attempt: Duration,
    /// In bytes, after decompression.
    pub(crate) response_size: usize,
    pub(crate) retry: RetryPolicy,
}

impl Connection {
    /// A call of an operation, to which arguments are added.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self, operation)
    }

    pub(crate) fn base(&self) -> &Base {
        &self.0.base
    }

    /// Which of the documented servers it is.
    pub(crate) fn documented(&self) -> Option<&Documented> {
        self.0.documented.as_ref()
    }

    pub(crate) fn api(&self) -> &'static Api {
        self.0.api
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.0.transport
    }

    /// Where the token of one of these schemes is kept and how it is fetched,
    /// if one is.
    pub(crate) fn token_cell(&self, schemes: &[&'static str]) -> Option<(&TokenCell, Exchange)> {
        let (name, cell) = self.0.tokens.iter().find(|(name, _)| schemes.contains(name))?;
        let exchange = self.0.credentials.exchange(self.0.api.scheme(name)?)?;
        Some((cell, exchange))
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }

    pub(crate) fn limits(&self) -> Limits {
        self.0.limits
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    /// A time for a signature, in milliseconds, different from all before.
    pub(crate) fn stamp(&self) -> i64 {
        self.0.stamps.next(self.now().unix_millis())
    }
}

/// Shows the server's origin and which credentials are set.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("provider", &self.0.api.provider)
            .field("origin", &self.0.base.origin)
            .field("credentials", &self.0.credentials)
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}

/// The settings of a client before it is built.
///
/// Client crates wrap it in a `ClientBuilder` of their own, which has a method
/// per credential.
pub struct ConnectionBuilder {
    api: &'static Api,
    server: Server,
    credentials: Credentials,
    http: Option<reqwest::ClientBuilder>,
    transport: Option<Arc<Custom>>,
    limits: Limits,
    connect_timeout: Duration,
    user_agent_suffix: Option<String>,
    clock: Clock,
    /// Scheme and where its tokens are.
    token_urls: Vec<(&'static str, String)>,
    /// Scheme and what its tokens are asked for.
    scopes: Vec<(&'static str, Vec<String>)>,
}

impl ConnectionBuilder {
    /// Settings with their defaults. `slots` are the credentials a client can
    /// be given: the builder's method and the name in the spec.
    pub fn new(api: &'static Api, server: Server, slots: &'static [Slot]) -> Self {
        Self {
            api,
            server,
            credentials: Credentials::new(api, slots),
            http: None,
            transport: None,
            limits: Limits {
                total: Duration::from_secs(60),
                attempt: Duration::from_secs(30),
                response_size: 16 * 1024 * 1024,
                retry: RetryPolicy::default(),
            },
            connect_timeout: Duration::from_secs(10),
            user_agent_suffix: None,
            clock: Arc::new(Timestamp::now),
            token_urls: Vec::new(),
            scopes: Vec::new(),
        }
    }

    /// Sets the credential that has this name in the spec.
    #[must_use]
    pub fn credential(mut self, name: &'static str, secret: Secret) -> Self {
        self.credentials.set(name, secret);
        self
    }

    /// Where the tokens of the scheme of this name in the spec are fetched.
    #[must_use]
    pub fn token_url(mut self, scheme: &'static str, url: impl Into<String>) -> Self {
        self.token_urls.push((scheme, url.into()));
        self
    }

    /// The scopes that tokens of the scheme of this name in the spec are asked
    /// for.
    #[must_use]
    pub fn scopes(
        mut self,
        scheme: &'static str,
        scopes: impl IntoIterator<Item: Into<String>>,
    ) -> Self {
        self.scopes.push((scheme, scopes.into_iter().map(Into::into).collect()));
        self
    }

    /// The HTTP client to build on, for proxies, certificates and the like.
    ///
    /// If not set, the machine's proxies are used, but not for a loopback host.
    /// Redirects, the HTTP library's own retries and the connect time-out are
    /// set on it in any case.
    #[must_use]
    pub fn http(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = Some(http);
        self
    }

    /// A function in place of HTTP, for tests without a server.
    ///
    /// It gets each request as it would leave, and gives the answer. An error
    /// of the kind [`ConnectionRefused`](std::io::ErrorKind::ConnectionRefused)
    /// says that nothing was sent; after any other, it may have been.
    #[must_use]
    pub fn transport<F, R>(mut self, carry: F) -> Self
    where
        F: Fn(http::Request<Bytes>) -> R + Send + Sync + 'static,
        R: Future<Output = io::Result<http::Response<Bytes>>> + Send + 'static,
    {
        self.transport = Some(Arc::new(move |request| Box::pin(carry(request))));
        self
    }

    /// How often calls are sent again, and how long they wait in between;
    /// three attempts if not set.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.limits.retry = policy;
        self
    }

    /// The time for a whole call, all attempts and the waiting between them;
    /// 60 seconds if not set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.total = timeout;
        self
    }

    /// The time for one attempt; 30 seconds if not set.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// The time for connecting, TLS included; 10 seconds if not set.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The most bytes of a body that are read; 16 MiB if not set.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.response_size = bytes;
        self
    }

    /// Appended to the `User-Agent` header, such as `shop/1.2`.
    #[must_use]
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Where the time comes from, for signatures and `Retry-After`; the system
    /// if not set.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The connection, if all settings are right.
    ///
    /// # Errors
    ///
    /// If the server's URL, a credential or the `User-Agent` cannot be used,
    /// or the HTTP client cannot be made.
    pub fn build(self) -> Result<Connection, BuildError> {
        let documented = self.server.documented.clone();
        let base = self.server.base()?;
        self.credentials.check()?;
        let user_agent = user_agent(self.api, self.user_agent_suffix.as_deref())?;
        let mut tokens = Vec::new();
        for scheme in self.api.schemes {
            let grant = match scheme.kind {
                SchemeKind::Token(_) => None,
                SchemeKind::ClientCredentials(grant) => {
                    let scopes = last_given(&self.scopes, scheme.name);
                    let form = token::form(scopes.map(Vec::as_slice).unwrap_or_default())?;
                    // Without id and secret, no token is fetched.
                    match self.credentials.exchange(scheme) {
                        Some(_) => {
                            let given = last_given(&self.token_urls, scheme.name);
                            let given = given.map(String::as_str);
                            Some((token_url(grant, given, &base, documented.as_ref())?, form))
                        }
                        None => None,
                    }
                }
                _ => continue,
            };
            tokens.push((scheme.name, TokenCell::new(grant)));
        }
        // Certificates need not be loaded for what never leaves.
        let transport = match self.transport {
            Some(custom) => Transport::Custom(custom),
            None => Transport::Http(http_client(self.http, &base, self.connect_timeout)?),
        };
        Ok(Connection(Arc::new(Shared {
            api: self.api,
            base,
            documented,
            credentials: self.credentials,
            tokens,
            transport,
            user_agent,
            limits: self.limits,
            clock: self.clock,
            stamps: Stamps::new(),
        })))
    }
}

/// Shows which credentials are set, and the limits.
impl fmt::Debug for ConnectionBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionBuilder")
            .field("provider", &self.api.provider)
            .field("credentials", &self.credentials)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// The HTTP client, on what the caller has brought.
fn http_client(
    brought: Option<reqwest::ClientBuilder>,
    base: &Base,
    connect_timeout: Duration,
) -> Result<reqwest::Client, BuildError> {
    let http = brought.unwrap_or_else(|| {
        let http = reqwest::Client::builder();
        // The machine's proxies lead away from the machine.
        if base.is_loopback { http.no_proxy() } else { http }
    });
    // A redirect would take credentials elsewhere, and a retry of the library
    // could pay twice.
    http.redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(connect_timeout)
        .build()
        .map_err(|_| {
            BuildError::new("http", "cannot be built: its certificates, proxies or TLS are wrong")
        })
}

/// What was last given for a scheme.
fn last_given<'a, T>(given: &'a [(&'static str, T)], scheme: &str) -> Option<&'a T> {
    given.iter().rev().find(|(it, _)| *it == scheme).map(|(_, it)| it)
}

/// Where tokens are fetched.
///
/// What the spec says is not used with a server that it does not know: the
/// secret of a test would leave for the provider.
fn token_url(
    grant: &ClientCredentials,
    given: Option<&str>,
    base: &Base,
    documented: Option<&Documented>,
) -> Result<Url, BuildError> {
    let error = |problem: &str| BuildError::new("token_url", problem);
    if let Some(given) = given {
        return whole_url(given).map_err(error);
    }
    match grant.token_url {
        Some(url) if url.contains("://") => match documented {
            Some(_) => whole_url(url).map_err(error),
            None => Err(error("must be given with a server that is not documented")),
        },
        Some(url) => base.resolve(url).ok_or_else(|| error("is not below the server")),
        None => Err(error("must be given, because the spec does not say it for each server")),
    }
}

fn user_agent(api: &Api, suffix: Option<&str>) -> Result<HeaderValue, BuildError> {
    let mut text = format!("payouts-{}/{}", api.provider, api.version);
    if let Some(suffix) = suffix {
        text.push(' ');
        text.push_str(suffix);
    }
    path::header_value(&text).ok_or_else(|| {
        BuildError::new("user_agent_suffix", "is not a value that a header can hold")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static API: Api = Api { provider: "acme", title: "Acme", version: "1.2.3", schemes: &[] };

    fn builder() -> ConnectionBuilder {
        ConnectionBuilder::new(&API, Server::from("https://api.example.com/v1"), &[])
    }

    #[test]
    fn names_itself() {
        assert_eq!(user_agent(&API, None).expect("it is fine"), "payouts-acme/1.2.3");
        assert_eq!(
            user_agent(&API, Some("shop/1")).expect("it is fine"),
            "payouts-acme/1.2.3 shop/1"
        );
        let error = builder().user_agent_suffix("a\nb").build().expect_err("it is refused");
        assert_eq!(error.to_string(), "`user_agent_suffix` is not a value that a header can hold");
        assert_eq!(error.setting(), "user_agent_suffix");
    }

    #[test]
    fn reports_a_bad_server_when_built() {
        let builder = ConnectionBuilder::new(&API, Server::from("http://example.com"), &[]);
        assert_eq!(builder.build().expect_err("it is refused").setting(), "server");
    }

    #[test]
    fn debug_shows_the_origin_only() {
        let connection =
            builder().credential("key", Secret::new("canary")).build().expect("it is fine");
        let text =
            format!("{connection:?} {:?}", builder().credential("key", Secret::new("canary")));
        assert!(text.contains("https://api.example.com"), "{text}");
        assert!(!text.contains("canary") && !text.contains("/v1"), "{text}");
    }

    #[test]
    fn is_shared_between_threads() {
        fn check<T: Clone + Send + Sync + 'static>() {}
        check::<Connection>();
    }
}
