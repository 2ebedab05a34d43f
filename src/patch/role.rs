//! The role of a message on its list: patch, cover letter, reply, pull request, or something else; and the machine
//! that sent it, if any.
//!
//! In: a message, and its text split into commit message, notes and diff. Out: its [`Role`], by the first rule that
//! matches; its [`Machine`]. Never here: other messages.

use super::{FileDiff, Role, Split, news};
use crate::{
    archive::Source,
    machine::{self, Machine, Machines, Sign},
    message::{Mailbox, Message, Subject, SubjectKind, Whole},
    text,
};

/// Words that may precede `updated diff`.
const OPENINGS: [&str; 5] = ["here's an ", "here is an ", "here's a ", "here is a ", "an "];

/// The role of a message; the first rule that fits decides.
pub(super) fn role(
    message: &Whole,
    split: &Split<'_>,
    source: Source,
    machine: Option<Machine>,
) -> Role {
    let subject = &message.subject;
    let has_diff = !split.diff.files.is_empty() && !is_shown(message, split, machine);
    let index = subject.index;
    // A reply that begins with headers of a commit is meant for `git am` (git's sample 0003).
    let headed = match split.is_below {
        true => is_own_again(message, split),
        false => {
            (split.author.is_some() || split.subject.is_some())
                && !(subject.is_reply && introduces_quote(message.text()))
        }
    };
    let is_anew = has_diff
        && subject.is_reply
        && (is_next_version(message, split) || is_updated(message, split));
    if subject.is_reply && !(is_anew || has_diff && headed) {
        return Role::Reply;
    }
    if message.is_digest {
        return Role::Other;
    }
    // `[PULL 3/12]` is a patch sent with a pull request, `[GIT PULL 3/7]` one request of seven.
    let in_pull = subject.kind == SubjectKind::Pull && index.is_some_and(|i| i.number > 0);
    if if in_pull { !has_diff && is_worded(message) } else { is_pull(message) } {
        return Role::Pull;
    }
    if subject.kind != SubjectKind::Plain && index.is_some_and(|i| i.number == 0 && !i.inserted) {
        if gives_verdict(message, split) {
            return Role::Reply;
        }
        return Role::Cover;
    }
    // In a reply without a tag, a diff is a quote (`Applied "…" to the spi tree`).
    let proposed =
        subject.kind != SubjectKind::Plain || message.references.is_empty() || headed || is_anew;
    if has_diff && proposed && !quoted_only(split, message.text()) {
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

/// Whether the text begins with the header of the quoted mail, as Outlook writes it: `From: Zoe Lind
/// <zoe@example.org> Sent: Monday, March 2, 2026 9:12 AM`, on one line or several.
fn introduces_quote(text: &str) -> bool {
    let mut lines = text::lines(text).map(str::trim).skip_while(|line| line.is_empty());
    let begins = |line: &str, keys: &[&str]| {
        let key = line.split_once(':').map_or("", |(key, _)| key.trim_matches('*'));
        keys.iter().any(|known| key.eq_ignore_ascii_case(known))
    };
    let first = lines.next().unwrap_or_default();
    if !begins(first, &["From", "Subject", "Date"]) {
        return false;
    }
    let rest = |line: &&str| line.is_empty() || begins(line, &["From", "Subject", "Date"]);
    let below = lines.find(|line| !rest(line)).unwrap_or_default();
    first.contains(" Sent: ") || begins(below, &["Sent", "To", "Cc"]) || below.starts_with('>')
}

/// Whether `Re: [PATCH v2] lamp: on` is a new version: its text is only the sender's own patch, signed off and with
/// a diffstat. With a counter, it corrects a patch of a series, and the series stays as it is.
fn is_next_version(message: &Whole, split: &Split<'_>) -> bool {
    let text = message.text();
    let said = split.anatomy.message.of(text);
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

/// Whether a reply brings the next version (`Updated diff, with the manual page.`), as on lists of projects without
/// git.
fn is_updated(message: &Whole, split: &Split<'_>) -> bool {
    let text = message.text();
    let mut said = text::lines(split.anatomy.message.of(text)).filter(|line| !line.is_empty());
    let opens = |line: &str| {
        let line = line.to_lowercase();
        let rest = OPENINGS.iter().find_map(|words| line.strip_prefix(words)).unwrap_or(&line);
        let mut words = rest.split(|c: char| !c.is_alphanumeric());
        let is_new = words.next().is_some_and(|word| ["updated", "revised", "new"].contains(&word));
        is_new && words.next().is_some_and(|word| ["diff", "patch", "version"].contains(&word))
    };
    message.subject.index.is_none() && said.any(opens)
}

/// Whether one title is the other without its last words, or without its prefix (`lamp: `).
fn is_part(title: &str, whole: &str) -> bool {
    !title.is_empty() && (whole.starts_with(title) || whole.ends_with(title))
}

/// Whether the sender replies with a new version of their own patch: `OK, revised patch attached`. The headers in
/// the reply name its sender and the title of the patch it replies to. A patch for somebody else's has another
/// title, and one that corrects a patch of a series has a counter.
fn is_own_again(message: &Message, split: &Split<'_>) -> bool {
    let is_theirs = split.author.as_ref().is_none_or(|who| who.key() == message.from.key());
    let is_titled = split.subject.as_deref().map(Subject::of_patch).is_some_and(|inner| {
        let [one, other] = [&message.subject.title, &inner.title].map(|title| title.to_lowercase());
        is_part(&one, &other) || is_part(&other, &one)
    });
    message.subject.kind == SubjectKind::Patch
        && message.subject.index.is_none()
        && is_theirs
        && is_titled
}

/// Whether a diff without a tag only shows something: a machine's notice shows the patch it is about, a report shows
/// the output of a test or an idea, a merge shows the result of both sides.
fn is_shown(message: &Whole, split: &Split<'_>, machine: Option<Machine>) -> bool {
    if message.subject.kind != SubjectKind::Plain || split.author.is_some() {
        return false;
    }
    let notifies = machine.is_some_and(|machine| machine != Machine::Forge);
    let is_merge = |file: &FileDiff<'_>| file.header.starts_with("diff --cc ");
    notifies
        || split.diff.files.iter().all(|file| is_printed(file) || is_merge(file))
        || !is_made(message, split)
            && (asks_for_it(message, split) || is_report(&message.subject.full))
}

/// Whether somebody signed off the change, or it has a diffstat.
fn is_made(message: &Whole, split: &Split<'_>) -> bool {
    let words = split.anatomy.message.of(message.text()).to_lowercase();
    let stat = split.anatomy.diffstat;
    words.contains("\nsigned-off-by:") || stat.end > stat.start
}

/// Words in subjects of reports and questions.
const REPORTED: [&str; 27] = [
    "bug",
    "bugs",
    "question",
    "query",
    "report",
    "kasan",
    "ubsan",
    "kmsan",
    "oops",
    "panic",
    "fault",
    "crash",
    "crashes",
    "deadlock",
    "hang",
    "hangs",
    "warning",
    "regression",
    "problem",
    "problems",
    "fails",
    "failed",
    "failure",
    "failures",
    "broken",
    "breaks",
    "linux-next",
];

/// Whether a subject reports or asks: `[BUG] KASAN: use-after-free in lamp_on`, `Problems with lamps`, `Should the
/// lamp be on?`. Of 245 diffs on eighteen lists without a tag, a sign-off and a diffstat, 60 were read; most show
/// what a report is about. A person who fixes something says so in the subject.
fn is_report(subject: &str) -> bool {
    let lower = subject.to_lowercase();
    let mut words = lower.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let mends = words.clone().any(|word| word.starts_with("fix") || word.ends_with("patch"));
    lower.trim_end().ends_with('?') || !mends && words.any(|word| REPORTED.contains(&word))
}

/// Whether both paths are absolute: a `diff` between the expected and the real output of a test.
fn is_printed(file: &FileDiff<'_>) -> bool {
    let is_absolute = |mark: &str| {
        let line = file.header.lines().find_map(|line| line.strip_prefix(mark));
        line.is_some_and(|path| path.starts_with('/') && !path.starts_with("/dev/null"))
    };
    is_absolute("--- ") && is_absolute("+++ ")
}

/// Phrases that ask whether a change would be welcome.
const ASKED: [&str; 8] = [
    "would you like",
    "would you accept",
    "something like this",
    "something like the following",
    "something like the below",
    "something along these lines",
    "something along the lines",
    "would something like",
];

/// Whether the words before the diff ask whether such a change would be welcome.
fn asks_for_it(message: &Whole, split: &Split<'_>) -> bool {
    let words = split.anatomy.message.of(message.text()).to_lowercase();
    ASKED.iter().any(|asked| words.contains(asked))
}

/// Whether a diff follows nothing but a quote: it belongs to the quoted mail.
fn quoted_only(split: &Split<'_>, text: &str) -> bool {
    split.anatomy.diff.of(text).starts_with('>')
}

/// Whether a message is a pull request: it has `git request-pull`'s wording, or the tag. A patch series with that
/// tag (`[PATCH 0/8][pull request]`) stays a series.
fn is_pull(message: &Whole) -> bool {
    let subject = &message.subject;
    if subject.kind == SubjectKind::Pull {
        return true;
    }
    if subject.kind == SubjectKind::Patch && subject.index.is_some() {
        return false;
    }
    is_worded(message)
}

/// Whether it has `git request-pull`'s wording.
fn is_worded(message: &Whole) -> bool {
    let text = message.text();
    let has = |words: &str| memchr::memmem::find(text.as_bytes(), words.as_bytes()).is_some();
    let wording = has("are available in the Git repository at:")
        || has("are available in the git repository at:");
    wording && (has("\nfor you to fetch changes up to") || has("since commit"))
}

/// Whether a mail gives a tag for a cover letter: `[PATCH v8 0/9] lamp: dim it` in reply to that letter, but without
/// `Re:`. Testers send such tags with `git send-email`.
fn gives_verdict(message: &Whole, split: &Split<'_>) -> bool {
    const TAGS: [&str; 3] = ["Tested-by:", "Reviewed-by:", "Acked-by:"];
    let text = message.text();
    let is_own = |line: &str| {
        let tag = TAGS.iter().find_map(|tag| line.strip_prefix(tag));
        tag.is_some_and(|person| person.to_lowercase().contains(&message.from.key()))
    };
    let stat = split.anatomy.diffstat;
    !message.references.is_empty()
        && stat.start == stat.end
        && !news::has_shortlog(text)
        && text::lines(text).any(is_own)
}

/// Whether a mail is a cover letter without a counter (`[PATCHSET RFC v4]`): it starts its thread, and announces
/// several patches by a shortlog or a diffstat.
fn is_cover(message: &Whole, split: &Split<'_>) -> bool {
    if !message.references.is_empty() {
        return false;
    }
    let upper = message.subject.full.to_ascii_uppercase();
    let stat = split.anatomy.diffstat;
    let summary = stat.end > stat.start || message.text().contains(" files changed, ");
    upper.contains("PATCHSET") || summary && news::has_shortlog(message.text())
}

/// Whether the mailbox is a machine's.
pub(crate) fn is_machine(mailbox: &Mailbox) -> bool {
    machine::is_sender(&mailbox.name, &mailbox.address)
}

/// The machine that sent the mail, by all evidence.
pub(super) fn machine(message: &Whole, machines: &Machines) -> Option<Machine> {
    machines.find(&Sign {
        name: &message.from.name,
        address: &message.from.address,
        marks: &message.marks,
        subject: &message.subject.full,
        is_reply: message.subject.is_reply,
        text: message.text(),
    })
}
