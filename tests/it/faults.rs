//! The fault matrix: every operation meets every fault over real sockets. What
//! is expected comes from the reviewed lists and from the table of this file,
//! not from what the specs declare.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::LazyLock,
    time::{Duration, Instant},
};

use payouts_core::{Error, Outcome};
use payouts_tests::{
    PROVIDERS,
    server::{self, Received, Reply, Server, answer, json},
    table::{Settings, Success, Tokens},
};
use tokio::task::JoinSet;
use xtask::workspace::Workspace;

use crate::{
    planted::Planter,
    reviewed::{Protection, Reviewed, Row, rows},
};

/// What happens to every attempt of a call.
#[derive(Clone, Debug)]
enum Fault {
    /// Nobody listens.
    Refused,
    /// The connection is reset before anything is read.
    ResetBefore,
    /// The connection is reset once the request is read.
    ResetAfter,
    /// The connection is closed once the request is read.
    Closed,
    /// The same, and nobody listens from then on.
    Vanished,
    /// No answer comes, and the time for an attempt runs out.
    AttemptTimeout,
    /// No answer comes, and the time for the call runs out.
    Deadline,
    /// An answer with this status line and these headers.
    Status(&'static str, &'static str),
    /// An answer with this status line, and a body that the operation
    /// documents for its successes.
    Documented(&'static str),
    /// An answer with this status line and this body.
    Body(&'static str, &'static [u8]),
    /// 200 and half of the announced body.
    Truncated,
    /// One fault for the first attempt, another for all that follow.
    Then(&'static Fault, &'static Fault),
}

/// What is to be seen of a call that meets a fault in every attempt.
#[derive(Debug, PartialEq, Eq)]
struct Expected {
    /// Requests that reach the server.
    n_requests: usize,
    /// Nothing for a success.
    outcome: Option<Outcome>,
}

/// What comes of a body that is cut.
const CUT_BODY: &[u8] = br#"{"a":"#;

/// How many attempts a call has, if it may be repeated.
const ATTEMPTS: usize = 3;

/// What is expected of faults that come one after the other: the last one
/// decides, unless an attempt before it may have had its effect and it is no
/// success.
fn in_turn(first: Expected, last: Expected) -> Expected {
    assert_eq!(last.n_requests, 1, "the last fault is final");
    if first.n_requests == 1 {
        return first;
    }
    let is_doubtful = first.outcome == Some(Outcome::Unknown);
    let outcome = match last.outcome {
        Some(Outcome::Rejected) if is_doubtful => Some(Outcome::Unknown),
        outcome => outcome,
    };
    Expected { n_requests: 2, outcome }
}

fn expected(fault: &Fault, protection: &Protection, declares_conflict: bool) -> Expected {
    let if_protected = if protection.is_protected() { ATTEMPTS } else { 1 };
    let (n_requests, outcome) = match fault {
        Fault::Refused => (0, Outcome::NotSent),
        Fault::ResetBefore | Fault::ResetAfter | Fault::Closed | Fault::AttemptTimeout => {
            (if_protected, Outcome::Unknown)
        }
        Fault::Deadline | Fault::Vanished => (1, Outcome::Unknown),
        Fault::Documented(_) => return Expected { n_requests: 1, outcome: None },
        Fault::Body(..) | Fault::Truncated => (1, Outcome::Accepted),
        Fault::Then(first, last) => {
            let of = |fault| expected(fault, protection, declares_conflict);
            return in_turn(of(first), of(last));
        }
        Fault::Status(line, _) => match &line[..3] {
            "301" => (1, Outcome::Unknown),
            "408" | "500" | "502" | "503" | "504" => (if_protected, Outcome::Unknown),
            "409" if declares_conflict => (1, Outcome::Rejected),
            "409" => (1, Outcome::Unknown),
            "425" => (if_protected, Outcome::Rejected),
            "429" => (ATTEMPTS, Outcome::Rejected),
            "401" | "422" | "499" => (1, Outcome::Rejected),
            other => panic!("{other} has no line in this table"),
        },
    };
    Expected { n_requests, outcome: Some(outcome) }
}

/// What the matrix needs to know about an operation beside its row.
struct Facts {
    /// A body of a success, if it has one.
    body: String,
    declares_conflict: bool,
}

/// The facts of all operations by `provider.operation`, from the specs.
static FACTS: LazyLock<BTreeMap<String, Facts>> = LazyLock::new(|| {
    let workspace = Workspace::find().expect("the tests run in the workspace");
    let mut facts = BTreeMap::new();
    for provider in PROVIDERS {
        let source = workspace.source(provider.name).expect("there is a spec");
        let api = codegen::load(&source).unwrap_or_else(|error| panic!("{error}"));
        for operation in &api.operations {
            let mut planter = Planter::new(&api.schemas, 0);
            let body = operation.output_schema.as_ref().map(|it| planter.value(it));
            let declares_conflict = operation.errors.iter().any(|it| it.pattern == "409");
            let fact = Facts { body: body.unwrap_or_default(), declares_conflict };
            facts.insert(format!("{}.{}", provider.name, operation.id), fact);
        }
    }
    facts
});

/// What was seen of a call.
struct Seen {
    res: Result<Success, Error>,
    received: Vec<Received>,
    n_requests: usize,
}

impl Seen {
    /// The idempotency key that the caller is told.
    fn key(&self) -> Option<String> {
        match &self.res {
            Ok(success) => success.key.clone(),
            Err(error) => error.idempotency_key().map(str::to_owned),
        }
    }
}

/// Calls an operation whose every attempt meets the fault.
async fn meet(row: &Row, fault: &Fault, body: &str) -> Seen {
    let mut settings = Settings::new("");
    let replies = match fault {
        Fault::Refused => {
            settings.url = server::closed_url().await;
            let res = (row.call.run)(settings).await;
            return Seen { res, received: Vec::new(), n_requests: 0 };
        }
        Fault::ResetBefore | Fault::Vanished => {
            let (url, n_connections) = match fault {
                Fault::Vanished => server::vanishing().await,
                _ => server::resetting().await,
            };
            settings.url = url;
            let res = (row.call.run)(settings).await;
            let n_requests = n_connections.load(std::sync::atomic::Ordering::Relaxed);
            return Seen { res, received: Vec::new(), n_requests };
        }
        Fault::AttemptTimeout => {
            settings.attempt_timeout = Duration::from_secs(3);
            vec![reply(fault, body)]
        }
        Fault::Deadline => {
            settings.timeout = Duration::from_secs(3);
            vec![reply(fault, body)]
        }
        Fault::Then(first, last) => vec![reply(first, body), reply(last, body)],
        _ => vec![reply(fault, body)],
    };
    let server = Server::scripted(replies).await;
    settings.url.clone_from(&server.url);
    let attempt_timeout = settings.attempt_timeout;
    let start = Instant::now();
    let res = (row.call.run)(settings).await;
    if matches!(fault, Fault::Deadline) {
        let elapsed = start.elapsed();
        assert!(elapsed < attempt_timeout, "the time for a call bounds an attempt: {elapsed:?}");
    }
    let received = server.received();
    Seen { res, n_requests: received.len(), received }
}

/// What the server does to an attempt that meets the fault.
fn reply(fault: &Fault, body: &str) -> Reply {
    match fault {
        Fault::ResetAfter => Reply::Reset,
        Fault::Closed => Reply::Close(Vec::new()),
        Fault::AttemptTimeout | Fault::Deadline => Reply::Stall(Vec::new()),
        Fault::Status(line, headers) => answer(line, headers, b"{}"),
        Fault::Documented(line) => json(line, body),
        Fault::Body(line, body) => answer(line, "", body),
        Fault::Truncated => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n";
            Reply::Close([head.as_slice(), CUT_BODY].concat())
        }
        Fault::Refused | Fault::ResetBefore | Fault::Vanished | Fault::Then(..) => {
            panic!("{fault:?} is no reply to one request")
        }
    }
}

