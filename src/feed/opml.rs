//! OPML 2.0: the feeds of the site that readers can import at once.
//!
//! In: the feeds of the site and of its lists. Out: feeds that share no entry, because readers such as newsboat
//! know an entry only by its id and show it in one feed: the digests, and everything on each list. If a series was
//! posted to two lists, both feeds would have its entries; then the OPML has the feed of the whole site instead.
//! The feeds of queues are parts of these; they, and those of series, people and folders, are on their pages.

use super::Feed;
use crate::{
    plan::{Plan, Route},
    series::Revision,
    text::{Mask, Xml},
};

/// The bytes of the file.
pub fn opml(plan: &Plan<'_>, feeds: &[Feed<'_>]) -> Vec<u8> {
    let is_shared = shares(plan);
    let is_offered = |feed: &&Feed<'_>| match feed.route {
        Route::SiteFeed => is_shared,
        Route::DigestFeed | Route::ListFeed(_) => !is_shared,
        Route::PagesFeed => true,
        _ => false,
    };
    let mut out = Xml::new(Mask::NONE);
    out.markup("<opml version=\"2.0\">\n<head>\n");
    out.element("title", &plan.settings.title);
    out.markup("</head>\n<body>\n");
    for feed in feeds.iter().filter(is_offered) {
        outline(&mut out, &feed.title, &feed.address(&feed.route), &feed.address(&feed.about));
    }
    out.markup("</body>\n</opml>\n");
    out.into_bytes()
}

/// Whether a revision was posted to two lists. Once one was, this never changes.
fn shares(plan: &Plan<'_>) -> bool {
    let corpus = plan.corpus;
    let is_on_two = |revision: &Revision| {
        let copies = || revision.members().flat_map(|mail| &corpus.stored(mail).copies);
        let first = copies().next().map(|(list, _)| *list);
        copies().any(|(list, _)| Some(*list) != first)
    };
    let mut revisions = corpus.series.iter().flat_map(|series| &series.revisions);
    corpus.lists.len() > 1 && revisions.any(is_on_two)
}

/// A feed, and the page that it is about.
pub(crate) fn outline(out: &mut Xml<'_>, title: &str, feed: &str, page: &str) {
    out.markup("<outline type=\"rss\"").attribute("text", title).attribute("title", title);
    out.attribute("xmlUrl", feed).attribute("htmlUrl", page).markup("/>\n");
}
