//! Subjects: the bracket tags of patch mail and the title after them.
//!
//! In: the subject of a mail, unfolded and decoded. Out: a [`Subject`]: its title, its tags, version and counter,
//! and whether it is a reply. Never here: whether the mail is a patch.
//! ```text
//! subject := reply* again? bracket* ["v" digits ":"] title ["[" token* "]"]
//! reply   := ("Re" | "AW" | "SV" | "回复" …) ["[" digits "]"] (":" | "：") | "(subset)"
//! again   := ("Repost" | "Resend" | "Resent") ":"
//! bracket := "[" token (sep token)* "]"        sep: blanks, commas, semicolons
//! token   := patch | rfc | resend | version | counter | pull | tag
//! ```
//!
//! Brackets count before the first word of the title; a bracket after the title counts if it has only tags of a
//! patch (StGit writes `[ver #2]`). If one of them announces a patch, all are tags; otherwise all stay in the title
//! (`[syzbot] [io-uring?] KASAN …`), except in mails that are patches anyway: 246 of 2,014 revisions on dm-devel.
//! Counts on 151,807 real subjects: 65,203 have PATCH, 59,492 a counter, 430 `PATCHv3`, 320 PATCHSET, 743 RFC
//! without PATCH, 50 the version after the counter, 10 a counter beyond its total.

mod brackets;
mod number;

use crate::pool;
use brackets::Brackets;
use number::numbered;
pub use number::{PatchIndex, Version};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A subject, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The whole subject, unfolded and decoded, with its tags and reply prefixes.
    #[serde(with = "pool::one")]
    pub full: Arc<str>,
    /// The title without reply prefixes and bracket tags.
    #[serde(with = "pool::one")]
    pub title: Arc<str>,
    /// The words of the tags in order, without PATCH, version and counter (`RFC`, `RESEND`, `net-next`).
    #[serde(with = "pool::many")]
    pub tags: Box<[Arc<str>]>,
    /// What its tags announce.
    pub kind: SubjectKind,
    /// Whether it begins with `Re:` or a variant.
    pub is_reply: bool,
    /// Whether `RFC` is among the tags.
    pub rfc: bool,
    /// Whether `RESEND` or `REPOST` is among the tags.
    pub resend: bool,
    /// The version in the tags, if any.
    pub version: Option<Version>,
    /// `n/m`.
    pub index: Option<PatchIndex>,
    /// Whether the brackets do not match.
    pub odd: bool,
}

/// What the tags of a subject announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SubjectKind {
    /// `PATCH`, `PATCHSET`, `RFC`, or a bare counter or version.
    Patch,
    /// `GIT PULL`, `PULL`, `PULL REQUEST`.
    Pull,
    /// None of these.
    Plain,
}

/// Removes the name of the field that somebody wrote into the subject: `Subject: [PATCH] lamp: dim it` (19 of 96,000
/// on twelve lists).
fn without_field(text: &str) -> &str {
    const FIELD: &str = "subject:";
    let is_field = text.get(..FIELD.len()).is_some_and(|start| start.eq_ignore_ascii_case(FIELD));
    if is_field { text[FIELD.len()..].trim_start() } else { text }
}

impl Subject {
    /// Takes `full` apart; never fails.
    pub fn parse(full: &str) -> Self {
        Self::read(full, SubjectKind::Plain)
    }

    /// Parses the subject of a known patch or cover letter: all brackets in front are tags, whatever they announce,
    /// as for `git mailinfo` (`[dm-devel] dm writecache: …`).
    pub fn of_patch(full: &str) -> Self {
        Self::read(full, SubjectKind::Patch)
    }

