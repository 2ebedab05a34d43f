//! A file as a response: its type, its validators, and the requested part.
//!
//! In: a file and the headers of a request. Out: 200, 206, 304, 412 or 416 according to RFC 9110. Never here: the
//! choice of the file.

use std::{ops::Range, path::Path};

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MATCH,
            IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE,
        },
    },
    response::{IntoResponse, Response},
};

use super::find::File;
use crate::{date::Timestamp, hash::Sha1};

/// The type of a page.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// Sends a file of a site that has been unchanged since `modified`, or the requested part of it.
pub(super) fn file(
    file: &File,
    modified: Timestamp,
    method: &Method,
    headers: &HeaderMap,
) -> Response {
    let validators = Validators::new(file, modified);
    if let Some(status) = validators.precondition(headers) {
        return (status, validators.headers()).into_response();
    }
    let length = file.bytes.len();
    let part = match method {
        &Method::GET => part(headers, &validators, length),
        _ => Part::Whole,
    };
    let (status, range) = match part {
        Part::Whole => (StatusCode::OK, 0..length),
        Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::Unsatisfiable => {
            let range = (CONTENT_RANGE, format!("bytes */{length}"));
            return (StatusCode::RANGE_NOT_SATISFIABLE, [range]).into_response();
        }
    };
    let partial = (status == StatusCode::PARTIAL_CONTENT)
        .then(|| (CONTENT_RANGE, format!("bytes {}-{}/{length}", range.start, range.end - 1)));
    let mut response = whole(file, status, range, method);
    let headers = response.headers_mut();
    for (name, value) in validators.headers().into_iter().chain(partial) {
        headers.extend(HeaderValue::try_from(value).ok().map(|value| (name, value)));
    }
    response
}

/// A file with another status and without conditions: the page for missing addresses.
pub(super) fn instead(file: &File, status: StatusCode, method: &Method) -> Response {
    whole(file, status, 0..file.bytes.len(), method)
}

fn whole(file: &File, status: StatusCode, range: Range<usize>, method: &Method) -> Response {
    let headers = [
        (CONTENT_TYPE, content_type(&file.path).to_owned()),
        (CONTENT_LENGTH, range.len().to_string()),
    ];
    // All clients share the bytes: a slow one has no copy of its own.
    let body = match *method {
        Method::HEAD => Body::empty(),
        _ => Body::from(Bytes::from_owner(file.bytes.clone()).slice(range)),
    };
    (status, headers, body).into_response()
}

/// The validators by which a client knows whether it has a file already.
struct Validators {
    /// Strong: made from the bytes.
    tag: String,
    modified: Timestamp,
}

impl Validators {
    fn new(file: &File, modified: Timestamp) -> Self {
        Self { tag: format!("\"{}\"", &Sha1::from(&*file.bytes).hexdigest()[..16]), modified }
    }

    fn headers(&self) -> [(HeaderName, String); 3] {
        [
            (ETAG, self.tag.clone()),
            (LAST_MODIFIED, self.modified.http()),
            (ACCEPT_RANGES, "bytes".to_owned()),
        ]
    }

    /// The status for a condition that fails, in the order of RFC 9110, 13.2.2.
    fn precondition(&self, headers: &HeaderMap) -> Option<StatusCode> {
        let date = |name| headers.get(name)?.to_str().ok().and_then(Timestamp::from_http);
        let holds = match headers.contains_key(IF_MATCH) {
            true => self.is_named(headers, &IF_MATCH, ""),
            false => date(IF_UNMODIFIED_SINCE).is_none_or(|since| self.modified <= since),
        };
        if !holds {
            return Some(StatusCode::PRECONDITION_FAILED);
        }
        let has_it = match headers.contains_key(IF_NONE_MATCH) {
            true => self.is_named(headers, &IF_NONE_MATCH, "W/"),
            false => date(IF_MODIFIED_SINCE).is_some_and(|since| self.modified <= since),
        };
        has_it.then_some(StatusCode::NOT_MODIFIED)
    }

