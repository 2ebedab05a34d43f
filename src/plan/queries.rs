//! Saved queries (`[[query]]` in site.toml), and the series that each finds.
//!
//! In: the corpus, people, folders. Out: [`Queries`], made once for all pages: the series of each query, newest
//! posting first. Cheap conditions narrow down the search first: the person and the folder, whose series are known;
//! diffs come last. Never here: the look of a page.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use crate::{
    config::Query,
    message::TextReader,
    plan::{
        people::People,
        queues,
        tree::{FolderIx, Tree},
    },
    series::{Corpus, ListIx, SeriesIx, StateKind},
};

/// The series of each query.
#[derive(Debug, Default)]
pub(crate) struct Queries {
    found: Vec<Vec<SeriesIx>>,
}

/// The data that queries search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Among<'p> {
    pub(crate) texts: &'p TextReader,
    pub(crate) corpus: &'p Corpus,
    pub(crate) people: &'p People,
    pub(crate) tree: &'p Tree,
}

impl Queries {
    /// Runs the queries of a site.
    pub(crate) fn new(queries: &[Query], among: Among<'_>) -> Self {
        let folders = match queries.iter().any(|query| query.folder.is_some()) {
            true => by_path(among.tree),
            false => HashMap::new(),
        };
        let mut functions = HashMap::new();
        let mut one = |query: &Query| find(among, query, &folders, &mut functions);
        Self { found: queries.iter().map(&mut one).collect() }
    }

    /// The series that the query with this number finds, newest first.
    pub(crate) fn of(&self, number: usize) -> &[SeriesIx] {
        self.found.get(number).map_or(&[], Vec::as_slice)
    }
}

/// Folders by their whole paths.
fn by_path(tree: &Tree) -> HashMap<String, FolderIx> {
    let number = |at: usize| FolderIx::try_from(at).unwrap_or(FolderIx::MAX);
    (0..tree.folders.len()).map(|at| (tree.path(number(at)), number(at))).collect()
}

/// The functions of series that earlier queries needed.
type Functions = HashMap<SeriesIx, HashSet<String>>;

fn find(
    among: Among<'_>,
    query: &Query,
    folders: &HashMap<String, FolderIx>,
    functions: &mut Functions,
) -> Vec<SeriesIx> {
    let corpus = among.corpus;
    let mut found: Vec<SeriesIx> = match (&query.person, &query.folder) {
        (Some(person), _) => {
            let people = among.people.called(corpus, person).into_iter();
            people.flat_map(|who| among.people.all[who as usize].posted.iter().copied()).collect()
        }
        (None, Some(folder)) => in_folder(among, folders, folder).to_vec(),
        (None, None) => (0u32..).map(SeriesIx).take(corpus.series.len()).collect(),
    };
    found.sort_unstable();
    found.dedup();
    if let (Some(_), Some(folder)) = (&query.person, &query.folder) {
        let inside: HashSet<SeriesIx> = in_folder(among, folders, folder).iter().copied().collect();
        found.retain(|ix| inside.contains(ix));
    }
    if let Some(list) = query.list.as_deref().and_then(|name| list_of(corpus, name)) {
        found.retain(|ix| queues::lists_of(corpus, &corpus.series[ix.at()]).contains(&list));
    }
    if !query.states.is_empty() {
        let state = |ix: &SeriesIx| StateKind::word(corpus.series[ix.at()].state.kind);
        found.retain(|ix| query.states.iter().any(|word| word == state(ix)));
    }
    if let Some(function) = &query.function {
        found.retain(|ix| {
            let known = functions.entry(*ix).or_insert_with(|| functions_of(among, *ix));
            known.contains(function)
        });
    }
    found.sort_by_key(|ix| Reverse((corpus.series[ix.at()].newest().posted, *ix)));
    found
}

fn in_folder<'p>(
    among: Among<'p>,
    folders: &HashMap<String, FolderIx>,
    folder: &str,
) -> &'p [SeriesIx] {
    folders.get(folder).map_or(&[], |at| &among.tree.folders[*at as usize].series)
}

fn list_of(corpus: &Corpus, name: &str) -> Option<ListIx> {
    let mut lists = (0u16..).zip(&corpus.lists);
    lists.find(|(_, list)| ***list == *name).map(|(at, _)| ListIx(at))
}

/// The words in the hunk headers of the newest revision, which name functions.
fn functions_of(among: Among<'_>, ix: SeriesIx) -> HashSet<String> {
    let newest = among.corpus.series[ix.at()].newest();
    let mut words = HashSet::new();
    for mail in newest.slots.iter().filter_map(|slot| slot.mail) {
        let message = &among.corpus.mail(mail).message;
        for header in message.read_text(among.texts).split("\n@@ -").skip(1) {
            let line = header.lines().next().unwrap_or_default();
            let (_, place) = line.split_once(" @@").unwrap_or_default();
            let is_end = |c: char| !(c.is_alphanumeric() || c == '_');
            words.extend(place.split(is_end).filter(|word| !word.is_empty()).map(str::to_owned));
        }
    }
    words
}
