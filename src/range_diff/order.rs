//! The order of pairs, and the patches that moved.
//!
//! In: the old patch of each new one. Out: the rows in git's order, and which patches moved. Never here: the content
//! of a patch.

/// A patch's index in the old and in the new revision.
pub(super) type Row = (Option<usize>, Option<usize>);

/// The rows that `git range-diff` prints (`output` in `range-diff.c`): in the order of the new revision, with a
/// dropped patch as soon as all old patches before it have been printed.
pub(super) fn rows(old_len: usize, partners: &[Option<usize>]) -> Vec<Row> {
    let mut is_kept = vec![false; old_len];
    partners.iter().flatten().for_each(|old| is_kept[*old] = true);
    let mut is_told = vec![false; old_len];
    let mut rows = Vec::with_capacity(old_len + partners.len());
    let mut at = 0;
    let mut tell_dropped = |rows: &mut Vec<Row>, is_told: &[bool]| {
        while at < old_len && (!is_kept[at] || is_told[at]) {
            if !is_kept[at] {
                rows.push((Some(at), None));
            }
            at += 1;
        }
    };
    for (new, partner) in partners.iter().enumerate() {
        tell_dropped(&mut rows, &is_told);
        rows.push((*partner, Some(new)));
        partner.iter().for_each(|old| is_told[*old] = true);
    }
    tell_dropped(&mut rows, &is_told);
    rows
}

/// For each new patch, whether it moved: it is outside a longest run of patches in their old order.
pub(super) fn moved(partners: &[Option<usize>]) -> Vec<bool> {
    // `ends[n]` is the new patch with the lowest old index that ends a run of n + 1.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; partners.len()];
    for (new, old) in partners.iter().enumerate().filter(|(_, old)| old.is_some()) {
        let at = ends.partition_point(|end| partners[*end] < *old);
        before[new] = at.checked_sub(1).map(|at| ends[at]);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropped_patches_stand_behind_those_they_followed() {
        let rows = |old_len, partners: &[Option<usize>]| -> String {
            let side = |at: Option<usize>| at.map_or("-".to_owned(), |at| at.to_string());
            let rows = rows(old_len, partners).into_iter();
            rows.map(|(old, new)| side(old) + &side(new)).collect::<Vec<_>>().join(" ")
        };
        for (old_len, partners, expected) in [
            (0, &[][..], ""),
            (2, &[], "0- 1-"),
            (0, &[None, None], "-0 -1"),
            (2, &[None, Some(1)], "0- -0 11"),
            (3, &[Some(2), Some(0)], "20 01 1-"),
            (3, &[Some(0), None, Some(2)], "00 1- -1 22"),
        ] {
            assert_eq!(rows(old_len, partners), expected);
        }
    }

    #[test]
    fn as_few_as_possible_moved() {
        for (partners, expected) in [
            (&[][..], &[][..]),
            (&[Some(0), None, Some(1)], &[]),
            (&[Some(1), Some(0)], &[0]),
            (&[Some(3), Some(0), Some(1), None, Some(2)], &[0]),
            (&[Some(1), Some(2), Some(3), Some(0)], &[3]),
            (&[Some(2), Some(3), Some(0), Some(1)], &[0, 1]),
        ] {
            let moved = moved(partners);
            let found: Vec<usize> = (0..moved.len()).filter(|at| moved[*at]).collect();
            assert_eq!(found, expected, "{partners:?}");
        }
    }
}
