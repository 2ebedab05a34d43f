//! The front page, the lists of digests, the author's pages, and the page for what is not there.

use std::cmp::Reverse;

use super::{
    Plan,
    chart::{self, Bars, Layer},
    content::note_name,
    digest,
    frame::{About, Links},
    markdown,
    route::Route,
    row::Detail,
    view::{
        Chart, ContentView, Count, DigestsView, Frame, HomeView, Link, ListRow, NotFoundView,
        SeriesRow, ThreadRow, YearView,
    },
    words,
};
use crate::{
    date::Cadence,
    digest::{Activity, Digest, Period},
    series::ListIx,
    text::plural,
};

/// How many series of a kind the front page shows.
const SHOWN: usize = 6;
/// How many digests the front page shows.
const DIGESTS: usize = 8;
/// How many bytes of the newest note the front page shows.
const NOTE: usize = 480;
/// How many bars a plot has at most.
const BARS: usize = 53;
/// For how many it has room at least.
const FEWEST: usize = 16;

impl<'a> Plan<'a> {
    /// The view of `home.html`.
    pub(crate) fn home(&self, route: &Route) -> HomeView<'a> {
        let links = self.links(route);
        let latest = self.latest();
        let digest = latest.map(|number| self.digests[number]);
        let pick = |wanted: fn(&Activity) -> bool, detail| {
            let all = digest.map_or(Vec::new(), |digest| Plan::liveliest(digest, wanted));
            let open = |activity: &&Activity| SeriesRow {
                is_open: true,
                ..self.activity_row(&links, activity, detail)
            };
            let rows: Vec<SeriesRow<'a>> = all.iter().take(SHOWN).map(open).collect();
            (rows, all.len().saturating_sub(SHOWN))
        };
        let (new, new_more) = pick(|a| a.is_new, Detail::About);
        let (revised, revised_more) = pick(Activity::is_revised, Detail::Changes);
        let tops = digest.map_or(Vec::new(), |digest| self.tops(&links, digest));
        let (mut discussed, _) = pick(|a| a.replies > 0, Detail::Brief);
        discussed.retain(|row| tops.iter().all(|top| top.row.url != row.url));
        let (waiting, waiting_more) = self.home_waiting(&links, digest);
        let (threads, threads_more) = self.home_threads(&links, digest);
        let digests = self.digests.iter().rev().take(DIGESTS);
        let intro = self.content.intro.as_ref();
        let note = digest.and_then(|digest| self.content.notes.get(&note_name(&digest.period)));
        let to = digest.map(|digest| Route::digest(&digest.period));
        let card = latest.and_then(|number| self.card_view(number));
        HomeView {
            note_excerpt: note.map_or(String::new(), |n| markdown::excerpt(&n.markdown, NOTE)),
            note_title: note.map_or("", |note| &note.title),
            note_url: to.map_or(String::new(), |to| links.anchored(&to, "note")),
            page: Frame { card, ..self.frame(route, self.about_home()) },
            intro_html: intro
                .map_or(String::new(), |i| markdown::to_html(&i.markdown, &route.root())),
            latest: digest.map(|digest| self.digest_row(&links, digest)),
            counts: digest.map_or(Vec::new(), |digest| self.home_counts(route, digest)),
            tops,
            new,
            new_more,
            revised,
            revised_more,
            threads,
            threads_more,
            discussed,
            waiting,
            waiting_more,
            digests: digests.map(|digest| self.digest_row(&links, digest)).collect(),
            plot: latest.and_then(|number| plot(self, &links, number)),
            lists: self.list_rows(route),
            digests_url: links.to(&Route::Digests),
            messages: self.corpus.mails.len(),
            series: self.corpus.series.len(),
        }
    }

    /// The view of `digests.html`.
    pub(crate) fn all_digests(&self, route: &Route) -> DigestsView<'a> {
        let links = self.links(route);
        let rows = |numbers: &[usize]| {
            numbers.iter().rev().map(|n| self.digest_row(&links, self.digests[*n])).collect()
        };
        let mut years: Vec<YearView> = Vec::new();
        for (label, numbers) in self.years().iter().rev() {
            let url = links.to(&Route::Year(label.as_str().into()));
            years.push(YearView { label: label.clone(), url, digests: rows(numbers) });
        }
        let is_range = |n: &usize| matches!(self.digests[*n].period, Period::Range { .. });
        let ranges: Vec<usize> = (0..self.digests.len()).filter(is_range).collect();
        if !ranges.is_empty() {
            years.push(YearView {
                label: String::new(),
                url: String::new(),
                digests: rows(&ranges),
            });
        }
        let about = About {
            kind: "digests",
            title: "Digests".into(),
            description: format!("Every digest of {}, by year.", self.settings.title),
            feeds: vec![("Digests".into(), Route::DigestFeed)],
            crumbs: Vec::new(),
        };
        let plot = self.latest().and_then(|number| plot(self, &links, number));
        let page = self.frame(route, about);
        DigestsView { page, heading: "Digests".into(), years, plot, previous: None, next: None }
    }

    /// The view of `year.html`.
    pub(crate) fn year(&self, route: &Route, year: &str) -> DigestsView<'a> {
        let links = self.links(route);
        let years = self.years();
        let numbers = years.get(year).map_or(&[][..], Vec::as_slice);
        let rows =
            numbers.iter().rev().map(|n| self.digest_row(&links, self.digests[*n])).collect();
        let link =
            |label: &String| -> Link { links.link(label, &Route::Year(label.as_str().into())) };
        let about = About {
            kind: "year",
            title: year.to_owned(),
            description: format!("The digests of {year} of {}.", self.settings.title),
            feeds: vec![("Digests".into(), Route::DigestFeed)],
            crumbs: vec![("Digests".into(), Route::Digests)],
        };
        DigestsView {
            page: self.frame(route, about),
            heading: year.to_owned(),
            years: vec![YearView { label: year.to_owned(), url: String::new(), digests: rows }],
            plot: numbers.last().and_then(|number| plot(self, &links, *number)),
            previous: years.range(..year.to_owned()).next_back().map(|(label, _)| link(label)),
            next: years.range(year.to_owned()..).nth(1).map(|(label, _)| link(label)),
        }
    }

    /// The view of `content.html`.
    pub(crate) fn content_page(&self, route: &Route, number: usize) -> ContentView<'a> {
        let page = &self.content.pages[number];
        let (title, description) = (page.title.clone(), page.about(160));
        let about = About { kind: "content", title, description, feeds: vec![], crumbs: vec![] };
        ContentView {
            page: self.frame(route, about),
            title: &page.title,
            author: &page.author,
            date: &page.date,
            body_html: markdown::to_html(&page.markdown, &route.root()),
        }
    }

    /// The view of `404.html`.
    pub(crate) fn not_found(&self, route: &Route) -> NotFoundView<'a> {
        let about = About {
            kind: "404",
            title: "Not here".into(),
            description: "There is nothing at this address.".into(),
            feeds: vec![],
            crumbs: vec![],
        };
        let digests_url = self.links(route).to(&Route::Digests);
        NotFoundView { page: self.frame(route, about), digests_url }
    }

    /// The newest span of time, else the last commit range.
    pub(crate) fn latest(&self) -> Option<usize> {
        let span = |n: &usize| matches!(self.digests[*n].period, Period::Span { .. });
        let last = self.digests.len().checked_sub(1)?;
        (0..=last).rev().find(span).or(Some(last))
    }

    /// The threads of a digest that belong to no series, the longest first, and how many more there are: on some
    /// lists, and in some weeks on all, there is nothing else.
    fn home_threads(
        &self,
        links: &Links<'_>,
        digest: Option<&Digest>,
    ) -> (Vec<ThreadRow<'a>>, usize) {
        let mut threads: Vec<ThreadRow<'a>> = digest.map_or(Vec::new(), |digest| {
            digest.other.iter().map(|mail| self.thread_row(links, *mail)).collect()
        });
        threads.sort_by_key(|thread| Reverse(thread.messages));
        let more = threads.len().saturating_sub(SHOWN);
        threads.truncate(SHOWN);
        (threads, more)
    }

    fn about_home(&self) -> About {
        let settings = self.settings;
        let description = match settings.description.as_str() {
            "" => format!("What was posted, discussed and applied: {}.", settings.title),
            description => description.to_owned(),
        };
        About {
            kind: "home",
            title: settings.title.clone(),
            description,
            feeds: vec![],
            crumbs: vec![],
        }
    }

    /// Series of the newest digest that wait for an answer, and how many more there are.
    fn home_waiting(
        &self,
        links: &Links<'_>,
        digest: Option<&Digest>,
    ) -> (Vec<SeriesRow<'a>>, usize) {
        let Some(digest) = digest else { return (Vec::new(), 0) };
        let all: Vec<&Activity> =
            digest.activities.iter().filter(|a| a.waiting.is_some()).collect();
        let rows = all.iter().take(SHOWN).map(|a| self.waiting_row(links, a)).collect();
        (rows, all.len().saturating_sub(SHOWN))
    }

    fn home_counts(&self, route: &Route, digest: &Digest) -> Vec<Count> {
        let links = self.links(route);
        let to = Route::digest(&digest.period);
        let shown = ["", "new", "revised", "applied", "waiting"];
        let mut counts = digest::counts(digest, &self.sections(&links, digest));
        counts.retain(|count| shown.contains(&count.url.trim_start_matches('#')));
        for count in &mut counts {
            if let Some(anchor) = count.url.strip_prefix('#') {
                count.url = links.anchored(&to, anchor);
            }
        }
        counts
    }

    fn list_rows(&self, route: &Route) -> Vec<ListRow<'a>> {
        let links = self.links(route);
        let row = |(list, name): (ListIx, &'a std::sync::Arc<str>)| ListRow {
            name,
            url: links.to(&Route::list(name)),
            messages: self.corpus.messages_on(list).count(),
            series: self.corpus.series_on(list).len(),
        };
        (0u16..).map(ListIx).zip(&self.corpus.lists).map(row).collect()
    }
}

