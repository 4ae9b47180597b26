//! What is sent again, what is not, and that it is the same each time.

use std::time::{Duration, Instant};

use payouts_core::{Error, ErrorKind, Outcome, RetryPolicy};

use crate::acme::{Client, GroupId, builder, client, request};
use crate::server::{Received, Reply, Server, answer, closed_url, json};

const PAID: &str = r#"{"id":"p","amount":1}"#;

/// A client that does not keep a test waiting.
fn quick(url: &str) -> Client {
    builder(url)
        .wallet_key("k")
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
        .attempt_timeout(Duration::from_millis(500))
        .build()
        .expect("the settings are right")
}

/// A request without what is fresh in every attempt: the connection.
fn content(received: &Received) -> (&str, &[u8]) {
    (&received.head, &received.body)
}

/// Puts a payout under an id; the provider takes that as often as it likes.
async fn put(replies: Vec<Reply>, n_expected: usize) -> Result<u32, Error> {
    let server = Server::scripted(replies).await;
    let res = quick(&server.url).put_payout("p", request()).await;
    let received = server.received();
    assert_eq!(received.len(), n_expected, "{res:?}");
    for request in &received {
        assert_eq!(content(request), content(&received[0]), "every attempt is the same");
    }
    Ok(res?.attempts())
}

/// Pays without any protection.
async fn pay(replies: Vec<Reply>, n_expected: usize) -> Result<u32, Error> {
    let server = Server::scripted(replies).await;
    let res = quick(&server.url).create_payout(GroupId::from("g"), "p", request()).await;
    assert_eq!(server.received().len(), n_expected, "{res:?}");
    Ok(res?.attempts())
}

fn fault(status: &str) -> Reply {
    json(status, "{}")
}

#[tokio::test]
async fn what_is_protected_is_sent_again() {
    let faults = [
        fault("408 Request Timeout"),
        fault("425 Too Early"),
        fault("429 Too Many Requests"),
        fault("500 Internal Server Error"),
        fault("502 Bad Gateway"),
        fault("503 Service Unavailable"),
        fault("504 Gateway Timeout"),
        Reply::Close(vec![]),
        Reply::Stall(vec![]),
    ];
    for fault in faults {
        let res = put(vec![fault.clone(), json("200 OK", PAID)], 2).await;
        assert_eq!(res.expect("the second attempt succeeds"), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn what_is_not_protected_is_sent_again_after_429_only() {
    let faults = [
        "408 Request Timeout",
        "425 Too Early",
        "500 Internal Server Error",
        "503 Service Unavailable",
    ];
    for status in faults {
        let error = pay(vec![fault(status), json("200 OK", PAID)], 1).await;
        assert_eq!(error.expect_err("it is not sent again").attempts(), 1);
    }
    for reply in [Reply::Close(vec![]), Reply::Stall(vec![])] {
        let error = pay(vec![reply, json("200 OK", PAID)], 1).await;
        assert_eq!(error.expect_err("it is not sent again").outcome(), Outcome::Unknown);
    }
    let res = pay(vec![fault("429 Too Many Requests"), json("200 OK", PAID)], 2).await;
    assert_eq!(res.expect("the second attempt succeeds"), 2);
}

#[tokio::test]
async fn a_final_status_is_final() {
    for status in ["301 Moved Permanently", "400 Bad Request", "401 Unauthorized", "409 Conflict"] {
        let error = put(vec![fault(status), json("200 OK", PAID)], 1).await;
        assert_eq!(error.expect_err("it is not sent again").attempts(), 1, "{status}");
    }
}

#[tokio::test]
async fn attempts_are_limited() {
    let error = put(vec![fault("503 Service Unavailable")], 3).await.expect_err("it fails");
    assert_eq!((error.attempts(), error.outcome()), (3, Outcome::Unknown));

    let server = Server::start(fault("503 Service Unavailable")).await;
    for (policy, n_expected) in
        [(RetryPolicy::never(), 1), (RetryPolicy::default().max_attempts(2), 2)]
    {
        let before = server.received().len();
        let call = quick(&server.url).put_payout("p", request());
        let error = call.retry(policy).await.expect_err("it fails");
        assert_eq!(error.attempts(), n_expected);
        assert_eq!(server.received().len() - before, usize::try_from(n_expected).expect("small"));
    }
}

#[tokio::test]
async fn one_doubtful_attempt_makes_the_call_unknown() {
    for last in ["409 Conflict", "422 Unprocessable Content", "429 Too Many Requests"] {
        let replies = vec![Reply::Close(vec![]), fault(last)];
        let n_expected = if last.starts_with("429") { 3 } else { 2 };
        let error = put(replies, n_expected).await.expect_err("it fails");
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Status, Outcome::Unknown),
            "{last}"
        );
        assert_eq!(error.reconcile_value().as_deref(), Some("p"));
    }
    let error = put(vec![fault("429 Too Many Requests"), fault("422 No")], 2).await;
    assert_eq!(error.expect_err("it fails").outcome(), Outcome::Rejected);
}

#[tokio::test]
async fn a_success_at_last_is_a_success() {
    let replies = vec![Reply::Stall(vec![]), Reply::Close(vec![]), json("200 OK", PAID)];
    assert_eq!(put(replies, 3).await.expect("the third attempt succeeds"), 3);
}

#[tokio::test]
async fn a_success_is_never_sent_again() {
    for reply in [
        json("200 OK", "<html>"),
        json("202 Accepted", ""),
        Reply::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{".to_vec()),
        Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{".to_vec()),
    ] {
        let error = put(vec![reply, json("200 OK", PAID)], 1).await.expect_err("it is unusable");
        assert_eq!(error.outcome(), Outcome::Accepted);
    }
}

#[tokio::test]
async fn no_connection_is_tried_again_and_nothing_was_sent() {
    let client = builder(&closed_url().await)
        .wallet_key("k")
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(40)))
        .build()
        .expect("the settings are right");
    let call = client.create_payout(GroupId::from("g"), "p", request());
    let error = call.await.expect_err("nobody listens");
    assert_eq!((error.attempts(), error.outcome()), (0, Outcome::NotSent));
}

#[tokio::test]
async fn retry_after_is_honoured() {
    let wait = answer("429 Too Many Requests", "retry-after: 1\r\n", b"");
    let start = Instant::now();
    pay(vec![wait, json("200 OK", PAID)], 2).await.expect("the second attempt succeeds");
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn no_wait_goes_beyond_the_time_of_the_call() {
    let server = Server::start(answer("429 Too Many Requests", "retry-after: 60\r\n", b"")).await;
    let start = Instant::now();
    let call = quick(&server.url).create_payout(GroupId::from("g"), "p", request());
    let error = call.timeout(Duration::from_secs(59)).await.expect_err("it fails");
    assert!(start.elapsed() < Duration::from_secs(50));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, Outcome::Rejected));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    server.only();
}

