//! Yativo: every operation, its credentials and its errors.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use payouts_tests::server::{self, Server};
use payouts_yativo::{
    AccessTokenRequest, AccountDetailsRequest, BatchPayoutData, BatchPayoutItem,
    BatchPayoutRequest, BeneficiaryDetailsId, BeneficiaryId, BeneficiaryPaymentMethodRequest,
    BeneficiaryRequest, Client, ClientBuilder, CreateBatchPayoutError,
    CreateBeneficiaryPaymentMethodError, CreateSimplePayoutError, CreateWalletPayoutError,
    CreateWebhookError, Currency, CustomerAddress, Decimal, EnvelopeStatus, Environment, ErrorKind,
    IntegerOrString, Json, JsonObject, Outcome, PaymentDataRequest, PayoutId, PayoutMethodId,
    PayoutStatus, QuoteId, QuoteMethodType, QuoteRequest, RecipientType, RetryPolicy,
    SimplePayoutRequest, TransactionId, WalletPayoutRequest, WebhookRequest,
};

use super::{
    UNSAFE_SEGMENTS, body, check_body, check_no_credential, check_refusal, check_unsafe_segment,
    head, host_of, is_uuid, sample, serving,
};

fn client(server: &Server) -> Client {
    builder(server).access_token("test-token").build().expect("the settings are right")
}

/// A server below `/api/v1`, as those of the environments are.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder(format!("{}/api/v1", server.url))
}

fn simple_payout() -> SimplePayoutRequest {
    SimplePayoutRequest::new(1, Decimal::from(38), BeneficiaryDetailsId::from(1))
}

fn wallet_payout() -> WalletPayoutRequest {
    WalletPayoutRequest::new(Currency::from("USD"), BeneficiaryDetailsId::from(1))
        .amount(Decimal::from(38))
}

/// An object of a sample, by its key.
fn object(path: &str, key: &str) -> JsonObject {
    let all: JsonObject = payouts_core::decode(sample(path).as_bytes()).expect("it is an object");
    all[key].decode().expect("it is an object")
}

#[tokio::test]
async fn create_simple_payout() {
    let server = serving("200 OK", "yativo/create_simple_payout.response.200.1.json").await;
    let payout = client(&server).create_simple_payout(simple_payout()).send().await;
    let payout = payout.expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/payout/simple HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    idempotency-key: [uuid]
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    content-length: 59
    ");
    check_body(&server, "yativo/create_simple_payout.request.200.1.json");
    assert_eq!(payout.status, Some(EnvelopeStatus::Success));
    let data = payout.data.as_ref().expect("there is a payout");
    assert_eq!(data.payout_id, Some(PayoutId::from("145ed2e4-178e-4347-a1ad-3b3899a06e70")));
    assert_eq!(data.amount, Some(Decimal::from(15)), "it is a string in the sample");
    assert_eq!(data.status, Some(PayoutStatus::Pending));
    let beneficiary = data.beneficiary.as_ref().expect("there is a beneficiary");
    let name = beneficiary.customer_name.as_ref().expect("there is a name");
    assert_eq!(name.expose(), "John Smith");
}

/// The newest edition leaves the beneficiary out.
#[tokio::test]
async fn create_simple_payout_of_the_newest_edition() {
    let server = serving("200 OK", "yativo/create_simple_payout.response.200.2.json").await;
    let mut request =
        SimplePayoutRequest::new(0, Decimal::from(250), BeneficiaryDetailsId::from(42));
    request.beneficiary_id = None;
    let payout = client(&server).create_simple_payout(request).await.expect("it is a success");
    check_body(&server, "yativo/create_simple_payout.request.200.2.json");
    let data = payout.data.as_ref().expect("there is a payout");
    let id = TransactionId::from("txn-a1b2c3d4-e5f6-7890-abcd-ef1234567890");
    assert_eq!(data.transaction_id, Some(id));
    assert_eq!(data.amount, Some(Decimal::new(25000, 2)));
}

