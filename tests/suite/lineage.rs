//! Next versions that were missed: another posting was in their place, or they share neither title nor number with
//! the version before.

use crate::sent::{IDA, Sent, ZOE, corpus, replaces, sent, shape};

#[test]
fn what_replaces_the_same_line_of_the_same_object_is_meant_instead() {
    let first = || {
        let text = replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 2;");
        sent("1", (2, "10:00"), "[PATCH] lamp: a warmer hue", text)
    };
    let second = |change: fn(&mut Sent<'_>)| {
        let text = replaces("aaaaaaa", 7, "int hue = 1;", "static const int glow = 3;");
        let mut mail = sent("2", (3, "10:00"), "[PATCH] lamp: name what glows", text);
        change(&mut mail);
        shape(&corpus(&[first(), mail]))
    };
    let one = ["v1 1, v1-2 2"];
    let two = ["v1 1", "v1 2"];
    assert_eq!(second(|_| ()), one, "the next day");
    assert_eq!(second(|mail| mail.subject = "[PATCH v1] lamp: name what glows"), one, "v1 is none");
    assert_eq!(
        second(|mail| mail.subject = "[PATCH v2] lamp: name what glows"),
        ["v1 1, v2 2"],
        "counted"
    );
    assert_eq!(second(|mail| mail.when = (2, "10:04")), two, "sent along");
    assert_eq!(second(|mail| mail.from = IDA), two, "somebody else");
    assert_eq!(
        second(|mail| mail.text = replaces("bbbbbbb", 7, "int hue = 1;", "static int glow = 3;")),
        two,
        "another state of the file"
    );
    assert_eq!(
        second(|mail| mail.text = replaces("aaaaaaa", 9, "int hue = 1;", "static int glow = 3;")),
        two,
        "another line"
    );
}

#[test]
fn two_entries_for_one_list_are_two_works() {
    let adds = |lines: &str| {
        format!(
            "\nIt glows.\n---\ndiff --git a/lamps b/lamps\nindex aaaaaaa..1234567 100644\n--- a/lamps\n+++ b/lamps\n\
             @@ -4,2 +4,3 @@\n lamp one\n{lines} lamp nine\n"
        )
    };
    let first = || {
        let text = adds("+lamp two, warm white\n");
        sent("1", (2, "10:00"), "[PATCH] lamps: add the second", text)
    };
    let second =
        |lines: &str| sent("2", (3, "10:00"), "[PATCH] lamps: add a third one", adds(lines));
    let corpus_of = |lines: &str| shape(&corpus(&[first(), second(lines)]));
    assert_eq!(corpus_of("+lamp three, green\n"), ["v1 1", "v1 2"]);
    assert_eq!(corpus_of("+lamp two, warm white\n+lamp three, green\n"), ["v1 1, v1-2 2"]);
}

#[test]
fn other_change_ids_are_other_works() {
    let text = |id: &str, new: &str| {
        replaces("aaaaaaa", 7, "int hue = 1;", new)
            + &format!("\n---\nbase-commit: 0123456789abcdef\nchange-id: {id}\n")
    };
    let pair = |id: &str| {
        shape(&corpus(&[
            sent("1", (2, "10:00"), "[PATCH] lamp: a warmer hue", text("hue-1", "int hue = 2;")),
            sent("2", (3, "10:00"), "[PATCH] lamp: name what glows", text(id, "int glow = 3;")),
        ]))
    };
    assert_eq!(pair("glow-1"), ["v1 1", "v1 2"]);
}

