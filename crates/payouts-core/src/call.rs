//! A call that has not been sent: its arguments, gathered and encoded.

mod conclude;
mod exchange;
mod prepared;
mod ready;
mod trace;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TE, TRAILER,
    TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::api::{Idempotency, Operation, Reconcile};
use crate::body::{self, Body, Content, FormStyle, Members, PartStyle};
use crate::connection::{Connection, Limits};
use crate::error::{Error, Failure, OperationError};
use crate::parameter::style::{self, Expected, Reserved};
use crate::path::{self, Filling};
use crate::response::{Answer, Response, Sending};
use crate::server::Base;
use crate::{Check, Checker, Parameter, Problem, RetryPolicy, Style, constraint};

pub use self::conclude::{SuccessBody, Unreadable, success_status};
use self::prepared::Prepared;
pub use self::ready::PreparedCall;

/// The media type of most bodies.
const JSON: &str = "application/json";

/// A call of an operation, to which arguments are added.
///
/// Client crates wrap it in a type per operation. Its methods never fail: what
/// is wrong with the arguments comes out when it is sent, all of it at once.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    connection: Connection,
    operation: &'static Operation,
    path: Vec<(&'static str, Filling)>,
    query: Vec<Pair>,
    cookies: Vec<Pair>,
    headers: HeaderMap,
    body: Option<Body>,
    /// The member of the body to reconcile with, if the body is no JSON.
    matching: Option<String>,
    /// The media types of the answers.
    accept: &'static str,
    own_server: Option<OwnServer>,
    /// Where to, if that is neither the client's server nor below it.
    whole_url: Option<Url>,
    key: Option<String>,
    limits: Limits,
    problems: Vec<Problem>,
    /// Ids of items that a list has given before it was resumed.
    pub(crate) seen: Vec<String>,
}

/// A pair of a query, or a cookie.
#[derive(Clone)]
struct Pair {
    /// The parameter that it belongs to.
    parameter: &'static str,
    /// Its name, which is not encoded.
    name: Cow<'static, str>,
    /// Its value, encoded.
    value: String,
}

/// Where an operation is served that is not where all others are.
#[derive(Clone, Copy)]
struct OwnServer {
    servers: &'static [(&'static str, &'static str)],
    custom: (&'static str, &'static str),
}

