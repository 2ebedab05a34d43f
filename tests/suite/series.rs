//! Specimens of grouping, one for each past mistake.

use std::fs;

use patchpress::{
    config::{Overrides, Settings},
    series::{self, Corpus, Evidence, MailIx, Revision, Series, SeriesIx, Slot},
    site,
};

use crate::support;

/// A patch or plain mail of the same author, a minute after the one before it.
fn mail(number: u32, subject: &str, answers: Option<u32>) -> String {
    let parent = answers.map(|n| format!("In-Reply-To: <{n}@example.org>\n")).unwrap_or_default();
    let diff = format!(
        "---\ndiff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-off\n+on {number}\n"
    );
    let body = if subject.contains("PATCH") { &*diff } else { "Two ways to do it below.\n" };
    format!(
        "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Zoe Lind <zoe@example.org>\n\
         Date: Mon, 2 Mar 2026 10:{number:02}:00 +0000\nMessage-ID: <{number}@example.org>\n{parent}\
         Subject: {subject}\n\n{body}\n"
    )
}

/// Found by the law of threads: a letter without a counter and with two postings as replies was the cover letter of
/// both, so one mail was in two places.
#[test]
fn a_letter_without_a_counter_covers_the_first_posting_that_replies_to_it() {
    let mails = [
        mail(1, "lamp: on or off", None),
        mail(2, "[PATCH 1/2] lamp: on", Some(1)),
        mail(3, "[PATCH 2/2] lamp: on for good", Some(1)),
        mail(4, "[PATCH v2 1/3] lamp: on", Some(1)),
    ];
    let corpus = corpus(&mails);
    let covers: Vec<_> = corpus
        .series
        .iter()
        .flat_map(|series| &series.revisions)
        .map(|revision| (revision.version.major, revision.cover.is_some()))
        .collect();
    assert_eq!(covers, [(1, true), (2, false)]);
}

/// Nineteen postings on twelve lists had the name of the field in their subject, and so in their title.
#[test]
fn a_field_s_name_is_not_part_of_a_title() {
    let mails = [
        mail(1, "Subject: [PATCH v2 1/1] lamp: on", None),
        mail(2, "[PATCH] subject: matter", None),
    ];
    let corpus = corpus(&mails);
    let told = |series: &Series| (series.title.to_string(), series.newest().version.major);
    let titles: Vec<(String, u32)> = corpus.series.iter().map(told).collect();
    assert_eq!(titles, [("lamp: on".into(), 2), ("subject: matter".into(), 1)]);
}

/// The corpus of an mbox with these mails.
fn corpus(mails: &[String]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    fs::write(&file, mails.concat()).expect("a file");
    support::read(&file)
}

/// Each series as its revisions with the numbers of their patches: `v1 1 2 | v2 1< 2`; `<` is carried over, `-`
/// never arrived.
fn shape(corpus: &Corpus) -> Vec<String> {
    let slot = |slot: &Slot| match (slot.mail, slot.carried) {
        (None, _) => "-".to_owned(),
        (_, Some(_)) => format!("{}<", slot.number),
        _ => slot.number.to_string(),
    };
    let revision = |revision: &Revision| {
        let slots: Vec<String> = revision.slots.iter().map(slot).collect();
        format!("{} {}", revision.label(), slots.join(" "))
    };
    let series =
        |series: &Series| series.revisions.iter().map(revision).collect::<Vec<_>>().join(" | ");
    corpus.series.iter().map(series).collect()
}

