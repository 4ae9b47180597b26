//! Media types, one by one.

use super::{Format, Way, choose, media};
use crate::parse::node::{Entry, Node, Place, Value};

fn entry(key: &str) -> Entry {
    let place = Place { file_idx: 0, start: 0, end: 0 };
    let value = Node { place, value: Value::Map(Vec::new()) };
    Entry { key: key.to_owned(), key_place: place, value }
}

#[track_caller]
fn check(key: &str, way: Way, expected: Option<(Format, &str)>) {
    let entry = entry(key);
    let found = media(&entry, way);
    assert_eq!(found.as_ref().map(|it| (it.format, it.name.as_str())), expected, "{key}");
}

#[test]
fn json_has_a_family() {
    for key in [
        "application/json",
        "text/json",
        "application/vnd.acme.v2+json",
        "application/json; charset=utf-8",
        "Application/JSON",
    ] {
        check(key, Way::Request, Some((Format::Json, key)));
        check(key, Way::Response, Some((Format::Json, key)));
    }
    for key in ["*/*", "application/*", "application/*+json"] {
        check(key, Way::Request, Some((Format::Json, "application/json")));
        check(key, Way::Response, Some((Format::Json, "application/json")));
    }
}

#[test]
fn forms_and_parts_are_sent() {
    let form = "application/x-www-form-urlencoded";
    check(form, Way::Request, Some((Format::Form, form)));
    check(form, Way::Response, Some((Format::Text, form)));
    for key in ["multipart/form-data", "multipart/mixed", "multipart/related"] {
        check(key, Way::Request, Some((Format::Multipart, key)));
        check(key, Way::Response, Some((Format::Binary, key)));
    }
    check("multipart/*", Way::Request, Some((Format::Multipart, "multipart/form-data")));
}

#[test]
fn the_rest_is_text_or_bytes() {
    for key in ["text/plain", "text/csv; header=present", "application/xml", "application/soap+xml"]
    {
        check(key, Way::Request, Some((Format::Text, key)));
    }
    check("text/*", Way::Request, Some((Format::Text, "text/plain")));
    check("text/*", Way::Response, Some((Format::Text, "text/*")));
    check("application/pdf", Way::Request, Some((Format::Binary, "application/pdf")));
    check("image/*", Way::Response, Some((Format::Binary, "image/*")));
    check("image/*", Way::Request, None);
}

#[test]
fn what_is_no_media_type_is_not_used() {
    for key in ["json", "application/", "/json", "a b/c", "application/json;\nx", "a/b/c", "ä/b"] {
        check(key, Way::Request, None);
    }
}

#[track_caller]
fn chosen(keys: &[&str]) -> String {
    let entries: Vec<Entry> = keys.iter().map(|it| entry(it)).collect();
    let media = entries.iter().filter_map(|it| media(it, Way::Request)).collect();
    choose(media).map(|(it, _)| it.entry.key.clone()).unwrap_or_default()
}

#[test]
fn json_goes_first() {
    let all = [
        "image/png",
        "text/plain",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "text/json",
        "application/json",
    ];
    assert_eq!(chosen(&all), "application/json");
    assert_eq!(chosen(&all[..5]), "text/json");
    assert_eq!(chosen(&all[..4]), "application/x-www-form-urlencoded");
    assert_eq!(chosen(&all[..3]), "multipart/form-data");
    assert_eq!(chosen(&all[..2]), "text/plain");
    assert_eq!(chosen(&["image/*"]), "");
}
