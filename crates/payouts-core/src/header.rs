//! Headers of answers, with the types of their values.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::error::decode;

/// A header that answers have, with the type of its value.
///
/// The client crates have a constant of each documented one, for
/// [`Response::header`](crate::Response::header) and
/// [`Error::header`](crate::Error::header).
///
/// ```
/// use payouts_core::{Header, Response};
///
/// const TOTAL: Header<i64> = Header::new("Pagination-Total");
///
/// fn total<T>(page: &Response<T>) -> Result<Option<i64>, payouts_core::HeaderError> {
///     page.header(TOTAL)
/// }
/// ```
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// The header of this name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: DeserializeOwned> Header<T> {
    /// Its value, if it is there. One that came several times is a list with
    /// commas, as HTTP has it.
    pub(crate) fn read(&self, headers: &HeaderMap) -> Result<Option<T>, HeaderError> {
        let error = HeaderError { name: self.name };
        let values: Result<Vec<&str>, _> =
            headers.get_all(self.name).iter().map(|it| it.to_str()).collect();
        let values = values.map_err(|_| error)?;
        if values.is_empty() {
            return Ok(None);
        }
        let text = values.join(", ");
        // Text and times are strings in JSON, numbers are not.
        let quoted = serde_json::to_vec(&text).map_err(|_| error)?;
        let value = decode(&quoted).or_else(|_| decode(text.as_bytes()));
        value.map(Some).map_err(|_| error)
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Header({:?})", self.name)
    }
}

/// A header of an answer has a value that is not of its documented type.
///
/// The value is with the other headers, as it came; the error does not show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
}

impl HeaderError {
    /// The header's name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{}` is not what is documented", self.name)
    }
}

impl fmt::Debug for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeaderError({:?})", self.name)
    }
}

impl std::error::Error for HeaderError {}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::{Decimal, Sensitive, Timestamp};

    #[track_caller]
    fn check<T: DeserializeOwned + fmt::Debug>(values: &[&'static [u8]], expected: &str) {
        let mut headers = HeaderMap::new();
        for value in values {
            let value = HeaderValue::from_bytes(value).expect("a header can hold it");
            headers.append("x-some", value);
        }
        let res = Header::<T>::new("X-Some").read(&headers);
        assert_eq!(format!("{res:?}"), expected);
    }

    #[test]
    fn values_have_their_types() {
        check::<i64>(&[b"42"], "Ok(Some(42))");
        check::<bool>(&[b"true"], "Ok(Some(true))");
        check::<String>(&[b"42"], r#"Ok(Some("42"))"#);
        check::<String>(&[br#"a "b" \c"#], r#"Ok(Some("a \"b\" \\c"))"#);
        check::<Decimal>(&[b"12345678901234567.890"], "Ok(Some(Decimal(12345678901234567.890)))");
        check::<Timestamp>(&[b"2026-01-31T09:00:00Z"], "Ok(Some(Timestamp(2026-01-31T09:00:00Z)))");
        check::<i64>(&[], "Ok(None)");
    }

    #[test]
    fn several_values_are_a_list() {
        check::<String>(&[b"a", b"b"], r#"Ok(Some("a, b"))"#);
        check::<i64>(&[b"1", b"2"], r#"Err(HeaderError("X-Some"))"#);
    }

    #[test]
    fn what_is_wrong_is_not_shown() {
        check::<i64>(&[b"canary"], r#"Err(HeaderError("X-Some"))"#);
        check::<i64>(&[b""], r#"Err(HeaderError("X-Some"))"#);
        check::<String>(&[b"\xe4"], r#"Err(HeaderError("X-Some"))"#);
        check::<Sensitive<String>>(&[b"canary"], "Ok(Some([redacted]))");
        let error = HeaderError { name: "X-Some" };
        assert_eq!(error.to_string(), "the header `X-Some` is not what is documented");
        assert_eq!(format!("{:?}", Header::<i64>::new("X-Some")), r#"Header("X-Some")"#);
    }
}
