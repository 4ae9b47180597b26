//! What became of a call, decided from its status alone.

use std::fmt;

use http::StatusCode;

/// What became of a failed call, as far as it can be known.
///
/// This is the question that matters with money, and it has no fifth answer:
///
/// | outcome | the caller may |
/// |---|---|
/// | [`NotSent`](Self::NotSent) | send again |
/// | [`Rejected`](Self::Rejected) | fix the request and send again |
/// | [`Accepted`](Self::Accepted) | read status, headers and bytes; not send again |
/// | [`Unknown`](Self::Unknown) | find out first, see [`Error::reconcile`](crate::Error::reconcile) |
///
/// ```
/// use payouts_core::{Error, Outcome};
///
/// fn next_step(error: &Error) -> &'static str {
///     match error.outcome() {
///         Outcome::NotSent => "send it again",
///         Outcome::Rejected => "correct it",
///         Outcome::Accepted => "it is done: never send it again",
///         Outcome::Unknown => "look it up before doing anything",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No byte of the request left, or none that could have had an effect.
    NotSent,
    /// The provider received the request and refused it.
    Rejected,
    /// The provider took the request, whatever happened to its answer.
    Accepted,
    /// The request may or may not have had its effect.
    Unknown,
}

impl Outcome {
    /// The outcome of an answer with this status.
    ///
    /// `success` are the declared statuses that mean success. `conflict` says
    /// whether 409 is documented: if it is not, it may as well be the
    /// provider's way to say that an earlier copy of the request went through.
    pub(crate) fn of(status: StatusCode, success: &[u16], conflict: Conflict) -> Self {
        match status.as_u16() {
            200..=299 => Self::Accepted,
            code @ 300..=399 if success.contains(&code) => Self::Accepted,
            408 => Self::Unknown,
            409 if conflict == Conflict::Undeclared => Self::Unknown,
            400..=499 => Self::Rejected,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Accepted => "accepted",
            Self::Unknown => "unknown",
        })
    }
}

/// Whether an operation documents status 409 as an error of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conflict {
    Declared,
    Undeclared,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(statuses: impl IntoIterator<Item = u16>, expected: Outcome) {
        for status in statuses {
            let code = StatusCode::from_u16(status).expect("a status of this table is valid");
            assert_eq!(Outcome::of(code, &[200, 303], Conflict::Undeclared), expected, "{status}");
        }
    }

    #[test]
    fn a_status_decides() {
        check(200..=299, Outcome::Accepted);
        check([303], Outcome::Accepted);
        check([100, 101, 199, 300, 301, 302, 304, 307, 308], Outcome::Unknown);
        check([400, 401, 403, 404, 410, 422, 425, 429, 451, 499], Outcome::Rejected);
        check([408, 409], Outcome::Unknown);
        check(500..=999, Outcome::Unknown);
    }

    #[test]
    fn a_declared_conflict_is_a_rejection() {
        assert_eq!(
            Outcome::of(StatusCode::CONFLICT, &[200], Conflict::Declared),
            Outcome::Rejected
        );
    }
}
