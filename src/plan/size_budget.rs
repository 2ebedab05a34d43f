//! What the oldest pages leave out, so that the site fits its host (`[limits] size`).
//!
//! In: a plan without pages, and an [`Aim`]. Out: [`Omissions`]: what each revision and each thread leaves out. It
//! is decided before anything is rendered, from the lengths of texts ([`weight`]). If the pages then turn out
//! heavier, for example with a theme or an unusual list, [`tighter`] aims lower. The result depends only on what the
//! site is made from: archives, settings, theme, the author's files. Never here: titles, states and links, which
//! stay.
//!
//! Whole periods of the digests leave something out, oldest first: their diffs (with the comparisons and mboxes made
//! from them), and later their texts. A period loses its texts when twice as many periods have lost their diffs:
//! recent diffs are worth more than very old texts. A page belongs to the period of its last message. A growing site
//! loses one period at a time; something comes back only if a better estimate allows it.

mod weight;

use std::collections::BTreeMap;

use weight::{Scale, Start, Weight};

use crate::{
    config::Settings,
    date::Timestamp,
    error::{Note, NoteKind},
    plan::{
        omitted::{Omissions, Omitted},
        pages::Plan,
    },
    text::{plural, size},
};

/// The share of the limit to aim at, in per cent: the estimate is mostly off by less than the rest.
const SHARE: u64 = 95;
/// The share to aim at when the error of the estimate is known. It is as large as possible: a site slightly above
/// the limit should not lose much more than one slightly below it.
const NEXT_SHARE: u64 = 99;

/// The target weight of a site in bytes, as [`weight`] estimates it; `None` without a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim(Option<u64>);

impl Aim {
    /// The first aim.
    pub fn of(settings: &Settings) -> Self {
        Self(settings.size_limit.map(|limit| limit / 100 * SHARE))
    }
}

/// The periods from which on pages keep their diffs and their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    diffs: Start,
    texts: Start,
}

/// The result of cutting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Outcome {
    /// Where to cut; `None` if everything fits.
    cut: Option<Cut>,
    /// Whether nothing more can be cut.
    is_least: bool,
    /// The weight before cutting, in bytes.
    before: u64,
    after: u64,
}

impl Cut {
    fn omitted(self, period: Start) -> Omitted {
        match period {
            _ if period < self.texts => Omitted::Texts,
            _ if period < self.diffs => Omitted::Diffs,
            _ => Omitted::Nothing,
        }
    }
}

/// What pages have to leave out. If the site is small compared with its limit, nothing is weighed.
pub(crate) fn omissions(plan: &Plan<'_>, aim: Aim) -> Omissions {
    let Aim(Some(aim)) = aim else { return Omissions::default() };
    let texts: u64 = plan.corpus.mails.iter().map(|l| l.mail.message.text_len() as u64).sum();
    let most = texts * 5 + plan.corpus.mails.len() as u64 * 12_000 + 1_000_000;
    if most < aim {
        return Omissions { estimate: most, ..Omissions::default() };
    }
    let (threads, rest) = (weight::weigh_threads(plan), weight::weigh_rest(plan));
    // Repeated diffs are found in the texts, and reading all of them takes a second for 86,000 mails.
    let most =
        outcome(&by_period(&weight::weigh_revisions(plan, Scale::Most), &threads), rest, aim);
    if most.cut.is_none() {
        return Omissions { estimate: most.after, ..Omissions::default() };
    }
    let revisions = weight::weigh_revisions(plan, Scale::Shown);
    let outcome = outcome(&by_period(&revisions, &threads), rest, aim);
    let (estimate, is_least) = (outcome.after, outcome.is_least);
    let Some(cut) = outcome.cut else {
        return Omissions { estimate, ..Omissions::default() };
    };
    let omitted = |(period, _): &(Start, Weight)| cut.omitted(*period);
    let mut omissions = Omissions {
        revisions: revisions.iter().map(|all| all.iter().map(omitted).collect()).collect(),
        threads: threads.iter().map(omitted).collect(),
        estimate,
        is_least,
        notes: Vec::new(),
    };
    omissions.notes = tell(plan.settings, &omissions, cut, outcome.before);
    omissions
}

