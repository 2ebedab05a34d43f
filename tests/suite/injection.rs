//! Text from mail on pages: whatever a sender writes is shown, and none of it becomes markup.

use crate::pages::site_of;

/// What a mailer leaves behind when it wraps a line of a hunk: a line without a mark in front.
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
