//! The output folder: old or new and never half, only what changed, only our own files.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

use patchpress::{
    error::Result,
    site::output::{Fate, Output, Tally},
};
use tempfile::TempDir;

/// Writes a site of these files.
fn build(target: &Path, files: &[(&str, &str)]) -> Result<Tally> {
    let output = Output::open(target)?;
    for (path, text) in files {
        output.put(path, text.as_bytes())?;
    }
    output.finish()
}

/// Everything in a folder: files with their text, links with their targets.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.expect("readable");
        let path = entry.path().strip_prefix(folder).expect("below").to_owned();
        if entry.file_type().is_file() {
            all.insert(path, fs::read_to_string(entry.path()).expect("text"));
        } else if entry.path_is_symlink() {
            all.insert(
                path,
                format!("-> {}", fs::read_link(entry.path()).expect("link").display()),
            );
        }
    }
    all
}

fn place() -> (TempDir, PathBuf) {
    let dir = TempDir::new().expect("a temporary folder");
    let target = dir.path().join("public");
    (dir, target)
}

#[test]
fn unchanged_files_keep_their_inode_and_time() {
    let (_dir, target) = place();
    build(&target, &[("index.html", "old"), ("a/b/c.html", "same")]).expect("first");
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let file = fs::File::options().append(true).open(target.join("a/b/c.html")).expect("open");
    file.set_modified(long_ago).expect("set");
    let inode = |path: &str| fs::metadata(target.join(path)).expect("there").ino();
    let before = inode("a/b/c.html");

    let tally = build(&target, &[("index.html", "new"), ("a/b/c.html", "same")]).expect("second");

    assert_eq!(tally, Tally { kept: 2, written: 1, removed: 0 });
    assert_eq!(inode("a/b/c.html"), before);
    let time = fs::metadata(target.join("a/b/c.html")).and_then(|meta| meta.modified());
    assert_eq!(time.expect("a time"), long_ago);
    assert_eq!(tree(&target)[Path::new("index.html")], "new");
}

#[test]
fn where_nothing_changed_nothing_is_touched() {
    let (_dir, target) = place();
    let files = [("index.html", "one"), ("x/y.html", "two")];
    build(&target, &files).expect("first");
    let before = fs::metadata(&target).expect("there");
    let tally = build(&target, &files).expect("second");
    let after = fs::metadata(&target).expect("there");
    assert_eq!(tally, Tally { kept: 3, written: 0, removed: 0 });
    assert_eq!((before.ino(), before.ctime_nsec()), (after.ino(), after.ctime_nsec()));
}

#[test]
fn a_build_that_ends_early_leaves_the_last_site() {
    let (dir, target) = place();
    build(&target, &[("index.html", "old"), ("gone.html", "old")]).expect("first");
    let before = tree(&target);
    let output = Output::open(&target).expect("open");
    output.put("index.html", b"new").expect("put");
    drop(output);
    assert_eq!(tree(&target), before);
    assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 1, "a left-over beside the output");
}

#[test]
fn a_killed_build_s_left_overs_are_taken_over() {
    let (dir, target) = place();
    let left = dir.path().join(".public.patchpress/tree/half");
    fs::create_dir_all(&left).expect("make");
    fs::write(left.join("page.html"), "half").expect("write");
    build(&target, &[("index.html", "new")]).expect("build");
    assert!(!target.join("half").exists());
    assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 1, "a left-over beside the output");
}

#[test]
fn stale_files_go_and_foreign_ones_stay() {
    let (_dir, target) = place();
    build(&target, &[("index.html", "i"), ("old/page.html", "p"), ("both/ours.html", "o")])
        .expect("first");
    fs::create_dir_all(target.join(".git/refs/tags")).expect("make");
    fs::write(target.join("both/theirs.txt"), "theirs").expect("write");
    fs::write(target.join("CNAME"), "example.org").expect("write");
    std::os::unix::fs::symlink("/etc/hostname", target.join("link")).expect("link");

    let tally = build(&target, &[("index.html", "i2")]).expect("second");

    assert_eq!(tally.removed, 2);
    let now = tree(&target);
    let names: Vec<_> = now.keys().map(|path| path.display().to_string()).collect();
    assert_eq!(names, [".nojekyll", "CNAME", "both/theirs.txt", "index.html", "link"]);
    assert_eq!(now[Path::new("link")], "-> /etc/hostname");
    assert!(target.join(".git/refs/tags").is_dir(), "an empty folder of somebody else is gone");
    assert!(!target.join("old").exists(), "an empty folder of ours is left");
}

