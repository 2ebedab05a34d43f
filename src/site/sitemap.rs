//! The files for crawlers: robots.txt and the sitemap. The sitemap of a large site has parts, by the month of the
//! newest item on a page.

use std::collections::BTreeMap;

use crate::{
    config::Settings,
    date::{Month, Timestamp},
    page::thread,
    plan::{Page, Plan, Route},
    text::{Mask, Xml},
};

/// The protocol limits a sitemap to 50,000 addresses and 50 MB.
const MOST: usize = 40_000;
/// How many addresses one file has (200 kB): with more, a new mail would change too much.
const FEW: usize = 2_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files of the sitemap: one file, or an index and its parts.
pub fn sitemaps(plan: &Plan<'_>) -> Vec<(Route, Vec<u8>)> {
    let base = &plan.settings.base_url;
    let is_named = |page: &&Page| {
        page.route.is_page() && !thread::is_left_out(plan.corpus, &plan.places, page)
    };
    let pages: Vec<&Page> = plan.pages.iter().filter(is_named).collect();
    if pages.len() <= FEW {
        return vec![(Route::Sitemap, urls_of(&pages, base))];
    }
    let mut months: BTreeMap<Option<Month>, Vec<&Page>> = BTreeMap::new();
    for page in pages {
        months.entry(page.newest.map(Timestamp::month)).or_default().push(page);
    }
    let parts = months.iter().flat_map(|(month, pages)| {
        let name = month.map_or_else(|| "undated".to_owned(), |month| month.to_string());
        pages.chunks(MOST).enumerate().map(move |(at, pages)| {
            let more = if at == 0 { String::new() } else { format!("-{}", at + 1) };
            (Route::SitemapPart(format!("{name}{more}").into()), urls_of(pages, base))
        })
    });
    let parts: Vec<(Route, Vec<u8>)> = parts.collect();
    let first = (Route::Sitemap, index(parts.iter().map(|(route, _)| route.absolute(base))));
    [first].into_iter().chain(parts).collect()
}

/// Those that name pages: without the index, if there are parts. An index of a hub may not name another index.
pub fn with_pages(all: &[Route]) -> Vec<Route> {
    let is_part = |route: &&Route| matches!(route, Route::SitemapPart(_));
    match all.iter().any(|route| is_part(&route)) {
        true => all.iter().filter(is_part).cloned().collect(),
        false => all.to_vec(),
    }
}

/// Everybody may read everything, or no robot may read anything (`[privacy] noindex`). The head of each page says
/// the same, because at a project's address on GitHub Pages nobody looks for a robots.txt.
pub(crate) fn robots(settings: &Settings) -> Vec<u8> {
    if settings.noindex {
        return b"User-agent: *\nDisallow: /\n".to_vec();
    }
    let sitemap = Route::Sitemap.absolute(&settings.base_url);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}

/// An index of the sitemaps at these addresses.
pub(crate) fn index(parts: impl Iterator<Item = String>) -> Vec<u8> {
    let mut out = Xml::new(Mask::NONE);
    out.markup("<sitemapindex").attribute("xmlns", NAMESPACE).markup(">\n");
    for part in parts {
        out.markup("<sitemap><loc>").text(&part).markup("</loc></sitemap>\n");
    }
    out.markup("</sitemapindex>\n");
    out.into_bytes()
}

fn urls_of(pages: &[&Page], base: &str) -> Vec<u8> {
    urls(pages.iter().map(|page| (page.route.absolute(base), page.newest)))
}

/// A sitemap of these addresses, each with the date of the newest item on its page, if it is known.
pub(crate) fn urls(pages: impl Iterator<Item = (String, Option<Timestamp>)>) -> Vec<u8> {
    let mut out = Xml::new(Mask::NONE);
    out.markup("<urlset").attribute("xmlns", NAMESPACE).markup(">\n");
    for (address, newest) in pages {
        out.markup("<url><loc>").text(&address).markup("</loc>");
        if let Some(newest) = newest {
            out.markup("<lastmod>").text(&newest.rfc3339()).markup("</lastmod>");
        }
        out.markup("</url>\n");
    }
    out.markup("</urlset>\n");
    out.into_bytes()
}
