//! The facts about a posting that lineage uses.
//!
//! In: a posting and its mails. Out: a [`Node`]: version, titles, people, patches with their sketches, links. Also
//! comparisons of two nodes: common patches, titles, files. Never here: whether one follows the other.

pub(super) mod branch;
mod people;
mod said;

pub(in crate::series) use branch::{is_for_old, stable_branch};
pub(in crate::series) use people::full_name;
pub(super) use people::{Bond, People};

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    date::Timestamp,
    hash::FastSet,
    message::{Mailmap, MessageId, Subject, SubjectKind, Version, closing_version},
    patch::{
        Change, Cited, FileChange, Mail, PatchId, Places, Role, Sketch,
        title::{self, normal},
    },
    series::{MailIx, StoredMessage, assemble::Posting},
};

/// The facts of a posting for the lineage.
pub(super) struct Node<'a> {
    pub(super) posting: &'a Posting,
    /// Of a posting whose subjects name none it may be what the changelog says.
    pub(super) version: Cell<Version>,
    /// The subject names its version.
    pub(super) is_versioned: bool,
    pub(super) resend: bool,
    pub(super) rfc: bool,
    /// A machine sent it: notices about one patch for many branches.
    pub(super) is_machine_s: bool,
    /// It asks for a pull.
    pub(super) is_pull: bool,
    pub(super) people: People,
    /// The title as it is shown.
    pub(super) shown: Arc<str>,
    /// The title, for comparison.
    pub(super) title: String,
    /// The title without the names of what it is about; empty if little is left.
    pub(super) bare: String,
    /// The words of the title without the names of what it is about, and without those of every other title.
    pub(super) words: FastSet<String>,
    /// Its patches.
    pub(super) patches: Vec<Piece<'a>>,
    /// By what all of it is found again, where one patch has become two, or two one.
    pub(super) sketch: Sketch,
    /// By what all commit messages are found again.
    pub(super) prose: Sketch,
    /// The stable branch that it is for; empty for most.
    pub(super) branch: String,
    pub(super) files: FastSet<Arc<str>>,
    /// The files that it adds.
    added: FastSet<Arc<str>>,
    /// The top folders of its files: two trees have few of them in common.
    pub(super) folders: FastSet<&'a str>,
    pub(super) posted: Option<Timestamp>,
    pub(super) change_id: Option<&'a str>,
    pub(super) cites: Vec<&'a MessageId>,
    /// Those of them of which it says which version they are.
    named: Vec<&'a (u32, MessageId)>,
    /// The targets of its links, whatever their reason.
    pub(super) linked: Vec<&'a MessageId>,
    pub(super) supersedes: Vec<&'a MessageId>,
    /// The postings that it says in words it replaces, for comparison with titles.
    replaces: Vec<String>,
    /// It says that it was sent for comments before.
    pub(super) says_rfc: bool,
    /// The version that its changelog leads to, if no subject names one.
    pub(super) claimed: Option<Version>,
}

/// A patch of a posting, as far as lineage looks at it.
pub(super) struct Piece<'a> {
    /// The title, for comparison.
    pub(super) title: String,
    /// Its changes.
    pub(super) change: Option<PatchId>,
    /// By what it is found again where some of it has changed.
    pub(super) sketch: &'a Sketch,
    /// By what its commit message is found again.
    pub(super) prose: &'a Sketch,
    /// Which lines of which objects it changes.
    pub(super) places: &'a Places,
    /// Gerrit's name of it, the same in all its versions.
    pub(super) gerrit: Option<&'a str>,
}

impl<'a> Piece<'a> {
    fn of(patch: &'a Mail, title: String) -> Self {
        let trailer = patch.trailers.iter().find(|t| t.key.eq_ignore_ascii_case("change-id"));
        let is_id = |id: &&str| id.len() == 41 && id.starts_with('I');
        Self {
            title,
            change: patch.patch_id,
            sketch: &patch.sketch,
            prose: &patch.prose,
            places: &patch.places,
            gerrit: trailer.map(|trailer| trailer.value.trim()).filter(is_id),
        }
    }