#[test]
fn a_partial_reroll_carries_the_other_patches_over() {
    let both = [
        mail(1, "[PATCH 0/2] lamp: brighter", None).replace("off", "cover"),
        mail(2, "[PATCH 1/2] lamp: on", Some(1)),
        mail(3, "[PATCH 2/2] lamp: bright", Some(1)),
    ];
    let shapes = |more: &[String]| shape(&corpus(&[&both[..], more].concat()));
    assert_eq!(
        shapes(&[mail(10, "[PATCH v2 2/2] lamp: very bright", Some(3))]),
        ["v1 1 2 | v2 1< 2"]
    );
    assert_eq!(shapes(&[mail(10, "[PATCH v1.5 2/2] lamp: bright", None)]), ["v1 1 2 | v1.5 1< 2"]);
    assert_eq!(shapes(&[mail(10, "[PATCHv2 3/2] lamp: dim", Some(3))]), ["v1 1 2 | v2 1< 2< 3"]);
    let twice = [
        mail(10, "[PATCH v2 2/2] lamp: bright", Some(3)),
        mail(20, "[PATCH v3 1/2] lamp: on", Some(2)),
    ];
    assert_eq!(shapes(&twice), ["v1 1 2 | v2 1< 2 | v3 1 2<"]);
    // A posting with its own cover letter is complete, but lost a patch.
    let whole = [
        mail(10, "[PATCH v2 0/2] lamp: brighter", None),
        mail(11, "[PATCH v2 2/2] lamp: bright", Some(10)),
    ];
    assert_eq!(shapes(&whole), ["v1 1 2 | v2 - 2"]);
    let corpus = corpus(&[&both[..], &twice[..1]].concat());
    let newest = corpus.series[0].newest();
    assert_eq!((&*newest.title, newest.members().count()), ("lamp: brighter", 1));
}

#[test]
fn what_only_looks_alike_is_not_one_series() {
    let patch =
        |number, subject: &str, file: &str| mail(number, subject, None).replace("lamp.c", file);
    for (mails, shapes) in [
        // Two fixes of the same kind.
        ([patch(1, "[PATCH] fix a leak", "a.c"), patch(2, "[PATCH] fix a leak", "b.c")], 2),
        ([patch(1, "[PATCH] fix a leak", "a.c"), patch(2, "[PATCH] fix a leak", "a.c")], 1),
        // One patch for two stable branches.
        (
            [
                patch(1, "[PATCH AUTOSEL 5.4 1/9] on", "a.c"),
                patch(2, "[PATCH AUTOSEL 4.19 1/9] on", "a.c"),
            ],
            2,
        ),
        ([patch(1, "[PATCH] on", "a.c"), patch(2, "[PATCH 5.10.y] on", "a.c")], 2),
        // Another title, and only the file in common.
        ([patch(1, "[PATCH] lamp: on", "a.c"), patch(2, "[PATCH v2] lamp: let it burn", "a.c")], 2),
        ([patch(1, "[PATCH] lamp: on", "a.c"), patch(2, "[PATCH v2] lamp: let it burn", "b.c")], 2),
    ] {
        assert_eq!(corpus(&mails).series.len(), shapes, "{}", mails.concat());
    }
    // A posting has one successor: here the one with the title.
    let three = [
        patch(1, "[PATCH] lamp: on", "a.c"),
        patch(2, "[PATCH v2] lamp: fix the switch", "a.c"),
        patch(3, "[PATCH v2] lamp: on", "a.c"),
    ];
    assert_eq!(shape(&corpus(&three)), ["v1 1 | v2 1", "v2 1"]);
}

#[test]
fn after_a_request_for_comments_the_numbers_may_start_again() {
    let mails = [
        mail(1, "[RFC PATCH] lamp: on", None),
        mail(2, "[RFC PATCH v2] lamp: on", None),
        mail(3, "[PATCH] lamp: on", None),
        mail(4, "[PATCH v2] lamp: on", None),
    ];
    let corpus = corpus(&mails);
    assert_eq!(shape(&corpus), ["v1 1 | v2 1 | v1-2 1 | v2-2 1"]);
    assert!(!corpus.series[0].newest().rfc);
}

/// 7 of 300 postings that were read on four lists have no version number, and their authors had used a higher one
/// before.
#[test]
fn time_runs_forward() {
    let shapes = |subjects: [&str; 2]| {
        let mails: Vec<String> = (1..).zip(subjects).map(|(n, s)| mail(n, s, None)).collect();
        shape(&corpus(&mails))
    };
    let [second, third] = ["[PATCH v2] lamp: on", "[PATCH v3] lamp: on"];
    assert_eq!(shapes([second, third]), ["v2 1 | v3 1"]);
    assert_eq!(shapes([third, second]), ["v3 1", "v2 1"]);
    // The author forgot the version number.
    assert_eq!(shapes([second, "[PATCH] lamp: on"]), ["v2 1 | v2-2 1"]);
    assert_eq!(shapes([second, "[PATCH v1] lamp: on"]), ["v2 1", "v1 1"]);
}

