//! The paragraph of a cover letter or a commit message that summarises it.
//!
//! In: a text. Out: its first paragraph of prose: no greeting, heading, changelog, list, quote, log, trailers, link,
//! or note about the base. A last sentence that ends in a colon introduces a list or a log; it says nothing without
//! them, so it is left out. If no paragraph is prose, the first point of a list, otherwise such an introduction.
//! Never here: a limit.

use std::borrow::Cow;

/// An introduction of at most this many words says nothing: `It fails like this:`.
const FEW_WORDS: usize = 8;

/// The kind of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Prose,
    /// Points, or indented lines.
    List,
    /// The changes since an earlier version; the list below is part of it.
    Changelog,
    /// A list or a log follows.
    Introduction,
    /// Anything else, which does not summarise the mail.
    Other,
}

/// The paragraph that summarises a text, on one line; empty if no paragraph does.
pub(super) fn paragraph(text: &str) -> String {
    let mut list: Option<String> = None;
    let mut introduction: Option<String> = None;
    let mut is_changelog = false;
    for paragraph in paragraphs(text) {
        let lines = body(&paragraph);
        let sort = sort(&lines);
        let is_told = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 2;
        match sort {
            Sort::Prose => return joined(&lines),
            Sort::List if is_changelog => continue,
            Sort::List if list.is_none() => {
                list = Some(first_point(&lines)).filter(|point| is_told(point));
            }
            Sort::Introduction if introduction.is_none() => {
                let told = joined(&lines);
                let told = told.trim_end_matches(':');
                // A sentence of this length is informative without the list or log.
                if told.split(' ').count() > FEW_WORDS {
                    return format!("{told}…");
                }
                introduction = Some(told.to_owned()).filter(|_| is_told(told));
            }
            _ => {}
        }
        is_changelog = sort == Sort::Changelog;
    }
    list.or(introduction).unwrap_or_default()
}

/// The paragraphs of a text: runs of lines between blank lines.
fn paragraphs(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let is_blank = |line: &&str| line.trim().is_empty();
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        while lines.next_if(is_blank).is_some() {}
        let mut paragraph = Vec::new();
        while let Some(line) = lines.next_if(|line| !is_blank(line)) {
            paragraph.push(line.trim_end());
        }
        (!paragraph.is_empty()).then_some(paragraph)
    })
}

/// A paragraph without headings, without a greeting at its start, and without a last sentence that introduces a
/// list or a log.
fn body<'a>(paragraph: &[&'a str]) -> Vec<Cow<'a, str>> {
    let mut lines: Vec<Cow<'a, str>> = Vec::new();
    for (at, line) in paragraph.iter().enumerate() {
        let is_underlined = paragraph.get(at + 1).is_some_and(|next| is_rule(next));
        if is_rule(line) || is_underlined || line.starts_with("# ") {
            continue;
        }
        lines.push(Cow::Borrowed(line));
    }
    if let Some(first) = lines.first_mut() {
        let rest = without_greeting(first.trim_start());
        if rest.is_empty() {
            lines.remove(0);
        } else if rest.len() < first.trim_start().len() {
            *first = Cow::Owned(rest.to_owned());
        }
    }
    // A list directly below a sentence is not part of it.
    if !lines.first().is_some_and(|line| is_point(line)) {
        let end = lines.iter().position(|line| is_point(line)).unwrap_or(lines.len());
        lines.truncate(end);
    }
    let is_open = lines.last().is_some_and(|line| line.ends_with(':'));
    let all = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let last = all.rmatch_indices([' ']).map(|(at, _)| at).find(|at| ends_sentence(&all[..*at]));
    match last.filter(|_| is_open) {
        Some(end) => vec![Cow::Owned(all[..end].to_owned())],
        None => lines,
    }
}

fn ends_sentence(text: &str) -> bool {
    let is_short = text.ends_with("e.g.") || text.ends_with("i.e.") || text.ends_with("etc.");
    text.ends_with(['.', '!', '?']) && !is_short
}

/// `====`, `----`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 2 && line.bytes().all(|byte| b"=-~_*#^+".contains(&byte))
}