#[test]
fn nothing_foreign_is_written_over() {
    let (_dir, target) = place();
    build(&target, &[("index.html", "i")]).expect("first");
    fs::write(target.join("robots.txt"), "theirs").expect("write");
    let error =
        build(&target, &[("index.html", "i"), ("robots.txt", "ours")]).expect_err("refused");
    assert_eq!(
        error.reason().to_string().replace(&target.display().to_string(), "OUT"),
        "cannot write `OUT/robots.txt`: a file that patchpress did not write is in its place\nhint: move it out of the output; if it is from `static/`, give it another name there"
    );
    assert_eq!(tree(&target)[Path::new("robots.txt")], "theirs");
}

#[test]
fn a_link_that_leads_out_is_not_followed() {
    let (dir, target) = place();
    build(&target, &[("index.html", "i"), ("series/a.html", "a")]).expect("first");
    let outside = dir.path().join("outside");
    fs::create_dir(&outside).expect("make");
    fs::remove_dir_all(target.join("series")).expect("remove");
    std::os::unix::fs::symlink(&outside, target.join("series")).expect("link");
    build(&target, &[("index.html", "i"), ("series/a.html", "a2")]).expect_err("refused");
    assert_eq!(fs::read_dir(&outside).expect("read").count(), 0, "something was written outside");
}

#[test]
fn an_output_of_somebody_else_is_refused() {
    let (_dir, target) = place();
    fs::create_dir(&target).expect("make");
    fs::write(target.join("thesis.txt"), "years of work").expect("write");
    let error = build(&target, &[("index.html", "i")]).expect_err("refused");
    assert_eq!(
        error.reason().to_string().replace(&target.display().to_string(), "OUT"),
        "cannot write `OUT`: it contains files, but no site that patchpress made\nhint: name another folder with `--output-dir`, or empty this one"
    );
    assert_eq!(tree(&target).len(), 1);
}

#[test]
fn a_worktree_of_a_pages_branch_is_a_place_for_a_site() {
    let (_dir, target) = place();
    fs::create_dir(&target).expect("make");
    fs::write(target.join(".git"), "gitdir: elsewhere").expect("write");
    fs::write(target.join(".nojekyll"), "").expect("write");
    build(&target, &[("index.html", "i")]).expect("build");
    assert_eq!(tree(&target)[Path::new(".git")], "gitdir: elsewhere");
}

#[test]
fn an_output_that_cannot_be_written_is_said_so() {
    let (dir, _) = place();
    let file = dir.path().join("file");
    fs::write(&file, "x").expect("write");
    for target in [file.join("public"), file.clone()] {
        let error =
            build(&target, &[("index.html", "i")]).expect_err("refused").reason().to_string();
        let begins = format!("cannot write `{}`: ", target.display());
        assert!(error.starts_with(&begins), "{error}");
    }
}

#[test]
fn two_builds_do_not_write_one_output() {
    let (_dir, target) = place();
    let first = Output::open(&target).expect("open");
    let error = Output::open(&target).expect_err("refused").reason().to_string();
    assert!(error.ends_with("another patchpress is writing it"), "{error}");
    drop(first);
    Output::open(&target).expect("open again");
}

#[test]
fn nothing_is_written_outside() {
    let (_dir, target) = place();
    let output = Output::open(&target).expect("open");
    for path in ["../x", "/etc/x", "a/../../x", "./x"] {
        output.put(path, b"x").expect_err(path);
    }
    assert_eq!(output.put("a/x", b"x").expect("inside"), Fate::Written);
    output.put("a/x", b"y").expect_err("twice");
}

#[test]
fn a_damaged_list_of_files_harms_nobody() {
    let (dir, target) = place();
    build(&target, &[("index.html", "i")]).expect("first");
    let outside = dir.path().join("outside.txt");
    fs::write(&outside, "theirs").expect("write");
    let mut list = fs::read_to_string(target.join(".nojekyll")).expect("read");
    list.push_str("../outside.txt\n/etc/hostname\n\u{fffd}\n");
    fs::write(target.join(".nojekyll"), list).expect("write");
    build(&target, &[("index.html", "i2")]).expect("second");
    assert!(outside.exists() && Path::new("/etc/hostname").exists());
}

/// A new page may have the name of an old folder, and a new folder that of an old page.
#[test]
fn a_file_and_a_folder_may_change_places() {
    let (_dir, target) = place();
    build(&target, &[("index.html", "i"), ("a", "file"), ("b/c/page.html", "deep")])
        .expect("first");
    let tally = build(&target, &[("index.html", "i"), ("a/page.html", "in"), ("b", "file")]);
    assert_eq!(tally.expect("second"), Tally { kept: 1, written: 3, removed: 2 });
    let names: Vec<_> = tree(&target).into_keys().map(|path| path.display().to_string()).collect();
    assert_eq!(names, [".nojekyll", "a/page.html", "b", "index.html"]);
}

