//! Why a webhook's request gives no event.

use std::fmt;

use bytes::Bytes;

use super::proof::Problem;
use crate::error::DecodeError;

/// Why a request to a webhook gives no event.
///
/// Its `Display` and `Debug` show no secret, no header and nothing of the body.
///
/// ```
/// use payouts_core::{WebhookError, WebhookErrorKind};
///
/// /// The status to answer with.
/// fn status(error: &WebhookError) -> u16 {
///     match error.kind() {
///         // Our own mistake: the provider should try again later.
///         WebhookErrorKind::Secret => 500,
///         // It is the provider's, so keep it: `error.body()` has all of it.
///         WebhookErrorKind::Body => 200,
///         _ => 401,
///     }
/// }
/// ```
#[derive(Clone)]
pub struct WebhookError {
    webhook: &'static str,
    cause: Cause,
}

#[derive(Clone)]
enum Cause {
    Unproved(Problem),
    Undecodable(DecodeError, Bytes),
}

/// What kind of failure a [`WebhookError`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// The secrets that were given cannot prove anything: there is none, or one
    /// of them is empty or not in the form that the webhook needs.
    Secret,
    /// A header that the proof needs is missing, stands more than once, or is
    /// not in its form.
    Header,
    /// The signature or the credentials are those of none of the secrets.
    Signature,
    /// The signature is right, but was made too long ago or in the future.
    Timestamp,
    /// The body is not what the webhook documents. If there is a proof, it was
    /// right: the event is real.
    Body,
}

impl WebhookError {
    pub(super) fn unproved(webhook: &'static str, problem: Problem) -> Self {
        Self { webhook, cause: Cause::Unproved(problem) }
    }

    pub(super) fn undecodable(webhook: &'static str, error: DecodeError, body: Bytes) -> Self {
        Self { webhook, cause: Cause::Undecodable(error, body) }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> WebhookErrorKind {
        match &self.cause {
            Cause::Unproved(problem) => problem.kind,
            Cause::Undecodable(..) => WebhookErrorKind::Body,
        }
    }

    /// The bytes of a body that cannot be decoded, after its proof was found to
    /// be right, if the webhook has one. `None` for every other failure, so
    /// what is here is never a forgery. It may hold personal data.
    pub fn body(&self) -> Option<&Bytes> {
        match &self.cause {
            Cause::Unproved(_) => None,
            Cause::Undecodable(_, body) => Some(body),
        }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.webhook)?;
        match &self.cause {
            Cause::Unproved(problem) => write!(f, "{problem}"),
            Cause::Undecodable(error, _) => write!(f, "body is not as documented, {error}"),
        }
    }
}

impl fmt::Debug for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookError({self})")
    }
}

impl std::error::Error for WebhookError {}
