//! Bodies that are not one JSON value: the bytes that leave, and how answers
//! are read.

use std::time::Duration;

use payouts_core::{
    Bytes, Decimal, ErrorKind, File, FormStyle, Idempotency, Method, MinorUnits, Operation,
    Outcome, PartStyle, Reconcile, RetryPolicy, Sensitive,
};
use serde::{Deserialize, Serialize};

use crate::acme::{self, ApiError, Payout, client};
use crate::server::{Reply, Server, answer, json};

const fn operation(id: &'static str, idempotency: Idempotency) -> Operation {
    Operation {
        id,
        method: Method::POST,
        path: "/documents",
        security: &[&[]],
        idempotency,
        reconcile: Reconcile::With {
            operation: &acme::LIST_PAYOUTS,
            matching: "reference",
            how: "Look for the reference.",
        },
        success: &[200, 201, 202, 303],
    }
}

static UPLOAD: Operation = operation("upload", Idempotency::Key("Idempotency-Key"));
static POST_FORM: Operation = operation("post_form", Idempotency::None);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Form {
    reference: String,
    amount: Decimal,
    fee: MinorUnits,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Sensitive<String>>,
    tags: Vec<String>,
    payee: Payee,
}

payouts_core::constraints! { Form {
    reference: max_length(8);
} }

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Payee {
    name: Sensitive<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Document {
    purpose: String,
    reference: String,
    file: Sensitive<File>,
    payee: Payee,
}

payouts_core::operation_error! {
    pub enum CallError {
        BadRequest(ApiError) = "400",
    }
}

payouts_core::operation! {
    /// A call with a body that can be left out.
    pub struct PostForm -> Payout, CallError {
        body: Form => checked body form(&[("tags", FormStyle::Commas)]);
        json_body: Payee => body json() as "application/vnd.acme+json";
    }
}

payouts_core::operation! {
    /// A call with parts.
    pub struct Upload -> (), CallError {}
}

payouts_core::operation! {
    /// A call that answers a text.
    pub struct Export -> Sensitive<String> as text("text/csv"), CallError {}
}

payouts_core::operation! {
    /// A call that answers bytes.
    pub struct Download -> Sensitive<Bytes> as binary("application/pdf"), CallError {}
}

payouts_core::operation! {
    /// A list in a media type of its own.
    pub struct ListPayouts -> Vec<Payout> as json("application/vnd.acme+json"), CallError {}
    paging: Payout => Page { page: "page", last: &[], current: &[], items: &[""] };
}

payouts_core::operation_success! {
    /// What `create` answers.
    pub enum CreateSuccess {
        /// Made.
        Created(Payout) = "201",
        /// Will be made.
        Accepted = "202",
        /// A receipt.
        Ok(Sensitive<String>) as text = "203",
        /// Somewhere else.
        SeeOther(Vec<String>) = "303",
    }
}

payouts_core::operation! {
    /// A call with several successes.
    pub struct Create -> CreateSuccess as status("application/json, text/plain"), CallError {}
}

fn form() -> Form {
    Form {
        reference: String::from("r-1"),
        amount: "12345678901234567.890".parse().expect("it is a number"),
        fee: MinorUnits::new(250),
        note: None,
        tags: vec![String::from("a b"), String::from("c")],
        payee: Payee { name: Sensitive::from("canary & co") },
    }
}

fn document() -> Document {
    let file =
        File::new(&b"%PDF\r\n\0canary"[..]).named("canary.pdf").media_type("application/pdf");
    Document {
        purpose: String::from("identity"),
        reference: String::from("r-1"),
        file: Sensitive::new(file),
        payee: Payee { name: Sensitive::from("canary") },
    }
}

const PAYOUT: &str = r#"{"id":"p-1","amount":100000}"#;

#[tokio::test]
async fn a_form_is_sent() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let call = PostForm(client(&server.url).connection.call(&POST_FORM)).body(form());
    assert!(!format!("{call:?}").contains("canary"));
    call.send().await.expect("it is accepted");
    let received = server.only();
    assert_eq!(
        String::from_utf8_lossy(&received.body),
        "reference=r-1&amount=12345678901234567.890&fee=250&tags=a+b%2Cc&payee%5Bname%5D=canary+%26+co"
    );
    assert_eq!(
        received.header("content-type").as_deref(),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn a_body_can_be_left_out() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    PostForm(client(&server.url).connection.call(&POST_FORM)).send().await.expect("it is accepted");
    let received = server.only();
    assert_eq!(received.body, b"");
    assert_eq!(received.header("content-type"), None);
}

#[tokio::test]
async fn a_media_type_of_json_is_sent_as_declared() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let call = PostForm(client(&server.url).connection.call(&POST_FORM));
    call.json_body(Payee { name: Sensitive::from("x") }).send().await.expect("it is accepted");
    let received = server.only();
    assert_eq!(received.header("content-type").as_deref(), Some("application/vnd.acme+json"));
    assert_eq!(received.body, br#"{"name":"x"}"#);
}

#[tokio::test]
async fn a_form_is_checked_and_can_be_looked_up() {
    let server = Server::start(answer("500 Internal Server Error", "", b"")).await;
    let call = PostForm(client(&server.url).connection.call(&POST_FORM));
    let error = call.body(form()).send().await.expect_err("it fails");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.reconcile_value().as_deref(), Some("r-1"));
    assert_eq!(server.received().len(), 1);

    let call = PostForm(client(&server.url).connection.call(&POST_FORM));
    let long = Form { reference: String::from("canary-canary"), ..form() };
    let error = call.body(long).send().await.expect_err("it is refused");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotSent));
    assert_eq!(error.problems()[0].path(), "reference");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn what_no_form_can_hold_is_not_sent() {
    let server = Server::start(json("200 OK", PAYOUT)).await;
    let call = client(&server.url).connection.call(&POST_FORM).form(&[1], &[]);
    let error = PostForm(call).send().await.expect_err("it is refused");
    assert_eq!(
        error.to_string(),
        "post_form: body must be a value that its media type can hold, outcome not sent"
    );
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn all_attempts_have_the_same_parts() {
    let failing = answer("503 Service Unavailable", "", b"");
    let server = Server::scripted([failing, answer("200 OK", "", b"")]).await;
    let upload = || {
        let call = client(&server.url).connection.call(&UPLOAD);
        let call = call.multipart(&document(), &[("file", PartStyle::File)]);
        Upload(call).retry(RetryPolicy::default().base_delay(Duration::ZERO))
    };
    let prepared = upload().prepare().expect("it can be sent");
    let bytes = prepared.body().cloned().expect("it has a body");
    assert!(!format!("{prepared:?}").contains("canary"));
    prepared.send().await.expect("it is accepted");
    let [first, second] = server.received().try_into().expect("two attempts");
    assert_eq!(first.body, bytes);
    assert_eq!((&first.body, &first.headers()), (&second.body, &second.headers()));

    let content_type = first.header("content-type").expect("it has one");
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("the parts are told apart");
    assert_eq!(boundary.len(), 36);
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nidentity\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"reference\"\r\n\r\nr-1\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"canary.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n%PDF\r\n\0canary\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"payee\"\r\n\
         Content-Type: application/json\r\n\r\n{{\"name\":\"canary\"}}\r\n\
         --{boundary}--\r\n"
    );
    assert_eq!(String::from_utf8_lossy(&first.body), expected);

    let other = upload().prepare().expect("it can be sent");
    assert_ne!(other.body(), Some(&bytes), "another call has another boundary");
}

