//! Acceptify: every operation, its credentials and its errors.

use insta::assert_snapshot;
use payouts_acceptify::{
    AccountHolderType, CivilDateTime, Client, ClientBuilder, ConfirmStatus, CreatePayoutError,
    CreateReceiverAccountError, Currency, Date, Decimal, Gender, GetPayoutError, KycStatusCode,
    LedgerTransactionType, ListPayoutsError, MinorUnits, Outcome, PayoutId, PayoutRequest,
    PayoutStatus, PayoutStatusFilter, ReceiverAccountId, ReceiverAccountRequest, ReceiverId,
    ReceiverRequest, Timestamp,
};
use payouts_tests::server::{self, Server};

use super::{
    UNSAFE_SEGMENTS, body, check_body, check_no_credential, check_refusal, check_unsafe_segment,
    head, serving,
};

/// The time, the key and the secret of the documented signature.
fn client(server: &Server) -> Client {
    builder(server)
        .api_key("A24b4fSJ8SKhowxlY")
        .api_secret("test_secret")
        .build()
        .expect("the settings are right")
}

fn builder(server: &Server) -> ClientBuilder {
    let now = Timestamp::from_unix_millis(1_712_042_205_773).expect("the time is possible");
    Client::builder(server.url.as_str()).clock(move || now)
}

fn payout_request() -> PayoutRequest {
    PayoutRequest::new(
        ReceiverId::from("f85cbb74-6af7-43cb-b0a2-b5e5b9838de6"),
        ReceiverAccountId::from("ad5ac900-ac63-4e60-894b-1de10f04f876"),
        MinorUnits::new(2000),
        Currency::from("AUD"),
    )
    .reference("ref-16aud")
    .note("Payout for Frank")
}

#[tokio::test]
async fn list_payouts() {
    let server = serving("200 OK", "acceptify/list_payouts.response.200.json").await;
    let payouts = client(&server)
        .list_payouts()
        .from("2024-02-08 09:00".parse::<CivilDateTime>().expect("it is a time"))
        .to("2024-03-11 06:21".parse::<CivilDateTime>().expect("it is a time"))
        .limit(1)
        .status(PayoutStatusFilter::Pending)
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/payout?from=2024-02-08%2009%3A00&to=2024-03-11%2006%3A21&limit=1&status=1 HTTP/1.1
    user-agent: payouts-acceptify/[version]
    accept: application/json
    x-api-key: A24b4fSJ8SKhowxlY
    signature: 1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let payouts = payouts.payload.as_deref().expect("there is a list");
    assert_eq!(payouts.len(), 1);
    assert_eq!(payouts[0].id.as_str(), "ce74a54d-cd7d-475b-8213-b70a7a9c47e0");
    assert_eq!(payouts[0].amount, Some(MinorUnits::new(2200)), "it is a string in the sample");
    assert_eq!(payouts[0].batch_id, None, "it is empty in the sample");
    assert_eq!(payouts[0].status, PayoutStatus::Pending);
}

#[tokio::test]
async fn list_payouts_without_filters() {
    let server = serving("200 OK", "acceptify/list_payouts.response.200.json").await;
    client(&server).list_payouts().send().await.expect("it is a success");
    assert_eq!(server.only().line(), "GET /api/payout");
}

#[tokio::test]
async fn get_payout() {
    let server = serving("200 OK", "acceptify/get_payout.response.200.json").await;
    let payout = client(&server)
        .get_payout(PayoutId::from("3971f24a-b901-4bdb-b3a5-7690ca350cd3"))
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/payout/3971f24a-b901-4bdb-b3a5-7690ca350cd3 HTTP/1.1
    user-agent: payouts-acceptify/[version]
    accept: application/json
    x-api-key: A24b4fSJ8SKhowxlY
    signature: 1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let payout = payout.into_inner().payload;
    assert_eq!(payout.status, PayoutStatus::Successful);
    assert_eq!(payout.amount, Some(MinorUnits::new(2000)));
    assert_eq!(payout.created_at, Timestamp::from_unix_millis(1_710_144_053_053).ok());
    let fee = payout.fee_data.expect("there is a fee");
    assert_eq!(fee.fee_value, Some(MinorUnits::new(200)), "it is a string in the sample");
    assert_eq!(fee.percentage, Some(Decimal::from(10)));
    let account = payout.receiver_account.expect("there is an account");
    let number = account.account_number.expect("it has a number");
    assert_eq!(number.expose(), "223344556677");
    let entries = payout.transactions.expect("there are entries");
    assert_eq!(entries[0].amount, Some(MinorUnits::new(-1800)));
    assert_eq!(entries[1].transaction_type, Some(LedgerTransactionType::Fee));
}

