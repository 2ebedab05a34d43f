//! Pushes to a repository on GitHub, as GitHub mails them to a list:
//!
//! ```text
//!       Branch: refs/heads/master
//!       Home:   https://github.com/lamps/lamps
//!       Commit: 0123456789abcdef0123456789abcdef01234567
//!           https://github.com/lamps/lamps/commit/0123456789abcdef0123456789abcdef01234567
//!       Author: Zoe Lind <zoe@example.org>
//!     …
//!       Log Message:
//!       -----------
//!       lamp: dim it
//! ```
//!
//! In: the text of a mail. Out: the commits pushed to the main branch. Pushes to other branches are experiments.

use super::{Event, Named, News};
use crate::{hash::is_commit, text};

/// The main branches of projects.
const MAIN: [&str; 3] = ["refs/heads/master", "refs/heads/main", "refs/heads/trunk"];

/// The line above a commit message.
const LOG: &str = "Log Message:";

/// A push with more commits merges another history.
const MOST: usize = 500;

/// The news of a push.
pub(super) fn read(text: &str) -> Option<News> {
    let mut lines = text::lines(text).map(str::trim).skip_while(|line| line.is_empty());
    let branch = lines.next()?.strip_prefix("Branch: ")?.trim();
    let home = lines.next()?.strip_prefix("Home:")?.trim();
    if !MAIN.contains(&branch) {
        return None;
    }
    let mut named: Vec<Named> = Vec::new();
    let (mut commit, mut author) = ("", "");
    while let Some(line) = lines.next() {
        if let Some(value) = line.strip_prefix("Commit: ").filter(|value| is_commit(value.trim())) {
            (commit, author) = (value.trim(), "");
        } else if let (true, Some(value)) = (author.is_empty(), line.strip_prefix("Author: ")) {
            author = value.split('<').next().unwrap_or(value).trim();
        } else if line == LOG && !commit.is_empty() {
            let title = lines.find(|line| !line.is_empty() && !line.bytes().all(|b| b == b'-'))?;
            let links = Box::default();
            named.push(Named {
                author: author.into(),
                title: title.into(),
                commit: commit.into(),
                links,
            });
            commit = "";
        }
        if named.len() == MOST {
            break;
        }
    }
    let tree = home.strip_prefix("https://").unwrap_or(home).into();
    (!named.is_empty()).then(|| News { event: Event::Queued, tree, named: named.into() })
}
