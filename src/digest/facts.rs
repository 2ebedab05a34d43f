//! Facts that all digests of a corpus share: reviews by mail, replies by series, series that went quiet.
//!
//! In: the corpus. Out: [`Facts`], made once and used for every period. Never here: a period.

use std::collections::{BTreeMap, HashSet};

use super::Verdict;
use crate::{
    date::Timestamp,
    series::{Corpus, ListIx, MailIx, Series, SeriesIx, Standing},
};

/// The facts that all digests of a corpus share.
pub(super) struct Facts<'a> {
    pub(super) corpus: &'a Corpus,
    /// Reviews that people gave in replies, by mail.
    pub(super) verdicts: Vec<Verdict>,
    /// For each series, the replies by people other than its authors, by date, each with the index of the revision
    /// it is about.
    pub(super) answers: Vec<Vec<(MailIx, u32)>>,
    /// The moments at which series went quiet, in order.
    quiet: Vec<(Timestamp, SeriesIx)>,
    /// The moments at which patches of a series were first taken, in order; the evidence may be in another thread.
    taken: Vec<(Timestamp, SeriesIx)>,
    /// The moments at which revisions were posted, in order.
    posted: Vec<(Timestamp, SeriesIx, u32)>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(corpus: &'a Corpus) -> Self {
        let numbered = || (0u32..).map(SeriesIx).zip(&corpus.series);
        let revisions = numbered().flat_map(|(ix, series)| {
            let posted = (0u32..).zip(&series.revisions);
            posted.filter_map(move |(at, revision)| Some((revision.posted?, ix, at)))
        });
        let mut posted: Vec<_> = revisions.collect();
        posted.sort_unstable();
        Self {
            corpus,
            verdicts: verdicts(corpus),
            answers: corpus.series.iter().map(|series| answers(corpus, series)).collect(),
            quiet: quiet(corpus),
            taken: taken(corpus),
            posted,
        }
    }

    /// The reviews that a mail gives.
    pub(super) fn verdicts_in(&self, mail: MailIx) -> &[Verdict] {
        let start = self.verdicts.partition_point(|verdict| verdict.mail < mail);
        let end = self.verdicts.partition_point(|verdict| verdict.mail <= mail);
        &self.verdicts[start..end]
    }

    /// The first reply by somebody other than the authors.
    pub(super) fn first_answer(&self, series: SeriesIx) -> Option<MailIx> {
        self.answers[series.at()].iter().map(|(mail, _)| *mail).min()
    }

    /// Whether somebody other than its authors replied to this revision before `until`.
    pub(super) fn is_answered(
        &self,
        ix: SeriesIx,
        revision: u32,
        until: Option<Timestamp>,
    ) -> bool {
        let before = |mail: MailIx| match (until, self.corpus.stored(mail).date()) {
            (Some(until), Some(date)) => date < until,
            (_, _) => until.is_none(),
        };
        self.answers[ix.at()].iter().any(|(mail, about)| *about == revision && before(*mail))
    }

    /// The series on `list` that went quiet in a span of time.
    pub(super) fn quiet_in(
        &self,
        (start, end): (Timestamp, Timestamp),
        list: Option<ListIx>,
    ) -> impl Iterator<Item = SeriesIx> + '_ {
        let from = self.quiet.partition_point(|(moment, _)| *moment < start);
        let to = self.quiet.partition_point(|(moment, _)| *moment < end);
        let on = move |ix: &SeriesIx| on_list(self.corpus, &self.corpus.series[ix.at()], list);
        self.quiet[from..to].iter().map(|(_, ix)| *ix).filter(on)
    }

    /// The series on `list` with patches first taken in a span of time.
    pub(super) fn taken_in(
        &self,
        (start, end): (Timestamp, Timestamp),
        list: Option<ListIx>,
    ) -> impl Iterator<Item = SeriesIx> + '_ {
        let from = self.taken.partition_point(|(moment, _)| *moment < start);
        let to = self.taken.partition_point(|(moment, _)| *moment < end);
        let on = move |ix: &SeriesIx| on_list(self.corpus, &self.corpus.series[ix.at()], list);
        self.taken[from..to].iter().map(|(_, ix)| *ix).filter(on)
    }

    /// The series on `list` whose newest revision before `until` was posted in a span of time.
    pub(super) fn last_posted_in(
        &self,
        (start, end): (Timestamp, Timestamp),
        until: Timestamp,
        list: Option<ListIx>,
    ) -> impl Iterator<Item = (SeriesIx, u32)> + '_ {
        let from = self.posted.partition_point(|(moment, _, _)| *moment < start);
        let to = self.posted.partition_point(|(moment, _, _)| *moment < end);
        let corpus = self.corpus;
        let found = self.posted[from..to].iter().map(|(_, ix, at)| (*ix, *at));
        found.filter(move |(ix, at)| {
            let series = &corpus.series[ix.at()];
            let later = series.revisions.iter().skip(*at as usize + 1);
            let is_last = later.into_iter().all(|r| r.posted.is_none_or(|date| date >= until));
            is_last && on_list(corpus, series, list)
        })
    }
}

