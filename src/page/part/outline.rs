//! The outline of a long discussion: one line per message, the open points, and the position of each message.
//!
//! In: the messages of a page in reading order. Out: an [`OutlineView`], and the position of each message. Short
//! discussions have neither. Never here: the order; the full text of a message.

pub(crate) mod view;

use std::collections::{BTreeSet, HashSet};

use crate::{
    markup::{excerpt, prose::is_closing},
    message::{own_paragraphs, same_person},
    page::part::{
        discussion::Placed,
        links::Links,
        messages::view::MessageView,
        outline::view::{OutlineItem, OutlineView, PlaceView},
        view::Link,
        wording,
    },
    patch::{Mail, Role},
    plan::Reader,
    series::MailIx,
};

/// A discussion with fewer messages needs no outline.
const LONG: usize = 8;
/// The most messages in an outline: a longer one would not give an overview.
const MOST: usize = 300;
/// The most open points that are listed.
const MOST_OPEN: usize = 12;
/// The most bytes of a message in its line.
const WORDS: usize = 80;
/// A longer line beside a review tag is content of its own.
const SHORT: usize = 40;

/// The outline of discussions, each with its heading: the number and title of a patch, otherwise empty.
pub(crate) fn outline<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    groups: &[(String, Vec<Placed>)],
    is_settled: bool,
) -> Option<OutlineView<'a>> {
    let count = groups.iter().map(|(_, placed)| placed.len()).sum::<usize>();
    if count < LONG {
        return None;
    }
    let mails = || groups.iter().flat_map(|(_, placed)| placed).map(|placed| placed.mail);
    let answered = answered(plan, mails());
    let is_open = |mail: &MailIx| !is_settled && !answered.contains(mail) && asks(plan, *mail);
    let open: BTreeSet<MailIx> = mails().filter(is_open).collect();
    let mut items = Vec::new();
    for (under, placed) in groups {
        let mut depth = 0;
        for (at, placed) in placed.iter().enumerate() {
            if items.len() < MOST {
                let under = if at == 0 { under.clone() } else { String::new() };
                let open = open.contains(&placed.mail);
                items.push(OutlineItem { under, depth, open, ..item(plan, links, placed.mail) });
            }
            depth = if placed.deeper { depth + 1 } else { depth.saturating_sub(placed.closes) };
        }
    }
    let link = |mail: MailIx| Link {
        label: wording::person(&plan.corpus.mail(mail).author).name.to_owned(),
        url: links.mail(mail),
    };
    Some(OutlineView {
        people: plan.corpus.people(mails().filter(|mail| plan.corpus.is_by_person(*mail))),
        more: count - items.len(),
        items,
        open: open.into_iter().rev().take(MOST_OPEN).map(link).collect(),
    })
}

/// Sets the position of each message in a long discussion. `before` messages are on earlier pages, `all` on all
/// pages.
pub(crate) fn set_places<'v, 'a: 'v>(
    messages: impl Iterator<Item = &'v mut MessageView<'a>>,
    before: usize,
    all: usize,
) {
    let mut messages: Vec<&mut MessageView<'a>> = messages.collect();
    if messages.len() < LONG {
        return;
    }
    let anchors: Vec<String> = messages.iter().map(|one| format!("#{}", one.anchor)).collect();
    let link = |at: Option<usize>| at.and_then(|at| anchors.get(at)).cloned().unwrap_or_default();
    for (at, message) in messages.iter_mut().enumerate() {
        let (previous, next) = (link(at.checked_sub(1)), link(at.checked_add(1)));
        message.place = Some(PlaceView { number: before + at + 1, all, previous, next });
    }
}

/// The review tags of a reply, if it has no other content except a greeting.
pub(crate) fn marks<'a>(mail: &'a Mail, text: &str) -> Vec<&'a str> {
    if mail.role != Role::Reply || mail.trailers.is_empty() || mail.machine.is_some() || mail.open {
        return Vec::new();
    }
    let is_short = |paragraph: &[&str]| {
        paragraph.len() == 1 && paragraph[0].len() < SHORT && !paragraph[0].contains(['?', '>'])
    };
    let paragraphs = own_paragraphs(text);
    match paragraphs.iter().all(|paragraph| is_closing(paragraph) || is_short(paragraph)) {
        true => mail.trailers.iter().map(|trailer| &*trailer.key).collect(),
        false => Vec::new(),
    }
}

fn item<'a>(plan: Reader<'a>, links: &Links<'_>, ix: MailIx) -> OutlineItem<'a> {
    let mail = plan.corpus.mail(ix);
    let text = plan.corpus.text(mail);
    let marks = marks(mail, &text);
    let words = if marks.is_empty() { first_words(&text) } else { String::new() };
    OutlineItem {
        under: String::new(),
        depth: 0,
        url: links.mail(ix),
        author: wording::person(&mail.author),
        date: wording::moment_of(plan.corpus, plan.settings, ix),
        marks,
        words,
        open: false,
        bot: mail.machine.is_some(),
    }
}

/// The sender's first own words, without a greeting.
fn first_words(text: &str) -> String {
    let own = own_paragraphs(text);
    let told = own.iter().filter(|paragraph| !is_closing(paragraph));
    let text: Vec<String> = told.take(6).map(|paragraph| paragraph.join("\n")).collect();
    excerpt::of(&text.join("\n\n"), WORDS)
}

/// The mails with a reply from somebody other than their sender.
fn answered(plan: Reader<'_>, mails: impl Iterator<Item = MailIx>) -> HashSet<MailIx> {
    let mut answered = HashSet::new();
    for mail in mails {
        let Some(above) = plan.corpus.upwards(mail).nth(1) else { continue };
        let [one, other] = [mail, above].map(|ix| &plan.corpus.mail(ix).message.from);
        if !same_person(one, other) && plan.corpus.is_by_person(mail) {
            answered.insert(above);
        }
    }
    answered
}

/// The mail is a reply in which a person asks or objects.
fn asks(plan: Reader<'_>, ix: MailIx) -> bool {
    let mail = plan.corpus.mail(ix);
    let is_said = mail.role == Role::Reply && mail.machine.is_none();
    // A promise is open, too, but it does not wait for a reply.
    let has_question = || {
        let text = plan.corpus.text(mail);
        own_paragraphs(&text).into_iter().flatten().any(|line| line.contains('?'))
    };
    is_said && (mail.tone.objects && mail.tone.argues || mail.open && has_question())
}
