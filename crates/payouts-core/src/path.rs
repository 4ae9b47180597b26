//! Where values become text of a request: paths, queries and headers, such
//! that no value can change which operation is called.

use std::borrow::Cow;

use http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
pub(crate) const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a value of a path must be.
pub(crate) const SEGMENT: &str = "a path segment that is neither empty nor `.` nor `..`";

/// What stands for a parameter of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filling {
    /// A value, which is not encoded.
    Value(String),
    /// Text that was checked and encoded when it was made.
    Text(String),
}

impl Filling {
    /// The value, or what was made of it.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Value(text) | Self::Text(text) => text,
        }
    }
}

/// A value that cannot be part of a path, or a parameter without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadParameter<'t> {
    /// The parameter's name, never its value.
    pub(crate) name: &'t str,
    pub(crate) expected: &'static str,
}

/// The text with everything but unreserved characters percent-encoded.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The text before it was percent-encoded, if it can be one.
pub(crate) fn decode(encoded: &str) -> Option<String> {
    percent_decode_str(encoded).decode_utf8().ok().map(Cow::into_owned)
}

/// Fills the parameters of a template such as `/payouts/{id}`.
///
/// URL parsers resolve segments that are `.` or `..`, so no value may be one
/// of these, nor empty; then no segment made of several values is either.
pub(crate) fn fill<'t>(
    template: &'t str,
    value_of: impl Fn(&str) -> Option<Filling>,
) -> Result<String, BadParameter<'t>> {
    let mut path = String::with_capacity(template.len() + 32);
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => path.push_str(text),
            Piece::Parameter(name) => {
                match value_of(name).ok_or(BadParameter { name, expected: "a value" })? {
                    Filling::Value(value) if matches!(value.as_str(), "" | "." | "..") => {
                        return Err(BadParameter { name, expected: SEGMENT });
                    }
                    Filling::Value(value) => path.push_str(&encode(&value)),
                    Filling::Text(text) => path.push_str(&text),
                }
            }
        }
    }
    Ok(path)
}

/// Appends `name=value` to a query.
pub(crate) fn push_pair(query: &mut String, name: &str, encoded_value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(&encode(name));
    query.push('=');
    query.push_str(encoded_value);
}

/// A header's value, if the text is one that everybody reads the same: visible
/// ASCII, and blanks only in between.
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    let is_visible = text.bytes().all(|it| it.is_ascii_graphic() || it == b' ');
    let is_trimmed = text.trim() == text;
    if is_visible && is_trimmed { HeaderValue::from_str(text).ok() } else { None }
}

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    Parameter(&'t str),
}

/// The parts of a template, in order; an unclosed brace is text.
pub(crate) fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{')
            && let Some((name, after)) = inner.split_once('}')
        {
            rest = after;
            return Some(Piece::Parameter(name));
        }
        let end = rest.char_indices().skip(1).find(|(_, it)| *it == '{').map(|(idx, _)| idx);
        let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(Piece::Text(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, values: &[(&str, &str)], expected: Result<&str, &str>) {
        let value_of = |name: &str| {
            let found = values.iter().find(|(it, _)| *it == name);
            found.map(|(_, value)| Filling::Value((*value).to_owned()))
        };
        let res = fill(template, value_of);
        assert_eq!(res.as_deref().map_err(|it| it.name), expected);
    }

    #[test]
    fn fills_parameters() {
        check(
            "/v1/groups/{group_id}/payouts",
            &[("group_id", "g-1")],
            Ok("/v1/groups/g-1/payouts"),
        );
        check("/{a}/{b}", &[("a", "1"), ("b", "2")], Ok("/1/2"));
        check("/a.b/{c}.json", &[("c", "x")], Ok("/a.b/x.json"));
        check("/payouts", &[], Ok("/payouts"));
        check("", &[], Ok(""));
    }

    #[test]
    fn encodes_everything_that_is_not_unreserved() {
        check("/{id}", &[("id", "a/b")], Ok("/a%2Fb"));
        check("/{id}", &[("id", "../x")], Ok("/..%2Fx"));
        check("/{id}", &[("id", r"..\x")], Ok("/..%5Cx"));
        check("/{id}", &[("id", "%2e%2e")], Ok("/%252e%252e"));
        check("/{id}", &[("id", "a?b#c;d=e&f:g@h")], Ok("/a%3Fb%23c%3Bd%3De%26f%3Ag%40h"));
        check("/{id}", &[("id", " \t\n")], Ok("/%20%09%0A"));
        check("/{id}", &[("id", "zażółć")], Ok("/za%C5%BC%C3%B3%C5%82%C4%87"));
        check("/{id}", &[("id", "A-z_0.9~")], Ok("/A-z_0.9~"));
        check("/{id}", &[("id", "{id}")], Ok("/%7Bid%7D"));
        check("/{id}", &[("id", "...")], Ok("/..."));
    }

    #[test]
    fn refuses_values_that_reach_another_path() {
        check("/a/{id}", &[("id", "")], Err("id"));
        check("/a/{id}", &[("id", ".")], Err("id"));
        check("/a/{id}/b", &[("id", "..")], Err("id"));
        check("/a/{b}.{c}", &[("b", "x"), ("c", "")], Err("c"));
        check("/a/.{b}", &[("b", ".")], Err("b"));
        check("/a/{b}{c}", &[("b", "."), ("c", ".")], Err("b"));
        check("/a/{b}", &[], Err("b"));
    }

    #[test]
    fn splits_templates() {
        let of = |text| pieces(text).collect::<Vec<_>>();
        assert_eq!(of("{a}.{b}"), [Piece::Parameter("a"), Piece::Text("."), Piece::Parameter("b")]);
        assert_eq!(of("x{a}y"), [Piece::Text("x"), Piece::Parameter("a"), Piece::Text("y")]);
        assert_eq!(of("{a"), [Piece::Text("{a")]);
        assert_eq!(of("é{a}"), [Piece::Text("é"), Piece::Parameter("a")]);
        assert_eq!(of(""), []);
    }

    #[test]
    fn pushes_pairs() {
        let mut query = String::new();
        push_pair(&mut query, "a[b]", "1");
        push_pair(&mut query, "c", &encode("x y&z"));
        assert_eq!(query, "a%5Bb%5D=1&c=x%20y%26z");
    }

    #[test]
    fn headers_hold_visible_ascii() {
        let is_fine = |text| header_value(text).is_some();
        assert!(is_fine("") && is_fine("a b") && is_fine("~!"));
        for text in [" a", "a ", "a\nb", "a\rb", "a\tb", "a\0", "ä", "\u{7f}"] {
            assert!(!is_fine(text), "{text:?}");
        }
    }
}
