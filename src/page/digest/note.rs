//! The editor's note above the rankings of a text digest, for that digest's page and all its forms.
//!
//! In: the digest. Out: its heading and its text, which is never markup: anybody may have written the file. Never
//! here: the notes of this site's editor, which are Markdown (`document`).

use crate::{page::part::authored::Elsewhere, plan::Reader, text::Markdown};

/// The heading and the text; `None` if there is no such note.
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
