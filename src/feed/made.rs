//! Makes the [`Entry`] of an event: of a digest or an author's page here, of a step of a series by [`Teller`].
//!
//! In: an event, and how much to write ([`Telling`]). Out: its [`Entry`] with title, author, date and HTML. Never
//! here: the type of an entry ([`entry`](super::entry)), the markup of a feed.

use super::{
    body::Body,
    entry::{Entry, LONGEST_NAME, LONGEST_TITLE, Telling, address, cut},
    name::urn,
    revision_entry::Teller,
};
use crate::{
    date::Timestamp,
    page::{
        digest::document::{Document, Item},
        part::{authored, place::Place, row::Excerpts, wording},
    },
    plan::{
        ContentPage, Reader, Route,
        event::{Event, What},
    },
    say,
    text::{Html, xml_text},
};

/// The entry of an event. `site` is the permanent name of the site.
pub(super) fn entry(plan: Reader<'_>, site: &str, event: Event, telling: Telling) -> Entry {
    let told = match event.what {
        What::Digest(number) => digest(plan, site, number, telling),
        What::Page(number) => page(plan, site, &plan.content_pages()[number], telling),
        What::Revision(series, number, step) => {
            let teller = Teller { plan, series, number, step, date: event.date, telling };
            teller.entry()
        }
    };
    let title = told.title.split_whitespace().collect::<Vec<_>>().join(" ");
    Entry {
        title: xml_text(&cut(&title, LONGEST_TITLE)).into_owned(),
        author: xml_text(&cut(&told.author, LONGEST_NAME)).into_owned(),
        date: event.date,
        ..told
    }
}

/// A page of the author's: the whole page, or its first paragraphs if there is no room for all of it.
fn page(plan: Reader<'_>, site: &str, page: &ContentPage, telling: Telling) -> Entry {
    let words = &plan.settings.words;
    let url = address(plan, &page.route);
    let room = if let Telling::Whole(room) = telling { room } else { SHORT };
    let mut told = authored::elsewhere(plan, page, &url, "", Place::stated(plan.settings));
    told.shorten(room / 4, &url, words.text("feed-page-goes-on"));
    let mut body = Body::new(plan.html(), room);
    body.block(&told.html);
    let author = if page.author.is_empty() { &plan.settings.title } else { &page.author };
    Entry {
        id: urn(&format!("{site}{}", page.route.file())),
        title: page.title.clone(),
        author: author.clone(),
        date: Timestamp::default(),
        url,
        kind: ("page", words.text("kind-page").to_owned()),
        html: body.into_html(),
    }
}

/// A digest: its numbers, the editor's note, then the content of its page, section by section.
fn digest(plan: Reader<'_>, site: &str, number: usize, telling: Telling) -> Entry {
    let digest = plan.digest(number);
    let route = Route::digest(&digest.period);
    let words = &plan.settings.words;
    let html = match telling {
        Telling::Whole(room) => whole(plan, number, room),
        Telling::Short | Telling::Kept => {
            let posted = digest.activities.iter().filter(|a| !a.posted.is_empty()).count();
            let messages = digest.messages.len();
            let mut body = Body::new(plan.html(), SHORT);
            body.paragraph(&say!(words, "feed-numbers", messages = messages, series = posted));
            // The content of an archive must not change, and a note can be written later.
            let note = plan.note(number).filter(|_| telling == Telling::Short);
            note.into_iter().for_each(|note| body.paragraph(&note.about(NOTE)));
            body.into_html()
        }
    };
    Entry {
        id: urn(&format!("{site}{}", route.file())),
        title: wording::heading(&plan.digest(number).period, plan.settings),
        author: plan.settings.title.clone(),
        date: Timestamp::default(),
        url: address(plan, &route),
        kind: ("digest", words.text("kind-digest").to_owned()),
        html,
    }
}

/// The bytes of a digest's entry among others.
const SHORT: usize = 2_000;
/// How many of them the beginning of a note takes.
const NOTE: usize = 600;

/// As much of a digest as there is room for.
fn whole(plan: Reader<'_>, number: usize, room: usize) -> Html {
    let words = &plan.settings.words;
    let document = Document::new(plan, number, "", Place::stated(plan.settings), Excerpts::Without);
    let document = document.with_note_of(room / 4, words);
    let mut body = Body::new(plan.html(), room);
    body.paragraph(&document.about);
    if let Some(note) = &document.note {
        body.paragraph(&note.heading);
        body.block(&note.told.html);
    }
    for section in &document.sections {
        let items: Vec<Html> = section.items.iter().map(|one| item(plan, one)).collect();
        body.paragraph(&section.heading);
        body.list(&items, |rest| say!(words, "feed-more-in-digest", n = rest));
    }
    body.into_html()
}

/// A line of a digest.
fn item(plan: Reader<'_>, item: &Item) -> Html {
    let mut html = plan.html();
    if !item.label.is_empty() {
        html.text(&item.label).markup(": ");
    }
    html.link(&item.head.url, &cut(&item.head.title, LONGEST_TITLE));
    for fact in &item.facts {
        html.markup(" · ");
        match fact.url.as_str() {
            "" => html.text(&fact.label),
            url => html.link(url, &fact.label),
        };
    }
    html.finish()
}
