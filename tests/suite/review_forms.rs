//! The forms of reviews in mail: those that git and b4 read, those that people write, and lookalikes that are not
//! reviews.

use patchpress::series::StateKind;

use crate::reviews::{Mail, ann, ledger, patch, read, reply};

/// The ledger of a patch by Zoe with this reply by Ann.
fn answered(text: &'static str) -> Vec<String> {
    ledger(&read(&[patch("[PATCH] lamp", "Light.", "on"), ann(0, text)]))
}

#[test]
fn a_reply_gives_reviews_in_many_forms() {
    for (text, want) in [
        ("Nice:\n\n    Acked-by: Ann Or <ann@example.org>", "Acked-by"),
        ("For the lamp:\n\tAcked-by: Ann Or <ann@example.org>", "Acked-by"),
        ("  Acked-by: Ann Or <ann@example.org>\n  on my desk", "Acked-by"),
        ("Acked-by : Ann Or <ann@example.org>", "Acked-by"),
        ("Acked-by: Ann Or <ann@example.org>.", "Acked-by"),
        ("Acked-by: Ann Or <ann@example.org>;", "Acked-by"),
        ("Acked by: Ann Or <ann@example.org>", "Acked-by"),
        ("Acked_by: Ann Or <ann@example.org>", "Acked-by"),
        ("Acked‑by: Ann Or <ann@example.org>", "Acked-by"),
        ("*Acked-by:* Ann Or <ann@example.org>", "Acked-by"),
        (" * Acked-by: Ann Or <ann@example.org>", "Acked-by"),
        ("Reviewed/Tested-by: Ann Or <ann@example.org>", "Reviewed-and-tested-by"),
        ("Reviewed-by, Tested-by: Ann Or <ann@example.org>", "Reviewed-and-tested-by"),
        ("Reviewed-&-tested-by: Ann Or <ann@example.org>", "Reviewed-and-tested-by"),
        ("Acked-for-MFD-by: Ann Or <ann@example.org>", "Acked-for-mfd-by"),
        ("Build-tested-by: Ann Or <ann@example.org>", "Build-tested-by"),
        ("Acked-by:\nAnn Or <ann@example.org>", "Acked-by"),
        ("Acked-by:\n Ann Or <ann@example.org>", "Acked-by"),
        ("Acked-by: Ann\nOr <ann@example.org>", "Acked-by"),
        ("Acked-by: Ann Or <ann@\nexample.org>", "Acked-by"),
        (
            "From: Zoe Lind <zoe@example.org>\nDate: Monday\n\n> Light.\n\nAcked-by: Ann Or <ann@example.org>",
            "Acked-by",
        ),
        (
            "diff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n@@ -1 +1 @@\n-off\n+on\n\nAcked-by: Ann Or <ann@example.org>",
            "Acked-by",
        ),
        ("This is OK.", "OK"),
        ("> Light.  ok?\n\nok ann@", "OK"),
    ] {
        assert_eq!(answered(text), [format!("1 {want} Ann Or given 1")], "{text:?}");
    }
}

#[test]
fn what_looks_like_a_verdict_is_none() {
    for text in [
        "If you fix that: Acked-by: Ann Or <ann@example.org>",
        "You can add my Acked-by: Ann Or <ann@example.org> if you fix that.",
        "Please drop my\n\nAcked-by: Ann Or <ann@example.org>",
        "I cannot give a\nAcked-by: Ann Or <ann@example.org>\nuntil this is fixed.",
        "Un-acked-by: Ann Or <ann@example.org>",
        "Not-yet-acked-by: Ann Or <ann@example.org>",
        "\"Acked-by: Ann Or <ann@example.org>\"",
        "> Acked-by: Ann Or <ann@example.org>",
        "This was acked by: Ann Or <ann@example.org>",
        // A pasted commit, and a tag that a machine or a list proposes.
        "You broke\n\n    lamp: glow\n\n    Acked-by: Bo Li <bo@example.org>\n    Signed-off-by: Zoe Lind <zoe@example.org>",
        "You broke\n\n    Acked-by: Ann Or <ann@example.org>\n    Signed-off-by: Zoe Lind <zoe@example.org>",
        "May I keep your tag?\n\n  Acked-by: Bo Li <bo@example.org>",
        "diff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n@@ -1 +1 @@\n-off\n+on\n\nAcked-by: Bo Li <bo@example.org>",
        "-- \nAcked-by: Ann Or <ann@example.org>",
        "OK.",
        "> Shall I?\n\nThis is OK.\n\n> And here?\n\nNo.",
        "ok bo@",
    ] {
        assert!(answered(text).is_empty(), "{text:?}: {:?}", answered(text));
    }
}

