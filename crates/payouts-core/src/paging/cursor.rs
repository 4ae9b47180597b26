//! Where a page begins, as a text that can be kept.

use std::fmt;
use std::str::FromStr;

use crate::{CivilDateTime, path};

/// Where a page of a list begins.
///
/// It comes from [`Page::cursor`](crate::Page::cursor) and goes to the method
/// `resume` of a call of the same operation. Its text has no meaning that could
/// be relied upon. It holds ids of items where a list has nothing but a window
/// of time, and nothing else of what came.
///
/// ```
/// use payouts_core::Cursor;
///
/// let cursor: Cursor = "list_payouts/page/3".parse()?;
/// assert_eq!(cursor.to_string(), "list_payouts/page/3");
/// # Ok::<(), payouts_core::CursorError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    operation: String,
    position: Position,
}

/// Where a page begins, by the way of paging.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Position {
    Offset(u64),
    Page(u64),
    /// The rest of the window, and the ids of the items before it, which may
    /// come again.
    Window {
        from: CivilDateTime,
        seen: Vec<String>,
    },
}

impl Cursor {
    pub(super) fn new(operation: &str, position: Position) -> Self {
        Self { operation: operation.to_owned(), position }
    }

    /// Where it points, if it is one of this operation.
    pub(super) fn position(&self, operation: &str) -> Option<&Position> {
        (self.operation == operation).then_some(&self.position)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", path::encode(&self.operation))?;
        match &self.position {
            Position::Offset(offset) => write!(f, "offset/{offset}"),
            Position::Page(page) => write!(f, "page/{page}"),
            Position::Window { from, seen } => {
                write!(f, "window/{}", path::encode(&from.to_string()))?;
                seen.iter().try_for_each(|it| write!(f, "/{}", path::encode(it)))
            }
        }
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({self})")
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let mut parts = text.split('/').map(path::decode);
        let mut part = || parts.next().flatten().ok_or(CursorError(()));
        let (operation, form, position) = (part()?, part()?, part()?);
        let number = || match position.parse() {
            // As it is printed: no sign, no zeros before it.
            Ok(number) if u64::to_string(&number) == position => Ok(number),
            _ => Err(CursorError(())),
        };
        let position = match form.as_str() {
            "offset" => Position::Offset(number()?),
            "page" => Position::Page(number()?),
            "window" => {
                let from = position.parse().map_err(|_| CursorError(()))?;
                let seen: Option<Vec<String>> = parts.by_ref().collect();
                Position::Window { from, seen: seen.ok_or(CursorError(()))? }
            }
            _ => return Err(CursorError(())),
        };
        match parts.next() {
            None => Ok(Self { operation, position }),
            Some(_) => Err(CursorError(())),
        }
    }
}

/// A text is not a [`Cursor`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CursorError(());

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected the text of a cursor")
    }
}

impl fmt::Debug for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CursorError")
    }
}

impl std::error::Error for CursorError {}
