//! The sections of a digest: which series belong to each, and the facts in their rows.
//!
//! In: a digest. Out: the [`Section`]s of its page that are not empty, and the counts that link to them. Never here:
//! what happened to a series ([`Activity`]), the order of conversations (`highlights`).

use std::collections::HashSet;

use crate::{
    config::Settings,
    date::Timestamp,
    digest::{Activity, Digest, Taken, Turned},
    message::same_person,
    page::{
        digest::{
            since::since,
            topics::{self, Order},
            view::Section,
        },
        part::{
            layout::About,
            links::Links,
            row::{
                self, Detail, Excerpts,
                view::{Happened, RowGroup, SeriesRow},
            },
            status,
            view::Count,
            wording,
        },
    },
    plan::{Read, Reader, Route},
    say,
    series::{Corpus, MailIx, Series, SeriesIx, StateKind, Witness},
    words::Words,
};

/// A section of series.
struct Rule {
    anchor: &'static str,
    /// The catalogue entries of its heading and of the sentence about it.
    heading: &'static str,
    about: &'static str,
    /// How much its rows show.
    detail: Detail,
    /// The series that belong to it.
    wanted: fn(Reader<'_>, &Activity) -> bool,
}

/// A section whose rows are one line each.
const fn brief(
    anchor: &'static str,
    heading: &'static str,
    about: &'static str,
    wanted: fn(Reader<'_>, &Activity) -> bool,
) -> Rule {
    Rule { anchor, heading, about, detail: Detail::Brief, wanted }
}

/// The sections of series, in the order of DESIGN's digest page. The first two hold the posted series, each once
/// and in full; the others add one-line facts.
const SECTIONS: [Rule; 10] = [
    Rule {
        anchor: "new",
        heading: "new-series",
        about: "digest-new-about",
        detail: Detail::About,
        wanted: |_, a| a.is_new && !a.is_traffic,
    },
    Rule {
        anchor: "revised",
        heading: "new-revisions",
        about: "digest-revised-about",
        detail: Detail::Changes,
        wanted: |_, a| a.is_revised() && !a.is_traffic,
    },
    brief("discussed", "digest-discussed", "digest-discussed-about", |_, a| {
        a.posted.is_empty() && a.replies > 0
    }),
    brief("applied", "digest-applied", "digest-applied-about", |_, a| a.applied.is_some()),
    brief("changes", "digest-changes", "digest-changes-about", |_, a| a.turned.is_some()),
    brief("waiting", "newly-waiting", "digest-waiting-about", |_, a| a.waiting.is_some()),
    brief("quiet", "digest-quiet", "digest-quiet-about", |_, a| a.went_quiet),
    brief("fixes", "digest-fixes", "digest-fixes-about", |plan, a| {
        !a.posted.is_empty() && !a.is_traffic && is_fix(plan.corpus, a)
    }),
    brief("rfcs", "digest-rfcs", "digest-rfcs-about", |plan, a| {
        posted(plan.corpus, a).is_some_and(|revision| revision.rfc)
    }),
    brief("traffic", "digest-traffic", "digest-traffic-about", |_, a| {
        a.is_traffic && !a.posted.is_empty()
    }),
];

/// The catalogue entries of the numbers of sections.
const LABELS: [(&str, &str); 7] = [
    ("new", "count-new"),
    ("revised", "count-revised"),
    ("discussed", "count-discussed"),
    ("applied", "count-applied"),
    ("changes", "count-changes"),
    ("waiting", "count-waiting"),
    ("quiet", "count-quiet"),
];

pub(crate) fn about_digest(words: &Words, digest: &Digest, heading: &str) -> About {
    let posted = digest.activities.iter().filter(|a| !a.posted.is_empty()).count();
    let description = say!(
        words,
        "digest-about",
        digest = heading,
        messages = digest.messages.len(),
        series = posted
    );
    let mut crumbs = vec![(words.text("digests").to_owned(), Route::Digests)];
    if let crate::digest::Period::Span { label, .. } = &digest.period {
        let year = label.split('-').next().unwrap_or_default();
        crumbs.push((year.to_owned(), Route::Year(year.into())));
    }
    let feeds = vec![(words.text("digests").to_owned(), Route::DigestFeed)];
    About { kind: "digest", title: heading.to_owned(), description, feeds, crumbs }
}

pub(crate) fn sections<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    digest: &Digest,
    excerpts: Excerpts,
) -> Vec<Section<'a>> {
    let words = &plan.settings.words;
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut told: HashSet<SeriesIx> = HashSet::new();
    for Rule { anchor, heading, about, detail, wanted } in SECTIONS {
        let Order { activities, groups } = in_order(plan, digest, detail, wanted);
        let row = |(place, activity): (usize, &&Activity)| {
            // This page says each thing about a series once.
            let is_first = told.insert(activity.series);
            let detail = match detail {
                Detail::Brief if is_first => Detail::Folded,
                detail => detail,
            };
            let mut row = section_row(plan, links, activity, anchor, excerpts.of(detail));
            row.is_open = place < topics::LEADING && detail != Detail::Folded;
            if !is_first {
                row.verdicts.clear();
                row.since.clear();
            }
            row
        };
        let mut series: Vec<SeriesRow<'a>> = activities.iter().enumerate().map(row).collect();
        for group in groups {
            let url = group.letter.map_or(String::new(), |letter| links.mail(letter));
            let size = group.places.len();
            series[group.places.start].group = Some(RowGroup { label: group.label, url, size });
            series[group.places.end - 1].ends_group = true;
        }
        let (heading, about) = (words.text(heading), words.text(about));
        let style = if detail == Detail::Brief { "brief" } else { "full" };
        sections.push(Section { anchor, heading, about, style, series, threads: Vec::new() });
    }
    let row = |mail: &MailIx| row::thread_row(plan, links, *mail);
    let (reports, other): (Vec<_>, Vec<_>) =
        digest.other.iter().map(row).partition(|row| !row.state.is_empty());
    for (anchor, heading, about, threads) in [
        ("reports", "digest-reports", "digest-reports-about", reports),
        ("pulls", "digest-pulls", "digest-pulls-about", digest.pulls.iter().map(row).collect()),
        ("other", "other-threads", "digest-other-about", other),
    ] {
        sections.push(Section {
            anchor,
            heading: words.text(heading),
            about: words.text(about),
            style: "brief",
            series: Vec::new(),
            threads,
        });
    }
    sections.retain(|section| !section.series.is_empty() || !section.threads.is_empty());
    sections
}

