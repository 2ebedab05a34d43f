//! The editor's note that a text digest has above its rankings, for the page of that digest and all its forms.
//!
//! In: the digest. Out: its heading and its text, of which nothing is markup: the file may be anybody's. Never here: the
//! notes of this site's editor, which are Markdown (`document`).

use crate::{page::part::authored::Elsewhere, plan::Reader, text::Markdown};

/// The heading and the text; nothing if there is no such note.
pub(crate) fn given_note(plan: Reader<'_>, number: usize) -> Option<(String, Elsewhere)> {
    let note = &plan.digest(number).given.as_ref()?.note;
    let note = plan.mask().apply(note);
    let (heading, text) = note.split_once("\n\n")?;
    let mut html = plan.html();
    for paragraph in text.split("\n\n") {
        html.markup("<p>").text(paragraph).markup("</p>\n");
    }
    let mut markdown = Markdown::new(plan.mask());
    markdown.lines(text);
    let markdown = markdown.into_string();
    let told = Elsewhere { html: html.finish(), markdown, text: text.to_owned() };
    Some((heading.to_owned(), told))
}
