//! The HTML of an entry: short enough, and right in a reader that drops every class and style.
//!
//! In: texts and links. Out: HTML of `p ul li pre code a ins del` only, never longer than it may be once it is
//! written into a document. Links are whole addresses. Never here: what an entry tells.

use crate::text::{Html, whole_lines};

/// HTML with room for so much, as bytes of a document that holds it.
#[derive(Debug)]
pub(super) struct Body {
    html: Html,
    room: usize,
}

impl Body {
    /// Nothing yet, and room for `room` bytes of a document.
    pub(super) fn new(room: usize) -> Self {
        Self { html: Html::default(), room }
    }

    /// What was written.
    pub(super) fn into_html(self) -> Html {
        self.html
    }

    /// How much room is left.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// Adds HTML, where there is room for it; whether there was.
    fn add(&mut self, html: &Html) -> bool {
        let weight = weight(html);
        let fits = weight <= self.room;
        if fits {
            self.room -= weight;
            self.html.html(html);
        }
        fits
    }

    /// A paragraph of text; nothing where it would be empty.
    pub(super) fn paragraph(&mut self, content: &str) {
        if !content.is_empty() {
            self.paragraph_of(&escaped(content));
        }
    }

    /// A paragraph of HTML.
    pub(super) fn paragraph_of(&mut self, html: &Html) {
        let mut paragraph = Html::default();
        paragraph.markup("<p>").html(html).markup("</p>\n");
        self.add(&paragraph);
    }

    /// A list of HTML; where there is no room for all of it, `rest` says how many more there are.
    pub(super) fn list(&mut self, items: &[Html], rest: impl Fn(usize) -> String) {
        let rest = |count| item(&escaped(&rest(count)));
        let mut ends = Html::default();
        ends.markup("<ul>\n</ul>\n");
        // Room for the ends and for the words about what has no room.
        let reserved = weight(&ends) + weight(&rest(items.len()));
        if items.is_empty() || reserved > self.room {
            return;
        }
        self.room -= reserved;
        self.html.markup("<ul>\n");
        let left = items.iter().position(|content| !self.add(&item(content)));
        if let Some(at) = left {
            self.html.html(&rest(items.len() - at));
        }
        self.html.markup("</ul>\n");
    }

    /// A text whose lines stay, of at most `share` bytes of a document, cut at a line; nothing where it is empty.
    pub(super) fn pre(&mut self, content: &str, share: usize) {
        let mut ends = Html::default();
        ends.markup("<pre>\n[cut]</pre>\n");
        let mut used = weight(&ends);
        let content = content.trim_matches('\n').trim_end();
        let share = share.min(self.room);
        if content.is_empty() || share < used {
            return;
        }
        let mut html = Html::default();
        html.markup("<pre>");
        let mut cut = false;
        for line in whole_lines(content) {
            let line = escaped(line);
            used += weight(&line);
            if used > share {
                cut = true;
                break;
            }
            html.html(&line);
        }
        html.trim_end().markup(if cut { "\n[cut]</pre>\n" } else { "</pre>\n" });
        self.add(&html);
    }
}

fn item(content: &Html) -> Html {
    let mut item = Html::default();
    item.markup("<li>").html(content).markup("</li>\n");
    item
}

/// Text between tags.
pub(super) fn escaped(content: &str) -> Html {
    let mut out = Html::with_capacity(content.len());
    out.text(content);
    out
}

/// How many bytes HTML is in a document: XML escapes markup once more, JSON the ends of lines, and an at sign is
/// written as markup where addresses are hidden.
fn weight(html: &Html) -> usize {
    let of = |byte: u8| match byte {
        b'&' | b'\'' | b'@' => 5,
        b'<' | b'>' => 4,
        b'"' => 6,
        b'\n' | b'\t' | b'\\' => 2,
        _ => 1,
    };
    html.as_str().bytes().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Xml;

    #[test]
    fn a_long_text_is_cut_at_a_line() {
        let mut body = Body::new(2000);
        body.pre(&"é <line>\n".repeat(5000), 1000);
        let html = body.into_html();
        assert!(html.as_str().ends_with("é &lt;line>\n[cut]</pre>\n"), "{html:?}");
        assert!(weight(&html) <= 1000 && weight(&html) > 900, "{}", weight(&html));
        let mut none = Body::new(2000);
        none.pre("\n\n", 1000);
        assert!(none.into_html().is_empty());
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let items: Vec<Html> = (0..100).map(|n| escaped(&format!("item {n}"))).collect();
        let mut body = Body::new(300);
        body.list(&items, |rest| format!("and {rest} more"));
        let html = body.into_html();
        let shown = html.as_str().matches("<li>item").count();
        let more = format!("<li>and {} more</li>", 100 - shown);
        assert!(shown > 3 && html.as_str().contains(&more), "{html:?}");
        assert!(weight(&html) <= 300, "{}", weight(&html));
        let mut whole = Body::new(30_000);
        whole.list(&items, |rest| format!("and {rest} more"));
        assert!(!whole.into_html().as_str().contains("more"));
    }

    #[test]
    fn no_text_however_odd_is_longer_than_its_room() {
        for odd in ["&", "<", "\"", "'", "\u{1b}", "\u{202e}", "é", "\r", "]]>", "\\"] {
            let text = odd.repeat(40) + "\n";
            let mut body = Body::new(3000);
            body.paragraph(&odd.repeat(20));
            body.pre(&text.repeat(100), 2000);
            body.paragraph(&text.repeat(100));
            let html = body.into_html();
            let mut xml = Xml::new();
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
