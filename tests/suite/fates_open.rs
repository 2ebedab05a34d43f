//! Open questions after a review; the patches to which a review or an action belongs; postings that need no review,
//! because they are not for this list's tree.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fates::{Mailbox, diff, page_with, request};

const TAG: &str = "Reviewed-by: Zoe Lind <zoe.lind@example.org>\n";

/// The exported fate of each patch, by its Message-ID.
fn export(list: &Mailbox, of: impl Fn(&Value, &Value) -> String) -> BTreeMap<String, String> {
    let data = list.site().run(&["export"]).succeeds().data();
    let lines = data.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut all = BTreeMap::new();
    for line in lines.filter(|line| line["kind"] == "revision") {
        for patch in line["patches"].as_array().expect("patches") {
            let id = patch["message_id"].as_str().expect("an id");
            all.insert(id.to_owned(), of(&line, patch));
        }
    }
    all
}

/// The state of a patch by Ada Sky with these replies: sender, parent, text.
fn state_of(answers: &[(&str, &str, &str)]) -> String {
    let mut list = Mailbox::default();
    list.patch("p", "Ada Sky", "[PATCH] lamp: dim it slowly", "", "p.c");
    for (number, (from, to, text)) in answers.iter().enumerate() {
        list.mail(&format!("a{number}"), from, "Re: [PATCH] lamp: dim it slowly", to, text);
    }
    list.fates().remove("p").expect("the patch")
}

#[test]
fn who_objects_or_asks_after_a_review_leaves_it_under_discussion() {
    for text in [
        "Does the wick not burn?\n",
        "I don't think that it is needed, as the lamp is dim already.\n",
        "Hi Ada,\n\nthe second lamp would be a better place.\n",
        "s/lmap/lamp/\n",
    ] {
        let answers = [("Zoe Lind", "p", TAG), ("Bo Li", "p", text)];
        assert_eq!(state_of(&answers), "discussed", "{text}");
    }
    for text in ["Thanks for this!\n", "Looks good to me.\n", "> why not?\n\nFine.\n"] {
        let answers = [("Zoe Lind", "p", TAG), ("Bo Li", "p", text)];
        assert_eq!(state_of(&answers), "reviewed", "{text}");
    }
}

#[test]
fn what_was_asked_is_settled_by_another_review() {
    let why = "Does the wick not burn?\n";
    let own = "Does the wick not burn, however?\n";
    let other = "Acked-by: Bo Li <bo.li@example.org>\n";
    for (answers, want) in [
        (vec![("Bo Li", "p", why), ("Zoe Lind", "p", TAG)], "reviewed"),
        (vec![("Zoe Lind", "p", TAG), ("Bo Li", "p", why), ("Bo Li", "a1", other)], "reviewed"),
        (
            vec![("Zoe Lind", "p", TAG), ("Bo Li", "p", why), ("Ada Sky", "a1", "No.\n")],
            "discussed",
        ),
        // A question by the author, and one by a machine.
        (vec![("Zoe Lind", "p", TAG), ("Ada Sky", "p", own)], "reviewed"),
        (vec![("Zoe Lind", "p", TAG), ("kernel test robot", "p", own)], "reviewed"),
        // Somebody who applies the patch has no open question.
        (
            vec![
                ("Zoe Lind", "p", TAG),
                ("Bo Li", "p", "I'll merge this one, but drop the wick.\n"),
            ],
            "reviewed will@a1",
        ),
    ] {
        assert_eq!(state_of(&answers), want, "{answers:?}");
    }
}

#[test]
fn a_review_of_another_patch_settles_nothing() {
    let mut list = Mailbox::default();
    list.mail("c", "Ada Sky", "[PATCH 0/2] lamps", "", "Two lamps.\n");
    list.patch("p1", "Ada Sky", "[PATCH 1/2] lamp: dim it", "c", "p1.c");
    list.patch("p2", "Ada Sky", "[PATCH 2/2] lamp: switch it on", "c", "p2.c");
    list.mail("a", "Zoe Lind", "Re: [PATCH 0/2] lamps", "c", TAG);
    list.mail("b", "Bo Li", "Re: [PATCH 1/2] lamp: dim it", "p1", "Why is it not off?\n");
    let mut again = list.fates();
    assert_eq!(again["p1"], "discussed");
    list.mail(
        "d",
        "Cy Moor",
        "Re: [PATCH 2/2] lamp: switch it on",
        "p2",
        "Acked-by: Cy Moor <cy.moor@example.org>\n",
    );
    again = list.fates();
    assert_eq!(again["p1"], "discussed", "of the second");
    list.mail(
        "e",
        "Cy Moor",
        "Re: [PATCH 1/2] lamp: dim it",
        "p1",
        "Acked-by: Cy Moor <cy.moor@example.org>\n",
    );
    assert_eq!(list.fates()["p1"], "reviewed");
}

