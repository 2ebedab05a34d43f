//! The types [`Plan`], [`Page`] and `Kind`, and the questions of builders: where a mail is shown, what a page leaves
//! out.
//!
//! In: the parts that [`planner`](super::planner) found. Out: a [`Plan`] with its pages, and answers about them.
//! Never here: the choice of pages (`planner`).

use std::{
    collections::{BTreeMap, HashSet},
    mem,
};

use crate::{
    config::{Addresses, Settings},
    date::Timestamp,
    digest::{self, Period},
    message::TextReader,
    plan::{
        comparisons,
        content::Content,
        fact::{Facts, Log},
        mbox,
        omitted::{Omissions, Omitted},
        people, places, queries, queues, repeats,
        route::Route,
        tree,
    },
    series::{Corpus, ListIx, MailIx, SeriesIx},
    text::{Mask, mask},
};

/// All pages of the site, ready to be rendered.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The reader of the texts of mails for its pages.
    pub texts: &'a TextReader,
    /// The content of the archives.
    pub corpus: &'a Corpus,
    /// The digests of all lists together: spans of time oldest first, then commit ranges.
    pub digests: Vec<&'a digest::Digest>,
    /// The content of the author.
    pub content: &'a Content,
    /// How the site is to be.
    pub settings: &'a Settings,
    /// The pages, in the order of their addresses.
    pub pages: Vec<Page>,
    pub(crate) places: places::Places,
    pub(crate) people: people::People,
    pub(crate) tree: tree::Tree,
    pub(crate) queues: queues::Queues,
    pub(crate) queries: queries::Queries,
    pub(crate) comparisons: comparisons::Comparisons,
    pub(crate) repeats: repeats::AllRepeats,
    pub(crate) facts: Facts,
    /// The addresses that its files hide.
    pub(crate) masking: Option<mask::Rules<'a>>,
    pub(crate) omissions: Omissions,
}

/// A page: its address and its subject.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its address.
    pub route: Route,
    /// The date of its newest message, if known: its `lastmod` in a sitemap.
    pub newest: Option<Timestamp>,
    pub(crate) kind: Kind,
}

/// The subject of a page.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Home,
    Digests,
    Year(Box<str>),
    Digest(usize),
    DigestText(usize),
    DigestMarkdown(usize),
    DigestWhole(usize),
    Card(usize),
    Revision(SeriesIx, usize),
    /// A revision's page of replies with this number.
    Answers(SeriesIx, usize, usize),
    /// The comparison of a revision with the one before.
    Compare(SeriesIx, usize),
    /// The diff of the patch in a revision's slot.
    Diff(SeriesIx, usize, (usize, MailIx)),
    Mbox(SeriesIx),
    SeriesMarkdown(SeriesIx),
    /// A thread's page with this number.
    Thread(usize, usize),
    List(ListIx, Option<queues::Queue>),
    /// The saved query with this number.
    Query(usize),
    People(Option<Box<str>>),
    Person(people::PersonIx),
    Paths,
    Path(tree::FolderIx),
    Stats,
    Feeds,
    Search,
    /// `llms.txt`, the index of the files in Markdown.
    Llms,
    Content(usize),
    /// An earlier address of that page.
    Moved(usize),
    NotFound,
}

impl<'a> Plan<'a> {
    /// One page of each kind: a theme that can make these can probably make all.
    pub fn proofs(&self) -> Vec<&Page> {
        let mut kinds = HashSet::new();
        let is_first = |page: &&Page| kinds.insert(mem::discriminant(&page.kind));
        self.pages.iter().filter(is_first).collect()
    }

    /// The page of a revision: the series' own for the newest.
    pub fn revision_route(&self, series: SeriesIx, revision: usize) -> Route {
        self.places.revision(self.corpus, series, revision)
    }

    /// The `id` of a message on its page.
    pub fn message_anchor(&self, mail: MailIx) -> &str {
        self.places.anchor(mail)
    }

    /// The page that shows a message.
    pub fn message_route(&self, mail: MailIx) -> Route {
        self.places.route(self.corpus, mail)
    }

    /// Whether a message of a revision was on a list.
    pub fn is_on(&self, series: SeriesIx, revision: usize, list: ListIx) -> bool {
        let mut mails = self.corpus.series[series.at()].revisions[revision].members();
        mails.any(|mail| self.corpus.stored(mail).copies.iter().any(|(copy, _)| *copy == list))
    }

    /// The years that have digests, oldest first, each with the numbers of its digests.
    pub(crate) fn years(&self) -> BTreeMap<String, Vec<usize>> {
        let mut years: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, digest) in self.digests.iter().enumerate() {
            if let Period::Span { label, .. } = &digest.period {
                let year = label.split('-').next().unwrap_or_default();
                years.entry(year.to_owned()).or_default().push(number);
            }
        }
        years
    }

    pub(crate) fn newest(&self, mails: &[MailIx]) -> Option<Timestamp> {
        mails.iter().filter_map(|m| self.corpus.stored(*m).mail.message.date).max()
    }

    /// What a revision's page leaves out.
    pub(crate) fn omitted(&self, series: SeriesIx, revision: usize) -> Omitted {
        self.omissions.omitted(series, revision)
    }

    /// What the page of a mail leaves out.
    pub(crate) fn omitted_with(&self, mail: MailIx) -> Omitted {
        self.omissions.omitted_with(self.corpus, &self.places, mail)
    }

    /// The masking for the writers of a file; `log` records what the file is made from.
    pub(crate) fn mask<'l>(&'l self, log: &'l Log) -> Mask<'l> {
        Mask::new(self.masking.as_ref(), log.asked())
    }

    /// Whether a series has an mbox: `git am` can apply all of it, with its authors.
    pub(crate) fn offers_mbox(&self, ix: SeriesIx) -> bool {
        let newest = self.corpus.series[ix.at()].revisions.len().saturating_sub(1);
        self.omitted(ix, newest) == Omitted::Nothing && self.can_have_mbox(ix)
    }

    /// Whether it would have one if nothing were left out.
    pub(crate) fn can_have_mbox(&self, ix: SeriesIx) -> bool {
        self.settings.addresses == Addresses::Full && mbox::is_whole(self.corpus, ix)
    }
}
