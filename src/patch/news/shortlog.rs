//! Shortlogs: `Zoe Lind (2):` and indented titles, as `git shortlog` prints them.
//!
//! In: a text. Out: the patches. The count in the heading shows where a wrapped title continues: mailers wrap at 72
//! columns, and `git shortlog -w` indents continuation lines by three more. Some scripts lose the indentation (333
//! mails of linux-xfs in 2022 and 2023). Then exactly as many titles as counted must stand directly below the
//! heading. Mailers that wrap put the rest of a title at the start of a line (42 of 125 requests of freedreno).

use super::Named;
use crate::{hash::is_commit, text};

/// The most entries: a longer list is no announcement that people read (the kernel's largest, `git shortlog
/// v6.6..v6.7`, has 15,000).
const MAX_ENTRIES: usize = 20_000;

/// The narrowest column at which mailers wrap.
const NARROWEST: usize = 64;

/// The patches that the shortlogs of a text name.
pub(super) fn read(text: &str) -> Vec<Named> {
    let mut out = Vec::new();
    let mut lines = text::lines(text).peekable();
    while let Some(line) = lines.next() {
        let Some((author, count)) = heading(line) else { continue };
        let indented = lines.peek().is_some_and(|next| is_indented(next));
        let belongs = if indented { is_indented } else { is_flat };
        let mut block: Vec<&str> = Vec::new();
        // A longer block is rejected below, and would take long to join.
        let goes_on = |last: Option<&&str>, next: &str| {
            belongs(next) || indented && last.is_some_and(|last| is_wrapped(last, next))
        };
        while let Some(next) =
            lines.next_if(|next| block.len() <= MAX_ENTRIES && goes_on(block.last(), next))
        {
            block.push(next);
        }
        let titles = titles(&block, count);
        if indented || titles.len() == count {
            out.extend(titles.into_iter().map(|title| named(author, &title)));
        }
        if out.len() > MAX_ENTRIES {
            return Vec::new();
        }
    }
    out
}

/// `Zoe Lind (2):`, `Zoe Lind [2]:`.
pub(super) fn heading(line: &str) -> Option<(&str, usize)> {
    let line = line.trim_end();
    let rest = line.strip_suffix("):").or_else(|| line.strip_suffix("]:"))?;
    let (author, count) = rest.rsplit_once([' ', '\u{a0}'])?;
    let count = count.strip_prefix(['(', '['])?.parse().ok()?;
    let author = author.trim();
    let fits = !author.is_empty() && author.len() < 200 && !line.starts_with(['\t', '>']);
    (fits && indent(line) < 2).then_some((author, count))
}

/// A line of a block that lost its indentation.
fn is_flat(line: &str) -> bool {
    !line.trim().is_empty() && heading(line).is_none()
}

fn is_indented(line: &str) -> bool {
    indent(line) > 1 && !line.trim().is_empty()
}

/// The line continues the title of the one before: its first word did not fit there.
fn is_wrapped(last: &str, next: &str) -> bool {
    let word = next.split_ascii_whitespace().next().map_or(0, str::len);
    is_indented(last) && is_flat(next) && last.trim_end().len() + 1 + word > NARROWEST
}

/// How far a line is indented, in columns.
fn indent(line: &str) -> usize {
    let blank = line.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}'));
    blank.map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

/// The titles of a block of lines: as many as its heading counts.
fn titles(block: &[&str], count: usize) -> Vec<String> {
    let mut titles: Vec<(usize, String)> = Vec::with_capacity(block.len());
    let least = block.iter().map(|line| indent(line)).filter(|indent| *indent > 0).min();
    for line in block {
        let deeper = indent(line) > least.unwrap_or(0) || indent(line) == 0 && least.is_some();
        match titles.last_mut() {
            Some((_, title)) if deeper => {
                title.push(' ');
                title.push_str(line.trim());
            }
            _ => titles.push((line.trim_end().len(), line.trim().to_owned())),
        }
    }
    // There are still too many: join a line to the one before if its first word did not fit there.
    while titles.len() > count {
        let full = |at: &usize| {
            let word = titles[*at].1.split(' ').next().map_or(0, str::len);
            titles[at - 1].0 + 1 + word > NARROWEST && !titles[*at].1.starts_with('[')
        };
        let Some(at) = (1..titles.len()).find(full) else { break };
        let (len, rest) = titles.remove(at);
        let title = &mut titles[at - 1];
        *title = (len, format!("{} {rest}", title.1));
    }
    titles.into_iter().map(|(_, title)| title).collect()
}

/// `[0123456789ab] lamp: switch it on`; a `[PATCH v3]` that was committed with the title is removed.
fn named(author: &str, title: &str) -> Named {
    let parted = |text: &str| {
        let (tag, rest) = text.strip_prefix('[')?.split_once("] ")?;
        Some((tag.to_owned(), rest.trim_start().to_owned()))
    };
    let (commit, title) = match parted(title) {
        Some((commit, rest)) if is_commit(&commit) => (commit, rest),
        _ => (String::new(), title.to_owned()),
    };
    let title = match parted(&title) {
        Some((tag, rest)) if tag.to_ascii_uppercase().contains("PATCH") => rest,
        _ => title,
    };
    Named {
        author: author.into(),
        title: title.trim().into(),
        commit: commit.into(),
        links: Box::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<String> {
        let show = |n: &Named| format!("{}|{}|{}", n.author, n.commit, n.title);
        read(text).iter().map(show).collect()
    }

    #[test]
    fn shortlogs_of_every_form_name_authors_titles_and_commits() {
        let text = "Zoë Lind (2):\n      lamp: one\n      [0123456789ab] lamp: two\n\nBob [1]:\n  [PATCH] x\n\nNobody:\n      not this\n";
        assert_eq!(
            read_all(text),
            ["Zoë Lind||lamp: one", "Zoë Lind|0123456789ab|lamp: two", "Bob||x"]
        );
    }

    #[test]
    fn a_shortlog_that_lost_its_indentation_is_read_where_the_count_is_right() {
        let text = "Zoe (2):\n[0123456789ab] lamp: one\n[123456789abc] [PATCH v3] lamp: a title that some mailer has wrapped in its own\nway\nBob (1):\nlamp: three\n\nText.\n";
        assert_eq!(
            read_all(text),
            [
                "Zoe|0123456789ab|lamp: one",
                "Zoe|123456789abc|lamp: a title that some mailer has wrapped in its own way",
                "Bob||lamp: three"
            ]
        );
        let prose = "What I found (1):\nFirst, the lamp.\nThen the socket.\nThat is all.\n";
        assert_eq!(read_all(prose), [""; 0]);
    }

    #[test]
    fn a_wrapped_title_is_one() {
        let deeper = "Zoe (1):\n      lamp: a title that git shortlog -w wrapped here and\n         goes on\n";
        assert_eq!(
            read_all(deeper),
            ["Zoe||lamp: a title that git shortlog -w wrapped here and goes on"]
        );
        let flat = "Zoe (2):\n      lamp: a title that some mailer has wrapped in its own way of\n      doing it\n      lamp: short\n";
        assert_eq!(
            read_all(flat),
            [
                "Zoe||lamp: a title that some mailer has wrapped in its own way of doing it",
                "Zoe||lamp: short"
            ]
        );
    }
}
