//! Requests: no value reaches beyond the place it was put in.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use super::config;
use crate::path::{Filling, encode, fill, header_value, push_pair};
use crate::response::Answer;
use crate::{Server, Timestamp};

/// A value as a caller may pass it on from anyone.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,8}",
        "[./\\\\?#%&=;@:+{} \r\n\t]{0,6}",
        "(%2[eEfF]|\\.|/|%5c|%00|\\\\){0,4}",
        prop::sample::select(vec!["", ".", "..", "...", "//evil.example", "https://evil.example"])
            .prop_map(str::to_owned),
    ]
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().expect("it was encoded from text").into_owned()
}

const BASE: &str = "https://api.example.com/v1";

/// Fills a template, whose segments must come back with their parameters in
/// place; any of `values` may be refused.
fn check(template: &str, values: &[(&str, &str)]) -> Result<(), TestCaseError> {
    let value_of = |name: &str| {
        let found = values.iter().find(|(it, _)| *it == name);
        found.map(|(_, value)| Filling::Value((*value).to_owned()))
    };
    let is_refused = values.iter().any(|(_, it)| matches!(*it, "" | "." | ".."));
    let path = fill(template, value_of);
    prop_assert_eq!(path.is_err(), is_refused);
    let Ok(path) = path else { return Ok(()) };

    let base = Server::from(BASE).base().expect("the URL is fine");
    let url = base.join(&path, "").expect("the parser keeps the path");
    prop_assert!(url.as_str().starts_with("https://api.example.com/v1/"));
    prop_assert_eq!((url.query(), url.fragment(), url.username()), (None, None, ""));
    let segments: Vec<String> = url.path_segments().expect("https").map(decoded).collect();
    let filled = |segment: &str| {
        values.iter().fold(segment.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    };
    let expected: Vec<String> = format!("v1{template}").split('/').map(filled).collect();
    prop_assert_eq!(segments.len(), expected.len());
    // A value that looks like a parameter would be filled once more by the test.
    if !values.iter().any(|(_, it)| it.contains('{')) {
        prop_assert_eq!(segments, expected);
    }
    Ok(())
}

/// What is waited after an answer with this header.
fn retry_after(value: HeaderValue, received: Timestamp) -> Option<Duration> {
    let headers = HeaderMap::from_iter([(header::RETRY_AFTER, value)]);
    let answer = Answer {
        status: StatusCode::TOO_MANY_REQUESTS,
        headers,
        body: Bytes::new(),
        broken: None,
        received,
    };
    answer.retry_after()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_value_changes_the_path(a in value(), b in value()) {
        check("/payouts/{0}", &[("0", &a)])?;
        check("/groups/{0}/payouts/{1}/cancel", &[("0", &a), ("1", &b)])?;
        check("/{0}.{1}/files/{1}.json", &[("0", &a), ("1", &b)])?;
        check("/{0}{1}", &[("0", &a), ("1", &b)])?;
    }

    #[test]
    fn every_segment_comes_back(text in value()) {
        let encoded = encode(&text);
        prop_assert_eq!(decoded(&encoded), text);
        let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~%".contains(&it);
        prop_assert!(encoded.bytes().all(is_plain));
    }

    #[test]
    fn no_value_adds_to_the_query(
        pairs in prop::collection::vec((value(), value()), 1..4)
    ) {
        let mut query = String::new();
        for (name, value) in &pairs {
            push_pair(&mut query, name, &encode(value));
        }
        let base = Server::from(BASE).base().expect("the URL is fine");
        let url = base.join("/payouts", &query).expect("the parser keeps the path");
        prop_assert_eq!((url.path(), url.fragment()), ("/v1/payouts", None));
        let read: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(read, pairs);
    }

    #[test]
    fn no_value_adds_a_header(text in prop_oneof![value(), "[ -~]{0,12}", "[ -~\r\n\0\x7f]{0,8}"]) {
        let is_visible = text.bytes().all(|it| (b' '..=b'~').contains(&it));
        let is_fine = is_visible && !text.starts_with(' ') && !text.ends_with(' ');
        let value = header_value(&text);
        prop_assert_eq!(value.is_some(), is_fine);
        if let Some(value) = value {
            prop_assert_eq!(value.as_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn no_variable_chooses_another_server(host in value(), organization in value()) {
        let variables = [("region", host.as_str()), ("organization", organization.as_str())];
        let template = "https://{region}.example.com/o/{organization}";
        if let Ok(base) = Server::new(template, &variables).base() {
            let url = base.join("/payouts", "").expect("the parser keeps the path");
            let expected = format!("{}.example.com", host.to_ascii_lowercase());
            prop_assert_eq!(url.host_str(), Some(expected.as_str()));
            let segments: Vec<String> = url.path_segments().expect("https").map(decoded).collect();
            prop_assert_eq!(segments, ["o", organization.as_str(), "payouts"]);
        }
    }

    #[test]
    fn seconds_to_wait_are_read(seconds in prop_oneof![any::<u64>(), 0..10_000_u64]) {
        let value = HeaderValue::from(seconds);
        let received = Timestamp::from_unix_millis(0).expect("1970");
        prop_assert_eq!(retry_after(value, received), Some(Duration::from_secs(seconds)));
    }

    #[test]
    fn dates_to_wait_for_are_read(then in 0..253_402_300_800_u64, now in 0..253_402_207_200_000_u64) {
        let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(then));
        let value = HeaderValue::try_from(date).expect("a date is ASCII");
        let millis = i64::try_from(now).expect("it is small");
        let received = Timestamp::from_unix_millis(millis).expect("before the year 10000");
        let expected = Duration::from_millis((then * 1000).saturating_sub(now));
        prop_assert_eq!(retry_after(value, received), Some(expected));
    }

    #[test]
    fn nothing_else_is_waited_for(text in prop::collection::vec(any::<u8>(), 0..24)) {
        let received = Timestamp::from_unix_millis(0).expect("1970");
        if let Ok(value) = HeaderValue::from_bytes(&text) {
            let wait = retry_after(value, received);
            let is_number = text.iter().any(u8::is_ascii_digit);
            prop_assert!(wait.is_none() || is_number);
        }
    }
}
