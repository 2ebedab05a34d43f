//! A revision in a few words, for feeds.
//!
//! In: a revision. Out: its title, its size and its first sentences. Never here: an entry of a feed.

use crate::{
    page::part::{row, wording},
    plan::{Read, Reader, names},
    say,
    series::{Corpus, SeriesIx},
};

/// A revision's title for feeds, and its author's name.
pub(crate) fn revision_title<'a>(
    plan: Reader<'a>,
    series: SeriesIx,
    revision: usize,
) -> (String, &'a str) {
    let revision = &plan.corpus.series(series).revisions[revision];
    let title = names::some_title(&revision.title);
    let told = match (revision.label().as_str(), revision.posting) {
        ("v1", _) => title.to_owned(),
        (label, 0 | 1) => format!("{title} ({label})"),
        _ => {
            let version = revision.version.to_string();
            say!(plan.settings.words, "sent-again", title = title, version = &version)
        }
    };
    (told, wording::person(&revision.author).name)
}

/// How much a revision changes, and where, to follow its number of patches: `, +12 −3 in drivers/mtd/`.
pub(crate) fn revision_facts(plan: Reader<'_>, series: SeriesIx, revision: usize) -> String {
    let revision = &plan.corpus.series(series).revisions[revision];
    let churn = wording::churn(plan.corpus.files(revision));
    let place = wording::place(plan.corpus.files(revision));
    let (added, deleted) = (churn.added.to_string(), churn.deleted.to_string());
    match (churn.added, churn.deleted) {
        (0, 0) => String::new(),
        _ if place.is_empty() => format!(", +{added} −{deleted}"),
        _ => say!(
            plan.settings.words,
            "churn-in",
            added = &added,
            deleted = &deleted,
            place = &place
        ),
    }
}

/// The first sentences of a revision; may be empty.
pub(crate) fn revision_excerpt(
    corpus: Read<'_, Corpus>,
    series: SeriesIx,
    revision: usize,
) -> String {
    row::excerpt(corpus, &corpus.series(series).revisions[revision], row::EXCERPT)
}
