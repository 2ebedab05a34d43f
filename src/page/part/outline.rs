//! The outline of a long discussion: one line per message, the open points, and the position of each message.
//!
//! In: the messages of a page in reading order. Out: an [`OutlineView`], and the position of each message. Short
//! discussions have neither. A point is open until somebody else replies to it or quotes it, its sender comes back to the same
//! message or gives a tag, or the sender of that message adds to it. Never here: the order; the full text of a message;
//! which sentence is a point ([`point`]).

pub(crate) mod view;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    markup::{excerpt, prose::is_closing},
    message::{own_paragraphs, same_person},
    page::part::{
        discussion::Placed,
        links::Links,
        messages::view::MessageView,
        outline::view::{OpenPoint, OutlineItem, OutlineView, PlaceView, Resolution},
        wording,
    },
    patch::{Mail, Point, Role, point},
    plan::Reader,
    series::MailIx,
};

/// A discussion with fewer messages needs no outline.
const LONG: usize = 8;
/// The most messages in an outline: a longer one would not give an overview.
const MOST: usize = 300;
/// The most open points that are listed.
const MOST_OPEN: usize = 12;
/// The most points that are held against the replies.
const MOST_WEIGHED: usize = 100;
/// The most bytes of a message in its line.
const WORDS: usize = 80;
/// The most bytes of an open point.
const POINT: usize = 110;
/// A longer line beside a review tag is content of its own.
const SHORT: usize = 40;

/// The outline of discussions, each with its heading: the number and title of a patch, otherwise empty. `later` knows what
/// answers a point elsewhere.
pub(crate) fn outline<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    groups: &[(String, Vec<Placed>)],
    is_settled: bool,
    later: &dyn Fn(MailIx) -> Option<Resolution>,
) -> Option<OutlineView<'a>> {
    let count = groups.iter().map(|(_, placed)| placed.len()).sum::<usize>();
    if count < LONG {
        return None;
    }
    let mails = || groups.iter().flat_map(|(_, placed)| placed).map(|placed| placed.mail);
    let points =
        if is_settled { BTreeMap::new() } else { open_points(plan, &mails().collect::<Vec<_>>()) };
    let points: Vec<(MailIx, Point, Option<Resolution>)> = points
        .into_iter()
        .rev()
        .take(MOST_OPEN)
        .map(|(mail, point)| (mail, point, later(mail)))
        .collect();
    let open: HashSet<MailIx> =
        points.iter().filter(|(.., by)| by.is_none()).map(|(mail, ..)| *mail).collect();
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
    let shown = |(mail, point, resolution): (MailIx, Point, Option<Resolution>)| OpenPoint {
        resolution,
        asks: point.asks,
        who: wording::person(&plan.corpus.mail(mail).author).name.to_owned(),
        url: links.mail(mail),
        words: excerpt::shortened(&point.words, POINT).into_owned(),
    };
    Some(OutlineView {
        people: plan.corpus.people(mails().filter(|mail| plan.corpus.is_by_person(*mail))),
        more: count - items.len(),
        items,
        unresolved: open.len(),
        open: points.into_iter().map(shown).collect(),
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

/// The open points among the mails of a discussion.
fn open_points(plan: Reader<'_>, mails: &[MailIx]) -> BTreeMap<MailIx, Point> {
    let corpus = plan.corpus;
    let from = |ix: MailIx| &corpus.mail(ix).message.from;
    let above = |ix: MailIx| corpus.upwards(ix).nth(1);
    let made = |mail: &MailIx| Some((*mail, made(plan, *mail)?));
    let mut points: BTreeMap<_, _> =
        mails.iter().rev().filter_map(made).take(MOST_WEIGHED).collect();
    if points.is_empty() {
        return points;
    }
    let replies: Vec<MailIx> =
        mails.iter().copied().filter(|mail| corpus.is_by_person(*mail)).collect();
    let quoted = quoted(plan, &replies);
    points.retain(|asked, point| {
        let Some(parent) = above(*asked) else { return true };
        let settles = |later: MailIx| {
            let is_own = same_person(from(later), from(*asked));
            match is_own {
                true => {
                    !corpus.mail(later).trailers.is_empty()
                        || corpus.upwards(later).skip(1).any(|up| up == parent)
                }
                false => {
                    let up = above(later);
                    up == Some(*asked)
                        || up == Some(parent) && same_person(from(later), from(parent))
                        || quoted.get(&*point.line).is_some_and(|by| by.contains(&later))
                }
            }
        };
        !replies.iter().any(|later| *later > *asked && settles(*later))
    });
    points
}

/// The replies that quote each line.
fn quoted(plan: Reader<'_>, replies: &[MailIx]) -> HashMap<String, HashSet<MailIx>> {
    let mut quoted: HashMap<String, HashSet<MailIx>> = HashMap::new();
    for reply in replies {
        let text = plan.corpus.text(plan.corpus.mail(*reply));
        for line in text.lines().filter(|line| line.starts_with('>')) {
            let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
            quoted.entry(line.to_owned()).or_default().insert(*reply);
        }
    }
    quoted
}

/// The point of a reply in which a person asks or objects, and not to themselves.
fn made(plan: Reader<'_>, ix: MailIx) -> Option<Point> {
    let mail = plan.corpus.mail(ix);
    let objects = mail.tone.objects && mail.tone.argues;
    // A promise is open, too, but it does not wait for a reply.
    let is_said = mail.role == Role::Reply && mail.machine.is_none() && (mail.open || objects);
    let parent = plan.corpus.upwards(ix).nth(1).filter(|_| is_said)?;
    if same_person(&mail.message.from, &plan.corpus.mail(parent).message.from) {
        return None;
    }
    point(&own_paragraphs(&plan.corpus.text(mail)), objects)
}
