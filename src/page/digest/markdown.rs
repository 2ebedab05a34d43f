//! A digest as CommonMark that is readable as source, and correct in GitHub's issues and discussions.
//!
//! In: a [`Document`]. Out: its text: a file of the site for language models, or the output of `digest --format
//! markdown`. Never here: content that the document does not have.

use crate::{
    page::{
        digest::{
            self,
            document::{Document, Item, Section},
        },
        part::{place::Place, row::Excerpts},
    },
    plan::Reader,
    say,
    text::{Markdown, Mask},
    words::Words,
};

/// The file beside the page of a digest.
pub(crate) fn file(plan: Reader<'_>, number: usize) -> Vec<u8> {
    let place = Place::stated(plan.settings);
    let document = Document::new(plan, number, digest::list_name(plan), place, Excerpts::With);
    write(&document, &plan.settings.words, plan.mask()).into_bytes()
}

/// A whole document.
pub(crate) fn write(document: &Document, words: &Words, mask: Mask<'_>) -> String {
    let mut out = Markdown::new(mask);
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

fn section(out: &mut Markdown<'_>, section: &Section, words: &Words) {
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
fn item(out: &mut Markdown<'_>, item: &Item) {
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

fn link(out: &mut Markdown<'_>, url: &str, label: &str) {
    match url.is_empty() {
        true => out.text(label),
        false => out.link(url, label),
    };
}
