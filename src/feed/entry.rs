//! An entry of a feed: what is said of an event.
//!
//! In: an event, and how much is to be told. Out: an [`Entry`], ready for any form of feed.
//! What [`Telling::Kept`] says never changes as news come: it names the page of the series and not that of the
//! revision, which moves when the next one comes, and leaves out what became of it later.
//! Never here: markup of a feed, a clock.

use super::{
    body::{Body, anchor, escaped},
    event::{Event, What},
    name::urn,
    teller::Teller,
};
use crate::{
    date::Timestamp,
    digest::Activity,
    page::part::{brief, words},
    plan::{Plan, Route},
    text::{plural, xml_text},
};

/// The bytes of a document that an entry has beside its HTML at most: title, author, addresses, dates.
pub(super) const FRAME: usize = 2_400;
/// The most bytes of a title: there are subjects of 25,000.
pub(super) const LONGEST_TITLE: usize = 200;
/// The most bytes of an author's name.
pub(super) const LONGEST_NAME: usize = 80;

/// How much an entry tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// The letter, the patches, the diffstat; of this many bytes of a document.
    Whole(usize),
    /// The facts and the first sentences.
    Short,
    /// The same for an archive: what will be so for ever.
    Kept,
}

/// What a reader is told of an event.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its name, the same wherever the site lies.
    pub(super) id: String,
    /// `Applied: mtd: nand: fix the timings (v3)`
    pub(super) title: String,
    /// Who did it.
    pub(super) author: String,
    /// When.
    pub(super) date: Timestamp,
    /// Its page, as a whole address.
    pub(super) url: String,
    /// The kind of event, as a word for filters and one for people.
    pub(super) kind: (&'static str, &'static str),
    /// What it says.
    pub(super) html: String,
}

impl Entry {
    /// The entry of an event. `site` names the site for ever.
    pub(super) fn of(plan: &Plan<'_>, site: &str, event: Event, telling: Telling) -> Self {
        let told = match event.what {
            What::Digest(number) => digest(plan, site, number, telling),
            What::Revision(series, number, step) => {
                let teller = Teller { plan, series, number, step, date: event.date, telling };
                teller.entry()
            }
        };
        let title = told.title.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            title: xml_text(&cut(&title, LONGEST_TITLE)).into_owned(),
            author: xml_text(&cut(&told.author, LONGEST_NAME)).into_owned(),
            date: event.date,
            ..told
        }
    }
}

/// A digest: its numbers, then what is new, what was posted again, what was applied.
fn digest(plan: &Plan<'_>, site: &str, number: usize, telling: Telling) -> Entry {
    let digest = plan.digests[number];
    let route = Route::digest(&digest.period);
    let mut body = Body::new(match telling {
        Telling::Whole(room) => room,
        Telling::Short | Telling::Kept => 2_000,
    });
    let posted = digest.activities.iter().filter(|a| !a.posted.is_empty()).count();
    let messages = plural(digest.messages.len(), "message", "messages");
    body.paragraph(&format!("{messages}, {posted} series posted."));
    let sections: [Section; 3] = [
        ("New series", |a| a.is_new && !a.posted.is_empty()),
        ("New revisions", |a| a.is_revised()),
        ("Applied", |a| a.applied.is_some()),
    ];
    for (heading, wanted) in sections {
        let items = digest.activities.iter().filter(|a| wanted(a)).map(|activity| {
            let last = *activity.posted.last().unwrap_or(&activity.newest) as usize;
            let route = plan.revision_route(activity.series, last);
            let (title, author) = brief::revision_title(plan, activity.series, last);
            let link = anchor(&address(plan, &route), &cut(&title, LONGEST_TITLE));
            format!("{link} by {}", escaped(&cut(author, LONGEST_NAME)))
        });
        let items: Vec<String> = match telling {
            Telling::Whole(_) => items.collect(),
            Telling::Short | Telling::Kept => Vec::new(),
        };
        if !items.is_empty() {
            body.paragraph(heading);
            body.list(&items, |rest| format!("and {rest} more, in the digest"));
        }
    }
    Entry {
        id: urn(&format!("{site}{}", route.file())),
        title: words::heading(&plan.digests[number].period, &plan.settings.zone),
        author: plan.settings.title.clone(),
        date: Timestamp::default(),
        url: address(plan, &route),
        kind: ("digest", "Digest"),
        html: body.into_html(),
    }
}

/// A heading, and what stands below it.
type Section = (&'static str, fn(&Activity) -> bool);

/// The whole address of a page.
pub(super) fn address(plan: &Plan<'_>, route: &Route) -> String {
    route.absolute(&plan.settings.base_url)
}

/// A text of at most `most` bytes.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    format!("{}…", text[..text.floor_char_boundary(most)].trim_end())
}
