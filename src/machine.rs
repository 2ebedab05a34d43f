//! Machines that write to mailing lists, and how to recognise their mails.
//!
//! In: the sender, header fields, subject and first lines of a mail; `known.toml`; a site's additions and removals.
//! Out: the kind of [`Machine`] that sent it. Never here: the consequences.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::{Deserialize, Serialize};

/// The machines that are known for all lists.
const KNOWN: &str = include_str!("machine/known.toml");

/// How many lines at the beginning of a mail are examined.
const OPENING: usize = 5;

/// How many characters of a field's value are examined.
const LONGEST: usize = 60;

/// The kind of machine that sent a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Machine {
    /// Continuous integration.
    Ci,
    /// A program that reviews patches.
    AiReview,
    /// A fuzzer's reports.
    Syzbot,
    /// A robot that builds and tests patches.
    BuildRobot,
    /// Maintainers' scripts for stable trees.
    Stable,
    /// A bug tracker.
    Tracker,
    /// A patch tracker.
    Patchwork,
    /// A forge that reports its events.
    Forge,
    /// A notice that something was merged.
    MergeNotice,
    /// Any other mail that no person sends.
    Automatic,
}

impl Machine {
    /// The word that export, pages and site.toml use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ci => "ci",
            Self::AiReview => "ai-review",
            Self::Syzbot => "syzbot",
            Self::BuildRobot => "build-robot",
            Self::Stable => "stable",
            Self::Tracker => "tracker",
            Self::Patchwork => "patchwork",
            Self::Forge => "forge",
            Self::MergeNotice => "merge-notice",
            Self::Automatic => "automatic",
        }
    }
}

/// The parts of a mail that can show that a machine sent it.
#[derive(Debug, Clone, Copy)]
pub struct Sign<'a> {
    /// The sender's name.
    pub name: &'a str,
    /// The sender's address.
    pub address: &'a str,
    /// The significant header fields, as [`mark`] makes them.
    pub marks: &'a [Box<str>],
    /// The whole subject.
    pub subject: &'a str,
    /// Whether the subject is that of a reply.
    pub is_reply: bool,
    /// The text.
    pub text: &'a str,
}

/// The field by which senders ask patch trackers to ignore a mail.
const HINT: &str = "x-patchwork-hint";

/// The field that names the program that wrote the mail.
const MAILER: &str = "x-mailer";

/// A header field as a [`Sign`], if it is significant.
pub fn mark(name: &[u8], value: impl FnOnce() -> String) -> Option<Box<str>> {
    // Most fields of a header have other names.
    static NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
        let all = RULES.iter().flat_map(|rule| &rule.header);
        all.map(|field| field.split(':').next().unwrap_or(field)).chain([HINT, MAILER]).collect()
    });
    let name = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
    let name = NAMES.get(&*name)?;
    let value: String = value().trim().to_lowercase().chars().take(LONGEST).collect();
    let mark = format!("{name}: {value}");
    let tells = |wanted: &String| is_field(&mark, wanted);
    let is_bulk = |value: &str| BULK.iter().any(|bulk| value.starts_with(bulk));
    let is_mark = *name == HINT
        || *name == MAILER && is_bulk(&value)
        || RULES.iter().flat_map(|rule| &rule.header).any(tells);
    is_mark.then(|| mark.into())
}

/// Bulk mail programs, as `X-Mailer` names them.
const BULK: [&str; 4] = ["turbomailer", "phpmailer", "smart_send", "mail."];

/// Whether a bulk mail program sent it, or one that has the name of the sender's host (`mail.example.org`).
pub fn is_bulk(marks: &[Box<str>], host: &str) -> bool {
    let mailers = marks.iter().filter_map(|mark| mark.strip_prefix("x-mailer: "));
    mailers.into_iter().any(|mailer| match mailer.strip_prefix("mail.") {
        Some(named) => named == host,
        None => BULK.iter().any(|bulk| mailer.starts_with(bulk)),
    })
}

/// Whether the sender asks patch trackers to ignore the mail.
pub fn is_left_out(marks: &[Box<str>]) -> bool {
    marks.iter().any(|mark| mark.strip_prefix(HINT).is_some_and(|value| value.ends_with("ignore")))
}

/// Whether the field is the wanted one, with any value if none is wanted.
fn is_field(mark: &str, wanted: &str) -> bool {
    let end = if wanted.contains(':') { "" } else { ":" };
    mark.strip_prefix(wanted).is_some_and(|rest| rest.starts_with(end))
}

/// The machines that a site knows: those known for all lists, and its own.
#[derive(Debug, Clone, Default, Hash)]
pub struct Machines {
    own: Vec<(Machine, Sender)>,
    people: Vec<Sender>,
}

impl Machines {
    /// The machines of a site that adds some senders and removes others.
    pub fn new(own: impl IntoIterator<Item = (Machine, String)>, people: &[String]) -> Self {
        Self {
            own: own.into_iter().map(|(kind, from)| (kind, Sender::of(&from))).collect(),
            people: people.iter().map(|from| Sender::of(from)).collect(),
        }
    }

    /// The machine that sent a mail, if any did.
    pub fn find(&self, sign: &Sign<'_>) -> Option<Machine> {
        let from = Who::new(sign.name, sign.address);
        if self.people.iter().any(|sender| from.is(sender)) {
            return None;
        }
        let own = self.own.iter().find(|(_, sender)| from.is(sender)).map(|(kind, _)| *kind);
        own.or_else(|| RULES.iter().find(|rule| rule.fits(&from, sign)).map(|rule| rule.kind))
    }
}

/// Whether this name and address are known as a machine's, whatever it writes.
pub fn is_sender(name: &str, address: &str) -> bool {
    let from = Who::new(name, address);
    let always = RULES.iter().filter(|rule| rule.is_of_sender());
    always.into_iter().any(|rule| rule.from.iter().any(|sender| from.is(sender)))
}