    /// They have a title or a change in common, or change much the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.is_as_sent(other)
            || self.gerrit.is_some() && self.gerrit == other.gerrit
            || self.sketch.resembles(other.sketch)
    }

    /// They have a title or a change in common.
    pub(super) fn is_as_sent(&self, other: &Self) -> bool {
        !self.title.is_empty() && self.title == other.title
            || self.change.is_some() && self.change == other.change
    }

    /// Both cannot be applied: they change the same lines of the same objects. If both only add, some line of what
    /// they add is the same: two entries for one list are two works.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        self.places.are_much_those_of(other.places)
            && (self.places.share_a_line(other.places) || self.sketch.meets(other.sketch))
    }

    /// It does the same at another place of one object: one defect in two functions.
    pub(super) fn is_sibling(&self, other: &Self) -> bool {
        self.places.are_beside(other.places) && self.sketch.meets(other.sketch)
    }
}

impl<'a> Node<'a> {
    pub(super) fn new(posting: &'a Posting, mails: &'a [StoredMessage], mailmap: &Mailmap) -> Self {
        let mail = |ix: MailIx| -> &'a Mail { &mails[ix.at()].mail };
        let head = mail(head(posting));
        let patches = || posting.patches.iter().map(|(_, ix)| mail(*ix));
        let speaking = posting.cover.map(mail).into_iter().chain(patches().next());
        let cited: Vec<&Cited> = speaking.filter_map(|mail| mail.cited.as_deref()).collect();
        let branch = stable_branch(head, patches().any(|patch| patch.backport));
        let named = |title: &str| format!("{branch}{}", normal(title));
        let shown = title(posting, mails);
        let piece = |patch: &'a Mail| Piece::of(patch, named(&patch.title));
        let is_versioned = posting.members().any(|ix| mail(ix).message.subject.version.is_some());
        Self {
            posting,
            version: Cell::new(posting.version(mails)),
            resend: posting.members().any(|ix| mail(ix).message.subject.resend),
            rfc: is_rfc(posting, mails),
            is_machine_s: head.machine.is_some(),
            is_pull: head.role == Role::Pull || cited.iter().any(|cited| cited.is_pull),
            is_versioned,
            people: People::of(
                people::series_author(posting, mails, !branch.is_empty()),
                head,
                people::signer(posting, mails).filter(|_| branch.is_empty()),
                patches().map(|patch| mailmap.key(&patch.author)).collect(),
                mailmap,
            ),
            title: named(&shown),
            bare: told_apart(&shown, &patches().map(|patch| &*patch.title).collect::<Vec<_>>()),
            words: telling_words(&shown),
            shown,
            patches: patches().map(piece).collect(),
            prose: Sketch::of_all(patches().map(|patch| &patch.prose)),
            sketch: Sketch::of_all(patches().map(|patch| &patch.sketch)),
            files: patches().flat_map(|p| &p.files).map(|file| file.path.clone()).collect(),
            added: patches().flat_map(added).collect(),
            folders: patches().flat_map(|p| &p.files).map(FileChange::top_folder).collect(),
            branch: branch.clone(),
            posted: posting.members().filter_map(|ix| mails[ix.at()].sent()).min(),
            change_id: cited.iter().find_map(|cited| cited.change_id.as_deref()),
            cites: cited.iter().flat_map(|cited| &cited.versions).collect(),
            named: cited.iter().flat_map(|cited| &cited.named).collect(),
            linked: cited.iter().flat_map(|cited| &cited.linked).collect(),
            supersedes: cited.iter().flat_map(|cited| &cited.superseded).collect(),
            replaces: cited.iter().flat_map(|c| &c.replaced).map(|title| normal(title)).collect(),
            says_rfc: cited.iter().any(|cited| cited.since_rfc) && !is_rfc(posting, mails),
            claimed: cited.iter().filter_map(|cited| cited.version).max().filter(|_| !is_versioned),
        }
    }

    /// Its title and its version.
    pub(super) fn name(&self) -> Name {
        Name { version: self.version.get(), title: self.shown.clone() }
    }

    /// Takes the version at the end of its title (`rework the lamp v3`) for its own.
    fn take_closing(&mut self) {
        if let Some((title, version)) = closing_version(&self.shown) {
            self.title = format!("{}{}", self.branch, normal(title));
            self.bare = told_apart(title, &[]);
            self.words = telling_words(title);
            self.shown = title.into();
            if !self.is_versioned {
                self.version.set(version);
                self.is_versioned = true;
            }
        }
    }

