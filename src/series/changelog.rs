//! What the author says has changed since the revision before.
//!
//! In: the texts of a revision's mails. Out: the part of them about that version, as written. People put it
//! into the cover letter, below `---`, or into the commit message, once for all patches or at each.
//! Never here: a guess where the author says nothing.

use super::{Corpus, MailIx, Revision};
use crate::{message::Version, patch::Span};

/// What one mail of a revision says has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changes<'a> {
    /// The mail.
    pub mail: MailIx,
    /// The number of its patch; `None` for the cover letter.
    pub number: Option<u32>,
    /// What it says, without the heading.
    pub text: &'a str,
}

/// What the author says has changed in a revision: the cover letter's word first, then each patch's. Empty
/// for a first version, and where nothing is said.
pub fn changes<'a>(corpus: &'a Corpus, revision: &Revision) -> Vec<Changes<'a>> {
    let cover = revision.cover.map(|mail| (mail, None));
    let patches = revision.slots.iter().filter_map(|slot| Some((slot.sent()?, Some(slot.number))));
    let told = cover.into_iter().chain(patches).filter_map(|(mail, number)| {
        let letter = &corpus.letter(mail).mail;
        let around_stat = Span { start: letter.anatomy.notes.end, end: letter.anatomy.diff.start };
        let parts = [
            (letter.anatomy.notes, Bare::Counts),
            (letter.anatomy.message, Bare::IsText),
            // Around the diffstat, and below the diff, by those who write into the finished file.
            (around_stat, Bare::IsText),
            (letter.anatomy.rest, Bare::IsText),
        ];
        let text = parts.iter().find_map(|(part, bare)| {
            section(part.of(&letter.message.text), revision.version, *bare)
        })?;
        Some(Changes { mail, number, text })
    });
    told.collect()
}

/// What a heading without a version (`Changes:`) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// A changelog's: below `---` nothing else is meant.
    Counts,
    /// Text: in a commit message it may tell what the patch does.
    IsText,
}

/// The lines of `text` that tell what changed in `version`, without their heading; nothing where the text
/// has none. Of 1,976 mails of version 2 and later on linux-mtd the headings are, among 100 spellings:
/// `Changes in v3:` (450), `v3:` (340), `Changes since v2:` (260), `Changes for v3:` (55), `v2 -> v3` in all
/// its forms (100), `v3: what changed` on one line (150), `changelog[v3]:` (17), `[v3]` (8).
pub fn section(text: &str, version: Version, bare: Bare) -> Option<&str> {
    let sections = sections(text);
    let best = |wanted: &dyn Fn(&About) -> bool| {
        sections.iter().filter(|s| wanted(&s.about)).find_map(|s| s.body(text))
    };
    best(&|about| about.leads_to(version))
        .or_else(|| best(&|about| *about == About::SinceRfc && version.major <= 2))
        .or_else(|| best(&|about| *about == About::SinceLast && version.major > 1))
        .or_else(|| {
            best(&|about| *about == About::Bare && version.major > 1 && bare == Bare::Counts)
        })
}

/// A line of more letters was broken by an editor, not by its author.
const WRAPPED: usize = 58;

/// The first `limit` points of a changelog, each on one line.
pub fn points(changes: &str, limit: usize) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    let any_marked = changes.lines().any(|line| unmarked(line.trim()).is_some());
    let mut length = 0;
    for line in changes.lines() {
        let trimmed = line.trim();
        let (point, marked) = unmarked(trimmed).map_or((trimmed, false), |point| (point, true));
        if trimmed.is_empty() || is_link(trimmed) || is_rule(trimmed) {
            continue;
        }
        // Where nobody marks points, a line that ends early ends one.
        let wrapped = any_marked || length > WRAPPED;
        length = line.trim_end().chars().count();
        if !marked && let Some(last) = points.last_mut().filter(|last| wrapped && last.len() < 200)
        {
            last.push(' ');
            last.push_str(trimmed);
        } else if points.len() < limit {
            points.push(point.to_owned());
        } else {
            break;
        }
    }
    points
}

/// What stands behind the mark of a point: `- `, `* `, `2. `, `3) `.
fn unmarked(line: &str) -> Option<&str> {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if (1..3).contains(&(line.len() - number.len()))
        && let Some(rest) = number.strip_prefix(['.', ')', '/'])
        && rest.starts_with([' ', '\t'])
    {
        return Some(rest.trim());
    }
    let point = line.trim_start_matches(['-', '*', '+', '•', 'o', '·']);
    let spaced = point.len() < line.len() && point.starts_with([' ', '\t']);
    let tight = line.starts_with(['-', '*']) && point.starts_with(char::is_alphabetic);
    (spaced || tight).then_some(point.trim())
}