#[tokio::test]
async fn create_payout() {
    let server = serving("200 OK", "acceptify/create_payout.response.200.json").await;
    let payout = client(&server).create_payout(payout_request()).send().await;
    let payout = payout.expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/payout/single HTTP/1.1
    user-agent: payouts-acceptify/[version]
    accept: application/json
    content-type: application/json
    x-api-key: A24b4fSJ8SKhowxlY
    signature: 1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1
    accept-encoding: gzip
    host: [host]
    content-length: 187
    ");
    check_body(&server, "acceptify/create_payout.request.200.json");
    assert_eq!(payout.payload.payout_id.as_str(), "44389fbd-5931-431a-bcac-cfb73ccc6494");
    assert_eq!(payout.message.as_deref(), Some("Payout created successfully"));
    assert_eq!(payout.status(), 200);
}

#[tokio::test]
async fn create_receiver() {
    let server = serving("200 OK", "acceptify/create_receiver.response.200.json").await;
    let receiver = client(&server)
        .create_receiver(
            ReceiverRequest::new(
                "David".into(),
                "Lahm".into(),
                "davidrlahm84@gmail.com".into(),
                Date::new(1990, 3, 21).expect("it is a date").into(),
                "61".into(),
                "213094857".into(),
                "122".into(),
                "North Melbourne".into(),
                "VIC".into(),
                "3051".into(),
                "AUS".into(),
            )
            .middle_name("Robert")
            .address2("Peel Street")
            .gender(Gender::Male)
            .reference("david8740"),
        )
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/receiver HTTP/1.1
    user-agent: payouts-acceptify/[version]
    accept: application/json
    content-type: application/json
    x-api-key: A24b4fSJ8SKhowxlY
    signature: 1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1
    accept-encoding: gzip
    host: [host]
    content-length: 303
    ");
    check_body(&server, "acceptify/create_receiver.request.200.json");
    assert_eq!(receiver.payload.receiver_id.as_str(), "d81b714c-a082-431a-8935-d0c67ad22c2d");
    assert_eq!(receiver.payload.kyc_status, Some(KycStatusCode::Pending));
}

fn account_request() -> ReceiverAccountRequest {
    ReceiverAccountRequest::new(
        ReceiverId::from("a2bb66db-7067-44a2-8067-1393b682bc75"),
        AccountHolderType::Individual,
        "012002".into(),
        "111136".into(),
    )
}

