//! Limits of size and weight: the only place with these numbers, and the comparison of a site with them.
//!
//! In: the files of a site. Out: findings about sizes, and the files by kind. Weights are those after gzip, which
//! GitHub Pages and most hosts use. A page below its budget before compression is also below it after, so few pages
//! are compressed here. Never here: the content of a file.

use std::{collections::BTreeMap, fs, io::Write};

use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;

use super::{
    finding::{Finding, Rule},
    tree::{File, Tree},
};
use crate::{
    error::{Error, Result},
    text::{self, size as bytes},
};

/// The most entries of a feed: readers do not fetch longer ones (LiveJournal and others refuse 516 KB).
pub(super) const FEED_ENTRIES: usize = 50;
/// The most bytes of a feed, for the same reason.
pub(super) const FEED_BYTES: u64 = 512 * 1024;
/// The share of the host's limit, in per cent, from which on a warning is due.
const NEAR: u64 = 80;
/// The largest file that git and GitHub accept: 100 MiB (docs.github.com, large files).
const FILE_BYTES: u64 = 100 << 20;
/// The largest page before compression: phones stutter above it.
const PAGE_BYTES: u64 = 1_000_000;
/// The budget of a digest, compressed; at most one in twenty may exceed it.
const DIGEST_WEIGHT: u64 = 60_000;
/// The budget of a series' page, compressed; likewise.
const SERIES_WEIGHT: u64 = 150_000;
/// The budget of all stylesheets, compressed: those of the table theme have 12.2 kB, the most of our themes.
const STYLE_WEIGHT: u64 = 14_000;
/// The budget of all scripts, compressed: search with suggestions has 7 kB, keys and news since the last visit 3 kB,
/// diffs 1 kB.
const SCRIPT_WEIGHT: u64 = 14_000;

/// Files of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Files {
    /// How many.
    pub count: usize,
    /// Their length together, in bytes.
    pub bytes: u64,
}

/// The kind of page under which a report counts the bytes, in the words of the build's report if it has them.
fn kind(path: &str) -> &'static str {
    let (first, rest) = path.split_once('/').unwrap_or(("", path));
    let (name, ending) =
        (path.rsplit('/').next().unwrap_or_default(), path.rsplit('.').next().unwrap_or_default());
    let is_year = first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit());
    match (first, ending) {
        (_, "atom" | "rss" | "opml") => "feeds",
        _ if name == "feed.json" => "feeds",
        (_, "jsonl") | ("schema", "json") => "data",
        _ if name == "index.json" => "data",
        ("lists", "json") => "data",
        (_, "mbox") => "mboxes",
        (_, "md") => "markdown",
        _ if name == "llms.txt" => "markdown",
        (_, "css" | "js" | "svg" | "woff2" | "ico") => "static",
        ("series", _) if rest.contains("..") => "comparisons",
        ("series", _) => "series",
        ("threads", _) => "threads",
        ("search", _) => "search",
        ("people", _) => "people",
        ("paths", _) => "paths",
        _ if rest.ends_with("bigpage/index.html") => "bigpages",
        ("digests", _) if rest.contains("..") => "digests",
        _ if is_year && rest.contains('/') => "digests",
        _ => "pages",
    }
}

/// The site's files by kind.
pub(super) fn kinds(tree: &Tree) -> BTreeMap<&'static str, Files> {
    let mut kinds: BTreeMap<_, Files> = BTreeMap::new();
    for file in &tree.files {
        let files = kinds.entry(kind(&file.path)).or_default();
        files.count += 1;
        files.bytes += file.bytes;
    }
    kinds
}

/// Findings about size and weight.
///
/// # Errors
/// [`Error::Read`].
pub(super) fn findings(tree: &Tree) -> Result<Vec<Finding>> {
    let mut found: Vec<Finding> = tree.files.iter().filter_map(judge_file).collect();
    for (name, budget) in [("digests", DIGEST_WEIGHT), ("series", SERIES_WEIGHT)] {
        let pages = tree.files.iter().filter(|file| file.is_page() && kind(&file.path) == name);
        found.extend(judge_weight(tree, &pages.collect::<Vec<_>>(), name, budget)?);
    }
    for (ending, rule, budget, what) in [
        (".css", Rule::StyleWeight, STYLE_WEIGHT, "styles"),
        (".js", Rule::ScriptWeight, SCRIPT_WEIGHT, "scripts"),
    ] {
        let files = tree.files.iter().filter(|file| file.path.ends_with(ending));
        let weight: u64 = files.map(|file| weigh(tree, file)).sum::<Result<_>>()?;
        if weight > budget {
            let message =
                format!("the {what} are {} packed, budget {}", bytes(weight), bytes(budget));
            found.push(Finding { rule, file: String::new(), line: 0, message });
        }
    }
    Ok(found)
}

