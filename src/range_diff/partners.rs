//! The pairs: exact matches, then the cheapest assignment, then titles.
//!
//! In: the normal forms of two revisions. Out: the old patch of each new one. An unpaired patch costs something; a
//! pair saves part of that. The result is the set of pairs that saves most.
//!
//! git stops there, but readers do not: of 277 patches of linux-mtd that were dropped from a revision, 68 returned
//! in the next under the same title, rewritten or so short that any change is most of them. Never here: the
//! assignment algorithm.

use std::collections::HashMap;

use super::{
    Care, assignment,
    cost::{Weigher, Weight},
    text::PatchText,
};

/// The most patches on a side, without exact matches, that are weighed: the work grows with the cube. The longest
/// series that people post (stable review) have some 500 patches.
const MAX_PATCHES: usize = 500;

/// The most lines on a side that are weighed: they are counted once for each patch of the other side.
const MAX_LINES: usize = 200_000;

/// The most possible pairs that are searched for similar titles.
const MAX_TITLES: usize = 10_000;

/// The least similarity of such titles, by pairs of letters, from 0 to 1. The 20 or so pairs that this finds on
/// linux-mtd are right: `Rework the disabling of write protection at init` became `Rework the disabling of block
/// write protection`.
const NEAR: f64 = 0.8;

/// The partners of two revisions' patches.
pub(super) struct Partners {
    /// For each new patch, the index of its old one.
    pub(super) of_new: Vec<Option<usize>>,
    /// For each new patch, whether git would not have found it.
    pub(super) by_title: Vec<bool>,
    /// How carefully they were compared.
    pub(super) care: Care,
}

/// Finds the partners.
pub(super) fn partners(old: &[PatchText], new: &[PatchText]) -> Partners {
    let mut of_new = vec![None; new.len()];
    pair_by(&mut of_new, old, new, PatchText::diff);
    let care = weigh(&mut of_new, old, new);
    let was_open: Vec<bool> = of_new.iter().map(Option::is_none).collect();
    pair_by(&mut of_new, old, new, |text| &text.title);
    pair_by(&mut of_new, old, new, |text| &text.normal_title);
    pair_near(&mut of_new, old, new);
    if let ([_], [_], [partner]) = (old, new, &mut *of_new) {
        // With one patch each, readers take them for a pair.
        *partner = Some(0);
    }
    // If nothing was weighed, we do not know whether git would have paired them.
    let is_sure =
        |(was_open, at): (bool, &Option<usize>)| was_open && at.is_some() && care != Care::Titles;
    let by_title = was_open.into_iter().zip(&of_new).map(is_sure).collect();
    Partners { by_title, of_new, care }
}

/// The old and the new patches without a partner.
fn open(of_new: &[Option<usize>], old_len: usize) -> (Vec<usize>, Vec<usize>) {
    let mut is_open = vec![true; old_len];
    of_new.iter().flatten().for_each(|old| is_open[*old] = false);
    let new = of_new.iter().enumerate().filter(|(_, old)| old.is_none()).map(|(new, _)| new);
    ((0..old_len).filter(|old| is_open[*old]).collect(), new.collect())
}

/// Pairs patches with equal keys; of several, the first with the first.
fn pair_by<'a>(
    of_new: &mut [Option<usize>],
    old: &'a [PatchText],
    new: &'a [PatchText],
    key: impl Fn(&'a PatchText) -> &'a str,
) {
    let (open_old, open_new) = open(of_new, old.len());
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in open_old.into_iter().rev() {
        by_key.entry(key(&old[at])).or_default().push(at);
    }
    // An empty title matches nothing.
    for at in open_new.into_iter().filter(|at| !key(&new[*at]).is_empty()) {
        of_new[at] = by_key.get_mut(key(&new[at])).and_then(Vec::pop);
    }
}

/// Pairs patches with a common file and similar titles, the most similar first.
fn pair_near(of_new: &mut [Option<usize>], old: &[PatchText], new: &[PatchText]) {
    let (open_old, open_new) = open(of_new, old.len());
    if open_old.len() * open_new.len() > MAX_TITLES {
        return;
    }
    let likeness = |a: usize, b: usize| {
        let may_be = old[a].shares_file(&new[b]);
        let likeness =
            may_be.then(|| strsim::sorensen_dice(&old[a].normal_title, &new[b].normal_title));
        likeness.filter(|likeness| *likeness >= NEAR)
    };
    let pairs = open_old.iter().flat_map(|a| open_new.iter().map(move |b| (*a, *b)));
    let mut pairs: Vec<(f64, usize, usize)> =
        pairs.filter_map(|(a, b)| likeness(a, b).map(|likeness| (likeness, a, b))).collect();
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut is_taken = vec![false; old.len()];
    for (_, a, b) in pairs {
        if !is_taken[a] && of_new[b].is_none() {
            (is_taken[a], of_new[b]) = (true, Some(a));
        }
    }
}

/// Pairs the remaining patches by cost.
fn weigh(of_new: &mut [Option<usize>], old: &[PatchText], new: &[PatchText]) -> Care {
    let (open_old, open_new) = open(of_new, old.len());
    let is_much = |texts: &[PatchText], at: &[usize]| {
        at.len() > MAX_PATCHES || at.iter().map(|at| texts[*at].size).sum::<usize>() > MAX_LINES
    };
    if is_much(old, &open_old) || is_much(new, &open_new) {
        return Care::Titles;
    }
    let mut weigher = Weigher::new();
    let old_weights: Vec<Weight> = open_old.iter().map(|at| weigher.weight(&old[*at])).collect();
    let new_weights: Vec<Weight> = open_new.iter().map(|at| weigher.weight(&new[*at])).collect();
    let rows: Vec<Vec<i64>> = new_weights
        .iter()
        .map(|new| old_weights.iter().map(|old| worth(weigher.saving(old, new))).collect())
        .collect();
    for (row, column) in assignment::best(&rows, open_old.len()) {
        of_new[open_new[row]] = Some(open_old[column]);
    }
    if weigher.is_estimated { Care::Estimated } else { Care::Full }
}

/// The value of a pair. A pair that saves nothing has none: git also leaves both patches unpaired.
fn worth(saving: Option<usize>) -> i64 {
    saving.map_or(0, |saving| i64::try_from(saving).unwrap_or(i64::MAX / 4))
}
