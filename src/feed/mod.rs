//! Feeds: of the site, of its digests, of each list and its queues, of each series, of people and folders.
//!
//! In: a planned site. Out: the address and the bytes of each feed document. An entry is an event ([`event`]),
//! which gives its date and its id; the id does not depend on the address of the site (`name`). Its content fits
//! into its share of a document (`entry`, `revision_entry`, `body`). All feeds are Atom (`atom`). Those of the site
//! and of the digests are also JSON Feed and RSS (`json`, `rss`), and have archives (`archive`). Events without a
//! date are in no feed. `updated` is the date of the newest entry, never that of the build. Never here: a class or
//! a style, because readers drop them; a clock.

mod archive;
mod atom;
mod body;
mod entry;
mod json;
mod made;
mod name;
mod opml;
mod revision_entry;
mod rss;

use std::sync::Arc;

use archive::Span;
use entry::{Entry, FRAME, LONGEST_TITLE, Telling, cut};
pub use opml::opml;
#[cfg(feature = "program")]
pub(crate) use {
    atom::{author, link},
    name::urn,
    opml::outline,
};

use crate::{
    config::MOST_ENTRIES,
    date::Timestamp,
    plan::{
        Log, Plan, Queue, Reader, Route,
        event::{self, Event, Events, Step, What},
        topic,
    },
    say,
    series::{ListIx, Series, SeriesIx},
};

/// Some feed readers refuse more.
const MOST_BYTES: usize = 512 * 1024;
/// The most bytes of a document outside its entries.
const HEAD: usize = 8 * 1024;
/// How many entries the feed of a person or folder has: there are many such feeds.
const MOST_OF_TOPIC: usize = 20;
/// How many digests are in a feed of digests: fewer entries, but longer ones.
const MOST_DIGESTS: usize = 20;

/// A document of a feed: its address and its content.
#[derive(Debug, Clone)]
pub struct Feed<'p> {
    /// Its address.
    pub route: Route,
    plan: &'p Plan<'p>,
    title: String,
    about: Route,
    /// The newest first.
    events: Vec<Event>,
    telling: Telling,
    form: Form,
    group: Group,
    stand: Stand,
    /// The document whose address names the feed permanently.
    named_by: Route,
    /// Other documents of the same feed, with their relation (RFC 5005).
    archive: Vec<(&'static str, Route)>,
}

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Atom,
    Json,
    Rss,
}

/// The audience of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Group {
    /// Readers who follow the site.
    Site,
    /// Readers who follow a list.
    List(Arc<str>),
    /// Readers who come from the page of the feed, or from another format or part of the feed.
    Page,
}

/// The role of a document in its feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stand {
    /// The document to subscribe to.
    Current,
    /// A part of the archive that can still grow.
    Open,
    /// A part of the archive that no longer changes.
    Closed,
}

/// The feeds of a site.
#[derive(Debug)]
pub struct Feeds<'p> {
    plan: &'p Plan<'p>,
    events: Events,
}

impl<'p> Feeds<'p> {
    /// Finds the events.
    pub fn of(plan: &'p Plan<'p>) -> Self {
        Self { plan, events: Events::of(plan) }
    }

    /// The feeds of the site, of its digests and of its lists, in all formats and parts.
    pub fn common(&self) -> Vec<Feed<'p>> {
        let Self { plan, events } = self;
        let mut feeds = of_site(plan, events);
        feeds.extend(of_pages(plan, events));
        for (list, name) in (0u16..).map(ListIx).zip(&plan.corpus.lists) {
            feeds.extend(of_list(plan, events, list, name));
        }
        feeds
    }

    /// The feeds of series, people and folders, one after another: there are more of them than series.
    pub fn special(&self) -> impl Iterator<Item = Feed<'p>> {
        let Self { plan, events } = self;
        let of_series = move |(ix, series): (SeriesIx, &'p Series)| {
            let news = events.of_series(ix).iter().copied().filter(event::is_news);
            let (route, about) =
                (Route::SeriesFeed(series.slug.clone()), Route::Series(series.slug.clone()));
            feed(
                plan,
                route,
                topic::series_title(plan.corpus, ix).to_owned(),
                about,
                news.collect(),
            )
        };
        let series = (0u32..).map(SeriesIx).zip(&plan.corpus.series).map(of_series);
        // A saved query has a feed even before it finds anything.
        let is_there =
            |feed: &Feed<'_>| !feed.events.is_empty() || matches!(feed.route, Route::QueryFeed(_));
        series.chain(topics(plan, events)).filter(is_there)
    }

    /// Every document of every feed.
    pub fn all(&self) -> impl Iterator<Item = Feed<'p>> {
        self.common().into_iter().chain(self.special())
    }
}

