//! JSON Pointers (RFC 6901) into values that are kept as their source text.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The source text of the value that a pointer such as `/data/0/id` names, if
/// it is there. The empty pointer names the value itself.
pub(crate) fn find<'t>(text: &'t str, pointer: &str) -> Option<&'t str> {
    let mut found: &RawValue = serde_json::from_str(text).ok()?;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        found = if found.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(found.get()).ok()?;
            items.get(token.parse::<usize>().ok()?)?
        } else {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(found.get()).ok()?;
            members.get(&token)?
        };
    }
    Some(found.get())
}

/// A pointer as errors write it: `data.id`, and `.` for the value itself.
pub(crate) fn path(pointer: &str) -> String {
    match pointer {
        "" => String::from("."),
        pointer => pointer.trim_start_matches('/').replace('/', "."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pointer: &str, expected: Option<&str>) {
        let text = r#"{"a": {"b": [1.10, {"c/d": null}], "e~f": ""}}"#;
        assert_eq!(find(text, pointer), expected);
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
