//! What the site's author wrote, as HTML: pages, notes on digests, the welcome.

use crate::{
    markup::markdown,
    plan::{ContentPage, Route},
    text::Html,
};

/// The HTML of a text of the author's own on the page at `route`.
pub(crate) fn html(page: &ContentPage, route: &Route) -> Html {
    let file_of = |page: &str| Route::content(page).file();
    markdown::to_html(&page.markdown, &route.root(), &file_of)
}