#[test]
fn several_people_on_a_line_are_several_reviews() {
    assert_eq!(
        answered(
            "Acked-by: Ann Or <ann@example.org>, Bo Li <bo@example.org> and Cy Ro <cy@example.org>."
        ),
        ["1 Acked-by Ann Or given 1", "1 Acked-by Bo Li foreign 1", "1 Acked-by Cy Ro foreign 1"]
    );
    let declared = patch(
        "[PATCH] lamp",
        "Light.\n\nAcked-by: Bo Li <bo@example.org>, Cy Ro <cy@example.org>",
        "on",
    );
    let want = ["1 Acked-by Bo Li declared 0", "1 Acked-by Cy Ro declared 0"];
    assert_eq!(ledger(&read(&[declared])), want);
}

#[test]
fn below_a_review_a_bracket_in_prose_is_not_a_scope() {
    let mut two = patch("[PATCH 2/2] lamp: two", "Two.\n", "two");
    two.answers(0);
    let said =
        ann(0, "Acked-by: Ann Or <ann@example.org>\ni.e. I take it, folded into [PATCH 2/2].");
    let corpus = read(&[patch("[PATCH 1/2] lamp: one", "One.\n", "one"), two, said]);
    assert_eq!(ledger(&corpus), ["1 Acked-by Ann Or given 2"]);
}

#[test]
fn a_commit_s_wrapped_and_spaced_trailers_are_whole() {
    let text = "Light.\n\nFixes: 1234567890ab (\"lamp: a long title that\nglow: is folded\")\n\
                Acked-by : Bo Li <bo@example.org>\nSigned-off-by: Zoe Lind <zoe@example.org>";
    let corpus = read(&[patch("[PATCH] lamp", text, "on")]);
    let line = |t: &patchpress::message::Trailer| format!("{}: {}", t.key, t.value);
    let trailers: Vec<String> = corpus.mails[0].mail.trailers.iter().map(line).collect();
    assert_eq!(
        trailers,
        [
            "Fixes: 1234567890ab (\"lamp: a long title that glow: is folded\")",
            "Acked-by: Bo Li <bo@example.org>",
            "Signed-off-by: Zoe Lind <zoe@example.org>",
        ]
    );
}

/// A patch that Zoe sends and Bo wrote, with her own Reviewed-by.
fn passed_on(subject: &'static str, lamp: &'static str) -> Mail {
    let text = "From: Bo Li <bo@example.org>\n\nLight.\n\nSigned-off-by: Bo Li <bo@example.org>\n\
                Reviewed-by: Zoe Lind <zoe@example.org>";
    patch(subject, text, lamp)
}

