//! A server that receives webhooks: one whose provider signs them, and one
//! whose provider does not.
//!
//! ```console
//! YATIVO_WEBHOOK_SECRET=whsec_… cargo run -p payouts --example webhooks
//! cargo run -p payouts --example webhooks -- --demo   # posts to itself
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

#[path = "webhooks/demo.rs"]
mod demo;

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use payouts::yativo::{Secret, WebhookError, WebhookErrorKind};
use payouts::{revere, yativo};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if env::args().any(|it| it == "--demo") {
        return demo::run().await;
    }
    let mut secrets = vec![Secret::from_env("YATIVO_WEBHOOK_SECRET")?];
    // While a secret is replaced, events by the old one still arrive.
    secrets.extend(Secret::from_env("YATIVO_WEBHOOK_SECRET_BEFORE"));
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    println!("Listening on {}.", listener.local_addr()?);
    Ok(axum::serve(listener, app(secrets)).await?)
}

/// What all requests share.
#[derive(Clone)]
struct Shop {
    secrets: Arc<[Secret]>,
    /// The ids of events that were taken. A real shop keeps them in its
    /// database, in the transaction that stores the event.
    taken: Arc<Mutex<BTreeSet<String>>>,
}

impl Shop {
    /// Whether an event has not been taken before; one without an id is new.
    fn is_new(&self, provider: &str, dedupe_id: Option<String>) -> bool {
        let mut taken = self.taken.lock().expect("nobody panics with the lock");
        dedupe_id.is_none_or(|it| taken.insert(format!("{provider} {it}")))
    }
}

fn app(secrets: Vec<Secret>) -> Router {
    Router::new()
        .route("/yativo", post(signed))
        .route("/revere", post(unsigned))
        .with_state(Shop { secrets: secrets.into(), taken: Arc::default() })
}

/// Takes the body as it came: the signature is over its bytes, which an
/// extractor such as `Json` would not keep.
async fn signed(State(shop): State<Shop>, headers: HeaderMap, body: Bytes) -> StatusCode {
    match yativo::verify_webhook_payout_updated(&shop.secrets, &headers, &body) {
        Ok(event) if shop.is_new("yativo", event.dedupe_id()) => {
            // Answer at once: only put the work in a queue here.
            println!("yativo: {}, to be worked on", event.event_type);
            StatusCode::OK
        }
        Ok(event) => {
            println!("yativo: {}, again", event.event_type);
            StatusCode::OK
        }
        Err(error) => refuse(&error),
    }
}

fn refuse(error: &WebhookError) -> StatusCode {
    println!("yativo: {error}");
    match (error.kind(), error.body()) {
        // It is real, though it is not understood: keep it for a person.
        (_, Some(body)) => {
            println!("yativo: {} bytes to be looked at", body.len());
            StatusCode::OK
        }
        // Nobody's fault but ours; the provider should try again.
        (WebhookErrorKind::Secret, _) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNAUTHORIZED,
    }
}

/// Anybody can post here, so what an event says is only a reason to ask the
/// provider: read the transactions with `get_transaction_report`, and act on
/// the answer.
async fn unsigned(State(shop): State<Shop>, body: Bytes) -> StatusCode {
    match revere::read_unverified_receive_webhook_event(&body) {
        Ok(event) if shop.is_new("revere", event.dedupe_id()) => {
            println!("revere: a hint, to be confirmed");
            StatusCode::OK
        }
        Ok(_) => StatusCode::OK,
        Err(error) => {
            println!("revere: {error}");
            StatusCode::BAD_REQUEST
        }
    }
}
