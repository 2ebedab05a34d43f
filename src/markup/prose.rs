//! The text of a mail as HTML.
//!
//! In: the text of a mail, and the targets of its links on this site. Out: HTML with every word of it: flowing
//! prose, everything else in its layout, and quotes distinct from replies. Never here: the diff of a patch (see
//! [`diff`](super::diff)); recursion, however deep the quotes.
//!
//! ```text
//! <p>Hello, see <a href="…">https://…</a> and
//! &lt;<a href="…">m@example.org</a>>
//! <pre>    code();
//! <ins>+added</ins>                                       (lines of a diff, quoted or not)
//! <del>-removed</del>
//! <samp>@@ -1,2 +1,2 @@</samp></pre>
//! <pre class=l>- one point                                (points of prose)
//! - another</pre>
//! <pre class=t><b>Reviewed-by:</b> A &lt;a@example.org></pre>
//! <details class=q><summary>On Monday, Zoe wrote: <i>12 lines</i></summary>    (only where long)
//! <blockquote><blockquote><p>quoted twice
//! </blockquote><p>quoted
//! </blockquote></details>
//! <p class=w>On Monday, Zoe wrote: <a href=#m0123abcd>12 lines by Zoe</a>      (where they stand on the page)
//! <details class="q log"><summary>Log, 84 lines: <i>BUG: …</i></summary><pre>…</pre></details>   (only where long)
//! <pre class=sig>-- …</pre>
//! <p class="note cut">12 KiB more of this text not shown here.</p>
//! ```
//!
//! A `<p>` needs no end tag. Quotes deeper than four keep their further `>`.

mod inline;
mod log;
mod quote;
mod shape;

use inline::Inline;
use quote::Quote;

pub(crate) use quote::is_closing;

use crate::{
    say,
    text::{HtmlWriter, list_footer},
};

/// The references of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference<'a> {
    /// A web address as written.
    Url(&'a str),
    /// The text in `<…@…>`, without the brackets: a Message-ID or a mail address.
    MessageId(&'a str),
}

/// Returns the target of a reference on this site as a relative address; `None` if it leads elsewhere.
pub type Resolver<'a> = &'a dyn Fn(Reference<'_>) -> Option<String>;

/// The place of quoted lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// `12 lines by Zoe`.
    pub label: String,
    /// The relative address.
    pub url: String,
}

/// Finds the original of each line of a run of quotes on the page; a line has its depth, and its text with its `>`.
/// `None` if a line has no original on the page.
pub type Finder<'a> = &'a dyn Fn(&[(usize, &str)]) -> Option<Vec<Elsewhere>>;

/// How to show a text.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The targets of references.
    pub resolve: Resolver<'a>,
    /// The places of the lines of long quotes.
    pub find: Finder<'a>,
    /// A longer run of quoted lines is folded.
    pub fold_quotes: usize,
    /// The most bytes of the text that are shown.
    pub max_bytes: usize,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("fold_quotes", &self.fold_quotes)
            .field("max_bytes", &self.max_bytes)
            .finish_non_exhaustive()
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { resolve: &|_| None, find: &|_| None, fold_quotes: 6, max_bytes: 128 << 10 }
    }
}

/// Appends `text`; returns how many bytes were left out because of its length.
pub fn mail(out: &mut HtmlWriter<'_>, text: &str, options: &Options<'_>) -> usize {
    // The list adds its footer to every mail; the sender did not write it.
    let text = &text[..list_footer(text)];
    let shown = up_to(text, options.max_bytes);
    let mut blocks = Blocks { rest: shown, in_signature: false }.peekable();
    let mut inline = Inline::new(options.resolve);
    let mut attribution = "";
    while let Some(mut block) = blocks.next() {
        let Kind::Quote(_) = block.kind else {
            if block.kind == Kind::Own {
                (block.text, attribution) = block.text.split_at(attribution_start(block.text));
            }
            inline.block(out, &block, 0);
            continue;
        };
        // A run of quotes with any depth is folded together.
        let mut run = vec![block];
        while let Some(next) = blocks.next_if(|next| matches!(next.kind, Kind::Quote(_))) {
            run.push(next);
        }
        let quote = Quote { run: &run, says: flat(std::mem::take(&mut attribution)) };
        quote.write(out, blocks.peek(), options, &mut inline);
    }
    if !attribution.trim().is_empty() {
        // The quoted text is elsewhere.
        attributed(out, &flat(attribution));
    }
    let cut = text.len() - shown.len();
    if cut > 0 {
        let note = say!(out.words(), "cut-text", kib = cut.div_ceil(1024));
        out.markup("<p class=\"note cut\">").text(&note).markup("</p>\n");
    }
    cut
}

/// Ends the open paragraph. Other elements end a paragraph implicitly; validators disagree about `<details>`.
fn end_paragraph(out: &mut HtmlWriter<'_>) {
    let closed = ["</pre>\n", "</blockquote>\n", "</details>\n"];
    if !out.is_empty() && !closed.iter().any(|end| out.as_str().ends_with(end)) {
        out.trim_end().markup("</p>\n");
    }
}