    /// Whether a list of tags contains ours, with or without `weak` before it.
    fn is_named(&self, headers: &HeaderMap, name: &HeaderName, weak: &str) -> bool {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
        tags.any(|tag| tag == "*" || tag.strip_prefix(weak).unwrap_or(tag) == self.tag)
    }
}

/// The requested part of a file.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Bytes(Range<usize>),
    Unsatisfiable,
}

/// The part that a request names. Only one range: many ranges could multiply a file (RFC 9110, 14.2 lets a server
/// ignore them).
fn part(headers: &HeaderMap, validators: &Validators, length: usize) -> Part {
    let mut asked = headers.get_all(RANGE).iter();
    let (Some(value), None) = (asked.next(), asked.next()) else { return Part::Whole };
    // A date has a precision of a second, and two builds may be closer: only a tag identifies the file.
    let is_other = |value: &HeaderValue| value.as_bytes() != validators.tag.as_bytes();
    if headers.get(IF_RANGE).is_some_and(is_other) {
        return Part::Whole;
    }
    value.to_str().ok().and_then(|value| one_range(value, length)).unwrap_or(Part::Whole)
}

/// A range of one of these forms: `bytes=0-99`, `bytes=100-`, `bytes=-100`.
fn one_range(value: &str, length: usize) -> Option<Part> {
    let (unit, range) = value.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (start, end) = match (first, last) {
        ("", last) => (length.saturating_sub(number(last)?.min(length)), length),
        (first, "") => (number(first)?, length),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, last.saturating_add(1).min(length))
        }
    };
    Some(if start < end { Part::Bytes(start..end) } else { Part::Unsatisfiable })
}

/// Only digits; a number that is too large exceeds any file.
fn number(digits: &str) -> Option<usize> {
    let are_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    are_digits.then(|| digits.parse().unwrap_or(usize::MAX))
}

/// The media type of a file, by its extension.
pub(super) fn content_type(path: &str) -> &'static str {
    let file = Path::new(path);
    let named = |name: &str| file.file_stem().is_some_and(|stem| stem == name);
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" | "patch" | "diff" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "json" if named("feed") => "application/feed+json; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "opml" => "text/x-opml; charset=utf-8",
        "mbox" => "application/mbox",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood() {
        for (value, part) in [
            ("bytes=0-0", Some(Part::Bytes(0..1))),
            ("bytes=2-", Some(Part::Bytes(2..10))),
            ("bytes=-3", Some(Part::Bytes(7..10))),
            ("bytes=-30", Some(Part::Bytes(0..10))),
            ("Bytes=5-99", Some(Part::Bytes(5..10))),
            ("bytes=0-18446744073709551616", Some(Part::Bytes(0..10))),
            ("bytes=10-", Some(Part::Unsatisfiable)),
            ("bytes=-0", Some(Part::Unsatisfiable)),
            ("bytes=18446744073709551616-", Some(Part::Unsatisfiable)),
            ("bytes=5-2", None),
            ("bytes=a-b", None),
            ("bytes=+1-2", None),
            ("bytes=0-1,3-4", None),
            ("lines=1-2", None),
            ("bytes", None),
        ] {
            assert_eq!(one_range(value, 10), part, "{value}");
        }
        assert_eq!(one_range("bytes=-5", 0), Some(Part::Unsatisfiable));
    }

    #[test]
    fn types_are_those_of_the_web() {
        for (file, kind) in [
            ("a/index.html", HTML),
            ("a/feed.json", "application/feed+json; charset=utf-8"),
            ("a/search.json", "application/json; charset=utf-8"),
            ("a/series.mbox", "application/mbox"),
            ("a/x", "application/octet-stream"),
        ] {
            assert_eq!(content_type(file), kind);
        }
    }
}
