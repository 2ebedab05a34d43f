//! The diffstat as a list, counted from the diff.
//!
//! In: the changed files of a patch. Out: a row for each with its link, its count and its bar, and the total. Never
//! here: a diffstat as a mail claims it.

use super::file_anchor;
use crate::{
    patch::{Change, FileChange},
    say,
    text::HtmlWriter,
};

/// git's width of a bar, in characters.
const WIDTH: u64 = 40;
/// The most files with a row, which is five elements; the others only count in the total.
const MAX_ROWS: usize = 300;

/// Appends the list of `files`, each linked to its [`file_anchor`] under `place` on `page`: the address of the page
/// with the diff, or empty for the same page. End tags of items are left out, as HTML allows.
///
/// ```text
/// <ul class=stat>
/// <li><a href=#3a>drivers/a.c <small>renamed</small></a> <b>16</b> <i><ins>+++++</ins><del>--</del></i>
/// </ul>
/// <p class=total>3 files changed, 12 insertions(+), 4 deletions(-)</p>
/// ```
pub fn diffstat(out: &mut HtmlWriter<'_>, files: &[FileChange], page: &str, place: &str) {
    let changed = |file: &FileChange| {
        file.lines.map_or(0, |(added, deleted)| u64::from(added) + u64::from(deleted))
    };
    let most = files.iter().map(changed).max().unwrap_or(0);
    out.markup("<ul class=stat>\n");
    let quote = if page.is_empty() { "" } else { "\"" };
    for (number, file) in (1..).zip(files.iter().take(MAX_ROWS)) {
        out.markup("<li><a href=").markup(quote).address(page).markup("#");
        out.word(&file_anchor(place, number)).markup(quote).markup(">").value(&file.path);
        if file.change != Change::Modified {
            out.markup(" <small>").entry(key(file.change)).markup("</small>");
        }
        out.markup("</a> ");
        match file.lines {
            Some((added, deleted)) => bar(out, added.into(), deleted.into(), most),
            None => out.markup("<b>").entry("file-binary").markup("</b>"),
        };
        out.markup("\n");
    }
    out.markup("</ul>\n");
    total(out, files);
}

/// The catalogue entry of the word after a path.
fn key(change: Change) -> &'static str {
    match change {
        Change::Added => "stat-new",
        Change::Deleted => "stat-deleted",
        Change::Modified => "stat-modified",
        Change::Renamed => "stat-renamed",
        Change::Copied => "stat-copied",
        Change::Mode => "stat-mode",
    }
}

/// The number and the bar of a file, scaled as git does it.
fn bar<'o, 'm>(
    out: &'o mut HtmlWriter<'m>,
    added: u64,
    deleted: u64,
    most: u64,
) -> &'o mut HtmlWriter<'m> {
    let all = added + deleted;
    out.markup("<b>").number(all).markup("</b> <i>");
    let (plus, minus) = if most <= WIDTH {
        (added, deleted)
    } else {
        let total = scale(all, most).max(u64::from(added > 0) + u64::from(deleted > 0));
        // The smaller side is scaled, and the other one gets the rest, so that neither disappears.
        if added < deleted {
            let plus = scale(added, most);
            (plus, total - plus)
        } else {
            let minus = scale(deleted, most);
            (total - minus, minus)
        }
    };
    for (count, sign, tag) in [(plus, "+", "ins"), (minus, "-", "del")] {
        if count > 0 {
            out.markup("<").markup(tag).markup(">");
            for _ in 0..count.min(WIDTH) {
                out.markup(sign);
            }
            out.markup("</").markup(tag).markup(">");
        }
    }
    out.markup("</i>")
}

/// git's `scale_linear`: a count above 0 never becomes 0.
fn scale(count: u64, most: u64) -> u64 {
    if count == 0 { 0 } else { 1 + count * (WIDTH - 1) / most.max(1) }
}

/// `3 files changed, 12 insertions(+), 4 deletions(-)`
fn total(out: &mut HtmlWriter<'_>, files: &[FileChange]) {
    let sums = files.iter().filter_map(|file| file.lines).fold(
        (0, 0),
        |sums: (usize, usize), (added, deleted)| {
            (sums.0 + added as usize, sums.1 + deleted as usize)
        },
    );
    let words = out.words();
    out.markup("<p class=total>").text(&say!(words, "stat-files", n = files.len()));
    if sums.0 > 0 || sums.1 == 0 {
        out.markup(", ").text(&say!(words, "stat-insertions", n = sums.0));
    }
    if sums.1 > 0 || sums.0 == 0 {
        out.markup(", ").text(&say!(words, "stat-deletions", n = sums.1));
    }
    if files.len() > MAX_ROWS {
        out.text(&say!(words, "stat-not-listed", n = files.len() - MAX_ROWS));
    }
    out.markup("</p>\n");
}
