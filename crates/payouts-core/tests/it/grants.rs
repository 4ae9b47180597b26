//! Tokens that OAuth 2.0 gives for a client's id and secret, and operations
//! with a server of their own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use payouts_core::{
    Api, ClientCredentials, Error, ErrorKind, Idempotency, Method, Operation, Outcome, Reconcile,
    RetryPolicy, Scheme, SchemeKind, Server as Where, Style,
};

use crate::server::{Received, Reply, Server, answer, json};

static GRANT: ClientCredentials =
    ClientCredentials::new("oauth.client_id", "oauth.client_secret", Some("/oauth/token"));

static FOREIGN: ClientCredentials = ClientCredentials::new(
    "foreign.client_id",
    "foreign.client_secret",
    Some("https://login.acme.example/token"),
);

static UNSAID: ClientCredentials =
    ClientCredentials::new("unsaid.client_id", "unsaid.client_secret", None);

static API: Api = Api {
    provider: "acme",
    title: "Acme",
    version: "0.1.0",
    schemes: &[
        Scheme { name: "oauth", kind: SchemeKind::ClientCredentials(&GRANT) },
        Scheme { name: "foreign", kind: SchemeKind::ClientCredentials(&FOREIGN) },
        Scheme { name: "unsaid", kind: SchemeKind::ClientCredentials(&UNSAID) },
        Scheme { name: "queryKey", kind: SchemeKind::QueryKey { name: "key" } },
        Scheme { name: "session", kind: SchemeKind::CookieKey { name: "sid" } },
    ],
};

static PAY: Operation = Operation {
    id: "pay",
    method: Method::POST,
    path: "/pay",
    security: &[&["oauth"], &["foreign"]],
    idempotency: Idempotency::None,
    reconcile: Reconcile::Impossible("there is no list"),
    success: &[200],
};

static FIND: Operation = Operation {
    id: "find",
    method: Method::GET,
    path: "/find",
    security: &[&["queryKey", "session"]],
    idempotency: Idempotency::Safe,
    reconcile: Reconcile::NotNeeded,
    success: &[200],
};

static UPLOAD: Operation = Operation {
    id: "upload",
    method: Method::POST,
    path: "/upload",
    security: &[],
    idempotency: Idempotency::None,
    reconcile: Reconcile::Impossible("there is no list"),
    success: &[200],
};

payouts_core::client! {
    /// Client for Acme.
    pub struct Client;
    /// Builds a [`Client`].
    pub struct ClientBuilder for API {
        /// The client's id.
        client_id = "oauth.client_id",
        /// The client's secret.
        client_secret = "oauth.client_secret",
        /// A token that was fetched elsewhere.
        oauth = "oauth",
        foreign_client_id = "foreign.client_id",
        foreign_client_secret = "foreign.client_secret",
        unsaid_client_id = "unsaid.client_id",
        unsaid_client_secret = "unsaid.client_secret",
        query_key = "queryKey",
        session = "session",
    }
    token urls {
        /// Where tokens are fetched.
        token_url = "oauth",
        foreign_token_url = "foreign",
    }
    scopes {
        /// The scopes to ask a token for.
        scopes = "oauth",
    }
}

payouts_core::operation_error! {
    /// What it can answer instead of a success.
    pub enum PayError {}
}

impl Client {
    async fn pay(&self) -> Result<(), Error> {
        let res = self.connection.call(&PAY).send::<(), PayError>().await;
        res.map(|_| ()).map_err(Error::from)
    }

    /// Where a call of an operation with a server of its own goes.
    fn upload_url(&self, custom: (&'static str, &'static str)) -> Result<String, String> {
        const SERVERS: &[(&str, &str)] = &[
            ("Production", "https://files.acme.example/{id}"),
            ("Sandbox", "https://files.sandbox.acme.example/{id}"),
        ];
        let call = self.connection.call(&UPLOAD).server(SERVERS, custom);
        let res = call.prepare::<(), PayError>();
        res.map(|it| it.url().to_owned()).map_err(|error| error.to_string())
    }
}

