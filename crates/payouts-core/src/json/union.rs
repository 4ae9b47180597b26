//! Which alternative of a union a JSON value is.
//!
//! The value is looked at from outside (its kind, the names of its members,
//! its discriminator) and then decoded from its source text, so that numbers
//! keep their digits.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::Json;
use crate::error::decode_without_empty;

/// When a value is an alternative of a union.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Alternative {
    /// If the discriminator has one of these values.
    Tagged(&'static [&'static str]),
    /// If the value is of this JSON kind.
    Kind(&'static str),
    /// If it is an object with these members, and none of the above fits.
    Requires(&'static [&'static str]),
}

/// The position of the alternative that a value is.
#[doc(hidden)]
#[must_use]
pub fn choose(
    json: &Json,
    discriminator: Option<&&'static str>,
    alternatives: &[Alternative],
) -> Option<usize> {
    let kind = json.token().kind();
    let members = Members::of(json, discriminator.copied().unwrap_or_default());
    let tag = members.tag.as_ref();
    let tag = tag.and_then(|it| it.token().scalar_text().map(str::to_owned));

    let by_tag = |it: &Alternative| match it {
        Alternative::Tagged(tags) => tag.as_deref().is_some_and(|tag| tags.contains(&tag)),
        Alternative::Kind(_) | Alternative::Requires(_) => false,
    };
    let by_shape = |it: &Alternative| match it {
        Alternative::Kind(expected) => *expected == kind,
        Alternative::Requires(names) => {
            kind == "object" && names.iter().all(|it| members.names.contains(*it))
        }
        Alternative::Tagged(_) => false,
    };
    alternatives.iter().position(by_tag).or_else(|| alternatives.iter().position(by_shape))
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
