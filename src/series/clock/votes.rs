//! The reliability of a kind of witness in an archive.
//!
//! In: when a witness saw each mail of an archive, and what the mails' Date fields say. Out: what it proves of one
//! of them. A mirror's commits are live as long as it follows its list, and bulk on the day on which it was made:
//! then few of the mails that came with a mail are on time, and the witness proves nothing of its Date field. Never
//! here: the archive's order.

use std::ops::RangeInclusive;

use super::Claim;
use crate::{
    date::Timestamp,
    message::{AHEAD, BEHIND},
};

/// Mails that a witness saw within a day of another came with it: a day's mails on a busy list …
const WITH: i64 = 86_400;

/// … and on a quiet one at least this many before and after.
const AT_LEAST: usize = 4;

/// The comparison of a Date field with its witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// Long before it.
    Early,
    /// The same.
    OnTime,
    /// Later, which cannot be.
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

/// How many of some mails came while the witness was live, on time, late, and there at all.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    live: usize,
    on_time: usize,
    late: usize,
    all: usize,
}

/// When a witness saw the mails of an archive, in its order, and the counts of the mails before each.
pub(super) struct Votes {
    near: RangeInclusive<i64>,
    seen: Vec<Timestamp>,
    before: Vec<Count>,
}

impl Votes {
    /// The votes of mails that a witness saw and that have a Date field. One that is so `near` when it saw the mail
    /// says the same; of a witness that is `live` most are so far off.
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

    /// The result of a witness that saw a mail at `seen`, for a mail that arrived at `witness` and has the date
    /// `written`.
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

    /// The mails that came with one that was seen then.
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
