//! Patches that were posted again in another series: by the person who applies them and sends a pull request, or by
//! their sender.

use crate::fates::{Mailbox, diff, page_with, request};

const LOG: &str = "Bob Roe (1):\n      bell: ring it\n";

/// A list on which Kim Lee is known to take patches.
fn known() -> Mailbox {
    let mut list = Mailbox::default();
    list.patch("known", "Bob Roe", "[PATCH] bell: ring it", "", "bell.c");
    list.mail("a0", "Kim Lee", "[ANNOUNCE] lamps: for-next updated", "", LOG);
    list
}

/// A series by Kim, or by somebody else, of a letter and two patches: one by Ada, one of their own.
fn batch(list: &mut Mailbox, from: &str, letter: &str) {
    list.mail("b0", from, "[PATCH net 0/2] Lamp fixes for net", "", letter);
    let body = format!("From: Ada Sky <ada.sky@example.org>\n\n{}", diff("Why.", "lamp.c", "x"));
    list.mail("b1", from, "[PATCH net 1/2] lamp: dim it", "b0", &body);
    list.mail("b2", from, "[PATCH net 2/2] lamp: hang it", "b0", &diff("Why.", "hook.c", "z"));
}

#[test]
fn who_takes_patches_posts_them_again_with_a_request_to_pull() {
    let mut list = known();
    list.mail("p1", "Ada Sky", "[PATCH lamps] lamp: dim it", "", &diff("Why.", "lamp.c", "x"));
    list.mail("p2", "Kim Lee", "[PATCH lamps] lamp: hang it", "", &diff("Why.", "hook.c", "y"));
    list.mail("p3", "Ada Sky", "[PATCH lamps] lamp: light it", "", &diff("Why.", "lamp.c", "w"));
    let log = "Ada Sky (1):\n      lamp: dim it\n\nKim Lee (1):\n      lamp: hang it\n";
    batch(&mut list, "Kim Lee", &request(log));
    let fates = list.fates();
    assert_eq!(fates["p1"], "applied applied@b1");
    assert_eq!(fates["p2"], "applied applied@b2", "changed a little on the way");
    assert_eq!(fates["p3"], "new", "another patch of the same file");
    list.mail("p4", "Ada Sky", "[PATCH lamps] lamp: dim it", "", &diff("Why.", "lamp.c", "v"));
    assert_eq!(list.fates()["p4"], "new", "posted after it");
}

/// Who sends patches of others with a pull request takes patches, without another word; the subject must say so.
#[test]
fn who_sends_others_patches_with_a_pull_request_takes_patches() {
    let log = "Ada Sky (1):\n      lamp: dim it\n\nZoe Lind (1):\n      lamp: hang it\n";
    for (title, letter, want) in [
        ("pull request for net: lamps 2026-10-01", &*request(log), "applied applied@b1"),
        ("Lamp fixes for net", &*request(log), "new"),
        ("please pull these", "Some lamps.\n", "new"),
    ] {
        let mut list = known();
        list.mail("p1", "Ada Sky", "[PATCH] lamp: dim it", "", &diff("Why.", "lamp.c", "v"));
        list.mail("b0", "Zoe Lind", &format!("[PATCH 0/2] {title}"), "", letter);
        let body =
            format!("From: Ada Sky <ada.sky@example.org>\n\n{}", diff("Why.", "lamp.c", "x"));
        list.mail("b1", "Zoe Lind", "[PATCH 1/2] lamp: dim it", "b0", &body);
        list.mail("b2", "Zoe Lind", "[PATCH 2/2] lamp: hang it", "b0", &diff("Why.", "h.c", "z"));
        assert_eq!(list.fates()["p1"], want, "{title}: {letter}");
    }
}

#[test]
fn a_series_that_nobody_takes_patches_with_takes_none() {
    let patch = diff("Why.", "lamp.c", "x");
    let log = "Ada Sky (1):\n      lamp: dim it\n";
    let branch = "The patches are available in the Git repository at:\n\n  https://example.org/l.git lamps\n";
    for (from, letter, why) in [
        ("Zoe Lind", &*request(log), "Zoe is not known to take patches"),
        ("Kim Lee", branch, "where a branch lies is no request"),
        ("Kim Lee", "Some lamps that I found.\n", "no request"),
    ] {
        let mut list = known();
        list.mail("p1", "Ada Sky", "[PATCH lamps] lamp: dim it", "", &patch);
        batch(&mut list, from, letter);
        assert_eq!(list.fates()["p1"], "new", "{why}");
    }
}

