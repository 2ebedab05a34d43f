//! The postings so far, findable by what later ones may share with them.
//!
//! In: postings in the order of their dates. Out: the one that the next follows, with the evidence.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use super::{Confidence, Evidence, Link, node::Node};
use crate::{
    patch::PatchId,
    series::{Letter, MailIx, Threads, thread::Ids},
};

const DAY: i64 = 86_400;

/// How long after a posting one by the same person with the same title still follows it, in seconds.
const YEAR: i64 = 366 * DAY;

/// How much earlier a higher version may have been sent than a lower one: people number wrongly, and some
/// send v3 before v2 arrives (patchew's sample 0009).
const SLACK: i64 = 7 * DAY;

/// How long after a posting one with another title may follow it.
const SEASON: i64 = 60 * DAY;

/// What is sent in answer to a posting sooner than this, in seconds, was sent along with it.
const AT_ONCE: i64 = 300;

/// How alike two postings must be: the mean of the shares of letters in their titles and of files that they
/// have in common.
const ALIKE: f64 = 0.5;

/// The person that everybody is.
const ANYBODY: &str = "";

/// How many postings are looked at that share a title, a change or a person: the latest. Some titles are
/// posted hundreds of times, and all pairs of them would be.
const RECENT: usize = 200;

/// How many patches two postings have in common.
#[derive(Clone, Copy)]
enum Shared {
    /// Half of the shorter one's: whoever sent them, if it is the next version.
    Half,
    /// At least one: sent by the same person, whose subject names the version.
    One,
}

