//! Threads: who answers whom.
//!
//! In: the mails' references. Out: for each mail its nearest ancestor that the archive holds, its root, its
//! direct answers. Ancestors that are absent are skipped over, a link that would close a loop is refused,
//! subjects never join threads. Never here: recursion (real threads are 5,000 deep).

use std::collections::HashMap;

use super::{Letter, MailIx};

/// Who answers whom.
#[derive(Debug, Default)]
pub struct Threads {
    /// Each mail's nearest ancestor that the archive holds.
    pub parent: Vec<Option<MailIx>>,
    /// Each mail's farthest ancestor that the archive holds; itself where it has none.
    pub root: Vec<MailIx>,
    /// Each mail's direct answers, by date.
    pub children: Vec<Vec<MailIx>>,
}

/// The mail of each Message-ID; of several under one id the first.
pub(super) type Ids<'a> = HashMap<&'a str, MailIx>;

/// Where the mails are by their Message-ID.
pub(super) fn ids(mails: &[Letter]) -> Ids<'_> {
    let mut ids = Ids::with_capacity(mails.len());
    for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
        ids.entry(&letter.mail.message.id).or_insert(ix);
    }
    ids
}

impl Threads {
    /// Threads the mails, which are sorted by date.
    pub(super) fn build(mails: &[Letter], ids: &Ids<'_>) -> Self {
        let mut forest = Forest::new(mails.len());
        for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
            let message = &letter.mail.message;
            let first = ids.get(&*message.id).copied();
            // Another mail under the same id hangs below the first.
            let imposter = first.filter(|first| *first != ix);
            let ancestors =
                message.references.iter().rev().filter_map(|id| ids.get(&**id).copied());
            for parent in imposter.into_iter().chain(ancestors) {
                if forest.link(ix, parent) {
                    break;
                }
            }
        }
        forest.finish()
    }

    /// The mail and all that lie above it, nearest first.
    pub fn upwards(&self, mail: MailIx) -> impl Iterator<Item = MailIx> + '_ {
        std::iter::successors(Some(mail), |ix| self.parent[ix.at()])
    }
}

/// Trees under construction; `top` leads to each tree's root in ever fewer steps (union-find).
struct Forest {
    parent: Vec<Option<MailIx>>,
    top: Vec<u32>,
}

impl Forest {
    fn new(len: usize) -> Self {
        Self { parent: vec![None; len], top: MailIx::all(len).map(|ix| ix.0).collect() }
    }

    fn find(&mut self, ix: MailIx) -> u32 {
        let mut at = ix.0;
        while self.top[at as usize] != at {
            let above = self.top[self.top[at as usize] as usize];
            self.top[at as usize] = above;
            at = above;
        }
        at
    }

    /// Puts the root `child` under `parent`, unless `parent` is itself below `child`.
    fn link(&mut self, child: MailIx, parent: MailIx) -> bool {
        let above = self.find(parent);
        if above == child.0 {
            return false;
        }
        self.top[child.at()] = above;
        self.parent[child.at()] = Some(parent);
        true
    }

    fn finish(mut self) -> Threads {
        let len = self.parent.len();
        let root = MailIx::all(len).map(|ix| MailIx(self.find(ix))).collect();
        let mut children = vec![Vec::new(); len];
        for (ix, parent) in MailIx::all(len).zip(&self.parent) {
            if let Some(parent) = parent {
                children[parent.at()].push(ix);
            }
        }
        Threads { parent: self.parent, root, children }
    }
}
