//! Values that are an integer in one answer and a string in another.

use std::cmp::Ordering;
use std::fmt;
use std::hash;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::{self, Token};

#[cfg(test)]
mod tests;

/// An integer or a string, kept and encoded as it came.
///
/// `1` and `"1"` are equal, because they name the same thing; comparison,
/// order and hashing go by the text.
///
/// ```
/// use payouts_core::IntegerOrString;
///
/// let number = IntegerOrString::from(42_i64);
/// let text = IntegerOrString::from("42");
/// assert_eq!(number, text);
/// assert_eq!(text.as_integer(), Some(42));
/// assert_eq!(serde_json::to_string(&number)?, "42");
/// assert_eq!(serde_json::to_string(&text)?, "\"42\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct IntegerOrString {
    text: String,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    Integer(i128),
    String,
}

impl IntegerOrString {
    /// The text: the digits of an integer, or the string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A copy of the text: the digits of an integer, or the string.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.text.clone()
    }

    /// The integer, also if it came as a string of its plain digits.
    #[must_use]
    pub fn as_integer(&self) -> Option<i128> {
        match self.form {
            Form::Integer(integer) => Some(integer),
            // `01` and `+1` are not the text of the integer 1.
            Form::String => self.text.parse().ok().filter(|it: &i128| it.to_string() == self.text),
        }
    }

    pub(crate) fn from_token(token: &Token<'_>) -> Option<IntegerOrString> {
        match token {
            Token::Number(_) => json::integer(token).map(IntegerOrString::from),
            Token::Text(text) => Some(IntegerOrString::from(text.as_ref())),
            _ => None,
        }
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for IntegerOrString {
            fn from(integer: $integer) -> IntegerOrString {
                let integer = i128::from(integer);
                IntegerOrString { text: integer.to_string(), form: Form::Integer(integer) }
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl From<String> for IntegerOrString {
    fn from(text: String) -> IntegerOrString {
        IntegerOrString { text, form: Form::String }
    }
}

impl From<&str> for IntegerOrString {
    fn from(text: &str) -> IntegerOrString {
        IntegerOrString::from(text.to_owned())
    }
}

impl fmt::Display for IntegerOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// As in JSON: a string has quotes, an integer has none.
impl fmt::Debug for IntegerOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Integer(integer) => write!(f, "{integer}"),
            Form::String => write!(f, "{:?}", self.text),
        }
    }
}

impl PartialEq for IntegerOrString {
    fn eq(&self, other: &IntegerOrString) -> bool {
        self.text == other.text
    }
}

impl Eq for IntegerOrString {}

impl PartialOrd for IntegerOrString {
    fn partial_cmp(&self, other: &IntegerOrString) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IntegerOrString {
    fn cmp(&self, other: &IntegerOrString) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl hash::Hash for IntegerOrString {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Serialize for IntegerOrString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.form {
            Form::Integer(integer) => crate::MinorUnits::new(integer).serialize(serializer),
            Form::String => serializer.serialize_str(&self.text),
        }
    }
}

impl<'de> Deserialize<'de> for IntegerOrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<IntegerOrString, D::Error> {
        json::scalar(deserializer, "an integer or a string", IntegerOrString::from_token)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(IntegerOrString => { "type": ["integer", "string"] });
