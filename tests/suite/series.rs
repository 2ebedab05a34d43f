//! Specimens of what belongs together, one for each mistake that was made.

use crate::support;

/// A patch or plain mail of the same author, a minute after the one before it.
fn mail(number: u32, subject: &str, answers: Option<u32>) -> String {
    let parent = answers.map(|n| format!("In-Reply-To: <{n}@example.org>\n")).unwrap_or_default();
    let diff =
        "---\ndiff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-off\n+on\n";
    let body = if subject.contains("PATCH") { diff } else { "Two ways to do it below.\n" };
    format!(
        "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: Zoe Lind <zoe@example.org>\n\
         Date: Mon, 2 Mar 2026 10:{number:02}:00 +0000\nMessage-ID: <{number}@example.org>\n{parent}\
         Subject: {subject}\n\n{body}\n"
    )
}

/// Seen by the law of threads: a letter without a counter that two postings answer was the cover letter
/// of both, so one mail stood in two places.
#[test]
fn a_letter_without_a_counter_covers_the_first_posting_that_answers_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    let mails = [
        mail(1, "lamp: on or off", None),
        mail(2, "[PATCH 1/2] lamp: on", Some(1)),
        mail(3, "[PATCH 2/2] lamp: on for good", Some(1)),
        mail(4, "[PATCH v2 1/3] lamp: on", Some(1)),
    ];
    std::fs::write(&file, mails.concat()).expect("a file");
    let corpus = support::read(&file);
    let covers: Vec<_> = corpus
        .series
        .iter()
        .flat_map(|series| &series.revisions)
        .map(|revision| (revision.version.major, revision.cover.is_some()))
        .collect();
    assert_eq!(covers, [(1, true), (2, false)]);
}