/// A line without its greeting (`Hi all, this is …`); empty if the line is only a greeting.
fn without_greeting(line: &str) -> &str {
    let first = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let first = first.to_lowercase();
    let is_call = matches!(
        &*first,
        "hi" | "hello" | "hey" | "dear" | "greetings" | "howdy" | "hallo" | "all" | "folks"
    );
    let is_time = first == "good" && {
        let second = line.split_whitespace().nth(1).unwrap_or_default().to_lowercase();
        ["morning", "afternoon", "evening", "day"].iter().any(|time| second.starts_with(time))
    };
    if !is_call && !is_time {
        return line;
    }
    let end = line.find([',', '!', '.', ':', ';']).filter(|end| *end < 50);
    match end {
        Some(end) => line[end..].trim_start_matches([',', '!', '.', ':', ';', ' ', '-']),
        None if line.len() < 50 && first != "all" => "",
        None => line,
    }
}

/// `- x`, `* x`, `1. x`, `(a) x`.
fn is_point(line: &str) -> bool {
    let line = line.trim_start();
    let marked = ["- ", "* ", "+ ", "o ", "• ", "-> ", "--> "];
    let counted = line.trim_start_matches('(');
    let digits = counted.len() - counted.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = &counted[digits..];
    let is_counted = (1..=2).contains(&digits)
        && [". ", ") ", "/ ", ": "].iter().any(|end| behind.starts_with(end));
    let is_lettered = line.starts_with('(') && line[1..].find(')').is_some_and(|end| end < 4)
        || line.get(1..3) == Some(") ");
    marked.iter().any(|mark| line.starts_with(mark)) || is_counted || is_lettered
}

