//! What the site's author wrote, as HTML: pages, notes on digests, the welcome; notes also for readers elsewhere.

use crate::{
    markup::markdown::{self, Ways},
    page::part::place::Place,
    plan::{ContentPage, Route},
    text::{Html, HtmlWriter, Mask},
};

/// The level of a heading below the title of a page.
const BELOW_TITLE: usize = 2;
/// That of a heading in a note, below the heading that says that it is one.
const BELOW_NOTE: usize = 3;

fn file_of(page: &str) -> String {
    Route::content(page).file()
}

/// The HTML of a text of the author's own on the page at `route`.
pub(crate) fn html(page: &ContentPage, route: &Route) -> Html {
    let root = route.root();
    let ways = Ways { root: &root, file_of: &file_of, home: None };
    markdown::to_html(&page.markdown, &ways, BELOW_TITLE)
}

/// A note for who is not on its page.
#[derive(Debug, Clone)]
pub(crate) struct Elsewhere {
    /// As HTML.
    pub(crate) html: Html,
    /// As Markdown.
    pub(crate) markdown: String,
    /// As plain text.
    pub(crate) text: String,
}

impl Elsewhere {
    /// Cuts what is longer than `most` bytes as text down to its first paragraphs, with `words` that lead to the page at
    /// `home`.
    pub(crate) fn shorten(&mut self, most: usize, home: &str, words: &str) {
        if self.text.len() <= most && self.html.as_str().len() <= 2 * most {
            return;
        }
        let fits = &self.text[..self.text.floor_char_boundary(most)];
        let end = fits.rfind("\n\n").unwrap_or(fits.len());
        let kept = fits[..end].trim_end().to_owned();
        let mut html = HtmlWriter::new(Mask::NONE);
        for paragraph in kept.split("\n\n") {
            html.markup("<p>").text(paragraph).markup("</p>\n");
        }
        html.markup("<p>");
        match home {
            "" => html.text(words),
            home => html.link(home, words),
        };
        html.markup("</p>\n");
        self.html = html.finish();
        let home = if home.is_empty() { String::new() } else { format!("\n<{home}>") };
        self.text = format!("{kept}\n\n{words}{home}");
    }
}

/// A note on the page at the address `home`, for readers elsewhere.
pub(crate) fn elsewhere(note: &ContentPage, home: &str, place: Place<'_>) -> Elsewhere {
    let root = place.root();
    let ways = Ways { root: &root, file_of: &file_of, home: Some(home) };
    Elsewhere {
        html: markdown::to_html(&note.markdown, &ways, BELOW_NOTE),
        markdown: markdown::moved(&note.markdown, &ways, BELOW_NOTE),
        text: markdown::to_text(&note.markdown, &ways),
    }
}
