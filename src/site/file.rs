//! A file of the site on the disk: what a build does to it, how a later build recognises it, and why it is not
//! written.

use std::{
    collections::HashMap,
    fs::{self, Metadata},
    io,
    path::{Component, Path},
    time::UNIX_EPOCH,
};

use crate::error::{Error, Reason};

/// The list of our files, inside the output.
pub(super) const MANIFEST: &str = ".nojekyll";

/// The action of a build on a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It existed and is the same.
    Kept,
    /// The file or its bytes are new.
    Written,
}

/// The length of a file, and its modification time in nanoseconds since 1970.
pub(crate) type Mark = (u64, u64);

/// The mark of a file.
pub(crate) fn mark(metadata: &fs::Metadata) -> Mark {
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (metadata.len(), written.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or_default()))
}

/// Whether a file with an earlier mark is the same as one with the present mark. File archives keep whole seconds,
/// so a restored file has lost the fraction.
pub(crate) fn is_same(kept: Mark, found: Mark) -> bool {
    const SECOND: u64 = 1_000_000_000;
    let is_cut = found.1.is_multiple_of(SECOND) && found.1 / SECOND == kept.1 / SECOND;
    kept.0 == found.0 && (kept.1 == found.1 || is_cut)
}

/// The file at a path itself, without following links; `None` if there is none. A failing disk is an error: an
/// existing file must not be taken for absent.
pub(super) fn look(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(why) => match why.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(None),
            _ => Err(why),
        },
    }
}

/// Whether a path stays inside the output, and fits on a line.
pub(super) fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty()
        && !path.contains(['\n', '\r'])
        && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Somebody else's file is at the path of a file of the site.
pub(super) fn in_the_way(path: &Path) -> Error {
    let reason = Reason::new("a file that patchpress did not write is in its place");
    refuse(
        path,
        reason
            .hint("move it out of the output; if it is from `static/`, give it another name there"),
    )
}

/// Paths of files and of the folders above them, by what is left of them where letters have no case.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, String>);

impl Names {
    pub(super) fn insert(&mut self, path: &str) {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        for name in folders.chain([path]) {
            self.0.entry(name.to_lowercase()).or_insert_with(|| name.to_owned());
        }
    }

    /// This path or a folder above it, with the name that a file system without cases takes for the same.
    pub(super) fn twin<'a>(&'a self, path: &'a str) -> Option<(&'a str, &'a str)> {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.chain([path]).find_map(|name| {
            let known = self.0.get(&name.to_lowercase()).filter(|known| *known != name)?;
            Some((name, known.as_str()))
        })
    }
}

/// Two files of the site have the same address.
pub(super) fn twice(path: &Path) -> Error {
    refuse(path, "two pages of the site have this address")
}

/// A file of the author in `static/` has the address of a file that patchpress makes.
pub(super) fn is_made(own: &Path, path: &str) -> Error {
    let reason = Reason::new(format!("patchpress makes `{path}` itself"));
    let hint = match path {
        "index.html" => {
            "a page of your own is Markdown in `content/`; the front page's words are `content/index.md`"
        }
        "robots.txt" => {
            "`noindex` in `[privacy]` asks search engines to stay away; other rules belong to the web server"
        }
        _ => "give your file another name",
    };
    refuse(own, reason.hint(hint))
}

/// A file of the author has a name that only its case tells from another of the site.
pub(super) fn is_folded(own: &Path, (path, other): (&str, &str)) -> Error {
    let reason = Reason::new(format!("`{path}` and `{other}` differ only by case"));
    refuse(own, reason.hint("rename one: macOS and Windows keep only one of them"))
}

/// A refusal to write, in words.
pub(super) fn refuse(path: &Path, why: impl Into<Reason>) -> Error {
    Error::Refused { path: path.to_owned(), reason: why.into() }
}
