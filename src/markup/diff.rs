//! Diffs as HTML.
//!
//! In: a [`FileDiff`], and its anchor on the page. Out: HTML for the theme to style, and how much was left out.
//! Never here: a URL of another page, an inline style. Ids are unique if each anchor is used once.
//!
//! ```text
//! <section class=file id=3b>
//! <h4><code>drivers/a.c</code> <span class=change>renamed from <code>b.c</code>, 90% alike</span>
//!   <small><ins>+12</ins> <del>-3</del></small></h4>
//! <details class=fold><summary>1,204 lines of a generated file</summary>      (only where long)
//! <div class=diff tabindex=0 role=group aria-label=Diff><pre>
//! <samp id=3b@1>@@ -1,2 +1,3 @@ <em>int f(void)</em></samp>                  (a hunk begins)
//! <a id=3b10> context</a>                                       (line 10 of the new file)
//! <del><a id=3b-11>-removed <del>word</del></a></del>           (line 11 of the old file)
//! <ins><a id=3b11>+added <ins>word</ins><mark>  </mark></a>     (mark: blanks at the end)
//! <a class=w id=3b12>+a line that was moved here</a></ins>
//! <small>\ No newline at end of file</small>
//! <s>a line that is in neither file, in a damaged hunk</s>
//! </pre><div class=said>…</div><pre>                         (what is said about the line above)
//! </pre></div></details>
//! <p class=note>This diff is damaged: …</p>
//! </section>
//! ```
//!
//! Each line is one element, including its line end, and another element surrounds a run of removed or added lines.
//! So a theme can show lines as blocks, and runs in two columns. `+`, `-` and the blank are text. The elements of
//! [`highlight`](super::highlight) are inside lines. Attributes have no quotes if HTML needs none.
//!
//! Ids are short, because nine in ten bytes of the markup belong to lines: `3b` is the second file of patch 3
//! ([`file_anchor`]), `3b10` line 10 of that file after the patch, `3b-11` line 11 before it, and `3b@1` its first
//! hunk.
//!
//! Many changes of a revision are also in the one before. If a later revision has the same diff of a file,
//! [`Options::same`] says where, and a link replaces the lines:
//!
//! ```text
//! <section class=same id=3b>
//! <h4><code>drivers/a.c</code> <span class=change>the same in <a href=…>v5</a></span>
//!   <small><ins>+12</ins> <del>-3</del></small></h4></section>
//! ```
//!
//! If there are remarks about lines, these are shown anyway. Lines that a patch only moved have a background of
//! their own, and the heading says where they came from and went.
//!
//! If a patch is too long for its page, its first files are shown ([`shares`]); the others keep their heading,
//! because links lead to it, and a note says what is missing ([`left_out_files`]).

mod inner;
mod lines;
mod moved;
mod repeat;
mod room;
mod stat;
mod words;

use crate::{
    config::Engine,
    patch::{Change, FileDiff, Sides},
    say,
    text::{Html, HtmlWriter},
    words::Words,
};

pub use inner::difference;
pub use moved::{Moved, moved};
pub use repeat::{Repeats, Stand};
pub use room::{Colours, MAX_BYTES, MAX_LINES, has_room, shares};
pub use stat::diffstat;

/// A remark about a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The hunk, the file's first being 0.
    pub hunk: usize,
    /// The line, the hunk's first (below `@@`) being 0.
    pub line: usize,
    /// The HTML of the remark, below the line.
    pub html: Html,
}

/// The place where the diff of a file appears again, unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    /// The label of the place: `v5`.
    pub label: String,
    /// The address of the file's diff.
    pub url: String,
}

/// How to show a diff.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The level of the file's heading, 2 to 6.
    pub heading: u8,
    /// A longer file is folded, with its counts visible.
    pub fold_lines: usize,
    /// The most bytes of the file's lines that are shown.
    pub max_bytes: usize,
    /// The rest of its page's budget for colours; unlimited by default.
    pub colours: Option<&'a Colours>,
    /// The engine for colours.
    pub engine: Engine,
    /// The remarks about its lines, from top to bottom. All of them are shown, whatever else is left out.
    pub said: &'a [Said],
    /// The other place of its lines, which are not shown here unless there are remarks about them.
    pub same: Option<&'a Same>,
    /// Its lines that were moved.
    pub moved: Option<&'a Moved>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            heading: 4,
            fold_lines: 400,
            max_bytes: MAX_BYTES,
            colours: None,
            engine: Engine::Own,
            said: &[],
            same: None,
            moved: None,
        }
    }
}

impl Options<'_> {
    /// Whether the page has no room for any of the file's lines: it has only a heading, for links.
    pub(crate) fn is_left_out(&self) -> bool {
        self.max_bytes == 0 && self.said.is_empty()
    }
}

/// The content that was left out of a page because of its length; zeros if nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cut {
    /// Lines that are not shown.
    pub lines: usize,
    /// Their bytes.
    pub bytes: usize,
}

