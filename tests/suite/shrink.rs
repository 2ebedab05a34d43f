//! The number of mails is recorded: a build does not replace a site by a smaller one without consent.

use std::{
    fs,
    process::{Command, Stdio},
};

use crate::site::{Site, tree};

const LISTS: &str = "[[lists]]\nname = \"lantern\"\narchive = [\"one.mbox\", \"mails\"]\n";

fn mail(number: usize) -> String {
    format!(
        "Message-ID: <{number}@example.org>\nFrom: Ada <ada@example.org>\nDate: Mon, 23 Feb 2026 10:00:00 +0000\nSubject: lamp {number}\n\ndim\n"
    )
}

/// The mails of these numbers, in an mbox.
fn mbox(numbers: std::ops::Range<usize>) -> String {
    numbers.map(|n| format!("From a@example.org Mon Feb 23 10:00:00 2026\n{}\n", mail(n))).collect()
}

/// A site of two archives, with twenty mails each.
fn site() -> Site {
    let site = Site::new();
    site.write("site.toml", LISTS);
    site.write("one.mbox", &mbox(0..20));
    (20..40).for_each(|n| site.write(&format!("mails/{}/{n}.eml", n % 2), &mail(n)));
    site.run(&["build"]).succeeds();
    site
}

#[test]
fn a_list_that_lost_a_tenth_stops_the_build() {
    let site = site();
    let before = tree(&site.path("public"));
    site.write("one.mbox", &mbox(0..15));
    site.run(&["build"]).refuses(
        "the list `lantern` had 40 messages, and now has 35: `SITE/one.mbox`\nhint: if they were removed on purpose, `patchpress build --allow-shrink` builds without them; otherwise repair the archive (`git fsck`, `patchpress sync`)",
    );
    assert!(tree(&site.path("public")) == before, "the site gave way");
    site.run(&["build"])
        .refuses(site.run(&["build"]).talk().trim_end().trim_start_matches("patchpress: error: "));
    let counted = |args: &[&str]| site.run(args).succeeds().data().lines().count();
    assert_eq!(counted(&["export", "--messages"]), 35, "export neither looks nor remembers");
    assert_eq!(site.run(&["build"]).code(), 2);
    let talk = site.run(&["build", "--allow-shrink"]).succeeds().talk();
    assert!(talk.starts_with("35 mails"), "{talk}");
    // The accepted counts are recorded.
    site.write("content/about.md", "# About\n");
    site.run(&["build"]).succeeds();
}

/// A failing disk loses a mail every night.
#[test]
fn a_loss_in_small_steps_adds_up() {
    let site = site();
    for left in [19, 18, 17] {
        site.write("one.mbox", &mbox(0..left));
        let talk = site.run(&["build", "-q"]).succeeds().talk();
        let said = format!("`lantern` had 40 messages and now has {}", left + 20);
        assert!(talk.starts_with("damage: ") && talk.contains(&said), "{talk}");
        assert_eq!(site.run(&["build", "--strict"]).code(), 1);
    }
    site.write("one.mbox", &mbox(0..15));
    assert_eq!(site.run(&["build"]).code(), 2);
    site.run(&["build", "--allow-shrink"]).succeeds();
    assert_eq!(site.run(&["build", "-q"]).succeeds().talk(), "");
}

/// As if the kept state came from the cache of a CI.
#[test]
fn a_site_that_moved_knows_what_it_had() {
    let (before, site) = (site(), Site::new());
    let moved = Command::new("cp").arg("-a").arg(before.path(".")).arg(site.path("moved")).status();
    assert!(moved.expect("cp runs").success());
    site.write("moved/one.mbox", &mbox(0..10));
    let ran = site.run(&["build", "--root", "moved"]);
    assert_eq!(ran.code(), 2, "{}", ran.talk());
    assert!(ran.talk().contains("had 40 messages"), "{}", ran.talk());
}

