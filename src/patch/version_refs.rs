//! The references of a posting to earlier ones: links, tags, change-ids.
//!
//! In: the text of a cover letter or patch. Out: a [`Cited`]. Never here: whether such a mail exists.

use serde::{Deserialize, Serialize};

use super::{pull, replaced};
use crate::{
    hash::is_commit,
    message::{MessageId, Version},
    text,
};

/// The references of a cover letter or patch to earlier postings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cited {
    /// The value of `change-id:`, which b4 puts at the end of a cover letter.
    pub change_id: Option<Box<str>>,
    /// Message-IDs of links in passages about versions.
    pub versions: Vec<MessageId>,
    /// Those of them whose line only names a version: `Link to v2: …`.
    pub named: Vec<(u32, MessageId)>,
    /// Message-IDs of all links above the diff.
    pub linked: Vec<MessageId>,
    /// Message-IDs after `Supersedes:` and `Obsoletes:`.
    pub superseded: Vec<MessageId>,
    /// The postings that it names as replaced; each text begins with a title if it is one.
    pub replaced: Vec<Box<str>>,
    /// The version that it claims, in its changelog or in words.
    pub version: Option<Version>,
    /// Whether it lists changes since an RFC.
    pub since_rfc: bool,
    /// Whether it asks for a pull, whatever its subject announces.
    pub is_pull: bool,
}

impl Cited {
    /// The Message-IDs that it names, for whatever reason.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &MessageId> {
        let named = self.named.iter().map(|(_, id)| id);
        self.versions.iter().chain(named).chain(&self.linked).chain(&self.superseded)
    }
}

/// What a text says about earlier postings; `None` if it says nothing.
pub(super) fn read(text: &str) -> Option<Cited> {
    let change_id = text::behind_key(text, "change-id:").filter(|value| !value.is_empty());
    let cited = Cited {
        change_id: change_id.map(Box::from),
        versions: versions(text),
        named: named(text),
        linked: linked(text),
        superseded: superseded(text),
        replaced: replaced::read(text),
        version: version(text),
        since_rfc: above_diff(text).any(speaks_of_comments),
        is_pull: pull::read(text).is_some(),
    };
    (cited != Cited::default()).then_some(cited)
}

/// The mainline commit of a backport, empty if the line names none: stable queues begin with `commit 0123…
/// upstream.` or `[ Upstream commit 0123… ]`.
pub(super) fn upstream(message: &str) -> Option<&str> {
    // A stable review adds these lines above the commit message.
    let is_above = |line: &str| {
        line.is_empty()
            || line.starts_with("---")
            || line.starts_with("From:")
            || line.contains("review patch")
    };
    let mut lines = message.lines().map(str::trim).filter(|line| !is_above(line)).take(3);
    let line = lines.find(|line| {
        let line = line.to_ascii_lowercase();
        let bare = line.trim_start_matches(['[', ' ']);
        line.starts_with("commit ") && line.contains(" upstream")
            || bare.starts_with("upstream commit ")
    })?;
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    Some(words.into_iter().find(|word| is_commit(word)).unwrap_or_default())
}

/// Message-IDs of links in passages about versions: the line, or one of the two before it, has `v1`, `version`,
/// `previous`, `changes`, `supersedes`, and none is about a dependency.
fn versions(text: &str) -> Vec<MessageId> {
    let mut out = Vec::new();
    let mut before: [&str; 2] = ["", ""];
    let mut needed = Needed::default();
    for line in text::lines(text).take(2000) {
        let is_needed = needed.has(line);
        if !is_needed && has_link(line) && !line.starts_with("@@ ") {
            let context = [before[0], before[1], line].map(str::to_lowercase);
            if context.iter().any(|l| speaks_of_versions(l)) {
                out.extend(ids_in(line));
            }
        }
        before = [before[1], line];
    }
    out
}

fn has_link(line: &str) -> bool {
    line.contains('@') || line.contains("%40")
}

