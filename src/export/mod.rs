//! Export: the corpus as JSON Lines, the contract with scripts.
//!
//! In: the corpus. Out: one object per line, with keys in a fixed order, Message-IDs without brackets, dates in RFC
//! 3339 and UTC, and `null` for unknown values. Control characters in strings are escaped. `schema` changes only
//! with a CHANGELOG entry; new keys can be added at the end.

mod data;
mod digest;
mod filter;
pub(crate) mod hub;
mod look;
mod message;
mod revision;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

pub use self::{
    data::{DataFile, files},
    filter::Filter,
    hub::hub_files,
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

/// Writes one line per revision, sorted by the date and Message-ID of its first message.
///
/// # Errors
/// Fails if writing to `out` fails.
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

/// Writes one line per mail, by date. A further copy of a message on the same list has `copy` true.
///
/// # Errors
/// Fails if writing to `out` fails.
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

/// Writes one line per period and list.
///
/// # Errors
/// Fails if writing to `out` fails.
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
/// Fails if writing to `out` fails.
pub fn digest_line(
    corpus: &Corpus,
    list: &str,
    digest: &Digest,
    out: &mut impl Write,
) -> io::Result<()> {
    line(out, &DigestLine::new(corpus, Some(list), digest))
}

/// One digest as the object that [`digest_line`] writes.
pub fn digest_value(corpus: &Corpus, list: &str, digest: &Digest) -> Value {
    serde_json::to_value(DigestLine::new(corpus, Some(list), digest)).unwrap_or_default()
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
