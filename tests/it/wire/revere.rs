//! Revere Payments: every operation, its credentials and its errors.

use insta::assert_snapshot;
use payouts_revere::{
    CardBrand, Client, ClientBuilder, CreateWalletPayoutError, CreateWalletTransactionError,
    CreateWebhookError, Currency, Environment, ErrorKind, GetTransactionReportError, GroupId,
    LinkedAccountId, MinorUnits, OperationError, Outcome, PaymentMethodId, PaymentType, ReportKind,
    Response, SplitFunding, Timestamp, TransactionStatus, UpdateWebhookError, WalletPayoutRequest,
    WalletTransactionRequest, WebhookEncodingType, WebhookEventType, WebhookId, WebhookRequest,
    WebhookRequestType, WebhookUpdateRequest,
};
use payouts_tests::server::{self, Server};

use super::{
    UNSAFE_SEGMENTS, body, check_body, check_no_credential, check_unsafe_segment, head, host_of,
    serving,
};

fn client(server: &Server) -> Client {
    builder(server)
        .wallet_key("test-wallet")
        .transaction_reporting_key("test-reporting")
        .manage_webhooks_key("test-webhooks")
        .build()
        .expect("the settings are right")
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(server.url.as_str())
}

fn group() -> GroupId {
    GroupId::from("5a7f4ef3-3d82-4606-9b27-ff50ad2789f3")
}

fn account() -> LinkedAccountId {
    LinkedAccountId::from("la-1")
}

fn payout_request() -> WalletPayoutRequest {
    WalletPayoutRequest::new(
        PaymentMethodId::from("23fe345e-3e5f-4c32-8220-50b96a0fd1e0"),
        MinorUnits::new(100_000),
        Currency::Usd,
    )
}

fn webhook_request() -> WebhookRequest {
    WebhookRequest::new(
        "https://example.com/hook".into(),
        vec![WebhookEventType::TransactionSettlement, WebhookEventType::from("payout.made")],
        WebhookEncodingType::Json,
        WebhookRequestType::Basic,
    )
}

#[tokio::test]
async fn create_wallet_payout() {
    let server = serving("200 OK", "revere/create_wallet_payout.response.200.json").await;
    let payout = client(&server)
        .create_wallet_payout(group(), account(), payout_request())
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/groups/5a7f4ef3-3d82-4606-9b27-ff50ad2789f3/revere_pay/la-1/wallet/payout HTTP/1.1
    user-agent: payouts-revere/[version]
    accept: application/json
    content-type: application/json
    authorization: test-wallet
    accept-encoding: gzip
    host: [host]
    content-length: 93
    ");
    check_body(&server, "revere/create_wallet_payout.request.200.json");
    assert_eq!(payout.processor_transaction_id.as_str(), "a2b88fc2-fa43-4fbc-87fb-8309203affeb");
    assert_eq!(payout.amount, MinorUnits::new(100_000));
    assert_eq!(payout.status, TransactionStatus::Settled);
    assert_eq!(payout.created_at.to_string(), "2024-07-20T15:11:16.975339432Z");
}

#[tokio::test]
async fn create_wallet_transaction() {
    // No answer is documented as a sample.
    let answer = r#"{"id": "t-1", "amount": 1000, "status": "pending", "created_at": "2024-07-20T15:11:16.975339432Z"}"#;
    let server = Server::start(server::json("200 OK", answer)).await;
    let transaction = client(&server)
        .create_wallet_transaction(group(), account(), transaction_request())
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/groups/5a7f4ef3-3d82-4606-9b27-ff50ad2789f3/revere_pay/la-1/wallet/transaction HTTP/1.1
    user-agent: payouts-revere/[version]
    accept: application/json
    content-type: application/json
    authorization: test-wallet
    accept-encoding: gzip
    host: [host]
    content-length: 116
    ");
    check_body(&server, "revere/create_wallet_transaction.request.200.json");
    assert_eq!(transaction.id.as_str(), "t-1");
    assert_eq!(transaction.status, TransactionStatus::Pending);
}

fn transaction_request() -> WalletTransactionRequest {
    WalletTransactionRequest::new(
        GroupId::from("13fe345e-3e5f-4c32-8220-50b96a0fd1e0"),
        MinorUnits::new(1000),
        Currency::Usd,
        "Support our Cause".into(),
    )
}

