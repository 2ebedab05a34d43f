//! Patches that were applied without a reply: later mails cite them as commits, or backport them to stable trees.

use crate::{
    fates::{Mailbox, diff},
    site::tree,
};

/// A patch by Kim Lee with this commit message.
fn fix(list: &mut Mailbox, id: &str, title: &str, message: &str) {
    list.mail(id, "Kim Lee", title, "", &diff(message, "other.c", id));
}

#[test]
fn a_patch_that_is_named_as_a_commit_was_taken() {
    let mut list = Mailbox::default();
    list.patches(&[
        ("tag", "lamp: dim it slowly"),
        ("wrapped", "lamp: switch it on"),
        ("told", "lamp: keep it warm"),
        ("quoted", "lamp: paint it blue"),
        ("short", "lamp: dim"),
        ("other", "lamp: sell it"),
        ("early", "lamp: buy it"),
    ]);
    let fixes = "Why.\n\nFixes: 0123456789ab (\"lamp: dim it slowly\")\nFixes: 123456789abc (\"lamp: dim\")";
    fix(&mut list, "f1", "[PATCH] bell: ring it", fixes);
    let since = "Since commit 23456789abcd (\"lamp: switch\nit on\") it is dark.";
    fix(&mut list, "f2", "[PATCH] bell: hang it", since);
    let report = "Hello,\n\nit broke with commit 3456789abcde (\"lamp: keep it warm\").\n\n\
        > Fixes: 456789abcdef (\"lamp: paint it blue\")\n";
    list.mail("r", "Zoe Lind", "It is dark", "", report);
    let robot = "commit: 56789abcdef0 (\"lamp: sell it\")\n";
    list.mail("bot", "kernel test robot", "[lamps] 56789abcdef0: dark", "", robot);
    fix(&mut list, "f3", "[PATCH] bell: sell it", "Fixes: 6789abcdef01 (\"lamp: burn it down\")");
    list.patch("late", "Ada Sky", "[PATCH] lamp: burn it down", "", "late.c");
    let fates = list.fates();
    assert_eq!(fates["tag"], "applied applied@f1");
    assert_eq!(fates["wrapped"], "applied applied@f2");
    assert_eq!(fates["told"], "applied applied@r");
    assert_eq!(fates["quoted"], "new", "somebody else's words may be a robot's");
    assert_eq!(fates["short"], "new", "two words are anybody's title");
    assert_eq!(fates["other"], "new", "a robot has commits of its own");
    assert_eq!(fates["late"], "new", "posted after the mail");
}

#[test]
fn a_citation_counts_least() {
    let mut list = Mailbox::default();
    list.patch("one1", "Ada Sky", "[PATCH 1/2] lamp: dim it slowly", "", "lamp.c");
    let own = diff("Fixes: 0123456789ab (\"lamp: dim it slowly\")", "x.c", "own");
    list.mail("one2", "Ada Sky", "[PATCH 2/2] lamp: fix it", "one1", &own);
    list.patch("kernel", "Ada Sky", "[PATCH] lamp: switch it on", "", "drivers/lamp.c");
    list.patch("library", "Ada Sky", "[PATCH tools] lamp: switch it on", "", "lib/lamp.c");
    list.patch("gone", "Ada Sky", "[PATCH] lamp: keep it warm", "", "gone.c");
    let (queued, shortlog) =
        ("[ANNOUNCE] lamps: for-next updated", "Ada Sky (1):\n      lamp: keep it warm\n");
    list.mail("a1", "Kim Lee", queued, "", shortlog);
    list.mail("a2", "Kim Lee", "Re: [PATCH] lamp: keep it warm", "gone", "I dropped this patch.\n");
    let fixes = "Fixes: 123456789abc (\"lamp: switch it on\")\nFixes: 23456789abcd (\"lamp: keep it warm\")";
    fix(&mut list, "f", "[PATCH] bell: ring it", fixes);
    let fates = list.fates();
    assert_eq!(fates["one1"], "new", "a series names commits of its author's");
    assert_eq!((&*fates["kernel"], &*fates["library"]), ("new", "new"), "nobody knows which it is");
    assert_eq!(fates["gone"], "changes-requested", "it was taken out again");
}

#[test]
fn a_backport_shows_that_the_mainline_has_the_patch() {
    let mut list = Mailbox::default();
    list.patches(&[("p", "lamp: dim it slowly"), ("q", "lamp: switch it on")]);
    let upstream = "From: Ada Sky <ada.sky@example.org>\n\ncommit 0123456789abcdef0123456789abcdef01234567 upstream.\n\nWhy.";
    fix(&mut list, "b", "[PATCH 6.1] lamp: dim it slowly", upstream);
    let other = "From: Bo Ray <bo.ray@example.org>\n\n[ Upstream commit 0123456789abcdef0123456789abcdef01234567 ]\n\nWhy.";
    fix(&mut list, "c", "[PATCH 6.1] lamp: switch it on", other);
    // Sending backports does not make somebody a maintainer.
    list.patch("r", "Ada Sky", "[PATCH] lamp: paint it blue", "", "r.c");
    list.mail("said", "Kim Lee", "Re: [PATCH] lamp: paint it blue", "r", "I applied this.\n");
    let fates = list.fates();
    assert_eq!(fates["p"], "merged merged@b");
    assert_eq!(fates["q"], "new", "somebody else's patch of that title");
    assert_eq!(fates["r"], "discussed");
}

/// The Message-ID of the patch that others build on.
const P: &str = "p@lamps";

/// A patch by somebody that changes `lamp.c` from one state to another; some reply to `p`.
fn step(list: &mut Mailbox, id: &str, from: &str, subject: &str, states: &str, why: &str) {
    let body = diff(why, "lamp.c", id).replace("--- a/", &format!("index {states} 100644\n--- a/"));
    list.mail(id, from, subject, if why == "As an answer." { P } else { "" }, &body);
}

