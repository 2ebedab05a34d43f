//! Remarks about the fate of a patch: that somebody will apply it, that the bug is fixed already, that it is good
//! after a change.

use crate::fates::{Mailbox, page_with};

/// A list on which Kim Lee is known to take patches.
pub(crate) fn list() -> Mailbox {
    let mut list = Mailbox::default();
    list.patches(&[("k", "bell: ring it")]);
    list.mail(
        "ka",
        "Kim Lee",
        "[ANNOUNCE] lamps: for-next updated",
        "",
        "Ada Sky (1):\n      bell: ring it\n",
    );
    list
}

/// The fate of a patch by Ada Sky with these replies, each by a person.
pub(crate) fn fate_of(answers: &[(&str, &str)]) -> String {
    let mut list = list();
    list.patches(&[("p", "lamp: dim it slowly")]);
    for (number, (from, text)) in answers.iter().enumerate() {
        list.mail(&format!("a{number}"), from, "Re: [PATCH] lamp: dim it slowly", "p", text);
    }
    list.fates().remove("p").expect("the patch")
}

#[test]
fn who_takes_patches_says_that_they_will() {
    for (from, text, want) in [
        ("Kim Lee", "Thanks, I'll merge this one.\n", "discussed will@a0"),
        ("Kim Lee", "I will apply, thanks for your patch!\n", "discussed will@a0"),
        (
            "Kim Lee",
            "Reviewed-by: Kim Lee <kim.lee@example.org>\ni.e. will queue in lamps-for-v6.6.\n",
            "reviewed will@a0",
        ),
        ("Zoe Lind", "I'll merge this one.\n", "discussed will@a0"),
        ("Zoe Lind", "As you prefer the former one, I'll merge this one :)\n", "discussed will@a0"),
        ("Zoe Lind", "Sounds good, I'll go take it now, thanks.\n", "discussed will@a0"),
        ("Ada Sky", "I'll merge this one.\n", "new"),
        ("Zoe Lind", "Thanks, I'll add this to bell.git's bell-new branch.\n", "discussed will@a0"),
        ("Ada Sky", "I'll add this to bell.git's bell-new branch.\n", "new"),
        ("Kim Lee", "I'll take a look.\n", "new"),
        ("Kim Lee", "I'll apply it once it is tested.\n", "discussed"),
        ("kernel test robot", "I'll add this to bell.git's bell-new branch.\n", "new"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
    let taken =
        fate_of(&[("Kim Lee", "I'll merge this one.\n"), ("Kim Lee", "Applied, thanks!\n")]);
    assert_eq!(taken, "applied applied@a1", "a deed is more than a plan");
    let asked = fate_of(&[("Kim Lee", "I'll merge this one.\n"), ("Kim Lee", "Please resend.\n")]);
    assert_eq!(asked, "changes-requested");
    let done = fate_of(&[
        ("Kim Lee", "Please resend.\n"),
        ("Kim Lee", "I'll fix it up. I'll merge this one.\n"),
    ]);
    assert_eq!(done, "discussed will@a1");
}

#[test]
fn a_plan_is_shown_and_nobody_waits_for_it() {
    let mut list = list();
    list.patch("p1", "Ada Sky", "[PATCH 1/2] lamp: dim it slowly", "", "p1.c");
    list.patch("p2", "Ada Sky", "[PATCH 2/2] lamp: switch it on", "p1", "p2.c");
    list.mail(
        "a",
        "Kim Lee",
        "Re: [PATCH 1/2] lamp: dim it slowly",
        "p1",
        "Thanks, I'll apply this.\n",
    );
    assert_eq!(list.fates()["p2"], "discussed", "one of two");
    list.mail(
        "b",
        "Kim Lee",
        "Re: [PATCH 2/2] lamp: switch it on",
        "p2",
        "And I'll apply this, too.\n",
    );
    assert_eq!(list.fates()["p2"], "discussed will@b");
    let site = list.site();
    site.run(&["build"]).succeeds();
    let page = page_with(&site, "says that they will take it");
    assert!(page.contains("Kim Lee</a> says that they will take it."), "{page}");
}

#[test]
fn what_is_in_a_tree_needs_no_deed() {
    for (from, text, want) in [
        ("Kim Lee", "This is now in lamps/next, thanks.\n", "applied applied@a0"),
        ("Kim Lee", "Added to lamps-next, thanks.\n", "applied applied@a0"),
        ("Kim Lee", "I have queued this one up in the lamps branch.\n", "applied applied@a0"),
        ("Zoe Lind", "Added to misc-next and queued for 5.19, thanks.\n", "discussed says@a0"),
        ("Zoe Lind", "This is now in lamps/next, thanks.\n", "discussed"),
        ("Kim Lee", "Added to the next version, thanks.\n", "discussed"),
        ("Kim Lee", "Added, thanks.\n", "discussed"),
        ("Kim Lee", "It is a matter of taste, and I just picked one.\n", "discussed"),
        ("Kim Lee", "These have already been added in lamps-next.\n", "discussed"),
        ("Zoe Lind", "Thanks, I updated lamps.git to this version.\n", "discussed says@a0"),
        ("Kim Lee", "Thanks, I updated lamps.git to this version.\n", "applied applied@a0"),
        ("Kim Lee", "Thanks, I updated the text of this version.\n", "discussed"),
        (
            "Kim Lee",
            "I just moved these patches in lamps/dev with Bo's ACK.\n",
            "applied applied@a0",
        ),
        ("Kim Lee", "Just pushed after making sure that it lights up.\n", "applied applied@a0"),
        ("Zoe Lind", "It's in my lamps branch now.\n", "discussed says@a0"),
        (
            "Zoe Lind",
            "It has been applied to my local lamps branch.\n\n[1/1] lamp: dim it slowly\n      commit: 0123456789abcdef\n",
            "applied applied@a0",
        ),
        (
            "Zoe Lind",
            "Two of mine:\n\n[1/1] lamp: dim it slowly\n      commit: 0123456789abcdef\n",
            "discussed",
        ),
        (
            "Kim Lee",
            "Acked-by: Kim Lee <kim.lee@example.org>\nAnd queued in lamps branch.\n",
            "applied applied@a0",
        ),
        ("Kim Lee", "With updated changelog added to lamps-next, thanks.\n", "applied applied@a0"),
        ("Zoe Lind", "With updated changelog added to lamps-next, thanks.\n", "discussed"),
        ("Kim Lee", "With this patch applied to lamps-next it is dark.\n", "discussed"),
        ("Kim Lee", "Thanks, now in the 6.20 queue.\n\nAdded a const.\n", "applied applied@a0"),
        ("Kim Lee", "With that the patch is now in lamps-next,\nthanks.\n", "applied applied@a0"),
        ("Kim Lee", "The other patches are now in lamps-next.\n", "discussed"),
        ("Kim Lee", "No resend needed, I updated the patch in lamps-next.\n", "applied applied@a0"),
        ("Kim Lee", "Anyway, updated patch added to lamps-next, thanks.\n", "applied applied@a0"),
        ("Kim Lee", "Applied though\n\nI changed this to just return.\n", "applied applied@a0"),
        ("Kim Lee", "Pushed to autobuild.\n", "applied applied@a0"),
        ("Kim Lee", "RB+ and pushed.\n", "applied applied@a0"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
}

#[test]
fn a_list_of_dispositions_takes_nothing() {
    for between in ["\n", "\n\n"] {
        let (one, two) = ("https://example.org/1 - Accepted", "https://example.org/2 - Rejected");
        let text = format!("{one}{between}{two}\n\nThanks!\n");
        assert_eq!(fate_of(&[("Kim Lee", &text)]), "discussed", "{text}");
    }
    let link =
        "You only pushed it to (https://example.org/1), but anyway I took that and applied it.\n";
    assert_eq!(fate_of(&[("Kim Lee", link)]), "applied applied@a0");
    let tree = fate_of(&[("Kim Lee", "Applied to https://example.org/lamps.git\n")]);
    assert_eq!(tree, "applied applied@a0");
}

#[test]
fn a_review_on_condition_asks_for_something() {
    let tag = |words: &str| format!("{words}\n\nReviewed-by: Zoe Lind <zoe.lind@example.org>\n");
    for (text, want) in [
        (tag("Just nits, see below. With those addressed:"), "changes-requested"),
        (tag("Once the typo is fixed:"), "changes-requested"),
        (tag("Looks good. With this patch the lamp is fixed in my room."), "reviewed"),
        ("With that fixed:\n".to_owned(), "discussed"),
    ] {
        assert_eq!(fate_of(&[("Zoe Lind", &text)]), want, "{text}");
    }
    let again =
        fate_of(&[("Zoe Lind", &tag("With that fixed:")), ("Zoe Lind", &tag("Fine as it is."))]);
    assert_eq!(again, "reviewed", "the same person's later word");
}

#[test]
fn an_author_gives_up_or_finds_a_bug() {
    for (from, text, want) in [
        ("Ada Sky", "I will keep the present code and cancel this patch.\n", "rejected"),
        ("Ada Sky", "I'm going to drop this patch and start over.\n", "rejected"),
        ("Zoe Lind", "I'm going to drop this patch from my notes.\n", "discussed"),
        ("Ada Sky", "I will drop this comment.\n", "new"),
        ("Ada Sky", "I won't pursue this kind of change further.\n", "rejected"),
        ("Ada Sky", "I will stop sending such patches.\n", "rejected"),
        ("Zoe Lind", "I will stop sending such patches.\n", "discussed"),
        ("Ada Sky", "Fine, I drop the series.\n", "rejected"),
        (
            "Ada Sky",
            "I will integrate this into my lamp series [1] to make things easier.\n",
            "changes-requested",
        ),
        (
            "Ada Sky",
            "I have a new one on top of yours. Will send it very soon.\n",
            "changes-requested",
        ),
        ("Ada Sky", "There's a bug in this patch.\n", "changes-requested"),
        ("Zoe Lind", "There's a bug in this patch.\n", "discussed"),
        ("Ada Sky", "I will send v1 with renames.\n", "changes-requested"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
}

#[test]
fn what_is_fixed_already_is_superseded() {
    for (from, text, want) in [
        ("Kim Lee", "Fix for this has already been folded in.\n", "superseded"),
        ("Kim Lee", "I squashed this into the first one, thanks.\n", "superseded"),
        ("Zoe Lind", "Already fixed.\n", "discussed"),
        ("Zoe Lind", "This was already fixed by https://example.org/1\n", "superseded"),
        (
            "Zoe Lind",
            "A similar patch has already been applied: https://example.org/1\n",
            "superseded",
        ),
        ("Zoe Lind", "I've squashed this into mine.\n", "superseded"),
        ("Zoe Lind", "I've squashed this and will send a v8 of mine separately.\n", "superseded"),
        ("Kim Lee", "Sorry, Bo Li beat you to it.\n", "superseded"),
        (
            "Zoe Lind",
            "The bulb has a bug that was already fixed: https://example.org/1\n",
            "discussed",
        ),
        ("Ada Sky", "This was already fixed by https://example.org/1\n", "new"),
        ("Ada Sky", "I already fixed this.\n", "new"),
        ("Kim Lee", "It is not already fixed.\n", "discussed"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
}

#[test]
fn a_reply_below_another_is_about_something_else() {
    let mut list = list();
    list.patches(&[("p", "lamp: dim it slowly")]);
    list.mail("a", "Bo Li", "Re: [PATCH] lamp: dim it slowly", "p", "The bulb flickers.\n");
    let fixed = "This was already fixed by https://example.org/1\n";
    list.mail("b", "Kim Lee", "Re: [PATCH] lamp: dim it slowly", "a", fixed);
    assert_eq!(list.fates()["p"], "discussed");
}

#[test]
fn a_prefix_that_stood_in_brackets_comes_back() {
    let mut list = Mailbox::default();
    list.patch("p", "Ada Sky", "[PATCH][LAMP] dim it very slowly", "", "p.c");
    list.patch("q", "Ada Sky", "[PATCH] switch it on", "", "q.c");
    let log = "Ada Sky (2):\n      lamp: dim it very slowly\n      lamp: switch\n\nBo Ray (1):\n      lamp: switch it on\n";
    list.mail("a", "Kim Lee", "[ANNOUNCE] lamps: for-next updated", "", log);
    let fates = list.fates();
    assert_eq!(fates["p"], "applied applied@a");
    assert_eq!(fates["q"], "new", "somebody else's");
}

/// Wordings that were misread, each with its sender.
#[test]
fn taken_refused_and_sent_again_in_other_words() {
    for (from, text, want) in [
        (
            "Kim Lee",
            "Per your plan, I took this into lamps.git, and we'll see.\n",
            "applied applied@a0",
        ),
        (
            "Kim Lee",
            "Thanks, I quietly added this (and the -fix) to lamps.git's lamp-new branch.\n",
            "applied applied@a0",
        ),
        (
            "Kim Lee",
            "Pending rebased with this v3 version:\nhttps://example.org/lamps/commit/b26e9ae\n",
            "applied applied@a0",
        ),
        ("Zoe Lind", "The link is pending: https://example.org/lamps\n", "discussed"),
        ("Zoe Lind", "Thank you for the patch but NAK.\n", "rejected"),
        ("Ada Sky", "Sure, I sent out v2 earlier today.\n", "superseded"),
        ("Ada Sky", "This patch is resent as v2, see https://example.org/2\n", "superseded"),
        ("Zoe Lind", "I sent out v2 earlier today.\n", "discussed"),
        ("Ada Sky", "I sent v1 to the wrong list.\n", "new"),
        (
            "Zoe Lind",
            "I sent a proper fix for this already:\nhttps://example.org/2\n",
            "superseded",
        ),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
}

#[test]
fn a_diff_against_a_patch_in_a_quilt_shows_that_it_is_there() {
    let told = |name: &str| {
        let mut list = Mailbox::default();
        list.patch("p", "Ada Sky", "[PATCH] mm/lamp: dim it with a.care", "", "p.c");
        let text = format!(
            "Thanks, I added this:\n\n--- a/mm/lamp.c~{name}\n+++ a/mm/lamp.c\n@@ -1 +1 @@\n-int a;\n+int b;\n"
        );
        list.mail("a", "Kim Lee", "Re: [PATCH] mm/lamp: dim it with a.care", "p", &text);
        list.fates().remove("p").expect("the patch")
    };
    assert_eq!(told("mm-lamp-dim-it-with-acare-fix-2"), "applied applied@a");
    assert_eq!(told("mm-lamp-dim-it-with-acare"), "applied applied@a");
    assert_eq!(told("a"), "discussed", "a copy of the file");
    assert_eq!(told("mm-lamp-never-dim-it"), "discussed", "another patch");
}
