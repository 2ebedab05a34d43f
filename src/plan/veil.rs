//! Mail addresses on the site, where `[privacy] addresses` does not show them as they are.
//!
//! In: the finished bytes of a page, a feed, a part of the search index. Out: the same with every address masked
//! (`j…@example.org`) or hidden; none is missed, wherever it came from.
//! Never here: an address that is the site's own: its lists', the digest's sender's, what the author's pages say.
//!
//! An at sign is also `%40`, as in links, and `=40`, which a mailer forgot to decode.
//!
//! A Message-ID is no address, and links and commands need it as it is: those of the site's own messages stay, with
//! the at sign written as markup and JSON allow (`&#64;`), which browsers read and gatherers of addresses do not.
//! What a mail names as its parent is no evidence of an id, as any sender can name an address there; nor is an id
//! that is the address of somebody who wrote or signed a mail, or that looks like one: any sender can choose theirs.

use std::{borrow::Cow, collections::HashSet, ops::Range};

use crate::{
    address::split_mailbox,
    config::{Addresses, Settings},
    patch::Mail,
    plan::route::Route,
    series::Corpus,
};

/// Elements that stand within a word: the colours of code, the words that a diff changes.
const WITHIN: [&[u8]; 12] =
    [b"b", b"i", b"u", b"em", b"var", b"dfn", b"s", b"q", b"ins", b"del", b"mark", b"small"];

/// Bytes of an address that are looked at on either side of its at sign: RFC 5321 allows 64 and 255.
const MOST: usize = 320;

/// What hides addresses.
#[derive(Debug)]
pub(crate) struct Veil<'a> {
    addresses: Addresses,
    /// The Message-IDs of the site's mails.
    ids: HashSet<&'a str>,
    /// The site's own addresses.
    own: HashSet<&'a str>,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Markup,
    Json,
    Text,
}

impl<'a> Veil<'a> {
    /// That of a site.
    pub(crate) fn new(corpus: &'a Corpus, settings: &'a Settings) -> Self {
        let addresses = settings.addresses;
        let (mut ids, mut own) = (HashSet::new(), HashSet::new());
        if addresses != Addresses::Full {
            let people = people(corpus);
            let all = corpus.mails.iter().map(|letter| &*letter.mail.message.id);
            let is_id = |id: &&str| !people.contains(&id.to_lowercase()) && !is_of_people(id);
            ids.extend(all.filter(is_id));
            let written = settings.lists.iter().map(|list| &list.address);
            let written = written.chain(&settings.digest_from);
            own.extend(written.filter_map(|text| split_mailbox(text)).map(|(_, address)| address));
        }
        Self { addresses, ids, own }
    }

    /// Whether this stays as it is, as the Message-ID of a mail of the site.
    pub(crate) fn spares(&self, word: &str) -> bool {
        self.ids.contains(word)
    }

    /// The file of `route` as the site shows it; `asked` hears of all that might be the Message-ID of a mail.
    pub(crate) fn over(
        &self,
        route: &Route,
        bytes: Vec<u8>,
        asked: &mut dyn FnMut(&str),
    ) -> Vec<u8> {
        if self.addresses == Addresses::Full || matches!(route, Route::Content(_)) {
            return bytes;
        }
        let file = route.file();
        let form = match file.rsplit_once('.') {
            Some((_, "html" | "atom" | "xml" | "rss" | "opml")) => Form::Markup,
            Some((_, "json")) => Form::Json,
            Some((_, "txt" | "mbox" | "ics")) => Form::Text,
            _ if std::str::from_utf8(&bytes).is_ok() => Form::Json,
            _ => return bytes,
        };
        self.draw(form, bytes, asked)
    }

