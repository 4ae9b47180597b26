//! Failures below HTTP, reduced to what can be shown to anybody.

use std::error::Error as _;
use std::{fmt, io};

/// Why no answer came, or not all of it.
///
/// The HTTP library's own errors name the URL, so they are not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TransportError {
    pub(crate) stage: Stage,
    io: Option<io::ErrorKind>,
}

/// What was going on when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Looking up the host, connecting, or agreeing on TLS: nothing was sent.
    Connect,
    /// Sending the request or waiting for the status.
    Exchange,
    /// Reading the body of an answer.
    Body,
    /// Any of these, when the time was over.
    Timeout,
    /// The body of an answer was larger than allowed.
    TooLarge,
}

impl TransportError {
    pub(crate) fn new(stage: Stage) -> Self {
        Self { stage, io: None }
    }

    /// A failure of a transport of the caller's. Only a refused connection
    /// proves that nothing was sent.
    pub(crate) fn of_io(kind: io::ErrorKind) -> Self {
        let stage = match kind {
            io::ErrorKind::ConnectionRefused => Stage::Connect,
            io::ErrorKind::TimedOut => Stage::Timeout,
            _ => Stage::Exchange,
        };
        Self { stage, io: Some(kind).filter(|it| *it != io::ErrorKind::Other) }
    }

    /// A failure before there was a status.
    pub(crate) fn before_status(error: &reqwest::Error) -> Self {
        let stage = if error.is_connect() || error.is_builder() {
            Stage::Connect
        } else if error.is_timeout() {
            Stage::Timeout
        } else {
            Stage::Exchange
        };
        Self { stage, io: io_kind(error) }
    }

    /// A failure while the body was read.
    pub(crate) fn in_body(error: &reqwest::Error) -> Self {
        let stage = if error.is_timeout() { Stage::Timeout } else { Stage::Body };
        Self { stage, io: io_kind(error) }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.stage {
            Stage::Connect => "could not connect",
            Stage::Exchange => "the connection broke before a status came",
            Stage::Body => "the connection broke while the body was read",
            Stage::Timeout => "the time is over",
            Stage::TooLarge => "the body is larger than allowed",
        })?;
        match self.io {
            Some(kind) => write!(f, ": {kind}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TransportError {}

/// The kind of the I/O error at the bottom, if there is one that says more
/// than "other".
fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut source = error.source();
    let mut kind = None;
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            kind = Some(error.kind()).filter(|it| *it != io::ErrorKind::Other);
        }
        source = error.source();
    }
    kind
}
