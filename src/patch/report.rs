//! Bug reports, and the mails that close them.
//!
//! In: a message, and its commit message or cover letter. Out: [`ReportFacts`]: whether the mail is a report, the id by
//! which others refer to it, the reports that it would close, and its commands to trackers.
//!
//! | words | meaning |
//! |---|---|
//! | from `syzbot+HASH@…` | syzbot's report HASH, or a follow-up to it |
//! | from a tracker, `[Bug 12] …` | bug 12 of that tracker, or a follow-up to it |
//! | from a build robot, with a `Reported-by:` line to copy | a report |
//! | `[REGRESSION] …`, `[BUG] …`, `#regzbot introduced` | a report |
//! | the log of a fault in a person's mail that begins a thread (`log`) | a report |
//! | `Reported-by: syzbot+HASH@…`, `Closes:`, `Bug:`, `Link:` and the like in a patch (to a mail: `Closes:`, or `Link:` below a `Reported-by:`) | the patch closes that report |
//! | `#syz fix: TITLE`, `#regzbot fix: TITLE` | a patch with this title closes the report under discussion |
//! | `#syz invalid`, `#regzbot resolve`, a tracker's `Status … RESOLVED` | the report is closed |
//!
//! Never here: other messages; whether the report exists.

mod log;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Role;
use crate::{
    machine::Machine,
    message::{self, Whole},
    redact, text,
};

/// The kind of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReportKind {
    /// From the fuzzer syzbot.
    Syzbot,
    /// From a robot that builds and tests patches.
    Robot,
    /// From a bug tracker.
    Tracker,
    /// From a person: something that used to work is broken.
    Regression,
    /// From a person: something does not work.
    Bug,
}

impl ReportKind {
    /// The word in `export` and on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Syzbot => "syzbot",
            Self::Robot => "build-robot",
            Self::Tracker => "tracker",
            Self::Regression => "regression",
            Self::Bug => "bug",
        }
    }
}

/// The id by which others refer to a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReportId {
    /// The 20 hex digits of a report by syzbot.
    Syzbot(Box<str>),
    /// A bug in a tracker: `bugzilla.example.org/12`.
    Bug(Box<str>),
    /// The Message-ID of the report.
    Mail(Box<str>),
}

/// A command to a tracker, about the report under discussion.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TrackerCommand {
    /// A patch with this title, or this commit, closes it. The second text includes the next line, in case the title
    /// was wrapped.
    Fixed([Box<str>; 2]),
    /// It is closed without a patch: invalid, a duplicate, not reproducible, or resolved.
    Closed,
    /// It is not closed after all: no duplicate, or back to new.
    NotClosed,
    /// It is open again: the fixes so far did not fix it.
    Reopened,
    /// The thread of the mail reports a regression.
    Regression,
    /// The parent of the mail reports a regression.
    ParentIsRegression,
}

/// The facts about reports in a mail.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportFacts {
    /// The kind of report, if the mail is one.
    pub kind: Option<ReportKind>,
    /// The id of the report that it is, or follows up.
    pub own: Option<ReportId>,
    /// The reports that its patch would close.
    pub closes: Box<[ReportId]>,
    /// Its commands to trackers.
    pub commands: Box<[TrackerCommand]>,
}

/// The facts about reports in a message; `commit` is the commit message of a patch, or the cover letter. Most
/// messages have none.
pub(super) fn read(
    message: &Whole,
    role: Role,
    machine: Option<Machine>,
    commit: &str,
) -> Option<Box<ReportFacts>> {
    let text = message.text();
    let own = own(message, machine);
    let is_proposed = matches!(role, Role::Patch | Role::Cover);
    let closes = if is_proposed { closes(commit) } else { Vec::new() };
    let commands = match machine {
        _ if is_proposed => Vec::new(),
        None => commands(text),
        Some(Machine::Tracker) => status(text).into_iter().collect(),
        Some(_) => Vec::new(),
    };
    let kind = kind(message, role, machine, own.as_ref());
    let facts = ReportFacts { kind, own, closes: closes.into(), commands: commands.into() };
    (facts != ReportFacts::default()).then(|| Box::new(facts))
}

fn kind(
    message: &Whole,
    role: Role,
    machine: Option<Machine>,
    own: Option<&ReportId>,
) -> Option<ReportKind> {
    let subject = &message.subject;
    let is_begun = !subject.is_reply && role == Role::Other;
    match machine {
        Some(Machine::BuildRobot) if matches!(role, Role::Reply | Role::Other) => {
            let asks = text::lines(message.text()).any(asks_for_tag);
            asks.then_some(ReportKind::Robot)
        }
        Some(Machine::Syzbot) => own.filter(|_| is_begun).map(|_| ReportKind::Syzbot),
        Some(Machine::Tracker) => {
            let is_new = subject.full.contains("] New:");
            own.filter(|_| is_new && !subject.is_reply).map(|_| ReportKind::Tracker)
        }
        Some(_) => None,
        None if is_begun => {
            let shows_log = || log::reports(&subject.full, message.text());
            titled(&subject.full).or_else(|| shows_log().then_some(ReportKind::Bug))
        }
        None => None,
    }
}

