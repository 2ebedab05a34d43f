//! The place of each message, so that any page can link to it.
//!
//! In: the corpus. Out: an anchor for every message; the messages of every revision; the threads of messages without
//! a series, so that every message is on a page. Never here: the look of a page.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::{
    date::Timestamp,
    hash::FastMap,
    message::Subject,
    plan::route::{Route, safe_name},
    series::{Corpus, MailIx, SeriesIx},
    text::slug,
};

/// The most bytes of text on one page of a thread, or of a revision's replies. The page itself has up to 1.3 times
/// as many if all of it is quoted, which is far below two megabytes. Of 82,000 mails of linux-xfs, one thread has
/// more.
const MOST: usize = 700_000;
/// The bytes that the markup around each text counts for.
const FRAME: usize = 1_200;

/// The place of each message.
#[derive(Debug, Default)]
pub(crate) struct Places {
    anchors: Anchors,
    /// Each mail's thread, for mails of no series.
    thread_of: Vec<Option<u32>>,
    /// The threads of mails that belong to no series, by their first mail.
    pub(crate) threads: Vec<ThreadPlace>,
    /// The mails of each revision of each series, by date.
    members: Vec<Vec<Vec<MailIx>>>,
    /// The date of each series' last mail.
    last: Vec<Option<Timestamp>>,
    /// For revisions with several pages of replies, the first reply on each further page.
    more: BTreeMap<(SeriesIx, usize), Vec<MailIx>>,
}

/// A thread of mails that belong to no series.
#[derive(Debug)]
pub(crate) struct ThreadPlace {
    /// Its name in URLs.
    pub(crate) slug: Box<str>,
    /// Its mails by date; never empty.
    pub(crate) mails: Vec<MailIx>,
    /// The start of each page in `mails`; never empty.
    starts: Vec<usize>,
    /// The series with mails that reply to one of these, with the revisions; sorted.
    pub(crate) series: Vec<(SeriesIx, u32)>,
}

/// The `id` of each mail on its page: `m` and eight hex digits of its Message-ID's hash, with a number if two mails
/// share them.
#[derive(Debug, Default)]
struct Anchors {
    /// All ids, concatenated.
    text: String,
    /// The end of each.
    ends: Vec<u32>,
}

impl Places {
    /// Finds a place for every message of `corpus`.
    pub(crate) fn new(corpus: &Corpus) -> Self {
        let mut places = Self { anchors: Anchors::of(corpus), ..Self::default() };
        places.members =
            corpus.series.iter().map(|series| vec![Vec::new(); series.revisions.len()]).collect();
        let mut threads: BTreeMap<MailIx, Vec<MailIx>> = BTreeMap::new();
        for (mail, letter) in MailIx::all(corpus.mails.len()).zip(&corpus.mails) {
            match letter.home {
                Some((series, revision)) => {
                    places.members[series.at()][revision as usize].push(mail);
                }
                None => threads.entry(corpus.threads.root[mail.at()]).or_default().push(mail),
            }
        }
        places.thread_of = vec![None; corpus.mails.len()];
        let mut threads: Vec<Vec<MailIx>> = threads.into_values().collect();
        threads.sort_by_key(|mails| mails[0]);
        for mails in threads {
            places.add_thread(corpus, mails);
        }
        places.add_series_in_threads(corpus);
        places.spread_answers(corpus);
        places.last = places.members.iter().map(|all| last(corpus, all)).collect();
        places
    }

    /// The `id` of a mail on its page.
    pub(crate) fn anchor(&self, mail: MailIx) -> &str {
        self.anchors.get(mail.at()).unwrap_or_default()
    }

    /// The number of the thread of a mail that belongs to no series.
    pub(crate) fn thread_number(&self, mail: MailIx) -> Option<usize> {
        self.thread_of.get(mail.at()).copied().flatten().map(|number| number as usize)
    }

    /// The thread of a mail that belongs to no series.
    pub(crate) fn thread(&self, mail: MailIx) -> Option<&ThreadPlace> {
        self.threads.get(self.thread_number(mail)?)
    }