/// Ada's patch changes a to b; its fate after others' patches.
fn built_on(others: &[(&str, &str, &str)], wait: bool) -> String {
    let others: Vec<_> = others.iter().map(|(a, b, c)| (*a, *b, *c, "Why.")).collect();
    built_on_one("[PATCH] lamp: dim it slowly", &others, wait)
}

fn built_on_one(subject: &str, others: &[(&str, &str, &str, &str)], wait: bool) -> String {
    let mut list = Mailbox::default();
    step(&mut list, P, "Ada Sky", subject, "aaaaaaa1..bbbbbbb1", "Why.");
    if wait {
        let days = ["k1", "k2", "k3", "k4", "k5", "k6", "k7"];
        for id in days {
            list.patch(id, "Bob Roe", &format!("[PATCH] bell: {id}"), "", "bell.c");
        }
    }
    for (number, (from, subject, states, why)) in others.iter().enumerate() {
        let file = format!("q{number}");
        step(&mut list, &file, from, subject, states, why);
    }
    list.fates().remove(P).expect("the patch")
}

#[test]
fn what_others_build_on_is_in_a_tree() {
    let title = "[PATCH] lamp: hang it";
    let built = |from, states| built_on(&[(from, title, states)], true);
    assert_eq!(built("Zoe Lind", "bbbbbbb1..ccccccc1"), "applied applied@q0");
    assert_eq!(built("Zoe Lind", "bbbbbbb..ccccccc"), "applied applied@q0", "fewer digits");
    assert_eq!(built("Zoe Lind", "aaaaaaa1..ccccccc1"), "new", "from what was there before");
    assert_eq!(built("Ada Sky", "bbbbbbb1..ccccccc1"), "new", "the author's own");
    let soon = [("Zoe Lind", title, "bbbbbbb1..ccccccc1")];
    assert_eq!(built_on(&soon, false), "new", "it may be meant to follow");
    let carried = [
        ("Zoe Lind", "[PATCH] lamp: make it dark", "aaaaaaa1..bbbbbbb1"),
        ("Bo Li", title, "bbbbbbb1..ccccccc1"),
    ];
    assert_eq!(built_on(&carried, true), "new", "two make it");
}

#[test]
fn what_others_build_on_may_only_be_on_the_list() {
    let (dim, hang) = ("[PATCH] lamp: dim it slowly", "[PATCH] lamp: hang it");
    let later = ("Zoe Lind", hang, "bbbbbbb1..ccccccc1", "Why.");
    let built = |subject, others: &[_]| built_on_one(subject, others, true);
    assert_eq!(built(dim, &[later]), "applied applied@q0");
    let again = ("Ada Sky", "[PATCH v2] lamp: dim it slowly", "aaaaaaa1..ddddddd1", "Why.");
    assert_eq!(built(dim, &[later, again]), "superseded", "nobody posts again what was taken");
    let linked = format!("This builds on https://lore.kernel.org/r/{P}/ which is waiting.");
    assert_eq!(built(dim, &[("Zoe Lind", hang, later.2, &linked)]), "new", "it is linked");
    let answered = built(dim, &[("Zoe Lind", hang, later.2, "As an answer.")]);
    assert!(!answered.starts_with("applied"), "it answers: {answered}");
}

/// The text of each outlet for a patch without replies: never that somebody applied it, and no date.
#[test]
fn no_outlet_quotes_who_only_shows_that_a_patch_was_taken() {
    let mut cited = Mailbox::default();
    cited.patch(P, "Ada Sky", "[PATCH] lamp: dim it slowly", "", "lamp.c");
    let fixes = "Why.\n\nFixes: 0123456789ab (\"lamp: dim it slowly\")";
    fix(&mut cited, "f", "[PATCH] bell: ring it", fixes);
    let mut built = Mailbox::default();
    step(&mut built, P, "Ada Sky", "[PATCH] lamp: dim it slowly", "aaaaaaa1..bbbbbbb1", "Why.");
    for id in ["k1", "k2", "k3", "k4", "k5", "k6", "k7"] {
        built.patch(id, "Bob Roe", &format!("[PATCH] bell: {id}"), "", "bell.c");
    }
    step(&mut built, "q", "Kim Lee", "[PATCH] lamp: hang it", "bbbbbbb1..ccccccc1", "Why.");
    for (list, on_page, in_markdown) in [
        (cited, "Kim Lee cited its commit", "cited as a commit by Kim Lee"),
        (built, "Kim Lee built on it", "it seems: Kim Lee built on it"),
    ] {
        let site = list.site();
        site.settings("[build]\nmarkdown = true\n");
        site.run(&["build"]).succeeds();
        let files = tree(&site.path("public"));
        let mut said = String::new();
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            let is_quoted = ["Kim Lee said so", "Kim Lee</a> said so", "applied by Kim Lee"];
            assert!(!is_quoted.iter().any(|words| text.contains(words)), "{path:?}: {text}");
            if path.to_string_lossy().starts_with("series/lamp-dim-it-slowly") {
                said += &text;
            }
        }
        assert!(said.contains(on_page) && said.contains(in_markdown), "{said}");
        let data = said.lines().find(|line| line.contains("\"evidence\"")).unwrap_or(&said);
        assert!(data.contains("\"date\":null") || data.contains("\"date\": null"), "{data}");
        let digests = files.iter().filter(|(path, _)| path.to_string_lossy().starts_with("2026/w"));
        for (path, bytes) in digests {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("id=applied"), "{path:?}: it is no news");
        }
    }
}
