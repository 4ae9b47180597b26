//! A small HTTP server on loopback: keeps what it gets, byte for byte, and
//! answers what it is told to.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does once it has read a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Sends this and waits for the next request on the same connection.
    Answer(Vec<u8>),
    /// Sends this and closes the connection.
    Close(Vec<u8>),
    /// Sends this and then waits for ever.
    Stall(Vec<u8>),
    /// Waits, then sends this, and waits for the next request.
    Late(Duration, Vec<u8>),
    /// Sends nothing and resets the connection.
    Reset,
}

impl Reply {
    /// A time for an attempt: short only where it must run out, so that a busy
    /// machine changes no result.
    pub fn patience(&self) -> Duration {
        match self {
            Self::Stall(_) => Duration::from_millis(500),
            Self::Answer(_) | Self::Close(_) | Self::Late(..) | Self::Reset => {
                Duration::from_secs(30)
            }
        }
    }
}

/// A whole answer with a JSON body; the status is `200 OK`, for example.
pub fn json(status: &str, body: &str) -> Reply {
    answer(status, "content-type: application/json\r\n", body.as_bytes())
}

/// A whole answer; each header ends in a line break.
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Reply {
    let length = match status {
        _ if status.starts_with("204") => String::new(),
        _ => format!("content-length: {}\r\n", body.len()),
    };
    let head = format!("HTTP/1.1 {status}\r\n{headers}{length}\r\n");
    Reply::Answer([head.as_bytes(), body].concat())
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The number of the connection it came on, from zero.
    pub connection: usize,
    /// Request line and headers, without the empty line.
    pub head: String,
    /// The bytes after the empty line.
    pub body: Vec<u8>,
}

impl Received {
    /// The request line without the version.
    pub fn line(&self) -> &str {
        let line = self.head.lines().next().expect("a request has a first line");
        line.strip_suffix(" HTTP/1.1").expect("the version is known")
    }

    /// The headers, names in lower case, in their order.
    pub fn headers(&self) -> Vec<(String, String)> {
        let pair = |line: &str| {
            let (name, value) = line.split_once(": ").expect("a header has a value");
            (name.to_ascii_lowercase(), value.to_owned())
        };
        self.head.lines().skip(1).map(pair).collect()
    }

    /// The value of the first header with this name in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers().into_iter().find(|(it, _)| it == name).map(|(_, value)| value)
    }
}

/// A server that runs until its runtime ends.
pub struct Server {
    /// Where it is, without a slash at the end.
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// A server that gives every request the same reply.
    pub async fn start(reply: Reply) -> Self {
        Self::scripted([reply]).await
    }

    /// A server that gives each request the next reply, and the last reply to
    /// all requests that follow.
    pub async fn scripted(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::answering(move |idx, _| replies[idx.min(replies.len() - 1)].clone()).await
    }

    /// A server that decides what to reply to the request with this index.
    pub async fn answering(
        reply: impl Fn(usize, &Received) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let reply: Arc<Answering> = Arc::new(reply);
        let (listener, address) = bind().await;
        let received = Arc::new(Mutex::new(Vec::new()));
        let server = Self { url: format!("http://{address}"), received: Arc::clone(&received) };
        tokio::spawn(async move {
            for connection in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(serve(stream, connection, reply.clone(), Arc::clone(&received)));
            }
        });
        server
    }

    /// All requests that came so far, in order.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("nobody panics with the lock").clone()
    }

    /// The one request that came.
    #[track_caller]
    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "one request is expected: {received:?}");
        received[0].clone()
    }
}

/// Decides what to reply.
type Answering = dyn Fn(usize, &Received) -> Reply + Send + Sync;

/// A URL where every connection is reset when a request has come and none of
/// it is read, and the number of connections so far.
pub async fn resetting() -> (String, Arc<AtomicUsize>) {
    let (listener, address) = bind().await;
    let n_connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&n_connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                // Looks at the first byte and leaves it there.
                let _ = stream.peek(&mut [0]).await;
                reset(stream);
            });
        }
    });
    (format!("http://{address}"), n_connections)
}

/// A URL where one request is read and its connection closed, and where nobody
/// listens from then on, and the number of connections so far.
pub async fn vanishing() -> (String, Arc<AtomicUsize>) {
    let (listener, address) = bind().await;
    let n_connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&n_connections);
    tokio::spawn(async move {
        let Ok((mut stream, _)) = listener.accept().await else { return };
        counter.fetch_add(1, Ordering::Relaxed);
        drop(listener);
        let _ = read(&mut stream, &mut Vec::new(), 0).await;
    });
    (format!("http://{address}"), n_connections)
}

/// Closes a connection such that the other side gets a reset.
fn reset(stream: TcpStream) {
    stream.set_zero_linger().expect("the socket is open");
    drop(stream);
}

/// A URL where nobody listens, and nobody will: the port stays taken, because
/// another server of these tests would get it otherwise.
pub async fn closed_url() -> String {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket can be made");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("loopback has a free port");
    let address = socket.local_addr().expect("a bound socket has an address");
    Box::leak(Box::new(socket));
    format!("http://{address}")
}

/// An `https` URL of a server that answers in plain text before it is asked,
/// or never.
pub async fn no_tls(answer: Option<&'static [u8]>) -> String {
    let (listener, address) = bind().await;
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            if let Some(answer) = answer {
                let _ = stream.write_all(answer).await;
            }
            open.push(stream);
        }
    });
    format!("https://{address}")
}

async fn bind() -> (TcpListener, std::net::SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    (listener, address)
}

/// Answers the requests of one connection.
async fn serve(
    mut stream: TcpStream,
    connection: usize,
    reply: Arc<Answering>,
    received: Arc<Mutex<Vec<Received>>>,
) {
    // Bytes that came with the request before.
    let mut bytes = Vec::new();
    while let Ok(Some(request)) = read(&mut stream, &mut bytes, connection).await {
        let reply = {
            let mut received = received.lock().expect("nobody panics with the lock");
            let reply = reply(received.len(), &request);
            received.push(request);
            reply
        };
        // The client may be gone by now, which is its right.
        match reply {
            Reply::Answer(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::Close(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Reply::Late(delay, bytes) => {
                tokio::time::sleep(delay).await;
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::Reset => return reset(stream),
            Reply::Stall(bytes) => {
                let _ = stream.write_all(&bytes).await;
                tokio::time::sleep(Duration::from_secs(3600)).await;
            }
        }
    }
}

/// The next request, or nothing if the client closes the connection first.
async fn read(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
    connection: usize,
) -> io::Result<Option<Received>> {
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(bytes).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut request = Received { connection, head, body: Vec::new() };
    let length = request.header("content-length").map_or(0, |it| it.parse().unwrap_or(0));
    let start = end + 4;
    while bytes.len() < start + length {
        if stream.read_buf(bytes).await? == 0 {
            return Ok(None);
        }
    }
    request.body = bytes[start..start + length].to_vec();
    bytes.drain(..start + length);
    Ok(Some(request))
}