/// The lines that name dependencies of a series: a line with such words, and the list below it if it is a heading.
/// The list begins at once or after an empty line, and ends with an empty line or with a passage about versions.
#[derive(Default)]
struct Needed {
    list: List,
}

/// How much of the list below a heading was read.
#[derive(Default, PartialEq, Eq)]
enum List {
    #[default]
    None,
    /// Its heading, and empty lines below.
    Heading,
    /// Some of its items.
    Items,
}

impl Needed {
    /// Whether the next line is one of them.
    fn has(&mut self, line: &str) -> bool {
        let bare = line.trim();
        if says_what_is_needed(bare) {
            // `Based on v6.15-rc1` is not a heading.
            let is_short =
                bare.split(' ').count() <= 3 && !bare.contains(|c: char| c.is_ascii_digit());
            let is_heading = bare.ends_with(':') || is_short;
            self.list = if is_heading { List::Heading } else { List::None };
            return true;
        }
        let is_line = bare.chars().all(|c| matches!(c, '-' | '=' | '~'));
        self.list = match self.list {
            List::Heading if is_line && bare != "---" => List::Heading,
            List::Heading | List::Items if !is_line && !tells_of_versions(line) => List::Items,
            _ => List::None,
        };
        self.list == List::Items
    }
}

/// A line of a changelog, or a link that names a version.
fn tells_of_versions(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let words = ["previous", "change", "history", "earlier version"];
    named_in(line).is_some()
        || said_version(line).is_some()
        || words.iter().any(|word| lower.contains(word))
}

/// Whether the line names a dependency.
fn says_what_is_needed(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    ["depend", "based on", "prerequisite"].iter().any(|word| line.contains(word))
}

/// Links whose lines only name the version to which they lead.
fn named(text: &str) -> Vec<(u32, MessageId)> {
    above_diff(text).filter_map(named_in).collect()
}

/// `- Link to v3: https://…`, `v2: https://…`, `[v1] https://…`: the version, and the message.
fn named_in(line: &str) -> Option<(u32, MessageId)> {
    // Words that may stand beside the version.
    const WORDS: [&str; 16] = [
        "link",
        "to",
        "previous",
        "version",
        "rfc",
        "patch",
        "patchset",
        "series",
        "lore",
        "url",
        "at",
        "the",
        "is",
        "here",
        "discussion",
        "see",
    ];
    let start = line.find("http").filter(|_| has_link(line))?;
    let mut version = None;
    let before = line[..start].to_ascii_lowercase();
    for word in before.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        let digits = word.strip_prefix("rfc").unwrap_or(word).strip_prefix('v').unwrap_or("");
        match digits.parse::<u32>() {
            Ok(number) if version.is_none() && digits.len() <= 2 => version = Some(number),
            _ if WORDS.contains(&word) => {}
            _ => return None,
        }
    }
    let mut ids = ids_in(&line[start..]).into_iter();
    let id = ids.next().filter(|_| ids.next().is_none())?;
    Some((version?, id))
}

/// Message-IDs of all links above the diff, whatever their purpose.
fn linked(text: &str) -> Vec<MessageId> {
    let lines = above_diff(text).filter(|line| line.contains("://"));
    lines.filter(|line| has_link(line)).flat_map(ids_in).collect()
}

/// The lines above the diff, up to a limit.
fn above_diff(text: &str) -> impl Iterator<Item = &str> {
    text::lines(text).take(400).take_while(|line| !line.starts_with("diff --git "))
}

/// Message-IDs after `Supersedes:` and `Obsoletes:` (patchew's tags).
fn superseded(text: &str) -> Vec<MessageId> {
    let tagged = text::lines(text).filter(|line| {
        let key = line.get(..11).unwrap_or_default().split(':').next().unwrap_or_default();
        ["supersedes", "obsoletes"].iter().any(|tag| key.eq_ignore_ascii_case(tag))
    });
    tagged.flat_map(ids_in).collect()
}

/// The highest version that a text claims: `Changes since v2`, `v2 -> v3:`, `Changes in v3`, `In v3 …`, `This is v3
/// of …`. Only lines at the left margin count, up to the diff.
fn version(text: &str) -> Option<Version> {
    let major = above_diff(text).filter_map(said_version).max()?;
    Some(Version { major, ..Version::FIRST })
}

