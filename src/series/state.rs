//! What has become of a series, from mail alone.
//!
//! In: its newest revision and the replies. Out: a [`State`], with the mail that shows it.

use super::{Letter, MailIx, Revision, State};

/// The state of a series.
pub(super) fn state(revisions: &[Revision], mails: &[Letter]) -> State {
    let applied = revisions.iter().rev().find_map(|r| applied(r, mails));
    let Some(newest) = revisions.last() else { return State::New };
    let received: Vec<_> = newest.slots.iter().filter(|slot| slot.mail.is_some()).collect();
    let reviewed = !received.is_empty() && received.iter().all(|slot| !slot.reviews.is_empty());
    let answered = newest.replies.iter().any(|ix| !mails[ix.at()].mail.bot);
    match applied {
        Some(mail) => State::Applied(mail),
        None if reviewed => State::Reviewed,
        None if answered => State::Discussed,
        None => State::New,
    }
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