impl Cut {
    /// Whether anything was left out.
    pub fn is_cut(self) -> bool {
        self.bytes > 0
    }

    /// Reports with a catalogue entry what was left out, if anything.
    fn note(self, out: &mut HtmlWriter<'_>, key: &'static str) {
        if self.is_cut() {
            let kib = self.bytes.div_ceil(1024);
            let note = out.words().say(key, &[("n", self.lines.into()), ("kib", kib.into())]);
            out.markup("<p class=\"note cut\">").text(&note).markup("</p>");
        }
    }
}

/// The most bytes of text between two diffs that are shown.
const MAX_BETWEEN_BYTES: usize = 16 << 10;

/// Files that programs write: nobody reads their diffs line by line.
const GENERATED: [&str; 9] = [
    "Cargo.lock",
    "package-lock.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "poetry.lock",
    "uv.lock",
    "Gemfile.lock",
    "composer.lock",
    "go.sum",
];
/// File name endings of the same kind.
const GENERATED_ENDINGS: [&str; 6] = [".min.js", ".min.css", ".map", ".pb.go", "_pb2.py", ".svg"];

/// The id of a file: `3b` is the second file of the patch at `p3`. Outside patches the place is spelled out:
/// `m0123abcd-b`.
pub fn file_anchor(place: &str, number: usize) -> String {
    let patch =
        place.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let mut letters = Vec::new();
    let mut left = number;
    while left > 0 {
        letters.push(char::from(b'a' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    let start = patch.map_or_else(|| format!("{place}-"), str::to_owned);
    letters.iter().rev().fold(start, |id, letter| id + letter.encode_utf8(&mut [0; 4]))
}

/// Appends the diff of one file. `anchor` is the file's own id, and the start of all ids in it.
pub fn file(
    out: &mut HtmlWriter<'_>,
    file: &FileDiff<'_>,
    anchor: &str,
    options: &Options<'_>,
) -> Cut {
    let same = options.same.filter(|_| options.said.is_empty());
    let class = if same.is_some() { "same" } else { "file" };
    out.markup("<section class=").markup(class).markup(" id=").word(anchor).markup(">");
    heading(out, file, same, options);
    between(out, &file.foreign_lines().collect::<String>());
    if let Some(said) =
        file.binary.filter(|said| !said.starts_with("GIT ") && !said.contains(file.path()))
    {
        between(out, said);
    }
    let mut cut = Cut::default();
    if options.is_left_out() && same.is_none() && !file.hunks.is_empty() {
        between(out, file.tail);
        out.markup("</section>\n");
        return left_out(file);
    }
    if !file.hunks.is_empty() && same.is_none() {
        let summary = fold(out.words(), file, options.fold_lines);
        if let Some(summary) = &summary {
            // Remarks about a file must not be missed.
            let open = if options.said.is_empty() { "" } else { " open" };
            out.markup("<details class=fold").markup(open).markup("><summary>");
            out.text(summary).markup("</summary>");
        }
        cut = body(out, file, anchor, options);
        out.markup(if summary.is_some() { "</details>" } else { "" });
    }
    remarks(out, file, cut);
    out.markup("</section>\n");
    cut
}

/// Everything in a file.
fn left_out(file: &FileDiff<'_>) -> Cut {
    let of = |hunk: &crate::patch::Hunk<'_>| hunk.header.len() + hunk.body.len();
    Cut { lines: count_lines(file) + file.hunks.len(), bytes: file.hunks.iter().map(of).sum() }
}

fn count_lines(file: &FileDiff<'_>) -> usize {
    let lines =
        |hunk: &crate::patch::Hunk<'_>| memchr::memchr_iter(b'\n', hunk.body.as_bytes()).count();
    file.hunks.iter().map(lines).sum()
}

/// Writes the path, what happens to the file, and the counts.
fn heading(
    out: &mut HtmlWriter<'_>,
    file: &FileDiff<'_>,
    same: Option<&Same>,
    options: &Options<'_>,
) {
    let level = options.heading.clamp(2, 6);
    out.markup("<h").number(level).markup("><code>").value(file.path()).markup("</code>");
    let mut change = happenings(out, file);
    if let Some(same) = same {
        change.say().say("file-same-in", &[], |out, _| {
            out.link(&same.url, &same.label);
        });
    } else if let Some(moved) = options.moved.filter(|moved| !moved.is_empty()) {
        moved.words(change.say());
    }
    if !change.0.is_empty() {
        out.markup(" <span class=change>").html(&change.0.finish()).markup("</span>");
    }
    let counts = file.counts().filter(|&counts| counts != (0, 0) && !options.is_left_out());
    if let Some((added, deleted)) = counts {
        out.markup(" <small><ins>+").number(added).markup("</ins> <del>-").number(deleted);
        out.markup("</del></small>");
    }
    out.markup("</h").number(level).markup(">");
}

/// Statements about a file, separated by commas.
struct Sayings<'m>(HtmlWriter<'m>);

impl<'m> Sayings<'m> {
    /// The output for another statement.
    fn say(&mut self) -> &mut HtmlWriter<'m> {
        let comma = if self.0.is_empty() { "" } else { ", " };
        self.0.markup(comma)
    }

    /// An entry with a path in it, shown as code.
    fn code(&mut self, key: &'static str, path: &str) -> &mut HtmlWriter<'m> {
        self.say().say(key, &[], |out, _| code(out, path))
    }
}

fn code(out: &mut HtmlWriter<'_>, text: &str) {
    out.markup("<code>").value(text).markup("</code>");
}

/// The changes to the file besides its lines, in words.
fn happenings<'m>(out: &HtmlWriter<'m>, file: &FileDiff<'_>) -> Sayings<'m> {
    let mut said = Sayings(out.another());
    match (file.change(), file.old_path()) {
        (Change::Added, _) => said.say().entry("file-new"),
        (Change::Deleted, _) => said.say().entry("file-deleted"),
        (Change::Renamed, Some(old)) => said.code("file-renamed", old),
        (Change::Copied, Some(old)) => said.code("file-copied", old),
        _ => &mut said.0,
    };
    match file.similarity.filter(|_| file.old_path().is_some()) {
        Some(100) => said.say().entry("file-unchanged"),
        Some(percent) => {
            let alike = say!(out.words(), "file-alike", percent = u32::from(percent));
            said.say().text(&alike)
        }
        None => &mut said.0,
    };
    if let Sides { old: Some(old), new: Some(new) } = file.modes
        && old != new
    {
        said.say()
            .say("file-mode", &[], |out, name| code(out, if name == "old" { old } else { new }));
    } else if file.is_new && file.modes.new == Some("100755") {
        said.say().entry("file-executable");
    }
    if let Some(binary) = file.binary {
        said.say().text(&binary_words(out.words(), binary));
    }
    said
}

/// `binary, 1234 bytes`, as far as the patch says.
fn binary_words(words: &Words, binary: &str) -> String {
    let size = binary.lines().nth(1).and_then(|line| line.strip_prefix("literal "));
    match size.and_then(|size| size.trim().parse::<usize>().ok()) {
        Some(size) => say!(words, "file-binary-bytes", n = size),
        None => words.text("file-binary").to_owned(),
    }
}

/// The text on the fold; `None` if the file is short enough to be open.
fn fold(words: &Words, file: &FileDiff<'_>, fold_lines: usize) -> Option<String> {
    let count = count_lines(file);
    let name = file.path().rsplit('/').next().unwrap_or_default();
    let is_generated =
        GENERATED.contains(&name) || GENERATED_ENDINGS.iter().any(|ending| name.ends_with(ending));
    (count > fold_lines || (is_generated && count > 20)).then(|| match is_generated {
        true => say!(words, "lines-of-generated", n = count),
        false => say!(words, "lines", n = count),
    })
}

/// The box with the lines, which scrolls sideways. It is no ARIA region, because a page can have hundreds.
fn body(out: &mut HtmlWriter<'_>, file: &FileDiff<'_>, anchor: &str, options: &Options<'_>) -> Cut {
    out.markup("<div class=diff tabindex=0 role=group aria-label=");
    out.word(out.words().text("diff")).markup("><pre>");
    let cut = lines::write(out, file, anchor, options);
    out.markup("</pre></div>");
    cut
}

/// The text below the last file of a patch, if some files have no lines on the page; `cut` is their content.
pub fn left_out_files(out: &mut HtmlWriter<'_>, files: usize, cut: Cut) {
    if cut.is_cut() {
        let note = say!(out.words(), "cut-files", n = cut.lines, files = files);
        out.markup("<p class=\"note cut\">").text(&note).markup("</p>");
    }
}

/// The text below the lines.
fn remarks(out: &mut HtmlWriter<'_>, file: &FileDiff<'_>, cut: Cut) {
    cut.note(out, "cut-diff");
    if file.damaged {
        out.markup("<p class=note>").entry("diff-damaged").markup("</p>");
    }
    between(out, file.tail);
}

/// Text that is not a line of a file.
fn between(out: &mut HtmlWriter<'_>, text: &str) {
    let text = text.trim_matches('\n');
    if text.trim().is_empty() {
        return;
    }
    let cap = text.floor_char_boundary(MAX_BETWEEN_BYTES);
    out.markup("<pre class=between>").value(&text[..cap]).markup("</pre>");
    if cap < text.len() {
        let note = say!(out.words(), "cut-between", kib = (text.len() - cap).div_ceil(1024));
        out.markup("<p class=\"note cut\">").text(&note).markup("</p>");
    }
}

#[cfg(test)]
mod tests;
