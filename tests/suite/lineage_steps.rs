//! Links that are easily missed: steps between versions, takeovers, new titles, letters without patches, and talk
//! below the version before; and lookalikes that are another work.

use crate::sent::{IDA, Sent, ZOE, corpus, replaces, sent, shape};

/// A letter with two patches by one sender: `id`, `id`a and `id`b.
fn set<'a>(
    ids: [&'a str; 3],
    from: &'a str,
    day: u32,
    subject: &str,
    words: &str,
) -> Vec<Sent<'a>> {
    let (tags, title) = subject.split_once("] ").expect("tags");
    let leak = |text: String| -> &'a str { Box::leak(text.into_boxed_str()) };
    let letter = Sent {
        from,
        ..sent(ids[0], (day, "10:00"), leak(format!("{tags} 0/2] {title}")), format!("\n{words}\n"))
    };
    let patch = |id, number: u32, line| {
        let subject = leak(format!("{tags} {number}/2] lamp: part {number}"));
        let text = replaces("aaaaaaa", line, "off", &format!("on {number}"));
        Sent { from, answers: ids[0], ..sent(id, (day, "10:01"), subject, text) }
    };
    vec![letter, patch(ids[1], 1, 7), patch(ids[2], 2, 70)]
}

const FIRST: [&str; 3] = ["1", "1a", "1b"];
const SECOND: [&str; 3] = ["2", "2a", "2b"];
const THIRD: [&str; 3] = ["3", "3a", "3b"];

/// Two sets, the second by Ida.
fn taken_over(first: &str, second: &str, words: &str) -> Vec<String> {
    let mut all = set(FIRST, ZOE, 2, first, "Lamps.");
    all.extend(set(SECOND, IDA, 20, second, words));
    shape(&corpus(&all))
}

#[test]
fn a_step_of_a_version_is_the_next_one_by_whomever() {
    let then = |second| taken_over("[RFC PATCH v3] All lamps", second, "Lamps.");
    assert_eq!(then("[RFC PATCH v3.1] All lamps"), ["v3 1, v3.1 2"]);
    assert_eq!(then("[RFC PATCH v4] All lamps"), ["v3 1, v4 2"]);
    assert_eq!(then("[RFC PATCH v5] All lamps"), ["v3 1", "v5 2"], "one is missing");
}

#[test]
fn what_was_sent_for_comments_is_taken_over_under_its_title() {
    let then = |second| taken_over("[RFC PATCH v2] All lamps", second, "Lamps.");
    assert_eq!(then("[PATCH] All lamps"), ["v2 1, v1 2"]);
    assert_eq!(then("[PATCH] Some lamps"), ["v2 1", "v1 2"], "another title");
    let meant = taken_over("[PATCH] All lamps", "[PATCH] All lamps", "Lamps.");
    assert_eq!(meant, ["v1 1", "v1 2"], "was meant before");
}

#[test]
fn who_takes_a_work_over_and_links_to_it_may_forget_to_count() {
    let link = "A refresh of an old series:\nhttps://lore.kernel.org/r/1@example.org/";
    let then = |words| taken_over("[PATCH v2] All lamps", "[PATCH] All lamps", words);
    assert_eq!(then(link), ["v2 1, v2-2 2"]);
    assert_eq!(then("Lamps."), ["v2 1", "v1 2"], "no link");
    let other = taken_over("[PATCH v2] All lamps", "[PATCH] Some lamps", link);
    assert_eq!(other, ["v2 1", "v1 2"], "another title");
}

/// A posting without a version below v5, and a later one.
#[test]
fn what_counts_anew_is_another_work() {
    let then = |third: &str| {
        let mut all = set(FIRST, ZOE, 2, "[PATCH v5] All lamps", "Lamps.");
        all.extend(set(SECOND, ZOE, 9, "[PATCH] All lamps", "Lamps."));
        all.extend(set(THIRD, ZOE, 12, third, "Lamps."));
        shape(&corpus(&all))
    };
    assert_eq!(then("[PATCH v6] All lamps"), ["v5 1, v5-2 2, v6 3"]);
    assert_eq!(then("[PATCH v2] All lamps"), ["v5 1", "v1 2, v2 3"]);
}

