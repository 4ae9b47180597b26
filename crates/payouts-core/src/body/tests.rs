//! Forms and parts of values as JSON writes them.

use super::{DEPTH, File, FormStyle, Members, PartStyle, assemble, form, parts};
use crate::{Decimal, Json};

fn of(json: &str) -> Members {
    Members::of(json.as_bytes()).expect("it is an object")
}

#[track_caller]
fn check(json: &str, styles: &[(&str, FormStyle)], expected: &str) {
    assert_eq!(form(&of(json), styles).as_deref(), Some(expected));
}

#[test]
fn scalars_are_exact() {
    check(
        r#"{"a":12345678901234567.890,"b":"x","c":true,"d":9007199254740993,"e":null,"f":""}"#,
        &[],
        "a=12345678901234567.890&b=x&c=true&d=9007199254740993&e=&f=",
    );
    check("{}", &[], "");
}

#[test]
fn text_is_encoded() {
    check(r#"{"a b&c":"1+1=2 \"ż\"\n"}"#, &[], "a+b%26c=1%2B1%3D2+%22%C5%BC%22%0A");
}

#[test]
fn lists_are_repeated() {
    check(r#"{"a":[1,2.50,"x"],"b":[]}"#, &[], "a=1&a=2.50&a=x");
}

#[test]
fn what_is_nested_has_brackets() {
    check(
        r#"{"a":{"b":1,"c":{"d":"x"},"e":[1,2]},"f":[{"g":1},{"g":2}],"h":[[1],[2]]}"#,
        &[],
        "a%5Bb%5D=1&a%5Bc%5D%5Bd%5D=x&a%5Be%5D%5B0%5D=1&a%5Be%5D%5B1%5D=2&f%5B0%5D%5Bg%5D=1\
         &f%5B1%5D%5Bg%5D=2&h%5B0%5D%5B0%5D=1&h%5B1%5D%5B0%5D=2",
    );
}

#[test]
fn styles() {
    let json = r#"{"a":[1,"b c"],"d":{"x":1,"y":[2,3]}}"#;
    check(json, &[("a", FormStyle::Commas), ("d", FormStyle::Spread)], "a=1%2Cb+c&x=1&y=2&y=3");
    check(r#"{"a":[1,2]}"#, &[("a", FormStyle::Spaces)], "a=1+2");
    check(r#"{"a":[1,2],"b":[]}"#, &[("a", FormStyle::Pipes), ("b", FormStyle::Pipes)], "a=1%7C2");
    check(r#"{"a":[1,2]}"#, &[("a", FormStyle::Deep)], "a%5B0%5D=1&a%5B1%5D=2");
    check(r#"{"a":{"b":1.0}}"#, &[("a", FormStyle::Json)], "a=%7B%22b%22%3A1.0%7D");
}

#[test]
fn what_no_form_can_hold_is_refused() {
    let deep = |depth| format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(form(&of(&deep(DEPTH)), &[]).is_some());
    assert_eq!(form(&of(&deep(DEPTH + 2)), &[]), None);
    assert_eq!(form(&of(&deep(200_000)), &[]), None, "nobody runs out of stack");
    assert_eq!(form(&of(r#"{"a":[[1]]}"#), &[("a", FormStyle::Commas)]), None);
    assert_eq!(form(&of(r#"{"a":"\ud800"}"#), &[]), None, "half a character");
    assert!(Members::of(b"[1]").is_none());
}

#[test]
fn a_member_can_be_looked_up() {
    let members = of(r#"{"a":"x\n","b":10.50,"c":[1]}"#);
    let of = |name| members.text(name);
    assert_eq!(
        [of("a"), of("b"), of("c"), of("d")].map(Option::unwrap_or_default),
        ["x\n", "10.50", "[1]", ""]
    );
}

fn text(json: &str, styles: &[(&str, PartStyle)]) -> Option<String> {
    let bytes = assemble(&parts(&of(json), styles)?, "b");
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn values_are_parts() {
    let json = r#"{"a":10.50,"b":{"c":1.0},"d":["x","y"],"e":[{"f":1}],"g":null,"h":true}"#;
    let part = |name: &str, rest: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n")
    };
    let json_type = "\r\nContent-Type: application/json\r\n\r\n";
    let expected = [
        part("a", "\r\n\r\n10.50"),
        part("b", &format!("{json_type}{{\"c\":1.0}}")),
        part("d", "\r\n\r\nx"),
        part("d", "\r\n\r\ny"),
        part("e", &format!("{json_type}{{\"f\":1}}")),
        part("h", "\r\n\r\ntrue"),
        String::from("--b--\r\n"),
    ];
    assert_eq!(text(json, &[]), Some(expected.concat()));
}

#[test]
fn parts_have_their_media_types() {
    let styles = [("a", PartStyle::TextAs("text/csv")), ("b", PartStyle::JsonAs("text/json"))];
    assert_eq!(
        text(r#"{"a":"1","b":"x"}"#, &styles).as_deref(),
        Some(
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/csv\r\n\r\n1\r\n\
             --b\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: text/json\r\n\r\n\"x\"\r\n\
             --b--\r\n"
        )
    );
    assert_eq!(text(r#"{"a":{}}"#, &styles), None, "an object has no text");
}

fn encoded(file: &File) -> String {
    serde_json::to_string(file).expect("a file can be encoded")
}

#[test]
fn files_are_parts() {
    let plain = encoded(&File::new(&b"\0\x01"[..]));
    let named = encoded(&File::new(&b"x"[..]).named("a\"\r\nb.png").media_type("image/gif"));
    let json = format!(r#"{{"f":{plain},"g":[{named},{plain}],"h":[]}}"#);
    let as_png = PartStyle::FileAs("image/png");
    let styles = [("f", PartStyle::File), ("g", as_png), ("h", PartStyle::File)];
    assert_eq!(
        text(&json, &styles).as_deref(),
        Some(
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n\0\x01\r\n\
             --b\r\nContent-Disposition: form-data; name=\"g\"; filename=\"a%22%0D%0Ab.png\"\r\n\
             Content-Type: image/gif\r\n\r\nx\r\n\
             --b\r\nContent-Disposition: form-data; name=\"g\"; filename=\"g\"\r\n\
             Content-Type: image/png\r\n\r\n\0\x01\r\n\
             --b--\r\n"
        )
    );
}

#[test]
fn a_file_cannot_add_headers() {
    let of =
        |file: File| text(&format!(r#"{{"f":{}}}"#, encoded(&file)), &[("f", PartStyle::File)]);
    assert_eq!(of(File::new(&b"x"[..]).media_type("a/b\r\nx: y")), None);
    assert_eq!(of(File::new(&b"x"[..]).named("a\0")), None);
    assert!(of(File::new(&b"x"[..]).named("ż.pdf")).is_some());
}

#[test]
fn files_survive_being_encoded_and_show_nothing() {
    let file = File::from(b"canary".to_vec()).named("canary.pdf").media_type("text/canary");
    let again: File = serde_json::from_str(&encoded(&file)).expect("it can be decoded");
    assert_eq!(again, file);
    assert_eq!(again.bytes().as_ref(), b"canary");
    assert_eq!(format!("{file:?}"), "File(6 bytes)");
    assert!(serde_json::from_str::<File>(r#"["*",null,null]"#).is_err());
}

#[test]
fn amounts_of_types_keep_their_digits() {
    let value = serde_json::to_vec(&std::collections::BTreeMap::from([
        ("amount", Json::from(Decimal::new(1050, 2))),
        ("note", Json::from("10.5")),
    ]));
    let members = Members::of(&value.expect("it can be encoded")).expect("it is an object");
    assert_eq!(form(&members, &[]).as_deref(), Some("amount=10.50&note=10.5"));
}
