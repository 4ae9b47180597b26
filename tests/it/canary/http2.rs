//! The same over HTTP/2, whose library traces every frame.

use std::sync::{Arc, Mutex};

use payouts_core::{Bytes, http, reqwest};
use payouts_tests::{
    PROVIDERS,
    table::{Arguments, Settings},
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::{
    canary::{
        api,
        calls::{CREDENTIAL, check, shown},
        traces::Traces,
    },
    planted::{CANARIES, Planter},
};

/// Requests as they came.
type Received = Arc<Mutex<Vec<http::Request<Vec<u8>>>>>;

/// A server that speaks nothing but HTTP/2, and answers with canaries.
async fn server(status: u16, body: String) -> (String, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let received = Received::default();
    let requests = Arc::clone(&received);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, status, body.clone(), Arc::clone(&requests)));
        }
    });
    (format!("http://{address}"), received)
}

async fn serve(stream: TcpStream, status: u16, body: String, requests: Received) {
    let mut connection = h2::server::handshake(stream).await.expect("the client speaks HTTP/2");
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let (body, requests) = (body.clone(), Arc::clone(&requests));
        tokio::spawn(async move {
            let (parts, mut stream) = request.into_parts();
            let mut bytes = Vec::new();
            while let Some(chunk) = stream.data().await {
                bytes.extend_from_slice(&chunk.expect("the client sends all of it"));
            }
            let request = http::Request::from_parts(parts, bytes);
            requests.lock().expect("nobody panics with the lock").push(request);
            let response = http::Response::builder().status(status).header("x-canary", "canary");
            let response = response.body(()).expect("the answer is one");
            let mut stream = respond.send_response(response, false).expect("the client waits");
            stream.send_data(Bytes::from(body), true).expect("the client waits");
        });
    }
}

fn http2() -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy().tls_certs_only([]).http2_prior_knowledge()
}

async fn all_answered(status: u16) {
    let (traces, guard) = Traces::start();
    let mut calls = JoinSet::new();
    for provider in PROVIDERS {
        let api = api(provider.name);
        for (operation, call) in api.operations.iter().zip(provider.calls) {
            let mut planter = Planter::sent(&api.schemas, 0);
            let body = operation.body.as_ref().map(|it| planter.value(&it.schema));
            let output = operation.output_schema.as_ref();
            let answer = output.map(|it| Planter::new(&api.schemas, 0).value(it));
            let what = format!("{}.{} answered {status} over HTTP/2", provider.name, operation.id);
            calls.spawn(async move {
                let (url, received) = server(status, answer.unwrap_or_default()).await;
                let body = body.unwrap_or_default();
                let settings = Settings {
                    arguments: Arguments::Marked { text: "canary", body },
                    http: Some(http2),
                    ..Settings::new(format!("{url}/canary"))
                };
                match (call.run)(settings).await {
                    Ok(success) => check(&what, &success.shown),
                    Err(error) => check(&what, &shown(&error)),
                }
                let received = received.lock().expect("nobody panics with the lock");
                assert_eq!(received.len(), 1, "{what}");
                let headers = received[0].headers().values();
                let is_credential = |it: &&http::HeaderValue| {
                    String::from_utf8_lossy(it.as_bytes()).contains(CREDENTIAL)
                };
                let n_credentials = headers.filter(is_credential).count();
                let text = String::from_utf8_lossy(received[0].body()).into_owned();
                let text = format!("{} {text}", received[0].uri());
                let n_found = CANARIES.iter().map(|it| text.matches(it).count()).sum::<usize>();
                (n_found, n_credentials)
            });
        }
    }
    let (mut n_found, mut n_credentials) = (0, 0);
    while let Some(res) = calls.join_next().await {
        let (found, credentials) = res.expect("no call panics");
        n_found += found;
        n_credentials += credentials;
    }
    drop(guard);
    let traced = traces.text();
    check(&format!("a trace of {status} over HTTP/2"), &traced);
    assert!(traced.contains("h2::"), "the library traces");
    assert!(n_found > 200 && n_credentials > 40, "{n_found} canaries, {n_credentials} credentials");
}

#[tokio::test]
async fn success() {
    all_answered(200).await;
}

#[tokio::test]
async fn status_400() {
    all_answered(400).await;
}
