//! Bodies of several parts, as RFC 7578 writes them.

use bytes::Bytes;

use crate::Json;
use crate::json::Token;
use crate::path;

use super::{File, Members};

/// How a part is written, if not in the usual way.
///
/// The usual way is plain text for a scalar and `application/json` for an
/// object. A list is a part per item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartStyle {
    /// A [`File`].
    File,
    /// A [`File`] that is of this media type if it does not say otherwise.
    FileAs(&'static str),
    /// The text of a scalar, as this media type.
    TextAs(&'static str),
    /// The JSON of the value, as this media type.
    JsonAs(&'static str),
}

/// One part without what separates it from others.
#[derive(Clone)]
pub(crate) struct Part {
    head: String,
    body: Bytes,
}

/// The parts of an object; nothing if a value cannot be in one.
pub(crate) fn parts(members: &Members, styles: &[(&str, PartStyle)]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for (name, value) in &members.0 {
        let style = styles.iter().find(|(it, _)| it == name).map(|(_, style)| *style);
        let is_file = matches!(style, Some(PartStyle::File | PartStyle::FileAs(_)));
        let items: Vec<Json> = match value.token() {
            Token::Null => continue,
            Token::Array if !is_file || is_list(value) => value.decode().ok()?,
            _ => vec![value.clone()],
        };
        for item in &items {
            parts.push(part(name, item, style)?);
        }
    }
    Some(parts)
}

/// Whether it is a list of files: one file is a list, too.
fn is_list(value: &Json) -> bool {
    value.decode::<File>().is_err()
}

fn part(name: &str, value: &Json, style: Option<PartStyle>) -> Option<Part> {
    let json = || Bytes::from(value.as_text().to_owned());
    let text = || value.token().scalar_text().map(|it| Bytes::from(it.to_owned()));
    let (file_name, media_type, body) = match style {
        Some(PartStyle::File) => file(name, value, "application/octet-stream")?,
        Some(PartStyle::FileAs(media_type)) => file(name, value, media_type)?,
        Some(PartStyle::TextAs(media_type)) => (None, Some(media_type.to_owned()), text()?),
        Some(PartStyle::JsonAs(media_type)) => (None, Some(media_type.to_owned()), json()),
        None => match text() {
            Some(text) => (None, None, text),
            None => (None, Some("application/json".to_owned()), json()),
        },
    };
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name)?);
    if let Some(file_name) = file_name {
        head.push_str(&format!("; filename=\"{}\"", quoted(&file_name)?));
    }
    if let Some(media_type) = media_type {
        // What no header can hold would become another header.
        path::header_value(&media_type)?;
        head.push_str(&format!("\r\nContent-Type: {media_type}"));
    }
    Some(Part { head, body })
}

/// The name, the media type and the bytes of a file.
fn file(
    name: &str,
    value: &Json,
    media_type: &str,
) -> Option<(Option<String>, Option<String>, Bytes)> {
    let file: File = value.decode().ok()?;
    let media_type = file.own_media_type().unwrap_or(media_type).to_owned();
    let file_name = file.name().unwrap_or(name).to_owned();
    Some((Some(file_name), Some(media_type), file.bytes().clone()))
}

/// As browsers write names: what would end them is percent-encoded.
fn quoted(name: &str) -> Option<String> {
    let quoted = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    (!quoted.contains(char::is_control)).then_some(quoted)
}

/// The bytes of a body with these parts.
pub(crate) fn assemble(parts: &[Part], boundary: &str) -> Bytes {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(format!("--{boundary}\r\n{}\r\n\r\n", part.head).as_bytes());
        bytes.extend_from_slice(&part.body);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Bytes::from(bytes)
}