    /// Parses `full`; a subject that announces nothing is of the kind `silent`.
    fn read(full: &str, silent: SubjectKind) -> Self {
        let (is_reply, subset, rest) = strip_replies(without_field(full.trim()));
        let (again, rest) = strip_again(rest);
        let mut brackets = Brackets::read(rest);
        let mut reader = Reader::default();
        reader.tags.extend(again.map(Arc::from));
        for bracket in &brackets.inner {
            reader.bracket(bracket);
        }
        if reader.kind == SubjectKind::Plain {
            // A subject of nothing but brackets is a title.
            if silent == SubjectKind::Plain || brackets.title.trim().is_empty() {
                brackets.title = rest;
                reader = Reader::default();
            }
            reader.kind = silent;
        }
        if subset {
            reader.tags.insert(0, "subset".into());
        }
        let (title, version) = match reader.kind {
            SubjectKind::Patch => outer_version(brackets.title),
            _ => (brackets.title, None),
        };
        let version = reader.version.or(version);
        Self {
            full: full.trim().into(),
            title: title.split_whitespace().collect::<Vec<_>>().join(" ").into(),
            rfc: reader.has_tag("RFC"),
            resend: ["RESEND", "REPOST", "RESENT"].iter().any(|word| reader.has_tag(word)),
            tags: reader.tags.into(),
            kind: reader.kind,
            is_reply,
            version,
            index: reader.index,
            odd: (brackets.odd || reader.odd) && reader.kind != SubjectKind::Plain,
        }
    }

    /// Whether the subject is that of a backport, by the commit message (`is_told`) or by its tags. If the commit
    /// message says so, a version such as `[PATCH v6.1]` is the target kernel and becomes a tag.
    pub(crate) fn mark_backport(&mut self, is_told: bool) -> bool {
        if is_told {
            self.take_kernel();
        }
        is_told || self.names_older_kernels()
    }

    fn take_kernel(&mut self) {
        if let Some(version) =
            self.version.filter(|version| version.minor > 0 && version.suffix == 0)
        {
            let tags = self.tags.iter().cloned();
            self.tags = tags.chain([Arc::from(&*version.to_string())]).collect();
            self.version = None;
        }
    }

    /// Whether the tags name several released kernels: `[PATCH 5.4-6.6 v2]`, `[PATCH 6.6 and older]`.
    fn names_older_kernels(&self) -> bool {
        let is_kernel = |word: &str| {
            let bare = word.trim_start_matches('v').trim_end_matches(".y");
            let (major, minor) = bare.split_once('.').unwrap_or(("", ""));
            let number = |text: &str, most| {
                (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            number(major, 1) && number(minor, 2)
        };
        let is_range = |tag: &str| {
            tag.split_once('-').is_some_and(|(from, to)| is_kernel(from) && is_kernel(to))
        };
        let older = |three: &[Arc<str>]| {
            let words = ["older", "earlier", "below", "before"];
            is_kernel(&three[0]) && &*three[1] == "and" && words.contains(&&*three[2])
        };
        self.tags.iter().any(|tag| is_range(tag)) || self.tags.windows(3).any(older)
    }

    /// The version of the posting; the first where the subject names none.
    pub fn version(&self) -> Version {
        self.version.unwrap_or(Version::FIRST)
    }
}

/// `Repost:` before brackets (`Repost: [PATCH] x`), and the rest.
fn strip_again(text: &str) -> (Option<&str>, &str) {
    let words = ["repost", "resend", "resent"];
    let split = text.split_once(':').map(|(word, rest)| (word.trim(), rest.trim_start()));
    let is_again = |word: &str| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    match split.filter(|(word, rest)| is_again(word) && rest.starts_with('[')) {
        Some((word, rest)) => (Some(word), rest),
        None => (None, text),
    }
}

/// Reply prefixes in front: whether there is one, whether `(subset)` is among them, and the rest.
fn strip_replies(mut text: &str) -> (bool, bool, &str) {
    const WORDS: [&str; 13] = [
        "re", "aw", "sv", "vs", "antw", "fwd", "fw", "回复", "答复", "转发", "antwort", "res",
        "odp",
    ];
    let (mut is_reply, mut subset) = (false, false);
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix("(subset)") {
            (subset, text) = (true, rest);
            continue;
        }
        let Some(colon) = text.find([':', '：']) else { break };
        let word = text[..colon].trim_end();
        let word = word.strip_suffix(']').map_or(word, |w| {
            w.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('[').unwrap_or(word)
        });
        if !WORDS.contains(&word.to_lowercase().as_str()) {
            break;
        }
        is_reply = true;
        text = &text[colon + text[colon..].chars().next().map_or(1, char::len_utf8)..];
    }
    (is_reply, subset, text)
}

/// What the tokens so far say.
struct Reader {
    tags: Vec<Arc<str>>,
    kind: SubjectKind,
    version: Option<Version>,
    index: Option<PatchIndex>,
    odd: bool,
}

impl Default for Reader {
    fn default() -> Self {
        let kind = SubjectKind::Plain;
        Self { tags: Vec::new(), kind, version: None, index: None, odd: false }
    }
}

impl Reader {
    fn has_tag(&self, word: &str) -> bool {
        self.tags.iter().any(|tag| tag.eq_ignore_ascii_case(word))
    }

