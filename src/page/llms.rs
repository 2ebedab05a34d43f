//! `llms.txt`: the file with which language models begin to read the site (llmstxt.org).
//!
//! In: a plan. Out: Markdown with the site's name and subject, and lists of links: the newest digests, the waiting
//! series of each list, then pages that can be skipped (`Optional`, in that proposal). Links are absolute. Never
//! here: the pages themselves.

use crate::{
    page::part::{place::Place, wording},
    plan::{Plan, Queue, Reader, Route, names},
    say,
    series::{ListIx, SeriesIx},
    text::Markdown,
};

/// How many digests are listed.
const DIGESTS: usize = 12;
/// How many series of a queue.
const SERIES: usize = 20;

/// The queues of a list that are listed.
const QUEUES: [Queue; 3] = [Queue::Waiting, Queue::Ready, Queue::Discussed];

/// The file.
pub(crate) fn file(reader: Reader<'_>) -> Vec<u8> {
    let plan = reader.whole();
    let (settings, words) = (plan.settings, &plan.settings.words);
    let place = Place::stated(settings);
    let mut out = Markdown::new(reader.mask());
    out.markup("# ").text(&settings.title).markup("\n\n> ");
    let about = match settings.description.as_str() {
        "" => say!(words, "llms-summary", n = plan.corpus.mails.len()),
        description => description.to_owned(),
    };
    out.text(&about).markup("\n\n").text(words.text("llms-about")).markup("\n");
    let (older, newest) = plan.digests.split_at(plan.digests.len().saturating_sub(DIGESTS));
    section(&mut out, words.text("nav-digests"));
    for digest in newest.iter().rev() {
        let url = place.page(&Route::digest_markdown(&digest.period));
        let heading = wording::heading(&digest.period, settings);
        out.markup("- ").link(&url, &heading);
        let count = say!(words, "messages", n = digest.messages.len());
        out.markup(": ").text(&count).markup("\n");
    }
    for (list, name) in (0u16..).map(ListIx).zip(&plan.corpus.lists) {
        for queue in QUEUES {
            let series = plan.queues.of(list, queue);
            if series.is_empty() {
                continue;
            }
            let heading = say!(words, "labelled", label = &**name, title = queue.heading(words));
            section(&mut out, &heading);
            series.iter().take(SERIES).for_each(|ix| line(plan, &place, &mut out, *ix));
            if series.len() > SERIES {
                let more = say!(words, "and-more", n = series.len() - SERIES);
                out.markup("- ").link(&place.page(&Route::list(name)), &more).markup("\n");
            }
        }
    }
    // The proposal has this heading in English: what is below it can be skipped.
    out.markup("\n## Optional\n\n");
    let mut others = vec![("nav-people", Route::People), ("nav-feeds", Route::Feeds)];
    if !older.is_empty() {
        others.insert(0, ("nav-digests", Route::Digests));
    }
    if settings.data {
        others.extend([("data", Route::DataIndex), ("data-schema", Route::DataSchema)]);
    }
    for (key, route) in others {
        out.markup("- ").link(&place.page(&route), words.text(key)).markup("\n");
    }
    out.into_string().into_bytes()
}

fn section(out: &mut Markdown<'_>, heading: &str) {
    out.markup("\n## ").text(heading).markup("\n\n");
}

/// A series: its title, who posted it and when.
fn line(plan: &Plan<'_>, place: &Place<'_>, out: &mut Markdown<'_>, ix: SeriesIx) {
    let (series, words) = (&plan.corpus.series[ix.at()], &plan.settings.words);
    let url = place.page(&Route::SeriesMarkdown(series.slug.clone()));
    let who = wording::person(&series.newest().author).name;
    let told = match series.newest().posted {
        Some(date) => {
            let day = wording::moment(date, plan.settings).day;
            say!(words, "by-on", who = who, day = &day)
        }
        None => say!(words, "by-who", who = who),
    };
    out.markup("- ").link(&url, names::some_title(&series.title)).markup(": ").text(&told);
    out.markup("\n");
}
