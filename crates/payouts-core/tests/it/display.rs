//! What is printed: one line for a support ticket, and never a secret, a
//! body, a header or a URL.

use std::error::Error as _;
use std::fmt::Write as _;

use payouts_core::Error;

use crate::acme::{CreatePayoutError, GroupId, builder, client, request};
use crate::server::{Reply, Server, answer, closed_url, json};

/// The error of a call in which everything is a canary.
async fn error(reply: Reply) -> Error<CreatePayoutError> {
    let patience = reply.patience();
    let server = Server::start(reply).await;
    let error = client(&format!("{}/canary", server.url))
        .create_payout(GroupId::from("canary"), "canary", request())
        .header("x-canary", "canary")
        .attempt_timeout(patience)
        .await
        .expect_err("it fails");
    assert_silent(&error);
    error
}

fn assert_silent<E>(error: &Error<E>) {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        write!(text, "{error} {error:?}").expect("a string takes all text");
        source = error.source();
    }
    assert!(!text.contains("canary"), "{text}");
    assert!(!text.contains("127.0.0.1"), "{text}");
    assert!(!error.to_string().contains('\n'), "{text}");
}

#[tokio::test]
async fn a_line_says_what_became_of_it() {
    let headers = "x-request-id: abc\r\nx-name: canary\r\n";
    let body = br#"{"message":"canary","canary":1}"#;
    let line = |reply| async { error(reply).await.to_string() };
    assert_eq!(
        line(answer("409 Conflict", headers, body)).await,
        "create_payout: 409 Conflict, outcome unknown (request id abc); reconcile with \
         list_payouts by reference"
    );
    assert_eq!(
        line(answer("400 Bad Request", headers, body)).await,
        "create_payout: 400 Bad Request, outcome rejected (request id abc)"
    );
    assert_eq!(
        line(answer("200 OK", headers, body)).await,
        "create_payout: 200 OK with an unexpected body, outcome accepted (request id abc)"
    );
    assert_eq!(
        line(Reply::Close(vec![])).await,
        "create_payout: interrupted, outcome unknown; reconcile with list_payouts by reference"
    );
    assert_eq!(
        line(Reply::Stall(vec![])).await,
        "create_payout: timed out, outcome unknown; reconcile with list_payouts by reference"
    );
    assert_eq!(
        line(Reply::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\ncanary".to_vec())).await,
        "create_payout: 200 OK with a body that was cut off, outcome accepted"
    );
}

#[tokio::test]
async fn nothing_from_the_wire_is_printed() {
    error(json("200 OK", r#"{"id":"canary","amount":"canary"}"#)).await;
    error(json("200 OK", r#"{"id":"canary","amount":{"canary":1}}"#)).await;
    error(json("200 OK", "canary")).await;
    error(answer("302 canary", "location: http://canary/\r\n", b"canary")).await;
    error(Reply::Close(b"canary\r\n\r\n".to_vec())).await;
    error(answer("500 canary", "x-request-id: canary@example.com\r\n", b"canary")).await;
}

#[tokio::test]
async fn nothing_of_the_request_is_printed() {
    let client = client(&closed_url().await);
    let call = client.create_payout(GroupId::from("canary"), "canary", request());
    assert_eq!(format!("{call:?}"), r#"CreatePayout(Call { operation: "create_payout", .. })"#);
    assert_silent(&call.await.expect_err("nobody listens"));
    assert!(!format!("{client:?}").contains("canary"));
    let builder = builder("https://example.com/canary").wallet_key("canary-key").jwt("canary");
    assert!(!format!("{builder:?}").contains("canary"));
}

#[tokio::test]
async fn a_question_mark_erases_the_type_and_keeps_the_rest() {
    async fn pay(url: &str) -> Result<(), Error> {
        client(url).create_payout(GroupId::from("g"), "p", request()).await?;
        Ok(())
    }
    let server = Server::start(answer("400 Bad Request", "x-request-id: abc\r\n", b"raw")).await;
    let error = pay(&server.url).await.expect_err("it fails");
    assert!(error.declared().is_none());
    assert_eq!(error.body().map(|it| it.as_ref()), Some(b"raw".as_slice()));
    assert_eq!(error.request_id(), Some("abc"));
    let _: Box<dyn std::error::Error + Send + Sync + 'static> = Box::new(error);
}

#[test]
fn an_error_is_small() {
    assert!(size_of::<Error<CreatePayoutError>>() <= 16);
}

#[tokio::test]
async fn a_lookup_that_is_impossible_says_why() {
    let server = Server::start(Reply::Close(vec![])).await;
    let error = client(&server.url).cancel_payout("p").await.expect_err("there is no answer");
    assert_eq!(
        error.to_string(),
        "cancel_payout: interrupted, outcome unknown; cannot be looked up: there is no list"
    );
}
