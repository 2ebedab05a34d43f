//! What a kind of witness is worth in an archive.
//!
//! In: when a witness saw each mail of an archive, and what the mails' Date fields say. Out: what it proves of one of
//! them. A mirror's commits are live as long as it follows its list, and bulk on the day on which it was made: then
//! few of the mails that came with a mail are on time, and the witness proves nothing of its Date field.
//! Never here: the archive's order.

use super::Claim;
use crate::{
    date::Timestamp,
    message::{AHEAD, BEHIND},
};

/// Mails that a witness saw within a day of another came with it: a day's mails on a busy list …
const WITH: i64 = 86_400;

/// … and on a quiet one at least so many before and after.
const AT_LEAST: usize = 4;

/// What a Date field says beside its witness.
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

/// How many of some mails are on time, late, and there at all.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    on_time: usize,
    late: usize,
    all: usize,
}

/// When a witness saw the mails of an archive, in its order, and the counts of the mails before each.
pub(super) struct Votes {
    seen: Vec<Timestamp>,
    before: Vec<Count>,
}

impl Votes {
    /// The votes of mails that a witness saw and that have a Date field.
    pub(super) fn of(mails: impl Iterator<Item = (Option<Timestamp>, Option<Timestamp>)>) -> Self {
        let vote = |(witness, written): (Option<Timestamp>, Option<Timestamp>)| {
            Some((witness?, Says::of(witness?, written?)))
        };
        let mut votes: Vec<(Timestamp, Says)> = mails.filter_map(vote).collect();
        votes.sort_unstable();
        let mut count = Count::default();
        let mut before = vec![count];
        for (_, says) in &votes {
            count.on_time += usize::from(*says == Says::OnTime);
            count.late += usize::from(*says == Says::Late);
            count.all += 1;
            before.push(count);
        }
        Self { seen: votes.into_iter().map(|(seen, _)| seen).collect(), before }
    }

    /// What `witness` proves of a mail that says that it was `written` then.
    pub(super) fn judge(&self, witness: Timestamp, written: Option<Timestamp>) -> Claim {
        let around = self.around(witness);
        let came = |others: usize| match around.on_time * 2 >= others {
            true => Claim::Sure(witness),
            false => Claim::Wrong(witness),
        };
        let Some(written) = written else { return came(around.all) };
        // The mail itself has no vote.
        let others = around.all.saturating_sub(1);
        match Says::of(witness, written) {
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
            on_time: last.on_time - first.on_time,
            late: last.late - first.late,
            all: last.all - first.all,
        }
    }
}
