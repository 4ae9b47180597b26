//! Secrets and personal data are never shown: neither by `Debug` of anything a
//! caller holds, nor by `Display` of errors, nor by what anybody traces.

mod calls;
mod http2;
mod traces;

use std::{collections::BTreeSet, error::Error as _, fmt};

use codegen::model::{
    Api,
    schema::{Kind, Schema},
};
use payouts_core::Error;
use payouts_tests::{
    PROVIDERS,
    server::{self, Server},
    table::{Role, Settings},
};
use xtask::workspace::Workspace;

use crate::planted::{self, Planter};

fn api(provider: &str) -> Api {
    let workspace = Workspace::find().expect("the tests run in the workspace");
    let source = workspace.source(provider).expect("there is a spec");
    codegen::load(&source).unwrap_or_else(|error| panic!("specs/{provider}.yaml:\n{error}"))
}

/// Every type that is sent or received, with a value for every member of its
/// schema: canaries where the spec says that it is sensitive, or free of form.
#[test]
fn types_show_nothing_sensitive() {
    for provider in PROVIDERS {
        let api = api(provider.name);
        let mut n_planted = 0;
        for codec in provider.codecs {
            let Some(schema) = schema(&api, codec.id, codec.role) else { continue };
            // As many times as the largest union has alternatives.
            for choice in 0..6 {
                let mut planter = Planter::new(&api.schemas, choice);
                let text = planter.value(schema);
                n_planted += planter.n_planted;
                let what = format!("{}.{} {:?}", provider.name, codec.id, codec.role);
                let shown = (codec.show)(&text).unwrap_or_else(|it| panic!("{what}: {it}: {text}"));
                let is_shown = planted::CANARIES.iter().any(|it| shown.contains(it));
                assert!(!is_shown, "{what} shows too much: {shown}");
            }
        }
        assert!(n_planted > 50, "{}: {n_planted} canaries are too few to tell", provider.name);
    }
}

/// The schema of what a codec decodes.
fn schema<'a>(api: &'a Api, id: &str, role: Role) -> Option<&'a Schema> {
    let operation = api.operations.iter().find(|it| it.id == id);
    match role {
        Role::Request => operation?.body.as_ref().map(|it| &it.schema),
        Role::Event => api.webhooks.iter().find(|it| it.id == id).map(|it| &it.schema),
        Role::Parameter(_) => None,
        Role::Response(pattern) => {
            let operation = operation?;
            let error = operation.errors.iter().find(|it| it.pattern == pattern);
            error.map_or(operation.output_schema.as_ref(), |it| it.schema.as_ref())
        }
    }
}

/// Names of members that hold secrets or personal data wherever they occur, in
/// lower case and without underscores.
const SENSITIVE: &[&str] = &[
    // Credentials.
    "accesstoken",
    "appsecret",
    "apikey",
    "password",
    "privatekey",
    "publictoken",
    "secret",
    // Who somebody is.
    "beneficiaryname",
    "birthdate",
    "customername",
    "dob",
    "firstname",
    "fullname",
    "gender",
    "lastname",
    "legalname",
    "middlename",
    "nickname",
    "customernickname",
    "personid",
    // How to reach somebody.
    "address",
    "address2",
    "addressline1",
    "addressline2",
    "city",
    "county",
    "customeremail",
    "email",
    "emailaddress",
    "hometelephone",
    "housenumber",
    "ipaddress",
    "line1",
    "line2",
    "mobile",
    "phone",
    "phonenumber",
    "postalcode",
    "postcode",
    "street",
    "suburb",
    "zipcode",
    // What somebody pays and is paid with.
    "accountnumber",
    "bic",
    "bin",
    "bsb",
    "clabe",
    "clave",
    "cvv",
    "expirationdate",
    "expmonth",
    "expyear",
    "firstsix",
    "iban",
    "last4",
    "lastfour",
    "pan",
    "pixkey",
    "routingnumber",
    // Papers.
    "abn",
    "acn",
    "documentnumber",
    "nzbn",
    "rut",
    "taxid",
    "taxnumber",
];