/// Messages of the last spans of time up to digest `number`, which is marked.
pub(crate) fn plot(plan: &Plan<'_>, links: &Links<'_>, number: usize) -> Option<Chart> {
    let zone = &plan.settings.zone;
    let is_span = |n: &usize| matches!(plan.digests[*n].period, Period::Span { .. });
    // Up to the digest itself: what comes later is not to change what was printed.
    let mut shown: Vec<usize> = (0..=number).rev().filter(is_span).take(BARS).collect();
    shown.reverse();
    if shown.len() < 2 || !is_span(&number) {
        return None;
    }
    let messages = |n: &usize| plan.digests[*n].messages.len() as u64;
    let heading = |n: usize| words::heading(&plan.digests[n].period, zone);
    // A few bars stand at the right, as if there were others before them.
    let before = FEWEST.saturating_sub(shown.len());
    let values = |wanted: fn(bool) -> bool| {
        let own = shown.iter().map(|n| if wanted(*n == number) { messages(n) } else { 0 });
        std::iter::repeat_n(0, before).chain(own).collect()
    };
    let layers = vec![
        Layer { label: "", class: "other", values: values(|is_here| !is_here) },
        Layer { label: "", class: "here", values: values(|is_here| is_here) },
    ];
    let labels = std::iter::repeat_n(String::new(), before);
    let labels: Vec<String> = labels.chain(shown.iter().map(|n| heading(*n))).collect();
    let title = match cadence(plan.digests[number]) {
        Some(Cadence::Day) => "Messages a day",
        Some(Cadence::Month) => "Messages a month",
        _ => "Messages a week",
    };
    let busiest = shown.iter().copied().max_by_key(|n| (messages(n), *n))?;
    let (first, last) = (heading(shown[0]), heading(number));
    let chart = chart::draw("plot", title.to_owned(), Bars::Stacked, layers, &labels);
    Some(Chart {
        description: format!(
            "From {first} to {last}, which has {}. The busiest was {} with {} messages.",
            plural(plan.digests[number].messages.len(), "message", "messages"),
            heading(busiest),
            messages(&busiest),
        ),
        ticks: vec![first, last],
        rows: Vec::new(),
        numbers_url: links.anchored(&Route::Stats, "volume"),
        ..chart
    })
}

fn cadence(digest: &Digest) -> Option<Cadence> {
    match digest.period {
        Period::Span { cadence, .. } => Some(cadence),
        Period::Range { .. } => None,
    }
}
