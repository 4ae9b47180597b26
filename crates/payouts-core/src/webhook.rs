//! Webhooks: whether a request is the provider's, what it tells, and what
//! makes it the same as one that came before.
//!
//! Proofs are checked over the bytes as they came, before anything is decoded.

mod error;
mod identity;
mod proof;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::error::decode;
use crate::{Secret, Timestamp};

pub use self::error::{WebhookError, WebhookErrorKind};
pub use self::proof::{Proof, TimestampHeader};

/// What is known about a webhook.
///
/// The generated client crates have a function for each of theirs, which is
/// all that callers need; see [`webhooks!`](crate::webhooks).
///
/// ```
/// use payouts_core::{HeaderMap, Proof, Secret, Webhook, WebhookErrorKind};
///
/// static PAYOUT_CHANGED: Webhook = Webhook {
///     id: "payout_changed",
///     proof: Proof::HmacSha256 {
///         header: "X-Acme-Signature",
///         prefix: "sha256=",
///         message: "{body}",
///         timestamp: None,
///     },
///     identity: &["/id"],
/// };
///
/// let secret = [Secret::new("whsec_1")];
/// let res = PAYOUT_CHANGED.verify::<Vec<String>>(&secret, &HeaderMap::new(), b"[]");
/// assert_eq!(res.unwrap_err().kind(), WebhookErrorKind::Header);
/// ```
#[derive(Debug)]
pub struct Webhook {
    /// Its id in the spec.
    pub id: &'static str,
    /// How the provider proves that a request is its own.
    pub proof: Proof,
    /// JSON pointers to the values that together identify an event; none if
    /// nothing does.
    pub identity: &'static [&'static str],
}

impl Webhook {
    /// Checks the proof over the body as it came, and only then decodes it.
    ///
    /// The proof may be by any of the secrets, so that one can be replaced
    /// without losing events. All of them are tried, and no comparison takes
    /// longer for a better guess. A webhook without a proof is refused.
    ///
    /// # Errors
    ///
    /// [`WebhookError::kind`] says which of them: the request is not the
    /// provider's as far as anybody can tell, or it is, but its body is not a
    /// `T`.
    pub fn verify<T: DeserializeOwned>(
        &'static self,
        secrets: &[Secret],
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Event<T>, WebhookError> {
        self.verify_at(Timestamp::now, secrets, headers, body)
    }

    /// Decodes a body of which nothing is proved: anybody can have sent it.
    ///
    /// # Errors
    ///
    /// If the body is not a `T`.
    pub fn read_unverified<T: DeserializeOwned>(
        &'static self,
        body: &[u8],
    ) -> Result<Event<T>, WebhookError> {
        let bytes = Bytes::copy_from_slice(body);
        match decode(body) {
            Ok(value) => Ok(Event { value, body: bytes, identity: self.identity }),
            Err(error) => Err(WebhookError::undecodable(self.id, error, bytes)),
        }
    }

    fn verify_at<T: DeserializeOwned>(
        &'static self,
        now: impl FnOnce() -> Timestamp,
        secrets: &[Secret],
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Event<T>, WebhookError> {
        self.proof
            .check(now, secrets, headers, body)
            .map_err(|problem| WebhookError::unproved(self.id, problem))?;
        self.read_unverified(body)
    }
}

/// Something that a provider tells.
///
/// It derefs to the value and keeps the bytes, so that a member the types do
/// not know is never lost.
///
/// ```
/// use payouts_core::{Event, Timestamp};
///
/// fn handle(event: &Event<Vec<String>>, is_new: impl Fn(&str) -> bool) {
///     if event.dedupe_id().is_none_or(|it| is_new(&it)) {
///         println!("{} items in {} bytes", event.len(), event.body().len());
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Event<T> {
    value: T,
    body: Bytes,
    identity: &'static [&'static str],
}

impl<T> Event<T> {
    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The bytes of the body, as they came. They may hold personal data.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// What is the same whenever this event is delivered again, fit to be
    /// stored and compared.
    ///
    /// `None` if the provider documents nothing of the kind, or if a part of it
    /// is missing, `null` or empty in this event: then treat the event as new.
    ///
    /// One part is given as it is. Several are joined by `|`, with `\` before
    /// each `|` and `\` of their own, so that different parts never give the
    /// same id. A number and a string of the same text are the same part. The
    /// id is unique among the events of one webhook.
    pub fn dedupe_id(&self) -> Option<String> {
        identity::of(&self.body, self.identity)
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Shows the value by its own `Debug`, and how long the body is.
impl<T: fmt::Debug> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("value", &self.value)
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish()
    }
}
