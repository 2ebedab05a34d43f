//! CommonMark that is readable as source, and correct in GitHub's issues and discussions.

use super::{Document, Item, Section};
use crate::{say, text::Markdown, words::Words};

/// A whole document.
pub(super) fn write(document: &Document, words: &Words) -> String {
    let mut out = Markdown::default();
    out.markup("# ");
    link(&mut out, &document.title.url, &document.title.label);
    out.markup("\n\n").text(&document.about).markup("\n");
    if let Some(note) = &document.note {
        out.markup("\n## ").text(&note.heading).markup("\n\n").of_author(&note.told.markdown);
        out.markup("\n");
        if !note.author.is_empty() {
            out.markup("\n").text(&say!(words, "note-signed", who = &note.author)).markup("\n");
        }
    }
    for section in document.sections.iter().chain(&document.rankings) {
        self::section(&mut out, section, words);
    }
    out.into_string()
}

fn section(out: &mut Markdown, section: &Section, words: &Words) {
    out.markup("\n## ").text(&section.heading).markup("\n\n");
    if !section.about.is_empty() {
        out.text(&section.about).markup("\n\n");
    }
    section.items.iter().for_each(|one| item(out, one));
    if section.more > 0 {
        out.markup("- ");
        link(out, &section.url, &section.words_for_more(words));
        out.markup("\n");
    }
}

/// An item of a list; the text after the title is on lines of its own.
fn item(out: &mut Markdown, item: &Item) {
    out.markup("- ");
    if !item.head.title.is_empty() {
        if !item.label.is_empty() {
            out.text(&item.label).markup(": ");
        }
        link(out, &item.head.url, &item.head.title);
        out.markup("\\\n  ");
    }
    for (number, fact) in item.facts.iter().enumerate() {
        if number > 0 {
            out.markup(" · ");
        }
        link(out, &fact.url, &fact.label);
    }
    if !item.text.is_empty() {
        out.markup("\\\n  ").text(&item.text);
    }
    out.markup("\n");
    for point in &item.points {
        out.markup("  - ").text(point).markup("\n");
    }
}

fn link(out: &mut Markdown, url: &str, label: &str) {
    match url.is_empty() {
        true => out.text(label),
        false => out.link(url, label),
    };
}
