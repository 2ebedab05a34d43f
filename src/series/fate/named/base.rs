//! Patches that others build on: if a later patch by somebody else begins from the state of a file that this one leaves
//! (`index 0a1b2c3..4d5e6f7`), this one is in a tree.
//!
//! In: all series. Out: for each such patch, the first mail that shows it. On seven lists, each patch has such a
//! successor in 3,100 series that were taken according to mails, in 30 that were not (most of these were taken in other
//! words), and in 500 about which no mail says anything. It is the weakest evidence, as a citation is.
//!
//! It does not count if the later series itself makes that state, because that series then contains the patch; if
//! several series make it, because it does not show which of them was taken; or if the later patch was sent so soon
//! that it may be meant to follow this one, or links the series; or if the series was posted again after it. If a patch
//! of a set was taken, those before it that change files in the same folder were taken, too, unless a mail says otherwise
//! or the set is an RFC: trees of several maintainers take a set in parts. Never here: statements in words; the states
//! that a diff names ([`Places`](crate::patch::Places)).

use std::collections::HashMap;

use crate::{
    date::Timestamp,
    hash::FastMap,
    patch::{FileChange, Mail},
    series::{
        Corpus, MailIx, SeriesIx,
        fate::{Applied, Fate, Place, Witness, reposts::is_by_one},
    },
};

/// After this many seconds, a week, a patch by somebody else is not part of the same effort.
const SOON: i64 = 7 * 24 * 60 * 60;

/// So many patches of one series that leave the same state are compared, the newest first.
const MOST: usize = 8;

/// So many patches before one that was taken may have been taken with it.
const MOST_BEFORE: usize = 64;

/// A patch as it was posted.
struct Piece<'a> {
    place: Place,
    ix: MailIx,
    mail: &'a Mail,
    date: Timestamp,
}

/// The patches that leave one state of a file.
#[derive(Default)]
struct Makers {
    /// Their indexes, by date.
    all: Vec<usize>,
    /// They are of several series.
    are_mixed: bool,
}

/// For each patch that others build on, the first patch that does.
pub(super) fn built_on(corpus: &Corpus) -> HashMap<MailIx, Applied> {
    let pieces = pieces(corpus);
    let mut states: FastMap<u32, Makers> = FastMap::default();
    for (at, piece) in pieces.iter().enumerate() {
        for state in piece.mail.places.leaves() {
            let makers = states.entry(*state).or_default();
            let first = makers.all.first().map(|first| pieces[*first].place.0);
            makers.are_mixed |= first.is_some_and(|series| series != piece.place.0);
            makers.all.push(at);
        }
    }
    let mut found: HashMap<MailIx, Applied> = HashMap::new();
    for later in &pieces {
        for state in later.mail.places.begins_from() {
            let Some(makers) = states.get(state).filter(|makers| !makers.are_mixed) else {
                continue;
            };
            if pieces[makers.all[0]].place.0 == later.place.0 {
                continue;
            }
            let is_early = |at: &usize| pieces[*at].date.0.saturating_add(SOON) <= later.date.0;
            let early = makers.all.partition_point(is_early);
            // The newest earlier posting counts; an older one with the same diff is part of it.
            let mut bases = makers.all[..early].iter().rev().take(MOST).map(|at| &pieces[*at]);
            let is_base = |base: &&Piece<'_>| {
                is_base(base, later)
                    && is_last(corpus, base, later)
                    && !names(corpus, later, base.place.0)
            };
            if let Some(base) = bases.find(is_base) {
                enter(corpus, base, later, &mut found);
            }
        }
    }
    found
}

fn enter(
    corpus: &Corpus,
    base: &Piece<'_>,
    later: &Piece<'_>,
    found: &mut HashMap<MailIx, Applied>,
) {
    let (series, revision, last) = base.place;
    let slots = &corpus.series[series.at()].revisions[revision].slots;
    if found.contains_key(&base.ix) {
        return;
    }
    let is_rfc = base.mail.message.subject.rfc;
    let is_near = |patch: &MailIx| {
        *patch == base.ix
            || !is_rfc && base.mail.meets(&corpus.mails[patch.at()].mail, FileChange::folder)
    };
    let patches = slots[..=last].iter().rev().take(MOST_BEFORE).filter_map(|slot| slot.mail);
    for patch in patches.filter(is_near) {
        let applied = Applied {
            witness: Witness::BuiltOn(later.ix),
            date: None,
            fate: Fate::Applied,
            tree: Box::default(),
            commit: Box::default(),
            earlier: None,
        };
        found.entry(patch).or_insert(applied);
    }
}

/// Whether the later patch is by somebody else, and changes a file of `base`: names of states are short.
fn is_base(base: &Piece<'_>, later: &Piece<'_>) -> bool {
    later.mail.message.from.key() != base.mail.message.from.key()
        && !is_by_one(base.mail, later.mail)
        && later.mail.meets(base.mail, |file| &file.path)
}

/// Whether no revision of the series was posted after the later patch: nobody posts again what was taken.
fn is_last(corpus: &Corpus, base: &Piece<'_>, later: &Piece<'_>) -> bool {
    let newest = corpus.series[base.place.0.at()].newest();
    newest.posted.is_some_and(|posted| posted <= later.date)
}

/// Whether the later patch, or its cover letter, answers or links a mail of that series: its author may build on patches
/// that are only on the list.
fn names(corpus: &Corpus, later: &Piece<'_>, series: SeriesIx) -> bool {
    let (own, revision, _) = later.place;
    let cover = corpus.series[own.at()].revisions[revision].cover;
    let cover = cover.map(|ix| &*corpus.mails[ix.at()].mail);
    [Some(later.mail), cover].into_iter().flatten().any(|mail| {
        let linked = mail.cited.iter().flat_map(|cited| &cited.linked);
        let mut all = linked.chain(&mail.message.references);
        all.any(|id| {
            let named = corpus.ids.get(&**id).and_then(|ix| corpus.mails[ix.at()].home);
            named.is_some_and(|(named, _)| named == series)
        })
    })
}

/// The patches of all series, by date.
fn pieces(corpus: &Corpus) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for (series, at) in corpus.series.iter().zip((0..).map(SeriesIx)) {
        for (number, revision) in series.revisions.iter().enumerate() {
            for (slot, ix) in
                revision.slots.iter().enumerate().filter_map(|(n, slot)| Some((n, slot.sent()?)))
            {
                let stored = &corpus.mails[ix.at()];
                let mail = &*stored.mail;
                let Some(date) = stored.date().filter(|_| !mail.backport) else { continue };
                if mail.machine.is_none() {
                    pieces.push(Piece { place: (at, number, slot), ix, mail, date });
                }
            }
        }
    }
    pieces.sort_by_key(|piece| (piece.date, piece.ix));
    pieces
}
