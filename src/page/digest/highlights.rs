//! What stands out in a digest: an eye for what matters, before the sections.
//!
//! In: a digest. Out: the series with the most answers, the most verdicts and the most lines, each told once.
//! Never here: an opinion. A quiet period has no lead.

use crate::{
    digest::{Activity, Digest},
    page::{
        digest::{sections, view::Top},
        part::{
            links::Links,
            row::{self, Detail, view::SeriesRow},
            wording,
        },
    },
    plan::Reader,
};

/// So many answers make a discussion.
const DISCUSSED: u64 = 4;
/// So many verdicts make a review worth a headline.
const REVIEWED: u64 = 3;
/// So many changed lines are large.
const LARGE: u64 = 300;

/// A way to stand out.
struct Rule {
    /// The entry that names it, with its number.
    label: &'static str,
    /// From which number on.
    least: u64,
    number: fn(Reader<'_>, &Activity) -> u64,
}

/// The lead story is the one that people talked about.
const RULES: [Rule; 3] = [
    Rule {
        label: "top-discussed",
        least: DISCUSSED,
        number: |_, activity| u64::from(activity.replies),
    },
    Rule {
        label: "top-reviewed",
        least: REVIEWED,
        number: |_, activity| activity.verdicts.len() as u64,
    },
    Rule { label: "top-largest", least: LARGE, number: |plan, activity| lines(plan, activity) },
];

/// What stands out in a digest.
pub(crate) fn tops<'a>(plan: Reader<'a>, links: &Links<'_>, digest: &Digest) -> Vec<Top<'a>> {
    let mut chosen = Vec::new();
    let mut tops = Vec::new();
    for rule in RULES {
        let rest = digest.activities.iter().filter(|a| !chosen.contains(&a.series));
        let numbered = rest.map(|activity| ((rule.number)(plan, activity), activity));
        // Of equals the first is taken.
        let Some((number, top)) = numbered.rev().max_by_key(|(number, _)| *number) else {
            break;
        };
        if number < rule.least {
            continue;
        }
        chosen.push(top.series);
        let label = plan.settings.words.say(rule.label, &[("n", number.into())]);
        tops.push(Top { label, row: top_row(plan, links, top) });
    }
    tops
}

/// Its row without what the label and its section say.
fn top_row<'a>(plan: Reader<'a>, links: &Links<'_>, activity: &Activity) -> SeriesRow<'a> {
    let mut row = row::activity_row(plan, links, activity, Detail::About);
    (row.replies, row.replies_now) = (0, 0);
    row.verdicts.clear();
    row
}

/// The lines that the posted revision of a series changes.
fn lines(plan: Reader<'_>, activity: &Activity) -> u64 {
    let revision = sections::posted(plan.corpus, activity);
    let churn = revision.map(|revision| wording::churn(plan.corpus.files(revision)));
    churn.map_or(0, |churn| churn.added + churn.deleted)
}
