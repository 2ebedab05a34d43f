//! The page of a folder: the series that change something in it, open ones first.
//!
//! In: a folder of the plan. Out: the [`FolderView`] of `path.html`: its series by section, the folders below it,
//! and the files and people with most series. Never here: which folders have a page ([`tree`](crate::plan::tree)).

use std::collections::BTreeMap;

use crate::{
    config::Settings,
    markup::excerpt,
    page::{
        part::{
            layout::{self, About},
            links::Links,
            row::{self, Detail, view::WorkSection},
            view::{Count, RankItem},
        },
        paths::view::FolderView,
        people,
    },
    plan::{
        Read, Reader, Route,
        tree::{FolderIx, Tree},
    },
    say,
    series::{Corpus, Series, SeriesIx},
    words::Words,
};

/// The rows of a section; the digests have the rest.
const ROWS: usize = 20;
/// How many files and people the side column has.
const TOP: usize = 8;
/// How many folders below are visible; the others are folded.
const FOLDERS: usize = 40;

/// Its anchor, the catalogue entries of its heading and of the sentence about it, and the test whether a series is
/// in it.
type Rule = (&'static str, &'static str, &'static str, fn(&Series) -> bool);

/// The sections of a folder's page. Each series is in one.
const SECTIONS: [Rule; 3] = [
    ("open", "folder-open", "folder-open-about", Series::is_open),
    ("applied", "folder-applied", "digest-applied-about", Series::is_applied),
    ("closed", "folder-closed", "folder-closed-about", |series| {
        !series.is_open() && !series.is_applied()
    }),
];

/// The view of `path.html`.
pub(crate) fn folder_page<'a>(plan: Reader<'a>, route: &Route, number: FolderIx) -> FolderView<'a> {
    let folder = plan.tree.folder(number);
    let links = Links::new(plan, route);
    let newest = row::newest_first(plan.corpus, &folder.series);
    let sections = work_sections(plan, &links, &newest);
    let mut folders = folders_below(plan.tree, &links, number);
    let more_folders = folders.split_off(FOLDERS.min(folders.len()));
    FolderView {
        page: layout::frame(plan, route, about_folder(plan.settings, plan.tree, number)),
        path: plan.tree.label(number),
        counts: counts(&plan.settings.words, &sections, folder.series.len()),
        sections,
        folders,
        more_folders,
        files: hot_files(plan.corpus, plan.tree, number),
        people: people::top_people(
            plan.people,
            &links,
            folder.series.iter().flat_map(|ix| plan.people.authors_of(*ix)).copied(),
            TOP,
        ),
        feed_url: match folder.has_feed() {
            true => links.to(&plan.tree.feed(number)),
            false => String::new(),
        },
        digests_url: links.to(&Route::Digests),
    }
}

fn work_sections<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    newest: &[SeriesIx],
) -> Vec<WorkSection<'a>> {
    let words = &plan.settings.words;
    let section = |(anchor, heading, about, wanted): Rule| {
        let of = |ix: &&SeriesIx| wanted(plan.corpus.series(**ix));
        let series: Vec<SeriesIx> = newest.iter().filter(of).copied().collect();
        WorkSection {
            anchor,
            heading: words.text(heading),
            label: words.text(match anchor {
                "open" => "layer-open",
                "applied" => "count-applied",
                _ => "layer-closed",
            }),
            about: words.text(about).into(),
            all_url: String::new(),
            feed_url: String::new(),
            total: series.len(),
            more: series.len().saturating_sub(ROWS),
            rows: series
                .iter()
                .take(ROWS)
                .map(|ix| row::newest_row(plan, links, *ix, Detail::Brief))
                .collect(),
        }
    };
    let mut sections: Vec<_> = SECTIONS.into_iter().map(section).collect();
    sections.retain(|section| section.total > 0);
    sections
}

/// The folders below with pages, most series first.
fn folders_below(tree: Read<'_, Tree>, links: &Links<'_>, number: FolderIx) -> Vec<RankItem> {
    let mut below = tree.inside(number).to_vec();
    below.sort_by_key(|folder| std::cmp::Reverse(tree.size(*folder)));
    let item = |folder: &FolderIx| RankItem {
        label: excerpt::shortened(&tree.below(*folder, number), crate::plan::tree::SHOWN)
            .into_owned(),
        url: links.to(&tree.route(*folder)),
        count: tree.size(*folder) as u64,
    };
    below.iter().map(item).collect()
}

/// The files that most series change.
pub(crate) fn hot_files(
    corpus: Read<'_, Corpus>,
    tree: Read<'_, Tree>,
    number: FolderIx,
) -> Vec<RankItem> {
    let prefix = tree.path(number);
    let mut counts: BTreeMap<&str, (u64, Option<SeriesIx>)> = BTreeMap::new();
    for ix in &tree.folder(number).series {
        for path in corpus.paths(corpus.series(*ix).newest()) {
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
        label: excerpt::shortened(name, crate::plan::tree::SHOWN).into_owned(),
        url: String::new(),
        count,
    };
    ranked.into_iter().take(TOP).map(item).collect()
}

fn about_folder(settings: &Settings, tree: Read<'_, Tree>, number: FolderIx) -> About {
    let folder = tree.folder(number);
    let path = tree.label(number);
    let mut crumbs = Vec::new();
    let mut at = number;
    while at != 0 {
        let above = tree.above(at);
        if at != number {
            let label = excerpt::shortened(&tree.below(at, above), 60).into_owned();
            crumbs.push((label.trim_end_matches('/').to_owned(), tree.route(at)));
        }
        at = above;
    }
    crumbs.push((settings.words.text("paths").to_owned(), Route::Paths));
    crumbs.reverse();
    About {
        kind: "path",
        title: path.clone(),
        description: say!(
            settings.words,
            "path-about",
            path = &path,
            site = &settings.title,
            n = folder.series.len()
        ),
        feeds: match folder.has_feed() {
            true => vec![(say!(settings.words, "patches-to", path = &path), tree.feed(number))],
            false => vec![],
        },
        crumbs,
    }
}

fn counts(words: &Words, sections: &[WorkSection<'_>], series: usize) -> Vec<Count> {
    let (label, about) = (words.text("count-series"), words.text("folder-series-about"));
    let whole = Count {
        number: series,
        label: label.to_owned(),
        about: about.to_owned(),
        url: String::new(),
    };
    let of = sections.iter().map(|section| Count {
        number: section.total,
        label: section.label.to_owned(),
        about: section.about.to_string(),
        url: format!("#{}", section.anchor),
    });
    [whole].into_iter().chain(of).collect()
}
