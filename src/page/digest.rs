//! The digest of a period: its sections, in the order of reading.

use super::{
    Plan,
    content::note_name,
    frame::{About, Links},
    front::plot,
    markdown,
    route::Route,
    row::Detail,
    view::{Count, DigestView, Rank, Section, SeriesRow},
    words,
};
use crate::{
    digest::{Activity, Digest, write_text},
    message::Mailbox,
    series::MailIx,
};

/// A section of series: its `id`, heading, what is in it, how much its rows tell, what belongs to it.
type Rule = (&'static str, &'static str, &'static str, Detail, fn(&Plan<'_>, &Activity) -> bool);

/// The sections of series, in the order of DESIGN's digest page.
const SECTIONS: [Rule; 7] = [
    ("new", "New series", "Posted for the first time.", Detail::About, |_, a| {
        a.is_new && !a.posted.is_empty()
    }),
    ("revised", "New revisions", "Posted again, with what changed.", Detail::Changes, |_, a| {
        !a.is_new && !a.posted.is_empty()
    }),
    ("discussed", "Under discussion", "Posted earlier, answered now.", Detail::Brief, |_, a| {
        a.posted.is_empty() && a.replies > 0
    }),
    ("applied", "Applied", "A maintainer said so.", Detail::Brief, |_, a| a.applied.is_some()),
    ("waiting", "Waiting for review", "Nobody has answered yet.", Detail::Brief, |_, a| a.waiting),
    ("fixes", "Fixes", "Posted with a Fixes: line or for stable.", Detail::Brief, |plan, a| {
        !a.posted.is_empty() && plan.is_fix(a)
    }),
    ("rfcs", "Requests for comments", "Not meant to be applied yet.", Detail::Brief, |plan, a| {
        plan.posted(a).is_some_and(|revision| revision.rfc)
    }),
];