fn judge_file(file: &File) -> Option<Finding> {
    if file.bytes > FILE_BYTES {
        return Some(file.finding(
            Rule::FileLarge,
            format!("{}; GitHub takes {}", bytes(file.bytes), bytes(FILE_BYTES)),
        ));
    }
    let is_long = file.is_page() && file.bytes > PAGE_BYTES;
    is_long.then(|| {
        file.finding(Rule::PageLong, format!("{}, budget {}", bytes(file.bytes), bytes(PAGE_BYTES)))
    })
}

/// A finding for a site of `total` bytes if its host takes no more than `limit`, or little more. If old pages are thinned already
/// to make it fit, it is meant to be near.
pub(super) fn judge_tree(total: u64, limit: Option<u64>, is_thinned: bool) -> Option<Finding> {
    let limit = limit?;
    let rule = match total {
        _ if total > limit => Rule::TreeLarge,
        _ if total >= limit / 100 * NEAR && !is_thinned => Rule::TreeNear,
        _ => return None,
    };
    let message = format!("{} of {} ([limits] size)", bytes(total), bytes(limit));
    Some(Finding { rule, file: String::new(), line: 0, message })
}

/// Whether more than one page in twenty of a kind is over its budget.
fn judge_weight(tree: &Tree, pages: &[&File], name: &str, budget: u64) -> Result<Option<Finding>> {
    let allowed = pages.len() / 20;
    let long: Vec<_> = pages.iter().filter(|file| file.bytes > budget).collect();
    if long.len() <= allowed {
        return Ok(None);
    }
    let mut weights: Vec<_> = long
        .into_par_iter()
        .map(|file| Ok((weigh(tree, file)?, &file.path)))
        .collect::<Result<_>>()?;
    weights.sort_by(|a, b| b.cmp(a));
    Ok(weights.get(allowed).filter(|(weight, _)| *weight > budget).map(|(weight, _)| {
        let (heaviest, path) = weights[0];
        let count = weights.iter().filter(|(weight, _)| *weight > budget).count();
        let message = format!(
            "{count} of {} {name} pages are over {} packed (the 95th percentile is {}); the heaviest has {}",
            text::thousands(i64::try_from(pages.len()).unwrap_or(i64::MAX)),
            bytes(budget),
            bytes(*weight),
            bytes(heaviest),
        );
        Finding { rule: Rule::PageWeight, file: path.to_string(), line: 0, message }
    }))
}

/// The bytes that a host sends for a file.
fn weigh(tree: &Tree, file: &File) -> Result<u64> {
    if let Some(known) = file.weight.get() {
        return Ok(*known);
    }
    let path = tree.folder.join(&*file.path);
    let content = fs::read(&path).map_err(Error::read(&path))?;
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    let packed = packer.write_all(&content).and_then(|()| packer.finish());
    // Writing to memory cannot fail.
    let weight = packed.map_or(file.bytes, |packed| packed.len() as u64);
    Ok(*file.weight.get_or_init(|| weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_kinds() {
        for (path, name) in [
            ("index.html", "pages"),
            ("2026/index.html", "pages"),
            ("2026/w09/index.html", "digests"),
            ("2026/w09/bigpage/index.html", "bigpages"),
            ("2026/02/28/index.txt", "digests"),
            ("digests/index.html", "pages"),
            ("digests/a..b/index.html", "digests"),
            ("series/x/v2/3/index.html", "series"),
            ("series/x/v1..v2/index.html", "comparisons"),
            ("series/x/series.mbox", "mboxes"),
            ("series/x/feed.atom", "feeds"),
            ("feed.json", "feeds"),
            ("search/index-1.json", "search"),
            ("static/style.css", "static"),
        ] {
            assert_eq!(kind(path), name, "{path}");
        }
    }

    #[test]
    fn a_tree_is_near_before_it_is_too_large() {
        let rule =
            |total, is_thinned| judge_tree(total, Some(1_000), is_thinned).map(|found| found.rule);
        assert_eq!(rule(799, false), None);
        assert_eq!(rule(800, false), Some(Rule::TreeNear));
        assert_eq!(rule(1_000, true), None);
        assert_eq!(rule(1_001, true), Some(Rule::TreeLarge));
        assert!(judge_tree(u64::MAX, None, false).is_none());
    }
}
