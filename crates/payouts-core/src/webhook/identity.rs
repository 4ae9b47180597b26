//! What makes two deliveries the same event.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::json::Token;

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
    let mut value: &RawValue = serde_json::from_slice(body).ok()?;
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
        value = members.get(&name).copied()?;
    }
    let token = Token::of(value.get());
    token.scalar_text().filter(|it| !it.is_empty()).map(str::to_owned)
}
