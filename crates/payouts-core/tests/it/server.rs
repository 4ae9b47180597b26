//! A tiny HTTP server: records what it gets, byte for byte, and answers what
//! it is told to.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does once it has read a request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Sends this and closes the connection.
    Bytes(Vec<u8>),
    /// Closes the connection.
    Nothing,
    /// Sends this and then waits for ever.
    Stall(Vec<u8>),
}

impl Reply {
    /// A time for an attempt: short only where it must run out, so that a busy
    /// machine changes no result.
    pub(crate) fn patience(&self) -> Duration {
        match self {
            Self::Stall(_) => Duration::from_millis(500),
            Self::Bytes(_) | Self::Nothing => Duration::from_secs(30),
        }
    }
}

/// A whole answer with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> Reply {
    answer(status, "content-type: application/json\r\n", body.as_bytes())
}

/// A whole answer; each header ends in a line break.
pub(crate) fn answer(status: &str, headers: &str, body: &[u8]) -> Reply {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    Reply::Bytes([head.as_bytes(), body].concat())
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    /// Request line and headers, without the empty line.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The request line without the version.
    pub(crate) fn line(&self) -> &str {
        let line = self.head.lines().next().expect("a request has a first line");
        line.strip_suffix(" HTTP/1.1").expect("the version is known")
    }

    /// The headers, names in lower case, in their order.
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        let pair = |line: &str| {
            let (name, value) = line.split_once(": ").expect("a header has a value");
            (name.to_ascii_lowercase(), value.to_owned())
        };
        self.head.lines().skip(1).map(pair).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers().into_iter().find(|(it, _)| it == name).map(|(_, value)| value)
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// A server that gives every request the same reply.
    pub(crate) async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let received = Arc::new(Mutex::new(Vec::new()));
        let server = Self { url: format!("http://{address}"), received: Arc::clone(&received) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, reply.clone(), Arc::clone(&received)));
            }
        });
        server
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().expect("nobody panics with the lock").clone()
    }

    /// The one request that came.
    #[track_caller]
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "one request is expected: {received:?}");
        received[0].clone()
    }
}

/// A URL where nobody listens.
pub(crate) async fn closed_url() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    format!("http://{address}")
}

/// A server that answers in plain text before it is asked, or never.
pub(crate) async fn no_tls(answer: Option<&'static [u8]>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
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

async fn serve(mut stream: TcpStream, reply: Reply, received: Arc<Mutex<Vec<Received>>>) {
    let Ok(Some(request)) = read(&mut stream).await else { return };
    received.lock().expect("nobody panics with the lock").push(request);
    // The client may be gone by now, which is its right.
    let _ = match reply {
        Reply::Bytes(bytes) => stream.write_all(&bytes).await,
        Reply::Nothing => Ok(()),
        Reply::Stall(bytes) => {
            let res = stream.write_all(&bytes).await;
            tokio::time::sleep(Duration::from_secs(60)).await;
            res
        }
    };
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> io::Result<Option<Received>> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut request = Received { head, body: bytes.split_off(end + 4) };
    let length = request.header("content-length").map_or(0, |it| it.parse().unwrap_or(0));
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(request))
}
