//! Safe HTML: the writer for all markup of a page.
//!
//! In: literals of the program, which are markup; texts of others, which are masked and then escaped for their
//! place. Out: an [`Html`], which serialises as a string for a template's `| safe`. Never here: a way to make markup
//! of text that is no literal, except the Markdown of the site's author ([`Html::of_author`]).
//!
//! ```text
//! html.markup("<a href=\"").value(&url).markup("\">").text(&name).markup("</a>");
//! ```
//!
//! `tests/suite/typed.rs` checks that the stages use it.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    mask::{AtSign, Mask},
    plain::is_bidi_control,
};
use crate::words::{Arg, Part, Words};

/// Finished markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Html(String);

impl Html {
    /// Its type name when serialised.
    pub(crate) const NAME: &'static str = "Html";

    /// The output of a Markdown parser for text of the site's author, who may write HTML.
    pub(crate) fn of_author(html: String) -> Self {
        Self(html)
    }

    /// The markup, for inspection.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup, for writing to a file.
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

/// A writer of markup. Every text goes through its [`Mask`].
#[derive(Debug)]
pub struct HtmlWriter<'m> {
    html: String,
    mask: Mask<'m>,
    words: &'m Words,
}

impl<'m> HtmlWriter<'m> {
    /// An empty writer.
    pub(crate) fn new(mask: Mask<'m>) -> Self {
        Self::with_capacity(mask, 0)
    }

    /// An empty writer with room for this many bytes.
    pub(crate) fn with_capacity(mask: Mask<'m>, bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), mask, words: Words::english() }
    }

    /// The same writer with the words of a site; the default is English.
    pub(crate) fn in_words(self, words: &'m Words) -> Self {
        Self { words, ..self }
    }

    /// An empty writer with the same mask and words.
    pub(crate) fn another(&self) -> Self {
        Self::new(self.mask).in_words(self.words)
    }

    /// Its language.
    pub(crate) fn words(&self) -> &'m Words {
        self.words
    }

    /// The output.
    pub(crate) fn finish(self) -> Html {
        Html(self.html)
    }

    /// Appends markup: a literal, so that no text from a mail can be markup.
    pub(crate) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.html.push_str(markup);
        self
    }

    /// Appends text between tags.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.escape(text, Where::BetweenTags);
        self
    }

    /// Appends an entry of the catalogue without arguments.
    pub(crate) fn entry(&mut self, key: &'static str) -> &mut Self {
        self.text(self.words.text(key))
    }

    /// Appends an entry of the catalogue; `place` writes the arguments that are not given, by name.
    pub(crate) fn say(
        &mut self,
        key: &'static str,
        args: &[(&str, Arg<'_>)],
        mut place: impl FnMut(&mut Self, &str),
    ) -> &mut Self {
        let words = self.words;
        for part in words.parts(key, args) {
            match part {
                Part::Text(text) => drop(self.text(&text)),
                Part::Slot(name) => place(self, name),
            }
        }
        self
    }

    /// Appends text for any place, including a quoted attribute value.
    pub(crate) fn value(&mut self, text: &str) -> &mut Self {
        self.escape(text, Where::Anywhere);
        self
    }

    /// Appends a part of an unquoted attribute value; nothing in it ends the value.
    pub(crate) fn word(&mut self, word: &str) -> &mut Self {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._#/:".contains(&b);
        if word.bytes().all(is_plain) {
            self.html.push_str(word);
            return self;
        }
        for c in self.mask.apply(word).chars() {
            match c {
                // Writing to a string cannot fail.
                ' ' | '\t' | '\n' | '=' | '`' => drop(write!(self.html, "&#{};", u32::from(c))),
                _ => escape_into(&mut self.html, c.encode_utf8(&mut [0; 4]), self.mask.at_sign()),
            }
        }
        self
    }

    /// Appends the address of a link or picture, on this site or on the web. An address that a browser would run
    /// becomes `#`.
    pub(crate) fn address(&mut self, url: &str) -> &mut Self {
        let start = url.split(['/', '?', '#']).next().unwrap_or_default();
        let scheme = start.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            None | Some("http" | "https" | "mailto") => self.value(url),
            Some(_) => self.markup("#"),
        }
    }

    /// Appends a link.
    pub(crate) fn link(&mut self, url: &str, words: &str) -> &mut Self {
        self.markup("<a href=\"").address(url).markup("\">").text(words).markup("</a>")
    }

    /// Appends a number: each line of a diff has one, and `write!` takes ten times as long.
    pub(crate) fn number(&mut self, number: impl TryInto<u64>) -> &mut Self {
        let mut number: u64 = number.try_into().unwrap_or(u64::MAX);
        let mut digits = [0; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.html.extend(digits[at..].iter().map(|&digit| char::from(digit)));
        self
    }

    /// Appends finished markup.
    pub(crate) fn html(&mut self, html: &Html) -> &mut Self {
        self.html.push_str(&html.0);
        self
    }

    /// Removes trailing line ends.
    pub(crate) fn trim_end(&mut self) -> &mut Self {
        self.html.truncate(self.html.trim_end_matches('\n').len());
        self
    }

    /// Whether nothing is written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// The output so far.
    pub(crate) fn as_str(&self) -> &str {
        &self.html
    }

    fn escape(&mut self, text: &str, place: Where) {
        escape(&mut self.html, &self.mask.apply(text), place, self.mask.at_sign());
    }
}

/// Appends `text` to `out` as HTML text or attribute value: `& < > " '` escaped, characters that
/// HTML forbids replaced by U+FFFD, bidi controls made visible as `<U+202E>`.
pub(crate) fn escape_into(out: &mut String, text: &str, at_sign: AtSign) {
    escape(out, text, Where::Anywhere, at_sign);
}

/// The place of escaped text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    /// Quotes and `>` can stay, which makes C a tenth shorter.
    BetweenTags,
}

