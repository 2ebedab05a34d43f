//! The HTML of an entry: short enough, and right in a reader that drops every class and style.
//!
//! In: texts and links. Out: HTML of `p ul li pre code a ins del` only, never longer than it may be once it is
//! written into a document. Links are whole addresses. Never here: what an entry tells.

use crate::text::{escape_into, escape_text_into, whole_lines};

/// HTML with room for so much, as bytes of a document that holds it.
#[derive(Debug)]
pub(super) struct Body {
    html: String,
    room: usize,
}

impl Body {
    /// Nothing yet, and room for `room` bytes of a document.
    pub(super) fn new(room: usize) -> Self {
        Self { html: String::new(), room }
    }

    /// What was written.
    pub(super) fn into_html(self) -> String {
        self.html
    }

    /// How much room is left.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// Adds HTML, where there is room for it; whether there was.
    fn add(&mut self, html: &str) -> bool {
        let weight = weight(html);
        let fits = weight <= self.room;
        if fits {
            self.room -= weight;
            self.html.push_str(html);
        }
        fits
    }

    /// A paragraph of text; nothing where it would be empty.
    pub(super) fn paragraph(&mut self, content: &str) {
        if !content.is_empty() {
            self.add(&format!("<p>{}</p>\n", escaped(content)));
        }
    }

    /// A paragraph of HTML.
    pub(super) fn paragraph_of(&mut self, html: &str) {
        self.add(&format!("<p>{html}</p>\n"));
    }

    /// A list of HTML; where there is no room for all of it, `rest` says how many more there are.
    pub(super) fn list(&mut self, items: &[String], rest: impl Fn(usize) -> String) {
        const ENDS: &str = "<ul>\n</ul>\n";
        // Room for the ends and for the words about what has no room.
        let reserved = weight(ENDS) + weight(&format!("<li>{}</li>\n", rest(items.len())));
        if items.is_empty() || reserved > self.room {
            return;
        }
        self.room -= reserved;
        self.html.push_str("<ul>\n");
        let left = items.iter().position(|item| !self.add(&format!("<li>{item}</li>\n")));
        if let Some(at) = left {
            self.html.push_str(&format!("<li>{}</li>\n", rest(items.len() - at)));
        }
        self.html.push_str("</ul>\n");
    }

    /// A text whose lines stay, of at most `share` bytes of a document, cut at a line; nothing where it is empty.
    pub(super) fn pre(&mut self, content: &str, share: usize) {
        const ENDS: &str = "<pre>\n[cut]</pre>\n";
        let content = content.trim_matches('\n').trim_end();
        let share = share.min(self.room);
        if content.is_empty() || share < weight(ENDS) {
            return;
        }
        let mut html = String::from("<pre>");
        let mut used = weight(ENDS);
        let mut cut = false;
        for line in whole_lines(content) {
            let line = escaped(line);
            used += weight(&line);
            if used > share {
                cut = true;
                break;
            }
            html.push_str(&line);
        }
        html.truncate(html.trim_end_matches('\n').len());
        html.push_str(if cut { "\n[cut]</pre>\n" } else { "</pre>\n" });
        self.add(&html);
    }
}

/// Text between tags.
pub(super) fn escaped(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    escape_text_into(&mut out, content);
    out
}

/// A link to a whole address.
pub(super) fn anchor(href: &str, label: &str) -> String {
    let mut out = String::from("<a href=\"");
    escape_into(&mut out, href);
    out.push_str("\">");
    escape_text_into(&mut out, label);
    out.push_str("</a>");
    out
}

/// How many bytes HTML is in a document: XML escapes markup once more, JSON the ends of lines, and an at sign is
/// written as markup where addresses are hidden.
fn weight(html: &str) -> usize {
    let of = |byte: u8| match byte {
        b'&' | b'\'' | b'@' => 5,
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

    #[test]
    fn a_long_text_is_cut_at_a_line() {
        let mut body = Body::new(2000);
        body.pre(&"é <line>\n".repeat(5000), 1000);
        let html = body.into_html();
        assert!(html.ends_with("é &lt;line>\n[cut]</pre>\n"), "{}", &html[html.len() - 60..]);
        assert!(weight(&html) <= 1000 && weight(&html) > 900, "{}", weight(&html));
        let mut none = Body::new(2000);
        none.pre("\n\n", 1000);
        assert_eq!(none.into_html(), "");
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let items: Vec<String> = (0..100).map(|n| format!("item {n}")).collect();
        let mut body = Body::new(300);
        body.list(&items, |rest| format!("and {rest} more"));
        let html = body.into_html();
        let shown = html.matches("<li>item").count();
        assert!(
            shown > 3 && html.contains(&format!("<li>and {} more</li>", 100 - shown)),
            "{html}"
        );
        assert!(weight(&html) <= 300, "{}", weight(&html));
        let mut whole = Body::new(30_000);
        whole.list(&items, |rest| format!("and {rest} more"));
        assert!(!whole.into_html().contains("more"));
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
            let mut xml = String::new();
            escape_into(&mut xml, &html);
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
