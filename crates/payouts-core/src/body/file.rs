//! Files in multipart bodies.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// A file in a body that has parts: its bytes, and what the provider is told
/// about them.
///
/// `Debug` shows neither the bytes nor the name.
///
/// ```
/// use payouts_core::File;
///
/// let file = File::new(&b"%PDF-1.7"[..]).named("passport.pdf").media_type("application/pdf");
/// assert_eq!(format!("{file:?}"), "File(8 bytes)");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct File {
    bytes: Bytes,
    name: Option<String>,
    media_type: Option<String>,
}

impl File {
    /// A file with these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), name: None, media_type: None }
    }

    /// Sets the name that the provider sees; the name of the member if not set.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`; what the provider documents
    /// if not set, or else `application/octet-stream`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The bytes. Take care where they go.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub(super) fn own_media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }
}

impl From<Bytes> for File {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes)", self.bytes.len())
    }
}

/// As a list of the bytes in Base64, the name and the media type. No provider
/// sees this form.
impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (STANDARD.encode(&self.bytes), &self.name, &self.media_type).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (bytes, name, media_type): (String, Option<String>, Option<String>) =
            Deserialize::deserialize(deserializer)?;
        let bytes = STANDARD.decode(bytes).map_err(|_| D::Error::custom("no Base64"))?;
        Ok(Self { bytes: bytes.into(), name, media_type })
    }
}

#[cfg(feature = "schemars")]
crate::__json_schema!(File => { "type": "array", "description": "a file: bytes in Base64, name, media type" });