#[test]
fn a_cover_letter_s_version_counts_if_the_patches_name_none() {
    let mails = [
        mail(1, "[PATCH v3 0/2] lamp: brighter", None),
        mail(2, "[PATCH 1/2] lamp: on", Some(1)),
        mail(3, "[PATCH 2/2] lamp: bright", Some(1)),
    ];
    assert_eq!(shape(&corpus(&mails)), ["v3 1 2"]);
    let one_counts_for_itself = [
        mail(1, "[PATCH 0/2] lamp: brighter", None),
        mail(2, "[PATCH 1/2] lamp: on", Some(1)),
        mail(3, "[PATCH 2/2 v4] lamp: bright", Some(1)),
    ];
    assert_eq!(shape(&corpus(&one_counts_for_itself)).len(), 1);
}

#[test]
fn what_answers_an_absent_cover_letter_is_one_thread_and_one_series() {
    let mails = [
        mail(2, "[PATCH 1/2] lamp: on", Some(1)),
        mail(3, "[PATCH 2/2] lamp: bright", Some(1)),
        mail(4, "Re: [PATCH 0/2] lamp: brighter", Some(1)).replace("PATCH]", "PA]"),
    ];
    let corpus = corpus(&mails);
    let roots: Vec<MailIx> = corpus.threads.root.clone();
    assert_eq!(roots, [MailIx(0); 3]);
    assert_eq!(corpus.mails[2].home, Some((SeriesIx(0), 0)));
    assert_eq!(corpus.series[0].newest().replies, [MailIx(2)]);
}

/// Mailman adds a footer to each mail, other lists do not.
#[test]
fn one_message_on_two_lists_is_one() {
    let plain = mail(1, "[PATCH] lamp: on", None);
    let footer = format!("{}\nLamp mailing list\nhttps://example.org/lamp\n\n", "_".repeat(54));
    let corpus =
        corpus(&[plain.clone(), format!("{plain}{footer}"), mail(1, "[PATCH] lamp: off", None)]);
    assert_eq!(corpus.mails.len(), 2);
    assert_eq!(corpus.mails.iter().map(|letter| letter.copies.len()).max(), Some(2));
}

/// Seen in linux-mtd: a patch that was sent again with its Message-ID and another text became a revision.
#[test]
fn another_text_under_the_same_message_id_takes_the_same_place() {
    let again = mail(2, "[PATCH 1/2] lamp: on", Some(1)).replace("10:02", "10:05");
    let mails = [
        mail(1, "[PATCH 0/2] lamp: brighter", None),
        mail(2, "[PATCH 1/2] lamp: on", Some(1)),
        again,
        mail(3, "[PATCH 2/2] lamp: bright", Some(1)),
    ];
    assert_eq!(shape(&corpus(&mails)), ["v1 1 1 2"]);
}

#[test]
fn the_editor_has_the_last_word() {
    let site = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::create_dir_all(site.path().join("content")).expect("a folder");
        fs::write(site.path().join(name), text).expect("a file");
    };
    let mails = [
        mail(1, "[PATCH] lamp: on", None),
        mail(2, "[PATCH v2] lamp: on", None),
        mail(3, "[PATCH] buoy: ring", None),
    ];
    write("list.mbox", &mails.concat());
    write("site.toml", "[[lists]]\nname = \"lamp\"\narchive = \"list.mbox\"\n");
    let read = || {
        let settings = Settings::load(site.path(), &Overrides::default()).expect("settings");
        series::read(&settings.lists, &site::rules(&settings)?)
    };
    assert_eq!(shape(&read().expect("a corpus")), ["v1 1 | v2 1", "v1 1"]);

    write(
        "content/series.yaml",
        "split: [2@example.org]\njoin:\n  - [<1@example.org>, 3@example.org]\n\
         title:\n  3@example.org: Light and sound\n  gone@example.org: x\n",
    );
    let edited = read().expect("a corpus");
    assert_eq!(shape(&edited), ["v1 1 | v1-2 1", "v2 1"]);
    assert_eq!(&*edited.series[0].title, "Light and sound");
    let link = edited.series[0].revisions[1].link.as_ref();
    assert_eq!(link.map(|link| &link.evidence), Some(&Evidence::Editor));
    assert_eq!(edited.notes.len(), 1, "{:?}", edited.notes);
    assert_eq!(edited.notes[0].message_id.as_deref(), Some("gone@example.org"));

    write("content/series.yaml", "joins: []\n");
    let error = read().expect_err("an unknown key").reason().to_string();
    assert!(error.contains("series.yaml") && error.contains("unknown key `joins`"), "{error}");
}

