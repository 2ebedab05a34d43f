//! The words of a mail as HTML.
//!
//! In: a text as it was mailed, and what its links lead to on this site. Out: HTML in which every
//! line of it stands, monospaced, quotes told from answers. Never here: the diff of a patch (see
//! [`diff`](super::diff)); recursion, however deep the quotes.
//!
//! ```text
//! <pre class=mail>Hello, see <a href="…">https://…</a> and &lt;<a href="…">m@example.org</a>&gt;
//! <b class=tr>Reviewed-by:</b> A &lt;a@example.org&gt;</pre>
//! <blockquote class=q1><pre>&gt; quoted
//! &gt; <ins>+added</ins>                               (lines of a diff, quoted or not)
//! &gt; <del>-removed</del>
//! &gt; <samp>@@ -1,2 +1,2 @@</samp></pre></blockquote>
//! <details class=quote><summary>12 quoted lines</summary>
//! <blockquote class=q2><pre>&gt;&gt; quoted twice</pre></blockquote></details>
//! <pre class=sig>-- …</pre>
//! <p class=note>12 KiB more of this text not shown here.</p>
//! ```
//!
//! Depths from 4 on are `q4`. Blocks are flat: a deeper quote is another block, not a nested one.

mod inline;

use inline::Inline;

use crate::text::plural;

/// What a text refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference<'a> {
    /// A web address as written.
    Url(&'a str),
    /// What stands in `<…@…>`, without the brackets: a message-id, or a mail address.
    MessageId(&'a str),
}

/// Says where on this site a reference leads, as a relative address; `None` if nowhere.
pub type Resolver<'a> = &'a dyn Fn(Reference<'_>) -> Option<String>;

/// How a text is to be shown.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Where references lead.
    pub resolve: Resolver<'a>,
    /// A run of more quoted lines is folded.
    pub fold_quotes: usize,
    /// The text is shown up to so many bytes.
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
        Self { resolve: &|_| None, fold_quotes: 6, max_bytes: 512 << 10 }
    }
}

/// Appends `text`; returns how many bytes of it were left out for its length.
pub fn mail(out: &mut String, text: &str, options: &Options<'_>) -> usize {
    let shown = up_to(text, options.max_bytes);
    let mut blocks = Blocks { rest: shown, in_signature: false }.peekable();
    let mut inline = Inline::new(options.resolve);
    while let Some(block) = blocks.next() {
        let Kind::Quote(_) = block.kind else {
            inline.block(out, &block);
            continue;
        };
        // A run of quotes of all depths is folded as one.
        let mut run = vec![block];
        while let Some(next) = blocks.next_if(|next| matches!(next.kind, Kind::Quote(_))) {
            run.push(next);
        }
        let lines = run.iter().map(|block| count_lines(block.text)).sum::<usize>();
        let is_long = lines > options.fold_quotes;
        if is_long {
            let words = plural(lines, "quoted line", "quoted lines");
            out.extend(["<details class=quote><summary>", &words, "</summary>\n"]);
        }
        run.iter().for_each(|block| inline.block(out, block));
        out.push_str(if is_long { "</details>\n" } else { "" });
    }
    let cut = text.len() - shown.len();
    if cut > 0 {
        let kib = cut.div_ceil(1024).to_string();
        out.extend(["<p class=note>", &kib, " KiB more of this text not shown here.</p>\n"]);
    }
    cut
}

fn count_lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() + usize::from(!text.ends_with('\n'))
}

/// The start of `text` that fits, cut at a line end where there is one.
fn up_to(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let fits = &text[..text.floor_char_boundary(max)];
    fits.rfind('\n').map_or(fits, |at| &fits[..=at])
}

/// Lines that are shown as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block<'a> {
    kind: Kind,
    /// With the line ends.
    text: &'a str,
}

/// What the lines of a block are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The author's own words.
    Own,
    /// Words of others, so many deep.
    Quote(usize),
    /// Below `-- `.
    Signature,
}

/// Divides a text into blocks.
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
            0 if self.in_signature || matches!(line.trim_end_matches(['\r', '\n']), "-- ") => {
                Kind::Signature
            }
            0 => Kind::Own,
            depth => Kind::Quote(depth),
        }
    }
}

/// How many `>` a line begins with, blanks between them allowed.
fn depth(line: &str) -> usize {
    quote_prefix(line).bytes().filter(|&b| b == b'>').count()
}

/// The `> > ` that a line begins with, with one blank behind it.
fn quote_prefix(line: &str) -> &str {
    let bytes = line.as_bytes();
    let mut end = 0;
    loop {
        match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'>'), _) => end += 1,
            (Some(b' '), Some(b'>')) if end > 0 => end += 2,
            _ => break,
        }
    }
    &line[..end + usize::from(end > 0 && bytes.get(end) == Some(&b' '))]
}

#[cfg(test)]
mod tests;
