//! Claims and splits: series that refer to a revision of another one but do not belong to its series.
//!
//! In: the claims and splits that lineage found. Out: each of the two series knows the other. A claim is a posting
//! in the name of somebody with other known addresses that says it continues their work: it may come from the same
//! person at a new address, or not. A split is a posting with a part of a revision's patches, while other postings
//! continue that revision. Never here: what makes a claim ([`known`](super::known)) or a split (`lineage::split`).

use super::{Corpus, Link, MailIx, SeriesIx, assemble::Posting, lineage::Lineage};

/// A revision of another series, which this series may follow, or of whose patches it has a part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The other series.
    pub series: SeriesIx,
    /// The index of that revision.
    pub revision: u32,
    /// The evidence for it.
    pub link: Link,
}

/// Records each claim and each split on both series.
pub(super) fn tell(corpus: &mut Corpus, postings: &[Posting], lineage: &Lineage) {
    for (own, claim) in known(corpus, postings, &lineage.claims) {
        corpus.series[claim.series.at()].claimed_by.push(own);
        corpus.series[own.at()].claim = Some(claim);
    }
    for (own, split) in known(corpus, postings, &lineage.splits) {
        corpus.series[split.series.at()].parts.push(own);
        corpus.series[own.at()].part_of = Some(split);
    }
}

/// The pairs of series, each with the series on which they were found.
fn known(
    corpus: &Corpus,
    postings: &[Posting],
    found: &[Option<(usize, Link)>],
) -> Vec<(SeriesIx, Claim)> {
    let home = |at: usize| {
        let first: MailIx = postings[at].first();
        corpus.stored(first).home
    };
    let known = found.iter().enumerate().filter_map(|(at, found)| {
        let (older, link) = found.as_ref()?;
        let ((own, number), (series, revision)) = (home(at)?, home(*older)?);
        // Series that an editor joined are one series.
        let is_apart = number == 0 && own != series;
        is_apart.then(|| (own, Claim { series, revision, link: link.clone() }))
    });
    known.collect()
}
