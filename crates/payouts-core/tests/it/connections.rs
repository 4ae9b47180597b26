//! What the HTTP library does below a call: connections that are kept and
//! break, answers that lie about themselves, HTTP/2. None of it may make a
//! request arrive twice, hide a success or give an answer to the wrong call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use payouts_core::{Error, ErrorKind, Outcome, RetryPolicy, reqwest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::acme::{Client, GroupId, builder, client, request};
use crate::server::{Reply, Server, answer, json};

const PAID: &str = r#"{"id":"p","amount":1}"#;

async fn pay(client: &Client, id: &str) -> Result<String, Error> {
    let payout = client.create_payout(GroupId::from("g"), id, request()).await?;
    Ok(payout.into_inner().id)
}

/// Pays once and gets these bytes.
async fn paid(bytes: impl Into<Vec<u8>>) -> Result<String, Error> {
    let server = Server::start(Reply::Close(bytes.into())).await;
    let res = pay(&client(&server.url), "p").await;
    server.only();
    res
}

/// The server closes every connection after its first answer and does not say
/// so, which a client may notice before or after it has sent the next request.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_was_closed_while_idle_sends_nothing_twice() {
    let Reply::Answer(bytes) = json("200 OK", PAID) else { unreachable!("it is an answer") };
    let server = Server::start(Reply::Close(bytes)).await;
    let client = client(&server.url);
    let mut n_paid = 0;
    for idx in 0..100 {
        let res = pay(&client, &format!("p-{idx}")).await;
        let line = format!("POST /groups/g/payouts/p-{idx}");
        let n_arrived = server.received().iter().filter(|it| it.line() == line).count();
        match res {
            Ok(_) => {
                n_paid += 1;
                assert_eq!(n_arrived, 1, "{idx}");
            }
            Err(error) => {
                assert!(n_arrived <= 1, "{idx}: {error}");
                assert_eq!(error.outcome(), Outcome::Unknown, "{idx}");
            }
        }
    }
    assert!(n_paid > 0);
}

/// The request is read on a kept connection, which then breaks.
#[tokio::test]
async fn a_kept_connection_that_breaks_sends_nothing_twice() {
    for fault in [Reply::Close(vec![]), Reply::Reset] {
        let server = Server::scripted([json("200 OK", PAID), fault, json("200 OK", PAID)]).await;
        let client = client(&server.url);
        pay(&client, "1").await.expect("it is paid");
        let error = pay(&client, "2").await.expect_err("there is no answer");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
        let received = server.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].connection, received[1].connection);
    }
}

/// What follows an answer on its connection is no answer to the next request.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_not_given_to_the_next_request() {
    let first = r#"{"id":"1","amount":1}"#;
    let Reply::Answer(bytes) = json("200 OK", first) else { unreachable!("it is an answer") };
    let server = Server::answering(move |_, request| match request.line() {
        "POST /groups/g/payouts/1" => Reply::Answer([bytes.as_slice(), &bytes].concat()),
        _ => json("422 No", "{}"),
    })
    .await;
    for _ in 0..20 {
        let client = client(&server.url);
        assert_eq!(pay(&client, "1").await.expect("it is paid"), "1");
        let error = pay(&client, "2").await.expect_err("it is refused");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(422), "{error}");
    }
}

#[tokio::test]
async fn an_informational_status_is_not_the_answer() {
    let ok = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{PAID}", PAID.len());
    for status in ["100 Continue", "102 Processing", "103 Early Hints"] {
        let early = format!("HTTP/1.1 {status}\r\n\r\n");
        paid(early.clone() + &ok).await.expect("it is paid");
        let error = paid(early).await.expect_err("there is no answer");
        assert_eq!((error.outcome(), error.status()), (Outcome::Unknown, None), "{status}");
    }
    let switched = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
    let error = paid(switched).await.expect_err("it is no answer");
    assert_eq!(error.outcome(), Outcome::Unknown);
}

/// What cannot be read as an answer may have been one, a success included.
#[tokio::test]
async fn an_answer_that_is_no_http_is_unknown() {
    let many_headers = "a: b\r\n".repeat(1000);
    for bytes in [
        String::from("HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n{}{}"),
        String::from("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
        String::from("HTTP/1.1 099 No\r\n\r\n"),
        String::from("HTTP/1.1 2000 OK\r\n\r\n"),
        String::from("HTTP/2 200\r\n\r\n"),
        String::from("HTTP/1.1 422 No\r\ncanary"),
        format!("HTTP/1.1 200 OK\r\n{many_headers}\r\n"),
    ] {
        let error = paid(bytes.as_str()).await.expect_err("it is no answer");
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Interrupted, Outcome::Unknown),
            "{bytes}"
        );
    }
}

#[tokio::test]
async fn a_success_whose_body_lies_about_its_length_is_accepted() {
    let shorter = format!("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{PAID}");
    let error = paid(shorter).await.expect_err("it is cut");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Decode, Outcome::Accepted));
    for bytes in [
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{",
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n{}{",
    ] {
        let error = paid(bytes).await.expect_err("it is cut");
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Interrupted, Outcome::Accepted),
            "{bytes}"
        );
    }
    // Without a length, the body ends with the connection.
    paid(format!("HTTP/1.0 200 OK\r\n\r\n{PAID}")).await.expect("it is paid");
}

