//! What came back: the decoded value, and everything else that was received.

use std::fmt;
use std::ops::Deref;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::api::{Idempotency, Operation, Reconcile};
use crate::error::{TransportError, decode};
use crate::outcome::Outcome;
use crate::{Header, HeaderError, JsonObject, Timestamp};

/// A successful answer.
///
/// It derefs to the value and keeps the status, the headers and the bytes, so
/// that a member the types do not know is never lost.
///
/// ```
/// use payouts_core::Response;
///
/// fn log(response: &Response<Vec<String>>) -> String {
///     let id = response.request_id().unwrap_or("none");
///     format!("{} items, {}, request id {id}", response.len(), response.status())
/// }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    answer: Answer,
    sending: Sending,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, answer: Answer, sending: Sending) -> Self {
        Self { value, answer, sending }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same answer with another value, made from this one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: change(self.value), answer: self.answer, sending: self.sending }
    }

    /// All but the value.
    pub(crate) fn into_parts(self) -> (Answer, Sending) {
        (self.answer, self.sending)
    }

    /// The status, 2xx or a documented 3xx.
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// The headers, as received.
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The value of a header, if it is there.
    ///
    /// # Errors
    ///
    /// If it is not of the header's type. It is among
    /// [`headers`](Self::headers) all the same.
    pub fn header<V: DeserializeOwned>(&self, header: Header<V>) -> Result<Option<V>, HeaderError> {
        header.read(&self.answer.headers)
    }

    /// The provider's name for this exchange, to quote in a support ticket.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// The bytes of the body, decompressed.
    pub fn body(&self) -> &Bytes {
        &self.answer.body
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.sending.attempts
    }

    /// The idempotency key that was sent, if the operation has one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.sending.key.as_deref()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Shows the value by its own `Debug`, and of the rest only what is harmless.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.answer.status.as_u16())
            .field("request_id", &self.request_id())
            .field("attempts", &self.sending.attempts)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// Everything received since a status line came.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// All of the body, or what came before `broken`.
    pub(crate) body: Bytes,
    /// Why the body is not complete.
    pub(crate) broken: Option<TransportError>,
    pub(crate) received: Timestamp,
}

/// What a call knows of its sending, whatever came of it.
#[derive(Clone, Default)]
pub(crate) struct Sending {
    /// How many times a request may have left.
    pub(crate) attempts: u32,
    /// Whether an attempt that another one followed may have had its effect.
    pub(crate) is_doubtful: bool,
    pub(crate) key: Option<String>,
    /// The parameter to reconcile with, if it is one.
    pub(crate) matching: Option<String>,
    pub(crate) body: Option<Bytes>,
}

impl Sending {
    /// The outcome of all attempts, from that of the last one: one that may
    /// have had its effect makes all of them doubtful, except for a success.
    pub(crate) fn judge(&self, last: Outcome) -> Outcome {
        match last {
            Outcome::Accepted => last,
            _ if self.is_doubtful => Outcome::Unknown,
            _ => last,
        }
    }

    /// The value of the request to look for when reconciling.
    pub(crate) fn reconcile_value(&self, operation: &Operation) -> Option<String> {
        let Reconcile::With { matching, .. } = operation.reconcile else { return None };
        if self.matching.is_some() {
            return self.matching.clone();
        }
        if operation.idempotency == Idempotency::Key(matching) {
            return self.key.clone();
        }
        let members: JsonObject = decode(self.body.as_ref()?).ok()?;
        let value = members.get(matching)?;
        Some(value.decode().unwrap_or_else(|_| value.as_text().to_owned()))
    }
}

impl Answer {
    /// The request id, unless it looks like more than an id: it is printed.
    pub(crate) fn request_id(&self) -> Option<&str> {
        const NAMES: [&str; 5] =
            ["x-request-id", "request-id", "x-correlation-id", "correlation-id", "x-trace-id"];
        let is_id = |text: &&str| {
            let is_fine = |it: char| it.is_ascii_alphanumeric() || "-_.:/+=".contains(it);
            !text.is_empty() && text.len() <= 128 && text.chars().all(is_fine)
        };
        let value_of = |name: &&str| self.headers.get(*name)?.to_str().ok().filter(is_id);
        NAMES.iter().find_map(value_of)
    }

