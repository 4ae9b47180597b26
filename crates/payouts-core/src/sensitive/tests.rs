//! Tests of the module above.

use super::*;
use crate::Patch;

#[test]
fn never_shown() {
    let name: Sensitive<String> = Sensitive::from("planted");
    assert_eq!(format!("{name:?} {name:#?}"), "[redacted] [redacted]");
    assert_eq!(format!("{:?}", Sensitive::new(vec!["planted"])), "[redacted]");
    assert_eq!(format!("{:?}", Patch::Set(name.clone())), "Set([redacted])");
    assert_eq!(name.expose(), "planted");
    assert_eq!(name.into_exposed(), "planted");
}

#[test]
fn transparent_in_json() {
    let name: Sensitive<String> = serde_json::from_str("\"a\"").expect("a string");
    assert_eq!(serde_json::to_string(&name).expect("encodes"), "\"a\"");
    let none: Option<Sensitive<String>> = serde_json::from_str("null").expect("null");
    assert_eq!(none, None);
    assert!(Sensitive::new("a") < Sensitive::new("b"));
}
