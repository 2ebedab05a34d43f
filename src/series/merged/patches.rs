//! Indexes of the lists' patches, by what a commit may share with them.
//!
//! In: the corpus. Out: [`Patches`]. Never here: the weight of a commit's evidence.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    archive::history::Commit,
    date::Timestamp,
    message::{Mailbox, Mailmap},
    patch::{PatchId, title::normal},
    series::{Corpus, ListIx, MailIx, lineage::full_name},
};

/// How long before or after its posting a commit by the same person with the same title is a patch: 90 days,
/// in seconds.
pub(super) const NEAR: i64 = 90 * 86_400;

/// A patch that was posted.
pub(super) struct Patch {
    pub(super) mail: MailIx,
    pub(super) title: String,
    /// The words of its title.
    pub(super) words: HashSet<u64>,
    pub(super) people: People,
    pub(super) patch_id: Option<PatchId>,
    /// Series and revision.
    pub(super) home: (u32, u32),
    sent: Option<Timestamp>,
    /// When the first mail of its revision was sent.
    posted: Option<Timestamp>,
}

/// The patches of lists.
pub(super) struct Patches<'a> {
    corpus: &'a Corpus,
    all: Vec<Patch>,
    by_mail: HashMap<MailIx, usize>,
    by_title: HashMap<String, Vec<usize>>,
    by_person: HashMap<String, Vec<usize>>,
    by_patch_id: HashMap<PatchId, Vec<usize>>,
    by_series: HashMap<u32, Vec<usize>>,
}

/// The identity of an author: an address in lower case and a full name; either may be empty.
pub(super) struct People([String; 2]);

impl People {
    fn new(who: &Mailbox, mailmap: &Mailmap) -> Self {
        let who = mailmap.fold(who);
        Self([who.key(), full_name(&who)])
    }

    fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter(|key| !key.is_empty())
    }

    /// They have an address or a full name in common.
    pub(super) fn meet(&self, other: &Self) -> bool {
        self.keys().any(|key| other.keys().any(|theirs| theirs == key))
    }
}

impl<'a> Patches<'a> {
    /// The patches of these lists, each mail once.
    pub(super) fn new(corpus: &'a Corpus, lists: &[ListIx]) -> Self {
        let mut patches = Self {
            corpus,
            all: Vec::new(),
            by_mail: HashMap::new(),
            by_title: HashMap::new(),
            by_person: HashMap::new(),
            by_patch_id: HashMap::new(),
            by_series: HashMap::new(),
        };
        for (series, number) in corpus.series.iter().zip(0u32..) {
            for (revision, at) in series.revisions.iter().zip(0u32..) {
                for mail in revision.slots.iter().filter_map(|slot| slot.sent()) {
                    let mut copies = corpus.stored(mail).copies.iter();
                    if copies.any(|(list, _)| lists.contains(list)) {
                        patches.add(mail, (number, at), revision.posted);
                    }
                }
            }
        }
        let Self { all, by_person, .. } = &mut patches;
        by_person.values_mut().for_each(|numbers| numbers.sort_by_key(|at| all[*at].sent));
        patches
    }

    fn add(&mut self, ix: MailIx, home: (u32, u32), posted: Option<Timestamp>) {
        let letter = self.corpus.stored(ix);
        let mail = &letter.mail;
        let title = normal(&mail.title);
        let patch = Patch {
            mail: ix,
            words: words(&title),
            title,
            people: People::new(&mail.author, &self.corpus.mailmap),
            patch_id: mail.patch_id,
            home,
            sent: letter.date(),
            posted,
        };
        let at = self.all.len();
        if self.by_mail.insert(ix, at).is_some() {
            return;
        }
        if !patch.title.is_empty() {
            self.by_title.entry(patch.title.clone()).or_default().push(at);
        }
        for key in patch.people.keys() {
            self.by_person.entry(key.clone()).or_default().push(at);
        }
        if let Some(id) = patch.patch_id {
            self.by_patch_id.entry(id).or_default().push(at);
        }
        self.by_series.entry(home.0).or_default().push(at);
        self.all.push(patch);
    }

