//! Tests of the module above.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{
    Decimal, IntegerOrString, Json, JsonObject, MinorUnits, Parameter, Patch, Sensitive, Timestamp,
    additional_members, builder, constraints, integer_or_string_newtype, open_enum, string_newtype,
    union, wire,
};

/// Checks that a JSON value is read, and how it is encoded again.
#[track_caller]
fn recodes<T: Serialize + DeserializeOwned>(json: &str, encoded: &str) -> T {
    let decoded: T = serde_json::from_str(json).expect(json);
    assert_eq!(serde_json::to_string(&decoded).expect("encodes"), encoded);
    decoded
}

open_enum! {
    /// State of a payout.
    pub enum PayoutStatus {
        /// Accepted, not final.
        Pending = "pending",
        Settled = "settled",
        #[deprecated(note = "no longer sent")]
        OnHold = "on-hold",
    }
}

#[test]
fn open_enum_values() {
    assert_eq!(recodes::<PayoutStatus>("\"pending\"", "\"pending\""), PayoutStatus::Pending);
    let new: PayoutStatus = recodes("\"new\"", "\"new\"");
    assert!(matches!(&new, PayoutStatus::Unrecognized(it) if it.as_str() == "new"));
    assert_eq!(new, PayoutStatus::from("new"));
    assert_eq!(new.to_string(), "new");
    assert_eq!(format!("{new:?}"), "Unrecognized(\"new\")");
    assert_eq!("settled".parse(), Ok(PayoutStatus::Settled));
    assert_eq!(PayoutStatus::from(String::from("settled")), PayoutStatus::Settled);
    assert_eq!(PayoutStatus::Settled.encode(), "settled");
    let known: Vec<&str> = PayoutStatus::KNOWN.iter().map(PayoutStatus::as_str).collect();
    assert_eq!(known, ["pending", "settled", "on-hold"]);
}

open_enum! {
    /// Values whose names the standard library has, too.
    pub enum Answer {
        Ok = "ok",
        Err = "err",
        Some = "some",
        None = "none",
    }
}

#[test]
fn open_enum_with_names_of_the_standard_library() {
    assert_eq!("err".parse(), Ok(Answer::Err));
    assert_eq!(recodes::<Answer>("\"ok\"", "\"ok\""), Answer::Ok);
}

#[test]
fn open_enum_takes_every_scalar() {
    for (json, text) in [("1.50", "1.50"), ("true", "true"), ("\"\"", ""), ("1e400", "1e400")] {
        let value: PayoutStatus = serde_json::from_str(json).expect(json);
        assert_eq!(value.as_str(), text);
    }
    for json in ["null", "{}", "[\"planted\"]"] {
        let error = serde_json::from_str::<PayoutStatus>(json).expect_err(json);
        assert!(!error.to_string().contains("planted"));
    }
}

#[test]
fn open_enum_as_key_of_a_map() {
    let json = r#"{"new":2,"settled":1}"#;
    let map: BTreeMap<PayoutStatus, u64> = serde_json::from_str(json).expect(json);
    assert_eq!(map[&PayoutStatus::Settled], 1);
}

string_newtype! {
    /// Identifies a group.
    pub struct GroupId;

    /// Bank account number.
    pub struct AccountNumber(sensitive);
}

integer_or_string_newtype! {
    /// Identifies a beneficiary.
    pub struct BeneficiaryId;
}

integer_or_string_newtype! {
    /// Tax number.
    pub struct TaxNumber(sensitive);
}

#[test]
fn string_newtypes() {
    assert_eq!(recodes::<GroupId>("\"g\"", "\"g\""), GroupId::from("g"));
    assert_eq!(recodes::<GroupId>("1.50", "\"1.50\"").as_str(), "1.50");
    assert!(serde_json::from_str::<GroupId>("true").is_err());
    assert!(serde_json::from_str::<GroupId>("null").is_err());
    let id = GroupId::from(String::from("g"));
    assert_eq!((id.to_string(), id.encode()), ("g".to_owned(), "g".to_owned()));
    assert_eq!(format!("{id:?}"), "GroupId(\"g\")");
    assert_eq!(id.into_inner(), "g");
}

