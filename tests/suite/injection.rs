//! Text from mail on pages: whatever a sender writes is shown, and none of it becomes markup.

use crate::{
    pages::site_of,
    site::{Site, tree},
};

/// What remains when a mailer wraps a line of a hunk: a line without a mark in front.
const STRAYS: &[(&str, &str)] = &[
    ("<meta http-equiv=refresh>", "&lt;meta http-equiv=refresh>"),
    ("<h1>dim", "&lt;h1>dim"),
    ("&lt;b>", "&amp;lt;b>"),
    ("\u{b}tab", "\u{fffd}tab"),
    ("\u{202e}mirror", "&lt;U+202E&gt;mirror"),
    ("\u{e9}t\u{e9}", "\u{e9}t\u{e9}"),
];

/// One revision of a patch whose hunk is 45 lines of context, a change, and `stray` before the change.
fn revision(version: u8, stray: Option<&str>, new: &str) -> String {
    let context: String = (0..45).map(|n| format!(" line {n}\n")).collect();
    let stray = stray.map(|line| format!("{line}\n")).unwrap_or_default();
    format!(
        "From: Ada Example <ada@example.org>\nSubject: [PATCH v{version}] lamp: fix it\n\
         Date: Mon, 2{version} Feb 2026 10:00:00 +0000\nMessage-ID: <v{version}@example.org>\n\
         Content-Type: text/plain; charset=utf-8\n\nFix it.\n\n\
         Signed-off-by: Ada Example <ada@example.org>\n---\n\
         diff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n\
         @@ -1,46 +1,46 @@ int lamp(void)\n{context}{stray}-old\n+{new}\n-- \n2.50.0\n"
    )
}

#[test]
fn a_line_without_a_mark_is_text_on_a_comparison() {
    for (stray, shown) in STRAYS {
        let (old, new) = (revision(1, Some(stray), "new"), revision(2, None, "newer"));
        let (_dir, site) = site_of(&[&old, &new]);
        let comparison = site.files.iter().find(|(path, _)| path.ends_with("v1..v2/index.html"));
        let (_, comparison) = comparison.expect("the two revisions are compared");
        assert!(comparison.contains(&format!("-{shown}")), "{stray:?}: {comparison}");
        for (path, html) in &site.files {
            assert!(shown == stray || !html.contains(stray), "{path} has {stray:?} as it is");
        }
    }
}

/// A mail of Ada's.
fn mail(subject: &str, id: &str, body: &str) -> String {
    format!(
        "From: Ada Example <ada@example.org>\nSubject: {subject}\nDate: Mon, 23 Feb 2026 10:00:00 +0000\n\
         Message-ID: <{id}@example.org>\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    )
}

/// The diff of a file, with this line in place of its hunk's header.
fn diff(hunk: &str) -> String {
    format!(
        "diff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n{hunk}\n old\n+new\n@@ -9 +10,2 @@\n it\n+is\n"
    )
}

/// Text next to the parts of a patch, which the program does not need.
#[test]
fn words_beside_the_parts_of_a_patch_are_shown() {
    let stat = " lamp.c | 2 ++\n 1 file changed, 2 insertions(+)\n";
    let [whole, broken] = [diff("@@ -1 +1,2 @@"), diff("@@ -1 +99999999999,2 @@ dim")];
    for (body, words) in [
        (format!("Fix.\n---\n{stat}\nBelow the stat.\n\n{whole}"), "Below the stat."),
        (format!("Fix.\n---\n{stat}\n{whole}-- \n2.50.0 is what I use\n"), "2.50.0 is what I use"),
        (
            format!("Fix.\n---\n{stat}\n{whole}-- \nlamps.example - since 1846\n"),
            "lamps.example - since 1846",
        ),
        (format!("Fix.\n---\n{stat}\n{broken}"), "@@ -1 +99999999999,2 @@ dim\n old\n+new"),
        (format!("Index: lamp.c\n===\nMy words.\n{whole}"), "My words."),
    ] {
        let (_dir, site) = site_of(&[&mail("[PATCH] lamp: fix it", "1", &body)]);
        let page = site.page("series/").replace("&#64;", "@").replace("&gt;", ">");
        assert!(page.contains(words), "{words}: {page}");
    }
    let patch = mail("[PATCH 1/1] lamp: fix it", "2", &format!("Fix it.\n---\n{stat}\n{whole}"));
    for (end, words) in
        [("base-commit: 0123\n", Some("base-commit: 0123")), ("-- \n2.50.0\n", None)]
    {
        let letter = format!("Fix.\n\n---\nAda (1):\n  lamp: fix it\n\n{stat}\n{end}");
        let (_dir, site) = site_of(&[&mail("[PATCH 0/1] lamp: fix", "1", &letter), &patch]);
        assert_eq!(
            site.page("series/").contains(words.unwrap_or("2.50.0")),
            words.is_some(),
            "{end}"
        );
    }
}

/// Feeds and the index are text that programs show to people.
#[test]
fn no_feed_or_index_turns_the_direction_of_text() {
    let odd = "[PATCH] lamp: =?utf-8?q?=E2=80=AEfix=1Bit=C2=85?=";
    let body = format!("Fix \u{202e}it.\n---\n{}", diff("@@ -1 +1,2 @@"));
    let site = Site::new();
    let start = "From ada@example.org Mon Feb 23 10:00:00 2026\n";
    site.write("list.mbox", &format!("{start}{}", mail(odd, "1", &body)));
    site.run(&["build"]).succeeds();
    let is_odd = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
    for ending in ["json", "atom", "rss", "txt"] {
        let files = tree(&site.path("public")).into_iter();
        let mut files =
            files.filter(|(path, _)| path.extension().is_some_and(|e| e == ending)).peekable();
        assert!(files.peek().is_some(), "no {ending}");
        for (path, bytes) in files {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(!text.contains(is_odd), "{}: {text}", path.display());
        }
    }
}