/// Somebody who completes the reviews has seen the earlier questions.
#[test]
fn what_was_asked_before_the_last_review_is_no_news() {
    let mut list = Mailbox::default();
    list.mail("c", "Ada Sky", "[PATCH 0/2] lamps", "", "Two lamps.\n");
    list.patch("p1", "Ada Sky", "[PATCH 1/2] lamp: dim it", "c", "p1.c");
    list.patch("p2", "Ada Sky", "[PATCH 2/2] lamp: switch it on", "c", "p2.c");
    list.mail("a", "Zoe Lind", "Re: [PATCH 1/2] lamp: dim it", "p1", TAG);
    list.mail("b", "Bo Li", "Re: [PATCH 1/2] lamp: dim it", "p1", "Why is it not off?\n");
    list.mail("d", "Zoe Lind", "Re: [PATCH 2/2] lamp: switch it on", "p2", TAG);
    assert_eq!(list.fates()["p1"], "reviewed");
    list.mail("e", "Bo Li", "Re: [PATCH 2/2] lamp: switch it on", "p2", "Why is it not off?\n");
    assert_eq!(list.fates()["p1"], "discussed");
}

#[test]
fn words_that_name_a_part_reach_that_part_in_reviews_and_deeds() {
    for (words, want) in [
        ("For the hwmon patches:", [true, false, true]),
        ("For the hwmon and leds parts:", [true, true, true]),
        ("For the drivers/leds bits:", [false, true, false]),
        ("For the whole series:", [true, true, true]),
        // No patch has such a title.
        ("For the nice patches:", [true, true, true]),
        ("For patches 1-2:", [true, true, false]),
    ] {
        let mut list = Mailbox::default();
        list.mail("c", "Ada Sky", "[PATCH 0/3] lamps", "", "Three lamps.\n");
        list.patch("p1", "Ada Sky", "[PATCH 1/3] hwmon: dim it", "c", "drivers/hwmon/a.c");
        list.patch("p2", "Ada Sky", "[PATCH 2/3] leds: dim it", "c", "drivers/leds/b.c");
        list.patch("p3", "Ada Sky", "[PATCH 3/3] hwmon: (max7) dim it", "c", "drivers/hwmon/c.c");
        list.mail("y", "Zoe Lind", "Re: [PATCH 0/3] lamps", "c", &format!("{words}\n{TAG}"));
        let ledger =
            |_: &Value, patch: &Value| patch["ledger"].as_array().map_or(0, Vec::len).to_string();
        let reviewed = export(&list, ledger);
        assert_eq!(["p1", "p2", "p3"].map(|id| reviewed[id] == "1"), want, "reviewed: {words}");
        let deed =
            words.replace("For the ", "Applied the ").replace("For patches", "Applied patches");
        let deed = deed.replace(':', ", thanks.");
        list.mail("z", "Kim Lee", "Re: [PATCH 0/3] lamps", "c", &deed);
        let fates = list.fates();
        let taken = ["p1", "p2", "p3"].map(|id| fates[id].contains("applied@z"));
        assert_eq!(taken, want, "{deed}: {fates:?}");
    }
}

#[test]
fn reports_and_questions_that_show_a_change_are_not_patches() {
    let shown = "--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-int on;\n+int off;\n";
    let merge = "diff --cc lamp.c\nindex 1,2..3\n--- a/lamp.c\n+++ b/lamp.c\n@@@ -1,3 -1,1 +1,3 @@@ f\n  a\n- b\n++c\n +d\n";
    for (subject, body, is_patch) in [
        ("[Lamp Bug] general protection fault in lamp_on", shown, false),
        ("[query] brightness in lamp_on", shown, false),
        ("Is the lamp on?", shown, false),
        ("lamps-next: manual merge of the lamp tree", merge, false),
        ("lamp: dim it", shown, true),
        ("lamp: fix crash in lamp_on", shown, true),
        ("[PATCH] lamp: crash in lamp_on", shown, true),
    ] {
        let mut list = Mailbox::default();
        list.mail("p", "Ada Sky", subject, "", &format!("It is dark.\n\n{body}"));
        assert_eq!(list.fates().contains_key("p"), is_patch, "{subject}");
    }
    let mut list = Mailbox::default();
    list.mail("p", "Ada Sky", "lamp: crash in lamp_on", "", &diff("Why.", "lamp.c", "x"));
    assert!(list.fates().contains_key("p"), "somebody has signed it");
}

