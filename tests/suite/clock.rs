//! The clock of a site: in every kind of archive, a mail with a wrong Date field changes only its own place.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use jiff::tz::TimeZone;
use patchpress::{
    config::List,
    date::Timestamp,
    error::NoteKind,
    export,
    series::{self, Corpus, Rules, StoredMessage},
};
use proptest::prelude::*;

use crate::{
    increments::cold,
    laws::few,
    site::{Site, tree},
    support,
};

/// 2026-03-02T10:00:00Z, a Monday.
const START: i64 = 1_772_445_600;
const DAY: i64 = 86_400;
const YEAR: i64 = 365 * DAY;

/// A mail, the time of its arrival, and its Date field.
#[derive(Debug, Clone)]
struct Post {
    id: String,
    who: &'static str,
    came: i64,
    date: Option<i64>,
    subject: &'static str,
    parent: &'static str,
    /// One more Received field, below that of the list's server, if the server leaves one.
    forged: Option<i64>,
}

/// Twelve days of a list: a patch, a review, other mails; one mail a day.
fn list() -> Vec<Post> {
    const WRITERS: [&str; 3] = ["ada", "bob", "cleo"];
    let post = |day: i64| Post {
        id: format!("day{day}@example.org"),
        who: WRITERS[day as usize % 3],
        came: START + day * DAY + day * 61,
        date: Some(START + day * DAY + day * 60),
        subject: match day {
            1 => "[PATCH] lamp: Burn brighter",
            2 => "Re: [PATCH] lamp: Burn brighter",
            9 => "[PATCH] bell: Ring once",
            _ => "About lamps",
        },
        parent: if day == 2 { "day1@example.org" } else { "" },
        forged: None,
    };
    (0..12).map(post).collect()
}

/// A mail that arrived with the one of that number, with a date so much later.
fn odd(after: usize, ahead: i64) -> Post {
    let came = list()[after].came + 17;
    let id = format!("odd{ahead}@example.org");
    let date = Some(came - 9 + ahead);
    Post { id, who: "zoe", came, date, subject: "Hello", parent: "", forged: None }
}

/// Kinds of archives, and who besides the sender knows the times of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A public-inbox thread: nobody.
    Bare,
    /// `git format-patch --stdout`: nobody.
    FormatPatch,
    /// Files: nobody.
    Files,
    /// An mbox by a mail server: its `From ` lines.
    Mbox,
    /// A Maildir: its files' names.
    Maildir,
    /// A mirror that follows its list: its commits.
    Mirror,
    /// An mbox with Received fields.
    Received,
}

const SHAPES: [Shape; 7] = [
    Shape::Bare,
    Shape::FormatPatch,
    Shape::Files,
    Shape::Mbox,
    Shape::Maildir,
    Shape::Mirror,
    Shape::Received,
];

impl Shape {
    fn has_witness(self) -> bool {
        !matches!(self, Self::Bare | Self::FormatPatch | Self::Files)
    }

    fn mail(self, post: &Post) -> String {
        let Post { id, who, came, date, subject, parent, forged } = post;
        let mut text = String::new();
        if self == Self::Received {
            let came = Timestamp(*came).rfc5322();
            let _ = write!(text, "Received: from relay by list.example.org;\n\t{came}\n");
        }
        if let Some(forged) = forged {
            let at = Timestamp(*forged).rfc5322();
            let _ = writeln!(text, "Received: from home by relay; {at}");
        }
        let _ = write!(text, "From: {who} <{who}@example.org>\nSubject: {subject}\n");
        if let Some(date) = date {
            let _ = writeln!(text, "Date: {}", Timestamp(*date).rfc5322());
        }
        if !parent.is_empty() {
            let _ = writeln!(text, "In-Reply-To: <{parent}>");
        }
        let body = match subject.starts_with("[PATCH]") {
            true => {
                "Why.\n\n---\n lamp.c | 2 +-\n\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-int a;\n+int b;\n"
            }
            false => "Words.\n",
        };
        let _ = write!(text, "Message-ID: <{id}>\n\n{body}");
        text
    }

