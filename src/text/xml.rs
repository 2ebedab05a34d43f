//! XML for feeds and sitemaps: the writer for all of their markup.
//!
//! In: literals of the program, which are markup; texts of others, which are masked and escaped; finished HTML,
//! which a feed contains as text. Out: an [`Xml`]. Never here: a way to make markup of text that is no literal.

use std::borrow::Cow;

use super::{
    html::{Html, escape_into, is_forbidden},
    mask::Mask,
};

/// A document.
#[derive(Debug)]
pub(crate) struct Xml<'m> {
    xml: String,
    mask: Mask<'m>,
}

impl<'m> Xml<'m> {
    /// A document whose first line is written.
    pub(crate) fn new(mask: Mask<'m>) -> Self {
        Self::with_capacity(mask, 1024)
    }

    /// The same, with room for this many bytes.
    pub(crate) fn with_capacity(mask: Mask<'m>, bytes: usize) -> Self {
        let mut xml = Self { xml: String::with_capacity(bytes), mask };
        xml.markup("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        xml
    }

    /// Appends markup: a literal, so that no text from a mail can be markup.
    pub(crate) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.xml.push_str(markup);
        self
    }

    /// Appends text for any place.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        escape_into(&mut self.xml, &xml_text(&self.mask.apply(text)), self.mask.at_sign());
        self
    }

    /// Appends an attribute.
    pub(crate) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.markup(" ").markup(name).markup("=\"").text(value).markup("\"")
    }

    /// Appends an element with text, and ends the line.
    pub(crate) fn element(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.markup("<").markup(name).markup(">").text(text).markup("</").markup(name).markup(">\n")
    }

    /// Appends HTML as text.
    pub(crate) fn html(&mut self, html: &Html) -> &mut Self {
        escape_into(&mut self.xml, html.as_str(), self.mask.at_sign());
        self
    }

    /// The document, for writing to a file.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.xml.into_bytes()
    }
}

/// `text` with characters that XML 1.0 forbids replaced by U+FFFD.
pub(crate) fn xml_text(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| is_forbidden(c) && c != '\r';
    if text.contains(is_bad) {
        Cow::Owned(text.replace(is_bad, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_keeps_what_it_may() {
        assert_eq!(xml_text("a\tb\n<\u{202e}"), "a\tb\n<\u{202e}");
        assert_eq!(xml_text("a\0\u{c}\u{fffe}"), "a\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn xml_holds_no_control_characters() {
        let mut out = Xml { xml: String::new(), mask: Mask::NONE };
        out.element("title", "a\u{1b}[31m & <b>\u{0}").attribute("href", "a\"b");
        let written = "<title>a\u{fffd}[31m &amp; &lt;b&gt;\u{fffd}</title>\n href=\"a&quot;b\"";
        assert_eq!(out.into_bytes(), written.as_bytes());
    }
}