#[tokio::test]
async fn create_batch_payout() {
    let server = serving("200 OK", "yativo/create_batch_payout.response.200.1.json").await;
    let item = |id, cents| {
        BatchPayoutItem::new(id, Decimal::new(cents, 2), BeneficiaryDetailsId::from(id))
    };
    let payouts = client(&server)
        .create_batch_payout(BatchPayoutRequest::new(vec![item(1, 10000), item(2, 15000)]))
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/payout/batch HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    idempotency-key: [uuid]
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    content-length: 141
    ");
    check_body(&server, "yativo/create_batch_payout.request.200.1.json");
    let Some(BatchPayoutData::BatchPayoutResults(results)) = &payouts.data else {
        panic!("it is a list: {payouts:?}");
    };
    assert_eq!(results[1].amount, Some(Decimal::from(150)));
    assert_eq!(results[1].beneficiary_id, Some(BeneficiaryId::from(2)));
}

#[tokio::test]
async fn list_payouts() {
    let server = serving("200 OK", "yativo/list_payouts.response.200.1.json").await;
    let payouts = client(&server).list_payouts().page(2).send().await.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/payout/get?page=2 HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(payouts.data.as_ref().map(Vec::len), Some(4));
    let pagination = payouts.pagination.as_ref().expect("there are pages");
    assert_eq!(pagination.total, Some(4));
    assert_eq!(pagination.next_page_url, None);
}

#[tokio::test]
async fn list_payouts_before_the_first_page() {
    let server = serving("200 OK", "yativo/list_payouts.response.200.1.json").await;
    let error = client(&server).list_payouts().page(0).await.expect_err("it is refused");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotSent));
    assert_snapshot!(error, @"list_payouts: page must be at least 1, outcome not sent");
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn get_payout() {
    let server = serving("200 OK", "yativo/get_payout.response.200.1.json").await;
    let id = PayoutId::from("79be1bfc-a3fa-4d8d-909d-c9c24d53875d");
    let payout = client(&server).get_payout(id.clone()).send().await.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/payout/fetch/79be1bfc-a3fa-4d8d-909d-c9c24d53875d HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let data = payout.data.as_ref().expect("there is a payout");
    assert_eq!(data.payout_id, Some(id));
    assert_eq!(data.beneficiary_id, Some(IntegerOrString::from("1")));
}

#[tokio::test]
async fn create_wallet_payout() {
    let server = serving("201 Created", "yativo/create_wallet_payout.response.201.1.json").await;
    let payout = client(&server).create_wallet_payout(wallet_payout()).send().await;
    let payout = payout.expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/wallet/payout HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    idempotency-key: [uuid]
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    content-length: 56
    ");
    check_body(&server, "yativo/create_wallet_payout.request.200.1.json");
    assert_eq!(payout.status(), 201);
    let data = payout.data.as_ref().expect("there is a payout");
    assert_eq!(data.debit_wallet, Some(Currency::from("USD")));
    assert_eq!(data.currency, Some(Currency::from("ARS")));
    assert_eq!(data.amount, Some(Decimal::from(17)), "it is a number in the sample");
}

#[tokio::test]
async fn create_wallet_payout_of_a_quote() {
    let server = serving("201 Created", "yativo/create_wallet_payout.response.201.6.json").await;
    let request = WalletPayoutRequest::new(Currency::from("USD"), BeneficiaryDetailsId::from(42))
        .quote_id(QuoteId::from("qte_a1b2c3d4-e5f6-7890-abcd-ef1234567890"))
        .beneficiary_id("ben-7a8b9c0d-1e2f-3a4b-5c6d-7e8f9a0b1c2d");
    let payout = client(&server).create_wallet_payout(request).await.expect("it is a success");
    check_body(&server, "yativo/create_wallet_payout.request.201.6.json");
    let data = payout.data.as_ref().expect("there is a payout");
    assert_eq!(data.exchange_rate, Some(Decimal::new(95240, 2)));
    assert_eq!(data.credit_amount.map(|it| it.to_string()).as_deref(), Some("95240.00"));
}

/// An earlier edition answers with what the processor said.
#[tokio::test]
async fn create_wallet_payout_of_an_earlier_edition() {
    let server = serving("200 OK", "yativo/create_wallet_payout.response.200.2.json").await;
    let payout = client(&server).create_wallet_payout(wallet_payout()).await;
    let payout = payout.expect("it is a success").into_inner();
    let processor = payout.data.and_then(|it| it.payout).expect("there is a payout");
    assert_eq!(processor.order_id.as_deref(), Some("7GPKFXKG"));
    assert_eq!(processor.amount, Some(Decimal::from(200)));
}