#[tokio::test]
async fn create_receiver_account() {
    let server = serving("200 OK", "acceptify/create_receiver_account.response.200.json").await;
    let account = client(&server).create_receiver_account(account_request()).send().await;
    let account = account.expect("it is a success").into_inner().payload;
    assert_snapshot!(head(&server), @"
    POST /api/receiveraccount HTTP/1.1
    user-agent: payouts-acceptify/[version]
    accept: application/json
    content-type: application/json
    x-api-key: A24b4fSJ8SKhowxlY
    signature: 1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1
    accept-encoding: gzip
    host: [host]
    content-length: 114
    ");
    check_body(&server, "acceptify/create_receiver_account.request.200.json");
    let id = account.account_id.expect("there is an id");
    assert_eq!(id.as_str(), "ad5ac900-ac63-4e60-894b-1de10f04f876");
    assert_eq!(account.confirm_status, None::<ConfirmStatus>);
}

#[tokio::test]
async fn get_current_subaccount() {
    let server = serving("200 OK", "acceptify/get_current_subaccount.response.200.json").await;
    let subaccount = client(&server).get_current_subaccount().send().await;
    let subaccount = subaccount.expect("it is a success").into_inner().payload;
    assert_snapshot!(head(&server), @"
    GET /api/subaccount HTTP/1.1
    user-agent: payouts-acceptify/[version]
    accept: application/json
    x-api-key: A24b4fSJ8SKhowxlY
    signature: 1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(subaccount.id.as_str(), "fa9c386d-5dce-4b81-a50d-769386360aff");
    assert_eq!(subaccount.business_or_individual, Some(AccountHolderType::Business));
    let dob = subaccount.dob.expect("there is a date");
    assert_eq!(*dob.expose(), Date::new(1989, 10, 20).expect("it is a date"));
    assert_eq!(subaccount.created_at, Timestamp::from_unix_millis(1_707_799_593_596).ok());
}

#[tokio::test]
async fn create_payout_400() {
    let path = "acceptify/create_payout.response.400.json";
    let server = serving("400 Bad Request", path).await;
    let error = client(&server).create_payout(payout_request()).await.expect_err("it is refused");
    check_refusal(&error, 400, Outcome::Rejected, path);
    let Some(CreatePayoutError::BadRequest(body)) = error.declared() else { panic!("{error}") };
    assert_eq!(body.message, "There was an error while creating a payout");
    let items = body.error.as_deref().expect("there are details");
    assert_eq!(items[0].code.as_deref(), Some("PAYO201"));
}

#[tokio::test]
async fn create_receiver_account_400() {
    let path = "acceptify/create_receiver_account.response.400.json";
    let server = serving("400 Bad Request", path).await;
    let error = client(&server).create_receiver_account(account_request()).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 400, Outcome::Rejected, path);
    let Some(CreateReceiverAccountError::BadRequest(body)) = error.declared() else {
        panic!("{error}");
    };
    let items = body.error.as_deref().expect("there are details");
    assert_eq!(items[0].message.as_deref(), Some("Receiver ID is not valid"));
}

/// The same body as that of 400, under a status of which no page speaks.
#[tokio::test]
async fn another_status() {
    let path = "acceptify/create_payout.response.400.json";
    let server = serving("500 Internal Server Error", path).await;
    let error = client(&server).create_payout(payout_request()).await.expect_err("it fails");
    check_refusal(&error, 500, Outcome::Unknown, path);
    assert!(matches!(error.declared(), Some(CreatePayoutError::Other(_))));
}

#[tokio::test]
async fn a_body_that_is_not_documented() {
    let server = Server::start(server::answer("403 Forbidden", "", b"<html>")).await;
    let error = client(&server).list_payouts().await.expect_err("it is refused");
    assert!(matches!(error.declared(), Some(ListPayoutsError::Undocumented)));
    assert_eq!(error.body().map(|it| it.as_ref()), Some(b"<html>".as_slice()));
}

#[tokio::test]
async fn the_documented_signature() {
    let server = serving("200 OK", "acceptify/get_current_subaccount.response.200.json").await;
    client(&server).get_current_subaccount().await.expect("it is a success");
    let sent = server.only();
    assert_eq!(sent.header("x-api-key").as_deref(), Some("A24b4fSJ8SKhowxlY"));
    assert_eq!(
        sent.header("signature").as_deref(),
        Some("1712042205773.91779d257f671b202947dd30590653fe342a508dde092e81a96ae7796f8456d1")
    );
}

#[tokio::test]
async fn the_key_alone_is_not_sent() {
    let server = serving("200 OK", "acceptify/get_current_subaccount.response.200.json").await;
    let client = builder(&server).api_key("k").build().expect("the settings are right");
    let error = client.get_current_subaccount().await.expect_err("the secret is missing");
    check_no_credential(
        &error,
        "get_current_subaccount: no credential, set api_secret, outcome not sent",
    );
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn no_id_reaches_another_operation() {
    let server = serving("200 OK", "acceptify/get_payout.response.200.json").await;
    let client = client(&server);
    for id in UNSAFE_SEGMENTS {
        let error = client.get_payout(PayoutId::from(id)).await.expect_err("it is refused");
        check_unsafe_segment::<GetPayoutError>(&error, "id");
    }
    assert_eq!(server.received(), []);
    client.get_payout(PayoutId::from("../subaccount")).await.expect("it is a success");
    assert_eq!(server.only().line(), "GET /api/payout/..%2Fsubaccount");
}
