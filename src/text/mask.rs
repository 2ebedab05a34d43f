//! Masks mail addresses in text, if `[privacy] addresses` asks for it.
//!
//! In: text of others, before it is escaped or cut, and the [`Rules`] of the site. Out: the text with every address
//! masked (`j…@example.org`) or hidden. Every writer of a site's files has a [`Mask`] and applies it to its texts;
//! [`Mask::over`] does so for the strings of a value for a template or JSON. Never here: the site's own addresses,
//! and the Message-IDs of the site's mails, which links and commands need. Their at signs are escaped for markup and
//! JSON (`&#64;`), which browsers decode and address harvesters do not.
//!
//! An at sign may also be `%40`, as in links, or `=40`, which a mailer forgot to decode.

mod value;

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeSet, HashSet},
    ops::Range,
};

/// The most bytes on either side of an at sign that are inspected: RFC 5321 allows 64 and 255.
const MOST: usize = 320;

/// The replacement of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cover {
    /// Its first letter and its host.
    FirstLetter,
    /// Nothing; the brackets around the address are removed, too.
    Nothing,
}

/// How an at sign is written in markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtSign {
    /// As it is.
    AsIs,
    /// As `&#64;`.
    Escaped,
}

/// The addresses that a site does not show.
#[derive(Debug)]
pub(crate) struct Rules<'a> {
    /// Their replacement.
    pub(crate) cover: Cover,
    /// Texts with an at sign that stay: the Message-IDs of the site's mails.
    pub(crate) ids: HashSet<&'a str>,
    /// The site's own addresses.
    pub(crate) own: HashSet<&'a str>,
}

/// The words of one file that might be a Message-ID: a later mail may have one of them as its own.
#[derive(Debug, Default)]
pub(crate) struct Asked(RefCell<BTreeSet<Box<str>>>);

impl Asked {
    /// Records a word.
    pub(crate) fn note(&self, id: &str) {
        let mut ids = self.0.borrow_mut();
        if !ids.contains(id) {
            ids.insert(id.into());
        }
    }

    /// All recorded words, sorted.
    pub(crate) fn finish(self) -> Vec<Box<str>> {
        self.0.into_inner().into_iter().collect()
    }
}

/// The masking that the writers of one file apply to every text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mask<'m>(Option<(&'m Rules<'m>, &'m Asked)>);

impl<'m> Mask<'m> {
    /// Changes nothing: for a terminal, and for pages of the site's author.
    pub(crate) const NONE: Self = Self(None);

    /// Applies the rules of a site, if it has any; `asked` records the words that were looked up.
    pub(crate) fn new(rules: Option<&'m Rules<'m>>, asked: &'m Asked) -> Self {
        Self(rules.map(|rules| (rules, asked)))
    }

    /// Whether it hides anything.
    pub(crate) fn is_active(self) -> bool {
        self.0.is_some()
    }

    /// How its writers write an at sign.
    pub(crate) fn at_sign(self) -> AtSign {
        if self.is_active() { AtSign::Escaped } else { AtSign::AsIs }
    }

    /// `text` with every address masked or hidden.
    pub(crate) fn apply(self, text: &str) -> Cow<'_, str> {
        let Some((rules, asked)) = self.0 else { return Cow::Borrowed(text) };
        let bytes = text.as_bytes();
        let mut out = String::new();
        let mut done = 0;
        for at in memchr::memchr3_iter(b'@', b'%', b'=', bytes) {
            if at < done {
                continue;
            }
            let Some(found) = Found::at(text, at, done) else { continue };
            if rules.own.contains(&*found.up_to(found.host.end, text)) {
                continue;
            }
            let id = found.up_to(found.whole, text);
            asked.note(&id);
            if rules.ids.contains(&*id) {
                continue;
            }
            done = found.cover(text, rules.cover, done, &mut out);
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }
}

/// An address, or a text that looks like one: the letters before its at sign, the sign, the letters after it.
struct Found {
    user: Range<usize>,
    sign: Range<usize>,
    host: Range<usize>,
    /// The end of the letters that a Message-ID would have: `1@example.org.5`.
    whole: usize,
}

