//! One large mail.

use super::mail::{DAY, Mail, START, all, change, date, letters, patch};

pub(super) fn files(count: usize) -> String {
    let diff = all(count, |n| change(&format!("{}.c", letters(n)), n));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0).text(&format!("m\n---\n{diff}")).end()
}

pub(super) fn hunks(count: usize) -> String {
    let hunks = all(count, |n| format!("@@ -{0},2 +{0},2 @@\n x\n-a\n+b\n", 10 * n + 1));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0)
        .text(&format!("m\n---\n--- a/a.c\n+++ b/a.c\n{hunks}"))
        .end()
}

pub(super) fn lines(count: usize) -> String {
    let lines = all(count, |n| format!("{}\n", if n % 2 == 0 { "-a" } else { "+b" }));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0)
        .text(&format!("m\n---\n--- a/a.c\n+++ b/a.c\n@@ -1,{0} +1,{0} @@\n{lines}", count / 2))
        .end()
}

pub(super) fn diffstat(count: usize) -> String {
    let rows = all(count, |n| format!(" {}.c | 2 +-\n", letters(n)));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0)
        .text(&format!(
            "m\n---\n{rows} {count} files changed, 1 insertion(+)\n\n{}",
            change("a.c", 0)
        ))
        .end()
}

pub(super) fn changelog(count: usize) -> String {
    let said = all(count, |n| format!("Changes in v{}:\n- better {n}\n", n + 2));
    Mail::new("r", "[PATCH v2] lamp: burn", 0, 0)
        .text(&format!("m\n---\n{said}\n{}", change("a.c", 0)))
        .end()
}

/// One mail with many files of `git format-patch`.
pub(super) fn patches_in_one(count: usize) -> String {
    let one = |n: usize| {
        format!(
            "From {n:040} Mon Sep 17 00:00:00 2001\nFrom: A B <a@example.org>\nDate: {}\nSubject: [PATCH {}/{count}] \
             {}: burn\n\nm\n---\n{}-- \n2.0\n\n",
            date(START),
            n + 1,
            letters(n),
            change("a.c", n)
        )
    };
    Mail::new("r", "Lamps", 0, 0).text(&all(count, one).replace("\nFrom 0", "\n>From 0")).end()
}

pub(super) fn parts(count: usize) -> String {
    let part = |n: usize| {
        format!(
            "--b\nContent-Type: text/x-patch; name={:04}-a.patch\nContent-Disposition: attachment; filename={:04}-a.patch\n\
             \nFrom: A <a@example.org>\nSubject: [PATCH {}/{count}] {}: burn\n\nm\n---\n{}\n",
            n + 1,
            n + 1,
            n + 1,
            letters(n),
            change("a.c", n)
        )
    };
    Mail::new("r", "Lamps", 0, 0)
        .header("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b")
        .text(&(all(count, part) + "--b--\n"))
        .end()
}

pub(super) fn nested_parts(count: usize) -> String {
    let open =
        all(count, |n| format!("--b{n}\nContent-Type: multipart/mixed; boundary=b{}\n\n", n + 1));
    Mail::new("r", "a", 0, 0)
        .header("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0")
        .text(&open)
        .end()
}

pub(super) fn long_word(count: usize) -> String {
    Mail::new("r", "a", 0, 0).text(&"w".repeat(count)).end()
}

pub(super) fn long_line(count: usize) -> String {
    Mail::new("r", "a", 0, 0).text(&"b ".repeat(count)).end()
}

pub(super) fn long_subject(count: usize) -> String {
    let subject = format!("[PATCH] {}", "b ".repeat(count));
    all(4, |n| patch(&format!("r{n}"), &subject, 0, n * DAY, "a.c", n))
}

pub(super) fn long_name(count: usize) -> String {
    let line =
        format!("From: {} <n@example.org>\n\nm\n---\n{}", "N ".repeat(count), change("a.c", 0));
    all(4, |n| {
        Mail::new(&format!("r{n}"), &format!("[PATCH] {}: a", letters(n)), 0, n).text(&line).end()
    })
}

pub(super) fn long_path(count: usize) -> String {
    all(4, |n| {
        let path = format!("{}.c", "p/".repeat(count));
        patch(&format!("r{n}"), &format!("[PATCH] {}: burn", letters(n)), 0, n, &path, n)
    })
}

pub(super) fn long_code(count: usize) -> String {
    let text = format!(
        "m\n---\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-{}\n+{}\n",
        "a(".repeat(count),
        "a)".repeat(count)
    );
    Mail::new("r", "[PATCH] lamp: burn", 0, 0).text(&text).end()
}

pub(super) fn words(count: usize) -> String {
    Mail::new("r", "a", 0, 0).text(&all(count, |n| letters(n * 7_919) + "\n")).end()
}

/// Characters that take more bytes where they are escaped.
pub(super) fn entities(count: usize) -> String {
    let text = format!(
        "m\n---\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+{}\n",
        "<&>\"\u{1}".repeat(count / 5)
    );
    Mail::new("r", "[PATCH] <&>\"", 0, 0).text(&text).end()
}

pub(super) fn from_lines(count: usize) -> String {
    let from = all(count, |n| format!("From: A {} <a{n}@example.org>\n", letters(n)));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0)
        .text(&format!("{from}\nm\n---\n{}", change("a.c", 0)))
        .end()
}

pub(super) fn headers(count: usize) -> String {
    let head = all(count, |n| format!("X-{n}: b\nReceived: by a; {}\n", date(START)));
    Mail::new("r", "a", 0, 0).header(head.trim_end()).text("b").end()
}

pub(super) fn encoded_words(count: usize) -> String {
    let subject = all(count, |_| "=?utf-8?q?a?=\n ".into());
    Mail::new("r", subject.trim_end(), 0, 0).text("b").end()
}
