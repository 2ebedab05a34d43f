//! Detection of the archives at a path, by their content.
//!
//! In: a path given as an archive. Out: the archives in it, sorted by name. Never here: a message; following links,
//! opening pipes and devices; the private data of mail programs ([`private`]).

use std::{
    ffi::OsStr,
    fs::{self, FileType},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Archive, Kind,
    files::{is_folder, is_the_world, why_endless},
    mail, private, public_inbox, split, text_digest, unpack,
};
use crate::error::{Error, Note, NoteKind, Place, Reason, Result};

/// How far into a file given by name its first mail may begin.
const FAR: usize = 1 << 20;

/// How much of a file found in a folder is inspected.
const NEAR: usize = 16 << 10;

/// Detects the archives at `path`: one, or several in a folder.
///
/// Fails with [`Error::NoArchive`] if there is nothing, and with [`Error::UnknownArchive`] if there is no mail in
/// it.
pub fn open(path: &Path) -> Result<Vec<Archive>> {
    let kind = match fs::metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            return Err(Error::NoArchive {
                path: path.into(),
                hint: "check the spelling; a relative path starts at the working directory, or at \
                       the folder of `site.toml` if that file names it"
                    .into(),
            });
        }
        Err(why) => return Err(Error::read(path)(why)),
    };
    let unknown = |reason| Error::UnknownArchive { path: path.into(), reason };
    if let Some(why) = why_endless(path) {
        return Err(unknown(why.into()));
    }
    if kind.is_file() {
        let kind = named_file(path).map_err(Error::read(path))?;
        let kind = kind.map_err(|why| unknown(why.into()))?;
        return Ok(vec![Archive { path: path.into(), kind }]);
    }
    if !kind.is_dir() {
        return Err(unknown("it is neither a file nor a folder".into()));
    }
    let archives = folder(path)?;
    if archives.is_empty() {
        return Err(unknown(why_no_folder(path)));
    }
    Ok(archives)
}

/// Whether the file at `path`, or the folder there, is empty: somebody removed all mails.
pub fn is_empty(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => metadata.len() == 0,
        Ok(_) => {
            let mut entries = walkdir::WalkDir::new(path).min_depth(1).into_iter();
            entries.all(|entry| entry.is_ok_and(|entry| entry.file_type().is_dir()))
        }
        Err(_) => false,
    }
}

/// The content of a folder: itself as one archive, or those found in it.
fn folder(path: &Path) -> Result<Vec<Archive>> {
    if let Some(kind) = as_one(path)? {
        return Ok(vec![Archive { path: path.into(), kind }]);
    }
    let mut archives = Vec::new();
    let found = survey(path)?;
    if !found.mails.is_empty() || !(found.notes.is_empty() || found.archives.is_empty()) {
        archives.push(Archive { path: path.into(), kind: Kind::Mails });
    }
    archives.extend(found.archives);
    Ok(archives)
}

/// The archive that the whole folder at `path` is.
fn as_one(path: &Path) -> Result<Option<Kind>> {
    if !public_inbox::epochs(path)?.is_empty() {
        Ok(Some(Kind::PublicInboxV2))
    } else if is_maildir(path) {
        Ok(Some(Kind::Maildir))
    } else {
        public_inbox::kind(path)
    }
}

pub(super) fn is_maildir(path: &Path) -> bool {
    let [cur, new, tmp] = ["cur", "new", "tmp"].map(|name| is_folder(&path.join(name)));
    (cur && (new || tmp)) || (new && tmp)
}

/// The content of a folder that is not one archive.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The archives in it and below.
    pub(super) archives: Vec<Archive>,
    /// The files in it and below that are single mails.
    pub(super) mails: Vec<PathBuf>,
    /// The entries that were left out.
    pub(super) notes: Vec<Note>,
}

/// Inspects everything in the folder at `root` and below it that is not hidden.
///
/// # Errors
/// Fails with [`Error::Read`] if a folder or a file cannot be read, [`Error::Git`] if a repository cannot: a site
/// without them must not replace the one that has them.
pub(super) fn survey(root: &Path) -> Result<Survey> {
    let mut found = Survey::default();
    let mut walk = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
    // If the root cannot be listed, the walk gives no reason.
    fs::read_dir(root).map_err(Error::read(root))?;
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(Error::walk(root))?;
        let (path, kind) = (entry.path(), entry.file_type());
        if is_hidden(entry.file_name()) {
            if kind.is_dir() {
                walk.skip_current_dir();
            }
        } else if let Some(why) = private::by_name(entry.file_name()) {
            found.leave(NoteKind::Private, path, why.into());
            if kind.is_dir() {
                walk.skip_current_dir();
            }
        } else if kind.is_dir() {
            if let Some(kind) = as_one(path)? {
                found.archives.push(Archive { path: path.into(), kind });
                walk.skip_current_dir();
            } else if public_inbox::is_bare(path) {
                found.leave(NoteKind::Skipped, path, public_inbox::why_none(path).what);
                walk.skip_current_dir();
            }
        } else if let Some(why) = why_left_out(kind) {
            found.leave(NoteKind::Skipped, path, why.into());
        } else {
            found.file(path)?;
        }
    }
    Ok(found)
}

impl Survey {
    fn leave(&mut self, kind: NoteKind, path: &Path, why: String) {
        let place = Place::File(Arc::from(path));
        self.notes.push(Note::new(kind, why).at(place));
    }

