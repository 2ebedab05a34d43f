//! Parts and wholes: what is sent in pieces, beside another, or after comments.

use crate::sent::{Sent, ZOE, corpus, replaces, sent, shape};

/// A patch of a line of its own.
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

/// `How about this, then?`, by somebody who counts no versions.
#[test]
fn a_series_that_answers_its_patch_goes_on_it() {
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
fn after_comments_the_count_begins_at_one_or_goes_on() {
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

/// `git send-email` of files that `git format-patch --no-numbered` wrote.
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

/// The last patch was refused, and sent again by itself, with the version that the others lack.
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

/// One patch for several stable kernels, which its tag counts up.
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

/// Two thirds of the patches are those of the one before, under titles of their own.
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

/// Five versions of one patch, then it is the second of two; the changelog goes on, and the count of the whole begins.
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
