//! A place for the formats, until they are there.

use codegen::{Color, Source};

use super::report::Review;

/// Both specs of a provider.
pub(crate) struct Page {
    /// Its name.
    pub(crate) provider: String,
    /// Before; nothing if there was none, a complaint if it is no text.
    pub(crate) base: Option<Result<Source, String>>,
    /// After, the same.
    pub(crate) head: Option<Result<Source, String>>,
}

pub(crate) fn text(review: &Review, _color: Color) -> String {
    json(review)
}

pub(crate) fn markdown(review: &Review) -> String {
    format!("<!-- payouts review -->\n\n```json\n{}```\n", json(review))
}

pub(crate) fn json(review: &Review) -> String {
    serde_json::to_string_pretty(review).unwrap_or_default() + "\n"
}

pub(crate) fn html(review: &Review, pages: &[Page]) -> String {
    let providers: Vec<&str> = pages.iter().map(|it| it.provider.as_str()).collect();
    format!("<!doctype html><pre>{}\n{}</pre>", providers.join(", "), json(review))
}
