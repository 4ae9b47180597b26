//! Names on the wire and rules of the runtime.

use super::*;

#[test]
fn camel_case_as_serde_does_it() {
    for (rust, wire) in [
        ("customer_id", "customerId"),
        ("address2", "address2"),
        ("a_b_c", "aBC"),
        ("x", "x"),
        ("type_", "type"),
    ] {
        assert_eq!(camel_case(rust), wire);
    }
}

#[test]
fn rules() {
    for (constraint, text) in [
        (Constraint::Length("minLength", 1), "min_length(1)"),
        (Constraint::Length("maxLength", 50), "max_length(50)"),
        (Constraint::Length("minItems", 2), "min_items(2)"),
        (Constraint::Length("maxItems", 25), "max_items(25)"),
        (Constraint::Bound("exclusive_minimum", "0".to_owned()), "exclusive_minimum(\"0\")"),
        (Constraint::Pattern("^\\w+$".to_owned()), "pattern(r\"^\\w+$\")"),
        (Constraint::Pattern("a\"b".to_owned()), "pattern(r#\"a\"b\"#)"),
        (Constraint::Pattern("a\"#b".to_owned()), "pattern(r##\"a\"#b\"##)"),
        (Constraint::UniqueItems, "unique_items()"),
    ] {
        assert_eq!(rule(&constraint), text);
    }
}

#[test]
fn types_of_members() {
    let list = TypeRef::List(Box::new(TypeRef::Named("Payout".to_owned())));
    assert_eq!(type_text(&list), "Vec<Payout>");
    assert_eq!(
        type_text(&TypeRef::Map(Box::new(TypeRef::Scalar(Scalar::Decimal)))),
        "BTreeMap<String, Decimal>"
    );
}
