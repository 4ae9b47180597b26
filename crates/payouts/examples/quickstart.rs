//! Pays once with each provider, without an account and without a network: a
//! small server on this machine answers with the documented samples.
//!
//! ```console
//! cargo run -p payouts --example quickstart
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

#[path = "quickstart/sandbox.rs"]
mod sandbox;

use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    acceptify().await?;
    rebilly().await?;
    revere().await?;
    yativo().await
}

async fn acceptify() -> Result<(), Box<dyn Error>> {
    use payouts::acceptify::{
        Client, Currency, MinorUnits, PayoutRequest, ReceiverAccountId, ReceiverId,
    };

    let client = Client::builder(sandbox::serve(sandbox::ACCEPTIFY)?)
        .api_key("your key")
        .api_secret("your secret")
        .build()?;

    let payout = client
        .create_payout(
            PayoutRequest::new(
                ReceiverId::from("f85cbb74-6af7-43cb-b0a2-b5e5b9838de6"),
                ReceiverAccountId::from("ad5ac900-ac63-4e60-894b-1de10f04f876"),
                MinorUnits::new(2000), // 20.00 Australian dollars
                Currency::from("AUD"),
            )
            .reference("order-16"),
        )
        .send()
        .await?;
    println!("Look payout {} up whenever you like.\n", payout.payload.payout_id);
    Ok(())
}

async fn rebilly() -> Result<(), Box<dyn Error>> {
    use payouts::rebilly::{
        Client, Currency, CustomerId, Decimal, PayoutRequestDraft, PayoutRequestId, WebsiteId,
    };

    let client =
        Client::builder(sandbox::serve(sandbox::REBILLY)?).secret_api_key("your key").build()?;

    let payout = client
        .upsert_payout_request(
            PayoutRequestId::from("order-16"),
            PayoutRequestDraft::new(
                WebsiteId::from("web_0YV7DE4Z26DQSA1AC92FBJ7SEG"),
                CustomerId::from("cus_0YV7DDSDD1C8DA64KHH2W33CPF"),
                Currency::from("USD"),
                "0.10".parse::<Decimal>()?,
            ),
        )
        .send()
        .await?;
    if let Some(status) = &payout.status {
        println!("It is {status}; sent again, it would still be the same payout.\n");
    }
    Ok(())
}

async fn revere() -> Result<(), Box<dyn Error>> {
    use payouts::revere::{
        Client, Currency, GroupId, LinkedAccountId, MinorUnits, PaymentMethodId,
        WalletPayoutRequest,
    };

    let client =
        Client::builder(sandbox::serve(sandbox::REVERE)?).wallet_key("your key").build()?;

    let payout = client
        .create_wallet_payout(
            GroupId::from("your-group"),
            LinkedAccountId::from("your-account"),
            WalletPayoutRequest::new(
                PaymentMethodId::from("23fe345e-3e5f-4c32-8220-50b96a0fd1e0"),
                MinorUnits::new(100_000), // 1000.00 US dollars
                Currency::Usd,
            ),
        )
        .send()
        .await?;
    println!("It is {} since {}.\n", payout.status, payout.created_at);
    Ok(())
}

async fn yativo() -> Result<(), Box<dyn Error>> {
    use payouts::yativo::{BeneficiaryDetailsId, Client, Currency, Decimal, WalletPayoutRequest};

    let client =
        Client::builder(sandbox::serve(sandbox::YATIVO)?).access_token("your token").build()?;

    let payout = client
        .create_wallet_payout(
            WalletPayoutRequest::new(Currency::from("USD"), BeneficiaryDetailsId::from(5))
                .amount("17.00".parse::<Decimal>()?),
        )
        .send()
        .await?;
    let key = payout.idempotency_key().unwrap_or_default();
    println!("Sent again with the key {key}, it would still be the same payout.");
    Ok(())
}
