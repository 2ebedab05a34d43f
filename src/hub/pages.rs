//! The pages of a hub.
//!
//! In: the exports, what they share, the people. Out: every page, feed and file of the hub but its search index, in the
//! output. Never here: reading a part; markup.

mod rows;
mod shared;

use std::collections::HashSet;

use rayon::prelude::*;
use serde::Serialize;

use super::{
    feeds,
    fetch::Export,
    frames::{self, frame, link},
    people::Person,
    recent::{self, Edition, Happened},
    trust::{self, NAME, TITLE},
    view::{HubGroup, HubPeopleView, HubPerson, HubSearchView, HubTrouble, HubView},
    works::Sharing,
};
use rows::some;
use shared::months;

use crate::{
    config::{Settings, hub::Member},
    date::Timestamp,
    error::Result,
    export::hub::form::ListFacts,
    page::{
        content::view::NotFoundView,
        part::{
            view::{Link, Moment},
            wording,
        },
    },
    plan::{Route, safe_name},
    say,
    site::output::Output,
    text::Mask,
    theme::Theme,
};

/// The most conversations on the front page, and those of one site.
const TOPS: usize = 20;
const TOPS_OF_SITE: usize = 6;
/// The most events on the front page and on a list's page.
const EVENTS: usize = 20;
/// The most people on their page, and the most sites of each.
const PEOPLE: usize = 300;
const SITES: usize = 6;
/// The most lists of a site.
const LISTS: usize = 500;

/// A site whose parts are old or missing.
#[derive(Debug)]
pub(super) struct Trouble<'a> {
    pub(super) member: &'a Member,
    pub(super) is_stale: bool,
    pub(super) newest: Option<Timestamp>,
    pub(super) why: String,
}

/// A list of a site, with its page.
struct Place<'a> {
    site: usize,
    facts: &'a ListFacts,
    route: Route,
}

