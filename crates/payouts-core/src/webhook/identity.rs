//! What makes two deliveries the same event.

use std::str;

use crate::json::{Token, pointer};

/// The values that the pointers lead to, as one text; `None` unless all are
/// there.
pub(super) fn of(body: &[u8], pointers: &[&str]) -> Option<String> {
    match pointers {
        [] => None,
        [only] => part(body, only),
        pointers => {
            let parts: Option<Vec<String>> = pointers
                .iter()
                .map(|it| Some(part(body, it)?.replace('\\', "\\\\").replace('|', "\\|")))
                .collect();
            Some(parts?.join("|"))
        }
    }
}

/// The text of the scalar at a JSON pointer, unless it is `null` or empty.
fn part(body: &[u8], pointer: &str) -> Option<String> {
    let value = pointer::find(str::from_utf8(body).ok()?, pointer)?;
    let token = Token::of(value);
    token.scalar_text().filter(|it| !it.is_empty()).map(str::to_owned)
}