    fn draw(&self, form: Form, bytes: Vec<u8>, asked: &mut dyn FnMut(&str)) -> Vec<u8> {
        let mut out = Vec::new();
        let mut done = 0;
        for at in memchr::memchr3_iter(b'@', b'%', b'=', &bytes) {
            if at < done {
                continue;
            }
            let Some(sign) = sign(form, &bytes, at) else { continue };
            let Some(found) = Found::at(form, &bytes, sign, done) else { continue };
            let text = found.text(&bytes);
            if self.own.contains(&*text) {
                continue;
            }
            asked(&text);
            if self.spares(&text) {
                out.extend_from_slice(&bytes[done..at]);
                out.extend_from_slice(match form {
                    _ if found.sign.len() > 1 => &bytes[found.sign.clone()],
                    Form::Markup => b"&#64;",
                    Form::Json => b"\\u0040",
                    Form::Text => b"@",
                });
                done = found.sign.end;
                continue;
            }
            done = self.replace(&found, &bytes, done, &mut out);
        }
        if done == 0 {
            return bytes;
        }
        out.extend_from_slice(&bytes[done..]);
        out
    }

    /// Appends what stands for an address, and what lies between it and `done`; where it ends.
    fn replace(&self, found: &Found, bytes: &[u8], done: usize, out: &mut Vec<u8>) -> usize {
        let at = found.sign.start;
        let start = *found.user.last().unwrap_or(&at);
        match self.addresses {
            Addresses::Full | Addresses::Masked => {
                // The first letter, then whatever markup stands between the others.
                let first = start + letter_behind(&bytes[start..]).max(1);
                out.extend_from_slice(&bytes[done..first]);
                out.extend_from_slice("…".as_bytes());
                let others = (first..at).filter(|at| !found.user.contains(at));
                out.extend(others.map(|at| bytes[at]));
                at
            }
            Addresses::Hidden => {
                let bracket = brackets(&bytes[done..start], &bytes[found.end..]);
                let (before, behind) = bracket.unwrap_or((0, 0));
                out.extend_from_slice(&bytes[done..start - before]);
                if bracket.is_none() {
                    out.extend_from_slice(b"[hidden]");
                }
                let markup = (start..found.end).filter(|at| {
                    ![&found.user, &found.host].iter().any(|known| known.contains(at))
                        && !found.sign.contains(at)
                });
                out.extend(markup.map(|at| bytes[at]));
                found.end + behind
            }
        }
    }
}

