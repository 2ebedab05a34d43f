//! Results of machines about a revision.
//!
//! In: a revision's replies. Out: a row for each reply of a machine: its name, its kind, its result in a sentence,
//! the severity, and whether the author replied. Never here: which senders are machines.

use std::collections::HashSet;

use crate::{
    config::Settings,
    machine::Machine,
    markup::excerpt,
    message::same_person,
    page::{
        part::{links::Links, wording},
        series::view::MachineRow,
    },
    patch::Mail,
    plan::{Read, omitted::Omitted},
    series::{Corpus, MailIx, Revision, Slot},
};

/// How many bytes of its text a row shows.
const WORDS: usize = 160;
/// The beginnings of sentences without content.
const POLITE: [&str; 9] = [
    "hi ",
    "hi,",
    "hello",
    "greeting",
    "dear ",
    "thank you",
    "thanks",
    "i love your patch",
    "fyi, we noticed the following commit",
];
/// Severities, the worst first, as AI reviewers and CI write them.
const DEGREES: [&str; 6] = ["critical", "high", "medium", "low", "error", "warning"];

/// The results of machines about a revision, by date; with their words only if the page shows texts.
pub(crate) fn machines<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    revision: &'a Revision,
    omitted: Omitted,
) -> Vec<MachineRow<'a>> {
    let answered = answered_by_author(corpus, revision);
    let row = |&ix: &MailIx| {
        let mail = corpus.mail(ix);
        let machine = mail.machine?;
        let text = corpus.text(mail);
        let told = if omitted == Omitted::Texts { String::new() } else { told(&text) };
        Some(MachineRow {
            who: wording::person(&mail.message.from),
            kind: machine.word(),
            patch: patch_above(corpus, revision, ix),
            when: wording::moment_of(corpus, settings, ix),
            url: links.mail(ix),
            degree: degree(machine, &text),
            told,
            answered: answered.contains(&ix),
        })
    };
    revision.replies.iter().filter_map(row).collect()
}

/// The parents of the author's replies.
fn answered_by_author(corpus: Read<'_, Corpus>, revision: &Revision) -> HashSet<MailIx> {
    let is_own =
        |mail: &Mail| mail.machine.is_none() && same_person(&mail.message.from, &revision.author);
    let own = revision.replies.iter().filter(|ix| is_own(corpus.mail(**ix)));
    own.flat_map(|ix| corpus.upwards(*ix).skip(1)).collect()
}

/// The number of the patch to which a mail replies; empty for the cover letter and single patches.
fn patch_above(corpus: Read<'_, Corpus>, revision: &Revision, ix: MailIx) -> String {
    let above = corpus.upwards(ix).skip(1);
    let slot = |up: MailIx| revision.slots.iter().find(|slot: &&Slot| slot.sent() == Some(up));
    let found = above.filter_map(slot).next().filter(|_| revision.slots.len() > 1);
    found.map_or(String::new(), |slot| slot.number.to_string())
}

/// The first sentence with content in a machine's own words.
fn told(text: &str) -> String {
    let mut sentence = String::new();
    for line in own_lines(text) {
        if line.is_empty() || is_polite(line) {
            if !sentence.is_empty() {
                break;
            }
            continue;
        }
        let rest = without_thanks(line);
        if rest.is_empty() {
            continue;
        }
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(rest);
        if sentence.ends_with(['.', ':', '!', '?']) || sentence.len() > WORDS {
            break;
        }
    }
    excerpt::shortened(sentence.trim_end_matches(':'), WORDS).into_owned()
}

/// The lines of a mail that are not quotes, up to the signature.
fn own_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().take_while(|line| line.trim_end() != "--").map(str::trim);
    lines.filter(|line| {
        let is_quote = line.starts_with('>') || line.ends_with(" wrote:");
        // `[auto build test WARNING on next]` repeats the next lines.
        let is_label = line.starts_with('[') && line.ends_with(']');
        !is_quote && !is_label
    })
}

fn is_polite(line: &str) -> bool {
    let lower = line.to_lowercase();
    POLITE.iter().any(|polite| lower.starts_with(polite)) && without_thanks(line).is_empty()
}

/// A line without polite sentences at its beginning.
fn without_thanks(line: &str) -> &str {
    let mut rest = line;
    loop {
        let lower = rest.to_lowercase();
        if !POLITE.iter().any(|polite| lower.starts_with(polite)) {
            return rest;
        }
        rest = match rest.find(['!', '.', ',']) {
            Some(end) => rest[end + 1..].trim_start(),
            None => "",
        };
    }
}

/// The severity that a machine reports: the worst of `[High]` and `Severity: high`, or the errors and warnings of a
/// build robot.
fn degree(machine: Machine, text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let says = |degree: &&&str| {
        lower.contains(&format!("[{degree}]")) || lower.contains(&format!("severity: {degree}"))
    };
    let of_build = |degree: &&&str| {
        matches!(**degree, "error" | "warning") && lower.contains(&format!(" {degree}"))
    };
    let found = match machine {
        Machine::BuildRobot => DEGREES.iter().find(of_build),
        _ => DEGREES[..4].iter().find(says),
    };
    found.copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_that_says_something_is_told() {
        for (text, expected) in [
            (
                "Hi Ann,\n\nkernel test robot noticed the following build errors:\n\nx",
                "kernel test robot noticed the following build errors",
            ),
            (
                "Thank you for your contribution! Sashiko found 1 issue(s):\n- [High] A leak",
                "Sashiko found 1 issue(s)",
            ),
            (
                "> +int y;\n\nDoes this leave z unset where\nthe widget is empty?\n\n--\nbot",
                "Does this leave z unset where the widget is empty?",
            ),
            ("Hello,\n\nThank you!\n", ""),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn the_worst_degree_counts() {
        for (machine, text, expected) in [
            (Machine::AiReview, "- [Low] a\n- [High] b", "high"),
            (Machine::AiReview, "Severity: medium", "medium"),
            (Machine::AiReview, "no high hopes", ""),
            (Machine::BuildRobot, "noticed the following build errors", "error"),
            (Machine::BuildRobot, "all warnings (new ones)", "warning"),
        ] {
            assert_eq!(degree(machine, text), expected, "{text}");
        }
    }
}
