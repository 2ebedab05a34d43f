//! Requests to the preview, and the responses.
//!
//! In: a request of a browser or of something that pretends to be one. Out: a file of the site, made on request, or
//! the last error above it, or a refusal. Never here: a file outside the site; a response under another host's name
//! (a page elsewhere could request it).

mod find;
mod names;
mod notice;
mod send;

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri, Version,
        header::{
            ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HOST, LOCATION, RETRY_AFTER,
            X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
        request::Parts,
    },
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use tokio::sync::watch;
use tokio_stream::{StreamExt, wrappers::WatchStream};

pub(crate) use self::names::Names;
use self::{
    find::{File, Found},
    send::HTML,
};
use crate::{
    date::Timestamp,
    error::Error,
    site::live::{Live, PREVIEW_FOLDER},
    text::Html,
};

/// How soon a page asks again after the server disappeared, because it may have been restarted.
const RETRY: Duration = Duration::from_millis(500);

/// The present state of the preview.
pub(crate) struct Stand {
    names: Names,
    showing: Mutex<Showing>,
    version: watch::Sender<u64>,
}

/// What clients see.
#[derive(Debug, Clone)]
struct Showing {
    /// The path under which the site is, with slashes at both ends.
    base: String,
    /// The last good site, and since when it is unchanged; `None` while the first one is being read.
    site: Option<(Arc<Live>, Timestamp)>,
    /// Why there is no newer one.
    mistake: Option<String>,
}

impl Stand {
    /// A stand for a site at the path `base`, for clients that use one of these names. Pages of a process with
    /// another `run` reload when they connect to this one.
    pub(crate) fn new(base: &str, names: Names, run: u64) -> Self {
        let showing = Showing { base: base.to_owned(), site: None, mistake: None };
        Self { names, showing: Mutex::new(showing), version: watch::Sender::new(run) }
    }

    /// Shows a site at the path `base`, unchanged since `now`.
    pub(crate) fn show(&self, site: Arc<Live>, base: &str, now: Timestamp) {
        let mut showing = self.showing();
        let is_other =
            showing.base != base || showing.site.as_ref().is_none_or(|(old, _)| !old.is_as(&site));
        let is_news = is_other || showing.mistake.is_some();
        if is_other {
            showing.site = Some((site, now));
            base.clone_into(&mut showing.base);
        }
        showing.mistake = None;
        drop(showing);
        if is_news {
            self.version.send_modify(|version| *version += 1);
        }
    }

    /// Shows an error, above the last good site if there is one.
    pub(crate) fn complain(&self, words: String) {
        self.showing().mistake = Some(words);
        self.version.send_modify(|version| *version += 1);
    }

