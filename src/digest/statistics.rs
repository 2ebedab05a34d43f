//! Statistics of a list, in numbers that each refer to the mails or series that they count.
//!
//! In: the corpus and its digests. Out: [`Statistics`] of the whole archive and of each year. Never here: a page.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use super::{
    Digest,
    facts::Facts,
    tally::{self, Rank},
};
use crate::{
    message::Mailbox,
    series::{Corpus, MailIx, SeriesIx, StateKind},
};

/// Numbers about a span of time.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    /// The year; `None` for the whole archive.
    pub year: Option<Arc<str>>,
    /// Every message, by date.
    pub messages: Vec<MailIx>,
    /// Patches and cover letters among them.
    pub contributions: Vec<MailIx>,
    /// Their authors.
    pub contributors: Vec<Rank<Mailbox>>,
    /// Their mail domains.
    pub domains: Vec<Rank<Arc<str>>>,
    /// The people who gave reviews.
    pub reviewers: Vec<Rank<Mailbox>>,
    /// The series first posted in it, by date.
    pub series: Vec<SeriesIx>,
    /// How long they waited for a first reply.
    pub first_answers: FirstAnswers,
    /// The series with each number of revisions.
    pub rerolls: Vec<(usize, Vec<SeriesIx>)>,
    /// Their states, in the order of states.
    pub states: Vec<(StateKind, Vec<SeriesIx>)>,
}

/// How long series waited for a first reply by a person other than their authors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct FirstAnswers {
    /// The series with a reply, the quickest first.
    pub answered: Vec<Answer>,
    /// The series without a reply to this day, by date, except backports and postings of machines.
    pub unanswered: Vec<SeriesIx>,
}

/// A first reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answer {
    /// The time it took, in seconds; 0 if the clocks disagree.
    pub seconds: i64,
    /// The series.
    pub series: SeriesIx,
    /// The reply.
    pub mail: MailIx,
}

impl FirstAnswers {
    /// First replies to these series, except to backports and postings of machines, which do not wait for one.
    pub(super) fn new(facts: &Facts<'_>, series: impl Iterator<Item = SeriesIx>) -> Self {
        let mut answers = Self::default();
        for ix in series.filter(|ix| facts.corpus.series[ix.at()].is_work()) {
            let date = |mail: MailIx| facts.corpus.stored(mail).date();
            let posted =
                facts.corpus.series[ix.at()].revisions.iter().filter_map(|r| r.posted).min();
            let answer = facts.first_answer(ix);
            match posted.zip(answer).and_then(|(posted, mail)| Some((posted, mail, date(mail)?))) {
                Some((posted, mail, date)) => {
                    let seconds = date.0.saturating_sub(posted.0).max(0);
                    answers.answered.push(Answer { seconds, series: ix, mail });
                }
                None => answers.unanswered.push(ix),
            }
        }
        answers.answered.sort_unstable();
        answers
    }

    /// The reply by which `percent` per cent of the series had one, by nearest rank. A series without a reply counts
    /// as waiting for ever, so that silence does not look like speed: `None` if there are too many of these.
    pub fn quantile(&self, percent: usize) -> Option<&Answer> {
        let all = self.answered.len() + self.unanswered.len();
        self.answered.get((all * percent).div_ceil(100).checked_sub(1)?)
    }
}

/// The numbers of the whole archive, and of each year, oldest first. The numbers of a year are the sums of its
/// digests. Mails and series without a date count only in the whole archive.
pub fn statistics(corpus: &Corpus, digests: &[&Digest]) -> (Statistics, Vec<Statistics>) {
    let facts = Facts::new(corpus);
    let mut years: BTreeMap<&str, (Vec<MailIx>, Vec<SeriesIx>)> = BTreeMap::new();
    for digest in digests {
        if let Some(year) = digest.period.year() {
            let (mails, series) = years.entry(year).or_default();
            mails.extend(&digest.messages);
            series.extend(digest.series(|activity| activity.is_new));
        }
    }
    let mails = MailIx::all(corpus.mails.len()).filter(|ix| !corpus.is_spam(*ix)).collect();
    let series = (0u32..).map(SeriesIx).take(corpus.series.len()).collect();
    let whole = of(&facts, None, mails, series);
    let years = years
        .into_iter()
        .map(|(year, (mails, series))| of(&facts, Some(year.into()), mails, series));
    (whole, years.collect())
}

fn of(
    facts: &Facts<'_>,
    year: Option<Arc<str>>,
    messages: Vec<MailIx>,
    series: Vec<SeriesIx>,
) -> Statistics {
    let corpus = facts.corpus;
    let contributions: Vec<MailIx> =
        messages.iter().copied().filter(|ix| corpus.stored(*ix).is_contribution()).collect();
    let mut rerolls: BTreeMap<usize, Vec<SeriesIx>> = BTreeMap::new();
    let mut states: BTreeMap<StateKind, Vec<SeriesIx>> = BTreeMap::new();
    for ix in &series {
        let series = &corpus.series[ix.at()];
        let versions: HashSet<_> = series.revisions.iter().map(|r| r.version).collect();
        rerolls.entry(versions.len()).or_default().push(*ix);
        states.entry(series.state.kind).or_default().push(*ix);
    }
    Statistics {
        year,
        contributors: tally::contributors(corpus, &contributions),
        domains: tally::domains(corpus, &contributions),
        reviewers: tally::reviewers(messages.iter().flat_map(|mail| facts.verdicts_in(*mail))),
        first_answers: FirstAnswers::new(facts, series.iter().copied()),
        rerolls: rerolls.into_iter().collect(),
        states: states.into_iter().collect(),
        messages,
        contributions,
        series,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_by_nearest_rank_and_silence_counts() {
        let answer =
            |n: u32| Answer { seconds: i64::from(n) * 3600, series: SeriesIx(n), mail: MailIx(n) };
        let answers = |answered: u32, unanswered: u32| FirstAnswers {
            answered: (1..=answered).map(answer).collect(),
            unanswered: (0..unanswered).map(SeriesIx).collect(),
        };
        for (answered, unanswered, percent, want) in [
            (1, 0, 50, Some(1)),
            (2, 0, 50, Some(1)),
            (3, 0, 50, Some(2)),
            (10, 0, 90, Some(9)),
            (9, 1, 90, Some(9)),
            (8, 2, 90, None),
            (2, 2, 50, Some(2)),
            (1, 2, 50, None),
            (0, 0, 50, None),
        ] {
            let answers = answers(answered, unanswered);
            let found = answers.quantile(percent).map(|a| a.series.0);
            assert_eq!(found, want, "{answered} of {}", answered + unanswered);
        }
    }
}
