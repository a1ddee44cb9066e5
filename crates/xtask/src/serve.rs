//! The published site on 127.0.0.1, as the host would serve it: the headers of
//! `netlify.toml`, folders as their `index.html`, `404.html` for the rest.
//!
//! Written here because all that is needed is a file for a path: a thread a
//! connection, one answer each. A server with a pool of threads waits behind
//! connections that browsers open ahead and leave idle.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::bail;

use crate::headers::Headers;
use crate::{Result, place, say};

/// Ports tried after the one that was asked for.
const MORE_PORTS: u16 = 20;
/// A connection that says nothing for so long is given up.
const SILENCE: Duration = Duration::from_mins(1);
/// More than any browser sends before a page.
const LONGEST_REQUEST: u64 = 64 * 1024;

/// A server that runs until it is dropped.
pub(crate) struct Serving {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

/// Serves `dist/` from the first free port at or after `port` (0: any).
///
/// # Errors
/// `netlify.toml` cannot be used, or no port is free.
pub(crate) fn serve(port: u16) -> Result<Serving> {
    let headers = Headers::read(&place::root().join("netlify.toml"))?;
    let site = Arc::new(Site { folder: place::dist(), headers });
    let listener = listen(port)?;
    let address = listener.local_addr()?;
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let accepting = thread::spawn(move || {
        for connection in listener.incoming() {
            if stopped.load(Ordering::Relaxed) {
                return;
            }
            let site = Arc::clone(&site);
            if let Ok(connection) = connection {
                // A browser that closes early is no fault.
                thread::spawn(move || site.answer(&connection));
            }
        }
    });
    Ok(Serving { address, stop, accepting: Some(accepting) })
}

fn listen(port: u16) -> Result<TcpListener> {
    let mut reason = String::new();
    for port in port..=port.saturating_add(MORE_PORTS) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                say::note(format_args!("port {port} cannot be used ({error}), trying the next"));
                reason = error.to_string();
            }
        }
    }
    bail!("no free port from {port} on ({reason}): name another with --port")
}

