//! A test that leaves out each part of the sources of pages in turn: pages must become wrong, because each part is
//! needed.
//!
//! In: pairs of sites that differ in one part. Out: a failure for each part that no page needs. Never here: code
//! that ships.

#![expect(clippy::disallowed_methods, reason = "a test writes the site that it builds")]

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use tempfile::TempDir;

use super::{Progress, build};
use crate::{
    config::{Overrides, Settings},
    plan::left_out,
};

/// A site before and after a change of one part of its sources.
struct Change {
    /// The part.
    part: &'static str,
    settings: &'static str,
    before: Vec<Mail>,
    after: Vec<Mail>,
    /// A file that is added with `after`.
    file: Option<(&'static str, &'static str)>,
}

/// A mail of a day of March 2026.
#[derive(Clone)]
struct Mail {
    id: &'static str,
    who: &'static str,
    day: i64,
    subject: String,
    parent: &'static str,
    text: String,
    /// Whether it arrived by the second list.
    is_on_bell: bool,
}

fn mail(id: &'static str, who: &'static str, day: i64, subject: &str, text: &str) -> Mail {
    let (subject, text) = (subject.to_owned(), text.to_owned());
    Mail { id, who, day, subject, parent: "", text, is_on_bell: false }
}

fn reply(parent: &'static str, mail: Mail) -> Mail {
    Mail { parent, subject: format!("Re: {}", mail.subject), ..mail }
}

/// A patch that adds `lines` lines to a file.
fn patch(
    id: &'static str,
    who: &'static str,
    day: i64,
    title: &str,
    path: &str,
    lines: usize,
) -> Mail {
    let mut text = format!("Because.\n\nSigned-off-by: {who} <{who}@example.org>\n---\n");
    let head = format!("diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n");
    let _ = write!(text, "{head}@@ -1,1 +1,{} @@\n a\n", lines + 1);
    for line in 0..lines {
        let _ = writeln!(text, "+{id} {line} shines in the dark");
    }
    mail(id, who, day, &format!("[PATCH] {title}"), &text)
}

fn changes() -> Vec<Change> {
    let lamp = || patch("lamp", "ada", 2, "lamp: Burn brighter", "lamps/lamp.c", 1);
    let wick = || patch("wick", "bob", 3, "wick: Trim it", "lamps/wick.c", 1);
    let talk = |day| mail("talk", "cleo", day, "About lamps", "What do you think?\n");
    let of = |part, before, after| Change { part, settings: "", before, after, file: None };
    let many = |from: i64, ids: &[&'static str]| {
        let one = |(at, id): (usize, &&'static str)| {
            let title = format!("{id}: Turn on");
            patch(id, "ada", from + at as i64, &title, &format!("{id}/x.c"), 1_500)
        };
        ids.iter().enumerate().map(one).collect::<Vec<_>>()
    };
    vec![
        // Mails that came much later prove that it is quiet: a single one may have a wrong clock.
        of(
            "series",
            vec![lamp()],
            vec![talk(60), reply("talk", mail("yes", "bob", 61, "x", "Yes.\n"))],
        ),
        // A second series makes its folder worth a page.
        of("folder of a series", vec![lamp()], vec![wick()]),
        Change {
            settings: "[limits]\nsize = \"1200 kB\"\n",
            ..of(
                "omitted",
                many(2, &["a", "b", "c"]),
                many(30, &["d", "e", "f", "g", "h", "i", "j", "k", "l", "m"]),
            )
        },
        // It also arrived by the other list.
        of("mail", vec![talk(2)], vec![Mail { is_on_bell: true, ..talk(2) }]),
        // A person with two series has a page.
        of("person", vec![lamp()], vec![patch("door", "ada", 3, "door: Open", "house/door.c", 1)]),
        of(
            "known",
            vec![lamp(), patch("door", "ada", 3, "door: Open", "house/door.c", 1), wick()],
            vec![reply(
                "wick",
                mail("fine", "ada", 4, "x", "Reviewed-by: ada <ada@example.org>\n"),
            )],
        ),
        of(
            "folder",
            vec![lamp(), wick()],
            vec![patch("bulb", "cleo", 4, "bulb: Glow", "lamps/bulb.c", 1)],
        ),
        of("thread", vec![talk(2)], vec![reply("talk", mail("no", "bob", 3, "x", "No.\n"))]),
        of("digest", vec![talk(2)], vec![mail("more", "bob", 3, "About bells", "Well?\n")]),
        Change {
            file: Some(("content/digests/2026-w10.md", "---\ntitle: Lamps\n---\nA quiet week.\n")),
            ..of("note", vec![talk(2)], vec![])
        },
        of("periods beside", vec![talk(2)], vec![mail("more", "bob", 9, "About bells", "Well?\n")]),
        // A saved query finds one more.
        Change {
            settings: "[[query]]\nname = \"open\"\nstate = \"new\"\n",
            ..of(
                "query",
                vec![lamp()],
                vec![patch("door", "cleo", 3, "door: Open", "house/door.c", 1)],
            )
        },
        // A patch that comes later repairs it.
        of(
            "report",
            vec![mail("dark", "cleo", 2, "[BUG] Dark lamps", "It is dark.\n")],
            vec![Mail {
                text: wick().text.replace(
                    "Signed-off-by",
                    "Closes: https://lore.kernel.org/r/dark@example.org\nSigned-off-by",
                ),
                ..wick()
            }],
        ),
        // It links to a mail that comes later.
        of(
            "mentions",
            vec![mail("talk", "cleo", 2, "About lamps", "See <later@example.org>.\n")],
            vec![mail("later", "bob", 12, "About bells", "Well?\n")],
        ),
    ]
}

struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _stage: &'static str, _steps: usize) {}
    fn step(&self) {}
    fn end(&self) {}
}

/// The archives of both lists.
fn write(root: &Path, mails: &[Mail]) {
    for (list, is_on_bell) in [("lamp", false), ("bell", true)] {
        let mut mbox = String::new();
        for mail in mails.iter().filter(|mail| mail.is_on_bell == is_on_bell) {
            let date = crate::date::Timestamp(1_772_323_200 + mail.day * 86_400).rfc5322();
            let Mail { id, who, subject, parent, text, .. } = mail;
            let _ =
                write!(mbox, "From x Thu Jan  1 00:00:00 1970\nMessage-ID: <{id}@example.org>\n");
            let _ =
                write!(mbox, "From: {who} <{who}@example.org>\nDate: {date}\nSubject: {subject}\n");
            if !parent.is_empty() {
                let _ = writeln!(mbox, "In-Reply-To: <{parent}@example.org>");
            }
            let _ = writeln!(mbox, "\n{text}");
        }
        // A list needs at least one mail, and this one has no date.
        mbox += "From x Thu Jan  1 00:00:00 1970\nMessage-ID: <first@example.org>\nFrom: zoe <zoe@example.org>\n";
        mbox += "Date: Sun, 01 Mar 2026 00:00:00 +0000\nSubject: Hello\n\nHello\n\n";
        fs::write(root.join(format!("{list}.mbox")), mbox).expect("an archive");
    }
}

/// Builds the site in `root`.
fn built(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let settings = Settings::load(root, &Overrides::default()).expect("settings");
    build(&settings, &Quiet).expect("a site");
    let public = root.join("public");
    let files = walkdir::WalkDir::new(&public).into_iter().map(|entry| entry.expect("an entry"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&public).expect("inside").display().to_string();
        (path, fs::read(entry.path()).expect("a file"))
    };
    files.map(file).collect()
}

impl Change {
    fn write(&self, root: &Path, mails: &[Mail]) {
        let list = |name| format!("[[lists]]\nname = \"{name}\"\narchive = \"{name}.mbox\"\n");
        let settings = format!("{}{}{}", list("lamp"), list("bell"), self.settings);
        fs::write(root.join("site.toml"), settings).expect("settings");
        write(root, mails);
    }

    fn write_file(&self, root: &Path) {
        if let Some((path, text)) = self.file {
            fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("a folder");
            fs::write(root.join(path), text).expect("a file");
        }
    }

    /// The files that an incremental build makes differently from a build from nothing.
    fn wrong(&self, left_out: &'static str) -> Vec<String> {
        let site = TempDir::new().expect("a folder");
        let root = site.path();
        self.write(root, &self.before);
        left_out::leave_out(left_out);
        built(root);
        let all = [self.before.clone(), self.after.clone()].concat();
        self.write(root, &all);
        self.write_file(root);
        let grown = built(root);
        left_out::leave_out("");
        let anew = TempDir::new().expect("a folder");
        self.write(anew.path(), &all);
        self.write_file(anew.path());
        let cold = built(anew.path());
        assert_eq!(grown.keys().collect::<Vec<_>>(), cold.keys().collect::<Vec<_>>());
        grown
            .into_iter()
            .filter(|(path, bytes)| cold[path] != *bytes)
            .map(|(path, _)| path)
            .collect()
    }
}

#[test]
fn no_part_of_what_pages_are_made_from_can_be_left_out() {
    for change in changes() {
        let part = change.part;
        assert_eq!(change.wrong(""), Vec::<String>::new(), "with {part}");
        assert_ne!(change.wrong(part), Vec::<String>::new(), "without {part}");
    }
    let parts = changes().into_iter().map(|change| change.part).collect();
    assert_eq!(left_out::seen(), parts, "each part has its change");
}
