//! Lists in pages, over real sockets: what is asked for, when, and what stops
//! it.

use payouts_core::{
    Api, Cursor, ErrorKind, Idempotency, Items, Method, Operation, Outcome, Page, Pages, Reconcile,
};
use payouts_tests::{
    PROVIDERS,
    server::{self, Reply, Server},
    table::Settings,
};
use serde::{Deserialize, Serialize};

static API: Api = Api { provider: "acme", title: "Acme", version: "0.1.0", schemes: &[] };

static LIST_PAYOUTS: Operation = Operation {
    id: "list_payouts",
    method: Method::GET,
    path: "/payouts",
    security: &[&[]],
    idempotency: Idempotency::Safe,
    reconcile: Reconcile::NotNeeded,
    success: &[200],
};

static LIST_NAMES: Operation = Operation {
    id: "list_names",
    method: Method::GET,
    path: "/names",
    security: &[&[]],
    idempotency: Idempotency::Safe,
    reconcile: Reconcile::NotNeeded,
    success: &[200],
};

static LIST_RECEIPTS: Operation = Operation {
    id: "list_receipts",
    method: Method::GET,
    path: "/receipts",
    security: &[&[]],
    idempotency: Idempotency::Safe,
    reconcile: Reconcile::NotNeeded,
    success: &[200],
};

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payout {
    /// Its name.
    pub id: String,
}

/// Any envelope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Whether it went well.
    pub ok: Option<bool>,
}

payouts_core::client! {
    /// Client for Acme.
    pub struct Client;
    /// Builds a [`Client`].
    pub struct ClientBuilder for API {}
}

payouts_core::operation_error! {
    /// What a list can answer instead of a success.
    pub enum ListError {
        /// Not now.
        ServerError = "5XX",
    }
}

payouts_core::operation! {
    /// Pages by offset.
    pub struct ListPayouts -> Vec<Payout>, ListError {
        /// How many to leave out.
        offset: i64 => query("offset"), maximum("4");
        /// How many.
        limit: i64 => query("limit");
        /// Only these.
        status: String => query("status");
    }
    paging: Payout => Offset { offset: "offset", limit: "limit", total: &["Total"], current: &["Offset"], items: &[""] }, maximum("4");
}

payouts_core::operation! {
    /// Pages with numbers, in three envelopes.
    pub struct ListNames -> Envelope, ListError {
        /// Which page.
        page: u64 => query("page"), minimum("1");
    }
    paging: Payout => Page {
        page: "page",
        last: &["/pagination/last_page", "/meta/last_page", "/data/last_page"],
        current: &["/pagination/current_page", "/meta/current_page", "/data/current_page"],
        items: &["/data/data", "/data"]
    };
}

payouts_core::operation! {
    /// Windows of time.
    pub struct ListReceipts -> Envelope, ListError {
        /// From when.
        from: payouts_core::CivilDateTime => query("from");
        /// To when.
        to: payouts_core::CivilDateTime => query("to");
        /// How many.
        limit: u64 => query("limit"), maximum("100");
    }
    paging: Payout => Window { from: "from", to: "to", limit: "limit", items: &["/data"], id: "/id" };
}

impl Client {
    fn list_payouts(&self) -> ListPayouts {
        ListPayouts(self.connection.call(&LIST_PAYOUTS))
    }

    fn list_names(&self) -> ListNames {
        ListNames(self.connection.call(&LIST_NAMES))
    }

    fn list_receipts(&self) -> ListReceipts {
        let call = ListReceipts(self.connection.call(&LIST_RECEIPTS));
        let time = |text: &str| text.parse::<payouts_core::CivilDateTime>().expect("it is a time");
        call.from(time("2026-01-01 00:00")).to(time("2026-01-01 00:08")).limit(3)
    }
}

fn client(server: &Server) -> Client {
    Client::builder(server.url.as_str()).build().expect("the settings are right")
}

