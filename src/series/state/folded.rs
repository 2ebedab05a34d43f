//! Patches that are to be folded into another: `fixup! lamp: dim it`, `squash! …`.
//!
//! In: all series with their states. Out: an open one is superseded where the patch that it names was posted again, or taken,
//! after it: it is no work by itself. Never here: revisions of one series.

use std::collections::HashMap;

use super::{State, StateKind};
use crate::{
    date::Timestamp,
    patch::title::normal,
    series::{
        Series, StoredMessage,
        fate::{WINDOW, Witness},
    },
};

/// What git puts before the title.
const MARKS: [&str; 3] = ["fixup! ", "squash! ", "amend! "];

/// Sets the states of patches that were folded into others.
pub(in crate::series) fn find_folded(all: &mut [Series], mails: &[StoredMessage]) {
    let open = |series: &Series| -> Option<(String, Timestamp)> {
        let newest = series.newest();
        let [slot] = &newest.slots[..] else { return None };
        let title = &mails[slot.sent()?.at()].mail.title;
        let named = MARKS.iter().find_map(|mark| title.strip_prefix(mark))?;
        let is_open = series.state.kind.is_open();
        is_open.then_some((normal(named), newest.posted?))
    };
    let folds: Vec<(usize, String, Timestamp)> = all
        .iter()
        .enumerate()
        .filter_map(|(at, series)| open(series).map(|(title, posted)| (at, title, posted)))
        .collect();
    if folds.is_empty() {
        return;
    }
    let mut ends: HashMap<&str, Vec<(Timestamp, Witness)>> =
        folds.iter().map(|(_, title, _)| (&**title, Vec::new())).collect();
    let revisions = all.iter().flat_map(|series| &series.revisions);
    for (revision, slot) in revisions.flat_map(|of| of.slots.iter().map(move |slot| (of, slot))) {
        let Some(ix) = slot.sent() else { continue };
        let Some(ends) = ends.get_mut(&*normal(&mails[ix.at()].mail.title)) else { continue };
        ends.extend(revision.posted.map(|posted| (posted, Witness::Mail(ix))));
        let first = slot.applied.as_deref().map(|applied| applied.first());
        ends.extend(first.and_then(|first| Some((first.date?, first.witness.clone()))));
    }
    let found: Vec<(usize, Witness)> = folds
        .iter()
        .filter_map(|(at, title, posted)| {
            let after = |date: Timestamp| date > *posted && date.0 - posted.0 <= WINDOW;
            let later = ends[&**title].iter().filter(|(date, _)| after(*date));
            let (_, witness) = later.min_by_key(|(date, witness)| (*date, witness.mail()))?;
            Some((*at, witness.clone()))
        })
        .collect();
    for (at, witness) in found {
        all[at].state = State::shown(StateKind::Superseded, witness);
        if let Some(newest) = all[at].revisions.last_mut() {
            newest.taker = None;
        }
    }
}
