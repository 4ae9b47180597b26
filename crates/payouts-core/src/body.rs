//! Bodies of requests that are not JSON: forms and multipart bodies.
//!
//! Both are made from the exact JSON of a value, so that amounts, times and
//! enums are written once, and never through a float.

mod file;
mod form;
mod multipart;
#[cfg(test)]
mod tests;

use std::fmt;

use bytes::Bytes;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::Json;

pub use self::file::File;
pub use self::form::FormStyle;
pub(crate) use self::form::encode as form;
pub use self::multipart::PartStyle;
pub(crate) use self::multipart::{Part, assemble, parts};

/// What a body must be that cannot be sent.
pub(crate) const EXPECTED: &str = "a value that its media type can hold";

/// How deep a value may be nested, which is deeper than any provider reads.
const DEPTH: usize = 32;

/// The body of a request, complete but for what separates its parts.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) content: Content,
    pub(crate) media_type: &'static str,
}

/// The bytes of a body, or what they are made of.
#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    Parts(Vec<Part>),
}

impl Body {
    pub(crate) fn bytes(media_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self { content: Content::Bytes(bytes.into()), media_type }
    }
}

/// The members of an object in their order; nothing if it is none.
pub(crate) struct Members(pub(crate) Vec<(String, Json)>);

impl Members {
    pub(crate) fn of(json: &[u8]) -> Option<Self> {
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        deserializer.deserialize_map(Ordered).ok()
    }

    /// The text of a member; its JSON if it has no text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(it, _)| it == name)?;
        let text = value.token().scalar_text().map(str::to_owned);
        Some(text.unwrap_or_else(|| value.as_text().to_owned()))
    }
}

struct Ordered;

impl<'de> Visitor<'de> for Ordered {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
