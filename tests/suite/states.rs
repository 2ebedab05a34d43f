//! States of series: replies on linux-mtd, compared with labels by hand; and specimens of each state.

use std::collections::HashSet;

use patchpress::{
    patch::{Mail, Notice, Told, Voice},
    series::{Corpus, Fate},
};

use crate::support;

/// Message-id, set, label, scope, tree, commits.
const LABELS: &str = include_str!("applied.tsv");

/// The people who clearly say that they applied something.
fn appliers(corpus: &Corpus) -> HashSet<String> {
    let plain =
        |mail: &&Mail| mail.notices.iter().any(|n| is_applied(n) && n.voice != Voice::Loose);
    corpus.mails.iter().map(|l| &*l.mail).filter(plain).map(|m| m.message.from.key()).collect()
}

fn is_applied(notice: &Notice) -> bool {
    matches!(notice.told, Told::Applied | Told::Merged)
}

#[test]
fn replies_that_say_applied_are_known() {
    let Some(corpus) = support::linux_mtd_corpus() else { return };
    let appliers = appliers(corpus);
    let says = |mail: &Mail| {
        let known = appliers.contains(&mail.message.from.key());
        mail.notices.iter().any(|n| is_applied(n) && (n.voice != Voice::Loose || known))
    };
    // Correct, wrong, missed.
    let mut sets = [("drawn", [0usize; 3]), ("rest", [0; 3])];
    for line in LABELS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (id, set, label) = (columns[0], columns[1], columns[2]);
        let mut letters = corpus.mails.iter().filter(|l| &*l.mail.message.id == id);
        let mail = &letters.next().unwrap_or_else(|| panic!("{id} is gone")).mail;
        let place = match (matches!(label, "yes" | "part"), says(mail)) {
            (true, true) => 0,
            (false, true) => 1,
            (true, false) => 2,
            (false, false) => continue,
        };
        if place > 0 {
            eprintln!("{label}, and we say otherwise: {id}");
        }
        sets.iter_mut().find(|(name, _)| *name == set).expect("a set").1[place] += 1;
    }
    for (set, [right, wrong, missed]) in sets {
        let precision = right as f64 / (right + wrong) as f64;
        let recall = right as f64 / (right + missed) as f64;
        eprintln!("applied, {set}: precision {precision:.3}, recall {recall:.3}");
        assert!(precision >= 0.97, "{set}: {precision}");
        assert!(recall >= 0.9, "{set}: {recall}");
    }
}

