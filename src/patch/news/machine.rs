//! The fixed forms in which machines and maintainers' scripts report the fate of a patch. They are read once, for
//! the mail that they reply to (a notice) and for the patch that they name (news).
//!
//! | words | event | about |
//! |---|---|---|
//! | `This series was applied to netdev/net.git (main) by …:` and a list | queued | its parent |
//! | `The pull request you sent on … has been merged into torvalds/linux.git:` and an address | released | its parent |
//! | `The following commit has been merged into the … branch of tip:`, or `Commit-ID: …` and `Gitweb: …` | queued | a patch |
//! | `The patch … has been applied to the … tree at` and an address | queued | a patch |
//! | `I've just added the patch titled … to my … git tree` | queued | a patch |
//! | `The patch titled … has been added to the -mm …` | queued | a patch |
//! | `… has been removed from the -mm tree`, merged | released, otherwise dropped | a patch |
//! | `I've just added the patch titled … to the 6.1-stable tree` | stable | its backport |
//! | `The patch below does not apply to the 6.1-stable tree` | released, because stable takes from the mainline | its backport |
//!
//! In: the subject and text of a mail. Out: a [`Form`], and, if it is about a patch, its [`News`]: the title, the
//! author of the patch below the form's text, its commit, and the mails to which it links.

use super::{Event, Named, News};
use crate::{hash::is_commit, message::Subject, text};

/// How much of a mail is searched, in bytes: machines come to the point.
const OPENING: usize = 4000;

/// How far down the form may begin if it is not at the top.
const VERB: usize = 600;

/// The report of a machine.
pub(in crate::patch) struct Form {
    /// The event.
    pub(in crate::patch) event: Event,
    /// The patches that the event is about.
    pub(in crate::patch) about: About,
    /// The tree that the mail names; may be empty.
    pub(in crate::patch) tree: String,
    /// The commit, in hex; may be empty.
    pub(in crate::patch) commit: String,
}

/// What a machine's mail is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::patch) enum About {
    /// The mail it replies to; it may list patches.
    Answered,
    /// A patch that it names.
    Patch,
    /// A backport of the patch that it names.
    Backport,
}

impl Form {
    /// The form of a mail, if it has one.
    pub(in crate::patch) fn read(text: &str) -> Option<Self> {
        let opening = start(text, OPENING).trim_start();
        if !may_have_form(opening) {
            return None;
        }
        // People quote such mails in replies that say something else: `Ive left 5/5 out on purpose`.
        let own = text::lines(opening).filter(|line| !line.trim_start().starts_with('>'));
        let opening = own.flat_map(str::split_ascii_whitespace).collect::<Vec<_>>().join(" ");
        let form = patchwork(&opening)
            .or_else(|| pull_request(&opening))
            .or_else(|| tip(&opening))
            .or_else(|| mm(&opening))
            .or_else(|| stable(&opening))
            .or_else(|| script(&opening))?;
        let commit = match form.about {
            About::Answered => form.commit,
            About::Patch | About::Backport => commit(text).unwrap_or_default().to_owned(),
        };
        Some(Self {
            tree: form.tree.trim().trim_end_matches([':', ',']).to_owned(),
            commit,
            ..form
        })
    }

    fn new(event: Event, about: About, tree: &str) -> Self {
        Self { event, about, tree: tree.to_owned(), commit: String::new() }
    }
}

/// The news of a machine's mail.
pub(super) fn read(subject: &str, text: &str) -> Option<News> {
    let form = Form::read(text).filter(|form| form.about != About::Answered)?;
    let title = quoted(subject).or_else(|| titled(text)).or_else(|| behind_bracket(subject))?;
    let named = Named {
        author: author(text).unwrap_or_default().into(),
        title: (*Subject::of_patch(title).title).into(),
        commit: form.commit.into(),
        links: links(text),
    };
    Some(News { event: form.event, tree: form.tree.into(), named: [named].into() })
}

/// The first bytes of a text, at most `length`.
fn start(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length.min(text.len()))]
}

/// Whether the text has the first words of any form. People's mails hardly ever have them, which saves the full
/// search.
fn may_have_form(opening: &str) -> bool {
    let has = |word: &str| opening.contains(word);
    let first = opening.split_ascii_whitespace().next();
    matches!(first, Some("The" | "Commit-ID:"))
        || has("This ") && (has("applied to") || has("merged into") || has("I've just added"))
}

fn patchwork(opening: &str) -> Option<Form> {
    let start = ["This patch", "This series", "This pull request"].iter().find_map(|subject| {
        ["was applied to", "was merged into"].iter().find_map(|verb| {
            let at = start(opening, VERB).find(&format!("{subject} {verb} "))?;
            Some(at + subject.len() + verb.len() + 2)
        })
    })?;
    // Until 2021 it did not say by whom: `This patch was applied to netdev/net.git (refs/heads/master): On …`
    let rest = &opening[start..];
    let end = [" by ", ": "].iter().filter_map(|end| rest.find(end)).min()?;
    Some(Form::new(Event::Queued, About::Answered, &rest[..end]))
}

