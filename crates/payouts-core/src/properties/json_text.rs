//! Random JSON texts, as providers write them and worse.

use proptest::prelude::*;

use super::exact::number;

/// A string that must never be shown, neither as a value nor as a name.
pub(super) const CANARY: &str = "canary bird";

fn string() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just(String::new()),
        Just(CANARY.to_owned()),
        "[a-z]{1,6}",
        Just(String::from("2024-02-29T08:05:00.123Z")),
        Just(String::from("2024-02-29 08:05")),
        number(),
        "\\PC{0,6}",
        any::<String>(),
    ];
    let plain = text.prop_map(|it| serde_json::to_string(&it).expect("a string"));
    prop_oneof![
        8 => plain,
        // Half a character, which Rust cannot hold, and escapes of plain ones.
        1 => Just(String::from(r#""\ud800""#)),
        1 => Just(String::from(r#""\u0063anary bird\/""#)),
    ]
}

/// A name that the types of the tests have, or another.
fn name() -> impl Strategy<Value = String> {
    let known = ["id", "method", "amount", "at", "kind", "parts", "minor", "card", "note"];
    let known = prop::sample::select(known.to_vec()).prop_map(|it| format!("{it:?}"));
    prop_oneof![4 => known, 1 => string()]
}

fn space() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "", " ", "\n\t", "\r\n  "])
}

/// One JSON value.
pub(super) fn json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just(String::from("null")),
        Just(String::from("true")),
        Just(String::from("false")),
        number(),
        string(),
        prop::sample::select(vec!["\"card\"", "\"bank\"", "\"settled\"", "1e400", "-0.0"])
            .prop_map(str::to_owned),
    ];
    scalar.prop_recursive(4, 24, 6, |inner| {
        let items = prop::collection::vec((inner.clone(), space()), 0..4);
        let members = prop::collection::vec((name(), inner, space()), 0..6);
        prop_oneof![
            1 => items.prop_map(|items| {
                let items = items.iter().map(|(it, space)| format!("{space}{it}{space}"));
                format!("[{}]", items.collect::<Vec<_>>().join(","))
            }),
            2 => members.prop_map(|members| {
                let members = members
                    .iter()
                    .map(|(name, it, space)| format!("{space}{name}{space}:{space}{it}{space}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

/// Anything that may come instead of JSON.
pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let soup = prop::collection::vec(
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\"id\"",
            "\"at\":",
            "1",
            "-",
            "e",
            ".",
            "null",
            "tru",
            " ",
            "\"\"",
            "\u{0}",
            "\"canary bird\"",
        ]),
        0..24,
    );
    let cut = (json(), any::<prop::sample::Index>()).prop_map(|(text, end)| {
        let mut bytes = text.into_bytes();
        bytes.truncate(end.index(bytes.len()));
        bytes
    });
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..64),
        soup.prop_map(|it| it.concat().into_bytes()),
        cut,
        json().prop_map(String::into_bytes),
    ]
}
