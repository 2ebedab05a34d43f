//! What crawlers read: the sitemap, in parts where one file cannot hold all, and robots.txt.

use std::fmt::Write as _;

use crate::{
    page::{Page, Plan, Route},
    text::escape_into,
};

/// A sitemap's limit by its protocol is 50,000 addresses and 50 MB.
const MOST: usize = 40_000;

/// The files of the sitemap: the whole, or an index and its parts.
pub fn sitemaps(plan: &Plan<'_>) -> Vec<(Route, Vec<u8>)> {
    let pages: Vec<&Page> = plan.pages.iter().filter(|page| page.route.is_page()).collect();
    let base = &plan.settings.base_url;
    if pages.len() <= MOST {
        return vec![(Route::Sitemap, urls(&pages, base))];
    }
    let mut files = Vec::new();
    for (number, part) in (1u32..).zip(pages.chunks(MOST)) {
        files.push((Route::SitemapPart(number), urls(part, base)));
    }
    let mut index = start("sitemapindex");
    for (route, _) in &files {
        let _ = writeln!(index, "<sitemap><loc>{}</loc></sitemap>", escaped(&route.absolute(base)));
    }
    index.push_str("</sitemapindex>\n");
    files.push((Route::Sitemap, index.into_bytes()));
    files
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

fn urls(pages: &[&Page], base: &str) -> Vec<u8> {
    let mut out = start("urlset");
    for page in pages {
        let _ = write!(out, "<url><loc>{}</loc>", escaped(&page.route.absolute(base)));
        if let Some(newest) = page.newest {
            let _ = write!(out, "<lastmod>{}</lastmod>", newest.rfc3339());
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

fn start(root: &str) -> String {
    let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root} xmlns=\"{namespace}\">\n")
}

fn escaped(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    escape_into(&mut out, url);
    out
}
