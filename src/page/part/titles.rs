//! Titles and tags without the words that a list adds to all of them, and the names of lists.
//!
//! In: a revision, or a mail of a thread. Out: what to show of its subject. Never here: reading a subject.

use crate::{
    config::Settings,
    plan::{Read, names},
    series::{Corpus, MailIx, Revision},
};

/// The words in brackets of a revision's subjects, without the tag that a list adds to all its subjects.
pub(crate) fn tags<'a>(settings: &'a Settings, revision: &'a Revision) -> Vec<&'a str> {
    revision.tags.iter().map(|tag| &**tag).filter(|tag| !names_list(settings, tag)).collect()
}

/// The title of a mail that belongs to no series, without the tag that a list adds to all its subjects: `[LTP]` on
/// ltp@lists.linux.it.
pub(crate) fn thread_title<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    mail: MailIx,
) -> &'a str {
    let mail = corpus.mail(mail);
    let subject = match mail.message.subject.title.trim() {
        "" => names::title(mail),
        subject => subject,
    };
    let bracket = subject.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match bracket.map(|(tag, rest)| (tag, rest.trim_start())) {
        Some((tag, rest)) if !rest.is_empty() && names_list(settings, tag) => rest,
        _ => subject,
    }
}

/// Whether a word is the name of one of the site's lists, or the first part of its address.
fn names_list(settings: &Settings, word: &str) -> bool {
    settings.lists.iter().any(|list| {
        let (first, _) = list.address.split_once('@').unwrap_or_default();
        word.eq_ignore_ascii_case(&list.name) || word.eq_ignore_ascii_case(first)
    })
}

/// The names of the lists on which `mails` were posted, in the order of the site, if it has several.
pub(crate) fn list_names<'a>(corpus: Read<'a, Corpus>, mails: &[MailIx]) -> Vec<&'a str> {
    let lists = corpus.lists();
    if lists.len() < 2 {
        return Vec::new();
    }
    let mut seen = vec![false; lists.len()];
    for mail in mails {
        for (list, _) in &corpus.stored(*mail).copies {
            seen[usize::from(list.0)] = true;
        }
    }
    lists.iter().zip(seen).filter(|(_, seen)| *seen).map(|(name, _)| &**name).collect()
}
