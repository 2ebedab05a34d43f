//! The search page, and what an index of the site has to know of its pages.
//!
//! In: the plan. Out: the view of `search.html`; threads, people and first words for the index. Never here: the index.

use super::{
    Plan,
    frame::About,
    route::Route,
    view::{Link, SearchView},
    words,
};
use crate::{
    date::Timestamp,
    series::{MailIx, SeriesIx},
};

impl<'a> Plan<'a> {
    /// The view of `search.html`.
    pub(crate) fn search(&self, route: &Route) -> SearchView<'a> {
        let links = self.links(route);
        let title = &self.settings.title;
        let about = About {
            kind: "search",
            title: "Search".into(),
            description: format!("Search the patches and threads of {title}."),
            feeds: vec![],
            crumbs: vec![],
        };
        let base = &self.settings.base_url;
        let host = base.split_once("://").map_or(base.as_str(), |(_, rest)| rest);
        let archives = self.settings.lists.iter().filter_map(|list| {
            let archive = list.permalink.split("{id}").next().filter(|url| !url.is_empty())?;
            Some(Link { label: list.name.to_string(), url: archive.to_owned() })
        });
        SearchView {
            page: self.frame(route, about),
            action: links.to(&Route::Search),
            site: host.trim_end_matches('/').to_owned(),
            digests_url: links.to(&Route::Digests),
            archives: archives.collect(),
            series: self.corpus.series.len(),
            threads: self.threads().filter(|(_, mails)| !self.corpus.is_spam(mails[0])).count(),
        }
    }

    /// The threads of mails that belong to no series: where each is, its mails by date.
    pub fn threads(&self) -> impl Iterator<Item = (Route, &[MailIx])> {
        let place = |thread: &'_ super::places::ThreadPlace| Route::Thread(thread.slug.clone());
        self.places.threads.iter().map(move |thread| (place(thread), thread.mails.as_slice()))
    }

    /// The people who have a page: where it is, their name, the series that they posted, their last mail.
    pub fn known_people(
        &self,
    ) -> impl Iterator<Item = (Route, &str, &[SeriesIx], Option<Timestamp>)> {
        let known = self.people.with_page().map(|(_, known)| known);
        known.map(|known| (known.route(), known.label(), known.posted.as_slice(), known.last()))
    }

    /// What a mail says first, at most `limit` bytes: of a patch its commit message.
    pub fn first_words(&self, mail: MailIx, limit: usize) -> String {
        let mail = self.mail(mail);
        words::excerpt(mail.anatomy.message.of(&mail.message.text()), limit)
    }

    /// The day of a moment in the site's time zone: `2026-02-28`.
    pub fn day(&self, date: Timestamp) -> String {
        date.zoned(&self.settings.zone).strftime("%Y-%m-%d").to_string()
    }
}
