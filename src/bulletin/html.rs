//! HTML that readers of mail take: `h1 h2 p ul li a br`, no style, no class, nothing to be fetched. A line begins with
//! an element: to a mailer that reads the mail as text, no words of others begin one.

use super::{Document, Item, Link};
use crate::text::{Html, HtmlWriter, Mask};

/// A whole page.
pub(super) fn write(document: &Document, language: &str) -> Html {
    let mut out = HtmlWriter::new(Mask::NONE);
    out.markup("<!doctype html>\n<html lang=\"").value(language);
    out.markup("\">\n<head>\n<meta charset=\"utf-8\">\n<title>").text(&document.title.label);
    out.markup("</title>\n</head>\n<body>\n<h1>");
    link(&mut out, &document.title);
    out.markup("</h1>\n<p>").text(&document.about).markup("</p>\n");
    for section in &document.sections {
        out.markup("<h2>").text(&section.heading).markup("</h2>\n<p>").text(&section.about);
        out.markup("</p>\n<ul>\n");
        section.items.iter().for_each(|one| item(&mut out, one));
        out.markup("</ul>\n");
    }
    out.markup("</body>\n</html>\n");
    out.finish()
}

fn item(out: &mut HtmlWriter<'_>, item: &Item) {
    out.markup("<li>");
    if let Some(head) = &item.head {
        link(out, head);
        out.markup("\n<br>");
    }
    for (number, fact) in item.facts.iter().enumerate() {
        if number > 0 {
            out.markup(" · ");
        }
        link(out, fact);
    }
    if !item.text.is_empty() {
        out.markup("\n<br>").text(&item.text);
    }
    if !item.points.is_empty() {
        out.markup("\n<ul>\n");
        for point in &item.points {
            out.markup("<li>").text(point).markup("</li>\n");
        }
        out.markup("</ul>\n");
    }
    out.markup("</li>\n");
}

fn link(out: &mut HtmlWriter<'_>, link: &Link) {
    match link.url.is_empty() {
        true => out.text(&link.label),
        false => out.link(&link.url, &link.label),
    };
}
