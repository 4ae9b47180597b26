//! The error of a call: what happened, what became of the request, and what
//! to do, without a word of what was sent or received.

mod build;
mod decode;
mod operation;
mod transport;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::api::{Idempotency, Operation, Reconcile};
use crate::credential::CredentialError;
use crate::outcome::Outcome;
use crate::response::{Answer, Sending};
use crate::token::TokenFailure;
use crate::{Header, HeaderError, Problem};

pub use self::build::BuildError;
pub(crate) use self::decode::decode_without_empty;
pub use self::decode::{DecodeError, decode};
pub use self::operation::{Erased, OperationError, declared_status};
pub(crate) use self::transport::{Stage, TransportError};

/// Why a call has no value to return.
///
/// `E` is the error type of the operation, with one variant per documented
/// status. The operator `?` turns it into a plain `Error`, which is the same
/// for all operations and keeps everything but [`declared`](Self::declared).
///
/// Neither `Display`, `Debug` nor `source()` shows a body, a header, a URL or
/// an argument: they are fit for logs and support tickets.
///
/// ```
/// use payouts_core::{Error, Outcome};
///
/// fn report(error: &Error) -> String {
///     match error.outcome() {
///         Outcome::NotSent | Outcome::Rejected => format!("nothing was paid: {error}"),
///         Outcome::Accepted => format!("it was paid, read the bytes: {:?}", error.body()),
///         Outcome::Unknown => format!("it may have been paid: {error}"),
///     }
/// }
/// ```
pub struct Error<E = Erased> {
    failure: Box<Failure>,
    declared: Option<Box<E>>,
}

/// What kind of failure an [`Error`] is.
///
/// Whether the request may have had its effect is another question, which
/// [`Error::outcome`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument cannot be sent; see [`Error::problems`].
    Argument,
    /// A credential that the operation needs is missing or cannot be used.
    Credential,
    /// The system gave no randomness for an idempotency key.
    Randomness,
    /// The token that the operation needs could not be fetched.
    Token,
    /// The host was not found, or connecting or TLS failed.
    Connect,
    /// The time for an attempt or for the call was over.
    Timeout,
    /// The connection broke before all of the answer was there.
    Interrupted,
    /// The answer's status is not a success.
    Status,
    /// The body of a success is not what the operation documents.
    Decode,
    /// The body of a success is larger than the client takes.
    BodyTooLarge,
    /// A page of a list does not follow the page before it, or holds more than
    /// can be told apart; going on could give items twice, for ever, or not
    /// at all.
    Paging,
}

impl<E> Error<E> {
    pub(crate) fn new(failure: Box<Failure>) -> Self {
        Self { failure, declared: None }
    }

    pub(crate) fn with_declared(failure: Box<Failure>, declared: E) -> Self {
        Self { failure, declared: Some(Box::new(declared)) }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.failure.kind
    }

    /// What became of the request.
    pub fn outcome(&self) -> Outcome {
        self.failure.outcome
    }

    /// Whether sending the same call again cannot do anything twice: it was
    /// not sent, or it only reads.
    pub fn may_send_again(&self) -> bool {
        self.outcome() == Outcome::NotSent
            || self.failure.operation.idempotency == Idempotency::Safe
    }

    /// The answer's status, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(|it| it.status)
    }

    /// The answer's headers, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(|it| &it.headers)
    }

    /// The value of a header of the answer, if there was one.
    ///
    /// # Errors
    ///
    /// If it is not of the header's type. It is among
    /// [`headers`](Self::headers) all the same.
    pub fn header<V: DeserializeOwned>(&self, header: Header<V>) -> Result<Option<V>, HeaderError> {
        self.headers().map_or(Ok(None), |it| header.read(it))
    }

    /// The answer's bytes as far as they came, if there was one. They may hold
    /// personal data.
    pub fn body(&self) -> Option<&Bytes> {
        self.answer().map(|it| &it.body)
    }

    /// The provider's name for this exchange, to quote in a support ticket.
    pub fn request_id(&self) -> Option<&str> {
        self.answer()?.request_id()
    }

    /// How long the provider asks to wait, from when the answer was received.
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer()?.retry_after()
    }

    /// The documented body for the answer's status. It may hold personal data.
    ///
    /// There is none if there was no answer, if the answer was a success that
    /// could not be used, or in a plain `Error`.
    pub fn declared(&self) -> Option<&E> {
        self.declared.as_deref()
    }

    /// How many times the request was sent; zero if it was not.
    pub fn attempts(&self) -> u32 {
        self.failure.sending.attempts
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.failure.operation
    }

    /// How to find out what became of the call, if its outcome is unknown: the
    /// operation to ask, and the value of the request to look for, which
    /// [`reconcile_value`](Self::reconcile_value) gives.
    pub fn reconcile(&self) -> &'static Reconcile {
        &self.failure.operation.reconcile
    }

    /// The value that was sent for what [`Reconcile::With`] calls `matching`:
    /// a reference of the caller's, an id, an amount. It may be personal data.
    ///
    /// There is none if the request had none, or if it was never complete.
    pub fn reconcile_value(&self) -> Option<String> {
        self.failure.sending.reconcile_value(self.failure.operation)
    }

    /// The idempotency key that was or would have been sent, if the operation
    /// has one: the same key makes the same call safe to send again.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.failure.sending.key.as_deref()
    }

    /// The arguments that cannot be sent and what they should be.
    pub fn problems(&self) -> &[Problem] {
        match &self.failure.cause {
            Cause::Problems(problems) => problems,
            _ => &[],
        }
    }

    fn answer(&self) -> Option<&Answer> {
        self.failure.answer.as_ref()
    }
}

