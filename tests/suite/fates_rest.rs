//! What a site says of the patches that nobody took, of a series of which others were taken.

use serde_json::Value;

use crate::fates::{Mailbox, page_with};

/// Three patches below a letter, and the replies to them: sender, what it answers, text.
fn list(replies: &[(&str, &str, &str)]) -> Mailbox {
    let mut list = Mailbox::announced();
    list.mail("c", "Ada Sky", "[PATCH 0/3] lamp: three", "", "Why.\n");
    for (at, title) in ["dim it slowly", "paint it blue", "hang it up"].iter().enumerate() {
        let (number, id) = (at + 1, format!("p{}", at + 1));
        let subject = format!("[PATCH {number}/3] lamp: {title}");
        list.patch(&id, "Ada Sky", &subject, "c", &format!("{id}.c"));
    }
    for (at, (from, answers, text)) in replies.iter().enumerate() {
        list.mail(&format!("r{at}"), from, "Re: [PATCH 0/3] lamp: three", answers, text);
    }
    list
}

/// Its state, and what is known about the patches that were not taken.
fn rest(replies: &[(&str, &str, &str)]) -> String {
    let export = list(replies).site().run(&["export"]).succeeds().data();
    let mut lines = export.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let of_set = |line: &Value| line["patches"][0]["message_id"] == "p1";
    let line = lines.rfind(of_set).expect("a line");
    format!("{} {}", line["state"].as_str().unwrap_or("-"), line["rest"].as_str().unwrap_or("-"))
}

#[test]
fn words_hold_patches_back_and_silence_does_not() {
    for (replies, want) in [
        (&[("Kim Lee", "p1", "Applied, thanks!\n")][..], "partly-applied unknown"),
        (&[("Kim Lee", "c", "Applied patches 1 and 2, thanks!\n")], "partly-applied held-back"),
        (
            &[("Kim Lee", "c", "Patches 1-2 have been applied; the first one was hard.\n")],
            "partly-applied held-back",
        ),
        (
            &[("Kim Lee", "c", "I have applied the first 2 patches to lamps/next.\n")],
            "partly-applied held-back",
        ),
        (&[("Kim Lee", "c", "All but the last applied, thanks.\n")], "partly-applied held-back"),
        (
            &[
                ("Kim Lee", "p1", "Applied, thanks!\n"),
                ("Bo Li", "p2", "Please resend.\n"),
                ("Bo Li", "p3", "NAK.\n"),
            ],
            "partly-applied held-back",
        ),
        (
            &[("Kim Lee", "p1", "Applied, thanks!\n"), ("Bo Li", "p2", "Please resend.\n")],
            "partly-applied unknown",
        ),
        (&[("Kim Lee", "p1", "Applied (with your other patches), thank you.\n")], "applied -"),
        (&[("Kim Lee", "c", "Applied, thanks!\n")], "applied -"),
        (&[("Bo Li", "p2", "Please resend.\n")], "changes-requested -"),
    ] {
        assert_eq!(rest(replies), want, "{replies:?}");
    }
}

#[test]
fn a_page_says_what_is_known_about_the_others() {
    let site = list(&[("Kim Lee", "p1", "Applied, thanks!\n")]).site();
    site.run(&["build"]).succeeds();
    let page = page_with(&site, "class=standing");
    assert!(page.contains("Applied at least in part: 1 of 3 patches. No message says"), "{page}");
    assert!(page.contains(">applied at least in part<"), "{page}");
    let site = list(&[("Kim Lee", "c", "Applied patches 1 and 2, thanks!\n")]).site();
    site.run(&["build"]).succeeds();
    let page = page_with(&site, "class=standing");
    assert!(page.contains("Applied in part: 2 of 3 patches. The others were held back"), "{page}");
}

#[test]
fn what_was_to_be_folded_into_a_patch_goes_with_it() {
    let set = |later: bool| {
        let mut list = Mailbox::default();
        list.patch("p", "Ada Sky", "[PATCH] lamp: dim it slowly", "", "p.c");
        list.patch("f", "Bo Li", "[PATCH] fixup! lamp: dim it slowly", "", "p.c");
        if later {
            list.patch("q", "Ada Sky", "[PATCH v2] lamp: dim it slowly", "", "p.c");
        }
        list.fates()["f"].clone()
    };
    assert_eq!((&*set(false), &*set(true)), ("new", "superseded"));
}