#[test]
fn who_wrote_or_sends_a_patch_does_not_review_it() {
    let with = "Light.\n\nCo-developed-by: Ann Or <ann@example.org>\nSigned-off-by: Ann Or <ann@example.org>\n\
                Reviewed-by: Ann Or <ann@example.org>";
    let acks = "Acked-by: Ann Or <ann@example.org>";
    let corpus = read(&[patch("[PATCH] lamp", with, "on"), ann(0, acks)]);
    assert_eq!(ledger(&corpus), ["1 Reviewed-by Ann Or own 0", "1 Acked-by Ann Or own 1"]);
    assert_eq!(corpus.series[0].state.kind, StateKind::Discussed);

    let corpus = read(&[passed_on("[PATCH] lamp", "on")]);
    assert_eq!(ledger(&corpus), ["1 Reviewed-by Zoe Lind own 0"]);
    assert_eq!(corpus.series[0].state.kind, StateKind::New);
    let corpus = read(&[passed_on("[PATCH] lamp", "on"), ann(0, acks)]);
    assert_eq!(ledger(&corpus), ["1 Reviewed-by Zoe Lind own 0", "1 Acked-by Ann Or given 1"]);
    assert_eq!(corpus.series[0].state.kind, StateKind::Reviewed);

    // She reviewed it when Bo sent it himself.
    let mut first = patch("[PATCH] lamp", "Light.\n\nSigned-off-by: Bo Li <bo@example.org>", "dim");
    first.from = "Bo Li <bo@example.org>";
    let said = reply("Zoe Lind <zoe@example.org>", 0, "Reviewed-by: Zoe Lind <zoe@example.org>");
    let mut second = passed_on("[PATCH v2] lamp", "on");
    second.answers(0);
    assert_eq!(ledger(&read(&[first, said, second])), ["1 Reviewed-by Zoe Lind declared 1"]);
}

#[test]
fn a_reply_under_the_id_of_its_parent_is_a_reply() {
    let head = |day: u8, from: &str| {
        format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {from}\nDate: {day} Mar 2026 10:00:00 +0000\n\
             Message-ID: <0@example.org>\nSubject: [PATCH] lamp\n"
        )
    };
    let patch =
        "\nLight.\n---\ndiff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n@@ -1 +1 @@\n-off\n+on\n\n";
    let said =
        "In-Reply-To: <0@example.org>\n\nHi,\n\n> Light.\n\nAcked-by: Ann Or <ann@example.org>\n\n";
    let zoe = head(2, "Zoe Lind <zoe@example.org>");
    let ann = head(3, "Ann Or <ann@example.org>");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    std::fs::write(&file, format!("{zoe}{patch}{ann}{said}")).expect("a file");
    assert_eq!(ledger(&crate::support::read(&file)), ["1 Acked-by Ann Or given 0"]);
}

/// Outlook puts the header of the parent above the quote. If an unmarked quote or a proposed diff follows, the `From:` in
/// that header does not name the author of a patch.
#[test]
fn a_reply_that_begins_with_a_quoted_header_is_not_a_patch() {
    let diff = "diff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n@@ -1 +1 @@\n-off\n+dim\n";
    for header in [
        "From: Zoe Lind <zoe@example.org> Sent: Monday, March 2, 2026 1:00 AM\n>\n> Light.\n",
        "From: Zoe Lind <zoe@example.org> Sent: Monday, March 2, 2026 1:00 AM\n\nHow about this:\n",
        "From: Zoe Lind <zoe@example.org>\nSent: Monday, March 2, 2026 1:00 AM\nTo: list@example.org\n\n> Light.\n",
        "*From:* Zoe Lind <zoe@example.org>\n*Sent:* Monday, March 2, 2026 1:00 AM\n\nLight.\n",
        "From: Zoe Lind <zoe@example.org>\nDate: Mon, 2 Mar 2026 01:00:00 +0000\n\n> Light.\n",
    ] {
        let text = format!("{header}\nAcked-by: Ann Or <ann@example.org>\n\n{diff}");
        let corpus = read(&[patch("[PATCH] lamp", "Light.", "on"), ann(0, text.leak())]);
        assert_eq!(corpus.series[0].revisions.len(), 1, "{header}");
        assert_eq!(ledger(&corpus), ["1 Acked-by Ann Or given 1"], "{header}");
    }
}

/// Spam filters fold their reports with lines that have only a blank, above the Subject.
#[test]
fn a_review_counts_below_a_folded_spam_report() {
    let mut mail = ann(0, "Acked-by: Ann Or <ann@example.org>");
    mail.from = "Ann Or <ann@example.org>\nX-Spam-Report: Content preview:\n \n  Light.\n \n Content analysis:\n 0.0\nX-Score: 0";
    assert_eq!(
        ledger(&read(&[patch("[PATCH] lamp", "Light.", "on"), mail])),
        ["1 Acked-by Ann Or given 1"]
    );
}
