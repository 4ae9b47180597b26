//! What to ask for next, decided from what came before. Sends nothing.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::HeaderMap;

use super::cursor::Position;
use super::envelope::{self, Found};
use super::{Paging, PagingForm};
use crate::error::DecodeError;
use crate::{CivilDateTime, Problem};

/// The way through a list.
pub(super) struct Course {
    pub(super) paging: &'static Paging,
    state: State,
}

enum State {
    /// An offset or the number of a page.
    Counted {
        /// The position to ask for; the first is the caller's.
        next: Next,
        limit: Option<u64>,
        /// The source text of the items before.
        before: Bytes,
    },
    /// Parts of the time that are left, the next one last.
    Windows {
        rest: Vec<Window>,
        limit: usize,
        /// The ids in the window before, which is the only one that the next
        /// can share items with.
        seen: BTreeSet<String>,
    },
    /// The arguments are wrong, as the first request will find.
    Refused,
    Ended,
}

/// What is asked for next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// What the caller asked for.
    Given(Option<u64>),
    At(u64),
}

/// A part of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    from: CivilDateTime,
    to: CivilDateTime,
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// What the caller asked for.
    AsGiven,
    /// The page at this offset or with this number.
    At(u64),
    /// A window of time.
    Between(CivilDateTime, CivilDateTime),
}

/// What an answer leads to.
#[derive(Debug)]
pub(super) enum Step {
    /// A page, and where the one after it begins.
    Page { found: Found, next: Option<Position> },
    /// Another request: the window holds more than an answer can.
    Again,
}

/// Why an answer is no page.
#[derive(Debug)]
pub(super) enum Wrong {
    /// It does not fit to what came before or to what was asked.
    Sequence(&'static str),
    /// It has not the items where they should be.
    Shape(DecodeError),
}

pub(super) const REPEATED: &str = "the same items as on the page before";
pub(super) const ELSEWHERE: &str = "another page than the one that was asked for";
pub(super) const FULL: &str = "as many items as the limit allows in a window of two minutes";
pub(super) const NAMELESS: &str = "an item without an id";

impl Course {
    /// The way that begins at the arguments of a call. What is wrong with these
    /// comes with a course whose first request must fail.
    pub(super) fn new(
        paging: &'static Paging,
        argument: impl Fn(&str) -> Option<String>,
        seen: Vec<String>,
    ) -> Result<Self, (Self, Vec<Problem>)> {
        let state = match &paging.form {
            PagingForm::Offset { offset, limit, .. } => {
                let given_limit = argument(limit).and_then(|it| it.parse().ok());
                counted(offset, &argument, given_limit)
            }
            PagingForm::Page { page, .. } => counted(page, &argument, None),
            PagingForm::Window { from, to, limit, .. } => {
                windows([from, to, limit], &argument, seen)
            }
        };
        match state {
            Ok(state) => Ok(Self { paging, state }),
            Err(problems) => Err((Self { paging, state: State::Refused }, problems)),
        }
    }

    /// What to ask for next; nothing at the end.
    pub(super) fn ask(&self) -> Option<Ask> {
        match &self.state {
            State::Counted { next: Next::Given(_), .. } | State::Refused => Some(Ask::AsGiven),
            State::Counted { next: Next::At(position), .. } => Some(Ask::At(*position)),
            State::Windows { rest, .. } => rest.last().map(|it| Ask::Between(it.from, it.to)),
            State::Ended => None,
        }
    }

    /// Ends the way.
    pub(super) fn end(&mut self) {
        self.state = State::Ended;
    }

