//! The counts of pages, feeds, digests and `export`, each defined once, so that the same word always means the same
//! number.
//!
//! In: the corpus. Out: these counts and the tests behind them:
//!
//! | word | what it counts |
//! |---|---|
//! | answer | mails by people that reply to a revision, including its author's; a machine's mail is only a message |
//! | people | senders, each once, after the mailmap |
//! | message | mails that are not spam |
//! | series on a list | series with a message posted there |
//! | patches | the places of a revision, including patches that never arrived |
//! | reviewed | patches with an approval; if all have one, the series is reviewed |
//! | verdict | reviews that count; for a person, those given in replies |
//! | applied | series with a patch that was taken, including merged ones |
//! | open | work that nobody took or rejected, and that is not quiet |
//! | waiting | open work whose newest revision has only replies by its author, or announcements of a review |
//! | silent | no mail for [`Rules::quiet_days`](super::Rules) before the archive's end |
//!
//! Never here: words.

use std::collections::{HashMap, HashSet};

use super::{Corpus, ListIx, MailIx, Review, Revision, Series, SeriesIx, Slot, StateKind, state};
use crate::{
    date::Timestamp,
    message::{Mailbox, plain_name},
};

/// Seconds of a day.
const DAY: i64 = 86_400;

impl Corpus {
    /// Whether a person sent the mail; it then counts as a reply if it replies to something.
    pub fn is_by_person(&self, mail: MailIx) -> bool {
        self.stored(mail).mail.machine.is_none()
    }

    /// Whether the mail only announces a review of its parent: nobody waited for that.
    pub fn only_announces(&self, mail: MailIx) -> bool {
        state::only_announces(&self.mails, &self.threads, mail)
    }

    /// The replies to a revision, by date.
    pub fn answers<'a>(&'a self, revision: &'a Revision) -> impl Iterator<Item = MailIx> + 'a {
        revision.replies.iter().copied().filter(|mail| self.is_by_person(*mail))
    }

    /// How many people sent these mails.
    pub fn people(&self, mails: impl Iterator<Item = MailIx>) -> usize {
        let key = |mail| self.mailmap.key(&self.stored(mail).mail.message.from);
        mails.map(key).collect::<HashSet<_>>().len()
    }

    /// The messages on a list, by date.
    pub fn messages_on(&self, list: ListIx) -> impl Iterator<Item = MailIx> + '_ {
        let all = MailIx::all(self.mails.len());
        all.filter(move |mail| self.is_on(*mail, list) && !self.is_spam(*mail))
    }

    /// The series on a list.
    pub fn series_on(&self, list: ListIx) -> Vec<SeriesIx> {
        let all = (0u32..).map(SeriesIx).zip(&self.series);
        all.filter(|(_, series)| self.was_posted_to(series, list)).map(|(ix, _)| ix).collect()
    }

    /// Whether a message of the series was posted to the list.
    pub fn was_posted_to(&self, series: &Series, list: ListIx) -> bool {
        let mut members = series.revisions.iter().flat_map(|revision| revision.members());
        members.any(|mail| self.is_on(mail, list))
    }

    fn is_on(&self, mail: MailIx, list: ListIx) -> bool {
        self.stored(mail).copies.iter().any(|(copy, _)| *copy == list)
    }

    /// How many patches of a revision are reviewed.
    pub fn reviewed(&self, revision: &Revision) -> usize {
        let is_reviewed = |slot: &&Slot| state::approved(&self.mails, slot).is_some();
        revision.slots.iter().filter(is_reviewed).count()
    }

    /// How many people gave these reviews.
    pub fn reviewers<'a>(&self, reviews: impl Iterator<Item = &'a Review>) -> usize {
        let mut faces = Faces::default();
        let places = reviews.map(|review| faces.of(&self.mailmap.fold(&review.person)));
        places.collect::<HashSet<_>>().len()
    }

    /// When the last mail about a series came.
    pub fn last_mail(&self, series: &Series) -> Option<Timestamp> {
        let revisions = series.revisions.iter();
        let mails = revisions.flat_map(|r| r.members().chain(r.replies.iter().copied()));
        mails.filter_map(|mail| self.stored(mail).date()).max()
    }

    /// The date of the archive's last mail.
    pub fn end(&self) -> Option<Timestamp> {
        self.mails.iter().filter_map(|letter| letter.date()).max()
    }

    /// Since when a series has been silent, in an archive that ends at `end`.
    pub fn silent_since(&self, series: &Series, end: Timestamp) -> Option<Timestamp> {
        let last = self.last_mail(series)?;
        let moment = Timestamp(last.0.saturating_add(i64::from(self.quiet_days) * DAY));
        (moment < end).then_some(moment)
    }
}

/// The people of a series, numbered as they appear. Two mailboxes are one person if their addresses or names are the
/// same: whoever reviews one series under one name from two addresses is one person.
#[derive(Debug, Default)]
pub(crate) struct Faces {
    places: HashMap<String, usize>,
    people: usize,
}

impl Faces {
    /// The number of the person with this mailbox, as `.mailmap` merges it.
    pub(crate) fn of(&mut self, who: &Mailbox) -> usize {
        let name = plain_name(&who.name);
        let is_name = !name.trim().is_empty() && !name.contains('@');
        let known = [Some(who.key()), is_name.then_some(name)];
        let place = known.iter().flatten().find_map(|one| self.places.get(one).copied());
        let place = place.unwrap_or(self.people);
        self.people = self.people.max(place + 1);
        known.into_iter().flatten().for_each(|one| {
            self.places.entry(one).or_insert(place);
        });
        place
    }
}

impl Series {
    /// Whether a revision covers a span of time up to the next one's posting: it has a date, and the next came
    /// later.
    pub fn has_time(&self, revision: usize) -> bool {
        let next = self.revisions.get(revision + 1).and_then(|next| next.posted);
        self.revisions[revision].posted.is_some_and(|posted| next.is_none_or(|next| posted < next))
    }

    /// Whether a maintainer took it, or a part of it.
    pub fn is_applied(&self) -> bool {
        matches!(self.state.kind, StateKind::PartlyApplied | StateKind::Applied | StateKind::Merged)
    }

    /// Whether somebody has to act: nobody took or rejected it, and it is not quiet.
    pub fn is_open(&self) -> bool {
        self.is_untaken() && self.state.kind != StateKind::Quiet
    }

    /// Whether it is work that nobody took, promised to take, reported as taken, rejected or replaced.
    pub fn is_untaken(&self) -> bool {
        let Revision { hearsay, taker, .. } = self.newest();
        self.is_work() && self.state.kind.is_open() && hearsay.is_none() && taker.is_none()
    }
}