impl<E: OperationError> From<Error<E>> for Error {
    fn from(error: Error<E>) -> Self {
        Self { failure: error.failure, declared: None }
    }
}

/// One line for a support ticket.
impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.failure)
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.show("Error", f)
    }
}

impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.failure.source()
    }
}

/// Everything about a failed call but its documented body.
pub(crate) struct Failure {
    pub(crate) operation: &'static Operation,
    pub(crate) kind: ErrorKind,
    pub(crate) outcome: Outcome,
    pub(crate) cause: Cause,
    pub(crate) sending: Sending,
    pub(crate) answer: Option<Answer>,
}

/// What a failure says beyond its kind; holds nothing from the wire.
#[derive(Debug)]
pub(crate) enum Cause {
    None,
    Problems(Vec<Problem>),
    Credential(CredentialError),
    Transport(TransportError),
    Decode(DecodeError),
    Token(TokenFailure),
    /// What the page has.
    Paging(&'static str),
}

impl Failure {
    /// A failure before anything was sent.
    pub(crate) fn not_sent(
        operation: &'static Operation,
        kind: ErrorKind,
        cause: Cause,
    ) -> Box<Self> {
        let outcome = Outcome::NotSent;
        let sending = Sending::default();
        Box::new(Self { operation, kind, outcome, cause, sending, answer: None })
    }

    /// With the key the request has or would have had.
    pub(crate) fn with_key(mut self: Box<Self>, key: Option<String>) -> Box<Self> {
        self.sending.key = key;
        self
    }

    fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answer = self.answer.as_ref();
        f.debug_struct(name)
            .field("operation", &self.operation.id)
            .field("kind", &self.kind)
            .field("outcome", &self.outcome)
            .field("status", &answer.map(|it| it.status.as_u16()))
            .field("request_id", &answer.and_then(Answer::request_id))
            .field("attempts", &self.sending.attempts)
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show("Failure", f)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Transport(error) => Some(error),
            Cause::Decode(error) => Some(error),
            Cause::Token(failure) => Some(failure),
            Cause::None | Cause::Problems(_) | Cause::Credential(_) | Cause::Paging(_) => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation.id)?;
        if let Some(answer) = &self.answer {
            write!(f, "{}", answer.status.as_u16())?;
            if let Some(reason) = answer.status.canonical_reason() {
                write!(f, " {reason}")?;
            }
        }
        match (&self.cause, self.kind) {
            (Cause::Problems(problems), _) => {
                const SHOWN: usize = 3;
                for (idx, problem) in problems.iter().take(SHOWN).enumerate() {
                    let separator = if idx == 0 { "" } else { ", " };
                    write!(f, "{separator}{} must be {}", problem.path(), problem.expected())?;
                }
                if problems.len() > SHOWN {
                    write!(f, ", and {} more", problems.len() - SHOWN)?;
                }
            }
            (Cause::Credential(error), _) => write!(f, "{error}")?,
            (Cause::Paging(what), _) => write!(f, " with {what}")?,
            (_, ErrorKind::Argument) => f.write_str("the request cannot be sent")?,
            (_, ErrorKind::Credential) => f.write_str("no credential")?,
            (_, ErrorKind::Token) => f.write_str("no token")?,
            (_, ErrorKind::Randomness) => f.write_str("no randomness for an idempotency key")?,
            (_, ErrorKind::Connect) => f.write_str("no connection")?,
            (_, ErrorKind::Timeout) if self.answer.is_none() => f.write_str("timed out")?,
            (_, ErrorKind::Interrupted) if self.answer.is_none() => f.write_str("interrupted")?,
            (_, ErrorKind::Timeout) => f.write_str(" with a body that timed out")?,
            (_, ErrorKind::Interrupted) => f.write_str(" with a body that was cut off")?,
            (_, ErrorKind::Decode) => f.write_str(" with an unexpected body")?,
            (_, ErrorKind::BodyTooLarge) => f.write_str(" with a body that is too large")?,
            (_, ErrorKind::Paging) => f.write_str(" with an unexpected page")?,
            (_, ErrorKind::Status) => {}
        }
        write!(f, ", outcome {}", self.outcome)?;
        if let Some(id) = self.answer.as_ref().and_then(Answer::request_id) {
            write!(f, " (request id {id})")?;
        }
        match self.operation.reconcile {
            Reconcile::With { operation, matching, .. } if self.outcome == Outcome::Unknown => {
                write!(f, "; reconcile with {} by {matching}", operation.id)
            }
            Reconcile::Impossible(reason) if self.outcome == Outcome::Unknown => {
                write!(f, "; cannot be looked up: {reason}")
            }
            _ => Ok(()),
        }
    }
}
