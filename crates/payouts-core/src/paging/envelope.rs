//! What an answer says about its page: where it stands, and its items.

use std::str;

use bytes::Bytes;
use http::HeaderMap;
use serde_json::value::RawValue;

use crate::error::DecodeError;
use crate::json::{Token, integer, pointer};

/// The items of a page, as their source text.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Where they stand, as errors write it.
    pub(super) path: String,
    /// All of them.
    pub(super) text: Bytes,
    /// Each with its position.
    pub(super) items: Vec<(usize, Bytes)>,
}

/// The items at the first place where something is; none if nothing is there.
pub(super) fn items(pointers: &[&str], body: &Bytes) -> Result<Found, DecodeError> {
    let no_list = |path: &str| DecodeError::new(path, "an array");
    let text = str::from_utf8(body).map_err(|_| no_list("."))?;
    let Some((pointer, text)) = pointers.iter().find_map(|it| Some((it, at(text, it)?))) else {
        return Ok(Found::default());
    };
    let path = pointer.trim_start_matches('/').replace('/', ".");
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(text) else {
        return Err(no_list(if path.is_empty() { "." } else { &path }));
    };
    let slice = |text: &str| body.slice_ref(text.as_bytes());
    let items = items.iter().enumerate().map(|(idx, it)| (idx, slice(it.get()))).collect();
    Ok(Found { path, text: slice(text), items })
}

/// The number at the first place where something is.
pub(super) fn number(places: &[&str], headers: &HeaderMap, body: &[u8]) -> Option<u64> {
    let text = str::from_utf8(body).ok()?;
    let number = |place: &&str| {
        if place.is_empty() || place.starts_with('/') {
            return Some(integer(&Token::of(at(text, place)?)));
        }
        Some(headers.get(*place)?.to_str().ok().and_then(|it| it.trim().parse().ok()))
    };
    places.iter().find_map(number).flatten().and_then(|it| u64::try_from(it).ok())
}

/// The scalar at a place of an item, as text.
pub(super) fn scalar(text: &[u8], pointer: &str) -> Option<String> {
    let text = at(str::from_utf8(text).ok()?, pointer)?;
    Token::of(text).scalar_text().map(str::to_owned)
}

/// The source text of the value at a JSON pointer, unless it is `null`.
fn at<'a>(text: &'a str, pointer: &str) -> Option<&'a str> {
    pointer::find(text, pointer).filter(|it| *it != "null")
}
