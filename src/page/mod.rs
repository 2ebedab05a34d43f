//! Stage 6: what a reader sees.
//!
//! In: the [`Corpus`], the digests, the author's content. Out: a [`Plan`] of all pages; each is rendered
//! by itself, in any order, on any thread, and is the same every time.
//! Never here: a file written, a feed, a clock.

mod apart;
mod body;
mod card;
mod chart;
mod claims;
mod compare;
mod content;
mod digest;
mod discussion;
mod feeds;
mod frame;
mod front;
mod inputs;
mod kin;
mod ledger;
mod letter;
mod list;
mod machines;
mod markdown;
mod mbox;
mod paths;
mod people;
mod places;
mod pull;
mod quoted;
mod ranking;
mod remarks;
mod repeats;
mod revisions;
mod route;
mod row;
mod search;
mod series;
mod standing;
mod stats;
mod thin;
mod thread;
mod topic;
mod tops;
mod trends;
mod veil;
pub mod view;
mod whole;
mod words;
mod working;

use std::{
    collections::{BTreeMap, HashSet},
    mem,
};

pub use content::{Content, ContentPage, Drafts};
pub use inputs::Asked;
pub use route::{Route, safe_name};
pub use thin::Aim;
use thin::Lack;
pub use topic::Topic;
pub use working::Part;

use crate::{
    config::{Addresses, Settings},
    date::Timestamp,
    digest::{Digest, Period},
    error::{Error, Result},
    series::{Corpus, ListIx, MailIx, SeriesIx},
    theme::Theme,
};

/// All pages of the site, ready to be rendered.
#[derive(Debug)]
pub struct Plan<'a> {
    /// What the archives hold.
    pub corpus: &'a Corpus,
    /// What happened when, all lists together: spans of time oldest first, then commit ranges.
    pub digests: Vec<&'a Digest>,
    /// What the author wrote.
    pub content: &'a Content,
    /// How the site is to be.
    pub settings: &'a Settings,
    /// The pages, in the order of their addresses.
    pub pages: Vec<Page>,
    places: places::Places,
    people: people::People,
    tree: paths::Tree,
    working: working::Working,
    comparisons: compare::Comparisons,
    repeats: repeats::AllRepeats,
    inputs: inputs::Inputs,
    /// What pages that were rendered looked for.
    asked: Asked,
    veil: veil::Veil<'a>,
    thinning: thin::Thinning,
}

/// A page: where it is, and what it is.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where it is.
    pub route: Route,
    /// The newest message on it, as far as known: its `lastmod` in a sitemap.
    pub newest: Option<Timestamp>,
    kind: Kind,
}

/// What a page shows.
#[derive(Debug, Clone)]
enum Kind {
    Home,
    Digests,
    Year(Box<str>),
    Digest(usize),
    DigestText(usize),
    DigestWhole(usize),
    Card(usize),
    Revision(SeriesIx, usize),
    /// A revision with the one before it.
    Compare(SeriesIx, usize),
    /// The diff of the patch in a revision's slot.
    Diff(SeriesIx, usize, (usize, MailIx)),
    Mbox(SeriesIx),
    Thread(usize),
    List(ListIx, Option<working::Part>),
    People(Option<Box<str>>),
    Person(people::PersonIx),
    Paths,
    Path(paths::FolderIx),
    Stats,
    Feeds,
    Search,
    Content(usize),
    NotFound,
}

/// Plans the pages of a site. `digests` are those of all lists together.
///
/// # Errors
/// A content page that wants the address of a page of the site.
pub fn plan<'a>(
    corpus: &'a Corpus,
    digests: &'a [Digest],
    content: &'a Content,
    settings: &'a Settings,
) -> Result<Plan<'a>> {
    plan_within(Aim::of(settings), corpus, digests, content, settings)
}

