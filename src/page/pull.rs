//! Pull requests as pages show them: what is to be pulled from where, and the shortlog.
//!
//! In: the mails of a thread. Out: views. Never here: whether it was pulled.

use super::{
    Plan,
    frame::Links,
    standing::short,
    view::{PullView, ShortlogView},
    words,
};
use crate::{patch::Pull, series::MailIx};

/// How many commits a page lists: one request had 15,000, since its branch was merged with another.
const COMMITS: usize = 1_000;

impl<'a> Plan<'a> {
    /// The pull requests among `mails`.
    pub(super) fn pulls(&self, links: &Links<'_>, mails: &[MailIx]) -> Vec<PullView<'a>> {
        let pulls = mails.iter().filter_map(|ix| Some((*ix, self.mail(*ix).pull.as_deref()?)));
        pulls.map(|(ix, pull)| self.pull(links, ix, pull)).collect()
    }

    fn pull(&self, links: &Links<'_>, ix: MailIx, pull: &'a Pull) -> PullView<'a> {
        let mail = self.mail(ix);
        let mut shortlog = shortlog(pull.summary.of(&mail.message.text()));
        let commits = shortlog.iter().map(|author| author.titles.len()).sum();
        let people = shortlog.len();
        cut(&mut shortlog, COMMITS);
        PullView {
            author: words::person(&mail.author),
            url: self.link_to(links, ix),
            repository: &pull.repository,
            reference: &pull.reference,
            base: short(&pull.base),
            head: short(&pull.head),
            commits,
            people,
            more: commits - shortlog.iter().map(|author| author.titles.len()).sum::<usize>(),
            shortlog,
        }
    }
}

/// The entries of `git shortlog` in a text: `Zoe Lind (2):`, then titles that are indented by six.
fn shortlog(text: &str) -> Vec<ShortlogView> {
    let mut authors: Vec<ShortlogView> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let title = line.strip_prefix("      ").map(str::trim).filter(|title| !title.is_empty());
        if let Some(author) = author(line) {
            authors.push(ShortlogView { author: author.to_owned(), titles: Vec::new() });
            is_open = true;
        } else if let (Some(title), Some(last), true) = (title, authors.last_mut(), is_open) {
            last.titles.push(title.to_owned());
        } else {
            is_open = false;
        }
    }
    authors.retain(|author| !author.titles.is_empty());
    authors
}

/// Leaves the first `most` commits of a shortlog.
fn cut(shortlog: &mut Vec<ShortlogView>, most: usize) {
    let mut left = most;
    for author in shortlog.iter_mut() {
        author.titles.truncate(left);
        left -= author.titles.len();
    }
    shortlog.retain(|author| !author.titles.is_empty());
}

/// The name in `Zoe Lind (2):`.
fn author(line: &str) -> Option<&str> {
    let (name, count) = line.trim_end().strip_suffix("):")?.rsplit_once(" (")?;
    let is_count = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    (is_count && !name.starts_with(' ')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortlog_is_found_behind_the_words_of_the_tag() {
        let text = "Lamps for 6.9:\n\n      not a title\n\nJane Doe (1):\n      lamp: shine\n\n\
                    Zoe Lind (2):\n      lamp: one\n      lamp: two\n\nNobody (0):\n\n      lost\n";
        let told: Vec<_> = shortlog(text)
            .into_iter()
            .map(|entry| format!("{}: {}", entry.author, entry.titles.join(", ")))
            .collect();
        assert_eq!(told, ["Jane Doe: lamp: shine", "Zoe Lind: lamp: one, lamp: two"]);
        for (most, left) in [(0, vec![]), (1, vec![1]), (2, vec![1, 1]), (9, vec![1, 2])] {
            let mut shortlog = shortlog(text);
            cut(&mut shortlog, most);
            let titles: Vec<_> = shortlog.iter().map(|author| author.titles.len()).collect();
            assert_eq!(titles, left, "{most}");
        }
    }
}