    /// Takes the answer to what was asked for.
    pub(super) fn take(&mut self, headers: &HeaderMap, body: &Bytes) -> Result<Step, Wrong> {
        let (PagingForm::Offset { items, .. }
        | PagingForm::Page { items, .. }
        | PagingForm::Window { items, .. }) = &self.paging.form;
        let found = envelope::items(items, body).map_err(Wrong::Shape)?;
        match (&mut self.state, &self.paging.form) {
            (State::Counted { next, limit, before }, form) => {
                let following = following(form, *next, *limit, &found, headers, body)?;
                if !found.items.is_empty() && found.text == *before {
                    return Err(Wrong::Sequence(REPEATED));
                }
                before.clone_from(&found.text);
                let position = following.map(|it| match form {
                    PagingForm::Page { .. } => Position::Page(it),
                    PagingForm::Offset { .. } | PagingForm::Window { .. } => Position::Offset(it),
                });
                match following {
                    Some(it) => *next = Next::At(it),
                    None => self.end(),
                }
                Ok(Step::Page { found, next: position })
            }
            (State::Windows { rest, limit, seen }, PagingForm::Window { id, .. }) => {
                let Some(window) = rest.pop() else { return Ok(Step::Again) };
                if found.items.len() >= *limit {
                    let halves = window.halves().ok_or(Wrong::Sequence(FULL))?;
                    rest.extend(halves.into_iter().rev());
                    return Ok(Step::Again);
                }
                let found = without(seen, id, found)?;
                let seen = seen.iter().cloned().collect();
                let next = rest.last().map(|it| Position::Window { from: it.from, seen });
                Ok(Step::Page { found, next })
            }
            (State::Windows { .. } | State::Refused | State::Ended, _) => Ok(Step::Again),
        }
    }
}

/// The course of a list whose pages are counted.
fn counted(
    name: &str,
    argument: impl Fn(&str) -> Option<String>,
    limit: Option<u64>,
) -> Result<State, Vec<Problem>> {
    let given = match argument(name).map(|it| it.parse()) {
        None => None,
        Some(Ok(position)) => Some(position),
        Some(Err(_)) => return Err(vec![Problem::new(name, "a whole number, not negative")]),
    };
    Ok(State::Counted { next: Next::Given(given), limit, before: Bytes::new() })
}

/// The position after this one, unless this is the last.
fn following(
    form: &PagingForm,
    asked: Next,
    limit: Option<u64>,
    found: &Found,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Option<u64>, Wrong> {
    let elsewhere = || Wrong::Sequence(ELSEWHERE);
    let number = |places: &[&str]| envelope::number(places, headers, body);
    let n_items = u64::try_from(found.items.len()).map_err(|_| elsewhere())?;
    let asked = match asked {
        Next::Given(position) => position,
        Next::At(position) => Some(position),
    };
    match form {
        PagingForm::Offset { total, current, .. } => {
            let at = asked.unwrap_or(0);
            if number(current).is_some_and(|it| it != at) {
                return Err(elsewhere());
            }
            let reached = at.checked_add(n_items).ok_or_else(elsewhere)?;
            let is_last = match (number(total), limit) {
                _ if n_items == 0 => true,
                (Some(total), _) => reached >= total,
                (None, Some(limit)) => n_items < limit,
                (None, None) => false,
            };
            Ok((!is_last).then_some(reached))
        }
        PagingForm::Page { last, current, .. } => {
            let current = number(current);
            // A provider may count from 0 or from 1.
            let at = asked.or(current).unwrap_or(1);
            let is_right = match asked {
                Some(at) => current.is_none_or(|it| it == at),
                None => at <= 1,
            };
            let next = at.checked_add(1).filter(|_| is_right).ok_or_else(elsewhere)?;
            let is_last = n_items == 0 || number(last).is_some_and(|it| at >= it);
            Ok((!is_last).then_some(next))
        }
        PagingForm::Window { .. } => Ok(None),
    }
}

/// The course of a list that has nothing but a window.
fn windows(
    [from, to, limit]: [&str; 3],
    argument: impl Fn(&str) -> Option<String>,
    seen: Vec<String>,
) -> Result<State, Vec<Problem>> {
    let time = |name| argument(name)?.parse::<CivilDateTime>().ok();
    let (start, end) = (time(from), time(to));
    let most = argument(limit).and_then(|it| it.parse().ok()).filter(|it| *it > 0);
    let mut problems = Vec::new();
    for (name, is_given) in [(from, start.is_some()), (to, end.is_some())] {
        if !is_given {
            problems.push(Problem::new(name, "given, because the list is read by windows of time"));
        }
    }
    if most.is_none() {
        let expected = "given and at least 1, because a window with as many items is halved";
        problems.push(Problem::new(limit, expected));
    }
    match (start, end, most) {
        (Some(from), Some(to), Some(limit)) if from <= to => Ok(State::Windows {
            rest: vec![Window { from, to }],
            limit,
            seen: seen.into_iter().collect(),
        }),
        (Some(_), Some(_), Some(_)) => {
            Err(vec![Problem::new(to, "a time that is not before the beginning")])
        }
        _ => Err(problems),
    }
}

impl Window {
    /// Two parts that overlap by a minute, the earlier one first.
    ///
    /// Whether a window includes its ends is not known. If it does not, an item
    /// on a border that two windows only touch in would be in neither.
    fn halves(self) -> Option<[Self; 2]> {
        let (start, end) = (self.from.minutes(), self.to.minutes());
        if end - start < 3 {
            return None;
        }
        let middle = start + (end - start) / 2;
        let to = CivilDateTime::from_minutes(middle + 1)?;
        let from = CivilDateTime::from_minutes(middle)?;
        Some([Self { from: self.from, to }, Self { from, to: self.to }])
    }
}

/// Only the items whose id has not been seen; then `seen` are the ids of all.
fn without(seen: &mut BTreeSet<String>, id: &str, mut found: Found) -> Result<Found, Wrong> {
    let mut ids = BTreeSet::new();
    let mut fresh = Vec::new();
    for (idx, text) in std::mem::take(&mut found.items) {
        let id = envelope::scalar(&text, id).ok_or(Wrong::Sequence(NAMELESS))?;
        let is_fresh = !seen.contains(&id) && ids.insert(id.clone());
        ids.insert(id);
        if is_fresh {
            fresh.push((idx, text));
        }
    }
    *seen = ids;
    found.items = fresh;
    Ok(found)
}
