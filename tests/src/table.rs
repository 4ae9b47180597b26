//! The generated tables: what can be decoded, and what can be called.

use std::{fmt, future::Future, pin::Pin};

use payouts_core::{Operation, Parameter};
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

/// Calls an operation with made-up arguments.
pub struct Call {
    /// The operation.
    pub id: &'static str,
    /// Calls it at this base URL; a success gives its status.
    pub run: fn(String) -> BoxFuture<Result<u16, payouts_core::Error>>,
}

/// An operation's row in the generated tables.
macro_rules! call {
    ($id:literal, |$client:ident| $call:expr) => {
        crate::table::Call {
            id: $id,
            run: |base_url| {
                Box::pin(async move {
                    let $client = client(&base_url);
                    let answer = $call.send().await?;
                    Ok(answer.status().as_u16())
                })
            },
        }
    };
}

pub(crate) use call;
