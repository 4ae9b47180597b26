//! A storm: a thousand calls at once on one client, against a server that
//! fails one request in ten and keeps a book of what it did. Whatever the
//! order in which things happen, what a caller is told agrees with the book.
//!
//! `STORM_SEED` chooses other faults than those of every day. The verdict is
//! the same for every seed.

use std::{
    collections::BTreeMap,
    env,
    sync::{Arc, Mutex},
    time::Duration,
};

use payouts_core::{Error, Outcome, RetryPolicy, Secret};
use payouts_tests::server::{Received, Reply, Server, answer, json};
use serde_json::Value;
use tokio::task::JoinSet;

/// How many payouts are made at once.
const CALLS: u64 = 1000;

/// How many attempts a call has at most.
const ATTEMPTS: u32 = 3;

/// What the server does with a request instead of executing and answering it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    ResetBefore,
    ResetAfter,
    StallBefore,
    StallAfter,
    BrokenBefore,
    BrokenAfter,
    UnavailableBefore,
    BusyWithoutTime,
    BusyWithTime,
    TruncatedAfter,
    Refused,
}

const FAULTS: [Fault; 11] = [
    Fault::ResetBefore,
    Fault::ResetAfter,
    Fault::StallBefore,
    Fault::StallAfter,
    Fault::BrokenBefore,
    Fault::BrokenAfter,
    Fault::UnavailableBefore,
    Fault::BusyWithoutTime,
    Fault::BusyWithTime,
    Fault::TruncatedAfter,
    Fault::Refused,
];

impl Fault {
    /// Whether the payout is made all the same.
    fn executes(self) -> bool {
        match self {
            Self::ResetAfter | Self::StallAfter | Self::BrokenAfter | Self::TruncatedAfter => true,
            Self::ResetBefore
            | Self::StallBefore
            | Self::BrokenBefore
            | Self::UnavailableBefore
            | Self::BusyWithoutTime
            | Self::BusyWithTime
            | Self::Refused => false,
        }
    }

    fn reply(self) -> Reply {
        match self {
            Self::ResetBefore | Self::ResetAfter => Reply::Reset,
            Self::StallBefore | Self::StallAfter => Reply::Stall(Vec::new()),
            Self::BrokenBefore | Self::BrokenAfter => json("500 Internal Server Error", "{}"),
            Self::UnavailableBefore => json("503 Service Unavailable", "{}"),
            Self::BusyWithoutTime => json("429 Too Many Requests", "{}"),
            Self::BusyWithTime => answer("429 Too Many Requests", "retry-after: 1\r\n", b"{}"),
            Self::TruncatedAfter => {
                Reply::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{\"a\":".to_vec())
            }
            Self::Refused => json("400 Bad Request", "{}"),
        }
    }

