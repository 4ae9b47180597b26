//! Decoding of whatever may come: no panic, nothing lost, nothing shown.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::config;
use super::json_text::{CANARY, bytes, json};
use crate::{
    CivilDateTime, Date, Decimal, IntegerOrString, Json, JsonObject, MinorUnits, Patch, Sensitive,
    Timestamp, decode, wire,
};

crate::open_enum! {
    /// A state.
    pub enum Status {
        /// Paid out.
        Settled = "settled",
    }
}

crate::string_newtype! {
    /// A name.
    pub struct Id;
}

/// A payout with members of every sort.
#[crate::skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Payout {
    id: Option<Id>,
    kind: Option<Status>,
    #[serde(default, with = "wire::text")]
    amount: Option<Decimal>,
    minor: Option<Sensitive<MinorUnits>>,
    at: Option<Timestamp>,
    #[serde(default, deserialize_with = "wire::empty_as_none")]
    note: Option<String>,
    parts: Option<Vec<Method>>,
    #[serde(skip)]
    additional: JsonObject,
}

crate::additional_members! {
    Payout { "id", "kind", "amount", "minor", "at", "note", "parts" }
}

/// A card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    method: String,
    card: IntegerOrString,
}

crate::union! {
    /// How it is paid.
    pub enum Method by "method" {
        /// To a card.
        Card(Card) = ["card"],
        /// To several.
        Parts(Vec<Method>) is array,
        /// As a whole.
        Payout(Box<Payout>) requires ["id"],
    }
}

/// Decodes; what was decoded is the same after a round trip, and what was not
/// says nothing of the text.
fn checked<T>(text: &[u8]) -> Result<Option<T>, TestCaseError>
where
    T: DeserializeOwned + Serialize + std::fmt::Debug,
{
    match decode::<T>(text) {
        Ok(value) => {
            let encoded = serde_json::to_string(&value).expect("what was decoded can be encoded");
            let again: T = decode(encoded.as_bytes())
                .map_err(|it| TestCaseError::fail(format!("{it}: {encoded}")))?;
            let recoded = serde_json::to_string(&again).expect("and again");
            prop_assert_eq!(recoded, encoded);
            Ok(Some(value))
        }
        Err(error) => {
            let shown = format!("{error} {error:?}");
            prop_assert!(!shown.contains(CANARY), "{shown}");
            Ok(None)
        }
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What `serde_json` reads and writes, without white space between tokens.
fn compact(text: &str) -> String {
    let mut compact = String::new();
    let mut in_string = false;
    let mut is_escaped = false;
    for character in text.chars() {
        if in_string || !character.is_whitespace() {
            compact.push(character);
        }
        if character == '"' && !is_escaped {
            in_string = !in_string;
        }
        is_escaped = in_string && character == '\\' && !is_escaped;
    }
    compact
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_break_a_scalar(text in bytes()) {
        checked::<Decimal>(&text)?;
        checked::<MinorUnits>(&text)?;
        checked::<Timestamp>(&text)?;
        checked::<Date>(&text)?;
        checked::<CivilDateTime>(&text)?;
        checked::<IntegerOrString>(&text)?;
        checked::<Status>(&text)?;
        checked::<Id>(&text)?;
        checked::<Patch<Decimal>>(&text)?;
    }

    #[test]
    fn no_bytes_break_an_object(text in bytes()) {
        checked::<Payout>(&text)?;
        checked::<Vec<Option<Decimal>>>(&text)?;
        checked::<JsonObject>(&text)?;
    }

    /// A union is what it can be, or keeps what came.
    #[test]
    fn every_value_is_in_a_union(text in json()) {
        let method = checked::<Method>(text.as_bytes())?;
        match method {
            None => prop_assert!(false, "not decoded: {text}"),
            Some(Method::Unrecognized(kept)) => prop_assert_eq!(kept.as_text(), text.trim()),
            Some(_) => {}
        }
    }

    #[test]
    fn free_json_is_kept_as_it_came(text in json()) {
        let json = Json::from_text(&text).expect("it is JSON");
        prop_assert_eq!(json.as_text(), &text);
        prop_assert_eq!(serde_json::to_string(&json).expect("it encodes"), text);
    }

    #[test]
    fn free_json_is_equal_whatever_the_white_space(text in json()) {
        let json = Json::from_text(&text).expect("it is JSON");
        let compact = Json::from_text(&compact(&text)).expect("it still is");
        prop_assert_eq!(&json, &compact);
        prop_assert_eq!(hash(&json), hash(&compact));
    }

    /// The same texts are JSON for us and for `serde_json`.
    #[test]
    fn only_json_is_json(text in bytes()) {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&text).is_ok();
        let is_text = std::str::from_utf8(&text).is_ok();
        prop_assert_eq!(decode::<Json>(&text).is_ok(), is_json && is_text);
    }

    #[test]
    fn no_value_of_an_enum_is_refused(text in any::<String>()) {
        let json = serde_json::to_string(&text).expect("a string");
        let status: Status = serde_json::from_str(&json).expect("any string");
        prop_assert_eq!(status.as_str(), &text);
        prop_assert_eq!(serde_json::to_string(&status).expect("it encodes"), json);
        prop_assert_eq!(Status::from(text.as_str()), status);
    }

    #[test]
    fn integers_and_strings_stay_what_they_are(number in any::<i128>(), text in any::<String>()) {
        let id: IntegerOrString = serde_json::from_str(&number.to_string()).expect("an integer");
        prop_assert_eq!(id.as_integer(), Some(number));
        prop_assert_eq!(serde_json::to_string(&id).expect("it encodes"), number.to_string());
        let quoted: IntegerOrString =
            serde_json::from_str(&format!("\"{number}\"")).expect("a string");
        prop_assert_eq!(&quoted, &id);
        prop_assert_eq!(hash(&quoted), hash(&id));
        let json = serde_json::to_string(&text).expect("a string");
        let id: IntegerOrString = serde_json::from_str(&json).expect("a string");
        prop_assert_eq!(id.as_str(), &text);
        prop_assert_eq!(serde_json::to_string(&id).expect("it encodes"), json);
    }
}
