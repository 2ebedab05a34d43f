//! In which order pairs are told, and which patches changed places.
//!
//! In: for each new patch the old one that it was. Never here: what is in a patch.

/// The rows that `git range-diff` prints (`output` in `range-diff.c`): the new revision's order, and a
/// dropped patch as soon as all old patches before it were told.
pub(super) fn rows(
    old_len: usize,
    partners: &[Option<usize>],
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut is_kept = vec![false; old_len];
    partners.iter().flatten().for_each(|old| is_kept[*old] = true);
    let mut is_told = vec![false; old_len];
    let mut rows = Vec::with_capacity(old_len + partners.len());
    let mut at = 0;
    for (new, partner) in partners.iter().enumerate() {
        if let Some(old) = *partner {
            tell_dropped(&mut at, &is_kept, &is_told, &mut rows);
            is_told[old] = true;
        } else if rows.last().is_none_or(|(_, new): &(_, Option<usize>)| new.is_some()) {
            tell_dropped(&mut at, &is_kept, &is_told, &mut rows);
        }
        rows.push((*partner, Some(new)));
    }
    is_told.fill(true);
    tell_dropped(&mut at, &is_kept, &is_told, &mut rows);
    rows
}

/// Tells the dropped patches up to the first one that is kept and was not told yet.
fn tell_dropped(
    at: &mut usize,
    is_kept: &[bool],
    is_told: &[bool],
    rows: &mut Vec<(Option<usize>, Option<usize>)>,
) {
    while *at < is_kept.len() && (!is_kept[*at] || is_told[*at]) {
        if !is_kept[*at] {
            rows.push((Some(*at), None));
        }
        *at += 1;
    }
}

/// For each new patch whether it moved: those outside a longest run of patches in their old order.
pub(super) fn moved(partners: &[Option<usize>]) -> Vec<bool> {
    // `ends[n]` is the new patch with the lowest old index that ends a run of n + 1.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; partners.len()];
    for (new, old) in partners.iter().enumerate().filter(|(_, old)| old.is_some()) {
        let at = ends.partition_point(|end| partners[*end] < *old);
        before[new] = at.checked_sub(1).map(|at| ends[at]);
        ends.truncate(at.max(ends.len().min(at + 1)));
        match ends.get_mut(at) {
            Some(end) => *end = new,
            None => ends.push(new),
        }
    }
    let mut moved: Vec<bool> = partners.iter().map(Option::is_some).collect();
    let mut at = ends.last().copied();
    while let Some(new) = at {
        moved[new] = false;
        at = before[new];
    }
    moved
}