/// `None`, `no changes`: the author says that there is nothing to say.
pub fn says_nothing(changes: &str) -> bool {
    let bare = changes.trim().trim_start_matches(['-', '*', ' ']).trim_end_matches(['.', '!']);
    let bare = bare.to_lowercase();
    matches!(bare.as_str(), "none" | "nothing" | "n/a" | "no change" | "no changes" | "unchanged")
        || bare == "no functional changes"
}

/// A link and nothing else, also as b4 writes it: `- Link to v2: https://…`.
fn is_link(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or_default();
    let label = line[..line.len() - last.len()].trim_start_matches(['-', '*', ' ']).trim_end();
    last.contains("://")
        && (label.is_empty() || label.ends_with(':') || label.starts_with('['))
        && label.len() < 30
}

/// `=====`, `-----`.
fn is_rule(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| "=-~_".contains(c))
}

/// What a heading says that its section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// `Changes in v3`, `v2 -> v3`: what led to this one.
    To(Version),
    /// `Changes since v2`: what came after this one.
    Since(Version),
    /// `Changes since RFC`.
    SinceRfc,
    /// `Changes since the last version`, `Changelog:`.
    SinceLast,
    /// `Changes:`
    Bare,
}

impl About {
    fn leads_to(self, version: Version) -> bool {
        match self {
            Self::To(to) => (to.major, to.minor) == (version.major, version.minor),
            Self::Since(from) => from.major.checked_add(1) == Some(version.major),
            Self::SinceRfc | Self::SinceLast | Self::Bare => false,
        }
    }
}

/// A heading, and where the text below or behind it lies.
struct Section {
    about: About,
    start: usize,
    end: usize,
}

impl Section {
    /// Its text; nothing where there is nothing below the heading.
    fn body<'a>(&self, text: &'a str) -> Option<&'a str> {
        let body = text.get(self.start..self.end).unwrap_or_default();
        let mut body = body.trim_start_matches(['\n', ' ', ':'].as_slice()).trim_end();
        // The first line keeps its indentation, as its list is a shape.
        let lead = text.get(self.start..self.end).unwrap_or_default().trim_start_matches('\n');
        if lead.trim_end().ends_with(body) && !lead.starts_with(':') {
            body = lead.trim_end();
        }
        let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
        // A heading may be underlined.
        if is_rule(first.trim()) {
            body = rest.trim_start_matches('\n');
        }
        // `[v2: all on one line]`
        if let Some(inner) = body.strip_suffix(']').filter(|inner| !inner.contains('[')) {
            body = inner;
        }
        // `v1: https://…` tells where a version is, not what changed.
        let says = body.lines().map(str::trim).any(|line| !line.is_empty() && !is_link(line));
        says.then_some(body)
    }
}

/// The changelog's sections, in the order of the text.
fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if let Some((about, inline)) = heading(line) {
            if let Some(last) = sections.last_mut().filter(|_| open) {
                last.end = offset;
            }
            let start = offset + inline;
            sections.push(Section { about, start, end: text.len() });
            open = true;
        } else if let Some(last) = sections.last_mut().filter(|_| open)
            && ends_section(line, text.get(last.start..offset).unwrap_or_default())
        {
            last.end = offset;
            open = false;
        }
        offset += line.len();
    }
    sections
}

/// A section with something in it ends at a line of dashes, at a trailer, and where a line at the margin
/// that is no point of the list follows an empty one.
fn ends_section(line: &str, body: &str) -> bool {
    let trimmed = line.trim_end();
    if trimmed == "---" || trimmed == "--" || trimmed.starts_with("diff --git ") {
        return true;
    }
    let has_body = body.lines().any(|l| !l.trim().is_empty() && !is_rule(l.trim()));
    let rule = trimmed.len() > 1 && trimmed.bytes().all(|b| b == b'-');
    let margin = !line.starts_with([' ', '\t', '-', '*', '+', '•', '\n']);
    let trailer = margin
        && ["Signed-off-by:", "Cc:", "base-commit:", "Reviewed-by:", "Fixes:"]
            .iter()
            .any(|key| line.starts_with(key));
    let after_gap = body.ends_with("\n\n");
    has_body && (rule || trailer || after_gap && margin && !is_part(trimmed))
}

/// `Patch 3:`, `[1/4]`, `2/4:`, `1. Fix …`: a part of the list at the margin.
fn is_part(line: &str) -> bool {
    let bare = line.trim_start_matches(['[', '(', '#']);
    let lower = bare.get(..5).unwrap_or_default();
    lower.eq_ignore_ascii_case("patch") || bare.starts_with(|c: char| c.is_ascii_digit())
}

