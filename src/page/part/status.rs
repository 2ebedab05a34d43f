//! The state of a revision, with its evidence.
//!
//! In: a series' state and the fates of its patches. Out: views that say it in words, each with the mail or commit
//! that shows it. Never here: a judgement; [`series`](crate::series) made it.

use crate::{
    config::Settings,
    message::{Mailbox, same_person},
    page::{
        part::{links::Links, messages::view::TakenView, view::Link, wording},
        series::view::{IntentView, StateView, StepView},
    },
    patch::Role,
    plan::{Read, Reader, names},
    series::{
        Applied, Corpus, Fate, MailIx, Rest, Revision, Series, SeriesIx, Slot, StateKind, Witness,
    },
    words::Words,
};

/// How many digits of a commit are shown: as many as the kernel's `Fixes:` has.
const COMMIT_DIGITS: usize = 12;

/// The person who approved a patch of the newest revision in this mail. The mail can be the patch itself, whose
/// commit message names the reviewer.
pub(crate) fn reviewer<'a>(
    corpus: Read<'a, Corpus>,
    series: &'a Series,
    mail: MailIx,
) -> &'a Mailbox {
    let mut reviews = series.newest().slots.iter().flat_map(|slot| &slot.reviews);
    let approval = reviews.find(|review| review.mail == mail && review.approves());
    approval.map_or(&corpus.mail(mail).author, |review| &review.person)
}

/// The person who took a patch of the newest revision, if a mail says so: its sender, or, for a mail of a machine, the
/// person who took the patch before, as far as mails say.
pub(crate) fn taker<'a>(
    corpus: Read<'a, Corpus>,
    series: &'a Series,
    witness: &Witness,
) -> Option<&'a Mailbox> {
    let sender = |mail: MailIx| Some(corpus.mail(mail)).filter(|mail| mail.machine.is_none());
    let mail = witness.said()?;
    let said = |applied: &Applied| applied.witness.said();
    let slots = series.revisions.iter().rev().flat_map(|revision| &revision.slots);
    let mut lines = slots.filter_map(|slot| slot.applied.as_deref());
    let mut told = || lines.find(|line| line.steps().any(|step| said(step) == Some(mail)));
    let by = sender(mail).or_else(|| told()?.steps().filter_map(said).find_map(sender));
    by.map(|mail| &mail.message.from)
}

/// The state of the revision `number` of a series.
pub(crate) fn state<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
) -> StateView<'a> {
    let series = plan.corpus.series(ix);
    let revision = &series.revisions[number];
    let kind = series.state_of(number);
    // The evidence for the state of the series does not show that this revision is an older one.
    let witness = (number + 1 == series.revisions.len()).then_some(&series.state.witness);
    let witness = witness.and_then(Option::as_ref);
    let rest = series.state.rest.filter(|_| number + 1 == series.revisions.len());
    let mail = witness.and_then(Witness::mail);
    let author = mail.map(|mail| match kind {
        StateKind::Reviewed => reviewer(plan.corpus, series, mail),
        _ => &plan.corpus.mail(mail).message.from,
    });
    let said = |mail| Link {
        label: wording::person(&plan.corpus.mail(mail).author).name.to_owned(),
        url: links.mail(mail),
    };
    StateView {
        word: kind.word(),
        label: label_of(&plan.settings.words, kind, rest),
        rest: rest.map_or("", Rest::word),
        held_back: match rest {
            Some(Rest::HeldBack(mail)) => Some(said(mail)),
            Some(Rest::Unknown) | None => None,
        },
        by: author.map(wording::person),
        by_author: author.is_some_and(|by| same_person(by, &revision.author)),
        evidence: match witness {
            Some(Witness::Mail(mail)) if plan.corpus.mail(*mail).role == Role::Patch => "again",
            Some(witness) => witness.word(),
            None => "",
        },
        when: mail.and_then(|mail| wording::moment_of(plan.corpus, plan.settings, mail)),
        url: mail.map_or(String::new(), |mail| links.mail(mail)),
        commit: match witness {
            Some(Witness::Commit(commit)) => short(commit),
            _ => "",
        },
        last: last_message(plan, ix),
        successor: (number + 1 < series.revisions.len()).then(|| Link {
            label: names::label(&plan.settings.words, series, number + 1),
            url: links.revision(ix, number + 1),
        }),
        taken: taken(plan.corpus, plan.settings, links, revision),
        life: life(plan.corpus, plan.settings, links, revision),
        intents: match number + 1 < series.revisions.len() {
            true => Vec::new(),
            false => intents(plan.corpus, plan.settings, links, series),
        },
        hearsay: revision.hearsay.filter(|_| kind.is_open()).map(said),
        taker: revision.taker.filter(|_| kind.is_open()).map(said),
        applied: revision.slots.iter().filter(|slot| slot.applied.is_some()).count(),
        of: revision.slots.len(),
    }
}

