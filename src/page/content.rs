//! The pages of the site's author, and the page for missing addresses.
//!
//! In: an author's page of the plan. Out: the views of `content.html`, `moved.html` and `404.html`: the page's
//! section in the navigation, and the series and digests that its front matter selects. Never here: Markdown
//! (`part::authored`), the front matter (`plan::content`).

pub(crate) mod view;

use std::collections::HashSet;

use crate::{
    markup::markdown::Written,
    page::{
        content::view::{ContentView, MovedView, NotFoundView},
        part::{
            authored,
            layout::{self, About},
            links::Links,
            row::{
                self, Detail,
                view::{DigestRow, SeriesRow},
            },
            view::{Frame, NavLink},
        },
    },
    plan::{ContentPage, DigestAsk, Reader, Route, SeriesAsk},
    series::{ListIx, SeriesIx},
};

/// A page with fewer headings needs no table of contents.
const MANY_HEADINGS: usize = 4;
/// The deepest level of a heading in the contents.
const DEEPEST: usize = 3;

/// The view of `content.html`.
pub(crate) fn content_page<'a>(plan: Reader<'a>, route: &Route, number: usize) -> ContentView<'a> {
    let page = &plan.whole().content.pages[number];
    let links = Links::new(plan, route);
    let (title, description) = (page.title.clone(), page.about(160));
    let section = Section::of(plan, route, number);
    let crumbs = section.crumbs(route);
    let is_dated = page.published(&plan.settings.zone).is_some();
    let feed = || (plan.settings.words.text("feed-pages").to_owned(), Route::PagesFeed);
    let feeds = is_dated.then(feed).into_iter().collect();
    let about = About { kind: "content", title, description, feeds, crumbs };
    let Written { html, mut headings } = authored::html(plan, page, route, "");
    headings.retain(|heading| heading.level <= DEEPEST);
    let [previous, next] =
        section.beside().map(|page| page.map(|page| links.link(page.title.as_str(), &page.route)));
    ContentView {
        page: layout::with_extra(layout::frame(plan, route, about), Some(page)),
        title: &page.title,
        author: &page.author,
        date: &page.date,
        toc: match page.toc.unwrap_or(headings.len() >= MANY_HEADINGS) {
            true => headings,
            false => Vec::new(),
        },
        section: section.pages.iter().map(|one| nav_link(&links, one, route)).collect(),
        previous,
        next,
        body_html: html,
        series: page
            .asks
            .series
            .iter()
            .map(|(name, ask)| (name.as_str(), series(plan, &links, ask)))
            .collect(),
        digests: page
            .asks
            .digests
            .iter()
            .map(|(name, ask)| (name.as_str(), digests(plan, &links, ask)))
            .collect(),
    }
}

fn nav_link(links: &Links<'_>, page: &ContentPage, here: &Route) -> NavLink {
    let current = if page.route == *here { "page" } else { "" };
    NavLink { label: page.title.clone(), url: links.to(&page.route), current }
}

/// The pages of a folder in the order of the navigation, its main page first; none if there is only one.
struct Section<'a> {
    pages: Vec<&'a ContentPage>,
    /// The place of the page itself.
    here: usize,
}

impl<'a> Section<'a> {
    /// The section of the page with this number.
    fn of(plan: Reader<'a>, route: &Route, number: usize) -> Self {
        let (numbers, here) = plan.names_of_content().order.beside(number, route);
        let pages = numbers.iter().filter_map(|number| plan.content_pages().get(*number));
        Self { pages: pages.collect(), here }
    }

    /// The breadcrumbs of the page at `route`: the main page of the folder, if it has one.
    fn crumbs(&self, route: &Route) -> Vec<(String, Route)> {
        let folder = path(route).split('/').next().unwrap_or_default();
        let first = self.pages.first().filter(|page| path(&page.route) == folder);
        let first = first.filter(|page| page.route != *route);
        first.into_iter().map(|page| (page.title.clone(), page.route.clone())).collect()
    }

