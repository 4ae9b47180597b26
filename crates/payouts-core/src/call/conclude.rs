//! What an answer means: the status decides the outcome, then the body is
//! decoded as what the operation documents for it.

use std::any::TypeId;

use serde::de::DeserializeOwned;

use crate::api::Operation;
use crate::error::{
    Cause, DecodeError, Error, ErrorKind, Failure, OperationError, Stage, TransportError, decode,
};
use crate::outcome::{Conflict, Outcome};
use crate::response::{Answer, Response, Sending};

/// The result of a call that got an answer.
pub(crate) fn conclude<T, E>(
    operation: &'static Operation,
    answer: Answer,
    sending: Sending,
) -> Result<Response<T>, Error<E>>
where
    T: DeserializeOwned + 'static,
    E: OperationError,
{
    let is_declared = E::DECLARED.contains(&"409");
    let conflict = if is_declared { Conflict::Declared } else { Conflict::Undeclared };
    let outcome = Outcome::of(answer.status, operation.success, conflict);
    if outcome == Outcome::Accepted {
        return match success(&answer) {
            Ok(value) => Ok(Response::new(value, answer, sending)),
            Err((kind, cause)) => {
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

/// The value of a success.
fn success<T: DeserializeOwned + 'static>(answer: &Answer) -> Result<T, (ErrorKind, Cause)> {
    let is_ignored = TypeId::of::<T>() == TypeId::of::<()>();
    let body: &[u8] = match answer.broken {
        _ if is_ignored => b"null",
        Some(error) => return Err((broken_kind(error), Cause::Transport(error))),
        None => &answer.body,
    };
    decode(body).map_err(|error: DecodeError| (ErrorKind::Decode, Cause::Decode(error)))
}

fn broken_kind(error: TransportError) -> ErrorKind {
    match error.stage {
        Stage::Timeout => ErrorKind::Timeout,
        Stage::TooLarge => ErrorKind::BodyTooLarge,
        Stage::Connect | Stage::Exchange | Stage::Body => ErrorKind::Interrupted,
    }
}
