//! Which pages a site has: a new kind of page begins here.
//!
//! In: the corpus, the digests, the author's content. Out: a [`Plan`] with a [`Page`] for each address. The builder
//! of each kind is in its own folder in [`page`](crate::page); [`render`](crate::page::render) calls it. Never here:
//! what a page shows.

use std::collections::BTreeSet;

use crate::{
    config::Settings,
    date::Timestamp,
    digest::{Digest, Period},
    error::{Error, Reason, Result},
    message::TextReader,
    plan::{
        comparisons,
        content::Content,
        diff_pages,
        fact::Facts,
        masking,
        omitted::Omissions,
        pages::{Kind, Page, Plan},
        people, places,
        queries::{Among, Queries},
        queues, repeats,
        route::Route,
        size_budget::{self, Aim},
        tree,
    },
    series::{Corpus, ListIx, SeriesIx},
};

/// Plans the pages of a site, made from `texts`. `digests` are those of all lists together.
///
/// # Errors
/// A content page with the address of another page of the site.
pub fn plan<'a>(
    texts: &'a TextReader,
    corpus: &'a Corpus,
    digests: &'a [Digest],
    content: &'a Content,
    settings: &'a Settings,
) -> Result<Plan<'a>> {
    plan_within(Aim::of(settings), texts, corpus, digests, content, settings)
}

/// Plans the pages with a total weight of at most `aim`.
///
/// # Errors
/// Those of [`plan`].
pub fn plan_within<'a>(
    aim: Aim,
    texts: &'a TextReader,
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
    // None needs another, and each reads all series.
    let ((places, people), (tree, queues)) = rayon::join(
        || {
            rayon::join(
                || places::Places::new(corpus),
                || people::People::new(corpus, settings.addresses),
            )
        },
        || rayon::join(|| tree::Tree::new(corpus), || queues::Queues::new(corpus)),
    );
    let mut plan = Plan {
        texts,
        corpus,
        content,
        settings,
        pages: Vec::new(),
        places,
        people,
        tree,
        queues,
        queries: Queries::default(),
        comparisons: comparisons::places(corpus),
        repeats: repeats::places(corpus),
        facts: Facts::new(corpus),
        digests,
        masking: masking::rules(corpus, settings),
        omissions: Omissions::default(),
    };
    let among = Among { texts, corpus, people: &plan.people, tree: &plan.tree };
    plan.queries = Queries::new(&settings.queries, among);
    plan.omissions = size_budget::omissions(&plan, aim);
    plan.add_front();
    plan.add_work();
    plan.add_series();
    plan.add_content()?;
    plan.pages.shrink_to_fit();
    plan.pages.sort_by_cached_key(|page| page.route.file());
    Ok(plan)
}

impl Plan<'_> {
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
        if self.settings.markdown {
            self.add(Route::Llms, None, Kind::Llms);
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
            if digest.has_letters() {
                self.add(Route::digest_whole(&digest.period), newest, Kind::DigestWhole(number));
            }
            if self.settings.markdown {
                let route = Route::digest_markdown(&digest.period);
                self.add(route, None, Kind::DigestMarkdown(number));
            }
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
            let parts: Vec<queues::Queue> = self.queues.long_queues(list).collect();
            for part in parts {
                self.add(Route::list_part(name, part.anchor()), all, Kind::List(list, Some(part)));
            }
        }
        for (number, query) in self.settings.queries.iter().enumerate() {
            let newest = self.queries.of(number).first();
            let newest = newest.and_then(|ix| self.corpus.series[ix.at()].newest().posted);
            self.add(Route::Query(query.name.as_str().into()), newest, Kind::Query(number));
        }
        self.add(Route::People, all, Kind::People(None));
        for initial in self.people.initials() {
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

    /// The date of the newest posting to a folder.
    fn newest_of(&self, folder: &tree::Folder) -> Option<Timestamp> {
        let series = folder.series.iter().map(|ix| &self.corpus.series[ix.at()]);
        series.filter_map(|series| series.newest().posted).max()
    }

    fn add_series(&mut self) {
        for (ix, series) in (0u32..).map(SeriesIx).zip(&self.corpus.series) {
            for revision in 0..series.revisions.len() {
                let newest = self.newest(self.places.members(ix, revision));
                self.add(self.revision_route(ix, revision), newest, Kind::Revision(ix, revision));
                for page in 1..self.places.answer_pages(ix, revision) {
                    let route = self.places.answers_route(self.corpus, ix, revision, page);
                    self.add(route, newest, Kind::Answers(ix, revision, page));
                }
                for (slot, mail, route) in
                    diff_pages::diff_routes(self.corpus, &self.omissions, ix, revision)
                {
                    self.add(route, newest, Kind::Diff(ix, revision, (slot, mail)));
                }
                if comparisons::compared_with(self.corpus, &self.omissions, ix, revision).is_some()
                {
                    let posted = series.revisions[revision].posted;
                    let route = comparisons::compare_route(series, revision);
                    self.add(route, posted, Kind::Compare(ix, revision));
                }
            }
            if self.settings.markdown {
                let route = Route::SeriesMarkdown(series.slug.clone());
                self.add(route, None, Kind::SeriesMarkdown(ix));
            }
            if self.offers_mbox(ix) {
                self.add(Route::Mbox(series.slug.clone()), None, Kind::Mbox(ix));
            }
        }
        for number in 0..self.places.threads.len() {
            for part in 0..self.places.threads[number].parts() {
                let thread = &self.places.threads[number];
                let (route, newest) = (thread.route(part), self.newest(thread.part(part)));
                self.add(route, newest, Kind::Thread(number, part));
            }
        }
    }

    fn add_content(&mut self) -> Result<()> {
        // Most sites have no such pages, and some have many others.
        let made = self.pages.iter().filter(|_| !self.content.pages.is_empty());
        let mut taken: BTreeSet<String> = made.map(|page| page.route.file()).collect();
        for (number, page) in self.content.pages.iter().enumerate() {
            if !taken.insert(page.route.file()) {
                let address = page.route.absolute("/");
                let reason = Reason::new(format!("`{address}` is a page that patchpress makes"))
                    .hint("give the file another name");
                let path = page.file.clone();
                return Err(Error::FrontMatter { path, line: 0, column: 0, reason });
            }
            self.add(page.route.clone(), None, Kind::Content(number));
        }
        for (number, page) in self.content.pages.iter().enumerate() {
            for old in &page.aliases {
                if !taken.insert(old.file()) {
                    let reason = Reason::new(format!(
                        "`{}` is the address of another page",
                        old.absolute("/")
                    ));
                    let path = page.file.clone();
                    let reason = reason.hint("remove it from the page's `aliases`");
                    return Err(Error::FrontMatter { path, line: 0, column: 0, reason });
                }
                self.add(old.clone(), None, Kind::Moved(number));
            }
        }
        Ok(())
    }
}
