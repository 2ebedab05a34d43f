//! What changed for a series since the digest before.
//!
//! In: the events of the series in the period. Out: one sentence. Never here: what the sections say in links.

use std::collections::HashSet;

use crate::{
    digest::Activity,
    page::part::status,
    plan::{Reader, names},
    say,
    series::StateKind,
};

/// What changed for a series that the digest before knew: its revision, reviews, its state. Empty if nothing did.
pub(super) fn since(plan: Reader<'_>, activity: &Activity) -> String {
    let words = &plan.settings.words;
    let series = plan.corpus.series(activity.series);
    let label = |number: u32| names::label(words, series, number as usize);
    let mut parts = Vec::new();
    if let [first, .., last] | [first @ last] = &activity.posted[..]
        && let Some(before) = first.checked_sub(1)
    {
        parts.push(format!("{} → {}", label(before), label(*last)));
    }
    let reviewers: HashSet<_> =
        activity.verdicts.iter().map(|verdict| verdict.person.key()).collect();
    if !reviewers.is_empty() {
        parts.push(say!(words, "since-reviewers", n = reviewers.len()));
    }
    let turned = activity.turned.map(|turned| turned.kind);
    let taken = activity.applied.as_ref().map(|taken| match taken.patches < taken.of {
        true => StateKind::PartlyApplied,
        false => StateKind::Applied,
    });
    parts.extend(turned.or(taken).map(|kind| status::label(words, kind).to_owned()));
    match parts.is_empty() {
        true => String::new(),
        false => say!(words, "since-digest", changes = parts.join(" · ").as_str()),
    }
}
