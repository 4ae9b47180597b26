//! Tokens that are fetched: once for all, again before they expire, and once
//! after a 401.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use payouts_core::{Error, ErrorKind, Outcome, RetryPolicy, Timestamp};

use crate::acme::{Client, ClientBuilder, builder, request};
use crate::server::{Received, Reply, Server, answer, json};

const PAID: &str = r#"{"id":"p","amount":1}"#;

/// A server whose tokens are `token-1`, `token-2` and so on.
async fn server(pay: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
    let n_tokens = AtomicUsize::new(0);
    Server::answering(move |_, request| match request.line() {
        "POST /token" => token(n_tokens.fetch_add(1, Ordering::Relaxed) + 1),
        _ => pay(request),
    })
    .await
}

fn token(number: usize) -> Reply {
    json("200 OK", &format!(r#"{{"token":"token-{number}","expires_in":600}}"#))
}

fn settings(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    builder(url).account_id("canary-account").app_secret("canary-secret").retry(policy)
}

fn client(url: &str) -> Client {
    settings(url).build().expect("the settings are right")
}

fn exchanges(server: &Server) -> Vec<Received> {
    server.received().into_iter().filter(|it| it.line() == "POST /token").collect()
}

fn tokens_used(server: &Server) -> Vec<String> {
    let received = server.received();
    let calls = received.iter().filter(|it| it.line() != "POST /token");
    calls.filter_map(|it| it.header("authorization")).collect()
}

#[tokio::test]
async fn is_fetched_once_and_kept() {
    let server = server(|_| json("200 OK", PAID)).await;
    let client = client(&server.url);
    for _ in 0..3 {
        client.create_transfer(request()).await.expect("it is paid");
    }
    let [exchange] = exchanges(&server).try_into().expect("there is one exchange");
    assert_eq!(exchange.body, br#"{"account":"canary-account","secret":"canary-secret"}"#);
    assert_eq!(exchange.header("authorization"), None);
    assert_eq!(exchange.header("content-type").as_deref(), Some("application/json"));
    assert_eq!(tokens_used(&server), ["Bearer token-1"; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_calls_wait_for_one_exchange() {
    let server = Server::answering(|_, request| match request.line() {
        "POST /token" => late_token(),
        _ => json("200 OK", PAID),
    })
    .await;
    let client = client(&server.url);
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.create_transfer(request()).await.map(|_| ()) })
        })
        .collect();
    for call in calls {
        call.await.expect("no call panics").expect("it is paid");
    }
    assert_eq!(exchanges(&server).len(), 1);
    assert_eq!(tokens_used(&server), ["Bearer token-1"; 100]);
}

fn late_token() -> Reply {
    let Reply::Answer(bytes) = token(1) else { unreachable!("it is an answer") };
    Reply::Late(Duration::from_millis(300), bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_calls_share_one_failure() {
    let refused = answer("403 Forbidden", "", b"no");
    let Reply::Answer(bytes) = refused else { unreachable!("it is an answer") };
    let server = Server::start(Reply::Late(Duration::from_millis(500), bytes)).await;
    let client = client(&server.url);
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.create_transfer(request()).await.map(|_| ()) })
        })
        .collect();
    for call in calls {
        let error = call.await.expect("no call panics").expect_err("there is no token");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Token, Outcome::NotSent));
    }
    assert_eq!(exchanges(&server).len(), 1);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn is_renewed_before_it_expires() {
    let server = server(|_| json("200 OK", PAID)).await;
    let now = Arc::new(AtomicI64::new(1_000_000));
    let clock = Arc::clone(&now);
    let read =
        move || Timestamp::from_unix_millis(clock.load(Ordering::Relaxed)).expect("it is a time");
    let client = settings(&server.url).clock(read).build().expect("the settings are right");
    for seconds in [0, 569, 570, 571, 2000] {
        now.store(1_000_000 + seconds * 1000, Ordering::Relaxed);
        client.create_transfer(request()).await.expect("it is paid");
    }
    let used = tokens_used(&server);
    let numbers: Vec<_> = used.iter().map(|it| it.trim_start_matches("Bearer token-")).collect();
    assert_eq!(numbers, ["1", "1", "2", "2", "3"]);
}

#[tokio::test]
async fn is_renewed_once_after_a_401() {
    let server = server(|request| match request.header("authorization").as_deref() {
        Some("Bearer token-1") => json("401 Unauthorized", "{}"),
        _ => json("200 OK", PAID),
    })
    .await;
    let client = client(&server.url);
    let answer = client.create_transfer(request()).await.expect("it is paid");
    assert_eq!(answer.attempts(), 2);
    client.create_transfer(request()).await.expect("it is paid");
    assert_eq!(tokens_used(&server), ["Bearer token-1", "Bearer token-2", "Bearer token-2"]);
}