/// The feeds of the site and of its digests, in every format, with their archives.
fn of_site<'p>(plan: &'p Plan<'p>, events: &Events) -> Vec<Feed<'p>> {
    let title = &plan.settings.title;
    let lasting = |event: &Event| event.step().is_none_or(|(.., step)| step != Step::Turned);
    let all = events.news().filter(lasting).chain(events.digests.iter().copied()).collect();
    let site = feed(plan, Route::SiteFeed, title.clone(), Route::Home, all);
    let digests = events.digests.clone();
    let digests = feed(
        plan,
        Route::DigestFeed,
        say!(plan.settings.words, "feed-digests-title", site = title),
        Route::Digests,
        digests,
    );
    let digests = Feed { telling: Telling::Whole(room(MOST_DIGESTS)), ..digests };
    let most = plan.settings.feed_entries;
    let of_site = [(Form::Json, Route::SiteJson), (Form::Rss, Route::SiteRss)];
    let of_digests = [(Form::Json, Route::DigestJson), (Form::Rss, Route::DigestRss)];
    let mut feeds = with_archive(site, of_site, Span::Month, most, Route::SiteArchive);
    let few = most.min(MOST_DIGESTS);
    feeds.extend(with_archive(digests, of_digests, Span::Year, few, Route::DigestArchive));
    feeds
}

/// The feed of the author's pages, if any has a date.
fn of_pages<'p>(plan: &'p Plan<'p>, events: &Events) -> Option<Feed<'p>> {
    let title = say!(plan.settings.words, "feed-pages-title", site = &plan.settings.title);
    let mut feed = feed(plan, Route::PagesFeed, title, Route::Home, events.pages.clone());
    feed.events.truncate(MOST_DIGESTS);
    let telling = Telling::Whole(room(MOST_DIGESTS));
    (!feed.events.is_empty()).then_some(Feed { telling, group: Group::Site, ..feed })
}

/// A feed of all its events, cut to `most` entries, in every format and with its archive.
fn with_archive<'p>(
    feed: Feed<'p>,
    forms: [(Form, Route); 2],
    span: Span,
    most: usize,
    place: fn(Box<str>) -> Route,
) -> Vec<Feed<'p>> {
    let oldest_first: Vec<Event> = feed.events.iter().rev().copied().collect();
    let parts = archive::parts(&oldest_first, span, most);
    let routes: Vec<Route> = parts.iter().map(|part| place(part.name.as_str().into())).collect();
    let current = Feed {
        group: Group::Site,
        events: feed.events.iter().take(most).copied().collect(),
        archive: match routes.iter().rev().nth(1) {
            // After the last closed part comes an open one.
            Some(last) => vec![("prev-archive", last.clone())],
            None => Vec::new(),
        },
        ..feed
    };
    let mut documents = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        let mut archive = vec![("current", current.route.clone())];
        let before = at.checked_sub(1).and_then(|before| routes.get(before));
        archive.extend(before.map(|route| ("prev-archive", route.clone())));
        archive.extend(routes.get(at + 1).map(|route| ("next-archive", route.clone())));
        let events = oldest_first[part.events].iter().rev().copied().collect();
        let stand = if part.closed { Stand::Closed } else { Stand::Open };
        let (route, telling) = (routes[at].clone(), Telling::Kept);
        let group = Group::Page;
        documents.push(Feed { route, events, telling, stand, archive, group, ..current.clone() });
    }
    let others = forms.map(|(form, route)| Feed {
        route,
        form,
        group: Group::Page,
        archive: Vec::new(),
        ..current.clone()
    });
    documents.extend(others);
    documents.insert(0, current);
    documents
}

/// The feeds of a list: one with all events, and those of its queues.
fn of_list<'p>(
    plan: &'p Plan<'p>,
    events: &Events,
    list: ListIx,
    name: &Arc<str>,
) -> Vec<Feed<'p>> {
    let is_on =
        |event: &Event| event.step().is_some_and(|(series, at, _)| plan.is_on(series, at, list));
    let all: Vec<Event> = events.news().filter(is_on).collect();
    let newest = |part: Queue, wanted: fn(Step) -> bool| {
        let series = plan.queues.of(list, part).iter();
        let of = move |ix: &SeriesIx| {
            let last = plan.corpus.series[ix.at()].revisions.len() - 1;
            let is_it = move |event: &&Event| {
                event.step().is_some_and(|(_, at, step)| at == last && wanted(step))
            };
            events.of_series(*ix).iter().find(is_it).copied()
        };
        series.filter_map(of).collect::<Vec<Event>>()
    };
    let waiting = newest(Queue::Waiting, |step| step == Step::Posted);
    let ready = newest(Queue::Ready, |step| matches!(step, Step::CameReviewed | Step::Reviewed));
    let is_taking = |event: &Event| event.step().is_some_and(|(.., step)| step.is_taking());
    let applied = all.iter().copied().filter(is_taking).collect();
    let (route, about) = (Route::list_feed(name), Route::list(name));
    let mut feeds = vec![feed(
        plan,
        route,
        say!(plan.settings.words, "feed-list-title", list = name),
        about,
        all,
    )];
    for (part, events) in
        [(Queue::Waiting, waiting), (Queue::Ready, ready), (Queue::Applied, applied)]
    {
        let heading = part.label(&plan.settings.words);
        let (route, about) = (Route::work_feed(name, part.anchor()), Route::list(name));
        feeds.push(feed(plan, route, format!("{name}: {heading}"), about, events));
    }
    feeds.into_iter().map(|feed| Feed { group: Group::List(name.clone()), ..feed }).collect()
}

