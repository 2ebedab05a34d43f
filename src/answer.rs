//! A request to the preview, and what it gets.
//!
//! In: a request, of a browser or of something that pretends to be one. Out: a file of the site as
//! it is, the last mistake over it, or a refusal. Never here: a file outside the site, through dots,
//! links or hidden names; an answer for another host's name (a page elsewhere could ask for it).

use std::{
    fs::{self, Metadata},
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::UNIX_EPOCH,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, Method, StatusCode, Uri, Version,
        header::{
            ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HOST,
            IF_NONE_MATCH, LOCATION, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tokio::sync::watch;
use tokio_stream::{StreamExt, wrappers::WatchStream};
use tokio_util::io::ReaderStream;

use crate::{site, text};

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const EVENTS: &str = "/__patchpress/events";
const STYLE: &str = "/__patchpress/error.css";

/// What is shown at the moment.
pub(crate) struct Stand {
    folder: PathBuf,
    interface: IpAddr,
    showing: Mutex<Showing>,
    version: watch::Sender<u64>,
}

/// How the last build went.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Showing {
    /// The first build is under way.
    Nothing,
    /// It is good.
    Site,
    /// It failed, and this is why; the last good site is there, or none.
    Mistake { words: String, over_a_site: bool },
}

impl Stand {
    /// A stand that shows the site in `folder`, which is not there yet, to visitors of `interface`.
    pub(crate) fn new(folder: PathBuf, interface: IpAddr) -> Self {
        // Other numbers than the last process's: its pages reload when they find this one.
        let version = watch::Sender::new(u64::from(std::process::id()) << 20);
        Self { folder, interface, showing: Mutex::new(Showing::Nothing), version }
    }

    /// Shows what a build made, or its mistake over what was there before.
    pub(crate) fn show(&self, mistake: Option<String>) {
        let mut showing = self.showing();
        let had_site =
            matches!(*showing, Showing::Site | Showing::Mistake { over_a_site: true, .. });
        *showing = match mistake {
            None => Showing::Site,
            Some(words) => Showing::Mistake { words, over_a_site: had_site },
        };
        drop(showing);
        self.version.send_modify(|version| *version += 1);
    }

    fn showing(&self) -> MutexGuard<'_, Showing> {
        self.showing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a name is one of this machine's own, as the visitor's address line has it.
    fn is_ours(&self, authority: &str) -> bool {
        let name = match authority.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => authority,
        };
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        match bare.parse::<IpAddr>() {
            Ok(ip) => {
                let outside = self.interface.is_unspecified() && !ip.is_unspecified();
                ip.is_loopback() || outside || ip == self.interface && !ip.is_unspecified()
            }
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        }
    }
}

/// Answers every request.
pub(crate) fn router(stand: Arc<Stand>) -> Router {
    Router::new().fallback(answer).with_state(stand)
}

async fn answer(State(stand): State<Arc<Stand>>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    let mut response = if let Some(refusal) = refuse(&stand, &head.headers, &head.uri, head.version)
    {
        refusal
    } else if head.method != Method::GET && head.method != Method::HEAD {
        (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")], "only GET and HEAD\n")
            .into_response()
    } else {
        match head.uri.path() {
            EVENTS => events(&stand),
            STYLE => ok("text/css; charset=utf-8", ERROR_CSS.to_owned()),
            site::PREVIEW_SCRIPT => ok("text/javascript; charset=utf-8", script(&stand)),
            path => page(&stand, path, &head.method, &head.headers).await,
        }
    };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, "nosniff".parse().expect("a header value"));
    headers.insert(CACHE_CONTROL, "no-cache".parse().expect("a header value"));
    let refused = response.status().is_client_error() && response.status() != StatusCode::NOT_FOUND;
    if refused {
        // What else comes on this connection may be the refused request's body.
        response.headers_mut().insert(CONNECTION, "close".parse().expect("a header value"));
    }
    response
}

/// Refuses who calls us by a foreign name.
fn refuse(stand: &Stand, headers: &HeaderMap, uri: &Uri, version: Version) -> Option<Response> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok(),
        (None, None) if version < Version::HTTP_11 => Some("localhost"),
        _ => None,
    };
    let Some(host) = host else {
        return Some((StatusCode::BAD_REQUEST, "one Host header, please\n").into_response());
    };
    let named = uri.authority().map(|authority| authority.as_str());
    if stand.is_ours(host) && named.is_none_or(|name| stand.is_ours(name)) {
        return None;
    }
    Some((StatusCode::FORBIDDEN, "this server has another name\n").into_response())
}

