//! Patches that maintainers drop again, leave out or correct when they apply them; patches that authors withdraw;
//! and patches for older kernels.

use serde_json::Value;

use crate::{
    fates::{Mailbox, diff},
    fates_words::{fate_of, list},
};

#[test]
fn a_patch_that_a_maintainer_drops_again_does_not_count_as_taken() {
    let taken = ("Kim Lee", "Applied to lamps/next, thanks!\n");
    for (from, text, want) in [
        ("Kim Lee", "Ah, this was why it fails. I'll drop this first.\n", "changes-requested"),
        ("Kim Lee", "I need to drop this patch, since it breaks lamps/005.\n", "changes-requested"),
        (
            "Kim Lee",
            "You are right. The patch has been dropped from lamps-fixes.\n",
            "changes-requested",
        ),
        ("Kim Lee", "I had to pull it off again.\n", "changes-requested"),
        ("Kim Lee", "Backed out.\n", "changes-requested"),
        ("Kim Lee", "Now dropped from the queue.\n", "changes-requested"),
        ("Kim Lee", "I'm dropping this for now.\n", "changes-requested"),
        ("Kim Lee", "I had to revert this.\n", "changes-requested"),
        ("Zoe Lind", "I'll drop this first.\n", "applied applied@a0"),
        ("Kim Lee", "I'll drop this line.\n", "applied applied@a0"),
        ("Kim Lee", "The lamp has been dropped from lamps-fixes.\n", "applied applied@a0"),
        ("Kim Lee", "If it fails, I need to drop this patch.\n", "applied applied@a0"),
        (
            "Kim Lee",
            "Since Bo has already applied this series, I am dropping it from my tree.\n",
            "applied applied@a0",
        ),
    ] {
        assert_eq!(fate_of(&[taken, (from, text)]), want, "{from}: {text}");
    }
    let by_bo = "Since Bo has already applied this series, I am dropping it from my tree.\n";
    assert_eq!(fate_of(&[("Kim Lee", by_bo)]), "applied applied@a0");
    assert_eq!(fate_of(&[("Zoe Lind", by_bo)]), "discussed");
}

