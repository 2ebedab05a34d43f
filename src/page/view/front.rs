//! The pages one begins with: front page, digests, years, lists, feeds, content pages, threads.

use std::borrow::Cow;

use serde::Serialize;

use super::{
    Chart, Count, FirstAnswersView, Frame, Link, Moment, Person, RankItem, RankRow, WorkSection,
};

/// `home.html`: the front page.
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The author's welcome (`content/index.md`), or empty.
    pub intro_html: String,
    /// The newest digest; absent where there is none.
    pub latest: Option<DigestRow>,
    /// What stands out in the newest digest, the lead story first; may be empty.
    pub tops: Vec<Top<'a>>,
    /// The beginning of the newest digest's note; empty without one.
    pub note_excerpt: String,
    /// The note's title; may be empty.
    pub note_title: &'a str,
    /// To the note.
    pub note_url: String,
    /// What the newest digest counts.
    pub counts: Vec<Count>,
    /// New series of the newest digest, the liveliest first.
    pub new: Vec<SeriesRow<'a>>,
    /// How many more new series there are than are shown.
    pub new_more: usize,
    /// New revisions of the newest digest, the liveliest first.
    pub revised: Vec<SeriesRow<'a>>,
    /// How many more new revisions there are than are shown.
    pub revised_more: usize,
    /// Threads of the newest digest that belong to no series, the longest first.
    pub threads: Vec<ThreadRow<'a>>,
    /// How many more threads there are than are shown.
    pub threads_more: usize,
    /// The most answered series of the newest digest, less those that stand out.
    pub discussed: Vec<SeriesRow<'a>>,
    /// Series of the newest digest that wait for a first answer.
    pub waiting: Vec<SeriesRow<'a>>,
    /// How many more wait than are shown.
    pub waiting_more: usize,
    /// The last digests, newest first.
    pub digests: Vec<DigestRow>,
    /// Activity over the last periods; absent with fewer than two.
    pub plot: Option<Chart>,
    /// The lists.
    pub lists: Vec<ListRow<'a>>,
    /// All digests.
    pub digests_url: String,
    /// How many messages the site holds.
    pub messages: usize,
    /// How many series.
    pub series: usize,
}

/// `digests.html`: every digest; `year.html`: those of one year.
#[derive(Debug, Serialize)]
pub struct DigestsView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `Digests`, or the year.
    pub heading: String,
    /// Each year's digests, newest first; digests of commit ranges last, under an empty heading.
    pub years: Vec<YearView>,
    /// Activity over all the periods shown; absent with fewer than two.
    pub plot: Option<Chart>,
    /// The year before, where there is one.
    pub previous: Option<Link>,
    /// The year after, where there is one.
    pub next: Option<Link>,
}

/// A year and its digests.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// `2026`; empty for commit ranges.
    pub label: String,
    /// To the year's page; empty on it, and for commit ranges.
    pub url: String,
    /// Its digests, newest first.
    pub digests: Vec<DigestRow>,
}

/// A digest in a list of digests.
#[derive(Debug, Clone, Serialize)]
pub struct DigestRow {
    /// `Week 9, 2026`.
    pub heading: String,
    /// `23 February – 1 March 2026`.
    pub span: String,
    /// Where it is.
    pub url: String,
    /// Messages of the period.
    pub messages: usize,
    /// Series that were posted for the first time.
    pub new: usize,
    /// Series of which a new revision was posted.
    pub revised: usize,
    /// Series that were applied.
    pub applied: usize,
}

