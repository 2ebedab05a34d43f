//! A posting, as far as lineage looks at it.

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    date::Timestamp,
    message::{Mailbox, Mailmap, MessageId, Subject, SubjectKind, Version, closing_version},
    patch::{Cited, Mail, PatchId, Sketch},
    series::{Letter, MailIx, assemble::Posting, known::Known},
};

/// What lineage knows of a posting.
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
    pub(super) people: People,
    /// The title as it is shown.
    pub(super) shown: Arc<str>,
    /// The title, for comparison.
    pub(super) title: String,
    /// Its patches.
    pub(super) patches: Vec<Piece<'a>>,
    /// The stable branch that it is for; empty for most.
    pub(super) branch: String,
    pub(super) files: HashSet<Arc<str>>,
    /// The top folders of its files: two trees have few of them in common.
    pub(super) folders: HashSet<&'a str>,
    pub(super) posted: Option<Timestamp>,
    pub(super) change_id: Option<&'a str>,
    pub(super) cites: Vec<&'a MessageId>,
    pub(super) supersedes: Vec<&'a MessageId>,
    /// The version that its changelog leads to, where no subject names one.
    pub(super) claimed: Option<Version>,
}

/// A patch of a posting, as far as lineage looks at it.
pub(super) struct Piece<'a> {
    /// The title, for comparison.
    pub(super) title: String,
    /// What it changes.
    pub(super) change: Option<PatchId>,
    /// By what it is found again where some of it has changed.
    pub(super) sketch: &'a Sketch,
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
            gerrit: trailer.map(|trailer| trailer.value.trim()).filter(is_id),
        }
    }

    /// They have a title or a change in common, or change much the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        !self.title.is_empty() && self.title == other.title
            || self.change.is_some() && self.change == other.change
            || self.gerrit.is_some() && self.gerrit == other.gerrit
            || self.sketch.resembles(other.sketch)
    }
}

impl<'a> Node<'a> {
    pub(super) fn new(posting: &'a Posting, mails: &'a [Letter], mailmap: &Mailmap) -> Self {
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
            version: Cell::new(version(posting, mails)),
            resend: posting.members().any(|ix| mail(ix).message.subject.resend),
            rfc: is_rfc(posting, mails),
            is_machine_s: head.machine.is_some(),
            is_versioned,
            people: People::of(
                series_author(posting, mails, !branch.is_empty()),
                head,
                patches().map(|patch| mailmap.key(&patch.author)).collect(),
                mailmap,
            ),
            title: named(&shown),
            shown,
            patches: patches().map(piece).collect(),
            files: patches().flat_map(|p| &p.files).map(|file| file.path.clone()).collect(),
            folders: patches().flat_map(|p| &p.files).map(|file| folder(&file.path)).collect(),
            branch: branch.clone(),
            posted: posting.members().filter_map(|ix| mails[ix.at()].sent()).min(),
            change_id: cited.iter().find_map(|cited| cited.change_id.as_deref()),
            cites: cited.iter().flat_map(|cited| &cited.versions).collect(),
            supersedes: cited.iter().flat_map(|cited| &cited.superseded).collect(),
            claimed: cited.iter().filter_map(|cited| cited.version).max().filter(|_| !is_versioned),
        }
    }

    /// What it is called, and its version.
    pub(super) fn name(&self) -> Name {
        Name { version: self.version.get(), title: self.shown.clone() }
    }

    /// Takes the version at the end of its title (`rework the lamp v3`) for its own.
    fn take_closing(&mut self) {
        if let Some((title, version)) = closing_version(&self.shown) {
            self.title = format!("{}{}", self.branch, normal(title));
            self.shown = title.into();
            if !self.is_versioned {
                self.version.set(version);
                self.is_versioned = true;
            }
        }
    }

    /// Its number says that it comes later: a higher version, or what was sent for comments before is meant
    /// now and counts from 1 again.
    pub(super) fn is_after(&self, other: &Self) -> bool {
        self.version > other.version || other.rfc && !self.rfc
    }

    /// How many of its patches the other one has, too.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let theirs = |piece: &&Piece<'_>| other.patches.iter().any(|their| piece.is(their));
        self.patches.iter().filter(theirs).count()
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

    /// From 0 to 1: the mean of the shares of letters in the titles and of files in common.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let common = self.files.intersection(&other.files).count();
        let all = self.files.len() + other.files.len() - common;
        let files = if all == 0 { 0.0 } else { common as f64 / all as f64 };
        f64::midpoint(strsim::sorensen_dice(&self.title, &other.title), files)
    }

    /// The Message-IDs of its mails.
    pub(super) fn ids<'m>(&self, mails: &'m [Letter]) -> impl Iterator<Item = &'m MessageId> {
        self.posting.members().map(|ix| &mails[ix.at()].mail.message.id)
    }
}

