//! How lists, objects and other values of JSON are written in paths, queries,
//! headers and cookies: the styles of OpenAPI.
//!
//! A value is taken from its exact JSON text, so no number passes through a
//! float. What a style cannot write is refused: nothing is guessed, because a
//! provider could read something else.

use std::fmt;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde::Serialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::Token;
use crate::path::{self, RESERVED, SEGMENT};

#[cfg(test)]
mod tests;

/// How a value is written in a path, a query, a header or a cookie.
///
/// The names are those of OpenAPI; `Exploded` says that every item of a list,
/// or every member of an object, is written as a pair of its own.
///
/// | style | list of `a` and `b`, called `n` | object with `x` 1 and `y` 2 |
/// |---|---|---|
/// | `Simple` | `a,b` | `x,1,y,2` |
/// | `SimpleExploded` | `a,b` | `x=1,y=2` |
/// | `Label` | `.a,b` | `.x,1,y,2` |
/// | `LabelExploded` | `.a.b` | `.x=1.y=2` |
/// | `Matrix` | `;n=a,b` | `;n=x,1,y,2` |
/// | `MatrixExploded` | `;n=a;n=b` | `;x=1;y=2` |
/// | `Form` | `n=a,b` | `n=x,1,y,2` |
/// | `FormExploded` | `n=a&n=b` | `x=1&y=2` |
/// | `SpaceDelimited` | `n=a%20b` | `n=x%201%20y%202` |
/// | `PipeDelimited` | `n=a%7Cb` | `n=x%7C1%7Cy%7C2` |
/// | `DeepObject` | `n%5B0%5D=a&n%5B1%5D=b` | `n%5Bx%5D=1&n%5By%5D=2` |
/// | `Json` | `n=%5B%22a%22%2C%22b%22%5D` | `n=%7B%22x%22%3A1%2C%22y%22%3A2%7D` |
///
/// In a cookie, pairs are cookies of their own. Members and items that are
/// `null` are left out, and so is a list without items, except in a path,
/// where it is refused. Lists and objects inside of others are refused, except
/// by `DeepObject` and `Json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// Separated by commas.
    Simple,
    /// Separated by commas, members as `name=value`.
    SimpleExploded,
    /// Behind a point, separated by commas.
    Label,
    /// Each behind a point.
    LabelExploded,
    /// As `;name=` and values separated by commas.
    Matrix,
    /// Each as `;name=value`.
    MatrixExploded,
    /// One pair, values separated by commas.
    Form,
    /// A pair each.
    FormExploded,
    /// One pair, values separated by spaces.
    SpaceDelimited,
    /// One pair, values separated by vertical bars.
    PipeDelimited,
    /// A pair each, with the place in brackets.
    DeepObject,
    /// The JSON text.
    Json,
}

/// What a value must be that a style cannot write.
pub(crate) type Expected = &'static str;

const FLAT: Expected = "a value without lists or objects inside of others";
const SHALLOW: Expected = "a value that is not nested so deeply";
const JSON: Expected = "a value that JSON can hold";
const VALUE: Expected = "a value";
const NO_COMMA: Expected = "text without commas";
const NO_EQUALS: Expected = "names without commas and equals signs";
const NO_BRACKET: Expected = "names without brackets";

/// Which characters of a value stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// Unreserved ones only.
    Encoded,
    /// Those, and the reserved ones that cannot end the value.
    Kept,
}

/// The reserved characters that a query gives no meaning: a value with them is
/// still one value of one pair. `#`, `[`, `]`, `&` and `+` stay encoded.
const KEPT: &AsciiSet = &COMMA_ENCODED.remove(b',');

/// The same in a list, where a comma separates.
const COMMA_ENCODED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b';')
    .remove(b'=');

