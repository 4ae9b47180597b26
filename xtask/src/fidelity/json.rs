//! JSON whose numbers are what was written.

use std::collections::BTreeMap;

use codegen::parse::node::{Node, Value};
use serde_json::value::RawValue;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    List(Vec<Json>),
    Map(BTreeMap<String, Json>),
}

impl Json {
    pub(super) fn text(text: &str) -> Self {
        Self::String(text.to_owned())
    }

    pub(super) fn number(text: &str) -> Self {
        Self::Number(text.to_owned())
    }

    /// What a document says.
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(it) => Self::Bool(*it),
            Value::Number(it) => Self::Number(it.clone()),
            Value::String(it) => Self::String(it.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|it| (it.key.clone(), Self::of(&it.value))).collect())
            }
        }
    }

    /// Reads a text, which has been written by a serializer.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Some(match text.chars().next()? {
            'n' => Self::Null,
            't' => Self::Bool(true),
            'f' => Self::Bool(false),
            '"' => Self::String(serde_json::from_str(text).ok()?),
            '[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                Self::List(items.iter().map(|it| Self::parse(it.get())).collect::<Option<_>>()?)
            }
            '{' => {
                let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
                let members = members.into_iter();
                Self::Map(
                    members
                        .map(|(key, it)| Some((key, Self::parse(it.get())?)))
                        .collect::<Option<_>>()?,
                )
            }
            _ => Self::number(text),
        })
    }

    /// On one line.
    pub(super) fn write(&self) -> String {
        let mut text = String::new();
        self.write_to(&mut text);
        text
    }

    fn write_to(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(true) => text.push_str("true"),
            Self::Bool(false) => text.push_str("false"),
            Self::Number(it) => text.push_str(it),
            Self::String(it) => write_string(it, text),
            Self::List(items) => {
                text.push('[');
                for (idx, item) in items.iter().enumerate() {
                    if idx > 0 {
                        text.push(',');
                    }
                    item.write_to(text);
                }
                text.push(']');
            }
            Self::Map(members) => {
                text.push('{');
                for (idx, (key, value)) in members.iter().enumerate() {
                    if idx > 0 {
                        text.push(',');
                    }
                    write_string(key, text);
                    text.push(':');
                    value.write_to(text);
                }
                text.push('}');
            }
        }
    }

    /// As others see it, who read numbers as floats.
    pub(super) fn value(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.write()).ok()
    }
}

fn write_string(it: &str, text: &mut String) {
    text.push_str(&serde_json::Value::from(it).to_string());
}

/// A number in one spelling: its sign, its digits and the power of ten.
pub(super) fn exact(number: &str) -> Option<(bool, String, i64)> {
    let (negative, rest) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|it| it.is_ascii_digit()) {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let exponent = exponent - i64::try_from(fraction.len()).ok()?;
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let n_zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    Some((negative, significant.to_owned(), exponent + n_zeros))
}

#[cfg(test)]
mod tests {
    use super::{Json, exact};

    #[test]
    fn numbers_keep_their_text() {
        let text = r#"{"a":[12345678901234567.89,1e2,-0.50],"b":"\"ü"}"#;
        assert_eq!(Json::parse(text).map(|it| it.write()).as_deref(), Some(text));
    }

    #[test]
    fn numbers_of_equal_value() {
        for (one, other) in [("1.50", "15e-1"), ("100", "1E+2"), ("-0", "0.0"), ("0.10", "1e-1")] {
            assert_eq!(exact(one), exact(other), "{one} {other}");
        }
        assert_ne!(exact("12345678901234567.89"), exact("12345678901234567.88"));
        assert_ne!(exact("-1"), exact("1"));
        assert_eq!(exact("1x"), None);
    }
}
