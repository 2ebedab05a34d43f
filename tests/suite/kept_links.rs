//! The links between postings that a build finds in the state of the last one are those that it would find itself.

use std::{fs, path::PathBuf, time::SystemTime};

use crate::{
    increments::{Mirror, Step, cold, settings},
    site::{Site, tree},
};

/// A mail of a day of 2023.
fn mail(id: &str, from: &str, day: i64, subject: &str, above: &str, text: &str) -> Vec<u8> {
    let (month, day) = (["Jan", "Feb", "Mar", "Apr"][(day / 28) as usize], day % 28 + 1);
    let parent = if above.is_empty() { String::new() } else { format!("In-Reply-To: <{above}>\n") };
    format!(
        "Message-ID: <{id}>\nFrom: {from}\nDate: {day} {month} 2023 10:00:00 +0000\nSubject: {subject}\n\
         {parent}\n{text}\n"
    )
    .into_bytes()
}

/// The text of a patch of this file.
fn patch(file: &str, note: &str) -> String {
    format!(
        "The {file} does too little.\n\nSigned-off-by: A <a@example.org>\n---\n{note}\n\
         diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1,1 +1,2 @@\n {file}\n+more {file}\n"
    )
}

const OLD: &str = "Ada Lamp <ada@example.org>";
const NEW: &str = "Ada Lamp <ada@elsewhere.example.com>";

fn first() -> Vec<u8> {
    mail(
        "v1@x.example.org",
        OLD,
        1,
        "[PATCH] lamp: burn brighter at night",
        "",
        &patch("lamp.c", ""),
    )
}

/// The next version, from another address under the same name.
fn next_from_elsewhere() -> Vec<u8> {
    let subject = "[PATCH v2] lamp: burn brighter at night";
    mail("v2@x.example.org", NEW, 4, subject, "", &patch("wick.c", ""))
}

fn talk() -> Vec<u8> {
    mail("talk@x.example.org", "Bob Dim <bob@example.org>", 2, "Lamps", "", "Who has one?")
}

/// Builds a site of the mails before and one of all, and compares it with one from nothing. Returns how many series
/// there were before, and are now.
fn grown(before: Vec<Vec<u8>>, after: Vec<Vec<u8>>, change: impl Fn(&Site)) -> [usize; 2] {
    let site = Site::new();
    settings(&site, "");
    let (first, rest) = (before.len(), after.len());
    let mut mirror = Mirror::new(&site, [before, after].concat());
    mirror.step(&Step::Grow(first));
    site.run(&["build"]).succeeds();
    let series = || fs::read_dir(site.path("public/series")).map_or(0, Iterator::count);
    let had = series();
    mirror.step(&Step::Grow(rest));
    change(&site);
    site.run(&["build"]).succeeds();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let public = elsewhere.path().join("public");
    cold(&site, &public);
    let (grown, anew) = (tree(&site.path("public")), tree(&public));
    assert_eq!(grown.keys().collect::<Vec<_>>(), anew.keys().collect::<Vec<_>>());
    let others = anew.iter().filter(|(path, bytes)| grown[*path] != **bytes);
    assert_eq!(others.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&PathBuf>::new());
    [had, series()]
}

fn nothing(_: &Site) {}

#[test]
fn a_reply_that_a_posting_names_links_it_when_it_comes() {
    let named = "Link to v1: https://lore.kernel.org/r/reply@x.example.org";
    let subject = "[PATCH v2] door: open wide in summer";
    let next = mail("v2@x.example.org", OLD, 5, subject, "", &patch("door.c", named));
    let reply = mail(
        "reply@x.example.org",
        "Bob Dim <bob@example.org>",
        9,
        "Re: lamp",
        "v1@x.example.org",
        "Well?",
    );
    assert_eq!(grown(vec![first(), next], vec![reply], nothing), [2, 1]);
}