/// The people who say that they will review the newest revision of a series.
fn intents<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    series: &'a Series,
) -> Vec<IntentView<'a>> {
    let intent = |mail: &MailIx| IntentView {
        person: wording::person(&corpus.mail(*mail).author),
        when: wording::moment_of(corpus, settings, *mail),
        url: links.mail(*mail),
    };
    series.state.intents.iter().map(intent).collect()
}

/// The steps of a revision whose patches were taken.
fn life<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    revision: &'a Revision,
) -> Vec<StepView> {
    let step = |word, key, mail: Option<MailIx>, date| StepView {
        word,
        label: settings.words.text(key).to_owned(),
        count: 0,
        when: date,
        url: mail.map_or(String::new(), |mail| links.mail(mail)),
    };
    let moment = |date| wording::moment(date, settings);
    let mut life = vec![step("posted", "step-posted", None, revision.posted.map(moment))];
    if let Some(mail) = corpus.approval(revision) {
        // A review carried over from an earlier revision is older than this one, so it is not a step with a time of
        // its own.
        let is_new = corpus.stored(mail).date() >= revision.posted;
        let when = wording::moment_of(corpus, settings, mail).filter(|_| is_new);
        life.push(step("reviewed", "state-reviewed", Some(mail), when));
    }
    let before = life.len();
    for fate in [Fate::Applied, Fate::Pulled, Fate::Merged, Fate::Stable] {
        // The first evidence that a patch reached this step.
        let first = |slot: &'a Slot| {
            slot.applied.iter().flat_map(|a| a.steps()).filter(|a| a.fate == fate).last()
        };
        let reached: Vec<&Applied> = revision.slots.iter().filter_map(first).collect();
        let Some(last) = reached.iter().max_by_key(|applied| applied.date) else { continue };
        life.push(StepView {
            count: if reached.len() < revision.slots.len() { reached.len() } else { 0 },
            ..step(fate.word(), fate_label(fate), last.witness.mail(), last.date.map(moment))
        });
    }
    if life.len() == before { Vec::new() } else { life }
}

/// The tree that took a patch.
pub(crate) fn fate<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    applied: &'a Applied,
) -> TakenView<'a> {
    let mail = applied.witness.mail();
    let date = applied.date.or_else(|| corpus.stored(mail?).date());
    TakenView {
        patches: String::new(),
        count: 1,
        merged: applied.fate.is_merged(),
        tree: &applied.tree,
        commit: commit(applied),
        evidence: applied.witness.word(),
        by: mail.map(|mail| wording::person(&corpus.mail(mail).message.from)),
        when: date.map(|date| wording::moment(date, settings)),
        url: mail.map_or(String::new(), |mail| links.mail(mail)),
    }
}

/// The same in a table of patches, which names the tree only if there are several.
pub(crate) fn fate_in_short<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    revision: &Revision,
    applied: &'a Applied,
) -> TakenView<'a> {
    let fates = revision.slots.iter().filter_map(|slot| slot.applied.as_ref());
    let one_tree = fates.into_iter().all(|other| other.tree == applied.tree);
    let fate = fate(corpus, settings, links, applied);
    TakenView { tree: if one_tree { "" } else { fate.tree }, ..fate }
}

