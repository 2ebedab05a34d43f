//! The front page and the order of digests: the last full period first, each list in its place, never empty; long sections
//! by topic, and what waits for nobody apart.

use std::fs;

use tempfile::TempDir;

use crate::{pages, pages::Site};

/// A mail of March 2026: the list, its name and that of its parent, the day, the sender, the subject, the text.
struct Mail<'a>(&'a str, &'a str, &'a str, u32, &'a str, &'a str, &'a str);

fn site(period: &str, mails: &[Mail<'_>]) -> Site {
    let folder = TempDir::new().expect("a temporary folder");
    let mut toml = format!("title = \"House\"\n[digest]\nperiod = \"{period}\"\n");
    for list in ["lamp", "bell"] {
        let own: Vec<_> = mails.iter().filter(|mail| mail.0 == list).collect();
        if own.is_empty() {
            continue;
        }
        let mut mbox = String::new();
        for (number, Mail(_, id, parent, day, from, subject, text)) in own.into_iter().enumerate() {
            let parent = match *parent {
                "" => String::new(),
                parent => format!("In-Reply-To: <{parent}@example.org>\n"),
            };
            let address = from.split(' ').next().unwrap_or_default().to_lowercase();
            mbox += &format!(
                "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {from} <{address}@example.org>\n\
                 Date: {day} Mar 2026 {:02}:{:02}:00 +0000\nMessage-ID: <{id}@example.org>\n{parent}Subject: {subject}\n\n{text}\n\n",
                6 + number / 60,
                number % 60,
            );
        }
        fs::write(folder.path().join(format!("{list}.mbox")), mbox).expect("an mbox");
        toml += &format!("[[lists]]\nname = \"{list}\"\narchive = \"{list}.mbox\"\n");
    }
    fs::write(folder.path().join("site.toml"), toml).expect("site.toml");
    let site = pages::render_with(folder.path(), |_| ());
    pages::check_links(&site);
    site
}

fn patch(file: &str) -> String {
    format!(
        "The lamp is dark in here.\n\nSigned-off-by: Ann Roe <ann@example.org>\n---\n src/{file}.c | 2 +-\n\n\
         diff --git a/src/{file}.c b/src/{file}.c\n--- a/src/{file}.c\n+++ b/src/{file}.c\n@@ -1 +1 @@\n-off\n+on\n"
    )
}

/// The part of a page between two marks.
fn part<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let rest = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}")).1;
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

#[test]
fn the_last_full_week_leads_until_the_running_one_has_more_mail() {
    let text = patch("wick");
    let mails = [
        Mail("lamp", "a", "", 3, "Ann Roe", "[PATCH] lamp: Trim the wick", &text),
        Mail("lamp", "b", "a", 4, "Bob Poe", "Re: [PATCH] lamp: Trim the wick", "Why?"),
        Mail("lamp", "c", "", 9, "Cy Ode", "[PATCH] bell: Ring", &text),
        Mail("lamp", "d", "", 9, "Dee Fox", "[PATCH] door: Open", &text),
        Mail("lamp", "e", "", 9, "Eve Lund", "[PATCH] door: Close", &text),
    ];
    let (three, five) = (site("week", &mails[..3]), site("week", &mails));
    let [three, five] = [&three, &five].map(|site| site.page("index.html"));
    assert!(part(three, "<h2 id=latest>", "</h2>").contains(">Week 10, 2026<"), "{three}");
    assert!(part(three, "<h2 id=beside>", "</h2>").contains(">Week 11, 2026 so far<"), "{three}");
    assert!(part(five, "<h2 id=latest>", "</h2>").contains(">Week 11, 2026 so far<"), "{five}");
    assert!(part(five, "<h2 id=beside>", "</h2>").contains(">Week 10, 2026<"), "{five}");
    let rows = part(three, "<div class=main-column>", "<div class=side-column>");
    assert!(rows.contains("Trim the wick") && !rows.contains("bell: Ring"), "{rows}");
}

#[test]
fn after_a_week_without_mail_the_running_week_leads() {
    let text = patch("wick");
    let page = site(
        "week",
        &[
            Mail("lamp", "a", "", 3, "Ann Roe", "[PATCH] lamp: Trim the wick", &text),
            Mail("lamp", "b", "a", 4, "Bob Poe", "Re: [PATCH] lamp: Trim the wick", "Why?"),
            Mail("lamp", "c", "", 17, "Cy Ode", "[PATCH] bell: Ring", &text),
        ],
    );
    let page = page.page("index.html");
    assert!(part(page, "<h2 id=latest>", "</h2>").contains(">Week 12, 2026 so far<"), "{page}");
}

