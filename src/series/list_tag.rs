//! The prefix that a list adds to every subject: `[Uboot-stm32] [PATCH] …`.
//!
//! In: the mails of the archives. Out: the same, without that prefix among the tags of patches and in the titles of
//! other mails: it tells where a mail was sent, which the site knows anyway. A word in its own brackets is such a
//! prefix if nearly all mails of a list have it, or if it is the list's name in List-Id. Never here: the subject as
//! its sender wrote it, which stays.

use std::collections::{HashMap, HashSet};

use super::{ListIx, StoredMessage};

/// The percentage of a list's mails with its prefix: some mails do not pass through the list server.
const NEARLY_ALL: usize = 80;

/// The fewest mails of a list that show a custom.
const FEW: usize = 3;

/// Drops the lists' prefixes from the tags and the titles.
pub(super) fn drop(mails: &mut [StoredMessage]) {
    let known = prefixes(mails);
    for letter in mails.iter_mut() {
        let subject = &letter.mail.message.subject;
        if subject.tags.is_empty() && !subject.title.starts_with('[') {
            continue;
        }
        let list = letter.list();
        let message = &mut letter.mail.message;
        let subject = &mut message.subject;
        let Some(prefix) = prefix(&subject.full).map(str::to_lowercase) else { continue };
        let label = message.list_id.as_deref().and_then(|id| id.split('.').next());
        if label == Some(&*prefix) || known.contains(&(list, prefix.clone())) {
            let tags = subject.tags.iter();
            subject.tags = tags.filter(|tag| tag.to_lowercase() != prefix).cloned().collect();
            if let Some(title) = behind(&subject.title, &prefix) {
                subject.title = title.into();
            }
            if let Some(title) = behind(&letter.mail.title, &prefix) {
                letter.mail.title = title.into();
            }
        }
    }
}

/// The text after the prefix in a title; `None` if it is empty.
fn behind(title: &str, prefix: &str) -> Option<String> {
    let (word, rest) = title.strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim_start();
    (word.to_lowercase() == prefix && !rest.is_empty()).then(|| rest.to_owned())
}

/// The prefixes that nearly all mails of a list have.
fn prefixes(mails: &[StoredMessage]) -> HashSet<(ListIx, String)> {
    let mut all: HashMap<ListIx, usize> = HashMap::new();
    let mut counts: HashMap<(ListIx, String), usize> = HashMap::new();
    for letter in mails {
        *all.entry(letter.list()).or_default() += 1;
        if let Some(prefix) = prefix(&letter.mail.message.subject.full) {
            *counts.entry((letter.list(), prefix.to_lowercase())).or_default() += 1;
        }
    }
    let is_custom = |(list, count): (ListIx, usize)| {
        all[&list] >= FEW && count * 100 >= all[&list] * NEARLY_ALL
    };
    let found = counts.into_iter().filter(|((list, _), count)| is_custom((*list, *count)));
    found.map(|(key, _)| key).collect()
}

/// The word in its own brackets at the start of a subject, after `Re:` and the like; `None` if it says something
/// about the patch.
fn prefix(subject: &str) -> Option<&str> {
    let (before, rest) = subject.split_once('[')?;
    let (word, _) = rest.split_once(']')?;
    let says = ["rfc", "resend", "repost", "resent"].iter().any(|w| word.eq_ignore_ascii_case(w));
    let is_word = !says && !word.is_empty() && !word.contains([' ', ',', '[', '/']);
    let is_front = before.is_empty() || before.trim_end().ends_with([':', '：']);
    (is_word && is_front && before.len() < 20).then_some(word)
}