#[test]
fn sensitive_newtypes_are_not_shown() {
    let number = AccountNumber::from("planted");
    assert_eq!(format!("{number:?}"), "AccountNumber([redacted])");
    assert_eq!(number.encode(), "planted");
    assert_eq!(format!("{:?}", TaxNumber::from("planted")), "TaxNumber([redacted])");
}

#[test]
fn integer_or_string_newtypes() {
    let id: BeneficiaryId = recodes("7", "7");
    assert_eq!(id, recodes::<BeneficiaryId>("\"7\"", "\"7\""));
    assert_eq!(id, BeneficiaryId::from(7_u64));
    assert_eq!((id.as_str(), id.as_integer()), ("7", Some(7)));
    assert_eq!((id.to_string(), id.encode()), ("7".to_owned(), "7".to_owned()));
    assert_eq!(format!("{id:?}"), "BeneficiaryId(7)");
    assert_eq!(id.into_inner(), IntegerOrString::from(7));
}

/// A request with every kind of field.
#[crate::skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Draft {
    group_id: GroupId,
    #[serde(with = "wire::text")]
    amount: Decimal,
    beneficiary_id: Option<BeneficiaryId>,
    reference: IntegerOrString,
    description: Option<String>,
    iban: Option<Sensitive<String>>,
    #[serde(default, with = "wire::text")]
    parts: Option<Vec<MinorUnits>>,
    #[serde(default, with = "wire::epoch_millis")]
    paid_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    block_reason: Patch<Sensitive<String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    metadata: JsonObject,
    names: Option<BTreeMap<String, Vec<Sensitive<GroupId>>>>,
}

builder! { Draft {
    new(group_id: GroupId, amount: Decimal, beneficiary_id: i64 as some, reference: &str as into);
    /// Free text.
    description: String;
    /// Where the money goes.
    iban: Sensitive<String>;
    parts: Vec<MinorUnits>;
    paid_at: crate::Timestamp;
    /// Why it is on hold.
    block_reason: patch Sensitive<String>;
    metadata: default JsonObject;
    names: std::collections::BTreeMap<String, Vec<Sensitive<GroupId>>>;
} }

/// A request without required members.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    status: Option<PayoutStatus>,
}

builder! { Filter {
    new();
    /// Only payouts in this state.
    status: PayoutStatus;
} }

constraints! { Filter {} }

#[test]
fn builder_leaves_out_the_rest() {
    let draft = Draft::new(GroupId::from("g"), Decimal::new(1050, 2), 7, "r");
    let encoded = serde_json::to_string(&draft).expect("encodes");
    assert_eq!(encoded, r#"{"group_id":"g","amount":"10.50","beneficiary_id":7,"reference":"r"}"#);
    assert_eq!(recodes::<Draft>(&encoded, &encoded), draft);
}

#[test]
fn builder_sets_the_rest() {
    let draft = Draft::new(GroupId::from("g"), Decimal::from(1), 7, "r")
        .description("rent")
        .iban("DE00")
        .parts([MinorUnits::new(5)])
        .paid_at(Timestamp::from_unix_millis(5).expect("in range"))
        .block_reason(None)
        .metadata([("a".to_owned(), Json::from(1))])
        .names(BTreeMap::new());
    let encoded = serde_json::to_string(&draft).expect("encodes");
    assert_eq!(
        encoded,
        r#"{"group_id":"g","amount":"1","beneficiary_id":7,"reference":"r","description":"rent","#
            .to_owned()
            + r#""iban":"DE00","parts":["5"],"paid_at":5,"block_reason":null,"metadata":{"a":1},"#
            + r#""names":{}}"#
    );
    assert_eq!(recodes::<Draft>(&encoded, &encoded), draft);

    assert_eq!(Filter::default(), Filter::new());
    assert_eq!(Filter::new().status("new").status, Some(PayoutStatus::from("new")));
}

/// A card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentCard {
    method: String,
    number: AccountNumber,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Decimal>,
}

constraints! { PaymentCard {
    number: max_length(3);
} }

/// A token; it has no limits to check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenInstrument {
    token: String,
    #[serde(rename = "customerId")]
    customer_id: String,
}

/// Any other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AlternativeInstrument {
    method: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Decimal>,
    #[serde(skip)]
    additional: JsonObject,
}

