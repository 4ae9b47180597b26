//! Lists that come in pages: a stream of the pages and a stream of the items,
//! the same for every way of paging.
//!
//! Nothing is sent before it is asked for, and no page ahead of time.

mod course;
mod cursor;
mod envelope;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use self::course::{Ask, Course, Step, Wrong};
use self::cursor::Position;
use crate::call::Call;
use crate::error::{Cause, DecodeError, Error, ErrorKind, Failure, OperationError, decode};
use crate::outcome::Outcome;
use crate::response::Response;
use crate::{Checker, Json, Problem};

pub use self::cursor::{Cursor, CursorError};

/// How an operation pages.
///
/// Written by the generator, in [`operation!`](crate::operation).
#[derive(Debug)]
pub struct Paging {
    /// What is asked for, and where the answer says what came.
    pub form: PagingForm,
    /// The limits of the offset or the number of a page.
    pub check: fn(&u64, &mut Checker<'_>),
}

/// The ways of paging.
///
/// Parameters are query parameters. Where a place is a list, the first that is
/// there counts; one that begins with `/` is a JSON pointer into the body (the
/// empty one is all of it), any other is a header.
#[derive(Debug)]
pub enum PagingForm {
    /// Leave out the first so many items.
    Offset {
        /// The parameter that says how many to leave out.
        offset: &'static str,
        /// The parameter that says how many to answer.
        limit: &'static str,
        /// Places of the number of items on all pages.
        total: &'static [&'static str],
        /// Places of the offset that was answered.
        current: &'static [&'static str],
        /// Places of the items.
        items: &'static [&'static str],
    },
    /// Pages with numbers.
    Page {
        /// The parameter that is the number.
        page: &'static str,
        /// Places of the number of the last page.
        last: &'static [&'static str],
        /// Places of the number that was answered.
        current: &'static [&'static str],
        /// Places of the items.
        items: &'static [&'static str],
    },
    /// Nothing but a window of time, and a limit.
    Window {
        /// The parameter where the window begins.
        from: &'static str,
        /// The parameter where it ends.
        to: &'static str,
        /// The parameter that says how many to answer.
        limit: &'static str,
        /// Places of the items.
        items: &'static [&'static str],
        /// Place of an item's id in the item.
        id: &'static str,
    },
}

/// The pages of a list, one request after the other.
///
/// Made by the method `pages` of a call. It is a [`Stream`], and has
/// [`next`](Self::next) so that no other crate is needed. Each page is a call
/// of its own, with all the limits of a call. Nothing is sent before a page is
/// asked for. After an error there are no more pages.
///
/// A page that cannot follow the page before it is an error of the kind
/// [`ErrorKind::Paging`], so that a provider who answers the same page for ever
/// cannot keep a caller for ever.
///
/// ```
/// use payouts_core::{Erased, OperationError, Pages};
///
/// async fn count<E: OperationError>(
///     mut pages: Pages<Vec<String>, E>,
/// ) -> Result<usize, payouts_core::Error<E>> {
///     let mut n_items = 0;
///     while let Some(page) = pages.next().await {
///         let page = page?;
///         n_items += page.len();
///         if let Some(cursor) = page.cursor() {
///             println!("to go on from here: {cursor}");
///         }
///     }
///     Ok(n_items)
/// }
/// ```
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<T, E> {
    /// What all pages have in common.
    call: Call,
    course: Course,
    in_flight: Option<InFlight<T, E>>,
}

type InFlight<T, E> = Pin<Box<dyn Future<Output = Result<Response<T>, Error<E>>> + Send>>;

