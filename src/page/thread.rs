//! Threads of messages that belong to no series.

use super::{
    Kind, Page, Plan,
    discussion::Discussion,
    frame::{About, Links},
    route::Route,
    view::{Frame, Link, ThreadView},
    words,
};
use crate::series::SeriesIx;

impl<'a> Plan<'a> {
    /// The view of `thread.html`.
    pub(crate) fn thread(&self, route: &Route, number: usize) -> ThreadView<'a> {
        let thread = &self.places.threads[number];
        let links = self.links(route);
        let first = self.mail(thread.mails[0]);
        let title = self.thread_title(thread.mails[0]);
        let discussion = Discussion::new(self.corpus, &thread.mails, |_| false);
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
                noindex: self.settings.noindex || self.is_spam(number),
                ..self.frame(route, about)
            },
            title,
            lack: self.thread_lack(number).word(),
            archive_url: self.archive_url(thread.mails[0]),
            messages: self.replies(&links, &discussion, &discussion.strays(), 2),
            lists: self.list_names(&thread.mails),
            pulls: self.pulls(&links, &thread.mails),
            series: self.series_in_thread(route, number),
        }
    }

    /// The thread began as spam.
    fn is_spam(&self, number: usize) -> bool {
        self.corpus.is_spam(self.places.threads[number].mails[0])
    }

    /// The threads that began as spam: only here do links lead to them, for whoever doubts it.
    pub(super) fn spam_threads(&self, links: &Links<'_>) -> Vec<Link> {
        let spam = (0..self.places.threads.len()).filter(|number| self.is_spam(*number));
        let link = |number: usize| {
            let thread = &self.places.threads[number];
            let title = self.thread_title(thread.mails[0]).to_owned();
            links.link(title, &Route::Thread(thread.slug.clone()))
        };
        spam.map(link).collect()
    }

    /// The page is one that search engines are asked to leave out, and where others are not.
    pub fn is_left_out(&self, page: &Page) -> bool {
        matches!(page.kind, Kind::Thread(number) if self.is_spam(number))
    }

    /// Series that were posted as answers to messages of the thread.
    pub(super) fn series_in_thread(&self, route: &Route, number: usize) -> Vec<Link> {
        let links = self.links(route);
        let link = |(ix, revision): &(SeriesIx, u32)| {
            let revision = *revision as usize;
            let title = &self.corpus.series[ix.at()].revisions.get(revision)?.title;
            Some(links.link(title.to_string(), &self.revision_route(*ix, revision)))
        };
        self.places.threads[number].series.iter().filter_map(link).collect()
    }
}
