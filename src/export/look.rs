//! How a line reads mails and series: from the corpus itself, or as the builder of a file, whose log records what it
//! reads.
//!
//! In: the corpus, or a builder's access to it. Out: mails, series and counts. Never here: the content of a line.

use std::sync::Arc;

use crate::{
    plan::Read,
    series::{Corpus, MailIx, Report, Revision, Series, SeriesIx, StoredMessage},
};

/// Access to the corpus.
pub(super) trait Look<'a>: Copy {
    /// A mail and its origin.
    fn stored(self, ix: MailIx) -> &'a StoredMessage;
    /// A series.
    fn series(self, ix: SeriesIx) -> &'a Series;
    /// The report that a mail is.
    fn report(self, ix: MailIx) -> Option<&'a Report>;
    /// The names of the lists.
    fn lists(self) -> &'a [Arc<str>];
    /// How many replies by people a revision has.
    fn answers(self, revision: &'a Revision) -> usize;
    /// How many people took part in a revision: senders of patches and replies, without machines.
    fn participants(self, revision: &'a Revision) -> usize;
}

impl<'a> Look<'a> for &'a Corpus {
    fn stored(self, ix: MailIx) -> &'a StoredMessage {
        Corpus::stored(self, ix)
    }

    fn series(self, ix: SeriesIx) -> &'a Series {
        &self.series[ix.at()]
    }

    fn report(self, ix: MailIx) -> Option<&'a Report> {
        self.reports.of(ix)
    }

    fn lists(self) -> &'a [Arc<str>] {
        &self.lists
    }

    fn answers(self, revision: &'a Revision) -> usize {
        Corpus::answers(self, revision).count()
    }

    fn participants(self, revision: &'a Revision) -> usize {
        self.people(of_people(revision, |mail| self.is_by_person(mail)))
    }
}

impl<'a> Look<'a> for Read<'a, Corpus> {
    fn stored(self, ix: MailIx) -> &'a StoredMessage {
        Read::stored(&self, ix)
    }

    fn series(self, ix: SeriesIx) -> &'a Series {
        Read::series(&self, ix)
    }

    fn report(self, ix: MailIx) -> Option<&'a Report> {
        Read::report(&self, ix)
    }

    fn lists(self) -> &'a [Arc<str>] {
        Read::lists(&self)
    }

    fn answers(self, revision: &'a Revision) -> usize {
        <Read<'_, Corpus>>::answers(&self, revision).count()
    }

    fn participants(self, revision: &'a Revision) -> usize {
        self.people(of_people(revision, |mail| self.is_by_person(mail)))
    }
}

/// The mails of a revision, and the replies that people sent to it.
fn of_people(
    revision: &Revision,
    is_by_person: impl Fn(MailIx) -> bool,
) -> impl Iterator<Item = MailIx> {
    let mails = revision.members().chain(revision.replies.iter().copied());
    mails.filter(move |mail| is_by_person(*mail))
}
