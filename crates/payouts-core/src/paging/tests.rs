//! Paging without sockets: each rule, and properties over many made-up lists.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::HeaderMap;

use super::course::{Ask, Course, ELSEWHERE, FULL, NAMELESS, REPEATED, Step, Wrong};
use super::cursor::{Cursor, Position};
use super::{Paging, PagingForm, envelope};
use crate::CivilDateTime;

static OFFSETS: Paging = Paging {
    form: PagingForm::Offset {
        offset: "offset",
        limit: "limit",
        total: &["Total"],
        current: &["Offset"],
        items: &[""],
    },
    check: |_, _| {},
};

static PAGES: Paging = Paging {
    form: PagingForm::Page {
        page: "page",
        last: &["/last"],
        current: &["/current"],
        items: &["/data/data", "/data"],
    },
    check: |_, _| {},
};

static WINDOWS: Paging = Paging {
    form: PagingForm::Window {
        from: "from",
        to: "to",
        limit: "limit",
        items: &["/data"],
        id: "/id",
    },
    check: |_, _| {},
};

/// A course with these arguments.
#[track_caller]
fn course(paging: &'static Paging, arguments: &[(&str, &str)]) -> Course {
    match Course::new(paging, argument(arguments), Vec::new()) {
        Ok(course) => course,
        Err((_, problems)) => panic!("the arguments are right: {problems:?}"),
    }
}

fn argument<'a>(arguments: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'a {
    |name| arguments.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned())
}

