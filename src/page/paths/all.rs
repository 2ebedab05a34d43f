//! The tree of folders on one page.
//!
//! In: the folders of the plan. Out: the view of `paths.html`: the tree as a flat list. Never here: which folder has
//! a page.

use std::collections::HashSet;

use crate::{
    markup::excerpt,
    page::{
        part::{
            layout::{self, About},
            links::Links,
        },
        paths::{
            folder,
            view::{FolderRow, PathsView},
        },
    },
    plan::{
        Read, Reader, Route,
        tree::{FolderIx, Tree},
    },
    say,
    series::Corpus,
};

/// How many folders the page shows: those with most series, and in addition those that no other page shows.
const MOST: usize = 600;
/// How deep its lists are nested; deeper folders are at that depth.
const DEEPEST: usize = 12;

/// The view of `paths.html`.
pub(crate) fn all_paths<'a>(plan: Reader<'a>, route: &Route) -> PathsView<'a> {
    let links = Links::new(plan, route);
    let total = plan.tree.whole().with_page().count();
    let about = About {
        kind: "paths",
        title: plan.settings.words.text("paths").to_owned(),
        description: say!(
            plan.settings.words,
            "paths-page-about",
            site = &plan.settings.title,
            n = total
        ),
        feeds: vec![],
        crumbs: vec![],
    };
    let folders = folder_rows(plan.corpus, plan.tree, &links);
    PathsView {
        page: layout::frame(plan, route, about),
        total,
        more: total - folders.len(),
        folders,
        files: folder::hot_files(plan.corpus, plan.tree, 0),
    }
}

/// The flattened tree, with the starts and ends of the lists.
fn folder_rows(
    corpus: Read<'_, Corpus>,
    tree: Read<'_, Tree>,
    links: &Links<'_>,
) -> Vec<FolderRow> {
    let shown = most_changed(tree);
    let mut order: Vec<(FolderIx, usize)> = Vec::new();
    let below = |folder: FolderIx| {
        tree.inside(folder).iter().rev().filter(|folder| shown.contains(folder)).copied()
    };
    let mut stack: Vec<(FolderIx, usize)> = below(0).map(|folder| (folder, 1)).collect();
    while let Some((folder, depth)) = stack.pop() {
        order.push((folder, depth));
        stack.extend(below(folder).map(|child| (child, (depth + 1).min(DEEPEST))));
    }
    let depth = |at: usize| order.get(at).map_or(1, |(_, depth)| *depth);
    let row = |(at, (number, depth_here)): (usize, &(FolderIx, usize))| {
        let folder = tree.folder(*number);
        let label = tree.below(*number, tree.above(*number));
        let open = folder.series.iter().filter(|ix| corpus.series(**ix).is_open());
        FolderRow {
            label: excerpt::shortened(&label, crate::plan::tree::SHOWN).into_owned(),
            url: links.to(&tree.route(*number)),
            series: folder.series.len(),
            open: open.count(),
            deeper: depth(at + 1) > *depth_here,
            closes: depth_here.saturating_sub(depth(at + 1)),
        }
    };
    order.iter().enumerate().map(row).collect()
}

/// The folders with most series, and all that are not inside another one with a page. A parent has at least as many
/// series as its folders, and a smaller number.
fn most_changed(tree: Read<'_, Tree>) -> HashSet<FolderIx> {
    let mut all: Vec<(FolderIx, usize)> =
        tree.whole().with_page().map(|(number, folder)| (number, folder.series.len())).collect();
    all.sort_by_key(|(number, series)| (std::cmp::Reverse(*series), *number));
    let most = all.into_iter().take(MOST).map(|(number, _)| number);
    most.chain(tree.inside(0).iter().copied()).collect()
}
