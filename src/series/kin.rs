//! Kin: the same patch in other series.
//!
//! In: all series. Out: for each, the others that contain one of its patches ([`Kin`]), in both directions, with the
//! relation: a backport, a port to another tree (libraries that two projects share), or a repetition. A fifth of all
//! titles on linux-xfs occur twice for such reasons. Patches are the same if their diffs are (`git patch-id`), or if
//! title and author are and something else agrees: the change, or the name of a changed file. Never here: revisions
//! of one series; comparing all pairs, because some titles are posted hundreds of times.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    hash::{Hash, Hasher},
};

use super::{
    MailIx, Series, SeriesIx, StoredMessage,
    lineage::{full_name, stable_branch},
};
use crate::{
    message::Mailmap,
    patch::{FileChange, Mail, PatchId, title::normal},
};

/// The most other series: those with the most common patches, then the latest.
const MOST: usize = 30;

/// The most earlier patches with the same title or diff that are compared: the latest.
const RECENT: usize = 40;

/// A title with fewer words is not specific.
const FEW_WORDS: usize = 3;

/// Another series that contains a patch of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// The other series.
    pub series: SeriesIx,
    /// The relation of the patch there.
    pub relation: Relation,
    /// The number of common patches.
    pub patches: u32,
}

/// Numbers of series change when mails arrive, so the sum of a page includes the series itself.
impl Hash for Kin {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.relation, self.patches).hash(state);
    }
}

/// The relation of a patch in another series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is the original of this backport.
    Original,
    /// It is a backport, to another branch if this is one, too.
    Backport,
    /// It is the same patch for another tree.
    Port,
    /// It is the same patch again, perhaps reworked.
    Same,
}

impl Relation {
    /// The word that export uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Backport => "backport",
            Self::Port => "port",
            Self::Same => "same",
        }
    }
}

/// How often patches of two series have each relation.
type Pairs = BTreeMap<(usize, usize), BTreeMap<[Relation; 2], u32>>;

/// What the comparison needs of a patch.
struct Piece<'a> {
    series: usize,
    mail: &'a Mail,
    /// The title, for comparison.
    title: String,
    /// The author's address and full name.
    author: [String; 2],
    /// The stable branch that it is for; empty for most.
    branch: String,
}

/// Finds the kin of all series.
pub(super) fn find(all: &mut [Series], mails: &[StoredMessage], mailmap: &Mailmap) {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_change: HashMap<PatchId, Vec<usize>> = HashMap::new();
    for (at, series) in all.iter().enumerate() {
        for (title, mail) in distinct(series, mails) {
            let piece = pieces.len();
            if title.split(' ').count() >= FEW_WORDS {
                by_title.entry(title.clone()).or_default().push(piece);
            }
            if let Some(change) = mail.patch_id {
                by_change.entry(change).or_default().push(piece);
            }
            let author = [mailmap.key(&mail.author), full_name(&mail.author)];
            let branch = stable_branch(mail, mail.backport);
            pieces.push(Piece { series: at, mail, title, author, branch });
        }
    }
    let mut met: HashSet<(usize, usize)> = HashSet::new();
    let mut pairs = Pairs::new();
    for group in by_change.values().chain(by_title.values()) {
        for (place, &newer) in group.iter().enumerate() {
            for &older in group[..place].iter().rev().take(RECENT) {
                let [one, other] = [&pieces[older], &pieces[newer]];
                if one.series == other.series || !met.insert((older, newer)) {
                    continue;
                }
                if let Some(relations) = relations(one, other) {
                    let found = pairs.entry((one.series, other.series)).or_default();
                    *found.entry(relations).or_default() += 1;
                }
            }
        }
    }
    drop(pieces);
    settle(all, pairs);
}

/// The patches of a series, each once: those of the newest revision, and those of earlier ones under another title.
fn distinct<'a>(series: &Series, mails: &'a [StoredMessage]) -> Vec<(String, &'a Mail)> {
    let slots = series.revisions.iter().rev().flat_map(|revision| &revision.slots);
    let sent: Vec<MailIx> = slots.filter_map(super::Slot::sent).collect();
    let mut seen = HashSet::new();
    let patches = sent.into_iter().map(|ix| &*mails[ix.at()].mail);
    let titled = patches.map(|mail| (normal(&mail.title), mail));
    titled.filter(|(title, _)| seen.insert(title.clone())).collect()
}

/// The relation of the `other` patch to the one, and in reverse; `None` if they differ.
fn relations(one: &Piece<'_>, other: &Piece<'_>) -> Option<[Relation; 2]> {
    let [a, b] = [one.mail, other.mail];
    let is_equal = a.patch_id.is_some() && a.patch_id == b.patch_id;
    let mut people = one.author.iter().zip(&other.author);
    let is_one_s = people.any(|(author, other)| !author.is_empty() && author == other)
        && one.title == other.title;
    let is_same = is_equal || is_one_s && a.meets(b, FileChange::name);
    let is_alike = || a.sketch.resembles(&b.sketch);
    if !is_equal && !a.meets(b, FileChange::top_folder) {
        return (is_same || is_one_s && is_alike()).then_some([Relation::Port; 2]);
    }
    let relations = match (one.branch.is_empty(), other.branch.is_empty()) {
        _ if one.branch == other.branch => [Relation::Same; 2],
        (true, _) => [Relation::Backport, Relation::Original],
        (_, true) => [Relation::Original, Relation::Backport],
        _ => [Relation::Backport; 2],
    };
    // The sender of a backport need not name the author of the patch.
    let may_be_others = relations != [Relation::Same; 2];
    (is_same || (is_one_s || may_be_others) && is_alike()).then_some(relations)
}

/// Gives each series its kin, with the most frequent relation of the common patches.
fn settle(all: &mut [Series], pairs: Pairs) {
    let mut kin: Vec<Vec<Kin>> = vec![Vec::new(); all.len()];
    for ((one, other), relations) in pairs {
        let patches = relations.values().sum();
        let most = relations.into_iter().max_by_key(|(relations, n)| (*n, Reverse(*relations)));
        let Some(([there, here], _)) = most else { continue };
        let to = |at: usize| SeriesIx(u32::try_from(at).unwrap_or(u32::MAX));
        kin[one].push(Kin { series: to(other), relation: there, patches });
        kin[other].push(Kin { series: to(one), relation: here, patches });
    }
    for (series, mut kin) in all.iter_mut().zip(kin) {
        kin.sort_by_key(|kin| (Reverse(kin.patches), Reverse(kin.series)));
        kin.truncate(MOST);
        kin.sort_by_key(|kin| kin.series);
        series.kin = kin.into();
    }
}