    fn line(self, post: &Post) -> String {
        let came = Timestamp(post.came).zoned(&TimeZone::UTC);
        match self {
            Self::Mbox => format!("From {} {}", post.who, came.strftime("%a %b %e %T %Y")),
            Self::FormatPatch => format!("From {:040x} Mon Sep 17 00:00:00 2001", post.came),
            _ => "From mboxrd@z Thu Jan  1 00:00:00 1970".to_owned(),
        }
    }

    /// Writes an archive of these mails below `folder`.
    fn write(self, posts: &[Post], folder: &Path) -> PathBuf {
        let to = folder.join("archive");
        match self {
            Self::Files => {
                fs::create_dir_all(&to).expect("a folder");
                for (at, post) in posts.iter().enumerate() {
                    fs::write(to.join(format!("{at:04}.eml")), self.mail(post)).expect("write");
                }
            }
            Self::Maildir => {
                for sub in ["cur", "new", "tmp"] {
                    fs::create_dir_all(to.join(sub)).expect("a folder");
                }
                for post in posts {
                    let name = format!("cur/{}.M1P1.host:2,S", post.came);
                    fs::write(to.join(name), self.mail(post)).expect("write");
                }
            }
            Self::Mirror => {
                let commits: Vec<_> = posts.iter().map(|post| (post, post.came + 40)).collect();
                commit(&to.join("git/0.git"), &commits);
            }
            Self::Bare | Self::FormatPatch | Self::Mbox | Self::Received => {
                let mails = posts.iter().map(|post| [self.line(post), self.mail(post)].join("\n"));
                fs::write(&to, mails.collect::<Vec<_>>().join("\n")).expect("write");
            }
        }
        to
    }

    fn read(self, posts: &[Post]) -> Corpus {
        let folder = tempfile::tempdir().expect("a folder");
        support::read(&self.write(posts, folder.path()))
    }
}

/// Commits mails to the epoch at `git`, each at its time.
fn commit(git: &Path, commits: &[(&Post, i64)]) {
    let is_new = !git.exists();
    if is_new {
        fs::create_dir_all(git).expect("a folder");
        run_git(git, &["init", "-q", "--bare", "-b", "master", "."], "");
    }
    let mut stream = String::new();
    for (at, (post, when)) in commits.iter().enumerate() {
        let from = if at == 0 && !is_new { "from refs/heads/master^0\n" } else { "" };
        let mail = Shape::Mirror.mail(post);
        let length = mail.len();
        let _ = write!(
            stream,
            "commit refs/heads/master\ncommitter A <a@example.org> {when} +0000\n\
             data 1\nx\n{from}deleteall\nM 100644 inline m\ndata {length}\n{mail}\n"
        );
    }
    run_git(git, &["fast-import", "--quiet"], &stream);
}

fn run_git(folder: &Path, arguments: &[&str], input: &str) {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(folder).stdin(Stdio::piped());
    let mut child = git.spawn().expect("git runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("git listens");
    assert!(child.wait().expect("git ends").success(), "git {arguments:?}");
}

/// The exported facts of all mails except those with wrong dates: revisions with their states, and dates.
fn told(corpus: &Corpus) -> String {
    let mut out = Vec::new();
    export::revisions(corpus, &TimeZone::UTC, &export::Filter::default(), &mut out)
        .expect("memory");
    let mut out = String::from_utf8(out).expect("UTF-8");
    for letter in &corpus.mails {
        let message = &letter.mail.message;
        if !message.id.starts_with("odd") {
            let _ = writeln!(out, "{} {:?}", message.id, message.date);
        }
    }
    out
}

/// The first and the last day.
fn ends(corpus: &Corpus) -> [Option<i64>; 2] {
    let days = || corpus.mails.iter().filter_map(|mail| Some(mail.date()?.0.div_euclid(DAY)));
    [days().min(), days().max()]
}

fn mail<'a>(corpus: &'a Corpus, id: &str) -> &'a StoredMessage {
    let found = corpus.mails.iter().find(|letter| &*letter.mail.message.id == id);
    found.unwrap_or_else(|| panic!("{id} is lost"))
}

