//! Commands print text only: no control character of a mail, a path or a server reaches a terminal.

use serde_json::Value;

use crate::site::{Ran, Site, tree};

/// Control sequences: the title of a window, a cleared screen, a C1 control, reversed text.
const BAD: &str = "\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m\u{7f}\u{202e}\u{2066}";

/// The same in a header of a mail.
fn encoded() -> String {
    let bytes: String = BAD.bytes().map(|byte| format!("={byte:02X}")).collect();
    format!("=?utf-8?q?{bytes}?=")
}

/// A site with such text wherever a mail may have some.
fn site() -> Site {
    let site = Site::new();
    let bad = encoded();
    let mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    let mbox = mbox
        .replace("From: Ada Example", &format!("From: Ada {bad}"))
        .replace("Burn brighter", &format!("Burn {bad}"))
        .replace("The lamp is dim.", &format!("The {BAD} lamp.\r"))
        .replace("From: Bob Example", "From: B\u{202e}ob\u{1b}[1m")
        .replace("Reviewed-by: Bob", &format!("Reviewed-by: B{BAD}ob"))
        .replace("lamp.c", "la\u{202e}mp.c")
        .replace("Date: Mon, 23 Feb 2026 11", "Date: \u{1b}[3m 23 Feb 2026 11")
        .replace("<2@", "<2\u{1b}[4m@");
    let more = format!(
        "\nFrom mboxrd@z Tue Feb 24 10:00:00 2026\nFrom: Eve <eve@example.org>\nSubject: a thread {bad}\n\
         Date: Tue, 24 Feb 2026 10:00:00 +0000\nMessage-ID: <3@example.org>\n\nwords\n"
    );
    site.write("list.mbox", &(mbox + &more));
    site.settings("base_url = \"https://example.org/\"\n[digest]\nfrom = \"d@example.org\"\n");
    site
}

fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn plain(what: &str, text: &str) {
    let at = text.find(acts);
    let line = at.map(|at| text[..at].lines().count());
    assert!(at.is_none(), "{what}: a control in line {line:?}:\n{text:?}");
}

fn said(site: &Site, args: &[&str]) -> Ran {
    let ran = site.run(args);
    plain(&format!("{args:?} on stdout"), &ran.data());
    plain(&format!("{args:?} on stderr"), &ran.talk());
    ran
}

#[test]
fn commands_print_words() {
    let site = site();
    for args in [
        &["build", "--notes"][..],
        &["build", "--explain", "x\u{1b}[2J"],
        &["check", "--all"],
        &["check", "--format", "json"],
        &["digest", "2026-W09"],
        &["digest", "2026-W09", "--format", "markdown"],
        &["digest", "2026-W09", "--format", "html"],
        &["digest", "2026-W09", "--format", "json"],
        &["digest", "2026-W09", "--format", "eml"],
        &["export"],
        &["export", "--messages"],
        &["export", "--digests"],
        &["inspect", "1@example.org"],
        &["inspect", "3@example.org"],
        &["people", "--suggest"],
    ] {
        said(&site, args);
    }
    // Errors contain arguments and paths.
    for args in [
        &["inspect", "n\u{1b}[2J\u{202e}"][..],
        &["export", "n\u{9b}31m"],
        &["digest", "--list", "\u{1b}c"],
        &["--root", "\u{1b}c", "build"],
    ] {
        assert_eq!(said(&site, args).code(), 2);
    }
    let words = "Burn <U+001B>]0;x<U+0007><U+001B>[2J<U+009B>31m<U+007F><U+202E><U+2066>";
    for args in [&["digest", "2026-W09"][..], &["inspect", "1@example.org"]] {
        assert!(said(&site, args).data().contains(words), "{}", site.run(args).data());
    }
}

#[test]
fn what_scripts_read_has_the_same_value() {
    let site = site();
    let title = |args: &[&str], key: &str| {
        let data = said(&site, args).data();
        let first: Value =
            serde_json::from_str(data.lines().next().expect("a line")).expect("JSON");
        first[key].as_str().expect("a string").to_owned()
    };
    assert_eq!(title(&["export"], "title"), format!("lamp: Burn {BAD}"));
    assert_eq!(title(&["export", "--messages"], "subject"), format!("[PATCH] lamp: Burn {BAD}"));
}

/// Except `series.mbox`, which `git am` needs byte by byte.
#[test]
fn every_text_file_of_a_site_is_words() {
    let site = site();
    site.run(&["build"]).succeeds();
    let mut seen = 0;
    for (path, bytes) in tree(&site.path("public")) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let is_ours = path.starts_with("static") || path.extension().is_some_and(|e| e == "js");
        if is_ours || path.extension().is_some_and(|end| end == "mbox") {
            continue;
        }
        plain(&path.display().to_string(), &text);
        seen += usize::from(text.contains("U+202E") || text.contains("\\u202e"));
    }
    assert!(seen > 6, "only {seen} files have the words");
}