    /// Its number says that it comes later: a higher version, or what was sent for comments before is meant
    /// now and goes on counting, or counts from 1 again. A v2 behind an RFC v5 is of another count.
    pub(super) fn is_after(&self, other: &Self) -> bool {
        let version = self.version.get();
        let is_meant = other.rfc && !self.rfc;
        version > other.version.get()
            || is_meant && (version.major == 1 || version == other.version.get())
    }

    /// How many of its patches the other one has, too.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let theirs = |piece: &&Piece<'_>| other.patches.iter().any(|their| piece.is(their));
        self.patches.iter().filter(theirs).count()
    }

    /// Single patches of which one can only be meant instead of the other.
    pub(super) fn reworks(&self, other: &Self) -> bool {
        let [([one], [two])] = [(&self.patches[..], &other.patches[..])] else { return false };
        one.excludes(two)
    }

    /// Patches of it that count as one posting's have not come.
    pub(super) fn is_part(&self) -> bool {
        self.patches.len() < self.posting.total as usize
    }

    /// They change parts of one tree, or what one of them changes is unknown.
    pub(super) fn may_share_tree(&self, other: &Self) -> bool {
        let unknown = self.folders.is_empty() || other.folders.is_empty();
        unknown || !self.folders.is_disjoint(&other.folders)
    }

    /// Both touch a file, or one of them none that we know.
    pub(super) fn may_touch_what(&self, other: &Self) -> bool {
        self.files.is_empty() || other.files.is_empty() || !self.files.is_disjoint(&other.files)
    }

    /// Both touch a file.
    pub(super) fn touches_what(&self, other: &Self) -> bool {
        !self.files.is_disjoint(&other.files)
    }

    /// It adds all files that the other adds, and touches half of what that touches: both cannot be applied.
    pub(super) fn adds_what(&self, other: &Self) -> bool {
        let common = || self.files.intersection(&other.files).count();
        !other.added.is_empty()
            && other.added.is_subset(&self.added)
            && common() * 2 >= other.files.len()
    }

    /// From 0 to 1: the share of the files of either that both touch.
    pub(super) fn same_files(&self, other: &Self) -> f64 {
        let common = self.files.intersection(&other.files).count();
        let all = self.files.len() + other.files.len() - common;
        if all == 0 { 0.0 } else { common as f64 / all as f64 }
    }

    /// The titles are the same but for a word more or less; with another word instead they are those of two drivers.
    pub(super) fn is_titled_like(&self, other: &Self) -> bool {
        self.branch == other.branch
            && self.may_share_tree(other)
            && title::one_has_all_of(&self.title, &other.title)
            && self.same_words(other) >= TITLED_LIKE
    }

    /// From 0 to 1: the share of the shorter title's telling words that the other has.
    pub(super) fn same_telling_words(&self, other: &Self) -> f64 {
        let shorter = self.words.len().min(other.words.len());
        let common = self.words.intersection(&other.words).count();
        if shorter == 0 { 0.0 } else { common as f64 / shorter as f64 }
    }

    /// From 0 to 1: the share of letters in the titles.
    pub(super) fn same_words(&self, other: &Self) -> f64 {
        strsim::sorensen_dice(&self.title, &other.title)
    }

    /// The Message-IDs of its mails.
    pub(super) fn ids<'m>(
        &self,
        mails: &'m [StoredMessage],
    ) -> impl Iterator<Item = &'m MessageId> {
        self.posting.members().map(|ix| &mails[ix.at()].mail.message.id)
    }
}

/// The title and the version of a posting.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::series) struct Name {
    pub(in crate::series) version: Version,
    pub(in crate::series) title: Arc<str>,
}

