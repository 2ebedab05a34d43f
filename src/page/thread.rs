//! Threads of messages that belong to no series.
//!
//! In: a thread, or the replies to a revision that do not fit on its page; which of its pages. Out: the
//! [`ThreadView`] of `thread.html`. Never here: which messages belong to a thread, where a page ends
//! ([`places`](crate::plan::places)).

pub(crate) mod view;

use crate::{
    page::{
        part::{
            discussion::{Discussion, Placed},
            layout::{self, About},
            links::Links,
            messages, outline, pull, report, titles,
            view::{Frame, Link},
            wording,
        },
        thread::view::{LaterView, PartLink, ThreadView},
    },
    plan::{
        Kind, Page, Reader, Route, names,
        places::{Places, ThreadPlace},
    },
    say,
    series::{Corpus, MailIx, SeriesIx},
};

/// How many messages of later pages the first page lists.
pub(crate) const LISTED: usize = 3_000;

/// The view of `thread.html`.
pub(crate) fn thread<'a>(
    plan: Reader<'a>,
    route: &Route,
    number: usize,
    part: usize,
) -> ThreadView<'a> {
    let thread = plan.places.thread(number);
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let first = plan.corpus.mail(thread.mails[0]);
    let title = titles::thread_title(plan.corpus, plan.settings, thread.mails[0]);
    let mails = thread.part(part);
    let discussion = Discussion::new(plan.corpus, mails, |_| false);
    let is_first = part == 0;
    let tops = if is_first { discussion.strays() } else { strays(plan, &discussion, route) };
    let mut messages = messages::replies(plan, &links, &discussion, &tops, 2);
    let before = thread.mails.iter().position(|mail| mails.first() == Some(mail)).unwrap_or(0);
    outline::set_places(messages.iter_mut(), before, thread.mails.len());
    let rest = &thread.mails[if is_first { mails.len() } else { thread.mails.len() }..];
    let about = About {
        kind: "thread",
        title: match is_first {
            true => title.to_owned(),
            false => say!(words, "thread-page", title = title, page = part + 1),
        },
        description: say!(
            words,
            "thread-about",
            n = thread.mails.len(),
            author = wording::person(&first.author).name
        ),
        feeds: vec![],
        crumbs: vec![],
    };
    ThreadView {
        page: Frame {
            noindex: plan.settings.noindex || plan.corpus.is_spam(thread.mails[0]),
            ..layout::frame(plan, route, about)
        },
        title,
        omitted: plan.thread_omitted(number).word(),
        archive_url: messages::archive_url(plan.corpus, plan.settings, thread.mails[0]),
        report: report::report(plan, &links, thread.mails[0]),
        outline: outline::outline(plan, &links, &[(String::new(), tops)], false, &|_| None),
        messages,
        count: thread.mails.len(),
        parts: parts(&links, thread, part),
        later: later(plan, &links, rest.iter().copied()),
        unlisted: rest.len().saturating_sub(LISTED),
        lists: titles::list_names(plan.corpus, &thread.mails),
        pulls: match is_first {
            true => pull::pulls(plan.corpus, plan.settings, &links, &thread.mails),
            false => Vec::new(),
        },
        series: if is_first { series_in_thread(plan, route, number) } else { Vec::new() },
    }
}

/// The view of `thread.html` for replies that do not fit on the page of their revision.
pub(crate) fn answers<'a>(
    plan: Reader<'a>,
    route: &Route,
    (ix, number): (SeriesIx, usize),
    page: usize,
) -> ThreadView<'a> {
    let series = plan.corpus.series(ix);
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let (_, mails) = plan.places.answers(ix, number, page);
    let discussion = Discussion::new(plan.corpus, &mails, |_| false);
    let title = names::some_title(&series.revisions[number].title);
    let label = names::label(&plan.settings.words, series, number);
    let about = About {
        kind: "thread",
        title: say!(words, "replies-page", title = title, version = &label, page = page + 1),
        description: say!(words, "replies-page-about", version = &label, title = title),
        feeds: vec![],
        crumbs: vec![(title.to_owned(), plan.places.revision(ix, number))],
    };
    ThreadView {
        page: layout::frame(plan, route, about),
        title,
        omitted: plan.omitted(ix, number).word(),
        archive_url: messages::archive_url(plan.corpus, plan.settings, mails[0]),
        report: None,
        outline: None,
        messages: messages::replies(
            plan,
            &links,
            &discussion,
            &strays(plan, &discussion, route),
            2,
        ),
        count: plan.places.members(ix, number).len(),
        parts: answer_parts(plan, &links, ix, number, page),
        later: Vec::new(),
        unlisted: 0,
        lists: titles::list_names(plan.corpus, &mails),
        pulls: Vec::new(),
        series: Vec::new(),
    }
}

