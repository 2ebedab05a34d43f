//! The page of a digest: its sections, in reading order.
//!
//! In: the number of a digest. Out: the [`DigestView`] of `digest.html`, and the digest's text form. `sections`
//! chooses the series of each section, `highlights` the conversations at the top. Never here: counts and rankings,
//! which [`digest`](crate::digest) made.

pub(crate) mod answers;
pub(crate) mod card;
pub(crate) mod document;
pub(crate) mod highlights;
pub(crate) mod markdown;
pub(crate) mod note;
pub(crate) mod plot;
pub(crate) mod print;
pub(crate) mod sections;
mod since;
pub(crate) mod text;
pub(crate) mod told;
mod topics;
pub(crate) mod view;
pub(crate) mod years;

use crate::{
    digest::{Messages, Rank},
    message::Mailbox,
    page::{
        digest::{
            note::given_note,
            plot::plot,
            view::{DigestView, NoteView},
        },
        part::{
            authored::{self, Elsewhere},
            layout,
            links::Links,
            ranking::{self, Behind},
            row::Excerpts,
            view::Frame,
            wording,
        },
    },
    plan::{Reader, Route},
};

/// A digest of fewer messages has no chart and no rankings: they would be most of its page.
const THIN: usize = 3;

/// The view of `digest.html`.
pub(crate) fn digest<'a>(plan: Reader<'a>, route: &Route, number: usize) -> DigestView<'a> {
    let digest = plan.digest(number);
    let words = &plan.settings.words;
    let links = Links::new(plan, route);
    let heading = wording::heading(&digest.period, plan.settings);
    let sections = sections::sections(plan, &links, digest, Excerpts::With);
    let link =
        |period| links.link(wording::short_heading(period, plan.settings), &Route::digest(period));
    let [previous, next] = plan.periods_beside(number).map(|period| period.map(link));
    let frame = layout::frame(plan, route, sections::about_digest(words, digest, &heading));
    let is_thin = digest.messages.len() < THIN;
    let people = |name, ranks: &'a [Rank<Mailbox>]| match is_thin {
        true => Vec::new(),
        false => ranking::people_ranks(plan, &links, name, ranks, Behind::All),
    };
    DigestView {
        page: layout::with_extra(
            Frame { card: card::card_view(plan, number), ..frame },
            plan.note(number),
        ),
        span: wording::span(&digest.period, plan.settings),
        counts: sections::counts(words, digest, &sections),
        note: note_of(plan, route, number),
        tops: highlights::tops(plan, &links, digest, Excerpts::With),
        sections,
        first_answers: answers::first_answers(words, &links, &digest.first_answers),
        contributors: people("contributor", &digest.contributors),
        domains: match is_thin {
            true => Vec::new(),
            false => ranking::domain_ranks(plan, &links, &digest.domains, Behind::All),
        },
        reviewers: people("reviewer", &digest.reviewers),
        given: digest.given.is_some(),
        previous,
        next,
        text_url: links.to(&Route::digest_text(&digest.period)),
        whole_url: match digest.has_letters() {
            true => links.to(&Route::digest_whole(&digest.period)),
            false => String::new(),
        },
        plot: plot(plan, &links, number).filter(|_| !is_thin),
        heading,
    }
}

/// The editor's note of a digest, for the page at `route`.
fn note_of<'a>(plan: Reader<'a>, route: &Route, number: usize) -> NoteView<'a> {
    let Some(note) = plan.note(number) else {
        let view = |(heading, told): (String, Elsewhere)| {
            // The page says itself whom it is from.
            let from = plan.settings.words.text("from-the-editor");
            let title = heading.strip_prefix(from).map(|rest| rest.trim_start_matches([':', ' ']));
            let note_title = title.unwrap_or(&heading).to_owned().into();
            NoteView { note_html: told.html, note_title, note_author: "" }
        };
        return given_note(plan, number).map(view).unwrap_or_default();
    };
    NoteView {
        note_html: authored::html(plan, note, route, authored::NOTE).html,
        note_title: note.title.as_str().into(),
        note_author: &note.author,
    }
}

/// The text form of a digest, with the name of its list if there is only one.
pub(crate) fn digest_text(plan: Reader<'_>, number: usize) -> Vec<u8> {
    text::seed(plan, number, list_name(plan), Messages::First).into_bytes()
}

/// The name of the list if there is only one; otherwise the title of the site.
fn list_name(plan: Reader<'_>) -> &str {
    match plan.corpus.lists() {
        [list] => list,
        _ => &plan.settings.title,
    }
}