/// The list with these mails among the others, in the order of arrival.
fn with(odd: &[Post]) -> Vec<Post> {
    let mut posts = [&list()[..], odd].concat();
    posts.sort_by_key(|post| post.came);
    posts
}

/// These mails with wrong dates change nothing for others, and appear at their arrival.
fn moves_nobody(shape: Shape, odd: &[Post]) {
    let (before, after) = (shape.read(&list()), shape.read(&with(odd)));
    let case = format!("{shape:?}: {odd:?}");
    assert_eq!(told(&after), told(&before), "{case}");
    assert_eq!(ends(&after), ends(&before), "{case}");
    for post in odd {
        let message = &mail(&after, &post.id).mail.message;
        let date = message.date.expect("it has a date");
        assert!((date.0 - post.came).abs() <= DAY, "{case}: {}", date.rfc3339());
        assert_eq!(message.wrong_date().map(|date| date.0), post.date, "{case}");
        let noted = after.notes.iter().filter(|note| {
            note.kind == NoteKind::BadDate && note.message_id.as_deref() == Some(&post.id)
        });
        assert_eq!(noted.count(), 1, "{case}");
    }
}

#[test]
fn a_list_has_the_dates_that_its_senders_wrote() {
    let bare = Shape::Bare.read(&list());
    assert!(told(&bare).contains(r#""state":"discussed""#), "{}", told(&bare));
    for shape in SHAPES {
        let corpus = shape.read(&list());
        assert_eq!(told(&corpus), told(&bare), "{shape:?}");
        assert!(corpus.notes.is_empty(), "{shape:?}: {:?}", corpus.notes);
    }
}

#[test]
fn one_mail_ahead_of_its_time_moves_nobody() {
    for shape in SHAPES {
        for after in [0, 5, 11] {
            for ahead in [30 * DAY, 11 * YEAR, 73 * YEAR] {
                moves_nobody(shape, &[odd(after, ahead)]);
            }
        }
    }
}

#[test]
fn several_mails_ahead_of_their_time_move_nobody() {
    for shape in SHAPES {
        moves_nobody(shape, &[odd(3, 40 * DAY), odd(4, 40 * DAY + 1)]);
        moves_nobody(shape, &[odd(10, 11 * YEAR), odd(11, 12 * YEAR)]);
        moves_nobody(shape, &[odd(0, 11 * YEAR), odd(6, 40 * DAY), odd(11, 40 * YEAR)]);
    }
}

#[test]
fn mails_behind_their_time_move_nobody() {
    for shape in SHAPES {
        for after in [0, 5, 11] {
            moves_nobody(shape, &[odd(after, -40 * YEAR)]);
        }
        moves_nobody(shape, &[odd(5, -60 * DAY)]);
        moves_nobody(shape, &[odd(2, -46 * YEAR), odd(7, -40 * YEAR), odd(8, 11 * YEAR)]);
        if shape.has_witness() {
            moves_nobody(shape, &[odd(11, -60 * DAY)]);
        }
    }
}

#[test]
fn two_senders_after_a_silence_are_the_end() {
    let (one, mut two) = (odd(11, 60 * DAY), odd(11, 61 * DAY));
    for shape in [Shape::Bare, Shape::FormatPatch, Shape::Files] {
        let end = |posts: &[Post]| ends(&shape.read(&with(posts)))[1];
        let before = end(&[]);
        assert_eq!(end(std::slice::from_ref(&one)), before, "{shape:?}: nobody bears it out");
        two.who = "zoe";
        assert_eq!(end(&[one.clone(), two.clone()]), before, "{shape:?}: the same sender");
        two.who = "bob";
        let at = two.date.map(|date| date.div_euclid(DAY));
        assert_eq!(end(&[one.clone(), two.clone()]), at, "{shape:?}: another one");
    }
}

/// Without another witness, an ordinary silence refutes no date, and one sender's mails count as much as another's.
#[test]
fn a_quiet_list_keeps_its_dates() {
    let spread = |days: &[i64], writers: usize| -> Vec<Post> {
        let posts = list().into_iter().zip(days).enumerate();
        let at = |(number, (post, day)): (usize, (Post, &i64))| {
            let came = START + day * DAY;
            Post { came, date: Some(came - 9), who: ["ada", "bob"][number % writers], ..post }
        };
        posts.map(at).collect()
    };
    for (days, writers) in [
        (&[0, 50][..], 2),
        (&[0, 40, 80, 130, 150, 220], 2),
        (&[0, 1, 400, 401, 3000, 3001], 1),
        (&[0, 5, 10, 60], 1),
        (&[0, 1, 2, 80, 81, 82, 83], 2),
    ] {
        let posts = spread(days, writers);
        for shape in SHAPES {
            let corpus = shape.read(&posts);
            let dates: Vec<_> = corpus.mails.iter().map(|mail| mail.date().map(|d| d.0)).collect();
            assert!(dates.iter().eq(posts.iter().map(|post| &post.date)), "{shape:?} {days:?}");
        }
    }
}

/// Of two mails the older date counts; several mails by one writer outweigh one mail by another.
#[test]
fn one_writer_s_many_mails_outweigh_another_s_one() {
    let of_one = |posts: Vec<Post>| -> Vec<Post> {
        posts.into_iter().map(|post| Post { who: "ada", ..post }).collect()
    };
    for shape in [Shape::Bare, Shape::FormatPatch, Shape::Files] {
        for off in [30 * DAY, 11 * YEAR, -46 * YEAR] {
            let mut posts = of_one(list()[..4].to_vec());
            let before = shape.read(&posts);
            posts.push(odd(3, off));
            let after = shape.read(&posts);
            assert_eq!((told(&after), ends(&after)), (told(&before), ends(&before)), "{off}");
        }
        let two = [list().swap_remove(0), odd(0, 11 * YEAR)];
        assert_eq!(ends(&shape.read(&two)), ends(&shape.read(&two[..1])));
    }
}

#[test]
fn a_witness_confirms_a_mail_after_a_silence() {
    for shape in SHAPES.into_iter().filter(|shape| shape.has_witness()) {
        let mut late = odd(11, 0);
        (late.came, late.date) = (late.came + 90 * DAY, Some(late.came + 90 * DAY - 9));
        let corpus = shape.read(&with(std::slice::from_ref(&late)));
        let date = mail(&corpus, &late.id).date().map(|date| date.0);
        assert_eq!(date, late.date, "{shape:?}");
    }
}

#[test]
fn a_from_line_that_is_made_of_the_date_bears_nothing_out() {
    let mut future = odd(11, 11 * YEAR);
    future.came = future.date.expect("it has one") + 2 * 3600;
    let ends = |posts: &[Post]| ends(&Shape::Mbox.read(posts));
    assert_eq!(ends(&with(&[future])), ends(&list()));
}

#[test]
fn what_is_undated_came_when_a_witness_says() {
    for shape in SHAPES {
        let mut undated = odd(5, 0);
        undated.date = None;
        let corpus = shape.read(&with(std::slice::from_ref(&undated)));
        let date = mail(&corpus, &undated.id).date().map(|date| date.0.div_euclid(DAY));
        let came = shape.has_witness().then(|| undated.came.div_euclid(DAY));
        assert_eq!(date, came, "{shape:?}");
        assert_eq!(told(&corpus), told(&shape.read(&list())), "{shape:?}");
    }
}

#[test]
fn a_list_without_dates_has_none() {
    let undated = |post: Post| Post { date: None, ..post };
    let posts: Vec<Post> = list().into_iter().map(undated).collect();
    for shape in SHAPES {
        let corpus = shape.read(&posts);
        let dated = corpus.mails.iter().filter(|mail| mail.date().is_some()).count();
        assert_eq!(dated, if shape.has_witness() { posts.len() } else { 0 }, "{shape:?}");
    }
}

/// A mirror that was made much later knows no arrivals; the dates count, and neighbouring mails refute them.
#[test]
fn the_day_of_an_import_is_not_a_date_of_mails() {
    let made = START + 900 * DAY;
    let imported = |posts: &[Post]| {
        let folder = tempfile::tempdir().expect("a folder");
        let commits: Vec<_> =
            posts.iter().enumerate().map(|(at, post)| (post, made + at as i64)).collect();
        commit(&folder.path().join("git/0.git"), &commits);
        support::read(folder.path())
    };
    let before = imported(&list());
    assert_eq!(told(&before), told(&Shape::Bare.read(&list())));
    let offs = [(5, 30 * DAY), (5, -40 * YEAR), (11, YEAR), (11, 11 * YEAR), (5, 60 * YEAR)];
    for odd in offs.map(|(after, off)| odd(after, off)) {
        let after = imported(&with(std::slice::from_ref(&odd)));
        assert_eq!(told(&after), told(&before), "{odd:?}");
        assert_eq!(ends(&after), ends(&before), "{odd:?}");
    }
}

/// Commits by a tool with the same time for all prove no mail late.
#[test]
fn a_committer_with_a_stopped_clock_is_ignored() {
    for when in [1_000_000_000, START - 30 * DAY] {
        let folder = tempfile::tempdir().expect("a folder");
        let posts = list();
        let commits: Vec<_> = posts.iter().map(|post| (post, when)).collect();
        commit(&folder.path().join("git/0.git"), &commits);
        let corpus = support::read(folder.path());
        assert_eq!(told(&corpus), told(&Shape::Bare.read(&list())), "{when}");
    }
}

#[test]
fn a_sender_may_forge_what_lies_below_the_list_s_own_field() {
    for off in [11 * YEAR, 30 * DAY, -40 * YEAR, -60 * DAY] {
        let mut liar = odd(5, off);
        liar.forged = liar.date;
        moves_nobody(Shape::Received, &[liar]);
        // Nor does a wrong commit date move a mail with a correct date.
        let mut liar = odd(5, 0);
        liar.forged = Some(liar.came + off);
        let corpus = Shape::Received.read(&with(std::slice::from_ref(&liar)));
        assert_eq!(mail(&corpus, &liar.id).date().map(|date| date.0), liar.date, "{off}");
    }
}

/// A Received field counts as the server's if the other mails have it, too; the archive's own times take precedence.
#[test]
fn a_received_field_that_only_its_sender_wrote_moves_nobody() {
    for shape in [Shape::Bare, Shape::Files, Shape::Mbox, Shape::Maildir, Shape::Mirror] {
        for off in [30 * DAY, 11 * YEAR] {
            let mut liar = odd(11, off);
            liar.forged = liar.date;
            moves_nobody(shape, &[liar]);
        }
    }
}

/// A mail with that time of arrival, and a date so many seconds later.
fn came_with(came: i64, ahead: i64) -> Post {
    let mut post = odd(5, 0);
    (post.came, post.date) = (came, Some(came + ahead));
    post
}

/// A mail with a difference of more than an hour shows both times; only a wrong clock gets a note.
#[test]
fn a_mail_stays_where_it_arrived() {
    let came = list()[5].came + 5 * 3600;
    for (shape, ahead, want, is_noted) in [
        (Shape::Received, -3600, -3600, false),
        (Shape::Received, 3600, 3600, false),
        (Shape::Received, -3601, 0, false),
        (Shape::Received, 5 * 3600, 0, false),
        (Shape::Received, -3 * DAY, 0, false),
        (Shape::Received, 2 * DAY, 0, true),
        (Shape::Received, -8 * DAY, 0, true),
        (Shape::Mirror, -20 * 3600, -20 * 3600, false),
        (Shape::Mirror, -2 * DAY, 40, false),
        (Shape::Mirror, 2 * 3600, 40, false),
        (Shape::Mbox, 2 * 3600 + 1, 2 * 3600 + 1, false),
        (Shape::Mbox, -2 * DAY + 1, 0, false),
        (Shape::Maildir, -2 * DAY + 1, 0, false),
        (Shape::Bare, 5 * 3600, 5 * 3600, false),
    ] {
        let post = came_with(came, ahead);
        let corpus = shape.read(&with(std::slice::from_ref(&post)));
        let message = &mail(&corpus, &post.id).mail.message;
        let case = format!("{shape:?}, {ahead}");
        assert_eq!(message.date.map(|date| date.0 - came), Some(want), "{case}");
        let shown = message.wrong_date().map(|date| date.0 - came);
        assert_eq!(shown, Some(ahead).filter(|_| want != ahead), "{case}");
        assert_eq!(!corpus.notes.is_empty(), is_noted, "{case}: {:?}", corpus.notes);
    }
}

/// If mails have times of arrival, a single mail is evidence enough.
#[test]
fn a_single_mail_stays_where_it_arrived() {
    for ahead in [-60 * DAY, -5 * 3600, 5 * 3600, 60 * DAY] {
        let post = came_with(START, ahead);
        let corpus = Shape::Received.read(std::slice::from_ref(&post));
        assert_eq!(mail(&corpus, &post.id).date().map(|date| date.0), Some(START), "{ahead}");
    }
}

/// An unknown zone, or a 12-hour clock: the server's time counts, not that of neighbouring mails.
#[test]
fn a_few_mails_with_wrong_hours_stay_where_they_arrived() {
    let posts: Vec<Post> = (0..3)
        .map(|at| Post {
            id: format!("few{at}@example.org"),
            ..came_with(START + at * DAY, (at + 2) * 3600)
        })
        .collect();
    let corpus = Shape::Received.read(&posts);
    for post in &posts {
        assert_eq!(mail(&corpus, &post.id).date().map(|date| date.0), Some(post.came));
    }
}

/// Somebody resent an archive to themselves: the day of that is not the date of any mail.
#[test]
fn a_copy_of_an_archive_came_when_its_mails_were_written() {
    let copied = |post: Post| Post { came: START + 900 * DAY + post.came % 60, ..post };
    let corpus = Shape::Received.read(&list().into_iter().map(copied).collect::<Vec<_>>());
    assert_eq!(told(&corpus), told(&Shape::Bare.read(&list())));
    assert!(corpus.notes.is_empty(), "{:?}", corpus.notes);
}

/// A moderator held the mail for two days; the sender's own field may say anything.
#[test]
fn a_mail_that_was_held_came_when_the_list_took_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let hop = |way: &str, at: i64| format!("Received: {way};\n\t{}\n", Timestamp(at).rfc5322());
    let came = list()[5].came;
    let way = [
        hop("from mx.example.org by archive.example.com", came + 2 * DAY),
        hop("from localhost (localhost [127.0.0.1]) by mx.example.org", came + 2 * DAY - 1),
        hop("from mail.example.net by mx.example.org", came),
        hop("from laptop by mail.example.net", came - 20 * DAY),
    ];
    let held = format!("{}List-Id: <lamp.lists.example.org>\n", way.concat());
    let write = |posts: &[Post], held: &str| {
        let path = Shape::Received.write(posts, folder.path());
        let text = fs::read_to_string(&path).expect("an mbox");
        let own =
            format!("Received: from relay by list.example.org;\n\t{}\n", Timestamp(came).rfc5322());
        let changed = text.replacen(&own, held, 1);
        assert_ne!(changed, text);
        fs::write(&path, changed).expect("written");
        support::read(&path)
    };
    for ahead in [-20 * DAY, 6 * 3600] {
        let mut posts = list();
        posts[5].date = Some(came + ahead);
        let date = mail(&write(&posts, &held), &posts[5].id).date();
        assert_eq!(date.map(|date| date.0), Some(came), "{ahead}");
    }
}

/// The first version was delayed until the second had arrived.
#[test]
fn who_waited_on_the_way_is_no_new_version() {
    let patch = |id: &str, came: i64, date: i64| Post {
        id: format!("{id}@example.org"),
        who: "ada",
        came: START + came,
        date: Some(START + date),
        subject: "[PATCH] bell: Ring twice",
        parent: "",
        forged: None,
    };
    let (first, second) = (patch("one", 7200, 0), patch("two", 250, 240));
    let corpus = Shape::Received.read(&with(&[first, second]));
    let series = corpus.series.iter().find(|series| series.revisions.len() == 2).expect("a series");
    let first = |at: usize| series.revisions[at].members().next().expect("a patch");
    let ids = [0, 1].map(|at| &*corpus.stored(first(at)).mail.message.id);
    assert_eq!(ids, ["one@example.org", "two@example.org"]);
    assert_eq!(series.revisions[0].posted, Some(Timestamp(START + 7200)), "it came then");
}

/// A list held a patch and its letter back until others, who had copies, had answered: they were there before the replies.
/// Without such a reply, or where the Date field is later than it, they came when the list took them.
#[test]
fn what_was_answered_before_it_arrived_was_there() {
    let post = |id: &str, who, came: i64, date: i64, subject, parent| Post {
        id: format!("{id}@example.org"),
        who,
        came: START + came,
        date: Some(START + date),
        subject,
        parent,
        forged: None,
    };
    let letter = post("letter", "ada", 5 * DAY, 0, "[PATCH 0/1] bell: Ring", "");
    let patch = post("patch", "ada", 3 * DAY, 10, "[PATCH 1/1] bell: Ring", "letter@example.org");
    let reply = post("reply", "bob", 7200, 7190, "Re: [PATCH 1/1] bell: Ring", "patch@example.org");
    let dates = |posts: &[Post]| {
        let corpus = Shape::Received.read(&with(posts));
        ["letter", "patch"].map(|id| {
            let date = mail(&corpus, &format!("{id}@example.org")).date();
            date.map(|date| date.0 - START)
        })
    };
    let posts = [letter, patch, reply];
    assert_eq!(dates(&posts), [Some(0), Some(10)]);
    assert_eq!(dates(&posts[..2]), [Some(0), Some(3 * DAY)], "nobody answered the patch");
    let mut late = posts.clone();
    late[1].date = Some(START + DAY);
    assert_eq!(dates(&late), [Some(0), Some(3 * DAY)], "its Date field is after the reply");
    let mut old = posts;
    old[1].date = Some(START - 40 * DAY);
    assert_eq!(dates(&old)[1], Some(3 * DAY), "no list holds a mail so long");
}

/// A server's clock is one witness: where the Date field says otherwise, it takes another mail.
#[test]
fn a_server_whose_clock_is_wrong_moves_nobody() {
    let mut late = odd(11, 0);
    late.came += 11 * YEAR;
    let ends = |posts: &[Post]| ends(&Shape::Received.read(posts));
    assert_eq!(ends(&with(&[late])), ends(&list()));
}

/// One copy has a time of arrival, the other has none: they are one mail with one time of arrival.
#[test]
fn copies_came_when_the_best_witness_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let posts = with(&[odd(5, 20 * YEAR)]);
    let [bare, mirror] = [Shape::Bare, Shape::Mirror].map(|shape| {
        let folder = folder.path().join(format!("{shape:?}"));
        fs::create_dir_all(&folder).expect("a folder");
        shape.write(&posts, &folder)
    });
    let alone = ends(&Shape::Mirror.read(&posts));
    for archives in [[bare.clone(), mirror.clone()], [mirror, bare]] {
        let list = List { archives: archives.into(), ..support::list(folder.path()) };
        let corpus = series::read(&[list], &Rules::default());
        let corpus = corpus.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(corpus.mails.len(), posts.len());
        assert_eq!(ends(&corpus), alone);
    }
}

