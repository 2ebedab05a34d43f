//! The history of a project: the commits of a local git repository.
//!
//! In: a repository, bare or not, and the state that an earlier run left. Out: a [`History`]: the commits that HEAD
//! reaches, newest first, back to a date, and on demand the caller's results for their diffs. Never here: the git
//! program, the network, a write to the repository, other branches; mails.
//!
//! The state holds facts of commits by their names, and a commit never changes: a rewritten history, or another
//! repository, needs no special care. The walk through the history is the same whether a commit comes from the state
//! or from the repository, and so is the result.

mod commit;
mod diff;
mod mention;

use std::{
    collections::BinaryHeap,
    path::{Path, PathBuf},
    sync::Arc,
};

use gix_hash::ObjectId;
use gix_hashtable::{HashMap, HashSet};
use gix_object::Kind;
use rayon::prelude::*;

pub use commit::Commit;

use super::repository::{Repository, Shared};
use crate::{
    date::Timestamp,
    error::{Error, Note, NoteKind, Place, Reason, Result},
    redact::Redaction,
};
use diff::Diffed;

/// The format of the state, with its version: other formats are not read.
pub const FORM: &str = "history 1";

/// How many commits in a row may be too old before the walk ignores their ancestors. Clocks go wrong: a commit dated
/// 1970 must not hide all commits below it.
const OLD_IN_A_ROW: u32 = 16;

/// The bytes of trees and files that a worker keeps: consecutive commits share most of them.
const KEPT: usize = 32 << 20;

/// The caller's result for a diff: twenty bytes that identify it.
pub type Digest = [u8; 20];

/// The commits of a repository.
pub struct History {
    path: PathBuf,
    git: Shared,
    /// A line for each known commit.
    text: String,
    /// The lines of the commits, newest first.
    commits: Vec<Line>,
    /// The lines of all visited commits, including those that are too old.
    met: Vec<Line>,
    digests: HashMap<ObjectId, Option<Digest>>,
    notes: Vec<Note>,
    redaction: Redaction,
    is_news: bool,
}

impl History {
    /// Reads the commits since a date that HEAD of the repository at `path` reaches, with the lines that an earlier
    /// run kept under the same redaction ([`Self::remember`]).
    ///
    /// # Errors
    /// Fails with [`Error::Git`] if the repository cannot be read, or if its HEAD names no commit although
    /// it has commits.
    pub fn read(
        path: &Path,
        since: Timestamp,
        remembered: Option<String>,
        redaction: &Redaction,
    ) -> Result<Self> {
        let repository = Repository::open(path)?;
        let mut history = Self {
            path: path.to_owned(),
            git: repository.share(),
            text: remembered.unwrap_or_default(),
            commits: Vec::new(),
            met: Vec::new(),
            digests: HashMap::default(),
            notes: Vec::new(),
            redaction: redaction.clone(),
            is_news: false,
        };
        match repository.checked_out() {
            Some(head) if repository.find_any(head, Kind::Commit).is_some() => {
                history.walk(&repository, head, since);
            }
            // A tree without any commit has merged nothing; to say so of any other tree would be wrong.
            None if !repository.holds_objects() && !repository.has_branches() => {
                history.note(NoteKind::EmptyTree, "nothing was merged into it yet");
            }
            _ => return Err(headless(path)),
        }
        Ok(history)
    }

