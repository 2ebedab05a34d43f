//! The pages: a module for each kind of page, with the view of its template (`view`) and the code that makes it.
//!
//! In: a [`Plan`]. Out: the bytes of each of its pages; each is rendered independently, in any order, on any
//! thread, and is the same every time. `part` has the parts that several kinds of pages share. Never here: the
//! choice of pages, writing a file, a feed, a clock.

pub(crate) mod content;
pub(crate) mod digest;
pub(crate) mod feeds;
pub(crate) mod home;
pub(crate) mod list;
pub(crate) mod llms;
pub(crate) mod part;
pub(crate) mod paths;
pub(crate) mod people;
pub(crate) mod query;
pub(crate) mod search;
pub(crate) mod series;
pub(crate) mod stats;
pub(crate) mod thread;
pub mod view;

use crate::{
    error::{Error, Reason, Result},
    plan::{Kind, Log, Page, Plan, Reader},
    text::Mask,
    theme::Theme,
};

use self::{
    digest::{card, print, years},
    paths::{all, folder},
    people::{everybody, person},
    series::{compare, diff, mbox},
};

/// The bytes of a page; `log` gets everything that they were made from.
///
/// # Errors
/// The error of a template that does not render.
pub fn render(plan: &Plan<'_>, page: &Page, theme: &Theme, log: &Log) -> Result<Vec<u8>> {
    let plan = Reader::new(plan, log);
    let (route, mask) = (&page.route, plan.mask());
    let html = match &page.kind {
        Kind::Home => theme.render("home.html", &home::home(plan, route), mask),
        Kind::Digests => theme.render("digests.html", &years::all_digests(plan, route), mask),
        Kind::Year(year) => theme.render("year.html", &years::year(plan, route, year), mask),
        Kind::Digest(number) => {
            theme.render("digest.html", &digest::digest(plan, route, *number), mask)
        }
        Kind::DigestWhole(number) => {
            theme.render("digest-whole.html", &print::digest_whole(plan, route, *number), mask)
        }
        Kind::Revision(series, revision) => {
            theme.render("series.html", &series::revision(plan, route, *series, *revision), mask)
        }
        Kind::Answers(series, revision, page) => theme.render(
            "thread.html",
            &thread::answers(plan, route, (*series, *revision), *page),
            mask,
        ),
        Kind::Compare(series, revision) => {
            theme.render("compare.html", &compare::compare(plan, route, *series, *revision), mask)
        }
        Kind::Diff(series, revision, patch) => {
            theme.render("diff.html", &diff::diff(plan, route, (*series, *revision), *patch), mask)
        }
        Kind::Thread(number, part) => {
            theme.render("thread.html", &thread::thread(plan, route, *number, *part), mask)
        }
        Kind::List(list, part) => {
            theme.render("list.html", &list::list(plan, route, *list, *part), mask)
        }
        Kind::Query(number) => theme.render("list.html", &query::query(plan, route, *number), mask),
        Kind::People(initial) => theme.render(
            "people.html",
            &everybody::people_page(plan, route, initial.as_deref()),
            mask,
        ),
        Kind::Person(person) => {
            theme.render("person.html", &person::person_page(plan, route, *person), mask)
        }
        Kind::Paths => theme.render("paths.html", &all::all_paths(plan, route), mask),
        Kind::Path(folder) => {
            theme.render("path.html", &folder::folder_page(plan, route, *folder), mask)
        }
        Kind::Stats => {
            let (whole, years) =
                crate::digest::statistics(plan.corpus.whole(), &plan.whole().digests);
            theme.render("stats.html", &stats::stats(plan, route, &whole, &years), mask)
        }
        Kind::Feeds => theme.render("feeds.html", &feeds::feeds(plan, route), mask),
        Kind::Search => theme.render("search.html", &search::search(plan, route), mask),
        Kind::Content(number) => {
            let own = &plan.content_pages()[*number];
            let asks = &own.asks;
            let template = if asks.template.is_empty() { "content.html" } else { &asks.template };
            if !theme.has(template) {
                let reason = Reason::new(format!("the theme has no template `{template}`"));
                let hint = format!("create `themes/{}/templates/{template}`", theme.name());
                let (path, reason) = (own.file.clone(), reason.hint(hint));
                return Err(Error::FrontMatter { path, line: 0, column: 0, reason });
            }
            // The text of these pages is the author's own; the series on them are others' words.
            let mask = if asks.shows_mails() { mask } else { Mask::NONE };
            theme.render(template, &content::content_page(plan, route, *number), mask)
        }
        Kind::Moved(number) => {
            theme.render("moved.html", &content::moved(plan, route, *number), Mask::NONE)
        }
        Kind::NotFound => theme.render("404.html", &content::not_found(plan, route), mask),
        Kind::Card(number) => return Ok(card::card(plan, *number)),
        Kind::DigestText(number) => return Ok(digest::digest_text(plan, *number)),
        Kind::DigestMarkdown(number) => return Ok(digest::markdown::file(plan, *number)),
        Kind::SeriesMarkdown(series) => return Ok(series::markdown::file(plan, *series)),
        Kind::Llms => return Ok(llms::file(plan)),
        Kind::Mbox(series) => return Ok(mbox::write(plan, *series)),
    };
    html.map(String::into_bytes)
}