/// What one answer with these headers and this body leads to: the position of
/// the next page, or why there is none.
fn answer(course: &mut Course, headers: &[(&'static str, &str)], body: &str) -> String {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().expect("tests give values of headers"));
    }
    match course.take(&map, &Bytes::copy_from_slice(body.as_bytes())) {
        Ok(Step::Again) => "again".to_owned(),
        Ok(Step::Page { found, next }) => {
            let next = next.map_or("end".to_owned(), |it| Cursor::new("op", it).to_string());
            format!("{} items, {next}", found.items.len())
        }
        Err(Wrong::Sequence(what)) => what.to_owned(),
        Err(Wrong::Shape(error)) => error.to_string(),
    }
}

#[test]
fn offsets_end_at_the_total() {
    let mut course = course(&OFFSETS, &[("offset", "2"), ("limit", "2")]);
    assert_eq!(course.ask(), Some(Ask::AsGiven));
    assert_eq!(answer(&mut course, &[("total", "5")], "[1, 2]"), "2 items, op/offset/4");
    assert_eq!(course.ask(), Some(Ask::At(4)));
    assert_eq!(answer(&mut course, &[("total", "5")], "[3]"), "1 items, end");
    assert_eq!(course.ask(), None);
}

#[test]
fn offsets_go_on_from_what_came_and_not_from_the_limit() {
    let mut course = course(&OFFSETS, &[("limit", "100")]);
    assert_eq!(answer(&mut course, &[("total", "9")], "[1, 2]"), "2 items, op/offset/2");
    assert_eq!(answer(&mut course, &[("total", "9")], "[]"), "0 items, end");
}

#[test]
fn offsets_without_a_total_end_at_a_page_that_is_not_full() {
    let mut limited = course(&OFFSETS, &[("limit", "2")]);
    assert_eq!(answer(&mut limited, &[], "[1, 2]"), "2 items, op/offset/2");
    assert_eq!(answer(&mut limited, &[], "[3]"), "1 items, end");
    let mut unlimited = course(&OFFSETS, &[]);
    assert_eq!(answer(&mut unlimited, &[], "[1, 2]"), "2 items, op/offset/2");
    assert_eq!(answer(&mut unlimited, &[], "[3]"), "1 items, op/offset/3");
    assert_eq!(answer(&mut unlimited, &[], "[]"), "0 items, end");
}

#[test]
fn pages_end_at_the_last_or_at_none() {
    let mut counted = course(&PAGES, &[]);
    let body = r#"{"data": [1], "current": 1, "last": 2}"#;
    assert_eq!(answer(&mut counted, &[], body), "1 items, op/page/2");
    let body = r#"{"data": [2], "current": "2", "last": "2"}"#;
    assert_eq!(answer(&mut counted, &[], body), "1 items, end");
    let mut endless = course(&PAGES, &[("page", "7")]);
    assert_eq!(answer(&mut endless, &[], r#"{"data": {"data": [1]}}"#), "1 items, op/page/8");
    assert_eq!(answer(&mut endless, &[], r#"{"data": {"data": []}}"#), "0 items, end");
}

#[test]
fn pages_may_be_counted_from_zero() {
    let mut course = course(&PAGES, &[]);
    assert_eq!(answer(&mut course, &[], r#"{"data": [1], "current": 0}"#), "1 items, op/page/1");
}

#[test]
fn another_page_than_the_one_that_was_asked_for_is_found_out() {
    let mut pages = course(&PAGES, &[("page", "2")]);
    assert_eq!(answer(&mut pages, &[], r#"{"data": [1], "current": 1}"#), ELSEWHERE);
    let mut pages = course(&PAGES, &[]);
    assert_eq!(answer(&mut pages, &[], r#"{"data": [1], "current": 2}"#), ELSEWHERE);
    let mut offsets = course(&OFFSETS, &[]);
    assert_eq!(answer(&mut offsets, &[("offset", "10")], "[1]"), ELSEWHERE);
    let mut offsets = course(&OFFSETS, &[("offset", "18446744073709551615")]);
    assert_eq!(answer(&mut offsets, &[], "[1]"), ELSEWHERE);
}

#[test]
fn the_same_items_twice_are_found_out() {
    let mut pages = course(&PAGES, &[]);
    answer(&mut pages, &[], r#"{"data": [1], "time": 1}"#);
    assert_eq!(answer(&mut pages, &[], r#"{"data": [1], "time": 2}"#), REPEATED);
}

#[test]
fn a_window_that_is_full_is_halved() {
    let arguments = [("from", "2026-01-01 00:00"), ("to", "2026-01-01 00:09"), ("limit", "2")];
    let mut course = course(&WINDOWS, &arguments);
    let asked = |course: &Course| match course.ask() {
        Some(Ask::Between(from, to)) => format!("{:02}–{:02}", from.minute(), to.minute()),
        ask => format!("{ask:?}"),
    };
    assert_eq!(asked(&course), "00–09");
    assert_eq!(answer(&mut course, &[], r#"{"data": [{"id": 1}, {"id": 2}]}"#), "again");
    assert_eq!(asked(&course), "00–05");
    assert_eq!(
        answer(&mut course, &[], r#"{"data": [{"id": 1}]}"#),
        "1 items, op/window/2026-01-01%2000%3A04/1"
    );
    assert_eq!(asked(&course), "04–09");
    assert_eq!(answer(&mut course, &[], r#"{"data": [{"id": 1}]}"#), "0 items, end");
    assert_eq!(course.ask(), None);
}

#[test]
fn a_window_that_cannot_be_halved_is_an_error() {
    let arguments = [("from", "2026-01-01 00:00"), ("to", "2026-01-01 00:02"), ("limit", "1")];
    let mut full = course(&WINDOWS, &arguments);
    assert_eq!(answer(&mut full, &[], r#"{"data": [{"id": 1}]}"#), FULL);
    let mut nameless = course(&WINDOWS, &[arguments[0], arguments[1], ("limit", "2")]);
    assert_eq!(answer(&mut nameless, &[], r#"{"data": [{"name": 1}]}"#), NAMELESS);
}

#[track_caller]
fn check_problems(paging: &'static Paging, arguments: &[(&str, &str)], expected: &str) {
    let Err((course, problems)) = Course::new(paging, argument(arguments), Vec::new()) else {
        panic!("{arguments:?} are wrong");
    };
    let problems: Vec<String> = problems.iter().map(|it| it.path().to_owned()).collect();
    assert_eq!(problems.join(" "), expected);
    assert_eq!(course.ask(), Some(Ask::AsGiven), "the first request must fail");
}

#[test]
fn arguments_that_cannot_begin_are_problems() {
    check_problems(&WINDOWS, &[], "from to limit");
    let (from, to) = (("from", "2026-01-01 00:00"), ("to", "2026-01-02 00:00"));
    check_problems(&WINDOWS, &[from, to], "limit");
    check_problems(&WINDOWS, &[from, to, ("limit", "0")], "limit");
    check_problems(&WINDOWS, &[("from", "2026-01-03 00:00"), to, ("limit", "9")], "to");
    check_problems(&OFFSETS, &[("offset", "-1")], "offset");
    check_problems(&PAGES, &[("page", "-1")], "page");
}

#[test]
fn items_stand_at_the_first_place_where_something_is() {
    let at = |pointers: &[&str], body: &str| {
        let body = Bytes::copy_from_slice(body.as_bytes());
        match envelope::items(pointers, &body) {
            Ok(found) => format!("{:?} at {:?}", found.items, found.path),
            Err(error) => error.to_string(),
        }
    };
    let both = &["/data/data", "/data"];
    assert_eq!(at(both, r#"{"data": [1, 2.50]}"#), r#"[(0, b"1"), (1, b"2.50")] at "data""#);
    assert_eq!(at(both, r#"{"data": {"data": [ 1 ]}}"#), r#"[(0, b"1")] at "data.data""#);
    assert_eq!(at(both, r#"{"data": null}"#), r#"[] at """#);
    assert_eq!(at(both, "{}"), r#"[] at """#);
    assert_eq!(at(both, r#"{"data": {"error": 1}}"#), "expected an array at data");
    assert_eq!(at(&[""], " [1]"), r#"[(0, b"1")] at """#);
    assert_eq!(at(&[""], "{}"), "expected an array");
    assert_eq!(at(&["/a~1b/c~0d"], r#"{"a/b": {"c~d": [1]}}"#), r#"[(0, b"1")] at "a~1b.c~0d""#);
}

#[test]
fn numbers_stand_in_headers_and_bodies() {
    let mut headers = HeaderMap::new();
    headers.insert("total", "12".parse().expect("it is a value"));
    headers.insert("odd", "many".parse().expect("it is a value"));
    let number = |places: &[&str]| {
        envelope::number(places, &headers, br#"{"a": "3", "b": -1, "c": null, "d": 4.0}"#)
    };
    assert_eq!(number(&["Total"]), Some(12));
    assert_eq!(number(&["/a"]), Some(3));
    assert_eq!(number(&["/c", "/none", "None", "/d"]), Some(4));
    assert_eq!(number(&["/b"]), None);
    assert_eq!(number(&["odd"]), None);
    assert_eq!(number(&[]), None);
}

#[test]
fn cursors_are_texts() {
    let check = |text: &str| {
        let cursor: Cursor = text.parse().expect("it is a cursor");
        assert_eq!(cursor.to_string(), text);
        assert_eq!(format!("{cursor:?}"), format!("Cursor({text})"));
    };
    check("list_payouts/offset/0");
    check("list_payouts/page/18446744073709551615");
    check("list_payouts/window/2026-01-31%2009%3A00");
    check("list_payouts/window/2026-01-31%2009%3A00/a%2Fb/c");
    for text in [
        "",
        "list_payouts",
        "list_payouts/page",
        "list_payouts/page/",
        "list_payouts/page/-1",
        "list_payouts/page/+1",
        "list_payouts/page/01",
        "list_payouts/page/1/2",
        "list_payouts/side/1",
        "list_payouts/window/2026-01-31",
        "list_payouts/page/18446744073709551616",
        "list_payouts/window/2026-01-31%2009%3A00/%ff",
    ] {
        let error = text.parse::<Cursor>().expect_err("it is no cursor");
        assert_eq!(error.to_string(), "expected the text of a cursor", "{text}");
    }
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// A number below this one.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// A provider with items at seconds, whose reading of a window nobody knows.
struct Provider {
    items: Vec<i64>,
    limit: usize,
    includes_from: bool,
    includes_to: bool,
    /// Whether it compares minutes instead of seconds.
    in_minutes: bool,
    newest_first: bool,
}

impl Provider {
    fn random(numbers: &mut Numbers, length: u64) -> Self {
        let n_items = numbers.below(40);
        let mut second = |_| {
            let second = numbers.below(length * 60);
            // Whole minutes are where mistakes are.
            i64::try_from(if numbers.below(2) == 0 { second } else { second / 60 * 60 })
                .expect("it is small")
        };
        let items = (0..n_items).map(&mut second).collect();
        Self {
            items,
            limit: usize::try_from(1 + numbers.below(12)).expect("it is small"),
            includes_from: numbers.below(2) == 0,
            includes_to: numbers.below(2) == 0,
            in_minutes: numbers.below(2) == 0,
            newest_first: numbers.below(2) == 0,
        }
    }

    /// The names of the items in a window, all of them.
    fn inside(&self, from: i64, to: i64) -> Vec<usize> {
        let (from, to) = (from * 60, to * 60);
        let is_inside = |second: i64| {
            let second = if self.in_minutes { second.div_euclid(60) * 60 } else { second };
            (from < second || self.includes_from && from == second)
                && (second < to || self.includes_to && second == to)
        };
        let mut found: Vec<usize> =
            (0..self.items.len()).filter(|it| is_inside(self.items[*it])).collect();
        found.sort_by_key(|it| if self.newest_first { -self.items[*it] } else { self.items[*it] });
        found
    }

    fn answer(&self, from: i64, to: i64) -> Bytes {
        let items = self.inside(from, to).into_iter().take(self.limit);
        let items: Vec<String> = items.map(|it| format!(r#"{{"id": "i{it}"}}"#)).collect();
        Bytes::from(format!(r#"{{"data": [{}]}}"#, items.join(", ")))
    }
}

/// Reads a list of windows to its end; begins again from the text of a cursor
/// after some of the pages.
fn read(
    provider: &Provider,
    (start, end): (i64, i64),
    mut stops: impl FnMut() -> bool,
) -> Result<Vec<String>, &'static str> {
    let time = |minutes| CivilDateTime::from_minutes(minutes).expect("it is a time").to_string();
    let limit = provider.limit.to_string();
    let begin = |from: String, seen| {
        let arguments = [("from", from.as_str()), ("to", &time(end)), ("limit", &limit)];
        Course::new(&WINDOWS, argument(&arguments), seen).map_err(|(_, problems)| problems)
    };
    let mut course = begin(time(start), Vec::new()).expect("the arguments are right");
    let mut ids = Vec::new();
    let mut n_requests = 0;
    while let Some(ask) = course.ask() {
        let Ask::Between(from, to) = ask else { panic!("windows ask for windows: {ask:?}") };
        n_requests += 1;
        assert!(n_requests < 4 * (end - start) + 10, "it goes on for ever");
        let body = provider.answer(from.minutes(), to.minutes());
        match course.take(&HeaderMap::new(), &body) {
            Ok(Step::Again) => {}
            Ok(Step::Page { found, next }) => {
                let id = |text: &Bytes| envelope::scalar(text, "/id").expect("it has an id");
                ids.extend(found.items.iter().map(|(_, text)| id(text)));
                if let Some(next) = next.filter(|_| stops()) {
                    let text = Cursor::new("op", next).to_string();
                    let cursor: Cursor = text.parse().expect("it was just printed");
                    let Some(Position::Window { from, seen }) = cursor.position("op") else {
                        panic!("it was the cursor of a window: {cursor}");
                    };
                    let from = from.to_string();
                    course = begin(from, seen.clone()).expect("the arguments are right");
                }
            }
            Err(Wrong::Sequence(what)) => return Err(what),
            Err(Wrong::Shape(error)) => panic!("the answer is right: {error}"),
        }
    }
    Ok(ids)
}

#[test]
fn windows_give_every_item_once_however_ends_are_read() {
    let mut numbers = Numbers(1);
    let (mut n_read, mut n_full) = (0, 0);
    for case in 0..4_000 {
        let length = 1 + numbers.below(200);
        let provider = Provider::random(&mut numbers, length);
        let end = i64::try_from(length).expect("it is small");
        let resumes = numbers.below(2) == 0;
        match read(&provider, (0, end), || resumes && numbers.below(3) == 0) {
            Ok(ids) => {
                let once: BTreeSet<&String> = ids.iter().collect();
                assert_eq!(once.len(), ids.len(), "case {case}: an item comes twice");
                let expected: Vec<String> =
                    provider.inside(0, end).iter().map(|it| format!("i{it}")).collect();
                let expected: BTreeSet<&String> = expected.iter().collect();
                assert_eq!(once, expected, "case {case}: an item is lost");
                n_read += 1;
            }
            Err(what) => {
                assert_eq!(what, FULL);
                let is_full = |it: i64| provider.inside(it, it + 2).len() >= provider.limit;
                let is_short = end <= 2 && provider.inside(0, end).len() >= provider.limit;
                assert!(is_short || (0..end).any(is_full), "case {case}: it can be halved");
                n_full += 1;
            }
        }
    }
    assert!(n_read > 1_000 && n_full > 200, "both are tried: {n_read}, {n_full}");
}

#[test]
fn counted_pages_end_whatever_is_answered() {
    let mut numbers = Numbers(2);
    let bodies = ["[]", "[1]", "[1, 2]", "[3]", "{}", "null", ""];
    let mut ends = BTreeSet::new();
    for _ in 0..10_000 {
        let paging = if numbers.below(2) == 0 { &PAGES } else { &OFFSETS };
        let mut course = course(paging, &[]);
        let mut asked: Option<u64> = None;
        let mut before = String::new();
        for n_answers in 0.. {
            let Some(ask) = course.ask() else {
                ends.insert("end".to_owned());
                break;
            };
            assert!(n_answers <= 8, "an empty page ends it");
            if let Ask::At(position) = ask {
                assert!(asked.is_none_or(|it| it < position), "it advances");
                asked = Some(position);
            }
            let pick = usize::try_from(numbers.below(7)).expect("it is small");
            let items = if n_answers == 8 { "[]" } else { bodies[pick] };
            let position = match asked {
                Some(position) => position + numbers.below(8) / 7,
                None => numbers.below(3),
            };
            let total = numbers.below(8);
            let mut headers = HeaderMap::new();
            let body = match paging.form {
                PagingForm::Page { .. } => {
                    let last = if total == 0 { "null".to_owned() } else { total.to_string() };
                    format!(r#"{{"data": {items}, "current": {position}, "last": {last}}}"#)
                }
                _ => {
                    let value = |it: u64| it.to_string().parse().expect("it is a value");
                    headers.insert("offset", value(position));
                    if total > 0 {
                        headers.insert("total", value(total));
                    }
                    items.to_owned()
                }
            };
            match course.take(&headers, &Bytes::from(body)) {
                Ok(Step::Page { found, .. }) => {
                    let text = String::from_utf8_lossy(&found.text).into_owned();
                    assert!(found.items.is_empty() || text != before, "the same items again");
                    before = text;
                }
                Ok(Step::Again) => panic!("only windows are asked for again"),
                Err(wrong) => {
                    let what = match wrong {
                        Wrong::Sequence(what) => what.to_owned(),
                        Wrong::Shape(error) => error.expected().to_owned(),
                    };
                    ends.insert(what);
                    course.end();
                    assert_eq!(course.ask(), None);
                    break;
                }
            }
        }
    }
    let ends: Vec<&str> = ends.iter().map(String::as_str).collect();
    assert_eq!(ends, ["an array", ELSEWHERE, "end", REPEATED], "all ends are reached");
}
