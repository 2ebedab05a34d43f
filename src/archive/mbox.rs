//! One file with many mails: an mbox.
//!
//! In: an mbox (mboxrd, mboxo, mboxcl, mboxcl2), packed or not. Out: its mails in their order.
//! Never here: more of the file in memory than one batch of mails.
//!
//! Nothing in a file gives the kind of mbox. `>From ` loses a `>` only in an mboxrd. A file counts as mboxrd from
//! the first batch with a line that begins with `>>From `, or from its beginning if its first line is `From
//! mboxrd@z`, as public-inbox and b4 write it. The quoting of mboxo cannot be undone: its `>From ` may have been in
//! the mail.

use std::{borrow::Cow, io::Read, path::Path, sync::Arc};

use memchr::memmem;
use rayon::prelude::*;

use super::{
    Outcome, RawMessage, Reading, mail, mailbox,
    split::{Batch, Oddity, Splitter},
    unpack::{self, Bomb},
};
use crate::error::{Error, Note, NoteKind, Place, Result};

/// Reads the mbox at `path`.
pub(super) fn read<T, F>(path: &Path, parse: &F) -> Result<Reading<T>>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let source = unpack::open(path).map_err(Error::read(path))?;
    let mut reading = Reading::default();
    read_from(source, &Arc::from(path), parse, &mut reading);
    if reading.messages.is_empty() && reading.notes.is_empty() {
        let file = Place::File(Arc::from(path));
        reading.add(file, Outcome::Left(NoteKind::NoMail, "it is empty".into()));
    }
    Ok(reading)
}

/// Reads the mails of `source`, the contents of `file`, into `reading`.
pub(super) fn read_from<T, F>(
    source: impl Read + Bomb,
    file: &Arc<Path>,
    parse: &F,
    reading: &mut Reading<T>,
) where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let mut splitter = Splitter::new(source);
    let mut quoting = Quoting::AsIs;
    while let Some(batch) = splitter.next() {
        quoting = quoting.or_seen_in(&batch);
        for (offset, outcome) in parse_all(&batch, quoting, parse) {
            reading.add(Place::Offset { file: Arc::clone(file), offset }, outcome);
        }
    }
    reading.notes.extend(splitter.oddities().iter().map(|oddity| note(oddity, file)));
}

fn parse_all<T, F>(batch: &Batch<'_>, quoting: Quoting, parse: &F) -> Vec<(u64, Outcome<T>)>
where
    T: Send,
    F: Fn(RawMessage<'_>) -> T + Sync,
{
    let parse_one = |range: &std::ops::Range<usize>| {
        let bytes = quoting.undo(&batch.bytes[range.clone()]);
        let delivered = Some(line_above(batch.bytes, range.start));
        let outcome = mailbox::parse_for_all(&bytes, delivered, parse);
        (batch.offset + range.start as u64, outcome)
    };
    batch.messages.par_iter().map(parse_one).collect()
}

/// The line above the one that begins at `start`: the mail's `From ` line.
fn line_above(bytes: &[u8], start: usize) -> &[u8] {
    let above = bytes[..start].strip_suffix(b"\n").unwrap_or_default();
    &above[memchr::memrchr(b'\n', above).map_or(0, |newline| newline + 1)..]
}

fn note(oddity: &Oddity, file: &Arc<Path>) -> Note {
    let (kind, offset, detail) = match oddity {
        Oddity::Junk(length) => {
            (NoteKind::Unread, 0, format!("{length} bytes before the first message"))
        }
        Oddity::Broken(at, why) => (NoteKind::Truncated, *at, format!("it is truncated: {why}")),
        Oddity::Bomb(at, ratio) => (
            NoteKind::Truncated,
            *at,
            format!(
                "it unpacks to {ratio} times its size, which no message does; the rest was left out"
            ),
        ),
    };
    Note::new(kind, detail).at(Place::Offset { file: Arc::clone(file), offset })
}

/// The meaning of `>From ` at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// Itself.
    AsIs,
    /// The same with one `>` less.
    Rd,
}

impl Quoting {
    fn or_seen_in(self, batch: &Batch<'_>) -> Self {
        let named =
            batch.offset == 0 && mail::without_mark(batch.bytes).starts_with(b"From mboxrd@z ");
        if self == Self::Rd || named || quotes(batch.bytes).any(|depth| depth.len() > 1) {
            Self::Rd
        } else {
            Self::AsIs
        }
    }

    fn undo(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        if self == Self::AsIs {
            return Cow::Borrowed(bytes);
        }
        let mut out = Vec::new();
        let mut done = 0;
        for quote in quotes(bytes) {
            out.extend_from_slice(&bytes[done..quote.start]);
            done = quote.start + 1;
        }
        if done == 0 {
            return Cow::Borrowed(bytes);
        }
        out.extend_from_slice(&bytes[done..]);
        Cow::Owned(out)
    }
}

/// The ranges of `>` in lines that begin with `>From `, `>>From ` …
fn quotes(bytes: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    memmem::find_iter(bytes, b">From ").filter_map(|last| {
        let start = bytes[..last].iter().rposition(|&b| b != b'>').map_or(0, |at| at + 1);
        (start == 0 || bytes[start - 1] == b'\n').then_some(start..last + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &str) -> Vec<String> {
        let mut reading = Reading::default();
        let file = Arc::from(Path::new("box"));
        let text = |raw: RawMessage<'_>| String::from_utf8_lossy(raw.bytes).into_owned();
        read_from(bytes.as_bytes(), &file, &text, &mut reading);
        reading.messages.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn quotes_are_undone_in_mboxrd_only() {
        let mail = "A: b\n\n>From me\n > >From you\n";
        let deep = "A: b\n\n>From me\n>>From you\n>>>From them\n";
        let date = "Thu Jan  1 00:00:00 1970\n";
        for (bytes, said) in [
            (format!("From mboxrd@z {date}{mail}"), "A: b\n\nFrom me\n > >From you\n"),
            (format!("From a@example.org {date}{mail}"), mail),
            (
                format!("From a@example.org {date}{deep}"),
                "A: b\n\nFrom me\n>From you\n>>From them\n",
            ),
        ] {
            assert_eq!(read(&bytes), [said]);
        }
    }
}