    fn file(&mut self, path: &Path) -> Result<()> {
        match found_file(path) {
            Ok(Ok(Kind::Mails)) => self.mails.push(path.into()),
            Ok(Ok(kind)) => self.archives.push(Archive { path: path.into(), kind }),
            Ok(Err(why)) => self.leave(NoteKind::Skipped, path, why),
            Err(why) if is_the_world(&why) => return Err(Error::read(path)(why)),
            Err(why) => self.leave(NoteKind::Unread, path, unpack::in_words(&why)),
        }
        Ok(())
    }
}

/// The format of a file, or the reason why it has none.
type Looked = io::Result<Result<Kind, String>>;

/// The format of the file at `path`, which the settings name: a lenient test.
fn named_file(path: &Path) -> Looked {
    let head = unpack::head(path, FAR)?;
    if head.is_empty() {
        return Ok(Err(why_empty(path)));
    }
    if let Some(name) = container(&head) {
        return Ok(Err(format!("it is {name}: unpack it, and name the result")));
    }
    if let Some(kind) = by_beginning(path, &head) {
        return Ok(if kind != Kind::TextDigest && !has_mail(&head) {
            Err("its first line is that of an mbox, but no message follows".into())
        } else {
            Ok(kind)
        });
    }
    if is_mail_name(path) && mail::of(&head).is_some() || mail::looks_like_one(&head) {
        return Ok(Ok(Kind::Mails));
    }
    if split::contains_one(&head) {
        return Ok(Ok(Kind::Mbox));
    }
    if mail::begins_with_header(&head) {
        return Ok(Ok(Kind::Mails));
    }
    Ok(Err(
        "it has no `From ` line of an mbox, no header of a message, and no title of a text digest"
            .into(),
    ))
}

/// The format of a file found in a folder: a strict test, except for names that give the format.
fn found_file(path: &Path) -> Looked {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let named = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if is_mail_name(path) {
        return Ok(Ok(Kind::Mails));
    }
    let is_box = named(&[".mbox", ".mbx", ".mbox.gz", ".mbox.xz", ".mbox.zst"]);
    let head = unpack::head(path, if is_box { FAR } else { NEAR })?;
    if let Some(name) = container(&head) {
        return Ok(Err(format!("it is {name}: unpack it")));
    }
    Ok(match by_beginning(path, &head) {
        Some(kind) => Ok(kind),
        None if mail::looks_like_one(&head) => Ok(Kind::Mails),
        // Reading it will report what is wrong.
        None if is_box => Ok(Kind::Mbox),
        None if head.is_empty() => Err("it is empty".into()),
        None => Err("it is no mail".into()),
    })
}

/// The first bytes of container files, and their names for people. Mails in a stored zip are visible, except for the
/// first.
const CONTAINERS: [(&[u8], &str); 11] = [
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PK\x07\x08", "a zip archive"),
    (b"BZh", "packed with bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"LZIP\x01", "packed with lzip"),
    (b"\x04\x22\x4d\x18", "packed with lz4"),
    (b"\x1f\x9d", "packed with compress"),
    (b"# v2 git bundle\n", "a git bundle"),
    (b"# v3 git bundle\n", "a git bundle"),
];

/// The place where a tar archive identifies itself.
const TAR: (usize, &[u8]) = (257, b"ustar");

/// The kind of a container file that begins with `head`.
fn container(head: &[u8]) -> Option<&'static str> {
    let (at, mark) = TAR;
    let is_tar = head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    let found = CONTAINERS.iter().find(|(begins, _)| head.starts_with(begins));
    found.map(|(_, name)| *name).or(is_tar.then_some("a tar archive"))
}

/// The format of a file with this beginning, if its first line gives it.
fn by_beginning(path: &Path, head: &[u8]) -> Option<Kind> {
    let bytes = mail::without_mark(head);
    if text_digest::is_one(bytes) {
        return Some(Kind::TextDigest);
    }
    let kind = if is_mail_name(path) { Kind::Mails } else { Kind::Mbox };
    split::begins_one(&bytes[mail::skip_blank_lines(bytes)..]).then_some(kind)
}

/// Whether a file of this name is a mail, or a few patches.
fn is_mail_name(path: &Path) -> bool {
    let end = path.extension().unwrap_or_default();
    end.eq_ignore_ascii_case("eml") || end.eq_ignore_ascii_case("patch")
}

/// Whether anything follows the first `From ` line.
fn has_mail(head: &[u8]) -> bool {
    let bytes = mail::without_mark(head);
    let (_, rest) = mail::first_line(&bytes[mail::skip_blank_lines(bytes)..]);
    mail::skip_blank_lines(rest) < rest.len()
}

fn why_empty(path: &Path) -> String {
    match fs::metadata(path) {
        Ok(metadata) if metadata.len() > 0 => {
            "it is packed, and unpacking gives nothing: it is damaged, or its content was empty"
                .into()
        }
        _ => EMPTY.into(),
    }
}

/// The reason for an archive without mails, and the hint.
const EMPTY: &str = "it is empty (if that is on purpose, `patchpress build --allow-shrink` builds without its messages)";

fn why_no_folder(path: &Path) -> Reason {
    if public_inbox::is_repository(path) {
        public_inbox::why_none(path)
    } else if is_empty(path) {
        EMPTY.into()
    } else {
        "no file in this folder or below it is a message".into()
    }
}

/// Why an entry of a folder that is not a file is not read.
pub(super) fn why_left_out(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        None
    } else if kind.is_symlink() {
        Some("it is a symbolic link")
    } else if kind.is_dir() {
        Some("it is a folder")
    } else {
        Some("it is a pipe, a socket or a device")
    }
}

/// Whether a name begins with a dot.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}