impl<T, E> Pages<T, E>
where
    T: DeserializeOwned + 'static,
    E: OperationError,
{
    /// The next page, if there is one.
    ///
    /// If the future is dropped, the page is not lost: the next call of this
    /// method goes on waiting for it.
    ///
    /// # Errors
    ///
    /// Those of the call, and the kind [`ErrorKind::Paging`].
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error<E>>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error<E>>>> {
        loop {
            let future = match &mut self.in_flight {
                Some(future) => future,
                None => {
                    let Some(ask) = self.course.ask() else { return Poll::Ready(None) };
                    let call = self.course.paging.apply(self.call.clone(), ask);
                    self.in_flight.insert(Box::pin(call.send()))
                }
            };
            let result = ready!(future.as_mut().poll(cx));
            self.in_flight = None;
            let response = match result {
                Ok(response) => response,
                Err(error) => {
                    self.course.end();
                    return Poll::Ready(Some(Err(error)));
                }
            };
            match self.course.take(response.headers(), response.body()) {
                Ok(Step::Again) => {}
                Ok(Step::Page { found, next }) => {
                    let cursor = next.map(|it| Cursor::new(self.call.operation().id, it));
                    let page = Page { response, path: found.path, items: found.items, cursor };
                    return Poll::Ready(Some(Ok(page)));
                }
                Err(wrong) => {
                    self.course.end();
                    let (kind, cause) = match wrong {
                        Wrong::Sequence(what) => (ErrorKind::Paging, Cause::Paging(what)),
                        Wrong::Shape(error) => (ErrorKind::Decode, Cause::Decode(error)),
                    };
                    let failure = failure(&self.call, kind, cause, response);
                    return Poll::Ready(Some(Err(Error::new(failure))));
                }
            }
        }
    }
}

impl<T, E> Stream for Pages<T, E>
where
    T: DeserializeOwned + 'static,
    E: OperationError,
{
    type Item = Result<Page<T>, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("call", &self.call).finish_non_exhaustive()
    }
}

/// A page: the answer as it came, and where the page after it begins.
///
/// It derefs to the [`Response`].
///
/// Where a list has nothing but a window of time, pages overlap by a minute, so
/// that an item on a border is on two of them; the stream of items gives it
/// once.
#[derive(Clone)]
pub struct Page<T> {
    response: Response<T>,
    /// Where the items stand in the body.
    path: String,
    /// Position in the page and source text of the items that are new.
    items: Vec<(usize, Bytes)>,
    cursor: Option<Cursor>,
}

impl<T> Page<T> {
    /// Where the page after this one begins, unless this is the last.
    ///
    /// It can be printed, kept, and given to the method `resume` of the same
    /// call later.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// The answer.
    pub fn into_response(self) -> Response<T> {
        self.response
    }
}

impl<T> Deref for Page<T> {
    type Target = Response<T>;

    fn deref(&self) -> &Response<T> {
        &self.response
    }
}

/// Shows the answer by its own `Debug`.
impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("response", &self.response)
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

/// The items of a list, page after page.
///
/// Made by the method `items` of a call. It is a [`Stream`], and has
/// [`next`](Self::next) so that no other crate is needed. A page is fetched
/// when its first item is asked for. After an error there are no more items.
///
/// ```
/// use payouts_core::{Items, OperationError};
///
/// async fn newest<E: OperationError>(
///     items: Items<String, E>,
/// ) -> Result<Vec<String>, payouts_core::Error<E>> {
///     let mut items = items.max_items(10);
///     let mut newest = Vec::new();
///     while let Some(item) = items.next().await {
///         newest.push(item?);
///     }
///     Ok(newest)
/// }
/// ```
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<T, E> {
    pages: Pages<Json, E>,
    page: Option<Page<()>>,
    n_left: Option<usize>,
    item: PhantomData<fn() -> T>,
}

