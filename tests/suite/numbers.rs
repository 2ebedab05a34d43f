//! The number that a page prints with a word is the same in `export` and on the other pages.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use crate::pages::{Site, render_with};

/// A title, a version, a day of March, and the replies.
type Posted = (&'static str, u32, u32, &'static [(&'static str, &'static str)]);

/// The patches of the archive: the posting, its version, its week of March, and the replies, each as its sender and
/// text. `-` is a robot, `@` the author.
const POSTED: [Posted; 9] = [
    ("lamp: brighter", 1, 3, &[("Bob", "Why?"), ("-", "Builds."), ("@", "So."), ("-", "Builds.")]),
    ("lamp: brighter", 2, 10, &[("Bob", "Reviewed-by: Bob <bob@example.org>"), ("-", "Builds.")]),
    ("horn: louder", 1, 10, &[("-", "Builds."), ("@", "Ping?")]),
    ("rope: longer", 1, 17, &[("Cy", "I'll look at this next week.")]),
    ("rope: safer", 1, 17, &[("Cy", "Hm."), ("Bob", "Hm."), ("Cy", "Hm.")]),
    ("oil: more", 1, 3, &[("Bob", "Applied to oil/next, thanks!")]),
    ("wick: dry", 1, 18, &[]),
    ("dish: clean", 1, 18, &[("Cy", "Tested-by: Cy <cy@example.org>")]),
    ("spam: none", 1, 19, &[("Bob", "Please send a v2.")]),
];

/// The archive: each posting is a letter and two patches; replies by people are to the letter, those by robots to
/// patch 1.
fn archive() -> String {
    let mut out = String::new();
    let mut mail = |from: &str,
                    day: u32,
                    hour: usize,
                    id: &str,
                    to: &str,
                    subject: &str,
                    text: &str| {
        let address = from.to_lowercase();
        let to = if to.is_empty() { String::new() } else { format!("In-Reply-To: <{to}@x>\n") };
        out.push_str(&format!(
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from} Roe <{address}@example.org>\nSubject: {subject}\n\
             Date: {day} Mar 2026 {hour:02}:00:00 +0000\nMessage-ID: <{id}@x>\n{to}\n{text}\n"
        ));
    };
    for (number, (title, version, day, answers)) in POSTED.iter().enumerate() {
        let tag = |at: u32| match version {
            1 => format!("[PATCH {at}/2]"),
            version => format!("[PATCH v{version} {at}/2]"),
        };
        let letter = format!("{number}-0");
        mail("Ann", *day, 1, &letter, "", &format!("{} {title}", tag(0)), "Two patches.");
        for at in 1..=2 {
            let (file, id) =
                (format!("{title}{at}.c").replace(": ", "-"), format!("{number}-{at}"));
            let text = format!(
                "Do it.\n\nSigned-off-by: Ann <ann@example.org>\n---\n\ndiff --git a/{file} b/{file}\n--- a/{file}\n\
                 +++ b/{file}\n@@ -1 +1,2 @@\n one\n+two {version}\n-- \n2.1\n"
            );
            mail("Ann", *day, 1, &id, &letter, &format!("{} {title}, part {at}", tag(at)), &text);
        }
        for (at, (from, text)) in answers.iter().enumerate() {
            let (from, to) = match *from {
                "-" => ("Sashiko-bot", format!("{number}-1")),
                "@" => ("Ann", letter.clone()),
                from => (from, letter.clone()),
            };
            let subject = format!("Re: {} {title}", tag(0));
            mail(from, *day, 2 + at, &format!("{number}-a{at}"), &to, &subject, text);
        }
    }
    for at in 0..3 {
        let offer = "I am a lawyer. My late client left a deposit of 5 million dollars in a bank. I need your help to \
                     transfer the funds; you get 40 percent. Contact me with your bank details.";
        let head = "Reply-To: rich9@gmail.com\n";
        let mail = format!(
            "From x Thu Jan  1 00:00:00 1970\n{head}From: Mr. Rich <rich@example.org>\nSubject: Funds\n\
             Date: 19 Mar 2026 0{at}:30:00 +0000\nMessage-ID: <spam{at}@x>\n\n{offer}\n"
        );
        out.push_str(&mail);
    }
    out
}

