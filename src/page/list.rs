//! The page of a mailing list: its facts, its queues, and the latest series.
//!
//! In: a list, or one of its queues. Out: the [`ListView`] of `list.html`; a list in a list of lists. Never here:
//! which series is in a queue ([`queues`](crate::plan::queues)).

pub(crate) mod view;

use crate::{
    config::Settings,
    message::same_person,
    page::{
        feeds,
        list::view::ListView,
        part::{
            layout::{self, About},
            links::Links,
            ranking,
            row::{
                self, Detail,
                view::{Happened, SeriesRow, ThreadRow, WorkSection},
            },
            status,
            view::{Moment, RankItem},
            wording,
        },
    },
    plan::{
        Queue, Read, Reader, Route,
        places::Places,
        queues::{LONG, QUEUES, last_step},
    },
    say,
    series::{Corpus, ListIx, MailIx, Series, SeriesIx, Witness},
};

/// How many of the latest series the page of a list shows.
const RECENT: usize = 30;
/// How many series the page of a queue shows.
const MOST: usize = 1_500;
/// How many of the most discussed series it shows.
const DISCUSSED: usize = 10;

/// The view of `list.html`: a list, or one queue of its work.
pub(crate) fn list<'a>(
    plan: Reader<'a>,
    route: &Route,
    list: ListIx,
    queue: Option<Queue>,
) -> ListView<'a> {
    let name = &plan.corpus.lists()[usize::from(list.0)];
    let links = Links::new(plan, route);
    let settings = plan.settings.lists.iter().find(|settings| settings.name == *name);
    let dates =
        || on_list(plan.corpus, list).filter_map(|mail| plan.corpus.mail(mail).message.date);
    let series = plan.corpus.whole().series_on(list);
    let moment = |date| wording::moment(date, plan.settings);
    let whole = queue.is_none();
    let sections: Vec<WorkSection<'_>> = match queue {
        None => QUEUES.iter().map(|queue| work(plan, &links, list, *queue, LONG)).collect(),
        Some(queue) => vec![work(plan, &links, list, queue, MOST)],
    };
    let sorted: usize = sections.iter().map(|section| section.total).sum();
    ListView {
        page: layout::frame(plan, route, about_list(plan, list, series.len(), queue)),
        name,
        address: settings.map_or("", |list| &list.address),
        archive_url: settings.map_or(String::new(), |list| archive(&list.permalink)),
        feed_url: links.to(&Route::list_feed(name)),
        messages: plan.corpus.whole().messages_on(list).count(),
        series_count: series.len(),
        newest: dates().max().map(moment),
        oldest: dates().min().map(moment),
        part: queue.map_or("", |queue| queue.heading(&plan.settings.words)),
        sections,
        elsewhere: if whole { series.len().saturating_sub(sorted) } else { 0 },
        recent: if whole { recent(plan, &links, &series) } else { Vec::new() },
        discussed: if whole {
            most_discussed(plan.corpus, plan.places, &links, &series)
        } else {
            Vec::new()
        },
        undated: if whole { undated(plan, &links, &series) } else { Vec::new() },
        undated_threads: if whole { undated_threads(plan, &links, list) } else { Vec::new() },
        digests_url: links.to(&Route::Digests),
    }
}

fn work<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    list: ListIx,
    queue: Queue,
    limit: usize,
) -> WorkSection<'a> {
    let (queues, words) = (&plan.whole().queues, &plan.settings.words);
    let series = queues.of(list, queue);
    let name = &plan.corpus.lists()[usize::from(list.0)];
    let has_page = limit == LONG && queues.long_queues(list).any(|long| long == queue);
    WorkSection {
        anchor: queue.anchor(),
        heading: queue.heading(words),
        label: queue.label(words),
        about: queue.about(words).into(),
        total: series.len(),
        more: series.len().saturating_sub(limit),
        feed_url: feeds::work_feed_url(links, name, queue),
        all_url: match has_page {
            true => links.to(&Route::list_part(name, queue.anchor())),
            false => String::new(),
        },
        rows: series.iter().take(limit).map(|ix| work_row(plan, links, *ix, queue)).collect(),
    }
}