/// `digest.html`: what happened in a period.
#[derive(Debug, Serialize)]
pub struct DigestView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `Week 9, 2026`.
    pub heading: String,
    /// `23 February – 1 March 2026`; empty for a commit range.
    pub span: String,
    /// The numbers of the period, each leading to its section.
    pub counts: Vec<Count>,
    /// The editor's note (`content/digests/2026-w09.md`), or empty.
    pub note_html: String,
    /// The note's title; may be empty.
    pub note_title: &'a str,
    /// Who wrote the note; may be empty.
    pub note_author: &'a str,
    /// What stands out: the lead story first, then one or two more, each another series; may be empty.
    pub tops: Vec<Top<'a>>,
    /// The sections that have something in them, in the order of reading.
    pub sections: Vec<Section<'a>>,
    /// How long the new series waited for an answer; absent where there are none.
    pub first_answers: Option<FirstAnswersView>,
    /// Who contributed most, with their series.
    pub contributors: Vec<RankRow<'a>>,
    /// From which mail domains, with their people.
    pub domains: Vec<RankRow<'a>>,
    /// Who gave most verdicts, with the series that they are about.
    pub reviewers: Vec<RankRow<'a>>,
    /// The two rankings of contributions are a text digest's, kept as given.
    pub given: bool,
    /// The digest before.
    pub previous: Option<Link>,
    /// The digest after.
    pub next: Option<Link>,
    /// Its text form.
    pub text_url: String,
    /// The whole of it on one page, to print and to read offline.
    pub whole_url: String,
    /// Activity over the last periods, with this one marked; absent with fewer than two.
    pub plot: Option<Chart>,
}

/// A series that stands out in a period.
#[derive(Debug, Clone, Serialize)]
pub struct Top<'a> {
    /// In what it does, and how far: `Most discussed: 27 answers`.
    pub label: String,
    /// The series.
    pub row: SeriesRow<'a>,
}

/// A section of a digest. It has series or threads, never both.
#[derive(Debug, Serialize)]
pub struct Section<'a> {
    /// Its `id`: `new`, `revised`, `discussed`, `applied`, `changes`, `waiting`,
    /// `quiet`, `fixes`, `rfcs`, `pulls`, `other`.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// One sentence on what is in it.
    pub about: &'static str,
    /// `full` for rows with an excerpt, `brief` for one line a series.
    pub style: &'static str,
    /// Its series.
    pub series: Vec<SeriesRow<'a>>,
    /// Its threads.
    pub threads: Vec<ThreadRow<'a>>,
}

/// A series in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SeriesRow<'a> {
    /// The title of the revision that the row leads to, without tags; cut where it is very long.
    pub title: Cow<'a, str>,
    /// To that revision.
    pub url: String,
    /// Who sent it.
    pub author: Person<'a>,
    /// `v3`; empty for a first version that no subject calls so.
    pub version: String,
    /// When it was posted; absent where unknown.
    pub posted: Option<Moment>,
    /// The words of its tags (`RFC`, `net-next`).
    pub tags: Vec<&'a str>,
    /// The names of the lists it was on, where the site has several.
    pub lists: Vec<&'a str>,
    /// How many patches it announces.
    pub patches: usize,
    /// How many of them never arrived; 0 where it is known from a text digest only.
    pub missing: usize,
    /// Lines added by all of them.
    pub added: u64,
    /// Lines deleted by all of them.
    pub deleted: u64,
    /// See [`Churn::added_steps`](super::Churn::added_steps).
    pub added_steps: u64,
    /// See [`Churn::deleted_steps`](super::Churn::deleted_steps).
    pub deleted_steps: u64,
    /// The deepest folder, or the file, that all their changes lie in; may be empty.
    pub place: String,
    /// Answers to the revision.
    pub replies: usize,
    /// Answers in the period of the digest; 0 outside digests.
    pub replies_now: u32,
    /// The verdicts given in the period of the digest, each leading to its mail; empty outside digests.
    pub verdicts: Vec<Link>,
    /// Why it is in its section of a digest (`taken by Zoë Lind`), leading to the mail that shows it, where
    /// one does; absent where the section says it all.
    pub happened: Option<Happened>,
    /// How many of its patches have a review.
    pub reviewed: usize,
    /// What has become of it: `new`, `discussed`, `changes-requested`, `reviewed`, `quiet`, `superseded`,
    /// `rejected`, `partly-applied`, `applied`, `merged`.
    pub state: &'static str,
    /// The same in words (`changes requested`); empty for `new` and `discussed`, which go without saying.
    pub standing: Cow<'static, str>,
    /// What it is about: the first sentences of the cover letter or commit message; may be empty.
    pub excerpt: String,
    /// The first lines of the author's changelog; empty without one.
    pub changes: Vec<String>,
    /// Excerpt and changes are shown from the start, not only when a reader unfolds the row.
    pub is_open: bool,
}