#[tokio::test]
async fn list_wallet_payouts() {
    let server = serving("200 OK", "yativo/list_payouts.response.200.1.json").await;
    let payouts = client(&server).list_wallet_payouts().page(1).send().await;
    let payouts = payouts.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/wallet/payouts?page=1 HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let first = &payouts.data.as_ref().expect("there are payouts")[0];
    assert_eq!(first.currency, Some(Currency::from("PEN")));
}

#[tokio::test]
async fn get_wallet_payout() {
    let server = serving("200 OK", "yativo/create_wallet_payout.response.200.1.json").await;
    let payout = client(&server).get_wallet_payout(PayoutId::from("p-1")).send().await;
    let payout = payout.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/wallet/payout/p-1 HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let data = payout.data.as_ref().expect("there is a payout");
    assert_eq!(data.amount, Some(Decimal::from(15)));
}

#[tokio::test]
async fn create_access_token() {
    let server = serving("200 OK", "yativo/create_access_token.response.200.1.json").await;
    // It is the one call that needs no token, and the client has none yet.
    let client = builder(&server).build().expect("the settings are right");
    let token = client
        .create_access_token(AccessTokenRequest::new("account_id".into(), "app_secret".into()))
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/auth/login HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    accept-encoding: gzip
    host: [host]
    content-length: 53
    ");
    check_body(&server, "yativo/create_access_token.request.200.1.json");
    let data = token.data.as_ref().expect("there is a token");
    assert_eq!(data.access_token.expose(), "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9...");
    assert_eq!(data.expires_in, 600);
}

#[tokio::test]
async fn refresh_access_token() {
    let server = serving("200 OK", "yativo/refresh_access_token.response.200.2.json").await;
    let token = client(&server).refresh_access_token().send().await.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/auth/refresh-token HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(token.data.as_ref().map(|it| it.expires_in), Some(600));
}

#[tokio::test]
async fn list_wallet_balances() {
    let server = serving("200 OK", "yativo/list_wallet_balances.response.200.3.json").await;
    let balances = client(&server).list_wallet_balances().currency("USD").send().await;
    let balances = balances.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/wallet/balance?currency=USD HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let balances = balances.data.as_deref().expect("there are balances");
    assert_eq!(balances[1].balance, Some(Decimal::from(35585)));
    let precision = |idx: usize| balances[idx].meta.as_ref().and_then(|it| it.precision.clone());
    assert_eq!(precision(0), precision(1), "it is a string in the first, a number in the second");
}

#[tokio::test]
async fn list_payout_methods() {
    let server = serving("200 OK", "yativo/list_payout_methods.response.200.1.json").await;
    let methods = client(&server).list_payout_methods("ARG".to_owned()).send().await;
    let methods = methods.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/payment-methods/payout?country=ARG HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let first = &methods.data.as_ref().expect("there are methods")[0];
    assert_eq!(first.id, Some(PayoutMethodId::from(3)));
    assert_eq!(first.method_name.as_deref(), Some("PayPal"));
}

