//! Every operation, full of canaries, succeeds and fails in every way while
//! all that anybody traces is collected: the canaries are on the wire, where
//! they belong, and nowhere else.

use std::{collections::BTreeMap, error::Error as _, fmt::Write as _, time::Duration};

use codegen::model::{Api, operation::Operation};
use payouts_core::{Error, ErrorKind, RetryPolicy, reqwest};
use payouts_tests::{
    PROVIDERS,
    server::{self, Received, Reply, Server, answer},
    table::{Arguments, Call, Settings, Success, Tokens},
};
use tokio::task::JoinSet;

use crate::{
    canary::{api, traces::Traces},
    planted::{CANARIES, Planter},
};

/// What the credentials of the tables begin with.
pub(crate) const CREDENTIAL: &str = "test-";

/// How an attempt ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// With the documented success.
    Success,
    /// Nobody listens.
    Refused,
    /// The connection is reset once the request is read.
    Reset,
    /// The connection is closed once the request is read.
    Closed,
    /// No answer comes in time.
    Timeout,
    /// With this status, and the documented body if it has one.
    Status(u16),
    /// With a success whose body is not what is documented.
    Undecodable,
    /// With half of a success.
    Truncated,
    /// Before it is sent, if arguments do not keep their constraints.
    Unfit,
}

/// An answer with canaries in its headers.
fn canaries(status: u16, body: &str) -> Reply {
    const HEADERS: &str = "content-type: application/json\r\nx-canary: canary\r\n\
                           location: http://127.0.0.1:1/canary\r\nset-cookie: canary=canary\r\n\
                           www-authenticate: canary\r\nretry-after: canary\r\n";
    answer(&format!("{status} Canary"), HEADERS, body.as_bytes())
}

