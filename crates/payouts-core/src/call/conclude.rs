//! What an answer means: the status decides the outcome, then the body is
//! decoded as what the operation documents for it.

use std::any::TypeId;
use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::Sensitive;
use crate::api::Operation;
use crate::error::{
    Cause, DecodeError, Error, ErrorKind, Failure, OperationError, Stage, TransportError,
    declared_status, decode,
};
use crate::outcome::{Conflict, Outcome};
use crate::response::{Answer, Response, Sending};

/// The result of a call that got an answer.
pub(crate) fn conclude<T, E>(
    operation: &'static Operation,
    answer: Answer,
    sending: Sending,
    read: fn(SuccessBody) -> Result<T, Unreadable>,
) -> Result<Response<T>, Error<E>>
where
    E: OperationError,
{
    let is_declared = E::DECLARED.contains(&"409");
    let conflict = if is_declared { Conflict::Declared } else { Conflict::Undeclared };
    let outcome = Outcome::of(answer.status, operation.success, conflict);
    if outcome == Outcome::Accepted {
        return match read(SuccessBody::of(&answer)) {
            Ok(value) => Ok(Response::new(value, answer, sending)),
            Err(Unreadable { kind, cause }) => {
                let answer = Some(answer);
                Err(Error::new(Box::new(Failure {
                    operation,
                    kind,
                    outcome,
                    cause,
                    sending,
                    answer,
                })))
            }
        };
    }
    let outcome = sending.judge(outcome);
    // Half a body proves nothing about what it would have been.
    let body: &[u8] = if answer.broken.is_none() { &answer.body } else { b"" };
    let declared = E::decode(answer.status.as_u16(), body);
    let cause = answer.broken.map_or(Cause::None, Cause::Transport);
    let (kind, answer) = (ErrorKind::Status, Some(answer));
    let failure = Failure { operation, kind, outcome, cause, sending, answer };
    Err(Error::with_declared(Box::new(failure), declared))
}

/// The body of a success, to be read as what is documented; for macros.
#[doc(hidden)]
pub struct SuccessBody {
    status: u16,
    body: Bytes,
    broken: Option<TransportError>,
}

impl SuccessBody {
    fn of(answer: &Answer) -> Self {
        let (status, body) = (answer.status.as_u16(), answer.body.clone());
        Self { status, body, broken: answer.broken }
    }

    /// The status that it came with.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The value of a JSON text; of `()`, whatever the body is.
    pub fn json<T: DeserializeOwned + 'static>(self) -> Result<T, Unreadable> {
        let is_ignored = TypeId::of::<T>() == TypeId::of::<()>();
        let body: &[u8] = if is_ignored { b"null" } else { self.whole()? };
        decode(body).map_err(Unreadable::decode)
    }

    /// A text. It may hold anything, so it is not shown.
    pub fn text(self) -> Result<Sensitive<String>, Unreadable> {
        let text = std::str::from_utf8(self.whole()?);
        let text = text.map_err(|_| Unreadable::decode(DecodeError::new(".", "text in UTF-8")))?;
        Ok(Sensitive::from(text))
    }

    /// The bytes. They may be anything, so they are not shown.
    pub fn binary(self) -> Result<Sensitive<Bytes>, Unreadable> {
        Ok(Sensitive::new(self.whole()?.clone()))
    }

    /// All bytes, if they came.
    fn whole(&self) -> Result<&Bytes, Unreadable> {
        match self.broken {
            Some(error) => {
                let (kind, cause) = (broken_kind(error), Cause::Transport(error));
                Err(Unreadable { kind, cause })
            }
            None => Ok(&self.body),
        }
    }
}

impl fmt::Debug for SuccessBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SuccessBody").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The entry of `declared` that the status of a success belongs to: the exact
/// one, its range, or else the lowest 2xx.
#[doc(hidden)]
pub fn success_status(status: u16, declared: &[&'static str]) -> Option<&'static str> {
    let lowest = || declared.iter().copied().filter(|it| it.starts_with('2')).min();
    declared_status(status, declared).or_else(lowest)
}

/// Why the body of a success is not what is documented; for macros.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unreadable {
    kind: ErrorKind,
    cause: Cause,
}

impl Unreadable {
    /// Of a status that no declared one stands for.
    pub fn status() -> Self {
        Self::decode(DecodeError::new(".", "a documented status"))
    }

    fn decode(error: DecodeError) -> Self {
        Self { kind: ErrorKind::Decode, cause: Cause::Decode(error) }
    }
}

fn broken_kind(error: TransportError) -> ErrorKind {
    match error.stage {
        Stage::Timeout => ErrorKind::Timeout,
        Stage::TooLarge => ErrorKind::BodyTooLarge,
        Stage::Connect | Stage::Exchange | Stage::Body => ErrorKind::Interrupted,
    }
}
