//! Webhooks as they arrive: real bytes over a socket, then the function of the
//! generated client.

use hmac::{Hmac, KeyInit, Mac};
use payouts_core::{HeaderMap, Secret, WebhookErrorKind};
use payouts_tests::{
    PROVIDERS,
    server::{self, Server},
    table::{Hook, Receive},
};
use proptest::prelude::*;
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const SECRET: &str = "whsec_documented_sample";

macro_rules! sample {
    ($file:literal) => {
        include_str!(concat!("../../specs/examples/", $file))
    };
}

const PAYOUT_UPDATED: &str = sample!("yativo/webhook_payout_updated.request.200.1.json");

/// `openssl dgst -sha256 -hmac whsec_documented_sample` of that file.
const BY_OPENSSL: &str = "9a7aeaf097967d3a0a4e8cc23aba24be24940e5af10376515b20d54eed21bfbf";

fn secrets(texts: &[&str]) -> Vec<Secret> {
    texts.iter().map(|it| Secret::new(*it)).collect()
}

fn sign(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("keys have any length");
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|it| format!("{it:02x}")).collect()
}

/// Posts a body over loopback, and gives what arrived.
async fn deliver(headers: &[(&str, &str)], body: &[u8]) -> (HeaderMap, Vec<u8>) {
    let server = Server::start(server::answer("200 OK", "connection: close\r\n", b"")).await;
    let address = server.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    let lines: String =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    let head = format!("POST /hook HTTP/1.1\r\ncontent-length: {length}\r\n{lines}\r\n");
    stream.write_all(&[head.as_bytes(), body].concat()).await.expect("the server reads");
    stream.read_u8().await.expect("the server answers");
    let received = server.only();
    let mut headers = HeaderMap::new();
    for (name, value) in received.headers() {
        let name = payouts_core::reqwest::header::HeaderName::try_from(name);
        headers.append(name.expect("it arrived"), value.parse().expect("it arrived"));
    }
    (headers, received.body)
}

mod yativo {
    use payouts_yativo::{
        Event, Unrecognized, WebhookError, WebhookEvent, WebhookEventType,
        verify_webhook_payout_updated,
    };

    use super::*;

