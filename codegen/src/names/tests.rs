//! Naming, with the awkward cases by name.

use super::*;

#[test]
fn fields() {
    for (wire, rust) in [
        ("amount", "amount"),
        ("customerId", "customer_id"),
        ("HTTPStatus", "http_status"),
        ("address2", "address2"),
        ("_links", "links"),
        ("event.type", "event_type"),
        ("X-Request-Id", "x_request_id"),
        ("type", "type_"),
        ("self", "self_"),
        ("3ds", "n_3ds"),
        ("PayoutMethod", "payout_method"),
    ] {
        assert_eq!(snake(wire), rust, "{wire}");
    }
}

#[test]
fn types_and_variants() {
    for (wire, rust) in [
        ("payout_request", "PayoutRequest"),
        ("IN PROGRESS", "InProgress"),
        ("payment-card", "PaymentCard"),
        ("American Express", "AmericanExpress"),
        ("USDT.TRC20", "UsdtTrc20"),
        ("ePay.bg", "EPayBg"),
        ("XPay-P2P", "XPayP2p"),
        ("B+S", "BPlusS"),
        ("1", "N1"),
        ("-1", "Minus1"),
        ("100%", "N100Percent"),
        ("self", "Self_"),
        ("API", "Api"),
        ("IBAN", "Iban"),
    ] {
        assert_eq!(pascal(wire), rust, "{wire}");
    }
}

#[test]
fn constants() {
    assert_eq!(shouty("create_wallet_payout"), "CREATE_WALLET_PAYOUT");
    assert_eq!(shouty("listPayouts"), "LIST_PAYOUTS");
}

#[test]
fn statics_of_operations() {
    assert_eq!(operation("list_payouts"), "LIST_PAYOUTS");
    assert_eq!(operation("pay"), "PAY");
    // The type of its calls is `A`.
    assert_eq!(operation("a"), "A_");
    assert_eq!(operation("p2"), "P2_");
    assert_eq!(operation("operations"), "OPERATIONS_");
}

#[test]
fn statuses() {
    for (pattern, variant) in [
        ("400", "BadRequest"),
        ("422", "UnprocessableContent"),
        ("5XX", "ServerError"),
        ("default", "Other"),
        ("499", "Status499"),
    ] {
        assert_eq!(status(pattern), variant);
    }
}

#[test]
fn a_name_is_always_an_identifier() {
    for wire in ["", " ", "'", "…", "日本", "2", "a b", "fn", "async", "r#type", "-", "+", "&"]
    {
        let parse = |name: &str| syn::parse_str::<syn::Ident>(name);
        assert!(parse(&snake(wire)).is_ok(), "{wire:?} became {:?}", snake(wire));
        assert!(parse(&pascal(wire)).is_ok(), "{wire:?} became {:?}", pascal(wire));
    }
}

#[test]
fn values_that_differ_in_a_sign_keep_apart() {
    assert_ne!(pascal("+1"), pascal("-1"));
    assert_ne!(pascal("+1"), pascal("1"));
}

/// All texts of up to seven of these signs.
#[test]
fn words_are_those_of_heck() {
    use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
    let signs = ['a', 'B', '1', ' ', 'c'];
    let n_signs = signs.len();
    for n in 0..n_signs.pow(7) {
        let mut text = String::new();
        let mut rest = n;
        while rest > 0 {
            text.push(signs[rest % n_signs]);
            rest /= n_signs;
        }
        let mut found = Vec::new();
        words(&text, |it| found.push(it.to_owned()));
        let joined = |rule: fn(&str) -> String| {
            found.iter().map(|it| rule(it)).collect::<Vec<_>>().join("_")
        };
        assert_eq!(joined(str::to_ascii_lowercase), text.to_snake_case(), "{text:?}");
        assert_eq!(joined(str::to_ascii_uppercase), text.to_shouty_snake_case(), "{text:?}");
        if !text.starts_with(['1', ' ']) && !text.is_empty() {
            assert_eq!(pascal(&text), text.to_upper_camel_case(), "{text:?}");
        }
    }
}

#[test]
fn latin_letters_lose_their_marks() {
    assert_eq!(snake("Número de Año"), "numero_de_ano");
    assert_eq!(pascal("straße-über"), "StrasseUber");
    assert_eq!(pascal("Œuvre"), "Oeuvre");
    assert!(is_told("é") && is_told("a") && !is_told("日本") && !is_told("$"));
}
