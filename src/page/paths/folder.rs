//! A folder's page: the series that change something in it, open ones first.

use std::collections::BTreeMap;

use super::{FolderIx, paths};
use crate::{
    page::{
        Plan,
        frame::{About, Links},
        route::Route,
        row::Detail,
        view::{Count, FolderView, RankItem, WorkSection},
        words,
    },
    series::{Series, SeriesIx},
};

/// Rows of a section; what is beyond is in the digests.
const ROWS: usize = 20;
/// How many files and people stand at the side.
const TOP: usize = 8;
/// How many folders below are in sight; the others are folded away.
const FOLDERS: usize = 40;

/// Its anchor, its heading, which series are in it.
type Rule = (&'static str, &'static str, &'static str, fn(&Series) -> bool);

/// The sections of a folder's page. Each series is in one.
const SECTIONS: [Rule; 3] = [
    ("open", "Open", "Nobody took it or turned it down yet.", Series::is_open),
    ("applied", "Applied", "A maintainer took it, or a part of it.", Series::is_applied),
    ("closed", "Closed", "Quiet, turned down, replaced, or for nobody here to take.", |series| {
        !series.is_open() && !series.is_applied()
    }),
];

impl<'a> Plan<'a> {
    /// The view of `path.html`.
    pub(crate) fn folder_page(&self, route: &Route, number: FolderIx) -> FolderView<'a> {
        let folder = &self.tree.folders[number as usize];
        let links = self.links(route);
        let newest = self.newest_first(&folder.series);
        let sections = self.work_sections(&links, &newest);
        let mut folders = self.folders_below(&links, number);
        let more_folders = folders.split_off(FOLDERS.min(folders.len()));
        FolderView {
            page: self.frame(route, self.about_folder(number)),
            path: self.tree.label(number),
            counts: counts(&sections, folder.series.len()),
            sections,
            folders,
            more_folders,
            files: self.hot_files(number),
            people: self.top_people(
                &links,
                folder.series.iter().flat_map(|ix| self.authors_of(*ix)).copied(),
                TOP,
            ),
            feed_url: match folder.has_feed() {
                true => links.to(&self.tree.feed(number)),
                false => String::new(),
            },
            digests_url: links.to(&Route::Digests),
        }
    }

    fn work_sections(&self, links: &Links<'_>, newest: &[SeriesIx]) -> Vec<WorkSection<'a>> {
        let section = |(anchor, heading, about, wanted): Rule| {
            let of = |ix: &&SeriesIx| wanted(&self.corpus.series[ix.at()]);
            let series: Vec<SeriesIx> = newest.iter().filter(of).copied().collect();
            WorkSection {
                anchor,
                heading,
                about,
                all_url: String::new(),
                feed_url: String::new(),
                total: series.len(),
                more: series.len().saturating_sub(ROWS),
                rows: series
                    .iter()
                    .take(ROWS)
                    .map(|ix| self.newest_row(links, *ix, Detail::Brief))
                    .collect(),
            }
        };
        let mut sections: Vec<_> = SECTIONS.into_iter().map(section).collect();
        sections.retain(|section| section.total > 0);
        sections
    }

    /// The folders below with pages, most series first.
    fn folders_below(&self, links: &Links<'_>, number: FolderIx) -> Vec<RankItem> {
        let mut below = self.tree.inside.get(&number).cloned().unwrap_or_default();
        let count = |folder: &FolderIx| self.tree.folders[*folder as usize].series.len();
        below.sort_by_key(|folder| std::cmp::Reverse(count(folder)));
        let item = |folder: &FolderIx| RankItem {
            label: words::shortened(&self.tree.below(*folder, number), super::SHOWN).into_owned(),
            url: links.to(&self.tree.route(*folder)),
            count: count(folder) as u64,
        };
        below.iter().map(item).collect()
    }

    /// The files that most series change.
    pub(super) fn hot_files(&self, number: FolderIx) -> Vec<RankItem> {
        let prefix = self.tree.path(number);
        let mut counts: BTreeMap<&str, (u64, Option<SeriesIx>)> = BTreeMap::new();
        for ix in &self.tree.folders[number as usize].series {
            for path in paths(self.corpus, self.corpus.series[ix.at()].newest()) {
                let Some(name) = path.strip_prefix(&*prefix) else { continue };
                if number == 0 && name.contains('/') {
                    continue;
                }
                let (count, last) = counts.entry(name).or_default();
                *count += u64::from(*last != Some(*ix));
                *last = Some(*ix);
            }
        }
        let mut ranked: Vec<_> = counts.into_iter().filter(|(_, (count, _))| *count > 1).collect();
        ranked.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        let item = |(name, (count, _)): (&str, (u64, Option<SeriesIx>))| RankItem {
            label: words::shortened(name, super::SHOWN).into_owned(),
            url: String::new(),
            count,
        };
        ranked.into_iter().take(TOP).map(item).collect()
    }

    fn about_folder(&self, number: FolderIx) -> About {
        let folder = &self.tree.folders[number as usize];
        let path = self.tree.label(number);
        let mut crumbs = Vec::new();
        let mut at = number;
        while at != 0 {
            let above = self.tree.above(at);
            if at != number {
                let label = words::shortened(&self.tree.below(at, above), 60).into_owned();
                crumbs.push((label.trim_end_matches('/').to_owned(), self.tree.route(at)));
            }
            at = above;
        }
        crumbs.push(("Paths".to_owned(), Route::Paths));
        crumbs.reverse();
        About {
            kind: "path",
            title: path.clone(),
            description: format!(
                "Patches to {path} on {}: {}.",
                self.settings.title,
                words::plural(folder.series.len(), "series", "series")
            ),
            feeds: match folder.has_feed() {
                true => vec![(format!("Patches to {path}"), self.tree.feed(number))],
                false => vec![],
            },
            crumbs,
        }
    }
}

fn counts(sections: &[WorkSection<'_>], series: usize) -> Vec<Count> {
    let about = "Series whose newest revision changes something in the folder.";
    let whole = Count { number: series, label: "series", about, url: String::new() };
    let of = sections.iter().map(|section| Count {
        number: section.total,
        label: match section.anchor {
            "open" => "open",
            "applied" => "applied",
            _ => "closed",
        },
        about: section.about,
        url: format!("#{}", section.anchor),
    });
    [whole].into_iter().chain(of).collect()
}