/// A value as far as a style looks into it.
enum Shape {
    /// `null`, or a list of nothing.
    Nothing,
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// The text of a path's parameter, percent-encoded.
pub(crate) fn in_path(
    style: Style,
    name: &str,
    value: &(impl Serialize + ?Sized),
) -> Result<String, Expected> {
    let json = json(value)?;
    if style == Style::Json {
        return Ok(path::encode(&json));
    }
    let (start, separator, names) = match style {
        Style::Label => (".", ",", Names::Values),
        Style::LabelExploded => (".", ".", Names::Pairs),
        Style::Matrix => (";", ",", Names::Before),
        Style::MatrixExploded => (";", ";", Names::Each),
        Style::SimpleExploded => ("", ",", Names::Pairs),
        _ => ("", ",", Names::Values),
    };
    let segment = |text: &String| match text.as_str() {
        "" | "." | ".." => Err(SEGMENT),
        text => Ok(path::encode(text)),
    };
    let name = path::encode(name);
    let parts: Vec<String> = match shape(&json)? {
        Shape::Nothing => return Err(VALUE),
        Shape::One(text) => match names {
            Names::Each => vec![format!("{name}={}", segment(&text)?)],
            _ => vec![segment(&text)?],
        },
        Shape::List(items) => {
            let item = |it: &String| -> Result<String, Expected> {
                let text = segment(it)?;
                Ok(if names == Names::Each { format!("{name}={text}") } else { text })
            };
            items.iter().map(item).collect::<Result<_, _>>()?
        }
        Shape::Object(members) => {
            let between = if matches!(names, Names::Pairs | Names::Each) { '=' } else { ',' };
            let member = |(key, value): &(String, String)| -> Result<String, Expected> {
                Ok(format!("{}{between}{}", segment(key)?, segment(value)?))
            };
            members.iter().map(member).collect::<Result<_, _>>()?
        }
    };
    let before = if names == Names::Before { format!("{name}=") } else { String::new() };
    Ok(format!("{start}{before}{}", parts.join(separator)))
}

/// What is written beside the values of a path's parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Nothing.
    Values,
    /// Members as pairs.
    Pairs,
    /// The parameter's name, once.
    Before,
    /// The parameter's name with each item; members as pairs.
    Each,
}

/// The pairs of a query or of cookies: names as they are, values
/// percent-encoded.
pub(crate) fn pairs(
    style: Style,
    name: &str,
    value: &(impl Serialize + ?Sized),
    reserved: Reserved,
) -> Result<Vec<(String, String)>, Expected> {
    let json = json(value)?;
    let encode = |text: &str, in_list: bool| match (reserved, in_list) {
        (Reserved::Encoded, _) => path::encode(text),
        (Reserved::Kept, false) => utf8_percent_encode(text, KEPT).to_string(),
        (Reserved::Kept, true) => utf8_percent_encode(text, COMMA_ENCODED).to_string(),
    };
    let separator = match style {
        Style::Json => return Ok(vec![(name.to_owned(), encode(&json, false))]),
        Style::DeepObject => {
            let mut pairs = Vec::new();
            let mut push = |name: &str, text: &str| {
                pairs.push((name.to_owned(), encode(text, false)));
            };
            deep(name, &json, 0, &mut push)?;
            return Ok(pairs);
        }
        Style::FormExploded => None,
        Style::SpaceDelimited => Some("%20"),
        Style::PipeDelimited => Some("%7C"),
        _ => Some(","),
    };
    Ok(match (shape(&json)?, separator) {
        (Shape::Nothing, _) => Vec::new(),
        (Shape::One(text), _) => vec![(name.to_owned(), encode(&text, false))],
        (Shape::List(items), None) => {
            items.iter().map(|it| (name.to_owned(), encode(it, false))).collect()
        }
        (Shape::Object(members), None) => {
            members.into_iter().map(|(key, value)| (key, encode(&value, false))).collect()
        }
        (Shape::List(items), Some(separator)) => {
            let items: Vec<String> = items.iter().map(|it| encode(it, true)).collect();
            vec![(name.to_owned(), items.join(separator))]
        }
        (Shape::Object(members), Some(separator)) => {
            let both = members.iter().flat_map(|(key, value)| [key, value]);
            let both: Vec<String> = both.map(|it| encode(it, true)).collect();
            vec![(name.to_owned(), both.join(separator))]
        }
    })
}

