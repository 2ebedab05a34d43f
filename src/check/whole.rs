//! Findings about the whole site: anchors on other pages, files without links to them, one id in two feeds.
//!
//! In: the files and their facts. Out: findings. Never here: reading a file.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{
    Seen,
    finding::{Finding, Rule},
    page,
    tree::Tree,
};
use crate::plan::Route;

/// Findings about several files.
pub(super) fn findings(tree: &Tree, seen: &[&Seen]) -> Vec<Finding> {
    let mut found: Vec<Finding> = seen
        .par_iter()
        .zip(&tree.files)
        .flat_map_iter(|(one, file)| page::anchors(file, &one.anchors, tree, seen))
        .collect();
    found.extend(unreached(tree, seen));
    found.extend(shared_feed_ids(tree, seen));
    found
}

/// Files that cannot be reached from the front page.
fn unreached(tree: &Tree, seen: &[&Seen]) -> Vec<Finding> {
    let mut is_reached: Vec<bool> = tree.files.iter().map(|file| file.is_known_by_name()).collect();
    let mut todo: Vec<u32> =
        (0..).zip(&is_reached).filter(|(_, is)| **is).map(|(n, _)| n).collect();
    // Nobody enters the site by the page for missing addresses.
    let not_found = tree.find(&Route::NotFound.file());
    todo.retain(|number| Some(*number) != not_found);
    while let Some(number) = todo.pop() {
        let is_page = tree.files[number as usize].is_page();
        for to in &seen[number as usize].leads_to {
            let target = &tree.files[*to as usize];
            // Feeds and sitemaps name every page, but that does not help readers to find one.
            let counts = is_page || !target.is_page();
            if counts && !std::mem::replace(&mut is_reached[*to as usize], true) {
                todo.push(*to);
            }
        }
    }
    let moved = seen.iter().map(|seen| seen.is_moved);
    let files = tree.files.iter().zip(is_reached.into_iter().zip(moved));
    let lost = files.filter(|(_, (is_reached, is_moved))| !is_reached && !is_moved);
    lost.map(|(file, _)| file.finding(Rule::Unreached, "no links lead here from the front page"))
        .collect()
}

/// Feeds that a reader takes for one, because they share an id.
fn shared_feed_ids(tree: &Tree, seen: &[&Seen]) -> Vec<Finding> {
    let mut first: HashMap<&str, &str> = HashMap::new();
    let mut found = Vec::new();
    for (file, feed) in tree.files.iter().zip(seen).filter_map(|(f, s)| Some((f, s.feed.as_ref()?)))
    {
        let Some(id) = &feed.id else { continue };
        if let Some(other) = first.insert(id, &file.path) {
            let message = format!("the feed's id `{}` is also that of {other}", page::quoted(id));
            found.push(file.finding(Rule::FeedId, message));
        }
    }
    found
}