impl Serving {
    /// The site's address, ending in a slash.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Goes on until the process is ended.
    pub(crate) fn forever(mut self) {
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

struct Site {
    folder: PathBuf,
    headers: Headers,
}

/// What is served for an address.
#[derive(Debug, PartialEq)]
enum Found {
    File(PathBuf),
    /// A folder asked for without its slash.
    Moved(String),
    Missing,
}

impl Site {
    fn answer(&self, mut connection: &TcpStream) -> io::Result<()> {
        connection.set_read_timeout(Some(SILENCE))?;
        let mut lines = BufReader::new(connection.take(LONGEST_REQUEST)).lines();
        let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        connection.write_all(&self.response(&request))
    }

    /// The whole response to a request's first line ("GET / HTTP/1.1").
    fn response(&self, request: &str) -> Vec<u8> {
        let mut words = request.split(' ');
        let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let address = url.split(['?', '#']).next().unwrap_or_default();
        let mut fields = self.headers.of(address);
        let mut body = Vec::new();
        let found = self.find(address);
        let status = match &found {
            _ if !matches!(method, "GET" | "HEAD") => "405 Method Not Allowed",
            Found::Moved(to) => {
                fields.insert("Location", to);
                "301 Moved Permanently"
            }
            Found::File(path) => {
                fields.insert("Content-Type", content_type(path));
                body = fs::read(path).unwrap_or_default();
                "200 OK"
            }
            Found::Missing => {
                fields.insert("Content-Type", content_type(Path::new("404.html")));
                body = fs::read(self.folder.join("404.html")).unwrap_or_default();
                "404 Not Found"
            }
        };
        // Writing to a vector cannot fail.
        let mut response = Vec::new();
        let _ = write!(response, "HTTP/1.1 {status}\r\n");
        for (name, value) in fields {
            let _ = write!(response, "{name}: {value}\r\n");
        }
        let length = body.len();
        let _ = write!(response, "Content-Length: {length}\r\nConnection: close\r\n\r\n");
        if method == "HEAD" {
            body.clear();
        }
        response.extend(body);
        response
    }

    fn find(&self, address: &str) -> Found {
        let mut path = self.folder.clone();
        for part in address.split('/').filter(|part| !part.is_empty()) {
            // Addresses of the site are plain; anything else is not on it, and
            // must not lead out of the folder.
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
            if part.starts_with('.') || !part.chars().all(plain) {
                return Found::Missing;
            }
            path.push(part);
        }
        if path.is_dir() {
            if !address.ends_with('/') {
                return Found::Moved(format!("{address}/"));
            }
            path.push("index.html");
        } else if address.ends_with('/') {
            return Found::Missing;
        }
        if path.is_file() { Found::File(path) } else { Found::Missing }
    }
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=UTF-8",
        Some("js" | "mjs") => "text/javascript; charset=UTF-8",
        Some("css") => "text/css; charset=UTF-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("ico") => "image/x-icon",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("txt" | "md") => "text/plain; charset=UTF-8",
        Some("pdf") => "application/pdf",
        Some("woff2") => "font/woff2",
        Some("ics") => "text/calendar; charset=UTF-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    //! 1. A folder is its `index.html`; without its slash it has moved.
    //! 2. No address leads out of the folder or to a hidden file.
    //! 3. What is not there is `404.html`; other methods are refused.
    //! 4. Every response has the headers of `netlify.toml`, and its length.
    //! 5. A connection that says nothing keeps none from being answered.
    use super::*;

    /// A site with `index.html`, `bins/index.html`, `a.js` and things beside.
    fn site() -> (tempfile::TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("bins")).unwrap();
        let files =
            ["../secret.txt", ".hidden", "index.html", "bins/index.html", "a.js", "404.html"];
        for file in files {
            fs::write(root.join(file), file).unwrap();
        }
        let headers = Headers::read(&place::root().join("netlify.toml")).unwrap();
        (folder, Site { folder: root, headers })
    }

    #[track_caller]
    fn check(request: &str, status: &str, end: &str) {
        let (_folder, site) = site();
        let response = String::from_utf8(site.response(request)).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{request}: {head}");
        assert!(head.contains("\r\nContent-Security-Policy: default-src 'none'; "), "{head}");
        let said = if body.is_empty() { head } else { body };
        assert!(said.contains(end), "{request}: {response}");
    }

    #[test]
    fn addresses_find_their_files() {
        check("GET / HTTP/1.1", "200", "index.html");
        check("GET /?x=1 HTTP/1.1", "200", "index.html");
        check("GET /bins/ HTTP/1.1", "200", "bins/index.html");
        check("GET /bins HTTP/1.1", "301", "Location: /bins/");
        check("GET /a.js HTTP/1.1", "200", "a.js");
        check("HEAD /a.js HTTP/1.1", "200", "Content-Length: 4");
        check("GET /a.js/ HTTP/1.1", "404", "404.html");
        check("GET /none HTTP/1.1", "404", "404.html");
        check("POST / HTTP/1.1", "405", "Content-Length: 0");
    }

    #[test]
    fn nothing_outside_is_served() {
        for address in [
            "/../secret.txt",
            "/bins/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/.hidden",
        ] {
            check(&format!("GET {address} HTTP/1.1"), "404", "404.html");
        }
        check("GET //bins/ HTTP/1.1", "200", "bins/index.html");
    }

    #[test]
    fn idle_connections_block_none() {
        let serving = serve(0).unwrap();
        let idle: Vec<TcpStream> =
            (0..20).map(|_| TcpStream::connect(serving.address).unwrap()).collect();
        for _ in 0..20 {
            let mut connection = TcpStream::connect(serving.address).unwrap();
            connection.write_all(b"GET /no/such/page HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut response = String::new();
            connection.read_to_string(&mut response).unwrap();
            assert!(response.starts_with("HTTP/1.1 404"), "{response}");
        }
        drop(idle);
    }
}