    /// The fault of a request, the first of a payout being number one: as good
    /// as random, but no matter when the request comes.
    fn of(seed: u64, payout: u64, request_number: usize) -> Option<Self> {
        let it = mix(mix(mix(seed) ^ payout) ^ request_number as u64);
        if !it.is_multiple_of(10) {
            return None;
        }
        let idx = usize::try_from(it / 10 % FAULTS.len() as u64).expect("there are few faults");
        Some(FAULTS[idx])
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
fn mix(number: u64) -> u64 {
    let mut it = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

/// What the server knows about a payout.
#[derive(Clone, Debug, Default)]
struct Page {
    /// What came over each request for it.
    requests: Vec<Option<Fault>>,
    /// The ids of the payouts that were made of it.
    executed: Vec<String>,
    /// The keys under which it was asked for, and what was made.
    keys: BTreeMap<String, String>,
}

impl Page {
    /// Makes the payout, unless one was made under this key.
    fn execute(&mut self, payout: u64, key: Option<String>) -> String {
        if let Some(made) = key.as_ref().and_then(|it| self.keys.get(it)) {
            return made.clone();
        }
        let id = format!("payout-{payout}-{}", self.executed.len() + 1);
        self.executed.push(id.clone());
        self.keys.extend(key.map(|it| (it, id.clone())));
        id
    }

    /// Requests that may have done something, as far as a client can tell.
    fn n_risky(&self) -> usize {
        let is_busy =
            |it: &&Option<Fault>| matches!(it, Some(Fault::BusyWithoutTime | Fault::BusyWithTime));
        self.requests.len() - self.requests.iter().filter(is_busy).count()
    }
}

/// The server's book, a page per payout.
type Book = Arc<Mutex<BTreeMap<u64, Page>>>;

/// Which payout a request is about.
type PayoutOf = fn(&Value) -> Option<u64>;

/// A server that makes payouts, and says so with `success`.
async fn bank(seed: u64, book: Book, payout_of: PayoutOf, success: fn(&str) -> String) -> Server {
    Server::answering(move |_, request| {
        if request.line() == "POST /auth/login" {
            let token = r#"{"data": {"access_token": "test-token", "expires_in": 600}}"#;
            return json("200 OK", token);
        }
        let body = serde_json::from_slice(&request.body).expect("the body is JSON");
        let payout = payout_of(&body).expect("the body says which payout it is");
        let mut book = book.lock().expect("nobody panics with the lock");
        let page = book.entry(payout).or_default();
        let fault = Fault::of(seed, payout, page.requests.len() + 1);
        page.requests.push(fault);
        let made = match fault {
            Some(fault) if !fault.executes() => return fault.reply(),
            _ => page.execute(payout, key(request)),
        };
        match fault {
            Some(fault) => fault.reply(),
            None => json("200 OK", &success(&made)),
        }
    })
    .await
}

fn key(request: &Received) -> Option<String> {
    request.header("idempotency-key")
}

/// What a caller has in the end.
struct End {
    /// The id of the payout that was made.
    res: Result<String, Error>,
    /// How many times the request was sent, and under which key.
    attempts: u32,
    key: Option<String>,
}

/// What protects an operation from doing it twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    Nothing,
    Key,
}

/// How many calls ended how, by outcome.
#[derive(Debug, Default)]
struct Tally {
    ok: usize,
    accepted: usize,
    rejected: usize,
    unknown_and_made: usize,
    unknown_and_not_made: usize,
    n_repeats: usize,
}

/// Compares what a caller was told with the book.
fn check(what: &str, payout: u64, protection: Protection, page: &Page, end: &End, sum: &mut Tally) {
    let n_made = page.executed.len();
    let told = end.res.as_ref().map_err(Error::outcome);
    let what = format!("{what}, payout {payout}: told {told:?}, the book says {page:?}");
    assert!(n_made <= 1, "made twice: {what}");
    match &end.res {
        Ok(id) => {
            assert_eq!(page.executed.as_slice(), std::slice::from_ref(id), "{what}");
            sum.ok += 1;
        }
        Err(error) => match error.outcome() {
            Outcome::Accepted => {
                assert_eq!(n_made, 1, "{what}");
                sum.accepted += 1;
            }
            Outcome::Rejected | Outcome::NotSent => {
                assert_eq!(n_made, 0, "{what}");
                sum.rejected += 1;
            }
            Outcome::Unknown if n_made == 1 => sum.unknown_and_made += 1,
            Outcome::Unknown => sum.unknown_and_not_made += 1,
        },
    }
    // A request that broke on its way was sent and never came.
    let n_requests = page.requests.len();
    assert!(usize::try_from(end.attempts).is_ok_and(|it| it >= n_requests), "{what}");
    assert!(end.attempts <= ATTEMPTS, "{} attempts: {what}", end.attempts);
    sum.n_repeats += n_requests.saturating_sub(1);
    match protection {
        Protection::Nothing => {
            assert_eq!(end.key, None, "{what}");
            assert!(page.n_risky() <= 1, "sent again: {what}");
        }
        Protection::Key => {
            let key = end.key.as_ref().unwrap_or_else(|| panic!("no key: {what}"));
            assert!(page.keys.keys().all(|it| it == key), "another key than {key}: {what}");
        }
    }
}

/// The storm's seed.
fn seed() -> u64 {
    env::var("STORM_SEED").map_or(1, |it| it.parse().expect("STORM_SEED is a number"))
}

/// Waits for all calls, and compares their ends with the book.
async fn settle(what: &str, mut calls: JoinSet<(u64, End)>, book: &Book, guard: Protection) {
    let mut ends = BTreeMap::new();
    while let Some(call) = calls.join_next().await {
        let (payout, end) = call.expect("no call panics");
        ends.insert(payout, end);
    }
    assert_eq!(ends.len() as u64, CALLS, "{what}");
    let book = book.lock().expect("nobody panics with the lock");
    let mut sum = Tally::default();
    for (payout, end) in &ends {
        let page = book.get(payout).cloned().unwrap_or_default();
        check(what, *payout, guard, &page, end, &mut sum);
    }
    assert!(book.keys().all(|it| ends.contains_key(it)), "{what}: a payout of nobody's");
    // The storm is one: most calls survive it, and some end in every way.
    let is_storm = sum.ok > 500 && sum.accepted > 0 && sum.rejected > 0 && sum.n_repeats > 0;
    let is_doubtful = sum.unknown_and_made > 0 && sum.unknown_and_not_made > 0;
    let has_doubt = match guard {
        Protection::Nothing => is_doubtful,
        Protection::Key => sum.n_repeats > 30,
    };
    assert!(is_storm && has_doubt, "{what}: {sum:?}");
}

/// Short, because some attempts must run out of time; one that does so because
/// the machine is busy changes no verdict.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(3);

fn retry() -> RetryPolicy {
    RetryPolicy::default().max_attempts(ATTEMPTS).base_delay(Duration::from_millis(20))
}

#[tokio::test(flavor = "multi_thread")]
async fn without_protection() {
    use payouts_acceptify::{
        Client, Currency, MinorUnits, PayoutRequest, ReceiverAccountId, ReceiverId,
    };

    let seed = seed();
    let book = Book::default();
    let payout_of: PayoutOf = |body| body["reference"].as_str()?.parse().ok();
    let success = |id: &str| format!(r#"{{"payload": {{"payout_id": "{id}"}}}}"#);
    let server = bank(seed, Arc::clone(&book), payout_of, success).await;
    let client = Client::builder(server.url.as_str())
        .api_key("test-key")
        .api_secret("test-secret")
        .retry(retry())
        .attempt_timeout(ATTEMPT_TIMEOUT)
        .build()
        .expect("the settings are right");

    let mut calls = JoinSet::new();
    for payout in 0..CALLS {
        let client = client.clone();
        calls.spawn(async move {
            let reference = payout.to_string();
            let request = PayoutRequest::new(
                ReceiverId::from("receiver"),
                ReceiverAccountId::from("account"),
                MinorUnits::new(2000),
                Currency::from("AUD"),
            );
            let res = client.create_payout(request.reference(&*reference)).send().await;
            let end = match res {
                Ok(answer) => End {
                    attempts: answer.attempts(),
                    key: answer.idempotency_key().map(str::to_owned),
                    res: Ok(answer.payload.payout_id.to_string()),
                },
                Err(error) => {
                    // Whoever does not know can look it up.
                    assert_eq!(error.reconcile_value(), Some(reference));
                    let key = error.idempotency_key().map(str::to_owned);
                    End { attempts: error.attempts(), key, res: Err(error.into()) }
                }
            };
            (payout, end)
        });
    }
    settle(&format!("seed {seed}"), calls, &book, Protection::Nothing).await;
}

/// A thousand payouts under keys that the client makes, with the credentials
/// that the builder is given; then the requests other than payouts.
async fn under_keys(
    credentials: fn(payouts_yativo::ClientBuilder) -> payouts_yativo::ClientBuilder,
) -> Vec<Received> {
    use payouts_yativo::{BeneficiaryDetailsId, Client, Decimal, SimplePayoutRequest};

    let seed = seed();
    let book = Book::default();
    let payout_of: PayoutOf = |body| body["beneficiary_details_id"].as_u64();
    let success = |id: &str| format!(r#"{{"data": {{"payout_id": "{id}"}}}}"#);
    let server = bank(seed, Arc::clone(&book), payout_of, success).await;
    let client = credentials(Client::builder(server.url.as_str()))
        .retry(retry())
        .attempt_timeout(ATTEMPT_TIMEOUT)
        .build()
        .expect("the settings are right");

    let mut calls = JoinSet::new();
    for payout in 0..CALLS {
        let client = client.clone();
        calls.spawn(async move {
            let account = i64::try_from(payout).expect("there are few payouts");
            let account = BeneficiaryDetailsId::from(account);
            let request = SimplePayoutRequest::new(1, Decimal::from(38), account);
            let end = match client.create_simple_payout(request).send().await {
                Ok(answer) => {
                    let data = answer.data.as_ref().expect("there is a payout");
                    let id = data.payout_id.as_ref().expect("it has an id").to_string();
                    let key = answer.idempotency_key().map(str::to_owned);
                    End { attempts: answer.attempts(), key, res: Ok(id) }
                }
                Err(error) => {
                    let key = error.idempotency_key().map(str::to_owned);
                    End { attempts: error.attempts(), key, res: Err(error.into()) }
                }
            };
            (payout, end)
        });
    }
    settle(&format!("seed {seed}"), calls, &book, Protection::Key).await;
    let received = server.received().into_iter();
    received.filter(|it| !it.line().ends_with("/payout/simple")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_key() {
    let others = under_keys(|builder| builder.access_token(Secret::new("test-token"))).await;
    assert_eq!(others, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_key_and_one_fetched_token() {
    let others = under_keys(|builder| builder.account_id("test-id").app_secret("test-app")).await;
    assert_eq!(others.len(), 1, "one exchange serves all calls: {others:?}");
    assert_eq!(others[0].line(), "POST /auth/login");
}