#[test]
fn a_day_with_nothing_but_an_old_thread_has_news() {
    let text = patch("wick");
    let site = site(
        "day",
        &[
            Mail("lamp", "a", "", 3, "Ann Roe", "[PATCH] lamp: Trim the wick", &text),
            Mail("lamp", "b", "a", 20, "Bob Poe", "Re: [PATCH] lamp: Trim the wick", "Thanks."),
        ],
    );
    let page = site.page("index.html");
    let news = part(page, "<div class=main-column>", "<div class=side-column>");
    assert!(part(page, "<h2 id=latest>", "</h2>").contains("20 March 2026"), "{page}");
    assert!(news.contains(">lamp: Trim the wick</a>"), "{news}");
    let day = site.page("2026/03/20/index");
    assert!(day.contains("<section class=tops"), "{day}");
}

#[test]
fn each_of_several_lists_has_its_place() {
    let text = patch("wick");
    let page = site(
        "week",
        &[
            Mail("lamp", "a", "", 3, "Ann Roe", "[PATCH] lamp: Trim the wick", &text),
            Mail("bell", "b", "", 3, "Bob Poe", "The bell is silent", "Who rang it last?"),
        ],
    );
    let page = page.page("index.html");
    let lists = part(page, "<h2 id=lists>", "</section>");
    let (lamp, bell) = lists.split_once(">bell</a>").expect("both lists");
    assert!(lamp.contains(">lamp</a>") && lamp.contains("Trim the wick"), "{lists}");
    assert!(bell.contains("1 message in this digest"), "{lists}");
    assert!(bell.contains("The bell is silent") && !bell.contains("wick"), "{lists}");
}

#[test]
fn a_long_section_is_by_thread_and_topic_and_backports_are_apart() {
    let (mut ids, mut subjects, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..20 {
        ids.push(format!("s{number}"));
        let text = patch(&format!("f{number}"));
        let port = text.replace("The lamp", &format!("commit {number:040x} upstream.\n\nThe lamp"));
        texts.push(if number > 16 { port } else { text });
        subjects.push(match number {
            0..8 => format!("[PATCH] room{number}: Open the window"),
            8..12 => format!("[PATCH] bell: rope: Fix knot {number}"),
            12..16 => format!("[PATCH 1/1] Fix the {number}th chair"),
            16 => "[PATCH] stairs: Sweep".to_owned(),
            _ => format!("[PATCH 6.{number}] lamp: Copy"),
        });
    }
    let letter = "What I did this winter";
    let mut mails = vec![
        Mail("lamp", "root", "", 3, "Ann Roe", letter, "Four sets follow this letter."),
        // The others count for less.
        Mail("lamp", "r0", "s16", 4, "Bob Poe", "Re: [PATCH] stairs: Sweep", "Why not the cellar?"),
    ];
    for (number, (id, subject)) in ids.iter().zip(&subjects).enumerate() {
        let parent = if (12..16).contains(&number) { "root" } else { "" };
        mails.push(Mail("lamp", id, parent, 3, "Ann Roe", subject, &texts[number]));
    }
    let site = site("week", &mails);
    let page = site.page("2026/w10/index");
    let new = part(page, "<h2 id=new>", "</section>");
    let at = |words: &str| new.find(words).unwrap_or_else(|| panic!("no {words} in {new}"));
    assert!(at("stairs: Sweep") < at("<details class=topic>"), "{new}");
    let groups: Vec<&str> = new.split("<details class=topic>").skip(1).collect();
    let of =
        |label: &str| groups.iter().find(|group| part(group, "", "</summary>").contains(label));
    let chairs = of(letter).unwrap_or_else(|| panic!("no group below the letter: {new}"));
    assert!(part(chairs, "", "</summary>").contains("3 series"), "{chairs}");
    assert_eq!(chairs.matches("th chair</a>").count(), 3, "{chairs}");
    assert!(!new.contains("lamp: Copy"), "{new}");
    let apart = part(page, "<h2 id=traffic>", "</section>");
    assert_eq!(apart.matches(">lamp: Copy</a>").count(), 3, "{apart}");
}
