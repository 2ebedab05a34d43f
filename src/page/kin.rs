//! Other series that hold the same patch.
//!
//! In: a series. Out: a line for each of its kin: what it is there, and since when. Never here: who is kin.

use super::{
    Plan, frame::Links, route::Route, row::TITLE, series::some_title, view::KinView, words,
};
use crate::series::{Kin, Relation, SeriesIx};

impl<'a> Plan<'a> {
    /// The series that hold patches of this one, the latest first.
    pub(super) fn kin(&self, links: &Links<'_>, ix: SeriesIx) -> Vec<KinView<'a>> {
        let own = &self.corpus.series[ix.at()];
        let view = |kin: &'a Kin| {
            let series = &self.corpus.series[kin.series.at()];
            let newest = series.newest();
            let is_single = [own.newest(), newest].iter().all(|r| r.slots.len() == 1);
            KinView {
                title: words::shortened(some_title(&series.title), TITLE),
                url: links.to(&Route::Series(series.slug.clone())),
                tags: self.tags(newest),
                relation: words_of(kin.relation),
                patches: if is_single { 0 } else { kin.patches },
                posted: newest.posted.map(|date| words::moment(date, &self.settings.zone)),
            }
        };
        own.kin.iter().rev().map(view).collect()
    }
}

fn words_of(relation: Relation) -> &'static str {
    match relation {
        Relation::Original => "the original",
        Relation::Backport => "a backport",
        Relation::Port => "for another tree",
        Relation::Same => "once more",
    }
}