#[test]
fn an_address_that_turns_out_to_stay_links_what_it_sent() {
    // Others write meanwhile, so that no silence casts doubt on the date.
    let others = (1..9).map(|week| {
        let id = format!("week-{week}@x.example.org");
        mail(
            &id,
            "Bob Dim <bob@example.org>",
            4 + 5 * week,
            "Re: Lamps",
            "talk@x.example.org",
            "And you?",
        )
    });
    let later = mail("later@x.example.org", NEW, 42, "Re: Lamps", "talk@x.example.org", "I do.");
    let before = vec![first(), talk(), next_from_elsewhere()];
    assert_eq!(grown(before, others.chain([later]).collect(), nothing), [2, 1]);
}

#[test]
fn an_address_that_its_owner_names_links_what_it_sent() {
    let text = "I do.\n\nTested-by: Ada Lamp <ada@elsewhere.example.com>";
    let later = mail("later@x.example.org", OLD, 9, "Re: Lamps", "talk@x.example.org", text);
    assert_eq!(grown(vec![first(), talk(), next_from_elsewhere()], vec![later], nothing), [2, 1]);
}

#[test]
fn a_mail_between_two_links_them_when_it_comes() {
    let subject = "[PATCH v2] door: open wide in summer";
    let next =
        mail("v2@x.example.org", OLD, 5, subject, "between@x.example.org", &patch("door.c", ""));
    // Its sender's clock is late, so it comes after the mail that answers it.
    let between = mail(
        "between@x.example.org",
        "Bob Dim <bob@example.org>",
        9,
        "Re: lamp",
        "v1@x.example.org",
        "Why?",
    );
    assert_eq!(grown(vec![first(), next], vec![between], nothing), [2, 1]);
}

#[test]
fn a_mailmap_links_what_its_person_sent() {
    let map = |site: &Site| {
        site.write(".mailmap", "Ada Lamp <ada@example.org> <ada@elsewhere.example.com>\n");
    };
    assert_eq!(grown(vec![first(), talk(), next_from_elsewhere()], vec![], map), [2, 1]);
}

#[test]
fn the_editor_s_split_parts_what_was_linked() {
    let subject = "[PATCH v2] lamp: burn brighter at night";
    let next = mail("v2@x.example.org", OLD, 4, subject, "", &patch("lamp.c", ""));
    let split = |site: &Site| site.write("content/series.yaml", "split:\n  - v2@x.example.org\n");
    assert_eq!(grown(vec![first(), next], vec![], split), [1, 2]);
}

#[test]
fn most_replies_leave_the_links_as_they_are() {
    let site = Site::new();
    settings(&site, "");
    let subject = "[PATCH v2] lamp: burn brighter at night";
    let next = mail("v2@x.example.org", OLD, 4, subject, "", &patch("lamp.c", ""));
    let reply = |id: &str| {
        mail(id, "Bob Dim <bob@example.org>", 9, "Re: lamp", "v2@x.example.org", "Applied, thanks.")
    };
    let door =
        mail("door@x.example.org", OLD, 10, "[PATCH] door: open wide", "", &patch("door.c", ""));
    let mails = vec![first(), next, reply("one@x.example.org"), door];
    let mut mirror = Mirror::new(&site, mails);
    let written = || -> (PathBuf, SystemTime) {
        let state = fs::read_dir(site.path(".patchpress")).expect("a folder");
        let mut files = state.map(|file| file.expect("a file").path());
        let is_it = |path: &PathBuf| path.to_string_lossy().contains("/links-");
        let file = files.find(is_it).expect("the links");
        let modified = fs::metadata(&file).and_then(|found| found.modified()).expect("a time");
        (file, modified)
    };
    mirror.step(&Step::Grow(2));
    site.run(&["build"]).succeeds();
    let before = written();
    mirror.step(&Step::Grow(1));
    site.run(&["build"]).succeeds();
    assert_eq!(written(), before, "after a reply");
    mirror.step(&Step::Grow(1));
    site.run(&["build"]).succeeds();
    assert_ne!(written(), before, "after a patch");
}
