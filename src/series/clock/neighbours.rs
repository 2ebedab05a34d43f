//! The neighbours of a mail in its archive.
//!
//! In: the claims of an archive's mails, in its order. Out: those that their neighbours contradict are wrong; and
//! where a mail stands whose own date is. Never here: an archive that is in another order than that of its dates;
//! what has a witness.

use super::Claim;
use crate::date::Timestamp;

/// How many mails before one, and after it, are asked.
const REACH: usize = 3;

/// How many of them must agree: two wrong ones in a row decide nothing.
const AGREEING: usize = 4;

/// Within how many seconds they agree: a week.
const WEEK: i64 = 7 * 86_400;

/// How far off a date is that they contradict.
const OFF: i64 = 2 * WEEK;

/// With fewer mails an archive's order is chance.
const FEWEST: usize = 8;

/// Convicts the mails whose neighbours all say another date, and gives each mail whose own date is wrong that of its
/// neighbour. In an archive of another order both would be chance.
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

/// Nine of ten mails are no older than the one before; in a shuffled archive it is half of them, and in an archive
/// to which a shuffled copy was appended three of four. A day is forgiven.
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

/// Gives each mail whose own date is wrong the date of the nearest before it, else after it.
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
