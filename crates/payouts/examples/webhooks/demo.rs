//! Posts the documented samples to the server, as the providers would, and
//! checks what it answers.

use std::error::Error;

use axum::http::StatusCode;
use payouts::yativo::{Secret, reqwest};
use tokio::net::TcpListener;

const SIGNED: &str =
    include_str!("../../../../specs/examples/yativo/webhook_payout_updated.request.200.1.json");
const UNSIGNED: &str =
    include_str!("../../../../specs/examples/revere/receive_webhook_event.request.200.1.json");

/// `openssl dgst -sha256 -hmac whsec_documented_sample` of `SIGNED`.
const SIGNATURE: &str = "9a7aeaf097967d3a0a4e8cc23aba24be24940e5af10376515b20d54eed21bfbf";

/// An event that is signed, too, and that no page documents.
const STRANGE: (&str, &str) = (
    r#"{"type":"product.changed"}"#,
    "9f0fd5a4ddefdccec0f9397124f581c2c9c8d5714ff337049ddd0d5e4e9b7754",
);

pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let secrets = vec![Secret::new("whsec_new"), Secret::new("whsec_documented_sample")];
    let server = tokio::spawn(async move { axum::serve(listener, super::app(secrets)).await });

    let client = reqwest::Client::builder().no_proxy().build()?;
    let forged = SIGNED.replace("20.00", "2000.00");
    for (path, signature, body, wanted) in [
        ("yativo", Some(SIGNATURE), SIGNED, StatusCode::OK),
        // The same again is taken, and nothing is done twice.
        ("yativo", Some(SIGNATURE), SIGNED, StatusCode::OK),
        ("yativo", Some(SIGNATURE), forged.as_str(), StatusCode::UNAUTHORIZED),
        ("yativo", None, SIGNED, StatusCode::UNAUTHORIZED),
        ("yativo", Some(STRANGE.1), STRANGE.0, StatusCode::OK),
        ("revere", None, UNSIGNED, StatusCode::OK),
        ("revere", None, "{", StatusCode::BAD_REQUEST),
    ] {
        let mut request = client.post(format!("{url}/{path}"));
        if let Some(signature) = signature {
            request = request.header("X-Yativo-Signature", signature);
        }
        let status = request.body(body.to_owned()).send().await?.status();
        println!("  <- {status}");
        if status != wanted {
            return Err(format!("{path} should have answered {wanted}").into());
        }
    }
    server.abort();
    Ok(())
}

#[tokio::test]
async fn the_demo_runs() -> Result<(), Box<dyn Error>> {
    run().await
}
