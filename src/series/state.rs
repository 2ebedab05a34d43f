//! What has become of a series, from mail alone.
//!
//! In: its newest revision and the replies. Out: a [`State`], with the mail that shows it.

use super::{Letter, MailIx, Revision};
use crate::date::Timestamp;

/// What has become of a series, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What it is.
    pub kind: StateKind,
    /// The mail or commit that says so; `None` where it follows from what is absent.
    pub witness: Option<Witness>,
}

/// The states of a series, as its newest revision and the replies tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateKind {
    /// Nobody answered yet.
    New,
    /// There are answers.
    Discussed,
    /// Somebody, or the author, asks for or promises another revision.
    ChangesRequested,
    /// Every patch of the newest revision has a review by somebody else.
    Reviewed,
    /// Nobody wrote for [`Rules::quiet_days`](super::Rules), and nobody took it.
    Quiet,
    /// A later revision, or another series, took its place.
    Superseded,
    /// A maintainer turned it down, or its author withdrew it.
    Rejected,
    /// A maintainer took some of the newest revision's patches.
    PartlyApplied,
    /// A maintainer took it into a tree.
    Applied,
    /// It is in the mainline, or in the tree that the list names.
    Merged,
}

/// What shows a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Witness {
    /// This mail says so.
    Mail(MailIx),
    /// This commit of the list's tree, in hex.
    Commit(Box<str>),
}

/// Where a patch was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What shows it.
    pub witness: Witness,
    /// When, by the witness' own date.
    pub date: Option<Timestamp>,
    /// How far it came.
    pub fate: Fate,
    /// The tree as the witness names it (`mtd/next`, `git://…`); empty where it does not.
    pub tree: Box<str>,
    /// The commit, in hex, as far as the witness gives it; empty where it does not.
    pub commit: Box<str>,
}

/// How far a patch came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// In a maintainer's tree.
    Applied,
    /// In the mainline.
    Merged,
}

impl StateKind {
    /// The word that export and pages use.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Discussed => "discussed",
            Self::ChangesRequested => "changes-requested",
            Self::Reviewed => "reviewed",
            Self::Quiet => "quiet",
            Self::Superseded => "superseded",
            Self::Rejected => "rejected",
            Self::PartlyApplied => "partly-applied",
            Self::Applied => "applied",
            Self::Merged => "merged",
        }
    }
}

impl State {
    /// A state that nothing shows.
    pub(super) const NEW: Self = Self { kind: StateKind::New, witness: None };

    /// The mail that says so.
    pub fn mail(&self) -> Option<MailIx> {
        match self.witness {
            Some(Witness::Mail(mail)) => Some(mail),
            _ => None,
        }
    }
}

/// The state of a series.
pub(super) fn state(revisions: &[Revision], mails: &[Letter]) -> State {
    let applied = revisions.iter().rev().find_map(|r| applied(r, mails));
    let Some(newest) = revisions.last() else { return State::NEW };
    let received: Vec<_> = newest.slots.iter().filter(|slot| slot.mail.is_some()).collect();
    let reviewed =
        !received.is_empty() && received.iter().all(|slot| slot.verdicts().next().is_some());
    let answered = newest.replies.iter().any(|ix| !mails[ix.at()].mail.bot);
    let kind = match applied {
        Some(_) => StateKind::Applied,
        None if reviewed => StateKind::Reviewed,
        None if answered => StateKind::Discussed,
        None => StateKind::New,
    };
    State { kind, witness: applied.map(Witness::Mail) }
}

/// The reply that says the revision is applied: by somebody else than its author, in one of the forms that
/// maintainers and their tools write.
fn applied(revision: &Revision, mails: &[Letter]) -> Option<MailIx> {
    revision.replies.iter().copied().find(|ix| {
        let mail = &mails[ix.at()].mail;
        let by_another = mail.message.from.key() != revision.author.key();
        by_another && mail.message.text.lines().take(200).any(says_applied)
    })
}

/// `Applied, thanks!`, `Applied to mtd/next`, `Queued for 6.9`, patchwork-bot's and b4's sentences. Only at
/// the start of an unquoted line: in the middle of a sentence the words mean other things.
fn says_applied(line: &str) -> bool {
    let line = line.trim_end();
    let words = ["Applied", "applied", "Queued", "queued", "Pushed", "Merged"];
    let Some(rest) = words.iter().find_map(|word| line.strip_prefix(word)) else {
        let bot = line.starts_with("This patch was applied to")
            || line.starts_with("This series was applied to")
            || line.starts_with("has been applied to the ");
        return bot;
    };
    let rest = rest.trim_start();
    rest.is_empty()
        || rest.starts_with([',', '.', '!', ';', ':'])
        || [
            "to ",
            "on ",
            "for ",
            "with ",
            "thanks",
            "Thanks",
            "both",
            "all ",
            "the series",
            "patch",
        ]
        .iter()
        .any(|follows| rest.starts_with(follows))
}
