//! HTML for mail programs: `h1 h2 p ul li a br`, no style, no class, nothing to fetch; the editor's note has the
//! elements of its author. Each line begins with an element, so even in a mail program that shows the source as
//! text, others' words never begin a line.

use super::{Document, Item, Link, Section};
use crate::{
    config::Settings,
    say,
    text::{Html, HtmlWriter, Mask},
};

/// A whole page.
pub(super) fn write(document: &Document, settings: &Settings) -> Html {
    let mut out = HtmlWriter::new(Mask::NONE).in_words(&settings.words);
    out.markup("<!doctype html>\n<html lang=\"").value(&settings.language);
    out.markup("\">\n<head>\n<meta charset=\"utf-8\">\n<title>").text(&document.title.label);
    out.markup("</title>\n</head>\n<body>\n<h1>");
    link(&mut out, &document.title.url, &document.title.label);
    out.markup("</h1>\n<p>").text(&document.about).markup("</p>\n");
    if let Some(note) = &document.note {
        out.markup("<h2>").text(&note.heading).markup("</h2>\n").html(&note.told.html);
        if !note.author.is_empty() {
            let signed = say!(out.words(), "note-signed", who = &note.author);
            out.markup("<p>").text(&signed).markup("</p>\n");
        }
    }
    for section in document.sections.iter().chain(&document.rankings) {
        self::section(&mut out, section);
    }
    out.markup("</body>\n</html>\n");
    out.finish()
}

fn section(out: &mut HtmlWriter<'_>, section: &Section) {
    out.markup("<h2>").text(&section.heading).markup("</h2>\n");
    if !section.about.is_empty() {
        out.markup("<p>").text(&section.about).markup("</p>\n");
    }
    out.markup("<ul>\n");
    section.items.iter().for_each(|one| item(out, one));
    if section.more > 0 {
        let words = section.words_for_more(out.words());
        out.markup("<li>");
        link(out, &section.url, &words);
        out.markup("</li>\n");
    }
    out.markup("</ul>\n");
}

fn item(out: &mut HtmlWriter<'_>, item: &Item) {
    out.markup("<li>");
    if !item.head.title.is_empty() {
        if !item.label.is_empty() {
            out.text(&item.label).markup(": ");
        }
        link(out, &item.head.url, &item.head.title);
        out.markup("\n<br>");
    }
    for (number, fact) in item.facts.iter().enumerate() {
        if number > 0 {
            out.markup(" · ");
        }
        link_of(out, fact);
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

fn link_of(out: &mut HtmlWriter<'_>, to: &Link) {
    link(out, &to.url, &to.label);
}

fn link(out: &mut HtmlWriter<'_>, url: &str, label: &str) {
    match url.is_empty() {
        true => out.text(label),
        false => out.link(url, label),
    };
}
