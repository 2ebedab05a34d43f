//! Fates that are mentioned in passing, withdrawn, or reported elsewhere than below the patch. The queues of six
//! lists had 35 wrong entries of these kinds.

use crate::fates::Mailbox;
use crate::fates_words::{fate_of, list};

#[test]
fn a_passing_remark_counts_from_people_who_take_patches() {
    for text in [
        "Thanks, I merged this one since it makes things easier.\n",
        "I dared to merge this.\n",
        "Merged and I noted the rest.\n",
        "Typos fixed and patch pushed, thanks.\n",
        "Merged with your ack.\n",
        "FYI merged.\n",
        "Both of your patches are applied.\n",
        "Thanks, applied.--k.\n",
    ] {
        assert_eq!(fate_of(&[("Kim Lee", text)]), "applied applied@a0", "{text}");
    }
    for (text, want) in [
        ("Thanks, I merged this one since it makes things easier.\n", "discussed"),
        ("I applied the patch because it is short.\n", "discussed"),
        ("I merged the patch because it is short.\n", "discussed says@a0"),
        ("The patch is now queued in lamps-next.\n", "discussed says@a0"),
        ("It is already in lamps-next.\n", "discussed"),
    ] {
        assert_eq!(fate_of(&[("Zoe Lind", text)]), want, "{text}");
    }
    let previous = "I have already applied your previous version.\n";
    assert_eq!(fate_of(&[("Kim Lee", previous)]), "discussed");
}

#[test]
fn who_took_it_takes_it_back() {
    let taken = ("Kim Lee", "Applied, thanks!\n");
    for (from, text, want) in [
        ("Kim Lee", "NP, I'll drop the series.\n", "changes-requested"),
        ("Kim Lee", "I've removed the patch, it breaks the build.\n", "changes-requested"),
        ("Kim Lee", "I've removed the '10'.\n", "applied applied@a0"),
        ("Zoe Lind", "I'll drop this patch from my tree.\n", "applied applied@a0"),
        ("Ada Sky", "I'll drop this patch.\n", "applied applied@a0"),
    ] {
        assert_eq!(fate_of(&[taken, (from, text)]), want, "{from}: {text}");
    }
    let edited =
        fate_of(&[("Kim Lee", "I've removed the patch description.\n\nApplied, thanks!\n")]);
    assert_eq!(edited, "applied applied@a0", "an edit on the way in");
    let another = fate_of(&[
        (
            "Kim Lee",
            "Applied, thanks!\n\n[1/1] lamp: dim it slowly\n      commit: 0123456789abcdef\n",
        ),
        (
            "Zoe Lind",
            "Applied, thanks!\n\n[1/1] lamp: dim it slowly\n      commit: 123456789abcdef0\n",
        ),
        ("Zoe Lind", "Kim has it, I'll drop this patch from my tree.\n"),
    ]);
    assert_eq!(another, "applied applied@a0", "what another took stays");
}

