//! A server on this machine that answers one request with a documented sample
//! and shows what it got and what it gave, but for headers with secrets.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Who answers, with which status and body.
pub(crate) struct Sample(&'static str, &'static str, &'static str);

macro_rules! sample {
    ($file:literal) => {
        include_str!(concat!("../../../../specs/examples/", $file))
    };
}

pub(crate) const ACCEPTIFY: Sample =
    Sample("Acceptify", "200 OK", sample!("acceptify/create_payout.response.200.json"));
pub(crate) const REBILLY: Sample =
    Sample("Rebilly", "201 Created", sample!("rebilly/create_payout_request.response.201.json"));
pub(crate) const REVERE: Sample =
    Sample("Revere Payments", "200 OK", sample!("revere/create_wallet_payout.response.200.json"));
pub(crate) const YATIVO: Sample =
    Sample("Yativo", "201 Created", sample!("yativo/create_wallet_payout.response.201.1.json"));

/// Starts the server and gives its URL.
pub(crate) fn serve(sample: Sample) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || answer(listener.accept()?.0, &sample));
    Ok(url)
}

fn answer(mut stream: TcpStream, Sample(title, status, body): &Sample) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request_line = String::new();
    reader.read_line(&mut request_line)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        match header.trim().split_once(": ") {
            Some(("content-length", text)) => length = text.parse().unwrap_or_default(),
            Some(_) => {}
            None => break,
        }
    }
    let mut sent = vec![0; length];
    reader.read_exact(&mut sent)?;

    println!("{title}");
    println!("  -> {}", request_line.trim().trim_end_matches(" HTTP/1.1"));
    println!("     {}", String::from_utf8_lossy(&sent));
    println!("  <- {status}");
    println!("     {}", body.lines().map(str::trim).collect::<String>());

    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
