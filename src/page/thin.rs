//! What the oldest pages leave out, so that the site fits its host (`[limits] size`).
//!
//! In: a plan without pages. Out: a [`Thinning`]: how much each revision and each thread shows. Found out before
//! anything is rendered, from the lengths of texts, so that it depends on the archives and the settings alone.
//! Never here: a title, a state, a link: those stay.
//!
//! What is left out is left out of whole periods, those of the digests, the oldest first: their diffs (with the
//! comparisons and mboxes made of them), and later their texts. The texts of a period go when the diffs of twice as
//! many are gone: diffs of what was posted lately are worth more than texts of long ago. A page is of the period
//! of its last message. A site that grows loses a period at a time, and what is gone does not come back with the next
//! mail.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Plan, words};
use crate::{
    date::Timestamp,
    digest::Period,
    error::{Note, NoteKind},
    series::{MailIx, SeriesIx},
    text::size,
};

/// How much of the limit is aimed at, in per cent: the estimate is off by less than the rest (README).
const AIM: u64 = 95;

// Bytes of HTML, as counted on linux-mtd (8,592 mails) and the demo (85).
/// A page without its messages.
const PAGE: u64 = 3_200;
/// A message without its text: who, when, links.
const MESSAGE: u64 = 850;
/// A hundred bytes of text: footers and signatures are not shown, nor what is quoted of a diff beside it.
const TEXT: u64 = 88;
/// A hundred bytes of a diff.
const DIFF: u64 = 187;
/// The comparison of a revision with the one before.
const COMPARISON: u64 = 14_000;
/// The headers of a mail in an mbox.
const HEADER: u64 = 350;
/// A file's lines are shown up to so many bytes.
const FILE: u64 = 256 << 10;

/// What a page lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Lack {
    /// Nothing.
    #[default]
    Nothing,
    /// Its diffs.
    Diffs,
    /// All that people wrote but titles, names and verdicts.
    Texts,
}

impl Lack {
    /// The word that templates know it by; empty where nothing is missing.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Diffs => "diffs",
            Self::Texts => "texts",
        }
    }
}

/// What each page of messages lacks.
#[derive(Debug, Default)]
pub(crate) struct Thinning {
    /// By series and revision; empty where no page lacks anything.
    revisions: Vec<Vec<Lack>>,
    threads: Vec<Lack>,
    notes: Vec<Note>,
}

/// The beginning of a period; [`Timestamp`]'s least for pages without a date, which are of the oldest.
type Start = Timestamp;

/// What pages weigh, in bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Their diffs, and what is made of them.
    diffs: u64,
    /// What people wrote.
    texts: u64,
    /// What stays.
    frame: u64,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.diffs += other.diffs;
        self.texts += other.texts;
        self.frame += other.frame;
    }
}

/// What of the diffs is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// Everything.
    Most,
    /// Not what a later revision sends again, as it is shown there.
    Shown,
}

/// The periods from which on pages have what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    diffs: Start,
    texts: Start,
}

impl Cut {
    fn lack(self, period: Start) -> Lack {
        match period {
            _ if period < self.texts => Lack::Texts,
            _ if period < self.diffs => Lack::Diffs,
            _ => Lack::Nothing,
        }
    }
}

