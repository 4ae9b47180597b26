//! Requests as they leave the socket, and what is made of documented answers.

mod acceptify;
mod rebilly;
mod revere;
mod yativo;

use std::{fs, path::Path};

use codegen::parse::{
    json,
    node::{Entry, Node, Value},
};
use payouts_core::{
    Api, ConnectionBuilder, Error, ErrorKind, Idempotency, Method, Operation, Outcome, Reconcile,
    RetryPolicy, reqwest,
};
use payouts_tests::server::{self, Server};

/// The text of a documented sample.
#[track_caller]
fn sample(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/examples");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A server that answers with a documented sample; the status is `200 OK`,
/// for example.
async fn serving(status: &str, path: &str) -> Server {
    let headers = "content-type: application/json\r\nx-request-id: r-1\r\n";
    Server::start(server::answer(status, headers, sample(path).as_bytes())).await
}

/// A server that answers without a body.
async fn serving_nothing(status: &str) -> Server {
    Server::start(server::answer(status, "", b"")).await
}

/// The head of the one request that came, all its headers in their order.
///
/// What differs between machines, versions and calls is in brackets.
#[track_caller]
fn head(server: &Server) -> String {
    let received = server.only();
    let mut lines = received.head.lines();
    let mut text = lines.next().expect("a request has a first line").to_owned();
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a header has a value");
        let value = match name {
            "host" => value.replace(server.url.trim_start_matches("http://"), "[host]"),
            "user-agent" => without_version(value),
            "idempotency-key" if is_uuid(value) => "[uuid]".to_owned(),
            _ => value.to_owned(),
        };
        text.push_str(&format!("\n{name}: {value}"));
    }
    text
}

/// The body of the one request that came.
#[track_caller]
fn body(server: &Server) -> String {
    String::from_utf8(server.only().body).expect("JSON is UTF-8")
}

/// Checks that the body of the one request that came is a documented sample:
/// the same members in any order, the same texts, the same digits.
#[track_caller]
fn check_body(server: &Server, path: &str) {
    check_body_without(server, path, &[]);
}

/// Like [`check_body`], but the client does not send these members: they are
/// read-only, or `null` in the sample.
#[track_caller]
fn check_body_without(server: &Server, path: &str, left_out: &[&str]) {
    let sent = json::node(&body(server), 0).expect("the body is JSON");
    let mut documented = json::node(&sample(path), 0).expect("a sample is JSON");
    if let Value::Map(entries) = &mut documented.value {
        for name in left_out {
            assert!(entries.iter().any(|it| it.key == *name), "the sample has no `{name}`");
        }
        entries.retain(|it| !left_out.contains(&it.key.as_str()));
    }
    assert_eq!(tokens(&sent), tokens(&documented));
}

/// A JSON value, one token per line, with the members of objects sorted.
fn tokens(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(text) => text.clone(),
        Value::String(text) => format!("{text:?}"),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(tokens).collect();
            format!("[\n{}\n]", items.join("\n"))
        }
        Value::Map(entries) => {
            let member = |it: &Entry| format!("{:?}: {}", it.key, tokens(&it.value));
            let mut members: Vec<_> = entries.iter().map(member).collect();
            members.sort();
            format!("{{\n{}\n}}", members.join("\n"))
        }
    }
}

/// Checks that an answer of [`serving`] that is no success is kept: its
/// status, its headers and all bytes of its body.
#[track_caller]
fn check_refusal<E>(error: &Error<E>, status: u16, outcome: Outcome, path: &str) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, outcome), "{error}");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
    assert_eq!(error.request_id(), Some("r-1"));
    let content_type = error.headers().and_then(|it| it.get("content-type"));
    assert_eq!(content_type.map(|it| it.as_bytes()), Some(b"application/json".as_slice()));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(sample(path).as_bytes()));
    assert_eq!(error.attempts(), 1);
}

/// Values of a path parameter that would reach another operation.
const UNSAFE_SEGMENTS: [&str; 3] = ["", ".", ".."];

/// Checks that a call was refused because of a path parameter.
#[track_caller]
fn check_unsafe_segment<E>(error: &Error<E>, parameter: &str) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotSent), "{error}");
    let problems: Vec<_> = error.problems().iter().map(|it| it.path()).collect();
    assert_eq!(problems, [parameter]);
    assert_eq!(error.attempts(), 0);
}

/// Checks that a call was not sent for want of a credential.
#[track_caller]
fn check_no_credential<E>(error: &Error<E>, expected: &str) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Credential, Outcome::NotSent));
    assert_eq!(error.to_string(), expected);
}

/// `payouts-acme/[version]` for `payouts-acme/1.2.3`.
#[track_caller]
fn without_version(user_agent: &str) -> String {
    let (name, version) = user_agent.split_once('/').expect("a user agent has a version");
    let numbers: Vec<_> = version.split('.').collect();
    let is_number = |it: &&str| it.parse::<u32>().is_ok();
    assert!(numbers.len() == 3 && numbers.iter().all(is_number), "{user_agent}");
    format!("{name}/[version]")
}

/// The host and port that a client of this server asks a proxy to connect to.
/// Nothing else leaves the machine, and not even that.
async fn host_of(server: impl Into<payouts_core::Server>) -> String {
    static API: Api = Api { provider: "test", title: "Test", version: "1.0.0", schemes: &[] };
    static OPERATION: Operation = Operation {
        id: "test",
        method: Method::GET,
        path: "/",
        security: &[],
        idempotency: Idempotency::Safe,
        reconcile: Reconcile::NotNeeded,
        success: &[200],
    };
    let proxy = Server::start(server::answer("502 Bad Gateway", "", b"")).await;
    let through = reqwest::Proxy::all(&proxy.url).expect("it is a URL");
    let connection = ConnectionBuilder::new(&API, server.into(), &[])
        .http(reqwest::Client::builder().proxy(through))
        .build()
        .expect("the settings are right");
    let call = connection.call(&OPERATION).retry(RetryPolicy::never());
    let _ = call.send::<(), NoError>().await;
    proxy.only().line().strip_prefix("CONNECT ").expect("it is TLS").to_owned()
}

payouts_core::operation_error! {
    /// No status is documented.
    pub enum NoError {}
}

/// Whether a text is a random UUID, of version 4.
fn is_uuid(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = parts.iter().map(|it| it.len()).collect();
    let is_digit = |it: char| matches!(it, '0'..='9' | 'a'..='f');
    lengths == [8, 4, 4, 4, 12]
        && parts.iter().all(|it| it.chars().all(is_digit))
        && parts[2].starts_with('4')
}
