//! The tool fails loudly on everything that would be lost, and on nothing else.

use super::{Conformance, Verdict};

fn verdict(provider: &str, file: &str, text: &str) -> Verdict {
    Conformance::of(provider).expect("the spec is right").file(file, text.as_bytes())
}

#[track_caller]
fn passes(provider: &str, file: &str, text: &str) -> Vec<String> {
    let verdict = verdict(provider, file, text);
    assert_eq!(verdict.failures, Vec::<String>::new());
    verdict.notes
}

#[track_caller]
fn fails(provider: &str, file: &str, text: &str) -> String {
    let verdict = verdict(provider, file, text);
    assert_eq!(verdict.failures.len(), 1, "{verdict:#?}");
    verdict.failures.into_iter().next().unwrap_or_default()
}

const PAYOUT: &str = "create_wallet_payout.request.200.json";

#[test]
fn a_sample_that_loses_nothing() {
    let text = r#"{"payment_method_id": "m", "amount": 18446744073709551615, "currency": "USD"}"#;
    assert_eq!(passes("revere", PAYOUT, text), Vec::<String>::new());
}

#[test]
fn a_value_that_nobody_has_listed() {
    let text = r#"{"payment_method_id": "m", "amount": 1, "currency": "EUR"}"#;
    assert_eq!(passes("revere", PAYOUT, text), Vec::<String>::new());
}

#[test]
fn a_member_that_the_spec_does_not_know() {
    let text = r#"{"payment_method_id": "m", "amount": 1, "currency": "USD", "memo": "x"}"#;
    assert_eq!(passes("revere", PAYOUT, text), ["unknown: $.memo"]);
}

#[test]
fn a_required_member_that_is_missing() {
    let text = r#"{"payment_method_id": "m", "currency": "USD"}"#;
    assert!(fails("revere", PAYOUT, text).starts_with("does not decode: "));
}

#[test]
fn a_string_where_the_spec_declares_a_number() {
    let text = r#"{"payment_method_id": "m", "amount": "1", "currency": "USD"}"#;
    assert_eq!(
        fails("revere", PAYOUT, text),
        "$.amount: a string, where the spec declares a number"
    );
}

#[test]
fn a_null_that_the_spec_does_not_declare() {
    let text =
        r#"{"receiver_id": "r", "account_id": "a", "amount": 1, "currency": "AUD", "note": null}"#;
    assert_eq!(
        fails("acceptify", "create_payout.request.200.json", text),
        "$.note: `null`, which the spec does not declare"
    );
}

#[test]
fn a_null_and_an_empty_text_that_the_spec_declares() {
    let text = r#"{"message": "m", "payload": {"id": "p", "status": "pending", "batch_id": "", "note": null}}"#;
    assert_eq!(passes("acceptify", "get_payout.response.200.json", text), Vec::<String>::new());
}

#[test]
fn a_number_or_a_string_where_the_spec_declares_both() {
    for amount in ["2000", "\"2000\""] {
        let text =
            format!(r#"{{"payload": {{"id": "p", "status": "pending", "amount": {amount}}}}}"#);
        assert_eq!(
            passes("acceptify", "get_payout.response.200.json", &text),
            Vec::<String>::new()
        );
    }
}

#[test]
fn amounts_that_a_float_would_change() {
    let amounts = ["12345678901234567.89", "0.10", "9007199254740993", "1e2", "-0.01"];
    for amount in amounts {
        let text = format!(r#"{{"id": "p", "amount": {amount}}}"#);
        let notes = passes("rebilly", "get_payout_request.response.200.json", &text);
        assert_eq!(notes, Vec::<String>::new(), "{amount}");
    }
}

#[test]
fn an_instant_in_another_notation() {
    let text = r#"{"id": "p", "createdTime": "2026-03-02T11:45:00+02:00"}"#;
    assert_eq!(
        passes("rebilly", "get_payout_request.response.200.json", text),
        Vec::<String>::new()
    );
}

#[test]
fn a_read_only_member_of_a_request() {
    let text =
        r#"{"websiteId": "w", "customerId": "c", "currency": "USD", "amount": 1, "id": "p"}"#;
    assert_eq!(
        passes("rebilly", "create_payout_request.request.201.json", text),
        ["read-only: $.id"]
    );
}

#[test]
fn an_undeclared_success_is_read_as_the_declared_one() {
    assert_eq!(
        passes(
            "revere",
            "create_wallet_payout.response.202.json",
            r#"{"processor_transaction_id": "t", "amount": 1, "status": "settled", "created_at": "2024-07-20T15:11:16.975339432Z"}"#
        ),
        Vec::<String>::new()
    );
}

#[test]
fn an_error_that_only_the_default_declares() {
    let notes =
        passes("revere", "create_wallet_payout.response.418.json", r#"{"error": "teapot"}"#);
    assert_eq!(notes, Vec::<String>::new());
}

#[test]
fn an_error_body_of_every_operation() {
    let text = r#"{"error": "Idempotency-Key is required for this request."}"#;
    assert_eq!(passes("yativo", "error.response.default.1.json", text), Vec::<String>::new());
}

#[test]
fn parameters() {
    assert_eq!(
        passes("acceptify", "list_payouts.request.200.json", r#"{"limit": "1", "status": "4"}"#),
        Vec::<String>::new()
    );
    assert_eq!(
        fails("acceptify", "list_payouts.request.200.json", r#"{"page": "1"}"#),
        "$.page: the operation has no such parameter"
    );
    assert_eq!(
        fails("acceptify", "list_payouts.request.200.json", r#"{"limit": "one"}"#),
        "$.limit: not a value of this parameter"
    );
    assert_eq!(
        fails("acceptify", "get_payout.request.200.json", "{}"),
        "$: the parameter `id` is required"
    );
}

#[test]
fn an_operation_that_does_not_exist() {
    assert_eq!(
        fails("revere", "create_payout.request.200.json", "{}"),
        "`revere` has no operation or webhook `create_payout`"
    );
}

#[test]
fn a_status_that_the_operation_does_not_declare() {
    assert_eq!(
        fails("rebilly", "get_payout_request.response.500.json", "{}"),
        "`get_payout_request` does not declare the status 500"
    );
}

#[test]
fn a_text_that_is_not_json() {
    assert_eq!(fails("revere", PAYOUT, "{\n\"amount\": 1,\n}"), "not JSON: line 3");
    assert_eq!(fails("revere", PAYOUT, ""), "not JSON: line 1");
    assert_eq!(fails("revere", PAYOUT, r#"{"amount": 1, "amount": 2}"#), "not JSON: line 1");
}

#[test]
fn a_name_that_says_nothing() {
    for file in [
        "payout.json",
        "create_wallet_payout.reply.200.json",
        "create_wallet_payout.request.99.json",
    ] {
        assert_eq!(
            fails("revere", file, "{}"),
            "not called `<operation_id>.<request|response>.<status>[.<n>].json`"
        );
    }
}

#[test]
fn a_provider_that_does_not_exist() {
    let error = Conformance::of("acme").err().expect("there is none");
    assert_eq!(
        error.to_string(),
        "there is no provider `acme`; providers are acceptify, rebilly, revere, yativo"
    );
}
