//! The series of all sites, one part after another, and those that several sites have.
//!
//! In: the [`Export`]s. Out: each series where it stands now ([`Work`]), and the [`Shared`] ones. A series is shared if
//! two sites have a revision whose first mail has the same Message-ID, and if the title or the author agrees too: a site
//! can claim any id. Only the ids of all series are in memory at once, never their texts.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::{
    fetch::Export,
    trust::{self, NAME, TITLE},
};
use crate::{
    date::Timestamp,
    export::hub::form::{LETTERS, SeriesLine},
    hash::Sha1,
    plan::Route,
};

/// The most lists, and the most ids, of a series.
const MOST: usize = 40;
/// The most series on one page of a month.
const OF_MONTH: usize = 200;
/// The most series that can be one: more have an id in common because a site says so.
const SAME: usize = 64;

/// A series on a site.
#[derive(Debug, Clone, Hash)]
pub(super) struct Work {
    /// The number of the site.
    pub(super) site: usize,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) author: String,
    pub(super) posted: Option<Timestamp>,
    pub(super) first: Option<Timestamp>,
    pub(super) lists: Vec<String>,
    /// The word for its state.
    pub(super) state: &'static str,
}

impl Work {
    /// The address of its page.
    pub(super) fn url(&self, exports: &[Export]) -> String {
        exports[self.site].url(&Route::Series(self.slug.as_str().into()))
    }
}

/// A site and a series on it.
type Node = (u32, u64);

/// A series that several sites have.
#[derive(Debug)]
pub(super) struct Shared {
    /// The month in which it was first posted, the name of a page: `2026-02`, `2026-02-2`, `undated`.
    pub(super) month: String,
    /// Its `id` on the page of that month.
    pub(super) anchor: String,
    /// What each site has, in the order of the sites: at least two.
    pub(super) works: Vec<Work>,
}

/// What all sites together have twice.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    pub(super) all: Vec<Shared>,
    nodes: HashMap<Node, u32>,
    /// The names of those in each site's year.
    of_parts: BTreeMap<(usize, String), Vec<String>>,
}

/// The years and the sites with a part of that year.
pub(super) fn parts(exports: &[Export]) -> Vec<(usize, String)> {
    let of = |(site, export): (usize, &Export)| {
        export
            .years("series")
            .into_iter()
            .map(move |year| (site, year.to_owned()))
            .collect::<Vec<_>>()
    };
    exports.iter().enumerate().flat_map(of).collect()
}

/// Calls `found` with each line of a site's year, and its letter. A line that cannot be read is left out; if the letters
/// are not those of the lines, so is the year.
///
/// Returns the number of lines that were left out.
fn each(export: &Export, year: &str, mut found: impl FnMut(&SeriesLine<'_>, char)) -> usize {
    let part = export.series_of(year);
    let Some(lines) = part.lines() else { return part.count().max(1) };
    let mut left_out = 0;
    for (line, letter) in lines {
        match serde_json::from_str::<SeriesLine<'_>>(line) {
            Ok(line) if trust::is_name(&line.series) => found(&line, letter),
            _ => left_out += 1,
        }
    }
    left_out
}

/// The series of a site's year that no later year has.
pub(super) fn of_year(exports: &[Export], site: usize, year: &str) -> (Vec<Work>, usize) {
    let mut works = Vec::new();
    let mut seen = HashSet::new();
    let mut twice = 0;
    let left_out = each(&exports[site], year, |line, letter| {
        let Some((_, state)) = LETTERS.iter().find(|(known, _)| *known == letter) else { return };
        if !seen.insert(hash(&line.series)) {
            twice += 1;
            return;
        }
        let lists = line.lists.iter().filter(|list| trust::is_name(list)).take(MOST);
        works.push(Work {
            site,
            slug: line.series.clone().into_owned(),
            title: trust::line(&line.title, TITLE),
            version: version(&line.version),
            author: trust::line(&line.author, NAME),
            posted: trust::date(line.posted.as_deref()),
            first: trust::date(line.first.as_deref()),
            lists: lists.map(|list| list.clone().into_owned()).collect(),
            state,
        });
    });
    (works, left_out + twice)
}

/// `v3`; nothing for anything else.
fn version(text: &str) -> String {
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    let is_one =
        text.len() <= 12 && text.strip_prefix('v').is_some_and(|rest| rest.chars().all(plain));
    if is_one { text.to_owned() } else { String::new() }
}

fn hash(text: &str) -> u64 {
    let bytes = Sha1::from(text).digest().bytes();
    bytes.iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// A revision of a series on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    id: u64,
    node: Node,
    title: u64,
    author: u64,
}