/// Members of such a name that are none of that, as `provider.Schema.member`.
const NOT_SENSITIVE: &[&str] = &[
    // The name of a currency.
    "yativo.WalletMeta.fullname",
];

#[test]
fn what_is_sensitive_by_its_name_is_declared_sensitive() {
    let mut problems = BTreeSet::new();
    let mut excused = BTreeSet::new();
    for provider in PROVIDERS {
        let api = api(provider.name);
        for (name, schema) in &api.schemas {
            members(schema, &mut |member, it| {
                let normal = member.to_lowercase().replace('_', "");
                let path = format!("{}.{name}.{member}", provider.name);
                if !SENSITIVE.contains(&normal.as_str()) || is_covered(&api, it) {
                    return;
                }
                if NOT_SENSITIVE.contains(&path.as_str()) {
                    excused.insert(path);
                } else {
                    problems.insert(path);
                }
            });
        }
    }
    assert!(problems.is_empty(), "declare `x-sensitive: true`: {problems:#?}");
    assert_eq!(excused.len(), NOT_SENSITIVE.len(), "only {excused:?} need an excuse");
}

/// Visits all members of a schema, but not those behind references.
fn members(schema: &Schema, visit: &mut impl FnMut(&str, &Schema)) {
    match &schema.kind {
        Kind::Object(object) => {
            for (name, member) in &object.members {
                visit(name, member);
                members(member, visit);
            }
        }
        Kind::Array(items) => members(items, visit),
        Kind::AllOf(parts) | Kind::Alternatives(parts, _) => {
            parts.iter().for_each(|it| members(it, visit));
        }
        _ => {}
    }
}

/// Whether a value is never shown as it is: declared so, or a struct, whose
/// members speak for themselves.
fn is_covered(api: &Api, schema: &Schema) -> bool {
    schema.sensitive
        || match &schema.kind {
            Kind::Object(_) | Kind::Any => true,
            Kind::Ref(name) => api.schemas.get(name).is_none_or(|it| is_covered(api, it)),
            Kind::Array(items) => is_covered(api, items),
            Kind::AllOf(parts) => parts.iter().any(|it| is_covered(api, it)),
            Kind::Alternatives(parts, _) => parts.iter().all(|it| is_covered(api, it)),
            _ => false,
        }
}

/// Everything that was shown.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn debug(&mut self, value: &impl fmt::Debug) {
        self.0.push_str(&format!("{value:?}\n{value:#?}\n"));
    }

    fn error<E>(&mut self, error: &Error<E>) {
        self.0.push_str(&format!("{error}\n"));
        self.debug(error);
        let mut source = error.source();
        while let Some(it) = source {
            self.0.push_str(&format!("{it} {it:?}\n"));
            source = it.source();
        }
    }

    #[track_caller]
    fn check(&self) {
        self.check_without(&planted::CANARIES);
    }

    #[track_caller]
    fn check_without(&self, secrets: &[&str]) {
        for secret in secrets {
            assert!(!self.0.contains(secret), "`{secret}` is shown: {}", self.0);
        }
    }
}

