//! A line a digest: counts, rankings, what happened to which series.

use serde::Serialize;

use super::{SCHEMA, date};
use crate::{
    digest::{Activity, Digest},
    series::Corpus,
};

/// A digest as a line.
#[derive(Serialize)]
pub(super) struct DigestLine<'a> {
    schema: u32,
    kind: &'static str,
    list: &'a str,
    period: String,
    start: Option<String>,
    end: Option<String>,
    messages: usize,
    contributions: usize,
    contributors: Vec<ContributorValue<'a>>,
    domains: Vec<DomainValue<'a>>,
    series: Happenings<'a>,
}

#[derive(Serialize)]
struct ContributorValue<'a> {
    name: &'a str,
    email: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct DomainValue<'a> {
    domain: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct Happenings<'a> {
    new: Vec<&'a str>,
    revised: Vec<&'a str>,
    applied: Vec<&'a str>,
}

impl<'a> DigestLine<'a> {
    /// A digest of the list of this name as a line.
    pub(super) fn new(corpus: &'a Corpus, list: &'a str, digest: &'a Digest) -> Self {
        let slugs = |chosen: &dyn Fn(&Activity) -> bool| {
            let chosen = digest.activities.iter().filter(|activity| chosen(activity));
            chosen.map(|activity| &*corpus.series[activity.series.at()].slug).collect()
        };
        let bounds = digest.period.bounds();
        let contributors = digest.contributors.iter().map(|(who, count)| ContributorValue {
            name: &who.name,
            email: &who.address,
            count: *count,
        });
        let domains = digest.domains.iter();
        Self {
            schema: SCHEMA,
            kind: "digest",
            list,
            period: digest.period.label(),
            start: date(bounds.map(|(start, _)| start)),
            end: date(bounds.map(|(_, end)| end)),
            messages: digest.messages.len(),
            contributions: digest.contributions.len(),
            contributors: contributors.collect(),
            domains: domains.map(|(domain, count)| DomainValue { domain, count: *count }).collect(),
            series: Happenings {
                new: slugs(&|activity| activity.is_new),
                revised: slugs(&|activity| !activity.is_new && !activity.posted.is_empty()),
                applied: slugs(&|activity| activity.applied.is_some()),
            },
        }
    }
}
