//! Personal and confidential values that must not reach a log.

use std::fmt;

use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// A value that `Debug` does not show.
///
/// It is encoded and decoded like the value itself. There is no `Display`.
///
/// ```
/// use payouts_core::Sensitive;
///
/// let name: Sensitive<String> = Sensitive::from("Ada Lovelace");
/// assert_eq!(format!("{name:?}"), "[redacted]");
/// assert_eq!(name.expose(), "Ada Lovelace");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Takes a value that must not be shown.
    #[must_use]
    pub const fn new(value: T) -> Sensitive<T> {
        Sensitive(value)
    }

    /// The value itself. Take care where it goes.
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, by value. Take care where it goes.
    #[must_use]
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> From<T> for Sensitive<T> {
    fn from(value: T) -> Sensitive<T> {
        Sensitive(value)
    }
}

impl From<&str> for Sensitive<String> {
    fn from(value: &str) -> Sensitive<String> {
        Sensitive(value.to_owned())
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(<T> Sensitive<T>, T);