/// An id that looks like a person's address: few small letters and no digit before its at sign. Of 93,000 mails of four lists
/// seven in a thousand have an id without a digit, most of them with capital letters.
fn is_of_people(id: &str) -> bool {
    let user = id.split('@').next().unwrap_or_default();
    user.len() <= 24 && !user.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// The addresses of all who wrote or signed a mail, in lower case.
fn people(corpus: &Corpus) -> HashSet<String> {
    let of = |mail: &Mail| {
        let signed = mail.trailers.iter().filter_map(|trailer| trailer.person());
        let people = signed.chain([mail.message.from.clone(), mail.author.clone()]);
        people.map(|person| person.key()).collect::<Vec<_>>()
    };
    corpus.mails.iter().flat_map(|letter| of(&letter.mail)).collect()
}

/// An address, or what looks like one, in a file.
struct Found {
    /// Where its at sign stands.
    sign: Range<usize>,
    /// Where the letters before that stand, last first.
    user: Vec<usize>,
    /// Where the letters of its host stand.
    host: Vec<usize>,
    /// Behind its last letter.
    end: usize,
}

impl Found {
    /// What stands around the at sign at `sign`, not before `done`.
    fn at(form: Form, bytes: &[u8], sign: Range<usize>, done: usize) -> Option<Self> {
        let at = sign.start;
        let mut user: Vec<usize> = Vec::new();
        let mut next = at;
        while next > done.max(at.saturating_sub(MOST)) {
            let byte = bytes[next - 1];
            if byte == b'>' && form == Form::Markup {
                let Some(start) = within(bytes, done, next) else { break };
                next = start;
                continue;
            }
            let len = if is_user(byte) { 1 } else { letter_before(&bytes[..next]) };
            if len == 0 {
                break;
            }
            user.extend((next - len..next).rev());
            next -= len;
        }
        if form == Form::Json && next > 0 && bytes[next - 1] == b'\\' {
            // The escape before the address: `\n`, `\u003c`.
            let escaped = if bytes.get(next) == Some(&b'u') { 5 } else { 1 };
            user.truncate(user.len().saturating_sub(escaped));
        }
        while user.last().is_some_and(|at| matches!(bytes[*at], b'.' | b'\'')) {
            user.pop();
        }
        // The bracket before it, as links have it.
        if user.last().is_some_and(|at| bytes[*at..].starts_with(b"%3C")) {
            user.truncate(user.len() - 3);
        }
        let mut host: Vec<usize> = Vec::new();
        let mut next = sign.end;
        while next < bytes.len().min(at + MOST) {
            let byte = bytes[next];
            if byte == b'<' && form == Form::Markup {
                let end = bytes[next..].iter().position(|b| *b == b'>').map(|n| next + n + 1);
                match end.filter(|end| within(bytes, next, *end).is_some()) {
                    Some(end) => next = end,
                    None => break,
                }
                continue;
            }
            let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
            let len = if is_plain { 1 } else { letter_behind(&bytes[next..]) };
            if len == 0 {
                break;
            }
            host.extend(next..next + len);
            next += len;
        }
        while host.last().is_some_and(|at| matches!(bytes[*at], b'.' | b'-')) {
            host.pop();
        }
        let end = host.last()? + 1;
        let found = Self { sign, user, host, end };
        found.is_address(bytes).then_some(found)
    }

    fn is_address(&self, bytes: &[u8]) -> bool {
        let host: Vec<u8> = self.host.iter().map(|at| bytes[*at]).collect();
        let top = host.rsplit(|b| *b == b'.').next().unwrap_or_default();
        !self.user.is_empty()
            && top.len() < host.len()
            && top.len() >= 2
            && top.iter().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
            && host.first().is_some_and(|byte| !matches!(byte, b'.' | b'-'))
    }

    /// The address, without the markup in it.
    fn text<'b>(&self, bytes: &'b [u8]) -> Cow<'b, str> {
        let letters = |at: &usize| bytes[*at];
        let user = self.user.iter().rev().map(letters);
        let text: Vec<u8> = user.chain([b'@']).chain(self.host.iter().map(letters)).collect();
        String::from_utf8(text).unwrap_or_default().into()
    }
}

/// The at sign that begins at `at`, if one does.
fn sign(form: Form, bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let is_coded = || bytes[at + 1..].starts_with(b"40");
    match bytes[at] {
        b'@' => Some(at..at + 1),
        b'%' if is_coded() => Some(at..at + 3),
        // `<a href=40.html>` has none.
        b'=' if is_coded() && !(form == Form::Markup && is_attribute(bytes, at)) => {
            Some(at..at + 3)
        }
        _ => None,
    }
}

/// Whether what stands at `at` is the sign between an attribute's name and its value.
fn is_attribute(bytes: &[u8], at: usize) -> bool {
    let tag = memchr::memrchr2(b'<', b'>', &bytes[..at]).filter(|start| bytes[*start] == b'<');
    tag.is_some_and(|start| memchr::memchr_iter(b'"', &bytes[start..at]).count().is_multiple_of(2))
}

/// Bytes that stand before the at sign of an address, or of a Message-ID.
fn is_user(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+=~!#$'*?^`{|}-".contains(&byte)
}

/// How many bytes the letter outside ASCII has that `bytes` begin with: addresses may have such on both sides (RFC 6531).
fn letter_behind(bytes: &[u8]) -> usize {
    let letter = (2..=4).find_map(|len| std::str::from_utf8(bytes.get(..len)?).ok());
    let letter = letter.and_then(|text| text.chars().next()).filter(|c| c.is_alphanumeric());
    letter.filter(|c| !c.is_ascii()).map_or(0, char::len_utf8)
}

/// The same for one that they end with.
fn letter_before(bytes: &[u8]) -> usize {
    let start =
        |len: &usize| bytes.len().checked_sub(*len).map(|at| letter_behind(&bytes[at..]) == *len);
    (2..=4).find(|len| start(len) == Some(true)).unwrap_or(0)
}

