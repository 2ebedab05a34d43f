//! The front page: a summary of the last full digest, the running one beside it, the series that wait, the lists.

pub(crate) mod view;

use crate::{
    config::Settings,
    digest::{Activity, Digest, Period},
    markup::markdown,
    page::{
        digest::{card, highlights, plot, sections},
        home::view::HomeView,
        list::view::ListRow,
        part::{
            authored,
            layout::{self, About},
            links::Links,
            row::{
                self, Detail, Excerpts,
                view::{SeriesRow, ThreadRow},
            },
            view::{Count, Frame, Link},
            wording,
        },
    },
    plan::{Reader, Route},
    say,
    series::{ListIx, MailIx},
    text::Html,
};

/// How many series of a kind the front page shows.
pub(crate) const SHOWN: usize = 6;
/// How many digests the front page shows.
const DIGESTS: usize = 8;
/// How many conversations of each list it shows, if there are several lists.
const OF_LIST: usize = 3;
/// How many bytes of the newest note the front page shows.
const NOTE: usize = 480;

/// The view of `home.html`.
pub(crate) fn home<'a>(plan: Reader<'a>, route: &Route) -> HomeView<'a> {
    let links = Links::new(plan, route);
    let Editions { shown: latest, beside, is_running } = editions(plan);
    let digest = latest.map(|number| plan.digest(number));
    let tops =
        digest.map_or(Vec::new(), |digest| highlights::tops(plan, &links, digest, Excerpts::With));
    // What stands out is not said again.
    let is_told = |activity: &Activity| {
        let posted = activity.posted.last().map(|at| links.revision(activity.series, *at as usize));
        posted.is_some_and(|url| tops.iter().any(|top| top.url == url))
    };
    let pick = |wanted: fn(&Activity) -> bool, detail| {
        let mut all = digest.map_or(Vec::new(), |digest| digest.ranked(wanted));
        all.retain(|activity| !activity.is_traffic && !is_told(activity));
        let open = |activity: &&Activity| SeriesRow {
            is_open: true,
            ..row::activity_row(plan, &links, activity, detail)
        };
        let rows: Vec<SeriesRow<'a>> = all.iter().take(SHOWN).map(open).collect();
        (rows, all.len().saturating_sub(SHOWN))
    };
    let (new, new_more) = pick(|a| a.is_new, Detail::About);
    let (revised, revised_more) = pick(Activity::is_revised, Detail::Changes);
    let (mut discussed, _) = pick(|a| a.replies > 0, Detail::Brief);
    discussed.retain(|row| tops.iter().all(|top| top.url != row.url));
    let (waiting, waiting_more) =
        home_section(plan, &links, digest, "waiting", |a| a.waiting.is_some());
    let (applied, applied_more) =
        home_section(plan, &links, digest, "applied", |a| a.applied.is_some());
    let beside = beside.map(|number| plan.digest(number));
    let mut beside_tops =
        beside.map_or(Vec::new(), |digest| highlights::tops(plan, &links, digest, Excerpts::With));
    beside_tops.truncate(SHOWN);
    let (threads, threads_more) = home_threads(plan, &links, digest);
    let whole = plan.whole();
    let digests = whole.digests.iter().rev().take(DIGESTS);
    let intro = whole.content.intro.as_ref();
    let note = latest.and_then(|number| plan.note(number));
    let to = digest.map(|digest| Route::digest(&digest.period));
    let card = latest.and_then(|number| card::card_view(plan, number));
    HomeView {
        note_excerpt: note.map_or(String::new(), |n| markdown::excerpt(&n.markdown, NOTE)),
        note_title: note.map_or("", |note| &note.title),
        note_url: to.map_or(String::new(), |to| links.anchored(&to, "note")),
        page: layout::with_extra(
            Frame { card, ..layout::frame(plan, route, about_home(plan.settings)) },
            intro,
        ),
        intro_html: intro
            .map_or(Html::default(), |i| authored::html(plan, i, route, "welcome-").html),
        as_of: whole.corpus.end().map(|date| wording::moment(date, plan.settings)),
        latest: digest.map(|digest| row::digest_row(plan, &links, digest)),
        counts: digest.map_or(Vec::new(), |digest| home_counts(plan, route, digest)),
        tops,
        new,
        new_more,
        revised,
        revised_more,
        applied,
        applied_more,
        beside: beside.map(|digest| row::digest_row(plan, &links, digest)),
        beside_tops,
        is_running,
        threads,
        threads_more,
        discussed,
        waiting,
        waiting_more,
        digests: digests.map(|digest| row::digest_row(plan, &links, digest)).collect(),
        plot: latest.and_then(|number| plot::plot(plan, &links, number)),
        lists: list_rows(plan, &links, digest),
        digests_url: links.to(&Route::Digests),
        messages: whole.corpus.mails.len(),
        series: whole.corpus.series.len(),
    }
}

