//! The typed part of an error: what an operation documents per status.

use std::fmt;

/// The documented errors of one operation.
///
/// Implemented by [`operation_error!`](crate::operation_error).
pub trait OperationError: fmt::Debug + Sized + Send + Sync + 'static {
    /// What is documented: statuses (`404`), ranges (`5XX`) and `default`.
    const DECLARED: &'static [&'static str];

    /// The error for a status and its body.
    ///
    /// The exact status goes before its range, and that before `default`. A
    /// body that does not decode gives the variant `Undocumented`.
    fn decode(status: u16, body: &[u8]) -> Self;
}

/// In place of an operation's own errors, in a plain [`Error`](crate::Error).
///
/// There is no value of this type.
#[derive(Clone, Copy, Debug)]
pub enum Erased {}

/// The entry of `declared` that a status belongs to.
#[doc(hidden)]
pub fn declared_status(status: u16, declared: &[&'static str]) -> Option<&'static str> {
    let exact = status.to_string();
    let range = format!("{}XX", status / 100);
    let wanted = [exact.as_str(), range.as_str(), "default"];
    wanted.iter().find_map(|wanted| declared.iter().copied().find(|it| it == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_status_goes_first() {
        let declared = ["default", "4XX", "404", "5XX"];
        let of = |status| declared_status(status, &declared);
        assert_eq!(of(404), Some("404"));
        assert_eq!(of(400), Some("4XX"));
        assert_eq!(of(503), Some("5XX"));
        assert_eq!(of(302), Some("default"));
        assert_eq!(declared_status(302, &["4XX"]), None);
    }
}