/// The second version of one patch was a reply to the first of all; then the second version of all was posted.
#[test]
fn the_whole_follows_the_whole_though_a_part_came_before_it() {
    let letter = |id, when, subject| sent(id, when, subject, "\nTwo of them.\n".to_owned());
    let patch = |id, answers, when, subject, line| {
        let text = replaces("aaaaaaa", line, "off", &format!("on {id}"));
        Sent { answers, ..sent(id, when, subject, text) }
    };
    let part = |subject, line| patch("9", "1", (3, "10:00"), subject, line);
    let mails = |part: Sent<'_>| {
        let all = [
            letter("1", (2, "10:00"), "[PATCH 0/3] lamp: rework"),
            patch("2", "1", (2, "10:01"), "[PATCH 1/3] lamp: on", 1),
            patch("3", "1", (2, "10:02"), "[PATCH 2/3] lamp: off", 50),
            patch("4", "1", (2, "10:03"), "[PATCH 3/3] lamp: dim", 90),
            part,
            letter("5", (9, "10:00"), "[PATCH v2 0/2] lamp: rework"),
            patch("6", "5", (9, "10:01"), "[PATCH v2 1/2] lamp: on", 1),
            patch("7", "5", (9, "10:02"), "[PATCH v2 2/2] lamp: off", 50),
        ];
        shape(&corpus(&all))
    };
    let expected = ["v1 1, v2 5", "v2 9"];
    assert_eq!(mails(part("[PATCH v2] lamp: drop the dimmer", 200)), expected);
    assert_eq!(mails(part("[PATCH v2] lamp: dim", 90)), expected, "one of three");
    let both = ["v1 1, v2 9, v2-2 5"];
    assert_eq!(mails(part("[PATCH v2] lamp: off", 50)), both, "a patch of the whole");
}

/// `git send-email --in-reply-to` without threading: the letter of v2 and its patches all reply to the letter of v1.
#[test]
fn patches_beside_their_letter_are_its() {
    let letter = |id, answers, when, subject| Sent {
        answers,
        ..sent(id, when, subject, "\nTwo of them.\n".to_owned())
    };
    let patch = |id, answers, when, subject| {
        let text = replaces("aaaaaaa", 3, "off", &format!("on {id}"));
        Sent { answers, ..sent(id, when, subject, text) }
    };
    let all = [
        letter("1", "", (2, "10:00"), "[PATCH 0/2] lamp: rework"),
        patch("2", "0", (2, "10:01"), "[PATCH 1/2] lamp: on"),
        patch("3", "0", (2, "10:02"), "[PATCH 2/2] lamp: off"),
        letter("4", "1", (9, "10:00"), "[PATCH v2 0/2] lamp: rework all"),
        patch("5", "1", (9, "10:01"), "[PATCH v2 1/2] lamp: on"),
        patch("6", "1", (9, "10:02"), "[PATCH v2 2/2] lamp: off"),
    ];
    let corpus = corpus(&all);
    assert_eq!(shape(&corpus), ["v1 1, v2 4"]);
    let full: Vec<usize> = corpus.series[0].revisions.iter().map(|r| r.members().count()).collect();
    assert_eq!(full, [3, 3]);
}

#[test]
fn a_revised_patch_may_be_attached_to_a_reply() {
    let file = |from: &str, title: &str| {
        format!(
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\n\
             > Could you split it?\n\nOK, a revised patch is attached.\n\n--b\n\
             Content-Type: text/x-patch; name=\"0001-lamp.patch\"\n\
             Content-Disposition: attachment; filename=\"0001-lamp.patch\"\n\n\
             >From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: {from}\n\
             Date: Tue, 3 Mar 2026 10:00:00 +0000\nSubject: [PATCH] {title}\n{}\n--b--\n",
            replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 3;")
        )
    };
    let reply = |subject, text| {
        let first = replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 2;");
        shape(&corpus(&[
            sent("1", (2, "10:00"), "[PATCH] lamp: a warmer hue", first),
            Sent { answers: "1", ..sent("2", (3, "10:00"), subject, text) },
        ]))
    };
    let own = "Re: [PATCH] lamp: a warmer hue";
    assert_eq!(reply(own, file(ZOE, "lamp: a warmer hue")), ["v1 1, v1-2 2"]);
    assert_eq!(reply(own, file(IDA, "lamp: a warmer hue")), ["v1 1"], "somebody else's");
    assert_eq!(reply(own, file(ZOE, "shade: mend it")), ["v1 1"], "another patch");
    let counted = "Re: [PATCH 1/2] lamp: a warmer hue";
    assert_eq!(reply(counted, file(ZOE, "lamp: a warmer hue")), ["v1 1"], "one of a series");
}