/// The series of the section `anchor`, in its order.
pub(crate) fn in_section<'d>(
    plan: Reader<'_>,
    digest: &'d Digest,
    anchor: &str,
) -> Vec<&'d Activity> {
    let rule = SECTIONS.iter().find(|rule| rule.anchor == anchor);
    rule.map_or(Vec::new(), |rule| in_order(plan, digest, rule.detail, rule.wanted).activities)
}

/// The series of a section, the most important first; of a long section in full, the others by topic.
fn in_order<'d>(
    plan: Reader<'_>,
    digest: &'d Digest,
    detail: Detail,
    wanted: fn(Reader<'_>, &Activity) -> bool,
) -> Order<'d> {
    let ranked = digest.ranked(|activity| wanted(plan, activity));
    match detail {
        Detail::Brief => Order { activities: ranked, groups: Vec::new() },
        _ => topics::order(plan, ranked),
    }
}

/// A series in a section (`waiting`, `applied`), on one line.
pub(crate) fn brief_row<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    activity: &Activity,
    anchor: &str,
) -> SeriesRow<'a> {
    section_row(plan, links, activity, anchor, Detail::Brief)
}

fn section_row<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    activity: &Activity,
    anchor: &str,
    detail: Detail,
) -> SeriesRow<'a> {
    let mut row = row::activity_row(plan, links, activity, detail);
    row.happened = happened(plan.corpus, plan.settings, links, anchor, activity);
    row.label = label(&plan.settings.words, anchor, activity, &row.version);
    if matches!(anchor, "revised" | "discussed") {
        row.since = since(plan, activity);
    }
    if matches!(anchor, "waiting" | "quiet") {
        // These sections say that nobody replied; replies to older revisions would confuse.
        (row.replies, row.replies_now) = (0, 0);
        row.verdicts.clear();
    }
    row
}

/// What happened to a series, in a word: the subject of its section, otherwise how it was posted.
fn label(words: &Words, anchor: &str, activity: &Activity, version: &str) -> String {
    let key = match anchor {
        "applied" if activity.applied.as_ref().is_some_and(|taken| taken.patches < taken.of) => {
            "label-applied-in-part"
        }
        "applied" => "label-applied",
        "discussed" => "label-discussed",
        "changes" => "label-changes",
        "waiting" => "label-waiting",
        "quiet" => "label-quiet",
        _ if activity.is_new => "label-new",
        _ if version.is_empty() => "label-again",
        _ => return say!(words, "label-updated", version = version),
    };
    words.text(key).to_owned()
}

