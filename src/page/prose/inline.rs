//! What stands out within the lines of a block: links, trailers, lines of diffs.

use super::{Block, Kind, Reference, Resolver, quote_prefix};
use crate::{
    message::Trailer,
    text::{escape_into, escape_text_into},
    url::{href, next_url},
};

/// A longer line is escaped and nothing else.
const MAX_LINE_BYTES: usize = 8192;

/// What the lines of a diff begin with that are no lines of a file.
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
/// No trailer has a longer key.
const MAX_KEY_BYTES: usize = 40;

/// Writes lines, and remembers whether they are those of a diff. A quoted diff goes on behind the
/// remark that interrupts it.
pub(super) struct Inline<'a> {
    resolve: Resolver<'a>,
    in_own_diff: bool,
    in_quoted_diff: bool,
}

/// What a line of a diff is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DiffLine {
    /// No line of a diff.
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

    /// Appends a block with its element.
    pub(super) fn block(&mut self, out: &mut String, block: &Block<'_>) {
        let (open, close) = match block.kind {
            Kind::Own if block.text.trim().is_empty() => return,
            Kind::Own => ("<pre class=mail>", "</pre>\n"),
            Kind::Signature => ("<pre class=sig>", "</pre>\n"),
            Kind::Quote(1) => ("<blockquote class=q1><pre>", "</pre></blockquote>\n"),
            Kind::Quote(2) => ("<blockquote class=q2><pre>", "</pre></blockquote>\n"),
            Kind::Quote(3) => ("<blockquote class=q3><pre>", "</pre></blockquote>\n"),
            Kind::Quote(_) => ("<blockquote class=q4><pre>", "</pre></blockquote>\n"),
        };
        out.push_str(open);
        self.in_own_diff = false;
        let text = match block.kind {
            // The empty lines around an answer are the gaps between blocks.
            Kind::Own => block.text.trim_start_matches(['\r', '\n']).trim_end(),
            _ => block.text.trim_end_matches(['\r', '\n']),
        };
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\n', rest.as_bytes()) {
            self.line(out, &rest[..at], block.kind);
            out.push('\n');
            rest = &rest[at + 1..];
        }
        self.line(out, rest, block.kind);
        out.push_str(close);
    }

    fn line(&mut self, out: &mut String, line: &str, kind: Kind) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let prefix = quote_prefix(line);
        let text = &line[prefix.len()..];
        escape_text_into(out, prefix);
        let (open, close) = match self.diff_line(text, kind) {
            DiffLine::No if kind == Kind::Own => return self.own_line(out, text),
            DiffLine::No | DiffLine::Context => return self.words(out, text),
            DiffLine::Head => ("<samp>", "</samp>"),
            DiffLine::Added => ("<ins>", "</ins>"),
            DiffLine::Removed => ("<del>", "</del>"),
        };
        out.push_str(open);
        escape_text_into(out, text);
        out.push_str(close);
    }

    /// Follows a diff through its lines. People cut diffs as they like: it is over at the first line
    /// that cannot belong to one.
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

    /// A line of the author's own, which may be a trailer.
    fn own_line(&mut self, out: &mut String, line: &str) {
        let is_key = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
        let len = line.bytes().take(MAX_KEY_BYTES).take_while(is_key).count();
        let key =
            line.get(..len).filter(|_| line.as_bytes().get(len) == Some(&b':')).unwrap_or_default();
        if is_trailer_key(key) && line.len() < MAX_LINE_BYTES && Trailer::parse(line).is_some() {
            out.push_str("<b class=tr>");
            escape_text_into(out, key);
            out.push_str(":</b>");
            return self.words(out, &line[key.len() + 1..]);
        }
        self.words(out, line);
    }

    /// Appends text with its links.
    fn words(&self, out: &mut String, text: &str) {
        if text.len() > MAX_LINE_BYTES {
            return escape_text_into(out, text);
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

    fn url(&self, out: &mut String, url: &str) {
        if let Some(local) = (self.resolve)(Reference::Url(url)) {
            return link(out, &local, url);
        }
        match href(url) {
            Some(href) => {
                out.push_str("<a rel=nofollow href=\"");
                out.push_str(&href);
                out.push_str("\">");
                escape_text_into(out, url);
                out.push_str("</a>");
            }
            None => escape_text_into(out, url),
        }
    }

    /// Appends text without web addresses, where `<…@…>` may be a message of this site.
    fn message_ids(&self, out: &mut String, text: &str) {
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
                escape_text_into(out, &text[done..start]);
                link(out, &local, id);
                done = start + len;
            }
            at = start + len;
        }
        escape_text_into(out, &text[done..]);
    }
}

/// `<a href="…">text</a>`
fn link(out: &mut String, href: &str, text: &str) {
    out.push_str("<a href=\"");
    escape_into(out, href);
    out.push_str("\">");
    escape_text_into(out, text);
    out.push_str("</a>");
}

/// Keys that stand out wherever they are; any other `Word:` may begin a sentence.
fn is_trailer_key(key: &str) -> bool {
    let ends = key.len() > 3 && key.as_bytes()[key.len() - 3..].eq_ignore_ascii_case(b"-by");
    let known =
        ["Fixes", "Link", "Closes", "Cc", "Change-Id", "BugLink", "Message-Id", "Message-ID"];
    ends || known.contains(&key)
}
