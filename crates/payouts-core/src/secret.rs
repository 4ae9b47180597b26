//! Credentials: never printed, never encoded, wiped when dropped.

use std::env;
use std::error;
use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

#[cfg(test)]
mod tests;

/// A credential, such as an API key.
///
/// It has no `Display` and no `Serialize`, `Debug` does not show it, its memory
/// is wiped when it is dropped, and comparing two takes the same time whatever
/// they hold (their lengths are not hidden).
///
/// ```
/// use payouts_core::Secret;
///
/// let key = Secret::new("sk_live_1");
/// assert_eq!(format!("{key:?}"), "Secret([redacted])");
/// assert_eq!(key.expose(), "sk_live_1");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a credential.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(secret.into()))
    }

    /// Takes a credential from an environment variable.
    ///
    /// ```no_run
    /// use payouts_core::Secret;
    ///
    /// let key = Secret::from_env("WALLET_KEY")?;
    /// # Ok::<(), payouts_core::SecretError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the variable is missing, empty or not Unicode.
    pub fn from_env(name: &str) -> Result<Secret, SecretError> {
        let problem = match env::var(name) {
            Ok(secret) if !secret.is_empty() => return Ok(Secret::new(secret)),
            Ok(_) => "is empty",
            Err(env::VarError::NotPresent) => "is not set",
            Err(env::VarError::NotUnicode(_)) => "is not Unicode",
        };
        Err(SecretError { name: name.to_owned(), problem })
    }

    /// The credential itself. Take care where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Secret) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl From<&str> for Secret {
    fn from(secret: &str) -> Secret {
        Secret::new(secret)
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Secret {
        Secret::new(secret)
    }
}

/// An environment variable holds no credential.
///
/// It names the variable and never shows its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretError {
    name: String,
    problem: &'static str,
}

impl SecretError {
    /// The name of the environment variable.
    #[must_use]
    pub fn variable(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "environment variable `{}` {}", self.name, self.problem)
    }
}

impl error::Error for SecretError {}