/// What a posting is called, and its version.
#[derive(Debug, Clone)]
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

/// The top folder of a path.
fn folder(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

/// Who stands behind a posting: its author and who sent it.
pub(super) struct People {
    /// Addresses in lower case.
    pub(super) addresses: [String; 2],
    /// Full names in lower case, of at least two words; empty for others.
    pub(super) names: [String; 2],
    /// The addresses of the patches' authors.
    authors: Vec<String>,
}

/// What the people of two postings have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// Nothing.
    Strangers,
    /// A name, which anybody can write.
    Name,
    /// An address.
    Address,
}

impl People {
    fn of(author: &Mailbox, head: &Mail, authors: Vec<String>, mailmap: &Mailmap) -> Self {
        let both = [author, &head.message.from];
        Self { addresses: both.map(|who| mailmap.key(who)), names: both.map(full_name), authors }
    }

    /// They have an address or a full name in common.
    pub(super) fn meet(&self, other: &Self) -> bool {
        self.bond(other) > Bond::Strangers
    }

    pub(super) fn bond(&self, other: &Self) -> Bond {
        let meet = |one: &[String; 2], two: &[String; 2]| {
            one.iter().any(|key| !key.is_empty() && two.contains(key))
        };
        if meet(&self.addresses, &other.addresses) {
            Bond::Address
        } else if meet(&self.names, &other.names) {
            Bond::Name
        } else {
            Bond::Strangers
        }
    }

    /// Whether the other's people have nothing to do with it but a name that theirs have too: no patch by an author of the
    /// other's, and no reason to believe that who uses the name at a new address is who has it ([`Known`]).
    pub(super) fn only_claims(
        &self,
        other: &Self,
        posted: Option<Timestamp>,
        known: &Known,
    ) -> bool {
        let mut named = self.names.iter().zip(&self.addresses);
        let is_vouched = |(name, address): (&String, &String)| {
            let theirs = other.names.iter().zip(&other.addresses);
            let theirs: Vec<&str> =
                theirs.filter(|(n, _)| *n == name).map(|(_, address)| &**address).collect();
            let is_shared = !name.is_empty() && !theirs.is_empty();
            is_shared && known.vouches((name, address), theirs, posted)
        };
        self.bond(other) == Bond::Name
            && !self.authors.iter().any(|author| other.authors.contains(author))
            && !named.any(is_vouched)
    }

    /// What they can be found by.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let all = self.addresses.iter().chain(&self.names);
        all.map(String::as_str).filter(|key| !key.is_empty())
    }
}

/// Whose work a posting is: the author of its cover letter or its only patch. Who sends others' patches to a stable
/// branch is not them, and neither is who sends patches of several authors without a letter.
fn series_author<'a>(posting: &Posting, mails: &'a [Letter], is_backport: bool) -> &'a Mailbox {
    let head = &mails[head(posting).at()].mail;
    let mut patches = posting.patches.iter().map(|(_, ix)| &mails[ix.at()].mail);
    let is_one_s =
        posting.cover.is_some() || patches.all(|patch| patch.author.key() == head.author.key());
    if is_one_s && !is_backport { &head.author } else { &head.message.from }
}