#[test]
fn a_patch_says_that_it_was_sent_for_comments() {
    let then = |words: &str, first| {
        let text = replaces("bbbbbbb", 90, "glow();", "shine();");
        let text = text.replacen("---\n", &format!("---\n{words}\n\n"), 1);
        let mut second = sent("2", (4, "10:00"), "[PATCH] lamp: let the new hue be dim", text);
        second.from = ZOE;
        let old = replaces("aaaaaaa", 7, "int hue;", "int dim;");
        shape(&corpus(&[sent("1", (2, "10:00"), first, old), second]))
    };
    let rfc = "[RFC PATCH] lamp: let the new hue be dark";
    for words in ["Updated since the RFC:", "Changes since RFC v2:", "RFC -> v1:", "Since RFC:"] {
        assert_eq!(then(words, rfc), ["v1 1, v1-2 2"], "{words}");
    }
    assert_eq!(then("Changes since RFC 5322:", rfc), ["v1 1", "v1 2"], "a standard");
    assert_eq!(then("The RFC is of no use.", rfc), ["v1 1", "v1 2"]);
    let meant = "[PATCH] lamp: let the new hue be dark";
    assert_eq!(then("Updated since the RFC:", meant), ["v1 1", "v1 2"], "no RFC");
}

#[test]
fn a_letter_without_its_patches_continues_the_series_of_its_title() {
    let then = |subject| {
        let letter = sent("2", (3, "10:00"), subject, "\nNow right.\n".into());
        let patch = replaces("aaaaaaa", 7, "off", "on");
        let first = sent("1", (2, "10:00"), "[PATCH] lamp: allow several bright hues", patch);
        let again = replaces("aaaaaaa", 7, "off", "on, too");
        let mut third = sent("3", (6, "10:00"), subject, again);
        third.answers = "1";
        shape(&corpus(&[first, letter, third]))
    };
    let right = "[PATCH v2 0/1] lamp: allow several bright hues for H8";
    assert_eq!(then(right), ["v1 1, v2 2, v2-2 3"]);
    assert_eq!(then("[PATCH v2 0/1] lamp: allow no bright hues"), ["v1 1, v2 3", "v2 2"]);
}

#[test]
fn a_letter_may_come_hours_after_its_patches() {
    let on = |day, time, subject| {
        let patch = |id, time, subject, line| {
            sent(id, (2, time), subject, replaces("aaaaaaa", line, "off", "on"))
        };
        let letter = sent("3", (day, time), subject, "\nAll lamps.\n".into());
        let mails = [
            patch("1", "10:00", "[PATCH v2 1/2] lamp: on", 7),
            patch("2", "10:01", "[PATCH v2 2/2] lamp: bright", 70),
            letter,
        ];
        shape(&corpus(&mails))
    };
    let then = |time, subject| on(2, time, subject);
    assert_eq!(then("11:20", "[PATCH v2 0/2] Lamps"), ["v2 3"]);
    assert_eq!(then("08:40", "[PATCH v2 0/2] Lamps"), ["v2 3"]);
    assert_eq!(then("16:20", "[PATCH v2 0/2] Lamps"), ["v2 3"], "the same day");
    assert_eq!(on(4, "10:20", "[PATCH v2 0/2] Lamps"), ["v2 1", "v2 3"], "too late");
    assert_eq!(then("11:20", "[PATCH v2 0/3] Lamps"), ["v2 1", "v2 3"], "of three");
}

/// The same in another driver or in the core, without any file in common.
#[test]
fn the_next_version_may_be_for_another_part() {
    let then = |subject, file: &str, between: Option<&'static str>| {
        let patch = |id, day, subject, file: &str| {
            let text = replaces("aaaaaaa", 7, "off", &format!("on {id}"));
            sent(id, (day, "10:00"), subject, text.replace("lamp.c", file))
        };
        let first = patch("1", 2, "[PATCH] lamp: core: wait for the supply to settle", "lamp/a.c");
        let other = between.map(|subject| patch("3", 3, subject, "lamp/z.c"));
        let second = patch("2", 9, subject, file);
        let mails: Vec<Sent<'_>> =
            [Some(first), other, Some(second)].into_iter().flatten().collect();
        shape(&corpus(&mails))
    };
    let second = "[PATCH v2] lamp: host: wait for the supply to settle";
    assert_eq!(then(second, "lamp/b.c", None), ["v1 1, v2 2"]);
    assert_eq!(then(second, "shade/b.c", None), ["v1 1", "v2 2"], "another tree");
    let third = "[PATCH v3] lamp: host: wait for the supply to settle";
    assert_eq!(then(third, "lamp/b.c", None), ["v1 1", "v3 2"], "one is missing");
    let twin = "[PATCH] lamp: door: wait for the supply to settle";
    assert_eq!(then(second, "lamp/b.c", Some(twin)), ["v1 1", "v1 3", "v2 2"], "which of two?");
}

