//! What a posting says of earlier ones: links, tags, change-ids.
//!
//! In: the text of a cover letter or patch. Out: Message-IDs, values. Never here: whether there is such a mail.

use crate::{message::MessageId, text};

/// The value of a `key: value` line such as b4 puts at the end of a cover letter.
pub(super) fn field<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text::behind_key(text, key).filter(|value| !value.is_empty())
}

/// Message-IDs that a text links to where it speaks of versions: the line, or one of the two before it,
/// has `v1`, `version`, `previous`, `changes`, `supersedes`, and none says that the series depends on it.
pub(super) fn versions(text: &str) -> Vec<MessageId> {
    let mut out = Vec::new();
    let mut before: [&str; 2] = ["", ""];
    for line in text::lines(text).take(2000) {
        let links = line.contains('@') || line.contains("%40");
        if links && !line.starts_with("@@ ") {
            let context = [before[0], before[1], line].map(str::to_lowercase);
            let speaks = context.iter().any(|l| speaks_of_versions(l));
            let depends = context[2].contains("depend")
                || context[2].contains("based on")
                || context[2].contains("prerequisite");
            if speaks && !depends {
                out.extend(ids_in(line));
            }
        }
        before = [before[1], line];
    }
    out
}

/// Message-IDs behind `Supersedes:` and `Obsoletes:` (patchew's tags).
pub(super) fn superseded(text: &str) -> Vec<MessageId> {
    let tagged = text::lines(text).filter(|line| {
        let key = line.get(..11).unwrap_or_default().split(':').next().unwrap_or_default();
        ["supersedes", "obsoletes"].iter().any(|tag| key.eq_ignore_ascii_case(tag))
    });
    tagged.flat_map(ids_in).collect()
}

fn speaks_of_versions(line: &str) -> bool {
    let words = ["version", "previous", "change", "supersede", "obsolete", "history", "iteration"];
    words.iter().any(|word| line.contains(word))
        || line.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let number = word.strip_prefix("rfc").unwrap_or(word);
            let number = number.strip_prefix('v').unwrap_or("");
            (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Message-IDs in the links of a line (`https://lore.kernel.org/kvm/<id>/`, `…/r/<id>`), and bare ones in
/// angle brackets.
fn ids_in(line: &str) -> Vec<MessageId> {
    let parts = line.split(|c: char| c.is_whitespace() || "<>()[]\",".contains(c));
    let links = parts.filter(|part| part.contains('@') || part.contains("%40"));
    links
        .filter_map(|part| {
            let id = match part.split_once("://") {
                Some((_, path)) => {
                    path.split('/').find(|s| s.contains('@') || s.contains("%40"))?
                }
                None => part.strip_prefix("id:").unwrap_or(part),
            };
            Some(id.split(['#', '?']).next()?.replace("%40", "@").into())
        })
        .collect()
}
