//! News: the patches that a mail reports as taken into a tree, by title and author.
//!
//! In: a mail. Out: [`News`]: what happened, where, and the patches that it names. There are six forms; the last two
//! also occur in patches and replies:
//!
//! | form | who writes it |
//! |---|---|
//! | `Zoe Lind (2):` and titles below, perhaps with `[commit]` before each | `git shortlog` in pull requests, `[ANNOUNCE] … for-next updated`, releases |
//! | `* zl/lamps (2026-10-01) 2 commits` and ` - title` below | What's cooking in git |
//! | one patch in a machine's words, its author in the patch below | tip's bot, the stable queue, akpm's scripts |
//! | `Branch: refs/heads/master`, `Commit: 0123…`, `Author:`, `Log Message:` | GitHub, of a push |
//! | `commit 0123… upstream.` above a commit message | people who backport a mainline patch to a stable tree |
//! | `0123456789ab ("lamp: dim it")` | `Fixes:`, and everybody who names a commit |
//!
//! Never here: which patch of the list has a title; whether the sender may report it.

mod commits;
mod cooking;
mod dropped;
mod machine;
mod push;
mod shortlog;

use std::sync::Arc;

pub(super) use machine::{About, Form};

use serde::{Deserialize, Serialize};

use super::Role;
use crate::{
    message::{self, Mailbox, Whole},
    pool::{self, Pool},
    text,
};

/// Patches that a mail reports as taken into a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// What happened to the patches.
    pub event: Event,
    /// The tree that the mail names; may be empty.
    pub tree: Box<str>,
    /// The patches.
    pub named: Box<[Named]>,
}

/// What happened to the patches that a mail names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Event {
    /// A maintainer asks for their tree to be pulled.
    Requested,
    /// They are in a maintainer's tree.
    Queued,
    /// They are in the mainline: a release, `master`, or a stable tree that took them from there.
    Released,
    /// They are in a stable tree, too.
    Stable,
    /// They were removed again.
    Dropped,
    /// Somebody backports them to a stable tree: the mainline has them.
    Backported,
    /// Somebody names their commits.
    Cited,
}

/// A patch by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The name of its author; empty if the form gives none.
    #[serde(with = "pool::one")]
    pub author: Arc<str>,
    /// Its title.
    pub title: Box<str>,
    /// The commit, in hex; empty if the form gives none.
    pub commit: Box<str>,
    /// The Message-IDs that its commit message links to.
    pub links: Box<[Box<str>]>,
}

impl Event {
    /// Whether the mail reports it on purpose to people who wait for it, rather than in passing.
    pub fn is_told(self) -> bool {
        !matches!(self, Self::Backported | Self::Cited)
    }
}

impl News {
    /// Replaces its strings by the copies that all mails share.
    pub(super) fn share(&mut self, pool: &Pool) {
        for named in &mut self.named {
            pool.share(&mut named.author);
        }
    }
}

/// The news in a mail.
pub(super) fn read(message: &Whole, role: Role) -> Vec<News> {
    let text = message.text();
    let subject = &message.subject.full;
    if let Some(news) = push::read(text).or_else(|| machine::read(subject, text)) {
        return vec![news];
    }
    // An announcement may reply to the one before; a mail with `Re:` quotes one.
    if message.subject.is_reply || matches!(role, Role::Patch | Role::Cover) {
        return Vec::new();
    }
    if cooking::is_cooking(subject) {
        return cooking::read(text);
    }
    let named = shortlog::read(text);
    let event = match role {
        Role::Pull => Some(Event::Requested),
        _ => announced(subject, &named),
    };
    let Some(event) = event.filter(|_| !named.is_empty()) else { return Vec::new() };
    let tree = if event == Event::Requested { Box::default() } else { tree(subject) };
    let dropped = if event == Event::Queued { dropped::read(text) } else { Vec::new() };
    let dropped = News { event: Event::Dropped, tree: tree.clone(), named: dropped.into() };
    let news = [News { event, tree, named: named.into() }, dropped];
    news.into_iter().filter(|news| !news.named.is_empty()).collect()
}

/// The news of a backport: the mainline has `title` by `author`, as this commit.
pub(super) fn backported(title: &str, author: &Mailbox, commit: &str) -> News {
    let named = Named {
        author: (*author.name).into(),
        title: title.into(),
        commit: commit.into(),
        links: Box::default(),
    };
    News { event: Event::Backported, tree: Box::default(), named: [named].into() }
}

/// The commits that a mail names: in the commit message of a patch, or in its sender's own words.
pub(super) fn cited(text: &str, role: Role) -> Option<News> {
    memchr::memmem::find(text.as_bytes(), b"(\"")?;
    let named = match role {
        Role::Patch => commits::read(text),
        _ => {
            let own: Vec<&str> = message::own_paragraphs(text).into_iter().flatten().collect();
            commits::read(&own.join("\n"))
        }
    };
    let named: Box<[Named]> = named.into();
    (!named.is_empty()).then(|| News { event: Event::Cited, tree: Box::default(), named })
}

/// Whether the text has a shortlog.
pub(super) fn has_shortlog(text: &str) -> bool {
    text::lines(text).any(|line| shortlog::heading(line).is_some())
}

/// What an announcement reports, by its subject; a list of commits with their ids needs no word for it.
fn announced(subject: &str, named: &[Named]) -> Option<Event> {
    let lower = subject.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    // `[ANNOUNCE] lamp-tools 1.4.6`, `[ANNOUNCE] lampctl v85`
    let word = lower.rsplit(' ').next().unwrap_or_default();
    let last = word.trim_start_matches('v');
    let is_version = last.starts_with(|c: char| c.is_ascii_digit())
        && (last.contains('.') || word.starts_with('v'))
        && last.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    let numbered = has(&["[announce"]) && is_version;
    let released = has(&["released", "release ", "tagged", "available"]);
    if released || numbered || lower.ends_with("release") {
        return Some(Event::Released);
    }
    let told =
        has(&["updated", "rebased", "for-next", "merged", "pushed", "applied", "queued", "pull"]);
    let committed = !named.is_empty() && named.iter().all(|named| !named.commit.is_empty());
    (told || committed).then_some(Event::Queued)
}

/// The tree in the subject: `lamps for-next` of `[ANNOUNCE] lamps: for-next updated to 0123456789ab`.
fn tree(subject: &str) -> Box<str> {
    let title = subject.rsplit(']').next().unwrap_or(subject);
    let end = ["has been updated", "updated", "*REBASED*", "rebased", "released", "tagged"]
        .iter()
        .filter_map(|word| title.find(word))
        .min();
    let name = title[..end.unwrap_or(0)].replace(':', " ");
    let words: Vec<&str> = name.split_ascii_whitespace().collect();
    // A longer text is a sentence, and names no tree.
    if words.len() > 4 { Box::default() } else { words.join(" ").into() }
}
