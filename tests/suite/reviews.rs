//! Ledgers: specimens of how a review reaches a patch.

use patchpress::series::{Corpus, Standing};

use crate::support;

const ACK: &str = "Acked-by: Ann Or <ann@example.org>";

/// A mail: its number is its place; `lamp` is the line that a patch adds.
pub(crate) struct Mail {
    pub(crate) from: &'static str,
    subject: &'static str,
    answers: Option<usize>,
    text: &'static str,
    lamp: &'static str,
}

impl Mail {
    /// Answers the mail of this number.
    pub(crate) fn answers(&mut self, mail: usize) {
        self.answers = Some(mail);
    }
}

pub(crate) fn patch(subject: &'static str, text: &'static str, lamp: &'static str) -> Mail {
    Mail { from: "Zoe Lind <zoe@example.org>", subject, answers: None, text, lamp }
}

pub(crate) fn reply(from: &'static str, answers: usize, text: &'static str) -> Mail {
    Mail { from, subject: "Re: [PATCH] lamp", answers: Some(answers), text, lamp: "" }
}

pub(crate) fn ann(answers: usize, text: &'static str) -> Mail {
    reply("Ann Or <ann@example.org>", answers, text)
}

pub(crate) fn read(mails: &[Mail]) -> Corpus {
    let one = |(at, mail): (usize, &Mail)| {
        let answers = mail.answers.map(|n| format!("In-Reply-To: <{n}@example.org>\n"));
        let diff = match mail.lamp {
            "" => String::new(),
            lamp => format!(
                "---\ndiff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n@@ -1 +1 @@\n-off\n+{lamp}\n"
            ),
        };
        format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {}\nDate: Mon, 2 Mar 2026 {at:02}:00:00 +0000\n\
             Message-ID: <{at}@example.org>\n{}Subject: {}\n\n{}\n{diff}\n",
            mail.from,
            answers.unwrap_or_default(),
            mail.subject,
            mail.text,
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    std::fs::write(&file, mails.iter().enumerate().map(one).collect::<String>()).expect("a file");
    support::read(&file)
}

/// The newest revision's ledgers: number, key, person, standing, the mail with the tag, comment.
pub(crate) fn ledger(corpus: &Corpus) -> Vec<String> {
    let mut out = Vec::new();
    for slot in &corpus.series[0].newest().slots {
        for review in &slot.reviews {
            let standing = match review.standing {
                Standing::Given => "given".to_owned(),
                Standing::Carried(from) => format!("from {from}"),
                Standing::Declared => "declared".to_owned(),
                Standing::Own => "own".to_owned(),
                Standing::Foreign => "foreign".to_owned(),
                Standing::Bot => "bot".to_owned(),
            };
            let mail = corpus.stored(review.mail).mail.message.id.trim_end_matches("@example.org");
            let line = format!(
                "{} {} {} {standing} {mail} {}",
                slot.number, review.trailer.key, review.person.name, review.comment
            );
            out.push(line.trim_end().to_owned());
        }
    }
    out
}

#[test]
fn a_review_reaches_a_patch_in_several_ways() {
    let v1 = || patch("[PATCH] lamp", "One.\n", "on");
    let cases: Vec<(&str, Vec<Mail>, &[&str])> = vec![
        ("given", vec![v1(), ann(0, ACK)], &["1 Acked-by Ann Or given 1"]),
        ("twice is once", vec![v1(), ann(0, ACK), ann(0, ACK)], &["1 Acked-by Ann Or given 1"]),
        (
            "from another address",
            vec![v1(), reply("Ann Or <ann.or@example.net>", 0, ACK)],
            &["1 Acked-by Ann Or given 1"],
        ),
        (
            "in another's name, then in person",
            vec![v1(), reply("Bo Li <bo@example.org>", 0, ACK), ann(0, ACK)],
            &["1 Acked-by Ann Or given 2"],
        ),
        (
            "in the patch, then in a reply",
            vec![
                patch("[PATCH] lamp", "One.\n\nAcked-by: Ann Or <ann@example.org>", "on"),
                ann(0, ACK),
            ],
            &["1 Acked-by Ann Or given 1"],
        ),
        (
            "in another's name",
            vec![v1(), reply("Bo Li <bo@example.org>", 0, ACK)],
            &["1 Acked-by Ann Or foreign 1"],
        ),
        (
            "a machine's",
            vec![
                v1(),
                reply(
                    "kernel test robot <lkp@example.org>",
                    0,
                    "Tested-by: kernel test robot <lkp@example.org>",
                ),
            ],
            &["1 Tested-by kernel test robot bot 1"],
        ),
        (
            "the author's own is none",
            vec![
                v1(),
                reply("Zoe Lind <zoe@example.org>", 0, "Tested-by: Zoe Lind <zoe@example.org>"),
            ],
            &[],
        ),
        (
            "with a comment",
            vec![
                v1(),
                ann(
                    0,
                    "Acked-by: Ann Or <ann@example.org> # bright ones\nTested-by: Ann Or <ann@example.org>\n[at night]",
                ),
            ],
            &["1 Acked-by Ann Or given 1 # bright ones", "1 Tested-by Ann Or given 1 [at night]"],
        ),
        (
            "declared, and where it was said",
            vec![
                v1(),
                ann(0, ACK),
                patch(
                    "[PATCH v2] lamp",
                    "One.\n\nAcked-by: Ann Or <ann@example.org>\nSigned-off-by: Zoe Lind <zoe@example.org>",
                    "bright",
                ),
            ],
            &["1 Acked-by Ann Or declared 1"],
        ),
        (
            "declared by the author alone",
            vec![patch(
                "[PATCH] lamp",
                "One.\n\nAcked-by: Ann Or <ann@example.org>\nSigned-off-by: Zoe Lind <zoe@example.org>",
                "on",
            )],
            &["1 Acked-by Ann Or declared 0"],
        ),
        (
            "carried, since nothing changed",
            vec![v1(), ann(0, ACK), patch("[PATCH v2] lamp", "Two.\n", "on")],
            &["1 Acked-by Ann Or from 0 1"],
        ),
        (
            "carried over a resend",
            vec![v1(), ann(0, ACK), patch("[PATCH RESEND] lamp", "One.\n", "on")],
            &["1 Acked-by Ann Or from 0 1"],
        ),
        (
            "not carried, since the patch changed",
            vec![v1(), ann(0, ACK), patch("[PATCH v2] lamp", "Two.\n", "bright")],
            &[],
        ),
    ];
    for (name, mails, want) in cases {
        assert_eq!(ledger(&read(&mails)), want, "{name}");
    }
}

/// A person who gives a tag twice means it for each parent.
#[test]
fn of_two_replies_the_one_to_this_revision_counts() {
    let v1 = || patch("[PATCH] lamp", "One.\n", "on");
    let cases: Vec<(&str, Vec<Mail>, &[&str])> = vec![
        (
            "given again, though it would have been carried",
            vec![v1(), ann(0, ACK), patch("[PATCH v2] lamp", "Two.\n", "on"), ann(2, ACK)],
            &["1 Acked-by Ann Or given 3"],
        ),
        (
            "given again, though the author has it already",
            vec![
                v1(),
                ann(0, ACK),
                patch("[PATCH v2] lamp", "Two.\n\nAcked-by: Ann Or <ann@example.org>", "bright"),
                ann(2, ACK),
            ],
            &["1 Acked-by Ann Or given 3"],
        ),
        (
            "declared, as it was said last before that",
            vec![
                v1(),
                ann(0, ACK),
                patch("[PATCH v2] lamp", "Two.\n", "bright"),
                ann(2, ACK),
                patch("[PATCH v3] lamp", "Three.\n\nAcked-by: Ann Or <ann@example.org>", "dim"),
                ann(2, ACK),
            ],
            &["1 Acked-by Ann Or declared 3"],
        ),
        (
            "declared before it was said",
            vec![
                v1(),
                patch("[PATCH v2] lamp", "Two.\n\nAcked-by: Ann Or <ann@example.org>", "dim"),
                ann(0, ACK),
            ],
            &["1 Acked-by Ann Or declared 1"],
        ),
    ];
    for (name, mails, want) in cases {
        assert_eq!(ledger(&read(&mails)), want, "{name}");
    }
}

#[test]
fn words_beside_a_verdict_name_its_patches() {
    let series = |said: Mail| {
        let mut two = patch("[PATCH 2/3] lamp: two", "Two.\n", "two");
        let mut three = patch("[PATCH 3/3] lamp: three", "Three.\n", "three");
        (two.answers, three.answers) = (Some(0), Some(0));
        vec![patch("[PATCH 1/3] lamp: one", "One.\n", "one"), two, three, said]
    };
    for (text, want) in [
        ("Acked-by: Ann Or <ann@example.org>", &[1][..]),
        ("For the series,\n\nAcked-by: Ann Or <ann@example.org>", &[1, 2, 3]),
        ("For patches 2 and 3:\nAcked-by: Ann Or <ann@example.org>", &[2, 3]),
        ("For patches 1-2: Acked-by: Ann Or <ann@example.org>", &[1, 2]),
        ("Acked-by: Ann Or <ann@example.org> # for 3/3", &[3]),
        ("Acked-by: Ann Or <ann@example.org>\n\nfor the whole series.", &[1, 2, 3]),
        ("Same comment as for patch 2:\nAcked-by: Ann Or <ann@example.org>", &[1]),
        ("On 2/3, Zoe Lind wrote:\nAcked-by: Ann Or <ann@example.org>", &[1]),
    ] {
        let corpus = read(&series(ann(0, text)));
        let slots = corpus.series[0].newest().slots.iter();
        let named: Vec<u32> = slots.filter(|s| !s.reviews.is_empty()).map(|s| s.number).collect();
        assert_eq!(named, want, "{text:?}");
    }
}

#[test]
fn the_reviews_of_a_patch_are_limited() {
    let verdict = |n: usize| format!("Acked-by: Ann {n} <ann{n}@example.org>\n");
    let many: &'static str = (0..20_000).map(verdict).collect::<String>().leak();
    let corpus = read(&[patch("[PATCH] lamp", "Light.", "on"), ann(0, many)]);
    let reviews = &corpus.series[0].newest().slots[0].reviews;
    assert_eq!(reviews.len(), 500);
    assert_eq!(&*reviews[499].person.name, "Ann 499");
    // A tag that does not count as a review is still read.
    assert!(support::text(&corpus.mails[1].mail.message).contains("Ann 19999"));
}