    /// The pages before and after.
    fn beside(&self) -> [Option<&'a ContentPage>; 2] {
        let at = |at: Option<usize>| at.and_then(|at| self.pages.get(at)).copied();
        [at(self.here.checked_sub(1)), at(self.here.checked_add(1))]
    }
}

fn path(route: &Route) -> &str {
    match route {
        Route::Content(path) => path,
        _ => "",
    }
}

/// The view of `moved.html`.
pub(crate) fn moved<'a>(plan: Reader<'a>, route: &Route, number: usize) -> MovedView<'a> {
    let page = &plan.whole().content.pages[number];
    let (title, description) = (page.title.clone(), page.about(160));
    let about = About { kind: "moved", title, description, feeds: vec![], crumbs: vec![] };
    let frame = layout::frame(plan, route, about);
    MovedView {
        // Search engines should know the page by its present address.
        page: Frame { canonical: String::new(), noindex: true, ..frame },
        title: &page.title,
        url: Links::new(plan, route).to(&page.route),
    }
}

/// The series that a page selects: those of a queue in the order of the queue, others by their newest revision.
fn series<'a>(plan: Reader<'a>, links: &Links<'_>, ask: &SeriesAsk) -> Vec<SeriesRow<'a>> {
    let corpus = plan.corpus.whole();
    let lists = (0u16..).map(ListIx).zip(&corpus.lists);
    let lists: Vec<ListIx> = lists
        .filter(|(_, name)| ask.list.is_empty() || ***name == *ask.list)
        .map(|(list, _)| list)
        .collect();
    let of_list = |list: &ListIx| match ask.queue() {
        Some(queue) => plan.whole().queues.of(*list, queue).to_vec(),
        None => corpus.series_on(*list),
    };
    let mut all: Vec<SeriesIx> = Vec::new();
    let mut seen = HashSet::new();
    all.extend(lists.iter().flat_map(of_list).filter(|ix| seen.insert(*ix)));
    if ask.queue().is_none() {
        all = row::newest_first(plan.corpus, &all);
    }
    let is_asked = |ix: &SeriesIx| {
        let series = plan.corpus.series(*ix);
        let revision = series.newest();
        let by = |who: &str| {
            who.is_empty() || [&*revision.author.name, &*revision.author.address].contains(&who)
        };
        let in_path = |path: &str| {
            path.is_empty() || plan.corpus.paths(revision).any(|it| is_below(it, path))
        };
        ask.state.takes(series.state.kind.word()) && by(&ask.author) && in_path(&ask.path)
    };
    let rows = all.into_iter().filter(is_asked).take(ask.limit());
    rows.map(|ix| row::newest_row(plan, links, ix, Detail::Folded)).collect()
}

/// Whether a path is this one, or lies in this folder.
fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The digests that a page selects, newest first.
fn digests(plan: Reader<'_>, links: &Links<'_>, ask: &DigestAsk) -> Vec<DigestRow> {
    let whole = plan.whole();
    let years = whole.years();
    let numbers: Vec<usize> = match ask.year {
        None => (0..whole.digests.len()).collect(),
        Some(year) => years.get(&year.to_string()).cloned().unwrap_or_default(),
    };
    let newest = numbers.iter().rev().take(ask.limit());
    newest.map(|number| row::digest_row(plan, links, plan.digest(*number))).collect()
}

/// The view of `404.html`.
pub(crate) fn not_found<'a>(plan: Reader<'a>, route: &Route) -> NotFoundView<'a> {
    let words = &plan.settings.words;
    let about = About {
        kind: "404",
        title: words.text("missing-page-title").to_owned(),
        description: words.text("missing-page-description").to_owned(),
        feeds: vec![],
        crumbs: vec![],
    };
    let digests_url = Links::new(plan, route).to(&Route::Digests);
    NotFoundView { page: layout::frame(plan, route, about), digests_url }
}