/// The postings so far.
pub(super) struct Seen<'a> {
    nodes: &'a [Node<'a>],
    mails: &'a [Letter],
    threads: &'a Threads,
    ids: &'a Ids<'a>,
    home: HashMap<MailIx, usize>,
    by_change: HashMap<&'a str, usize>,
    by_title: HashMap<(&'a str, &'a str), usize>,
    by_patch: HashMap<(&'a str, &'a str), Vec<usize>>,
    by_change_made: HashMap<PatchId, Vec<usize>>,
    by_person: HashMap<(&'a str, u32), Vec<usize>>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(
        nodes: &'a [Node<'a>],
        mails: &'a [Letter],
        threads: &'a Threads,
        ids: &'a Ids<'a>,
    ) -> Self {
        Self {
            nodes,
            mails,
            threads,
            ids,
            home: HashMap::new(),
            by_change: HashMap::new(),
            by_title: HashMap::new(),
            by_patch: HashMap::new(),
            by_change_made: HashMap::new(),
            by_person: HashMap::new(),
        }
    }

    /// Takes in the posting `at`.
    pub(super) fn add(&mut self, at: usize) {
        let node = &self.nodes[at];
        self.home.extend(node.posting.members().map(|ix| (ix, at)));
        if let Some(id) = node.change_id {
            self.by_change.insert(id, at);
        }
        for person in node.people.keys() {
            if !node.title.is_empty() {
                self.by_title.insert((person, &node.title), at);
            }
            self.by_person.entry((person, node.version.major)).or_default().push(at);
        }
        for (title, change) in &node.patches {
            for person in node.people.keys().chain([ANYBODY]).filter(|_| !title.is_empty()) {
                self.by_patch.entry((person, title)).or_default().push(at);
            }
            if let Some(change) = change {
                self.by_change_made.entry(*change).or_default().push(at);
            }
        }
    }

    /// The posting that `at` follows, by the strongest evidence there is.
    pub(super) fn older(&self, at: usize) -> Option<(usize, Link)> {
        let node = &self.nodes[at];
        let by = |found: Option<(usize, Evidence)>, confidence: Confidence| {
            found.map(|(older, evidence)| (older, Link { evidence, confidence }))
        };
        by(self.by_change_id(node), Confidence::Certain)
            .or_else(|| by(self.by_citation(node), Confidence::Certain))
            .or_else(|| by(self.by_tag(node), Confidence::High))
            .or_else(|| by(self.by_answer(node), Confidence::High))
            .or_else(|| by(self.by_title(node), Confidence::High))
            .or_else(|| by(self.by_patches(node, Shared::Half), Confidence::Medium))
            .or_else(|| by(self.by_patches(node, Shared::One), Confidence::Low))
    }

    /// The posting that a message, or what it answers, is of.
    fn posting_of(&self, id: &str) -> Option<usize> {
        let mail = *self.ids.get(id)?;
        self.threads.upwards(mail).find_map(|up| self.home.get(&up).copied())
    }

    fn by_change_id(&self, node: &Node<'_>) -> Option<(usize, Evidence)> {
        let id = node.change_id?;
        Some((*self.by_change.get(id)?, Evidence::ChangeId(id.into())))
    }

    fn by_citation(&self, node: &Node<'_>) -> Option<(usize, Evidence)> {
        let targets = node.cites.iter().filter_map(|id| Some((self.posting_of(id)?, id)));
        let related = targets.filter(|(older, _)| {
            let other = &self.nodes[*older];
            let earlier = node.is_after(other) || node.resend && other.version == node.version;
            earlier && (other.people.meet(&node.people) || other.title == node.title)
        });
        let (older, id) = related.max_by_key(|(older, _)| (self.nodes[*older].version, *older))?;
        Some((older, Evidence::Cites((*id).clone())))
    }

    fn by_tag(&self, node: &Node<'_>) -> Option<(usize, Evidence)> {
        let mut targets = node.supersedes.iter();
        targets.find_map(|id| Some((self.posting_of(id)?, Evidence::Supersedes((*id).clone()))))
    }

    fn by_answer(&self, node: &Node<'_>) -> Option<(usize, Evidence)> {
        let above = node.posting.members().flat_map(|ix| self.threads.upwards(ix).skip(1));
        let (older, mail) = above
            .filter_map(|up| Some((*self.home.get(&up)?, up)))
            .find(|(older, _)| !std::ptr::eq(self.nodes[*older].posting, node.posting))?;
        let other = &self.nodes[older];
        let follows = other.people.meet(&node.people)
            && node.is_after(other)
            && !self.within(node, older, AT_ONCE);
        let id = &self.mails[mail.at()].mail.message.id;
        follows.then(|| (older, Evidence::Answers(id.clone())))
    }

    fn by_title(&self, node: &Node<'_>) -> Option<(usize, Evidence)> {
        let found = node.people.keys().filter_map(|p| self.by_title.get(&(p, &*node.title)));
        let older = *found.max()?;
        let other = &self.nodes[older];
        let plausible = match node.version.cmp(&other.version) {
            Ordering::Greater => self.within(node, older, YEAR),
            // Two defects of one kind in two files have one title.
            Ordering::Equal => {
                self.within(node, older, YEAR) && (node.resend || node.may_touch_what(other))
            }
            Ordering::Less if node.is_after(other) => self.within(node, older, YEAR),
            Ordering::Less => node.is_versioned && self.within(node, older, SLACK),
        };
        plausible.then_some((older, Evidence::AuthorAndTitle))
    }

    /// Patches of an older posting are in this one, by their titles or what they change.
    fn by_patches(&self, node: &Node<'_>, wanted: Shared) -> Option<(usize, Evidence)> {
        let mut shared: BTreeMap<usize, u32> = BTreeMap::new();
        for (title, change) in &node.patches {
            let changes = change.and_then(|change| self.by_change_made.get(&change));
            let mut found: Vec<usize> = node
                .people
                .keys()
                .chain([ANYBODY])
                .filter_map(|person| self.by_patch.get(&(person, title)))
                .chain(changes)
                .flat_map(|postings| postings.iter().rev().take(RECENT))
                .copied()
                .filter(|older| self.nodes[*older].branch == node.branch)
                .collect();
            found.sort_unstable();
            found.dedup();
            for older in found {
                *shared.entry(older).or_default() += 1;
            }
        }
        let enough = shared.into_iter().filter(|(older, count)| {
            let other = &self.nodes[*older];
            let shorter = node.patches.len().min(other.patches.len());
            let is_half = *count as usize * 2 >= shorter;
            let is_next = other.version.major + 1 == node.version.major;
            let is_ours = other.people.meet(&node.people);
            let fits = match wanted {
                Shared::Half => is_half && (is_next || is_ours && node.is_after(other)),
                Shared::One => {
                    is_ours && node.is_versioned && (is_next || other.version == node.version)
                }
            };
            fits && self.within(node, *older, YEAR)
        });
        let (older, count) =
            enough.max_by_key(|(older, count)| (self.nodes[*older].version, *count, *older))?;
        Some((older, Evidence::SharedPatches(count)))
    }

    /// The posting that `at` follows if looks do not deceive, of those that are `free`.
    pub(super) fn alike(&self, at: usize, free: impl Fn(usize) -> bool) -> Option<(usize, Link)> {
        let node = &self.nodes[at];
        let before = node.version.major.checked_sub(1)?;
        let theirs = node.people.keys().filter_map(|person| self.by_person.get(&(person, before)));
        let (_, older) = theirs
            .flat_map(|postings| postings.iter().rev().take(RECENT))
            .filter(|older| free(**older) && self.is_next(node, **older))
            .map(|older| (node.likeness(&self.nodes[*older]), *older))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        Some((older, Link { evidence: Evidence::SimilarTitle, confidence: Confidence::Low }))
    }

    /// Sent after the older one and soon enough, with a file that both touch.
    fn is_next(&self, node: &Node<'_>, older: usize) -> bool {
        self.nodes[older].posted <= node.posted
            && self.within(node, older, SEASON)
            && !node.files.is_disjoint(&self.nodes[older].files)
    }

    /// Sent at most so many seconds after the older one.
    fn within(&self, node: &Node<'_>, older: usize, seconds: i64) -> bool {
        match (node.posted, self.nodes[older].posted) {
            (Some(new), Some(old)) => new.0 - old.0 <= seconds,
            _ => true,
        }
    }
}