#[test]
fn what_the_owner_did_is_no_loss() {
    let site = site();
    let built = |what: &str, mails: usize| {
        let talk = site.run(&["build"]).succeeds().talk();
        assert!(talk.starts_with(&format!("{mails} mails")), "{what}: {talk}");
    };
    site.write("one.mbox", &mbox(0..16));
    built("a tenth is gone", 36);
    site.write("one.mbox", &mbox(0..6));
    (6..16).for_each(|n| site.write(&format!("mails/2/{n}.eml"), &mail(n)));
    built("mails went from one archive to the other", 36);
    site.write("site.toml", &LISTS.replace("[\"one.mbox\", \"mails\"]", "\"mails\""));
    built("an archive is not named any more", 30);
    let two = site.path("mails/2").display().to_string();
    site.write("site.toml", &LISTS.replace("[\"one.mbox\", \"mails\"]", &format!("\"{two}\"")));
    built("another path", 10);
    let redacted = "[redact]\npeople = [\"ada@example.org\"]\n";
    site.write("site.toml", &format!("{redacted}{LISTS}"));
    built("people are redacted", 36);
    (20..40).for_each(|n| drop(fs::remove_file(site.path(&format!("mails/{}/{n}.eml", n % 2)))));
    assert_eq!(site.run(&["build"]).code(), 2, "not by the owner");
    fs::remove_dir_all(site.path(".patchpress")).expect("removed");
    built("nothing is remembered", 16);
}

#[test]
fn an_archive_that_was_emptied_is_an_error() {
    for (what, path) in
        [("a Maildir", "md/cur/1"), ("a tree", "md/1.eml"), ("an mbox", "md/x.mbox")]
    {
        let site = Site::new();
        site.write("site.toml", "[[lists]]\nname = \"lantern\"\narchive = \"md\"\n");
        let text = if what == "an mbox" { mbox(1..2) } else { mail(1) };
        site.write(path, &text);
        if what == "a Maildir" {
            fs::create_dir(site.path("md/new")).expect("a folder");
        }
        site.run(&["build"]).succeeds();
        let before = tree(&site.path("public"));
        fs::remove_file(site.path(path)).expect("removed");
        for args in [&["build"][..], &["build", "-q"], &["export"]] {
            let ran = site.run(args);
            assert_eq!(ran.code(), 2, "{what}: {}", ran.talk());
            assert!(
                ran.talk().contains("SITE/md") && ran.talk().contains("--allow-shrink"),
                "{}",
                ran.talk()
            );
        }
        assert!(tree(&site.path("public")) == before, "{what}: the site gave way");
        // Whoever emptied the archive says so once.
        site.write("site.toml", "[[lists]]\nname = \"lantern\"\narchive = [\"md\", \"new.eml\"]\n");
        site.write("new.eml", &mail(7));
        assert_eq!(site.run(&["build"]).code(), 2, "{what}");
        let talk = site.run(&["build", "--allow-shrink"]).succeeds().talk();
        assert!(talk.starts_with("1 mail: 1 message"), "{what}: {talk}");
        site.write("new.eml", &mail(8));
        site.run(&["build", "--strict"]).succeeds();
        assert_eq!(site.run(&["export", "--messages"]).succeeds().data().lines().count(), 1);
        // Mails return, and disappear.
        site.write(path, &text);
        site.run(&["build"]).succeeds();
        fs::remove_file(site.path(path)).expect("removed");
        assert_eq!(site.run(&["build"]).code(), 2, "{what}");
    }
}

/// Without recorded counts there is no guard; if a site exists already, a note says so.
#[test]
fn a_site_that_nobody_remembers_is_told() {
    const WORDS: &str = "note: not compared with the earlier content of the archives: 1\n";
    let site = site();
    assert!(!site.run(&["build", "-v"]).talk().contains(WORDS));
    fs::remove_dir_all(site.path(".patchpress")).expect("removed");
    let ran = site.run(&["build", "--strict"]);
    assert!(ran.succeeds().talk().contains(WORDS), "{}", ran.talk());
    site.write("content/about.md", "# About\n");
    assert!(!site.run(&["build"]).talk().contains(WORDS), "it is remembered again");
}