/// Whether the line asks the author of a fix to add it: `| Reported-by: a robot <robot@example.org>`.
fn asks_for_tag(line: &str) -> bool {
    line.trim_start_matches(['|', ' ', '\t']).starts_with("Reported-by:")
}

/// The kind of a person's report, from its subject.
fn titled(subject: &str) -> Option<ReportKind> {
    let lower = subject.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_regression = |at: usize| {
        let is_test = words.get(at + 1).is_some_and(|next| next.starts_with("test"));
        words[at].starts_with("regress") && !is_test
    };
    if (0..words.len()).any(is_regression) {
        return Some(ReportKind::Regression);
    }
    let is_bug = lower.starts_with("bug:")
        || lower.starts_with("[bug")
        || lower.contains("bug report")
        || lower.contains("] bug:");
    is_bug.then_some(ReportKind::Bug)
}

/// The id of the report that a robot's mail is, or follows up.
fn own(message: &Whole, machine: Option<Machine>) -> Option<ReportId> {
    match machine? {
        Machine::Syzbot => syzbot(&message.from.address),
        Machine::Tracker => {
            let full = &message.subject.full;
            let behind = full[full.find("[Bug ")?..].strip_prefix("[Bug ")?;
            let number = behind.split(']').next()?.trim();
            let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            let named = is_number.then(|| text::lines(message.text()).find_map(bug))?;
            let host = match &named {
                Some(ReportId::Bug(named)) => named.split('/').next()?.to_owned(),
                _ => host_of(&message.from.address)?,
            };
            Some(ReportId::Bug(format!("{host}/{number}").into()))
        }
        _ => None,
    }
}

/// The host of a tracker, from the address of its sender: kernel.org has used two.
fn host_of(address: &str) -> Option<String> {
    let (_, host) = address.rsplit_once('@')?;
    Some(if host.starts_with("bugzilla.") { host.into() } else { format!("bugzilla.{host}") })
}

/// The report by syzbot that a text names by its mail or web address: `syzbot+0123456789abcdef0123@example.org`.
fn syzbot(text: &str) -> Option<ReportId> {
    hash_behind(text, "syzbot+").or_else(|| hash_behind(text, "extid="))
}

fn hash_behind(text: &str, sign: &str) -> Option<ReportId> {
    let rest = &text[text.find(sign)? + sign.len()..];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let hash = &rest[..end];
    let is_hash = hash.len() == 20 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| ReportId::Syzbot(hash.to_ascii_lowercase().into()))
}

/// The bug that a text names by its URL.
fn bug(text: &str) -> Option<ReportId> {
    const FORM: &str = "/show_bug.cgi?id=";
    let at = text.find(FORM)?;
    let host = text[..at].rsplit("//").next()?;
    let is_host = host.contains('.') && !host.contains(char::is_whitespace);
    let number: String = text[at + FORM.len()..].chars().take_while(char::is_ascii_digit).collect();
    let name = format!("{}/{number}", host.to_ascii_lowercase());
    (is_host && !number.is_empty()).then(|| ReportId::Bug(name.into()))
}

/// The mail that a text names by its URL in an archive: `https://lore.kernel.org/r/some@id/`.
fn linked(text: &str) -> Option<ReportId> {
    let url = text.split_whitespace().find(|word| word.contains("://"))?;
    redact::written_id(url).map(|id| ReportId::Mail(id.into()))
}

/// The reports that a commit message or cover letter says it closes.
fn closes(commit: &str) -> Vec<ReportId> {
    let mut found: Vec<ReportId> = Vec::new();
    let mut is_reported = false;
    for line in text::lines(commit) {
        let line = line.trim_start();
        let Some((key, value)) = line.split_once(':') else {
            is_reported &= !line.trim().is_empty();
            continue;
        };
        let key = key.to_ascii_lowercase();
        let is_report = key.ends_with("-by") && key.contains("reported");
        let is_link = key == "link" && is_reported;
        let closes = matches!(&*key, "closes" | "resolves" | "buglink" | "bug" | "bugzilla");
        found.extend(match &*key {
            _ if is_report => syzbot(value),
            "closes" | "resolves" => bug(value).or_else(|| syzbot(value)).or_else(|| linked(value)),
            "link" if is_link => bug(value).or_else(|| syzbot(value)).or_else(|| linked(value)),
            "link" | "buglink" | "bug" | "bugzilla" | "fixes" | "reference" | "references" => {
                bug(value).or_else(|| syzbot(value))
            }
            _ => None,
        });
        // A `Link:` to a mail names a report only below a `Reported-by:`.
        is_reported = is_report || is_reported && (is_link || closes);
    }
    let mut seen = HashSet::new();
    found.retain(|id| seen.insert(id.clone()));
    found
}

