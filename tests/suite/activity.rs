//! The events of each series in each week, on a generated archive. Every number is the length of the list behind
//! it.

use std::{collections::BTreeMap, io::Write, path::Path, process::Command};

use jiff::tz::TimeZone;
use patchpress::{
    date::Cadence,
    digest::{self, Activity, Digest, Rank, Statistics, Waiting},
    export,
    message::{Mailbox, Mailmap},
    series::{self, Corpus, MailIx, Rules, SeriesIx},
};
use serde_json::Value;
use tempfile::TempDir;

use crate::support;

/// A patch to a file of its own, so that no two are the same patch.
fn patch(file: &str) -> String {
    format!(
        "Change it.\n\nSigned-off-by: A <a@example.org>\n---\n {file} | 1 +\n\n\
         diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1 +1,2 @@\n one\n+two\n-- \n2.1\n"
    )
}

/// A mail: day of March 2026 and hour, id, sender, the id of its parent, subject, text.
type Told<'a> = (u32, u32, &'a str, &'a str, &'a str, &'a str, &'a str);

/// An archive of these mails.
fn archive(mails: &[Told<'_>]) -> (TempDir, Corpus) {
    archive_by(mails, &Rules::default())
}

fn archive_by(mails: &[Told<'_>], rules: &Rules) -> (TempDir, Corpus) {
    let dir = TempDir::new().expect("a temporary folder");
    let mut file = std::fs::File::create(dir.path().join("list.mbox")).expect("a file");
    for (day, hour, id, from, to, subject, text) in mails {
        // Days after the end of March continue in April.
        let (day, month) = if *day > 31 { (day - 31, "Apr") } else { (*day, "Mar") };
        let answers =
            if to.is_empty() { String::new() } else { format!("In-Reply-To: <{to}@x>\n") };
        write!(
            file,
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from} <{from}@example.org>\nSubject: {subject}\n\
             Date: {day} {month} 2026 {hour:02}:00:00 +0000\nMessage-ID: <{id}@x>\n{answers}\n{text}\n"
        )
        .expect("written");
    }
    let list = support::list(&dir.path().join("list.mbox"));
    let corpus = series::read(&[list], rules).expect("an archive");
    (dir, corpus)
}

fn weeks(corpus: &Corpus) -> Vec<Digest> {
    digest::digests(corpus, None, Cadence::Week, &TimeZone::UTC)
}

/// The titles of a digest's series for which `wanted` is true.
fn titles(corpus: &Corpus, digest: &Digest, wanted: fn(&Activity) -> bool) -> Vec<String> {
    digest.series(wanted).map(|ix| corpus.series[ix.at()].title.to_string()).collect()
}

#[test]
fn each_week_has_its_own_events() {
    let (horn, lamp, rope) = (patch("horn.c"), patch("lamp.c"), patch("rope.c"));
    let review = "Fine.\n\nReviewed-by: carl <carl@example.org>\n";
    let bot = "Build failed.\n";
    // 2 March 2026 is the Monday of week 10.
    let mails: Vec<Told<'_>> = vec![
        (2, 8, "horn", "anna", "", "[PATCH] horn: louder", &horn),
        (2, 12, "lamp", "bert", "", "[PATCH] lamp: brighter", &lamp),
        (3, 8, "robot", "test-robot", "lamp", "Re: [PATCH] lamp: brighter", bot),
        (4, 8, "self", "bert", "lamp", "Re: [PATCH] lamp: brighter", "Ping?\n"),
        (4, 9, "look", "carl", "horn", "Re: [PATCH] horn: louder", "Why?\n"),
        (9, 8, "horn2", "anna", "", "[PATCH v2] horn: louder", &horn),
        (10, 8, "ack", "carl", "horn2", "Re: [PATCH v2] horn: louder", review),
        (11, 8, "taken", "dora", "horn2", "Re: [PATCH v2] horn: louder", "Applied, thanks!\n"),
        (12, 8, "rope", "anna", "", "[PATCH] rope: longer", &rope),
        (16, 8, "talk", "carl", "", "A question", "Who has the rope?\n"),
        (25, 8, "talk2", "dora", "talk", "Re: A question", "Nobody.\n"),
        (36, 8, "talk3", "carl", "talk", "Re: A question", "Thanks.\n"),
    ];
    let (_dir, corpus) = archive(&mails);
    let weeks = weeks(&corpus);
    let labels: Vec<String> = weeks.iter().map(|w| w.period.label()).collect();
    assert_eq!(labels, ["2026-W10", "2026-W11", "2026-W12", "2026-W13", "2026-W14"]);
    let told = |at: usize, wanted| titles(&corpus, &weeks[at], wanted);
    let none: [&str; 0] = [];

    assert_eq!(told(0, |a| a.is_new), ["horn: louder", "lamp: brighter"]);
    // Replies by machines and by the author do not count.
    assert_eq!(told(0, |a| a.waiting == Some(Waiting::Posted)), ["lamp: brighter"]);
    assert_eq!(told(0, |a| a.replies == 1), ["horn: louder", "lamp: brighter"]);
    assert_eq!(told(0, |a| a.applied.is_some()), none);

    assert_eq!(told(1, Activity::is_revised), ["horn: louder"]);
    assert_eq!(told(1, |a| a.is_new), ["rope: longer"]);
    assert_eq!(told(1, |a| a.applied.is_some()), ["horn: louder"]);
    assert_eq!(told(1, |a| !a.verdicts.is_empty()), ["horn: louder"]);
    assert_eq!(told(1, |a| a.waiting == Some(Waiting::Overdue)), ["lamp: brighter"]);
    assert_eq!(told(1, |a| a.waiting == Some(Waiting::Posted)), ["rope: longer"]);
    let reviewers: Vec<(&str, u64)> =
        weeks[1].reviewers.iter().map(|rank| (&*rank.who.name, rank.count)).collect();
    assert_eq!(reviewers, [("carl", 1)]);

    // A week knows only the revisions up to its end: the second horn came later.
    let newest =
        |at: usize| -> Vec<u32> { weeks[at].activities.iter().map(|a| a.newest).collect() };
    assert_eq!((newest(0), newest(1)), (vec![0, 0], vec![1, 0, 0]));

    // Only what was posted the week before is overdue.
    assert_eq!(told(2, |a| a.waiting.is_some()), ["rope: longer"]);
    // 21 days after bert's ping of 4 March, and after the rope of 12 March.
    assert_eq!(told(3, |a| a.went_quiet), ["lamp: brighter"]);
    assert_eq!(told(4, |a| a.went_quiet), ["rope: longer"]);
    let quiet = |at: usize| told(at, |a| a.went_quiet).len();
    assert_eq!((quiet(0), quiet(1), quiet(2)), (0, 0, 0));
}

