//! Tests of the module above.

use serde::{Deserialize, Serialize};

use super::Patch;
use crate::Sensitive;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Update {
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    note: Patch<String>,
}

#[track_caller]
fn recodes(json: &str, note: Patch<String>) {
    let update: Update = serde_json::from_str(json).expect(json);
    assert_eq!(update, Update { note });
    assert_eq!(serde_json::to_string(&update).expect("encodes"), json);
}

#[test]
fn keep_clear_and_set() {
    recodes("{}", Patch::Keep);
    recodes(r#"{"note":null}"#, Patch::Clear);
    recodes(r#"{"note":"a"}"#, Patch::Set("a".to_owned()));
}

#[test]
fn made_from_values() {
    fn patch(value: impl Into<Patch<String>>) -> Patch<String> {
        value.into()
    }
    assert_eq!(patch("a"), Patch::Set("a".to_owned()));
    assert_eq!(patch("a".to_owned()), Patch::Set("a".to_owned()));
    assert_eq!(patch(Some("a".to_owned())), Patch::Set("a".to_owned()));
    assert_eq!(patch(None), Patch::Clear);
    assert_eq!(patch(Patch::Keep), Patch::Keep);
    assert_eq!(patch("a").value().map(String::as_str), Some("a"));
    assert_eq!(patch(None).value(), None);
    assert_eq!(Patch::<Sensitive<String>>::from("a"), Patch::Set(Sensitive::new("a".to_owned())));
}

/// On its own it has to be something; a struct leaves it out.
#[test]
fn keep_alone_is_null() {
    assert_eq!(serde_json::to_string(&Patch::<String>::Keep).expect("encodes"), "null");
}