impl Call {
    pub(crate) fn new(connection: &Connection, operation: &'static Operation) -> Self {
        Self {
            connection: connection.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            cookies: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            matching: None,
            accept: JSON,
            own_server: None,
            whole_url: None,
            key: None,
            limits: connection.limits(),
            problems: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// Checks an argument, called by its Rust name, before it is sent.
    pub fn check(mut self, name: &str, rules: impl FnOnce(&mut Checker<'_>)) -> Self {
        self.problems.extend(constraint::argument(name, rules));
        self
    }

    /// Sends the call to a server of the operation's own: a URL for each
    /// documented environment.
    ///
    /// A base URL of the caller's stands for all of them: `custom` is what its
    /// path must end with, and what stands there instead.
    pub fn server(
        mut self,
        servers: &'static [(&'static str, &'static str)],
        custom: (&'static str, &'static str),
    ) -> Self {
        self.own_server = Some(OwnServer { servers, custom });
        self
    }

    /// Sets a parameter of the path.
    pub fn path(mut self, name: &'static str, value: &(impl Parameter + ?Sized)) -> Self {
        self.path.push((name, Filling::Value(value.encode())));
        self
    }

    /// Sets a parameter of the path that is written in a style.
    pub fn path_as(
        mut self,
        name: &'static str,
        style: Style,
        value: &(impl Serialize + ?Sized),
    ) -> Self {
        match style::in_path(style, name, value) {
            Ok(text) => self.path.push((name, Filling::Text(text))),
            Err(expected) => {
                // It is there, only wrong, and one problem is enough.
                self.path.push((name, Filling::Text(String::new())));
                self.problem(name, expected);
            }
        }
        self
    }

    /// Sets a parameter of the query, `name=value`.
    pub fn query(self, name: &'static str, value: &(impl Parameter + ?Sized)) -> Self {
        let value = path::encode(&value.encode());
        self.set_query(name, [value])
    }

    /// Sets a parameter of the query once per value, `name=a&name=b`.
    pub fn query_each(self, name: &'static str, values: &[impl Parameter]) -> Self {
        let values: Vec<_> = values.iter().map(|it| path::encode(&it.encode())).collect();
        self.set_query(name, values)
    }

    /// Sets a parameter of the query to a list, `name=a,b`; nothing if the
    /// list is empty.
    pub fn query_joined(self, name: &'static str, values: &[impl Parameter]) -> Self {
        let values: Vec<_> = values.iter().map(|it| path::encode(&it.encode())).collect();
        let joined = (!values.is_empty()).then(|| values.join(","));
        self.set_query(name, joined)
    }

    /// Sets a parameter of the query that is written in a style.
    pub fn query_as(
        self,
        name: &'static str,
        style: Style,
        value: &(impl Serialize + ?Sized),
    ) -> Self {
        self.set_pairs(name, style::pairs(style, name, value, Reserved::Encoded))
    }

    /// Sets a parameter of the query like [`query_as`](Self::query_as), whose
    /// value keeps the reserved characters that cannot end it: all but `#`,
    /// `[`, `]`, `&` and `+`, and in a list the comma.
    pub fn query_reserved(
        self,
        name: &'static str,
        style: Style,
        value: &(impl Serialize + ?Sized),
    ) -> Self {
        self.set_pairs(name, style::pairs(style, name, value, Reserved::Kept))
    }

    /// Sets a header that is a parameter of the operation.
    pub fn header(mut self, name: &'static str, value: &(impl Parameter + ?Sized)) -> Self {
        self.set_header(name, &value.encode());
        self
    }

    /// Sets a header that is written in a style.
    pub fn header_as(
        mut self,
        name: &'static str,
        style: Style,
        value: &(impl Serialize + ?Sized),
    ) -> Self {
        match style::in_header(style, value) {
            Ok(Some(text)) => self.set_header(name, &text),
            Ok(None) => drop(self.headers.remove(name)),
            Err(expected) => self.problem(name, expected),
        }
        self
    }

    /// Sets a cookie that is a parameter of the operation, written in a style.
    pub fn cookie_as(
        mut self,
        name: &'static str,
        style: Style,
        value: &(impl Serialize + ?Sized),
    ) -> Self {
        self.cookies.retain(|it| it.parameter != name);
        match style::pairs(style, name, value, Reserved::Encoded) {
            Ok(pairs) => self.cookies.extend(pairs.into_iter().map(|it| Pair::new(name, it))),
            Err(expected) => self.problem(name, expected),
        }
        self
    }

    /// Sets a header that the operation does not know.
    ///
    /// The headers that the client sets itself are refused: credentials, the
    /// idempotency key, and those that say how the message is sent.
    pub fn extra_header(mut self, name: &str, value: &str) -> Self {
        if self.is_own(name) {
            self.problem("header", "a header that the client does not set itself");
        } else {
            self.set_header(name, value);
        }
        self
    }

    /// Sets the idempotency key instead of generating one.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        let key = key.into();
        let is_fine = (1..=255).contains(&key.len()) && key.bytes().all(|it| it.is_ascii_graphic());
        if !is_fine {
            self.problem("idempotency_key", "1 to 255 visible ASCII characters");
        }
        self.key = Some(key);
        self
    }

    /// Sets the body, encoded as JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body = Some(Body::bytes(JSON, bytes)),
            Err(_) => self.problem("body", "a value that JSON can hold"),
        }
        self
    }

    /// Sets the body like [`json`](Self::json), after checking what the spec
    /// says about it: lengths, bounds, patterns.
    pub fn checked_json(self, body: &(impl Serialize + Check)) -> Self {
        self.checked(body).json(body)
    }

    /// Checks what the spec says about a body: lengths, bounds, patterns.
    pub fn checked(mut self, body: &impl Check) -> Self {
        self.problems.extend(constraint::problems(body));
        self
    }