/// The same, where all pages together are to weigh no more than `aim`.
///
/// # Errors
/// Those of [`plan`].
pub fn plan_within<'a>(
    aim: Aim,
    corpus: &'a Corpus,
    digests: &'a [Digest],
    content: &'a Content,
    settings: &'a Settings,
) -> Result<Plan<'a>> {
    let mut digests: Vec<&Digest> = digests.iter().filter(|digest| digest.list.is_none()).collect();
    digests.sort_by_key(|digest| match &digest.period {
        Period::Span { start, end, .. } => (0, start.0, end.0),
        Period::Range { .. } => (1, 0, 0),
    });
    let mut plan = Plan {
        corpus,
        content,
        settings,
        pages: Vec::new(),
        places: places::Places::new(corpus),
        people: people::People::new(corpus, settings.addresses),
        tree: paths::Tree::new(corpus),
        working: working::Working::new(corpus),
        comparisons: compare::places(corpus),
        repeats: repeats::places(corpus),
        inputs: inputs::Inputs::new(corpus, digests.len()),
        digests,
        asked: Asked::default(),
        veil: veil::Veil::new(corpus, settings),
        thinning: thin::Thinning::default(),
    };
    plan.thinning = plan.thinning(aim);
    plan.add_front();
    plan.add_work();
    plan.add_series();
    plan.add_content()?;
    plan.pages.shrink_to_fit();
    plan.pages.sort_by_cached_key(|page| page.route.file());
    Ok(plan)
}

impl<'a> Plan<'a> {
    /// The bytes of a page.
    ///
    /// # Errors
    /// A template that does not render.
    pub fn render(&self, page: &Page, theme: &Theme) -> Result<Vec<u8>> {
        let route = &page.route;
        let html = match &page.kind {
            Kind::Home => theme.render("home.html", &self.home(route)),
            Kind::Digests => theme.render("digests.html", &self.all_digests(route)),
            Kind::Year(year) => theme.render("year.html", &self.year(route, year)),
            Kind::Digest(number) => theme.render("digest.html", &self.digest(route, *number)),
            Kind::DigestWhole(number) => {
                theme.render("digest-whole.html", &self.digest_whole(route, *number))
            }
            Kind::Revision(series, revision) => {
                theme.render("series.html", &self.revision(route, *series, *revision))
            }
            Kind::Compare(series, revision) => {
                theme.render("compare.html", &self.compare(route, *series, *revision))
            }
            Kind::Diff(series, revision, patch) => {
                theme.render("diff.html", &self.diff(route, (*series, *revision), *patch))
            }
            Kind::Thread(number) => theme.render("thread.html", &self.thread(route, *number)),
            Kind::List(list, part) => theme.render("list.html", &self.list(route, *list, *part)),
            Kind::People(initial) => {
                theme.render("people.html", &self.people_page(route, initial.as_deref()))
            }
            Kind::Person(person) => theme.render("person.html", &self.person_page(route, *person)),
            Kind::Paths => theme.render("paths.html", &self.all_paths(route)),
            Kind::Path(folder) => theme.render("path.html", &self.folder_page(route, *folder)),
            Kind::Stats => {
                let (whole, years) = self.statistics();
                theme.render("stats.html", &self.stats(route, &whole, &years))
            }
            Kind::Feeds => theme.render("feeds.html", &self.feeds(route)),
            Kind::Search => theme.render("search.html", &self.search(route)),
            Kind::Content(number) => {
                theme.render("content.html", &self.content_page(route, *number))
            }
            Kind::NotFound => theme.render("404.html", &self.not_found(route)),
            Kind::Card(number) => return Ok(self.card(*number)),
            Kind::DigestText(number) => return Ok(self.digest_text(*number)),
            Kind::Mbox(series) => return Ok(mbox::write(self.corpus, *series)),
        };
        html.map(String::into_bytes)
    }

    /// A page of each kind: where a theme makes these, it mostly makes all.
    pub fn proofs(&self) -> Vec<&Page> {
        let mut kinds = HashSet::new();
        let is_first = |page: &&Page| kinds.insert(mem::discriminant(&page.kind));
        self.pages.iter().filter(is_first).collect()
    }

    /// The page of a revision: the series' own for the newest.
    pub fn revision_route(&self, series: SeriesIx, revision: usize) -> Route {
        self.places.revision(self.corpus, series, revision)
    }

