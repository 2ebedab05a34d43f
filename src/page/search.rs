//! The search page, and the facts about pages that the search index needs.
//!
//! In: the plan. Out: the view of `search.html`, with examples of this site; threads, people and first words for the
//! index. Never here: the index.

mod examples;
pub(crate) mod view;

use crate::{
    config::{Query, Settings},
    date::Timestamp,
    markup::excerpt,
    page::{
        part::{
            layout::{self, About},
            links::Links,
            view::Link,
        },
        search::view::SearchView,
    },
    plan::{
        Read, Reader, Route,
        people::{Known, People},
        places::{Places, ThreadPlace},
    },
    say,
    series::{Corpus, MailIx},
};

/// The view of `search.html`.
pub(crate) fn search<'a>(plan: Reader<'a>, route: &Route) -> SearchView<'a> {
    let links = Links::new(plan, route);
    let title = &plan.settings.title;
    let about = About {
        kind: "search",
        title: plan.settings.words.text("search").to_owned(),
        description: say!(plan.settings.words, "search-page-about", site = title),
        feeds: vec![],
        crumbs: vec![],
    };
    let base = &plan.settings.base_url;
    let host = base.split_once("://").map_or(base.as_str(), |(_, rest)| rest);
    let saved =
        |query: &Query| links.link(query.title.clone(), &Route::Query(query.name.as_str().into()));
    let archives = plan.settings.lists.iter().filter_map(|list| {
        let archive = list.permalink.split("{id}").next().filter(|url| !url.is_empty())?;
        Some(Link { label: list.name.to_string(), url: archive.to_owned() })
    });
    SearchView {
        page: layout::frame(plan, route, about),
        action: links.to(&Route::Search),
        site: host.trim_end_matches('/').to_owned(),
        digests_url: links.to(&Route::Digests),
        archives: archives.collect(),
        series: plan.corpus.whole().series.len(),
        threads: plan
            .places
            .whole()
            .threads
            .iter()
            .filter(|t| !plan.corpus.is_spam(t.mails[0]))
            .count(),
        examples: examples::examples(plan),
        queries: plan.settings.queries.iter().map(saved).collect(),
    }
}

/// The pages of threads that belong to no series: the first mail of the thread, the address of each page, and its
/// mails by date.
pub(crate) fn thread_parts(places: &Places) -> impl Iterator<Item = (MailIx, Route, &[MailIx])> {
    let parts = |thread: &'_ ThreadPlace| 0..thread.parts();
    let all =
        places.threads.iter().flat_map(move |thread| parts(thread).map(move |at| (thread, at)));
    all.map(|(thread, at)| (thread.mails[0], thread.route(at), thread.part(at)))
}

/// The people who have a page, and where it is.
pub(crate) fn known_people(people: &People) -> impl Iterator<Item = (Route, &Known)> {
    people.with_page().map(|(_, known)| (known.route(), known))
}

/// The beginning of a mail's text, at most `limit` bytes; for a patch, of its commit message.
pub(crate) fn first_words(corpus: Read<'_, Corpus>, mail: MailIx, limit: usize) -> String {
    let mail = corpus.mail(mail);
    excerpt::of(mail.anatomy.message.of(&corpus.text(mail)), limit)
}

/// The day of a moment in the site's time zone: `2026-02-28`.
pub(crate) fn day(settings: &Settings, date: Timestamp) -> String {
    date.zoned(&settings.zone).strftime("%Y-%m-%d").to_string()
}