#[tokio::test]
async fn create_wallet_transaction_with_splits() {
    let server = Server::start(server::json("200 OK", "{}")).await;
    let split = SplitFunding::new(GroupId::from("g-2")).flat(MinorUnits::new(u64::MAX));
    let share = SplitFunding::new(GroupId::from("g-3")).percentage(5000);
    let request = transaction_request().split_fundings(vec![split, share]);
    let _ = client(&server).create_wallet_transaction(group(), account(), request).await;
    assert_snapshot!(body(&server), @r#"{"group_id":"13fe345e-3e5f-4c32-8220-50b96a0fd1e0","amount":1000,"currency":"USD","description":"Support our Cause","split_fundings":[{"group_id":"g-2","flat":18446744073709551615},{"group_id":"g-3","percentage":5000}]}"#);
}

#[tokio::test]
async fn get_transaction_report() {
    let answer = r#"[{"amount": 12345678901234567890.10}]"#;
    let server = Server::start(server::json("200 OK", answer)).await;
    let report = client(&server)
        .get_transaction_report(group(), account(), ReportKind::Table)
        .limit(10)
        .offset(20)
        .start("2024-07-20T15:11:16.5Z".parse::<Timestamp>().expect("it is a time"))
        .brands(vec![CardBrand::AmericanExpress, CardBrand::Visa])
        .payment_types(vec![PaymentType::Payout])
        .source_group_id(group())
        .invoice_numbers(vec!["a&b".to_owned(), "ü".to_owned()])
        .statuses(vec![])
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/groups/5a7f4ef3-3d82-4606-9b27-ff50ad2789f3/revere_pay/la-1/transactions/reporting?type=table&limit=10&offset=20&start=2024-07-20T15%3A11%3A16.500Z&brands=American%20Express&brands=Visa&payment_types=payout&source_group_id=5a7f4ef3-3d82-4606-9b27-ff50ad2789f3&invoice_numbers=a%26b&invoice_numbers=%C3%BC HTTP/1.1
    user-agent: payouts-revere/[version]
    accept: application/json
    authorization: test-reporting
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(report.as_text(), answer);
}

#[tokio::test]
async fn create_webhook() {
    let answer = r#"{"id": "w-1", "trigger_on": ["transaction.void"], "secret": "unknown"}"#;
    let server = Server::start(server::json("201 Created", answer)).await;
    let webhook = client(&server)
        .create_webhook(group(), account(), webhook_request())
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/groups/5a7f4ef3-3d82-4606-9b27-ff50ad2789f3/revere_pay/la-1/webhooks HTTP/1.1
    user-agent: payouts-revere/[version]
    accept: application/json
    content-type: application/json
    authorization: test-webhooks
    accept-encoding: gzip
    host: [host]
    content-length: 134
    ");
    assert_snapshot!(body(&server), @r#"{"url":"https://example.com/hook","trigger_on":["transaction.settlement","payout.made"],"encoding_type":"json","request_type":"basic"}"#);
    assert_eq!(webhook.id, Some(WebhookId::from("w-1")));
    assert_eq!(webhook.trigger_on.as_deref(), Some([WebhookEventType::TransactionVoid].as_slice()));
    assert_eq!(webhook.additional["secret"].as_text(), r#""unknown""#);
}

#[tokio::test]
async fn update_webhook() {
    let server = Server::start(server::json("200 OK", r#"{"id": "w-1"}"#)).await;
    let webhook = client(&server)
        .update_webhook(
            group(),
            account(),
            WebhookId::from("w-1"),
            WebhookUpdateRequest::new().url("https://example.com/new"),
        )
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    PUT /api/v1/groups/5a7f4ef3-3d82-4606-9b27-ff50ad2789f3/revere_pay/la-1/webhooks/w-1 HTTP/1.1
    user-agent: payouts-revere/[version]
    accept: application/json
    content-type: application/json
    authorization: test-webhooks
    accept-encoding: gzip
    host: [host]
    content-length: 33
    ");
    assert_snapshot!(body(&server), @r#"{"url":"https://example.com/new"}"#);
    assert_eq!(webhook.id, Some(WebhookId::from("w-1")));
}

#[tokio::test]
async fn a_webhook_without_https_is_not_sent() {
    let server = Server::start(server::json("200 OK", "{}")).await;
    let update = WebhookUpdateRequest::new().url("http://example.com/new");
    let error = client(&server)
        .update_webhook(group(), account(), WebhookId::from("w-1"), update)
        .await
        .expect_err("it is refused");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotSent));
    assert_snapshot!(error, @"update_webhook: url must be text that matches `^https://`, outcome not sent");
    assert_eq!(server.received(), []);
}

/// No body of an error is documented; that of the provider's own library is
/// read, and everything else is kept.
#[track_caller]
fn check_error_body<T, E: OperationError>(
    res: Result<Response<T>, payouts_revere::Error<E>>,
    body: &str,
    outcome: Outcome,
    is_expected: fn(&E) -> bool,
) {
    let Err(error) = res else { panic!("it is not a success") };
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Status, outcome), "{error}");
    assert!(error.declared().is_some_and(is_expected), "{:?}", error.declared());
    assert_eq!(error.body().map(|it| it.as_ref()), Some(body.as_bytes()));
}

const ERROR: &str = r#"{"error": "no", "code": 7}"#;

#[tokio::test]
async fn create_wallet_payout_400() {
    let server = Server::start(server::json("400 Bad Request", ERROR)).await;
    let res = client(&server).create_wallet_payout(group(), account(), payout_request()).await;
    check_error_body(res, ERROR, Outcome::Rejected, |error| {
        let CreateWalletPayoutError::BadRequest(body) = error else { return false };
        body.error.as_deref() == Some("no") && body.additional["code"].as_text() == "7"
    });
}

#[tokio::test]
async fn create_wallet_transaction_500() {
    let server = Server::start(server::json("500 Internal Server Error", ERROR)).await;
    let res =
        client(&server).create_wallet_transaction(group(), account(), transaction_request()).await;
    check_error_body(res, ERROR, Outcome::Unknown, |error| {
        matches!(error, CreateWalletTransactionError::InternalServerError(_))
    });
}

#[tokio::test]
async fn get_transaction_report_404() {
    let server = Server::start(server::json("404 Not Found", ERROR)).await;
    let res = client(&server).get_transaction_report(group(), account(), ReportKind::Count).await;
    check_error_body(res, ERROR, Outcome::Rejected, |error| {
        matches!(error, GetTransactionReportError::Other(_))
    });
}

#[tokio::test]
async fn create_webhook_400_without_json() {
    let server = Server::start(server::answer("400 Bad Request", "", b"denied")).await;
    let res = client(&server).create_webhook(group(), account(), webhook_request()).await;
    check_error_body(res, "denied", Outcome::Rejected, |error| {
        matches!(error, CreateWebhookError::Undocumented)
    });
}

#[tokio::test]
async fn update_webhook_409_without_a_body() {
    let server = Server::start(server::answer("409 Conflict", "", b"")).await;
    let res = client(&server)
        .update_webhook(group(), account(), WebhookId::from("w"), WebhookUpdateRequest::new())
        .await;
    // Nobody has documented what a conflict means here.
    check_error_body(res, "", Outcome::Unknown, |error| {
        matches!(error, UpdateWebhookError::Undocumented)
    });
}

#[tokio::test]
async fn each_key_goes_where_it_belongs() {
    let server = Server::start(server::json("200 OK", "{}")).await;
    let client = client(&server);
    let _ = client.create_wallet_payout(group(), account(), payout_request()).await;
    let _ = client.create_wallet_transaction(group(), account(), transaction_request()).await;
    let _ = client.get_transaction_report(group(), account(), ReportKind::Count).await;
    let _ = client.create_webhook(group(), account(), webhook_request()).await;
    let update = WebhookUpdateRequest::new();
    let _ = client.update_webhook(group(), account(), WebhookId::from("w"), update).await;
    let keys: Vec<_> =
        server.received().iter().filter_map(|it| it.header("authorization")).collect();
    assert_eq!(
        keys,
        ["test-wallet", "test-wallet", "test-reporting", "test-webhooks", "test-webhooks"]
    );
}

#[tokio::test]
async fn no_key_stands_in_for_another() {
    let server = Server::start(server::json("200 OK", "{}")).await;
    let wallet = builder(&server).wallet_key("k").build().expect("the settings are right");
    let error = wallet.create_webhook(group(), account(), webhook_request()).await;
    check_no_credential(
        &error.expect_err("the key is missing"),
        "create_webhook: no credential, set manage_webhooks_key, outcome not sent",
    );
    let error = wallet.get_transaction_report(group(), account(), ReportKind::Count).await;
    check_no_credential(
        &error.expect_err("the key is missing"),
        "get_transaction_report: no credential, set transaction_reporting_key, outcome not sent",
    );
    let webhooks = builder(&server).manage_webhooks_key("k").build();
    let webhooks = webhooks.expect("the settings are right");
    let error = webhooks.create_wallet_payout(group(), account(), payout_request()).await;
    check_no_credential(
        &error.expect_err("the key is missing"),
        "create_wallet_payout: no credential, set wallet_key, outcome not sent",
    );
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn environments() {
    assert_eq!(host_of(Environment::Production).await, "api.reverepayments.dev:443");
    assert_eq!(host_of(Environment::Sandbox).await, "api.sandbox.reverepayments.dev:443");
}

#[tokio::test]
async fn no_id_reaches_another_operation() {
    let server = Server::start(server::json("200 OK", "{}")).await;
    let client = client(&server);
    for id in UNSAFE_SEGMENTS {
        let (group_id, account_id) = (GroupId::from(id), LinkedAccountId::from(id));
        let error =
            client.create_wallet_payout(group_id.clone(), account(), payout_request()).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "group_id");
        let error =
            client.create_wallet_payout(group(), account_id.clone(), payout_request()).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "linked_account_id");
        let error = client
            .create_wallet_transaction(group(), account_id.clone(), transaction_request())
            .await;
        check_unsafe_segment(&error.expect_err("it is refused"), "linked_account_id");
        let error = client.get_transaction_report(group_id, account(), ReportKind::Count).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "group_id");
        let error = client.create_webhook(group(), account_id, webhook_request()).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "linked_account_id");
        let update = WebhookUpdateRequest::new();
        let error = client.update_webhook(group(), account(), WebhookId::from(id), update).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "webhook_id");
    }
    assert_eq!(server.received(), []);
}
