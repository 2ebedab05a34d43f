//! Claims: a posting in the name of somebody who is known by other addresses, which says that it goes on their work.
//!
//! In: what lineage found of them. Out: on both series where the other is. The one takes the place of nothing in the
//! other: it may be by the same person from a new address, and it may not.
//! Never here: why a posting is taken for a claim ([`known`](super::known)).

use super::{Corpus, Link, MailIx, SeriesIx, assemble::Posting};

/// A claim: one series may be a revision of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The other one.
    pub series: SeriesIx,
    /// The index of the revision in it that it would follow.
    pub revision: u32,
    /// The evidence for it.
    pub link: Link,
}

/// Tells of each claim on both series.
pub(super) fn tell(corpus: &mut Corpus, postings: &[Posting], claims: &[Option<(usize, Link)>]) {
    let home = |at: usize| {
        let first: MailIx = postings[at].first();
        corpus.stored(first).home
    };
    let known = claims.iter().enumerate().filter_map(|(at, claim)| {
        let (older, link) = claim.as_ref()?;
        let ((own, number), (series, revision)) = (home(at)?, home(*older)?);
        // Series that an editor joined are one series.
        let is_apart = number == 0 && own != series;
        is_apart.then(|| (own, Claim { series, revision, link: link.clone() }))
    });
    let known: Vec<(SeriesIx, Claim)> = known.collect();
    for (own, claim) in known {
        corpus.series[claim.series.at()].claimed_by.push(own);
        corpus.series[own.at()].claim = Some(claim);
    }
}
