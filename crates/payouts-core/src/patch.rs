//! Members of a partial update, where absent and `null` differ.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::Sensitive;

#[cfg(test)]
mod tests;

/// What a partial update does to a member.
///
/// A member of this type is declared with
/// `#[serde(default, skip_serializing_if = "Patch::is_keep")]`, so that
/// [`Patch::Keep`] is left out of the JSON text.
///
/// ```
/// use payouts_core::Patch;
/// use serde::Serialize;
///
/// #[derive(Default, Serialize)]
/// struct Update {
///     #[serde(skip_serializing_if = "Patch::is_keep")]
///     note: Patch<String>,
///     #[serde(skip_serializing_if = "Patch::is_keep")]
///     reason: Patch<String>,
/// }
///
/// let update = Update { note: Patch::Clear, ..Update::default() };
/// assert_eq!(serde_json::to_string(&update)?, r#"{"note":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch<T> {
    /// Leaves the member as it is; it is not sent.
    #[default]
    Keep,
    /// Removes the value; `null` is sent.
    Clear,
    /// Gives the member this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the member stays as it is.
    #[must_use]
    pub const fn is_keep(&self) -> bool {
        matches!(self, Patch::Keep)
    }

    /// The value to set, if there is one.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Patch::Set(value) => Some(value),
            Patch::Keep | Patch::Clear => None,
        }
    }
}

/// Sets the value.
impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Patch<T> {
        Patch::Set(value)
    }
}

/// Sets `Some`, clears for `None`.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Patch<T> {
        match value {
            Some(value) => Patch::Set(value),
            None => Patch::Clear,
        }
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Patch<String> {
        Patch::Set(value.to_owned())
    }
}

impl From<&str> for Patch<Sensitive<String>> {
    fn from(value: &str) -> Patch<Sensitive<String>> {
        Patch::Set(Sensitive::from(value))
    }
}

impl From<String> for Patch<Sensitive<String>> {
    fn from(value: String) -> Patch<Sensitive<String>> {
        Patch::Set(Sensitive::new(value))
    }
}

/// Writes the value, or `null`.
///
/// [`Patch::Keep`] must be left out by `skip_serializing_if`. On its own it is
/// `null`, because a value has to be something.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Patch::Keep | Patch::Clear => serializer.serialize_none(),
            Patch::Set(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Patch<T>, D::Error> {
        Option::<T>::deserialize(deserializer).map(Patch::from)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(<T> Patch<T>, Option<T>);
