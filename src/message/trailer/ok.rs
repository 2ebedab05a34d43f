//! Approvals in words, in projects that do not use trailers.
//!
//! In: a paragraph of a reply. Out: a trailer with the key `OK`, in the sender's name. Never here: a bare `OK.`,
//! which replies to a remark (six kernel lists have 1,140 of those and one `This is OK.`).

use super::Trailer;
use crate::message::Mailbox;

/// The key that such an approval gets.
pub(super) const KEY: &str = "OK";

/// The phrases of gcc and similar projects.
const WORDS: [&str; 8] = [
    "this is ok",
    "this is okay",
    "this patch is ok",
    "the patch is ok",
    "ok for trunk",
    "ok for mainline",
    "ok for master",
    "ok to commit",
];

/// An approval that a forge forwards in the name of a person: `Bob approved this pull request.` above the address of
/// the pull request.
pub(super) fn passed_on(paragraphs: &[Vec<&str>]) -> Option<Trailer> {
    let [first, others @ ..] = paragraphs else { return None };
    let &[line] = &first[..] else { return None };
    let words = line.trim().trim_end_matches(['.', '!']);
    let by = words.strip_suffix(" approved this pull request");
    let by = by.or_else(|| words.strip_suffix(" approved this merge request"))?;
    let is_request = |line: &&str| {
        let requests = ["/pulls/", "/pull/", "/merge_requests/"];
        line.contains("://") && requests.iter().any(|path| line.contains(path))
    };
    let is_name = !by.is_empty() && by.len() <= 60 && by.split(' ').count() <= 4;
    let is_passed_on = is_name && others.iter().flatten().any(is_request);
    is_passed_on.then(|| Trailer { key: KEY.into(), value: by.into() })
}

/// The approval in a paragraph: one of the phrases alone, or `ok theo@` by the sender `theo@…` (the BSDs).
pub(super) fn given(paragraph: &[&str], sender: &Mailbox) -> Option<Trailer> {
    let &[line] = paragraph else { return None };
    if line.len() > 60 {
        return None;
    }
    let lower = line.trim().trim_end_matches(['.', '!']).to_lowercase();
    let words = lower.strip_suffix("thanks").unwrap_or(&lower).trim_end_matches([' ', ',', '.']);
    let user = sender.address.split('@').next().unwrap_or_default().to_lowercase();
    let signed = words.strip_prefix("ok ").and_then(|by| by.strip_suffix('@'));
    let is_given = WORDS.contains(&words) || signed.is_some_and(|by| by == user);
    is_given.then(|| Trailer { key: KEY.into(), value: sender.full().into() })
}
