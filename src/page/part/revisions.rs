//! The navigation between the revisions of a series, and the evidence that they are one series.
//!
//! In: a series. Out: a link for each posting, the gaps in the archive, and the evidence of the lineage in words.
//! Never here: which postings belong together.

use std::collections::BTreeSet;

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
    say,
    series::{Confidence, Corpus, Evidence, Revision, SeriesIx},
    words::Words,
};

/// How many revisions the navigation names, and how many on the page of the newest. No honest series had more than
/// 46, but anybody can post one with thousands. Its pages must grow with their number, not with its square.
const MOST: (usize, usize) = (60, 1_000);
/// How many revisions before and after the page's own are named, if not all are.
const NEAR: usize = 5;

/// A link for each revision, or for those that the navigation has room for; `current` is the page's own.
pub(crate) fn switch(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: SeriesIx,
    current: usize,
) -> Vec<RevisionLink> {
    let series = plan.corpus.series(ix);
    let major = |at: Option<usize>| at.map_or(0, |at| series.revisions[at].version.major);
    let link = |(number, revision): (usize, &Revision)| RevisionLink {
        label: names::label(&plan.settings.words, series, number),
        url: links.revision(ix, number),
        posted: revision.posted.map(|date| wording::moment(date, plan.settings)),
        current: number == current,
        again: revision.again > 0,
        gap: gap(major(number.checked_sub(1)), major(Some(number))),
        compare: compare::compare_link(plan, links, ix, number),
        left_out: 0,
    };
    let shown = shown(series.revisions.len(), current);
    let mut last = None;
    let mut switch = Vec::with_capacity(shown.len());
    for number in shown {
        let before = last.replace(number).map_or(0, |last: usize| last + 1);
        let left_out = number - before;
        switch.push(RevisionLink { left_out, ..link((number, &series.revisions[number])) });
    }
    switch
}

/// The numbers of the revisions in the navigation of the page `current` of `count`: all, or the first, those near
/// the page's own, and the newest. The page of the newest revision has more of the newest: it lists those that the
/// others leave out.
fn shown(count: usize, current: usize) -> Vec<usize> {
    let is_newest = current + 1 == count;
    let (most, on_newest) = MOST;
    if count <= if is_newest { on_newest } else { most } {
        return (0..count).collect();
    }
    let near = match is_newest {
        true => count - on_newest..count,
        false => current.saturating_sub(NEAR)..(current + NEAR + 1).min(count),
    };
    let ends = [0, count - 1].into_iter();
    ends.chain(near).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The reason why a revision follows an earlier one; nothing for the first.
pub(crate) fn evidence(
    words: &Words,
    corpus: Read<'_, Corpus>,
    places: Read<'_, Places>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
) -> Option<EvidenceView> {
    let series = corpus.series(ix);
    let link = series.revisions[number].link.as_ref()?;
    let (said, named) = reason(words, &link.evidence);
    let mail = named.and_then(|id| places.by_id(id));
    // The evidence can name a mail of any earlier revision.
    let home = mail.and_then(|mail| corpus.stored(mail).home);
    let before = match home {
        Some((home, revision)) if home == ix && (revision as usize) < number => revision as usize,
        _ => number.checked_sub(1)?,
    };
    Some(EvidenceView {
        before: names::label(words, series, before),
        words: said,
        url: mail.map_or(String::new(), |mail| links.mail(mail)),
        certainty: match link.confidence {
            Confidence::Low => words.text("certainty-low").to_owned(),
            Confidence::Medium => words.text("certainty-medium").to_owned(),
            Confidence::High | Confidence::Certain => String::new(),
        },
    })
}

/// The versions between two revisions that the archive does not have: `v2`, `v2–v4`.
fn gap(before: u32, version: u32) -> String {
    match (before.saturating_add(1), version.saturating_sub(1)) {
        (first, last) if first > last => String::new(),
        (first, last) if first == last => format!("v{first}"),
        (first, last) => format!("v{first}–v{last}"),
    }
}

/// The end of `v3 follows v2: …`, and the message that it names.
fn reason<'e>(words: &Words, evidence: &'e Evidence) -> (String, Option<&'e MessageId>) {
    let said = |key: &'static str, id| (words.text(key).to_owned(), id);
    match evidence {
        Evidence::ChangeId(id) => (say!(words, "evidence-change-id", id = id), None),
        Evidence::Cites(id) => said("evidence-cites", Some(id)),
        Evidence::Answers(id) => said("evidence-answers", Some(id)),
        Evidence::Supersedes(id) => said("evidence-supersedes", Some(id)),
        Evidence::AuthorAndTitle => said("evidence-author-title", None),
        Evidence::SharedPatches(count) => {
            (say!(words, "evidence-shared-patches", n = *count as usize), None)
        }
        Evidence::SimilarTitle => said("evidence-similar", None),
        Evidence::Editor => said("evidence-editor", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_names_all_or_the_ends_and_those_near() {
        assert_eq!(shown(3, 1), [0, 1, 2]);
        assert_eq!(shown(60, 30), (0..60).collect::<Vec<_>>());
        assert_eq!(shown(61, 0), [(0..6).collect(), vec![60]].concat());
        assert_eq!(shown(100, 50), [vec![0], (45..56).collect(), vec![99]].concat());
        assert_eq!(shown(100, 98), [vec![0], (93..100).collect()].concat());
        assert_eq!(shown(1_000, 999), (0..1_000).collect::<Vec<_>>());
        assert_eq!(shown(1_500, 1_499), [vec![0], (500..1_500).collect()].concat());
    }

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