    /// When the first of them was sent.
    pub(super) fn oldest(&self) -> Option<Timestamp> {
        self.all.iter().filter_map(|patch| patch.sent).min()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The patch of a number.
    pub(super) fn get(&self, at: usize) -> &Patch {
        &self.all[at]
    }

    /// Whom a commit is by.
    pub(super) fn author(&self, commit: &Commit<'_>) -> People {
        People::new(&Mailbox::new(commit.name, commit.address), &self.corpus.mailmap)
    }

    /// Those with a title.
    pub(super) fn titled(&self, title: &str) -> &[usize] {
        self.by_title.get(title).map_or(&[], Vec::as_slice)
    }

    /// Those by a person that were sent about when a commit was made, some twice.
    pub(super) fn by(
        &self,
        people: &People,
        commit: &Commit<'_>,
    ) -> impl Iterator<Item = usize> + '_ {
        let (a, b) = (commit.committed.0, commit.authored.0);
        let first = Some(Timestamp(a.min(b).saturating_sub(NEAR)));
        let last = Some(Timestamp(a.max(b).saturating_add(NEAR)));
        let sent = |at: &usize| self.all[*at].sent;
        let found = people.keys().filter_map(|key| self.by_person.get(key)).map(|numbers| {
            let start = numbers.partition_point(|at| sent(at) < first);
            let end = numbers.partition_point(|at| sent(at) <= last);
            numbers.get(start..end).unwrap_or_default()
        });
        let found: Vec<_> = found.collect();
        found.into_iter().flatten().copied()
    }

    /// Those that change the same.
    pub(super) fn same(&self, id: PatchId) -> &[usize] {
        self.by_patch_id.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The message of an id, and the patch that it is.
    pub(super) fn named(&self, id: &str) -> Option<(MailIx, Option<usize>)> {
        let mail = *self.corpus.ids.get(id)?;
        Some((mail, self.by_mail.get(&mail).copied()))
    }

    /// The patches of the series that a mail is about, with the revision that it is about.
    pub(super) fn around(&self, mail: MailIx) -> (&[usize], u32) {
        let Some((series, revision)) = self.corpus.stored(mail).home else { return (&[], 0) };
        (self.by_series.get(&series.0).map_or(&[], Vec::as_slice), revision)
    }

    /// A commit was made, or written, within [`NEAR`] of the day when the patch was sent.
    pub(super) fn is_near(&self, at: usize, commit: &Commit<'_>) -> bool {
        let near = |sent: Timestamp| {
            let dates = [commit.committed, commit.authored];
            dates.iter().any(|date| date.0.abs_diff(sent.0) <= NEAR.unsigned_abs())
        };
        self.all[at].sent.is_some_and(near)
    }

    /// `git am` gives a commit what the mail's Date field says, whenever it came.
    pub(super) fn is_of_the_moment(&self, at: usize, commit: &Commit<'_>) -> bool {
        let message = &self.corpus.stored(self.all[at].mail).mail.message;
        message.dates.written == Some(commit.authored)
    }

    /// Which of several that fit a commit is: of the newest revision that was there when it was made, otherwise of
    /// the first that came; in it one that is free, otherwise the first.
    pub(super) fn choose(
        &self,
        commit: &Commit<'_>,
        among: impl Iterator<Item = usize>,
        is_free: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        among.max_by_key(|at| {
            let patch = &self.all[*at];
            let posted = patch.posted.map_or(i64::MIN, |posted| posted.0);
            let was_there = posted <= commit.committed.0;
            let turn = if was_there { posted } else { posted.saturating_neg() };
            (was_there, turn, patch.home, is_free(*at), Reverse(*at))
        })
    }
}

/// The words of a title, as numbers: they are compared a hundred times as often as they are made. Two words of
/// one number make a diff be read in vain, no more.
pub(super) fn words(title: &str) -> HashSet<u64> {
    let number = |word: &str| {
        let mut hasher = DefaultHasher::new();
        word.hash(&mut hasher);
        hasher.finish()
    };
    title.split(' ').filter(|word| !word.is_empty()).map(number).collect()
}
