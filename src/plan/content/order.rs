//! Where the author's pages are: in the navigation of every page, and beside the other pages of their folders.
//!
//! In: all pages, in the order of the navigation. Out: what each page asks about them, without a walk over all. Never
//! here: how it is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::ContentPage;
use crate::plan::route::Route;

/// How many of the author's pages the navigation of every page names. More than a few are of no use to readers, and
/// thousands would make a site whose size is the square of their number.
const IN_NAVIGATION: usize = 100;
/// How many pages of a folder each of them names.
const IN_FOLDER: usize = 200;
/// How many before and after the page itself, if they are more.
const NEAR: usize = 20;

/// The pages by folder, and in the navigation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    /// The label and the address of each page in the navigation.
    top: Vec<(String, Route)>,
    /// All pages that would be in it, in order: of too many, each names those near it.
    all_top: Vec<usize>,
    /// The pages of each folder at the top, its main page first.
    folders: BTreeMap<Box<str>, Vec<usize>>,
    /// The pages by their paths below `content`.
    paths: BTreeMap<Box<str>, usize>,
}

impl Order {
    pub(super) fn of(pages: &[ContentPage]) -> Self {
        let mut order = Self::default();
        for (number, page) in pages.iter().enumerate() {
            order.paths.entry(page.path.as_str().into()).or_insert(number);
            let folder = folder(&page.route);
            let all = order.folders.entry(folder.into()).or_default();
            // The main page of a folder has its address.
            match address(&page.route) == folder {
                true => all.insert(0, number),
                false => all.push(number),
            }
        }
        let mut top = order.top(pages);
        order.all_top = top.iter().map(|(number, ..)| *number).collect();
        top.truncate(IN_NAVIGATION);
        order.top = top.into_iter().map(|(_, label, route)| (label, route)).collect();
        order
    }

    /// Those at the top level, and the first page of each folder without a main page, under the name of the folder.
    fn top(&self, pages: &[ContentPage]) -> Vec<(usize, String, Route)> {
        let mut seen = BTreeSet::new();
        let mut label = |page: &ContentPage| {
            let folder = folder(&page.route);
            let is_main = address(&page.route) == folder;
            let first = self.folders.get(folder).and_then(|all| pages.get(*all.first()?));
            let has_main = first.is_some_and(|page| address(&page.route) == folder);
            match is_main {
                true => Some(page.title.clone()),
                false => (!has_main && seen.insert(folder.to_owned()))
                    .then(|| folder.replace(['-', '_'], " ")),
            }
        };
        let named = pages.iter().enumerate();
        named
            .filter_map(|(number, page)| Some((number, label(page)?, page.route.clone())))
            .collect()
    }

    /// The author's pages in the navigation.
    pub(crate) fn navigation(&self) -> &[(String, Route)] {
        &self.top
    }

    /// The page with this path below `content`, without `.md`.
    pub(super) fn number(&self, path: &str) -> Option<usize> {
        self.paths.get(path).copied()
    }

    /// The pages of the folder of a page, and the place of the page at `route` among them; of many, the main page and
    /// those near. None if there is only one.
    pub(crate) fn beside(&self, number: usize, route: &Route) -> (Vec<usize>, usize) {
        let none: &[usize] = &[];
        let all = match self.folders.get(folder(route)).map_or(none, Vec::as_slice) {
            // The navigation leaves some out.
            [_] if self.all_top.len() > IN_NAVIGATION => self.all_top.as_slice(),
            all => all,
        };
        // But for the main page, they are in order.
        let here = match all {
            [first, ..] if *first == number => 0,
            [_, others @ ..] => others.binary_search(&number).map_or(0, |at| at + 1),
            [] => 0,
        };
        match all.len() {
            0 | 1 => (Vec::new(), 0),
            count if count <= IN_FOLDER => (all.to_vec(), here),
            count => {
                let near = here.saturating_sub(NEAR).max(1)..(here + NEAR + 1).min(count);
                let place = if here == 0 { 0 } else { here - near.start + 1 };
                (all[..1].iter().chain(&all[near]).copied().collect(), place)
            }
        }
    }
}

/// The address of a page, without slashes around it.
fn address(route: &Route) -> &str {
    match route {
        Route::Content(path) => path,
        _ => "",
    }
}

/// The first part of the address: the folder at the top that has the page.
fn folder(route: &Route) -> &str {
    address(route).split('/').next().unwrap_or_default()
}