/// The words, separated by single blanks.
fn flat(text: &str) -> String {
    text.split_whitespace().flat_map(|word| [word, " "]).collect()
}

/// Appends the line that names the author of a quote.
fn attributed(out: &mut HtmlWriter<'_>, says: &str) {
    out.markup("<p class=w>").text(says.trim_end()).markup("\n");
}

/// Words with which mail programs introduce a quote.
const WROTE: [&str; 8] =
    ["wrote:", "writes:", "said:", "schrieb:", "schreef:", "écrit :", "écrit\u{a0}:", "escribió:"];

/// The start of the last lines of the sender's text that name the author of the quote below; its end if there are
/// none.
fn attribution_start(text: &str) -> usize {
    let kept = text.trim_end();
    let tail = &kept[kept.floor_char_boundary(kept.len().saturating_sub(80))..];
    let has_date = kept.ends_with(':') && tail.contains(" wrote on ");
    if !has_date && !WROTE.iter().any(|wrote| kept.ends_with(wrote)) {
        return text.len();
    }
    // With long names it is wrapped to three lines, seldom four.
    let start_of_line = |end: usize| kept[..end].rfind('\n').map_or(0, |at| at + 1);
    let mut start = start_of_line(kept.len());
    let last = start;
    for _ in 0..4 {
        let line = kept[start..].lines().next().unwrap_or_default();
        if line.trim().is_empty() {
            break;
        }
        let begins = ["On ", "Am ", "Le ", "El ", "Op "].iter().any(|on| line.starts_with(on));
        if begins || line.contains(" wrote on ") {
            return start;
        }
        let Some(before) = start.checked_sub(1) else { break };
        start = start_of_line(before);
    }
    last
}

pub(crate) fn count_lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() + usize::from(!text.ends_with('\n'))
}

/// The start of `text` within the limit, cut at a line end if there is one.
fn up_to(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let fits = &text[..text.floor_char_boundary(max)];
    fits.rfind('\n').map_or(fits, |at| &fits[..=at])
}

/// Lines that are shown together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block<'a> {
    kind: Kind,
    /// Including the line ends.
    text: &'a str,
}

/// The kinds of the lines of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The author's own words.
    Own,
    /// Words of others, at this depth.
    Quote(usize),
    /// Below `-- `.
    Signature,
}

/// Splits a text into blocks.
struct Blocks<'a> {
    rest: &'a str,
    in_signature: bool,
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let mut len = 0;
        let mut kind = None;
        while len < self.rest.len() {
            let line = &self.rest[len..];
            let end = memchr::memchr(b'\n', line.as_bytes()).map_or(line.len(), |at| at + 1);
            let here = self.kind(&line[..end]);
            if kind.is_some_and(|kind| kind != here) {
                break;
            }
            self.in_signature = here == Kind::Signature;
            kind = Some(here);
            len += end;
        }
        let (text, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(Block { kind: kind?, text })
    }
}

impl Blocks<'_> {
    fn kind(&self, line: &str) -> Kind {
        match depth(line) {
            0 if self.in_signature || begins_signature(line) => Kind::Signature,
            0 => Kind::Own,
            depth => Kind::Quote(depth),
        }
    }
}

/// Whether a line is `-- `, or the rule that Mailman adds above its footer.
pub(crate) fn begins_signature(line: &str) -> bool {
    let line = line.trim_end_matches(['\r', '\n']);
    line == "-- " || (line.len() >= 30 && line.bytes().all(|byte| byte == b'_'))
}

/// How many `>` a line begins with, blanks between them allowed.
pub(crate) fn depth(line: &str) -> usize {
    quote_prefix(line).bytes().filter(|&b| b == b'>').count()
}

/// The `> > ` that a line begins with, with one blank after it.
pub(crate) fn quote_prefix(line: &str) -> &str {
    let bytes = line.as_bytes();
    let mut end = 0;
    loop {
        end = match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'>'), _) if !is_dump(&line[end + 1..]) => end + 1,
            (Some(b' '), Some(b'>')) if end > 0 && !is_dump(&line[end + 2..]) => end + 2,
            _ => break,
        };
    }
    &line[..end + usize::from(end > 0 && bytes.get(end) == Some(&b' '))]
}

/// Whether the line is a row of a memory dump: `ffffc90000e0e000: 00 00 03`. KASAN marks one with `>`, which is not a
/// quote.
fn is_dump(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_hexdigit).count();
    (8..=16).contains(&digits) && line[digits..].starts_with(": ")
}

/// A line without the first `levels` of its `>`, and the blank after them.
fn unquoted(line: &str, levels: usize) -> &str {
    let mut left = levels;
    let end = line.bytes().position(|byte| match byte {
        b'>' if left > 0 => {
            left -= 1;
            false
        }
        b' ' if left > 0 => false,
        _ => true,
    });
    match (levels, end) {
        (0, _) => line,
        (_, None) => "",
        (_, Some(end)) => line[end..].strip_prefix(' ').unwrap_or(&line[end..]),
    }
}

#[cfg(test)]
mod tests;