additional_members! { AlternativeInstrument { "method", "amount" } }

union! {
    /// What gets the money.
    pub enum PaymentInstrument by "method" {
        /// A card.
        Card(PaymentCard) = ["payment-card", "card"],
        Token(TokenInstrument) requires ["token", "customerId"],
        Alternative(AlternativeInstrument) requires ["method"],
    }
}

union! {
    pub enum Data {
        List(Vec<Decimal>) is array,
        Text(String) is string,
        One(PaymentCard) is object,
    }
}

union! {
    pub enum Nested {
        Inner(Box<Inner>),
    }
}

/// Holds a union that holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inner {
    nested: Option<Nested>,
}

#[test]
fn union_by_discriminator() {
    let json = r#"{"method":"card","number":"1","limit":12345678901234567.890}"#;
    let card: PaymentInstrument = recodes(json, json);
    let PaymentInstrument::Card(card) = card else { panic!("a card") };
    assert_eq!(PaymentInstrument::from(card.clone()), PaymentInstrument::Card(card));
    // The discriminator may come last, and a number has its text.
    let json = r#"{"number": "1", "method": "payment-card"}"#;
    assert!(matches!(serde_json::from_str(json), Ok(PaymentInstrument::Card(_))));
}

#[test]
fn union_by_members() {
    let json = r#"{"token":"t","customerId":"c"}"#;
    assert!(matches!(recodes(json, json), PaymentInstrument::Token(_)));
    let json = r#"{"token":"t","method":"cash"}"#;
    assert!(matches!(
        recodes(json, r#"{"method":"cash","token":"t"}"#),
        PaymentInstrument::Alternative(_)
    ));
}

#[test]
fn union_by_kind() {
    assert!(matches!(recodes("[1.10]", "[1.10]"), Data::List(list) if list.len() == 1));
    assert!(matches!(recodes("\"a\"", "\"a\""), Data::Text(_)));
    assert!(matches!(recodes("1.50", "1.50"), Data::Unrecognized(_)));
    assert!(matches!(recodes(r#"["a"]"#, r#"["a"]"#), Data::Unrecognized(_)));
}

#[test]
fn union_keeps_what_fits_nothing() {
    for json in [r#"{"token":"t"}"#, r#"{"method":"card"}"#, "[1]", "null", "7", r#"{"method":[]}"#]
    {
        let value: PaymentInstrument = recodes(json, json);
        assert!(matches!(value, PaymentInstrument::Unrecognized(_)), "{json}");
    }
    let json = r#"{"method": "card", "number": {"planted": 1}}"#;
    let value: PaymentInstrument = recodes(json, json);
    assert_eq!(format!("{value:?}"), "Unrecognized(Json(object, 44 bytes))");
}

#[test]
fn union_checks_what_it_holds() {
    let card: PaymentInstrument =
        serde_json::from_str(r#"{"method":"card","number":"planted"}"#).expect("a card");
    let problems = crate::constraint::problems(&card);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].to_string(), "`number`: expected at most 3 characters");
    let token = TokenInstrument { token: String::new(), customer_id: String::new() };
    assert_eq!(crate::constraint::problems(&PaymentInstrument::from(token)), []);
}

/// Its discriminator can be absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wallet {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<String>,
}

/// Another with an optional discriminator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phone {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<String>,
    token: String,
}

/// A third with the same members as the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coupon {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<String>,
}

/// One more; what it does not name it keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Account {
    iban: String,
    #[serde(skip)]
    additional: JsonObject,
}

additional_members! { Account { "iban" } }

union! {
    pub enum Method by "type" {
        Wallet(Wallet) = ["wallet"] requires [],
        Coupon(Coupon) = ["coupon"] requires [],
        Phone(Box<Phone>) = ["phone", "watch"] requires ["token"],
        Account(Account) requires ["iban"],
    }
}

#[test]
fn union_by_optional_discriminator() {
    let json = r#"{"type":"watch","attempt":"a","token":"t"}"#;
    assert!(matches!(recodes(json, json), Method::Phone(_)));
    let json = r#"{"type":"wallet","attempt":"a"}"#;
    assert!(matches!(recodes(json, json), Method::Wallet(_)));
}