/// A series, with the time since when it waits, or the person who took it.
fn work_row<'a>(plan: Reader<'a>, links: &Links<'_>, ix: SeriesIx, queue: Queue) -> SeriesRow<'a> {
    let series = plan.corpus.series(ix);
    let date = last_step(plan.corpus.whole(), series);
    let day = date.map_or(String::new(), |date| wording::moment(date, plan.settings).short);
    let by = |mail: MailIx| wording::person(&plan.corpus.mail(mail).author).name;
    let (words, day) = (&plan.settings.words, &day);
    let label = match (queue, &series.state.witness) {
        (Queue::Waiting, _) => match series.state.intents.last() {
            Some(mail) => say!(words, "waits-since-intent", day = day, who = by(*mail)),
            None => say!(words, "waits-since", day = day),
        },
        (Queue::Quiet, None) => say!(words, "last-mail-on", day = day),
        (_, None) => say!(words, "waits-since", day = day),
        (Queue::Discussed, Some(Witness::Mail(mail))) => format!("{}, {day}", by(*mail)),
        (Queue::Ready | Queue::Overlooked, Some(Witness::Mail(mail))) => {
            let who = wording::person(status::reviewer(plan.corpus, series, *mail)).name;
            match answered_since(plan.corpus, plan.settings, series, *mail) {
                None => say!(words, "reviewed-by-on", who = who, day = day),
                Some((other, later)) => say!(
                    words,
                    "reviewed-by-on-answered",
                    who = who,
                    day = day,
                    other = other,
                    later = &later.short
                ),
            }
        }
        (Queue::Changes, Some(Witness::Mail(mail)))
            if same_person(&plan.corpus.mail(*mail).author, &series.author) =>
        {
            say!(words, "revision-promised-on", day = day)
        }
        (Queue::Applied, Some(witness @ Witness::Mail(_))) => {
            match status::taker(plan.corpus, series, witness) {
                Some(who) => say!(words, "by-on", who = wording::person(who).name, day = day),
                None => day.clone(),
            }
        }
        (_, Some(Witness::Cited(_) | Witness::BuiltOn(_))) => {
            words.text("queue-applied-label").to_owned()
        }
        (_, Some(Witness::Mail(mail))) => say!(words, "by-on", who = by(*mail), day = day),
        (_, Some(Witness::Commit(commit))) => {
            say!(words, "as-commit-on", commit = status::short(commit), day = day)
        }
    };
    let shown = series.state.witness.as_ref().and_then(Witness::mail);
    let shown = shown.or(series.state.intents.last().copied());
    let url = shown.map_or(String::new(), |mail| links.mail(mail));
    let mut row = row::newest_row(plan, links, ix, Detail::Brief);
    row.happened = Some(Happened { label, url, kind: series.state.kind.word() });
    row
}

/// The last person other than the author who replied after the review that completed them all: they may object.
fn answered_since<'a>(
    corpus: Read<'a, Corpus>,
    settings: &Settings,
    series: &Series,
    review: MailIx,
) -> Option<(&'a str, Moment)> {
    let revision = series.newest();
    let date = |mail: &MailIx| corpus.stored(*mail).date();
    let since = |mail: &MailIx| {
        date(mail) > date(&review) && !same_person(&corpus.mail(*mail).author, &revision.author)
    };
    let last = corpus.answers(revision).filter(since).max_by_key(date);
    last.and_then(|mail| {
        let moment = wording::moment_of(corpus, settings, mail)?;
        Some((wording::person(&corpus.mail(mail).author).name, moment))
    })
}