/// The top messages of a page that is not the first; those whose parent is on another page name the parent.
fn strays(plan: Reader<'_>, discussion: &Discussion, route: &Route) -> Vec<Placed> {
    let mut strays = discussion.strays();
    for placed in &mut strays {
        let parent = plan.corpus.upwards(placed.mail).nth(1);
        let is_elsewhere = |parent: &MailIx| plan.places.route(*parent) != *route;
        placed.answers = placed.answers.or(parent.filter(is_elsewhere));
    }
    strays
}

/// The pages of a thread that has several.
fn parts(links: &Links<'_>, thread: &ThreadPlace, current: usize) -> Vec<PartLink> {
    let pages = 0..thread.parts();
    part_links(links, pages.map(|page| (thread.route(page), thread.part(page).len())), current)
}

/// The pages of a revision's replies, if there are several.
pub(crate) fn answer_parts(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
    current: usize,
) -> Vec<PartLink> {
    let page = |page: usize| {
        let (route, mails) = plan.places.answers(ix, number, page);
        (route, mails.len())
    };
    part_links(links, (0..plan.places.answer_pages(ix, number)).map(page), current)
}

fn part_links(
    links: &Links<'_>,
    pages: impl ExactSizeIterator<Item = (Route, usize)>,
    current: usize,
) -> Vec<PartLink> {
    if pages.len() == 1 {
        return Vec::new();
    }
    let link = |(page, (route, messages)): (usize, (Route, usize))| PartLink {
        number: page + 1,
        url: links.to(&route),
        messages,
        current: page == current,
    };
    pages.enumerate().map(link).collect()
}

/// The messages of later pages: each keeps its address on the first page, where it was or could have been before.
pub(crate) fn later<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    mails: impl Iterator<Item = MailIx>,
) -> Vec<LaterView<'a>> {
    let view = |mail: MailIx| LaterView {
        anchor: plan.places.anchor(mail).to_owned(),
        url: links.mail(mail),
        author: wording::person(&plan.corpus.mail(mail).author),
        date: wording::moment_of(plan.corpus, plan.settings, mail),
    };
    mails.take(LISTED).map(view).collect()
}

/// The threads that began as spam. Only these links lead to them, for readers who doubt the judgement.
pub(crate) fn spam_threads(plan: Reader<'_>, links: &Links<'_>) -> Vec<Link> {
    let threads = &plan.places.whole().threads;
    let spam = threads.iter().filter(|thread| plan.corpus.is_spam(thread.mails[0]));
    let link = |thread: &ThreadPlace| {
        let title = titles::thread_title(plan.corpus, plan.settings, thread.mails[0]).to_owned();
        links.link(title, &Route::Thread(thread.slug.clone()))
    };
    spam.map(link).collect()
}

/// Whether search engines should ignore the page although they index others.
pub(crate) fn is_left_out(corpus: &Corpus, places: &Places, page: &Page) -> bool {
    matches!(page.kind, Kind::Thread(number, _) if corpus.is_spam(places.threads[number].mails[0]))
}

/// Series that were posted as replies to messages of the thread.
pub(crate) fn series_in_thread(plan: Reader<'_>, route: &Route, number: usize) -> Vec<Link> {
    let links = Links::new(plan, route);
    let link = |(ix, revision): &(SeriesIx, u32)| {
        let revision = *revision as usize;
        let title = &plan.corpus.series(*ix).revisions.get(revision)?.title;
        Some(links.link(title.to_string(), &plan.revision_route(*ix, revision)))
    };
    plan.places.thread(number).series.iter().filter_map(link).collect()
}