impl Sharing {
    /// Finds the shared series.
    pub(super) fn of(exports: &[Export]) -> Self {
        let parts = parts(exports);
        let seen = |(site, year): &(usize, String)| {
            let mut seen = Vec::new();
            let number = u32::try_from(*site).unwrap_or(u32::MAX);
            each(&exports[*site], year, |line, _| {
                let node = (number, hash(&line.series));
                let (title, author) = (hash(&folded(&line.title)), hash(&folded(&line.author)));
                let ids = line.ids.iter().take(MOST).filter_map(|id| trust::id(id));
                seen.extend(ids.map(|id| Seen { id, node, title, author }));
            });
            seen
        };
        let mut seen: Vec<Seen> = parts.par_iter().flat_map_iter(seen).collect();
        seen.par_sort_unstable();
        let nodes = groups(&seen);
        drop(seen);
        if nodes.is_empty() {
            return Self::default();
        }
        let of_part = |(site, year): &(usize, String)| {
            let (mut works, _) = of_year(exports, *site, year);
            works.retain(|work| nodes.contains_key(&node(work)));
            works
        };
        let works: Vec<Vec<Work>> = parts.par_iter().map(of_part).collect();
        let names = |works: &Vec<Work>| works.iter().map(|work| work.slug.clone()).collect();
        let of_parts = parts.into_iter().zip(works.iter().map(names)).collect();
        let mut groups: BTreeMap<u32, Vec<Work>> = BTreeMap::new();
        for work in works.into_iter().flatten() {
            groups.entry(nodes[&node(&work)]).or_default().push(work);
        }
        Self { all: named(groups.into_values().collect()), nodes, of_parts }
    }

    /// Those that are on two sites now.
    pub(super) fn shared(&self) -> impl Iterator<Item = &Shared> {
        self.all.iter().filter(|one| one.works.len() > 1)
    }

    /// The names of those in a site's year.
    pub(super) fn of_part(&self, part: &(usize, String)) -> &[String] {
        self.of_parts.get(part).map_or(&[], Vec::as_slice)
    }

    /// Whether the entry of a series is that of a shared one.
    pub(super) fn has(&self, work: &Work) -> bool {
        self.nodes.contains_key(&node(work))
    }
}

fn node(work: &Work) -> Node {
    (u32::try_from(work.site).unwrap_or(u32::MAX), hash(&work.slug))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The series that belong together, each with the number of its group; `seen` is sorted.
fn groups(seen: &[Seen]) -> HashMap<Node, u32> {
    let mut above: HashMap<Node, Node> = HashMap::new();
    for same in seen.chunk_by(|one, other| one.id == other.id) {
        let first = same[0];
        let agrees = |one: &&Seen| {
            one.node.0 != first.node.0 && (one.title == first.title || one.author == first.author)
        };
        for other in same.iter().filter(agrees) {
            let (one, other) = (top(&mut above, first.node), top(&mut above, other.node));
            if one != other {
                above.insert(one.max(other), one.min(other));
            }
        }
    }
    let nodes: Vec<Node> = above.keys().copied().collect();
    let tops: Vec<(Node, Node)> =
        nodes.iter().map(|node| (*node, top(&mut above, *node))).collect();
    let mut sizes: HashMap<Node, usize> = HashMap::new();
    tops.iter().for_each(|(_, top)| *sizes.entry(*top).or_default() += 1);
    let tops: Vec<(Node, Node)> = tops.into_iter().filter(|(_, top)| sizes[top] <= SAME).collect();
    let mut order: Vec<Node> = tops.iter().map(|(_, top)| *top).collect();
    order.sort_unstable();
    order.dedup();
    let number = |top: &Node| u32::try_from(order.partition_point(|one| one < top)).unwrap_or(0);
    tops.iter().map(|(node, top)| (*node, number(top))).collect()
}

/// The node that stands for the group of another; the way to it becomes shorter.
fn top(above: &mut HashMap<Node, Node>, node: Node) -> Node {
    let mut way = Vec::new();
    let mut at = node;
    while let Some(next) = above.get(&at).filter(|next| **next != at) {
        way.push(at);
        at = *next;
    }
    above.insert(at, at);
    for passed in way {
        above.insert(passed, at);
    }
    at
}

/// Groups with a month and an anchor, the oldest first.
fn named(groups: Vec<Vec<Work>>) -> Vec<Shared> {
    let mut all: Vec<(Option<Timestamp>, Vec<Work>)> = Vec::new();
    for mut works in groups {
        works.sort_by(|one, other| {
            one.site
                .cmp(&other.site)
                .then_with(|| other.posted.cmp(&one.posted))
                .then_with(|| one.slug.cmp(&other.slug))
        });
        let first = works.iter().filter_map(|work| work.first.or(work.posted)).min();
        if !works.is_empty() {
            all.push((first, works));
        }
    }
    all.sort_by(|(one, a), (other, b)| {
        one.cmp(other)
            .then_with(|| a[0].slug.cmp(&b[0].slug))
            .then_with(|| a[0].site.cmp(&b[0].site))
    });
    let mut taken = HashSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let shared = |(first, works): (Option<Timestamp>, Vec<Work>)| {
        let month = first.map_or_else(|| "undated".to_owned(), |first| first.month().to_string());
        let count = counts.entry(month.clone()).or_default();
        *count += usize::from(works.len() > 1);
        let month = match count.saturating_sub(1) / OF_MONTH {
            0 => month,
            more => format!("{month}-{}", more + 1),
        };
        let slug = works[0].slug.clone();
        let mut anchor = slug.clone();
        let mut more = 1;
        while !taken.insert((month.clone(), anchor.clone())) {
            more += 1;
            anchor = format!("{slug}-{more}");
        }
        Shared { month, anchor, works }
    };
    all.into_iter().map(shared).collect()
}
