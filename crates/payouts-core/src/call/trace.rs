//! What a call leaves in the traces: one span, an event per attempt, and an
//! event when it is dropped before anybody knows how it ended.
//!
//! Names, methods, path templates, statuses and request ids only: no argument,
//! no body, no credential. Without the feature `tracing` it leaves nothing.

use tokio::time::Instant;

use crate::api::{Api, Operation};
use crate::error::TransportError;
use crate::response::Answer;

#[cfg(feature = "tracing")]
pub(super) use on::Trace;

#[cfg(not(feature = "tracing"))]
pub(super) use off::Trace;

#[cfg(feature = "tracing")]
mod on {
    use std::sync::atomic::{AtomicBool, Ordering};

    use tracing::{Instrument, Span, debug, info_span, warn};

    use crate::api::Idempotency;

    use super::{Answer, Api, Instant, Operation, TransportError};

    /// The span of a call.
    pub(in crate::call) struct Trace {
        span: Span,
        operation: &'static Operation,
        /// Whether a request may have its effect, and nobody has been told.
        is_open: AtomicBool,
    }

    impl Trace {
        pub(in crate::call) fn new(api: &Api, operation: &'static Operation) -> Self {
            let span = info_span!(
                "call",
                provider = api.provider,
                operation = operation.id,
                method = operation.method.as_str(),
                path = operation.path,
            );
            Self { span, operation, is_open: AtomicBool::new(false) }
        }

        /// Runs the attempts of a call within its span.
        pub(in crate::call) async fn follow<T>(&self, attempts: impl Future<Output = T>) -> T {
            let res = attempts.instrument(self.span.clone()).await;
            self.is_open.store(false, Ordering::Relaxed);
            res
        }

        /// A request is about to leave.
        pub(in crate::call) fn sending(&self) {
            self.is_open.store(true, Ordering::Relaxed);
        }

        /// An attempt has ended. If another follows, it does so at `wake`;
        /// `is_doubtful` says whether one so far may have had its effect.
        pub(in crate::call) fn attempt(
            &self,
            number: u32,
            res: &Result<Answer, TransportError>,
            wake: Option<Instant>,
            is_doubtful: bool,
        ) {
            let retry_in_ms = wake.map(|it| {
                let delay = it.saturating_duration_since(Instant::now());
                u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
            });
            match res {
                Ok(answer) => debug!(
                    attempt = number,
                    status = answer.status.as_u16(),
                    request_id = answer.request_id(),
                    retry_in_ms,
                    "answered",
                ),
                Err(error) => debug!(attempt = number, %error, retry_in_ms, "not answered"),
            }
            if wake.is_some() {
                self.is_open.store(is_doubtful, Ordering::Relaxed);
            }
        }
    }

    impl Drop for Trace {
        fn drop(&mut self) {
            let only_reads = self.operation.idempotency == Idempotency::Safe;
            if self.is_open.load(Ordering::Relaxed) && !only_reads {
                self.span.in_scope(|| warn!("abandoned, outcome unknown"));
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use super::{Answer, Api, Instant, Operation, TransportError};

    /// Nothing.
    pub(in crate::call) struct Trace;

    impl Trace {
        pub(in crate::call) fn new(_: &Api, _: &'static Operation) -> Self {
            Self
        }

        pub(in crate::call) async fn follow<T>(&self, attempts: impl Future<Output = T>) -> T {
            attempts.await
        }

        pub(in crate::call) fn sending(&self) {}

        pub(in crate::call) fn attempt(
            &self,
            _number: u32,
            _res: &Result<Answer, TransportError>,
            _wake: Option<Instant>,
            _is_doubtful: bool,
        ) {
        }
    }
}