#[tokio::test]
async fn get_beneficiary_form() {
    let server = serving("200 OK", "yativo/get_beneficiary_form.response.200.7.json").await;
    let form = client(&server).get_beneficiary_form(PayoutMethodId::from(42)).send().await;
    let form = form.expect("it is a success").into_inner();
    assert_snapshot!(head(&server), @"
    GET /api/v1/beneficiary/form/show/42 HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let fields = form.data.and_then(|it| it.fields).expect("there are fields");
    assert_eq!(fields[0].max_length, Some(20));
    let options = fields[1].options.as_deref().expect("there are options");
    assert_eq!(options[0].value, Some(IntegerOrString::from("001")));
}

#[tokio::test]
async fn create_beneficiary() {
    let server = serving("200 OK", "yativo/create_beneficiary.response.200.4.json").await;
    let address = CustomerAddress::new()
        .address_line_1("1st episode john doe street")
        .address_line_2("this can be null")
        .city("Ikeja")
        .county("Lagos")
        .postal_code(IntegerOrString::from(900_901));
    let beneficiary = client(&server)
        .create_beneficiary(
            BeneficiaryRequest::new()
                .recipient_type(RecipientType::Individual)
                .customer_name("John Smith")
                .customer_email("john@yativo.com")
                .country("Nigeria")
                .customer_address(address),
        )
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/beneficiaries HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    idempotency-key: [uuid]
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    content-length: 272
    ");
    check_body(&server, "yativo/create_beneficiary.request.200.1.json");
    let data = beneficiary.data.as_ref().expect("there is a beneficiary");
    assert_eq!(data.id, Some(BeneficiaryId::from(1)));
    assert_eq!(data.recipient_type, Some(RecipientType::Individual));
}

#[tokio::test]
async fn create_beneficiary_of_the_newest_edition() {
    let server = serving("201 Created", "yativo/create_beneficiary.response.201.1.json").await;
    let request = BeneficiaryRequest::new()
        .name("Maria Gonzalez")
        .email("maria.gonzalez@example.com")
        .type_(RecipientType::Individual)
        .country("CHL");
    let beneficiary = client(&server).create_beneficiary(request).await.expect("it is a success");
    check_body(&server, "yativo/create_beneficiary.request.201.1.json");
    let data = beneficiary.data.as_ref().expect("there is a beneficiary");
    let id = data.beneficiary_id.as_ref().expect("there is an id");
    assert_eq!(id.as_str(), "ben-7a8b9c0d-1e2f-3a4b-5c6d-7e8f9a0b1c2d");
}

#[tokio::test]
async fn create_beneficiary_payment_method() {
    let path = "yativo/create_beneficiary_payment_method.response.201.1.json";
    let server = serving("201 Created", path).await;
    let method = client(&server).create_beneficiary_payment_method(account_details()).send().await;
    let method = method.expect("it is a success").into_inner();
    assert_snapshot!(head(&server), @"
    POST /api/v1/beneficiaries/payment-methods HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    idempotency-key: [uuid]
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    content-length: 197
    ");
    check_body(&server, "yativo/create_beneficiary_payment_method.request.201.1.json");
    let data = method.data.expect("there is a method");
    assert_eq!(data.id, Some(BeneficiaryDetailsId::from(101)));
    let details = data.account_details.expect("there are details").into_exposed();
    assert_eq!(details["rut"].as_text(), r#""12.345.678-9""#);
}

fn account_details() -> BeneficiaryPaymentMethodRequest {
    let path = "yativo/create_beneficiary_payment_method.request.201.1.json";
    AccountDetailsRequest::new(
        BeneficiaryId::from("ben-7a8b9c0d-1e2f-3a4b-5c6d-7e8f9a0b1c2d"),
        PayoutMethodId::from(42),
        object(path, "account_details").into(),
    )
    .into()
}

#[tokio::test]
async fn create_beneficiary_payment_method_of_an_earlier_edition() {
    let path = "yativo/create_beneficiary_payment_method.response.200.1.json";
    let server = serving("200 OK", path).await;
    let path = "yativo/create_beneficiary_payment_method.request.200.1.json";
    let request = PaymentDataRequest::new()
        .gateway_id(492)
        .nickname("Arg acct")
        .currency("ARS")
        .payment_data(object(path, "payment_data"));
    let method = client(&server).create_beneficiary_payment_method(request.into()).await;
    check_body(&server, path);
    let data = method.expect("it is a success").into_inner().data.and_then(|it| it.data);
    assert_eq!(data.and_then(|it| it.id), Some(BeneficiaryDetailsId::from(7)));
}

#[tokio::test]
async fn list_beneficiary_payment_methods() {
    let path = "yativo/list_beneficiary_payment_methods.response.200.1.json";
    let server = serving("200 OK", path).await;
    let methods = client(&server).list_beneficiary_payment_methods().send().await;
    let methods = methods.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /api/v1/beneficiaries/payment-methods/all HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    let first = &methods.data.as_ref().expect("there are methods")[0];
    assert_eq!(first.id, Some(BeneficiaryDetailsId::from(12)));
    let gateway = first.gateway.as_ref().expect("there is a gateway");
    assert_eq!(gateway.method_name.as_deref(), Some("Bank Transfer"));
}

#[tokio::test]
async fn create_quote() {
    let server = serving("200 OK", "yativo/create_quote.response.200.2.json").await;
    let request =
        QuoteRequest::new(Currency::from("USD"), Currency::from("USD"), Decimal::from(406))
            .method_id(21)
            .method_type(QuoteMethodType::Payout);
    let quote = client(&server).create_quote(request).send().await.expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/exchange-rate HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    content-length: 94
    ");
    check_body(&server, "yativo/create_quote.request.200.2.json");
    let data = quote.data.as_ref().expect("there is a quote");
    assert_eq!(data.quote_id, Some(QuoteId::from("4a72ecf8-6c8a-4e38-9971-8aabe9f785ed")));
    assert_eq!(data.rate.map(|it| it.to_string()).as_deref(), Some("1.00000000"));
    let calculator = data.calculator.as_ref().expect("it was calculated");
    assert_eq!(calculator.amount_due, Some(Decimal::new(41715, 2)));
}

#[tokio::test]
async fn create_webhook() {
    let server = serving("201 Created", "yativo/create_webhook.response.201.1.json").await;
    let webhook = client(&server)
        .create_webhook(WebhookRequest::new("https://your-app.com/webhooks/yativo".into()))
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /api/v1/business/webhook HTTP/1.1
    user-agent: payouts-yativo/[version]
    accept: application/json
    content-type: application/json
    idempotency-key: [uuid]
    authorization: Bearer test-token
    accept-encoding: gzip
    host: [host]
    content-length: 46
    ");
    check_body(&server, "yativo/create_webhook.request.201.1.json");
    let data = webhook.data.as_ref().expect("there is a webhook");
    let secret = data.secret.as_ref().expect("there is a secret");
    assert_eq!(secret.expose(), "whsec_a1b2c3d4e5f6...");
}

#[tokio::test]
async fn create_simple_payout_400() {
    let path = "yativo/create_simple_payout.response.400.1.json";
    let server = serving("400 Bad Request", path).await;
    let error = client(&server).create_simple_payout(simple_payout()).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 400, Outcome::Rejected, path);
    let Some(CreateSimplePayoutError::BadRequest(body)) = error.declared() else {
        panic!("{error}");
    };
    assert_eq!(body.status, Some(EnvelopeStatus::Failed));
    let data: BTreeMap<String, Vec<String>> =
        body.data.as_ref().and_then(|it| it.decode().ok()).expect("there are texts");
    assert_eq!(data["amount"], ["The amount field is required."]);
}

fn batch() -> BatchPayoutRequest {
    let details = BeneficiaryDetailsId::from(1);
    BatchPayoutRequest::new(vec![BatchPayoutItem::new(1, Decimal::from(1), details)])
}

#[tokio::test]
async fn create_batch_payout_400() {
    let path = "yativo/create_batch_payout.response.400.1.json";
    let server = serving("400 Bad Request", path).await;
    let error = client(&server).create_batch_payout(batch()).await.expect_err("it is refused");
    check_refusal(&error, 400, Outcome::Rejected, path);
    assert!(matches!(error.declared(), Some(CreateBatchPayoutError::BadRequest(_))));
}

#[tokio::test]
async fn create_batch_payout_400_of_one() {
    let path = "yativo/create_batch_payout.response.400.2.json";
    let server = serving("400 Bad Request", path).await;
    let error = client(&server).create_batch_payout(batch()).await.expect_err("it is refused");
    check_refusal(&error, 400, Outcome::Rejected, path);
    assert!(matches!(error.declared(), Some(CreateBatchPayoutError::BadRequest(_))));
}

#[tokio::test]
async fn create_batch_payout_500() {
    let path = "yativo/create_batch_payout.response.500.1.json";
    let server = serving("500 Internal Server Error", path).await;
    let call = client(&server).create_batch_payout(batch());
    let error = call.retry(RetryPolicy::never()).await.expect_err("it fails");
    check_refusal(&error, 500, Outcome::Unknown, path);
    let Some(CreateBatchPayoutError::InternalServerError(body)) = error.declared() else {
        panic!("{error}");
    };
    assert_eq!(body.message.as_deref(), Some("Internal server error"));
    assert!(error.idempotency_key().is_some_and(is_uuid), "it can be sent again with its key");
    assert_snapshot!(error, @"create_batch_payout: 500 Internal Server Error, outcome unknown (request id r-1); reconcile with list_payouts by payouts");
}

#[tokio::test]
async fn create_wallet_payout_400() {
    let path = "yativo/create_wallet_payout.response.400.1.json";
    let server = serving("400 Bad Request", path).await;
    let error = client(&server).create_wallet_payout(wallet_payout()).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 400, Outcome::Rejected, path);
    assert!(matches!(error.declared(), Some(CreateWalletPayoutError::BadRequest(_))));
}

#[tokio::test]
async fn create_beneficiary_payment_method_401() {
    let path = "yativo/create_beneficiary_payment_method.response.401.1.json";
    let server = serving("401 Unauthorized", path).await;
    let error = client(&server).create_beneficiary_payment_method(account_details()).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 401, Outcome::Rejected, path);
    let Some(CreateBeneficiaryPaymentMethodError::Unauthorized(body)) = error.declared() else {
        panic!("{error}");
    };
    assert_eq!(body.message.as_deref(), Some("Unauthenticated."));
}

