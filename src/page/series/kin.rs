//! Other series that contain the same patch.
//!
//! In: a series. Out: a line for each of its kin: its relation and its date. Never here: which series are kin.

use crate::{
    config::Settings,
    markup::excerpt,
    page::{
        part::{links::Links, row::TITLE, titles, wording},
        series::view::KinView,
    },
    plan::{Read, Route, names::some_title},
    series::{Corpus, Kin, Relation, SeriesIx},
};

/// The series that contain patches of this one, the newest first.
pub(crate) fn kin<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    ix: SeriesIx,
) -> Vec<KinView<'a>> {
    let own = corpus.series(ix);
    let view = |kin: &'a Kin| {
        let series = corpus.series(kin.series);
        let newest = series.newest();
        let is_single = [own.newest(), newest].iter().all(|r| r.slots.len() == 1);
        KinView {
            title: excerpt::shortened(some_title(&series.title), TITLE),
            url: links.to(&Route::Series(series.slug.clone())),
            tags: titles::tags(settings, newest),
            relation: settings.words.text(key_of(kin.relation)),
            patches: if is_single { 0 } else { kin.patches },
            posted: newest.posted.map(|date| wording::moment(date, settings)),
        }
    };
    own.kin.iter().rev().map(view).collect()
}

fn key_of(relation: Relation) -> &'static str {
    match relation {
        Relation::Original => "kin-original",
        Relation::Backport => "kin-backport",
        Relation::Port => "kin-port",
        Relation::Same => "kin-same",
    }
}
