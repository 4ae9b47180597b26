//! `""` where a type has no empty text, read as `null`.
//!
//! Whether a type has one shows only when it does not decode, so this is a
//! second reading: what is at fault becomes `null` wherever it stands in the
//! same place of a list, and the text is read again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::value::RawValue;
use serde_path_to_error::Segment;

use super::DecodeError;

/// How many members of a text may be empty in this way. Each is a reading of
/// the whole text, and a hostile one must not take long.
const MAX_MEMBERS: usize = 32;

/// Decodes a text that did not decode as it is.
///
/// The error is what is wrong besides `""`, or nothing if there was none that
/// could be at fault.
pub(crate) fn decode<T: DeserializeOwned>(text: &[u8]) -> Result<T, Option<DecodeError>> {
    let mut text = Cow::Borrowed(std::str::from_utf8(text).map_err(|_| None)?);
    let mut wrong = None;
    let mut replaced = String::new();
    for _ in 0..=MAX_MEMBERS {
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        let error = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Ok(value) => return deserializer.end().map(|()| value).map_err(|_| wrong),
            Err(error) => error,
        };
        let at = error.path().to_string();
        if at == replaced {
            // It cannot be `null` either, so `""` was wrong.
            break;
        }
        let path: Vec<&Segment> = error.path().iter().collect();
        let mut found = Vec::new();
        if error.inner().classify() == Category::Data {
            find(&text, 0, &path, &mut found);
        }
        // A position would be taken for one in the text as it came.
        if let Cow::Owned(_) = text {
            let expected = super::expected(error.inner());
            let path = super::path_text(error.path());
            wrong = Some(DecodeError { path, expected, line: 0, column: 0 });
        }
        if found.is_empty() {
            break;
        }
        text = Cow::Owned(with_null(&text, &found));
        replaced = at;
    }
    Err(wrong)
}

/// The places of `""` at `path` below the value `text`, in any item of a list.
fn find(text: &str, start: usize, path: &[&Segment], found: &mut Vec<Range<usize>>) {
    let below = |inner: &RawValue| {
        // A borrowed value is a part of the text it was read from.
        let offset = inner.get().as_ptr().addr() - text.as_ptr().addr();
        start + offset
    };
    match path {
        [] if text.trim() == r#""""# => {
            let blank = text.len() - text.trim_start().len();
            found.push(start + blank..start + blank + 2);
        }
        [Segment::Seq { .. }, rest @ ..] => {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            items.iter().for_each(|it| find(it.get(), below(it), rest, found));
        }
        [Segment::Map { key }, rest @ ..] => {
            let members: BTreeMap<String, &RawValue> =
                serde_json::from_str(text).unwrap_or_default();
            if let Some(it) = members.get(key) {
                find(it.get(), below(it), rest, found);
            }
        }
        _ => {}
    }
}

/// The text with `null` in these places, which are in order.
fn with_null(text: &str, places: &[Range<usize>]) -> String {
    let mut result = String::with_capacity(text.len() + 2 * places.len());
    let mut end = 0;
    for place in places {
        result.push_str(&text[end..place.start]);
        result.push_str("null");
        end = place.end;
    }
    result.push_str(&text[end..]);
    result
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use crate::{Date, Decimal, MinorUnits, Sensitive, Timestamp, decode};

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    pub(super) struct Payout {
        id: Option<String>,
        amount: Option<Decimal>,
        fee: Option<Sensitive<MinorUnits>>,
        paid_at: Option<Timestamp>,
        days: Option<Vec<Date>>,
        count: Option<u64>,
        parts: Option<Vec<Payout>>,
        by_name: Option<BTreeMap<String, Option<Decimal>>>,
    }

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    pub(super) struct Paid {
        id: String,
        amount: Decimal,
    }

    crate::union! {
        pub(super) enum Event {
            Paid(Paid) requires ["id", "amount"],
            Payout(Payout),
        }
    }

    /// Checks which members of a payout are there.
    #[track_caller]
    fn reads(text: &str, expected: &str) {
        let payout: Payout = decode(text.as_bytes()).expect(text);
        let encoded = serde_json::to_string(&payout).expect("it encodes");
        let members: BTreeMap<&str, crate::Json> =
            serde_json::from_str(&encoded).expect("an object");
        let there: Vec<String> = members
            .iter()
            .filter(|(_, it)| !it.is_null())
            .map(|(name, it)| format!("{name}={}", it.as_text()))
            .collect();
        assert_eq!(there.join(" "), expected);
    }

    #[test]
    fn is_null_where_the_type_has_no_empty_text() {
        reads(
            r#"{"id": "", "amount": "", "fee":"", "paid_at" : "" , "days": "", "count": ""}"#,
            r#"id="""#,
        );
        reads(r#"{"parts": "", "by_name": "", "id": "a"}"#, r#"id="a""#);
    }

    #[test]
    fn keeps_everything_else() {
        reads(
            r#"{"id": "\"\"", "amount": 12345678901234567.890, "fee": ""}"#,
            r#"amount=12345678901234567.890 id="\"\"""#,
        );
        reads(
            r#"{"by_name": {"a": "", "b": 1.10}, "paid_at": ""}"#,
            r#"by_name={"a":null,"b":1.10}"#,
        );
    }

    #[test]
    fn in_every_item_of_a_list() {
        let text = format!(r#"{{"parts": [{}]}}"#, vec![r#"{"paid_at": ""}"#; 1000].join(","));
        let payout: Payout = decode(text.as_bytes()).expect("a payout");
        assert_eq!(payout.parts.expect("it has parts").len(), 1000);
    }

    #[test]
    fn in_a_union() {
        let event: Event = decode(br#"{"paid_at": "", "amount": 1}"#).expect("any object");
        assert!(matches!(event, Event::Payout(it) if it.paid_at.is_none()));
        let event: Event = decode(br#"{"id": "a", "amount": ""}"#).expect("any object");
        assert!(matches!(event, Event::Unrecognized(_)));
    }

    #[test]
    fn a_required_value_is_still_required() {
        let error = decode::<Paid>(br#"{"id": "a", "amount": ""}"#).expect_err("no amount");
        assert_eq!(error.to_string(), "expected a decimal number at amount, line 1 column 25");
        let error = decode::<Vec<Decimal>>(br#"[1, ""]"#).expect_err("no amount");
        assert_eq!(error.path(), "[1]");
    }

    #[test]
    fn other_texts_are_still_wrong() {
        let error = decode::<Payout>(br#"{"fee": "", "paid_at": "soon"}"#).expect_err("no time");
        assert_eq!(
            error.to_string(),
            "expected an RFC 3339 date and time with an offset at paid_at"
        );
        assert!(decode::<Payout>(br#"{"paid_at": ""} x"#).is_err());
        assert!(decode::<Payout>(br#"{"paid_at": ""#).is_err());
    }

    /// Each of many names would cost a reading of the whole text.
    #[test]
    fn a_hostile_text_is_given_up() {
        let members: Vec<String> = (0..5000).map(|it| format!(r#""{it}": """#)).collect();
        let text = format!("{{{}}}", members.join(","));
        assert!(decode::<BTreeMap<String, Option<Decimal>>>(text.as_bytes()).is_err());
    }
}
