//! A run of quotes: in full, folded, or as a link to the original lines.
//!
//! In: the quotes of all depths up to the sender's next words, and the block after them. Out: every line of them, or
//! a link to it. Never here: the places of lines; the [`Finder`](super::Finder) gives them.
//!
//! A long quote of text that is on the page already is not printed again: mostly it is a patch with a tag for all of
//! it, or a mail below its reply. Its last lines stay above a remark, because the remark is about them.

use super::{
    Block, Elsewhere, Inline, Kind, Options, attributed, count_lines, end_paragraph, unquoted,
};
use crate::{message::Trailer, say, text::HtmlWriter};

/// The deepest level of quotes; deeper ones are shown at this level.
pub(super) const DEEPEST: usize = 4;

/// A link replaces at least this many lines.
const LINES_OF_A_LINK: usize = 4;

/// A run of quotes with the line that names their author.
pub(super) struct Quote<'q, 'a> {
    /// The quotes, each of one depth.
    pub(super) run: &'q [Block<'a>],
    /// Their author, with a blank at the end; may be empty.
    pub(super) says: String,
}

impl Quote<'_, '_> {
    /// Appends the run; `next` follows it.
    pub(super) fn write(
        &self,
        out: &mut HtmlWriter<'_>,
        next: Option<&Block<'_>>,
        options: &Options<'_>,
        inline: &mut Inline<'_>,
    ) {
        let lines = self.run.iter().map(|block| count_lines(block.text)).sum::<usize>();
        if lines <= options.fold_quotes {
            if !self.says.is_empty() {
                attributed(out, &self.says);
            }
            blocks(out, self.run.iter().copied(), inline);
            out.markup("\n");
            return;
        }
        let kept = match next.is_some_and(is_remark) {
            true => options.fold_quotes.min(lines.saturating_sub(LINES_OF_A_LINK)),
            false => 0,
        };
        // A remark can be about a whole dialogue: that is one text, and stays here.
        let places = if kept > 0 && self.run.len() > 1 { None } else { self.elsewhere(options) };
        match places {
            Some(places) => self.link(out, &places, kept, inline),
            None => self.fold(out, lines, inline),
        }
    }

    fn elsewhere(&self, options: &Options<'_>) -> Option<Vec<Elsewhere>> {
        let depths = self.run.iter().filter_map(|block| match block.kind {
            Kind::Quote(depth) => Some((depth, block.text)),
            Kind::Own | Kind::Signature => None,
        });
        (options.find)(&depths.collect::<Vec<_>>())
    }

    /// All lines, below a summary.
    fn fold(&self, out: &mut HtmlWriter<'_>, lines: usize, inline: &mut Inline<'_>) {
        end_paragraph(out);
        out.markup("<details class=q><summary>").text(&self.says);
        let told = match self.says.is_empty() {
            true => say!(out.words(), "quoted-lines", n = lines),
            false => say!(out.words(), "lines", n = lines),
        };
        out.markup("<i>").text(&told).markup("</i></summary>\n");
        blocks(out, self.run.iter().copied(), inline);
        out.markup("</details>\n");
    }

    /// Links to all lines, and the last `kept` of them.
    fn link(
        &self,
        out: &mut HtmlWriter<'_>,
        places: &[Elsewhere],
        kept: usize,
        inline: &mut Inline<'_>,
    ) {
        out.markup("<p class=w>");
        out.text(if self.says.is_empty() { out.words().text("quotes") } else { &self.says });
        for (n, place) in places.iter().enumerate() {
            out.markup(if n == 0 { "" } else { ", " }).link(&place.url, &place.label);
        }
        out.markup("\n");
        if let Some(last) = self.run.last().map(|block| last_lines(*block, kept)) {
            inline.pass(self.run, last.text.len());
            if !last.text.trim().is_empty() {
                blocks(out, [last], inline);
                out.markup("\n");
            }
        }
    }
}

/// Appends quotes, each inside those that are less deep.
fn blocks<'a>(
    out: &mut HtmlWriter<'_>,
    run: impl IntoIterator<Item = Block<'a>>,
    inline: &mut Inline<'_>,
) {
    let mut open = 0;
    for block in run {
        let Kind::Quote(depth) = block.kind else { continue };
        let depth = depth.min(DEEPEST);
        nest(out, open, depth);
        open = depth;
        inline.block(out, &block, depth);
    }
    nest(out, open, 0);
}

/// Changes from one depth of quotes to another.
fn nest(out: &mut HtmlWriter<'_>, from: usize, to: usize) {
    for _ in from..to {
        out.markup("<blockquote>");
    }
    for _ in to..from {
        out.markup("</blockquote>");
    }
}

/// Whether the sender has a remark about the quote above.
fn is_remark(next: &Block<'_>) -> bool {
    let lines: Vec<&str> = next.text.lines().collect();
    let mut paragraphs = lines.split(|line| line.trim().is_empty()).filter(|p| !p.is_empty());
    next.kind == Kind::Own && !paragraphs.all(is_closing)
}

/// Whether a paragraph is `Thanks,` and a name, or only tags.
pub(crate) fn is_closing(paragraph: &[&str]) -> bool {
    let is_short = |line: &&str| line.len() < 30;
    let is_greeting = paragraph.len() <= 3
        && paragraph.first().is_some_and(|line| line.trim_end().ends_with([',', '!']))
        && paragraph.iter().all(is_short);
    is_greeting || paragraph.iter().all(|line| Trailer::parse(line).is_some())
}

/// The last paragraphs of a quote with at most `most` lines, or the last `most` lines of a longer one; nothing from
/// below a patch.
fn last_lines<'a>(block: Block<'a>, most: usize) -> Block<'a> {
    let Kind::Quote(depth) = block.kind else { return block };
    let (mut at, mut start, mut lines) = (block.text.len(), block.text.len(), 0);
    for line in block.text.split_inclusive('\n').rev() {
        let bare = unquoted(line, depth).trim_end();
        if bare == "--" {
            return Block { text: "", ..block };
        }
        // A paragraph begins here.
        if bare.is_empty() && lines > 0 {
            start = at;
        }
        lines += usize::from(!bare.is_empty());
        if lines > most {
            break;
        }
        at -= line.len();
    }
    let start = if start == block.text.len() && most > 0 { at } else { start };
    Block { text: &block.text[start..], ..block }
}
