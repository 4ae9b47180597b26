//! Tokens that are fetched: one exchange at a time, however many calls wait,
//! renewed before they expire.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;
use url::Url;

use crate::api::{ClientCredentials, TokenExchange};
use crate::call::Call;
use crate::connection::Connection;
use crate::error::{BuildError, Cause, DecodeError, ErrorKind, Failure, decode};
use crate::json::pointer;
use crate::outcome::Outcome;
use crate::path;
use crate::{Json, Secret, Timestamp};

/// A token of a moment.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) secret: Secret,
    /// Which of the client's tokens it is, from one.
    pub(crate) number: u64,
    /// When to fetch another; never, if the provider names no end.
    renewal: Option<Timestamp>,
}

/// How a token is fetched.
#[derive(Clone, Copy)]
pub(crate) enum Exchange {
    /// By an operation of the provider.
    Operation(&'static TokenExchange),
    /// By a grant of OAuth 2.0.
    Grant(&'static ClientCredentials),
}

/// Why there is no token: the failed exchange, which all calls that waited
/// for it share.
pub(crate) type TokenFailure = Arc<Failure>;

/// The token of one scheme, shared by all calls of a client.
#[derive(Default)]
pub(crate) struct TokenCell {
    /// Where a grant is asked for, and the form that asks.
    grant: Option<(Url, String)>,
    /// Locked while an exchange is going on. Dropping a call that leads one
    /// unlocks it, and the next that waits leads.
    state: Mutex<State>,
    n_failures: AtomicU64,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    n_exchanges: u64,
    last_failure: Option<TokenFailure>,
}

impl TokenCell {
    /// No token yet; `grant` is where a grant is asked for and the form that
    /// asks, if the client has what it takes.
    pub(crate) fn new(grant: Option<(Url, String)>) -> Self {
        Self { grant, ..Self::default() }
    }

    /// A token that is not due, and not the one that the provider refused.
    pub(crate) async fn get(
        &self,
        connection: &Connection,
        exchange: Exchange,
        refused: Option<u64>,
    ) -> Result<Token, TokenFailure> {
        let n_failures_before = self.n_failures.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let is_good = |it: &&Token| {
            Some(it.number) != refused && it.renewal.is_none_or(|at| connection.now() < at)
        };
        if let Some(token) = state.token.as_ref().filter(is_good) {
            return Ok(token.clone());
        }
        // Whoever waited for an exchange that failed need not repeat it.
        if self.n_failures.load(Ordering::Acquire) != n_failures_before
            && let Some(failure) = &state.last_failure
        {
            return Err(Arc::clone(failure));
        }
        state.token = None;
        match run(connection, exchange, self.grant.as_ref()).await {
            Ok((secret, lifetime)) => {
                state.n_exchanges += 1;
                let renewal = lifetime.and_then(|it| renewal(connection.now(), it));
                let token = Token { secret, number: state.n_exchanges, renewal };
                state.token = Some(token.clone());
                Ok(token)
            }
            Err(failure) => {
                let failure = Arc::from(failure);
                state.last_failure = Some(Arc::clone(&failure));
                self.n_failures.fetch_add(1, Ordering::AcqRel);
                Err(failure)
            }
        }
    }
}

/// The form that asks for a grant with these scopes: RFC 6749, sections 3.3
/// and 4.4.2.
pub(crate) fn form(scopes: &[String]) -> Result<String, BuildError> {
    let is_scope = |it: &String| {
        let is_part = |it| matches!(it, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        !it.is_empty() && it.bytes().all(is_part)
    };
    if !scopes.iter().all(is_scope) {
        let problem =
            "has one that is empty, or a blank, quote or other character that no scope has";
        return Err(BuildError::new("scopes", problem));
    }
    let mut form = "grant_type=client_credentials".to_owned();
    if !scopes.is_empty() {
        let scopes: Vec<String> = scopes.iter().map(|it| path::encode(it)).collect();
        form.push_str("&scope=");
        form.push_str(&scopes.join("+"));
    }
    Ok(form)
}

/// Fetches a token: the token and how many seconds it lives, if that is said.
async fn run(
    connection: &Connection,
    exchange: Exchange,
    asked: Option<&(Url, String)>,
) -> Result<(Secret, Option<u64>), Box<Failure>> {
    let credentials = connection.credentials();
    let (operation, call, token, expires_in) = match exchange {
        Exchange::Operation(exchange) => {
            let call = Call::new(connection, exchange.operation);
            let call = call.bytes(credentials.object(exchange.request));
            (exchange.operation, call, exchange.token, exchange.expires_in)
        }
        Exchange::Grant(grant) => {
            let operation = &grant.operation;
            let refused = || Failure::not_sent(operation, ErrorKind::Credential, Cause::None);
            let authorization = credentials.basic(grant).ok_or_else(refused)?;
            let (url, form) = asked.ok_or_else(refused)?.clone();
            let call = Call::new(connection, operation).grant(url, form, authorization);
            (operation, call, "/access_token", Some("/expires_in"))
        }
    };
    let (mut answer, sending) = call.exchange().await?;
    // The body holds a token, so no failure keeps it.
    let body = std::mem::take(&mut answer.body);
    let res = match answer.broken {
        _ if !answer.status.is_success() => {
            Err((ErrorKind::Status, Outcome::Rejected, Cause::None))
        }
        Some(error) => Err((ErrorKind::Interrupted, Outcome::Accepted, Cause::Transport(error))),
        None => read(token, expires_in, &body)
            .map_err(|error| (ErrorKind::Decode, Outcome::Accepted, Cause::Decode(error))),
    };
    res.map_err(|(kind, outcome, cause)| {
        let answer = Some(answer);
        Box::new(Failure { operation, kind, outcome, cause, sending, answer })
    })
}

/// The token and its lifetime in an answer. A lifetime that is no number of
/// seconds counts as none.
fn read(
    token: &str,
    expires_in: Option<&str>,
    body: &[u8],
) -> Result<(Secret, Option<u64>), DecodeError> {
    let json: Json = decode(body)?;
    let path = pointer::path(token);
    let missing = || DecodeError::new(&path, "a string");
    let token = pointer::find(json.as_text(), token).ok_or_else(missing)?;
    let token: String = decode(token.as_bytes()).map_err(|_| missing())?;
    if crate::path::header_value(&token).is_none() || token.is_empty() {
        return Err(DecodeError::new(&path, "a token that a header can hold"));
    }
    let lifetime = expires_in.and_then(|it| pointer::find(json.as_text(), it));
    let lifetime = lifetime.and_then(|it| it.trim_matches('"').parse().ok());
    Ok((Secret::new(token), lifetime))
}

/// When a token that lives this long is to be replaced: a tenth of its life
/// before the end, but at most half a minute.
fn renewal(now: Timestamp, lifetime: u64) -> Option<Timestamp> {
    const LONGEST_MARGIN: u64 = 30_000;
    let millis = lifetime.checked_mul(1000)?;
    let use_for = millis - (millis / 10).min(LONGEST_MARGIN);
    let at = now.unix_millis().checked_add(i64::try_from(use_for).ok()?)?;
    Timestamp::from_unix_millis(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tests::EXCHANGE;

    #[track_caller]
    fn check(body: &str, expected: Result<(&str, Option<u64>), &str>) {
        let res = read(EXCHANGE.token, EXCHANGE.expires_in, body.as_bytes())
            .map_err(|error| error.to_string());
        let res = res.as_ref().map(|(token, lifetime)| (token.expose(), *lifetime));
        assert_eq!(res.map_err(String::as_str), expected);
    }

    #[test]
    fn reads_token_and_lifetime() {
        check(r#"{"data": {"token": "t", "life": 600}}"#, Ok(("t", Some(600))));
        check(r#"{"data": {"token": "t", "life": "600"}}"#, Ok(("t", Some(600))));
        check(r#"{"data": {"token": "t", "life": null}}"#, Ok(("t", None)));
        check(r#"{"data": {"token": "t", "life": -1}}"#, Ok(("t", None)));
        check(r#"{"data": {"token": "t"}}"#, Ok(("t", None)));
        let missing = Err("expected a string at data.token");
        check(r#"{"data": {}}"#, missing);
        check(r#"{"data": {"token": 7}}"#, missing);
        check("[]", missing);
        let unusable = Err("expected a token that a header can hold at data.token");
        check(r#"{"data": {"token": ""}}"#, unusable);
        check(r#"{"data": {"token": "a\nb"}}"#, unusable);
        check("<html>", Err("expected JSON, line 1 column 1"));
    }

    #[test]
    fn renews_before_the_end() {
        let now = Timestamp::from_unix_millis(1_000_000).expect("it is a time");
        let of = |lifetime| renewal(now, lifetime).map(|it| it.unix_millis());
        assert_eq!(of(600), Some(1_000_000 + 570_000));
        assert_eq!(of(60), Some(1_000_000 + 54_000));
        assert_eq!(of(0), Some(1_000_000));
        assert_eq!(of(u64::MAX), None);
        assert_eq!(of(u64::MAX / 1000), None);
    }
}