/// The reason why a series is in a section, with the mail that shows it.
fn happened(
    corpus: Read<'_, Corpus>,
    settings: &Settings,
    links: &Links<'_>,
    anchor: &str,
    activity: &Activity,
) -> Option<Happened> {
    let words = &settings.words;
    let since = |date: Option<Timestamp>, key: &str| {
        let day = wording::moment(date?, settings).short;
        Some(Happened {
            label: words.say(key, &[("day", (&day).into())]),
            url: String::new(),
            kind: "",
        })
    };
    let series = corpus.series(activity.series);
    match anchor {
        "applied" => {
            let shown = *activity.posted.last().unwrap_or(&activity.newest);
            let taken = activity.applied.as_ref();
            taken.map(|taken| taken_in(corpus, words, links, (series, taken), shown))
        }
        "changes" => activity.turned.map(|turned| turn_of(corpus, words, links, series, turned)),
        "waiting" => since(series.revisions[activity.newest as usize].posted, "waits-since"),
        "quiet" => {
            let mails = series.revisions.iter().flat_map(|r| r.members().chain(r.replies.clone()));
            since(mails.filter_map(|m| corpus.stored(m).date()).max(), "last-mail-on")
        }
        _ => None,
    }
}

/// What a row of the revision `shown` says of the patches that were taken.
fn taken_in<'a>(
    corpus: Read<'a, Corpus>,
    words: &Words,
    links: &Links<'_>,
    (series, taken): (&'a Series, &Taken),
    shown: u32,
) -> Happened {
    let (n, all) = (taken.patches, taken.of);
    let (label, url) = match &taken.witness {
        witness @ (Witness::Mail(mail) | Witness::Cited(mail) | Witness::BuiltOn(mail)) => {
            let by = status::taker(corpus, series, witness).map(|by| wording::person(by).name);
            let label = match (n < all, by) {
                (true, Some(by)) => say!(words, "taken-in-part-by", n = n, all = all, who = by),
                (false, Some(by)) => say!(words, "taken-by", who = by),
                (true, None) => say!(words, "taken-in-part", n = n, all = all),
                (false, None) => words.text("queue-applied-label").to_owned(),
            };
            (label, links.mail(*mail))
        }
        Witness::Commit(commit) => {
            let commit = status::short(commit);
            let label = match n < all {
                true => say!(words, "taken-in-part-as-commit", n = n, all = all, commit = commit),
                false => say!(words, "taken-as-commit", commit = commit),
            };
            (label, String::new())
        }
    };
    // Patches of another revision than the row's are counted by that one.
    let label = match n < all && taken.revision != shown {
        true => {
            let version = series.revisions[taken.revision as usize].version.to_string();
            say!(words, "label-of-version", label = &label, version = &version)
        }
        false => label,
    };
    Happened { label, url, kind: StateKind::Applied.word() }
}

fn turn_of(
    corpus: Read<'_, Corpus>,
    words: &Words,
    links: &Links<'_>,
    series: &Series,
    turned: Turned,
) -> Happened {
    let by = &corpus.mail(turned.mail).message.from;
    let who = wording::person(by).name;
    let label = match (turned.kind, same_person(by, &series.author)) {
        (StateKind::Rejected, true) => say!(words, "withdrawn-by", who = who),
        (StateKind::Rejected, false) => say!(words, "rejected-by", who = who),
        (_, true) => say!(words, "revision-promised-by", who = who),
        (_, false) => say!(words, "changes-requested-by", who = who),
    };
    Happened { label, url: links.mail(turned.mail), kind: turned.kind.word() }
}

/// The last revision posted in the period.
pub(crate) fn posted<'a>(
    corpus: Read<'a, Corpus>,
    activity: &Activity,
) -> Option<&'a crate::series::Revision> {
    let series = corpus.series(activity.series);
    series.revisions.get(*activity.posted.last()? as usize)
}

/// Whether one of the posted patches fixes an earlier commit, or is meant for a stable branch.
pub(crate) fn is_fix(corpus: Read<'_, Corpus>, activity: &Activity) -> bool {
    let patches = posted(corpus, activity).into_iter().flat_map(|revision| &revision.slots);
    patches.filter_map(|slot| slot.mail).any(|mail| {
        corpus.stored(mail).mail.trailers.iter().any(|trailer| {
            trailer.key.eq_ignore_ascii_case("fixes")
                || trailer.key.eq_ignore_ascii_case("cc") && trailer.value.contains("stable@")
        })
    })
}

/// The numbers at the top; each links to its section.
pub(crate) fn counts(words: &Words, digest: &Digest, sections: &[Section<'_>]) -> Vec<Count> {
    let (label, about) = match digest.given {
        Some(_) => ("count-entries", "count-entries-about"),
        None => ("count-messages", "count-messages-of-period"),
    };
    let count = |number: usize, label: &str, about: &str, url| Count {
        number,
        label: words.say(label, &[("n", number.into())]),
        about: about.to_owned(),
        url,
    };
    let all = count(digest.messages.len(), label, words.text(about), String::new());
    let of = sections.iter().filter_map(|section| {
        let (_, label) = LABELS.iter().find(|(anchor, _)| *anchor == section.anchor)?;
        let (number, url) = (section.series.len(), format!("#{}", section.anchor));
        Some(count(number, label, section.about, url))
    });
    std::iter::once(all).chain(of).collect()
}
