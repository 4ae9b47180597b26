//! A function in place of HTTP.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use payouts_core::http::{Request, Response};
use payouts_core::{Bytes, ErrorKind, Outcome, RetryPolicy};

use crate::acme::{GroupId, builder, request};

#[tokio::test]
async fn gets_what_would_leave_and_gives_the_answer() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = builder("https://api.example.com/v1")
        .wallet_key("k")
        .transport(move |request: Request<Bytes>| {
            log.lock().expect("nobody panics with the lock").push(request);
            async { Ok(Response::new(Bytes::from(r#"{"id":"p","amount":7}"#))) }
        })
        .build()
        .expect("the settings are right");
    let call = client.create_payout(GroupId::from("g"), "p", request());
    assert_eq!(call.await.expect("it is paid").amount.get(), 7);

    let seen = seen.lock().expect("nobody panics with the lock");
    let [request] = seen.as_slice() else { panic!("one request is expected") };
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://api.example.com/v1/groups/g/payouts/p");
    assert_eq!(request.headers()["authorization"], "k");
    assert!(request.body().starts_with(br#"{"amount":100000"#));
}

async fn failed(kind: io::ErrorKind) -> (ErrorKind, Outcome, u32) {
    let client = builder("https://api.example.com")
        .wallet_key("k")
        .retry(RetryPolicy::never())
        .transport(move |_| async move { Err(kind.into()) })
        .build()
        .expect("the settings are right");
    let call = client.create_payout(GroupId::from("g"), "p", request());
    let error = call.await.expect_err("it fails");
    (error.kind(), error.outcome(), error.attempts())
}

#[tokio::test]
async fn only_a_refused_connection_sends_nothing() {
    let refused = failed(io::ErrorKind::ConnectionRefused).await;
    assert_eq!(refused, (ErrorKind::Connect, Outcome::NotSent, 0));
    let reset = failed(io::ErrorKind::ConnectionReset).await;
    assert_eq!(reset, (ErrorKind::Interrupted, Outcome::Unknown, 1));
    let late = failed(io::ErrorKind::TimedOut).await;
    assert_eq!(late, (ErrorKind::Timeout, Outcome::Unknown, 1));
    let other = failed(io::ErrorKind::Other).await;
    assert_eq!(other, (ErrorKind::Interrupted, Outcome::Unknown, 1));
}

#[tokio::test]
async fn its_bodies_are_bounded_too() {
    let client = builder("https://api.example.com")
        .wallet_key("k")
        .max_response_size(4)
        .transport(|_| async { Ok(Response::new(Bytes::from_static(b"12345"))) })
        .build()
        .expect("the settings are right");
    let call = client.create_payout(GroupId::from("g"), "p", request());
    let error = call.await.expect_err("the body is too large");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::BodyTooLarge, Outcome::Accepted));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(b"1234".as_slice()));
}

#[tokio::test]
async fn what_was_not_sent_is_tried_again() {
    let n_calls = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&n_calls);
    let client = builder("https://api.example.com")
        .wallet_key("k")
        .retry(RetryPolicy::default().base_delay(Duration::ZERO))
        .transport(move |_| {
            let mut n_calls = counter.lock().expect("nobody panics with the lock");
            *n_calls += 1;
            let is_third = *n_calls == 3;
            async move {
                match is_third {
                    true => Ok(Response::new(Bytes::from(r#"{"id":"p","amount":7}"#))),
                    false => Err(io::ErrorKind::ConnectionRefused.into()),
                }
            }
        })
        .build()
        .expect("the settings are right");
    let payout = client.create_payout(GroupId::from("g"), "p", request()).await;
    assert_eq!(payout.expect("the third attempt succeeds").attempts(), 1);
    assert_eq!(*n_calls.lock().expect("nobody panics with the lock"), 3);
}