#[tokio::test]
async fn any_operation_422() {
    for path in ["yativo/error.response.422.1.json", "yativo/error.response.422.2.json"] {
        let server = serving("422 Unprocessable Content", path).await;
        let error = client(&server).create_simple_payout(simple_payout()).await;
        let error = error.expect_err("it is refused");
        check_refusal(&error, 422, Outcome::Rejected, path);
        let Some(CreateSimplePayoutError::UnprocessableContent(body)) = error.declared() else {
            panic!("{error}");
        };
        assert_eq!(body.status_code, Some(422));
    }
}

/// The status of this body is not documented.
#[tokio::test]
async fn any_operation_without_its_key() {
    let path = "yativo/error.response.default.1.json";
    let server = serving("428 Precondition Required", path).await;
    let request = WebhookRequest::new("https://example.com".into());
    let error = client(&server).create_webhook(request).await.expect_err("it is refused");
    check_refusal(&error, 428, Outcome::Rejected, path);
    let Some(CreateWebhookError::Other(body)) = error.declared() else { panic!("{error}") };
    let expected = "Idempotency-Key is required for this request.";
    assert_eq!(body.error.as_deref(), Some(expected));
}

#[tokio::test]
async fn every_call_has_a_key_of_its_own() {
    let server = serving("200 OK", "yativo/create_simple_payout.response.200.1.json").await;
    let client = client(&server);
    let first = client.create_simple_payout(simple_payout()).await.expect("it is a success");
    let second = client.create_simple_payout(simple_payout()).await.expect("it is a success");
    let received = server.received();
    let sent: Vec<_> = received.iter().map(|it| it.header("idempotency-key")).collect();
    assert!(sent.iter().flatten().all(|it| is_uuid(it)), "{sent:?}");
    assert_ne!(sent[0], sent[1]);
    assert_eq!(sent[0].as_deref(), first.idempotency_key());
    assert_eq!(sent[1].as_deref(), second.idempotency_key());
    assert_eq!(received[0].connection, received[1].connection, "connections are used again");
}

