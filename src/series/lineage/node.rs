//! A posting, as far as lineage looks at it.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use crate::{
    date::Timestamp,
    message::{Mailbox, Mailmap, MessageId, Subject, SubjectKind, Version},
    patch::{Cited, Mail, PatchId},
    series::{Letter, MailIx, assemble::Posting},
};

/// What lineage knows of a posting.
pub(super) struct Node<'a> {
    pub(super) posting: &'a Posting,
    pub(super) version: Version,
    /// The subject names its version.
    pub(super) is_versioned: bool,
    pub(super) resend: bool,
    pub(super) rfc: bool,
    pub(super) people: People,
    /// The title, for comparison.
    pub(super) title: String,
    /// Its patches: the title of each, for comparison, and what it changes.
    pub(super) patches: Vec<(String, Option<PatchId>)>,
    /// The stable branch that it is for; empty for most.
    pub(super) branch: String,
    pub(super) files: HashSet<Arc<str>>,
    pub(super) posted: Option<Timestamp>,
    pub(super) change_id: Option<&'a str>,
    pub(super) cites: Vec<&'a MessageId>,
    pub(super) supersedes: Vec<&'a MessageId>,
}

impl<'a> Node<'a> {
    pub(super) fn new(posting: &'a Posting, mails: &'a [Letter], mailmap: &Mailmap) -> Self {
        let mail = |ix: MailIx| &mails[ix.at()].mail;
        let head = mail(head(posting));
        let patches = || posting.patches.iter().map(|(_, ix)| mail(*ix));
        let speaking = posting.cover.map(mail).into_iter().chain(patches().next());
        let cited: Vec<&Cited> = speaking.filter_map(|mail| mail.cited.as_deref()).collect();
        let branch = stable_branch(head);
        let named = |title: &str| format!("{branch}{}", normal(title));
        Self {
            posting,
            version: version(posting, mails),
            resend: posting.members().any(|ix| mail(ix).message.subject.resend),
            rfc: is_rfc(posting, mails),
            is_versioned: head.message.subject.version.is_some(),
            people: People::of(head, !branch.is_empty(), mailmap),
            title: named(&title(posting, mails)),
            patches: patches().map(|patch| (named(&patch.title), patch.patch_id)).collect(),
            files: patches().flat_map(|p| &p.files).map(|file| file.path.clone()).collect(),
            branch: branch.clone(),
            posted: posting.members().filter_map(|ix| mails[ix.at()].date()).min(),
            change_id: cited.iter().find_map(|cited| cited.change_id.as_deref()),
            cites: cited.iter().flat_map(|cited| &cited.versions).collect(),
            supersedes: cited.iter().flat_map(|cited| &cited.superseded).collect(),
        }
    }

    /// Its number says that it comes later: a higher version, or what was sent for comments before is meant
    /// now and counts from 1 again.
    pub(super) fn is_after(&self, other: &Self) -> bool {
        self.version > other.version || other.rfc && !self.rfc
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

/// Who stands behind a posting: its author and who sent it.
pub(super) struct People {
    /// Addresses in lower case.
    pub(super) addresses: [String; 2],
    /// Full names in lower case, of at least two words; empty for others.
    pub(super) names: [String; 2],
}

impl People {
    /// Who maintains a stable branch sends others' patches there, and is not them.
    fn of(mail: &Mail, is_backport: bool, mailmap: &Mailmap) -> Self {
        let author = if is_backport { &mail.message.from } else { &mail.author };
        let both = [author, &mail.message.from];
        Self { addresses: both.map(|who| mailmap.key(who)), names: both.map(full_name) }
    }

    /// They have an address or a full name in common.
    pub(super) fn meet(&self, other: &Self) -> bool {
        self.keys().any(|key| other.keys().any(|theirs| theirs == key))
    }

    /// What they can be found by.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let all = self.addresses.iter().chain(&self.names);
        all.map(String::as_str).filter(|key| !key.is_empty())
    }
}

/// The stable branch that a backport is for, as its tags name it (`AUTOSEL 5.4`, `4.19`, `5.10.y`): one patch
/// goes to many, and none of them is a revision of another.
fn stable_branch(mail: &Mail) -> String {
    let names = |tag: &str| {
        let tag = tag.trim_start_matches("linux-").trim_end_matches("-stable");
        let (major, minor) = tag.split_once('.').unwrap_or_default();
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        number(major) && minor.split('.').all(|part| number(part) || part == "y")
    };
    let tags = &mail.message.subject.tags;
    let is_backport = |tag: &str| tag.eq_ignore_ascii_case("autosel") || names(tag);
    let named: Vec<&str> = tags.iter().map(|tag| &**tag).filter(|tag| is_backport(tag)).collect();
    if named.is_empty() { String::new() } else { format!("{}: ", named.join(" ")) }
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
/// patches what it is; what stands in brackets in front of its subject is no part of the title.
pub(in crate::series) fn title(posting: &Posting, mails: &[Letter]) -> Arc<str> {
    let head = &mails[head(posting).at()].mail;
    let subject = &head.message.subject;
    match posting.cover.is_some() && subject.kind == SubjectKind::Plain {
        true => Subject::of_patch(&subject.full).title,
        false => head.title.clone(),
    }
}

/// The version that most of its patches have, the higher of equals, since some authors count every patch for
/// itself (`[PATCH 04/14 v4]`); the cover letter's where only that names one.
pub(in crate::series) fn version(posting: &Posting, mails: &[Letter]) -> Version {
    let of = |ix: MailIx| mails[ix.at()].mail.message.subject.version;
    let mut counts: BTreeMap<Option<Version>, usize> = BTreeMap::new();
    for (_, ix) in &posting.patches {
        *counts.entry(of(*ix)).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(version, count)| (*count, *version));
    let of_patches = most.and_then(|(version, _)| version);
    of_patches.or_else(|| posting.cover.and_then(of)).unwrap_or(Version::FIRST)
}

/// It was sent for comments.
pub(in crate::series) fn is_rfc(posting: &Posting, mails: &[Letter]) -> bool {
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
