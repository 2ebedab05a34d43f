//! The switch between the revisions of a series, and why they are one series.
//!
//! In: a series. Out: a link for each posting, what the archive does not have between them, and the
//! evidence of the lineage in words. Never here: which postings belong together.

use crate::{
    message::MessageId,
    page::{
        part::{links::Links, wording},
        series::{
            compare,
            view::{EvidenceView, RevisionLink},
        },
    },
    plan::{Read, Reader, names, places::Places},
    series::{Confidence, Corpus, Evidence, Revision, SeriesIx},
};

/// A link for each revision; `current` is the page's own.
pub(crate) fn switch(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: SeriesIx,
    current: usize,
) -> Vec<RevisionLink> {
    let series = plan.corpus.series(ix);
    let major = |at: Option<usize>| at.map_or(0, |at| series.revisions[at].version.major);
    let link = |(number, revision): (usize, &Revision)| RevisionLink {
        label: names::label(series, number),
        url: links.revision(ix, number),
        posted: revision.posted.map(|date| wording::moment(date, &plan.settings.zone)),
        current: number == current,
        again: names::again(series, number) > 0,
        gap: gap(major(number.checked_sub(1)), major(Some(number))),
        compare: compare::compare_link(plan, links, ix, number),
    };
    series.revisions.iter().enumerate().map(link).collect()
}

/// Why a revision follows an earlier one; nothing for the first.
pub(crate) fn evidence(
    corpus: Read<'_, Corpus>,
    places: Read<'_, Places>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
) -> Option<EvidenceView> {
    let series = corpus.series(ix);
    let link = series.revisions[number].link.as_ref()?;
    let (words, named) = reason(&link.evidence);
    let mail = named.and_then(|id| places.by_id(id));
    // The evidence may name a mail of any earlier revision.
    let home = mail.and_then(|mail| corpus.stored(mail).home);
    let before = match home {
        Some((home, revision)) if home == ix && (revision as usize) < number => revision as usize,
        _ => number.checked_sub(1)?,
    };
    Some(EvidenceView {
        before: names::label(series, before),
        words,
        url: mail.map_or(String::new(), |mail| links.mail(mail)),
        certainty: match link.confidence {
            Confidence::Low => "probably",
            Confidence::Medium => "likely",
            Confidence::High | Confidence::Certain => "",
        },
    })
}

/// The versions between two that the archive does not have: `v2`, `v2–v4`.
fn gap(before: u32, version: u32) -> String {
    match (before.saturating_add(1), version.saturating_sub(1)) {
        (first, last) if first > last => String::new(),
        (first, last) if first == last => format!("v{first}"),
        (first, last) => format!("v{first}–v{last}"),
    }
}

/// The end of `v3 follows v2: …`, and the message that it names.
fn reason(evidence: &Evidence) -> (String, Option<&MessageId>) {
    let said = |words: &str, id| (words.to_owned(), id);
    match evidence {
        Evidence::ChangeId(id) => (format!("both have the change-id {id}"), None),
        Evidence::Cites(id) => said("its author links to it", Some(id)),
        Evidence::Answers(id) => said("it was sent in answer to it", Some(id)),
        Evidence::Supersedes(id) => said("its author says that it supersedes it", Some(id)),
        Evidence::AuthorAndTitle => said("the author and the title are the same", None),
        Evidence::SharedPatches(count) => {
            let patches = wording::plural(*count as usize, "patch", "patches");
            (format!("they have {patches} in common"), None)
        }
        Evidence::SimilarTitle => {
            said("the author is the same, and so is much of what both say and change", None)
        }
        Evidence::Editor => said("the editor says so", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_archive_does_not_have() {
        for (before, version, missing) in [
            (0, 1, ""),
            (1, 2, ""),
            (2, 2, ""),
            (1, 3, "v2"),
            (0, 2, "v1"),
            (1, 6, "v2–v5"),
            (0, 0, ""),
            (3, 1, ""),
            (0, u32::MAX, "v1–v4294967294"),
        ] {
            assert_eq!(gap(before, version), missing, "{before} to {version}");
        }
    }
}
