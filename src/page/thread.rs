//! Threads of messages that belong to no series.

pub(crate) mod view;

use crate::{
    page::{
        part::{
            discussion::Discussion,
            frame::{self, About},
            letter,
            links::Links,
            pull, titles,
            view::{Frame, Link},
            words,
        },
        thread::view::ThreadView,
    },
    plan::{Kind, Page, Plan, Route, places::Places},
    series::{Corpus, SeriesIx},
};

/// The view of `thread.html`.
pub(crate) fn thread<'a>(plan: &Plan<'a>, route: &Route, number: usize) -> ThreadView<'a> {
    let thread = &plan.places.threads[number];
    let links = Links::new(plan, route);
    let first = plan.corpus.mail(thread.mails[0]);
    let title = titles::thread_title(plan.corpus, plan.settings, thread.mails[0]);
    let discussion = Discussion::new(plan.corpus, &thread.mails, |_| false);
    let about = About {
        kind: "thread",
        title: title.to_owned(),
        description: format!(
            "A thread of {}, begun by {}.",
            words::plural(thread.mails.len(), "message", "messages"),
            words::person(&first.author).name,
        ),
        feeds: vec![],
        crumbs: vec![],
    };
    ThreadView {
        page: Frame {
            noindex: plan.settings.noindex || is_spam(plan.corpus, &plan.places, number),
            ..frame::frame(plan, route, about)
        },
        title,
        lack: plan.thinning.thread_lack(number).word(),
        archive_url: letter::archive_url(plan.corpus, plan.settings, thread.mails[0]),
        messages: letter::replies(plan, &links, &discussion, &discussion.strays(), 2),
        lists: titles::list_names(plan.corpus, &thread.mails),
        pulls: pull::pulls(plan.corpus, plan.settings, &links, &thread.mails),
        series: series_in_thread(plan, route, number),
    }
}

/// The thread began as spam.
fn is_spam(corpus: &Corpus, places: &Places, number: usize) -> bool {
    corpus.is_spam(places.threads[number].mails[0])
}

/// The threads that began as spam: only here do links lead to them, for whoever doubts it.
pub(crate) fn spam_threads(plan: &Plan<'_>, links: &Links<'_>) -> Vec<Link> {
    let spam =
        (0..plan.places.threads.len()).filter(|number| is_spam(plan.corpus, &plan.places, *number));
    let link = |number: usize| {
        let thread = &plan.places.threads[number];
        let title = titles::thread_title(plan.corpus, plan.settings, thread.mails[0]).to_owned();
        links.link(title, &Route::Thread(thread.slug.clone()))
    };
    spam.map(link).collect()
}

/// The page is one that search engines are asked to leave out, and where others are not.
pub(crate) fn is_left_out(corpus: &Corpus, places: &Places, page: &Page) -> bool {
    matches!(page.kind, Kind::Thread(number) if is_spam(corpus, places, number))
}

/// Series that were posted as answers to messages of the thread.
pub(crate) fn series_in_thread(plan: &Plan<'_>, route: &Route, number: usize) -> Vec<Link> {
    let links = Links::new(plan, route);
    let link = |(ix, revision): &(SeriesIx, u32)| {
        let revision = *revision as usize;
        let title = &plan.corpus.series[ix.at()].revisions.get(revision)?.title;
        Some(links.link(title.to_string(), &plan.revision_route(*ix, revision)))
    };
    plan.places.threads[number].series.iter().filter_map(link).collect()
}
