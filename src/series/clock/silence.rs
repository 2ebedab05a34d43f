//! Mails that are isolated in time.
//!
//! In: all mails with their dates. Out: which dates are wrong because nobody else writes near them: the newest ones
//! after a silence, which would mark the end of the list, and the oldest ones before a long one. Never here: the
//! order of an archive; dates with other evidence.

use super::{Arrival, Claim};
use crate::date::Timestamp;

/// A silence longer than this separates groups of mails, in seconds. Seven lists had three longer ones in 41 years.
const LEAP: i64 = 14 * 86_400;

/// A longer silence is always unusual.
const YEAR: i64 = 366 * 86_400;

/// A silence is unusual if it is this many times the longest of the silences before it …
const UNUSUAL: i64 = 4;

/// … of which this many count. A mail that is years off must not make all later silences usual.
const BEFORE: usize = 8;

/// A mail's date and number.
type Dated = (Timestamp, usize);

/// Refutes the dates of isolated mails.
pub(super) fn convict(mails: &[Arrival], claims: &mut [Claim]) {
    let mut order: Vec<Dated> =
        claims.iter().enumerate().filter_map(|(at, claim)| Some((claim.date()?, at))).collect();
    order.sort_unstable();
    let groups: Vec<&[Dated]> = order.chunk_by(|one, next| next.0.0 - one.0.0 <= LEAP).collect();
    if groups.len() < 2 {
        return;
    }
    let is_one_s = is_from_one(&order, mails);
    let (first, last) = life(&groups, mails, claims, is_one_s);
    // On a list with one sender, nobody else can confirm anything, so only a year is too long.
    let shortest = if is_one_s { YEAR } else { LEAP };
    let (young, old) = (too_young(&groups, last, shortest), too_old(&groups, first));
    for (date, at) in young.into_iter().chain(old).flatten() {
        claims[*at] = Claim::Wrong(*date);
    }
}

/// The first and the last confirmed group: by evidence that agrees with a Date field, by a second sender, or by a
/// second mail if all are from one sender. If no group is confirmed, the largest one counts; of several, the oldest.
fn life(
    groups: &[&[Dated]],
    mails: &[Arrival],
    claims: &[Claim],
    is_one_s: bool,
) -> (usize, usize) {
    let agrees = |(date, at): &Dated| {
        claims[*at] == Claim::Sure(*date) && mails[*at].mail.message.dates.agree_on(Some(*date))
    };
    let is_borne_out = |group: &&[Dated]| {
        group.iter().any(agrees)
            || if is_one_s { group.len() > 1 } else { !is_from_one(group, mails) }
    };
    let first = groups.iter().position(&is_borne_out);
    let last = groups.iter().rposition(is_borne_out);
    let largest = || (0..groups.len()).rev().max_by_key(|at| groups[*at].len()).unwrap_or_default();
    first.zip(last).unwrap_or_else(|| (largest(), largest()))
}

/// Whether one sender wrote all of them.
fn is_from_one(group: &[Dated], mails: &[Arrival]) -> bool {
    let sender = |at: usize| &*mails[at].mail.message.from.address;
    group.iter().all(|(_, at)| sender(*at).eq_ignore_ascii_case(sender(group[0].1)))
}

/// The groups after `last` that follow an unusual silence; up to `shortest` seconds are usual.
fn too_young<'a>(groups: &[&'a [Dated]], last: usize, shortest: i64) -> Vec<&'a [Dated]> {
    let mut dates: Vec<i64> = groups[..=last].concat().iter().map(|(date, _)| date.0).collect();
    let mut wrong = Vec::new();
    for group in &groups[last + 1..] {
        let recent = &dates[dates.len().saturating_sub(BEFORE + 1)..];
        let longest = recent.windows(2).map(|pair| pair[1] - pair[0]).max();
        let usual = longest.map_or(YEAR, |longest| (UNUSUAL * longest).clamp(shortest, YEAR));
        if group[0].0.0 - recent[recent.len() - 1] > usual {
            wrong.push(*group);
        } else {
            dates.extend(group.iter().map(|(date, _)| date.0));
        }
    }
    wrong
}

/// The groups before `first` that a year or more separates from the next: the first mails of a list are often
/// isolated, which does no harm.
fn too_old<'a>(groups: &[&'a [Dated]], first: usize) -> Vec<&'a [Dated]> {
    let mut next = groups[first][0].0.0;
    let mut wrong = Vec::new();
    for group in groups[..first].iter().rev() {
        if next - group[group.len() - 1].0.0 > YEAR {
            wrong.push(*group);
        } else {
            next = group[0].0.0;
        }
    }
    wrong
}
