//! A place for what the compiler says, until it is there.

use std::path::Path;

use super::report::RustReview;

/// Asks nobody.
pub(crate) fn review(_base: &Path, _head: &Path, _krate: &str, _target: &Path) -> RustReview {
    RustReview::Skipped
}
