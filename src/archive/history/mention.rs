//! The mails and the reverted commits that a commit message names.
//!
//! In: the text of a message. Out: Message-IDs and names of commits. Never here: whether they are known.

use percent_encoding::percent_decode_str;

/// The trailers that name the mail of a commit: b4 writes the first, `git am --message-id` the second.
const KEYS: [&str; 2] = ["link:", "message-id:"];

/// The shortest name of a commit; git abbreviates to seven digits, but a word can look like that.
const SHORTEST: usize = 8;

/// The Message-IDs in `Link:` and `Message-Id:` lines, in their order.
pub(super) fn mentions(message: &str) -> impl Iterator<Item = String> + '_ {
    let values = message.lines().filter_map(|line| {
        let line = line.trim_start();
        let value = |key: &str| {
            let is_key = line.get(..key.len()).is_some_and(|k| k.eq_ignore_ascii_case(key));
            is_key.then(|| &line[key.len()..])
        };
        KEYS.into_iter().find_map(value)
    });
    values.flat_map(str::split_whitespace).filter_map(id)
}

/// The Message-ID that a word is, or that is part of an archive's address: all archives have it there
/// (`lore.kernel.org/r/ID`, `patch.msgid.link/ID`, `patchwork.kernel.org/project/NAME/patch/ID/`).
fn id(word: &str) -> Option<String> {
    let word = word.trim_matches(['<', '>', '(', ')', ',']);
    let address = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    let part = match address {
        Some(address) => {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            let named = |part: &&str| part.contains('@') || part.contains("%40");
            path.split('/').skip(1).find(named)?
        }
        None => Some(word).filter(|word| word.contains('@'))?,
    };
    let id = percent_decode_str(part).decode_utf8().ok()?;
    (!id.contains(char::is_whitespace)).then(|| id.into_owned())
}

/// The names in `This reverts commit 0123456789ab`, as `git revert` writes it, even across lines. A reverted merge
/// names no commit of a patch.
pub(super) fn reverts(message: &str) -> impl Iterator<Item = String> + '_ {
    let mut words = message.split_ascii_whitespace().peekable();
    let mut before = [""; 2];
    std::iter::from_fn(move || {
        for word in words.by_ref() {
            let is_named = before == ["reverts", "commit"];
            before = [before[1], word];
            let name = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let is_name = |name: &str| {
                (SHORTEST..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_hexdigit())
            };
            if is_named && is_name(name) {
                return Some(name.to_ascii_lowercase());
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_found_in_every_archive_s_address() {
        for (line, expected) in [
            ("Link: https://lore.kernel.org/r/1@example.org", "1@example.org"),
            ("Link: https://lore.kernel.org/linux-mtd/1@example.org/", "1@example.org"),
            ("Link: https://lore.kernel.org/all/1@example.org/T/#u", "1@example.org"),
            ("LINK: <https://patch.msgid.link/1%40example.org>", "1@example.org"),
            (
                "Link: https://patchwork.kernel.org/project/x/patch/a+b@example.org/",
                "a+b@example.org",
            ),
            ("Link: http://lkml.kernel.org/r/a%2Fb@example.org [1]", "a/b@example.org"),
            ("Message-Id: <1@example.org>", "1@example.org"),
            ("Message-ID: 1@example.org", "1@example.org"),
            ("Link: https://example.org/a-page", ""),
            ("Reported-by: Zoe <zoe@example.org>", ""),
            ("Links: 1@example.org", ""),
        ] {
            assert_eq!(mentions(line).next().unwrap_or_default(), expected, "{line}");
        }
    }

    #[test]
    fn only_a_commit_that_is_named_is_taken_back() {
        for (text, expected) in [
            ("This reverts commit 0123456789abcdef0123456789abcdef01234567.", 40),
            ("This reverts commit\n0123456789ab (\"lamp: shine\")", 12),
            ("This reverts commit 0123.", 0),
            ("This reverts commit message changes", 0),
            ("It reverts parts of commit 0123456789ab.", 0),
            ("commit 0123456789ab upstream", 0),
        ] {
            assert_eq!(reverts(text).next().unwrap_or_default().len(), expected, "{text}");
        }
    }
}
