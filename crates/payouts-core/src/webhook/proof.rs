//! How a provider proves that a request is its own, and whether it does.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use super::WebhookErrorKind;
use crate::path::{Piece, pieces};
use crate::{Secret, Timestamp};

const BODY: &str = "body";
const TIMESTAMP: &str = "timestamp";

/// Base64 with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How a provider proves that a request is its own.
///
/// ```
/// use payouts_core::{Proof, TimestampHeader};
///
/// // Five minutes, and a time that the signature covers.
/// let proof = Proof::HmacSha256 {
///     header: "X-Acme-Signature",
///     prefix: "",
///     message: "{timestamp}.{body}",
///     timestamp: Some(TimestampHeader { header: "X-Acme-Timestamp", tolerance: 300 }),
/// };
/// # assert!(matches!(proof, Proof::HmacSha256 { .. }));
/// ```
#[derive(Debug)]
pub enum Proof {
    /// HMAC-SHA256, in hex digits of either case.
    HmacSha256 {
        /// The header that holds it.
        header: &'static str,
        /// What may stand before the digits; empty for nothing.
        prefix: &'static str,
        /// What is signed, with `{body}` and `{timestamp}`.
        message: &'static str,
        /// The time of the signature, if it has one.
        timestamp: Option<TimestampHeader>,
    },
    /// The credentials of HTTP Basic; the secrets are `user:password`.
    Basic,
    /// Nothing: anybody can send such a request.
    None,
}

/// The header with the time of a signature.
#[derive(Debug)]
pub struct TimestampHeader {
    /// Its name. Its value is in Unix seconds or milliseconds.
    pub header: &'static str,
    /// How many seconds it may be off, in the past and in the future.
    pub tolerance: u32,
}

/// Why nothing is proved; names headers and never shows a value.
#[derive(Clone)]
pub(super) struct Problem {
    pub(super) kind: WebhookErrorKind,
    header: Option<&'static str>,
    what: &'static str,
}

impl Proof {
    /// Whether the request is by somebody who knows one of the secrets.
    pub(super) fn check(
        &'static self,
        now: impl FnOnce() -> Timestamp,
        secrets: &[Secret],
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), Problem> {
        let unusable = |what| Problem { kind: WebhookErrorKind::Secret, header: None, what };
        if secrets.is_empty() {
            return Err(unusable("no secret was given"));
        }
        match self {
            Self::HmacSha256 { header, prefix, message, timestamp } => {
                if secrets.iter().any(|it| it.expose().is_empty()) {
                    return Err(unusable("a secret is empty"));
                }
                let signature = signature(headers, header, prefix)?;
                let stamp = timestamp.as_ref().map(|it| Stamp::read(headers, it)).transpose()?;
                let sent = stamp.as_ref().map_or("", |it| it.text);
                let is_right = any(secrets, |it| hmac(it, message, sent, body).ct_eq(&signature));
                right(is_right, header)?;
                // Only the provider learns how far its clock is off.
                stamp.map_or(Ok(()), |it| it.check(now()))
            }
            Self::Basic => {
                if !secrets.iter().all(is_user_and_password) {
                    return Err(unusable("a secret is not `user:password`"));
                }
                let credentials = credentials(headers)?;
                // Some senders encode the line feed of `echo`, too.
                let trimmed = credentials.strip_suffix(b"\n").unwrap_or(&credentials);
                // The comparison is of digests, which all have the same length.
                let given = [Sha256::digest(&*credentials), Sha256::digest(trimmed)];
                let is_right = any(secrets, |it| {
                    let wanted = Sha256::digest(it.expose());
                    given[0].ct_eq(&wanted) | given[1].ct_eq(&wanted)
                });
                right(is_right, AUTHORIZATION.as_str())
            }
            Self::None => Err(unusable("the provider gives no secret for this webhook")),
        }
    }
}

/// Asks all secrets, also when one of the first has been right.
pub(super) fn any(secrets: &[Secret], is_by: impl Fn(&Secret) -> Choice) -> Choice {
    secrets.iter().fold(Choice::from(0), |found, it| found | is_by(it))
}

fn right(is_right: Choice, header: &'static str) -> Result<(), Problem> {
    match bool::from(is_right) {
        true => Ok(()),
        false => Err(Problem {
            kind: WebhookErrorKind::Signature,
            header: Some(header),
            what: "is by none of the secrets",
        }),
    }
}

