//! Finds the file of the site for a path, as GitHub Pages does.
//!
//! In: the path of a request. Out: the file's bytes, or another address. Never here: a file that a build would not
//! write (only the site's own files are looked up); a header.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::{error::Result, site::live::Live};

/// The result for a path.
#[derive(Debug)]
pub(super) enum Found {
    /// A file of the site.
    File(File),
    /// A folder whose address must end in a slash: this one.
    Folder(String),
    /// Nothing.
    Nothing,
}

/// A file.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Its path in the site; the extension gives its type.
    pub(super) path: String,
    /// Its content.
    pub(super) bytes: Arc<[u8]>,
}

/// The characters of an address that stay unescaped.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Finds the file for `path`, which begins with a slash, in a site whose address has the path `base`. `/x` is the
/// file `x`, otherwise `x.html`, otherwise a redirect to `/x/` if that has an `index.html`; `/x/` is only that
/// index.
///
/// # Errors
/// A file that cannot be made: see [`Live::file`].
pub(super) fn find(site: &Live, base: &str, path: &str) -> Result<Found> {
    let Some(below) = path.strip_prefix(base) else {
        let is_folder = base.strip_suffix('/') == Some(path);
        return Ok(if is_folder { Found::Folder(base.to_owned()) } else { Found::Nothing });
    };
    let (names, wants_folder) = match below.strip_suffix('/') {
        Some(names) => (names, true),
        None => (below, below.is_empty()),
    };
    let names = names.split('/').filter(|_| !below.is_empty()).map(name);
    let Some(mut names) = names.collect::<Option<Vec<String>>>() else { return Ok(Found::Nothing) };
    if wants_folder {
        names.push("index.html".to_owned());
        return file(site, names.join("/"));
    }
    let path = names.join("/");
    let page = format!("{path}.html");
    if !site.has(&path) && site.has(&page) {
        return file(site, page);
    }
    match site.has(&format!("{path}/index.html")) {
        true => {
            let names = names.iter().map(|name| utf8_percent_encode(name, PLAIN).to_string());
            Ok(Found::Folder(format!("{base}{}/", names.collect::<Vec<_>>().join("/"))))
        }
        false => file(site, path),
    }
}

/// The page for missing addresses.
///
/// # Errors
/// As [`find`].
pub(super) fn not_found(site: &Live) -> Result<Found> {
    file(site, "404.html".to_owned())
}

fn file(site: &Live, path: String) -> Result<Found> {
    Ok(match site.file(&path)? {
        Some(bytes) => Found::File(File { path, bytes }),
        None => Found::Nothing,
    })
}

/// One part of a path, decoded once; `None` unless it is a plain name.
fn name(part: &str) -> Option<String> {
    let part = percent_decode_str(part).decode_utf8().ok()?;
    let hidden = part.starts_with('.') && part != ".well-known";
    let odd = part.contains(|c: char| c == '/' || c == '\\' || c.is_control());
    (!part.is_empty() && !hidden && !odd).then(|| part.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

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
