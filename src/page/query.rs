//! The page of a saved query: the series that it finds, newest first.
//!
//! In: the query. Out: the view of `list.html`, with one section. Never here: the search.

use crate::{
    config::Query,
    page::{
        list::view::ListView,
        part::{
            layout::{self, About},
            links::Links,
            row::{self, Detail, view::WorkSection},
        },
    },
    plan::{Reader, Route},
    say,
    words::Words,
};

/// The rows of the page; the page gives the number of the rest.
const ROWS: usize = 200;

/// The view of `list.html`.
pub(crate) fn query<'a>(plan: Reader<'a>, route: &Route, number: usize) -> ListView<'a> {
    let query = &plan.settings.queries[number];
    let words = &plan.settings.words;
    let links = Links::new(plan, route);
    let found = plan.found(number);
    let feed = Route::QueryFeed(query.name.as_str().into());
    let about = About {
        kind: "list",
        title: query.title.clone(),
        description: conditions(words, query),
        feeds: vec![(query.title.clone(), feed.clone())],
        crumbs: vec![],
    };
    let rows = found.iter().take(ROWS);
    let section = WorkSection {
        anchor: "series",
        heading: words.text("query-series"),
        label: words.text("query-series"),
        about: conditions(words, query).into(),
        total: found.len(),
        more: found.len().saturating_sub(ROWS),
        all_url: String::new(),
        feed_url: links.to(&feed),
        rows: rows.map(|ix| row::newest_row(plan, &links, *ix, Detail::Brief)).collect(),
    };
    ListView {
        page: layout::frame(plan, route, about),
        name: words.text("saved-query"),
        address: "",
        archive_url: String::new(),
        feed_url: links.to(&feed),
        messages: 0,
        series_count: found.len(),
        newest: None,
        oldest: None,
        part: &query.title,
        sections: vec![section],
        elsewhere: 0,
        recent: Vec::new(),
        discussed: Vec::new(),
        undated: Vec::new(),
        undated_threads: Vec::new(),
        digests_url: links.to(&Route::Digests),
    }
}

/// The conditions of a query, in words.
pub(crate) fn conditions(words: &Words, query: &Query) -> String {
    let Query { list, person, folder, function, states, .. } = query;
    let said = [
        person.as_ref().map(|who| say!(words, "query-person", who = who)),
        folder.as_ref().map(|path| say!(words, "query-folder", path = path)),
        function.as_ref().map(|name| say!(words, "query-function", name = name)),
        list.as_ref().map(|list| say!(words, "query-list", list = list)),
        (!states.is_empty()).then(|| say!(words, "query-state", states = &states.join(", "))),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