#[test]
fn other_words_and_places_show_that_a_patch_was_applied() {
    let folded = diff("", "lamp.c", "x");
    let folded = folded.split_once("diff --git").expect("a diff").1.replace("-- \n2.47.0\n", "");
    let below = format!(
        "Folding:\n\ndiff --git{folded}\nsince it is dark.\n\n---\n\nApplied to lamps/next.\n"
    );
    for (from, text, want) in [
        ("Kim Lee", &*below, "applied applied@a0"),
        ("Zoe Lind", "Thanks!\n-- \npw-bot: applied\n", "applied applied@a0"),
        ("Zoe Lind", "Thanks!\n-- \npw-bot: defer\n", "discussed"),
        ("Kim Lee", "I touched up the title when applying, thanks!\n", "applied applied@a0"),
        ("Kim Lee", "I fixed it up when merging the bells.\n", "discussed"),
        ("Kim Lee", "I would have fixed it when applying.\n", "discussed"),
        ("Zoe Lind", "This patch has been merged, thanks.\n", "discussed says@a0"),
        ("Zoe Lind", "I thought this patch has been merged.\n", "discussed"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
    let wrapped = below.replace("\n int a;", "\n int\na;");
    assert_eq!(fate_of(&[("Kim Lee", &wrapped)]), "discussed", "the end of the diff is unknown");
}

/// The states of the patches of a series of three by Ada Sky, with a reply `from` somebody `to` one of its mails.
fn series(from: &str, to: &str, text: &str) -> [String; 3] {
    let mut list = list();
    list.mail("c", "Ada Sky", "[PATCH 0/3] Dim all lamps", "", "All of them.\n");
    for number in 1..4 {
        let subject = format!("[PATCH {number}/3] lamp: dim number {number}");
        list.patch(&format!("p{number}"), "Ada Sky", &subject, "c", &format!("lamp{number}.c"));
    }
    list.mail("a", from, "Re: [PATCH 0/3] Dim all lamps", to, text);
    let mut fates = list.fates();
    [1, 2, 3].map(|number| fates.remove(&format!("p{number}")).expect("a patch"))
}

#[test]
fn a_part_of_a_series_can_be_applied_left_out_or_given_up() {
    let [one, two, _] =
        series("Kim Lee", "c", "Applied the series except patch 2/3 to lamps/next, thanks!\n");
    assert_eq!((&*one, &*two), ("partly-applied applied@a", "partly-applied"));
    let elsewhere = "Dropped as this patch was merged into lamps via another patchset.\n";
    let [one, two, _] = series("Kim Lee", "p1", elsewhere);
    assert_eq!((&*one, &*two), ("partly-applied applied@a", "partly-applied"));
    let [one, ..] = series("Ada Sky", "p3", "Lets drop this patch from the series for now.\n");
    assert_eq!(one, "changes-requested", "one of three");
    let [one, ..] = series("Ada Sky", "c", "Lets drop this series for now.\n");
    assert_eq!(one, "rejected");
}

#[test]
fn authors_give_a_patch_up_or_promise_another_revision() {
    for (from, text, want) in [
        ("Ada Sky", "Yeah, it looks like that. Let me drop this patch.\n", "rejected"),
        ("Ada Sky", "So, anyway, I guess my patch should be ignored.\n", "rejected"),
        ("Ada Sky", "Let me revisit the lamps and post another version.\n", "changes-requested"),
        ("Ada Sky", "Please let me know what to resend.\n", "new"),
        ("Ada Sky", "Let me drop the lamp.\n", "new"),
        ("Zoe Lind", "Let me revisit the lamps and post another version.\n", "discussed"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
}

#[test]
fn a_series_of_which_the_list_has_only_the_cover_letter_can_be_applied() {
    let mut list = list();
    list.mail("c1", "Ada Sky", "[PATCH 0/3] Dim all lamps", "", "All of them.\n");
    list.mail("c2", "Ada Sky", "[PATCH v2 0/3] Dim all lamps", "c1", "All of them.\n");
    let applied =
        "Applied to lamps/next.\n\n[1/3] lamp: dim it\n      https://example.org/c/0123456789ab\n";
    list.mail("a", "Kim Lee", "Re: [PATCH v2 0/3] Dim all lamps", "c1", applied);
    let export = list.site().run(&["export"]).succeeds().data();
    let newest = export.lines().find(|line| line.contains("\"v2\"")).expect("the second");
    let state = serde_json::from_str::<Value>(newest).expect("JSON")["state"].clone();
    assert_eq!(state, "applied");
}

#[test]
fn patches_for_older_kernels_are_backports() {
    let read = |subject: &str, commit: &str| {
        let mut list = Mailbox::default();
        list.mail("p", "Ada Sky", subject, "", &diff(commit, "lamp.c", "x"));
        let export = list.site().run(&["export"]).succeeds().data();
        let line: Value = serde_json::from_str(export.lines().next().expect("one")).expect("JSON");
        format!(
            "{} {}",
            line["version"].as_str().unwrap_or(""),
            line["sort"].as_str().unwrap_or("")
        )
    };
    let upstream = "[ Upstream commit 0123456789abcdef0123456789abcdef01234567 ]\n\nWhy.";
    assert_eq!(read("[PATCH v6.1] lamp: dim it", upstream), "v1 backport");
    assert_eq!(read("[PATCH v6.1 v2] lamp: dim it", upstream), "v2 backport");
    assert_eq!(read("[PATCH v6.1] lamp: dim it", "Why."), "v6.1 work");
    assert_eq!(read("[PATCH 5.4-6.6 v2] lamp: dim it", "Why."), "v2 backport");
    assert_eq!(read("[PATCH v5.15-v6.1] lamp: dim it", "Why."), "v1 backport");
    assert_eq!(read("[PATCH 6.6 and older] lamp: dim it", "Why."), "v1 backport");
    assert_eq!(read("[PATCH 6.6] lamp: dim it", "Why."), "v1 backport");
    assert_eq!(read("[PATCH 19.07] lamp: dim it", "Why."), "v1 backport");
    assert_eq!(read("[PATCH lamp-22.03] lamp: dim it", "Why."), "v1 backport");
    assert_eq!(read("[PATCH 6.19] lamp: dim it", "Why."), "v1 work");
    assert_eq!(read("[PATCH 28.03] lamp: dim it", "Why."), "v1 work");
    assert_eq!(read("[PATCH lamp-5.4 and more] lamp: dim it", "Why."), "v1 work");
}