#[test]
fn a_batch_that_comes_again_without_a_patch_does_not_take_it() {
    let mut list = known();
    list.mail("p1", "Ada Sky", "[PATCH lamps] lamp: dim it", "", &diff("Why.", "lamp.c", "x"));
    let log = "Ada Sky (1):\n      lamp: dim it\n\nKim Lee (1):\n      lamp: hang it\n";
    batch(&mut list, "Kim Lee", &request(log));
    let log = "Kim Lee (1):\n      lamp: hang it\n";
    list.mail("c0", "Kim Lee", "[PATCH net v2 0/1] Lamp fixes for net", "", &request(log));
    list.mail(
        "c1",
        "Kim Lee",
        "[PATCH net v2 1/1] lamp: hang it",
        "c0",
        &diff("Why.", "hook.c", "z"),
    );
    let fates = list.fates();
    assert!(fates["b2"].starts_with("superseded"), "the second follows the first: {fates:?}");
    assert_eq!(fates["p1"], "new");
}

/// The fate of a single patch when its sender, or somebody else, later posts it in a series with another one.
fn again(alone: (&str, &str), later: (&str, &str, &str)) -> String {
    let mut list = Mailbox::default();
    list.mail("p1", alone.0, "[PATCH] lamp: dim it with care", "", alone.1);
    list.patch("s1", later.0, "[PATCH 1/2] bell: ring it", "", "bell.c");
    list.mail("s2", later.0, later.1, "s1", later.2);
    list.fates()["p1"].clone()
}

#[test]
fn a_patch_that_its_sender_posts_again_is_superseded() {
    let lines = |salt: &str| {
        let diff = diff("Why.", "lamp.c", salt);
        let more = "+int first_one;\n+int second_one;\n+int third_one;\n+int fourth_one;\n";
        diff.replace("@@ -1 +1,2 @@", "@@ -1 +1,6 @@").replace("-- \n", &format!("{more}-- \n"))
    };
    let [same, near, other] =
        [diff("Why.", "lamp.c", "x"), lines("close_by"), diff("Why.", "lamp.c", "far_away")];
    let (title, retitled) =
        ("[PATCH 2/2] lamp: dim it with care", "[PATCH 2/2] lamp: make it dark");
    let ada = ("Ada Sky", &*same);
    assert_eq!(again(ada, ("Ada Sky", retitled, &same)), "superseded", "the same diff");
    let far = ("Ada Sky", &*lines("not_quite"));
    assert_eq!(again(far, ("Ada Sky", title, &near)), "superseded", "most of the same lines");
    assert_eq!(again(far, ("Ada Sky", title, &other)), "superseded", "written anew for a series");
    let elsewhere = diff("Why.", "bulb.c", "far_away");
    assert_eq!(again(far, ("Ada Sky", title, &elsewhere)), "new", "the title alone");
    assert_eq!(again(far, ("Ada Sky", retitled, &other)), "new", "the file alone");
    assert_eq!(again(far, ("Eve Fox", title, &other)), "new", "another's patch of that title");
    assert_eq!(again(ada, ("Eve Fox", title, &same)), "new", "another's patch");
    let claimed = format!("From: Ada Sky <ada.sky@example.org>\n\n{same}");
    assert_eq!(again(ada, ("Eve Fox", title, &claimed)), "new", "another who sends it");
    let stable = "[PATCH 6.1 2/2] lamp: dim it with care";
    assert_eq!(again(ada, ("Ada Sky", stable, &same)), "new", "a stable branch has its own");
}

#[test]
fn a_series_is_superseded_by_more_than_half_of_it() {
    for (sent_again, of, state) in [(2, 3, "superseded"), (2, 4, "new"), (1, 2, "new")] {
        let mut list = Mailbox::default();
        for at in 1..=of {
            let (subject, file) =
                (format!("[PATCH {at}/{of}] lamp: part {at} of it"), format!("l{at}.c"));
            let above = if at == 1 { "" } else { "p1" };
            list.mail(&format!("p{at}"), "Ada Sky", &subject, above, &diff("Why.", &file, "x"));
        }
        for at in 1..=sent_again {
            let subject = format!("[PATCH] horn: piece {at} by itself");
            let body = diff("Why.", &format!("l{at}.c"), "x");
            list.mail(&format!("q{at}"), "Ada Sky", &subject, "", &body);
        }
        assert_eq!(list.fates()["p1"], state, "{sent_again} of {of}");
    }
}