#[tokio::test]
async fn a_body_is_bounded_after_decompression() {
    // `[`, 20 000 blanks and `]`.
    const GZIPPED: [u8; 59] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x41, 0x11, 0x00,
        0x00, 0x0c, 0x02, 0xa0, 0x2a, 0xeb, 0xe5, 0xad, 0x7f, 0x0d, 0x6b, 0xf8, 0x00, 0x72, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x4c, 0xf8, 0x02, 0xef, 0x5f, 0x7f, 0x3b, 0x22, 0x4e, 0x00, 0x00,
    ];
    let server = Server::start(answer("200 OK", "content-encoding: gzip\r\n", &GZIPPED)).await;
    let list = |size| {
        let builder = builder(&server.url).api_key("k").api_secret("s").max_response_size(size);
        builder.build().expect("the settings are right").list_payouts().send()
    };
    assert_eq!(list(20_002).await.expect("it fits").body().len(), 20_002);
    let error = list(1000).await.expect_err("it is too large");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::BodyTooLarge, Outcome::Accepted));
    assert_eq!(error.body().map(|it| it.len()), Some(1000));
}

#[tokio::test]
async fn no_time_is_too_short_or_too_long() {
    let call = |url: &str| client(url).create_payout(GroupId::from("g"), "p", request());
    let silent = Server::start(Reply::Stall(vec![])).await;
    let call_time = call(&silent.url).timeout(Duration::ZERO);
    let attempt_time = call(&silent.url).attempt_timeout(Duration::ZERO);
    for call in [call_time, attempt_time] {
        let error = call.await.expect_err("there is no time");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent));
        assert_eq!(error.attempts(), 0);
    }
    assert_eq!(silent.received(), []);
    let server = Server::start(json("200 OK", PAID)).await;
    let patient = call(&server.url).timeout(Duration::MAX).attempt_timeout(Duration::MAX);
    patient.await.expect("it is paid");
}

#[tokio::test]
async fn no_wait_is_too_long_to_be_asked_for() {
    for asked in [u64::MAX.to_string(), format!("{}", u64::MAX / 1000), "9".repeat(400)] {
        let busy = answer("429 Too Many Requests", &format!("retry-after: {asked}\r\n"), b"");
        let server = Server::start(busy).await;
        let call = client(&server.url).create_payout(GroupId::from("g"), "p", request());
        let error = call.await.expect_err("it is refused");
        assert_eq!(error.outcome(), Outcome::Rejected);
    }
}

/// How a server says over HTTP/2 that it has not processed a request.
#[derive(Clone, Copy, Debug)]
enum Refusal {
    /// RST_STREAM with REFUSED_STREAM.
    Stream,
    /// GOAWAY with a last stream before the request's.
    Connection,
}

/// The library sends what was refused like that again unless told not to. The
/// server may be wrong, and attempts would be more than are counted.
#[tokio::test]
async fn what_http2_refuses_is_not_sent_again() {
    for refusal in [Refusal::Stream, Refusal::Connection] {
        let (url, n_requests) = refusing(refusal).await;
        let client = builder(&url)
            .wallet_key("k")
            .http(reqwest::Client::builder().no_proxy().http2_prior_knowledge())
            .retry(RetryPolicy::default().base_delay(Duration::ZERO))
            .build()
            .expect("the settings are right");
        let error = pay(&client, "p").await.expect_err("it is refused");
        assert_eq!(n_requests.load(Ordering::Relaxed), 1, "{refusal:?}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{refusal:?}");
    }
}

/// A server that speaks enough HTTP/2 to refuse every request, and the number
/// of requests that came.
async fn refusing(refusal: Refusal) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let n_requests = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&n_requests);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let counter = Arc::clone(&counter);
            // The client closes the connection whenever it likes.
            tokio::spawn(async move { refuse(stream, refusal, &counter).await.ok() });
        }
    });
    (format!("http://{address}"), n_requests)
}

async fn refuse(
    mut stream: TcpStream,
    refusal: Refusal,
    n_requests: &AtomicUsize,
) -> std::io::Result<()> {
    const PREFACE: usize = 24;
    let [headers, rst_stream, settings, go_away, ack] = [1, 3, 4, 7, 1];
    const REFUSED_STREAM: [u8; 4] = [0, 0, 0, 7];
    stream.read_exact(&mut [0; PREFACE]).await?;
    stream.write_all(&frame(settings, 0, [0; 4], &[])).await?;
    loop {
        // Length, type, flags and stream; then the payload.
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [_, high, low, kind, flags, id @ ..] = head;
        let mut payload = vec![0; usize::from(u16::from_be_bytes([high, low]))];
        stream.read_exact(&mut payload).await?;
        if kind == settings && flags & ack == 0 {
            stream.write_all(&frame(settings, ack, [0; 4], &[])).await?;
        }
        if kind == headers {
            n_requests.fetch_add(1, Ordering::Relaxed);
            let refused = match refusal {
                Refusal::Stream => frame(rst_stream, 0, id, &REFUSED_STREAM),
                // No stream was processed, and nothing is wrong.
                Refusal::Connection => frame(go_away, 0, [0; 4], &[0; 8]),
            };
            stream.write_all(&refused).await?;
        }
    }
}

fn frame(kind: u8, flags: u8, stream: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).expect("these payloads are short");
    let head = [0, 0, length, kind, flags];
    [head.as_slice(), &stream, payload].concat()
}
