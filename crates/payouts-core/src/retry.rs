//! When a call is sent again, and after how long.

use std::time::Duration;

use http::StatusCode;

use crate::api::Idempotency;
use crate::error::{Stage, TransportError};

/// How often a call is sent again, and how long it waits in between.
///
/// A policy only limits. What may be sent again at all is not adjustable,
/// because it must not pay twice:
///
/// | what happened | sent again |
/// |---|---|
/// | no connection, so nothing was sent | every operation |
/// | 429 | every operation |
/// | 401 with a token that was fetched | every operation, once, with a new token |
/// | 408, 425, 500, 502, 503, 504, time-out, broken connection | what only reads, what has an idempotency key, and what the provider documents as repeatable |
/// | anything else | nothing |
///
/// Between two attempts passes a random part of a time that doubles from
/// attempt to attempt (full jitter), but never less than the provider's
/// `Retry-After`. No attempt begins in the last tenth of the call's
/// [`timeout`](crate::ConnectionBuilder::timeout): without the time to end, it
/// could only make an outcome that is known unknown.
///
/// ```
/// use std::time::Duration;
///
/// use payouts_core::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(5).max_delay(Duration::from_secs(30));
/// let once = RetryPolicy::never();
/// assert_ne!(patient, once);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl RetryPolicy {
    /// One attempt, whatever happens.
    #[must_use]
    pub const fn never() -> Self {
        Self { max_attempts: 1, base_delay: Duration::ZERO, max_delay: Duration::ZERO }
    }

    /// The most attempts, the first one included; 3 if not set. Zero is one.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait after the first attempt, which doubles with each
    /// further one; 250 milliseconds if not set.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait of all, unless the provider asks for more; 8 seconds
    /// if not set.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Whether there may be another attempt after this many.
    pub(crate) fn allows_after(&self, attempts: u32) -> bool {
        attempts < self.max_attempts
    }

    /// How long to wait after an attempt, counted from one.
    pub(crate) fn delay(&self, attempt_number: u32, retry_after: Option<Duration>) -> Duration {
        let doublings = attempt_number.saturating_sub(1).min(31);
        let longest = self.base_delay.saturating_mul(1 << doublings).min(self.max_delay);
        random_part(longest).max(retry_after.unwrap_or_default())
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(8),
        }
    }
}

/// Whether sending again after an answer with this status cannot do anything
/// twice, and may help.
pub(crate) fn may_repeat_after_status(idempotency: Idempotency, status: StatusCode) -> bool {
    match status.as_u16() {
        429 => true,
        408 | 425 | 500 | 502 | 503 | 504 => is_protected(idempotency),
        _ => false,
    }
}

/// Whether sending again after no answer cannot do anything twice.
pub(crate) fn may_repeat_after_failure(idempotency: Idempotency, error: TransportError) -> bool {
    error.stage == Stage::Connect || is_protected(idempotency)
}

/// Whether a second request has no second effect.
fn is_protected(idempotency: Idempotency) -> bool {
    match idempotency {
        Idempotency::Safe | Idempotency::Repeatable | Idempotency::Key(_) => true,
        Idempotency::None => false,
    }
}

/// A random part of a duration, or all of it if the system has no randomness.
fn random_part(longest: Duration) -> Duration {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => part(longest, u32::from_le_bytes(bytes)),
        Err(_) => longest,
    }
}

/// `longest * random / u32::MAX`, without a float.
fn part(longest: Duration, random: u32) -> Duration {
    let nanos = longest.as_nanos() * u128::from(random) / u128::from(u32::MAX);
    let nanos_per_second = 1_000_000_000;
    let seconds = u64::try_from(nanos / nanos_per_second).unwrap_or(u64::MAX);
    let rest = u32::try_from(nanos % nanos_per_second).unwrap_or(0);
    Duration::new(seconds, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROTECTED: [Idempotency; 3] =
        [Idempotency::Safe, Idempotency::Repeatable, Idempotency::Key("Idempotency-Key")];

    #[track_caller]
    fn check(statuses: &[u16], unprotected: bool, protected: bool) {
        for status in statuses {
            let code = StatusCode::from_u16(*status).expect("a status of this table is valid");
            assert_eq!(may_repeat_after_status(Idempotency::None, code), unprotected, "{status}");
            for idempotency in PROTECTED {
                assert_eq!(may_repeat_after_status(idempotency, code), protected, "{status}");
            }
        }
    }

    #[test]
    fn repeats_only_what_cannot_pay_twice() {
        check(&[429], true, true);
        check(&[408, 425, 500, 502, 503, 504], false, true);
        check(&[200, 202, 301, 400, 401, 403, 404, 409, 422, 501, 505], false, false);
        for stage in [Stage::Exchange, Stage::Timeout] {
            let error = TransportError::new(stage);
            assert!(!may_repeat_after_failure(Idempotency::None, error));
            assert!(PROTECTED.iter().all(|it| may_repeat_after_failure(*it, error)));
        }
        let connect = TransportError::new(Stage::Connect);
        assert!(may_repeat_after_failure(Idempotency::None, connect));
    }

    #[test]
    fn delays_double_up_to_a_limit() {
        let policy = RetryPolicy::default().max_delay(Duration::from_secs(1));
        let longest = |attempt_number| {
            (0..200).map(|_| policy.delay(attempt_number, None)).max().expect("there are some")
        };
        for (attempt_number, millis) in [(1, 250), (2, 500), (3, 1000), (4, 1000), (99, 1000)] {
            let (longest, limit) = (longest(attempt_number), Duration::from_millis(millis));
            assert!(longest <= limit && longest > limit / 2, "{attempt_number}: {longest:?}");
        }
        assert_eq!(policy.base_delay(Duration::ZERO).delay(7, None), Duration::ZERO);
        let all = policy.base_delay(Duration::MAX).max_delay(Duration::MAX).delay(40, None);
        assert!(all > Duration::ZERO);
    }

    #[test]
    fn waits_at_least_as_long_as_asked() {
        let asked = Some(Duration::from_secs(20));
        assert_eq!(RetryPolicy::default().delay(1, asked), Duration::from_secs(20));
        assert!(RetryPolicy::default().delay(1, Some(Duration::ZERO)) <= Duration::from_secs(1));
    }

    #[test]
    fn parts_are_exact() {
        assert_eq!(part(Duration::from_secs(10), 0), Duration::ZERO);
        assert_eq!(part(Duration::from_secs(10), u32::MAX), Duration::from_secs(10));
        assert_eq!(part(Duration::MAX, u32::MAX), Duration::MAX);
    }

    #[test]
    fn counts_attempts() {
        assert!(!RetryPolicy::never().allows_after(1));
        assert!(!RetryPolicy::default().max_attempts(0).allows_after(1));
        let default = RetryPolicy::default();
        assert!(default.allows_after(2) && !default.allows_after(3));
    }
}