    /// How long the provider asks to wait, from when this was received.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let then = httpdate::parse_http_date(text).ok()?;
        let then = then.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(self.received.unix_millis()).unwrap_or_default();
        Some(then.saturating_sub(Duration::from_millis(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(headers: &[(&'static str, &'static str)]) -> Answer {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, http::HeaderValue::from_static(value));
        }
        Answer {
            status: StatusCode::OK,
            headers: map,
            body: Bytes::from_static(b"canary"),
            broken: None,
            received: "1994-11-06T08:49:27Z".parse().expect("the text is a time"),
        }
    }

    fn sending(is_doubtful: bool, body: &'static [u8]) -> Sending {
        let body = Some(Bytes::from_static(body));
        Sending { attempts: 1, is_doubtful, key: None, matching: None, body }
    }

    #[test]
    fn one_doubtful_attempt_makes_all_doubtful_but_a_success() {
        use Outcome::{Accepted, NotSent, Rejected, Unknown};

        let judge = |is_doubtful| {
            [NotSent, Rejected, Accepted, Unknown].map(|it| sending(is_doubtful, b"").judge(it))
        };
        assert_eq!(judge(false), [NotSent, Rejected, Accepted, Unknown]);
        assert_eq!(judge(true), [Unknown, Unknown, Accepted, Unknown]);
    }

    #[test]
    fn knows_the_value_to_look_for() {
        static LIST: Operation = Operation {
            id: "list_payouts",
            method: http::Method::GET,
            path: "/payouts",
            security: &[],
            idempotency: Idempotency::Safe,
            reconcile: Reconcile::NotNeeded,
            success: &[200],
        };
        let operation = |matching| Operation {
            id: "create_payout",
            method: http::Method::POST,
            path: "/payouts",
            security: &[],
            idempotency: Idempotency::None,
            reconcile: Reconcile::With { operation: &LIST, matching, how: "Look." },
            success: &[200],
        };
        let of = |matching, body| sending(false, body).reconcile_value(&operation(matching));
        assert_eq!(of("reference", br#"{"reference": "a\u0062"}"#).as_deref(), Some("ab"));
        assert_eq!(of("amount", br#"{"amount": 10.50}"#).as_deref(), Some("10.50"));
        assert_eq!(of("items", br#"{"items": [1]}"#).as_deref(), Some("[1]"));
        assert_eq!(of("reference", br#"{"amount": 10.50}"#), None);
        assert_eq!(sending(false, b"{}").reconcile_value(&LIST), None);
        let parameter = Sending { matching: Some("p".to_owned()), ..sending(false, b"{}") };
        assert_eq!(parameter.reconcile_value(&operation("id")).as_deref(), Some("p"));
    }

    #[test]
    fn reads_seconds_and_dates() {
        let of = |value| answer(&[("retry-after", value)]).retry_after();
        assert_eq!(of("120"), Some(Duration::from_secs(120)));
        assert_eq!(of("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::from_secs(10)));
        assert_eq!(of("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(of("soon"), None);
        assert_eq!(of("-1"), None);
        assert_eq!(of("99999999999999999999"), None);
        assert_eq!(answer(&[]).retry_after(), None);
    }

    #[test]
    fn finds_the_request_id() {
        let of = |name, value| answer(&[(name, value)]).request_id().map(str::to_owned);
        assert_eq!(of("x-request-id", "abc-1"), Some(String::from("abc-1")));
        assert_eq!(of("x-correlation-id", "abc"), Some(String::from("abc")));
        assert_eq!(of("x-request-id", "john doe"), None);
        assert_eq!(of("x-request-id", "john@doe.com"), None);
        assert_eq!(of("x-other", "abc"), None);
    }

    #[test]
    fn shows_neither_body_nor_headers() {
        let response = Response::new(
            7,
            answer(&[("x-name", "canary"), ("x-request-id", "r1")]),
            sending(false, b"canary"),
        );
        assert_eq!(
            format!("{response:?}"),
            r#"Response { status: 200, request_id: Some("r1"), attempts: 1, value: 7, .. }"#
        );
        assert_eq!(*response.map(|it| it + 1), 8);
    }
}
