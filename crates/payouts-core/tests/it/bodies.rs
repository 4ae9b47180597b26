//! The bodies of successes: what is Ok, and what is an error that keeps what
//! was accepted.

use std::time::{Duration, Instant};

use payouts_core::{Error, ErrorKind, Header, Outcome, Response};

use crate::acme::{self, CreatePayoutError, GroupId, Payout, builder, client, request};
use crate::server::{Reply, Server, answer, json};

const PAYOUT: &str = r#"{"id":"p-1","amount":100000,"unknown":"kept"}"#;

async fn payout(reply: Reply) -> Result<Response<Payout>, Error<CreatePayoutError>> {
    let patience = reply.patience();
    let server = Server::start(reply).await;
    let client = client(&server.url);
    let res = pay(&client, patience).await;
    server.only();
    res
}

async fn pay(
    client: &acme::Client,
    patience: Duration,
) -> Result<Response<Payout>, Error<CreatePayoutError>> {
    client.create_payout(GroupId::from("g"), "p", request()).attempt_timeout(patience).await
}

/// Every failure of a success says that it was accepted, and keeps the status.
#[track_caller]
fn check(error: Error<CreatePayoutError>, kind: ErrorKind, body: &[u8]) {
    assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Accepted), "{error}");
    assert!(!error.may_send_again());
    assert!(error.status().is_some_and(|it| it.is_success()));
    assert_eq!(error.request_id(), Some("abc"));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(body));
    assert!(error.declared().is_none());
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn any_2xx_is_a_success_if_it_decodes() {
    for status in ["200 OK", "201 Created", "202 Accepted", "299 "] {
        let payout = payout(json(status, PAYOUT)).await.expect("it is accepted");
        assert_eq!(payout.id, "p-1");
        assert_eq!(payout.status().as_str(), &status[..3]);
        assert_eq!(payout.body().as_ref(), PAYOUT.as_bytes());
        assert_eq!(payout.headers()["content-type"], "application/json");
    }
    payout(json("303 See Other", PAYOUT)).await.expect("it is declared");
}

#[tokio::test]
async fn headers_have_types_on_answers_and_errors() {
    let headers = "x-total: 42\r\nx-next: canary\r\n";
    let total: Header<i64> = Header::new("X-Total");
    let next: Header<i64> = Header::new("X-Next");
    let other: Header<i64> = Header::new("X-Other");
    let payout = payout(answer("200 OK", headers, PAYOUT.as_bytes())).await.expect("it decodes");
    assert_eq!((payout.header(total), payout.header(other)), (Ok(Some(42)), Ok(None)));
    assert!(!format!("{:?}", payout.header(next)).contains("canary"));
    let error = self::payout(answer("404 Not Found", headers, b"")).await.expect_err("it fails");
    assert_eq!((error.header(total), error.header(other)), (Ok(Some(42)), Ok(None)));
    error.header(next).expect_err("it is no number");
}

#[tokio::test]
async fn an_unexpected_body_is_accepted() {
    let body = br#"{"id":7,"amount":"canary"}"#;
    let error =
        payout(answer("200 OK", "x-request-id: abc\r\n", body)).await.expect_err("it fails");
    let source = std::error::Error::source(&error).expect("there is a reason").to_string();
    assert_eq!(source, "expected a string at id, line 1 column 7");
    check(error, ErrorKind::Decode, body);
}

#[tokio::test]
async fn an_empty_body_is_accepted() {
    for status in ["200 OK", "204 No Content"] {
        let head = format!("HTTP/1.1 {status}\r\nx-request-id: abc\r\nconnection: close\r\n\r\n");
        let error = payout(Reply::Close(head.into_bytes())).await.expect_err("it fails");
        check(error, ErrorKind::Decode, b"");
    }
}

#[tokio::test]
async fn a_cut_body_is_accepted() {
    let head = "HTTP/1.1 200 OK\r\nx-request-id: abc\r\ncontent-length: 40\r\n\r\n{\"id\":";
    let error = payout(Reply::Close(head.into())).await.expect_err("it fails");
    check(error, ErrorKind::Interrupted, b"{\"id\":");
    let (reply, start) = (Reply::Stall(head.into()), Instant::now());
    let patience = reply.patience();
    let error = payout(reply).await.expect_err("it fails");
    assert!(start.elapsed() < patience + Duration::from_secs(15), "an attempt includes its body");
    check(error, ErrorKind::Timeout, b"{\"id\":");
}

#[tokio::test]
async fn half_a_rejection_is_not_what_is_documented() {
    let half = "HTTP/1.1 400 Bad Request\r\ncontent-length: 40\r\n\r\n{\"message\":\"no\"}";
    let error = payout(Reply::Close(half.into())).await.expect_err("it fails");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, Outcome::Rejected));
    assert!(matches!(error.declared(), Some(CreatePayoutError::Undocumented)));
    assert_eq!(error.body().map(|it| it.len()), Some(16));
}

#[tokio::test]
async fn a_large_body_is_accepted_and_cut() {
    async fn call(reply: Reply) -> Error<CreatePayoutError> {
        let server = Server::start(reply).await;
        let client = builder(&server.url)
            .wallet_key("k")
            .max_response_size(PAYOUT.len() - 1)
            .build()
            .expect("the settings are right");
        pay(&client, Duration::from_secs(30)).await.expect_err("it is too large")
    }
    let part = &PAYOUT.as_bytes()[..PAYOUT.len() - 1];
    let announced = answer("200 OK", "x-request-id: abc\r\n", PAYOUT.as_bytes());
    check(call(announced).await, ErrorKind::BodyTooLarge, part);

    let chunked = format!(
        "HTTP/1.1 200 OK\r\nx-request-id: abc\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{PAYOUT}\r\n0\r\n\r\n",
        PAYOUT.len()
    );
    check(call(Reply::Close(chunked.into_bytes())).await, ErrorKind::BodyTooLarge, part);

    let rejected = answer("400 Bad Request", "", PAYOUT.as_bytes());
    let error = call(rejected).await;
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, Outcome::Rejected));
    assert!(matches!(error.declared(), Some(CreatePayoutError::Undocumented)));
}

#[tokio::test]
async fn a_body_of_the_largest_size_is_read() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let client = builder(&server.url)
        .wallet_key("k")
        .max_response_size(PAYOUT.len())
        .build()
        .expect("the settings are right");
    pay(&client, Duration::from_secs(30)).await.expect("it fits");
}

#[tokio::test]
async fn a_body_that_nobody_wants_is_ignored() {
    for reply in [
        answer("204 No Content", "", b""),
        answer("200 OK", "", b"<html>"),
        Reply::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n<".to_vec()),
    ] {
        let server = Server::start(reply).await;
        client(&server.url).cancel_payout("p").await.expect("it is accepted");
    }
}

#[tokio::test]
async fn a_compressed_body_is_read() {
    // `printf '[]' | gzip -n`
    const GZIPPED: [u8; 22] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x8b, 0x8e, 0x05, 0x00, 0x29,
        0xbb, 0x4c, 0x0d, 0x02, 0x00, 0x00, 0x00,
    ];
    let server = Server::start(answer("200 OK", "content-encoding: gzip\r\n", &GZIPPED)).await;
    let payouts = client(&server.url).list_payouts().await.expect("it is accepted");
    assert_eq!(payouts.body().as_ref(), b"[]");
}