impl Plan<'_> {
    /// What pages have to lack. Nothing is weighed where the site is small beside its limit.
    pub(super) fn thinning(&self) -> Thinning {
        let Some(limit) = self.settings.size_limit else { return Thinning::default() };
        let texts: u64 = self.corpus.mails.iter().map(|l| l.mail.message.text_len() as u64).sum();
        if texts * 5 + self.corpus.mails.len() as u64 * 12_000 + 1_000_000 < limit {
            return Thinning::default();
        }
        let (threads, rest, aim) = (self.weigh_threads(), self.weigh_rest(), limit / 100 * AIM);
        // What is sent again is found in the texts, and all of them to be read: a second at 86,000 mails.
        let most = self.weigh_revisions(Scale::Most);
        if cut(&by_period(&most, &threads), rest, aim).is_none() {
            return Thinning::default();
        }
        let revisions = self.weigh_revisions(Scale::Shown);
        let Some((cut, before, after)) = cut(&by_period(&revisions, &threads), rest, aim) else {
            return Thinning::default();
        };
        let lack = |(period, _): &(Start, Weight)| cut.lack(*period);
        let mut thinning = Thinning {
            revisions: revisions.iter().map(|all| all.iter().map(lack).collect()).collect(),
            threads: threads.iter().map(lack).collect(),
            notes: Vec::new(),
        };
        thinning.notes = self.tell(&thinning, cut, before, after);
        thinning
    }

    /// What a revision's page lacks.
    pub(super) fn lack(&self, series: SeriesIx, revision: usize) -> Lack {
        let of = self.thinning.revisions.get(series.at()).and_then(|all| all.get(revision));
        of.copied().unwrap_or_default()
    }

    /// What the page of a thread lacks.
    pub(super) fn thread_lack(&self, number: usize) -> Lack {
        self.thinning.threads.get(number).copied().unwrap_or_default()
    }

    /// What the page that shows a mail lacks.
    pub(super) fn lack_of(&self, mail: MailIx) -> Lack {
        match (self.corpus.letter(mail).home, self.places.thread_number(mail)) {
            (Some((series, revision)), _) => self.lack(series, revision as usize),
            (None, Some(number)) => self.thread_lack(number),
            (None, None) => Lack::Nothing,
        }
    }

    /// What was left out, for the build's report.
    pub fn thinned(&self) -> &[Note] {
        &self.thinning.notes
    }

    fn weigh_revisions(&self, scale: Scale) -> Vec<Vec<(Start, Weight)>> {
        let all = self.corpus.series.par_iter().enumerate().map(|(at, series)| {
            let ix = SeriesIx(u32::try_from(at).unwrap_or(u32::MAX));
            let numbers = 0..series.revisions.len();
            numbers.map(|number| self.weigh_revision(ix, number, scale)).collect()
        });
        all.collect()
    }

    fn weigh_revision(&self, ix: SeriesIx, number: usize, scale: Scale) -> (Start, Weight) {
        let series = &self.corpus.series[ix.at()];
        let revision = &series.revisions[number];
        let members = self.places.members(ix, number);
        let mut weight = self.weigh_messages(members);
        let is_newest = number + 1 == series.revisions.len();
        let has_mbox = is_newest && self.can_have_mbox(ix);
        for mail in revision.slots.iter().filter_map(|slot| slot.sent()) {
            let (letter, all) = (self.mail(mail), self.mail(mail).message.text_len() as u64);
            let diff: u64 = letter.files.iter().map(bytes_of).sum();
            let is_here = |at: &usize| match scale {
                Scale::Most => true,
                Scale::Shown => self.later(ix, mail, *at).is_none(),
            };
            let shown = (0..letter.files.len()).filter(is_here);
            let shown: u64 = shown.map(|at| bytes_of(&letter.files[at]).min(FILE)).sum();
            weight.texts = weight.texts.saturating_sub(diff * TEXT / 100);
            weight.diffs += shown * DIFF / 100 + if has_mbox { all + HEADER } else { 0 };
        }
        if self.is_spread(revision) {
            weight.diffs += PAGE * revision.slots.len() as u64;
        }
        if self.is_comparable(ix, number) {
            weight.diffs += COMPARISON;
        }
        (self.period(self.newest(members)), weight)
    }

    fn weigh_threads(&self) -> Vec<(Start, Weight)> {
        let one = |thread: &super::places::ThreadPlace| {
            (self.period(self.newest(&thread.mails)), self.weigh_messages(&thread.mails))
        };
        self.places.threads.iter().map(one).collect()
    }

    fn weigh_messages(&self, mails: &[MailIx]) -> Weight {
        let texts: u64 = mails.iter().map(|mail| self.mail(*mail).message.text_len() as u64).sum();
        let frame = PAGE + MESSAGE * mails.len() as u64;
        Weight { diffs: 0, texts: texts * TEXT / 100, frame }
    }

    /// Digests, feeds, lists, people, paths, search, and what the theme brings.
    fn weigh_rest(&self) -> u64 {
        let mails = self.corpus.mails.len() as u64;
        let series = self.corpus.series.len() as u64;
        let pages = (self.people.with_page().count() + self.tree.with_page().count()) as u64;
        let search = if self.settings.search { 230 } else { 0 };
        295_000
            + mails * (930 + 65 + search)
            + self.digests.len() as u64 * 10_000
            + series * 12_000
            + pages * 5_800
    }

    /// The beginning of the period of a moment.
    fn period(&self, moment: Option<Timestamp>) -> Start {
        let (cadence, zone) = (self.settings.cadence, &self.settings.zone);
        match moment.map(|moment| Period::containing(moment, cadence, zone)) {
            Some(Period::Span { start, .. }) => start,
            Some(Period::Range { .. }) | None => Timestamp(i64::MIN),
        }
    }

    /// What was left out, for the build's report.
    fn tell(&self, thinning: &Thinning, cut: Cut, before: u64, after: u64) -> Vec<Note> {
        let all = || thinning.revisions.iter().flatten().chain(&thinning.threads);
        let mut told = Vec::new();
        for (lack, from) in [(Lack::Diffs, cut.diffs), (Lack::Texts, cut.texts)] {
            let count = all().filter(|of| **of >= lack).count();
            let pages = words::plural(count, "page", "pages");
            let date = from.zoned(&self.settings.zone).date();
            told.extend((count > 0).then(|| format!("{} of {pages} before {date}", lack.word())));
        }
        told.push(format!("about {} of about {}", size(after), size(before)));
        told.into_iter().map(|detail| Note::new(NoteKind::Thinned, detail)).collect()
    }
}

