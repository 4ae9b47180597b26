//! What takes a request to the provider: the HTTP library, or a function of
//! the caller's in a test.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::Timestamp;
use crate::error::{Stage, TransportError};
use crate::response::Answer;

/// How requests are carried.
#[derive(Clone)]
pub(crate) enum Transport {
    Http(reqwest::Client),
    Custom(Arc<Custom>),
}

/// A transport of the caller's.
pub(crate) type Custom =
    dyn Fn(http::Request<Bytes>) -> Pin<Box<dyn Future<Output = Carried> + Send>> + Send + Sync;

/// What a transport of the caller's gives back.
pub(crate) type Carried = io::Result<http::Response<Bytes>>;

/// One request, complete.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

impl Transport {
    /// Sends a request once. Fails only if no status came.
    pub(crate) async fn carry(
        &self,
        request: Outgoing,
        deadline: Instant,
        max_size: usize,
        now: impl Fn() -> Timestamp,
    ) -> Result<Answer, TransportError> {
        match self {
            Self::Http(client) => http(client, request, deadline, max_size, now).await,
            Self::Custom(custom) => {
                let request = request.plain().ok_or(TransportError::new(Stage::Connect))?;
                let res = timeout_at(deadline, custom(request)).await;
                let response = res
                    .map_err(|_| TransportError::new(Stage::Timeout))?
                    .map_err(|error| TransportError::of_io(error.kind()))?;
                let (parts, body) = response.into_parts();
                let (body, broken) = bounded(body, max_size);
                let (status, headers) = (parts.status, parts.headers);
                Ok(Answer { status, headers, body, broken, received: now() })
            }
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(_) => "Http",
            Self::Custom(_) => "Custom",
        })
    }
}

impl Outgoing {
    /// As the type that transports of callers take.
    fn plain(self) -> Option<http::Request<Bytes>> {
        let mut request = http::Request::new(self.body.unwrap_or_default());
        *request.method_mut() = self.method;
        *request.uri_mut() = self.url.as_str().parse().ok()?;
        *request.headers_mut() = self.headers;
        Some(request)
    }
}

async fn http(
    client: &reqwest::Client,
    outgoing: Outgoing,
    deadline: Instant,
    max_size: usize,
    now: impl Fn() -> Timestamp,
) -> Result<Answer, TransportError> {
    let mut request = reqwest::Request::new(outgoing.method, outgoing.url);
    *request.headers_mut() = outgoing.headers;
    *request.body_mut() = outgoing.body.map(reqwest::Body::from);
    let response = match timeout_at(deadline, client.execute(request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(TransportError::before_status(&error)),
        Err(_) => return Err(TransportError::new(Stage::Timeout)),
    };
    let received = now();
    let (status, headers) = (response.status(), response.headers().clone());
    let (body, broken) = read(response, deadline, max_size).await;
    Ok(Answer { status, headers, body, broken, received })
}

/// Reads a body up to a size. What came is kept whatever happens.
async fn read(
    mut response: reqwest::Response,
    deadline: Instant,
    max_size: usize,
) -> (Bytes, Option<TransportError>) {
    let mut body = BytesMut::new();
    loop {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = max_size - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return (body.freeze(), Some(TransportError::new(Stage::TooLarge)));
                }
            }
            Ok(Ok(None)) => return (body.freeze(), None),
            Ok(Err(error)) => return (body.freeze(), Some(TransportError::in_body(&error))),
            Err(_) => return (body.freeze(), Some(TransportError::new(Stage::Timeout))),
        }
    }
}

/// A body that is there already, cut to a size.
fn bounded(body: Bytes, max_size: usize) -> (Bytes, Option<TransportError>) {
    if body.len() <= max_size {
        return (body, None);
    }
    (body.slice(..max_size), Some(TransportError::new(Stage::TooLarge)))
}
