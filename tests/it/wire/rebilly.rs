//! Rebilly: every operation, its credentials and its errors.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use payouts_rebilly::{
    AccountNumberType, AllocationId, AllocationProcessingRequest, AllocationRequest,
    AllocationStatus, AllocationTargetStatus, AllocationUpdate, AlternativeInstrumentRequest,
    AlternativePaymentMethod, AutoAllocationRequest, BankAccountRequest, BankAccountType,
    BlockReason, CancelPayoutRequestError, CanceledBy, CardBrand, CardTokenDetails,
    CardTokenRequest, Client, ClientBuilder, ContactEmail, ContactPhoneNumber, ContactRequest,
    CreatePayoutRequestError, Currency, CustomerId, CustomerRequest, Date, Decimal, Environment,
    ErrorKind, GatewayAccountId, GatewayName, GetPayoutRequestError, Json, LeadSourceRequest,
    Outcome, Patch, PaymentInstrument, PaymentInstrumentId, PaymentInstrumentRequest,
    PaymentMethod, PaymentTokenId, PaymentTokenMethod, PaymentTokenRequest,
    PayoutRequestCancellation, PayoutRequestDraft, PayoutRequestId, PayoutRequestStatus,
    PayoutRequestTargetStatus, PayoutRequestUpdate, RetryPolicy, RiskMetadataRequest,
    Server as BaseUrl, TokenInstrumentRequest, UpdatePayoutRequestError, WebsiteId,
};
use payouts_tests::server::{self, Server};

use super::{
    UNSAFE_SEGMENTS, body, check_body, check_body_without, check_no_credential, check_refusal,
    check_unsafe_segment, head, host_of, serving, serving_nothing,
};

const REQUEST_ID: &str = "pout_req_0YVDMDE2BMC6KBB5MX76RF6T80";
const ALLOCATION_ID: &str = "pra_0YVDMDE2BMC6KBB5MX76RF6T80";

fn client(server: &Server) -> Client {
    builder(server).secret_api_key("sk_test").build().expect("the settings are right")
}

/// A server below `/organizations/<id>`, as those of the environments are.
fn builder(server: &Server) -> ClientBuilder {
    let template = format!("{}/organizations/{{organizationId}}", server.url);
    Client::builder(BaseUrl::new(&template, &[("organizationId", "org-1")]))
}

fn request_id() -> PayoutRequestId {
    PayoutRequestId::from(REQUEST_ID)
}

fn allocation_id() -> AllocationId {
    AllocationId::from(ALLOCATION_ID)
}

fn customer_id() -> CustomerId {
    CustomerId::from("cus_0YV7DDSDD1C8DA64KHH2W33CPF")
}

fn instrument_id() -> PaymentInstrumentId {
    PaymentInstrumentId::from("inst_0YVB8KPKNXCBR9EDX7JHSED75N")
}

fn draft(currency: &str, amount: Decimal) -> PayoutRequestDraft {
    PayoutRequestDraft::new(
        WebsiteId::from("web_0YV7DE4Z26DQSA1AC92FBJ7SEG"),
        customer_id(),
        Currency::from(currency),
        amount,
    )
}

#[tokio::test]
async fn list_payout_requests() {
    let path = "rebilly/constructed/list_payout_requests.response.200.90.json";
    let server = serving("200 OK", path).await;
    let requests = client(&server)
        .list_payout_requests()
        .limit(2)
        .offset(4)
        .filter("customerId:cus_1;amount:10..20")
        .sort(vec!["-createdTime".to_owned(), "id".to_owned()])
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /organizations/org-1/payout-requests?limit=2&offset=4&filter=customerId%3Acus_1%3Bamount%3A10..20&sort=-createdTime,id HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(requests[0].id, Some(request_id()));
    assert_eq!(requests[0].amount, Some(Decimal::new(15025, 2)));
    assert_eq!(requests[0].status, Some(PayoutRequestStatus::InProgress));
    let allocations = requests[0].allocations.as_deref().expect("there are allocations");
    assert_eq!(allocations[0].gateway_name, Some(GatewayName::TestProcessor));
}