/// Where the tag that ends at `end` begins, if it is of those that stand within words; not before `from`.
fn within(bytes: &[u8], from: usize, end: usize) -> Option<usize> {
    let start = from + memchr::memrchr(b'<', &bytes[from..end])?;
    let name = bytes[start + 1..end - 1].strip_prefix(b"/").unwrap_or(&bytes[start + 1..end - 1]);
    WITHIN.contains(&name).then_some(start)
}

/// How long the brackets around an address are, a blank before them included; nothing where there are none.
fn brackets(before: &[u8], behind: &[u8]) -> Option<(usize, usize)> {
    let open = ["&amp;lt;", "&lt;", "\\u003c", "<"];
    let open = open.iter().find(|text| before.ends_with(text.as_bytes()))?;
    let close = ["&amp;gt;", "&gt;", "\\u003e", ">"];
    let close = close.iter().find(|text| behind.starts_with(text.as_bytes()))?;
    let blank = usize::from(before[..before.len() - open.len()].ends_with(b" "));
    Some((open.len() + blank, close.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(addresses: Addresses, form: Form, text: &str) -> String {
        let ids = HashSet::from(["1-jane@example.org"]);
        let veil = Veil { addresses, ids, own: HashSet::from(["list@example.org"]) };
        String::from_utf8(veil.draw(form, text.into(), &mut |_| ())).expect("text")
    }

    #[test]
    fn addresses_are_masked_or_hidden() {
        use Form::{Json, Markup, Text};
        for (form, text, masked, hidden) in [
            (Text, "Jane <jane@example.org>\n", "Jane <j…@example.org>\n", "Jane\n"),
            (Text, "jane@example.org", "j…@example.org", "[hidden]"),
            (Markup, "J &lt;jane@example.org>.", "J &lt;j…@example.org>.", "J."),
            (
                Markup,
                "<u>ja</u>ne@example<b>.org</b><p>",
                "<u>j…</u>@example<b>.org</b><p>",
                "<u>[hidden]</u><b></b><p>",
            ),
            (Markup, "<li>x</li><li>j@e.org", "<li>x</li><li>j…@e.org", "<li>x</li><li>[hidden]"),
            (Json, "\"a\\njane@e.org\"", "\"a\\nj…@e.org\"", "\"a\\n[hidden]\""),
            (Json, "\"\\u003cj@e.org\\u003e\"", "\"\\u003cj…@e.org\\u003e\"", "\"\""),
            (Markup, "list@example.org", "list@example.org", "list@example.org"),
            (
                Markup,
                "/1-jane@example.org/",
                "/1-jane&#64;example.org/",
                "/1-jane&#64;example.org/",
            ),
            (
                Markup,
                "nand@1,0 flash@0 a@b.1 @x",
                "nand@1,0 flash@0 a@b.1 @x",
                "nand@1,0 flash@0 a@b.1 @x",
            ),
            (Text, "ada%40e.org, ada=40e.org", "a…%40e.org, a…=40e.org", "[hidden], [hidden]"),
            (Json, "\"%3Cada%40e.org%3E\"", "\"%3Ca…%40e.org%3E\"", "\"%3C[hidden]%3E\""),
            (
                Markup,
                "<a href=4000.html title=\"x ada=40e.org\">/1-jane%40example.org/</a>",
                "<a href=4000.html title=\"x a…=40e.org\">/1-jane%40example.org/</a>",
                "<a href=4000.html title=\"x [hidden]\">/1-jane%40example.org/</a>",
            ),
            (Text, "100%40 x=40.5 %4", "100%40 x=40.5 %4", "100%40 x=40.5 %4"),
            (Text, "a@e.org, b@e.org", "a…@e.org, b…@e.org", "[hidden], [hidden]"),
            (Text, "Vic <vic@bücher.example>", "Vic <v…@bücher.example>", "Vic"),
            (Text, "to jörg.ö@e.org", "to j…@e.org", "to [hidden]"),
            (Text, "öli@e.org", "ö…@e.org", "[hidden]"),
            (Text, "“vic@e.org” x", "“v…@e.org” x", "“[hidden]” x"),
        ] {
            assert_eq!(drawn(Addresses::Masked, form, text), masked);
            assert_eq!(drawn(Addresses::Hidden, form, text), hidden);
        }
    }
}