/// The feeds of people and folders. Their entries are short, because the feeds of the series have everything.
fn topics<'p>(plan: &'p Plan<'p>, events: &Events) -> impl Iterator<Item = Feed<'p>> {
    topic::topics(plan).into_iter().map(move |topic| {
        let of = |(ix, at): &(SeriesIx, usize)| {
            let at = *at;
            let is_it = move |event: &&Event| event.step().is_some_and(|(_, of, _)| of == at);
            events.of_series(*ix).iter().filter(is_it).copied()
        };
        let news = topic.revisions.iter().flat_map(of).filter(event::is_news).collect();
        let mut feed = feed(plan, topic.route, topic.title, topic.about, news);
        feed.events.truncate(MOST_OF_TOPIC);
        Feed { telling: Telling::Short, ..feed }
    })
}

fn feed<'p>(
    plan: &'p Plan<'p>,
    route: Route,
    title: String,
    about: Route,
    mut events: Vec<Event>,
) -> Feed<'p> {
    events.sort_unstable_by_key(Event::order);
    if !matches!(route, Route::SiteFeed | Route::DigestFeed) {
        events.truncate(plan.settings.feed_entries);
    }
    Feed {
        named_by: route.clone(),
        route,
        plan,
        title: cut(&title, LONGEST_TITLE),
        about,
        events,
        telling: Telling::Whole(room(MOST_ENTRIES)),
        form: Form::Atom,
        group: Group::Page,
        stand: Stand::Current,
        archive: Vec::new(),
    }
}

/// The most bytes of the HTML of an entry in a document of `entries` entries.
const fn room(entries: usize) -> usize {
    (MOST_BYTES - HEAD) / entries - FRAME
}

impl<'p> Feed<'p> {
    /// The bytes of the document; `log` gets everything that its entries were made from.
    pub fn write(&self, log: &Log) -> Vec<u8> {
        let site = site_name(self.plan);
        let plan = Reader::new(self.plan, log);
        let entry = |event: &Event| made::entry(plan, &site, *event, self.telling);
        let entries: Vec<Entry> = self.events.iter().map(entry).collect();
        match self.form {
            Form::Atom => atom::write(self, &entries, plan.mask()),
            Form::Json => json::write(self, &entries, plan.mask()),
            Form::Rss => rss::write(self, &entries, plan.mask()),
        }
    }

    /// The identity of the document and of its entries. Together with the sources of the entries, they determine
    /// its bytes.
    pub fn made_of(&self) -> u64 {
        let Self {
            route,
            named_by,
            title,
            about,
            events,
            telling,
            form,
            group,
            stand,
            archive,
            ..
        } = self;
        let what = |event: &Event| match event.what {
            What::Revision(series, number, step) => (Some((series, number, step)), None, None),
            What::Digest(number) => (None, Some(&self.plan.digests[number].period), None),
            What::Page(number) => (None, None, Some(&self.plan.content.pages[number])),
        };
        let events: Vec<_> = events.iter().map(|event| (event.date, what(event))).collect();
        let document = (route, named_by, title, about, telling, form, group, stand, archive);
        self.plan.sum_by_name((document, events))
    }

    /// The name of the feed, independent of the address of the site.
    fn id(&self) -> String {
        name::urn(&format!("{}{}", site_name(self.plan), self.named_by.file()))
    }

    /// The date of its newest entry.
    fn updated(&self) -> Timestamp {
        self.events.first().map_or(Timestamp::default(), |event| event.date)
    }

    fn address(&self, route: &Route) -> String {
        route.absolute(&self.plan.settings.base_url)
    }

    /// The WebSub hub: only in feeds of which it is notified, which are those in the OPML.
    fn hub(&self) -> Option<&'p str> {
        self.plan.settings.feed_hub.as_deref().filter(|_| self.group != Group::Page)
    }
}

/// The permanent name of the site for feeds and digests: its first list. Entries about series have the names of
/// their mails.
fn site_name(plan: &Plan<'_>) -> String {
    format!("patchpress:{}/", plan.corpus.lists.first().map_or("", |name| name))
}