impl Found {
    /// The address around the at sign at `at`, after `done`.
    fn at(text: &str, at: usize, done: usize) -> Option<Self> {
        let sign = match text.as_bytes()[at] {
            b'@' => at..at + 1,
            _ if text.as_bytes()[at + 1..].starts_with(b"40") => at..at + 3,
            _ => return None,
        };
        let most = text.ceil_char_boundary(done.max(at.saturating_sub(MOST)));
        let start = quoted_start(&text[most..at]).map_or_else(
            || {
                let letters = text[most..at].chars().rev().take_while(|c| is_user(*c));
                at - letters.map(char::len_utf8).sum::<usize>()
            },
            |start| most + start,
        );
        let user = start + odd_start(&text[start..at], text[..start].ends_with('\n') || start == 0);
        let behind = &text[sign.end..text.floor_char_boundary(text.len().min(sign.end + MOST))];
        let letters = behind.chars().take_while(|c| is_host(*c)).map(char::len_utf8).sum();
        let whole = behind[..letters].trim_end_matches(['.', '-']);
        let is_cut = behind[letters..].starts_with('…');
        let host = address_host(whole, is_cut).filter(|_| user < at)?;
        let ends = [host.len(), whole.len()].map(|len| sign.end + len);
        Some(Self { user: user..at, host: sign.end..ends[0], whole: ends[1], sign })
    }

    /// The address, or the whole possible Message-ID, up to `end`.
    fn up_to<'t>(&self, end: usize, text: &'t str) -> Cow<'t, str> {
        match self.sign.len() {
            1 => Cow::Borrowed(&text[self.user.start..end]),
            _ => {
                let host = &text[self.host.start..end];
                Cow::Owned(format!("{}@{host}", &text[self.user.clone()]))
            }
        }
    }

    /// Appends the text since `done` and the replacement of the address; returns the end.
    fn cover(&self, text: &str, cover: Cover, done: usize, out: &mut String) -> usize {
        let start = self.user.start;
        match cover {
            Cover::FirstLetter => {
                let first = text[start..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&text[done..start + first]);
                out.push('…');
                self.sign.start
            }
            Cover::Nothing => {
                let bracket = brackets(&text[done..start], &text[self.host.end..]);
                let (before, behind) = bracket.unwrap_or((0, 0));
                out.push_str(&text[done..start - before]);
                out.push_str(if bracket.is_none() { "[hidden]" } else { "" });
                self.host.end + behind
            }
        }
    }
}

/// The start of the quoted string before the at sign in `"Jane Doe"@example.org` (RFC 5321, 4.1.2).
fn quoted_start(before: &str) -> Option<usize> {
    let quoted = before.strip_suffix('"')?;
    let line = quoted.rfind('\n').map_or(0, |end| end + 1);
    quoted[line..].rfind('"').map(|start| line + start)
}

/// Whether a letter can precede the at sign of an address or a Message-ID; letters outside ASCII count, too (RFC
/// 6531).
fn is_user(c: char) -> bool {
    c.is_alphanumeric() || "._%+=~!#$'*?^`{|}-".contains(c)
}

/// Whether a letter can follow it.
fn is_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

/// The number of bytes at the start of these letters that do not belong to the address: the bracket of a link; a
/// dot; at the start of a line, the sign of a diff.
fn odd_start(letters: &str, starts_line: bool) -> usize {
    let rest = letters.strip_prefix(['+', '-']).filter(|_| starts_line).unwrap_or(letters);
    let rest = rest.trim_start_matches(['.', '\'']);
    let rest = rest.strip_prefix("%3C").unwrap_or(rest);
    letters.len() - rest.len()
}

/// The host at the beginning of these letters: its last part has two letters or more (`example.net.I did` lacks a
/// blank). In a text that was cut, the rest of it may be missing.
fn address_host<'t>(letters: &'t str, is_cut: bool) -> Option<&'t str> {
    if letters.is_empty() || letters.starts_with(['.', '-']) {
        return None;
    }
    let is_host = |host: &&str| {
        let top = host.rsplit('.').next().unwrap_or_default();
        top.len() < host.len() && top.chars().count() >= 2 && top.contains(char::is_alphabetic)
    };
    let shorter = |host: &&'t str| Some(host.rsplit_once('.')?.0);
    std::iter::successors(Some(letters), shorter).find(is_host).or(is_cut.then_some(letters))
}

