//! Mistakes of the command line that only its reader can make out.

use std::{error, fmt};

/// What was asked for cannot be meant: the program exits with 2, as it does if
/// the command line cannot be read at all.
#[derive(Debug)]
pub struct Usage(String);

impl Usage {
    /// The mistake as an error.
    pub fn error(what: String) -> anyhow::Error {
        anyhow::Error::new(Self(what))
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for Usage {}
