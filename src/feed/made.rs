//! Makes the [`Entry`] of an event: of a digest here, of a step of a series by [`Teller`].
//!
//! Never here: what an entry holds ([`entry`](super::entry)), the markup of a feed.

use super::{
    body::Body,
    entry::{Entry, LONGEST_NAME, LONGEST_TITLE, Telling, address, cut},
    event::{Event, What},
    name::urn,
    revision_entry::Teller,
};
use crate::{
    date::Timestamp,
    digest::Activity,
    page::part::{brief, wording},
    plan::{Reader, Route},
    say,
    text::{Html, xml_text},
};

/// The entry of an event. `site` names the site for ever.
pub(super) fn entry(plan: Reader<'_>, site: &str, event: Event, telling: Telling) -> Entry {
    let told = match event.what {
        What::Digest(number) => digest(plan, site, number, telling),
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

/// The entry of a heading, and what stands below it.
type Section = (&'static str, fn(&Activity) -> bool);

/// A digest: its numbers, then what is new, what was posted again, what was applied.
fn digest(plan: Reader<'_>, site: &str, number: usize, telling: Telling) -> Entry {
    let digest = plan.digest(number);
    let route = Route::digest(&digest.period);
    let room = match telling {
        Telling::Whole(room) => room,
        Telling::Short | Telling::Kept => 2_000,
    };
    let mut body = Body::new(plan.html(), room);
    let posted = digest.activities.iter().filter(|a| !a.posted.is_empty()).count();
    let words = &plan.settings.words;
    body.paragraph(&say!(words, "feed-numbers", messages = digest.messages.len(), series = posted));
    let sections: [Section; 3] = [
        ("new-series", |a| a.is_new && !a.posted.is_empty()),
        ("new-revisions", |a| a.is_revised()),
        ("digest-applied", |a| a.applied.is_some()),
    ];
    for (heading, wanted) in sections {
        let items = digest.activities.iter().filter(|a| wanted(a)).map(|activity| {
            let last = *activity.posted.last().unwrap_or(&activity.newest) as usize;
            let route = plan.revision_route(activity.series, last);
            let (title, author) = brief::revision_title(plan, activity.series, last);
            let mut item = plan.html();
            let who = cut(author, LONGEST_NAME);
            item.say("feed-by", &[("who", (&who).into())], |item, _| {
                item.link(&address(plan, &route), &cut(&title, LONGEST_TITLE));
            });
            item.finish()
        });
        let items: Vec<Html> = match telling {
            Telling::Whole(_) => items.collect(),
            Telling::Short | Telling::Kept => Vec::new(),
        };
        if !items.is_empty() {
            body.paragraph(words.text(heading));
            body.list(&items, |rest| say!(words, "feed-more-in-digest", n = rest));
        }
    }
    Entry {
        id: urn(&format!("{site}{}", route.file())),
        title: wording::heading(&plan.digest(number).period, plan.settings),
        author: plan.settings.title.clone(),
        date: Timestamp::default(),
        url: address(plan, &route),
        kind: ("digest", words.text("kind-digest").to_owned()),
        html: body.into_html(),
    }
}
