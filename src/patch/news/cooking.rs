//! "What's cooking": the state of git's topic branches, as git's maintainer posts it.
//!
//! ```text
//! [Graduated to 'master']
//!
//! * zl/lamps (2026-10-01) 2 commits
//!   (merged to 'next' on 2026-09-28 at 0123456789)
//!  + lamp: switch it on
//!  + lamp: dim it
//! ```
//!
//! In: the text. Out: [`News`] about the branches that graduated, and about those in `next`. A plus before a title
//! means that it is in `next`; a minus means that it is only in `seen`, which does not count as taken.

use super::{Event, Named, News};
use crate::text;

/// `What's cooking in git.git (Oct 2026, #01)`.
pub(super) fn is_cooking(subject: &str) -> bool {
    subject.to_lowercase().contains("what's cooking in")
}

/// The patches that were taken.
pub(super) fn read(text: &str) -> Vec<News> {
    let mut graduated = false;
    let (mut in_master, mut in_next) = (Vec::new(), Vec::new());
    for line in text::lines(text) {
        if line.starts_with('[') {
            graduated = line.to_lowercase().starts_with("[graduated");
        } else if let Some(title) = line.strip_prefix(" + ").or_else(|| line.strip_prefix("  + ")) {
            if graduated { &mut in_master } else { &mut in_next }.push(entry(title));
        }
    }
    let all = [(Event::Released, "master", in_master), (Event::Queued, "next", in_next)];
    let told = all.into_iter().filter(|(.., named)| !named.is_empty());
    told.map(|(event, tree, named)| News { event, tree: tree.into(), named: named.into() })
        .collect()
}

fn entry(title: &str) -> Named {
    Named {
        author: "".into(),
        title: title.trim().into(),
        commit: Box::default(),
        links: Box::default(),
    }
}