/// Lists of projects without git: the next version is a diff in a reply.
#[test]
fn an_updated_diff_in_a_reply_is_the_same_work_again() {
    let diff = |new: &str| {
        format!(
            "Index: sys/lamp.c\n===================================================================\n\
             RCS file: /cvs/src/sys/lamp.c,v\nretrieving revision 1.4\ndiff -u -p -r1.4 lamp.c\n\
             --- sys/lamp.c\t1 Jan 2026 12:00:00 -0000\t1.4\n+++ sys/lamp.c\t2 Mar 2026 09:00:00 -0000\n\
             @@ -1,3 +1,3 @@\n int x;\n-int y;\n+{new}\n int z;\n"
        )
    };
    let reply = |from: &'static str, words: &str| {
        let first = format!("\nCount from one.  ok?\n\n{}", diff("int y = 1;"));
        let text = format!("\n{words}\n\n{}", diff("int y = 2;"));
        let subject = "Re: lamp(4): count from one";
        shape(&corpus(&[
            sent("1", (2, "10:00"), "lamp(4): count from one", first),
            Sent { answers: "1", from, ..sent("2", (3, "10:00"), subject, text) },
        ]))
    };
    assert_eq!(reply(ZOE, "Updated diff, with the manual."), ["v1 1, v1-2 2"]);
    assert_eq!(reply(ZOE, "Good point.\n\nHere's a new version."), ["v1 1, v1-2 2"]);
    assert_eq!(reply(ZOE, "This is what I tried first:"), ["v1 1"]);
    assert_eq!(reply(ZOE, "> Updated diff, please.\n\nWhy not as it is:"), ["v1 1"]);
}

#[test]
fn one_object_under_two_names_is_two_files() {
    let first = replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 2;");
    let copy = first.replace("lamp.c", "lantern.c");
    let mails = [
        sent("1", (2, "10:00"), "[PATCH] lamp: a warmer hue", first),
        sent("2", (3, "10:00"), "[PATCH] lantern: mend the colour", copy),
    ];
    assert_eq!(shape(&corpus(&mails)), ["v1 1", "v1 2"]);
}

/// A colleague takes the work over, and sends one of the patches again with the letter's title.
#[test]
fn what_was_sent_beside_a_set_is_not_taken_for_the_next_version_of_the_work_before() {
    let by_zoe = |text: String| format!("\nFrom: {ZOE}\n{text}");
    let glow = || replaces("bbbbbbb", 9, "int glow = 1;", "int glow = more_than_before(1, 2, 3);");
    let other =
        |line| replaces("ccccccc", line, "int other;", &format!("int other_{line} = {line};"));
    let zoe = |id, number: u32, text| Sent {
        answers: if number == 1 { "" } else { "z1" },
        ..sent(
            id,
            (2, "10:00"),
            ["", "[PATCH v2 1/3] lamp: a", "[PATCH v2 2/3] lamp: b", "[PATCH v2 3/3] lamp: c"]
                [number as usize],
            text,
        )
    };
    let ida = |id, minute, subject, text| Sent {
        answers: if id == "c" { "" } else { "c" },
        from: IDA,
        ..sent(id, (4, minute), subject, text)
    };
    let mails = [
        zoe("z1", 1, other(20)),
        zoe("z2", 2, glow()),
        zoe("z3", 3, other(40)),
        ida("c", "10:00", "[PATCH v3 0/5] lamp: let all lamps glow", "\nMost by Zoe.\n".to_owned()),
        ida("1", "10:00", "[PATCH v3 1/5] lamp: one", other(60)),
        ida("2", "10:00", "[PATCH v3 2/5] lamp: two", other(70)),
        ida("3", "10:00", "[PATCH v3 3/5] lamp: three", other(80)),
        ida("4", "10:00", "[PATCH v3 4/5] lamp: let lamps glow", by_zoe(glow())),
        ida("5", "10:00", "[PATCH v3 5/5] lamp: five", other(90)),
        ida("6", "10:01", "[PATCH v3 4/5] lamp: let all lamps glow", by_zoe(glow())),
    ];
    let shape = shape(&corpus(&mails));
    assert_eq!(shape, ["v2 z1", "v3 c, v3-2 6"]);
}
