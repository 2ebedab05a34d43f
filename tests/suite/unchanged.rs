//! A build with nothing new: it writes nothing, prints the same as the last one, and overlooks nothing.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use crate::{
    archives::Repo,
    site::{Site, tree},
};

/// The time of each file of the site.
fn times(site: &Site) -> BTreeMap<PathBuf, SystemTime> {
    let written = |path: PathBuf| {
        let metadata = fs::metadata(site.path("public").join(&path)).expect("a file");
        (path, metadata.modified().expect("a time"))
    };
    tree(&site.path("public")).into_keys().map(written).collect()
}

/// The stages that a build ran.
fn stages(site: &Site, args: &[&str]) -> Vec<String> {
    let talk = site.run(&[&["build", "--timings"], args].concat()).succeeds().talk();
    let stage = |line: &str| {
        Some(line.strip_prefix("  ")?.strip_suffix(" s")?.split(' ').next()?.to_owned())
    };
    talk.lines().filter_map(stage).collect()
}

const LOOKED: [&str; 2] = ["look", "compare"];

#[test]
fn with_nothing_new_nothing_is_read_or_touched() {
    let site = Site::new();
    let mbox = fs::read_to_string(site.path("list.mbox")).expect("read");
    site.write("list.mbox", &mbox.replace("Date: Mon, 23 Feb 2026 11", "Date: never 11"));
    let first = site.run(&["build"]).succeeds().talk();
    let before = times(&site);
    let second = site.run(&["build"]).succeeds().talk();
    assert_eq!(times(&site), before);
    let tally = |talk: &str| {
        talk.split("`: ").nth(1).map(|rest| rest.split('\n').next().map(str::to_owned))
    };
    assert!(
        tally(&second).is_some_and(|t| t.is_some_and(|t| t.starts_with("0 written"))),
        "{second}"
    );
    let but_tally =
        |talk: &str| talk.lines().filter(|line| !line.contains("written")).collect::<String>();
    assert_eq!(but_tally(&first), but_tally(&second));
    assert!(first.contains("note: date not believed: 1\n"), "{first}");
    assert_eq!(stages(&site, &[]), LOOKED);
    assert_eq!(site.run(&["build", "--strict"]).code(), 1, "a finding is one the second time too");
    assert_eq!(stages(&site, &["--jobs", "3"]), LOOKED, "the workers decide nothing");
}

#[test]
fn whatever_a_site_is_made_from_makes_it_anew() {
    let site = Site::new();
    site.write("themes/mine/templates/404.html", "{% extends \"default/404.html\" %}");
    site.settings("theme = \"mine\"\n");
    let changes: [(&str, &str); 6] = [
        (
            "site.toml",
            "theme = \"mine\"\ntitle = \"Other\"\n[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n",
        ),
        ("content/about.md", "# About\n"),
        ("content/about.md", "# Above\n"),
        ("content/series.yaml", "title:\n  1@example.org: Better\n"),
        (".mailmap", "Ada Lovelace <ada@example.org>\n"),
        (
            "themes/mine/templates/404.html",
            "{% extends \"default/404.html\" %}{% block main %}No.{% endblock main %}",
        ),
    ];
    stages(&site, &[]);
    for (path, text) in changes {
        assert_eq!(stages(&site, &[]), LOOKED, "before {path}");
        site.write(path, text);
        assert!(stages(&site, &[]).len() > 2, "{path}");
    }
    let mbox = fs::read_to_string(site.path("list.mbox")).expect("read");
    site.write("list.mbox", &mbox.replace("brighter", "dimmer\n\tstill"));
    assert!(stages(&site, &[]).len() > 2, "a mail");
    assert!(stages(&site, &["--base-url", "https://example.org/y/"]).len() > 2, "the address");
    assert!(stages(&site, &["--drafts"]).len() > 2, "drafts");
    assert!(stages(&site, &["--output-dir", "other"]).len() > 2, "another output");
    assert!(stages(&site, &[]).len() > 2, "as it was before the drafts");
    assert_eq!(stages(&site, &["--output-dir", "other"]), LOOKED, "each output has its own");
}