#[test]
fn one_patch_in_several_series_has_one_fate() {
    let mut list = Mailbox::default();
    list.patch("alone", "Ada Sky", "[PATCH] lamp: dim it", "", "drivers/lamp.c");
    list.patch("tools", "Ada Sky", "[PATCH lamptools] lamp: dim it", "", "tools/lib/lamp.c");
    list.patch("set1", "Ada Sky", "[PATCH 1/2] bell: ring it", "", "drivers/bell.c");
    let sent_on =
        format!("From: Ada Sky <ada.sky@example.org>\n\n{}", diff("Why.", "drivers/lamp.c", "x"));
    list.mail("set2", "Bob Roe", "[PATCH 2/2] lamp: dim it", "set1", &sent_on);
    list.mail(
        "a1",
        "Kim Lee",
        "[ANNOUNCE] lamps: for-next updated to 0123456789ab",
        "",
        "Ada Sky (2):\n      bell: ring it\n      lamp: dim it\n",
    );
    let fates = list.fates();
    assert_eq!(fates["set2"], "applied applied@a1");
    assert_eq!(fates["alone"], "applied applied@a1", "the same files");
    assert_eq!(fates["tools"], "new", "the same title for another tree");
}

/// A shortlog names titles, which both postings have.
#[test]
fn a_title_means_every_posting_of_the_patch() {
    let mut list = Mailbox::default();
    let patch = diff("Why.", "lamp.c", "x");
    list.mail("p1", "Ada Sky", "[PATCH] lamp: dim it", "", &patch);
    list.patch("s1", "Ada Sky", "[PATCH 1/2] bell: ring it", "", "bell.c");
    list.mail("s2", "Ada Sky", "[PATCH 2/2] lamp: dim it", "s1", &patch);
    assert_eq!(list.fates()["p1"], "superseded");
    let site = list.site();
    site.run(&["build"]).succeeds();
    let page = page_with(&site, "<h1>lamp: dim it</h1>");
    assert!(page.contains(">Ada Sky posted it again</a> on"), "{page}");
    let log = "Ada Sky (2):\n      bell: ring it\n      lamp: dim it\n";
    list.mail("a1", "Kim Lee", "[ANNOUNCE] lamps: for-next updated", "", log);
    let fates = list.fates();
    assert_eq!(fates["s2"], "applied applied@a1");
    assert_eq!(fates["p1"], "applied applied@a1");
}

/// Mails of a dozen days: a mail that is the only one of its year has a wrong clock.
fn chatter(list: &mut Mailbox, id: &str) {
    for at in 0..12 {
        list.mail(&format!("{id}{at}"), "Zoe Lind", &format!("Room {at}"), "", "Is it free?\n");
    }
}

/// A project with a release every two years.
#[test]
fn a_release_names_what_was_posted_long_before() {
    let log = "Ada Sky (1):\n      lamp: dim it with care\n";
    for (years, subject, second, fate) in [
        (2, "[ANNOUNCE] lamp-tools 1.4.6", "", "merged merged@a1"),
        (2, "[ANNOUNCE] lampctl v85", "", "merged merged@a1"),
        (2, "[ANNOUNCE] lamp-tools 1.4.6 release", "", "merged merged@a1"),
        (2, "[ANNOUNCE] lamp-tools for-next updated", "", "quiet"),
        (4, "[ANNOUNCE] lamp-tools 1.4.6", "", "quiet"),
        (2, "[ANNOUNCE] lamp-tools 1.4.6", "bulb.c", "quiet"),
    ] {
        let mut list = Mailbox::default();
        chatter(&mut list, "m");
        list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it with care", "", "lamp.c");
        if !second.is_empty() {
            list.patch("p2", "Ada Sky", "[PATCH tools] lamp: dim it with care", "", second);
        }
        list.wait(years);
        chatter(&mut list, "n");
        list.mail("a1", "Kim Lee", subject, "", log);
        assert_eq!(list.fates()["p1"], fate, "{years} years, {subject}, {second}");
    }
}

