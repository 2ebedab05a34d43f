//! The marked parts of the lines of a block: links, trailers, lines of diffs.
//!
//! In: a [`Block`] of a mail's text. Out: its HTML, with its lines flowing or laid out by their [`Shape`]. Never
//! here: where quotes begin and end.

use super::{
    Block, Kind, Reference, Resolver, end_paragraph, log,
    quote::DEEPEST,
    shape::{MAX_LINE_BYTES, Shape, shape, trailer_key},
    unquoted,
};
use crate::{
    markup::excerpt,
    say,
    text::{self, HtmlWriter},
    url::{href, next_url},
};

/// The beginnings of lines in a diff that are not lines of a file.
const HEADS: [&str; 9] = [
    "@@ -",
    "diff --git ",
    "index ",
    "--- ",
    "+++ ",
    "new file mode ",
    "deleted file mode ",
    "rename ",
    "similarity index ",
];

/// The markup around lines that are shown unchanged.
const LAID_OUT: [&str; 3] = ["<pre>", "\n", "</pre>\n"];
/// Around points of prose.
const LIST: [&str; 3] = ["<pre class=l>", "\n", "</pre>\n"];
/// Around trailers.
const TRAILERS: [&str; 3] = ["<pre class=t>", "\n", "</pre>\n"];

/// Writes lines, and remembers whether they belong to a diff. A quoted diff continues after a remark that interrupts
/// it.
pub(super) struct Inline<'a> {
    resolve: Resolver<'a>,
    in_own_diff: bool,
    in_quoted_diff: bool,
}

/// The role of a line in a diff.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DiffLine {
    /// Not a line of a diff.
    No,
    /// A header.
    Head,
    Added,
    Removed,
    Context,
}

impl<'a> Inline<'a> {
    pub(super) fn new(resolve: Resolver<'a>) -> Self {
        Self { resolve, in_own_diff: false, in_quoted_diff: false }
    }

    /// Appends a block with its elements; a quote without its first `levels` of `>`.
    pub(super) fn block(&mut self, out: &mut HtmlWriter<'_>, block: &Block<'_>, levels: usize) {
        self.in_own_diff = false;
        let kind = block.kind;
        let mut lines: Vec<&str> =
            text::lines(block.text).map(|line| unquoted(line, levels)).collect();
        if kind == Kind::Signature {
            // Between git's version and a list's footer there are up to four empty lines.
            lines.dedup_by(|a, b| a.trim().is_empty() && b.trim().is_empty());
            return self.lines(out, trimmed(&lines), kind, ["<pre class=sig>", "\n", "</pre>\n"]);
        }
        // The preceding paragraphs with a layout: they form one element, with their gaps.
        let mut laid_out = 0..0;
        let mut at = 0;
        while let Some(gap) = lines[at..].iter().position(|line| !line.trim().is_empty()) {
            let start = at + gap;
            let is_word = |line: &&&str| !line.trim().is_empty();
            at = start + lines[start..].iter().take_while(is_word).count();
            let form = match self.shape(&lines[start..at], kind) {
                Shape::LaidOut => {
                    laid_out.start = if laid_out.is_empty() { start } else { laid_out.start };
                    laid_out.end = at;
                    continue;
                }
                Shape::Flowing => ["<p>", "\n", "\n"],
                Shape::Verse => ["<p>", "<br>\n", "\n"],
                Shape::Trailers => TRAILERS,
                Shape::List => LIST,
            };
            self.laid_out(out, &lines[std::mem::take(&mut laid_out)], kind);
            self.lines(out, &lines[start..at], kind, form);
        }
        self.laid_out(out, &lines[laid_out], kind);
    }

    /// Appends lines unchanged; a long log is folded below its most informative line.
    fn laid_out(&mut self, out: &mut HtmlWriter<'_>, lines: &[&str], kind: Kind) {
        let Some(told) = log::told(lines).filter(|_| kind == Kind::Own && !self.in_own_diff) else {
            return self.lines(out, lines, kind, LAID_OUT);
        };
        end_paragraph(out);
        let label = say!(out.words(), "log-lines", n = lines.len());
        out.markup("<details class=\"q log\"><summary>").text(&label).markup(" <i>");
        out.text(&excerpt::shortened(told.trim(), log::TOLD)).markup("</i></summary>\n");
        self.lines(out, lines, kind, LAID_OUT);
        out.markup("</details>\n");
    }

