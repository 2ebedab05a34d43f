//! Notices: what a reply says about the fate of its parent.
//!
//! In: a reply. Out: its [`Notice`]s: applied and where, dropped again, rejected, another revision asked for or
//! promised. Machines and scripts write in fixed forms (`tools`), people in sentences (`deed`, `ask`, `aside`,
//! `intent`). Only what the sender wrote counts: no quote, signature, forwarded mail or appended patch. Never here:
//! who may say so, and which mail is meant; a wrong notice is worse than none.

mod again;
mod aside;
mod ask;
mod deed;
mod dropped;
mod gone;
mod intent;
mod kept;
mod list;
mod passing;
mod promise;
mod remark;
mod revise;
mod sentence;
mod tools;
mod tree;

use crate::{
    hash::is_commit,
    message::{Extent, Message, Whole},
};
pub(super) use remark::is_open;
use sentence::Sentence;
use serde::{Deserialize, Serialize};

/// The statements of a reply about the fate of its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its text.
    pub told: Told,
    /// How far it is to be believed.
    pub voice: Voice,
    /// Which patches it is about.
    pub extent: Extent,
    /// The tree as it is named (`mtd/next`, `git://…`); empty if it is not.
    pub tree: Box<str>,
    /// The patches that it lists.
    pub listed: Vec<Listed>,
    /// The version that is requested or promised, if it is named.
    pub version: Option<u32>,
    /// The mail says nothing else.
    pub alone: bool,
}

/// The content of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Told {
    /// Taken into a tree.
    Applied,
    /// In the mainline.
    Merged,
    /// Taken out of a tree again.
    Dropped,
    /// Turned down.
    Rejected,
    /// Taken back by its author.
    Withdrawn,
    /// Another posting takes its place, says its author.
    Superseded,
    /// Another patch does the same already, says somebody else.
    Elsewhere,
    /// Somebody asks for another revision.
    Asked,
    /// The author announces another revision.
    Promised,
    /// Somebody says that they will review it.
    Intended,
    /// Somebody says that they will take it.
    Planned,
}

/// How far a notice is to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Voice {
    /// In a form that only tools write: whoever sent it.
    Tool,
    /// In words that mean nothing else and name the tree: whoever sent it, its author too.
    Named,
    /// In words that mean nothing else.
    Plain,
    /// In words that mean it when a maintainer writes them (`I applied this`).
    Loose,
}

/// A patch in a notice's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The number that the list gives it; it may count the list and not the series.
    pub number: Option<u32>,
    /// How many patches that number counts.
    pub total: Option<u32>,
    /// Its title.
    pub title: Box<str>,
    /// Its fate.
    pub entry: Entry,
}

/// The entry of a patch in a notice's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// This commit, in hex.
    Commit(Box<str>),
    /// Nothing.
    Unsaid,
    /// It was not found in the tree.
    Absent,
}

impl Told {
    /// The words that `inspect` uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Merged => "merged",
            Self::Dropped => "dropped again",
            Self::Rejected => "turned down",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::Elsewhere => "done elsewhere already",
            Self::Asked => "another revision is asked for",
            Self::Promised => "another revision is promised",
            Self::Intended => "a review is announced",
            Self::Planned => "is to be taken",
        }
    }
}

impl Voice {
    /// The words that `inspect` uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tool => "in a tool's form",
            Self::Named => "in plain words that name the tree",
            Self::Plain => "in plain words",
            Self::Loose => "in loose words",
        }
    }
}

impl Notice {
    fn new(told: Told, voice: Voice) -> Self {
        Self {
            told,
            voice,
            extent: Extent::Answered,
            tree: Box::default(),
            listed: Vec::new(),
            version: None,
            alone: false,
        }
    }

    /// The statement of a sentence about the patches that it names.
    fn of(told: Told, voice: Voice, sentence: &Sentence<'_>) -> Self {
        let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
        let version = sentence.words.iter().find_map(|word| sentence::version(word));
        Self { extent: Extent::of_deed(&words), version, ..Self::new(told, voice) }
    }
}

/// A mail of at most this many words that announces a review says nothing else: greeting, sentence, excuse, name.
const FEW_WORDS: usize = 40;

