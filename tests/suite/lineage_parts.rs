//! Parts and wholes: postings in pieces, next to another posting, or after comments.

use crate::sent::{IDA, Sent, ZOE, corpus, replaces, sent, shape};

/// A patch with a line of its own.
fn patch<'a>(
    id: &'a str,
    answers: &'a str,
    when: (u32, &'a str),
    subject: &'a str,
    line: u32,
) -> Sent<'a> {
    let text = replaces("aaaaaaa", line, "int hue = 1;", &format!("int hue_{line} = {line};"));
    Sent { answers, ..sent(id, when, subject, text) }
}

fn letter<'a>(id: &'a str, when: (u32, &'a str), subject: &'a str) -> Sent<'a> {
    sent(id, when, subject, "\nThey glow.\n".to_owned())
}

#[test]
fn patches_of_a_series_may_each_come_again_alone() {
    let all = |answers, when| {
        shape(&corpus(&[
            patch("1", "", (2, "10:00"), "[PATCH 1/3] lamp: on", 10),
            patch("2", "1", (2, "10:00"), "[PATCH 2/3] lamp: off", 40),
            patch("3", "1", (2, "10:00"), "[PATCH 3/3] lamp: dim", 70),
            patch("4", "", (3, "10:00"), "[PATCH v2] lamp: off", 40),
            patch("5", answers, when, "[PATCH v2] lamp: dim", 70),
        ]))
    };
    assert_eq!(all("4", (3, "10:01")), ["v1 1, v2 4, v2-2 5"]);
    assert_eq!(all("", (3, "10:01")), ["v1 1, v2 4", "v2 5"], "not one posting");
    assert_eq!(all("4", (9, "10:01")), ["v1 1, v2 4", "v2 5"], "days later");
}

/// `How about this, then?`, by somebody who does not number versions.
#[test]
fn a_series_that_replies_to_its_patch_follows_it() {
    let all = |title, answers| {
        shape(&corpus(
            &[
                patch("1", "", (2, "10:00"), "[PATCH] lamp: on", 10),
                sent(
                    "2",
                    (2, "12:00"),
                    "Re: [PATCH] lamp: on",
                    "\nWhy not all of them?\n".to_owned(),
                ),
                letter("3", (3, "10:00"), "[PATCH 0/4] all lamps"),
                patch("4", "3", (3, "10:00"), "[PATCH 1/4] lamp: a", 40),
                patch("5", "3", (3, "10:00"), "[PATCH 2/4] lamp: b", 70),
                patch("6", "3", (3, "10:00"), title, 10),
                patch("7", "3", (3, "10:00"), "[PATCH 4/4] lamp: d", 90),
            ]
            .map(|mail| match mail.id {
                "2" => Sent { answers: "1", ..mail },
                "3" => Sent { answers, ..mail },
                _ => mail,
            }),
        ))
    };
    assert_eq!(all("[PATCH 3/4] lamp: on", "2"), ["v1 1, v1-2 3"]);
    assert_eq!(all("[PATCH 3/4] lamp: on", ""), ["v1 1", "v1 3"], "carried in a larger one");
}

#[test]
fn after_comments_the_count_starts_at_one_or_continues() {
    let then = |subject, from| {
        let mut all = [
            patch("1", "", (2, "10:00"), "[RFC PATCH v3] lamp: on", 10),
            patch("2", "", (9, "10:00"), subject, 10),
        ];
        all[1].from = from;
        shape(&corpus(&all))
    };
    assert_eq!(then("[PATCH] lamp: on", ZOE), ["v3 1, v1 2"]);
    assert_eq!(then("[PATCH v3] lamp: on", ZOE), ["v3 1, v3-2 2"]);
    assert_eq!(then("[PATCH v4] lamp: on", ZOE), ["v3 1, v4 2"]);
    assert_eq!(then("[PATCH v2] lamp: on", ZOE), ["v3 1", "v2 2"], "of another count");
}

