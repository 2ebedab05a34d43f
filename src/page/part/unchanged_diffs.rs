//! Diffs that a later revision sent again, and where their lines are.
//!
//! In: a patch and a file of it. Out: the link to the newest revision that has the same diff of that file, for
//! [`diff::Options::same`]. The first page that asks finds it out for the whole series. Never here: when two diffs
//! are the same; that is [`diff::Repeats`].

use crate::{
    markup::diff,
    page::part::links::Links,
    plan::{
        Reader, diff_pages,
        names::{self, slot_anchor},
        omitted::Omitted,
    },
    series::MailIx,
};

/// The place of the lines of a file that a later revision changes in the same way; `None` if they are with `mail`
/// itself.
pub(crate) fn same(
    plan: Reader<'_>,
    links: &Links<'_>,
    mail: MailIx,
    file: usize,
) -> Option<diff::Same> {
    let (ix, _) = plan.corpus.stored(mail).home?;
    let series = plan.corpus.series(ix);
    let stand = plan.repeated(ix, mail, file)?;
    if plan.omitted(ix, stand.revision) != Omitted::Nothing {
        return None;
    }
    let revision = &series.revisions[stand.revision];
    let slot = &revision.slots[stand.slot];
    let page = match plan.corpus.has_diff_pages(revision) {
        true => diff_pages::diff_route(series, revision, slot),
        false => plan.revision_route(ix, stand.revision),
    };
    let anchor = diff::file_anchor(&slot_anchor(revision, slot), stand.file + 1);
    let label = names::label(&plan.settings.words, series, stand.revision);
    Some(diff::Same { label, url: links.anchored(&page, &anchor) })
}