    fn bracket(&mut self, inner: &str) {
        // `[stable-4.{4, 9, 14}]`: braces hold a token together.
        if inner.contains('{') && !inner.to_ascii_lowercase().contains("patch") {
            self.tags.push(inner.trim().into());
            return;
        }
        let words: Vec<&str> = inner
            .split([' ', '\t', ',', ';', '[', ']', '\u{a0}'])
            .filter(|word| !word.is_empty())
            .collect();
        let mut at = 0;
        while at < words.len() {
            // `2 of 5` is Mercurial's counter.
            if let [n, of, m, ..] = words[at..]
                && of.eq_ignore_ascii_case("of")
                && let Some(index) = PatchIndex::parse(&format!("{n}/{m}"))
            {
                self.index(index);
                at += 3;
                continue;
            }
            if let [ver, number, ..] = words[at..]
                && ver.eq_ignore_ascii_case("ver")
                && let Some(version) = numbered(number)
            {
                self.set_version(number, version);
                at += 2;
                continue;
            }
            // `[PATCH -v2]`, `[PATCH v2: 1/1]`.
            let bare = words[at].trim_matches(['-', ':']);
            let is_count = Version::parse(bare).is_some() || PatchIndex::parse(bare).is_some();
            self.token(if is_count { bare } else { words[at] });
            at += 1;
        }
    }

    fn token(&mut self, token: &str) {
        let upper = token.to_ascii_uppercase();
        match upper.as_str() {
            "PATCH" | "PATCHES" | "PATCHSET" => self.kind = SubjectKind::Patch,
            "PULL" if self.kind == SubjectKind::Plain => self.kind = SubjectKind::Pull,
            "GIT" | "REQUEST" if self.kind != SubjectKind::Patch => {}
            "RFC" | "RESEND" | "REPOST" | "RESENT" => {
                self.announces_patch();
                self.tags.push(token.into());
            }
            "PATCH/RFC" | "RFC/PATCH" => {
                self.kind = SubjectKind::Patch;
                self.tags.push("RFC".into());
            }
            _ => self.compound(token, &upper),
        }
    }

    /// Versions, counters, glued forms (`PATCHv2`, `PATCH1/8`, `RFCv3`, `v2.3PATCH1/4`, `PATCH-for-10.0`); anything
    /// else is a tag.
    fn compound(&mut self, token: &str, upper: &str) {
        if let Some(version) = Version::parse(token) {
            self.set_version(token, version);
        } else if let Some(index) = PatchIndex::parse(token) {
            self.index(index);
        } else if let Some(at) = upper.find("PATCHSET").or_else(|| upper.find("PATCH")) {
            let length = if upper[at..].starts_with("PATCHSET") { 8 } else { 5 };
            self.kind = SubjectKind::Patch;
            // The parts were found in the upper case copy, which has the same ASCII letters in place.
            for part in [token.get(..at), token.get(at + length..)].into_iter().flatten() {
                let part = part.trim_matches(['-', '_', ':', '.']);
                if !part.is_empty() {
                    self.part(part);
                }
            }
        } else if let Some(version) = upper.strip_prefix("RFC").and_then(Version::parse) {
            self.announces_patch();
            self.tags.push("RFC".into());
            self.version.get_or_insert(version);
        } else {
            self.odd |= token.starts_with(|c: char| c.is_ascii_digit()) && token.contains('/');
            self.tags.push(token.into());
        }
    }