fn site() -> (TempDir, Site, Vec<Value>, Vec<Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("list.mbox"), archive()).expect("an archive");
    let toml = "title = \"Lamps\"\n[bots]\nai-review = [\"sashiko-bot@example.org\"]\n\
                [[lists]]\nname = \"lamps\"\narchive = \"list.mbox\"\n";
    fs::write(folder.path().join("site.toml"), toml).expect("site.toml");
    let site = render_with(folder.path(), |_| ());
    let (revisions, messages) =
        (lines(folder.path(), &["export"]), lines(folder.path(), &["export", "--messages"]));
    (folder, site, revisions, messages)
}

fn lines(root: &Path, verb: &[&str]) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_patchpress")).args(verb).current_dir(root).output();
    let output = run.expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The numbers directly before a word in the text of a page, as in `7 answers`, `7\u{a0}answers`.
fn numbers(html: &str, words: &[&str]) -> Vec<usize> {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            '\u{a0}' => text.push(' '),
            c => text.push(c),
        }
    }
    let parts: Vec<&str> = text.split_whitespace().collect();
    let wanted = |at: usize| {
        let word = parts.get(at..at + words.len())?;
        let same = word.iter().zip(words).all(|(word, wanted)| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word == *wanted
                || format!("{word}s") == *wanted
                || word == "reply" && *wanted == "replies"
        });
        parts[at - 1].replace(',', "").parse().ok().filter(|_| same)
    };
    (1..parts.len()).filter_map(wanted).collect()
}

/// The part of a page from `start` to `end`.
fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    html[from..].split(end).next().unwrap_or_default()
}

fn count(revisions: &[Value], wanted: impl Fn(&Value) -> bool) -> usize {
    revisions.iter().filter(|revision| revision["next"].is_null() && wanted(revision)).count()
}

#[test]
fn replies_are_those_of_people_on_every_page() {
    let (_folder, site, revisions, _) = site();
    let mut robots = 0;
    for revision in &revisions {
        let slug = format!("series/{}/index.html", revision["series"].as_str().expect("a slug"));
        let own = format!("{}index.html", revision["url"].as_str().expect("a page"));
        let page = &site.files[if revision["next"].is_null() { &slug } else { &own }];
        let replies = revision["replies"].as_u64().expect("a number") as usize;
        let machines = revision["machines"].as_array().expect("a list").len();
        // The head, the headings of the discussions, and the column of patches.
        let head = part(page, "<p class=standing>", "</header>");
        let said: Vec<usize> = numbers(head, &["replies", "to"]);
        assert_eq!(said.iter().sum::<usize>(), replies, "{}: {head}", revision["title"]);
        let below: usize = page
            .split("<h3>")
            .skip(1)
            .flat_map(|h| numbers(h.split("</h3>").next().unwrap_or(""), &["replies"]))
            .sum();
        assert_eq!(below, replies, "{}", revision["title"]);
        let folded: usize = numbers(page, &["messages"]).iter().sum();
        // By a machine: in the fold, and at the patch.
        assert_eq!(folded, 2 * machines, "{}", revision["title"]);
        assert_eq!(page.contains("Machines:"), machines > 0);
        robots += machines;
        // Its row is the same on every page, except for new replies, which only a digest has.
        let title = revision["title"].as_str().expect("a title");
        for (path, html) in site.pages().filter(|(path, _)| path.starts_with("lists/")) {
            for row in html.split("<li>").filter(|row| row.contains(&format!(">{title}</a>"))) {
                let newest = revision["next"].is_null();
                let row = row.split("</p>").next().unwrap_or_default();
                assert!(
                    !newest || numbers(row, &["replies"]).iter().all(|n| *n == replies),
                    "{path}: {row}"
                );
            }
        }
    }
    assert!(robots > 3, "{robots}");
}