/// What all pages share.
pub(super) struct Pages<'a> {
    settings: &'a Settings,
    theme: &'a Theme,
    members: &'a [&'a Member],
    exports: &'a [Export],
    troubles: &'a [Trouble<'a>],
    lists: Vec<Place<'a>>,
    editions: Vec<Edition>,
    events: Vec<Happened>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        theme: &'a Theme,
        members: &'a [&'a Member],
        exports: &'a [Export],
        troubles: &'a [Trouble<'a>],
    ) -> Self {
        let (mut editions, mut events) = (Vec::new(), Vec::new());
        for site in 0..exports.len() {
            let (of_site, happened) = recent::of_site(exports, site, settings);
            editions.extend(of_site);
            events.extend(happened);
        }
        let mut taken = HashSet::new();
        let mut lists = Vec::new();
        for (site, export) in exports.iter().enumerate() {
            let known = export.head.lists.iter().filter(|facts| trust::is_name(&facts.list));
            for facts in known.take(LISTS) {
                let mut name = safe_name(&facts.list);
                if !taken.insert(name.clone()) {
                    name = safe_name(&format!("{name}-{}", members[site].name));
                    if !taken.insert(name.clone()) {
                        continue;
                    }
                }
                lists.push(Place { site, facts, route: Route::List(name.into()) });
            }
        }
        Self { settings, theme, members, exports, troubles, lists, editions, events }
    }

    /// Puts every page and file into the output.
    pub(super) fn put(
        &self,
        output: &Output,
        sharing: &Sharing,
        people: &[Person],
        series: usize,
    ) -> Result<()> {
        let write = |route: &Route, template: &str, view: &dyn Render| -> Result<()> {
            let html = view.render(self.theme, template)?;
            output.put(&route.file(), html.as_bytes()).map(drop)
        };
        let last = recent::last_period(self.exports, &self.editions);
        write(&Route::Home, "hub.html", &self.front(&last, series))?;
        self.lists
            .par_iter()
            .try_for_each(|place| write(&place.route, "hub-list.html", &self.list(place, &last)))?;
        let months = months(sharing);
        let all = self.all_months(&months);
        write(&frames::shared(), "hub-series.html", &all)?;
        months.par_iter().try_for_each(|(name, series)| {
            write(&frames::month(name), "hub-series.html", &self.month(name, series))
        })?;
        write(&Route::People, "hub-people.html", &self.people(people))?;
        write(&Route::Search, "hub-search.html", &self.search(series))?;
        write(&Route::NotFound, "404.html", &self.not_found())?;
        // A hub has no diffs.
        for file in self.theme.files().iter().filter(|file| !file.path.ends_with("/diff.js")) {
            output.put(&file.path, &file.bytes)?;
        }
        let pages = self.lists.iter().map(|place| place.route.clone());
        let months = months.keys().map(|name| frames::month(name));
        let fixed = [Route::Home, Route::People, Route::Search, frames::shared()];
        let pages: Vec<Route> = fixed.into_iter().chain(pages).chain(months).collect();
        let events = recent::newest(&self.events, feeds::ENTRIES);
        let feeds = feeds::Feeds {
            settings: self.settings,
            exports: self.exports,
            members: self.members,
            editions: &self.editions,
            events: &events,
        };
        for (path, bytes) in feeds.files(&pages) {
            output.put(&path, &bytes)?;
        }
        Ok(())
    }

    fn moment(&self, date: Option<Timestamp>) -> Option<Moment> {
        date.map(|date| wording::moment(date, self.settings))
    }

    fn title(&self, site: usize) -> String {
        let title = trust::line(&self.exports[site].head.title, NAME);
        if title.is_empty() { self.members[site].name.clone() } else { title }
    }

    fn front(&self, last: &[&Edition], series: usize) -> HubView<'a> {
        let (settings, words) = (self.settings, &self.settings.words);
        let about = match settings.description.as_str() {
            "" => say!(words, "home-about", site = &settings.title),
            about => about.to_owned(),
        };
        let period = last.iter().map(|one| &one.period).max_by_key(|one| one.bounds());
        let told = recent::told(self.exports, last, TOPS_OF_SITE);
        let newest = self.exports.iter().filter_map(|one| trust::date(one.head.newest.as_deref()));
        let route = Route::Home;
        let trouble = |one: &Trouble<'_>| HubTrouble {
            site: one.member.name.clone(),
            is_stale: one.is_stale,
            newest: self.moment(one.newest),
            reason: trust::line(&one.why, TITLE),
        };
        let events = recent::newest(&self.events, EVENTS);
        HubView {
            page: frame(settings, &route, "home", (settings.title.clone(), about), &[]),
            heading: period.map_or_else(String::new, |one| wording::heading(one, settings)),
            span: period.map_or_else(String::new, |one| wording::span(one, settings)),
            as_of: self.moment(newest.max()),
            tops: told.iter().take(TOPS).map(|told| self.top(told)).collect(),
            groups: self.groups(&route, last),
            troubles: self.troubles.iter().map(trouble).collect(),
            messages: self.exports.iter().map(|one| trust::count(one.head.messages)).sum(),
            series,
            lists: self.lists.len(),
            events: events.iter().map(|event| self.event(event)).collect(),
        }
    }

    fn groups(&self, from: &Route, last: &[&Edition]) -> Vec<HubGroup> {
        let mut groups: Vec<HubGroup> = Vec::new();
        for place in &self.lists {
            let name = &self.members[place.site].group;
            let row = self.list_row(place, from, last);
            match groups.iter_mut().find(|group| group.name == *name) {
                Some(group) => group.lists.push(row),
                None => groups.push(HubGroup {
                    anchor: format!("group-{}", groups.len() + 1),
                    name: name.clone(),
                    lists: vec![row],
                }),
            }
        }
        groups
    }

    fn people(&self, people: &[Person]) -> HubPeopleView<'a> {
        let (settings, words) = (self.settings, &self.settings.words);
        let title = words.text("people").to_owned();
        let about = say!(words, "hub-people-about", site = &settings.title);
        let row = |one: &Person| {
            let places = one.sites.iter().filter(|site| site.has_page).take(SITES);
            HubPerson {
                name: some(&one.name, "somebody"),
                series: one.series,
                reviews: one.reviews,
                last: self.moment(one.last),
                places: places
                    .map(|one| Link { label: self.title(one.site), url: one.url(self.exports) })
                    .collect(),
            }
        };
        HubPeopleView {
            page: frame(settings, &Route::People, "people", (title, about), &[]),
            total: people.len(),
            people: people.iter().take(PEOPLE).map(row).collect(),
        }
    }

    fn search(&self, series: usize) -> HubSearchView<'a> {
        let (settings, words, route) = (self.settings, &self.settings.words, Route::Search);
        let about = say!(words, "hub-search-about", site = &settings.title);
        HubSearchView {
            page: frame(settings, &route, "search", (words.text("search").to_owned(), about), &[]),
            action: route.url_from(&route),
            series,
        }
    }

    fn not_found(&self) -> NotFoundView<'a> {
        let (settings, words, route) = (self.settings, &self.settings.words, Route::NotFound);
        let title = words.text("missing-page-title").to_owned();
        let about = words.text("missing-page-description").to_owned();
        NotFoundView {
            page: frame(settings, &route, "404", (title, about), &[]),
            digests_url: link(&route, &Route::Home, settings),
        }
    }
}

/// A view of any template.
trait Render: Sync {
    fn render(&self, theme: &Theme, template: &str) -> Result<String>;
}

impl<T: Serialize + Sync> Render for T {
    fn render(&self, theme: &Theme, template: &str) -> Result<String> {
        theme.render(template, self, Mask::NONE)
    }
}