#[tokio::test]
async fn no_attempt_begins_without_the_time_to_end() {
    let busy = answer("429 Too Many Requests", "retry-after: 2\r\n", b"");
    let server = Server::scripted([busy, Reply::Stall(vec![])]).await;
    let client = quick(&server.url);
    let call = client.create_payout(GroupId::from("g"), "p", request());
    let error = call.timeout(Duration::from_millis(2100)).await.expect_err("it fails");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, Outcome::Rejected));
    server.only();
}

#[tokio::test]
async fn one_time_is_for_all_attempts() {
    let server = Server::start(Reply::Stall(vec![])).await;
    let start = Instant::now();
    let call = client(&server.url).put_payout("p", request());
    let policy = RetryPolicy::default().max_attempts(100).base_delay(Duration::ZERO);
    let error = call
        .retry(policy)
        .attempt_timeout(Duration::from_millis(100))
        .timeout(Duration::from_millis(450))
        .await
        .expect_err("there is no answer");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
    assert!(start.elapsed() < Duration::from_secs(20));
    let n_sent = server.received().len();
    assert!((2..=5).contains(&n_sent), "{n_sent}");
}

#[tokio::test]
async fn a_generated_key_is_the_same_in_all_attempts() {
    let server = Server::scripted([Reply::Close(vec![]), json("204 No Content", "")]).await;
    let answer = quick(&server.url).cancel_payout("p").await.expect("the second attempt succeeds");
    let keys: Vec<_> = server.received().iter().map(|it| it.header("idempotency-key")).collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
    assert_eq!(answer.idempotency_key(), keys[0].as_deref());
}

#[tokio::test]
async fn a_signature_is_fresh_in_every_attempt() {
    let server = Server::scripted([fault("503 Service Unavailable"), json("200 OK", "[]")]).await;
    client(&server.url).list_payouts().await.expect("the second attempt succeeds");
    let signatures: Vec<_> = server.received().iter().map(|it| it.header("signature")).collect();
    assert_eq!(signatures.len(), 2);
    assert_ne!(signatures[0], signatures[1]);
}