#[test]
fn a_first_reply_is_by_somebody_else() {
    let (horn, lamp) = (patch("horn.c"), patch("lamp.c"));
    let mails: Vec<Told<'_>> = vec![
        (2, 8, "horn", "anna", "", "[PATCH] horn: louder", &horn),
        (2, 9, "own", "anna", "horn", "Re: [PATCH] horn: louder", "Forgot to say.\n"),
        (2, 10, "home", "anna-at-home", "horn", "Re: [PATCH] horn: louder", "And this.\n"),
        (2, 13, "look", "carl", "own", "Re: [PATCH] horn: louder", "Why?\n"),
        (2, 14, "lamp", "bert", "", "[PATCH] lamp: brighter", &lamp),
    ];
    let map = "anna <anna@example.org> <anna-at-home@example.org>\n";
    let rules = Rules { mailmap: Mailmap::parse(map), ..Rules::default() };
    for (rules, hours) in [(Rules::default(), 2), (rules, 5)] {
        let (_dir, corpus) = archive_by(&mails, &rules);
        let answers = &weeks(&corpus)[0].first_answers;
        let median = answers.quantile(50).expect("one of two has an answer");
        assert_eq!(median.seconds, hours * 3600);
        // The other one is still waiting, so the 90th percentile is unknown.
        assert_eq!((answers.unanswered.len(), answers.quantile(90)), (1, None));
    }
}

