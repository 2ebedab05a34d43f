//! Paths: the tree of folders that patches change, with their series.
//!
//! In: the corpus. Out: [`Tree`], made once for all pages. A series counts for every folder above a file that its
//! newest revision changes, and for both ends of a rename. A folder is thin if it contains no file and one folder
//! inside it has all its series: then it has no page, and its name is part of that folder's (`nand/raw`). Never
//! here: the look of a page. Paths come from mails, so they may be any text of any length.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    markup::excerpt,
    patch::FileChange,
    plan::route::{Route, safe_name},
    series::{Corpus, Revision, SeriesIx},
};

/// The number of series from which on a folder has a page.
const PAGE_FROM: usize = 2;
/// The number of series from which on it has a feed.
const FEED_FROM: usize = 5;
/// The most folders above a file that count; the deepest path of six lists has 9. Any mail can name a path of
/// thousands.
const DEEPEST: usize = 64;
/// The most bytes of a folder's address; longer ones have a hash for a name.
const ADDRESS: usize = 180;
/// The most bytes of a path on a page.
pub(crate) const SHOWN: usize = 200;
/// Names of the files beside folders in the site's tree.
const TAKEN: [&str; 2] = ["index.html", "feed.atom"];

/// A folder's number in [`Tree`].
pub(crate) type FolderIx = u32;

/// The tree of folders; the first is the root.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) folders: Vec<Folder>,
    /// The folders with pages, by the nearest folder with a page above them, sorted by path.
    pub(crate) inside: BTreeMap<FolderIx, Vec<FolderIx>>,
    /// The deepest folder that contains everything that a series' newest revision changes.
    pub(crate) common: Vec<FolderIx>,
}

/// A folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    parent: FolderIx,
    /// Its part of the path, as written.
    name: Box<str>,
    /// Its part of its address: unique among its neighbours.
    segment: Box<str>,
    /// The folders inside it.
    children: Vec<FolderIx>,
    /// The series that change something in it or below, by date.
    pub(crate) series: Vec<SeriesIx>,
    /// Whether a file directly in it was changed.
    holds_files: bool,
    pub(crate) has_page: bool,
    /// Whether a feed can report one of its series.
    has_news: bool,
}

impl Folder {
    /// Whether it has a feed.
    pub(crate) fn has_feed(&self) -> bool {
        self.has_page && self.has_news && self.series.len() >= FEED_FROM
    }
}

/// Finds or makes folders while the tree grows.
#[derive(Default)]
struct Gardener<'c> {
    folders: Vec<Folder>,
    known: HashMap<(FolderIx, &'c str), FolderIx>,
    segments: HashSet<(FolderIx, Box<str>)>,
}

impl<'c> Gardener<'c> {
    /// Adds a series to the folder of a file and all folders above it; returns them, the deepest last.
    fn walk(&mut self, path: &'c str, ix: SeriesIx, way: &mut Vec<FolderIx>) {
        way.clear();
        let mut here = 0;
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        self.meet(here, ix);
        way.push(here);
        for name in folder.split('/').filter(|name| !name.is_empty()).take(DEEPEST) {
            here = match self.known.get(&(here, name)) {
                Some(known) => *known,
                None => self.plant(here, name),
            };
            self.meet(here, ix);
            way.push(here);
        }
        self.folders[here as usize].holds_files = true;
    }

    fn meet(&mut self, folder: FolderIx, ix: SeriesIx) {
        let series = &mut self.folders[folder as usize].series;
        if series.last() != Some(&ix) {
            series.push(ix);
        }
    }

    fn plant(&mut self, parent: FolderIx, name: &'c str) -> FolderIx {
        let number = FolderIx::try_from(self.folders.len()).unwrap_or(FolderIx::MAX);
        let mut segment: Box<str> = segment(name).into();
        if !self.segments.insert((parent, segment.clone())) {
            segment = hashed(name).into();
            self.segments.insert((parent, segment.clone()));
        }
        self.folders.push(Folder { parent, name: name.into(), segment, ..Folder::default() });
        self.folders[parent as usize].children.push(number);
        self.known.insert((parent, name), number);
        number
    }
}

/// A folder's part of an address: its name in lower case, if every file system accepts that; otherwise with a hash,
/// so that no two are equal.
fn segment(name: &str) -> String {
    let safe = safe_name(name);
    let is_plain = safe == name.to_lowercase() && !TAKEN.contains(&&*safe);
    if is_plain { safe } else { hashed(name) }
}

fn hashed(name: &str) -> String {
    let mut safe = safe_name(name);
    safe.truncate(40);
    format!("{safe}-{}", &crate::hash::Sha1::from(name).hexdigest()[..8])
}

