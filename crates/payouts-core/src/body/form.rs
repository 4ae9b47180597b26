//! `application/x-www-form-urlencoded` bodies.

use url::form_urlencoded::byte_serialize;

use crate::Json;
use crate::json::Token;

use super::{DEPTH, Members};

/// How a member of a form is written, if not in the usual way.
///
/// The usual way is `tags=a&tags=b` for a list of scalars, and names in
/// brackets for all that is nested: `payee[name]=Ada`, `items[0][id]=7`,
/// `payee[tags][0]=a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormStyle {
    /// A list as one value with commas: `tags=a,b`.
    Commas,
    /// A list as one value with spaces: `tags=a b`.
    Spaces,
    /// A list as one value with pipes: `tags=a|b`.
    Pipes,
    /// A list with an index per item: `tags[0]=a&tags[1]=b`.
    Deep,
    /// The members of an object as if they were those of the form.
    Spread,
    /// The JSON of the value.
    Json,
}

/// The pairs of a form; nothing if a value cannot be in one.
///
/// `null` is an empty value: it is only there where absent means something
/// else.
pub(crate) fn encode(members: &Members, styles: &[(&str, FormStyle)]) -> Option<String> {
    let mut form = String::new();
    for (name, value) in &members.0 {
        let style = styles.iter().find(|(it, _)| it == name).map(|(_, style)| *style);
        member(&mut form, name, value, style)?;
    }
    Some(form)
}

fn member(form: &mut String, name: &str, value: &Json, style: Option<FormStyle>) -> Option<()> {
    match (style, value.token()) {
        (Some(FormStyle::Json), _) => push(form, name, value.as_text()),
        (Some(FormStyle::Commas), Token::Array) => joined(form, name, value, ",")?,
        (Some(FormStyle::Spaces), Token::Array) => joined(form, name, value, " ")?,
        (Some(FormStyle::Pipes), Token::Array) => joined(form, name, value, "|")?,
        (Some(FormStyle::Spread), Token::Object) => {
            for (name, value) in Members::of(value.as_text().as_bytes())?.0 {
                member(form, &name, &value, None)?;
            }
        }
        (None, Token::Array) => {
            let items: Vec<Json> = value.decode().ok()?;
            let is_flat = items.iter().all(|it| text(it).is_some());
            for (idx, item) in items.iter().enumerate() {
                let indexed = format!("{name}[{idx}]");
                nested(form, if is_flat { name } else { &indexed }, item, DEPTH)?;
            }
        }
        _ => nested(form, name, value, DEPTH)?,
    }
    Some(())
}

/// A value by its full name in brackets.
fn nested(form: &mut String, name: &str, value: &Json, depth: usize) -> Option<()> {
    match value.token() {
        Token::Object => {
            let depth = depth.checked_sub(1)?;
            for (member, value) in Members::of(value.as_text().as_bytes())?.0 {
                nested(form, &format!("{name}[{member}]"), &value, depth)?;
            }
        }
        Token::Array => {
            let depth = depth.checked_sub(1)?;
            let items: Vec<Json> = value.decode().ok()?;
            for (idx, item) in items.iter().enumerate() {
                nested(form, &format!("{name}[{idx}]"), item, depth)?;
            }
        }
        _ => push(form, name, &text(value)?),
    }
    Some(())
}

fn joined(form: &mut String, name: &str, value: &Json, separator: &str) -> Option<()> {
    let items: Vec<Json> = value.decode().ok()?;
    let texts: Option<Vec<String>> = items.iter().map(text).collect();
    let texts = texts?;
    if !texts.is_empty() {
        push(form, name, &texts.join(separator));
    }
    Some(())
}

/// The text of a scalar.
fn text(value: &Json) -> Option<String> {
    match value.token() {
        Token::Null => Some(String::new()),
        token => token.scalar_text().map(str::to_owned),
    }
}

fn push(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.extend(byte_serialize(name.as_bytes()));
    form.push('=');
    form.extend(byte_serialize(value.as_bytes()));
}