/// The notices that a reply gives; `paragraphs` are its sender's own.
pub(super) fn read(message: &Whole, paragraphs: &[Vec<&str>]) -> Vec<Notice> {
    if let Some(notice) = tools::read(message.text(), paragraphs) {
        return vec![notice];
    }
    let mut out: Vec<Notice> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let below = paragraphs.get(at + 1).map(Vec::as_slice).unwrap_or_default();
        for text in sentence::split(&sentence::join(paragraph)) {
            // `I'll drop the braces while applying, no need to resend` asks for nothing.
            let amended = promise::amended(text);
            let sentence = if amended.is_none() { Sentence::read(text) } else { None };
            let fate = amended.or_else(|| {
                let sentence = sentence.as_ref()?;
                deed::applied(sentence, below)
                    .or_else(|| ask::read(sentence))
                    .or_else(|| passing::read(sentence))
            });
            // `I'll drop this patch`: who took it takes it back, and its author gives it up.
            if let (Some(Notice { told: Told::Dropped, .. }), Some(sentence)) = (&fate, &sentence) {
                let gone = gone::withdrawn(sentence);
                out.extend(gone.map(|gone| Notice { voice: Voice::Loose, ..gone }));
            }
            let other = || promise::read(text).or_else(|| kept::lies(text));
            out.extend(fate.or_else(other).or_else(|| intent::read(text)));
        }
    }
    if let [Notice { told: Told::Intended, alone, .. }] = &mut *out {
        let words = paragraphs.iter().flatten().flat_map(|line| line.split_ascii_whitespace());
        *alone = words.count() <= FEW_WORDS;
    }
    if names_another(paragraphs) {
        let elsewhere = out.iter_mut().filter(|notice| notice.told == Told::Elsewhere);
        elsewhere.for_each(|notice| notice.voice = Voice::Plain);
    }
    // `Applied to lamps/next. I fixed it up while applying.`
    let is_placed = |notice: &Notice| notice.told == Told::Applied && !notice.tree.is_empty();
    if out.iter().any(is_placed) {
        let says_less = |notice: &Notice| {
            notice.told == Told::Applied
                && notice.tree.is_empty()
                && notice.voice == Voice::Loose
                && notice.extent == Extent::Answered
        };
        out.retain(|notice| !says_less(notice));
    }
    out.extend(listed(paragraphs).filter(|_| out.iter().all(|n| n.told != Told::Applied)));
    if let Some(applied) = out.iter_mut().find(|notice| notice.told == Told::Applied) {
        complete(applied, message, paragraphs);
    }
    let is_taken = out.iter().any(|notice| notice.told == Told::Applied);
    out.extend(tools::quilt(message).filter(|_| !is_taken));
    out.extend(tools::bot_command(message.text()));
    out.extend(message.control.as_deref().and_then(tools::control));
    out
}

/// A link, a commit or a Message-ID shows what else there is.
fn names_another(paragraphs: &[Vec<&str>]) -> bool {
    let mut words = paragraphs.iter().flatten().flat_map(|line| line.split_ascii_whitespace());
    words.any(|word| {
        let is_id = word.starts_with('<') && word.contains('@') && word.matches('-').count() > 1;
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        word.contains("://") || is_id || bare.len() >= 10 && is_commit(bare)
    })
}

/// A list of patches with their commits means that they were taken, if a word beside it says so: in b4, users can
/// edit the text above the list (`it has been applied to my local lamps branch`).
fn listed(paragraphs: &[Vec<&str>]) -> Option<Notice> {
    const DEEDS: [&str; 4] = ["applied", "queued", "merged", "pushed"];
    let mut words = paragraphs.iter().flatten().flat_map(|line| line.split_ascii_whitespace());
    let told = words.any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        DEEDS.iter().any(|deed| word.eq_ignore_ascii_case(deed))
    });
    let list = || list::read(paragraphs.iter().flatten().copied());
    let is_listed = told && list().iter().any(|one| matches!(one.entry, Entry::Commit(_)));
    is_listed.then(|| Notice::new(Told::Applied, Voice::Tool))
}

/// Facts elsewhere in a mail that says `Applied`: the list of patches, the commit in a script's header, and that it
/// is not everything.
fn complete(applied: &mut Notice, message: &Message, paragraphs: &[Vec<&str>]) {
    applied.listed = list::read(paragraphs.iter().flatten().copied());
    if applied.listed.iter().any(|listed| matches!(listed.entry, Entry::Commit(_))) {
        applied.voice = Voice::Tool;
    }
    if let Some(commit) = &message.commit {
        applied.voice = Voice::Tool;
        let entry = Entry::Commit(commit.clone());
        applied.listed = vec![Listed { number: None, total: None, title: Box::default(), entry }];
    }
    if message.subject.full.contains("(subset)") && applied.extent == Extent::Answered {
        applied.extent = Extent::Some;
    }
}
