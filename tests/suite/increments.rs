//! A site that grows with its archive is, byte for byte, the site that is built from the whole archive.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use proptest::prelude::*;

use crate::{
    laws::{demo, few},
    site::{Site, tree},
};

/// The change of a list between two builds.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// This many mails arrive.
    Grow(usize),
    /// The mail of this number is deleted, as public-inbox does it.
    Delete(usize),
    /// The history is rewritten without the mail of this number.
    Purge(usize),
    /// The site gets another title.
    Rename,
    /// A template changes.
    Restyle,
    /// The editor writes a note for a week, with this text.
    Note(u8),
    /// The kept state is lost.
    Forget,
}

/// A mirror of one epoch, written by `git fast-import`.
pub(crate) struct Mirror<'a> {
    site: &'a Site,
    mails: Vec<Vec<u8>>,
    /// The actions so far: a mail was added, or deleted.
    done: Vec<(usize, bool)>,
    next: usize,
}

pub(crate) const EPOCH: &str = "list/git/0.git";

impl<'a> Mirror<'a> {
    pub(crate) fn new(site: &'a Site, mails: Vec<Vec<u8>>) -> Self {
        let mirror = Self { site, mails, done: Vec::new(), next: 0 };
        mirror.init();
        mirror
    }

    fn init(&self) {
        fs::create_dir_all(self.site.path(EPOCH)).expect("a folder");
        self.git(&["init", "-q", "--bare", "-b", "master", "."], b"");
    }

    /// Commits the actions, on top of the existing commits.
    fn import(&self, what: &[(usize, bool)], onto: bool) {
        let mut stream = Vec::new();
        for (at, (mail, deleted)) in what.iter().enumerate() {
            let from = if at == 0 && onto { "from refs/heads/master^0\n" } else { "" };
            let (name, bytes) = (if *deleted { "d" } else { "m" }, &self.mails[*mail]);
            let head = format!(
                "commit refs/heads/master\ncommitter A <a@example.org> 1700000000 +0000\n\
                 data 1\nx\n{from}deleteall\nM 100644 inline {name}\ndata {}\n",
                bytes.len()
            );
            stream.extend([head.as_bytes(), bytes, b"\n"].concat());
        }
        self.git(&["fast-import", "--quiet"], &stream);
    }

    pub(crate) fn git(&self, arguments: &[&str], input: &[u8]) {
        let mut child = Command::new("git")
            .args(arguments)
            .current_dir(self.site.path(EPOCH))
            .stdin(Stdio::piped())
            .spawn()
            .expect("git runs");
        child.stdin.take().expect("a pipe").write_all(input).expect("git listens");
        assert!(child.wait().expect("git ends").success(), "git {arguments:?}");
    }

    fn add(&mut self, what: Vec<(usize, bool)>) {
        self.import(&what, !self.done.is_empty());
        self.done.extend(what);
    }

    pub(crate) fn step(&mut self, step: &Step) {
        let site = self.site;
        match step {
            Step::Grow(count) => {
                let end = (self.next + count).min(self.mails.len());
                let what: Vec<_> = (self.next..end).map(|mail| (mail, false)).collect();
                if !what.is_empty() {
                    self.add(what);
                }
                self.next = end;
            }
            Step::Delete(mail) if *mail < self.next => self.add(vec![(*mail, true)]),
            Step::Purge(mail) if self.done.len() > 1 => {
                self.done.retain(|(other, _)| other != mail);
                fs::remove_dir_all(site.path(EPOCH)).expect("removed");
                self.init();
                self.import(&self.done, false);
            }
            Step::Delete(_) | Step::Purge(_) => {}
            Step::Rename => settings(site, "title = \"Another name\"\n"),
            Step::Restyle => {
                site.write(
                    "themes/default/templates/404.html",
                    "{% extends \"default/404.html\" %}",
                );
            }
            Step::Note(text) => {
                site.write(
                    "content/digests/2026-W09.md",
                    &format!("---\ntitle: A note\n---\n\nNote {text}.\n"),
                );
            }
            Step::Forget => {
                let _ = fs::remove_dir_all(site.path(".patchpress"));
            }
        }
    }
}

pub(crate) fn settings(site: &Site, more: &str) {
    let list = "[[lists]]\nname = \"lantern\"\narchive = \"list\"\n";
    let others = fs::read_to_string(site.path("others.toml")).unwrap_or_default();
    let others = if others.is_empty() { "[social]\ncards = true\n" } else { &others };
    site.write("site.toml", &format!("{more}{list}{others}"));
}

