//! Patches that were posted again in another series.
//!
//! In: all series, and the people who are known to take patches. Out: [`Reposts`]. There are two cases:
//!
//! - A maintainer posts patches with a pull request: `[PATCH net 3/7]` by netfilter's maintainers, whose cover
//!   letter ends in `are available in the Git repository at`. An earlier posting of such a patch was then taken.
//! - The sender of a patch sends it again, alone or in a larger series. That posting replaces the first, unless the
//!   first was taken, too: a title in a shortlog may be either's.
//!
//! Two patches are the same if author and diff are equal, or author, title and most of the change; for a single
//! patch that is put into a series, title, author and a file are enough. On eleven lists, 1,930 newest revisions
//! have all their patches, with the same diffs, in later series by the same or another sender. Never here: revisions
//! of one series; backports, because each branch has its own.

use std::collections::HashMap;

use super::{Appliers, Place, WINDOW, share_files};
use crate::{
    date::Timestamp,
    patch::{Mail, PatchId, title::normal},
    series::{
        Corpus, MailIx, Revision, SeriesIx,
        known::Known,
        lineage::{full_name, stable_branch},
    },
};

/// How many of those with the same title or diff are compared: the next ones. Some titles are posted hundreds of
/// times.
const NEXT: usize = 40;

/// A title of fewer words is anybody's.
const FEW_WORDS: usize = 3;

/// For patches of newest revisions the mails that posted them again.
#[derive(Debug, Default)]
pub(in crate::series) struct Reposts {
    /// By those who take patches, with a pull request them.
    pub(super) by_applier: HashMap<MailIx, MailIx>,
    /// By those who had sent them, in another series.
    by_sender: HashMap<MailIx, MailIx>,
}

/// A patch of a series, as it was posted.
struct Piece<'a> {
    place: Place,
    ix: MailIx,
    mail: &'a Mail,
    posted: Timestamp,
    title: String,
    /// The stable branch that it is for; empty for most.
    branch: String,
    /// It is in the newest revision.
    is_newest: bool,
    /// It is the only patch of its revision.
    is_single: bool,
    /// Its letter is a pull request, by one who takes patches.
    is_requested: bool,
}

impl Reposts {
    /// All patches that were posted again.
    pub(in crate::series) fn of(corpus: &Corpus, appliers: &Appliers, known: &Known) -> Self {
        let pieces = pieces(corpus, appliers);
        let mut by_title: HashMap<&str, Vec<&Piece<'_>>> = HashMap::new();
        let mut by_change: HashMap<PatchId, Vec<&Piece<'_>>> = HashMap::new();
        for piece in &pieces {
            if piece.title.split(' ').count() >= FEW_WORDS {
                by_title.entry(&piece.title).or_default().push(piece);
            }
            if let Some(change) = piece.mail.patch_id {
                by_change.entry(change).or_default().push(piece);
            }
        }
        let mut reposts = Self::default();
        for piece in pieces.iter().filter(|piece| piece.is_newest) {
            let titled = by_title.get(&*piece.title);
            let equal = piece.mail.patch_id.and_then(|change| by_change.get(&change));
            for group in [equal, titled].into_iter().flatten() {
                let from = group.partition_point(|other| other.posted <= piece.posted);
                for later in group[from..].iter().take(NEXT) {
                    reposts.enter(piece, later, known);
                }
            }
        }
        reposts
    }

    /// Records a later posting, if it is one.
    fn enter(&mut self, piece: &Piece<'_>, later: &Piece<'_>, known: &Known) {
        let is_apart = piece.place.0 != later.place.0 && piece.branch == later.branch;
        if !is_apart || !is_by_one(piece.mail, later.mail) {
            return;
        }
        let is_equal = piece.mail.patch_id.is_some() && piece.mail.patch_id == later.mail.patch_id;
        let is_soon = later.posted.0 - piece.posted.0 <= WINDOW;
        let is_near = is_soon && share_files(piece.mail, later.mail);
        if later.is_requested && later.is_newest && (is_equal || is_near) {
            self.by_applier.entry(piece.ix).or_insert(later.ix);
        }
        let is_alike = || is_near && piece.mail.sketch.resembles(&later.mail.sketch);
        let [from, by] = [piece.mail, later.mail].map(|mail| &mail.message.from);
        // Who writes a patch anew for a series keeps its title, and perhaps not a line.
        let is_put_in =
            piece.is_single && !later.is_single && is_near && piece.title == later.title;
        // Somebody who resolves a conflict in a merge twice shows the same diff years later under other titles.
        let is_equal = is_equal && (piece.title == later.title || is_soon);
        if (is_equal || is_put_in || is_alike()) && known.is(by, from, later.mail.message.date) {
            self.by_sender.entry(piece.ix).or_insert(later.ix);
        }
    }

    /// The first mail by which the sender of a revision posted one of its patches again, where that happened to more than half
    /// of them: the rest was dropped on the way.
    pub(in crate::series) fn of_most(&self, revision: &Revision) -> Option<MailIx> {
        let sent: Vec<MailIx> = revision.slots.iter().filter_map(|slot| slot.mail).collect();
        let again: Vec<MailIx> =
            sent.iter().filter_map(|ix| self.by_sender.get(ix).copied()).collect();
        again.first().copied().filter(|_| again.len() * 2 > sent.len())
    }
}

/// The patches of all series, by date.
fn pieces<'a>(corpus: &'a Corpus, appliers: &Appliers) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for (series, at) in corpus.series.iter().zip((0..).map(SeriesIx)) {
        let newest = series.revisions.len() - 1;
        for (number, revision) in series.revisions.iter().enumerate() {
            let letter = revision.cover.map(|cover| &corpus.mails[cover.at()].mail);
            let is_requested = letter.is_some_and(|mail| asks_to_pull(mail) && appliers.has(mail));
            for (slot, ix) in
                revision.slots.iter().enumerate().filter_map(|(n, s)| Some((n, s.sent()?)))
            {
                let mail = &*corpus.mails[ix.at()].mail;
                if mail.backport || mail.machine.is_some() {
                    continue;
                }
                // A patch that was sent loose by mistake is sent again in its set, whose letter came before.
                let Some(posted) = corpus.mails[ix.at()].date() else { continue };
                pieces.push(Piece {
                    place: (at, number, slot),
                    ix,
                    mail,
                    posted,
                    title: normal(&mail.title),
                    branch: stable_branch(mail, false),
                    is_newest: number == newest,
                    is_single: revision.slots.len() == 1,
                    is_requested,
                });
            }
        }
    }
    pieces.sort_by_key(|piece| (piece.posted, piece.ix));
    pieces
}

/// The letter asks to pull from a commit on: who only tells where a branch lies names none.
pub(in crate::series) fn asks_to_pull(letter: &Mail) -> bool {
    letter.pull.as_ref().is_some_and(|pull| !pull.base.is_empty())
}

/// The two have one author.
pub(super) fn is_by_one(one: &Mail, other: &Mail) -> bool {
    let [a, b] = [one, other].map(|mail| (mail.author.key(), full_name(&mail.author)));
    a.0 == b.0 || !a.1.is_empty() && a.1 == b.1
}