fn first_point(lines: &[Cow<'_, str>]) -> String {
    let first = lines.iter().position(|line| is_point(line)).unwrap_or(0);
    let rest = lines[first..].iter().skip(1).take_while(|line| !is_point(line));
    let all = std::iter::once(&lines[first]).chain(rest);
    let all = all.map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    all.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches(':').to_owned()
}

fn joined(lines: &[Cow<'_, str>]) -> String {
    lines.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")
}

fn sort(lines: &[Cow<'_, str>]) -> Sort {
    let Some(first) = lines.first().map(|line| line.trim()) else { return Sort::Other };
    let all = joined(lines);
    let lower = first.to_lowercase();
    if is_changelog(&lower) {
        return Sort::Changelog;
    }
    if is_no_prose(lines) || is_heading(lines) || is_formal(&all.to_lowercase()) {
        return Sort::Other;
    }
    let is_set_off = lines.iter().all(|line| line.starts_with("    ") || line.starts_with('\t'));
    if is_point(first) || is_set_off {
        return if is_signs(&all) { Sort::Other } else { Sort::List };
    }
    if all.ends_with(':') {
        return Sort::Introduction;
    }
    if is_signs(&all) { Sort::Other } else { Sort::Prose }
}

/// `Changes since v1`, `v2:`, `v1 -> v2`, `Main updates since RFC`.
fn is_changelog(lower: &str) -> bool {
    let bare = lower.trim_start_matches(['[', '(', '*', '-', '=', '#', '~', ' ']);
    let words: Vec<&str> =
        bare.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    let is_version = |word: &str| {
        let digits = word.strip_prefix("rfcv").or_else(|| word.strip_prefix('v'));
        word == "rfc"
            || digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
    };
    let names_version = words.iter().take(8).any(|word| is_version(word) || *word == "version");
    let is_change = |word: &&str| {
        ["change", "update", "differ", "diff", "delta", "modif", "history", "what's", "whats"]
            .iter()
            .any(|stem| word.starts_with(stem))
    };
    let begins = words.iter().take(3).any(is_change);
    let is_since = words.contains(&"since") || words.contains(&"from") || words.contains(&"in");
    first.starts_with("changelog")
        || bare.starts_with("change log")
        || bare.starts_with("changes since")
        || bare.starts_with("changes in v")
        || bare.starts_with("changes:")
        || bare.starts_with("revision history")
        || begins && names_version && (is_since || words.len() < 6)
        || is_version(first) && (words.len() < 3 || bare.contains(':') && bare.find(':') < Some(12))
        || bare.starts_with("since v")
        || bare.starts_with("in v") && names_version
        || bare.contains("->") && names_version && words.len() < 6
}

/// Whether the lines are a quote, a log, trailers, a link, or the separator line of a patch file.
fn is_no_prose(lines: &[Cow<'_, str>]) -> bool {
    let first = lines[0].trim();
    let commit = first.strip_prefix("From ").and_then(|rest| rest.get(..40));
    let is_key = |line: &str| {
        let Some((key, value)) = line.trim().split_once(':') else { return false };
        let is_word =
            !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let is_known = key.ends_with("-by")
            || key.contains('-') && value.starts_with(' ')
            || matches!(
                &*key.to_ascii_lowercase(),
                "cc" | "link"
                    | "links"
                    | "fixes"
                    | "closes"
                    | "from"
                    | "subject"
                    | "date"
                    | "to"
                    | "url"
                    | "git"
                    | "tree"
                    | "branch"
                    | "bug"
                    | "buglink"
                    | "http"
                    | "https"
                    | "reference"
                    | "references"
                    | "id"
                    | "bugzilla"
                    | "refs"
                    | "see"
            );
        is_word && is_known
    };
    let is_shortlog = first.ends_with("):") && first.contains('(');
    let upstream =
        first.strip_prefix("commit ").or_else(|| first.strip_prefix("[ Upstream commit "));
    let is_upstream = upstream.is_some_and(|rest| {
        rest.split(' ')
            .next()
            .is_some_and(|id| id.len() > 11 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    is_shortlog
        || is_upstream
        || first.ends_with("wrote:")
        || first.starts_with(['>', '|', '$', '#', '@'])
        || first.starts_with("***")
        || first == "--"
        || first.starts_with("-- ")
        || first.starts_with("http")
        || first.starts_with('[')
            && first
                .get(1..2)
                .is_some_and(|c| c.starts_with(|c: char| c.is_ascii_digit() || c == ' '))
        || first.starts_with("diff --git")
        || commit.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit()))
        || lines.iter().all(|line| is_key(line) || line.starts_with([' ', '\t'])) && is_key(first)
}

/// Whether the lines are a few words without the end of a sentence: `Problem`, `== Motivation ==`.
fn is_heading(lines: &[Cow<'_, str>]) -> bool {
    let [line] = lines else { return false };
    let words = line.split_whitespace().filter(|w| w.contains(char::is_alphabetic)).count();
    let is_sentence = ends_sentence(line.trim_end_matches([')', '"', '\'']));
    let is_marked = line.starts_with("==") || line.starts_with("**");
    let is_loud = line.len() > 5 && !line.contains(char::is_lowercase);
    // `to the lamp.` goes on with a sentence that a link or a log interrupts.
    let is_rest = words <= 3 && line.starts_with(char::is_lowercase);
    is_marked || is_loud || words <= 4 && !is_sentence || words <= 1 || is_rest
}

/// Whether the text is a formality before the point: the version, the base, thanks, a request to review.
fn is_formal(lower: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "applies ",
        "apologies",
        "as discussed",
        "as promised",
        "as requested",
        "based on",
        "best regards",
        "comments are",
        "comments welcome",
        "cover letter",
        "depends on",
        "feedback",
        "here is v",
        "here's v",
        "i'm sorry",
        "new version of",
        "no actual",
        "no changes",
        "no functional",
        "note: this",
        "please apply",
        "please consider",
        "please help",
        "please pull",
        "please review",
        "please see",
        "please take",
        "please find",
        "resend",
        "rebased",
        "regards",
        "same as v",
        "second version",
        "signed-off-by",
        "sorry",
        "thank you",
        "thanks",
        "the following changes",
        "the patches apply",
        "the patches are based",
        "the patchset is based",
        "the series applies",
        "the series is based",
        "these patches are based",
        "these patches apply",
        "this is a resend",
        "this is based on",
        "this patch is based",
        "this patchset is based",
        "this series applies",
        "this series depends",
        "this series is based",
        "tl;dr",
        "v2 of",
        "v3 of",
    ];
    const VERSIONS: &[&str] = &[
        "this is v",
        "this is the v",
        "this is version",
        "this is revision",
        "this is the second version",
        "this is the third version",
        "this is the next version",
        "this is a new version",
        "this is the latest version",
        "this is another version",
        "here is the next version",
        "here's another",
        "here is another",
        "here's the next",
        "this is a respin",
        "this is the next iteration",
        "this is another respin",
    ];
    let begins = |all: &[&str]| all.iter().any(|beginning| lower.starts_with(beginning));
    begins(BEGINNINGS) || begins(VERSIONS) && lower.len() < 120
}

/// Whether punctuation and digits outweigh the words: a log, a table, a command.
fn is_signs(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic() || *c == ' ').count();
    letters * 10 < text.chars().count() * 7
}

#[cfg(test)]
mod tests;