/// The length of the brackets around an address, including a blank before them; `None` without brackets.
fn brackets(before: &str, behind: &str) -> Option<(usize, usize)> {
    let open = ["&lt;", "<"].into_iter().find(|open| before.ends_with(open))?;
    let close = ["&gt;", ">"].into_iter().find(|close| behind.starts_with(close))?;
    // At the start of a line, it may be the sign of a diff.
    let before = &before[..before.len() - open.len()];
    let blank =
        usize::from(before.ends_with(' ') && !matches!(before, " ") && !before.ends_with("\n "));
    Some((open.len() + blank, close.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(cover: Cover, text: &str) -> String {
        let ids = HashSet::from(["1-jane@example.org"]);
        let rules = Rules { cover, ids, own: HashSet::from(["list@example.org"]) };
        Mask::new(Some(&rules), &Asked::default()).apply(text).into_owned()
    }

    #[test]
    fn addresses_are_masked_or_hidden() {
        for (text, masked, hidden) in [
            ("Jane <jane@example.org>\n", "Jane <j…@example.org>\n", "Jane\n"),
            ("jane@example.org", "j…@example.org", "[hidden]"),
            ("J &lt;jane@example.org&gt;.", "J &lt;j…@example.org&gt;.", "J."),
            ("<jane@e.org", "<j…@e.org", "<[hidden]"),
            ("to list@example.org", "to list@example.org", "to list@example.org"),
            ("/1-jane@example.org/", "/1-jane@example.org/", "/1-jane@example.org/"),
            ("/1-jane%40example.org/", "/1-jane%40example.org/", "/1-jane%40example.org/"),
            ("nand@1,0 a@b.1 @x", "nand@1,0 a@b.1 @x", "nand@1,0 a@b.1 @x"),
            ("ada%40e.org, ada=40e.org", "a…%40e.org, a…=40e.org", "[hidden], [hidden]"),
            ("%3Cada%40e.org%3E", "%3Ca…%40e.org%3E", "%3C[hidden]%3E"),
            ("100%40 x=40.5 %4", "100%40 x=40.5 %4", "100%40 x=40.5 %4"),
            ("a@e.org, b@e.org", "a…@e.org, b…@e.org", "[hidden], [hidden]"),
            ("Vic <vic@bücher.example>", "Vic <v…@bücher.example>", "Vic"),
            ("to jörg.ö@e.org", "to j…@e.org", "to [hidden]"),
            ("öli@e.org", "ö…@e.org", "[hidden]"),
            ("“vic@e.org” x", "“v…@e.org” x", "“[hidden]” x"),
            ("\"vic\"@e.org, \"v w\"@e.org", "\"…@e.org, \"…@e.org", "[hidden], [hidden]"),
            ("say \"@e.org\" or x\"\n\"@e.org", "say \"@e.org\" or x\"\n\"@e.org", ""),
            // The sign of a diff stays, whatever else it may be.
            ("-ada@e.org\n+bob@e.org\n", "-a…@e.org\n+b…@e.org\n", "-[hidden]\n+[hidden]\n"),
            ("x +ada@e.org", "x +…@e.org", "x [hidden]"),
            // A cut address is still an address.
            ("ada@exam…", "a…@exam…", "[hidden]…"),
            ("ada@mail.…", "a…@mail.…", "[hidden].…"),
            ("ada@e.org.I, b@e.org..x", "a…@e.org.I, b…@e.org..x", "[hidden].I, [hidden]..x"),
            ("1-jane@example.org.", "1-jane@example.org.", "1-jane@example.org."),
            ("x\n <ada@e.org>-minus", "x\n <a…@e.org>-minus", "x\n -minus"),
            ("ada@exam …", "ada@exam …", "ada@exam …"),
        ] {
            assert_eq!(covered(Cover::FirstLetter, text), masked);
            assert_eq!(
                covered(Cover::Nothing, text),
                if hidden.is_empty() { text } else { hidden }
            );
            // Masked text stays masked, because a text can go through several writers.
            assert_eq!(covered(Cover::FirstLetter, masked), masked);
            assert_eq!(Mask::NONE.apply(text), text);
        }
    }

    #[test]
    fn what_might_be_an_id_is_asked_for() {
        let rules = Rules { cover: Cover::FirstLetter, ids: HashSet::new(), own: HashSet::new() };
        let asked = Asked::default();
        Mask::new(Some(&rules), &asked).apply("a@e.org <b%40e.org> c@1");
        assert_eq!(asked.finish(), ["a@e.org".into(), "b@e.org".into()]);
    }
}
