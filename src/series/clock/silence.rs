//! Mails that stand alone in time.
//!
//! In: all mails with their claims. Out: those that are wrong because nobody else writes near them: the newest ones
//! after a silence, who would be the end of the list, and the oldest ones before a long silence.
//! Never here: the order of an archive; what has a witness.

use super::{Arrival, Claim};
use crate::date::Timestamp;

/// The end of a list does not leap further than this on one sender's word. Of ten lists' 63 years three silences were
/// longer; then a witness or an answer bears out who breaks it.
const LEAP: i64 = 14 * 86_400;

/// Nor does its beginning, where nobody is hurt and first mails often stay alone for a while.
const YEAR: i64 = 366 * 86_400;

/// Convicts the mails that stand alone.
pub(super) fn convict(mails: &[Arrival], claims: &mut [Claim]) {
    let mut order: Vec<(Timestamp, usize)> =
        claims.iter().enumerate().filter_map(|(at, claim)| Some((claim.date()?, at))).collect();
    order.sort_unstable();
    let is_alone = |group: &[(Timestamp, usize)], claims: &[Claim]| {
        let mut senders = group.iter().map(|(_, at)| &*mails[*at].mail.message.from.address);
        let first = senders.next().unwrap_or_default();
        group.iter().all(|(_, at)| matches!(claims[*at], Claim::Loose(_)))
            && senders.all(|other| other.eq_ignore_ascii_case(first))
    };
    let mut rest = &order[..];
    while let Some(at) = rest.windows(2).rposition(|pair| pair[1].0.0 - pair[0].0.0 > LEAP) {
        let (before, group) = rest.split_at(at + 1);
        if !is_alone(group, claims) {
            break;
        }
        group.iter().for_each(|&(date, at)| claims[at] = Claim::Wrong(date));
        rest = before;
    }
    while let Some(at) = rest.windows(2).position(|pair| pair[1].0.0 - pair[0].0.0 > YEAR) {
        let (group, after) = rest.split_at(at + 1);
        if !is_alone(group, claims) {
            break;
        }
        group.iter().for_each(|&(date, at)| claims[at] = Claim::Wrong(date));
        rest = after;
    }
}
