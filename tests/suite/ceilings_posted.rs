//! A sender can make a site grow only by the size of their mails. For each kind of mail that somebody can send in
//! large numbers, twice as much mail gives twice as many bytes, and a site has at most fifty times the bytes of its
//! mails, but for two kinds.

#[path = "../../benches/common/posters/mod.rs"]
mod posters;

use std::{collections::BTreeMap, fs};

use crate::site::{Site, tree};
use posters::{KINDS, Kind};

/// Twice the mails have longer numbers, and days and pages are not divisible.
const TWICE: usize = 22;
/// The bytes of a site above which those of pages count: each may have another page, or another column.
const SLACK: usize = 40_000;
/// How many bytes of a site and its kept state come with each byte of mail.
const TIMES: usize = 50;
/// The same for each two patches of 390 bytes with a person, a folder and two weekly digests of their own: nine files a
/// patch, of which each has its frame.
const TIMES_APART: usize = 53;
/// The same for mails of 140 bytes, which no list sends, on days of their own: the frames of the page of a thread and of
/// a digest alone have ten times their bytes.
const TIMES_BARE: usize = 58;
/// The bytes of feeds that are full, whatever is sent: those of the site, of digests and of the list have at most 50
/// entries each.
const FEEDS: usize = 220_000;

/// The output of a build for a number of mails of a kind.
#[expect(dead_code, reason = "what is wrong is shown whole")]
#[derive(Debug)]
struct Written {
    mails: usize,
    public: usize,
    state: usize,
    longest: (usize, String),
}

fn bytes(files: &BTreeMap<std::path::PathBuf, Vec<u8>>) -> usize {
    files.values().map(Vec::len).sum()
}

fn written(kind: &Kind, period: &str, count: usize) -> Written {
    let site = Site::new();
    let mbox = (kind.mbox)(count);
    site.settings(&format!(
        "base_url = \"https://example.org/x/\"\n[digest]\nperiod = \"{period}\"\n"
    ));
    site.write("list.mbox", &mbox);
    site.run(&["build", "--quiet"]).succeeds();
    let public = tree(&site.path("public"));
    let longest = public.iter().max_by_key(|(_, bytes)| bytes.len()).expect("a file");
    let longest = (longest.1.len(), longest.0.display().to_string());
    let state = bytes(&tree(&site.path(".patchpress")));
    Written { mails: mbox.len(), public: bytes(&public), state, longest }
}

/// The size of the smallest site: style, scripts, letters of a search page.
fn frame() -> usize {
    let site = Site::new();
    site.settings("base_url = \"https://example.org/x/\"\n");
    site.run(&["build", "--quiet"]).succeeds();
    bytes(&tree(&site.path("public")))
}

/// `PATCHPRESS_CEILINGS=10` sends ten times as much.
fn often() -> usize {
    std::env::var("PATCHPRESS_CEILINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
}

fn hold<'k>(kinds: impl IntoIterator<Item = (&'k Kind, &'static str)>) {
    let (frame, often) = (frame(), often());
    let mut wrong = String::new();
    for (kind, period) in kinds {
        let few = often * kind.few;
        let (one, two) = (written(kind, period, few), written(kind, period, 2 * few));
        let times = match kind.name {
            "bare-days-apart" | "bare-weeks-apart" => TIMES_BARE,
            "all-apart" => TIMES_APART,
            _ => TIMES,
        };
        let grown = |written: &Written| written.public.saturating_sub(frame);
        // Mails that quote all earlier ones are more than twice as long.
        let twice = |bytes: usize| bytes * two.mails / one.mails * TWICE / 20 + SLACK;
        let is_twice = grown(&two) <= twice(grown(&one));
        let is_state_twice = two.state <= twice(one.state);
        let whole = |written: &Written| grown(written) + written.state;
        let is_within = whole(&two) <= two.mails * times + FEEDS
            && whole(&two) <= whole(&one) + (two.mails - one.mails) * times;
        if !(is_twice && is_state_twice && is_within) {
            wrong += &format!("{} by {period}: {one:?} {two:?}\n", kind.name);
        }
    }
    assert!(wrong.is_empty(), "beside {frame} bytes of any site:\n{wrong}");
}