/// Runs the program as a user who may not read everything; `None` if the system allows no such user.
fn as_nobody(site: &Site, args: &[&str]) -> Option<(i32, String)> {
    let mut command = Command::new("unshare");
    command.args([
        "--user",
        "--map-user=1000",
        "--map-group=1000",
        env!("CARGO_BIN_EXE_patchpress"),
    ]);
    let ran = command.args(args).current_dir(site.root()).stdin(Stdio::null()).output().ok()?;
    let talk = String::from_utf8_lossy(&ran.stderr).into_owned();
    if talk.starts_with("unshare:") {
        eprintln!("skipped: {talk}");
        return None;
    }
    Some((ran.status.code()?, talk))
}

#[cfg(unix)]
#[test]
fn a_folder_or_mail_that_may_not_be_read_stops_everything() {
    use std::os::unix::fs::PermissionsExt as _;
    let modes = |site: &Site, path: &str, mode: u32| {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode)).expect("a mode");
    };
    for path in ["mails/1", "mails/1/21.eml"] {
        let site = site();
        let before = tree(&site.path("public"));
        let Some((0, _)) = as_nobody(&site, &["export"]) else { return };
        modes(&site, path, 0);
        for args in [&["build"][..], &["build", "--allow-shrink"], &["export"]] {
            let Some((code, talk)) = as_nobody(&site, args) else { return };
            assert_eq!(code, 2, "{path}: {talk}");
            assert!(talk.contains("cannot read") && talk.contains(path), "{path}: {talk}");
        }
        modes(&site, path, 0o755);
        assert!(tree(&site.path("public")) == before, "{path}: the site gave way");
    }
}

#[cfg(unix)]
#[test]
fn only_what_lies_in_the_site_is_published() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("key"), "secret").expect("written");
    for (link, to) in [
        ("static/key", "key"),
        ("static/deep/all", ""),
        ("static/.well-known", ""),
        ("static", ""),
        ("themes/default/static/key", "key"),
        ("themes/default", ""),
        ("themes", ""),
    ] {
        let site = Site::new();
        let path = site.path(link);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::create_dir_all(outside.path().join("default")).expect("a folder");
        symlink(outside.path().join(to), &path).expect("a link");
        let ran = site.run(&["build"]);
        assert_eq!(ran.code(), 2, "{link}: {}", ran.talk());
        assert!(ran.talk().contains("leads out of the site's folder"), "{link}: {}", ran.talk());
        assert!(!site.path("public").exists(), "{link}");
    }
    for to in ["../.patchpress", "../.git/config", "../other/.hidden"] {
        let site = Site::new();
        for file in [".patchpress/held", ".git/config", "other/.hidden", "static/one"] {
            site.write(file, "words");
        }
        symlink(to, site.path("static/link")).expect("a link");
        let ran = site.run(&["build"]);
        assert_eq!(ran.code(), 2, "{to}: {}", ran.talk());
        assert!(ran.talk().contains("which is hidden\nhint: "), "{to}: {}", ran.talk());
    }
    let site = Site::new();
    site.write("static/one", "words");
    site.write("other/two", "words");
    symlink("one", site.path("static/same")).expect("a link");
    symlink("../other", site.path("static/within")).expect("a link");
    symlink("/", site.path("static/.hidden")).expect("a link");
    site.run(&["build"]).succeeds();
    for path in ["one", "same", "within/two"] {
        assert_eq!(fs::read_to_string(site.path("public").join(path)).expect(path), "words");
    }
}

/// Somebody who can propose a page must not be able to publish any file of the machine; and the link must not be
/// ignored silently.
#[cfg(unix)]
#[test]
fn links_in_content_are_named() {
    use std::os::unix::fs::symlink;
    let site = site();
    site.write("elsewhere/page.md", "# Words of elsewhere\n");
    site.write("content/real.md", "# Real\n");
    symlink("../elsewhere/page.md", site.path("content/page.md")).expect("a link");
    symlink("../elsewhere", site.path("content/folder")).expect("a link");
    for _ in 0..2 {
        let ran = site.run(&["build"]);
        let talk = ran.succeeds().talk();
        assert!(talk.contains("note: file left out: 2\n"), "{talk}");
        assert!(talk.contains("SITE/content/page.md) it is a symbolic link"), "{talk}");
    }
    assert_eq!(site.run(&["build", "--strict"]).code(), 1);
    assert!(site.path("public/real/index.html").exists() && !site.path("public/page").exists());
}