/// Why a series is in a section of a digest.
#[derive(Debug, Clone, Serialize)]
pub struct Happened {
    /// What happened: `taken by Zoë Lind`, `since 3 Mar 2026`.
    pub label: String,
    /// To the mail that shows it; empty where none does.
    pub url: String,
    /// The word of the state that it led to; empty for none.
    pub kind: &'static str,
}

/// A thread that belongs to no series, in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ThreadRow<'a> {
    /// The subject of its first message, without reply prefixes; cut where it is very long.
    pub title: Cow<'a, str>,
    /// Where it is.
    pub url: String,
    /// Who sent its first message of the period.
    pub author: Person<'a>,
    /// When.
    pub posted: Option<Moment>,
    /// How many messages it has.
    pub messages: usize,
}

/// A list in a list of lists.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its page is.
    pub url: String,
    /// How many messages it has.
    pub messages: usize,
    /// How many series.
    pub series: usize,
}

/// `list.html`: a mailing list.
#[derive(Debug, Serialize)]
pub struct ListView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Its name.
    pub name: &'a str,
    /// Its posting address; may be empty.
    pub address: &'a str,
    /// Its permanent archive; may be empty.
    pub archive_url: String,
    /// Its feed.
    pub feed_url: String,
    /// How many messages it has.
    pub messages: usize,
    /// How many series.
    pub series_count: usize,
    /// Its newest message.
    pub newest: Option<Moment>,
    /// Its oldest message.
    pub oldest: Option<Moment>,
    /// The page shows one section whole; its heading. Empty on the list's own page, which shows what follows.
    pub part: &'static str,
    /// What waits for whom: waiting for review, under discussion, ready, overlooked, changes requested,
    /// recently applied.
    pub sections: Vec<WorkSection<'a>>,
    /// The series posted last, newest first.
    pub recent: Vec<SeriesRow<'a>>,
    /// The series with most messages.
    pub discussed: Vec<RankItem>,
    /// Series of which no date is known, so that no digest by date leads to them.
    pub undated: Vec<SeriesRow<'a>>,
    /// Threads of which no date is known.
    pub undated_threads: Vec<ThreadRow<'a>>,
    /// To the digests.
    pub digests_url: String,
}

/// `feeds.html`: every feed, for people.
#[derive(Debug, Serialize)]
pub struct FeedsView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The feeds of the site, then those of each list.
    pub groups: Vec<FeedGroup>,
    /// All of them in a file for feed readers.
    pub opml_url: String,
    /// To the people, who have feeds of their own.
    pub people_url: String,
    /// To the folders, likewise.
    pub paths_url: String,
}

/// Feeds of one thing.
#[derive(Debug, Clone, Serialize)]
pub struct FeedGroup {
    /// `The whole site`, `The list linux-mtd`.
    pub heading: String,
    /// The feeds.
    pub feeds: Vec<FeedRow>,
}

/// A feed in a list of feeds.
#[derive(Debug, Clone, Serialize)]
pub struct FeedRow {
    /// Its name.
    pub title: String,
    /// What it carries, in a sentence.
    pub about: String,
    /// Where it is.
    pub url: String,
    /// Its whole address, to be copied into a feed reader.
    pub address: String,
    /// The same in other forms than Atom.
    pub forms: Vec<Link>,
}

/// `content.html`: a page of the author's own.
#[derive(Debug, Serialize)]
pub struct ContentView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// Its title.
    pub title: &'a str,
    /// Who wrote it; may be empty.
    pub author: &'a str,
    /// Its date as written in its front matter; may be empty.
    pub date: &'a str,
    /// Its text.
    pub body_html: String,
}

/// `404.html`: for addresses at which there is nothing. All its links are absolute paths.
#[derive(Debug, Serialize)]
pub struct NotFoundView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// To the digests.
    pub digests_url: String,
}
