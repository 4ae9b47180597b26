//! For scripts: the review as it is, with the version of its form.

use serde::Serialize;

use crate::review::report::{
    CrateReview, ProviderReview, Review, RustReview, SourceReview, SpecReview, Unreadable,
    VersionReview,
};

/// Rises when a member changes its meaning or goes; new members may come any time.
const VERSION: u32 = 1;

/// A review as JSON.
pub(crate) fn json(review: &Review) -> String {
    let document = Document {
        version: VERSION,
        fails: review.fails(),
        base: &review.base,
        head: &review.head,
        base_commit: review.base_commit.as_deref(),
        head_commit: review.head_commit.as_deref(),
        refused: &review.refused,
        providers: review.providers.iter().map(provider).collect(),
        crates: &review.crates,
        unchanged: &review.unchanged,
    };
    let mut text =
        serde_json::to_string_pretty(&document).expect("no mapping has a key that is no string");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    fails: bool,
    base: &'r str,
    head: &'r str,
    base_commit: Option<&'r str>,
    head_commit: Option<&'r str>,
    refused: &'r [String],
    providers: Vec<Provider<'r>>,
    crates: &'r [CrateReview],
    unchanged: &'r [String],
}

#[derive(Serialize)]
struct Provider<'r> {
    provider: &'r str,
    fails: bool,
    /// What keeps the change from being merged.
    problems: Vec<String>,
    /// `null` if it is not readable.
    spec: Option<&'r SpecReview>,
    /// `null` if it is.
    unreadable: Option<&'r Unreadable>,
    rust: &'r RustReview,
    source: &'r SourceReview,
    version: &'r VersionReview,
}

fn provider(review: &ProviderReview) -> Provider<'_> {
    Provider {
        provider: &review.provider,
        fails: review.fails(),
        problems: review.problems(),
        spec: review.spec.as_ref().ok(),
        unreadable: review.spec.as_ref().err(),
        rust: &review.rust,
        source: &review.source,
        version: &review.version,
    }
}
