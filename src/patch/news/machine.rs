//! News of one patch, as machines and maintainers' scripts write it.
//!
//! | words | event |
//! |---|---|
//! | `The following commit has been merged into the … branch of tip:` | queued |
//! | `I've just added the patch titled … to my … git tree` | queued |
//! | `The patch titled … has been added to the -mm …` | queued |
//! | `… has been removed from the -mm tree`, merged | released, else dropped |
//! | `I've just added the patch titled … to the 6.1-stable tree` | stable |
//! | `The patch below does not apply to the 6.1-stable tree` | released: stable takes what the mainline has |
//!
//! In: subject and text of a mail. Out: its [`News`] with one patch: its title, the author that the patch below the
//! words names, its commit, and the mails that it links to.

use super::{Event, Named, News};
use crate::{message::Subject, text};

/// How far down the words stand.
const OPENING: usize = 600;

/// The news of a machine's mail.
pub(super) fn read(subject: &str, text: &str) -> Option<News> {
    let mut end = text.len().min(OPENING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let opening = text[..end].trim_start();
    let starts = [
        "The following commit has been ",
        "This is a note to let you know that I've just ",
        "The patch titled",
        "The quilt patch titled",
        "The patch below does not apply to the ",
    ];
    if !starts.iter().any(|start| opening.starts_with(start)) {
        return None;
    }
    let opening = opening.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let (event, tree) = event(&opening)?;
    let title = quoted(subject).or_else(|| titled(text)).or_else(|| behind_bracket(subject))?;
    let named = Named {
        author: author(text).unwrap_or_default().into(),
        title: (*Subject::of_patch(title).title).into(),
        commit: commit(text).unwrap_or_default().into(),
        links: links(text),
    };
    Some(News { event, tree: tree.into(), named: [named].into() })
}

/// What happened, and in which tree.
fn event(opening: &str) -> Option<(Event, &str)> {
    let between = |from: &str, to: &str| {
        let rest = &opening[opening.find(from)? + from.len()..];
        Some(&rest[..rest.find(to)?])
    };
    if opening.contains("merged into the ") && opening.contains(" of tip") {
        return between("merged into the ", " of tip")
            .map(|tree| (Event::Queued, tree.trim_end_matches(" branch")));
    }
    if let Some(tree) = between("does not apply to the ", " tree") {
        return tree.contains("stable").then_some((Event::Released, ""));
    }
    if opening.contains(" has been removed from the -mm ") {
        let merged = opening.contains("merged into mainline") || opening.contains("mm-stable");
        return Some(if merged { (Event::Released, "") } else { (Event::Dropped, "-mm") });
    }
    if opening.contains(" has been added to the -mm ") {
        return Some((Event::Queued, "-mm"));
    }
    if opening.contains("I've just added the patch") {
        let tree = between(" to the ", " tree").or_else(|| between(" to my ", " tree"))?;
        let event = if tree.contains("stable") { Event::Stable } else { Event::Queued };
        return Some((event, tree.trim_end_matches(" git")));
    }
    None
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
