//! Archives of a few mails each, and their series.

use std::fs;

use patchpress::series::Corpus;

use crate::support;

pub(crate) const ZOE: &str = "Zoe Lind <zoe@example.org>";
pub(crate) const IDA: &str = "Ida Berg <ida@example.org>";

/// A mail of an archive.
pub(crate) struct Sent<'a> {
    pub(crate) id: &'a str,
    pub(crate) answers: &'a str,
    pub(crate) from: &'a str,
    /// Day of March 2026 and time; later days continue in April.
    pub(crate) when: (u32, &'a str),
    pub(crate) subject: &'a str,
    pub(crate) text: String,
}

impl Sent<'_> {
    pub(crate) fn mbox(&self) -> String {
        let Self { id, answers, from, when: (day, time), subject, text } = self;
        let parent = match *answers {
            "" => String::new(),
            answers => format!("In-Reply-To: <{answers}@example.org>\n"),
        };
        format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {from}\nDate: {} 2026 {time}:00 +0000\n\
             Message-ID: <{id}@example.org>\n{parent}Subject: {subject}\n{text}\n",
            date(*day)
        )
    }
}

/// The date so many days after the last of February.
fn date(mut day: u32) -> String {
    let months = [("Mar", 31), ("Apr", 30), ("May", 31), ("Jun", 30), ("Jul", 31), ("Aug", 31)];
    for (month, days) in months {
        if day <= days {
            return format!("{day} {month}");
        }
        day -= days;
    }
    format!("{day} Sep")
}

/// The text of a mail that replaces line `line` of lamp.c, as it is in `object`, by `new`.
pub(crate) fn replaces(object: &str, line: u32, old: &str, new: &str) -> String {
    format!(
        "\nIt glows.\n---\ndiff --git a/lamp.c b/lamp.c\nindex {object}..1234567 100644\n--- a/lamp.c\n+++ b/lamp.c\n\
         @@ -{line} +{line} @@\n-{old}\n+{new}\n"
    )
}

pub(crate) fn sent<'a>(
    id: &'a str,
    when: (u32, &'a str),
    subject: &'a str,
    text: String,
) -> Sent<'a> {
    Sent { id, answers: "", from: ZOE, when, subject, text }
}

pub(crate) fn corpus(mails: &[Sent<'_>]) -> Corpus {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    fs::write(&file, mails.iter().map(Sent::mbox).collect::<String>()).expect("a file");
    support::read(&file)
}

/// Each series as its revisions, each as its version and its first mail.
pub(crate) fn shape(corpus: &Corpus) -> Vec<String> {
    let of = |series: &patchpress::series::Series| {
        let revision = |revision: &patchpress::series::Revision| {
            let first = revision.members().next().expect("a mail");
            let id = corpus.stored(first).mail.message.id.to_string();
            format!("{} {}", revision.label(), id.trim_end_matches("@example.org"))
        };
        series.revisions.iter().map(revision).collect::<Vec<_>>().join(", ")
    };
    corpus.series.iter().map(of).collect()
}