#[tokio::test]
async fn a_text_and_bytes_are_sent_as_they_are() {
    let server = Server::start(answer("200 OK", "", b"")).await;
    let client = client(&server.url);
    let call = || client.connection.call(&UPLOAD);
    for (call, media_type, bytes) in [
        (call().text("a,ż\r\n"), "text/plain", "a,ż\r\n".as_bytes()),
        (
            call().text("<a/>").media_type("application/xml; charset=utf-8"),
            "application/xml; charset=utf-8",
            b"<a/>",
        ),
        (call().binary(&Bytes::from_static(b"\0\xff")), "application/octet-stream", b"\0\xff"),
        (call().binary(&Bytes::new()).media_type("image/png"), "image/png", b""),
    ] {
        Upload(call).send().await.expect("it is accepted");
        let received = server.received().pop().expect("it was sent");
        assert_eq!(received.header("content-type").as_deref(), Some(media_type));
        assert_eq!(received.body, bytes);
    }
}

#[tokio::test]
async fn a_text_is_read_and_not_shown() {
    let server =
        Server::start(answer("200 OK", "content-type: text/csv\r\n", "canary,ż\r\n".as_bytes()))
            .await;
    let export = || Export(client(&server.url).connection.call(&POST_FORM));
    let answer = export().send().await.expect("it is accepted");
    assert_eq!(answer.expose(), "canary,ż\r\n");
    assert!(!format!("{answer:?}").contains("canary"));
    assert_eq!(server.only().header("accept").as_deref(), Some("text/csv"));
    let answer = export().header("Accept", "text/plain").await.expect("it is accepted");
    assert_eq!(answer.body().as_ref(), "canary,ż\r\n".as_bytes());
    assert_eq!(server.received()[1].header("accept").as_deref(), Some("text/plain"));
}