#[test]
fn union_without_its_discriminator() {
    // Nothing else declares `token`.
    let json = r#"{"attempt":"a","token":"t"}"#;
    assert!(matches!(recodes(json, json), Method::Phone(_)));
    // It keeps both.
    let json = r#"{"iban":"i","token":"t"}"#;
    assert!(matches!(recodes(json, json), Method::Account(_)));
    // It could be two of them.
    for json in [r#"{"attempt":"a"}"#, "{}", r#"{"type":"ring","token":"t"}"#] {
        assert!(matches!(recodes(json, json), Method::Unrecognized(_)), "{json}");
    }
}

union! {
    pub enum ByMembers {
        Small(TokenInstrument) requires ["token"],
        Large(LargeInstrument) requires ["customerId"],
    }
}

/// It has more members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LargeInstrument {
    #[serde(rename = "customerId")]
    customer_id: String,
    token: String,
    iban: String,
}

#[test]
fn union_by_most_members() {
    let json = r#"{"customerId":"c","token":"t","iban":"i"}"#;
    assert!(matches!(recodes(json, json), ByMembers::Large(_)));
    // What nobody declares does not count.
    let json = r#"{"token":"t","customerId":"c","new":1}"#;
    let value: ByMembers = recodes(json, r#"{"token":"t","customerId":"c"}"#);
    assert!(matches!(value, ByMembers::Small(_)));
}

/// A hostile answer must not use up the stack.
#[test]
fn union_depth_is_limited() {
    let nested =
        |depth: usize| format!("{}null{}", r#"{"nested":"#.repeat(depth), "}".repeat(depth));
    let shallow: Nested = recodes(&nested(20), &nested(20));
    assert!(!format!("{shallow:?}").contains("Unrecognized"));
    let deep: Nested = recodes(&nested(20_000), &nested(20_000));
    assert!(format!("{deep:?}").contains("Unrecognized"));
}

#[test]
fn additional_members_are_kept() {
    let json = r#"{"method":"m","amount":1.10,"a":{"b":12345678901234567.890},"z":[1, 2]}"#;
    let value: AlternativeInstrument = recodes(json, json);
    assert_eq!(value.amount, Some(Decimal::new(110, 2)));
    assert_eq!(value.additional["z"].as_text(), "[1, 2]");
    let json = r#"{"x": 1, "method": "m", "x": 2}"#;
    let value: AlternativeInstrument = recodes(json, r#"{"method":"m","x":2}"#);
    assert_eq!(value.additional.len(), 1);
}

#[test]
fn additional_members_do_not_shadow() {
    let mut value: AlternativeInstrument =
        serde_json::from_str(r#"{"method": "m"}"#).expect("an object");
    value.additional.insert("amount".to_owned(), Json::from(1));
    value.additional.insert("other".to_owned(), Json::from(2));
    let encoded = serde_json::to_string(&value).expect("encodes");
    assert_eq!(encoded, r#"{"method":"m","other":2}"#);
}

#[test]
fn additional_members_keep_the_path_of_errors() {
    let path = |json: &str| {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let result = serde_path_to_error::deserialize::<_, Vec<AlternativeInstrument>>;
        result(&mut deserializer).expect_err(json).to_string()
    };
    assert_eq!(
        path(r#"[{"a": 1, "method": "m", "amount": "planted"}]"#),
        "[0].amount: invalid type: string, expected a decimal number at line 1 column 45"
    );
    assert_eq!(path(r#"[{"a": 1}]"#), "[0]: missing field `method` at line 1 column 9");
    assert!(path("[1]").starts_with("[0]: invalid type: integer"));
}

/// Limits by name; the other members are decimals that may be `null`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Limits {
    name: String,
    #[serde(skip)]
    additional: BTreeMap<String, Option<Sensitive<Decimal>>>,
}

additional_members! { Limits { "name" } }

constraints! { Limits {
    additional: maximum("100");
} }

builder! { Limits {
    new(name: String);
    /// Members that the spec does not name.
    additional: default BTreeMap<String, Option<Sensitive<Decimal>>>;
} }

#[test]
fn additional_members_of_a_type() {
    let json = r#"{"name":"n","day":12345678901234567.890,"month":null}"#;
    let value: Limits = recodes(json, json);
    assert_eq!(value.additional["month"], None);
    assert_eq!(
        format!("{value:?}"),
        r#"Limits { name: "n", additional: {"day": Some([redacted]), "month": None} }"#
    );
    let problems: Vec<String> =
        crate::constraint::problems(&value).iter().map(ToString::to_string).collect();
    assert_eq!(problems, ["`additional[*]`: expected at most 100"]);
    let made = Limits::new("n".to_owned()).additional([("day".to_owned(), None)]);
    assert_eq!(serde_json::to_string(&made).expect("encodes"), r#"{"name":"n","day":null}"#);
}

#[test]
fn additional_members_of_another_type_are_errors_by_path() {
    let mut deserializer = serde_json::Deserializer::from_str(r#"{"name":"n","day":"planted"}"#);
    let error = serde_path_to_error::deserialize::<_, Limits>(&mut deserializer).expect_err("text");
    assert_eq!(error.path().to_string(), "day");
    assert!(!error.to_string().contains("planted"), "{error}");
}

/// A request with a member that is always sent.
#[crate::skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Note {
    #[serialize_always]
    #[serde(default, with = "wire::text")]
    limit: Option<Decimal>,
    #[serialize_always]
    text: Option<Sensitive<String>>,
    other: Option<String>,
    parts: Vec<Option<MinorUnits>>,
}

builder! { Note {
    new(
        limit: impl Into<Option<Decimal>> as into,
        text: impl Into<Option<Sensitive<String>>> as into,
        parts: Vec<Option<MinorUnits>>,
    );
    other: String;
} }

#[test]
fn nullable_members_are_always_sent() {
    let note = Note::new(None, None, vec![None, Some(MinorUnits::new(5))]);
    let encoded = r#"{"limit":null,"text":null,"parts":[null,5]}"#;
    assert_eq!(serde_json::to_string(&note).expect("encodes"), encoded);
    assert_eq!(recodes::<Note>(encoded, encoded), note);
    assert_eq!(recodes::<Note>(r#"{"parts":[null,5]}"#, encoded), note);
    let note = Note::new(Decimal::from(1), Some("planted".into()), Vec::new());
    assert_eq!(
        serde_json::to_string(&note).expect("encodes"),
        r#"{"limit":"1","text":"planted","parts":[]}"#
    );
    assert!(!format!("{note:?}").contains("planted"));
}

/// Nothing sensitive is shown by any of the types, however they are nested.
#[test]
fn canary() {
    #[derive(Debug)]
    struct All {
        _newtype: AccountNumber,
        _sensitive: Option<Sensitive<String>>,
        _patch: Patch<Sensitive<GroupId>>,
        _json: JsonObject,
        _union: PaymentInstrument,
        _secret: crate::Secret,
    }
    let all = All {
        _newtype: "planted".into(),
        _sensitive: Some("planted".into()),
        _patch: Patch::Set(Sensitive::new("planted".into())),
        _json: BTreeMap::from([("a".to_owned(), Json::from("planted"))]),
        _union: serde_json::from_str(r#"{"method": "a", "name": "planted"}"#).expect("an object"),
        _secret: "planted".into(),
    };
    assert!(!format!("{all:?} {all:#?}").contains("planted"));
}

#[test]
fn types_can_be_shared_between_threads() {
    fn is<T: Send + Sync + Clone + Debug + 'static>() {}
    is::<PaymentInstrument>();
    is::<Draft>();
    is::<PayoutStatus>();
    is::<AccountNumber>();
}

#[cfg(feature = "schemars")]
#[test]
fn schemas() {
    let schema = |it: schemars::Schema| serde_json::to_string(&it).expect("encodes");
    let status = schema(schemars::schema_for!(PayoutStatus));
    assert!(status.contains(r#""type":"string""#) && status.contains(r#""on-hold""#), "{status}");
    let list = schema(schemars::schema_for!(Vec<Option<Sensitive<Decimal>>>));
    assert!(list.contains(r#""type":["number","string","null"]"#), "{list}");
    // The types inside have no schema of their own.
    let union = schema(schemars::schema_for!(PaymentInstrument));
    assert!(union.contains(r#""anyOf":[true,true,true]"#), "{union}");
}