/// Settings that affect pages, of the site and of its lists.
#[derive(Debug, Clone)]
struct Choice {
    addresses: &'static str,
    period: &'static str,
    quiet: u32,
    /// The limit of the site, in kB; not less than its pages without texts.
    limit: Option<u32>,
    is_redacted: bool,
    has_second_list: bool,
    has_tree: bool,
    has_mailmap: bool,
    has_cards: bool,
}

fn choices() -> impl Strategy<Value = Choice> {
    let words = (
        prop::sample::select(vec!["full", "masked", "hidden"]),
        prop::sample::select(vec!["day", "week", "month"]),
        1..40u32,
        prop::option::of(900..2_500u32),
    );
    let yes = any::<bool>;
    (words, yes(), yes(), yes(), yes(), yes()).prop_map(
        |((addresses, period, quiet, limit), redacted, second, tree, mailmap, cards)| Choice {
            addresses,
            period,
            quiet,
            limit,
            is_redacted: redacted,
            has_second_list: second,
            has_tree: tree,
            has_mailmap: mailmap,
            has_cards: cards,
        },
    )
}

impl Choice {
    /// Writes the settings, and the files that they name. `mails` are those of the list; some of them also arrived
    /// on the second list.
    fn write(&self, site: &Site, mails: &[Vec<u8>]) {
        let mut text = String::new();
        if self.has_tree {
            self.write_tree(site, mails);
            text += "tree = \"tree\"\n";
        }
        if self.has_second_list {
            text += "[[lists]]\nname = \"bell\"\narchive = \"bell.mbox\"\n";
            let every = |at: &usize| at.is_multiple_of(5);
            let copies = (0..mails.len()).filter(every).map(|at| &mails[at]);
            let copies = copies.flat_map(|mail| {
                [b"From mboxrd@z Thu Jan  1 00:00:00 1970\n", &mail[..], b"\n"].concat()
            });
            fs::write(site.path("bell.mbox"), copies.collect::<Vec<u8>>()).expect("an archive");
        }
        let Self { addresses, period, quiet, .. } = self;
        text += &format!("[digest]\nperiod = \"{period}\"\nquiet = {quiet}\n");
        text += &format!("[privacy]\naddresses = \"{addresses}\"\n");
        if let Some(limit) = self.limit {
            text += &format!("[limits]\nsize = \"{limit} kB\"\n");
        }
        if self.is_redacted {
            text += "[redact]\npeople = [\"Ingrid Halvorsen <ingrid@harbor.example.org>\"]\n";
        }
        text += &format!("[social]\ncards = {0}\n[build]\nmarkdown = {0}\n", self.has_cards);
        if self.has_mailmap {
            let line = "Priya R <priya@example.org> <priya.raghunathan@example.com>\n";
            site.write(".mailmap", line);
        }
        site.write("others.toml", &text);
    }

    /// A repository with a commit for every third mail, by its title.
    fn write_tree(&self, site: &Site, mails: &[Vec<u8>]) {
        let tree = site.path("tree");
        fs::create_dir_all(&tree).expect("a folder");
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
            assert!(git.current_dir(&tree).output().expect("git").status.success());
        };
        git(&["init", "-q"]);
        for mail in mails.iter().step_by(3) {
            let mail = String::from_utf8_lossy(mail);
            let subject = mail.lines().find_map(|line| line.strip_prefix("Subject: "));
            let title =
                subject.and_then(|subject| subject.rsplit("] ").next()).unwrap_or("Nothing");
            git(&["commit", "-q", "--allow-empty", "-m", title]);
        }
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (1..60usize).prop_map(Step::Grow),
        1 => (0..60usize).prop_map(Step::Delete),
        1 => (0..60usize).prop_map(Step::Purge),
        1 => Just(Step::Rename),
        1 => Just(Step::Restyle),
        1 => any::<u8>().prop_map(Step::Note),
        1 => Just(Step::Forget),
    ];
    prop::collection::vec(step, 3..6)
}

/// The site, built from nothing from the same sources in another place.
pub(crate) fn cold(site: &Site, public: &Path) {
    let kept = site.path(".patchpress");
    let away = site.path("away");
    if kept.exists() {
        fs::rename(&kept, &away).expect("moved");
    }
    site.run(&["build", "--output-dir", &public.display().to_string()]).succeeds();
    let _ = fs::remove_dir_all(&kept);
    if away.exists() {
        fs::rename(&away, &kept).expect("moved back");
    }
}