#[test]
fn what_asks_to_be_pulled_and_what_is_for_old_kernels_waits_for_no_review() {
    let sort = |line: &Value, _: &Value| line["sort"].as_str().expect("a sort").to_owned();
    let mut list = Mailbox::default();
    list.patch("k", "Bo Li", "[PATCH] bell: ring it", "", "k.c");
    let log = "Bo Li (1):\n      bell: ring it\n";
    list.mail("ka", "Kim Lee", "[ANNOUNCE] lamps: for-next updated", "", log);
    for (from, letter, first) in [("Kim Lee", "c", "p1"), ("Ada Sky", "d", "q1")] {
        list.mail(
            letter,
            from,
            "[PATCH net 0/1] lamps for net",
            "",
            &request("Bo Li (1):\n      bell: dim it\n"),
        );
        list.patch(first, from, "[PATCH net 1/1] bell: dim it", letter, &format!("{first}.c"));
    }
    list.patch("old", "Ada Sky", "[PATCH 5.10,5.15,6.1 RESEND] lamp: init it", "", "o.c");
    list.patch("one", "Ada Sky", "[PATCH 6.19] lamp: turn it", "", "t.c");
    let blank = "[Upstream commit 0123456789abcdef0123456789abcdef01234567 ]\n\nWhy.";
    list.mail("up", "Ada Sky", "[PATCH 6.1] lamp: burn it", "", &diff(blank, "u.c", "u"));
    let sorts = export(&list, sort);
    let of = ["p1", "q1", "old", "one", "up"].map(|id| &*sorts[id]);
    assert_eq!(of, ["request", "work", "backport", "work", "backport"]);
}

#[test]
fn an_announcement_takes_back_what_it_names() {
    let log = "Bo Li (1):\n      bell: ring it\n\nAda Sky (3):\n      lamp: dim it slowly\n      lamp: turn it round\n      lamp: switch it on\n";
    let next = "Bo Li (1):\n      bell: ring it\n";
    for (words, want) in [
        (
            "Hi all,\n\nI have now dropped the \"lamps on a diet\"\npatchset, as it broke the build.",
            [true, true, false],
        ),
        ("Removed from for-next:\n\n      [0123456789ab] lamp: switch it on", [false, false, true]),
        ("I may have dropped \"lamps on a diet\".", [false; 3]),
        ("I dropped \"lamps on another diet\".", [false; 3]),
    ] {
        let mut list = Mailbox::default();
        list.patch("k", "Bo Li", "[PATCH] bell: ring it", "", "k.c");
        list.mail("c", "Ada Sky", "[PATCH 0/2] lamps on a diet", "", "Two lamps.\n");
        list.patch("p1", "Ada Sky", "[PATCH 1/2] lamp: dim it slowly", "c", "p1.c");
        list.patch("p2", "Ada Sky", "[PATCH 2/2] lamp: turn it round", "c", "p2.c");
        list.patch("q", "Ada Sky", "[PATCH] lamp: switch it on", "", "q.c");
        list.mail("a", "Kim Lee", "[ANNOUNCE] lamps: for-next updated", "", log);
        assert!(list.fates()["p1"].starts_with("applied"));
        list.mail(
            "b",
            "Kim Lee",
            "[ANNOUNCE] lamps: for-next rebased",
            "",
            &format!("{words}\n\n{next}"),
        );
        let fates = list.fates();
        assert_eq!(
            ["p1", "p2", "q"].map(|id| fates[id] == "changes-requested"),
            want,
            "{words}: {fates:?}"
        );
        assert!(fates["k"].starts_with("applied"), "{fates:?}");
    }
}

#[test]
fn the_numbers_of_a_list_are_those_of_its_series() {
    let mut list = Mailbox::default();
    list.patches(&[("a", "lamp: dim it slowly"), ("b", "bell: ring it"), ("c", "rope: pull it")]);
    list.mail("bx", "Ada Sky", "Re: [PATCH] bell: ring it", "b", "Please ignore this patch.\n");
    list.mail(
        "cx",
        "Kim Lee",
        "Re: [PATCH] rope: pull it",
        "c",
        "Applied to ropes/next, thanks!\n",
    );
    for day in 0..25 {
        list.mail(&format!("m{day}"), "Bo Li", "Lamps", "", "Who has seen them?\n");
    }
    list.patches(&[("d", "wick: burn it"), ("e", "oil: pour it")]);
    let site = list.site();
    site.run(&["build"]).succeeds();
    let page = page_with(&site, "in no queue");
    for (anchor, count) in [("waiting", 2), ("quiet", 1), ("applied", 1)] {
        assert!(page.contains(&format!("#{anchor}\"><b>{count}</b>")), "{anchor}: {page}");
    }
    let elsewhere = page.split(">in no queue").next().unwrap_or_default();
    let count = elsewhere.rsplit("<b>").next().unwrap_or_default();
    assert!(count.starts_with("1</b>"), "{count}");
    assert!(page.contains("and 5 series"), "{page}");
}
