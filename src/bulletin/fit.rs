//! A mail of a size that every host accepts.
//!
//! In: the content of a digest. Out: the mail, with as many items per section as there is room for. It counts the
//! items that it leaves out, and links to them. Never here: the format.

use super::{
    Document, html,
    mail::{self, About, Envelope},
    text,
};
use crate::error::Result;

/// The most bytes of a mail: lists refuse more than 100,000 (vger), and Gmail shows no more than 102,400 of its HTML.
const MOST: usize = 100_000;
/// The most bytes of the editor's note; a longer note is cut to its beginning.
const NOTE: usize = 12_000;

/// The mail of a digest.
pub(super) fn mail(document: Document, about: &About<'_>, envelope: &Envelope) -> Result<String> {
    let words = &about.settings.words;
    let document = document.with_note_of(NOTE, words);
    let write = |document: &Document| {
        let text = text::body(document, words);
        let html = html::write(document, about.settings);
        mail::write(&document.title, about, envelope, &text, html.as_str())
    };
    let whole = write(&document)?;
    if whole.len() <= MOST {
        return Ok(whole);
    }
    // The texts of single lines are left out first: titles say more in the same room.
    let bare = document.without_texts_of_lines();
    let longest = bare.sections.iter().map(|section| section.items.len()).max().unwrap_or(0);
    let (mut best, mut low, mut high) = (write(&bare)?, 0, longest);
    if best.len() <= MOST {
        return Ok(best);
    }
    while low < high {
        let most = usize::midpoint(low, high + 1);
        let mail = write(&bare.with_items(most))?;
        if mail.len() <= MOST {
            (best, low) = (mail, most);
        } else {
            high = most - 1;
        }
    }
    if best.len() > MOST {
        best = write(&bare.with_items(low))?;
    }
    Ok(best)
}