    /// Follows a diff through the quotes of a run up to the last `kept` bytes, without appending them.
    pub(super) fn pass(&mut self, run: &[Block<'_>], kept: usize) {
        for (n, block) in run.iter().enumerate() {
            let Kind::Quote(depth) = block.kind else { continue };
            let end = block.text.len() - if n + 1 == run.len() { kept } else { 0 };
            for line in block.text[..end].lines() {
                self.diff_line(unquoted(line, depth.min(DEEPEST)), block.kind);
            }
        }
    }

    /// The shape of a paragraph, if it contains no diff.
    fn shape(&self, lines: &[&str], kind: Kind) -> Shape {
        if lines.iter().any(|line| HEADS.iter().any(|head| line.starts_with(head))) {
            return Shape::LaidOut;
        }
        match (shape(lines), kind) {
            (Shape::Trailers, Kind::Quote(_)) => Shape::Verse,
            (shape, _) => shape,
        }
    }

    /// Appends lines, with the markup before, between and after them.
    fn lines(
        &mut self,
        out: &mut HtmlWriter<'_>,
        lines: &[&str],
        kind: Kind,
        form: [&'static str; 3],
    ) {
        let [open, between, close] = form;
        for (n, line) in lines.iter().enumerate() {
            out.markup(if n == 0 { open } else { between });
            self.line(out, line, kind);
        }
        out.markup(if lines.is_empty() { "" } else { close });
    }

    fn line(&mut self, out: &mut HtmlWriter<'_>, text: &str, kind: Kind) {
        let (open, close) = match self.diff_line(text, kind) {
            DiffLine::No if kind == Kind::Own => return self.own_line(out, text),
            DiffLine::No | DiffLine::Context => return self.words(out, text),
            DiffLine::Head => ("<samp>", "</samp>"),
            DiffLine::Added => ("<ins>", "</ins>"),
            DiffLine::Removed => ("<del>", "</del>"),
        };
        out.markup(open).text(text).markup(close);
    }

    /// Follows a diff through its lines. People cut diffs anywhere, so it ends at the first line that cannot belong
    /// to one.
    fn diff_line(&mut self, text: &str, kind: Kind) -> DiffLine {
        let in_diff = match kind {
            Kind::Quote(_) => &mut self.in_quoted_diff,
            _ => &mut self.in_own_diff,
        };
        let begins = text.starts_with("@@ -") || text.starts_with("diff --git ");
        if !*in_diff && !begins {
            return DiffLine::No;
        }
        let line = match text.as_bytes().first() {
            _ if HEADS.iter().any(|head| text.starts_with(head)) => DiffLine::Head,
            _ if text == "-- " => DiffLine::No,
            Some(b'+') => DiffLine::Added,
            Some(b'-') => DiffLine::Removed,
            Some(b' ' | b'\t' | b'\\') | None => DiffLine::Context,
            _ => DiffLine::No,
        };
        *in_diff = line != DiffLine::No;
        line
    }

    /// Appends a line of the sender, which may be a trailer.
    fn own_line(&mut self, out: &mut HtmlWriter<'_>, line: &str) {
        if let Some(key) = trailer_key(line) {
            out.markup("<b>").text(key).markup(":</b>");
            return self.words(out, &line[key.len() + 1..]);
        }
        self.words(out, line);
    }

    /// Appends text with its links.
    fn words(&self, out: &mut HtmlWriter<'_>, text: &str) {
        if text.len() > MAX_LINE_BYTES {
            out.text(text);
            return;
        }
        let mut at = 0;
        loop {
            let url = next_url(text, at);
            let plain_end = url.as_ref().map_or(text.len(), |url| url.start);
            self.message_ids(out, &text[at..plain_end]);
            let Some(url) = url else { return };
            self.url(out, &text[url.clone()]);
            at = url.end;
        }
    }

    fn url(&self, out: &mut HtmlWriter<'_>, url: &str) {
        match ((self.resolve)(Reference::Url(url)), href(url)) {
            (Some(local), _) => out.link(&local, url),
            (None, Some(href)) => {
                out.markup("<a rel=nofollow href=\"").address(&href).markup("\">");
                out.text(url).markup("</a>")
            }
            (None, None) => out.text(url),
        };
    }

    /// Appends text without web addresses, in which `<…@…>` may be a message of this site.
    fn message_ids(&self, out: &mut HtmlWriter<'_>, text: &str) {
        let mut done = 0;
        let mut at = 0;
        while let Some(step) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
            let start = at + step + 1;
            at = start;
            let Some(len) = memchr::memchr3(b'<', b'>', b' ', &text.as_bytes()[start..]) else {
                break;
            };
            let id = &text[start..start + len];
            if text.as_bytes()[start + len] != b'>' || !id.contains('@') {
                continue;
            }
            if let Some(local) = (self.resolve)(Reference::MessageId(id)) {
                out.text(&text[done..start]).link(&local, id);
                done = start + len;
            }
            at = start + len;
        }
        out.text(&text[done..]);
    }
}

/// Lines without the blank ones at both ends.
fn trimmed<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let is_word = |line: &&str| !line.trim().is_empty();
    let end = lines.iter().rposition(is_word).map_or(0, |last| last + 1);
    let start = lines.iter().position(is_word).unwrap_or(end);
    &lines[start..end]
}
