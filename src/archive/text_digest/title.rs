//! Restores titles that a digest cut because the mail's subject was folded.
//!
//! In: the entries of a digest. Out: the subject of each, restored if the shortlog of another entry by the same
//! author has the rest. Never here: a guess between two candidates.

use std::collections::BTreeSet;

use super::Entry;

/// The subjects of `entries`, in their order.
pub(super) fn whole(entries: &[Entry<'_>]) -> Vec<String> {
    let titles: BTreeSet<(&str, String, usize)> = entries
        .iter()
        .enumerate()
        .flat_map(|(at, entry)| {
            shortlog(&entry.body).into_iter().map(move |title| (entry.author, title, at))
        })
        .collect();
    let subject = |(at, entry): (usize, &Entry<'_>)| {
        let start = title_of(entry.subject);
        let mut longer: Vec<_> = titles
            .range((entry.author, start.to_owned(), 0)..)
            .take_while(|(author, title, _)| *author == entry.author && title.starts_with(start))
            .filter(|(_, title, by)| *by != at && (title == start || goes_on(title, start)))
            .map(|(_, title, _)| title)
            .collect();
        longer.dedup();
        match longer[..] {
            [title] if title != start => {
                format!("{}{title}", &entry.subject[..entry.subject.len() - start.len()])
            }
            _ => entry.subject.into(),
        }
    };
    entries.iter().enumerate().map(subject).collect()
}

/// Whether `title` begins with `start` and has more words.
fn goes_on(title: &str, start: &str) -> bool {
    !start.is_empty() && title.strip_prefix(start).is_some_and(|rest| rest.starts_with(' '))
}

/// A subject without its bracket.
fn title_of(subject: &str) -> &str {
    match subject.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, title)) => title.trim_start(),
        None => subject,
    }
}

/// The titles in the shortlog of a cover letter, wrapped ones joined.
fn shortlog(body: &[&str]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    let mut indent = None;
    for line in body {
        let blanks = line.len() - line.trim_start().len();
        let text = line.trim();
        match indent {
            _ if blanks == 0 || text.is_empty() => indent = is_name(line).then_some(0),
            None => {}
            Some(first) if first > 0 && blanks > first => {
                if let Some(title) = titles.last_mut() {
                    title.push(' ');
                    title.push_str(text);
                }
            }
            Some(_) => {
                indent = Some(blanks);
                titles.push(text.into());
            }
        }
    }
    titles
}

/// `Name (3):`, the line above a person's titles.
fn is_name(line: &str) -> bool {
    let count = line.trim_end().strip_suffix("):").and_then(|line| line.rsplit_once(" ("));
    count.is_some_and(|(name, count)| !name.is_empty() && count.parse::<u32>().is_ok())
}