#[test]
fn who_changes_a_patch_on_its_way_in_takes_it() {
    for (from, words, fate) in [
        (
            "Zoe Lind",
            "I'll drop the braces while applying, no need to resend.\n",
            "discussed will@y1",
        ),
        ("Zoe Lind", "I can change that when I merge it.\n", "discussed will@y1"),
        ("Zoe Lind", "I'll test it again before merging.\n", "discussed"),
        ("Zoe Lind", "You can fix that when you apply it.\n", "discussed"),
        ("Ada Sky", "I'll fix that before merging.\n", "new"),
    ] {
        let mut list = known();
        list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it", "", "lamp.c");
        list.mail("y1", from, "Re: [PATCH] lamp: dim it", "p1", words);
        assert_eq!(list.fates()["p1"], fate, "{words}");
    }
}

/// Ada's patch, and Eve's, which was applied; the fate of Ada's.
fn twin(ada: (&str, &str), eve: (&str, &str), first: &str) -> String {
    let mut list = known();
    let log = "Eve Fox (1):\n      lamp: dim it with care\n";
    let signed = |body: &str, by: &str| body.replace("X <x@example.org>", by);
    let eves = |list: &mut Mailbox| {
        list.mail("e1", "Eve Fox", eve.0, "", &signed(eve.1, "Eve Fox <eve.fox@example.org>"));
        list.mail("a1", "Kim Lee", "[ANNOUNCE] lamps: for-next updated", "", log);
    };
    if first == "Eve" {
        eves(&mut list);
    }
    if first == "Eve long ago" {
        eves(&mut list);
        // A date that only one sender has may be wrong.
        list.wait(2);
        list.patch("k1", "Bob Roe", "[PATCH] bell: ring it twice", "", "twice.c");
        list.patch("k2", "Zoe Lind", "[PATCH] bell: never ring it", "", "never.c");
    }
    list.mail("p1", "Ada Sky", ada.0, "", &signed(ada.1, "Ada Sky <ada.sky@example.org>"));
    if first == "Ada" {
        eves(&mut list);
    }
    list.fates()["p1"].clone()
}

#[test]
fn a_patch_of_which_another_posting_was_taken_waits_for_nobody() {
    let same = &*diff("Why.", "lamp.c", "x");
    let lines = |salt: &str| {
        let more = "+int first_one;\n+int second_one;\n+int third_one;\n+int fourth_one;\n";
        diff("Why.", "lamp.c", salt)
            .replace("@@ -1 +1,2 @@", "@@ -1 +1,6 @@")
            .replace("-- \n", &format!("{more}-- \n"))
    };
    let [near, close, other] = [lines("y"), lines("z"), diff("Why.", "lamp.c", "far_away")];
    let title = "[PATCH] lamp: dim it with care";
    let own = "[PATCH] lamp: make it dark again";
    assert_eq!(twin((own, same), (title, same), "Ada"), "superseded", "the same diff");
    assert_eq!(twin((own, same), (title, same), "Eve"), "superseded", "taken before");
    assert_eq!(twin((own, same), (title, same), "Eve long ago"), "new", "taken back since");
    assert_eq!(twin((title, &near), (title, &close), "Ada"), "superseded", "the same lines");
    assert_eq!(twin((own, &near), (title, &close), "Ada"), "new", "alike, of another title");
    assert_eq!(twin((title, &other), (title, same), "Ada"), "new", "the title alone");
    let stable = "[PATCH 6.1] lamp: dim it with care";
    assert_eq!(twin((stable, same), (title, same), "Ada"), "new", "a stable branch has its own");
}

#[test]
fn a_patch_that_was_sent_loose_and_then_in_its_set_waits_for_nobody() {
    let mut list = Mailbox::default();
    list.mail("c0", "Ada Sky", "[PATCH v2 0/2] Dim all lamps", "", "Both of them.\n");
    list.patch("c1", "Ada Sky", "[PATCH v2 1/2] lamp: dim it with care", "c0", "lamp.c");
    let second = diff("Why.", "bulb.c", "x");
    list.mail("loose", "Ada Sky", "[PATCH v2 2/2] bulb: dim it with care", "", &second);
    list.patch("k1", "Bob Roe", "[PATCH] bell: ring it", "", "bell.c");
    list.mail("c2", "Ada Sky", "[PATCH v2 2/2] bulb: dim it with care", "c0", &second);
    let fates = list.fates();
    assert_eq!((&*fates["c1"], &*fates["c2"]), ("new", "new"));
    assert_eq!(fates["loose"], "superseded");
}
