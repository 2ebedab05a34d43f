//! Spam: how it is recognised, and where it is left out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::machines::{ANN, BOB, DIFF, archive, one, run};

/// The first mails of threads: sender, further header lines, subject, text, and whether it is spam.
const STARTS: [(&str, &str, &str, &str, bool); 15] = [
    (
        "Mr. Rich <rich@example.org>",
        "Reply-To: rich9@gmail.com\n",
        "Hello",
        "I have a business proposal.",
        true,
    ),
    (
        "Mr. Rich <rich@example.org>",
        "Reply-To: rich9@gmail.com\n",
        "Hello",
        "Did you get my last mail?",
        true,
    ),
    (
        ANN,
        "Reply-To: ann9@gmail.com\n",
        "Lamp oops",
        "The kernel stops in lamp_on() on my board.",
        false,
    ),
    (ANN, "Reply-To: ann@lab.example.org\n", "Hello", "Is anybody here?", false),
    (
        "Bank <bank@example.org>",
        "",
        "PAYMENT",
        "Attn Dear beneficiary, your fund of $2 Million dollars waits. Kindly reply with your bank account.",
        true,
    ),
    ("Bank <bank@example.org>", "", "Low rates", "We give loans to investors.", true),
    (
        ANN,
        "",
        "Loan of a board",
        "Who has a board with this clk driver to loan? No investment needed.",
        false,
    ),
    (
        "Seo <seo@mail.example.org>",
        "X-Mailer: PHPMailer 6.5\n",
        "Offer",
        "Be first in every list.",
        true,
    ),
    (ANN, "X-Mailer: git-send-email 2.40\n", "Offer", "I can take the lamps.", false),
    ("Ann Roe <ann@example.org>", "", "lamp: a question", "Why does it never dim?", false),
    (
        "Mr. Rich <rich@example.org>",
        "",
        "Equity",
        "I have a proposal for you; write to my secretary (rich9@gmail.com).",
        true,
    ),
    (
        "Shop <shop@example.org>",
        "",
        "Inquiry",
        "We like your products. Did you receive my last mail?",
        true,
    ),
    // The sender's own address, and no topic.
    ("Ann <ann9@gmail.com>", "", "Hello", "I have a proposal; write to ann9@gmail.com.", false),
    (ANN, "", "Meeting", "Write to bob9@gmail.com where you will take part.", false),
    (
        ANN,
        "In-Reply-To: <absent@example.org>\nReply-To: a@gmail.com\n",
        "Hello",
        "A business proposal.",
        false,
    ),
];

#[test]
fn spam_is_recognised_by_its_reply_address_and_topic() {
    for (from, header, subject, text, expected) in STARTS {
        let mail = one((from, header, subject, None, text));
        assert_eq!(mail.spam, expected, "{from}: {subject}: {text}");
    }
}

#[test]
fn spam_is_on_its_page_only_and_can_be_corrected() {
    let (folder, file) = archive(&[
        (ANN, "", "[PATCH] lamp: dim", None, DIFF),
        (
            "Mr. Rich <rich@example.org>",
            "Reply-To: rich9@gmail.com\n",
            "Dearest friend",
            None,
            "A business proposal.",
        ),
        (BOB, "", "Re: Dearest friend", Some(1), "Please stop."),
        (ANN, "", "lamp: never dims", None, DIFF),
    ]);
    let toml = "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n";
    fs::write(folder.path().join("site.toml"), toml).expect("a file");
    let build = || {
        let (report, _) = run(&["build", "--root"], folder.path());
        report
    };
    let files = || {
        let all = walkdir::WalkDir::new(folder.path().join("public")).into_iter();
        let read = |entry: walkdir::DirEntry| {
            let text = fs::read(entry.path()).ok()?;
            Some((entry.path().to_owned(), String::from_utf8_lossy(&text).into_owned()))
        };
        all.filter_map(|entry| read(entry.expect("readable"))).collect::<Vec<_>>()
    };
    let report = build();
    assert!(report.contains("spam, left out of digests, feeds and search: 1"), "{report}");
    let naming: Vec<PathBuf> = files()
        .into_iter()
        .filter(|(_, text)| text.contains("Dearest"))
        .map(|(path, _)| path)
        .collect();
    let (own, rest): (Vec<_>, Vec<_>) =
        naming.iter().partition(|path| path.to_string_lossy().contains("threads"));
    let links: Vec<_> = rest.iter().map(|path| path.strip_prefix(folder.path())).collect();
    let only = Ok(Path::new("public/stats/index.html"));
    assert_eq!((own.len(), links), (1, vec![only]), "{naming:?}");
    assert!(
        fs::read_to_string(own[0])
            .expect("its page")
            .contains("<meta name=robots content=noindex>")
    );
    // The editor's setting takes precedence.
    let edits =
        "kind:\n  m1@example.org: report\n  m0@example.org: spam\n  m3@example.org: report\n";
    fs::create_dir_all(folder.path().join("content")).expect("a folder");
    fs::write(folder.path().join("content/series.yaml"), edits).expect("a file");
    let (_, messages) = run(&["export", "--messages", "--root"], folder.path());
    let lines: Vec<&str> = messages.lines().collect();
    let is = |line: &str, role: &str, spam: bool| {
        line.contains(&format!("\"role\":\"{role}\"")) && line.contains(&format!("\"spam\":{spam}"))
    };
    assert!(is(lines[0], "other", true), "{}", lines[0]);
    assert!(is(lines[1], "other", false), "{}", lines[1]);
    assert!(is(lines[3], "other", false), "{}", lines[3]);
    let report = build();
    assert!(report.contains("search: 1"), "{report}");
    let edits =
        "kind:\n  m1@example.org: report\n  m3@example.org: patch\n  gone@example.org: spam\n";
    fs::write(folder.path().join("content/series.yaml"), edits).expect("a file");
    let (_, export) = run(&["export", "--root"], folder.path());
    assert_eq!(export.lines().count(), 2, "{export}");
    let report = build();
    assert!(!report.contains("left out of digests"), "{report}");
    assert!(report.contains("gone@example.org"), "{report}");
    assert!(files().iter().filter(|(_, text)| text.contains("Dearest")).count() > 1);
    assert!(file.exists());
}