/// Every operation, refused with an answer full of canaries. The credentials
/// of the tables begin with `test-`.
#[tokio::test]
async fn errors_show_nothing() {
    const HEADERS: &str = "x-canary: canary\r\nlocation: http://canary\r\nx-request-id: r-1\r\n";
    for (status, body) in [
        ("200 OK", r#"[1, "canary", 70907]"#),
        ("302 Found", "canary"),
        ("400 Bad Request", r#"{"message": "canary", "canary": 70907}"#),
    ] {
        let server = Server::start(server::answer(status, HEADERS, body.as_bytes())).await;
        let mut shown = Shown::default();
        for call in PROVIDERS.iter().flat_map(|it| it.calls) {
            if let Err(error) = (call.run)(Settings::new(format!("{}/canary", server.url))).await {
                shown.error(&error);
            }
        }
        shown.check();
        shown.check_without(&["test-", "127.0.0.1", "http://"]);
    }
}

/// The values that the provider answers with, of a documented sample.
fn sample(path: &str) -> server::Reply {
    let path = format!("{}/../specs/examples/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the sample can be read");
    server::json("200 OK", &text)
}

#[tokio::test]
async fn acceptify() {
    use payouts_acceptify::{
        AccountHolderType, Client, Currency, Date, MinorUnits, PayoutId, PayoutRequest,
        ReceiverAccountId, ReceiverAccountRequest, ReceiverId, ReceiverRequest,
    };

    let server = Server::start(sample("acceptify/get_payout.response.200.json")).await;
    let builder = Client::builder(format!("{}/canary", server.url));
    let builder = builder.api_key("canary-key").api_secret("canary-secret");
    let mut shown = Shown::default();
    shown.debug(&builder);
    let client = builder.build().expect("the settings are right");
    shown.debug(&client);
    let canary = || "canary".into();
    let receiver = ReceiverRequest::new(
        canary(),
        canary(),
        canary(),
        "1907-07-17".parse::<Date>().expect("it is a date").into(),
        canary(),
        canary(),
        canary(),
        canary(),
        canary(),
        canary(),
        canary(),
    );
    let account = ReceiverAccountRequest::new(
        ReceiverId::from("r"),
        AccountHolderType::Individual,
        canary(),
        canary(),
    );
    let payout = PayoutRequest::new(
        ReceiverId::from("r"),
        ReceiverAccountId::from("a"),
        MinorUnits::new(1),
        Currency::from("AUD"),
    )
    .note("canary");
    shown.debug(&receiver);
    shown.debug(&account);
    shown.debug(&payout);
    shown.debug(&client.create_receiver(receiver));
    shown.debug(&client.create_receiver_account(account));
    shown.debug(&client.create_payout(payout));
    let answer = client.get_payout(PayoutId::from("p")).header("x-canary", "canary").await;
    let answer = answer.expect("it is a success");
    shown.debug(&answer);
    shown.check();
    assert!(shown.0.contains("3971f24a-b901-4bdb-b3a5-7690ca350cd3"), "ids are shown");
    shown.check_without(&["223344556677", "Devid-A", "david@", "devid a00020"]);
    assert_eq!(server.only().header("x-api-key").as_deref(), Some("canary-key"));
}

#[tokio::test]
async fn rebilly() {
    use payouts_rebilly::{
        AccountNumberType, BankAccountRequest, CardTokenDetails, CardTokenRequest, Client,
        ContactRequest, CustomerId, CustomerRequest, Environment, PaymentInstrumentRequest,
        PaymentMethod, PaymentTokenId, PaymentTokenMethod, PaymentTokenRequest,
        TokenInstrumentRequest,
    };

    let server = Server::start(sample("rebilly/create_payment_instrument.response.201.json")).await;
    let builder = Client::builder(format!("{}/organizations/canary", server.url))
        .secret_api_key("canary-key")
        .jwt("canary-jwt")
        .publishable_api_key("canary-publishable");
    let mut shown = Shown::default();
    shown.debug(&builder);
    let client = builder.build().expect("the settings are right");
    shown.debug(&client);
    let environment = Environment::Live { organization_id: "canary".to_owned() };
    let live = Client::builder(environment).build().expect("the settings are right");
    shown.debug(&live);
    let contact = || ContactRequest::new().first_name("canary").address("canary");
    let account: PaymentInstrumentRequest = BankAccountRequest::new(
        PaymentMethod::Ach,
        CustomerId::from("c"),
        AccountNumberType::Iban,
        "canary".into(),
        contact().into(),
    )
    .into();
    let details = CardTokenDetails::new(70907.into(), 70907.into()).pan("canary").cvv("canary");
    let card: PaymentTokenRequest =
        CardTokenRequest::new(PaymentTokenMethod::PaymentCard, details).into();
    let customer = CustomerRequest::new().primary_address(contact());
    let token = TokenInstrumentRequest::new(CustomerId::from("c"), PaymentTokenId::from("canary"));
    shown.debug(&account);
    shown.debug(&card);
    shown.debug(&customer);
    shown.debug(&token);
    shown.debug(&client.create_payment_token(card));
    shown.debug(&client.create_customer(customer));
    let answer = client.create_payment_instrument(account).await.expect("it is a success");
    shown.debug(&answer);
    shown.check();
    assert!(shown.0.contains("inst_0YVB8KPKNXCBR9EDX7JHSED75N"), "ids are shown");
    shown.check_without(&["Franklin", "Craven", "512-710-1640", "rebilly@example.com", "1980"]);
    assert_eq!(server.only().header("reb-apikey").as_deref(), Some("canary-key"));
}

#[tokio::test]
async fn revere() {
    use payouts_revere::{
        Client, GroupId, LinkedAccountId, ReportKind, WebhookEncodingType, WebhookEventType,
        WebhookRequest, WebhookRequestType,
    };

    let server = Server::start(server::json("200 OK", r#"[{"name": "canary"}]"#)).await;
    let builder = Client::builder(format!("{}/canary", server.url))
        .wallet_key("canary-wallet")
        .transaction_reporting_key("canary-reporting")
        .manage_webhooks_key("canary-webhooks");
    let mut shown = Shown::default();
    shown.debug(&builder);
    let client = builder.build().expect("the settings are right");
    shown.debug(&client);
    let webhook = WebhookRequest::new(
        "https://example.com/canary".into(),
        vec![WebhookEventType::TransactionVoid],
        WebhookEncodingType::Json,
        WebhookRequestType::Basic,
    );
    shown.debug(&webhook);
    let (group, account) = (GroupId::from("canary"), LinkedAccountId::from("canary"));
    shown.debug(&client.create_webhook(group.clone(), account.clone(), webhook));
    let call = client
        .get_transaction_report(group, account, ReportKind::Table)
        .invoice_numbers(vec!["canary".to_owned()])
        .header("x-canary", "canary");
    shown.debug(&call);
    let answer = call.await.expect("it is a success");
    shown.debug(&answer);
    shown.check();
    assert_eq!(server.only().header("authorization").as_deref(), Some("canary-reporting"));
}

#[tokio::test]
async fn yativo() {
    use payouts_yativo::{
        AccessTokenRequest, AccountDetailsRequest, BeneficiaryId, BeneficiaryPaymentMethodRequest,
        BeneficiaryRequest, Client, Json, JsonObject, PayoutMethodId, SimplePayoutRequest,
    };

    let server = Server::start(sample("yativo/create_access_token.response.200.1.json")).await;
    let builder = Client::builder(format!("{}/canary", server.url)).access_token("canary-token");
    let mut shown = Shown::default();
    shown.debug(&builder);
    let client = builder.build().expect("the settings are right");
    shown.debug(&client);
    let canary = Json::from_text(r#""canary""#).expect("it is JSON");
    let object = JsonObject::from([("number".to_owned(), canary)]);
    let beneficiary = BeneficiaryRequest::new()
        .name("canary")
        .email("canary")
        .account_number("canary")
        .additional(object.clone());
    let method: BeneficiaryPaymentMethodRequest = AccountDetailsRequest::new(
        BeneficiaryId::from(1),
        PayoutMethodId::from(1),
        object.clone().into(),
    )
    .into();
    let payout = SimplePayoutRequest::new(1, 1.into(), 1.into()).additional(object);
    let login = AccessTokenRequest::new("account".into(), "canary".into());
    shown.debug(&beneficiary);
    shown.debug(&method);
    shown.debug(&payout);
    shown.debug(&login);
    shown.debug(&client.create_beneficiary(beneficiary));
    shown.debug(&client.create_simple_payout(payout).idempotency_key("canary"));
    shown.debug(&client.create_access_token(login));
    let answer = client.refresh_access_token().await.expect("it is a success");
    shown.debug(&answer);
    shown.check();
    shown.check_without(&["eyJ0"]);
    let expected = Some("Bearer canary-token");
    assert_eq!(server.only().header("authorization").as_deref(), expected);
}