/// Words that headings are made of, beside versions; lower case, typing errors as seen.
const WORDS: &str = "changes change changed changelog changelogs changlog chances chagnes log in on at since \
    from form to for the of version ver revision rev series patch patches patchset previous last prior \
    initial diff difference differences between compared relative with against rfc and history update \
    updates updated new what whats s is this main major significant made introduced resend including \
    modifications submission post here are vs was an";

/// What a line is the heading of, if it is one, and where in it the section's text begins.
fn heading(line: &str) -> Option<(About, usize)> {
    let decoration = ['*', '#', '=', '-', '[', '(', '<', ' ', '\t', '•', '_'];
    let bare = line.trim_start_matches(decoration);
    let indent = line.len() - bare.len();
    let bare = bare.trim_end();
    let (head, inline) = split(bare);
    if head.is_empty() || head.len() > 60 {
        return None;
    }
    let rest = bare.get(inline..).unwrap_or_default().trim();
    let rest = rest.trim_matches([']', ')', '*', '=', ':', ' ']);
    let about = about(head, bare)?;
    match rest {
        "" => Some((about, line.len())),
        _ if matches!(about, About::SinceLast | About::Bare) => None,
        _ => {
            let text = bare[inline..].trim_start_matches([']', ')', ':', ' ', '\t']);
            Some((about, indent + bare.len() - text.len()))
        }
    }
}

/// The part of a line before its colon, or before the ` - ` behind a lone version; and where the rest begins.
fn split(line: &str) -> (&str, usize) {
    let colon = line.find(':').map(|at| (at, at + 1));
    let dash = line.find(" - ").filter(|at| version_word(&line[..*at].to_lowercase()).is_some());
    let dash = dash.map(|at| (at, at + 3)).filter(|_| line.find("->").is_none());
    let (end, rest) = match (colon, dash) {
        (Some(colon), Some(dash)) => colon.min(dash),
        (colon, dash) => colon.or(dash).unwrap_or((line.len(), line.len())),
    };
    // `v2 - v3:` is an arrow.
    let behind = line.get(rest..).unwrap_or_default().trim_start().to_lowercase();
    let arrow = dash.is_some_and(|(_, r)| r == rest)
        && behind.split([':', ' ']).next().is_some_and(|w| version_word(w).is_some());
    match (arrow, colon) {
        (true, Some((end, rest))) => (&line[..end], rest),
        (true, None) => (line, line.len()),
        (false, _) => (&line[..end], rest),
    }
}

fn about(head: &str, line: &str) -> Option<About> {
    let lower = head.to_lowercase().replace("..", " ");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|w| !w.is_empty())
        .collect();
    let mut versions: Vec<Version> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        let numbered = matches!(before, "version" | "ver" | "revision" | "rev" | "patchset");
        let number = version_word(word).or_else(|| number(word).filter(|_| numbered));
        match number {
            Some(version) => versions.push(version),
            // A date behind the version is let pass.
            None if WORDS.split(' ').any(|known| known == *word) || at > 0 && number_only(word) => {
            }
            None => return None,
        }
    }
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let since =
        has(&["since", "from", "against", "compared", "previous", "relative", "form", "vs"]);
    let log = has(&["changelog", "changlog", "history", "log", "changelogs"]);
    let changes = log || has(&["changes", "change", "changed", "differences", "updates", "diff"]);
    match versions.as_slice() {
        [] if since && changes && has(&["rfc"]) => Some(About::SinceRfc),
        [] if changes && (since || has(&["last", "prior"])) => Some(About::SinceLast),
        // Without a version a colon must show that it is a heading.
        [] if log && line.ends_with(':') && words.len() < 4 => Some(About::SinceLast),
        [] if changes && line.ends_with(':') && words.len() == 1 => Some(About::Bare),
        [] => None,
        [from] if since => Some(About::Since(*from)),
        // A lone version without anything around must stand alone on its line or before a colon.
        several => several.iter().max().copied().map(About::To),
    }
}

