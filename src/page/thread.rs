//! Threads of messages that belong to no series.

pub(crate) mod view;

use crate::{
    page::{
        part::{
            discussion::Discussion,
            layout::{self, About},
            links::Links,
            messages, pull, titles,
            view::{Frame, Link},
            wording,
        },
        thread::view::ThreadView,
    },
    plan::{
        Kind, Page, Reader, Route,
        places::{Places, ThreadPlace},
    },
    series::{Corpus, SeriesIx},
};

/// The view of `thread.html`.
pub(crate) fn thread<'a>(plan: Reader<'a>, route: &Route, number: usize) -> ThreadView<'a> {
    let thread = plan.places.thread(number);
    let links = Links::new(plan, route);
    let first = plan.corpus.mail(thread.mails[0]);
    let title = titles::thread_title(plan.corpus, plan.settings, thread.mails[0]);
    let discussion = Discussion::new(plan.corpus, &thread.mails, |_| false);
    let about = About {
        kind: "thread",
        title: title.to_owned(),
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
        messages: messages::replies(plan, &links, &discussion, &discussion.strays(), 2),
        lists: titles::list_names(plan.corpus, &thread.mails),
        pulls: pull::pulls(plan.corpus, plan.settings, &links, &thread.mails),
        series: series_in_thread(plan, route, number),
    }
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
    matches!(page.kind, Kind::Thread(number) if corpus.is_spam(places.threads[number].mails[0]))
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
