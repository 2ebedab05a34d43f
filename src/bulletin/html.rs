//! HTML that readers of mail take: `h1 h2 p ul li a br`, no style, no class, nothing to be fetched. A line begins with
//! an element: to a mailer that reads the mail as text, no words of others begin one.

use super::{Document, Item, Link};
use crate::text::{escape_into, escape_text_into};

/// A whole page.
pub(super) fn write(document: &Document, language: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    escape_into(&mut out, language);
    out.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    escape_text_into(&mut out, &document.title.label);
    out.push_str("</title>\n</head>\n<body>\n<h1>");
    link(&mut out, &document.title);
    out.push_str("</h1>\n<p>");
    escape_text_into(&mut out, &document.about);
    out.push_str("</p>\n");
    for section in &document.sections {
        out.push_str("<h2>");
        escape_text_into(&mut out, &section.heading);
        out.push_str("</h2>\n<p>");
        escape_text_into(&mut out, &section.about);
        out.push_str("</p>\n<ul>\n");
        section.items.iter().for_each(|one| item(&mut out, one));
        out.push_str("</ul>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn item(out: &mut String, item: &Item) {
    out.push_str("<li>");
    if let Some(head) = &item.head {
        link(out, head);
        out.push_str("\n<br>");
    }
    for (number, fact) in item.facts.iter().enumerate() {
        if number > 0 {
            out.push_str(" · ");
        }
        link(out, fact);
    }
    if !item.text.is_empty() {
        out.push_str("\n<br>");
        escape_text_into(out, &item.text);
    }
    if !item.points.is_empty() {
        out.push_str("\n<ul>\n");
        for point in &item.points {
            out.push_str("<li>");
            escape_text_into(out, point);
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</li>\n");
}

fn link(out: &mut String, link: &Link) {
    if link.url.is_empty() {
        return escape_text_into(out, &link.label);
    }
    out.push_str("<a href=\"");
    escape_into(out, &link.url);
    out.push_str("\">");
    escape_text_into(out, &link.label);
    out.push_str("</a>");
}
