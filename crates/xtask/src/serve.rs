//! The published site on 127.0.0.1, as the host would serve it: the headers of
//! `netlify.toml`, folders as their `index.html`, `404.html` for the rest.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Context, bail};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::headers::Headers;
use crate::{Result, place, say};

/// Ports tried after the one that was asked for.
const MORE_PORTS: u16 = 20;
/// A page asks for a handful of files at a time.
const WORKERS: usize = 4;

/// A server that runs until it is dropped.
pub(crate) struct Serving {
    address: SocketAddr,
    server: Arc<Server>,
    workers: Vec<JoinHandle<()>>,
}

/// Serves `dist/` from the first free port at or after `port` (0: any).
///
/// # Errors
/// `netlify.toml` cannot be used, or no port is free.
pub(crate) fn serve(port: u16) -> Result<Serving> {
    let headers = Headers::read(&place::root().join("netlify.toml"))?;
    let site = Arc::new(Site { folder: place::dist(), headers });
    let (server, address) = listen(port)?;
    let server = Arc::new(server);
    let workers = (0..WORKERS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    // A browser that closes early is no fault.
                    let _ = site.respond(request);
                }
            })
        })
        .collect();
    Ok(Serving { address, server, workers })
}

fn listen(port: u16) -> Result<(Server, SocketAddr)> {
    let mut reason = String::new();
    for port in port..=port.saturating_add(MORE_PORTS) {
        match Server::http((Ipv4Addr::LOCALHOST, port)) {
            Ok(server) => {
                let address = server.server_addr().to_ip().context("the server has no address")?;
                return Ok((server, address));
            }
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
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.server.unblock();
        }
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
    fn respond(&self, request: Request) -> io::Result<()> {
        if !matches!(request.method(), Method::Get | Method::Head) {
            return request.respond(Response::empty(405));
        }
        let url = request.url().to_owned();
        let address = url.split(['?', '#']).next().unwrap_or_default();
        let (status, path) = match self.find(address) {
            Found::File(path) => (200, path),
            Found::Missing => (404, self.folder.join("404.html")),
            Found::Moved(to) => {
                let response = Response::empty(301);
                return request.respond(match header("Location", &to) {
                    Some(location) => response.with_header(location),
                    None => response,
                });
            }
        };
        let body = fs::read(&path).unwrap_or_else(|_| b"Not found".to_vec());
        let mut response = Response::from_data(body).with_status_code(status);
        let own = [("Content-Type", content_type(&path))];
        for (name, value) in own.into_iter().chain(self.headers.of(address)) {
            if let Some(header) = header(name, value) {
                response.add_header(header);
            }
        }
        request.respond(response)
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

fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
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
    //! 3. What is not there is missing.
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("bins")).unwrap();
        for file in ["../secret.txt", ".hidden", "index.html", "bins/index.html", "a.js"] {
            fs::write(root.join(file), file).unwrap();
        }
        let headers = Headers::read(&place::root().join("netlify.toml")).unwrap();
        let got = match (Site { folder: root.clone(), headers }).find(address) {
            Found::File(path) => path.strip_prefix(&root).unwrap().display().to_string(),
            Found::Moved(to) => format!("-> {to}"),
            Found::Missing => "missing".to_owned(),
        };
        assert_eq!(got, expected, "{address}");
    }

    #[test]
    fn addresses_find_their_files() {
        check("/", "index.html");
        check("/bins/", "bins/index.html");
        check("/bins", "-> /bins/");
        check("/a.js", "a.js");
        check("/a.js/", "missing");
        check("/none", "missing");
    }

    #[test]
    fn nothing_outside_is_served() {
        check("/../secret.txt", "missing");
        check("/bins/../../secret.txt", "missing");
        check("/%2e%2e/secret.txt", "missing");
        check("/..%2fsecret.txt", "missing");
        check("/.hidden", "missing");
        check("//bins/", "bins/index.html");
    }
}
