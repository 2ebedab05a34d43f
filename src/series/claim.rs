//! Claims and splits: series that have to do with a revision of another one, and take the place of nothing in it.
//!
//! In: what lineage found of them. Out: on both series where the other is. A claim is a posting in the name of somebody who is
//! known by other addresses, which says that it goes on their work: it may be by the same person from a new address, and
//! it may not. A split is a posting with a part of the patches of a revision that other postings go on.
//! Never here: why a posting is taken for a claim ([`known`](super::known)), or for a part (`lineage::split`).

use super::{Corpus, Link, MailIx, SeriesIx, assemble::Posting, lineage::Lineage};

/// A revision of another series: this series may follow it, or has a part of its patches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The other one.
    pub series: SeriesIx,
    /// The index of the revision in it that it would follow.
    pub revision: u32,
    /// The evidence for it.
    pub link: Link,
}

/// Tells of each claim and each split on both series.
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

/// Those between two series, each with the series that it is found on.
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
