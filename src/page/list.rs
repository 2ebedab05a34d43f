//! A mailing list: what it is, and what was posted on it last.

use super::{
    Plan,
    frame::{About, Links},
    route::Route,
    row::Detail,
    view::{ListView, SeriesRow},
    words,
};
use crate::series::{ListIx, MailIx, SeriesIx};

/// How many series a list's page shows.
const RECENT: usize = 60;

impl<'a> Plan<'a> {
    /// The view of `list.html`.
    pub(crate) fn list(&self, route: &Route, list: ListIx) -> ListView<'a> {
        let name = &self.corpus.lists[usize::from(list.0)];
        let links = self.links(route);
        let settings = self.settings.lists.iter().find(|settings| settings.name == *name);
        let dates = || self.on_list(list).filter_map(|mail| self.mail(mail).message.date);
        let series = self.series_of(list);
        let moment = |date| words::moment(date, &self.settings.zone);
        ListView {
            page: self.frame(route, self.about_list(list, series.len())),
            name,
            address: settings.map_or("", |list| &list.address),
            archive_url: settings.map_or(String::new(), |list| archive(&list.permalink)),
            feed_url: links.to(&Route::list_feed(name)),
            messages: self.on_list(list).count(),
            series_count: series.len(),
            newest: dates().max().map(moment),
            oldest: dates().min().map(moment),
            recent: self.recent(&links, &series),
            undated: self.undated(&links, &series),
            undated_threads: self.undated_threads(&links, list),
            digests_url: links.to(&Route::Digests),
        }
    }

    /// The mails of a list, by date.
    pub(crate) fn on_list(&self, list: ListIx) -> impl Iterator<Item = MailIx> + use<'a> {
        let mails = (0u32..).map(MailIx).zip(&self.corpus.mails);
        let on = move |(_, letter): &(MailIx, &crate::series::Letter)| {
            letter.copies.iter().any(|(copy, _)| *copy == list)
        };
        mails.filter(on).map(|(mail, _)| mail)
    }

    /// The series of which a message was on a list.
    pub(crate) fn series_of(&self, list: ListIx) -> Vec<SeriesIx> {
        let letters = self.on_list(list).filter_map(|m| Some(self.corpus.letter(m).home?.0));
        letters.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    fn recent(&self, links: &Links<'_>, series: &[SeriesIx]) -> Vec<SeriesRow<'a>> {
        let newest = |ix: &SeriesIx| self.corpus.series[ix.at()].revisions.last()?.posted;
        let mut dated: Vec<SeriesIx> =
            series.iter().copied().filter(|ix| newest(ix).is_some()).collect();
        dated.sort_by_key(|ix| (std::cmp::Reverse(newest(ix)), *ix));
        dated.iter().take(RECENT).map(|ix| self.newest_row(links, *ix, Detail::Brief)).collect()
    }

    fn undated(&self, links: &Links<'_>, series: &[SeriesIx]) -> Vec<SeriesRow<'a>> {
        let dated = |ix: &&SeriesIx| {
            self.corpus.series[ix.at()].revisions.iter().any(|r| r.posted.is_some())
        };
        let undated = series.iter().filter(|ix| !dated(ix));
        undated.map(|ix| self.newest_row(links, *ix, Detail::Brief)).collect()
    }

    fn undated_threads(&self, links: &Links<'_>, list: ListIx) -> Vec<super::view::ThreadRow<'a>> {
        let on =
            |mail: MailIx| self.corpus.letter(mail).copies.iter().any(|(copy, _)| *copy == list);
        let threads = self.places.threads.iter().filter(|t| self.newest(&t.mails).is_none());
        threads.filter(|t| on(t.mails[0])).map(|t| self.thread_row(links, t.mails[0])).collect()
    }

    fn about_list(&self, list: ListIx, series: usize) -> About {
        let name = &self.corpus.lists[usize::from(list.0)];
        About {
            kind: "list",
            title: name.to_string(),
            description: format!(
                "The mailing list {name}: {}, newest first.",
                words::plural(series, "series", "series")
            ),
            feeds: vec![(format!("New revisions on {name}"), Route::list_feed(name))],
            crumbs: Vec::new(),
        }
    }
}

/// The front page of a permanent archive: its pattern up to the Message-ID.
fn archive(permalink: &str) -> String {
    permalink.split("{id}").next().unwrap_or_default().to_owned()
}
