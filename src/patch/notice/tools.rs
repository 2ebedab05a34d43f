//! Notices in forms that only tools write.
//!
//! | tool | words |
//! |---|---|
//! | patchwork's bot | `This series was applied to netdev/net.git (main) by …:` and a list |
//! | pr-tracker | `The pull request you sent on … has been merged into torvalds/linux.git:` and an address |
//! | tip's bot | `The following commit has been merged into the … branch of tip:` |
//! | akpm's scripts | `The patch titled … has been added to the -mm tree` |
//! | broonie's old script | `The patch … has been applied to the … tree at` and an address |
//!
//! A stable queue's `I've just added the patch titled` and `FAILED: patch` are about a backport, not about the
//! patch; they are no notices.

use super::{Entry, Listed, Notice, Told, Voice, list};
use crate::{message::Extent, text};

/// How much of a mail is looked at: tools come to the point.
const OPENING: usize = 4000;

/// The notice of a tool; `paragraphs` are the text's own.
pub(super) fn read(text: &str, paragraphs: &[Vec<&str>]) -> Option<Notice> {
    let mut end = text.len().min(OPENING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let opening = &text[..end];
    if !may_be_a_tool_s(opening) {
        return None;
    }
    let opening: String = opening.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    patchwork(&opening, paragraphs)
        .or_else(|| pr_tracker(&opening))
        .or_else(|| tip(&opening, text))
        .or_else(|| mm(&opening))
        .or_else(|| script(&opening, text))
}

/// The first words of all forms. People's mails hardly ever have them, and need no second look.
fn may_be_a_tool_s(opening: &str) -> bool {
    let first = opening.split_ascii_whitespace().next();
    let has = |word: &str| opening.contains(word);
    matches!(first, Some("The" | "Commit-ID:"))
        || has("This ") && (has("applied to") || has("merged into"))
}

fn notice(told: Told, tree: &str, commit: Option<&str>) -> Notice {
    let mut notice = Notice::new(told, Voice::Tool);
    notice.tree = tree.trim().trim_end_matches([':', ',']).into();
    notice.listed.extend(commit.map(|commit| Listed {
        number: None,
        total: None,
        title: Box::default(),
        entry: Entry::Commit(commit.into()),
    }));
    notice
}

fn patchwork(opening: &str, paragraphs: &[Vec<&str>]) -> Option<Notice> {
    let start = ["This patch", "This series", "This pull request"].iter().find_map(|subject| {
        ["was applied to", "was merged into"].iter().find_map(|verb| {
            let at = opening.get(..600).unwrap_or(opening).find(&format!("{subject} {verb} "))?;
            Some(at + subject.len() + verb.len() + 2)
        })
    })?;
    let (tree, _) = opening[start..].split_once(" by ")?;
    let mut notice = notice(Told::Applied, tree, None);
    notice.listed = list::read(paragraphs.iter().flatten().copied());
    Some(notice)
}

fn pr_tracker(opening: &str) -> Option<Notice> {
    let rest = opening.strip_prefix("The pull request you sent on ")?;
    let (_, merged) = rest.split_once(" has been merged into ")?;
    let (tree, behind) = merged.split_once(": ")?;
    let address = behind.split(' ').next().unwrap_or_default();
    Some(notice(Told::Merged, tree, list::commit(address)))
}

fn tip(opening: &str, text: &str) -> Option<Notice> {
    let old = opening.starts_with("Commit-ID: ") && opening.contains("Gitweb: ");
    let new = opening.strip_prefix("The following commit has been merged into the ");
    if !old && new.is_none() {
        return None;
    }
    let branch =
        new.and_then(|rest| rest.split_once(" of tip")).map_or("tip", |(branch, _)| branch);
    let commit = text::lines(text).find_map(|line| line.strip_prefix("Commit-ID:")).map(str::trim);
    Some(notice(Told::Applied, branch.trim_end_matches(" branch"), commit))
}

fn mm(opening: &str) -> Option<Notice> {
    if !opening.starts_with("The patch titled ") && !opening.starts_with("The quilt patch titled ")
    {
        return None;
    }
    if opening.contains("has been added to the -mm ") {
        return Some(notice(Told::Applied, "-mm", None));
    }
    let (_, why) = opening.split_once("has been removed from the -mm tree")?;
    let merged = why.contains("merged into mainline") || why.contains("merged into mm-stable");
    let told = if merged { Told::Merged } else { Told::Dropped };
    Some(notice(told, if merged { "" } else { "-mm" }, None))
}

fn script(opening: &str, text: &str) -> Option<Notice> {
    if !opening.starts_with("The patch ") {
        return None;
    }
    let (_, rest) =
        opening.get(..1000).unwrap_or(opening).split_once(" has been applied to the ")?;
    let (tree, behind) = rest.split_once(" tree at ")?;
    let at = behind.split(" All being well").next().filter(|at| at.len() < 200).unwrap_or(tree);
    let commit = text::lines(text).find_map(|line| line.strip_prefix("From ")).and_then(|rest| {
        let commit = rest.split(' ').next().unwrap_or_default();
        (commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit())).then_some(commit)
    });
    Some(notice(Told::Applied, at, commit))
}

/// The states of a patchset on lists.sr.ht that tell a fate. Its server asks who may set them; an archive does not
/// show whom it asked.
pub(super) fn control(state: &str) -> Option<Notice> {
    let told = match state {
        "APPLIED" => Told::Applied,
        "REJECTED" => Told::Rejected,
        "NEEDS_REVISION" => Told::Asked,
        "SUPERSEDED" => Told::Superseded,
        _ => return None,
    };
    Some(Notice { extent: Extent::Series, ..Notice::new(told, Voice::Plain) })
}

/// `pw-bot: changes-requested`: a command to patchwork's bot, which may stand behind the signature.
pub(super) fn bot_command(text: &str) -> Option<Notice> {
    let command = text::behind_key(text, "pw-bot:")?;
    let told = match command {
        "cr" | "changes-requested" => Told::Asked,
        "reject" | "rejected" => Told::Rejected,
        _ => return None,
    };
    Some(Notice::new(told, Voice::Tool))
}