/// Brackets are not part of a title, whatever is in them, if the mail is a patch or the letter of patches.
#[test]
fn what_announces_no_patch_has_tags_all_the_same() {
    let dir = tempfile::tempdir().expect("a folder");
    let mail = |id: u32, answers: u32, subject: &str, text: &str| {
        let to = if answers == 0 { String::new() } else { format!("In-Reply-To: <{answers}@x>\n") };
        format!(
            "From x Thu Jan  1 00:00:00 1970\nFrom: Ada <ada@example.org>\nSubject: {subject}\n\
             Date: 2 Mar 2026 10:0{id}:00 +0000\nMessage-ID: <{id}@x>\n{to}\n{text}\n"
        )
    };
    let patch = |name: &str| {
        format!(
            "Brighter.\n---\n--- a/{name}.c\n+++ b/{name}.c\n@@ -1 +1 @@\n-int w = 1;\n+int w = 2;\n"
        )
    };
    let mbox = [
        mail(1, 0, "[lamp-devel] Burn better", "Two patches."),
        mail(2, 1, "[lamp-devel] [PATCH 1/2] lamp: One", &patch("a")),
        mail(3, 1, "[lamp-devel] [PATCH 2/2] lamp: Two", &patch("b")),
        mail(4, 0, "[lamp-next v2] wick: Longer", &patch("c")),
        mail(5, 0, "[fire] Put it out", "Soon."),
    ];
    let path = dir.path().join("list.mbox");
    std::fs::write(&path, mbox.concat()).expect("an archive");
    let corpus = support::read(&path);
    let told: Vec<_> = corpus
        .series
        .iter()
        .map(|series| (series.newest(), series.newest().tags.join(" ")))
        .map(|(newest, tags)| {
            format!("{} {} | {tags} | {}", newest.title, newest.version, newest.slots.len())
        })
        .collect();
    assert_eq!(told, ["Burn better v1 | lamp-devel | 2", "wick: Longer v2 | lamp-next | 1"]);
    let thread = &corpus.mails.last().expect("a mail").mail;
    assert_eq!(&*thread.message.subject.title, "[fire] Put it out");
}