/// The mails behind a ranking, sorted.
fn behind<T>(ranking: &[Rank<T>]) -> Vec<MailIx> {
    for rank in ranking {
        assert_eq!(rank.count, rank.mails.len() as u64);
    }
    assert!(ranking.is_sorted_by(|a, b| a.count >= b.count));
    let mut mails: Vec<MailIx> = ranking.iter().flat_map(|rank| rank.mails.clone()).collect();
    mails.sort_unstable();
    mails
}

/// Every number of a digest is the length of the list behind it.
pub(crate) fn check_sums(corpus: &Corpus, digest: &Digest) {
    assert_eq!(behind(&digest.contributors), digest.contributions);
    assert_eq!(behind(&digest.domains), digest.contributions);
    let mut verdicts: Vec<MailIx> =
        digest.activities.iter().flat_map(|a| &a.verdicts).map(|verdict| verdict.mail).collect();
    verdicts.sort_unstable();
    assert_eq!(behind(&digest.reviewers), verdicts);
    let mut seen: Vec<SeriesIx> = digest.activities.iter().map(|a| a.series).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), digest.activities.len(), "a series has two activities");
    let answers = &digest.first_answers;
    let new = digest.series(|a| a.is_new).filter(|ix| corpus.series[ix.at()].is_work()).count();
    assert_eq!(answers.answered.len() + answers.unanswered.len(), new);
    check_export(corpus, digest);
}

/// The output of `export --digests` is the content of the digest.
fn check_export(corpus: &Corpus, digest: &Digest) {
    let mut line = Vec::new();
    export::digest_line(corpus, "list", digest, &mut line).expect("written");
    let told: Value = serde_json::from_slice(&line).expect("JSON");
    let length = |value: &Value| value.as_array().expect("a list").len();
    let sum = |value: &Value| -> u64 {
        value.as_array().expect("a list").iter().map(|row| row["count"].as_u64().expect("n")).sum()
    };
    assert_eq!(told["contributions"], sum(&told["contributors"]));
    assert_eq!(told["contributions"], sum(&told["domains"]));
    assert_eq!(length(&told["series"]["new"]), digest.series(|a| a.is_new).count());
    assert_eq!(length(&told["waiting"]), digest.series(|a| a.waiting.is_some()).count());
    assert_eq!(length(&told["quiet"]), digest.series(|a| a.went_quiet).count());
    assert_eq!(length(&told["reviewed"]), digest.series(|a| !a.verdicts.is_empty()).count());
    assert_eq!(sum(&told["reviewers"]), digest.reviewers.iter().map(|r| r.count).sum::<u64>());
}

/// The numbers of a year are the sums over its digests, those of the whole archive the sums over its years.
fn check_years(whole: &Statistics, years: &[Statistics], digests: &[Digest]) {
    for year in years {
        let of_year = || digests.iter().filter(|d| d.period.year() == year.year.as_deref());
        let messages: usize = of_year().map(|d| d.messages.len()).sum();
        assert_eq!(year.messages.len(), messages);
        assert_eq!(behind(&year.contributors), year.contributions);
        let verdicts: usize = of_year().map(|d| behind(&d.reviewers).len()).sum();
        assert_eq!(behind(&year.reviewers).len(), verdicts);
        let new: usize = of_year().map(|d| d.series(|a| a.is_new).count()).sum();
        let states: usize = year.states.iter().map(|(_, series)| series.len()).sum();
        let rerolls: usize = year.rerolls.iter().map(|(_, series)| series.len()).sum();
        assert_eq!((states, rerolls, year.series.len()), (new, new, new));
    }
    let sum = |of: fn(&Statistics) -> usize| years.iter().map(of).sum::<usize>();
    assert_eq!(whole.messages.len(), sum(|year| year.messages.len()));
    assert_eq!(whole.contributions.len(), sum(|year| year.contributions.len()));
    assert_eq!(whole.series.len(), sum(|year| year.series.len()));
}