    /// A revision's title as feeds name it, and its author's name.
    pub fn revision_title(&self, series: SeriesIx, revision: usize) -> (String, &'a str) {
        let revision = &self.corpus.series[series.at()].revisions[revision];
        let version = match (revision.label().as_str(), revision.posting) {
            ("v1", _) => String::new(),
            (label, 0 | 1) => format!(" ({label})"),
            _ => format!(" ({}, sent again)", revision.version),
        };
        let author = words::person(&revision.author).name;
        (format!("{}{version}", series::some_title(&revision.title)), author)
    }

    /// Where a revision changes how much, to follow its number of patches: `, +12 −3 in drivers/mtd/`.
    pub fn revision_facts(&self, series: SeriesIx, revision: usize) -> String {
        let revision = &self.corpus.series[series.at()].revisions[revision];
        let churn = words::churn(self.files(revision));
        let place = words::place(self.files(revision));
        let at = if place.is_empty() { String::new() } else { format!(" in {place}") };
        match (churn.added, churn.deleted) {
            (0, 0) => String::new(),
            (added, deleted) => format!(", +{added} −{deleted}{at}"),
        }
    }

    /// What a revision is about: its first sentences; may be empty.
    pub fn revision_excerpt(&self, series: SeriesIx, revision: usize) -> String {
        self.excerpt(&self.corpus.series[series.at()].revisions[revision], row::EXCERPT)
    }

    /// A digest's heading: `Week 9, 2026`.
    pub fn digest_heading(&self, number: usize) -> String {
        words::heading(&self.digests[number].period, &self.settings.zone)
    }

    /// The `id` of a message on its page.
    pub fn message_anchor(&self, mail: MailIx) -> &str {
        self.places.anchor(mail)
    }

    /// The page that shows a message.
    pub fn message_route(&self, mail: MailIx) -> Route {
        self.places.route(self.corpus, mail)
    }

    /// A message of a revision was on a list.
    pub fn is_on(&self, series: SeriesIx, revision: usize, list: ListIx) -> bool {
        let mut mails = self.corpus.series[series.at()].revisions[revision].members();
        mails.any(|mail| self.corpus.letter(mail).copies.iter().any(|(copy, _)| *copy == list))
    }

