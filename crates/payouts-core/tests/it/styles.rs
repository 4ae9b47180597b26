//! Parameters in every style of OpenAPI, as they leave the socket.

use payouts_core::{
    Decimal, ErrorKind, Idempotency, Json, JsonObject, Method, Operation, Outcome, Reconcile, Style,
};
use serde::Serialize;

use crate::acme::{Client, builder};
use crate::server::{Received, Server, json};

static READ: Operation = Operation {
    id: "read",
    method: Method::GET,
    path: "/a/{color}/b",
    security: &[&[]],
    idempotency: Idempotency::Safe,
    reconcile: Reconcile::NotNeeded,
    success: &[200],
};

payouts_core::operation_error! {
    /// What it can answer instead of a success.
    pub enum ReadError {}
}

payouts_core::operation! {
    /// A call that has not been sent yet.
    pub struct Read -> (), ReadError {
        /// An object, a pair per member.
        color: Color => query_as("color", FormExploded);
        filter: Json => query_as("filter", DeepObject);
        ids: Vec<i64> => query_as("ids", PipeDelimited), max_items(2);
        callback: String => query_reserved("callback", FormExploded);
        tags: Vec<String> => header_as("X-Tags", Simple);
        session: String => cookie_as("session", FormExploded);
        shades: Vec<i64> => cookie_as("shades", FormExploded);
        page: i64 => query_as("page", Json);
    }
}

/// The object of the specification's examples, and an amount.
#[derive(Clone, Debug, Serialize)]
#[expect(unreachable_pub, reason = "it stands in a setter")]
pub struct Color {
    #[serde(rename = "R")]
    red: u8,
    #[serde(rename = "G")]
    green: u8,
    #[serde(rename = "B")]
    blue: u8,
    amount: Decimal,
}

fn color() -> Color {
    let amount = "12345678901234567.890".parse().expect("it is a number");
    Color { red: 100, green: 200, blue: 150, amount }
}

fn list() -> [&'static str; 3] {
    ["blue", "black", "brown"]
}

/// What the call is on the wire.
async fn sent(change: impl FnOnce(Read) -> Read) -> Received {
    let server = Server::start(json("200 OK", "{}")).await;
    let client: Client = builder(&server.url).build().expect("the settings are right");
    let call = Read(client.connection.call(&READ));
    change(call).send().await.expect("it is accepted");
    server.only()
}

#[tokio::test]
async fn paths() {
    let expected = [
        (Style::Simple, "blue,black,brown", "R,100,G,200,B,150,amount,12345678901234567.890"),
        (
            Style::SimpleExploded,
            "blue,black,brown",
            "R=100,G=200,B=150,amount=12345678901234567.890",
        ),
        (Style::Label, ".blue,black,brown", ".R,100,G,200,B,150,amount,12345678901234567.890"),
        (
            Style::LabelExploded,
            ".blue.black.brown",
            ".R=100.G=200.B=150.amount=12345678901234567.890",
        ),
        (
            Style::Matrix,
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150,amount,12345678901234567.890",
        ),
        (
            Style::MatrixExploded,
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150;amount=12345678901234567.890",
        ),
    ];
    for (style, items, members) in expected {
        let received = sent(|it| Read(it.0.path_as("color", style, &list()))).await;
        assert_eq!(received.line(), format!("GET /a/{items}/b"), "{style:?}");
        let received = sent(|it| Read(it.0.path_as("color", style, &color()))).await;
        assert_eq!(received.line(), format!("GET /a/{members}/b"), "{style:?}");
    }
}

#[tokio::test]
async fn queries() {
    let deep = "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown";
    let expected = [
        (Style::Form, "color=blue,black,brown"),
        (Style::FormExploded, "color=blue&color=black&color=brown"),
        (Style::SpaceDelimited, "color=blue%20black%20brown"),
        (Style::PipeDelimited, "color=blue%7Cblack%7Cbrown"),
        (Style::DeepObject, deep),
        (Style::Json, "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"),
    ];
    for (style, expected) in expected {
        let call = |it: Read| Read(it.0.path("color", "x").query_as("color", style, &list()));
        assert_eq!(sent(call).await.line(), format!("GET /a/x/b?{expected}"), "{style:?}");
    }
}

#[tokio::test]
async fn setters_write_their_style_and_replace_what_was_there() {
    let filter = Json::from_text(r#"{"state":["paid"],"amount":{"gte":10.50}}"#);
    let filter = filter.expect("it is JSON");
    let received = sent(|it| {
        Read(it.0.path("color", "x"))
            .color(Color { red: 1, ..color() })
            .color(color())
            .filter(filter)
            .ids(vec![1, 2])
            .callback("https://shop.example/a?b=c&d")
            .tags(vec![String::from("a"), String::from("b")])
            .session("a;b c")
            .shades(vec![7, 8])
            .page(3)
            .header("X-Other", "1")
    })
    .await;
    assert_eq!(
        received.line(),
        "GET /a/x/b?R=100&G=200&B=150&amount=12345678901234567.890&filter%5Bstate%5D%5B0%5D=paid\
         &filter%5Bamount%5D%5Bgte%5D=10.50&ids=1%7C2\
         &callback=https://shop.example/a?b=c%26d&page=3"
    );
    assert_eq!(received.header("x-tags").as_deref(), Some("a,b"));
    assert_eq!(received.header("cookie").as_deref(), Some("session=a%3Bb%20c; shades=7; shades=8"));
}

#[tokio::test]
async fn what_a_style_cannot_write_is_not_sent() {
    let server = Server::start(json("200 OK", "{}")).await;
    let client: Client = builder(&server.url).build().expect("the settings are right");
    let call = || Read(client.connection.call(&READ).path("color", "x"));
    let json = |text| Json::from_text(text).expect("it is JSON");
    let nested = JsonObject::from([(String::from("a"), json(r#"["canary"]"#))]);
    let other = JsonObject::from([(String::from("page"), json("1"))]);
    let dots =
        |value: &str| Read(client.connection.call(&READ).path_as("color", Style::Label, value));
    let cases = [
        (
            Read(call().0.query_as("sort", Style::Form, &nested)),
            "sort must be a value without lists or objects inside of others",
        ),
        (
            Read(call().0.query_as("sort", Style::FormExploded, &other)).page(1),
            "page must be an object without names of other parameters",
        ),
        (call().tags(vec![String::from("a,b")]), "X-Tags must be text without commas"),
        (call().tags(vec![String::from("a\nb")]), "x-tags must be visible ASCII text"),
        (call().ids(vec![1, 2, 3]), "ids must be at most 2 items"),
        (dots("."), "color must be a path segment that is neither empty nor `.` nor `..`"),
    ];
    for (call, expected) in cases {
        let error = call.send().await.expect_err("it is refused");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotSent));
        assert_eq!(error.to_string(), format!("read: {expected}, outcome not sent"));
    }
    assert_eq!(server.received(), []);
}