#[tokio::test]
async fn a_second_401_is_the_answer() {
    let server = server(|_| json("401 Unauthorized", "{}")).await;
    let error = client(&server.url).create_transfer(request()).await.expect_err("it is refused");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, Outcome::Rejected));
    assert_eq!((error.attempts(), exchanges(&server).len()), (2, 2));
}

#[tokio::test]
async fn a_policy_of_one_attempt_holds_for_a_401_too() {
    let server = server(|_| json("401 Unauthorized", "{}")).await;
    let call = client(&server.url).create_transfer(request());
    let error = call.retry(RetryPolicy::never()).await.expect_err("it is refused");
    assert_eq!((error.attempts(), exchanges(&server).len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_401s_at_once_are_one_renewal() {
    let server = server(|request| match request.header("authorization").as_deref() {
        Some("Bearer token-1") => json("401 Unauthorized", "{}"),
        _ => json("200 OK", PAID),
    })
    .await;
    let client = client(&server.url);
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.create_transfer(request()).await.map(|_| ()) })
        })
        .collect();
    for call in calls {
        call.await.expect("no call panics").expect("it is paid");
    }
    assert_eq!(exchanges(&server).len(), 2);
}

#[tokio::test]
async fn a_given_token_is_used_and_never_renewed() {
    let server = server(|_| json("401 Unauthorized", "{}")).await;
    let client = builder(&server.url).access_token("given").build().expect("it is right");
    let error = client.create_transfer(request()).await.expect_err("it is refused");
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Rejected));
    assert_eq!(tokens_used(&server), ["Bearer given"]);
    assert_eq!(server.received().len(), 1);
}

async fn without_token(reply: Reply) -> (Error, usize) {
    let server = Server::start(reply).await;
    let error = client(&server.url).create_transfer(request()).await.expect_err("no token");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Token, Outcome::NotSent));
    assert_eq!(error.attempts(), 0);
    assert!(error.may_send_again());
    (error.into(), exchanges(&server).len())
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let (error, n_exchanges) = without_token(json("401 Unauthorized", "canary")).await;
    assert_eq!(n_exchanges, 1);
    assert_eq!(error.to_string(), "create_transfer: no token, outcome not sent");
    let source = std::error::Error::source(&error).expect("there is a reason");
    assert_eq!(source.to_string(), "create_token: 401 Unauthorized, outcome rejected");

    let (_, n_exchanges) = without_token(json("503 Service Unavailable", "")).await;
    assert_eq!(n_exchanges, 3, "an exchange is tried again like any call");

    let (error, _) = without_token(json("200 OK", r#"{"canary":"canary"}"#)).await;
    let text = format!("{error} {error:?}");
    assert!(!text.contains("canary"), "{text}");
    let source = std::error::Error::source(&error).and_then(std::error::Error::source);
    let source = source.expect("there is a reason");
    assert_eq!(source.to_string(), "expected a string at token");
}

#[tokio::test]
async fn a_dropped_leader_strands_nobody() {
    let server = Server::answering(|idx, request| match (idx, request.line()) {
        (0, _) => Reply::Stall(vec![]),
        (_, "POST /token") => token(1),
        _ => json("200 OK", PAID),
    })
    .await;
    let client = client(&server.url);
    let leader = {
        let client = client.clone();
        tokio::spawn(async move { client.create_transfer(request()).await.map(|_| ()) })
    };
    while server.received().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let waiter = {
        let client = client.clone();
        tokio::spawn(async move { client.create_transfer(request()).await.map(|_| ()) })
    };
    tokio::task::yield_now().await;
    leader.abort();
    waiter.await.expect("no call panics").expect("it is paid");
    assert_eq!(exchanges(&server).len(), 2);
}

#[tokio::test]
async fn the_time_of_a_call_includes_its_token() {
    let server = Server::start(Reply::Stall(vec![])).await;
    let call = client(&server.url).create_transfer(request());
    let start = Instant::now();
    let error = call.timeout(Duration::from_millis(200)).await.expect_err("no token");
    // The exchange has more time of its own.
    assert!(start.elapsed() < Duration::from_secs(25));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Token, Outcome::NotSent));
}

#[tokio::test]
async fn missing_credentials_are_named() {
    let client = builder("http://127.0.0.1:9").account_id("a").build().expect("it is right");
    let error = client.create_transfer(request()).await.expect_err("a secret is missing");
    assert_eq!(
        error.to_string(),
        "create_transfer: no credential, set app_secret, or access_token, outcome not sent"
    );
}
