//! What leaves: the bytes on the wire, and what is never sent.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use payouts_core::{ErrorKind, Outcome, Timestamp};

use crate::acme::{self, GroupId, builder, client, request};
use crate::server::{Server, answer, json};

const PAYOUT: &str = r#"{"id":"p-1","amount":100000}"#;

fn names(headers: &[(String, String)]) -> Vec<&str> {
    let mut names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_body_is_sent_as_json() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let client = client(&server.url);
    let payout =
        client.create_payout(GroupId::from("g"), "p", request()).await.expect("it is accepted");
    assert_eq!(payout.id, "p-1");
    assert_eq!(payout.attempts(), 1);

    let received = server.only();
    assert_eq!(received.line(), "POST /groups/g/payouts/p");
    assert_eq!(
        String::from_utf8_lossy(&received.body),
        r#"{"amount":100000,"reference":"r-1","account":"canary-account"}"#
    );
    assert_eq!(received.header("user-agent").as_deref(), Some("payouts-acme/0.1.0"));
    assert_eq!(received.header("accept").as_deref(), Some("application/json"));
    assert_eq!(received.header("content-type").as_deref(), Some("application/json"));
    assert_eq!(received.header("authorization").as_deref(), Some("canary-wallet"));
    assert_eq!(
        names(&received.headers()),
        [
            "accept",
            "accept-encoding",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent"
        ]
    );
}

#[tokio::test]
async fn nothing_else_is_sent_without_a_body() {
    let server = Server::start(json("200 OK", "[]")).await;
    let client = client(&server.url);
    client.list_payouts().send().await.expect("it is accepted");
    let received = server.only();
    assert_eq!(received.line(), "GET /payouts");
    assert_eq!(
        names(&received.headers()),
        ["accept", "accept-encoding", "host", "signature", "user-agent", "x-api-key"]
    );
}

#[tokio::test]
async fn queries_and_headers_are_encoded() {
    let server = Server::start(json("200 OK", "[]")).await;
    let client = builder(&server.url)
        .api_key("k")
        .api_secret("s")
        .user_agent_suffix("shop/1.2")
        .build()
        .expect("the settings are right");
    client
        .list_payouts()
        .limit(1)
        .limit(10)
        .closed(true)
        .group("g&h")
        .statuses(vec![String::from("a b"), String::from("c")])
        .sort(vec![String::from("x,y"), String::from("-z")])
        .request_id("run 1")
        .header("X-Trace", "t")
        .send()
        .await
        .expect("it is accepted");
    let received = server.only();
    assert_eq!(
        received.line(),
        "GET /payouts?limit=10&closed=true&group%5Bid%5D=g%26h&status=a%20b&status=c&sort=x%2Cy,-z"
    );
    assert_eq!(received.header("x-request-id").as_deref(), Some("run 1"));
    assert_eq!(received.header("x-trace").as_deref(), Some("t"));
    assert_eq!(received.header("user-agent").as_deref(), Some("payouts-acme/0.1.0 shop/1.2"));
}

#[tokio::test]
async fn an_empty_list_is_left_out() {
    let server = Server::start(json("200 OK", "[]")).await;
    let client = client(&server.url);
    client.list_payouts().statuses(vec![]).sort(vec![]).await.expect("it is accepted");
    assert_eq!(server.only().line(), "GET /payouts");
}

#[tokio::test]
async fn the_path_of_the_server_is_kept() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let client = client(&format!("{}/v1/acme/", server.url));
    client
        .create_payout(GroupId::from("../a?b#c"), "%2e%2e", request())
        .await
        .expect("it is accepted");
    assert_eq!(server.only().line(), "POST /v1/acme/groups/..%2Fa%3Fb%23c/payouts/%252e%252e");
}

#[tokio::test]
async fn a_path_that_reaches_another_operation_is_refused() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let client = client(&server.url);
    for value in ["", ".", ".."] {
        let error = client
            .create_payout(GroupId::from("canary"), value, request())
            .await
            .expect_err("it is refused");
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert_eq!(error.problems()[0].path(), "payout_id");
        assert_eq!(
            error.to_string(),
            "create_payout: payout_id must be a path segment that is neither empty nor `.` nor \
             `..`, outcome not sent"
        );
    }
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn a_body_beyond_its_limits_is_refused() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let client = client(&server.url);
    let mut body = request();
    body.reference = String::from("canary-reference");
    let error =
        client.create_payout(GroupId::from("g"), "p", body).await.expect_err("it is refused");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.may_send_again());
    assert_eq!(error.attempts(), 0);
    assert_eq!(error.problems()[0].path(), "reference");
    assert_eq!(
        error.to_string(),
        "create_payout: reference must be at most 8 characters, outcome not sent"
    );
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn all_problems_are_told_at_once() {
    let client = client("https://api.acme.example");
    let mut body = request();
    body.reference = String::new();
    let error = client
        .create_payout(GroupId::from("g"), "..", body)
        .header("x", "\n")
        .header("y", "\n")
        .await
        .expect_err("it is refused");
    let paths: Vec<_> = error.problems().iter().map(|it| it.path()).collect();
    assert_eq!(paths, ["reference", "x", "y", "payout_id"]);
    assert_eq!(
        error.to_string(),
        "create_payout: reference must be at least 1 character, x must be visible ASCII text, \
         y must be visible ASCII text, and 1 more, outcome not sent"
    );
}

