//! A place for the formats, until they are there.

use codegen::{Color, Source};

use super::report::Review;

/// Both specs of a provider.
pub(crate) struct ProviderPages(String);

impl ProviderPages {
    /// Those that can be read.
    pub(crate) fn new(provider: &str, _base: Option<&Source>, _head: Option<&Source>) -> Self {
        Self(provider.to_owned())
    }
}

pub(crate) fn text(review: &Review, _color: Color) -> String {
    json(review)
}

pub(crate) fn markdown(review: &Review) -> String {
    format!("<!-- payouts review -->\n\n```json\n{}```\n", json(review))
}

pub(crate) fn json(review: &Review) -> String {
    let providers: Vec<_> = review
        .providers
        .iter()
        .map(|it| {
            serde_json::json!({
                "provider": it.provider, "fails": it.fails(), "spec": it.spec.as_ref().ok(),
                "unreadable": it.spec.as_ref().err(), "rust": it.rust, "source": it.source,
                "version": it.version,
            })
        })
        .collect();
    let document = serde_json::json!({
        "base": review.base, "head": review.head, "providers": providers,
        "unchanged": review.unchanged, "refused": review.refused, "fails": review.fails(),
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

pub(crate) fn html(review: &Review, pages: &[ProviderPages]) -> String {
    let providers: Vec<&str> = pages.iter().map(|it| it.0.as_str()).collect();
    format!("<!doctype html><pre>{}\n{}</pre>", providers.join(", "), json(review))
}
