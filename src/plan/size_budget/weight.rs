//! The weight of pages in bytes, before any of them is made.
//!
//! In: a plan without pages. Out: a [`Weight`] for each revision and each thread, and one for the rest of the site.
//! It is estimated from the lengths of texts and from counts. The figures were fitted by least squares to the pages
//! of the built-in theme for seven lists (157,000 mails of linux-mtd, io-uring, dm-devel, ltp, linux-man, kvmarm and
//! openbmc): the totals were then between 4 per cent too low and 4 too high, and 13 too low for linux-tip-commits,
//! which is not a list where people write. Never here: reading texts (except to find repeated diffs), the decision
//! what to leave out.

use rayon::prelude::*;

use crate::{
    config::Settings,
    date::Timestamp,
    digest::{Digest, Period},
    markup::diff::{MAX_BYTES, MAX_LINES},
    patch::{FileChange, Mail},
    plan::{comparisons, diff_pages, pages::Plan, places::ThreadPlace, repeats, topic},
    series::{Corpus, MailIx, Revision, SeriesIx},
};

/// The beginning of a period; the smallest [`Timestamp`] for pages without a date, which count as the oldest.
pub(super) type Start = Timestamp;

/// The beginning of the period of a moment.
fn period(settings: &Settings, moment: Option<Timestamp>) -> Start {
    let (cadence, zone) = (settings.cadence, &settings.zone);
    match moment.map(|moment| Period::containing(moment, cadence, zone)) {
        Some(Period::Span { start, .. }) => start,
        Some(Period::Range { .. }) | None => Timestamp(i64::MIN),
    }
}

/// The weight of pages, in bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Weight {
    /// Their diffs, and what is made from them.
    pub(crate) diffs: u64,
    /// The text that people wrote.
    pub(crate) texts: u64,
    /// The part that stays.
    pub(crate) frame: u64,
}

impl Weight {
    pub(crate) fn add(&mut self, other: Self) {
        self.diffs += other.diffs;
        self.texts += other.texts;
        self.frame += other.frame;
    }

    pub(crate) fn whole(self) -> u64 {
        self.diffs + self.texts + self.frame
    }
}

/// The diffs that are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Everything.
    Most,
    /// All except those that a later revision repeats, because they are shown there.
    Shown,
}

/// The weights by series and revision, each with its period.
pub(crate) fn weigh_revisions(plan: &Plan<'_>, scale: Scale) -> Vec<Vec<(Start, Weight)>> {
    let all = plan.corpus.series.par_iter().enumerate().map(|(at, series)| {
        let ix = SeriesIx(u32::try_from(at).unwrap_or(u32::MAX));
        let numbers = 0..series.revisions.len();
        numbers.map(|number| weigh_revision(plan, ix, number, scale)).collect()
    });
    all.collect()
}

fn weigh_revision(plan: &Plan<'_>, ix: SeriesIx, number: usize, scale: Scale) -> (Start, Weight) {
    let series = &plan.corpus.series[ix.at()];
    let revision = &series.revisions[number];
    let members = plan.places.members(ix, number);
    let sent = || revision.slots.iter().filter_map(|slot| slot.sent());
    let all: u64 = members.iter().map(|mail| text_of(plan.corpus.mail(*mail))).sum();
    let theirs: u64 = sent().map(|mail| text_of(plan.corpus.mail(mail))).sum();
    let diffs = sent().map(|mail| weigh_diff(plan, ix, mail, scale)).sum();
    let mails = members.len() as u64;
    let mut weight = Weight {
        diffs,
        texts: 460 * mails + part(all - theirs.min(all), 66),
        frame: 3_550 + 600 * mails + weigh_data(plan.settings, revision),
    };
    if number + 1 == series.revisions.len() && plan.settings.markdown {
        weight.add(Weight { diffs: 0, texts: all, frame: 600 + 240 * mails });
    }
    if number + 1 == series.revisions.len() && plan.can_have_mbox(ix) {
        let bytes = |mail| plan.corpus.mail(mail).message.text_len() as u64 + 350;
        weight.diffs += sent().map(bytes).sum::<u64>();
    }
    if diff_pages::has_diff_pages(plan.corpus, revision) {
        weight.diffs += 3_900 * sent().count() as u64;
    }
    if comparisons::is_comparable(plan.corpus, ix, number) {
        weight.diffs += 5_850 + part(theirs, 150) + 115 * revision.slots.len() as u64;
    }
    (period(plan.settings, plan.newest(members)), weight)
}