/// The stable branch that a backport is for, as its tags name it (`AUTOSEL 5.4`, `4.19`, `5.10.y`, `for-4.19`): one
/// patch goes to many, and none of them is a revision of another. `stable` where only the commit message says that
/// it is one. A kernel that was not out yet is where every patch goes.
pub(in crate::series) fn stable_branch(mail: &Mail, is_backport: bool) -> String {
    let tags = &mail.message.subject.tags;
    let date = mail.message.date;
    let branch = |tag: &Arc<str>| {
        let is_autosel = tag.eq_ignore_ascii_case("autosel");
        kernel(tag, date).or_else(|| is_autosel.then(|| tag.to_string()))
    };
    let named: Vec<String> = tags.iter().filter_map(branch).collect();
    match (named.is_empty(), is_backport) {
        (false, _) => format!("{}: ", named.join(" ")),
        (true, true) => "stable: ".to_owned(),
        (true, false) => String::new(),
    }
}

/// The kernel that a tag names, where it was out on that date.
fn kernel(tag: &str, date: Option<Timestamp>) -> Option<String> {
    let prefixes = ["for-", "linux-", "stable-", "stable/"];
    let bare = prefixes.iter().find_map(|prefix| tag.strip_prefix(prefix)).unwrap_or(tag);
    let bare = bare.trim_end_matches("-stable").trim_start_matches('v').trim_end_matches(".y");
    let (major, rest) = bare.split_once('.')?;
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| !text.starts_with('+'));
    let minor = number(rest.split('.').next()?)?;
    // No kernel has the number of `[PATCHSET v13.2.1]`.
    let is_kernel = major.len() == 1 && rest.split('.').all(|part| number(part).is_some());
    let is_out = date.is_none_or(|date| is_out(number(major).unwrap_or(0), minor, date));
    (is_kernel && is_out).then(|| bare.to_owned())
}

/// Kernels come every 66 days since 4.0 of 12 April 2015: for 5.0, 6.0 and 7.0 that is a month off at most.
fn is_out(major: u16, minor: u16, date: Timestamp) -> bool {
    let before = match major {
        0..4 => return true,
        4 => 0,
        // 4.20 was the last.
        major => 21 + (i64::from(major) - 5) * 20,
    };
    let first = 1_428_796_800;
    date.0 >= first + (before + i64::from(minor)) * 66 * 86_400
}

/// A name of at least two words in lower case, by which a person can be told; else nothing.
pub(in crate::series) fn full_name(who: &Mailbox) -> String {
    let name = who.name.to_lowercase();
    if name.split_whitespace().nth(1).is_some() { name } else { String::new() }
}

/// The mail that speaks for a posting: its cover letter, else its first patch.
pub(in crate::series) fn head(posting: &Posting) -> MailIx {
    posting.cover.or(posting.patches.first().map(|(_, ix)| *ix)).unwrap_or(MailIx(0))
}

/// The title of a posting: that of the mail that speaks for it. A cover letter that announces nothing shows only by its
/// patches what it is; what stands in brackets in front of its subject is no part of the title. A
/// letter without a title is called after its first patch.
fn title(posting: &Posting, mails: &[Letter]) -> Arc<str> {
    let head = &mails[head(posting).at()].mail;
    let subject = &head.message.subject;
    let title = match posting.cover.is_some() && subject.kind == SubjectKind::Plain {
        true => Subject::of_patch(&subject.full).title,
        false => head.title.clone(),
    };
    let first = || posting.patches.first().map(|(_, ix)| mails[ix.at()].mail.title.clone());
    if title.is_empty() { first().unwrap_or(title) } else { title }
}

/// The version that most of its patches have, of equals the one that comes first, since some authors count every patch
/// for itself (`[PATCH 04/14 v4]`); the cover letter's where only that names one.
fn version(posting: &Posting, mails: &[Letter]) -> Version {
    let of = |ix: MailIx| mails[ix.at()].mail.message.subject.version;
    let versions: Vec<Option<Version>> = posting.patches.iter().map(|(_, ix)| of(*ix)).collect();
    let count = |version| versions.iter().filter(|other| **other == version).count();
    let most = versions.iter().rev().copied().max_by_key(|version| count(*version));
    most.flatten().or_else(|| posting.cover.and_then(of)).unwrap_or(Version::FIRST)
}

/// It was sent for comments.
fn is_rfc(posting: &Posting, mails: &[Letter]) -> bool {
    posting.members().any(|ix| mails[ix.at()].mail.message.subject.rfc)
}

/// A title for comparison: words in lower case, punctuation dropped.
pub(in crate::series) fn normal(title: &str) -> String {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}