fn is_user_and_password(secret: &Secret) -> bool {
    let parts = secret.expose().split_once(':');
    parts.is_some_and(|(user, password)| !user.is_empty() && !password.is_empty())
}

fn hmac(secret: &Secret, message: &str, timestamp: &str, body: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes())
        .expect("HMAC takes keys of any length");
    for piece in pieces(message) {
        match piece {
            Piece::Parameter(BODY) => mac.update(body),
            Piece::Parameter(TIMESTAMP) => mac.update(timestamp.as_bytes()),
            Piece::Parameter(text) | Piece::Text(text) => mac.update(text.as_bytes()),
        }
    }
    mac.finalize().into_bytes().into()
}

/// The only value of a header.
fn value<'h>(headers: &'h HeaderMap, header: &'static str) -> Result<&'h [u8], Problem> {
    let mut values = headers.get_all(header).iter();
    match (values.next(), values.next()) {
        (Some(only), None) => Ok(only.as_bytes()),
        (None, _) => Err(malformed(header, "is missing")),
        // Whoever checks one could be shown the other.
        (Some(_), Some(_)) => Err(malformed(header, "stands more than once")),
    }
}

fn malformed(header: &'static str, what: &'static str) -> Problem {
    Problem { kind: WebhookErrorKind::Header, header: Some(header), what }
}

fn signature(headers: &HeaderMap, header: &'static str, prefix: &str) -> Result<[u8; 32], Problem> {
    let value = value(headers, header)?;
    let digits = value.strip_prefix(prefix.as_bytes()).unwrap_or(value);
    let mut bytes = [0; 32];
    let is_whole = digits.len() == 2 * bytes.len();
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let nibbles = (nibble(pair[0]), nibble(pair[1]));
        let (Some(high), Some(low)) = nibbles else { return Err(not_hex(header)) };
        *byte = high << 4 | low;
    }
    if is_whole { Ok(bytes) } else { Err(not_hex(header)) }
}

fn not_hex(header: &'static str) -> Problem {
    malformed(header, "is not 64 hex digits")
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|it| u8::try_from(it).ok())
}

/// The credentials of HTTP Basic, decoded.
fn credentials(headers: &HeaderMap) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let value = value(headers, AUTHORIZATION.as_str())?;
    let not_basic = || malformed(AUTHORIZATION.as_str(), "is not `Basic` and base64");
    let (scheme, encoded) = value.split_at_checked(6).ok_or_else(not_basic)?;
    if !scheme.eq_ignore_ascii_case(b"basic ") {
        return Err(not_basic());
    }
    let decoded = BASE64.decode(encoded.trim_ascii());
    decoded.map(Zeroizing::new).map_err(|_| not_basic())
}

/// The time of a signature, as sent.
struct Stamp<'h> {
    text: &'h str,
    millis: i64,
    rule: &'static TimestampHeader,
}

impl<'h> Stamp<'h> {
    fn read(headers: &'h HeaderMap, rule: &'static TimestampHeader) -> Result<Self, Problem> {
        /// From here on a number counts milliseconds. As seconds it would be
        /// in the year 5138.
        const MILLIS: i64 = 100_000_000_000;
        let value = value(headers, rule.header)?;
        let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(value).ok().filter(|_| is_number);
        let stamp = text.and_then(|text| {
            let number: i64 = text.parse().ok()?;
            let millis = if number < MILLIS { number * 1000 } else { number };
            Some(Self { text, millis, rule })
        });
        stamp.ok_or_else(|| malformed(rule.header, "is no time in seconds or milliseconds"))
    }

    fn check(&self, now: Timestamp) -> Result<(), Problem> {
        let tolerance = u64::from(self.rule.tolerance) * 1000;
        let what = match self.millis.abs_diff(now.unix_millis()) {
            off if off <= tolerance => return Ok(()),
            _ if self.millis < now.unix_millis() => "is too long ago",
            _ => "is in the future",
        };
        let kind = WebhookErrorKind::Timestamp;
        Err(Problem { kind, header: Some(self.rule.header), what })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.header {
            Some(header) => write!(f, "header {header} {}", self.what),
            None => f.write_str(self.what),
        }
    }
}
