//! The samples with which b4 tests its follow-up trailers, and our ledgers for them. They are read from
//! `../shared`; without it, the tests say so and pass.
//!
//! We differ from b4 on purpose:
//! - a trailer in somebody else's name is kept and marked; b4 drops it, or takes it with `sloppy`;
//! - one address is one person: a review under two names counts once (*with-cover*);
//! - verdicts only: `Fixes:` and `Link:` from replies stay with the mail and enter no patch;
//! - a lone patch without a counter has no cover letter (*naked-cover-single*): its parent is as often the author's
//!   own bug report;
//! - the diffs of some samples are invalid (a hunk header of three at signs) and no patch to us, as to git; the
//!   tests give them a valid hunk.

use std::path::{Path, PathBuf};

use patchpress::{
    patch::Role,
    series::{Corpus, Revision, Slot, Standing},
};

use crate::support;

fn sample(name: &str) -> Option<String> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/b4/src/tests/samples");
    let path: PathBuf = folder.join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    }
    Some(std::fs::read_to_string(path).expect("a sample"))
}

/// The mails of a sample, with repaired hunks.
fn corpus(name: &str) -> Option<Corpus> {
    let hunk = "@@ -1,5 +1,5 @@ def junk():\n \n \n-junk1\n+junk2\n \n \n";
    let mut text = String::new();
    let sample = sample(name)?;
    let mut lines = sample.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("@@@") {
            text.push_str(hunk);
            while lines.next_if(|line| !line.starts_with("--") || line.starts_with("-j")).is_some()
            {
            }
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sample.mbox");
    std::fs::write(&file, text).expect("a file");
    Some(support::read(&file))
}

/// `Reviewed-by Zoe Lind given`: a patch's ledger.
fn ledger(slot: &Slot) -> Vec<String> {
    let line = |review: &patchpress::series::Review| {
        let standing = match review.standing {
            Standing::Given => "given",
            Standing::Carried(_) => "carried",
            Standing::Declared => "declared",
            Standing::Own => "own",
            Standing::Foreign => "foreign",
            Standing::Bot => "bot",
        };
        format!("{} {} {standing}", review.trailer.key, review.person.name)
    };
    slot.reviews.iter().map(line).collect()
}

fn newest(corpus: &Corpus) -> &Revision {
    let ids: Vec<_> = corpus.mails.iter().map(|l| (&l.mail.message.id, l.mail.role)).collect();
    assert_eq!(corpus.series.len(), 1, "one series: {ids:?}");
    corpus.series[0].newest()
}

/// Each sample with the ledger of each patch of its newest revision.
const LEDGERS: &[(&str, &[&[&str]])] = &[
    (
        "trailers-followup-single",
        &[&[
            "Reviewed-by Original Reviewer declared",
            "Reviewed-by Followup Reviewer1 given",
            "Tested-by Followup Reviewer2 given",
            "Reviewed-by Mismatched Reviewer1 foreign",
        ]],
    ),
    (
        "trailers-followup-with-cover",
        &[
            &["Reviewed-by Original Reviewer declared", "Reviewed-by Coverletter Reviewer1 given"],
            &["Reviewed-by Original Reviewer declared", "Reviewed-by Followup Reviewer1 given"],
        ],
    ),
    (
        "trailers-followup-partial-reroll",
        &[
            &[
                "Reviewed-by Original Reviewer declared",
                "Reviewed-by Coverletter Reviewer1 carried",
            ],
            &[
                "Reviewed-by Original Reviewer declared",
                "Reviewed-by Coverletter Reviewer1 carried",
            ],
        ],
    ),
    (
        "trailers-followup-nore",
        &[&["Reviewed-by Original Reviewer declared", "Reviewed-by Followup Reviewer1 given"]],
    ),
    (
        "trailers-followup-name-parens",
        &[&[
            "Reviewed-by Original Reviewer declared",
            "Reviewed-by Followup Reviewer1 (corporate) given",
            "Tested-by Followup Reviewer2 given",
            "Reviewed-by Mismatched Reviewer1 foreign",
            "Tested-by Followup Tester1 [corporate] given",
            "Tested-by Tester2, Followup given",
        ]],
    ),
    (
        "trailers-followup-bare-address",
        &[&[
            "Reviewed-by Original Reviewer declared",
            "Reviewed-by Followup Reviewer1 (corporate) given",
            "Tested-by Followup Reviewer2 given",
            "Reviewed-by Mismatched Reviewer1 foreign",
        ]],
    ),
    (
        "trailers-followup-stripped-lines",
        &[&["Reviewed-by Original Reviewer declared", "Reviewed-by Followup Reviewer1 given"]],
    ),
    (
        "trailers-followup-htmljunk",
        &[&["Reviewed-by Original Reviewer declared", "Reviewed-by HTML Junker given"]],
    ),
    (
        "trailers-followup-non-git-patch",
        &[&["Reviewed-by Original Reviewer declared", "Reviewed-by Followup Reviewer1 given"]],
    ),
    (
        "trailers-followup-non-git-patch-with-comments",
        &[&["Reviewed-by Original Reviewer declared", "Reviewed-by Followup Reviewer1 given"]],
    ),
    (
        "trailers-followup-with-diffstat",
        &[&["Reviewed-by Original Reviewer declared", "Reviewed-by Followup Reviewer1 given"]],
    ),
    (
        "trailers-followup-already-present",
        &[&[
            "Reviewed-by Alexandre Courbot declared",
            "Acked-by Michal Wilczynski declared",
            "Tested-by Someone Else foreign",
        ]],
    ),
    (
        "trailers-followup-custody",
        &[&[
            "Reviewed-by Original Reviewer declared",
            "Reviewed-by Followup Reviewer1 given",
            "Tested-by Followup Reviewer2 given",
        ]],
    ),
    ("trailers-thread-with-followups", &[&[], &[], &[], &["Reviewed-by Follow Upper given"]]),
    (
        "trailers-thread-with-cover-followup",
        &[
            &["Reviewed-by Cover Upper given"],
            &["Reviewed-by Cover Upper given"],
            &["Reviewed-by Cover Upper given"],
            &["Reviewed-by Cover Upper given", "Tested-by Follow Upper given"],
        ],
    ),
];

#[test]
fn b4_s_follow_up_trailers() {
    let mut wrong = Vec::new();
    for (name, want) in LEDGERS {
        let Some(corpus) = corpus(&format!("{name}.mbox")) else { return };
        let got: Vec<Vec<String>> = newest(&corpus).slots.iter().map(ledger).collect();
        if got != *want {
            wrong.push(format!("{name}: {got:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn b4_s_partial_reroll_keeps_the_patch_that_was_not_sent_again() {
    let Some(corpus) = corpus("trailers-followup-partial-reroll.mbox") else { return };
    let revision = newest(&corpus);
    let slots: Vec<_> = revision.slots.iter().map(|s| (s.number, s.carried)).collect();
    assert_eq!((revision.version.major, slots), (3, vec![(1, Some(0)), (2, None)]));
}

#[test]
fn b4_s_other_trailers_stay_with_their_mail() {
    let Some(corpus) = corpus("trailers-thread-with-cover-followup.mbox") else { return };
    let mut replies = corpus.mails.iter().filter(|l| &*l.mail.message.id == "fwup1@example.org");
    let reply = &replies.next().expect("the reply").mail;
    let keys: Vec<&str> = reply.trailers.iter().map(|trailer| &*trailer.key).collect();
    assert_eq!(keys, ["Tested-by", "Link", "Closes"]);
}

#[test]
fn b4_s_commit_messages() {
    for (name, want) in [
        (
            "trailers-test-simple.txt",
            &[
                "Reported-by|Doe, Jane|",
                "Reviewed-by|Bogus Bupkes|",
                "Fixes||abcdef01234567890",
                "Link||https://msgid.link/some@msgid.here",
            ][..],
        ),
        (
            "trailers-test-extinfo.txt",
            &[
                "Reported-by|Some, One|",
                "Reviewed-by|Bogus Bupkes|[for the parts that are bogus]",
                "Fixes||abcdef01234567890",
                "Tested-by|Some Person|[this person visually indented theirs]",
                "Link||https://msgid.link/some@msgid.here  # initial submission",
                "Signed-off-by|Wrapped Persontrailer|",
            ],
        ),
    ] {
        let Some(corpus) = corpus(name) else { return };
        let trailers = &corpus.mails[0].mail.trailers;
        let said = trailers.iter().map(|trailer| match trailer.person() {
            Some(person) => format!("{}|{}|{}", trailer.key, person.name, trailer.comment()),
            None => format!("{}||{}", trailer.key, trailer.value),
        });
        assert_eq!(said.collect::<Vec<_>>(), want, "{name}");
    }
}

#[test]
fn b4_s_letters_without_a_counter() {
    for name in ["naked-cover-bugreport.mbox", "naked-cover-single.mbox"] {
        let Some(corpus) = corpus(name) else { return };
        assert_eq!(newest(&corpus).cover, None, "{name}");
        assert_eq!(corpus.mails.iter().filter(|l| l.mail.role == Role::Patch).count(), 1);
    }
}

#[test]
fn b4_s_series_to_apply_are_whole() {
    for (name, links) in [("shazam-git1-just-series.mbox", 0), ("shazam-git1-with-link.mbox", 4)] {
        let Some(corpus) = corpus(name) else { return };
        let revision = newest(&corpus);
        assert_eq!((revision.slots.len(), revision.missing().count()), (4, 0), "{name}");
        assert!(revision.cover.is_some());
        let trailers = corpus.mails.iter().flat_map(|letter| &letter.mail.trailers);
        assert_eq!(trailers.filter(|trailer| &*trailer.key == "Link").count(), links, "{name}");
    }
}

/// From b4's `test_mbox.py`: a series that builds on another is not a newer version of it.
#[test]
fn a_series_that_another_needs_is_not_its_older_version() {
    let cover = |n: u32, title: &str, footer: &str| {
        format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Zoe Lind <zoe@example.org>\n\
             Date: Mon, 2 Mar 2026 0{n}:00:00 +0000\nMessage-ID: <{n}-0@example.org>\n\
             Subject: [PATCH v{n} 0/1] {title}\n\nA lamp.\n\n---\n{footer}\n\n\
             From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Zoe Lind <zoe@example.org>\n\
             Date: Mon, 2 Mar 2026 0{n}:01:00 +0000\nMessage-ID: <{n}-1@example.org>\n\
             In-Reply-To: <{n}-0@example.org>\nSubject: [PATCH v{n} 1/1] {title}, on\n\nOn.\n\
             ---\ndiff --git a/{n}.c b/{n}.c\n--- a/{n}.c\n+++ b/{n}.c\n@@ -1 +1 @@\n-off\n+on\n\n"
        )
    };
    let mails = [
        cover(1, "desk lamp", "change-id: 20260302-desk-0123456789ab"),
        cover(
            2,
            "street light",
            "change-id: 20260302-street-ba9876543210\nprerequisite-change-id: 20260302-desk-0123456789ab:v1",
        ),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    std::fs::write(&file, mails.concat()).expect("a file");
    assert_eq!(support::read(&file).series.len(), 2);
}
