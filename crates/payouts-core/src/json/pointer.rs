//! JSON Pointers (RFC 6901) into values that are kept as their source text.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::Json;

/// The value that a pointer such as `/data/0/id` names, if it is there. The
/// empty pointer names the value itself.
pub(crate) fn find(json: &Json, pointer: &str) -> Option<Json> {
    let mut found = json.clone();
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        found = if found.as_text().starts_with('[') {
            let items: Vec<Json> = read(&found)?;
            let idx: usize = token.parse().ok()?;
            items.into_iter().nth(idx)?
        } else {
            let mut members: BTreeMap<String, Json> = read(&found)?;
            members.remove(&token)?
        };
    }
    Some(found)
}

fn read<T: DeserializeOwned>(json: &Json) -> Option<T> {
    serde_json::from_str(json.as_text()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pointer: &str, expected: Option<&str>) {
        let text = r#"{"a": {"b": [1.10, {"c/d": null}], "e~f": ""}}"#;
        let json = Json::from_text(text).expect("it is JSON");
        let found = find(&json, pointer);
        assert_eq!(found.as_ref().map(Json::as_text), expected);
    }

    #[test]
    fn finds_values() {
        check("/a/b/0", Some("1.10"));
        check("/a/b/1/c~1d", Some("null"));
        check("/a/e~0f", Some("\"\""));
        check("", Some(r#"{"a": {"b": [1.10, {"c/d": null}], "e~f": ""}}"#));
    }

    #[test]
    fn finds_nothing_where_nothing_is() {
        for pointer in ["/b", "/a/b/2", "/a/b/x", "/a/b/-1", "/a/b/0/c", "/a/e~0f/g", "/"] {
            check(pointer, None);
        }
    }
}