proptest! {
    #![proptest_config(few(12))]

    /// In an archive without witnesses, only the place of a mail with a wrong date may depend on the order.
    #[test]
    fn the_order_of_an_archive_moves_nobody_else(
        shuffled in Just(with(&[odd(5, 11 * YEAR), odd(8, 30 * DAY), odd(3, -40 * YEAR)])).prop_shuffle(),
        shape in prop_oneof![Just(Shape::Bare), Just(Shape::Mbox), Just(Shape::Mirror), Just(Shape::Received)],
    ) {
        let (corpus, before) = (shape.read(&shuffled), shape.read(&list()));
        prop_assert_eq!(told(&corpus), told(&before));
        prop_assert_eq!(ends(&corpus), ends(&before));
    }
}

/// A mirror grows by these commits; after each build, the site is the one of a build from nothing.
fn grows(chunks: &[&[(&Post, i64)]]) {
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"lamp\"\narchive = \"list\"\n");
    for (number, chunk) in chunks.iter().enumerate() {
        commit(&site.path("list/git/0.git"), chunk);
        site.run(&["build"]).succeeds();
        let elsewhere = tempfile::tempdir().expect("a folder");
        let public = elsewhere.path().join("public");
        cold(&site, &public);
        let (grown, anew) = (tree(&site.path("public")), tree(&public));
        assert!(grown.keys().eq(anew.keys()), "other files after chunk {number}");
        for (path, bytes) in &anew {
            assert!(grown[path] == *bytes, "{} after chunk {number}", path.display());
        }
    }
}