/// The weight of a revision's data for scripts, which stays: in its series, its events, the files of its author and
/// reviewers. Fitted to linux-mtd.
fn weigh_data(settings: &Settings, revision: &Revision) -> u64 {
    if settings.data { 2_200 + 800 * revision.slots.len() as u64 } else { 0 }
}

/// The diff of a mail on the page of its revision.
fn weigh_diff(plan: &Plan<'_>, ix: SeriesIx, mail: MailIx, scale: Scale) -> u64 {
    let letter = plan.corpus.mail(mail);
    let is_here = |at: &usize| match scale {
        Scale::Most => true,
        Scale::Shown => {
            repeats::later(plan.texts, plan.corpus, &plan.repeats, ix, mail, *at).is_none()
        }
    };
    let here = (0..letter.files.len()).filter(is_here);
    let shown: u64 = here.map(|at| bytes_of(&letter.files[at]).min(MAX_BYTES as u64)).sum();
    let lines = u64::from(letter.diff_lines) * shown / diff_of(letter).max(1);
    // The page has no room for more.
    let fits = lines.min(MAX_LINES as u64);
    let shown = shown * fits / lines.max(1);
    part(shown, 117) + part(fits, 1_350) + 98 * letter.files.len() as u64
}

/// The weights of threads' pages, each with its period.
pub(crate) fn weigh_threads(plan: &Plan<'_>) -> Vec<(Start, Weight)> {
    let one = |thread: &ThreadPlace| {
        let mails = thread.mails.len() as u64;
        let text: u64 =
            thread.mails.iter().map(|mail| plan.corpus.mail(*mail).message.text_len() as u64).sum();
        let texts = 880 * mails + part(text, 73);
        let weight = Weight { diffs: 0, texts, frame: 2_500 + 270 * mails };
        (period(plan.settings, plan.newest(&thread.mails)), weight)
    };
    plan.places.threads.iter().map(one).collect()
}

/// The weight of digests, feeds, lists, people, paths, search, and the theme's files.
pub(crate) fn weigh_rest(plan: &Plan<'_>) -> u64 {
    let digests: u64 =
        plan.digests.iter().map(|digest| weigh_digest(plan.corpus, plan.settings, digest)).sum();
    let (mails, series) = (plan.corpus.mails.len() as u64, plan.corpus.series.len() as u64);
    let pages = (plan.people.with_page().count() + plan.tree.with_page().count()) as u64
        + plan.settings.queries.len() as u64;
    let told = topic::topics(plan).iter().map(|topic| topic.revisions.len().min(20) as u64).sum();
    let search = if plan.settings.search { 93 * mails + 1_380 * series } else { 0 };
    let front = 370_000 + 31 * mails + 174 * series;
    front + digests + search + weigh_feeds(plan.corpus, told) + 3_800 * pages + 395 * told
}

fn weigh_digest(corpus: &Corpus, settings: &Settings, digest: &Digest) -> u64 {
    let card = if settings.cards { 16_000 } else { 0 };
    let rows = (digest.activities.len() + digest.other.len()) as u64;
    let markdown = if settings.markdown { 8_000 + 330 * rows } else { 0 };
    let texts: u64 = digest.contributions.iter().map(|mail| text_of(corpus.mail(*mail))).sum();
    10_100
        + 1_180 * digest.activities.len() as u64
        + 375 * digest.other.len() as u64
        + 1_000 * digest.contributors.len() as u64
        + 300 * digest.contributions.len() as u64
        + texts
        + card
        + markdown
}

/// The weight of feeds; those of people and folders have `told` entries.
fn weigh_feeds(corpus: &Corpus, told: u64) -> u64 {
    // The entry of a revision begins with its cover letter and is cut.
    let letter = |revision: &Revision| {
        let first = revision.cover.or_else(|| revision.slots.iter().find_map(|s| s.sent()));
        2_450 + part(first.map_or(0, |mail| text_of(corpus.mail(mail)).min(8_000)), 169)
    };
    let revisions = corpus.series.iter().flat_map(|series| &series.revisions);
    revisions.map(letter).sum::<u64>() + 876 * told
}

/// This many hundredths of a number of bytes.
const fn part(bytes: u64, hundredths: u64) -> u64 {
    bytes * hundredths / 100
}

fn bytes_of(file: &FileChange) -> u64 {
    u64::from(file.span.end.saturating_sub(file.span.start))
}

fn diff_of(mail: &Mail) -> u64 {
    mail.files.iter().map(bytes_of).sum()
}

/// The bytes of a mail's text beside its diff.
fn text_of(mail: &Mail) -> u64 {
    (mail.message.text_len() as u64).saturating_sub(diff_of(mail))
}
