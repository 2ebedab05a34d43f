//! Text that was on no page until mutated mail showed it: each kind has a mail here.

use patchpress::archive;
use patchpress::patch::{self, Mail};

use crate::site::{Site, tree};

const HEAD: &str = "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Ada Example <ada@example.org>\n\
                    Date: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n";

/// The pages of a site with one mail, whose header continues with `mail`.
fn pages(mail: &str) -> Vec<String> {
    let site = Site::new();
    site.write("list.mbox", &format!("{HEAD}{mail}"));
    site.run(&["build"]).succeeds();
    let files = tree(&site.path("public")).into_iter();
    let pages = files.filter(|(path, _)| path.extension().is_some_and(|end| end == "html"));
    pages.map(|(_, bytes)| String::from_utf8(bytes).expect("text")).collect()
}

fn is_shown(mail: &str, words: &str) -> bool {
    pages(mail).iter().any(|page| page.contains(words))
}

fn read(mail: &str) -> Mail {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("list.mbox");
    std::fs::write(&path, format!("{HEAD}{mail}")).expect("an archive");
    let archives = archive::open(&path).expect("an archive");
    let read = archives.iter().map(|archive| archive.read(|raw| patch::read(&raw)));
    read.flat_map(|read| read.expect("a mail").messages).next().expect("a mail").1
}

/// A line of only blanks is part of a folded field (RFC 5322, 4.2) only if the header is not complete without the lines
/// below.
#[test]
fn a_line_of_blanks_below_a_header_begins_the_body() {
    const DIFF: &str = "---\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-int a;\n+int b;\n";
    for blank in [" \n", "\t\n", "  \r\n"] {
        let patch = format!(
            "Subject: [PATCH] lamp: burn\n{blank}From: Ann <ann@example.org>\n\nzqwhy\n{DIFF}"
        );
        let mail = read(&patch);
        assert_eq!(&*mail.author.address, "ann@example.org", "{blank:?}");
        assert!(is_shown(&patch, "zqwhy"));
        for line in
            ["Date: zqfriday we meet", "To: do zqfriday", "Status: zqfriday", "Note: zqfriday"]
        {
            let mail = format!("Subject: lamps\n{blank}{line}\n\nMore.\n");
            assert!(is_shown(&mail, "zqfriday"), "{mail:?}");
            let mail = format!("Subject: lamps\n{blank}  zqfirst\n{line}\n\nMore.\n");
            assert!(is_shown(&mail, "zqfirst") && is_shown(&mail, "zqfriday"), "{mail:?}");
            assert_eq!(&*read(&mail).message.subject.title, "lamps", "{mail:?}");
        }
    }
    // A spam filter's report, as list servers put it above the subject.
    let report = "X-Spam-Report: yes\n \n zqpreview\n \nX-End: 1\nSubject: lamps\nTo: l@example.org\n\nzqbody\n";
    assert_eq!(&*read(report).message.subject.title, "lamps");
    assert!(is_shown(report, "zqbody") && !is_shown(report, "zqpreview"));
}

/// A patch as git writes it.
const GIT: &str = "Why it burns.\n\nSigned-off-by: Ada Example <ada@example.org>\n---\n lamp.c | 4 ++--\n \
    1 file changed, 2 insertions(+), 2 deletions(-)\n\ndiff --git a/lamp.c b/lamp.c\nindex 1234567..89abcde 100644\n\
    --- a/lamp.c\n+++ b/lamp.c\n@@ -1,4 +1,4 @@ int main(void)\n int oil;\n-int dim;\n+int bright;\n int wick;\n@@ -11,3 +11,3 @@\n \
    int glass;\n-int soot;\n+int clean;\n int end;\n-- \n2.47.0\n";
/// A patch in the form of diff(1) and CVS.
const PLAIN: &str = "Why it burns.\n\ndiff -urN lamp-1/lamp.c lamp/lamp.c\n\
    --- lamp-1/lamp.c\t2004-10-18 21:53:43.000000000 +0000\n+++ lamp/lamp.c\t2004-10-19 21:53:43.000000000 +0000\n\
    @@ -1,3 +1,3 @@\n int oil;\n-int dim;\n+int bright;\n int wick;\nIndex: wick.c\n\
    ===================================================================\nRCS file: /cvs/wick.c,v\nretrieving revision 1.1\n\
    diff -u -r1.1 wick.c\n--- wick.c\t18 Oct 2004\t1.1\n+++ wick.c\t19 Oct 2004\n@@ -1,3 +1,3 @@\n int oil;\n-int dim;\n+int bright;\n \
    int wick;\n";