fn said_version(line: &str) -> Option<u32> {
    // Most lines begin with other letters.
    if !line.starts_with(['c', 'C', 'v', 'V', 't', 'T', 'd', 'D', 'i', 'I']) || line.len() > 100 {
        return None;
    }
    let line = line.to_ascii_lowercase();
    let mut words = line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let number = |word: &str| {
        let digits = word.strip_prefix('v').filter(|d| (1..=2).contains(&d.len()))?;
        digits.parse::<u32>().ok().filter(|number| *number > 0)
    };
    match words.next()? {
        "changes" | "changelog" | "differences" => match (words.next()?, words.next()) {
            ("since" | "from", Some(from)) => {
                let from = number(from)?;
                Some(words.find_map(number).unwrap_or(from + 1))
            }
            ("in" | "for", Some(to)) => number(to),
            _ => None,
        },
        // `In v4 following changes were made:`
        "in" => number(words.next()?),
        "this" => match (words.next()?, words.next()?) {
            ("is", version) => number(version),
            _ => None,
        },
        first => {
            let from = number(first)?;
            let rest = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).trim_start();
            match rest.strip_prefix("->").or_else(|| rest.strip_prefix("=>")) {
                Some(to) => to.split(|c: char| !c.is_ascii_alphanumeric()).find_map(number),
                None => Some(from).filter(|_| rest.starts_with(':')),
            }
        }
    }
}

/// Whether a line is a heading for the changes since an RFC: `Changes since the RFC:`, `Updated since RFC v2:`, `RFC
/// -> v1:`.
fn speaks_of_comments(line: &str) -> bool {
    let is_short = line.len() <= 60 && !line.starts_with(['>', ' ', '\t']);
    if !is_short || !line.contains("RFC") && !line.contains("rfc") {
        return false;
    }
    let line = line.to_ascii_lowercase();
    let words: Vec<&str> =
        line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    // `RFC 5322` is not a posting.
    let is_standard = words.windows(2).any(|two| two[0] == "rfc" && two[1].parse::<u32>().is_ok());
    let is_arrow = words[0].starts_with("rfc") && (line.contains("->") || line.contains("=>"));
    let names = words.iter().any(|word| word.strip_prefix("rfc").is_some_and(is_version));
    let changes = has(&["changes", "changed", "change", "updated", "updates", "differences", "v1"]);
    let is_since = has(&["since", "from", "after"]) && (changes || words[0] == "since");
    names && !is_standard && words.len() <= 8 && (is_arrow || is_since)
}

/// Whether the rest of a word after `rfc` is nothing or a version such as `v2`.
fn is_version(rest: &str) -> bool {
    rest.is_empty() || rest.strip_prefix('v').is_some_and(|digits| digits.parse::<u8>().is_ok())
}

fn speaks_of_versions(line: &str) -> bool {
    let words = ["version", "previous", "change", "supersede", "obsolete", "history", "iteration"];
    words.iter().any(|word| line.contains(word))
        || line.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let number = word.strip_prefix("rfc").unwrap_or(word);
            let number = number.strip_prefix('v').unwrap_or("");
            (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Message-IDs in the links of a line (`https://lore.kernel.org/kvm/<id>/`, `…/r/<id>`), and bare ones in angle
/// brackets.
fn ids_in(line: &str) -> Vec<MessageId> {
    let parts = line.split(|c: char| c.is_whitespace() || "<>()[]\",".contains(c));
    let links = parts.filter(|part| part.contains('@') || part.contains("%40"));
    links
        .filter_map(|part| {
            let id = match part.split_once("://") {
                Some((_, path)) => {
                    path.split('/').find(|s| s.contains('@') || s.contains("%40"))?
                }
                None => part.strip_prefix("id:").unwrap_or(part),
            };
            Some(id.split(['#', '?']).next()?.replace("%40", "@").into())
        })
        .collect()
}
