//! Key and bytes before anything is sent.

use payouts_core::ErrorKind;

use crate::acme::{GroupId, client, request};
use crate::server::{Server, json};

#[tokio::test]
async fn what_is_prepared_is_what_is_sent() {
    let server = Server::start(json("200 OK", r#"{"id":"p","amount":1}"#)).await;
    let client = client(&server.url);
    let payout =
        client.create_payout(GroupId::from("g"), "p", request()).prepare().expect("it is right");
    assert_eq!(server.received(), []);
    let (url, body) = (payout.url().to_owned(), payout.body().cloned());
    assert_eq!(payout.operation().id, "create_payout");
    assert_eq!(payout.idempotency_key(), None);
    payout.send().await.expect("it is paid");

    let received = server.only();
    assert_eq!(format!("{}{}", server.url, received.line().replace("POST ", "")), url);
    assert_eq!(body.as_deref(), Some(received.body.as_slice()));
}

#[tokio::test]
async fn the_key_is_known_before() {
    let server = Server::start(json("204 No Content", "")).await;
    let client = client(&server.url);
    let cancellation = client.cancel_payout("p").prepare().expect("it is right");
    let key = cancellation.idempotency_key().map(str::to_owned);
    assert_eq!(key.as_ref().map(String::len), Some(36));
    cancellation.send().await.expect("it succeeds");
    assert_eq!(server.only().header("idempotency-key"), key);

    let given = client.cancel_payout("p").idempotency_key("k-1").prepare().expect("it is right");
    assert_eq!(given.idempotency_key(), Some("k-1"));
}

#[test]
fn what_is_wrong_shows_before() {
    let client = client("http://127.0.0.1:9");
    let error = client.cancel_payout("..").idempotency_key("").prepare().expect_err("it is wrong");
    assert_eq!((error.kind(), error.problems().len()), (ErrorKind::Argument, 2));
    let error = client.cancel_payout("..").idempotency_key("k-1").prepare();
    assert_eq!(error.expect_err("it is wrong").idempotency_key(), Some("k-1"));
}

#[test]
fn shows_the_operation_only() {
    let client = client("http://127.0.0.1:9");
    let payout = client.create_payout(GroupId::from("canary"), "canary", request()).prepare();
    let text = format!("{:?}", payout.expect("it is right"));
    assert_eq!(text, r#"PreparedCall { operation: "create_payout", .. }"#);
}
