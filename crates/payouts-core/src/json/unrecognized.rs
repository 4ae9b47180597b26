//! Values of open enums that nobody has listed yet.

use std::fmt;

/// A value of an open enum that was not known when the client was generated.
///
/// It keeps the value as it came and is encoded the same way. It is made only
/// by the enum's `From<&str>`, so that no caller matches on a text that later
/// gets a variant of its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unrecognized(String);

impl Unrecognized {
    /// The value as it is in JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Makes one; for `open_enum!` only.
#[doc(hidden)]
#[must_use]
pub fn unrecognized(text: String) -> Unrecognized {
    Unrecognized(text)
}
