//! The runtime of the payouts clients.
//!
//! Everything that is the same for every provider lives here: exact money,
//! open enums, credentials, sending, outcomes and errors.
//! The generated client crates are thin calls into this one and re-export
//! what their users need.

// Values.
mod body;
mod constraint;
mod decimal;
mod integer_or_string;
mod json;
mod minor_units;
mod money;
mod parameter;
mod patch;
mod secret;
mod sensitive;
mod time;
pub mod wire;

// HTTP.
mod api;
mod call;
mod connection;
mod credential;
mod error;
mod header;
mod outcome;
mod paging;
mod path;
mod response;
mod retry;
mod server;
mod signature;
mod token;
mod transport;
mod webhook;

mod macros {
    mod client;
    mod types;
    mod webhooks;
}

#[cfg(test)]
mod properties;

// Public items: values.
pub use self::time::{CivilDateTime, Date, TimeError, Timestamp};
pub use body::{File, FormStyle, PartStyle};
pub use constraint::{Check, Checker, Problem};
pub use decimal::{Decimal, DecimalError};
pub use integer_or_string::IntegerOrString;
pub use json::unrecognized::Unrecognized;
pub use json::{Json, JsonObject};
pub use minor_units::{MinorUnits, MinorUnitsError};
pub use money::{Money, MoneyError, UnknownCurrency};
pub use parameter::{Parameter, Style};
pub use patch::Patch;
pub use secret::{Secret, SecretError};
pub use sensitive::Sensitive;
#[doc(no_inline)]
pub use serde_with_macros::skip_serializing_none;

/// What the macros for types expand to; not public.
#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "schemars")]
    pub use schemars;
    pub use serde;

    pub use crate::constraint::{Each, Items, Numbers, Probe, ProbeCheck, ProbeNothing, Texts};
    pub use crate::json::members::{Joining, Separating};
    #[cfg(feature = "schemars")]
    pub use crate::json::schema;
    pub use crate::json::union::{Alternative, Declared, choose, declared, decode_alternative};
    pub use crate::json::unrecognized::unrecognized;
    pub use crate::json::{any_text, text};
}

// Public items: HTTP.
pub use api::{
    Api, ClientCredentials, Idempotency, Operation, Reconcile, Scheme, SchemeKind, Signature,
    TokenExchange,
};
pub use bytes::Bytes;
pub use call::{Call, PreparedCall};
#[doc(hidden)]
pub use call::{SuccessBody, Unreadable, success_status as __success_status};
pub use connection::{Connection, ConnectionBuilder};
#[doc(hidden)]
pub use error::declared_status as __declared_status;
pub use error::{BuildError, DecodeError, Erased, Error, ErrorKind, OperationError, decode};
pub use header::{Header, HeaderError};
#[doc(no_inline)]
pub use http::{self, HeaderMap, Method, StatusCode};
pub use outcome::Outcome;
pub use paging::{Cursor, CursorError, Items, Page, Pages, Paging, PagingForm};
#[doc(no_inline)]
pub use reqwest;
pub use response::Response;
pub use retry::RetryPolicy;
pub use server::Server;
pub use webhook::{Event, Proof, TimestampHeader, Webhook, WebhookError, WebhookErrorKind};
