//! An approval without a trailer, as projects give it that have none.
//!
//! In: a paragraph of a reply. Out: a trailer of the key `OK`, in the sender's name. Never here: a lone `OK.`,
//! which answers a remark (1,140 of those on six lists of the kernel, one `This is OK.`).

use super::Trailer;
use crate::message::Mailbox;

/// The key that such an approval gets.
pub(super) const KEY: &str = "OK";

/// The words of gcc and its neighbours.
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

/// An approval that a forge forwards, given in the name of the person it names: `Bob approved this pull request.` above the
/// address of the pull request.
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

/// The approval that a paragraph is: the words alone, or `ok theo@` of the sender `theo@…` (the BSDs).
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
