//! CommonMark, which reads right where it is shown as it is, and in GitHub's issues and discussions.

use super::{Document, Item, Link};
use crate::text::Markdown;

/// A whole document.
pub(super) fn write(document: &Document) -> String {
    let mut out = Markdown::default();
    out.markup("# ");
    link(&mut out, &document.title);
    out.markup("\n\n").text(&document.about).markup("\n");
    for section in &document.sections {
        out.markup("\n## ").text(&section.heading).markup("\n\n").text(&section.about);
        out.markup("\n\n");
        section.items.iter().for_each(|one| item(&mut out, one));
    }
    out.into_string()
}

/// An item of a list; what follows the title stands in lines of its own.
fn item(out: &mut Markdown, item: &Item) {
    out.markup("- ");
    if let Some(head) = &item.head {
        link(out, head);
        out.markup("\\\n  ");
    }
    for (number, fact) in item.facts.iter().enumerate() {
        if number > 0 {
            out.markup(" · ");
        }
        link(out, fact);
    }
    if !item.text.is_empty() {
        out.markup("\\\n  ").text(&item.text);
    }
    out.markup("\n");
    for point in &item.points {
        out.markup("  - ").text(point).markup("\n");
    }
}

fn link(out: &mut Markdown, link: &Link) {
    match link.url.is_empty() {
        true => out.text(&link.label),
        false => out.link(&link.url, &link.label),
    };
}