/// A work for two trees, each part with a link to the other.
#[test]
fn what_is_sent_along_or_for_another_tree_is_no_version() {
    let pair = |when, file: &str| {
        let mut first = patch("1", "", (2, "10:00"), "[RFC PATCH] tools: set the hue", 10);
        first.text = first.text.replace("lamp.c", "tools/lamp.c");
        let mut second = patch("2", "", when, "[RFC PATCH v2] lamp: let tools set it", 40);
        let link = "\nThe tools, v1: https://lore.kernel.org/r/1@example.org/\n";
        second.text = second.text.replace("lamp.c", file).replacen('\n', link, 1);
        shape(&corpus(&[first, second]))
    };
    assert_eq!(pair((3, "10:00"), "tools/hue.c"), ["v1 1, v2 2"]);
    assert_eq!(pair((2, "10:04"), "tools/hue.c"), ["v1 1", "v2 2"], "sent along");
    assert_eq!(pair((3, "10:00"), "kernel/hue.c"), ["v1 1", "v2 2"], "another tree");
}

/// `git send-email` of files from `git format-patch --no-numbered`.
#[test]
fn a_letter_without_a_number_has_patches_without_numbers() {
    let members = |subject, when| {
        let corpus = corpus(&[
            letter("1", (2, "10:00"), "[PATCH v2] all lamps"),
            patch("2", "1", (2, "10:00"), "[PATCH v2] lamp: on", 10),
            patch("3", "1", when, subject, 40),
        ]);
        let revisions = corpus.series.iter().flat_map(|series| &series.revisions);
        revisions.map(|revision| revision.members().count()).collect::<Vec<_>>()
    };
    assert_eq!(members("[PATCH v2] lamp: off", (2, "10:01")), [3]);
    assert_eq!(members("[PATCH v2] lamp: off", (2, "10:20")), [2, 1], "later");
    assert_eq!(members("[PATCH v3] lamp: off", (2, "10:01")), [2, 1], "another version");
    assert_eq!(members("[RFC PATCH v2] lamp: off", (2, "10:01")), [2, 1], "for comments");
}

/// The last patch was rejected, and sent again alone, with the version number that the others lack.
#[test]
fn the_last_patch_may_name_the_version_alone() {
    let all = |subject, when| {
        let corpus = corpus(&[
            letter("1", (2, "10:00"), "[PATCH 0/2] all lamps"),
            patch("2", "1", (2, "10:00"), "[PATCH 1/2] lamp: on", 10),
            patch("3", "", when, subject, 40),
        ]);
        shape(&corpus)
    };
    assert_eq!(all("[PATCH v11 2/2] lamp: off", (2, "10:05")), ["v11 1"]);
    assert_eq!(all("[PATCH v11 2/2] lamp: off", (2, "18:05")), ["v1 1", "v11 3"], "hours later");
    assert_eq!(all("[PATCH v11 1/2] lamp: off", (2, "10:05")), ["v1 1", "v11 3"], "not what lacks");
    assert_eq!(all("[PATCH v11 2/3] lamp: off", (2, "10:05")), ["v1 1", "v11 3"], "of another set");
}

/// One patch for several stable kernels, which its tag lists.
#[test]
fn a_tag_may_name_several_kernels() {
    let all = |tag: &str| {
        let subject = format!("[PATCH {tag}] lamp: on");
        shape(&corpus(&[
            patch("1", "", (2, "10:00"), "[PATCH 5.4] lamp: on", 10),
            patch("2", "", (3, "10:00"), &subject, 10),
        ]))
    };
    assert_eq!(all("5.10/5.15"), ["v1 1", "v1 2"]);
    assert_eq!(all("5.4"), ["v1 1, v1-2 2"]);
}

/// Two thirds of the patches are those of the version before, with new titles.
#[test]
fn a_series_that_has_grown_is_known_by_its_patches() {
    let all = |last, line| {
        let then = (20, "10:00");
        shape(&corpus(&[
            patch("1", "", (2, "10:00"), "[PATCH 1/2] lamp: on", 10),
            patch("2", "1", (2, "10:00"), "[PATCH 2/2] lamp: off", 40),
            patch("3", "", then, "[PATCH 1/3] lamp: first of all", 70),
            patch("4", "3", then, "[PATCH 2/3] lamp: on", 10),
            patch("5", "3", then, last, line),
        ]))
    };
    assert_eq!(all("[PATCH 3/3] lamp: off", 40), ["v1 1, v1-2 3"]);
    assert_eq!(all("[PATCH 3/3] lamp: other", 90), ["v1 1", "v1 3"], "one of three");
}