    fn part(&mut self, part: &str) {
        if let Some(version) = Version::parse(part) {
            self.set_version(part, version);
        } else if let Some(index) = PatchIndex::parse(part) {
            self.index(index);
        } else {
            self.tags.push(part.into());
        }
    }

    /// `v5.10` is a kernel, not a version of the patch. People who reroll a single patch write `v5.5`; the second
    /// number was never above 9 in 44 cases. A kernel stays as a tag. Of two versions, the one with a second number
    /// is the kernel: `[PATCH v5.4 v2]`.
    fn set_version(&mut self, token: &str, version: Version) {
        let is_whole = |version: Version| version.minor == 0;
        match self.version {
            _ if version.minor > 9 || version.major == 0 => self.tags.push(token.into()),
            None => self.version = Some(version),
            Some(kernel) if !is_whole(kernel) && is_whole(version) => {
                self.tags.push(kernel.to_string().into());
                self.version = Some(version);
            }
            Some(known) if is_whole(known) && !is_whole(version) => self.tags.push(token.into()),
            Some(_) => {}
        }
    }

    fn index(&mut self, index: PatchIndex) {
        self.announces_patch();
        self.index.get_or_insert(index);
    }

    fn announces_patch(&mut self) {
        if self.kind == SubjectKind::Plain {
            self.kind = SubjectKind::Patch;
        }
    }
}

/// A version outside the tags, and the title without it: `title (v2)`, which patchwork reads, too, and `[PATCH] v2:
/// title` or `[PATCH] v2- title`. Without brackets or colon it would mostly be wrong (584 matches such as `to v2.5`
/// on real subjects).
fn outer_version(title: &str) -> (&str, Option<Version>) {
    let behind = title.trim_end().strip_suffix(')').and_then(|rest| {
        let (head, inner) = rest.rsplit_once('(')?;
        Some((head.trim_end(), Version::parse(inner)?))
    });
    let before = || {
        let title = title.trim_start();
        let (word, rest) = title.split_at(title.find([':', ' '])?);
        let word = if rest.starts_with(':') { word } else { word.strip_suffix('-')? };
        Some((rest[1..].trim_start(), Version::parse(word)?))
    };
    let found = behind.or_else(before).filter(|(title, _)| !title.is_empty());
    found.map_or((title, None), |(title, version)| (title, Some(version)))
}

/// The version at the end of a title (`rework the lamp v3`), and the title before it. It may also be part of a name
/// (`add support for foo v2`), so the caller needs other evidence.
pub(crate) fn closing_version(title: &str) -> Option<(&str, Version)> {
    let (before, last) = title.trim_end().rsplit_once(' ')?;
    let version = Version::parse(last).filter(|version| version.major > 1)?;
    let before = before.trim_end().trim_end_matches([',', '-', ':']).trim_end();
    let word = before.rsplit(' ').next().unwrap_or(before).to_lowercase();
    let is_version = (version.minor, version.suffix) == (0, 0) && version.major < 100;
    // Words that, before a version, show that it is the version of a thing.
    const OF_A_THING: [&str; 18] = [
        "to", "from", "for", "of", "the", "and", "or", "with", "in", "on", "than", "version",
        "rev", "revision", "add", "use", "support", "&",
    ];
    (is_version && !before.is_empty() && !OF_A_THING.contains(&word.as_str()))
        .then_some((before, version))
}

#[cfg(test)]
mod tests;
