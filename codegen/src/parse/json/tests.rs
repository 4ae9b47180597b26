//! JSON, strictly, with exact numbers and places.

use super::*;

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.clone(),
        Value::String(it) => format!("{it:?}"),
        Value::List(items) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(","))
        }
        Value::Map(entries) => {
            let entries = entries.iter().map(|it| format!("{}:{}", it.key, shown(&it.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(node(text, 0).as_ref().map(shown), Ok(expected.to_owned()));
}

#[track_caller]
fn refused(text: &str, offset: usize) {
    assert_eq!(node(text, 0).map(|it| shown(&it)), Err(offset));
}

#[test]
fn values() {
    check(
        r#" {"a": [1, -2.50, 1e2, true, null, "x\n\"é"]} "#,
        r#"{a:[1,-2.50,1e2,true,null,"x\n\"é"]}"#,
    );
    check("{}", "{}");
    check("[ ]", "[]");
}

#[test]
fn numbers_keep_their_digits() {
    check("12345678901234567890.10", "12345678901234567890.10");
}

#[test]
fn what_is_not_json() {
    refused("", 0);
    refused("{", 1);
    refused("[1,]", 3);
    refused("[1] x", 4);
    refused("{\"a\": 1, \"a\": 2}", 9);
    refused("01", 0);
    refused("\"a", 0);
    refused("nul", 0);
}

#[test]
fn nesting_is_bounded() {
    assert!(node(&format!("{}{}", "[".repeat(5000), "]".repeat(5000)), 0).is_err());
}

#[test]
fn places() {
    let node = node("{\"a\": 12}", 3).expect("it is JSON");
    let entry = node.entry("a").expect("it is there");
    assert_eq!((entry.key_place.start, entry.key_place.end), (1, 4));
    assert_eq!(
        (entry.value.place.start, entry.value.place.end, entry.value.place.file_idx),
        (6, 8, 3)
    );
}
