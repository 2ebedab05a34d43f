//! Failing system calls, a few of those in `tests/faults`; and words that a table replaces.

use std::process::Command;

use crate::site::{Site, tree};

#[test]
fn where_a_call_fails_the_site_is_old_or_new() {
    let is_there = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    if !cfg!(target_env = "gnu") || !["python3", "cc", "git"].into_iter().all(is_there) {
        eprintln!("skipped: calls fail by a C library of GNU's, cc and python3");
        return;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults");
    let mut faults = Command::new("python3");
    let ran = faults.args([script, env!("CARGO_BIN_EXE_patchpress"), "24"]).output();
    let ran = ran.expect("python3 runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
}

#[test]
fn words_behind_what_mailers_say_before_mime_are_shown() {
    for (preamble, is_shown) in [
        ("This is a multi-part message in MIME format.", false),
        ("This is an OpenPGP/MIME signed message (RFC 4880 and 3156)", false),
        ("This is a MIME-encapsulated message", false),
        ("This is a multi-part message in MIME format. zqwords", true),
    ] {
        let site = Site::new();
        site.write(
            "list.mbox",
            &format!(
                "From mboxrd@z Thu Jan  1 00:00:00 1970\n\
                 From: Ada Example <ada@example.org>\nSubject: the lamp\n\
                 Date: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n\
                 MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n{preamble}\n\n\
                 --x\nContent-Type: text/plain\n\nIt is dim.\n--x--\n"
            ),
        );
        site.run(&["build"]).succeeds();
        let pages = tree(&site.path("public"));
        let says = |bytes: &Vec<u8>| {
            let page = String::from_utf8_lossy(bytes);
            page.contains("MIME format")
                || page.contains("OpenPGP/MIME")
                || page.contains("MIME-enc")
        };
        assert_eq!(pages.values().any(says), is_shown, "{preamble}");
    }
}

/// Found by mutation, like the one above: ` 3 deletions(-) and a word` was read as the end of a diffstat, which the
/// page replaces by a table.
#[test]
fn words_behind_the_first_line_of_a_patch_file_are_shown() {
    let site = Site::new();
    site.write(
        "list.mbox",
        "From mboxrd@z Thu Jan  1 00:00:00 1970\n\
         From: Ada Example <ada@example.org>\nSubject: [PATCH] lamp: burn\n\
         Date: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n\n\
         >From f467f251e44cd406c9556ea7d68d131f56e0d832 Mon Sep 17 00:00:00 2001 zqwords\n\
         From: Max Fern <max@example.com>\n\nThe lamp is dim.\n---\n\
         diff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n\
         @@ -1 +1 @@\n-int watts = 10;\n+int watts = 20;\n",
    );
    site.run(&["build"]).succeeds();
    let shows = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("zqwords");
    assert!(tree(&site.path("public")).values().any(shows));
}

#[test]
fn words_behind_the_summary_of_a_diffstat_are_shown() {
    for (summary, words) in [
        (" 1 file changed, 1 insertion(+), 1 deletion(-) zqwords", "zqwords"),
        ("\u{a0}1 file changed, 1 deletion(-)zqglued", "zqglued"),
        (" 1 file changed, 1 inszqhidden", "zqhidden"),
        (" 1 file changed, 1 insertion(+), 1 modification(!) zqthird", "zqthird"),
    ] {
        let site = Site::new();
        site.write(
            "list.mbox",
            &format!(
                "From mboxrd@z Thu Jan  1 00:00:00 1970\n\
                 From: Ada Example <ada@example.org>\nSubject: [PATCH] lamp: burn\n\
                 Date: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n\
                 Content-Type: text/plain; charset=utf-8\n\n\
                 The lamp is dim.\n---\n lamp.c | 2 +-\n{summary}\n\n\
                 diff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n\
                 @@ -1 +1 @@\n-int watts = 10;\n+int watts = 20;\n"
            ),
        );
        site.run(&["build"]).succeeds();
        let pages = tree(&site.path("public"));
        let is_shown = |(path, bytes): (&std::path::PathBuf, &Vec<u8>)| {
            path.ends_with("index.html") && String::from_utf8_lossy(bytes).contains(words)
        };
        assert!(pages.iter().any(is_shown), "{summary}");
    }
}
