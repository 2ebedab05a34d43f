//! The pages of the author's own, and the page for what is not there.

pub(crate) mod view;

use crate::{
    page::{
        content::view::{ContentView, NotFoundView},
        part::{
            authored,
            layout::{self, About},
            links::Links,
        },
    },
    plan::{Reader, Route},
};

/// The view of `content.html`.
pub(crate) fn content_page<'a>(plan: Reader<'a>, route: &Route, number: usize) -> ContentView<'a> {
    let page = &plan.whole().content.pages[number];
    let (title, description) = (page.title.clone(), page.about(160));
    let about = About { kind: "content", title, description, feeds: vec![], crumbs: vec![] };
    ContentView {
        page: layout::frame(plan, route, about),
        title: &page.title,
        author: &page.author,
        date: &page.date,
        body_html: authored::html(page, route),
    }
}

/// The view of `404.html`.
pub(crate) fn not_found<'a>(plan: Reader<'a>, route: &Route) -> NotFoundView<'a> {
    let words = &plan.settings.words;
    let about = About {
        kind: "404",
        title: words.text("missing-page-title").to_owned(),
        description: words.text("missing-page-description").to_owned(),
        feeds: vec![],
        crumbs: vec![],
    };
    let digests_url = Links::new(plan, route).to(&Route::Digests);
    NotFoundView { page: layout::frame(plan, route, about), digests_url }
}
