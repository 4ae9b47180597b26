//! What became of a call: every class of answer, and no answer at all.

use std::time::{Duration, Instant};

use payouts_core::{Error, ErrorKind, Outcome, Reconcile, RetryPolicy};

use crate::acme::{CancelPayoutError, CreatePayoutError, GroupId, builder, client, request};
use crate::server::{Reply, Server, answer, closed_url, json, no_tls};

const ERROR: &str = r#"{"message":"no"}"#;

/// Pays once; the number of requests on the wire is always one.
async fn failed_payout(reply: Reply) -> Error<CreatePayoutError> {
    let patience = reply.patience();
    let server = Server::start(reply).await;
    let error = client(&server.url)
        .create_payout(GroupId::from("g"), "p", request())
        .attempt_timeout(patience)
        .await
        .expect_err("it fails");
    server.only();
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.operation().id, "create_payout");
    error
}

#[track_caller]
fn check(error: &Error<CreatePayoutError>, kind: ErrorKind, outcome: Outcome) {
    assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{error}");
    assert!(!error.may_send_again(), "{error}");
}

#[tokio::test]
async fn a_4xx_is_a_rejection() {
    let error = failed_payout(json("400 Bad Request", ERROR)).await;
    check(&error, ErrorKind::Status, Outcome::Rejected);
    assert_eq!(error.status().map(|it| it.as_u16()), Some(400));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(ERROR.as_bytes()));
    let Some(CreatePayoutError::BadRequest(body)) = error.declared() else {
        panic!("the body is documented: {error:?}");
    };
    assert_eq!(body.message, "no");

    for status in [
        "401 Unauthorized",
        "403 Forbidden",
        "410 Gone",
        "422 Unprocessable Content",
        "425 Too Early",
    ] {
        let error = failed_payout(json(status, ERROR)).await;
        check(&error, ErrorKind::Status, Outcome::Rejected);
        assert!(matches!(error.declared(), Some(CreatePayoutError::Other(_))));
    }
}

#[tokio::test]
async fn a_status_without_a_documented_body_has_its_variant() {
    let error = failed_payout(answer("404 Not Found", "", b"<html>")).await;
    check(&error, ErrorKind::Status, Outcome::Rejected);
    assert!(matches!(error.declared(), Some(CreatePayoutError::NotFound)));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(b"<html>".as_slice()));
}

#[tokio::test]
async fn a_body_that_is_not_as_documented_is_kept_raw() {
    let error = failed_payout(answer("400 Bad Request", "", b"<html>")).await;
    check(&error, ErrorKind::Status, Outcome::Rejected);
    assert!(matches!(error.declared(), Some(CreatePayoutError::Undocumented)));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(b"<html>".as_slice()));
}

#[tokio::test]
async fn an_undeclared_conflict_and_a_request_timeout_are_unknown() {
    for status in ["408 Request Timeout", "409 Conflict"] {
        let error = failed_payout(json(status, ERROR)).await;
        check(&error, ErrorKind::Status, Outcome::Unknown);
        assert!(
            matches!(error.reconcile(), Reconcile::With { operation, .. } if operation.id == "list_payouts")
        );
        assert_eq!(error.reconcile_value().as_deref(), Some("r-1"));
    }
}

#[tokio::test]
async fn a_declared_conflict_is_a_rejection() {
    let server = Server::start(json("409 Conflict", ERROR)).await;
    let error = client(&server.url).cancel_payout("p").await.expect_err("it fails");
    assert_eq!(error.outcome(), Outcome::Rejected);
    assert!(matches!(error.declared(), Some(CancelPayoutError::Conflict(_))));
}

#[tokio::test]
async fn a_5xx_is_unknown() {
    for status in [
        "500 Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout",
        "599 ",
    ] {
        let error = failed_payout(json(status, ERROR)).await;
        check(&error, ErrorKind::Status, Outcome::Unknown);
        assert!(matches!(error.declared(), Some(CreatePayoutError::ServerError(_))));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in
        ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let error = failed_payout(answer(status, "location: /elsewhere\r\n", b"")).await;
        check(&error, ErrorKind::Status, Outcome::Unknown);
        let location = error.headers().and_then(|it| it.get("location"));
        assert_eq!(location.map(|it| it.as_bytes()), Some(b"/elsewhere".as_slice()));
    }
}

#[tokio::test]
async fn a_declared_redirect_is_a_success() {
    let error = failed_payout(answer("303 See Other", "location: /payouts/1\r\n", b"")).await;
    check(&error, ErrorKind::Decode, Outcome::Accepted);
}

#[tokio::test]
async fn no_connection_is_not_sent() {
    let client = client(&closed_url().await);
    let error =
        client.create_payout(GroupId::from("g"), "p", request()).await.expect_err("nobody listens");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
    assert!(error.may_send_again());
    assert_eq!(error.attempts(), 0);
    assert_eq!(error.status(), None);
    assert!(error.declared().is_none());
    assert_eq!(error.to_string(), "create_payout: no connection, outcome not sent");
    let source = std::error::Error::source(&error).expect("there is a reason");
    assert_eq!(source.to_string(), "could not connect: connection refused");
}

#[tokio::test]
async fn no_tls_is_not_sent() {
    for answer in [Some(b"HTTP/1.1 200 OK\r\n\r\n".as_slice()), None] {
        let client = builder(&no_tls(answer).await)
            .wallet_key("k")
            .connect_timeout(Duration::from_millis(300))
            .build()
            .expect("the settings are right");
        let error = client
            .create_payout(GroupId::from("g"), "p", request())
            .await
            .expect_err("there is no TLS");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
    }
}

#[tokio::test]
async fn no_status_is_unknown() {
    check(&failed_payout(Reply::Close(vec![])).await, ErrorKind::Interrupted, Outcome::Unknown);
    let half = Reply::Close(b"HTTP/1.1 20".to_vec());
    check(&failed_payout(half).await, ErrorKind::Interrupted, Outcome::Unknown);
    let noise = Reply::Close(b"canary canary\r\n\r\n".to_vec());
    check(&failed_payout(noise).await, ErrorKind::Interrupted, Outcome::Unknown);
    check(&failed_payout(Reply::Stall(vec![])).await, ErrorKind::Timeout, Outcome::Unknown);
}

#[tokio::test]
async fn the_total_time_is_bounded() {
    let server = Server::start(Reply::Stall(vec![])).await;
    let start = Instant::now();
    let error = client(&server.url)
        .create_payout(GroupId::from("g"), "p", request())
        .timeout(Duration::from_millis(200))
        .await
        .expect_err("there is no answer");
    // The time for an attempt is longer.
    assert!(start.elapsed() < Duration::from_secs(25));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
}

#[tokio::test]
async fn a_safe_call_may_always_be_sent_again() {
    let server = Server::start(json("503 Service Unavailable", "")).await;
    let error = client(&server.url).list_payouts().await.expect_err("it fails");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(error.may_send_again());
}

#[tokio::test]
async fn retry_after_is_read() {
    let server = Server::start(answer("429 Too Many Requests", "retry-after: 7\r\n", b"")).await;
    let call = client(&server.url).create_payout(GroupId::from("g"), "p", request());
    let error = call.retry(RetryPolicy::never()).await.expect_err("it fails");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 1));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn the_key_of_a_failed_call_can_be_used_again() {
    let server = Server::start(Reply::Close(vec![])).await;
    let error = client(&server.url).cancel_payout("p").await.expect_err("there is no answer");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(server.received().len(), 3);
    for request in server.received() {
        assert_eq!(error.idempotency_key(), request.header("idempotency-key").as_deref());
    }
}
