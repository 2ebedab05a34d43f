//! Paths: a page for each folder that patches change, a page for all folders, and links to them.

pub(crate) mod all;
pub(crate) mod folder;
pub(crate) mod view;

use std::collections::BTreeMap;

use crate::{
    page::part::{
        links::Links,
        view::{Link, RankItem},
    },
    plan::{
        Read,
        tree::{FolderIx, Tree},
    },
    series::SeriesIx,
};

/// The page of the folder that contains all changes of a series; nothing if only the root does.
pub(crate) fn folder_of(tree: Read<'_, Tree>, links: &Links<'_>, ix: SeriesIx) -> Option<Link> {
    let folder = tree.folder_of(ix);
    (folder != 0).then(|| links.link(tree.label(folder), &tree.route(folder)))
}

/// The folders with pages that contain most of these series; each series counts for one folder.
pub(crate) fn top_folders(
    tree: Read<'_, Tree>,
    links: &Links<'_>,
    series: impl Iterator<Item = SeriesIx>,
    limit: usize,
) -> Vec<RankItem> {
    let mut counts: BTreeMap<FolderIx, u64> = BTreeMap::new();
    for ix in series {
        let folder = tree.folder_of(ix);
        *counts.entry(folder).or_default() += u64::from(folder != 0);
    }
    let mut ranked: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let item = |(folder, count): (FolderIx, u64)| RankItem {
        label: tree.label(folder),
        url: links.to(&tree.route(folder)),
        count,
    };
    ranked.into_iter().take(limit).map(item).collect()
}
