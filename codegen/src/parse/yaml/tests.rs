//! Scalars mean one thing or are refused.

use super::*;

fn kind(text: &str) -> String {
    match plain(text) {
        Plain::Value(Value::Null) => "null".to_owned(),
        Plain::Value(Value::Bool(it)) => it.to_string(),
        Plain::Value(Value::Number(it)) => format!("number {it}"),
        Plain::Value(Value::String(it)) => format!("string {it}"),
        Plain::Value(_) => "collection".to_owned(),
        Plain::Ambiguous => "ambiguous".to_owned(),
    }
}

#[test]
fn scalars_that_mean_one_thing() {
    for (text, expected) in [
        ("null", "null"),
        ("true", "true"),
        ("12", "number 12"),
        ("-12", "number -12"),
        ("18446744073709551615", "number 18446744073709551615"),
        ("10.50", "number 10.50"),
        ("abc", "string abc"),
        ("3.0.3", "string 3.0.3"),
        ("5XX", "string 5XX"),
        ("x1", "string x1"),
        ("/payouts/{id}", "string /payouts/{id}"),
        ("USD", "string USD"),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn scalars_that_readers_disagree_about() {
    for text in [
        "no",
        "NO",
        "yes",
        "on",
        "Off",
        "y",
        "N",
        "~",
        "Null",
        "TRUE",
        "012",
        "00123456789",
        "1_000",
        "0x1f",
        "0o17",
        "1e400",
        "1e2",
        ".inf",
        "-.INF",
        ".nan",
        "12:30",
        "2024-01-31",
        "18446744073709551616",
        "+1",
    ] {
        assert_eq!(kind(text), "ambiguous", "{text}");
    }
}
