//! Threads: the replies to each mail.
//!
//! In: the references of mails. Out: for each mail, its nearest ancestor in the archive, and its thread: all mails
//! that references connect, even through mails that the archive lacks (255 of linux-mtd's 8,589 mails reply to an
//! absent one). A link that would close a loop is refused, and subjects never connect threads. Never here: recursion
//! (real threads are 5,000 deep).

use std::collections::HashMap;

use super::{MailIx, StoredMessage};
use crate::{hash::FastMap, message::MessageId};

/// The replies to each mail.
#[derive(Debug, Default)]
pub struct Threads {
    /// Each mail's nearest ancestor in the archive.
    pub parent: Vec<Option<MailIx>>,
    /// The mail that represents the thread: its first without a parent. Mails with only an absent common ancestor
    /// share it, too, so it need not be above them.
    pub root: Vec<MailIx>,
    /// Other parents of mails that are not above them anyway: few mails reply to several.
    pub also: HashMap<MailIx, Box<[MailIx]>>,
}

/// The mail of each Message-ID; of several with one id, the first.
pub(crate) type Ids = FastMap<MessageId, MailIx>;

/// The mails by Message-ID.
pub(super) fn ids(mails: &[StoredMessage]) -> Ids {
    let mut ids = Ids::with_capacity_and_hasher(mails.len(), Default::default());
    for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
        ids.entry(letter.mail.message.id.clone()).or_insert(ix);
    }
    ids
}

impl Threads {
    /// Threads the mails, which are sorted by date.
    pub(super) fn build(mails: &[StoredMessage], ids: &Ids) -> Self {
        let parent = parents(mails, ids);
        let root = roots(mails, ids, &parent);
        let mut threads = Self { parent, root, also: HashMap::new() };
        for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
            let named = letter.mail.message.also_answers().iter();
            let held = named.filter_map(|id| ids.get(&**id).copied());
            let also: Box<[MailIx]> =
                held.filter(|other| !threads.upwards(ix).any(|up| up == *other)).collect();
            if !also.is_empty() {
                threads.also.insert(ix, also);
            }
        }
        threads
    }

    /// The nearest `wanted` ancestor of a mail, for each of its parents.
    pub fn above(&self, mail: MailIx, wanted: impl Fn(MailIx) -> bool) -> Vec<MailIx> {
        let also = self.also.get(&mail).into_iter().flatten().copied();
        let answered = self.parent[mail.at()].into_iter().chain(also);
        let mut found: Vec<MailIx> =
            answered.filter_map(|up| self.upwards(up).find(|up| wanted(*up))).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The mail and all mails above it, nearest first.
    pub fn upwards(&self, mail: MailIx) -> impl Iterator<Item = MailIx> + '_ {
        std::iter::successors(Some(mail), |ix| self.parent[ix.at()])
    }
}

/// The first mail with the same id: another mail with that id is below it.
fn first_of_id(ix: MailIx, mails: &[StoredMessage], ids: &Ids) -> Option<MailIx> {
    ids.get(&*mails[ix.at()].mail.message.id).copied().filter(|first| *first != ix)
}

/// The nearest ancestor of each mail in the archive.
fn parents(mails: &[StoredMessage], ids: &Ids) -> Vec<Option<MailIx>> {
    let mut trees = Sets::new(mails.len());
    let mut parents = vec![None; mails.len()];
    for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
        let references = letter.mail.message.references.iter().rev();
        let ancestors = references.filter_map(|id| ids.get(&**id).copied());
        // The top of the ancestor's own tree would be below itself.
        parents[ix.at()] = first_of_id(ix, mails, ids)
            .into_iter()
            .chain(ancestors)
            .find(|ancestor| trees.put_below(ix.0, ancestor.0));
    }
    parents
}

/// The first mail without a parent of each mail's thread.
fn roots(mails: &[StoredMessage], ids: &Ids, parents: &[Option<MailIx>]) -> Vec<MailIx> {
    let mut sets = Sets::new(mails.len());
    let mut absent: FastMap<&str, u32> = FastMap::default();
    for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
        if let Some(first) = first_of_id(ix, mails, ids) {
            sets.join(ix.0, first.0);
        }
        for id in &letter.mail.message.references {
            // An id without `@` can be anything; two mails that name it need not be related.
            if !id.contains('@') && !ids.contains_key(&**id) {
                continue;
            }
            let other = ids
                .get(&**id)
                .map_or_else(|| *absent.entry(id).or_insert_with(|| sets.add()), |held| held.0);
            sets.join(ix.0, other);
        }
    }
    let mut first: FastMap<u32, MailIx> = FastMap::default();
    for (ix, _) in MailIx::all(mails.len()).zip(parents).filter(|(_, parent)| parent.is_none()) {
        first.entry(sets.top(ix.0)).or_insert(ix);
    }
    let root = |ix: MailIx| first.get(&sets.top(ix.0)).copied().unwrap_or(ix);
    MailIx::all(mails.len()).map(root).collect()
}

/// Sets that grow together; `above` leads to the top of each set in ever fewer steps (union-find).
struct Sets {
    above: Vec<u32>,
}

impl Sets {
    fn new(len: usize) -> Self {
        Self { above: MailIx::all(len).map(|ix| ix.0).collect() }
    }

    /// Adds a set of one.
    fn add(&mut self) -> u32 {
        let new = u32::try_from(self.above.len()).unwrap_or(u32::MAX);
        self.above.push(new);
        new
    }

    fn top(&mut self, of: u32) -> u32 {
        let mut at = of;
        while self.above[at as usize] != at {
            let next = self.above[self.above[at as usize] as usize];
            self.above[at as usize] = next;
            at = next;
        }
        at
    }

    /// Puts the set with the top `child` below that of `parent`, unless they are one.
    fn put_below(&mut self, child: u32, parent: u32) -> bool {
        let top = self.top(parent);
        self.above[child as usize] = top;
        top != child
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.top(one), self.top(other));
        // The earlier mail stays on top: absent mails, which have the highest numbers, never do.
        self.above[one.max(other) as usize] = one.min(other);
    }
}
