//! Sending: attempts, their time, and reading what comes back.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::{Instant, timeout_at};

use crate::error::{Cause, ErrorKind, Failure, Stage, TransportError};
use crate::outcome::Outcome;
use crate::response::Answer;

use super::Call;
use super::prepared::Prepared;

impl Call<'_> {
    /// Sends the call until there is an answer, whatever its status, or until
    /// there can be none.
    pub(super) async fn exchange(self) -> Result<Answer, Box<Failure>> {
        let key = self.key.clone();
        let prepared = Prepared::new(self).map_err(|it| it.with_key(key))?;
        prepared.exchange().await
    }
}

impl Prepared<'_> {
    /// The attempts of a call. There is one; what is made before it is the
    /// same for all there may be.
    async fn exchange(self) -> Result<Answer, Box<Failure>> {
        let call_deadline = after(self.limits.total);
        let attempts = 1;
        let request = self.request().map_err(|it| it.with_key(self.key.clone()))?;
        let deadline = call_deadline.min(after(self.limits.attempt));
        match self.attempt(request, deadline).await {
            Ok(answer) => Ok(Answer { attempts, key: self.key, ..answer }),
            Err(error) => Err(self.transport_failure(error, attempts)),
        }
    }

    /// Sends the request once. Fails only if no status came.
    async fn attempt(
        &self,
        request: reqwest::Request,
        deadline: Instant,
    ) -> Result<Answer, TransportError> {
        let sent = timeout_at(deadline, self.connection.http().execute(request)).await;
        let response = match sent {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(TransportError::before_status(&error)),
            Err(_) => return Err(TransportError::new(Stage::Timeout)),
        };
        let received = self.connection.now();
        let status = response.status();
        let headers = response.headers().clone();
        let (body, broken) = read(response, deadline, self.limits.response_size).await;
        Ok(Answer { status, headers, body, broken, received, attempts: 0, key: None })
    }

    fn transport_failure(self, error: TransportError, attempts: u32) -> Box<Failure> {
        let (kind, outcome, attempts) = match error.stage {
            Stage::Connect => (ErrorKind::Connect, Outcome::NotSent, attempts - 1),
            Stage::Timeout => (ErrorKind::Timeout, Outcome::Unknown, attempts),
            Stage::Exchange | Stage::Body | Stage::TooLarge => {
                (ErrorKind::Interrupted, Outcome::Unknown, attempts)
            }
        };
        Box::new(Failure {
            operation: self.operation,
            kind,
            outcome,
            cause: Cause::Transport(error),
            attempts,
            key: self.key,
            answer: None,
        })
    }
}

/// Reads a body up to a size. What came is kept whatever happens.
async fn read(
    mut response: reqwest::Response,
    deadline: Instant,
    max_size: usize,
) -> (Bytes, Option<TransportError>) {
    let too_large = TransportError::new(Stage::TooLarge);
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |it| it > max_size) {
        return (Bytes::new(), Some(too_large));
    }
    let mut body = BytesMut::new();
    loop {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = max_size - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return (body.freeze(), Some(too_large));
                }
            }
            Ok(Ok(None)) => return (body.freeze(), None),
            Ok(Err(error)) => return (body.freeze(), Some(TransportError::in_body(&error))),
            Err(_) => return (body.freeze(), Some(TransportError::new(Stage::Timeout))),
        }
    }
}

/// The moment after a duration; a very long one means no end.
fn after(duration: Duration) -> Instant {
    const LONG: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(duration.min(LONG)).unwrap_or(now)
}
