//! A mailing list: what it is, what waits for whom, and what was posted on it last.

use super::{
    Plan,
    frame::{About, Links},
    route::Route,
    row::Detail,
    standing,
    view::{Happened, ListView, RankItem, SeriesRow, WorkSection},
    words,
    working::{PARTS, Part, last_step},
};
use crate::{
    message::same_person,
    series::{ListIx, MailIx, Series, SeriesIx, Witness},
};

/// How many of the series posted last a list's page shows.
const RECENT: usize = 30;
/// How many series of a part it shows.
const ROWS: usize = 25;
/// How many the part's own page shows: what is beyond waits in vain.
const MOST: usize = 1_500;
/// How many of the most discussed series it shows.
const DISCUSSED: usize = 10;

impl<'a> Plan<'a> {
    /// The view of `list.html`: a list, or one part of its work.
    pub(crate) fn list(&self, route: &Route, list: ListIx, part: Option<Part>) -> ListView<'a> {
        let name = &self.corpus.lists[usize::from(list.0)];
        let links = self.links(route);
        let settings = self.settings.lists.iter().find(|settings| settings.name == *name);
        let dates = || self.on_list(list).filter_map(|mail| self.mail(mail).message.date);
        let series = self.corpus.series_on(list);
        let moment = |date| words::moment(date, &self.settings.zone);
        let whole = part.is_none();
        ListView {
            page: self.frame(route, self.about_list(list, series.len(), part)),
            name,
            address: settings.map_or("", |list| &list.address),
            archive_url: settings.map_or(String::new(), |list| archive(&list.permalink)),
            feed_url: links.to(&Route::list_feed(name)),
            messages: self.corpus.messages_on(list).count(),
            series_count: series.len(),
            newest: dates().max().map(moment),
            oldest: dates().min().map(moment),
            part: part.map_or("", Part::heading),
            sections: match part {
                None => PARTS.iter().map(|part| self.work(&links, list, *part, ROWS)).collect(),
                Some(part) => vec![self.work(&links, list, part, MOST)],
            },
            recent: if whole { self.recent(&links, &series) } else { Vec::new() },
            discussed: if whole { self.most_discussed(&links, &series) } else { Vec::new() },
            undated: if whole { self.undated(&links, &series) } else { Vec::new() },
            undated_threads: if whole { self.undated_threads(&links, list) } else { Vec::new() },
            digests_url: links.to(&Route::Digests),
        }
    }

    /// The parts of a list's work that have a page of their own.
    pub(crate) fn long_parts(&self, list: ListIx) -> impl Iterator<Item = Part> {
        // What was applied long ago is in the digests.
        let lasting = PARTS.into_iter().filter(|part| *part != Part::Applied);
        lasting.filter(move |part| self.working.of(list, *part).len() > ROWS)
    }

    fn work(&self, links: &Links<'_>, list: ListIx, part: Part, limit: usize) -> WorkSection<'a> {
        let series = self.working.of(list, part);
        let name = &self.corpus.lists[usize::from(list.0)];
        let has_page = limit == ROWS && self.long_parts(list).any(|long| long == part);
        WorkSection {
            anchor: part.anchor(),
            heading: part.heading(),
            about: part.about(),
            total: series.len(),
            more: series.len().saturating_sub(limit),
            feed_url: self.work_feed_url(links, name, part),
            all_url: match has_page {
                true => links.to(&Route::list_part(name, part.anchor())),
                false => String::new(),
            },
            rows: series.iter().take(limit).map(|ix| self.work_row(links, *ix, part)).collect(),
        }
    }

    /// A series with since when it waits, or who took it.
    fn work_row(&self, links: &Links<'_>, ix: SeriesIx, part: Part) -> SeriesRow<'a> {
        let series = &self.corpus.series[ix.at()];
        let date = last_step(self.corpus, series);
        let day = date.map_or(String::new(), |date| words::moment(date, &self.settings.zone).short);
        let by = |mail: MailIx| words::person(&self.mail(mail).author).name;
        let label = match (part, &series.state.witness) {
            (Part::Waiting, _) => match series.state.intents.last() {
                Some(mail) => format!("since {day}; {} will review it", by(*mail)),
                None => format!("since {day}"),
            },
            (_, None) => format!("since {day}"),
            (Part::Discussed, Some(Witness::Mail(mail))) => format!("{}, {day}", by(*mail)),
            (Part::Ready | Part::Overlooked, Some(Witness::Mail(mail))) => {
                let reviewer = words::person(self.reviewer(series, *mail)).name;
                format!("reviewed by {reviewer}, {day}{}", self.answered_since(series, *mail))
            }
            (Part::Changes, Some(Witness::Mail(mail)))
                if same_person(&self.mail(*mail).author, &series.author) =>
            {
                format!("another revision promised, {day}")
            }
            (_, Some(Witness::Mail(mail))) => format!("by {}, {day}", by(*mail)),
            (_, Some(Witness::Commit(commit))) => format!("as {}, {day}", standing::short(commit)),
        };
        let shown = series.state.mail().or(series.state.intents.last().copied());
        let url = shown.map_or(String::new(), |mail| self.link_to(links, mail));
        let mut row = self.newest_row(links, ix, Detail::Brief);
        row.happened = Some(Happened { label, url, kind: series.state.kind.word() });
        row
    }

    /// Who but its author answered a series last, behind the review that completed them all: they may object.
    fn answered_since(&self, series: &Series, review: MailIx) -> String {
        let revision = series.newest();
        let date = |mail: &MailIx| self.corpus.letter(*mail).date();
        let since = |mail: &MailIx| {
            date(mail) > date(&review) && !same_person(&self.mail(*mail).author, &revision.author)
        };
        let last = self.corpus.answers(revision).filter(since).max_by_key(date);
        match last
            .and_then(|mail| Some((words::person(&self.mail(mail).author), self.moment_of(mail)?)))
        {
            Some((person, moment)) => format!("; {} answered on {}", person.name, moment.short),
            None => String::new(),
        }
    }

    /// The series about which most was written, with how many mails.
    fn most_discussed(&self, links: &Links<'_>, series: &[SeriesIx]) -> Vec<RankItem> {
        let mails = |ix: SeriesIx| {
            let revisions = 0..self.corpus.series[ix.at()].revisions.len();
            revisions.map(|number| self.places.members(ix, number).len()).sum::<usize>()
        };
        let mut all: Vec<(usize, SeriesIx)> = series.iter().map(|ix| (mails(*ix), *ix)).collect();
        all.sort_by_key(|(mails, ix)| std::cmp::Reverse((*mails, *ix)));
        let item = |(mails, ix): &(usize, SeriesIx)| RankItem {
            label: self.series_label(*ix),
            url: links
                .to(&self.revision_route(*ix, self.corpus.series[ix.at()].revisions.len() - 1)),
            count: *mails as u64,
        };
        all.iter().take(DISCUSSED).map(item).collect()
    }

    /// The mails of a list, by date.
    pub(crate) fn on_list(&self, list: ListIx) -> impl Iterator<Item = MailIx> + use<'a> {
        let mails = (0u32..).map(MailIx).zip(&self.corpus.mails);
        let on = move |(_, letter): &(MailIx, &crate::series::Letter)| {
            letter.copies.iter().any(|(copy, _)| *copy == list)
        };
        mails.filter(on).map(|(mail, _)| mail)
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

    fn about_list(&self, list: ListIx, series: usize, part: Option<Part>) -> About {
        let name = &self.corpus.lists[usize::from(list.0)];
        About {
            kind: "list",
            title: match part {
                Some(part) => format!("{} on {name}", part.heading()),
                None => name.to_string(),
            },
            description: match part {
                Some(part) => format!("{} on {name}. {}", part.heading(), part.about()),
                None => format!(
                    "The mailing list {name}: {}; what waits for review, what is ready, what was applied.",
                    words::plural(series, "series", "series")
                ),
            },
            feeds: self.list_feeds(name),
            crumbs: match part {
                Some(_) => vec![(name.to_string(), Route::list(name))],
                None => Vec::new(),
            },
        }
    }
}

/// The front page of a permanent archive: its pattern up to the Message-ID.
fn archive(permalink: &str) -> String {
    permalink.split("{id}").next().unwrap_or_default().to_owned()
}