/// Mails of a list about lamps: sender, subject, parent, text; each an hour after the one before.
fn lamps(mails: &[(&str, &str, Option<usize>, &str)]) -> Corpus {
    let one = |(at, (from, subject, answers, text)): (
        usize,
        &(&str, &str, Option<usize>, &str),
    )| {
        let parent =
            answers.map(|n| format!("In-Reply-To: <{n}@example.org>\n")).unwrap_or_default();
        let patch =
            subject.contains("PATCH") && !subject.starts_with("Re:") && !subject.contains(" 0/");
        let diff = format!(
            "---\ndiff --git a/l{at}.c b/l{at}.c\n--- a/l{at}.c\n+++ b/l{at}.c\n@@ -1 +1 @@\n-off\n+on\n"
        );
        let diff = if patch { diff } else { String::new() };
        format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {from} <{}@example.org>\n\
             Date: {}, {} Mar 2026 {:02}:00:00 +0000\nMessage-ID: <{at}@example.org>\n{parent}\
             Subject: {subject}\n\n{text}\n{diff}\n",
            from.to_lowercase().replace(' ', "."),
            if at < 24 { "Mon" } else { "Tue" },
            2 + at / 24,
            at % 24,
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    let all: String = mails.iter().enumerate().map(one).collect();
    std::fs::write(&file, all).expect("a file");
    support::read(&file)
}

/// The state of the first series, the number of the mail that shows it, and the merged patches.
fn state(corpus: &Corpus) -> (&'static str, Option<String>, Vec<u32>) {
    let series = &corpus.series[0];
    let witness = series.state.mail().map(|ix| corpus.stored(ix).mail.message.id.to_string());
    let taken = series.newest().slots.iter().filter(|slot| slot.applied.is_some());
    let id = witness.map(|id| id.trim_end_matches("@example.org").to_owned());
    (series.state.kind.word(), id, taken.map(|slot| slot.number).collect())
}

/// Sender, subject, parent, text.
type Lamp = (&'static str, &'static str, Option<usize>, &'static str);

/// State, the mail that shows it, the merged patches.
type Outcome = (&'static str, Option<&'static str>, &'static [u32]);

const ACK: &str = "Acked-by: Ann Or <ann.or@example.org>";

/// The beginning of every case.
const SERIES: [Lamp; 3] = [
    ("Zoe Lind", "[PATCH 0/2] lamps", None, "Two lamps."),
    ("Zoe Lind", "[PATCH 1/2] lamp: first", Some(0), "One."),
    ("Zoe Lind", "[PATCH 2/2] lamp: second", Some(0), "Two."),
];

const fn reply(from: &'static str, to: usize, text: &'static str) -> Lamp {
    (from, "Re: [PATCH] lamps", Some(to), text)
}

/// The mails that follow, and the expected result.
const CASES: &[(&str, &[Lamp], Outcome)] = &[
    ("nobody answers", &[], ("new", None, &[])),
    ("her own ping is no answer", &[reply("Zoe Lind", 0, "Ping?")], ("new", None, &[])),
    ("an answer", &[reply("Ann Or", 0, "Why?")], ("discussed", Some("3"), &[])),
    (
        "to announce a review is none, and no answer",
        &[reply("Ann Or", 0, "Hi Zoe,\n\nI'll look at it next week.\n\nAnn")],
        ("new", None, &[]),
    ),
    ("a look at a patch", &[reply("Ann Or", 1, "I'll take a look.")], ("new", None, &[])),
    (
        "a look at what was said",
        &[reply("Zoe Lind", 0, "Odd."), reply("Ann Or", 3, "I'll take a look.")],
        ("discussed", Some("4"), &[]),
    ),
    (
        "a remark beside the plan is an answer",
        &[reply(
            "Ann Or",
            0,
            "I will review this tomorrow.\nOne thing: why are there two lamps here, where one \
          would do? The second is never lit, since the switch that it hangs on is not wired to anything. The text \
          should say so, and the first lamp should be brighter, then.",
        )],
        ("discussed", Some("3"), &[]),
    ),
    (
        "her own plan to look is no answer",
        &[reply("Zoe Lind", 0, "I'll look at it next week.")],
        ("new", None, &[]),
    ),
    ("one patch reviewed", &[reply("Ann Or", 1, ACK)], ("discussed", Some("3"), &[])),
    ("cover reviewed", &[reply("Ann Or", 0, ACK)], ("reviewed", Some("3"), &[])),
    (
        "words say that it is for the series",
        &[reply("Ann Or", 2, "For the series:\nAcked-by: Ann Or <ann.or@example.org>")],
        ("reviewed", Some("3"), &[]),
    ),
    (
        "a test alone is no review",
        &[reply("Ann Or", 0, "Tested-by: Ann Or <ann.or@example.org>")],
        ("discussed", Some("3"), &[]),
    ),
    (
        "asked to send again",
        &[reply("Ann Or", 1, "Please rebase and resend.")],
        ("changes-requested", Some("3"), &[]),
    ),
    (
        "who asked approves later",
        &[reply("Ann Or", 1, "Please resend."), reply("Ann Or", 0, ACK)],
        ("reviewed", Some("4"), &[]),
    ),
    (
        "a promise stands beside a review",
        &[reply("Ann Or", 0, ACK), reply("Zoe Lind", 3, "Will fix in v2.")],
        ("changes-requested", Some("4"), &[]),
    ),
    (
        "a kernel's version is no promise of the fifth",
        &[reply("Zoe Lind", 0, "I will send it for v6.")],
        ("new", None, &[]),
    ),
    ("a NAK for all", &[reply("Ann Or", 0, "NAK.")], ("rejected", Some("3"), &[])),
    (
        "a NAK for a part",
        &[reply("Ann Or", 2, "Nacked-by: Ann Or <ann.or@example.org>")],
        ("changes-requested", Some("3"), &[]),
    ),
    (
        "withdrawn",
        &[reply("Zoe Lind", 0, "Please ignore this series.")],
        ("rejected", Some("3"), &[]),
    ),
    ("all taken", &[reply("Ann Or", 0, "Applied, thanks!")], ("applied", Some("3"), &[1, 2])),
    (
        "one taken",
        &[reply("Ann Or", 2, "Applied to lamps/next.")],
        ("partly-applied", Some("3"), &[2]),
    ),
    (
        "one taken, says the cover's answer",
        &[reply("Ann Or", 0, "Patch 1 applied, thanks.")],
        ("partly-applied", Some("3"), &[1]),
    ),
    (
        "both, says the first patch's answer",
        &[reply("Ann Or", 1, "Both applied, thanks.")],
        ("applied", Some("3"), &[1, 2]),
    ),
    (
        "the author's own word is none",
        &[reply("Zoe Lind", 0, "Applied, thanks!")],
        ("new", None, &[]),
    ),
    (
        "but an author who names the tree has one",
        &[reply("Zoe Lind", 0, "Applied to lamps.git#master for 7.1.")],
        ("applied", Some("3"), &[1, 2]),
    ),
    (
        "dropped again",
        &[
            reply("Ann Or", 0, "Applied, thanks!"),
            reply("Ann Or", 0, "I'm dropping it for now, please resend."),
        ],
        ("changes-requested", Some("4"), &[]),
    ),
    (
        "another cannot drop it",
        &[reply("Ann Or", 0, "Applied, thanks!"), reply("Bo Li", 0, "I dropped it.")],
        ("applied", Some("3"), &[1, 2]),
    ),
    (
        "a list counts what was taken, not the series",
        &[reply(
            "Ann Or",
            0,
            "Applied to lamps/next, thanks!\n\n[1/1] lamp: second\n      commit: 0123456789abcdef",
        )],
        ("partly-applied", Some("3"), &[2]),
    ),
    (
        "patchwork's bot",
        &[(
            "patchwork-bot",
            "Re: [PATCH 0/2] lamps",
            Some(0),
            "Hello:\n\nThis series was applied to lamps/next.git (main)\nby Ann Or <ann.or@example.org>:\n\n\
                 On Mon, 2 Mar 2026 you wrote:\n> Two lamps.\n\nHere is the summary with links:\n\
                 \x20 - [1/2] lamp: first\n    https://example.org/c/0123456789ab\n\
                 \x20 - [2/2] lamp: second\n    (no matching commit)\n",
        )],
        ("partly-applied", Some("3"), &[1]),
    ),
    (
        "a list of what was not found takes nothing",
        &[reply(
            "Ann Or",
            0,
            "This series was applied to lamps/next.git (main)\nby Ann Or <ann.or@example.org>:\n\n\
             \x20 - [1/2] lamp: first\n    (no matching commit)\n\
             \x20 - [2/2] lamp: second\n    (no matching commit)\n",
        )],
        ("discussed", Some("3"), &[]),
    ),
    (
        "a NAK in another's name is none",
        &[reply("Ann Or", 0, "Nacked-by: Bo Li <bo.li@example.org>")],
        ("discussed", Some("3"), &[]),
    ),
    (
        "a newer revision leaves the requests behind",
        &[
            reply("Ann Or", 0, "Please resend."),
            ("Zoe Lind", "[PATCH v2 0/2] lamps", Some(0), "Again."),
            ("Zoe Lind", "[PATCH v2 1/2] lamp: first", Some(4), "One."),
            ("Zoe Lind", "[PATCH v2 2/2] lamp: second", Some(4), "Two."),
        ],
        ("new", None, &[]),
    ),
    (
        "what was taken from v1 is no news of a v2 that came later",
        &[
            reply("Ann Or", 0, "Applied, thanks!"),
            ("Zoe Lind", "[PATCH v2 0/2] lamps", Some(0), "Again."),
            ("Zoe Lind", "[PATCH v2 1/2] lamp: first", Some(4), "One."),
            ("Zoe Lind", "[PATCH v2 2/2] lamp: second", Some(4), "Two."),
        ],
        ("new", None, &[]),
    ),
];

#[test]
fn the_strongest_evidence_makes_the_state() {
    for (name, mails, (kind, witness, taken)) in CASES {
        let corpus = lamps(&[&SERIES[..], mails].concat());
        let want = (*kind, witness.map(str::to_owned), taken.to_vec());
        assert_eq!(state(&corpus), want, "{name}");
    }
}

#[test]
fn a_pull_request_shows_its_fate() {
    let corpus = lamps(&[
        (
            "Zoe Lind",
            "[GIT PULL] lamps for 7.1",
            None,
            "The following changes since commit 0123456789abcdef:\n\n  x\n\nare available in the Git repository at:\n\n  \
             https://example.org/l.git tags/lamps\n\nfor you to fetch changes up to fedcba9876543210:\n",
        ),
        (
            "pr-tracker-bot",
            "Re: [GIT PULL] lamps for 7.1",
            Some(0),
            "The pull request you sent on Mon, 2 Mar 2026 00:00:00 +0000:\n\n> https://example.org/l.git tags/lamps\n\n\
             has been merged into example/linux.git:\nhttps://example.org/c/00112233445566778899\n",
        ),
    ]);
    let [request] = &corpus.pulls[..] else { panic!("{:?}", corpus.pulls) };
    let applied = request.applied.as_ref().expect("merged");
    assert_eq!(&*applied.tree, "example/linux.git");
    assert_eq!(&*applied.commit, "00112233445566778899");
    assert_eq!(applied.fate, Fate::Merged);
}

#[test]
fn a_patch_that_is_sent_along_with_a_pull_request_was_taken() {
    let corpus = lamps(&[
        ("Zoe Lind", "[PATCH] lamp", None, "One."),
        ("Ann Or", "[PULL 0/1] lamps", None, "Please pull."),
        (
            "Ann Or",
            "[PULL 1/1] lamp",
            Some(1),
            "From: Zoe Lind <zoe.lind@example.org>\n\nOne.\n\nMessage-Id: <0@example.org>\n\
             Signed-off-by: Ann Or <ann.or@example.org>\n---\ndiff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n\
             @@ -1 +1 @@\n-off\n+on\n",
        ),
    ]);
    assert_eq!(state(&corpus), ("applied", Some("2".to_owned()), vec![1]));
    let [request] = &corpus.pulls[..] else { panic!("{:?}", corpus.pulls) };
    assert!(request.series.is_some(), "its patches are known");
}

/// Somebody who announces a review is named until they write again.
#[test]
fn who_announces_a_review_is_named_until_they_write() {
    let names = |mails: &[Lamp]| {
        let corpus = lamps(mails);
        let intents = &corpus.series[0].state.intents;
        let name =
            |ix: &patchpress::series::MailIx| corpus.stored(*ix).mail.author.name.to_string();
        intents.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let plans = [
        reply("Ann Or", 0, "This is on my list."),
        reply("Cy Moe", 1, "Let me take a look on Monday."),
        reply("Zoe Lind", 0, "I'll look at the rest tomorrow."),
    ];
    assert_eq!(names(&[&SERIES[..], &plans].concat()), "Ann Or, Cy Moe");
    let more = [reply("Ann Or", 0, "It is still on my list."), reply("Cy Moe", 1, "Why?")];
    assert_eq!(names(&[&SERIES[..], &plans, &more].concat()), "Ann Or");
    let taken = [reply("Ann Or", 0, "Applied, thanks!")];
    assert_eq!(names(&[&SERIES[..], &plans, &taken].concat()), "");
}

/// GNU projects post committed patches with a word in front.
#[test]
fn a_patch_that_is_posted_as_committed_was_taken() {
    for (subject, expected) in [
        ("[committed] lamp: PATCH the oil", "applied"),
        ("[PATCH] [pushed] lamp: fill", "applied"),
        ("[PATCH] lamp: committed to oil", "new"),
    ] {
        let corpus = lamps(&[("Zoe Lind", subject, None, "Fill it.")]);
        assert_eq!(state(&corpus).0, expected, "{subject}");
    }
}