    fn showing(&self) -> MutexGuard<'_, Showing> {
        self.showing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers every request.
pub(crate) fn router(stand: Arc<Stand>) -> Router {
    Router::new().fallback(answer).with_state(stand)
}

async fn answer(State(stand): State<Arc<Stand>>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    let mut response = match refuse(&stand, &head) {
        Some(refusal) => refusal,
        None => reply(stand, head).await,
    };
    let refused = response.status().is_client_error() && response.status() != StatusCode::NOT_FOUND;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // A private list must not appear inside somebody else's page.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    if refused {
        // Further data on this connection may be the body of the refused request.
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Refuses requests under a foreign name, and requests that do more than read.
fn refuse(stand: &Stand, head: &Parts) -> Option<Response> {
    let host = match one_host(&head.headers) {
        Ok(None) if head.version < Version::HTTP_11 => "localhost",
        Ok(Some(host)) => host,
        Ok(None) | Err(()) => {
            return Some(
                (StatusCode::BAD_REQUEST, "exactly one Host header is needed\n").into_response(),
            );
        }
    };
    let named = head.uri.authority().map(|authority| authority.as_str());
    if !(stand.names.has(host) && named.is_none_or(|name| stand.names.has(name))) {
        return Some((StatusCode::FORBIDDEN, "this server has a different name\n").into_response());
    }
    let reads = head.method == Method::GET || head.method == Method::HEAD;
    let refusal =
        (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")], "only GET and HEAD are allowed\n");
    (!reads).then(|| refusal.into_response())
}

/// The Host header; an error if there are two, or if it is not text.
fn one_host(headers: &HeaderMap) -> Result<Option<&str>, ()> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => Ok(None),
        (Some(host), None) => host.to_str().map(Some).map_err(|_| ()),
        (Some(_), Some(_)) => Err(()),
    }
}

async fn reply(stand: Arc<Stand>, head: Parts) -> Response {
    // At any path: an open page knows the path that the site had when it was loaded.
    let own = head.uri.path().split_once(PREVIEW_FOLDER).filter(|(above, _)| above.ends_with('/'));
    match own.map(|(_, file)| file) {
        Some("events") if stand.names.is_own_page(&head.headers) => events(&stand),
        Some("events") => {
            (StatusCode::FORBIDDEN, "only pages of this server may listen for changes\n")
                .into_response()
        }
        Some(notice::STYLE) => ok("text/css; charset=utf-8", notice::CSS.to_owned()),
        Some(notice::SCRIPT) => ok("text/javascript; charset=utf-8", script(&stand)),
        _ => {
            // Files are made on another thread, so a slow one blocks nobody.
            let read = tokio::task::spawn_blocking(move || page(&stand, &head));
            read.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

/// Sends a page every change, beginning with the present state.
fn events(stand: &Stand) -> Response {
    let versions = WatchStream::new(stand.version.subscribe());
    let stream = versions.map(|version| {
        let event = Event::default().event("version").retry(RETRY).data(version.to_string());
        Ok::<_, Infallible>(event)
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

fn script(stand: &Stand) -> String {
    notice::RELOAD.replace("VERSION", &stand.version.borrow().to_string())
}

fn ok(kind: &'static str, body: String) -> Response {
    ([(CONTENT_TYPE, kind)], body).into_response()
}

/// A file of the site, or the page that says why there is none.
fn page(stand: &Stand, head: &Parts) -> Response {
    let Showing { base, site, mistake } = stand.showing().clone();
    let Some((site, since)) = site else { return no_site(&base, mistake) };
    let path = head.uri.path();
    if path == "/" && base != "/" {
        return (StatusCode::FOUND, [(LOCATION, base)]).into_response();
    }
    let headline = "The site cannot be built. This is the last good version";
    let bar = mistake.map(|words| notice::bar(&base, headline, &words));
    let is_page = |file: &File| send::content_type(&file.path) == HTML;
    let found = find::find(&site, &base, path).and_then(|found| match found {
        Found::Nothing if path.starts_with(&base) => Ok((find::not_found(&site)?, false)),
        found => Ok((found, true)),
    });
    match (found, bar) {
        (Ok((Found::File(file), true)), Some(bar)) if is_page(&file) => {
            under(&bar, &file, StatusCode::OK)
        }
        (Ok((Found::File(file), true)), _) => send::file(&file, since, &head.method, &head.headers),
        (Ok((Found::File(file), false)), Some(bar)) => under(&bar, &file, StatusCode::NOT_FOUND),
        (Ok((Found::File(file), false)), None) => {
            send::instead(&file, StatusCode::NOT_FOUND, &head.method)
        }
        (Ok((Found::Folder(address), _)), _) => moved(&address, &head.uri),
        (Ok((Found::Nothing, _)), _) => {
            let body = format!("this page does not exist; the site is at {base}\n");
            (StatusCode::NOT_FOUND, body).into_response()
        }
        (Err(error), _) => broken(&base, &error),
    }
}

/// The text while there is no site.
fn no_site(base: &str, mistake: Option<String>) -> Response {
    if let Some(words) = mistake {
        let why = "There is no site to show yet. It will appear here as soon as it is built.";
        let bar = notice::bar(base, "The site cannot be built", &words);
        let page = notice::page(base, why, &bar);
        return own(StatusCode::INTERNAL_SERVER_ERROR, page);
    }
    let wait = "The site is being built. It will appear here when it is ready.";
    let page = notice::page(base, wait, &Html::default());
    let mut response = own(StatusCode::SERVICE_UNAVAILABLE, page);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// A page that cannot be made, among others that can.
fn broken(base: &str, error: &Error) -> Response {
    let bar = notice::bar(base, "This page cannot be built", &error.reason().to_string());
    let why = "Other pages work. This page will appear as soon as it can be built.";
    own(StatusCode::INTERNAL_SERVER_ERROR, notice::page(base, why, &bar))
}

/// A page of the preview's own.
fn own(status: StatusCode, page: String) -> Response {
    (status, [(CONTENT_TYPE, HTML)], page).into_response()
}

/// A page with an error above it.
fn under(bar: &Html, file: &File, status: StatusCode) -> Response {
    own(status, notice::over(&String::from_utf8_lossy(&file.bytes), bar))
}

/// The redirect to a folder's address, with the query.
fn moved(address: &str, uri: &Uri) -> Response {
    let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
    let to = format!("{address}{query}");
    (StatusCode::MOVED_PERMANENTLY, [(LOCATION, to)]).into_response()
}