/// What the pages of each period weigh, the oldest first.
fn by_period(
    revisions: &[Vec<(Start, Weight)>],
    threads: &[(Start, Weight)],
) -> Vec<(Start, Weight)> {
    let mut periods: BTreeMap<Start, Weight> = BTreeMap::new();
    for (period, weight) in revisions.iter().flatten().chain(threads) {
        periods.entry(*period).or_default().add(*weight);
    }
    periods.into_iter().collect()
}

fn bytes_of(file: &crate::patch::FileChange) -> u64 {
    u64::from(file.span.end.saturating_sub(file.span.start))
}

/// Where to cut, and the weights before and after; nothing where all fits.
fn cut(periods: &[(Start, Weight)], rest: u64, aim: u64) -> Option<(Cut, u64, u64)> {
    let whole: u64 = periods.iter().map(|(_, w)| w.diffs + w.texts + w.frame).sum::<u64>() + rest;
    let mut left = whole;
    let (mut diffs, mut texts) = (0, 0);
    while left > aim && texts < periods.len() {
        if diffs < periods.len() && diffs < 2 * (texts + 1) {
            left -= periods[diffs].1.diffs;
            diffs += 1;
        } else {
            left -= periods[texts].1.texts;
            texts += 1;
        }
    }
    let end =
        periods.last().map_or(Timestamp(0), |(period, _)| Timestamp(period.0.saturating_add(1)));
    let first = |gone: usize| periods.get(gone).map_or(end, |(period, _)| *period);
    (whole > aim).then(|| (Cut { diffs: first(diffs), texts: first(texts) }, whole, left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_periods_go_the_oldest_first_and_diffs_before_texts() {
        let weight = Weight { diffs: 10, texts: 5, frame: 1 };
        let periods: Vec<_> = (0..4).map(|start| (Timestamp(start), weight)).collect();
        for (aim, diffs, texts) in [
            (73, 1, 0),
            (64, 1, 0),
            (63, 2, 0),
            (54, 2, 0),
            (53, 2, 1),
            (48, 3, 1),
            (38, 4, 1),
            (28, 4, 2),
        ] {
            let (found, whole, left) = cut(&periods, 10, aim).expect("too much");
            let want = Cut { diffs: Timestamp(diffs), texts: Timestamp(texts) };
            assert_eq!((found, whole), (want, 74), "{aim}");
            assert!(left <= aim, "{left} for {aim}");
        }
        assert_eq!(cut(&periods, 10, 74), None);
        // What cannot be is come as near as can be.
        let (found, _, left) = cut(&periods, 10, 1).expect("too much");
        assert_eq!((found, left), (Cut { diffs: Timestamp(4), texts: Timestamp(4) }, 14));
        let lack = |start| Cut { diffs: Timestamp(3), texts: Timestamp(1) }.lack(Timestamp(start));
        assert_eq!([0, 1, 2, 3].map(lack).map(Lack::word), ["texts", "diffs", "diffs", ""]);
        assert_eq!(lack(i64::MIN), Lack::Texts);
    }
}
