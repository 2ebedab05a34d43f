//! Patches that others build on: if a later patch by somebody else begins from the state of a file that this one leaves
//! (`index 0a1b2c3..4d5e6f7`), this one is in a tree.
//!
//! In: all series. Out: for each such patch, the first mail that shows it. On seven lists, each patch has such a
//! successor in 3,100 series that were taken according to mails, in 30 that were not (most of these were taken in other
//! words), and in 500 about which no mail says anything. It is the weakest evidence, as a citation is.
//!
//! It does not count if the later series itself makes that state, because that series then contains the patch; if
//! several series make it, because it does not show which of them was taken; or if the later patch was sent so soon
//! that it may be meant to follow this one. If a patch of a set was taken, those before it were taken, too, unless a mail
//! says otherwise. Never here: statements in words; the states that a diff names
//! ([`Places`](crate::patch::Places)).

use std::collections::HashMap;

use crate::{
    date::Timestamp,
    hash::FastMap,
    patch::Mail,
    series::{
        Corpus, MailIx,
        fate::{Applied, Fate, Place, Witness, reposts::is_by_one},
    },
};

/// After this many seconds, a week, a patch by somebody else is not part of the same effort.
const SOON: i64 = 7 * 24 * 60 * 60;

/// A patch as it was posted.
struct Piece<'a> {
    place: Place,
    ix: MailIx,
    mail: &'a Mail,
    date: Timestamp,
}

/// For each patch that others build on, the first patch that does.
pub(super) fn built_on(corpus: &Corpus) -> HashMap<MailIx, Applied> {
    let pieces = pieces(corpus);
    let mut makers: FastMap<u32, Vec<usize>> = FastMap::default();
    for (at, piece) in pieces.iter().enumerate() {
        for state in piece.mail.places.leaves() {
            makers.entry(*state).or_default().push(at);
        }
    }
    let mut found: HashMap<MailIx, Applied> = HashMap::new();
    for later in &pieces {
        for state in later.mail.places.begins_from() {
            let Some(makers) = makers.get(state) else { continue };
            let series = pieces[makers[0]].place.0;
            // The newest earlier posting counts; an older one with the same diff is part of it.
            let base = makers.iter().map(|at| &pieces[*at]).rfind(|base| is_base(base, later));
            let is_its =
                series != later.place.0 && makers.iter().all(|at| pieces[*at].place.0 == series);
            if let Some(base) = base.filter(|_| is_its) {
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
    for patch in slots[..=last].iter().filter_map(|slot| slot.mail) {
        found.entry(patch).or_insert_with(|| Applied {
            witness: Witness::Mail(later.ix),
            date: Some(later.date),
            fate: Fate::Applied,
            tree: Box::default(),
            commit: Box::default(),
            earlier: None,
        });
    }
}

/// Whether the later patch is by somebody else, and was sent long enough after `base`.
fn is_base(base: &Piece<'_>, later: &Piece<'_>) -> bool {
    later.date.0 - base.date.0 >= SOON
        && later.mail.message.from.key() != base.mail.message.from.key()
        && !is_by_one(base.mail, later.mail)
}

/// The patches of all series, by date.
fn pieces(corpus: &Corpus) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for (series, at) in corpus.series.iter().zip((0..).map(crate::series::SeriesIx)) {
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