fn number_only(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// The `3` of `v3`, the `5.5` of `v5.5`.
fn version_word(word: &str) -> Option<Version> {
    number(word.strip_prefix('v').or_else(|| word.strip_prefix("rfcv"))?)
}

fn number(word: &str) -> Option<Version> {
    let (major, minor) = word.split_once('.').unwrap_or((word, "0"));
    let small = |digits: &str| digits.parse::<u32>().ok().filter(|n| *n < 1000);
    Some(Version { major: small(major)?, minor: small(minor)?, suffix: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(major: u32) -> Version {
        Version { major, ..Version::FIRST }
    }

    #[test]
    fn the_part_about_one_version() {
        let list = "Intro.\n\nChanges since v2:\n- a\n- b\n\nChanges since v1:\n- c\n";
        let arrows = "v2 -> v3:\n  - a\n\nv1 -> v2:\n  - c\n";
        let short = "v3:\n * a\n   more\nv2: \n * c\n";
        let inside = "Changes in v3:\n- a\n\nThanks for reading.\n";
        let seed = "Patch History\n=====\nform v2 to v3:\n  - a\n  - b\n\nfrom v1 to v2:\n  - c\n";
        let ruled = "Changes in v3:\n- a\n\n---\nJane (1):\n  b\n";
        let html = "* Changes in v3 *\na\n";
        for (text, found) in [
            (list, Some("- a\n- b")),
            (arrows, Some("  - a")),
            (short, Some(" * a\n   more")),
            (inside, Some("- a")),
            (seed, Some("  - a\n  - b")),
            (ruled, Some("- a")),
            ("Changes in v3:\n==============\n\n* a\n", Some("* a")),
            (html, Some("a")),
            ("This is about v3 of the interface, which changes.\n", None),
            ("Changes in v4:\n- a\n", None),
            ("Changes in v3:\n", None),
        ] {
            assert_eq!(section(text, version(3), Bare::IsText), found, "{text}");
        }
    }

    #[test]
    fn every_spelling_of_the_heading() {
        for heading in [
            "Changes in v3:",
            "changes in V3",
            "V3:",
            "v3",
            "[V3]",
            "* v3",
            "-v3:",
            "Changes for v3:",
            "Changes since v2:",
            "Change since V2:",
            "Since v2:",
            "Since RFC v2:",
            "changes from v2:",
            "Changed since v2:",
            "V2<->V3:",
            "v2 - v3:",
            "v2->v3",
            "v2..v3:",
            "Changes v2 => v3:",
            "ChangeLog v2->v3:",
            "changelog[v3]:",
            "Patch v3:",
            "v3 patch including:",
            "v3 (new series):",
            "v3-resend:",
            "Changes in v3 (v2 was an RFC):",
            "Changes in version 3:",
            "Changes since version 2:",
            "Changes between v2 and v3:",
            "Main changes since v2:",
            "What's new in v3:",
            "Changes since the previous version:",
            "Changes from last version:",
            "Changelog:",
            "=== Changes in v3 ===",
            "v3 (2020-05-01):",
        ] {
            let text = format!("About.\n\n{heading}\n - a\n   more\n\nThanks.\n");
            let found = section(&text, version(3), Bare::IsText);
            assert_eq!(found, Some(" - a\n   more"), "{heading}");
        }
    }

    #[test]
    fn one_line_a_version() {
        let lines = "V4: d\nv3: c\n    more\nv2: b\n";
        for (text, found) in [
            (lines, Some("c\n    more")),
            ("[v3: c]\n", Some("c")),
            ("changelog[v3]:Split 3 patches.\n", Some("Split 3 patches.")),
            ("v3 - c\nv2 - b\n", Some("c")),
            ("v3: no changes\nSigned-off-by: A <a@example.org>\n", Some("no changes")),
            ("Changes in v3: None\n", Some("None")),
            ("v3: https://example.org/v3\n", None),
            ("v3: https://example.org/2\n* c\n", Some("https://example.org/2\n* c")),
            ("v3.3: tested on some board\n", None),
            ("- v3 of the controller: not done\n", None),
        ] {
            assert_eq!(section(text, version(3), Bare::IsText), found, "{text}");
        }
    }

    #[test]
    fn a_heading_without_a_version_counts_below_the_dashes() {
        let text = "Changes:\n- a\n";
        assert_eq!(section(text, version(3), Bare::Counts), Some("- a"));
        assert_eq!(section(text, version(3), Bare::IsText), None);
        assert_eq!(section(text, version(1), Bare::Counts), None);
        let rfc = "Changes since RFC:\n- a\n";
        assert_eq!(section(rfc, version(1), Bare::IsText), Some("- a"));
        assert_eq!(section(rfc, version(3), Bare::IsText), None);
    }

    #[test]
    fn points_are_joined_and_links_left_out() {
        let text = "- fix a\n  and b\n- c\n- https://example.org/x\n- Link to v2: https://example.org/2\n- d";
        assert_eq!(points(text, 2), ["fix a and b", "c"]);
        assert_eq!(points(text, 9), ["fix a and b", "c", "d"]);
        let unmarked = "use mktemp\nsay why the last number is what it is, because nobody knew and some\nasked";
        let said = "say why the last number is what it is, because nobody knew and some asked";
        assert_eq!(points(unmarked, 3), ["use mktemp", said]);
        assert_eq!(points("1. a\n   more\n2) b", 3), ["a more", "b"]);
    }

    #[test]
    fn nothing_is_said_in_a_few_words() {
        for (text, nothing) in [("- None.", true), ("No changes", true), ("No changes in a", false)]
        {
            assert_eq!(says_nothing(text), nothing, "{text}");
        }
    }
}