/// An obstacle stops a build before it changes the site.
#[test]
fn where_something_is_in_the_way_nothing_changes() {
    for (way, new) in
        [("x", "x/page.html"), ("x/deep/theirs", "x"), ("link", "link/page.html"), ("link", "link")]
    {
        let (_dir, target) = place();
        build(&target, &[("index.html", "i"), ("gone.html", "g"), ("old/page", "o")])
            .expect("first");
        let path = target.join(way);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        match way {
            folder if folder.ends_with('/') => fs::create_dir_all(path).expect("made"),
            "link" => std::os::unix::fs::symlink("/tmp", path).expect("linked"),
            _ => fs::write(path, "theirs").expect("written"),
        }
        let before = tree(&target);
        let error = build(&target, &[("index.html", "i2"), (new, "ours")]).expect_err("refused");
        assert!(
            error.reason().to_string().contains("a file that patchpress did not write"),
            "{way}"
        );
        assert_eq!(tree(&target), before, "{way}");
    }
}

#[test]
fn the_writes_of_a_build_grow_with_its_news() {
    let (_dir, target) = place();
    let many: Vec<(String, &str)> = (0..50).map(|n| (format!("{n}/index.html"), "same")).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|(path, text)| (&**path, *text)).collect();
    build(&target, &files).expect("first");
    let touched = |path: &Path| {
        let found = fs::metadata(path).expect("there");
        (found.ino(), found.ctime(), found.ctime_nsec(), found.nlink())
    };
    let before: Vec<_> = files.iter().map(|(path, _)| touched(&target.join(path))).collect();
    let root = touched(&target).0;
    files[0].1 = "another";
    build(&target, &files).expect("second");
    let after: Vec<_> = files.iter().map(|(path, _)| touched(&target.join(path))).collect();
    assert_eq!(before.iter().zip(&after).filter(|(before, after)| before != after).count(), 1);
    assert_eq!(touched(&target).0, root, "the folder is another one");
}

/// If somebody removes the folder next to the output after a kill, the next build still knows its files.
#[test]
fn files_that_a_lost_journal_would_have_removed_are_known() {
    let (dir, target) = place();
    build(&target, &[("index.html", "i"), ("gone.html", "g")]).expect("first");
    let list = fs::read_to_string(target.join(".nojekyll")).expect("a list");
    let left = dir.path().join(".public.patchpress");
    fs::create_dir_all(left.join("tree")).expect("made");
    fs::create_dir_all(left.join("both")).expect("made");
    let journal = "patchpress journal 1\nput new.html\nremove gone.html\nput .nojekyll\nend\n";
    for (name, text) in
        [("tree/new.html", "n"), ("both/.nojekyll", &*(list + "new.html\n")), ("journal", journal)]
    {
        fs::write(left.join(name), text).expect("written");
    }
    // The last step is impossible: its file is missing.
    fs::remove_file(target.join("gone.html")).expect("removed");
    fs::create_dir(target.join("gone.html")).expect("made");
    Output::open(&target).expect("finished");
    let names = tree(&target).into_keys().map(|path| path.display().to_string());
    assert_eq!(names.collect::<Vec<_>>(), [".nojekyll", "index.html", "new.html"]);
    build(&target, &[("index.html", "i")]).expect("second");
    let names = tree(&target).into_keys().map(|path| path.display().to_string());
    assert_eq!(names.collect::<Vec<_>>(), [".nojekyll", "index.html"]);
}

/// A long list of files has parts; a new file changes only its own.
#[test]
fn a_long_list_of_files_is_in_parts() {
    let (_dir, target) = place();
    let many: Vec<(String, &str)> =
        (0..2_100).map(|n| (format!("{}/{n}.html", n / 100), "same")).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|(path, text)| (&**path, *text)).collect();
    build(&target, &files[..1_000]).expect("short");
    assert!(!target.join("file-lists").exists());
    build(&target, &files).expect("long");
    let lists = || {
        let is_list =
            |path: &Path| path.starts_with("file-lists") || path == Path::new(".nojekyll");
        tree(&target).into_iter().filter(|(path, _)| is_list(path)).collect::<BTreeMap<_, _>>()
    };
    let before = lists();
    assert_eq!(before.len(), 9);
    files.push(("new/page.html", "new"));
    let tally = build(&target, &files).expect("grown");
    assert_eq!(tally, Tally { kept: 2_108, written: 2, removed: 0 });
    let after = lists();
    assert_eq!(before.iter().filter(|(path, text)| after[*path] != **text).count(), 1);
    files.truncate(2_099);
    assert_eq!(build(&target, &files).expect("fewer").removed, 2);
    // No part remains if one list is enough.
    files.truncate(50);
    build(&target, &files).expect("few");
    assert_eq!(tree(&target).len(), 51);
}