#[test]
fn a_growing_mirror_has_the_clock_of_one_that_is_read_again() {
    let posts = with(&[odd(2, 11 * YEAR), odd(7, -40 * YEAR), odd(11, 30 * DAY)]);
    let live: Vec<_> = posts.iter().map(|post| (post, post.came + 40)).collect();
    grows(&[&live[..3], &live[3..4], &live[4..9], &live[9..10], &live[10..]]);
}

/// A reply, or further mails, may confirm a date that was unconfirmed at first.
#[test]
fn a_date_that_is_borne_out_later_moves_its_mail_then() {
    let mut late = odd(11, 60 * DAY);
    late.who = "ada";
    let mut answer = odd(11, 61 * DAY);
    answer.parent = "day9@example.org";
    let posts = [list(), vec![late, answer]].concat();
    let made = START + 400 * DAY;
    let all: Vec<_> = posts.iter().map(|post| (post, made)).collect();
    grows(&[&all[..13], &all[13..]]);
}

#[test]
fn a_page_shows_the_date_that_its_sender_wrote() {
    let site = Site::new();
    let mbox = Shape::Bare.write(&with(&[odd(11, 11 * YEAR)]), &site.root());
    fs::rename(mbox, site.path("list.mbox")).expect("renamed");
    let ran = site.run(&["build"]);
    let talk = ran.succeeds().talk();
    assert!(talk.contains("date not believed"), "{talk}");
    let pages = tree(&site.path("public"));
    let shows = |path: &&PathBuf| {
        String::from_utf8_lossy(&pages[*path]).contains("dated <time datetime=2037-03-")
    };
    let thread = pages.keys().filter(|path| path.ends_with("index.html")).find(shows);
    assert!(thread.is_some_and(|path| path.starts_with("threads")), "{thread:?}");
    let in_2037 = pages.keys().find(|path| path.to_string_lossy().contains("2037"));
    assert_eq!(in_2037, None);
}
