//! Tests of the module above.

use super::*;

#[test]
fn never_shown() {
    let secret = Secret::new("planted");
    assert_eq!(format!("{secret:?} {secret:#?}"), "Secret([redacted]) Secret([redacted])");
    assert_eq!(format!("{:?}", Some(&secret)), "Some(Secret([redacted]))");
    assert_eq!(secret.expose(), "planted");
}

#[test]
fn compared() {
    assert_eq!(Secret::from("a"), Secret::from(String::from("a")));
    assert_ne!(Secret::from("a"), Secret::from("b"));
    assert_ne!(Secret::from("a"), Secret::from("ab"));
}

#[test]
fn from_the_environment() {
    // Cargo sets both for every test.
    let secret = Secret::from_env("CARGO_PKG_NAME").expect("it is set");
    assert_eq!(secret.expose(), "payouts-core");
    let error = Secret::from_env("PAYOUTS_NO_SUCH_VARIABLE").expect_err("it is not set");
    assert_eq!(error.to_string(), "environment variable `PAYOUTS_NO_SUCH_VARIABLE` is not set");
    assert_eq!(error.variable(), "PAYOUTS_NO_SUCH_VARIABLE");
    let error = Secret::from_env("CARGO_PKG_HOMEPAGE").expect_err("it is empty");
    assert_eq!(error.to_string(), "environment variable `CARGO_PKG_HOMEPAGE` is empty");
}