fn token(number: usize) -> Reply {
    json("200 OK", &format!(r#"{{"access_token":"token-{number}","expires_in":600}}"#))
}

/// A server whose tokens are `token-1`, `token-2` and so on.
async fn server(pay: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Server {
    let n_tokens = AtomicUsize::new(0);
    Server::answering(move |_, request| match request.line() {
        "POST /oauth/token" => token(n_tokens.fetch_add(1, Ordering::Relaxed) + 1),
        _ => pay(request),
    })
    .await
}

fn settings(url: impl Into<Where>) -> ClientBuilder {
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    Client::builder(url).client_id("canary:id").client_secret("canary secret").retry(policy)
}

#[tokio::test]
async fn id_and_secret_become_a_token() {
    let server = server(|_| json("200 OK", "{}")).await;
    let client = settings(format!("{}/v1", server.url)).build().expect("the settings are right");
    client.pay().await.expect("it is paid");
    client.pay().await.expect("it is paid");
    let [exchange, first, second] = server.received().try_into().expect("there are three");
    assert_eq!(exchange.line(), "POST /oauth/token");
    assert_eq!(exchange.body, b"grant_type=client_credentials");
    let form = Some("application/x-www-form-urlencoded");
    assert_eq!(exchange.header("content-type").as_deref(), form);
    // `canary%3Aid:canary%20secret`.
    let basic = "Basic Y2FuYXJ5JTNBaWQ6Y2FuYXJ5JTIwc2VjcmV0";
    assert_eq!(exchange.header("authorization").as_deref(), Some(basic));
    assert_eq!((first.line(), second.line()), ("POST /v1/pay", "POST /v1/pay"));
    assert_eq!(first.header("authorization").as_deref(), Some("Bearer token-1"));
    assert_eq!(second.header("authorization").as_deref(), Some("Bearer token-1"));
    assert!(!format!("{client:?}").contains("canary"));
}

#[tokio::test]
async fn a_token_is_asked_for_with_the_scopes_of_the_caller() {
    let server = server(|_| json("200 OK", "{}")).await;
    let client = settings(server.url.as_str()).scopes(["replaced"]);
    let client = client.scopes(["payouts:write", "a&b=c"]).build().expect("they are scopes");
    client.pay().await.expect("it is paid");
    let [exchange, _] = server.received().try_into().expect("there are two");
    let form = b"grant_type=client_credentials&scope=payouts%3Awrite+a%26b%3Dc";
    assert_eq!(exchange.body, form);

    for scope in ["", "two words", "\"", "\\", "line\n", "größe"] {
        let error = settings(server.url.as_str()).scopes([scope]).build();
        let error = error.expect_err("it is no scope");
        assert_eq!(error.setting(), "scopes");
        assert!(scope.is_empty() || !error.to_string().contains(scope), "{error}");
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let pay = |request: &Received| match request.header("authorization").as_deref() {
        Some("Bearer token-2") => json("200 OK", "{}"),
        _ => answer("401 Unauthorized", "", b""),
    };
    let server = server(pay).await;
    let client = settings(server.url.as_str()).build().expect("the settings are right");
    client.pay().await.expect("it is paid");
    let received = server.received();
    let lines: Vec<&str> = received.iter().map(Received::line).collect();
    assert_eq!(lines, ["POST /oauth/token", "POST /pay", "POST /oauth/token", "POST /pay"]);
}

#[tokio::test]
async fn a_token_that_is_given_is_never_fetched() {
    let server = server(|_| json("200 OK", "{}")).await;
    let client = Client::builder(server.url.as_str()).oauth("given").build().expect("it is fine");
    client.pay().await.expect("it is paid");
    let received = server.only();
    assert_eq!(received.header("authorization").as_deref(), Some("Bearer given"));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let cut = answer("200 OK", "", br#"{"access_token":"canary-token","expires_in":600}"#);
    let Reply::Answer(mut cut) = cut else { unreachable!("it is an answer") };
    cut.truncate(cut.len() - 20);
    let cases = [
        (answer("401 Unauthorized", "", br#"{"error":"canary"}"#), 1),
        (answer("503 Service Unavailable", "", b"canary"), 3),
        (json("200 OK", r#"{"token_type":"canary"}"#), 1),
        (answer("302 Found", "location: /canary\r\n", b""), 1),
        (Reply::Close(cut), 1),
        (Reply::Reset, 3),
        (Reply::Stall(Vec::new()), 3),
    ];
    for (reply, n_expected) in cases {
        let patience = reply.patience();
        let server = Server::start(reply.clone()).await;
        let client = settings(server.url.as_str()).attempt_timeout(patience);
        let client = client.build().expect("the settings are right");
        let error = client.pay().await.expect_err("there is no token");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Token, Outcome::NotSent));
        assert_eq!(error.attempts(), 0);
        let source = std::error::Error::source(&error).map(ToString::to_string);
        let shown = format!("{error} {error:?} {source:?}");
        assert!(shown.contains("fetch_token") && !shown.contains("canary"), "{shown}");
        let lines: Vec<String> = server.received().iter().map(|it| it.line().to_owned()).collect();
        assert_eq!(lines, vec!["POST /oauth/token"; n_expected], "{reply:?}");
    }
}

#[tokio::test]
async fn another_host_must_be_given_with_a_server_of_the_callers() {
    let server = server(|_| json("200 OK", "{}")).await;
    let foreign =
        || Client::builder(server.url.as_str()).foreign_client_id("i").foreign_client_secret("s");
    let error = foreign().build().expect_err("nobody knows where tokens are");
    assert_eq!(error.to_string(), "`token_url` must be given with a server that is not documented");
    let url = format!("{}/oauth/token", server.url);
    let client = foreign().foreign_token_url(url).build().expect("the settings are right");
    client.pay().await.expect("it is paid");
    assert_eq!(server.received().len(), 2);

    let unsaid = |server: Where| {
        Client::builder(server).unsaid_client_id("i").unsaid_client_secret("s").build()
    };
    let documented = Where::documented("Production", "https://api.acme.example", &[]);
    let error = unsaid(documented.clone()).expect_err("the spec does not say it");
    assert_eq!(
        error.to_string(),
        "`token_url` must be given, because the spec does not say it for each server"
    );
    let known = Client::builder(documented).foreign_client_id("i").foreign_client_secret("s");
    known.build().expect("the spec says it for this server");

    for url in ["http://acme.example/t", "https://a:b@acme.example", "https://a.example/#b", "t"] {
        let error = foreign().foreign_token_url(url).build().expect_err("it is refused");
        assert_eq!(error.setting(), "token_url");
    }
}

#[tokio::test]
async fn keys_in_queries_and_cookies_are_sent_and_never_shown() {
    let replies = [answer("400 Bad Request", "", b""), Reply::Reset];
    let server = Server::scripted(replies).await;
    let client = Client::builder(server.url.as_str()).query_key("canary&k").session("canary-s");
    let client = client.retry(RetryPolicy::never()).build().expect("the settings are right");
    for _ in 0..2 {
        let call = client.connection.call(&FIND).query("a", "b").cookie_as("c", Style::Form, "d");
        let prepared = call.prepare::<(), PayError>().expect("it is complete");
        assert!(!prepared.url().contains("canary"));
        let error = prepared.send().await.expect_err("it fails");
        let source = std::error::Error::source(&error).map(ToString::to_string);
        let shown = format!("{error} {error:?} {source:?} {client:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
    for received in server.received() {
        assert_eq!(received.line(), "GET /find?a=b&key=canary%26k");
        assert_eq!(received.header("cookie").as_deref(), Some("c=d; sid=canary-s"));
    }
    let call = client.connection.call(&FIND).extra_header("Cookie", "sid=other");
    let error = call.prepare::<(), PayError>().expect_err("it is the client's");
    assert_eq!(error.kind(), ErrorKind::Argument);
}

#[tokio::test]
async fn an_operation_goes_to_its_own_server_of_the_environment() {
    let client = |server: Where| Client::builder(server).build().expect("the server is right");
    let at = |environment| {
        let url = "https://api.acme.example/{id}/v1";
        client(Where::documented(environment, url, &[("id", "a b")]))
    };
    let below = ("", "/files");
    let production = at("Production").upload_url(below);
    assert_eq!(production.as_deref(), Ok("https://files.acme.example/a%20b/upload"));
    let sandbox = at("Sandbox").upload_url(below);
    assert_eq!(sandbox.as_deref(), Ok("https://files.sandbox.acme.example/a%20b/upload"));
    let other = at("Other").upload_url(below).expect_err("there is none");
    assert!(other.contains("server must be an environment"), "{other}");

    let own = || client(Where::from("http://localhost:1/proxy/v1"));
    assert_eq!(own().upload_url(below).as_deref(), Ok("http://localhost:1/proxy/v1/files/upload"));
    assert_eq!(own().upload_url(("", "")).as_deref(), Ok("http://localhost:1/proxy/v1/upload"));
    assert_eq!(
        own().upload_url(("/v1", "/v2")).as_deref(),
        Ok("http://localhost:1/proxy/v2/upload")
    );
    assert_eq!(
        own().upload_url(("/v3", "/v2")).expect_err("it is refused"),
        "upload: server must be a URL that ends in `/v3`, for this operation, outcome not sent"
    );
}

#[test]
fn a_variable_with_other_values_is_refused() {
    let server = |value| {
        let server = Where::new("https://{region}.acme.example", &[("region", value)]);
        server.one_of("region", value, &["eu", "us"])
    };
    Client::builder(server("eu")).build().expect("it is one of them");
    let error = Client::builder(server("canary")).build().expect_err("it is not");
    assert_eq!(error.to_string(), "`server` has a variable `region` that is none of `eu`, `us`");
}