#[test]
fn what_waits_is_counted_alike() {
    let (_folder, site, revisions, messages) = site();
    let list = site.page("lists/lamps/");
    let state = |wanted: &'static [&str]| {
        count(&revisions, |r| {
            r["sort"] == "work" && wanted.iter().any(|state| r["state"] == *state)
        })
    };
    let labelled: BTreeMap<&str, usize> = [
        ("waiting", state(&["new"])),
        ("ready", state(&["reviewed"])),
        ("discussed", state(&["discussed"])),
        ("changes", state(&["changes-requested"])),
        ("applied", state(&["applied", "merged", "partly-applied"])),
    ]
    .into();
    assert!(labelled.values().all(|number| *number > 0), "{labelled:?}");
    for (anchor, number) in &labelled {
        assert!(
            list.contains(&format!("<a href=\"#{anchor}\"><b>{number}</b>")),
            "{anchor} {number}"
        );
    }
    // Somebody who announces a review has not reviewed yet.
    let rope = revisions.iter().find(|r| r["title"] == "rope: longer").expect("it is there");
    assert_eq!((&rope["state"], &rope["intents"][0]["name"]), (&"new".into(), &"Cy Roe".into()));
    let stats = site.page("stats/");
    let series = count(&revisions, |_| true);
    let mails = messages.iter().filter(|mail| mail["spam"] != true).count();
    assert!(mails < messages.len());
    assert_eq!(numbers(list, &["series"])[0], series);
    assert_eq!(numbers(list, &["messages"]), [mails]);
    let counts = part(stats, "<ul class=counts>", "</ul>");
    assert_eq!(
        (numbers(counts, &["series"]), numbers(counts, &["messages"])),
        (vec![series], vec![mails])
    );
    assert_eq!(numbers(site.page("search/"), &["series"])[0], series);
    assert_eq!(numbers(site.page("search/"), &["threads"])[0], 0, "spam is not found");
    // The latest digest: the front page has its numbers, and series that wait there also wait on the list's page.
    let home = site.files["index.html"].as_str();
    let digest = site.page("2026/w12/");
    for words in [&["messages"][..], &["new", "series"], &["newly", "waiting"]] {
        let of = |html| numbers(part(html, "<ul class=counts>", "</ul>"), words);
        assert_eq!(of(home), of(digest), "{words:?}");
        assert_eq!(of(home).len(), 1, "{words:?}");
    }
    let waiting = part(list, "<h2 id=waiting", "</section>");
    let rows = part(digest, "<h2 id=waiting", "</section>").split("<li>");
    for row in rows.filter(|row| row.starts_with("<a ")) {
        let title = row.split("</a>").next().and_then(|a| a.rsplit('>').next()).expect("a title");
        assert!(waiting.contains(&format!(">{title}</a>")), "{title}: {waiting}");
    }
    // Every number says what it counts.
    for (path, html) in site.pages() {
        for count in
            html.split("<ul class=counts>").skip(1).map(|c| c.split("</ul>").next().unwrap_or(""))
        {
            assert!(!count.contains("title=\"\""), "{path}: {count}");
        }
    }
}

#[test]
fn an_older_revision_s_row_names_the_newest_with_its_state() {
    let (_folder, site, ..) = site();
    let digest = site.page("2026/w10/");
    let rows: Vec<&str> =
        digest.split("</article>").filter(|row| row.contains("lamp: brighter</a>")).collect();
    assert!(rows.iter().any(|row| row.contains("v2: reviewed")), "{rows:?}");
    assert!(rows.iter().all(|row| !row.contains(">reviewed<")), "{rows:?}");
}
