//! The reliability of a kind of evidence in an archive.
//!
//! In: the date that the evidence gives for each mail of an archive, and the Date fields. Out: what it proves for
//! one of them. A mirror's commits are live while it follows its list, and bulk on the day on which it was made:
//! then few of the mails that arrived together are on time, and the commits prove nothing about a Date field. Never
//! here: the archive's order.

use std::ops::RangeInclusive;

use super::Claim;
use crate::{
    date::Timestamp,
    message::{AHEAD, BEHIND},
};

/// Mails within a day of another arrived together with it: a day's mails on a busy list …
const WITH: i64 = 86_400;

/// … and on a quiet list at least this many before and after.
const AT_LEAST: usize = 4;

/// A Date field, compared with the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// Much earlier.
    Early,
    /// The same.
    OnTime,
    /// Later, which is impossible.
    Late,
}

impl Says {
    fn of(witness: Timestamp, written: Timestamp) -> Self {
        match written.0 - witness.0 {
            late if late > AHEAD => Self::Late,
            early if early < -BEHIND => Self::Early,
            _ => Self::OnTime,
        }
    }
}

/// Counts of mails: how many arrived live, on time, late, and in total.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    live: usize,
    on_time: usize,
    late: usize,
    all: usize,
}

/// The dates that the evidence gives for the mails of an archive, in its order, with the counts before each mail.
pub(super) struct Votes {
    near: RangeInclusive<i64>,
    seen: Vec<Timestamp>,
    before: Vec<Count>,
}

impl Votes {
    /// The votes of mails with this evidence and a Date field. A Date field this `near` to the evidence agrees with
    /// it; for `live` evidence most mails are within that range.
    pub(super) fn of(
        near: RangeInclusive<i64>,
        live: &RangeInclusive<i64>,
        mails: impl Iterator<Item = (Option<Timestamp>, Option<Timestamp>)>,
    ) -> Self {
        let vote = |(witness, written): (Option<Timestamp>, Option<Timestamp>)| {
            let (witness, written) = (witness?, written?);
            let is_live = live.contains(&(written.0 - witness.0));
            Some((witness, Says::of(witness, written), is_live))
        };
        let mut votes: Vec<(Timestamp, Says, bool)> = mails.filter_map(vote).collect();
        votes.sort_unstable();
        let mut count = Count::default();
        let mut before = vec![count];
        for (_, says, is_live) in &votes {
            count.live += usize::from(*is_live);
            count.on_time += usize::from(*says == Says::OnTime);
            count.late += usize::from(*says == Says::Late);
            count.all += 1;
            before.push(count);
        }
        Self { seen: votes.into_iter().map(|(seen, ..)| seen).collect(), near, before }
    }

    /// The verdict on a mail with the date `written`, which the evidence saw at `seen` and which arrived at
    /// `witness`.
    pub(super) fn judge(
        &self,
        seen: Timestamp,
        witness: Timestamp,
        written: Option<Timestamp>,
    ) -> Claim {
        let around = self.around(seen);
        let came = |others: usize| match around.on_time * 2 >= others {
            true => Claim::Sure(witness),
            false => Claim::Wrong(witness),
        };
        let Some(written) = written else { return came(around.all) };
        if self.near.contains(&(written.0 - witness.0)) {
            return Claim::Sure(written);
        }
        // The mail itself has no vote.
        let others = around.all.saturating_sub(1);
        match Says::of(witness, written) {
            Says::OnTime if around.live * 2 >= others => Claim::Sure(witness),
            Says::OnTime => Claim::Sure(written),
            Says::Late if around.late.saturating_sub(1) * 2 <= others => came(others),
            Says::Early if around.on_time * 2 > others => Claim::Sure(witness),
            Says::Late | Says::Early => Claim::Loose(written),
        }
    }

    /// The mails that arrived together with one seen at this moment.
    fn around(&self, seen: Timestamp) -> Count {
        let mut start = self.seen.partition_point(|other| other.0 < seen.0 - WITH);
        let mut end = self.seen.partition_point(|other| other.0 <= seen.0 + WITH);
        if end - start <= 2 * AT_LEAST {
            start = start.saturating_sub(AT_LEAST);
            end = (end + AT_LEAST).min(self.seen.len());
        }
        let (first, last) = (self.before[start], self.before[end]);
        Count {
            live: last.live - first.live,
            on_time: last.on_time - first.on_time,
            late: last.late - first.late,
            all: last.all - first.all,
        }
    }
}