    /// The commits, newest first by their clocks.
    pub fn commits(&self) -> impl IndexedParallelIterator<Item = Commit<'_>> {
        self.commits.par_iter().map(|line| Commit::of_line(line.of(&self.text)))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.commits.len()
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }

    /// The commit of a number.
    pub fn commit(&self, number: usize) -> Commit<'_> {
        Commit::of_line(self.commits[number].of(&self.text))
    }

    /// The results of `make` for the diffs of these commits (three lines of context, no renames, as `git diff-tree
    /// -p` prints them). `None` for merges, for diffs larger than any mail, and if files are missing.
    pub fn digests(
        &mut self,
        numbers: &[usize],
        make: impl Fn(&str) -> Option<Digest> + Sync,
    ) -> Vec<Option<Digest>> {
        let ids: Vec<Option<ObjectId>> =
            numbers.iter().map(|number| id_of(self.commit(*number).id)).collect();
        let unknown = ids.iter().flatten().filter(|id| !self.digests.contains_key(*id));
        let unknown: Vec<ObjectId> = unknown.copied().collect();
        let made: Vec<_> = unknown
            .par_iter()
            .map_init(
                || Repository::of(&self.git).keep(KEPT),
                |repository, id| match diff::diff(repository, *id) {
                    Diffed::Text(text) => Some(make(&text)),
                    Diffed::None => Some(None),
                    Diffed::Lost => None,
                },
            )
            .collect();
        let lost = made.iter().filter(|made| made.is_none()).count();
        if lost > 0 {
            let detail =
                format!("this tree is a partial clone, without the files of {lost} commits");
            self.note(NoteKind::Partial, detail);
        }
        let made = unknown.into_iter().zip(made).filter_map(|(id, made)| Some((id, made?)));
        let before = self.digests.len();
        self.digests.extend(made);
        self.is_news |= self.digests.len() > before;
        ids.into_iter().map(|id| self.digests.get(&id?).copied().flatten()).collect()
    }

    /// What is unusual about it.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The state for a later run; `None` if it is the one that this run was given.
    pub fn remember(&self) -> Option<String> {
        if !self.is_news {
            return None;
        }
        let mut lines = String::with_capacity(self.text.len());
        for line in &self.met {
            let line = line.of(&self.text);
            lines.push_str(line);
            let id = id_of(Commit::of_line(line).id);
            if let Some(digest) = id.and_then(|id| self.digests.get(&id)) {
                commit::write_digest(&mut lines, *digest);
            }
        }
        Some(lines)
    }

    fn note(&mut self, kind: NoteKind, detail: impl Into<String>) {
        let place = Place::File(Arc::from(self.path.as_path()));
        self.notes.push(Note::new(kind, detail).at(place));
    }

    /// Walks from `head` to the ancestors, newest first.
    fn walk(&mut self, repository: &Repository, head: ObjectId, since: Timestamp) {
        let known = self.index();
        let shallow: HashSet<ObjectId> = repository.shallow().into_iter().collect();
        let mut queue = BinaryHeap::new();
        let mut seen = HashSet::default();
        let mut is_cut = false;
        let mut parents = vec![head];
        let mut old = 0;
        loop {
            for id in parents.drain(..).filter(|id| seen.insert(*id)) {
                match known.get(&id).copied().or_else(|| self.load(repository, id)) {
                    Some(line) => {
                        let date = Commit::of_line(line.of(&self.text)).committed;
                        let old = if date < since { old + 1 } else { 0 };
                        self.met.push(line);
                        queue.push(Next { date, id, old, line });
                    }
                    None => is_cut |= old == 0,
                }
            }
            let Some(next) = queue.pop() else { break };
            old = next.old;
            if old == 0 {
                self.commits.push(next.line);
            } else if old == OLD_IN_A_ROW {
                continue;
            }
            parents.extend(Commit::of_line(next.line.of(&self.text)).parents().filter_map(id_of));
            if shallow.contains(&next.id) {
                is_cut |= old == 0 && !parents.is_empty();
                parents.clear();
            }
        }
        if is_cut {
            let detail = "older commits of this tree are missing, as in a shallow clone";
            self.note(NoteKind::Partial, detail);
        }
    }

    /// The places of commits' lines in the state; also reads the digests there.
    fn index(&mut self) -> HashMap<ObjectId, Line> {
        let mut known = HashMap::default();
        let (mut start, mut last) = (0, None);
        for line in self.text.split_inclusive('\n') {
            let place = Line { start, end: start + line.len() };
            start = place.end;
            if let Some(digest) = commit::read_digest(line) {
                self.digests.extend(last.map(|id| (id, digest)));
            } else {
                last = id_of(Commit::of_line(line).id);
                known.extend(last.map(|id| (id, place)));
            }
        }
        known
    }

    /// Reads the commit `id` and adds its line.
    fn load(&mut self, repository: &Repository, id: ObjectId) -> Option<Line> {
        let object = repository.find_any(id, Kind::Commit)?;
        let start = self.text.len();
        commit::write(&mut self.text, id, &object.data, &self.redaction)?;
        self.is_news = true;
        Some(Line { start, end: self.text.len() })
    }
}

/// The error of a repository whose HEAD names no commit.
fn headless(path: &Path) -> Error {
    let reason = Reason::new("HEAD does not name a readable commit, although there are commits")
        .hint(format!("`git -C {} log` has to list the merged commits", path.display()));
    Error::Git { path: path.to_owned(), reason }
}

/// The place of a commit's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    start: usize,
    end: usize,
}

impl Line {
    fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// The next commit to visit.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Next {
    date: Timestamp,
    id: ObjectId,
    /// How many commits in a row, including this one, are too old.
    old: u32,
    line: Line,
}

fn id_of(hex: &str) -> Option<ObjectId> {
    ObjectId::from_hex(hex.as_bytes()).ok()
}
