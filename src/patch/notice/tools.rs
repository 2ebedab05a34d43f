//! Notices in forms that only tools write: those of a machine about what it answers ([`Form`]), the control headers of
//! lists.sr.ht, patch names of quilt, and commands to patchwork's bot. Messages about a backport are not notices
//! about the patch.

use super::{Entry, Listed, Notice, Told, Voice, list};
use crate::{
    message::{Extent, Whole},
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

/// A diff against `a/mm/lamp.c~lamp-dim-it`, or `…~lamp-dim-it-fix`: quilt names the patches of its stack by their
/// titles, so the sender has the patch with that title. Of 26 such diffs on three lists, 14 correct the patch to which
/// they reply; the others have names such as `~a`, or belong to another patch.
pub(super) fn quilt(message: &Whole) -> Option<Notice> {
    /// A shorter name could match any patch.
    const SHORT: usize = 15;
    let bare = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_ascii_alphanumeric());
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let mut names = message.text().lines().filter_map(|line| {
        let path = line.strip_prefix("--- a/")?.split_ascii_whitespace().next()?;
        Some(path.split_once('~')?.1)
    });
    let name = names.next()?;
    let name = name.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit());
    let (name, title) = (bare(name.trim_end_matches("-fix")), bare(&message.subject.title));
    let is_its = name.len() >= SHORT && title.starts_with(&name);
    is_its.then(|| Notice::new(Told::Applied, Voice::Tool))
}

/// The states of a patchset on lists.sr.ht that tell a fate. Its server asks who may set them; an archive does not
/// show whom it asked.
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

/// `pw-bot: changes-requested`: a command to patchwork's bot, which may be below the signature.
pub(super) fn bot_command(text: &str) -> Option<Notice> {
    let command = text::behind_key(text, "pw-bot:")?;
    let told = match command {
        "cr" | "changes-requested" => Told::Asked,
        "reject" | "rejected" => Told::Rejected,
        // The bot checks who may say so.
        "applied" | "accept" | "accepted" => Told::Applied,
        _ => return None,
    };
    Some(Notice::new(told, Voice::Tool))
}
