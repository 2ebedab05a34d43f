//! One line per mail: its role, its parent, and the series that it belongs to.
//!
//! In: a mail of the corpus. Out: a [`MessageLine`]. Never here: the text of the mail.

use serde::Serialize;

use super::{SCHEMA, Who, date};
use crate::{
    machine::Machine,
    patch::Role,
    series::{Corpus, MailIx, StoredMessage},
};

/// A mail as a line.
#[derive(Serialize)]
pub(super) struct MessageLine<'a> {
    schema: u32,
    kind: &'static str,
    pub(super) list: &'a str,
    message_id: &'a str,
    in_reply_to: Option<&'a str>,
    parent: Option<&'a str>,
    root: &'a str,
    from: Who<'a>,
    author: Who<'a>,
    date: Option<String>,
    subject: &'a str,
    role: &'static str,
    series: Option<&'a str>,
    revision: Option<u32>,
    number: Option<u32>,
    bot: bool,
    pub(super) copy: bool,
    machine: Option<&'static str>,
    spam: bool,
    report: Option<ReportValue<'a>>,
}

/// The report whose first mail this is.
#[derive(Serialize)]
struct ReportValue<'a> {
    kind: &'static str,
    state: &'static str,
    /// The series that fix it.
    fixes: Vec<&'a str>,
    /// The mail that set its state.
    told: Option<&'a str>,
    /// The first mail of the revision that came after it.
    later: Option<&'a str>,
}

impl<'a> MessageLine<'a> {
    /// A mail as a line, on the first of its lists.
    pub(super) fn new(corpus: &'a Corpus, ix: MailIx, letter: &'a StoredMessage) -> Self {
        let message = &letter.mail.message;
        let id = |ix: MailIx| &*corpus.stored(ix).mail.message.id;
        let series = letter.home.map(|(series, at)| (&corpus.series[series.at()], at as usize));
        let number = series.and_then(|(series, at)| {
            let revision = &series.revisions[at];
            let patch = revision.slots.iter().find(|slot| slot.mail == Some(ix));
            patch.map(|slot| slot.number).or((revision.cover == Some(ix)).then_some(0))
        });
        Self {
            schema: SCHEMA,
            kind: "message",
            list: &corpus.lists[letter.list().0 as usize],
            message_id: &message.id,
            in_reply_to: message.in_reply_to().map(|id| &**id),
            parent: corpus.threads.parent[ix.at()].map(id),
            root: id(corpus.threads.root[ix.at()]),
            from: (&message.from).into(),
            author: (&letter.mail.author).into(),
            date: date(message.date),
            subject: &message.subject.full,
            role: letter.mail.role.word(),
            series: series.map(|(series, _)| &*series.slug),
            revision: series.map(|(series, at)| series.revisions[at].version.major),
            number,
            bot: letter.mail.machine.is_some(),
            copy: false,
            machine: letter.mail.machine.map(Machine::word),
            spam: letter.mail.spam,
            report: corpus.reports.of(ix).map(|report| ReportValue {
                kind: report.kind.word(),
                state: report.state.word(),
                fixes: report.fixes.iter().map(|(ix, _)| &*corpus.series[ix.at()].slug).collect(),
                told: report.told.map(id),
                later: report.later.map(id),
            }),
        }
    }
}

impl Role {
    /// The word that export uses.
    fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Cover => "cover",
            Self::Reply => "reply",
            Self::Pull => "pull",
            Self::Other => "other",
        }
    }
}