#[tokio::test]
async fn list_payout_requests_of_nobody() {
    let path = "rebilly/constructed/list_payout_requests.response.200.91.json";
    let server = serving("200 OK", path).await;
    let requests = client(&server).list_payout_requests().await.expect("it is a success");
    assert_eq!(server.only().line(), "GET /organizations/org-1/payout-requests");
    assert!(requests.is_empty());
}

#[tokio::test]
async fn create_payout_request() {
    let server = serving("201 Created", "rebilly/create_payout_request.response.201.json").await;
    let request = client(&server)
        .create_payout_request(
            draft("USD", Decimal::new(1, 1))
                .payment_instrument_id(instrument_id())
                .description("string")
                .selected_payment_instrument_redirect_url(
                    "https://example.com/payout-request-success?id={{id}}",
                ),
        )
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/payout-requests HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 295
    ");
    check_body(&server, "rebilly/create_payout_request.request.201.json");
    assert_eq!(request.id, Some(request_id()));
    assert_eq!(request.amount, Some(Decimal::new(1, 1)));
    assert_eq!(request.status, Some(PayoutRequestStatus::Pending));
}

#[tokio::test]
async fn create_payout_request_with_required_members_only() {
    let path = "rebilly/constructed/create_payout_request.response.201.90.json";
    let server = serving("201 Created", path).await;
    let request = client(&server).create_payout_request(draft("USD", Decimal::new(15025, 2))).await;
    check_body(&server, "rebilly/constructed/create_payout_request.request.201.90.json");
    let request = request.expect("it is a success");
    assert_eq!(request.status, Some(PayoutRequestStatus::PartiallyFulfilled));
}

#[tokio::test]
async fn create_payout_request_on_hold() {
    let path = "rebilly/constructed/create_payout_request.response.201.91.json";
    let server = serving("201 Created", path).await;
    let request = client(&server)
        .create_payout_request(
            draft("CAD", Decimal::from(4000))
                .blocked(true)
                .block_reason(BlockReason::KycVerificationRequired)
                .selected_payment_instrument_redirect_url(
                    "https://example.com/payout-request-success",
                ),
        )
        .await
        .expect("it is a success");
    check_body_without(
        &server,
        "rebilly/constructed/create_payout_request.request.201.91.json",
        &["paymentInstrumentId", "description"],
    );
    let reason = request.cancellation_reason.as_ref().expect("there is a reason");
    assert_eq!(reason.canceled_by, Some(CanceledBy::Customer));
}

#[tokio::test]
async fn get_payout_request() {
    let path = "rebilly/constructed/get_payout_request.response.200.90.json";
    let server = serving("200 OK", path).await;
    let request = client(&server).get_payout_request(request_id()).send().await;
    let request = request.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /organizations/org-1/payout-requests/pout_req_0YVDMDE2BMC6KBB5MX76RF6T80 HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(request.available_amount, Some(Decimal::new(10025, 2)));
    assert_eq!(request.description, None);
    let allocations = request.allocations.as_deref().expect("there are allocations");
    assert_eq!(allocations[0].status, Some(AllocationStatus::Completed));
}

#[tokio::test]
async fn get_payout_request_as_published() {
    let server = serving("200 OK", "rebilly/get_payout_request.response.200.json").await;
    let request = client(&server).get_payout_request(request_id()).await.expect("it is a success");
    assert_eq!(request.unallocated_amount, Some(Decimal::from(0)));
}

