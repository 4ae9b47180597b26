//! Proofs that hold, those that do not, and what an event is known by.

use std::collections::BTreeMap;

use http::{HeaderName, HeaderValue};
use proptest::prelude::*;

use super::*;
use crate::Json;

/// Any JSON object.
type Object = BTreeMap<String, Json>;

static SIGNED: Webhook = Webhook {
    id: "payout_changed",
    proof: Proof::HmacSha256 {
        header: "X-Signature",
        prefix: "sha256=",
        message: "{body}",
        timestamp: None,
    },
    identity: &["/id"],
};

static STAMPED: Webhook = Webhook {
    id: "payout_changed",
    proof: Proof::HmacSha256 {
        header: "X-Signature",
        prefix: "v1=",
        message: "{timestamp}.{body}",
        timestamp: Some(TimestampHeader { header: "X-Timestamp", tolerance: 300 }),
    },
    identity: &["/event.type", "/payload/id", "/payload/a~1b~0c"],
};

static BASIC: Webhook = Webhook { id: "payout_changed", proof: Proof::Basic, identity: &[] };

static UNSIGNED: Webhook = Webhook { id: "payout_changed", proof: Proof::None, identity: &["/id"] };

const BODY: &[u8] = br#"{"id":"e1"}"#;

// Made by `printf … | openssl dgst -sha256 -hmac <secret>`, not by this code.
const BY_KEY: &str = "f042ac2a06b9689cd8d36ff6e32f2912ebbe438c14d60d51d272eb47bc39e084";
const BY_NEW: &str = "6978839cf6d6a1c9bc712340c76c144a447a9075c49b1442731f0158badbea0b";
const IN_SECONDS: &str = "bef8ad98fc8bc281e228c29d99d0b38086051703dbf3bbb8b3fee5b801ad1976";
const IN_MILLIS: &str = "1a1439030696555b8da45e8ec26da7ecbb475eb6a006b5753d9b5b68de3733ca";

fn secrets(texts: &[&str]) -> Vec<Secret> {
    texts.iter().map(|it| Secret::new(*it)).collect()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let value = HeaderValue::from_str(value).expect("tests give values of headers");
        headers.append(HeaderName::from_bytes(name.as_bytes()).expect("and names"), value);
    }
    headers
}