/// The entries of `known.toml`.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let file: File = toml::from_str(KNOWN).unwrap_or_default();
    file.machine
});

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    machine: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    kind: Machine,
    #[serde(default)]
    from: Vec<Sender>,
    #[serde(default)]
    header: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    opening: Vec<String>,
}

impl Rule {
    fn is_of_sender(&self) -> bool {
        self.header.is_empty() && self.subject.is_empty() && self.opening.is_empty()
    }

    fn fits(&self, from: &Who, sign: &Sign<'_>) -> bool {
        let has_field = |wanted: &String| sign.marks.iter().any(|mark| is_field(mark, wanted));
        let begins = |wanted: &String| {
            !sign.is_reply && without_list_tags(sign.subject).starts_with(wanted.as_str())
        };
        let opens = |wanted: &String| opening(sign.text).any(|line| line.starts_with(&**wanted));
        any(&self.from, |sender| from.is(sender))
            && any(&self.header, has_field)
            && any(&self.subject, begins)
            && any(&self.opening, opens)
    }
}

/// Whether one of `all` matches; an empty list matches every mail.
fn any<T>(all: &[T], fits: impl Fn(&T) -> bool) -> bool {
    all.is_empty() || all.iter().any(fits)
}

/// `[LTP] Patch "…"` becomes `Patch "…"`; a tag that is not a list's belongs to the subject.
fn without_list_tags(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    while let Some((tag, after)) = rest.strip_prefix('[').and_then(|tag| tag.split_once(']')) {
        if tag.contains("PATCH") {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

fn opening(text: &str) -> impl Iterator<Item = &str> {
    // A robot may quote the mail it replies to first.
    let own = |line: &&str| !line.is_empty() && !line.starts_with('>');
    text.lines().map(str::trim).filter(own).take(OPENING)
}

/// A sender as people write one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "String")]
enum Sender {
    /// `bot@example.org`, with any `+tag` unless it contains one.
    Address(Box<str>),
    /// `noreply@` at any host, also as `accounts-noreply@`.
    User(Box<str>),
    /// `@bots.example.org`, and hosts below it.
    Host(Box<str>),
    /// Words of a name.
    Name(Box<str>),
}

impl From<String> for Sender {
    fn from(text: String) -> Self {
        Self::of(&text)
    }
}

impl Sender {
    fn of(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        match text.split_once('@') {
            Some(("", host)) => Self::Host(host.into()),
            Some((user, "")) => Self::User(user.into()),
            Some(_) => Self::Address(text.into()),
            None => Self::Name(text.into()),
        }
    }
}

/// Name and address of a mail's sender, in lower case.
struct Who {
    name: String,
    address: String,
    /// The length of the user before the at sign, without a `+tag`.
    bare: usize,
    /// The start of the host; without an at sign the end.
    host: usize,
}

impl Who {
    fn new(name: &str, address: &str) -> Self {
        let (name, address) = (name.to_lowercase(), address.to_lowercase());
        let at = address.find('@');
        let user = &address[..at.unwrap_or(address.len())];
        let bare = user.find('+').unwrap_or(user.len());
        let host = at.map_or(address.len(), |at| at + 1);
        Self { name, address, bare, host }
    }

    fn is(&self, sender: &Sender) -> bool {
        let (bare, host) = (&self.address[..self.bare], &self.address[self.host..]);
        match sender {
            Sender::Address(wanted) => {
                let is_of_host = || wanted.strip_suffix(host).and_then(|at| at.strip_suffix('@'));
                **wanted == *self.address || wanted.starts_with(bare) && is_of_host() == Some(bare)
            }
            Sender::User(wanted) => {
                let before = bare.strip_suffix(&**wanted);
                before.is_some_and(|before| before.is_empty() || before.ends_with('-'))
            }
            Sender::Host(wanted) => {
                let above = host.strip_suffix(&**wanted);
                above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
            }
            Sender::Name(wanted) => self.name.contains(&**wanted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_known_machines_can_be_read() {
        let file: Result<File, _> = toml::from_str(KNOWN);
        let rules = file.unwrap_or_else(|error| panic!("{error}")).machine;
        assert!(rules.len() > 10);
        // A rule without any condition would match every mail.
        for rule in &rules {
            assert!(!(rule.is_of_sender() && rule.from.is_empty()), "{rule:?}");
        }
        for field in rules.iter().flat_map(|rule| &rule.header) {
            let name = field.split(':').next().expect("a name");
            assert_eq!(name, name.to_lowercase(), "fields are compared in lower case");
        }
    }

    #[test]
    fn senders_are_named_in_four_ways() {
        for (wanted, name, address, is_it) in [
            ("bot@example.org", "", "bot@example.org", true),
            ("bot@example.org", "", "Bot+next@Example.org", true),
            ("bot+next@example.org", "", "bot+other@example.org", false),
            ("bot@example.org", "", "robot@example.org", false),
            ("noreply@", "", "noreply@anywhere.example", true),
            ("noreply@", "", "accounts-noreply@anywhere.example", true),
            ("noreply@", "", "noreply.zoe@anywhere.example", false),
            ("bot@", "", "talbot@anywhere.example", false),
            ("@bots.example", "", "a@x.bots.example", true),
            ("@bots.example", "", "a@robots.example", false),
            ("Test Robot", "kernel test robot via list", "list@example.org", true),
            ("Test Robot", "Zoë Lind", "test.robot@example.org", false),
        ] {
            let found = Who::new(name, address).is(&Sender::of(wanted));
            assert_eq!(found, is_it, "{wanted}: {name} <{address}>");
        }
    }
}
