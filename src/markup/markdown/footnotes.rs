//! Footnotes, with links from the text and back to it.
//!
//! In: references and definitions, in the order of the text. Out: their HTML. Numbers follow the first references.
//! Never here: a footnote's own text; its place, which is where its author wrote it.

use super::ways::Ways;
use crate::text::{Html, HtmlWriter, Mask};

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Their names, and the number of references to each.
    names: Vec<(String, usize)>,
    /// The number of the one that is open.
    open: usize,
}

impl Footnotes {
    fn number(&mut self, name: &str) -> usize {
        let known = self.names.iter().position(|(known, _)| known == name);
        let at = known.unwrap_or_else(|| {
            self.names.push((name.to_owned(), 0));
            self.names.len() - 1
        });
        at + 1
    }

    /// The number in the text, as a link to the footnote, which links back to the first one.
    pub(super) fn reference(&mut self, name: &str, ways: &Ways<'_>) -> Html {
        let number = self.number(name);
        let times = &mut self.names[number - 1].1;
        *times += 1;
        let mut out = HtmlWriter::new(Mask::NONE);
        out.markup("<sup class=footnote-reference><a");
        if *times == 1 {
            out.markup(" id=\"").value(ways.prefix).markup("ref-").number(number).markup("\"");
        }
        to(&mut out, ways, "fn-", number);
        out.markup(">").number(number).markup("</a></sup>");
        out.finish()
    }

    /// The beginning of a footnote.
    pub(super) fn begin(&mut self, name: &str, ways: &Ways<'_>) -> Html {
        self.open = self.number(name);
        let mut out = HtmlWriter::new(Mask::NONE);
        out.markup("<div class=footnote-definition id=\"").value(ways.prefix).markup("fn-");
        out.number(self.open).markup("\"><sup class=footnote-definition-label>");
        out.number(self.open).markup("</sup>\n");
        out.finish()
    }

    /// The end of a footnote, with the link back if there is a reference above it.
    pub(super) fn end(&mut self, ways: &Ways<'_>) -> Html {
        let mut out = HtmlWriter::new(Mask::NONE);
        let is_known = self.open.checked_sub(1).and_then(|at| self.names.get(at));
        if is_known.is_some_and(|(_, times)| *times > 0) {
            out.markup("<a");
            to(&mut out, ways, "ref-", self.open);
            out.markup(" aria-label=\"").value(ways.words.text("footnote-back"));
            out.markup("\">\u{21a9}</a>\n");
        }
        out.markup("</div>\n");
        out.finish()
    }
}

/// The address of a footnote or of its place.
fn to(out: &mut HtmlWriter<'_>, ways: &Ways<'_>, kind: &'static str, number: usize) {
    out.markup(" href=\"").address(ways.home.unwrap_or_default()).markup("#");
    out.value(ways.prefix).markup(kind).number(number).markup("\"");
}