/// The bytes that [`escape`] must inspect: markup, control characters, and the first bytes of characters that may be
/// forbidden or invisible (U+0080, U+202A, U+FDD0, planes' ends).
const fn bytes_to_look_at(place: Where, at_sign: AtSign) -> [bool; 256] {
    let mut look = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        look[byte] = match byte as u8 {
            0..=8 | 11..=31 | b'&' | b'<' | 0x7f | 0xc2 | 0xe2 | 0xef..=0xff => true,
            b'>' | b'"' | b'\'' => matches!(place, Where::Anywhere),
            b'@' => matches!(at_sign, AtSign::Escaped),
            _ => false,
        };
        byte += 1;
    }
    look
}

static ANYWHERE: [bool; 256] = bytes_to_look_at(Where::Anywhere, AtSign::AsIs);
static ANYWHERE_MASKED: [bool; 256] = bytes_to_look_at(Where::Anywhere, AtSign::Escaped);
static BETWEEN_TAGS: [bool; 256] = bytes_to_look_at(Where::BetweenTags, AtSign::AsIs);
static BETWEEN_TAGS_MASKED: [bool; 256] = bytes_to_look_at(Where::BetweenTags, AtSign::Escaped);

fn escape(out: &mut String, text: &str, place: Where, at_sign: AtSign) {
    let look = match (place, at_sign) {
        (Where::Anywhere, AtSign::AsIs) => &ANYWHERE,
        (Where::Anywhere, AtSign::Escaped) => &ANYWHERE_MASKED,
        (Where::BetweenTags, AtSign::AsIs) => &BETWEEN_TAGS,
        (Where::BetweenTags, AtSign::Escaped) => &BETWEEN_TAGS_MASKED,
    };
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| look[usize::from(b)]) {
        let (plain, behind) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = behind.chars();
        let Some(c) = chars.next() else { break };
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '@' => out.push_str("&#64;"),
            '\r' => out.push('\u{240d}'),
            '\u{c}' => out.push('\u{240c}'),
            _ if is_forbidden(c) => out.push('\u{fffd}'),
            // Writing to a string cannot fail.
            _ if is_bidi_control(c) => drop(write!(out, "&lt;U+{:04X}&gt;", u32::from(c))),
            _ => out.push(c),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Control characters and noncharacters, which neither HTML nor XML may contain.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn writer() -> HtmlWriter<'static> {
        HtmlWriter::new(Mask::NONE)
    }

    fn escaped(text: &str) -> (String, String) {
        let (mut anywhere, mut between) = (writer(), writer());
        anywhere.value(text);
        between.text(text);
        (anywhere.finish().into_string(), between.finish().into_string())
    }

    #[test]
    fn markup_is_escaped() {
        let (anywhere, between) = escaped("a<b>&\"c\" 'd'");
        assert_eq!(anywhere, "a&lt;b&gt;&amp;&quot;c&quot; &#39;d&#39;");
        assert_eq!(between, "a&lt;b>&amp;\"c\" 'd'");
    }

    #[test]
    fn what_must_not_be_on_a_page_is_shown() {
        for (text, html) in [
            ("a\0b\x1b\u{7f}\u{85}", "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}"),
            ("x\u{202e}y\u{2066}", "x&lt;U+202E&gt;y&lt;U+2066&gt;"),
            ("\u{ffff}\u{fdd0}\u{1fffe}", "\u{fffd}\u{fffd}\u{fffd}"),
            ("\tü\u{a0}€…\u{1f600}\n", "\tü\u{a0}€…\u{1f600}\n"),
            ("a\rb\u{c}", "a\u{240d}b\u{240c}"),
        ] {
            assert_eq!(escaped(text), (html.to_owned(), html.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn a_word_stays_in_its_attribute() {
        for (word, written) in [
            ("3b-11", "3b-11"),
            ("a b\n=c>`\"é", "a&#32;b&#10;&#61;c&gt;&#96;&quot;é"),
            ("p3 onclick=x", "p3&#32;onclick&#61;x"),
        ] {
            assert_eq!(writer().word(word).as_str(), written);
        }
    }

    #[test]
    fn an_address_leads_somewhere_and_runs_nothing() {
        for (url, written) in [
            ("../a/#m1", "../a/#m1"),
            ("https://example.org/?a&b", "https://example.org/?a&amp;b"),
            ("a/b:c", "a/b:c"),
            ("mailto:a", "mailto:a"),
            ("JavaScript:alert(1)", "#"),
            ("data:text/html,x", "#"),
            ("\u{1}javascript:x", "#"),
        ] {
            assert_eq!(writer().address(url).as_str(), written);
        }
    }

    #[test]
    fn numbers_are_written_whole() {
        let mut out = writer();
        out.number(0_usize).markup(" ").number(1_204_u32).markup(" ").number(u64::MAX);
        assert_eq!(out.as_str(), "0 1204 18446744073709551615");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_leaves_its_place(text in "([a-z&<>\"'=` \\t\n/:#;.@-]|\\PC|javascript:|\u{202e}){0,30}") {
            let ends = ['<', '>', '"', '\'', '=', '`', ' ', '\t', '\n'];
            prop_assert!(!writer().text(&text).as_str().contains('<'));
            prop_assert!(!writer().value(&text).as_str().contains(&ends[..4]));
            prop_assert!(!writer().word(&text).as_str().contains(ends));
            let mut address = writer();
            address.address(&text);
            prop_assert!(!address.as_str().contains(&ends[..4]));
            prop_assert!(!address.as_str().starts_with("javascript:"));
        }
    }
}