/// After five versions of one patch, it becomes the second of two; the changelog continues, and the version of the
/// whole restarts.
#[test]
fn a_changelog_is_not_the_count_of_a_whole_that_counts_for_itself() {
    let all = |then| {
        let mut told = patch("3", "", (9, "10:00"), "[PATCH 1/2] lamp: count them", 40);
        told.text = told.text.replacen("---\n", "---\nv6: two of them\nv5: brighter\n\n", 1);
        let mut mails = vec![
            patch("1", "", (2, "10:00"), "[PATCH v5] lamp: on", 10),
            told,
            patch("4", "3", (9, "10:00"), "[PATCH 2/2] lamp: on", 10),
        ];
        mails.extend(then);
        shape(&corpus(&mails))
    };
    assert_eq!(all(None), ["v5 1, v6 3"]);
    let second = patch("5", "", (10, "10:00"), "[PATCH v2 1/2] lamp: count them", 40);
    assert_eq!(all(Some(second)), ["v5 1", "v1 3, v2 5"]);
}

/// A letter with three patches of v3, and later mails.
fn three_and(more: Vec<Sent<'_>>) -> patchpress::series::Corpus {
    let mut all = vec![
        letter("c", (2, "10:00"), "[PATCH v3 0/3] all lamps"),
        patch("1", "c", (2, "10:00"), "[PATCH v3 1/3] lamp: on", 10),
        patch("2", "c", (2, "10:00"), "[PATCH v3 2/3] lamp: off", 40),
        patch("3", "c", (2, "10:00"), "[PATCH v3 3/3] lamp: dim", 70),
    ];
    all.extend(more);
    corpus(&all)
}

/// For each revision but the first, its patches, with those carried over in brackets.
fn parts(corpus: &patchpress::series::Corpus) -> Vec<String> {
    let slot = |slot: &patchpress::series::Slot| {
        let id = slot.mail.map(|mail| corpus.stored(mail).mail.message.id.to_string());
        let id = id.as_deref().map_or("-", |id| id.trim_end_matches("@example.org"));
        if slot.carried.is_some() { format!("({id})") } else { id.to_owned() }
    };
    let revisions = corpus.series.iter().flat_map(|series| series.revisions.iter().skip(1));
    revisions.map(|r| r.slots.iter().map(slot).collect::<Vec<_>>().join(" ")).collect()
}

/// `[PATCH v4 2/3]` alone, in reply to v3 2/3, and days later its neighbour.
#[test]
fn patches_that_come_again_one_by_one_are_one_version() {
    let all = three_and(vec![
        patch("r", "2", (5, "10:00"), "[PATCH v4 2/3] lamp: off", 40),
        patch("s", "3", (9, "10:00"), "[PATCH v4 3/3] lamp: dim slowly", 71),
        patch("t", "r", (12, "10:00"), "[PATCH v5 2/3] lamp: off", 41),
    ]);
    assert_eq!(shape(&all), ["v3 c, v4 r, v5 t"]);
    assert_eq!(parts(&all), ["(1) r s", "(1) t (s)"]);
    assert!(all.series[0].revisions.iter().all(|revision| &*revision.title == "all lamps"));
}

/// The same version of one patch again, twice, and once with a version that belongs to the patch and not to the
/// series.
#[test]
fn a_patch_that_comes_again_leaves_the_others() {
    let all = three_and(vec![
        patch("r", "2", (5, "10:00"), "[PATCH v3 2/3] lamp: off", 41),
        patch("s", "2", (6, "10:00"), "[PATCH v3 2/3] lamp: off", 42),
        patch("t", "3", (7, "10:00"), "[PATCH v2 3/3] lamp: dim", 71),
    ]);
    assert_eq!(shape(&all), ["v3 c, v3-2 r, v3-3 s, v3-4 t"]);
    assert_eq!(parts(&all), ["(1) r (3)", "(1) s (3)", "(1) (s) t"]);
}

/// The next version of the whole arrives after one of its patches was sent with that number.
#[test]
fn a_patch_before_its_version_takes_no_place() {
    let all = three_and(vec![
        patch("r", "2", (5, "10:00"), "[PATCH v4 2/3] lamp: off", 41),
        letter("d", (9, "10:00"), "[PATCH v4 0/3] all lamps"),
        patch("5", "d", (9, "10:00"), "[PATCH v4 1/3] lamp: on", 10),
        patch("6", "d", (9, "10:00"), "[PATCH v4 2/3] lamp: off", 42),
        patch("7", "d", (9, "10:00"), "[PATCH v4 3/3] lamp: dim", 70),
    ]);
    assert_eq!(shape(&all).len(), 1, "{:?}", shape(&all));
    assert_eq!(parts(&all).last().expect("a revision"), "5 6 7");
}