/// Tells a page of every change, beginning with how things are.
fn events(stand: &Stand) -> Response {
    let versions = WatchStream::new(stand.version.subscribe());
    let stream = versions.map(|version| {
        Ok::<_, std::convert::Infallible>(
            Event::default().event("version").data(version.to_string()),
        )
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

fn script(stand: &Stand) -> String {
    RELOAD_JS.replace("VERSION", &stand.version.borrow().to_string())
}

fn ok(kind: &'static str, body: String) -> Response {
    ([(CONTENT_TYPE, kind)], body).into_response()
}

/// A file of the site, or the page that says why there is none.
async fn page(stand: &Stand, path: &str, method: &Method, headers: &HeaderMap) -> Response {
    let showing = stand.showing().clone();
    let mistake = match showing {
        Showing::Nothing => return (StatusCode::SERVICE_UNAVAILABLE, notice(WAIT)).into_response(),
        Showing::Mistake { words, over_a_site: false } => {
            let body = notice(&bar(&words, "There is no site to show yet"));
            return (StatusCode::INTERNAL_SERVER_ERROR, body).into_response();
        }
        Showing::Mistake { words, .. } => Some(bar(&words, "This is the last good site")),
        Showing::Site => None,
    };
    match locate(&stand.folder, path) {
        Found::File(file, meta) => {
            send(&file, &meta, StatusCode::OK, mistake, method, headers).await
        }
        Found::Folder(address) => (StatusCode::FOUND, [(LOCATION, address)]).into_response(),
        Found::Nothing => {
            let file = stand.folder.join("404.html");
            match fs::symlink_metadata(&file) {
                Ok(meta) if meta.is_file() => {
                    send(&file, &meta, StatusCode::NOT_FOUND, mistake, method, headers).await
                }
                _ => not_found(),
            }
        }
    }
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "there is no such page\n").into_response()
}

/// Sends a file, with a mistake over it if there is one and it is a page.
async fn send(
    file: &Path,
    meta: &Metadata,
    status: StatusCode,
    mistake: Option<String>,
    method: &Method,
    headers: &HeaderMap,
) -> Response {
    let kind = content_type(file);
    if let (Some(bar), HTML) = (&mistake, kind) {
        let Ok(html) = tokio::fs::read_to_string(file).await else { return not_found() };
        let end = html.rfind("</body>").unwrap_or(html.len());
        let body = format!("{}{bar}{}", &html[..end], &html[end..]);
        return (status, [(CONTENT_TYPE, kind)], body).into_response();
    }
    let tag = entity_tag(meta);
    let has_it = |value: &axum::http::HeaderValue| {
        value.to_str().is_ok_and(|tags| tags.split(',').any(|one| one.trim() == tag))
    };
    if status == StatusCode::OK && headers.get_all(IF_NONE_MATCH).iter().any(has_it) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
    }
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        match tokio::fs::File::open(file).await {
            Ok(file) => Body::from_stream(ReaderStream::with_capacity(file, 64 << 10)),
            Err(_) => return not_found(),
        }
    };
    let length = meta.len().to_string();
    (status, [(CONTENT_TYPE, kind.to_owned()), (CONTENT_LENGTH, length), (ETAG, tag)], body)
        .into_response()
}

/// Changes whenever the file does: a build writes a changed file anew and never touches others.
fn entity_tag(meta: &Metadata) -> String {
    let written = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("\"{:x}-{:x}\"", written.map_or(0, |since| since.as_nanos()), meta.len())
}

/// What a path leads to.
#[derive(Debug)]
enum Found {
    File(PathBuf, Metadata),
    /// A folder without its slash; where it is.
    Folder(String),
    Nothing,
}

/// What stays as it is in an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Finds a file of the site, part by part, so that nothing leads out of it.
fn locate(folder: &Path, path: &str) -> Found {
    let Some(path) = path.strip_prefix('/') else { return Found::Nothing };
    let (path, wants_folder) = match path.strip_suffix('/') {
        Some(path) => (path, true),
        None => (path, path.is_empty()),
    };
    let mut file = folder.to_owned();
    let mut address = String::from("/");
    for part in path.split('/').filter(|_| !path.is_empty()) {
        let Some(part) = name(part) else { return Found::Nothing };
        file.push(&part);
        address.extend(utf8_percent_encode(&part, PLAIN));
        address.push('/');
        match fs::symlink_metadata(&file) {
            Ok(meta) if !meta.is_symlink() => {}
            _ => return Found::Nothing,
        }
    }
    if wants_folder {
        file.push("index.html");
    }
    match fs::symlink_metadata(&file) {
        Ok(meta) if meta.is_file() => Found::File(file, meta),
        Ok(meta) if meta.is_dir() && !wants_folder => Found::Folder(address),
        _ => Found::Nothing,
    }
}

