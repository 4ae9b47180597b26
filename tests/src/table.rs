//! The generated tables: what can be decoded, and what can be called.

use std::{fmt, future::Future, pin::Pin, time::Duration};

use payouts_core::{
    Bytes, Cursor, HeaderMap, Operation, Parameter, RetryPolicy, Secret, WebhookError, reqwest,
};
use serde::{Serialize, de::DeserializeOwned};

/// A provider.
pub struct Provider {
    /// One lower-case word.
    pub name: &'static str,
    /// Its operations, in the order of the spec.
    pub operations: &'static [&'static Operation],
    /// How its samples are decoded.
    pub codecs: &'static [Codec],
    /// How its operations are called.
    pub calls: &'static [Call],
    /// How its webhooks are received.
    pub hooks: &'static [Hook],
    /// How its lists are read to their end.
    pub lists: &'static [List],
}

/// Decodes a text as a generated type and encodes it again.
pub struct Codec {
    /// The operation or webhook.
    pub id: &'static str,
    /// What the text is.
    pub role: Role,
    /// Decodes and encodes; the error says where decoding failed.
    pub round_trip: fn(&str) -> Result<String, String>,
    /// Decodes and shows by `Debug`; the error says where decoding failed.
    pub show: fn(&str) -> Result<String, String>,
}

/// What a text is to an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The body of the request.
    Request,
    /// The body that the provider sends to a webhook.
    Event,
    /// A path or query parameter.
    Parameter(&'static str),
    /// The body of the answer with this status: `200`, `5XX` or `default`.
    Response(&'static str),
}

impl Codec {
    /// For the body of a request.
    pub const fn request<T: Serialize + DeserializeOwned + fmt::Debug>(id: &'static str) -> Self {
        Self { id, role: Role::Request, round_trip: json::<T>, show: show::<T> }
    }

    /// For the body of a webhook.
    pub const fn event<T: Serialize + DeserializeOwned + fmt::Debug>(id: &'static str) -> Self {
        Self { id, role: Role::Event, round_trip: json::<T>, show: show::<T> }
    }

    /// For the body of an answer.
    pub const fn response<T: Serialize + DeserializeOwned + fmt::Debug>(
        id: &'static str,
        status: &'static str,
    ) -> Self {
        Self { id, role: Role::Response(status), round_trip: json::<T>, show: show::<T> }
    }

    /// For a parameter, which is text.
    pub const fn parameter<T: Parameter + DeserializeOwned + fmt::Debug>(
        id: &'static str,
        name: &'static str,
    ) -> Self {
        Self { id, role: Role::Parameter(name), round_trip: parameter::<T>, show: show::<T> }
    }
}

fn json<T: Serialize + DeserializeOwned>(text: &str) -> Result<String, String> {
    let value: T = payouts_core::decode(text.as_bytes()).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}

fn show<T: DeserializeOwned + fmt::Debug>(text: &str) -> Result<String, String> {
    let value: T = payouts_core::decode(text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(format!("{value:?}"))
}

/// A string decodes strings, enums and times; its text decodes numbers.
fn parameter<T: Parameter + DeserializeOwned>(text: &str) -> Result<String, String> {
    let quoted = serde_json::to_string(text).map_err(|error| error.to_string())?;
    let value: T = serde_json::from_str(&quoted)
        .or_else(|_| serde_json::from_str(text))
        .map_err(|_| "not a value of this parameter".to_owned())?;
    Ok(value.encode())
}

/// A future that can be kept.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// How a client of a test is built and called.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where requests go.
    pub url: String,
    /// Where tokens come from.
    pub tokens: Tokens,
    /// How often a call is sent again.
    pub retry: RetryPolicy,
    /// The time for a call.
    pub timeout: Duration,
    /// The time for an attempt.
    pub attempt_timeout: Duration,
    /// What calls are made with.
    pub arguments: Arguments,
    /// The HTTP client to build on, if not the usual one.
    pub http: Option<fn() -> reqwest::ClientBuilder>,
}

/// The arguments of calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// What the tables say.
    MadeUp,
    /// This, so that it can be recognised wherever it comes out.
    Marked {
        /// The value of each parameter that is a text.
        text: &'static str,
        /// The body as JSON, if the operation has one.
        body: String,
    },
}

/// Where the tokens of a client come from, if it needs any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// The client is given one.
    Given,
    /// The client fetches them.
    Fetched,
}

impl Settings {
    /// A client of this server that is as patient as a busy machine needs, and
    /// does not wait between attempts.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            tokens: Tokens::Given,
            retry: RetryPolicy::default().base_delay(Duration::ZERO),
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(30),
            arguments: Arguments::MadeUp,
            http: None,
        }
    }

    /// The value of a parameter.
    pub(crate) fn text(&self, made_up: &str) -> String {
        match &self.arguments {
            Arguments::MadeUp => made_up.to_owned(),
            Arguments::Marked { text, .. } => (*text).to_owned(),
        }
    }

    /// The body of a request.
    pub(crate) fn body<T: DeserializeOwned>(&self, made_up: T) -> T {
        match &self.arguments {
            Arguments::MadeUp => made_up,
            Arguments::Marked { body, .. } => payouts_core::decode(body.as_bytes())
                .unwrap_or_else(|error| panic!("{error}: {body}")),
        }
    }
}

