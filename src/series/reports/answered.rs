//! What became of the posting that a build robot reports about.
//!
//! In: a report in reply to a patch or cover letter, and its series with its state. Out: an [`Answer`], if the posting was
//! replaced or dropped. Never here: reports about commits of a tree; whether the later revision really fixes the report.
//!
//! Robots ask for a separate fix only if the patch is in a tree (`not just a new version of the same patch`). So:
//!
//! | the posting | the report |
//! |---|---|
//! | a later revision came after the report | fix posted |
//! | that revision, or the patch of the same title in it, was applied | fixed |
//! | it was replaced before the report, superseded by another series, rejected or withdrawn | closed |
//! | it was applied as it was, or nothing happened | as if it were no reply |
//!
//! A partial revision that leaves the reported patch unchanged is no answer.

use super::is_taken;
use crate::series::{Corpus, MailIx, Revision, StateKind};

/// What became of the posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// The first mail of the revision that came after the report, and whether it was applied.
    Later(MailIx, bool),
    /// It was dropped, by the mail that says so if one does, or had been replaced.
    Dropped(Option<MailIx>),
}

/// What became of the posting to which a report replies.
pub(super) fn answer(corpus: &Corpus, report: MailIx) -> Option<Answer> {
    let (series, at) = corpus.stored(report).home?;
    let (series, at) = (&corpus.series[series.at()], at as usize);
    let posting = series.revisions.get(at)?;
    let is_member = |ix: &MailIx| posting.members().any(|member| member == *ix);
    let patch = corpus.threads.upwards(report).find(is_member)?;
    let slot = posting.slots.iter().find(|slot| slot.mail == Some(patch));
    if slot.is_some_and(|slot| slot.applied.is_some()) {
        return None;
    }
    let later = &series.revisions[at + 1..];
    let answers = |revision: &&Revision| {
        let sent = |number| revision.slots.iter().find(|slot| slot.number == number);
        let is_carried =
            slot.and_then(|slot| sent(slot.number)).is_some_and(|slot| slot.carried.is_some());
        !is_carried && revision.members().next().is_some_and(|first| first > report)
    };
    let answering = later.iter().find(answers).and_then(|revision| revision.members().next());
    match (series.state.kind, answering) {
        (StateKind::Superseded | StateKind::Rejected, _) => {
            Some(Answer::Dropped(series.state.mail()))
        }
        (_, Some(first)) => Some(Answer::Later(first, is_taken(corpus, series, patch))),
        (_, None) if later.iter().any(|revision| !revision.is_partial()) => {
            Some(Answer::Dropped(None))
        }
        (_, None) => None,
    }
}
