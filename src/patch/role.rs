//! What a message is on its list: patch, cover letter, reply, pull request, or something else; and whether
//! a machine sent it.

use super::{Role, Split};
use crate::{
    archive::Source,
    message::{Mailbox, Message, SubjectKind},
    text,
};

/// The role of a message; the first rule that fits decides.
pub(super) fn role(message: &Message, split: &Split<'_>, source: Source) -> Role {
    let subject = &message.subject;
    let has_diff = !split.diff.files.is_empty();
    let index = subject.index;
    // A reply that begins with headers of its own is meant for `git am` (git's sample 0003).
    let headed = split.author.is_some() || split.subject.is_some();
    if subject.is_reply && !(has_diff && (headed || is_next_version(message, split))) {
        return Role::Reply;
    }
    if message.is_digest {
        return Role::Other;
    }
    // `[PULL 3/12]` is a patch that is sent along with a request, `[GIT PULL 3/7]` one request of seven.
    let in_pull = subject.kind == SubjectKind::Pull && index.is_some_and(|i| i.number > 0);
    if if in_pull { !has_diff && is_worded(message) } else { is_pull(message) } {
        return Role::Pull;
    }
    if subject.kind != SubjectKind::Plain && index.is_some_and(|i| i.number == 0 && !i.inserted) {
        return Role::Cover;
    }
    // Without a tag and in answer to something, a diff is quoted (`Applied "…" to the spi tree`).
    let proposed = subject.kind != SubjectKind::Plain || message.references.is_empty() || headed;
    if has_diff && proposed && !quoted_only(split, &message.text()) {
        return Role::Patch;
    }
    if source == Source::DigestEntry {
        return Role::Patch;
    }
    if subject.kind == SubjectKind::Patch && index.is_none() && is_cover(message, split) {
        return Role::Cover;
    }
    if message.references.is_empty() { Role::Other } else { Role::Reply }
}

/// `Re: [PATCH v2] lamp: on`, where the sender's own patch, signed off and with a diffstat, is all that it says. With a counter
/// it mends a patch of a series, which stays as it is.
fn is_next_version(message: &Message, split: &Split<'_>) -> bool {
    let text = message.text();
    let said = split.anatomy.message.of(&text);
    let has_signed = |line: &str| {
        let signer = line.strip_prefix("Signed-off-by:").map(str::to_lowercase);
        signer.is_some_and(|signer| signer.contains(&message.from.key()))
    };
    let is_others =
        |line: &str| line.starts_with('>') || line.ends_with("wrote:") || line.starts_with("-----");
    message.subject.kind == SubjectKind::Patch
        && message.subject.version.is_some()
        && message.subject.index.is_none()
        && split.anatomy.diffstat.start < split.anatomy.diffstat.end
        && text::lines(said).any(has_signed)
        && !text::lines(said).any(is_others)
}

/// A diff under a quote is the quoted mail's.
fn quoted_only(split: &Split<'_>, text: &str) -> bool {
    split.anatomy.diff.of(text).starts_with('>')
}

/// `git request-pull`'s wording, or the tag; a patch series that is announced as one (`[PATCH 0/8][pull
/// request]`) stays a series.
fn is_pull(message: &Message) -> bool {
    let subject = &message.subject;
    if subject.kind == SubjectKind::Pull {
        return true;
    }
    if subject.kind == SubjectKind::Patch && subject.index.is_some() {
        return false;
    }
    is_worded(message)
}

/// `git request-pull`'s wording.
fn is_worded(message: &Message) -> bool {
    let text = message.text();
    let has = |words: &str| memchr::memmem::find(text.as_bytes(), words.as_bytes()).is_some();
    let wording = has("are available in the Git repository at:")
        || has("are available in the git repository at:");
    wording && (has("\nfor you to fetch changes up to") || has("since commit"))
}

/// A cover letter without a counter (`[PATCHSET RFC v4]`): it starts its thread, and tells of more patches
/// than one by a shortlog or a diffstat.
fn is_cover(message: &Message, split: &Split<'_>) -> bool {
    if !message.references.is_empty() {
        return false;
    }
    let upper = message.subject.full.to_ascii_uppercase();
    let stat = split.anatomy.diffstat;
    let summary = stat.end > stat.start || message.text().contains(" files changed, ");
    upper.contains("PATCHSET") || summary && has_shortlog(&message.text())
}

/// `Zoë Lind (3):` and titles below, as `git shortlog` writes them.
fn has_shortlog(text: &str) -> bool {
    text::lines(text).any(|line| {
        line.strip_suffix("):").and_then(|head| head.rsplit_once(" (")).is_some_and(
            |(name, count)| {
                !name.is_empty() && !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit())
            },
        )
    })
}

/// Senders that are machines.
const BOTS: [&str; 11] = [
    "patchwork-bot",
    "pr-tracker-bot",
    "tip-bot",
    "syzbot",
    "kernel test robot",
    "kbuild test robot",
    "test-robot",
    "patchew",
    "no-reply@",
    "noreply@",
    "lkp@intel.com",
];

/// Whether the mailbox is a machine's.
pub(crate) fn is_machine(mailbox: &Mailbox) -> bool {
    let sender = mailbox.full().to_lowercase();
    BOTS.iter().any(|bot| sender.contains(bot))
}

/// Whether a machine sent the mail, by its sender or by words that only machines write.
pub(super) fn is_bot(message: &Message) -> bool {
    let text = message.text();
    let opening = text.get(..200).unwrap_or(&text).trim_start();
    is_machine(&message.from)
        || opening.starts_with("This is a note to let you know that I've just added")
        || opening.starts_with("The patch below does not apply to the")
        || opening.starts_with("The following commit has been merged into the")
        || opening.starts_with("The patch titled")
}