/// Calls an operation.
pub struct Call {
    /// The operation.
    pub id: &'static str,
    /// What `Debug` shows before it is sent: builder, client, call, and the
    /// call once it is prepared, or why it cannot be.
    pub show: fn(&Settings) -> String,
    /// Calls it with a client of its own.
    pub run: fn(Settings) -> BoxFuture<Result<Success, payouts_core::Error>>,
}

/// What a caller has of a call that succeeded.
#[derive(Clone, Debug)]
pub struct Success {
    /// The status of the answer.
    pub status: u16,
    /// How many times the request was sent.
    pub attempts: u32,
    /// The idempotency key that was sent.
    pub key: Option<String>,
    /// The answer as `Debug` shows it.
    pub shown: String,
}

/// The function `client` of a provider's table: `fetched` are the credentials
/// that a token is fetched with, `token_urls` say where, `given` are all others.
macro_rules! client {
    (
        given: [$($given:ident = $value:literal),* $(,)?],
        fetched: [$($fetched:ident = $credential:literal),* $(,)?]
        $(, token_urls: [$($token_url:ident),* $(,)?])?
    ) => {
        fn builder(settings: &crate::table::Settings) -> ClientBuilder {
            let builder = Client::builder(settings.url.as_str())
                .retry(settings.retry)
                .timeout(settings.timeout)
                .attempt_timeout(settings.attempt_timeout)
                $( .$given($value) )*;
            let builder = match settings.http {
                Some(http) => builder.http(http()),
                None => builder,
            };
            match settings.tokens {
                crate::table::Tokens::Given => builder,
                crate::table::Tokens::Fetched => {
                    builder $( .$fetched($credential) )* $($(
                        .$token_url(format!("{}/token", settings.url))
                    )*)?
                }
            }
        }

        fn client(settings: &crate::table::Settings) -> Client {
            builder(settings).build().expect("tests give a base URL")
        }
    };
}

/// An operation's row in the generated tables.
macro_rules! call {
    ($id:literal, |$client:ident, $settings:ident| $call:expr) => {
        crate::table::Call {
            id: $id,
            show: |$settings| {
                let (builder, $client) = (builder($settings), client($settings));
                let (call, prepared) = ($call, $call.prepare());
                let all = (builder, &$client, call, prepared);
                format!("{all:?}\n{all:#?}")
            },
            run: |settings| {
                Box::pin(async move {
                    let $settings = &settings;
                    let $client = client($settings);
                    let answer = $call.send().await?;
                    Ok(crate::table::Success {
                        status: answer.status().as_u16(),
                        attempts: answer.attempts(),
                        key: answer.idempotency_key().map(str::to_owned),
                        shown: format!("{answer:?}\n{answer:#?}"),
                    })
                })
            },
        }
    };
}

/// Receives a webhook.
pub struct Hook {
    /// The webhook.
    pub id: &'static str,
    /// The function that receives it.
    pub receive: Receive,
}

/// The function that receives a webhook.
pub enum Receive {
    /// After a proof.
    Verified(fn(&[Secret], &HeaderMap, &[u8]) -> Received),
    /// Whoever sent it.
    Unverified(fn(&[u8]) -> Received),
}

/// What such a function gives.
pub type Received = Result<Told, WebhookError>;

/// What is the same of all events.
pub struct Told {
    /// The event by `Debug`.
    pub shown: String,
    /// The bytes that it keeps.
    pub body: Bytes,
    /// What it is known by.
    pub dedupe_id: Option<String>,
}

/// A webhook's row in the generated tables.
macro_rules! hook {
    ($id:literal, $function:ident(secrets, headers, body)) => {
        crate::table::Hook {
            id: $id,
            receive: crate::table::Receive::Verified(|secrets, headers, body| {
                Ok(crate::table::hook!(@told $function(secrets, headers, body)?))
            }),
        }
    };
    ($id:literal, $function:ident(body)) => {
        crate::table::Hook {
            id: $id,
            receive: crate::table::Receive::Unverified(|body| {
                Ok(crate::table::hook!(@told $function(body)?))
            }),
        }
    };
    (@told $event:expr) => {{
        let event = $event;
        crate::table::Told {
            shown: format!("{event:?}"),
            body: event.body().clone(),
            dedupe_id: event.dedupe_id(),
        }
    }};
}

/// Everything that a list gave.
pub type Outcomes<T> = Vec<Result<T, payouts_core::Error>>;

/// Reads a list to its end.
pub struct List {
    /// The operation.
    pub id: &'static str,
    /// Asks for items with a client of its own until there are no more, errors included.
    pub items: fn(Settings) -> BoxFuture<Outcomes<()>>,
    /// The same with pages, and what is known about the next page.
    pub pages: fn(Settings) -> BoxFuture<Outcomes<Option<Cursor>>>,
}

/// A list's row in the generated tables.
macro_rules! list {
    ($id:literal, |$client:ident| $call:expr) => {
        crate::table::List {
            id: $id,
            items: |settings| {
                Box::pin(async move {
                    let $client = client(&settings);
                    let mut items = $call.items();
                    let mut found = Vec::new();
                    while let Some(item) = items.next().await {
                        found.push(item.map(drop).map_err(Into::into));
                    }
                    found
                })
            },
            pages: |settings| {
                Box::pin(async move {
                    let $client = client(&settings);
                    let mut pages = $call.pages();
                    let mut found = Vec::new();
                    while let Some(page) = pages.next().await {
                        found.push(page.map(|it| it.cursor().cloned()).map_err(Into::into));
                    }
                    found
                })
            },
        }
    };
}

pub(crate) use {call, client, hook, list};