    /// The page that shows a mail.
    pub(crate) fn route(&self, corpus: &Corpus, mail: MailIx) -> Route {
        if let Some(thread) = self.thread(mail) {
            let at = thread.mails.partition_point(|other| *other < mail);
            let part = thread.starts.partition_point(|start| *start <= at);
            return thread.route(part.saturating_sub(1));
        }
        match corpus.stored(mail).home {
            Some((series, revision)) => {
                let number = revision as usize;
                self.answers_route(
                    corpus,
                    series,
                    number,
                    self.answer_page(corpus, series, number, mail),
                )
            }
            None => Route::Home,
        }
    }

    /// A page of a revision's replies; number 0 is the revision's own page.
    pub(crate) fn answers_route(
        &self,
        corpus: &Corpus,
        series: SeriesIx,
        revision: usize,
        page: usize,
    ) -> Route {
        let of = &corpus.series[series.at()];
        match of.revisions.get(revision).filter(|_| page > 0) {
            None => self.revision(corpus, series, revision),
            Some(revision) => {
                let part = format!("{}/replies-{}", safe_name(&revision.label()), page + 1);
                Route::Answers(of.slug.clone(), part.into())
            }
        }
    }

    /// The number of pages with a revision and its replies.
    pub(crate) fn answer_pages(&self, series: SeriesIx, revision: usize) -> usize {
        1 + self.more.get(&(series, revision)).map_or(0, Vec::len)
    }

    /// The mails of one of these pages, by date.
    pub(crate) fn on_page(
        &self,
        corpus: &Corpus,
        series: SeriesIx,
        revision: usize,
        page: usize,
    ) -> Cow<'_, [MailIx]> {
        let members = self.members(series, revision);
        if self.answer_pages(series, revision) == 1 {
            return Cow::Borrowed(members);
        }
        let is_here = |mail: &MailIx| self.answer_page(corpus, series, revision, *mail) == page;
        members.iter().copied().filter(is_here).collect()
    }

    /// The number of the page that shows a mail: patches and the cover letter are on the revision's own.
    fn answer_page(
        &self,
        corpus: &Corpus,
        series: SeriesIx,
        revision: usize,
        mail: MailIx,
    ) -> usize {
        let Some(starts) = self.more.get(&(series, revision)) else { return 0 };
        let stands = corpus.series[series.at()].revisions[revision].members().any(|m| m == mail);
        if stands { 0 } else { starts.partition_point(|start| *start <= mail) }
    }

    fn spread_answers(&mut self, corpus: &Corpus) {
        for (ix, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
            for (number, revision) in series.revisions.iter().enumerate() {
                let members = self.members(ix, number);
                // Only replies count: a page of many patches has their diffs elsewhere.
                if members.iter().map(|mail| weight(corpus, *mail)).sum::<usize>() <= MOST {
                    continue;
                }
                let standing: BTreeSet<MailIx> = revision.members().collect();
                let answers = members.iter().copied().filter(|mail| !standing.contains(mail));
                let answers: Vec<MailIx> = answers.collect();
                let starts = starts(corpus, &answers);
                if starts.len() > 1 {
                    let more = starts[1..].iter().map(|at| answers[*at]).collect();
                    self.more.insert((ix, number), more);
                }
            }
        }
    }

    /// The page of a revision: the series' own for the newest.
    pub(crate) fn revision(&self, corpus: &Corpus, series: SeriesIx, revision: usize) -> Route {
        let series = &corpus.series[series.at()];
        match series.revisions.get(revision) {
            Some(older) if revision + 1 < series.revisions.len() => {
                Route::Revision(series.slug.clone(), safe_name(&older.label()).into())
            }
            _ => Route::Series(series.slug.clone()),
        }
    }

    /// The date of the last mail of a series: stored, because each of its pages shows it.
    pub(crate) fn last_message(&self, series: SeriesIx) -> Option<Timestamp> {
        self.last.get(series.at()).copied().flatten()
    }

    /// The mails of a revision, by date.
    pub(crate) fn members(&self, series: SeriesIx, revision: usize) -> &[MailIx] {
        self.members[series.at()].get(revision).map_or(&[], Vec::as_slice)
    }

    fn add_thread(&mut self, corpus: &Corpus, mails: Vec<MailIx>) {
        let number = u32::try_from(self.threads.len()).ok();
        for mail in &mails {
            self.thread_of[mail.at()] = number;
        }
        // As the sender wrote it: the address stays even if the list turns out to add a prefix.
        let subject = &corpus.stored(mails[0]).mail.message.subject;
        let written = Subject::parse(&subject.full).title;
        let title =
            if written.ends_with(&*subject.title) { written } else { subject.title.clone() };
        let hash = self.anchor(mails[0]).trim_start_matches('m').to_owned();
        let slug = format!("{}-{hash}", slug(&title, 60)).into();
        let starts = starts(corpus, &mails);
        self.threads.push(ThreadPlace { slug, mails, starts, series: Vec::new() });
    }

    fn add_series_in_threads(&mut self, corpus: &Corpus) {
        for (letter, parent) in corpus.mails.iter().zip(&corpus.threads.parent) {
            let thread = parent.and_then(|parent| self.thread_number(parent));
            if let (Some(home), Some(number)) = (letter.home, thread) {
                self.threads[number].series.push(home);
            }
        }
        for thread in &mut self.threads {
            thread.series.sort_unstable();
            thread.series.dedup();
        }
    }
}

