//! What crawlers read: the sitemap, in parts where one file cannot hold all, and robots.txt.

use crate::{
    page::thread,
    plan::{Page, Plan, Route},
    text::{Mask, Xml},
};

/// A sitemap's limit by its protocol is 50,000 addresses and 50 MB.
const MOST: usize = 40_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files of the sitemap, one after another: the whole, or an index and its parts.
pub fn sitemaps(plan: &Plan<'_>) -> impl Iterator<Item = (Route, Vec<u8>)> {
    let base = &plan.settings.base_url;
    let is_named = |page: &&Page| {
        page.route.is_page() && !thread::is_left_out(plan.corpus, &plan.places, page)
    };
    let pages = move || plan.pages.iter().filter(is_named);
    let parts = match pages().count() {
        0..=MOST => 0,
        many => u32::try_from(many.div_ceil(MOST)).unwrap_or(u32::MAX),
    };
    let files = (1..=parts).map(move |number| {
        let before = MOST * (number as usize - 1);
        (Route::SitemapPart(number), urls(pages().skip(before).take(MOST), base))
    });
    let first = match parts {
        0 => urls(pages(), base),
        parts => index(parts, base),
    };
    std::iter::once((Route::Sitemap, first)).chain(files)
}

/// Everybody may read everything, or no robot anything (`[privacy] noindex`). Those that come by a link find the
/// same said in each page's head: at a project's address on GitHub Pages nobody looks for a robots.txt.
pub fn robots(plan: &Plan<'_>) -> Vec<u8> {
    if plan.settings.noindex {
        return b"User-agent: *\nDisallow: /\n".to_vec();
    }
    let sitemap = Route::Sitemap.absolute(&plan.settings.base_url);
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}

fn index(parts: u32, base: &str) -> Vec<u8> {
    let mut out = Xml::new(Mask::NONE);
    out.markup("<sitemapindex").attribute("xmlns", NAMESPACE).markup(">\n");
    for number in 1..=parts {
        let part = Route::SitemapPart(number).absolute(base);
        out.markup("<sitemap><loc>").text(&part).markup("</loc></sitemap>\n");
    }
    out.markup("</sitemapindex>\n");
    out.into_bytes()
}

fn urls<'p>(pages: impl Iterator<Item = &'p Page>, base: &str) -> Vec<u8> {
    let mut out = Xml::new(Mask::NONE);
    out.markup("<urlset").attribute("xmlns", NAMESPACE).markup(">\n");
    for page in pages {
        out.markup("<url><loc>").text(&page.route.absolute(base)).markup("</loc>");
        if let Some(newest) = page.newest {
            out.markup("<lastmod>").text(&newest.rfc3339()).markup("</lastmod>");
        }
        out.markup("</url>\n");
    }
    out.markup("</urlset>\n");
    out.into_bytes()
}
