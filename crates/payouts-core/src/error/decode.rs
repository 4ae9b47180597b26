//! Decoding of JSON, in one place, with errors that hold nothing of the
//! text they are about.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

mod empty;

pub(crate) use self::empty::decode as decode_without_empty;

/// Decodes a JSON text.
///
/// All decoding of answers and webhooks goes through here. Providers write
/// `""` where they have no date or amount, and a payout that was made must not
/// become an error by that: `""` is read as `null` where the type has no empty
/// text but can be `null`.
///
/// # Errors
///
/// If the text is not JSON or is not a `T`. The error says where and what was
/// expected, and never what was there.
///
/// ```
/// let amounts: Vec<u64> = payouts_core::decode(b"[1, 2]")?;
/// assert_eq!(amounts, [1, 2]);
///
/// let error = payouts_core::decode::<Vec<u64>>(br#"[1, "secret"]"#).unwrap_err();
/// assert_eq!(error.to_string(), "expected u64 at [1], line 1 column 12");
/// # Ok::<(), payouts_core::DecodeError>(())
/// ```
pub fn decode<T: DeserializeOwned>(text: &[u8]) -> Result<T, DecodeError> {
    match serde_json::from_slice(text) {
        Ok(value) => Ok(value),
        // Only a failure pays for knowing its path.
        Err(error) if error.classify() == Category::Data => {
            empty::decode(text).map_err(|it| it.unwrap_or_else(|| located::<T>(text, &error)))
        }
        Err(error) => Err(located::<T>(text, &error)),
    }
}

/// Why a JSON text is not what it should be.
///
/// Its message and fields are fit for logs: they come from the type that was
/// expected and never quote a value.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    expected: String,
    line: usize,
    column: usize,
}

impl DecodeError {
    /// Where in the value, such as `data[0].amount`; `.` is the value itself.
    ///
    /// Keys that could hold data are shown as `?`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected, such as `u64` or ``member `status` ``.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The line of the text, from one; zero if it is not known.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of the line in bytes, from one; zero if it is not known.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl DecodeError {
    /// A value is not there or not what was expected.
    pub(crate) fn new(path: &str, expected: &str) -> Self {
        Self { path: path.to_owned(), expected: expected.to_owned(), line: 0, column: 0 }
    }

    /// The error of a text that stood at this place of a larger one.
    pub(crate) fn inside(self, place: &str) -> Self {
        let separator = if self.path.starts_with('[') { "" } else { "." };
        let path = match self.path.as_str() {
            "." => place.to_owned(),
            path => format!("{place}{separator}{path}"),
        };
        Self { path, line: 0, column: 0, ..self }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)?;
        if self.path != "." {
            write!(f, " at {}", self.path)?;
        }
        if self.line > 0 {
            write!(f, ", line {} column {}", self.line, self.column)?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}

/// Decodes once more, to find the path of a failure.
fn located<T: DeserializeOwned>(text: &[u8], first: &serde_json::Error) -> DecodeError {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let path = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        // What follows the value is at fault.
        Ok(_) => String::from("."),
        Err(error) => path_text(error.path()),
    };
    DecodeError { path, expected: expected(first), line: first.line(), column: first.column() }
}

/// A path without keys that could be data: an e-mail address is a valid key
/// of a map.
fn path_text(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key: name } | Segment::Enum { variant: name } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(if is_name(name) { name } else { "?" });
            }
            Segment::Unknown => text.push('?'),
        }
    }
    if text.is_empty() { String::from(".") } else { text }
}

/// Whether a key looks like a member that a person named.
fn is_name(key: &str) -> bool {
    key.len() <= 64
        && key.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && key.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '$'))
}

/// What was expected, taken from serde's message without what was found.
fn expected(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => String::from("more JSON: the text is cut off"),
        Category::Syntax => String::from("JSON"),
        Category::Io => String::from("a text that can be read"),
        Category::Data => {
            let message = error.to_string();
            expected_of(&message).unwrap_or_else(|| String::from("another value"))
        }
    }
}

/// The tail of one of serde's own messages. Any other message may quote a
/// value anywhere, so it is not used at all.
fn expected_of(message: &str) -> Option<String> {
    if let Some(rest) = message.strip_prefix("missing field `") {
        return Some(format!("member `{}`", rest.split('`').next()?));
    }
    if message.starts_with("duplicate field `") {
        return Some(String::from("each member once"));
    }
    let known = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant `"];
    if !known.iter().any(|it| message.starts_with(it)) {
        return None;
    }
    // What was found comes first, so the last mark is serde's own.
    let (_, mut tail) = message.rsplit_once(", expected ")?;
    while let Some((head, position)) = tail.rsplit_once(" at line ") {
        let is_position = position.chars().all(|it| it.is_ascii_digit() || " column".contains(it));
        if !is_position {
            break;
        }
        tail = head;
    }
    (!tail.is_empty() && tail.len() <= 120).then(|| tail.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::value::RawValue;

    use super::*;

    const CANARY: &str = "canary, expected canary";

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoding is looked at")]
    struct Payout {
        id: String,
        amounts: Vec<Amount>,
        #[serde(default)]
        raw: Option<Box<RawValue>>,
        #[serde(default)]
        by_key: BTreeMap<String, u64>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoding is looked at")]
    struct Amount {
        minor: u64,
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let error = decode::<Payout>(text.as_bytes()).expect_err("the text is not a payout");
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn says_where_and_what() {
        check(
            r#"{"id": "1", "amounts": [{"minor": 1}, {"minor": "2"}]}"#,
            "expected u64 at amounts[1].minor, line 1 column 51",
        );
        check(r#"{"amounts": []}"#, "expected member `id`, line 1 column 15");
        check(
            r#"{"id": "1", "id": "2", "amounts": []}"#,
            "expected each member once, line 1 column 16",
        );
    }

    #[test]
    fn says_what_is_wrong_with_the_text() {
        check("", "expected more JSON: the text is cut off, line 1 column 0");
        check(r#"{"id": "#, "expected more JSON: the text is cut off at id, line 1 column 7");
        check("<html>canary</html>", "expected JSON, line 1 column 1");
        check(r#"{"id": "1", "amounts": []} canary"#, "expected JSON, line 1 column 28");
    }

    #[test]
    fn never_quotes_a_value() {
        let text = format!(r#"{{"id": "1", "amounts": [{{"minor": "{CANARY}"}}]}}"#);
        check(&text, "expected u64 at amounts[0].minor, line 1 column 59");
        let text =
            format!(r#"{{"id": "1", "amounts": [], "by_key": {{"a@canary.com": "{CANARY}"}}}}"#);
        check(&text, "expected u64 at by_key.?, line 1 column 79");
    }

    #[test]
    fn does_not_trust_messages_of_others() {
        assert_eq!(expected_of("canary is no amount, expected canary"), None);
        assert_eq!(
            expected_of(
                "invalid type: string \"x, expected canary\", expected u64 at line 1 column 2 at line 3 column 4"
            ),
            Some(String::from("u64"))
        );
    }

    #[test]
    fn keeps_raw_values() {
        let payout = decode::<Payout>(br#"{"id": "1", "amounts": [], "raw": 1.50}"#)
            .expect("the text is a payout");
        assert_eq!(payout.raw.expect("the member is there").get(), "1.50");
    }
}