#[test]
fn a_site_that_somebody_touched_is_made_again() {
    let site = Site::new();
    stages(&site, &[]);
    let whole = tree(&site.path("public"));
    let page = site.path("public/index.html");
    for deed in ["change", "remove", "state", "all"] {
        match deed {
            "change" => fs::write(&page, "mine").expect("write"),
            "remove" => fs::remove_file(site.path("public/404.html")).expect("remove"),
            "state" => fs::remove_dir_all(site.path(".patchpress")).expect("remove"),
            _ => fs::remove_dir_all(site.path("public")).expect("remove"),
        }
        let stages = stages(&site, &[]);
        assert!(stages.len() > 2, "{deed}: {stages:?}");
        assert_eq!(tree(&site.path("public")), whole, "{deed}");
    }
}

#[test]
fn a_commit_is_seen_a_repack_changes_nothing_for_long() {
    let site = Site::new();
    let inbox = Repo::new(site.path("inbox/git/0.git"));
    inbox.add("one");
    site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"inbox\"\n");
    stages(&site, &[]);
    assert_eq!(stages(&site, &[]), LOOKED);
    inbox.add("two");
    assert!(stages(&site, &[]).len() > 2, "a commit");
    inbox.git(&["repack", "-adq"], "");
    inbox.git(&["pack-refs", "--all"], "");
    stages(&site, &[]);
    assert_eq!(stages(&site, &[]), LOOKED);
    inbox.add("three");
    assert!(stages(&site, &[]).len() > 2, "a commit upon packed branches");
    Repo::new(site.path("inbox/git/1.git")).add("four");
    assert!(stages(&site, &[]).len() > 2, "an epoch");
    assert!(site.run(&["build"]).succeeds().talk().starts_with("4 mails: "));
}

/// Changes the time of every file of the site.
fn write_times(site: &Site, of: impl Fn(SystemTime) -> SystemTime) {
    for (path, time) in times(site) {
        let path = site.path("public").join(path);
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(of(time)).expect("a time");
    }
}

#[test]
fn what_was_copied_or_moved_is_as_it_was() {
    let site = Site::new();
    site.write(".mailmap", "Ada Lovelace <ada@example.org>\n");
    stages(&site, &[]);
    site.write(".mailmap", "Ada Lovelace <ada@example.org>\n");
    assert_eq!(stages(&site, &[]), LOOKED, "a mailmap with the same lines");
    // A fresh checkout has the same bytes in other files.
    site.write("content/about.md", "# About\n");
    site.write("static/CNAME", "lamps.example.org\n");
    stages(&site, &[]);
    for path in ["list.mbox", "content/about.md", "static/CNAME"] {
        let bytes = fs::read(site.path(path)).expect("read");
        fs::remove_file(site.path(path)).expect("removed");
        fs::write(site.path(path), bytes).expect("written");
    }
    assert_eq!(stages(&site, &[]), LOOKED, "other inodes, other times");
    assert!(
        stages(&site, &["--verify"]).len() > 2,
        "all files are looked at where that is asked for"
    );

    // Like an archive of files that restores times.
    write_times(&site, |time| {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).expect("a time");
        SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs())
    });
    assert_eq!(stages(&site, &[]), LOOKED, "times without fractions of a second");

    // Like a checkout: the bytes tell.
    let before = tree(&site.path("public"));
    let an_hour_later = |time: SystemTime| time + Duration::from_secs(3_600);
    write_times(&site, an_hour_later);
    let marked = times(&site);
    site.run(&["build"]).succeeds();
    assert_eq!(tree(&site.path("public")), before);
    let now = times(&site);
    let is_kept = |(path, time): &(PathBuf, SystemTime)| now[path] == *time;
    let (kept, made): (Vec<_>, Vec<_>) = marked.into_iter().partition(is_kept);
    assert!(kept.iter().any(|(path, _)| path.starts_with("series")), "{made:?}");

    // Another folder, with everything in it.
    let moved = Site::new();
    let to = moved.root();
    fs::remove_dir_all(&to).expect("removed");
    fs::rename(site.root(), &to).expect("moved");
    assert_eq!(stages(&moved, &[]), LOOKED, "a site that was moved");
}