#[tokio::test]
async fn a_given_key_is_sent() {
    let server = serving("201 Created", "yativo/create_wallet_payout.response.201.1.json").await;
    let client = client(&server);
    let call = client.create_wallet_payout(wallet_payout()).idempotency_key("run-7.1");
    let payout = call.await.expect("it is a success");
    assert_eq!(server.only().header("idempotency-key").as_deref(), Some("run-7.1"));
    assert_eq!(payout.idempotency_key(), Some("run-7.1"));
}

#[tokio::test]
async fn a_quote_has_a_key_only_if_it_is_given() {
    let server = serving("200 OK", "yativo/create_quote.response.200.2.json").await;
    let request = QuoteRequest::new("USD".into(), "USD".into(), Decimal::from(1));
    client(&server)
        .create_quote(request)
        .idempotency_key("run-7.2")
        .await
        .expect("it is a success");
    assert_eq!(server.only().header("idempotency-key").as_deref(), Some("run-7.2"));
}

#[tokio::test]
async fn nothing_but_a_token_is_asked_without_a_token() {
    let server = serving("200 OK", "yativo/create_simple_payout.response.200.1.json").await;
    let client = builder(&server).build().expect("the settings are right");
    let error = client.create_simple_payout(simple_payout()).await;
    check_no_credential(
        &error.expect_err("there is no token"),
        "create_simple_payout: no credential, set account_id and app_secret, or access_token, outcome not sent",
    );
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn a_token_is_fetched_with_the_documented_exchange() {
    let token = sample("yativo/create_access_token.response.200.1.json");
    let payout = sample("yativo/create_simple_payout.response.200.1.json");
    let server = Server::answering(move |idx, _| match idx {
        0 => server::json("200 OK", &token),
        _ => server::json("200 OK", &payout),
    })
    .await;
    let client = builder(&server).account_id("acct_1").app_secret("s").build();
    let client = client.expect("the settings are right");
    client.create_simple_payout(simple_payout()).await.expect("it is a success");
    client.create_simple_payout(simple_payout()).await.expect("it is a success");

    let received = server.received();
    let lines: Vec<_> = received.iter().map(|it| it.line()).collect();
    let payout = "POST /api/v1/payout/simple";
    assert_eq!(lines, ["POST /api/v1/auth/login", payout, payout]);
    assert_eq!(received[0].body, br#"{"account_id":"acct_1","app_secret":"s"}"#);
    assert_eq!(received[0].header("authorization"), None);
    let text = sample("yativo/create_access_token.response.200.1.json");
    for request in &received[1..] {
        let sent = request.header("authorization").expect("there is a token");
        let token = sent.strip_prefix("Bearer ").expect("it is a bearer token");
        assert!(text.contains(&format!("\"{token}\"")), "{token}");
    }
}

/// The client has a token, but the call that asks for one must not send it.
#[tokio::test]
async fn a_token_is_asked_for_without_a_token() {
    let server = serving("200 OK", "yativo/create_access_token.response.200.1.json").await;
    let request = AccessTokenRequest::new("a".into(), "s".into());
    client(&server).create_access_token(request).await.expect("it is a success");
    assert_eq!(server.only().header("authorization"), None);
}

#[tokio::test]
async fn environments() {
    assert_eq!(host_of(Environment::Production).await, "api.yativo.com:443");
    assert_eq!(host_of(Environment::Sandbox).await, "smtp.yativo.com:443");
}

#[tokio::test]
async fn no_id_reaches_another_operation() {
    let server = Server::start(server::json("200 OK", "{}")).await;
    let client = client(&server);
    for id in UNSAFE_SEGMENTS {
        let error = client.get_payout(PayoutId::from(id)).await.expect_err("it is refused");
        check_unsafe_segment(&error, "payout_id");
        let error = client.get_wallet_payout(PayoutId::from(id)).await.expect_err("it is refused");
        check_unsafe_segment(&error, "payout_id");
        let error = client.get_beneficiary_form(PayoutMethodId::from(id)).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "payment_method_id");
    }
    assert_eq!(server.received(), []);
    client.get_payout(PayoutId::from("../simple")).await.expect("it is a success");
    assert_eq!(server.only().line(), "GET /api/v1/payout/fetch/..%2Fsimple");
}

/// Members that the spec does not know can be sent.
#[tokio::test]
async fn additional_members_are_sent() {
    let server = serving("200 OK", "yativo/create_simple_payout.response.200.1.json").await;
    let text = Json::from_text("1.10").expect("it is JSON");
    let request = simple_payout().additional(JsonObject::from([("fee".to_owned(), text)]));
    client(&server).create_simple_payout(request).await.expect("it is a success");
    assert_eq!(
        body(&server),
        r#"{"beneficiary_id":1,"amount":38,"beneficiary_details_id":1,"fee":1.10}"#
    );
}
