//! One line per event: what happened to a revision of a series.
//!
//! In: an event. Out: the values of its line. Never here: which events there are
//! ([`Events`](crate::plan::event::Events)).

use serde::Serialize;

use super::super::{SCHEMA, Who, date, revision::url};
use crate::plan::{
    Reader,
    event::{Event, Step},
};
use crate::series::StateKind;

/// The event.
#[derive(Serialize)]
pub(super) struct EventLine<'a> {
    schema: u32,
    kind: &'static str,
    date: Option<String>,
    event: &'static str,
    list: &'a str,
    series: &'a str,
    version: String,
    title: &'a str,
    author: Who<'a>,
    message_id: &'a str,
    url: String,
}

impl<'a> EventLine<'a> {
    pub(super) fn new(plan: Reader<'a>, event: &Event) -> Option<Self> {
        let (ix, at, step) = event.step()?;
        let series = plan.corpus.series(ix);
        let revision = series.revisions.get(at)?;
        let first = plan.corpus.stored(revision.members().next()?);
        Some(Self {
            schema: SCHEMA,
            kind: "event",
            date: date(Some(event.date)),
            event: word(step, at, series.state.kind),
            list: &plan.corpus.lists()[usize::from(first.list().0)],
            series: &series.slug,
            version: revision.version.to_string(),
            title: &revision.title,
            author: (&revision.author).into(),
            message_id: &first.mail.message.id,
            url: url(series, at),
        })
    }
}

/// The word for the event: that of the resulting state, if there is one.
fn word(step: Step, at: usize, state: StateKind) -> &'static str {
    match step {
        Step::Posted if at == 0 => "posted",
        Step::Posted => "revised",
        Step::CameReviewed | Step::Reviewed => "reviewed",
        Step::InPart => "partly-applied",
        Step::Applied => "applied",
        Step::Merged => "merged",
        Step::Turned if state == StateKind::Rejected => "rejected",
        Step::Turned => "changes-requested",
    }
}