impl End {
    /// What the server does; `choice` is the alternative of bodies that have
    /// several.
    fn reply(self, api: &Api, operation: &Operation, choice: usize) -> Reply {
        let mut planter = Planter::new(&api.schemas, choice);
        match self {
            Self::Success | Self::Unfit => {
                let body = operation.output_schema.as_ref().map(|it| planter.value(it));
                let success = operation.success.first().copied().unwrap_or(200);
                canaries(success, &body.unwrap_or_default())
            }
            Self::Refused | Self::Reset => Reply::Reset,
            Self::Closed => Reply::Close(Vec::new()),
            Self::Timeout => Reply::Stall(Vec::new()),
            Self::Status(status) => {
                let text = status.to_string();
                let case = operation.errors.iter().find(|it| it.pattern == text);
                let case = case.or(operation.errors.iter().find(|it| it.pattern == "default"));
                let schema = case.and_then(|it| it.schema.as_ref());
                let body = schema.map(|it| planter.value(it));
                canaries(status, &body.unwrap_or(r#"{"message": "canary"}"#.to_owned()))
            }
            Self::Undecodable => canaries(200, r#"[1, "canary", 70907"#),
            Self::Truncated => Reply::Close(
                b"HTTP/1.1 200 OK\r\nx-canary: canary\r\ncontent-length: 5000\r\n\r\n{\"canary\":"
                    .to_vec(),
            ),
        }
    }
}

/// What came of a call.
struct Seen {
    res: Result<Success, Error>,
    /// What `Debug` shows of builder, client and call.
    before: String,
    received: Vec<Received>,
}

/// The usual HTTP client, but for certificates, which take long to load and
/// are of no use here.
fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy().tls_certs_only([])
}

/// Calls an operation whose every attempt ends like this.
async fn call(call: &'static Call, end: End, reply: Reply, tokens: Tokens, body: String) -> Seen {
    let patience = match &reply {
        Reply::Stall(_) => Duration::from_secs(2),
        other => other.patience(),
    };
    let server = Server::answering(move |_, request| {
        // The exchange succeeds, so that the call itself is sent.
        if tokens == Tokens::Fetched && request.line().ends_with("/auth/login") {
            const TOKEN: &str =
                r#"{"data": {"access_token": "canary-token", "expires_in": 600}, "x": "canary"}"#;
            return canaries(200, TOKEN);
        }
        reply.clone()
    })
    .await;
    let url = match end {
        End::Refused => server::closed_url().await,
        _ => server.url.clone(),
    };
    let retry = match end {
        End::Timeout => RetryPolicy::never(),
        _ => RetryPolicy::default().base_delay(Duration::ZERO),
    };
    let settings = Settings {
        tokens,
        retry,
        http: Some(http),
        arguments: Arguments::Marked { text: "canary", body },
        attempt_timeout: patience,
        ..Settings::new(format!("{url}/canary"))
    };
    // This is the same before all ends.
    let before = match end {
        End::Success => (call.show)(&settings),
        _ => String::new(),
    };
    let res = (call.run)(settings).await;
    Seen { res, before, received: server.received() }
}

/// Everything that can be shown of an error, a panic with it included.
pub(crate) fn shown(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n{:?}\n", error.problems());
    let mut source = error.source();
    while let Some(it) = source {
        writeln!(text, "{it} {it:?} {it:#?}").expect("a text can be written");
        source = it.source();
    }
    text
}

/// How many canaries a request carries.
fn on_wire(request: &Received) -> usize {
    let text = format!("{}\n{}", request.head, String::from_utf8_lossy(&request.body));
    CANARIES.iter().chain([&CREDENTIAL]).map(|it| text.matches(it).count()).sum()
}

/// Checks that a text shows neither canaries nor credentials.
#[track_caller]
pub(crate) fn check(what: &str, text: &str) {
    for marker in CANARIES.iter().chain([&CREDENTIAL]) {
        let lines: Vec<_> = text.lines().filter(|it| it.contains(marker)).take(5).collect();
        assert!(lines.is_empty(), "{what} shows `{marker}`: {lines:#?}");
    }
}

/// All operations of all providers end like this, several times if their
/// bodies have alternatives.
async fn all_end(end: End, tokens: Tokens) {
    let (traces, guard) = Traces::start();
    let mut calls = JoinSet::new();
    let mut n_called: BTreeMap<&str, usize> = BTreeMap::new();
    for provider in PROVIDERS {
        let api = api(provider.name);
        for (operation, row) in api.operations.iter().zip(provider.calls) {
            assert_eq!(operation.id, row.id);
            let takes_token = operation.security.concat().iter().any(|it| it == "accessToken");
            if tokens == Tokens::Fetched && !takes_token {
                continue;
            }
            let mut before = Vec::new();
            for choice in 0..4 {
                let mut planter = match end {
                    End::Unfit => Planter::new(&api.schemas, choice),
                    _ => Planter::sent(&api.schemas, choice),
                };
                let body = operation.body.as_ref().map(|it| planter.value(&it.schema));
                let reply = end.reply(&api, operation, choice);
                let name = provider.name;
                let (n_planted, body) = (planter.n_planted, body.unwrap_or_default());
                let this = (body.clone(), format!("{reply:?}"));
                if before.contains(&this) {
                    continue;
                }
                before.push(this);
                *n_called.entry(provider.name).or_default() += 1;
                calls.spawn(async move {
                    let seen = call(row, end, reply, tokens, body).await;
                    (name, row.id, n_planted, seen)
                });
            }
        }
    }
    let mut n_on_wire: BTreeMap<&str, usize> = BTreeMap::new();
    let mut n_not_sent = 0;
    while let Some(res) = calls.join_next().await {
        let (provider, id, n_planted, seen) = res.expect("no call panics");
        let what = format!("{provider}.{id} that ends in {end:?}");
        check(&what, &seen.before);
        match &seen.res {
            Ok(success) => check(&what, &success.shown),
            Err(error) => check(&what, &shown(error)),
        }
        let kind = seen.res.as_ref().err().map(Error::kind);
        let is_as_said = match end {
            End::Success => seen.res.is_ok(),
            End::Refused => seen.received.is_empty(),
            End::Unfit => kind.is_none_or(|it| it == ErrorKind::Argument),
            End::Timeout => kind == Some(ErrorKind::Timeout),
            _ => !seen.received.is_empty(),
        };
        assert!(is_as_said, "{what}: {:?}", seen.res);
        n_not_sent += usize::from(seen.received.is_empty());
        if let Some(request) = seen.received.last() {
            let n_found = on_wire(request);
            let body = String::from_utf8_lossy(&request.body);
            let all = format!("{n_planted} canaries: {} {body}", request.head);
            // What is only ever received has canaries, too, if nothing must fit.
            let is_all = n_found >= n_planted || matches!(end, End::Unfit);
            assert!(is_all, "{what}: {n_found} of {all}");
            *n_on_wire.entry(provider).or_default() += n_found;
        }
    }
    drop(guard);
    let traced = traces.text();
    check(&format!("a trace of {end:?}"), &traced);

    // It is not for want of canaries, nor of traces.
    let crates = ["payouts_core", "reqwest", "hyper_util"];
    let silent: Vec<_> = crates.iter().filter(|it| !traced.contains(**it)).collect();
    assert!(silent.is_empty(), "{silent:?} trace nothing");
    assert_eq!(n_on_wire.is_empty(), matches!(end, End::Refused), "{n_on_wire:?}");
    for (provider, n_calls) in n_called {
        let n_found = n_on_wire.get(provider).copied().unwrap_or_default();
        let n_expected = match end {
            // Of the first calls, time may have run out while others began.
            End::Refused | End::Unfit | End::Timeout => 0,
            _ => 4 * n_calls,
        };
        assert!(n_found >= n_expected, "{provider}: {n_found} canaries in {n_calls} calls");
    }
    match end {
        End::Refused | End::Unfit => assert!(n_not_sent > 0),
        End::Timeout => {}
        _ => assert_eq!(n_not_sent, 0),
    }
}

macro_rules! ends {
    ($($name:ident: $end:expr, $tokens:ident;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                all_end($end, Tokens::$tokens).await;
            }
        )*
    };
}

// One test per end: the calls of each share a thread.
ends! {
    success: End::Success, Given;
    refused: End::Refused, Given;
    reset: End::Reset, Given;
    closed: End::Closed, Given;
    timeout: End::Timeout, Given;
    status_301: End::Status(301), Given;
    status_400: End::Status(400), Given;
    status_401: End::Status(401), Given;
    status_409: End::Status(409), Given;
    status_429: End::Status(429), Given;
    status_500: End::Status(500), Given;
    undecodable: End::Undecodable, Given;
    truncated: End::Truncated, Given;
    unfit: End::Unfit, Given;
    success_with_a_fetched_token: End::Success, Fetched;
    status_401_with_a_fetched_token: End::Status(401), Fetched;
    undecodable_with_a_fetched_token: End::Undecodable, Fetched;
}