/// Remarks below the first version on the day before the second.
#[test]
fn who_has_just_talked_about_a_patch_sends_its_next_version() {
    let then = |answered: (u32, &'static str), from, below| {
        let first = replaces("aaaaaaa", 7, "int hue = 1;", "int hue = dim();");
        let second = replaces("bbbbbbb", 90, "glow();", "shine();");
        let mails = [
            sent("1", (2, "10:00"), "[PATCH] lamp: dim the new hue", first),
            Sent {
                from,
                answers: below,
                ..sent("r", answered, "Re: [PATCH] lamp: dim", "\nI will change that.\n".into())
            },
            sent("2", (32, "10:00"), "[PATCH v2] lamp: let the new hue shine", second),
        ];
        shape(&corpus(&mails))
    };
    assert_eq!(then((31, "10:00"), ZOE, "1"), ["v1 1, v2 2"]);
    assert_eq!(then((3, "10:00"), ZOE, "1"), ["v1 1", "v2 2"], "a month ago");
    assert_eq!(then((31, "10:00"), IDA, "1"), ["v1 1", "v2 2"], "somebody else");
    assert_eq!(then((31, "10:00"), ZOE, ""), ["v1 1", "v2 2"], "elsewhere");
}

#[test]
fn a_patch_sent_before_follows_that_posting_or_none() {
    let then = |is_there: bool| {
        let mut mails = vec![
            sent(
                "1",
                (2, "10:00"),
                "[PATCH] lamp: dim the new hue",
                replaces("aaaaaaa", 7, "a", "b"),
            ),
            Sent {
                answers: "1",
                ..sent("r", (8, "10:00"), "Re: [PATCH] lamp: dim the new hue", "\nYes.\n".into())
            },
            sent(
                "2",
                (9, "10:00"),
                "[PATCH v2] lamp: let the new hue shine",
                replaces("bbbbbbb", 90, "c", "d"),
            ),
        ];
        if is_there {
            let subject = "[PATCH 3/4] lamp: let the new hue shine";
            let sent = sent("3", (5, "10:00"), subject, replaces("ccccccc", 200, "e", "f"));
            mails.push(Sent { from: "Zoe Lind <zoe@example.org>", ..sent });
            let subject = "[PATCH v2 3/4] lamp: let the new hue shine";
            mails.push(self::sent("4", (6, "10:00"), subject, replaces("ccccccc", 200, "e", "g")));
        }
        shape(&corpus(&mails))
    };
    assert_eq!(then(false), ["v1 1, v2 2"]);
    assert!(then(true).iter().all(|series| !series.starts_with("v1 1, ")), "{:?}", then(true));
}

#[test]
fn what_mends_somebody_else_s_patch_is_no_version() {
    let then = |subject| {
        let patch = replaces("aaaaaaa", 7, "off", "on");
        let again = patch.clone();
        let first = sent("1", (2, "10:00"), "[RFC PATCH v2] lamp: on", patch);
        shape(&corpus(&[first, sent("2", (9, "10:00"), subject, again)]))
    };
    assert_eq!(then("[PATCH] lamp: turn it on"), ["v2 1, v1 2"]);
    assert_eq!(then("[PATCH] Followup: update [PATCH 7/7] in Sam's series"), ["v2 1", "v1 2"]);
}

/// A bundle of backports for each kernel, all with the same title.
#[test]
fn each_kernel_has_its_own_bundles() {
    let then = |tags: [&str; 2], answers: &'static str| {
        let subjects =
            tags.map(|tags| -> &str { Box::leak(format!("{tags} Lamps for old kernels").into()) });
        let patch = |id, day, subject| {
            sent(id, (day, "10:00"), subject, replaces("aaaaaaa", 7, "off", "on"))
        };
        let second = Sent { answers, ..patch("2", 3, subjects[1]) };
        shape(&corpus(&[patch("1", 2, subjects[0]), second]))
    };
    let apart = ["v1 1", "v1 2"];
    assert_eq!(then(["[PATCH -stable,5.15]", "[PATCH -stable,5.10]"], ""), apart);
    assert_eq!(then(["[PATCH -stable,5.15.x]", "[PATCH -stable,5.10.x]"], ""), apart);
    assert_eq!(then(["[PATCH -stable,5.15.x]", "[PATCH -stable,5.15.y]"], ""), ["v1 1, v1-2 2"]);
    assert_eq!(then(["[PATCH -stable,5.15.x]", "[PATCH -stable,5.10.x]"], "1"), apart, "below");
}
