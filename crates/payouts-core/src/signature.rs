//! Header values that are computed for every attempt: templates, time and
//! HMAC-SHA256.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, Ordering};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::Secret;
use crate::api::Signature;
use crate::path::{Piece, pieces};

const TIME: &str = "epochMillis";
const SIGNATURE: &str = "signature";

/// The times of a client's signatures, in milliseconds since 1970.
///
/// Providers refuse a time they have seen, so no two are the same.
#[derive(Debug)]
pub(crate) struct Stamps(AtomicI64);

impl Stamps {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }

    /// `now`, or the millisecond after the last stamp if that is later.
    ///
    /// A clock that was set back by more than a minute is believed, since the
    /// provider would refuse stamps that far from its own time.
    pub(crate) fn next(&self, now: i64) -> i64 {
        const SET_BACK: i64 = 60_000;
        let next = |last: i64| {
            let is_set_back = last.saturating_sub(now) > SET_BACK;
            if is_set_back { now } else { now.max(last.saturating_add(1)) }
        };
        let update = |last| Some(next(last));
        match self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, update) {
            Ok(last) | Err(last) => next(last),
        }
    }
}

/// The names of the credentials that a signature is made of.
pub(crate) fn credentials(signature: &'static Signature) -> impl Iterator<Item = &'static str> {
    let named = pieces(signature.message).chain(pieces(signature.value));
    let named = named.filter_map(|it| match it {
        Piece::Parameter(TIME | SIGNATURE) | Piece::Text(_) => None,
        Piece::Parameter(name) => Some(name),
    });
    std::iter::once(signature.secret).chain(named)
}

/// The value of the signature's header at a time, if all its credentials are
/// there.
pub(crate) fn sign<'s>(
    signature: &Signature,
    millis: i64,
    credential: impl Fn(&str) -> Option<&'s Secret>,
) -> Option<String> {
    let value_of = |name: &str, out: &mut String| match name {
        TIME => write!(out, "{millis}").ok(),
        name => credential(name).map(|it| out.push_str(it.expose())),
    };
    let message = Zeroizing::new(render(signature.message, value_of)?);
    let digits = hex_hmac(credential(signature.secret)?.expose().as_bytes(), message.as_bytes());
    render(signature.value, |name, out| match name {
        SIGNATURE => {
            out.push_str(&digits);
            Some(())
        }
        name => value_of(name, out),
    })
}

fn render(template: &str, value_of: impl Fn(&str, &mut String) -> Option<()>) -> Option<String> {
    let mut text = String::new();
    for piece in pieces(template) {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Parameter(name) => value_of(name, &mut text)?,
        }
    }
    Some(text)
}

fn hex_hmac(key: &[u8], message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    let mut digits = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        write!(digits, "{byte:02x}").expect("a string takes all text");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCHEME: Signature = Signature {
        header: "signature",
        secret: "apiSecret",
        message: "{epochMillis}.{apiKey}",
        value: "{epochMillis}.{signature}",
    };

    #[test]
    fn signs_the_documented_example() {
        let key = Secret::new("A24b4fSJ8SKhowxlY");
        let secret = Secret::new("test_secret");
        let credential = |name: &str| match name {
            "apiKey" => Some(&key),
            "apiSecret" => Some(&secret),
            _ => None,
        };
        assert_eq!(
            sign(&SCHEME, 1_712_042_205_773, credential).as_deref(),
            Some("1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1"),
        );
    }

    #[test]
    fn needs_all_its_credentials() {
        let secret = Secret::new("test_secret");
        let credential = |name: &str| (name == "apiSecret").then_some(&secret);
        assert_eq!(sign(&SCHEME, 0, credential), None);
        assert_eq!(credentials(&SCHEME).collect::<Vec<_>>(), ["apiSecret", "apiKey"]);
    }

    #[test]
    fn stamps_increase() {
        let stamps = Stamps::new();
        let nows = [100, 100, 100, 101, 200, 150];
        assert_eq!(nows.map(|now| stamps.next(now)), [100, 101, 102, 103, 200, 201]);
    }

    #[test]
    fn a_clock_that_was_set_back_far_is_believed() {
        let stamps = Stamps::new();
        assert_eq!(stamps.next(1_000_000), 1_000_000);
        assert_eq!(stamps.next(940_000), 1_000_001);
        assert_eq!(stamps.next(900_000), 900_000);
    }
}
