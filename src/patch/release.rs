//! Releases that a mail announces.
//!
//! In: the subject of a mail that begins a thread. Out: the name and version of the release. Never here: whether the
//! sender may release it; updates of branches.

/// Words that announce, in brackets or not.
const ANNOUNCES: [&str; 5] = ["announce", "announcement", "release", "released", "releases"];

/// Words before a version that are not a name.
const NO_NAMES: [&str; 6] = ["for", "of", "release", "released", "the", "version"];

/// The release in a subject: `xfsprogs v6.13.0` of `[ANNOUNCE] xfsprogs v6.13.0 released`, `Linux 6.13-rc1`.
pub(crate) fn release(subject: &str) -> Option<String> {
    let is_break = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | ':');
    let words: Vec<&str> = subject.split(is_break).filter(|word| !word.is_empty()).collect();
    let is_linux = words.len() == 2 && words[0] == "Linux";
    let announces = |word: &&str| ANNOUNCES.iter().any(|known| word.eq_ignore_ascii_case(known));
    let is_update =
        words.iter().any(|word| matches!(*word, "updated" | "for-next" | "pull" | "PULL"));
    if is_update || !is_linux && !words.iter().any(announces) {
        return None;
    }
    let at = words.iter().position(|word| is_version(word.trim_end_matches('.')))?;
    let version = words[at].trim_end_matches('.');
    let is_name = |word: &&&str| {
        word.starts_with(char::is_alphabetic)
            && !announces(word)
            && !NO_NAMES.iter().any(|no| word.eq_ignore_ascii_case(no))
    };
    let name = at.checked_sub(1).and_then(|before| words.get(before)).filter(is_name);
    Some(name.map_or_else(|| version.to_owned(), |name| format!("{name} {version}")))
}

/// `v6.13.0`, `6.13-rc1`, `v79`, `ndctl-v79`, `20250130`.
fn is_version(word: &str) -> bool {
    let (_, behind) = word.rsplit_once("-v").unwrap_or(("", word));
    let marked = behind.len() < word.len() || behind.starts_with(['v', 'V']);
    let number = behind.trim_start_matches(['v', 'V']);
    let (number, suffix) = number.split_once('-').unwrap_or((number, "rc1"));
    let is_suffix = ["rc", "rt", "cip"].iter().any(|known| {
        suffix.strip_prefix(known).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
    });
    let mut parts = number.split('.');
    let is_number = parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    is_suffix && is_number && (marked || number.contains('.') || number.len() == 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_from_subjects() {
        for (subject, expected) in [
            ("[ANNOUNCE] xfsprogs v6.13.0 released", Some("xfsprogs v6.13.0")),
            ("[ANNOUNCE] xfsprogs: v6.13.0-rc1 released", Some("xfsprogs v6.13.0-rc1")),
            ("Linux 6.13-rc1", Some("Linux 6.13-rc1")),
            ("ANNOUNCE: ndctl-v79", Some("ndctl-v79")),
            ("lamp release 20250130", Some("20250130")),
            ("[ANNOUNCE] xfs: for-next updated to 0123abc", None),
            ("Linux 6.13-rc1 hangs", None),
            ("[ANNOUNCE] Lamps 2026", None),
            ("Which release has this?", None),
            ("A lamp for v6.13", None),
        ] {
            assert_eq!(release(subject).as_deref(), expected, "{subject}");
        }
    }
}
