//! JSON kept as its source text, and the reading of scalars from theirs.
//!
//! Numbers must not pass through a float, so everything that is read
//! leniently is read from the text of its token.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Unexpected};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::error::{DecodeError, decode};
use crate::{Decimal, MinorUnits};

pub(crate) mod members;
pub(crate) mod pointer;
#[cfg(feature = "schemars")]
pub mod schema;
#[cfg(test)]
mod tests;
pub(crate) mod union;
pub(crate) mod unrecognized;

/// The members of a JSON object of free form, each kept as its source text.
pub type JsonObject = BTreeMap<String, Json>;

/// Any JSON value, kept as its exact source text.
///
/// Nothing is lost, not even the digits of a number; [`Json::decode`] gives
/// the value a type. Two are equal if their texts are, apart from white space
/// between tokens: the order of members and the spelling of numbers count.
///
/// `Debug` shows the kind and the length only, because free JSON may hold
/// personal data.
///
/// ```
/// use payouts_core::Json;
///
/// let json = Json::from_text(r#"{"fee": 0.10}"#)?;
/// assert_eq!(json.as_text(), r#"{"fee": 0.10}"#);
/// assert_eq!(format!("{json:?}"), "Json(object, 13 bytes)");
/// # Ok::<(), payouts_core::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Takes one JSON value, with white space around it if any.
    ///
    /// # Errors
    ///
    /// If the text is not one JSON value. The error says where, not what.
    pub fn from_text(text: &str) -> Result<Json, DecodeError> {
        decode(text.as_bytes())
    }

    /// The source text, without white space around it.
    #[must_use]
    pub fn as_text(&self) -> &str {
        self.0.get()
    }

    /// Reads the value as a `T`.
    ///
    /// ```
    /// use payouts_core::{Decimal, Json};
    ///
    /// let json = Json::from_text("12345678901234567.89")?;
    /// let amount: Decimal = json.decode()?;
    /// assert_eq!(amount.to_string(), "12345678901234567.89");
    /// # Ok::<(), payouts_core::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the value has not the shape of a `T`. The error says where, not what.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode(self.as_text().as_bytes())
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.as_text() == "null"
    }

    pub(crate) fn token(&self) -> Token<'_> {
        Token::of(self.as_text())
    }

    /// Takes a text that one of the encoders here has made.
    fn from_encoded(text: String) -> Json {
        Json(RawValue::from_string(text).expect("an encoder writes JSON"))
    }

    /// The bytes of the text that are not white space between tokens.
    fn significant_bytes(&self) -> impl Iterator<Item = u8> {
        let mut in_string = false;
        let mut escaped = false;
        self.as_text().bytes().filter(move |byte| {
            if in_string {
                in_string = escaped || *byte != b'"';
                escaped = !escaped && *byte == b'\\';
                return true;
            }
            in_string = *byte == b'"';
            !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
        })
    }
}

/// `null`.
impl Default for Json {
    fn default() -> Json {
        Json(RawValue::NULL.to_owned())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({}, {} bytes)", self.token().kind(), self.as_text().len())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        self.significant_bytes().eq(other.significant_bytes())
    }
}

impl Eq for Json {}

impl hash::Hash for Json {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        for byte in self.significant_bytes() {
            state.write_u8(byte);
        }
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Json {
        Json::from_encoded(value.to_string())
    }
}

/// A JSON string; use [`Json::from_text`] for JSON source text.
impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::from(serde_json::Value::from(text))
    }
}

/// A JSON string; use [`Json::from_text`] for JSON source text.
impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::from(text.as_str())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::from_encoded(value.to_string())
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Json {
        Json::from_encoded(value.to_string())
    }
}

/// A JSON number with the same digits.
impl From<Decimal> for Json {
    fn from(value: Decimal) -> Json {
        Json::from_encoded(value.to_string())
    }
}

/// A JSON integer.
impl From<MinorUnits> for Json {
    fn from(value: MinorUnits) -> Json {
        Json::from_encoded(value.to_string())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Json)
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(Json => true);

/// A JSON value seen from outside: scalars with their text, others by kind.
pub(crate) enum Token<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its source text.
    Number(&'a str),
    /// A string, without quotes and escapes.
    Text(Cow<'a, str>),
    /// A string that Rust cannot hold, because half of a character is missing.
    BrokenText,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl<'a> Token<'a> {
    /// Looks at the text of one JSON value.
    pub(crate) fn of(text: &'a str) -> Token<'a> {
        match text.as_bytes().first() {
            Some(b'n') => Token::Null,
            Some(b't') => Token::Bool(true),
            Some(b'f') => Token::Bool(false),
            Some(b'[') => Token::Array,
            Some(b'{') => Token::Object,
            Some(b'"') if !text.contains('\\') => {
                Token::Text(Cow::Borrowed(text.trim_matches('"')))
            }
            Some(b'"') => match serde_json::from_str(text) {
                Ok(text) => Token::Text(Cow::Owned(text)),
                Err(_) => Token::BrokenText,
            },
            _ => Token::Number(text),
        }
    }

    /// The JSON name of the kind.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Token::Null => "null",
            Token::Bool(_) => "boolean",
            Token::Number(_) => "number",
            Token::Text(_) | Token::BrokenText => "string",
            Token::Array => "array",
            Token::Object => "object",
        }
    }

    /// Whether the value stands for nothing: `null` or `""`.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Token::Null => true,
            Token::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// The text of a scalar that is not `null`.
    pub(crate) fn scalar_text(&self) -> Option<&str> {
        match self {
            Token::Bool(true) => Some("true"),
            Token::Bool(false) => Some("false"),
            Token::Number(text) => Some(text),
            Token::Text(text) => Some(text),
            Token::Null | Token::BrokenText | Token::Array | Token::Object => None,
        }
    }
}

/// Decodes a value from its token, or says what was expected instead.
pub(crate) fn scalar<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &'static str,
    read: impl FnOnce(&Token<'_>) -> Option<T>,
) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let token = Token::of(raw.get());
    read(&token).ok_or_else(|| unexpected(&token, expected))
}

/// The error for a token that is not what was expected; names its kind only.
pub(crate) fn unexpected<E: serde::de::Error>(token: &Token<'_>, expected: &'static str) -> E {
    E::invalid_type(Unexpected::Other(token.kind()), &expected)
}

/// An integer from a number that is exactly integral, or from digits in a
/// string.
pub(crate) fn integer(token: &Token<'_>) -> Option<i128> {
    match token {
        Token::Number(text) => match text.parse() {
            Ok(integer) => Some(integer),
            Err(_) => Decimal::from_token(token)?.at_scale(0),
        },
        Token::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// The text of a string, of a number or of `true` and `false`; for macros.
#[doc(hidden)]
pub fn any_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    scalar(deserializer, "a string", |token| token.scalar_text().map(str::to_owned))
}

/// The text of a string or of a number; for macros.
#[doc(hidden)]
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    scalar(deserializer, "a string", |token| match token {
        Token::Bool(_) => None,
        _ => token.scalar_text().map(str::to_owned),
    })
}
