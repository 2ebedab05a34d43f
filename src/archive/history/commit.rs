//! The facts of a commit that the state keeps: a line of text.
//!
//! In: the bytes of a commit. Out: its line; from a line, the [`Commit`]. Tabs separate fields:
//!
//! ```text
//! id  parents  committed  authored  name  address  title  mentions  reverts
//! =digest
//! ```
//!
//! Blanks separate several values of a field. The second line follows if the digest of the diff was made, and is a
//! bare `=` if there was no diff. Never here: the commit's message beyond its title, its files.

use std::fmt::Write;

use gix_hash::ObjectId;
use gix_object::CommitRef;

use super::{Digest, mention};
use crate::{archive::repository::HASH, date::Timestamp, redact::Redaction};

/// A commit, with the facts that connect it to a posted patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commit<'a> {
    /// Its name, in hex.
    pub id: &'a str,
    /// When it was made. Rebasing makes a new one.
    pub committed: Timestamp,
    /// When the author wrote it; for a patch that `git am` took, the date of the mail.
    pub authored: Timestamp,
    /// The author's name.
    pub name: &'a str,
    /// The author's address.
    pub address: &'a str,
    /// The first paragraph of its message in one line, as `git log --format=%s` prints it.
    pub title: &'a str,
    parents: &'a str,
    mentions: &'a str,
    reverts: &'a str,
}

impl<'a> Commit<'a> {
    pub(super) fn of_line(line: &'a str) -> Self {
        let mut fields = line.trim_end_matches('\n').split('\t');
        let mut field = || fields.next().unwrap_or_default();
        let (id, parents) = (field(), field());
        let mut date = || Timestamp(field().parse().unwrap_or_default());
        let (committed, authored) = (date(), date());
        let (name, address, title, mentions, reverts) =
            (field(), field(), field(), field(), field());
        Self { id, committed, authored, name, address, title, parents, mentions, reverts }
    }

    /// The names of its parents; several for a merge.
    pub fn parents(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.parents.split_ascii_whitespace()
    }

    /// The messages that its `Link:` and `Message-Id:` trailers name.
    pub fn mentions(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.mentions.split_ascii_whitespace()
    }

    /// The commits that it reverts and names.
    pub fn reverts(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.reverts.split_ascii_whitespace()
    }
}

/// Adds the line of a commit, redacted like mails; nothing if the bytes are not a commit.
pub(super) fn write(
    lines: &mut String,
    id: ObjectId,
    data: &[u8],
    redaction: &Redaction,
) -> Option<()> {
    let commit = CommitRef::from_bytes(data, HASH).ok()?;
    let (author, committer) = (commit.author().ok()?, commit.committer().ok()?);
    let message = text(commit.message);
    let title = message.trim_start().lines().take_while(|line| !line.trim().is_empty());
    let title: Vec<&str> = title.map(str::trim).collect();
    let (name, address) = (text(author.name), text(author.email));
    let (name, address) = redaction.person(&name, &address, &mut |_| ());
    let mentioned =
        mention::mentions(&message).map(|id| redaction.id(&id).map_or(id.clone(), str::to_owned));
    let fields = [
        id.to_string(),
        join(commit.parents().map(|id| id.to_string())),
        committer.seconds().to_string(),
        author.seconds().to_string(),
        name.into_owned(),
        address.into_owned(),
        redaction.text(&title.join(" ")).into_owned(),
        join(mentioned),
        join(mention::reverts(&message)),
    ];
    for (n, field) in fields.iter().enumerate() {
        lines.push_str(if n == 0 { "" } else { "\t" });
        lines.extend(field.trim().chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    lines.push('\n');
    Some(())
}

/// Adds the line of a digest below that of its commit.
pub(super) fn write_digest(lines: &mut String, digest: Option<Digest>) {
    lines.push('=');
    for byte in digest.iter().flatten() {
        // Writing to a string cannot fail.
        write!(lines, "{byte:02x}").ok();
    }
    lines.push('\n');
}

/// The digest in a line, if it is such a line.
pub(super) fn read_digest(line: &str) -> Option<Option<Digest>> {
    let hex = line.strip_prefix('=')?.trim_end();
    let id = ObjectId::from_hex(hex.as_bytes()).ok();
    Some(id.and_then(|id| id.as_slice().try_into().ok()))
}

/// Text in UTF-8; otherwise it is read as Latin-1, as are most commits before git's time.
fn text(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

fn join(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_its_line() {
        let data = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\
            parent 0123456789012345678901234567890123456789\n\
            author Zo\xeb  Lind <zoe@example.org> 1700000000 +0100\n\
            committer Carol <carol@example.org> 1700000100 +0000\n\nlamp: shine\n\tbrighter\n\n\
            Link: https://lore.kernel.org/r/1@example.org\n";
        let mut line = String::new();
        write(&mut line, ObjectId::null(HASH), data, &Redaction::default()).expect("a commit");
        let commit = Commit::of_line(&line);
        assert_eq!((commit.name, commit.address), ("Zoë  Lind", "zoe@example.org"));
        assert_eq!((commit.committed.0, commit.authored.0), (1_700_000_100, 1_700_000_000));
        assert_eq!(commit.title, "lamp: shine brighter");
        assert_eq!(commit.mentions().collect::<Vec<_>>(), ["1@example.org"]);
        assert_eq!(commit.parents().count(), 1);
        assert_eq!(commit.reverts().count(), 0);
        let none = Redaction::default();
        assert_eq!(write(&mut line, ObjectId::null(HASH), b"no commit", &none), None);
    }

    #[test]
    fn digests_come_back() {
        for digest in [None, Some([0xab; 20])] {
            let mut line = String::new();
            write_digest(&mut line, digest);
            assert_eq!(read_digest(&line), Some(digest));
        }
        assert_eq!(read_digest("0123\n"), None);
    }
}