/// The patches of a revision that were taken, grouped by who said so and when.
fn taken<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    revision: &'a Revision,
) -> Vec<TakenView<'a>> {
    let mut groups: Vec<(&'a Applied, Vec<&'a Slot>)> = Vec::new();
    for slot in &revision.slots {
        let Some(applied) = &slot.applied else { continue };
        match groups.iter_mut().find(|(other, _)| are_together(corpus, other, applied)) {
            Some((_, slots)) => slots.push(slot),
            None => groups.push((applied, vec![slot])),
        }
    }
    let view = |(applied, slots): (&'a Applied, Vec<&'a Slot>)| TakenView {
        patches: match slots.len() == revision.slots.len() {
            true => String::new(),
            false => wording::numbers(slots.iter().map(|slot| slot.number)),
        },
        count: slots.len(),
        commit: if slots.len() == 1 { commit(applied) } else { "" },
        ..fate(corpus, settings, links, applied)
    };
    groups.into_iter().map(view).collect()
}

/// One person says both on one day, in one mail or in one mail per patch, or the same tree shows both.
fn are_together(corpus: Read<'_, Corpus>, a: &Applied, b: &Applied) -> bool {
    let mail_date = |applied: &Applied| corpus.stored(applied.witness.mail()?).date();
    let date = |applied: &Applied| applied.date.or_else(|| mail_date(applied));
    let day = |applied: &Applied| date(applied).map(|date| date.0.div_euclid(86_400));
    let witness = match (a.witness.mail(), b.witness.mail()) {
        (Some(one), Some(other)) => {
            one == other
                || (same_person(&corpus.mail(one).author, &corpus.mail(other).author)
                    && day(a) == day(b))
        }
        (None, None) => true,
        _ => false,
    };
    witness && a.witness.word() == b.witness.word() && a.fate == b.fate && a.tree == b.tree
}

fn last_message(plan: Reader<'_>, ix: SeriesIx) -> Option<crate::page::part::view::Moment> {
    plan.places.last_message(ix).map(|date| wording::moment(date, plan.settings))
}

fn commit(applied: &Applied) -> &str {
    match &applied.witness {
        Witness::Commit(commit) if applied.commit.is_empty() => short(commit),
        _ => short(&applied.commit),
    }
}

/// The catalogue entry of a step.
fn fate_label(fate: Fate) -> &'static str {
    match fate {
        Fate::Applied => "step-applied",
        Fate::Pulled => "step-pulled",
        Fate::Merged => "step-merged",
        Fate::Stable => "step-stable",
    }
}

/// The first digits of a commit.
pub(crate) fn short(commit: &str) -> &str {
    commit.get(..COMMIT_DIGITS).unwrap_or(commit)
}

/// A state in words, and whether there may be more to it.
pub(crate) fn label_of(words: &Words, kind: StateKind, rest: Option<Rest>) -> &str {
    match (kind, rest) {
        (StateKind::PartlyApplied, Some(Rest::Unknown)) => {
            words.text("state-partly-applied-or-more")
        }
        _ => label(words, kind),
    }
}

/// A state in words.
pub(crate) fn label(words: &Words, kind: StateKind) -> &str {
    words.text(match kind {
        StateKind::New => "state-new",
        StateKind::Discussed => "state-discussed",
        StateKind::ChangesRequested => "state-changes-requested",
        StateKind::Reviewed => "state-reviewed",
        StateKind::Quiet => "state-quiet",
        StateKind::Superseded => "state-superseded",
        StateKind::Rejected => "state-rejected",
        StateKind::PartlyApplied => "state-partly-applied",
        StateKind::Applied => "state-applied",
        StateKind::Merged => "state-merged",
    })
}