/// Every operation meets one fault, all at the same time.
async fn matrix(fault: Fault) {
    let reviewed = Reviewed::read();
    let mut calls = JoinSet::new();
    for row in rows() {
        let name = row.name();
        let protection = reviewed.protection(&name).clone();
        let fact = &FACTS[&name];
        let expected = expected(&fault, &protection, fact.declares_conflict);
        let (fault, body) = (fault.clone(), fact.body.clone());
        calls.spawn(async move {
            let seen = meet(&row, &fault, &body).await;
            let what = format!("{name} meets {fault:?}");
            check(&what, &protection, &expected, &seen);
            (what, seen.key())
        });
    }
    assert!(calls.len() > 40, "the table lists all operations");
    let mut failures = Vec::new();
    let mut keys = BTreeSet::new();
    while let Some(res) = calls.join_next().await {
        match res {
            // The second of two payouts with the same key would not be paid.
            Ok((what, Some(key))) if !keys.insert(key.clone()) => {
                failures.push(format!("{what}: `{key}` is the key of another call"));
            }
            Ok(_) => {}
            Err(error) => failures.push(Panic(error).to_string()),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What a failed assertion says.
struct Panic(tokio::task::JoinError);

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[track_caller]
fn check(what: &str, protection: &Protection, expected: &Expected, seen: &Seen) {
    let outcome = seen.res.as_ref().err().map(Error::outcome);
    let found = Expected { n_requests: seen.n_requests, outcome };
    assert_eq!(found, *expected, "{what}: {:?}", seen.res);

    for request in &seen.received {
        assert_eq!(content(request), content(&seen.received[0]), "{what}: an attempt differs");
        assert!(!request.line().contains("elsewhere"), "{what}: a redirect was followed");
    }

    let key = seen.key();
    let attempts = match &seen.res {
        Ok(success) => success.attempts,
        Err(error) => error.attempts(),
    };
    assert_eq!(usize::try_from(attempts), Ok(expected.n_requests), "{what}: attempts");
    let header = match protection {
        Protection::Key(header) => Some(header.to_ascii_lowercase()),
        Protection::Reads | Protection::Once | Protection::Repeatable => None,
    };
    match &header {
        Some(header) => {
            let key = key.as_ref().unwrap_or_else(|| panic!("{what}: there is no key"));
            assert!(key.len() >= 16, "{what}: `{key}` is no key");
            for request in &seen.received {
                assert_eq!(request.header(header).as_ref(), Some(key), "{what}: another key");
            }
        }
        None => {
            assert_eq!(key, None, "{what}: a key that nobody asked for");
            for request in &seen.received {
                // Arguments of the table have their names as values: an operation
                // can take the header as an ordinary parameter.
                let is_key = |name: &str, value: &str| {
                    name.contains("idempotency") && !name.eq_ignore_ascii_case(value)
                };
                let mut headers = request.headers().into_iter();
                let found = headers.find(|(name, value)| is_key(name, value));
                assert_eq!(found, None, "{what}: a key that the provider does not know");
            }
        }
    }

    if let Err(error) = &seen.res {
        let may = match protection {
            Protection::Reads => true,
            Protection::Once | Protection::Key(_) | Protection::Repeatable => {
                error.outcome() == Outcome::NotSent
            }
        };
        assert_eq!(error.may_send_again(), may, "{what}: {error}");
    }
}

/// A request without what is fresh in every attempt.
fn content(received: &Received) -> (String, Vec<(String, String)>, &[u8]) {
    let is_fresh = |name: &str| matches!(name, "signature");
    let headers = received.headers().into_iter().filter(|(name, _)| !is_fresh(name)).collect();
    (received.line().to_owned(), headers, &received.body)
}

macro_rules! faults {
    ($($name:ident: $fault:expr;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                matrix($fault).await;
            }
        )*
    };
}

faults! {
    refused: Fault::Refused;
    reset_before_the_request_is_read: Fault::ResetBefore;
    reset_after_the_request_is_read: Fault::ResetAfter;
    closed_after_the_request_is_read: Fault::Closed;
    closed_then_refused: Fault::Vanished;
    attempt_timeout: Fault::AttemptTimeout;
    total_deadline: Fault::Deadline;
    status_301: Fault::Status("301 Moved Permanently", "location: /elsewhere\r\n");
    status_401: Fault::Status("401 Unauthorized", "");
    status_408: Fault::Status("408 Request Timeout", "");
    status_409: Fault::Status("409 Conflict", "");
    status_425: Fault::Status("425 Too Early", "");
    status_429: Fault::Status("429 Too Many Requests", "");
    status_429_with_retry_after: Fault::Status("429 Too Many Requests", "retry-after: 1\r\n");
    status_499_which_nobody_documents: Fault::Status("499 Whatever", "");
    status_500: Fault::Status("500 Internal Server Error", "");
    status_502: Fault::Status("502 Bad Gateway", "");
    status_503: Fault::Status("503 Service Unavailable", "retry-after: 0\r\n");
    status_504: Fault::Status("504 Gateway Timeout", "");
    success_as_documented: Fault::Documented("200 OK");
    success_with_a_status_nobody_documents: Fault::Documented("299 Whatever");
    closed_then_success: Fault::Then(&Fault::Closed, &Fault::Documented("200 OK"));
    closed_then_409: Fault::Then(&Fault::Closed, &Fault::Status("409 Conflict", ""));
    closed_then_422: Fault::Then(&Fault::Closed, &Fault::Status("422 No", ""));
    status_503_then_success: Fault::Then(
        &Fault::Status("503 Service Unavailable", ""),
        &Fault::Documented("200 OK"),
    );
    status_503_then_422: Fault::Then(
        &Fault::Status("503 Service Unavailable", ""),
        &Fault::Status("422 No", ""),
    );
    status_429_then_success: Fault::Then(
        &Fault::Status("429 Too Many Requests", ""),
        &Fault::Documented("200 OK"),
    );
    status_429_then_422: Fault::Then(
        &Fault::Status("429 Too Many Requests", ""),
        &Fault::Status("422 No", ""),
    );
}

/// Operations whose answers are free JSON, or alternatives of which the
/// unknown ones are kept.
const TAKES_ANY_JSON: [&str; 2] =
    ["rebilly.create_payment_instrument", "revere.get_transaction_report"];

/// A success whose body is not what is documented. Operations that document no
/// body do not look at it.
async fn unusable(fault: Fault) {
    let reviewed = Reviewed::read();
    let mut n_unusable = 0;
    for row in rows() {
        let name = row.name();
        let seen = meet(&row, &fault, "").await;
        let what = format!("{name} meets {fault:?}");
        let mut expected = expected(&fault, reviewed.protection(&name), false);
        let takes_it = matches!(fault, Fault::Body(_, b"[[]]")) && TAKES_ANY_JSON.contains(&&*name);
        if FACTS[&name].body.is_empty() || takes_it {
            expected.outcome = None;
        } else {
            n_unusable += 1;
        }
        check(&what, reviewed.protection(&name), &expected, &seen);
        if let Err(error) = &seen.res {
            assert!(error.status().is_some_and(|it| it.is_success()), "{what}");
            assert!(error.headers().is_some() && error.body().is_some(), "{what}");
            if matches!(fault, Fault::Truncated) {
                let body = error.body().map(|it| it.as_ref());
                assert_eq!(body, Some(CUT_BODY), "{what}");
            }
        }
    }
    assert!(n_unusable > 30, "{n_unusable}");
}

#[tokio::test]
async fn success_truncated() {
    unusable(Fault::Truncated).await;
}

#[tokio::test]
async fn success_empty() {
    unusable(Fault::Body("202 Accepted", b"")).await;
}

#[tokio::test]
async fn success_not_json() {
    unusable(Fault::Body("200 OK", b"<html>")).await;
}

#[tokio::test]
async fn success_of_a_wrong_type() {
    unusable(Fault::Body("200 OK", b"[[]]")).await;
}

/// With fetched tokens, a 401 is followed by one exchange and one more attempt,
/// whatever the operation: the first attempt did nothing.
#[tokio::test]
async fn status_401_with_a_fetched_token() {
    let mut n_fetching = 0;
    for row in rows() {
        let server = Server::answering(|_, request| match request.line() {
            "POST /auth/login" => {
                json("200 OK", r#"{"data":{"access_token":"t","expires_in":600}}"#)
            }
            _ => json("401 Unauthorized", "{}"),
        })
        .await;
        let settings = Settings { tokens: Tokens::Fetched, ..Settings::new(server.url.as_str()) };
        let needs_token = row.operation.security.concat().contains(&"accessToken");
        let res = (row.call.run)(settings).await;
        let received = server.received();
        let (exchanges, calls): (Vec<_>, Vec<_>) =
            received.into_iter().partition(|it| it.line() == "POST /auth/login");
        let name = row.name();
        if !needs_token {
            continue;
        }
        n_fetching += 1;
        let error = res.expect_err("401 is no success");
        assert_eq!((exchanges.len(), calls.len()), (2, 2), "{name}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 2), "{name}");
        assert_eq!(content(&calls[0]), content(&calls[1]), "{name}");
    }
    assert!(n_fetching > 10, "{n_fetching}");
}