impl<'a> Plan<'a> {
    /// The view of `digest.html`.
    pub(crate) fn digest(&self, route: &Route, number: usize) -> DigestView<'a> {
        let digest = self.digests[number];
        let zone = &self.settings.zone;
        let links = self.links(route);
        let heading = words::heading(&digest.period, zone);
        let sections = self.sections(&links, digest);
        let neighbour = |number: Option<usize>| {
            let digest = self.digests.get(number?)?;
            let label = words::short_heading(&digest.period, zone);
            Some(links.link(label, &Route::digest(&digest.period)))
        };
        let note = self.content.notes.get(&note_name(&digest.period));
        let top = self.settings.top;
        DigestView {
            page: self.frame(route, self.about_digest(digest, &heading)),
            span: words::span(&digest.period, zone),
            counts: counts(digest, &sections),
            note_html: note
                .map_or(String::new(), |n| markdown::to_html(&n.markdown, &route.root())),
            note_title: note.map_or("", |note| &note.title),
            note_author: note.map_or("", |note| &note.author),
            sections,
            contributors: ranks(&digest.contributors, top, person),
            domains: ranks(&digest.domains, top, |domain| (domain, "")),
            reviewers: ranks(&digest.reviewers, top, person),
            given: digest.given.is_some(),
            previous: neighbour(number.checked_sub(1)),
            next: neighbour(number.checked_add(1)),
            text_url: links.to(&Route::digest_text(&digest.period)),
            plot: plot(self, number),
            heading,
        }
    }

    /// The text form of a digest, under the name of its list where there is only one.
    pub(crate) fn digest_text(&self, number: usize) -> Vec<u8> {
        let list = match self.corpus.lists.as_slice() {
            [list] => list,
            _ => self.settings.title.as_str(),
        };
        write_text(self.corpus, self.digests[number], list, self.settings.top).into_bytes()
    }

    /// The posted series of a digest that got the most answers first, then by date.
    pub(crate) fn liveliest(digest: &Digest, wanted: fn(&Activity) -> bool) -> Vec<&Activity> {
        let mut activities: Vec<_> = digest.activities.iter().filter(|a| wanted(a)).collect();
        activities.sort_by_key(|a| std::cmp::Reverse(a.replies + a.reviews));
        activities
    }

    fn about_digest(&self, digest: &Digest, heading: &str) -> About {
        let posted = digest.activities.iter().filter(|a| !a.posted.is_empty()).count();
        let description = format!(
            "{}: {} and {}. What was posted, discussed and applied.",
            heading,
            words::plural(digest.messages.len(), "message", "messages"),
            words::plural(posted, "series", "series"),
        );
        let mut crumbs = vec![("Digests".to_owned(), Route::Digests)];
        if let crate::digest::Period::Span { label, .. } = &digest.period {
            let year = label.split('-').next().unwrap_or_default();
            crumbs.push((year.to_owned(), Route::Year(year.into())));
        }
        let feeds = vec![("Digests".to_owned(), Route::DigestFeed)];
        About { kind: "digest", title: heading.to_owned(), description, feeds, crumbs }
    }

    fn sections(&self, links: &Links<'_>, digest: &Digest) -> Vec<Section<'a>> {
        let mut sections: Vec<Section<'a>> = Vec::new();
        for (anchor, heading, about, detail, belongs) in SECTIONS {
            let mut activities: Vec<_> =
                digest.activities.iter().filter(|a| belongs(self, a)).collect();
            // A text digest holds no answers: that nobody is said to have answered means nothing.
            if digest.given.is_some() && anchor == "waiting" {
                continue;
            }
            activities.sort_by_key(|a| std::cmp::Reverse(a.replies + a.reviews));
            let series: Vec<SeriesRow<'a>> =
                activities.iter().map(|a| self.activity_row(links, a, detail)).collect();
            let style = if detail == Detail::Brief { "brief" } else { "full" };
            sections.push(Section { anchor, heading, about, style, series, threads: Vec::new() });
        }
        for (anchor, heading, about, mails) in [
            ("pulls", "Pull requests", "To be pulled from a repository.", &digest.pulls),
            ("other", "Other threads", "Questions, reports, announcements.", &digest.other),
        ] {
            let threads = mails.iter().map(|mail: &MailIx| self.thread_row(links, *mail)).collect();
            sections.push(Section {
                anchor,
                heading,
                about,
                style: "brief",
                series: Vec::new(),
                threads,
            });
        }
        sections.retain(|section| !section.series.is_empty() || !section.threads.is_empty());
        sections
    }

    /// The last revision posted in the period.
    fn posted(&self, activity: &Activity) -> Option<&'a crate::series::Revision> {
        let series = &self.corpus.series[activity.series.at()];
        series.revisions.get(*activity.posted.last()? as usize)
    }

    /// One of the patches posted repairs an earlier commit, or is meant for a stable branch.
    fn is_fix(&self, activity: &Activity) -> bool {
        let patches = self.posted(activity).into_iter().flat_map(|revision| &revision.slots);
        patches.filter_map(|slot| slot.mail).any(|mail| {
            self.corpus.letter(mail).mail.trailers.iter().any(|trailer| {
                trailer.key.eq_ignore_ascii_case("fixes")
                    || trailer.key.eq_ignore_ascii_case("cc") && trailer.value.contains("stable@")
            })
        })
    }
}

/// The numbers above the fold, each leading to its section.
fn counts(digest: &Digest, sections: &[Section<'_>]) -> Vec<Count> {
    let number = |anchor: &str| {
        let section = sections.iter().find(|section| section.anchor == anchor);
        section.map_or(0, |section| section.series.len() + section.threads.len())
    };
    let label = if digest.given.is_some() { "entries" } else { "messages" };
    let mut counts = vec![Count { number: digest.messages.len(), label, url: String::new() }];
    for (anchor, label) in [
        ("new", "new series"),
        ("revised", "new revisions"),
        ("discussed", "under discussion"),
        ("applied", "applied"),
        ("waiting", "waiting"),
    ] {
        if number(anchor) > 0 {
            counts.push(Count { number: number(anchor), label, url: format!("#{anchor}") });
        }
    }
    counts
}

/// A person's name and address.
pub(crate) fn person(mailbox: &Mailbox) -> (&str, &str) {
    let person = words::person(mailbox);
    (person.name, person.address)
}

/// The first rows of a ranking.
fn ranks<'a, T>(
    ranking: &'a [(T, u64)],
    top: usize,
    name: fn(&T) -> (&str, &str),
) -> Vec<Rank<'a>> {
    let most = ranking.first().map_or(1, |(_, count)| *count).max(1);
    let rank = |(who, count): &'a (T, u64)| {
        let (name, address) = name(who);
        Rank { name, address, count: *count, share: count.saturating_mul(100) / most }
    };
    ranking.iter().take(top).map(rank).collect()
}