/// Reads versions at the ends of titles where other postings speak for it: those of one person that have the same
/// title but for the version, and a patch in common. `support for bulkstat v5` alone is the name of a thing; of 227
/// titles on linux-xfs that end so, 163 have such another posting.
pub(super) fn read_closing_versions(nodes: &mut [Node<'_>]) {
    let mut groups: HashMap<(String, String), Vec<usize>> = HashMap::new();
    let mut closed: HashSet<(String, String)> = HashSet::new();
    let base = |node: &Node<'_>| {
        let closing = closing_version(&node.shown);
        (normal(closing.map_or(&node.shown, |(title, _)| title)), closing.is_some())
    };
    for (at, node) in nodes.iter().enumerate() {
        let (title, is_closed) = base(node);
        for person in node.people.keys() {
            let key = (person.to_owned(), title.clone());
            if is_closed {
                closed.insert(key.clone());
            }
            groups.entry(key).or_default().push(at);
        }
    }
    groups.retain(|key, _| closed.contains(key));
    let is_spoken_for = |at: usize, group: &[usize]| {
        let node = &nodes[at];
        let version = closing_version(&node.shown).map(|(_, version)| version);
        let speaks = |other: &Node<'_>| {
            let theirs = closing_version(&other.shown).map(|(_, version)| version);
            theirs != version && node.shared(other) > 0
        };
        let says_twice = version == Some(node.version.get());
        version.is_some() && (says_twice || group.iter().any(|other| speaks(&nodes[*other])))
    };
    let all = groups.values().flat_map(|group| group.iter().map(move |at| (*at, group)));
    let spoken: HashSet<usize> =
        all.filter(|(at, group)| is_spoken_for(*at, group)).map(|(at, _)| at).collect();
    spoken.into_iter().for_each(|at| nodes[at].take_closing());
}

/// How alike titles are that differ by a word, as the share of letters.
const TITLED_LIKE: f64 = 0.85;

/// Titles of fewer words are those of many works when nothing says what they are about (`fix a typo`).
const FEWEST_WORDS: usize = 4;

/// The title without the names of what it is about, if it is still one of few works: not if its patches, one for
/// each of many things, all have it.
fn told_apart(title: &str, patches: &[&str]) -> String {
    let bare = title::bare(title);
    let is_of_all =
        patches.len() > 1 && patches[1..].iter().any(|patch| title::bare(patch) == bare);
    let is_short = bare.split(' ').count() < FEWEST_WORDS;
    if is_short || is_of_all { String::new() } else { bare }
}

/// Words that titles of all works have.
const COMMON: [&str; 19] = [
    "a", "add", "an", "and", "as", "at", "be", "by", "fix", "for", "from", "in", "is", "not", "of",
    "on", "the", "to", "with",
];

/// The words that tell a title from others.
fn telling_words(title: &str) -> FastSet<String> {
    let bare = title::bare(title);
    let telling = bare.split(' ').filter(|word| !word.is_empty() && !COMMON.contains(word));
    telling.map(str::to_owned).collect()
}

/// The files that a patch adds.
fn added(patch: &Mail) -> impl Iterator<Item = Arc<str>> {
    let added = patch.files.iter().filter(|file| file.change == Change::Added);
    added.map(|file| file.path.clone())
}

/// The mail that speaks for a posting: its cover letter, otherwise its first patch.
pub(in crate::series) fn head(posting: &Posting) -> MailIx {
    posting.cover.or(posting.patches.first().map(|(_, ix)| *ix)).unwrap_or(MailIx(0))
}

/// The title of a posting: that of the mail that speaks for it. A cover letter that announces nothing shows only by
/// its patches what it is; what is in brackets in front of its subject is no part of the title. A letter without a
/// title is called after its first patch.
pub(super) fn title(posting: &Posting, mails: &[StoredMessage]) -> Arc<str> {
    let head = &mails[head(posting).at()].mail;
    let subject = &head.message.subject;
    let title = match posting.cover.is_some() && subject.kind == SubjectKind::Plain {
        true => Subject::of_patch(&subject.full).title,
        false => head.title.clone(),
    };
    let first = || posting.patches.first().map(|(_, ix)| mails[ix.at()].mail.title.clone());
    if title.is_empty() { first().unwrap_or(title) } else { title }
}

/// It was sent for comments.
fn is_rfc(posting: &Posting, mails: &[StoredMessage]) -> bool {
    posting.members().any(|ix| mails[ix.at()].mail.message.subject.rfc)
}
