//! What came back: the decoded value, and everything else that was received.

use std::fmt;
use std::ops::Deref;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use crate::Timestamp;
use crate::error::TransportError;

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
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, answer: Answer) -> Self {
        Self { value, answer }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same answer with another value, made from this one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: change(self.value), answer: self.answer }
    }

    /// The status, 2xx or a documented 3xx.
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// The headers, as received.
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
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
        self.answer.attempts
    }

    /// The idempotency key that was sent, if the operation has one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.answer.key.as_deref()
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
            .field("attempts", &self.answer.attempts)
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
    pub(crate) attempts: u32,
    pub(crate) key: Option<String>,
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
            attempts: 1,
            key: None,
        }
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
        let response = Response::new(7, answer(&[("x-name", "canary"), ("x-request-id", "r1")]));
        assert_eq!(
            format!("{response:?}"),
            r#"Response { status: 200, request_id: Some("r1"), attempts: 1, value: 7, .. }"#
        );
        assert_eq!(*response.map(|it| it + 1), 8);
    }
}
