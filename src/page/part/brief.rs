//! A revision in a few words, as feeds tell of it.

use crate::{
    page::part::{row, wording},
    plan::{Read, Reader, names},
    series::{Corpus, SeriesIx},
};

/// A revision's title as feeds name it, and its author's name.
pub(crate) fn revision_title<'a>(
    plan: Reader<'a>,
    series: SeriesIx,
    revision: usize,
) -> (String, &'a str) {
    let revision = &plan.corpus.series(series).revisions[revision];
    let version = match (revision.label().as_str(), revision.posting) {
        ("v1", _) => String::new(),
        (label, 0 | 1) => format!(" ({label})"),
        _ => format!(" ({}, sent again)", revision.version),
    };
    let author = wording::person(&revision.author).name;
    (format!("{}{version}", names::some_title(&revision.title)), author)
}

/// Where a revision changes how much, to follow its number of patches: `, +12 −3 in drivers/mtd/`.
pub(crate) fn revision_facts(plan: Reader<'_>, series: SeriesIx, revision: usize) -> String {
    let revision = &plan.corpus.series(series).revisions[revision];
    let churn = wording::churn(plan.corpus.files(revision));
    let place = wording::place(plan.corpus.files(revision));
    let at = if place.is_empty() { String::new() } else { format!(" in {place}") };
    match (churn.added, churn.deleted) {
        (0, 0) => String::new(),
        (added, deleted) => format!(", +{added} −{deleted}{at}"),
    }
}

/// What a revision is about: its first sentences; may be empty.
pub(crate) fn revision_excerpt(
    corpus: Read<'_, Corpus>,
    series: SeriesIx,
    revision: usize,
) -> String {
    row::excerpt(corpus, &corpus.series(series).revisions[revision], row::EXCERPT)
}
