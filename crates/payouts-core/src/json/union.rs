//! Which alternative of a union a JSON value is.
//!
//! The value is looked at from outside (its kind, the names of its members,
//! its discriminator) and then decoded from its source text, so that numbers
//! keep their digits.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::Json;
use super::members::KEEPS_OTHERS;
use crate::error::decode_without_empty;

/// When a value is an alternative of a union.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Alternative {
    /// If the discriminator has one of these values.
    Tagged(&'static [&'static str]),
    /// If the discriminator has one of these values, or if it is absent and
    /// the value is an object with these members, which no other fits as well.
    TaggedOrRequires(&'static [&'static str], &'static [&'static str]),
    /// If the value is of this JSON kind.
    Kind(&'static str),
    /// If it is an object with these members, and none of the above fits.
    Requires(&'static [&'static str]),
}

/// The position of the alternative that a value is.
///
/// Of several that fit by their members it is the one that loses the fewest
/// of those that the others declare.
#[doc(hidden)]
#[must_use]
pub fn choose(
    json: &Json,
    discriminator: Option<&&'static str>,
    alternatives: &[(Alternative, Ask)],
) -> Option<usize> {
    let kind = json.token().kind();
    let members = Members::of(json, discriminator.copied().unwrap_or_default());
    let tag = members.tag.as_ref();
    let is_untagged = tag.is_none_or(|it| it.token().kind() == "null");
    let tag = tag.and_then(|it| it.token().scalar_text().map(str::to_owned));

    let by_tag = |it: &Alternative| match it {
        Alternative::Tagged(tags) | Alternative::TaggedOrRequires(tags, _) => {
            tag.as_deref().is_some_and(|tag| tags.contains(&tag))
        }
        Alternative::Kind(_) | Alternative::Requires(_) => false,
    };
    let by_kind = |it: &Alternative| match it {
        Alternative::Kind(expected) => *expected == kind,
        Alternative::Tagged(_) | Alternative::TaggedOrRequires(..) | Alternative::Requires(_) => {
            false
        }
    };
    let has =
        |names: &[&str]| kind == "object" && names.iter().all(|it| members.names.contains(*it));
    let by_members = |it: &Alternative| match it {
        Alternative::TaggedOrRequires(_, names) => is_untagged && has(names),
        Alternative::Requires(names) => has(names),
        Alternative::Tagged(_) | Alternative::Kind(_) => false,
    };
    let position =
        |fits: &dyn Fn(&Alternative) -> bool| alternatives.iter().position(|(it, _)| fits(it));
    position(&by_tag).or_else(|| position(&by_kind)).or_else(|| {
        let fitting = alternatives.iter().enumerate().filter(|(_, (it, _))| by_members(it));
        best(&members, fitting.map(|(idx, (it, declared))| (idx, *it, *declared)).collect())
    })
}

/// The best of the alternatives that fit a value by its members.
fn best(members: &Members, fitting: Vec<(usize, Alternative, Ask)>) -> Option<usize> {
    if let [(only, ..)] = fitting.as_slice() {
        return Some(*only);
    }
    let declared: Vec<Declared> = fitting.iter().map(|(_, _, declared)| declared()).collect();
    let names = declared.iter().flat_map(|it| it.names);
    let named: BTreeSet<&str> = names.copied().filter(|it| members.names.contains(*it)).collect();
    let mut ranked: Vec<(Rank, usize)> = fitting
        .iter()
        .zip(&declared)
        .map(|((idx, alternative, _), declared)| {
            let n_kept = declared.names.iter().filter(|it| named.contains(*it)).count();
            let n_lost = if declared.keeps_others { 0 } else { named.len() - n_kept };
            let rank = match alternative {
                Alternative::TaggedOrRequires(_, required) => {
                    Rank { n_lost, guess: Some(Reverse(required.len())) }
                }
                _ => Rank { n_lost, guess: None },
            };
            (rank, *idx)
        })
        .collect();
    ranked.sort();
    match ranked.as_slice() {
        // Without its discriminator, a value that may be either is neither.
        [(first, _), (second, _), ..] if first.guess.is_some() && first == second => None,
        [(_, idx), ..] => Some(*idx),
        [] => None,
    }
}

/// How well an alternative fits a value; the least fits best.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// How many members would be lost that another one declares.
    n_lost: usize,
    /// Whether only the missing discriminator could tell, and how many members
    /// it requires.
    guess: Option<Reverse<usize>>,
}

/// What the type of an alternative says about the members of an object.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Declared {
    names: &'static [&'static str],
    keeps_others: bool,
}

/// How the type of an alternative is asked.
type Ask = fn() -> Declared;

/// Asks a type for its members: those that it tells a deserializer.
#[doc(hidden)]
#[must_use]
pub fn declared<T: DeserializeOwned>() -> Declared {
    match T::deserialize(Asking) {
        // What is no struct keeps all there is.
        Ok(_) | Err(Asked(None)) => Declared { names: &[], keeps_others: true },
        Err(Asked(Some(declared))) => declared,
    }
}

/// Has no value, only ears.
struct Asking;

/// What was heard, as the error that a deserializer must end with.
#[derive(Debug)]
struct Asked(Option<Declared>);

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no value")
    }
}

impl std::error::Error for Asked {}

impl serde::de::Error for Asked {
    fn custom<M: fmt::Display>(_: M) -> Asked {
        Asked(None)
    }
}

impl<'de> Deserializer<'de> for Asking {
    type Error = Asked;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Asked> {
        Err(Asked(None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        names: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Asked> {
        Err(Asked(Some(Declared { names, keeps_others: name == KEEPS_OTHERS })))
    }

    // The trait wants every method named, those of floats too: none of them has a value.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
        ignored_any
    }
}

/// Decodes the chosen alternative; `None` if the value does not fit it.
///
/// Each union is decoded from a text of its own, which hides the depth from
/// the JSON reader; so the depth of unions in unions is limited here.
#[doc(hidden)]
#[must_use]
pub fn decode_alternative<T: DeserializeOwned>(json: &Json) -> Option<T> {
    let depth = Depth::enter()?;
    let value = match serde_json::from_str(json.as_text()) {
        Ok(value) => Some(value),
        // Another try in each of many unions within each other takes a time
        // that doubles with each; the outermost one is enough in practice.
        Err(_) if DEPTH.get() == 1 => decode_without_empty(json.as_text().as_bytes()).ok(),
        Err(_) => None,
    };
    drop(depth);
    value
}

/// How deep unions may be in unions; documented APIs have two or three.
const MAX_DEPTH: u32 = 32;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

struct Depth;

impl Depth {
    fn enter() -> Option<Depth> {
        if DEPTH.get() >= MAX_DEPTH {
            return None;
        }
        DEPTH.set(DEPTH.get() + 1);
        Some(Depth)
    }
}

impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// The members of an object, without their values.
#[derive(Default)]
struct Members {
    names: BTreeSet<String>,
    tag: Option<Json>,
}

impl Members {
    /// No members if it is not an object.
    fn of(json: &Json, discriminator: &str) -> Members {
        let mut deserializer = serde_json::Deserializer::from_str(json.as_text());
        deserializer.deserialize_map(MembersVisitor(discriminator)).unwrap_or_default()
    }
}

struct MembersVisitor<'a>(&'a str);

impl<'de> Visitor<'de> for MembersVisitor<'_> {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Members::default();
        while let Some(name) = map.next_key::<String>()? {
            if name == self.0 {
                members.tag = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            members.names.insert(name);
        }
        Ok(members)
    }
}
