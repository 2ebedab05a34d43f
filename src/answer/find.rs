//! From a path to a file of the site, as GitHub Pages finds them.
//!
//! In: the path of a request. Out: the file, opened, or where to look instead. Never here: a file
//! outside the folder, through dots, links or hidden names; a header.

use std::{
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a path leads to.
#[derive(Debug)]
pub(super) enum Found {
    /// A file of the site.
    File(Opened),
    /// A folder whose address ends in a slash: this one.
    Folder(String),
    /// Nothing of the site.
    Nothing,
    /// The system does not give it now: it is out of file descriptors, most likely.
    Failed,
}

/// A file, opened: what is said of it is true of what is sent, even when a build takes its place.
#[derive(Debug)]
pub(super) struct Opened {
    /// To be read from its beginning.
    pub(super) file: File,
    /// Its length and date.
    pub(super) meta: Metadata,
    /// Where it lies; its ending tells its type.
    pub(super) path: PathBuf,
}

/// What stays as it is in an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Finds what lies at `path`, which begins with a slash, in the site in `folder`, whose own address is
/// the path `base`. `/x` is the file `x`, else `x.html`, else the way to `/x/`, where that has an
/// `index.html`; `/x/` is that and nothing else.
pub(super) fn find(folder: &Path, base: &str, path: &str) -> Found {
    let Some(below) = path.strip_prefix(base) else {
        let is_folder = base.strip_suffix('/') == Some(path);
        return if is_folder { Found::Folder(base.to_owned()) } else { Found::Nothing };
    };
    let (names, wants_folder) = match below.strip_suffix('/') {
        Some(names) => (names, true),
        None => (below, below.is_empty()),
    };
    let names = names.split('/').filter(|_| !below.is_empty()).map(name);
    let Some(names) = names.collect::<Option<Vec<String>>>() else { return Found::Nothing };
    below_folder(folder, base, &names, wants_folder).unwrap_or(Found::Failed)
}

/// Goes name by name, so that no link leads out.
fn below_folder(
    folder: &Path,
    base: &str,
    names: &[String],
    wants_folder: bool,
) -> io::Result<Found> {
    let mut at = folder.to_owned();
    let mut address = base.to_owned();
    for (number, name) in (1..).zip(names) {
        at.push(name);
        address.extend(utf8_percent_encode(name, PLAIN));
        address.push('/');
        let is_last = number == names.len() && !wants_folder;
        if !is_last && kind(&at)? != Kind::Folder {
            return Ok(Found::Nothing);
        }
    }
    let index = at.join("index.html");
    if wants_folder {
        return open(index);
    }
    let mut page = at.clone().into_os_string();
    page.push(".html");
    for file in [at.as_path(), Path::new(&page)] {
        if kind(file)? == Kind::File {
            return open(file.to_owned());
        }
    }
    let is_folder = kind(&at)? == Kind::Folder && kind(&index)? == Kind::File;
    Ok(if is_folder { Found::Folder(address) } else { Found::Nothing })
}

/// The page for addresses at which there is nothing.
pub(super) fn not_found(folder: &Path) -> Found {
    open(folder.join("404.html")).unwrap_or(Found::Failed)
}

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// Nothing, a link, a device.
    Other,
}

fn kind(path: &Path) -> io::Result<Kind> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => Ok(Kind::File),
        Ok(meta) if meta.is_dir() => Ok(Kind::Folder),
        Ok(_) => Ok(Kind::Other),
        Err(error) if is_absent(&error) => Ok(Kind::Other),
        Err(error) => Err(error),
    }
}

fn open(path: PathBuf) -> io::Result<Found> {
    if kind(&path)? != Kind::File {
        return Ok(Found::Nothing);
    }
    match File::open(&path).and_then(|file| Ok((file.metadata()?, file))) {
        Ok((meta, file)) => Ok(Found::File(Opened { file, meta, path })),
        Err(error) if is_absent(&error) => Ok(Found::Nothing),
        Err(error) => Err(error),
    }
}

/// No file of this name: as opposed to one that cannot be had.
fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename | InvalidInput)
}

/// One part of a path, decoded once; nothing that is no plain name.
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
