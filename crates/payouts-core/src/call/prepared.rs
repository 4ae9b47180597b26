//! The request that all attempts of a call send: made once, so that every
//! attempt has the same bytes and the same key.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::Problem;
use crate::api::{Idempotency, Operation, Reconcile};
use crate::body::{self, Body, Content};
use crate::connection::{Connection, Limits};
use crate::credential::{CredentialError, push_cookie};
use crate::error::{Cause, ErrorKind, Failure, Stage, TransportError};
use crate::path::{self, BadParameter};
use crate::response::Sending;
use crate::token::Token;
use crate::transport::Outgoing;

use super::{Call, Pair};

/// All of a request but what is fresh in every attempt.
pub(crate) struct Prepared {
    pub(crate) connection: Connection,
    pub(crate) operation: &'static Operation,
    pub(crate) limits: Limits,
    pub(crate) key: Option<String>,
    pub(crate) url: Url,
    pub(crate) body: Option<Bytes>,
    headers: HeaderMap,
    /// The parameter to reconcile with, if it is one.
    matching: Option<String>,
    /// The schemes that authorise it.
    schemes: &'static [&'static str],
}

impl Prepared {
    /// Checks and assembles a call.
    pub(crate) fn new(mut call: Call) -> Result<Self, Box<Failure>> {
        let operation = call.operation;
        let matching = matching(&call);
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
        for Pair { parameter, name, value } in &call.cookies {
            push_cookie(&mut headers, &path::encode(name), value).ok_or_else(|| {
                let problem = Problem::new(*parameter, "a value that a cookie can hold");
                let cause = Cause::Problems(vec![problem]);
                Failure::not_sent(operation, ErrorKind::Argument, cause)
            })?;
        }
        headers.insert(USER_AGENT, call.connection.user_agent().clone());
        // A media type that no header can hold is the spec's mistake, too.
        let refused = || Failure::not_sent(operation, ErrorKind::Argument, Cause::None);
        let accept = path::header_value(call.accept).ok_or_else(refused)?;
        headers.entry(ACCEPT).or_insert(accept);
        let body = match call.body {
            Some(body) => {
                let (bytes, media_type) = assemble(operation, body)?;
                let media_type = path::header_value(&media_type).ok_or_else(refused)?;
                headers.insert(CONTENT_TYPE, media_type);
                Some(bytes)
            }
            None => None,
        };
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
            body,
            headers,
            matching,
            schemes,
        })
    }

    /// The request of one attempt with credentials of this moment, and the
    /// token in it. A token that was refused is replaced.
    pub(crate) async fn ready(
        &self,
        refused_token: Option<u64>,
        deadline: Instant,
    ) -> Result<(Outgoing, Option<Token>), (ErrorKind, Cause)> {
        let token = self.token(refused_token, deadline).await?;
        let stamp = || self.connection.stamp();
        let secret = token.as_ref().map(|it| &it.secret);
        let method = self.operation.method.clone();
        let (url, headers, body) = (self.url.clone(), self.headers.clone(), self.body.clone());
        let mut request = Outgoing { method, url, headers, body };
        self.connection
            .credentials()
            .apply(self.schemes, secret, stamp, &mut request)
            .map_err(|error| (ErrorKind::Credential, Cause::Credential(error)))?;
        Ok((request, token))
    }

    /// What is known of a call that is about to be sent.
    pub(crate) fn sending(&self) -> Sending {
        Sending {
            attempts: 0,
            is_doubtful: false,
            key: self.key.clone(),
            matching: self.matching.clone(),
            body: self.body.clone(),
        }
    }

    /// The fetched token that the request needs, if it needs one.
    async fn token(
        &self,
        refused: Option<u64>,
        deadline: Instant,
    ) -> Result<Option<Token>, (ErrorKind, Cause)> {
        let connection = &self.connection;
        let Some((cell, exchange)) = connection.token_cell(self.schemes) else { return Ok(None) };
        // On the heap, because an exchange is a call, too.
        let token = Box::pin(cell.get(connection, exchange, refused));
        match timeout_at(deadline, token).await {
            Ok(Ok(token)) => Ok(Some(token)),
            Ok(Err(failure)) => Err((ErrorKind::Token, Cause::Token(failure))),
            Err(_) => {
                let error = TransportError::new(Stage::Timeout);
                Err((ErrorKind::Token, Cause::Transport(error)))
            }
        }
    }
}

/// The value of the parameter to reconcile with, if it is one.
fn matching(call: &Call) -> Option<String> {
    let Reconcile::With { matching, .. } = call.operation.reconcile else { return None };
    let in_path = call.path.iter().find(|(it, _)| *it == matching);
    let in_query = || call.query.iter().find(|it| it.parameter == matching);
    let in_path = in_path.map(|(_, value)| value.as_str().to_owned());
    let in_parameters = in_path.or_else(|| path::decode(&in_query()?.value));
    in_parameters.or_else(|| call.matching.clone())
}

/// The bytes of a body and their media type.
fn assemble(operation: &'static Operation, body: Body) -> Result<(Bytes, String), Box<Failure>> {
    let media_type = body.media_type.to_owned();
    match body.content {
        Content::Bytes(bytes) => Ok((bytes, media_type)),
        Content::Parts(parts) => {
            let boundary = uuid()
                .map_err(|_| Failure::not_sent(operation, ErrorKind::Randomness, Cause::None))?;
            let bytes = body::assemble(&parts, &boundary);
            Ok((bytes, format!("{media_type}; boundary={boundary}")))
        }
    }
}

/// The URL of a call; what is wrong with the path's parameters is added to
/// its problems.
fn url(call: &mut Call) -> Option<Url> {
    if call.whole_url.is_some() {
        return call.whole_url.take();
    }
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
    let mut parameters: BTreeMap<&str, &str> = BTreeMap::new();
    for Pair { parameter, name, value } in &call.query {
        // A member of one parameter must not become another parameter.
        if *parameters.entry(name).or_insert(parameter) != *parameter {
            let expected = "an object without names of other parameters";
            call.problems.push(Problem::new(*parameter, expected));
            return None;
        }
        path::push_pair(&mut query, name, value);
    }
    match call.base() {
        Ok(base) => base.join(&path, &query),
        Err(problem) => {
            call.problems.push(problem);
            None
        }
    }
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
