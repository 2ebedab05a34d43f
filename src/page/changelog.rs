//! What the author says has changed since the revision before.
//!
//! In: the text of a cover letter, or a patch's notes. Out: the part of it about one version.
//! Never here: HTML; a guess where the author says nothing.

use crate::message::Version;

/// The lines that tell what changed in `version`, without their heading; nothing where the text has
/// none. Seen: `Changes since v2:`, `Changes in v3:`, `v2 -> v3:`, `v3:`, `V3 changes:`, `from v2 to v3`.
pub(crate) fn changes(text: &str, version: Version) -> Option<&str> {
    let mut start = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let names = heading(line);
        match (start, names) {
            (None, Some(about)) if about.is_about(version.major) => start = Some((offset, line)),
            (Some((begin, head)), Some(_)) => return block(&text[begin..offset], head),
            (Some((begin, head)), None) if ends_block(line, &text[begin..offset]) => {
                return block(&text[begin..offset], head);
            }
            _ => {}
        }
        offset += line.len();
    }
    start.and_then(|(begin, head)| block(&text[begin..], head))
}

/// The first `limit` points of a changelog, each on one line.
pub(crate) fn points(changes: &str, limit: usize) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    for line in changes.lines() {
        let trimmed = line.trim();
        let point = trimmed.trim_start_matches(['-', '*', '+', '•', 'o', '·']);
        let marked = point.len() < trimmed.len() && point.starts_with([' ', '\t']);
        let link = trimmed.contains("://") && !trimmed.contains(' ');
        if trimmed.is_empty() || link || trimmed.chars().all(|c| "=-~_".contains(c)) {
            continue;
        }
        if !marked && let Some(last) = points.last_mut().filter(|last| last.len() < 200) {
            last.push(' ');
            last.push_str(trimmed);
        } else if points.len() < limit {
            points.push(if marked { point.trim() } else { trimmed }.to_owned());
        } else {
            break;
        }
    }
    points
}

/// The versions that a heading names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// `Changes in v3`, `v2 -> v3`: what led to this one.
    To(u32),
    /// `Changes since v2`: what came after this one.
    Since(u32),
}

impl About {
    fn is_about(self, version: u32) -> bool {
        match self {
            Self::To(to) => to == version,
            Self::Since(from) => from.checked_add(1) == Some(version),
        }
    }
}

/// What a line is the heading of, if it is one of a changelog.
fn heading(line: &str) -> Option<About> {
    let line =
        line.trim().trim_matches(['*', '#', '=', '-', '[', ']', '(', ')', ' ']).to_lowercase();
    if line.is_empty() || line.len() > 60 {
        return None;
    }
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let versions: Vec<u32> = words.iter().filter_map(|w| version_word(w)).collect();
    let known = |w: &str| {
        version_word(w).is_some()
            || matches!(
                w,
                "changes"
                    | "change"
                    | "changed"
                    | "changelog"
                    | "changlog"
                    | "log"
                    | "in"
                    | "since"
                    | "from"
                    | "form"
                    | "to"
                    | "for"
                    | "the"
                    | "of"
                    | "version"
                    | "series"
                    | "patch"
                    | "patchset"
                    | "previous"
                    | "diff"
                    | "difference"
                    | "differences"
                    | "between"
                    | "compared"
                    | "with"
                    | "against"
                    | "rfc"
                    | "and"
                    | "history"
                    | "updates"
                    | "new"
                    | "what"
                    | "s"
            )
    };
    let is_heading = words.first().is_some_and(|w| known(w)) && words.iter().all(|w| known(w));
    let last = *versions.iter().max()?;
    let since = versions.len() == 1
        && words
            .iter()
            .any(|w| matches!(*w, "since" | "from" | "against" | "compared" | "previous"));
    is_heading.then_some(if since { About::Since(last) } else { About::To(last) })
}

/// The `3` of `v3`.
fn version_word(word: &str) -> Option<u32> {
    word.strip_prefix('v')?.parse().ok()
}

/// A block with something in it ends at a line of dashes, and where a line at the margin that is no
/// point of the list follows an empty one.
fn ends_block(line: &str, block: &str) -> bool {
    let has_body = block.lines().skip(1).any(|l| !l.trim().is_empty());
    let after_gap = block.ends_with("\n\n");
    let rule = line.trim_end().len() > 1 && line.trim_end().bytes().all(|b| b == b'-');
    let point = line.starts_with([' ', '\t', '-', '*', '+', '•']);
    has_body && (rule || after_gap && !point)
}

/// The block without its heading; nothing where there is nothing below it.
fn block<'a>(block: &'a str, heading: &str) -> Option<&'a str> {
    let mut body = block.get(heading.len()..).unwrap_or_default().trim_matches('\n').trim_end();
    // A heading may be underlined.
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    if !first.is_empty() && first.trim_end().chars().all(|c| "=-~".contains(c)) {
        body = rest.trim_start_matches('\n');
    }
    (!body.trim().is_empty()).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(major: u32) -> Version {
        Version { major, minor: 0, suffix: 0 }
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
            assert_eq!(changes(text, version(3)), found, "{text}");
        }
    }

    #[test]
    fn points_are_joined_and_links_left_out() {
        let text = "- fix a\n  and b\n- c\n- https://example.org/x\n- d";
        assert_eq!(points(text, 2), ["fix a and b", "c"]);
        assert_eq!(points("no marks here\nat all", 3), ["no marks here at all"]);
    }
}
