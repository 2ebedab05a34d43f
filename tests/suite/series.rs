//! Specimens of what belongs together, one for each mistake that was made.

use std::{collections::HashMap, fs, path::Path};

use patchpress::series::{Corpus, MailIx};

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

/// The rows of a file of labels beside the tests.
fn labels(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(name);
    let text = fs::read_to_string(path).expect("the labels are in the repository");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| row.split('\t').map(str::to_owned).collect()).collect()
}

/// For every mail of a posting its series and the number of its revision.
fn homes(corpus: &Corpus) -> HashMap<&str, (usize, usize)> {
    let mut homes = HashMap::new();
    for (series, work) in corpus.series.iter().enumerate() {
        for (at, revision) in work.revisions.iter().enumerate() {
            let id = |ix: MailIx| &*corpus.letter(ix).mail.message.id;
            homes.extend(revision.members().map(|ix| (id(ix), (series, at))));
        }
    }
    homes
}

/// `rerolls.tsv`: which posting follows which, judged by hand.
#[test]
fn rerolls_are_found_as_a_person_finds_them() {
    let Some(corpus) = support::linux_mtd_corpus() else { return };
    let homes = homes(corpus);
    let (mut right, mut claimed, mut there) = (0u32, 0u32, 0u32);
    let mut wrong = Vec::new();
    for row in labels("rerolls.tsv") {
        let [newer, older, how] = row.as_slice() else { panic!("{row:?}") };
        let (series, at) = homes[newer.as_str()];
        if let Some(other) = older.strip_prefix('!') {
            let together = homes[other].0 == series;
            claimed += u32::from(together);
            wrong.extend(together.then(|| format!("{newer} {older} ({how}): one series")));
            continue;
        }
        let before = at.checked_sub(1).map(|before| (series, before));
        let truth = (older != "-").then(|| homes[older.as_str()]);
        there += u32::from(truth.is_some());
        claimed += u32::from(before.is_some());
        right += u32::from(before.is_some() && before == truth);
        if before != truth {
            let found = before.map(|(series, at)| corpus.series[series].revisions[at].label());
            wrong.push(format!("{newer} {older} ({how}): found {found:?}"));
        }
    }
    let (precision, recall) =
        (f64::from(right) / f64::from(claimed), f64::from(right) / f64::from(there));
    println!(
        "{right} of {claimed} links are right ({precision:.3}), {there} are there ({recall:.3})"
    );
    println!("{}", wrong.join("\n"));
    assert!(there >= 120 && precision >= 0.98 && recall >= 0.95, "{}", wrong.join("\n"));
}
