//! Whose statement counts, and what a quoted mail by a machine says.

use crate::{
    fates::{Mailbox, diff},
    fates_words::{fate_of, list},
};

/// The fate of a patch that was sent to `to`, with a reply.
fn sent_to(to: &str, from: &str, text: &str) -> String {
    let mut list = list();
    let subject = format!("[PATCH] lamp: dim it slowly\n{to}");
    list.patch("p", "Ada Sky", &subject, "", "lamp.c");
    list.mail("a", from, "Re: [PATCH] lamp: dim it slowly", "p", text);
    list.fates().remove("p").expect("the patch")
}

#[test]
fn the_person_to_whom_a_patch_was_sent_may_take_it() {
    let to = "To: Bo Li <bo.li@example.org>, lamps@example.org\nCc: \"Lind, Zoe\" <Zoe.Lind@Example.org>, ada.sky@example.org";
    for (from, text, want) in [
        ("Zoe Lind", "Applied, thanks!\n", "applied applied@a"),
        ("Bo Li", "Applied to lamps/next.\n", "applied applied@a"),
        ("Eve Poe", "Applied, thanks!\n", "discussed says@a"),
        ("Zoe Lind", "I applied the patch because it is short.\n", "discussed"),
        ("Ada Sky", "Applied to lamps/next.\n", "new says@a"),
    ] {
        assert_eq!(sent_to(to, from, text), want, "{from}: {text}");
    }
    assert_eq!(
        sent_to("X-To: zoe.lind@example.org", "Zoe Lind", "Applied, thanks!\n"),
        "discussed says@a"
    );
}

#[test]
fn two_words_of_a_deed_say_that_it_was_done() {
    for (text, want) in [
        ("Merged and pushed out.\n\nhttps://git.example.org/12\n", "applied applied@a0"),
        ("Applied and pushed out.\n", "applied applied@a0"),
        ("Merged and tested.\n", "discussed"),
        ("I was wrong, 8895 was already merged.\n", "discussed"),
        ("Its work began with commit 0123456789ab, merged in v4.20.\n", "discussed"),
    ] {
        assert_eq!(fate_of(&[("Kim Lee", text)]), want, "{text}");
    }
}

/// A set of two patches; patchwork's bot found the first one in a tree.
fn found_in_part() -> Mailbox {
    let mut list = list();
    list.mail("c", "Ada Sky", "[PATCH 0/2] lamp: two", "", "Why.\n");
    list.patch("p1", "Ada Sky", "[PATCH 1/2] lamp: dim it slowly", "c", "a.c");
    list.patch("p2", "Ada Sky", "[PATCH 2/2] lamp: paint it blue", "c", "b.c");
    list
}

const FOUND: &str = "Hello:\n\nThis series was applied to lamps/lamps.git (master)\nby Kim Lee <kim.lee@example.org>:\n\n\
    On Mon, 2 Mar 2026 you wrote:\n> Why.\n\nHere is the summary with links:\n  - [1/2] lamp: dim it slowly\n    \
    https://git.example.org/c/0123456789ab\n  - [2/2] lamp: paint it blue\n    (no matching commit)\n";

#[test]
fn who_quotes_patchwork_s_bot_says_something_else() {
    let mut list = found_in_part();
    list.mail("m", "patchwork-bot", "Re: [PATCH 0/2] lamp: two", "c", FOUND);
    let quoted: String = FOUND.lines().map(|line| format!("> {line}\n")).collect();
    let reply = format!("Hi,\n\nOn Mon, the bot wrote:\n{quoted}\nI've left 2/2 out on purpose.\n");
    list.mail("r", "Kim Lee", "Re: [PATCH 0/2] lamp: two", "m", &reply);
    let fates = list.fates();
    assert_eq!(fates["p1"], "partly-applied applied@m");
    assert_eq!(fates["p2"], "partly-applied");
}

/// Patchwork's bot did not say by whom, until 2021.
#[test]
fn the_bot_s_older_form_tells_the_same() {
    for (verb, want) in [
        ("was applied to", "applied applied@a0"),
        ("was merged into", "applied applied@a0"),
        ("was sent to", "new"),
    ] {
        let text = format!(
            "Hello:\n\nThis patch {verb} lamps/lamps.git (refs/heads/master):\n\nOn Mon, 2 Mar 2026 you wrote:\n\
             > Dim it by hand.\n\nHere is the summary with links:\n  - lamp: dim it slowly\n    \
             https://git.example.org/c/0123456789ab\n"
        );
        assert_eq!(fate_of(&[("patchwork-bot+lamps", &text)]), want, "{verb}");
    }
}