/// One part of a path, decoded once; nothing that is no plain name.
fn name(part: &str) -> Option<String> {
    let part = percent_decode_str(part).decode_utf8().ok()?;
    let hidden = part.starts_with('.') && part != ".well-known";
    let odd = part.contains(|c: char| c == '/' || c == '\\' || c.is_control());
    (!part.is_empty() && !hidden && !odd).then(|| part.into_owned())
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" | "patch" | "diff" | "md" => TEXT,
        "json" => "application/json",
        "atom" => "application/atom+xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "opml" => "text/x-opml; charset=utf-8",
        "mbox" => "application/mbox",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// A mistake, as it stands on a page.
fn bar(words: &str, headline: &str) -> String {
    let mut escaped = String::new();
    text::escape_into(&mut escaped, words);
    format!(
        "<link rel=\"stylesheet\" href=\"{STYLE}\">\n\
         <section id=\"patchpress-error\" role=\"alert\"><h2>{headline}</h2>\n\
         <pre>{escaped}</pre></section>\n"
    )
}

/// A page of our own, while there is no site.
fn notice(body: &str) -> ([(axum::http::HeaderName, &'static str); 1], String) {
    let script = site::PREVIEW_SCRIPT;
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>patchpress</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <body>{body}<script src=\"{script}\" defer></script></body>\n</html>\n"
    );
    ([(CONTENT_TYPE, HTML)], page)
}

const WAIT: &str = "<p>The site is being built. This page shows it as soon as it is there.</p>\n";

/// Reloads the page when the server shows something else than when the page was loaded.
const RELOAD_JS: &str = "\
const shown = \"VERSION\";
new EventSource(\"/__patchpress/events\").addEventListener(\"version\", (event) => {
  if (event.data !== shown) location.reload();
});
";

const ERROR_CSS: &str = "\
#patchpress-error {
  position: fixed; inset: auto 0 0 0; z-index: 1000; max-height: 60vh; overflow: auto;
  padding: 1rem 1.5rem; border-top: 4px solid #c62828; background: #fff5f5; color: #3b0000;
}
#patchpress-error h2 { margin: 0 0 .5rem; font: 600 1rem/1.4 system-ui, sans-serif; }
#patchpress-error pre { margin: 0; font: .875rem/1.5 ui-monospace, monospace; white-space: pre-wrap; }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_s_names_are_ours() {
        let stand = |ip: &str| Stand::new(PathBuf::new(), ip.parse().expect("an address"));
        let loopback = stand("127.0.0.1");
        for name in ["127.0.0.1:1111", "localhost", "LOCALHOST:80", "[::1]:1111", "127.8.8.8"] {
            assert!(loopback.is_ours(name), "{name}");
        }
        for name in [
            "",
            "example.org",
            "127.0.0.1.example.org",
            "localhost.example.org",
            "127.0.0.1@example.org",
            "0.0.0.0",
            "192.0.2.1",
            "[::ffff:192.0.2.1]",
        ] {
            assert!(!loopback.is_ours(name), "{name}");
        }
        assert!(stand("192.0.2.1").is_ours("192.0.2.1:1111"));
        assert!(stand("0.0.0.0").is_ours("192.0.2.1"));
        assert!(!stand("0.0.0.0").is_ours("example.org"));
    }

    #[test]
    fn only_plain_names_are_looked_up() {
        for (part, found) in [
            ("a", Some("a")),
            ("a%20b", Some("a b")),
            ("%c3%bc", Some("ü")),
            (".well-known", Some(".well-known")),
            ("%252e%252e", Some("%2e%2e")),
            ("", None),
            ("..", None),
            ("%2e%2e", None),
            (".git", None),
            ("a%2fb", None),
            ("a%5cb", None),
            ("a%00", None),
            ("%ff", None),
        ] {
            assert_eq!(name(part).as_deref(), found, "{part}");
        }
    }
}
