//! The same patch, taken from another posting.
//!
//! In: all series with their states. Out: an open series is superseded if more than half of its patches were taken from
//! other series. Examples: two people fix the same thing on the same day, and the maintainer takes one patch without a
//! reply to the other; a colleague sends the patch in a larger series; the patch had already been taken when it was
//! posted. On eleven lists, 70 open series have a twin that was taken, 55 of them with the same diff. Never here:
//! revisions of one series; backports, because each branch has its own.

use std::collections::{HashMap, HashSet};

use super::{State, StateKind};
use crate::{
    date::Timestamp,
    patch::{Mail, PatchId, title::normal},
    series::{
        MailIx, Series, StoredMessage,
        fate::{Applied, WINDOW, Witness, share_files},
        lineage::stable_branch,
    },
};

/// A shorter title, in words, could belong to any patch.
const FEW_WORDS: usize = 3;

/// The most patches with the same title or diff that are compared: some are posted hundreds of times.
const MOST: usize = 40;

/// A patch that was taken.
#[derive(Clone, Copy)]
struct Taken<'a> {
    series: usize,
    ix: MailIx,
    posted: Timestamp,
    applied: &'a Applied,
}

/// A patch of an open series.
struct Open<'a> {
    series: usize,
    mail: &'a Mail,
    posted: Timestamp,
    title: String,
}

/// Sets the states of series that were taken from another posting.
pub(in crate::series) fn find_twins(all: &mut [Series], mails: &[StoredMessage]) {
    let found = twins(all, mails);
    for (at, witness) in found {
        all[at].state = State::shown(StateKind::Superseded, witness);
        if let Some(newest) = all[at].revisions.last_mut() {
            newest.taker = None;
        }
    }
}

/// The open series of which more than half was taken from others, with the evidence.
fn twins(all: &[Series], mails: &[StoredMessage]) -> Vec<(usize, Witness)> {
    let open: Vec<Open<'_>> = all
        .iter()
        .enumerate()
        .filter(|(_, series)| series.state.kind.is_open())
        .flat_map(|(at, series)| of_newest(at, series, mails))
        .collect();
    let changes: HashSet<PatchId> = open.iter().filter_map(|open| open.mail.patch_id).collect();
    let titles: HashSet<&str> = open.iter().map(|open| &*open.title).collect();
    let mut by_change: HashMap<PatchId, Vec<Taken<'_>>> = HashMap::new();
    let mut by_title: HashMap<String, Vec<Taken<'_>>> = HashMap::new();
    for taken in all.iter().enumerate().flat_map(|(at, series)| taken(at, series, mails)) {
        let mail = &mails[taken.ix.at()].mail;
        if let Some(change) = mail.patch_id.filter(|change| changes.contains(change)) {
            by_change.entry(change).or_default().push(taken);
        }
        let title = normal(&mail.title);
        if titles.contains(&*title) {
            by_title.entry(title).or_default().push(taken);
        }
    }
    let mut met: HashMap<usize, Vec<Witness>> = HashMap::new();
    for open in &open {
        let equal = open.mail.patch_id.and_then(|change| by_change.get(&change));
        let few = open.title.split(' ').count() < FEW_WORDS;
        let titled = by_title.get(&open.title).filter(|_| !few);
        let mut near = [equal, titled].into_iter().flatten().flat_map(|all| all.iter().take(MOST));
        let twin = near.find(|taken| taken.is_twin_of(open, &mails[taken.ix.at()].mail));
        if let Some(twin) = twin {
            met.entry(open.series).or_default().push(twin.witness(open));
        }
    }
    let is_most = |(at, met): &(usize, Vec<Witness>)| {
        met.len() * 2 > all[*at].newest().slots.iter().filter(|slot| slot.sent().is_some()).count()
    };
    let most = met.into_iter().filter(is_most);
    most.filter_map(|(at, met)| Some((at, met.into_iter().next()?))).collect()
}

/// The patches of a series' newest revision that could have a twin.
fn of_newest<'a>(
    at: usize,
    series: &'a Series,
    mails: &'a [StoredMessage],
) -> impl Iterator<Item = Open<'a>> {
    let newest = series.newest();
    newest.posted.into_iter().flat_map(move |posted| {
        let sent = newest.slots.iter().filter_map(|slot| slot.sent());
        let patches = sent.map(|ix| &*mails[ix.at()].mail).filter(|mail| !mail.backport);
        patches.map(move |mail| Open { series: at, mail, posted, title: normal(&mail.title) })
    })
}

/// The patches of a series that were taken.
fn taken<'a>(
    at: usize,
    series: &'a Series,
    mails: &'a [StoredMessage],
) -> impl Iterator<Item = Taken<'a>> {
    series.revisions.iter().flat_map(move |revision| {
        revision.slots.iter().filter_map(move |slot| {
            let (ix, applied) = (slot.sent()?, slot.applied.as_deref()?);
            let is_backport = mails[ix.at()].mail.backport;
            let taken = Taken { series: at, ix, posted: revision.posted?, applied };
            Some(taken).filter(|_| !is_backport)
        })
    })
}

impl Taken<'_> {
    /// Whether `open` has the same diff, or the same title and mostly the same changed lines, and this patch was not
    /// taken long before: a patch that is posted again a year later was reverted in between.
    fn is_twin_of(&self, open: &Open<'_>, mail: &Mail) -> bool {
        let first = self.applied.first().date.map_or(self.posted.0, |date| date.0);
        let is_timely = open.posted.0 - first <= WINDOW;
        let is_equal = || mail.patch_id.is_some() && mail.patch_id == open.mail.patch_id;
        let is_alike = || {
            (self.posted.0 - open.posted.0).abs() <= WINDOW
                && share_files(mail, open.mail)
                && mail.sketch.resembles(&open.mail.sketch)
        };
        self.series != open.series
            && is_timely
            && (is_equal() || is_alike())
            && stable_branch(mail, false) == stable_branch(open.mail, false)
    }

    /// The evidence: this posting if it is the later one, otherwise the mail or commit that shows that it was taken.
    fn witness(&self, open: &Open<'_>) -> Witness {
        if self.posted > open.posted {
            return Witness::Mail(self.ix);
        }
        match &self.applied.first().witness {
            Witness::Cited(_) | Witness::BuiltOn(_) => Witness::Mail(self.ix),
            witness => witness.clone(),
        }
    }
}
