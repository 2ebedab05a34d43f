//! The HTML of an entry: short enough, and correct in a reader that drops every class and style.
//!
//! In: texts and links. Out: HTML of `p ul li pre code a ins del` only, never longer than allowed when it is
//! written into a document. Links are absolute URLs. Never here: the choice of content.

use crate::text::{Html, HtmlWriter, whole_lines};

/// HTML with a limit, counted in bytes of the document that contains it.
#[derive(Debug)]
pub(super) struct Body<'m> {
    html: HtmlWriter<'m>,
    room: usize,
}

impl<'m> Body<'m> {
    /// Empty HTML, written by `html`, with room for `room` bytes of a document.
    pub(super) fn new(html: HtmlWriter<'m>, room: usize) -> Self {
        Self { html, room }
    }

    /// The HTML written so far.
    pub(super) fn into_html(self) -> Html {
        self.html.finish()
    }

    /// The remaining room.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// A part of it, to be added if there is room.
    fn part(&self) -> HtmlWriter<'m> {
        self.html.another()
    }

    /// Adds HTML if there is room for it, and returns whether there was.
    fn add(&mut self, part: HtmlWriter<'_>) -> bool {
        let weight = weight(part.as_str());
        let fits = weight <= self.room;
        if fits {
            self.room -= weight;
            self.html.html(&part.finish());
        }
        fits
    }

    /// A paragraph of text; nothing if it would be empty.
    pub(super) fn paragraph(&mut self, content: &str) {
        if !content.is_empty() {
            let mut paragraph = self.part();
            paragraph.markup("<p>").text(content).markup("</p>\n");
            self.add(paragraph);
        }
    }

    /// A paragraph of HTML.
    pub(super) fn paragraph_of(&mut self, html: &Html) {
        let mut paragraph = self.part();
        paragraph.markup("<p>").html(html).markup("</p>\n");
        self.add(paragraph);
    }

    /// HTML as it is, if there is room for it.
    pub(super) fn block(&mut self, html: &Html) {
        let mut block = self.part();
        block.html(html);
        self.add(block);
    }

    /// A list of HTML; if there is no room for all of it, `rest` says how many more items there are.
    pub(super) fn list(&mut self, items: &[Html], rest: impl Fn(usize) -> String) {
        let rest = |html: &mut HtmlWriter<'_>, count| {
            html.markup("<li>").text(&rest(count)).markup("</li>\n");
        };
        // The room for the end tags and for the words about the remaining items.
        let mut ends = self.part();
        ends.markup("<ul>\n</ul>\n");
        rest(&mut ends, items.len());
        let reserved = weight(ends.as_str());
        if items.is_empty() || reserved > self.room {
            return;
        }
        self.room -= reserved;
        self.html.markup("<ul>\n");
        for (at, content) in items.iter().enumerate() {
            let mut item = self.part();
            item.markup("<li>").html(content).markup("</li>\n");
            if !self.add(item) {
                rest(&mut self.html, items.len() - at);
                break;
            }
        }
        self.html.markup("</ul>\n");
    }

    /// A text with its line breaks, at most `share` bytes of a document, cut at a line; nothing if it is empty.
    pub(super) fn pre(&mut self, content: &str, share: usize) {
        let mut used = weight("<pre>\n[cut]</pre>\n");
        let content = content.trim_matches('\n').trim_end();
        let share = share.min(self.room);
        if content.is_empty() || share < used {
            return;
        }
        let mut html = self.part();
        html.markup("<pre>");
        let mut cut = false;
        for text in whole_lines(content) {
            let mut line = self.part();
            line.text(text);
            used += weight(line.as_str());
            if used > share {
                cut = true;
                break;
            }
            html.html(&line.finish());
        }
        html.trim_end();
        if cut {
            html.markup("\n").entry("cut-mark");
        }
        html.markup("</pre>\n");
        self.add(html);
    }
}

/// How many bytes HTML takes in a document: XML escapes its markup again, JSON the ends of lines.
fn weight(html: &str) -> usize {
    let of = |byte: u8| match byte {
        b'&' | b'\'' => 5,
        b'<' | b'>' => 4,
        b'"' => 6,
        b'\n' | b'\t' | b'\\' => 2,
        _ => 1,
    };
    html.bytes().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Mask;
    use crate::text::Xml;

    #[test]
    fn a_long_text_is_cut_at_a_line() {
        let mut body = Body::new(HtmlWriter::new(Mask::NONE), 2000);
        body.pre(&"é <line>\n".repeat(5000), 1000);
        let html = body.into_html();
        assert!(html.as_str().ends_with("é &lt;line>\n[cut]</pre>\n"), "{html:?}");
        assert!(
            weight(html.as_str()) <= 1000 && weight(html.as_str()) > 900,
            "{}",
            weight(html.as_str())
        );
        let mut none = Body::new(HtmlWriter::new(Mask::NONE), 2000);
        none.pre("\n\n", 1000);
        assert!(none.into_html().as_str().is_empty());
    }

    fn item(number: u32) -> Html {
        let mut html = HtmlWriter::new(Mask::NONE);
        html.text("item ").number(number);
        html.finish()
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let items: Vec<Html> = (0..100).map(item).collect();
        let mut body = Body::new(HtmlWriter::new(Mask::NONE), 300);
        body.list(&items, |rest| format!("and {rest} more"));
        let html = body.into_html();
        let shown = html.as_str().matches("<li>item").count();
        let more = format!("<li>and {} more</li>", 100 - shown);
        assert!(shown > 3 && html.as_str().contains(&more), "{html:?}");
        assert!(weight(html.as_str()) <= 300, "{}", weight(html.as_str()));
        let mut whole = Body::new(HtmlWriter::new(Mask::NONE), 30_000);
        whole.list(&items, |rest| format!("and {rest} more"));
        assert!(!whole.into_html().as_str().contains("more"));
    }

    #[test]
    fn no_text_however_odd_is_longer_than_its_room() {
        for odd in ["&", "<", "\"", "'", "\u{1b}", "\u{202e}", "é", "\r", "]]>", "\\"] {
            let text = odd.repeat(40) + "\n";
            let mut body = Body::new(HtmlWriter::new(Mask::NONE), 3000);
            body.paragraph(&odd.repeat(20));
            body.pre(&text.repeat(100), 2000);
            body.paragraph(&text.repeat(100));
            let html = body.into_html();
            let mut xml = Xml::new(Mask::NONE);
            let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".len();
            xml.html(&html);
            let xml = &xml.into_bytes()[head..];
            let json = serde_json::to_string(&html).expect("JSON");
            assert!(
                xml.len() <= 3000 && json.len() <= 3000 + 2,
                "{odd:?}: {} {}",
                xml.len(),
                json.len()
            );
        }
    }
}