#[tokio::test]
async fn upsert_payout_request() {
    let path = "rebilly/constructed/update_payout_request.response.200.90.json";
    let server = serving("201 Created", path).await;
    let request = client(&server)
        .upsert_payout_request(
            request_id(),
            draft("EUR", Decimal::new(755, 1))
                .payment_instrument_id(instrument_id())
                .description("Weekly payout")
                .selected_payment_instrument_redirect_url(
                    "https://example.com/payout-request-success",
                ),
        )
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    PUT /organizations/org-1/payout-requests/pout_req_0YVDMDE2BMC6KBB5MX76RF6T80 HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 293
    ");
    check_body(&server, "rebilly/constructed/upsert_payout_request.request.200.90.json");
    assert_eq!(request.status(), 201);
    assert_eq!(request.status, Some(PayoutRequestStatus::Approved));
}

async fn updating() -> Server {
    serving("200 OK", "rebilly/constructed/update_payout_request.response.200.90.json").await
}

#[tokio::test]
async fn update_payout_request() {
    let server = updating().await;
    let update = PayoutRequestUpdate::new().status(PayoutRequestTargetStatus::Approved);
    let request = client(&server).update_payout_request(request_id(), update).send().await;
    let request = request.expect("it is a success");
    assert_snapshot!(head(&server), @"
    PATCH /organizations/org-1/payout-requests/pout_req_0YVDMDE2BMC6KBB5MX76RF6T80 HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 21
    ");
    check_body(&server, "rebilly/constructed/update_payout_request.request.200.91.json");
    assert_eq!(request.status, Some(PayoutRequestStatus::Approved));
}

#[tokio::test]
async fn update_payout_request_to_ready() {
    let server = updating().await;
    let update = PayoutRequestUpdate::new().status(PayoutRequestTargetStatus::Ready);
    client(&server).update_payout_request(request_id(), update).await.expect("it is a success");
    check_body(&server, "rebilly/constructed/update_payout_request.request.200.90.json");
}

#[tokio::test]
async fn update_payout_request_to_canceled() {
    let server = updating().await;
    let update = PayoutRequestUpdate::new()
        .status(PayoutRequestTargetStatus::Canceled)
        .canceled_by(CanceledBy::Merchant)
        .cancellation_description("Requested by support");
    client(&server).update_payout_request(request_id(), update).await.expect("it is a success");
    check_body(&server, "rebilly/constructed/update_payout_request.request.200.92.json");
}

#[tokio::test]
async fn update_payout_request_sets() {
    let server = updating().await;
    let update = PayoutRequestUpdate::new()
        .blocked(true)
        .block_reason(BlockReason::AmlReview)
        .block_description("Manual review opened");
    client(&server).update_payout_request(request_id(), update).await.expect("it is a success");
    check_body(&server, "rebilly/constructed/update_payout_request.request.200.93.json");
}

#[tokio::test]
async fn update_payout_request_clears() {
    let server = updating().await;
    let update = PayoutRequestUpdate::new().blocked(false).block_reason(Patch::Clear);
    client(&server).update_payout_request(request_id(), update).await.expect("it is a success");
    check_body(&server, "rebilly/constructed/update_payout_request.request.200.94.json");
}

#[tokio::test]
async fn update_payout_request_keeps() {
    let server = updating().await;
    let update = PayoutRequestUpdate::new().description(Patch::Keep);
    client(&server).update_payout_request(request_id(), update).await.expect("it is a success");
    assert_eq!(body(&server), "{}");
}

#[tokio::test]
async fn cancel_payout_request() {
    let path = "rebilly/constructed/cancel_payout_request.response.200.90.json";
    let server = serving("200 OK", path).await;
    let cancellation = PayoutRequestCancellation::new()
        .canceled_by(CanceledBy::Merchant)
        .description("Duplicate request");
    let request = client(&server).cancel_payout_request(request_id(), cancellation).send().await;
    let request = request.expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/payout-requests/pout_req_0YVDMDE2BMC6KBB5MX76RF6T80/cancel HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 59
    ");
    check_body(&server, "rebilly/constructed/cancel_payout_request.request.200.90.json");
    assert_eq!(request.status, Some(PayoutRequestStatus::Canceled));
    let reason = request.cancellation_reason.as_ref().expect("there is a reason");
    assert_eq!(reason.description.as_deref(), Some("Duplicate request"));
}

#[tokio::test]
async fn list_payout_request_allocations() {
    let path = "rebilly/constructed/list_payout_request_allocations.response.200.90.json";
    let server = serving("200 OK", path).await;
    let allocations = client(&server)
        .list_payout_request_allocations()
        .limit(2)
        .offset(4)
        .filter("payoutRequestId:1")
        .sort(vec!["-amount".to_owned()])
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /organizations/org-1/payout-request-allocations?limit=2&offset=4&filter=payoutRequestId%3A1&sort=-amount HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(allocations.len(), 2);
    assert_eq!(allocations[0].payment_method, Some(PaymentMethod::PaymentCard));
    assert_eq!(allocations[1].transaction_id, None);
}

#[tokio::test]
async fn create_payout_request_allocation() {
    let path = "rebilly/constructed/create_payout_request_allocation.response.201.90.json";
    let server = serving("201 Created", path).await;
    let allocation = client(&server)
        .create_payout_request_allocation(AllocationRequest::new(
            request_id(),
            instrument_id(),
            GatewayAccountId::from("gw_acc_0YVCXMF26DDNKAERE5NW727S34"),
            Decimal::from(50),
        ))
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/payout-request-allocations HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 180
    ");
    check_body(&server, "rebilly/constructed/create_payout_request_allocation.request.201.90.json");
    assert_eq!(allocation.id, Some(allocation_id()));
    assert_eq!(allocation.exposure_amount, Some(Decimal::from(2)));
}

#[tokio::test]
async fn auto_allocate_payout_request() {
    let server = serving_nothing("204 No Content").await;
    let answer = client(&server)
        .auto_allocate_payout_request(AutoAllocationRequest::new(request_id()))
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/payout-request-allocations/auto HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 57
    ");
    check_body(&server, "rebilly/constructed/auto_allocate_payout_request.request.204.90.json");
    assert_eq!(answer.status(), 204);
}

#[tokio::test]
async fn process_payout_request_allocations() {
    let server = serving_nothing("204 No Content").await;
    let answer = client(&server)
        .process_payout_request_allocations(AllocationProcessingRequest::new(vec![allocation_id()]))
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/payout-request-allocations/process HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 52
    ");
    check_body(
        &server,
        "rebilly/constructed/process_payout_request_allocations.request.204.90.json",
    );
    assert_eq!(answer.status(), 204);
}

#[tokio::test]
async fn no_allocations_are_not_processed() {
    let server = serving_nothing("204 No Content").await;
    let nothing = AllocationProcessingRequest::new(vec![]);
    let error = client(&server).process_payout_request_allocations(nothing).await;
    let error = error.expect_err("it is refused");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotSent));
    assert_snapshot!(error, @"process_payout_request_allocations: allocation_ids must be at least 1 item, outcome not sent");
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn get_payout_request_allocation() {
    let path = "rebilly/constructed/create_payout_request_allocation.response.201.90.json";
    let server = serving("200 OK", path).await;
    let allocation = client(&server).get_payout_request_allocation(allocation_id()).send().await;
    let allocation = allocation.expect("it is a success");
    assert_snapshot!(head(&server), @"
    GET /organizations/org-1/payout-request-allocations/pra_0YVDMDE2BMC6KBB5MX76RF6T80 HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    ");
    assert_eq!(body(&server), "");
    assert_eq!(allocation.status, Some(AllocationStatus::Pending));
}

#[tokio::test]
async fn update_payout_request_allocation() {
    let path = "rebilly/constructed/create_payout_request_allocation.response.201.90.json";
    let server = serving("200 OK", path).await;
    let update = AllocationUpdate::new(AllocationTargetStatus::Canceled);
    let allocation =
        client(&server).update_payout_request_allocation(allocation_id(), update).send().await;
    let allocation = allocation.expect("it is a success");
    assert_snapshot!(head(&server), @"
    PATCH /organizations/org-1/payout-request-allocations/pra_0YVDMDE2BMC6KBB5MX76RF6T80 HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 21
    ");
    check_body(&server, "rebilly/constructed/update_payout_request_allocation.request.200.90.json");
    assert_eq!(allocation.id, Some(allocation_id()));
}

fn franklin() -> ContactRequest {
    ContactRequest::new()
        .first_name("Benjamin")
        .last_name("Franklin")
        .address("36 Craven St")
        .country("GB")
        .postal_code("WC2N 5NF")
}

fn custom_fields() -> BTreeMap<String, Json> {
    let bar = Json::from_text(r#""bar""#).expect("it is JSON");
    BTreeMap::from([("foo".to_owned(), bar)])
}

#[tokio::test]
async fn create_customer() {
    // No answer is documented as a sample.
    let answer =
        r#"{"id": "cus_1", "revision": 1, "averageValue": {"currency": "USD", "amount": 1.10}}"#;
    let server = Server::start(server::json("201 Created", answer)).await;
    let phone = ContactPhoneNumber::new("main".into(), "1-512-777-0269".into()).primary(true);
    let email = ContactEmail::new("main".into(), "rebilly@example.com".into()).primary(true);
    let address = franklin()
        .city("Austin")
        .region("Texas")
        .phone_numbers(vec![phone])
        .emails(vec![email])
        .dob(Date::new(1980, 4, 1).expect("it is a date"));
    let customer = client(&server)
        .create_customer(
            CustomerRequest::new()
                .website_id("web_0YV7DE4Z26DQSA1AC92FBJ7SEG")
                .primary_address(address)
                .custom_fields(custom_fields()),
        )
        .send()
        .await
        .expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/customers HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 402
    ");
    check_body_without(
        &server,
        "rebilly/constructed/create_customer.request.201.90.json",
        &["preferredPayoutInstrumentId"],
    );
    assert_eq!(customer.id, Some(CustomerId::from("cus_1")));
    let value = customer.average_value.as_ref().expect("there is a value");
    assert_eq!(value.amount, Some(Decimal::new(110, 2)));
}

fn token_request() -> PaymentTokenRequest {
    let details = CardTokenDetails::new(0.into(), 0.into()).pan("string").cvv("string");
    let address = franklin()
        .organization("Rebilly")
        .address2("string")
        .city("Austin")
        .region("Texas")
        .dob(Date::new(1980, 4, 1).expect("it is a date"))
        .job_title("CEO");
    let risk =
        RiskMetadataRequest::new().ip_address("93.92.91.90").fingerprint("pIUt3xbgX3l9g3YDiLbx");
    let source = LeadSourceRequest::new()
        .medium("string")
        .source("string")
        .campaign("string")
        .term("string")
        .content("string")
        .affiliate("string")
        .sub_affiliate("string")
        .sales_agent("string")
        .click_id("string")
        .path("string")
        .referrer("string");
    CardTokenRequest::new(PaymentTokenMethod::PaymentCard, details)
        .billing_address(address)
        .risk_metadata(risk)
        .lead_source(source)
        .into()
}

#[tokio::test]
async fn create_payment_token() {
    let server = serving("201 Created", "rebilly/create_payment_token.response.201.json").await;
    let token = client(&server).create_payment_token(token_request()).send().await;
    let token = token.expect("it is a success");
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/tokens HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 652
    ");
    check_body_without(&server, "rebilly/create_payment_token.request.201.json", &["id"]);
    assert_eq!(token.method, Some(PaymentTokenMethod::PaymentCard));
    let details = token.payment_instrument.as_ref().expect("there are details");
    assert_eq!(details.expose().brand, Some(CardBrand::Visa));
}

async fn creating_an_instrument() -> Server {
    serving("201 Created", "rebilly/create_payment_instrument.response.201.json").await
}

#[tokio::test]
async fn create_payment_instrument() {
    let server = creating_an_instrument().await;
    let request = TokenInstrumentRequest::new(customer_id(), PaymentTokenId::from("string"))
        .custom_fields(custom_fields())
        .use_as_backup(false);
    let instrument = client(&server).create_payment_instrument(request.into()).send().await;
    let instrument = instrument.expect("it is a success").into_inner();
    assert_snapshot!(head(&server), @"
    POST /organizations/org-1/payment-instruments HTTP/1.1
    user-agent: payouts-rebilly/[version]
    accept: application/json
    content-type: application/json
    reb-apikey: sk_test
    accept-encoding: gzip
    host: [host]
    content-length: 113
    ");
    check_body(&server, "rebilly/create_payment_instrument.request.201.json");
    let PaymentInstrument::PaymentCard(card) = instrument else { panic!("it is a card") };
    assert_eq!(card.id, Some(instrument_id()));
    let address = card.billing_address.expect("there is an address").into_exposed();
    assert_eq!(address.last_name.expect("there is a name").expose(), "Franklin");
}

#[tokio::test]
async fn create_payment_instrument_of_a_bank_account() {
    let server = creating_an_instrument().await;
    let request = BankAccountRequest::new(
        PaymentMethod::Ach,
        customer_id(),
        AccountNumberType::Bban,
        "1234567890".into(),
        franklin().into(),
    )
    .routing_number("123456789")
    .account_type(BankAccountType::Checking)
    .bank_name("Example Bank");
    client(&server).create_payment_instrument(request.into()).await.expect("it is a success");
    check_body(&server, "rebilly/constructed/create_payment_instrument.request.201.90.json");
}

#[tokio::test]
async fn create_payment_instrument_of_an_iban() {
    let server = creating_an_instrument().await;
    let request = BankAccountRequest::new(
        PaymentMethod::Ach,
        customer_id(),
        AccountNumberType::Iban,
        "DE89370400440532013000".into(),
        franklin().into(),
    )
    .bic("DEUTDE8LXXX");
    client(&server).create_payment_instrument(request.into()).await.expect("it is a success");
    check_body(&server, "rebilly/constructed/create_payment_instrument.request.201.91.json");
}

#[tokio::test]
async fn create_payment_instrument_of_another_method() {
    let server = creating_an_instrument().await;
    let request = AlternativeInstrumentRequest::new(
        AlternativePaymentMethod::InteracETransfer,
        customer_id(),
        franklin().into(),
    );
    client(&server).create_payment_instrument(request.into()).await.expect("it is a success");
    check_body(&server, "rebilly/constructed/create_payment_instrument.request.201.92.json");
}

/// The provider answers 303 for an instrument that it knows already.
#[tokio::test]
async fn create_payment_instrument_303() {
    let path = "rebilly/create_payment_instrument.response.201.json";
    let server = serving("303 See Other", path).await;
    let request = TokenInstrumentRequest::new(customer_id(), PaymentTokenId::from("t"));
    let instrument = client(&server).create_payment_instrument(request.into()).await;
    assert_eq!(instrument.expect("it is a success").status(), 303);
    server.only();
}

#[tokio::test]
async fn create_payout_request_422() {
    let path = "rebilly/constructed/create_payout_request.response.422.90.json";
    let server = serving("422 Unprocessable Content", path).await;
    let error = client(&server).create_payout_request(draft("USD", Decimal::from(1))).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 422, Outcome::Rejected, path);
    let Some(CreatePayoutRequestError::UnprocessableContent(problem)) = error.declared() else {
        panic!("{error}");
    };
    let fields = problem.invalid_fields.as_deref().expect("there are fields");
    assert_eq!(fields.len(), 3);
    assert_eq!(fields[1].field.as_deref(), Some("subObject.field2"));
}

#[tokio::test]
async fn create_payout_request_429() {
    let path = "rebilly/constructed/create_payout_request.response.429.90.json";
    let server = serving("429 Too Many Requests", path).await;
    let call = client(&server).create_payout_request(draft("USD", Decimal::from(1)));
    let error = call.retry(RetryPolicy::never()).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 429, Outcome::Rejected, path);
    let Some(CreatePayoutRequestError::TooManyRequests(problem)) = error.declared() else {
        panic!("{error}");
    };
    assert_eq!(problem.title.as_deref(), Some("Rate Limit Exceeded"));
}

#[tokio::test]
async fn get_payout_request_404() {
    let path = "rebilly/constructed/get_payout_request.response.404.90.json";
    let server = serving("404 Not Found", path).await;
    let error = client(&server).get_payout_request(request_id()).await.expect_err("it fails");
    check_refusal(&error, 404, Outcome::Rejected, path);
    let Some(GetPayoutRequestError::NotFound(problem)) = error.declared() else {
        panic!("{error}");
    };
    assert_eq!(problem.status, Some(404));
}

/// 409 is documented for changes, so there it is no riddle.
#[tokio::test]
async fn cancel_payout_request_409() {
    let path = "rebilly/constructed/get_payout_request.response.404.90.json";
    let server = serving("409 Conflict", path).await;
    let cancellation = PayoutRequestCancellation::new();
    let error = client(&server).cancel_payout_request(request_id(), cancellation).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 409, Outcome::Rejected, path);
    assert!(matches!(error.declared(), Some(CancelPayoutRequestError::Conflict(_))));
}

#[tokio::test]
async fn create_payout_request_409() {
    let path = "rebilly/constructed/get_payout_request.response.404.90.json";
    let server = serving("409 Conflict", path).await;
    let error = client(&server).create_payout_request(draft("USD", Decimal::from(1))).await;
    let error = error.expect_err("it fails");
    check_refusal(&error, 409, Outcome::Unknown, path);
    assert!(matches!(error.declared(), Some(CreatePayoutRequestError::Undocumented)));
    assert_snapshot!(error, @"create_payout_request: 409 Conflict, outcome unknown (request id r-1); reconcile with list_payout_requests by customerId");
}

#[tokio::test]
async fn update_payout_request_401() {
    let path = "rebilly/constructed/get_payout_request.response.404.90.json";
    let server = serving("401 Unauthorized", path).await;
    let update = PayoutRequestUpdate::new();
    let error = client(&server).update_payout_request(request_id(), update).await;
    let error = error.expect_err("it is refused");
    check_refusal(&error, 401, Outcome::Rejected, path);
    assert!(matches!(error.declared(), Some(UpdatePayoutRequestError::Unauthorized(_))));
}

/// The headers that authorise, of the one request that came.
#[track_caller]
fn credentials(server: &Server) -> Vec<(String, String)> {
    let is_credential = |name: &str| matches!(name, "authorization" | "reb-apikey");
    server.only().headers().into_iter().filter(|(name, _)| is_credential(name)).collect()
}

#[track_caller]
fn check_credentials(server: &Server, name: &str, value: &str) {
    assert_eq!(credentials(server), [(name.to_owned(), value.to_owned())]);
}

#[tokio::test]
async fn a_key_goes_into_its_header() {
    let server = updating().await;
    client(&server).get_payout_request(request_id()).await.expect("it is a success");
    check_credentials(&server, "reb-apikey", "sk_test");
}

#[tokio::test]
async fn a_jwt_will_do() {
    let server = updating().await;
    let client = builder(&server).jwt("eyJ.e30.x").build().expect("the settings are right");
    client.get_payout_request(request_id()).await.expect("it is a success");
    check_credentials(&server, "authorization", "Bearer eyJ.e30.x");
}

#[tokio::test]
async fn of_key_and_jwt_the_key_is_sent() {
    let server = updating().await;
    let client = builder(&server).secret_api_key("sk").jwt("j").publishable_api_key("pk");
    let client = client.build().expect("the settings are right");
    client.get_payout_request(request_id()).await.expect("it is a success");
    check_credentials(&server, "reb-apikey", "sk");
}

#[tokio::test]
async fn a_publishable_key_makes_tokens() {
    let server = serving("201 Created", "rebilly/create_payment_token.response.201.json").await;
    let client = builder(&server).publishable_api_key("pk").build();
    let client = client.expect("the settings are right");
    client.create_payment_token(token_request()).await.expect("it is a success");
    check_credentials(&server, "authorization", "pk");
}

#[tokio::test]
async fn a_publishable_key_does_not_pay() {
    let server = updating().await;
    let client = builder(&server).publishable_api_key("pk").build();
    let client = client.expect("the settings are right");
    let error = client.create_payout_request(draft("USD", Decimal::from(1))).await;
    check_no_credential(
        &error.expect_err("the key is not the right one"),
        "create_payout_request: no credential, set secret_api_key, or jwt, outcome not sent",
    );
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn environments() {
    let organization_id = "org-1".to_owned();
    let live = Environment::Live { organization_id: organization_id.clone() };
    assert_eq!(host_of(live).await, "api.rebilly.com:443");
    let sandbox = Environment::Sandbox { organization_id };
    assert_eq!(host_of(sandbox).await, "api-sandbox.rebilly.com:443");
}

#[test]
fn an_organization_reaches_no_other() {
    for id in UNSAFE_SEGMENTS {
        let environment = Environment::Live { organization_id: id.to_owned() };
        let error = Client::builder(environment).build().expect_err("it is refused");
        assert_eq!(error.setting(), "server");
        assert_eq!(
            error.to_string(),
            "`server` has a variable `organizationId` with a value that cannot be there"
        );
    }
}

#[tokio::test]
async fn an_organization_is_encoded() {
    let server = updating().await;
    let template = format!("{}/organizations/{{organizationId}}", server.url);
    let base_url = BaseUrl::new(&template, &[("organizationId", "../a?b#c")]);
    let client = Client::builder(base_url).jwt("j").build();
    let client = client.expect("the settings are right");
    client.get_payout_request(PayoutRequestId::from("1")).await.expect("it is a success");
    assert_eq!(server.only().line(), "GET /organizations/..%2Fa%3Fb%23c/payout-requests/1");
}

#[tokio::test]
async fn no_id_reaches_another_operation() {
    let server = updating().await;
    let client = client(&server);
    for id in UNSAFE_SEGMENTS {
        let request_id = PayoutRequestId::from(id);
        let allocation_id = AllocationId::from(id);
        let error = client.get_payout_request(request_id.clone()).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "id");
        let draft = draft("USD", Decimal::from(1));
        let error = client.upsert_payout_request(request_id.clone(), draft).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "id");
        let update = PayoutRequestUpdate::new();
        let error = client.update_payout_request(request_id.clone(), update).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "id");
        let error =
            client.cancel_payout_request(request_id, PayoutRequestCancellation::new()).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "id");
        let error = client.get_payout_request_allocation(allocation_id.clone()).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "id");
        let update = AllocationUpdate::new(AllocationTargetStatus::Processing);
        let error = client.update_payout_request_allocation(allocation_id, update).await;
        check_unsafe_segment(&error.expect_err("it is refused"), "id");
    }
    assert_eq!(server.received(), []);
}

/// The body of a union that nobody has listed yet is sent as it is.
#[tokio::test]
async fn an_unrecognized_instrument_is_sent_as_it_is() {
    let server = creating_an_instrument().await;
    let text = r#"{"method": "new-method", "limit": 12345678901234567890.10}"#;
    let request = Json::from_text(text).expect("it is JSON");
    client(&server)
        .create_payment_instrument(PaymentInstrumentRequest::Unrecognized(request))
        .await
        .expect("it is a success");
    assert_eq!(body(&server), text);
}