/// The commands to trackers in a person's mail.
fn commands(text: &str) -> Vec<TrackerCommand> {
    if !text.contains("#syz") && !text.contains("#regzbot") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for paragraph in message::own_paragraphs(text) {
        for (at, line) in paragraph.iter().enumerate() {
            let mut words = line.trim_start().splitn(3, ' ');
            let (tracker, verb) = (words.next().unwrap_or_default(), words.next());
            if !matches!(tracker.trim_end_matches(':'), "#syz" | "#regzbot") {
                continue;
            }
            let verb = verb.unwrap_or_default().trim_end_matches(':');
            let about = words.next().unwrap_or_default().trim();
            found.extend(match verb {
                "fix" | "fixed" | "fixed-by" => {
                    let next = paragraph.get(at + 1).map_or("", |next| next.trim());
                    let next = if next.starts_with('#') { "" } else { next };
                    let both = format!("{about} {next}");
                    let is_said = !about.is_empty() || !next.is_empty();
                    is_said.then(|| TrackerCommand::Fixed([about.into(), both.trim().into()]))
                }
                "invalid" | "resolve" | "resolved" | "inconclusive" | "dup" | "dupe"
                | "duplicate" => Some(TrackerCommand::Closed),
                "undup" => Some(TrackerCommand::NotClosed),
                "unfix" => Some(TrackerCommand::Reopened),
                "introduced" => Some(TrackerCommand::Regression),
                "^introduced" => Some(TrackerCommand::ParentIsRegression),
                _ => None,
            });
        }
    }
    found
}

/// The new status in a tracker's mail: `Status|NEW |RESOLVED`.
fn status(text: &str) -> Option<TrackerCommand> {
    let line = text::lines(text).find(|line| {
        line.trim_start()
            .strip_prefix("Status")
            .is_some_and(|rest| rest.trim_start().starts_with('|'))
    })?;
    let now = line.rsplit('|').next()?.trim();
    match now {
        "RESOLVED" | "CLOSED" | "VERIFIED" => Some(TrackerCommand::Closed),
        "NEW" | "ASSIGNED" => Some(TrackerCommand::NotClosed),
        "REOPENED" => Some(TrackerCommand::Reopened),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_reports_are_read_in_all_their_forms() {
        let one = "Reported-by: syzbot+0123456789abcdef0123@bot.example.org\n\
            Closes: https://bot.example.org/bug?extid=0123456789abcdef0123\n\
            Bug: https://facts.example.org/show_bug.cgi?id=12\n\
            Reported-by: Zoe Lind <zoe@example.org>\n\
            Link: https://lists.example.org/r/a%2Bb@example.org/T/#u\n\
            Link: https://lists.example.org/r/c@example.org [1]\n\
            Signed-off-by: A <a@example.org>\n\
            Link: https://lists.example.org/r/d@example.org\n";
        let mail = |id: &str| ReportId::Mail(id.into());
        assert_eq!(
            closes(one),
            [
                ReportId::Syzbot("0123456789abcdef0123".into()),
                ReportId::Bug("facts.example.org/12".into()),
                mail("a+b@example.org"),
                mail("c@example.org"),
            ]
        );
        assert!(closes("Fixes: 0123456789ab (\"lamp: dim it\")\n").is_empty());
    }

    #[test]
    fn a_command_to_a_tracker_is_a_line() {
        let text =
            "> #syz invalid\n#syz fix: lamp: dim\n  it slowly\n\n#regzbot ^introduced: v1..v2\n";
        assert_eq!(
            commands(text),
            [
                TrackerCommand::Fixed(["lamp: dim".into(), "lamp: dim it slowly".into()]),
                TrackerCommand::ParentIsRegression,
            ]
        );
        let changed = "           What    |Removed    |Added\n  Status|NEW        |RESOLVED\n";
        assert_eq!(status(changed), Some(TrackerCommand::Closed));
        assert_eq!(titled("[REGRESSION] lamp: dark"), Some(ReportKind::Regression));
        assert_eq!(titled("lamp: new regression tests"), None);
        assert_eq!(titled("[BUG] lamp: dark"), Some(ReportKind::Bug));
    }
}
