//! The request that all attempts of a call send: made once, so that every
//! attempt has the same bytes and the same key.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::Problem;
use crate::api::{Idempotency, Operation};
use crate::connection::{Connection, Limits};
use crate::credential::CredentialError;
use crate::error::{Cause, ErrorKind, Failure};
use crate::path::{self, BadParameter};

use super::Call;

/// All of a request but what is fresh in every attempt.
pub(crate) struct Prepared<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) operation: &'static Operation,
    pub(crate) limits: Limits,
    pub(crate) key: Option<String>,
    url: Url,
    headers: HeaderMap,
    body: Option<Bytes>,
    /// The schemes that authorise it.
    schemes: &'static [&'static str],
}

impl<'c> Prepared<'c> {
    /// Checks and assembles a call.
    pub(crate) fn new(mut call: Call<'c>) -> Result<Self, Box<Failure>> {
        let operation = call.operation;
        let url = url(&mut call);
        if !call.problems.is_empty() {
            let cause = Cause::Problems(call.problems);
            return Err(Failure::not_sent(operation, ErrorKind::Argument, cause));
        }
        let url = url.ok_or_else(|| {
            // The spec's path or the server's URL is not what a URL can hold.
            Failure::not_sent(operation, ErrorKind::Argument, Cause::None)
        })?;
        let schemes = call
            .connection
            .credentials()
            .choose(operation)
            .map_err(|error| credential_failure(operation, error))?;

        let mut headers = call.headers;
        headers.insert(USER_AGENT, call.connection.user_agent().clone());
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        if call.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let key = match operation.idempotency {
            Idempotency::Key(name) => Some(insert_key(operation, &mut headers, name, call.key)?),
            _ => None,
        };
        Ok(Self {
            connection: call.connection,
            operation,
            limits: call.limits,
            key,
            url,
            headers,
            body: call.body,
            schemes,
        })
    }

    /// The request of one attempt, with credentials of this moment.
    pub(crate) fn request(&self) -> Result<reqwest::Request, Box<Failure>> {
        let mut request = reqwest::Request::new(self.operation.method.clone(), self.url.clone());
        *request.headers_mut() = self.headers.clone();
        let stamp = || self.connection.stamp();
        self.connection
            .credentials()
            .apply(self.schemes, stamp, request.headers_mut())
            .map_err(|error| credential_failure(self.operation, error))?;
        *request.body_mut() = self.body.clone().map(reqwest::Body::from);
        Ok(request)
    }
}

/// The URL of a call; what is wrong with the path's parameters is added to
/// its problems.
fn url(call: &mut Call<'_>) -> Option<Url> {
    let value_of =
        |name: &str| call.path.iter().find(|(it, _)| *it == name).map(|(_, value)| value.clone());
    let path = match path::fill(call.operation.path, value_of) {
        Ok(path) => path,
        Err(BadParameter { name, expected }) => {
            call.problems.push(Problem::new(name, expected));
            return None;
        }
    };
    let mut query = String::new();
    for (name, value) in &call.query {
        path::push_pair(&mut query, name, value);
    }
    call.connection.base().join(&path, &query)
}

fn insert_key(
    operation: &'static Operation,
    headers: &mut HeaderMap,
    name: &'static str,
    given: Option<String>,
) -> Result<String, Box<Failure>> {
    let key = match given {
        Some(key) => key,
        None => {
            uuid().map_err(|_| Failure::not_sent(operation, ErrorKind::Randomness, Cause::None))?
        }
    };
    let refused = || Failure::not_sent(operation, ErrorKind::Argument, Cause::None);
    let name = HeaderName::try_from(name).map_err(|_| refused())?;
    let value = HeaderValue::try_from(key.as_str()).map_err(|_| refused())?;
    headers.insert(name, value);
    Ok(key)
}

fn credential_failure(operation: &'static Operation, error: CredentialError) -> Box<Failure> {
    Failure::not_sent(operation, ErrorKind::Credential, Cause::Credential(error))
}

/// A random UUID (version 4) from the system's randomness.
fn uuid() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(uuid_text(bytes))
}

fn uuid_text(bytes: [u8; 16]) -> String {
    let mut number = u128::from_be_bytes(bytes);
    number = number & !(0xf << 76) | (0x4 << 76);
    number = number & !(0x3 << 62) | (0x2 << 62);
    let digits = format!("{number:032x}");
    let part = |range: std::ops::Range<usize>| &digits[range];
    [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_have_version_and_variant() {
        assert_eq!(uuid_text([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid_text([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn uuids_differ() {
        let one = uuid().expect("the system has randomness");
        let other = uuid().expect("the system has randomness");
        assert_ne!(one, other);
        assert_eq!(one.len(), 36);
    }
}
