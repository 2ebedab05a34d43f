//! The neighbours of a mail in its archive.
//!
//! In: the dates of an archive's mails, in its order. Out: which dates their neighbours refute, and better ones from
//! the neighbours. Never here: an archive that is not in order of dates; dates with other evidence.

use super::Claim;
use crate::date::Timestamp;

/// The number of mails before and after one that are compared with it.
const REACH: usize = 3;

/// How many of them must agree: two wrong ones in a row decide nothing.
const AGREEING: usize = 4;

/// How close they must be, in seconds: a week.
const WEEK: i64 = 7 * 86_400;

/// How far off a date must be to be refuted.
const OFF: i64 = 2 * WEEK;

/// The fewest mails: with fewer, an archive's order is chance.
const FEWEST: usize = 8;

/// Refutes the dates that all neighbours contradict, and gives each mail with a wrong date that of a neighbour. In
/// an unordered archive, both would be chance.
pub(super) fn settle(claims: &mut [Claim]) {
    let dated: Vec<(usize, Timestamp)> =
        claims.iter().enumerate().filter_map(|(at, claim)| Some((at, claim.date()?))).collect();
    if !is_in_order(&dated) {
        return;
    }
    for (number, &(at, date)) in dated.iter().enumerate() {
        let is_wrong = dated.len() >= FEWEST && is_contradicted(&dated, number);
        if is_wrong && matches!(claims[at], Claim::Loose(_)) {
            claims[at] = Claim::Wrong(date);
        }
    }
    place(claims);
}

/// Whether the archive is in order: nine of ten mails are not older than the one before, give or take a day. In a
/// shuffled archive it is half of them; in one with a shuffled copy appended, three of four.
fn is_in_order(dated: &[(usize, Timestamp)]) -> bool {
    let pairs = dated.windows(2);
    let (all, fit) = (pairs.len(), pairs.filter(|pair| pair[1].1.0 >= pair[0].1.0 - 86_400));
    fit.count() * 10 >= all * 9
}

fn is_contradicted(dated: &[(usize, Timestamp)], number: usize) -> bool {
    let around = number.saturating_sub(REACH)..(number + REACH + 1).min(dated.len());
    let mut others: Vec<i64> = around.filter(|at| *at != number).map(|at| dated[at].1.0).collect();
    others.sort_unstable();
    let middle = others[others.len() / 2];
    let agreeing = others.iter().filter(|other| (*other - middle).abs() <= WEEK).count();
    agreeing >= AGREEING && (dated[number].1.0 - middle).abs() > OFF
}

/// Gives each mail with a wrong date that of the nearest mail before it, otherwise after it.
fn place(claims: &mut [Claim]) {
    let first = claims.iter().find_map(|claim| claim.date());
    let mut last = first;
    for claim in claims {
        last = claim.date().or(last);
        if let (Claim::Wrong(date), Some(near)) = (claim, last) {
            *date = near;
        }
    }
}
