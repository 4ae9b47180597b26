//! Sending: attempts, the waiting between them, and the time for all.

use std::time::Duration;

use http::StatusCode;
use tokio::time::{Instant, sleep_until};

use crate::error::{Cause, ErrorKind, Failure, Stage, TransportError};
use crate::outcome::{Conflict, Outcome};
use crate::response::{Answer, Sending};
use crate::retry;
use crate::token::Token;

use super::prepared::Prepared;
use super::trace::Trace;

/// What follows an attempt that may be followed by another.
#[derive(Clone, Copy)]
enum Next {
    /// At once, with another token than the one of this number.
    Renew(u64),
    /// After the policy's delay, or the longer one that the provider asks for.
    Wait(Option<Duration>),
}

impl Prepared {
    /// Sends the call until there is an answer to keep, whatever its status,
    /// or until there can be none.
    ///
    /// What was made before is the same for all attempts: URL, headers, body
    /// and key. Credentials are those of the moment.
    pub(super) async fn exchange(self) -> Result<(Answer, Sending), Box<Failure>> {
        let trace = Trace::new(self.connection.api(), self.operation);
        trace.follow(self.attempts(&trace)).await
    }

    async fn attempts(self, trace: &Trace) -> Result<(Answer, Sending), Box<Failure>> {
        let call_deadline = after(self.limits.total);
        // An attempt without the time to end could only make an outcome that
        // is known unknown.
        let last_begin = after(self.limits.total - self.limits.total / 10);
        let mut sending = self.sending();
        let mut refused_token = None;
        let mut attempt_number = 0;
        loop {
            attempt_number += 1;
            let ready = self.ready(refused_token, call_deadline).await;
            let (request, token) = match ready {
                Ok(ready) => ready,
                Err((kind, cause)) => {
                    return Err(self.failure(kind, Outcome::NotSent, cause, sending));
                }
            };
            let deadline = call_deadline.min(after(self.limits.attempt));
            if deadline <= Instant::now() {
                let cause = Cause::Transport(TransportError::new(Stage::Timeout));
                return Err(self.failure(ErrorKind::Timeout, Outcome::NotSent, cause, sending));
            }
            trace.sending();
            let transport = self.connection.transport();
            let now = || self.connection.now();
            let res = transport.carry(request, deadline, self.limits.response_size, now).await;
            sending.attempts += u32::from(may_have_left(&res));

            let next = self
                .next(&res, token.as_ref(), refused_token)
                .filter(|_| self.limits.retry.allows_after(attempt_number))
                .map(|next| (next, self.due(next, attempt_number)))
                .filter(|(_, due)| *due < last_begin);
            sending.is_doubtful |= next.is_some() && self.is_doubtful(&res);
            let due = next.map(|(_, due)| due);
            trace.attempt(attempt_number, &res, due, sending.is_doubtful);
            let Some((next, due)) = next else {
                return match res {
                    Ok(answer) => Ok((answer, sending)),
                    Err(error) => Err(self.transport_failure(error, sending)),
                };
            };
            if let Next::Renew(number) = next {
                refused_token = Some(number);
            }
            sleep_until(due).await;
        }
    }

    /// What follows an attempt, as far as it cannot do anything twice.
    fn next(
        &self,
        res: &Result<Answer, TransportError>,
        token: Option<&Token>,
        refused_token: Option<u64>,
    ) -> Option<Next> {
        let idempotency = self.operation.idempotency;
        match res {
            Ok(answer) if answer.status == StatusCode::UNAUTHORIZED => {
                token.filter(|_| refused_token.is_none()).map(|it| Next::Renew(it.number))
            }
            Ok(answer) => retry::may_repeat_after_status(idempotency, answer.status)
                .then(|| Next::Wait(answer.retry_after())),
            Err(error) => {
                retry::may_repeat_after_failure(idempotency, *error).then_some(Next::Wait(None))
            }
        }
    }

    /// When the next attempt is due.
    fn due(&self, next: Next, attempt_number: u32) -> Instant {
        match next {
            Next::Renew(_) => Instant::now(),
            Next::Wait(asked) => after(self.limits.retry.delay(attempt_number, asked)),
        }
    }

    /// Whether an attempt that another one follows may have had its effect.
    fn is_doubtful(&self, res: &Result<Answer, TransportError>) -> bool {
        match res {
            Ok(answer) => {
                let success = self.operation.success;
                Outcome::of(answer.status, success, Conflict::Declared) == Outcome::Unknown
            }
            Err(_) => may_have_left(res),
        }
    }

    fn transport_failure(self, error: TransportError, sending: Sending) -> Box<Failure> {
        let (kind, outcome) = match error.stage {
            Stage::Connect => (ErrorKind::Connect, Outcome::NotSent),
            Stage::Timeout => (ErrorKind::Timeout, Outcome::Unknown),
            Stage::Exchange | Stage::Body | Stage::TooLarge => {
                (ErrorKind::Interrupted, Outcome::Unknown)
            }
        };
        self.failure(kind, outcome, Cause::Transport(error), sending)
    }

    /// A failure without an answer. An attempt before the last one may be why
    /// its outcome is unknown.
    fn failure(
        self,
        kind: ErrorKind,
        outcome: Outcome,
        cause: Cause,
        sending: Sending,
    ) -> Box<Failure> {
        let outcome = sending.judge(outcome);
        Box::new(Failure { operation: self.operation, kind, outcome, cause, sending, answer: None })
    }
}

/// Whether any of a request may have left.
fn may_have_left(res: &Result<Answer, TransportError>) -> bool {
    !matches!(res, Err(error) if error.stage == Stage::Connect)
}

/// The moment after a duration; a very long one means no end.
fn after(duration: Duration) -> Instant {
    const LONG: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(duration.min(LONG)).unwrap_or(now)
}
