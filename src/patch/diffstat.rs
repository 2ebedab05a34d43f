//! Diffstats as written in mails.
//!
//! In: the text before a diff. Out: the place of the diffstat, and its lines as written. Never here: what the diff
//! really changes; [`Diff`](super::Diff) counts that.

use std::ops::Range;

use crate::text;

/// A diffstat, with everything git prints around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diffstat<'a> {
    /// Its range in the text: whole lines, including the summary and `create mode` lines.
    pub span: Range<usize>,
    /// Its lines.
    pub lines: Vec<StatLine<'a>>,
    /// The numbers of the summary, if there is one.
    pub total: Option<Total>,
}

/// One line of a diffstat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatLine<'a> {
    /// The path as written (may be cut: `.../tail.c`), or `old => new`.
    pub path: &'a str,
    /// The number of changed lines as claimed; `None` for a binary file.
    pub changed: Option<u32>,
    /// The pluses and minuses as claimed, or `0 -> 142 bytes`.
    pub bar: &'a str,
}

/// ` 3 files changed, 12 insertions(+), 4 deletions(-)`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// Files changed.
    pub files: u32,
    /// Lines added.
    pub added: u32,
    /// Lines deleted.
    pub deleted: u32,
}

/// The lines that git prints below the summary.
const BELOW: [&str; 6] =
    ["create mode ", "delete mode ", "mode change ", "rename ", "copy ", "rewrite "];

/// The range of the diffstat in `text`.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    Diffstat::parse(text).map(|stat| stat.span)
}

impl<'a> Diffstat<'a> {
    /// The last diffstat of `text`; one with a summary has precedence, because a table in prose has none.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut best: Option<Self> = None;
        let mut open: Option<Self> = None;
        let mut at = 0;
        for line in text::whole_lines(text) {
            let span = at..at + line.len();
            at = span.end;
            open = match (open, stat_line(line), summary(line)) {
                (Some(stat), Some(_), _) if stat.total.is_some() => {
                    keep(&mut best, stat);
                    Some(begin(span, line))
                }
                (Some(mut stat), Some(entry), _) => {
                    stat.lines.push(entry);
                    Some(Diffstat { span: stat.span.start..span.end, ..stat })
                }
                (Some(stat), None, Some(total)) if stat.total.is_none() => {
                    let span = stat.span.start..span.end;
                    Some(Diffstat { span, total: Some(total), ..stat })
                }
                (Some(stat), None, None) if stat.total.is_some() && is_below(line) => {
                    Some(Diffstat { span: stat.span.start..span.end, ..stat })
                }
                (stat, entry, total) => {
                    stat.into_iter().for_each(|stat| keep(&mut best, stat));
                    (entry.is_some() || total.is_some()).then(|| begin(span, line))
                }
            };
        }
        open.into_iter().for_each(|stat| keep(&mut best, stat));
        best
    }
}

/// A diffstat that begins with `line`.
fn begin(span: Range<usize>, line: &str) -> Diffstat<'_> {
    Diffstat { span, lines: stat_line(line).into_iter().collect(), total: summary(line) }
}

/// Keeps the later one, but never replaces one with a summary by one without.
fn keep<'a>(best: &mut Option<Diffstat<'a>>, stat: Diffstat<'a>) {
    if stat.total.is_some() || best.as_ref().is_none_or(|best| best.total.is_none()) {
        *best = Some(stat);
    }
}

/// ` path | 12 ++++--`, ` path | Bin 0 -> 142 bytes`, ` path | 0`.
fn stat_line(line: &str) -> Option<StatLine<'_>> {
    // No path is longer than this; a line of megabytes is not searched for a bar.
    let line = line.get(..line.len().min(4096)).unwrap_or(line).trim_end();
    let (path, rest) = line.strip_prefix(' ')?.rsplit_once(" | ")?;
    let (path, rest) = (path.trim(), rest.trim_start());
    if path.is_empty() {
        return None;
    }
    if let Some(bytes) = rest.strip_prefix("Bin").map(str::trim_start) {
        let is_size = bytes.is_empty() || bytes.ends_with(" bytes");
        return is_size.then_some(StatLine { path, changed: None, bar: bytes });
    }
    let (number, bar) = rest.split_once(' ').unwrap_or((rest, ""));
    let changed = Some(number.parse().ok()?);
    let bar = bar.trim_start();
    bar.bytes().all(|b| matches!(b, b'+' | b'-')).then_some(StatLine { path, changed, bar })
}