fn pull_request(opening: &str) -> Option<Form> {
    let rest = opening.strip_prefix("The pull request you sent on ")?;
    let (_, merged) = rest.split_once(" has been merged into ")?;
    let (tree, behind) = merged.split_once(": ")?;
    let address = behind.split(' ').next().unwrap_or_default();
    let commit = address.rsplit(['/', '=']).next().filter(|hex| is_commit(hex)).unwrap_or_default();
    Some(Form { commit: commit.to_owned(), ..Form::new(Event::Released, About::Answered, tree) })
}

fn tip(opening: &str) -> Option<Form> {
    let old = opening.starts_with("Commit-ID: ") && opening.contains("Gitweb: ");
    let new = opening.strip_prefix("The following commit has been merged into the ");
    let branch = match new.and_then(|rest| rest.split_once(" of tip")) {
        Some((branch, _)) => branch.trim_end_matches(" branch"),
        None if old || new.is_some() => "tip",
        None => return None,
    };
    Some(Form::new(Event::Queued, About::Patch, branch))
}

/// akpm's mails.
fn mm(opening: &str) -> Option<Form> {
    if !opening.starts_with("The patch titled ") && !opening.starts_with("The quilt patch titled ")
    {
        return None;
    }
    if opening.contains("has been added to the -mm ") {
        return Some(Form::new(Event::Queued, About::Patch, "-mm"));
    }
    let (_, why) = opening.split_once("has been removed from the -mm tree")?;
    let merged = why.contains("merged into mainline") || why.contains("mm-stable");
    Some(match merged {
        true => Form::new(Event::Released, About::Patch, ""),
        false => Form::new(Event::Dropped, About::Patch, "-mm"),
    })
}

/// The stable queue's mails, and those of a maintainer who uses its scripts.
fn stable(opening: &str) -> Option<Form> {
    if let Some(rest) = opening.strip_prefix("The patch below does not apply to the ") {
        let (tree, _) = start(rest, VERB).split_once(" tree")?;
        let is_stable = tree.contains("stable");
        return is_stable.then(|| Form::new(Event::Released, About::Backport, ""));
    }
    let rest =
        opening.strip_prefix("This is a note to let you know that I've just added the patch")?;
    let rest = start(rest, VERB);
    let tree = [" to the ", " to my "].iter().find_map(|to| {
        let (_, behind) = rest.split_once(to)?;
        Some(behind.split_once(" tree")?.0)
    })?;
    Some(match tree.contains("stable") {
        true => Form::new(Event::Stable, About::Backport, tree),
        false => Form::new(Event::Queued, About::Patch, tree.trim_end_matches(" git")),
    })
}

/// Mark Brown's mails.
fn script(opening: &str) -> Option<Form> {
    let (_, rest) =
        start(opening.strip_prefix("The patch ")?, 1000).split_once(" has been applied to the ")?;
    let (tree, behind) = rest.split_once(" tree at ")?;
    let at = behind.split(" All being well").next().filter(|at| at.len() < 200).unwrap_or(tree);
    Some(Form::new(Event::Queued, About::Patch, at))
}

/// The title in quotes: `Patch "lamp: dim it" has been added to the 6.1-stable tree`.
fn quoted(subject: &str) -> Option<&str> {
    let rest = &subject[subject.find('"')? + 1..];
    Some(&rest[..rest.rfind('"')?])
}

/// The title in akpm's mails: `     Subject: lamp: dim it`.
fn titled(text: &str) -> Option<&str> {
    let mut lines = text::lines(text);
    lines.find(|line| line.trim_end().ends_with("atch titled"))?;
    let line = lines.find(|line| !line.trim().is_empty())?.trim();
    Some(line.strip_prefix("Subject: ").unwrap_or(line))
}

/// `[tip: sched/core] sched: Fix it`.
fn behind_bracket(subject: &str) -> Option<&str> {
    let rest = subject.strip_prefix("[tip:")?;
    Some(rest.split_once(']')?.1.trim())
}

/// The name of the patch's author, by the first `From:` or `Author:` line.
fn author(text: &str) -> Option<&str> {
    let line = text::lines(text)
        .find_map(|line| line.strip_prefix("From: ").or_else(|| line.strip_prefix("Author:")))?;
    let name = line.split('<').next().unwrap_or(line);
    Some(name.trim().trim_matches('"'))
}

/// The commit, in hex, by the first line that names one.
fn commit(text: &str) -> Option<&str> {
    const KEYS: [&str; 4] = ["Commit-ID:", "commit ", "[ Upstream commit ", "From "];
    text::lines(text).find_map(|line| {
        let rest = KEYS.iter().find_map(|key| line.strip_prefix(key))?.trim_start();
        let hex = rest.get(..40)?;
        hex.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(hex)
    })
}

/// The Message-IDs that the commit message links to.
fn links(text: &str) -> Box<[Box<str>]> {
    let link = |line: &str| {
        let line = line.trim();
        let url = line.strip_prefix("Link:").or_else(|| line.strip_prefix("Message-ID:"))?.trim();
        let id = url.trim_end_matches('/').rsplit('/').next()?.trim_matches(['<', '>']);
        id.contains('@').then(|| id.into())
    };
    text::lines(text).filter_map(link).take(8).collect()
}