fn on_list(corpus: &Corpus, series: &Series, list: Option<ListIx>) -> bool {
    list.is_none_or(|list| corpus.was_posted_to(series, list))
}

/// Every review given in a reply, once, by mail, with the number of patches that it covers.
pub fn verdicts(corpus: &Corpus) -> Vec<Verdict> {
    let mut found: BTreeMap<(MailIx, String, String), Verdict> = BTreeMap::new();
    for (ix, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
        let slots = series.revisions.iter().flat_map(|revision| &revision.slots);
        let reviews = slots.flat_map(|slot| &slot.reviews);
        for review in reviews.filter(|review| review.standing == Standing::Given) {
            let person = corpus.mailmap.fold(&review.person);
            let key = review.trailer.key.to_lowercase();
            let verdict =
                found.entry((review.mail, key, person.key())).or_insert_with(|| Verdict {
                    mail: review.mail,
                    series: ix,
                    key: review.trailer.key.clone(),
                    person: person.into_owned(),
                    patches: 0,
                });
            verdict.patches += 1;
        }
    }
    found.into_values().collect()
}

/// A series' replies by people other than its authors.
fn answers(corpus: &Corpus, series: &Series) -> Vec<(MailIx, u32)> {
    let key = |mail: MailIx| corpus.mailmap.key(&corpus.stored(mail).mail.message.from);
    let mut authors: HashSet<String> =
        series.revisions.iter().map(|r| corpus.mailmap.key(&r.author)).collect();
    authors.extend(series.revisions.iter().flat_map(|r| r.members()).map(key));
    let replies = (0u32..).zip(&series.revisions);
    let replies = replies.flat_map(|(at, r)| r.replies.iter().map(move |mail| (*mail, at)));
    let mut answers: Vec<_> = replies
        .filter(|(mail, _)| {
            corpus.is_by_person(*mail)
                && !authors.contains(&key(*mail))
                && !corpus.only_announces(*mail)
        })
        .collect();
    answers.sort_unstable();
    answers
}

/// The moments at which series that nobody took went quiet: this many days after their last mail, unless the archive
/// ends earlier. The state [`Quiet`](crate::series::StateKind::Quiet) follows the same rule.
fn quiet(corpus: &Corpus) -> Vec<(Timestamp, SeriesIx)> {
    let Some(newest) = corpus.end() else {
        return Vec::new();
    };
    let fell = |(ix, series): (SeriesIx, &Series)| {
        let moment = corpus.silent_since(series, newest).filter(|_| series.is_untaken())?;
        Some((moment, ix))
    };
    let numbered = (0u32..).map(SeriesIx).zip(&corpus.series);
    let mut quiet: Vec<(Timestamp, SeriesIx)> = numbered.filter_map(fell).collect();
    quiet.sort_unstable();
    quiet
}

/// The moment at which patches of each series were first taken.
fn taken(corpus: &Corpus) -> Vec<(Timestamp, SeriesIx)> {
    let numbered = (0u32..).map(SeriesIx).zip(&corpus.series);
    let moments = numbered.flat_map(|(ix, series)| {
        let slots = series.revisions.iter().flat_map(|revision| &revision.slots);
        slots.filter_map(move |slot| Some((slot.applied.as_ref()?.first().date?, ix)))
    });
    let mut taken: Vec<_> = moments.collect();
    taken.sort_unstable();
    taken.dedup();
    taken
}