fn grows(mails: Vec<Vec<u8>>, first: usize, steps: &[Step], choice: Option<&Choice>) {
    let site = Site::new();
    choice.inspect(|choice| choice.write(&site, &mails));
    settings(&site, "");
    let mut mirror = Mirror::new(&site, mails);
    mirror.step(&Step::Grow(first));
    site.run(&["build"]).succeeds();
    for step in steps {
        mirror.step(step);
        site.run(&["build"]).succeeds();
        let elsewhere = tempfile::tempdir().expect("a folder");
        let public = elsewhere.path().join("public");
        cold(&site, &public);
        let (grown, anew) = (tree(&site.path("public")), tree(&public));
        let names =
            |tree: &BTreeMap<PathBuf, Vec<u8>>| tree.keys().cloned().collect::<Vec<PathBuf>>();
        assert_eq!(names(&grown), names(&anew), "after {step:?}");
        for (path, bytes) in &anew {
            assert!(grown[path] == *bytes, "{} after {step:?}", path.display());
        }
    }
}

proptest! {
    #![proptest_config(few(3))]

    #[test]
    fn what_grows_is_what_is_built_anew(
        mails in Just(bare()).prop_shuffle(),
        first in 20..120usize,
        steps in steps(),
    ) {
        grows(mails, first, &steps, None);
    }

    #[test]
    fn whatever_the_settings_are_it_is_what_is_built_anew(
        mails in Just(bare()).prop_shuffle(),
        first in 20..70usize,
        steps in steps(),
        choice in choices(),
    ) {
        grows(mails, first, &steps, Some(&choice));
    }
}

/// Many sites in little time: few mails, one step of growth.
fn step_of_few() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (1..8usize).prop_map(Step::Grow),
        1 => (0..20usize).prop_map(Step::Delete),
        1 => (0..20usize).prop_map(Step::Purge),
        1 => any::<u8>().prop_map(Step::Note),
    ]
}

proptest! {
    #![proptest_config(few(200))]

    #[test]
    fn few_mails_more_whatever_the_settings_are_make_what_is_built_anew(
        mails in Just(bare()).prop_shuffle(),
        first in 2..24usize,
        step in step_of_few(),
        choice in choices(),
    ) {
        let mails = mails.into_iter().take(32).collect();
        grows(mails, first, &[step], Some(&choice));
    }
}

#[test]
fn day_by_day_it_equals_a_build_from_nothing() {
    grows(bare(), 150, &[Step::Grow(1), Step::Grow(5), Step::Delete(3), Step::Grow(40)], None);
}

/// The demo's mails without their `From ` lines.
pub(crate) fn bare() -> Vec<Vec<u8>> {
    let bare = |mail: Vec<u8>| {
        let end = mail.iter().position(|byte| *byte == b'\n').expect("a line");
        mail[end + 1..].to_vec()
    };
    demo().into_iter().map(bare).collect()
}

#[test]
fn a_build_says_why_a_page_was_made() {
    let site = Site::new();
    settings(&site, "");
    let mut mirror = Mirror::new(&site, bare());
    mirror.step(&Step::Grow(60));
    let why = |path: &str| {
        let ran = site.run(&["build", "-q", "--explain", path]);
        ran.succeeds().talk().lines().last().expect("a line").to_owned()
    };
    assert_eq!(why("stats/"), "stats/index.html: made: no earlier build made it");
    mirror.step(&Step::Grow(1));
    assert_eq!(why("stats/"), "stats/index.html: made: every build makes it");
    assert_eq!(why("/"), "index.html: kept: nothing that it is made from has changed");
    let first = tree(&site.path("public"));
    let series = first.keys().find_map(|path| path.to_str()?.strip_suffix("/series.mbox"));
    let series = series.expect("a series");
    let page = format!("{series}/index.html");
    site.settings("");
    settings(&site, "title = \"Another\"\n");
    let site_is_another =
        "made: the program, the settings, the theme, .mailmap or the navigation changed";
    assert_eq!(why(&format!("/{series}/")), format!("{page}: {site_is_another}"));
    fs::remove_file(site.path("public").join(&page)).expect("removed");
    let gone = "made: its file was changed or removed since";
    assert_eq!(why(&page), format!("{page}: {gone}"));
    mirror.step(&Step::Grow(1));
    assert_eq!(why(&page), format!("{page}: kept: nothing that it is made from has changed"));
    assert_eq!(why("no/such"), "no/such: the site has no such file");

    // Some mails later, some of the pages differ, but most do not.
    mirror.step(&Step::Grow(30));
    let mut asked = vec!["build", "-q"];
    let pages = first.keys().filter_map(|path| path.to_str());
    let pages = pages.filter(|path| path.ends_with(".html"));
    asked.extend(pages.flat_map(|path| ["--explain", path]));
    let told = site.run(&asked).succeeds().talk();
    let how_many = |words: &str| told.lines().filter(|line| line.ends_with(words)).count();
    let shown = how_many("made: the messages, series or digests that it shows changed");
    let kept = how_many("kept: nothing that it is made from has changed");
    assert!(shown > 0 && kept > 0, "{shown} are others, {kept} as before: {told}");
}