/// The series with most mails, and their number.
fn most_discussed(
    corpus: Read<'_, Corpus>,
    places: Read<'_, Places>,
    links: &Links<'_>,
    series: &[SeriesIx],
) -> Vec<RankItem> {
    let mails = |ix: SeriesIx| {
        let revisions = 0..corpus.series(ix).revisions.len();
        revisions.map(|number| places.members(ix, number).len()).sum::<usize>()
    };
    let mut all: Vec<(usize, SeriesIx)> = series.iter().map(|ix| (mails(*ix), *ix)).collect();
    all.sort_by_key(|(mails, ix)| std::cmp::Reverse((*mails, *ix)));
    let item = |(mails, ix): &(usize, SeriesIx)| RankItem {
        label: ranking::series_label(corpus, *ix),
        url: links.revision(*ix, corpus.series(*ix).revisions.len() - 1),
        count: *mails as u64,
    };
    all.iter().take(DISCUSSED).map(item).collect()
}

/// The mails of a list, by date.
pub(crate) fn on_list<'a>(
    corpus: Read<'a, Corpus>,
    list: ListIx,
) -> impl Iterator<Item = MailIx> + use<'a> {
    let mails = (0u32..).map(MailIx).zip(&corpus.whole().mails);
    let on = move |(_, letter): &(MailIx, &crate::series::StoredMessage)| {
        letter.copies.iter().any(|(copy, _)| *copy == list)
    };
    mails.filter(on).map(|(mail, _)| mail)
}

fn recent<'a>(plan: Reader<'a>, links: &Links<'_>, series: &[SeriesIx]) -> Vec<SeriesRow<'a>> {
    let newest = |ix: &SeriesIx| plan.corpus.series(*ix).revisions.last()?.posted;
    let mut dated: Vec<SeriesIx> =
        series.iter().copied().filter(|ix| newest(ix).is_some()).collect();
    dated.sort_by_key(|ix| (std::cmp::Reverse(newest(ix)), *ix));
    dated.iter().take(RECENT).map(|ix| row::newest_row(plan, links, *ix, Detail::Brief)).collect()
}

fn undated<'a>(plan: Reader<'a>, links: &Links<'_>, series: &[SeriesIx]) -> Vec<SeriesRow<'a>> {
    let dated =
        |ix: &&SeriesIx| plan.corpus.series(**ix).revisions.iter().any(|r| r.posted.is_some());
    let undated = series.iter().filter(|ix| !dated(ix));
    undated.map(|ix| row::newest_row(plan, links, *ix, Detail::Brief)).collect()
}

fn undated_threads<'a>(plan: Reader<'a>, links: &Links<'_>, list: ListIx) -> Vec<ThreadRow<'a>> {
    let on = |mail: MailIx| plan.corpus.stored(mail).copies.iter().any(|(copy, _)| *copy == list);
    let whole = plan.whole();
    let threads = whole.places.threads.iter().filter(|t| whole.newest(&t.mails).is_none());
    threads.filter(|t| on(t.mails[0])).map(|t| row::thread_row(plan, links, t.mails[0])).collect()
}

fn about_list(plan: Reader<'_>, list: ListIx, series: usize, queue: Option<Queue>) -> About {
    let name = &plan.corpus.lists()[usize::from(list.0)];
    let words = &plan.settings.words;
    About {
        kind: "list",
        title: match queue {
            Some(queue) => say!(words, "page-on-list", what = queue.heading(words), list = name),
            None => name.to_string(),
        },
        description: match queue {
            Some(queue) => say!(
                words,
                "page-on-list-about",
                what = queue.heading(words),
                list = name,
                about = queue.about(words)
            ),
            None => say!(words, "list-about", list = name, n = series),
        },
        feeds: feeds::list_feeds(words, name),
        crumbs: match queue {
            Some(_) => vec![(name.to_string(), Route::list(name))],
            None => Vec::new(),
        },
    }
}

/// The front page of a permanent archive: its pattern up to the Message-ID.
fn archive(permalink: &str) -> String {
    permalink.split("{id}").next().unwrap_or_default().to_owned()
}
