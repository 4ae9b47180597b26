//! What a call leaves in the traces.

use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use payouts_core::RetryPolicy;
use tracing_subscriber::fmt::MakeWriter;

use crate::acme::{GroupId, builder, client, request};
use crate::server::{Reply, Server, answer, json};

/// Everything that is traced in this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn start(&self) -> tracing::subscriber::DefaultGuard {
        // Tests of other threads have no subscriber. If they alone decided
        // whether anybody wants an event, it could be lost here.
        static ALL: Once = Once::new();
        ALL.call_once(|| {
            let all = tracing_subscriber::fmt()
                .with_writer(std::io::sink)
                .with_max_level(tracing::Level::TRACE)
                .finish();
            tracing::subscriber::set_global_default(all).expect("there is no other");
        });
        let subscriber = tracing_subscriber::fmt()
            .with_writer(self.clone())
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .without_time()
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    /// The lines of our own.
    fn lines(&self) -> Vec<String> {
        let bytes = self.0.lock().expect("nobody panics with the lock");
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter(|it| it.contains("payouts_core"));
        lines.map(|it| it.trim().to_owned()).collect()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panics with the lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

const SPAN: &str = r#"call{provider="acme" operation="create_payout" method="POST" path="/groups/{group_id}/payouts/{payout_id}"}"#;

#[tokio::test]
async fn a_span_per_call_and_an_event_per_attempt() {
    let log = Log::default();
    let guard = log.start();
    let busy = answer("429 Too Many Requests", "x-request-id: r-1\r\n", b"canary");
    let server = Server::scripted([busy, json("200 OK", r#"{"id":"canary","amount":1}"#)]).await;
    let call = client(&server.url).create_payout(GroupId::from("canary"), "canary", request());
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    call.header("X-Canary", "canary").retry(policy).await.expect("it is paid");
    drop(guard);
    assert_eq!(
        log.lines(),
        [
            format!(
                "DEBUG {SPAN}: payouts_core::call::trace::on: answered attempt=1 status=429 \
                 request_id=\"r-1\" retry_in_ms=0"
            ),
            format!("DEBUG {SPAN}: payouts_core::call::trace::on: answered attempt=2 status=200"),
        ]
    );
}

#[tokio::test]
async fn no_answer_is_an_event_too() {
    let log = Log::default();
    let guard = log.start();
    let server = Server::start(Reply::Close(vec![])).await;
    let call = client(&server.url).create_payout(GroupId::from("g"), "p", request());
    call.await.expect_err("there is no answer");
    drop(guard);
    let lines = log.lines();
    assert_eq!(lines.len(), 1);
    let text = "not answered attempt=1 error=the connection broke before a status came";
    assert!(lines[0].contains(text), "{lines:?}");
}

/// Drops a call when its server has got the request.
async fn dropped(server: &Server, url: &str) -> Vec<String> {
    let log = Log::default();
    let guard = log.start();
    let client = builder(url).wallet_key("k").build().expect("the settings are right");
    let call = client.create_payout(GroupId::from("g"), "p", request()).send();
    let is_sent = async {
        while server.received().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = call => panic!("it does not end by itself"),
        () = is_sent => {}
    }
    drop(guard);
    log.lines()
}

#[tokio::test]
async fn a_call_that_was_sent_and_dropped_leaves_an_event() {
    let server = Server::start(Reply::Stall(vec![])).await;
    let lines = dropped(&server, &server.url).await;
    assert_eq!(
        lines,
        [format!(" WARN {SPAN}: payouts_core::call::trace::on: abandoned, outcome unknown").trim()]
    );
}

#[tokio::test]
async fn a_call_whose_outcome_is_known_leaves_none() {
    // The wait after a 429 is long enough to be dropped in.
    let server = Server::start(answer("429 Too Many Requests", "retry-after: 30\r\n", b"")).await;
    let log = Log::default();
    let guard = log.start();
    let client = client(&server.url);
    let call = client.create_payout(GroupId::from("g"), "p", request()).send();
    let res = tokio::time::timeout(Duration::from_millis(500), call).await;
    assert!(res.is_err(), "it still waits");
    drop(guard);
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("status=429"), "{lines:?}");

    let log = Log::default();
    let guard = log.start();
    drop(client.create_payout(GroupId::from("g"), "p", request()).send());
    drop(guard);
    assert!(log.lines().is_empty());
}
