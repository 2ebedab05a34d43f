//! Queues: the series of a mailing list, by the person for whom they wait.
//!
//! In: the corpus. Out: [`Queues`], made once for all lists: the series of each list by [`Queue`], in the order of
//! work. A series' state (`series/state/verdict.rs`) and its sort (`series/sort.rs`) decide its queue; nothing is
//! judged again here. The page is `page/list.rs`. Never here: the look of a page.

use std::cmp::Reverse;

use crate::{
    date::Timestamp,
    series::{Corpus, ListIx, Series, SeriesIx, StateKind},
    words::Words,
};

/// The queues with a data file for scripts and a feed.
pub(crate) const FOLLOWED: [Queue; 3] = [Queue::Waiting, Queue::Ready, Queue::Applied];

/// The number of rows of a queue on the page of its list; longer queues have a page of their own.
pub(crate) const LONG: usize = 25;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Anybody: only the author has replied to the newest revision.
    Waiting,
    /// The people who discuss it.
    Discussed,
    /// The maintainer: every patch has a review.
    Ready,
    /// The maintainer: every patch has a review, but nobody has written for a long time.
    Overlooked,
    /// The author.
    Changes,
    /// Nobody, or everybody: nobody writes any more, and nothing is settled.
    Quiet,
    /// Nobody: it was taken.
    Applied,
}

/// The queues, in the order of a list's page.
pub(crate) const QUEUES: [Queue; 7] = [
    Queue::Waiting,
    Queue::Ready,
    Queue::Discussed,
    Queue::Changes,
    Queue::Overlooked,
    Queue::Quiet,
    Queue::Applied,
];

impl Queue {
    /// Its `id`, and its name in addresses.
    pub fn anchor(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Discussed => "discussed",
            Self::Ready => "ready",
            Self::Overlooked => "overlooked",
            Self::Changes => "changes",
            Self::Quiet => "quiet",
            Self::Applied => "applied",
        }
    }

    /// Its heading.
    pub fn heading(self, words: &Words) -> &str {
        words.text(match self {
            Self::Waiting => "queue-waiting",
            Self::Discussed => "queue-discussed",
            Self::Ready => "queue-ready",
            Self::Overlooked => "queue-overlooked",
            Self::Changes => "queue-changes",
            Self::Quiet => "queue-quiet",
            Self::Applied => "queue-applied",
        })
    }

    /// The heading after a number or a name.
    pub fn label(self, words: &Words) -> &str {
        words.text(match self {
            Self::Waiting => "queue-waiting-label",
            Self::Discussed => "queue-discussed-label",
            Self::Ready => "queue-ready-label",
            Self::Overlooked => "queue-overlooked-label",
            Self::Changes => "queue-changes-label",
            Self::Quiet => "queue-quiet-label",
            Self::Applied => "queue-applied-label",
        })
    }

    /// What it contains, and in which order.
    pub fn about(self, words: &Words) -> &str {
        words.text(match self {
            Self::Waiting => "queue-waiting-about",
            Self::Discussed => "queue-discussed-about",
            Self::Ready => "queue-ready-about",
            Self::Overlooked => "queue-overlooked-about",
            Self::Changes => "queue-changes-about",
            Self::Quiet => "queue-quiet-about",
            Self::Applied => "queue-applied-about",
        })
    }

    fn of(series: &Series, silent: bool) -> Option<Self> {
        match series.state.kind {
            StateKind::New => Some(Self::Waiting),
            StateKind::Discussed => Some(Self::Discussed),
            StateKind::Reviewed if silent => Some(Self::Overlooked),
            StateKind::Reviewed => Some(Self::Ready),
            StateKind::ChangesRequested => Some(Self::Changes),
            StateKind::PartlyApplied | StateKind::Applied | StateKind::Merged => {
                Some(Self::Applied)
            }
            StateKind::Quiet => Some(Self::Quiet),
            StateKind::Superseded | StateKind::Rejected => None,
        }
    }
}

/// The series of each list, by queue.
#[derive(Debug, Default)]
pub(crate) struct Queues {
    lists: Vec<[Vec<SeriesIx>; QUEUES.len()]>,
}

impl Queues {
    /// Sorts the series of `corpus`.
    pub(crate) fn new(corpus: &Corpus) -> Self {
        let end = corpus.end();
        let mut lists = vec![std::array::from_fn(|_| Vec::new()); corpus.lists.len()];
        for (ix, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
            let queue = Queue::of(
                series,
                end.is_some_and(|end| corpus.silent_since(series, end).is_some()),
            );
            // A series that somebody reports as taken, or promises to take, waits for nobody, whoever says so.
            let waits = |queue: &Queue| series.is_untaken() || *queue == Queue::Applied;
            let Some(queue) = queue.filter(waits) else { continue };
            let Some(at) = QUEUES.iter().position(|other| *other == queue) else { continue };
            for list in lists_of(corpus, series) {
                let of_list: &mut [Vec<SeriesIx>; QUEUES.len()] = &mut lists[usize::from(list.0)];
                of_list[at].push(ix);
            }
        }
        for of_list in &mut lists {
            for (queue, series) in QUEUES.iter().zip(of_list) {
                let date = |ix: &SeriesIx| last_step(corpus, &corpus.series[ix.at()]);
                match queue {
                    Queue::Waiting | Queue::Ready => {
                        series.sort_by_cached_key(|ix| (date(ix), *ix))
                    }
                    _ => series.sort_by_cached_key(|ix| Reverse((date(ix), *ix))),
                }
            }
        }
        Self { lists }
    }

    /// The queues of a list with a page of their own.
    pub(crate) fn long_queues(&self, list: ListIx) -> impl Iterator<Item = Queue> {
        // Digests show series that were applied long ago.
        let lasting = QUEUES.into_iter().filter(|queue| *queue != Queue::Applied);
        lasting.filter(move |queue| self.of(list, *queue).len() > LONG)
    }

    /// The series of a list that are in a queue, in the order of work.
    pub(crate) fn of(&self, list: ListIx, queue: Queue) -> &[SeriesIx] {
        let at = QUEUES.iter().position(|other| *other == queue);
        let of_list = self.lists.get(usize::from(list.0));
        of_list.zip(at).map_or(&[], |(of_list, at)| &of_list[at])
    }
}

/// The date on which it reached its state, if a mail or commit shows it; for quiet series, that of the last mail;
/// otherwise that of the posting.
pub(crate) fn last_step(corpus: &Corpus, series: &Series) -> Option<Timestamp> {
    if series.state.kind == StateKind::Quiet {
        return corpus.last_mail(series);
    }
    let said = series.state.mail().and_then(|mail| corpus.stored(mail).date());
    let taken = || series.newest().slots.iter().filter_map(|slot| slot.applied.as_ref()?.date);
    said.or_else(|| taken().max()).or(series.newest().posted)
}

/// The lists that it was posted to.
pub(crate) fn lists_of(corpus: &Corpus, series: &Series) -> Vec<ListIx> {
    let members = series.revisions.iter().flat_map(|revision| revision.members());
    let copies = members.flat_map(|mail| corpus.stored(mail).copies.iter().map(|(list, _)| *list));
    let mut lists: Vec<ListIx> = copies.collect();
    lists.sort_unstable();
    lists.dedup();
    lists
}