/// The text of a header; none for a value that is left out.
pub(crate) fn in_header(
    style: Style,
    value: &(impl Serialize + ?Sized),
) -> Result<Option<String>, Expected> {
    let json = json(value)?;
    if style == Style::Json {
        return Ok(Some(ascii(&json)));
    }
    let plain = |text: &String| if text.contains(',') { Err(NO_COMMA) } else { Ok(text.clone()) };
    Ok(match shape(&json)? {
        Shape::Nothing => None,
        Shape::One(text) => Some(text),
        Shape::List(items) => {
            Some(items.iter().map(plain).collect::<Result<Vec<_>, _>>()?.join(","))
        }
        Shape::Object(members) => {
            let separator = if style == Style::SimpleExploded { '=' } else { ',' };
            let member = |(key, value): &(String, String)| {
                if key.contains([',', '=']) {
                    return Err(NO_EQUALS);
                }
                Ok(format!("{key}{separator}{}", plain(value)?))
            };
            Some(members.iter().map(member).collect::<Result<Vec<_>, _>>()?.join(","))
        }
    })
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String, Expected> {
    serde_json::to_string(value).map_err(|_| JSON)
}

/// JSON in ASCII: what is not stands in a string, where it can be escaped.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for it in json.chars() {
        if it.is_ascii() {
            text.push(it);
        } else {
            for unit in it.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

fn shape(json: &str) -> Result<Shape, Expected> {
    Ok(match Token::of(json) {
        Token::Array => {
            let items = items(json)?;
            let items = items.iter().filter_map(|it| flat(it.get()).transpose());
            let items: Vec<String> = items.collect::<Result<_, _>>()?;
            if items.is_empty() { Shape::Nothing } else { Shape::List(items) }
        }
        Token::Object => {
            let Members(members) = members(json)?;
            let members = members.into_iter().filter_map(|(key, value)| {
                Some(flat(value.get()).transpose()?.map(|it| (key, it)))
            });
            let members: Vec<_> = members.collect::<Result<_, _>>()?;
            if members.is_empty() { Shape::Nothing } else { Shape::Object(members) }
        }
        _ => flat(json)?.map_or(Shape::Nothing, Shape::One),
    })
}

/// The text of a scalar, if it is not `null`.
fn flat(json: &str) -> Result<Option<String>, Expected> {
    match Token::of(json) {
        Token::Null => Ok(None),
        token @ (Token::Bool(_) | Token::Number(_) | Token::Text(_)) => {
            Ok(token.scalar_text().map(str::to_owned))
        }
        Token::BrokenText => Err(JSON),
        Token::Array | Token::Object => Err(FLAT),
    }
}

/// Gives `push` every scalar in a value with its place, such as `a[b][0]`.
fn deep(
    name: &str,
    json: &str,
    depth: usize,
    push: &mut impl FnMut(&str, &str),
) -> Result<(), Expected> {
    // Nobody reads what is deeper, and the stack has an end.
    const MAX_DEPTH: usize = 32;
    if depth > MAX_DEPTH {
        return Err(SHALLOW);
    }
    match Token::of(json) {
        Token::Array => {
            for (idx, item) in items(json)?.iter().enumerate() {
                deep(&format!("{name}[{idx}]"), item.get(), depth + 1, push)?;
            }
        }
        Token::Object => {
            for (key, value) in &members(json)?.0 {
                if key.contains(['[', ']']) {
                    return Err(NO_BRACKET);
                }
                deep(&format!("{name}[{key}]"), value.get(), depth + 1, push)?;
            }
        }
        _ => {
            if let Some(text) = flat(json)? {
                push(name, &text);
            }
        }
    }
    Ok(())
}

fn items(json: &str) -> Result<Vec<&RawValue>, Expected> {
    serde_json::from_str(json).map_err(|_| JSON)
}

/// The members of an object, in their order.
struct Members<'j>(Vec<(String, &'j RawValue)>);

fn members(json: &str) -> Result<Members<'_>, Expected> {
    struct InOrder;

    impl<'j> Visitor<'j> for InOrder {
        type Value = Members<'j>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<Members<'j>, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(Members(members))
        }
    }

    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_map(InOrder).map_err(|_| JSON)
}
