//! What endangers money: amounts, and whether a call may be sent again.

use crate::review::spec::view::View;

/// Whether a schema is an amount of money.
pub(super) fn is_amount(view: &View<'_>) -> bool {
    matches!(view.text("x-unit"), Some("major" | "minor"))
}

/// Whether a member's name speaks of money.
pub(super) fn is_money_name(name: &str) -> bool {
    let mut words = Vec::new();
    let mut word = String::new();
    for it in name.chars() {
        if it.is_uppercase() || !it.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
        }
        if it.is_alphanumeric() {
            word.extend(it.to_lowercase());
        }
    }
    words.push(word);
    let known =
        ["amount", "currency", "fee", "fees", "price", "balance", "money", "total", "cents"];
    words.iter().any(|it| known.contains(&it.as_str()))
}

pub(super) fn idempotency_alarm(name: &str) -> Option<&'static str> {
    let is_key = name.to_ascii_lowercase().contains("idempot");
    is_key.then_some("whether a call may be sent again")
}