    async fn received(
        secret: &[&str],
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Event<WebhookEvent>, WebhookError> {
        let (headers, body) = deliver(headers, body).await;
        verify_webhook_payout_updated(&secrets(secret), &headers, &body)
    }

    #[track_caller]
    fn refused(res: Result<Event<WebhookEvent>, WebhookError>, kind: WebhookErrorKind) {
        let error = res.expect_err("it is refused");
        assert_eq!((error.kind(), error.body()), (kind, None), "{error}");
    }

    #[tokio::test]
    async fn the_documented_sample() {
        let header = [("X-Yativo-Signature", BY_OPENSSL)];
        let event = received(&[SECRET], &header, PAYOUT_UPDATED.as_bytes()).await;
        let event = event.expect("it is signed");
        assert_eq!(event.event_type, WebhookEventType::PayoutUpdated);
        let amount = event.payload.amount.as_ref().map(ToString::to_string);
        assert_eq!(amount.as_deref(), Some("20.00"));
        assert_eq!(event.body(), PAYOUT_UPDATED);
        assert_eq!(
            event.dedupe_id().as_deref(),
            Some(
                "payout.updated|4533bb23-0f2d-4c00-8ce3-a2b4ab727b0e|failed|2026-02-20T21:43:59.000000Z"
            ),
        );
    }

    #[tokio::test]
    async fn with_a_prefix_and_in_upper_case() {
        let upper = BY_OPENSSL.to_ascii_uppercase();
        for value in [format!("sha256={BY_OPENSSL}"), format!("sha256={upper}"), upper] {
            let header = [("x-yativo-signature", value.as_str())];
            let res = received(&[SECRET], &header, PAYOUT_UPDATED.as_bytes()).await;
            assert!(res.is_ok(), "{value}: {res:?}");
        }
    }

    #[tokio::test]
    async fn while_the_secret_is_replaced() {
        let header = [("X-Yativo-Signature", BY_OPENSSL)];
        for secret in [["whsec_new", SECRET], [SECRET, "whsec_new"]] {
            let res = received(&secret, &header, PAYOUT_UPDATED.as_bytes()).await;
            assert!(res.is_ok(), "{res:?}");
        }
        let res = received(&["whsec_new"], &header, PAYOUT_UPDATED.as_bytes()).await;
        refused(res, WebhookErrorKind::Signature);
        let res = received(&[], &header, PAYOUT_UPDATED.as_bytes()).await;
        refused(res, WebhookErrorKind::Secret);
    }

    #[tokio::test]
    async fn with_other_headers_than_one_signature() {
        let body = PAYOUT_UPDATED.as_bytes();
        let signature = ("X-Yativo-Signature", BY_OPENSSL);
        refused(received(&[SECRET], &[], body).await, WebhookErrorKind::Header);
        let other = [("Signature", BY_OPENSSL)];
        refused(received(&[SECRET], &other, body).await, WebhookErrorKind::Header);
        let twice = [signature, signature];
        refused(received(&[SECRET], &twice, body).await, WebhookErrorKind::Header);
        let forged = [signature, ("x-yativo-signature", "00")];
        refused(received(&[SECRET], &forged, body).await, WebhookErrorKind::Header);
        let truncated = [("X-Yativo-Signature", &BY_OPENSSL[..63])];
        refused(received(&[SECRET], &truncated, body).await, WebhookErrorKind::Header);
    }

    #[tokio::test]
    async fn with_another_body_than_the_signed_one() {
        let header = [("X-Yativo-Signature", BY_OPENSSL)];
        let doubled = PAYOUT_UPDATED.replace("20.00", "2000.0");
        let value: serde_json::Value = serde_json::from_str(PAYOUT_UPDATED).expect("it is JSON");
        let again = value.to_string();
        let truncated = &PAYOUT_UPDATED[..PAYOUT_UPDATED.len() - 1];
        for body in [&doubled, &again, truncated, ""] {
            let res = received(&[SECRET], &header, body.as_bytes()).await;
            refused(res, WebhookErrorKind::Signature);
        }
    }

    #[test]
    fn with_any_byte_flipped() {
        let mut headers = HeaderMap::new();
        headers.insert("x-yativo-signature", BY_OPENSSL.parse().expect("it is a value"));
        for idx in 0..PAYOUT_UPDATED.len() {
            let mut body = PAYOUT_UPDATED.as_bytes().to_vec();
            body[idx] ^= 1;
            let res = verify_webhook_payout_updated(&secrets(&[SECRET]), &headers, &body);
            refused(res, WebhookErrorKind::Signature);
        }
    }

    #[tokio::test]
    async fn of_a_kind_that_nobody_has_listed() {
        let body = r#"{"event.type": "payout.paused", "note": 1.10, "payload": {"until": "2026"}}"#;
        let signature = sign(SECRET, body.as_bytes());
        let header = [("X-Yativo-Signature", signature.as_str())];
        let event = received(&[SECRET], &header, body.as_bytes()).await.expect("it is signed");
        let WebhookEventType::Unrecognized(kind) = &event.event_type else {
            panic!("the kind is kept: {event:?}")
        };
        assert_eq!(Unrecognized::as_str(kind), "payout.paused");
        assert_eq!(event.payload.additional["until"].as_text(), r#""2026""#);
        // The envelope's own members are only in the bytes.
        assert_eq!(event.body(), body);
        // Without its parts an event has no id.
        assert_eq!(event.dedupe_id(), None);
    }

    #[tokio::test]
    async fn that_is_real_but_not_understood() {
        let body = r#"{"type": "product.changed"}"#;
        let signature = sign(SECRET, body.as_bytes());
        let header = [("X-Yativo-Signature", signature.as_str())];
        let error = received(&[SECRET], &header, body.as_bytes()).await.expect_err("no envelope");
        assert_eq!(error.kind(), WebhookErrorKind::Body);
        assert_eq!(error.body().map(|it| &**it), Some(body.as_bytes()));
    }
}

mod rebilly {
    use payouts_rebilly::{
        PayoutRequestEventType, verify_payout_request_canceled, verify_payout_request_created,
        verify_payout_request_fulfilled, verify_payout_request_modified,
    };

    use super::*;

    /// `rebilly:superman`, as the documentation prints it: with a line feed.
    const PRINTED: &str = "Basic cmViaWxseTpzdXBlcm1hbgo=";
    const USUAL: &str = "Basic cmViaWxseTpzdXBlcm1hbg==";

    #[tokio::test]
    async fn with_credentials() {
        let body = sample!("rebilly/constructed/payout_request_created.request.200.90.json");
        for value in [PRINTED, USUAL] {
            let (headers, body) = deliver(&[("Authorization", value)], body.as_bytes()).await;
            let secrets = secrets(&["rebilly:batman", "rebilly:superman"]);
            let event = verify_payout_request_created(&secrets, &headers, &body);
            let event = event.expect("the credentials are right");
            assert_eq!(event.event_type, Some(PayoutRequestEventType::PayoutRequestCreated));
            assert_eq!(
                event.dedupe_id().as_deref(),
                Some(
                    "payout-request-created|pout_req_0YVDMDE2BMC6KBB5MX76RF6T80|2026-03-02T11:45:00+00:00"
                ),
            );
        }
    }

    #[tokio::test]
    async fn with_others() {
        let body = sample!("rebilly/constructed/payout_request_canceled.request.200.90.json");
        for (headers, kind) in [
            // `rebilly:batman`, `rebilly:`, none, another scheme, two.
            (&[("Authorization", "Basic cmViaWxseTpiYXRtYW4=")][..], WebhookErrorKind::Signature),
            (&[("Authorization", "Basic cmViaWxseTo=")], WebhookErrorKind::Signature),
            (&[], WebhookErrorKind::Header),
            (&[("Authorization", "Digest username=\"rebilly\"")], WebhookErrorKind::Header),
            (&[("Authorization", USUAL), ("authorization", USUAL)], WebhookErrorKind::Header),
        ] {
            let (headers, body) = deliver(headers, body.as_bytes()).await;
            let secrets = secrets(&["rebilly:superman"]);
            let error = verify_payout_request_canceled(&secrets, &headers, &body);
            let error = error.expect_err("the credentials are wrong");
            assert_eq!((error.kind(), error.body()), (kind, None), "{headers:?}");
        }
    }

    #[tokio::test]
    async fn at_the_address_of_another_event() {
        let body = sample!("rebilly/constructed/payout_request_fulfilled.request.200.90.json");
        let (headers, body) = deliver(&[("Authorization", USUAL)], body.as_bytes()).await;
        let secrets = secrets(&["rebilly:superman"]);
        let event = verify_payout_request_fulfilled(&secrets, &headers, &body);
        let event = event.expect("the credentials are right");
        let other = verify_payout_request_modified(&secrets, &headers, &body);
        let other = other.expect("the credentials are right");
        assert_eq!(other.event_type, Some(PayoutRequestEventType::PayoutRequestFulfilled));
        // The same event, wherever it was sent.
        assert!(event.dedupe_id().is_some());
        assert_eq!(event.dedupe_id(), other.dedupe_id());
    }
}

mod revere {
    use payouts_revere::{WebhookEvent, read_unverified_receive_webhook_event};

    use super::*;

    #[tokio::test]
    async fn the_documented_samples() {
        for (body, id) in [
            (
                sample!("revere/receive_webhook_event.request.200.1.json"),
                "b3252825-bb48-4a5e-8c99-69ea8e4db0d9",
            ),
            (
                sample!("revere/receive_webhook_event.request.200.2.json"),
                "b3252825-bb48-4a5e-8c99-69ea8e4db0d9",
            ),
        ] {
            let (_, received) = deliver(&[], body.as_bytes()).await;
            let event = read_unverified_receive_webhook_event(&received).expect("it is documented");
            assert!(matches!(*event, WebhookEvent::TransactionEvent(_)), "{event:?}");
            assert_eq!(event.dedupe_id().as_deref(), Some(id));
            assert_eq!(event.body(), body);
        }
    }

    #[tokio::test]
    async fn of_a_kind_that_nobody_has_listed() {
        let body =
            r#"{"id": "e-1", "event_type": "payout.paid", "data": {"amount": 1.10}, "n": 1}"#;
        let (_, received) = deliver(&[], body.as_bytes()).await;
        let event = read_unverified_receive_webhook_event(&received).expect("it has an envelope");
        let WebhookEvent::OtherEvent(other) = &*event else { panic!("another kind: {event:?}") };
        assert_eq!(other.event_type.to_string(), "payout.paid");
        assert_eq!(event.body(), body);
        assert_eq!(event.dedupe_id().as_deref(), Some("e-1"));
    }
}

mod acceptify {
    use payouts_acceptify::{PayoutWebhookEvent, read_unverified_payout_webhook};

    use super::*;

    /// The sample's beginning, and what the table lists beside it.
    const BODY: &str = r#"{"event": "payoutUpdate", "amount": 2000, "currency": "AUD",
        "payout_id": "3971f24a-b901-4bdb-b3a5-7690ca350cd3", "status": "settled",
        "batch_run_time": 1712042205773, "timestamp": 1712042205773, "colour": "red"}"#;

    #[tokio::test]
    async fn the_documented_members() {
        let (_, received) = deliver(&[], BODY.as_bytes()).await;
        let event = read_unverified_payout_webhook(&received).expect("it is documented");
        assert_eq!(event.event, PayoutWebhookEvent::PayoutUpdate);
        assert_eq!(event.body(), BODY);
        assert_eq!(
            event.dedupe_id().as_deref(),
            Some("payoutUpdate|3971f24a-b901-4bdb-b3a5-7690ca350cd3|settled|1712042205773"),
        );
    }

    #[tokio::test]
    async fn without_a_part_of_the_id() {
        let body = BODY.replace(r#""timestamp": 1712042205773, "#, "");
        let (_, received) = deliver(&[], body.as_bytes()).await;
        let event = read_unverified_payout_webhook(&received).expect("it is documented");
        assert_eq!(event.dedupe_id(), None);
    }
}

/// Every webhook of every provider.
fn hooks() -> impl Iterator<Item = (&'static str, &'static Hook)> {
    PROVIDERS.iter().flat_map(|provider| provider.hooks.iter().map(|it| (provider.name, it)))
}

/// A list that people review: a webhook that loses its proof is noticed.
#[test]
fn what_is_verified_and_what_is_not() {
    let row = |(provider, hook): (&str, &Hook)| match hook.receive {
        Receive::Verified(_) => format!("{provider}.{}: verified", hook.id),
        Receive::Unverified(_) => format!("{provider}.{}: unverified", hook.id),
    };
    let rows: Vec<String> = hooks().map(row).collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    acceptify.payout_webhook: unverified
    rebilly.payout_request_created: verified
    rebilly.payout_request_modified: verified
    rebilly.payout_request_canceled: verified
    rebilly.payout_request_fulfilled: verified
    revere.receive_webhook_event: unverified
    yativo.webhook_payout_updated: verified
    ");
}

#[test]
fn nothing_is_verified_without_a_usable_secret() {
    let mut headers = HeaderMap::new();
    // The credentials of nobody, and the HMAC of nothing with an empty key.
    headers.insert("authorization", "Basic Og==".parse().expect("it is a value"));
    headers.insert("x-yativo-signature", sign("", b"{}").parse().expect("it is a value"));
    for (provider, hook) in hooks() {
        let Receive::Verified(receive) = hook.receive else { continue };
        for secret in [&[][..], &[""], &["user:password", ""]] {
            let error = receive(&secrets(secret), &headers, b"{}").err();
            let kind = error.map(|it| it.kind());
            assert_eq!(kind, Some(WebhookErrorKind::Secret), "{provider}.{}", hook.id);
        }
    }
}

#[test]
fn errors_quote_nothing() {
    let body = br#"{"event": "canary", "event.type": canary, "id": "canary"}"#;
    let mut headers = HeaderMap::new();
    headers.insert("authorization", "canary".parse().expect("it is a value"));
    headers.insert("x-yativo-signature", "canary".parse().expect("it is a value"));
    for (provider, hook) in hooks() {
        let res = match hook.receive {
            Receive::Verified(receive) => receive(&secrets(&["canary:canary"]), &headers, body),
            Receive::Unverified(receive) => receive(body),
        };
        let error = res.err().expect("it is no event");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("canary"), "{provider}.{}: {shown}", hook.id);
    }
}

proptest! {
    /// Nobody who does not know the secret gets anything verified, and nothing
    /// that can be sent makes a function panic.
    #[test]
    fn nothing_else_is_accepted(
        value in prop_oneof![
            "[0-9a-fA-F]{64}",
            "sha256=[0-9a-f]{64}",
            "Basic [A-Za-z0-9+/]{4,40}={0,2}",
            "[ -~]{0,80}",
        ],
        body: Vec<u8>,
        n_times in 0..3_usize,
    ) {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "x-yativo-signature"].repeat(n_times) {
            headers.append(name, value.trim().parse().expect("it is visible ASCII"));
        }
        let bodies = [body, PAYOUT_UPDATED.as_bytes().to_vec()];
        for (_, hook) in hooks() {
            for body in &bodies {
                match hook.receive {
                    Receive::Verified(receive) => {
                        let res = receive(&secrets(&["user:proptest"]), &headers, body);
                        prop_assert!(res.is_err());
                        prop_assert!(res.err().is_some_and(|it| it.body().is_none()));
                    }
                    Receive::Unverified(receive) => {
                        if let Ok(told) = receive(body) {
                            prop_assert_eq!(&*told.body, &body[..]);
                        }
                    }
                }
            }
        }
    }

    /// Whatever is signed is accepted or handed out, byte for byte.
    #[test]
    fn nothing_real_is_lost(body: Vec<u8>, text in "[\\[\\]{}\":,a-z0-9.]*") {
        for body in [body, text.into_bytes()] {
            let mut headers = HeaderMap::new();
            headers.insert("x-yativo-signature", sign(SECRET, &body).parse().expect("it is hex"));
            let res = payouts_yativo::verify_webhook_payout_updated(
                &secrets(&[SECRET]), &headers, &body,
            );
            let bytes = match &res {
                Ok(event) => Some(event.body()),
                Err(error) => error.body(),
            };
            prop_assert_eq!(bytes.map(|it| it.to_vec()), Some(body));
        }
    }
}