/// The numbers of a summary line, in every form that git and diffstat(1) have used.
fn summary(line: &str) -> Option<Total> {
    let line = line.trim();
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut parts = line.split(", ");
    let (files, what) = parts.next()?.split_once(' ')?;
    if !matches!(what, "file changed" | "files changed") {
        return None;
    }
    let mut total = Total { files: files.parse().ok()?, ..Total::default() };
    for part in parts {
        let (number, what) = part.split_once(' ')?;
        let number = number.parse().ok()?;
        // The whole line must match: our table replaces it, and other words after it would be lost.
        let what = what.strip_suffix("(+)").or_else(|| what.strip_suffix("(-)")).unwrap_or(what);
        match what.strip_suffix("(!)").unwrap_or(what) {
            "insertion" | "insertions" => total.added = number,
            "deletion" | "deletions" => total.deleted = number,
            // diffstat(1) knows `modifications(!)` as well.
            "modification" | "modifications" => {}
            _ => return None,
        }
    }
    Some(total)
}

fn is_below(line: &str) -> bool {
    line.strip_prefix(' ').is_some_and(|rest| BELOW.iter().any(|word| rest.starts_with(word)))
}

impl StatLine<'_> {
    /// Whether the line is about `path`: the same path, the new name of a rename, or a shortened path.
    pub fn names(&self, path: &str) -> bool {
        match self.path.strip_prefix("...") {
            Some(tail) => !tail.is_empty() && path.ends_with(tail) && !tail.contains(" => "),
            None => self.path == path || self.renamed().is_some_and(|(_, new)| new == path),
        }
    }

    /// Both names of `old => new` and `dir/{old => new}/file`.
    pub fn renamed(&self) -> Option<(String, String)> {
        let (before, after) = self.path.split_once(" => ")?;
        match (before.split_once('{'), after.split_once('}')) {
            (Some((head, old)), Some((new, tail))) => {
                let join = |middle: &str| format!("{head}{middle}{tail}").replace("//", "/");
                Some((join(old), join(new)))
            }
            _ => Some((before.to_owned(), after.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nv2: a | 3 is prose\n\n drivers/a.c       | 12 +++++++++---\n .../long/tail.h   |  0\n logo.png          | Bin 0 -> 142 bytes\n {old => new}/x.c  |  2 +-\n 4 files changed, 10 insertions(+), 4 deletions(-)\n create mode 100644 logo.png\n rename {old => new}/x.c (90%)\n\n";

    #[test]
    fn the_whole_block_is_found() {
        let stat = Diffstat::parse(TEXT).expect("there is one");
        assert!(TEXT[stat.span.clone()].starts_with(" drivers/a.c"));
        assert!(TEXT[stat.span.clone()].ends_with("(90%)\n"));
        assert_eq!(stat.total, Some(Total { files: 4, added: 10, deleted: 4 }));
        let changed: Vec<_> = stat.lines.iter().map(|line| line.changed).collect();
        assert_eq!(changed, [Some(12), Some(0), None, Some(2)]);
        assert_eq!(stat.lines[2].bar, "0 -> 142 bytes");
    }

    #[test]
    fn lines_name_their_files() {
        let line = |path| StatLine { path, changed: None, bar: "" };
        assert!(line("a.c").names("a.c"));
        assert!(line(".../long/tail.h").names("very/long/tail.h"));
        assert!(line("{old => new}/x.c").names("new/x.c"));
        assert!(line("a/{ => b}/x.c").names("a/b/x.c"));
        assert!(line("a.c => b.c").names("b.c"));
        assert!(!line("a.c").names("b/a.c"));
        assert!(!line("...").names("a.c"));
    }

    #[test]
    fn what_is_no_diffstat() {
        for text in [
            "",
            "a | b\n",
            " a | b\n",
            " 3 files were changed\n",
            "1 | 2\n",
            " x | 3 +- or so\n",
            " 1 file changed, 4 insertions(+), 3 deletions(-) or so\n",
            " 1 file changed, 4 insects\n",
        ] {
            assert_eq!(Diffstat::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_one_with_a_summary_counts() {
        let one = " a | 1 +\n 1 file changed, 1 insertion(+)\n";
        let table = "\n speed | 12\n";
        assert_eq!(find(&format!("{one}{table}")), Some(0..one.len()));
        assert_eq!(find(&format!("{one}\n{one}")), Some(one.len() + 1..2 * one.len() + 1));
        assert_eq!(find(" 1 file changed, 1 deletion(-)\n"), Some(0..31));
    }
}
