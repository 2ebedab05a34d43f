//! The keys of trailers: which are known, how to spell them, what their words mean.
//!
//! In: the text before a colon, or a line. Out: the key, spelled as git and the kernel do. Never here: the meaning
//! of a value.

/// Keys without `-by` that are trailers anywhere (habits of git and the kernel).
pub(super) const UTILITY: [&str; 12] = [
    "Fixes",
    "Link",
    "Closes",
    "Cc",
    "Change-Id",
    "BugLink",
    "Message-ID",
    "Message-Id",
    "Depends-on",
    "Based-on",
    "Supersedes",
    "Bug",
];

/// A review's key has one of these words.
const VERDICTS: [&str; 6] = ["reviewed", "acked", "tested", "nacked", "naked", "nak"];

/// Words that negate it: `Un-reviewed-by`, `Not-yet-acked-by`, `To-be-tested-by`.
const DENIALS: [&str; 7] = ["un", "non", "not", "no", "never", "to", "should"];

pub(super) fn is_known(key: &str) -> bool {
    let ends = key.len().checked_sub(3).and_then(|at| key.get(at..));
    ends.is_some_and(|end| end.eq_ignore_ascii_case("-by"))
        || UTILITY.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Normalises the case: `reviewed-BY` becomes `Reviewed-by`.
pub(super) fn spelled(key: &str) -> String {
    if !key.to_ascii_lowercase().ends_with("-by") {
        let known = UTILITY.iter().find(|known| known.eq_ignore_ascii_case(key));
        return known.map_or_else(|| key.to_owned(), |known| (*known).to_owned());
    }
    let mut out = key.to_ascii_lowercase();
    out[..1].make_ascii_uppercase();
    out
}

/// Whether a key in lower case, without `-by`, is that of a review: `reviewed-and-tested`, `acked-for-mfd`.
pub(super) fn is_verdict(verb: &str) -> bool {
    has_word(verb, &VERDICTS) && !has_word(verb, &DENIALS)
}

pub(super) fn has_word(verb: &str, known: &[&str]) -> bool {
    verb.split('-').any(|word| known.contains(&word))
}

/// Rewrites a review in a form that readers understand but neither git nor b4 accepts: `* Reviewed by: …`,
/// `*Tested-by:* …`, `Reviewed/Tested-by: …`, `Acked_by: …`, or with a word processor's hyphen. All words of its key
/// must be words of reviews.
pub(super) fn mended(line: &str) -> Option<String> {
    let (key, value) = line.split_once(':').filter(|(key, _)| key.len() <= 60)?;
    let is_mark = |c: char| matches!(c, '*' | '_' | '`' | '-' | '+' | '•') || c.is_whitespace();
    let value =
        value.trim_start_matches(|c: char| is_mark(c)).trim_end_matches(['*', '`']).trim_end();
    let key = key.trim_matches(is_mark).to_lowercase();
    let parts = |c: char| {
        matches!(c, '-' | '_' | '/' | '&' | ',' | '+') || is_hyphen(c) || c.is_whitespace()
    };
    let words: Vec<&str> = key.split(parts).filter(|word| !word.is_empty()).collect();
    let (by, said) = words.split_last()?;
    let verdicts: Vec<&str> =
        said.iter().copied().filter(|word| !matches!(*word, "and" | "by")).collect();
    let known = *by == "by" && verdicts.iter().all(|word| VERDICTS.contains(word));
    (known && !verdicts.is_empty() && !value.is_empty())
        .then(|| format!("{}: {value}", spelled(&format!("{}-by", verdicts.join("-and-")))))
}

/// Hyphens and dashes that word processors insert in place of `-`.
fn is_hyphen(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}