/// The header of an attached file of `git format-patch`.
const FILE: &str = "See below.\n\n>From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n\
    From: Ann <ann@example.org>\nDate: Mon, 23 Feb 2026 10:00:00 +0000\nSubject: [PATCH] lamp: burn\nCc: B B <b@example.org>\n\
    References: <b@example.org>\n <c@example.org>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\n";
/// A review of [`GIT`].
const REVIEW: &str = "On Monday, Ada Example wrote:\n> diff --git a/lamp.c b/lamp.c\n> --- a/lamp.c\n> +++ b/lamp.c\n\
    > @@ -1,4 +1,4 @@ int main(void)\n>  int oil;\n> -int dim;\n> +int bright;\n\nWhy bright?\n\n>  int wick;\n\
    > @@ -11,3 +11,3 @@\n>  int glass;\n> -int soot;\n> +int clean;\n\nWhy clean?\n\n>  int end;\n\nReviewed-by: Bob Example <bob@example.org>\n\
    -- \nBob\n";
/// Added lines, each with a place for a word.
const LINES: [&str; 16] = [
    "prose WORD",
    "  indented WORD",
    "+plus WORD",
    "# hash WORD",
    " <id@example.org> WORD",
    "key: WORD and more",
    "Date: friday WORD",
    "[cut WORD]",
    "- cut the wick WORD",
    "--- WORD",
    "====\tWORD",
    "Index: WORD",
    "rename to WORD",
    "index WORD",
    "mode WORD",
    "Binary files WORD differ",
];

/// Each line above each line of a mail, and a word after a line that is cut in two.
fn strewn(mail: &str, number: &mut usize) -> Vec<(String, String)> {
    let lines: Vec<&str> = mail.lines().collect();
    let mut out = Vec::new();
    let mut say = |at: usize, told: &dyn Fn(&str) -> String| {
        *number += 1;
        let word = format!("zq{number:05}x");
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines[at] = told(&word);
        out.push((word, lines.join("\n") + "\n"));
    };
    for (at, line) in lines.iter().enumerate() {
        for added in LINES {
            say(at, &|word| format!("{}\n{line}", added.replace("WORD", word)));
        }
        let half = line.len() / 2;
        // The second half of a rule is not a rule.
        if !line.starts_with("====") {
            say(at, &|word| format!("{}\n{} {word}", &line[..half], &line[half..]));
        }
    }
    out
}

#[test]
fn a_word_in_a_line_that_stands_anywhere_in_a_mail_is_on_a_page() {
    let mut number = 0;
    let (mut mbox, mut words) = (String::new(), Vec::new());
    let mut post = |subject: &str, id: &str, parent: &str, text: &str| {
        mbox += &format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Ada Example <ada@example.org>\n\
             Date: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <{id}@example.org>\nSubject: {subject}\n{parent}\n{text}\n\n"
        );
    };
    let file = format!("{FILE}{GIT}");
    for mail in [GIT, PLAIN, &file, REVIEW] {
        // What follows the header of a file is as it is without one.
        let head = if mail == file { FILE } else { mail };
        for (word, text) in strewn(head, &mut number) {
            let text = text + &mail[head.len()..];
            // No two have the same title or the same diff.
            let n = &word[2..7];
            let own = |text: &str| {
                let text = text.replace("oil;", &format!("oil{n};"));
                text.replace("glass;", &format!("glass{n};")).replace("lamp: burn", n)
            };
            if mail == REVIEW {
                post(&format!("[PATCH] {n}"), n, "", &own(GIT));
                let parent = format!("In-Reply-To: <{n}@example.org>\n");
                post(&format!("Re: [PATCH] {n}"), &format!("r{n}"), &parent, &own(&text));
            } else {
                post(&format!("[PATCH] {n}"), n, "", &own(&text));
            }
            words.push((word, text));
        }
    }
    let site = Site::new();
    site.settings("[search]\nenabled = false\n");
    site.write("list.mbox", &mbox);
    site.run(&["build", "--quiet"]).succeeds();
    let files = tree(&site.path("public")).into_iter();
    let pages = files.filter(|(path, _)| path.extension().is_some_and(|end| end == "html"));
    let text: String = pages.map(|(_, bytes)| String::from_utf8(bytes).expect("text")).collect();
    let lost: Vec<_> = words.iter().filter(|(word, _)| !text.contains(word.as_str())).collect();
    assert!(
        lost.is_empty(),
        "{} of {} are lost: {:#?}",
        lost.len(),
        words.len(),
        &lost[..lost.len().min(3)]
    );
}
