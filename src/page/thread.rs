//! Threads of messages that belong to no series.

pub(crate) mod view;

use crate::{
    page::{
        part::{
            discussion::{Discussion, Placed},
            layout::{self, About},
            links::Links,
            messages, pull, titles,
            view::{Frame, Link},
            wording,
        },
        thread::view::{LaterView, PartLink, ThreadView},
    },
    plan::{
        Kind, Page, Reader, Route,
        places::{Places, ThreadPlace},
    },
    series::{Corpus, MailIx, SeriesIx},
};

/// So many messages of later pages are listed on a thread's first page.
const LISTED: usize = 3_000;

/// The view of `thread.html`.
pub(crate) fn thread<'a>(
    plan: Reader<'a>,
    route: &Route,
    number: usize,
    part: usize,
) -> ThreadView<'a> {
    let thread = plan.places.thread(number);
    let links = Links::new(plan, route);
    let first = plan.corpus.mail(thread.mails[0]);
    let title = titles::thread_title(plan.corpus, plan.settings, thread.mails[0]);
    let mails = thread.part(part);
    let discussion = Discussion::new(plan.corpus, mails, |_| false);
    let is_first = part == 0;
    let about = About {
        kind: "thread",
        title: match is_first {
            true => title.to_owned(),
            false => format!("{title} (page {})", part + 1),
        },
        description: format!(
            "A thread of {}, begun by {}.",
            wording::plural(thread.mails.len(), "message", "messages"),
            wording::person(&first.author).name,
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
        messages: messages::replies(
            plan,
            &links,
            &discussion,
            &strays(plan, &discussion, thread, mails),
            2,
        ),
        count: thread.mails.len(),
        parts: parts(&links, thread, part),
        later: if is_first { later(plan, &links, thread) } else { Vec::new() },
        unlisted: match is_first {
            true => (thread.mails.len() - mails.len()).saturating_sub(LISTED),
            false => 0,
        },
        lists: titles::list_names(plan.corpus, &thread.mails),
        pulls: match is_first {
            true => pull::pulls(plan.corpus, plan.settings, &links, &thread.mails),
            false => Vec::new(),
        },
        series: if is_first { series_in_thread(plan, route, number) } else { Vec::new() },
    }
}

/// The messages at the top of a page of these `mails`; those whose parent is on an earlier page name it.
fn strays(
    plan: Reader<'_>,
    discussion: &Discussion,
    thread: &ThreadPlace,
    mails: &[MailIx],
) -> Vec<Placed> {
    let has = |mails: &[MailIx], mail| mails.binary_search(&mail).is_ok();
    let mut strays = discussion.strays();
    for placed in &mut strays {
        let parent = plan.corpus.upwards(placed.mail).nth(1);
        let is_elsewhere = |parent: &MailIx| has(&thread.mails, *parent) && !has(mails, *parent);
        placed.answers = placed.answers.or(parent.filter(is_elsewhere));
    }
    strays
}

/// The pages of a thread that has several.
fn parts(links: &Links<'_>, thread: &ThreadPlace, current: usize) -> Vec<PartLink> {
    if thread.parts() == 1 {
        return Vec::new();
    }
    let part = |part: usize| PartLink {
        number: part + 1,
        url: links.to(&thread.route(part)),
        messages: thread.part(part).len(),
        current: part == current,
    };
    (0..thread.parts()).map(part).collect()
}

/// The messages of later pages: each keeps its address on the first one, where it once was, or could have been.
fn later<'a>(plan: Reader<'a>, links: &Links<'_>, thread: &ThreadPlace) -> Vec<LaterView<'a>> {
    let later = thread.mails.iter().skip(thread.part(0).len()).take(LISTED);
    let view = |mail: &MailIx| LaterView {
        anchor: plan.places.anchor(*mail).to_owned(),
        url: links.mail(*mail),
        author: wording::person(&plan.corpus.mail(*mail).author),
        date: wording::moment_of(plan.corpus, plan.settings, *mail),
    };
    later.map(view).collect()
}

/// The threads that began as spam: only here do links lead to them, for whoever doubts it.
pub(crate) fn spam_threads(plan: Reader<'_>, links: &Links<'_>) -> Vec<Link> {
    let threads = &plan.places.whole().threads;
    let spam = threads.iter().filter(|thread| plan.corpus.is_spam(thread.mails[0]));
    let link = |thread: &ThreadPlace| {
        let title = titles::thread_title(plan.corpus, plan.settings, thread.mails[0]).to_owned();
        links.link(title, &Route::Thread(thread.slug.clone()))
    };
    spam.map(link).collect()
}

/// The page is one that search engines are asked to leave out, and where others are not.
pub(crate) fn is_left_out(corpus: &Corpus, places: &Places, page: &Page) -> bool {
    matches!(page.kind, Kind::Thread(number, _) if corpus.is_spam(places.threads[number].mails[0]))
}

/// Series that were posted as answers to messages of the thread.
pub(crate) fn series_in_thread(plan: Reader<'_>, route: &Route, number: usize) -> Vec<Link> {
    let links = Links::new(plan, route);
    let link = |(ix, revision): &(SeriesIx, u32)| {
        let revision = *revision as usize;
        let title = &plan.corpus.series(*ix).revisions.get(revision)?.title;
        Some(links.link(title.to_string(), &plan.revision_route(*ix, revision)))
    };
    plan.places.thread(number).series.iter().filter_map(link).collect()
}