#[test]
fn a_list_with_commits_leaves_out_what_has_none() {
    let mut list = found_in_part();
    let text = "Applied to lamps/next, thanks!\n\n[1/2] lamp: dim it slowly\n      commit: 0123456789ab\n\
        [2/2] lamp: paint it blue\n      (no commit info)\n";
    list.mail("m", "Kim Lee", "Re: [PATCH 0/2] lamp: two", "c", text);
    let fates = list.fates();
    assert_eq!((&*fates["p1"], &*fates["p2"]), ("partly-applied applied@m", "partly-applied"));
    let mut list = found_in_part();
    let text = text.replace("commit: 0123456789ab", "(no commit info)");
    list.mail("m", "Kim Lee", "Re: [PATCH 0/2] lamp: two", "c", &text);
    assert_eq!(list.fates()["p2"], "applied applied@m");
}

/// A push of one commit to a branch.
fn pushed(branch: &str) -> String {
    let mut list = Mailbox::default();
    list.patches(&[("p", "lamp: dim it slowly"), ("q", "lamp: paint it blue")]);
    let text = format!(
        "  Branch: refs/heads/{branch}\n  Home:   https://github.com/lamps/lamps\n  \
         Commit: 0123456789abcdef0123456789abcdef01234567\n      \
         https://github.com/lamps/lamps/commit/0123456789abcdef0123456789abcdef01234567\n  \
         Author: Ada Sky <ada@example.org>\n  Date:   2026-03-02 (Mon, 02 Mar 2026)\n\n  \
         Changed paths:\n    M lamp.c\n\n  Log Message:\n  -----------\n  lamp: dim it slowly\n\nWhy.\n\n\n"
    );
    list.mail("m", "Kim Lee", "[lamps/lamps] 012345: lamp: dim it slowly", "", &text);
    let fates = list.fates();
    assert_eq!(fates["q"], "new");
    fates["p"].clone()
}

#[test]
fn a_push_to_the_main_branch_takes_its_commits() {
    assert_eq!(pushed("master"), "applied applied@m");
    assert_eq!(pushed("main"), "applied applied@m");
    assert_eq!(pushed("822037"), "new");
}

/// Ada's set of three patches; Zoe builds on the last one.
fn built_on_last(files: [&str; 3], subject: &str) -> [String; 3] {
    let mut list = Mailbox::default();
    list.mail("c", "Ada Sky", &subject.replace("%", "0"), "", "Why.\n");
    for (number, file) in (1..).zip(files) {
        let states = format!("index aaaaaa{number}..bbbbbb{number} 100644\n--- a/");
        let id = format!("p{number}");
        let body = diff("Why.", file, &id).replace("--- a/", &states);
        list.mail(&id, "Ada Sky", &subject.replace("%", &number.to_string()), "c", &body);
    }
    for id in ["k1", "k2", "k3", "k4", "k5", "k6", "k7"] {
        list.patch(id, "Bob Roe", &format!("[PATCH] bell: {id}"), "", "bell.c");
    }
    let states = "index bbbbbb3..cccccc3 100644\n--- a/";
    let body = diff("Why.", files[2], "z").replace("--- a/", states);
    list.mail("z", "Zoe Lind", "[PATCH] horn: blow it", "", &body);
    let fates = list.fates();
    ["p1", "p2", "p3"].map(|id| fates[id].rsplit(' ').next().unwrap_or_default().to_owned())
}

#[test]
fn a_tree_may_take_a_set_in_parts() {
    let near = ["lamps/a.c", "lamps/b.c", "lamps/c.c"];
    assert_eq!(built_on_last(near, "[PATCH %/3] lamp: step %"), ["applied@z"; 3]);
    let far = ["docs/a.c", "lamps/b.c", "lamps/c.c"];
    let [docs, lamps, last] = built_on_last(far, "[PATCH %/3] lamp: step %");
    assert_eq!((&*docs, &*lamps, &*last), ("partly-applied", "applied@z", "applied@z"));
    let [first, ..] = built_on_last(near, "[RFC PATCH %/3] lamp: step %");
    assert_eq!(first, "partly-applied");
}
