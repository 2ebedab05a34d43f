//! The author's changelog since the revision before.
//!
//! In: the texts of a revision's mails. Out: the part about that version, as written. People put it into the cover
//! letter, below `---`, or into the commit message, once for all patches or in each. Never here: a guess if there is
//! no changelog.

mod heading;

use super::{Corpus, MailIx, Revision};
use crate::{
    message::{TextReader, Version},
    patch::Span,
    text,
};
use heading::{About, heading};

/// The changes that one mail of a revision lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The mail.
    pub mail: MailIx,
    /// The number of its patch; `None` for the cover letter.
    pub number: Option<u32>,
    /// Its text, without the heading.
    pub text: Box<str>,
}

/// The author's changelog of a revision: that of the cover letter first, then that of each patch. Empty for a first
/// version, and if the author wrote none.
pub fn changes(texts: &TextReader, corpus: &Corpus, revision: &Revision) -> Vec<Changes> {
    let cover = revision.cover.map(|mail| (mail, None));
    let patches = revision.slots.iter().filter_map(|slot| Some((slot.sent()?, Some(slot.number))));
    let told = cover.into_iter().chain(patches).filter_map(|(mail, number)| {
        let letter = &corpus.stored(mail).mail;
        let around_stat = Span { start: letter.anatomy.notes.end, end: letter.anatomy.diff.start };
        let parts = [
            (letter.anatomy.notes, Bare::Counts),
            (letter.anatomy.message, Bare::IsText),
            (letter.anatomy.above, Bare::IsText),
            // Around the diffstat, and below the diff, where some authors edit the finished file.
            (around_stat, Bare::IsText),
            (letter.anatomy.rest, Bare::IsText),
        ];
        let whole = letter.message.read_text(texts);
        let text = parts
            .iter()
            .find_map(|(part, bare)| section(part.of(&whole), revision.version, *bare))?;
        Some(Changes { mail, number, text: text.into() })
    });
    told.collect()
}

/// The meaning of a heading without a version (`Changes:`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// A changelog: below `---`, the heading means nothing else.
    Counts,
    /// Text: in a commit message it may describe the patch.
    IsText,
}

/// The lines of `text` that list the changes in `version`, without their heading; `None` if there are none. Of 1,976
/// mails with version 2 or later on linux-mtd, the headings include, in 100 spellings: `Changes in v3:` (450), `v3:`
/// (340), `Changes since v2:` (260), `Changes for v3:` (55), `v2 -> v3` in all forms (100), `v3: what changed` on
/// one line (150), `changelog[v3]:` (17), `[v3]` (8).
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

/// An editor, not the author, broke lines longer than this.
const WRAPPED: usize = 58;

/// The most bytes of a point; longer ones are cut at the end of a line.
const LONGEST_POINT: usize = 200;

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
        // Without marks, a short line ends a point.
        let wrapped = any_marked || length > WRAPPED;
        length = line.trim_end().chars().count();
        if !marked && let Some(last) = points.last_mut().filter(|_| wrapped) {
            if last.len() < LONGEST_POINT {
                last.push(' ');
                last.push_str(trimmed);
            } else if !last.ends_with('…') {
                last.push_str(" …");
            }
        } else if points.len() < limit {
            points.push(point.to_owned());
        } else {
            break;
        }
    }
    points
}

/// The text after the mark of a point: `- `, `* `, `2. `, `3) `.
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

/// The first `limit` points of the changelog: the cover letter's, otherwise each patch's after its number. If there
/// is only `no changes`, that.
pub fn told_points(told: &[Changes], limit: usize) -> Vec<String> {
    let telling: Vec<_> = told.iter().filter(|changes| !says_nothing(&changes.text)).collect();
    match (telling.as_slice(), told) {
        ([one], _) => points(&one.text, limit),
        ([first, ..], _) if first.number.is_none() => points(&first.text, limit),
        ([], [first, ..]) => points(&first.text, limit),
        _ => points_of_patches(&telling, limit),
    }
}

/// Each patch's points after its number; a point in several patches occurs once.
fn points_of_patches(told: &[&Changes], limit: usize) -> Vec<String> {
    let mut all: Vec<(Vec<String>, String)> = Vec::new();
    for changes in told {
        for point in points(&changes.text, limit) {
            let number = changes.number.map_or(String::new(), |number| number.to_string());
            match all.iter().position(|(_, known)| *known == point) {
                Some(at) => all[at].0.push(number),
                None if all.len() < limit => all.push((vec![number], point)),
                None => {}
            }
        }
    }
    all.into_iter().map(|(numbers, point)| format!("{}: {point}", numbers.join(", "))).collect()
}

/// Whether the changelog says that nothing changed: `None`, `no changes`.
pub fn says_nothing(changes: &str) -> bool {
    let bare = changes.trim().trim_start_matches(['-', '*', ' ']).trim_end_matches(['.', '!']);
    let bare = bare.to_lowercase();
    matches!(bare.as_str(), "none" | "nothing" | "n/a" | "no change" | "no changes" | "unchanged")
        || bare == "no functional changes"
}

/// Whether a line is only a link, including b4's `- Link to v2: https://…`.
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

/// A heading, and the range of the text below or after it.
struct Section {
    about: About,
    start: usize,
    end: usize,
}

impl Section {
    /// Its text; `None` if there is nothing below the heading.
    fn body<'a>(&self, text: &'a str) -> Option<&'a str> {
        let body = text.get(self.start..self.end).unwrap_or_default();
        let mut body = body.trim_start_matches(['\n', ' ', ':'].as_slice()).trim_end();
        // The first line keeps its indentation, because its list may depend on it.
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
        // `v1: https://…` is the address of a version, not a change.
        let says = body.lines().map(str::trim).any(|line| !line.is_empty() && !is_link(line));
        says.then_some(body)
    }
}

/// The changelog's sections, in the order of the text.
fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open = false;
    let mut offset = 0;
    for line in text::whole_lines(text) {
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

/// Whether a line ends a section that has text: a line of dashes, a trailer, or an unindented line after an empty
/// one that is no point of the list.
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

#[cfg(test)]
mod tests;