/// The next aim, after the planned pages came out with `bytes`, beside the `own` bytes of the author's files. `None`
/// if both fit, if nothing more can be left out, or if that would not help. Each aim is lower than the plan before.
pub(crate) fn tighter(plan: &Plan<'_>, bytes: u64, own: u64) -> Option<Aim> {
    let limit = plan.settings.size_limit?.checked_sub(own).filter(|limit| bytes > *limit)?;
    let Omissions { estimate, is_least, .. } = plan.omissions;
    let aim = u128::from(estimate) * u128::from(limit / 100 * NEXT_SHARE) / u128::from(bytes);
    (!is_least).then(|| Aim(u64::try_from(aim).ok()))
}

/// The content that was left out, for the build's report.
pub(crate) fn thinned<'p>(plan: &'p Plan<'_>) -> &'p [Note] {
    &plan.omissions.notes
}

/// The content that was left out, for the build's report.
fn tell(settings: &Settings, omissions: &Omissions, cut: Cut, before: u64) -> Vec<Note> {
    let all = || omissions.revisions.iter().flatten().chain(&omissions.threads);
    let mut told = Vec::new();
    for (omitted, from) in [(Omitted::Diffs, cut.diffs), (Omitted::Texts, cut.texts)] {
        let count = all().filter(|of| **of >= omitted).count();
        let pages = plural(count, "page", "pages");
        let date = from.zoned(&settings.zone).date();
        told.extend((count > 0).then(|| format!("{} of {pages} before {date}", omitted.word())));
    }
    told.push(format!("with all of it, the site would have about {}", size(before)));
    told.into_iter().map(|detail| Note::new(NoteKind::Thinned, detail)).collect()
}

/// The weight of each period's pages, oldest first.
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

/// The cut that leaves no more than `aim`.
fn outcome(periods: &[(Start, Weight)], rest: u64, aim: u64) -> Outcome {
    let before: u64 = periods.iter().map(|(_, weight)| weight.whole()).sum::<u64>() + rest;
    let mut after = before;
    let (mut diffs, mut texts) = (0, 0);
    while after > aim && texts < periods.len() {
        if diffs < periods.len() && diffs < 2 * (texts + 1) {
            after -= periods[diffs].1.diffs;
            diffs += 1;
        } else {
            after -= periods[texts].1.texts;
            texts += 1;
        }
    }
    let end =
        periods.last().map_or(Timestamp(0), |(period, _)| Timestamp(period.0.saturating_add(1)));
    let first = |gone: usize| periods.get(gone).map_or(end, |(period, _)| *period);
    let cut = (before > aim).then(|| Cut { diffs: first(diffs), texts: first(texts) });
    Outcome { cut, is_least: texts == periods.len(), before, after }
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
            let found = outcome(&periods, 10, aim);
            let want = Cut { diffs: Timestamp(diffs), texts: Timestamp(texts) };
            assert_eq!((found.cut, found.before), (Some(want), 74), "{aim}");
            assert!(found.after <= aim && !found.is_least, "{} for {aim}", found.after);
        }
        let fits = Outcome { cut: None, is_least: false, before: 74, after: 74 };
        assert_eq!(outcome(&periods, 10, 74), fits);
        // If the aim is impossible, the result is as near as possible.
        let all = Cut { diffs: Timestamp(4), texts: Timestamp(4) };
        let least = Outcome { cut: Some(all), is_least: true, before: 74, after: 14 };
        assert_eq!(outcome(&periods, 10, 1), least);
        let omitted =
            |start| Cut { diffs: Timestamp(3), texts: Timestamp(1) }.omitted(Timestamp(start));
        assert_eq!([0, 1, 2, 3].map(omitted).map(Omitted::word), ["texts", "diffs", "diffs", ""]);
        assert_eq!(omitted(i64::MIN), Omitted::Texts);
    }
}