#[test]
fn every_number_is_the_length_of_the_list_behind_it() {
    let corpus = support::read(&support::demo());
    for cadence in [Cadence::Day, Cadence::Week, Cadence::Month] {
        let digests = digest::digests(&corpus, None, cadence, &TimeZone::UTC);
        digests.iter().for_each(|digest| check_sums(&corpus, digest));
        let all: Vec<&Digest> = digests.iter().collect();
        let (whole, years) = digest::statistics(&corpus, &all);
        assert!(!years.is_empty() && whole.reviewers.len() > 1);
        check_years(&whole, &years, &digests);
    }
}

#[test]
fn a_mailmap_folds_people_and_keeps_the_sums() {
    let corpus = support::read(&support::demo());
    let addresses: BTreeMap<String, String> = corpus
        .mails
        .iter()
        .map(|letter| (letter.mail.author.key(), letter.mail.author.name.to_string()))
        .collect();
    // Everybody is the same person.
    let map: String =
        addresses.keys().map(|old| format!("All Of Us <us@example.org> <{old}>\n")).collect();
    let rules = Rules { mailmap: Mailmap::parse(&map), ..Rules::default() };
    let folded = series::read(&[support::list(&support::demo())], &rules).expect("the demo");
    for digest in weeks(&folded) {
        check_sums(&folded, &digest);
        assert_eq!(digest.contributors.len(), 1);
        let one = &digest.contributors[0];
        assert_eq!(one.who, Mailbox::new("All Of Us", "us@example.org"));
        assert_eq!((one.count, digest.domains.len()), (digest.contributions.len() as u64, 1));
        // Nobody else could reply.
        assert!(digest.first_answers.answered.is_empty());
    }
}

#[test]
fn a_mailmap_means_what_git_takes_it_for() {
    let map = "# who is who\n\
        Zoë Lind <zoe@example.org>\n\
        <amir@example.org> <amir@laptop.(none)>\n\
        Ida Roe <ida@example.org> <ida@work.example>\n\
        Jo Doe <jo@example.org> joe <bugs@example.org>\n\
        Jane Doe <jane@example.org> Jane <bugs@example.org>\n\
        Somebody <some@example.org> <bugs@example.org>\n\
        \tTab Name\t<tab@example.org>\t<old-tab@example.org>\n\
        Late <late@example.org> <ida@work.example>\n\
        no entry at all\n<>\nOpen <open@example.org\n";
    let people = [
        "zoe <ZOE@example.org>",
        "Amir <amir@laptop.(none)>",
        "I <IDA@Work.example>",
        "JOE <bugs@example.org>",
        "jane <Bugs@example.org>",
        "A. Nother <bugs@example.org>",
        "T <old-tab@example.org>",
        "Nobody <nobody@example.org>",
    ];
    let dir = TempDir::new().expect("a temporary folder");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(dir.path()).args(arguments);
        for key in ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
            command.env(key, Path::new("/dev/null"));
        }
        let output = command.output().expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    git(&["init", "-q"]);
    std::fs::write(dir.path().join(".mailmap"), map).expect("written");
    let theirs = git(&[&["check-mailmap"], &people[..]].concat());
    let ours = Mailmap::parse(map);
    let ours = people.map(|person| {
        let mailbox = Mailbox::parse(person);
        format!("{} <{}>", ours.fold(&mailbox).name, ours.fold(&mailbox).address)
    });
    assert_eq!(ours.to_vec(), theirs.lines().collect::<Vec<_>>());
}