#[tokio::test]
async fn headers_of_the_client_are_not_replaced() {
    let server = Server::start(answer("204 No Content", "", b"")).await;
    let client = client(&server.url);
    for name in [
        "Authorization",
        "X-API-Key",
        "Signature",
        "Idempotency-Key",
        "Content-Type",
        "Host",
        "a b",
    ] {
        let error =
            client.cancel_payout("p").header(name, "canary").await.expect_err("it is refused");
        assert_eq!(error.kind(), ErrorKind::Argument, "{name}");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
    let error =
        client.cancel_payout("p").header("x", "a\r\nb: canary").await.expect_err("it is refused");
    assert_eq!(error.to_string(), "cancel_payout: x must be visible ASCII text, outcome not sent");
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn an_idempotency_key_is_made_when_it_is_not_given() {
    let server = Server::start(answer("204 No Content", "", b"")).await;
    let client = client(&server.url);
    let first = client.cancel_payout("p").await.expect("it is accepted");
    let second = client.cancel_payout("p").await.expect("it is accepted");
    let given = client.cancel_payout("p").idempotency_key("run-1").await.expect("it is accepted");
    assert_eq!(given.idempotency_key(), Some("run-1"));
    let sent: Vec<_> = server
        .received()
        .iter()
        .map(|it| it.header("idempotency-key").expect("it has one"))
        .collect();
    assert_eq!(sent[0].len(), 36);
    assert_ne!(sent[0], sent[1]);
    assert_eq!(
        [first.idempotency_key(), second.idempotency_key(), given.idempotency_key()],
        [Some(sent[0].as_str()), Some(sent[1].as_str()), Some("run-1")]
    );
}

#[tokio::test]
async fn a_bad_idempotency_key_is_refused() {
    let server = Server::start(answer("204 No Content", "", b"")).await;
    let client = client(&server.url);
    for key in ["", "a b", "ä", "a\n", &"a".repeat(256)] {
        let error =
            client.cancel_payout("p").idempotency_key(key).await.expect_err("it is refused");
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert_eq!(error.problems()[0].path(), "idempotency_key");
    }
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn credentials_are_chosen_by_what_is_there() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let pay = |client: acme::Client| async move {
        client.create_payout(GroupId::from("g"), "p", request()).await.map(|_| ())
    };
    let second = builder(&server.url).jwt("canary").build().expect("the settings are right");
    pay(second).await.expect("it is accepted");
    assert_eq!(server.only().header("authorization").as_deref(), Some("Bearer canary"));

    let neither = builder(&server.url).api_key("canary").build().expect("the settings are right");
    let error = pay(neither).await.expect_err("no credential fits");
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(
        error.to_string(),
        "create_payout: no credential, set wallet_key, or jwt, outcome not sent"
    );
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_credential_that_no_header_can_hold_is_refused_when_built() {
    let res = builder("https://api.acme.example").wallet_key("canary\n").build();
    let error = res.map(|_| ()).expect_err("it is refused");
    assert_eq!(error.setting(), "wallet_key");
    assert!(!format!("{error} {error:?}").contains("canary"));
}

#[tokio::test]
async fn signatures_are_fresh() {
    let server = Server::start(json("200 OK", "[]")).await;
    let now = Arc::new(AtomicI64::new(1_712_042_205_773));
    let clock = {
        let now = Arc::clone(&now);
        move || {
            Timestamp::from_unix_millis(now.load(Ordering::Relaxed)).expect("the time is possible")
        }
    };
    let client = builder(&server.url)
        .api_key("A24b4fSJ8SKhowxlY")
        .api_secret("test_secret")
        .clock(clock)
        .build()
        .expect("the settings are right");
    client.list_payouts().await.expect("it is accepted");
    client.list_payouts().await.expect("it is accepted");
    now.fetch_add(1000, Ordering::Relaxed);
    client.clone().list_payouts().await.expect("it is accepted");

    let sent: Vec<_> =
        server.received().iter().map(|it| it.header("signature").expect("it has one")).collect();
    assert_eq!(
        sent[0],
        "1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1"
    );
    assert!(sent[1].starts_with("1712042205774."), "{}", sent[1]);
    assert!(sent[2].starts_with("1712042206773."), "{}", sent[2]);
}

/// In a process of its own, whose environment names a proxy that is not there.
#[test]
fn a_server_on_this_machine_needs_no_proxy() {
    let tests = std::env::current_exe().expect("a process has a program");
    let names = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    let output = Command::new(tests)
        .args(["--exact", "requests::an_empty_list_is_left_out"])
        .envs(names.map(|it| (it, "http://127.0.0.1:9")))
        .output()
        .expect("the program can be run");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("1 passed") && output.status.success(), "{text}");
}

#[tokio::test]
async fn calls_run_on_other_tasks() {
    let server = Server::start(json("200 OK", "[]")).await;
    let client = client(&server.url);
    let task = tokio::spawn(async move { client.list_payouts().await.map(|it| it.len()) });
    assert_eq!(task.await.expect("the task ends").expect("it is accepted"), 0);
}

#[test]
fn environments_are_servers() {
    let of = |id: &str| {
        let environment = acme::Environment::Production { organization_id: id.to_owned() };
        acme::Client::builder(environment).build().map(|_| ()).map_err(|it| it.to_string())
    };
    assert_eq!(of("acme"), Ok(()));
    assert_eq!(
        of(".."),
        Err(String::from(
            "`server` has a variable `organizationId` with a value that cannot be there"
        ))
    );
}