/// The kinds with many days, of which each can have a digest.
const DATED: [&str; 9] = [
    "days",
    "weeks",
    "days-apart",
    "bare-days-apart",
    "bare-weeks-apart",
    "three-a-day",
    "all-apart",
    "patches-apart",
    "revisions-apart",
];

fn is_dated(kind: &Kind) -> bool {
    DATED.contains(&kind.name)
}

/// The other kinds, split into as many parts as there are tests.
fn part(which: usize) -> impl Iterator<Item = (&'static Kind, &'static str)> {
    let kinds: Vec<&Kind> = KINDS.iter().filter(|kind| !is_dated(kind)).collect();
    let size = kinds.len().div_ceil(4);
    kinds.into_iter().skip(which * size).take(size).map(|kind| (kind, "week"))
}

#[test]
fn what_is_posted_on_many_days_makes_a_site_grow_as_it_does_with_any_period() {
    for period in ["day", "week", "month"] {
        hold(KINDS.iter().filter(|kind| is_dated(kind)).map(|kind| (kind, period)));
    }
}

#[test]
fn a_first_part_of_what_is_posted_makes_a_site_grow_as_it_does() {
    hold(part(0));
}

#[test]
fn a_second_part_of_what_is_posted_makes_a_site_grow_as_it_does() {
    hold(part(1));
}

#[test]
fn a_third_part_of_what_is_posted_makes_a_site_grow_as_it_does() {
    hold(part(2));
}

#[test]
fn a_last_part_of_what_is_posted_makes_a_site_grow_as_it_does() {
    hold(part(3));
}

/// Many people review many patches at once: no page lists the product of both.
#[test]
fn reviews_of_a_whole_set_are_listed_once() {
    let kind = KINDS.iter().find(|kind| kind.name == "reviews-of-sets").expect("a kind");
    let site = Site::new();
    site.write("list.mbox", &(kind.mbox)(40));
    site.run(&["build"]).succeeds();
    let page = tree(&site.path("public"))
        .into_iter()
        .find(|(path, _)| path.starts_with("series") && path.ends_with("index.html"));
    let page = String::from_utf8(page.expect("a series").1).expect("text");
    let rows = page.split("class=ledger").nth(1).expect("a table of reviews");
    let rows = rows.split("</table>").next().expect("its end").matches("whole series").count();
    assert_eq!(rows, 39, "the table has them all but the author");
    let below = page.matches("<a href=#all-reviews>and 27 more</a></li>").count();
    assert_eq!(below, 40, "below a patch are the first, and how many more");
    let beside = page.matches("<a href=#all-reviews>and 27 more</a></td>").count();
    assert_eq!(beside, 40, "beside a patch too");
    assert!(page.contains("id=all-reviews"), "where the rest is");
    site.run(&["check", "--strict"]).succeeds();
}

/// However many patches a cover letter announces, those that never arrive are one line.
#[test]
fn patches_that_never_arrived_are_one_line() {
    let kind = KINDS.iter().find(|kind| kind.name == "covers").expect("a kind");
    let site = Site::new();
    site.write("list.mbox", &(kind.mbox)(3));
    site.run(&["build"]).succeeds();
    let whole = tree(&site.path("public"));
    let whole = whole.iter().find(|(path, _)| path.ends_with("bigpage/index.html"));
    let whole = String::from_utf8_lossy(whole.expect("a digest on one page").1).into_owned();
    assert_eq!(whole.matches("<li>1–999/999 never arrived on the list").count(), 3, "{whole}");
    let feed = fs::read_to_string(site.path("public/feed.atom")).expect("a feed");
    assert_eq!(feed.matches(" never arrived").count(), 3, "a sentence, and no list: {feed}");
}