impl ThreadPlace {
    /// The number of its pages.
    pub(crate) fn parts(&self) -> usize {
        self.starts.len()
    }

    /// The address of one of its pages, counted from 0.
    pub(crate) fn route(&self, part: usize) -> Route {
        match u32::try_from(part) {
            Ok(0) | Err(_) => Route::Thread(self.slug.clone()),
            Ok(part) => Route::ThreadPart(self.slug.clone(), part + 1),
        }
    }

    /// The mails of one of its pages, by date.
    pub(crate) fn part(&self, part: usize) -> &[MailIx] {
        let start = |part: usize| self.starts.get(part).copied().unwrap_or(self.mails.len());
        &self.mails[start(part)..start(part + 1)]
    }
}

/// The starts of a thread's pages: each page is filled up before the next, so that only the last one changes when
/// the thread grows.
fn starts(corpus: &Corpus, mails: &[MailIx]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut room = MOST;
    for (at, mail) in mails.iter().enumerate() {
        let weight = weight(corpus, *mail);
        if weight > room && at > 0 {
            starts.push(at);
            room = MOST;
        }
        room = room.saturating_sub(weight);
    }
    starts
}

/// The date of a series' last mail.
fn last(corpus: &Corpus, members: &[Vec<MailIx>]) -> Option<Timestamp> {
    members.iter().flatten().filter_map(|mail| corpus.stored(*mail).date()).max()
}

/// The room that a mail needs on a page, in bytes.
fn weight(corpus: &Corpus, mail: MailIx) -> usize {
    corpus.stored(mail).mail.message.text_len() + FRAME
}

impl Anchors {
    fn of(corpus: &Corpus) -> Self {
        let mut anchors = Self::default();
        let mut seen: FastMap<[u8; 4], u32> = FastMap::default();
        seen.reserve(corpus.mails.len());
        for letter in &corpus.mails {
            let hash = crate::hash::Sha1::from(letter.mail.message.id.as_bytes()).digest();
            let [a, b, c, d, ..] = hash.bytes();
            let copy = seen.entry([a, b, c, d]).or_insert(0);
            *copy += 1;
            // Writing to a string cannot fail.
            let _ = write!(anchors.text, "m{a:02x}{b:02x}{c:02x}{d:02x}");
            if *copy > 1 {
                let _ = write!(anchors.text, "_{copy}");
            }
            anchors.ends.push(u32::try_from(anchors.text.len()).unwrap_or(u32::MAX));
        }
        anchors
    }

    fn get(&self, number: usize) -> Option<&str> {
        let start =
            number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start as usize..*self.ends.get(number)? as usize)
    }
}