    /// Sets the body, encoded as a form: every member by its name, those that
    /// are absent left out. `styles` are the members that are written in
    /// another than the usual way.
    pub fn form(
        mut self,
        body: &(impl Serialize + ?Sized),
        styles: &[(&'static str, FormStyle)],
    ) -> Self {
        let form = self.members(body).and_then(|it| body::form(&it, styles));
        match form {
            Some(form) => self.body = Some(Body::bytes("application/x-www-form-urlencoded", form)),
            None => self.problem("body", body::EXPECTED),
        }
        self
    }

    /// Sets the body, encoded as parts, one per member. `styles` are the
    /// members that are files, or written in another than the usual way.
    ///
    /// What separates the parts is made once, so that all attempts have the
    /// same bytes.
    pub fn multipart(
        mut self,
        body: &(impl Serialize + ?Sized),
        styles: &[(&'static str, PartStyle)],
    ) -> Self {
        let parts = self.members(body).and_then(|it| body::parts(&it, styles));
        match parts {
            Some(parts) => {
                let content = Content::Parts(parts);
                self.body = Some(Body { content, media_type: "multipart/form-data" });
            }
            None => self.problem("body", body::EXPECTED),
        }
        self
    }

    /// Sets the body to a text, which is sent as it is.
    pub fn text(mut self, body: &str) -> Self {
        self.body = Some(Body::bytes("text/plain", body.to_owned()));
        self
    }

    /// Sets the body to bytes, which are sent as they are.
    pub fn binary(mut self, body: &Bytes) -> Self {
        self.body = Some(Body::bytes("application/octet-stream", body.clone()));
        self
    }

    /// Sets the media type of the body, if it is not the usual one of its kind.
    pub fn media_type(mut self, media_type: &'static str) -> Self {
        if let Some(body) = &mut self.body {
            body.media_type = media_type;
        }
        self
    }

    /// Sets the media types that are asked for; `application/json` if not set.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Makes the call a form that is sent to a URL, with this `Authorization`.
    pub(crate) fn grant(mut self, url: Url, form: String, authorization: HeaderValue) -> Self {
        self.whole_url = Some(url);
        self.body = Some(Body::bytes("application/x-www-form-urlencoded", form));
        self.headers.insert(AUTHORIZATION, authorization);
        self
    }

    /// Sets the body to bytes that are JSON already.
    pub(crate) fn bytes(mut self, json: Bytes) -> Self {
        self.body = Some(Body::bytes(JSON, json));
        self
    }

    /// Sets how often the call is sent again, and how long it waits in between.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.limits.retry = policy;
        self
    }

    /// Sets the time for the whole call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.total = timeout;
        self
    }

    /// Sets the time for one attempt.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// Checks and encodes the call without sending it.
    ///
    /// # Errors
    ///
    /// If an argument cannot be sent, a credential is missing, or there is no
    /// randomness for a key.
    pub fn prepare<T, E>(self) -> Result<PreparedCall<T, E>, Error<E>>
    where
        T: DeserializeOwned + 'static,
    {
        self.prepare_as(SuccessBody::json)
    }

    /// Checks and encodes the call like [`prepare`](Self::prepare), for a
    /// success that is read in another way than as JSON.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn prepare_as<T, E>(
        self,
        read: fn(SuccessBody) -> Result<T, Unreadable>,
    ) -> Result<PreparedCall<T, E>, Error<E>> {
        let prepared = self.prepared().map_err(Error::new)?;
        Ok(PreparedCall::new(prepared, read))
    }

    /// Sends the call and decodes the answer: a success as `T`, anything else
    /// as `E`. With `()` for `T`, the body of a success is not looked at.
    ///
    /// # Errors
    ///
    /// See [`Outcome`](crate::Outcome).
    pub fn send<T, E>(self) -> impl Future<Output = Result<Response<T>, Error<E>>> + Send
    where
        T: DeserializeOwned + 'static,
        E: OperationError,
    {
        self.send_as(SuccessBody::json)
    }

    /// Sends the call like [`send`](Self::send), for a success that is read in
    /// another way than as JSON.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn send_as<T, E>(
        self,
        read: fn(SuccessBody) -> Result<T, Unreadable>,
    ) -> impl Future<Output = Result<Response<T>, Error<E>>> + Send
    where
        T: 'static,
        E: OperationError,
    {
        self.finish(read)
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The value of a parameter of the query, as it was given.
    pub(crate) fn argument(&self, name: &str) -> Option<String> {
        path::decode(&self.query.iter().find(|it| it.parameter == name)?.value)
    }

    /// Where the call goes.
    fn base(&self) -> Result<Base, Problem> {
        let base = self.connection.base();
        let Some(OwnServer { servers, custom: (old, new) }) = self.own_server else {
            return Ok(base.clone());
        };
        match self.connection.documented() {
            Some(documented) => documented.own(servers).ok_or_else(|| {
                Problem::new("server", "an environment that this operation is served in")
            }),
            None => base.with_end(old, new).ok_or_else(|| {
                Problem::new("server", format!("a URL that ends in `{old}`, for this operation"))
            }),
        }
    }

    /// Makes the call one that cannot be sent.
    pub(crate) fn refuse(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    async fn finish<T, E>(
        self,
        read: fn(SuccessBody) -> Result<T, Unreadable>,
    ) -> Result<Response<T>, Error<E>>
    where
        T: 'static,
        E: OperationError,
    {
        self.prepare_as(read)?.send().await
    }

    /// The members of a body that is not sent as JSON.
    fn members(&mut self, body: &(impl Serialize + ?Sized)) -> Option<Members> {
        let members = Members::of(&serde_json::to_vec(body).ok()?)?;
        if let Reconcile::With { matching, .. } = self.operation.reconcile {
            self.matching = members.text(matching);
        }
        Some(members)
    }

    /// Sends the call until there is an answer, whatever its status, or until
    /// there can be none.
    pub(crate) async fn exchange(self) -> Result<(Answer, Sending), Box<Failure>> {
        self.prepared()?.exchange().await
    }

    fn prepared(self) -> Result<Prepared, Box<Failure>> {
        let key = self.key.clone();
        Prepared::new(self).map_err(|it| it.with_key(key))
    }

    fn set_query(mut self, name: &'static str, encoded: impl IntoIterator<Item = String>) -> Self {
        self.query.retain(|it| it.parameter != name);
        let pair = |value| Pair { parameter: name, name: Cow::Borrowed(name), value };
        self.query.extend(encoded.into_iter().map(pair));
        self
    }

    fn set_pairs(
        mut self,
        name: &'static str,
        pairs: Result<Vec<(String, String)>, Expected>,
    ) -> Self {
        self.query.retain(|it| it.parameter != name);
        match pairs {
            Ok(pairs) => self.query.extend(pairs.into_iter().map(|it| Pair::new(name, it))),
            Err(expected) => self.problem(name, expected),
        }
        self
    }

    fn set_header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), path::header_value(value)) {
            (Ok(name), Some(value)) => {
                self.headers.insert(name, value);
            }
            (Ok(name), None) => self.problem(name.as_str(), "visible ASCII text"),
            (Err(_), _) => self.problem("header", "a valid name of a header"),
        }
    }

    /// Whether the client sets this header itself.
    fn is_own(&self, name: &str) -> bool {
        let is = |it: &str| it.eq_ignore_ascii_case(name);
        const FRAMING: [HeaderName; 10] = [
            ACCEPT_ENCODING,
            AUTHORIZATION,
            CONNECTION,
            CONTENT_LENGTH,
            CONTENT_TYPE,
            HOST,
            TE,
            TRAILER,
            TRANSFER_ENCODING,
            UPGRADE,
        ];
        let is_key = matches!(self.operation.idempotency, Idempotency::Key(key) if is(key));
        is_key
            || FRAMING.iter().any(|it| is(it.as_str()))
            || self.connection.api().schemes.iter().any(|it| it.kind.header().is_some_and(is))
    }

    fn problem(&mut self, name: &str, expected: &str) {
        self.problems.push(Problem::new(name, expected));
    }
}

impl Pair {
    fn new(parameter: &'static str, (name, value): (String, String)) -> Self {
        Self { parameter, name: Cow::Owned(name), value }
    }
}

/// Shows the operation only: arguments may be personal.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