/// A version that is a reply to the one before is still a version, if the subject says so and the mail contains
/// nothing else, or if it follows a message to the reader in the body.
#[test]
fn a_version_may_be_a_reply() {
    let dir = tempfile::tempdir().expect("a folder");
    let sign = "Signed-off-by: Ada <ada@example.org>";
    let diff = |n: u32| {
        format!(
            "---\n a.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n\
             --- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-int w = 1;\n+int w = {n};\n"
        )
    };
    let mail = |id: u32, who: &str, subject: &str, text: &str| {
        let to = if id == 1 { String::new() } else { "In-Reply-To: <1@x>\n".to_owned() };
        format!(
            "From x Thu Jan  1 00:00:00 1970\nFrom: {who} <{}@example.org>\nSubject: {subject}\n\
             Date: {id} Mar 2026 10:00:00 +0000\nMessage-ID: <{id}@x>\n{to}\n{text}\n",
            who.to_lowercase()
        )
    };
    let told = |answer: String| {
        let path = dir.path().join("list.mbox");
        let first = mail(1, "Ada", "[PATCH] lamp: On", &format!("Why.\n\n{sign}\n{}", diff(2)));
        std::fs::write(&path, first + &answer).expect("an archive");
        shape(&support::read(&path)).join(" & ")
    };
    let re = "Re: [PATCH v2] lamp: On";
    assert_eq!(told(mail(2, "Ada", re, &format!("Why.\n\n{sign}\n{}", diff(3)))), "v1 1 | v2 1");
    let inner = "Subject: [PATCH v2] lamp: On";
    let words = format!("> Use 3.\n\nLike this?\n\n{inner}\n\nWhy.\n\n{sign}\n{}", diff(3));
    assert_eq!(told(mail(2, "Ada", "Re: [PATCH] lamp: On", &words)), "v1 1 | v2 1");
    // A patch that is quoted, or has no sign-off, is part of the discussion.
    let quoted = format!("Hm.\n\nAda wrote:\nWhy.\n\n{sign}\n{}", diff(3));
    for answer in [
        mail(2, "Ada", re, &quoted),
        mail(2, "Ada", re, &format!("How about\n{}", diff(3))),
        mail(2, "Bob", re, &format!("Why.\n\n{sign}\n{}", diff(3))),
        mail(2, "Ada", "Re: [PATCH] lamp: On", &format!("Why.\n\n{sign}\n{}", diff(3))),
        mail(2, "Ada", "Re: [PATCH v2 1/2] lamp: On", &format!("Why.\n\n{sign}\n{}", diff(3))),
        mail(
            2,
            "Ada",
            "Re: [PATCH] lamp: On",
            &format!("See\n\nSubject: [PATCH] lamp: Off\n\n{sign}\n{}", diff(3)),
        ),
    ] {
        assert_eq!(told(answer), "v1 1");
    }
}

/// Authors who do not number versions send a patch again with a better title; other patches look like it.
#[test]
fn a_patch_without_a_version_may_have_another_title() {
    let dir = tempfile::tempdir().expect("a folder");
    let patch = |id: u32, who: &str, subject: &str, file: &str, watts: u32| {
        let lines = ["hue", "glow", "wick", "oil", "base", "top", "glass", "flame"];
        let lines = lines.map(|what| format!("+\tlamp_set_{what}(1);\n"));
        format!(
            "From x Thu Jan  1 00:00:00 1970\nFrom: {who} <{who}@example.org>\nSubject: {subject}\n\
             Date: {} Jan 2026 10:00:00 +0000\nMessage-ID: <{id}@x>\n\nWhy.\n---\n\
             diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1 +1,10 @@\n int a;\n{}+\twatts({watts});\n\n",
            id,
            lines.concat(),
        )
    };
    let told = |mails: [String; 2]| {
        let path = dir.path().join("list.mbox");
        std::fs::write(&path, mails.concat()).expect("an archive");
        shape(&support::read(&path)).join(" & ")
    };
    let first = || patch(1, "ada", "[PATCH] lamp: fix wik", "a.c", 1);
    let one = "v1 1 | v1-2 1";
    let two = "v1 1 & v1 1";
    assert_eq!(told([first(), patch(4, "ada", "[PATCH] lamp: mend the wick", "a.c", 2)]), one);
    assert_eq!(told([first(), patch(4, "ada", "[PATCH] bell: mend the rope", "b.c", 2)]), two);
    assert_eq!(told([first(), patch(4, "bob", "[PATCH] lamp: mend the wick", "a.c", 2)]), two);
    assert_eq!(told([first(), patch(31, "ada", "[PATCH] lamp: mend the wick", "a.c", 2)]), one);
    let late =
        patch(30, "ada", "[PATCH] lamp: mend the wick", "a.c", 2).replace("Jan 2026", "Mar 2026");
    assert_eq!(told([first(), late]), two);
    // Kernel 7.9 is not released: the tag names the target of the patch, as all tags do.
    let next = patch(4, "ada", "[PATCH 7.9 v2] lamp: fix wik", "a.c", 2);
    assert_eq!(told([first(), next]), "v1 1 | v2 1");
    assert_eq!(told([first(), patch(4, "ada", "[PATCH 6.1] lamp: fix wik", "a.c", 2)]), two);
}
