//! The reviews of a series by patch, revision and reviewer: which tags the newest revision kept.
//!
//! In: a series. Out: a [`MatrixView`] for its newest revision, if it has several patches, revisions and a review. Patches of
//! different revisions are the same if their titles are, reviewers if their addresses (by `.mailmap`) or names are.
//! Never here: which review counts; how a patch changed.

pub(crate) mod view;

use std::collections::HashMap;

use crate::{
    markup::excerpt,
    message::Mailbox,
    page::{
        part::{links::Links, view::Link},
        people,
        series::matrix::view::{MatrixCell, MatrixRow, MatrixView},
    },
    patch::title::normal,
    plan::{Reader, names},
    series::{Faces, MailIx, SeriesIx, Slot},
};

/// The most patches and reviewers of a matrix.
const MOST: (usize, usize) = (120, 10);
/// The most bytes of a title.
const TITLE: usize = 90;

/// The first tag of a reviewer for a patch: the revision and the message, and whether the newest revision has it.
type Tag = (usize, MailIx, bool);

/// The matrix of a series.
pub(crate) fn matrix<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: SeriesIx,
) -> Option<MatrixView<'a>> {
    let series = plan.corpus.series(ix);
    let newest = series.newest();
    let last = series.revisions.len() - 1;
    if last == 0 || newest.slots.len() < 2 {
        return None;
    }
    let title = |slot: &Slot| slot.mail.map(|mail| normal(&plan.corpus.mail(mail).title));
    let mut of_title: HashMap<String, Vec<(usize, &'a Slot)>> = HashMap::new();
    for (number, revision) in series.revisions.iter().enumerate() {
        for slot in &revision.slots {
            if let Some(title) = title(slot) {
                of_title.entry(title).or_default().push((number, slot));
            }
        }
    }
    let mut people: Vec<(&'a Mailbox, usize)> = Vec::new();
    let mut places = Faces::default();
    let mut rows: Vec<(&'a Slot, HashMap<usize, Tag>)> = Vec::new();
    for slot in newest.slots.iter().take(MOST.0) {
        let mut tags: HashMap<usize, Tag> = HashMap::new();
        let same = title(slot).and_then(|title| of_title.get(&title));
        for (number, slot) in same.into_iter().flatten() {
            for review in slot.verdicts() {
                let place = places.of(&plan.corpus.fold(&review.person));
                if place == people.len() {
                    people.push((&review.person, 0));
                }
                let tag = tags.entry(place).or_insert((*number, review.mail, false));
                tag.2 |= *number == last;
            }
        }
        tags.keys().for_each(|place| people[*place].1 += 1);
        rows.push((slot, tags));
    }
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(people[*place].1), *place));
    let more = order.len().saturating_sub(MOST.1);
    order.truncate(MOST.1);
    let cell = |(number, mail, stands): &Tag| MatrixCell {
        link: Link {
            label: names::label(&plan.settings.words, series, *number),
            url: links.mail(*mail),
        },
        stands: *stands,
    };
    let row = |(slot, tags): &(&'a Slot, HashMap<usize, Tag>)| MatrixRow {
        number: names::number(newest, slot),
        title: slot
            .mail
            .map_or("".into(), |mail| excerpt::shortened(&plan.corpus.mail(mail).title, TITLE)),
        cells: order.iter().map(|place| tags.get(place).map(cell)).collect(),
    };
    (!order.is_empty()).then(|| MatrixView {
        rows: rows.iter().map(row).collect(),
        people: order
            .iter()
            .map(|place| people::person(plan.people, links, people[*place].0))
            .collect(),
        more,
    })
}