    /// The years that have digests, oldest first, each with the numbers of its digests.
    fn years(&self) -> BTreeMap<String, Vec<usize>> {
        let mut years: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, digest) in self.digests.iter().enumerate() {
            if let Period::Span { label, .. } = &digest.period {
                let year = label.split('-').next().unwrap_or_default();
                years.entry(year.to_owned()).or_default().push(number);
            }
        }
        years
    }

    fn newest(&self, mails: &[MailIx]) -> Option<Timestamp> {
        mails.iter().filter_map(|m| self.corpus.letter(*m).mail.message.date).max()
    }

    fn add(&mut self, route: Route, newest: Option<Timestamp>, kind: Kind) {
        self.pages.push(Page { route, newest, kind });
    }

    fn add_front(&mut self) {
        let all = self.corpus.mails.iter().filter_map(|l| l.mail.message.date).max();
        self.add(Route::Home, all, Kind::Home);
        self.add(Route::Digests, all, Kind::Digests);
        self.add(Route::Stats, all, Kind::Stats);
        self.add(Route::Feeds, None, Kind::Feeds);
        self.add(Route::NotFound, None, Kind::NotFound);
        if self.settings.search {
            self.add(Route::Search, None, Kind::Search);
        }
        for (year, numbers) in self.years() {
            let newest = numbers.last().and_then(|n| self.newest(&self.digests[*n].messages));
            self.add(Route::Year(year.clone().into()), newest, Kind::Year(year.into()));
        }
        for number in 0..self.digests.len() {
            let digest = self.digests[number];
            let newest = self.newest(&digest.messages);
            self.add(Route::digest(&digest.period), newest, Kind::Digest(number));
            self.add(Route::digest_text(&digest.period), None, Kind::DigestText(number));
            self.add(Route::digest_whole(&digest.period), newest, Kind::DigestWhole(number));
            if self.settings.cards {
                self.add(Route::card(&digest.period), None, Kind::Card(number));
            }
        }
    }

    /// Lists, people and paths.
    fn add_work(&mut self) {
        let all = self.corpus.mails.iter().filter_map(|l| l.mail.message.date).max();
        for (list, name) in (0u16..).map(ListIx).zip(&self.corpus.lists) {
            self.add(Route::list(name), all, Kind::List(list, None));
            let parts: Vec<working::Part> = self.long_parts(list).collect();
            for part in parts {
                self.add(Route::list_part(name, part.anchor()), all, Kind::List(list, Some(part)));
            }
        }
        self.add(Route::People, all, Kind::People(None));
        for initial in self.initials() {
            let initial: Box<str> = initial.into();
            self.add(Route::Initial(initial.clone()), all, Kind::People(Some(initial)));
        }
        let people = self.people.with_page();
        let people: Vec<_> = people.map(|(at, known)| (known.route(), known.last(), at)).collect();
        for (route, last, person) in people {
            self.add(route, last, Kind::Person(person));
        }
        self.add(Route::Paths, all, Kind::Paths);
        let folders = self.tree.with_page().map(|(at, folder)| (at, self.newest_of(folder)));
        let folders: Vec<_> = folders.collect();
        for (folder, newest) in folders {
            self.add(self.tree.route(folder), newest, Kind::Path(folder));
        }
    }

    /// When something was posted to a folder last.
    fn newest_of(&self, folder: &paths::Folder) -> Option<Timestamp> {
        let series = folder.series.iter().map(|ix| &self.corpus.series[ix.at()]);
        series.filter_map(|series| series.newest().posted).max()
    }

    fn add_series(&mut self) {
        for (ix, series) in (0u32..).map(SeriesIx).zip(&self.corpus.series) {
            for revision in 0..series.revisions.len() {
                let newest = self.newest(self.places.members(ix, revision));
                self.add(self.revision_route(ix, revision), newest, Kind::Revision(ix, revision));
                for (slot, mail, route) in self.diff_routes(ix, revision) {
                    self.add(route, newest, Kind::Diff(ix, revision, (slot, mail)));
                }
                if self.compared_with(ix, revision).is_some() {
                    let posted = series.revisions[revision].posted;
                    let route = compare::compare_route(series, revision);
                    self.add(route, posted, Kind::Compare(ix, revision));
                }
            }
            if self.offers_mbox(ix) {
                self.add(Route::Mbox(series.slug.clone()), None, Kind::Mbox(ix));
            }
        }
        for number in 0..self.places.threads.len() {
            let thread = &self.places.threads[number];
            let (slug, newest) = (thread.slug.clone(), self.newest(&thread.mails));
            self.add(Route::Thread(slug), newest, Kind::Thread(number));
        }
    }

    /// A series has an mbox: `git am` takes it whole, authors and all.
    pub(crate) fn offers_mbox(&self, ix: SeriesIx) -> bool {
        let newest = self.corpus.series[ix.at()].revisions.len().saturating_sub(1);
        self.lack(ix, newest) == Lack::Nothing && self.can_have_mbox(ix)
    }

    /// It has one where nothing is left out.
    fn can_have_mbox(&self, ix: SeriesIx) -> bool {
        self.settings.addresses == Addresses::Full && mbox::is_whole(self.corpus, ix)
    }

    fn add_content(&mut self) -> Result<()> {
        let taken: BTreeMap<String, ()> =
            self.pages.iter().map(|page| (page.route.file(), ())).collect();
        for (number, page) in self.content.pages.iter().enumerate() {
            if taken.contains_key(&page.route.file()) {
                let address = page.route.absolute("/");
                let reason = format!(
                    "`{address}` is a page that patchpress makes\nhint: give the file another name"
                );
                let path = page.file.clone();
                return Err(Error::FrontMatter { path, line: 0, column: 0, reason });
            }
            self.add(page.route.clone(), None, Kind::Content(number));
        }
        Ok(())
    }
}
