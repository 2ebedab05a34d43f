//! The switch between the revisions of a series, and why they are one series.
//!
//! In: a series. Out: a link for each posting, what the archive does not have between them, and the
//! evidence of the lineage in words. Never here: which postings belong together.

use super::{
    Plan,
    frame::Links,
    view::{EvidenceView, RevisionLink},
    words,
};
use crate::{
    message::MessageId,
    series::{Confidence, Evidence, Revision, Series, SeriesIx},
};

impl<'a> Plan<'a> {
    /// A link for each revision; `current` is the page's own.
    pub(super) fn switch(
        &self,
        links: &Links<'_>,
        ix: SeriesIx,
        current: usize,
    ) -> Vec<RevisionLink> {
        let series = &self.corpus.series[ix.at()];
        let major = |at: Option<usize>| at.map_or(0, |at| series.revisions[at].version.major);
        let link = |(number, revision): (usize, &Revision)| RevisionLink {
            label: label(series, number),
            url: links.to(&self.revision_route(ix, number)),
            posted: revision.posted.map(|date| words::moment(date, &self.settings.zone)),
            current: number == current,
            again: again(series, number) > 0,
            gap: gap(major(number.checked_sub(1)), major(Some(number))),
            compare: self.compare_link(links, ix, number),
        };
        series.revisions.iter().enumerate().map(link).collect()
    }

    /// Why a revision follows an earlier one; nothing for the first.
    pub(super) fn evidence(
        &self,
        links: &Links<'_>,
        ix: SeriesIx,
        number: usize,
    ) -> Option<EvidenceView> {
        let series = &self.corpus.series[ix.at()];
        let link = series.revisions[number].link.as_ref()?;
        let (words, named) = reason(&link.evidence);
        let mail = named.and_then(|id| self.places.by_id(self.corpus, id));
        // The evidence may name a mail of any earlier revision.
        let home = mail.and_then(|mail| self.corpus.letter(mail).home);
        let before = match home {
            Some((home, revision)) if home == ix && (revision as usize) < number => {
                revision as usize
            }
            _ => number.checked_sub(1)?,
        };
        Some(EvidenceView {
            before: label(series, before),
            words,
            url: mail.map_or(String::new(), |mail| self.link_to(links, mail)),
            certainty: match link.confidence {
                Confidence::Low => "probably",
                Confidence::Medium => "likely",
                Confidence::High | Confidence::Certain => "",
            },
        })
    }
}

/// `v3`; `RFC v1` where only some of the revisions were sent for comments. A further posting of v3 is
/// `v3 resent` where the author calls it that, `v3 in part` where it has some of the patches only, else
/// `v3 again`.
pub(super) fn label(series: &Series, number: usize) -> String {
    let revision = &series.revisions[number];
    let mixed = series.revisions.iter().any(|other| other.rfc != revision.rfc);
    let rfc = if mixed && revision.rfc { "RFC " } else { "" };
    let word = match (revision.resend, revision.is_partial()) {
        (true, _) => "resent",
        (false, true) => "in part",
        (false, false) => "again",
    };
    match again(series, number) {
        0 => format!("{rfc}{}", revision.version),
        1 => format!("{rfc}{} {word}", revision.version),
        times => format!("{rfc}{} {word} ({times})", revision.version),
    }
}

/// How many postings before it have its version.
fn again(series: &Series, number: usize) -> usize {
    let revision = &series.revisions[number];
    let same = |other: &&Revision| other.version == revision.version && other.rfc == revision.rfc;
    series.revisions[..number].iter().filter(same).count()
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
            let patches = words::plural(*count as usize, "patch", "patches");
            (format!("they have {patches} in common"), None)
        }
        Evidence::SimilarTitle => {
            said("the author is the same, the title nearly, and both change the same file", None)
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