impl Tree {
    /// The folders that the series of `corpus` change.
    pub(crate) fn new(corpus: &Corpus) -> Self {
        let mut gardener = Gardener { folders: vec![Folder::default()], ..Gardener::default() };
        let mut common = Vec::with_capacity(corpus.series.len());
        let mut way = Vec::new();
        for (ix, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
            let mut shared: Option<Vec<FolderIx>> = None;
            for path in paths(corpus, series.newest()) {
                gardener.walk(path, ix, &mut way);
                match &mut shared {
                    None => shared = Some(way.clone()),
                    Some(shared) => {
                        let same = shared.iter().zip(&way).take_while(|(a, b)| a == b).count();
                        shared.truncate(same);
                    }
                }
            }
            common.push(shared.and_then(|shared| shared.last().copied()).unwrap_or(0));
        }
        let mut tree = Self { folders: gardener.folders, inside: BTreeMap::new(), common };
        tree.choose();
        let dated = |ix: &SeriesIx| {
            corpus.series[ix.at()].revisions.iter().any(|revision| revision.posted.is_some())
        };
        for folder in &mut tree.folders {
            folder.has_news = folder.series.iter().any(dated);
        }
        tree.inside = tree.children();
        tree
    }

    /// Decides which folders have a page.
    fn choose(&mut self) {
        for at in 1..self.folders.len() {
            let folder = &self.folders[at];
            let all = folder.series.len();
            let is_all = |child: &FolderIx| self.folders[*child as usize].series.len() == all;
            let is_thin = !folder.holds_files && folder.children.iter().any(is_all);
            self.folders[at].has_page = all >= PAGE_FROM && !is_thin;
        }
    }

    /// The folders with pages.
    pub(crate) fn with_page(&self) -> impl Iterator<Item = (FolderIx, &Folder)> {
        (0..).zip(&self.folders).filter(|(_, folder)| folder.has_page)
    }

    /// The folders on the way from the root, without the root, to a folder, with the folder.
    fn way(&self, mut folder: FolderIx) -> Vec<FolderIx> {
        let mut way = Vec::new();
        while folder != 0 {
            way.push(folder);
            folder = self.folders[folder as usize].parent;
        }
        way.reverse();
        way
    }

    /// The nearest folder with a page above a folder; the root if there is none.
    pub(crate) fn above(&self, mut folder: FolderIx) -> FolderIx {
        loop {
            folder = self.folders[folder as usize].parent;
            if folder == 0 || self.folders[folder as usize].has_page {
                return folder;
            }
        }
    }

    /// The deepest folder with a page that contains all files that a series changes; the root if there is no other.
    pub(crate) fn shown_folder(&self, series: SeriesIx) -> FolderIx {
        let folder = self.common[series.at()];
        if self.folders[folder as usize].has_page { folder } else { self.above(folder) }
    }

    /// The whole path, with a slash at its end.
    pub(crate) fn path(&self, folder: FolderIx) -> String {
        self.below(folder, 0)
    }

    /// The path of a folder below another.
    pub(crate) fn below(&self, folder: FolderIx, top: FolderIx) -> String {
        let way = self.way(folder);
        let from = way.iter().position(|at| *at == top).map_or(0, |at| at + 1);
        let names = way[from..].iter().map(|at| &*self.folders[*at as usize].name);
        names.flat_map(|name| [name, "/"]).collect()
    }

    /// Its address below `/paths/`.
    fn address(&self, folder: FolderIx) -> Box<str> {
        let way = self.way(folder);
        let segments: Vec<&str> =
            way.iter().map(|at| &*self.folders[*at as usize].segment).collect();
        let address = segments.join("/");
        if address.len() <= ADDRESS {
            return address.into();
        }
        let hash = crate::hash::Sha1::from(self.path(folder)).hexdigest();
        format!("{}-{hash}", safe_name(segments[0]).get(..20).unwrap_or("deep")).into()
    }

    /// The address of a folder's page.
    pub(crate) fn route(&self, folder: FolderIx) -> Route {
        match folder {
            0 => Route::Paths,
            folder => Route::Path(self.address(folder)),
        }
    }

    /// The address of a folder's feed.
    pub(crate) fn feed(&self, folder: FolderIx) -> Route {
        Route::PathFeed(self.address(folder))
    }

    /// The path as pages show it.
    pub(crate) fn label(&self, folder: FolderIx) -> String {
        excerpt::shortened(&self.path(folder), SHOWN).into_owned()
    }

    fn children(&self) -> BTreeMap<FolderIx, Vec<FolderIx>> {
        let mut children: BTreeMap<FolderIx, Vec<FolderIx>> = BTreeMap::new();
        for (number, _) in self.with_page() {
            children.entry(self.above(number)).or_default().push(number);
        }
        for (above, below) in &mut children {
            below.sort_by_cached_key(|folder| self.below(*folder, *above));
        }
        children
    }
}

/// The paths that the patches of a revision change, both ends of a rename.
pub(crate) fn paths<'c>(
    corpus: &'c Corpus,
    revision: &'c Revision,
) -> impl Iterator<Item = &'c str> {
    let mails = revision.slots.iter().filter_map(|slot| slot.mail);
    let files = mails.flat_map(|mail| &corpus.stored(mail).mail.files);
    files.flat_map(ends)
}

fn ends(file: &FileChange) -> impl Iterator<Item = &str> {
    [Some(&*file.path), file.old_path.as_deref()].into_iter().flatten()
}