#[tokio::test]
async fn a_text_that_is_none_was_accepted() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab".to_vec();
    for (reply, kind, body) in [
        (answer("200 OK", "", b"canary\xff"), ErrorKind::Decode, &b"canary\xff"[..]),
        (Reply::Close(cut), ErrorKind::Interrupted, b"ab"),
    ] {
        let server = Server::start(reply).await;
        let call = Export(client(&server.url).connection.call(&POST_FORM));
        let error = call.send().await.expect_err("it is no text");
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Accepted));
        assert_eq!(error.body().map(|it| it.as_ref()), Some(body));
        assert!(!format!("{error:?}").contains("canary"));
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn bytes_are_read_and_not_shown() {
    let server = Server::start(answer("200 OK", "", b"\0\xffcanary")).await;
    let call = Download(client(&server.url).connection.call(&POST_FORM));
    let answer = call.send().await.expect("it is accepted");
    assert_eq!(answer.expose().as_ref(), b"\0\xffcanary");
    assert!(!format!("{answer:?}").contains("canary"));
    assert_eq!(server.only().header("accept").as_deref(), Some("application/pdf"));
}

#[tokio::test]
async fn a_list_asks_for_its_media_type() {
    let server = Server::start(json("200 OK", "[]")).await;
    let list = || ListPayouts(client(&server.url).connection.call(&acme::LIST_PAYOUTS));
    assert!(list().items().next().await.is_none());
    assert!(list().pages().next().await.expect("there is one page").is_ok());
    let accepted: Vec<_> = server.received().iter().map(|it| it.header("accept")).collect();
    assert_eq!(
        accepted,
        [
            Some(String::from("application/vnd.acme+json")),
            Some(String::from("application/vnd.acme+json"))
        ]
    );
}

async fn create(reply: Reply) -> Result<CreateSuccess, payouts_core::Error> {
    let server = Server::start(reply).await;
    let call = Create(client(&server.url).connection.call(&POST_FORM));
    let answer = call.send().await;
    assert_eq!(server.only().header("accept").as_deref(), Some("application/json, text/plain"));
    Ok(answer?.into_inner())
}

#[tokio::test]
async fn each_success_is_read_by_its_status() {
    let payout = Payout { id: String::from("p-1"), amount: MinorUnits::new(100_000) };
    let created = CreateSuccess::Created(payout);
    for (reply, expected) in [
        (json("201 Created", PAYOUT), created.clone()),
        // What is not declared is read as the lowest that is.
        (json("200 OK", PAYOUT), created.clone()),
        (json("299 ", PAYOUT), created),
        (answer("202 Accepted", "", b"<html>"), CreateSuccess::Accepted),
        (
            Reply::Close(b"HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n<".to_vec()),
            CreateSuccess::Accepted,
        ),
        (
            answer("203 Non-Authoritative Information", "", b"receipt"),
            CreateSuccess::Ok(Sensitive::from("receipt")),
        ),
        (json("303 See Other", r#"["x"]"#), CreateSuccess::SeeOther(vec![String::from("x")])),
    ] {
        assert_eq!(create(reply).await.expect("it is accepted"), expected);
    }
}

#[tokio::test]
async fn a_success_with_the_body_of_another_was_accepted() {
    let error = create(json("201 Created", r#"["canary"]"#)).await.expect_err("it is no payout");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Decode, Outcome::Accepted));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(&br#"["canary"]"#[..]));
    let error = create(json("302 Found", "[]")).await.expect_err("it is not declared");
    assert_eq!(error.outcome(), Outcome::Unknown);
}
