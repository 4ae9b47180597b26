//! A call that is complete and has not been sent: its key and its bytes can
//! be kept before any of it leaves.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use crate::api::Operation;
use crate::error::{Error, OperationError};
use crate::response::Response;

use super::conclude::{self, SuccessBody, Unreadable};
use super::prepared::Prepared;

/// A call whose arguments are checked and encoded, ready to be sent.
///
/// What it shows is exactly what every attempt will send. Keep the idempotency
/// key and the bytes where they survive a crash, then send: whoever finds them
/// later can make the same call again, with the same key.
///
/// ```
/// # use payouts_core::{Error, OperationError, PreparedCall};
/// # fn keep(_: Option<&str>, _: &[u8]) {}
/// async fn pay<E: OperationError>(payout: PreparedCall<(), E>) -> Result<(), Error> {
///     keep(payout.idempotency_key(), payout.body().map_or(b"", |it| it));
///     payout.send().await?;
///     Ok(())
/// }
/// ```
#[must_use = "a call does nothing until it is sent"]
pub struct PreparedCall<T, E> {
    prepared: Prepared,
    read: fn(SuccessBody) -> Result<T, Unreadable>,
    answers: PhantomData<fn() -> E>,
}

impl<T, E> PreparedCall<T, E> {
    pub(super) fn new(prepared: Prepared, read: fn(SuccessBody) -> Result<T, Unreadable>) -> Self {
        Self { prepared, read, answers: PhantomData }
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.prepared.operation
    }

    /// The idempotency key, given or generated, if the operation has one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.prepared.key.as_deref()
    }

    /// The URL with path and query. It may hold personal data.
    pub fn url(&self) -> &str {
        self.prepared.url.as_str()
    }

    /// The bytes of the body, if there is one. They may hold personal data.
    pub fn body(&self) -> Option<&Bytes> {
        self.prepared.body.as_ref()
    }

    /// Sends the call and decodes the answer.
    ///
    /// # Errors
    ///
    /// See [`Outcome`](crate::Outcome).
    pub fn send(self) -> impl Future<Output = Result<Response<T>, Error<E>>> + Send
    where
        T: 'static,
        E: OperationError,
    {
        self.finish()
    }

    async fn finish(self) -> Result<Response<T>, Error<E>>
    where
        T: 'static,
        E: OperationError,
    {
        let operation = self.prepared.operation;
        let (answer, sending) = self.prepared.exchange().await.map_err(Error::new)?;
        conclude::conclude(operation, answer, sending, self.read)
    }
}

/// Shows the operation only: arguments may be personal.
impl<T, E> fmt::Debug for PreparedCall<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation().id;
        f.debug_struct("PreparedCall").field("operation", &operation).finish_non_exhaustive()
    }
}