/// A page of an offset that begins at this offset.
fn part(offset: usize, total: usize, ids: &[&str]) -> Reply {
    let headers = format!("total: {total}\r\noffset: {offset}\r\n");
    server::answer("200 OK", &headers, list(ids).as_bytes())
}

/// `[{"id": "a"}]`
fn list(ids: &[&str]) -> String {
    let items: Vec<String> = ids.iter().map(|it| format!(r#"{{"id": "{it}"}}"#)).collect();
    format!("[{}]", items.join(", "))
}

/// A body with a list under `data`.
fn data(ids: &[&str], more: &str) -> Reply {
    server::json("200 OK", &format!(r#"{{"data": {}{more}}}"#, list(ids)))
}

/// The targets of the requests that came, in order.
fn asked(server: &Server) -> Vec<String> {
    let target = |line: &str| line.strip_prefix("GET ").expect("lists are read").to_owned();
    server.received().iter().map(|it| target(it.line())).collect()
}

/// The names of all items, and the error at the end if there is one.
async fn read<E: payouts_core::OperationError>(
    mut items: Items<Payout, E>,
) -> (String, Option<payouts_core::Error<E>>) {
    let mut ids = String::new();
    let mut end = None;
    while let Some(item) = items.next().await {
        assert!(end.is_none(), "nothing comes after an error");
        match item {
            Ok(item) => ids.push_str(&item.id),
            Err(error) => end = Some(error),
        }
    }
    assert!(items.next().await.is_none(), "the end stays the end");
    (ids, end)
}

/// The kind of an error of a success that cannot be used, as text.
#[track_caller]
fn check_unusable<E: payouts_core::OperationError>(
    error: Option<payouts_core::Error<E>>,
    kind: ErrorKind,
    message: &str,
) {
    let error = error.expect("it ends in an error");
    assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Accepted));
    assert_eq!(error.to_string(), message);
    assert!(error.body().is_some_and(|it| !it.is_empty()), "what came can be read");
}

#[tokio::test]
async fn offsets() {
    let replies = [part(0, 5, &["a", "b"]), part(2, 5, &["c", "d"]), part(4, 5, &["e"])];
    let server = Server::scripted(replies).await;
    let client = client(&server);
    let (ids, end) = read(client.list_payouts().status("paid now").limit(2).items()).await;
    assert_eq!((ids.as_str(), end.is_none()), ("abcde", true));
    assert_eq!(
        asked(&server),
        [
            "/payouts?status=paid%20now&limit=2",
            "/payouts?status=paid%20now&limit=2&offset=2",
            "/payouts?status=paid%20now&limit=2&offset=4",
        ]
    );
}

#[tokio::test]
async fn numbers_in_three_envelopes() {
    let second = format!(r#"{{"data": {}, "meta": {{"current_page": 4}}}}"#, list(&["b"]));
    let third =
        format!(r#"{{"data": {{"data": {}, "current_page": 5, "last_page": 5}}}}"#, list(&["c"]));
    let replies = [
        data(&["a"], r#", "pagination": {"current_page": 3, "last_page": 9}"#),
        server::json("200 OK", &second),
        server::json("200 OK", &third),
    ];
    let server = Server::scripted(replies).await;
    let client = client(&server);
    let (ids, end) = read(client.list_names().page(3).items()).await;
    assert_eq!((ids.as_str(), end.is_none()), ("abc", true));
    assert_eq!(asked(&server), ["/names?page=3", "/names?page=4", "/names?page=5"]);
}

#[tokio::test]
async fn windows() {
    // A full one, its first half, and its second half, which is full again.
    let replies = [data(&["c", "b", "a"], ""), data(&["a", "b"], ""), data(&["b", "c", "d"], "")];
    let halves = [data(&["c", "b"], ""), data(&["c", "d"], "")];
    let server = Server::scripted(replies.into_iter().chain(halves)).await;
    let client = client(&server);
    let (ids, end) = read(client.list_receipts().items()).await;
    assert_eq!((ids.as_str(), end.is_none()), ("abcd", true));
    let window = |from: u8, to: u8| {
        format!("/receipts?limit=3&from=2026-01-01%2000%3A0{from}&to=2026-01-01%2000%3A0{to}")
    };
    let halves = [window(0, 8), window(0, 5), window(4, 8), window(4, 7), window(6, 8)];
    assert_eq!(asked(&server), halves);
}

#[tokio::test]
async fn a_window_must_be_given() {
    let server = Server::start(data(&[], "")).await;
    let client = client(&server);
    let call = ListReceipts(client.connection.call(&LIST_RECEIPTS)).limit(500);
    let (_, end) = read(call.items()).await;
    let error = end.expect("it cannot be sent");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotSent));
    let problems: Vec<&str> = error.problems().iter().map(|it| it.path()).collect();
    assert_eq!(problems, ["limit", "from", "to"], "with all that is wrong otherwise");
    assert!(asked(&server).is_empty());
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let server = Server::scripted([part(0, 4, &["a", "b"]), part(2, 4, &["c", "d"])]).await;
    let client = client(&server);
    let mut pages = client.list_payouts().pages();
    let mut items = client.list_payouts().items();
    assert!(asked(&server).is_empty(), "nothing has been asked for");
    assert_eq!(items.next().await.expect("there is one").expect("it came").id, "a");
    assert_eq!(asked(&server).len(), 1);
    assert_eq!(items.next().await.expect("there is one").expect("it came").id, "b");
    assert_eq!(asked(&server).len(), 1, "the second page is not fetched ahead of time");
    let page = pages.next().await;
    assert!(page.is_some_and(|it| it.is_err()), "the server is at its second page");
}

#[tokio::test]
async fn no_page_is_fetched_for_more_than_the_caller_wants() {
    let replies = || [part(0, 9, &["a", "b"]), part(2, 9, &["c", "d"]), part(4, 9, &["e"])];
    for (max, expected, n_requests) in
        [(0, "", 0), (1, "a", 1), (2, "ab", 1), (3, "abc", 2), (4, "abcd", 2), (5, "abcde", 3)]
    {
        let server = Server::scripted(replies()).await;
        let client = client(&server);
        let (ids, end) = read(client.list_payouts().items().max_items(max)).await;
        assert_eq!((ids.as_str(), end.is_none()), (expected, true), "{max}");
        assert_eq!(asked(&server).len(), n_requests, "{max}");
    }
}

#[tokio::test]
async fn a_printed_cursor_gives_the_rest() {
    let server = Server::scripted([part(0, 3, &["a", "b"]), part(2, 3, &["c"])]).await;
    let client = client(&server);
    let page = client.list_payouts().pages().next().await.expect("there is one").expect("it came");
    assert_eq!((page.len(), page[0].id.as_str(), page.status().as_u16()), (2, "a", 200));
    let cursor = page.cursor().expect("there is another page").to_string();
    assert_eq!(cursor, "list_payouts/offset/2");
    let cursor: Cursor = cursor.parse().expect("it was just printed");
    let mut rest = client.list_payouts().resume(&cursor).pages();
    let page = rest.next().await.expect("there is one").expect("it came");
    assert_eq!((page.len(), page.cursor()), (1, None));
    assert!(rest.next().await.is_none());
    assert_eq!(asked(&server), ["/payouts", "/payouts?offset=2"]);
}

#[tokio::test]
async fn a_printed_cursor_of_a_window_gives_the_rest_once() {
    let full = data(&["a", "b", "c"], "");
    let server = Server::scripted([full, data(&["a"], ""), data(&["a"], "")]).await;
    let client = client(&server);
    let mut pages = client.list_receipts().pages();
    let page = pages.next().await.expect("there is one").expect("it came");
    let cursor = page.cursor().expect("there is another page").to_string();
    assert_eq!(cursor, "list_receipts/window/2026-01-01%2000%3A04/a");
    drop(pages);
    let cursor: Cursor = cursor.parse().expect("it was just printed");
    let (ids, end) = read(client.list_receipts().resume(&cursor).items()).await;
    assert_eq!((ids.as_str(), end.is_none()), ("", true), "`a` has been given before");
    let last = asked(&server).pop().expect("it was asked");
    assert_eq!(last, "/receipts?limit=3&from=2026-01-01%2000%3A04&to=2026-01-01%2000%3A08");
}

#[tokio::test]
async fn a_cursor_of_another_operation_is_refused() {
    let server = Server::start(part(0, 0, &[])).await;
    let client = client(&server);
    for text in
        ["list_names/page/2", "list_payouts/page/2", "list_payouts/window/2026-01-01%2000%3A00"]
    {
        let cursor: Cursor = text.parse().expect("it is a cursor");
        let (_, end) = read(client.list_payouts().resume(&cursor).items()).await;
        let error = end.expect("it cannot be sent");
        assert_eq!(
            error.to_string(),
            "list_payouts: cursor must be a cursor of this operation, outcome not sent"
        );
    }
    assert!(asked(&server).is_empty());
}

#[tokio::test]
async fn a_limit_of_the_offset_is_no_silent_end() {
    let replies = [part(0, 9, &["a", "b", "c"]), part(3, 9, &["d", "e"]), part(5, 9, &["f"])];
    let server = Server::scripted(replies).await;
    let client = client(&server);
    let (ids, end) = read(client.list_payouts().items()).await;
    let error = end.expect("the next page cannot be asked for");
    assert_eq!((ids.as_str(), error.kind()), ("abcde", ErrorKind::Argument));
    assert_eq!(error.to_string(), "list_payouts: offset must be at most 4, outcome not sent");
    assert_eq!(asked(&server).len(), 2);
}

#[tokio::test]
async fn an_empty_list_has_one_page() {
    let server = Server::start(part(0, 0, &[])).await;
    let client = client(&server);
    let mut pages = client.list_payouts().pages();
    let page = pages.next().await.expect("there is one").expect("it came");
    assert_eq!((page.len(), page.cursor()), (0, None));
    assert!(pages.next().await.is_none());
    assert_eq!(asked(&server).len(), 1);
    for body in ["{}", r#"{"data": null}"#, r#"{"data": []}"#] {
        let server = Server::start(server::json("200 OK", body)).await;
        let client = self::client(&server);
        let (ids, end) = read(client.list_names().items()).await;
        assert_eq!((ids.as_str(), end.is_none(), asked(&server).len()), ("", true, 1), "{body}");
    }
}

#[tokio::test]
async fn an_error_in_the_middle_ends_it() {
    // As often as a call is tried.
    let failure = || server::json("503 Service Unavailable", "{}");
    let replies = [part(0, 9, &["a", "b"]), failure(), failure(), failure(), part(2, 9, &["c"])];
    let server = Server::scripted(replies).await;
    let client = client(&server);
    let (ids, end) = read(client.list_payouts().items()).await;
    let error = end.expect("the second page failed");
    assert_eq!((ids.as_str(), error.status().map(|it| it.as_u16())), ("ab", Some(503)));
    assert!(matches!(error.declared(), Some(ListError::ServerError)));
    assert!(error.may_send_again());
    // Every attempt of the second page has asked for the same.
    let asked = asked(&server);
    assert!(asked[1..].iter().all(|it| it == "/payouts?offset=2"), "{asked:?}");
}

#[tokio::test]
async fn an_item_that_cannot_be_decoded_ends_it() {
    let body = br#"[{"id": "a"}, {"id": ["canary"]}, {"id": "c"}]"#;
    let server = Server::start(server::answer("200 OK", "total: 9\r\n", body)).await;
    let client = client(&server);
    let (ids, end) = read(client.list_payouts().items()).await;
    assert_eq!(ids, "a");
    let source = std::error::Error::source(end.as_ref().expect("it ends in an error"))
        .map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("expected a string at [1].id"));
    check_unusable(
        end,
        ErrorKind::Decode,
        "list_payouts: 200 OK with an unexpected body, outcome accepted",
    );
    assert_eq!(asked(&server).len(), 1);
}

#[tokio::test]
async fn items_that_are_no_list_are_an_error() {
    let server = Server::start(server::json("200 OK", r#"{"data": {"error": "canary"}}"#)).await;
    let client = client(&server);
    let (_, end) = read(client.list_names().items()).await;
    check_unusable(
        end,
        ErrorKind::Decode,
        "list_names: 200 OK with an unexpected body, outcome accepted",
    );
}

#[tokio::test]
async fn the_same_page_for_ever_is_found_out() {
    let server = Server::start(data(&["a"], "")).await;
    let client = client(&server);
    let (ids, end) = read(client.list_names().items()).await;
    assert_eq!(ids, "a");
    check_unusable(
        end,
        ErrorKind::Paging,
        "list_names: 200 OK with the same items as on the page before, outcome accepted",
    );
    assert_eq!(asked(&server).len(), 2);
}

#[tokio::test]
async fn another_page_than_was_asked_for_is_found_out() {
    let first = r#", "meta": {"current_page": 1, "last_page": 9}"#;
    let server = Server::scripted([data(&["a"], first), data(&["b"], first)]).await;
    let client = client(&server);
    let (ids, end) = read(client.list_names().items()).await;
    assert_eq!(ids, "a");
    check_unusable(
        end,
        ErrorKind::Paging,
        "list_names: 200 OK with another page than the one that was asked for, outcome accepted",
    );
}

#[tokio::test]
async fn two_minutes_with_too_much_are_found_out() {
    let server = Server::start(data(&["a", "b", "c"], "")).await;
    let client = client(&server);
    let (ids, end) = read(client.list_receipts().items()).await;
    assert_eq!(ids, "");
    check_unusable(
        end,
        ErrorKind::Paging,
        "list_receipts: 200 OK with as many items as the limit allows in a window of two minutes, \
         outcome accepted",
    );
    assert_eq!(asked(&server).len(), 4, "8, 5, 3 and 2 minutes");
}

#[tokio::test]
async fn a_page_that_is_not_waited_for_is_not_lost() {
    let server = Server::scripted([part(0, 2, &["a"]), part(1, 2, &["b"])]).await;
    let client = client(&server);
    let mut items = client.list_payouts().items();
    // Polled once and dropped: no answer can be there that fast.
    tokio::select! {
        biased;
        _ = items.next() => panic!("the answer is not there yet"),
        () = std::future::ready(()) => {}
    }
    let (ids, end) = read(items).await;
    assert_eq!((ids.as_str(), end.is_none()), ("ab", true));
    assert_eq!(asked(&server).len(), 2, "the first page is asked for once");
}

#[tokio::test]
async fn streams_are_streams() {
    use futures_core::Stream;
    use std::{future::poll_fn, pin::Pin};

    fn check<S: Stream + Send + Unpin>(stream: S) -> S {
        stream
    }
    let server = Server::scripted([part(0, 2, &["a"]), part(1, 2, &["b"])]).await;
    let client = client(&server);
    let mut pages = check(client.list_payouts().pages());
    assert_eq!(
        format!("{pages:?}"),
        r#"Pages { call: Call { operation: "list_payouts", .. }, .. }"#
    );
    let task = async move {
        let mut n_items = 0;
        while let Some(page) = poll_fn(|cx| Pin::new(&mut pages).poll_next(cx)).await {
            let page: Page<Vec<Payout>> = page.expect("it came");
            n_items += page.into_response().len();
        }
        n_items
    };
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    assert_eq!(is_send(task).await, 2);
    let mut items = check(client.list_payouts().offset(1).items());
    let item = poll_fn(|cx| Pin::new(&mut items).poll_next(cx)).await;
    assert_eq!(item.expect("there is one").expect("it came").id, "b");
    let _: Option<Pages<Vec<Payout>, ListError>> = None;
}

/// A documented sample.
fn sample(path: &str) -> String {
    let path = format!("{}/../specs/examples/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the sample is there")
}

#[tokio::test]
async fn documented_payouts_by_offset() {
    let sample = sample("rebilly/constructed/list_payout_requests.response.200.90.json");
    let headers = "pagination-total: 1\r\npagination-offset: 0\r\n";
    let server = Server::start(server::answer("200 OK", headers, sample.as_bytes())).await;
    let client =
        payouts_rebilly::Client::builder(server.url.as_str()).secret_api_key("key").build();
    let client = client.expect("the settings are right");
    let mut items = client.list_payout_requests().limit(1).items();
    let item: payouts_rebilly::PayoutRequest =
        items.next().await.expect("there is one").expect("it can be decoded");
    let payouts: Vec<payouts_rebilly::PayoutRequest> =
        payouts_core::decode(sample.as_bytes()).expect("the sample is right");
    assert_eq!(item, payouts[0]);
    assert_eq!(asked(&server), ["/payout-requests?limit=1"]);
}

#[tokio::test]
async fn documented_payouts_by_number() {
    let path = "yativo/list_payouts.response.200.1.json";
    let server = Server::start(server::json("200 OK", &sample(path))).await;
    let client = payouts_yativo::Client::builder(server.url.as_str()).access_token("token").build();
    let client = client.expect("the settings are right");
    let mut items = client.list_payouts().items();
    let mut payouts: Vec<payouts_yativo::Payout> = Vec::new();
    for _ in 0..4 {
        payouts.push(items.next().await.expect("there is one").expect("it can be decoded"));
    }
    assert_eq!(asked(&server), ["/payout/get"]);
}

#[tokio::test]
async fn documented_payouts_by_window() {
    let path = "acceptify/list_payouts.response.200.json";
    let server = Server::start(server::json("200 OK", &sample(path))).await;
    let client = payouts_acceptify::Client::builder(server.url.as_str())
        .api_key("key")
        .api_secret("secret")
        .build()
        .expect("the settings are right");
    let time = |text: &str| text.parse::<payouts_acceptify::CivilDateTime>().expect("it is a time");
    let call = client.list_payouts().from(time("2024-02-08 09:00")).to(time("2024-03-11 06:21"));
    let mut items = call.limit(2).items();
    let item: payouts_acceptify::Payout =
        items.next().await.expect("there is one").expect("it can be decoded");
    assert_eq!(item.id.as_str(), "ce74a54d-cd7d-475b-8213-b70a7a9c47e0");
    assert!(items.next().await.is_none());
    assert_eq!(asked(&server).len(), 1);
}

/// Every list of every provider ends with the error of its first page, and with
/// an answer that has no items.
#[tokio::test]
async fn lists_of_all_providers() {
    let lists: Vec<_> = PROVIDERS.iter().flat_map(|it| it.lists).collect();
    assert!(lists.len() >= 5, "the lists are found");
    for list in lists {
        let server = Server::start(server::json("400 Bad Request", "{}")).await;
        let items = (list.items)(Settings::new(server.url.as_str())).await;
        assert!(matches!(items.as_slice(), [Err(_)]), "{}: {items:?}", list.id);
        assert_eq!(asked(&server).len(), 1, "{}", list.id);
        let mut n_empty = 0;
        for body in ["[]", r#"{"data": [], "message": "m"}"#, r#"{"payload": []}"#, "{}"] {
            let server = Server::start(server::json("200 OK", body)).await;
            let pages = (list.pages)(Settings::new(server.url.as_str())).await;
            n_empty += usize::from(matches!(pages.as_slice(), [Ok(None)]));
            assert_eq!(asked(&server).len(), 1, "{}: {pages:?}", list.id);
        }
        assert!(n_empty > 0, "{}: none of these is an empty page", list.id);
    }
}
