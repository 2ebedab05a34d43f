//! Texts of the site's author as HTML: pages, notes on digests, the introduction of the front page; notes also in
//! formats for readers elsewhere.

use crate::{
    markup::markdown::{self, Ways, Written},
    page::part::place::Place,
    plan::{ContentPage, Reader, Route},
    text::{Html, HtmlWriter, Mask},
};

/// The level of a heading below the title of a page.
const BELOW_TITLE: usize = 2;
/// The level of a heading in a note, below the heading of the note.
const BELOW_NOTE: usize = 3;

/// The prefix of the anchors of a note's headings, because the page of a digest has anchors of its own.
pub(crate) const NOTE: &str = "note-";

fn file_of(page: &str) -> String {
    Route::content(page).file()
}

/// A text of the author on the page at `route`; the anchors of its headings begin with `prefix`.
pub(crate) fn html(plan: Reader<'_>, page: &ContentPage, route: &Route, prefix: &str) -> Written {
    let (root, content) = (route.root(), plan.names_of_content());
    let ways = Ways {
        root: &root,
        // The links of a note are relative to its digest, also on the page for printing below it.
        up: if matches!(route, Route::DigestWhole(_)) { "../" } else { "" },
        file_of: &file_of,
        home: None,
        beside: &|link| content.beside(page, link),
        prefix,
        words: &plan.settings.words,
    };
    markdown::to_html(&page.markdown, &ways, BELOW_TITLE)
}

/// A note for readers elsewhere.
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
    /// Cuts a text longer than `most` bytes to its first paragraphs, and adds `words` as a link to the page at
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
        let home = if home.is_empty() { String::new() } else { ["\n<", home, ">"].concat() };
        self.text = format!("{kept}\n\n{words}{home}");
    }
}

/// A text on the page at the address `home`, for readers elsewhere; the anchors of that page begin with `prefix`.
pub(crate) fn elsewhere(
    plan: Reader<'_>,
    note: &ContentPage,
    home: &str,
    prefix: &str,
    place: Place<'_>,
) -> Elsewhere {
    let (root, content) = (place.root(), plan.names_of_content());
    let ways = Ways {
        root: &root,
        up: "",
        file_of: &file_of,
        home: Some(home),
        beside: &|link| content.beside(note, link),
        prefix,
        words: &plan.settings.words,
    };
    Elsewhere {
        html: markdown::to_html(&note.markdown, &ways, BELOW_NOTE).html,
        markdown: markdown::moved(&note.markdown, &ways, BELOW_NOTE),
        text: markdown::to_text(&note.markdown, &ways),
    }
}
