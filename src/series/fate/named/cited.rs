//! Patches that somebody names as commits: `Fixes: 0123456789ab ("lamp: dim it")`.
//!
//! In: the citations of a mail. Out: the commit of each patch with that title. It is the weakest statement, because
//! a mail may cite a commit that was removed again. It does not count if several different series have that title,
//! such as a change to the kernel and its copy in a library, nor in a patch of the same series, which names a commit
//! of its author.

use super::{Index, Ledger, WORDS_ALONE};
use crate::{
    patch::{Named, News, Role, title::normal},
    series::{
        MailIx,
        fate::{Applied, Fate, Place, Witness},
    },
};

/// How long before the citation, or a release of a project that has few, a patch may have been posted, in seconds: three
/// years. Nobody else has the title then.
pub(super) const WINDOW: i64 = 3 * 365 * 24 * 60 * 60;

impl Index<'_> {
    /// Enters what a mail cites.
    pub(super) fn cite(&self, ledger: &mut Ledger, ix: MailIx, news: &News) {
        for named in &news.named {
            for place in self.cited(ix, named) {
                let Some(patch) = self.corpus.slot(place).mail else { continue };
                ledger.cited.entry(patch).or_insert_with(|| Applied {
                    witness: Witness::Cited(ix),
                    date: None,
                    fate: Fate::Applied,
                    tree: Box::default(),
                    commit: named.commit.clone(),
                    earlier: None,
                });
            }
        }
    }

    /// The patches that a citation is: of each series that of the newest revision posted before it.
    fn cited(&self, ix: MailIx, named: &Named) -> Vec<Place> {
        let letter = &self.corpus.mails[ix.at()];
        let title = normal(&named.title);
        let Some(date) = letter.date().filter(|_| title.split(' ').count() >= WORDS_ALONE) else {
            return Vec::new();
        };
        let mut newest: Vec<Place> = Vec::new();
        for place in self.titles.get(&title).into_iter().flatten() {
            let Some(patch) = self.corpus.slot(*place).mail else { continue };
            let is_backport = self.corpus.mails[patch.at()].mail.backport;
            if !is_backport && self.revision(*place).posted.is_some_and(|posted| posted <= date) {
                newest.retain(|last| last.0 != place.0 || last.1 == place.1);
                newest.push(*place);
            }
        }
        let home = letter.home.filter(|_| letter.mail.role == Role::Patch).map(|(home, _)| home);
        let last = newest.iter().copied().max_by_key(|place| self.revision(*place).posted);
        let is_one = |last| newest.iter().all(|place| self.are_one(*place, last));
        if !last.is_some_and(is_one) || newest.iter().any(|place| Some(place.0) == home) {
            return Vec::new();
        }
        let posted = |place: &Place| self.revision(*place).posted.map_or(i64::MIN, |date| date.0);
        newest.retain(|place| date.0.saturating_sub(posted(place)) <= WINDOW);
        newest
    }
}