/// A fix for one patch in its thread, or a patch by somebody else, is discussion, not a new work.
#[test]
fn what_is_proposed_for_one_patch_is_discussion() {
    for (what, mail) in [
        ("a fix", patch("r", "2", (3, "12:00"), "[PATCH v3 2/3] lamp: off (fix)", 90)),
        (
            "somebody else",
            Sent { from: IDA, ..patch("r", "2", (3, "12:00"), "[PATCH v4 2/3] lamp: off", 41) },
        ),
        (
            "somebody else, below a reply",
            Sent { from: IDA, ..patch("r", "2", (9, "12:00"), "[PATCH 2/3] lamp: off", 40) },
        ),
    ] {
        let all = three_and(vec![mail]);
        assert_eq!(shape(&all), ["v3 c"], "{what}");
        assert_eq!(all.series[0].revisions[0].replies.len(), 1, "{what}");
    }
}

/// `[PATCH 4/3]`: no patch is missing.
#[test]
fn a_patch_beyond_the_last_lacks_nothing() {
    let more = |from, subject| {
        let more = patch("r", "c", (5, "10:00"), subject, 95);
        three_and(vec![Sent { from, ..more }])
    };
    let by_somebody_else = more(IDA, "[PATCH 4/3] lamp: blink");
    let lone = by_somebody_else.series[1].newest();
    assert_eq!((lone.expected, lone.slots.len(), lone.slots[0].number), (1, 1, 4));
    assert_eq!(
        more(ZOE, "[PATCH v3 4/3] lamp: blink").series[0].newest().slots.len(),
        4,
        "by who sent the others"
    );
}

/// `[PATCH v3 0/3] all lamps` without `Re:`, with only a tag.
#[test]
fn a_tag_under_the_letter_s_subject_is_a_reply() {
    let tested = |text: &str| {
        three_and(vec![Sent {
            from: IDA,
            answers: "c",
            ..sent("t", (5, "10:00"), "[PATCH v3 0/3] all lamps", text.to_owned())
        }])
    };
    let all = tested("\nIt works here.\n\nTested-by: Ida Berg <ida@example.org>\n");
    assert_eq!(shape(&all), ["v3 c"]);
    assert!(all.series[0].newest().slots.iter().all(|slot| slot.reviews.len() == 1));
    let all = tested("\nMy way to light them.\n\nTested-by: Bo Li <bo@example.org>\n");
    assert_eq!(shape(&all).len(), 2, "somebody else's tag stands in letters, too");
}

/// A letter and all but the last of its patches, and the last alone on another day.
fn with_a_straggler(of: usize, last: (u32, &'static str), title: &'static str) -> Vec<String> {
    let subject =
        |at: usize, title: &str| -> &'static str { format!("[PATCH v5 {at}/{of}] {title}").leak() };
    let mut all = vec![letter("0", (2, "10:00"), subject(0, "lamp: rework"))];
    for at in 1..of {
        let id: &'static str = at.to_string().leak();
        let line = u32::try_from(at * 30).expect("few");
        all.push(patch(id, "0", (2, "10:01"), subject(at, &format!("lamp: step {at}")), line));
    }
    all.push(patch("late", "", last, subject(of, title), 900));
    let corpus = corpus(&all);
    let received = |r: &patchpress::series::Revision| r.members().count() - 1;
    let sets = corpus.series.iter().flat_map(|series| &series.revisions);
    sets.map(|r| format!("{} {}/{}", r.label(), received(r), r.expected)).collect()
}

#[test]
fn the_last_patch_of_a_large_set_may_come_days_later() {
    assert_eq!(with_a_straggler(6, (5, "10:00"), "lamp: the last step"), ["v5 6/6"]);
    let two = ["v5 5/6", "v5 0/6"];
    assert_eq!(with_a_straggler(6, (25, "10:00"), "lamp: the last step"), two, "weeks later");
    let small = ["v5 1/2", "v5 0/2"];
    assert_eq!(with_a_straggler(2, (5, "10:00"), "lamp: the last step"), small, "of two");
}