#[test]
fn what_is_folded_into_another_patch_is_superseded() {
    for (from, text, want) in [
        ("Kim Lee", "Thanks, folded.\n", "superseded"),
        ("Kim Lee", "Squashed into the offending commit.\n", "superseded"),
        ("Kim Lee", "I amended this change into the first commit.\n", "superseded"),
        ("Kim Lee", "Fixups folded, thanks.\n", "superseded"),
        ("Kim Lee", "Thanks, I've folded the fixup to the patch.\n", "superseded"),
        ("Kim Lee", "Thanks, fix folded to the patch as it's still in lamps-next.\n", "superseded"),
        ("Zoe Lind", "Fixups folded, thanks.\n", "discussed"),
        ("Zoe Lind", "Thanks, folded.\n", "discussed"),
        ("Kim Lee", "Folded the following diff into the original patch:\n", "discussed"),
        ("Zoe Lind", "I already sent a patch: https://example.org/1\n", "superseded"),
        ("Zoe Lind", "I already sent a patch.\n", "discussed"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
}

#[test]
fn an_author_waves_a_patch_off() {
    for (from, text, want) in [
        ("Ada Sky", "Disregard this one, I think we're fine.\n", "rejected"),
        ("Ada Sky", "Ignore it, please.\n", "rejected"),
        ("Ada Sky", "Please ignore this patch, this one is for us only.\n", "rejected"),
        ("Ada Sky", "So this patch can be abandoned.\n", "rejected"),
        ("Ada Sky", "You are right. Dropping this patch.\n", "rejected"),
        ("Ada Sky", "I can drop this patch, but I have questions.\n", "new"),
        ("Ada Sky", "I reverted it in v2.\n", "new"),
        ("Zoe Lind", "Ignore it, please.\n", "discussed"),
        ("Kim Lee", "So I'm marking your patch as obsolete in patchwork.\n", "rejected"),
        ("Zoe Lind", "So I'm marking your patch as obsolete in patchwork.\n", "discussed"),
    ] {
        assert_eq!(fate_of(&[(from, text)]), want, "{from}: {text}");
    }
    let mut list = list();
    list.patch("p", "Zoe Lind", "[PATCH] lamp: dim it slowly", "", "p.c");
    let ignore = "Please ignore this patch.\n";
    list.mail("a", "\"Lind, Zoe\"", "Re: [PATCH] lamp: dim it slowly", "p", ignore);
    assert_eq!(list.fates()["p"], "discussed", "a name speaks for nobody");
    for day in 0..40 {
        list.mail(&format!("d{day}"), "\"Lind, Zoe\"", &format!("Lamps {day}"), "", "Any?\n");
    }
    assert_eq!(
        list.fates()["p"],
        "rejected",
        "a server's way to write a name, at an address that stays"
    );
}

/// A series of two patches, with `text` as a reply to the cover letter.
fn series(from: &str, text: &str) -> Mailbox {
    let mut list = list();
    list.mail("c", "Ada Sky", "[PATCH 0/2] lamps", "", "All lamps.\n");
    list.patch("p1", "Ada Sky", "[PATCH 1/2] lamp: dim it slowly", "c", "p1.c");
    list.patch("p2", "Ada Sky", "[PATCH 2/2] lamp: switch it on twice", "c", "p2.c");
    list.mail("a", from, "Re: [PATCH 0/2] lamps", "c", text);
    list
}

#[test]
fn a_claim_counts_if_one_of_its_commits_is_cited() {
    let mut list = series("Zoe Lind", "Now applied as material for next year, thanks!\n");
    assert_eq!(list.fates()["p1"], "new says@a".replace("new", "discussed"));
    let cite =
        "Thanks, this is now commit 0123456789ab (\"lamp: dim it slowly\"), and it flickers.\n";
    list.mail("b", "Bo Li", "Re: [PATCH 1/2] lamp: dim it slowly", "p1", cite);
    let fates = list.fates();
    assert_eq!(fates["p1"], "applied applied@b");
    assert_eq!(fates["p2"], "applied applied@a");
}

#[test]
fn two_patches_of_one_title_are_two() {
    let mut list = list();
    list.patch("p1", "Ada Sky", "[PATCH 1/3] lamp: remove a switch", "", "p1.c");
    list.patch("p2", "Ada Sky", "[PATCH 2/3] lamp: dim it slowly", "p1", "p2.c");
    list.patch("p3", "Ada Sky", "[PATCH 3/3] lamp: remove a switch", "p1", "p3.c");
    let text = "Applied, thanks!\n\n[1/3] lamp: remove a switch\n      commit: 0123456789abcdef\n\
        [2/3] lamp: dim it slowly\n      commit: 123456789abcdef0\n[3/3] lamp: remove a switch\n      commit: 0123456789abcdef\n";
    list.mail("a", "Kim Lee", "Re: [PATCH 1/3] lamp: remove a switch", "p1", text);
    assert_eq!(list.fates()["p3"], "applied applied@a");
}

#[test]
fn a_review_of_one_patch_leaves_what_another_needs() {
    let tag = |words: &str| format!("{words}Reviewed-by: Zoe Lind <zoe.lind@example.org>\n");
    let mut list = series("Bo Li", "Thanks!\n");
    let asked = tag("With this fixed:\n");
    list.mail("r1", "Zoe Lind", "Re: [PATCH 1/2] lamp: dim it slowly", "p1", &asked);
    list.mail("r2", "Zoe Lind", "Re: [PATCH 2/2] lamp: switch it on twice", "p2", &tag(""));
    assert_eq!(list.fates()["p1"], "changes-requested");
    list.mail("r3", "Zoe Lind", "Re: [PATCH 1/2] lamp: dim it slowly", "p1", &tag(""));
    assert_eq!(list.fates()["p1"], "reviewed");
}

#[test]
fn who_answers_the_older_mail_means_the_newer() {
    let mut list = list();
    list.patch("p", "Ada Sky", "[PATCH] lamp: dim it slowly", "", "p.c");
    list.mail("a", "Zoe Lind", "Re: [PATCH] lamp: dim it slowly", "p", "Why so slowly?\n");
    list.patch("q", "Ada Sky", "[PATCH v2] lamp: dim it slowly", "", "p.c");
    assert_eq!(list.fates()["q"], "new", "v2 may say why");
    list.mail("b", "Bo Li", "Re: [PATCH] lamp: dim it slowly", "a", "I like slow lamps.\n");
    assert_eq!(list.fates()["q"], "new", "an older talk goes on");
    let review = "Reviewed-by: Zoe Lind <zoe.lind@example.org>\n";
    list.mail("r", "Zoe Lind", "Re: [PATCH v2] lamp: dim it slowly", "q", review);
    assert_eq!(list.fates()["q"], "reviewed");
    list.mail("d", "Bo Li", "Re: [PATCH] lamp: dim it slowly", "p", "Why not at once?\n");
    assert_eq!(list.fates()["q"], "discussed");
    list.mail("e", "Kim Lee", "Re: [PATCH] lamp: dim it slowly", "p", "I'll merge this one.\n");
    assert_eq!(list.fates()["q"], "reviewed will@e");
}
