//! Of several postings of a patch by one sender a title means the latest that was there.
//!
//! In: the places that an entry may be. Out: those that it is; beside them the postings in whose place a later one was taken.
//! Who posts a patch alone and then in a series, and sees it taken, reads of the series. Never here: what is equal; that
//! nothing was said of either.

use super::Index;
use crate::series::{MailIx, fate::Place};

impl Index<'_> {
    /// Puts those places of a patch behind the others that its sender posted again in another series of them, which the mail
    /// names as far: that posting was taken.
    pub(super) fn set_back(
        &self,
        places: &mut [Place],
        again: &mut Vec<(MailIx, MailIx)>,
        is_whole: impl Fn(Place) -> bool,
    ) {
        let all = places.to_vec();
        let mail = |place: Place| self.corpus.slot(place).mail;
        let from = |place| mail(place).map(|ix| self.corpus.mails[ix.at()].mail.message.from.key());
        let posted = |place: Place| self.revision(place).posted;
        let later = |place: &Place| {
            let is_later = |other: &&Place| {
                other.0 != place.0
                    && posted(**other) > posted(*place)
                    && from(**other) == from(*place)
                    && (is_whole(**other) || !is_whole(*place))
            };
            all.iter().filter(is_later).min_by_key(|other| posted(**other))
        };
        places.sort_by_key(|place| later(place).is_some());
        for place in &all {
            again.extend(mail(*place).zip(later(place).and_then(|later| mail(*later))));
        }
    }
}
