//! Notices in forms that only tools write: those of a machine about what it answers ([`Form`]), the control headers
//! of lists.sr.ht, and commands to patchwork's bot. Messages about a backport are not notices about the patch.

use super::{Entry, Listed, Notice, Told, Voice, list};
use crate::{
    message::Extent,
    patch::news::{About, Event, Form},
    text,
};

/// The notice of a machine; `paragraphs` are the text's own.
pub(super) fn read(text: &str, paragraphs: &[Vec<&str>]) -> Option<Notice> {
    let form = Form::read(text).filter(|form| form.about != About::Backport)?;
    let told = match form.event {
        Event::Queued => Told::Applied,
        Event::Released => Told::Merged,
        Event::Dropped => Told::Dropped,
        Event::Requested | Event::Stable | Event::Backported | Event::Cited => return None,
    };
    let mut notice = Notice::new(told, Voice::Tool);
    notice.tree = form.tree.into();
    if !form.commit.is_empty() {
        let entry = Entry::Commit(form.commit.into());
        notice.listed = vec![Listed { number: None, total: None, title: Box::default(), entry }];
    } else if form.about == About::Answered {
        notice.listed = list::read(paragraphs.iter().flatten().copied());
    }
    Some(notice)
}

/// The states of a patchset on lists.sr.ht that are a fate. Its server checks who may set them; an archive does not
/// show who did.
pub(super) fn control(state: &str) -> Option<Notice> {
    let told = match state {
        "APPLIED" => Told::Applied,
        "REJECTED" => Told::Rejected,
        "NEEDS_REVISION" => Told::Asked,
        "SUPERSEDED" => Told::Superseded,
        _ => return None,
    };
    Some(Notice { extent: Extent::Series, ..Notice::new(told, Voice::Plain) })
}

/// `pw-bot: changes-requested`: a command to patchwork's bot, which may be after the signature.
pub(super) fn bot_command(text: &str) -> Option<Notice> {
    let command = text::behind_key(text, "pw-bot:")?;
    let told = match command {
        "cr" | "changes-requested" => Told::Asked,
        "reject" | "rejected" => Told::Rejected,
        _ => return None,
    };
    Some(Notice::new(told, Voice::Tool))
}