impl<T, E> Items<T, E>
where
    T: DeserializeOwned,
    E: OperationError,
{
    /// Ends after so many items, and fetches no page for more.
    pub fn max_items(mut self, max: usize) -> Self {
        self.n_left = Some(max);
        self
    }

    /// The next item, if there is one.
    ///
    /// If the future is dropped, no item is lost: the next call of this method
    /// goes on waiting for it.
    ///
    /// # Errors
    ///
    /// Those of the call, and the kind [`ErrorKind::Paging`].
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if self.n_left == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = self.take() {
                self.n_left = self.n_left.map(|it| it - 1);
                return Poll::Ready(Some(item));
            }
            match ready!(self.pages.poll_page(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(mut page)) => {
                    // Taken from the end.
                    page.items.reverse();
                    let Page { response, path, items, cursor } = page;
                    let response = response.map(drop);
                    self.page = Some(Page { response, path, items, cursor });
                }
            }
        }
    }

    /// The next item of the page that is there.
    fn take(&mut self) -> Option<Result<T, Error<E>>> {
        let page = self.page.as_mut()?;
        let (idx, text) = page.items.pop()?;
        Some(decode(&text).map_err(|error: DecodeError| {
            page.items.clear();
            self.pages.course.end();
            let cause = Cause::Decode(error.inside(&format!("{}[{idx}]", page.path)));
            let response = page.response.clone();
            Error::new(failure(&self.pages.call, ErrorKind::Decode, cause, response))
        }))
    }
}

impl<T, E> Stream for Items<T, E>
where
    T: DeserializeOwned,
    E: OperationError,
{
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("call", &self.pages.call).finish_non_exhaustive()
    }
}

impl Call {
    /// The pages from the one that the call asks for.
    pub fn pages<T, E>(mut self, paging: &'static Paging) -> Pages<T, E>
    where
        T: DeserializeOwned + 'static,
        E: OperationError,
    {
        let seen = std::mem::take(&mut self.seen);
        let course = Course::new(paging, |name| self.argument(name), seen);
        let course = course.unwrap_or_else(|(course, problems)| {
            self.refuse(problems);
            course
        });
        Pages { call: self, course, in_flight: None }
    }

    /// The items of the pages from the one that the call asks for.
    pub fn items<T, E>(self, paging: &'static Paging) -> Items<T, E>
    where
        T: DeserializeOwned,
        E: OperationError,
    {
        Items { pages: self.pages(paging), page: None, n_left: None, item: PhantomData }
    }

    /// Begins where a page ended.
    pub fn resume(mut self, paging: &'static Paging, cursor: &Cursor) -> Self {
        let position = cursor.position(self.operation().id);
        match (&paging.form, position) {
            (PagingForm::Offset { .. }, Some(Position::Offset(position)))
            | (PagingForm::Page { .. }, Some(Position::Page(position))) => {
                paging.apply(self, Ask::At(*position))
            }
            (PagingForm::Window { from, .. }, Some(Position::Window { from: start, seen })) => {
                self.seen.clone_from(seen);
                self.query(from, start)
            }
            _ => {
                self.refuse([Problem::new("cursor", "a cursor of this operation")]);
                self
            }
        }
    }
}

impl Paging {
    /// The call of a page.
    fn apply(&self, call: Call, ask: Ask) -> Call {
        match (ask, &self.form) {
            (
                Ask::At(position),
                PagingForm::Offset { offset: name, .. } | PagingForm::Page { page: name, .. },
            ) => {
                let call = call.check(name, |at| (self.check)(&position, at));
                call.query(name, &position)
            }
            (Ask::Between(start, end), PagingForm::Window { from, to, .. }) => {
                call.query(from, &start).query(to, &end)
            }
            (Ask::AsGiven | Ask::At(_) | Ask::Between(..), _) => call,
        }
    }
}

/// A success that is no page or holds an item that cannot be used.
fn failure<T>(call: &Call, kind: ErrorKind, cause: Cause, response: Response<T>) -> Box<Failure> {
    let (answer, sending) = response.into_parts();
    let (operation, outcome) = (call.operation(), Outcome::Accepted);
    Box::new(Failure { operation, kind, outcome, cause, sending, answer: Some(answer) })
}