/// The threads of a digest that belong to no series, the most important first, and how many more there are. Some
/// lists, and all lists in some weeks, have nothing else.
fn home_threads<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    digest: Option<&Digest>,
) -> (Vec<ThreadRow<'a>>, usize) {
    let mut threads: Vec<ThreadRow<'a>> = digest.map_or(Vec::new(), |digest| {
        digest.other.iter().map(|mail| row::thread_row(plan, links, *mail)).collect()
    });
    let more = threads.len().saturating_sub(SHOWN);
    threads.truncate(SHOWN);
    (threads, more)
}

fn about_home(settings: &Settings) -> About {
    let description = match settings.description.as_str() {
        "" => say!(settings.words, "home-about", site = &settings.title),
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

/// The digests of the front page.
struct Editions {
    /// The one that it is about.
    shown: Option<usize>,
    /// The one that stands beside it.
    beside: Option<usize>,
    /// The period of `shown` may get more messages; otherwise that of `beside` may.
    is_running: bool,
}

/// A period that has just begun has little to say: the last full one comes first, if it is the one before and the
/// running one has not more messages already.
fn editions(plan: Reader<'_>) -> Editions {
    let newest = plot::latest(plan);
    let Some(running) = newest.filter(|number| is_running(plan, *number)) else {
        return Editions { shown: newest, beside: None, is_running: false };
    };
    let before = running.checked_sub(1);
    let is_news = |before: usize| {
        let (last, now) = (plan.digest(before), plan.digest(running));
        let follows = now.period.before(&plan.settings.zone) == Some(last.period.clone());
        follows && last.messages.len() >= now.messages.len()
    };
    match before.filter(|before| is_news(*before)) {
        Some(last) => Editions { shown: Some(last), beside: Some(running), is_running: false },
        None => Editions { shown: Some(running), beside: before, is_running: true },
    }
}

/// Whether the period of a digest may get more messages.
fn is_running(plan: Reader<'_>, number: usize) -> bool {
    let newest = plan.whole().corpus.end();
    matches!(plan.digest(number).period, Period::Span { end, .. } if newest.is_none_or(|newest| newest < end))
}

/// The rows of a section of the newest digest, and how many more there are.
fn home_section<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    digest: Option<&Digest>,
    anchor: &'static str,
    wanted: fn(&Activity) -> bool,
) -> (Vec<SeriesRow<'a>>, usize) {
    let Some(digest) = digest else { return (Vec::new(), 0) };
    let all: Vec<&Activity> = digest.activities.iter().filter(|a| wanted(a)).collect();
    let row = |activity: &&Activity| sections::brief_row(plan, links, activity, anchor);
    (all.iter().take(SHOWN).map(row).collect(), all.len().saturating_sub(SHOWN))
}

fn home_counts(plan: Reader<'_>, route: &Route, digest: &Digest) -> Vec<Count> {
    let links = Links::new(plan, route);
    let to = Route::digest(&digest.period);
    let shown = ["", "new", "revised", "applied", "waiting"];
    let mut counts = sections::counts(
        &plan.settings.words,
        digest,
        &sections::sections(plan, &links, digest, Excerpts::Without),
    );
    counts.retain(|count| shown.contains(&count.url.trim_start_matches('#')));
    for count in &mut counts {
        if let Some(anchor) = count.url.strip_prefix('#') {
            count.url = links.anchored(&to, anchor);
        }
    }
    counts
}

/// The lists, each with what mattered most on it in a digest if there are several.
fn list_rows<'a>(plan: Reader<'a>, links: &Links<'_>, digest: Option<&Digest>) -> Vec<ListRow<'a>> {
    let corpus = plan.corpus.whole();
    let is_on = |mail: MailIx, list| corpus.stored(mail).copies.iter().any(|(l, _)| *l == list);
    let tops = |list: ListIx| -> Vec<Link> {
        let digest = digest.filter(|_| plan.corpus.lists().len() > 1);
        let all = digest.map_or(&[][..], |digest| &digest.conversations);
        let on_list = all.iter().filter(|one| is_on(one.threads[0], list));
        on_list.take(OF_LIST).map(|one| row::conversation_link(plan, links, one)).collect()
    };
    let now = |list: ListIx| {
        let messages = digest.map_or(&[][..], |digest| &digest.messages);
        messages.iter().filter(|mail| is_on(**mail, list)).count()
    };
    let row = |(list, name): (ListIx, &'a std::sync::Arc<str>)| ListRow {
        name,
        url: links.to(&Route::list(name)),
        messages: corpus.messages_on(list).count(),
        series: corpus.series_on(list).len(),
        messages_now: now(list),
        tops: tops(list),
    };
    (0u16..).map(ListIx).zip(plan.corpus.lists()).map(row).collect()
}
