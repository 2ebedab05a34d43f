//! Export: the corpus as JSON Lines, the contract with scripts.
//!
//! In: the corpus. Out: one object a line, keys in a fixed order, message-ids without brackets, dates RFC 3339
//! in UTC, unknown as `null`; a control character in a string is an escape. `schema` changes with a CHANGELOG entry only; keys may be added at the end.

mod data;
mod digest;
mod filter;
mod look;
mod message;
mod revision;

use std::io::{self, Write};

use serde::Serialize;

pub use self::{
    data::{DataFile, files},
    filter::Filter,
};
use self::{
    digest::DigestLine,
    message::MessageLine,
    revision::{Detail, RevisionLine},
};
use crate::{
    config::List,
    date::{Cadence, Timestamp},
    digest::{Digest, digests as all_digests},
    json,
    message::Mailbox,
    series::{Corpus, MailIx, Series},
};

/// The version of the contract.
const SCHEMA: u32 = 1;

/// Writes one line a revision, sorted by date and message-id of its first message.
///
/// # Errors
/// When `out` cannot be written to.
pub fn revisions(
    corpus: &Corpus,
    zone: &jiff::tz::TimeZone,
    filter: &Filter,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut all: Vec<(&Series, usize)> = corpus
        .series
        .iter()
        .flat_map(|series| (0..series.revisions.len()).map(move |at| (series, at)))
        .filter(|(series, at)| filter.takes(corpus, series, *at))
        .collect();
    all.sort_by_key(|(series, at)| series.revisions[*at].members().min());
    for (series, at) in all {
        line(out, &RevisionLine::new(corpus, series, at, zone, Detail::Whole))?;
    }
    Ok(())
}

/// Writes one line a mail, by date; a further copy of a message on the same list has `copy` true.
///
/// # Errors
/// When `out` cannot be written to.
pub fn messages(corpus: &Corpus, filter: &Filter, out: &mut impl Write) -> io::Result<()> {
    for (ix, letter) in MailIx::all(corpus.mails.len()).zip(&corpus.mails) {
        for (number, (list, _)) in letter.copies.iter().enumerate() {
            if !filter.takes_message(*list, letter.date()) {
                continue;
            }
            let mut message = MessageLine::new(corpus, ix, letter);
            message.list = &corpus.lists[list.0 as usize];
            message.copy = number > 0;
            line(out, &message)?;
        }
    }
    Ok(())
}

/// Writes one line a period and list.
///
/// # Errors
/// When `out` cannot be written to.
pub fn digests(
    corpus: &Corpus,
    lists: &[List],
    cadence: Cadence,
    zone: &jiff::tz::TimeZone,
    filter: &Filter,
    out: &mut impl Write,
) -> io::Result<()> {
    for (at, list) in lists.iter().enumerate() {
        let ix = crate::series::ListIx(u16::try_from(at).unwrap_or(u16::MAX));
        for digest in all_digests(corpus, Some(ix), cadence, zone) {
            if filter.takes_digest(ix, digest.period.bounds().map(|(_, end)| end)) {
                line(out, &DigestLine::new(corpus, Some(&list.name), &digest))?;
            }
        }
    }
    Ok(())
}

/// One digest as a line.
///
/// # Errors
/// When `out` cannot be written to.
pub fn digest_line(
    corpus: &Corpus,
    list: &str,
    digest: &Digest,
    out: &mut impl Write,
) -> io::Result<()> {
    line(out, &DigestLine::new(corpus, Some(list), digest))
}

/// One digest as a line, with what `told` has of it: an object of JSON, whose keys follow.
///
/// # Errors
/// When `out` cannot be written to.
pub fn digest_told(
    corpus: &Corpus,
    list: &str,
    digest: &Digest,
    told: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    let line = json::text(&DigestLine::new(corpus, Some(list), digest));
    let (line, more) = (line.strip_suffix('}'), told.strip_prefix('{'));
    writeln!(out, "{},{}", line.unwrap_or_default(), more.unwrap_or_default())
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    json::write(out, value)?;
    out.write_all(b"\n")
}

/// A mailbox as `{"name", "email"}`.
#[derive(Serialize)]
struct Who<'a> {
    name: &'a str,
    email: &'a str,
}

impl<'a> From<&'a Mailbox> for Who<'a> {
    fn from(mailbox: &'a Mailbox) -> Self {
        Self { name: &mailbox.name, email: &mailbox.address }
    }
}

fn date(moment: Option<Timestamp>) -> Option<String> {
    moment.map(Timestamp::rfc3339)
}