/// What a signature in these headers gives for `BODY`.
fn signed(secret: &[&str], pairs: &[(&'static str, &str)]) -> String {
    shown(&SIGNED.verify::<Object>(&secrets(secret), &headers(pairs), BODY))
}

/// What a signed time gives, so many milliseconds after 1970.
fn stamped(now: i64, pairs: &[(&'static str, &str)]) -> String {
    let now = || Timestamp::from_unix_millis(now).expect("tests give a time");
    shown(&STAMPED.verify_at::<Object>(now, &secrets(&["key"]), &headers(pairs), BODY))
}

/// What credentials give.
fn basic(secret: &[&str], pairs: &[(&'static str, &str)]) -> String {
    shown(&BASIC.verify::<Object>(&secrets(secret), &headers(pairs), BODY))
}

fn shown(res: &Result<Event<Object>, WebhookError>) -> String {
    match res {
        Ok(_) => "accepted".to_owned(),
        Err(error) => format!("{:?}, {error}", error.kind()),
    }
}

#[test]
fn takes_a_signature_with_its_prefix_or_without() {
    for value in [BY_KEY.to_owned(), format!("sha256={BY_KEY}")] {
        assert_eq!(signed(&["key"], &[("x-signature", &value)]), "accepted");
    }
    for value in [format!("sha1={BY_KEY}"), format!("sha256=sha256={BY_KEY}"), "sha256=".into()] {
        assert_eq!(
            signed(&["key"], &[("x-signature", &value)]),
            "Header, payout_changed: header X-Signature is not 64 hex digits",
        );
    }
}

#[test]
fn takes_digits_in_either_case() {
    let value = BY_KEY.to_ascii_uppercase();
    assert_eq!(signed(&["key"], &[("x-signature", &value)]), "accepted");
}

#[test]
fn takes_a_signature_by_any_of_the_secrets() {
    for secret in [&["key", "new"], &["new", "key"]] {
        assert_eq!(signed(secret, &[("x-signature", BY_KEY)]), "accepted");
        assert_eq!(signed(secret, &[("x-signature", BY_NEW)]), "accepted");
    }
    assert_eq!(
        signed(&["other", "Key", "key "], &[("x-signature", BY_KEY)]),
        "Signature, payout_changed: header X-Signature is by none of the secrets",
    );
}

#[test]
fn asks_all_secrets() {
    let n_asked = std::cell::Cell::new(0);
    let found = super::proof::any(&secrets(&["a", "b", "c"]), |it| {
        n_asked.set(n_asked.get() + 1);
        subtle::Choice::from(u8::from(it.expose() == "a"))
    });
    assert!(bool::from(found));
    assert_eq!(n_asked.get(), 3);
}

#[test]
fn refuses_secrets_that_prove_nothing() {
    // An HMAC with an empty key is something that everybody can compute.
    let by_nothing = [("x-signature", BY_KEY), ("authorization", "Basic Og==")];
    assert_eq!(signed(&[], &by_nothing), "Secret, payout_changed: no secret was given");
    assert_eq!(signed(&["key", ""], &by_nothing), "Secret, payout_changed: a secret is empty");
    assert_eq!(basic(&[], &by_nothing), "Secret, payout_changed: no secret was given");
    for secret in ["", ":", "shop", "shop:", ":s3cret"] {
        assert_eq!(
            basic(&["shop:s3cret", secret], &by_nothing),
            "Secret, payout_changed: a secret is not `user:password`",
        );
    }
    let res = UNSIGNED.verify::<Object>(&secrets(&["key"]), &headers(&by_nothing), BODY);
    assert_eq!(
        shown(&res),
        "Secret, payout_changed: the provider gives no secret for this webhook",
    );
}

#[test]
fn refuses_headers_that_are_not_as_they_must_be() {
    assert_eq!(
        signed(&["key"], &[("x-other", BY_KEY)]),
        "Header, payout_changed: header X-Signature is missing",
    );
    assert_eq!(
        signed(&["key"], &[("x-signature", BY_KEY), ("x-signature", BY_KEY)]),
        "Header, payout_changed: header X-Signature stands more than once",
    );
    let twice = format!("{BY_KEY}, {BY_KEY}");
    let blank = format!("{BY_KEY} ");
    for value in ["", "0", &BY_KEY[1..], &BY_KEY[2..], &twice, &blank, &BY_KEY.replace('f', "g")] {
        assert_eq!(
            signed(&["key"], &[("x-signature", value)]),
            "Header, payout_changed: header X-Signature is not 64 hex digits",
        );
    }
}

#[test]
fn takes_times_in_seconds_and_milliseconds() {
    let pairs = [("x-timestamp", "1700000000"), ("x-signature", IN_SECONDS)];
    assert_eq!(stamped(1_700_000_000_000, &pairs), "accepted");
    let pairs = [("x-timestamp", "1700000000123"), ("x-signature", IN_MILLIS)];
    assert_eq!(stamped(1_700_000_000_000, &pairs), "accepted");
}

#[test]
fn refuses_times_outside_of_the_window() {
    let pairs = [("x-timestamp", "1700000000"), ("x-signature", IN_SECONDS)];
    assert_eq!(stamped(1_700_000_300_000, &pairs), "accepted");
    assert_eq!(stamped(1_699_999_700_000, &pairs), "accepted");
    assert_eq!(
        stamped(1_700_000_300_001, &pairs),
        "Timestamp, payout_changed: header X-Timestamp is too long ago",
    );
    assert_eq!(
        stamped(1_699_999_699_999, &pairs),
        "Timestamp, payout_changed: header X-Timestamp is in the future",
    );
}

#[test]
fn a_time_is_part_of_what_is_signed() {
    // A forger who changes the time is told nothing about the window.
    for (time, digits) in [("1700000001", IN_SECONDS), ("01700000000", IN_SECONDS), ("1", BY_KEY)] {
        let pairs = [("x-timestamp", time), ("x-signature", digits)];
        assert_eq!(
            stamped(1_700_000_000_000, &pairs),
            "Signature, payout_changed: header X-Signature is by none of the secrets",
        );
    }
}

#[test]
fn refuses_what_is_no_time() {
    let digits = ("x-signature", IN_SECONDS);
    for time in ["", "-1700000000", "+1700000000", "1700000000.0", "1e9", "99999999999999999999"] {
        assert_eq!(
            stamped(1_700_000_000_000, &[("x-timestamp", time), digits]),
            "Header, payout_changed: header X-Timestamp is no time in seconds or milliseconds",
        );
    }
    assert_eq!(
        stamped(1_700_000_000_000, &[digits]),
        "Header, payout_changed: header X-Timestamp is missing",
    );
    let time = ("x-timestamp", "1700000000");
    assert_eq!(
        stamped(1_700_000_000_000, &[time, time, digits]),
        "Header, payout_changed: header X-Timestamp stands more than once",
    );
}

#[test]
fn takes_credentials() {
    // `shop:s3cret`, with padding and without, and with one line feed.
    for value in [
        "Basic c2hvcDpzM2NyZXQ=",
        "Basic c2hvcDpzM2NyZXQ",
        "basic  c2hvcDpzM2NyZXQ=",
        "Basic c2hvcDpzM2NyZXQK",
    ] {
        let pairs = [("authorization", value)];
        assert_eq!(basic(&["shop:s3cret"], &pairs), "accepted", "{value}");
        assert_eq!(basic(&["shop:old", "shop:s3cret"], &pairs), "accepted", "{value}");
    }
    // Two line feeds, another password, a part of it, more than it.
    for value in [
        "Basic c2hvcDpzM2NyZXQKCg==",
        "Basic c2hvcDpTM2NyZXQ=",
        "Basic c2hvcDpzM2NyZQ==",
        "Basic c2hvcDpzM2NyZXQh",
        "Basic ",
    ] {
        assert_eq!(
            basic(&["shop:s3cret"], &[("authorization", value)]),
            "Signature, payout_changed: header authorization is by none of the secrets",
            "{value}",
        );
    }
}

#[test]
fn refuses_headers_that_are_no_credentials() {
    for value in ["", "Basic", "Bearer c2hvcDpzM2NyZXQ=", "Basic c2hvcDpzM2NyZXQ==", "Basic é"] {
        assert_eq!(
            basic(&["shop:s3cret"], &[("authorization", value)]),
            "Header, payout_changed: header authorization is not `Basic` and base64",
            "{value}",
        );
    }
    let pair = ("authorization", "Basic c2hvcDpzM2NyZXQ=");
    assert_eq!(
        basic(&["shop:s3cret"], &[pair, pair]),
        "Header, payout_changed: header authorization stands more than once",
    );
    assert_eq!(
        basic(&["shop:s3cret"], &[]),
        "Header, payout_changed: header authorization is missing",
    );
}

#[test]
fn what_is_proved_but_not_understood_can_be_had() {
    let headers = headers(&[("x-signature", BY_KEY)]);
    let error = SIGNED.verify::<Vec<Json>>(&secrets(&["key"]), &headers, BODY);
    let error = error.expect_err("an object is no list");
    assert_eq!(error.kind(), WebhookErrorKind::Body);
    assert_eq!(error.body().map(|it| &**it), Some(BODY));
    assert_eq!(
        error.to_string(),
        "payout_changed: body is not as documented, expected a sequence, line 1 column 0",
    );
    let error = SIGNED.verify::<Object>(&secrets(&["other"]), &headers, BODY);
    assert_eq!(error.expect_err("the secret is wrong").body(), None);
}

/// The identity of a body.
fn id(webhook: &'static Webhook, body: &str) -> Option<String> {
    let event = webhook.read_unverified::<Json>(body.as_bytes());
    event.expect("tests give JSON").dedupe_id()
}

#[test]
fn one_part_is_the_id() {
    assert_eq!(id(&UNSIGNED, r#"{"id": "a|b\\c"}"#).as_deref(), Some(r"a|b\c"));
    assert_eq!(id(&UNSIGNED, r#"{"id": 7.10}"#).as_deref(), Some("7.10"));
    assert_eq!(id(&UNSIGNED, r#"{"id": "\u0061"}"#).as_deref(), Some("a"));
    for body in ["{}", "[]", "7", r#"{"id": null}"#, r#"{"id": ""}"#, r#"{"id": {}}"#] {
        assert_eq!(id(&UNSIGNED, body), None, "{body}");
    }
    assert_eq!(id(&BASIC, r#"{"id": "e1"}"#), None);
}

#[test]
fn several_parts_are_joined() {
    let body = r#"{"event.type": "paid", "payload": {"id": 5, "a/b~c": true}}"#;
    assert_eq!(id(&STAMPED, body).as_deref(), Some("paid|5|true"));
    assert_eq!(id(&STAMPED, &body.replace("paid", r"a|b\\")).as_deref(), Some(r"a\|b\\|5|true"));
    assert_eq!(id(&STAMPED, &body.replace("true", "null")), None);
}

#[test]
fn shows_neither_secrets_nor_values() {
    let headers = headers(&[("x-signature", BY_KEY), ("authorization", "canary")]);
    let event = SIGNED.verify::<Json>(&secrets(&["key"]), &headers, BODY).expect("it is signed");
    assert_eq!(format!("{event:?}"), "Event { value: Json(object, 11 bytes), body: [11 bytes] }");
    let error = BASIC.verify::<Json>(&secrets(&["shop:s3cret"]), &headers, b"canary");
    let error = error.expect_err("it is not signed");
    assert_eq!(
        format!("{error:?}"),
        "WebhookError(payout_changed: header authorization is not `Basic` and base64)"
    );
    let error = UNSIGNED.read_unverified::<Object>(br#"{"a": canary}"#).expect_err("it is no JSON");
    assert!(!format!("{error:?} {error}").contains("canary"), "{error}");
}

proptest! {
    /// Whatever is changed about a signed request, it is refused.
    #[test]
    fn no_other_signature_is_accepted(at in 0..64_usize, by in 1..16_u32) {
        let mut value = BY_KEY.to_owned();
        let digit = value[at..=at].chars().find_map(|it| it.to_digit(16));
        let digit = (digit.expect("it is a digit") + by) % 16;
        let digit = char::from_digit(digit, 16).expect("it is a digit");
        value.replace_range(at..=at, &digit.to_string());
        prop_assert!(signed(&["key"], &[("x-signature", &value)]).starts_with("Signature"));
    }

    #[test]
    fn no_other_body_is_accepted(body: Vec<u8>, at in 0..11_usize, bit in 0..8_u32) {
        let headers = headers(&[("x-signature", BY_KEY)]);
        let mut flipped = BODY.to_vec();
        flipped[at] ^= 1 << bit;
        for body in [flipped, body, BODY[..at].to_vec(), [BODY, b" "].concat()] {
            let error = SIGNED.verify::<Json>(&secrets(&["key"]), &headers, &body);
            prop_assert_eq!(error.expect_err("it is forged").kind(), WebhookErrorKind::Signature);
        }
    }

    #[test]
    fn no_other_secret_is_accepted(secret in "[ -~]{1,80}") {
        prop_assume!(secret != "key");
        prop_assert!(signed(&[&secret], &[("x-signature", BY_KEY)]).starts_with("Signature"));
    }

    #[test]
    fn no_header_makes_anything_panic(value: Vec<u8>, text in "\\PC*", n in 1..3_usize) {
        let values = [value, text.into_bytes()].map(|it| HeaderValue::from_bytes(&it));
        for value in values.into_iter().flatten() {
            let mut headers = HeaderMap::new();
            for _ in 0..n {
                for name in ["x-signature", "x-timestamp", "authorization"] {
                    headers.append(name, value.clone());
                }
            }
            for webhook in [&SIGNED, &STAMPED, &BASIC] {
                let res = webhook.verify::<Json>(&secrets(&["user:password"]), &headers, BODY);
                prop_assert!(res.is_err());
            }
        }
    }

    #[test]
    fn no_body_makes_anything_panic(body: Vec<u8>, text in "[\\[\\]{}\",:0-9a-z\\\\ ]*") {
        for body in [body, text.into_bytes()] {
            if let Ok(event) = STAMPED.read_unverified::<Object>(&body) {
                let _ = event.dedupe_id();
            }
        }
    }

    /// The same pieces, put together to three parts in two ways.
    #[test]
    fn different_parts_give_different_ids(
        pieces in prop::collection::vec(r"[a|\\]{1,2}", 5),
        one in (1..3_usize, 3..5_usize),
        other in (1..3_usize, 3..5_usize),
    ) {
        let parts = |(a, b): (usize, usize)| {
            [&pieces[..a], &pieces[a..b], &pieces[b..]].map(|it| it.join("|"))
        };
        let (one, other) = (parts(one), parts(other));
        prop_assert!(joined(&one).is_some());
        prop_assert_eq!(one == other, joined(&one) == joined(&other));
    }
}

/// The id of an event with these parts.
fn joined(parts: &[String; 3]) -> Option<String> {
    let [a, b, c] = parts.each_ref().map(|it| Json::from(it.as_str()));
    let (a, b, c) = (a.as_text(), b.as_text(), c.as_text());
    id(&STAMPED, &format!(r#"{{"event.type":{a},"payload":{{"id":{b},"a/b~c":{c}}}}}"#))
}

#[test]
fn signs_that_join_do_not_confuse_parts() {
    let one = joined(&[r"a\", "b", "c|d"].map(str::to_owned));
    let other = joined(&["a|b", r"c\", "d"].map(str::to_owned));
    assert_eq!(one.as_deref(), Some(r"a\\|b|c\|d"));
    assert_eq!(other.as_deref(), Some(r"a\|b|c\\|d"));
}
